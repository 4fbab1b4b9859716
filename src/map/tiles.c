/* tiles: a poster on sheets that any printer takes. All windows are alike; each overlaps the next by
 * its glue edge, at the right and below. They are cut along the marks, all four sides; the next sheet
 * lies on the glue edge of the one before, so its edges are what is seen.
 *
 * Windows stand on whole points, of the poster as of the sheet: what is drawn of a poster in two
 * sheets is the same to the pixel.
 */
#include <math.h>
#include "map/poster.h"

enum {
	OVERLAP = 29, /* 10.2 mm */
	MARK_FROM = 3, MARK_TO = 12, /* from the window */
	SIDE = 38,    /* what printers leave blank, 8 mm are 22.7 points, and marks */
	FOOT = 58,    /* the same, and what a sheet says about itself */
	LABEL = 10, HINT = 8, MAP_H = 26, INDENT = 16,
};

struct tiling {
	double paper_w, paper_h, window_w, window_h, left, top;
	size_t columns, rows;
};

static size_t pieces(double total, double most)
{
	return total <= most ? 1 : (size_t)ceil((total - OVERLAP) / (most - OVERLAP));
}

/* The smallest windows that cover it. */
static double window(double total, size_t count)
{
	return ceil((total + (double)(count - 1) * OVERLAP) / (double)count);
}

static struct tiling tile(const struct tl_scene *scene, double paper_w, double paper_h)
{
	struct tiling t = {.paper_w = paper_w, .paper_h = paper_h};
	double most_w = floor(paper_w - 2 * SIDE), most_h = floor(paper_h - SIDE - FOOT);
	t.columns = pieces(scene->width, most_w);
	t.rows = pieces(scene->height, most_h);
	t.window_w = window(scene->width, t.columns);
	t.window_h = window(scene->height, t.rows);
	t.left = floor((paper_w - t.window_w) / 2);
	t.top = SIDE + floor((most_h - t.window_h) / 2);
	return t;
}

static const char *name_of(struct poster *poster, size_t column, size_t row)
{
	char letters[TL_PLACE_SIZE];
	tl_stage_code(letters, &(struct tl_stage){.index = column});
	return tl_arena_printf(poster->arena, "%s%zu", letters, row + 1);
}

static void cut_marks(struct poster *poster, const struct tiling *t)
{
	struct tl_canvas *canvas = &poster->canvas;
	struct tl_pen pen = tl_pen_stroke(poster->palette->ink, 0.5, TL_SOLID);
	for (int corner = 0; corner < 4; corner++) {
		double x = t->left + (corner & 1 ? t->window_w : 0), sx = corner & 1 ? 1 : -1;
		double y = t->top + (corner & 2 ? t->window_h : 0), sy = corner & 2 ? 1 : -1;
		tl_mark_segment(canvas, pen, x + sx * MARK_FROM, y, x + sx * MARK_TO, y);
		tl_mark_segment(canvas, pen, x, y + sy * MARK_FROM, x, y + sy * MARK_TO);
	}
}

/* A ground that says where glue goes. It ends before the edge of what is seen. */
static void glue_edge(struct poster *poster, double x, double y, double w, double h)
{
	struct tl_canvas *canvas = &poster->canvas;
	tl_mark_hatch(canvas, poster->palette->grid, x + 2, y + 2, w - 4, h - 4, 10);
	tl_mark_rect(canvas, tl_pen_stroke(poster->palette->hair, 0.5, TL_DASHED), x + 2, y + 2,
		w - 4, h - 4);
	if (w > h)
		tl_mark_text(canvas, x + w / 2, y + h / 2 + 0.36 * HINT, TL_MIDDLE,
			(struct tl_style){HINT, 0, poster->palette->soft},
			tl_canvas_word(canvas, TL_SAY_POSTER_GLUE));
}

static void glue_edges(struct poster *poster, const struct tiling *t, size_t column, size_t row)
{
	if (column + 1 < t->columns)
		glue_edge(poster, t->left + t->window_w - OVERLAP, t->top, OVERLAP, t->window_h);
	if (row + 1 < t->rows)
		glue_edge(poster, t->left, t->top + t->window_h - OVERLAP,
			t->window_w - (column + 1 < t->columns ? OVERLAP : 0), OVERLAP);
}

/* All sheets in little, this one filled; returns the x where it begins. */
static double key_map(
	struct poster *poster, const struct tiling *t, size_t column, size_t row, double y)
{
	struct tl_canvas *canvas = &poster->canvas;
	double h = fmin(10, MAP_H / (double)t->rows), w = h * t->window_w / t->window_h;
	double x = t->left + t->window_w - INDENT - w * (double)t->columns;
	for (size_t c = 0; c < t->columns; c++)
		for (size_t r = 0; r < t->rows; r++) {
			tl_color fill = c == column && r == row ? poster->palette->ink
								: poster->palette->paper;
			tl_mark_rect(canvas, tl_pen_both(fill, poster->palette->axis, 0.5),
				x + (double)c * w, y + (double)r * h, w, h);
		}
	return x;
}

static void foot(struct poster *poster, const struct tiling *t, size_t column, size_t row)
{
	struct tl_canvas *canvas = &poster->canvas;
	const struct tl_palette *palette = poster->palette;
	double y = t->top + t->window_h + MARK_FROM, x = t->left + INDENT;
	double room = key_map(poster, t, column, row, y) - INDENT - x;
	struct tl_lines lines = {0};
	const char *sheet = tl_canvas_say(canvas, TL_SAY_POSTER_SHEET, name_of(poster, column, row),
		name_of(poster, t->columns - 1, t->rows - 1));
	tl_lines_wrap(canvas, &lines,
		tl_arena_printf(poster->arena, "%s" TL_DOT "%s", sheet, poster->journey->title),
		(struct tl_style){LABEL, TL_BOLD, palette->ink}, room, 1);
	tl_lines_wrap(canvas, &lines, tl_canvas_say(canvas, TL_SAY_POSTER_CUT, "10"),
		(struct tl_style){HINT, 0, palette->soft}, room, 1);
	tl_mark_lines(canvas, x, y, TL_START, &lines);
}

static struct tl_sheet sheet_of(struct poster *poster, const struct tl_scene *scene,
	const struct tiling *t, size_t column, size_t row)
{
	struct tl_scene *frame = tl_arena_new(poster->arena, struct tl_scene);
	poster_begin(poster);
	glue_edges(poster, t, column, row);
	cut_marks(poster, t);
	foot(poster, t, column, row);
	*frame = poster_finish(poster, "tile", row * t->columns + column, t->paper_w, t->paper_h);
	frame->bookmark = name_of(poster, column, row);
	frame->paper = 0;
	return (struct tl_sheet){.scene = frame,
		.part = scene,
		.x = (double)column * (t->window_w - OVERLAP),
		.y = (double)row * (t->window_h - OVERLAP),
		.w = t->window_w,
		.h = t->window_h,
		.left = t->left,
		.top = t->top};
}

struct tl_sheet *poster_tiles(
	size_t *count, struct poster *poster, const struct tl_scene *scene, enum tl_paper paper)
{
	double w, h;
	tl_paper_size(paper, &w, &h);
	struct tiling t = tile(scene, w, h), upright = tile(scene, h, w);
	if (upright.columns * upright.rows < t.columns * t.rows)
		t = upright;
	*count = t.columns * t.rows;
	struct tl_sheet *sheets = tl_arena_array(poster->arena, struct tl_sheet, *count);
	for (size_t i = 0; i < *count; i++)
		sheets[i] = sheet_of(poster, scene, &t, i % t.columns, i / t.columns);
	return sheets;
}
