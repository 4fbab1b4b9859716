/* store: what an episode adds to the roll-ups (scoring.md, events).
 *
 * Records of one customer at one touchpoint, each at most 7 days after the one before, are an
 * episode. For each gauge its day, channel, source and segment are those of its first record that
 * carries the gauge. Sorting by time, then source, then id makes all of it independent of the order
 * in which records arrived. A record without a time is an episode of its own.
 */
#include "store/episode.h"

#include <stdlib.h>
#include <string.h>

/* Compound sentiment from here down is negative, as is usual for lexicons. */
enum { NEGATIVE = -TL_SCORE_UNIT / 20 };

struct episode {
	struct tl_store *store;
	const struct piece *pieces;
	size_t count;
	int64_t sign;
};

static bool is_contact(const struct piece *piece)
{
	int64_t kind = piece->row->kind;

	return piece->whole && (kind == TL_TICKET || kind == TL_CHATTED || kind == TL_CALL);
}

static int by_row(const struct row *a, const struct row *b)
{
	int order = (a->created > b->created) - (a->created < b->created);

	order = order ? order : strcmp(a->source_name, b->source_name);
	return order ? order : strcmp(a->external_id, b->external_id);
}

static int by_touchpoint(const void *a, const void *b)
{
	const struct piece *p = a, *q = b;
	int order = (p->touchpoint > q->touchpoint) - (p->touchpoint < q->touchpoint);

	return order ? order : by_row(p->row, q->row);
}

static int by_journey(const void *a, const void *b)
{
	const struct episode *p = a, *q = b;
	int64_t j = p->pieces->journey, k = q->pieces->journey;
	int order = (j > k) - (j < k);

	order = order ? order : by_row(p->pieces->row, q->pieces->row);
	/* One record may speak about two touchpoints: any order will do, if it is always the same. */
	return order ? order :
		       (p->pieces->touchpoint > q->pieces->touchpoint) -
				(p->pieces->touchpoint < q->pieces->touchpoint);
}

static struct roll_key key_of(
	const struct row *row, int64_t touchpoint, enum tl_gauge gauge, int64_t subject)
{
	int64_t day = row->created == TL_NO_TIME ? TL_NO_DAY : row->created / 86400;

	if (row->created != TL_NO_TIME && row->created < 0 && row->created % 86400)
		day--;
	return (struct roll_key){
		touchpoint, gauge, subject, day, row->channel, row->source, row->segment};
}

static void add(const struct episode *e, const struct piece *first, enum tl_gauge gauge,
	int64_t subject, struct roll_sums sums)
{
	struct roll_key key = key_of(first->row, first->touchpoint, gauge, subject);

	sums.n *= e->sign;
	sums.x *= e->sign;
	sums.sum *= e->sign;
	sums.squares *= e->sign;
	sums.promoters *= e->sign;
	sums.passives *= e->sign;
	tl_roll_add(e->store, &key, &sums);
}

static void count_answers(const struct episode *e, int instrument)
{
	const struct piece *first = NULL;
	struct answer last = {0};

	for (size_t i = 0; i < e->count; i++)
		for (size_t k = 0; k < e->pieces[i].measure_count; k++) {
			if (e->pieces[i].measures[k].instrument != instrument)
				continue;
			last = tl_scale_answer(&e->pieces[i].measures[k]);
			first = first ? first : &e->pieces[i];
		}
	if (first)
		add(e, first, (enum tl_gauge)instrument, 0,
			(struct roll_sums){1, last.friction, last.emotion,
				last.emotion * last.emotion, last.promoter, last.passive});
}

/* Visits are counted by somebody else: each figure counts. */
static void count_visits(const struct episode *e)
{
	for (size_t i = 0; i < e->count; i++)
		for (size_t k = 0; k < e->pieces[i].measure_count; k++)
			if (e->pieces[i].measures[k].instrument == TL_VISITS)
				add(e, &e->pieces[i], TL_GAUGE_VISITS, 0,
					(struct roll_sums){.n = 1,
						.sum = (int64_t)e->pieces[i].measures[k].score});
}

static void count_contacts(const struct episode *e)
{
	const struct piece *first = NULL;
	int64_t contacts = 0, channel = 0;
	bool reopened = false, hard = false;

	for (size_t i = 0; i < e->count; i++) {
		const struct row *row = e->pieces[i].row;

		if (is_contact(&e->pieces[i])) {
			first = first ? first : &e->pieces[i];
			contacts++;
			reopened |= row->reopens > 0;
			hard |= row->handoffs >= 2;
		} else if (!e->pieces[i].whole || row->kind != TL_POSTED) {
			continue;
		}
		/* Who goes from one channel to another, in public too, was not helped on the first. */
		hard |= channel && row->channel && row->channel != channel;
		channel = row->channel ? row->channel : channel;
	}
	if (!first)
		return;
	hard |= reopened || contacts > 1;
	add(e, first, TL_GAUGE_EFFORT_SEEN, 0, (struct roll_sums){.n = 1, .x = hard});
	add(e, first, TL_GAUGE_CONTACTS, 0, (struct roll_sums){.n = 1, .x = contacts});
	add(e, first, TL_GAUGE_FIRST_CONTACT, 0,
		(struct roll_sums){.n = 1, .x = contacts == 1 && !reopened});
}

/* −1: cannot be told, as where a clock ran backwards. An open record is late once its export is older
 * than the promise. */
static int is_late(const struct piece *piece, int64_t end, bool other_end, int64_t promise)
{
	const struct row *row = piece->row;

	if (!piece->whole || row->created == TL_NO_TIME)
		return -1;
	if (end != TL_NO_TIME)
		return end < row->created ? -1 : end - row->created > promise;
	if (other_end || !is_contact(piece) || row->exported == TL_NO_TIME)
		return -1;
	return row->exported - row->created > promise ? 1 : -1;
}

static void count_delay(const struct episode *e, int64_t clock, int64_t promise)
{
	const struct piece *first = NULL;
	bool late = false;

	for (size_t i = 0; i < e->count; i++) {
		const struct row *row = e->pieces[i].row;
		/* What is resolved was replied to, though nobody wrote down when. */
		int is = clock == TL_CLOCK_REPLY ? is_late(&e->pieces[i], row->replied,
							   row->resolved != TL_NO_TIME, promise) :
						   is_late(&e->pieces[i], row->resolved, false, promise);

		if (is < 0)
			continue;
		first = first ? first : &e->pieces[i];
		late |= is;
	}
	if (first)
		add(e, first,
			clock == TL_CLOCK_REPLY ? TL_GAUGE_REPLY_LATE : TL_GAUGE_RESOLUTION_LATE, 0,
			(struct roll_sums){.n = 1, .x = late});
}

static void count_delays(const struct episode *e)
{
	const int64_t *p = e->store->promises;

	for (size_t i = 0; i < e->store->promise_count; i++, p += 3)
		if (p[0] == e->pieces->touchpoint)
			count_delay(e, p[1], p[2]);
}

static void count_voice(const struct episode *e)
{
	const struct piece *first = NULL;
	bool negative = false;
	int64_t last = 0;

	for (size_t i = 0; i < e->count; i++) {
		int64_t sentiment = e->pieces[i].row->sentiment;

		if (!e->pieces[i].whole || sentiment == TL_NO_TIME)
			continue;
		first = first ? first : &e->pieces[i];
		negative |= sentiment <= NEGATIVE;
		last = 2 * sentiment;
	}
	if (first)
		add(e, first, TL_GAUGE_VOICE, 0,
			(struct roll_sums){.n = 1, .x = negative, .sum = last, .squares = last * last});
}

/* One of the lists of words of the pieces: each word once an episode, x its records. */
static void count_words(const struct episode *e, enum tl_gauge gauge)
{
	struct numbers seen = {0};

	for (size_t i = 0; i < e->count; i++) {
		const struct piece *piece = &e->pieces[i];
		bool pains = gauge == TL_GAUGE_PAIN;
		const int64_t *words = pains ? piece->pains : piece->expectations;
		size_t count = pains ? piece->pain_count : piece->expectation_count;

		for (size_t k = 0; k < count; k++)
			add(e, piece, gauge, words[k],
				(struct roll_sums){.n = tl_numbers_add(&seen, words[k]), .x = 1});
	}
	tl_numbers_release(&seen);
}

static void count_kinds(const struct episode *e)
{
	int64_t seen = 0;

	for (size_t i = 0; i < e->count; i++) {
		int64_t kinds = e->pieces[i].whole ? e->pieces[i].row->friction_kinds : 0;

		for (int kind = 0; kind < 32; kind++)
			if (kinds >> kind & 1)
				add(e, &e->pieces[i], TL_GAUGE_KIND, kind,
					(struct roll_sums){.n = !(seen >> kind & 1), .x = 1});
		seen |= kinds;
	}
}

static void count_times(const struct episode *e)
{
	for (size_t i = 0; i < e->count; i++) {
		const struct row *row = e->pieces[i].row;
		const int64_t ends[] = {row->replied, row->resolved};

		if (!is_contact(&e->pieces[i]) || row->created == TL_NO_TIME)
			continue;
		for (int k = 0; k < 2; k++)
			if (ends[k] != TL_NO_TIME && ends[k] >= row->created)
				add(e, &e->pieces[i], k ? TL_GAUGE_RESOLUTION_TIME : TL_GAUGE_REPLY_TIME,
					tl_scale_time_class(ends[k] - row->created),
					(struct roll_sums){.n = 1, .sum = ends[k] - row->created});
	}
}

static void count_episode(const struct episode *e)
{
	const struct piece *first = NULL;
	int64_t records = 0;

	for (size_t i = 0; i < e->count; i++) {
		records += e->pieces[i].whole;
		first = first || !e->pieces[i].whole ? first : &e->pieces[i];
	}
	if (first)
		add(e, first, TL_GAUGE_EPISODES, 0, (struct roll_sums){.n = 1, .x = records});
	for (int instrument = TL_CSAT; instrument <= TL_RATING; instrument++)
		count_answers(e, instrument);
	count_visits(e);
	count_contacts(e);
	count_delays(e);
	count_voice(e);
	count_words(e, TL_GAUGE_PAIN);
	count_words(e, TL_GAUGE_EXPECTATION);
	count_kinds(e);
	count_times(e);
}

/* From each episode of a customer to the next one of the journey, where that is elsewhere. */
static void count_trail(struct episode *episodes, size_t count)
{
	qsort(episodes, count, sizeof *episodes, by_journey);
	for (size_t i = 1; i < count; i++) {
		const struct piece *from = episodes[i - 1].pieces, *to = episodes[i].pieces;

		/* One record that speaks about two touchpoints went nowhere. */
		if (from->journey == to->journey && from->touchpoint != to->touchpoint &&
			from->row != to->row && from->row->created != TL_NO_TIME)
			add(&episodes[i], from, TL_GAUGE_NEXT, to->touchpoint,
				(struct roll_sums){.n = 1});
	}
}

static size_t episode_length(const struct piece *pieces, size_t count)
{
	size_t n = 1;

	while (n < count && pieces[n].touchpoint == pieces->touchpoint &&
		pieces[n - 1].row->created != TL_NO_TIME &&
		pieces[n].row->created - pieces[n - 1].row->created <= TL_EPISODE_GAP)
		n++;
	return n;
}

/* Each record once a journey, wherever in it; pieces of one record lie together. */
static void count_records(
	struct tl_store *store, const struct piece *pieces, size_t count, int64_t sign)
{
	for (size_t i = 0; i < count; i++) {
		size_t before = i;
		struct roll_key key;

		while (before && pieces[before - 1].row == pieces[i].row &&
			pieces[before - 1].journey != pieces[i].journey)
			before--;
		if (before && pieces[before - 1].row == pieces[i].row)
			continue;
		key = key_of(pieces[i].row, tl_place_of_all(store, pieces[i].journey),
			TL_GAUGE_RECORDS, 0);
		tl_roll_add(store, &key, &(struct roll_sums){.n = sign});
	}
}

void tl_episodes_count(struct tl_store *store, struct tl_arena *arena, struct piece *pieces,
	size_t count, int64_t sign)
{
	struct episode *episodes = tl_arena_array(arena, struct episode, count);
	size_t n = 0, length;

	count_records(store, pieces, count, sign);
	qsort(pieces, count, sizeof *pieces, by_touchpoint);
	for (size_t i = 0; i < count; i += length) {
		length = episode_length(pieces + i, count - i);
		episodes[n] = (struct episode){store, pieces + i, length, sign};
		count_episode(&episodes[n]);
		n += pieces[i].whole;
	}
	count_trail(episodes, n);
}
