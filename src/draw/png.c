/* draw/png: a scene as pixels. The picture is ours, Graphviz's cairo renderer draws on it; that way
 * the size is limited before memory is asked for, and the file says how large a pixel is. */
#include <math.h>
#include <string.h>
#include <cairo.h>
#include <zlib.h>
#include "draw/emit.h"
#include "draw/engine.h"
#include "draw/pages.h"

static const double default_scale = 2;  /* pixels per point */
static const double max_side = 32767;   /* cairo's limit */
static const double max_pixels = 120e6; /* of 4 bytes each */

static double scale_of(
	const struct tl_scene *scene, const struct tl_draw_options *options, double *wanted)
{
	double w = scene->width, h = scene->height;

	*wanted = options->png_scale > 0 ? options->png_scale : default_scale;
	return fmin(fmin(*wanted, sqrt(max_pixels / (w * h))), fmin(max_side / w, max_side / h));
}

static cairo_status_t append(void *out, const unsigned char *bytes, unsigned length)
{
	tl_buf_put(out, bytes, length);
	return CAIRO_STATUS_SUCCESS;
}

static void put32(struct tl_buf *out, uint32_t value)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		tl_buf_putc(out, (char)(value >> shift));
}

/* The chunk that gives the pixels their size, so that slides show the map as large as it is. */
static void put_resolution(struct tl_buf *out, double pixels_per_point)
{
	static const double points_per_metre = 72 / 0.0254;
	uint32_t pixels_per_metre = (uint32_t)lround(pixels_per_point * points_per_metre);
	struct tl_buf chunk = {0};

	tl_buf_puts(&chunk, "pHYs");
	put32(&chunk, pixels_per_metre);
	put32(&chunk, pixels_per_metre);
	tl_buf_putc(&chunk, 1); /* the unit is the metre */
	put32(out, (uint32_t)chunk.len - 4);
	tl_buf_put(out, chunk.data, chunk.len);
	put32(out, (uint32_t)crc32(0, (const Bytef *)chunk.data, (uInt)chunk.len));
	tl_buf_release(&chunk);
}

static void put_file(struct tl_buf *out, const struct tl_buf *png, double scale)
{
	static const size_t head = 8 + 25; /* signature and IHDR, which pHYs must follow */

	tl_buf_put(out, png->data, head);
	put_resolution(out, scale);
	tl_buf_put(out, png->data + head, png->len - head);
}

static bool draw(struct tl_diags *diags, const struct tl_scene *scene, cairo_surface_t *surface,
	double scale)
{
	cairo_t *cr = cairo_create(surface);
	Agraph_t *graph = tl_emit_graph(scene, false);
	bool fine;

	cairo_scale(cr, scale, scale);
	fine = tl_engine_draw(diags, graph, TL_ENGINE_CAIRO, cr);
	agclose(graph);
	cairo_destroy(cr);
	return fine;
}

bool tl_draw_png(struct tl_buf *out, struct tl_diags *diags, const struct tl_scene *scene,
	const struct tl_draw_options *options)
{
	static const struct tl_span nowhere;
	double wanted, scale = scale_of(scene, options, &wanted);
	bool opaque = (scene->paper & 0xff) == 0xff, fine;
	cairo_surface_t *surface =
		cairo_image_surface_create(opaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32,
			(int)fmax(1, round(scene->width * scale)),
			(int)fmax(1, round(scene->height * scale)));
	struct tl_buf png = {0};

	if (scale < wanted)
		tl_diag_add(diags, TL0703, nowhere,
			"'%s' is drawn at %.2f pixels per point instead of %.2f: a picture of %.0f "
			"by "
			"%.0f pixels is too large",
			scene->id, scale, wanted, scene->width * wanted, scene->height * wanted);
	fine = draw(diags, scene, surface, scale);
	if (fine && cairo_surface_write_to_png_stream(surface, append, &png)) {
		tl_diag_add(diags, TL0702, nowhere, "cairo on '%s': %s", scene->id,
			cairo_status_to_string(cairo_surface_status(surface)));
		fine = false;
	}
	if (fine)
		put_file(out, &png, scale);
	tl_buf_release(&png);
	cairo_surface_destroy(surface);
	return fine;
}
