/* What finds that which names a person in a text; shared by the files of the mask and its tests. */
#ifndef INTAKE_MASK_H
#define INTAKE_MASK_H

#include "touchline/intake.h"

enum mask_kind {
	MASK_EMAIL,
	MASK_PHONE,
	MASK_CARD,
	MASK_IP,
	MASK_IBAN,
	MASK_LINK,
	MASK_HANDLE,
	MASK_NAME,
	MASK_KINDS
};
extern const char *const mask_words[MASK_KINDS]; /* email phone … */

struct mask_span { /* bytes from, up to but not including to */
	size_t from, to;
	enum mask_kind kind;
};
struct mask_spans {
	struct mask_span *list;
	size_t count, capacity;
};
void mask_spans_add(struct mask_spans *spans, size_t from, size_t to, enum mask_kind kind);

/* The spans of the text, in order and apart from each other; they live until the next call. */
const struct mask_spans *mask_find(struct tl_mask *mask, const char *text, size_t n,
	const char *const *names, size_t name_count);

/* Shapes: what a pattern finds and a check approves. */
enum shape_needs { /* bytes and words without which a text cannot hold the shape */
	SHAPE_AT = 1,
	SHAPE_SLASH = 2,
	SHAPE_COLON = 4,
	SHAPE_DOT = 8,
	SHAPE_BRACKET = 16,
	SHAPE_SPOKEN = 32 /* " dot " */
};
struct shape {
	enum mask_kind kind;
	unsigned needs;  /* all of these */
	unsigned digits; /* at least so many */
	bool asked;      /* only where the words of the text speak of handles */
	const char *pattern;
	/* Approves of a match, and may narrow it. NULL: always. */
	bool (*check)(const char *text, size_t *from, size_t *to);
};
extern const struct shape shapes[];
extern const size_t shape_count;

/* Names: by words, their capitals and what stands before them. */
struct names;
struct names *names_open(void);
void names_close(struct names *names); /* NULL is nothing */
/* Adds to spans, in order. taken: what other kinds have claimed, in order. *handles: whether the
 * text speaks of user names. */
void names_find(struct names *names, struct mask_spans *spans, const struct mask_spans *taken,
	const char *text, size_t n, const char *const *own, size_t own_count, bool *handles);

#endif
