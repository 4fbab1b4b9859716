/* discovery: which of many tests to believe (Benjamini & Hochberg). */
#include <math.h>
#include <stdlib.h>
#include "touchline/score.h"

struct place {
	double p;
	size_t index;
};

static int by_p(const void *a, const void *b)
{
	const struct place *one = a, *two = b;
	return (one->p > two->p) - (one->p < two->p);
}

void tl_score_false_discovery(double *q, const double *p, size_t count)
{
	struct tl_arena arena;
	tl_arena_init(&arena);
	struct place *places = tl_arena_array(&arena, struct place, count);
	size_t tests = 0;
	for (size_t i = 0; i < count; i++) {
		if (!isnan(p[i]))
			places[tests++] = (struct place){p[i], i};
		else
			q[i] = NAN;
	}
	qsort(places, tests, sizeof *places, by_p);
	double least = 1;
	for (size_t i = tests; i-- > 0;) {
		/* by a factor of at least 1, so that rounding never makes q less than p */
		least = fmin(least, places[i].p * ((double)tests / (double)(i + 1)));
		q[places[i].index] = least;
	}
	tl_arena_release(&arena);
}
