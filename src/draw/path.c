/* draw/path: the outlines of SVG, written short. Numbers have two decimals, so everything is
 * counted in hundredths of a point here. */
#include <math.h>
#include "draw/path.h"

struct place { /* hundredths */
	int64_t x, y;
};
struct pen {
	struct tl_buf *out;
	struct place at;
	char command; /* the last one: it need not be repeated */
	bool spaced;  /* a number stands before */
};

static struct place rounded(struct tl_point p)
{
	return (struct place){llround(p.x * 100), llround(p.y * 100)};
}

static bool same(struct place a, struct place b)
{
	return a.x == b.x && a.y == b.y;
}

static void put_number(struct pen *pen, int64_t hundredths)
{
	if (pen->spaced && hundredths >= 0)
		tl_buf_putc(pen->out, ' ');
	tl_buf_number(pen->out, (double)hundredths / 100, 2);
	pen->spaced = true;
}

static void put_command(struct pen *pen, char command)
{
	if (pen->command == command)
		return;
	tl_buf_putc(pen->out, command);
	pen->command = command;
	pen->spaced = false;
}

static void put_offset(struct pen *pen, struct place to)
{
	put_number(pen, to.x - pen->at.x);
	put_number(pen, to.y - pen->at.y);
}

static void move_to(struct pen *pen, struct place to)
{
	put_command(pen, 'M');
	put_number(pen, to.x);
	put_number(pen, to.y);
	pen->at = to;
}

static void line_to(struct pen *pen, struct place to)
{
	if (same(pen->at, to))
		return;
	if (pen->at.y == to.y) {
		put_command(pen, 'h');
		put_number(pen, to.x - pen->at.x);
	} else if (pen->at.x == to.x) {
		put_command(pen, 'v');
		put_number(pen, to.y - pen->at.y);
	} else {
		put_command(pen, 'l');
		put_offset(pen, to);
	}
	pen->at = to;
}

/* Whether p lies on the way from a to b. */
static bool between(struct place a, struct place p, struct place b)
{
	int64_t dx = b.x - a.x, dy = b.y - a.y, px = p.x - a.x, py = p.y - a.y;
	int64_t along = px * dx + py * dy;

	return px * dy == py * dx && along >= 0 && along <= dx * dx + dy * dy;
}

static void curve_to(struct pen *pen, struct place c1, struct place c2, struct place to)
{
	if (between(pen->at, c1, to) && between(pen->at, c2, to)) {
		line_to(pen, to);
		return;
	}
	put_command(pen, 'c');
	put_offset(pen, c1);
	put_offset(pen, c2);
	put_offset(pen, to);
	pen->at = to;
}

void tl_path_line(struct tl_buf *out, const struct tl_point *points, size_t count)
{
	struct pen pen = {.out = out};

	move_to(&pen, rounded(points[0]));
	for (size_t i = 1; i < count; i++)
		line_to(&pen, rounded(points[i]));
}

void tl_path_curve(struct tl_buf *out, const struct tl_point *points, size_t count)
{
	struct pen pen = {.out = out};

	move_to(&pen, rounded(points[0]));
	for (size_t i = 1; i + 2 < count; i += 3)
		curve_to(&pen, rounded(points[i]), rounded(points[i + 1]), rounded(points[i + 2]));
	if (same(rounded(points[0]), rounded(points[count - 1])))
		tl_buf_putc(out, 'z');
}

/* ---- rectangles ---------------------------------------------------------------------------- */

struct extent {
	double left, top, right, bottom;
};

static struct extent extent_of(const struct tl_point *points, size_t count)
{
	struct extent e = {points[0].x, points[0].y, points[0].x, points[0].y};

	for (size_t i = 1; i < count; i++) {
		e.left = fmin(e.left, points[i].x);
		e.top = fmin(e.top, points[i].y);
		e.right = fmax(e.right, points[i].x);
		e.bottom = fmax(e.bottom, points[i].y);
	}
	return e;
}

/* A quarter from a to b round the corner: both controls stand 0.55 of the way to it. */
static bool is_quarter(const struct tl_point p[static 4], struct tl_point corner, double radius)
{
	static const double bend = 0.5523, slack = 0.02;
	double reach = bend * radius;

	return fabs(hypot(p[0].x - corner.x, p[0].y - corner.y) - radius) < slack &&
	       fabs(hypot(p[3].x - corner.x, p[3].y - corner.y) - radius) < slack &&
	       fabs(hypot(p[1].x - p[0].x, p[1].y - p[0].y) - reach) < slack &&
	       fabs(hypot(p[2].x - p[3].x, p[2].y - p[3].y) - reach) < slack &&
	       fabs(hypot(p[1].x - corner.x, p[1].y - corner.y) - (radius - reach)) < slack &&
	       fabs(hypot(p[2].x - corner.x, p[2].y - corner.y) - (radius - reach)) < slack;
}

bool tl_path_is_round_rectangle(
	struct tl_round_rectangle *out, const struct tl_point *points, size_t count)
{
	enum {
		POINTS = 25
	}; /* four sides and four corners, one cubic each, from the top left on */
	struct extent e = extent_of(points, count);
	struct tl_point corners[] = {
		{e.right, e.top}, {e.right, e.bottom}, {e.left, e.bottom}, {e.left, e.top}};
	double radius = points[0].x - e.left;

	if (count != POINTS || !same(rounded(points[0]), rounded(points[POINTS - 1])) ||
		points[0].y != e.top || radius <= 0)
		return false;
	for (size_t side = 0; side < 4; side++) {
		const struct tl_point *p = points + 6 * side;

		if (!between(rounded(p[0]), rounded(p[1]), rounded(p[3])) ||
			!between(rounded(p[0]), rounded(p[2]), rounded(p[3])) ||
			!is_quarter(p + 3, corners[side], radius))
			return false;
	}
	*out = (struct tl_round_rectangle){
		e.left, e.top, e.right - e.left, e.bottom - e.top, radius};
	return true;
}
