/* canvas: growing arrays of a scene, reading order, ids, and paths made of cubic Béziers. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "map/canvas.h"

void tl_canvas_init(struct tl_canvas *canvas, struct tl_arena *arena,
	const struct tl_journey *journey, const struct tl_insight *insight, enum tl_theme theme)
{
	*canvas = (struct tl_canvas){.arena = arena, .journey = journey, .insight = insight};
	canvas->palette = tl_palette_get(theme);
	canvas->language = tl_language_of(journey->lang);
	tl_table_init(&canvas->ids, arena);
}

/* ---- order ---------------------------------------------------------------------------------- */

enum { RANK_BITS = 24 };
#define SECTION ((uint64_t)1 << 60)

uint64_t tl_order_front(unsigned rank)
{
	return rank;
}

uint64_t tl_order_touchpoint(const struct tl_touchpoint *touchpoint, unsigned rank)
{
	return SECTION + ((uint64_t)touchpoint->index << RANK_BITS) + rank + 1;
}

uint64_t tl_order_stage(const struct tl_stage *stage)
{
	if (stage->touchpoint_count == 0)
		return tl_order_front(1000 + (unsigned)stage->index);
	return SECTION + ((uint64_t)stage->touchpoints[0].index << RANK_BITS);
}

uint64_t tl_order_back(unsigned rank)
{
	return 2 * SECTION + rank;
}

struct place {
	uint64_t order;
	size_t index;
};

static int by_order(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

struct tl_scene tl_canvas_finish(struct tl_canvas *canvas)
{
	struct place *places = tl_arena_array(canvas->arena, struct place, canvas->box_count);
	for (size_t i = 0; i < canvas->box_count; i++)
		places[i] = (struct place){canvas->orders[i], i};
	qsort(places, canvas->box_count, sizeof *places, by_order);
	struct tl_box *sorted = tl_arena_array(canvas->arena, struct tl_box, canvas->box_count);
	for (size_t i = 0; i < canvas->box_count; i++)
		sorted[i] = canvas->boxes[places[i].index];
	return (struct tl_scene){
		.lang = canvas->journey->lang,
		.paper = canvas->palette->paper,
		.marks = canvas->marks,
		.mark_count = canvas->mark_count,
		.flows = canvas->flows,
		.flow_count = canvas->flow_count,
		.boxes = sorted,
		.box_count = canvas->box_count,
		.lanes = canvas->lanes,
		.lane_count = canvas->lane_count,
		.journey = canvas->journey,
		.insight = canvas->insight,
	};
}

static enum tl_align turn_align(enum tl_align align)
{
	return align == TL_START ? TL_END : align == TL_END ? TL_START : align;
}

static struct tl_point *turn_points(
	const struct tl_canvas *canvas, const struct tl_point *points, size_t count, double width)
{
	struct tl_point *turned = tl_arena_array(canvas->arena, struct tl_point, count);
	for (size_t i = 0; i < count; i++)
		turned[i] = (struct tl_point){width - points[i].x, points[i].y};
	return turned;
}

void tl_canvas_turn(const struct tl_canvas *canvas, struct tl_scene *scene)
{
	if (!tl_language_rtl(scene->lang))
		return;
	struct tl_mark *marks = tl_arena_array(canvas->arena, struct tl_mark, scene->mark_count);
	struct tl_flow *flows = tl_arena_array(canvas->arena, struct tl_flow, scene->flow_count);
	struct tl_box *boxes = tl_arena_array(canvas->arena, struct tl_box, scene->box_count);
	for (size_t i = 0; i < scene->mark_count; i++) {
		marks[i] = scene->marks[i];
		struct tl_point *points = turn_points(
			canvas, marks[i].points, marks[i].point_count, scene->width);
		if (marks[i].kind == TL_MARK_ELLIPSE) /* the second point is its radii */
			points[1] = marks[i].points[1];
		marks[i].points = points;
		marks[i].anchor = turn_align(marks[i].anchor);
	}
	for (size_t i = 0; i < scene->flow_count; i++) {
		flows[i] = scene->flows[i];
		flows[i].points = turn_points(
			canvas, flows[i].points, flows[i].point_count, scene->width);
	}
	for (size_t i = 0; i < scene->box_count; i++) {
		boxes[i] = scene->boxes[i];
		boxes[i].x = scene->width - boxes[i].x - boxes[i].w;
		boxes[i].halign = turn_align(boxes[i].halign);
	}
	scene->marks = marks;
	scene->flows = flows;
	scene->boxes = boxes;
}

/* ---- ids and texts -------------------------------------------------------------------------- */

static bool id_byte(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		c == '_' || c == '.' || c == '-';
}

const char *tl_canvas_id(struct tl_canvas *canvas, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	char *raw = tl_arena_vprintf(canvas->arena, fmt, args);
	va_end(args);
	struct tl_buf clean = {0};
	for (const char *p = raw; *p; p++) {
		if (id_byte((unsigned char)*p))
			tl_buf_putc(&clean, *p);
		else
			tl_buf_printf(&clean, "_%02X", (unsigned char)*p);
	}
	const char *id = tl_arena_strdup(canvas->arena, clean.data ? clean.data : "_");
	tl_buf_release(&clean);
	const char *unique = id;
	for (size_t *uses; (uses = tl_table_get(&canvas->ids, unique));)
		unique = tl_arena_printf(canvas->arena, "%s-%zu", id, ++*uses);
	size_t *uses = tl_arena_new(canvas->arena, size_t);
	*uses = 1;
	tl_table_add(&canvas->ids, unique, uses);
	return unique;
}

const char *tl_canvas_join(struct tl_canvas *canvas, const char *separator,
	const char *const *parts, size_t count)
{
	struct tl_buf buf = {0};
	for (size_t i = 0; i < count; i++) {
		if (!parts[i] || !*parts[i])
			continue;
		if (buf.len)
			tl_buf_puts(&buf, separator);
		tl_buf_puts(&buf, parts[i]);
	}
	const char *result = tl_arena_strdup(canvas->arena, buf.data ? buf.data : "");
	tl_buf_release(&buf);
	return result;
}

const char *tl_canvas_sentence(struct tl_canvas *canvas, const char *text)
{
	bool ends = tl_word_ends_sentence(text, strlen(text));
	return ends ? text : tl_arena_printf(canvas->arena, "%s.", text);
}

const char *tl_canvas_word(const struct tl_canvas *canvas, enum tl_word word)
{
	return tl_word(canvas->language, word);
}

const char *tl_canvas_link(struct tl_canvas *canvas, const char *journey, const char *suffix)
{
	if (!suffix)
		return NULL;
	struct tl_buf buf = {0};
	for (const char *p = journey; *p; p++) {
		bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
			(*p >= '0' && *p <= '9') || strchr("-._~", *p);
		if (plain)
			tl_buf_putc(&buf, *p);
		else
			tl_buf_printf(&buf, "%%%02X", (unsigned char)*p);
	}
	tl_buf_puts(&buf, suffix);
	const char *href = tl_arena_strdup(canvas->arena, buf.data);
	tl_buf_release(&buf);
	return href;
}

/* ---- lines ---------------------------------------------------------------------------------- */

static void push_line(struct tl_canvas *canvas, struct tl_lines *lines, struct tl_line line)
{
	lines->list = tl_arena_grow(
		canvas->arena, lines->list, lines->count, &lines->capacity, sizeof *lines->list);
	lines->list[lines->count++] = line;
	lines->height += tl_text_pitch(line.size);
	lines->width = fmax(lines->width, line.width);
}

void tl_lines_wrap(struct tl_canvas *canvas, struct tl_lines *lines, const char *text,
	struct tl_style style, double width, size_t max_lines)
{
	struct tl_wrapped wrapped = tl_text_wrap(canvas->arena, text, style, width, max_lines);
	if (lines->count == 0)
		lines->rtl = wrapped.rtl;
	lines->cut |= wrapped.cut;
	for (size_t i = 0; i < wrapped.count; i++)
		push_line(canvas, lines, wrapped.lines[i]);
}

void tl_lines_gap(struct tl_canvas *canvas, struct tl_lines *lines, int size)
{
	push_line(canvas, lines, (struct tl_line){.text = "", .size = size});
}

bool tl_lines_against(const struct tl_canvas *canvas, const struct tl_lines *lines)
{
	return lines->rtl && !tl_language_rtl(canvas->journey->lang);
}

/* ---- marks ---------------------------------------------------------------------------------- */

struct tl_pen tl_pen_fill(tl_color fill)
{
	return (struct tl_pen){.fill = fill, .width = 1};
}

struct tl_pen tl_pen_stroke(tl_color stroke, double width, enum tl_dash dash)
{
	return (struct tl_pen){.stroke = stroke, .width = width, .dash = dash};
}

struct tl_pen tl_pen_both(tl_color fill, tl_color stroke, double width)
{
	return (struct tl_pen){.fill = fill, .stroke = stroke, .width = width};
}

static bool invisible(struct tl_pen pen)
{
	return (pen.fill & 0xFF) == 0 && (pen.stroke & 0xFF) == 0;
}

static struct tl_mark *push_mark(struct tl_canvas *canvas)
{
	canvas->marks = tl_arena_grow(canvas->arena, canvas->marks, canvas->mark_count,
		&canvas->mark_capacity, sizeof *canvas->marks);
	struct tl_mark *mark = &canvas->marks[canvas->mark_count++];
	*mark = (struct tl_mark){0};
	return mark;
}

static struct tl_point *copy_points(
	struct tl_canvas *canvas, const struct tl_point *points, size_t count)
{
	struct tl_point *copy = tl_arena_array(canvas->arena, struct tl_point, count);
	memcpy(copy, points, count * sizeof *copy);
	return copy;
}

void tl_mark_points(struct tl_canvas *canvas, enum tl_mark_kind kind, struct tl_pen pen,
	const struct tl_point *points, size_t count)
{
	if (invisible(pen))
		return;
	struct tl_mark *mark = push_mark(canvas);
	mark->kind = kind;
	mark->pen = pen;
	mark->points = copy_points(canvas, points, count);
	mark->point_count = count;
}

void tl_mark_rect(
	struct tl_canvas *canvas, struct tl_pen pen, double x, double y, double w, double h)
{
	struct tl_point corners[] = {{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}};
	tl_mark_points(canvas, TL_MARK_POLYGON, pen, corners, TL_COUNT(corners));
}

void tl_mark_disc(struct tl_canvas *canvas, struct tl_pen pen, double x, double y, double radius)
{
	struct tl_point points[] = {{x, y}, {radius, radius}};
	tl_mark_points(canvas, TL_MARK_ELLIPSE, pen, points, TL_COUNT(points));
}

void tl_mark_segment(
	struct tl_canvas *canvas, struct tl_pen pen, double x0, double y0, double x1, double y1)
{
	struct tl_point ends[] = {{x0, y0}, {x1, y1}};
	tl_mark_points(canvas, TL_MARK_POLYLINE, pen, ends, TL_COUNT(ends));
}

void tl_mark_text(struct tl_canvas *canvas, double x, double y, enum tl_align anchor,
	struct tl_style style, const char *text)
{
	if (!text || !*text)
		return;
	struct tl_mark *mark = push_mark(canvas);
	mark->kind = TL_MARK_TEXT;
	mark->points = copy_points(canvas, &(struct tl_point){x, y}, 1);
	mark->point_count = 1;
	mark->anchor = anchor;
	mark->line = (struct tl_line){.text = text,
		.width = tl_text_width(text, style.size, style.flags),
		.size = style.size,
		.flags = style.flags,
		.color = style.color};
}

double tl_text_baseline(double top, double size)
{
	return top + tl_text_pitch(size) / 2 + 0.36 * size;
}

void tl_mark_lines(struct tl_canvas *canvas, double x, double y, enum tl_align anchor,
	const struct tl_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		const struct tl_line *line = &lines->list[i];
		struct tl_style style = {line->size, line->flags, line->color};
		tl_mark_text(
			canvas, x, tl_text_baseline(y, line->size), anchor, style, line->text);
		y += tl_text_pitch(line->size);
	}
}

/* ---- boxes and flows ------------------------------------------------------------------------ */

void tl_canvas_box(
	struct tl_canvas *canvas, struct tl_box box, const struct tl_lines *lines, uint64_t order)
{
	canvas->boxes = tl_arena_grow(canvas->arena, canvas->boxes, canvas->box_count,
		&canvas->box_capacity, sizeof *canvas->boxes);
	canvas->orders = tl_arena_grow(canvas->arena, canvas->orders, canvas->box_count,
		&canvas->order_capacity, sizeof *canvas->orders);
	if (lines) {
		box.lines = lines->list;
		box.line_count = lines->count;
		if (tl_lines_against(canvas, lines) && box.halign == TL_START)
			box.halign = TL_END;
	}
	canvas->orders[canvas->box_count] = order;
	canvas->boxes[canvas->box_count++] = box;
}

void tl_canvas_flow(struct tl_canvas *canvas, struct tl_flow flow)
{
	canvas->flows = tl_arena_grow(canvas->arena, canvas->flows, canvas->flow_count,
		&canvas->flow_capacity, sizeof *canvas->flows);
	canvas->flows[canvas->flow_count++] = flow;
}

void tl_canvas_lane(struct tl_canvas *canvas, struct tl_lane lane)
{
	canvas->lanes = tl_arena_grow(canvas->arena, canvas->lanes, canvas->lane_count,
		&canvas->lane_capacity, sizeof *canvas->lanes);
	canvas->lanes[canvas->lane_count++] = lane;
}

/* ---- rounded paths -------------------------------------------------------------------------- */

/* The part of a quarter circle's Bézier handle that is left of the radius: 1 − 0.5523. */
#define ARC 0.4477

static struct tl_point toward(struct tl_point from, struct tl_point to, double distance)
{
	double length = hypot(to.x - from.x, to.y - from.y);
	if (length == 0)
		return from;
	return (struct tl_point){from.x + (to.x - from.x) * distance / length,
		from.y + (to.y - from.y) * distance / length};
}

static void line_to(struct tl_point *points, size_t *n, struct tl_point to)
{
	struct tl_point from = points[*n - 1];
	double length = hypot(to.x - from.x, to.y - from.y);
	points[(*n)++] = toward(from, to, length / 3);
	points[(*n)++] = toward(from, to, length * 2 / 3);
	points[(*n)++] = to;
}

void tl_path_round(struct tl_canvas *canvas, const struct tl_point **out, size_t *out_count,
	const struct tl_point *corners, size_t count, double radius)
{
	struct tl_point *points = tl_arena_array(canvas->arena, struct tl_point, 6 * count + 1);
	size_t n = 0;
	points[n++] = corners[0];
	for (size_t i = 1; i + 1 < count; i++) {
		struct tl_point c = corners[i];
		double before = hypot(c.x - corners[i - 1].x, c.y - corners[i - 1].y);
		double after = hypot(corners[i + 1].x - c.x, corners[i + 1].y - c.y);
		double r = fmin(radius, fmin(before, after) / 2);
		if (r <= 0)
			continue;
		line_to(points, &n, toward(c, corners[i - 1], r));
		points[n++] = toward(c, corners[i - 1], r * ARC);
		points[n++] = toward(c, corners[i + 1], r * ARC);
		points[n++] = toward(c, corners[i + 1], r);
	}
	line_to(points, &n, corners[count - 1]);
	*out = points;
	*out_count = n;
}
