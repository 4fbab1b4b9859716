/* store: what the journeys listen for, kept to notice changes.
 *
 * A rule is known by a digest of all that it says. Rules that are gone take their hits with them, new
 * ones are looked for in every record; see rebind.c. A new rule that says of what it hits the same as
 * one that is gone takes its place, with its id: it is likely that one, edited, and most of its
 * bindings stay as they are. Nothing is written where nothing changed.
 */
#include "store/rebind.h"

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
	sqlite3_stmt *row;
	size_t capacity = 0;

	tl_arena_release(&store->rule_arena);
	tl_arena_init(&store->rule_arena);
	store->rules = NULL;
	store->rule_count = 0;
	row = tl_sql(store, sql, "");
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

bool tl_rules_load(struct tl_store *store)
{
	load_rules(store);
	tl_promises_load(store);
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

struct edit { /* ids of rules */
	struct numbers kept, gone;
	struct numbers found; /* to be looked for; some of them in the place of one that is gone */
};

static void release_edit(struct edit *edit)
{
	tl_numbers_release(&edit->kept);
	tl_numbers_release(&edit->gone);
	tl_numbers_release(&edit->found);
}

static void compare_rules(struct tl_store *store, const char *scope, const struct tl_rule *rules,
	size_t count, struct edit *edit)
{
	static const char find[] = "SELECT id FROM rule WHERE digest = ?";
	static const char all[] = "SELECT id FROM rule WHERE ?1 IS NULL"
				  " OR journey IN (SELECT value FROM json_each(?1))";
	char digest[TL_DIGEST_SIZE];
	sqlite3_stmt *row;

	for (size_t i = 0; i < count; i++) {
		int64_t id;

		tl_rule_digest(digest, &rules[i]);
		id = tl_sql_number(store, find, "t", digest);
		if (id)
			tl_numbers_add(&edit->kept, id);
	}
	for (row = tl_sql(store, all, "t", scope); tl_sql_row(store, row);)
		if (!tl_numbers_has(&edit->kept, sqlite3_column_int64(row, 0)))
			tl_numbers_add(&edit->gone, sqlite3_column_int64(row, 0));
}

static int64_t instrument_of(const struct tl_rule *rule)
{
	return rule->as < 0 ? TL_NO_TIME : rule->as;
}

/* One that is gone, and was not replaced yet, and bound its hits to the same. */
static int64_t find_heir(struct tl_store *store, const struct tl_rule *rule, const struct edit *edit)
{
	static const char sql[] =
		"SELECT id FROM rule WHERE journey = ? AND touchpoint = ? AND instrument IS ?"
		" AND pain IS ? AND expectation IS ? AND match IS NOT NULL = ? ORDER BY id";
	sqlite3_stmt *row = tl_sql(store, sql, "ttdtti", rule->journey, rule->touchpoint,
		instrument_of(rule), rule->pain, rule->expectation, (int64_t)!!rule->match);

	while (tl_sql_row(store, row)) {
		int64_t id = sqlite3_column_int64(row, 0);

		if (!tl_numbers_has(&edit->gone, id) || tl_numbers_has(&edit->found, id))
			continue;
		tl_sql_end(row);
		return id;
	}
	return 0;
}

static void take_rule(struct tl_store *store, const struct tl_rule *rule, struct edit *edit)
{
	static const char find[] = "SELECT id FROM rule WHERE digest = ?";
	static const char change[] =
		"UPDATE rule SET digest = ?, source = ?, tag = ?, field = ?, value = ?, match = ?,"
		" lang = ? WHERE id = ?";
	static const char add[] =
		"INSERT INTO rule (digest, journey, touchpoint, source, tag, field, value, match,"
		" lang, instrument, pain, expectation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
	char digest[TL_DIGEST_SIZE];
	int64_t id;

	tl_rule_digest(digest, rule);
	if (tl_sql_number(store, find, "t", digest))
		return;
	id = find_heir(store, rule, edit);
	if (id) {
		tl_sql_run(store, change, "ttttttti", digest, rule->source, rule->tag,
			rule->field, rule->value, rule->match, rule->lang, id);
	} else {
		tl_sql_run(store, add, "tttttttttdtt", digest, rule->journey, rule->touchpoint,
			rule->source, rule->tag, rule->field, rule->value, rule->match, rule->lang,
			instrument_of(rule), rule->pain, rule->expectation);
		id = sqlite3_last_insert_rowid(store->db);
	}
	if (!store->failed)
		tl_numbers_add(&edit->found, id);
}

static void drop_rules(struct tl_store *store, const struct edit *edit)
{
	static const char sql[] = "DELETE FROM rule WHERE id = ?";

	for (size_t i = 0; i < edit->gone.capacity; i++)
		if (edit->gone.slots[i] && !tl_numbers_has(&edit->found, edit->gone.slots[i]))
			tl_sql_run(store, sql, "i", edit->gone.slots[i]);
}

/* What an import left that was killed. Who may only read sees the roll-ups of the run before. */
static bool settle_left(struct tl_store *store)
{
	if (sqlite3_db_readonly(store->db, "main") || tl_roll_is_settled(store))
		return !store->failed;
	return tl_rules_load(store) && tl_roll_settle_run(store);
}

/* Who is concerned by a promise is counted by those that were, so these stay in memory until then. */
static void change(struct tl_store *store, const char *scope, const struct tl_rule *rules,
	size_t rule_count, const struct tl_promise *promises, size_t promise_count)
{
	struct rebind rebind;
	struct edit edit = {0};

	tl_rules_load(store);
	rebind = tl_rebind_begin(store);
	tl_promises_change(&rebind, scope, promises, promise_count);
	compare_rules(store, scope, rules, rule_count, &edit);
	for (size_t i = 0; i < rule_count; i++)
		take_rule(store, &rules[i], &edit);
	drop_rules(store, &edit);
	load_rules(store);
	tl_rebind_rules(&rebind, &edit.gone, &edit.found);
	tl_promises_load(store);
	tl_rebind_end(&rebind);
	release_edit(&edit);
}

static bool listen(struct tl_store *store, const char *scope, const struct tl_rule *rules,
	size_t rule_count, const struct tl_promise *promises, size_t promise_count)
{
	bool good;

	store->failed = false;
	if (same_rules(store, scope, rules, rule_count) &&
		tl_promises_same(store, scope, promises, promise_count))
		return !store->failed && settle_left(store);
	tl_sql_check_references(store, false);
	good = !store->failed && tl_sql_begin(store);
	if (good) {
		change(store, scope, rules, rule_count, promises, promise_count);
		good = tl_sql_commit(store);
	}
	tl_sql_check_references(store, true);
	return good;
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
