/* feedback: figures as they are written; see feedback.h. */
#include <math.h>
#include "map/feedback.h"

const struct tl_touchpoint_insight *tl_feedback_of(
	const struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint)
{
	return canvas->insight ? &canvas->insight->touchpoints[touchpoint->index] : NULL;
}

bool tl_feedback_evidence(const struct tl_touchpoint_insight *known)
{
	return known && known->score->verdict != TL_NO_EVIDENCE;
}

bool tl_feedback_hot(const struct tl_touchpoint_insight *known)
{
	return known && known->score->verdict >= TL_WATCH;
}

const char *tl_feedback_class(const struct tl_touchpoint_insight *known)
{
	return tl_verdicts.words[known->score->verdict];
}

const char *tl_feedback_count(struct tl_canvas *canvas, uint64_t count)
{
	return tl_say_count(canvas->arena, count);
}

const char *tl_feedback_figure(struct tl_canvas *canvas, double value, bool sign)
{
	return tl_say_figure(canvas->arena, canvas->language, value, sign);
}

const char *tl_feedback_range(struct tl_canvas *canvas, struct tl_interval interval, bool sign)
{
	return tl_say_range(canvas->arena, canvas->language, interval.low, interval.high, sign);
}

const char *tl_feedback_rate(struct tl_canvas *canvas, double rate)
{
	return tl_say_rate(canvas->arena, canvas->language, rate);
}

const char *tl_feedback_rates(struct tl_canvas *canvas, struct tl_interval interval)
{
	return tl_say_rates(canvas->arena, canvas->language, interval.low, interval.high);
}

const char *tl_feedback_p(struct tl_canvas *canvas, double p)
{
	return tl_say_p(canvas->arena, canvas->language, p);
}

const char *tl_feedback_day(struct tl_canvas *canvas, int64_t time)
{
	return tl_say_day(canvas->arena, canvas->language, time);
}

const char *tl_feedback_span(struct tl_canvas *canvas, double seconds)
{
	return tl_say_span(canvas->arena, canvas->language, seconds);
}

const char *tl_feedback_verdict(const struct tl_canvas *canvas, enum tl_verdict verdict)
{
	return tl_word_at(canvas->language, TL_SAY_VERDICT_NO_EVIDENCE, (int)verdict);
}

const char *tl_feedback_many(struct tl_canvas *canvas, uint64_t count, enum tl_word one)
{
	return tl_say_many(canvas->arena, canvas->language, count, one);
}

const char *tl_feedback_quoted(struct tl_canvas *canvas, const char *text)
{
	return tl_canvas_say(canvas, TL_SAY_QUOTED, text);
}

const struct tl_emotion_score *tl_feedback_emotion(
	const struct tl_touchpoint_insight *known, const struct tl_persona *persona)
{
	const struct tl_emotion_score *all = NULL;
	for (size_t i = 0; i < known->score->emotion_count; i++) {
		const struct tl_emotion_score *emotion = &known->score->emotions[i];
		if (emotion->persona == persona)
			return emotion;
		if (!emotion->persona)
			all = emotion;
	}
	return all;
}

bool tl_feedback_believed(const struct tl_belief *belief)
{
	return belief->all.notes || belief->all.votes;
}

bool tl_feedback_listens(const struct tl_touchpoint *touchpoint, const struct tl_pain *pain,
	const struct tl_expectation *expectation)
{
	for (size_t i = 0; i < touchpoint->listen_count; i++)
		if ((pain && touchpoint->listens[i].pain == pain) ||
			(expectation && touchpoint->listens[i].expectation == expectation))
			return true;
	return false;
}

const struct tl_gap *tl_feedback_gap(const struct tl_touchpoint_insight *known,
	const struct tl_expectation *expectation)
{
	const struct tl_touchpoint *touchpoint = known->score->touchpoint;
	const struct tl_gap *gap = &known->score->gaps[expectation - touchpoint->expectations];
	bool told = gap->broken || tl_feedback_listens(touchpoint, NULL, expectation);
	return told && gap->n ? gap : NULL;
}

const char *tl_feedback_records(struct tl_canvas *canvas,
	const struct tl_touchpoint_insight *known, const struct tl_pain_insight *pain)
{
	if (pain->records)
		return tl_feedback_many(canvas, pain->records, TL_SAY_RECORDS_1);
	return tl_feedback_listens(known->score->touchpoint, pain->pain, NULL)
		? tl_canvas_word(canvas, TL_SAY_RECORDS_NONE)
		: NULL;
}
