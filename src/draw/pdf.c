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

static bool draw_page(struct tl_diags *diags, cairo_surface_t *surface, cairo_t *cr,
	const struct tl_scene *scene, size_t number)
{
	double scale = fmin(1, max_side / fmax(scene->width, scene->height));
	Agraph_t *graph = tl_emit_graph(scene, false);
	bool fine;

	cairo_pdf_surface_set_size(surface, scene->width * scale, scene->height * scale);
	set_bookmark(surface, scene, number);
	cairo_save(cr);
	cairo_scale(cr, scale, scale);
	fine = tl_engine_draw(diags, graph, TL_ENGINE_CAIRO, cr);
	cairo_restore(cr);
	cairo_show_page(cr);
	agclose(graph);
	return fine;
}

bool tl_draw_pdf(struct tl_buf *out, struct tl_diags *diags, const struct tl_scene *scenes,
	size_t count, const struct tl_draw_options *options)
{
	static const struct tl_span nowhere;
	size_t start = out->len;
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(append, out, 1, 1);
	cairo_t *cr = cairo_create(surface);
	bool fine = true;

	set_metadata(surface, &scenes[0], options->timestamp);
	for (size_t i = 0; i < count; i++)
		fine &= draw_page(diags, surface, cr, &scenes[i], i + 1);
	if (cairo_status(cr)) {
		tl_diag_add(diags, TL0702, nowhere, "cairo on '%s': %s", scenes[0].id,
			cairo_status_to_string(cairo_status(cr)));
		fine = false;
	}
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	cairo_surface_destroy(surface);
	if (!fine)
		out->len = start;
	return fine;
}
