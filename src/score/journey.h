/* journey: the steps of tl_score_journey, each of which fills its part of the result. */
#ifndef SCORE_JOURNEY_H
#define SCORE_JOURNEY_H

#include "touchline/score.h"

/* families of all touchpoints, but for q, which needs the p of all of them */
void tl_score_families(struct tl_journey_score *score, const struct tl_counts *counts);
/* q of every family, and how many tests that was */
void tl_score_tests(struct tl_arena *arena, struct tl_journey_score *score);
/* F with its interval and halves, and the verdict, from the families */
void tl_score_verdict(struct tl_touchpoint_score *touchpoint);
/* reach and impact, from visits, and the ranking; needs the verdicts */
void tl_score_ranking(struct tl_arena *arena, struct tl_journey_score *score);
/* emotions of all touchpoints and personas of the journey */
void tl_score_emotions(struct tl_arena *arena, struct tl_journey_score *score);

#endif
