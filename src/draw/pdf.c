/* draw/pdf: scenes as pages of a PDF, each as large as its scene, with bookmarks, page labels and
 * metadata. Graphviz draws on a page at a time of a surface that is ours. The only date inside is
 * the caller's, so that the same scenes give the same bytes. */
#include <math.h>
#include <string.h>
#include <time.h>
#include <cairo-pdf.h>
#include "draw/emit.h"
#include "draw/engine.h"
#include "draw/pages.h"

/* What readers show of a page: 200 inches. Larger pages are scaled down, which costs nothing. */
static const double max_side = 14400;

static cairo_status_t append(void *out, const unsigned char *bytes, unsigned length)
{
	tl_buf_put(out, bytes, length);
	return CAIRO_STATUS_SUCCESS;
}

static void set_metadata(cairo_surface_t *surface, const struct tl_scene *scene, int64_t timestamp)
{
	time_t seconds = timestamp;
	struct tm day;
	char date[32];

	gmtime_r(&seconds, &day);
	strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &day);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
		scene->journey && scene->journey->title ? scene->journey->title : scene->title);
	if (scene->description)
		cairo_pdf_surface_set_metadata(
			surface, CAIRO_PDF_METADATA_SUBJECT, scene->description);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Touchline");
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, date);
}

static void set_bookmark(cairo_surface_t *surface, const struct tl_scene *scene, size_t number)
{
	char place[32];

	if (!scene->bookmark)
		return;
	snprintf(place, sizeof place, "page=%zu", number);
	cairo_pdf_surface_add_outline(surface, CAIRO_PDF_OUTLINE_ROOT, scene->bookmark, place,
		CAIRO_PDF_OUTLINE_FLAG_OPEN);
	cairo_pdf_surface_set_page_label(surface, scene->bookmark);
}

/* A page may be sized only while nothing is drawn on it. Returns the scale. */
static double begin_page(cairo_surface_t *surface, const struct tl_scene *scene, size_t number)
{
	double scale = fmin(1, max_side / fmax(scene->width, scene->height));

	cairo_pdf_surface_set_size(surface, scene->width * scale, scene->height * scale);
	set_bookmark(surface, scene, number);
	return scale;
}

static bool draw_page(
	struct tl_diags *diags, cairo_t *cr, const struct tl_scene *scene, double scale)
{
	Agraph_t *graph = tl_emit_graph(scene, false);
	bool fine;

	cairo_save(cr);
	cairo_scale(cr, scale, scale);
	fine = tl_engine_draw(diags, graph, TL_ENGINE_CAIRO, cr);
	cairo_restore(cr);
	cairo_show_page(cr);
	agclose(graph);
	return fine;
}

/* What all PDFs have in common, from the first byte to the last. */
struct document {
	struct tl_buf *out;
	size_t start;
	cairo_surface_t *surface;
	cairo_t *cr;
};

static struct document begin(
	struct tl_buf *out, const struct tl_scene *first, const struct tl_draw_options *options)
{
	struct document document = {.out = out, .start = out->len};

	document.surface = cairo_pdf_surface_create_for_stream(append, out, 1, 1);
	document.cr = cairo_create(document.surface);
	set_metadata(document.surface, first, options->timestamp);
	return document;
}

static bool end(struct tl_diags *diags, struct document *document, const char *id, bool fine)
{
	static const struct tl_span nowhere;

	if (cairo_status(document->cr)) {
		tl_diag_add(diags, TL0702, nowhere, "cairo on '%s': %s", id,
			cairo_status_to_string(cairo_status(document->cr)));
		fine = false;
	}
	cairo_destroy(document->cr);
	cairo_surface_finish(document->surface);
	cairo_surface_destroy(document->surface);
	if (!fine)
		document->out->len = document->start;
	return fine;
}

bool tl_draw_pdf(struct tl_buf *out, struct tl_diags *diags, const struct tl_scene *scenes,
	size_t count, const struct tl_draw_options *options)
{
	struct document document = begin(out, &scenes[0], options);
	bool fine = true;

	for (size_t i = 0; i < count; i++)
		fine &= draw_page(diags, document.cr, &scenes[i],
			begin_page(document.surface, &scenes[i], i + 1));
	return end(diags, &document, scenes[0].id, fine);
}

/* ---- sheets of paper ----------------------------------------------------------------------- */

/* Drawn again for each window: cairo leaves out what no window shows, while a recording of a scene
 * that is larger than the page comes out cut at the page's size. */
static bool draw_window(struct tl_diags *diags, cairo_t *cr, const struct tl_sheet *sheet)
{
	Agraph_t *graph = tl_emit_graph(sheet->part, false);
	bool fine;

	cairo_save(cr);
	cairo_rectangle(cr, sheet->left, sheet->top, sheet->w, sheet->h);
	cairo_clip(cr);
	cairo_translate(cr, sheet->left - sheet->x, sheet->top - sheet->y);
	fine = tl_engine_draw(diags, graph, TL_ENGINE_CAIRO, cr);
	cairo_restore(cr);
	agclose(graph);
	return fine;
}

bool tl_draw_pdf_sheets(struct tl_buf *out, struct tl_diags *diags, const struct tl_sheet *sheets,
	size_t count, const struct tl_draw_options *options)
{
	struct document document = begin(out, sheets[0].scene, options);
	bool fine = true;

	/* Page boxes are put in afterwards, where objects are not packed. */
	cairo_pdf_surface_restrict_to_version(document.surface, CAIRO_PDF_VERSION_1_4);
	for (size_t i = 0; i < count; i++) {
		const struct tl_sheet *sheet = &sheets[i];
		double scale = begin_page(document.surface, sheet->scene, i + 1);

		if (sheet->part)
			fine &= draw_window(diags, document.cr, sheet);
		fine &= draw_page(diags, document.cr, sheet->scene, scale);
	}
	return end(diags, &document, sheets[0].scene->id, fine) &&
	       tl_pdf_trim(out, document.start, diags, sheets, count);
}
