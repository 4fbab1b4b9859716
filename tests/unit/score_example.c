/* The worked example of the scoring rules, to every digit that they show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "score_scene.h"

enum { T1, T2, T3, T4, T5, TOUCHPOINTS };
static const enum tl_witness witness_of[TL_FAMILIES] = {
	TL_BY_CSAT, TL_BY_CES, TL_BY_RESOLUTION, TL_BY_CONTACTS, TL_BY_SENTIMENT};
static const struct {
	int importance;
	uint64_t counts[TL_FAMILIES][2]; /* x of n */
	double declared, measured;
	uint64_t answers;
} example[TOUCHPOINTS] = {
	{3, {{6, 60}, {5, 40}, {0}, {20, 1000}, {8, 30}}, 1, .6, 60},
	{4, {{9, 50}, {4, 45}, {0}, {45, 1000}, {6, 20}}, 1, .4, 50},
	{5, {{28, 52}, {18, 48}, {31, 50}, {160, 900}, {22, 36}}, 0, -1.1, 52},
	{5, {{4, 55}, {2, 30}, {5, 50}, {10, 900}, {3, 25}}, 2, 1.3, 55},
	{4, {{2, 3}, {1, 2}, {0}, {3, 900}, {0}}, 1, -.7, 3},
};

/* Equal to all digits shown. */
static void shows(const char *what, double actual, double expected, int decimals)
{
	printf("%-36s %.*f, is to be %.*f\n", what, decimals, actual, decimals, expected);
	assert_true(fabs(actual - expected) <= .5000001 * pow(10, -decimals));
}
/* The same for a value that is small: `digits` after the first one. */
static void shows_small(const char *what, double actual, double expected, int digits)
{
	printf("%-36s %.*e, is to be %.*e\n", what, digits, actual, digits, expected);
	double unit = pow(10, floor(log10(expected)) - digits);
	assert_true(fabs(actual - expected) <= .5000001 * unit);
}

static void make_example(struct scene *scene)
{
	static const struct tl_emotion declared[TOUCHPOINTS] = {
		{.valence = 1}, {.valence = 1}, {.valence = 0}, {.valence = 2}, {.valence = 1}};

	make_scene(scene, TOUCHPOINTS);
	for (size_t i = 0; i < TOUCHPOINTS; i++) {
		scene->touchpoints[i].importance = example[i].importance;
		scene->touchpoints[i].emotions = &declared[i];
		scene->touchpoints[i].emotion_count = 1;
		for (int f = 0; f < TL_FAMILIES; f++)
			count(scene, i, witness_of[f], example[i].counts[f][0],
				example[i].counts[f][1]);
		struct tl_count *answers = &scene->counts[i].by[TL_BY_CSAT];
		double n = (double)example[i].answers, mean = example[i].measured;
		assert_int_equal(answers->n, example[i].answers);
		answers->sum = n * mean;
		answers->squares = n * (mean * mean + 1); /* a spread of about 1 */
	}
}

static void friction_and_verdicts(void **state)
{
	static const struct {
		double friction, low, high, impact;
		enum tl_verdict verdict;
		size_t rank;
	} expected[] = {
		{8.0808, 0, 37.16, 4.8485, TL_VERDICT_OK, 3},
		{2.2233, 0, 33.00, 1.7786, TL_VERDICT_OK, 4},
		{87.9388, 69.14, 96.98, 79.1449, TL_HOTSPOT, 1},
		{6.4015, 0, 30.36, 5.7614, TL_VERDICT_OK, 2},
	};
	struct scene scene;

	(void)state;
	make_example(&scene);
	const struct tl_journey_score *score = score_scene(&scene);
	for (size_t i = 0; i < TL_COUNT(expected); i++) {
		const struct tl_touchpoint_score *touchpoint = &score->touchpoints[i];
		printf("T%zu\n", i + 1);
		shows("F", touchpoint->friction, expected[i].friction, 4);
		shows("from", touchpoint->interval.low, expected[i].low, 2);
		shows("to", touchpoint->interval.high, expected[i].high, 2);
		shows("impact", touchpoint->impact, expected[i].impact, 4);
		assert_int_equal(touchpoint->verdict, expected[i].verdict);
		assert_int_equal(touchpoint->rank, expected[i].rank);
		assert_int_equal(touchpoint->reach_source, TL_REACH_VISITS);
	}
	assert_int_equal(score->touchpoints[T5].verdict, TL_NO_EVIDENCE);
	assert_int_equal(score->touchpoints[T5].rank, 0);
	assert_true(isnan(score->touchpoints[T5].friction) && isnan(score->touchpoints[T5].impact));
	shows("reach of T5", score->touchpoints[T5].reach, .9, 6);
	assert_int_equal(score->ranked, 4);
	release_scene(&scene);
}

static void every_term(void **state)
{
	static const double pools[] = {.222727, .181818, .36, .050638, .351351};
	static const double shrunk[] = {.487537, .341693, .576667, .176381, .554642};
	static const double scores[] = {71.8842, 80.5643, 100, 63.1903, 50.9283};
	struct scene scene;

	(void)state;
	make_example(&scene);
	const struct tl_journey_score *score = score_scene(&scene);
	const struct tl_touchpoint_score *wait = &score->touchpoints[T3];
	printf("%zu tests, are to be 19\n", score->tests);
	assert_int_equal(score->tests, 19);
	for (int f = 0; f < TL_FAMILIES; f++) {
		printf("T3, %s\n", tl_families.words[f]);
		shows("pool", wait->families[f].pool, pools[f], 6);
		shows("shrunk", wait->families[f].shrunk, shrunk[f], 6);
		shows("s", wait->families[f].score, scores[f], 4);
	}
	shows_small("p of T3's dissatisfaction", wait->families[TL_DISSATISFACTION].p, 6.783e-8, 3);
	shows_small("q of T3's dissatisfaction", wait->families[TL_DISSATISFACTION].q, 4.296e-7, 3);
	release_scene(&scene);
}

static void emotions(void **state)
{
	static const double estimates[] = {.6308, .4545, -1.0035, 1.3583, .3625};
	struct scene scene;

	(void)state;
	make_example(&scene);
	const struct tl_journey_score *score = score_scene(&scene);
	for (size_t i = 0; i < TOUCHPOINTS; i++) {
		shows("estimate", score->touchpoints[i].emotions[0].estimate, estimates[i], 4);
		assert_int_equal(score->touchpoints[i].emotions[0].conflict, i == T3);
	}
	shows("peak-end", score->personas[0].peak_end, .8604, 4);
	shows("mean", score->personas[0].mean, .3605, 4);
	shows("trough", score->personas[0].trough, -1.0035, 4);
	assert_ptr_equal(score->personas[0].peak, &scene.touchpoints[T4]);
	assert_ptr_equal(score->personas[0].lowest, &scene.touchpoints[T3]);
	release_scene(&scene);
}

/* The 15 numbers that are judgement: promise, intolerable and weight of five families, as they are
 * in force, each times its factor. */
static void set_tolerances(struct scene *scene, struct tl_tolerance *tolerances,
	const struct tl_family_score *in_force, const double *factors)
{
	for (int f = 0; f < TL_FAMILIES; f++)
		tolerances[f] = (struct tl_tolerance){.family = f,
			.promise = in_force[f].promise * factors[3 * f],
			.intolerable = in_force[f].intolerable * factors[3 * f + 1],
			.weight = in_force[f].weight * factors[3 * f + 2]};
	scene->journey.tolerances = tolerances;
	scene->journey.tolerance_count = TL_FAMILIES;
}

enum { NUMBERS = 3 * TL_FAMILIES };
struct moved {
	unsigned ways, changed; /* in how many ways they were moved, and a verdict with them */
	double lowest, highest; /* F of T3, and of the others */
};

static void move(struct scene *scene, const struct tl_family_score *defaults, const double *factors,
	struct moved *moved)
{
	static const enum tl_verdict expected[TOUCHPOINTS] = {
		TL_VERDICT_OK, TL_VERDICT_OK, TL_HOTSPOT, TL_VERDICT_OK, TL_NO_EVIDENCE};
	struct tl_tolerance tolerances[TL_FAMILIES];
	struct tl_arena arena;
	bool same = true;

	tl_arena_init(&arena);
	set_tolerances(scene, tolerances, defaults, factors);
	const struct tl_journey_score *score =
		tl_score_journey(&arena, &scene->journey, scene->counts);
	for (size_t i = 0; i < TOUCHPOINTS; i++) {
		same = same && score->touchpoints[i].verdict == expected[i];
		if (i != T3)
			moved->highest = fmax(moved->highest, score->touchpoints[i].friction);
	}
	moved->lowest = fmin(moved->lowest, score->touchpoints[T3].friction);
	moved->changed += !same;
	moved->ways++;
	tl_arena_release(&arena);
}

static void report(const char *what, const struct moved *moved)
{
	printf("%s: a verdict changes in %u of %u ways; F of T3 is at least %.2f, of the others at "
	       "most "
	       "%.2f\n",
		what, moved->changed, moved->ways, moved->lowest, moved->highest);
	assert_int_equal(moved->changed, 0);
}

/* A quarter up or down: each number by itself, and every way of moving all of them, 2^15 of them.
 */
static void moved_defaults_change_no_verdict(void **state)
{
	struct moved one = {.lowest = 100}, all = {.lowest = 100};
	struct tl_family_score defaults[TL_FAMILIES];
	double factors[NUMBERS];
	struct scene scene;

	(void)state;
	make_example(&scene);
	memcpy(defaults, score_scene(&scene)->touchpoints[0].families, sizeof defaults);
	for (unsigned i = 0; i < 2 * NUMBERS; i++) {
		for (unsigned k = 0; k < NUMBERS; k++)
			factors[k] = k != i / 2 ? 1 : i % 2 ? 1.25 : .75;
		move(&scene, defaults, factors, &one);
	}
	for (unsigned way = 0; way < 1u << NUMBERS; way++) {
		for (unsigned k = 0; k < NUMBERS; k++)
			factors[k] = way >> k & 1 ? 1.25 : .75;
		move(&scene, defaults, factors, &all);
	}
	report("one by one", &one);
	report("all at once", &all);
	release_scene(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(friction_and_verdicts),
		cmocka_unit_test(every_term),
		cmocka_unit_test(emotions),
		cmocka_unit_test(moved_defaults_change_no_verdict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
