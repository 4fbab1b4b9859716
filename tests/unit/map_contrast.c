/* Contrast: every text of finished maps against what really lies under it, in every theme, by the
 * formula of WCAG 2. Text needs 4.5:1; lines that carry meaning need 3:1 against the paper. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "map_scene.h"

struct rgb {
	double r, g, b;
};

static struct rgb over(struct rgb ground, tl_color color)
{
	double a = (color & 0xFF) / 255.0;
	struct rgb c = {color >> 24, color >> 16 & 0xFF, color >> 8 & 0xFF};

	return (struct rgb){ground.r + (c.r - ground.r) * a, ground.g + (c.g - ground.g) * a,
		ground.b + (c.b - ground.b) * a};
}

static double linear(double channel)
{
	double c = channel / 255;

	return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(struct rgb c)
{
	return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

static double contrast(struct rgb a, struct rgb b)
{
	double x = luminance(a), y = luminance(b);

	return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

static bool in_polygon(const struct tl_point *p, size_t n, double x, double y)
{
	bool in = false;

	for (size_t i = 0, k = n - 1; i < n; k = i++)
		if ((p[i].y > y) != (p[k].y > y) &&
			x < (p[k].x - p[i].x) * (y - p[i].y) / (p[k].y - p[i].y) + p[i].x)
			in = !in;
	return in;
}

static bool in_shape(const struct tl_mark *mark, double x, double y)
{
	struct tl_point flat[1024];
	size_t n = 0, near = 0;

	/* A curve stays within the box of its control points. */
	for (size_t i = 0; i < mark->point_count; i++)
		near |= (mark->points[i].x <= x ? 1u : 2u) | (mark->points[i].y <= y ? 4u : 8u);
	if (near != 15)
		return false;
	for (size_t i = 0; i + 3 < mark->point_count && n + 8 < TL_COUNT(flat); i += 3) {
		const struct tl_point *p = mark->points + i;

		for (int step = 0; step < 8; step++) {
			double t = step / 8.0, u = 1 - t;

			flat[n++] = (struct tl_point){u * u * u * p[0].x + 3 * u * u * t * p[1].x +
					3 * u * t * t * p[2].x + t * t * t * p[3].x,
				u * u * u * p[0].y + 3 * u * u * t * p[1].y +
					3 * u * t * t * p[2].y + t * t * t * p[3].y};
		}
	}
	return in_polygon(flat, n, x, y);
}

static bool covers(const struct tl_mark *mark, double x, double y)
{
	const struct tl_point *p = mark->points;

	if (!(mark->pen.fill & 0xFF))
		return false;
	switch (mark->kind) {
	case TL_MARK_POLYGON:
		return in_polygon(p, mark->point_count, x, y);
	case TL_MARK_SHAPE:
		return in_shape(mark, x, y);
	case TL_MARK_ELLIPSE:
		return hypot((x - p[0].x) / p[1].x, (y - p[0].y) / p[1].y) < 1;
	default:
		return false;
	}
}

/* What lies under a point, marks from 0 up to `marks`, and boxes up to `boxes`. */
static struct rgb ground_at(
	const struct tl_scene *scene, size_t marks, size_t boxes, double x, double y)
{
	struct rgb ground = over((struct rgb){255, 255, 255}, scene->paper);

	for (size_t i = 0; i < marks; i++)
		if (covers(&scene->marks[i], x, y))
			ground = over(ground, scene->marks[i].pen.fill);
	for (size_t i = 0; i < boxes; i++) {
		const struct tl_box *box = &scene->boxes[i];

		if (box->shape != TL_BOX_BARE && x > box->x && x < box->x + box->w &&
			y > box->y && y < box->y + box->h)
			ground = over(ground, box->pen.fill);
	}
	return ground;
}

static double worst;
static size_t looked_at;

static void check_line(const struct tl_scene *scene, const char *what, const struct tl_line *line,
	size_t marks, size_t boxes, double left, double y)
{
	for (int i = 0; i < 3; i++) {
		double x = left + line->width * (0.1 + 0.4 * i);
		struct rgb ground = ground_at(scene, marks, boxes, x, y);
		double ratio = contrast(over(ground, line->color), ground);

		looked_at++;
		worst = fmin(worst, ratio);
		if (ratio < 4.5) {
			print_error("%s \"%s\": %.2f:1, #%08X on %.0f %.0f %.0f\n", what, line->text,
				ratio, line->color, ground.r, ground.g, ground.b);
			fail();
		}
	}
}

static double start_of(enum tl_align align, double left, double width, double text)
{
	return align == TL_START ? left : align == TL_END ? left + width - text
							  : left + (width - text) / 2;
}

static void check_texts(const struct tl_scene *scene)
{
	for (size_t i = 0; i < scene->mark_count; i++) {
		const struct tl_mark *mark = &scene->marks[i];

		if (mark->kind == TL_MARK_TEXT)
			check_line(scene, "mark", &mark->line, i, 0,
				start_of(mark->anchor, mark->points[0].x, 0, mark->line.width),
				mark->points[0].y - 0.3 * mark->line.size);
	}
	for (size_t i = 0; i < scene->box_count; i++) {
		const struct tl_box *box = &scene->boxes[i];
		double height = 0, y;

		for (size_t k = 0; k < box->line_count; k++)
			height += ceil(1.28 * box->lines[k].size);
		y = start_of(box->valign, box->y + box->pad, box->h - 2 * box->pad, height);
		for (size_t k = 0; k < box->line_count; k++) {
			const struct tl_line *line = &box->lines[k];
			double pitch = ceil(1.28 * line->size);

			if (*line->text)
				check_line(scene, box->id, line, scene->mark_count, i + 1,
					start_of(box->halign, box->x + box->pad,
						box->w - 2 * box->pad, line->width),
					y + pitch / 2);
			y += pitch;
		}
	}
}

static void check_flows(const struct tl_scene *scene)
{
	struct rgb paper = over((struct rgb){255, 255, 255}, scene->paper);

	for (size_t i = 0; i < scene->flow_count; i++)
		assert_true(contrast(over(paper, scene->flows[i].pen.stroke), paper) >= 3);
}

/* Every view of a journey that was read. */
static void check_views(struct built *b, enum tl_theme theme)
{
	check_flows(b->scene);
	for (enum tl_view view = 0; view < TL_VIEWS; view++) {
		build_view(b, view, theme, true);
		for (size_t i = 0; i < b->pages; i++)
			check_texts(&b->scene[i]);
	}
}

static void texts_reach_aa(void **state)
{
	(void)state;
	for (enum tl_theme theme = 0; theme < TL_THEMES; theme++) {
		worst = 21;
		looked_at = 0;
		for (size_t i = 0; i < TL_COUNT(examples); i++) {
			struct built b;

			build_example(&b, examples[i], theme);
			check_views(&b, theme);
			build_release(&b);
		}
		assert_true(looked_at > 3000);
		print_message("%s: %zu places, the worst %.2f:1\n", tl_themes.words[theme], looked_at,
			worst);
	}
}

/* What no example has: every stage's hue, six personas, every severity, settled pains, stubs. */
static void rare_colours_reach_aa(void **state)
{
	struct tl_buf xml = {0};

	(void)state;
	tl_buf_puts(&xml, "<journey xmlns=\"urn:touchline:journey:1\" id=\"j\" state=\"planned\">"
		"<title>T</title><department id=\"d\">Sales</department>");
	for (int p = 0; p < 7; p++)
		tl_buf_printf(&xml, "<persona id=\"p%d\" name=\"P%d\"/>", p, p);
	for (int s = 0; s < 13; s++) {
		tl_buf_printf(&xml, "<stage id=\"s%d\"><title>Stage</title><goal>Goal</goal>"
			"<touchpoint id=\"t%d\" owner=\"d\" moment-of-truth=\"yes\"><title>A</title>"
			"<thought>T</thought><expectation>E</expectation><goal>G</goal>", s, s);
		for (int p = 0; p < 7; p++)
			tl_buf_printf(&xml, "<emotion persona=\"p%d\" valence=\"%d\" feeling=\"f\">Q"
				"</emotion>", p, (s + p) % 5 - 2);
		tl_buf_printf(&xml, "<pain id=\"a%d\" severity=\"%d\" kind=\"delay\" status=\"%s\">P</pain>"
			"<opportunity impact=\"1\" effort=\"5\">O</opportunity>"
			"<backstage owner=\"d\" serves=\"d\">B</backstage><support owner=\"d\">S</support>"
			"<next to=\"t%d\" when=\"w\" handoff=\"%s\"/><next to=\"x#y\" when=\"w\"/>"
			"</touchpoint></stage>", s, s % 5 + 1, s < 5 ? "open" : "resolved",
			s < 12 ? s + 1 : 0, s % 2 ? "warm" : "cold");
	}
	tl_buf_puts(&xml, "</journey>");
	for (enum tl_theme theme = 0; theme < TL_THEMES; theme++) {
		struct built b;

		build_text(&b, xml.data, theme);
		check_views(&b, theme);
		build_release(&b);
	}
	tl_buf_release(&xml);
}

/* The formula: WCAG's own extremes, and a grey known to be just AA on white. */
static void formula_is_wcag(void **state)
{
	struct rgb white = {255, 255, 255}, black = {0, 0, 0}, grey = {118, 118, 118};

	(void)state;
	assert_true(fabs(contrast(white, black) - 21) < 1e-9);
	assert_true(fabs(contrast(white, white) - 1) < 1e-9);
	assert_true(fabs(contrast(white, grey) - 4.54) < 0.005);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formula_is_wcag),
		cmocka_unit_test(texts_reach_aa),
		cmocka_unit_test(rare_colours_reach_aa),
		unit_test_with_feedback(texts_reach_aa),
		unit_test_with_feedback(rare_colours_reach_aa),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
