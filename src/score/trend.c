/* trend: does a series rise or fall, whatever its shape (Mann & Kendall). */
#include <math.h>
#include <stdlib.h>
#include "touchline/score.h"

static int by_value(const void *a, const void *b)
{
	const double *one = a, *two = b;
	return (*one > *two) - (*one < *two);
}

static double score(const double *values, size_t n)
{
	double s = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			s += (values[k] > values[i]) - (values[k] < values[i]);
	return s;
}

static double spread(size_t n)
{
	double t = (double)n;
	return t * (t - 1) * (2 * t + 5) / 18;
}

/* Every run of equal values takes away what it would have contributed. Sorts the values. */
static double variance(double *values, size_t n)
{
	double sum = spread(n);
	qsort(values, n, sizeof *values, by_value);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i; end < n && values[end] <= values[i];)
			end++;
		sum -= spread(end - i);
	}
	return sum;
}

struct tl_mann_kendall tl_score_mann_kendall(const double *values, size_t count)
{
	struct tl_mann_kendall out = {NAN, NAN, NAN, NAN};
	struct tl_arena arena;
	tl_arena_init(&arena);
	double *known = tl_arena_array(&arena, double, count);
	size_t n = 0;
	for (size_t i = 0; i < count; i++)
		if (!isnan(values[i]))
			known[n++] = values[i];
	if (n >= 2) {
		out.s = score(known, n);
		out.variance = variance(known, n);
		double toward_zero = (out.s < 0) - (out.s > 0);
		out.z = out.s ? (out.s + toward_zero) / sqrt(out.variance) : 0;
		out.p = erfc(fabs(out.z) / sqrt(2));
	}
	tl_arena_release(&arena);
	return out;
}
