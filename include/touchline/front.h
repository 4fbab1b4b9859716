/* front: XML in, a checked journey out. The language is one table (src/front/schema.c): elements,
 * attributes, types, cardinality and documentation; validation, the RELAX NG schema, the XSD and
 * the manual's reference pages are all made from it.
 *
 * read > bind > check: read resolves xi:include (local files below the including document's
 * folder, cycles refused), bind validates against the table and fills the model, check applies the
 * rules that a schema cannot say (references, ranges, shares, reachability, dates).
 */
#ifndef TOUCHLINE_FRONT_H
#define TOUCHLINE_FRONT_H

#include "touchline/base.h"
#include "touchline/diag.h"
#include "touchline/model.h"

#define TL_JOURNEY_NS "urn:touchline:journey:1"

/* Reads one journey from a path ("-": standard input). NULL where no journey could be made of it;
 * a journey that is returned although diags->errors rose must not be drawn. With `only_journeys`,
 * a well-formed file whose root is not a journey is passed over in silence (NULL, no diagnostic),
 * as commands do that were given a folder. */
const struct tl_journey *tl_front_read(struct tl_arena *arena, struct tl_diags *diags,
	const char *path, bool only_journeys);

/* The same from memory; includes are looked for beside `name`. */
const struct tl_journey *tl_front_parse(struct tl_arena *arena, struct tl_diags *diags,
	const char *name, const char *text, size_t length);

/* What needs several journeys at once: duplicate journey ids, `next` and `of` into other journeys.
 * Reports into the same diags. `siblings`: journeys that are known besides and are not themselves
 * checked (those in the same folders). */
void tl_front_link(struct tl_diags *diags, const struct tl_journey *const *journeys, size_t count,
	const struct tl_journey *const *siblings, size_t sibling_count);

/* Whether other journeys may lead to a touchpoint that nothing leads to in this one: then its
 * siblings are worth reading. */
bool tl_front_wants_siblings(const struct tl_journey *journey);

/* ---- for who writes the language ------------------------------------------------------------- */

/* A kind of element that stands in touchpoints. */
struct tl_part {
	const char *name;
	size_t order;	 /* where it stands in the usual order */
	bool many;	 /* else there is one */
	bool has_text;
	const char *key; /* attributes, separated by spaces, that tell it from others of its kind;
			  * NULL: its text does */
};
bool tl_front_part(struct tl_part *out, const char *name); /* false where there is none */
/* Where an attribute of an element ("xml:lang") stands in the usual order; SIZE_MAX: nowhere. */
size_t tl_front_attribute_order(const char *element, const char *attribute);

struct tl_xml_element;
/* Checks an element, whatever its own name is, as a touchpoint of which only some is written: names,
 * values and what stands in it, but neither what is missing nor what is referred to. An empty value
 * stands for taking the attribute away. Its elements are in the namespace of journeys. */
bool tl_front_fragment(
	struct tl_arena *arena, struct tl_diags *diags, struct tl_xml_element *touchpoint);

enum tl_schema_format { TL_SCHEMA_RNG, TL_SCHEMA_XSD, TL_SCHEMA_MDOC };
/* The schema, generated from the table. MDOC: the element reference for the manual page. */
void tl_front_schema(struct tl_buf *out, enum tl_schema_format format);

#endif
