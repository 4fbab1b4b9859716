/* Statistics against values that others printed, and against values that were computed another way:
 * by mpmath with 60 digits, from the definitions (sums of all terms, roots by bisection). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>
#include "touchline/score.h"

/* Equal to all digits that the source shows. */
static void shows(const char *what, double actual, double expected, int decimals)
{
	printf("%-44s %.*f, is to be %.*f\n", what, decimals, actual, decimals, expected);
	assert_true(fabs(actual - expected) <= .5000001 * pow(10, -decimals));
}

/* Equal to 11 significant digits. Returns how far off it is. */
static double off(double actual, double expected)
{
	double wrong = expected > 0 ? fabs(actual / expected - 1) : fabs(actual);
	if (!(wrong < 1e-11))
		fail_msg("%.16g, is to be %.16g", actual, expected);
	return wrong;
}

static void wilson(void **state)
{
	static const struct {
		const char *what;
		double x, n, low, high;
		int decimals;
	} rows[] = {
		{"Wilson 81/263 (Newcombe 1998, table I)", 81, 263, .2553, .3662, 4},
		{"Wilson 15/148 (Newcombe 1998, table I)", 15, 148, .0624, .1605, 4},
		{"Wilson 0/20 (Newcombe 1998, table I)", 0, 20, 0, .1611, 4},
		{"Wilson 1/29 (Newcombe 1998, table I)", 1, 29, .0061, .1718, 4},
		{"Wilson 8/10", 8, 10, .4901625, .9433178, 7},
	};

	(void)state;
	for (size_t i = 0; i < TL_COUNT(rows); i++) {
		struct tl_interval interval = tl_score_wilson(rows[i].x, rows[i].n);
		shows(rows[i].what, interval.low, rows[i].low, rows[i].decimals);
		shows(rows[i].what, interval.high, rows[i].high, rows[i].decimals);
	}
}

static void newcombe(void **state)
{
	static const struct {
		double x1, n1, x2, n2, low, high;
	} rows[] = {
		{48, 80, 56, 70, .0524, .3339},
		{3, 10, 9, 10, .1705, .8090},
		{2, 7, 6, 7, .0582, .8062},
		{0, 29, 5, 56, -.0381, .1926},
	};

	(void)state;
	for (size_t i = 0; i < TL_COUNT(rows); i++) {
		struct tl_interval interval =
			tl_score_newcombe(rows[i].x1, rows[i].n1, rows[i].x2, rows[i].n2);
		shows("Newcombe 1998, table II, method 10", interval.low, rows[i].low, 4);
		shows("Newcombe 1998, table II, method 10", interval.high, rows[i].high, 4);
	}
}

/* From R. A. Fisher's tea (The Design of Experiments, 1935) and convicted twins (JRSS 98), and others
 * that were counted out in whole numbers. */
static void fisher(void **state)
{
	static const struct {
		uint64_t x1, n1, x2, n2;
		double p;
	} rows[] = {
		{3, 4, 1, 4, .4857142857142857},
		{10, 13, 2, 17, 9.303618867258101e-4},
		{2, 17, 10, 13, 9.303618867258101e-4},
		{0, 5, 0, 9, 1},
		{5, 5, 9, 9, 1},
		{0, 30, 12, 40, 1.0502695955555365e-3},
		{40, 100, 23, 214, 1.1675503744940235e-8},
		{120, 2000, 4100, 60000, .15458448570770755},
		{5, 10, 5, 10, 1},
	};

	(void)state;
	for (size_t i = 0; i < TL_COUNT(rows); i++) {
		double p = tl_score_fisher(rows[i].x1, rows[i].n1, rows[i].x2, rows[i].n2);
		assert_true(fabs(p / rows[i].p - 1) < 1e-9);
	}
	assert_true(isnan(tl_score_fisher(0, 0, 1, 2)));
	assert_true(isnan(tl_score_fisher(3, 2, 1, 2)));
	/* The same rate at ten million, and one that differs at the third digit. */
	assert_true(tl_score_fisher(2000000, 10000000, 2000000, 10000000) > .99);
	double far = tl_score_fisher(2000000, 10000000, 2010000, 10000000);
	assert_true(far > 0 && far < 1e-6);
}

static void binomial(void **state)
{
	static const struct {
		double x, n, p, tail;
	} rows[] = {
		{28, 52, .2, 6.7830649832115106e-8},
		{18, 48, .1, 3.7449423337600922e-7},
		{31, 50, .1, 4.3957494730332382e-19},
		{22, 36, .3, .00010799128870271421},
		{1, 5, .2, .67232},
		{5, 5, .2, .00032},
		{1, 1, .5, .5},
		{60, 100, .5, .028443966820490396},
		{1000000, 10000000, .1, .50015419143050639},
		{1003000, 10000000, .1, .00078752572450920598},
		{1020000, 10000000, .1, 2.1732541789625812e-98},
		{1030000, 10000000, .1, 7.2734562134820935e-218},
		{990000, 10000000, .1, 1},
		{10000000, 10000000, .99999, 3.71821639226287e-44},
		{1, 10000000, 1e-7, .63212057722253049},
		{40, 10000000, 1e-6, 7.3413135919337075e-13},
		{3, 10000000, 1e-12, 1.6666536667241997e-16},
		{200, 1000, .05, 7.8605943997841851e-63},
		{500, 1000, .05, 0}, /* 6.3e-363: less than a double can say */
		{9999, 10000, .999, .00049735899139294699},
		{7, 10, 1e-20, 1.2e-138},
		{0, 10, .5, 1},
		{0, 0, .5, 1},
		{11, 10, .5, 0},
		{1, 10, 0, 0},
		{10, 10, 1, 1},
	};
	double most = 0;

	(void)state;
	for (size_t i = 0; i < TL_COUNT(rows); i++)
		most = fmax(most,
			off(tl_score_binomial_tail(rows[i].x, rows[i].n, rows[i].p), rows[i].tail));
	printf("%zu binomial tails, off by 1 part in %.1e at most\n", TL_COUNT(rows), 1 / most);
}

static void poisson(void **state)
{
	static const struct {
		double x, mean, tail;
	} rows[] = {
		{160, 45, 2.7495612670412686e-40},
		{3, 45, .99999999999999997},
		{10, 10, .54207028552814779},
		{1, 1e-9, 9.9999999950000006e-10},
		{5, .001, 8.3263918642115033e-18},
		{500000, 500000, .5001880631966055},
		{503000, 500000, 1.1279082557241607e-5},
		{2500000, 2490000, 1.2037819515182169e-10},
		{10000000, 9990000, .0007801532152520487},
		{9990000, 10000000, .99921899795261865},
		{1000, 500, 3.2982727970670996e-86},
		{200, .05, 0}, /* 7.5e-636 */
		{0, 5, 1},
		{0, 0, 1},
		{1, 0, 0},
	};
	double most = 0;

	(void)state;
	for (size_t i = 0; i < TL_COUNT(rows); i++)
		most = fmax(
			most, off(tl_score_poisson_tail(rows[i].x, rows[i].mean), rows[i].tail));
	printf("%zu Poisson tails, off by 1 part in %.1e at most\n", TL_COUNT(rows), 1 / most);
}

static void garwood_of_any_count(void **state)
{
	static const struct {
		double k, low, high;
	} rows[] = {
		{0, 0, 3.6888794541139363},
		{1, .0253178079842899, 5.5716433909389},
		{2, .242209278543965, 7.22468766772396},
		{.5064, .0005409570706694, 4.68613578548965}, /* shrunk counts are fractions */
		{10, 4.79538869613243, 18.3903560420178},
		{158.74, 135.006363699796, 185.444786700261},
		{1234.5, 1166.58777036484, 1305.33431307849},
	};
	double most = 0;

	(void)state;
	for (size_t i = 0; i < TL_COUNT(rows); i++) {
		struct tl_interval interval = tl_score_garwood(rows[i].k, 10);
		most = fmax(most, off(10 * interval.low, rows[i].low));
		most = fmax(most, off(10 * interval.high, rows[i].high));
	}
	printf("%zu Garwood intervals, off by 1 part in %.1e at most\n", TL_COUNT(rows), 1 / most);
}

/* n answers of mean 0 and variance n: half the interval is the quantile of t itself. */
static void student(void **state)
{
	static const double rows[][2] = {{1, 12.7062047361747}, {2, 4.30265272974946},
		{3, 3.18244630528371}, {4, 2.77644510519779}, {9, 2.26215716279821},
		{29, 2.0452296421327}, {51, 2.00758377031584}, {1000, 1.96233908082641},
		{100000, 1.95998770753461}};
	double most = 0;

	(void)state;
	for (size_t i = 0; i < TL_COUNT(rows); i++) {
		double df = rows[i][0], n = df + 1;
		struct tl_interval interval = tl_score_mean(n, 0, n * df);
		assert_true(interval.low == -interval.high);
		most = fmax(most, off(interval.high, rows[i][1]));
	}
	printf("%zu quantiles of t, off by 1 part in %.1e at most\n", TL_COUNT(rows), 1 / most);
}

/* The example of Benjamini & Hochberg 1995, section 3.2: at 5 % four of 15 are discoveries. */
static void false_discovery(void **state)
{
	static const double p[] = {.4262, .0001, .0459, .0019, 1, .0095, .0298, .0278, .0344, .0004,
		.3240, .0201, .5719, .6528, .7590, NAN};
	double q[TL_COUNT(p)];
	size_t discoveries = 0;

	(void)state;
	tl_score_false_discovery(q, p, TL_COUNT(p));
	for (size_t i = 0; i < TL_COUNT(p); i++) {
		discoveries += q[i] <= .05;
		assert_int_equal(q[i] <= .05, p[i] <= .0095);
	}
	shows("q of the fourth", q[5], .035625, 6);                 /* .0095 · 15/4 */
	shows("q of the sixth, by the seventh", q[7], .0638571, 7); /* .0298 · 15/7 */
	shows("q of the last", q[4], 1, 6);
	assert_true(isnan(q[TL_COUNT(p) - 1]));
	assert_int_equal(discoveries, 4);
}

static void garwood(void **state)
{
	(void)state;
	shows("Garwood of 10 events, low", tl_score_garwood(10, 1).low, 4.7954, 4);
	shows("Garwood of 10 events, high", tl_score_garwood(10, 1).high, 18.3904, 4);
}

static void mann_kendall(void **state)
{
	static const double values[] = {9, 4, 7, 5, 3};
	struct tl_mann_kendall out = tl_score_mann_kendall(values, TL_COUNT(values));

	(void)state;
	shows("Mann-Kendall of 9 4 7 5 3: S", out.s, -6, 0);
	shows("Mann-Kendall of 9 4 7 5 3: variance", out.variance, 16.6667, 4);
	shows("Mann-Kendall of 9 4 7 5 3: z", out.z, -1.224745, 6);
	shows("Mann-Kendall of 9 4 7 5 3: p", out.p, .220671, 6);
}

/* Ties (two of 1, three of 4) take 1 · 2 · 9 and 2 · 3 · 11 off 7 · 6 · 19, a gap is left out. */
static void mann_kendall_with_ties(void **state)
{
	static const double values[] = {1, 1, 4, NAN, 3, 4, 4, 6}, equal[] = {.5, .5, .5};
	struct tl_mann_kendall out = tl_score_mann_kendall(values, TL_COUNT(values));

	(void)state;
	shows("with ties: S", out.s, 15, 0);
	shows("with ties: variance", out.variance, (798 - 18 - 66) / 18., 9);
	shows("with ties: z", out.z, 14 / sqrt(714 / 18.), 9);
	out = tl_score_mann_kendall(equal, TL_COUNT(equal));
	assert_true(out.s == 0 && out.variance == 0 && out.z == 0 && out.p == 1);
	assert_true(isnan(tl_score_mann_kendall(equal, 1).p));
}

static void nps(void **state)
{
	struct tl_nps few = tl_score_nps(50, 30, 20);
	struct tl_nps many = tl_score_nps(8434, 13561 - 8434 - 1188, 1188);

	(void)state;
	shows("NPS of 50, 30, 20", few.value, 30, 6);
	shows("its estimate", few.estimate, 29.126, 3);
	shows("half its interval", (few.interval.high - few.interval.low) / 2, 15.075, 3);
	shows("NPS of the survey data", many.value, 53.43, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wilson),
		cmocka_unit_test(newcombe),
		cmocka_unit_test(fisher),
		cmocka_unit_test(binomial),
		cmocka_unit_test(poisson),
		cmocka_unit_test(garwood),
		cmocka_unit_test(garwood_of_any_count),
		cmocka_unit_test(student),
		cmocka_unit_test(false_discovery),
		cmocka_unit_test(mann_kendall),
		cmocka_unit_test(mann_kendall_with_ties),
		cmocka_unit_test(nps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
