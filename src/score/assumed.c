/* assumed: friction of touchpoints from what the journey declares, before there is evidence. */
#include <math.h>
#include "touchline/score.h"

static bool is_open(const struct tl_pain *pain)
{
	return pain->status == TL_OPEN || pain->status == TL_IN_PROGRESS;
}

static void from_pains(struct tl_assumed *out, const struct tl_touchpoint *touchpoint)
{
	for (size_t i = 0; i < touchpoint->pain_count; i++) {
		const struct tl_pain *pain = &touchpoint->pains[i];
		double term = 20.0 * pain->severity;
		if (is_open(pain) && term > out->pain) {
			out->pain = term;
			out->worst = pain;
		}
	}
}

static void from_emotions(struct tl_assumed *out, const struct tl_touchpoint *touchpoint)
{
	for (size_t i = 0; i < touchpoint->emotion_count; i++)
		out->emotion = fmax(out->emotion, 25 * -touchpoint->emotions[i].valence);
}

void tl_score_assumed(struct tl_assumed *out, const struct tl_journey *journey)
{
	for (size_t i = 0; i < journey->touchpoint_count; i++) {
		out[i] = (struct tl_assumed){0};
		from_pains(&out[i], &journey->touchpoints[i]);
		from_emotions(&out[i], &journey->touchpoints[i]);
	}
	for (size_t i = 0; i < journey->touchpoint_count; i++) {
		const struct tl_touchpoint *from = &journey->touchpoints[i];
		for (size_t k = 0; k < from->next_count; k++)
			if (from->nexts[k].to && from->nexts[k].handoff == TL_COLD)
				out[from->nexts[k].to->index].handoff = 50;
	}
	for (size_t i = 0; i < journey->touchpoint_count; i++)
		out[i].friction = fmax(fmax(out[i].pain, out[i].emotion), out[i].handoff);
}
