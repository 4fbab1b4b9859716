/* draw/xdot: marks as xdot operations and flows as splines, the two small languages in which
 * Graphviz takes geometry. */
#ifndef TOUCHLINE_DRAW_XDOT_H
#define TOUCHLINE_DRAW_XDOT_H

#include "touchline/map.h"

#define TL_XDOT_ARROW_SIZE "0.7" /* of Graphviz's 10 points */

/* The paper and all marks, as `_background` takes them. */
void tl_xdot_background(struct tl_buf *out, const struct tl_scene *scene);
/* Number of drawing operations that tl_xdot_background writes: what a renderer must have seen,
 * since Graphviz drops everything from a malformed operation on without a word. */
size_t tl_xdot_count(const struct tl_scene *scene);

/* A flow as an edge's `pos`: the arrow's tip, then the curve shortened by the arrow's length. */
void tl_xdot_spline(struct tl_buf *out, double height, const struct tl_flow *flow);

#endif
