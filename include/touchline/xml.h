/* xml: documents with exact positions, read safely; and XML written. Only user of libxml2.
 *
 * A document is a tree of elements in document order, built over libxml2's SAX interface from
 * memory: no network, no DOCTYPE, no entities but the five of XML and character references, no
 * external anything. Limits are checked before and during parsing, so that time and memory stay
 * linear in the size of the input. White space between elements is dropped; comments and
 * processing instructions are dropped.
 *
 * Ownership: everything lives in the arena that is given; names and values are NUL-terminated.
 */
#ifndef TOUCHLINE_XML_H
#define TOUCHLINE_XML_H

#include "touchline/base.h"
#include "touchline/diag.h"

enum {
	TL_XML_MAX_BYTES = 64 << 20, /* a file; checked before it is read */
	TL_XML_MAX_DEPTH = 64,
	TL_XML_MAX_ATTRIBUTES = 64, /* of one element */
	TL_XML_MAX_PREFIXES = 8,    /* namespace declarations of one element */
	TL_XML_MAX_NODES = 1 << 20, /* elements and attributes of one document */
	TL_XML_MAX_NAMES = 10000,   /* different ones */
	TL_XML_MAX_NAME = 256,	    /* bytes */
	TL_XML_MAX_VALUE = 1 << 20, /* bytes, of one value or one run of text */
};

struct tl_xml_attribute {
	const char *ns;	    /* the URI, or NULL */
	const char *prefix; /* as written: "xml", or NULL */
	const char *name, *value;
	struct tl_span name_at, value_at; /* value_at without the quotes */
	struct tl_xml_attribute *next;
};
struct tl_xml_element {
	const char *ns, *name; /* ns: the URI, or NULL */
	const char *text;      /* character data directly inside, untouched; "" where none */
	struct tl_span at;     /* the start tag, from '<' to '>' */
	struct tl_span name_at;
	struct tl_span end_at; /* the end tag; empty, behind the start tag, where that is "/>" */
	struct tl_span text_at; /* first run of character data that is not white space */
	struct tl_xml_attribute *attributes;
	struct tl_xml_element *parent, *first, *last, *next;
};

/* Parses a source. NULL after reporting what is wrong (one diagnostic per cause). */
struct tl_xml_element *tl_xml_parse(
	struct tl_arena *arena, struct tl_diags *diags, const struct tl_source *source);
const struct tl_xml_attribute *tl_xml_attribute(
	const struct tl_xml_element *element, const char *name);

/* Where in a value (an attribute's or text's source span) the byte at offset of the parsed value
 * stands in the source: values are read through character references, so offsets differ. */
struct tl_span tl_xml_value_span(struct tl_span raw, size_t offset, size_t length);

/* The value of an attribute in the start tag that the span covers (tl_xml_element.at), without its
 * quotes; the whole tag where it has no such attribute. name is as written: "to", "xml:lang". */
struct tl_span tl_xml_attribute_span(struct tl_span tag, const char *name);

/* A document of any size, element by element, in constant memory; as safe as tl_xml_parse. */
enum tl_xml_event { TL_XML_START, TL_XML_END, TL_XML_DONE, TL_XML_BROKEN };
struct tl_xml_stream;
/* read gives up to n bytes, 0 at the end, negative where they cannot be had. */
struct tl_xml_stream *tl_xml_stream_open(
	int (*read)(void *context, char *bytes, int n), void *context);
void tl_xml_stream_close(struct tl_xml_stream *stream); /* NULL is nothing */
/* The next start or end of an element. Its name, without a prefix, lives until the next call. An
 * element without content is a start and an end. */
enum tl_xml_event tl_xml_stream_next(struct tl_xml_stream *stream, const char **name);
/* Of the element that starts here; NULL where there is none. Lives until the next call of either. */
const char *tl_xml_stream_attribute(struct tl_xml_stream *stream, const char *name);
unsigned tl_xml_stream_line(const struct tl_xml_stream *stream);
const char *tl_xml_stream_error(const struct tl_xml_stream *stream); /* once it is broken */

/* Text made safe for XML content and attribute values: & < > " escaped, control characters that
 * XML forbids and ill-formed UTF-8 replaced by U+FFFD. */
void tl_xml_escape(struct tl_buf *out, const char *s);

#endif
