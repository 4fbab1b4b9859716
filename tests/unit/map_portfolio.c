/* The portfolio: nothing outside, nothing on top of each other, nothing lost, colours that say no more
 * than is known, links, pages, and which shares are odd; few and many journeys, short and long. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "map/theme.h"
#include "map_scene.h"
#include "touchline/words.h"

enum { MANY = 200, LEAST_SIZE = 10, PAGE_H = 990 };

struct set {
	struct tl_arena arena;
	struct tl_diags diags;
	const struct tl_journey *journeys[MANY];
	const struct tl_assumed *assumed[MANY];
	const struct tl_insight *insights[MANY];
	size_t count, pages;
	enum tl_theme theme;
	const struct tl_scene *scene;
};

static void begin(struct set *set)
{
	*set = (struct set){0};
	tl_arena_init(&set->arena);
	tl_diags_init(&set->diags);
}

static void end(struct set *set)
{
	tl_diags_release(&set->diags);
	tl_arena_release(&set->arena);
}

static void add(struct set *set, const char *id, const char *lang, const char *title, size_t stages,
	size_t touchpoints)
{
	struct tl_buf xml = {0};

	tl_buf_printf(&xml,
		"<journey xmlns=\"urn:touchline:journey:1\" id=\"%s\" xml:lang=\"%s\">"
		"<title>%s</title>",
		id, lang, title);
	for (size_t s = 0; s < stages; s++) {
		tl_buf_printf(&xml, "<stage id=\"s%zu\"><title>%s</title>", s, title);
		for (size_t t = 0; t < touchpoints; t++)
			tl_buf_printf(&xml,
				"<touchpoint id=\"t%zu-%zu\"><title>%s</title>"
				"<pain id=\"p%zu-%zu\" severity=\"%zu\">P</pain></touchpoint>",
				s, t, title, s, t, 1 + t % 5);
		tl_buf_puts(&xml, "</stage>");
	}
	tl_buf_puts(&xml, "</journey>");
	const struct tl_journey *journey =
		tl_front_parse(&set->arena, &set->diags, "test.xml", xml.data, xml.len);
	assert_non_null(journey);
	struct tl_assumed *assumed =
		tl_arena_array(&set->arena, struct tl_assumed, journey->touchpoint_count);
	tl_score_assumed(assumed, journey);
	set->journeys[set->count] = journey;
	set->assumed[set->count] = assumed;
	set->insights[set->count++] = feedback ? make_up_insight(&set->arena, journey) : NULL;
	tl_buf_release(&xml);
}

/* episodes with the one kind of friction, of all, by channel */
static void hear(struct set *set, size_t journey, size_t channels, const char **names,
	const uint64_t *x, const uint64_t *n)
{
	struct tl_insight *insight = tl_arena_new(&set->arena, struct tl_insight);
	struct tl_matrix *matrix = &insight->matrix;

	*insight = *set->insights[journey];
	matrix->channels = names;
	matrix->channel_count = channels;
	matrix->totals = tl_arena_array(&set->arena, uint64_t, channels);
	matrix->cells = tl_arena_alloc(&set->arena, channels * sizeof *matrix->cells);
	memset(matrix->cells, 0, channels * sizeof *matrix->cells);
	for (size_t c = 0; c < channels; c++) {
		matrix->totals[c] = n[c];
		matrix->cells[c][TL_REPETITION] = x[c];
	}
	set->insights[journey] = insight;
}

static void draw(struct set *set, bool endless)
{
	struct tl_map_options options = {
		.view = TL_VIEW_PORTFOLIO, .theme = set->theme, .endless = endless};

	set->scene = tl_map_portfolio(&set->pages, &set->arena, set->journeys, set->assumed,
		set->insights, set->count, &options, ".svg");
	assert_true(set->pages >= 1);
	for (size_t i = 0; i < set->pages; i++) {
		assert_null(set->scene[i].journey);
		assert_int_equal(set->scene[i].view, TL_VIEW_PORTFOLIO);
		assert_true(set->scene[i].box_count > 0);
		if (!endless && set->journeys[0]->stage_count < 100) /* higher than a page */
			assert_true(set->scene[i].height == PAGE_H);
	}
}

/* ---- geometry ------------------------------------------------------------------------------- */

static bool overlap(double ax, double ay, double aw, double ah, double bx, double by, double bw,
	double bh)
{
	return ax + aw > bx + .01 && bx + bw > ax + .01 && ay + ah > by + .01 && by + bh > ay + .01;
}

static void check_box(const struct tl_scene *scene, const struct tl_box *box)
{
	double height = 0;

	assert_true(box->x >= 0 && box->x + box->w <= scene->width);
	assert_true(box->y >= 0 && box->y + box->h <= scene->height);
	for (size_t i = 0; i < box->line_count; i++) {
		const struct tl_line *line = &box->lines[i];

		height += ceil(1.28 * line->size);
		assert_true(line->size >= LEAST_SIZE);
		if (line->width > box->w - 2 * box->pad + .01) {
			print_error("%s: \"%s\" is too wide\n", box->id, line->text);
			fail();
		}
	}
	assert_true(height <= box->h - 2 * box->pad + .01);
	assert_non_null(box->tooltip);
	assert_true(tl_word_ends_sentence(box->tooltip, strlen(box->tooltip)));
}

/* Texts among the marks: of the legend, badges, and counts beside squares. */
static void check_texts(const struct tl_scene *scene)
{
	struct area {
		double x, y, w;
	} *areas = calloc(scene->mark_count + 1, sizeof *areas);
	size_t n = 0;

	for (size_t i = 0; i < scene->mark_count; i++) {
		const struct tl_mark *mark = &scene->marks[i];
		double w = mark->line.width, x = mark->points[0].x;

		if (mark->kind != TL_MARK_TEXT)
			continue;
		x = mark->anchor == TL_START ? x : mark->anchor == TL_END ? x - w : x - w / 2;
		assert_true(mark->line.size >= LEAST_SIZE);
		assert_true(x >= 0 && x + w <= scene->width && mark->points[0].y + 3 <= scene->height);
		areas[n++] = (struct area){x, mark->points[0].y - 8, w};
	}
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			assert_false(overlap(areas[i].x, areas[i].y, areas[i].w, 10, areas[k].x,
				areas[k].y, areas[k].w, 10));
	free(areas);
}

static void check_page(const struct tl_scene *scene)
{
	struct tl_arena arena;
	struct tl_table ids;

	tl_arena_init(&arena);
	tl_table_init(&ids, &arena);
	for (size_t i = 0; i < scene->box_count; i++) {
		const struct tl_box *a = &scene->boxes[i];

		check_box(scene, a);
		assert_null(tl_table_add(&ids, a->id, (void *)scene));
		for (size_t k = i + 1; k < scene->box_count; k++) {
			const struct tl_box *b = &scene->boxes[k];

			if (overlap(a->x, a->y, a->w, a->h, b->x, b->y, b->w, b->h)) {
				print_error("%s and %s overlap\n", a->id, b->id);
				fail();
			}
		}
	}
	tl_arena_release(&arena);
	check_texts(scene);
}

/* The mark that is the ground of a box: the first with its corner and a fill. */
static tl_color ground_of(const struct tl_scene *scene, const struct tl_box *box)
{
	for (size_t i = 0; i < scene->mark_count; i++) {
		const struct tl_mark *mark = &scene->marks[i];
		double x = 1e9, y = 1e9;

		if (mark->kind != TL_MARK_POLYGON && mark->kind != TL_MARK_SHAPE)
			continue;
		for (size_t k = 0; k < mark->point_count; k++) {
			x = fmin(x, mark->points[k].x);
			y = fmin(y, mark->points[k].y);
		}
		if (fabs(x - box->x) < .01 && fabs(y - box->y) < .01)
			return mark->pen.fill;
	}
	fail();
	return 0;
}

static bool is_one_of(tl_color color, const struct tl_paint *paints, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		if (paints[i].fill == color)
			return true;
	return false;
}

/* Red for hotspots and nothing else; grey for no evidence and nothing else. */
static void check_colours(struct set *set)
{
	const struct tl_palette *palette = tl_palette_get(set->theme);

	for (size_t p = 0; p < set->pages; p++)
		for (size_t i = 0; i < set->scene[p].box_count; i++) {
			const struct tl_box *box = &set->scene[p].boxes[i];

			if (strncmp(box->role, "stage ", 6) != 0)
				continue;
			tl_color ground = ground_of(&set->scene[p], box);
			assert_int_equal(is_one_of(ground, palette->heat_cell, 3, TL_HEAT_CELLS),
				strcmp(box->role, "stage hotspot") == 0);
			assert_int_equal(ground == palette->unknown.fill,
				strcmp(box->role, "stage no-evidence") == 0);
		}
}

static size_t count_role(const struct set *set, const char *role)
{
	size_t count = 0;

	for (size_t p = 0; p < set->pages; p++)
		for (size_t i = 0; i < set->scene[p].box_count; i++)
			count += strncmp(set->scene[p].boxes[i].role, role, strlen(role)) == 0;
	return count;
}

static void check_all(struct set *set)
{
	for (int endless = 0; endless < 2; endless++) {
		size_t stages = 0;

		draw(set, endless);
		if (endless)
			assert_int_equal(set->pages, 1);
		for (size_t p = 0; p < set->pages; p++)
			check_page(&set->scene[p]);
		for (size_t i = 0; i < set->count; i++)
			stages += set->journeys[i]->stage_count;
		assert_int_equal(count_role(set, "journey"), set->count);
		assert_int_equal(count_role(set, "stage "), stages);
		check_colours(set);
	}
}

/* ---- tests ---------------------------------------------------------------------------------- */

static const char long_title[] =
	"Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft and all that "
	"comes before, with it, after it and in spite of it, wherever customers are";

static void one_and_odd_journeys_are_sound(void **state)
{
	static const size_t stages[] = {1, 2, 12, 13, 15, 40, 150};

	(void)state;
	for (size_t i = 0; i < TL_COUNT(stages); i++)
		for (int wordy = 0; wordy < 2; wordy++) {
			struct set set;

			begin(&set);
			add(&set, "one", "de", wordy ? long_title : "A", stages[i],
				wordy ? 23 : 1);
			check_all(&set);
			add(&set, "two", "de", wordy ? "A" : long_title, 1, 3);
			check_all(&set);
			end(&set);
		}
}

static void many_journeys_are_sound(void **state)
{
	static const char *channels[40];
	uint64_t x[40], n[40];
	struct set set;

	(void)state;
	begin(&set);
	for (size_t i = 0; i < MANY; i++) {
		char *id = tl_arena_printf(&set.arena, "j%zu", i);
		add(&set, id, "en", i % 3 ? "A title of usual length" : long_title, 1 + i * 7 % 15,
			1 + i % 4);
	}
	for (size_t c = 0; c < TL_COUNT(channels); c++) {
		channels[c] = tl_arena_printf(&set.arena, "channel %zu", c);
		x[c] = c % 3;
		n[c] = c;
	}
	if (feedback)
		hear(&set, 7, TL_COUNT(channels), channels, x, n);
	check_all(&set);
	draw(&set, false);
	assert_true(set.pages > 10);
	if (feedback)
		assert_int_equal(count_role(&set, "channel"), TL_COUNT(channels));
	end(&set);
}

static void themes_say_the_same(void **state)
{
	(void)state;
	for (enum tl_theme theme = 0; theme < TL_THEMES; theme++) {
		struct set set;

		begin(&set);
		set.theme = theme;
		add(&set, "a", "en", "A", 7, 1);
		draw(&set, true);
		assert_int_equal(count_role(&set, "stage "), 7);
		if (theme != TL_THEME_PRINT) /* there all grounds are white */
			check_colours(&set);
		end(&set);
	}
}

static void journeys_are_linked(void **state)
{
	struct set set;
	size_t links = 0;

	(void)state;
	begin(&set);
	add(&set, "a-b", "en", "A", 2, 2);
	draw(&set, true);
	for (size_t i = 0; i < set.scene->box_count; i++) {
		const char *href = set.scene->boxes[i].href;

		links += href && strcmp(href, "a-b.svg") == 0;
		assert_true(!href || strcmp(href, "a-b.svg") == 0);
	}
	assert_int_equal(links, 2); /* the journey, and its worst touchpoint */
	end(&set);
}

static void language_is_that_of_most(void **state)
{
	struct set set;

	(void)state;
	begin(&set);
	add(&set, "a", "de-AT", "A", 1, 1);
	draw(&set, true);
	assert_string_equal(set.scene->lang, "de");
	add(&set, "b", "fr", "A", 1, 1);
	draw(&set, true);
	assert_string_equal(set.scene->lang, "en");
	add(&set, "c", "fr", "A", 1, 1);
	draw(&set, true);
	assert_string_equal(set.scene->lang, "fr");
	end(&set);
}

static const struct tl_box *find(const struct set *set, const char *id)
{
	for (size_t i = 0; i < set->scene->box_count; i++)
		if (strcmp(set->scene->boxes[i].id, id) == 0)
			return &set->scene->boxes[i];
	fail();
	return NULL;
}

/* The second touchpoint that is made up is a hotspot, the first is not. */
static void worst_come_first_unknown_last(void **state)
{
	struct set set;

	(void)state;
	begin(&set);
	add(&set, "fine", "en", "A", 1, 1);
	feedback = false;
	add(&set, "unheard", "en", "A", 1, 3);
	feedback = true;
	add(&set, "hot", "en", "A", 1, 2);
	draw(&set, true);
	assert_true(find(&set, "hot")->y < find(&set, "fine")->y);
	assert_true(find(&set, "fine")->y < find(&set, "unheard")->y);
	assert_string_equal(find(&set, "hot.s0")->role, "stage hotspot");
	assert_string_equal(find(&set, "fine.s0")->role, "stage ok");
	assert_string_equal(find(&set, "unheard.s0")->role, "stage no-evidence");
	end(&set);
}

/* Channels of two journeys add up by name; only what chance does not explain is marked. */
static void odd_channels_are_marked(void **state)
{
	static const char *first[] = {"phone", "web", "email"}, *second[] = {"web", "fax"};
	struct set set;

	(void)state;
	begin(&set);
	add(&set, "a", "en", "A", 1, 2);
	add(&set, "b", "en", "A", 1, 2);
	hear(&set, 0, 3, first, (uint64_t[]){40, 5, 10}, (uint64_t[]){100, 50, 100});
	hear(&set, 1, 2, second, (uint64_t[]){6, 2}, (uint64_t[]){60, 4});
	draw(&set, true);
	assert_string_equal(find(&set, "phone.repetition")->role, "share more");
	assert_string_equal(find(&set, "web.repetition")->role, "share less");
	assert_string_equal(find(&set, "web.repetition")->lines[1].text, "11 of 110");
	assert_string_equal(find(&set, "few")->role, "share none");
	assert_int_equal(count_role(&set, "share"), 4);
	hear(&set, 0, 3, first, (uint64_t[]){12, 5, 10}, (uint64_t[]){100, 50, 100});
	draw(&set, true);
	assert_int_equal(count_role(&set, "share more") + count_role(&set, "share less"), 0);
	hear(&set, 0, 1, first, (uint64_t[]){90}, (uint64_t[]){100}); /* nothing to compare with */
	hear(&set, 1, 1, first, (uint64_t[]){1}, (uint64_t[]){100});
	draw(&set, true);
	assert_string_equal(find(&set, "phone.repetition")->role, "share");
	assert_string_equal(find(&set, "phone.repetition")->lines[1].text, "91 of 200");
	end(&set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_and_odd_journeys_are_sound),
		unit_test_with_feedback(one_and_odd_journeys_are_sound),
		cmocka_unit_test(many_journeys_are_sound),
		unit_test_with_feedback(many_journeys_are_sound),
		unit_test_with_feedback(themes_say_the_same),
		cmocka_unit_test(journeys_are_linked),
		unit_test_with_feedback(journeys_are_linked),
		cmocka_unit_test(language_is_that_of_most),
		unit_test_with_feedback(worst_come_first_unknown_last),
		unit_test_with_feedback(odd_channels_are_marked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
