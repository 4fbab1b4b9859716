/* grid: the main path on the first track, alternatives below it, and the columns.
 *
 * A touchpoint off the main path takes the highest track on which it can be reached from where
 * the way branched off, and left to where it joins again, without a card standing in between; so
 * most branches are drawn as one bend. Linear: the tracks are bounded, and so is the scan of them.
 */
#include <math.h>
#include "map/sheet.h"

enum { MAX_TRACKS = 9, FEW_TRACKS = 3 };

/* First column from which, and last column to which, other columns lead. */
struct reachspan {
	size_t earliest, latest;
	bool entered;
	const struct tl_touchpoint *before; /* off the main path, leads here */
};

static void find_spans(const struct sheet *sheet, struct reachspan *spans)
{
	for (size_t i = 0; i < sheet->count; i++)
		spans[i] = (struct reachspan){.earliest = i, .latest = i};
	for (size_t i = 0; i < sheet->count; i++) {
		const struct tl_touchpoint *from = sheet->cards[i].touchpoint;
		for (size_t k = 0; k < from->next_count; k++) {
			const struct tl_touchpoint *to = from->nexts[k].to;
			if (!to)
				continue;
			if (to != from)
				spans[to->index].entered = true;
			if (to->index <= i)
				continue;
			if (to->index > spans[i].latest)
				spans[i].latest = to->index;
			if (i < spans[to->index].earliest)
				spans[to->index].earliest = i;
			if (!sheet->cards[i].main)
				spans[to->index].before = from;
		}
	}
}

struct track {
	int last;      /* card */
	size_t busy_to; /* column up to which its last card's way out runs */
};

/* strict: reached along the row too. */
static bool is_free(const struct track *track, const struct reachspan *span, size_t i, bool strict)
{
	return track->last == SHEET_NONE ||
		((!strict || (size_t)track->last <= span->earliest) && track->busy_to <= i);
}

static size_t choose_track(const struct sheet *sheet, const struct track *tracks, size_t i,
	const struct reachspan *span)
{
	if (span->before) {
		size_t t = sheet->cards[span->before->index].track;
		if (t && tracks[t].last == (int)span->before->index)
			return t;
	}
	/* First two tracks, even where the way in then has to take a channel; then more of them. */
	for (int strict = 1; strict >= 0; strict--)
		for (size_t t = 1; t < FEW_TRACKS; t++)
			if (is_free(&tracks[t], span, i, strict))
				return t;
	for (size_t t = FEW_TRACKS; t < MAX_TRACKS; t++)
		if (is_free(&tracks[t], span, i, true))
			return t;
	return 1 + i % (MAX_TRACKS - 1);
}

static void put_on_track(struct sheet *sheet, struct track *track, size_t i, size_t latest)
{
	struct sheet_card *card = &sheet->cards[i];
	card->previous = track->last;
	card->next = SHEET_NONE;
	if (track->last != SHEET_NONE)
		sheet->cards[track->last].next = (int)i;
	*track = (struct track){(int)i, latest};
}

static void find_worst(struct sheet *sheet)
{
	/* Values are multiples of 5 at most: count them, then take groups from the top. */
	size_t by_value[101] = {0}, limit = sheet->count / 4 + 1, taken = 0;
	for (size_t i = 0; i < sheet->count; i++)
		if (!tl_feedback_evidence(sheet->cards[i].known))
			by_value[(int)fmin(100, fmax(0, sheet->assumed[i].friction))]++;
	sheet->worst_from = INFINITY;
	for (int value = 100; value >= 50; value--) {
		if (!by_value[value])
			continue;
		if (taken && taken + by_value[value] > limit)
			break;
		taken += by_value[value];
		sheet->worst_from = value;
	}
	for (size_t i = 0; i < sheet->count; i++)
		sheet->cards[i].worst = !tl_feedback_evidence(sheet->cards[i].known) &&
			floor(sheet->assumed[i].friction) >= sheet->worst_from;
}

/* Nothing leads on, or what does leaves a share of customers behind and leads back. */
static bool stops_at(const struct tl_touchpoint *touchpoint)
{
	double rest = 1;
	for (size_t k = 0; k < touchpoint->next_count; k++) {
		const struct tl_next *next = &touchpoint->nexts[k];
		if (isnan(next->share) || (next->to && next->to->index > touchpoint->index))
			return false;
		rest -= next->share;
	}
	return rest > 1e-9;
}

void sheet_grid(struct sheet *sheet)
{
	const struct tl_journey *journey = sheet->journey;
	sheet->count = journey->touchpoint_count;
	sheet->cards = tl_arena_array(sheet->arena, struct sheet_card, sheet->count);
	const struct tl_touchpoint **path =
		tl_arena_array(sheet->arena, const struct tl_touchpoint *, sheet->count);
	size_t length = tl_score_main_path(path, journey);
	for (size_t i = 0; i < sheet->count; i++) {
		sheet->cards[i].touchpoint = &journey->touchpoints[i];
		sheet->cards[i].known = tl_feedback_of(&sheet->canvas, &journey->touchpoints[i]);
	}
	/* A main path that jumps back is drawn as a loop: its later part may still stand on the first
	 * track, for columns are its own. */
	for (size_t i = 0; i < length; i++)
		sheet->cards[path[i]->index].main = true;
	struct reachspan *spans = tl_arena_array(sheet->arena, struct reachspan, sheet->count);
	find_spans(sheet, spans);
	struct track tracks[MAX_TRACKS];
	for (size_t t = 0; t < MAX_TRACKS; t++)
		tracks[t] = (struct track){SHEET_NONE, 0};
	sheet->tracks = 1;
	for (size_t i = 0; i < sheet->count; i++) {
		struct sheet_card *card = &sheet->cards[i];
		card->track = card->main ? 0 : choose_track(sheet, tracks, i, &spans[i]);
		put_on_track(sheet, &tracks[card->track], i, spans[i].latest);
		if (card->track >= sheet->tracks)
			sheet->tracks = card->track + 1;
		card->start = i == 0 || !spans[i].entered;
		card->end = stops_at(card->touchpoint);
	}
	find_worst(sheet);
}

/* ---- columns -------------------------------------------------------------------------------- */

enum { BAND_EDGE = 12, BAND_GAP = 6 };

static double column_gutter(const struct sheet *sheet, size_t i)
{
	double least = 20;
	if (i + 1 < sheet->count &&
		sheet->cards[i].touchpoint->stage != sheet->cards[i + 1].touchpoint->stage)
		least = 2 * BAND_EDGE + BAND_GAP;
	return ceil(fmax(least, sheet->gutter[i]));
}

void sheet_columns(struct sheet *sheet)
{
	sheet->field_x = SHEET_MARGIN + SHEET_LABEL_W + 12;
	double x = sheet->field_x + BAND_EDGE + (sheet->count && sheet->cards[0].start ? 20 : 0);
	for (size_t i = 0; i < sheet->count; i++) {
		sheet->cards[i].x = x;
		sheet->gutter[i] = column_gutter(sheet, i);
		x += sheet->card_w + sheet->gutter[i];
	}
	if (sheet->count)
		x -= sheet->gutter[sheet->count - 1];
	bool ends = sheet->count && sheet->cards[sheet->count - 1].end;
	x += fmax(ends ? 24 : 0, lane_emotion_name_room(sheet));
	sheet->field_w = x + BAND_EDGE - sheet->field_x;
	double least = SHEET_MIN_W - SHEET_MARGIN - sheet->field_x;
	sheet->field_w = ceil(fmax(sheet->field_w, least));
	sheet->width = sheet->field_x + sheet->field_w + SHEET_MARGIN;
}

double sheet_stage_left(const struct sheet *sheet, const struct tl_stage *stage)
{
	size_t first = stage->touchpoints[0].index;
	if (first == 0)
		return sheet->field_x;
	/* In the middle of the gutter, which labels may have widened. */
	double middle = sheet->cards[first].x - sheet->gutter[first - 1] / 2;
	return floor(middle + BAND_GAP / 2);
}

double sheet_stage_right(const struct sheet *sheet, const struct tl_stage *stage)
{
	size_t last = stage->touchpoints[stage->touchpoint_count - 1].index;
	if (last + 1 == sheet->count)
		return sheet->field_x + sheet->field_w;
	double middle = sheet->cards[last].x + sheet->card_w + sheet->gutter[last] / 2;
	return floor(middle - BAND_GAP / 2);
}
