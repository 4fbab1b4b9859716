/* draw: a scene to bytes. What each format needs is told in its own file; here they are called, and
 * scenes that map should not have made are refused. */
#include "draw/emit.h"
#include "draw/engine.h"
#include "draw/pages.h"
#include "draw/svg.h"
#include "draw/xdot.h"

static const char *const format_words[] = {TL_FORMAT_WORDS};
const struct tl_vocabulary tl_formats = {"format", format_words, TL_COUNT(format_words)};
_Static_assert(TL_COUNT(format_words) == TL_FORMATS, "a word for every format");

bool tl_format_multipage(enum tl_format format)
{
	return format == TL_PDF || format == TL_JSON;
}

static bool fits(struct tl_diags *diags, const struct tl_scene *scene)
{
	static const struct tl_span nowhere;
	const struct tl_line *line;
	bool fine = true;

	for (size_t i = 0; i < scene->box_count; i++) {
		const struct tl_box *box = &scene->boxes[i];

		if (!tl_emit_overflow(box, &line))
			continue;
		if (line)
			tl_diag_add(diags, TL0708, nowhere,
				"'%s' in '%s' is %.1f points wide and holds a line of %.1f: '%s'",
				box->id, scene->id, box->w - 2 * box->pad, line->width, line->text);
		else
			tl_diag_add(diags, TL0708, nowhere,
				"'%s' in '%s' is %.1f points high, which is too little for its %zu "
				"lines",
				box->id, scene->id, box->h - 2 * box->pad, box->line_count);
		fine = false;
	}
	return fine;
}

static bool draw_svg(struct tl_buf *out, struct tl_diags *diags, const struct tl_scene *scene,
	const struct tl_draw_options *options)
{
	static const struct tl_span nowhere;
	size_t start = out->len;
	struct tl_svg svg = {.out = out, .scene = scene, .embed_fonts = options->embed_fonts};
	Agraph_t *graph = tl_emit_graph(scene, false);
	bool fine = tl_engine_draw(diags, graph, TL_ENGINE_SVG, &svg);

	agclose(graph);
	tl_buf_release(&svg.scratch);
	if (fine && svg.drawn != tl_xdot_count(scene)) {
		tl_diag_add(diags, TL0702, nowhere,
			"Graphviz on '%s': %zu marks were to be drawn, but %zu were", scene->id,
			tl_xdot_count(scene), svg.drawn);
		fine = false;
	}
	if (!fine)
		out->len = start;
	return fine;
}

static bool draw_dot(struct tl_buf *out, const struct tl_scene *scene)
{
	Agraph_t *graph = tl_emit_graph(scene, true);

	tl_emit_dot(out, graph);
	agclose(graph);
	return true;
}

bool tl_draw(struct tl_buf *out, struct tl_diags *diags, enum tl_format format,
	const struct tl_scene *scenes, size_t count, const struct tl_draw_options *options)
{
	bool fine = true;

	for (size_t i = 0; i < count; i++)
		fine &= fits(diags, &scenes[i]);
	if (!fine)
		return false;
	switch (format) {
	case TL_SVG:
		return draw_svg(out, diags, scenes, options);
	case TL_PDF:
		return tl_draw_pdf(out, diags, scenes, count, options);
	case TL_PNG:
		return tl_draw_png(out, diags, scenes, options);
	case TL_DOT:
		return draw_dot(out, scenes);
	case TL_JSON:
		tl_draw_json(out, scenes, count);
		return true;
	case TL_FORMATS:
		break;
	}
	return false;
}

bool tl_draw_sheets(struct tl_buf *out, struct tl_diags *diags, const struct tl_sheet *sheets,
	size_t count, const struct tl_draw_options *options)
{
	bool fine = true;

	for (size_t i = 0; i < count; i++) {
		fine &= fits(diags, sheets[i].scene);
		if (sheets[i].part && (!i || sheets[i - 1].part != sheets[i].part))
			fine &= fits(diags, sheets[i].part);
	}
	return fine && tl_draw_pdf_sheets(out, diags, sheets, count, options);
}
