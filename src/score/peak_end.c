/* peak_end: a journey's emotion in the few figures that people remember it by. */
#include <math.h>
#include "touchline/score.h"

static const struct tl_touchpoint *find_end(const struct tl_journey *journey, const double *valence)
{
	struct tl_arena arena;
	tl_arena_init(&arena);
	const struct tl_touchpoint **path =
		tl_arena_array(&arena, const struct tl_touchpoint *, journey->touchpoint_count);
	const struct tl_touchpoint *end = NULL;
	for (size_t i = tl_score_main_path(path, journey); i > 0 && !end; i--)
		if (!isnan(valence[path[i - 1]->index]))
			end = path[i - 1];
	tl_arena_release(&arena);
	return end;
}

bool tl_score_peak_end(
	struct tl_peak_end *out, const struct tl_journey *journey, const double *valence)
{
	*out = (struct tl_peak_end){.end = find_end(journey, valence)};
	if (!out->end)
		return false;
	double peak = 0, highest = -INFINITY, lowest = INFINITY, sum = 0;
	size_t known = 0;
	for (size_t i = 0; i < journey->touchpoint_count; i++) {
		double v = valence[i];
		const struct tl_touchpoint *here = &journey->touchpoints[i];
		if (isnan(v))
			continue;
		if (!out->peak || fabs(v) > fabs(peak) || (v == -peak && v < 0)) {
			out->peak = here;
			peak = v;
		}
		if (v > highest) {
			out->highest = here;
			highest = v;
		}
		if (v < lowest) {
			out->lowest = here;
			lowest = v;
		}
		sum += v;
		known++;
	}
	out->peak_end = (peak + valence[out->end->index]) / 2;
	out->mean = sum / (double)known;
	return true;
}
