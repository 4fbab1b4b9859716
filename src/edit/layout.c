/* edit: where lines begin and end in a source, and the white space that its author uses. */
#include "edit/edit.h"

#include <string.h>

static bool ends_line(char c)
{
	return c == '\n' || c == '\r';
}

static size_t line_start(const struct tl_source *source, size_t offset)
{
	while (offset > 0 && !ends_line(source->text[offset - 1]))
		offset--;
	return offset;
}

bool tl_edit_starts_line(const struct tl_source *source, size_t offset)
{
	while (offset > 0 && edit_is_blank(source->text[offset - 1]))
		offset--;
	return offset == 0 || ends_line(source->text[offset - 1]);
}

size_t tl_edit_rest_of_line(const struct tl_source *source, size_t offset, bool *blank)
{
	const char *text = source->text, *end = text + source->length, *p = text + offset;

	for (;;) {
		while (p < end && edit_is_blank(*p))
			p++;
		const char *close = end - p > 4 && !memcmp(p, "<!--", 4)
					    ? memmem(p + 4, (size_t)(end - p - 4), "-->", 3)
					    : NULL;
		if (!close)
			break;
		p = close + 3;
	}
	*blank = p == end || ends_line(*p);
	return *blank ? (size_t)(p - text) : offset;
}

const char *tl_edit_line_end(const struct tl_source *source, size_t offset)
{
	const char *text = source->text;
	size_t at = line_start(source, offset);

	if (at == 0) { /* the first line: as it ends itself */
		while (at < source->length && !ends_line(text[at]))
			at++;
		if (at == source->length)
			return "\n";
		return text[at] == '\n'				    ? "\n"
		       : at + 1 < source->length && text[at + 1] == '\n' ? "\r\n"
									  : "\r";
	}
	if (text[at - 1] == '\r')
		return "\r";
	return at > 1 && text[at - 2] == '\r' ? "\r\n" : "\n";
}

const char *tl_edit_indent(
	struct tl_arena *arena, const struct tl_source *source, size_t offset)
{
	size_t start = line_start(source, offset), end = start;

	while (end < source->length && edit_is_blank(source->text[end]))
		end++;
	return tl_arena_strndup(arena, source->text + start, end - start);
}

const char *tl_edit_child_indent(struct tl_arena *arena, const struct tl_xml_element *touchpoint)
{
	const struct tl_source *source = touchpoint->at.source;

	for (const struct tl_xml_element *e = touchpoint->first; e; e = e->next)
		if (tl_edit_starts_line(source, e->at.offset))
			return tl_edit_indent(arena, source, e->at.offset);
	const char *own = tl_edit_indent(arena, source, touchpoint->at.offset);
	const char *above = tl_edit_indent(arena, source, touchpoint->parent->at.offset);
	size_t n = strlen(above);
	/* one step deeper, by the step from the stage to its touchpoint */
	const char *step = strlen(own) > n && !strncmp(own, above, n) ? own + n
			   : strchr(own, '\t')			      ? "\t"
								      : "  ";
	return tl_arena_printf(arena, "%s%s", own, step);
}

/* The white space before an attribute that begins a line of its tag. */
static const char *wrapped_before(
	struct tl_arena *arena, const struct tl_xml_element *element, size_t *length)
{
	const char *text = element->at.source->text;

	for (const struct tl_xml_attribute *a = element->attributes; a; a = a->next) {
		size_t end = a->name_at.offset, start = end;
		while (edit_is_space(text[start - 1]))
			start--;
		*length = end - start;
		if (memchr(text + start, '\n', *length) || memchr(text + start, '\r', *length))
			return tl_arena_strndup(arena, text + start, *length);
	}
	return NULL;
}

const char *tl_edit_tag_indent(struct tl_arena *arena, const struct tl_xml_element *element)
{
	const struct tl_source *source = element->at.source;
	size_t length, start = line_start(source, element->at.offset);
	size_t first = edit_end(element->name_at) + 1;
	const char *wrapped = wrapped_before(arena, element, &length);
	struct tl_buf out = {0};

	if (wrapped || !tl_edit_starts_line(source, element->at.offset))
		return wrapped;
	tl_buf_puts(&out, tl_edit_line_end(source, start));
	size_t tabs = start;
	while (tabs < first && source->text[tabs] == '\t')
		tabs++;
	tl_buf_put(&out, source->text + start, tabs - start);
	size_t columns = tl_utf8_columns(source->text + tabs, first - tabs);
	while (columns--)
		tl_buf_putc(&out, ' ');
	const char *copy = tl_arena_strdup(arena, out.data);
	tl_buf_release(&out);
	return copy;
}
