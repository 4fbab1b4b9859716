/* poster: see poster.h. The plan comes first, then sheet after sheet is drawn from the top down. */
#include <math.h>
#include <string.h>
#include "map/poster.h"
#include "map/tell.h"

#define MM (72 / 25.4)
static const double margin = 8 * MM; /* what printers and plotters leave blank */

static const char *const paper_words[] = {"a0", "a1", "a2", "a3", "a4", "letter"};
const struct tl_vocabulary tl_papers = {"paper", paper_words, TL_COUNT(paper_words)};

const struct tl_vocabulary tl_poster_sizes = {"size", paper_words, TL_A3 + 1};
const struct tl_vocabulary tl_poster_tiles = {"paper", paper_words + TL_A3, TL_PAPERS - TL_A3};

enum tl_paper tl_poster_tile(int word)
{
	return (enum tl_paper)(TL_A3 + word);
}

void tl_paper_size(enum tl_paper paper, double *width, double *height)
{
	static const double sizes[TL_PAPERS][2] = {[TL_A0] = {1189, 841},
		[TL_A1] = {841, 594},
		[TL_A2] = {594, 420},
		[TL_A3] = {420, 297},
		[TL_A4] = {297, 210},
		[TL_LETTER] = {279.4, 215.9}};
	*width = sizes[paper][0] * MM;
	*height = sizes[paper][1] * MM;
}

void poster_begin(struct poster *poster)
{
	tl_canvas_init(&poster->canvas, poster->arena, poster->journey, poster->insight,
		poster->theme);
}

struct tl_scene poster_finish(
	struct poster *poster, const char *name, size_t number, double width, double height)
{
	struct tl_canvas *canvas = &poster->canvas;
	struct tl_scene scene = tl_canvas_finish(canvas);
	scene.view = TL_VIEW_POSTER;
	scene.id = tl_arena_printf(poster->arena, "%s-%s-%zu", poster->journey->id, name, number + 1);
	scene.title = poster->journey->title;
	scene.description = tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_TITLE, poster->journey->title),
		poster->insight ? tl_feedback_describe(canvas) : NULL);
	scene.bookmark = poster->journey->title;
	scene.width = width;
	scene.height = height;
	return scene;
}

/* ---- bands ---------------------------------------------------------------------------------- */

/* The part of a stage that stands in a band. */
static void draw_stage(struct poster *poster, const struct poster_band *band,
	const struct tl_stage *stage, double x, double y, double h)
{
	const struct poster_type *type = poster->type;
	struct tl_canvas *canvas = &poster->canvas;
	size_t first = stage->touchpoints[0].index, end = first + stage->touchpoint_count;
	size_t from = first > band->first ? first : band->first;
	size_t to = end < band->first + band->count ? end : band->first + band->count;
	double left = x + (double)(from - band->first) * poster->plan.column_w;
	double w = (double)(to - from) * poster->plan.column_w - type->gap;
	const struct tl_paint *paint =
		&poster->palette->stage[tl_stage_hue(stage->index, poster->journey->stage_count)];
	char letters[TL_PLACE_SIZE];
	struct tl_lines lines = {0};
	tl_stage_code(letters, stage);
	const char *text = tl_arena_printf(poster->arena, "%s\u2002%s", letters, stage->title);
	double size = type->title;
	while (size > type->small && tl_text_width(text, size, TL_BOLD) > tl_text_room(w - 2 * type->pad))
		size--;
	tl_lines_wrap(canvas, &lines, text, (struct tl_style){size, TL_BOLD, paint->ink},
		w - 2 * type->pad, 1);
	struct tl_box box = {
		.id = tl_canvas_id(canvas, "stage-%s", stage->id),
		.role = "stage",
		.tooltip = tl_tell_stage(canvas, stage),
		.shape = TL_BOX_RECT,
		.x = left,
		.y = y,
		.w = w,
		.h = h,
		.pad = type->pad / 2,
		.pen = tl_pen_both(paint->fill, paint->stroke, 2 * type->line),
		.halign = TL_START,
		.valign = TL_MIDDLE,
	};
	tl_canvas_box(canvas, box, &lines, tl_order_stage(stage));
}

static void draw_band(
	struct poster *poster, const struct poster_band *band, double x, double y, double extra)
{
	const struct tl_journey *journey = poster->journey;
	const struct poster_plan *plan = &poster->plan;
	double gap = poster->type->gap, card_h, free = (double)(plan->columns - band->count);
	double h = poster_band_height(poster, band, &card_h) + extra;
	double stage_h = poster_stage_height(poster, band);
	for (size_t s = 0; s < journey->stage_count; s++) {
		const struct tl_stage *stage = &journey->stages[s];
		size_t first = stage->touchpoints[0].index;
		if (first < band->first + band->count &&
			first + stage->touchpoint_count > band->first)
			draw_stage(poster, band, stage, x, y, stage_h);
	}
	for (size_t i = 0; i < band->count; i++) {
		struct poster_card card;
		double left = x + (double)i * plan->column_w, top = y + stage_h + gap;
		poster_card_make(poster, &card, &journey->touchpoints[band->first + i]);
		poster_card_draw(poster, &card, left, top, card_h + extra);
		top += card_h + extra + gap;
		poster_mood_draw(poster, card.touchpoint, left, top);
		top += poster_mood_height(poster) + gap;
		poster_notes_draw(poster, card.touchpoint, left, top);
		top += poster_notes_height(poster) + gap;
		poster_dots_draw(poster, card.touchpoint, left, top);
	}
	if (band->count < plan->columns)
		poster_parking_draw(poster, x + (double)band->count * plan->column_w, y,
			free * plan->column_w - gap, h - gap);
}

/* The bands of a sheet share what is left of its height; where a sheet has fewer of them than others,
 * it stays free. */
static void draw_sheet(struct poster *poster, size_t sheet, size_t sheets)
{
	const struct poster_plan *plan = &poster->plan;
	double gap = poster->type->gap, y = poster->top + poster->head_h;
	double bottom = poster->bottom - poster->foot_h;
	double x = poster->left +
		floor((poster->right - poster->left + gap - (double)plan->columns * plan->column_w) / 2);
	size_t from = sheet * plan->per_sheet, to = from + plan->per_sheet;
	double need = 0;
	if (to > plan->band_count)
		to = plan->band_count;
	for (size_t b = from; b < to; b++)
		need += poster_band_height(poster, &plan->bands[b], NULL) + (b > from ? 2 * gap : 0);
	double extra = floor((bottom - y - need) / (double)plan->per_sheet);
	poster_head_draw(poster, sheet, sheets);
	for (size_t b = from; b < to; b++) {
		draw_band(poster, &plan->bands[b], x, y, fmax(0, extra));
		y += poster_band_height(poster, &plan->bands[b], NULL) + fmax(0, extra) + 2 * gap;
	}
}

/* ---- all of it ------------------------------------------------------------------------------ */

static void measure(struct poster *poster, const struct tl_poster_options *options)
{
	tl_paper_size(options->size, &poster->width, &poster->height);
	if (options->upright) {
		double width = poster->width;
		poster->width = poster->height;
		poster->height = width;
	}
	poster->type = poster_type_of(options->size);
	poster->left = poster->top = ceil(margin);
	poster->right = floor(poster->width - margin);
	poster->bottom = floor(poster->height - margin);
}

static void add_sheet(struct poster *poster, struct tl_sheet **sheets, size_t *count,
	size_t *capacity, struct tl_sheet sheet)
{
	*sheets = tl_arena_grow(poster->arena, *sheets, *count, capacity, sizeof **sheets);
	(*sheets)[(*count)++] = sheet;
}

static struct tl_sheet whole(const struct tl_scene *scene)
{
	return (struct tl_sheet){.scene = scene, .w = scene->width, .h = scene->height};
}

const struct tl_sheet *tl_map_poster(size_t *count, struct tl_arena *arena,
	const struct tl_journey *journey, const struct tl_insight *insight,
	const struct tl_poster_options *options, struct tl_poster_facts *facts)
{
	struct poster poster = {
		.arena = arena, .journey = journey, .insight = insight, .theme = options->theme};
	bool tiled = options->sheet != options->size;
	struct tl_sheet *sheets = NULL;
	size_t capacity = 0;
	*count = 0;
	poster.palette = tl_palette_get(options->theme);
	measure(&poster, options);
	poster_begin(&poster);
	poster_departments(&poster);
	poster_head_measure(&poster);
	poster_plan(&poster);
	const struct poster_plan *plan = &poster.plan;
	size_t posters = (plan->band_count + plan->per_sheet - 1) / plan->per_sheet;
	for (size_t i = 0; i < posters; i++) {
		struct tl_scene *scene = tl_arena_new(arena, struct tl_scene);
		poster_begin(&poster);
		draw_sheet(&poster, i, posters);
		*scene = poster_finish(&poster, "poster", i, poster.width, poster.height);
		tl_canvas_turn(&poster.canvas, scene);
		size_t n = 1;
		struct tl_sheet one = whole(scene);
		const struct tl_sheet *list =
			tiled ? poster_tiles(&n, &poster, scene, options->sheet) : &one;
		for (size_t t = 0; t < n; t++)
			add_sheet(&poster, &sheets, count, &capacity, list[t]);
	}
	*facts = (struct tl_poster_facts){posters, tiled ? *count : 0,
		plan->note_rows * plan->note_columns, plan->note_w, plan->note_h};
	struct tl_scene *pages;
	size_t n;
	poster_key(&poster, tiled ? options->sheet : TL_A4, &pages, &n);
	for (size_t i = 0; i < n; i++)
		add_sheet(&poster, &sheets, count, &capacity, whole(&pages[i]));
	return sheets;
}
