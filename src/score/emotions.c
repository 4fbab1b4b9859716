/* emotions: what is believed that customers feel, what they said, and the best estimate of both. */
#include <math.h>
#include "score/journey.h"

enum { BELIEF = 5 /* answers that a declared emotion is worth */, LEAST_CONFLICT = 10 };
#define GREAT_GAP 1

/* What touchpoint declares for a persona, else for everybody; NAN where for neither. */
static double declared_for(const struct tl_touchpoint *touchpoint, const struct tl_persona *persona)
{
	double own = 0, general = 0;
	size_t own_count = 0, general_count = 0;
	for (size_t i = 0; i < touchpoint->emotion_count; i++) {
		const struct tl_emotion *emotion = &touchpoint->emotions[i];
		if (!emotion->persona) {
			general += emotion->valence;
			general_count++;
		} else if (emotion->persona == persona) {
			own += emotion->valence;
			own_count++;
		}
	}
	return own_count ? own / (double)own_count : general / (double)general_count;
}

/* One instrument at a touchpoint, for all personas, so that they can be compared. */
static int best_witness(const struct tl_counts *counts)
{
	int best = -1;
	for (int w = TL_BY_CSAT; w <= TL_BY_SENTIMENT; w++)
		if (counts->by[w].n && (best < 0 || counts->by[w].n > counts->by[best].n))
			best = w;
	return best;
}

static struct tl_count count_of(
	const struct tl_counts *counts, const struct tl_persona *persona, int witness)
{
	if (witness < 0)
		return (struct tl_count){0};
	if (!persona || !persona->segment)
		return counts->by[witness];
	return counts->personas ? counts->personas[persona->index][witness] : (struct tl_count){0};
}

static void measure(struct tl_emotion_score *out, const struct tl_count *count)
{
	double n = (double)count->n;
	out->measured = count->n ? count->sum / n : NAN;
	out->interval = tl_score_mean(n, count->sum, count->squares);
	out->interval.low = out->interval.low < -2 ? -2 : out->interval.low; /* NAN stays */
	out->interval.high = out->interval.high > 2 ? 2 : out->interval.high;
	if (isnan(out->declared))
		out->estimate = count->n >= TL_LEAST ? out->measured : NAN;
	else
		out->estimate = (BELIEF * out->declared + count->sum) / (BELIEF + n);
	out->conflict = count->n >= LEAST_CONFLICT &&
			fabs(out->measured - out->declared) >= GREAT_GAP &&
			(out->declared < out->interval.low || out->declared > out->interval.high);
}

static void feel(struct tl_emotion_score *out, const struct tl_touchpoint_score *touchpoint,
	const struct tl_persona *persona)
{
	int witness = best_witness(touchpoint->counts);
	struct tl_count count = count_of(touchpoint->counts, persona, witness);
	out->persona = persona;
	out->declared = declared_for(touchpoint->touchpoint, persona);
	out->n = count.n;
	out->witness = count.n ? witness : -1;
	measure(out, &count);
}

static void remember(struct tl_arena *arena, struct tl_journey_score *score, size_t which)
{
	struct tl_persona_score *persona = &score->personas[which];
	size_t count = score->journey->touchpoint_count;
	double *valence = tl_arena_array(arena, double, count);
	struct tl_peak_end found;

	persona->peak_end = persona->mean = persona->trough = NAN;
	for (size_t i = 0; i < count; i++)
		valence[i] = score->touchpoints[i].emotions[which].estimate;
	if (!tl_score_peak_end(&found, score->journey, valence))
		return;
	persona->peak_end = found.peak_end;
	persona->mean = found.mean;
	persona->trough = valence[found.lowest->index];
	persona->peak = found.peak;
	persona->end = found.end;
	persona->lowest = found.lowest;
}

void tl_score_emotions(struct tl_arena *arena, struct tl_journey_score *score)
{
	const struct tl_journey *journey = score->journey;
	size_t personas = journey->persona_count ? journey->persona_count : 1;

	for (size_t i = 0; i < journey->touchpoint_count; i++) {
		struct tl_touchpoint_score *touchpoint = &score->touchpoints[i];
		touchpoint->emotions = tl_arena_array(arena, struct tl_emotion_score, personas);
		touchpoint->emotion_count = personas;
		for (size_t k = 0; k < personas; k++)
			feel(&touchpoint->emotions[k], touchpoint,
				journey->persona_count ? &journey->personas[k] : NULL);
	}
	score->persona_count = personas;
	score->personas = tl_arena_array(arena, struct tl_persona_score, personas);
	for (size_t k = 0; k < personas; k++) {
		score->personas[k].persona = journey->persona_count ? &journey->personas[k] : NULL;
		remember(arena, score, k);
	}
}
