/* sheet: the view `map`, from the table of its lanes. A new lane is a row here and a file. */
#include <math.h>
#include <string.h>
#include "map/sheet.h"
#include "map/views.h"

enum { LANE_GAP = 8, LABEL_RADIUS = 6, LINE_ROOM = 28, HEAD_GAP = 20, MIN_LANE = 28 };

#define CELLS lane_cells_measure, lane_cells_draw
#define LANE(...) {__VA_ARGS__},
const struct sheet_lane sheet_lanes[] = {
#include "map/lanes.def"
};
#undef LANE
const size_t sheet_lane_count = TL_COUNT(sheet_lanes);

struct tl_style sheet_body(tl_color color)
{
	return (struct tl_style){9, 0, color};
}

struct tl_style sheet_small(tl_color color)
{
	return (struct tl_style){8, 0, color};
}

struct tl_style sheet_strong(tl_color color)
{
	return (struct tl_style){8, TL_BOLD, color};
}

const char *sheet_quoted(struct sheet *sheet, const char *text)
{
	size_t length = strlen(text);
	/* What is quoted already is not quoted twice. */
	if (length > 1 && text[0] == '"' && text[length - 1] == '"' &&
		!memchr(text + 1, '"', length - 2))
		text = tl_arena_strndup(sheet->arena, text + 1, length - 2);
	return tl_canvas_say(&sheet->canvas, TL_SAY_QUOTED, text);
}

const char *sheet_short_name(struct sheet *sheet, const char *name)
{
	size_t length = strcspn(name, ",(");
	while (length && name[length - 1] == ' ')
		length--;
	return length ? tl_arena_strndup(sheet->arena, name, length) : name;
}

/* ---- lanes ---------------------------------------------------------------------------------- */

struct placed {
	double y, h; /* h 0: not there */
};

static enum tl_word sub_of(const struct sheet *sheet, unsigned lane)
{
	const struct sheet_lane *kind = &sheet_lanes[lane];
	return sheet->canvas.insight && kind->sub_known ? kind->sub_known : kind->sub;
}

static void label_lane(struct sheet *sheet, unsigned lane, double y, double h)
{
	const struct tl_palette *palette = sheet->palette;
	const struct sheet_lane *kind = &sheet_lanes[lane];
	struct tl_canvas *canvas = &sheet->canvas;
	struct tl_pen pen = tl_pen_both(palette->label, palette->band_stroke, 0.8);
	tl_mark_round(canvas, pen, SHEET_MARGIN, y, SHEET_LABEL_W, h, LABEL_RADIUS);
	struct tl_lines lines = {0};
	struct tl_style label = {11, TL_BOLD, palette->ink};
	double room = SHEET_LABEL_W - 20;
	tl_lines_wrap(canvas, &lines, tl_canvas_word(canvas, kind->label), label, room, 3);
	if (kind->sub)
		tl_lines_wrap(canvas, &lines, tl_canvas_word(canvas, sub_of(sheet, lane)),
			sheet_small(palette->soft), room, 4);
	/* Lanes are labelled at their top, where their cells begin; low ones in the middle. */
	double top = h > lines.height + 24 ? y + 10 : y + (h - lines.height) / 2;
	tl_mark_lines(canvas, SHEET_MARGIN + 10, round(top), TL_START, &lines);
}

static double label_height(struct sheet *sheet, unsigned lane)
{
	struct tl_lines lines = {0};
	double room = SHEET_LABEL_W - 20;
	struct tl_style label = {11, TL_BOLD, 0};
	tl_lines_wrap(&sheet->canvas, &lines, tl_canvas_word(&sheet->canvas, sheet_lanes[lane].label),
		label, room, 3);
	if (sheet_lanes[lane].sub)
		tl_lines_wrap(&sheet->canvas, &lines,
			tl_canvas_word(&sheet->canvas, sub_of(sheet, lane)), sheet_small(0), room, 4);
	return lines.height + 12;
}

static void draw_line(struct sheet *sheet, enum tl_word word, double y)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_palette *palette = sheet->palette;
	struct tl_style style = {8, TL_BOLD, palette->soft};
	const char *text = tl_canvas_word(canvas, word);
	double x = SHEET_MARGIN, end = sheet->field_x + sheet->field_w;
	double text_w = tl_text_width(text, 8, TL_BOLD);
	tl_mark_text(canvas, x, y + 3, TL_START, style, text);
	tl_mark_segment(canvas, tl_pen_stroke(palette->axis, 1.2, TL_DASHED),
		x + ceil(text_w * 1.03) + 8, y, end, y);
}

static void draw_bands(struct sheet *sheet, double y, double bottom)
{
	const struct tl_journey *journey = sheet->journey;
	struct tl_pen pen = tl_pen_both(sheet->palette->band, sheet->palette->band_stroke, 0.6);
	for (size_t i = 0; i < journey->stage_count; i++) {
		const struct tl_stage *stage = &journey->stages[i];
		if (!stage->touchpoint_count)
			continue;
		double x = sheet_stage_left(sheet, stage);
		tl_mark_round(&sheet->canvas, pen, x, y, sheet_stage_right(sheet, stage) - x,
			bottom - y, 8);
	}
}

/* Where there is feedback, what it says counts and nothing that is assumed. */
static bool column_hot(const struct sheet *sheet, size_t i)
{
	const struct tl_touchpoint_insight *known = sheet->cards[i].known;
	return known ? known->score->verdict == TL_HOTSPOT : sheet->cards[i].worst;
}

/* Where friction is worst, the column is tinted down to what causes it. */
static void draw_worst_columns(struct sheet *sheet, const struct placed *lanes)
{
	double top = 0, bottom = 0;
	for (unsigned i = 1; i < sheet_lane_count && !sheet_lanes[i].line_above; i++) {
		if (!lanes[i].h)
			continue;
		if (!top)
			top = lanes[i].y;
		bottom = lanes[i].y + lanes[i].h;
	}
	if (!top)
		return;
	for (size_t i = 0; i < sheet->count; i++)
		if (column_hot(sheet, i))
			tl_mark_round(&sheet->canvas, tl_pen_fill(sheet->palette->heat_band),
				sheet->cards[i].x - 6, top, sheet->card_w + 12, bottom - top, 8);
}

static double place_lanes(struct sheet *sheet, struct placed *lanes, double y)
{
	for (unsigned i = 0; i < sheet_lane_count; i++) {
		double h = 0;
		if (sheet->count && (sheet->lanes & (1u << i)))
			h = sheet_lanes[i].measure(sheet, i);
		if (h <= 0)
			continue;
		h = 4 * ceil(fmax(fmax(h, MIN_LANE), label_height(sheet, i)) / 4);
		if (sheet_lanes[i].line_above)
			y += LINE_ROOM - LANE_GAP;
		lanes[i] = (struct placed){y, h};
		y += h + LANE_GAP;
	}
	return y;
}

static void draw_lanes(struct sheet *sheet, const struct placed *lanes)
{
	const struct tl_palette *palette = sheet->palette;
	struct tl_canvas *canvas = &sheet->canvas;
	bool first = true;
	for (unsigned i = 0; i < sheet_lane_count; i++) {
		double y = lanes[i].y;
		if (!lanes[i].h)
			continue;
		if (sheet_lanes[i].line_above)
			draw_line(sheet, sheet_lanes[i].line_above, y - LINE_ROOM / 2);
		else if (!first)
			tl_mark_segment(canvas, tl_pen_stroke(palette->hair, 0.8, TL_SOLID),
				sheet->field_x, y - LANE_GAP / 2, sheet->field_x + sheet->field_w,
				y - LANE_GAP / 2);
		first = false;
		label_lane(sheet, i, y, lanes[i].h);
		sheet_lanes[i].draw(sheet, i, y, lanes[i].h);
		tl_canvas_lane(canvas,
			(struct tl_lane){sheet_lanes[i].name,
				tl_canvas_word(canvas, sheet_lanes[i].label), y, lanes[i].h});
	}
}

/* ---- the view ------------------------------------------------------------------------------- */

static const char *describe(struct sheet *sheet)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_journey *journey = sheet->journey;
	const char *head = tl_canvas_say(canvas, TL_SAY_DESCRIPTION, journey->title,
		tl_arena_printf(sheet->arena, "%zu", journey->stage_count),
		tl_arena_printf(sheet->arena, "%zu", journey->touchpoint_count));
	const char *summary = journey->summaries.count
		? tl_canvas_sentence(canvas, journey->summaries.list[0].text)
		: NULL;
	size_t worst = 0;
	for (size_t i = 1; i < sheet->count; i++)
		if (sheet->assumed[i].friction > sheet->assumed[worst].friction)
			worst = i;
	const char *friction = NULL;
	if (sheet->count && sheet->assumed[worst].friction > 0)
		friction = tl_canvas_say(
			canvas, TL_SAY_DESCRIPTION_WORST, journey->touchpoints[worst].title);
	if (canvas->insight)
		friction = tl_feedback_describe(canvas);
	return tl_canvas_sentences(canvas, head, summary, friction);
}

const struct tl_scene *tl_view_map(size_t *count, struct tl_arena *arena,
	const struct tl_journey *journey, const struct tl_assumed *assumed,
	const struct tl_insight *insight, const struct tl_map_options *options, const char *suffix)
{
	struct sheet sheet = {.arena = arena, .journey = journey, .assumed = assumed,
		.suffix = suffix, .card_links = options->cards, .card_w = SHEET_CARD_W};
	tl_canvas_init(&sheet.canvas, arena, journey, insight, options->theme);
	sheet.palette = sheet.canvas.palette;
	sheet.lanes = options->lanes ? options->lanes : UINT32_MAX;
	struct placed lanes[TL_COUNT(sheet_lanes)] = {0};
	sheet.stacks = tl_arena_array(arena, struct sheet_stack, sheet_lane_count);

	sheet.series_count = tl_series_collect(&sheet.canvas, &sheet.series);
	sheet_grid(&sheet);
	sheet_plan(&sheet);
	sheet_columns(&sheet);
	double y = sheet_title(&sheet, SHEET_MARGIN);
	if (insight)
		y = sheet_figures(&sheet, y + LANE_GAP + 4);
	y += HEAD_GAP;
	double stages_y = y, stages_h = sheet_stages_measure(&sheet);
	double lanes_y = stages_y + stages_h + LANE_GAP;
	double bottom = place_lanes(&sheet, lanes, lanes_y);
	draw_bands(&sheet, lanes_y - 2, bottom - LANE_GAP + 4);
	draw_worst_columns(&sheet, lanes);
	sheet_stages_draw(&sheet, stages_y, stages_h);
	draw_lanes(&sheet, lanes);
	bottom = sheet_legend(&sheet, bottom + LANE_GAP);

	struct tl_scene *scene = tl_arena_new(arena, struct tl_scene);
	*scene = tl_canvas_finish(&sheet.canvas);
	scene->view = TL_VIEW_MAP;
	scene->id = journey->id;
	scene->title = journey->title;
	scene->description = describe(&sheet);
	scene->bookmark = journey->title;
	scene->width = sheet.width;
	scene->height = ceil(bottom + SHEET_MARGIN);
	tl_canvas_turn(&sheet.canvas, scene);
	*count = 1;
	return scene;
}
