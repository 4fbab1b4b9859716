/* periods: what changes with time, read in one pass over the days: the trend of each touchpoint, and
 * for each pain that was fixed, what was before that day and since.
 *
 * The witness of a touchpoint is the same in all periods: another one would be another scale.
 */
#include "insight/insight.h"

#include <stdio.h>
#include <stdlib.h>

enum { PERIODS = 12, DAY = 86400 };

struct watching {
	struct reading *reading;
	enum tl_period_kind kind;
	int64_t starts[PERIODS]; /* days */
	int64_t end;
	size_t count;
	struct tl_table touchpoints;
};

/* ---- the calendar, in days since 1970 UTC ---------------------------------------------------------- */

static int64_t floor_to(int64_t number, int64_t step)
{
	int64_t rest = number % step;

	return number - rest - (rest < 0 ? step : 0);
}

/* Months since January 1970. */
static int64_t month_of(int64_t day)
{
	char date[11];

	tl_date_format(date, (int32_t)day);
	return (strtol(date, NULL, 10) - 1970) * 12 + strtol(date + 5, NULL, 10) - 1;
}

static int64_t first_of_month(int64_t month)
{
	int64_t year = floor_to(month, 12) / 12;
	int32_t day = 0;
	char date[32];

	snprintf(date, sizeof date, "%04d-%02d-01", (int)(1970 + year), (int)(month - year * 12 + 1));
	tl_date_parse(&day, date);
	return day;
}

/* Periods are numbered; ISO weeks begin on Mondays, as 29 December 1969 was one. */
static int64_t number_of(enum tl_period_kind kind, int64_t day)
{
	switch (kind) {
	case TL_PERIOD_WEEK:
		return floor_to(day + 3, 7) / 7;
	case TL_PERIOD_MONTH:
		return month_of(day);
	default:
		return floor_to(month_of(day), 3) / 3;
	}
}

static int64_t start_of(enum tl_period_kind kind, int64_t number)
{
	switch (kind) {
	case TL_PERIOD_WEEK:
		return number * 7 - 3;
	case TL_PERIOD_MONTH:
		return first_of_month(number);
	default:
		return first_of_month(number * 3);
	}
}

/* The shortest kind of which all fit, but for one: a year seldom begins on the first of a month. Days
 * to come are of clocks that are wrong. */
static void choose_periods(struct watching *watching, const struct tl_insight *insight)
{
	int64_t today = tl_insight_day(insight->options.now);
	int64_t first = tl_insight_day(insight->oldest), last = tl_insight_day(insight->newest);
	int64_t from, to;

	last = last > today ? today : last;
	if (last < first)
		return;
	for (int kind = TL_PERIOD_WEEK; kind <= TL_PERIOD_QUARTER; kind++) {
		watching->kind = (enum tl_period_kind)kind;
		from = number_of(watching->kind, first);
		to = number_of(watching->kind, last);
		if (to - from <= PERIODS)
			break;
	}
	from = to - from >= PERIODS ? to - PERIODS + 1 : from;
	for (int64_t number = from; number <= to; number++)
		watching->starts[watching->count++] = start_of(watching->kind, number);
	watching->end = start_of(watching->kind, to + 1);
}

/* ---- watching ------------------------------------------------------------------------------------- */

static struct tl_period *period_of(
	const struct watching *watching, struct tl_trend *trend, int64_t day)
{
	size_t i = watching->count;

	if (day >= watching->end)
		return NULL;
	while (i && watching->starts[i - 1] > day)
		i--;
	return i ? &trend->periods[i - 1] : NULL;
}

static void watch_pains(struct tl_touchpoint_insight *out, size_t count, int64_t day,
	const struct tl_count *by)
{
	for (size_t i = 0; i < count; i++) {
		struct tl_pain_insight *pain = &out->pains[i];
		bool after;

		if (pain->fixed == TL_NO_TIME || day <= TL_NO_DAY)
			continue;
		after = day >= tl_insight_day(pain->fixed);
		*(after ? &pain->change.x2 : &pain->change.x1) += by->x;
		*(after ? &pain->change.n2 : &pain->change.n1) += by->n;
	}
}

static bool take(void *context, const struct tl_sum *sum)
{
	struct watching *watching = context;
	const struct tl_touchpoint *touchpoint =
		tl_table_get(&watching->touchpoints, sum->touchpoint);
	struct tl_touchpoint_insight *out;
	struct tl_period *period;
	struct tl_count count;
	int witness;

	if (!touchpoint || !tl_insight_witness(&witness, &count, sum))
		return true;
	out = &watching->reading->insight->touchpoints[touchpoint->index];
	if (out->trend.family < 0 || out->score->families[out->trend.family].witness != witness)
		return true;
	period = period_of(watching, &out->trend, sum->day);
	if (period) {
		period->x += count.x;
		period->n += count.n;
	}
	watch_pains(out, touchpoint->pain_count, sum->day, &count);
	return true;
}

static uint32_t watched_gauges(void)
{
	uint32_t gauges = 0;
	struct tl_count count;
	int witness;

	for (int gauge = 0; gauge < TL_GAUGES; gauge++)
		if (tl_insight_witness(&witness, &count, &(struct tl_sum){.gauge = gauge}))
			gauges |= 1u << gauge;
	return gauges;
}

static void begin(struct watching *watching)
{
	struct reading *reading = watching->reading;
	int64_t *starts = tl_arena_array(reading->arena, int64_t, watching->count);

	for (size_t i = 0; i < watching->count; i++)
		starts[i] = watching->starts[i] * DAY;
	tl_table_init(&watching->touchpoints, reading->arena);
	for (size_t t = 0; t < reading->journey->touchpoint_count; t++) {
		const struct tl_touchpoint *touchpoint = &reading->journey->touchpoints[t];
		struct tl_trend *trend = &reading->insight->touchpoints[t].trend;

		tl_table_set(&watching->touchpoints, touchpoint->id, (void *)touchpoint);
		trend->family = tl_score_leading(reading->insight->touchpoints[t].score);
		trend->kind = watching->kind;
		trend->starts = starts;
		if (trend->family < 0)
			continue;
		trend->count = watching->count;
		trend->periods = tl_arena_array(reading->arena, struct tl_period, watching->count);
	}
}

static bool has_episodes(const struct tl_trend *trend)
{
	for (size_t i = 0; i < trend->count; i++)
		if (trend->periods[i].n)
			return true;
	return false;
}

static void finish(struct watching *watching)
{
	const struct tl_journey *journey = watching->reading->journey;

	for (size_t t = 0; t < journey->touchpoint_count; t++) {
		struct tl_touchpoint_insight *out = &watching->reading->insight->touchpoints[t];
		enum tl_family family = (enum tl_family)out->trend.family;

		if (out->trend.family < 0)
			continue;
		out->trend.drift = tl_score_drift(family, out->trend.periods, out->trend.count);
		for (size_t i = 0; i < journey->touchpoints[t].pain_count; i++) {
			struct tl_change *change = &out->pains[i].change;

			if (out->pains[i].fixed != TL_NO_TIME)
				*change = tl_score_change(
					family, change->x1, change->n1, change->x2, change->n2);
		}
		if (!has_episodes(&out->trend))
			out->trend.family = -1;
	}
}

bool tl_insight_periods(struct reading *reading)
{
	struct watching watching = {.reading = reading};

	if (reading->insight->oldest == TL_NO_TIME)
		return true;
	choose_periods(&watching, reading->insight);
	begin(&watching);
	if (!tl_store_sums(reading->store, reading->journey->id, &reading->insight->options.filter,
		    watched_gauges(), TL_APART_DAY, take, &watching))
		return false;
	finish(&watching);
	return true;
}
