/* page: what the page of a workshop is made of, and what it is told besides the room's views. */
#ifndef TL_SERVE_PAGE_H
#define TL_SERVE_PAGE_H

#include "touchline/model.h"

struct serve_asset { /* a file of the page; lives as long as the program */
	const char *name, *type;
	const char *text;
	size_t length;
};
/* The first is the page itself, page.html; the others are fetched by their names. */
size_t serve_asset_count(void);
struct serve_asset serve_asset(size_t index);

/* What the page says, {"NAME": text}, in the language of a journey. */
void serve_words(struct tl_buf *out, const char *lang);
/* What there is to talk about, in order, and the words for it: {"frictions": [{"id", "label"}],
 * "statuses": [{"id", "label"}], "journeys": [{"id", "title", "lang", "rtl", "departments": [{"id",
 * "label"}], "stages": [{"title", "touchpoints": [{"id", "title", "pains": [{"id", "text",
 * "friction", "owner", "status", "due", "severity"}]}]}]}]}. Absent values are null. */
void serve_outline(struct tl_buf *out, const struct tl_journey *const *journeys, size_t count);

#endif
