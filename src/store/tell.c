/* store: telling records: evidence, what is unbound, trails. */
#include "store/bind.h"
#include "store/filter.h"

#include <string.h>

#define TOLD                                                                                       \
	"r.id, s.text, r.external_id, c.text, g.text, l.text, r.text, r.kind, r.created,"          \
	" r.customer, r.badness"
#define WORDS                                                                                      \
	" JOIN word s ON s.id = r.source LEFT JOIN word c ON c.id = r.channel"                     \
	" LEFT JOIN word g ON g.id = r.segment LEFT JOIN word l ON l.id = r.language"
enum { AFTER_TOLD = 11 };

static const char *text_at(sqlite3_stmt *row, int column)
{
	return (const char *)sqlite3_column_text(row, column);
}

static int64_t time_at(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? TL_NO_TIME :
								 sqlite3_column_int64(row, column);
}

static struct tl_told read_told(sqlite3_stmt *row)
{
	return (struct tl_told){.id = sqlite3_column_int64(row, 0),
		.source = text_at(row, 1),
		.external_id = text_at(row, 2),
		.channel = text_at(row, 3),
		.segment = text_at(row, 4),
		.language = text_at(row, 5),
		.text = text_at(row, 6),
		.kind = sqlite3_column_int(row, 7),
		.created = time_at(row, 8),
		.customer = sqlite3_column_int64(row, 9),
		.badness = (double)sqlite3_column_int64(row, 10) / 1000,
		.rule.as = -1,
		.span_start = -1,
		.span_length = -1};
}

/* ---- evidence -------------------------------------------------------------------------------- */

/* One row per record: the first of its bindings that the order asked for brings up says how, a person
 * among them whatever comes first. Since that is an index, the worst few cost the same among ten
 * records and ten million. */
#define EVIDENCE(index)                                                                            \
	"SELECT " TOLD ", coalesce((SELECT d.tier FROM binding d WHERE d.record = b.record"        \
	" AND d.measure = 0 AND d.touchpoint = b.touchpoint AND d.rule = ?8), b.tier),"            \
	" b.span_start, b.span_length, p.text, e.text, u.id IS NOT NULL,"  \
	" u.journey, u.touchpoint, u.source, u.tag, u.field, u.value, u.match, u.lang,"            \
	" u.instrument, u.pain, u.expectation FROM binding b INDEXED BY " index                    \
	" CROSS JOIN record r ON r.id = b.record" WORDS " LEFT JOIN word p ON p.id = b.pain"       \
	" LEFT JOIN word e ON e.id = b.expectation LEFT JOIN rule u ON u.id = b.rule"              \
	" WHERE b.wins AND b.measure = 0 AND b.touchpoint = ?6 AND" FILTER

static void read_binding(struct tl_told *told, sqlite3_stmt *row)
{
	int c = AFTER_TOLD;

	told->tier = (enum tl_tier)sqlite3_column_int(row, c++);
	if (sqlite3_column_type(row, c) != SQLITE_NULL) {
		told->span_start = sqlite3_column_int64(row, c);
		told->span_length = sqlite3_column_int64(row, c + 1);
	}
	c += 2;
	told->pain = text_at(row, c++);
	told->expectation = text_at(row, c++);
	if (!sqlite3_column_int(row, c++))
		return;
	const char **parts[] = {&told->rule.journey, &told->rule.touchpoint, &told->rule.source,
		&told->rule.tag, &told->rule.field, &told->rule.value, &told->rule.match,
		&told->rule.lang};
	for (size_t i = 0; i < TL_COUNT(parts); i++)
		*parts[i] = text_at(row, c++);
	if (sqlite3_column_type(row, c) != SQLITE_NULL)
		told->rule.as = sqlite3_column_int(row, c);
	told->rule.pain = text_at(row, c + 1);
	told->rule.expectation = text_at(row, c + 2);
}

static int64_t find_place(struct tl_store *store, const char *journey, const char *touchpoint)
{
	static const char sql[] = "SELECT id FROM places WHERE journey = ? AND touchpoint = ?";

	return tl_sql_number(store, sql, "tt", journey, touchpoint);
}

bool tl_store_evidence(struct tl_store *store, const char *journey, const char *touchpoint,
	const char *pain, const struct tl_filter *filter, size_t limit, tl_each *each, void *context)
{
	static const char all[] = EVIDENCE("binding_worst") " ORDER BY b.badness DESC, b.record DESC";
	static const char of_pain[] = EVIDENCE("binding_pain")
		" AND b.pain = (SELECT id FROM word WHERE text = ?7)"
		" ORDER BY b.badness DESC, b.record DESC";
	struct filter_texts asked = tl_filter_open(filter);
	int64_t place, last = 0;
	sqlite3_stmt *row;

	store->failed = false;
	place = find_place(store, journey, touchpoint);
	row = tl_sql(store, pain ? of_pain : all, "ddtttiti", FILTER_GIVEN(asked), place, pain,
		(int64_t)RULE_PERSON);
	while (limit && tl_sql_row(store, row)) {
		struct tl_told told = read_told(row);

		if (told.id == last)
			continue;
		last = told.id;
		read_binding(&told, row);
		limit--;
		if (!each(context, &told))
			break;
	}
	if (row)
		tl_sql_end(row);
	tl_filter_close(&asked);
	return !store->failed;
}

/* ---- unbound ---------------------------------------------------------------------------------- */

bool tl_store_unbound(struct tl_store *store, const struct tl_filter *filter, size_t limit,
	tl_each *each, void *context)
{
	static const char sql[] =
		"SELECT " TOLD " FROM record r" WORDS " WHERE" FILTER
		" AND NOT EXISTS (SELECT 1 FROM binding b WHERE b.record = r.id AND b.wins)"
		" ORDER BY r.badness DESC, r.id DESC LIMIT ?6";
	struct filter_texts asked = tl_filter_open(filter);
	sqlite3_stmt *row;

	store->failed = false;
	row = tl_sql(store, sql, "ddttti", FILTER_GIVEN(asked),
		limit > INT64_MAX ? INT64_MAX : (int64_t)limit);
	while (tl_sql_row(store, row)) {
		struct tl_told told = read_told(row);

		if (!each(context, &told))
			break;
	}
	if (row)
		tl_sql_end(row);
	tl_filter_close(&asked);
	return !store->failed;
}

bool tl_store_tell(struct tl_store *store, int64_t record, tl_each *each, void *context)
{
	static const char sql[] = "SELECT " TOLD " FROM record r" WORDS " WHERE r.id = ?";
	sqlite3_stmt *row;

	store->failed = false;
	row = tl_sql(store, sql, "i", record);
	if (tl_sql_row(store, row)) {
		struct tl_told told = read_told(row);

		each(context, &told);
		tl_sql_end(row);
	}
	return !store->failed;
}

/* ---- trails ------------------------------------------------------------------------------------ */

struct before { /* what came before on a trail */
	int64_t created;
	char *touchpoints, *channel;
	struct tl_arena arena;
};

static bool near_in_time(const struct before *before, const struct tl_told *now)
{
	return before->created != TL_NO_TIME && now->created != TL_NO_TIME &&
	       now->created - before->created <= TL_EPISODE_GAP;
}

/* Whether a word of a is one of b; both have spaces between words. */
static bool share_a_word(const char *a, const char *b)
{
	for (size_t n; a && b && *a; a += n + (a[n] == ' ')) {
		n = strcspn(a, " ");
		for (const char *at = b; *at; at += strcspn(at, " "), at += *at == ' ')
			if (strcspn(at, " ") == n && memcmp(at, a, n) == 0)
				return true;
	}
	return false;
}

static void remember(struct before *before, const struct tl_told *now)
{
	tl_arena_release(&before->arena);
	tl_arena_init(&before->arena);
	before->created = now->created;
	before->touchpoints =
		now->touchpoints ? tl_arena_strdup(&before->arena, now->touchpoints) : NULL;
	before->channel = now->channel ? tl_arena_strdup(&before->arena, now->channel) : NULL;
}

bool tl_store_trail(struct tl_store *store, int64_t customer, const struct tl_filter *filter,
	tl_each *each, void *context)
{
	static const char sql[] =
		"SELECT " TOLD ", (SELECT group_concat(name, ' ') FROM (SELECT DISTINCT"
		" p.journey || '#' || p.touchpoint AS name FROM binding b JOIN places p"
		" ON p.id = b.touchpoint WHERE b.record = r.id AND b.wins ORDER BY 1)),"
		" (SELECT max(b.tier) FROM binding b WHERE b.record = r.id AND b.wins)," FILTER
		" FROM record r" WORDS " WHERE r.customer = ?6 ORDER BY r.created, s.text, r.external_id";
	struct before before = {.created = TL_NO_TIME};
	struct filter_texts asked = tl_filter_open(filter);
	sqlite3_stmt *row;

	store->failed = false;
	row = tl_sql(store, sql, "ddttti", FILTER_GIVEN(asked), customer);
	while (tl_sql_row(store, row)) {
		struct tl_told told = read_told(row);

		told.touchpoints = text_at(row, AFTER_TOLD);
		told.tier = (enum tl_tier)sqlite3_column_int(row, AFTER_TOLD + 1);
		if (near_in_time(&before, &told)) {
			told.repeats = share_a_word(told.touchpoints, before.touchpoints);
			told.switches = told.channel && before.channel &&
					strcmp(told.channel, before.channel) != 0;
		}
		if (sqlite3_column_int(row, AFTER_TOLD + 2) && !each(context, &told))
			break;
		remember(&before, &told);
	}
	if (row)
		tl_sql_end(row);
	tl_filter_close(&asked);
	tl_arena_release(&before.arena);
	return !store->failed;
}

/* ---- single answers ---------------------------------------------------------------------------- */

int64_t tl_store_customer(struct tl_store *store, const struct tl_hash16 *identifier)
{
	static const char sql[] = "SELECT customer FROM alias WHERE hash = ?";

	return tl_sql_number(store, sql, "b", identifier->bytes, sizeof identifier->bytes);
}

int64_t tl_store_customer_number(struct tl_store *store, int64_t number)
{
	static const char sql[] = "SELECT coalesce(merged_into, id) FROM customer WHERE id = ?";

	return tl_sql_number(store, sql, "i", number);
}

int64_t tl_store_record_id(struct tl_store *store, const char *source, const char *external_id)
{
	static const char sql[] = "SELECT r.id FROM record r JOIN word s ON s.id = r.source"
				  " WHERE s.text = ? AND r.external_id = ?";

	return tl_sql_number(store, sql, "tt", source, external_id);
}

/* Unfiltered, both numbers are those that the roll-ups are kept with. */
static sqlite3_stmt *ask_counts(struct tl_store *store, const struct filter_texts *asked)
{
	static const char all[] =
		"SELECT coalesce((SELECT value FROM tally WHERE name = 'records'), 0),"
		" coalesce((SELECT value FROM tally WHERE name = 'bound'), 0),"
		" min(created), max(created) FROM record";
	static const char some[] =
		"SELECT count(*), count(CASE WHEN EXISTS (SELECT 1 FROM binding b"
		" WHERE b.record = r.id AND b.wins) THEN 1 END), min(r.created), max(r.created)"
		" FROM record r JOIN word s ON s.id = r.source"
		" LEFT JOIN word c ON c.id = r.channel LEFT JOIN word g ON g.id = r.segment"
		" WHERE" FILTER;

	return tl_filter_is_none(asked->filter) ? tl_sql(store, all, "") :
						 tl_sql(store, some, "ddttt", FILTER_GIVEN(*asked));
}

bool tl_store_count(
	struct tl_store *store, const struct tl_filter *filter, struct tl_store_counts *counts)
{
	static const char customers[] = "SELECT count(*) FROM customer WHERE merged_into IS NULL";
	static const char notes[] = "SELECT count(*) FROM note";
	struct filter_texts asked = tl_filter_open(filter);
	sqlite3_stmt *row;

	store->failed = false;
	*counts = (struct tl_store_counts){.first = TL_NO_TIME, .last = TL_NO_TIME};
	counts->customers = (uint64_t)tl_sql_number(store, customers, "");
	counts->notes = (uint64_t)tl_sql_number(store, notes, "");
	row = ask_counts(store, &asked);
	if (tl_sql_row(store, row)) {
		counts->records = (uint64_t)sqlite3_column_int64(row, 0);
		counts->bound = (uint64_t)sqlite3_column_int64(row, 1);
		counts->unbound = counts->records - counts->bound;
		counts->first = time_at(row, 2);
		counts->last = time_at(row, 3);
		tl_sql_end(row);
	}
	tl_filter_close(&asked);
	return !store->failed;
}

bool tl_store_tallies(struct tl_store *store, uint64_t *records, uint64_t *bound)
{
	store->failed = false;
	*records = (uint64_t)tl_tally(store, "records");
	*bound = (uint64_t)tl_tally(store, "bound");
	return !store->failed;
}

/* The same digest as rules are known by in the table. Grouped in the order of the index: a record
 * that a rule binds twice, itself and by its measure, is one. */
bool tl_store_hits(
	struct tl_store *store, const struct tl_rule *rule, uint64_t *hits, uint64_t *decides)
{
	static const char sql[] =
		"SELECT count(*), sum(wins) FROM (SELECT max(b.wins) AS wins FROM binding b"
		" INDEXED BY binding_rule WHERE b.rule = (SELECT id FROM rule WHERE digest = ?)"
		" GROUP BY b.record)";
	char digest[TL_DIGEST_SIZE];
	sqlite3_stmt *row;

	store->failed = false;
	*hits = *decides = 0;
	tl_rule_digest(digest, rule);
	row = tl_sql(store, sql, "t", digest);
	if (tl_sql_row(store, row)) {
		*hits = (uint64_t)sqlite3_column_int64(row, 0);
		*decides = (uint64_t)sqlite3_column_int64(row, 1);
		tl_sql_end(row);
	}
	return !store->failed;
}
