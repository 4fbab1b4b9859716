/* icons: small vector pictograms and faces, all made of marks. */
#ifndef TOUCHLINE_MAP_ICONS_H
#define TOUCHLINE_MAP_ICONS_H

#include "map/canvas.h"

/* A channel's pictogram in a square of 14 points around (x, y). */
void tl_icon_channel(
	struct tl_canvas *canvas, enum tl_channel_kind kind, tl_color color, double x, double y);
/* A hand on a key: customers serve themselves. 12 points. */
void tl_icon_self_service(struct tl_canvas *canvas, tl_color color, double x, double y);

/* A house with an arrow out of it: the company starts this touchpoint. 12 points. */
void tl_icon_company(struct tl_canvas *canvas, tl_color color, double x, double y);

/* The badge of a moment of truth: a star on a plate, 18 by 16 points. */
void tl_icon_truth(struct tl_canvas *canvas, const struct tl_paint *paint, double x, double y);

/* Head and shoulders, 14 points. */
void tl_icon_person(struct tl_canvas *canvas, tl_color color, double x, double y);

/* The plate behind a face tells personas apart without colour. */
enum tl_plate { TL_PLATE_DISC, TL_PLATE_SQUARE, TL_PLATE_DIAMOND, TL_PLATE_HEXAGON,
	TL_PLATE_TRIANGLE, TL_PLATE_OCTAGON, TL_PLATES };
void tl_icon_plate(struct tl_canvas *canvas, enum tl_plate plate, struct tl_pen pen, double x,
	double y, double radius);
/* A face for a valence of −2 … +2. */
void tl_icon_face(struct tl_canvas *canvas, double valence, double x, double y, double radius);
/* The same in outline, to be marked by hand. */
void tl_icon_face_outlined(
	struct tl_canvas *canvas, double valence, double x, double y, double radius);
/* How persona number i is drawn. */
enum tl_dash tl_persona_dash(size_t i);
tl_color tl_persona_color(const struct tl_canvas *canvas, size_t i);

#endif
