/* overview_legend: one row, or two, that explain what is on the slide and nothing else. */
#include <math.h>
#include "map/overview.h"

enum { ROW_H = 15, LEAST_SPACE = 10, MOST_SPACE = 24, MAX_ITEMS = 10 };

/* A sign and what it means. */
struct item {
	double sign_w;
	enum tl_word word;
	void (*draw)(struct overview *overview, double x, double y);
};

static void draw_faces(struct overview *overview, double x, double y)
{
	for (int v = -2; v <= 2; v++)
		tl_icon_face(&overview->canvas, v, x + 6 + (v + 2) * 14, y, 5.5);
}

static void draw_truth(struct overview *overview, double x, double y)
{
	tl_mark_text(&overview->canvas, x + 5, y + 3.6, TL_MIDDLE,
		overview_strong(overview->palette->truth.ink), "★");
}

static void draw_assumed(struct overview *overview, double x, double y)
{
	struct tl_canvas *canvas = &overview->canvas;
	tl_color heat = overview->palette->heat[TL_HEAT - 1];
	tl_mark_hatch(canvas, heat, x, y - 6, 14, 12, 4);
	tl_mark_rect(canvas, tl_pen_stroke(heat, 1, TL_DOTTED), x, y - 6, 14, 12);
}

static void draw_worst(struct overview *overview, double x, double y)
{
	const struct tl_palette *palette = overview->palette;
	tl_mark_disc(&overview->canvas, tl_pen_both(palette->paper, palette->heat[TL_HEAT - 1], 1.4),
		x + 7, y, 7);
	tl_mark_text(&overview->canvas, x + 7, y + 3.6, TL_MIDDLE,
		overview_strong(palette->heat_ink[TL_HEAT - 1]), "1");
}

static void draw_severity(struct overview *overview, double x, double y)
{
	const struct tl_paint *paint = &overview->palette->pain[TL_HEAT - 1];
	tl_mark_round(&overview->canvas, tl_pen_both(paint->fill, paint->stroke, 1), x, y - 6.5, 14,
		13, 3);
	tl_mark_text(&overview->canvas, x + 7, y + 3.6, TL_MIDDLE, overview_strong(paint->ink), "4");
}

static void draw_count(struct overview *overview, double x, double y)
{
	tl_mark_round(&overview->canvas, tl_pen_stroke(overview->palette->soft, 1.1, TL_SOLID), x,
		y - 3.75, 10, 7.5, 2);
}

/* ---- feedback --------------------------------------------------------------------------------- */

static void draw_bar(struct overview *overview, double x, double y)
{
	struct tl_canvas *canvas = &overview->canvas;
	tl_mark_rect(canvas, tl_pen_fill(overview->palette->heat[TL_HEAT - 1]), x, y - 3, 12, 9);
	tl_feedback_line(canvas, x + 6, y - 7, x + 6, y + 2);
}

static void draw_unknown(struct overview *overview, double x, double y)
{
	tl_feedback_unknown(&overview->canvas, x, y - 6, 14, 12);
}

static void draw_dotted(struct overview *overview, double x, double y)
{
	tl_mark_rect(&overview->canvas,
		tl_pen_stroke(overview->palette->heat[TL_HEAT - 1], 1.4, TL_DOTTED), x, y - 6, 14, 12);
}

static void draw_declared(struct overview *overview, double x, double y)
{
	tl_mark_segment(&overview->canvas, tl_pen_stroke(overview->palette->curve, 1.2, TL_DASHED), x,
		y, x + 24, y);
}

static void draw_rank(struct overview *overview, double x, double y, enum tl_verdict verdict)
{
	struct tl_badge badge = tl_feedback_badge(&overview->canvas, verdict);
	tl_mark_disc(&overview->canvas, badge.pen, x + 7, y, 7);
	tl_mark_text(&overview->canvas, x + 7, y + 3.6, TL_MIDDLE, overview_strong(badge.ink),
		verdict == TL_HOTSPOT ? "1" : "2");
}

static void draw_hotspot(struct overview *overview, double x, double y)
{
	draw_rank(overview, x, y, TL_HOTSPOT);
}

static void draw_watch(struct overview *overview, double x, double y)
{
	draw_rank(overview, x, y, TL_WATCH);
}

/* What of feedback is really there. */
static size_t find_known_items(const struct overview *overview, struct item *items, size_t n)
{
	const struct tl_insight *insight = overview->canvas.insight;
	bool assumed = false, pains = false, verdicts[TL_HOTSPOT + 1] = {false};
	for (size_t i = 0; i < overview->journey->touchpoint_count; i++)
		assumed |= !tl_feedback_evidence(&insight->touchpoints[i]) &&
			overview->assumed[i].friction > 0;
	for (size_t i = 0; i < overview->worst_count; i++) {
		const struct tl_touchpoint *touchpoint = overview->worst[i].touchpoint;
		const struct tl_touchpoint_insight *known = &insight->touchpoints[touchpoint->index];
		verdicts[known->score->verdict] = true;
		for (size_t k = 0; k < touchpoint->pain_count; k++)
			pains |= known->pains[k].records > 0;
	}
	if (overview_shows_declared(overview))
		items[n++] = (struct item){24, TL_SAY_LEGEND_DECLARED, draw_declared};
	if (insight->score->ranked)
		items[n++] = (struct item){12, TL_SAY_LEGEND_BAR, draw_bar};
	if (insight->score->verdicts[TL_NO_EVIDENCE])
		items[n++] = (struct item){14, TL_SAY_LEGEND_NO_EVIDENCE, draw_unknown};
	if (assumed)
		items[n++] = (struct item){14, TL_SAY_LEGEND_ASSUMED, draw_dotted};
	if (verdicts[TL_HOTSPOT])
		items[n++] = (struct item){14, TL_SAY_LEGEND_HOTSPOT, draw_hotspot};
	if (verdicts[TL_WATCH])
		items[n++] = (struct item){14, TL_SAY_LEGEND_WATCH, draw_watch};
	if (pains)
		items[n++] = (struct item){14, TL_SAY_LEGEND_SEVERITY, draw_severity};
	return n;
}

static size_t find_items(const struct overview *overview, struct item *items)
{
	size_t n = 0;
	if (overview->bare_counts)
		items[n++] = (struct item){10, TL_SAY_LANE_FLOW, draw_count};
	if (overview->series_count)
		items[n++] = (struct item){68, TL_SAY_LEGEND_VALENCE, draw_faces};
	if (overview->truths)
		items[n++] = (struct item){10, TL_SAY_LEGEND_TRUTH, draw_truth};
	if (overview->canvas.insight)
		return find_known_items(overview, items, n);
	items[n++] = (struct item){14, TL_SAY_LEGEND_ASSUMED, draw_assumed};
	if (overview->worst_count) {
		items[n++] = (struct item){14, TL_SAY_LEGEND_WORST, draw_worst};
		items[n++] = (struct item){14, TL_SAY_LEGEND_SEVERITY, draw_severity};
	}
	return n;
}

static double item_width(struct overview *overview, const struct item *item)
{
	const char *text = tl_canvas_word(&overview->canvas, item->word);
	return item->sign_w + 5 + ceil(tl_text_width(text, 10, 0) * 1.03);
}

/* The space that spreads the items over one row, if it is enough to tell them apart. */
static double find_space(struct overview *overview, const struct item *items, size_t n)
{
	double rest = OVERVIEW_W - 2 * OVERVIEW_MARGIN;
	for (size_t i = 0; i < n; i++)
		rest -= item_width(overview, &items[i]);
	double space = n > 1 ? floor(rest / (double)(n - 1)) : 0;
	return space >= LEAST_SPACE ? fmin(space, MOST_SPACE) : MOST_SPACE;
}

/* Places the items row by row; draws them where asked. Returns the height. */
static double flow(struct overview *overview, double y, bool draws)
{
	struct tl_canvas *canvas = &overview->canvas;
	struct item items[MAX_ITEMS];
	size_t n = find_items(overview, items);
	double x = OVERVIEW_MARGIN, top = y, space = find_space(overview, items, n);
	for (size_t i = 0; i < n; i++) {
		double w = item_width(overview, &items[i]);
		if (x > OVERVIEW_MARGIN && x + w > OVERVIEW_W - OVERVIEW_MARGIN) {
			x = OVERVIEW_MARGIN;
			y += ROW_H;
		}
		if (draws) {
			items[i].draw(overview, x, y + ROW_H / 2.0);
			tl_mark_text(canvas, x + items[i].sign_w + 5, y + ROW_H / 2.0 + 3.6,
				TL_START, overview_text(overview->palette->soft),
				tl_canvas_word(canvas, items[i].word));
		}
		x += w + space;
	}
	return y + ROW_H - top;
}

double overview_legend_measure(struct overview *overview)
{
	return flow(overview, 0, false);
}

void overview_legend(struct overview *overview, double y)
{
	flow(overview, y, true);
}
