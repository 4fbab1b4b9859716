/* cells: lanes whose cells are stacks of small boxes under each touchpoint. A lane file says what
 * a touchpoint's boxes hold; here they get their height and their place. */
#include <math.h>
#include "map/sheet.h"

enum { LANE_PAD = 6, CELL_GAP = 6, BAR_W = 3 };

struct sheet_cell *sheet_cell_add(struct sheet *sheet, struct sheet_cells *cells)
{
	cells->list = tl_arena_grow(
		sheet->arena, cells->list, cells->count, &cells->capacity, sizeof *cells->list);
	struct sheet_cell *cell = &cells->list[cells->count++];
	*cell = (struct sheet_cell){.pad = SHEET_PAD, .radius = 6};
	return cell;
}

double sheet_cell_room(const struct sheet *sheet, const struct sheet_cell *cell)
{
	return sheet->card_w - 2 * cell->pad - cell->indent;
}

double lane_cells_measure(struct sheet *sheet, unsigned lane)
{
	struct sheet_stack *stack = &sheet->stacks[lane];
	stack->cells = tl_arena_array(sheet->arena, struct sheet_cells, sheet->count);
	double highest = 0;
	for (size_t i = 0; i < sheet->count; i++) {
		struct sheet_cells *cells = &stack->cells[i];
		sheet_lanes[lane].fill(sheet, cells, &sheet->journey->touchpoints[i]);
		double h = 0;
		for (size_t k = 0; k < cells->count; k++) {
			struct sheet_cell *cell = &cells->list[k];
			if (!cell->h)
				cell->h = cell->lines.height + 2 * cell->pad;
			h += cell->h + (k ? CELL_GAP : 0);
		}
		highest = fmax(highest, h);
	}
	return highest ? highest + 2 * LANE_PAD : 0;
}

static void draw_cell(struct sheet *sheet, const struct sheet_cell *cell,
	const struct tl_touchpoint *touchpoint, unsigned lane, unsigned rank, double x, double y)
{
	struct tl_canvas *canvas = &sheet->canvas;
	if (!cell->bare)
		tl_mark_round(canvas, cell->pen, x, y, cell->w ? cell->w : sheet->card_w, cell->h,
			cell->radius);
	if (cell->bar)
		tl_mark_round(canvas, tl_pen_fill(cell->bar), x, y, BAR_W, cell->h, BAR_W / 2.0);
	if (cell->decorate)
		cell->decorate(sheet, cell, x, y);
	struct tl_box box = {.id = cell->id,
		.role = cell->role,
		.tooltip = cell->tooltip,
		.href = cell->href,
		.x = x + cell->indent,
		.y = y,
		.w = (cell->w ? cell->w : sheet->card_w) - cell->indent,
		.h = cell->h - cell->foot,
		.pad = cell->pad,
		.valign = cell->foot ? TL_START : TL_MIDDLE,
		.touchpoint = touchpoint,
		.lane = sheet_lanes[lane].name};
	tl_canvas_box(canvas, box, &cell->lines,
		tl_order_touchpoint(touchpoint, 1000 * (lane + 1) + rank));
}

void lane_cells_draw(struct sheet *sheet, unsigned lane, double y, double h)
{
	(void)h;
	for (size_t i = 0; i < sheet->count; i++) {
		const struct sheet_cells *cells = &sheet->stacks[lane].cells[i];
		double top = y + LANE_PAD;
		for (size_t k = 0; k < cells->count; k++) {
			draw_cell(sheet, &cells->list[k], &sheet->journey->touchpoints[i], lane,
				(unsigned)k, sheet->cards[i].x, top);
			top += cells->list[k].h + CELL_GAP;
		}
	}
}
