/* plan: which way each `next` takes, and what its label says; everything in slots, before columns
 * and tracks have places.
 *
 * Invariants that keep edges off cards: a column has one card, so a vertical in a card's own column
 * is free above and below it; a row of a track is used only between neighbours on that track; all
 * other horizontals run in the channels between tracks. A stretch of row belongs to one edge.
 */
#include <math.h>
#include "map/sheet.h"

enum { GUTTER_LABEL = 72, ROW_LABEL = 100, CHANNEL_LABEL = 116, SELF_LABEL = 60, STUB_LABEL = 96, LABEL_PAD = 3 };

/* The stretch of row behind a card, up to the next on its track. */
struct stretch {
	size_t out_to;	/* an edge leaves the left card to the right, up to this column */
	size_t in_from; /* an edge comes into the right card from the left, from this column */
	bool out, in;
};

static struct stretch *stretch_before(
	const struct sheet *sheet, struct stretch *behind, struct stretch *first, size_t card)
{
	int previous = sheet->cards[card].previous;
	return previous == SHEET_NONE ? &first[sheet->cards[card].track] : &behind[previous];
}

static bool take_straight(struct stretch *stretch, size_t from, size_t to)
{
	if (stretch->in || stretch->out)
		return false;
	*stretch = (struct stretch){to, from, true, true};
	return true;
}

static bool take_down(struct stretch *stretch, size_t from)
{
	if (stretch->in || (stretch->out && stretch->out_to > from))
		return false;
	stretch->in = true;
	stretch->in_from = from;
	return true;
}

static bool take_up(struct stretch *stretch, size_t to)
{
	if (stretch->out || (stretch->in && stretch->in_from < to))
		return false;
	stretch->out = true;
	stretch->out_to = to;
	return true;
}

struct rows {
	struct stretch *behind, *first;
};

/* Whether the edge can run along a row; then its sides are set. */
static bool try_row(struct sheet *sheet, struct rows *rows, struct sheet_route *route)
{
	const struct sheet_card *a = &sheet->cards[route->from->index];
	const struct sheet_card *b = &sheet->cards[route->to->index];
	size_t from = route->from->index, to = route->to->index;
	if (to <= from)
		return false;
	route->out.side = b->track > a->track ? SIDE_BOTTOM : SIDE_RIGHT;
	route->in.side = b->track < a->track ? SIDE_BOTTOM : SIDE_LEFT;
	if (a->track == b->track)
		return a->next == (int)to && take_straight(&rows->behind[from], from, to);
	if (b->track > a->track)
		return b->previous < (int)from &&
			take_down(stretch_before(sheet, rows->behind, rows->first, to), from);
	return (a->next == SHEET_NONE || a->next > (int)to) && take_up(&rows->behind[from], to);
}

static void go_by_channel(struct sheet *sheet, struct sheet_route *route)
{
	size_t a = sheet->cards[route->from->index].track;
	size_t b = route->to ? sheet->cards[route->to->index].track : a;
	bool back = !route->to || route->to->index <= route->from->index;
	size_t lower = a > b ? a : b;
	/* Between the two tracks where they differ; else above for shortcuts, below for loops. */
	route->channel = a != b || !back ? lower : lower + 1;
	route->hangs = back;
	route->way = route->to ? WAY_CHANNEL : WAY_STUB;
	route->out.side = route->channel <= a ? SIDE_TOP : SIDE_BOTTOM;
	route->in.side = route->channel <= b ? SIDE_TOP : SIDE_BOTTOM;
}

static bool on_main_path(const struct sheet *sheet, const struct sheet_route *route)
{
	const struct tl_touchpoint *from = route->from, *to = route->to;
	if (!to || !sheet->cards[from->index].main || !sheet->cards[to->index].main)
		return false;
	for (size_t i = from->index + 1; i < to->index; i++)
		if (sheet->cards[i].main)
			return false;
	return to->index > from->index;
}

static enum sheet_flow_kind kind_of(const struct sheet *sheet, const struct sheet_route *route)
{
	if (route->to && route->to->index <= route->from->index)
		return FLOW_LOOP;
	if (on_main_path(sheet, route))
		return FLOW_MAIN;
	if (route->way == WAY_CHANNEL && route->out.side == SIDE_TOP && route->in.side == SIDE_TOP)
		return FLOW_SHORTCUT;
	return FLOW_BRANCH;
}

/* ---- labels --------------------------------------------------------------------------------- */

static double label_room(const struct sheet_route *route)
{
	if (route->way == WAY_STUB)
		return STUB_LABEL;
	if (route->way == WAY_CHANNEL)
		return route->to == route->from ? SELF_LABEL : CHANNEL_LABEL;
	return route->out.side == SIDE_BOTTOM ? ROW_LABEL : GUTTER_LABEL;
}

static void label_route(struct sheet *sheet, struct sheet_route *route)
{
	const struct tl_palette *palette = sheet->palette;
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_next *next = route->next;
	double room = label_room(route);
	tl_color ink = palette->tag.ink;
	if (route->way == WAY_STUB)
		tl_lines_wrap(canvas, &route->label, next->journey, sheet_strong(palette->stub.ink), room,
			SHEET_MAX_LINES);
	const char *share = isnan(next->share)
		? NULL
		: tl_say_percent(sheet->arena, canvas->language, next->share);
	const char *const parts[] = {next->when, share};
	const char *text = tl_canvas_join(canvas, TL_DOT, parts, TL_COUNT(parts));
	if (!next->when || !share || tl_text_width(text, 8, 0) <= tl_text_room(room)) {
		tl_lines_wrap(canvas, &route->label, text, sheet_small(ink), room, SHEET_MAX_LINES);
	} else { /* the figure keeps together on a line of its own */
		tl_lines_wrap(
			canvas, &route->label, next->when, sheet_small(ink), room, SHEET_MAX_LINES);
		tl_lines_wrap(canvas, &route->label, share, sheet_small(ink), room, 1);
	}
	const struct tl_passage *passage = route->passage;
	/* A way that nobody is seen on is told where something else was declared; tooltips tell it all. */
	if (passage && passage->of && (passage->n || share))
		tl_lines_wrap(canvas, &route->label,
			tl_canvas_say(canvas, TL_SAY_MEASURED_SHARE,
				tl_feedback_rate(
					canvas, (double)passage->n / (double)passage->of),
				tl_feedback_count(canvas, passage->n),
				tl_feedback_count(canvas, passage->of)),
			sheet_strong(ink), room, 3);
	if (next->handoff >= 0) {
		bool cold = next->handoff == TL_COLD;
		tl_lines_wrap(canvas, &route->label,
			tl_word_at(canvas->language, TL_SAY_HANDOFF_WARM, next->handoff),
			sheet_strong(cold ? palette->cold.ink : palette->warm.ink), room,
			SHEET_MAX_LINES);
	}
	if (!route->label.count)
		return;
	route->label_pad = route->way == WAY_STUB ? LABEL_PAD + 3 : LABEL_PAD;
	route->label_h = route->label.height + 2 * route->label_pad;
	route->label_w = ceil(route->label.width * 1.03) + 2 * route->label_pad + 2;
}

/* Whether the next column is empty where the route passes it: no card, no vertical. */
static bool next_is_free(const struct sheet *sheet, const struct sheet_route *route)
{
	size_t next = route->from->index + 1;
	if (route->to->index <= next)
		return false;
	const struct sheet_card *from = &sheet->cards[route->from->index];
	const struct sheet_card *to = &sheet->cards[route->to->index];
	size_t row = from->track > to->track ? from->track : to->track;
	const struct sheet_card *card = &sheet->cards[next];
	return card->track < row ? card->lowest <= 2 * (int)row : card->highest >= 2 * (int)row;
}

/* What a label needs of the gutter behind its card, beyond what stands in the column. */
static void widen_gutter(struct sheet *sheet, const struct sheet_route *route)
{
	enum { CORNER = 12, ARROW = 16 };
	double *gutter = &sheet->gutter[route->from->index];
	if (route->way != WAY_ROW || !route->label_w || next_is_free(sheet, route))
		return;
	if (route->out.side == SIDE_RIGHT)
		*gutter = fmax(*gutter, route->label_w + 6 + ARROW);
	else
		*gutter = fmax(*gutter,
			route->label_w + CORNER + ARROW - (sheet->card_w - route->out.x));
}

static void markers(struct sheet *sheet)
{
	enum { MARKER = 28 };
	for (size_t i = 0; i < sheet->count; i++) {
		if (sheet->cards[i].start && i)
			sheet->gutter[i - 1] += MARKER;
		if (sheet->cards[i].end)
			sheet->gutter[i] += MARKER;
	}
}

/* The main path takes its rows first, then the others in document order. */
static void route_all(struct sheet *sheet)
{
	struct rows rows = {tl_arena_array(sheet->arena, struct stretch, sheet->count),
		tl_arena_array(sheet->arena, struct stretch, sheet->tracks)};
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < sheet->route_count; i++) {
			struct sheet_route *route = &sheet->routes[i];
			if (on_main_path(sheet, route) != (pass == 0))
				continue;
			if (!route->to || !try_row(sheet, &rows, route))
				go_by_channel(sheet, route);
			route->kind = kind_of(sheet, route);
		}
	}
}

static const char *route_id(
	struct sheet *sheet, const struct tl_touchpoint *from, const struct tl_next *next)
{
	if (next->to)
		return tl_canvas_id(&sheet->canvas, "%s--%s", from->id, next->to->id);
	return tl_canvas_id(
		&sheet->canvas, "%s--%s.%s", from->id, next->journey, next->touchpoint);
}

void sheet_plan(struct sheet *sheet)
{
	size_t total = 0, n = 0;
	for (size_t i = 0; i < sheet->count; i++)
		total += sheet->cards[i].touchpoint->next_count;
	sheet->routes = tl_arena_array(sheet->arena, struct sheet_route, total);
	sheet->route_count = total;
	sheet->gutter = tl_arena_array(sheet->arena, double, sheet->count);
	for (size_t i = 0; i < sheet->count; i++) {
		const struct tl_touchpoint *from = sheet->cards[i].touchpoint;
		const struct tl_touchpoint_insight *known = sheet->cards[i].known;
		for (size_t k = 0; k < from->next_count; k++)
			sheet->routes[n++] = (struct sheet_route){
				.id = route_id(sheet, from, &from->nexts[k]),
				.from = from,
				.to = from->nexts[k].to,
				.next = &from->nexts[k],
				.passage = known ? &known->passages[k] : NULL};
	}
	route_all(sheet);
	for (size_t i = 0; i < total; i++)
		label_route(sheet, &sheet->routes[i]);
	sheet_ports(sheet);
	markers(sheet);
	for (size_t i = 0; i < total; i++)
		widen_gutter(sheet, &sheet->routes[i]);
	sheet_channels(sheet);
}
