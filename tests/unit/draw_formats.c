/* What every format must hold to: the same bytes again, nothing on other streams, nothing leaked,
 * and our own mistakes said instead of drawn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include "draw_scene.h"

struct fixture {
	struct tl_arena arena;
	struct tl_diags diags;
	const struct tl_scene *scene;
	struct tl_buf out;
};

static const struct tl_draw_options plain = {.timestamp = 1700000000};
static const struct tl_draw_options with_fonts = {.timestamp = 1700000000, .embed_fonts = true};

static int set_up(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof f);
	tl_arena_init(&f.arena);
	tl_diags_init(&f.diags);
	f.scene = scene_new(&f.arena);
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	tl_buf_release(&f->out);
	tl_diags_release(&f->diags);
	tl_arena_release(&f->arena);
	return 0;
}

static void draw(struct fixture *f, enum tl_format format, const struct tl_draw_options *options)
{
	tl_buf_clear(&f->out);
	assert_true(tl_draw(&f->out, &f->diags, format, f->scene, 1, options));
	assert_int_equal(f->diags.count, 0);
}

static bool contains(const struct tl_buf *buf, const char *bytes)
{
	return memmem(buf->data, buf->len, bytes, strlen(bytes)) != NULL;
}

static void same_bytes_again(void **state)
{
	struct fixture *f = *state;
	struct tl_buf first[TL_FORMATS] = {{0}};

	for (int round = 0; round < 2; round++)
		for (enum tl_format format = 0; format < TL_FORMATS; format++) {
			draw(f, format, &with_fonts);
			if (round == 0) {
				tl_buf_put(&first[format], f->out.data, f->out.len);
			} else {
				assert_int_equal(f->out.len, first[format].len);
				assert_memory_equal(f->out.data, first[format].data, f->out.len);
			}
		}
	for (enum tl_format format = 0; format < TL_FORMATS; format++)
		tl_buf_release(&first[format]);
}

static void appends(void **state)
{
	struct fixture *f = *state;

	tl_buf_puts(&f->out, "before");
	assert_true(tl_draw(&f->out, &f->diags, TL_SVG, f->scene, 1, &plain));
	assert_memory_equal(f->out.data, "before<?xml", 11);
}

static void formats_look_like_themselves(void **state)
{
	static const char *const starts[] = {
		"<?xml", "%PDF", "\x89PNG", "digraph", "{\"version\":1"};
	struct fixture *f = *state;

	assert_int_equal(tl_formats.count, TL_FORMATS);
	for (enum tl_format format = 0; format < TL_FORMATS; format++) {
		draw(f, format, &plain);
		assert_memory_equal(f->out.data, starts[format], strlen(starts[format]));
	}
}

static void assert_said(struct tl_diags *diags, const char *code)
{
	struct tl_buf json = {0};

	tl_diags_json(diags, &json);
	assert_non_null(strstr(json.data, code));
	tl_buf_release(&json);
}

static void too_long_a_line_is_refused(void **state)
{
	struct fixture *f = *state;
	struct tl_line line = scene_line("much too long for this box", 9, 0, 0xff);
	struct tl_box box = {
		.id = "small", .w = 50, .h = 20, .pad = 4, .lines = &line, .line_count = 1};
	struct tl_scene scene = *f->scene;

	scene.boxes = &box;
	scene.box_count = 1;
	scene.flow_count = 0;
	for (enum tl_format format = 0; format < TL_FORMATS; format++)
		assert_false(tl_draw(&f->out, &f->diags, format, &scene, 1, &plain));
	assert_int_equal(f->out.len, 0);
	assert_said(&f->diags, "TL0708");
}

static void too_many_lines_are_refused(void **state)
{
	struct fixture *f = *state;
	struct tl_line lines[] = {scene_line("a", 9, 0, 0xff), scene_line("b", 9, 0, 0xff)};
	struct tl_box box = {
		.id = "low", .w = 50, .h = 30, .pad = 4, .lines = lines, .line_count = 2};
	struct tl_scene scene = *f->scene;

	scene.boxes = &box;
	scene.box_count = 1;
	scene.flow_count = 0;
	assert_false(tl_draw(&f->out, &f->diags, TL_SVG, &scene, 1, &plain));
	assert_said(&f->diags, "TL0708");
	box.h = 32; /* two rows of 12 and twice 4 */
	assert_true(tl_draw(&f->out, &f->diags, TL_SVG, &scene, 1, &plain));
}

/* Graphviz knows no text in a table that is larger than 255 points, and says so while it reports
 * success. */
static void complaints_are_failures(void **state)
{
	struct fixture *f = *state;
	struct tl_line line = scene_line("I", 300, 0, 0xff);
	struct tl_box box = {.id = "huge", .w = 300, .h = 400, .lines = &line, .line_count = 1};
	struct tl_scene scene = *f->scene;

	scene.boxes = &box;
	scene.box_count = 1;
	scene.flow_count = 0;
	assert_false(tl_draw(&f->out, &f->diags, TL_SVG, &scene, 1, &plain));
	assert_int_equal(f->out.len, 0);
	assert_said(&f->diags, "TL0702");
}

/* A box may be exactly as wide as its text, though Graphviz counts up to whole points. */
static void a_line_may_fill_its_box(void **state)
{
	struct fixture *f = *state;
	struct tl_line line = scene_line("exactly", 9, TL_BOLD, 0xff);
	struct tl_box box = {.id = "tight", .h = 12, .lines = &line, .line_count = 1};
	struct tl_scene scene = *f->scene;

	scene.boxes = &box;
	scene.box_count = 1;
	scene.flow_count = 0;
	for (double more = 0; more < 1; more += 0.125) {
		box.w = line.width + more;
		assert_true(tl_draw(&f->out, &f->diags, TL_SVG, &scene, 1, &plain));
		assert_int_equal(f->diags.count, 0);
	}
}

/* Graphviz takes no cell that is wider than 65535 points. */
static void a_box_may_be_very_wide(void **state)
{
	static const char *const anchors[] = {"x=\"14\" y=", "x=\"100010\" y=", "x=\"200006\" y="};
	struct fixture *f = *state;
	struct tl_line lines[] = {
		scene_line("one stage", 9, 0, 0xff), scene_line("of thousands", 9, TL_BOLD, 0xff)};
	struct tl_box box = {.id = "wide",
		.x = 10,
		.w = 200000,
		.h = 50,
		.pad = 4,
		.lines = lines,
		.line_count = 2};
	struct tl_scene scene = *f->scene;

	scene.width = 200020;
	scene.boxes = &box;
	scene.box_count = 1;
	scene.flow_count = 0;
	for (box.halign = TL_START; box.halign <= TL_END; box.halign++) {
		tl_buf_clear(&f->out);
		assert_true(tl_draw(&f->out, &f->diags, TL_SVG, &scene, 1, &plain));
		assert_true(contains(&f->out, anchors[box.halign]));
	}
	assert_int_equal(f->diags.count, 0);
}

static void pages_of_a_pdf(void **state)
{
	struct fixture *f = *state;
	struct tl_scene scenes[] = {*f->scene, *f->scene, *f->scene};

	assert_true(tl_format_multipage(TL_PDF));
	assert_true(tl_format_multipage(TL_JSON));
	assert_false(tl_format_multipage(TL_SVG));
	scenes[1].width = 700;
	scenes[1].bookmark = "Second";
	scenes[2].width = 20000; /* more than readers show */
	assert_true(tl_draw(&f->out, &f->diags, TL_PDF, scenes, 3, &plain));
	assert_int_equal(f->diags.count, 0);
	assert_true(contains(&f->out, "/Count 3"));
	assert_true(contains(&f->out, "/MediaBox [ 0 0 600 400 ]"));
	assert_true(contains(&f->out, "/MediaBox [ 0 0 700 400 ]"));
	assert_true(contains(&f->out, "/MediaBox [ 0 0 14400 288 ]"));
	assert_true(contains(&f->out, "/Title (Second)"));
	assert_true(contains(&f->out, "/CreationDate (20231114221320Z)"));
}

static void links_are_chosen(void **state)
{
	struct fixture *f = *state;

	for (enum tl_format format = 0; format < TL_FORMATS; format++) {
		draw(f, format, &plain);
		assert_false(contains(&f->out, "javascript"));
	}
	draw(f, TL_SVG, &plain);
	assert_true(contains(&f->out, "href=\"https://example.org/?a=1&amp;b=%272%27\""));
	draw(f, TL_PDF, &plain);
	assert_true(contains(&f->out, "/URI (https://example.org/?a=1&b=%272%27)"));
}

static void wide_pictures_are_scaled_down(void **state)
{
	struct fixture *f = *state;
	struct tl_scene scene = *f->scene;
	const unsigned char *size;

	scene.width = 40000;
	assert_true(tl_draw(&f->out, &f->diags, TL_PNG, &scene, 1, &plain));
	assert_int_equal(f->diags.warnings, 1);
	assert_int_equal(f->diags.errors, 0);
	size = (const unsigned char *)f->out.data + 16; /* of IHDR, big-endian */
	assert_int_equal(size[0] << 24 | size[1] << 16 | size[2] << 8 | size[3], 32767);
}

static void pixels_per_point_are_obeyed(void **state)
{
	struct fixture *f = *state;
	struct tl_draw_options options = plain;
	const unsigned char *size;

	options.png_scale = 3;
	draw(f, TL_PNG, &options);
	size = (const unsigned char *)f->out.data + 16;
	assert_int_equal(size[2] << 8 | size[3], 1800);
	assert_int_equal(size[6] << 8 | size[7], 1200);
	assert_true(contains(&f->out, "pHYs"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(same_bytes_again),
		TEST(appends),
		TEST(formats_look_like_themselves),
		TEST(too_long_a_line_is_refused),
		TEST(too_many_lines_are_refused),
		TEST(complaints_are_failures),
		TEST(a_line_may_fill_its_box),
		TEST(a_box_may_be_very_wide),
		TEST(pages_of_a_pdf),
		TEST(links_are_chosen),
		TEST(wide_pictures_are_scaled_down),
		TEST(pixels_per_point_are_obeyed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
