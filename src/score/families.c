/* families: friction of each kind at each touchpoint, from the counts of its best witness. */
#include <math.h>
#include "score/journey.h"

const enum tl_family tl_witness_families[TL_WITNESSES] = {
	[TL_BY_CSAT] = TL_DISSATISFACTION,
	[TL_BY_CES] = TL_EFFORT,
	[TL_BY_NPS] = TL_DISSATISFACTION,
	[TL_BY_RATING] = TL_DISSATISFACTION,
	[TL_BY_SENTIMENT] = TL_VOICE,
	[TL_BY_CONDUCT] = TL_EFFORT,
	[TL_BY_REPLY] = TL_DELAY,
	[TL_BY_RESOLUTION] = TL_DELAY,
	[TL_BY_CONTACTS] = TL_DEMAND,
};

/* Judgement, not literature: what is promised, what is intolerable, and how much it counts. */
static const struct tl_tolerance defaults[TL_FAMILIES] = {
	[TL_DISSATISFACTION] = {.promise = .20, .intolerable = .60, .weight = 3},
	[TL_EFFORT] = {.promise = .10, .intolerable = .40, .weight = 3},
	[TL_DELAY] = {.promise = .10, .intolerable = .50, .weight = 2},
	[TL_DEMAND] = {.promise = .05, .intolerable = .25, .weight = 2},
	[TL_VOICE] = {.promise = .30, .intolerable = .80, .weight = 1},
};

static void declare(
	struct tl_family_score *out, const struct tl_tolerance *list, size_t count, int family)
{
	for (size_t i = 0; i < count; i++) {
		const struct tl_tolerance *said = &list[i];
		if (said->family != family)
			continue;
		double *to[] = {&out->promise, &out->intolerable, &out->weight};
		double from[] = {said->promise, said->intolerable, said->weight};
		for (size_t k = 0; k < TL_COUNT(to); k++) {
			if (isnan(from[k]))
				continue;
			*to[k] = from[k];
			out->declared = true;
		}
	}
}

static void set_tolerance(struct tl_family_score *out, const struct tl_journey *journey,
	const struct tl_touchpoint *touchpoint, int family)
{
	out->promise = defaults[family].promise;
	out->intolerable = defaults[family].intolerable;
	out->weight = defaults[family].weight;
	declare(out, journey->tolerances, journey->tolerance_count, family);
	declare(out, touchpoint->tolerances, touchpoint->tolerance_count, family);
	out->sound = out->promise < out->intolerable;
}

/* Contacts where nobody counted visits are shown, but say nothing about a rate. */
static int best_witness(const struct tl_counts *counts, int family)
{
	int best = -1;
	for (int w = 0; w < TL_WITNESSES; w++) {
		const struct tl_count *count = &counts->by[w];
		if ((int)tl_witness_families[w] == family && (count->n || count->x) &&
			(best < 0 || count->n > counts->by[best].n))
			best = w;
	}
	return best;
}

static double score_of(const struct tl_family_score *family, double rate)
{
	double part = (rate - family->promise) / (family->intolerable - family->promise);
	return 100 * fmin(1, fmax(0, part));
}

static void score_family(struct tl_family_score *family)
{
	double x = (double)family->x, n = (double)family->n, all = n + TL_PRIOR;
	bool demand = family->witness == TL_BY_CONTACTS;
	double seen = x + TL_PRIOR * family->pool; /* that is p̃ · (n + m) */
	struct tl_interval bounds =
		demand ? tl_score_garwood(seen, all) : tl_score_wilson(seen, all);
	family->score = score_of(family, family->shrunk);
	family->interval.low = score_of(family, bounds.low);
	family->interval.high = score_of(family, bounds.high);
	family->p = demand ? tl_score_poisson_tail(x, n * family->promise)
			   : tl_score_binomial_tail(x, n, family->promise);
}

static void fill(struct tl_family_score *out, const struct tl_counts *counts, const double *pools)
{
	out->rate = out->pool = out->shrunk = NAN;
	out->score = out->interval.low = out->interval.high = out->p = out->q = NAN;
	if (out->witness < 0)
		return;
	out->x = counts->by[out->witness].x;
	out->n = counts->by[out->witness].n;
	out->pool = pools[out->witness];
	if (!out->n)
		return;
	double x = (double)out->x, n = (double)out->n;
	out->rate = x / n;
	out->shrunk = (x + TL_PRIOR * out->pool) / (n + TL_PRIOR);
	out->scored = out->n >= TL_LEAST && out->sound && out->weight > 0;
	if (out->scored)
		score_family(out);
}

static void pool_counts(double *pools, const struct tl_counts *counts, size_t count)
{
	for (int w = 0; w < TL_WITNESSES; w++) {
		double x = 0, n = 0;
		for (size_t i = 0; i < count; i++) {
			if (!counts[i].by[w].n)
				continue;
			x += (double)counts[i].by[w].x;
			n += (double)counts[i].by[w].n;
		}
		pools[w] = x / n; /* NAN where nothing was counted */
	}
}

void tl_score_families(struct tl_journey_score *score, const struct tl_counts *counts)
{
	const struct tl_journey *journey = score->journey;
	double pools[TL_WITNESSES];

	pool_counts(pools, counts, journey->touchpoint_count);
	for (size_t i = 0; i < journey->touchpoint_count; i++)
		for (int f = 0; f < TL_FAMILIES; f++) {
			struct tl_family_score *family = &score->touchpoints[i].families[f];
			set_tolerance(family, journey, &journey->touchpoints[i], f);
			family->witness = best_witness(&counts[i], f);
			fill(family, &counts[i], pools);
		}
}

void tl_score_tests(struct tl_arena *arena, struct tl_journey_score *score)
{
	size_t count = score->journey->touchpoint_count * TL_FAMILIES;
	double *values = tl_arena_array(arena, double, count);

	for (size_t i = 0; i < count; i++) {
		values[i] = score->touchpoints[i / TL_FAMILIES].families[i % TL_FAMILIES].p;
		score->tests += !isnan(values[i]);
	}
	tl_score_false_discovery(values, values, count);
	for (size_t i = 0; i < count; i++)
		score->touchpoints[i / TL_FAMILIES].families[i % TL_FAMILIES].q = values[i];
}
