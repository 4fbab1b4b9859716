/* overview_emotion: the curves, with faces where people remember them: highest, lowest, end.
 *
 * Labels look for a place of their own: the first of a few around their face that is inside the
 * panel and free of faces, other labels and curves. A label without a place loses its title, then
 * falls away; its face keeps it in its tooltip.
 */
#include <math.h>
#include <stdlib.h>
#include "map/overview.h"
#include "map/tell.h"

enum { FACE = 9, MAX_TAKEN = 64, MAX_FACES = 24, LABEL_W = 120, AXIS = 20 };

struct rect {
	double x0, y0, x1, y1;
};
struct panel {
	struct overview *overview;
	struct rect area;
	struct tl_frame frame;
	struct tl_curve *curves;
	struct rect taken[MAX_TAKEN];
	size_t taken_count;
};
struct face {
	const struct tl_series *series;
	const struct tl_touchpoint *touchpoint;
	double x, y, valence;
};

static bool overlap(const struct rect *a, const struct rect *b)
{
	return a->x0 < b->x1 && b->x0 < a->x1 && a->y0 < b->y1 && b->y0 < a->y1;
}

static bool take(struct panel *panel, struct rect rect)
{
	for (size_t i = 0; i < panel->taken_count; i++)
		if (overlap(&panel->taken[i], &rect))
			return false;
	if (panel->taken_count == MAX_TAKEN)
		return false;
	panel->taken[panel->taken_count++] = rect;
	return true;
}

/* Between its values a curve is monotone, so it crosses a rectangle exactly where the range of y
 * between two of its points does. */
static bool curve_crosses(const struct tl_curve *curve, const struct rect *rect)
{
	double y = tl_curve_at(curve, rect->x0), next;
	for (size_t i = 0; i < curve->count && curve->points[i].x < rect->x1; i += 3) {
		if (curve->points[i].x <= rect->x0)
			continue;
		next = curve->points[i].y;
		if (fmin(y, next) < rect->y1 + 2 && fmax(y, next) > rect->y0 - 2)
			return true;
		y = next;
	}
	next = tl_curve_at(curve, rect->x1);
	return fmin(y, next) < rect->y1 + 2 && fmax(y, next) > rect->y0 - 2;
}

static bool crossed(const struct panel *panel, const struct rect *rect)
{
	for (size_t c = 0; c < panel->overview->series_count; c++)
		if (curve_crosses(&panel->curves[c], rect))
			return true;
	return false;
}

static bool inside(const struct panel *panel, const struct rect *rect)
{
	const struct rect *area = &panel->area;
	return rect->x0 >= area->x0 && rect->x1 <= area->x1 && rect->y0 >= area->y0 &&
		rect->y1 <= area->y1;
}

/* ---- ground --------------------------------------------------------------------------------- */

static void draw_ground(struct panel *panel)
{
	struct overview *overview = panel->overview;
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_palette *palette = overview->palette;
	const struct rect *area = &panel->area;
	struct tl_pen band = tl_pen_both(palette->band, palette->band_stroke, 0.6);
	for (size_t s = 0; s < overview->journey->stage_count; s++)
		tl_mark_round(canvas, band, overview->stage_x[s], area->y0,
			overview->stage_w[s] - 3, area->y1 - area->y0 + OVERVIEW_BAR_H + 6, 5);
	for (size_t i = 0; i < overview->worst_count; i++) {
		size_t index = overview->worst[i].touchpoint->index;
		double w = fmin(fmax(overview->w[index] - 4, 2), 40);
		const struct tl_touchpoint_insight *known =
			tl_feedback_of(canvas, overview->worst[i].touchpoint);
		if (!known || known->score->verdict == TL_HOTSPOT)
			tl_mark_rect(canvas, tl_pen_fill(palette->heat_band),
				overview->x[index] - w / 2, area->y0, w, area->y1 - area->y0 + 6);
	}
	for (int v = -2; v <= 2; v += 2) {
		double y = tl_frame_y(&panel->frame, v);
		struct tl_pen pen = v ? tl_pen_stroke(palette->grid, 0.8, TL_DASHED)
				      : tl_pen_stroke(palette->axis, 1, TL_SOLID);
		tl_mark_segment(canvas, pen, overview->left, y, overview->right - 3, y);
		tl_icon_face(canvas, v, overview->left - AXIS, y, 6);
	}
}

static void draw_label(struct panel *panel)
{
	struct overview *overview = panel->overview;
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_palette *palette = overview->palette;
	struct tl_lines lines = {0};
	double w = OVERVIEW_LABEL_W - AXIS - 8;
	tl_lines_wrap(canvas, &lines, tl_canvas_word(canvas, TL_SAY_LANE_EMOTION),
		overview_strong(palette->ink), w, 2);
	tl_lines_wrap(canvas, &lines,
		tl_canvas_word(canvas,
			canvas->insight ? TL_SAY_EMOTION_ESTIMATE : TL_SAY_SUB_EMOTION),
		overview_text(palette->soft), w, 3);
	tl_mark_lines(canvas, OVERVIEW_MARGIN, panel->area.y0 + 4, TL_START, &lines);
	tl_canvas_lane(canvas,
		(struct tl_lane){"emotion", tl_canvas_word(canvas, TL_SAY_LANE_EMOTION),
			panel->area.y0, panel->area.y1 - panel->area.y0});
}

/* ---- curves and faces ------------------------------------------------------------------------- */

bool overview_shows_declared(const struct overview *overview)
{
	return overview->canvas.insight && overview->series_count == 1;
}

static void draw_curves(struct panel *panel)
{
	struct overview *overview = panel->overview;
	struct tl_canvas *canvas = &overview->canvas;
	size_t n = overview->series_count;
	panel->curves = tl_arena_array(overview->arena, struct tl_curve, n);
	for (size_t c = 0; c < n; c++)
		panel->curves[c] = tl_curve_of(canvas, &overview->series[c], &panel->frame);
	if (n == 1)
		tl_curve_areas(canvas, &panel->curves[0], &panel->frame);
	double narrowest = overview->right - overview->left;
	for (size_t i = 0; i < overview->journey->touchpoint_count; i++)
		narrowest = fmin(narrowest, overview->w[i]);
	if (overview_shows_declared(overview)) {
		struct tl_series declared = overview->series[0];
		declared.valence = declared.declared;
		declared.dash = TL_DASHED;
		struct tl_curve curve = tl_curve_of(canvas, &declared, &panel->frame);
		tl_curve_stroke(canvas, &curve, &declared, 1.2);
	}
	double width = fmin(2.2, fmax(0.4, narrowest / 3)); /* never one black area */
	for (size_t c = n; c-- > 0;) /* the first persona's on top */
		tl_curve_stroke(canvas, &panel->curves[c], &overview->series[c], width);
}

/* A small plate at every declared value, where they stand apart. */
static void draw_dots(struct panel *panel)
{
	struct overview *overview = panel->overview;
	for (size_t c = overview->series_count; c-- > 0;) {
		const struct tl_series *series = &overview->series[c];
		for (size_t i = 0; i < overview->journey->touchpoint_count; i++)
			if (!isnan(series->valence[i]) && overview->w[i] >= 9)
				tl_icon_plate(&overview->canvas, series->plate,
					tl_pen_both(overview->palette->paper, series->color, 1.4),
					overview->x[i],
					tl_frame_y(&panel->frame, series->valence[i]), 2.8);
	}
}

static void add_face(struct panel *panel, struct face *faces, size_t *n,
	const struct tl_series *series, const struct tl_touchpoint *touchpoint)
{
	double valence = series->valence[touchpoint->index];
	double x = panel->overview->x[touchpoint->index];
	double y = tl_frame_y(&panel->frame, valence), r = FACE + 3;
	if (*n < MAX_FACES && take(panel, (struct rect){x - r, y - r, x + r, y + r}))
		faces[(*n)++] = (struct face){series, touchpoint, x, y, valence};
}

struct candidate {
	size_t series;
	const struct tl_touchpoint *touchpoint;
	double valence;
	int turn;
};

/* The lowest first, then the ends, then the highest, the most extreme of each first: if faces are
 * in each other's way, those stay. */
static int by_weight(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	if (x->turn != y->turn)
		return x->turn - y->turn;
	if (x->valence != y->valence)
		return (fabs(x->valence) < fabs(y->valence)) - (fabs(x->valence) > fabs(y->valence));
	return x->series < y->series ? -1 : x->series > y->series;
}

static size_t find_faces(struct panel *panel, struct face *faces)
{
	struct overview *overview = panel->overview;
	struct candidate *list =
		tl_arena_array(overview->arena, struct candidate, 3 * overview->series_count);
	size_t count = 0, n = 0;
	for (size_t c = 0; c < overview->series_count; c++) {
		const struct tl_peak_end *peak = &overview->peaks[c];
		const struct tl_touchpoint *which[] = {peak->lowest, peak->end, peak->highest};
		for (int turn = 0; peak->peak && turn < 3; turn++)
			list[count++] = (struct candidate){c, which[turn],
				overview->series[c].valence[which[turn]->index], turn};
	}
	qsort(list, count, sizeof *list, by_weight);
	for (size_t i = 0; i < count; i++)
		add_face(panel, faces, &n, &overview->series[list[i].series], list[i].touchpoint);
	return n;
}

static const char *face_tooltip(struct overview *overview, const struct face *face)
{
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_touchpoint_insight *known = tl_feedback_of(canvas, face->touchpoint);
	const struct tl_emotion_score *score =
		known ? face->series->scores[face->touchpoint->index] : NULL;
	const char *all = NULL;
	if (score && !isnan(score->estimate))
		all = tl_feedback_tell_emotion(canvas, known, score, face->series->name);
	for (size_t i = 0; i < face->touchpoint->emotion_count; i++) {
		const struct tl_emotion *emotion = &face->touchpoint->emotions[i];
		if (!emotion->persona || emotion->persona == face->series->persona)
			all = tl_canvas_sentences(canvas, all,
				tl_tell_emotion(canvas, face->touchpoint, emotion,
					face->series->name));
	}
	return all;
}

static void draw_face(struct panel *panel, const struct face *face)
{
	struct overview *overview = panel->overview;
	struct tl_canvas *canvas = &overview->canvas;
	tl_series_face(canvas, face->series, overview->series_count == 1, face->valence, face->x,
		face->y, FACE);
	struct tl_box box = {
		.id = tl_canvas_id(canvas, "%s.emotion.%s", face->touchpoint->id,
			face->series->persona ? face->series->persona->id : "-"),
		.role = "emotion",
		.tooltip = face_tooltip(overview, face),
		.shape = TL_BOX_ELLIPSE,
		.x = face->x - FACE - 1, .y = face->y - FACE - 1,
		.w = 2 * FACE + 2, .h = 2 * FACE + 2,
		.pen = tl_pen_stroke(face->series->color, 1, TL_SOLID),
		.touchpoint = face->touchpoint, .lane = "emotion"};
	tl_canvas_box(canvas, box, NULL, tl_order_touchpoint(face->touchpoint, 2));
}

/* ---- labels --------------------------------------------------------------------------------- */

static bool try_label(struct panel *panel, const struct face *face, const struct tl_lines *lines)
{
	double w = ceil(lines->width * 1.03) + 2, h = lines->height, r = FACE + 4;
	double x = face->x, y = face->y, up = face->valence < 0 ? 1 : -1;
	/* Middles: beyond the curve first, then beside the face. */
	const struct tl_point places[] = {{x, y + up * (r + h / 2)}, {x + r + w / 2, y},
		{x - r - w / 2, y}, {x + w / 2, y + up * (r + h / 2)},
		{x - w / 2, y + up * (r + h / 2)}, {x, y - up * (r + h / 2)},
		{x + r + w / 2, y + up * (r - 2)}, {x - r - w / 2, y + up * (r - 2)},
		{x + w / 2, y - up * (r + h / 2)}, {x - w / 2, y - up * (r + h / 2)}};
	for (size_t i = 0; i < TL_COUNT(places); i++) {
		double px = places[i].x, py = places[i].y;
		struct rect rect = {px - w / 2, py - h / 2, px + w / 2, py + h / 2};
		if (!inside(panel, &rect) || crossed(panel, &rect) || !take(panel, rect))
			continue;
		enum tl_align anchor = px > x + w / 3 ? TL_START
			: px < x - w / 3	      ? TL_END
						      : TL_MIDDLE;
		double ax = anchor == TL_START ? rect.x0 + 1
			: anchor == TL_END     ? rect.x1 - 1
					       : px;
		tl_mark_lines(&panel->overview->canvas, ax, rect.y0, anchor, lines);
		return true;
	}
	return false;
}

static void label_face(struct panel *panel, const struct face *face)
{
	struct overview *overview = panel->overview;
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_palette *palette = overview->palette;
	const char *figure =
		tl_say_number(overview->arena, canvas->language, face->valence, 1, true);
	tl_color color = palette->valence[tl_valence_step(face->valence)];
	struct tl_lines lines = {0}, alone = {0};
	tl_lines_wrap(canvas, &alone, figure, overview_strong(color), 80, 1);
	tl_lines_wrap(canvas, &lines, figure, overview_strong(color), 80, 1);
	tl_lines_wrap(canvas, &lines, face->touchpoint->title, overview_text(palette->ink), LABEL_W,
		1);
	if (!try_label(panel, face, &lines))
		try_label(panel, face, &alone);
}

void overview_emotion(struct overview *overview, double top, double bottom)
{
	struct panel panel = {.overview = overview,
		.area = {overview->left, top, overview->right - 3, bottom}};
	double above = FACE + 6, below = FACE + 18; /* figures stand below the lowest faces */
	double step = (bottom - top - above - below) / 4, middle = top + above + 2 * step;
	panel.frame = (struct tl_frame){overview->x, middle, step};
	draw_ground(&panel);
	draw_label(&panel);
	if (!overview->series_count) {
		tl_mark_text(&overview->canvas, (overview->left + overview->right) / 2, middle - 8,
			TL_MIDDLE, overview_text(overview->palette->soft),
			tl_canvas_word(&overview->canvas, TL_SAY_NO_EMOTIONS));
		return;
	}
	draw_curves(&panel);
	draw_dots(&panel);
	struct face faces[MAX_FACES];
	size_t n = find_faces(&panel, faces);
	for (size_t i = 0; i < n; i++)
		draw_face(&panel, &faces[i]);
	for (size_t i = 0; i < n; i++)
		label_face(&panel, &faces[i]);
}
