/* Roll-ups are a function of the records: whatever the order in which records arrive, however they
 * are split into runs, and however often they change on the way, rebuilding changes nothing, and
 * the result is that of one import of the final versions. */
#include <signal.h>
#include <sys/wait.h>
#include "store_random.h"
#include "store/bind.h"

enum { RECORDS = 160, VERSIONS = 2, PEOPLE = 25 };

static const struct tl_rule rules[] = {
	{.journey = "j", .touchpoint = "a", .tag = "pay", .as = -1},
	{.journey = "j", .touchpoint = "b", .match = "slow", .pain = "slow", .as = -1},
	{.journey = "j", .touchpoint = "a", .match = "twice", .expectation = "once", .as = -1},
	{.journey = "j", .touchpoint = "c", .field = "q", .as = TL_CES},
	{.journey = "k", .touchpoint = "d", .source = "desk", .match = "slow OR late", .as = -1},
};
static const struct tl_promise promises[] = {
	{"j", "a", TL_CLOCK_REPLY, 7200}, {"j", "b", TL_CLOCK_RESOLUTION, 86400}};

static struct made made[RECORDS][VERSIONS];

static void open_store(struct scene *scene)
{
	assert_true(tl_store_open(&scene->store, &scene->diags, "t.db", TL_STORE_CREATE));
	assert_true(tl_store_listen(
		scene->store, rules, TL_COUNT(rules), promises, TL_COUNT(promises)));
}

static void fresh_store(struct scene *scene)
{
	tl_store_close(scene->store);
	assert_int_equal(unlink("t.db"), 0);
	open_store(scene);
}

static void shuffle(unsigned *order, unsigned count)
{
	for (unsigned i = count; i > 1; i--) {
		unsigned k = draw(i), swap = order[i - 1];

		order[i - 1] = order[k];
		order[k] = swap;
	}
}

/* Codes are given in order of arrival, so names are compared, not codes. */
#define NAMED                                                                                      \
	"SELECT t.id, jw.text || '#' || tw.text AS name FROM touchpoint t"                         \
	" JOIN word jw ON jw.id = t.journey JOIN word tw ON tw.id = t.name"
#define ROLLUP                                                                                     \
	"WITH place AS (" NAMED ") SELECT group_concat(line, ';') FROM (SELECT p.name || ' ' ||"   \
	" r.gauge || ' ' || CASE WHEN r.gauge IN (12, 13) THEN s.text"                             \
	" WHEN r.gauge = 17 THEN q.name ELSE r.subject END || ' ' || r.day || ' ' ||"              \
	" coalesce(c.text, '') || ' ' || coalesce(g.text, '') || ' ' || r.n || ' ' || r.x"         \
	" || ' ' || r.sum || ' ' || r.squares || ' ' || r.promoters || ' ' || r.passives AS line"  \
	" FROM rollup r JOIN place p ON p.id = r.touchpoint LEFT JOIN word s ON s.id = r.subject"  \
	" LEFT JOIN place q ON q.id = r.subject LEFT JOIN word c ON c.id = r.channel"              \
	" LEFT JOIN word g ON g.id = r.segment ORDER BY line)"

/* Digest of the roll-ups, and how long they are. */
static void look(char out[static TL_DIGEST_SIZE])
{
	sqlite3 *db;
	sqlite3_stmt *row;

	assert_int_equal(sqlite3_open("t.db", &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, ROLLUP, -1, &row, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(row), SQLITE_ROW);
	assert_true(sqlite3_column_bytes(row, 0) > 1000);
	tl_digest(out, sqlite3_column_text(row, 0), (size_t)sqlite3_column_bytes(row, 0));
	sqlite3_finalize(row);
	sqlite3_close(db);
}

static void import_final(struct scene *scene)
{
	begin(scene, false);
	for (unsigned i = 0; i < RECORDS; i++)
		assert_int_equal(tl_store_put(scene->store, &made[i][VERSIONS - 1].record),
			TL_PUT_NEW);
	commit(scene);
}

/* All versions of all records, in any order, in runs of any length. */
static void import_at_random(struct scene *scene)
{
	unsigned order[RECORDS * VERSIONS];

	for (unsigned i = 0; i < TL_COUNT(order); i++)
		order[i] = i;
	shuffle(order, TL_COUNT(order));
	begin(scene, false);
	for (unsigned i = 0; i < TL_COUNT(order); i++) {
		enum tl_put put = tl_store_put(
			scene->store, &made[order[i] / VERSIONS][order[i] % VERSIONS].record);

		assert_true(put == TL_PUT_NEW || put == TL_PUT_UPDATED || put == TL_PUT_UNCHANGED);
		if (draw(20) == 0) {
			commit(scene);
			begin(scene, false);
		}
	}
	commit(scene);
}

/* Exports say when they were made; only a later one can make an open record late. Versions differ
 * in nothing that an older one could leave behind: the same exported, the same person. */
static void make_all(void)
{
	for (unsigned n = 0; n < RECORDS; n++)
		for (unsigned v = 0; v < VERSIONS; v++) {
			make_one(&made[n][v], n, v, PEOPLE);
			memcpy(made[n][v].people, made[n][0].people, sizeof made[n][v].people);
			made[n][v].record.identifier_count = made[n][0].record.identifier_count;
		}
}

static void any_order_gives_the_same(void **state)
{
	struct scene *scene = *state;

	for (unsigned round = 0; round < 12; round++) {
		char whole[TL_DIGEST_SIZE], split[TL_DIGEST_SIZE], rebuilt[TL_DIGEST_SIZE];

		seed = 7919 * (round + 1);
		make_all();
		fresh_store(scene);
		import_final(scene);
		look(whole);
		fresh_store(scene);
		import_at_random(scene);
		look(split);
		assert_true(tl_store_rebuild(scene->store));
		look(rebuilt);
		if (strcmp(split, rebuilt) != 0)
			fail_msg("round %u: rebuilding changes the roll-ups", round);
		if (strcmp(whole, split) != 0)
			fail_msg("round %u: the roll-ups depend on the order of arrival", round);
		assert_true(tl_store_check(scene->store));
	}
}

/* The rules may come late, or change on the way. */
static void late_rules_give_the_same(void **state)
{
	struct scene *scene = *state;
	char early[TL_DIGEST_SIZE], late[TL_DIGEST_SIZE];

	seed = 4711;
	make_all();
	fresh_store(scene);
	import_final(scene);
	look(early);
	fresh_store(scene);
	assert_true(tl_store_listen(scene->store, rules + 2, 2, promises, 1));
	import_final(scene);
	assert_true(tl_store_listen(
		scene->store, rules, TL_COUNT(rules), promises, TL_COUNT(promises)));
	look(late);
	assert_string_equal(early, late);
}

static void check_sees_a_difference(void **state)
{
	struct scene *scene = *state;

	seed = 1;
	make_all();
	fresh_store(scene);
	import_final(scene);
	assert_true(tl_store_check(scene->store));
	change("UPDATE total SET n = n + 1 WHERE gauge = 5");
	assert_false(tl_store_check(scene->store));
	assert_true(tl_store_rebuild(scene->store));
	assert_true(tl_store_check(scene->store));
}

/* ---- killed, and two at once --------------------------------------------------------------------- */

/* The child commits one run, says so, and is killed within the next. */
static void killed_keeps_what_was_committed(void **state)
{
	struct scene *scene = *state;
	int say[2];
	char byte;
	pid_t child;

	seed = 99;
	make_all();
	fresh_store(scene);
	tl_store_close(scene->store);
	scene->store = NULL;
	assert_int_equal(pipe(say), 0);
	child = fork();
	if (child == 0) {
		open_store(scene);
		begin(scene, false);
		for (unsigned i = 0; i < RECORDS / 2; i++)
			tl_store_put(scene->store, &made[i][1].record);
		commit(scene);
		begin(scene, false);
		for (unsigned i = RECORDS / 2; i < RECORDS - 1; i++)
			tl_store_put(scene->store, &made[i][1].record);
		if (write(say[1], "!", 1) != 1)
			_exit(1);
		pause();
	}
	assert_int_equal(read(say[0], &byte, 1), 1);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, NULL, 0), child);
	close(say[0]);
	close(say[1]);
	open_store(scene);
	assert_string_equal(ask("SELECT count(*) FROM record"), "80");
	assert_true(tl_store_check(scene->store));
	begin(scene, false);
	for (unsigned i = 0; i < RECORDS; i++)
		assert_int_equal(tl_store_put(scene->store, &made[i][1].record),
			i < RECORDS / 2 ? TL_PUT_UNCHANGED : TL_PUT_NEW);
	assert_int_equal(commit(scene).added, RECORDS / 2);
	assert_true(tl_store_check(scene->store));
}

/* A run that ended after its first batch leaves records that the roll-ups do not count yet. Somebody
 * else has the store open: else there are no batches in the first run. */
static void leave_half(struct scene *scene)
{
	sqlite3 *other;

	fresh_store(scene);
	assert_int_equal(sqlite3_open("t.db", &other), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(other, "SELECT count(*) FROM record", NULL, NULL, NULL), SQLITE_OK);
	begin(scene, false);
	for (unsigned i = 0; i < RECORDS / 2; i++)
		assert_int_equal(tl_store_put(scene->store, &made[i][0].record), TL_PUT_NEW);
	tl_run_next_batch(scene->store);
	tl_store_put(scene->store, &made[RECORDS / 2][1].record);
	tl_store_abort(scene->store);
	sqlite3_close(other);
	assert_string_equal(ask("SELECT count(*) FROM record"), "80");
	assert_string_equal(ask("SELECT count(*) FROM total"), "0");
	assert_true(tl_store_check(scene->store));
}

static void what_was_left_is_settled(void **state)
{
	struct scene *scene = *state;
	char whole[TL_DIGEST_SIZE], completed[TL_DIGEST_SIZE];

	seed = 31;
	make_all();
	fresh_store(scene);
	import_final(scene);
	look(whole);
	leave_half(scene);
	assert_true(tl_store_listen(
		scene->store, rules, TL_COUNT(rules), promises, TL_COUNT(promises)));
	assert_string_not_equal(ask("SELECT count(*) FROM total"), "0");
	assert_true(tl_store_check(scene->store));
	/* or changed, or made one customer with others, by the run that completes it */
	leave_half(scene);
	begin(scene, false);
	for (unsigned i = 0; i < RECORDS; i++)
		tl_store_put(scene->store, &made[i][1].record);
	assert_int_equal(commit(scene).updated, RECORDS / 2);
	assert_true(tl_store_check(scene->store));
	look(completed);
	assert_string_equal(whole, completed);
}

/* Each writer takes every second record, in many short runs. */
static void two_writers_at_once(void **state)
{
	struct scene *scene = *state;
	pid_t child;
	int status;

	seed = 5;
	make_all();
	fresh_store(scene);
	tl_store_close(scene->store);
	child = fork();
	open_store(scene);
	for (unsigned i = child == 0; i < RECORDS; i += 2) {
		begin(scene, false);
		assert_int_equal(tl_store_put(scene->store, &made[i][1].record), TL_PUT_NEW);
		commit(scene);
	}
	if (child == 0) {
		tl_store_close(scene->store);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_string_equal(ask("SELECT count(*) FROM record"), "160");
	assert_true(tl_store_check(scene->store));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_set_up, scene_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(any_order_gives_the_same),
		TEST(late_rules_give_the_same),
		TEST(check_sees_a_difference),
		TEST(killed_keeps_what_was_committed),
		TEST(what_was_left_is_settled),
		TEST(two_writers_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
