/* intervals: what files of score share about intervals. */
#ifndef SCORE_INTERVALS_H
#define SCORE_INTERVALS_H

#include "touchline/score.h"

/* Of rate2 − rate1, from the interval of each. */
struct tl_interval tl_interval_of_difference(
	double rate1, struct tl_interval one, double rate2, struct tl_interval two);

#endif
