/* lane goals: what people try to achieve at a touchpoint. */
#include "map/sheet.h"
#include "map/tell.h"

void lane_goals_fill(
	struct sheet *sheet, struct sheet_cells *cells, const struct tl_touchpoint *touchpoint)
{
	struct tl_canvas *canvas = &sheet->canvas;
	for (size_t i = 0; i < touchpoint->goals.count; i++) {
		const char *text = touchpoint->goals.list[i].text;
		struct sheet_cell *cell = sheet_cell_add(sheet, cells);
		cell->id = tl_canvas_id(canvas, "%s.goal", touchpoint->id);
		cell->role = "goal";
		cell->pad = 2;
		cell->indent = 8;
		cell->bar = sheet->palette->goal.stroke;
		cell->tooltip = tl_tell_text(canvas, touchpoint, TL_SAY_TIP_GOAL, text);
		tl_lines_wrap(canvas, &cell->lines, text, sheet_body(sheet->palette->goal.ink),
			sheet_cell_room(sheet, cell), SHEET_MAX_LINES);
	}
}
