/* draw/pages: scenes through cairo and as JSON. As tl_draw: false after reporting. */
#ifndef TOUCHLINE_DRAW_PAGES_H
#define TOUCHLINE_DRAW_PAGES_H

#include "touchline/draw.h"

bool tl_draw_png(struct tl_buf *out, struct tl_diags *diags, const struct tl_scene *scene,
	const struct tl_draw_options *options);
bool tl_draw_pdf(struct tl_buf *out, struct tl_diags *diags, const struct tl_scene *scenes,
	size_t count, const struct tl_draw_options *options);
bool tl_draw_pdf_sheets(struct tl_buf *out, struct tl_diags *diags, const struct tl_sheet *sheets,
	size_t count, const struct tl_draw_options *options);
/* Writes into a PDF, which begins at `start`, where each page is to be cut. */
bool tl_pdf_trim(struct tl_buf *out, size_t start, struct tl_diags *diags,
	const struct tl_sheet *sheets, size_t count);
void tl_draw_json(struct tl_buf *out, const struct tl_scene *scenes, size_t count);

#endif
