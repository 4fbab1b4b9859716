/* journey: all scores of a journey from all counts, in the order in which they need each other. */
#include "score/journey.h"

#include <math.h>

/* Times are held against the strictest promise of a clock: against no other is anything known. */
static bool is_timed(const struct tl_touchpoint *touchpoint, const struct tl_expectation *expectation)
{
	if (expectation->clock < 0 || isnan(expectation->promise))
		return false;
	for (size_t i = 0; i < touchpoint->expectation_count; i++)
		if (touchpoint->expectations[i].clock == expectation->clock &&
			touchpoint->expectations[i].promise < expectation->promise)
			return false;
	return true;
}

static bool is_heard(const struct tl_touchpoint *touchpoint, const struct tl_expectation *expectation)
{
	for (size_t i = 0; i < touchpoint->listen_count; i++)
		if (touchpoint->listens[i].expectation == expectation)
			return true;
	return false;
}

static void find_gaps(struct tl_arena *arena, struct tl_touchpoint_score *score)
{
	const struct tl_touchpoint *touchpoint = score->touchpoint;
	const struct tl_counts *counts = score->counts;
	size_t count = touchpoint->expectation_count;

	score->gaps = tl_arena_array(arena, struct tl_gap, count);
	for (size_t i = 0; i < count; i++) {
		const struct tl_expectation *expectation = &touchpoint->expectations[i];
		struct tl_gap *gap = &score->gaps[i];
		const struct tl_count *late = &counts->by[expectation->clock == TL_CLOCK_REPLY ?
								  TL_BY_REPLY : TL_BY_RESOLUTION];

		if (is_timed(touchpoint, expectation))
			*gap = (struct tl_gap){.broken = late->x, .n = late->n};
		else if (is_heard(touchpoint, expectation))
			*gap = (struct tl_gap){.broken = counts->broken ? counts->broken[i] : 0,
				.n = counts->episodes};
		gap->rate = gap->n ? (double)gap->broken / (double)gap->n : NAN;
		gap->interval = tl_score_wilson((double)gap->broken, (double)gap->n);
	}
}

static void start(
	struct tl_arena *arena, struct tl_journey_score *score, const struct tl_counts *counts)
{
	size_t count = score->journey->touchpoint_count;
	struct tl_assumed *assumed = tl_arena_array(arena, struct tl_assumed, count);

	score->touchpoints = tl_arena_array(arena, struct tl_touchpoint_score, count);
	tl_score_assumed(assumed, score->journey);
	for (size_t i = 0; i < count; i++) {
		struct tl_touchpoint_score *touchpoint = &score->touchpoints[i];
		touchpoint->touchpoint = &score->journey->touchpoints[i];
		touchpoint->counts = &counts[i];
		touchpoint->assumed = assumed[i];
		find_gaps(arena, touchpoint);
	}
}

/* The instruments' own figures: emotion was made of CSAT − 3 and of (CES − 4) · 2/3. */
static void sum_up(struct tl_journey_score *score, const struct tl_counts *counts)
{
	struct tl_count csat = {0}, ces = {0};
	uint64_t promoters = 0, passives = 0;

	for (size_t i = 0; i < score->journey->touchpoint_count; i++) {
		csat.n += counts[i].by[TL_BY_CSAT].n;
		csat.sum += counts[i].by[TL_BY_CSAT].sum;
		ces.n += counts[i].by[TL_BY_CES].n;
		ces.sum += counts[i].by[TL_BY_CES].sum;
		score->nps_n += counts[i].by[TL_BY_NPS].n;
		promoters += counts[i].promoters;
		passives += counts[i].passives;
		score->solved += counts[i].solved;
		score->contacted += counts[i].contacted;
		score->episodes += counts[i].episodes;
		score->records += counts[i].records;
	}
	score->csat = (struct tl_answers){csat.n, csat.n ? csat.sum / (double)csat.n + 3 : NAN};
	score->ces = (struct tl_answers){ces.n, ces.n ? ces.sum / (double)ces.n * 1.5 + 4 : NAN};
	score->nps = tl_score_nps((double)promoters, (double)passives,
		(double)score->nps_n - (double)promoters - (double)passives);
}

struct tl_journey_score *tl_score_journey(
	struct tl_arena *arena, const struct tl_journey *journey, const struct tl_counts *counts)
{
	struct tl_journey_score *score = tl_arena_new(arena, struct tl_journey_score);

	score->journey = journey;
	start(arena, score, counts);
	tl_score_families(score, counts);
	tl_score_tests(arena, score);
	for (size_t i = 0; i < journey->touchpoint_count; i++)
		tl_score_verdict(&score->touchpoints[i]);
	tl_score_ranking(arena, score);
	tl_score_emotions(arena, score);
	sum_up(score, counts);
	return score;
}
