/* lane thoughts: what goes through people's minds, in bubbles, and what they say, in quotation
 * marks; of several personas it is said who. */
#include <string.h>
#include "map/sheet.h"
#include "map/tell.h"

enum { TAIL = 5 };

static void tail(struct sheet *sheet, const struct sheet_cell *cell, double x, double y)
{
	double bottom = y + cell->h - TAIL;
	struct tl_point points[] = {{x + 14, bottom - 0.5}, {x + 16, bottom + TAIL}, {x + 24, bottom - 0.5}};
	tl_mark_round(&sheet->canvas, cell->pen, x, y, sheet->card_w, cell->h - TAIL, 8);
	tl_mark_points(&sheet->canvas, TL_MARK_POLYGON, tl_pen_fill(cell->pen.fill), points, 3);
	if (cell->pen.stroke & 0xFF)
		tl_mark_points(&sheet->canvas, TL_MARK_POLYLINE,
			tl_pen_stroke(cell->pen.stroke, cell->pen.width, TL_SOLID), points, 3);
}

/* The bubble is drawn by `tail`, and its text keeps clear of the tail. */
static void finish(struct sheet_cell *cell, struct tl_pen pen)
{
	cell->decorate = tail;
	cell->pen = pen;
	cell->bare = true;
	cell->h = cell->lines.height + 2 * cell->pad + TAIL;
	cell->foot = TAIL;
}

static void add_thought(
	struct sheet *sheet, struct sheet_cells *cells, const struct tl_touchpoint *touchpoint, size_t i)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_paint *paint = &sheet->palette->thought;
	const char *text = touchpoint->thoughts.list[i].text;
	struct sheet_cell *cell = sheet_cell_add(sheet, cells);
	struct tl_style style = {9, TL_ITALIC, paint->ink};
	cell->id = tl_canvas_id(canvas, "%s.thought", touchpoint->id);
	cell->role = "thought";
	cell->tooltip = tl_tell_text(canvas, touchpoint, TL_SAY_TIP_THOUGHT, text);
	tl_lines_wrap(canvas, &cell->lines, text, style, sheet_cell_room(sheet, cell), SHEET_MAX_LINES);
	finish(cell, tl_pen_both(paint->fill, paint->stroke, 0.8));
	sheet_use(sheet, CODE_THOUGHT);
}

static void add_quote(struct sheet *sheet, struct sheet_cells *cells,
	const struct tl_touchpoint *touchpoint, const struct tl_emotion *emotion)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_paint *paint = &sheet->palette->quote;
	const struct tl_series *series =
		tl_series_of(sheet->series, sheet->series_count, emotion->persona);
	const char *quoted = sheet_quoted(sheet, emotion->quote);
	struct sheet_cell *cell = sheet_cell_add(sheet, cells);
	struct tl_style style = {9, TL_ITALIC, paint->ink};
	cell->role = "quote";
	if (emotion->persona)
		cell->id = tl_canvas_id(canvas, "%s.quote.%s", touchpoint->id, emotion->persona->id);
	else
		cell->id = tl_canvas_id(canvas, "%s.quote", touchpoint->id);
	if (series && sheet->series_count > 1)
		tl_lines_wrap(canvas, &cell->lines, sheet_short_name(sheet, series->name),
			sheet_strong(series->color), sheet_cell_room(sheet, cell), 2);
	tl_lines_wrap(canvas, &cell->lines, quoted, style, sheet_cell_room(sheet, cell), SHEET_MAX_LINES);
	cell->tooltip = series ? tl_canvas_say(canvas, TL_SAY_TIP_SAYS, series->name,
					 touchpoint->title, quoted)
			       : quoted;
	finish(cell, tl_pen_both(paint->fill, paint->stroke, 0.8));
	sheet_use(sheet, CODE_QUOTE);
}

void lane_thoughts_fill(
	struct sheet *sheet, struct sheet_cells *cells, const struct tl_touchpoint *touchpoint)
{
	for (size_t i = 0; i < touchpoint->thoughts.count; i++)
		add_thought(sheet, cells, touchpoint, i);
	for (size_t i = 0; i < touchpoint->emotion_count; i++)
		if (touchpoint->emotions[i].quote)
			add_quote(sheet, cells, touchpoint, &touchpoint->emotions[i]);
}
