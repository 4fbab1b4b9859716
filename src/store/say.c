/* store: what people say about it: confirmed bindings, notes, votes, actions. Each is a transaction
 * of its own. */
#include "store/bind.h"

#include <math.h>
#include <string.h>

/* ---- confirming a binding ----------------------------------------------------------------------- */

struct subject { /* the record */
	int64_t whose, badness;
	bool found;
};

static struct subject find_subject(struct tl_store *store, int64_t record)
{
	static const char sql[] = "SELECT coalesce(customer, -id), badness FROM record WHERE id = ?";
	sqlite3_stmt *row = tl_sql(store, sql, "i", record);
	struct subject subject = {0};

	if (!tl_sql_row(store, row))
		return subject;
	subject = (struct subject){
		sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1), true};
	tl_sql_end(row);
	return subject;
}

static void confirm(struct tl_store *store, int64_t record, int64_t badness, const char *journey,
	const char *touchpoint)
{
	static const char before[] =
		"DELETE FROM binding WHERE record = ? AND tier = ? AND journey = ?";
	static const char add[] =
		"INSERT INTO binding (record, measure, touchpoint, rule, tier, journey, wins, badness)"
		" VALUES (?, 0, ?, ?, ?, ?, 1, ?)";
	int64_t place = tl_place_of(store, journey, touchpoint), name = tl_name(store, journey);

	tl_sql_run(store, before, "iii", record, (int64_t)TIER_CONFIRMED, name);
	tl_sql_run(store, add, "iiiiii", record, place, (int64_t)RULE_PERSON,
		(int64_t)TIER_CONFIRMED, name, badness);
	tl_bind_settle(store, record);
}

bool tl_store_bind(struct tl_store *store, int64_t record, const char *journey,
	const char *touchpoint, bool *found)
{
	struct subject subject;

	*found = false;
	if (!tl_sql_begin(store))
		return false;
	tl_rules_load(store);
	subject = find_subject(store, record);
	*found = subject.found;
	if (!subject.found) {
		tl_sql_rollback(store);
		return false;
	}
	tl_roll_touch(store, subject.whose);
	confirm(store, record, subject.badness, journey, touchpoint);
	tl_roll_put_back(store);
	return tl_sql_commit(store);
}

/* ---- notes and votes ----------------------------------------------------------------------------- */

static const char workshop[] = "workshop";

/* Known by what it says, so that a batch that is read twice adds nothing. */
static void name_note(char name[static TL_DIGEST_SIZE], const struct tl_note *note)
{
	const char *parts[] = {note->journey, note->touchpoint, note->department, note->text};
	struct tl_buf buf = {0};

	for (size_t i = 0; i < TL_COUNT(parts); i++) {
		tl_buf_puts(&buf, parts[i] ? parts[i] : "");
		tl_buf_putc(&buf, '\0');
	}
	tl_digest(name, buf.data, buf.len);
	tl_buf_release(&buf);
}

bool tl_store_note(struct tl_store *store, struct tl_note *note, bool *added)
{
	static const char add[] =
		"INSERT OR IGNORE INTO note (source, external_id, digest, created, touchpoint,"
		" department, text, kind) VALUES (?, ?, 0, ?, ?, ?, ?, ?)";
	static const char find[] = "SELECT id FROM note WHERE source = ? AND external_id = ?";
	char name[TL_DIGEST_SIZE];

	*added = false;
	if (!tl_sql_begin(store))
		return false;
	name_note(name, note);
	if (tl_sql_run(store, add, "itdiwtd", tl_name(store, workshop), name, note->created,
		    tl_place_of(store, note->journey, note->touchpoint),
		    tl_name(store, note->department), note->text,
		    note->kind < 0 ? TL_NO_TIME : (int64_t)note->kind))
		*added = sqlite3_changes(store->db) == 1;
	note->id = tl_sql_number(store, find, "it", tl_name(store, workshop), name);
	return tl_sql_commit(store);
}

bool tl_store_vote(struct tl_store *store, struct tl_vote *vote)
{
	static const char sql[] =
		"INSERT INTO vote (created, touchpoint, pain, department, valence, points)"
		" VALUES (?, ?, ?, ?, ?, ?)";

	if (!tl_sql_begin(store))
		return false;
	if (tl_sql_run(store, sql, "iiwidw", vote->created,
		    tl_place_of(store, vote->journey, vote->touchpoint), tl_name(store, vote->pain),
		    tl_name(store, vote->department),
		    isnan(vote->valence) ? TL_NO_TIME
					 : (int64_t)llround(vote->valence * TL_SCORE_UNIT),
		    (int64_t)vote->points))
		vote->id = sqlite3_last_insert_rowid(store->db);
	return tl_sql_commit(store);
}

/* ---- actions ------------------------------------------------------------------------------------- */

bool tl_store_act(struct tl_store *store, struct tl_action *action)
{
	static const char sql[] =
		"INSERT INTO action (created, journey, pain, owner, text, due, done)"
		" VALUES (?, ?, ?, ?, ?, ?, ?)";

	if (!tl_sql_begin(store))
		return false;
	if (tl_sql_run(store, sql, "iiittdd", action->created, tl_name(store, action->journey),
		    tl_name(store, action->pain), action->owner, action->text, action->due,
		    action->done))
		action->id = sqlite3_last_insert_rowid(store->db);
	return tl_sql_commit(store);
}

bool tl_store_done(struct tl_store *store, int64_t action, int64_t when, bool *found)
{
	static const char sql[] = "UPDATE action SET done = ? WHERE id = ? AND done IS NULL";

	*found = false;
	if (!tl_sql_begin(store))
		return false;
	*found = tl_sql_run(store, sql, "ii", when, action) && sqlite3_changes(store->db) == 1;
	return tl_sql_commit(store) && *found;
}

/* ---- taking back --------------------------------------------------------------------------------- */

bool tl_store_unsay(struct tl_store *store, enum tl_said what, int64_t id, bool *found)
{
	static const char note[] = "DELETE FROM note WHERE id = ?";
	static const char vote[] = "DELETE FROM vote WHERE id = ?";
	static const char action[] = "DELETE FROM action WHERE id = ?";
	static const char *const sql[] = {
		[TL_SAID_NOTE] = note, [TL_SAID_VOTE] = vote, [TL_SAID_ACTION] = action};

	*found = false;
	if (!tl_sql_begin(store))
		return false;
	*found = tl_sql_run(store, sql[what], "i", id) && sqlite3_changes(store->db) == 1;
	return tl_sql_commit(store) && *found;
}

/* ---- what was said ------------------------------------------------------------------------------- */

static const char *text_at(sqlite3_stmt *row, int column)
{
	return (const char *)sqlite3_column_text(row, column);
}

static int64_t number_at(sqlite3_stmt *row, int column, int64_t none)
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? none :
								 sqlite3_column_int64(row, column);
}

bool tl_store_notes(struct tl_store *store, const char *journey, const char *touchpoint,
	tl_each_note *each, void *context)
{
	static const char sql[] =
		"SELECT n.id, p.journey, p.touchpoint, d.text, n.text, n.kind, n.created FROM note n"
		" LEFT JOIN places p ON p.id = n.touchpoint LEFT JOIN word d ON d.id = n.department"
		" WHERE (?1 IS NULL OR p.journey = ?1) AND (?2 IS NULL OR p.touchpoint = ?2)"
		" ORDER BY p.journey, p.touchpoint, n.created, n.id";
	sqlite3_stmt *row;

	store->failed = false;
	row = tl_sql(store, sql, "tt", journey, touchpoint);
	while (tl_sql_row(store, row)) {
		struct tl_note note = {.id = sqlite3_column_int64(row, 0),
			.journey = text_at(row, 1),
			.touchpoint = text_at(row, 2),
			.department = text_at(row, 3),
			.text = text_at(row, 4),
			.kind = (int)number_at(row, 5, -1),
			.created = number_at(row, 6, TL_NO_TIME)};

		if (!each(context, &note))
			break;
	}
	if (row)
		tl_sql_end(row);
	return !store->failed;
}

bool tl_store_votes(struct tl_store *store, const char *journey, const char *touchpoint,
	tl_each_vote *each, void *context)
{
	static const char sql[] =
		"SELECT v.id, p.journey, p.touchpoint, d.text, a.text, v.valence, v.points, v.created"
		" FROM vote v JOIN places p ON p.id = v.touchpoint JOIN word d ON d.id = v.department"
		" LEFT JOIN word a ON a.id = v.pain"
		" WHERE (?1 IS NULL OR p.journey = ?1) AND (?2 IS NULL OR p.touchpoint = ?2)"
		" ORDER BY p.journey, p.touchpoint, v.created, v.id";
	sqlite3_stmt *row;

	store->failed = false;
	row = tl_sql(store, sql, "tt", journey, touchpoint);
	while (tl_sql_row(store, row)) {
		int64_t valence = number_at(row, 5, TL_NO_TIME);
		struct tl_vote vote = {.id = sqlite3_column_int64(row, 0),
			.journey = text_at(row, 1),
			.touchpoint = text_at(row, 2),
			.department = text_at(row, 3),
			.pain = text_at(row, 4),
			.valence = valence == TL_NO_TIME ? NAN : (double)valence / TL_SCORE_UNIT,
			.points = (int)number_at(row, 6, 0),
			.created = sqlite3_column_int64(row, 7)};

		if (!each(context, &vote))
			break;
	}
	if (row)
		tl_sql_end(row);
	return !store->failed;
}

bool tl_store_actions(struct tl_store *store, const char *journey, const char *pain,
	tl_each_action *each, void *context)
{
	static const char sql[] =
		"SELECT a.id, j.text, p.text, a.owner, a.text, a.created, a.due, a.done FROM action a"
		" JOIN word j ON j.id = a.journey JOIN word p ON p.id = a.pain"
		" WHERE (?1 IS NULL OR j.text = ?1) AND (?2 IS NULL OR p.text = ?2)"
		" ORDER BY a.due IS NULL, a.due, a.id";
	sqlite3_stmt *row;

	store->failed = false;
	row = tl_sql(store, sql, "tt", journey, pain);
	while (tl_sql_row(store, row)) {
		struct tl_action action = {.id = sqlite3_column_int64(row, 0),
			.journey = text_at(row, 1),
			.pain = text_at(row, 2),
			.owner = text_at(row, 3),
			.text = text_at(row, 4),
			.created = sqlite3_column_int64(row, 5),
			.due = number_at(row, 6, TL_NO_TIME),
			.done = number_at(row, 7, TL_NO_TIME)};

		if (!each(context, &action))
			break;
	}
	if (row)
		tl_sql_end(row);
	return !store->failed;
}
