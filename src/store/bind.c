/* store: which touchpoints a record speaks about.
 *
 * Every hit of every rule is kept as a row of `binding`; within one journey those of the highest
 * tier win, and with them the matches at the same touchpoint, which add what hurts there. A measure
 * that rules ask for by its field binds on its own, and nowhere else in that journey; the record
 * follows it where it is the record's only one.
 */
#include "store/bind.h"

#include <math.h>
#include <string.h>
#include <strings.h>

static bool has_tag(const struct tl_record *record, const char *tag)
{
	for (size_t i = 0; i < record->tag_count; i++)
		if (strcasecmp(record->tags[i], tag) == 0)
			return true;
	return false;
}

static bool has_field(const struct tl_record *record, const char *field, const char *value)
{
	for (size_t i = 0; i < record->field_count; i++)
		if (strcasecmp(record->fields[i].name, field) == 0 &&
			(!value || strcasecmp(record->fields[i].value, value) == 0))
			return true;
	return false;
}

/* "de" asks for de-AT too. */
static bool is_language(const char *language, const char *asked)
{
	size_t n = strlen(asked);

	return language && strncasecmp(language, asked, n) == 0 &&
	       (!language[n] || language[n] == '-');
}

static bool names(const struct rule *rule, const struct tl_record *record)
{
	if (rule->match || !(rule->source || rule->tag || rule->field))
		return false;
	return (!rule->source || strcmp(rule->source, record->source) == 0) &&
	       (!rule->tag || has_tag(record, rule->tag)) &&
	       (!rule->lang || is_language(record->language, rule->lang)) &&
	       (!rule->field || rule->as >= 0 || has_field(record, rule->field, rule->value));
}

static void add_named(void *context, const struct rule *rule, const struct hit *hit)
{
	static const char sql[] =
		"INSERT OR IGNORE INTO binding (record, measure, touchpoint, rule, tier, journey, wins,"
		" instrument, pain, expectation, badness) VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
		" ?2 > 0 OR NOT EXISTS (SELECT 1 FROM binding WHERE record = ?1 AND measure = 0"
		" AND journey = ?6 AND tier > ?5 AND touchpoint <> ?3), ?7, ?8, ?9, ?10)";

	tl_sql_run(context, sql, "iiiiiidwwi", hit->record, hit->measure, rule->touchpoint, rule->id,
		(int64_t)TIER_NAMED, rule->journey, rule->as < 0 ? TL_NO_TIME : (int64_t)rule->as,
		rule->pain, rule->expectation, hit->badness);
}

static void take_measures(const struct tl_record *record, const struct rule *rule, struct hit hit,
	take_hit *take, void *context)
{
	for (size_t i = 0; i < record->measure_count; i++) {
		if (!record->measures[i].field || strcasecmp(record->measures[i].field, rule->field))
			continue;
		hit.measure = (int64_t)i + 1;
		take(context, rule, &hit);
		hit.measure = 0;
		if (record->measure_count == 1)
			take(context, rule, &hit);
	}
}

void tl_bind_look(const struct tl_record *record, int64_t id, int64_t badness,
	const struct rule *rules, size_t count, take_hit *take, void *context)
{
	struct hit hit = {.record = id, .badness = badness, .start = TL_NO_TIME, .length = TL_NO_TIME};

	for (size_t i = 0; i < count; i++) {
		if (!names(&rules[i], record))
			continue;
		if (rules[i].field && rules[i].as >= 0)
			take_measures(record, &rules[i], hit, take, context);
		else
			take(context, &rules[i], &hit);
	}
}

void tl_bind_named(struct tl_store *store, int64_t id, const struct tl_record *record,
	int64_t badness, const struct rule *rules, size_t count)
{
	tl_bind_look(record, id, badness, rules, count, add_named, store);
}

static void hear_outright(struct tl_store *store, const struct tl_record *record, int64_t id,
	int64_t badness, take_hit *take, void *context)
{
	struct rule rule = {.id = RULE_OUTRIGHT, .as = -1};

	if (!record->journey || !record->touchpoint)
		return;
	rule.journey = tl_name(store, record->journey);
	rule.touchpoint = tl_place_of(store, record->journey, record->touchpoint);
	take(context, &rule,
		&(struct hit){.record = id, .badness = badness, .start = TL_NO_TIME, .length = TL_NO_TIME});
}

void tl_bind_hear(struct tl_store *store, const struct tl_record *record, int64_t id,
	int64_t badness, take_hit *take, void *context)
{
	hear_outright(store, record, id, badness, take, context);
	tl_bind_look(record, id, badness, store->rules, store->rule_count, take, context);
}

void tl_bind_record(
	struct tl_store *store, int64_t id, const struct tl_record *record, int64_t badness)
{
	tl_bind_hear(store, record, id, badness, add_named, store);
}

/* ---- match rules ------------------------------------------------------------------------------ */

/* As hit_span() gives it; see span.c. */
static void take_span(sqlite3_stmt *row, int column, struct hit *hit)
{
	int64_t span = sqlite3_column_int64(row, column);
	bool none = sqlite3_column_type(row, column) == SQLITE_NULL;

	hit->start = none ? TL_NO_TIME : span >> 32;
	hit->length = none ? TL_NO_TIME : span & 0xffffffff;
}

/* CROSS JOIN: the index is searched once, not once for each record. */
#define SELECT_MATCHES(table)                                                                      \
	"SELECT r.id, r.badness, hit_span(" table ", r.text) FROM " table                          \
	" CROSS JOIN record r ON r.id = " table ".rowid LEFT JOIN word l ON l.id = r.language"           \
	" WHERE " table " MATCH ?1 AND " table ".rowid BETWEEN ?2 AND ?3" WANTED
/* What the trigrams are of, whatever they are: the texts in scripts without spaces. */
#define SELECT_TEXTS                                                                               \
	"SELECT r.id, r.badness, r.text FROM record_trigram_docsize d"                             \
	" CROSS JOIN record r ON r.id = d.id LEFT JOIN word l ON l.id = r.language"                \
	" WHERE ?1 IS NOT NULL AND d.id BETWEEN ?2 AND ?3" WANTED
#define WANTED                                                                                     \
	" AND (?4 IS NULL OR r.source = ?4)"                                                       \
	" AND (?5 IS NULL OR l.text = ?5 OR l.text LIKE ?5 || '-%')"                               \
	" AND (?6 IS NULL OR EXISTS (SELECT 1 FROM json_each(r.tags) t"                            \
	" WHERE t.value = ?6 COLLATE NOCASE))"                                                     \
	" AND (?7 IS NULL OR EXISTS (SELECT 1 FROM json_each(r.fields) f"                          \
	" WHERE f.key = ?7 COLLATE NOCASE AND (?8 IS NULL OR f.value = ?8 COLLATE NOCASE)))"

static void add_match(struct tl_store *store, const struct rule *rule, const struct hit *hit)
{
	static const char sql[] =
		"INSERT OR IGNORE INTO binding (record, measure, touchpoint, rule, tier, journey,"
		" wins, pain, expectation, span_start, span_length, badness)"
		" VALUES (?1, 0, ?2, ?3, ?4, ?5,"
		" NOT EXISTS (SELECT 1 FROM binding WHERE record = ?1 AND measure = 0"
		" AND journey = ?5 AND tier > ?4) OR EXISTS (SELECT 1 FROM binding WHERE record = ?1"
		" AND measure = 0 AND touchpoint = ?2 AND tier > ?4 AND wins), ?6, ?7, ?8, ?9, ?10)";

	tl_sql_run(store, sql, "iiiiiwwddi", hit->record, rule->touchpoint, rule->id,
		(int64_t)TIER_MATCH, rule->journey, rule->pain, rule->expectation, hit->start,
		hit->length, hit->badness);
}

void tl_bind_search(struct tl_store *store, const struct rule *rule, int64_t from, int64_t to,
	take_hit *take, void *context)
{
	static const char words[] = SELECT_MATCHES("record_text");
	static const char parts[] = SELECT_MATCHES("record_trigram");
	static const char texts[] = SELECT_TEXTS;
	bool in_parts = tl_text_has_no_spaces(rule->match);
	bool in_texts = in_parts && tl_substring_is_needed(rule->match);
	const char *sql = in_texts ? texts : in_parts ? parts : words;
	sqlite3_stmt *row = tl_sql(store, sql, "tiiwtttt", rule->match, from, to,
		tl_name(store, rule->source), rule->lang, rule->tag, rule->field, rule->value);

	while (tl_sql_row(store, row)) {
		struct hit hit = {.record = sqlite3_column_int64(row, 0),
			.badness = sqlite3_column_int64(row, 1)};
		const char *text = in_texts ? (const char *)sqlite3_column_text(row, 2) : NULL;

		if (!in_texts)
			take_span(row, 2, &hit);
		else if (!text ||
			 !tl_substring_holds(rule->match, text, &hit.start, &hit.length))
			continue;
		take(context, rule, &hit);
	}
}

static void keep_hit(void *context, const struct rule *rule, const struct hit *hit)
{
	(void)rule;
	tl_buf_put(context, hit, sizeof *hit);
}

/* All hits are read before the first is written: a write lets FTS5 look up its place anew with the
 * next row, which for prefixes is as much work as the whole query. */
void tl_bind_match(struct tl_store *store, const struct rule *rule, int64_t from, int64_t to)
{
	struct tl_buf hits = {0};
	struct hit hit;

	tl_bind_search(store, rule, from, to, keep_hit, &hits);
	for (size_t i = 0; i < hits.len; i += sizeof hit) {
		memcpy(&hit, hits.data + i, sizeof hit);
		add_match(store, rule, &hit);
	}
	tl_buf_release(&hits);
}

/* Every record of the batch, once each: those that are new are one run of ids. */
void tl_bind_matches(struct tl_store *store)
{
	for (size_t i = 0; i < store->rule_count; i++) {
		if (!store->rules[i].match)
			continue;
		tl_bind_match(store, &store->rules[i], store->first_new, INT64_MAX);
		for (size_t k = 0; k < store->rebound.capacity; k++)
			if (store->rebound.slots[k])
				tl_bind_match(store, &store->rules[i], store->rebound.slots[k],
					store->rebound.slots[k]);
	}
}

/* Thai to Tibetan, Myanmar, Khmer, kana, Han, and their extensions: scripts written without spaces
 * between words, which the tokenizer of words takes for one long word. */
bool tl_text_has_no_spaces(const char *text)
{
	static const uint32_t ranges[][2] = {{0x0e00, 0x0fff}, {0x1000, 0x109f}, {0x1780, 0x17ff},
		{0x2e80, 0x30ff}, {0x31f0, 0x9fff}, {0xf900, 0xfaff}, {0xff66, 0xff9f},
		{0x1b000, 0x1b16f}, {0x20000, 0x3ffff}};
	const char *end = text + strlen(text);

	while (text < end) {
		uint32_t c;

		if (!(*text & 0x80)) {
			text++;
			continue;
		}
		c = tl_utf8_next(&text, end);
		for (size_t i = 0; i < TL_COUNT(ranges); i++)
			if (c >= ranges[i][0] && c <= ranges[i][1])
				return true;
	}
	return false;
}

void tl_bind_settle(struct tl_store *store, int64_t record)
{
	static const char sql[] =
		"UPDATE binding SET wins = NOT wins WHERE record = ? AND measure = 0 AND wins <>"
		" EXISTS (SELECT 1 FROM binding b WHERE b.record = binding.record AND b.measure = 0"
		" AND b.journey = binding.journey AND b.touchpoint = binding.touchpoint AND b.tier ="
		" (SELECT max(tier) FROM binding c WHERE c.record = binding.record AND c.measure = 0"
		" AND c.journey = binding.journey))";

	tl_sql_run(store, sql, "i", record);
}
