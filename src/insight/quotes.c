/* quotes: what is behind a touchpoint and its pains, in customers' words. Only the worst records are
 * looked at, as many as it takes to find a few with words of their own. */
#include "insight/insight.h"

#include <stdlib.h>
#include <string.h>

enum {
	QUOTES = 5,
	LOOKED_AT = 40, /* with a text, of which the quotes are chosen */
	PASSED = 400,	/* at most, in looking for them */
};

struct candidate {
	struct tl_quote quote;
	double badness;
};
struct candidates {
	struct tl_arena *arena;
	struct candidate list[LOOKED_AT];
	size_t count;
};

static const char *copy(struct tl_arena *arena, const char *text)
{
	return text ? tl_arena_strdup(arena, text) : NULL;
}

/* What several people sent word for word is one quote, whatever greeting follows it. */
static bool is_known(const struct candidates *all, const char *text)
{
	for (size_t i = 0; i < all->count; i++) {
		const char *other = all->list[i].quote.text;
		size_t n = strlen(text), m = strlen(other);

		if (memcmp(other, text, n < m ? n : m) == 0)
			return true;
	}
	return false;
}

static bool take(void *context, const struct tl_told *told)
{
	struct candidates *all = context;

	if (!told->text || !*told->text || is_known(all, told->text))
		return true;
	all->list[all->count++] = (struct candidate){
		.quote = {.text = tl_arena_strdup(all->arena, told->text),
			.source = tl_arena_strdup(all->arena, told->source),
			.channel = copy(all->arena, told->channel),
			.external_id = tl_arena_strdup(all->arena, told->external_id),
			.created = told->created},
		.badness = told->badness};
	return all->count < LOOKED_AT;
}

static int by_freshness(const struct tl_quote *p, const struct tl_quote *q)
{
	int order = (p->created < q->created) - (p->created > q->created);

	order = order ? order : strcmp(p->source, q->source);
	return order ? order : strcmp(p->external_id, q->external_id);
}

static int by_badness(const void *a, const void *b)
{
	const struct candidate *p = a, *q = b;
	int order = (p->badness < q->badness) - (p->badness > q->badness);

	return order ? order : by_freshness(&p->quote, &q->quote);
}

static bool find(struct reading *reading, struct candidates *all, const char *touchpoint,
	const char *pain)
{
	*all = (struct candidates){.arena = reading->arena};
	if (!tl_store_evidence(reading->store, reading->journey->id, touchpoint, pain,
		    &reading->insight->options.filter, PASSED, take, all))
		return false;
	qsort(all->list, all->count, sizeof *all->list, by_badness);
	return true;
}

static bool quote_pain(struct reading *reading, struct candidates *all, const char *touchpoint,
	struct tl_pain_insight *out)
{
	if (!out->pain->id || !out->records)
		return true;
	if (!find(reading, all, touchpoint, out->pain->id))
		return false;
	for (size_t i = 0; i < all->count && i < QUOTES; i++)
		if (!out->quote.text || by_freshness(&all->list[i].quote, &out->quote) < 0)
			out->quote = all->list[i].quote;
	return true;
}

bool tl_insight_quotes(struct reading *reading)
{
	struct candidates all;

	for (size_t t = 0; t < reading->journey->touchpoint_count; t++) {
		const struct tl_touchpoint *touchpoint = &reading->journey->touchpoints[t];
		struct tl_touchpoint_insight *out = &reading->insight->touchpoints[t];

		if (!find(reading, &all, touchpoint->id, NULL))
			return false;
		out->quotes = tl_arena_array(reading->arena, struct tl_quote, QUOTES);
		while (out->quote_count < QUOTES && out->quote_count < all.count) {
			out->quotes[out->quote_count] = all.list[out->quote_count].quote;
			out->quote_count++;
		}
		for (size_t i = 0; i < touchpoint->pain_count; i++)
			if (!quote_pain(reading, &all, touchpoint->id, &out->pains[i]))
				return false;
	}
	return true;
}
