/* drift: a rate that leaves, period by period, the course it was on (EWMA). */
#include <math.h>
#include "touchline/score.h"

#define LAMBDA .2
#define WIDTH 3
enum { LEAST_PERIODS = 8 };

static double rate_of_all(const struct tl_period *periods, size_t count)
{
	double x = 0, n = 0;
	for (size_t i = 0; i < count; i++) {
		if (!periods[i].n)
			continue;
		x += (double)periods[i].x;
		n += (double)periods[i].n;
	}
	return x / n;
}

static struct tl_mann_kendall trend_of(const struct tl_period *periods, size_t count)
{
	struct tl_mann_kendall out = {NAN, NAN, NAN, NAN};
	struct tl_arena arena;
	tl_arena_init(&arena);
	double *rates = tl_arena_array(&arena, double, count);
	size_t known = 0;
	for (size_t i = 0; i < count; i++)
		if (periods[i].n)
			rates[known++] = periods[i].rate;
	if (known >= LEAST_PERIODS)
		out = tl_score_mann_kendall(rates, known);
	tl_arena_release(&arena);
	return out;
}

struct tl_drift tl_score_drift(enum tl_family family, struct tl_period *periods, size_t count)
{
	double course = rate_of_all(periods, count), average = course, variance = 0;
	double spread = family == TL_DEMAND ? course : course * fmax(0, 1 - course);
	double most = family == TL_DEMAND ? INFINITY : 1;
	struct tl_drift drift = {0};

	for (size_t i = 0; i < count; i++) {
		struct tl_period *period = &periods[i];
		double n = (double)period->n;
		period->rate = period->n ? (double)period->x / n : NAN;
		if (period->n) {
			average += LAMBDA * (period->rate - average);
			variance = LAMBDA * LAMBDA * spread / n +
				   (1 - LAMBDA) * (1 - LAMBDA) * variance;
		}
		period->average = average;
		period->low = fmax(0, course - WIDTH * sqrt(variance));
		period->high = fmin(most, course + WIDTH * sqrt(variance));
		period->out = average < period->low || average > period->high;
		if (period->out)
			drift.direction = average > course ? 1 : -1;
	}
	drift.trend = trend_of(periods, count);
	return drift;
}
