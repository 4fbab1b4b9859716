/* portfolio_channels: channels against kinds of friction, over all journeys. A cell is the share of
 * the channel's episodes that speak of the kind. It is marked where it differs from the share in all
 * other channels together by more than chance: Fisher's exact test of both counts, and over all cells
 * of the matrix the false discovery rate below 5 %, since of so many comparisons some look striking.
 * Channels with fewer episodes than anything is scored by say how few they are, and no more. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "map/portfolio.h"

enum { ROW_H = 36, KIND_W = 240, TRIANGLE = 9 };
#define CHANCE .05

const double portfolio_steps[PORTFOLIO_SHADES] = {0, .05, .1, .2, .4};

/* ---- adding up ------------------------------------------------------------------------------ */

static struct portfolio_channel *channel_of(
	struct portfolio *portfolio, struct tl_table *names, const char *name, size_t *capacity)
{
	size_t *at = tl_table_get(names, name);
	if (!at) {
		portfolio->channels = tl_arena_grow(portfolio->arena, portfolio->channels,
			portfolio->channel_count, capacity, sizeof *portfolio->channels);
		at = tl_arena_new(portfolio->arena, size_t);
		*at = portfolio->channel_count++;
		portfolio->channels[*at] = (struct portfolio_channel){.name = name};
		tl_table_set(names, name, at);
	}
	return &portfolio->channels[*at];
}

static int by_episodes(const void *a, const void *b)
{
	const struct portfolio_channel *p = a, *q = b;
	int order = (p->total < q->total) - (p->total > q->total);
	return order ? order : strcmp(p->name, q->name);
}

static bool is_tested(const struct portfolio *portfolio, const struct portfolio_channel *channel)
{
	return channel->total >= TL_LEAST && portfolio->episodes - channel->total >= TL_LEAST;
}

static void test(struct portfolio *portfolio)
{
	size_t n = portfolio->channel_count * TL_FRICTION_KINDS;
	double *p = tl_arena_array(portfolio->arena, double, n);
	for (size_t i = 0; i < n; i++) {
		const struct portfolio_channel *channel =
			&portfolio->channels[i / TL_FRICTION_KINDS];
		size_t k = i % TL_FRICTION_KINDS;
		p[i] = is_tested(portfolio, channel) && portfolio->kinds[k]
			? tl_score_fisher(channel->cells[k], channel->total,
				  portfolio->kinds[k] - channel->cells[k],
				  portfolio->episodes - channel->total)
			: NAN;
	}
	tl_score_false_discovery(p, p, n);
	for (size_t i = 0; i < n; i++)
		portfolio->channels[i / TL_FRICTION_KINDS].q[i % TL_FRICTION_KINDS] = p[i];
}

void portfolio_collect_channels(struct portfolio *portfolio)
{
	struct tl_table names;
	size_t capacity = 0;
	tl_table_init(&names, portfolio->arena);
	for (size_t i = 0; i < portfolio->count; i++) {
		const struct tl_insight *insight = portfolio->entries[i].insight;
		for (size_t c = 0; insight && c < insight->matrix.channel_count; c++) {
			const struct tl_matrix *matrix = &insight->matrix;
			struct portfolio_channel *channel =
				channel_of(portfolio, &names, matrix->channels[c], &capacity);
			channel->total += matrix->totals[c];
			portfolio->episodes += matrix->totals[c];
			for (size_t k = 0; k < TL_FRICTION_KINDS; k++) {
				channel->cells[k] += matrix->cells[c][k];
				portfolio->kinds[k] += matrix->cells[c][k];
			}
		}
	}
	if (!portfolio->channel_count)
		return;
	qsort(portfolio->channels, portfolio->channel_count, sizeof *portfolio->channels,
		by_episodes);
	test(portfolio);
}

/* ---- drawing -------------------------------------------------------------------------------- */

/* In print no areas of ink: there a thicker frame says what a darker ground says elsewhere. */
struct tl_pen portfolio_shade(const struct portfolio *portfolio, size_t step)
{
	static const unsigned alpha[PORTFOLIO_SHADES] = {0, 0x18, 0x30, 0x4C, 0x70};
	const struct tl_palette *palette = portfolio->palette;
	tl_color color = palette->cold.stroke;
	if (portfolio->options->theme == TL_THEME_PRINT)
		return tl_pen_stroke(palette->axis, 0.5 + 0.6 * (double)step, TL_SOLID);
	return tl_pen_both((color & 0xFFFFFF00) | alpha[step], palette->hair, 0.8);
}

void portfolio_triangle(struct portfolio *portfolio, int direction, double x, double y)
{
	double h = direction > 0 ? TRIANGLE : -TRIANGLE, base = y + h / 2;
	struct tl_point points[] = {
		{x - TRIANGLE / 2.0, base}, {x + TRIANGLE / 2.0, base}, {x, y - h / 2}};
	tl_mark_points(&portfolio->canvas, TL_MARK_POLYGON, tl_pen_fill(portfolio->palette->ink),
		points, TL_COUNT(points));
	portfolio->used.signs[direction > 0 ? PORTFOLIO_MORE : PORTFOLIO_LESS] = true;
}

static size_t step_of(double share)
{
	size_t step = 0;
	while (step + 1 < PORTFOLIO_SHADES && share >= portfolio_steps[step + 1])
		step++;
	return step;
}

/* 1: more than in the other channels, −1: less, 0: nothing beyond chance. */
static int odd(const struct portfolio *portfolio, const struct portfolio_channel *channel, size_t k)
{
	if (!(channel->q[k] < CHANCE))
		return 0;
	uint64_t x = portfolio->kinds[k] - channel->cells[k], n = portfolio->episodes - channel->total;
	return (double)channel->cells[k] / (double)channel->total > (double)x / (double)n ? 1 : -1;
}

static const char *tell_cell(
	struct portfolio *portfolio, const struct portfolio_channel *channel, size_t k)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	uint64_t x = channel->cells[k], n = channel->total;
	uint64_t others = portfolio->kinds[k] - x, of = portfolio->episodes - n;
	int direction = odd(portfolio, channel, k);
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_PORTFOLIO_SHARE,
			tl_word_at(canvas->language, TL_SAY_KIND_CONFUSION, (int)k), channel->name,
			tl_feedback_count(canvas, x), tl_feedback_count(canvas, n),
			tl_feedback_rate(canvas, (double)x / (double)n)),
		tl_canvas_say(canvas, TL_SAY_TIP_PORTFOLIO_INTERVAL,
			tl_feedback_rates(canvas, tl_score_wilson((double)x, (double)n))),
		of ? tl_canvas_say(canvas, TL_SAY_TIP_PORTFOLIO_OTHERS,
			     tl_feedback_count(canvas, others), tl_feedback_count(canvas, of),
			     tl_feedback_rate(canvas, (double)others / (double)of))
		   : NULL,
		direction ? tl_canvas_say(canvas,
				    direction > 0 ? TL_SAY_TIP_PORTFOLIO_MORE
						  : TL_SAY_TIP_PORTFOLIO_LESS,
				    tl_feedback_p(canvas, channel->q[k]))
			  : NULL);
}

struct columns {
	size_t kinds[TL_FRICTION_KINDS], count; /* those that anybody speaks of */
	double w, head;
	struct tl_lines names[TL_FRICTION_KINDS];
};

static struct columns find_columns(struct portfolio *portfolio)
{
	struct columns columns = {0};
	for (size_t k = 0; k < TL_FRICTION_KINDS; k++)
		if (portfolio->kinds[k])
			columns.kinds[columns.count++] = k;
	double room = PORTFOLIO_RIGHT - PORTFOLIO_LEFT + PORTFOLIO_GAP;
	if (columns.count)
		columns.w = fmin(KIND_W, floor(room / (double)columns.count)) - PORTFOLIO_GAP;
	for (size_t i = 0; i < columns.count; i++) {
		const char *name = tl_word_at(portfolio->canvas.language, TL_SAY_KIND_CONFUSION,
			(int)columns.kinds[i]);
		tl_lines_wrap(&portfolio->canvas, &columns.names[i], name,
			portfolio_strong(portfolio->palette->ink), columns.w, 2);
		columns.head = fmax(columns.head, columns.names[i].height);
	}
	return columns;
}

static double column_x(const struct columns *columns, size_t i)
{
	return PORTFOLIO_LEFT + (double)i * (columns->w + PORTFOLIO_GAP);
}

static void draw_head(struct portfolio *portfolio, const struct columns *columns)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	for (size_t i = 0; i < columns->count; i++) {
		size_t k = columns->kinds[i];
		struct tl_box box = {
			.id = tl_canvas_id(canvas, "kind.%s", tl_friction_kinds.words[k]),
			.role = "kind",
			.tooltip = tl_canvas_say(canvas, TL_SAY_TIP_KIND,
				tl_word_at(canvas->language, TL_SAY_KIND_CONFUSION, (int)k)),
			.x = column_x(columns, i),
			.y = portfolio->y,
			.w = columns->w,
			.h = columns->head,
			.valign = TL_END};
		tl_canvas_box(canvas, box, &columns->names[i], tl_order_front(0));
	}
	portfolio->y += columns->head + PORTFOLIO_GAP;
}

static void draw_cell(struct portfolio *portfolio, const struct portfolio_channel *channel, size_t k,
	double x, double w)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	const struct tl_palette *palette = portfolio->palette;
	struct tl_lines lines = {0};
	double share = (double)channel->cells[k] / (double)channel->total;
	int direction = odd(portfolio, channel, k);
	struct tl_pen pen = portfolio_shade(portfolio, step_of(share));
	tl_mark_rect(canvas, pen, x, portfolio->y, w, ROW_H);
	portfolio->used.signs[PORTFOLIO_SHADE] = true;
	tl_lines_wrap(canvas, &lines, tl_feedback_rate(canvas, share),
		portfolio_strong(palette->ink), w - 2 * PORTFOLIO_PAD - TRIANGLE, 1);
	tl_lines_wrap(canvas, &lines,
		tl_canvas_say(canvas, TL_SAY_PART, tl_feedback_count(canvas, channel->cells[k]),
			tl_feedback_count(canvas, channel->total)),
		portfolio_text(palette->ink), w - 2 * PORTFOLIO_PAD, 1);
	if (direction)
		portfolio_triangle(
			portfolio, direction, x + w - PORTFOLIO_PAD - TRIANGLE / 2.0, portfolio->y + 12);
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s.%s", channel->name,
				     tl_friction_kinds.words[k]),
		.role = direction > 0 ? "share more" : direction < 0 ? "share less" : "share",
		.tooltip = tell_cell(portfolio, channel, k),
		.x = x,
		.y = portfolio->y,
		.w = w,
		.h = ROW_H,
		.pad = PORTFOLIO_PAD - 1,
		.valign = TL_MIDDLE};
	tl_canvas_box(canvas, box, &lines, tl_order_front(0));
}

/* Too few to speak of: one grey field. */
static void draw_unknown(
	struct portfolio *portfolio, const struct columns *columns, const char *episodes)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	const struct tl_paint *paint = &portfolio->palette->unknown;
	struct tl_lines lines = {0};
	const char *const parts[] = {tl_feedback_verdict(canvas, TL_NO_EVIDENCE), episodes};
	double w = (double)columns->count * (columns->w + PORTFOLIO_GAP) - PORTFOLIO_GAP;
	const char *text = tl_canvas_join(canvas, TL_DOT, parts, TL_COUNT(parts));
	tl_lines_wrap(
		canvas, &lines, text, portfolio_text(paint->ink), w - 2 * PORTFOLIO_PAD, 1);
	tl_feedback_unknown(canvas, PORTFOLIO_LEFT, portfolio->y, w, ROW_H);
	tl_mark_rect(canvas, tl_pen_fill(paint->fill), PORTFOLIO_LEFT + 2, portfolio->y + 10,
		lines.width * 1.03 + 2 * PORTFOLIO_PAD, ROW_H - 20);
	portfolio->used.signs[PORTFOLIO_UNKNOWN] = true;
	struct tl_box box = {.id = tl_canvas_id(canvas, "few"),
		.role = "share none",
		.tooltip = tl_canvas_sentence(canvas, text),
		.x = PORTFOLIO_LEFT,
		.y = portfolio->y,
		.w = w,
		.h = ROW_H,
		.pad = PORTFOLIO_PAD,
		.valign = TL_MIDDLE};
	tl_canvas_box(canvas, box, &lines, tl_order_front(0));
}

static void draw_channel(struct portfolio *portfolio, const struct columns *columns,
	const struct portfolio_channel *channel)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	const struct tl_palette *palette = portfolio->palette;
	struct tl_lines lines = {0};
	const char *episodes = tl_feedback_many(canvas, channel->total, TL_SAY_PORTFOLIO_EPISODES_1);
	tl_lines_wrap(canvas, &lines, channel->name, (struct tl_style){11, TL_BOLD, palette->ink},
		PORTFOLIO_LABEL_W, 1);
	tl_lines_wrap(
		canvas, &lines, episodes, portfolio_text(palette->soft), PORTFOLIO_LABEL_W, 1);
	struct tl_box box = {.id = tl_canvas_id(canvas, "channel.%s", channel->name),
		.role = "channel",
		.tooltip = tl_canvas_say(canvas, TL_SAY_TIP_PORTFOLIO_CHANNEL, channel->name, episodes),
		.x = PORTFOLIO_MARGIN,
		.y = portfolio->y,
		.w = PORTFOLIO_LABEL_W,
		.h = ROW_H,
		.valign = TL_MIDDLE};
	tl_canvas_box(canvas, box, &lines, tl_order_front(0));
	if (channel->total < TL_LEAST)
		draw_unknown(portfolio, columns, episodes);
	else
		for (size_t i = 0; i < columns->count; i++)
			draw_cell(portfolio, channel, columns->kinds[i], column_x(columns, i),
				columns->w);
	portfolio->y += ROW_H;
}

void portfolio_matrix(struct portfolio *portfolio)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	struct columns columns = find_columns(portfolio);
	double head = portfolio_heading_height() + columns.head + PORTFOLIO_GAP;
	if (!columns.count)
		return;
	for (size_t i = 0; i < portfolio->channel_count; i++) {
		double h = ROW_H + PORTFOLIO_GAP;
		if (portfolio_make_room(portfolio, i ? h : head + 3 * h) || i == 0) {
			portfolio_heading(portfolio,
				tl_canvas_word(canvas, TL_SAY_PORTFOLIO_CHANNELS),
				tl_canvas_word(canvas, TL_SAY_PORTFOLIO_CHANNELS_BELOW));
			draw_head(portfolio, &columns);
		}
		draw_channel(portfolio, &columns, &portfolio->channels[i]);
		portfolio->y += PORTFOLIO_GAP;
	}
}
