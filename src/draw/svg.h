/* draw/svg: our own renderer inside Graphviz, which writes the SVG in one pass. */
#ifndef TOUCHLINE_DRAW_SVG_H
#define TOUCHLINE_DRAW_SVG_H

#include "touchline/draw.h"

struct tl_svg { /* target of one drawing; reached through job->context */
	struct tl_buf *out;
	const struct tl_scene *scene;
	bool embed_fonts;
	size_t drawn; /* operations of the background that arrived */

	/* private */
	const struct tl_box *box; /* that is being drawn */
	size_t path_start;        /* where the open path's data begin, or 0 */
	struct tl_pen path_pen;
	struct tl_buf scratch; /* released by the caller */
};

/* What Graphviz calls, with coordinates as they are in the graph and colours as bytes. */
extern struct gvrender_engine_s tl_svg_renderer;

#endif
