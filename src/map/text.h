/* text: measuring and wrapping, exactly as Graphviz will set it.
 *
 * Results are cached for the life of the process, so that the pages and views of one journey
 * measure each text once. Lines returned live in the caller's arena.
 */
#ifndef TOUCHLINE_MAP_TEXT_H
#define TOUCHLINE_MAP_TEXT_H

#include "touchline/map.h"

struct tl_style {
	double size; /* integer number of points */
	unsigned flags;
	tl_color color;
};

struct tl_wrapped {
	struct tl_line *lines;
	size_t count;
	double width; /* of the widest line */
	bool cut;     /* an ellipsis stands for the rest */
	bool rtl;     /* the text reads from right to left */
};

/* Height of a line. */
double tl_text_pitch(double size);
/* Breaks text so that no line is wider than `width` less what browsers measure more; at most
 * max_lines, then an ellipsis. NULL or "" gives no lines. */
struct tl_wrapped tl_text_wrap(struct tl_arena *arena, const char *text, struct tl_style style,
	double width, size_t max_lines);
/* What a text may be wide inside `width`: browsers set prose up to 2.4 % wider than pango. */
double tl_text_room(double width);
/* How often pango was really asked; for tests and the bench. */
size_t tl_text_measured(void);

#endif
