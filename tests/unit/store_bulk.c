/* The first import into a store takes another way than any other: its result is the same. The same
 * rows go into an empty store, and into one that somebody else has open, which keeps the import in
 * ordinary batches. */
#include "store_scene.h"

static uint64_t seed;

static unsigned draw(unsigned below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % below;
}

static const struct tl_rule rules[] = {
	{.journey = "j", .touchpoint = "a", .tag = "pay", .as = -1, .pain = "dear"},
	{.journey = "j", .touchpoint = "a", .tag = "bill", .as = -1, .expectation = "clear"},
	{.journey = "j", .touchpoint = "b", .match = "slow", .pain = "slow", .as = -1},
	{.journey = "j", .touchpoint = "a", .match = "twice OR slow", .expectation = "once", .as = -1},
	{.journey = "j", .touchpoint = "c", .field = "q", .as = TL_CES},
	{.journey = "j", .touchpoint = "c", .field = "form", .value = "long", .as = -1},
	{.journey = "k", .touchpoint = "d", .source = "desk", .match = "slow OR late", .as = -1},
	{.journey = "k", .touchpoint = "e", .match = "配送太慢", .pain = "delivery", .as = -1},
	{.journey = "k", .touchpoint = "d", .match = "太慢", .as = -1},
	{.journey = "k", .touchpoint = "d", .tag = "bill", .lang = "de", .as = -1},
};
static const struct tl_promise promises[] = {
	{"j", "a", TL_CLOCK_REPLY, 7200}, {"k", "d", TL_CLOCK_RESOLUTION, 86400}};

enum { ROWS = 500, PEOPLE = 300, LONG_TEXT = 3 << 20 };

struct made { /* a record with all that it points to */
	struct tl_record record;
	char id[16], text[96];
	const char *tags[2];
	struct tl_field field;
	struct tl_hash16 people[3];
	struct tl_measure measures[2];
};
static struct made made[ROWS];

static void make_times(struct tl_record *r)
{
	r->created = draw(20) ? 1750000000 + (int64_t)draw(60 * 24) * 3600 : TL_NO_TIME;
	r->updated = draw(4) ? 1760000000 + (int64_t)draw(3) : TL_NO_TIME;
	if (r->created == TL_NO_TIME)
		return;
	r->replied = draw(2) ? r->created + draw(20000) : TL_NO_TIME;
	r->resolved = draw(2) ? r->created + draw(200000) : TL_NO_TIME;
	r->exported = draw(2) ? r->created + draw(200000) : TL_NO_TIME;
}

static void make_measures(struct made *m)
{
	for (unsigned i = 0; i < 2; i++)
		m->measures[i] = (struct tl_measure){draw(2) ? "p" : "q", (int)draw(5), draw(11),
			draw(3) ? NAN : 0, 10, draw(5) == 0};
	m->record.measures = m->measures;
	m->record.measure_count = draw(3);
}

static void make_one(struct made *m, unsigned ids)
{
	static const char *const words[] = {"slow ", "twice ", "late ", "fine ", "", "配送太慢 "};
	static const char *const tags[] = {"pay", "bill", "Bill", "else"};
	struct tl_record *r = &m->record;

	snprintf(m->id, sizeof m->id, "%u", draw(ids));
	snprintf(m->text, sizeof m->text, "%s%s", words[draw(6)], words[draw(6)]);
	*r = record_of(m->id);
	r->said = draw(3) ? 0 : 1 + draw(3);
	r->kind = (enum tl_record_kind)draw(TL_NOTED + 1);
	make_times(r);
	r->text = draw(8) ? m->text : NULL;
	r->channel = draw(2) ? "phone" : "web";
	r->segment = draw(3) ? NULL : "new";
	r->language = draw(2) ? "de-AT" : NULL;
	m->tags[0] = tags[draw(4)];
	m->tags[1] = tags[draw(4)];
	r->tags = m->tags;
	r->tag_count = draw(3);
	m->field = (struct tl_field){"form", draw(2) ? "long" : "short"};
	r->fields = &m->field;
	r->field_count = draw(2);
	if (draw(10) == 0) {
		r->journey = "j";
		r->touchpoint = draw(2) ? "a" : "named";
	}
	r->handoffs = (int)draw(4) - 1;
	r->reopens = (int)draw(3) - 1;
	r->sentiment = draw(3) ? (draw(200) - 100.0) / 100 : NAN;
	r->friction_kinds = draw(4) ? 0 : 1u << draw(10);
	r->identifiers = m->people;
	r->identifier_count = draw(6) ? draw(2) : draw(4);
	memset(m->people, 0, sizeof m->people);
	for (unsigned i = 0; i < 3; i++)
		m->people[i].bytes[draw(2)] = (uint8_t)(1 + draw(PEOPLE) % 255);
	make_measures(m);
}

static void fresh_store(struct scene *scene)
{
	tl_store_close(scene->store);
	assert_int_equal(unlink("t.db"), 0);
	assert_true(tl_store_open(&scene->store, &scene->diags, "t.db", TL_STORE_CREATE));
	assert_true(tl_store_listen(
		scene->store, rules, TL_COUNT(rules), promises, TL_COUNT(promises)));
}

/* Everything that is public and whom identifiers are of, but nothing of when. */
static const char *const parts[] = {
	"SELECT group_concat(line, char(10)) FROM (SELECT id || ' ' || external_id || ' ' || kind ||"
	" ' ' || coalesce(customer, '-') || coalesce(created, '-') || coalesce(updated, '-') ||"
	" coalesce(exported, '-') || channel || coalesce(tags, '-') || coalesce(fields, '-') ||"
	" coalesce(text, '-') || badness AS line FROM records ORDER BY id)",
	"SELECT group_concat(line, char(10)) FROM (SELECT record || ' ' || number || field ||"
	" instrument || score || coalesce(lowest, '-') || reverse AS line FROM measures"
	" ORDER BY record, number)",
	"SELECT group_concat(line, char(10)) FROM (SELECT record || ' ' || coalesce(measure, '-') ||"
	" journey || touchpoint || ' ' || tier || ' ' || counts || coalesce(pain, '-') ||"
	" coalesce(expectation, '-') || coalesce(span_start, '-') || ' ' ||"
	" coalesce(span_length, '-') || coalesce(match, '-') || coalesce(tag, '-') AS line"
	" FROM bindings ORDER BY line)",
	"SELECT group_concat(line, char(10)) FROM (SELECT journey || touchpoint || gauge || ' ' ||"
	" coalesce(subject, '-') || coalesce(day, '-') || coalesce(channel, '-') ||"
	" coalesce(segment, '-') || ' ' || n || ' ' || x || ' ' || sum || ' ' || squares || ' ' ||"
	" promoters || ' ' || passives AS line FROM rollups ORDER BY line)",
	"SELECT group_concat(hex(hash) || customer, char(10)) FROM (SELECT * FROM alias ORDER BY hash)",
	"SELECT group_concat(id || ' ' || coalesce(merged_into, '-'), char(10)) FROM customer",
	"SELECT group_concat(name || ' ' || value) FROM (SELECT * FROM tally ORDER BY name)",
	"SELECT group_concat(rowid) FROM record_text WHERE record_text MATCH 'slow'",
	"SELECT group_concat(rowid) FROM record_trigram WHERE record_trigram MATCH '配送太'",
	"SELECT group_concat(external_id || text) FROM note",
	"SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema ORDER BY name)",
};

static void look(struct tl_buf *out)
{
	sqlite3 *db;
	sqlite3_stmt *row;

	tl_buf_clear(out);
	assert_int_equal(sqlite3_open("t.db", &db), SQLITE_OK);
	for (size_t i = 0; i < TL_COUNT(parts); i++) {
		if (sqlite3_prepare_v2(db, parts[i], -1, &row, NULL) != SQLITE_OK)
			fail_msg("%s: %s", parts[i], sqlite3_errmsg(db));
		assert_int_equal(sqlite3_step(row), SQLITE_ROW);
		if (!sqlite3_column_text(row, 0))
			fail_msg("nothing: %s", parts[i]);
		tl_buf_printf(out, "-- %zu\n%s\n", i, (const char *)sqlite3_column_text(row, 0));
		sqlite3_finalize(row);
	}
	sqlite3_close(db);
}

static struct tl_run_counts import(struct scene *scene, bool replace)
{
	struct tl_run_counts counts;

	begin(scene, replace);
	for (unsigned i = 0; i < ROWS; i++)
		assert_int_not_equal(tl_store_put(scene->store, &made[i].record), TL_PUT_FAILED);
	counts = commit(scene);
	return counts;
}

/* The first line that differs. */
static void same(const struct tl_buf *a, const struct tl_buf *b, unsigned round)
{
	size_t line = 0;

	for (size_t i = 0; i <= a->len; i++) {
		if (a->data[i] != b->data[i])
			fail_msg("round %u differs:\n%.200s\n%.200s", round, a->data + line,
				b->data + line);
		if (a->data[i] == '\n')
			line = i + 1;
	}
}

static void batches_give_the_same(void **state)
{
	struct scene *scene = *state;
	struct tl_buf bulk = {0}, batches = {0}, rebuilt = {0};

	for (unsigned round = 0; round < 10; round++) {
		struct tl_run_counts a, b;
		sqlite3 *other;

		seed = 104729 * (round + 1);
		for (unsigned i = 0; i < ROWS; i++)
			make_one(&made[i], round % 2 ? 300 : 3000);
		fresh_store(scene);
		a = import(scene, round % 3 == 0);
		look(&bulk);
		fresh_store(scene);
		assert_int_equal(sqlite3_open("t.db", &other), SQLITE_OK);
		assert_int_equal(sqlite3_exec(other, "BEGIN; SELECT * FROM record", NULL, NULL, NULL),
			SQLITE_OK);
		b = import(scene, round % 3 == 0);
		sqlite3_close(other);
		look(&batches);
		same(&bulk, &batches, round);
		assert_memory_equal(&a, &b, sizeof a);
		assert_true(tl_store_rebuild(scene->store));
		look(&rebuilt);
		same(&bulk, &rebuilt, round);
		assert_true(tl_store_check(scene->store));
	}
	tl_buf_release(&bulk);
	tl_buf_release(&batches);
	tl_buf_release(&rebuilt);
}

/* More than waits for one statement, and a text that is more than that alone. */
static void any_number_of_rows(void **state)
{
	struct scene *scene = *state;
	char *text = malloc(LONG_TEXT + 1), id[16];

	assert_non_null(text);
	memset(text, 'x', LONG_TEXT);
	text[LONG_TEXT] = '\0';
	begin(scene, false);
	for (unsigned i = 0; i < 2500; i++) {
		struct tl_record r = record_of(id);

		snprintf(id, sizeof id, "%u", i);
		r.text = i == 1700 ? text : "short";
		assert_int_equal(tl_store_put(scene->store, &r), TL_PUT_NEW);
		assert_int_equal(tl_store_put(scene->store, &r), TL_PUT_UNCHANGED);
	}
	assert_int_equal(commit(scene).unchanged, 2500);
	assert_string_equal(ask("SELECT count(*), sum(id), sum(length(text)) FROM record"),
		"2500|3126250|3158223");
	free(text);
}

/* Whoever is known from before is found, though there is no record. */
static void a_store_of_customers_alone(void **state)
{
	struct scene *scene = *state;
	struct tl_hash16 who = {.bytes = {7}};
	struct tl_record r = record_of("1");

	change("INSERT INTO customer (id) VALUES (41);"
	       "INSERT INTO alias VALUES (x'07000000000000000000000000000000', 41)");
	r.identifiers = &who;
	r.identifier_count = 1;
	assert_int_equal(put_one(scene, &r), TL_PUT_NEW);
	assert_string_equal(ask("SELECT customer FROM record"), "41");
	assert_string_equal(ask("SELECT count(*) FROM alias"), "1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			batches_give_the_same, scene_set_up, scene_tear_down),
		cmocka_unit_test_setup_teardown(any_number_of_rows, scene_set_up, scene_tear_down),
		cmocka_unit_test_setup_teardown(
			a_store_of_customers_alone, scene_set_up, scene_tear_down),
	};

	return cmocka_run_group_tests_name("store, first import", tests, NULL, NULL);
}
