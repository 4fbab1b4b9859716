/* page: what the parts of the HTML page share. Everything that comes from outside passes through
 * page_text; literals are put as they are. */
#ifndef TL_REPORT_PAGE_H
#define TL_REPORT_PAGE_H

#include "report/say.h"

struct page {
	struct tl_buf *out;
	struct say say;
	const struct tl_touchpoint **order; /* NULL: a panel for a page of somebody else's */
};

void page_put(struct page *page, const char *html);  /* markup of ours */
void page_text(struct page *page, const char *text); /* escaped; NULL: nothing */
void page_word(struct page *page, enum tl_word word);
/* <element attributes>text</element>; nothing where the text is NULL. attributes: of ours, or NULL */
void page_element(struct page *page, const char *element, const char *attributes, const char *text);
/* A heading of the touchpoint, or of what is said about it. */
void page_heading(struct page *page, const char *text);
void page_subheading(struct page *page, enum tl_word word);
/* A cell of figures: aligned, a dash where the text is NULL. */
void page_cell(struct page *page, const char *text);
/* The heads of a table's columns, those of figures from `figures` on. */
void page_columns(struct page *page, const enum tl_word *words, size_t count, size_t figures);
void page_verdict(struct page *page, const struct tl_touchpoint_insight *known);
/* "at:ID", as an anchor: quoted and escaped. */
void page_anchor(struct page *page, const char *attribute, const struct tl_touchpoint *touchpoint);
void page_quote(struct page *page, const struct tl_quote *quote);

void page_touchpoint(struct page *page, const struct tl_touchpoint *touchpoint);
/* What was measured there: how the figure comes about, and its trend. */
void page_arithmetic(struct page *page, const struct tl_touchpoint_insight *known);
void page_trend(struct page *page, const struct tl_touchpoint_insight *known);
void page_emotions(struct page *page, const struct tl_touchpoint *touchpoint);
void page_beliefs(struct page *page, const struct tl_touchpoint_insight *known);

struct tl_page_part page_script(void); /* tl_report_pan stands before it */

#endif
