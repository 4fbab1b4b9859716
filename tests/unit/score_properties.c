/* What must hold for every score, tried on thousands of random journeys and counts, from none to
 * ten million. Seeded; a failure names the case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "score_random.h"
#include "score_scene.h"

enum { CASES = 4000, MOST_TOUCHPOINTS = 7, PERSONAS = 2 };
#define SLACK 1e-9 /* rounding, on scales of 1 to 100 */

#define CHECK(what)                                                                                \
	do {                                                                                       \
		if (!(what))                                                                       \
			fail_msg("case %u: not so: %s", now, #what);                               \
	} while (0)
static unsigned now; /* the case that is tried */

/* ---- random journeys ------------------------------------------------------------------------- */

static uint64_t any_n(struct random *random)
{
	static const uint64_t sizes[] = {0, 0, 1, 4, 5, 6, 10, 30, 100, 1000, 100000, 10000000};
	return sizes[random_below(random, TL_COUNT(sizes))];
}

/* Friction of about as many as the touchpoint's mood says, sometimes of none or all; contacts may
 * exceed visits. */
static uint64_t any_x(struct random *random, enum tl_witness by, uint64_t n, double mood)
{
	switch (random_below(random, 24)) {
	case 0:
		return 0;
	case 1:
		return n;
	case 2:
		return by == TL_BY_CONTACTS ? 3 * n + random_below(random, 5) : n / 2;
	default:
		return (uint64_t)((double)n * mood * random_unit(random));
	}
}

static void add_answers(struct random *random, struct tl_count *count)
{
	double n = (double)count->n, mean = 4 * random_unit(random) - 2;
	count->sum = n * mean;
	count->squares = n * (mean * mean + random_unit(random) * (4 - mean * mean));
}

static void add_tolerances(struct random *random, struct scene *scene)
{
	struct tl_tolerance *list = tl_arena_array(&scene->arena, struct tl_tolerance, TL_FAMILIES);
	for (int f = 0; f < TL_FAMILIES; f++) {
		list[f] = (struct tl_tolerance){f, NAN, NAN, NAN, {0}};
		if (random_below(random, 3) == 0)
			list[f].promise = random_unit(random);
		if (random_below(random, 3) == 0)
			list[f].intolerable = random_unit(random);
		if (random_below(random, 3) == 0)
			list[f].weight = (double)random_below(random, 4);
	}
	scene->journey.tolerances = list;
	scene->journey.tolerance_count = TL_FAMILIES;
}

static void add_touchpoint(struct random *random, struct scene *scene, size_t i)
{
	struct tl_touchpoint *touchpoint = &scene->touchpoints[i];
	struct tl_emotion *emotion = tl_arena_new(&scene->arena, struct tl_emotion);
	struct tl_counts *counts = &scene->counts[i];
	double mood = pow(random_unit(random), 2);
	bool quiet = random_below(random, 8) == 0; /* hardly anybody said anything */

	emotion->valence = 4 * random_unit(random) - 2;
	touchpoint->emotions = emotion;
	touchpoint->emotion_count = random_below(random, 2);
	touchpoint->importance = 1 + (int)random_below(random, 5);
	if (random_below(random, 4) == 0)
		touchpoint->reach = random_unit(random);
	for (enum tl_witness by = 0; by < TL_WITNESSES; by++) {
		uint64_t n = quiet ? random_below(random, 6) : any_n(random);
		count(scene, i, by, any_x(random, by, n, mood), n);
		if (by <= TL_BY_SENTIMENT)
			add_answers(random, &counts->by[by]);
	}
	counts->episodes = any_n(random);
	counts->promoters = random_below(random, counts->by[TL_BY_NPS].n + 1);
	counts->passives = random_below(random, counts->by[TL_BY_NPS].n - counts->promoters + 1);
	counts->personas = tl_arena_alloc(&scene->arena, PERSONAS * sizeof *counts->personas);
	for (size_t k = 0; k < PERSONAS; k++)
		memcpy(counts->personas[k], counts->by, sizeof counts->by);
}

static void random_scene(struct random *random, struct scene *scene)
{
	static const struct tl_persona personas[PERSONAS] = {
		{.id = "a", .segment = "s"}, {.id = "b", .index = 1}};

	make_scene(scene, 1 + random_below(random, MOST_TOUCHPOINTS));
	scene->journey.personas = personas;
	scene->journey.persona_count = random_below(random, PERSONAS + 1);
	if (random_below(random, 2))
		add_tolerances(random, scene);
	for (size_t i = 0; i < scene->journey.touchpoint_count; i++)
		add_touchpoint(random, scene, i);
}

/* ---- every score is sound -------------------------------------------------------------------- */

static bool within(double value, double low, double high)
{
	return value >= low - SLACK && value <= high + SLACK;
}

static void check_family(const struct tl_family_score *family)
{
	CHECK(family->witness >= 0 || (!family->n && !family->scored));
	CHECK(family->n == 0 || (isfinite(family->rate) && isfinite(family->shrunk)));
	CHECK(family->scored == (family->n >= TL_LEAST && family->promise < family->intolerable &&
					family->weight > 0));
	if (!family->scored) {
		CHECK(isnan(family->score) && isnan(family->p) && isnan(family->q));
		return;
	}
	CHECK(within(family->score, 0, 100));
	CHECK(family->interval.low >= 0 && family->interval.high <= 100);
	CHECK(within(family->score, family->interval.low, family->interval.high));
	CHECK(family->p >= 0 && family->p <= 1 && family->q >= family->p && family->q <= 1);
	double least = fmin(family->rate, family->pool), most = fmax(family->rate, family->pool);
	CHECK(within(family->shrunk, least, most));
}

static void check_verdict(const struct tl_touchpoint_score *touchpoint)
{
	bool evidence = false, hot = false;
	for (int f = 0; f < TL_FAMILIES; f++) {
		const struct tl_family_score *family = &touchpoint->families[f];
		check_family(family);
		evidence = evidence || (f != TL_DEMAND && family->scored);
		hot = hot || (family->scored && family->score >= 50 && family->q <= .05);
	}
	CHECK(evidence == (touchpoint->verdict != TL_NO_EVIDENCE));
	CHECK(evidence == !isnan(touchpoint->friction) && evidence == (touchpoint->rank > 0));
	CHECK((touchpoint->verdict == TL_HOTSPOT) == (hot && touchpoint->friction >= 50));
	CHECK(touchpoint->verdict != TL_WATCH || touchpoint->friction >= 10);
	CHECK(touchpoint->reach >= 0 && touchpoint->reach <= 1);
	if (!evidence)
		return;
	CHECK(within(touchpoint->friction, 0, 100));
	CHECK(touchpoint->interval.low >= 0 && touchpoint->interval.high <= 100);
	CHECK(within(touchpoint->friction, touchpoint->interval.low, touchpoint->interval.high));
	CHECK(touchpoint->mean <= touchpoint->worst + SLACK);
	CHECK(within(touchpoint->impact, 0, touchpoint->friction));
}

static void check_emotions(const struct tl_touchpoint_score *touchpoint)
{
	for (size_t k = 0; k < touchpoint->emotion_count; k++) {
		const struct tl_emotion_score *emotion = &touchpoint->emotions[k];
		CHECK(isnan(emotion->measured) == (emotion->n == 0));
		CHECK(isnan(emotion->interval.low) == (emotion->n < 2));
		CHECK(isnan(emotion->estimate) ==
			(isnan(emotion->declared) && emotion->n < TL_LEAST));
		if (emotion->n)
			CHECK(within(emotion->measured, -2, 2));
		if (emotion->n > 1)
			CHECK(within(
				emotion->measured, emotion->interval.low, emotion->interval.high));
		if (!isnan(emotion->estimate))
			CHECK(within(emotion->estimate, -2, 2));
		CHECK(!emotion->conflict || emotion->n >= 10);
	}
}

static void check_ranking(const struct tl_journey_score *score)
{
	size_t verdicts = 0;
	for (int v = 0; v <= TL_HOTSPOT; v++)
		verdicts += score->verdicts[v];
	CHECK(verdicts == score->journey->touchpoint_count);
	CHECK(score->ranked == verdicts - score->verdicts[TL_NO_EVIDENCE]);
	for (size_t i = 0; i < score->ranked; i++) {
		const struct tl_touchpoint_score *here = score->ranking[i];
		CHECK(here->rank == i + 1);
		if (!i)
			continue;
		const struct tl_touchpoint_score *above = score->ranking[i - 1];
		CHECK(above->verdict >= here->verdict);
		CHECK(above->verdict > here->verdict || above->impact >= here->impact);
	}
}

static void every_score_is_sound(void **state)
{
	struct random random = {1};
	struct scene scene;
	size_t verdicts[TL_HOTSPOT + 1] = {0};

	(void)state;
	for (now = 0; now < CASES; now++) {
		random_scene(&random, &scene);
		const struct tl_journey_score *score = score_scene(&scene);
		for (size_t i = 0; i < scene.journey.touchpoint_count; i++) {
			check_verdict(&score->touchpoints[i]);
			check_emotions(&score->touchpoints[i]);
			verdicts[score->touchpoints[i].verdict]++;
		}
		check_ranking(score);
		CHECK(isnan(score->nps.value) == (score->nps_n == 0));
		if (score->nps_n)
			CHECK(within(score->nps.value, -100, 100) &&
				within(score->nps.estimate, score->nps.interval.low,
					score->nps.interval.high));
		release_scene(&scene);
	}
	for (int v = 0; v <= TL_HOTSPOT; v++) {
		printf("%-12s %zu\n", tl_verdicts.words[v], verdicts[v]);
		assert_true(verdicts[v] > CASES / 10); /* else the cases prove little */
	}
}

/* More friction in one count never makes anything better, there or elsewhere. */
static void friction_is_monotone(void **state)
{
	struct random random = {2};
	struct scene scene;
	unsigned raised = 0, worse = 0;

	(void)state;
	for (now = 0; now < CASES; now++) {
		random_scene(&random, &scene);
		size_t at = random_below(&random, scene.journey.touchpoint_count);
		enum tl_witness by = (enum tl_witness)random_below(&random, TL_WITNESSES);
		struct tl_count *raise = &scene.counts[at].by[by];
		const struct tl_journey_score *before = score_scene(&scene);
		if (by != TL_BY_CONTACTS && raise->x == raise->n) {
			release_scene(&scene);
			continue;
		}
		raise->x +=
			1 + (by == TL_BY_CONTACTS ? 0 : random_below(&random, raise->n - raise->x));
		const struct tl_journey_score *after = score_scene(&scene);
		raised++;
		for (size_t i = 0; i < scene.journey.touchpoint_count; i++) {
			const struct tl_touchpoint_score *one = &before->touchpoints[i];
			const struct tl_touchpoint_score *two = &after->touchpoints[i];
			CHECK(two->verdict >= one->verdict);
			CHECK(isnan(one->friction) || two->friction >= one->friction - SLACK);
			worse += two->verdict > one->verdict;
			for (int f = 0; f < TL_FAMILIES; f++)
				CHECK(!one->families[f].scored ||
					two->families[f].q <= one->families[f].q + SLACK);
		}
		release_scene(&scene);
	}
	printf("%u counts raised, %u verdicts became worse, none better\n", raised, worse);
	assert_true(raised > CASES / 2 && worse > 50);
}

/* However bad all answers are: fewer than five of them are no evidence. */
static void few_answers_are_no_hotspot(void **state)
{
	struct random random = {3};
	struct scene scene;

	(void)state;
	for (now = 0; now < CASES; now++) {
		make_scene(&scene, 3);
		for (size_t i = 0; i < 3; i++)
			for (enum tl_witness by = 0; by < TL_WITNESSES; by++) {
				uint64_t n = random_below(
					&random, by == TL_BY_CONTACTS ? 1000 : TL_LEAST);
				count(&scene, i, by, n, n);
			}
		const struct tl_journey_score *score = score_scene(&scene);
		CHECK(score->verdicts[TL_NO_EVIDENCE] == 3 && score->ranked == 0);
		release_scene(&scene);
	}
}

/* ---- nothing depends on how the counts came in ------------------------------------------------
 */

/* The touchpoints of a scene in reverse, all else the same. */
static void reverse(struct scene *out, const struct scene *scene)
{
	size_t touchpoints = scene->journey.touchpoint_count;
	make_scene(out, touchpoints);
	for (size_t i = 0; i < touchpoints; i++) {
		const struct tl_touchpoint *from = &scene->touchpoints[touchpoints - 1 - i];
		out->touchpoints[i].importance = from->importance;
		out->touchpoints[i].reach = 1;
		out->counts[i] = scene->counts[touchpoints - 1 - i];
	}
	out->journey.tolerances = scene->journey.tolerances;
	out->journey.tolerance_count = scene->journey.tolerance_count;
}

static void order_does_not_matter(void **state)
{
	struct random random = {4};
	struct scene scene, back;

	(void)state;
	for (now = 0; now < CASES; now++) {
		random_scene(&random, &scene);
		reverse(&back, &scene);
		const struct tl_journey_score *one = score_scene(&scene), *two = score_scene(&back);
		size_t last = scene.journey.touchpoint_count - 1;
		for (size_t i = 0; i <= last; i++) {
			const struct tl_touchpoint_score *a = &one->touchpoints[i];
			const struct tl_touchpoint_score *b = &two->touchpoints[last - i];
			CHECK(a->verdict == b->verdict);
			CHECK(isnan(a->friction) || fabs(a->friction - b->friction) < SLACK);
			CHECK(isnan(a->impact) || fabs(a->impact - b->impact * a->reach) < SLACK);
		}
		release_scene(&scene);
		release_scene(&back);
	}
}

/* Sums of parts score like the whole: 30 answers one by one, or as they come in three imports. */
static void splitting_does_not_matter(void **state)
{
	struct random random = {5};

	(void)state;
	for (now = 0; now < CASES; now++) {
		struct scene whole, parts;
		make_scene(&whole, 2);
		make_scene(&parts, 2);
		for (int answer = 0; answer < 60; answer++) {
			double emotion = (double)random_below(&random, 5) - 2;
			struct tl_count *all = &whole.counts[answer % 2].by[TL_BY_CSAT];
			all->x += emotion < 0;
			all->n++;
			all->sum += emotion;
			all->squares += emotion * emotion;
		}
		for (size_t i = 0; i < 2; i++) {
			struct tl_count *all = &whole.counts[i].by[TL_BY_CSAT], left = *all;
			struct tl_count *sum = &parts.counts[i].by[TL_BY_CSAT];
			for (int part = 3; part > 0; part--) {
				uint64_t x = left.x / (uint64_t)part, n = left.n / (uint64_t)part;
				sum->x += x;
				sum->n += n;
				sum->sum += left.sum / part;
				sum->squares += left.squares / part;
				left = (struct tl_count){left.x - x, left.n - n,
					left.sum - left.sum / part,
					left.squares - left.squares / part};
			}
		}
		const struct tl_journey_score *one = score_scene(&whole),
					      *two = score_scene(&parts);
		for (size_t i = 0; i < 2; i++) {
			CHECK(one->touchpoints[i].friction == two->touchpoints[i].friction);
			CHECK(one->touchpoints[i].interval.high ==
				two->touchpoints[i].interval.high);
			CHECK(fabs(one->touchpoints[i].emotions[0].estimate -
				      two->touchpoints[i].emotions[0].estimate) < SLACK);
		}
		release_scene(&whole);
		release_scene(&parts);
	}
}

/* ---- reach ------------------------------------------------------------------------------------
 */

enum { MOST_WAYS = 3, ROUNDS = 400 };

/* Ways of all lengths, forward and back, with a share each; some stop. */
static void add_ways(struct random *random, struct scene *scene)
{
	size_t count = scene->journey.touchpoint_count;
	for (size_t i = 0; i < count; i++) {
		struct tl_next *nexts = tl_arena_array(&scene->arena, struct tl_next, MOST_WAYS);
		size_t ways = random_below(random, MOST_WAYS + 1);
		for (size_t k = 0; k < ways; k++) {
			bool ahead = random_below(random, 3) && i + 1 < count;
			size_t to = ahead ? i + 1 + random_below(random, count - i - 1)
					  : random_below(random, count);
			nexts[k] = (struct tl_next){.to = &scene->touchpoints[to],
				.handoff = -1,
				.share = .3 * random_unit(random)};
		}
		scene->touchpoints[i].nexts = nexts;
		scene->touchpoints[i].next_count = ways;
	}
}

/* The probability of ever coming past target, of the whole journey at once, until nothing moves. */
static double reach_of(const struct scene *scene, size_t target)
{
	double hit[2][30] = {{0}};
	for (int round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < scene->journey.touchpoint_count; i++) {
			const struct tl_touchpoint *at = &scene->touchpoints[i];
			double sum = 0;
			for (size_t k = 0; k < at->next_count; k++)
				sum += at->nexts[k].share * hit[round % 2][at->nexts[k].to->index];
			hit[1 - round % 2][i] = i == target ? 1 : sum;
		}
	return hit[0][0];
}

static void reach_is_that_of_the_whole_chain(void **state)
{
	struct random random = {6};
	struct scene scene;
	double reach[30], most = 0;

	(void)state;
	for (now = 0; now < 60; now++) {
		make_scene(&scene, 1 + random_below(&random, 30));
		add_ways(&random, &scene);
		tl_score_reach(reach, &scene.journey);
		for (size_t i = 0; i < scene.journey.touchpoint_count; i++)
			most = fmax(most, fabs(reach[i] - reach_of(&scene, i)));
		release_scene(&scene);
	}
	printf("reach block by block is off by %.1e at most\n", most);
	assert_true(most < 1e-8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_score_is_sound),
		cmocka_unit_test(friction_is_monotone),
		cmocka_unit_test(few_answers_are_no_hotspot),
		cmocka_unit_test(order_does_not_matter),
		cmocka_unit_test(splitting_does_not_matter),
		cmocka_unit_test(reach_is_that_of_the_whole_chain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
