/* pages_known: what was measured at a touchpoint, below the labels of its card: a row for each family
 * of friction, and at the right the last periods. The sentence of a row has all of its figures.
 */
#include <math.h>
#include "map/pages.h"

enum {
	ROW_H = 14, TOP = 2, BOTTOM = 10,
	COLUMN_EPISODES = 290, COLUMN_RATE = 350, COLUMN_SCORE = 480, COLUMN_Q = 540, /* right edges */
	TREND_X = 568,
	TREND_W = PAGES_CARD_W - 2 * PAGES_PAD - TREND_X,
	LEAST_TREND_H = 44,
};

static size_t row_count(const struct tl_touchpoint_score *score)
{
	size_t n = 0;
	for (size_t f = 0; f < TL_FAMILIES; f++)
		n += score->families[f].witness >= 0;
	return n;
}

static bool has_trend(const struct tl_touchpoint_insight *known)
{
	return tl_feedback_evidence(known) && known->trend.family >= 0 && known->trend.count > 1;
}

double pages_known_height(const struct pages *pages, const struct tl_touchpoint *touchpoint)
{
	const struct tl_touchpoint_insight *known = tl_feedback_of(&pages->canvas, touchpoint);
	size_t rows = known ? row_count(known->score) : 0;
	double h = rows ? (double)(rows + 1) * ROW_H : 0;
	if (known && has_trend(known))
		h = fmax(h, ROW_H + LEAST_TREND_H);
	return h > 0 ? TOP + h + BOTTOM : 0;
}

struct table {
	struct pages *pages;
	double x, y;
	struct tl_style style;
};

static void right(struct table *table, double edge, const char *text)
{
	tl_mark_text(&table->pages->canvas, table->x + edge, tl_text_baseline(table->y, 10) - 1.5, TL_END,
		table->style, text);
}

static void left(struct table *table, struct tl_box box, const char *text, uint64_t order)
{
	struct tl_canvas *canvas = &table->pages->canvas;
	struct tl_lines lines = {0};
	box.x = table->x;
	box.y = table->y;
	box.h = ROW_H;
	if (!box.w)
		box.w = COLUMN_Q;
	tl_lines_wrap(canvas, &lines, text, table->style, COLUMN_EPISODES - 60, 1);
	tl_canvas_box(canvas, box, &lines, order);
	table->y += ROW_H;
}

static void draw_row(
	struct table *table, const struct tl_touchpoint *touchpoint, int family, uint64_t order)
{
	struct tl_canvas *canvas = &table->pages->canvas;
	const struct tl_family_score *score =
		&tl_feedback_of(canvas, touchpoint)->score->families[family];
	const char *const name[] = {
		tl_word_at(canvas->language, TL_SAY_FAMILY_DISSATISFACTION, family),
		tl_word_at(canvas->language, TL_SAY_WITNESS_CSAT, score->witness)};
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s.family.%s", touchpoint->id,
				     tl_families.words[family]),
		.role = "family",
		.tooltip = tl_feedback_tell_family(canvas, family, score),
		.touchpoint = touchpoint};
	const char *x = tl_feedback_count(canvas, score->x);
	right(table, COLUMN_EPISODES,
		score->n ? tl_canvas_say(canvas, TL_SAY_PART, x, tl_feedback_count(canvas, score->n))
			 : x);
	if (!isnan(score->rate))
		right(table, COLUMN_RATE, tl_feedback_rate(canvas, score->rate));
	right(table, COLUMN_SCORE,
		score->scored ? tl_arena_printf(canvas->arena, "%s (%s)",
					tl_feedback_figure(canvas, score->score, false),
					tl_feedback_range(canvas, score->interval, false))
			      : "–");
	right(table, COLUMN_Q, score->scored ? tl_feedback_p(canvas, score->q) : "–");
	left(table, box, tl_canvas_join(canvas, " · ", name, TL_COUNT(name)), order);
}

static void draw_table(struct pages *pages, const struct tl_touchpoint *touchpoint, double x, double y)
{
	struct tl_canvas *canvas = &pages->canvas;
	const struct tl_touchpoint_score *score = tl_feedback_of(canvas, touchpoint)->score;
	struct table table = {pages, x, y, {10, TL_BOLD, pages->palette->card.soft}};
	struct tl_box head = {.id = tl_canvas_id(canvas, "%s.family", touchpoint->id),
		.role = "heading",
		.tooltip = tl_canvas_sentence(canvas, tl_canvas_word(canvas, TL_SAY_TABLE_FAMILY)),
		.touchpoint = touchpoint};
	unsigned rank = 12;
	right(&table, COLUMN_EPISODES, tl_canvas_word(canvas, TL_SAY_TABLE_EPISODES));
	right(&table, COLUMN_RATE, tl_canvas_word(canvas, TL_SAY_TABLE_RATE));
	right(&table, COLUMN_SCORE, tl_canvas_word(canvas, TL_SAY_TABLE_SCORE));
	right(&table, COLUMN_Q, tl_canvas_word(canvas, TL_SAY_TABLE_Q));
	left(&table, head, tl_canvas_word(canvas, TL_SAY_TABLE_FAMILY),
		tl_order_touchpoint(touchpoint, rank++));
	tl_mark_segment(canvas, tl_pen_stroke(pages->palette->hair, 0.8, TL_SOLID), x, table.y - 0.5,
		x + COLUMN_Q, table.y - 0.5);
	table.style = pages_fact(pages->palette->card.ink);
	for (int f = 0; f < TL_FAMILIES; f++)
		if (score->families[f].witness >= 0)
			draw_row(&table, touchpoint, f, tl_order_touchpoint(touchpoint, rank++));
}

static void draw_trend(struct pages *pages, const struct tl_touchpoint *touchpoint, double x,
	double y, double h)
{
	struct tl_canvas *canvas = &pages->canvas;
	const struct tl_touchpoint_insight *known = tl_feedback_of(canvas, touchpoint);
	struct tl_lines lines = {0};
	const char *const title[] = {
		tl_word_at(canvas->language, TL_SAY_FAMILY_DISSATISFACTION, known->trend.family),
		tl_word_at(canvas->language, TL_SAY_BY_WEEK, (int)known->trend.kind)};
	tl_lines_wrap(canvas, &lines, tl_canvas_join(canvas, " ", title, TL_COUNT(title)),
		(struct tl_style){10, TL_BOLD, pages->palette->card.soft}, TREND_W, 1);
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s.trend", touchpoint->id),
		.role = "trend",
		.tooltip = tl_feedback_tell_trend(canvas, known),
		.x = x, .y = y, .w = TREND_W, .h = h, .touchpoint = touchpoint};
	tl_feedback_spark(canvas, &known->trend, x, y + ROW_H + 2, TREND_W, h - ROW_H - 2);
	tl_canvas_box(canvas, box, &lines, tl_order_touchpoint(touchpoint, 18));
}

void pages_known_draw(
	struct pages *pages, const struct tl_touchpoint *touchpoint, double x, double y)
{
	const struct tl_touchpoint_insight *known = tl_feedback_of(&pages->canvas, touchpoint);
	double h = pages_known_height(pages, touchpoint) - TOP - BOTTOM;
	if (row_count(known->score))
		draw_table(pages, touchpoint, x + PAGES_PAD, y + TOP);
	if (has_trend(known))
		draw_trend(pages, touchpoint, x + PAGES_PAD + TREND_X, y + TOP, h);
}
