/* Our drawing against stock Graphviz, on the DOT that we hand out: the same texts at the same
 * places, and no more memory lost. Graphviz 2.42 loses some in every render (the items of each
 * text in a table), so the measure of ours is what it loses itself. */
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <graphviz/gvc.h>
#include <cmocka.h>
#include "draw_scene.h"
#include "touchline/xml.h"

struct fixture {
	struct tl_arena arena;
	struct tl_diags diags;
	const struct tl_scene *scene;
	struct tl_buf dot, out;
	GVC_t *stock;
};

static const struct tl_draw_options options = {.embed_fonts = true};

static int set_up(void **state)
{
	static struct fixture f;

	tl_arena_init(&f.arena);
	tl_diags_init(&f.diags);
	f.scene = scene_new(&f.arena);
	f.stock = gvContext();
	*state = &f;
	return !tl_draw(&f.dot, &f.diags, TL_DOT, f.scene, 1, &options);
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	gvFreeContext(f->stock);
	tl_buf_release(&f->dot);
	tl_buf_release(&f->out);
	tl_diags_release(&f->diags);
	tl_arena_release(&f->arena);
	return 0;
}

static void draw_stock(struct fixture *f, enum tl_format format)
{
	Agraph_t *graph = agmemread(f->dot.data);
	char *bytes = NULL;
	unsigned length = 0;

	assert_non_null(graph);
	assert_int_equal(gvLayout(f->stock, graph, "nop2"), 0);
	assert_int_equal(
		gvRenderData(f->stock, graph, tl_formats.words[format], &bytes, &length), 0);
	tl_buf_clear(&f->out);
	tl_buf_put(&f->out, bytes, length);
	gvFreeRenderData(bytes);
	gvFreeLayout(f->stock, graph);
	agclose(graph);
}

/* Under the sanitizers mallinfo2 counts nothing; there the leak sanitizer looks. */
#if !defined(__SANITIZE_ADDRESS__)
static void draw_ours(struct fixture *f, enum tl_format format)
{
	tl_buf_clear(&f->out);
	assert_true(tl_draw(&f->out, &f->diags, format, f->scene, 1, &options));
}

enum { RENDERS = 30 };

static size_t lost(struct fixture *f, enum tl_format format,
	void draw(struct fixture *f, enum tl_format format))
{
	size_t before, after;

	for (int i = 0; i < 3; i++)
		draw(f, format);
	before = mallinfo2().uordblks;
	for (int i = 0; i < RENDERS; i++)
		draw(f, format);
	after = mallinfo2().uordblks;
	return after > before ? after - before : 0;
}

static void we_lose_no_memory(void **state)
{
	/* The allocator counts what it keeps for reuse, and that moves a little. */
	static const size_t noise = 12 << 10;
	static const enum tl_format formats[] = {TL_SVG, TL_PNG, TL_PDF};
	struct fixture *f = *state;

	for (size_t i = 0; i < TL_COUNT(formats); i++) {
		size_t theirs = lost(f, formats[i], draw_stock),
		       ours = lost(f, formats[i], draw_ours);

		print_message("%s: %zu bytes lost in %d renders, stock %zu\n",
			tl_formats.words[formats[i]], ours, RENDERS, theirs);
		assert_true(ours <= theirs + noise);
	}
	assert_true(lost(f, TL_DOT, draw_ours) <= noise);
	assert_true(lost(f, TL_JSON, draw_ours) <= noise);
}
#endif

/* ---- places -------------------------------------------------------------------------------- */

struct place {
	const char *text;
	double left, y;
};
struct places {
	struct place list[64];
	size_t count;
};

static const char *get(const struct tl_xml_element *e, const char *name)
{
	const struct tl_xml_attribute *a = tl_xml_attribute(e, name);

	return a ? a->value : "";
}

/* Left ends, whatever a text is anchored by. Stock Graphviz's group moves everything. */
static void collect(
	struct places *places, const struct tl_xml_element *parent, double dx, double dy)
{
	for (const struct tl_xml_element *e = parent->first; e; e = e->next) {
		const char *move = strstr(get(e, "transform"), "translate(");
		double x = 0, y = 0;

		if (move)
			sscanf(move, "translate(%lf %lf)", &x, &y);
		if (strcmp(e->name, "text") == 0) {
			double size = strtod(get(e, "font-size"), NULL), width;
			const char *anchor = get(e, "text-anchor");
			bool rtl = strcmp(get(e, "direction"), "rtl") == 0;
			bool end = (strcmp(anchor, "end") == 0) != rtl;

			width = tl_text_width(e->text, size,
				(*get(e, "font-weight") ? TL_BOLD : 0) |
					(*get(e, "font-style") ? TL_ITALIC : 0));
			x = dx + strtod(get(e, "x"), NULL) -
			    (strcmp(anchor, "middle") == 0 ? width / 2
				    : end                  ? width
							   : 0);
			assert_true(places->count < TL_COUNT(places->list));
			places->list[places->count++] =
				(struct place){e->text, x, dy + strtod(get(e, "y"), NULL)};
		}
		collect(places, e, dx + (move ? x : 0), dy + (move ? y : 0));
	}
}

static struct places places_of(struct fixture *f)
{
	/* Stock Graphviz writes a DOCTYPE, which our reader refuses. */
	char *text = strstr(f->out.data, "<svg");
	const struct tl_source *source = tl_diags_source(&f->diags, "svg", text, strlen(text));
	const struct tl_xml_element *root = tl_xml_parse(&f->arena, &f->diags, source);
	struct places places = {0};

	assert_non_null(root);
	collect(&places, root, 0, 0);
	return places;
}

static void texts_are_where_graphviz_has_them(void **state)
{
	struct fixture *f = *state;
	struct places ours, theirs;

	draw_stock(f, TL_SVG);
	theirs = places_of(f);
	tl_buf_clear(&f->out);
	assert_true(tl_draw(&f->out, &f->diags, TL_SVG, f->scene, 1,
		&(struct tl_draw_options){.embed_fonts = false}));
	ours = places_of(f);
	assert_int_equal(ours.count, theirs.count);
	for (size_t i = 0; i < ours.count; i++) {
		struct place a = ours.list[i], b = theirs.list[i];

		/* Graphviz rounds widths up to whole points before it aligns. */
		if (fabs(a.left - b.left) > 1 || fabs(a.y - b.y) > 0.02)
			fail_msg("'%s' is at %g %g, in stock Graphviz '%s' at %g %g", a.text,
				a.left, a.y, b.text, b.left, b.y);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			texts_are_where_graphviz_has_them, set_up, tear_down),
#if !defined(__SANITIZE_ADDRESS__)
		cmocka_unit_test_setup_teardown(we_lose_no_memory, set_up, tear_down),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
