/* count: from the store's sums to what scoring reads, in one pass over the sums of a journey. */
#include "insight/insight.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CLASSES = 2048 }; /* of times: the last one is older than the universe */

struct histogram {
	uint64_t classes[CLASSES]; /* the class of what took no time is −1: one place further */
	uint64_t n;
};
struct counting {
	struct tl_arena *arena;
	const struct tl_journey *journey;
	struct counted *out;
	struct tl_table touchpoints; /* id → touchpoint */
	size_t lost_capacity;
	struct histogram times[2]; /* reply, resolution */
};

/* Sums are of what was added and taken out again; a damaged store could make them negative. */
static uint64_t natural(int64_t number)
{
	return number > 0 ? (uint64_t)number : 0;
}

static void add_count(struct tl_count *to, const struct tl_count *count)
{
	to->x += count->x;
	to->n += count->n;
	to->sum += count->sum;
	to->squares += count->squares;
}

bool tl_insight_witness(int *witness, struct tl_count *count, const struct tl_sum *sum)
{
	static const struct {
		int gauge, witness;
	} same[] = {{TL_GAUGE_CSAT, TL_BY_CSAT}, {TL_GAUGE_NPS, TL_BY_NPS},
		{TL_GAUGE_CES, TL_BY_CES}, {TL_GAUGE_RATING, TL_BY_RATING},
		{TL_GAUGE_VOICE, TL_BY_SENTIMENT}, {TL_GAUGE_EFFORT_SEEN, TL_BY_CONDUCT},
		{TL_GAUGE_REPLY_LATE, TL_BY_REPLY}, {TL_GAUGE_RESOLUTION_LATE, TL_BY_RESOLUTION}};

	*witness = TL_BY_CONTACTS;
	*count = (struct tl_count){0};
	if (sum->gauge == TL_GAUGE_CONTACTS)
		count->x = natural(sum->x);
	else if (sum->gauge == TL_GAUGE_VISITS)
		count->n = sum->sum > 0 ? (uint64_t)sum->sum : 0;
	else
		*witness = -1;
	for (size_t i = 0; i < TL_COUNT(same); i++)
		if (same[i].gauge == sum->gauge) {
			*witness = same[i].witness;
			*count = (struct tl_count){
				natural(sum->x), natural(sum->n), sum->sum, sum->squares};
		}
	return *witness >= 0;
}

static void add_persona(struct counting *counting, struct tl_counts *counts, int witness,
	const struct tl_count *count, const char *of)
{
	for (size_t i = 0; i < counting->journey->persona_count; i++) {
		const char *segment = counting->journey->personas[i].segment;

		if (!segment || (of && strcmp(segment, of) == 0))
			add_count(&counts->personas[i][witness], count);
	}
}

static void add_subject(const struct tl_touchpoint *touchpoint, struct tl_counts *counts,
	const struct tl_sum *sum)
{
	for (size_t i = 0; sum->gauge == TL_GAUGE_PAIN && i < touchpoint->pain_count; i++) {
		const char *id = touchpoint->pains[i].id;

		if (!id || !sum->subject || strcmp(id, sum->subject) != 0)
			continue;
		counts->pain_episodes[i] += natural(sum->n);
		counts->pain_records[i] += natural(sum->x);
	}
	for (size_t i = 0; sum->gauge == TL_GAUGE_EXPECTATION && i < touchpoint->expectation_count;
		i++) {
		const char *id = touchpoint->expectations[i].id;

		if (id && sum->subject && strcmp(id, sum->subject) == 0)
			counts->broken[i] += natural(sum->n);
	}
}

/* Trails are of one journey: where a way leads into another one, nobody saw who took it. Who was
 * next heard of farther on wrote nothing on the way: which one that was, nobody saw either. */
static void add_passage(struct counting *counting, const struct tl_touchpoint *touchpoint,
	const struct tl_sum *sum)
{
	const char *mark = sum->subject ? strchr(sum->subject, '#') : NULL;
	struct tl_passage *passages = counting->out->passages[touchpoint->index];

	for (size_t i = 0; mark && i < touchpoint->next_count; i++) {
		const struct tl_next *next = &touchpoint->nexts[i];

		if (!next->to || strcmp(next->to->id, mark + 1) != 0)
			continue;
		passages[i].n += natural(sum->n);
		for (size_t k = 0; k < touchpoint->next_count; k++)
			passages[k].of += touchpoint->nexts[k].to ? natural(sum->n) : 0;
	}
}

/* A share needs another way to be shared with, and enough people to be told. */
static void finish_passages(struct counted *out, const struct tl_touchpoint *touchpoint)
{
	struct tl_passage *passages = out->passages[touchpoint->index];
	size_t ways = 0;

	for (size_t i = 0; i < touchpoint->next_count; i++)
		ways += touchpoint->nexts[i].to != NULL;
	for (size_t i = 0; i < touchpoint->next_count; i++)
		if (ways < 2 || passages[i].of < TL_LEAST)
			passages[i] = (struct tl_passage){0};
}

static void add_time(struct histogram *histogram, const struct tl_sum *sum)
{
	int64_t place = sum->number + 1;

	if (place < 0 || place >= CLASSES)
		return;
	histogram->classes[place] += natural(sum->n);
	histogram->n += natural(sum->n);
}

static void count_at(struct counting *counting, const struct tl_touchpoint *touchpoint,
	const struct tl_sum *sum)
{
	struct tl_counts *counts = &counting->out->counts[touchpoint->index];
	struct tl_count count;
	int witness;

	if (tl_insight_witness(&witness, &count, sum)) {
		add_count(&counts->by[witness], &count);
		add_persona(counting, counts, witness, &count, sum->segment);
	}
	switch (sum->gauge) {
	case TL_GAUGE_NPS:
		counts->promoters += natural(sum->promoters);
		counts->passives += natural(sum->passives);
		break;
	case TL_GAUGE_EPISODES:
		counts->episodes += natural(sum->n);
		counts->records += natural(sum->x);
		break;
	case TL_GAUGE_FIRST_CONTACT:
		counts->contacted += natural(sum->n);
		counts->solved += natural(sum->x);
		break;
	case TL_GAUGE_PAIN:
	case TL_GAUGE_EXPECTATION:
		add_subject(touchpoint, counts, sum);
		break;
	case TL_GAUGE_KIND:
		if (sum->number >= 0 && sum->number < TL_FRICTION_KINDS)
			counting->out->kinds[touchpoint->index][sum->number] += natural(sum->n);
		break;
	case TL_GAUGE_REPLY_TIME:
	case TL_GAUGE_RESOLUTION_TIME:
		add_time(&counting->times[sum->gauge == TL_GAUGE_RESOLUTION_TIME], sum);
		break;
	case TL_GAUGE_NEXT:
		add_passage(counting, touchpoint, sum);
		break;
	}
}

/* Sums of one touchpoint come together. */
static void count_lost(struct counting *counting, const struct tl_sum *sum)
{
	struct counted *out = counting->out;
	struct lost_place *last = out->lost_count ? &out->lost[out->lost_count - 1] : NULL;

	if (sum->gauge != TL_GAUGE_EPISODES)
		return;
	if (!last || strcmp(last->touchpoint, sum->touchpoint) != 0) {
		out->lost = tl_arena_grow(counting->arena, out->lost, out->lost_count,
			&counting->lost_capacity, sizeof *out->lost);
		last = &out->lost[out->lost_count++];
		*last = (struct lost_place){tl_arena_strdup(counting->arena, sum->touchpoint), 0};
	}
	last->records += natural(sum->x);
}

static bool take(void *context, const struct tl_sum *sum)
{
	struct counting *counting = context;
	const struct tl_touchpoint *touchpoint =
		tl_table_get(&counting->touchpoints, sum->touchpoint);

	if (touchpoint)
		count_at(counting, touchpoint, sum);
	else if (sum->gauge == TL_GAUGE_RECORDS)
		counting->out->records += natural(sum->n);
	else
		count_lost(counting, sum);
	return true;
}

/* The class that holds the value of this rank, from 1. */
static double at_rank(const struct histogram *histogram, uint64_t rank)
{
	uint64_t seen = 0;
	int64_t place = 0;

	while (place < CLASSES - 1 && (seen += histogram->classes[place]) < rank)
		place++;
	return tl_store_class_seconds(place - 1);
}

static struct tl_duration duration_of(const struct histogram *histogram)
{
	uint64_t n = histogram->n;

	if (!n)
		return (struct tl_duration){0, NAN, NAN};
	return (struct tl_duration){
		n, at_rank(histogram, (n + 1) / 2), at_rank(histogram, n - n / 10)};
}

static void make_places(struct counting *counting)
{
	struct tl_arena *arena = counting->arena;
	const struct tl_journey *journey = counting->journey;
	struct counted *out = counting->out;

	tl_table_init(&counting->touchpoints, arena);
	out->counts = tl_arena_array(arena, struct tl_counts, journey->touchpoint_count);
	out->kinds = tl_arena_alloc(arena, journey->touchpoint_count * sizeof *out->kinds);
	out->passages = tl_arena_array(arena, struct tl_passage *, journey->touchpoint_count);
	for (size_t i = 0; i < journey->touchpoint_count; i++) {
		const struct tl_touchpoint *touchpoint = &journey->touchpoints[i];
		struct tl_counts *counts = &out->counts[i];

		tl_table_set(&counting->touchpoints, touchpoint->id, (void *)touchpoint);
		counts->pain_records = tl_arena_array(arena, uint64_t, touchpoint->pain_count);
		counts->pain_episodes = tl_arena_array(arena, uint64_t, touchpoint->pain_count);
		counts->broken = tl_arena_array(arena, uint64_t, touchpoint->expectation_count);
		if (journey->persona_count)
			counts->personas = tl_arena_alloc(
				arena, journey->persona_count * sizeof *counts->personas);
		out->passages[i] = tl_arena_array(arena, struct tl_passage, touchpoint->next_count);
	}
}

bool tl_insight_count(struct counted *out, struct tl_arena *arena, struct tl_store *store,
	const struct tl_journey *journey, const struct tl_filter *filter)
{
	struct counting *counting = tl_arena_new(arena, struct counting);

	*out = (struct counted){0};
	*counting = (struct counting){.arena = arena, .journey = journey, .out = out};
	make_places(counting);
	if (!tl_store_sums(store, journey->id, filter, 0, TL_APART_SEGMENT, take, counting))
		return false;
	for (size_t i = 0; i < journey->touchpoint_count; i++)
		finish_passages(out, &journey->touchpoints[i]);
	out->reply = duration_of(&counting->times[0]);
	out->resolution = duration_of(&counting->times[1]);
	return true;
}
