/* Any bytes as the log of a workshop, and as calls into one. A log that could be read is read again to
 * the same views; calls are lines, before the form who makes it: f the facilitator,
 * a digit that person. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "touchline/front.h"
#include "touchline/room.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char xml[] =
	"<journey xmlns='urn:touchline:journey:1' id='j'><title>J</title><stage id='s'><title>S</title>"
	"<touchpoint id='a'><title>A</title><pain id='p'>P</pain></touchpoint></stage></journey>";
static char path[] = "/tmp/touchline-fuzz-XXXXXX";

static const struct tl_journey *journey(void)
{
	static struct tl_arena arena;
	static struct tl_diags diags;
	static const struct tl_journey *read;

	if (!read) {
		tl_arena_init(&arena);
		tl_diags_init(&diags);
		read = tl_front_parse(&arena, &diags, "j.xml", xml, sizeof xml - 1);
	}
	return read;
}

static struct tl_room *open_room(void)
{
	static const struct tl_journey *journeys[1];
	static const struct tl_room_options options = {"T", 2000000000};
	struct tl_diags diags;
	struct tl_room *room;

	journeys[0] = journey();
	tl_diags_init(&diags);
	tl_room_open(&room, &diags, path, journeys, 1, &options);
	tl_diags_release(&diags);
	return room;
}

static void see_all(const struct tl_room *room, struct tl_buf *out)
{
	size_t count;

	tl_room_view(room, TL_FACILITATOR, 0, 0, out);
	for (int person = 1; person < 4; person++)
		tl_room_view(room, TL_PARTICIPANT, person, (uint64_t)person * 2, out);
	tl_room_minutes(room, out, 1800000000);
	tl_room_csv(room, out);
	tl_room_decisions(room, out, &count);
}

static void make_calls(struct tl_room *room, const char *p, const char *end)
{
	struct tl_buf reply = {0};

	for (const char *stop; p < end; p = stop + 1) {
		struct tl_room_call call = {.now = 1800000000};

		stop = memchr(p, '\n', (size_t)(end - p));
		if (!stop)
			stop = end;
		call.role = *p == 'f' ? TL_FACILITATOR : TL_PARTICIPANT;
		call.person = *p >= '0' && *p <= '9' ? *p - '0' : 0;
		call.form = p + (p < stop);
		call.length = (size_t)(stop - call.form);
		tl_room_do(room, &call, &reply);
	}
	tl_buf_release(&reply);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tl_buf first = {0}, second = {0};
	bool log = size && *data == 't';
	struct tl_room *room;
	int fd;

	memcpy(path + sizeof path - 7, "XXXXXX", 6);
	fd = mkstemp(path);
	if (fd < 0 || (log && write(fd, data, size) != (ssize_t)size))
		abort();
	close(fd);
	room = open_room();
	if (room && !log)
		make_calls(room, (const char *)data, (const char *)data + size);
	if (room) {
		see_all(room, &first);
		tl_room_close(room);
		room = open_room();
		if (!room)
			abort();
		see_all(room, &second);
		if (first.len != second.len || memcmp(first.data, second.data, first.len) != 0)
			abort();
	}
	tl_room_close(room);
	unlink(path);
	tl_buf_release(&first);
	tl_buf_release(&second);
	return 0;
}
