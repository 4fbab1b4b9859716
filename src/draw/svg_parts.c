/* draw/svg_parts: the pieces of SVG that the renderer puts together. */
#include <ctype.h>
#include <math.h>
#include <string.h>
#include <hb.h>
#include "draw/emit.h"
#include "draw/font.h"
#include "draw/svg_parts.h"
#include "touchline/xml.h"

/* ---- attributes ---------------------------------------------------------------------------- */

static void put_name(struct tl_buf *out, const char *name)
{
	tl_buf_putc(out, ' ');
	tl_buf_puts(out, name);
	tl_buf_puts(out, "=\"");
}

void tl_svg_number(struct tl_buf *out, const char *name, double value)
{
	put_name(out, name);
	tl_buf_number(out, value, 2);
	tl_buf_putc(out, '"');
}

static void put_attribute(struct tl_buf *out, const char *name, const char *value)
{
	put_name(out, name);
	tl_xml_escape(out, value);
	tl_buf_putc(out, '"');
}

/* Ids begin with the scene's, so that several maps may stand on one page. */
static void put_id(struct tl_buf *out, const struct tl_scene *scene, const char *id)
{
	tl_buf_puts(out, " id=\"");
	tl_xml_escape(out, scene->id);
	tl_buf_putc(out, '-');
	tl_xml_escape(out, id);
	tl_buf_putc(out, '"');
}

/* Alpha is an attribute of its own: eight digits are CSS, which Inkscape and PowerPoint miss. */
static void put_color(struct tl_buf *out, const char *name, tl_color color)
{
	unsigned rgb = color >> 8, alpha = color & 0xff;
	bool brief = (rgb >> 4 & 0x0f0f0f) == (rgb & 0x0f0f0f);

	put_name(out, name);
	if (alpha == 0) {
		tl_buf_puts(out, "none\"");
		return;
	}
	tl_buf_putc(out, '#');
	for (int shift = brief ? 16 : 20; shift >= 0; shift -= brief ? 8 : 4)
		tl_buf_putc(out, "0123456789abcdef"[rgb >> shift & 15]);
	tl_buf_putc(out, '"');
	if (alpha < 255) {
		tl_buf_printf(out, " %s-opacity=\"", name);
		tl_buf_number(out, alpha / 255., 3);
		tl_buf_putc(out, '"');
	}
}

void tl_svg_pen(struct tl_buf *out, const struct tl_pen *pen)
{
	static const char *const dashes[] = {"", "6", "2 6"}; /* as cairo draws them */

	put_color(out, "fill", pen->fill);
	if (!tl_color_visible(pen->stroke) || pen->width <= 0)
		return; /* "none" is the default */
	put_color(out, "stroke", pen->stroke);
	if (pen->width != 1)
		tl_svg_number(out, "stroke-width", pen->width);
	if (pen->dash != TL_SOLID)
		put_attribute(out, "stroke-dasharray", dashes[pen->dash]);
}

/* ---- boxes --------------------------------------------------------------------------------- */

static bool is_link(const struct tl_box *box)
{
	return box->href && tl_emit_link_allowed(box->href);
}

void tl_svg_open(struct tl_buf *out, const struct tl_scene *scene, const struct tl_box *box)
{
	tl_buf_puts(out, is_link(box) ? "<a" : "<g");
	put_id(out, scene, box->id);
	if (box->role)
		put_attribute(out, "class", box->role);
	if (is_link(box)) {
		struct tl_buf href = {0};

		tl_emit_link(&href, box->href);
		put_attribute(out, "href", href.data);
		tl_buf_release(&href);
	} else if (box->tooltip) {
		/* One thing with one name instead of scraps of text. The name is the title, which
		 * is also the tooltip; with aria-label beside it, the title would be read as well.
		 */
		tl_buf_puts(out, " role=\"img\"");
	}
	if (box->tooltip) {
		tl_buf_puts(out, "><title>");
		tl_xml_escape(out, box->tooltip);
		tl_buf_puts(out, "</title>\n");
	} else {
		tl_buf_puts(out, ">\n");
	}
}

void tl_svg_close(struct tl_buf *out, const struct tl_box *box)
{
	tl_buf_puts(out, is_link(box) ? "</a>\n" : "</g>\n");
}

static void put_rectangle(struct tl_buf *out, const struct tl_box *box)
{
	tl_buf_puts(out, "<rect");
	tl_svg_number(out, "x", box->x);
	tl_svg_number(out, "y", box->y);
	tl_svg_number(out, "width", box->w);
	tl_svg_number(out, "height", box->h);
}

static void put_ellipse(struct tl_buf *out, const struct tl_box *box)
{
	bool round = box->w == box->h;

	tl_buf_puts(out, round ? "<circle" : "<ellipse");
	tl_svg_number(out, "cx", box->x + box->w / 2);
	tl_svg_number(out, "cy", box->y + box->h / 2);
	tl_svg_number(out, round ? "r" : "rx", box->w / 2);
	if (!round)
		tl_svg_number(out, "ry", box->h / 2);
}

void tl_svg_box(struct tl_buf *out, const struct tl_box *box)
{
	static const double soft_corner = 8;
	static const double corner =
		12; /* Graphviz's, which also allows a third of a side at most */
	bool drawn = box->shape != TL_BOX_BARE &&
		     (tl_color_visible(box->pen.fill) ||
			     (tl_color_visible(box->pen.stroke) && box->pen.width > 0));

	/* Nothing to be seen, but something to point at; its outline shows while that is done. */
	if (!drawn && (box->tooltip || is_link(box))) {
		put_rectangle(out, box);
		tl_svg_number(out, "rx", fmin(soft_corner, fmin(box->w, box->h) / 3));
		tl_buf_puts(out, " fill=\"none\" pointer-events=\"all\"/>\n");
	}
	if (!drawn)
		return;
	if (box->shape == TL_BOX_ELLIPSE)
		put_ellipse(out, box);
	else
		put_rectangle(out, box);
	if (box->shape == TL_BOX_ROUND)
		tl_svg_number(out, "rx", fmin(corner, fmin(box->w, box->h) / 3));
	tl_svg_pen(out, &box->pen);
	tl_buf_puts(out, "/>\n");
}

/* ---- text ---------------------------------------------------------------------------------- */

/* The direction of the first letter decides, as it does for pango. */
static bool right_to_left(const char *s)
{
	hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
	const char *end = s + strlen(s);

	while (s < end) {
		hb_script_t script = hb_unicode_script(unicode, tl_utf8_next(&s, end));

		if (script != HB_SCRIPT_COMMON && script != HB_SCRIPT_INHERITED &&
			script != HB_SCRIPT_UNKNOWN)
			return hb_script_get_horizontal_direction(script) == HB_DIRECTION_RTL;
	}
	return false;
}

static bool has_loose_space(const char *s)
{
	size_t n = strlen(s);

	return n && (s[0] == ' ' || s[n - 1] == ' ' || strstr(s, "  "));
}

void tl_svg_text(
	struct tl_buf *out, const struct tl_line *line, struct tl_point at, enum tl_align align)
{
	static const char *const anchors[] = {NULL, "middle", "end"}; /* "start" is the default */
	bool rtl = right_to_left(line->text);

	if (rtl) /* the text starts at its right */
		align = TL_END - align;
	tl_buf_puts(out, "<text");
	tl_svg_number(out, "x", at.x);
	tl_svg_number(out, "y", at.y);
	if (anchors[align])
		put_attribute(out, "text-anchor", anchors[align]);
	if (rtl)
		tl_buf_puts(out, " direction=\"rtl\" unicode-bidi=\"embed\"");
	if (has_loose_space(line->text))
		tl_buf_puts(out, " xml:space=\"preserve\"");
	tl_svg_number(out, "font-size", line->size);
	if (line->flags & TL_BOLD)
		tl_buf_puts(out, " font-weight=\"bold\"");
	if (line->flags & TL_ITALIC)
		tl_buf_puts(out, " font-style=\"italic\"");
	put_color(out, "fill", line->color);
	tl_buf_putc(out, '>');
	tl_xml_escape(out, line->text);
	tl_buf_puts(out, "</text>\n");
}

/* ---- head ---------------------------------------------------------------------------------- */

/* An id as a CSS identifier. */
static void put_css_id(struct tl_buf *out, const char *id)
{
	for (const char *p = id; *p; p++)
		if (isalpha((unsigned char)*p) || *p == '_' || (unsigned char)*p >= 0x80 ||
			(p > id && (isdigit((unsigned char)*p) || *p == '-')))
			tl_buf_putc(out, *p);
		else
			tl_buf_printf(out, "\\%x ", (unsigned char)*p);
}

static bool is_dark(tl_color color)
{
	double luminance = 0.2126 * (color >> 24 & 255) + 0.7152 * (color >> 16 & 255) +
			   0.0722 * (color >> 8 & 255);

	return tl_color_visible(color) && luminance < 128;
}

/* @ stands for the scene's root, $ for the colour that is farthest from the paper. */
static const char rules[] =
	"@ a{cursor:pointer}\n"
	"@ .touchpoint:hover>rect,@ a:hover>rect,@ a:focus-visible>rect{stroke:$;stroke-width:2}\n"
	"@ .flow:hover>path{stroke-width:3}\n"
	/* Colours carry meaning, and text was given contrast against them. */
	"@media (forced-colors:active){@,@ text{forced-color-adjust:none}}\n"
	"@media print{@{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n";

static void put_rules(struct tl_buf *out, const char *template, const char *id, bool dark)
{
	for (const char *p = template; *p; p++)
		if (*p == '@' && strncmp(p, "@media", 6) != 0)
			tl_buf_printf(out, "#%s", id);
		else if (*p == '$')
			tl_buf_puts(out, dark ? "#fff" : "#0f172a");
		else
			tl_buf_putc(out, *p);
}

static void put_style(struct tl_buf *out, const struct tl_scene *scene, bool embed_fonts)
{
	struct tl_buf family = {0}, id = {0};

	put_css_id(&id, scene->id);
	/* A family of its own: the page around may use the font too, or hold another subset. */
	tl_buf_printf(&family, "Touchline %s", scene->id);
	tl_buf_puts(out, "<style>\n");
	put_rules(out, rules, id.data, is_dark(scene->paper));
	if (embed_fonts && tl_font_embed(out, scene, family.data))
		tl_buf_printf(out, "#%s{font-family:\"%s\"," TL_FONT "}\n", id.data, family.data);
	tl_buf_puts(out, "</style>\n");
	tl_buf_release(&family);
	tl_buf_release(&id);
}

static void put_described(struct tl_buf *out, const struct tl_scene *scene, const char *element,
	const char *id, const char *text)
{
	if (!text)
		return;
	tl_buf_printf(out, "<%s", element);
	put_id(out, scene, id);
	tl_buf_putc(out, '>');
	tl_xml_escape(out, text);
	tl_buf_printf(out, "</%s>\n", element);
}

void tl_svg_head(struct tl_buf *out, const struct tl_scene *scene, bool embed_fonts)
{
	tl_buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			 "<svg xmlns=\"http://www.w3.org/2000/svg\"");
	put_attribute(out, "id", scene->id);
	tl_buf_puts(out, " class=\"touchline\" width=\"");
	tl_buf_number(out, scene->width, 2);
	tl_buf_puts(out, "pt\" height=\"");
	tl_buf_number(out, scene->height, 2);
	tl_buf_puts(out, "pt\" viewBox=\"0 0 ");
	tl_buf_number(out, scene->width, 2);
	tl_buf_putc(out, ' ');
	tl_buf_number(out, scene->height, 2);
	tl_buf_putc(out, '"');
	if (scene->lang) {
		put_attribute(out, "lang", scene->lang);
		put_attribute(out, "xml:lang", scene->lang);
	}
	/* A document: an image would hide the boxes and links inside from screen readers. */
	tl_buf_puts(out, " role=\"graphics-document document\" aria-labelledby=\"");
	tl_xml_escape(out, scene->id);
	tl_buf_puts(out, "-svg-title\"");
	if (scene->description) {
		tl_buf_puts(out, " aria-describedby=\"");
		tl_xml_escape(out, scene->id);
		tl_buf_puts(out, "-svg-desc\"");
	}
	tl_buf_puts(out, " font-family=\"" TL_FONT "\" text-rendering=\"geometricPrecision\">\n");
	put_described(out, scene, "title", "svg-title", scene->title);
	put_described(out, scene, "desc", "svg-desc", scene->description);
	put_style(out, scene, embed_fonts);
}
