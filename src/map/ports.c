/* ports: where on the top and bottom of a card its edges dock, so that verticals never share a
 * place and edges that nest do not cross.
 *
 * What goes left docks left of what goes right. On a bottom side, going left, the shallower edge
 * docks further left; going right, the deeper one does; on a top side the same with heights. A
 * label beside a vertical that goes down and right then meets no other vertical.
 */
#include <math.h>
#include <stdlib.h>
#include "map/sheet.h"

enum { PORT_STEP = 14, PORT_MARGIN = 20 };

struct dock {
	size_t card;
	struct sheet_port *port;
	bool right; /* the edge goes to the right from here */
	double far; /* how far from the card its horizontal runs */
	size_t index; /* of the route: ties */
};

static double distance(const struct sheet_route *route, size_t track, size_t count)
{
	double span = route->to ? fabs((double)route->to->index - (double)route->from->index) : 0;
	double slot; /* tracks at even numbers, the channel above track k at 2k − 1 */
	if (route->way == WAY_ROW)
		slot = 2.0 * (double)track;
	else
		slot = 2.0 * (double)route->channel - 1;
	return slot * (double)(count + 1) + (route->hangs ? span : (double)count - span);
}

/* The row that a bending edge runs along is that of its lower card. */
static size_t row_of(const struct sheet *sheet, const struct sheet_route *route)
{
	size_t a = sheet->cards[route->from->index].track;
	size_t b = route->to ? sheet->cards[route->to->index].track : a;
	return a > b ? a : b;
}

static int compare(const void *x, const void *y)
{
	const struct dock *a = x, *b = y;
	if (a->card != b->card)
		return a->card < b->card ? -1 : 1;
	if (a->port->side != b->port->side)
		return a->port->side < b->port->side ? -1 : 1;
	if (a->right != b->right)
		return a->right ? 1 : -1;
	if (a->far != b->far)
		return (a->far < b->far ? -1 : 1) * (a->right ? -1 : 1);
	return a->index < b->index ? -1 : a->index > b->index;
}

static size_t collect(struct sheet *sheet, struct dock *docks)
{
	size_t n = 0;
	for (size_t i = 0; i < sheet->route_count; i++) {
		struct sheet_route *route = &sheet->routes[i];
		size_t from = route->from->index, to = route->to ? route->to->index : from;
		double far = distance(route, row_of(sheet, route), sheet->count);
		/* An edge from a card to itself docks at the right end, side by side. */
		bool self = route->to == route->from, forward = !route->to || to > from || self;
		if (route->out.side >= SIDE_TOP)
			docks[n++] = (struct dock){from, &route->out, forward,
				route->out.side == SIDE_TOP ? -far : far, i};
		if (route->to && route->in.side >= SIDE_TOP)
			docks[n++] = (struct dock){to, &route->in, !forward || self,
				route->in.side == SIDE_TOP ? -far : far, i};
	}
	return n;
}

static void place(const struct sheet *sheet, struct dock *docks, size_t count)
{
	size_t left = 0;
	while (left < count && !docks[left].right)
		left++;
	double room = sheet->card_w - 2 * PORT_MARGIN, gap = left && left < count ? 8 : 0;
	double step = count > 1 ? fmin(PORT_STEP, (room - gap) / (double)(count - 1)) : 0;
	bool top = docks[0].port->side == SIDE_TOP;
	for (size_t i = 0; i < count; i++) {
		double x = PORT_MARGIN + step * (double)i + (i >= left ? gap : 0);
		if (top) /* shortcuts leave at the right and arrive at the left of the middle */
			x += room * (i >= left ? 1 : 0.4) - step * (double)(count - 1) - gap;
		else if (left == 0)
			x += PORT_STEP;
		docks[i].port->x = round(fmax(PORT_MARGIN / 2, fmin(sheet->card_w - PORT_MARGIN / 2, x)));
	}
}

static void reach(struct sheet_card *card, const struct sheet_port *port, int slot)
{
	if (port->side == SIDE_TOP && slot < card->highest)
		card->highest = slot;
	if (port->side == SIDE_BOTTOM && slot > card->lowest)
		card->lowest = slot;
}

static void find_reach(struct sheet *sheet)
{
	for (size_t i = 0; i < sheet->count; i++)
		sheet->cards[i].highest = sheet->cards[i].lowest = 2 * (int)sheet->cards[i].track;
	for (size_t i = 0; i < sheet->route_count; i++) {
		const struct sheet_route *route = &sheet->routes[i];
		struct sheet_card *from = &sheet->cards[route->from->index];
		struct sheet_card *to = route->to ? &sheet->cards[route->to->index] : from;
		bool row = route->way == WAY_ROW;
		int slot = row ? 2 * (int)row_of(sheet, route) : 2 * (int)route->channel - 1;
		reach(from, &route->out, slot);
		/* Coming up to a bottom along a row: the row is that of the lower card too. */
		reach(to, &route->in, slot);
	}
}

void sheet_ports(struct sheet *sheet)
{
	find_reach(sheet);
	struct dock *docks = tl_arena_array(sheet->arena, struct dock, 2 * sheet->route_count);
	size_t count = collect(sheet, docks);
	qsort(docks, count, sizeof *docks, compare);
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i; end < count && docks[end].card == docks[i].card &&
			docks[end].port->side == docks[i].port->side;)
			end++;
		place(sheet, docks + i, end - i);
	}
}
