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
	tl_roll_touch(store, subject.whose, false);
	confirm(store, record, subject.badness, journey, touchpoint);
	tl_roll_settle(store);
	return tl_sql_commit(store);
}

/* ---- notes and votes ----------------------------------------------------------------------------- */

static const char workshop[] = "workshop";

/* Known by what it says, so that a batch that is read twice adds nothing. */
static void name_note(char name[static TL_DIGEST_SIZE], const struct tl_record *note)
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

bool tl_store_note(struct tl_store *store, const char *journey, const char *touchpoint,
	const char *department, const char *text, int64_t created)
{
	static const char sql[] =
		"INSERT OR IGNORE INTO note (source, external_id, digest, created, touchpoint,"
		" department, text) VALUES (?, ?, 0, ?, ?, ?, ?)";
	struct tl_record note = {.journey = journey, .touchpoint = touchpoint,
		.department = department, .text = text};
	char name[TL_DIGEST_SIZE];

	if (!tl_sql_begin(store))
		return false;
	name_note(name, &note);
	tl_sql_run(store, sql, "itdiwt", tl_name(store, workshop), name, created,
		tl_place_of(store, journey, touchpoint), tl_name(store, department), text);
	return tl_sql_commit(store);
}

bool tl_store_vote(struct tl_store *store, const struct tl_vote *vote)
{
	static const char sql[] =
		"INSERT INTO vote (created, touchpoint, pain, department, valence, points)"
		" VALUES (?, ?, ?, ?, ?, ?)";

	if (!tl_sql_begin(store))
		return false;
	tl_sql_run(store, sql, "iiwidw", vote->created,
		tl_place_of(store, vote->journey, vote->touchpoint), tl_name(store, vote->pain),
		tl_name(store, vote->department),
		isnan(vote->valence) ? TL_NO_TIME : (int64_t)llround(vote->valence * TL_SCORE_UNIT),
		(int64_t)vote->points);
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

static int64_t time_at(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? TL_NO_TIME :
								 sqlite3_column_int64(row, column);
}

bool tl_store_actions(struct tl_store *store, const char *journey, const char *pain,
	bool (*each)(void *context, const struct tl_action *action), void *context)
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
			.journey = (const char *)sqlite3_column_text(row, 1),
			.pain = (const char *)sqlite3_column_text(row, 2),
			.owner = (const char *)sqlite3_column_text(row, 3),
			.text = (const char *)sqlite3_column_text(row, 4),
			.created = sqlite3_column_int64(row, 5),
			.due = time_at(row, 6),
			.done = time_at(row, 7)};

		if (!each(context, &action))
			break;
	}
	if (row)
		tl_sql_end(row);
	return !store->failed;
}
