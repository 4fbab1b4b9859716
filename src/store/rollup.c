/* store: roll-ups, kept in step with the records by subtraction and addition.
 *
 * Before a customer is changed, all that the customer contributes is taken out; before the
 * transaction ends, all is put back. Records of nobody contribute alone, as −id. Changes gather in
 * a hash table and go to the tables in the end; what falls to nothing leaves no row. All sums are
 * integers, so rebuilding gives the same rows.
 */
#include "store/episode.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ENTRIES = 1 << 18 }; /* then they are written: memory stays bounded */

/* ---- changes that wait ------------------------------------------------------------------------ */

static size_t place_of(const struct tl_store *store, const struct roll_key *key)
{
	const int64_t *part = (const int64_t *)key;
	uint64_t hash = 0;
	size_t i;

	for (size_t k = 0; k < sizeof *key / sizeof *part; k++)
		hash = (hash ^ (uint64_t)part[k]) * 0x9e3779b97f4a7c15u, hash ^= hash >> 29;
	i = hash & (store->roll_capacity - 1);
	while (store->roll[i].used && memcmp(&store->roll[i].key, key, sizeof *key) != 0)
		i = (i + 1) & (store->roll_capacity - 1);
	return i;
}

static void widen(struct tl_store *store)
{
	struct roll_entry *old = store->roll;
	size_t capacity = store->roll_capacity;

	store->roll_capacity = capacity ? 2 * capacity : 1024;
	store->roll = calloc(store->roll_capacity, sizeof *old);
	if (!store->roll)
		tl_die_of_memory(store->roll_capacity * sizeof *old);
	for (size_t i = 0; i < capacity; i++)
		if (old[i].used)
			store->roll[place_of(store, &old[i].key)] = old[i];
	free(old);
}

static void write_entry(struct tl_store *store, const struct roll_entry *entry)
{
	static const char day[] =
		"INSERT INTO rollup VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
		" ON CONFLICT DO UPDATE SET n = n + ?8, x = x + ?9, sum = sum + ?10,"
		" squares = squares + ?11, promoters = promoters + ?12, passives = passives + ?13";
	static const char total[] =
		"INSERT INTO total VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
		" ON CONFLICT DO UPDATE SET n = n + ?5, x = x + ?6, sum = sum + ?7,"
		" squares = squares + ?8, promoters = promoters + ?9, passives = passives + ?10";
	const struct roll_key *k = &entry->key;
	const struct roll_sums *s = &entry->sums;

	if (!(s->n || s->x || s->sum || s->squares || s->promoters || s->passives))
		return;
	tl_sql_run(store, day, "iiiiiiiiiiiii", k->touchpoint, k->gauge, k->subject, k->day,
		k->channel, k->source, k->segment, s->n, s->x, s->sum, s->squares, s->promoters,
		s->passives);
	tl_sql_run(store, total, "iiiiiiiiii", k->touchpoint, k->gauge, k->subject, k->segment,
		s->n, s->x, s->sum, s->squares, s->promoters, s->passives);
}

static void clear_entries(struct tl_store *store)
{
	free(store->roll);
	store->roll = NULL;
	store->roll_count = store->roll_capacity = 0;
}

static void flush(struct tl_store *store)
{
	for (size_t i = 0; i < store->roll_capacity; i++)
		if (store->roll[i].used)
			write_entry(store, &store->roll[i]);
	clear_entries(store);
}

/* A row without counts has no sums either. */
static void drop_nothing(struct tl_store *store)
{
	static const char day[] = "DELETE FROM rollup WHERE n = 0 AND x = 0";
	static const char total[] = "DELETE FROM total WHERE n = 0 AND x = 0";

	tl_sql_run(store, day, "");
	tl_sql_run(store, total, "");
}

void tl_roll_clear(struct tl_store *store)
{
	clear_entries(store);
	tl_numbers_clear(&store->dirty);
}

void tl_roll_add(struct tl_store *store, const struct roll_key *key, const struct roll_sums *sums)
{
	struct roll_entry *entry;

	if (4 * store->roll_count >= 3 * store->roll_capacity)
		widen(store);
	entry = &store->roll[place_of(store, key)];
	store->roll_count += !entry->used;
	entry->used = true;
	entry->key = *key;
	entry->sums.n += sums->n;
	entry->sums.x += sums->x;
	entry->sums.sum += sums->sum;
	entry->sums.squares += sums->squares;
	entry->sums.promoters += sums->promoters;
	entry->sums.passives += sums->passives;
}

/* ---- one customer's records ------------------------------------------------------------------- */

#define SELECT_ROWS                                                                                \
	"SELECT r.id, r.source, w.text, r.external_id, r.kind, r.created, r.replied, r.resolved,"  \
	" r.exported, r.channel, r.segment, r.handoffs, r.reopens, r.sentiment,"                   \
	" r.friction_kinds, r.measures FROM record r JOIN word w ON w.id = r.source WHERE "

struct load {
	struct tl_store *store;
	struct tl_arena *arena;
	struct piece *pieces;
	size_t count, capacity;
};

static int64_t time_at(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? TL_NO_TIME :
								 sqlite3_column_int64(row, column);
}

static struct row *read_row(struct tl_arena *arena, sqlite3_stmt *from)
{
	struct row *row = tl_arena_new(arena, struct row);

	*row = (struct row){.id = sqlite3_column_int64(from, 0),
		.source = sqlite3_column_int64(from, 1),
		.source_name = tl_arena_strdup(arena, (const char *)sqlite3_column_text(from, 2)),
		.external_id = tl_arena_strdup(arena, (const char *)sqlite3_column_text(from, 3)),
		.kind = sqlite3_column_int64(from, 4),
		.created = time_at(from, 5),
		.replied = time_at(from, 6),
		.resolved = time_at(from, 7),
		.exported = time_at(from, 8),
		.channel = sqlite3_column_int64(from, 9),
		.segment = sqlite3_column_int64(from, 10),
		.handoffs = sqlite3_column_int64(from, 11),
		.reopens = sqlite3_column_int64(from, 12),
		.sentiment = time_at(from, 13),
		.friction_kinds = sqlite3_column_int64(from, 14),
		.measures = sqlite3_column_int64(from, 15)};
	return row;
}

/* The record's piece at the touchpoint, made where it is the first. from: its first piece. */
static struct piece *piece_at(
	struct load *load, size_t from, const struct row *row, int64_t touchpoint, int64_t journey)
{
	struct piece *piece;

	for (size_t i = from; i < load->count; i++)
		if (load->pieces[i].touchpoint == touchpoint)
			return &load->pieces[i];
	load->pieces = tl_arena_grow(
		load->arena, load->pieces, load->count, &load->capacity, sizeof *load->pieces);
	piece = &load->pieces[load->count++];
	*piece = (struct piece){.row = row, .touchpoint = touchpoint, .journey = journey};
	return piece;
}

static void add_word(struct tl_arena *arena, int64_t **words, size_t *count, int64_t word)
{
	int64_t *more;

	for (size_t i = 0; i < *count; i++)
		if ((*words)[i] == word)
			return;
	if (!word)
		return;
	more = tl_arena_array(arena, int64_t, *count + 1);
	if (*count)
		memcpy(more, *words, *count * sizeof *more);
	more[(*count)++] = word;
	*words = more;
}

static void add_measure(struct tl_arena *arena, struct piece *piece, struct tl_measure measure)
{
	struct tl_measure *more =
		tl_arena_array(arena, struct tl_measure, piece->measure_count + 1);

	if (piece->measure_count)
		memcpy(more, piece->measures, piece->measure_count * sizeof *more);
	more[piece->measure_count++] = measure;
	piece->measures = more;
}

static void load_bindings(struct load *load, const struct row *row)
{
	static const char sql[] =
		"SELECT touchpoint, journey, pain, expectation FROM binding"
		" WHERE record = ? AND measure = 0 AND wins";
	sqlite3_stmt *binding = tl_sql(load->store, sql, "i", row->id);
	size_t from = load->count;

	while (tl_sql_row(load->store, binding)) {
		struct piece *piece = piece_at(load, from, row, sqlite3_column_int64(binding, 0),
			sqlite3_column_int64(binding, 1));

		piece->whole = true;
		add_word(load->arena, &piece->pains, &piece->pain_count,
			sqlite3_column_int64(binding, 2));
		add_word(load->arena, &piece->expectations, &piece->expectation_count,
			sqlite3_column_int64(binding, 3));
	}
}

/* A scale that rules read otherwise than the profile is that rule's own, unless the profile gave
 * its ends. */
static void place_measure(
	struct load *load, size_t from, const struct row *row, int64_t number, struct tl_measure measure)
{
	static const char sql[] = "SELECT DISTINCT touchpoint, journey, instrument FROM binding"
				  " WHERE record = ? AND measure = ? AND wins";
	sqlite3_stmt *own = tl_sql(load->store, sql, "ii", row->id, number);
	size_t wholes = load->count;
	struct numbers journeys = {0};

	while (tl_sql_row(load->store, own)) {
		struct piece *piece = piece_at(load, from, row, sqlite3_column_int64(own, 0),
			sqlite3_column_int64(own, 1));
		struct tl_measure as = measure;

		if (sqlite3_column_type(own, 2) != SQLITE_NULL)
			as.instrument = sqlite3_column_int(own, 2);
		add_measure(load->arena, piece, as);
		tl_numbers_add(&journeys, piece->journey);
	}
	for (size_t i = from; i < wholes; i++)
		if (load->pieces[i].whole && !tl_numbers_has(&journeys, load->pieces[i].journey))
			add_measure(load->arena, &load->pieces[i], measure);
	tl_numbers_release(&journeys);
}

static double scale_end(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ?
		       NAN :
		       (double)sqlite3_column_int64(row, column) / TL_SCORE_UNIT;
}

static void load_measures(struct load *load, size_t from, const struct row *row)
{
	static const char sql[] = "SELECT number, instrument, score, lowest, highest, reverse"
				  " FROM measure WHERE record = ? ORDER BY number";
	sqlite3_stmt *m = tl_sql(load->store, sql, "i", row->id);

	while (tl_sql_row(load->store, m)) {
		struct tl_measure measure = {.instrument = sqlite3_column_int(m, 1),
			.score = scale_end(m, 2),
			.min = scale_end(m, 3),
			.max = scale_end(m, 4),
			.reverse = sqlite3_column_int(m, 5)};

		place_measure(load, from, row, sqlite3_column_int64(m, 0), measure);
	}
}

/* Adds (1) or takes out (−1) what a customer, or −id a record of nobody, contributes. */
static void contribute(struct tl_store *store, int64_t whose, int64_t sign)
{
	static const char of_customer[] = SELECT_ROWS "r.customer = ?";
	static const char of_nobody[] = SELECT_ROWS "r.id = ? AND r.customer IS NULL";
	struct tl_arena arena;
	struct load load = {.store = store, .arena = &arena};
	sqlite3_stmt *rows = tl_sql(
		store, whose > 0 ? of_customer : of_nobody, "i", whose > 0 ? whose : -whose);

	tl_arena_init(&arena);
	while (tl_sql_row(store, rows)) {
		const struct row *row = read_row(&arena, rows);
		size_t from = load.count;

		load_bindings(&load, row);
		if (row->measures)
			load_measures(&load, from, row);
	}
	if (load.count)
		tl_episodes_count(store, &arena, load.pieces, load.count, sign);
	tl_arena_release(&arena);
	if (store->roll_count > MOST_ENTRIES)
		flush(store);
}

void tl_roll_touch(struct tl_store *store, int64_t whose, bool is_new)
{
	if (tl_numbers_add(&store->dirty, whose) && !is_new)
		contribute(store, whose, -1);
}

void tl_roll_settle(struct tl_store *store)
{
	for (size_t i = 0; i < store->dirty.capacity; i++)
		if (store->dirty.slots[i])
			contribute(store, store->dirty.slots[i], 1);
	flush(store);
	drop_nothing(store);
	tl_numbers_clear(&store->dirty);
}

bool tl_roll_everything(struct tl_store *store)
{
	static const char no_days[] = "DELETE FROM rollup";
	static const char no_totals[] = "DELETE FROM total";
	static const char all[] =
		"SELECT DISTINCT customer FROM record WHERE customer IS NOT NULL"
		" UNION ALL SELECT -id FROM record WHERE customer IS NULL";
	sqlite3_stmt *whose;

	tl_sql_run(store, no_days, "");
	tl_sql_run(store, no_totals, "");
	whose = tl_sql(store, all, "");
	while (tl_sql_row(store, whose))
		contribute(store, sqlite3_column_int64(whose, 0), 1);
	flush(store);
	drop_nothing(store);
	return !store->failed;
}
