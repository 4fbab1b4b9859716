/* store: roll-ups, kept in step with the records by subtraction and addition.
 *
 * The roll-ups count records up to an id, the tally `settled`; those above it wait until a run ends.
 * Who has some that wait is then counted as a whole, less what was counted before. An import that
 * was killed leaves its records waiting, and whoever writes next settles them. Before records that
 * are settled change, all that their customer contributes is taken out; before the transaction ends,
 * it is put back. Records of nobody contribute alone, as −id.
 */
#include "store/facts.h"
#include "store/sort.h"

#include <pthread.h>
#include <string.h>

/* Settling more than this part of the records reads all of them, in the order in which they lie. */
enum { MANY = 16 };

/* ---- tallies -------------------------------------------------------------------------------------- */

int64_t tl_tally(struct tl_store *store, const char *name)
{
	static const char sql[] = "SELECT value FROM tally WHERE name = ?";

	return tl_sql_number(store, sql, "t", name);
}

static void set_tally(struct tl_store *store, const char *name, int64_t value)
{
	static const char sql[] = "INSERT OR REPLACE INTO tally (name, value) VALUES (?, ?)";

	tl_sql_run(store, sql, "ti", name, value);
}

static void add_tallies(struct tl_store *store)
{
	if (store->more_records)
		set_tally(store, "records", tl_tally(store, "records") + store->more_records);
	if (store->more_bound)
		set_tally(store, "bound", tl_tally(store, "bound") + store->more_bound);
	store->more_records = store->more_bound = 0;
}

/* ---- one customer's records ------------------------------------------------------------------------ */

struct load {
	struct tl_store *store;
	struct tl_arena *arena;
	struct piece *pieces;
	size_t count, capacity;
};

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

/* Whether a rule asked for this measure, at a touchpoint of the journey. */
static bool is_bound(const struct facts *facts, size_t measure, int64_t journey)
{
	for (size_t i = 0; i < facts->bound_count; i++)
		if (facts->bound[i].measure == (int64_t)measure &&
			facts->bound[i].journey == journey)
			return true;
	return false;
}

/* One touchpoint reads a measure one way once, whatever number of rules say so. */
static bool is_repeated(const struct facts *facts, size_t i)
{
	const struct bound *b = &facts->bound[i];

	for (size_t k = 0; k < i; k++)
		if (facts->bound[k].measure == b->measure &&
			facts->bound[k].touchpoint == b->touchpoint &&
			facts->bound[k].instrument == b->instrument)
			return true;
	return false;
}

/* A scale that rules read otherwise than the profile is that rule's own, unless the profile gave
 * its ends. measure: from 1. */
static void place_measure(
	struct load *load, size_t from, const struct facts *facts, size_t measure)
{
	const struct tl_measure *is = &facts->measures[measure - 1];
	size_t wholes = load->count;

	for (size_t i = 0; i < facts->bound_count; i++) {
		const struct bound *b = &facts->bound[i];
		struct tl_measure as = *is;

		if (b->measure != (int64_t)measure || is_repeated(facts, i))
			continue;
		if (b->instrument != TL_NO_TIME)
			as.instrument = (int)b->instrument;
		add_measure(load->arena,
			piece_at(load, from, &facts->row, b->touchpoint, b->journey), as);
	}
	for (size_t i = from; i < wholes; i++)
		if (load->pieces[i].whole && !is_bound(facts, measure, load->pieces[i].journey))
			add_measure(load->arena, &load->pieces[i], *is);
}

static void add_pieces(struct load *load, struct facts *facts)
{
	size_t from = load->count;

	facts->row.source_name = tl_name_text(load->store, facts->row.source);
	for (size_t i = 0; i < facts->bound_count; i++) {
		const struct bound *b = &facts->bound[i];
		struct piece *piece;

		if (b->measure)
			continue;
		piece = piece_at(load, from, &facts->row, b->touchpoint, b->journey);
		piece->whole = true;
		add_word(load->arena, &piece->pains, &piece->pain_count, b->pain);
		add_word(load->arena, &piece->expectations, &piece->expectation_count,
			b->expectation);
	}
	for (size_t i = 1; i <= facts->measure_count; i++)
		place_measure(load, from, facts, i);
}

static void count_pieces(struct load *load, int64_t sign)
{
	if (load->count)
		tl_episodes_count(load->store, load->arena, load->pieces, load->count, sign);
}

/* All, less what of it is settled: that was counted already. Nothing, where all of it is. */
static void count_waiting(struct load *load)
{
	struct load settled = {.store = load->store, .arena = load->arena};

	settled.pieces = tl_arena_array(load->arena, struct piece, load->count);
	for (size_t i = 0; i < load->count; i++)
		if (load->pieces[i].row->id <= load->store->settled)
			settled.pieces[settled.count++] = load->pieces[i];
	if (settled.count == load->count)
		return;
	count_pieces(&settled, -1);
	count_pieces(load, 1);
}

static void tally(struct tl_store *store, bool bound, int64_t sign)
{
	store->more_records += sign;
	store->more_bound += bound ? sign : 0;
}

void tl_roll_tally(struct tl_store *store, bool bound)
{
	tally(store, bound, 1);
}

/* sign 1 or −1: what is settled of a customer, or −id of a record of nobody, is added or taken out;
 * 0: what waits is added. */
static void contribute(struct tl_store *store, int64_t whose, int64_t sign)
{
	struct tl_arena arena;
	struct load load = {.store = store, .arena = &arena};
	struct facts_reader reader;
	struct facts facts;

	tl_arena_init(&arena);
	reader = tl_facts_of(store, &arena, whose, sign ? store->settled : INT64_MAX);
	while (tl_facts_next(&reader, &facts)) {
		struct facts *kept = tl_arena_new(&arena, struct facts);

		*kept = facts;
		add_pieces(&load, kept);
		if (sign || kept->row.id > store->settled)
			tally(store, kept->bound_count, sign ? sign : 1);
	}
	if (sign)
		count_pieces(&load, sign);
	else
		count_waiting(&load);
	tl_arena_release(&arena);
}

/* ---- changes to what is settled -------------------------------------------------------------------- */

void tl_roll_touch(struct tl_store *store, int64_t whose)
{
	store->settled = store->bulk ? 0 : tl_tally(store, "settled");
	if (!store->settled || (whose < 0 && -whose > store->settled))
		return;
	if (tl_numbers_add(&store->dirty, whose))
		contribute(store, whose, -1);
}

static int64_t last_record(struct tl_store *store)
{
	static const char sql[] = "SELECT coalesce(max(id), 0) FROM record";

	return tl_sql_number(store, sql, "");
}

/* The id of a record that is gone may be given to a new one, which was never counted. */
void tl_roll_put_back(struct tl_store *store)
{
	int64_t last = last_record(store);

	for (size_t i = 0; i < store->dirty.capacity; i++)
		if (store->dirty.slots[i])
			contribute(store, store->dirty.slots[i], 1);
	tl_numbers_clear(&store->dirty);
	tl_roll_write(store);
	add_tallies(store);
	if (last < tl_tally(store, "settled"))
		set_tally(store, "settled", last);
}

void tl_roll_clear(struct tl_store *store)
{
	tl_roll_drop(store);
	tl_numbers_clear(&store->dirty);
	store->more_records = store->more_bound = 0;
}

/* ---- settling -------------------------------------------------------------------------------------- */

static void settle_few(struct tl_store *store)
{
	static const char sql[] =
		"SELECT DISTINCT customer FROM record WHERE id > ?1 AND customer IS NOT NULL"
		" UNION ALL SELECT -id FROM record WHERE id > ?1 AND customer IS NULL";
	sqlite3_stmt *whose = tl_sql(store, sql, "i", store->settled);

	while (tl_sql_row(store, whose))
		contribute(store, sqlite3_column_int64(whose, 0), 0);
}

/* Records of nobody are counted at once, the others when all of one customer's are together. */
static struct sorter *sort_everybody(struct tl_store *store)
{
	struct sorter *sorter = tl_sorter_new(tl_facts_compare);
	struct tl_arena arena;
	struct facts_reader reader;
	struct tl_buf bytes = {0};
	struct facts facts;
	size_t all = (size_t)last_record(store);

	tl_arena_init(&arena);
	reader = tl_facts_of(store, &arena, 0, INT64_MAX);
	for (size_t done = 0; tl_facts_next(&reader, &facts); done++) {
		struct load load = {.store = store, .arena = &arena};

		tl_tick(store, done, all, "reading what counts");
		if (facts.row.id > store->settled)
			tally(store, facts.bound_count, 1);
		if (facts.bound_count && facts.customer) {
			tl_buf_clear(&bytes);
			tl_facts_pack(&bytes, &facts);
			tl_sorter_add(sorter, bytes.data, bytes.len);
		} else if (facts.bound_count) {
			add_pieces(&load, &facts);
			count_waiting(&load);
		}
		tl_arena_release(&arena);
	}
	tl_buf_release(&bytes);
	return sorter;
}

static void count_sorted(struct tl_store *store, struct sorter *sorter)
{
	struct tl_arena arena;
	struct load load = {.store = store, .arena = &arena};
	int64_t customer = 0;
	const void *bytes;
	size_t length;

	tl_arena_init(&arena);
	for (size_t done = 0; (bytes = tl_sorter_next(sorter, &length)); done++) {
		struct facts *facts;

		tl_tick(store, done, tl_sorter_count(sorter), "counting");
		if (*(const int64_t *)bytes != customer) {
			count_waiting(&load);
			tl_arena_release(&arena);
			load = (struct load){.store = store, .arena = &arena};
		}
		facts = tl_arena_new(&arena, struct facts);
		tl_facts_unpack(facts, &arena, bytes);
		customer = facts->customer;
		add_pieces(&load, facts);
	}
	count_waiting(&load);
	tl_arena_release(&arena);
}

static void end_sorter(struct tl_store *store, struct sorter *sorter)
{
	if (tl_sorter_error(sorter))
		tl_sql_fail_file(store, tl_sorter_error(sorter));
	tl_sorter_free(sorter);
}

static void settle_many(struct tl_store *store)
{
	struct sorter *sorter = sort_everybody(store);

	if (!store->failed)
		count_sorted(store, sorter);
	end_sorter(store, sorter);
}

/* Reads only; what is to be written waits in memory. Gives the last record that it counted. */
static int64_t count_all_waiting(struct tl_store *store)
{
	int64_t last = last_record(store);

	store->settled = tl_tally(store, "settled");
	if ((last - store->settled) * MANY < last)
		settle_few(store);
	else
		settle_many(store);
	return last;
}

static void write_settled(struct tl_store *store, int64_t last)
{
	tl_roll_write(store);
	add_tallies(store);
	set_tally(store, "settled", last);
}

struct counting {
	struct tl_store *store;
	struct sorter *facts;
	pthread_t thread;
};

static void *count_apart(void *context)
{
	struct counting *counting = context;

	count_sorted(counting->store, counting->facts);
	return NULL;
}

/* Counting touches what is to be added and nothing that SQLite does: its names are known. */
void tl_roll_settle_first(
	struct tl_store *store, struct sorter *facts, void (*meanwhile)(struct tl_store *store))
{
	struct counting counting = {.store = store, .facts = facts};
	bool apart;

	store->settled = 0;
	apart = !store->failed && pthread_create(&counting.thread, NULL, count_apart, &counting) == 0;
	meanwhile(store);
	if (apart)
		pthread_join(counting.thread, NULL);
	else if (!store->failed)
		count_sorted(store, facts);
	end_sorter(store, facts);
	write_settled(store, last_record(store));
}

bool tl_roll_is_settled(struct tl_store *store)
{
	return last_record(store) <= tl_tally(store, "settled");
}

void tl_roll_settle(struct tl_store *store)
{
	if (!tl_roll_is_settled(store))
		write_settled(store, count_all_waiting(store));
}

/* Counting keeps nobody from writing. Where somebody did, what was counted is of no use: then it is
 * counted again with everybody else kept out. */
bool tl_roll_settle_run(struct tl_store *store)
{
	static const char get_lock[] = "UPDATE tally SET value = value WHERE name = 'settled'";
	int64_t last;

	store->failed = false;
	if (tl_roll_is_settled(store) || !tl_sql_script(store, "BEGIN"))
		return !store->failed;
	last = count_all_waiting(store);
	if (!store->failed && sqlite3_exec(store->db, get_lock, NULL, NULL, NULL) == SQLITE_OK) {
		write_settled(store, last);
		return tl_sql_commit(store);
	}
	tl_sql_rollback(store);
	if (store->failed || !tl_sql_begin(store))
		return false;
	tl_roll_settle(store);
	return tl_sql_commit(store);
}

bool tl_roll_everything(struct tl_store *store)
{
	static const char no_days[] = "DELETE FROM rollup";
	static const char no_totals[] = "DELETE FROM total";
	static const char no_tallies[] = "DELETE FROM tally";

	tl_roll_clear(store);
	tl_sql_run(store, no_days, "");
	tl_sql_run(store, no_totals, "");
	tl_sql_run(store, no_tallies, "");
	tl_roll_settle(store);
	return !store->failed;
}
