/* front, internal: the schema table.
 *
 * One row for each element, one for each of its attributes, one for each kind of child. Everything
 * that knows the shape of the language reads it: bind (validation, and where in the model a value
 * goes), the RELAX NG schema, the XSD, and the element reference of the manual.
 */
#ifndef FRONT_SCHEMA_H
#define FRONT_SCHEMA_H

#include "touchline/front.h"

#define FRONT_XML_NS "http://www.w3.org/XML/1998/namespace"
#define FRONT_XI_NS "http://www.w3.org/2001/XInclude"
#define FRONT_XSI_NS "http://www.w3.org/2001/XMLSchema-instance"

enum schema_kind {
	EL_JOURNEY,
	EL_VOCABULARY,
	EL_TITLE,
	EL_SUMMARY,
	EL_PERSONA,
	EL_GOAL,
	EL_NEED,
	EL_QUOTE,
	EL_CHANNEL,
	EL_DEPARTMENT,
	EL_SYSTEM,
	EL_TOLERANCE,
	EL_STAGE,
	EL_TOUCHPOINT,
	EL_ACTION,
	EL_THOUGHT,
	EL_EXPECTATION,
	EL_EMOTION,
	EL_PAIN,
	EL_OPPORTUNITY,
	EL_BACKSTAGE,
	EL_SUPPORT,
	EL_LISTEN,
	EL_NEXT,
	EL_KINDS
};

enum schema_type {
	TYPE_TEXT,     /* const char * */
	TYPE_ID,       /* const char * */
	TYPE_REF,      /* pointer to the struct of `target` */
	TYPE_REFS,     /* array of them; `second`: where their number goes */
	TYPE_TARGET,   /* of a struct tl_next: touchpoint or journey#touchpoint */
	TYPE_JOURNEY,  /* const char *: id of another journey */
	TYPE_WORD,     /* int, index into `words` */
	TYPE_FLAG,     /* bool */
	TYPE_INTEGER,  /* int */
	TYPE_NUMBER,   /* double */
	TYPE_DATE,     /* int32_t */
	TYPE_DURATION, /* double, seconds; `second`: where the text as written goes, if anywhere */
	TYPE_LANGUAGE, /* const char * */
	TYPE_LINK,     /* const char *: a free reference or a harmless URL */
	TYPE_MATCH,    /* const char *: a full-text query */
};

struct schema_attribute {
	const char *name;   /* as written: "xml:lang" */
	const char *doc;    /* one sentence for people */
	const char *preset; /* the value where it is not written; NULL: absent */
	const struct tl_vocabulary *words;
	enum schema_type type;
	enum schema_kind target;
	bool required;
	double min, max;
	size_t offset, second; /* in the model's struct; second 0: none */
};

struct schema_child {
	enum schema_kind kind;
	bool required, many;
	size_t list;  /* pointer to the array, or (count 0) a const char * for the text */
	size_t count; /* 0: the child is only a text */
};

enum schema_content { CONTENT_NONE, CONTENT_OPTIONAL, CONTENT_REQUIRED };

struct schema_element {
	const char *name, *plural;
	const char *doc;
	const char *key; /* attributes, separated by spaces, that tell it from others of its kind at
			  * a touchpoint; NULL: its text does */
	const struct schema_attribute *attributes;
	size_t attribute_count;
	const struct schema_child *children;
	size_t child_count;
	enum schema_content content; /* text inside */
	bool includes;               /* xi:include may stand among the children */
	size_t size;                 /* of the model's struct */
	size_t text, at;             /* where the text and the place go */
	size_t parent, index;        /* where the parent's address and the index go; 0: nowhere */
};

extern const struct schema_element tl_schema_elements[EL_KINDS];

/* EL_KINDS where there is none. */
enum schema_kind tl_schema_find(const char *name);
const struct schema_child *tl_schema_child(enum schema_kind parent, enum schema_kind kind);

#endif
