/* feedback: sentences, for tooltips and screen readers; see feedback.h. What is absent gives none. */
#include <math.h>
#include "map/feedback.h"

static const char *word(struct tl_canvas *canvas, enum tl_word first, int value)
{
	return tl_word_at(canvas->language, first, value);
}

/* A text that may end in a mark of its own, as a sentence. */
static const char *said(struct tl_canvas *canvas, const char *text)
{
	return tl_feedback_quoted(canvas, tl_canvas_sentence(canvas, text));
}

/* ---- friction -------------------------------------------------------------------------------- */

const char *tl_feedback_tell_family(
	struct tl_canvas *canvas, int family, const struct tl_family_score *score)
{
	if (score->witness < 0)
		return NULL;
	const char *name = word(canvas, TL_SAY_FAMILY_DISSATISFACTION, family);
	const char *by = word(canvas, TL_SAY_WITNESS_CSAT, score->witness);
	const char *x = tl_feedback_count(canvas, score->x), *n = tl_feedback_count(canvas, score->n);
	if (!score->n) /* contacts, and nobody counted visits */
		return tl_canvas_say(canvas, TL_SAY_TIP_FAMILY_COUNT, name, by, x);
	if (!score->scored)
		return tl_canvas_say(canvas, TL_SAY_TIP_FAMILY_UNSCORED, name, by, x, n);
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_FAMILY, name, by, x, n,
			tl_feedback_rate(canvas, score->rate),
			tl_feedback_figure(canvas, score->score, false)),
		tl_canvas_say(canvas, TL_SAY_TIP_FAMILY_Q, tl_feedback_p(canvas, score->q)));
}

static const char *tell_families(
	struct tl_canvas *canvas, const struct tl_touchpoint_score *score)
{
	const char *all = NULL;
	for (int f = 0; f < TL_FAMILIES; f++)
		all = tl_canvas_sentences(
			canvas, all, tl_feedback_tell_family(canvas, f, &score->families[f]));
	return all;
}

static const char *tell_place(
	struct tl_canvas *canvas, const struct tl_touchpoint_score *score, enum tl_word sentence)
{
	const char *rank = tl_feedback_count(canvas, score->rank);
	const char *ranked = tl_feedback_count(canvas, canvas->insight->score->ranked);
	if (!score->rank)
		return NULL;
	if (sentence == TL_SAY_TIP_RANK)
		return tl_canvas_say(canvas, sentence, rank, ranked);
	return tl_canvas_say(canvas, sentence, score->touchpoint->title, rank, ranked,
		tl_feedback_verdict(canvas, score->verdict));
}

const char *tl_feedback_tell_rank(
	struct tl_canvas *canvas, const struct tl_touchpoint_insight *known)
{
	return tell_place(canvas, known->score, TL_SAY_TIP_BADGE);
}

const char *tl_feedback_tell_friction(
	struct tl_canvas *canvas, const struct tl_touchpoint_insight *known)
{
	const struct tl_touchpoint_score *score = known->score;
	const char *title = score->touchpoint->title;
	const char *n = tl_feedback_count(canvas, score->counts->episodes);
	if (!tl_feedback_evidence(known))
		return tl_canvas_sentences(canvas,
			tl_canvas_say(canvas, TL_SAY_TIP_NO_EVIDENCE, title, n),
			tell_families(canvas, score));
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_MEASURED,
			tl_feedback_figure(canvas, score->friction, false), title,
			tl_feedback_range(canvas, score->interval, false), n,
			tl_feedback_verdict(canvas, score->verdict)),
		tell_place(canvas, score, TL_SAY_TIP_RANK), tell_families(canvas, score));
}

static const char *tell_first_and_last(struct tl_canvas *canvas, const struct tl_trend *trend,
	const char *title)
{
	size_t first = 0, last = trend->count - 1;
	while (first < last && isnan(trend->periods[first].rate))
		first++;
	while (last > first && isnan(trend->periods[last].rate))
		last--;
	if (isnan(trend->periods[first].rate))
		return NULL;
	return tl_canvas_say(canvas, TL_SAY_TIP_TREND,
		word(canvas, TL_SAY_FAMILY_DISSATISFACTION, trend->family), title,
		word(canvas, TL_SAY_BY_WEEK, (int)trend->kind),
		tl_feedback_day(canvas, trend->starts[0]),
		tl_feedback_rate(canvas, trend->periods[first].rate),
		tl_feedback_rate(canvas, trend->periods[last].rate));
}

const char *tl_feedback_tell_trend(
	struct tl_canvas *canvas, const struct tl_touchpoint_insight *known)
{
	const struct tl_trend *trend = &known->trend;
	const struct tl_mann_kendall *test = &trend->drift.trend;
	bool monotone = !isnan(test->p) && test->p <= 0.05;
	int direction = trend->drift.direction;
	return tl_canvas_sentences(canvas,
		tell_first_and_last(canvas, trend, known->score->touchpoint->title),
		direction > 0	? tl_canvas_word(canvas, TL_SAY_TIP_DRIFT_WORSE)
		: direction < 0 ? tl_canvas_word(canvas, TL_SAY_TIP_DRIFT_BETTER)
				: NULL,
		monotone ? tl_canvas_say(canvas,
				   test->s > 0 ? TL_SAY_TIP_TREND_RISING : TL_SAY_TIP_TREND_FALLING,
				   tl_feedback_p(canvas, test->p))
			 : NULL);
}

/* ---- emotion --------------------------------------------------------------------------------- */

const char *tl_feedback_tell_measured(
	struct tl_canvas *canvas, const struct tl_emotion_score *emotion)
{
	if (emotion->witness < 0 || isnan(emotion->measured))
		return NULL;
	const char *by = word(canvas, TL_SAY_WITNESS_CSAT, emotion->witness);
	const char *value = tl_feedback_figure(canvas, emotion->measured, true);
	const char *n = tl_feedback_count(canvas, emotion->n);
	struct tl_interval interval = {
		fmax(-2, emotion->interval.low), fmin(2, emotion->interval.high)};
	if (isnan(emotion->interval.low) || emotion->n < TL_LEAST)
		return tl_canvas_say(canvas, TL_SAY_TIP_MEASURED_MEAN, value, by, n);
	return tl_canvas_say(canvas, TL_SAY_TIP_MEASURED_BETWEEN, value, by, n,
		tl_feedback_range(canvas, interval, true));
}

const char *tl_feedback_tell_emotion(struct tl_canvas *canvas,
	const struct tl_touchpoint_insight *known, const struct tl_emotion_score *emotion,
	const char *who)
{
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_ESTIMATE, who, known->score->touchpoint->title,
			tl_feedback_figure(canvas, emotion->estimate, true)),
		tl_feedback_tell_measured(canvas, emotion));
}

const char *tl_feedback_tell_conflict(struct tl_canvas *canvas,
	const struct tl_touchpoint_insight *known, const struct tl_emotion_score *emotion,
	const char *who)
{
	return tl_canvas_say(canvas, TL_SAY_TIP_CONFLICT,
		tl_feedback_figure(canvas, emotion->declared, true), who,
		known->score->touchpoint->title, tl_feedback_count(canvas, emotion->n),
		tl_feedback_figure(canvas, emotion->measured, true));
}

/* ---- words and beliefs ----------------------------------------------------------------------- */

const char *tl_feedback_tell_quote(struct tl_canvas *canvas, const struct tl_quote *quote)
{
	if (!quote->text)
		return NULL;
	if (quote->created == TL_NO_TIME)
		return tl_canvas_say(canvas, TL_SAY_TIP_QUOTE_UNDATED, quote->source,
			said(canvas, quote->text));
	return tl_canvas_say(canvas, TL_SAY_TIP_QUOTE, tl_feedback_day(canvas, quote->created),
		quote->source, said(canvas, quote->text));
}

const char *tl_feedback_tell_pain(struct tl_canvas *canvas,
	const struct tl_touchpoint_insight *known, const struct tl_pain_insight *pain)
{
	const char *records = NULL;
	if (pain->records)
		records = tl_feedback_many(canvas, pain->records, TL_SAY_TIP_RECORDS_1);
	else if (tl_feedback_listens(known->score->touchpoint, pain->pain, NULL))
		records = tl_canvas_word(canvas, TL_SAY_TIP_RECORDS_NONE);
	return tl_canvas_sentences(canvas, records,
		pain->overdue ? tl_canvas_word(canvas, TL_SAY_TIP_OVERDUE) : NULL,
		pain->unowned ? tl_canvas_word(canvas, TL_SAY_TIP_UNOWNED) : NULL,
		pain->unremedied ? tl_canvas_word(canvas, TL_SAY_TIP_UNREMEDIED) : NULL,
		tl_feedback_tell_quote(canvas, &pain->quote));
}

const char *tl_feedback_tell_gap(struct tl_canvas *canvas, const struct tl_gap *gap)
{
	return gap->n ? tl_canvas_say(canvas, TL_SAY_TIP_BROKEN,
				tl_feedback_count(canvas, gap->broken),
				tl_feedback_count(canvas, gap->n),
				tl_feedback_rate(canvas, gap->rate),
				tl_feedback_rates(canvas, gap->interval))
		      : NULL;
}

const char *tl_feedback_tell_passage(struct tl_canvas *canvas, const struct tl_passage *passage)
{
	return passage->of ? tl_canvas_say(canvas, TL_SAY_TIP_MEASURED_SHARE,
				     tl_feedback_count(canvas, passage->n),
				     tl_feedback_count(canvas, passage->of),
				     tl_feedback_rate(canvas,
					     (double)passage->n / (double)passage->of))
			   : NULL;
}

const char *tl_feedback_tell_belief(
	struct tl_canvas *canvas, const struct tl_touchpoint_insight *known)
{
	const struct tl_belief *belief = &known->belief;
	const struct tl_view_of *all = &belief->all;
	const char *const counts[] = {
		all->votes ? tl_feedback_many(canvas, all->votes, TL_SAY_VOTES_1) : NULL,
		all->notes ? tl_feedback_many(canvas, all->notes, TL_SAY_NOTES_1) : NULL};
	const char *each = NULL;
	for (size_t i = 0; i < belief->department_count; i++)
		if (!isnan(belief->departments[i].median))
			each = tl_canvas_sentences(canvas, each,
				tl_canvas_say(canvas, TL_SAY_TIP_BELIEF_OF,
					belief->departments[i].department,
					tl_feedback_figure(
						canvas, belief->departments[i].median, true)));
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_BELIEF, known->score->touchpoint->title,
			tl_canvas_join(canvas, ", ", counts, TL_COUNT(counts))),
		isnan(all->median) ? NULL
				   : tl_canvas_say(canvas, TL_SAY_TIP_BELIEF_MEDIAN,
					     tl_feedback_figure(canvas, all->median, true)),
		each, belief->disagree ? tl_canvas_word(canvas, TL_SAY_TIP_DISAGREE) : NULL);
}

const char *tl_feedback_describe(struct tl_canvas *canvas)
{
	const struct tl_journey_score *score = canvas->insight->score;
	const char *records = tl_feedback_count(canvas, canvas->insight->bound);
	size_t hotspots = score->verdicts[TL_HOTSPOT];
	if (!hotspots)
		return tl_canvas_say(canvas, TL_SAY_DESCRIPTION_NO_HOTSPOT, records);
	const char *title = score->ranking[0]->touchpoint->title;
	const char *friction = tl_feedback_figure(canvas, score->ranking[0]->friction, false);
	if (hotspots == 1)
		return tl_canvas_say(
			canvas, TL_SAY_DESCRIPTION_HOTSPOT, records, title, friction);
	return tl_canvas_say(canvas, TL_SAY_DESCRIPTION_HOTSPOTS, records,
		tl_feedback_count(canvas, hotspots), title, friction);
}

/* ---- what it is based on ----------------------------------------------------------------------- */

static const char *period(struct tl_canvas *canvas, const struct tl_filter *filter)
{
	bool since = filter->since != TL_NO_TIME, until = filter->until != TL_NO_TIME;
	const char *first = since ? tl_feedback_day(canvas, filter->since) : NULL;
	const char *last = until ? tl_feedback_day(canvas, filter->until - 1) : NULL;
	if (!since && !until)
		return NULL;
	return since && until ? tl_canvas_say(canvas, TL_SAY_FILTER_PERIOD, first, last)
		: since	      ? tl_canvas_say(canvas, TL_SAY_FILTER_SINCE, first)
			      : tl_canvas_say(canvas, TL_SAY_FILTER_UNTIL, last);
}

static const char *choice(
	struct tl_canvas *canvas, const struct tl_choice *choice, enum tl_word word)
{
	const char *list = tl_canvas_join(canvas, ", ", choice->list, choice->count);
	return *list ? tl_canvas_say(canvas, word, list) : NULL;
}

void tl_feedback_filter(struct tl_canvas *canvas, const char *parts[static TL_FILTER_PARTS])
{
	const struct tl_filter *filter = &canvas->insight->options.filter;
	parts[0] = period(canvas, filter);
	parts[1] = choice(canvas, &filter->sources, TL_SAY_FILTER_SOURCE);
	parts[2] = choice(canvas, &filter->channels, TL_SAY_FILTER_CHANNEL);
	parts[3] = choice(canvas, &filter->segments, TL_SAY_FILTER_SEGMENT);
}

const char *tl_feedback_basis(struct tl_canvas *canvas)
{
	const char *parts[TL_FILTER_PARTS + 2] = {
		tl_feedback_many(canvas, canvas->insight->bound, TL_SAY_FEEDBACK_1)};
	if (canvas->insight->newest != TL_NO_TIME)
		parts[1] = tl_canvas_say(canvas, TL_SAY_FIGURE_NEWEST,
			tl_feedback_day(canvas, canvas->insight->newest));
	tl_feedback_filter(canvas, parts + 2);
	return tl_canvas_join(canvas, TL_DOT, parts, TL_COUNT(parts));
}
