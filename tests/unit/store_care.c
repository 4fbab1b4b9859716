/* Forgetting, copies, full disks, older and damaged stores. */
#include <fcntl.h>
#include <sys/stat.h>
#include "store_scene.h"
#include "store/store.h"

static const struct tl_hash16 ann = {{0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6, 0x17, 0x28, 0x39}},
			      ben = {{2}}, both[] = {{{0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6, 0x17, 0x28, 0x39}}, {{3}}};

static bool file_has(const char *path, const void *bytes, size_t n)
{
	struct tl_buf buf = {0};
	bool found;

	if (access(path, F_OK) != 0)
		return false;
	assert_int_equal(tl_file_read(&buf, path, SIZE_MAX), 0);
	found = buf.len && memmem(buf.data, buf.len, bytes, n);
	tl_buf_release(&buf);
	return found;
}

static bool is_anywhere(const char *text)
{
	return file_has("t.db", text, strlen(text)) || file_has("t.db-wal", text, strlen(text));
}

static void put_many(struct scene *scene)
{
	struct tl_record record;
	char id[32], text[80];

	begin(scene, false);
	for (int i = 0; i < 400; i++) {
		snprintf(id, sizeof id, "r%d", i);
		snprintf(text, sizeof text, "an ordinary complaint number%d about slowness", i);
		record = record_of(id);
		record.text = text;
		record.identifiers = &ben;
		record.identifier_count = 1;
		record.created += i * 86400 * 10;
		record.journey = "j";
		record.touchpoint = "a";
		assert_int_equal(tl_store_put(scene->store, &record), TL_PUT_NEW);
	}
	commit(scene);
}

static void put_hers(struct scene *scene)
{
	struct tl_record record = record_of("ticket-of-ann-4711");
	const char *tags[] = {"annstagquux"};
	const struct tl_field field = {"order", "annsorderquux"};

	record.identifiers = both;
	record.identifier_count = 2;
	record.text = "xylophonist ordered flugelhorn and 商品の配送遅延でした";
	record.segment = "annssegmentquux";
	record.tags = tags;
	record.tag_count = 1;
	record.fields = &field;
	record.field_count = 1;
	record.journey = "j";
	record.touchpoint = "a";
	put_one(scene, &record);
}

static void forgetting_leaves_no_byte(void **state)
{
	struct scene *scene = *state;
	static const char *const traces[] = {"xylophonist", "flugelhorn", "配送遅", "annssegment",
		"annstag", "annsorder", "ticket-of-ann"};
	char *before, *after;
	int64_t customer;

	put_many(scene);
	before = strdup(ask("SELECT * FROM rollup"));
	put_hers(scene);
	for (size_t i = 0; i < TL_COUNT(traces); i++)
		assert_true(is_anywhere(traces[i]));
	assert_true(file_has("t.db", ann.bytes, 9) || file_has("t.db-wal", ann.bytes, 9));
	customer = tl_store_customer(scene->store, &ann);
	assert_true(tl_store_forget(scene->store, &customer, 1));
	for (size_t i = 0; i < TL_COUNT(traces); i++)
		if (is_anywhere(traces[i]))
			fail_msg("%s is still there", traces[i]);
	assert_false(file_has("t.db", ann.bytes, 9) || file_has("t.db-wal", ann.bytes, 9));
	assert_int_equal(tl_store_customer(scene->store, &ann), 0);
	after = strdup(ask("SELECT * FROM rollup"));
	assert_string_equal(before, after);
	free(before);
	free(after);
	assert_string_equal(ask("SELECT count(*) FROM record"), "400");
	assert_string_equal(
		ask("SELECT count(*) FROM record_text WHERE record_text MATCH 'slowness'"), "400");
	assert_true(tl_store_check(scene->store));
	put_hers(scene); /* and she may come back */
	assert_true(tl_store_check(scene->store));
}

/* What falls to nothing is nothing, not damage. */
static void forgetting_the_last_one(void **state)
{
	struct scene *scene = *state;
	int64_t customer;

	put_hers(scene);
	customer = tl_store_customer(scene->store, &ann);
	assert_true(tl_store_forget(scene->store, &customer, 1));
	assert_string_equal(ask("SELECT count(*) FROM record"), "0");
	assert_true(tl_store_check(scene->store));
}

static void backup_and_restore(void **state)
{
	struct scene *scene = *state;
	struct stat st;

	put_many(scene);
	assert_true(tl_store_backup(scene->store, "copy.db"));
	assert_int_equal(stat("copy.db", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_false(tl_store_backup(scene->store, "copy.db")); /* it is there */
	put_hers(scene);
	assert_string_equal(ask("SELECT count(*) FROM record"), "401");
	assert_true(tl_store_restore(&scene->diags, "t.db", "copy.db"));
	assert_string_equal(ask("SELECT count(*) FROM record"), "400");
	assert_true(tl_store_check(scene->store));
	put_hers(scene);
	assert_true(tl_store_check(scene->store));
}

static void only_stores_are_restored(void **state)
{
	struct scene *scene = *state;
	static const char text[] = "not a store at all, and that is that";

	put_many(scene);
	assert_int_equal(tl_file_replace("text.db", text, sizeof text), 0);
	assert_false(tl_store_restore(&scene->diags, "t.db", "text.db"));
	assert_string_equal(ask("SELECT count(*) FROM record"), "400");
}

static void limit_pages(struct scene *scene, const char *sql)
{
	assert_int_equal(sqlite3_exec(scene->store->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* A disk that is full: SQLite is not given another page. */
static void full_disk_keeps_what_was_committed(void **state)
{
	struct scene *scene = *state;
	struct tl_record record = record_of("x");
	struct tl_run_counts counts = {0};
	static char text[1 << 20];
	enum tl_put put;

	put_many(scene);
	memset(text, 'x', sizeof text - 1);
	record.text = text;
	limit_pages(scene, "PRAGMA max_page_count = 200");
	begin(scene, false);
	put = tl_store_put(scene->store, &record);
	assert_false(tl_store_commit(scene->store, &counts) && put != TL_PUT_FAILED);
	assert_int_equal(scene->diags.failures, 1);
	limit_pages(scene, "PRAGMA max_page_count = 1000000");
	assert_string_equal(ask("SELECT count(*) FROM record"), "400");
	assert_int_equal(put_one(scene, &record), TL_PUT_NEW);
	assert_true(tl_store_check(scene->store));
}

/* As the first version of the schema left it. */
static void older_stores_are_brought_up_to_date(void **state)
{
	struct scene *scene = *state;

	put_many(scene);
	tl_store_close(scene->store);
	change("DROP VIEW places; DROP VIEW records; DROP VIEW measures; DROP VIEW bindings;"
	       "DROP VIEW hotspot_evidence; DROP VIEW unbound_records; DROP VIEW rollups;"
	       "DROP VIEW notes; DROP VIEW votes; DROP VIEW actions; DROP VIEW imports;"
	       "DROP TABLE vocabulary; ALTER TABLE note DROP COLUMN kind;"
	       "ALTER TABLE note DROP COLUMN said; ALTER TABLE record DROP COLUMN said;"
	       "DROP INDEX vote_room; ALTER TABLE vote DROP COLUMN room;"
	       "DROP INDEX action_room; ALTER TABLE action DROP COLUMN room;"
	       "PRAGMA user_version = 1");
	assert_true(tl_store_open(&scene->store, &scene->diags, "t.db", TL_STORE_READ));
	assert_string_equal(ask("SELECT count(*), min(kind) FROM records"), "400|ticket");
	assert_string_equal(ask("PRAGMA user_version"), "6");
	assert_string_equal(ask("SELECT count(kind) FROM notes"), "0");
}

static void nobody_else_may_read_it(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(stat("t.db", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

/* A page is overwritten: that is seen on opening or by check, and the last backup helps. */
static void damage_is_seen_and_mended(void **state)
{
	struct scene *scene = *state;
	char noise[4096];
	int file;

	put_many(scene);
	assert_true(tl_store_backup(scene->store, "copy.db"));
	tl_store_close(scene->store);
	scene->store = NULL;
	memset(noise, 0x5a, sizeof noise);
	for (int page = 1; page < 50; page += 12) {
		file = open("t.db", O_WRONLY);
		assert_int_equal(pwrite(file, noise, sizeof noise, 4096 * page), sizeof noise);
		close(file);
		assert_false(tl_store_open(&scene->store, &scene->diags, "t.db", TL_STORE_WRITE) &&
			     tl_store_check(scene->store));
		assert_true(scene->diags.failures > 0);
		tl_store_close(scene->store);
		assert_true(tl_store_restore(&scene->diags, "t.db", "copy.db"));
		assert_true(tl_store_open(&scene->store, &scene->diags, "t.db", TL_STORE_WRITE));
		assert_true(tl_store_check(scene->store));
		tl_store_close(scene->store);
		scene->store = NULL;
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_set_up, scene_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(forgetting_leaves_no_byte),
		TEST(forgetting_the_last_one),
		TEST(backup_and_restore),
		TEST(only_stores_are_restored),
		TEST(full_disk_keeps_what_was_committed),
		TEST(older_stores_are_brought_up_to_date),
		TEST(nobody_else_may_read_it),
		TEST(damage_is_seen_and_mended),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
