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

/* Thousands are set apart from five digits on, by a space that is no reason to break a line. */
const char *tl_feedback_count(struct tl_canvas *canvas, uint64_t count)
{
	if (count < 10000)
		return tl_arena_printf(canvas->arena, "%u", (unsigned)count);
	char digits[32];
	int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
	struct tl_buf out = {0};
	for (int i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0)
			tl_buf_puts(&out, "\u202f");
		tl_buf_putc(&out, digits[i]);
	}
	const char *text = tl_arena_strdup(canvas->arena, out.data);
	tl_buf_release(&out);
	return text;
}

const char *tl_feedback_figure(struct tl_canvas *canvas, double value, bool sign)
{
	return tl_say_number(canvas->arena, canvas->language, value, 1, sign);
}

const char *tl_feedback_range(struct tl_canvas *canvas, struct tl_interval interval, bool sign)
{
	return tl_canvas_say(canvas, sign ? TL_SAY_RANGE_SIGNED : TL_SAY_RANGE,
		tl_feedback_figure(canvas, interval.low, sign),
		tl_feedback_figure(canvas, interval.high, sign));
}

const char *tl_feedback_rate(struct tl_canvas *canvas, double rate)
{
	return tl_say_percent(canvas->arena, canvas->language, round(rate * 100) / 100);
}

const char *tl_feedback_rates(struct tl_canvas *canvas, struct tl_interval interval)
{
	return tl_canvas_say(canvas, TL_SAY_RANGE,
		tl_say_number(
			canvas->arena, canvas->language, round(interval.low * 100), 0, false),
		tl_feedback_rate(canvas, interval.high));
}

const char *tl_feedback_p(struct tl_canvas *canvas, double p)
{
	if (p < 0.001)
		return tl_arena_printf(canvas->arena, "< %s",
			tl_say_number(canvas->arena, canvas->language, 0.001, 3, false));
	return tl_say_number(canvas->arena, canvas->language, p, 3, false);
}

const char *tl_feedback_day(struct tl_canvas *canvas, int64_t time)
{
	int64_t days = time >= 0 ? time / 86400 : -((86399 - time) / 86400);
	return tl_say_date(canvas->arena, canvas->language, (int32_t)days);
}

const char *tl_feedback_span(struct tl_canvas *canvas, double seconds)
{
	double unit = seconds >= 10 * 86400 ? 86400 : seconds >= 86400 ? 3600 : seconds >= 3600 ? 60 : 1;
	return tl_say_duration(
		canvas->arena, canvas->language, NULL, fmax(1, round(seconds / unit)) * unit);
}

const char *tl_feedback_verdict(const struct tl_canvas *canvas, enum tl_verdict verdict)
{
	return tl_word_at(canvas->language, TL_SAY_VERDICT_NO_EVIDENCE, (int)verdict);
}

const char *tl_feedback_many(struct tl_canvas *canvas, uint64_t count, enum tl_word one)
{
	return tl_canvas_say(canvas, count == 1 ? one : one + 1, tl_feedback_count(canvas, count));
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
