/* store: scales of answers. Scores are kept as they came, in ten-thousandths, with their scale. */
#include "store/episode.h"

#include <math.h>

static const struct {
	double low, high, friction; /* friction: up to here */
} own[] = {[TL_CSAT] = {1, 5, 2}, [TL_NPS] = {0, 10, 6}, [TL_CES] = {1, 7, 3}, [TL_RATING] = {0, 1, .25}};

double tl_scale_unit(const struct tl_measure *m)
{
	double low = isnan(m->min) ? own[m->instrument].low : m->min;
	double high = isnan(m->max) ? own[m->instrument].high : m->max;
	double unit = high > low ? (m->score - low) / (high - low) : 0;

	unit = fmax(0, fmin(1, unit));
	return m->reverse ? 1 - unit : unit;
}

struct answer tl_scale_answer(const struct tl_measure *m)
{
	double low = own[m->instrument].low, high = own[m->instrument].high;
	/* In ten-thousandths, so that 0.1 + 0.2 is 0.3. */
	int64_t value = llround((low + tl_scale_unit(m) * (high - low)) * TL_SCORE_UNIT);
	struct answer answer = {.instrument = m->instrument};

	answer.friction = value <= llround(own[m->instrument].friction * TL_SCORE_UNIT);
	switch (m->instrument) {
	case TL_CSAT:
		answer.emotion = value - 3 * TL_SCORE_UNIT;
		break;
	case TL_CES:
		answer.emotion = llround((double)(value - 4 * TL_SCORE_UNIT) * 2 / 3);
		break;
	case TL_NPS:
		answer.emotion = llround((double)(value - 5 * TL_SCORE_UNIT) * 2 / 5);
		answer.promoter = value >= 9 * TL_SCORE_UNIT;
		answer.passive = !answer.promoter && value >= 7 * TL_SCORE_UNIT;
		break;
	default:
		answer.emotion = 4 * value - 2 * TL_SCORE_UNIT;
	}
	return answer;
}

/* Classes of times 2 % wide, so that the middle of one is at most 1 % off. */
int64_t tl_scale_time_class(int64_t seconds)
{
	return seconds < 1 ? -1 : llround(floor(log((double)seconds) / log(1.02)));
}
