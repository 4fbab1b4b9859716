/* compare: two periods of one journey, family by family. */
#include "insight/insight.h"

#include <math.h>

/* The witness with the most episodes of both periods together, so that one scale is held against
 * itself; −1: none has any in both. */
static int common_witness(const struct tl_counts *before, const struct tl_counts *after, int family)
{
	int best = -1;
	uint64_t most = 0;

	for (int w = 0; w < TL_WITNESSES; w++) {
		uint64_t n = before->by[w].n + after->by[w].n;

		if ((int)tl_witness_families[w] != family || !before->by[w].n || !after->by[w].n ||
			n <= most)
			continue;
		most = n;
		best = w;
	}
	return best;
}

static struct tl_family_change change_of(
	const struct tl_counts *before, const struct tl_counts *after, int family)
{
	int w = common_witness(before, after, family);
	const struct tl_count none = {0}, *b = w < 0 ? &none : &before->by[w],
				      *a = w < 0 ? &none : &after->by[w];

	return (struct tl_family_change){
		w, tl_score_change((enum tl_family)family, b->x, b->n, a->x, a->n)};
}

static bool count_both(struct counted counted[2], struct tl_arena *arena, struct tl_store *store,
	const struct tl_journey *journey, const struct tl_filter *before,
	const struct tl_filter *after)
{
	bool read;

	if (!tl_store_freeze(store))
		return false;
	read = tl_insight_count(&counted[0], arena, store, journey, before) &&
	       tl_insight_count(&counted[1], arena, store, journey, after);
	tl_store_thaw(store);
	return read;
}

struct tl_comparison *tl_insight_compare(struct tl_arena *arena, struct tl_store *store,
	const struct tl_journey *journey, const struct tl_filter *before,
	const struct tl_filter *after)
{
	struct tl_comparison *out = tl_arena_new(arena, struct tl_comparison);
	struct counted counted[2];

	if (!count_both(counted, arena, store, journey, before, after))
		return NULL;
	out->before = tl_score_journey(arena, journey, counted[0].counts);
	out->after = tl_score_journey(arena, journey, counted[1].counts);
	out->changes = tl_arena_alloc(arena, journey->touchpoint_count * sizeof *out->changes);
	for (size_t t = 0; t < journey->touchpoint_count; t++)
		for (int f = 0; f < TL_FAMILIES; f++)
			out->changes[t][f] =
				change_of(&counted[0].counts[t], &counted[1].counts[t], f);
	return out;
}
