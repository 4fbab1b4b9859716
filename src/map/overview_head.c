/* overview_head: title, state, personas, stages, moments of truth. */
#include <math.h>
#include "map/overview.h"
#include "map/tell.h"

/* ---- title ---------------------------------------------------------------------------------- */

/* The state, and since when it holds, at the right; returns the width. */
static double draw_state(struct overview *overview, double y)
{
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_palette *palette = overview->palette;
	const struct tl_journey *journey = overview->journey;
	struct tl_lines lines = {0};
	const char *state = tl_word_at(canvas->language, TL_SAY_STATE_AS_IS, journey->state);
	tl_lines_wrap(canvas, &lines, state, overview_strong(palette->state.ink), 200, 1);
	double w = ceil(lines.width * 1.03) + 20, right = OVERVIEW_W - OVERVIEW_MARGIN;
	struct tl_box box = {.id = tl_canvas_id(canvas, "journey.state"),
		.role = "state",
		.tooltip = tl_canvas_sentence(canvas, state),
		.shape = TL_BOX_ROUND,
		.x = right - w, .y = y + 4, .w = w, .h = 19, .pad = 3,
		/* Dashed where the journey is not there yet. */
		.pen = {palette->state.fill, palette->state.stroke, 0.9,
			journey->state == TL_AS_IS ? TL_SOLID : TL_DASHED},
		.halign = TL_MIDDLE, .valign = TL_MIDDLE};
	tl_canvas_box(canvas, box, &lines, tl_order_front(2));
	if (journey->updated == TL_NO_DATE)
		return w;
	struct tl_lines date = {0};
	const char *updated = tl_canvas_say(canvas, TL_SAY_UPDATED,
		tl_say_date(overview->arena, canvas->language, journey->updated));
	tl_lines_wrap(canvas, &date, updated, overview_text(palette->soft), 240, 1);
	double date_w = ceil(date.width * 1.03) + 2;
	box = (struct tl_box){.id = tl_canvas_id(canvas, "journey.updated"),
		.role = "updated",
		.tooltip = tl_canvas_sentence(canvas, updated),
		.x = right - date_w, .y = y + 28, .w = date_w, .h = 14,
		.halign = TL_END};
	tl_canvas_box(canvas, box, &date, tl_order_front(3));
	return fmax(w, date_w);
}

static void wrap_title(struct overview *overview, struct tl_lines *lines, double w)
{
	struct tl_canvas *canvas = &overview->canvas;
	const char *title = overview->journey->title;
	struct tl_lines large = {0};
	tl_lines_wrap(canvas, &large, title,
		(struct tl_style){22, TL_BOLD, overview->palette->ink}, w, 1);
	if (large.cut)
		tl_lines_wrap(canvas, lines, title,
			(struct tl_style){16, TL_BOLD, overview->palette->ink}, w, 2);
	else
		*lines = large;
}

static double draw_title(struct overview *overview, double y)
{
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_journey *journey = overview->journey;
	double w = OVERVIEW_W - 2 * OVERVIEW_MARGIN - draw_state(overview, y) - 24;
	struct tl_lines lines = {0};
	wrap_title(overview, &lines, w);
	const char *basis = canvas->insight ? tl_feedback_basis(canvas) : NULL;
	const char *summary = journey->summaries.count ? journey->summaries.list[0].text : NULL;
	tl_lines_wrap(canvas, &lines, summary,
		(struct tl_style){12, 0, overview->palette->soft}, w, 1);
	tl_lines_wrap(canvas, &lines, basis, overview_strong(overview->palette->soft), w, 1);
	struct tl_box box = {.id = tl_canvas_id(canvas, "journey.title"),
		.role = "title",
		.tooltip = tl_canvas_sentences(canvas,
			tl_canvas_say(canvas, TL_SAY_TIP_TITLE, journey->title),
			summary ? tl_canvas_say(canvas, TL_SAY_SENTENCE, summary) : NULL,
			basis ? tl_canvas_sentence(canvas, basis) : NULL),
		.x = OVERVIEW_MARGIN, .y = y, .w = floor(w), .h = lines.height};
	tl_canvas_box(canvas, box, &lines, tl_order_front(1));
	return y + fmax(lines.height, 42);
}

/* ---- personas ------------------------------------------------------------------------------- */

enum { MAX_CELLS = 6, CELL_COLUMNS = 3, CELL_GAP = 24, KEY_W = 40, KEY_LINE = 32 };

void overview_collect(struct overview *overview)
{
	const struct tl_journey *journey = overview->journey;
	size_t total = journey->persona_count, n = 0, curves = 0;
	size_t count = tl_series_collect(&overview->canvas, &overview->series);
	const struct tl_series *general = tl_series_of(overview->series, count, NULL);
	struct overview_who *who = tl_arena_array(overview->arena, struct overview_who, total + 1);
	for (size_t i = 0; i < total; i++) {
		const struct tl_series *series =
			tl_series_of(overview->series, count, &journey->personas[i]);
		bool own = series && (series->persona || total == 1);
		who[n++] = (struct overview_who){&journey->personas[i], own ? series : NULL};
	}
	if (general && total != 1)
		who[n++] = (struct overview_who){NULL, general};
	overview->who = who;
	overview->who_count = n;
	overview->who_shown = n > MAX_CELLS ? MAX_CELLS - 1 : n;
	for (size_t i = 0; i < overview->who_shown; i++)
		curves += who[i].series != NULL;
	overview->series_count = curves; /* series stand in the order of who they belong to */
}

static void draw_key(struct overview *overview, const struct tl_series *series, double x, double y)
{
	struct tl_canvas *canvas = &overview->canvas;
	tl_mark_segment(canvas, tl_pen_stroke(series->color, 2.2, series->dash), x, y,
		x + KEY_LINE, y);
	tl_icon_plate(canvas, series->plate,
		tl_pen_both(overview->palette->paper, series->color, 1.6), x + KEY_LINE / 2.0, y,
		5);
}

static const char *say_number(struct overview *overview, double value)
{
	return tl_say_number(overview->arena, overview->canvas.language, value, 1, true);
}

static const struct tl_peak_end *peak_of(
	const struct overview *overview, const struct overview_who *who)
{
	const struct tl_peak_end *peak =
		who->series ? &overview->peaks[who->series - overview->series] : NULL;
	return peak && peak->peak ? peak : NULL;
}

/* "Peak −2 at “Wait for the engineer”; end +1", the title cut so that the figures stay. */
static const char *say_peak(struct overview *overview, const struct overview_who *who, double w)
{
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_peak_end *peak = peak_of(overview, who);
	if (!peak)
		return NULL;
	const double *valence = who->series->valence;
	const char *high = say_number(overview, valence[peak->peak->index]);
	const char *end = say_number(overview, valence[peak->end->index]);
	double frame = tl_text_width(tl_canvas_say(canvas, TL_SAY_PEAK_END, high, "", end), 10, 0);
	const char *title =
		overview_cut(overview, peak->peak->title, overview_text(0), w - frame * 1.03 - 6);
	return tl_canvas_say(canvas, TL_SAY_PEAK_END, high, title, end);
}

static const char *who_tooltip(struct overview *overview, const struct overview_who *who)
{
	struct tl_canvas *canvas = &overview->canvas;
	const char *persona = who->persona ? tl_tell_persona(canvas, who->persona) : NULL;
	const struct tl_peak_end *peak = peak_of(overview, who);
	if (!peak)
		return persona ? persona : who->series->name;
	const double *valence = who->series->valence;
	return tl_canvas_sentences(canvas, persona,
		tl_canvas_say(canvas, TL_SAY_TIP_PEAK_END, who->series->name,
			say_number(overview, valence[peak->peak->index]), peak->peak->title,
			say_number(overview, valence[peak->end->index]), peak->end->title,
			say_number(overview, peak->peak_end), say_number(overview, peak->mean)));
}

/* Returns the height. */
static double draw_who(struct overview *overview, size_t i, double x, double y, double w)
{
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_palette *palette = overview->palette;
	const struct overview_who *who = &overview->who[i];
	const struct tl_persona *persona = who->persona;
	struct tl_lines lines = {0};
	double key = who->series ? KEY_W : 0;
	const char *goal = persona && persona->goals.count ? persona->goals.list[0].text : NULL;
	tl_lines_wrap(canvas, &lines, persona ? persona->name : who->series->name,
		(struct tl_style){11, TL_BOLD, palette->ink}, w - key, 1);
	tl_lines_wrap(canvas, &lines, goal ? tl_canvas_say(canvas, TL_SAY_GOAL, goal) : NULL,
		overview_text(palette->soft), w - key, 1);
	tl_lines_wrap(canvas, &lines, say_peak(overview, who, w - key),
		overview_text(palette->ink), w - key, 1);
	bool against = tl_lines_against(canvas, &lines);
	if (who->series)
		draw_key(overview, who->series, against ? x + w - KEY_LINE : x,
			y + tl_text_pitch(11) / 2);
	struct tl_box box = {.id = tl_canvas_id(canvas, "persona.%s", persona ? persona->id : "-"),
		.role = "persona",
		.tooltip = who_tooltip(overview, who),
		.x = against ? x : x + key, .y = y, .w = floor(w - key), .h = lines.height};
	tl_canvas_box(canvas, box, &lines, tl_order_front(10 + (unsigned)i));
	return lines.height;
}

static double draw_personas(struct overview *overview, double y)
{
	size_t n = overview->who_count, shown = overview->who_shown;
	if (!n)
		return y;
	size_t columns = n < CELL_COLUMNS ? n : CELL_COLUMNS;
	double room = OVERVIEW_W - 2 * OVERVIEW_MARGIN, row = 0;
	double w = floor((room - CELL_GAP * (double)(columns - 1)) / (double)columns);
	for (size_t i = 0; i < shown; i++) {
		if (i && i % columns == 0) {
			y += row + 4;
			row = 0;
		}
		double x = OVERVIEW_MARGIN + (w + CELL_GAP) * (double)(i % columns);
		row = fmax(row, draw_who(overview, i, x, y, w));
	}
	if (shown < n) {
		double x = OVERVIEW_MARGIN + (w + CELL_GAP) * (double)(shown % columns);
		tl_mark_text(&overview->canvas, x, tl_text_baseline(y, 11), TL_START,
			overview_text(overview->palette->soft),
			tl_canvas_say(&overview->canvas, TL_SAY_MORE,
				tl_arena_printf(overview->arena, "%zu", n - shown)));
	}
	return y + row;
}

double overview_head(struct overview *overview, double y)
{
	return draw_personas(overview, draw_title(overview, y) + 8);
}

/* ---- stages --------------------------------------------------------------------------------- */

enum { HEAD = 9, STAGE_PAD = 6, LEAST_STAGE_H = 24, LEAST_TEXT_W = 24 };

static const char *count_of(struct overview *overview, const struct tl_stage *stage)
{
	const char *n = tl_arena_printf(overview->arena, "%zu", stage->touchpoint_count);
	if (overview->bare_counts)
		return n;
	return tl_canvas_say(&overview->canvas,
		stage->touchpoint_count == 1 ? TL_SAY_TOUCHPOINT_1 : TL_SAY_TOUCHPOINT_N, n);
}

double overview_least_stage(struct overview *overview)
{
	double widest = 0;
	for (size_t s = 0; s < overview->journey->stage_count; s++) {
		const char *text = count_of(overview, &overview->journey->stages[s]);
		widest = fmax(widest, tl_text_width(text, 10, 0));
	}
	return ceil(widest * 1.03) + 4 + 2 * HEAD + 2 * STAGE_PAD;
}

static double stage_room(const struct overview *overview, size_t s)
{
	bool last = s + 1 == overview->journey->stage_count;
	return floor(overview->stage_w[s] - HEAD - 2 * STAGE_PAD - (last ? HEAD : 0));
}

/* A small card beside a bare number says what is counted. */
static void draw_count_sign(struct overview *overview, const struct tl_lines *lines, tl_color color,
	double x, double y)
{
	if (overview->bare_counts && lines->count)
		tl_mark_round(&overview->canvas, tl_pen_stroke(color, 1.1, TL_SOLID),
			x + ceil(lines->list[lines->count - 1].width) + 4, y + lines->height - 10.5, 10, 7.5, 2);
}

double overview_stages(struct overview *overview, double y)
{
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_palette *palette = overview->palette;
	size_t n = overview->journey->stage_count;
	struct tl_lines *lines = tl_arena_array(overview->arena, struct tl_lines, n);
	double h = LEAST_STAGE_H;
	for (size_t s = 0; s < n; s++) {
		const struct tl_stage *stage = &overview->journey->stages[s];
		tl_color ink = palette->stage[tl_stage_hue(s, n)].ink;
		double room = stage_room(overview, s);
		if (room < LEAST_TEXT_W) /* more stages than a slide has room for: tooltips say it */
			continue;
		tl_lines_wrap(canvas, &lines[s], stage->title,
			(struct tl_style){n > 8 ? 10 : 12, TL_BOLD, ink}, room, 2);
		tl_lines_wrap(canvas, &lines[s], count_of(overview, stage), overview_text(ink),
			room, 1);
		h = fmax(h, lines[s].height + 10);
	}
	for (size_t s = 0; s < n; s++) {
		const struct tl_stage *stage = &overview->journey->stages[s];
		const struct tl_paint *paint = &palette->stage[tl_stage_hue(s, n)];
		double x = overview->stage_x[s];
		tl_mark_chevron(canvas, tl_pen_both(paint->fill, paint->stroke, 1), x, y,
			overview->stage_w[s] - 3 - (s + 1 == n ? HEAD : 0), h, HEAD, s > 0);
		struct tl_box box = {.id = tl_canvas_id(canvas, "stage.%s", stage->id),
			.role = "stage",
			.tooltip = tl_tell_stage(canvas, stage),
			.x = x + HEAD + STAGE_PAD, .y = y + 3, .w = fmax(stage_room(overview, s), 1),
			.h = h - 6, .valign = TL_MIDDLE};
		tl_canvas_box(canvas, box, &lines[s], tl_order_stage(stage));
		draw_count_sign(overview, &lines[s], paint->ink, box.x,
			box.y + (box.h - lines[s].height) / 2);
	}
	return y + h;
}

/* ---- moments of truth ----------------------------------------------------------------------- */

enum { STAR_W = 14, TRUTH_H = 14, TRUTH_GAP = 8 };

struct truth {
	const struct tl_touchpoint *touchpoint;
	double x, w; /* of the star, then of star and title */
	bool before; /* the title stands before the star */
	const char *title;
};

/* Stars that would touch are one: its neighbour's stands for both, the card says it too. */
static size_t find_truths(struct overview *overview, struct truth *truths)
{
	const struct tl_journey *journey = overview->journey;
	size_t n = 0;
	for (size_t i = 0; i < journey->touchpoint_count; i++) {
		double x = floor(overview->x[i] - STAR_W / 2.0);
		bool apart = n == 0 || x >= truths[n - 1].x + STAR_W;
		if (journey->touchpoints[i].moment_of_truth && apart)
			truths[n++] = (struct truth){.touchpoint = &journey->touchpoints[i],
				.x = x, .w = STAR_W, .title = ""};
	}
	return n;
}

/* Behind the star where the title fits whole, else before it, else cut behind it. */
static void place_truth(struct overview *overview, struct truth *truth, double from, double to)
{
	struct tl_style style = overview_strong(overview->palette->truth.ink);
	const char *title = truth->touchpoint->title;
	double w = ceil(tl_text_width(title, style.size, style.flags) * 1.03) + 3;
	double after = to - truth->x - STAR_W, before = truth->x - from;
	truth->before = w > after && w <= before;
	truth->title = truth->before || w <= after ? title
						   : overview_cut(overview, title, style, after);
	if (!*truth->title)
		return;
	w = ceil(tl_text_width(truth->title, style.size, style.flags) * 1.03) + 3;
	truth->w = STAR_W + w;
	if (truth->before)
		truth->x -= w;
}

static void draw_truth(struct overview *overview, const struct truth *truth, double y)
{
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_touchpoint *touchpoint = truth->touchpoint;
	const char *const parts[] = {truth->before ? truth->title : "★",
		truth->before ? "★" : truth->title};
	struct tl_lines lines = {0};
	tl_lines_wrap(canvas, &lines, tl_canvas_join(canvas, " ", parts, TL_COUNT(parts)),
		overview_strong(overview->palette->truth.ink), truth->w + 8, 1);
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s.truth", touchpoint->id),
		.role = "moment-of-truth",
		.tooltip = tl_canvas_say(canvas, TL_SAY_TIP_TRUTH, touchpoint->title),
		.x = truth->x, .y = y, .w = truth->w, .h = TRUTH_H,
		.halign = truth->before ? TL_END : TL_START, .touchpoint = touchpoint};
	tl_canvas_box(canvas, box, &lines, tl_order_touchpoint(touchpoint, 1));
}

double overview_truths(struct overview *overview, double y)
{
	size_t total = overview->journey->touchpoint_count;
	struct truth *truths = tl_arena_array(overview->arena, struct truth, total);
	size_t n = find_truths(overview, truths);
	double from = overview->left;
	for (size_t i = 0; i < n; i++) {
		double to = i + 1 < n ? truths[i + 1].x : overview->right;
		place_truth(overview, &truths[i], from, to - TRUTH_GAP);
		from = truths[i].x + truths[i].w + TRUTH_GAP;
		draw_truth(overview, &truths[i], y);
	}
	return y + TRUTH_H;
}
