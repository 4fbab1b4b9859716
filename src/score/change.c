/* change: is there evidence that friction differs between two periods? */
#include <math.h>
#include "score/intervals.h"

static struct tl_interval interval_of(enum tl_family family, double x, double n)
{
	return family == TL_DEMAND ? tl_score_garwood(x, n) : tl_score_wilson(x, n);
}

struct tl_change tl_score_change(
	enum tl_family family, uint64_t x1, uint64_t n1, uint64_t x2, uint64_t n2)
{
	struct tl_change change = {.x1 = x1,
		.n1 = n1,
		.x2 = x2,
		.n2 = n2,
		.rate1 = n1 ? (double)x1 / (double)n1 : NAN,
		.rate2 = n2 ? (double)x2 / (double)n2 : NAN};
	change.difference = change.rate2 - change.rate1;
	change.interval =
		tl_interval_of_difference(change.rate1, interval_of(family, (double)x1, (double)n1),
			change.rate2, interval_of(family, (double)x2, (double)n2));
	if (change.interval.high < 0)
		change.verdict = TL_CHANGE_BETTER;
	else if (change.interval.low > 0)
		change.verdict = TL_CHANGE_WORSE;
	return change;
}
