/* canvas: a scene in the making. Primitives that every view shares: marks, boxes and flows are
 * pushed in any order and come out sorted into reading order.
 *
 * All of it lives in one arena. Ids are cleaned to [A-Za-z0-9_.-] and made unique; what they are
 * built from is the journey's own ids, so they are stable under edits elsewhere.
 */
#ifndef TOUCHLINE_MAP_CANVAS_H
#define TOUCHLINE_MAP_CANVAS_H

#include "map/text.h"
#include "map/theme.h"
#include "touchline/words.h"

struct tl_canvas {
	struct tl_arena *arena;
	const struct tl_journey *journey;
	const struct tl_insight *insight; /* NULL: no feedback */
	const struct tl_palette *palette;
	enum tl_language language;
	struct tl_mark *marks;
	size_t mark_count, mark_capacity;
	struct tl_box *boxes;
	size_t box_count, box_capacity;
	uint64_t *orders; /* one a box: where it stands in the reading order */
	size_t order_capacity;
	struct tl_flow *flows;
	size_t flow_count, flow_capacity;
	struct tl_lane *lanes;
	size_t lane_count, lane_capacity;
	struct tl_table ids; /* taken ids */
};

void tl_canvas_init(struct tl_canvas *canvas, struct tl_arena *arena,
	const struct tl_journey *journey, const struct tl_insight *insight, enum tl_theme theme);
/* Boxes sorted, everything in place; size, title and description are the view's to set. */
struct tl_scene tl_canvas_finish(struct tl_canvas *canvas);

/* Turns a finished scene round where the journey's language reads from right to left: the first
 * stage stands at the right then, and what was aligned left is aligned right. Last thing that a view
 * does; its width must be set. */
void tl_canvas_turn(const struct tl_canvas *canvas, struct tl_scene *scene);

/* ---- order: front matter, then touchpoint by touchpoint, then back matter ----------------- */
uint64_t tl_order_front(unsigned rank);
uint64_t tl_order_stage(const struct tl_stage *stage);
/* rank: the lane's, top to bottom; 0 is the card. */
uint64_t tl_order_touchpoint(const struct tl_touchpoint *touchpoint, unsigned rank);
uint64_t tl_order_back(unsigned rank);

/* ---- ids and texts --------------------------------------------------------------------------- */
/* Printf-like; cleaned, unique. */
const char *tl_canvas_id(struct tl_canvas *canvas, const char *fmt, ...) TL_PRINTF(2, 3);
/* Between parts of one line: where it breaks, the dot stays with what is before it. */
#define TL_DOT "\u00a0· "
/* Sentences joined by spaces; NULL and "" are left out. */
#define tl_canvas_sentences(canvas, ...)                                                           \
	tl_canvas_join((canvas), " ", (const char *const[]){__VA_ARGS__},                          \
		TL_COUNT(((const char *const[]){__VA_ARGS__})))
const char *tl_canvas_join(struct tl_canvas *canvas, const char *separator,
	const char *const *parts, size_t count);
/* The text with a full stop, unless it ends in a mark of its own. */
const char *tl_canvas_sentence(struct tl_canvas *canvas, const char *text);
/* The canvas's word with arguments filled in. */
#define tl_canvas_say(canvas, word, ...)                                                           \
	tl_say((canvas)->arena, (canvas)->language, (word), __VA_ARGS__)
const char *tl_canvas_word(const struct tl_canvas *canvas, enum tl_word word);

/* The file that shows another journey, relative to this one's; NULL where suffix is. */
const char *tl_canvas_link(struct tl_canvas *canvas, const char *journey, const char *suffix);

/* ---- lines of text --------------------------------------------------------------------------- */
/* Lines of several styles, one under the other, for a box. */
struct tl_lines {
	struct tl_line *list;
	size_t count, capacity;
	double height, width;
	bool rtl, cut;
};
void tl_lines_wrap(struct tl_canvas *canvas, struct tl_lines *lines, const char *text,
	struct tl_style style, double width, size_t max_lines);
/* Whether they run against the journey's direction; they are aligned to their own beginning, and a
 * sign beside them stands there too. */
bool tl_lines_against(const struct tl_canvas *canvas, const struct tl_lines *lines);
/* An empty line `size` points big, that is ceil(1.28·size) high. */
void tl_lines_gap(struct tl_canvas *canvas, struct tl_lines *lines, int size);

/* ---- marks ------------------------------------------------------------------------------------- */
struct tl_pen tl_pen_fill(tl_color fill);
struct tl_pen tl_pen_stroke(tl_color stroke, double width, enum tl_dash dash);
struct tl_pen tl_pen_both(tl_color fill, tl_color stroke, double width);
void tl_mark_points(struct tl_canvas *canvas, enum tl_mark_kind kind, struct tl_pen pen,
	const struct tl_point *points, size_t count);
void tl_mark_rect(
	struct tl_canvas *canvas, struct tl_pen pen, double x, double y, double w, double h);
void tl_mark_round(struct tl_canvas *canvas, struct tl_pen pen, double x, double y, double w,
	double h, double radius);
void tl_mark_disc(struct tl_canvas *canvas, struct tl_pen pen, double x, double y, double radius);
void tl_mark_segment(
	struct tl_canvas *canvas, struct tl_pen pen, double x0, double y0, double x1, double y1);
/* Baseline at y. */
void tl_mark_text(struct tl_canvas *canvas, double x, double y, enum tl_align anchor,
	struct tl_style style, const char *text);
/* Lines under each other from the top y on, as a box would set them. */
void tl_mark_lines(struct tl_canvas *canvas, double x, double y, enum tl_align anchor,
	const struct tl_lines *lines);
/* Baseline of a line whose pitch begins at `top`. */
double tl_text_baseline(double top, double size);

/* A chevron from x to x + w; its head reaches `head` beyond, its tail is cut by the same. */
void tl_mark_chevron(struct tl_canvas *canvas, struct tl_pen pen, double x, double y, double w,
	double h, double head, bool tail);
/* `on` of `total` small dots filled, the others open; returns the width. */
double tl_mark_dots(
	struct tl_canvas *canvas, tl_color color, double x, double y, int on, int total);
/* Diagonal hatching inside a rectangle. */
void tl_mark_hatch(struct tl_canvas *canvas, tl_color color, double x, double y, double w,
	double h, double spacing);

/* ---- boxes and flows ----------------------------------------------------------------------------- */
/* Pushes a copy; lines may be NULL. */
void tl_canvas_box(struct tl_canvas *canvas, struct tl_box box, const struct tl_lines *lines,
	uint64_t order);
void tl_canvas_flow(struct tl_canvas *canvas, struct tl_flow flow);
/* A path with rounded corners through axis-parallel points, as a cubic Bézier. */
void tl_path_round(struct tl_canvas *canvas, const struct tl_point **out, size_t *out_count,
	const struct tl_point *corners, size_t count, double radius);
void tl_canvas_lane(struct tl_canvas *canvas, struct tl_lane lane);

#endif
