/* front, internal: the schema table in other notations. */
#ifndef FRONT_EMIT_H
#define FRONT_EMIT_H

#include "front/schema.h"
#include "touchline/xml.h"

/* XML Schema's regular expressions for what value.c accepts. Durations: white space aside, what
 * tl_duration_parse reads, but for the order of the units. */
#define EMIT_ID "[A-Za-z_][A-Za-z0-9_.\\-]*"
#define EMIT_IDS EMIT_ID "( " EMIT_ID ")*"
#define EMIT_TARGET EMIT_ID "(#" EMIT_ID ")?"
#define EMIT_DATE "[0-9]{4}-[0-9]{2}-[0-9]{2}"
#define EMIT_DAYS "([0-9]+([.][0-9]+)?[YMWD])+"
#define EMIT_TIME "T([0-9]+([.][0-9]+)?[HMS])+"
#define EMIT_DURATION "P(" EMIT_DAYS "(" EMIT_TIME ")?|" EMIT_TIME ")"
#define EMIT_LANGUAGE "[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"

/* The restriction of a datatype of XML Schema that a row's values follow, words and flags aside.
 * base NULL: any text that is not blank. */
struct emit_type {
	const char *base, *pattern;
	bool bounded; /* row->min to row->max */
};
struct emit_type tl_emit_type(const struct schema_attribute *row);

/* Documentation of an attribute with its default: "… Default: 3." */
void tl_emit_doc(struct tl_buf *out, const struct schema_attribute *row);

void tl_emit_rng(struct tl_buf *out);
void tl_emit_xsd(struct tl_buf *out);
void tl_emit_mdoc(struct tl_buf *out);

#endif
