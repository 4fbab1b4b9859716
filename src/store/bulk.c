/* store: the first import.
 *
 * Rows wait for a statement that takes many (feed.c), customers stay in memory (crowd.c), and what is
 * to be counted is kept aside (spool.c): no row is looked up or read back that was put in the run.
 * Into a store without records, a run is one transaction, and indices and full text are made at its
 * end, in one go, by sorting. It is kept in a rollback journal, not in the WAL: that saves the pages
 * that were there before, of which there are next to none, so every page is written once. Nobody
 * else can use the store meanwhile; there is nothing in it that anybody could read. Killed at any
 * moment, whoever opens it next finds it as it was before.
 *
 * Where others have the store open, it stays as it is and the run goes in batches, like any other.
 */
#include "store/crowd.h"
#include "store/feed.h"
#include "store/spool.h"

#include <stdio.h>
#include <string.h>

enum { MOST_IDS = 1 << 20 }; /* that are remembered: 16 MB */

static bool has_journal_mode(struct tl_store *store, const char *wanted)
{
	sqlite3_stmt *row = NULL;
	bool is = false;

	if (sqlite3_prepare_v2(store->db, "PRAGMA journal_mode", -1, &row, NULL) == SQLITE_OK &&
		sqlite3_step(row) == SQLITE_ROW)
		is = strcmp((const char *)sqlite3_column_text(row, 0), wanted) == 0;
	sqlite3_finalize(row);
	return is;
}

static bool is_empty(struct tl_store *store)
{
	static const char sql[] = "SELECT NOT EXISTS (SELECT 1 FROM record)";

	return tl_sql_number(store, sql, "") == 1;
}

/* Not an error where it fails: others have the store open. */
static bool lock_out(struct tl_store *store)
{
	sqlite3_exec(store->db, "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL", NULL, NULL, NULL);
	return has_journal_mode(store, "delete") &&
	       sqlite3_exec(store->db, "BEGIN EXCLUSIVE", NULL, NULL, NULL) == SQLITE_OK;
}

/* What is to be made again at the end, as the schema says it. */
static void drop_indices(struct tl_store *store)
{
	static const char sql[] =
		"SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
		" AND tbl_name IN ('alias', 'record', 'binding')";
	struct tl_buf drop = {0};
	sqlite3_stmt *row = tl_sql(store, sql, "");

	tl_buf_clear(&store->indices);
	while (tl_sql_row(store, row)) {
		tl_buf_printf(&drop, "DROP INDEX %s;", (const char *)sqlite3_column_text(row, 0));
		tl_buf_printf(&store->indices, "%s;", (const char *)sqlite3_column_text(row, 1));
	}
	tl_buf_putc(&drop, '\0');
	tl_buf_putc(&store->indices, '\0');
	tl_sql_script(store, drop.data);
	tl_buf_release(&drop);
}

bool tl_bulk_begin(struct tl_store *store)
{
	store->failed = false;
	if (!is_empty(store) || !lock_out(store)) {
		tl_bulk_end(store);
		return false;
	}
	if (!is_empty(store)) { /* somebody came first */
		tl_sql_rollback(store);
		tl_bulk_end(store);
		return false;
	}
	store->bulk = true;
	store->crowd = tl_crowd_new(store);
	store->spool = tl_spool_new();
	drop_indices(store);
	return true;
}

void tl_bulk_indices(struct tl_store *store)
{
	if (!store->indices.len)
		return;
	tl_sql_script(store, store->indices.data);
	tl_buf_release(&store->indices);
}

/* Parts of the index are merged when there are many of them, not in small steps. */
static void index_texts(struct tl_store *store)
{
	static const char no_merges[] =
		"INSERT INTO record_text (record_text, rank) VALUES ('automerge', 0)";
	static const char usual[] =
		"INSERT INTO record_text (record_text, rank) VALUES ('automerge', 4)";

	tl_sql_run(store, no_merges, "");
	tl_text_index_words(store);
	if (store->spaceless)
		tl_text_index_parts(store);
	tl_sql_run(store, usual, "");
}

/* FNV-1a. Two ids of one hash are looked up, like any that are there. */
static uint64_t hash_text(uint64_t hash, const char *text)
{
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
	return hash;
}

/* A hash that is not among those since the last were forgotten is of no row that waits. */
bool tl_bulk_is_new(struct tl_store *store, const char *source, const char *external_id)
{
	uint64_t hash;
	bool is_new;

	if (!store->bulk)
		return false;
	if (store->ids.count >= MOST_IDS) {
		tl_bulk_write(store);
		tl_numbers_clear(&store->ids);
		store->forgot_ids = true;
	}
	hash = hash_text(hash_text(0xcbf29ce484222325u, source) + 1, external_id);
	is_new = tl_numbers_add(&store->ids, hash ? (int64_t)hash : 1);
	if (!is_new)
		tl_bulk_write(store);
	return is_new && !store->forgot_ids;
}

void tl_bulk_write(struct tl_store *store)
{
	tl_feed_empty(store, &store->records);
	tl_feed_empty(store, &store->measures);
}

void tl_bulk_write_customers(struct tl_store *store)
{
	tl_bulk_write(store);
	if (store->crowd)
		tl_crowd_write(store, store->crowd);
	tl_crowd_free(store->crowd);
	store->crowd = NULL;
}

/* What is written from here on comes in order and needs no cache, and SQLite sorts in as much memory
 * as that may have: others need it meanwhile. */
static int64_t shrink_cache(struct tl_store *store)
{
	static const char cache_size[] = "PRAGMA cache_size";
	int64_t usual = tl_sql_number(store, cache_size, "");

	tl_sql_script(store, "PRAGMA cache_size=-12288; PRAGMA shrink_memory");
	return usual;
}

static void widen_cache(struct tl_store *store, int64_t usual)
{
	char sql[64];

	snprintf(sql, sizeof sql, "PRAGMA cache_size=%lld", (long long)usual);
	sqlite3_exec(store->db, sql, NULL, NULL, NULL);
}

void tl_bulk_finish(struct tl_store *store)
{
	int64_t usual;

	tl_numbers_release(&store->ids);
	tl_bulk_write_customers(store);
	index_texts(store);
	tl_spool_matches(store);
	usual = shrink_cache(store);
	tl_roll_settle_first(store, tl_spool_bind(store), tl_bulk_indices);
	widen_cache(store, usual);
}

void tl_bulk_end(struct tl_store *store)
{
	store->bulk = store->spaceless = store->forgot_ids = store->merged = false;
	tl_numbers_release(&store->ids);
	tl_feed_release(&store->records);
	tl_feed_release(&store->measures);
	tl_crowd_free(store->crowd);
	store->crowd = NULL;
	tl_spool_free(store->spool);
	store->spool = NULL;
	tl_buf_release(&store->indices);
	if (!has_journal_mode(store, "wal"))
		sqlite3_exec(store->db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL", NULL,
			NULL, NULL);
	else
		sqlite3_exec(store->db, "PRAGMA synchronous=NORMAL", NULL, NULL, NULL);
}
