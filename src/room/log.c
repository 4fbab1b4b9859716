/* log: the file of a room. Opened by one process at a time, read once, then only appended to. */
#include "room/room.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_READ = 72 << 20 };
static const struct tl_span nowhere;

/* ---- writing ---------------------------------------------------------------------------------------- */

static bool cut(struct tl_room *room)
{
	room->torn = ftruncate(room->fd, room->size) != 0;
	return !room->torn;
}

/* A line is in the file whole, or not at all. */
bool room_append(struct tl_room *room, const char *line, size_t n)
{
	size_t done = 0;

	if (room->torn && !cut(room))
		return false;
	while (done < n) {
		ssize_t wrote = write(room->fd, line + done, n - done);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0) {
			cut(room);
			return false;
		}
		done += (size_t)wrote;
	}
	room->size += (int64_t)n;
	return true;
}

/* ---- a new one -------------------------------------------------------------------------------------- */

static void draw_lots(char *out, size_t n, const char *letters, size_t letter_count)
{
	uint8_t bytes[TL_KEY_SIZE];
	size_t i = 0;

	/* A byte above the last whole round of the letters would favour the first ones. */
	while (i < n) {
		tl_digest_key_new(bytes);
		for (size_t k = 0; k < sizeof bytes && i < n; k++)
			if (bytes[k] < 256 / letter_count * letter_count)
				out[i++] = letters[bytes[k] % letter_count];
	}
	out[n] = '\0';
}

static bool begin(struct tl_room *room, const struct tl_room_options *options)
{
	static const char hex[] = "0123456789abcdef";
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	const char *title = options ? options->title : NULL;
	struct tl_buf head = {0};
	struct why why;
	bool done;

	if (!title)
		title = room->journey_count ? room->journeys[0]->title : "Workshop";
	room->title = room_field_take(&room->arena, F_TEXT, title, strlen(title), &why);
	if (!room->title || !*room->title)
		room->title = "Workshop";
	draw_lots(room->id, sizeof room->id - 1, letters, sizeof letters - 1);
	draw_lots(room->join, sizeof room->join - 1, hex, sizeof hex - 1);
	draw_lots(room->facilitator, sizeof room->facilitator - 1, hex, sizeof hex - 1);
	room->begun = tl_clock_now();
	room->expires = options ? options->expires : room->begun + 86400;
	room_put_head(&head, room);
	done = room_append(room, head.data, head.len) && fsync(room->fd) == 0;
	tl_buf_release(&head);
	return done;
}

/* ---- reading ---------------------------------------------------------------------------------------- */

static void refuse_line(
	struct tl_diags *diags, const char *path, size_t number, const char *reason)
{
	struct tl_diag *diag = tl_diag_add(diags, TL0803, nowhere,
		"'%s', line %zu, cannot be read: %s", path, number, reason);

	tl_diag_hint(diags, diag, "mend the line, or name another file; nothing was changed");
}

static bool take_events(
	struct tl_room *room, struct tl_diags *diags, const char *path, char *text, char *end)
{
	size_t number = 1;

	for (char *line = text, *stop; line < end; line = stop + 1, number++) {
		struct event event;
		const char *wrong;

		stop = memchr(line, '\n', (size_t)(end - line));
		*stop = '\0';
		tl_arena_reset(&room->scratch);
		if (strlen(line) != (size_t)(stop - line))
			wrong = "it holds bytes that are no text";
		else if (number == 1)
			wrong = room_take_head(room, line);
		else
			wrong = room_take_line(&room->scratch, line, &event);
		if (!wrong && number > 1 && event.n != room->count + 1)
			wrong = tl_arena_printf(&room->scratch,
				"event %zu is expected here", room->count + 1);
		if (wrong) {
			refuse_line(diags, path, number, wrong);
			return false;
		}
		if (number == 1)
			continue;
		room_push(room, &event);
		if (event.verb == V_UNDO)
			room_mark_undone(room, &room->events[room->count - 1]);
	}
	return true;
}

/* What is behind the last line end was being written when the process was killed. */
static bool cut_tail(
	struct tl_room *room, struct tl_diags *diags, const char *path, size_t lost)
{
	if (!lost)
		return true;
	if (!cut(room)) {
		tl_diag_add(diags, TL0802, nowhere, "'%s' cannot be written: %s", path,
			strerror(errno));
		return false;
	}
	tl_diag_add(diags, TL0804, nowhere,
		"the last line of '%s' was half-written and has been cut off", path);
	return true;
}

static bool read_log(struct tl_room *room, struct tl_diags *diags, const char *path,
	const struct tl_room_options *options)
{
	static const char first[] = "touchline-room 1 id=";
	struct tl_buf text = {0};
	char *end;
	int error = tl_file_read(&text, path, MOST_READ);
	size_t n = text.len;
	bool good;

	if (error) {
		tl_diag_add(diags, TL0802, nowhere, "'%s' cannot be read: %s", path,
			strerror(-error));
		return false;
	}
	end = n ? memrchr(text.data, '\n', n) : NULL;
	end = end ? end + 1 : text.data;
	room->size = n ? end - text.data : 0;
	if (room->size) {
		good = take_events(room, diags, path, text.data, end) &&
			cut_tail(room, diags, path, n - (size_t)room->size);
	} else if (memcmp(n ? text.data : "", first, n < sizeof first ? n : sizeof first - 1) != 0) {
		refuse_line(diags, path, 1, "it is no log of a workshop");
		good = false;
	} else {
		good = cut_tail(room, diags, path, n) && begin(room, options);
		if (!good && !diags->errors)
			tl_diag_add(diags, TL0802, nowhere, "'%s' cannot be written: %s", path,
				strerror(errno));
	}
	tl_buf_release(&text);
	return good;
}

/* ---- opening ---------------------------------------------------------------------------------------- */

static bool lock(struct tl_room *room, struct tl_diags *diags, const char *path)
{
	struct stat about;
	struct tl_diag *diag;

	room->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0600);
	if (room->fd < 0 || fstat(room->fd, &about) != 0) {
		tl_diag_add(diags, TL0802, nowhere, "'%s' cannot be opened: %s", path,
			strerror(errno));
		return false;
	}
	if (!S_ISREG(about.st_mode)) {
		tl_diag_add(diags, TL0802, nowhere, "'%s' is no file", path);
		return false;
	}
	if (flock(room->fd, LOCK_EX | LOCK_NB) != 0) {
		diag = tl_diag_add(diags, TL0801, nowhere,
			"the workshop in '%s' is open in another process", path);
		tl_diag_hint(diags, diag, "end that one, or name another file");
		return false;
	}
	/* It holds the links; a copy may have been made with other rights. */
	if (about.st_mode & 077)
		fchmod(room->fd, 0600);
	return true;
}

bool tl_room_open(struct tl_room **out, struct tl_diags *diags, const char *path,
	const struct tl_journey *const *journeys, size_t count,
	const struct tl_room_options *options)
{
	struct tl_arena arena;
	struct tl_room *room;

	tl_arena_init(&arena);
	*out = room = tl_arena_new(&arena, struct tl_room);
	room->arena = arena;
	room->fd = -1;
	tl_arena_init(&room->scratch);
	tl_table_init(&room->keys, &room->arena);
	tl_room_journeys(room, journeys, count);
	if (!lock(room, diags, path) || !read_log(room, diags, path, options)) {
		tl_room_close(room);
		*out = NULL;
		return false;
	}
	room_fold(room);
	return true;
}

void tl_room_close(struct tl_room *room)
{
	struct tl_arena arena;

	if (!room)
		return;
	if (room->fd >= 0)
		close(room->fd);
	if (room->state)
		tl_arena_release(&room->state->arena);
	tl_arena_release(&room->scratch);
	arena = room->arena;
	tl_arena_release(&arena);
}

/* ---- what is behind a link -------------------------------------------------------------------------- */

/* In the same time wherever they differ. */
static bool same_secret(const char *a, const char *b)
{
	size_t n = strlen(a);
	unsigned char difference = 0;

	if (strlen(b) != n)
		return false;
	for (size_t i = 0; i < n; i++)
		difference |= (unsigned char)(a[i] ^ b[i]);
	return difference == 0;
}

enum tl_role tl_room_role(
	const struct tl_room *room, const char *token, int64_t now, bool *expired)
{
	bool join = same_secret(room->join, token);
	bool facilitator = same_secret(room->facilitator, token);

	*expired = (join || facilitator) && now > room->expires;
	return *expired ? TL_NOBODY : facilitator ? TL_FACILITATOR
		: join			? TL_PARTICIPANT
					: TL_NOBODY;
}

int tl_room_person(const struct tl_room *room, const char *secret)
{
	int found = 0;

	for (const struct link *link = room->state->people.newest; link; link = link->older) {
		const struct person *person = (const struct person *)link;

		if (same_secret(person->secret, secret))
			found = person->id;
	}
	return found;
}

const char *tl_room_token(const struct tl_room *room, enum tl_role role)
{
	return role == TL_FACILITATOR ? room->facilitator : role == TL_PARTICIPANT ? room->join : "";
}

const char *tl_room_id(const struct tl_room *room)
{
	return room->id;
}

uint64_t tl_room_last(const struct tl_room *room)
{
	return room->count;
}

int tl_room_sync_handle(const struct tl_room *room)
{
	return room->fd;
}

void tl_room_journeys(
	struct tl_room *room, const struct tl_journey *const *journeys, size_t count)
{
	room->journeys = journeys;
	room->journey_count = count;
}
