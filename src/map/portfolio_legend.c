/* portfolio_legend: what the signs of the page mean, and no others. */
#include <math.h>
#include "map/portfolio.h"

enum { ROW_H = 20, SPACE = 26, SIGN_GAP = 6, SWATCH_W = 18, SWATCH_H = 13, STEP = 24 };

struct item {
	enum portfolio_sign sign;
	double sign_w;
	const char *text;
};

/* ---- texts ---------------------------------------------------------------------------------- */

static const char *verdicts(struct portfolio *portfolio, const bool *shown)
{
	const char *parts[TL_HOTSPOT + 1] = {NULL};
	for (int v = TL_HOTSPOT; v >= TL_NO_EVIDENCE; v--)
		if (shown[v])
			parts[TL_HOTSPOT - v] =
				tl_feedback_verdict(&portfolio->canvas, (enum tl_verdict)v);
	return tl_canvas_join(&portfolio->canvas, ", ", parts, TL_COUNT(parts));
}

static size_t count(const bool *shown)
{
	size_t n = 0;
	for (size_t v = 0; v <= TL_HOTSPOT; v++)
		n += shown[v];
	return n;
}

/* "share of the episodes: from 0, 5, 10, 20, 40%" */
static const char *shade_text(struct portfolio *portfolio)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	const char *parts[PORTFOLIO_SHADES];
	for (size_t i = 0; i < PORTFOLIO_SHADES; i++)
		parts[i] = i + 1 < PORTFOLIO_SHADES
			? tl_say_number(canvas->arena, canvas->language, portfolio_steps[i] * 100, 0,
				  false)
			: tl_feedback_rate(canvas, portfolio_steps[i]);
	return tl_canvas_say(canvas, TL_SAY_LEGEND_PORTFOLIO_SHADE,
		tl_canvas_join(canvas, ", ", parts, PORTFOLIO_SHADES));
}

static struct item item_of(
	struct portfolio *portfolio, enum portfolio_sign sign, const struct portfolio_used *used)
{
	static const enum tl_word words[PORTFOLIO_SIGNS] = {
		[PORTFOLIO_BADGE] = TL_SAY_LEGEND_PORTFOLIO_BADGE,
		[PORTFOLIO_UNKNOWN] = TL_SAY_LEGEND_NO_EVIDENCE,
		[PORTFOLIO_ASSUMED] = TL_SAY_LEGEND_ASSUMED,
		[PORTFOLIO_MORE] = TL_SAY_LEGEND_PORTFOLIO_MORE,
		[PORTFOLIO_LESS] = TL_SAY_LEGEND_PORTFOLIO_LESS};
	struct tl_canvas *canvas = &portfolio->canvas;
	struct item item = {sign, SWATCH_W, NULL};
	if (sign == PORTFOLIO_HEAT) {
		item.sign_w = STEP * (double)count(used->heat) - (STEP - SWATCH_W);
		item.text = tl_canvas_say(
			canvas, TL_SAY_LEGEND_PORTFOLIO_HEAT, verdicts(portfolio, used->heat));
	} else if (sign == PORTFOLIO_SQUARES) {
		item.sign_w = 14 * (double)count(used->squares) - 6;
		item.text = tl_canvas_say(
			canvas, TL_SAY_LEGEND_PORTFOLIO_SQUARES, verdicts(portfolio, used->squares));
	} else if (sign == PORTFOLIO_SHADE) {
		item.sign_w = STEP * PORTFOLIO_SHADES - (STEP - SWATCH_W);
		item.text = shade_text(portfolio);
	} else {
		item.text = tl_canvas_word(canvas, words[sign]);
	}
	return item;
}

/* ---- signs ---------------------------------------------------------------------------------- */

static void draw_heat(struct portfolio *portfolio, double x, double y)
{
	for (int v = TL_HOTSPOT; v > TL_NO_EVIDENCE; v--) {
		if (!portfolio->used.heat[v])
			continue;
		const struct tl_paint *paint = portfolio_heat(portfolio, (enum tl_verdict)v);
		tl_mark_round(&portfolio->canvas,
			tl_pen_both(paint->fill, paint->stroke,
				portfolio_frame((enum tl_verdict)v)),
			x, y - SWATCH_H / 2.0, SWATCH_W, SWATCH_H, 3);
		x += STEP;
	}
}

static void draw_squares(struct portfolio *portfolio, double x, double y)
{
	for (int v = TL_HOTSPOT; v >= TL_NO_EVIDENCE; v--) {
		if (!portfolio->used.squares[v])
			continue;
		portfolio_square(portfolio, (enum tl_verdict)v, portfolio->palette->ink, x,
			y - PORTFOLIO_SQUARE / 2.0);
		x += 14;
	}
}

static void draw_sign(struct portfolio *portfolio, enum portfolio_sign sign, double x, double y)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	double top = y - SWATCH_H / 2.0;
	if (sign == PORTFOLIO_HEAT)
		draw_heat(portfolio, x, y);
	else if (sign == PORTFOLIO_BADGE)
		portfolio_badge(portfolio, "1", x + SWATCH_W / 2.0, y);
	else if (sign == PORTFOLIO_UNKNOWN)
		tl_feedback_unknown(canvas, x, top, SWATCH_W, SWATCH_H);
	else if (sign == PORTFOLIO_ASSUMED)
		portfolio_dotted(portfolio, x, top, SWATCH_W, SWATCH_H);
	else if (sign == PORTFOLIO_SQUARES)
		draw_squares(portfolio, x, y);
	else if (sign == PORTFOLIO_SHADE)
		for (size_t i = 0; i < PORTFOLIO_SHADES; i++)
			tl_mark_rect(canvas, portfolio_shade(portfolio, i), x + STEP * (double)i, top,
				SWATCH_W, SWATCH_H);
	else
		portfolio_triangle(
			portfolio, sign == PORTFOLIO_MORE ? 1 : -1, x + SWATCH_W / 2.0, y);
}

/* ---- rows ----------------------------------------------------------------------------------- */

/* Places the items row by row; draws them where asked. Returns the height. */
static double flow(
	struct portfolio *portfolio, const struct portfolio_used *used, double y, bool draws)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	double x = PORTFOLIO_MARGIN, top = y;
	for (int sign = 0; sign < PORTFOLIO_SIGNS; sign++) {
		if (!used->signs[sign])
			continue;
		struct item item = item_of(portfolio, (enum portfolio_sign)sign, used);
		double w = item.sign_w + SIGN_GAP + ceil(tl_text_width(item.text, 10, 0) * 1.03);
		if (x > PORTFOLIO_MARGIN && x + w > PORTFOLIO_RIGHT) {
			x = PORTFOLIO_MARGIN;
			y += ROW_H;
		}
		if (draws) {
			draw_sign(portfolio, item.sign, x, y + ROW_H / 2.0);
			tl_mark_text(canvas, x + item.sign_w + SIGN_GAP, y + ROW_H / 2.0 + 3.6,
				TL_START, portfolio_text(portfolio->palette->soft), item.text);
		}
		x += w + SPACE;
	}
	return y + ROW_H - top;
}

double portfolio_legend_height(struct portfolio *portfolio)
{
	struct portfolio_used all = {.heat = {false, true, true, true},
		.squares = {true, true, true, true}};
	for (size_t i = 0; i < PORTFOLIO_SIGNS; i++)
		all.signs[i] = true;
	return flow(portfolio, &all, 0, false);
}

double portfolio_legend_used_height(struct portfolio *portfolio)
{
	return flow(portfolio, &portfolio->used, 0, false);
}

void portfolio_legend(struct portfolio *portfolio, double y)
{
	flow(portfolio, &portfolio->used, y, true);
}
