/* ranking: what to look at first. */
#include <math.h>
#include <stdlib.h>
#include "score/journey.h"

static uint64_t visits_of(const struct tl_touchpoint_score *touchpoint)
{
	return touchpoint->counts->by[TL_BY_CONTACTS].n;
}

static void set_reach(struct tl_arena *arena, struct tl_journey_score *score)
{
	size_t count = score->journey->touchpoint_count;
	uint64_t most = 0;
	bool walk = false;

	for (size_t i = 0; i < count; i++) {
		struct tl_touchpoint_score *touchpoint = &score->touchpoints[i];
		uint64_t visits = visits_of(touchpoint);
		most = visits > most ? visits : most;
		touchpoint->reach_source = !isnan(touchpoint->touchpoint->reach) ? TL_REACH_DECLARED
					   : visits                              ? TL_REACH_VISITS
										 : TL_REACH_SHARES;
		walk |= touchpoint->reach_source == TL_REACH_SHARES;
	}
	double *shares = tl_arena_array(arena, double, count);
	if (walk)
		tl_score_reach(shares, score->journey);
	for (size_t i = 0; i < count; i++) {
		struct tl_touchpoint_score *touchpoint = &score->touchpoints[i];
		touchpoint->reach = touchpoint->reach_source == TL_REACH_DECLARED
					    ? touchpoint->touchpoint->reach
				    : touchpoint->reach_source == TL_REACH_VISITS
					    ? (double)visits_of(touchpoint) / (double)most
					    : shares[i];
	}
}

static int compare(double a, double b) /* greatest first */
{
	return (a < b) - (a > b);
}

static int worst_first(const void *a, const void *b)
{
	const struct tl_touchpoint_score *one = *(const struct tl_touchpoint_score *const *)a;
	const struct tl_touchpoint_score *two = *(const struct tl_touchpoint_score *const *)b;
	int order = compare(one->verdict, two->verdict);
	if (!order)
		order = compare(one->impact, two->impact);
	if (!order)
		order = compare(one->friction, two->friction);
	return order ? order
		     : (one > two) - (one < two); /* of one array: the order of the journey */
}

void tl_score_ranking(struct tl_arena *arena, struct tl_journey_score *score)
{
	size_t count = score->journey->touchpoint_count;

	set_reach(arena, score);
	score->ranking = tl_arena_array(arena, const struct tl_touchpoint_score *, count);
	for (size_t i = 0; i < count; i++) {
		struct tl_touchpoint_score *touchpoint = &score->touchpoints[i];
		score->verdicts[touchpoint->verdict]++;
		if (touchpoint->verdict == TL_NO_EVIDENCE)
			continue;
		touchpoint->impact = touchpoint->friction * touchpoint->reach *
				     touchpoint->touchpoint->importance / 5;
		score->ranking[score->ranked++] = touchpoint;
	}
	qsort(score->ranking, score->ranked, sizeof *score->ranking, worst_first);
	for (size_t i = 0; i < score->ranked; i++)
		score->touchpoints[score->ranking[i]->touchpoint->index].rank = i + 1;
}
