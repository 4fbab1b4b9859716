/* What feedback adds to the pictures: that each thing is there, says what it means, is explained in the
 * legend, and that the map without feedback does not know of it. Where things stand and whether they
 * can be read, map_layout, map_views and map_contrast look at with the same made-up insight. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "map_scene.h"
#include "touchline/words.h"

static const struct tl_box *find(const struct tl_scene *scene, const char *id)
{
	for (size_t i = 0; i < scene->box_count; i++)
		if (strcmp(scene->boxes[i].id, id) == 0)
			return &scene->boxes[i];
	return NULL;
}

static size_t count_role(const struct tl_scene *scene, const char *role)
{
	size_t n = 0;

	for (size_t i = 0; i < scene->box_count; i++)
		n += strcmp(scene->boxes[i].role, role) == 0;
	return n;
}

static bool has_text(const struct tl_scene *scene, const char *text)
{
	for (size_t i = 0; i < scene->mark_count; i++)
		if (scene->marks[i].kind == TL_MARK_TEXT && strcmp(scene->marks[i].line.text, text) == 0)
			return true;
	return false;
}

static bool box_says(const struct tl_box *box, const char *text)
{
	for (size_t i = 0; i < box->line_count; i++)
		if (strstr(box->lines[i].text, text))
			return true;
	return false;
}

#define assert_says(text, part)                                                                    \
	do {                                                                                       \
		if (!strstr((text), (part))) {                                                     \
			print_error("\"%s\" does not say \"%s\"\n", (text), (part));               \
			fail();                                                                    \
		}                                                                                  \
	} while (0)

/* ok, hotspot, watch, no evidence: the first four of the made-up insight. */
static const char four[] = JOURNEY("",
	"<title>T</title><department id=\"d\">Sales</department><persona id=\"m\" name=\"Maya\"/>"
	"<stage id=\"s\"><title>S</title>"
	"<touchpoint id=\"a\"><title>Fine</title><emotion valence=\"1\">F</emotion></touchpoint>"
	"<touchpoint id=\"b\" moment-of-truth=\"yes\"><title>Bad</title>"
	"<expectation id=\"e\">Quick</expectation><expectation id=\"f\">Kind</expectation>"
	"<pain id=\"p\" severity=\"4\">Slow</pain><pain id=\"q\" severity=\"1\">Rude</pain>"
	"<emotion valence=\"1\">F</emotion><listen tag=\"slow\" pain=\"p\" expectation=\"e\"/>"
	"<next to=\"c\" share=\"0.5\"/><next to=\"d\" share=\"0.5\"/></touchpoint>"
	"<touchpoint id=\"c\"><title>Meh</title><emotion valence=\"0\">F</emotion></touchpoint>"
	"<touchpoint id=\"d\"><title>Dark</title><pain id=\"r\" severity=\"3\">Unknown</pain>"
	"<emotion valence=\"-1\">F</emotion></touchpoint></stage>");

static void verdicts_are_roles_words_and_ranks(void **state)
{
	struct built b;

	(void)state;
	build_text(&b, four, TL_THEME_LIGHT);
	assert_string_equal(find(b.scene, "a")->role, "touchpoint ok");
	assert_string_equal(find(b.scene, "b")->role, "touchpoint truth hotspot");
	assert_string_equal(find(b.scene, "c")->role, "touchpoint watch");
	assert_string_equal(find(b.scene, "d")->role, "touchpoint no-evidence");
	assert_string_equal(find(b.scene, "b.rank")->lines[0].text, "1");
	assert_string_equal(find(b.scene, "c.rank")->lines[0].text, "2");
	assert_null(find(b.scene, "a.rank"));
	assert_string_equal(find(b.scene, "b.friction")->role, "friction measured");
	assert_true(box_says(find(b.scene, "b.friction"), "87.9"));
	assert_true(box_says(find(b.scene, "b.friction"), "hotspot"));
	assert_true(box_says(find(b.scene, "b.friction"), "68.9–96.9"));
	assert_string_equal(find(b.scene, "d.friction")->role, "friction none");
	assert_true(box_says(find(b.scene, "d.friction"), "no evidence"));
	assert_string_equal(find(b.scene, "d.friction.assumed")->role, "friction assumed");
	assert_null(find(b.scene, "b.friction.assumed"));
	assert_says(find(b.scene, "b.friction")->tooltip, "Friction 87.9 of 100 at “Bad”");
	assert_says(b.scene->description, "“Bad”");
	assert_ptr_equal(b.scene->insight, b.insight);
	build_release(&b);
}

static void beliefs_and_measurements_stand_apart(void **state)
{
	struct built b;

	(void)state;
	build_text(&b, four, TL_THEME_LIGHT);
	assert_says(find(b.scene, "b.conflict")->tooltip, "The journey says +1 for");
	assert_null(find(b.scene, "d.conflict"));
	assert_says(find(b.scene, "b.emotion")->tooltip, "Measured: −1.3 by CSAT, n\u00a025");
	assert_true(box_says(find(b.scene, "b.belief"), "Departments disagree"));
	assert_says(find(b.scene, "b.belief")->tooltip, "Sales: −1.5.");
	assert_says(find(b.scene, "b.trend")->tooltip, "drifted for the worse");
	assert_says(find(b.scene, "b.trend")->tooltip, "The trend is rising");
	build_release(&b);
}

/* Nothing follows from no record speaking of what no rule listens for. */
static void what_nothing_listens_for_is_not_told(void **state)
{
	struct built b;

	(void)state;
	build_text(&b, four, TL_THEME_LIGHT);
	struct tl_pain_insight *pains = b.insight->touchpoints[1].pains;
	struct tl_gap *gaps = b.insight->score->touchpoints[1].gaps;
	gaps[0].broken = gaps[1].broken = 0;
	pains[0].records = pains[1].records = 0;
	pains[0].quote.text = pains[1].quote.text = NULL;
	build_view(&b, TL_VIEW_MAP, TL_THEME_LIGHT, false);
	assert_true(box_says(find(b.scene, "b.expectation.e"), "broken in"));
	assert_false(box_says(find(b.scene, "b.expectation.f"), "broken in"));
	assert_true(box_says(find(b.scene, "b.pain.p"), "in no record"));
	assert_false(box_says(find(b.scene, "b.pain.q"), "in no record"));
	build_release(&b);
}

static void a_quote_is_cut_to_fit_and_whole_in_the_tooltip(void **state)
{
	struct built b;

	(void)state;
	build_text(&b, four, TL_THEME_LIGHT);
	struct tl_pain_insight *pain = &b.insight->touchpoints[1].pains[0];
	pain->records = 3;
	pain->quote = made_up_quote(1);
	build_view(&b, TL_VIEW_MAP, TL_THEME_LIGHT, false);
	assert_false(box_says(find(b.scene, "b.pain.p"), "again!"));
	assert_says(find(b.scene, "b.pain.p")->tooltip, "Never again!”");
	assert_says(find(b.scene, "b.pain.p")->tooltip, "3 records speak of it.");
	build_view(&b, TL_VIEW_STAGE, TL_THEME_LIGHT, true); /* nothing is cut there */
	assert_true(box_says(find(b.scene, "b.pain.p"), "again!"));
	build_release(&b);
}

/* Two answers give an interval far beyond the scale, and contacts may be counted where visits are not. */
static void little_is_not_made_to_look_like_much(void **state)
{
	struct built b;

	(void)state;
	build_text(&b, four, TL_THEME_LIGHT);
	struct tl_touchpoint_score *score = &b.insight->score->touchpoints[1];
	score->emotions[0].n = 2;
	score->emotions[0].interval = (struct tl_interval){-12.7, 12.7};
	score->families[TL_DEMAND] = (struct tl_family_score){
		.witness = TL_BY_CONTACTS, .x = 7, .rate = NAN, .score = NAN, .q = NAN};
	build_view(&b, TL_VIEW_MAP, TL_THEME_LIGHT, false);
	assert_null(strstr(find(b.scene, "b.emotion")->tooltip, "interval"));
	assert_says(find(b.scene, "b.friction")->tooltip, "Contacts (contacts per visit): 7, not scored.");
	score->emotions[0].n = 30;
	build_view(&b, TL_VIEW_MAP, TL_THEME_LIGHT, false);
	assert_says(find(b.scene, "b.emotion")->tooltip, "interval −2 to +2");
	build_release(&b);
}

/* Each figure of the title block, and none that nobody measured. */
static void figures_are_there_when_measured(void **state)
{
	static const char *const ids[] = {"figure.filter", "figure.hotspots", "figure.records",
		"figure.csat", "figure.nps", "figure.ces", "figure.first-contact",
		"figure.resolution", "figure.memory.m"};
	struct built b;

	(void)state;
	build_text(&b, four, TL_THEME_LIGHT);
	for (size_t i = 0; i < TL_COUNT(ids); i++)
		assert_non_null(find(b.scene, ids[i]));
	assert_says(find(b.scene, "figure.nps")->tooltip, "−11.2");
	assert_says(find(b.scene, "figure.nps")->tooltip, "−15.1 to −6.7");
	struct tl_journey_score *score = (struct tl_journey_score *)b.insight->score;
	struct tl_insight *insight = (struct tl_insight *)b.insight;
	score->csat.n = score->ces.n = score->nps_n = score->contacted = 0;
	insight->resolution.n = 0;
	insight->options.filter = tl_filter_none;
	score->personas[0].peak_end = NAN;
	build_view(&b, TL_VIEW_MAP, TL_THEME_LIGHT, false);
	for (size_t i = 0; i < TL_COUNT(ids); i++)
		assert_int_equal(find(b.scene, ids[i]) != NULL, i == 1 || i == 2);
	build_release(&b);
}

static void legend_explains_what_feedback_draws(void **state)
{
	static const enum tl_word words[] = {TL_SAY_LEGEND_HEAT, TL_SAY_LEGEND_HOTSPOT,
		TL_SAY_LEGEND_WATCH, TL_SAY_LEGEND_NO_EVIDENCE, TL_SAY_LEGEND_ASSUMED,
		TL_SAY_LEGEND_TREND, TL_SAY_LEGEND_DRIFT, TL_SAY_LEGEND_MEASURED,
		TL_SAY_LEGEND_DECLARED, TL_SAY_LEGEND_CONFLICT, TL_SAY_LEGEND_BELIEF};
	struct built b;

	(void)state;
	build_text(&b, four, TL_THEME_LIGHT);
	for (size_t i = 0; i < TL_COUNT(words); i++)
		assert_true(has_text(b.scene, tl_word(TL_EN, words[i])));
	b.insight = NULL;
	build_view(&b, TL_VIEW_MAP, TL_THEME_LIGHT, false);
	for (size_t i = 0; i < TL_COUNT(words); i++)
		assert_int_equal(has_text(b.scene, tl_word(TL_EN, words[i])),
			words[i] == TL_SAY_LEGEND_ASSUMED);
	assert_null(find(b.scene, "b.rank"));
	build_release(&b);
}

/* Much friction that proves nothing looks like no alarm. */
static void heat_follows_the_verdict(void **state)
{
	struct built b;

	(void)state;
	build_text(&b, four, TL_THEME_LIGHT);
	struct tl_touchpoint_score *score = b.insight->score->touchpoints;
	score[0].friction = score[1].friction;
	build_view(&b, TL_VIEW_MAP, TL_THEME_LIGHT, false);
	assert_int_not_equal(find(b.scene, "a.friction")->lines[0].color,
		find(b.scene, "b.friction")->lines[0].color);
	build_release(&b);
}

static void slides_and_pages_carry_it_too(void **state)
{
	struct built b;

	(void)state;
	build_text(&b, four, TL_THEME_LIGHT);
	build_view(&b, TL_VIEW_OVERVIEW, TL_THEME_LIGHT, false);
	assert_true(box_says(find(b.scene, "stage.s.heat"), "87.9"));
	assert_true(box_says(find(b.scene, "b.worst"), "87.9"));
	assert_null(find(b.scene, "d.worst"));
	assert_string_equal(find(b.scene, "b")->role, "touchpoint hotspot");
	build_view(&b, TL_VIEW_STAGE, TL_THEME_LIGHT, true);
	assert_string_equal(find(b.scene, "b.friction")->role, "friction measured");
	assert_says(find(b.scene, "b.family.effort")->tooltip, "Effort (CES): ");
	assert_true(count_role(b.scene, "trend") >= 2);
	assert_true(count_role(b.scene, "voice") >= 1);
	build_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		unit_test_with_feedback(verdicts_are_roles_words_and_ranks),
		unit_test_with_feedback(beliefs_and_measurements_stand_apart),
		unit_test_with_feedback(what_nothing_listens_for_is_not_told),
		unit_test_with_feedback(a_quote_is_cut_to_fit_and_whole_in_the_tooltip),
		unit_test_with_feedback(little_is_not_made_to_look_like_much),
		unit_test_with_feedback(figures_are_there_when_measured),
		unit_test_with_feedback(legend_explains_what_feedback_draws),
		unit_test_with_feedback(heat_follows_the_verdict),
		unit_test_with_feedback(slides_and_pages_carry_it_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
