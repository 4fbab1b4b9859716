/* draw/path: the outlines of SVG, written short. */
#ifndef TOUCHLINE_DRAW_PATH_H
#define TOUCHLINE_DRAW_PATH_H

#include "touchline/map.h"

/* Path data: absolute where a line begins, then relative to the rounded point before, so that
 * rounding does not add up. Each call appends one line; y points down. */
void tl_path_line(struct tl_buf *out, const struct tl_point *points, size_t count);
/* Cubics (3n+1 points); those that are straight become lines, those that go nowhere are left out.
 * Closed where the last point is the first. */
void tl_path_curve(struct tl_buf *out, const struct tl_point *points, size_t count);

/* Whether a closed curve is a rectangle with quarters of circles as corners, as map makes them. */
struct tl_round_rectangle {
	double x, y, w, h, radius;
};
bool tl_path_is_round_rectangle(
	struct tl_round_rectangle *out, const struct tl_point *points, size_t count);

#endif
