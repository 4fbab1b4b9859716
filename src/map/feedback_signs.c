/* feedback: signs; see feedback.h. */
#include <math.h>
#include "map/feedback.h"

struct tl_badge tl_feedback_badge(const struct tl_canvas *canvas, enum tl_verdict verdict)
{
	const struct tl_palette *palette = canvas->palette;
	if (verdict == TL_HOTSPOT)
		return (struct tl_badge){tl_pen_both(palette->heat[TL_HEAT - 1], palette->paper, 1.5),
			palette->face_ink};
	return (struct tl_badge){tl_pen_both(palette->paper, palette->heat[1], 1.5),
		palette->heat_ink[1]};
}

/* ---- meter ------------------------------------------------------------------------------------ */

static const double marks[] = {25, 50}; /* watch and hotspot */

void tl_feedback_line(struct tl_canvas *canvas, double x0, double y0, double x1, double y1)
{
	const struct tl_palette *palette = canvas->palette;
	tl_mark_segment(canvas, tl_pen_stroke(palette->heat_ground, 3.4, TL_SOLID), x0, y0, x1, y1);
	tl_mark_segment(canvas, tl_pen_stroke(palette->ink, 1.3, TL_SOLID), x0, y0, x1, y1);
}

tl_color tl_feedback_bar(const struct tl_canvas *canvas, enum tl_verdict verdict)
{
	return canvas->palette->heat[verdict == TL_HOTSPOT ? TL_HEAT - 1 : verdict == TL_WATCH];
}

void tl_feedback_meter(struct tl_canvas *canvas, const struct tl_touchpoint_score *score, double x,
	double y, double w, double h)
{
	const struct tl_palette *palette = canvas->palette;
	tl_mark_rect(canvas, tl_pen_both(palette->heat_ground, palette->axis, 0.8), x, y, w, h);
	double to = w * fmin(100, fmax(0, score->friction)) / 100;
	if (to >= 0.5)
		tl_mark_rect(canvas, tl_pen_fill(tl_feedback_bar(canvas, score->verdict)), x, y, to, h);
	for (size_t i = 0; i < TL_COUNT(marks); i++)
		tl_mark_segment(canvas, tl_pen_stroke(palette->soft, 1, TL_SOLID),
			x + w * marks[i] / 100, y + h, x + w * marks[i] / 100, y + h + 3);
	if (isnan(score->interval.low))
		return;
	double low = x + w * score->interval.low / 100, high = x + w * score->interval.high / 100;
	double middle = y + h / 2;
	tl_feedback_line(canvas, low, middle, high, middle);
	tl_feedback_line(canvas, low, middle - 2.6, low, middle + 2.6);
	tl_feedback_line(canvas, high, middle - 2.6, high, middle + 2.6);
}

void tl_feedback_whisker(struct tl_canvas *canvas, double x, double from, double to, double middle)
{
	tl_feedback_line(canvas, x, from, x, to);
	tl_feedback_line(canvas, x - 2.6, from, x + 2.6, from);
	tl_feedback_line(canvas, x - 2.6, to, x + 2.6, to);
	tl_mark_disc(canvas, tl_pen_fill(canvas->palette->ink), x, middle, 1.9);
}

/* ---- trend ------------------------------------------------------------------------------------ */

void tl_feedback_triangle(struct tl_canvas *canvas, int direction, double x, double y)
{
	const struct tl_palette *palette = canvas->palette;
	double up = direction > 0 ? 1 : -1;
	struct tl_point points[] = {{x, y - 4 * up}, {x + 4, y + 3 * up}, {x - 4, y + 3 * up}};
	tl_color color = direction > 0 ? palette->heat[TL_HEAT - 1] : palette->valence[TL_VALENCES - 1];
	tl_mark_points(canvas, TL_MARK_POLYGON, tl_pen_fill(color), points, TL_COUNT(points));
}

static double highest_rate(const struct tl_trend *trend)
{
	double highest = 0.1; /* what is nearly nothing stays low */
	for (size_t i = 0; i < trend->count; i++)
		if (!isnan(trend->periods[i].rate))
			highest = fmax(highest, trend->periods[i].rate);
	return highest;
}

/* Dotted across periods without episodes. */
static void draw_rates(struct tl_canvas *canvas, const struct tl_trend *trend,
	const struct tl_point *points)
{
	tl_color color = canvas->palette->curve;
	size_t last = SIZE_MAX;
	for (size_t i = 0; i < trend->count; i++) {
		if (isnan(trend->periods[i].rate))
			continue;
		bool gap = last != i - 1;
		if (last != SIZE_MAX)
			tl_mark_segment(canvas,
				tl_pen_stroke(color, gap ? 0.9 : 1.5, gap ? TL_DOTTED : TL_SOLID),
				points[last].x, points[last].y, points[i].x, points[i].y);
		last = i;
	}
	if (last != SIZE_MAX)
		tl_mark_disc(canvas, tl_pen_fill(color), points[last].x, points[last].y, 2);
}

/* A triangle where the average leaves its limits, not for as long as it stays outside. */
static void draw_drift(struct tl_canvas *canvas, const struct tl_trend *trend,
	const struct tl_point *points)
{
	int before = 0;
	for (size_t i = 0; i < trend->count; i++) {
		const struct tl_period *period = &trend->periods[i];
		int side = !period->out ? 0 : period->average > period->high ? 1 : -1;
		if (side && side != before)
			tl_feedback_triangle(canvas, side, points[i].x, points[i].y);
		before = side;
	}
}

bool tl_feedback_spark(struct tl_canvas *canvas, const struct tl_trend *trend, double x, double y,
	double w, double h)
{
	enum { HEAD = 4, SIDE = 5 }; /* room for what stands on the line's points */
	const struct tl_palette *palette = canvas->palette;
	if (trend->family < 0 || trend->count < 2)
		return false;
	struct tl_point *points = tl_arena_array(canvas->arena, struct tl_point, trend->count);
	double top = highest_rate(trend), step = (w - 2 * SIDE) / (double)(trend->count - 1);
	for (size_t i = 0; i < trend->count; i++) {
		double rate = trend->periods[i].rate;
		if (isnan(rate)) /* nothing but a triangle may stand there */
			rate = fmin(top, trend->periods[i].average);
		points[i] = (struct tl_point){
			x + SIDE + step * (double)i, y + h - (h - HEAD) * rate / top};
	}
	tl_mark_segment(canvas, tl_pen_stroke(palette->axis, 0.7, TL_SOLID), x, y + h, x + w, y + h);
	draw_rates(canvas, trend, points);
	draw_drift(canvas, trend, points);
	return true;
}

/* ---- no evidence, beliefs --------------------------------------------------------------------- */

void tl_feedback_unknown(struct tl_canvas *canvas, double x, double y, double w, double h)
{
	const struct tl_paint *paint = &canvas->palette->unknown;
	tl_mark_rect(canvas, tl_pen_fill(paint->fill), x, y, w, h);
	tl_mark_hatch(canvas, paint->stroke, x, y, w, h, 6);
	tl_mark_rect(canvas, tl_pen_stroke(paint->stroke, 0.8, TL_SOLID), x, y, w, h);
}

void tl_feedback_votes(
	struct tl_canvas *canvas, const struct tl_belief *belief, double x, double y, double w)
{
	const struct tl_palette *palette = canvas->palette;
	tl_color color = palette->conflict.stroke;
	tl_mark_segment(canvas, tl_pen_stroke(palette->axis, 0.9, TL_SOLID), x, y, x + w, y);
	for (int v = -2; v <= 2; v += 2)
		tl_mark_segment(canvas, tl_pen_stroke(palette->axis, 0.9, TL_SOLID),
			x + w * (v + 2) / 4, y - 2.5, x + w * (v + 2) / 4, y + 2.5);
	for (size_t i = 0; i < belief->department_count; i++) {
		double median = belief->departments[i].median;
		if (!isnan(median))
			tl_mark_disc(canvas, tl_pen_both(color, palette->card.fill, 0.8),
				x + w * (fmin(2, fmax(-2, median)) + 2) / 4, y, 2.9);
	}
}
