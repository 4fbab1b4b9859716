/* leading: which family of a touchpoint is spoken of first. */
#include "touchline/score.h"

/* Whether a says more than b. */
static bool says_more(const struct tl_touchpoint_score *touchpoint, int a, int b)
{
	const struct tl_family_score *one = &touchpoint->families[a], *than = &touchpoint->families[b];

	if (one->scored != than->scored)
		return one->scored;
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
