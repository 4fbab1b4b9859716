/* curve: what people feel along a journey, as curves that every view draws alike.
 *
 * A persona that says something of its own has a curve; what is said for everybody counts for each
 * of them, and is a curve of its own only where there are others. Curves are monotone between the
 * declared values: they never overshoot, so a peak that is drawn is one that was declared.
 *
 * With feedback a curve runs through the estimates, and what was declared is kept beside them; a
 * persona whose segment was measured has a curve too. Curves are solid then: dashes mean declared.
 */
#ifndef TOUCHLINE_MAP_CURVE_H
#define TOUCHLINE_MAP_CURVE_H

#include "map/feedback.h"
#include "map/icons.h"

struct tl_series {
	const struct tl_persona *persona; /* NULL: everybody, or everybody else */
	const char *name;
	const double *valence; /* by touchpoint; NAN where nothing is declared */
	const double *declared; /* NULL without feedback: valence is it */
	const struct tl_emotion_score **scores; /* by touchpoint, or NULL; NULL without feedback */
	tl_color color;
	enum tl_dash dash;
	enum tl_plate plate;
};
/* All of the journey's series, in the order of its personas; 0 where no emotion is declared. */
size_t tl_series_collect(struct tl_canvas *canvas, const struct tl_series **out);
/* The series that speaks for a persona, NULL for everybody; NULL where there is none. */
const struct tl_series *tl_series_of(
	const struct tl_series *series, size_t count, const struct tl_persona *persona);

/* Where a curve is drawn: the middle of each touchpoint's column, the y of valence 0, and points
 * per step of valence. */
struct tl_frame {
	const double *x;
	double zero, step;
};
static inline double tl_frame_y(const struct tl_frame *frame, double valence)
{
	return frame->zero - valence * frame->step;
}

struct tl_curve { /* 3n+1 points, x increasing; empty with less than two values */
	const struct tl_point *points;
	size_t count;
};
struct tl_curve tl_curve_of(
	struct tl_canvas *canvas, const struct tl_series *series, const struct tl_frame *frame);
/* Tinted areas between the curve and valence 0. */
void tl_curve_areas(
	struct tl_canvas *canvas, const struct tl_curve *curve, const struct tl_frame *frame);
void tl_curve_stroke(struct tl_canvas *canvas, const struct tl_curve *curve,
	const struct tl_series *series, double width);
/* y of the curve at x; NAN beside it. */
double tl_curve_at(const struct tl_curve *curve, double x);

/* A face on the plate of its series; the plate is left out where there is one series only. */
void tl_series_face(struct tl_canvas *canvas, const struct tl_series *series, bool alone,
	double valence, double x, double y, double radius);

#endif
