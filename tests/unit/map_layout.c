/* Where things stand: nothing overlaps, nothing is lost, nothing leaves the page; on the examples
 * and on random journeys, whose flows are worse than what people write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "map_random.h"
#include "map_scene.h"

enum { RANDOM_JOURNEYS = 60 };

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

static bool is_card(const struct tl_box *box)
{
	return has_role(box, "touchpoint");
}

static bool overlap(const struct tl_box *a, const struct tl_box *b)
{
	return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

static const struct tl_box *find_box(const struct tl_scene *scene, const char *id)
{
	for (size_t i = 0; i < scene->box_count; i++)
		if (strcmp(scene->boxes[i].id, id) == 0)
			return &scene->boxes[i];
	return NULL;
}

/* ---- boxes ---------------------------------------------------------------------------------- */

static void check_box(const struct tl_scene *scene, const struct tl_box *box)
{
	double height = 0;

	if (box->x < 0 || box->y < 0 || box->x + box->w > scene->width ||
		box->y + box->h > scene->height)
		fault("%s leaves the page", box->id);
	if (box->x != floor(box->x) || box->y != floor(box->y) || box->w != floor(box->w) ||
		box->h != floor(box->h))
		fault("%s is not on whole points: %g %g %g %g", box->id, box->x, box->y, box->w,
			box->h);
	for (size_t i = 0; i < box->line_count; i++) {
		const struct tl_line *line = &box->lines[i];

		height += ceil(1.28 * line->size);
		if (line->width * 1.02 > box->w - 2 * box->pad)
			fault("%s: \"%s\" is wider than its box", box->id, line->text);
		if (*line->text && (line->size < 8 || line->size != floor(line->size)))
			fault("%s: text of size %g", box->id, line->size);
	}
	if (height > box->h - 2 * box->pad)
		fault("%s: %zu lines are higher than their box", box->id, box->line_count);
	if (!box->tooltip || !*box->tooltip)
		fault("%s has no tooltip", box->id);
}

static void check_boxes(const struct tl_scene *scene)
{
	struct tl_arena arena;
	struct tl_table ids;

	tl_arena_init(&arena);
	tl_table_init(&ids, &arena);
	for (size_t i = 0; i < scene->box_count; i++) {
		check_box(scene, &scene->boxes[i]);
		if (tl_table_add(&ids, scene->boxes[i].id, (void *)scene))
			fault("the id %s is there twice", scene->boxes[i].id);
	}
	tl_arena_release(&arena);
}

/* Solid things: cards and what lies on flows. No two of them may overlap. */
static void check_solids(const struct tl_scene *scene)
{
	for (size_t i = 0; i < scene->box_count; i++) {
		const struct tl_box *a = &scene->boxes[i];

		if (!is_card(a) && !has_role(a, "flow-label") && !has_role(a, "stub"))
			continue;
		for (size_t k = i + 1; k < scene->box_count; k++) {
			const struct tl_box *b = &scene->boxes[k];

			if ((is_card(b) || has_role(b, "flow-label") || has_role(b, "stub")) &&
				overlap(a, b))
				fault("%s lies on %s", a->id, b->id);
		}
	}
}

static void check_order(const struct tl_scene *scene)
{
	size_t touchpoint = 0, cards = 0;

	for (size_t i = 0; i < scene->box_count; i++) {
		const struct tl_box *box = &scene->boxes[i];

		if (!box->touchpoint)
			continue;
		if (box->touchpoint->index < touchpoint)
			fault("%s comes too late", box->id);
		if (is_card(box)) {
			if (box->touchpoint->index != cards)
				fault("the card %s comes out of order", box->id);
			cards++;
		} else if (box->touchpoint->index >= cards) {
			fault("%s comes before its card", box->id);
		}
		touchpoint = box->touchpoint->index;
	}
	if (cards != scene->journey->touchpoint_count)
		fault("%zu cards of %zu", cards, scene->journey->touchpoint_count);
}

/* ---- flows ---------------------------------------------------------------------------------- */

static struct tl_point bezier(const struct tl_point *p, double t)
{
	double u = 1 - t, a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;

	return (struct tl_point){a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x,
		a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y};
}

static bool inside(struct tl_point p, const struct tl_box *box, double margin)
{
	return p.x > box->x + margin && p.x < box->x + box->w - margin && p.y > box->y + margin &&
		p.y < box->y + box->h - margin;
}

static void check_clear(const struct tl_scene *scene, const struct tl_flow *flow)
{
	enum { STEPS = 24 };

	for (size_t i = 0; i + 3 < flow->point_count; i += 3) {
		for (int step = 0; step <= STEPS; step++) {
			struct tl_point p = bezier(flow->points + i, (double)step / STEPS);

			if (p.x < 0 || p.y < 0 || p.x > scene->width || p.y > scene->height)
				fault("%s leaves the page", flow->id);
			for (size_t b = 0; b < scene->box_count; b++)
				if (is_card(&scene->boxes[b]) && inside(p, &scene->boxes[b], 0.5))
					fault("%s runs through %s", flow->id, scene->boxes[b].id);
		}
	}
}

static void check_flow(const struct tl_scene *scene, const struct tl_flow *flow)
{
	const struct tl_box *from = find_box(scene, flow->from), *to = find_box(scene, flow->to);

	if (!from || !to)
		fault("%s has an end that is no box", flow->id);
	struct tl_point first = flow->points[0], last = flow->points[flow->point_count - 1];
	if (!inside(first, from, -1) || !inside(last, to, -1))
		fault("%s does not reach its ends", flow->id);
	if (flow->next->to && to->touchpoint != flow->next->to)
		fault("%s leads elsewhere", flow->id);
	struct tl_point before = flow->points[flow->point_count - 2];
	if (hypot(last.x - before.x, last.y - before.y) < 2)
		fault("%s has no room for its arrow", flow->id);
	check_clear(scene, flow);
}

static void check_flows(const struct tl_scene *scene)
{
	size_t expected = 0;

	for (size_t i = 0; i < scene->journey->touchpoint_count; i++) {
		const struct tl_touchpoint *touchpoint = &scene->journey->touchpoints[i];

		expected += touchpoint->next_count;
		for (size_t k = 0; k < touchpoint->next_count; k++) {
			size_t drawn = 0;

			for (size_t f = 0; f < scene->flow_count; f++)
				drawn += scene->flows[f].next == &touchpoint->nexts[k];
			if (drawn != 1)
				fault("next %zu of %s is drawn %zu times", k, touchpoint->id, drawn);
		}
	}
	if (scene->flow_count != expected)
		fault("%zu flows of %zu", scene->flow_count, expected);
	for (size_t f = 0; f < scene->flow_count; f++)
		check_flow(scene, &scene->flows[f]);
}

/* ---- curve ---------------------------------------------------------------------------------- */

static const struct tl_lane *find_lane(const struct tl_scene *scene, const char *lane)
{
	for (size_t i = 0; i < scene->lane_count; i++)
		if (strcmp(scene->lanes[i].name, lane) == 0)
			return &scene->lanes[i];
	return NULL;
}

/* Curves of the emotion lane: long ones; mouths of faces are short. */
static size_t check_curves(const struct tl_scene *scene)
{
	const struct tl_lane *lane = find_lane(scene, "emotion");
	size_t curves = 0;

	for (size_t m = 0; lane && m < scene->mark_count; m++) {
		const struct tl_mark *mark = &scene->marks[m];
		const struct tl_point *p = mark->points;

		if (mark->kind != TL_MARK_CURVE || p[0].y < lane->y || p[0].y > lane->y + lane->h ||
			fabs(p[mark->point_count - 1].x - p[0].x) < 40)
			continue;
		curves++;
		for (size_t i = 0; i + 3 < mark->point_count; i += 3) {
			double low = fmin(p[i].y, p[i + 3].y), high = fmax(p[i].y, p[i + 3].y);
			double x = p[i].x;

			for (int step = 1; step <= 20; step++) {
				struct tl_point at = bezier(p + i, step / 20.0);

				if (at.y < low - 0.01 || at.y > high + 0.01)
					fault("a curve overshoots at x %g", at.x);
				if (at.x <= x)
					fault("a curve turns back at x %g", at.x);
				x = at.x;
			}
		}
	}
	return curves;
}

/* ---- everything, on everything -------------------------------------------------------------- */

static void check_scene(const struct tl_scene *scene)
{
	check_boxes(scene);
	check_solids(scene);
	check_order(scene);
	check_flows(scene);
	check_curves(scene);
}

static void examples_are_sound(void **state)
{
	(void)state;
	for (size_t i = 0; i < TL_COUNT(examples); i++) {
		struct built b;

		name = examples[i];
		build_example(&b, examples[i], TL_THEME_LIGHT);
		check_scene(b.scene);
		assert_true(check_curves(b.scene) >= 2);
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
		check_scene(b.scene);
		build_release(&b);
	}
	tl_buf_release(&xml);
}

/* The same journey from right to left is the same map, turned round. */
static void right_to_left_is_sound(void **state)
{
	struct built b;

	(void)state;
	name = "right to left";
	build_text(&b, JOURNEY("xml:lang=\"ar\"",
		"<title>طلب</title><stage id=\"s\"><title>شراء</title>"
		"<touchpoint id=\"a\"><title>أ</title></touchpoint>"
		"<touchpoint id=\"b\"><title>ب</title></touchpoint></stage>"), TL_THEME_LIGHT);
	check_boxes(b.scene);
	check_solids(b.scene);
	check_flows(b.scene);
	assert_true(find_box(b.scene, "a")->x > find_box(b.scene, "b")->x);
	assert_int_equal(find_box(b.scene, "a")->halign, TL_END);
	build_release(&b);
}

/* ---- lanes ---------------------------------------------------------------------------------- */

static void lanes_without_content_are_not_there(void **state)
{
	struct built b;

	(void)state;
	build_text(&b, JOURNEY("",
		"<title>T</title><stage id=\"s\"><title>S</title><touchpoint id=\"a\">"
		"<title>A</title><goal>G</goal></touchpoint></stage>"), TL_THEME_LIGHT);
	assert_int_equal(b.scene->lane_count, 3);
	assert_string_equal(b.scene->lanes[0].name, "flow");
	assert_string_equal(b.scene->lanes[1].name, "friction");
	assert_string_equal(b.scene->lanes[2].name, "goals");
	build_scene(&b, TL_THEME_LIGHT, 1u << tl_vocabulary_find(&tl_lanes, "goals"));
	assert_int_equal(b.scene->lane_count, 1);
	assert_string_equal(b.scene->lanes[0].name, "goals");
	build_release(&b);
}

static bool says(const struct tl_scene *scene, const char *text)
{
	for (size_t i = 0; i < scene->mark_count; i++)
		if (scene->marks[i].kind == TL_MARK_TEXT &&
			strcmp(scene->marks[i].line.text, text) == 0)
			return true;
	return false;
}

static void legend_explains_what_is_used(void **state)
{
	struct built b;

	(void)state;
	build_text(&b, JOURNEY("",
		"<title>T</title><stage id=\"s\"><title>S</title>"
		"<touchpoint id=\"a\"><title>A</title></touchpoint>"
		"<touchpoint id=\"b\"><title>B</title><next to=\"c\" handoff=\"cold\"/></touchpoint>"
		"<touchpoint id=\"c\"><title>C</title><next to=\"a\" share=\"0.5\"/></touchpoint>"
		"</stage>"), TL_THEME_LIGHT);
	assert_true(says(b.scene, "most probable way"));
	assert_true(says(b.scene, "loop or return"));
	assert_true(says(b.scene, "cold handoff: the story is told again"));
	assert_true(says(b.scene, "assumed friction, not measured"));
	assert_false(says(b.scene, "shortcut"));
	assert_false(says(b.scene, "warm handoff: the context goes along"));
	assert_false(says(b.scene, "moment of truth"));
	assert_false(says(b.scene, "severity, of 5"));
	build_release(&b);
}

/* An edit elsewhere changes no id: what links to a map, or restyles it, still finds its things. */
static void ids_are_stable(void **state)
{
	static const char tail[] = "<touchpoint id=\"b\"><title>B</title><pain id=\"p\" severity=\"1\">P"
		"</pain><emotion valence=\"1\"/></touchpoint></stage></journey>";
	static const char head[] = "<journey xmlns=\"urn:touchline:journey:1\" id=\"j\"><title>T</title>"
		"<stage id=\"s\"><title>S</title><touchpoint id=\"a\"><title>A</title><next to=\"b\"/>"
		"</touchpoint>";
	static const char *const ids[] = {"b", "b.pain.p", "b.emotion", "stage.s", "journey.title"};
	struct tl_buf xml = {0};
	struct built one, two;

	(void)state;
	tl_buf_printf(&xml, "%s%s", head, tail);
	build_text(&one, xml.data, TL_THEME_LIGHT);
	tl_buf_clear(&xml);
	tl_buf_printf(&xml, "%s<touchpoint id=\"new\"><title>N</title></touchpoint>%s", head, tail);
	build_text(&two, xml.data, TL_THEME_LIGHT);
	for (size_t i = 0; i < TL_COUNT(ids); i++) {
		assert_non_null(find_box(one.scene, ids[i]));
		assert_non_null(find_box(two.scene, ids[i]));
	}
	assert_string_equal(one.scene->flows[0].id, "a--b");
	build_release(&one);
	build_release(&two);
	tl_buf_release(&xml);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples_are_sound),
		cmocka_unit_test(random_journeys_are_sound),
		cmocka_unit_test(right_to_left_is_sound),
		unit_test_with_feedback(examples_are_sound),
		unit_test_with_feedback(random_journeys_are_sound),
		unit_test_with_feedback(right_to_left_is_sound),
		cmocka_unit_test(lanes_without_content_are_not_there),
		cmocka_unit_test(legend_explains_what_is_used),
		cmocka_unit_test(ids_are_stable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
