/* Statistics against values that others printed, and against values that were computed another way:
 * with 40 digits, from the definitions (sums of exact terms, roots by bisection), by mpmath. */
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
		cmocka_unit_test(garwood),
		cmocka_unit_test(mann_kendall),
		cmocka_unit_test(nps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
