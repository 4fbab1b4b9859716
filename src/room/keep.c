/* keep: what was said goes into the store, where hotspots and maps find it; masked on the way, as
 * notes from the command line are. What was undone, withdrawn or hidden is not kept. */
#include "room/room.h"

#include <math.h>
#include <string.h>

#include "touchline/intake.h"

struct keeping {
	struct tl_arena arena;
	const struct tl_room *room;
	struct tl_mask *mask;
	struct room_ids ids;
	struct tl_note *notes;
	struct tl_vote *votes;
	struct tl_action *actions;
	struct tl_kept kept;
	size_t vote_capacity;
};

static const char *masked(struct keeping *k, const char *text)
{
	struct tl_buf out = {0};
	const char *kept;

	tl_mask_text(k->mask, &out, text, strlen(text), NULL, 0);
	kept = tl_arena_strdup(&k->arena, out.len ? out.data : "");
	tl_buf_release(&out);
	return kept;
}

static void keep_note(struct keeping *k, const struct note *note)
{
	k->notes[k->kept.note_count++] = (struct tl_note){.journey = note->place->journey,
		.touchpoint = note->place->touchpoint,
		.department = note->by->department,
		.text = masked(k, note->text),
		.kind = note->friction,
		.created = note->time};
}

static void keep_action(struct keeping *k, const struct action *action)
{
	const char *pain = room_ids_pain(&k->ids, action->on);

	/* The store knows actions by their pain point: about others it has nothing to say. */
	if (!pain)
		return;
	k->actions[k->kept.action_count++] = (struct tl_action){
		.journey = room_target_place(action->on)->journey,
		.pain = pain,
		.owner = action->owner,
		.text = masked(k, action->text),
		.created = action->time,
		.due = action->due == TL_NO_DATE ? TL_NO_TIME : (int64_t)action->due * 86400,
		.done = action->done ? action->done : TL_NO_TIME};
}

static struct tl_vote *add_vote(
	struct keeping *k, const struct place *place, const struct person *person, int64_t time)
{
	k->votes = tl_arena_grow(&k->arena, k->votes, k->kept.vote_count, &k->vote_capacity,
		sizeof *k->votes);
	k->votes[k->kept.vote_count] = (struct tl_vote){.journey = place->journey,
		.touchpoint = place->touchpoint,
		.department = person->department,
		.valence = NAN,
		.created = time};
	return &k->votes[k->kept.vote_count++];
}

static void keep_place(struct keeping *k, const struct place *place)
{
	for (const struct feeling *f = place->feelings; f; f = f->next)
		add_vote(k, place, f->person, f->time)->valence = f->valence;
}

static void keep_dots(struct keeping *k, const struct person *person)
{
	for (const struct vote *vote = person->votes; vote; vote = vote->next_of_person) {
		const struct target *target = vote->target;
		struct tl_vote *kept;

		if (!vote->dots || (target->note && !room_shown(target->note)))
			continue;
		kept = add_vote(k, room_target_place(target), person, vote->time);
		kept->pain = room_ids_pain(&k->ids, target);
		kept->points = vote->dots;
	}
}

static void gather(struct keeping *k)
{
	const struct tl_room *room = k->room;

	k->notes = tl_arena_array(&k->arena, struct tl_note, room->count + 1);
	k->actions = tl_arena_array(&k->arena, struct tl_action, room->count + 1);
	for (const struct place *place = room->state->first_place; place; place = place->next)
		keep_place(k, place);
	for (int n = 1; n <= (int)room->count; n++) {
		const struct note *note = room_find_note(room, n);
		const struct action *action = room_find_action(room, n);
		const struct person *person = room_find_person(room, n);

		if (note && room_shown(note))
			keep_note(k, note);
		if (action && room_action_counts(action))
			keep_action(k, action);
		if (person)
			keep_dots(k, person);
	}
	k->kept.notes = k->notes;
	k->kept.votes = k->votes;
	k->kept.actions = k->actions;
}

bool tl_room_keep(const struct tl_room *room, struct tl_store *store, struct tl_room_kept *kept)
{
	struct keeping k = {.room = room, .mask = tl_mask_open()};
	bool done;

	tl_arena_init(&k.arena);
	room_ids_make(&k.ids, &k.arena, room);
	gather(&k);
	done = tl_store_keep_room(store, room->id, &k.kept);
	*kept = (struct tl_room_kept){
		k.kept.note_count, k.kept.vote_count, k.kept.action_count};
	tl_arena_release(&k.arena);
	tl_mask_close(k.mask);
	return done;
}
