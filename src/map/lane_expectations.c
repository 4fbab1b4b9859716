/* lane expectations: what people count on, and what was promised. */
#include <math.h>
#include "map/sheet.h"
#include "map/tell.h"

/* "reply within 1 day"; an expectation of the clock `reply` has its channel's promise by default. */
static const char *promise_of(struct sheet *sheet, const struct tl_touchpoint *touchpoint,
	const struct tl_expectation *expectation)
{
	struct tl_canvas *canvas = &sheet->canvas;
	double seconds = expectation->promise;
	if (isnan(seconds) && expectation->clock == TL_CLOCK_REPLY && touchpoint->channel)
		seconds = touchpoint->channel->reply_within;
	if (isnan(seconds))
		return NULL;
	enum tl_word word = expectation->clock < 0
		? TL_SAY_PROMISE
		: (enum tl_word)(TL_SAY_CLOCK_REPLY + expectation->clock);
	return tl_canvas_say(canvas, word,
		tl_say_duration(sheet->arena, canvas->language, expectation->promise_text, seconds));
}

static void add_gap(struct sheet *sheet, struct sheet_cell *cell, const struct tl_gap *gap)
{
	struct tl_canvas *canvas = &sheet->canvas;
	tl_lines_wrap(canvas, &cell->lines,
		tl_canvas_say(canvas, TL_SAY_BROKEN, tl_feedback_rate(canvas, gap->rate),
			tl_feedback_rates(canvas, gap->interval), tl_feedback_count(canvas, gap->n)),
		sheet_strong(sheet->palette->expectation.ink), sheet_cell_room(sheet, cell), 3);
	cell->tooltip = tl_canvas_sentences(
		canvas, cell->tooltip, tl_feedback_tell_gap(canvas, gap));
}

void lane_expectations_fill(
	struct sheet *sheet, struct sheet_cells *cells, const struct tl_touchpoint *touchpoint)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_paint *paint = &sheet->palette->expectation;
	const struct tl_touchpoint_insight *known = sheet->cards[touchpoint->index].known;
	for (size_t i = 0; i < touchpoint->expectation_count; i++) {
		const struct tl_expectation *expectation = &touchpoint->expectations[i];
		struct sheet_cell *cell = sheet_cell_add(sheet, cells);
		const char *promise = promise_of(sheet, touchpoint, expectation);
		const char *kind =
			tl_word_at(canvas->language, TL_SAY_EXPECT_TIME, expectation->kind);
		const char *const foot[] = {kind, promise};
		if (expectation->id)
			cell->id = tl_canvas_id(
				canvas, "%s.expectation.%s", touchpoint->id, expectation->id);
		else
			cell->id = tl_canvas_id(canvas, "%s.expectation", touchpoint->id);
		cell->role = "expectation";
		cell->pad = 2;
		cell->indent = 8;
		cell->bar = paint->stroke;
		double room = sheet_cell_room(sheet, cell);
		tl_lines_wrap(canvas, &cell->lines, expectation->text, sheet_body(paint->ink), room,
			SHEET_MAX_LINES);
		tl_lines_wrap(canvas, &cell->lines, tl_canvas_join(canvas, TL_DOT, foot, 2),
			sheet_small(paint->soft), room, 4);
		cell->tooltip = tl_tell_expectation(canvas, touchpoint, expectation);
		const struct tl_gap *gap = known ? tl_feedback_gap(known, expectation) : NULL;
		if (gap)
			add_gap(sheet, cell, gap);
	}
}
