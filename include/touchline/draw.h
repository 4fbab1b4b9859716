/* draw: a scene to bytes, through libcgraph and libgvc. Only user of Graphviz, cairo and
 * HarfBuzz's subsetter.
 *
 * The same scene gives the same bytes. One render at a time per process: Graphviz keeps static
 * state, so parallel renders are processes.
 */
#ifndef TOUCHLINE_DRAW_H
#define TOUCHLINE_DRAW_H

#include "touchline/map.h"

enum tl_format { TL_SVG, TL_PDF, TL_PNG, TL_DOT, TL_JSON, TL_FORMATS };
extern const struct tl_vocabulary tl_formats; /* "svg" … ; also the file extensions */

struct tl_draw_options {
	double png_scale;  /* pixels per point; 0: 2 */
	bool embed_fonts;  /* SVG: carry a subset of the font, so that it looks the same anywhere */
	int64_t timestamp; /* seconds since 1970 for formats that must carry a date (PDF) */
};

/* Whether pages become one file (PDF, JSON) or one each. */
bool tl_format_multipage(enum tl_format format);

/* Appends the file's bytes to out. scenes: one, or all pages of a multipage format. False after
 * reporting what failed (band 07). */
bool tl_draw(struct tl_buf *out, struct tl_diags *diags, enum tl_format format,
	const struct tl_scene *scenes, size_t count, const struct tl_draw_options *options);

/* Appends the names and versions of all fonts that are installed: which of them a map is drawn with
 * depends on all of them. */
void tl_draw_fonts(struct tl_buf *out);

#endif
