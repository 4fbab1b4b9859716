/* poster_plan: how many bands, which sticky notes, how many of them; see poster.h. Every number of
 * bands is tried with every size of note: there are few of them, and texts are wrapped once.
 *
 * Best is a poster on one sheet, with notes of the common size, two or more of them below each other
 * at every touchpoint, and no stage broken. What has to give way, gives way in the opposite order.
 */
#include <math.h>
#include <string.h>
#include "map/poster.h"

#define MM (72 / 25.4)
enum { MOST_BANDS = 12, MOST_ITEMS = 8, LEAST_NOTES = 2 };

/* Read from 1.5 m or more, from 1 m, from 0.7 m, and at a table. Codes are at least 30 points, 7.7 mm
 * high, which is a two-hundredth of 1.5 m: on any paper they are to be read from there. */
static const struct poster_type types[] = {
	[TL_A0] = {14, 16, 26, 48, 64, 11, 11, 1.6, 8.5 * MM},
	[TL_A1] = {12, 13, 20, 40, 46, 8, 8, 1.2, 8.5 * MM},
	[TL_A2] = {10, 11, 16, 34, 34, 6, 6, 1, 8.5 * MM},
	[TL_A3] = {9, 10, 13, 30, 26, 5, 5, 0.8, 8.5 * MM},
};
/* Sticky notes that one can buy: wide, high. The first is the common one. */
static const double notes[][2] = {{76 * MM, 76 * MM}, {51 * MM, 38 * MM}};

const struct poster_type *poster_type_of(enum tl_paper paper)
{
	return &types[paper];
}

/* ---- heights -------------------------------------------------------------------------------- */

double poster_stage_height(struct poster *poster, const struct poster_band *band)
{
	(void)band;
	return tl_text_pitch(poster->type->title) + poster->type->pad;
}

double poster_mood_height(const struct poster *poster)
{
	const struct poster_type *type = poster->type;
	return ceil(tl_text_pitch(type->body) + type->dot + type->pad / 2);
}

double poster_notes_height(const struct poster *poster)
{
	const struct poster_plan *plan = &poster->plan;
	double rows = (double)plan->note_rows;
	return rows * plan->note_h + fmax(0, rows - 1) * poster->type->gap / 2;
}

size_t poster_dots_rows(const struct poster *poster)
{
	size_t count = poster->department_count;
	size_t most = (size_t)(poster->plan.inner_w / poster->type->dot);
	return count ? (count + most - 1) / most : 1;
}

size_t poster_dots_columns(const struct poster *poster)
{
	size_t rows = poster_dots_rows(poster), count = poster->department_count;
	return count ? (count + rows - 1) / rows : 1;
}

double poster_dots_height(const struct poster *poster)
{
	const struct poster_type *type = poster->type;
	return (double)poster_dots_rows(poster) * (tl_text_pitch(type->small) + type->dot);
}

double poster_band_height(struct poster *poster, const struct poster_band *band, double *card_h)
{
	double gap = poster->type->gap, h = 0;
	for (size_t i = 0; i < band->count; i++) {
		struct poster_card card;
		poster_card_make(poster, &card, &poster->journey->touchpoints[band->first + i]);
		h = fmax(h, card.h);
	}
	if (card_h)
		*card_h = h;
	return poster_stage_height(poster, band) + h + poster_mood_height(poster) +
	       poster_notes_height(poster) + poster_dots_height(poster) + 4 * gap;
}

/* ---- bands ---------------------------------------------------------------------------------- */

/* Stage by stage, as many as fit side by side. 0: a stage does not fit, or they are too many. */
static size_t break_by_stages(
	const struct tl_journey *journey, size_t columns, size_t most, struct poster_band *bands)
{
	size_t count = 0;
	for (size_t s = 0; s < journey->stage_count; s++) {
		const struct tl_stage *stage = &journey->stages[s];
		size_t n = stage->touchpoint_count;
		if (n > columns)
			return 0;
		if (count && bands[count - 1].count + n <= columns) {
			bands[count - 1].count += n;
			continue;
		}
		if (count == most)
			return 0;
		bands[count++] = (struct poster_band){stage->touchpoints[0].index, n};
	}
	return count;
}

static size_t break_anywhere(
	const struct tl_journey *journey, size_t count, struct poster_band *bands)
{
	size_t n = journey->touchpoint_count;
	for (size_t b = 0; b < count; b++) {
		size_t first = n * b / count;
		bands[b] = (struct poster_band){first, n * (b + 1) / count - first};
	}
	return count;
}

/* At most `count` bands with as few columns as it goes. False: they are wider than the paper. */
static bool break_bands(struct poster *poster, struct poster_plan *plan, size_t count, size_t most)
{
	size_t n = poster->journey->touchpoint_count, least = (n + count - 1) / count;
	plan->bands = tl_arena_array(poster->arena, struct poster_band, count);
	plan->by_stages = true;
	for (plan->columns = least; plan->columns <= most; plan->columns++) {
		plan->band_count = break_by_stages(poster->journey, plan->columns, count, plan->bands);
		if (plan->band_count)
			return true;
	}
	plan->by_stages = false;
	plan->columns = least;
	plan->band_count = break_anywhere(poster->journey, count, plan->bands);
	return least <= most;
}

/* ---- choosing ------------------------------------------------------------------------------- */

static double room_of(const struct poster *poster)
{
	return poster->bottom - poster->foot_h - poster->top - poster->head_h;
}

/* Height of the highest sheet, with as many bands on each as the plan says. */
static double need(struct poster *poster)
{
	const struct poster_plan *plan = &poster->plan;
	double most = 0;
	for (size_t from = 0; from < plan->band_count; from += plan->per_sheet) {
		double h = 0;
		for (size_t b = from; b < plan->band_count && b < from + plan->per_sheet; b++)
			h += poster_band_height(poster, &plan->bands[b], NULL) +
			     (b > from ? 2 * poster->type->gap : 0);
		most = fmax(most, h);
	}
	return most;
}

static size_t fitting_columns(const struct poster *poster, size_t note)
{
	double gap = poster->type->gap;
	return (size_t)((poster->right - poster->left + gap) / (ceil(notes[note][0]) + gap));
}

/* Fills in widths, and as many rows of notes as fit: with cards that say something, or, where that
 * leaves too few, with bare ones. False: there is no room for any. */
static bool fill(struct poster *poster, size_t note)
{
	struct poster_plan *plan = &poster->plan;
	double gap = poster->type->gap, room = room_of(poster);
	plan->note_w = notes[note][0];
	plan->note_h = notes[note][1];
	plan->column_w = floor((poster->right - poster->left + gap) / (double)plan->columns);
	plan->inner_w = plan->column_w - gap;
	plan->note_columns =
		(size_t)((plan->inner_w + gap / 2) / (plan->note_w + gap / 2));
	for (plan->items = 2; plan->items-- > 0;) {
		plan->note_rows = 0;
		do
			plan->note_rows++;
		while (need(poster) <= room);
		plan->note_rows--;
		if (plan->note_rows >= LEAST_NOTES)
			return true;
	}
	plan->items = 0;
	return plan->note_rows > 0;
}

static bool is_better(const struct poster_plan *a, const struct poster_plan *b)
{
	size_t fields = a->note_rows * a->note_columns, others = b->note_rows * b->note_columns;
	if ((a->note_rows >= LEAST_NOTES) != (b->note_rows >= LEAST_NOTES))
		return a->note_rows >= LEAST_NOTES;
	if (a->by_stages != b->by_stages)
		return a->by_stages;
	return fields > others;
}

static bool plan_one_sheet(struct poster *poster, size_t note)
{
	size_t n = poster->journey->touchpoint_count, most = fitting_columns(poster, note);
	struct poster_plan best = {0};
	for (size_t count = 1; count <= MOST_BANDS && count <= n; count++) {
		struct poster_plan *plan = &poster->plan;
		*plan = (struct poster_plan){0};
		if (!break_bands(poster, plan, count, most))
			continue;
		plan->per_sheet = plan->band_count;
		if (fill(poster, note) && (!best.columns || is_better(plan, &best)))
			best = *plan;
	}
	poster->plan = best;
	return best.columns > 0;
}

/* As few sheets as it goes, with a row of the smaller notes at least. */
static void plan_sheets(struct poster *poster)
{
	struct poster_plan *plan = &poster->plan;
	size_t note = TL_COUNT(notes) - 1, most = fitting_columns(poster, note);
	size_t n = poster->journey->touchpoint_count, count = (n + most - 1) / most;
	*plan = (struct poster_plan){0};
	while (!break_bands(poster, plan, count, most) ||
		(!plan->by_stages && count < poster->journey->stage_count && count < n &&
			count < 2 * ((n + most - 1) / most)))
		count++;
	for (plan->per_sheet = plan->band_count; plan->per_sheet > 1; plan->per_sheet--)
		if (fill(poster, note))
			break;
	size_t sheets = (plan->band_count + plan->per_sheet - 1) / plan->per_sheet;
	plan->per_sheet = (plan->band_count + sheets - 1) / sheets;
	fill(poster, note);
}

void poster_plan(struct poster *poster)
{
	bool fits = false;
	for (size_t note = 0; note < TL_COUNT(notes) && !fits; note++)
		fits = plan_one_sheet(poster, note);
	if (!fits)
		plan_sheets(poster);
	struct poster_plan *plan = &poster->plan;
	while (plan->items < MOST_ITEMS) {
		plan->items++;
		if (need(poster) > room_of(poster)) {
			plan->items--;
			break;
		}
	}
}
