/* The rules of scoring, one by one: which witness, whose tolerance, what reach, which rank. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include "score_scene.h"

static void assert_near(double actual, double expected)
{
	if (!(fabs(actual - expected) < 1e-9))
		fail_msg("%.12g, is to be %.12g", actual, expected);
}

static void the_witness_with_most_episodes_speaks(void **state)
{
	struct scene scene;

	(void)state;
	make_scene(&scene, 2);
	count(&scene, 0, TL_BY_CSAT, 1, 10);
	count(&scene, 0, TL_BY_NPS, 5, 10); /* as many: the order of the list decides */
	count(&scene, 0, TL_BY_CES, 1, 20);
	count(&scene, 0, TL_BY_CONDUCT, 9, 21);
	count(&scene, 1, TL_BY_NPS, 3, 10);
	count(&scene, 1, TL_BY_REPLY, 0, 7);
	const struct tl_journey_score *score = score_scene(&scene);
	const struct tl_family_score *first = score->touchpoints[0].families;
	const struct tl_family_score *second = score->touchpoints[1].families;
	assert_int_equal(first[TL_DISSATISFACTION].witness, TL_BY_CSAT);
	assert_int_equal(first[TL_EFFORT].witness, TL_BY_CONDUCT);
	assert_int_equal(first[TL_VOICE].witness, -1);
	assert_int_equal(second[TL_DISSATISFACTION].witness, TL_BY_NPS);
	assert_int_equal(second[TL_DELAY].witness, TL_BY_REPLY);
	/* Instruments are never mixed: each has its own pool. */
	assert_near(first[TL_DISSATISFACTION].pool, .1);
	assert_near(second[TL_DISSATISFACTION].pool, .4); /* (5 + 3) of 20, with those who lost */
	assert_true(isnan(first[TL_VOICE].pool) && isnan(first[TL_VOICE].score));
	assert_int_equal(score->tests, 4);
	release_scene(&scene);
}

static void demand_without_visits_is_shown_not_scored(void **state)
{
	struct scene scene;

	(void)state;
	make_scene(&scene, 3);
	count(&scene, 0, TL_BY_CONTACTS, 40, 0);
	count(&scene, 1, TL_BY_CONTACTS, 150, 100); /* more contacts than visits */
	count(&scene, 1, TL_BY_CSAT, 1, 10);
	const struct tl_journey_score *score = score_scene(&scene);
	const struct tl_family_score *shown = &score->touchpoints[0].families[TL_DEMAND];
	assert_int_equal(shown->witness, TL_BY_CONTACTS);
	assert_int_equal(shown->x, 40);
	assert_true(!shown->scored && isnan(shown->rate) && isnan(shown->shrunk));
	assert_near(shown->pool, 1.5); /* of touchpoints whose visits are known */
	const struct tl_family_score *scored = &score->touchpoints[1].families[TL_DEMAND];
	assert_true(scored->scored && scored->score == 100 && scored->interval.low == 100);
	assert_near(scored->rate, 1.5);
	assert_int_equal(score->touchpoints[0].verdict, TL_NO_EVIDENCE);
	assert_int_equal(score->touchpoints[2].families[TL_DEMAND].witness, -1);
	release_scene(&scene);
}

static void the_nearest_tolerance_counts(void **state)
{
	static const struct tl_tolerance of_journey[] = {
		{TL_DISSATISFACTION, .3, NAN, NAN, {0}}, {TL_EFFORT, .5, .5, NAN, {0}}};
	static const struct tl_tolerance of_touchpoint[] = {
		{TL_DISSATISFACTION, NAN, .9, 1, {0}}, {TL_VOICE, NAN, NAN, 0, {0}}};
	struct scene scene;

	(void)state;
	make_scene(&scene, 2);
	scene.journey.tolerances = of_journey;
	scene.journey.tolerance_count = TL_COUNT(of_journey);
	scene.touchpoints[1].tolerances = of_touchpoint;
	scene.touchpoints[1].tolerance_count = TL_COUNT(of_touchpoint);
	for (size_t i = 0; i < 2; i++) {
		count(&scene, i, TL_BY_CSAT, 5, 10);
		count(&scene, i, TL_BY_CES, 10, 10);
		count(&scene, i, TL_BY_SENTIMENT, 10, 10);
	}
	const struct tl_journey_score *score = score_scene(&scene);
	const struct tl_family_score *one = score->touchpoints[0].families;
	const struct tl_family_score *two = score->touchpoints[1].families;
	assert_true(one[TL_DISSATISFACTION].declared && !one[TL_VOICE].declared);
	assert_near(one[TL_DISSATISFACTION].promise, .3);
	assert_near(one[TL_DISSATISFACTION].intolerable, .6);
	assert_near(one[TL_DISSATISFACTION].score, 100 * (.5 - .3) / (.6 - .3));
	assert_near(two[TL_DISSATISFACTION].promise, .3);
	assert_near(two[TL_DISSATISFACTION].score, 100 * (.5 - .3) / (.9 - .3));
	assert_near(two[TL_DISSATISFACTION].weight, 1);
	/* What is promised is no better than what is intolerable: left out, and so is weight 0. */
	assert_true(!one[TL_EFFORT].sound && !one[TL_EFFORT].scored && isnan(one[TL_EFFORT].p));
	assert_true(one[TL_VOICE].scored && two[TL_VOICE].sound && !two[TL_VOICE].scored);
	assert_near(score->touchpoints[1].friction, two[TL_DISSATISFACTION].score);
	assert_int_equal(score->touchpoints[1].worst_family, TL_DISSATISFACTION);
	assert_int_equal(score->tests, 3);
	release_scene(&scene);
}

static void reach_is_declared_or_counted_or_derived(void **state)
{
	struct scene scene;

	(void)state;
	make_scene(&scene, 4);
	count(&scene, 0, TL_BY_CONTACTS, 0, 400);
	count(&scene, 1, TL_BY_CONTACTS, 0, 100);
	count(&scene, 3, TL_BY_CONTACTS, 0, 300);
	scene.touchpoints[3].reach = .1;
	const struct tl_journey_score *score = score_scene(&scene);
	static const double expected[] = {1, .25, 1, .1};
	static const enum tl_reach_source sources[] = {
		TL_REACH_VISITS, TL_REACH_VISITS, TL_REACH_SHARES, TL_REACH_DECLARED};
	for (size_t i = 0; i < 4; i++) {
		assert_near(score->touchpoints[i].reach, expected[i]);
		assert_int_equal(score->touchpoints[i].reach_source, sources[i]);
	}
	release_scene(&scene);
}

/* The verdict goes before the impact; equals stand in the order of the journey. */
static void ranks(void **state)
{
	static const uint64_t friction[] = {27, 60, 60, 60, 0, 0};
	static const size_t expected[] = {4, 3, 1, 2, 0, 5};
	struct scene scene;

	(void)state;
	make_scene(&scene, 6);
	for (size_t i = 0; i < 6; i++)
		count(&scene, i, TL_BY_CSAT, friction[i], i == 4 ? 0 : 100);
	scene.counts[4].by[TL_BY_CSAT] = (struct tl_count){4, 4, 0, 0};
	scene.touchpoints[1].reach = .01; /* a hotspot, though hardly anybody comes there */
	const struct tl_journey_score *score = score_scene(&scene);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(score->touchpoints[i].rank, expected[i]);
	assert_true(score->touchpoints[0].impact > score->touchpoints[1].impact);
	assert_int_equal(score->ranked, 5);
	assert_int_equal(score->verdicts[TL_HOTSPOT], 3);
	assert_int_equal(score->verdicts[TL_VERDICT_OK], 2);
	assert_int_equal(score->verdicts[TL_NO_EVIDENCE], 1);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(score->ranking[i]->rank, i + 1);
	release_scene(&scene);
}

static void answer(struct tl_count *count, uint64_t n, double mean, double spread)
{
	count->n = n;
	count->sum = (double)n * mean;
	count->squares = (double)n * (mean * mean + spread);
}

static void emotions_by_persona(void **state)
{
	static const struct tl_persona personas[] = {
		{.id = "business", .segment = "b2b"}, {.id = "anybody", .index = 1}};
	const struct tl_emotion emotions[] = {
		{.valence = 1, .persona = &personas[0]}, {.valence = -1}};
	struct scene scene;

	(void)state;
	make_scene(&scene, 2);
	scene.journey.personas = personas;
	scene.journey.persona_count = 2;
	scene.touchpoints[0].emotions = emotions;
	scene.touchpoints[0].emotion_count = 2;
	answer(&scene.counts[0].by[TL_BY_CSAT], 30, 0, 1);
	answer(&scene.counts[0].by[TL_BY_NPS], 40, -2, 0); /* has most answers: speaks for all */
	scene.counts[0].personas = tl_arena_alloc(&scene.arena, 2 * sizeof *scene.counts->personas);
	answer(&scene.counts[0].personas[0][TL_BY_CSAT], 20, 2, 0);
	answer(&scene.counts[0].personas[0][TL_BY_NPS], 10, -1, .5);
	answer(&scene.counts[1].by[TL_BY_SENTIMENT], 4, -1, 0);
	const struct tl_journey_score *score = score_scene(&scene);
	const struct tl_emotion_score *business = &score->touchpoints[0].emotions[0];
	const struct tl_emotion_score *anybody = &score->touchpoints[0].emotions[1];
	assert_int_equal(score->touchpoints[0].emotion_count, 2);
	assert_int_equal(business->witness, TL_BY_NPS);
	assert_int_equal(business->n, 10);
	assert_near(business->declared, 1);
	assert_near(business->estimate, (5 * 1 + 10 * -1) / 15.);
	assert_true(business->conflict);
	assert_near(anybody->declared, -1); /* what is said of everybody */
	assert_int_equal(anybody->n, 40);
	assert_near(anybody->estimate, (5 * -1 + 40 * -2) / 45.);
	assert_true(anybody->conflict); /* no spread at all: the interval is the mean */
	/* Nothing declared and four answers: nothing is known. */
	assert_near(score->touchpoints[1].emotions[1].measured, -1);
	assert_true(isnan(score->touchpoints[1].emotions[1].estimate));
	assert_int_equal(score->touchpoints[1].emotions[0].witness, -1);
	assert_int_equal(score->persona_count, 2);
	assert_ptr_equal(score->personas[0].end, &scene.touchpoints[0]);
	assert_near(score->personas[0].peak_end, business->estimate);
	release_scene(&scene);
}

/* Not from nine answers, not where the gap is small, not where the answers are of all kinds. */
static void conflict_needs_certainty(void **state)
{
	static const struct {
		uint64_t n;
		double mean, spread;
		bool conflict;
	} rows[] = {
		{9, -1.5, .1, false},
		{10, -1.5, .1, true},
		{10, -1, .1, true},
		{10, -.9, .1, false},
		{10, -1, 2.5, false},
		{100, -1, 2.5, true},
		{10, 1.5, .1, true},
	};
	static const struct tl_emotion declared = {.valence = 0};
	struct scene scene;

	(void)state;
	for (size_t i = 0; i < TL_COUNT(rows); i++) {
		make_scene(&scene, 1);
		scene.touchpoints[0].emotions = &declared;
		scene.touchpoints[0].emotion_count = 1;
		answer(&scene.counts[0].by[TL_BY_CSAT], rows[i].n, rows[i].mean, rows[i].spread);
		const struct tl_journey_score *score = score_scene(&scene);
		assert_int_equal(score->touchpoints[0].emotions[0].conflict, rows[i].conflict);
		release_scene(&scene);
	}
}

static void a_journey_is_summed_up(void **state)
{
	/* Two are listened for, one nobody can tell of, and the strictest of a clock is timed. */
	static const struct tl_expectation expectations[] = {
		{.text = "a", .clock = -1, .promise = NAN}, {.text = "b", .clock = -1, .promise = NAN},
		{.text = "c", .clock = -1, .promise = 60}, {.text = "d", .clock = TL_CLOCK_REPLY, .promise = 60},
		{.text = "e", .clock = TL_CLOCK_REPLY, .promise = 90}};
	static const struct tl_listen listens[] = {{.expectation = &expectations[0]},
		{.expectation = &expectations[1]}, {.tag = "any"}};
	uint64_t broken[] = {8, 0, 0, 0, 0};
	struct scene scene;

	(void)state;
	make_scene(&scene, 2);
	for (size_t i = 0; i < 2; i++) {
		answer(&scene.counts[i].by[TL_BY_CSAT], 10, 1 - (double)i, 1); /* CSAT 4 and 3 */
		answer(&scene.counts[i].by[TL_BY_CES], 6, 2, 0);               /* CES 7 */
		count(&scene, i, TL_BY_NPS, 10, 50);
		scene.counts[i].promoters = 25;
		scene.counts[i].passives = 15;
		scene.counts[i].contacted = 20;
		scene.counts[i].solved = 15;
		scene.counts[i].records = 12;
	}
	scene.touchpoints[0].expectations = expectations;
	scene.touchpoints[0].expectation_count = TL_COUNT(expectations);
	scene.touchpoints[0].listens = listens;
	scene.touchpoints[0].listen_count = TL_COUNT(listens);
	count(&scene, 0, TL_BY_REPLY, 3, 12);
	scene.counts[0].episodes = 10;
	scene.counts[0].broken = broken;
	const struct tl_journey_score *score = score_scene(&scene);
	assert_int_equal(score->csat.n, 20);
	assert_near(score->csat.mean, 3.5);
	assert_near(score->ces.mean, 7);
	assert_int_equal(score->nps_n, 100);
	assert_near(score->nps.value, 30);
	assert_int_equal(score->solved, 30);
	assert_int_equal(score->contacted, 40);
	assert_int_equal(score->episodes, 10);
	assert_int_equal(score->records, 24);
	const struct tl_gap *gaps = score->touchpoints[0].gaps;
	assert_near(gaps[0].rate, .8);
	assert_near(gaps[0].interval.low, tl_score_wilson(8, 10).low);
	assert_int_equal(gaps[0].n, 10);
	assert_near(gaps[1].rate, 0);
	assert_true(isnan(gaps[2].rate) && gaps[2].n == 0);
	assert_near(gaps[3].rate, .25);
	assert_int_equal(gaps[3].n, 12);
	assert_true(isnan(gaps[4].rate) && gaps[4].n == 0);
	release_scene(&scene);
}

static void a_journey_without_counts(void **state)
{
	struct scene scene;

	(void)state;
	for (size_t touchpoints = 0; touchpoints < 3; touchpoints++) {
		make_scene(&scene, touchpoints);
		const struct tl_journey_score *score = score_scene(&scene);
		assert_int_equal(score->verdicts[TL_NO_EVIDENCE], touchpoints);
		assert_int_equal(score->ranked + score->tests, 0);
		assert_true(isnan(score->csat.mean) && isnan(score->nps.value));
		assert_int_equal(score->persona_count, 1);
		assert_true(isnan(score->personas[0].peak_end) && !score->personas[0].end);
		release_scene(&scene);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_witness_with_most_episodes_speaks),
		cmocka_unit_test(demand_without_visits_is_shown_not_scored),
		cmocka_unit_test(the_nearest_tolerance_counts),
		cmocka_unit_test(reach_is_declared_or_counted_or_derived),
		cmocka_unit_test(ranks),
		cmocka_unit_test(emotions_by_persona),
		cmocka_unit_test(conflict_needs_certainty),
		cmocka_unit_test(a_journey_is_summed_up),
		cmocka_unit_test(a_journey_without_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
