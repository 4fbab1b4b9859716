/* store: what counts of the records of a first import, kept aside as they are put, so that no table is
 * read back for it.
 *
 * One sorter holds what was put of a record, newest first, and behind it what matches find in its text
 * when the full text is made. Read in the order of records, it gives the rows of `binding` in the order
 * of their table, and what is counted of each record, in the form of facts.c.
 */
#include "store/spool.h"

#include <stdlib.h>
#include <string.h>

#include "store/bind.h"
#include "store/facts.h"
#include "store/feed.h"

struct head {
	int64_t record, rank; /* of what was put: −1, −2 …, the newest first; of a match: 0 */
};
struct put { /* then come bytes: row, measures, what was found, as many as said */
	struct head head;
	int64_t customer, exported, badness;
	size_t row, measures, found; /* row 0: it only grew older */
};
struct found { /* a row of `binding` to be */
	struct bound bound;
	int64_t rule, tier, start, length;
	bool wins;
};
struct spool {
	struct sorter *sorter;
	int64_t rank;
	struct tl_arena arena; /* of one record's facts */
	struct tl_buf item;
	size_t found; /* of the item that is being made */
};

static int by_record(const void *a, const void *b)
{
	const struct head *p = a, *q = b;
	int order = (p->record > q->record) - (p->record < q->record);

	return order ? order : (p->rank > q->rank) - (p->rank < q->rank);
}

struct spool *tl_spool_new(void)
{
	struct spool *spool = calloc(1, sizeof *spool);

	if (!spool)
		tl_die_of_memory(sizeof *spool);
	spool->sorter = tl_sorter_new(by_record);
	tl_arena_init(&spool->arena);
	return spool;
}

void tl_spool_free(struct spool *spool)
{
	if (!spool)
		return;
	tl_sorter_free(spool->sorter);
	tl_arena_release(&spool->arena);
	tl_buf_release(&spool->item);
	free(spool);
}

/* ---- putting ---------------------------------------------------------------------------------------- */

#define FOUND_NUMBERS(f)                                                                           \
	{                                                                                          \
		&(f)->bound.measure, &(f)->bound.touchpoint, &(f)->bound.journey,                  \
			&(f)->bound.instrument, &(f)->bound.pain, &(f)->bound.expectation,         \
			&(f)->rule, &(f)->tier, &(f)->start, &(f)->length                          \
	}

static void pack_hit(void *context, const struct rule *rule, const struct hit *hit)
{
	struct spool *spool = context;
	struct found found = {{hit->measure, rule->touchpoint, rule->journey,
				      rule->as < 0 ? TL_NO_TIME : rule->as, rule->pain,
				      rule->expectation},
		rule->id, rule->match ? TIER_MATCH : TIER_NAMED, hit->start, hit->length, false};
	const int64_t *numbers[] = FOUND_NUMBERS(&found);

	for (size_t i = 0; i < TL_COUNT(numbers); i++)
		tl_number_pack(&spool->item, *numbers[i]);
	spool->found++;
}

void tl_spool_record(struct tl_store *store, int64_t id, int64_t customer,
	const struct tl_record *record, int64_t badness)
{
	struct spool *spool = store->spool;
	struct put put = {{id, --spool->rank}, customer, record->exported, badness, 0, 0, 0};
	struct facts facts;

	tl_facts_to_be(store, &facts, &spool->arena, id, record);
	tl_buf_clear(&spool->item);
	tl_buf_put(&spool->item, &put, sizeof put);
	tl_facts_pack_row(&spool->item, &facts.row);
	put.row = spool->item.len - sizeof put;
	tl_facts_pack_measures(&spool->item, facts.measures, facts.measure_count);
	put.measures = spool->item.len - sizeof put - put.row;
	spool->found = 0;
	tl_bind_hear(store, record, id, badness, pack_hit, spool);
	put.found = spool->found;
	memcpy(spool->item.data, &put, sizeof put);
	tl_sorter_add(spool->sorter, spool->item.data, spool->item.len);
	tl_arena_reset(&spool->arena);
}

void tl_spool_age(struct tl_store *store, int64_t id, int64_t exported)
{
	struct put put = {.head = {id, --store->spool->rank}, .exported = exported};

	tl_sorter_add(store->spool->sorter, &put, sizeof put);
}

static void take_match(void *context, const struct rule *rule, const struct hit *hit)
{
	struct spool *spool = context;
	struct head head = {.record = hit->record};

	tl_buf_clear(&spool->item);
	tl_buf_put(&spool->item, &head, sizeof head);
	pack_hit(spool, rule, hit);
	tl_sorter_add(spool->sorter, spool->item.data, spool->item.len);
}

void tl_spool_matches(struct tl_store *store)
{
	for (size_t i = 0; i < store->rule_count; i++)
		if (store->rules[i].match)
			tl_bind_search(store, &store->rules[i], store->first_new, INT64_MAX,
				take_match, store->spool);
}

/* ---- reading ---------------------------------------------------------------------------------------- */

struct heard { /* a record, and what was found in it */
	struct put put;
	struct tl_buf bytes; /* those of the put */
	struct found *found;
	size_t count, capacity;
};

static void add_found(struct heard *heard, const unsigned char **at)
{
	struct found found = {.wins = true};
	int64_t *numbers[] = FOUND_NUMBERS(&found);

	for (size_t i = 0; i < TL_COUNT(numbers); i++)
		*numbers[i] = tl_number_unpack(at);
	if (heard->count == heard->capacity) {
		heard->capacity = heard->capacity ? 2 * heard->capacity : 16;
		heard->found = realloc(heard->found, heard->capacity * sizeof *heard->found);
		if (!heard->found)
			tl_die_of_memory(heard->capacity * sizeof *heard->found);
	}
	heard->found[heard->count++] = found;
}

/* The newest counts, with the time of a newer export. */
static void take_put(struct heard *heard, const void *bytes, size_t length)
{
	struct put put;
	const unsigned char *at;

	memcpy(&put, bytes, sizeof put);
	if (heard->put.row)
		return;
	if (heard->put.head.record == put.head.record)
		put.exported = heard->put.exported;
	heard->put = put;
	tl_buf_clear(&heard->bytes);
	tl_buf_put(&heard->bytes, (const char *)bytes + sizeof put, length - sizeof put);
	at = (const unsigned char *)heard->bytes.data + put.row + put.measures;
	for (size_t i = 0; i < put.found; i++)
		add_found(heard, &at);
}

static int by_key(const void *a, const void *b)
{
	const struct found *p = a, *q = b;
	int64_t x[] = {p->bound.measure, p->bound.touchpoint, p->rule};
	int64_t y[] = {q->bound.measure, q->bound.touchpoint, q->rule};

	for (size_t i = 0; i < TL_COUNT(x); i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return 0;
}

static bool is_top(const struct heard *heard, const struct found *found)
{
	for (const struct found *f = heard->found; f < heard->found + heard->count; f++)
		if (!f->bound.measure && f->bound.journey == found->bound.journey &&
			f->tier > found->tier)
			return false;
	return true;
}

/* See the head of bind.c, and tl_bind_settle, which says the same to SQLite. */
static bool is_winner(const struct heard *heard, const struct found *found)
{
	if (found->bound.measure)
		return true;
	for (const struct found *f = heard->found; f < heard->found + heard->count; f++)
		if (!f->bound.measure && f->bound.touchpoint == found->bound.touchpoint &&
			is_top(heard, f))
			return true;
	return false;
}

/* In the order of their table, each once. */
static void settle_found(struct heard *heard)
{
	size_t count = 0;

	if (heard->count > 1)
		qsort(heard->found, heard->count, sizeof *heard->found, by_key);
	for (size_t i = 0; i < heard->count; i++)
		if (!count || by_key(&heard->found[count - 1], &heard->found[i]) != 0)
			heard->found[count++] = heard->found[i];
	heard->count = count;
	for (size_t i = 0; i < count; i++)
		heard->found[i].wins = is_winner(heard, &heard->found[i]);
}

/* ---- what comes of it ------------------------------------------------------------------------------- */

static void write_bindings(struct tl_store *store, struct feed *feed, const struct heard *heard)
{
	static const char add[] =
		"INSERT INTO binding (record, measure, touchpoint, rule, tier, journey, wins,"
		" instrument, pain, expectation, span_start, span_length, badness)"
		" SELECT " FEED_13 " FROM feed";

	for (const struct found *f = heard->found; f < heard->found + heard->count; f++)
		tl_feed(store, feed, add, "iiiiiiidwwddi", heard->put.head.record, f->bound.measure,
			f->bound.touchpoint, f->rule, f->tier, f->bound.journey, (int64_t)f->wins,
			f->bound.instrument, f->bound.pain, f->bound.expectation, f->start,
			f->length, heard->put.badness);
}

/* Whoever counts asks for names that are known by then, and SQLite for none. */
static void know_names(struct tl_store *store, const struct heard *heard)
{
	const unsigned char *at = (const unsigned char *)heard->bytes.data;

	tl_number_unpack(&at); /* the record */
	tl_name_text(store, tl_number_unpack(&at));
	for (size_t i = 0; i < heard->count; i++)
		tl_place_of_all(store, heard->found[i].bound.journey);
}

static int64_t customer_now(struct tl_store *store, int64_t customer)
{
	static const char sql[] = "SELECT coalesce(merged_into, id) FROM customer WHERE id = ?";

	return customer && store->merged ? tl_sql_number(store, sql, "i", customer) : customer;
}

/* What is of nobody is told apart by its record. */
static void pass_on(struct tl_store *store, struct sorter *facts, struct heard *heard,
	struct tl_buf *item, struct bound *bound, size_t bound_count)
{
	int64_t customer = customer_now(store, heard->put.customer);

	know_names(store, heard);
	tl_buf_clear(item);
	tl_facts_pack_head(item, customer ? customer : -heard->put.head.record, heard->put.exported);
	tl_buf_put(item, heard->bytes.data, heard->put.row);
	tl_facts_pack_bound(item, bound, bound_count);
	tl_buf_put(item, heard->bytes.data + heard->put.row, heard->put.measures);
	tl_sorter_add(facts, item->data, item->len);
}

struct out { /* where records go */
	struct sorter *facts;
	struct feed bindings;
	struct tl_buf item;
	struct bound *bound;
	size_t capacity;
};

static void finish_record(struct tl_store *store, struct heard *heard, struct out *out)
{
	size_t bound = 0;

	settle_found(heard);
	write_bindings(store, &out->bindings, heard);
	if (heard->count > out->capacity) {
		out->capacity = heard->capacity;
		out->bound = realloc(out->bound, out->capacity * sizeof *out->bound);
		if (!out->bound)
			tl_die_of_memory(out->capacity * sizeof *out->bound);
	}
	for (size_t i = 0; i < heard->count; i++)
		if (heard->found[i].wins)
			out->bound[bound++] = heard->found[i].bound;
	if (bound)
		pass_on(store, out->facts, heard, &out->item, out->bound, bound);
	tl_roll_tally(store, bound);
	store->counts.bound += bound > 0;
	store->counts.unbound += !bound;
	heard->put = (struct put){0};
	heard->count = 0;
}

struct sorter *tl_spool_bind(struct tl_store *store)
{
	struct sorter *sorter = store->spool->sorter;
	struct out out = {.facts = tl_sorter_new(tl_facts_compare)};
	struct heard heard = {0};
	const void *item;
	size_t length;

	while (!store->failed && (item = tl_sorter_next(sorter, &length))) {
		const struct head *head = item;
		const unsigned char *at = (const unsigned char *)(head + 1);

		if (heard.put.head.record && heard.put.head.record != head->record)
			finish_record(store, &heard, &out);
		if (head->rank)
			take_put(&heard, item, length);
		else
			add_found(&heard, &at);
	}
	if (heard.put.head.record)
		finish_record(store, &heard, &out);
	tl_feed_empty(store, &out.bindings);
	if (tl_sorter_error(sorter))
		tl_sql_fail_file(store, tl_sorter_error(sorter));
	tl_feed_release(&out.bindings);
	tl_buf_release(&out.item);
	free(out.bound);
	tl_buf_release(&heard.bytes);
	free(heard.found);
	return out.facts;
}
