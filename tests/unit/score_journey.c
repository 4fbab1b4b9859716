/* Score of what a journey declares: assumed friction by its three terms, shares, reach with and
 * without loops, the main path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <math.h>
#include <string.h>
#include <cmocka.h>
#include "touchline/front.h"
#include "touchline/score.h"

struct fixture {
	struct tl_arena arena;
	struct tl_diags diags;
	const struct tl_journey *journey;
};

static void read_journey(struct fixture *f, const char *touchpoints)
{
	*f = (struct fixture){0};
	tl_arena_init(&f->arena);
	tl_diags_init(&f->diags);
	const char *xml = tl_arena_printf(&f->arena,
		"<journey xmlns=\"urn:touchline:journey:1\" id=\"j\"><title>T</title>"
		"<persona id=\"p\" name=\"P\"/><stage id=\"s\"><title>S</title>%s</stage></journey>",
		touchpoints);
	f->journey = tl_front_parse(&f->arena, &f->diags, "test.xml", xml, strlen(xml));
	assert_non_null(f->journey);
	assert_int_equal(f->diags.errors, 0);
}

static void release(struct fixture *f)
{
	tl_diags_release(&f->diags);
	tl_arena_release(&f->arena);
}

#define TP(id, body) "<touchpoint id=\"" id "\"><title>" id "</title>" body "</touchpoint>"

static void assumed_is_the_greatest_term(void **state)
{
	struct tl_assumed assumed[6];
	struct fixture f;

	(void)state;
	read_journey(&f,
		TP("a", "<pain id=\"a1\" severity=\"2\">x</pain><pain id=\"a2\" severity=\"4\">y</pain>"
			"<pain id=\"a3\" severity=\"5\" status=\"resolved\">z</pain>"
			"<pain id=\"a4\" severity=\"5\" status=\"accepted\">z</pain>")
		TP("b", "<emotion valence=\"-1.5\"/><emotion persona=\"p\" valence=\"-2\"/>"
			"<pain id=\"b1\" severity=\"1\">x</pain>")
		TP("c", "<emotion valence=\"2\"/>")
		TP("d", "<pain id=\"d1\" severity=\"3\" status=\"in-progress\">x</pain>"
			"<next to=\"e\" handoff=\"cold\"/>")
		TP("e", "<emotion valence=\"-0.5\"/><next to=\"f\" handoff=\"warm\"/>")
		TP("f", ""));
	tl_score_assumed(assumed, f.journey);
	assert_true(assumed[0].friction == 80 && strcmp(assumed[0].worst->id, "a2") == 0);
	assert_true(assumed[1].friction == 50 && assumed[1].emotion == 50 && assumed[1].pain == 20);
	assert_true(assumed[2].friction == 0);
	assert_true(assumed[3].friction == 60);
	assert_true(assumed[4].friction == 50 && assumed[4].handoff == 50);
	assert_true(assumed[5].friction == 0);
	release(&f);
}

static void assert_near(double actual, double expected)
{
	assert_true(fabs(actual - expected) < 1e-6);
}

static void shares_split_the_rest(void **state)
{
	struct fixture f;

	(void)state;
	read_journey(&f, TP("a", "<next to=\"b\" share=\"0.5\"/><next to=\"c\"/><next to=\"d\"/>")
		TP("b", "") TP("c", "") TP("d", ""));
	assert_near(tl_score_share(&f.journey->touchpoints[0], 0), 0.5);
	assert_near(tl_score_share(&f.journey->touchpoints[0], 1), 0.25);
	assert_near(tl_score_share(&f.journey->touchpoints[0], 2), 0.25);
	assert_near(tl_score_share(&f.journey->touchpoints[1], 0), 1);
	release(&f);
}

static void reach_follows_the_shares(void **state)
{
	double reach[4];
	struct fixture f;

	(void)state;
	read_journey(&f, TP("a", "<next to=\"b\" share=\"0.3\"/><next to=\"c\" share=\"0.6\"/>")
		TP("b", "<next to=\"c\"/>") TP("c", "<next to=\"d\"/>")
		"<touchpoint id=\"d\" reach=\"0.25\"><title>d</title></touchpoint>");
	tl_score_reach(reach, f.journey);
	assert_near(reach[0], 1);
	assert_near(reach[1], 0.3);
	assert_near(reach[2], 0.9);
	assert_near(reach[3], 0.25);
	release(&f);
}

/* a → b; from b half go back to a, half on to c: everybody comes to c in the end. From c a fifth
 * returns to b, which adds nothing to b's reach; d is reached by what c lets go. */
static void loops_are_solved(void **state)
{
	double reach[4];
	struct fixture f;

	(void)state;
	read_journey(&f, TP("a", "<next to=\"b\"/>")
		TP("b", "<next to=\"a\" share=\"0.5\"/><next to=\"c\" share=\"0.5\"/>")
		TP("c", "<next to=\"b\" share=\"0.2\"/><next to=\"d\" share=\"0.4\"/>")
		TP("d", ""));
	tl_score_reach(reach, f.journey);
	assert_near(reach[1], 1);
	assert_near(reach[2], 1);
	assert_near(reach[3], 0.5); /* x = .4 + .2·x */
	release(&f);
}

static void main_path_takes_the_likeliest(void **state)
{
	const struct tl_touchpoint *path[5];
	struct fixture f;

	(void)state;
	read_journey(&f, TP("a", "<next to=\"b\" when=\"w\"/><next to=\"c\"/>")
		TP("b", "<next to=\"e\"/>")
		TP("c", "<next to=\"a\" share=\"0.7\"/><next to=\"d\" share=\"0.1\"/>"
			"<next to=\"e\" share=\"0.2\"/>")
		TP("d", "<next to=\"e\"/>") TP("e", ""));
	assert_int_equal(tl_score_main_path(path, f.journey), 3);
	assert_string_equal(path[0]->id, "a");
	assert_string_equal(path[1]->id, "c");
	assert_string_equal(path[2]->id, "e");
	release(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(assumed_is_the_greatest_term),
		cmocka_unit_test(shares_split_the_rest),
		cmocka_unit_test(reach_follows_the_shares),
		cmocka_unit_test(loops_are_solved),
		cmocka_unit_test(main_path_takes_the_likeliest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
