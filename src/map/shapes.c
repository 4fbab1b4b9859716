/* shapes: compound marks that views share: rounded rectangles, chevrons, dots, hatching. */
#include <math.h>
#include "map/canvas.h"

void tl_mark_round(struct tl_canvas *canvas, struct tl_pen pen, double x, double y, double w,
	double h, double radius)
{
	double r = fmin(radius, fmin(w, h) / 2), k = r * 0.4477, X = x + w, Y = y + h;
	struct tl_point points[] = {{x + r, y}, {x + r, y}, {X - r, y}, {X - r, y}, {X - k, y},
		{X, y + k}, {X, y + r}, {X, y + r}, {X, Y - r}, {X, Y - r}, {X, Y - k}, {X - k, Y},
		{X - r, Y}, {X - r, Y}, {x + r, Y}, {x + r, Y}, {x + k, Y}, {x, Y - k}, {x, Y - r},
		{x, Y - r}, {x, y + r}, {x, y + r}, {x, y + k}, {x + k, y}, {x + r, y}};
	tl_mark_points(canvas, TL_MARK_SHAPE, pen, points, TL_COUNT(points));
}

void tl_mark_chevron(struct tl_canvas *canvas, struct tl_pen pen, double x, double y, double w,
	double h, double head, bool tail)
{
	double middle = y + h / 2;
	struct tl_point points[] = {{x, y}, {x + w, y}, {x + w + head, middle}, {x + w, y + h},
		{x, y + h}, {x + head, middle}};
	tl_mark_points(canvas, TL_MARK_POLYGON, pen, points, TL_COUNT(points) - !tail);
}

double tl_mark_dots(
	struct tl_canvas *canvas, tl_color color, double x, double y, int on, int total)
{
	enum { STEP = 7 };
	for (int i = 0; i < total; i++) {
		struct tl_pen pen = tl_pen_both(i < on ? color : 0, color, 0.9);
		tl_mark_disc(canvas, pen, x + 2.5 + i * STEP, y, 2.3);
	}
	return total * STEP - 2;
}

void tl_mark_hatch(struct tl_canvas *canvas, tl_color color, double x, double y, double w,
	double h, double spacing)
{
	struct tl_pen pen = tl_pen_stroke(color, 1.1, TL_SOLID);
	for (double d = spacing; d < w + h; d += spacing) {
		/* The diagonal x + y = d, clipped to the rectangle. */
		double x0 = fmin(d, w), y0 = d - x0, y1 = fmin(d, h), x1 = d - y1;
		tl_mark_segment(canvas, pen, x + x0, y + y0, x + x1, y + y1);
	}
}
