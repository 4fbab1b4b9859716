/* icons: drawn in strokes of 1.2 points on a grid of 14, so that they hold at 8 pt beside text. */
#include <math.h>
#include "map/icons.h"

#define TURN 6.28318530717958648

struct brush {
	struct tl_canvas *canvas;
	struct tl_pen line, solid;
	double x, y;
};

static void path(const struct brush *b, enum tl_mark_kind kind, const double *xy, size_t n)
{
	struct tl_point points[16];
	for (size_t i = 0; i < n; i++)
		points[i] = (struct tl_point){b->x + xy[2 * i], b->y + xy[2 * i + 1]};
	tl_mark_points(b->canvas, kind, b->line, points, n);
}
#define PATH(b, kind, ...)                                                                         \
	path((b), (kind), (const double[]){__VA_ARGS__},                                           \
		TL_COUNT(((const double[]){__VA_ARGS__})) / 2)

static void dot(const struct brush *b, double x, double y, double radius)
{
	tl_mark_disc(b->canvas, b->solid, b->x + x, b->y + y, radius);
}

static void ring(const struct brush *b, double x, double y, double rx, double ry)
{
	struct tl_point points[] = {{b->x + x, b->y + y}, {rx, ry}};
	tl_mark_points(b->canvas, TL_MARK_ELLIPSE, b->line, points, 2);
}

static void frame(const struct brush *b, double x, double y, double w, double h, double radius)
{
	tl_mark_round(b->canvas, b->line, b->x + x, b->y + y, w, h, radius);
}

static void web(const struct brush *b)
{
	frame(b, -6.5, -5.5, 13, 11, 2);
	PATH(b, TL_MARK_POLYLINE, -6.5, -2.2, 6.5, -2.2);
	dot(b, -4.4, -3.9, 0.7);
	dot(b, -2.2, -3.9, 0.7);
}

static void app(const struct brush *b)
{
	frame(b, -3.8, -6.5, 7.6, 13, 1.8);
	PATH(b, TL_MARK_POLYLINE, -1.2, 4.3, 1.2, 4.3);
}

static void phone(const struct brush *b)
{
	PATH(b, TL_MARK_SHAPE, -4.6, -5.6, -3.6, -6.6, -2.5, -6.2, -2, -5.2, -1.6, -4.4, -1.3, -3.4,
		-1.9, -2.6, -2.8, -1.4, -1.2, 0.6, 0.6, 1.9, 1.5, 2.5, 2.3, 1.4, 3.3, 1.3);
	PATH(b, TL_MARK_CURVE, 3.3, 1.3, 4.6, 1.5, 6.2, 2.7, 6.1, 3.6, 6, 5, 4, 6.2, 2.7, 6, -2, 5.2,
		-6.2, -1, -5.9, -3.6, -5.8, -4.6, -5.2, -5.1, -4.6, -5.6);
}

static void envelope(const struct brush *b)
{
	frame(b, -6.5, -4.8, 13, 9.6, 1.4);
	PATH(b, TL_MARK_POLYLINE, -6, -4.2, 0, 0.8, 6, -4.2);
}

static void chat(const struct brush *b)
{
	PATH(b, TL_MARK_POLYGON, -6.3, -5.3, 6.3, -5.3, 6.3, 2.7, -0.8, 2.7, -3.8, 5.6, -3.8, 2.7,
		-6.3, 2.7);
	dot(b, -3, -1.3, 0.8);
	dot(b, 0, -1.3, 0.8);
	dot(b, 3, -1.3, 0.8);
}

static void social(const struct brush *b)
{
	PATH(b, TL_MARK_POLYLINE, 3.3, -4, -3.6, 0, 3.3, 4);
	dot(b, -4.2, 0, 2);
	dot(b, 4.2, -4.4, 2);
	dot(b, 4.2, 4.4, 2);
}

static void messaging(const struct brush *b)
{
	PATH(b, TL_MARK_POLYGON, -6.5, 0.3, 6.3, -5.6, 2.6, 5.8, 0, 1.2);
	PATH(b, TL_MARK_POLYLINE, 0, 1.2, 6.3, -5.6);
}

static void store(const struct brush *b)
{
	PATH(b, TL_MARK_POLYLINE, -5.3, -0.6, -5.3, 5.6, 5.3, 5.6, 5.3, -0.6);
	PATH(b, TL_MARK_POLYGON, -4.8, -5.6, 4.8, -5.6, 6.4, -1.4, -6.4, -1.4);
	PATH(b, TL_MARK_POLYLINE, -1.6, 5.6, -1.6, 1.6, 1.8, 1.6, 1.8, 5.6);
}

static void parcel(const struct brush *b)
{
	PATH(b, TL_MARK_POLYGON, 0, -6.2, 5.8, -3.2, 5.8, 3.2, 0, 6.2, -5.8, 3.2, -5.8, -3.2);
	PATH(b, TL_MARK_POLYLINE, -5.8, -3.2, 0, -0.2, 5.8, -3.2);
	PATH(b, TL_MARK_POLYLINE, 0, -0.2, 0, 6.2);
}

static void van(const struct brush *b)
{
	PATH(b, TL_MARK_POLYGON, -6.8, -4.4, 1.6, -4.4, 1.6, 3.2, -6.8, 3.2);
	PATH(b, TL_MARK_POLYLINE, 1.6, -1.8, 4.6, -1.8, 6.8, 0.8, 6.8, 3.2, 1.6, 3.2);
	dot(b, -3.8, 3.9, 1.7);
	dot(b, 4, 3.9, 1.7);
}

static void partner(const struct brush *b)
{
	ring(b, -2.4, 0, 4, 4);
	ring(b, 2.4, 0, 4, 4);
}

static void other(const struct brush *b)
{
	ring(b, 0, 0, 5.8, 5.8);
	dot(b, -2.6, 0, 0.8);
	dot(b, 0, 0, 0.8);
	dot(b, 2.6, 0, 0.8);
}

void tl_icon_channel(
	struct tl_canvas *canvas, enum tl_channel_kind kind, tl_color color, double x, double y)
{
	static void (*const icons[])(const struct brush *) = {[TL_WEB] = web, [TL_APP] = app,
		[TL_PHONE] = phone, [TL_EMAIL] = envelope, [TL_CHAT] = chat, [TL_SOCIAL] = social,
		[TL_MESSAGING] = messaging, [TL_STORE] = store, [TL_POST] = parcel,
		[TL_FIELD] = van, [TL_PARTNER] = partner, [TL_OTHER] = other};
	struct brush brush = {
		canvas, tl_pen_stroke(color, 1.2, TL_SOLID), tl_pen_fill(color), x, y};
	icons[kind](&brush);
}

void tl_icon_self_service(struct tl_canvas *canvas, tl_color color, double x, double y)
{
	struct brush brush = {
		canvas, tl_pen_stroke(color, 1.1, TL_SOLID), tl_pen_fill(color), x, y};
	ring(&brush, 0, -2.8, 2.3, 2.3);
	PATH(&brush, TL_MARK_CURVE, -4.6, 4.8, -4.6, 0.6, 4.6, 0.6, 4.6, 4.8);
	PATH(&brush, TL_MARK_POLYLINE, -1.8, 4, -0.4, 5.4, 2.2, 2.6);
}

void tl_icon_company(struct tl_canvas *canvas, tl_color color, double x, double y)
{
	struct brush brush = {
		canvas, tl_pen_stroke(color, 1.1, TL_SOLID), tl_pen_fill(color), x, y};
	PATH(&brush, TL_MARK_POLYLINE, -0.5, 5, -5.5, 5, -5.5, -5, 1, -5, 1, -1.5);
	PATH(&brush, TL_MARK_POLYLINE, -2.5, 2, 5, 2);
	PATH(&brush, TL_MARK_POLYLINE, 2.6, -0.4, 5, 2, 2.6, 4.4);
	dot(&brush, -3.4, -2.6, 0.7);
	dot(&brush, -1, -2.6, 0.7);
}

void tl_icon_person(struct tl_canvas *canvas, tl_color color, double x, double y)
{
	struct tl_point shoulders[] = {{x - 5.4, y + 6}, {x - 5.4, y - 0.6}, {x + 5.4, y - 0.6},
		{x + 5.4, y + 6}, {x + 2, y + 6}, {x - 2, y + 6}, {x - 5.4, y + 6}};
	tl_mark_disc(canvas, tl_pen_fill(color), x, y - 3.4, 2.9);
	tl_mark_points(canvas, TL_MARK_SHAPE, tl_pen_fill(color), shoulders, TL_COUNT(shoulders));
}

static void regular(struct tl_canvas *canvas, struct tl_pen pen, double x, double y, double radius,
	int corners, double start)
{
	struct tl_point points[8];
	for (int i = 0; i < corners; i++) {
		double angle = start + TURN * i / corners;
		points[i] = (struct tl_point){x + radius * cos(angle), y + radius * sin(angle)};
	}
	tl_mark_points(canvas, TL_MARK_POLYGON, pen, points, (size_t)corners);
}

void tl_icon_truth(struct tl_canvas *canvas, const struct tl_paint *paint, double x, double y)
{
	struct tl_point star[10];
	for (int i = 0; i < 10; i++) {
		double angle = TURN * i / 10 - TURN / 4, radius = i % 2 ? 2 : 5;
		star[i] = (struct tl_point){x + radius * cos(angle), y + 0.4 + radius * sin(angle)};
	}
	tl_mark_round(canvas, tl_pen_both(paint->fill, paint->stroke, 0.8), x - 9, y - 8, 18, 16, 5);
	tl_mark_points(canvas, TL_MARK_POLYGON, tl_pen_fill(paint->ink), star, TL_COUNT(star));
}

void tl_icon_plate(struct tl_canvas *canvas, enum tl_plate plate, struct tl_pen pen, double x,
	double y, double radius)
{
	double r = radius;
	switch (plate) {
	case TL_PLATE_DISC:
	case TL_PLATES:
		tl_mark_disc(canvas, pen, x, y, r);
		return;
	case TL_PLATE_SQUARE:
		tl_mark_round(canvas, pen, x - r, y - r, 2 * r, 2 * r, 3);
		return;
	case TL_PLATE_DIAMOND:
		regular(canvas, pen, x, y, r * 1.38, 4, 0);
		return;
	case TL_PLATE_HEXAGON:
		regular(canvas, pen, x, y, r * 1.16, 6, 0);
		return;
	case TL_PLATE_TRIANGLE:
		regular(canvas, pen, x, y + r * 0.22, r * 1.72, 3, -TURN / 4);
		return;
	case TL_PLATE_OCTAGON:
		regular(canvas, pen, x, y, r * 1.1, 8, TURN / 16);
		return;
	}
}

static void features(
	struct tl_canvas *canvas, tl_color ink, double valence, double x, double y, double r)
{
	double smile = valence / 2;
	struct tl_pen line = tl_pen_stroke(ink, r * 0.15, TL_SOLID);
	for (int side = -1; side <= 1; side += 2) {
		tl_mark_disc(
			canvas, tl_pen_fill(ink), x + side * r * 0.36, y - r * 0.22, r * 0.13);
		if (valence <= -1.5) /* brows: the worst face is not only redder */
			tl_mark_segment(canvas, line, x + side * r * 0.62, y - r * 0.62,
				x + side * r * 0.22, y - r * 0.46);
	}
	double base = y + r * 0.36, dip = smile * r * 0.62;
	struct tl_point mouth[] = {{x - r * 0.48, base - dip * 0.45}, {x - r * 0.22, base + dip * 0.65},
		{x + r * 0.22, base + dip * 0.65}, {x + r * 0.48, base - dip * 0.45}};
	tl_mark_points(canvas, TL_MARK_CURVE, line, mouth, TL_COUNT(mouth));
}

void tl_icon_face(struct tl_canvas *canvas, double valence, double x, double y, double radius)
{
	const struct tl_palette *palette = canvas->palette;
	tl_mark_disc(canvas, tl_pen_fill(palette->valence[tl_valence_step(valence)]), x, y, radius);
	features(canvas, palette->face_ink, valence, x, y, radius);
}

void tl_icon_face_outlined(
	struct tl_canvas *canvas, double valence, double x, double y, double radius)
{
	tl_color color = canvas->palette->valence[tl_valence_step(valence)];
	tl_mark_disc(canvas, tl_pen_both(canvas->palette->paper, color, radius * 0.1), x, y, radius);
	features(canvas, color, valence, x, y, radius);
}

enum tl_dash tl_persona_dash(size_t i)
{
	static const enum tl_dash dashes[] = {TL_SOLID, TL_DASHED, TL_DOTTED};
	return dashes[i % TL_COUNT(dashes)];
}

tl_color tl_persona_color(const struct tl_canvas *canvas, size_t i)
{
	return canvas->palette->persona[i % TL_PERSONA_HUES];
}
