/* draw/emit: a scene as the graph that Graphviz draws, and texts, links and colours as it takes
 * them. */
#ifndef TOUCHLINE_DRAW_EMIT_H
#define TOUCHLINE_DRAW_EMIT_H

#include <graphviz/cgraph.h>
#include "touchline/draw.h"

/* Bound to every node and edge under this name: what of the scene it stands for. */
#define TL_EMIT_RECORD "touchline"
struct tl_emit_record {
	Agrec_t header;
	const struct tl_box *box;   /* of a node; NULL for an anchor */
	const struct tl_flow *flow; /* of an edge */
};

/* The scene as a graph for engine nop2, to be closed by the caller. markup_urls: links are written
 * as stock Graphviz needs them in SVG, where it copies them unescaped. */
Agraph_t *tl_emit_graph(const struct tl_scene *scene, bool markup_urls);

/* Appends the graph as DOT. */
void tl_emit_dot(struct tl_buf *out, Agraph_t *graph);

/* The first line or the height of lines that does not fit into its box, to be reported as our own
 * mistake. False where everything fits. */
bool tl_emit_overflow(const struct tl_box *box, const struct tl_line **line);

/* How far apart the baselines of a box stand for a line of this size. */
double tl_emit_pitch(double size);

/* The next character of a text that is made safe: control characters are spaces, and what no text
 * holds is U+FFFD. */
struct tl_emit_char {
	uint32_t code;
	const char *bytes; /* not NUL-terminated */
	size_t length;
};
struct tl_emit_char tl_emit_next(const char **s, const char *end);

/* backslashes: how many stand for one; Graphviz substitutes \N, \G and the like in most texts. */
enum tl_escape { TL_ESCAPE_ENTITIES, TL_ESCAPE_MARKUP };
void tl_emit_text(struct tl_buf *out, const char *s, enum tl_escape escape, unsigned backslashes);

/* A link that may leave the document: http, https, mailto or relative. */
bool tl_emit_link_allowed(const char *href);
/* Such a link with everything percent-encoded that no URL may hold. */
void tl_emit_link(struct tl_buf *out, const char *href);

/* "#rrggbb", "#rrggbbaa", or "transparent". */
void tl_emit_color(struct tl_buf *out, tl_color color);
static inline bool tl_color_visible(tl_color color)
{
	return (color & 0xff) != 0;
}

#endif
