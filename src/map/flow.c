/* flow: the flow lane in points: tracks and channels below each other, paths of the routes, their
 * labels, starts and ends. */
#include <math.h>
#include <string.h>
#include "map/sheet.h"
#include "map/tell.h"

enum { CLEAR = 12, TOP = 12, TURN_RADIUS = 10, ARROW_ROOM = 14, MAX_DOCKS = 24 };

static double channel_height(const struct sheet *sheet, size_t k)
{
	double used = sheet->channels[k].height;
	if (k == 0 || k == sheet->tracks)
		return used ? used + CLEAR : 0;
	return fmax(28, used + 2 * CLEAR);
}

double sheet_flow_measure(struct sheet *sheet, unsigned lane)
{
	(void)lane;
	sheet_cards_wrap(sheet);
	double y = TOP;
	for (size_t t = 0; t < sheet->tracks; t++) {
		y += ceil(channel_height(sheet, t));
		sheet->track_top[t] = y;
		y += sheet->track_h[t];
	}
	return y + ceil(channel_height(sheet, sheet->tracks)) + TOP;
}

static double channel_y(const struct sheet *sheet, const struct sheet_route *route)
{
	size_t k = route->channel;
	if (route->hangs)
		return sheet->track_top[k - 1] + sheet->track_h[k - 1] + CLEAR + route->level;
	return sheet->track_top[k] - CLEAR - route->level;
}

static double port_y(const struct sheet_card *card, const struct sheet *sheet, enum sheet_side side)
{
	if (side == SIDE_TOP)
		return card->y;
	if (side == SIDE_BOTTOM)
		return card->y + card->h;
	return card->y + sheet->track_mid[card->track];
}

static struct tl_point port_point(
	const struct sheet *sheet, const struct sheet_card *card, const struct sheet_port *port)
{
	double x = card->x + (port->side == SIDE_RIGHT ? sheet->card_w
				: port->side == SIDE_LEFT ? 0 : port->x);
	return (struct tl_point){x, port_y(card, sheet, port->side)};
}

static size_t corners_of(
	const struct sheet *sheet, const struct sheet_route *route, struct tl_point *corners)
{
	const struct sheet_card *a = &sheet->cards[route->from->index];
	struct tl_point from = port_point(sheet, a, &route->out);
	size_t n = 0;
	corners[n++] = from;
	if (route->way == WAY_STUB) {
		corners[n++] = (struct tl_point){from.x, channel_y(sheet, route)};
		return n;
	}
	struct tl_point to = port_point(sheet, &sheet->cards[route->to->index], &route->in);
	if (route->way == WAY_CHANNEL) {
		double y = channel_y(sheet, route);
		corners[n++] = (struct tl_point){from.x, y};
		corners[n++] = (struct tl_point){to.x, y};
	} else if (route->out.side == SIDE_BOTTOM) {
		corners[n++] = (struct tl_point){from.x, to.y};
	} else if (route->in.side == SIDE_BOTTOM) {
		corners[n++] = (struct tl_point){to.x, from.y};
	}
	corners[n++] = to;
	return n;
}

/* ---- labels --------------------------------------------------------------------------------- */

struct docking { /* routes that dock at each card's top or bottom */
	const struct sheet_route **list;
	size_t *first;
};

static struct docking index_docks(struct sheet *sheet)
{
	struct docking docking = {
		tl_arena_array(sheet->arena, const struct sheet_route *, 2 * sheet->route_count),
		tl_arena_array(sheet->arena, size_t, sheet->count + 2)};
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < sheet->route_count; i++) {
			const struct sheet_route *route = &sheet->routes[i];
			size_t ends[] = {route->from->index, route->to ? route->to->index : SIZE_MAX};
			for (size_t e = 0; e < 2; e++) {
				if (ends[e] == SIZE_MAX)
					continue;
				if (pass == 0)
					docking.first[ends[e] + 2]++;
				else
					docking.list[docking.first[ends[e] + 1]++] = route;
			}
		}
		for (size_t c = 0; pass == 0 && c < sheet->count; c++)
			docking.first[c + 2] += docking.first[c + 1];
	}
	return docking;
}

struct area {
	double x, y, w, h;
};

static bool vertical_hits(const struct sheet *sheet, const struct sheet_route *route, size_t card,
	const struct area *area)
{
	struct tl_point corners[4];
	size_t n = corners_of(sheet, route, corners);
	for (size_t i = 1; i < n; i++) {
		double x = corners[i].x;
		if (corners[i - 1].x != x || x < sheet->cards[card].x ||
			x > sheet->cards[card].x + sheet->card_w)
			continue;
		double top = fmin(corners[i - 1].y, corners[i].y);
		double bottom = fmax(corners[i - 1].y, corners[i].y);
		if (x > area->x - 3 && x < area->x + area->w + 3 && bottom > area->y &&
			top < area->y + area->h)
			return true;
	}
	return false;
}

/* Whether a label in a channel would lie on the vertical of an edge other than `but`; columns from
 * `a` to `b` only. */
static bool crossed(const struct sheet *sheet, const struct docking *docking, size_t a, size_t b,
	const struct area *area, const struct sheet_route *but)
{
	for (size_t c = a; c <= b; c++) {
		const struct sheet_card *card = &sheet->cards[c];
		if (card->x > area->x + area->w || card->x + sheet->card_w < area->x)
			continue;
		size_t end = docking->first[c + 1];
		if (end > docking->first[c] + MAX_DOCKS)
			end = docking->first[c] + MAX_DOCKS;
		for (size_t i = docking->first[c]; i < end; i++)
			if (docking->list[i] != but &&
				vertical_hits(sheet, docking->list[i], c, area))
				return true;
	}
	return false;
}

/* The place along a channel nearest to its middle that no vertical crosses. */
static double channel_label_x(const struct sheet *sheet, const struct docking *docking,
	const struct sheet_route *route, double from, double to, double y)
{
	enum { STEP = 18, TRIES = 16 };
	double middle = (from + to) / 2 - route->label_w / 2;
	double lo = fmin(from, to) + 6, hi = fmax(from, to) - 6 - route->label_w;
	/* The columns near the middle, as far as the tries reach. */
	size_t a = route->from->index, b = route->to->index, low = a < b ? a : b, high = a < b ? b : a;
	while (high - low > 8 && sheet->cards[low + 1].x + sheet->card_w < middle - STEP * TRIES)
		low++;
	while (high - low > 8 && sheet->cards[high - 1].x > middle + route->label_w + STEP * TRIES)
		high--;
	for (int i = 0; i < 2 * TRIES; i++) {
		double x = round(middle + (i % 2 ? 1 : -1) * ((i + 1) / 2) * STEP);
		struct area area = {x, y, route->label_w, route->label_h};
		if (x >= lo && x <= hi && !crossed(sheet, docking, low, high, &area, NULL))
			return x;
	}
	/* The run is short, or crowded: over its own corners then, but over no other edge. */
	lo = fmax(sheet->cards[low].x - 8, fmin(from, to) + 14 - route->label_w);
	hi = fmin(sheet->cards[high].x + sheet->card_w + 8 - route->label_w, fmax(from, to) - 14);
	for (int i = 0; i < 2 * TRIES; i++) {
		double x = round(middle + (i % 2 ? 1 : -1) * ((i + 1) / 2) * STEP / 2);
		struct area area = {x, y, route->label_w, route->label_h};
		if (x >= lo && x <= hi && !crossed(sheet, docking, low, high, &area, route))
			return x;
	}
	return round(middle);
}

static void place_label(const struct sheet *sheet, const struct docking *docking,
	const struct sheet_route *route, const struct tl_point *corners, size_t n, double *x, double *y)
{
	const struct sheet_card *a = &sheet->cards[route->from->index];
	double line = corners[n > 2 ? 1 : 0].y;
	*y = round(line - route->label_h / 2);
	if (route->way == WAY_CHANNEL) {
		*x = channel_label_x(sheet, docking, route, corners[1].x, corners[2].x, *y);
		return;
	}
	double right = a->x + sheet->card_w, from = right + 4;
	double to = right + sheet->gutter[route->from->index];
	if (route->out.side == SIDE_BOTTOM)
		from = corners[1].x + TURN_RADIUS;
	if (route->in.side == SIDE_LEFT && to >= sheet->cards[route->to->index].x - 1)
		to -= ARROW_ROOM;
	/* What the gutter does not hold runs on over the next column, which is free then. */
	*x = round(fmax(from + 4, (from + to - route->label_w) / 2));
}

static void draw_label(struct sheet *sheet, const struct sheet_route *route, const char *flow_id,
	const char *tooltip, double x, double y, unsigned lane)
{
	const struct tl_palette *palette = sheet->palette;
	const struct tl_paint *paint = &palette->tag;
	const char *role = "flow-label";
	if (route->next->handoff == TL_COLD) {
		paint = &palette->cold;
		role = "flow-label cold";
	} else if (route->next->handoff == TL_WARM) {
		paint = &palette->warm;
		role = "flow-label warm";
	}
	struct tl_box box = {.id = tl_canvas_id(&sheet->canvas, "%s.label", flow_id),
		.role = role,
		.tooltip = tooltip,
		.shape = TL_BOX_ROUND,
		.x = x,
		.y = y,
		.w = route->label_w,
		.h = route->label_h,
		.pad = route->label_pad,
		.pen = tl_pen_both(paint->fill, paint->stroke, 0.7),
		.halign = TL_MIDDLE,
		.valign = TL_MIDDLE,
		.touchpoint = route->from,
		.lane = sheet_lanes[lane].name};
	tl_canvas_box(&sheet->canvas, box, &route->label, tl_order_touchpoint(route->from, 3));
}

/* ---- flows ---------------------------------------------------------------------------------- */

static struct tl_pen flow_pen(const struct sheet *sheet, const struct sheet_route *route)
{
	const struct tl_palette *palette = sheet->palette;
	switch (route->kind) {
	case FLOW_MAIN:
		return tl_pen_stroke(palette->main, 1.8, TL_SOLID);
	case FLOW_SHORTCUT:
		return tl_pen_stroke(palette->shortcut, 1.4, TL_SOLID);
	case FLOW_LOOP:
		return tl_pen_stroke(palette->loop, 1.4, TL_DASHED);
	case FLOW_BRANCH:
		break;
	}
	return tl_pen_stroke(palette->flow, 1.3, TL_SOLID);
}

static const char *draw_stub(struct sheet *sheet, const struct sheet_route *route,
	const char *flow_id, const char *tooltip, struct tl_point tip, unsigned lane)
{
	const struct tl_paint *paint = &sheet->palette->stub;
	const struct sheet_card *card = &sheet->cards[route->from->index];
	double right = card->x + sheet->card_w + sheet->gutter[route->from->index] - 8;
	struct tl_box box = {.id = tl_canvas_id(&sheet->canvas, "%s.stub", flow_id),
		.role = "stub",
		.tooltip = tooltip,
		.href = tl_canvas_link(&sheet->canvas, route->next->journey, sheet->suffix),
		.shape = TL_BOX_ROUND,
		.x = fmax(card->x, fmin(tip.x - 14, right - route->label_w)),
		.y = round(tip.y),
		.w = route->label_w,
		.h = route->label_h,
		.pad = route->label_pad,
		.pen = tl_pen_both(paint->fill, paint->stroke, 1),
		.valign = TL_MIDDLE,
		.touchpoint = route->from,
		.lane = sheet_lanes[lane].name};
	tl_canvas_box(&sheet->canvas, box, &route->label, tl_order_touchpoint(route->from, 3));
	return box.id;
}

static void draw_route(struct sheet *sheet, const struct sheet_route *route,
	const struct docking *docking, unsigned lane)
{
	static const char *const roles[] = {[FLOW_MAIN] = "flow main", [FLOW_BRANCH] = "flow",
		[FLOW_SHORTCUT] = "flow shortcut", [FLOW_LOOP] = "flow loop"};
	static const enum sheet_code codes[] = {[FLOW_MAIN] = CODE_MAIN,
		[FLOW_BRANCH] = CODE_BRANCH, [FLOW_SHORTCUT] = CODE_SHORTCUT, [FLOW_LOOP] = CODE_LOOP};
	struct tl_canvas *canvas = &sheet->canvas;
	struct tl_point corners[4];
	size_t n = corners_of(sheet, route, corners);
	sheet_use(sheet, route->way == WAY_STUB ? CODE_STUB : codes[route->kind]);
	if (route->next->handoff >= 0)
		sheet_use(sheet, route->next->handoff == TL_COLD ? CODE_COLD : CODE_WARM);
	struct tl_flow flow = {
		.id = route->id, .role = roles[route->kind], .next = route->next};
	flow.tooltip = tl_tell_next(canvas, route->from, route->next, route->kind == FLOW_LOOP);
	if (route->passage)
		flow.tooltip = tl_canvas_sentences(canvas, flow.tooltip,
			tl_feedback_tell_passage(canvas, route->passage));
	flow.from = sheet->cards[route->from->index].id;
	flow.pen = flow_pen(sheet, route);
	tl_path_round(canvas, &flow.points, &flow.point_count, corners, n, TURN_RADIUS);
	if (!route->to) {
		flow.to = draw_stub(sheet, route, flow.id, flow.tooltip, corners[1], lane);
	} else {
		flow.to = sheet->cards[route->to->index].id;
		if (route->label_w) {
			double x, y;
			place_label(sheet, docking, route, corners, n, &x, &y);
			draw_label(sheet, route, flow.id, flow.tooltip, x, y, lane);
		}
	}
	tl_canvas_flow(canvas, flow);
}

static void draw_ends(struct sheet *sheet, const struct sheet_card *card, unsigned lane)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_palette *palette = sheet->palette;
	double y = card->y + sheet->track_mid[card->track];
	struct tl_pen line = tl_pen_stroke(palette->main, 1.8, TL_SOLID);
	struct tl_box box = {.w = 14, .h = 14, .y = y - 7, .touchpoint = card->touchpoint,
		.lane = sheet_lanes[lane].name};
	if (card->start) {
		sheet_use(sheet, CODE_START);
		tl_mark_segment(canvas, line, card->x - 14, y, card->x, y);
		tl_mark_disc(canvas, tl_pen_fill(palette->main), card->x - 15, y, 4.5);
		box.id = tl_canvas_id(canvas, "%s.start", card->touchpoint->id);
		box.role = "start";
		box.tooltip = tl_canvas_say(canvas, TL_SAY_TIP_START, card->touchpoint->title);
		box.x = card->x - 22;
		tl_canvas_box(canvas, box, NULL, tl_order_touchpoint(card->touchpoint, 4));
	}
	if (card->end) {
		sheet_use(sheet, CODE_END);
		double x = card->x + sheet->card_w;
		tl_mark_segment(canvas, line, x, y, x + 9, y);
		tl_mark_disc(canvas, tl_pen_both(palette->paper, palette->main, 1.4), x + 14, y, 5);
		tl_mark_disc(canvas, tl_pen_fill(palette->main), x + 14, y, 2.4);
		box.id = tl_canvas_id(canvas, "%s.end", card->touchpoint->id);
		box.role = "end";
		box.tooltip = tl_canvas_say(canvas, TL_SAY_TIP_END, card->touchpoint->title);
		box.x = x + 7;
		tl_canvas_box(canvas, box, NULL, tl_order_touchpoint(card->touchpoint, 4));
	}
}

void sheet_flow_draw(struct sheet *sheet, unsigned lane, double y, double h)
{
	(void)h;
	for (size_t t = 0; t < sheet->tracks; t++)
		sheet->track_top[t] += y;
	for (size_t i = 0; i < sheet->count; i++) {
		sheet->cards[i].y = sheet->track_top[sheet->cards[i].track];
		draw_ends(sheet, &sheet->cards[i], lane);
	}
	sheet_cards_draw(sheet, lane);
	struct docking docking = index_docks(sheet);
	/* The main path last: it lies on top of what it crosses. */
	for (int main = 0; main < 2; main++)
		for (size_t i = 0; i < sheet->route_count; i++)
			if ((sheet->routes[i].kind == FLOW_MAIN) == main)
				draw_route(sheet, &sheet->routes[i], &docking, lane);
}
