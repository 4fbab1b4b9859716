/* What the score does to thousands of journeys whose truth is known. Seeded: the same figures every
 * time, and all of them are printed.
 *
 * Journeys of 18 touchpoints, every family counted with the same n. Where all are exactly as
 * promised, a hotspot is false; where one is bad, it should be found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>
#include "score_random.h"
#include "score_scene.h"

enum { TOUCHPOINTS = 18, MAPS = 10000 };
static const enum tl_witness witness_of[TL_FAMILIES] = {
	TL_BY_CSAT, TL_BY_CES, TL_BY_RESOLUTION, TL_BY_CONTACTS, TL_BY_SENTIMENT};
static const double promises[TL_FAMILIES] = {.2, .1, .1, .05, .3};
static const double intolerable[TL_FAMILIES] = {.6, .4, .5, .25, .8};

struct tally {
	unsigned hotspot, watch,
		found; /* maps with one that is false; maps where the bad one was */
};

static void draw_map(struct scene *scene, struct random *random, unsigned n, size_t bad)
{
	for (size_t i = 0; i < TOUCHPOINTS; i++)
		for (int f = 0; f < TL_FAMILIES; f++) {
			bool hurts = i == bad && (f == TL_DISSATISFACTION || f == TL_EFFORT);
			double rate = hurts ? intolerable[f] : promises[f];
			count(scene, i, witness_of[f],
				f == TL_DEMAND ? random_poisson(random, n * rate)
					       : random_binomial(random, n, rate),
				n);
		}
}

static void look(struct tally *tally, const struct tl_journey_score *score, size_t bad)
{
	bool hotspot = false, watch = false;
	for (size_t i = 0; i < TOUCHPOINTS; i++) {
		enum tl_verdict verdict = score->touchpoints[i].verdict;
		if (i == bad) {
			tally->found += verdict == TL_HOTSPOT;
			continue;
		}
		hotspot |= verdict == TL_HOTSPOT;
		watch |= verdict == TL_WATCH;
	}
	tally->hotspot += hotspot;
	tally->watch += watch;
}

static struct tally simulate(unsigned n, size_t bad)
{
	struct random random = {n + 1000 * (bad < TOUCHPOINTS)};
	struct tally tally = {0};
	struct scene scene;

	for (unsigned map = 0; map < MAPS; map++) {
		make_scene(&scene, TOUCHPOINTS);
		draw_map(&scene, &random, n, bad);
		look(&tally, score_scene(&scene), bad);
		release_scene(&scene);
	}
	return tally;
}

static double percent(unsigned maps)
{
	return 100. * maps / MAPS;
}

static void what_is_as_promised_is_not_accused(void **state)
{
	static const unsigned sizes[] = {5, 10, 30};

	(void)state;
	for (size_t i = 0; i < TL_COUNT(sizes); i++) {
		struct tally tally = simulate(sizes[i], TOUCHPOINTS);
		printf("all at promise, n = %2u: %5.2f %% of %d maps with a false hotspot, %5.2f "
		       "%% with a "
		       "false watch\n",
			sizes[i], percent(tally.hotspot), MAPS, percent(tally.watch));
		assert_true(percent(tally.hotspot) < 5);
		assert_true(percent(tally.watch) < 10);
	}
}

static void what_is_bad_is_found(void **state)
{
	struct tally tally = simulate(30, 7);

	(void)state;
	printf("one bad, n = 30: found in %5.2f %% of %d maps; %5.2f %% with a false hotspot "
	       "elsewhere, "
	       "%5.2f %% with a false watch\n",
		percent(tally.found), MAPS, percent(tally.hotspot), percent(tally.watch));
	assert_true(percent(tally.found) >= 85);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_as_promised_is_not_accused),
		cmocka_unit_test(what_is_bad_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
