/* draw/layout: how Graphviz comes by the size of a text.
 *
 * The numbers are those of Graphviz's own pango plugin. Its layouts are not used even for cairo: it
 * puts every letter on a pixel of 96 dpi, which shows in print and on good screens. */
#include <math.h>
#include <graphviz/gvplugin.h>
#include <graphviz/gvplugin_textlayout.h>
#include "draw/layout.h"
#include "touchline/map.h"

static boolean measured(textspan_t *span, char **font_path)
{
	double size = span->font->size;

	(void)font_path;
	span->size.x = (int)(tl_text_width(span->str, size, span->font->flags) + 1);
	span->size.y = (int)(size * 1.1 + .5);
	span->yoffset_layout = size;
	span->yoffset_centerline = 0.2 * size;
	span->layout = NULL;
	span->free_layout = NULL;
	return TRUE;
}

static boolean drawn(textspan_t *span, char **font_path)
{
	double width;

	measured(span, font_path);
	span->layout = tl_text_layout(
		span->str, span->font->size, span->font->flags, &width, &span->yoffset_layout);
	span->free_layout = tl_text_layout_free;
	/* Texts that hang by their middle or their right end hang by what is drawn; but there must
	 * be room in tables for what was measured, and no more. */
	span->size.x = fmin(span->size.x, width);
	return TRUE;
}

gvtextlayout_engine_t tl_layout_measured = {measured};
gvtextlayout_engine_t tl_layout_drawn = {drawn};
