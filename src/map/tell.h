/* tell: what each thing of a journey says when it is asked: whole sentences, in the language of the
 * journey. Every view uses them as tooltips, and a screen reader reads them out. */
#ifndef TOUCHLINE_MAP_TELL_H
#define TOUCHLINE_MAP_TELL_H

#include "map/canvas.h"

const char *tl_tell_persona(struct tl_canvas *canvas, const struct tl_persona *persona);
const char *tl_tell_stage(struct tl_canvas *canvas, const struct tl_stage *stage);
const char *tl_tell_touchpoint(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint);
const char *tl_tell_friction(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint,
	const struct tl_assumed *assumed);
const char *tl_tell_channel(struct tl_canvas *canvas, const struct tl_channel *channel);
/* word: TIP_GOAL, TIP_THOUGHT: texts that are nothing but themselves. */
const char *tl_tell_text(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint,
	enum tl_word word, const char *text);
const char *tl_tell_expectation(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint,
	const struct tl_expectation *expectation);
/* who: a persona's name, "Everybody". */
const char *tl_tell_emotion(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint,
	const struct tl_emotion *emotion, const char *who);
const char *tl_tell_pain(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint,
	const struct tl_pain *pain);
const char *tl_tell_opportunity(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint,
	const struct tl_opportunity *opportunity);
const char *tl_tell_backstage(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint,
	const struct tl_backstage *backstage);
const char *tl_tell_support(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint,
	const struct tl_support *support);
/* loop: it leads back. */
const char *tl_tell_next(struct tl_canvas *canvas, const struct tl_touchpoint *from,
	const struct tl_next *next, bool loop);

#endif
