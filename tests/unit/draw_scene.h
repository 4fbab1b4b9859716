/* A scene made by hand that holds every kind of mark, box and flow, and every text that has ever
 * been trouble: markup, backslashes before quotes, several scripts, links that are not allowed. */
#ifndef TESTS_UNIT_DRAW_SCENE_H
#define TESTS_UNIT_DRAW_SCENE_H

#include <math.h>
#include "touchline/draw.h"

#define HOSTILE "A<b> & \"c\" \\N \\\" ]]> --> %s"

static struct tl_line scene_line(const char *text, double size, unsigned flags, tl_color color)
{
	return (struct tl_line){text, tl_text_width(text, size, flags), size, flags, color};
}

static const struct tl_point *scene_points(struct tl_arena *arena, size_t count, const double *xy)
{
	struct tl_point *points = tl_arena_array(arena, struct tl_point, count);

	for (size_t i = 0; i < count; i++)
		points[i] = (struct tl_point){xy[2 * i], xy[2 * i + 1]};
	return points;
}
#define AT(...)                                                                                    \
	scene_points(arena, TL_COUNT(((double[]){__VA_ARGS__})) / 2, (double[]){__VA_ARGS__}),     \
		TL_COUNT(((double[]){__VA_ARGS__})) / 2

static const struct tl_line *scene_lines(
	struct tl_arena *arena, size_t count, const struct tl_line *lines)
{
	struct tl_line *copy = tl_arena_array(arena, struct tl_line, count);

	for (size_t i = 0; i < count; i++)
		copy[i] = lines[i];
	return copy;
}
#define LINES(...)                                                                                 \
	scene_lines(arena, TL_COUNT(((struct tl_line[]){__VA_ARGS__})),                            \
		(struct tl_line[]){__VA_ARGS__}),                                                  \
		TL_COUNT(((struct tl_line[]){__VA_ARGS__}))

static size_t scene_marks(struct tl_arena *arena, struct tl_mark *m)
{
	static const struct tl_pen band = {0xeef2f7ff, 0x94a3b8ff, 1, TL_SOLID};
	static const struct tl_pen ghost = {0xef44442e, 0, 0, TL_SOLID};
	static const struct tl_pen line = {0, 0x334155ff, 2.5, TL_SOLID};
	static const struct tl_pen dashes = {0, 0x112233ff, 1, TL_DASHED};
	static const struct tl_pen dots = {0, 0x11223380, 1, TL_DOTTED};
	const tl_color ink = 0x0f172aff;
	size_t n = 0;

	m[n++] = (struct tl_mark){
		TL_MARK_POLYGON, band, AT(20, 60, 580, 60, 590, 75, 580, 90, 20, 90), {0}, 0};
	m[n++] =
		(struct tl_mark){TL_MARK_POLYLINE, dashes, AT(20, 100, 300, 100, 300, 110), {0}, 0};
	m[n++] = (struct tl_mark){
		TL_MARK_CURVE, line, AT(20, 330, 150, 300, 250, 380, 400, 330), {0}, 0};
	m[n++] = (struct tl_mark){TL_MARK_SHAPE, ghost,
		AT(20, 330, 150, 300, 250, 380, 400, 330, 300, 350, 100, 350, 20, 330), {0}, 0};
	m[n++] = (struct tl_mark){TL_MARK_ELLIPSE, band, AT(450, 330, 12, 12), {0}, 0};
	m[n++] = (struct tl_mark){TL_MARK_ELLIPSE, dots, AT(500, 330, 20, 10), {0}, 0};
	m[n++] = (struct tl_mark){TL_MARK_POLYGON, {0}, AT(0, 0, 1, 1, 2, 0), {0}, 0};
	m[n++] = (struct tl_mark){TL_MARK_TEXT, {0}, AT(20, 30),
		scene_line("Map: " HOSTILE, 14, TL_BOLD, ink), TL_START};
	m[n++] = (struct tl_mark){TL_MARK_TEXT, {0}, AT(300, 80),
		scene_line("in the  middle", 10, 0, ink), TL_MIDDLE};
	m[n++] = (struct tl_mark){TL_MARK_TEXT, {0}, AT(580, 48),
		scene_line("at the right", 9, TL_ITALIC, 0x64748bff), TL_END};
	m[n++] = (struct tl_mark){TL_MARK_TEXT, {0}, AT(20, 48),
		scene_line("ends in \\", 9, TL_BOLD | TL_ITALIC, ink), TL_START};
	m[n++] = (struct tl_mark){TL_MARK_TEXT, {0}, AT(0, 0), scene_line("", 9, 0, ink), 0};
	return n;
}

static size_t scene_boxes(struct tl_arena *arena, struct tl_box *b)
{
	static const struct tl_pen card = {0xffffffff, 0xcbd5e1ff, 1, TL_SOLID};
	static const struct tl_pen hot = {0xfef2f2ff, 0xdc2626ff, 1.8, TL_DASHED};
	static const struct tl_pen red = {0xb91c1cff, 0xffffffff, 1.5, TL_SOLID};
	const tl_color ink = 0x0f172aff;
	size_t n = 0;

	b[n++] = (struct tl_box){"tp-one", "touchpoint", "One: " HOSTILE,
		"https://example.org/?a=1&b='2'", TL_BOX_ROUND, 30, 130, 136, 70, 8, card,
		LINES(scene_line("Sees the ad", 10, TL_BOLD, ink),
			scene_line("a < b & c \\N \\\"", 9, 0, ink),
			scene_line("日本語 😍", 9, TL_ITALIC, 0x11223344)),
		TL_START, TL_START, NULL, "flow"};
	b[n++] = (struct tl_box){"tp-two", "touchpoint hotspot", "Two", "other.svg", TL_BOX_RECT,
		230, 130, 136, 70, 8, hot, LINES(scene_line("Middle", 9, 0, ink)), TL_MIDDLE,
		TL_MIDDLE, NULL, "flow"};
	b[n++] = (struct tl_box){"tp-three", "touchpoint", "Three", "javascript:alert(1)",
		TL_BOX_ROUND, 430, 130, 136, 70, 8, card,
		LINES(scene_line("Right, bottom", 9, TL_BOLD, ink),
			scene_line("שלום, עולם!", 9, 0, ink)),
		TL_END, TL_END, NULL, "flow"};
	b[n++] = (struct tl_box){"quote.1", "quote", "A quote", NULL, TL_BOX_BARE, 30.5, 220.25,
		136.5, 40, 0, {0}, LINES(scene_line("مرحبا: three words", 9, 0, ink)), TL_START,
		TL_MIDDLE, NULL, "thoughts"};
	b[n++] = (struct tl_box){"face", "curve-point", "Glad", NULL, TL_BOX_ELLIPSE, 195, 310.5,
		21, 21, 0, red, NULL, 0, TL_START, TL_START, NULL, "emotion"};
	b[n++] = (struct tl_box){"rank", NULL, NULL, NULL, TL_BOX_ELLIPSE, 355, 120, 22, 18, 0, red,
		LINES(scene_line("1", 9, TL_BOLD, 0xffffffff)), TL_MIDDLE, TL_MIDDLE, NULL, NULL};
	return n;
}

static size_t scene_flows(struct tl_arena *arena, struct tl_flow *f)
{
	static const struct tl_pen plain = {0, 0x64748bff, 1.4, TL_SOLID};
	static const struct tl_pen loop = {0, 0xbe185dff, 1.4, TL_DASHED};
	size_t n = 0;

	f[n++] = (struct tl_flow){"flow-1-2", "flow", "One to two", "tp-one", "tp-two",
		AT(166, 165, 180, 165, 210, 165, 230, 165), plain, NULL};
	f[n++] = (struct tl_flow){"flow-2-3", "flow shortcut", NULL, "tp-two", "tp-three",
		AT(366, 165, 380, 165, 390, 165, 398, 165, 408, 165, 420, 165, 424, 165, 426, 165,
			428, 165, 430, 165),
		plain, NULL};
	f[n++] = (struct tl_flow){"flow-3-1", "flow loop", "Back & forth \\G", "tp-three", "tp-one",
		AT(498, 200, 498, 240, 498, 240, 300, 240, 98, 240, 98, 240, 98, 200), loop, NULL};
	f[n++] = (struct tl_flow){"flow-out", "flow", "Out", "tp-three", "elsewhere",
		AT(566, 165, 570, 165, 585, 165, 590, 165), plain, NULL};
	return n;
}

static const struct tl_scene *scene_new(struct tl_arena *arena)
{
	struct tl_scene *scene = tl_arena_new(arena, struct tl_scene);
	struct tl_mark *marks = tl_arena_array(arena, struct tl_mark, 32);
	struct tl_box *boxes = tl_arena_array(arena, struct tl_box, 32);
	struct tl_flow *flows = tl_arena_array(arena, struct tl_flow, 32);
	static const struct tl_lane lanes[] = {{"flow", "Steps", 110, 100},
		{"thoughts", "Thoughts", 220, 40}, {"emotion", "Emotion", 300, 80}};

	*scene = (struct tl_scene){.id = "1.map",
		.title = HOSTILE,
		.description = "A test of \\N & <b>.",
		.lang = "en",
		.width = 600,
		.height = 400,
		.paper = 0xffffffff,
		.marks = marks,
		.flows = flows,
		.boxes = boxes,
		.lanes = lanes,
		.lane_count = TL_COUNT(lanes),
		.bookmark = "First <page>"};
	scene->mark_count = scene_marks(arena, marks);
	scene->box_count = scene_boxes(arena, boxes);
	scene->flow_count = scene_flows(arena, flows);
	return scene;
}

#endif
