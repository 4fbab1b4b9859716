/* twin: the few forms that plain text and Markdown have in common. Text of others is made safe for
 * terminals, and for Markdown so that nothing of it is markup. */
#ifndef TL_REPORT_TWIN_H
#define TL_REPORT_TWIN_H

#include "report/say.h"

struct twin {
	struct tl_buf *out;
	struct say say;
	bool md;
	bool tight; /* the last thing was an item: the next item follows without an empty line */
};

/* All of them: nothing where the text is NULL. */
void twin_heading(struct twin *twin, int level, const char *text); /* 1–4 */
void twin_paragraph(struct twin *twin, const char *text);
/* number 0: a bullet; more: said below it, or NULL. */
void twin_item(struct twin *twin, size_t number, const char *text, const char *more);
void twin_quote(struct twin *twin, const char *text, const char *source);

#endif
