/* Peak and end: the worked example of the scoring rules, and the cases at their edges. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "touchline/score.h"

enum { MOST = 6 };

/* A journey that goes straight through `count` touchpoints; all else is absent. */
struct line {
	struct tl_touchpoint touchpoints[MOST];
	struct tl_next nexts[MOST];
	struct tl_journey journey;
};

static void make_line(struct line *line, size_t count)
{
	*line = (struct line){0};
	for (size_t i = 0; i < count; i++) {
		line->touchpoints[i].index = i;
		line->touchpoints[i].reach = NAN;
		line->nexts[i] = (struct tl_next){.share = NAN, .handoff = -1};
		if (i + 1 == count)
			continue;
		line->nexts[i].to = &line->touchpoints[i + 1];
		line->touchpoints[i].nexts = &line->nexts[i];
		line->touchpoints[i].next_count = 1;
	}
	line->journey.touchpoints = line->touchpoints;
	line->journey.touchpoint_count = count;
}

static void worked_example(void **state)
{
	static const double valence[] = {.6308, .4545, -1.0035, 1.3583, .3625};
	struct tl_peak_end out;
	struct line line;

	(void)state;
	make_line(&line, 5);
	assert_true(tl_score_peak_end(&out, &line.journey, valence));
	assert_int_equal(out.peak->index, 3);
	assert_int_equal(out.highest->index, 3);
	assert_int_equal(out.lowest->index, 2);
	assert_int_equal(out.end->index, 4);
	assert_true(fabs(out.peak_end - .8604) < .00005);
	assert_true(fabs(out.mean - .3605) < .00005);
}

static void of_two_peaks_the_negative_one(void **state)
{
	static const double up[] = {1.5, 0, -1.5, 1}, down[] = {-1.5, 0, 1.5, 1};
	static const double twice[] = {0, -2, -2, 0};
	struct tl_peak_end out;
	struct line line;

	(void)state;
	make_line(&line, 4);
	tl_score_peak_end(&out, &line.journey, up);
	assert_int_equal(out.peak->index, 2);
	tl_score_peak_end(&out, &line.journey, down);
	assert_int_equal(out.peak->index, 0);
	assert_true(out.peak_end == -0.25);
	tl_score_peak_end(&out, &line.journey, twice);
	assert_int_equal(out.peak->index, 1);
	assert_int_equal(out.lowest->index, 1);
}

/* What nothing is known about neither counts nor ends the journey. */
static void unknown_does_not_count(void **state)
{
	static const double some[] = {NAN, 1, NAN, -0.5, NAN}, none[] = {NAN, NAN, NAN, NAN, NAN};
	struct tl_peak_end out;
	struct line line;

	(void)state;
	make_line(&line, 5);
	assert_true(tl_score_peak_end(&out, &line.journey, some));
	assert_int_equal(out.peak->index, 1);
	assert_int_equal(out.end->index, 3);
	assert_true(out.mean == 0.25);
	assert_false(tl_score_peak_end(&out, &line.journey, none));
	assert_null(out.peak);
}

/* The end is that of the main path, wherever it stands in the document. */
static void end_is_on_the_main_path(void **state)
{
	static const double valence[] = {0, 1, -2};
	struct tl_peak_end out;
	struct line line;

	(void)state;
	make_line(&line, 3);
	line.touchpoints[1].nexts = NULL;
	line.touchpoints[1].next_count = 0;
	assert_true(tl_score_peak_end(&out, &line.journey, valence));
	assert_int_equal(out.end->index, 1);
	assert_int_equal(out.peak->index, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(worked_example),
		cmocka_unit_test(of_two_peaks_the_negative_one),
		cmocka_unit_test(unknown_does_not_count),
		cmocka_unit_test(end_is_on_the_main_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
