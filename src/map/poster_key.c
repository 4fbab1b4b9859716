/* poster_key: the table of codes, for who types up what was said: on paper that any printer takes. */
#include <math.h>
#include "map/poster.h"

enum { MARGIN = 40, SIZE = 11, HEAD = 18, ROW_PAD = 3 };

struct key {
	struct poster *poster;
	double width, height, y, x[3]; /* x: of the columns */
	struct tl_scene *pages;
	size_t count, capacity;
};

static struct tl_style text_style(const struct key *key, unsigned flags)
{
	return (struct tl_style){SIZE, flags, key->poster->palette->ink};
}

static void put_lines(struct key *key, const char *text, struct tl_style style)
{
	struct tl_lines lines = {0};
	tl_lines_wrap(&key->poster->canvas, &lines, text, style, key->width - 2 * MARGIN, 4);
	tl_mark_lines(&key->poster->canvas, MARGIN, key->y, TL_START, &lines);
	key->y += lines.height + ROW_PAD;
}

static void put_head(struct key *key)
{
	static const enum tl_word columns[] = {TL_SAY_POSTER_COLUMN_CODE, TL_SAY_POSTER_COLUMN_ID,
		TL_SAY_POSTER_COLUMN_TOUCHPOINT};
	struct poster *poster = key->poster;
	struct tl_canvas *canvas = &poster->canvas;
	key->y = MARGIN;
	put_lines(key,
		tl_arena_printf(poster->arena, "%s: %s",
			tl_canvas_word(canvas, TL_SAY_POSTER_CODES), poster->journey->title),
		(struct tl_style){HEAD, TL_BOLD, poster->palette->ink});
	if (!key->count) {
		put_lines(key, tl_canvas_word(canvas, TL_SAY_POSTER_CODES_ABOUT), text_style(key, 0));
		put_lines(key, "touchpoint, department, text, kind, mood, dots", text_style(key, TL_ITALIC));
		put_lines(key, "touchline note --batch FILE.csv", text_style(key, TL_ITALIC));
	}
	key->y += SIZE;
	for (size_t i = 0; i < TL_COUNT(columns); i++)
		tl_mark_text(canvas, key->x[i], tl_text_baseline(key->y, SIZE), TL_START,
			text_style(key, TL_BOLD), tl_canvas_word(canvas, columns[i]));
	key->y += tl_text_pitch(SIZE) + ROW_PAD;
}

static void begin(struct key *key)
{
	poster_begin(key->poster);
	put_head(key);
}

static void end(struct key *key)
{
	struct poster *poster = key->poster;
	key->pages = tl_arena_grow(
		poster->arena, key->pages, key->count, &key->capacity, sizeof *key->pages);
	struct tl_scene *scene = &key->pages[key->count];
	*scene = poster_finish(poster, "codes", key->count++, key->width, key->height);
	scene->bookmark = tl_canvas_word(&poster->canvas, TL_SAY_POSTER_CODES);
	tl_canvas_turn(&poster->canvas, scene);
}

static void put_row(struct key *key, const struct tl_touchpoint *touchpoint)
{
	struct poster *poster = key->poster;
	struct tl_canvas *canvas = &poster->canvas;
	const char *code = poster_code(poster, touchpoint);
	const char *texts[] = {code, touchpoint->id, touchpoint->title};
	double edge = key->width - MARGIN, h = 0;
	struct tl_lines lines[TL_COUNT(texts)] = {0};
	for (size_t i = 0; i < TL_COUNT(texts); i++) {
		double to = i + 1 < TL_COUNT(texts) ? key->x[i + 1] - SIZE : edge;
		tl_lines_wrap(canvas, &lines[i], texts[i], text_style(key, i ? 0 : TL_BOLD),
			to - key->x[i], 4);
		h = fmax(h, lines[i].height);
	}
	h = ceil(h + 2 * ROW_PAD);
	if (key->y + h > key->height - MARGIN) {
		end(key);
		begin(key);
		canvas = &poster->canvas;
	}
	tl_mark_segment(canvas, tl_pen_stroke(poster->palette->hair, 0.6, TL_SOLID), MARGIN, key->y,
		edge, key->y);
	for (size_t i = 0; i < TL_COUNT(texts); i++)
		tl_mark_lines(canvas, key->x[i], key->y + ROW_PAD, TL_START, &lines[i]);
	struct tl_box box = {
		.id = tl_canvas_id(canvas, "key-%s", touchpoint->id),
		.role = "key",
		.tooltip = tl_canvas_say(canvas, TL_SAY_POSTER_CODE, code, touchpoint->title),
		.x = MARGIN,
		.y = key->y,
		.w = edge - MARGIN,
		.h = h,
		.touchpoint = touchpoint,
	};
	tl_canvas_box(canvas, box, NULL, tl_order_touchpoint(touchpoint, 0));
	key->y += h;
}

void poster_key(struct poster *poster, enum tl_paper paper, struct tl_scene **pages, size_t *count)
{
	struct key key = {.poster = poster};
	tl_paper_size(paper, &key.height, &key.width); /* upright */
	key.x[0] = MARGIN;
	key.x[1] = MARGIN + 60;
	key.x[2] = floor(key.width * 0.42);
	begin(&key);
	for (size_t i = 0; i < poster->journey->touchpoint_count; i++)
		put_row(&key, &poster->journey->touchpoints[i]);
	end(&key);
	*pages = key.pages;
	*count = key.count;
}
