/* Watching a temporary folder. Everything is changed before the wait begins, so that the events are
 * there already and no test depends on time. */
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "touchline/app.h"

struct bench {
	char folder[512];
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_watch *watch;
	int never[2]; /* an interrupt that does not come */
};

static void put(const char *path)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs("<journey/>", file);
	assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
	static struct bench bench;
	const char *place = getenv("TMPDIR");
	bench = (struct bench){0};
	snprintf(bench.folder, sizeof bench.folder, "%s/watch-XXXXXX", place ? place : "/tmp");
	if (!mkdtemp(bench.folder) || chdir(bench.folder) != 0 || pipe(bench.never) != 0)
		return -1;
	mkdir("journeys", 0777);
	put("journeys/a.xml");
	tl_arena_init(&bench.arena);
	tl_diags_init(&bench.diags);
	bench.watch = tl_watch_new();
	*state = &bench;
	return bench.watch ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

static int tear_down(void **state)
{
	struct bench *bench = *state;
	tl_watch_free(bench->watch);
	close(bench->never[0]);
	close(bench->never[1]);
	tl_diags_release(&bench->diags);
	tl_arena_release(&bench->arena);
	return nftw(bench->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static int set(struct bench *bench, const char *argument)
{
	char *arguments[] = {(char *)argument};
	struct tl_app_paths paths = tl_app_find(&bench->arena, &bench->diags, arguments, 1);
	return tl_watch_set(bench->watch, arguments, 1, &paths, &bench->diags);
}

/* All that changed, with a space behind each. */
static const char *wait_for(struct bench *bench)
{
	size_t count;
	const char *const *changed =
		tl_watch_wait(bench->watch, &bench->arena, &count, bench->never[0]);
	char *all = tl_arena_strdup(&bench->arena, "");
	assert_non_null(changed);
	for (size_t i = 0; i < count; i++)
		all = tl_arena_printf(&bench->arena, "%s%s ", all, changed[i]);
	return all;
}

static void a_save_by_renaming_is_one_change(void **state)
{
	struct bench *bench = *state;
	assert_true(set(bench, "journeys") > 0);
	assert_int_equal(set(bench, "journeys"), 0);
	put("journeys/.a.xml.swp");
	put("journeys/a.xml~");
	put("journeys/4913");
	assert_int_equal(rename("journeys/4913", "journeys/a.xml"), 0);
	assert_string_equal(wait_for(bench), "journeys/a.xml ");
}

static void files_and_folders_that_come_and_go_are_noticed(void **state)
{
	struct bench *bench = *state;
	set(bench, "journeys");
	put("journeys/b.xml");
	unlink("journeys/a.xml");
	mkdir("journeys/new", 0777);
	assert_string_equal(wait_for(bench), "journeys/a.xml journeys/b.xml journeys/new ");
	assert_true(set(bench, "journeys") > 0);
	put("journeys/new/c.xml");
	assert_string_equal(wait_for(bench), "journeys/new/c.xml ");
	unlink("journeys/new/c.xml");
	rmdir("journeys/new");
	assert_non_null(strstr(wait_for(bench), "journeys/new"));
	assert_int_equal(set(bench, "journeys"), 0);
}

static void a_file_that_was_read_matters_whatever_it_is_called(void **state)
{
	struct bench *bench = *state;
	mkdir("shared", 0777);
	put("shared/words.voc");
	tl_diags_source(&bench->diags, "shared/words.voc", "", 0);
	tl_diags_source(&bench->diags, "<stdin>", "", 0);
	set(bench, "journeys/a.xml");
	put("shared/other.voc");
	put("shared/words.voc");
	put("journeys/a.xml");
	assert_string_equal(wait_for(bench), "journeys/a.xml shared/words.voc ");
}

static void what_does_not_exist_yet_is_waited_for(void **state)
{
	struct bench *bench = *state;
	set(bench, "later/on.xml");
	mkdir("unrelated", 0777);
	mkdir("later", 0777);
	assert_string_equal(wait_for(bench), "later ");
	assert_true(set(bench, "later/on.xml") > 0);
	put("later/on.xml");
	assert_string_equal(wait_for(bench), "later/on.xml ");
}

static void the_current_folder_has_no_name(void **state)
{
	struct bench *bench = *state;
	put("here.xml");
	set(bench, "here.xml");
	put("here.xml");
	assert_string_equal(wait_for(bench), "here.xml ");
}

static void an_interrupt_ends_the_wait(void **state)
{
	struct bench *bench = *state;
	size_t count;
	set(bench, "journeys");
	assert_int_equal(write(bench->never[1], "!", 1), 1);
	assert_null(tl_watch_wait(bench->watch, &bench->arena, &count, bench->never[0]));
}

int main(void)
{
#define WATCH_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		WATCH_TEST(a_save_by_renaming_is_one_change),
		WATCH_TEST(files_and_folders_that_come_and_go_are_noticed),
		WATCH_TEST(a_file_that_was_read_matters_whatever_it_is_called),
		WATCH_TEST(what_does_not_exist_yet_is_waited_for),
		WATCH_TEST(the_current_folder_has_no_name),
		WATCH_TEST(an_interrupt_ends_the_wait),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
