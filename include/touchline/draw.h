/* draw: a scene to bytes, through libcgraph and libgvc. Only user of Graphviz, cairo, fontconfig and
 * HarfBuzz's subsetter.
 *
 * The same scene gives the same bytes. One render at a time per process: Graphviz keeps static
 * state, and loses some memory in every render, so parallel renders are processes.
 *
 * SVG   one document a page. Every box and flow is a group (a link, if it has an href) whose id is
 *       the scene's id, '-' and its own; whose classes are its role; and whose <title> is its
 *       tooltip. Text is text; all paint is in attributes.
 * PDF   a page for each scene, as large as it is, with its bookmark and links.
 * PNG   scaled down, with a warning, where it would have more pixels than programs can open.
 * DOT   what Graphviz is given; `neato -n2` draws the same.
 * JSON  one object; one element on a line; numbers rounded to 2 decimals; members in this order,
 *       null where there is nothing; new ones may come, a change of meaning changes the version:
 *         version  1
 *         journey  {id, title, lang, state,
 *                   stages [{id, title}],
 *                   touchpoints [{id, title, stage, channel, channel_kind, owner, importance,
 *                     moment_of_truth, reach, emotion (the lowest valence), assumed {friction, pain,
 *                     emotion, handoff},
 *                     verdict, friction, interval [low, high], rank, impact, n (episodes): what was
 *                     measured, null without feedback or evidence; verdict: ok, watch, hotspot,
 *                     no-evidence,
 *                     pains [{id, text, severity, status, owner}],
 *                     next [{to, journey, when, share, handoff}]}]}
 *         pages    [{id, view, title, description, bookmark, width, height,
 *                   lanes [{name, label, y, h}],
 *                   boxes [{id, role, lane, touchpoint, x, y, w, h, lines, tooltip, href}],
 *                   flows [{id, from, to, role, when, share, handoff, tooltip, path [[x, y]]}]}]
 *       A portfolio has no journey.
 *       Lengths are points, y points down; stage, channel, owner, to and touchpoint are ids.
 */
#ifndef TOUCHLINE_DRAW_H
#define TOUCHLINE_DRAW_H

#include "touchline/map.h"

enum tl_format { TL_SVG, TL_PDF, TL_PNG, TL_DOT, TL_JSON, TL_FORMATS };
#define TL_FORMAT_WORDS "svg", "pdf", "png", "dot", "json" /* also the file extensions */
extern const struct tl_vocabulary tl_formats;

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

/* Appends a PDF of the sheets, which say where they are to be cut (TrimBox). */
bool tl_draw_sheets(struct tl_buf *out, struct tl_diags *diags, const struct tl_sheet *sheets,
	size_t count, const struct tl_draw_options *options);

/* Appends the names and versions of all fonts that are installed: which of them a map is drawn with
 * depends on all of them. */
void tl_draw_fonts(struct tl_buf *out);

#endif
