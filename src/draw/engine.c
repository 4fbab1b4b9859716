/* draw/engine: Graphviz at arm's length.
 *
 * Two contexts, made when first needed and kept for the life of the process: one whose texts are
 * measured by our own plugin (SVG), one with Graphviz's pango plugin, whose layouts the cairo
 * renderer draws. The kind of text layout is fixed when a context is made, hence two.
 *
 * Errors arrive in pieces through a callback that knows no context: one render at a time per
 * process is Graphviz's own rule, so a static pointer to where they are collected is enough.
 */
#include <string.h>
#include <graphviz/gvc.h>
#include <graphviz/gvplugin.h>
#include <graphviz/gvplugin_device.h>
#include "draw/engine.h"
#include "draw/svg.h"

static struct tl_buf *complaints;

static int collect(char *piece)
{
	tl_buf_puts(complaints, piece);
	return 0;
}

/* A device onto a cairo_t of ours: with its stock devices the cairo renderer would finish the
 * surface after one page. Any id but those of the stock devices leaves the surface alone. */
static gvdevice_features_t cairo_features = {
	.flags = GVDEVICE_DOES_TRUECOLOR | GVRENDER_NO_WHITE_BG | GVRENDER_DOES_MAPS |
		 GVRENDER_DOES_MAP_RECTANGLE,
	.default_dpi = {72, 72},
};
static gvplugin_installed_t cairo_devices[] = {
	{0, "touchline-page:cairo", 1000, NULL, &cairo_features}, {0}};
static gvplugin_api_t cairo_apis[] = {{API_device, cairo_devices}, {0}};
static gvplugin_library_t cairo_library = {(char *)"touchline_cairo", cairo_apis};

static const char *const devices[] = {TL_SVG_DEVICE, "touchline-page:cairo"};

static GVC_t *context_of(enum tl_engine engine)
{
	static GVC_t *contexts[2];
	/* Plugins that are there from the start, so that ours is chosen to lay out text. */
	static const char name[] = "gvplugin_touchline_LTX_library";
	lt_symlist_t builtins[][2] = {{{name, tl_svg_library}}, {{name, &cairo_library}}};

	if (!contexts[engine])
		contexts[engine] = gvContextPlugins(builtins[engine], TRUE);
	return contexts[engine];
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
