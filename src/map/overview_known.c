/* overview_known: below each stage its worst touchpoint: heat, score and verdict in one strip. */
#include <math.h>
#include "map/overview.h"
#include "map/tell.h"

enum { STRIP_H = 18, GAP = 3, PAD = 6 };

static const struct tl_touchpoint_insight *worst_of(
	const struct overview *overview, const struct tl_stage *stage)
{
	const struct tl_touchpoint_insight *worst = NULL;
	for (size_t i = 0; i < stage->touchpoint_count; i++) {
		const struct tl_touchpoint_insight *known =
			tl_feedback_of(&overview->canvas, &stage->touchpoints[i]);
		if (!tl_feedback_evidence(known))
			continue;
		if (!worst || known->score->rank < worst->score->rank)
			worst = known;
	}
	return worst;
}

/* The word where it fits whole, else the figure alone, else nothing. */
static const char *fit(double room, const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (tl_text_width(texts[i], 10, TL_BOLD) <= tl_text_room(room))
			return texts[i];
	return NULL;
}

static void draw_stage(struct overview *overview, const struct tl_stage *stage, double y)
{
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_palette *palette = overview->palette;
	const struct tl_touchpoint_insight *worst = worst_of(overview, stage);
	double x = overview->stage_x[stage->index], w = overview->stage_w[stage->index] - GAP;
	const struct tl_paint *paint = &palette->unknown;
	const char *texts[2] = {tl_feedback_verdict(canvas, TL_NO_EVIDENCE), "–"};
	if (worst) {
		const struct tl_touchpoint_score *score = worst->score;
		const char *const parts[] = {tl_feedback_figure(canvas, score->friction, false),
			tl_feedback_verdict(canvas, score->verdict)};
		paint = &palette->heat_cell[tl_heat_cell(score->friction, score->verdict)];
		texts[0] = tl_canvas_join(canvas, TL_DOT, parts, TL_COUNT(parts));
		texts[1] = parts[0];
		tl_mark_round(canvas, tl_pen_both(paint->fill, paint->stroke,
			score->verdict >= TL_WATCH ? 1.4 : 0.8), x, y, w, STRIP_H, 4);
	} else {
		tl_feedback_unknown(canvas, x, y, w, STRIP_H);
	}
	struct tl_lines lines = {0};
	const char *text = fit(w - 2 * PAD, texts, TL_COUNT(texts));
	tl_lines_wrap(canvas, &lines, text, overview_strong(paint->ink), w - 2 * PAD, 1);
	double plate = lines.width * 1.03 + 8;
	if (!worst && lines.count)
		tl_mark_rect(canvas, tl_pen_fill(paint->fill), x + (w - plate) / 2, y + 1, plate,
			STRIP_H - 2);
	struct tl_box box = {.id = tl_canvas_id(canvas, "stage.%s.heat", stage->id),
		.role = worst ? "friction measured" : "friction none",
		.tooltip = tl_canvas_sentences(canvas, tl_tell_stage(canvas, stage),
			worst ? tl_feedback_tell_friction(canvas, worst)
			      : tl_canvas_sentence(canvas, texts[0])),
		.x = floor(x + PAD / 2.0),
		.y = y,
		.w = fmax(1, floor(w - PAD)),
		.h = STRIP_H,
		.halign = TL_MIDDLE,
		.valign = TL_MIDDLE,
		.lane = "friction"};
	tl_canvas_box(canvas, box, &lines, tl_order_stage(stage));
}

double overview_heat(struct overview *overview, double y)
{
	for (size_t i = 0; i < overview->journey->stage_count; i++)
		draw_stage(overview, &overview->journey->stages[i], y);
	return y + STRIP_H;
}
