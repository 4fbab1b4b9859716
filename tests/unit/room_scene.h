/* A workshop in a folder of its own, about two journeys, and calls into it. */
#ifndef ROOM_SCENE_H
#define ROOM_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "touchline/front.h"
#include "touchline/room.h"

enum { NOON = 1795348800 }; /* 2026-11-22T12:00:00Z */
static const char first_journey[] =
	"<journey xmlns='urn:touchline:journey:1' id='order'><title>Order &amp; pay</title>"
	"<department id='it'>Information technology</department>"
	"<department id='sales'>Sales</department>"
	"<stage id='s'><title>S</title>"
	"<touchpoint id='checkout' owner='it'><title>Check *out*</title>"
	"<pain id='slow' severity='3'>Slow</pain><pain id='address-twice'>Twice</pain>"
	"<next to='paid'/></touchpoint>"
	"<touchpoint id='paid' owner='sales'><title>Paid</title></touchpoint></stage></journey>";
static const char second_journey[] =
	"<journey xmlns='urn:touchline:journey:1' id='move'><title>Move</title>"
	"<department id='care'>Care</department><stage id='s'><title>S</title>"
	"<touchpoint id='call' owner='care'><title>Call</title></touchpoint></stage></journey>";

struct scene {
	char folder[512];
	struct tl_arena arena;
	struct tl_diags read, diags; /* of the journeys, of the room */
	const struct tl_journey *journeys[2];
	struct tl_room *room;
	struct tl_buf reply;
	int64_t now;
};
enum { LEAD = -1, GUEST = -2, STRANGER = -3 }; /* besides numbers of people */

static inline void open_room(struct scene *s)
{
	assert_true(tl_room_open(&s->room, &s->diags, "room.log", s->journeys, 2,
		&(struct tl_room_options){NULL, NOON + 86400}));
}

static inline int scene_set_up(void **state)
{
	static struct scene scene;
	const char *place = getenv("TMPDIR");

	scene = (struct scene){.now = NOON};
	snprintf(scene.folder, sizeof scene.folder, "%s/room-XXXXXX", place ? place : "/tmp");
	if (!mkdtemp(scene.folder) || chdir(scene.folder) != 0)
		return -1;
	tl_arena_init(&scene.arena);
	tl_diags_init(&scene.read);
	tl_diags_init(&scene.diags);
	scene.journeys[0] = tl_front_parse(&scene.arena, &scene.read, "order.xml", first_journey,
		sizeof first_journey - 1);
	scene.journeys[1] = tl_front_parse(&scene.arena, &scene.read, "move.xml", second_journey,
		sizeof second_journey - 1);
	if (!scene.journeys[0] || !scene.journeys[1] || scene.read.errors) {
		tl_diags_print(&scene.read, stderr, false);
		return -1;
	}
	open_room(&scene);
	*state = &scene;
	return 0;
}

static inline int scene_tear_down(void **state)
{
	struct scene *s = *state;

	tl_room_close(s->room);
	tl_buf_release(&s->reply);
	tl_diags_release(&s->diags);
	tl_diags_release(&s->read);
	tl_arena_release(&s->arena);
	unlink("room.log");
	return chdir("/") == 0 ? rmdir(s->folder) : -1;
}

static inline enum tl_room_verdict call_bytes(
	struct scene *s, int who, const char *form, size_t length)
{
	struct tl_room_call call = {.role = who == LEAD ? TL_FACILITATOR
			: who == STRANGER	? TL_NOBODY
						: TL_PARTICIPANT,
		.person = who > 0 ? who : 0,
		.now = s->now,
		.form = form,
		.length = length};

	tl_buf_clear(&s->reply);
	return tl_room_do(s->room, &call, &s->reply);
}

static inline enum tl_room_verdict call(struct scene *s, int who, const char *form)
{
	return call_bytes(s, who, form, strlen(form));
}

/* The event's number; the test fails where it was not done. */
static inline int done(struct scene *s, int who, const char *form)
{
	if (call(s, who, form) != TL_ROOM_DONE)
		fail_msg("%s: %s", form, s->reply.data);
	return (int)strtol(s->reply.data + strlen("{\"n\":"), NULL, 10);
}

static inline void refused(
	struct scene *s, int who, const char *form, enum tl_room_verdict verdict, const char *part)
{
	uint64_t before = tl_room_last(s->room);
	enum tl_room_verdict got = call(s, who, form);

	if (got != verdict || !strstr(s->reply.data, part))
		fail_msg("%s: verdict %d, %s", form, (int)got, s->reply.data);
	assert_int_equal(tl_room_last(s->room), before);
}

/* In the arena of the scene. */
static inline const char *view_since(struct scene *s, int who, uint64_t since)
{
	struct tl_buf out = {0};
	const char *text;

	tl_room_view(s->room, who == LEAD ? TL_FACILITATOR : TL_PARTICIPANT, who > 0 ? who : 0,
		since, &out);
	text = tl_arena_strdup(&s->arena, out.data);
	tl_buf_release(&out);
	return text;
}

static inline const char *view(struct scene *s, int who)
{
	return view_since(s, who, 0);
}

static inline void shows(struct scene *s, int who, const char *part)
{
	if (!strstr(view(s, who), part))
		fail_msg("%d does not see %s in %s", who, part, view(s, who));
}

static inline void hides(struct scene *s, int who, const char *part)
{
	if (strstr(view(s, who), part))
		fail_msg("%d sees %s in %s", who, part, view(s, who));
}

static inline void open_again(struct scene *s)
{
	tl_room_close(s->room);
	s->room = NULL;
	open_room(s);
}

static inline int join(struct scene *s, const char *name, const char *department)
{
	char form[200];

	snprintf(form, sizeof form, "do=join&name=%s&department=%s", name, department);
	return done(s, GUEST, form);
}

#endif
