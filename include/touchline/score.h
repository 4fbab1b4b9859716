/* score: arithmetic on what a journey declares (and, later, on counts). Pure: no I/O, no state. */
#ifndef TOUCHLINE_SCORE_H
#define TOUCHLINE_SCORE_H

#include "touchline/model.h"

/* Assumed friction of a touchpoint without evidence, 0–100:
 *   max(20 · greatest declared severity of an open pain, 25 · max(0, −valence), 50 if an incoming
 *   handoff is cold)
 * Open: status open or in-progress. Valence: the lowest that any persona declares. Source: the
 * project's own definition; it is a judgement, drawn apart from measured scores and never ranked
 * with them. */
struct tl_assumed {
	double friction;     /* the maximum of the three terms */
	double pain, emotion, handoff; /* each term, 0 where it does not apply */
	const struct tl_pain *worst;   /* the pain behind `pain`, or NULL */
};
/* One for each touchpoint, by index; out has journey->touchpoint_count places. */
void tl_score_assumed(struct tl_assumed *out, const struct tl_journey *journey);

/* Probability of ever coming past each touchpoint from the first, from declared reach, else the
 * shares (`next` without a share split the rest evenly). out: touchpoint_count places. */
void tl_score_reach(double *out, const struct tl_journey *journey);

/* The share of customers who take nexts[which]: declared, else an even part of what the others
 * leave. Shares that sum to less than 1 leave the rest to customers who stop. */
double tl_score_share(const struct tl_touchpoint *touchpoint, size_t which);

/* The main path: from the first touchpoint always on to the likeliest one that was not passed yet;
 * among equals first those without a condition, then document order. path: touchpoint_count places;
 * returns its length. */
size_t tl_score_main_path(
	const struct tl_touchpoint **path, const struct tl_journey *journey);

/* What people remember of a journey: its peak, the largest |valence| (the negative one where two are
 * as large), and its end, the last touchpoint of the main path; by the peak-end rule both count
 * about as much as the mean. Among equals the first touchpoint. */
struct tl_peak_end {
	const struct tl_touchpoint *peak, *end;
	const struct tl_touchpoint *highest, *lowest;
	double peak_end; /* (valence at the peak + valence at the end) / 2 */
	double mean;
};
/* valence: one place per touchpoint, NAN where none is known; such touchpoints do not count, not
 * as an end either. False where none is known on the main path. */
bool tl_score_peak_end(
	struct tl_peak_end *out, const struct tl_journey *journey, const double *valence);

#endif
