/* score: what scoring a journey costs beside reading what was counted about it.
 *
 *   score [TOUCHPOINTS [ROUNDS]]     (10000, 9)
 *
 * Makes a store score.db in the folder it is run in: a straight journey in which every family of
 * every touchpoint has enough episodes to be scored, in two segments, and visits are counted. Then,
 * in turns, reads the journey's sums and scores them. Prints READING SCORING RATIO: medians over
 * the rounds, in milliseconds of processor time, and of scoring ÷ reading in the same round. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "insight/insight.h"

enum { RECORDS = TL_LEAST /* of each touchpoint */, MOST_ROUNDS = 99 };

static double clock_ms(void)
{
	struct timespec time;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void need(bool well, const char *what)
{
	if (well)
		return;
	fprintf(stderr, "score: cannot %s\n", what);
	exit(1);
}

/* ---- the journey ------------------------------------------------------------------------------
 */

static struct tl_journey *make_journey(struct tl_arena *arena, size_t count)
{
	static const struct tl_persona personas[] = {
		{.id = "new", .segment = "new"}, {.id = "old", .segment = "old", .index = 1}};
	static const struct tl_emotion emotion = {.valence = 1};
	struct tl_journey *journey = tl_arena_new(arena, struct tl_journey);
	struct tl_touchpoint *touchpoints = tl_arena_array(arena, struct tl_touchpoint, count);
	struct tl_next *nexts = tl_arena_array(arena, struct tl_next, count);

	for (size_t i = 0; i < count; i++) {
		nexts[i] = (struct tl_next){.share = NAN, .handoff = -1};
		if (i + 1 < count)
			nexts[i].to = &touchpoints[i + 1];
		touchpoints[i] = (struct tl_touchpoint){.id = tl_arena_printf(arena, "t%zu", i),
			.index = i,
			.importance = 3,
			.reach = NAN,
			.emotions = &emotion,
			.emotion_count = 1,
			.nexts = &nexts[i],
			.next_count = i + 1 < count};
	}
	*journey = (struct tl_journey){.id = "j",
		.personas = personas,
		.persona_count = 2,
		.touchpoints = touchpoints,
		.touchpoint_count = count};
	return journey;
}

static void listen(struct tl_arena *arena, struct tl_store *store, const struct tl_journey *journey)
{
	size_t count = journey->touchpoint_count;
	struct tl_promise *promises = tl_arena_array(arena, struct tl_promise, count);
	for (size_t i = 0; i < count; i++)
		promises[i] = (struct tl_promise){
			journey->id, journey->touchpoints[i].id, TL_CLOCK_REPLY, 3600};
	need(tl_store_listen(store, NULL, 0, promises, count), "listen");
}

/* ---- the records ------------------------------------------------------------------------------
 */

static struct tl_record record_of(const char *id, enum tl_record_kind kind, unsigned which)
{
	return (struct tl_record){.source = "desk",
		.external_id = id,
		.kind = kind,
		.journey = "j",
		.created = 1750000000 + which * 86400,
		.updated = TL_NO_TIME,
		.replied = TL_NO_TIME,
		.resolved = TL_NO_TIME,
		.exported = TL_NO_TIME,
		.segment = which % 2 ? "new" : "old",
		.channel = which % 3 ? "phone" : "web",
		.handoffs = -1,
		.reopens = -1,
		.sentiment = NAN};
}

/* One record says all: the ticket, what its customer answered, and what the text sounds like. */
static void put(struct tl_store *store, const struct tl_touchpoint *touchpoint, unsigned which)
{
	char id[64];
	snprintf(id, sizeof id, "%s-%u", touchpoint->id, which);
	struct tl_record record = record_of(id, TL_TICKET, which);
	const struct tl_measure measures[] = {
		{"csat", TL_CSAT, 1 + (touchpoint->index + which) % 5, NAN, NAN, false},
		{"ces", TL_CES, 1 + (touchpoint->index + which) % 7, NAN, NAN, false},
		{"visits", TL_VISITS, 100, NAN, NAN, false}};
	record.touchpoint = touchpoint->id;
	record.measures = measures;
	record.measure_count = TL_COUNT(measures);
	record.sentiment = which % 3 ? -.5 : .5;
	record.text = "It took too long.";
	record.replied = record.created + 1200 * (which % 5);
	need(tl_store_put(store, &record) == TL_PUT_NEW, "put a record");
}

static void fill(struct tl_store *store, const struct tl_journey *journey)
{
	struct tl_run_counts counts = {0};
	need(tl_store_begin(store, &(struct tl_run){.source = "desk", .profile = "p", .file = "f"}),
		"begin");
	for (size_t i = 0; i < journey->touchpoint_count; i++)
		for (unsigned k = 0; k < RECORDS; k++)
			put(store, &journey->touchpoints[i], k);
	need(tl_store_commit(store, &counts), "commit");
}

/* ---- measuring --------------------------------------------------------------------------------
 */

static bool skip(void *context, const struct tl_sum *sum)
{
	(void)sum;
	++*(size_t *)context;
	return true;
}

static double time_reading(struct tl_store *store, const struct tl_journey *journey)
{
	size_t sums = 0;
	double start = clock_ms();
	need(tl_store_sums(store, journey->id, &tl_filter_none, 0, TL_APART_SEGMENT, skip, &sums),
		"read");
	need(sums >= journey->touchpoint_count, "find the sums");
	return clock_ms() - start;
}

static double time_scoring(const struct tl_journey *journey, const struct tl_counts *counts)
{
	struct tl_arena arena;
	tl_arena_init(&arena);
	double start = clock_ms();
	const struct tl_journey_score *score = tl_score_journey(&arena, journey, counts);
	need(score->ranked == journey->touchpoint_count &&
			score->tests == TL_FAMILIES * journey->touchpoint_count,
		"score every family");
	double time = clock_ms() - start;
	tl_arena_release(&arena);
	return time;
}

static int by_value(const void *a, const void *b)
{
	const double *one = a, *two = b;
	return (*one > *two) - (*one < *two);
}

static double median(double *values, size_t count)
{
	qsort(values, count, sizeof *values, by_value);
	return values[count / 2];
}

static void measure(struct tl_store *store, const struct tl_journey *journey,
	const struct tl_counts *counts, size_t rounds)
{
	double reading[MOST_ROUNDS], scoring[MOST_ROUNDS], ratio[MOST_ROUNDS];
	for (size_t i = 0; i < rounds; i++) {
		reading[i] = time_reading(store, journey);
		scoring[i] = time_scoring(journey, counts);
		ratio[i] = scoring[i] / reading[i];
	}
	printf("%.2f\t%.2f\t%.4f\n", median(reading, rounds), median(scoring, rounds),
		median(ratio, rounds));
}

int main(int argc, char **argv)
{
	size_t touchpoints = argc > 1 ? strtoul(argv[1], NULL, 10) : 10000;
	size_t rounds = argc > 2 ? strtoul(argv[2], NULL, 10) : 9;
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_store *store;
	struct counted counted;

	need(touchpoints > 0 && rounds > 0 && rounds <= MOST_ROUNDS, "understand the arguments");
	tl_arena_init(&arena);
	tl_diags_init(&diags);
	struct tl_journey *journey = make_journey(&arena, touchpoints);
	need(tl_store_open(&store, &diags, "score.db", TL_STORE_CREATE), "open score.db");
	listen(&arena, store, journey);
	fill(store, journey);
	need(tl_insight_count(&counted, &arena, store, journey, &tl_filter_none), "count");
	measure(store, journey, counted.counts, rounds);
	tl_store_close(store);
	tl_diags_release(&diags);
	tl_arena_release(&arena);
	return 0;
}
