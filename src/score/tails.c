/* tails: binomial and Poisson probabilities, exactly.
 *
 * Each tail is the probability of one value times a sum that a short continued fraction (or series)
 * gives. The probability of one value is computed as C. Loader (2000) shows: the difference of
 * log-gammas of 10^7 would keep eight digits only, so what they have in common is cancelled by
 * hand, and what is left is Stirling's error and the deviance. The continued fractions are those of
 * the NIST handbook, 8.17.22 and 8.9.2, evaluated by Lentz' method; near the mean they need about
 * sqrt(n) steps, elsewhere a dozen.
 */
#include "score/tails.h"

#include <float.h>
#include <math.h>
#include "touchline/score.h"

enum { MOST_STEPS = 1000000, MOST_NEWTON = 60 };
#define TINY 1e-300
#define NEAR 1e-6 /* after a step of Newton's this small, what is left is about its square */

/* log z! − log(√(2πz) (z/e)^z) */
static double stirling_error(double z)
{
	if (z < 16) {
		int sign;
		return lgamma_r(z + 1, &sign) - (z + .5) * log(z) + z - .5 * log(2 * M_PI);
	}
	double w = 1 / (z * z);
	return (1. / 12 - w * (1. / 360 - w * (1. / 1260 - w * (1. / 1680 - w / 1188)))) / z;
}

/* x log(x/mean) + mean − x, without the cancellation where x is near the mean */
static double deviance(double x, double mean)
{
	double u = (x - mean) / mean;
	return mean * ((1 + u) * log1p(u) - u);
}

/* n! / (k! (n − k)!) · x^k · y^(n − k), for real 0 < k < n */
static double binomial_mass(double k, double n, double x, double y)
{
	double l = n - k;
	return sqrt(n / (2 * M_PI * k * l)) *
	       exp(stirling_error(n) - stirling_error(k) - stirling_error(l) - deviance(k, n * x) -
		       deviance(l, n * y));
}

/* mean^k / k! · e^(−mean), for real k > 0 */
static double poisson_mass(double k, double mean)
{
	return exp(-stirling_error(k) - deviance(k, mean)) / sqrt(2 * M_PI * k);
}

static double away_from_zero(double value)
{
	return fabs(value) < TINY ? TINY : value;
}

/* One step of Lentz' method: the fraction's next term is numerator / (denominator + …). */
struct fraction {
	double value, c, d;
};
static double lentz(struct fraction *f, double numerator, double denominator)
{
	f->d = 1 / away_from_zero(denominator + numerator * f->d);
	f->c = away_from_zero(denominator + numerator / f->c);
	f->value *= f->c * f->d;
	return fabs(f->c * f->d - 1);
}

/* The even part of the fraction of 8.17.22: twice as fast, and for whole numbers all of its terms
 * are positive, so that nothing cancels where x is nearly 1. */
static double beta_fraction(double a, double b, double x, double y)
{
	double lead = a * y - b * x + 1, first = a * lead / (a + 1);
	struct fraction f = {first, first, 0};
	for (int k = 1; k < MOST_STEPS; k++) {
		double m = k, odd = a + 2 * m - 1, even = m * (b - m) * x / odd;
		double numerator = (a + m - 1) / odd * (a + b + m - 1) * even * x;
		double denominator = m + even + (a + m) * (lead + m * (1 + y)) / (odd + 2);
		if (lentz(&f, numerator, denominator) <= DBL_EPSILON)
			break;
	}
	return f.value;
}

static double beta_below(double a, double b, double x, double y)
{
	return a * b / (a + b) * binomial_mass(a, a + b, x, y) / beta_fraction(a, b, x, y);
}

struct tails tl_tails_beta(double a, double b, double x, double y)
{
	if (x <= 0 || y <= 0)
		return x <= 0 ? (struct tails){0, 1} : (struct tails){1, 0};
	if (x < (a + 1) / (a + b + 2)) {
		double below = fmin(1, beta_below(a, b, x, y));
		return (struct tails){below, 1 - below};
	}
	double above = fmin(1, beta_below(b, a, y, x));
	return (struct tails){1 - above, above};
}

static double gamma_series(double a, double x)
{
	double sum = 1, term = 1;
	for (int k = 1; k < MOST_STEPS && term > sum * DBL_EPSILON / 4; k++) {
		term *= x / (a + k);
		sum += term;
	}
	return sum;
}

static double gamma_fraction(double a, double x)
{
	double denominator = x + 1 - a;
	struct fraction f = {1 / denominator, 1 / TINY, 1 / denominator};
	for (int k = 1; k < MOST_STEPS; k++) {
		denominator += 2;
		if (lentz(&f, k * (a - k), denominator) <= DBL_EPSILON)
			break;
	}
	return f.value;
}

struct tails tl_tails_gamma(double a, double x)
{
	if (x <= 0)
		return (struct tails){0, 1};
	if (x < a + 1) {
		double below = fmin(1, poisson_mass(a, x) * gamma_series(a, x));
		return (struct tails){below, 1 - below};
	}
	double above = fmin(1, a * poisson_mass(a, x) * gamma_fraction(a, x));
	return (struct tails){1 - above, above};
}

double tl_score_binomial_tail(double x, double n, double p)
{
	if (isnan(x) || isnan(n) || isnan(p))
		return NAN;
	x = ceil(x);
	if (x <= 0 || x > n)
		return x <= 0;
	return tl_tails_beta(x, n - x + 1, p, 1 - p).below;
}

double tl_score_poisson_tail(double x, double mean)
{
	if (isnan(x) || isnan(mean))
		return NAN;
	x = ceil(x);
	return x <= 0 ? 1 : tl_tails_gamma(x, mean).below;
}

/* Newton's method on the logarithm of the tail over log x. Both log-tails are concave there (the
 * density of log x is log-concave), so that every step after the first comes nearer from one side.
 */
static double gamma_quantile(double a, double wanted, double start, bool is_below)
{
	double x = start;
	for (int i = 0; i < MOST_NEWTON && x > 0; i++) {
		struct tails tails = tl_tails_gamma(a, x);
		double tail = is_below ? tails.below : tails.above;
		double slope = a * poisson_mass(a, x) / tail;
		double step = log(wanted / tail) / slope;
		x *= exp(is_below ? step : -step);
		if (fabs(step) * sqrt(a) < NEAR)
			break;
	}
	return x;
}

/* Wilson & Hilferty: the cube root of a gamma variate is nearly normal. */
static double gamma_guess(double a, double z)
{
	double root = 1 - 1 / (9 * a) + z / (3 * sqrt(a));
	return root > .3 ? a * root * root * root : a;
}

double tl_gamma_quantile_below(double a, double below)
{
	return gamma_quantile(a, below, gamma_guess(a, -1.96), true);
}

double tl_gamma_quantile_above(double a, double above)
{
	return gamma_quantile(a, above, gamma_guess(a, 1.96), false);
}

/* The beginning of Cornish and Fisher's series, for the quantile of .025. */
static double student_guess(double df)
{
	return df < 3 ? 1.6 : 1.96 + (2.3722 + (2.8225 + 2.5558 / df) / df) / df;
}

/* The tail is convex in t > 0: after one step Newton's method is left of the quantile, and from
 * there it never oversteps it. */
double tl_student_quantile(double df, double above)
{
	int sign;
	double scale = lgamma_r((df + 1) / 2, &sign) - lgamma_r(df / 2, &sign) - log(df * M_PI) / 2;
	double t = student_guess(df);
	for (int i = 0; i < MOST_NEWTON; i++) {
		double sum = df + t * t;
		double tail = tl_tails_beta(df / 2, .5, df / sum, t * t / sum).below / 2;
		double step = (tail - above) / exp(scale - (df + 1) / 2 * log1p(t * t / df));
		t += step;
		if (fabs(step) < NEAR * t)
			break;
	}
	return t;
}
