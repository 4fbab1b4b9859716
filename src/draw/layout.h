/* draw/layout: how Graphviz comes by the size of a text. Both engines tell it the widths
 * that map measured, so that nothing is measured twice and everything stands at the same place in
 * every format. */
#ifndef TOUCHLINE_DRAW_LAYOUT_H
#define TOUCHLINE_DRAW_LAYOUT_H

extern struct gvtextlayout_engine_s tl_layout_measured; /* for renderers that write text */
extern struct gvtextlayout_engine_s tl_layout_drawn;    /* for the cairo renderer: PangoLayouts */

#endif
