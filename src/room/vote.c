/* vote: dots, whose a pain is, and what is to be done about it. */
#include "room/room.h"

#include <string.h>

/* ---- what it is about --------------------------------------------------------------------------- */

static bool gone(struct why *why, const char *on)
{
	if (strncmp(on, "note:", 5) == 0)
		return room_refuse(
			why, TL_ROOM_UNKNOWN, "on", "The note is not there any more.");
	return room_refuse(why, TL_ROOM_UNKNOWN, "on", "There is no pain point '%.100s'.", on);
}

/* A pain point of the journeys, or one that the room spoke of before it went out of the source. */
static bool admit_target(struct tl_room *room, const struct viewer *viewer, const char *on,
	struct why *why)
{
	struct target *target;

	if (strncmp(on, "note:", 5) != 0)
		return room_pain(room, on) || tl_table_get(&room->state->by_pain, on) ||
			gone(why, on);
	target = room_find_target(room, on);
	return (target && !target->note->withdrawn &&
		       room_sees(viewer, target->note->by, target->note->hidden).what) ||
		gone(why, on);
}

static bool fits_target(struct tl_room *room, const char *on, struct why *why)
{
	struct target *target = room_find_target(room, on);

	return strncmp(on, "note:", 5) != 0 || (target && room_shown(target->note)) ||
		gone(why, on);
}

bool room_admit_on(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why)
{
	return admit_target(room, viewer, room_value(event, F_ON), why);
}

bool room_fits_on(struct tl_room *room, const struct event *event, struct why *why)
{
	return fits_target(room, room_value(event, F_ON), why);
}

/* ---- vote ------------------------------------------------------------------------------------------ */

bool room_admit_vote(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why)
{
	enum tl_step step = room->state->step;

	if (step != TL_STEP_VOTE && step != TL_STEP_DECIDE)
		return room_refuse(
			why, TL_ROOM_FORBIDDEN, NULL, "Voting has not begun, or is over.");
	return room_admit_on(room, viewer, event, why);
}

/* Dots for a note that was merged are for the one that it counts with. */
static struct target *voted_on(struct tl_room *room, const struct event *event)
{
	struct target *target = room_find_target(room, room_value(event, F_ON));

	return target && target->note ? &room_root(target->note)->target : target;
}

bool room_fits_vote(struct tl_room *room, const struct event *event, struct why *why)
{
	struct person *person = room_find_person(room, event->person);
	struct target *target;
	int before, wanted = room_number(event, F_DOTS, 0), left;

	if (!room_fits_on(room, event, why))
		return false;
	target = voted_on(room, event);
	before = target ? room_dots(target, person) : 0;
	if (wanted <= before || room_dots_used(person) - before + wanted <= room->state->per)
		return true;
	left = room_dots_left(room, person);
	return room_refuse(why, TL_ROOM_FULL, "dots",
		left ? "You have %d dot%s left." : "All your dots are given: take one back first.",
		left, left == 1 ? "" : "s");
}

static struct vote *vote_of(struct tl_room *room, struct person *person, struct target *target)
{
	struct vote *vote = person->votes;

	while (vote && vote->target != target)
		vote = vote->next_of_person;
	if (vote)
		return vote;
	vote = tl_arena_new(&room->state->arena, struct vote);
	*vote = (struct vote){person, target, 0, 0, person->votes, target->votes};
	person->votes = target->votes = vote;
	return vote;
}

void room_apply_vote(struct tl_room *room, struct event *event)
{
	struct person *person = room_find_person(room, event->person);
	struct target *target = voted_on(room, event);
	struct note *note = target ? target->note : NULL;
	struct vote *vote;

	if (!target)
		target = room_target(room, room_value(event, F_ON));
	for (vote = person->votes; note && vote; vote = vote->next_of_person)
		if (vote->target->note && room_shown(vote->target->note) &&
			room_root(vote->target->note) == note)
			vote->dots = 0;
	vote = vote_of(room, person, target);
	vote->dots = room_number(event, F_DOTS, 0);
	vote->time = event->time;
	room_touch_target(room, target, event->n);
	room_touch(&room->state->people, &person->link, event->n);
}

/* ---- ours ------------------------------------------------------------------------------------------ */

bool room_fits_ours(struct tl_room *room, const struct event *event, struct why *why)
{
	const struct target *target;

	if (!room_fits_on(room, event, why))
		return false;
	target = room_find_target(room, room_value(event, F_ON));
	return !target || !target->note || target->note->kind == TL_SAID_PAIN ||
		room_refuse(why, TL_ROOM_WRONG, "on", "Only a pain can be a department's own.");
}

void room_apply_ours(struct tl_room *room, struct event *event)
{
	struct target *target = room_target(room, room_value(event, F_ON));
	const char *department = room_find_person(room, event->person)->department;
	struct claim **at = &target->claims;
	bool yes = room_yes(event, F_YES);

	while (*at && strcmp((*at)->department, department) != 0)
		at = &(*at)->next;
	if (*at && !yes) {
		*at = (*at)->next;
	} else if (!*at && yes) {
		*at = tl_arena_new(&room->state->arena, struct claim);
		(*at)->department = department;
	}
	room_touch_target(room, target, event->n);
}

/* ---- act, change, drop ------------------------------------------------------------------------------ */

static void take_owner(struct tl_room *room, struct event *event)
{
	const char *owner = room_value(event, F_OWNER);

	if (owner && *owner)
		room_set(event, F_OWNER, room_department(room, owner));
}

bool room_admit_act(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why)
{
	if (room->action_count >= TL_ROOM_NOTES)
		return room_refuse(why, TL_ROOM_FULL, NULL,
			"The room is full: it holds %d actions.", TL_ROOM_NOTES);
	take_owner(room, event);
	return room_admit_on(room, viewer, event, why);
}

void room_apply_act(struct tl_room *room, struct event *event)
{
	struct action *action = tl_arena_new(&room->state->arena, struct action);
	struct place *place;

	action->id = (int)event->n;
	action->on = room_target(room, room_value(event, F_ON));
	action->text = room_value(event, F_TEXT);
	action->owner = room_value(event, F_OWNER);
	action->due = room_day(event, F_DUE);
	action->time = event->time;
	action->by = room_find_person(room, event->person);
	event->made = action;
	place = room_target_place(action->on);
	*place->last_action = action;
	place->last_action = &action->next_here;
	room_touch(&room->state->actions, &action->link, event->n);
}

static bool unknown_action(struct why *why)
{
	return room_refuse(why, TL_ROOM_UNKNOWN, "action", "The action is not there any more.");
}

bool room_admit_change(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why)
{
	const struct action *action = room_find_action(room, room_number(event, F_ACTION, 0));
	const char *text = room_value(event, F_TEXT);

	if (!action || action->dropped || !room_sees(viewer, action->by, false).what)
		return unknown_action(why);
	if (text && !*text)
		return room_refuse(why, TL_ROOM_WRONG, "text", "The text is missing.");
	take_owner(room, event);
	return true;
}

bool room_fits_change(struct tl_room *room, const struct event *event, struct why *why)
{
	const struct action *action = room_find_action(room, room_number(event, F_ACTION, 0));

	return (action && !action->dropped) || unknown_action(why);
}

void room_apply_change(struct tl_room *room, struct event *event)
{
	struct action *action = room_find_action(room, room_number(event, F_ACTION, 0));
	const char *owner = room_value(event, F_OWNER);

	if (room_value(event, F_TEXT))
		action->text = room_value(event, F_TEXT);
	if (owner)
		action->owner = *owner ? owner : NULL;
	if (room_value(event, F_DUE))
		action->due = room_day(event, F_DUE);
	if (room_value(event, F_DONE))
		action->done = !room_yes(event, F_DONE) ? 0 : action->done ? action->done : event->time;
	room_touch(&room->state->actions, &action->link, event->n);
}

bool room_admit_drop(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why)
{
	const struct action *action = room_find_action(room, room_number(event, F_ACTION, 0));

	if (!action || action->dropped || !room_sees(viewer, action->by, false).what)
		return unknown_action(why);
	return viewer->facilitator || action->by == viewer->person ||
		room_refuse(why, TL_ROOM_FORBIDDEN, NULL, "Somebody else took this action down.");
}

void room_apply_drop(struct tl_room *room, struct event *event)
{
	struct action *action = room_find_action(room, room_number(event, F_ACTION, 0));

	action->dropped = true;
	room_touch(&room->state->actions, &action->link, event->n);
}
