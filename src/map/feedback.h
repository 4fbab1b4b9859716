/* feedback: what pictures show of an insight, alike in every view: its figures as the journey's
 * language writes them, its sentences, its signs. Asked only where canvas->insight is there.
 */
#ifndef TOUCHLINE_MAP_FEEDBACK_H
#define TOUCHLINE_MAP_FEEDBACK_H

#include "map/canvas.h"

/* What is known about a touchpoint; NULL where there is no feedback at all. */
const struct tl_touchpoint_insight *tl_feedback_of(
	const struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint);
/* Whether a picture shows what was measured at a touchpoint. */
bool tl_feedback_evidence(const struct tl_touchpoint_insight *known);
bool tl_feedback_hot(const struct tl_touchpoint_insight *known); /* hotspot or watch */
/* The name of a verdict among classes: "hotspot". */
const char *tl_feedback_class(const struct tl_touchpoint_insight *known);

/* ---- figures --------------------------------------------------------------------------------- */
const char *tl_feedback_count(struct tl_canvas *canvas, uint64_t count);
/* One decimal. */
const char *tl_feedback_figure(struct tl_canvas *canvas, double value, bool sign);
/* "69.1–97", "−1.4 to −0.8" with signs, "8 %–42 %" of rates. */
const char *tl_feedback_range(struct tl_canvas *canvas, struct tl_interval interval, bool sign);
const char *tl_feedback_rates(struct tl_canvas *canvas, struct tl_interval interval);
const char *tl_feedback_rate(struct tl_canvas *canvas, double rate); /* whole per cent */
const char *tl_feedback_p(struct tl_canvas *canvas, double p);	     /* "0.02", "< 0.001" */
const char *tl_feedback_day(struct tl_canvas *canvas, int64_t time);
/* As exact as its size deserves: "1 day 3 h". */
const char *tl_feedback_span(struct tl_canvas *canvas, double seconds);
const char *tl_feedback_verdict(const struct tl_canvas *canvas, enum tl_verdict verdict);
/* One of two words by number, with the number in it. */
const char *tl_feedback_many(struct tl_canvas *canvas, uint64_t count, enum tl_word one);
/* How often an expectation is broken, and how many records speak of a pain; NULL where nothing
 * listens for it. */
const struct tl_gap *tl_feedback_gap(const struct tl_touchpoint_insight *known,
	const struct tl_expectation *expectation);
const char *tl_feedback_records(struct tl_canvas *canvas,
	const struct tl_touchpoint_insight *known, const struct tl_pain_insight *pain);
/* "“…”" */
const char *tl_feedback_quoted(struct tl_canvas *canvas, const char *text);
/* The persona's own estimate, else everybody's; NULL where there is none. */
const struct tl_emotion_score *tl_feedback_emotion(
	const struct tl_touchpoint_insight *known, const struct tl_persona *persona);
/* Whether any rule listens for it; else nothing follows from no record speaking of it. */
bool tl_feedback_listens(const struct tl_touchpoint *touchpoint, const struct tl_pain *pain,
	const struct tl_expectation *expectation);
bool tl_feedback_believed(const struct tl_belief *belief); /* somebody voted or wrote a note */

/* Which part of the feedback is looked at: period, sources, channels, segments; NULL: all of it. */
enum { TL_FILTER_PARTS = 4 };
void tl_feedback_filter(struct tl_canvas *canvas, const char *parts[static TL_FILTER_PARTS]);
/* The same in one line, with how many records it is and how old the newest. */
const char *tl_feedback_basis(struct tl_canvas *canvas);

/* ---- sentences ------------------------------------------------------------------------------- */
const char *tl_feedback_tell_friction(
	struct tl_canvas *canvas, const struct tl_touchpoint_insight *known);
const char *tl_feedback_tell_rank(
	struct tl_canvas *canvas, const struct tl_touchpoint_insight *known);
const char *tl_feedback_tell_family(
	struct tl_canvas *canvas, int family, const struct tl_family_score *score);
const char *tl_feedback_tell_trend(
	struct tl_canvas *canvas, const struct tl_touchpoint_insight *known);
const char *tl_feedback_tell_emotion(struct tl_canvas *canvas,
	const struct tl_touchpoint_insight *known, const struct tl_emotion_score *emotion,
	const char *who);
const char *tl_feedback_tell_measured(
	struct tl_canvas *canvas, const struct tl_emotion_score *emotion);
const char *tl_feedback_tell_conflict(struct tl_canvas *canvas,
	const struct tl_touchpoint_insight *known, const struct tl_emotion_score *emotion,
	const char *who);
/* What is known about a pain, to stand behind what the journey says about it. */
const char *tl_feedback_tell_pain(struct tl_canvas *canvas,
	const struct tl_touchpoint_insight *known, const struct tl_pain_insight *pain);
const char *tl_feedback_tell_quote(struct tl_canvas *canvas, const struct tl_quote *quote);
const char *tl_feedback_tell_gap(struct tl_canvas *canvas, const struct tl_gap *gap);
const char *tl_feedback_tell_passage(struct tl_canvas *canvas, const struct tl_passage *passage);
const char *tl_feedback_tell_belief(
	struct tl_canvas *canvas, const struct tl_touchpoint_insight *known);
/* How many records, how many hotspots and which is the first. */
const char *tl_feedback_describe(struct tl_canvas *canvas);

/* ---- signs ----------------------------------------------------------------------------------- */
struct tl_badge {
	struct tl_pen pen;
	tl_color ink;
};
/* How the rank of a hotspot, or of what is to be watched, is drawn. */
struct tl_badge tl_feedback_badge(const struct tl_canvas *canvas, enum tl_verdict verdict);
/* The colour of a bar of measured friction. */
tl_color tl_feedback_bar(const struct tl_canvas *canvas, enum tl_verdict verdict);
/* A bar of friction on its scale 0–100, and the whisker of its interval. */
void tl_feedback_meter(struct tl_canvas *canvas, const struct tl_touchpoint_score *score, double x,
	double y, double w, double h);
/* A line with a halo, so that it is seen on a bar as well as beside it. */
void tl_feedback_line(struct tl_canvas *canvas, double x0, double y0, double x1, double y1);
/* The whisker alone, upright, of an interval whose bounds stand at the two heights. */
void tl_feedback_whisker(struct tl_canvas *canvas, double x, double from, double to, double middle);
/* The rates of a trend, a triangle where drift was found; false where there is nothing to draw. */
bool tl_feedback_spark(struct tl_canvas *canvas, const struct tl_trend *trend, double x, double y,
	double w, double h);
void tl_feedback_triangle(struct tl_canvas *canvas, int direction, double x, double y);
/* A grey hatched ground, rounded, with a plate for text of the given width at the left. */
void tl_feedback_unknown(struct tl_canvas *canvas, double x, double y, double w, double h);
/* Where each department's median stands between −2 and +2. */
void tl_feedback_votes(
	struct tl_canvas *canvas, const struct tl_belief *belief, double x, double y, double w);

#endif
