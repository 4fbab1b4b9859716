/* say: who is there, and what they say about touchpoints. */
#include "room/room.h"

#include <string.h>

/* ---- join, me ------------------------------------------------------------------------------------- */

bool room_admit_join(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why)
{
	const char *key = room_value(event, F_KEY);

	if (viewer->person)
		return room_refuse(why, TL_ROOM_FORBIDDEN, NULL, "You are in the room already.");
	/* Nothing else tells apart who joins: whoever knew another's key would get their secret. */
	if (key && strlen(key) < 16)
		return room_refuse(why, TL_ROOM_WRONG, "key",
			"The key of somebody who joins has at least 16 random characters.");
	if (room->person_count >= TL_ROOM_PEOPLE)
		return room_refuse(why, TL_ROOM_FULL, NULL,
			"The room is full: %d people have joined.", TL_ROOM_PEOPLE);
	room_set(event, F_DEPARTMENT, room_department(room, room_value(event, F_DEPARTMENT)));
	return true;
}

void room_apply_join(struct tl_room *room, struct event *event)
{
	struct person *person = tl_arena_new(&room->state->arena, struct person);

	person->id = (int)event->n;
	person->name = room_value(event, F_NAME);
	person->department = room_value(event, F_DEPARTMENT);
	person->secret = room_value(event, F_SECRET);
	event->made = person;
	room_touch(&room->state->people, &person->link, event->n);
}

bool room_admit_me(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why)
{
	(void)viewer;
	(void)why;
	room_set(event, F_DEPARTMENT, room_department(room, room_value(event, F_DEPARTMENT)));
	return true;
}

/* All that somebody said is their department's: all of it looks different now. */
void room_apply_me(struct tl_room *room, struct event *event)
{
	struct person *person = room_find_person(room, event->person);
	const char *department = room_value(event, F_DEPARTMENT);

	if (strcmp(person->department, department) != 0)
		room->state->full = event->n;
	person->name = room_value(event, F_NAME);
	person->department = department;
	room_touch(&room->state->people, &person->link, event->n);
}

/* ---- note ------------------------------------------------------------------------------------------- */

bool room_admit_place(struct tl_room *room, const char *at, struct why *why)
{
	const struct tl_journey *journey;

	return room_touchpoint(room, at, &journey) ||
		room_refuse(why, TL_ROOM_UNKNOWN, "at", "There is no touchpoint '%.100s'.", at);
}

bool room_admit_note(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why)
{
	const char *at = room_value(event, F_AT), *pain = room_value(event, F_PAIN);
	const char *on = pain ? tl_arena_printf(&room->scratch, "%s/%s", at, pain) : NULL;

	(void)viewer;
	if (!room_admit_place(room, at, why))
		return false;
	if (pain && !room_pain(room, on))
		return room_refuse(why, TL_ROOM_UNKNOWN, "pain",
			"The touchpoint has no pain point '%.100s'.", pain);
	if (room->note_count >= TL_ROOM_NOTES)
		return room_refuse(why, TL_ROOM_FULL, NULL,
			"The room is full: it holds %d notes.", TL_ROOM_NOTES);
	return true;
}

void room_apply_note(struct tl_room *room, struct event *event)
{
	struct note *note = tl_arena_new(&room->state->arena, struct note);

	note->id = (int)event->n;
	note->kind = room_word(event, F_KIND, &tl_contributions);
	note->friction = note->kind == TL_SAID_PAIN
		? room_word(event, F_FRICTION, &tl_friction_kinds) : -1;
	note->place = room_place(room, room_value(event, F_AT));
	note->pain = room_value(event, F_PAIN);
	note->text = room_value(event, F_TEXT);
	note->by = room_find_person(room, event->person);
	note->time = event->time;
	note->target.note = note;
	note->place->said = tl_arena_grow(&room->state->arena, note->place->said,
		note->place->said_count, &note->place->said_capacity, sizeof *note->place->said);
	note->place->said[note->place->said_count++] = note;
	event->made = note;
	room_touch_family(room, note, event->n);
}

/* ---- rewrite, withdraw ---------------------------------------------------------------------------- */

static bool unknown_note(struct why *why)
{
	return room_refuse(why, TL_ROOM_UNKNOWN, "note", "The note is not there any more.");
}

/* Its author, and the facilitator, if they can see it. */
bool room_admit_rewrite(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why)
{
	const struct note *note = room_find_note(room, room_number(event, F_NOTE, 0));

	if (!note || note->withdrawn || !room_sees(viewer, note->by, note->hidden).what)
		return unknown_note(why);
	return viewer->facilitator || note->by == viewer->person ||
		room_refuse(why, TL_ROOM_FORBIDDEN, NULL, "This is somebody else's note.");
}

bool room_fits_rewrite(struct tl_room *room, const struct event *event, struct why *why)
{
	const struct note *note = room_find_note(room, room_number(event, F_NOTE, 0));

	return (note && !note->withdrawn) || unknown_note(why);
}

void room_apply_rewrite(struct tl_room *room, struct event *event)
{
	struct note *note = room_find_note(room, room_number(event, F_NOTE, 0));

	note->text = room_value(event, F_TEXT);
	if (room_value(event, F_KIND))
		note->kind = room_word(event, F_KIND, &tl_contributions);
	if (room_value(event, F_FRICTION))
		note->friction = room_word(event, F_FRICTION, &tl_friction_kinds);
	if (note->kind != TL_SAID_PAIN)
		note->friction = -1;
	room_touch(&room->state->notes, &note->link, event->n);
}

void room_apply_withdraw(struct tl_room *room, struct event *event)
{
	struct note *note = room_find_note(room, room_number(event, F_NOTE, 0));

	room_touch_family(room, note, event->n);
	note->withdrawn = true;
	room_touch_family(room, note, event->n);
}

/* ---- feel ------------------------------------------------------------------------------------------- */

bool room_admit_feel(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why)
{
	(void)viewer;
	return room_admit_place(room, room_value(event, F_AT), why);
}

enum { NO_VALENCE = 99 };
void room_apply_feel(struct tl_room *room, struct event *event)
{
	struct place *place = room_place(room, room_value(event, F_AT));
	struct person *person = room_find_person(room, event->person);
	struct feeling **at = &place->feelings, *feeling;
	int valence = room_number(event, F_VALENCE, NO_VALENCE);

	while (*at && (*at)->person != person)
		at = &(*at)->next;
	if (*at && valence == NO_VALENCE)
		*at = (*at)->next;
	else if (valence != NO_VALENCE) {
		feeling = *at ? *at : tl_arena_new(&room->state->arena, struct feeling);
		feeling->person = person;
		feeling->valence = valence;
		feeling->time = event->time;
		*at = feeling;
	}
	room_touch(&room->state->places, &place->link, event->n);
}
