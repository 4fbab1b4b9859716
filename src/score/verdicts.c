/* verdicts: from the families of a touchpoint to its friction and what to call it. */
#include <math.h>
#include "score/journey.h"

#define HOT 50
#define WARM 25
#define STIRRING 10
#define SURE .05
#define LIKELY .10

enum which { SCORE, LOW, HIGH };

static double value_of(const struct tl_family_score *family, enum which which)
{
	return which == LOW    ? family->interval.low
	       : which == HIGH ? family->interval.high
			       : family->score;
}

struct halves {
	double mean, worst;
	int worst_family;
};

static struct halves halve(const struct tl_touchpoint_score *touchpoint, enum which which)
{
	struct halves halves = {0, -1, -1};
	double weights = 0;
	for (int f = 0; f < TL_FAMILIES; f++) {
		const struct tl_family_score *family = &touchpoint->families[f];
		if (!family->scored)
			continue;
		double value = value_of(family, which);
		halves.mean += family->weight * value;
		weights += family->weight;
		if (value > halves.worst) {
			halves.worst = value;
			halves.worst_family = f;
		}
	}
	halves.mean /= weights;
	return halves;
}

static double friction(const struct tl_touchpoint_score *touchpoint, enum which which)
{
	struct halves halves = halve(touchpoint, which);
	return (halves.mean + halves.worst) / 2;
}

/* How many people turn to support says little without a word about why. */
static bool has_evidence(const struct tl_touchpoint_score *touchpoint)
{
	for (int f = 0; f < TL_FAMILIES; f++)
		if (f != TL_DEMAND && touchpoint->families[f].scored)
			return true;
	return false;
}

static enum tl_verdict judge(const struct tl_touchpoint_score *touchpoint)
{
	double least = INFINITY,
	       least_hot = INFINITY; /* q, of any family and of those that are hot */
	for (int f = 0; f < TL_FAMILIES; f++) {
		const struct tl_family_score *family = &touchpoint->families[f];
		if (!family->scored)
			continue;
		least = fmin(least, family->q);
		if (family->score >= HOT)
			least_hot = fmin(least_hot, family->q);
	}
	double f = touchpoint->friction;
	if (f >= HOT && least_hot <= SURE)
		return TL_HOTSPOT;
	if ((f >= WARM && least <= LIKELY) || (f >= STIRRING && least <= SURE))
		return TL_WATCH;
	return TL_VERDICT_OK;
}

void tl_score_verdict(struct tl_touchpoint_score *touchpoint)
{
	touchpoint->friction = touchpoint->mean = touchpoint->worst = touchpoint->impact = NAN;
	touchpoint->interval = (struct tl_interval){NAN, NAN};
	touchpoint->worst_family = -1;
	if (!has_evidence(touchpoint))
		return;
	struct halves halves = halve(touchpoint, SCORE);
	touchpoint->mean = halves.mean;
	touchpoint->worst = halves.worst;
	touchpoint->worst_family = halves.worst_family;
	touchpoint->friction = (halves.mean + halves.worst) / 2;
	touchpoint->interval.low = friction(touchpoint, LOW);
	touchpoint->interval.high = friction(touchpoint, HIGH);
	touchpoint->verdict = judge(touchpoint);
}
