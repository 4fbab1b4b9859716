/* score_random: seeded random counts (SplitMix64), the same on every machine. */
#ifndef SCORE_RANDOM_H
#define SCORE_RANDOM_H

#include <math.h>
#include <stdint.h>

struct random {
	uint64_t state;
};

static inline uint64_t random_next(struct random *random)
{
	uint64_t z = random->state += 0x9e3779b97f4a7c15;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static inline double random_unit(struct random *random) /* [0, 1) */
{
	return (double)(random_next(random) >> 11) * 0x1p-53;
}

static inline uint64_t random_below(struct random *random, uint64_t limit)
{
	return random_next(random) % limit;
}

static inline uint64_t random_binomial(struct random *random, uint64_t n, double p)
{
	uint64_t x = 0;
	for (uint64_t i = 0; i < n; i++)
		x += random_unit(random) < p;
	return x;
}

static inline uint64_t random_poisson(struct random *random, double mean)
{
	uint64_t x = 0;
	for (double product = random_unit(random); product > exp(-mean); x++)
		product *= random_unit(random);
	return x;
}

#endif
