/* lanes backstage and support: what customers do not see. Who does it, what, for whom, with which
 * system, by when. */
#include <math.h>
#include "map/sheet.h"
#include "map/tell.h"

static tl_color hue_of(const struct sheet *sheet, const struct tl_touchpoint *touchpoint)
{
	return sheet->palette->stage_text[tl_stage_hue(
		touchpoint->stage->index, sheet->journey->stage_count)];
}

static void fill(struct sheet *sheet, struct sheet_cell *cell, const struct tl_paint *paint,
	const char *head, tl_color hue, const char *text, const char *foot)
{
	struct tl_canvas *canvas = &sheet->canvas;
	double room = sheet_cell_room(sheet, cell);
	cell->pen = tl_pen_both(paint->fill, paint->stroke, 0.9);
	cell->radius = 4;
	tl_lines_wrap(canvas, &cell->lines, head, sheet_strong(hue), room, 4);
	tl_lines_wrap(canvas, &cell->lines, text, sheet_body(paint->ink), room, SHEET_MAX_LINES);
	tl_lines_wrap(canvas, &cell->lines, foot, sheet_small(paint->soft), room, 6);
}

static void add_backstage(struct sheet *sheet, struct sheet_cells *cells,
	const struct tl_touchpoint *touchpoint, const struct tl_backstage *step)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const char *serves =
		step->serves ? tl_canvas_say(canvas, TL_SAY_FOR, step->serves->label) : NULL;
	const char *promise = isnan(step->promise)
		? NULL
		: tl_canvas_say(canvas, TL_SAY_PROMISE,
			  tl_say_duration(sheet->arena, canvas->language, step->promise_text,
				  step->promise));
	const char *const foot[] = {serves, promise, step->system ? step->system->label : NULL};
	struct sheet_cell *cell = sheet_cell_add(sheet, cells);
	cell->id = tl_canvas_id(canvas, "%s.backstage", touchpoint->id);
	cell->role = "backstage";
	fill(sheet, cell, &sheet->palette->backstage, step->owner ? step->owner->label : NULL,
		hue_of(sheet, touchpoint), step->text, tl_canvas_join(canvas, TL_DOT, foot, 3));
	cell->tooltip = tl_tell_backstage(canvas, touchpoint, step);
}

void lane_backstage_fill(
	struct sheet *sheet, struct sheet_cells *cells, const struct tl_touchpoint *touchpoint)
{
	for (size_t i = 0; i < touchpoint->backstage_count; i++)
		add_backstage(sheet, cells, touchpoint, &touchpoint->backstage[i]);
}

void lane_support_fill(
	struct sheet *sheet, struct sheet_cells *cells, const struct tl_touchpoint *touchpoint)
{
	struct tl_canvas *canvas = &sheet->canvas;
	for (size_t i = 0; i < touchpoint->support_count; i++) {
		const struct tl_support *support = &touchpoint->support[i];
		struct sheet_cell *cell = sheet_cell_add(sheet, cells);
		cell->id = tl_canvas_id(canvas, "%s.support", touchpoint->id);
		cell->role = "support";
		fill(sheet, cell, &sheet->palette->support,
			support->owner ? support->owner->label : NULL, hue_of(sheet, touchpoint),
			support->text, support->system ? support->system->label : NULL);
		cell->tooltip = tl_tell_support(canvas, touchpoint, support);
	}
}
