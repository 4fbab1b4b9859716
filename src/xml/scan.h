/* xml, internal: what the files of this layer share. */
#ifndef XML_SCAN_H
#define XML_SCAN_H

#include <string.h>
#include "touchline/xml.h"

static inline bool xml_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline const char *xml_skip_space(const char *p, const char *end)
{
	while (p < end && xml_is_space(*p))
		p++;
	return p;
}

/* Past the characters that can belong to a name. Which of them may is libxml2's business. */
const char *tl_xml_skip_name(const char *p, const char *end);

struct tl_span tl_xml_span(const struct tl_source *source, const char *from, const char *to);

/* An attribute of a tag that is known to be well-formed. value is without the quotes. */
struct xml_raw_attribute {
	const char *name, *value;
	size_t name_length, value_length;
};
/* Moves *p to behind the next attribute; false at the end of the tag. */
bool tl_xml_tag_next(struct xml_raw_attribute *out, const char **p, const char *end);

/* Its value as XML defines it: references replaced, white space made spaces. */
char *tl_xml_decode_value(struct tl_arena *arena, const struct xml_raw_attribute *raw);

/* A reference such as &lt; or &#233; at p (which is an '&'). */
struct xml_reference {
	size_t length; /* 0: no reference stands here */
	uint32_t code; /* the character; 0 where it is unknown or XML forbids it */
	bool named;
};
struct xml_reference tl_xml_read_reference(const char *p, const char *end);

/* Whether the bytes are UTF-8 text. Reports what they are else. */
bool tl_xml_check_encoding(struct tl_diags *diags, const struct tl_source *source);

/* One pass over the text before libxml2 sees it: limits, what is refused, and the errors that
 * people make, each with its place. True where nothing was found. */
bool tl_xml_scan(struct tl_diags *diags, const struct tl_source *source);

/* Length of the byte order mark that the text starts with: 0 or 3. */
size_t tl_xml_bom_length(const struct tl_source *source);

#endif
