/* store: looking after it. */
#include "store/bind.h"

static const struct tl_span nowhere;

bool tl_store_rebuild(struct tl_store *store)
{
	if (!tl_sql_begin(store))
		return false;
	tl_rules_load(store);
	tl_text_index_again(store);
	tl_roll_everything(store);
	return tl_sql_commit(store);
}

static void damaged(struct tl_store *store, const char *what, const char *hint)
{
	struct tl_diag *diag = tl_diag_add(store->diags, TL0504, nowhere,
		"store '%s' is damaged: %s", store->path, what);

	tl_diag_hint(store->diags, diag, "%s", hint);
}

static const char restore[] = "restore a backup with 'touchline doctor --restore'";

static bool check_file(struct tl_store *store)
{
	static const char integrity[] = "PRAGMA integrity_check(5)";
	static const char references[] = "SELECT count(*) FROM pragma_foreign_key_check";
	sqlite3_stmt *row = tl_sql(store, integrity, "");
	bool good = true;

	while (tl_sql_row(store, row)) {
		const char *said = (const char *)sqlite3_column_text(row, 0);

		if (sqlite3_stricmp(said, "ok") == 0)
			continue;
		damaged(store, said, restore);
		good = false;
	}
	if (!good || store->failed)
		return false;
	if (tl_sql_number(store, references, "") == 0)
		return !store->failed;
	damaged(store, "parts of it refer to others that are not there", restore);
	return false;
}

static bool check_text(struct tl_store *store)
{
	static const char *const commands[] = {
		"INSERT INTO record_text (record_text, rank) VALUES ('integrity-check', 0)",
		"INSERT INTO record_trigram (record_trigram, rank) VALUES ('integrity-check', 0)",
	};

	for (size_t i = 0; i < TL_COUNT(commands); i++) {
		int code = sqlite3_exec(store->db, commands[i], NULL, NULL, NULL);

		if ((code & 0xff) == SQLITE_CORRUPT) {
			damaged(store, "the index of texts does not agree with itself",
				"make it again with 'touchline doctor --rebuild'");
			return false;
		}
		if (code != SQLITE_OK)
			return tl_sql_fail(store, code);
	}
	return true;
}

/* Makes them again beside the old ones and compares; then all of it is rolled back. A tally that is
 * not there is one of 0. */
static bool check_rollups(struct tl_store *store)
{
	static const char differences[] =
		"SELECT (SELECT count(*) FROM (SELECT * FROM rollup EXCEPT SELECT * FROM old_rollup))"
		" + (SELECT count(*) FROM (SELECT * FROM old_rollup EXCEPT SELECT * FROM rollup))"
		" + (SELECT count(*) FROM (SELECT * FROM total EXCEPT SELECT * FROM old_total))"
		" + (SELECT count(*) FROM (SELECT * FROM old_total EXCEPT SELECT * FROM total))"
		" + (SELECT count(*) FROM (SELECT * FROM tally WHERE value EXCEPT"
		" SELECT * FROM old_tally))"
		" + (SELECT count(*) FROM (SELECT * FROM old_tally WHERE value EXCEPT"
		" SELECT * FROM tally))";
	sqlite3_stmt *count = NULL;
	int64_t found = 0;

	tl_rules_load(store);
	tl_roll_settle(store);
	if (!tl_sql_script(store, "CREATE TEMP TABLE old_rollup AS SELECT * FROM main.rollup;"
				  "CREATE TEMP TABLE old_total AS SELECT * FROM main.total;"
				  "CREATE TEMP TABLE old_tally AS SELECT * FROM main.tally"))
		return false;
	tl_roll_everything(store);
	/* Not kept among the prepared ones: its tables live no longer than this. */
	if (!store->failed && sqlite3_prepare_v2(store->db, differences, -1, &count, NULL) == SQLITE_OK &&
		sqlite3_step(count) == SQLITE_ROW)
		found = sqlite3_column_int64(count, 0);
	else
		tl_sql_fail(store, sqlite3_errcode(store->db));
	sqlite3_finalize(count);
	if (found)
		damaged(store, "the roll-ups do not agree with the records",
			"make them again with 'touchline doctor --rebuild'");
	return !found && !store->failed;
}

bool tl_store_check(struct tl_store *store)
{
	bool good;

	store->failed = false;
	if (!check_file(store) || !tl_sql_begin(store))
		return false;
	good = check_text(store);
	good = check_rollups(store) && good;
	tl_sql_rollback(store);
	return good;
}
