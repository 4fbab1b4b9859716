/* draw/engine: Graphviz at arm's length. The only file that sees gvc.h is engine.c. */
#ifndef TOUCHLINE_DRAW_ENGINE_H
#define TOUCHLINE_DRAW_ENGINE_H

#include <graphviz/cgraph.h>
#include "touchline/draw.h"

enum tl_engine {
	TL_ENGINE_SVG,   /* onto a struct tl_svg; text is measured by map */
	TL_ENGINE_CAIRO, /* onto a cairo_t, in points; text is measured and drawn by pango */
};

/* Draws a graph of tl_emit_graph onto its target. False after reporting what went wrong: success
 * is silence, since Graphviz returns 0 for much that it could not draw. */
bool tl_engine_draw(struct tl_diags *diags, Agraph_t *graph, enum tl_engine engine, void *target);

#endif
