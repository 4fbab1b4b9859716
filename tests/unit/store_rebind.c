/* Changed rules and promises: after any sequence of them, what is bound is what an import under the
 * last of them binds, and the roll-ups are those that are made of it anew, bit for bit. What a change
 * does not concern is neither written nor counted again. */
#include <signal.h>
#include <sys/wait.h>
#include "store_random.h"
#include "store/store.h"

enum { RECORDS = 500, PEOPLE = 300, STEPS = 30 };

static struct made made[RECORDS];

/* j and k share records; some say the same twice, some the same of other records. */
static const struct tl_rule pool[] = {
	{.journey = "j", .touchpoint = "a", .tag = "pay", .as = -1},
	{.journey = "j", .touchpoint = "a", .tag = "PAY", .as = -1},
	{.journey = "j", .touchpoint = "b", .tag = "odd", .as = -1},
	{.journey = "j", .touchpoint = "b", .tag = "odd", .pain = "odd", .as = -1},
	{.journey = "j", .touchpoint = "b", .match = "slow", .pain = "slow", .as = -1},
	{.journey = "j", .touchpoint = "b", .match = "slow AND late", .pain = "slow", .as = -1},
	{.journey = "j", .touchpoint = "b", .match = "slow OR seldom", .pain = "slow", .as = -1},
	{.journey = "j", .touchpoint = "a", .match = "twice", .expectation = "once", .as = -1},
	{.journey = "j", .touchpoint = "a", .match = "seldom", .as = -1},
	{.journey = "j", .touchpoint = "d", .match = "seldom", .as = -1},
	{.journey = "j", .touchpoint = "c", .field = "q", .as = TL_CES},
	{.journey = "j", .touchpoint = "c", .field = "q", .as = TL_CSAT},
	{.journey = "j", .touchpoint = "b", .field = "p", .as = TL_NPS},
	{.journey = "j", .touchpoint = "d", .match = "nothing says this", .as = -1},
	{.journey = "k", .touchpoint = "d", .source = "desk", .match = "slow OR late", .as = -1},
	{.journey = "k", .touchpoint = "e", .source = "desk", .tag = "odd", .as = -1},
	{.journey = "k", .touchpoint = "a", .source = "shop", .as = -1},
};
static const struct tl_promise promises[] = {{"j", "a", TL_CLOCK_REPLY, 7200},
	{"j", "a", TL_CLOCK_REPLY, 3600}, {"j", "b", TL_CLOCK_RESOLUTION, 86400},
	{"j", "d", TL_CLOCK_REPLY, 600}, {"k", "e", TL_CLOCK_REPLY, 1200},
	{"k", "e", TL_CLOCK_RESOLUTION, 1200}};

struct told { /* what the store is told */
	struct tl_rule rules[TL_COUNT(pool)];
	struct tl_promise promises[TL_COUNT(promises)];
	size_t rule_count, promise_count;
	bool rule_on[TL_COUNT(pool)], promise_on[TL_COUNT(promises)];
};

static void tell(struct scene *scene, struct told *told)
{
	told->rule_count = told->promise_count = 0;
	for (size_t i = 0; i < TL_COUNT(pool); i++)
		if (told->rule_on[i])
			told->rules[told->rule_count++] = pool[i];
	for (size_t i = 0; i < TL_COUNT(promises); i++)
		if (told->promise_on[i])
			told->promises[told->promise_count++] = promises[i];
	assert_true(tl_store_listen(scene->store, told->rules, told->rule_count, told->promises,
		told->promise_count));
}

static void turn(struct told *told)
{
	for (unsigned i = 1 + draw(3); i--;)
		told->rule_on[draw(TL_COUNT(pool))] ^= 1;
	if (draw(3) == 0)
		told->promise_on[draw(TL_COUNT(promises))] ^= 1;
}

static void import_all(struct scene *scene)
{
	begin(scene, false);
	for (unsigned i = 0; i < RECORDS; i++)
		assert_int_equal(tl_store_put(scene->store, &made[i].record), TL_PUT_NEW);
	commit(scene);
}

static void confirm_some(struct scene *scene)
{
	bool found;

	for (int64_t record = 3; record < RECORDS; record += 41)
		assert_true(tl_store_bind(scene->store, record, "j", record % 2 ? "a" : "d", &found));
}

static void fresh_store(struct scene *scene)
{
	tl_store_close(scene->store);
	assert_int_equal(unlink("t.db"), 0);
	assert_true(tl_store_open(&scene->store, &scene->diags, "t.db", TL_STORE_CREATE));
}

static void make_all(uint64_t from)
{
	seed = from;
	for (unsigned i = 0; i < RECORDS; i++) {
		make_one(&made[i], i, 0, PEOPLE);
		if (draw(8) == 0)
			made[i].record.source = "shop";
	}
}

/* A digest of all that a query tells. */
static void look(char out[static TL_DIGEST_SIZE], const char *sql)
{
	struct tl_buf buf = {0};
	sqlite3 *db;
	sqlite3_stmt *row;

	assert_int_equal(sqlite3_open("t.db", &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
	while (sqlite3_step(row) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(row); i++) {
			const char *text = (const char *)sqlite3_column_text(row, i);

			tl_buf_printf(&buf, "%s|", text ? text : "-");
		}
	tl_digest(out, buf.len ? buf.data : "", buf.len);
	tl_buf_release(&buf);
	sqlite3_finalize(row);
	sqlite3_close(db);
}

#define ROLLUPS                                                                                    \
	"SELECT * FROM (SELECT *, 0 FROM rollup UNION ALL SELECT touchpoint, gauge, subject,"      \
	" 0, 0, 0, segment, n, x, sum, squares, promoters, passives, 1 FROM total UNION ALL"       \
	" SELECT 0, 0, 0, 0, 0, 0, name, value, 0, 0, 0, 0, 0, 2 FROM tally WHERE value)"          \
	" ORDER BY 1, 2, 3, 4, 5, 6, 7, 14"
/* Ids of rules depend on how they came about; who reads the bindings never sees one. */
#define BINDINGS                                                                                   \
	"SELECT b.*, x.instrument FROM bindings b JOIN records r ON r.id = b.record JOIN binding x"\
	" ON x.record = b.record AND x.measure = coalesce(b.measure, 0) JOIN places p"             \
	" ON p.id = x.touchpoint AND p.journey = b.journey AND p.touchpoint = b.touchpoint"        \
	" LEFT JOIN rule u ON u.id = x.rule WHERE u.source IS b.source AND u.tag IS b.tag"         \
	" AND u.field IS b.field AND u.match IS b.match AND x.pain IS"                             \
	" (SELECT id FROM word WHERE text = b.pain)"                                               \
	" ORDER BY r.source, r.external_id, 3, 4, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 17"

static void is_as_rebuilt(struct scene *scene, unsigned round, unsigned step)
{
	char kept[TL_DIGEST_SIZE], rebuilt[TL_DIGEST_SIZE];

	look(kept, ROLLUPS);
	assert_true(tl_store_rebuild(scene->store));
	look(rebuilt, ROLLUPS);
	if (strcmp(kept, rebuilt) != 0)
		fail_msg("round %u, step %u: rebuilding changes the roll-ups", round, step);
}

/* Everything goes, and comes back by an import. */
static void is_as_imported(struct scene *scene, struct told *told, unsigned round)
{
	char edited[TL_DIGEST_SIZE], imported[TL_DIGEST_SIZE];

	look(edited, BINDINGS);
	fresh_store(scene);
	tell(scene, told);
	import_all(scene);
	confirm_some(scene);
	look(imported, BINDINGS);
	if (strcmp(edited, imported) != 0)
		fail_msg("round %u: what is bound depends on how the rules came about", round);
}

static void any_change_is_as_made_anew(void **state)
{
	struct scene *scene = *state;
	unsigned few = 0, all = 0;

	for (unsigned round = 0; round < 3; round++) {
		struct told told = {.rule_on = {true}};

		make_all(104729 * (round + 1));
		fresh_store(scene);
		import_all(scene);
		tell(scene, &told);
		confirm_some(scene);
		for (unsigned step = 0; step < STEPS; step++) {
			turn(&told);
			tell(scene, &told);
			all += scene->store->recounted < 0;
			few += scene->store->recounted > 0;
			is_as_rebuilt(scene, round, step);
		}
		is_as_imported(scene, &told, round);
		assert_true(tl_store_check(scene->store));
	}
	/* Both ways were taken, each often enough to mean something. */
	assert_true(few > STEPS / 2);
	assert_true(all > STEPS / 2);
}

/* ---- counted --------------------------------------------------------------------------------------- */

/* Every row that is written from now on. */
static void count_writes(void)
{
	static const char *const tables[] = {"binding", "rollup", "total"};
	static const char *const ways[] = {"INSERT", "UPDATE", "DELETE"};
	char sql[256];

	change("CREATE TABLE written (name TEXT PRIMARY KEY, n INTEGER NOT NULL)");
	for (size_t t = 0; t < TL_COUNT(tables); t++)
		for (size_t w = 0; w < TL_COUNT(ways); w++) {
			snprintf(sql, sizeof sql,
				"CREATE TRIGGER %s_%s AFTER %s ON %s BEGIN INSERT INTO written"
				" VALUES ('%s', 1) ON CONFLICT DO UPDATE SET n = n + 1; END",
				tables[t], ways[w], ways[w], tables[t], tables[t]);
			change(sql);
		}
}

/* "binding rollup total", of what was written since this was asked last. */
static const char *written(void)
{
	char *answer = ask("SELECT coalesce((SELECT n FROM written WHERE name = 'binding'), 0) ||"
			   " ' ' || coalesce((SELECT n FROM written WHERE name = 'rollup'), 0) ||"
			   " ' ' || coalesce((SELECT n FROM written WHERE name = 'total'), 0)");

	change("DELETE FROM written");
	return answer;
}

/* Forty people with three tickets each, and three records of nobody. Number 7 says "wolf". */
static void import_tickets(struct scene *scene)
{
	begin(scene, false);
	for (unsigned i = 0; i < 123; i++) {
		struct tl_hash16 person = {{(uint8_t)(1 + i % 40)}};
		const char *tags[] = {"pay"};
		char id[8];
		struct tl_record r;

		snprintf(id, sizeof id, "%u", i);
		r = record_of(id);
		r.text = i == 7 ? "a wolf and a bear" : i == 8 ? "a bear" : i == 121 ? "a lynx" : "x";
		r.tags = tags;
		r.tag_count = 1;
		r.replied = r.created + 60;
		r.identifiers = &person;
		r.identifier_count = i < 120;
		assert_int_equal(tl_store_put(scene->store, &r), TL_PUT_NEW);
	}
	commit(scene);
}

static void only_what_is_concerned(void **state)
{
	struct scene *scene = *state;
	const struct tl_rule pay = {.journey = "j", .touchpoint = "a", .tag = "pay", .as = -1};
	struct tl_rule rules[] = {pay,
		{.journey = "k", .touchpoint = "b", .match = "wolf", .pain = "p", .as = -1},
		{.journey = "j", .touchpoint = "c", .match = "bear", .as = -1}};
	const struct tl_promise promise = {"k", "b", TL_CLOCK_REPLY, 30};

	listen(scene, &pay, 1);
	import_tickets(scene);
	count_writes();

	/* A binding of one record, whose customer has three; they stay as they are in j. What that
	 * record does in k: episodes, effort, contacts, first contact, pain, reply time, records. */
	listen(scene, rules, 2);
	assert_int_equal(scene->store->recounted, 3);
	assert_string_equal(written(), "1 7 7");
	/* Two more bindings that lose against a tag. */
	listen(scene, rules, 3);
	assert_int_equal(scene->store->recounted, 0);
	assert_string_equal(written(), "2 0 0");
	/* Edited, with the same hits: their span stays. */
	rules[2].match = "bear OR unicorn";
	listen(scene, rules, 3);
	assert_int_equal(scene->store->recounted, 0);
	assert_string_equal(written(), "0 0 0");
	/* One hit more, of nobody. */
	rules[1].match = "wolf OR lynx";
	listen(scene, rules, 3);
	assert_int_equal(scene->store->recounted, 1);
	assert_string_equal(written(), "1 7 7");
	/* A promise where two records are: four with those of the customer. */
	assert_true(tl_store_listen(scene->store, rules, 3, &promise, 1));
	assert_int_equal(scene->store->recounted, 4);
	assert_string_equal(written(), "0 1 1");
	/* All records: counted anew. */
	rules[0].tag = NULL;
	rules[0].source = "desk";
	rules[0].pain = "q";
	assert_true(tl_store_listen(scene->store, rules, 3, &promise, 1));
	assert_int_equal(scene->store->recounted, -1);
	assert_true(tl_store_check(scene->store));
}

static int kill_self(void *nothing)
{
	(void)nothing;
	return raise(SIGKILL);
}

/* When all of the change is written, and nothing of it is committed. */
static void killed_is_as_before(void **state)
{
	struct scene *scene = *state;
	struct told told = {.rule_on = {true, false, false, false, true}};
	char before[TL_DIGEST_SIZE], after[TL_DIGEST_SIZE];
	pid_t child;
	int status;

	make_all(17);
	fresh_store(scene);
	tell(scene, &told);
	import_all(scene);
	confirm_some(scene);
	look(before, ROLLUPS);
	tl_store_close(scene->store);
	told.rule_on[8] = told.rule_on[15] = told.promise_on[0] = true;
	child = fork();
	assert_true(tl_store_open(&scene->store, &scene->diags, "t.db", TL_STORE_CREATE));
	if (child == 0) {
		sqlite3_commit_hook(scene->store->db, kill_self, NULL);
		tell(scene, &told);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	look(after, ROLLUPS);
	assert_string_equal(before, after);
	assert_true(tl_store_check(scene->store));
	tell(scene, &told);
	look(after, ROLLUPS);
	assert_string_not_equal(before, after);
	is_as_rebuilt(scene, 0, 0);
	is_as_imported(scene, &told, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_set_up, scene_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(any_change_is_as_made_anew),
		TEST(only_what_is_concerned),
		TEST(killed_is_as_before),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
