/* store: one import, in batches.
 *
 * The first run into a store is one transaction: see bulk.c. Otherwise each batch is a transaction that leaves the store whole: records, full text, bindings. Killed at
 * any moment, the store is as its last batch left it, and importing again completes it. What roll-ups
 * count of the records that are new is settled at the end of the run: see rollup.c.
 */
#include "store/bind.h"

static void reset_batch(struct tl_store *store)
{
	static const char next[] = "SELECT coalesce(max(id), 0) + 1 FROM record";

	tl_numbers_clear(&store->rebound);
	store->in_batch = 0;
	store->first_new = store->next = tl_sql_number(store, next, "");
}

/* Other processes may have changed what is listened for since the last batch. */
static bool prepare_batch(struct tl_store *store)
{
	static const char version[] = "PRAGMA data_version";
	int64_t now;

	now = tl_sql_number(store, version, "");
	if (now != store->seen_version)
		tl_rules_load(store);
	store->seen_version = now;
	reset_batch(store);
	return !store->failed;
}

static bool begin_batch(struct tl_store *store)
{
	return tl_sql_begin(store) && prepare_batch(store);
}

/* Of the records that were added or changed. */
static void count_bound(struct tl_store *store)
{
	static const char added[] = "SELECT count(*) FROM record WHERE id >= ?";
	static const char bound[] =
		"SELECT count(DISTINCT record) FROM binding WHERE record >= ? AND wins";
	static const char one[] =
		"SELECT count(DISTINCT record) FROM binding WHERE record = ? AND wins";
	const struct numbers *old = &store->rebound;
	int64_t all = tl_sql_number(store, added, "i", store->first_new) + (int64_t)old->count;
	int64_t hit = tl_sql_number(store, bound, "i", store->first_new);

	for (size_t i = 0; i < old->capacity; i++)
		if (old->slots[i])
			hit += tl_sql_number(store, one, "i", old->slots[i]);
	store->counts.bound += (uint64_t)hit;
	store->counts.unbound += (uint64_t)(all - hit);
}

static bool end_batch(struct tl_store *store)
{
	static const char run[] =
		"UPDATE run SET read = ?, added = ?, updated = ?, unchanged = ?, rejected = ?,"
		" ended = ? WHERE id = ?";
	const struct tl_run_counts *counts = &store->counts;

	if (store->bulk) {
		tl_bulk_finish(store);
	} else {
		tl_bind_matches(store);
		count_bound(store);
		tl_roll_put_back(store);
	}
	tl_sql_run(store, run, "iiiiiii", (int64_t)counts->read, (int64_t)counts->added,
		(int64_t)counts->updated, (int64_t)counts->unchanged, (int64_t)counts->rejected,
		tl_clock_now(), store->run);
	return tl_sql_commit(store);
}

void tl_run_next_batch(struct tl_store *store)
{
	if (end_batch(store))
		begin_batch(store);
}

static bool begin_run(struct tl_store *store)
{
	return tl_bulk_begin(store) ? prepare_batch(store) : !store->failed && begin_batch(store);
}

/* Behind the last transaction of a run. */
static void end_run(struct tl_store *store)
{
	store->importing = false;
	tl_bulk_end(store);
	tl_sql_check_references(store, true);
}

bool tl_store_begin(struct tl_store *store, const struct tl_run *run)
{
	static const char sql[] =
		"INSERT INTO run (source, profile, file, started, read, added, updated, unchanged,"
		" rejected) VALUES (?, ?, ?, ?, 0, 0, 0, 0, 0)";

	store->counts = (struct tl_run_counts){0};
	store->replace = run->replace;
	store->seen_version = -1;
	tl_sql_check_references(store, false);
	if (!begin_run(store) || !tl_sql_run(store, sql, "itti", tl_name(store, run->source),
					   run->profile, run->file, tl_clock_now())) {
		tl_sql_rollback(store);
		end_run(store);
		return false;
	}
	store->run = sqlite3_last_insert_rowid(store->db);
	store->importing = true;
	return true;
}

bool tl_store_commit(struct tl_store *store, struct tl_run_counts *counts)
{
	bool good = !store->failed;

	store->counts.read = counts->read;
	store->counts.rejected = counts->rejected;
	if (good) {
		good = end_batch(store) && tl_roll_settle_run(store);
		*counts = store->counts;
	} else {
		tl_sql_rollback(store);
	}
	end_run(store);
	return good;
}

void tl_store_abort(struct tl_store *store)
{
	tl_sql_rollback(store);
	end_run(store);
	store->failed = false;
}
