/* state: what the events add up to. */
#include "room/room.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- looking up ----------------------------------------------------------------------------------- */

struct event *room_event(const struct tl_room *room, int n)
{
	return n > 0 && (size_t)n <= room->count ? &room->events[n - 1] : NULL;
}

static void *made_by(const struct tl_room *room, int n, enum verb verb)
{
	const struct event *event = room_event(room, n);

	return event && event->verb == verb ? event->made : NULL;
}

struct person *room_find_person(const struct tl_room *room, int id)
{
	return made_by(room, id, V_JOIN);
}

struct note *room_find_note(const struct tl_room *room, int id)
{
	return made_by(room, id, V_NOTE);
}

struct action *room_find_action(const struct tl_room *room, int id)
{
	return made_by(room, id, V_ACT);
}

struct place *room_place(struct tl_room *room, const char *at)
{
	struct state *state = room->state;
	struct place *place = tl_table_get(&state->by_place, at);
	const char *mark = strchr(at, '#');

	if (place)
		return place;
	place = tl_arena_new(&state->arena, struct place);
	place->at = tl_arena_strdup(&state->arena, at);
	place->journey = tl_arena_strndup(&state->arena, at, (size_t)(mark - at));
	place->touchpoint = place->at + (mark + 1 - at);
	place->last_pain = &place->pains;
	place->last_action = &place->actions;
	tl_table_set(&state->by_place, place->at, place);
	if (state->last_place)
		state->last_place->next = place;
	else
		state->first_place = place;
	return state->last_place = place;
}

static struct pain *pain_of(struct tl_room *room, const char *on)
{
	struct state *state = room->state;
	struct pain *pain = tl_table_get(&state->by_pain, on);
	const char *slash = strchr(on, '/');

	if (pain)
		return pain;
	pain = tl_arena_new(&state->arena, struct pain);
	pain->on = tl_arena_strdup(&state->arena, on);
	pain->id = pain->on + (slash + 1 - on);
	pain->place = room_place(
		room, tl_arena_strndup(&state->arena, on, (size_t)(slash - on)));
	pain->target.pain = pain;
	*pain->place->last_pain = pain;
	pain->place->last_pain = &pain->next_here;
	tl_table_set(&state->by_pain, pain->on, pain);
	return pain;
}

struct target *room_find_target(const struct tl_room *room, const char *on)
{
	struct note *note;
	struct pain *pain;

	if (strncmp(on, "note:", 5) == 0) {
		note = room_find_note(room, (int)strtol(on + 5, NULL, 10));
		return note ? &note->target : NULL;
	}
	pain = tl_table_get(&room->state->by_pain, on);
	return pain ? &pain->target : NULL;
}

struct target *room_target(struct tl_room *room, const char *on)
{
	return strncmp(on, "note:", 5) == 0 ? room_find_target(room, on) : &pain_of(room, on)->target;
}

struct place *room_target_place(const struct target *target)
{
	return target->note ? target->note->place : target->pain->place;
}

/* ---- what changed --------------------------------------------------------------------------------- */

void room_touch(struct row *row, struct link *link, uint64_t n)
{
	link->changed = n;
	if (row->newest == link)
		return;
	if (link->newer)
		link->newer->older = link->older;
	if (link->older)
		link->older->newer = link->newer;
	link->newer = NULL;
	link->older = row->newest;
	if (row->newest)
		row->newest->newer = link;
	row->newest = link;
}

void room_touch_target(struct tl_room *room, struct target *target, uint64_t n)
{
	if (target->note)
		room_touch(&room->state->notes, &room_root(target->note)->link, n);
	if (target->note)
		room_touch(&room->state->notes, &target->note->link, n);
	else
		room_touch(&room->state->pains, &target->pain->link, n);
}

/* ---- keys -------------------------------------------------------------------------------------------- */

/* Whoever joins is nobody yet, so that their keys are a space of its own. */
static const char *key_of(struct tl_arena *arena, const struct event *event)
{
	const char *key = room_value(event, F_KEY);

	if (!key)
		return NULL;
	return event->verb == V_JOIN ? tl_arena_printf(arena, "join %s", key)
				     : tl_arena_printf(arena, "%d %s", event->person, key);
}

const struct event *room_key(const struct tl_room *room, const struct event *event)
{
	struct tl_arena arena;
	const char *key;
	void *n;

	tl_arena_init(&arena);
	key = key_of(&arena, event);
	n = key ? tl_table_get(&room->keys, key) : NULL;
	tl_arena_release(&arena);
	return n ? room_event(room, (int)(uintptr_t)n) : NULL;
}

/* ---- events ------------------------------------------------------------------------------------------ */

void room_push(struct tl_room *room, const struct event *event)
{
	struct event *kept;
	const char *key;

	room->events = tl_arena_grow(&room->arena, room->events, room->count, &room->capacity,
		sizeof *room->events);
	kept = &room->events[room->count++];
	*kept = *event;
	kept->values = tl_arena_array(&room->arena, struct value, (size_t)event->count);
	for (int i = 0; i < event->count; i++)
		kept->values[i] = (struct value){event->values[i].field,
			tl_arena_strdup(&room->arena, event->values[i].text)};
	room->note_count += event->verb == V_NOTE;
	room->person_count += event->verb == V_JOIN;
	room->action_count += event->verb == V_ACT;
	key = key_of(&room->arena, event);
	if (key)
		tl_table_add(&room->keys, key, (void *)(uintptr_t)event->n);
}

void room_mark_undone(struct tl_room *room, const struct event *undo)
{
	bool undone = true;
	const struct event *event = undo;

	while (event->verb == V_UNDO) {
		struct event *about = room_event(room, room_number(event, F_EVENT, 0));

		if (!about || about->n >= event->n)
			return;
		about->undone = undone;
		undone = !undone;
		event = about;
	}
}

bool room_apply(struct tl_room *room, struct event *event)
{
	const struct verb_rule *rule = &room_verbs[event->verb];
	struct why why = {0};

	event->lapsed = (event->person && !room_find_person(room, event->person)) ||
		(rule->fits && !rule->fits(room, event, &why));
	if (!event->lapsed)
		rule->apply(room, event);
	return !event->lapsed;
}

static void begin_state(struct tl_room *room)
{
	struct tl_arena arena;

	if (room->state) {
		arena = room->state->arena;
		tl_arena_reset(&arena);
	} else {
		tl_arena_init(&arena);
		room->state = tl_arena_new(&room->arena, struct state);
	}
	*room->state = (struct state){.arena = arena, .title = room->title, .per = 5};
	tl_table_init(&room->state->by_place, &room->state->arena);
	tl_table_init(&room->state->by_pain, &room->state->arena);
}

void room_fold(struct tl_room *room)
{
	begin_state(room);
	for (size_t i = 0; i < room->count; i++) {
		room->events[i].made = NULL;
		room->events[i].lapsed = false;
	}
	for (size_t i = 0; i < room->count; i++) {
		struct event *event = &room->events[i];

		if (event->verb == V_UNDO)
			room->state->full = event->n;
		else if (!event->undone)
			room_apply(room, event);
	}
}
