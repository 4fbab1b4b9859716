/* draw/font: the part of the font that a scene needs, to be carried inside its SVG. */
#ifndef TOUCHLINE_DRAW_FONT_H
#define TOUCHLINE_DRAW_FONT_H

#include "touchline/map.h"

/* Appends @font-face rules of this family (no quotes in its name) with the glyphs that the scene's
 * texts use, for the faces that it uses. False, and nothing written, where there is no font that
 * could and may be embedded; texts then look as the viewer's fonts make them. */
bool tl_font_embed(struct tl_buf *out, const struct tl_scene *scene, const char *family);

/* An OpenType font as WOFF 1.0: every table deflated. False if it is no font. */
bool tl_font_woff(struct tl_buf *out, const unsigned char *font, size_t size);

void tl_font_base64(struct tl_buf *out, const void *bytes, size_t size);

#endif
