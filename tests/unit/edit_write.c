/* Edits reach all files or none, and never one that somebody else changed. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "touchline/edit.h"

struct fixture {
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_edit edits[2];
	char folder[4096];
};

static const char journey[] =
	"<journey xmlns='urn:touchline:journey:1' id='%c'><title>T</title><stage id='s'>"
	"<title>S</title><touchpoint id='t'><title>P</title></touchpoint></stage></journey>";
static const char decisions[] =
	"<decisions xmlns='urn:touchline:decisions:1'>"
	"<journey id='a'><touchpoint id='t'><emotion valence='1'/></touchpoint></journey>"
	"<journey id='b'><touchpoint id='t'><emotion valence='2'/></touchpoint></journey>"
	"</decisions>";

static void put_file(const char *path, const char *text)
{
	assert_int_equal(tl_file_replace(path, text, strlen(text)), 0);
}

/* Whether the file has the decision about it. */
static bool is_edited(const char *path)
{
	struct tl_buf text = {0};

	assert_int_equal(tl_file_read(&text, path, 10000), 0);
	bool edited = strstr(text.data, "<emotion") != NULL;
	tl_buf_release(&text);
	return edited;
}

static int begin(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);
	const char *tmp = getenv("TMPDIR"), *paths[] = {"a.xml", "b.xml"};
	const struct tl_decisions *decided;

	assert_non_null(fixture);
	snprintf(fixture->folder, sizeof fixture->folder, "%s/edit-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(fixture->folder) || chdir(fixture->folder) < 0)
		return -1;
	tl_arena_init(&fixture->arena);
	tl_diags_init(&fixture->diags);
	decided = tl_decisions_parse(
		&fixture->arena, &fixture->diags, "d.xml", decisions, strlen(decisions));
	assert_non_null(decided);
	for (int i = 0; i < 2; i++) {
		put_file(paths[i], tl_arena_printf(&fixture->arena, journey, 'a' + i));
		assert_true(tl_edit_apply(&fixture->arena, &fixture->diags,
			tl_front_read(&fixture->arena, &fixture->diags, paths[i], false), decided,
			&fixture->edits[i]));
	}
	*state = fixture;
	return 0;
}

static int end(void **state)
{
	struct fixture *fixture = *state;

	for (int i = 0; i < 2; i++)
		tl_buf_release(&fixture->edits[i].text);
	tl_diags_release(&fixture->diags);
	tl_arena_release(&fixture->arena);
	unlink("a.xml");
	unlink("b.xml");
	int status = chdir("/") == 0 ? rmdir(fixture->folder) : -1; /* nothing else was left in it */
	free(fixture);
	return status;
}

static void expect_refusal(struct fixture *fixture, const char *code)
{
	struct tl_buf json = {0};
	char quoted[16];

	assert_false(tl_edit_write(&fixture->diags, fixture->edits, 2, NULL, 0));
	tl_diags_json(&fixture->diags, &json);
	snprintf(quoted, sizeof quoted, "\"%s\"", code);
	assert_non_null(strstr(json.data, quoted));
	tl_buf_release(&json);
	assert_int_equal(fixture->diags.failures, fixture->diags.errors);
}

static void both_are_written_with_their_permissions(void **state)
{
	struct fixture *fixture = *state;
	struct stat status;

	assert_int_equal(chmod("b.xml", 0640), 0);
	assert_true(tl_edit_write(&fixture->diags, fixture->edits, 2, NULL, 0));
	assert_true(is_edited("a.xml") && is_edited("b.xml"));
	assert_int_equal(stat("b.xml", &status), 0);
	assert_int_equal(status.st_mode & 07777, 0640);
}

static void what_changed_meanwhile_is_left_alone_and_so_are_the_others(void **state)
{
	put_file("b.xml", "<mine/>");
	expect_refusal(*state, "TL0832");
	assert_false(is_edited("a.xml") || is_edited("b.xml"));
}

static void what_is_gone_is_not_made_again(void **state)
{
	unlink("b.xml");
	expect_refusal(*state, "TL0832");
	assert_false(is_edited("a.xml"));
	assert_int_equal(access("b.xml", F_OK), -1);
}

static void one_that_cannot_be_written_keeps_the_others_from_it(void **state)
{
	struct fixture *fixture = *state;
	struct tl_source *named = tl_arena_new(&fixture->arena, struct tl_source);
	char *name = tl_arena_alloc(&fixture->arena, 256);

	/* no name is left for a file beside it */
	memset(name, 'n', 255);
	assert_int_equal(rename("b.xml", name), 0);
	*named = *fixture->edits[1].before;
	named->name = name;
	fixture->edits[1].before = named;
	expect_refusal(fixture, "TL0831");
	assert_false(is_edited("a.xml") || is_edited(name));
	assert_int_equal(unlink(name), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(both_are_written_with_their_permissions, begin, end),
		cmocka_unit_test_setup_teardown(
			what_changed_meanwhile_is_left_alone_and_so_are_the_others, begin, end),
		cmocka_unit_test_setup_teardown(what_is_gone_is_not_made_again, begin, end),
		cmocka_unit_test_setup_teardown(
			one_that_cannot_be_written_keeps_the_others_from_it, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
