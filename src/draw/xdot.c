/* draw/xdot: marks as xdot operations and flows as splines.
 *
 * Graphviz reads xdot without complaint: a wrong byte count or a missing number drops the rest of
 * the drawing silently. So every operation is written by one of the small functions here, and the
 * renderers count what arrives (tl_xdot_count). State (colours, width, dash, font) is written only
 * when it changes. One operation stands on a line, for those who compare DOT files.
 */
#include <math.h>
#include <string.h>
#include "draw/emit.h"
#include "draw/xdot.h"

static const double arrow_length = 7;    /* TL_XDOT_ARROW_SIZE of Graphviz's 10 points */
static const double arrow_slope = 0.35;  /* half its width, per length */
static const double baseline_drop = 0.2; /* of the size: what renderers add to a text's height */

struct state { /* as the renderer has it */
	struct tl_buf *out;
	double height;
	bool pen_known, fill_known, width_known, dash_known, font_known;
	tl_color pen, fill;
	double width, size;
	enum tl_dash dash;
	unsigned flags;
};

static void put_string(struct state *s, char op, const char *text)
{
	tl_buf_printf(s->out, "%c %zu -%s ", op, strlen(text), text);
}

static void put_color(struct state *s, char op, tl_color color)
{
	struct tl_buf name = {0};

	tl_emit_color(&name, color);
	put_string(s, op, name.data);
	tl_buf_release(&name);
}

static void put_number(struct state *s, double value)
{
	tl_buf_number(s->out, value, 2);
	tl_buf_putc(s->out, ' ');
}

static void set_pen(struct state *s, tl_color color)
{
	if (s->pen_known && s->pen == color)
		return;
	put_color(s, 'c', color);
	s->pen = color;
	s->pen_known = true;
}

static void set_fill(struct state *s, tl_color color)
{
	if (s->fill_known && s->fill == color)
		return;
	put_color(s, 'C', color);
	s->fill = color;
	s->fill_known = true;
}

static void set_stroke(struct state *s, const struct tl_pen *pen)
{
	static const char *const dashes[] = {"solid", "dashed", "dotted"};

	set_pen(s, pen->width > 0 ? pen->stroke : 0);
	if (!tl_color_visible(s->pen))
		return;
	if (!s->width_known || s->width != pen->width) {
		struct tl_buf style = {0};

		tl_buf_puts(&style, "setlinewidth(");
		tl_buf_number(&style, pen->width, 2);
		tl_buf_putc(&style, ')');
		put_string(s, 'S', style.data);
		tl_buf_release(&style);
		s->width = pen->width;
		s->width_known = true;
	}
	if (!s->dash_known || s->dash != pen->dash) {
		put_string(s, 'S', dashes[pen->dash]);
		s->dash = pen->dash;
		s->dash_known = true;
	}
}

static void put_points(struct state *s, char op, const struct tl_mark *mark)
{
	tl_buf_printf(s->out, "%c %zu ", op, mark->point_count);
	for (size_t i = 0; i < mark->point_count; i++) {
		put_number(s, mark->points[i].x);
		put_number(s, s->height - mark->points[i].y);
	}
	tl_buf_putc(s->out, '\n');
}

static void put_ellipse(struct state *s, char op, const struct tl_mark *mark)
{
	tl_buf_printf(s->out, "%c ", op);
	put_number(s, mark->points[0].x);
	put_number(s, s->height - mark->points[0].y);
	put_number(s, mark->points[1].x);
	put_number(s, mark->points[1].y);
	tl_buf_putc(s->out, '\n');
}

/* A backslash before a quote, or at the end, would be taken for an escape when the DOT file is read
 * again, so something invisible goes between. */
static void put_clean(struct tl_buf *out, const char *text)
{
	static const char word_joiner[] = "\xe2\x81\xa0";
	const char *end = text + strlen(text);

	while (text < end) {
		struct tl_emit_char c = tl_emit_next(&text, end);

		tl_buf_put(out, c.bytes, c.length);
		if (c.code == '\\' && (text == end || *text == '"'))
			tl_buf_puts(out, word_joiner);
	}
}

static void put_text(struct state *s, const struct tl_mark *mark)
{
	static const int justify[] = {-1, 0, 1};
	const struct tl_line *line = &mark->line;
	struct tl_buf text = {0};

	put_clean(&text, line->text);
	set_pen(s, line->color);
	if (!s->font_known || s->size != line->size) {
		tl_buf_puts(s->out, "F ");
		put_number(s, line->size);
		tl_buf_printf(s->out, "%zu -" TL_FONT " ", strlen(TL_FONT));
		s->size = line->size;
	}
	if (!s->font_known || s->flags != line->flags) {
		tl_buf_printf(s->out, "t %u ", line->flags);
		s->flags = line->flags;
	}
	s->font_known = true;
	tl_buf_puts(s->out, "T ");
	put_number(s, mark->points[0].x);
	put_number(s, s->height - mark->points[0].y - baseline_drop * line->size);
	tl_buf_printf(s->out, "%d ", justify[mark->anchor]);
	put_number(s, line->width);
	tl_buf_printf(s->out, "%zu -%s \n", text.len, text.data);
	tl_buf_release(&text);
}

static bool visible(const struct tl_mark *mark)
{
	if (mark->kind == TL_MARK_TEXT)
		return mark->line.text[0] && tl_color_visible(mark->line.color);
	if (mark->point_count == 0)
		return false;
	return tl_color_visible(mark->pen.fill) ||
	       (tl_color_visible(mark->pen.stroke) && mark->pen.width > 0);
}

static void put_mark(struct state *s, const struct tl_mark *mark)
{
	bool filled = tl_color_visible(mark->pen.fill);

	if (!visible(mark))
		return;
	if (mark->kind == TL_MARK_TEXT) {
		put_text(s, mark);
		return;
	}
	set_stroke(s, &mark->pen);
	if (filled && mark->kind != TL_MARK_POLYLINE && mark->kind != TL_MARK_CURVE)
		set_fill(s, mark->pen.fill);
	switch (mark->kind) {
	case TL_MARK_POLYGON:
		put_points(s, filled ? 'P' : 'p', mark);
		break;
	case TL_MARK_POLYLINE:
		put_points(s, 'L', mark);
		break;
	case TL_MARK_CURVE:
		put_points(s, 'B', mark);
		break;
	case TL_MARK_SHAPE:
		put_points(s, filled ? 'b' : 'B', mark);
		break;
	case TL_MARK_ELLIPSE:
		put_ellipse(s, filled ? 'E' : 'e', mark);
		break;
	case TL_MARK_TEXT:
		break;
	}
}

void tl_xdot_background(struct tl_buf *out, const struct tl_scene *scene)
{
	struct state s = {.out = out, .height = scene->height};
	/* Always there, even when transparent: Graphviz takes the size of the page from it. */
	struct tl_point corners[] = {
		{0, 0}, {scene->width, 0}, {scene->width, scene->height}, {0, scene->height}};
	struct tl_mark paper = {
		.kind = TL_MARK_POLYGON, .points = corners, .point_count = TL_COUNT(corners)};

	set_pen(&s, 0);
	set_fill(&s, scene->paper);
	put_points(&s, 'P', &paper);
	for (size_t i = 0; i < scene->mark_count; i++)
		put_mark(&s, &scene->marks[i]);
}

size_t tl_xdot_count(const struct tl_scene *scene)
{
	size_t count = 1; /* the paper */

	for (size_t i = 0; i < scene->mark_count; i++)
		count += visible(&scene->marks[i]);
	return count;
}

/* ---- flows --------------------------------------------------------------------------------- */

static double distance(struct tl_point a, struct tl_point b)
{
	return hypot(a.x - b.x, a.y - b.y);
}

static struct tl_point between(struct tl_point a, struct tl_point b, double t)
{
	return (struct tl_point){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

/* The part of a cubic before t, in place. */
static void cut(struct tl_point p[static 4], double t)
{
	struct tl_point ab = between(p[0], p[1], t), bc = between(p[1], p[2], t);
	struct tl_point cd = between(p[2], p[3], t), abc = between(ab, bc, t);

	p[1] = ab;
	p[2] = abc;
	p[3] = between(abc, between(bc, cd, t), t);
}

/* Shortens the last cubic so that it ends `length` away from the tip; it starts farther away. */
static void shorten(struct tl_point p[static 4], struct tl_point tip, double length)
{
	double near = 0, far = 1;

	for (int i = 0; i < 40; i++) {
		struct tl_point try[4] = {p[0], p[1], p[2], p[3]};
		double middle = (near + far) / 2;

		cut(try, middle);
		if (distance(try[3], tip) > length)
			near = middle;
		else
			far = middle;
	}
	cut(p, near);
}

static void put_spline_point(struct tl_buf *out, double height, struct tl_point p)
{
	tl_buf_number(out, p.x, 2);
	tl_buf_putc(out, ',');
	tl_buf_number(out, height - p.y, 2);
}

void tl_xdot_spline(struct tl_buf *out, double height, const struct tl_flow *flow)
{
	const struct tl_point *points = flow->points;
	struct tl_point tip = points[flow->point_count - 1], last[4];
	/* The pen runs round the arrow, so its mitre reaches beyond the corner that is drawn. */
	double mitre = flow->pen.width / 2 / sin(atan(arrow_slope));
	double length = arrow_length + mitre;
	size_t cubics = (flow->point_count - 1) / 3;

	while (cubics > 1 && distance(points[3 * (cubics - 1)], tip) <= length)
		cubics--;
	memcpy(last, points + 3 * (cubics - 1), sizeof last);
	if (distance(last[0], tip) > length) {
		shorten(last, tip, length);
	} else {
		struct tl_point start = last[0];

		last[1] = last[2] = last[3] = between(start, tip, 0.1);
	}
	tl_buf_puts(out, "e,");
	put_spline_point(
		out, height, between(tip, last[3], mitre / fmax(distance(tip, last[3]), mitre)));
	for (size_t i = 0; i < 3 * (cubics - 1); i++) {
		tl_buf_putc(out, ' ');
		put_spline_point(out, height, points[i]);
	}
	for (size_t i = 0; i < TL_COUNT(last); i++) {
		tl_buf_putc(out, ' ');
		put_spline_point(out, height, last[i]);
	}
}
