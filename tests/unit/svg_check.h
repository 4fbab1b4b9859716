/* What must be true of every SVG that is drawn: well-formed and complete, ids unique and prefixed,
 * paint that every program understands, no text over another, over the edge of its card or of the
 * page, no arrow through a card. Faults are counted and told, the first of each kind and place. */
#ifndef TESTS_UNIT_SVG_CHECK_H
#define TESTS_UNIT_SVG_CHECK_H

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "touchline/map.h"
#include "touchline/xml.h"

struct svg_area {
	double left, top, right, bottom;
};
struct svg_text {
	const char *text, *group;
	struct svg_area area;
};
struct svg_card {
	const char *id;
	struct svg_area area;
};
struct svg_check {
	struct tl_arena arena;
	struct tl_table ids;
	const char *name, *prefix;
	struct svg_area page;
	struct svg_text *texts;
	size_t text_count, text_capacity;
	struct svg_card *cards; /* of touchpoints */
	size_t card_count, card_capacity;
	const struct tl_xml_element **flows;
	size_t flow_count, flow_capacity;
	size_t faults;
	bool quiet;
};

__attribute__((format(printf, 2, 3))) static void svg_fault(
	struct svg_check *check, const char *fmt, ...)
{
	va_list args;

	if (check->faults++ >= 20 || check->quiet)
		return;
	va_start(args, fmt);
	fprintf(stderr, "%s: ", check->name);
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
	va_end(args);
}

static const char *svg_get(const struct tl_xml_element *element, const char *name)
{
	const struct tl_xml_attribute *a = tl_xml_attribute(element, name);

	return a ? a->value : NULL;
}

static double svg_number(const struct tl_xml_element *element, const char *name, double otherwise)
{
	const char *value = svg_get(element, name);

	return value ? strtod(value, NULL) : otherwise;
}

static bool svg_has_class(const struct tl_xml_element *element, const char *word)
{
	const char *class = svg_get(element, "class"), *p = class;
	size_t n = strlen(word);

	for (; p && (p = strstr(p, word)); p += n)
		if ((p == class || p[-1] == ' ') && (p[n] == '\0' || p[n] == ' '))
			return true;
	return false;
}

static bool svg_overlap(struct svg_area a, struct svg_area b, double slack)
{
	return a.left < b.right - slack && b.left < a.right - slack && a.top < b.bottom - slack &&
	       b.top < a.bottom - slack;
}

static bool svg_inside(struct svg_area a, struct svg_area b, double slack)
{
	return a.left >= b.left - slack && a.right <= b.right + slack && a.top >= b.top - slack &&
	       a.bottom <= b.bottom + slack;
}

/* ---- what single elements say ------------------------------------------------------------- */

static void svg_check_id(struct svg_check *check, const struct tl_xml_element *element)
{
	const char *id = svg_get(element, "id");
	size_t n = strlen(check->prefix);

	if (!id)
		return;
	if (tl_table_add(&check->ids, id, (void *)element))
		svg_fault(check, "the id '%s' is there twice", id);
	if (strncmp(id, check->prefix, n) != 0 || (id[n] && id[n] != '-'))
		svg_fault(check, "the id '%s' does not begin with '%s'", id, check->prefix);
}

static void svg_check_paint(struct svg_check *check, const struct tl_xml_element *element)
{
	static const char *const names[] = {"fill", "stroke"};

	for (size_t i = 0; i < TL_COUNT(names); i++) {
		const char *value = svg_get(element, names[i]);
		size_t n = value ? strlen(value) : 0;

		if (!value || strcmp(value, "none") == 0)
			continue;
		if (value[0] != '#' || (n != 4 && n != 7) ||
			strspn(value + 1, "0123456789abcdef") != n - 1)
			svg_fault(check, "%s=\"%s\" is not understood everywhere", names[i], value);
	}
}

static struct svg_area svg_outline(const struct tl_xml_element *e)
{
	double rx, ry, x, y;

	if (strcmp(e->name, "rect") == 0) {
		x = svg_number(e, "x", 0);
		y = svg_number(e, "y", 0);
		return (struct svg_area){
			x, y, x + svg_number(e, "width", 0), y + svg_number(e, "height", 0)};
	}
	rx = svg_number(e, "rx", svg_number(e, "r", 0));
	ry = svg_number(e, "ry", svg_number(e, "r", 0));
	x = svg_number(e, "cx", 0);
	y = svg_number(e, "cy", 0);
	return (struct svg_area){x - rx, y - ry, x + rx, y + ry};
}

/* Where ink may be: from the height of capitals to the depth of descenders. */
static struct svg_area svg_text_area(const struct tl_xml_element *e)
{
	const char *anchor = svg_get(e, "text-anchor"), *weight = svg_get(e, "font-weight");
	const char *direction = svg_get(e, "direction");
	double x = svg_number(e, "x", 0), y = svg_number(e, "y", 0);
	double size = svg_number(e, "font-size", 0), width;
	bool middle = anchor && strcmp(anchor, "middle") == 0;
	bool right = anchor && strcmp(anchor, "end") == 0;

	if (direction && strcmp(direction, "rtl") == 0)
		right = !right && !middle;
	width = tl_text_width(e->text, size,
		(weight && strcmp(weight, "bold") == 0 ? TL_BOLD : 0) |
			(svg_get(e, "font-style") ? TL_ITALIC : 0));
	x -= middle ? width / 2 : right ? width : 0;
	return (struct svg_area){x, y - 0.73 * size, x + width, y + 0.2 * size};
}

/* ---- walking ------------------------------------------------------------------------------- */

static void svg_note_text(struct svg_check *check, const struct tl_xml_element *e,
	const char *group, const struct svg_area *card)
{
	struct svg_area area = svg_text_area(e);

	if (!svg_inside(area, check->page, 0.5))
		svg_fault(check, "'%s' is over the edge of the page", e->text);
	if (card && !svg_inside(area, *card, 0.6))
		svg_fault(check, "'%s' is over the edge of '%s'", e->text, group);
	check->texts = tl_arena_grow(&check->arena, check->texts, check->text_count,
		&check->text_capacity, sizeof *check->texts);
	check->texts[check->text_count++] = (struct svg_text){e->text, group, area};
}

static void svg_note_card(struct svg_check *check, const char *id, struct svg_area area)
{
	check->cards = tl_arena_grow(&check->arena, check->cards, check->card_count,
		&check->card_capacity, sizeof *check->cards);
	check->cards[check->card_count++] = (struct svg_card){id, area};
}

static void svg_walk(struct svg_check *check, const struct tl_xml_element *element)
{
	const char *group = svg_get(element, "id");
	bool box = group && !svg_has_class(element, "flow") && element->parent;
	struct svg_area outline;
	const struct svg_area *card = NULL;

	for (const struct tl_xml_element *e = element->first; e; e = e->next) {
		svg_check_id(check, e);
		svg_check_paint(check, e);
		if (strcmp(e->name, "text") == 0) {
			svg_note_text(check, e, group, card);
		} else if (box && !card && (svg_get(e, "width") || svg_get(e, "cx"))) {
			outline = svg_outline(e);
			card = &outline;
			if (!svg_inside(outline, check->page, 0.5))
				svg_fault(check, "'%s' is over the edge of the page", group);
			if (svg_has_class(element, "touchpoint"))
				svg_note_card(check, group, outline);
		} else if (svg_has_class(e, "flow")) {
			check->flows = tl_arena_grow(&check->arena, check->flows, check->flow_count,
				&check->flow_capacity, sizeof *check->flows);
			check->flows[check->flow_count++] = e;
		}
		svg_walk(check, e);
	}
}

/* ---- between elements ---------------------------------------------------------------------- */

static int svg_by_left(const void *a, const void *b)
{
	double l = ((const struct svg_text *)a)->area.left,
	       r = ((const struct svg_text *)b)->area.left;

	return (l > r) - (l < r);
}

static void svg_check_texts(struct svg_check *check)
{
	double widest = 0;

	qsort(check->texts, check->text_count, sizeof *check->texts, svg_by_left);
	for (size_t i = 0; i < check->text_count; i++) {
		const struct svg_text *t = &check->texts[i];

		widest = fmax(widest, t->area.right - t->area.left);
		for (size_t k = i; k-- > 0 && check->texts[k].area.left > t->area.left - widest;)
			if (svg_overlap(t->area, check->texts[k].area, 0.3))
				svg_fault(check, "'%s' (%s) and '%s' (%s) overlap", t->text,
					t->group ? t->group : "marks", check->texts[k].text,
					check->texts[k].group ? check->texts[k].group : "marks");
	}
}

static void svg_check_cards(struct svg_check *check)
{
	for (size_t i = 0; i < check->card_count; i++)
		for (size_t k = 0; k < i; k++)
			if (svg_overlap(check->cards[i].area, check->cards[k].area, 0.1))
				svg_fault(check, "'%s' and '%s' overlap", check->cards[i].id,
					check->cards[k].id);
}

static void svg_check_point(struct svg_check *check, const char *flow, struct tl_point p)
{
	static const double slack = 1; /* ends touch the outline */

	for (size_t i = 0; i < check->card_count; i++) {
		struct svg_area a = check->cards[i].area;

		if (p.x > a.left + slack && p.x < a.right - slack && p.y > a.top + slack &&
			p.y < a.bottom - slack) {
			svg_fault(check, "'%s' runs through '%s'", flow, check->cards[i].id);
			return;
		}
	}
}

/* Reads `count` numbers; false at the next letter or the end. */
static bool svg_numbers(const char **p, double *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *end;

		numbers[i] = strtod(*p, &end);
		if (end == *p)
			return false;
		*p = end;
	}
	return true;
}

static void svg_check_cubic(
	struct svg_check *check, const char *flow, struct tl_point at, const double n[6])
{
	for (int i = 0; i <= 20; i++) {
		double t = i / 20., s = 1 - t, b = 3 * s * s * t, c = 3 * s * t * t, e = t * t * t;

		svg_check_point(check, flow,
			(struct tl_point){at.x + b * n[0] + c * n[2] + e * n[4],
				at.y + b * n[1] + c * n[3] + e * n[5]});
	}
}

/* Path data as draw writes them: M, then l, h, v and c. */
static void svg_check_flow(struct svg_check *check, const struct tl_xml_element *flow)
{
	const char *id = svg_get(flow, "id"), *d = NULL;
	struct tl_point at = {0, 0};
	double n[6];

	for (const struct tl_xml_element *e = flow->first; e && !d; e = e->next)
		d = strcmp(e->name, "path") == 0 ? svg_get(e, "d") : NULL;
	if (!d || *d != 'M')
		svg_fault(check, "'%s' has no path", id);
	while (d && *d) {
		char command = *d++;
		size_t count = command == 'c' ? 6 : command == 'h' || command == 'v' ? 1 : 2;

		if (!strchr("Mlhvc", command)) {
			svg_fault(check, "'%s' has a path with '%c'", id, command);
			return;
		}
		while (svg_numbers(&d, n, count)) {
			if (command == 'M')
				at = (struct tl_point){0, 0};
			if (command != 'c') { /* a straight line is a cubic too */
				double x = command == 'v' ? 0 : n[0];
				double y = command == 'v' ? n[0] : command == 'h' ? 0 : n[1];

				n[0] = x / 3, n[1] = y / 3, n[2] = x * 2 / 3, n[3] = y * 2 / 3;
				n[4] = x, n[5] = y;
			}
			if (command != 'M')
				svg_check_cubic(check, id, at, n);
			at.x += n[4];
			at.y += n[5];
		}
	}
}

static void svg_check_root(struct svg_check *check, const struct tl_xml_element *root)
{
	static const char *const needed[] = {
		"id", "width", "height", "viewBox", "lang", "role", "aria-labelledby"};
	const struct tl_xml_element *title = root->first;
	const char *box = svg_get(root, "viewBox");
	double numbers[4] = {0};

	for (size_t i = 0; i < TL_COUNT(needed); i++)
		if (!svg_get(root, needed[i]))
			svg_fault(check, "<svg> has no %s", needed[i]);
	if (strcmp(root->name, "svg") != 0 || !title || strcmp(title->name, "title") != 0 ||
		!*title->text)
		svg_fault(check, "there is no title");
	if (!title || !title->next || strcmp(title->next->name, "desc") != 0 || !*title->next->text)
		svg_fault(check, "there is no description");
	check->prefix = svg_get(root, "id") ? svg_get(root, "id") : "";
	if (box)
		sscanf(box, "%lf %lf %lf %lf", numbers, numbers + 1, numbers + 2, numbers + 3);
	check->page = (struct svg_area){0, 0, numbers[2], numbers[3]};
	if (numbers[2] <= 0 || numbers[3] <= 0)
		svg_fault(check, "the page has no size");
}

/* Fonts are longer than any text that our reader of XML takes. */
static void svg_without_fonts(struct tl_buf *out, const char *svg)
{
	static const char start[] = "base64,";
	const char *p;

	while ((p = strstr(svg, start))) {
		tl_buf_put(out, svg, (size_t)(p - svg));
		svg = p + strcspn(p, ")");
	}
	tl_buf_puts(out, svg);
}

/* Number of faults. ids: a NULL-terminated list of boxes that must be there, or NULL. */
static size_t svg_check(const char *name, const char *svg, const char *const *ids, bool quiet)
{
	struct svg_check check = {.name = name, .quiet = quiet};
	struct tl_diags diags;
	struct tl_buf text = {0};
	const struct tl_xml_element *root;

	tl_arena_init(&check.arena);
	tl_table_init(&check.ids, &check.arena);
	tl_diags_init(&diags);
	svg_without_fonts(&text, svg);
	if (strstr(text.data, "<!--") || strstr(text.data, "<!DOCTYPE"))
		svg_fault(&check, "there is a comment or a DOCTYPE");
	root = tl_xml_parse(
		&check.arena, &diags, tl_diags_source(&diags, name, text.data, text.len));
	if (root) {
		svg_check_root(&check, root);
		svg_check_id(&check, root);
		svg_walk(&check, root);
		svg_check_texts(&check);
		svg_check_cards(&check);
		for (size_t i = 0; i < check.flow_count; i++)
			svg_check_flow(&check, check.flows[i]);
		for (; ids && *ids; ids++)
			if (!tl_table_get(&check.ids,
				    tl_arena_printf(&check.arena, "%s-%s", check.prefix, *ids)))
				svg_fault(&check, "'%s' is missing", *ids);
	} else {
		svg_fault(&check, "it is not well-formed");
		if (!quiet)
			tl_diags_print(&diags, stderr, false);
	}
	tl_buf_release(&text);
	tl_diags_release(&diags);
	tl_arena_release(&check.arena);
	return check.faults;
}

#endif
