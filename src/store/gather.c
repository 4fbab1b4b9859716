/* store: what is to be added to the roll-ups, before it is written.
 *
 * Changes gather in a hash table. What does not fit goes to a sorter; in the end the sorter hands
 * out all of it in the order of the tables, changes of one row one after the other, so each row is
 * written once, beside the one before. All sums are integers: their order does not matter.
 */
#include "store/feed.h"
#include "store/sort.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_ENTRIES = 1 << 16, FIRST_CAPACITY = 64 };

struct roll_entry {
	struct roll_key key;
	struct roll_sums sums;
	bool used;
};

/* ---- tables in memory ------------------------------------------------------------------------------ */

static size_t place_of(const struct roll_table *table, const struct roll_key *key)
{
	const int64_t *part = (const int64_t *)key;
	uint64_t hash = 0;
	size_t i;

	for (size_t k = 0; k < sizeof *key / sizeof *part; k++)
		hash = (hash ^ (uint64_t)part[k]) * 0x9e3779b97f4a7c15u, hash ^= hash >> 29;
	i = hash & (table->capacity - 1);
	while (table->entries[i].used && memcmp(&table->entries[i].key, key, sizeof *key) != 0)
		i = (i + 1) & (table->capacity - 1);
	return i;
}

static void widen(struct roll_table *table)
{
	struct roll_table old = *table;

	table->capacity = old.capacity ? 2 * old.capacity : FIRST_CAPACITY;
	table->entries = calloc(table->capacity, sizeof *table->entries);
	if (!table->entries)
		tl_die_of_memory(table->capacity * sizeof *table->entries);
	for (size_t i = 0; i < old.capacity; i++)
		if (old.entries[i].used)
			table->entries[place_of(table, &old.entries[i].key)] = old.entries[i];
	free(old.entries);
}

static void add_sums(struct roll_sums *to, const struct roll_sums *sums)
{
	to->n += sums->n;
	to->x += sums->x;
	to->sum += sums->sum;
	to->squares += sums->squares;
	to->promoters += sums->promoters;
	to->passives += sums->passives;
}

static bool is_nothing(const struct roll_sums *s)
{
	return !(s->n || s->x || s->sum || s->squares || s->promoters || s->passives);
}

static void add_to(
	struct roll_table *table, const struct roll_key *key, const struct roll_sums *sums)
{
	struct roll_entry *entry;

	if (4 * table->count >= 3 * table->capacity)
		widen(table);
	entry = &table->entries[place_of(table, key)];
	table->count += !entry->used;
	entry->used = true;
	entry->key = *key;
	add_sums(&entry->sums, sums);
}

static void release_table(struct roll_table *table)
{
	free(table->entries);
	*table = (struct roll_table){0};
}

/* ---- gathering ------------------------------------------------------------------------------------- */

static int by_key(const void *a, const void *b)
{
	const int64_t *p = a, *q = b; /* an entry begins with its key, a key is all int64_t */

	for (size_t i = 0; i < sizeof(struct roll_key) / sizeof *p; i++)
		if (p[i] != q[i])
			return p[i] < q[i] ? -1 : 1;
	return 0;
}

static void to_sorter(struct tl_store *store)
{
	struct roll_table *table = &store->roll;

	if (!store->roll_sorter)
		store->roll_sorter = tl_sorter_new(by_key);
	for (size_t i = 0; i < table->capacity; i++)
		if (table->entries[i].used && !is_nothing(&table->entries[i].sums))
			tl_sorter_add(store->roll_sorter, &table->entries[i],
				offsetof(struct roll_entry, used));
	if (table->count)
		memset(table->entries, 0, table->capacity * sizeof *table->entries);
	table->count = 0;
}

void tl_roll_add(struct tl_store *store, const struct roll_key *key, const struct roll_sums *sums)
{
	if (store->roll.count >= MOST_ENTRIES)
		to_sorter(store);
	add_to(&store->roll, key, sums);
}

void tl_roll_drop(struct tl_store *store)
{
	release_table(&store->roll);
	tl_sorter_free(store->roll_sorter);
	store->roll_sorter = NULL;
}

/* ---- writing --------------------------------------------------------------------------------------- */

static void write_first(struct tl_store *store, struct feed *feed, const struct roll_key *k,
	const struct roll_sums *s)
{
	static const char sql[] = "INSERT INTO rollup SELECT " FEED_13 " FROM feed";

	if (!is_nothing(s))
		tl_feed(store, feed, sql, "iiiiiiiiiiiii", k->touchpoint, k->gauge, k->subject,
			k->day, k->channel, k->source, k->segment, s->n, s->x, s->sum, s->squares,
			s->promoters, s->passives);
}

/* A row without counts has no sums either: what falls to nothing leaves no row. */
static void write_day(struct tl_store *store, const struct roll_key *k, const struct roll_sums *s)
{
	static const char add[] =
		"INSERT INTO rollup VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
		" ON CONFLICT DO UPDATE SET n = n + ?8, x = x + ?9, sum = sum + ?10,"
		" squares = squares + ?11, promoters = promoters + ?12, passives = passives + ?13";
	static const char drop[] =
		"DELETE FROM rollup WHERE touchpoint = ? AND gauge = ? AND subject = ? AND day = ?"
		" AND channel = ? AND source = ? AND segment = ? AND n = 0 AND x = 0";

	if (is_nothing(s))
		return;
	tl_sql_run(store, add, "iiiiiiiiiiiii", k->touchpoint, k->gauge, k->subject, k->day,
		k->channel, k->source, k->segment, s->n, s->x, s->sum, s->squares, s->promoters,
		s->passives);
	if (s->n < 0 || s->x < 0)
		tl_sql_run(store, drop, "iiiiiii", k->touchpoint, k->gauge, k->subject, k->day,
			k->channel, k->source, k->segment);
}

static void write_total(struct tl_store *store, const struct roll_key *k, const struct roll_sums *s)
{
	static const char add[] =
		"INSERT INTO total VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
		" ON CONFLICT DO UPDATE SET n = n + ?5, x = x + ?6, sum = sum + ?7,"
		" squares = squares + ?8, promoters = promoters + ?9, passives = passives + ?10";
	static const char drop[] = "DELETE FROM total WHERE touchpoint = ? AND gauge = ?"
				   " AND subject = ? AND segment = ? AND n = 0 AND x = 0";

	if (is_nothing(s))
		return;
	tl_sql_run(store, add, "iiiiiiiiii", k->touchpoint, k->gauge, k->subject, k->segment, s->n,
		s->x, s->sum, s->squares, s->promoters, s->passives);
	if (s->n < 0 || s->x < 0)
		tl_sql_run(store, drop, "iiii", k->touchpoint, k->gauge, k->subject, k->segment);
}

static void write_totals(struct tl_store *store, struct roll_table *totals)
{
	for (size_t i = 0; i < totals->capacity; i++)
		if (totals->entries[i].used)
			write_total(store, &totals->entries[i].key, &totals->entries[i].sums);
	release_table(totals);
}

static bool same_subject(const struct roll_key *a, const struct roll_key *b)
{
	return a->touchpoint == b->touchpoint && a->gauge == b->gauge && a->subject == b->subject;
}

/* Days add up to totals as they pass by: those of one subject come one after the other. */
static void write_sorted(struct tl_store *store)
{
	static const char is_empty[] = "SELECT NOT EXISTS (SELECT 1 FROM rollup)";
	bool fresh = tl_sql_number(store, is_empty, "") == 1;
	struct roll_table totals = {0};
	struct feed feed = {0};
	struct roll_key key = {0};
	struct roll_sums sums = {0};
	const struct roll_entry *entry;
	size_t length;

	while (!store->failed && (entry = tl_sorter_next(store->roll_sorter, &length))) {
		struct roll_key total = {.touchpoint = entry->key.touchpoint,
			.gauge = entry->key.gauge,
			.subject = entry->key.subject,
			.segment = entry->key.segment};

		if (by_key(&key, entry) != 0) {
			if (fresh)
				write_first(store, &feed, &key, &sums);
			else
				write_day(store, &key, &sums);
			if (!same_subject(&key, &entry->key))
				write_totals(store, &totals);
			key = entry->key;
			sums = (struct roll_sums){0};
		}
		add_sums(&sums, &entry->sums);
		add_to(&totals, &total, &entry->sums);
	}
	if (fresh)
		write_first(store, &feed, &key, &sums);
	else
		write_day(store, &key, &sums);
	tl_feed_empty(store, &feed);
	tl_feed_release(&feed);
	write_totals(store, &totals);
}

void tl_roll_write(struct tl_store *store)
{
	to_sorter(store);
	release_table(&store->roll);
	write_sorted(store);
	if (tl_sorter_error(store->roll_sorter))
		tl_sql_fail_file(store, tl_sorter_error(store->roll_sorter));
	tl_roll_drop(store);
}
