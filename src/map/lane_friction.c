/* lane friction: what was measured, where there is feedback (lane_friction_known.c). Without it, what
 * the journey's own declarations let one assume, in a way that no measured score is drawn: hatched,
 * in a dotted frame, with the word. */
#include <math.h>
#include "map/sheet.h"
#include "map/tell.h"

enum { PAD = 6, TEXT_H = 14, METER_H = 10 };

double lane_friction_measure(struct sheet *sheet, unsigned lane)
{
	(void)lane;
	if (sheet->canvas.insight)
		return lane_friction_known_measure(sheet);
	return 2 * PAD + TEXT_H + METER_H + 2;
}

void lane_friction_assumed(struct sheet *sheet, double friction, double x, double y, double h)
{
	const struct tl_palette *palette = sheet->palette;
	struct tl_canvas *canvas = &sheet->canvas;
	tl_color heat = friction > 0 ? palette->heat[tl_heat_step(friction)] : palette->axis;
	struct tl_pen frame = {palette->heat_ground, heat, 1, TL_DOTTED};
	double w = round(sheet->card_w * fmin(100, friction) / 100);
	tl_mark_rect(canvas, frame, x, y, sheet->card_w, h);
	if (w < 4)
		return;
	tl_mark_hatch(canvas, heat, x, y, w, h, 5);
	tl_mark_segment(canvas, tl_pen_stroke(heat, 1.6, TL_SOLID), x + w, y, x + w, y + h);
}

void lane_friction_draw(struct sheet *sheet, unsigned lane, double y, double h)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_palette *palette = sheet->palette;
	if (canvas->insight) {
		lane_friction_known_draw(sheet, lane, y);
		return;
	}
	double top = y + round((h - TEXT_H - METER_H - 2) / 2);
	for (size_t i = 0; i < sheet->count; i++) {
		const struct tl_touchpoint *touchpoint = &sheet->journey->touchpoints[i];
		double friction = sheet->assumed[i].friction, x = sheet->cards[i].x;
		struct tl_lines lines = {0};
		struct tl_style style = {9, TL_BOLD, palette->heat_ink[tl_heat_step(friction)]};
		const char *const parts[] = {
			tl_say_number(sheet->arena, canvas->language, friction, 1, false),
			tl_canvas_word(canvas, TL_SAY_ASSUMED)};
		if (friction > 0) {
			sheet_use(sheet, CODE_ASSUMED);
			tl_lines_wrap(canvas, &lines, tl_canvas_join(canvas, " ", parts, 2), style,
				sheet->card_w, 1);
		} else {
			tl_lines_wrap(canvas, &lines, tl_canvas_word(canvas, TL_SAY_NOTHING_ASSUMED),
				sheet_small(palette->soft), sheet->card_w, 1);
		}
		struct tl_box box = {.id = tl_canvas_id(canvas, "%s.friction", touchpoint->id),
			.role = "friction assumed",
			.tooltip = tl_tell_friction(canvas, touchpoint, &sheet->assumed[i]),
			.x = x,
			.y = top,
			.w = sheet->card_w,
			.h = TEXT_H,
			.touchpoint = touchpoint,
			.lane = sheet_lanes[lane].name};
		tl_canvas_box(canvas, box, &lines, tl_order_touchpoint(touchpoint, 1000 * (lane + 1)));
		lane_friction_assumed(sheet, friction, x, top + TEXT_H + 2, METER_H);
	}
}
