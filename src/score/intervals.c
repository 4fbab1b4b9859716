/* intervals: 95 % intervals of rates, their differences, counts and means. */
#include <math.h>
#include "score/tails.h"
#include "touchline/score.h"

#define Z 1.959963984540054 /* the normal distribution exceeds it with probability OUTSIDE */
#define OUTSIDE .025

static const struct tl_interval nothing = {NAN, NAN};

struct tl_interval tl_score_wilson(double x, double n)
{
	if (!(n > 0))
		return nothing;
	double p = fmin(1, fmax(0, x / n)), w = Z * Z / n;
	double middle = p + w / 2, half = Z * sqrt(p * (1 - p) / n + w / (4 * n));
	return (struct tl_interval){
		/* where p is 0 or 1 the bound is p, and not what rounding makes of it */
		p <= 0 ? 0 : fmax(0, (middle - half) / (1 + w)),
		p >= 1 ? 1 : fmin(1, (middle + half) / (1 + w)),
	};
}

/* Squares of the distances to each rate's own bounds add up to that of their difference. */
struct tl_interval tl_interval_of_difference(
	double rate1, struct tl_interval one, double rate2, struct tl_interval two)
{
	double difference = rate2 - rate1;
	return (struct tl_interval){
		difference - hypot(rate2 - two.low, one.high - rate1),
		difference + hypot(two.high - rate2, rate1 - one.low),
	};
}

struct tl_interval tl_score_newcombe(double x1, double n1, double x2, double n2)
{
	return tl_interval_of_difference(
		x1 / n1, tl_score_wilson(x1, n1), x2 / n2, tl_score_wilson(x2, n2));
}

struct tl_interval tl_score_garwood(double k, double exposure)
{
	if (!(exposure > 0))
		return nothing;
	return (struct tl_interval){
		k > 0 ? tl_gamma_quantile_below(k, OUTSIDE) / exposure : 0,
		tl_gamma_quantile_above(k + 1, OUTSIDE) / exposure,
	};
}

struct tl_interval tl_score_mean(double n, double sum, double squares)
{
	if (!(n >= 2))
		return nothing;
	double mean = sum / n, variance = fmax(0, (squares - sum * mean) / (n - 1));
	double half = tl_student_quantile(n - 1, OUTSIDE) * sqrt(variance / n);
	return (struct tl_interval){mean - half, mean + half};
}
