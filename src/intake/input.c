/* Reading through libarchive, which sees by itself whether something is packed; its only user.
 *
 * A small file may unpack to more than any disk holds. Real exports shrink by a factor of 5 to 30;
 * what grows by more than MOST_RATIO once it is past SMALL bytes is refused.
 */
#include "intake/input.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 256 << 10, MOST_RATIO = 250, MOST_FILES = 10000 };
static const uint64_t small = 64 << 20;

struct intake_input {
	struct tl_diags *diags;
	struct archive *archive;
	const char *path;
	char *name;
	int fd;
	uint64_t size, unpacked;
	unsigned files;
	bool failed;
};

static struct tl_diag *fail(struct intake_input *input, enum tl_code code, const char *why)
{
	input->failed = true;
	return tl_diag_add(input->diags, code, (struct tl_span){0}, "%s: %s", input->path, why);
}

/* What libarchive has to say. Where it has nothing, the archive ends before its list of files. */
static void fail_unpacking(struct intake_input *input)
{
	const char *why = archive_error_string(input->archive);

	tl_diag_hint(input->diags,
		fail(input, TL0533, why ? why : "ends in the middle of what is packed in it"),
		"the file may have been cut off on its way");
}

static bool start(struct intake_input *input)
{
	struct archive *a = input->archive = archive_read_new();
	struct stat status;

	if (!a)
		tl_die_of_memory(BLOCK);
	if (fstat(input->fd, &status) == 0 && S_ISDIR(status.st_mode)) {
		fail(input, TL0120, "is a folder, not a file");
		return false;
	}
	if (fstat(input->fd, &status) == 0 && S_ISREG(status.st_mode))
		input->size = (uint64_t)status.st_size;
	archive_read_support_filter_gzip(a);
	archive_read_support_format_zip(a);
	archive_read_support_format_raw(a);
	archive_read_support_format_empty(a);
	if (archive_read_open_fd(a, input->fd, BLOCK) == ARCHIVE_OK)
		return true;
	fail(input, TL0533, archive_error_string(a));
	return false;
}

struct intake_input *intake_input_open(struct tl_diags *diags, const char *path)
{
	struct intake_input *input = calloc(1, sizeof *input);
	bool standard = strcmp(path, "-") == 0;

	if (!input)
		tl_die_of_memory(sizeof *input);
	input->diags = diags;
	input->path = standard ? "<stdin>" : path;
	input->fd = standard ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
	if (input->fd < 0)
		tl_diag_add(diags, TL0120, (struct tl_span){0}, "%s: cannot be read: %s",
			input->path, strerror(errno));
	else if (start(input))
		return input;
	intake_input_close(input);
	return NULL;
}

void intake_input_close(struct intake_input *input)
{
	archive_read_free(input->archive);
	if (input->fd >= 0)
		close(input->fd);
	free(input->name);
	free(input);
}

/* Folders, and what a Macintosh puts beside each file. */
static bool is_file(struct archive_entry *entry)
{
	const char *name = archive_entry_pathname(entry);
	mode_t type = archive_entry_filetype(entry);

	return (type == AE_IFREG || type == 0) && !(name && strstr(name, "__MACOSX/"));
}

bool intake_input_next(struct intake_input *input, const char **name)
{
	struct archive_entry *entry;
	const char *inside;
	struct tl_buf buf = {0};

	for (;;) {
		int status = archive_read_next_header(input->archive, &entry);
		if (status == ARCHIVE_EOF)
			return false;
		if (status < ARCHIVE_WARN) {
			fail_unpacking(input);
			return false;
		}
		if (archive_entry_is_data_encrypted(entry)) {
			tl_diag_hint(input->diags, fail(input, TL0533, "is encrypted"),
				"unpack it with its password, and import what was in it");
			return false;
		}
		if (++input->files > MOST_FILES) {
			fail(input, TL0534, "holds more than 10000 files");
			return false;
		}
		if (is_file(entry))
			break;
	}
	inside = archive_entry_pathname(entry);
	tl_buf_puts(&buf, input->path);
	if ((archive_format(input->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP)
		tl_buf_printf(&buf, ":%s", inside ? inside : "?");
	free(input->name);
	*name = input->name = buf.data;
	return true;
}

bool intake_input_failed(const struct intake_input *input)
{
	return input->failed;
}

bool intake_input_read(struct intake_input *input, struct tl_buf *out)
{
	const void *block;
	size_t n;
	la_int64_t at;
	uint64_t packed;
	int status;

	if (input->failed)
		return false;
	status = archive_read_data_block(input->archive, &block, &n, &at);
	if (status == ARCHIVE_EOF)
		return false;
	if (status < ARCHIVE_WARN) {
		fail_unpacking(input);
		return false;
	}
	input->unpacked += n;
	packed = (uint64_t)archive_filter_bytes(input->archive, -1);
	if (input->unpacked > small && input->unpacked / MOST_RATIO > packed) {
		fail(input, TL0534, "unpacks to more than 250 times its size, as no export does");
		return false;
	}
	tl_buf_put(out, block, n);
	return true;
}

void intake_input_progress(const struct intake_input *input, uint64_t *done, uint64_t *total)
{
	*done = (uint64_t)archive_filter_bytes(input->archive, -1);
	*total = input->size;
}
