/* front, internal: one compilation, from the tree to a checked journey.
 *
 * read makes the tree, bind validates it against the schema table and fills the model, resolve
 * follows references, the check_* files apply what a schema cannot say. Each reports all it finds
 * and goes on. `bound` holds, in document order, everything that bind made with the element that it
 * was made from, so that later steps point at the very attribute.
 */
#ifndef FRONT_BIND_H
#define FRONT_BIND_H

#include "front/schema.h"
#include "touchline/xml.h"

struct bound {
	enum schema_kind kind;
	const struct tl_xml_element *element;
	void *object;
	size_t parent; /* index in `bound` of what it stands in; its own for the root */
};

/* A reference that waits until everything is declared. */
struct pending {
	const struct schema_attribute *row;
	const struct tl_xml_attribute *attribute;
	size_t owner; /* index in `bound` */
};

/* What a misspelt reference may have meant. */
struct candidates {
	const struct bound *first; /* of the kind, with or without an id */
	const char **names;
	size_t count, capacity;
};

struct front {
	struct tl_arena *arena;
	struct tl_diags *diags;
	struct tl_journey *journey;
	struct bound *bound;
	size_t bound_count, bound_capacity;
	struct pending *pending;
	size_t pending_count, pending_capacity;
	struct tl_touchpoint *touchpoints; /* of all stages, one array */
	size_t touchpoint_count;
	const struct tl_source **sources;
	size_t source_count, source_capacity;
	bool partial; /* an include failed: what seems undeclared may stand there */
	struct tl_table ids[EL_KINDS]; /* id to struct bound *; of expectations: "touchpoint#id" */
	struct tl_table loose, again;  /* expectation id to struct bound *: the first, the second */
	struct candidates candidates[EL_KINDS];
	size_t hints; /* looked for so far: see tl_front_hints */
	bool fragment; /* what is missing is no fault, and an empty value takes one away */
};

/* ---- read.c: files and includes. NULL where no tree could be made. */
struct tl_xml_element *tl_front_load(struct front *front, const char *path);
struct tl_xml_element *tl_front_parse_text(
	struct front *front, const char *name, const char *text, size_t length);
/* Puts vocabularies in the place of the xi:include elements of the root. */
void tl_front_include(struct front *front, struct tl_xml_element *root);

/* ---- front.c */
void tl_front_init(struct front *front, struct tl_arena *arena, struct tl_diags *diags);

/* ---- bind.c */
void tl_front_bind(struct front *front, enum schema_kind kind, struct tl_xml_element *root);
/* A touchpoint of which only some is written; see tl_front_fragment. */
void tl_front_bind_fragment(struct front *front, struct tl_xml_element *touchpoint);
/* Attributes and stray text of an element whose content is bound elsewhere. */
void tl_front_bind_shell(
	struct front *front, enum schema_kind kind, struct tl_xml_element *element);
/* Whether the child may stand in an element of that kind; reports else. */
bool tl_front_admit(
	struct front *front, enum schema_kind parent, const struct tl_xml_element *child);
bool tl_front_is_ours(const struct tl_xml_element *element);

/* ---- value.c: one attribute's value into the model. False after reporting. */
bool tl_front_set_value(struct front *front, const struct schema_attribute *row,
	const struct tl_xml_attribute *attribute, void *object);
/* What stands there where the attribute is not written. */
void tl_front_set_absent(const struct schema_attribute *row, void *object);

/* ---- resolve.c, check*.c */
void tl_front_resolve(struct front *front);
void tl_front_check(struct front *front);

/* The value of an attribute, or the element's name where it is not written. */
struct tl_span tl_front_value_at(const struct tl_xml_element *element, const char *name);
/* Whether to look for a hint, which takes time: for the first 1000, for nobody reads more, and a
 * damaged file has millions. */
bool tl_front_hints(struct front *front);

/* The bound thing that was made into this object, which is of that kind. */
const struct bound *tl_front_bound_of(
	const struct front *front, enum schema_kind kind, const char *id);

#endif
