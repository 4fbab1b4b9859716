/* reach: how likely each way through a journey is, from the declared shares.
 *
 * A journey is read as a Markov chain. The probability of ever coming past v from the first
 * touchpoint is h(first), where h(v) = 1 and h(u) = sum of share(u, w) · h(w) elsewhere; solved by
 * Gauss–Seidel sweeps from the last touchpoint to the first, so that a journey without loops is
 * exact after one sweep and loops converge geometrically.
 */
#include <math.h>
#include "touchline/score.h"

enum { MAX_SWEEPS = 200 };
#define CONVERGED 1e-9

double tl_score_share(const struct tl_touchpoint *touchpoint, size_t which)
{
	double rest = 1;
	size_t open = 0;
	for (size_t i = 0; i < touchpoint->next_count; i++) {
		if (isnan(touchpoint->nexts[i].share))
			open++;
		else
			rest -= touchpoint->nexts[i].share;
	}
	double share = touchpoint->nexts[which].share;
	return isnan(share) ? fmax(0, rest) / (double)open : share;
}

struct way { /* one `next` with its share, in the order of touchpoints */
	size_t to;
	double share;
};
struct chain {
	struct way *ways;
	size_t *first; /* of each touchpoint's ways; one more at the end */
	double *hit;
	size_t count;
};

static struct chain make_chain(struct tl_arena *arena, const struct tl_journey *journey)
{
	struct chain chain = {.count = journey->touchpoint_count};
	size_t total = 0, n = 0;
	for (size_t i = 0; i < chain.count; i++)
		total += journey->touchpoints[i].next_count;
	chain.ways = tl_arena_array(arena, struct way, total);
	chain.first = tl_arena_array(arena, size_t, chain.count + 1);
	chain.hit = tl_arena_array(arena, double, chain.count);
	for (size_t i = 0; i < chain.count; i++) {
		const struct tl_touchpoint *from = &journey->touchpoints[i];
		chain.first[i] = n;
		for (size_t k = 0; k < from->next_count; k++)
			if (from->nexts[k].to)
				chain.ways[n++] = (struct way){
					from->nexts[k].to->index, tl_score_share(from, k)};
	}
	chain.first[chain.count] = n;
	return chain;
}

static double probability_of(struct chain *chain, size_t target)
{
	for (size_t i = 0; i < chain->count; i++)
		chain->hit[i] = i == target;
	for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
		double change = 0;
		for (size_t i = chain->count; i-- > 0;) {
			if (i == target)
				continue;
			double sum = 0;
			for (size_t w = chain->first[i]; w < chain->first[i + 1]; w++)
				sum += chain->ways[w].share * chain->hit[chain->ways[w].to];
			change = fmax(change, fabs(sum - chain->hit[i]));
			chain->hit[i] = sum;
		}
		if (change < CONVERGED)
			break;
	}
	return fmin(1, chain->hit[0]);
}

void tl_score_reach(double *out, const struct tl_journey *journey)
{
	struct tl_arena arena;
	tl_arena_init(&arena);
	struct chain chain = make_chain(&arena, journey);
	for (size_t i = 0; i < chain.count; i++)
		out[i] = isnan(journey->touchpoints[i].reach) ? probability_of(&chain, i)
							      : journey->touchpoints[i].reach;
	tl_arena_release(&arena);
}

/* The likeliest next touchpoint that was not passed, or NULL. */
static const struct tl_touchpoint *likeliest(const struct tl_touchpoint *at, const bool *passed)
{
	const struct tl_next *best = NULL;
	double best_share = -1;
	for (size_t i = 0; i < at->next_count; i++) {
		const struct tl_next *next = &at->nexts[i];
		if (!next->to || passed[next->to->index])
			continue;
		double share = tl_score_share(at, i);
		bool better = share > best_share ||
			(share == best_share && best->when && !next->when);
		if (better) {
			best = next;
			best_share = share;
		}
	}
	return best ? best->to : NULL;
}

size_t tl_score_main_path(const struct tl_touchpoint **path, const struct tl_journey *journey)
{
	struct tl_arena arena;
	tl_arena_init(&arena);
	bool *passed = tl_arena_array(&arena, bool, journey->touchpoint_count);
	size_t length = 0;
	const struct tl_touchpoint *at = journey->touchpoint_count ? journey->touchpoints : NULL;
	for (; at; at = likeliest(at, passed)) {
		passed[at->index] = true;
		path[length++] = at;
	}
	tl_arena_release(&arena);
	return length;
}
