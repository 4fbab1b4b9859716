/* store: what a workshop said, kept as a whole in place of what was kept of it before. */
#include "store/store.h"

#include <math.h>
#include <stdio.h>

/* Two notes that say the same at one place are two here: two people said so. */
static void keep_notes(struct tl_store *store, int64_t source, const struct tl_kept *kept)
{
	static const char add[] =
		"INSERT INTO note (source, external_id, digest, created, touchpoint, department, text,"
		" kind) VALUES (?, ?, 0, ?, ?, ?, ?, ?)";

	for (size_t i = 0; i < kept->note_count && !store->failed; i++) {
		const struct tl_note *note = &kept->notes[i];
		char number[24];

		snprintf(number, sizeof number, "%zu", i + 1);
		tl_sql_run(store, add, "itdiwtd", source, number, note->created,
			tl_place_of(store, note->journey, note->touchpoint),
			tl_name(store, note->department), note->text,
			note->kind < 0 ? TL_NO_TIME : (int64_t)note->kind);
	}
}

static void keep_votes(struct tl_store *store, const char *room, const struct tl_kept *kept)
{
	static const char add[] =
		"INSERT INTO vote (created, touchpoint, pain, department, valence, points, room)"
		" VALUES (?, ?, ?, ?, ?, ?, ?)";

	for (size_t i = 0; i < kept->vote_count && !store->failed; i++) {
		const struct tl_vote *vote = &kept->votes[i];

		tl_sql_run(store, add, "iiwidwt", vote->created,
			tl_place_of(store, vote->journey, vote->touchpoint),
			tl_name(store, vote->pain), tl_name(store, vote->department),
			isnan(vote->valence) ? TL_NO_TIME
					     : (int64_t)llround(vote->valence * TL_SCORE_UNIT),
			(int64_t)vote->points, room);
	}
}

static void keep_actions(struct tl_store *store, const char *room, const struct tl_kept *kept)
{
	static const char add[] =
		"INSERT INTO action (created, journey, pain, owner, text, due, done, room)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

	for (size_t i = 0; i < kept->action_count && !store->failed; i++) {
		const struct tl_action *action = &kept->actions[i];

		tl_sql_run(store, add, "iiittddt", action->created,
			tl_name(store, action->journey), tl_name(store, action->pain),
			action->owner, action->text, action->due, action->done, room);
	}
}

bool tl_store_keep_room(struct tl_store *store, const char *room, const struct tl_kept *kept)
{
	static const char no_notes[] = "DELETE FROM note WHERE source = ?";
	static const char no_votes[] = "DELETE FROM vote WHERE room = ?";
	static const char no_actions[] = "DELETE FROM action WHERE room = ?";
	char name[64];
	int64_t source;

	if (!tl_sql_begin(store))
		return false;
	snprintf(name, sizeof name, "workshop:%s", room);
	source = tl_name(store, name);
	tl_sql_run(store, no_notes, "i", source);
	tl_sql_run(store, no_votes, "t", room);
	tl_sql_run(store, no_actions, "t", room);
	keep_notes(store, source, kept);
	keep_votes(store, room, kept);
	keep_actions(store, room, kept);
	return tl_sql_commit(store);
}
