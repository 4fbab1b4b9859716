/* fisher: are two rates the same? Exact at every count, as the tails of the hypergeometric
 * distribution of x1 given what both have together. */
#include <math.h>
#include "touchline/score.h"

static double log_choose(double n, double k)
{
	int sign;
	return lgamma_r(n + 1, &sign) - lgamma_r(k + 1, &sign) - lgamma_r(n - k + 1, &sign);
}

/* What the values from x on in one direction weigh, x itself being 1. Steps are ratios of neighbours;
 * once they fall, the rest is less than what is left out. */
static double tail(double x, double n1, double n2, double all, int step)
{
	double sum = 1, term = 1;
	for (;; x += step) {
		double ratio = step > 0 ? (n1 - x) * (all - x) / ((x + 1) * (n2 - all + x + 1))
					: x * (n2 - all + x) / ((n1 - x + 1) * (all - x + 1));
		term *= ratio;
		sum += term;
		if (term <= 0 || (ratio < 1 && term < sum * 1e-17 * (1 - ratio)))
			return sum;
	}
}

double tl_score_fisher(uint64_t x1, uint64_t n1, uint64_t x2, uint64_t n2)
{
	if (!n1 || !n2 || x1 > n1 || x2 > n2)
		return NAN;
	double a = (double)x1, n = (double)n1, m = (double)n2, all = a + (double)x2;
	/* Away from the mean first: only that tail is small, and only there is the sum short. */
	int step = a * (n + m) >= n * all ? 1 : -1;
	double mass = exp(log_choose(n, a) + log_choose(m, all - a) - log_choose(n + m, all));
	return fmin(1, 2 * mass * tail(a, n, m, all, step));
}
