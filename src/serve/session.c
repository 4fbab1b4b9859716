/* A session that may be open in a server meanwhile, read from a copy. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "touchline/serve.h"

enum { MOST_SESSION = 1 << 30 };
static const struct tl_span nowhere;

static bool write_all(int fd, const struct tl_buf *text)
{
	for (size_t done = 0; done < text->len;) {
		ssize_t n = write(fd, text->data + done, text->len - done);

		if (n < 0 && errno != EINTR)
			return false;
		done += n > 0 ? (size_t)n : 0;
	}
	return true;
}

static bool copy(struct tl_diags *diags, const char *session, char *name)
{
	struct tl_buf text = {0};
	int status = tl_file_read(&text, session, MOST_SESSION);
	int fd = status < 0 ? -1 : mkstemp(name);
	bool copied = fd >= 0 && write_all(fd, &text);

	if (status < 0)
		tl_diag_add(diags, TL0802, nowhere, "'%s' cannot be read: %s", session,
			strerror(-status));
	else if (!copied)
		tl_diag_add(diags, TL0802, nowhere, "'%s' cannot be copied to '%s': %s", session,
			name, strerror(errno));
	if (fd >= 0)
		close(fd);
	if (fd >= 0 && !copied)
		unlink(name);
	tl_buf_release(&text);
	return copied;
}

bool tl_serve_open_copy(struct tl_room **room, struct tl_diags *diags, const char *session,
	const struct tl_journey *const *journeys, size_t count)
{
	const char *folder = getenv("TMPDIR");
	struct tl_buf name = {0};
	bool opened;

	diags->off[TL0804] = true;
	tl_buf_printf(&name, "%s/touchline-XXXXXX", folder && *folder ? folder : "/tmp");
	opened = copy(diags, session, name.data);
	if (opened) {
		opened = tl_room_open(room, diags, name.data, journeys, count, NULL);
		unlink(name.data);
	}
	tl_buf_release(&name);
	return opened;
}
