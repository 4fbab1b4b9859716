/* draw/svg: our own renderer inside Graphviz, which writes the SVG in one pass.
 *
 * Graphviz calls the functions of tl_svg_renderer with everything placed; the target (struct
 * tl_svg) hangs on the job, and the scene's box or flow on the graph's objects, so nothing here is
 * global. Boxes are drawn from the scene itself where Graphviz rounds their size to whole points.
 *
 * What the document is made for: browsers, Inkscape, rsvg and PowerPoint alike, so all paint is in
 * presentation attributes, no CSS is needed to see the map, colours have no alpha digits; screen
 * readers, so each box is one image named by its title and links are links; several maps on one
 * page, so every id begins with the scene's id and every CSS rule is held below it.
 */
#include <math.h>
#include <string.h>
#include <graphviz/gvplugin.h>
#include <graphviz/gvplugin_render.h>
#include "draw/emit.h"
#include "draw/path.h"
#include "draw/svg.h"
#include "draw/svg_parts.h"
#include "draw/xdot.h"
#include "touchline/xml.h"

static struct tl_svg *target(GVJ_t *job)
{
	return job->context;
}

static double down(GVJ_t *job, double y)
{
	return target(job)->scene->height - y;
}

/* ---- paint --------------------------------------------------------------------------------- */

static tl_color color_of(const gvcolor_t *color)
{
	const unsigned char *c = color->u.rgba;

	return (tl_color)c[0] << 24 | (tl_color)c[1] << 16 | (tl_color)c[2] << 8 | c[3];
}

static struct tl_pen pen_of(GVJ_t *job, bool filled)
{
	const obj_state_t *obj = job->obj;

	return (struct tl_pen){
		.fill = filled ? color_of(&obj->fillcolor) : 0,
		.stroke = obj->penwidth > 0 ? color_of(&obj->pencolor) : 0,
		.width = obj->penwidth,
		.dash = obj->pen == PEN_DASHED   ? TL_DASHED
			: obj->pen == PEN_DOTTED ? TL_DOTTED
						 : TL_SOLID,
	};
}

/* Ends the path that more lines of the same pen could have joined. */
static void close_path(struct tl_svg *svg)
{
	if (!svg->path_start)
		return;
	tl_buf_putc(svg->out, '"');
	tl_svg_pen(svg->out, &svg->path_pen);
	tl_buf_puts(svg->out, "/>\n");
	svg->path_start = 0;
}

/* Everything that is written begins here. */
static struct tl_buf *output(GVJ_t *job)
{
	close_path(target(job));
	return target(job)->out;
}

/* Ends a shape's start tag. */
static void finish(GVJ_t *job, bool filled)
{
	struct tl_pen pen = pen_of(job, filled);

	tl_svg_pen(target(job)->out, &pen);
	tl_buf_puts(target(job)->out, "/>\n");
}

/* ---- shapes -------------------------------------------------------------------------------- */

/* Counts what arrives of the background. The outline of a box is there already. */
static bool skip(GVJ_t *job, bool filled)
{
	struct tl_pen pen = pen_of(job, filled);

	if (job->obj->type == ROOTGRAPH_OBJTYPE)
		target(job)->drawn++;
	return target(job)->box || (!tl_color_visible(pen.fill) && !tl_color_visible(pen.stroke));
}

/* The points with y down, until the next call. */
static const struct tl_point *turned(GVJ_t *job, const pointf *p, int n)
{
	struct tl_buf *scratch = &target(job)->scratch;

	tl_buf_clear(scratch);
	for (int i = 0; i < n; i++) {
		struct tl_point point = {p[i].x, down(job, p[i].y)};

		tl_buf_put(scratch, &point, sizeof point);
	}
	return (const struct tl_point *)scratch->data;
}

static bool same_pen(const struct tl_pen *a, const struct tl_pen *b)
{
	return a->fill == b->fill && a->stroke == b->stroke && a->width == b->width &&
	       a->dash == b->dash;
}

/* Lines of the background that follow each other in the same opaque ink are one path: hatching has
 * hundreds. */
static void put_path(GVJ_t *job, bool filled,
	void put(struct tl_buf *out, const struct tl_point *points, size_t count),
	const struct tl_point *points, size_t count)
{
	static const size_t longest = 8 << 10;
	struct tl_svg *svg = target(job);
	struct tl_pen pen = pen_of(job, filled);
	bool joins = svg->path_start && same_pen(&pen, &svg->path_pen) &&
		     svg->out->len - svg->path_start < longest;

	if (!joins) {
		tl_buf_puts(output(job), "<path d=\"");
		svg->path_start = svg->out->len;
		svg->path_pen = pen;
	}
	put(svg->out, points, count);
	if (job->obj->type != ROOTGRAPH_OBJTYPE || filled || (pen.stroke & 0xff) != 0xff)
		close_path(svg);
}

static void put_rectangle(GVJ_t *job, const struct tl_round_rectangle *r, bool filled)
{
	struct tl_buf *out = output(job);

	tl_buf_puts(out, "<rect");
	tl_svg_number(out, "x", r->x);
	tl_svg_number(out, "y", r->y);
	tl_svg_number(out, "width", r->w);
	tl_svg_number(out, "height", r->h);
	if (r->radius > 0)
		tl_svg_number(out, "rx", r->radius);
	finish(job, filled);
}

static bool is_rectangle(const struct tl_point *p, int n)
{
	return n == 4 &&
	       ((p[0].y == p[1].y && p[1].x == p[2].x && p[2].y == p[3].y && p[3].x == p[0].x) ||
		       (p[0].x == p[1].x && p[1].y == p[2].y && p[2].x == p[3].x &&
			       p[3].y == p[0].y));
}

static void draw_polygon(GVJ_t *job, pointf *at, int n, int filled)
{
	const struct tl_point *p = turned(job, at, n);
	struct tl_buf *out;

	if (skip(job, filled))
		return;
	if (is_rectangle(p, n)) {
		put_rectangle(job,
			&(struct tl_round_rectangle){fmin(p[0].x, p[2].x), fmin(p[0].y, p[2].y),
				fabs(p[0].x - p[2].x), fabs(p[0].y - p[2].y), 0},
			filled);
		return;
	}
	out = output(job);
	tl_buf_puts(out, "<polygon points=\"");
	for (int i = 0; i < n; i++) {
		if (i)
			tl_buf_putc(out, ' ');
		tl_buf_number(out, p[i].x, 2);
		tl_buf_putc(out, ' ');
		tl_buf_number(out, p[i].y, 2);
	}
	tl_buf_putc(out, '"');
	finish(job, filled);
}

static void draw_polyline(GVJ_t *job, pointf *p, int n)
{
	if (!skip(job, false))
		put_path(job, false, tl_path_line, turned(job, p, n), (size_t)n);
}

static void draw_curve(GVJ_t *job, pointf *at, int n, int start, int end, int filled)
{
	const struct tl_point *p = turned(job, at, n);
	struct tl_round_rectangle rectangle;

	(void)start;
	(void)end;
	if (skip(job, filled))
		return;
	if (tl_path_is_round_rectangle(&rectangle, p, (size_t)n))
		put_rectangle(job, &rectangle, filled);
	else
		put_path(job, filled, tl_path_curve, p, (size_t)n);
}

static void draw_ellipse(GVJ_t *job, pointf *p, int filled)
{
	struct tl_buf *out;
	double rx = fabs(p[1].x - p[0].x), ry = fabs(p[1].y - p[0].y);
	bool round = fabs(rx - ry) < 0.005;

	if (skip(job, filled))
		return;
	out = output(job);
	tl_buf_puts(out, round ? "<circle" : "<ellipse");
	tl_svg_number(out, "cx", p[0].x);
	tl_svg_number(out, "cy", down(job, p[0].y));
	tl_svg_number(out, round ? "r" : "rx", rx);
	if (!round)
		tl_svg_number(out, "ry", ry);
	finish(job, filled);
}

static void draw_text(GVJ_t *job, pointf p, textspan_t *span)
{
	const struct tl_box *box = target(job)->box;
	struct tl_line line = {
		.text = span->str,
		.width = span->size.x,
		.size = span->font->size,
		.flags = span->font->flags,
		.color = color_of(&job->obj->pencolor),
	};
	struct tl_point at = {p.x, down(job, p.y + span->yoffset_centerline)};
	enum tl_align align = span->just == 'l' ? TL_START : span->just == 'r' ? TL_END : TL_MIDDLE;

	if (!box)
		target(job)->drawn++;
	/* In a box Graphviz gives the left end, in whole points. The text hangs where it is
	 * aligned, so that it stays there if the viewer's font is wider. */
	if (box) {
		align = box->halign;
		at.x = align == TL_START ? box->x + box->pad
		       : align == TL_END ? box->x + box->w - box->pad
					 : box->x + box->w / 2;
	}
	tl_svg_text(output(job), &line, at, align);
}

/* ---- structure ----------------------------------------------------------------------------- */

static void begin_page(GVJ_t *job)
{
	struct tl_svg *svg = target(job);

	tl_svg_head(svg->out, svg->scene, svg->embed_fonts);
	tl_buf_puts(svg->out, "<g class=\"marks\">\n");
}

static void end_page(GVJ_t *job)
{
	tl_buf_puts(output(job), "</svg>\n");
}

static void end_group(GVJ_t *job)
{
	tl_buf_puts(output(job), "</g>\n");
}

static void begin_edges(GVJ_t *job)
{
	end_group(job);
	tl_buf_puts(target(job)->out, "<g class=\"flows\">\n");
}

static void begin_nodes(GVJ_t *job)
{
	tl_buf_puts(target(job)->out, "<g class=\"boxes\">\n");
}

static const struct tl_emit_record *record_of(void *object)
{
	return (const struct tl_emit_record *)aggetrec(object, (char *)TL_EMIT_RECORD, FALSE);
}

static void begin_node(GVJ_t *job)
{
	struct tl_svg *svg = target(job);

	svg->box = record_of(job->obj->u.n)->box;
	if (svg->box) {
		tl_svg_open(svg->out, svg->scene, svg->box);
		tl_svg_box(svg->out, svg->box);
	}
}

static void end_node(GVJ_t *job)
{
	struct tl_svg *svg = target(job);

	if (svg->box)
		tl_svg_close(svg->out, svg->box);
	svg->box = NULL;
}

static void begin_edge(GVJ_t *job)
{
	struct tl_svg *svg = target(job);
	const struct tl_flow *flow = record_of(job->obj->u.e)->flow;
	struct tl_box box = {.id = flow->id, .role = flow->role, .tooltip = flow->tooltip};

	tl_svg_open(svg->out, svg->scene, &box);
}

/* ---- what Graphviz is told ------------------------------------------------------------------- */

gvrender_engine_t tl_svg_renderer = {
	.begin_page = begin_page,
	.end_page = end_page,
	.begin_edges = begin_edges,
	.end_edges = end_group,
	.begin_nodes = begin_nodes,
	.end_nodes = end_group,
	.begin_node = begin_node,
	.end_node = end_node,
	.begin_edge = begin_edge,
	.end_edge = end_group,
	.textspan = draw_text,
	.ellipse = draw_ellipse,
	.polygon = draw_polygon,
	.beziercurve = draw_curve,
	.polyline = draw_polyline,
};
