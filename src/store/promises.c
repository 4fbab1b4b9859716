/* store: how soon journeys promise to answer, kept to notice changes. */
#include "store/rebind.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void tl_promises_load(struct tl_store *store)
{
	static const char count[] = "SELECT count(*) FROM promise";
	static const char sql[] = "SELECT touchpoint, clock, seconds FROM promise";
	size_t most = (size_t)tl_sql_number(store, count, "");
	sqlite3_stmt *row = tl_sql(store, sql, "");
	int64_t *p;

	free(store->promises);
	p = store->promises = calloc(3 * most + 1, sizeof *p);
	if (!p)
		tl_die_of_memory(3 * most * sizeof *p);
	store->promise_count = 0;
	for (; tl_sql_row(store, row); p += 3, store->promise_count++)
		for (int i = 0; i < 3; i++)
			p[i] = sqlite3_column_int64(row, i);
}

/* The strictest promise of a clock at a touchpoint. */
static int64_t strictest(const struct tl_promise *promises, size_t count, const struct tl_promise *p)
{
	double least = p->seconds;

	for (size_t i = 0; i < count; i++)
		if (promises[i].clock == p->clock && promises[i].seconds < least &&
			strcmp(promises[i].journey, p->journey) == 0 &&
			strcmp(promises[i].touchpoint, p->touchpoint) == 0)
			least = promises[i].seconds;
	return llround(least);
}

bool tl_promises_same(struct tl_store *store, const char *scope,
	const struct tl_promise *promises, size_t count)
{
	static const char find[] =
		"SELECT count(*) FROM promise p JOIN touchpoint t ON t.id = p.touchpoint"
		" JOIN word j ON j.id = t.journey JOIN word n ON n.id = t.name"
		" WHERE j.text = ? AND n.text = ? AND p.clock = ? AND p.seconds = ?";
	static const char all[] =
		"SELECT count(*) FROM promise p JOIN places q ON q.id = p.touchpoint"
		" WHERE ?1 IS NULL OR q.journey IN (SELECT value FROM json_each(?1))";
	size_t distinct = 0;

	for (size_t i = 0; i < count; i++) {
		const struct tl_promise *p = &promises[i];
		size_t k = 0;

		if (!tl_sql_number(store, find, "ttii", p->journey, p->touchpoint,
			    (int64_t)p->clock, strictest(promises, count, p)))
			return false;
		while (promises[k].clock != p->clock || strcmp(promises[k].journey, p->journey) != 0 ||
			strcmp(promises[k].touchpoint, p->touchpoint) != 0)
			k++;
		distinct += k == i;
	}
	return tl_sql_number(store, all, "t", scope) == (int64_t)distinct;
}

static void write_promises(struct tl_store *store, const char *scope,
	const struct tl_promise *promises, size_t count)
{
	static const char none[] =
		"DELETE FROM promise WHERE ?1 IS NULL OR touchpoint IN (SELECT id FROM places"
		" WHERE journey IN (SELECT value FROM json_each(?1)))";
	static const char add[] =
		"INSERT OR REPLACE INTO promise (touchpoint, clock, seconds) VALUES (?, ?, ?)";

	tl_sql_run(store, none, "t", scope);
	for (size_t i = 0; i < count; i++)
		tl_sql_run(store, add, "iii",
			tl_place_of(store, promises[i].journey, promises[i].touchpoint),
			(int64_t)promises[i].clock, strictest(promises, count, &promises[i]));
}

/* Where one came, went or changed since they were loaded. */
static void list_changed(struct tl_store *store, struct numbers *places)
{
	static const char same[] =
		"SELECT count(*) FROM promise WHERE touchpoint = ? AND clock = ? AND seconds = ?";
	static const char others[] = "SELECT touchpoint, clock, seconds FROM promise";
	const int64_t *p = store->promises;
	sqlite3_stmt *row;

	for (size_t i = 0; i < store->promise_count; i++, p += 3)
		if (!tl_sql_number(store, same, "iii", p[0], p[1], p[2]))
			tl_numbers_add(places, p[0]);
	row = tl_sql(store, others, "");
	while (tl_sql_row(store, row)) {
		int64_t triple[3] = {sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1),
			sqlite3_column_int64(row, 2)};
		size_t i = 0;

		while (i < store->promise_count &&
			memcmp(&store->promises[3 * i], triple, sizeof triple) != 0)
			i++;
		if (i == store->promise_count)
			tl_numbers_add(places, triple[0]);
	}
}

static void concern_place(struct rebind *rebind, int64_t place)
{
	static const char sql[] =
		"SELECT coalesce(r.customer, -r.id) FROM binding b INDEXED BY binding_worst"
		" CROSS JOIN record r ON r.id = b.record"
		" WHERE b.touchpoint = ? AND b.wins AND b.measure = 0";
	static const char count[] = "SELECT count(*) FROM binding INDEXED BY binding_worst"
				    " WHERE touchpoint = ? AND wins AND measure = 0";
	sqlite3_stmt *row;

	rebind->done = 0;
	rebind->total = (size_t)tl_sql_number(rebind->store, count, "i", place);
	row = tl_sql(rebind->store, sql, "i", place);
	for (; !rebind->all && tl_sql_row(rebind->store, row); rebind->done++)
		tl_rebind_concern(rebind, sqlite3_column_int64(row, 0));
	if (row)
		tl_sql_end(row);
}

void tl_promises_change(struct rebind *rebind, const char *scope, const struct tl_promise *promises,
	size_t count)
{
	struct numbers places = {0};

	write_promises(rebind->store, scope, promises, count);
	list_changed(rebind->store, &places);
	for (size_t i = 0; i < places.capacity; i++)
		if (places.slots[i])
			concern_place(rebind, places.slots[i]);
	tl_numbers_release(&places);
}
