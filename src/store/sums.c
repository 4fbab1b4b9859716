/* store: what was counted about a journey, added up as it is asked for.
 *
 * What nobody filters, and keeps apart by segment at most, comes from the table of totals, whose size
 * does not depend on how many records there are; all else from the roll-ups of the days. Both are
 * read along their primary key, so nothing is sorted. Rows of one touchpoint, gauge, subject and (if
 * asked) day lie together: they gather in a bag that keeps channels and segments apart.
 */
#include "store/store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct row {
	int64_t subject, day, channel, source, segment;
	struct roll_sums sums;
};
struct part { /* of a bag */
	int64_t channel, segment;
	struct roll_sums sums;
};
struct bag {
	int64_t subject, day;
	struct part *parts;
	size_t count, capacity;
	size_t *slots; /* index + 1 of a part; open addressing */
	size_t slot_count;
};
struct words { /* that a filter lets pass */
	struct numbers ids;
	bool any;
};
struct sieve { /* a filter, as rows are held against it */
	int64_t first, end; /* days; end exclusive */
	struct words sources, channels, segments;
};
struct reading {
	struct tl_store *store;
	struct tl_arena arena; /* names, while one touchpoint is read */
	struct sieve sieve;
	unsigned apart;
	bool totals;
	tl_each_sum *each;
	void *context;
	const char *touchpoint;
	int gauge;
	struct bag bag;
	bool stopped;
};

/* ---- filters ------------------------------------------------------------------------------------ */

/* An episode is of a day, which begins inside the period or does not. */
static int64_t first_day_from(int64_t time)
{
	int64_t day = time / 86400;

	return day + (day * 86400 < time);
}

static struct words known(struct tl_store *store, const struct tl_choice *choice)
{
	static const char sql[] = "SELECT id FROM word WHERE text = ?";
	struct words words = {.any = !choice->count};

	for (size_t i = 0; i < choice->count; i++) {
		int64_t id = tl_sql_number(store, sql, "t", choice->list[i]);

		if (id)
			tl_numbers_add(&words.ids, id);
	}
	return words;
}

/* Records without a time are in no period. */
static struct sieve open_sieve(struct tl_store *store, const struct tl_filter *filter)
{
	struct sieve sieve = {.first = INT64_MIN,
		.end = INT64_MAX,
		.sources = known(store, &filter->sources),
		.channels = known(store, &filter->channels),
		.segments = known(store, &filter->segments)};

	if (filter->since != TL_NO_TIME || filter->until != TL_NO_TIME)
		sieve.first = TL_NO_DAY + 1;
	if (filter->since != TL_NO_TIME)
		sieve.first = first_day_from(filter->since);
	if (filter->until != TL_NO_TIME)
		sieve.end = first_day_from(filter->until);
	return sieve;
}

static void close_sieve(struct sieve *sieve)
{
	tl_numbers_release(&sieve->sources.ids);
	tl_numbers_release(&sieve->channels.ids);
	tl_numbers_release(&sieve->segments.ids);
}

static bool has(const struct words *words, int64_t id)
{
	return words->any || (id && tl_numbers_has(&words->ids, id));
}

static bool passes(const struct sieve *sieve, const struct row *row)
{
	return has(&sieve->sources, row->source) && has(&sieve->channels, row->channel) &&
	       has(&sieve->segments, row->segment);
}

/* ---- bags --------------------------------------------------------------------------------------- */

static size_t slot_of(const struct bag *bag, int64_t channel, int64_t segment)
{
	uint64_t hash = ((uint64_t)channel * 0x9e3779b97f4a7c15u ^ (uint64_t)segment) *
			0x9e3779b97f4a7c15u;
	size_t i = hash >> 32 & (bag->slot_count - 1);

	while (bag->slots[i] && (bag->parts[bag->slots[i] - 1].channel != channel ||
					bag->parts[bag->slots[i] - 1].segment != segment))
		i = (i + 1) & (bag->slot_count - 1);
	return i;
}

static void widen(struct bag *bag)
{
	bag->capacity = bag->capacity ? 2 * bag->capacity : 16;
	bag->slot_count = 2 * bag->capacity;
	bag->parts = realloc(bag->parts, bag->capacity * sizeof *bag->parts);
	free(bag->slots);
	bag->slots = calloc(bag->slot_count, sizeof *bag->slots);
	if (!bag->parts || !bag->slots)
		tl_die_of_memory(bag->capacity * sizeof *bag->parts);
	for (size_t i = 0; i < bag->count; i++)
		bag->slots[slot_of(bag, bag->parts[i].channel, bag->parts[i].segment)] = i + 1;
}

static void put_into(struct bag *bag, int64_t channel, int64_t segment, const struct roll_sums *sums)
{
	struct roll_sums *to;
	size_t slot;

	if (bag->count == bag->capacity)
		widen(bag);
	slot = slot_of(bag, channel, segment);
	if (!bag->slots[slot]) {
		bag->parts[bag->count] = (struct part){.channel = channel, .segment = segment};
		bag->slots[slot] = ++bag->count;
	}
	to = &bag->parts[bag->slots[slot] - 1].sums;
	to->n += sums->n;
	to->x += sums->x;
	to->sum += sums->sum;
	to->squares += sums->squares;
	to->promoters += sums->promoters;
	to->passives += sums->passives;
}

/* ---- telling ------------------------------------------------------------------------------------ */

static const char *text_of(struct reading *reading, const char *sql, int64_t id)
{
	sqlite3_stmt *row = tl_sql(reading->store, sql, "i", id);
	const char *text = NULL;

	if (tl_sql_row(reading->store, row)) {
		text = tl_arena_strdup(&reading->arena, (const char *)sqlite3_column_text(row, 0));
		tl_sql_end(row);
	}
	return text;
}

static const char *word_of(struct reading *reading, int64_t id)
{
	static const char sql[] = "SELECT text FROM word WHERE id = ?";

	return id ? text_of(reading, sql, id) : NULL;
}

static const char *subject_of(struct reading *reading, int64_t subject)
{
	static const char place[] = "SELECT journey || '#' || touchpoint FROM places WHERE id = ?";

	switch (reading->gauge) {
	case TL_GAUGE_PAIN:
	case TL_GAUGE_EXPECTATION:
		return word_of(reading, subject);
	case TL_GAUGE_NEXT:
		return text_of(reading, place, subject);
	default:
		return NULL;
	}
}

static bool has_emotion(int gauge)
{
	return gauge <= TL_GAUGE_RATING || gauge == TL_GAUGE_VOICE;
}

static void tell_bag(struct reading *reading)
{
	struct bag *bag = &reading->bag;
	const char *subject = bag->count ? subject_of(reading, bag->subject) : NULL;
	double unit = has_emotion(reading->gauge) ? TL_SCORE_UNIT : 1;

	for (size_t i = 0; i < bag->count && !reading->stopped; i++) {
		const struct part *part = &bag->parts[i];
		struct tl_sum sum = {.touchpoint = reading->touchpoint,
			.gauge = reading->gauge,
			.subject = subject,
			.number = subject ? 0 : bag->subject,
			.day = bag->day,
			.channel = word_of(reading, part->channel),
			.segment = word_of(reading, part->segment),
			.n = part->sums.n,
			.x = part->sums.x,
			.sum = (double)part->sums.sum / unit,
			.squares = (double)part->sums.squares / (unit * unit),
			.promoters = part->sums.promoters,
			.passives = part->sums.passives};

		reading->stopped = !reading->each(reading->context, &sum);
	}
	bag->count = 0;
	if (bag->slots)
		memset(bag->slots, 0, bag->slot_count * sizeof *bag->slots);
}

static void take(struct reading *reading, const struct row *row)
{
	int64_t day = reading->apart & TL_APART_DAY ? row->day : 0;

	if (!passes(&reading->sieve, row))
		return;
	if (reading->bag.subject != row->subject || reading->bag.day != day)
		tell_bag(reading);
	reading->bag.subject = row->subject;
	reading->bag.day = day;
	put_into(&reading->bag, reading->apart & TL_APART_CHANNEL ? row->channel : 0,
		reading->apart & TL_APART_SEGMENT ? row->segment : 0, &row->sums);
}

/* ---- reading ------------------------------------------------------------------------------------ */

static sqlite3_stmt *rows_of(struct reading *reading, int64_t touchpoint)
{
	static const char totals[] =
		"SELECT n, x, sum, squares, promoters, passives, subject, segment FROM total"
		" WHERE touchpoint = ? AND gauge = ? ORDER BY subject, segment";
	static const char days[] =
		"SELECT n, x, sum, squares, promoters, passives, subject, segment, day, channel,"
		" source FROM rollup WHERE touchpoint = ? AND gauge = ?"
		" AND day >= ? AND day < ?"
		" ORDER BY subject, day, channel, source, segment";

	if (reading->totals)
		return tl_sql(reading->store, totals, "ii", touchpoint, (int64_t)reading->gauge);
	return tl_sql(reading->store, days, "iiii", touchpoint, (int64_t)reading->gauge,
		reading->sieve.first, reading->sieve.end);
}

static struct row read_row(const struct reading *reading, sqlite3_stmt *from)
{
	struct row row = {.subject = sqlite3_column_int64(from, 6),
		.segment = sqlite3_column_int64(from, 7),
		.sums = {sqlite3_column_int64(from, 0), sqlite3_column_int64(from, 1),
			sqlite3_column_int64(from, 2), sqlite3_column_int64(from, 3),
			sqlite3_column_int64(from, 4), sqlite3_column_int64(from, 5)}};

	if (!reading->totals) {
		row.day = sqlite3_column_int64(from, 8);
		row.channel = sqlite3_column_int64(from, 9);
		row.source = sqlite3_column_int64(from, 10);
	}
	return row;
}

static void read_touchpoint(
	struct reading *reading, int64_t touchpoint, const char *name, uint32_t gauges)
{
	tl_arena_init(&reading->arena);
	reading->touchpoint = tl_arena_strdup(&reading->arena, name);
	for (int gauge = 0; gauge < TL_GAUGES && !reading->stopped; gauge++) {
		sqlite3_stmt *rows;

		if (gauges && !(gauges >> gauge & 1))
			continue;
		reading->gauge = gauge;
		rows = rows_of(reading, touchpoint);
		while (!reading->stopped && tl_sql_row(reading->store, rows)) {
			struct row row = read_row(reading, rows);

			take(reading, &row);
		}
		if (rows)
			tl_sql_end(rows);
		tell_bag(reading);
	}
	tl_arena_release(&reading->arena);
}

bool tl_store_sums(struct tl_store *store, const char *journey, const struct tl_filter *filter,
	uint32_t gauges, unsigned apart, tl_each_sum *each, void *context)
{
	static const char sql[] =
		"SELECT t.id, n.text FROM touchpoint t JOIN word n ON n.id = t.name"
		" WHERE t.journey = (SELECT id FROM word WHERE text = ?) ORDER BY n.text";
	struct reading reading = {.store = store,
		.apart = apart,
		.totals = tl_filter_is_none(filter) && !(apart & ~(unsigned)TL_APART_SEGMENT),
		.each = each,
		.context = context};
	sqlite3_stmt *places;

	store->failed = false;
	reading.sieve = open_sieve(store, filter);
	places = tl_sql(store, sql, "t", journey);
	while (!reading.stopped && tl_sql_row(store, places))
		read_touchpoint(&reading, sqlite3_column_int64(places, 0),
			(const char *)sqlite3_column_text(places, 1), gauges);
	if (places)
		tl_sql_end(places);
	free(reading.bag.parts);
	free(reading.bag.slots);
	close_sieve(&reading.sieve);
	return !store->failed;
}

/* ---- days --------------------------------------------------------------------------------------- */

/* The first row that passes, from one end: without a filter that is the first one. */
static int64_t find_day(struct tl_store *store, const struct sieve *sieve, int64_t touchpoint,
	int64_t gauge, bool last)
{
	static const char up[] =
		"SELECT day, channel, source, segment FROM rollup WHERE touchpoint = ?"
		" AND gauge = ? AND subject = 0 AND day >= ? AND day < ? ORDER BY day";
	static const char down[] =
		"SELECT day, channel, source, segment FROM rollup WHERE touchpoint = ?"
		" AND gauge = ? AND subject = 0 AND day >= ? AND day < ? ORDER BY day DESC";
	int64_t first = sieve->first <= TL_NO_DAY ? TL_NO_DAY + 1 : sieve->first;
	sqlite3_stmt *from =
		tl_sql(store, last ? down : up, "iiii", touchpoint, gauge, first, sieve->end);

	while (tl_sql_row(store, from)) {
		struct row row = {.day = sqlite3_column_int64(from, 0),
			.channel = sqlite3_column_int64(from, 1),
			.source = sqlite3_column_int64(from, 2),
			.segment = sqlite3_column_int64(from, 3)};

		if (!passes(sieve, &row))
			continue;
		tl_sql_end(from);
		return row.day;
	}
	return TL_NO_DAY;
}

bool tl_store_days(struct tl_store *store, const char *journey, const char *touchpoint,
	const struct tl_filter *filter, int64_t *first, int64_t *last)
{
	static const char place[] = "SELECT id FROM places WHERE journey = ? AND touchpoint = ?";
	static const int gauges[] = {TL_GAUGE_CSAT, TL_GAUGE_NPS, TL_GAUGE_CES, TL_GAUGE_RATING,
		TL_GAUGE_EPISODES, TL_GAUGE_RECORDS};
	struct sieve sieve;
	int64_t id;

	store->failed = false;
	*first = *last = TL_NO_DAY;
	id = tl_sql_number(store, place, "tt", journey, touchpoint);
	sieve = open_sieve(store, filter);
	for (size_t i = 0; id && i < TL_COUNT(gauges); i++) {
		int64_t from = find_day(store, &sieve, id, gauges[i], false), to;

		if (from == TL_NO_DAY)
			continue;
		to = find_day(store, &sieve, id, gauges[i], true);
		*first = *first == TL_NO_DAY || from < *first ? from : *first;
		*last = to > *last ? to : *last;
	}
	close_sieve(&sieve);
	return !store->failed;
}

double tl_store_class_seconds(int64_t time_class)
{
	return time_class < 0 ? 0 : pow(1.02, (double)time_class + .5);
}
