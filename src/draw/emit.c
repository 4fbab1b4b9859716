/* draw/emit: a scene as the graph that Graphviz draws.
 *
 * Marks become the graph's `_background` (xdot operations), boxes become nodes of fixed size at a
 * fixed place with one table row for each line of text, flows become edges whose spline is given:
 * engine nop2 (`neato -n2`) then lays nothing out and only draws. Whatever is written here must
 * also come out right of stock Graphviz, since it is what `--format dot` hands over.
 *
 * Graphviz's y points up, so heights are turned round here and nowhere else.
 */
#include <math.h>
#include <string.h>
#include "draw/emit.h"
#include "draw/xdot.h"

struct emitter {
	const struct tl_scene *scene;
	Agraph_t *graph;
	bool markup_urls;
	struct tl_buf text, text2; /* scratch */
	Agsym_t *pos, *width, *height, *shape, *style, *label, *id, *class, *tooltip, *url, *color,
		*fillcolor, *penwidth;
	Agsym_t *edge_pos, *edge_id, *edge_class, *edge_tooltip, *edge_color, *edge_width,
		*edge_style;
};

double tl_emit_pitch(double size)
{
	return ceil(1.28 * size);
}

static const char *done(struct tl_buf *buf)
{
	tl_buf_putc(buf, '\0');
	return buf->data;
}

static void set(void *object, Agsym_t *symbol, const char *value)
{
	agxset(object, symbol, (char *)value);
}

static void set_number(struct emitter *e, void *object, Agsym_t *symbol, double value)
{
	tl_buf_clear(&e->text2);
	tl_buf_number(&e->text2, value, 5);
	set(object, symbol, done(&e->text2));
}

static void set_color(struct emitter *e, void *object, Agsym_t *symbol, tl_color color)
{
	tl_buf_clear(&e->text2);
	tl_emit_color(&e->text2, color);
	set(object, symbol, done(&e->text2));
}

/* Tooltips are plain labels, whose entities are resolved, and are substituted twice. */
static void set_tooltip(struct emitter *e, void *object, Agsym_t *symbol, const char *tooltip)
{
	if (!tooltip)
		return;
	tl_buf_clear(&e->text2);
	tl_emit_text(&e->text2, tooltip, TL_ESCAPE_ENTITIES, 4);
	set(object, symbol, done(&e->text2));
}

static void set_link(struct emitter *e, Agnode_t *node, const char *href)
{
	struct tl_buf *out = &e->text2;

	if (!href || !tl_emit_link_allowed(href))
		return;
	tl_buf_clear(&e->text);
	tl_emit_link(&e->text, href);
	tl_buf_clear(out);
	if (e->markup_urls)
		tl_emit_text(out, done(&e->text), TL_ESCAPE_MARKUP, 1);
	else
		tl_buf_puts(out, done(&e->text));
	set(node, e->url, done(out));
}

static void put_point(struct tl_buf *out, double height, struct tl_point p)
{
	tl_buf_number(out, p.x, 3);
	tl_buf_putc(out, ',');
	tl_buf_number(out, height - p.y, 3);
}

static struct tl_emit_record *bind(void *object)
{
	return agbindrec(object, (char *)TL_EMIT_RECORD, sizeof(struct tl_emit_record), FALSE);
}

/* ---- boxes --------------------------------------------------------------------------------- */

enum { LONGEST = 65535 }; /* side of a cell that Graphviz takes; wider tables have more cells */

struct block {                          /* the lines of a box and the table that holds them */
	double text_width, text_height; /* what the lines need */
	double width, height;           /* of the table, whole points */
};

static struct block measure(const struct tl_box *box)
{
	struct block block = {0};

	for (size_t i = 0; i < box->line_count; i++) {
		block.text_width = fmax(block.text_width, box->lines[i].width);
		block.text_height += tl_emit_pitch(box->lines[i].size);
	}
	/* Graphviz counts a text up to the next whole point. */
	block.width = fmax(floor(box->w - 2 * box->pad), floor(block.text_width) + 1);
	block.height = fmax(floor(box->h - 2 * box->pad), block.text_height);
	return block;
}

bool tl_emit_overflow(const struct tl_box *box, const struct tl_line **line)
{
	static const double tolerance = 0.5;
	struct block block = measure(box);

	*line = NULL;
	for (size_t i = 0; i < box->line_count; i++)
		if (box->lines[i].width > box->w - 2 * box->pad + tolerance) {
			*line = &box->lines[i];
			return true;
		}
	return block.text_height > box->h - 2 * box->pad + tolerance;
}

static void put_cell(struct tl_buf *out, double width, double height)
{
	tl_buf_puts(out, "<TD FIXEDSIZE=\"TRUE\" WIDTH=\"");
	tl_buf_number(out, width, 0);
	tl_buf_puts(out, "\" HEIGHT=\"");
	tl_buf_number(out, height, 0);
}

/* Empty cells, as many as it takes. */
static void put_filler(struct tl_buf *out, double width)
{
	for (; width >= 1; width -= LONGEST) {
		put_cell(out, fmin(width, LONGEST), 1);
		tl_buf_puts(out, "\"></TD>");
	}
}

static void put_row(
	struct tl_buf *out, const struct tl_line *line, enum tl_align align, double width)
{
	static const char *const aligns[] = {"\" ALIGN=\"LEFT\">", "\">", "\" ALIGN=\"RIGHT\">"};
	bool bold = line->flags & TL_BOLD, italic = line->flags & TL_ITALIC;
	double filler = fmax(0, width - LONGEST);
	double before = align == TL_START ? 0 : align == TL_END ? filler : floor(filler / 2);

	tl_buf_puts(out, "<TR>");
	put_filler(out, before);
	put_cell(out, width - filler, tl_emit_pitch(line->size));
	tl_buf_puts(out, aligns[align]);
	if (*line->text && tl_color_visible(line->color)) {
		tl_buf_puts(out, "<FONT POINT-SIZE=\"");
		tl_buf_number(out, line->size, 0);
		tl_buf_puts(out, "\" COLOR=\"");
		tl_emit_color(out, line->color);
		tl_buf_puts(out, bold && italic ? "\"><B><I>"
				 : bold         ? "\"><B>"
				 : italic       ? "\"><I>"
						: "\">");
		tl_emit_text(out, line->text, TL_ESCAPE_MARKUP, 2);
		tl_buf_puts(out, bold && italic ? "</I></B></FONT>"
				 : bold         ? "</B></FONT>"
				 : italic       ? "</I></FONT>"
						: "</FONT>");
	}
	tl_buf_puts(out, "</TD>");
	put_filler(out, filler - before);
	tl_buf_puts(out, "</TR>\n");
}

/* Graphviz sets text a ninth of its size above the middle of a row, and one point higher if it is
 * bold or italic; in a small badge that shows. */
static double space_above(const struct tl_box *box, double left_over)
{
	double drop = 0.11 * box->lines[0].size + (box->lines[0].flags ? 1 : 0);

	if (box->valign == TL_START)
		return 0;
	return fmin(
		floor(left_over), box->valign == TL_END ? left_over : round(left_over / 2 + drop));
}

/* A table in the middle of its node: an empty row pushes the lines to where they belong, since
 * Graphviz would spread the room that is left over between the rows. */
static void put_table(struct tl_buf *out, const struct tl_box *box, const struct block *block)
{
	double above = space_above(box, block->height - block->text_height);

	tl_buf_puts(
		out, "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\"");
	if (block->width <= LONGEST) {
		tl_buf_puts(out, " FIXEDSIZE=\"TRUE\" WIDTH=\"");
		tl_buf_number(out, block->width, 0);
		tl_buf_putc(out, '"');
	}
	tl_buf_puts(out, " HEIGHT=\"");
	tl_buf_number(out, block->height, 0);
	tl_buf_puts(out, "\">\n");
	if (above >= 1) {
		tl_buf_puts(out, "<TR>");
		put_cell(out, fmin(block->width, LONGEST), above);
		tl_buf_puts(out, "\"></TD></TR>\n");
	}
	for (size_t i = 0; i < box->line_count; i++)
		put_row(out, &box->lines[i], box->halign, block->width);
	tl_buf_puts(out, "</TABLE>");
}

static void set_label(struct emitter *e, Agnode_t *node, const struct tl_box *box)
{
	struct block block = measure(box);
	char *html;

	tl_buf_clear(&e->text);
	put_table(&e->text, box, &block);
	html = agstrdup_html(e->graph, (char *)done(&e->text));
	set(node, e->label, html);
	agstrfree(e->graph, html);
}

static void set_shape(struct emitter *e, Agnode_t *node, const struct tl_box *box)
{
	static const char *const shapes[] = {"none", "box", "box", "ellipse"};
	bool filled = tl_color_visible(box->pen.fill);
	bool drawn = tl_color_visible(box->pen.stroke) && box->pen.width > 0;

	if (box->shape == TL_BOX_BARE || (!filled && !drawn)) {
		set(node, e->shape, shapes[TL_BOX_BARE]);
		return;
	}
	tl_buf_clear(&e->text2);
	if (box->shape == TL_BOX_ROUND)
		tl_buf_puts(&e->text2, "rounded");
	if (filled)
		tl_buf_puts(&e->text2, e->text2.len ? ",filled" : "filled");
	if (box->pen.dash != TL_SOLID) {
		tl_buf_puts(&e->text2, e->text2.len ? "," : "");
		tl_buf_puts(&e->text2, box->pen.dash == TL_DASHED ? "dashed" : "dotted");
	}
	set(node, e->shape, shapes[box->shape]);
	set(node, e->style, done(&e->text2));
	if (filled)
		set_color(e, node, e->fillcolor, box->pen.fill);
	set_color(e, node, e->color, drawn ? box->pen.stroke : 0);
	set_number(e, node, e->penwidth, drawn ? box->pen.width : 0);
}

static void place(struct emitter *e, Agnode_t *node, struct tl_point centre, double w, double h)
{
	tl_buf_clear(&e->text2);
	put_point(&e->text2, e->scene->height, centre);
	set(node, e->pos, done(&e->text2));
	set_number(e, node, e->width, w / 72);
	set_number(e, node, e->height, h / 72);
}

static void put_box(struct emitter *e, const struct tl_box *box)
{
	Agnode_t *node = agnode(e->graph, (char *)box->id, TRUE);
	struct block block = measure(box);
	struct tl_point centre = {box->x + box->w / 2, box->y + box->h / 2};

	bind(node)->box = box;
	place(e, node, centre, box->line_count ? fmax(box->w, block.width) : box->w,
		box->line_count ? fmax(box->h, block.height) : box->h);
	set(node, e->id, box->id);
	if (box->role)
		set(node, e->class, box->role);
	set_tooltip(e, node, e->tooltip, box->tooltip);
	set_link(e, node, box->href);
	set_shape(e, node, box);
	if (box->line_count)
		set_label(e, node, box);
	else
		set(node, e->label, "");
}

/* ---- flows --------------------------------------------------------------------------------- */

/* Graphviz draws edges between nodes only: a flow whose end is on another page gets a node there
 * that is not drawn. */
static Agnode_t *end_of(struct emitter *e, const char *id, const struct tl_flow *flow, bool head)
{
	Agnode_t *node = id ? agnode(e->graph, (char *)id, FALSE) : NULL;

	if (node)
		return node;
	tl_buf_clear(&e->text);
	tl_buf_printf(&e->text, "%s.%s", flow->id, head ? "head" : "tail");
	node = agnode(e->graph, (char *)done(&e->text), TRUE);
	bind(node);
	place(e, node, flow->points[head ? flow->point_count - 1 : 0], 0, 0);
	set(node, e->label, "");
	set(node, e->shape, "none");
	set(node, e->style, "invis");
	return node;
}

static void put_flow(struct emitter *e, const struct tl_flow *flow)
{
	static const char *const dashes[] = {"", "dashed", "dotted"};
	Agnode_t *tail = end_of(e, flow->from, flow, false);
	Agnode_t *head = end_of(e, flow->to, flow, true);
	Agedge_t *edge = agedge(e->graph, tail, head, (char *)flow->id, TRUE);

	bind(edge)->flow = flow;
	tl_buf_clear(&e->text2);
	tl_xdot_spline(&e->text2, e->scene->height, flow);
	set(edge, e->edge_pos, done(&e->text2));
	set(edge, e->edge_id, flow->id);
	if (flow->role)
		set(edge, e->edge_class, flow->role);
	set_tooltip(e, edge, e->edge_tooltip, flow->tooltip);
	set_color(e, edge, e->edge_color, flow->pen.stroke);
	set_number(e, edge, e->edge_width, flow->pen.width);
	set(edge, e->edge_style, dashes[flow->pen.dash]);
}

/* ---- the graph ----------------------------------------------------------------------------- */

/* Whatever is not said here would come from defaults that the renderers do not share. */
static void declare(struct emitter *e)
{
	static const char *const graph_defaults[][2] = {{"bgcolor", "transparent"}, {"pad", "0"},
		{"margin", "0"}, {"outputorder", "edgesfirst"}, {"fontname", TL_FONT}};
	static const char *const node_defaults[][2] = {
		{"fixedsize", "true"}, {"margin", "0"}, {"fontname", TL_FONT}, {"fontsize", "9"}};
	Agraph_t *g = e->graph;

	for (size_t i = 0; i < TL_COUNT(graph_defaults); i++)
		agattr(g, AGRAPH, (char *)graph_defaults[i][0], (char *)graph_defaults[i][1]);
	for (size_t i = 0; i < TL_COUNT(node_defaults); i++)
		agattr(g, AGNODE, (char *)node_defaults[i][0], (char *)node_defaults[i][1]);
#define NODE(field, name, value) e->field = agattr(g, AGNODE, (char *)name, (char *)value)
	NODE(pos, "pos", "");
	NODE(width, "width", "1");
	NODE(height, "height", "1");
	NODE(shape, "shape", "box");
	NODE(style, "style", "");
	/* Stock Graphviz's default, said so that it is written: an empty one would be left out, and
	 * then nodes without text would be given their name when the DOT file is read. */
	NODE(label, "label", "\\N");
	NODE(id, "id", "");
	NODE(class, "class", "");
	NODE(tooltip, "tooltip", "");
	NODE(url, "URL", "");
	NODE(color, "color", "black");
	NODE(fillcolor, "fillcolor", "white");
	NODE(penwidth, "penwidth", "1");
#undef NODE
#define EDGE(field, name, value) e->field = agattr(g, AGEDGE, (char *)name, (char *)value)
	EDGE(edge_pos, "pos", "");
	EDGE(edge_id, "id", "");
	EDGE(edge_class, "class", "");
	EDGE(edge_tooltip, "tooltip", "");
	EDGE(edge_color, "color", "black");
	EDGE(edge_width, "penwidth", "1");
	EDGE(edge_style, "style", "");
#undef EDGE
	agattr(g, AGEDGE, (char *)"arrowsize", (char *)TL_XDOT_ARROW_SIZE);
}

/* Graphviz reads no more than 16 kB of a quoted string in one go. A backslash at the end of a line
 * joins it with the next, so there is one at the end of each operation; the string is the same but
 * for the ends of lines. Labels, in <>, keep theirs. */
static int put_string(void *channel, const char *s)
{
	static const size_t longest = 4096;
	const char *line = s;

	if (*s != '"') {
		tl_buf_puts(channel, s);
		return 0;
	}
	for (; *s; s++) {
		bool too_long = s - line > (ptrdiff_t)longest && *s == ' ' && s[-1] != '\\';

		if (*s == '\n' || too_long) {
			tl_buf_puts(channel, *s == '\n' ? "\\\n" : " \\\n");
			line = s;
		} else {
			tl_buf_putc(channel, *s);
		}
	}
	return 0;
}

static int flush(void *channel)
{
	(void)channel;
	return 0;
}

Agraph_t *tl_emit_graph(const struct tl_scene *scene, bool markup_urls)
{
	static Agiodisc_t to_buffer = {NULL, put_string, flush};
	static Agdisc_t discipline = {&AgMemDisc, &AgIdDisc, &to_buffer};
	struct emitter e = {.scene = scene, .markup_urls = markup_urls};

	e.graph = agopen((char *)scene->id, Agdirected, &discipline);
	declare(&e);
	tl_buf_clear(&e.text);
	tl_xdot_background(&e.text, scene);
	agattr(e.graph, AGRAPH, (char *)"_background", (char *)done(&e.text));
	tl_buf_clear(&e.text);
	tl_buf_number(&e.text, scene->width, 2);
	tl_buf_putc(&e.text, ',');
	tl_buf_number(&e.text, scene->height, 2);
	tl_buf_puts(&e.text, ",1,");
	put_point(&e.text, scene->height, (struct tl_point){scene->width / 2, scene->height / 2});
	agattr(e.graph, AGRAPH, (char *)"viewport", (char *)done(&e.text));
	for (size_t i = 0; i < scene->box_count; i++)
		put_box(&e, &scene->boxes[i]);
	for (size_t i = 0; i < scene->flow_count; i++)
		put_flow(&e, &scene->flows[i]);
	tl_buf_release(&e.text);
	tl_buf_release(&e.text2);
	return e.graph;
}

void tl_emit_dot(struct tl_buf *out, Agraph_t *graph)
{
	static const char unbroken[] = "\t\tlinelength=0,\n";
	size_t start = out->len;
	char *at;

	/* Graphviz would break long strings wherever they are 128 bytes long. Who writes the graph
	 * again should not be told the same. */
	agattr(graph, AGRAPH, (char *)"linelength", (char *)"0");
	agwrite(graph, out);
	at = strstr(out->data + start, unbroken);
	if (at) {
		memmove(at, at + strlen(unbroken), strlen(at + strlen(unbroken)) + 1);
		out->len -= strlen(unbroken);
	}
}
