/* The views for slides and meetings: nothing too small, nothing outside, nothing on top of each
 * other, nothing lost; on the examples, on random journeys, and on hard ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "map_random.h"
#include "map_scene.h"

enum { RANDOM_JOURNEYS = 25, LEAST_SIZE = 10 };

static const char *name; /* what is being looked at, for messages */

#define fault(...)                                                                                 \
	do {                                                                                       \
		print_error("%s: ", name);                                                         \
		print_error(__VA_ARGS__);                                                          \
		print_error("\n");                                                                 \
		fail();                                                                            \
	} while (0)

static bool has_role(const struct tl_box *box, const char *role)
{
	size_t n = strlen(role);

	return box->role && strncmp(box->role, role, n) == 0 &&
		(box->role[n] == '\0' || box->role[n] == ' ');
}

/* ---- any page ------------------------------------------------------------------------------- */

static void check_mark(const struct tl_scene *scene, const struct tl_mark *mark)
{
	double x = mark->points[0].x, y = mark->points[0].y, w = mark->line.width;
	double left = mark->anchor == TL_START ? x : mark->anchor == TL_END ? x - w : x - w / 2;

	if (mark->kind != TL_MARK_TEXT)
		return;
	if (mark->line.size < LEAST_SIZE)
		fault("\"%s\" is set in %g", mark->line.text, mark->line.size);
	if (left < 0 || left + w > scene->width || y - mark->line.size < 0 || y + 3 > scene->height)
		fault("\"%s\" leaves the page", mark->line.text);
}

static void check_box(const struct tl_scene *scene, const struct tl_box *box)
{
	double height = 0;

	if (box->x < 0 || box->y < 0 || box->x + box->w > scene->width ||
		box->y + box->h > scene->height)
		fault("%s leaves the page", box->id);
	for (size_t i = 0; i < box->line_count; i++) {
		const struct tl_line *line = &box->lines[i];

		height += ceil(1.28 * line->size);
		if (*line->text && line->size < LEAST_SIZE)
			fault("%s: \"%s\" is set in %g", box->id, line->text, line->size);
		if (line->width * 1.02 > box->w - 2 * box->pad)
			fault("%s: \"%s\" is wider than its box", box->id, line->text);
	}
	if (height > box->h - 2 * box->pad)
		fault("%s: %zu lines are higher than their box", box->id, box->line_count);
	if (box->line_count &&
		(box->x != floor(box->x) || box->y != floor(box->y) || box->w != floor(box->w) ||
			box->h != floor(box->h)))
		fault("%s is not on whole points: %g %g %g %g", box->id, box->x, box->y, box->w,
			box->h);
	if (!box->tooltip || !*box->tooltip)
		fault("%s has no tooltip", box->id);
}

static bool overlap(const struct tl_box *a, const struct tl_box *b)
{
	const double slack = 1e-6; /* neighbours touch */

	return a->x + slack < b->x + b->w && b->x + slack < a->x + a->w &&
		a->y + slack < b->y + b->h && b->y + slack < a->y + a->h;
}

/* Boxes with text, and bars, lie on nothing of their kind. */
static void check_overlaps(const struct tl_scene *scene)
{
	for (size_t i = 0; i < scene->box_count; i++)
		for (size_t k = i + 1; k < scene->box_count; k++) {
			const struct tl_box *a = &scene->boxes[i], *b = &scene->boxes[k];

			if (!a->line_count == !b->line_count && has_role(a, "emotion") == has_role(b, "emotion") &&
				overlap(a, b))
				fault("%s lies on %s", a->id, b->id);
		}
}

static void check_page(const struct tl_scene *scene)
{
	struct tl_arena arena;
	struct tl_table ids;
	size_t touchpoint = 0;

	tl_arena_init(&arena);
	tl_table_init(&ids, &arena);
	for (size_t i = 0; i < scene->mark_count; i++)
		check_mark(scene, &scene->marks[i]);
	for (size_t i = 0; i < scene->box_count; i++) {
		const struct tl_box *box = &scene->boxes[i];

		check_box(scene, box);
		if (tl_table_add(&ids, box->id, (void *)scene))
			fault("the id %s is there twice", box->id);
		if (box->touchpoint && box->touchpoint->index < touchpoint)
			fault("%s comes too late", box->id);
		if (box->touchpoint)
			touchpoint = box->touchpoint->index;
	}
	tl_arena_release(&arena);
	check_overlaps(scene);
	assert_non_null(scene->id);
	assert_non_null(scene->bookmark);
	assert_true(*scene->description);
}

/* ---- overview ------------------------------------------------------------------------------- */

static void check_overview(struct built *b)
{
	size_t touchpoints = 0, stages = 0;

	build_view(b, TL_VIEW_OVERVIEW, TL_THEME_LIGHT, false);
	assert_int_equal(b->pages, 1);
	check_page(b->scene);
	if (b->scene->width != 960 || b->scene->height != 540)
		fault("%g x %g is no slide", b->scene->width, b->scene->height);
	for (size_t i = 0; i < b->scene->box_count; i++) {
		const struct tl_box *box = &b->scene->boxes[i];

		stages += has_role(box, "stage");
		if (!has_role(box, "touchpoint"))
			continue;
		if (box->touchpoint->index != touchpoints)
			fault("%s comes out of order", box->id);
		touchpoints++;
	}
	if (touchpoints != b->journey->touchpoint_count || stages != b->journey->stage_count)
		fault("%zu touchpoints and %zu stages", touchpoints, stages);
}

/* ---- stages --------------------------------------------------------------------------------- */

/* Letters only: lines break at spaces, and words with a hyphen. */
static void put_letters(struct tl_buf *out, const char *text)
{
	for (; *text; text++)
		if (*text != ' ' && *text != '-')
			tl_buf_putc(out, *text);
}

/* Whether a box of these pages says all of the text. */
static bool says(const struct tl_scene *scenes, size_t pages, const char *text)
{
	struct tl_buf wanted = {0}, box = {0};
	bool found = false;

	put_letters(&wanted, text);
	tl_buf_putc(&wanted, '\0');
	for (size_t p = 0; p < pages && !found; p++)
		for (size_t i = 0; i < scenes[p].box_count && !found; i++) {
			tl_buf_clear(&box);
			for (size_t k = 0; k < scenes[p].boxes[i].line_count; k++)
				put_letters(&box, scenes[p].boxes[i].lines[k].text);
			found = box.len && strstr(box.data, wanted.data);
		}
	tl_buf_release(&wanted);
	tl_buf_release(&box);
	return found;
}

static void must_say(const struct tl_scene *scene, const struct tl_touchpoint *touchpoint,
	const char *what, const char *text)
{
	if (text && !says(scene, 1, text))
		fault("%s: the %s \"%s\" is lost", touchpoint->id, what, text);
}

static void must_say_all(const struct tl_scene *scene, const struct tl_touchpoint *touchpoint,
	const char *what, const struct tl_texts *texts)
{
	for (size_t i = 0; i < texts->count; i++)
		must_say(scene, touchpoint, what, texts->list[i].text);
}

static void check_customers(const struct tl_scene *scene, const struct tl_touchpoint *t)
{
	must_say(scene, t, "title", t->title);
	must_say_all(scene, t, "action", &t->actions);
	must_say_all(scene, t, "goal", &t->goals);
	must_say_all(scene, t, "thought", &t->thoughts);
	if (t->channel)
		must_say(scene, t, "channel", t->channel->label);
	if (t->owner)
		must_say(scene, t, "owner", t->owner->label);
	for (size_t i = 0; i < t->expectation_count; i++)
		must_say(scene, t, "expectation", t->expectations[i].text);
	for (size_t i = 0; i < t->emotion_count; i++) {
		must_say(scene, t, "feeling", t->emotions[i].feeling);
		must_say(scene, t, "quote", t->emotions[i].quote);
		if (t->emotions[i].persona)
			must_say(scene, t, "persona", t->emotions[i].persona->name);
	}
	for (size_t i = 0; i < t->next_count; i++) {
		must_say(scene, t, "condition", t->nexts[i].when);
		must_say(scene, t, "next", t->nexts[i].to ? t->nexts[i].to->title
							     : t->nexts[i].touchpoint);
	}
}

static void check_organisation(const struct tl_scene *scene, const struct tl_touchpoint *t)
{
	for (size_t i = 0; i < t->pain_count; i++) {
		must_say(scene, t, "pain", t->pains[i].text);
		must_say(scene, t, "evidence", t->pains[i].evidence);
		if (t->pains[i].owner)
			must_say(scene, t, "owner", t->pains[i].owner->label);
		if (t->pains[i].breaks)
			must_say(scene, t, "broken expectation", t->pains[i].breaks->text);
	}
	for (size_t i = 0; i < t->opportunity_count; i++) {
		must_say(scene, t, "opportunity", t->opportunities[i].text);
		if (t->opportunities[i].owner)
			must_say(scene, t, "owner", t->opportunities[i].owner->label);
	}
	for (size_t i = 0; i < t->backstage_count; i++) {
		must_say(scene, t, "backstage", t->backstage[i].text);
		if (t->backstage[i].serves)
			must_say(scene, t, "internal customer", t->backstage[i].serves->label);
		if (t->backstage[i].system)
			must_say(scene, t, "system", t->backstage[i].system->label);
	}
	for (size_t i = 0; i < t->support_count; i++)
		must_say(scene, t, "support", t->support[i].text);
}

/* One page a stage: everything that its touchpoints say. */
static void check_endless(struct built *b)
{
	build_view(b, TL_VIEW_STAGE, TL_THEME_LIGHT, true);
	assert_int_equal(b->pages, b->journey->stage_count);
	for (size_t s = 0; s < b->pages; s++) {
		const struct tl_stage *stage = &b->journey->stages[s];

		check_page(&b->scene[s]);
		if (!says(&b->scene[s], 1, stage->title))
			fault("the stage %s has lost its title", stage->id);
		for (size_t i = 0; i < stage->goals.count; i++)
			if (!says(&b->scene[s], 1, stage->goals.list[i].text))
				fault("the stage %s has lost a goal", stage->id);
		for (size_t i = 0; i < stage->touchpoint_count; i++) {
			check_customers(&b->scene[s], &stage->touchpoints[i]);
			check_organisation(&b->scene[s], &stage->touchpoints[i]);
		}
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The lines of all cards, sorted; what is repeated on a further page is left out. */
static size_t collect(struct built *b, const char ***out)
{
	size_t n = 0, capacity = 0;
	const char **list = NULL;

	for (size_t p = 0; p < b->pages; p++)
		for (size_t i = 0; i < b->scene[p].box_count; i++) {
			const struct tl_box *box = &b->scene[p].boxes[i];

			if (!box->touchpoint || has_role(box, "heading") ||
				has_role(box, "touchpoint"))
				continue;
			for (size_t k = 0; k < box->line_count; k++) {
				list = tl_arena_grow(
					&b->arena, list, n, &capacity, sizeof *list);
				list[n++] = box->lines[k].text;
			}
		}
	qsort(list, n, sizeof *list, by_text);
	*out = list;
	return n;
}

/* Paper: the same lines as on the endless pages, each once. */
static void check_paper(struct built *b)
{
	const char **endless, **paper;
	size_t n = collect(b, &endless), cards = 0;

	build_view(b, TL_VIEW_STAGE, TL_THEME_LIGHT, false);
	for (size_t p = 0; p < b->pages; p++) {
		check_page(&b->scene[p]);
		if (b->scene[p].width != 842 || b->scene[p].height != 595)
			fault("page %zu is no A4", p);
		for (size_t i = 0; i < b->scene[p].box_count; i++)
			if (has_role(&b->scene[p].boxes[i], "touchpoint") &&
				b->scene[p].boxes[i].touchpoint->index == cards)
				cards++;
	}
	if (cards != b->journey->touchpoint_count)
		fault("%zu cards of %zu", cards, b->journey->touchpoint_count);
	if (collect(b, &paper) != n)
		fault("the pages do not have %zu lines", n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(endless[i], paper[i]) != 0)
			fault("\"%s\" is lost, or \"%s\" is there twice", endless[i], paper[i]);
}

static void check_all(struct built *b)
{
	check_overview(b);
	check_endless(b);
	check_paper(b);
}

/* ---- journeys ------------------------------------------------------------------------------- */

static void examples_are_sound(void **state)
{
	(void)state;
	for (size_t i = 0; i < TL_COUNT(examples); i++) {
		struct built b;

		name = examples[i];
		build_example(&b, examples[i], TL_THEME_LIGHT);
		check_all(&b);
		build_release(&b);
	}
}

static void random_journeys_are_sound(void **state)
{
	struct tl_buf xml = {0};
	char label[32];

	(void)state;
	name = label;
	for (uint32_t seed = 1; seed <= RANDOM_JOURNEYS; seed++) {
		struct built b;

		snprintf(label, sizeof label, "seed %u", seed);
		random_journey(&xml, seed, 1 + seed * 7 % 40);
		build_text(&b, xml.data, TL_THEME_LIGHT);
		check_all(&b);
		build_release(&b);
	}
	tl_buf_release(&xml);
}

static void put_repeated(struct tl_buf *out, const char *text, int times)
{
	while (times-- > 0)
		tl_buf_puts(out, text);
}

/* Texts that are longer than their page, in every place where one may stand. */
static void long_texts_go_on(void **state)
{
	static const char *const places[][2] = {{"<title>", "</title>"}, {"<action>", "</action>"},
		{"<thought>", "</thought>"}, {"<expectation>", "</expectation>"},
		{"<emotion valence=\"-1\" persona=\"p\">", "</emotion>"},
		{"<pain id=\"x\" severity=\"5\">", "</pain>"},
		{"<opportunity for=\"x\">", "</opportunity>"}, {"<backstage>", "</backstage>"}};
	struct tl_buf xml = {0};

	(void)state;
	name = "long texts";
	for (int word = 0; word < 2; word++) {
		struct built b;
		int share = word ? 10 : 1; /* pango takes its time over one word of thousands */

		tl_buf_clear(&xml);
		tl_buf_puts(&xml, "<journey xmlns=\"urn:touchline:journey:1\" id=\"j\"><title>");
		put_repeated(&xml, word ? "unbroken" : "many words ", 60);
		tl_buf_puts(&xml, "</title><persona id=\"p\" name=\"");
		put_repeated(&xml, "Name ", 60);
		tl_buf_puts(&xml, "\"/><stage id=\"s\"><title>");
		put_repeated(&xml, word ? "unbroken" : "many words ", 400 / share);
		tl_buf_puts(&xml, "</title><goal>");
		put_repeated(&xml, word ? "unbroken" : "many words ", 400 / share);
		tl_buf_puts(&xml, "</goal><touchpoint id=\"t\">");
		for (size_t i = 0; i < TL_COUNT(places); i++) {
			tl_buf_puts(&xml, places[i][0]);
			put_repeated(&xml, word ? "unbroken" : "many words ", 700 / share);
			tl_buf_puts(&xml, places[i][1]);
		}
		tl_buf_puts(&xml, "</touchpoint></stage></journey>");
		build_text(&b, xml.data, TL_THEME_LIGHT);
		check_all(&b);
		assert_true(b.pages > (word ? 1 : 3));
		build_release(&b);
	}
	tl_buf_release(&xml);
}

static void small_and_large_journeys_are_sound(void **state)
{
	static const struct {
		int stages, touchpoints;
	} sizes[] = {{1, 1}, {12, 60}, {40, 40}, {12, 2000}};
	struct tl_buf xml = {0};
	char label[32];

	(void)state;
	name = label;
	for (size_t i = 0; i < TL_COUNT(sizes); i++) {
		struct built b;

		snprintf(label, sizeof label, "%d in %d", sizes[i].touchpoints, sizes[i].stages);
		tl_buf_clear(&xml);
		tl_buf_puts(&xml, "<journey xmlns=\"urn:touchline:journey:1\" id=\"j\"><title>T</title>");
		for (int s = 0, t = 0; s < sizes[i].stages; s++) {
			tl_buf_printf(&xml, "<stage id=\"s%d\"><title>Stage number %d</title>", s, s);
			for (; t < sizes[i].touchpoints * (s + 1) / sizes[i].stages; t++)
				tl_buf_printf(&xml, "<touchpoint id=\"t%d\" moment-of-truth=\"%s\"><title>"
					"Touch %d</title><emotion valence=\"%d\"/><pain id=\"p%d\" "
					"severity=\"%d\">Pain</pain></touchpoint>", t,
					t % 3 ? "no" : "yes", t, t % 5 - 2, t, t % 5 + 1);
			tl_buf_puts(&xml, "</stage>");
		}
		tl_buf_puts(&xml, "</journey>");
		build_text(&b, xml.data, TL_THEME_LIGHT);
		check_overview(&b);
		if (sizes[i].touchpoints < 1000) {
			check_endless(&b);
			check_paper(&b);
		}
		build_release(&b);
	}
	tl_buf_release(&xml);
}

/* Peak and end, and the ranking, as the slide says them. */
static void overview_says_peak_and_end(void **state)
{
	struct built b;

	(void)state;
	name = "peak and end";
	build_text(&b, JOURNEY("", "<title>T</title><persona id=\"m\" name=\"Maya\"/>"
		"<stage id=\"s\"><title>S</title>"
		"<touchpoint id=\"a\"><title>Order</title><emotion valence=\"1\"/></touchpoint>"
		"<touchpoint id=\"b\"><title>Wait</title><emotion valence=\"-1.5\"/>"
		"<pain id=\"p\" severity=\"5\">Nobody comes</pain></touchpoint>"
		"<touchpoint id=\"c\"><title>Pay</title><emotion valence=\"0.5\"/>"
		"<pain id=\"q\" severity=\"1\">Small print</pain></touchpoint></stage>"),
		TL_THEME_LIGHT);
	build_view(&b, TL_VIEW_OVERVIEW, TL_THEME_LIGHT, false);
	assert_true(says(b.scene, 1, "Peak −1.5 at “Wait”; end +0.5"));
	assert_true(says(b.scene, 1, "Nobody comes"));
	assert_true(says(b.scene, 1, "100 of 100, assumed"));
	assert_false(says(b.scene, 1, "Small print"));
	build_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples_are_sound),
		cmocka_unit_test(random_journeys_are_sound),
		cmocka_unit_test(long_texts_go_on),
		cmocka_unit_test(small_and_large_journeys_are_sound),
		cmocka_unit_test(overview_says_peak_and_end),
		unit_test_with_feedback(examples_are_sound),
		unit_test_with_feedback(random_journeys_are_sound),
		unit_test_with_feedback(long_texts_go_on),
		unit_test_with_feedback(small_and_large_journeys_are_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
