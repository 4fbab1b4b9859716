/* channels: how far from its track each edge runs in the space between tracks.
 *
 * Edges of a channel are stacked like bricks in order of their span, short ones first, so that
 * those inside nest inside. The skyline over the columns is a segment tree with range assignment
 * (what is put down lies flat on the highest below it), so n edges cost O(n log n). Loops hang from
 * the track above, shortcuts stand on the track below: each channel has two stacks.
 */
#include <math.h>
#include <stdlib.h>
#include "map/sheet.h"

enum { LINE_ITEM = 12, LABEL_GAP = 4, STUB_ARROW = 18 };

struct skyline {
	double *highest; /* of the subtree */
	double *flat;	 /* assigned to the whole subtree, or −1 */
	size_t size;	 /* power of two */
};

static struct skyline skyline_new(struct tl_arena *arena, size_t columns)
{
	struct skyline s = {.size = 1};
	while (s.size < columns)
		s.size *= 2;
	s.highest = tl_arena_array(arena, double, 2 * s.size);
	s.flat = tl_arena_array(arena, double, 2 * s.size);
	for (size_t i = 0; i < 2 * s.size; i++)
		s.flat[i] = -1;
	return s;
}

static double skyline_max(const struct skyline *s, size_t node, size_t lo, size_t hi, size_t a,
	size_t b)
{
	if (b <= lo || hi <= a)
		return 0;
	if ((a <= lo && hi <= b) || s->flat[node] >= 0)
		return s->highest[node];
	size_t middle = (lo + hi) / 2;
	return fmax(skyline_max(s, 2 * node, lo, middle, a, b),
		skyline_max(s, 2 * node + 1, middle, hi, a, b));
}

static void skyline_set(
	struct skyline *s, size_t node, size_t lo, size_t hi, size_t a, size_t b, double height)
{
	if (b <= lo || hi <= a)
		return;
	if (a <= lo && hi <= b) {
		s->highest[node] = s->flat[node] = height;
		return;
	}
	size_t middle = (lo + hi) / 2;
	if (s->flat[node] >= 0) {
		for (size_t child = 2 * node; child <= 2 * node + 1; child++)
			s->highest[child] = s->flat[child] = s->flat[node];
		s->flat[node] = -1;
	}
	skyline_set(s, 2 * node, lo, middle, a, b, height);
	skyline_set(s, 2 * node + 1, middle, hi, a, b, height);
	s->highest[node] = fmax(s->highest[2 * node], s->highest[2 * node + 1]);
}

static size_t left_of(const struct sheet_route *route)
{
	size_t to = route->to ? route->to->index : route->from->index;
	return to < route->from->index ? to : route->from->index;
}

static size_t right_of(const struct sheet_route *route)
{
	size_t to = route->to ? route->to->index : route->from->index;
	return to > route->from->index ? to : route->from->index;
}

/* Channel by channel, loops before shortcuts, short before long. */
static int compare(const void *x, const void *y)
{
	const struct sheet_route *a = *(struct sheet_route *const *)x;
	const struct sheet_route *b = *(struct sheet_route *const *)y;
	if (a->channel != b->channel)
		return a->channel < b->channel ? -1 : 1;
	if (a->hangs != b->hangs)
		return a->hangs ? -1 : 1;
	size_t p = right_of(a) - left_of(a), q = right_of(b) - left_of(b);
	if (p != q)
		return p < q ? -1 : 1;
	return a < b ? -1 : a > b;
}

static void put(struct skyline *skyline, struct sheet_route *route)
{
	size_t a = left_of(route), b = right_of(route) + 1;
	if (route->way == WAY_STUB)
		route->item_h = STUB_ARROW + route->label_h + LABEL_GAP;
	else
		route->item_h = fmax(LINE_ITEM, route->label_h + LABEL_GAP);
	double base = skyline_max(skyline, 1, 0, skyline->size, a, b);
	double top = base + route->item_h;
	route->level = base + (route->way == WAY_STUB ? STUB_ARROW : route->item_h / 2);
	skyline_set(skyline, 1, 0, skyline->size, a, b, top);
}

/* What hangs and what stands may reach into each other's part where their columns differ. */
static double height_of(const struct sheet *sheet, const struct skyline *hanging,
	const struct skyline *standing)
{
	double height = 0;
	for (size_t c = 0; c < sheet->count; c++)
		height = fmax(height,
			skyline_max(hanging, 1, 0, hanging->size, c, c + 1) +
				skyline_max(standing, 1, 0, standing->size, c, c + 1));
	return height;
}

void sheet_channels(struct sheet *sheet)
{
	sheet->channels = tl_arena_array(sheet->arena, struct sheet_channel, sheet->tracks + 1);
	struct sheet_route **list =
		tl_arena_array(sheet->arena, struct sheet_route *, sheet->route_count);
	size_t count = 0;
	for (size_t i = 0; i < sheet->route_count; i++)
		if (sheet->routes[i].way != WAY_ROW)
			list[count++] = &sheet->routes[i];
	qsort(list, count, sizeof *list, compare);
	for (size_t i = 0, end; i < count; i = end) {
		struct skyline skylines[] = {skyline_new(sheet->arena, sheet->count),
			skyline_new(sheet->arena, sheet->count)};
		for (end = i; end < count && list[end]->channel == list[i]->channel; end++)
			put(&skylines[list[end]->hangs], list[end]);
		sheet->channels[list[i]->channel].height =
			height_of(sheet, &skylines[0], &skylines[1]);
	}
}
