/* edit, internal: decisions as they were read, and a source while it is edited.
 *
 * A rope is the text as it will be, put together from pieces in the order of the source: bytes that
 * were kept, and bytes that a decision put in. Every place in the new text can so be told as one in
 * the old text or in the decisions.
 */
#ifndef EDIT_EDIT_H
#define EDIT_EDIT_H

#include "touchline/edit.h"
#include "touchline/xml.h"

enum { EDIT_WIDTH = 110 }; /* columns that tags keep to */

struct tl_decisions {
	const struct tl_source *source;
	const struct tl_xml_element *root; /* what is below it is in the namespace of journeys */
	const struct tl_decided *journeys; /* one for each child of the root */
	size_t count;
};

/* ---- decisions.c */
/* The value of an attribute, white space folded; "" where it is not written. */
const char *tl_edit_value(
	struct tl_arena *arena, const struct tl_xml_element *element, const char *name);
/* What tells an element from others at its touchpoint: equal for equal ones. by_text: by its text,
 * where ids usually tell it. */
const char *tl_edit_key(struct tl_arena *arena, const struct tl_part *part,
	const struct tl_xml_element *element, bool by_text);
/* Whether it has no id, so that its text has to tell it. */
bool tl_edit_is_nameless(const struct tl_part *part, const struct tl_xml_element *element);

/* ---- rope.c */
struct edit_piece {
	size_t at;	     /* where it starts in the new text */
	struct tl_span from; /* kept: the very bytes; else the decision that put it in */
	bool kept;
};
struct edit_rope {
	struct tl_arena *arena;
	const struct tl_source *source;
	size_t done; /* of the source */
	struct tl_buf text;
	struct edit_piece *pieces;
	size_t count, capacity;
};
void tl_rope_keep(struct edit_rope *rope, size_t until); /* offsets in the source */
void tl_rope_skip(struct edit_rope *rope, size_t until);
void tl_rope_put(struct edit_rope *rope, const char *bytes, struct tl_span from);
/* With what the place forbids as references: in a value with these quotes, or (0) in content. */
void tl_rope_put_escaped(
	struct edit_rope *rope, const char *text, char quote, struct tl_span from);
size_t tl_rope_column(const struct edit_rope *rope); /* columns behind the last line end */
/* Where a place of the new text comes from. *kept: it is in the source. */
struct tl_span tl_rope_origin(const struct edit_rope *rope, struct tl_span at, bool *kept);

/* ---- layout.c: white space as it is around */
bool tl_edit_starts_line(const struct tl_source *source, size_t offset);
/* Behind white space and comments, where nothing else follows on the line of offset; else offset. */
size_t tl_edit_rest_of_line(const struct tl_source *source, size_t offset, bool *blank);
const char *tl_edit_line_end(const struct tl_source *source, size_t offset); /* "\n", "\r\n", "\r" */
/* The white space that the line of offset begins with. */
const char *tl_edit_indent(
	struct tl_arena *arena, const struct tl_source *source, size_t offset);
/* That of children of the touchpoint that stand on lines of their own. */
const char *tl_edit_child_indent(
	struct tl_arena *arena, const struct tl_xml_element *touchpoint);
/* A line end, and white space up to below the first attribute of the tag; NULL where the tag stands
 * behind others on its line, and so stays there. */
const char *tl_edit_tag_indent(struct tl_arena *arena, const struct tl_xml_element *element);

/* ---- element.c. True where something changed. */
/* The attributes of the start tag, but for those of the key. */
bool tl_edit_tag(struct edit_rope *rope, const struct tl_xml_element *element, const char *key,
	const struct tl_xml_element *decision);
bool tl_edit_text(struct edit_rope *rope, const struct tl_xml_element *element,
	const struct tl_xml_element *decision);
/* A new element. indent: what continues its tag on a next line; NULL: all on one. */
void tl_edit_add(struct edit_rope *rope, const struct tl_xml_element *touchpoint,
	const struct tl_xml_element *decision, const char *indent);

static inline size_t edit_end(struct tl_span span)
{
	return (size_t)span.offset + span.length;
}

static inline bool edit_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static inline bool edit_is_space(char c)
{
	return edit_is_blank(c) || c == '\n' || c == '\r';
}

/* Whether the word is one of those in the list, which are separated by spaces. */
bool tl_edit_lists(const char *list, const char *word);

#endif
