/* nps: the Net Promoter Score with an interval that holds for few answers too. */
#include <math.h>
#include "touchline/score.h"

#define Z 1.959963984540054

struct tl_nps tl_score_nps(double promoters, double passives, double detractors)
{
	double n = promoters + passives + detractors;
	if (!(n > 0))
		return (struct tl_nps){NAN, NAN, {NAN, NAN}};
	double up = (promoters + .75) / (n + 3), down = (detractors + .75) / (n + 3);
	double estimate = up - down;
	double half = Z * sqrt((up + down - estimate * estimate) / (n + 3));
	return (struct tl_nps){100 * (promoters - detractors) / n, 100 * estimate,
		{100 * fmax(-1, estimate - half), 100 * fmin(1, estimate + half)}};
}
