/* matrix: channels against kinds of friction. Who came by no known channel is not in it. */
#include "insight/insight.h"

#include <stdlib.h>
#include <string.h>

struct row {
	const char *channel;
	uint64_t cells[TL_FRICTION_KINDS], total;
};
struct gathering {
	struct tl_arena *arena;
	struct tl_table by_channel;
	struct row **rows;
	size_t count, capacity;
};

static struct row *row_of(struct gathering *gathering, const char *channel)
{
	struct row *row = tl_table_get(&gathering->by_channel, channel);

	if (row)
		return row;
	row = tl_arena_new(gathering->arena, struct row);
	row->channel = tl_arena_strdup(gathering->arena, channel);
	tl_table_set(&gathering->by_channel, row->channel, row);
	gathering->rows = tl_arena_grow(gathering->arena, gathering->rows, gathering->count,
		&gathering->capacity, sizeof(struct row *));
	return gathering->rows[gathering->count++] = row;
}

static bool take(void *context, const struct tl_sum *sum)
{
	struct gathering *gathering = context;
	struct row *row;

	if (!sum->channel || sum->n <= 0)
		return true;
	row = row_of(gathering, sum->channel);
	if (sum->gauge == TL_GAUGE_EPISODES)
		row->total += (uint64_t)sum->n;
	else if (sum->number >= 0 && sum->number < TL_FRICTION_KINDS)
		row->cells[sum->number] += (uint64_t)sum->n;
	return true;
}

static int by_total(const void *a, const void *b)
{
	const struct row *p = *(struct row *const *)a, *q = *(struct row *const *)b;
	int order = (p->total < q->total) - (p->total > q->total);

	return order ? order : strcmp(p->channel, q->channel);
}

bool tl_insight_matrix(struct reading *reading)
{
	struct tl_matrix *matrix = &reading->insight->matrix;
	struct gathering gathering = {.arena = reading->arena};

	tl_table_init(&gathering.by_channel, reading->arena);
	if (!tl_store_sums(reading->store, reading->journey->id, &reading->insight->options.filter,
		    1u << TL_GAUGE_EPISODES | 1u << TL_GAUGE_KIND, TL_APART_CHANNEL, take, &gathering))
		return false;
	if (gathering.count)
		qsort(gathering.rows, gathering.count, sizeof(struct row *), by_total);
	matrix->channel_count = gathering.count;
	matrix->channels = tl_arena_array(reading->arena, const char *, gathering.count);
	matrix->cells = tl_arena_alloc(reading->arena, gathering.count * sizeof *matrix->cells);
	matrix->totals = tl_arena_array(reading->arena, uint64_t, gathering.count);
	for (size_t i = 0; i < gathering.count; i++) {
		matrix->channels[i] = gathering.rows[i]->channel;
		matrix->totals[i] = gathering.rows[i]->total;
		memcpy(matrix->cells[i], gathering.rows[i]->cells, sizeof matrix->cells[i]);
	}
	return true;
}
