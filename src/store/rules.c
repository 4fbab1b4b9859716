/* store: what the journeys listen for, kept to notice changes.
 *
 * A rule is known by a digest of all that it says. Rules that are gone take their hits with them;
 * new ones are looked for in every record; then what wins is settled anew and the roll-ups are
 * rebuilt. Nothing is written where nothing changed.
 */
#include "store/bind.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- in memory --------------------------------------------------------------------------------- */

static const char *text_at(struct tl_store *store, sqlite3_stmt *row, int column)
{
	const char *text = (const char *)sqlite3_column_text(row, column);

	return text ? tl_arena_strdup(&store->rule_arena, text) : NULL;
}

static void load_rules(struct tl_store *store)
{
	static const char sql[] =
		"SELECT id, journey, touchpoint, source, tag, field, value, match, lang, instrument,"
		" pain, expectation FROM rule ORDER BY id";
	sqlite3_stmt *row = tl_sql(store, sql, "");
	size_t capacity = 0;

	while (tl_sql_row(store, row)) {
		struct rule rule = {.id = sqlite3_column_int64(row, 0)};
		const char *journey = text_at(store, row, 1);

		rule.journey = tl_name(store, journey);
		rule.touchpoint = tl_place_of(store, journey, text_at(store, row, 2));
		rule.source = text_at(store, row, 3);
		rule.tag = text_at(store, row, 4);
		rule.field = text_at(store, row, 5);
		rule.value = text_at(store, row, 6);
		rule.match = text_at(store, row, 7);
		rule.lang = text_at(store, row, 8);
		rule.as = sqlite3_column_type(row, 9) == SQLITE_NULL ? -1 : sqlite3_column_int(row, 9);
		rule.pain = tl_name(store, text_at(store, row, 10));
		rule.expectation = tl_name(store, text_at(store, row, 11));
		store->rules = tl_arena_grow(&store->rule_arena, store->rules, store->rule_count,
			&capacity, sizeof *store->rules);
		store->rules[store->rule_count++] = rule;
	}
}

static void load_promises(struct tl_store *store)
{
	static const char count[] = "SELECT count(*) FROM promise";
	static const char sql[] = "SELECT touchpoint, clock, seconds FROM promise";
	size_t most = (size_t)tl_sql_number(store, count, "");
	sqlite3_stmt *row = tl_sql(store, sql, "");
	int64_t *p = store->promises = tl_arena_array(&store->rule_arena, int64_t, 3 * most);

	for (; tl_sql_row(store, row); p += 3, store->promise_count++)
		for (int i = 0; i < 3; i++)
			p[i] = sqlite3_column_int64(row, i);
}

bool tl_rules_load(struct tl_store *store)
{
	tl_arena_release(&store->rule_arena);
	tl_arena_init(&store->rule_arena);
	store->rules = NULL;
	store->rule_count = store->promise_count = 0;
	load_rules(store);
	load_promises(store);
	return !store->failed;
}

/* ---- changes ------------------------------------------------------------------------------------ */

static void put_part(struct tl_buf *buf, const char *text)
{
	tl_buf_putc(buf, text ? '=' : '-');
	tl_buf_puts(buf, text ? text : "");
	tl_buf_putc(buf, '\0');
}

void tl_rule_digest(char digest[static TL_DIGEST_SIZE], const struct tl_rule *rule)
{
	const char *parts[] = {rule->journey, rule->touchpoint, rule->source, rule->tag, rule->field,
		rule->value, rule->match, rule->lang, rule->pain, rule->expectation};
	struct tl_buf buf = {0};

	for (size_t i = 0; i < TL_COUNT(parts); i++)
		put_part(&buf, parts[i]);
	tl_buf_printf(&buf, "%d", rule->as);
	tl_digest(digest, buf.data, buf.len);
	tl_buf_release(&buf);
}

/* Marks those that are there still (in `kept`), adds the others. */
static void take_rule(struct tl_store *store, const struct tl_rule *rule, struct numbers *kept,
	struct numbers *added)
{
	static const char find[] = "SELECT id FROM rule WHERE digest = ?";
	static const char add[] =
		"INSERT INTO rule (digest, journey, touchpoint, source, tag, field, value, match,"
		" lang, instrument, pain, expectation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
	char digest[TL_DIGEST_SIZE];
	int64_t id;

	tl_rule_digest(digest, rule);
	id = tl_sql_number(store, find, "t", digest);
	if (!id && tl_sql_run(store, add, "tttttttttdtt", digest, rule->journey, rule->touchpoint,
			   rule->source, rule->tag, rule->field, rule->value, rule->match, rule->lang,
			   rule->as < 0 ? TL_NO_TIME : (int64_t)rule->as, rule->pain,
			   rule->expectation)) {
		id = sqlite3_last_insert_rowid(store->db);
		tl_numbers_add(added, id);
	}
	if (id)
		tl_numbers_add(kept, id);
}

/* Whether table and rules say the same: nothing is to be done then, and nothing is written. */
/* scope, here and below: the journeys that this is about, in JSON; NULL: all. */
static bool same_rules(
	struct tl_store *store, const char *scope, const struct tl_rule *rules, size_t count)
{
	static const char find[] = "SELECT id FROM rule WHERE digest = ?";
	static const char all[] = "SELECT count(*) FROM rule WHERE ?1 IS NULL"
				  " OR journey IN (SELECT value FROM json_each(?1))";
	struct numbers found = {0};
	bool same = true;

	for (size_t i = 0; i < count && same; i++) {
		char digest[TL_DIGEST_SIZE];
		int64_t id;

		tl_rule_digest(digest, &rules[i]);
		id = tl_sql_number(store, find, "t", digest);
		same = id != 0;
		if (id)
			tl_numbers_add(&found, id);
	}
	same = same && tl_sql_number(store, all, "t", scope) == (int64_t)found.count;
	tl_numbers_release(&found);
	return same;
}

static void drop_rules(struct tl_store *store, const char *scope, const struct numbers *kept)
{
	static const char all[] = "SELECT id FROM rule WHERE ?1 IS NULL"
				  " OR journey IN (SELECT value FROM json_each(?1))";
	static const char bindings[] = "DELETE FROM binding WHERE rule = ?";
	static const char rule[] = "DELETE FROM rule WHERE id = ?";
	struct numbers gone = {0};
	sqlite3_stmt *row = tl_sql(store, all, "t", scope);

	while (tl_sql_row(store, row))
		if (!tl_numbers_has(kept, sqlite3_column_int64(row, 0)))
			tl_numbers_add(&gone, sqlite3_column_int64(row, 0));
	for (size_t i = 0; i < gone.capacity; i++)
		if (gone.slots[i]) {
			tl_sql_run(store, bindings, "i", gone.slots[i]);
			tl_sql_run(store, rule, "i", gone.slots[i]);
		}
	tl_numbers_release(&gone);
}

/* ---- records that are there, seen by new rules ---------------------------------------------------- */

struct seen { /* what rules look at */
	struct tl_arena arena;
	struct tl_record record;
	size_t tag_capacity, field_capacity, measure_capacity;
};

static const char *keep(struct seen *seen, sqlite3_stmt *row, int column)
{
	const char *text = (const char *)sqlite3_column_text(row, column);

	return text ? tl_arena_strdup(&seen->arena, text) : NULL;
}

static void see_lists(struct tl_store *store, struct seen *seen, const char *tags, const char *fields)
{
	static const char list[] = "SELECT value FROM json_each(?)";
	static const char pairs[] = "SELECT key, value FROM json_each(?)";
	struct tl_record *r = &seen->record;
	const char **tag = NULL;
	struct tl_field *field = NULL;
	sqlite3_stmt *row;

	for (row = tags ? tl_sql(store, list, "t", tags) : NULL; tl_sql_row(store, row);) {
		tag = tl_arena_grow(
			&seen->arena, tag, r->tag_count, &seen->tag_capacity, sizeof *tag);
		tag[r->tag_count++] = keep(seen, row, 0);
	}
	for (row = fields ? tl_sql(store, pairs, "t", fields) : NULL; tl_sql_row(store, row);) {
		field = tl_arena_grow(
			&seen->arena, field, r->field_count, &seen->field_capacity, sizeof *field);
		field[r->field_count++] = (struct tl_field){keep(seen, row, 0), keep(seen, row, 1)};
	}
	r->tags = tag;
	r->fields = field;
}

static void see_measures(struct tl_store *store, struct seen *seen, int64_t id)
{
	static const char sql[] = "SELECT field FROM measure WHERE record = ? ORDER BY number";
	struct tl_measure *measures = NULL;
	sqlite3_stmt *row = tl_sql(store, sql, "i", id);

	while (tl_sql_row(store, row)) {
		measures = tl_arena_grow(&seen->arena, measures, seen->record.measure_count,
			&seen->measure_capacity, sizeof *measures);
		measures[seen->record.measure_count++] =
			(struct tl_measure){.field = keep(seen, row, 0)};
	}
	seen->record.measures = measures;
}

static void bind_again(struct tl_store *store, const struct rule *rules, size_t count)
{
	static const char sql[] =
		"SELECT r.id, s.text, l.text, r.tags, r.fields, r.measures, r.badness FROM record r"
		" JOIN word s ON s.id = r.source LEFT JOIN word l ON l.id = r.language";
	sqlite3_stmt *row = tl_sql(store, sql, "");

	while (tl_sql_row(store, row)) {
		struct seen seen = {0};
		int64_t id = sqlite3_column_int64(row, 0);

		tl_arena_init(&seen.arena);
		seen.record.source = keep(&seen, row, 1);
		seen.record.language = keep(&seen, row, 2);
		see_lists(store, &seen, keep(&seen, row, 3), keep(&seen, row, 4));
		if (sqlite3_column_int64(row, 5))
			see_measures(store, &seen, id);
		tl_bind_named(store, id, &seen.record, sqlite3_column_int64(row, 6), rules, count);
		tl_arena_release(&seen.arena);
	}
}

/* The rules that are new, run over all records: named ones in one pass, matches one by one. */
static void run_new(struct tl_store *store, const struct numbers *added)
{
	struct rule *named = calloc(store->rule_count + 1, sizeof *named);
	size_t count = 0;

	if (!named)
		tl_die_of_memory(store->rule_count * sizeof *named);
	for (size_t i = 0; i < store->rule_count; i++) {
		const struct rule *rule = &store->rules[i];

		if (!tl_numbers_has(added, rule->id))
			continue;
		if (rule->match)
			tl_bind_match(store, rule, 0, INT64_MAX);
		else
			named[count++] = *rule;
	}
	if (count)
		bind_again(store, named, count);
	free(named);
}

/* ---- promises ------------------------------------------------------------------------------------- */

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

static bool same_promises(struct tl_store *store, const char *scope,
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

/* What an import left that was killed. Who may only read sees the roll-ups of the run before. */
static bool settle_left(struct tl_store *store)
{
	if (sqlite3_db_readonly(store->db, "main") || tl_roll_is_settled(store))
		return !store->failed;
	return tl_rules_load(store) && tl_roll_settle_run(store);
}

static bool listen(struct tl_store *store, const char *scope, const struct tl_rule *rules,
	size_t rule_count, const struct tl_promise *promises, size_t promise_count)
{
	struct numbers kept = {0}, added = {0};

	store->failed = false;
	if (same_rules(store, scope, rules, rule_count) &&
		same_promises(store, scope, promises, promise_count))
		return !store->failed && settle_left(store);
	if (store->failed || !tl_sql_begin(store))
		return false;
	for (size_t i = 0; i < rule_count; i++)
		take_rule(store, &rules[i], &kept, &added);
	drop_rules(store, scope, &kept);
	write_promises(store, scope, promises, promise_count);
	tl_rules_load(store);
	run_new(store, &added);
	tl_bind_settle(store, 0);
	tl_roll_everything(store);
	tl_numbers_release(&kept);
	tl_numbers_release(&added);
	return tl_sql_commit(store);
}

bool tl_store_listen(struct tl_store *store, const struct tl_rule *rules, size_t rule_count,
	const struct tl_promise *promises, size_t promise_count)
{
	return listen(store, NULL, rules, rule_count, promises, promise_count);
}

bool tl_store_listen_also(struct tl_store *store, const struct tl_choice *journeys,
	const struct tl_rule *rules, size_t rule_count, const struct tl_promise *promises,
	size_t promise_count)
{
	struct tl_buf scope = {0};
	bool done;

	tl_buf_putc(&scope, '[');
	for (size_t i = 0; i < journeys->count; i++) {
		tl_buf_puts(&scope, i ? "," : "");
		tl_buf_json(&scope, journeys->list[i]);
	}
	tl_buf_putc(&scope, ']');
	done = listen(store, scope.data, rules, rule_count, promises, promise_count);
	tl_buf_release(&scope);
	return done;
}

/* ---- what it was told ------------------------------------------------------------------------------ */

static bool is_among(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static const char *copy_at(struct tl_arena *arena, sqlite3_stmt *row, int column)
{
	const char *text = (const char *)sqlite3_column_text(row, column);

	return text ? tl_arena_strdup(arena, text) : NULL;
}

static struct tl_rule copy_rule(struct tl_arena *arena, sqlite3_stmt *row)
{
	struct tl_rule rule = {.as = -1};
	const char **parts[] = {&rule.journey, &rule.touchpoint, &rule.source, &rule.tag,
		&rule.field, &rule.value, &rule.match, &rule.lang, &rule.pain, &rule.expectation};

	for (size_t i = 0; i < TL_COUNT(parts); i++)
		*parts[i] = copy_at(arena, row, (int)i);
	if (sqlite3_column_type(row, TL_COUNT(parts)) != SQLITE_NULL)
		rule.as = sqlite3_column_int(row, TL_COUNT(parts));
	return rule;
}

bool tl_store_listened(struct tl_store *store, struct tl_arena *arena,
	const char *const *journeys, size_t journey_count, struct tl_rule **rules,
	size_t *rule_count, struct tl_promise **promises, size_t *promise_count)
{
	static const char of_rules[] =
		"SELECT journey, touchpoint, source, tag, field, value, match, lang, pain,"
		" expectation, instrument FROM rule ORDER BY id";
	static const char of_promises[] =
		"SELECT t.journey, t.touchpoint, p.clock, p.seconds FROM promise p"
		" JOIN places t ON t.id = p.touchpoint";
	size_t rule_capacity = 0, promise_capacity = 0;
	sqlite3_stmt *row;

	store->failed = false;
	*rules = NULL;
	*promises = NULL;
	*rule_count = *promise_count = 0;
	for (row = tl_sql(store, of_rules, ""); tl_sql_row(store, row);) {
		struct tl_rule rule = copy_rule(arena, row);

		if (is_among(rule.journey, journeys, journey_count))
			continue;
		*rules = tl_arena_grow(arena, *rules, *rule_count, &rule_capacity, sizeof **rules);
		(*rules)[(*rule_count)++] = rule;
	}
	for (row = tl_sql(store, of_promises, ""); tl_sql_row(store, row);) {
		struct tl_promise promise = {copy_at(arena, row, 0), copy_at(arena, row, 1),
			sqlite3_column_int(row, 2), (double)sqlite3_column_int64(row, 3)};

		if (is_among(promise.journey, journeys, journey_count))
			continue;
		*promises = tl_arena_grow(
			arena, *promises, *promise_count, &promise_capacity, sizeof **promises);
		(*promises)[(*promise_count)++] = promise;
	}
	return !store->failed;
}
