/* What the files of diag share: the shape of a diagnostic, and text made safe to show. */
#ifndef TL_DIAG_DIAG_H
#define TL_DIAG_DIAG_H

#include "touchline/diag.h"

struct tl_diag_note {
	struct tl_span at;
	const char *message;
	struct tl_diag_note *next;
};

struct tl_diag {
	enum tl_code code;
	enum tl_severity severity; /* after -Werror */
	struct tl_span at;
	const char *message, *hint; /* hint: NULL for none */
	struct tl_diag_note *notes, *last_note;
	size_t serial; /* in the order of reporting: makes the order of printing stable */
};

void tl_diags_sort(struct tl_diags *diags);

/* Where the line that holds offset starts, and where it ends, its line end left out. */
struct tl_line_range {
	size_t start, end;
};
struct tl_line_range tl_source_line(const struct tl_source *source, size_t offset);

/* One code point as tl_diag_put_safely shows it. Advances *p. */
void tl_diag_put_character(struct tl_buf *out, const char **p, const char *end);

#endif
