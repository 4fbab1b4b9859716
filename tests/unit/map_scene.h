/* Journeys for the tests of map: read, scored and placed. */
#ifndef TESTS_UNIT_MAP_SCENE_H
#define TESTS_UNIT_MAP_SCENE_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "map_insight.h"
#include "touchline/front.h"
#include "touchline/map.h"

/* Whether scenes are built with feedback, made up for each journey. */
static bool feedback;

__attribute__((unused)) static int with_feedback(void **state)
{
	(void)state;
	feedback = true;
	return 0;
}

__attribute__((unused)) static int without_feedback(void **state)
{
	(void)state;
	feedback = false;
	return 0;
}
#define unit_test_with_feedback(test)                                                              \
	{#test " (feedback)", test, with_feedback, without_feedback, NULL}

struct built {
	struct tl_arena arena;
	struct tl_diags diags;
	const struct tl_journey *journey;
	struct tl_assumed *assumed;
	const struct tl_insight *insight;
	const struct tl_scene *scene; /* the first of them */
	size_t pages;
};

/* Any view, of a journey that was read. */
__attribute__((unused)) static void build_view(
	struct built *b, enum tl_view view, enum tl_theme theme, bool endless)
{
	struct tl_map_options options = {.view = view, .theme = theme, .endless = endless};

	b->scene = tl_map_build(&b->pages, &b->arena, b->journey, b->assumed, b->insight,
		&options, ".svg");
	assert_true(b->pages >= 1);
}

static void build_scene(struct built *b, enum tl_theme theme, uint32_t lanes)
{
	struct tl_map_options options = {.theme = theme, .lanes = lanes};

	b->assumed = tl_arena_array(
		&b->arena, struct tl_assumed, b->journey->touchpoint_count);
	tl_score_assumed(b->assumed, b->journey);
	b->insight = feedback ? make_up_insight(&b->arena, b->journey) : NULL;
	b->scene = tl_map_build(&b->pages, &b->arena, b->journey, b->assumed, b->insight,
		&options, ".svg");
	assert_int_equal(b->pages, 1);
}

static void build_init(struct built *b)
{
	*b = (struct built){0};
	tl_arena_init(&b->arena);
	tl_diags_init(&b->diags);
}

__attribute__((unused)) static void build_text(struct built *b, const char *xml, enum tl_theme theme)
{
	build_init(b);
	b->journey = tl_front_parse(&b->arena, &b->diags, "test.xml", xml, strlen(xml));
	assert_non_null(b->journey);
	assert_int_equal(b->diags.errors, 0);
	build_scene(b, theme, 0);
}

__attribute__((unused)) static void build_release(struct built *b)
{
	tl_diags_release(&b->diags);
	tl_arena_release(&b->arena);
}

/* One of the example journeys; tests run at the top of the repository. */
__attribute__((unused)) static void build_example(struct built *b, const char *name, enum tl_theme theme)
{
	char path[512];

	build_init(b);
	snprintf(path, sizeof path, "journeys/%s.xml", name);
	b->journey = tl_front_read(&b->arena, &b->diags, path, false);
	assert_non_null(b->journey);
	build_scene(b, theme, 0);
}
static const char *const examples[] = {"broadband-order", "furniture-online",
	"furniture-online-to-be", "hospital-appointment", "employee-onboarding"};

#define JOURNEY(attributes, body)                                                                  \
	"<journey xmlns=\"urn:touchline:journey:1\" id=\"j\" " attributes ">" body "</journey>"

#endif
