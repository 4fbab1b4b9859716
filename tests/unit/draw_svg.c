/* The SVG of the scene made by hand, and the checker itself: every kind of fault that it is there
 * to find is made once and must be found.
 *
 * With arguments it checks maps instead: SVG files, each with its map JSON beside it where all
 * touchpoints are to be there (tests/check-svg.sh). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "draw_scene.h"
#include "svg_check.h"

static char *drawn;
static const char *const all_ids[] = {"tp-one", "tp-two", "tp-three", "quote.1", "face", "rank",
	"flow-1-2", "flow-2-3", "flow-3-1", "flow-out", NULL};

static char *draw(void)
{
	struct tl_draw_options options = {.embed_fonts = true};
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_buf out = {0};

	tl_arena_init(&arena);
	tl_diags_init(&diags);
	assert_true(tl_draw(&out, &diags, TL_SVG, scene_new(&arena), 1, &options));
	tl_diags_release(&diags);
	tl_arena_release(&arena);
	return out.data;
}

static int set_up(void **state)
{
	(void)state;
	drawn = draw();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	free(drawn);
	return 0;
}

static void nothing_is_wrong(void **state)
{
	(void)state;
	assert_int_equal(svg_check("scene", drawn, all_ids, false), 0);
}

/* Replaces the first `from` behind `after` and expects a fault. */
static void assert_found(const char *after, const char *from, const char *to)
{
	const char *at = strstr(drawn, after);
	struct tl_buf bad = {0};

	assert_non_null(at);
	at = strstr(at, from);
	assert_non_null(at);
	tl_buf_put(&bad, drawn, (size_t)(at - drawn));
	tl_buf_puts(&bad, to);
	tl_buf_puts(&bad, at + strlen(from));
	if (svg_check("broken", bad.data, all_ids, true) == 0)
		fail_msg("not found: '%s' instead of '%s'", to, from);
	tl_buf_release(&bad);
}

static void faults_are_found(void **state)
{
	(void)state;
	assert_found("<svg", "viewBox", "viewbox");
	assert_found("<svg", " lang=", " long=");
	assert_found("<desc", "A test of", "A <test of");
	assert_found("<title", "<title", "<tittle");
	assert_found("</style>", "</style>", "</style><!-- x -->");
	assert_found("tp-one", "tp-one", "tp-two");
	assert_found("<a ", "1.map-tp-one", "tp-one");
	assert_found("\"1.map-rank\"", "1.map-rank", "1.map-other");
	assert_found("tp-one", "fill=\"#fff\"", "fill=\"white\"");
	assert_found("tp-one", "fill=\"#fff\"", "fill=\"#ffffff80\"");
	assert_found("tp-one", "stroke=\"#", "stroke=\"transparent #");
	assert_found("Sees the ad", "Sees the ad", "Sees the ad that is far too long for it");
	assert_found("at the right", "at the right",
		"at the right, then a long way to the left, as far"
		" as all that stands there, and some more, and some more again, until they meet at "
		"last");
	assert_found("tp-one", "width=\"136\"", "width=\"236\"");
	assert_found("x=\"300\" y=\"80\"", "y=\"80\"", "y=\"402\"");
	assert_found("x=\"38\" y=\"146\"", "y=\"146\"", "y=\"152\"");
	assert_found("flow-3-1", "M498 200c0 40", "M498 200v-40c0 40");
}

static const char *value_of(struct tl_arena *arena, const char *line, const char *key)
{
	const char *at = strstr(line, key), *end;

	if (!at)
		return NULL;
	at += strlen(key);
	end = strchr(at, '"');
	return end ? tl_arena_strndup(arena, at, (size_t)(end - at)) : NULL;
}

/* From the map's JSON, one element on a line: the boxes that stand for touchpoints, after making
 * sure that every touchpoint of the journey has one. */
static const char *const *touchpoint_boxes(struct tl_arena *arena, char *json, size_t *missing)
{
	struct tl_table boxes;
	const char **ids = NULL, *line;
	size_t count = 0, capacity = 0;
	char *rest, *touchpoints = strstr(json, "\"touchpoints\":[\n"), *end;

	tl_table_init(&boxes, arena);
	for (char *all = tl_arena_strdup(arena, json); (line = strsep(&all, "\n"));) {
		const char *box = value_of(arena, line, "{\"id\":\"");
		const char *role = value_of(arena, line, "\"role\":\"");
		const char *touchpoint = value_of(arena, line, "\"touchpoint\":\"");

		if (!box || !role || !touchpoint || strncmp(role, "touchpoint", 10) != 0)
			continue;
		tl_table_add(&boxes, touchpoint, (void *)box);
		ids = tl_arena_grow(arena, ids, count, &capacity, sizeof *ids);
		ids[count++] = box;
	}
	ids = tl_arena_grow(arena, ids, count, &capacity, sizeof *ids);
	ids[count] = NULL;
	rest = touchpoints ? strchr(touchpoints, '\n') + 1 : NULL;
	end = rest ? strstr(rest, "\n\"pages\"") : NULL;
	if (!end)
		++*missing;
	else
		*end = '\0';
	while (rest && (line = strsep(&rest, "\n"))) {
		const char *id = value_of(arena, line, "{\"id\":\"");

		if (id && !tl_table_get(&boxes, id)) {
			fprintf(stderr, "the touchpoint '%s' has no box\n", id);
			++*missing;
		}
	}
	return ids;
}

static size_t check_file(const char *path)
{
	struct tl_buf svg = {0}, json = {0};
	struct tl_arena arena;
	const char *const *ids = NULL;
	char *beside;
	size_t faults = 0;

	tl_arena_init(&arena);
	beside = tl_arena_printf(&arena, "%.*s.json", (int)strlen(path) - 4, path);
	if (tl_file_read(&svg, path, 1 << 30) != 0 || !svg.len) {
		fprintf(stderr, "%s cannot be read\n", path);
		faults++;
	} else {
		if (tl_file_read(&json, beside, 1 << 30) == 0)
			ids = touchpoint_boxes(&arena, json.data, &faults);
		faults += svg_check(path, svg.data, ids, false);
	}
	tl_buf_release(&svg);
	tl_buf_release(&json);
	tl_arena_release(&arena);
	return faults;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_is_wrong, set_up, tear_down),
		cmocka_unit_test_setup_teardown(faults_are_found, set_up, tear_down),
	};
	size_t faults = 0;

	if (argc == 1)
		return cmocka_run_group_tests(tests, NULL, NULL);
	for (int i = 1; i < argc; i++)
		faults += check_file(argv[i]);
	printf("%d maps, %zu faults\n", argc - 1, faults);
	return faults != 0;
}
