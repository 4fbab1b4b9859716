/* lead: what the facilitator does. */
#include "room/room.h"

#include <stdlib.h>
#include <string.h>

/* ---- the room itself ------------------------------------------------------------------------------- */

bool room_admit_title(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why)
{
	const char *text = room_value(event, F_TEXT);
	char *line;

	(void)viewer;
	if (tl_utf8_length(text, strlen(text)) > 200)
		return room_refuse(
			why, TL_ROOM_WRONG, "text", "A title has at most 200 characters.");
	line = tl_arena_strdup(&room->scratch, text);
	for (char *p = line; (p = strchr(p, '\n'));)
		*p = ' ';
	room_set(event, F_TEXT, line);
	return true;
}

void room_apply_title(struct tl_room *room, struct event *event)
{
	room->state->title = room_value(event, F_TEXT);
	room->state->changed = event->n;
}

void room_apply_step(struct tl_room *room, struct event *event)
{
	room->state->step = (enum tl_step)room_word(event, F_TO, &tl_steps);
	room->state->changed = room->state->full = event->n;
}

void room_apply_timer(struct tl_room *room, struct event *event)
{
	int seconds = room_number(event, F_SECONDS, 0);

	room->state->timer = seconds ? event->time + seconds : 0;
	room->state->changed = event->n;
}

void room_apply_dots(struct tl_room *room, struct event *event)
{
	room->state->per = room_number(event, F_PER, 1);
	room->state->changed = event->n;
}

void room_apply_authors(struct tl_room *room, struct event *event)
{
	room->state->nameless = room_yes(event, F_HIDE);
	room->state->changed = room->state->full = event->n;
}

void room_apply_close(struct tl_room *room, struct event *event)
{
	room->state->closed = room_yes(event, F_YES);
	room->state->changed = event->n;
}

void room_apply_end(struct tl_room *room, struct event *event)
{
	room->state->closed = room->state->ended = true;
	room->state->timer = 0;
	room->state->changed = event->n;
}

/* ---- notes ----------------------------------------------------------------------------------------- */

static struct note *note_of(struct tl_room *room, const struct event *event)
{
	return room_find_note(room, room_number(event, F_NOTE, 0));
}

static bool is_there(const struct note *note, const char *field, struct why *why)
{
	return (note && !note->withdrawn) ||
		room_refuse(why, TL_ROOM_UNKNOWN, field, "The note is not there any more.");
}

bool room_fits_hide(struct tl_room *room, const struct event *event, struct why *why)
{
	return is_there(note_of(room, event), "note", why);
}

void room_apply_hide(struct tl_room *room, struct event *event)
{
	struct note *note = note_of(room, event);

	note->hidden = room_yes(event, F_YES);
	room_touch_family(room, note, event->n);
	room->state->full = event->n;
}

bool room_fits_merge(struct tl_room *room, const struct event *event, struct why *why)
{
	const struct note *note = note_of(room, event);
	const char *other = room_value(event, F_INTO);
	const struct note *into = room_find_note(room, room_number(event, F_INTO, 0));

	if (!is_there(note, "note", why) || (*other && !is_there(into, "into", why)))
		return false;
	if (*other && room_into_itself(note, into))
		return room_refuse(why, TL_ROOM_WRONG, "into",
			note == into ? "A note cannot be merged into itself."
				     : "That note was merged into this one already.");
	return true;
}

static void leave_family(struct note *note)
{
	struct note **at;

	if (!note->into)
		return;
	for (at = &note->into->members; *at != note;)
		at = &(*at)->next_member;
	*at = note->next_member;
	note->into = note->next_member = NULL;
}

void room_apply_merge(struct tl_room *room, struct event *event)
{
	struct note *note = note_of(room, event);
	struct note *into = room_find_note(room, room_number(event, F_INTO, 0));

	room_touch_family(room, note, event->n);
	leave_family(note);
	if (into) {
		note->into = into;
		note->next_member = into->members;
		into->members = note;
	}
	room_touch_family(room, note, event->n);
}

void room_apply_cluster(struct tl_room *room, struct event *event)
{
	struct note *note = note_of(room, event);
	const char *name = room_value(event, F_NAME);

	note->cluster = *name ? name : NULL;
	room_touch(&room->state->notes, &note->link, event->n);
}

/* ---- decide ---------------------------------------------------------------------------------------- */

static bool admit_emotion(struct tl_room *room, const struct event *event, struct why *why)
{
	const char *valence = room_value(event, F_VALENCE);

	for (int i = 0; i < event->count; i++) {
		enum field field = event->values[i].field;

		if (field != F_AT && field != F_VALENCE && field != F_FEELING && field != F_KEY)
			return room_refuse(why, TL_ROOM_WRONG, room_field_name(field),
				"'%s' is not decided of a touchpoint.", room_field_name(field));
	}
	if (!valence || !*valence)
		return room_refuse(why, TL_ROOM_WRONG, "valence", "The feeling is missing.");
	return room_admit_place(room, room_value(event, F_AT), why);
}

/* What a note is to become in the source: said in full, so that later changes of it do not matter. */
static bool admit_note(struct tl_room *room, struct event *event, struct why *why)
{
	const struct note *note = room_find_target(room, room_value(event, F_ON))->note;
	const char *text = room_value(event, F_TEXT);

	if (room_value(event, F_STATUS))
		return room_refuse(
			why, TL_ROOM_WRONG, "status", "A note has no status in the source yet.");
	if (!room_value(event, F_AS))
		room_set(event, F_AS,
			room_outcomes.words[note->kind == TL_SAID_PAIN ? AS_PAIN
					: note->kind == TL_SAID_IDEA   ? AS_IDEA
								       : AS_NOTHING]);
	if (!text || !*text)
		room_set(event, F_TEXT, note->text);
	if (!room_value(event, F_FRICTION) && note->friction >= 0)
		room_set(event, F_FRICTION, tl_friction_kinds.words[note->friction]);
	return true;
}

bool room_admit_decide(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why)
{
	const char *on = room_value(event, F_ON), *owner = room_value(event, F_OWNER);
	const char *as = room_value(event, F_AS);

	if (!on == !room_value(event, F_AT))
		return room_refuse(why, TL_ROOM_WRONG, "on",
			"A decision is about a note, a pain point or a touchpoint: one of them.");
	if (!on)
		return admit_emotion(room, event, why);
	if (room_value(event, F_VALENCE) || room_value(event, F_FEELING))
		return room_refuse(
			why, TL_ROOM_WRONG, "valence", "Feelings are decided of touchpoints.");
	if (!room_admit_on(room, viewer, event, why))
		return false;
	if (owner && *owner)
		room_set(event, F_OWNER, room_department(room, owner));
	if (strncmp(on, "note:", 5) == 0)
		return admit_note(room, event, why);
	if (as && strcmp(as, room_outcomes.words[AS_NOTHING]) != 0)
		return room_refuse(why, TL_ROOM_WRONG, "as",
			"A pain point of the map stays one; 'nothing' takes the decision back.");
	return true;
}

/* Also of a line that somebody edited: what is decided is said in full. */
bool room_fits_decide(struct tl_room *room, const struct event *event, struct why *why)
{
	const char *on = room_value(event, F_ON), *text = room_value(event, F_TEXT);
	const char *valence = room_value(event, F_VALENCE);

	if (!on)
		return room_value(event, F_AT) && valence && *valence;
	return room_fits_on(room, event, why) &&
		(strncmp(on, "note:", 5) != 0 ||
			(text && *text && room_word(event, F_AS, &room_outcomes) >= 0));
}

void room_apply_decide(struct tl_room *room, struct event *event)
{
	struct event *decision = tl_arena_new(&room->state->arena, struct event);
	const char *on = room_value(event, F_ON);
	struct target *target;
	struct place *place;

	*decision = *event;
	if (!on) {
		place = room_place(room, room_value(event, F_AT));
		place->emotion = decision;
		room_touch(&room->state->places, &place->link, event->n);
		return;
	}
	target = room_target(room, on);
	target->decision =
		target->pain && room_word(event, F_AS, &room_outcomes) == AS_NOTHING ? NULL : decision;
	room_touch_target(room, target, event->n);
}

/* ---- undo ------------------------------------------------------------------------------------------ */

bool room_fits_undo(struct tl_room *room, const struct event *event, struct why *why)
{
	const struct event *about = room_event(room, room_number(event, F_EVENT, 0)), *last = about;
	bool undone = true;

	if (!about)
		return room_refuse(why, TL_ROOM_UNKNOWN, "event", "There is no such event.");
	/* What an undo undid may have been undone, or done again, by another since. */
	for (; last && last->verb == V_UNDO; undone = !undone)
		last = room_event(room, room_number(last, F_EVENT, 0));
	if (about->undone || !last || last->undone == undone)
		return room_refuse(why, TL_ROOM_WRONG, "event", "That is undone already.");
	return true;
}
