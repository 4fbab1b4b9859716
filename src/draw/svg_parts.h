/* draw/svg_parts: the pieces of SVG that the renderer puts together. */
#ifndef TOUCHLINE_DRAW_SVG_PARTS_H
#define TOUCHLINE_DRAW_SVG_PARTS_H

#include "touchline/draw.h"

/* XML declaration, root element, title, description, styles and fonts. */
void tl_svg_head(struct tl_buf *out, const struct tl_scene *scene, bool embed_fonts);

/* The group or link that stands for a box, and its end. */
void tl_svg_open(struct tl_buf *out, const struct tl_scene *scene, const struct tl_box *box);
void tl_svg_close(struct tl_buf *out, const struct tl_box *box);
/* Its outline. */
void tl_svg_box(struct tl_buf *out, const struct tl_box *box);

/* at: the end or the middle of the baseline that align names, on paper: TL_START is left. */
void tl_svg_text(
	struct tl_buf *out, const struct tl_line *line, struct tl_point at, enum tl_align align);

/* Attributes, each with a space before it. */
void tl_svg_number(struct tl_buf *out, const char *name, double value);
void tl_svg_pen(struct tl_buf *out, const struct tl_pen *pen);

#endif
