/* reach: how likely each way through a journey is, from the declared shares.
 *
 * A journey is read as a Markov chain. It is cut into blocks: runs of touchpoints that no way from
 * behind the run leads back into or before. Who leaves a block never comes back to it, so each is
 * solved by itself, the first one first, and a journey of any length costs what its loops cost.
 *
 * Within a block the probability of ever coming past v from u is h(u), where h(v) = 1 and
 * h(u) = sum of share(u, w) · h(w) elsewhere; solved by Gauss–Seidel sweeps from the last
 * touchpoint to the first, so that ways without loops are exact after one sweep and loops converge
 * geometrically. What enters the blocks behind it follows from how often each touchpoint is
 * visited.
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
	size_t *first;    /* of each touchpoint's ways; one more at the end */
	size_t *farthest; /* the last touchpoint that a way leads from to this one, or itself */
	double *enter;    /* the probability that its block is entered here */
	double *hit, *pending; /* of one block at a time */
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
	chain.farthest = tl_arena_array(arena, size_t, chain.count);
	chain.enter = tl_arena_array(arena, double, chain.count);
	chain.hit = tl_arena_array(arena, double, chain.count);
	chain.pending = tl_arena_array(arena, double, chain.count);
	for (size_t i = 0; i < chain.count; i++)
		chain.farthest[i] = i;
	for (size_t i = 0; i < chain.count; i++) {
		const struct tl_touchpoint *from = &journey->touchpoints[i];
		chain.first[i] = n;
		for (size_t k = 0; k < from->next_count; k++) {
			const struct tl_touchpoint *to = from->nexts[k].to;
			if (!to)
				continue;
			chain.ways[n++] = (struct way){to->index, tl_score_share(from, k)};
			if (i > chain.farthest[to->index])
				chain.farthest[to->index] = i;
		}
	}
	chain.first[chain.count] = n;
	return chain;
}

struct block {
	size_t from, until;
};

static struct block next_block(const struct chain *chain, size_t from)
{
	size_t last = from;
	for (size_t i = from; i <= last; i++)
		if (chain->farthest[i] > last)
			last = chain->farthest[i];
	return (struct block){from, last + 1};
}

static double probability_of(struct chain *chain, struct block block, size_t target)
{
	double *hit = chain->hit, probability = 0;
	for (size_t i = block.from; i < block.until; i++)
		hit[i] = i == target;
	for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
		double change = 0;
		for (size_t i = block.until; i-- > block.from;) {
			if (i == target)
				continue;
			double sum = 0;
			for (size_t w = chain->first[i]; w < chain->first[i + 1]; w++)
				if (chain->ways[w].to < block.until)
					sum += chain->ways[w].share * hit[chain->ways[w].to];
			change = fmax(change, fabs(sum - hit[i]));
			hit[i] = sum;
		}
		if (change < CONVERGED)
			break;
	}
	for (size_t i = block.from; i < block.until; i++)
		probability += chain->enter[i] * hit[i];
	return fmin(1, probability);
}

/* Sends on who entered, round after round, until nearly everybody has left the block. */
static void leave(struct chain *chain, struct block block)
{
	double *pending = chain->pending, left = 1;
	for (size_t i = block.from; i < block.until; i++)
		pending[i] = chain->enter[i];
	for (int sweep = 0; sweep < MAX_SWEEPS && left >= CONVERGED; sweep++) {
		left = 0;
		for (size_t i = block.from; i < block.until; i++) {
			double visits = pending[i];
			pending[i] = 0;
			for (size_t w = chain->first[i]; w < chain->first[i + 1]; w++) {
				size_t to = chain->ways[w].to;
				double sent = visits * chain->ways[w].share;
				if (to >= block.until)
					chain->enter[to] += sent;
				else
					pending[to] += sent;
			}
		}
		for (size_t i = block.from; i < block.until; i++)
			left = fmax(left, pending[i]);
	}
}

void tl_score_reach(double *out, const struct tl_journey *journey)
{
	struct tl_arena arena;
	tl_arena_init(&arena);
	struct chain chain = make_chain(&arena, journey);
	if (chain.count)
		chain.enter[0] = 1;
	for (struct block block = {0, 0}; block.until < chain.count;) {
		block = next_block(&chain, block.until);
		for (size_t i = block.from; i < block.until; i++)
			out[i] = isnan(journey->touchpoints[i].reach)
					 ? probability_of(&chain, block, i)
					 : journey->touchpoints[i].reach;
		leave(&chain, block);
	}
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
		bool better =
			share > best_share || (share == best_share && best->when && !next->when);
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
