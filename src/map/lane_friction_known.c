/* lane friction with feedback: the score on its heat with verdict, interval and n; the bar with its
 * whisker; the last periods. Where there is no evidence, the word on grey hatching, and below it
 * what may be assumed, drawn as it is without feedback.
 */
#include <math.h>
#include "map/sheet.h"
#include "map/tell.h"

enum { PAD = 6, CELL_H = 36, METER_H = 8, GAP = 5, FOOT_H = 20, ASSUMED_H = 12 };

/* A trend says something from two periods on. */
static bool has_trend(const struct tl_touchpoint_insight *known)
{
	return tl_feedback_evidence(known) && known->trend.family >= 0 && known->trend.count > 1;
}

double lane_friction_known_measure(struct sheet *sheet)
{
	double foot = 0;
	for (size_t i = 0; i < sheet->count; i++) {
		const struct tl_touchpoint_insight *known = sheet->cards[i].known;
		if (has_trend(known))
			foot = FOOT_H;
		else if (!tl_feedback_evidence(known) && sheet->assumed[i].friction > 0)
			foot = fmax(foot, ASSUMED_H);
	}
	return 2 * PAD + CELL_H + GAP + METER_H + (foot > 0 ? GAP + foot : 3);
}

static const char *episodes_of(struct sheet *sheet, const struct tl_touchpoint_insight *known)
{
	struct tl_canvas *canvas = &sheet->canvas;
	return tl_canvas_say(canvas, TL_SAY_EPISODES,
		tl_feedback_count(canvas, known->score->counts->episodes));
}

static struct tl_box box_of(
	struct sheet *sheet, size_t i, const char *part, const char *role, unsigned lane)
{
	const struct sheet_card *card = &sheet->cards[i];
	return (struct tl_box){
		.id = tl_canvas_id(&sheet->canvas, "%s.%s", card->touchpoint->id, part),
		.role = role,
		.x = card->x,
		.w = sheet->card_w,
		.touchpoint = card->touchpoint,
		.lane = sheet_lanes[lane].name};
}

static void put_box(
	struct sheet *sheet, struct tl_box box, const struct tl_lines *lines, unsigned lane, unsigned rank)
{
	tl_canvas_box(&sheet->canvas, box, lines,
		tl_order_touchpoint(box.touchpoint, 1000 * (lane + 1) + rank));
}

/* "87.9 · hotspot", "69.1–97 · n 212" */
static void draw_measured(struct sheet *sheet, size_t i, double y, unsigned lane)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_touchpoint_insight *known = sheet->cards[i].known;
	const struct tl_touchpoint_score *score = known->score;
	const struct tl_paint *paint = &sheet->palette->heat_cell[tl_heat_cell(score->friction, score->verdict)];
	double x = sheet->cards[i].x, room = sheet->card_w - 2 * SHEET_PAD;
	const char *const head[] = {tl_feedback_figure(canvas, score->friction, false),
		tl_feedback_verdict(canvas, score->verdict)};
	const char *const foot[] = {
		tl_feedback_range(canvas, score->interval, false), episodes_of(sheet, known)};
	struct tl_lines lines = {0};
	struct tl_style strong = {11, TL_BOLD, paint->ink};
	tl_lines_wrap(canvas, &lines, tl_canvas_join(canvas, TL_DOT, head, TL_COUNT(head)), strong,
		room, 1);
	tl_lines_wrap(canvas, &lines, tl_canvas_join(canvas, TL_DOT, foot, TL_COUNT(foot)),
		sheet_small(paint->soft), room, 1);
	struct tl_box box = box_of(sheet, i, "friction", "friction measured", lane);
	box.tooltip = tl_feedback_tell_friction(canvas, known);
	box.y = y;
	box.h = CELL_H;
	box.x += SHEET_PAD;
	box.w -= 2 * SHEET_PAD;
	box.valign = TL_MIDDLE;
	sheet_use(sheet, CODE_HEAT);
	tl_mark_round(canvas,
		tl_pen_both(paint->fill, paint->stroke, score->verdict >= TL_WATCH ? 1.6 : 0.8), x, y,
		sheet->card_w, CELL_H, 5);
	put_box(sheet, box, &lines, lane, 0);
	tl_feedback_meter(canvas, score, x, y + CELL_H + GAP, sheet->card_w, METER_H);
}

static void draw_trend(struct sheet *sheet, size_t i, double y, unsigned lane)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_touchpoint_insight *known = sheet->cards[i].known;
	if (!has_trend(known))
		return;
	struct tl_box box = box_of(sheet, i, "trend", "trend", lane);
	box.tooltip = tl_feedback_tell_trend(canvas, known);
	box.y = y;
	box.h = FOOT_H;
	sheet_use(sheet, CODE_TREND);
	for (size_t k = 0; k < known->trend.count; k++)
		if (known->trend.periods[k].out)
			sheet_use(sheet, CODE_DRIFT);
	tl_feedback_spark(canvas, &known->trend, box.x, y, box.w, FOOT_H - 1);
	put_box(sheet, box, NULL, lane, 1);
}

static void draw_unknown(struct sheet *sheet, size_t i, double y, unsigned lane)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_paint *paint = &sheet->palette->unknown;
	const struct tl_touchpoint_insight *known = sheet->cards[i].known;
	struct tl_lines lines = {0};
	struct tl_style strong = {10, TL_BOLD, paint->ink};
	double x = sheet->cards[i].x, room = sheet->card_w - 2 * SHEET_PAD;
	tl_lines_wrap(canvas, &lines, tl_feedback_verdict(canvas, TL_NO_EVIDENCE), strong, room, 1);
	tl_lines_wrap(canvas, &lines, episodes_of(sheet, known), sheet_small(paint->soft), room, 1);
	struct tl_box box = box_of(sheet, i, "friction", "friction none", lane);
	box.tooltip = tl_feedback_tell_friction(canvas, known);
	box.y = y;
	box.h = CELL_H;
	box.x += SHEET_PAD;
	box.w = ceil(lines.width * 1.03) + 6;
	box.valign = TL_MIDDLE;
	sheet_use(sheet, CODE_NO_EVIDENCE);
	tl_feedback_unknown(canvas, x, y, sheet->card_w, CELL_H);
	tl_mark_rect(canvas, tl_pen_fill(paint->fill), x + 0.6, y + 0.6, box.w + SHEET_PAD, CELL_H - 1.2);
	put_box(sheet, box, &lines, lane, 0);
}

static void draw_assumed(struct sheet *sheet, size_t i, double y, unsigned lane)
{
	struct tl_canvas *canvas = &sheet->canvas;
	double friction = sheet->assumed[i].friction;
	struct tl_lines lines = {0};
	const char *const parts[] = {tl_feedback_figure(canvas, friction, false),
		tl_canvas_word(canvas, TL_SAY_ASSUMED)};
	if (friction <= 0)
		return;
	sheet_use(sheet, CODE_ASSUMED);
	lane_friction_assumed(sheet, friction, sheet->cards[i].x, y, METER_H);
	tl_lines_wrap(canvas, &lines, tl_canvas_join(canvas, " ", parts, TL_COUNT(parts)),
		sheet_strong(sheet->palette->heat_ink[tl_heat_step(friction)]), sheet->card_w, 1);
	struct tl_box box = box_of(sheet, i, "friction.assumed", "friction assumed", lane);
	box.tooltip = tl_canvas_say(canvas, TL_SAY_TIP_STILL_ASSUMED, parts[0]);
	box.y = y + METER_H + GAP - 3;
	box.h = ASSUMED_H;
	put_box(sheet, box, &lines, lane, 1);
}

void lane_friction_known_draw(struct sheet *sheet, unsigned lane, double y)
{
	double top = y + PAD, meter = top + CELL_H + GAP;
	for (size_t i = 0; i < sheet->count; i++) {
		if (tl_feedback_evidence(sheet->cards[i].known)) {
			draw_measured(sheet, i, top, lane);
			draw_trend(sheet, i, meter + METER_H + GAP, lane);
		} else {
			draw_unknown(sheet, i, top, lane);
			draw_assumed(sheet, i, meter, lane);
		}
	}
}
