/* lane emotion: the curves, with a face and a figure at each declared value.
 *
 * Several personas have places of their own within a column, side by side, so that faces and
 * figures of one touchpoint never collide; each curve is labelled at its right end.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "map/sheet.h"
#include "map/tell.h"

enum { STEP = 32, HEAD = 46, FACE = 10, LABEL_GAP = 4, NAME_PITCH = 12 };

double lane_emotion_measure(struct sheet *sheet, unsigned lane)
{
	(void)lane;
	return sheet->series_count ? 4 * STEP + 2 * HEAD : 0;
}

/* Distance between neighbouring personas' places in a column. */
static double slot_width(const struct sheet *sheet)
{
	size_t n = sheet->series_count;
	return n == 1 ? sheet->card_w + 8 : floor(sheet->card_w / (double)n);
}

static double slot_offset(const struct sheet *sheet, size_t s)
{
	return round(((double)s - (double)(sheet->series_count - 1) / 2) * slot_width(sheet));
}

static void draw_scale(struct sheet *sheet, double zero)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_palette *palette = sheet->palette;
	double right = sheet->field_x + sheet->field_w;
	for (int value = -2; value <= 2; value++) {
		double y = zero - value * STEP;
		struct tl_pen pen = tl_pen_stroke(value ? palette->grid : palette->axis,
			value ? 0.7 : 1, TL_SOLID);
		tl_mark_segment(canvas, pen, sheet->field_x, y, right, y);
		const char *figure =
			tl_say_number(sheet->arena, canvas->language, value, 0, true);
		tl_mark_text(canvas, sheet->field_x + 4, y - 3, TL_START,
			sheet_strong(palette->soft), figure);
	}
}

/* ---- points --------------------------------------------------------------------------------- */

struct point {
	const struct tl_series *series;
	const struct tl_touchpoint *touchpoint;
	const struct tl_emotion *emotion; /* the first one that speaks here */
	double valence, x, y;
	const struct tl_emotion_score *score; /* or NULL */
};

static const struct tl_emotion *emotion_of(
	const struct tl_touchpoint *touchpoint, const struct tl_persona *persona)
{
	const struct tl_emotion *general = NULL;
	for (size_t i = 0; i < touchpoint->emotion_count; i++) {
		const struct tl_emotion *emotion = &touchpoint->emotions[i];
		if (persona && emotion->persona == persona)
			return emotion;
		if (!emotion->persona && !general)
			general = emotion;
	}
	return general;
}

/* The feeling, where it stands without breaking a word; the tooltip has it anyway. */
static void put_feeling(
	struct sheet *sheet, struct tl_lines *lines, const struct point *point, double room)
{
	struct tl_lines trial = {0};
	const char *feeling = point->emotion ? point->emotion->feeling : NULL;
	struct tl_style style = sheet_small(sheet->palette->soft);
	if (!feeling)
		return;
	tl_lines_wrap(&sheet->canvas, &trial, feeling, style, room, 2);
	for (size_t i = 0; i < trial.count; i++) {
		const char *text = trial.list[i].text;
		if (text[strlen(text) - 1] == '-')
			return;
	}
	if (!trial.cut)
		tl_lines_wrap(&sheet->canvas, lines, feeling, style, room, 2);
}

/* A ground behind the label where a curve runs through it; the last curve is what was declared. */
static void clear_ground(struct sheet *sheet, const struct tl_curve *curves, double x, double y,
	double w, double h)
{
	const struct tl_palette *palette = sheet->palette;
	tl_color ground = palette->band & 0xFF ? palette->band : palette->paper;
	for (size_t s = 0; s <= sheet->series_count; s++) {
		for (int i = 0; curves[s].count && i <= 4; i++) {
			double at = tl_curve_at(&curves[s], x + w * i / 4);
			if (isnan(at) || at < y - 1 || at > y + h + 1)
				continue;
			tl_mark_round(&sheet->canvas, tl_pen_fill((ground & ~0xFFu) | 0xD8), x - 2, y,
				w + 4, h, 3);
			return;
		}
	}
}

/* ---- what was measured ------------------------------------------------------------------------ */

enum { LEAST_SLOT = 34, SIGN_W = 15, SIGN_H = 13 };

/* The whisker stands beside the face, which would hide it; x of it, or NAN. Fewer answers than can be
 * scored, or all of them the same, give an interval that says nothing. */
static double whisker_x(const struct sheet *sheet, const struct point *point, double reach)
{
	const struct tl_emotion_score *score = point->score;
	if (!score || score->n < TL_LEAST || slot_width(sheet) < LEAST_SLOT ||
		!(score->interval.high > score->interval.low))
		return NAN;
	return point->x + reach + 2;
}

static void draw_whisker(struct sheet *sheet, const struct point *point, double x, double zero)
{
	struct tl_frame frame = {NULL, zero, STEP};
	const struct tl_emotion_score *score = point->score;
	tl_feedback_whisker(&sheet->canvas, x, tl_frame_y(&frame, fmin(2, score->interval.high)),
		tl_frame_y(&frame, fmax(-2, score->interval.low)),
		tl_frame_y(&frame, score->measured));
	sheet_use(sheet, CODE_MEASURED);
}

/* At what was declared, where measurements say something else. */
static void draw_conflict(
	struct sheet *sheet, const struct point *point, double zero, unsigned lane)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_paint *paint = &sheet->palette->conflict;
	double y = zero - point->score->declared * STEP;
	struct tl_lines lines = {0};
	tl_lines_wrap(canvas, &lines, "≠", (struct tl_style){10, TL_BOLD, paint->ink}, 40, 1);
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s.conflict", point->touchpoint->id),
		.role = "conflict",
		.tooltip = tl_feedback_tell_conflict(canvas,
			sheet->cards[point->touchpoint->index].known, point->score,
			point->series->name),
		.shape = TL_BOX_ROUND,
		.x = round(point->x - SIGN_W / 2.0),
		.y = round(y - SIGN_H / 2.0),
		.w = SIGN_W,
		.h = SIGN_H,
		.pen = tl_pen_both(paint->fill, paint->stroke, 1),
		.halign = TL_MIDDLE,
		.valign = TL_MIDDLE,
		.touchpoint = point->touchpoint,
		.lane = sheet_lanes[lane].name};
	tl_mark_segment(canvas, tl_pen_stroke(paint->stroke, 1, TL_DOTTED), point->x, y, point->x,
		point->y);
	tl_canvas_box(canvas, box, &lines,
		tl_order_touchpoint(point->touchpoint, 1000 * (lane + 1) + 500 +
				(unsigned)(point->series - sheet->series)));
	sheet_use(sheet, CODE_CONFLICT);
}

static struct tl_curve stroke_declared(struct sheet *sheet, const struct tl_series *series,
	const double *valence, const struct tl_frame *frame)
{
	struct tl_series dashed = *series;
	dashed.valence = valence;
	dashed.dash = TL_DASHED;
	struct tl_curve curve = tl_curve_of(&sheet->canvas, &dashed, frame);
	tl_curve_stroke(&sheet->canvas, &curve, &dashed, 1.4);
	sheet_use(sheet, CODE_DECLARED);
	return curve;
}

/* Dashed: all of what was declared where one curve is drawn; of several curves only what contradicts
 * them, from the touchpoint before to the one behind. Returns the one curve. */
static struct tl_curve draw_declared(
	struct sheet *sheet, const struct tl_series *series, const struct tl_frame *frame)
{
	size_t count = sheet->count;
	bool differs = false;
	for (size_t i = 0; i < count; i++)
		differs |= fabs(series->declared[i] - series->valence[i]) > 0.05;
	if (!differs)
		return (struct tl_curve){0};
	if (sheet->series_count == 1)
		return stroke_declared(sheet, series, series->declared, frame);
	for (size_t i = 0, end; i < count; i = end + 1) {
		for (end = i; end < count && series->scores[end] && series->scores[end]->conflict;)
			end++;
		if (end == i)
			continue;
		double *part = tl_arena_array(sheet->arena, double, count);
		for (size_t k = 0; k < count; k++)
			part[k] = k >= i && k < end	       ? series->declared[k]
				: k + 1 == i || k == end ? series->valence[k]
							 : NAN;
		stroke_declared(sheet, series, part, frame);
	}
	return (struct tl_curve){0};
}

/* ---- faces ------------------------------------------------------------------------------------ */

/* From the middle of a face to where its label begins: pointed plates reach further. */
static double reach_of(const struct tl_series *series, bool alone)
{
	if (alone)
		return FACE + 6;
	return series->plate == TL_PLATE_DIAMOND ? 17 : series->plate == TL_PLATE_TRIANGLE ? 18 : 14;
}

/* Whether the face's figure stands above it; away from what contradicts it. */
static bool label_above(const struct point *point)
{
	if (point->score && point->score->conflict)
		return point->score->declared < point->valence;
	return point->valence >= 0;
}

static const char *tell_point(struct sheet *sheet, const struct point *point)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const char *declared = point->emotion
		? tl_tell_emotion(canvas, point->touchpoint, point->emotion, point->series->name)
		: NULL;
	if (!point->score)
		return declared;
	return tl_canvas_sentences(canvas,
		tl_feedback_tell_emotion(canvas, sheet->cards[point->touchpoint->index].known,
			point->score, point->series->name),
		declared ? tl_canvas_say(canvas, TL_SAY_TIP_DECLARED, declared) : NULL);
}

static void draw_point(struct sheet *sheet, const struct point *point,
	const struct tl_curve *curves, double room, double zero, unsigned lane)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_palette *palette = sheet->palette;
	bool alone = sheet->series_count == 1, above = label_above(point);
	double radius = alone ? FACE : FACE - 2, reach = reach_of(point->series, alone);
	struct tl_style figure = {9, TL_BOLD, palette->valence[tl_valence_step(point->valence)]};
	const char *text = tl_say_number(sheet->arena, canvas->language, point->valence,
		canvas->insight ? 1 : 2, true); /* an estimate is not that exact */
	struct tl_lines lines = {0};
	double beside = whisker_x(sheet, point, reach), feeling_room = room;
	if (!isnan(beside)) { /* no text across the whisker */
		draw_whisker(sheet, point, beside, zero);
		feeling_room = fmin(room, 2 * (beside - point->x - 3));
	}
	if (above)
		put_feeling(sheet, &lines, point, feeling_room);
	tl_lines_wrap(canvas, &lines, text, figure, room, 1);
	if (!above)
		put_feeling(sheet, &lines, point, feeling_room);
	double width = ceil(fmax(lines.width * 1.03, 2 * reach));
	double y = round(point->y), top = above ? y - reach - lines.height : y + reach;
	clear_ground(sheet, curves, point->x - lines.width / 2, top, lines.width, lines.height);
	tl_series_face(canvas, point->series, alone, point->valence, point->x, point->y, radius);
	struct tl_box box = {.role = "emotion",
		.tooltip = tell_point(sheet, point),
		.x = round(point->x - width / 2),
		.y = above ? top : y - reach,
		.w = width,
		.h = lines.height + 2 * reach,
		.halign = TL_MIDDLE,
		.valign = above ? TL_START : TL_END,
		.touchpoint = point->touchpoint,
		.lane = sheet_lanes[lane].name};
	if (point->series->persona)
		box.id = tl_canvas_id(canvas, "%s.emotion.%s", point->touchpoint->id,
			point->series->persona->id);
	else
		box.id = tl_canvas_id(canvas, "%s.emotion", point->touchpoint->id);
	sheet_use(sheet, CODE_VALENCE);
	lines.rtl = false;
	tl_canvas_box(canvas, box, &lines,
		tl_order_touchpoint(point->touchpoint, 1000 * (lane + 1) +
				(unsigned)(point->series - sheet->series)));
	if (point->score && point->score->conflict)
		draw_conflict(sheet, point, zero, lane);
}

/* ---- names at the right end ------------------------------------------------------------------ */

struct end {
	size_t series;
	double x, y, name_y;
};

static int by_y(const void *a, const void *b)
{
	const struct end *x = a, *y = b;
	if (x->y != y->y)
		return x->y < y->y ? -1 : 1;
	return x->series < y->series ? -1 : x->series > y->series;
}

double lane_emotion_name_room(struct sheet *sheet)
{
	double widest = 0;
	if (sheet->series_count < 2)
		return 0;
	for (size_t s = 0; s < sheet->series_count; s++) {
		const char *name = sheet_short_name(sheet, sheet->series[s].name);
		widest = fmax(widest, tl_text_width(name, 9, TL_BOLD));
	}
	return fmin(120, ceil(widest * 1.03) + 20);
}

static void draw_names(struct sheet *sheet, struct end *ends, size_t count, double y, double h)
{
	struct tl_canvas *canvas = &sheet->canvas;
	double right = sheet->field_x + sheet->field_w - 8;
	double x = right - lane_emotion_name_room(sheet) + 16, last = y;
	qsort(ends, count, sizeof *ends, by_y);
	for (size_t i = 0; i < count; i++)
		last = ends[i].name_y = fmax(last, ends[i].y - NAME_PITCH / 2.0) + NAME_PITCH;
	double over = fmax(0, last - (y + h));
	for (size_t i = 0; i < count; i++) {
		const struct tl_series *series = &sheet->series[ends[i].series];
		double base = ends[i].name_y - over - NAME_PITCH / 2.0;
		struct tl_lines name = {0};
		struct tl_style style = {9, TL_BOLD, series->color};
		tl_lines_wrap(canvas, &name, sheet_short_name(sheet, series->name), style,
			right - x + 4, 1);
		tl_mark_segment(canvas, tl_pen_stroke(series->color, 0.9, TL_DOTTED), ends[i].x + 13,
			ends[i].y, x - 4, base);
		tl_mark_lines(canvas, x, base - NAME_PITCH / 2.0, TL_START, &name);
	}
}

/* ---- the lane ------------------------------------------------------------------------------- */

void lane_emotion_draw(struct sheet *sheet, unsigned lane, double y, double h)
{
	struct tl_canvas *canvas = &sheet->canvas;
	size_t n = sheet->series_count;
	double zero = round(y + h / 2), room = slot_width(sheet) - 4;
	double *x = tl_arena_array(sheet->arena, double, n * sheet->count);
	struct tl_curve *curves = tl_arena_array(sheet->arena, struct tl_curve, n + 1);
	struct end *ends = tl_arena_array(sheet->arena, struct end, n);
	size_t end_count = 0;
	draw_scale(sheet, zero);
	for (size_t s = 0; s < n; s++) {
		struct tl_frame frame = {x + s * sheet->count, zero, STEP};
		for (size_t i = 0; i < sheet->count; i++)
			x[s * sheet->count + i] =
				sheet->cards[i].x + sheet->card_w / 2 + slot_offset(sheet, s);
		curves[s] = tl_curve_of(canvas, &sheet->series[s], &frame);
		if (n == 1)
			tl_curve_areas(canvas, &curves[s], &frame);
	}
	for (size_t s = 0; s < n && canvas->insight; s++)
		curves[n] = draw_declared(sheet, &sheet->series[s],
			&(struct tl_frame){x + s * sheet->count, zero, STEP});
	for (size_t s = 0; s < n; s++)
		tl_curve_stroke(canvas, &curves[s], &sheet->series[s], n == 1 ? 2.4 : 2);
	for (size_t s = 0; s < n; s++) {
		const struct tl_series *series = &sheet->series[s];
		struct end end = {.series = s, .x = NAN};
		for (size_t i = 0; i < sheet->count; i++) {
			if (isnan(series->valence[i]))
				continue;
			const struct tl_touchpoint *touchpoint = &sheet->journey->touchpoints[i];
			struct point point = {series, touchpoint,
				emotion_of(touchpoint, series->persona), series->valence[i],
				x[s * sheet->count + i], zero - series->valence[i] * STEP,
				series->scores ? series->scores[i] : NULL};
			draw_point(sheet, &point, curves, room, zero, lane);
			end.x = point.x;
			end.y = point.y;
		}
		if (!isnan(end.x))
			ends[end_count++] = end;
	}
	if (n > 1)
		draw_names(sheet, ends, end_count, y, h);
}
