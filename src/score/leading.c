/* leading: which family of a touchpoint is spoken of first. */
#include "touchline/score.h"

/* How surely a promise is broken. */
static int sureness(const struct tl_family_score *family)
{
	return !family->scored ? -1 : family->q <= .05 ? 2 : family->q <= .10 ? 1 : 0;
}

/* Whether a says more than b. */
static bool says_more(const struct tl_touchpoint_score *touchpoint, int a, int b)
{
	const struct tl_family_score *one = &touchpoint->families[a], *than = &touchpoint->families[b];

	if (sureness(one) != sureness(than))
		return sureness(one) > sureness(than);
	if ((a == TL_VOICE) != (b == TL_VOICE))
		return b == TL_VOICE;
	return one->scored ? one->score > than->score : one->n > than->n;
}

int tl_score_leading(const struct tl_touchpoint_score *touchpoint)
{
	int best = -1;

	for (int f = 0; f < TL_FAMILIES; f++)
		if (touchpoint->families[f].n && touchpoint->families[f].witness >= 0 &&
			(best < 0 || says_more(touchpoint, f, best)))
			best = f;
	return best;
}
