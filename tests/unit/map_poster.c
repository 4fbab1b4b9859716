/* Posters: as large as the paper, nothing on top of each other, every touchpoint with its code and its
 * fields, on every paper; of the examples and of hard journeys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "map_scene.h"
#include "touchline/draw.h"

static const double mm = 72 / 25.4;
static const double least_text[] = {14, 12, 10, 9}; /* by paper */

static bool is(const struct tl_box *box, const char *role)
{
	size_t n = strlen(role);

	return strncmp(box->role, role, n) == 0 && (!box->role[n] || box->role[n] == ' ');
}

static bool overlap(const struct tl_box *a, const struct tl_box *b)
{
	const double slack = 1e-6; /* neighbours touch */

	return a->x + slack < b->x + b->w && b->x + slack < a->x + a->w &&
	       a->y + slack < b->y + b->h && b->y + slack < a->y + a->h;
}

/* A code stands on its card; all else has its own place. */
static void check_places(const struct tl_scene *scene)
{
	for (size_t i = 0; i < scene->box_count; i++) {
		const struct tl_box *a = &scene->boxes[i];

		assert_true(a->x >= 0 && a->y >= 0);
		assert_true(a->x + a->w <= scene->width && a->y + a->h <= scene->height);
		for (size_t k = i + 1; k < scene->box_count; k++) {
			const struct tl_box *b = &scene->boxes[k];

			assert_string_not_equal(a->id, b->id);
			if (overlap(a, b) && !(a->touchpoint == b->touchpoint && is(b, "code")))
				fail_msg("%s: %s lies on %s", scene->id, b->id, a->id);
		}
	}
}

static void check_texts(const struct tl_scene *scene, double least)
{
	for (size_t i = 0; i < scene->mark_count; i++) {
		const struct tl_mark *mark = &scene->marks[i];
		double w = mark->line.width, x = mark->points[0].x;
		double left = mark->anchor == TL_START ? x : mark->anchor == TL_END ? x - w : x - w / 2;

		if (mark->kind != TL_MARK_TEXT)
			continue;
		if (mark->line.size < least)
			fail_msg("%s: '%s' is set in %g", scene->id, mark->line.text, mark->line.size);
		if (left < 0 || left + w > scene->width || mark->points[0].y + 3 > scene->height)
			fail_msg("%s: '%s' leaves the page", scene->id, mark->line.text);
	}
}

struct tally {
	size_t cards, codes, moods, notes, dots;
};

static void check_box(const struct tl_box *box, struct tally *tally,
	const struct tl_poster_facts *facts)
{
	char code[TL_PLACE_SIZE];

	tally->cards += is(box, "touchpoint");
	tally->moods += is(box, "mood");
	tally->dots += is(box, "dots");
	tally->notes += is(box, "note");
	tally->codes += is(box, "code");
	if (is(box, "note")) {
		assert_true(fabs(box->w - (facts->field_w)) < 1e-9);
		assert_true(fabs(box->h - (facts->field_h)) < 1e-9);
	}
	if (is(box, "code")) {
		tl_place_code(code, box->touchpoint);
		assert_int_equal(box->line_count, 1);
		assert_string_equal(box->lines[0].text, code);
	}
}

static void check(struct built *b, enum tl_paper size, bool upright)
{
	struct tl_poster_options options = {.theme = TL_THEME_PRINT, .size = size, .sheet = size,
		.upright = upright};
	struct tl_poster_facts facts;
	struct tally *tallies = calloc(b->journey->touchpoint_count, sizeof *tallies);
	size_t count;
	double w, h;
	const struct tl_sheet *sheets = tl_map_poster(
		&count, &b->arena, b->journey, b->insight, &options, &facts);

	tl_paper_size(size, &w, &h);
	assert_true(count > facts.posters);
	assert_int_equal(facts.tiles, 0);
	for (size_t i = 0; i < facts.posters; i++) {
		const struct tl_scene *scene = sheets[i].scene;

		assert_true(fabs(scene->width - (upright ? h : w)) < 1e-9);
		assert_true(fabs(scene->height - (upright ? w : h)) < 1e-9);
		check_places(scene);
		check_texts(scene, least_text[size]);
		for (size_t k = 0; k < scene->box_count; k++)
			if (scene->boxes[k].touchpoint)
				check_box(&scene->boxes[k],
					&tallies[scene->boxes[k].touchpoint->index], &facts);
	}
	for (size_t i = 0; i < b->journey->touchpoint_count; i++) {
		assert_int_equal(tallies[i].cards, 1);
		assert_int_equal(tallies[i].codes, 1);
		assert_int_equal(tallies[i].moods, 5);
		assert_int_equal(tallies[i].notes, facts.fields);
		assert_true(tallies[i].dots >= 1);
	}
	assert_true(facts.fields >= 1);
	free(tallies);
}

static void check_all(struct built *b)
{
	for (int size = TL_A0; size <= TL_A3; size++)
		check(b, (enum tl_paper)size, false);
	check(b, TL_A1, true);
}

static void test_examples(void **state)
{
	(void)state;
	for (size_t i = 0; i < TL_COUNT(examples); i++) {
		struct built b;

		build_example(&b, examples[i], TL_THEME_PRINT);
		check_all(&b);
		build_release(&b);
	}
}

/* A wall of A0 has two rows of the common notes for every example. */
static void test_room(void **state)
{
	(void)state;
	for (size_t i = 0; i < TL_COUNT(examples); i++) {
		struct tl_poster_options options = {.theme = TL_THEME_PRINT};
		struct tl_poster_facts facts;
		struct built b;
		size_t count;

		build_example(&b, examples[i], TL_THEME_PRINT);
		tl_map_poster(&count, &b.arena, b.journey, NULL, &options, &facts);
		assert_int_equal(facts.posters, 1);
		assert_true(facts.fields >= 2);
		assert_true(fabs(facts.field_w - (76 * mm)) < 1e-9);
		assert_true(fabs(facts.field_h - (76 * mm)) < 1e-9);
		build_release(&b);
	}
}

static void test_hard(void **state)
{
	static const char *const bodies[] = {
		JOURNEY("xml:lang=\"ar\"", "<title>رحلة</title><stage id=\"s\"><title>مرحلة</title>"
			"<touchpoint id=\"a\"><title>نقطة</title></touchpoint></stage>"),
		JOURNEY("", "<title>One</title><stage id=\"s\"><title>Donaudampfschifffahrtsgesellschaft"
			"skapitänsmütze und noch viel mehr als auf eine Zeile geht</title><touchpoint "
			"id=\"a\"><title>Donaudampfschifffahrtsgesellschaftskapitänsmützenverordnung"
			"</title></touchpoint></stage>")};

	(void)state;
	for (size_t i = 0; i < TL_COUNT(bodies); i++) {
		struct built b;

		build_text(&b, bodies[i], TL_THEME_PRINT);
		check_all(&b);
		build_release(&b);
	}
}

/* Codes are read back to where they came from. */
static void test_codes(void **state)
{
	struct tl_stage stage = {.index = 0};
	char code[TL_PLACE_SIZE];
	struct built b;

	(void)state;
	stage.index = 25;
	tl_stage_code(code, &stage);
	assert_string_equal(code, "Z");
	stage.index = 26;
	tl_stage_code(code, &stage);
	assert_string_equal(code, "AA");
	stage.index = 26 + 26 * 26;
	tl_stage_code(code, &stage);
	assert_string_equal(code, "AAA");
	build_example(&b, "broadband-order", TL_THEME_PRINT);
	for (size_t i = 0; i < b.journey->touchpoint_count; i++) {
		tl_place_code(code, &b.journey->touchpoints[i]);
		assert_ptr_equal(tl_journey_place(b.journey, code), &b.journey->touchpoints[i]);
	}
	assert_null(tl_journey_place(b.journey, "A0"));
	assert_null(tl_journey_place(b.journey, "A99"));
	build_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		unit_test_with_feedback(test_examples),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_hard),
		cmocka_unit_test(test_codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
