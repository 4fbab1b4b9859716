/* draw/engine: Graphviz at arm's length.
 *
 * Two contexts, made when first needed and kept for the life of the process, each with plugins of
 * ours that come before any that is installed: our renderer that writes SVG; and a device for
 * Graphviz's cairo renderer. They differ in how text is laid out, which is fixed when a context is
 * made, hence two.
 *
 * Errors arrive in pieces through a callback that knows no context: one render at a time per
 * process is Graphviz's own rule, so a static pointer to where they are collected is enough.
 */
#include <string.h>
#include <graphviz/gvc.h>
#include <graphviz/gvplugin.h>
#include <graphviz/gvplugin_device.h>
#include <graphviz/gvplugin_render.h>
#include "draw/engine.h"
#include "draw/layout.h"
#include "draw/svg.h"

/* ---- plugins ------------------------------------------------------------------------------- */

enum { BEST = 1000 }; /* above the quality of any plugin that is installed */

/* Without functions of its own a device would write to standard output. */
static void do_nothing(GVJ_t *job)
{
	(void)job;
}
static gvdevice_engine_t svg_device = {.initialize = do_nothing, .finalize = do_nothing};
static gvdevice_features_t svg_device_features = {
	.flags = GVDEVICE_DOES_TRUECOLOR | GVRENDER_NO_WHITE_BG,
	.default_dpi = {72, 72},
};
static gvrender_features_t svg_features = {
	.flags = GVRENDER_DOES_TRANSFORM | GVRENDER_Y_GOES_DOWN,
	.color_type = RGBA_BYTE,
};
static gvplugin_installed_t svg_renderers[] = {
	{0, "touchline", BEST, &tl_svg_renderer, &svg_features}, {0}};
static gvplugin_installed_t svg_devices[] = {
	{0, "touchline:touchline", BEST, &svg_device, &svg_device_features}, {0}};
static gvplugin_installed_t svg_layouts[] = {
	{0, "textlayout", BEST, &tl_layout_measured, NULL}, {0}};
static gvplugin_api_t svg_apis[] = {
	{API_render, svg_renderers}, {API_device, svg_devices}, {API_textlayout, svg_layouts}, {0}};

/* A device onto a cairo_t of ours: with its stock devices the cairo renderer would finish the
 * surface after one page. Any id but those of the stock devices leaves the surface alone. */
static gvdevice_features_t cairo_features = {
	.flags = GVDEVICE_DOES_TRUECOLOR | GVRENDER_NO_WHITE_BG | GVRENDER_DOES_MAPS |
		 GVRENDER_DOES_MAP_RECTANGLE,
	.default_dpi = {72, 72},
};
static gvplugin_installed_t cairo_devices[] = {
	{0, "touchline:cairo", BEST, NULL, &cairo_features}, {0}};
static gvplugin_installed_t cairo_layouts[] = {
	{0, "textlayout", BEST, &tl_layout_drawn, NULL}, {0}};
static gvplugin_api_t cairo_apis[] = {
	{API_device, cairo_devices}, {API_textlayout, cairo_layouts}, {0}};

static gvplugin_library_t libraries[] = {
	[TL_ENGINE_SVG] = {(char *)"touchline_svg", svg_apis},
	[TL_ENGINE_CAIRO] = {(char *)"touchline_cairo", cairo_apis},
};
static const char *const devices[] = {
	[TL_ENGINE_SVG] = "touchline:touchline",
	[TL_ENGINE_CAIRO] = "touchline:cairo",
};

/* Plugins that are there from the start, so that ours is chosen to lay out text. */
static GVC_t *context_of(enum tl_engine engine)
{
	static const char name[] = "gvplugin_touchline_LTX_library";
	static const lt_symlist_t builtins[][2] = {
		[TL_ENGINE_SVG] = {{name, &libraries[TL_ENGINE_SVG]}},
		[TL_ENGINE_CAIRO] = {{name, &libraries[TL_ENGINE_CAIRO]}},
	};
	static GVC_t *contexts[TL_COUNT(libraries)];

	if (!contexts[engine])
		contexts[engine] = gvContextPlugins(builtins[engine], TRUE);
	return contexts[engine];
}

/* ---- drawing ------------------------------------------------------------------------------- */

static struct tl_buf *complaints;

static int collect(char *piece)
{
	tl_buf_puts(complaints, piece);
	return 0;
}

/* One diagnostic a line. */
static void report(struct tl_diags *diags, Agraph_t *graph, const struct tl_buf *text)
{
	struct tl_span nowhere = {0};
	char *rest = text->data, *line;

	while ((line = strsep(&rest, "\n")))
		if (*line)
			tl_diag_add(diags, TL0702, nowhere, "Graphviz on '%s': %s", agnameof(graph),
				line);
}

bool tl_engine_draw(struct tl_diags *diags, Agraph_t *graph, enum tl_engine engine, void *target)
{
	struct tl_buf text = {0};
	agusererrf before;
	GVC_t *context;
	bool fine;

	complaints = &text;
	before = agseterrf(collect);
	context = context_of(engine);
	fine = gvLayout(context, graph, "nop2") == 0 &&
	       gvRenderContext(context, graph, devices[engine], target) == 0;
	gvFreeLayout(context, graph);
	agseterrf(before);
	complaints = NULL;
	if (!fine && text.len == 0)
		tl_buf_puts(&text, "drawing failed without a reason");
	if (text.len)
		report(diags, graph, &text);
	fine = text.len == 0;
	tl_buf_release(&text);
	return fine;
}
