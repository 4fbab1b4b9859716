/* merged: notes that count as one, and the dots that they hold together.
 *
 * `into` is a tree that never has a circle. A note counts with the one it was merged into as long as
 * that one is shown; where it was hidden or withdrawn, the note stands for itself again. */
#include "room/room.h"

bool room_shown(const struct note *note)
{
	return !note->hidden && !note->withdrawn;
}

struct note *room_root(struct note *note)
{
	while (note->into && room_shown(note->into))
		note = note->into;
	return note;
}

static struct note *next_in_tree(struct note *top, struct note *note, bool into_members)
{
	if (into_members && note->members)
		return note->members;
	while (note != top && !note->next_member)
		note = note->into;
	return note == top ? NULL : note->next_member;
}

struct note *room_next_of_family(struct note *root, struct note *note)
{
	return next_in_tree(root, note, note == root || room_shown(note));
}

bool room_into_itself(const struct note *note, const struct note *into)
{
	while (into && into != note)
		into = into->into;
	return into;
}

/* ---- dots ------------------------------------------------------------------------------------------ */

static int dots_on(const struct target *target, const struct person *person)
{
	int dots = 0;

	for (const struct vote *vote = target->votes; vote; vote = vote->next_of_target)
		if (!person || vote->person == person)
			dots += vote->dots;
	return dots;
}

int room_dots(const struct target *target, const struct person *person)
{
	int dots = 0;

	if (!target->note)
		return dots_on(target, person);
	for (struct note *note = target->note; note; note = room_next_of_family(target->note, note))
		if (room_shown(note))
			dots += dots_on(&note->target, person);
	return dots;
}

int room_dots_used(const struct person *person)
{
	int dots = 0;

	for (const struct vote *vote = person->votes; vote; vote = vote->next_of_person)
		if (!vote->target->note || room_shown(vote->target->note))
			dots += vote->dots;
	return dots;
}

int room_dots_left(const struct tl_room *room, const struct person *person)
{
	int left = room->state->per - room_dots_used(person);

	return left > 0 ? left : 0;
}

void room_touch_family(struct tl_room *room, struct note *note, uint64_t n)
{
	struct state *state = room->state;

	room_touch(&state->notes, &room_root(note)->link, n);
	note->place->counted = false;
	room_touch(&state->places, &note->place->link, n);
	for (struct note *each = note; each; each = next_in_tree(note, each, true)) {
		room_touch(&state->notes, &each->link, n);
		each->place->counted = false;
		room_touch(&state->places, &each->place->link, n);
		for (struct vote *vote = each->target.votes; vote; vote = vote->next_of_target)
			room_touch(&state->people, &vote->person->link, n);
	}
}
