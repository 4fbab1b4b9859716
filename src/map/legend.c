/* legend: one entry for every encoding that this map uses, and none besides. */
#include <math.h>
#include "map/sheet.h"

enum { ROW_H = 24, SAMPLE_GAP = 6, ENTRY_GAP = 24 };

struct legend {
	struct sheet *sheet;
	double x, y, left, right;
};

typedef void draw_sample(struct sheet *sheet, double x, double y);

static void line_sample(struct sheet *sheet, double x, double y, struct tl_pen pen)
{
	tl_mark_segment(&sheet->canvas, pen, x, y, x + 24, y);
	struct tl_point head[] = {{x + 30, y}, {x + 23, y - 2.8}, {x + 23, y + 2.8}};
	tl_mark_points(&sheet->canvas, TL_MARK_POLYGON, tl_pen_fill(pen.stroke), head, 3);
}

static void main_sample(struct sheet *sheet, double x, double y)
{
	line_sample(sheet, x, y, tl_pen_stroke(sheet->palette->main, 1.8, TL_SOLID));
}

static void branch_sample(struct sheet *sheet, double x, double y)
{
	line_sample(sheet, x, y, tl_pen_stroke(sheet->palette->flow, 1.3, TL_SOLID));
}

static void shortcut_sample(struct sheet *sheet, double x, double y)
{
	line_sample(sheet, x, y, tl_pen_stroke(sheet->palette->shortcut, 1.4, TL_SOLID));
}

static void loop_sample(struct sheet *sheet, double x, double y)
{
	line_sample(sheet, x, y, tl_pen_stroke(sheet->palette->loop, 1.4, TL_DASHED));
}

static void tag_sample(struct sheet *sheet, double x, double y, const struct tl_paint *paint)
{
	struct tl_pen pen = tl_pen_both(paint->fill, paint->stroke, 0.9);
	tl_mark_round(&sheet->canvas, pen, x, y - 6, 22, 12, 4);
}

static void cold_sample(struct sheet *sheet, double x, double y)
{
	tag_sample(sheet, x, y, &sheet->palette->cold);
}

static void warm_sample(struct sheet *sheet, double x, double y)
{
	tag_sample(sheet, x, y, &sheet->palette->warm);
}

static void stub_sample(struct sheet *sheet, double x, double y)
{
	tag_sample(sheet, x, y, &sheet->palette->stub);
}

static void start_sample(struct sheet *sheet, double x, double y)
{
	tl_mark_disc(&sheet->canvas, tl_pen_fill(sheet->palette->main), x + 6, y, 4.5);
}

static void end_sample(struct sheet *sheet, double x, double y)
{
	const struct tl_palette *palette = sheet->palette;
	tl_mark_disc(&sheet->canvas, tl_pen_both(palette->paper, palette->main, 1.4), x + 6, y, 5);
	tl_mark_disc(&sheet->canvas, tl_pen_fill(palette->main), x + 6, y, 2.4);
}

static void truth_sample(struct sheet *sheet, double x, double y)
{
	tl_icon_truth(&sheet->canvas, &sheet->palette->truth, x + 9, y);
}

static void company_sample(struct sheet *sheet, double x, double y)
{
	tl_icon_company(&sheet->canvas, sheet->palette->soft, x + 7, y);
}

static void assumed_sample(struct sheet *sheet, double x, double y)
{
	const struct tl_palette *palette = sheet->palette;
	struct tl_pen frame = {palette->heat_ground, palette->heat[1], 1, TL_DOTTED};
	tl_mark_rect(&sheet->canvas, frame, x, y - 5, 36, 10);
	tl_mark_hatch(&sheet->canvas, palette->heat[1], x, y - 5, 24, 10, 5);
}

static void worst_sample(struct sheet *sheet, double x, double y)
{
	const struct tl_palette *palette = sheet->palette;
	struct tl_pen pen = {palette->card.fill, palette->heat[TL_HEAT - 1], 2, TL_DOTTED};
	tl_mark_round(&sheet->canvas, pen, x + 1, y - 7, 24, 14, 4);
}

static void self_sample(struct sheet *sheet, double x, double y)
{
	tl_icon_self_service(&sheet->canvas, sheet->palette->soft, x + 6, y);
}

static void bubble_sample(struct sheet *sheet, double x, double y, const struct tl_paint *paint)
{
	struct tl_pen pen = tl_pen_both(paint->fill, paint->stroke, 0.8);
	struct tl_point tail[] = {{x + 5, y + 3.5}, {x + 6, y + 8}, {x + 11, y + 3.5}};
	tl_mark_round(&sheet->canvas, pen, x, y - 7, 24, 11, 5);
	tl_mark_points(&sheet->canvas, TL_MARK_POLYGON, tl_pen_fill(paint->fill), tail, 3);
}

static void thought_sample(struct sheet *sheet, double x, double y)
{
	bubble_sample(sheet, x, y, &sheet->palette->thought);
}

static void quote_sample(struct sheet *sheet, double x, double y)
{
	bubble_sample(sheet, x, y, &sheet->palette->quote);
}

static void valence_sample(struct sheet *sheet, double x, double y)
{
	for (int v = -2; v <= 2; v++)
		tl_icon_face(&sheet->canvas, v, x + 8 + (v + 2) * 19, y, 8);
}

static void severity_sample(struct sheet *sheet, double x, double y)
{
	tl_mark_dots(&sheet->canvas, sheet->palette->dot, x, y, 3, 5);
}

static void settled_sample(struct sheet *sheet, double x, double y)
{
	tag_sample(sheet, x, y, &sheet->palette->settled);
}

static void impact_sample(struct sheet *sheet, double x, double y)
{
	tl_mark_dots(&sheet->canvas, sheet->palette->opportunity.soft, x, y, 3, 5);
}

/* ---- feedback --------------------------------------------------------------------------------- */

static void heat_sample(struct sheet *sheet, double x, double y)
{
	static const struct tl_touchpoint_score score = {.verdict = TL_HOTSPOT, .friction = 60, .interval = {45, 80}};
	for (int i = 0; i < TL_HEAT_CELLS; i++) {
		const struct tl_paint *paint = &sheet->palette->heat_cell[i];
		tl_mark_rect(&sheet->canvas, tl_pen_both(paint->fill, paint->stroke, 0.8), x + 14 * i,
			y - 6, 14, 12);
	}
	tl_feedback_meter(&sheet->canvas, &score, x + 78, y - 4, 60, 8);
}

static void outline_sample(struct sheet *sheet, double x, double y, enum tl_verdict verdict)
{
	const struct tl_palette *palette = sheet->palette;
	struct tl_badge badge = tl_feedback_badge(&sheet->canvas, verdict);
	bool hotspot = verdict == TL_HOTSPOT;
	struct tl_pen pen = tl_pen_both(
		palette->card.fill, palette->heat[hotspot ? TL_HEAT - 1 : 1], hotspot ? 2.6 : 1.6);
	tl_mark_round(&sheet->canvas, pen, x + 1, y - 7, 24, 16, 4);
	struct tl_point disc[] = {{x + 24, y - 5}, {6.5, 6.5}};
	tl_mark_points(&sheet->canvas, TL_MARK_ELLIPSE, badge.pen, disc, TL_COUNT(disc));
	tl_mark_text(&sheet->canvas, x + 24, y - 2, TL_MIDDLE, sheet_strong(badge.ink),
		hotspot ? "1" : "2");
}

static void hotspot_sample(struct sheet *sheet, double x, double y)
{
	outline_sample(sheet, x, y, TL_HOTSPOT);
}

static void watch_sample(struct sheet *sheet, double x, double y)
{
	outline_sample(sheet, x, y, TL_WATCH);
}

static void unknown_sample(struct sheet *sheet, double x, double y)
{
	tl_feedback_unknown(&sheet->canvas, x, y - 6, 30, 12);
}

static void trend_sample(struct sheet *sheet, double x, double y)
{
	struct tl_period periods[] = {{.rate = .2}, {.rate = .35}, {.rate = .25}, {.rate = .5}};
	struct tl_trend trend = {.family = 0, .periods = periods, .count = TL_COUNT(periods)};
	tl_feedback_spark(&sheet->canvas, &trend, x, y - 7, 36, 14);
}

static void drift_sample(struct sheet *sheet, double x, double y)
{
	tl_feedback_triangle(&sheet->canvas, 1, x + 5, y);
	tl_feedback_triangle(&sheet->canvas, -1, x + 17, y);
}

static void measured_sample(struct sheet *sheet, double x, double y)
{
	tl_mark_segment(&sheet->canvas, tl_pen_stroke(sheet->palette->curve, 2.2, TL_SOLID), x, y,
		x + 24, y);
	tl_feedback_whisker(&sheet->canvas, x + 32, y - 7, y + 7, y + 1);
}

static void declared_sample(struct sheet *sheet, double x, double y)
{
	tl_mark_segment(&sheet->canvas, tl_pen_stroke(sheet->palette->curve, 1.4, TL_DASHED), x, y,
		x + 26, y);
}

static void conflict_sample(struct sheet *sheet, double x, double y)
{
	const struct tl_paint *paint = &sheet->palette->conflict;
	tl_mark_round(&sheet->canvas, tl_pen_both(paint->fill, paint->stroke, 1), x, y - 6.5, 15, 13, 4);
	tl_mark_text(&sheet->canvas, x + 7.5, y + 3.2, TL_MIDDLE,
		(struct tl_style){10, TL_BOLD, paint->ink}, "≠");
}

static void belief_sample(struct sheet *sheet, double x, double y)
{
	struct tl_view_of views[] = {{.median = -1.5}, {.median = .5}};
	struct tl_belief belief = {.departments = views, .department_count = TL_COUNT(views)};
	tl_feedback_votes(&sheet->canvas, &belief, x, y, 40);
}

static const struct {
	enum tl_word word;
	double width;
	draw_sample *draw;
} entries[CODES] = {
	[CODE_MAIN] = {TL_SAY_LEGEND_MAIN, 30, main_sample},
	[CODE_BRANCH] = {TL_SAY_LEGEND_BRANCH, 30, branch_sample},
	[CODE_SHORTCUT] = {TL_SAY_LEGEND_SHORTCUT, 30, shortcut_sample},
	[CODE_LOOP] = {TL_SAY_LEGEND_LOOP, 30, loop_sample},
	[CODE_COLD] = {TL_SAY_LEGEND_COLD, 22, cold_sample},
	[CODE_WARM] = {TL_SAY_LEGEND_WARM, 22, warm_sample},
	[CODE_START] = {TL_SAY_LEGEND_START, 12, start_sample},
	[CODE_END] = {TL_SAY_LEGEND_END, 12, end_sample},
	[CODE_STUB] = {TL_SAY_LEGEND_STUB, 22, stub_sample},
	[CODE_TRUTH] = {TL_SAY_LEGEND_TRUTH, 18, truth_sample},
	[CODE_COMPANY] = {TL_SAY_LEGEND_COMPANY, 14, company_sample},
	[CODE_ASSUMED] = {TL_SAY_LEGEND_ASSUMED, 36, assumed_sample},
	[CODE_WORST] = {TL_SAY_LEGEND_WORST, 26, worst_sample},
	[CODE_SELF] = {TL_SAY_LEGEND_SELF, 12, self_sample},
	[CODE_THOUGHT] = {TL_SAY_LEGEND_THOUGHT, 24, thought_sample},
	[CODE_QUOTE] = {TL_SAY_LEGEND_QUOTE, 24, quote_sample},
	[CODE_VALENCE] = {TL_SAY_LEGEND_VALENCE, 92, valence_sample},
	[CODE_SEVERITY] = {TL_SAY_LEGEND_SEVERITY, 33, severity_sample},
	[CODE_SETTLED] = {TL_SAY_LEGEND_SETTLED, 22, settled_sample},
	[CODE_IMPACT] = {TL_SAY_LEGEND_IMPACT, 33, impact_sample},
	[CODE_HEAT] = {TL_SAY_LEGEND_HEAT, 138, heat_sample},
	[CODE_HOTSPOT] = {TL_SAY_LEGEND_HOTSPOT, 31, hotspot_sample},
	[CODE_WATCH] = {TL_SAY_LEGEND_WATCH, 31, watch_sample},
	[CODE_NO_EVIDENCE] = {TL_SAY_LEGEND_NO_EVIDENCE, 30, unknown_sample},
	[CODE_TREND] = {TL_SAY_LEGEND_TREND, 36, trend_sample},
	[CODE_DRIFT] = {TL_SAY_LEGEND_DRIFT, 22, drift_sample},
	[CODE_MEASURED] = {TL_SAY_LEGEND_MEASURED, 36, measured_sample},
	[CODE_DECLARED] = {TL_SAY_LEGEND_DECLARED, 26, declared_sample},
	[CODE_CONFLICT] = {TL_SAY_LEGEND_CONFLICT, 15, conflict_sample},
	[CODE_BELIEF] = {TL_SAY_LEGEND_BELIEF, 40, belief_sample},
};

/* Room for an entry on this row or the next; returns where its sample stands. */
static double entry_room(struct legend *legend, double sample_w, const char *text)
{
	double width = sample_w + SAMPLE_GAP + ceil(tl_text_width(text, 9, 0) * 1.03);
	if (legend->x > legend->left && legend->x + width > legend->right) {
		legend->x = legend->left;
		legend->y += ROW_H;
	}
	double x = legend->x;
	legend->x += width + ENTRY_GAP;
	return x;
}

static void entry_text(struct legend *legend, double x, const char *text)
{
	struct tl_style style = {9, 0, legend->sheet->palette->ink};
	tl_mark_text(&legend->sheet->canvas, x, tl_text_baseline(legend->y + ROW_H / 2.0 - 6, 9),
		TL_START, style, text);
}

static void persona_entries(struct legend *legend)
{
	enum { LINE_W = 44 };
	struct sheet *sheet = legend->sheet;
	for (size_t i = 0; sheet->series_count > 1 && i < sheet->series_count; i++) {
		const struct tl_series *series = &sheet->series[i];
		const char *name = sheet_short_name(sheet, series->name);
		double x = entry_room(legend, LINE_W, name), y = legend->y + ROW_H / 2.0;
		tl_mark_segment(&sheet->canvas, tl_pen_stroke(series->color, 2, series->dash), x, y,
			x + LINE_W, y);
		tl_icon_plate(&sheet->canvas, series->plate,
			tl_pen_both(sheet->palette->paper, series->color, 1.6), x + LINE_W / 2.0, y, 6);
		entry_text(legend, x + LINE_W + SAMPLE_GAP, name);
	}
}

double sheet_legend(struct sheet *sheet, double y)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_palette *palette = sheet->palette;
	struct legend legend = {.sheet = sheet, .y = y, .x = sheet->field_x,
		.left = sheet->field_x, .right = sheet->field_x + sheet->field_w};
	struct tl_style head = {11, TL_BOLD, palette->ink};
	if (!sheet->used)
		return y;
	tl_mark_text(canvas, SHEET_MARGIN + 10, tl_text_baseline(y + ROW_H / 2.0 - 7.5, 11), TL_START,
		head, tl_canvas_word(canvas, TL_SAY_LEGEND));
	for (size_t i = 0; i < CODES; i++) {
		if (!(sheet->used & (UINT64_C(1) << i)))
			continue;
		const char *text = tl_canvas_word(canvas, entries[i].word);
		double x = entry_room(&legend, entries[i].width, text);
		entries[i].draw(sheet, x, legend.y + ROW_H / 2.0);
		entry_text(&legend, x + entries[i].width + SAMPLE_GAP, text);
		if (i == CODE_VALENCE)
			persona_entries(&legend);
	}
	return legend.y + ROW_H;
}
