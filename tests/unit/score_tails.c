/* Statistics against themselves and against counting: tails against sums of exact terms, intervals
 * against the tests they invert, and what must hold for any input up to ten million. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "score_random.h"
#include "touchline/score.h"

#define CHECK(what)                                                                                \
	do {                                                                                       \
		if (!(what))                                                                       \
			fail_msg("case %u: not so: %s", now, #what);                               \
	} while (0)
static unsigned now; /* the case that is tried */

static const double sizes[] = {1, 2, 3, 5, 10, 30, 100, 1e3, 1e4, 1e5, 1e6, 1e7};
static const double rates[] = {0, 1e-12, 1e-7, .001, .05, .1, .2, .5, .8, .99, .9999999, 1};

/* ---- tails ------------------------------------------------------------------------------------
 */

/* Every tail of every n up to 60, by adding up terms in long double from the far end. */
static void tails_are_sums(void **state)
{
	double most = 0;
	unsigned tried = 0;

	(void)state;
	for (int n = 1; n <= 60; n++)
		for (size_t r = 1; r + 1 < TL_COUNT(rates); r++) {
			long double p = (long double)rates[r], sum = 0, term = powl(p, n);
			for (int x = n; x > 0; x--) {
				sum += term;
				term *= (1 - p) / p * x / (n - x + 1);
				double wrong = fabs(
					tl_score_binomial_tail(x, n, rates[r]) / (double)sum - 1);
				if (sum > 1e-300L)
					most = fmax(most, wrong);
				tried++;
			}
		}
	for (double mean = .01; mean < 50; mean *= 1.7) {
		long double sum = 0,
			    term = expl(-(long double)mean - lgammal(601) + 600 * logl(mean));
		for (int x = 600; x > 0; x--) {
			sum += term;
			term *= x / (long double)mean;
			if (sum > 1e-300L && x < 300) /* what lies beyond 600 is nothing to these */
				most = fmax(most,
					fabs(tl_score_poisson_tail(x, mean) / (double)sum - 1));
			tried++;
		}
	}
	printf("%u tails, off by 1 part in %.1e at most\n", tried, 1 / most);
	assert_true(most < 1e-12);
}

/* From 1 down to 0, never up, whatever n and p. */
static void tails_fall(void **state)
{
	(void)state;
	for (size_t i = 0; i < TL_COUNT(sizes); i++)
		for (size_t r = 0; r < TL_COUNT(rates); r++) {
			double n = sizes[i], p = rates[r], last[2] = {1, 1};
			now = (unsigned)(100 * i + r);
			CHECK(tl_score_binomial_tail(0, n, p) == 1);
			CHECK(tl_score_binomial_tail(n + 1, n, p) == 0);
			CHECK(tl_score_poisson_tail(0, n * p) == 1);
			for (double x = 1; x <= n; x += ceil(n / 97)) {
				double tail[2] = {tl_score_binomial_tail(x, n, p),
					tl_score_poisson_tail(x, n * p)};
				for (int k = 0; k < 2; k++) {
					CHECK(tail[k] >= 0 && tail[k] <= last[k] * (1 + 1e-11));
					last[k] = tail[k];
				}
			}
		}
}

/* ---- intervals --------------------------------------------------------------------------------
 */

static void garwood_inverts_the_tails(void **state)
{
	double most = 0;

	(void)state;
	for (double k = 0; k < 2e7; k = ceil(k * 1.9) + 1) {
		struct tl_interval interval = tl_score_garwood(k, 1);
		double low = k > 0 ? tl_score_poisson_tail(k, interval.low) : .025;
		double high = 1 - tl_score_poisson_tail(k + 1, interval.high);
		most = fmax(most, fmax(fabs(low - .025), fabs(high - .025)));
	}
	printf("a tail at a bound of Garwood's is .025, off by %.1e at most\n", most);
	assert_true(most < 1e-11);
}

/* At Wilson's bounds the observed rate is z standard errors away, the standard error of the bound.
 */
static void wilson_inverts_the_score_test(void **state)
{
	struct random random = {11};
	double most = 0;

	(void)state;
	for (now = 0; now < 2000; now++) {
		double n = sizes[random_below(&random, TL_COUNT(sizes))];
		double x = floor(n * random_unit(&random)) + random_unit(&random);
		struct tl_interval interval = tl_score_wilson(x, n);
		double bounds[] = {interval.low, interval.high};
		CHECK(interval.low >= 0 && interval.low <= x / n && x / n <= interval.high);
		CHECK(interval.high <= 1);
		for (int k = 0; k < 2; k++) {
			double z = fabs(x / n - bounds[k]) / sqrt(bounds[k] * (1 - bounds[k]) / n);
			most = fmax(most, fabs(z - 1.959963984540054));
		}
		struct tl_interval mirror = tl_score_wilson(n - x, n);
		CHECK(fabs(mirror.low - (1 - interval.high)) < 1e-12);
	}
	printf("z at a bound of Wilson's is 1.96, off by %.1e at most\n", most);
	assert_true(
		most < 1e-6); /* where a bound is 1 - 1e-9, seven digits of 1 - bound are left */
	assert_true(isnan(tl_score_wilson(0, 0).low) && isnan(tl_score_garwood(3, 0).high));
	assert_true(isnan(tl_score_mean(1, 2, 4).low));
}

/* How often the 95 % interval of 20 answers holds the truth, exactly: Wilson's is 95 % on average
 * over all truths, Garwood's at least 95 % for each. */
static void intervals_hold_what_they_promise(void **state)
{
	double sum = 0, least = 1;
	int truths = 0;

	(void)state;
	for (double p = .005; p < 1; p += .01, truths++)
		for (int x = 0; x <= 20; x++) {
			struct tl_interval interval = tl_score_wilson(x, 20);
			if (interval.low <= p && p <= interval.high)
				sum += tl_score_binomial_tail(x, 20, p) -
				       tl_score_binomial_tail(x + 1, 20, p);
		}
	for (double mean = .5; mean < 30; mean += .25) {
		double held = 0;
		for (int x = 0; x < 200; x++) {
			struct tl_interval interval = tl_score_garwood(x, 1);
			if (interval.low <= mean && mean <= interval.high)
				held += tl_score_poisson_tail(x, mean) -
					tl_score_poisson_tail(x + 1, mean);
		}
		least = fmin(least, held);
	}
	printf("coverage: Wilson %.4f on average, Garwood %.4f at least\n", sum / truths, least);
	assert_true(fabs(sum / truths - .95) < .01);
	assert_true(least >= .95);
}

/* ---- many tests -------------------------------------------------------------------------------
 */

static void false_discovery_is_monotone(void **state)
{
	enum { MOST = 60 };
	struct random random = {12};
	double p[MOST], q[MOST], again[MOST];

	(void)state;
	for (now = 0; now < 2000; now++) {
		size_t count = 1 + random_below(&random, MOST);
		for (size_t i = 0; i < count; i++)
			p[i] = random_below(&random, 8) ? pow(random_unit(&random), 4) : NAN;
		tl_score_false_discovery(q, p, count);
		for (size_t i = 0; i < count; i++) {
			CHECK(isnan(q[i]) == isnan(p[i]));
			CHECK(isnan(q[i]) || (q[i] >= p[i] && q[i] <= 1));
			for (size_t k = 0; k < count; k++)
				CHECK(!(p[i] <= p[k]) || q[i] <= q[k]);
		}
		size_t less = random_below(&random, count); /* a smaller p: no q grows */
		memcpy(again, p, sizeof p);
		again[less] *= .5;
		tl_score_false_discovery(again, again, count);
		for (size_t i = 0; i < count; i++)
			CHECK(isnan(q[i]) || again[i] <= q[i]);
	}
}

/* ---- over time --------------------------------------------------------------------------------
 */

static void trends_turn_with_their_series(void **state)
{
	enum { MOST = 30 };
	struct random random = {13};
	double values[MOST], back[MOST], bent[MOST];

	(void)state;
	for (now = 0; now < 2000; now++) {
		size_t count = 2 + random_below(&random, MOST - 1);
		for (size_t i = 0; i < count; i++) {
			values[i] = (double)random_below(&random, 12);
			back[count - 1 - i] = values[i];
			bent[i] = exp(values[i]);
		}
		struct tl_mann_kendall one = tl_score_mann_kendall(values, count);
		struct tl_mann_kendall two = tl_score_mann_kendall(back, count);
		struct tl_mann_kendall three = tl_score_mann_kendall(bent, count);
		CHECK(one.s == -two.s && one.z == -two.z && one.p == two.p);
		CHECK(one.s == three.s && one.variance == three.variance);
		CHECK(one.p >= 0 && one.p <= 1 && isfinite(one.z) && one.variance >= 0);
	}
}

static void drift_finds_a_step(void **state)
{
	struct tl_period periods[12];
	unsigned alarms = 0, found = 0;
	struct random random = {14};

	(void)state;
	for (now = 0; now < 2000; now++)
		for (int step = 0; step < 2; step++) {
			for (size_t i = 0; i < TL_COUNT(periods); i++) {
				uint64_t n = 40 + random_below(&random, 40);
				double rate = step && i >= 8 ? .5 : .2;
				periods[i] = (struct tl_period){
					.x = random_binomial(&random, n, rate), .n = n};
			}
			struct tl_drift drift =
				tl_score_drift(TL_DISSATISFACTION, periods, TL_COUNT(periods));
			for (size_t i = 0; i < TL_COUNT(periods); i++)
				CHECK(periods[i].low <= periods[i].high && periods[i].high <= 1);
			alarms += !step && drift.direction;
			found += step && drift.direction == 1;
		}
	printf("drift: %.2f %% false alarms on a steady rate, a step from .2 to .5 found in %.2f "
	       "%%\n",
		alarms / 20., found / 20.);
	assert_true(alarms < 2000 * .02 && found > 2000 * .9);
}

static void drift_of_nothing_and_of_everything(void **state)
{
	struct tl_period none[3] = {{0}}, all[9] = {{0}}, gap[9] = {{0}}, calls[9] = {{0}};

	(void)state;
	struct tl_drift drift = tl_score_drift(TL_DELAY, none, 3);
	assert_true(drift.direction == 0 && !none[2].out && isnan(none[2].rate));
	for (size_t i = 0; i < 9; i++) {
		all[i].x = all[i].n = 7;
		calls[i] = (struct tl_period){.x = 3000 + 1000 * (i > 6), .n = 1000};
		gap[i] = (struct tl_period){.x = i == 4 ? 0 : 2, .n = i == 4 ? 0 : 10};
	}
	drift = tl_score_drift(TL_DELAY, all, 9);
	assert_true(drift.direction == 0 && all[8].average == 1 && drift.trend.p == 1);
	drift = tl_score_drift(TL_DELAY, gap, 9);
	assert_true(drift.direction == 0 && gap[4].average == gap[3].average);
	assert_true(isnan(gap[4].rate) && gap[4].high == gap[3].high && drift.trend.p == 1);
	drift = tl_score_drift(TL_DEMAND, calls, 9); /* three contacts a visit, then four */
	assert_true(drift.direction == 1 && calls[8].out && calls[8].high > 1);
	assert_true(isnan(tl_score_drift(TL_DEMAND, calls, 7).trend.p)); /* too few periods */
}

static void changes_are_told_apart(void **state)
{
	static const struct {
		enum tl_family family;
		uint64_t x1, n1, x2, n2;
		enum tl_change_verdict verdict;
	} rows[] = {
		{TL_DISSATISFACTION, 48, 80, 56, 70, TL_CHANGE_WORSE}, /* Newcombe's example */
		{TL_DISSATISFACTION, 56, 70, 48, 80, TL_CHANGE_BETTER},
		{TL_DISSATISFACTION, 5, 10, 3, 10, TL_CHANGE_NO_EVIDENCE},
		{TL_EFFORT, 0, 0, 3, 10, TL_CHANGE_NO_EVIDENCE},
		{TL_EFFORT, 3, 10, 0, 0, TL_CHANGE_NO_EVIDENCE},
		{TL_DEMAND, 300, 100, 400, 100, TL_CHANGE_WORSE}, /* more contacts than visits */
		{TL_DEMAND, 12, 100, 10, 100, TL_CHANGE_NO_EVIDENCE},
		{TL_DELAY, 10000000, 10000000, 0, 10000000, TL_CHANGE_BETTER},
		{TL_DELAY, 0, 10000000, 0, 10000000, TL_CHANGE_NO_EVIDENCE},
	};

	(void)state;
	for (size_t i = 0; i < TL_COUNT(rows); i++) {
		struct tl_change change = tl_score_change(
			rows[i].family, rows[i].x1, rows[i].n1, rows[i].x2, rows[i].n2);
		now = (unsigned)i;
		CHECK(change.verdict == rows[i].verdict);
		CHECK(isnan(change.difference) == (!rows[i].n1 || !rows[i].n2));
		CHECK(isnan(change.interval.low) == isnan(change.difference));
		if (!isnan(change.difference))
			CHECK(change.interval.low <= change.difference &&
				change.difference <= change.interval.high);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tails_are_sums),
		cmocka_unit_test(tails_fall),
		cmocka_unit_test(garwood_inverts_the_tails),
		cmocka_unit_test(wilson_inverts_the_score_test),
		cmocka_unit_test(intervals_hold_what_they_promise),
		cmocka_unit_test(false_discovery_is_monotone),
		cmocka_unit_test(trends_turn_with_their_series),
		cmocka_unit_test(drift_finds_a_step),
		cmocka_unit_test(drift_of_nothing_and_of_everything),
		cmocka_unit_test(changes_are_told_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
