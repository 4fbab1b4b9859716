/* edit: one element. Its start tag, its text, and elements that are new.
 *
 * A tag that gets longer than EDIT_WIDTH columns by an attribute goes on on a next line, below its
 * first attribute.
 */
#include "edit/edit.h"

#include <string.h>

/* The value that a decision gives an attribute, folded; NULL: it says nothing about it. */
static const char *decided(struct edit_rope *rope, const struct tl_xml_element *decision,
	const char *key, const char *name, struct tl_span *at)
{
	const struct tl_xml_attribute *a = tl_xml_attribute(decision, name);

	if (!a || tl_edit_lists(key, name))
		return NULL;
	*at = a->value_at.length ? a->value_at : a->name_at;
	return tl_text_fold(rope->arena, a->value);
}

static char quote_of(const struct tl_xml_attribute *attribute)
{
	return attribute->value_at.source->text[attribute->value_at.offset - 1];
}

/* ---- attributes that are new -------------------------------------------------------------------- */

/* follows: columns of what stays on the line behind it. */
static void put_attribute(struct edit_rope *rope, const struct tl_xml_attribute *a, char quote,
	const char *indent, size_t follows)
{
	const char *value = tl_text_fold(rope->arena, a->value);
	size_t width = 1 + tl_utf8_columns(a->name, strlen(a->name)) + 3 +
		       tl_utf8_columns(value, strlen(value)) + follows;
	char open[] = {'=', quote, 0}, close[] = {quote, 0};
	bool wrap = indent && tl_rope_column(rope) + width > EDIT_WIDTH;

	tl_rope_put(rope, wrap ? indent : " ", a->name_at);
	tl_rope_put(rope, a->name, a->name_at);
	tl_rope_put(rope, open, a->name_at);
	tl_rope_put_escaped(rope, value, quote, a->value_at);
	tl_rope_put(rope, close, a->name_at);
}

void tl_edit_add(struct edit_rope *rope, const struct tl_xml_element *touchpoint,
	const struct tl_xml_element *decision, const char *indent)
{
	const char *raw = touchpoint->at.source->text + touchpoint->name_at.offset;
	size_t prefix = touchpoint->name_at.length - strlen(touchpoint->name);
	const char *name = tl_arena_printf(rope->arena, "%.*s%s", (int)prefix, raw, decision->name);
	const char *text = tl_text_fold(rope->arena, decision->text);
	char quote = quote_of(touchpoint->attributes);
	bool first = true;

	tl_rope_put(rope, "<", decision->name_at);
	tl_rope_put(rope, name, decision->name_at);
	for (const struct tl_xml_attribute *a = decision->attributes; a; a = a->next) {
		if (!*tl_text_fold(rope->arena, a->value))
			continue;
		put_attribute(rope, a, quote, first ? NULL : indent, 1);
		first = false;
	}
	if (*text) {
		tl_rope_put(rope, ">", decision->name_at);
		tl_rope_put_escaped(rope, text, 0, decision->text_at);
		tl_rope_put(rope, "</", decision->name_at);
		tl_rope_put(rope, name, decision->name_at);
		tl_rope_put(rope, ">", decision->name_at);
	} else {
		tl_rope_put(rope, "/>", decision->name_at);
	}
}

/* ---- a tag that is there ------------------------------------------------------------------------ */

struct tag {
	struct edit_rope *rope;
	const struct tl_xml_element *element, *decision;
	const char *key, *indent;
	char quote;
	bool changed;
};

/* Columns of the source from here to the end of the tag or of the line. */
static size_t follows(const struct tag *tag)
{
	const char *text = tag->element->at.source->text;
	size_t start = tag->rope->done, end = start;

	while (end < edit_end(tag->element->at) && text[end] != '\n' && text[end] != '\r')
		end++;
	return tl_utf8_columns(text + start, end - start);
}

static bool is_taken_away(const struct tag *tag, const struct tl_xml_attribute *a)
{
	struct tl_span at;
	const char *value = decided(tag->rope, tag->decision, tag->key, a->name, &at);

	return value && !*value;
}

/* The attribute of the element behind which one that it lacks is put: the last that stays of those
 * that usually stand before it; NULL: behind the name. */
static const struct tl_xml_attribute *predecessor(const struct tag *tag, const char *name)
{
	size_t order = tl_front_attribute_order(tag->element->name, name);
	const struct tl_xml_attribute *last = NULL;

	for (const struct tl_xml_attribute *a = tag->element->attributes; a; a = a->next)
		if (!a->prefix && !is_taken_away(tag, a) &&
			tl_front_attribute_order(tag->element->name, a->name) < order)
			last = a;
	return last;
}

/* Those that come behind the attribute, in their usual order. */
static void put_missing(struct tag *tag, const struct tl_xml_attribute *behind)
{
	const char *name = tag->element->name;
	size_t done = 0;

	for (;;) {
		const struct tl_xml_attribute *next = NULL;
		size_t least = SIZE_MAX;
		for (const struct tl_xml_attribute *a = tag->decision->attributes; a; a = a->next) {
			size_t order = tl_front_attribute_order(name, a->name) + 1;
			if (order <= done || order >= least || tl_edit_lists(tag->key, a->name) ||
				tl_xml_attribute(tag->element, a->name) ||
				!*tl_text_fold(tag->rope->arena, a->value) ||
				predecessor(tag, a->name) != behind)
				continue;
			least = order;
			next = a;
		}
		if (!next)
			return;
		done = least;
		tag->changed = true;
		put_attribute(tag->rope, next, tag->quote, tag->indent, follows(tag));
	}
}

static bool has_line_end(const char *text, size_t from, size_t to)
{
	return memchr(text + from, '\n', to - from) || memchr(text + from, '\r', to - from);
}

/* An attribute and the white space that goes with it: what stands before it, but for one that
 * begins a line on which others follow. */
static void take_away(struct tag *tag, const struct tl_xml_attribute *a)
{
	const char *text = a->name_at.source->text;
	size_t before = a->name_at.offset, end = edit_end(a->value_at) + 1, next = end;

	while (edit_is_space(text[before - 1]))
		before--;
	while (edit_is_blank(text[next]))
		next++;
	bool begins = has_line_end(text, before, a->name_at.offset);
	bool others = a->next && next == a->next->name_at.offset;
	if (begins && others) {
		tl_rope_keep(tag->rope, a->name_at.offset);
		tl_rope_skip(tag->rope, next);
	} else {
		tl_rope_keep(tag->rope, before);
		tl_rope_skip(tag->rope, end);
	}
	tag->changed = true;
}

static void set(struct tag *tag, const struct tl_xml_attribute *a)
{
	struct tl_span at;
	const char *value = decided(tag->rope, tag->decision, tag->key, a->name, &at);

	if (!value || a->prefix || !strcmp(value, tl_text_fold(tag->rope->arena, a->value)))
		return;
	if (!*value) {
		take_away(tag, a);
		return;
	}
	tl_rope_keep(tag->rope, a->value_at.offset);
	tl_rope_put_escaped(tag->rope, value, quote_of(a), at);
	tl_rope_skip(tag->rope, edit_end(a->value_at));
	tag->changed = true;
}

bool tl_edit_tag(struct edit_rope *rope, const struct tl_xml_element *element, const char *key,
	const struct tl_xml_element *decision)
{
	/* every touchpoint has an id, and an element that has no attribute stands in one */
	const struct tl_xml_element *quoted = element->attributes ? element : element->parent;
	struct tag tag = {rope, element, decision, key, tl_edit_tag_indent(rope->arena, element),
		quote_of(quoted->attributes), false};

	tl_rope_keep(rope, edit_end(element->name_at));
	put_missing(&tag, NULL);
	for (const struct tl_xml_attribute *a = element->attributes; a; a = a->next) {
		set(&tag, a);
		if (rope->done <= edit_end(a->value_at)) /* else it was taken away */
			tl_rope_keep(rope, edit_end(a->value_at) + 1);
		put_missing(&tag, a);
	}
	return tag.changed;
}

/* ---- text --------------------------------------------------------------------------------------- */

/* Behind the comment or processing instruction at p; p where there is none. */
static const char *behind_aside(const char *p, const char *end)
{
	const char *close = NULL;
	size_t length = 0;

	if (end - p >= 4 && !memcmp(p, "<!--", 4)) {
		close = memmem(p + 4, (size_t)(end - p - 4), "-->", 3);
		length = 3;
	} else if (end - p >= 2 && !memcmp(p, "<?", 2)) {
		close = memmem(p + 2, (size_t)(end - p - 2), "?>", 2);
		length = 2;
	}
	return close ? close + length : p;
}

/* Text goes, with white space around it that is inside of it; comments stay. */
static void drop_text(struct edit_rope *rope, const char *p, const char *end)
{
	const char *text = rope->source->text;

	while (p < end) {
		const char *aside = behind_aside(p, end);
		const char *space = p;
		if (aside == p) {
			bool data = end - p > 9 && !memcmp(p, "<![CDATA[", 9);
			const char *close = data ? memmem(p, (size_t)(end - p), "]]>", 3) : NULL;
			p = close ? close + 3 : p + 1;
			continue;
		}
		while (space > text + rope->done && edit_is_space(space[-1]))
			space--;
		tl_rope_skip(rope, (size_t)(space - text));
		tl_rope_keep(rope, (size_t)(aside - text));
		p = aside;
	}
	tl_rope_skip(rope, (size_t)(end - text));
}

static void put_content(struct edit_rope *rope, const struct tl_xml_element *element,
	const char *words, struct tl_span at)
{
	const char *text = rope->source->text, *p = text + edit_end(element->at),
		   *end = text + element->end_at.offset;
	bool empty = !*tl_text_fold(rope->arena, element->text);

	while (end > p && edit_is_space(end[-1]))
		end--;
	for (const char *aside = p; !empty && p < end; p = aside) {
		while (edit_is_space(*aside))
			aside++;
		p = aside;
		aside = behind_aside(p, end);
		if (aside == p)
			break;
	}
	tl_rope_keep(rope, (size_t)(p - text));
	tl_rope_put_escaped(rope, words, 0, at);
	if (!empty)
		drop_text(rope, p, end);
	else if (end == p)
		tl_rope_skip(rope, element->end_at.offset);
}

/* "<pain/>" becomes "<pain>words</pain>". */
static void open_tag(struct edit_rope *rope, const struct tl_xml_element *element,
	const char *words, const struct tl_xml_element *decision)
{
	const char *text = rope->source->text;
	size_t slash = edit_end(element->at) - 2, end = slash;

	while (edit_is_space(text[end - 1]))
		end--;
	tl_rope_keep(rope, end);
	tl_rope_skip(rope, edit_end(element->at));
	tl_rope_put(rope, ">", decision->name_at);
	tl_rope_put_escaped(rope, words, 0, decision->text_at);
	tl_rope_put(rope,
		tl_arena_printf(rope->arena, "</%.*s>", (int)element->name_at.length,
			text + element->name_at.offset),
		decision->name_at);
}

bool tl_edit_text(struct edit_rope *rope, const struct tl_xml_element *element,
	const struct tl_xml_element *decision)
{
	const char *words = tl_text_fold(rope->arena, decision->text);

	if (!*words || !strcmp(words, tl_text_fold(rope->arena, element->text)))
		return false;
	if (element->end_at.length)
		put_content(rope, element, words, decision->text_at);
	else
		open_tag(rope, element, words, decision);
	return true;
}
