/* lane opportunities: what could be better, what it would bring and what it takes. */
#include <math.h>
#include "map/sheet.h"
#include "map/tell.h"

enum { SCALE = 5, DOTS_W = 33, ROW_H = 12 };

/* Impact and effort, one row each: the word, and dots out of five at the right. */
static double meter(struct sheet *sheet, enum tl_word word, int value, double x, double y)
{
	const struct tl_paint *paint = &sheet->palette->opportunity;
	struct tl_canvas *canvas = &sheet->canvas;
	if (!value)
		return y;
	tl_mark_text(canvas, x + SHEET_PAD, tl_text_baseline(y, 8), TL_START, sheet_small(paint->soft),
		tl_canvas_word(canvas, word));
	tl_mark_dots(canvas, paint->soft, x + sheet->card_w - SHEET_PAD - DOTS_W, y + ROW_H / 2.0 - 0.5,
		value, SCALE);
	return y + ROW_H;
}

static void decorate(struct sheet *sheet, const struct sheet_cell *cell, double x, double y)
{
	const struct tl_opportunity *opportunity = cell->what;
	double row = y + cell->h - cell->foot - SHEET_PAD + 2;
	row = meter(sheet, TL_SAY_IMPACT, opportunity->impact, x, row);
	meter(sheet, TL_SAY_EFFORT, opportunity->effort, x, row);
}

void lane_opportunities_fill(
	struct sheet *sheet, struct sheet_cells *cells, const struct tl_touchpoint *touchpoint)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_paint *paint = &sheet->palette->opportunity;
	for (size_t i = 0; i < touchpoint->opportunity_count; i++) {
		const struct tl_opportunity *opportunity = &touchpoint->opportunities[i];
		struct sheet_cell *cell = sheet_cell_add(sheet, cells);
		cell->id = tl_canvas_id(canvas, "%s.opportunity", touchpoint->id);
		cell->role = "opportunity";
		cell->tooltip = tl_tell_opportunity(canvas, touchpoint, opportunity);
		cell->pen = tl_pen_both(paint->fill, paint->stroke, 0.8);
		double room = sheet_cell_room(sheet, cell);
		const char *const foot[] = {opportunity->owner ? opportunity->owner->label : NULL,
			tl_word_at(canvas->language, TL_SAY_STATUS_OPEN, opportunity->status)};
		tl_lines_wrap(canvas, &cell->lines, opportunity->text, sheet_body(paint->ink), room,
			SHEET_MAX_LINES);
		tl_lines_wrap(canvas, &cell->lines, tl_canvas_join(canvas, TL_DOT, foot, 2),
			sheet_small(paint->soft), room, 4);
		cell->foot = ROW_H * ((opportunity->impact > 0) + (opportunity->effort > 0));
		cell->h = cell->lines.height + 2 * cell->pad + cell->foot + (cell->foot ? 2 : 0);
		cell->decorate = decorate;
		cell->what = opportunity;
		if (cell->foot)
			sheet_use(sheet, CODE_IMPACT);
	}
}
