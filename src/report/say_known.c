/* say: what feedback says; see say.h. */
#include "report/say.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct tl_touchpoint_insight *say_known(
	const struct say *s, const struct tl_touchpoint *touchpoint)
{
	return s->page->insight ? &s->page->insight->touchpoints[touchpoint->index] : NULL;
}

bool say_measured(const struct tl_touchpoint_insight *known)
{
	return known && known->score->verdict != TL_NO_EVIDENCE;
}

/* ---- order ---------------------------------------------------------------------------------------- */

struct place {
	const struct tl_touchpoint *touchpoint;
	size_t rank; /* 0: none */
	double assumed;
};

static int by_rank(const void *a, const void *b)
{
	const struct place *p = a, *q = b;

	if (p->rank != q->rank)
		return !p->rank ? 1 : !q->rank ? -1 : p->rank < q->rank ? -1 : 1;
	if (p->assumed != q->assumed)
		return p->assumed < q->assumed ? 1 : -1;
	return p->touchpoint->index < q->touchpoint->index ? -1 : 1;
}

const struct tl_touchpoint **say_order(const struct say *s)
{
	const struct tl_journey *journey = s->page->journey;
	size_t count = journey->touchpoint_count;
	const struct tl_touchpoint **order =
		tl_arena_array(s->arena, const struct tl_touchpoint *, count);
	struct place *places = tl_arena_array(s->arena, struct place, count);

	for (size_t i = 0; i < count; i++) {
		const struct tl_touchpoint_insight *known = say_known(s, &journey->touchpoints[i]);

		places[i] = (struct place){&journey->touchpoints[i], known ? known->score->rank : 0,
			s->page->assumed[i].friction};
	}
	if (count)
		qsort(places, count, sizeof *places, by_rank);
	for (size_t i = 0; i < count; i++)
		order[i] = places[i].touchpoint;
	return order;
}

/* ---- scores ------------------------------------------------------------------------------------- */

static const char *figure(const struct say *s, double value)
{
	return tl_say_figure(s->arena, s->language, value, false);
}

static const char *count(const struct say *s, uint64_t value)
{
	return tl_say_count(s->arena, value);
}

const char *say_verdict(const struct say *s, const struct tl_touchpoint_insight *known)
{
	return tl_word_at(s->language, TL_SAY_VERDICT_NO_EVIDENCE,
		known ? (int)known->score->verdict : TL_NO_EVIDENCE);
}

const char *say_family_name(const struct say *s, int family, int witness)
{
	return say_fill(s, TL_SAY_BY_WITNESS,
		tl_word_at(s->language, TL_SAY_FAMILY_DISSATISFACTION, family),
		tl_word_at(s->language, TL_SAY_WITNESS_CSAT, witness));
}

const char *say_family(const struct say *s, int family, const struct tl_family_score *score)
{
	const char *name, *by;

	if (score->witness < 0)
		return NULL;
	name = tl_word_at(s->language, TL_SAY_FAMILY_DISSATISFACTION, family);
	by = tl_word_at(s->language, TL_SAY_WITNESS_CSAT, score->witness);
	if (!score->n) /* contacts where nobody counted visits */
		return say_fill(s, TL_SAY_TIP_FAMILY_COUNT, name, by, count(s, score->x));
	if (!score->scored)
		return say_fill(s, TL_SAY_TIP_FAMILY_UNSCORED, name, by, count(s, score->x),
			count(s, score->n));
	return say_join(s,
		say_fill(s, TL_SAY_TIP_FAMILY, name, by, count(s, score->x), count(s, score->n),
			tl_say_rate(s->arena, s->language, score->rate), figure(s, score->score)),
		say_fill(s, TL_SAY_TIP_FAMILY_Q, tl_say_p(s->arena, s->language, score->q)));
}

const char *say_reason(const struct say *s, const struct tl_touchpoint *touchpoint)
{
	const struct tl_touchpoint_insight *known = say_known(s, touchpoint);
	const struct tl_assumed *assumed = &s->page->assumed[touchpoint->index];
	int leading = say_measured(known) ? tl_score_leading(known->score) : -1;

	if (leading >= 0) {
		const struct tl_family_score *family = &known->score->families[leading];

		return say_fill(s, TL_SAY_NAMED, say_family_name(s, leading, family->witness),
			say_fill(s, TL_SAY_COUNT_OF, count(s, family->x), count(s, family->n)));
	}
	if (assumed->friction <= 0)
		return say_word(s, TL_SAY_NOTHING_ASSUMED);
	return assumed->worst && assumed->pain == assumed->friction ? assumed->worst->text
	       : assumed->emotion == assumed->friction		    ? say_word(s, TL_SAY_TIP_BY_EMOTION)
								    : say_word(s, TL_SAY_TIP_BY_HANDOFF);
}

const char *say_sum(const struct say *s, const struct tl_touchpoint_insight *known)
{
	static const enum tl_word why[] = {
		[TL_VERDICT_OK] = TL_SAY_WHY_OK,
		[TL_WATCH] = TL_SAY_WHY_WATCH,
		[TL_HOTSPOT] = TL_SAY_WHY_HOTSPOT,
	};
	const struct tl_touchpoint_score *score = known->score;

	if (!say_measured(known))
		return NULL;
	return say_join(s,
		say_fill(s, TL_SAY_FRICTION_SUM, figure(s, score->mean), figure(s, score->worst),
			figure(s, score->friction)),
		say_fill(s, TL_SAY_IMPACT_SUM, figure(s, score->friction),
			tl_say_number(s->arena, s->language, score->reach, 3, false),
			count(s, (uint64_t)score->touchpoint->importance), figure(s, score->impact)),
		say_word(s, why[score->verdict]));
}

/* ---- trend --------------------------------------------------------------------------------------- */

static const char *say_first_and_last(
	const struct say *s, const struct tl_trend *trend, const char *title)
{
	size_t first = 0, last = trend->count - 1;

	while (first < last && isnan(trend->periods[first].rate))
		first++;
	while (last > first && isnan(trend->periods[last].rate))
		last--;
	if (isnan(trend->periods[first].rate))
		return NULL;
	return say_fill(s, TL_SAY_TIP_TREND,
		tl_word_at(s->language, TL_SAY_FAMILY_DISSATISFACTION, trend->family), title,
		tl_word_at(s->language, TL_SAY_BY_WEEK, (int)trend->kind),
		tl_say_day(s->arena, s->language, trend->starts[first]),
		tl_say_rate(s->arena, s->language, trend->periods[first].rate),
		tl_say_rate(s->arena, s->language, trend->periods[last].rate));
}

const char *say_trend(const struct say *s, const struct tl_touchpoint_insight *known)
{
	const struct tl_trend *trend = &known->trend;
	const struct tl_mann_kendall *test = &trend->drift.trend;
	const char *p;

	if (trend->family < 0 || trend->count < 2)
		return NULL;
	p = isnan(test->p) || test->p > .05 ? NULL : tl_say_p(s->arena, s->language, test->p);
	return say_join(s, say_first_and_last(s, trend, known->score->touchpoint->title),
		trend->drift.direction > 0   ? say_word(s, TL_SAY_TIP_DRIFT_WORSE)
		: trend->drift.direction < 0 ? say_word(s, TL_SAY_TIP_DRIFT_BETTER)
					     : NULL,
		p ? say_fill(s, test->s > 0 ? TL_SAY_TIP_TREND_RISING : TL_SAY_TIP_TREND_FALLING, p) : NULL);
}

/* ---- emotion, words, beliefs ----------------------------------------------------------------------- */

const char *say_emotion(const struct say *s, const struct tl_emotion_score *emotion)
{
	const char *by, *value;

	if (emotion->witness < 0 || isnan(emotion->measured))
		return NULL;
	by = tl_word_at(s->language, TL_SAY_WITNESS_CSAT, emotion->witness);
	value = tl_say_figure(s->arena, s->language, emotion->measured, true);
	return say_join(s,
		isnan(emotion->interval.low)
			? say_fill(s, TL_SAY_TIP_MEASURED_MEAN, value, by, count(s, emotion->n))
			: say_fill(s, TL_SAY_TIP_MEASURED_BETWEEN, value, by, count(s, emotion->n),
				  tl_say_range(s->arena, s->language, emotion->interval.low,
					  emotion->interval.high, true)),
		emotion->conflict ? say_word(s, TL_SAY_EMOTION_CONFLICT) : NULL);
}

const char *say_source(const struct say *s, const struct tl_quote *quote)
{
	const char *id = tl_arena_printf(s->arena, "%s/%s", quote->source, quote->external_id);

	if (quote->created == TL_NO_TIME)
		return id;
	return say_join(s, id, "·", tl_say_day(s->arena, s->language, quote->created));
}

const char *say_change(const struct say *s, const struct tl_pain_insight *known)
{
	static const enum tl_word verdicts[] = {
		[TL_CHANGE_NO_EVIDENCE] = TL_SAY_CHANGE_NO_EVIDENCE,
		[TL_CHANGE_BETTER] = TL_SAY_CHANGE_BETTER,
		[TL_CHANGE_WORSE] = TL_SAY_CHANGE_WORSE,
	};
	const struct tl_change *change = &known->change;

	if (!change->n1 || !change->n2)
		return NULL;
	return say_join(s,
		say_fill(s, TL_SAY_TIP_FIXED, tl_say_day(s->arena, s->language, known->fixed)),
		say_fill(s, TL_SAY_CHANGE_SINCE, count(s, change->x1), count(s, change->n1),
			tl_say_rate(s->arena, s->language, change->rate1), count(s, change->x2),
			count(s, change->n2), tl_say_rate(s->arena, s->language, change->rate2)),
		say_word(s, verdicts[change->verdict]));
}

const char *say_action(const struct say *s, const struct tl_action *action)
{
	return say_join(s, say_fill(s, TL_SAY_AGREED, action->text),
		action->owner ? say_fill(s, TL_SAY_TIP_OWNER, action->owner) : NULL,
		action->done != TL_NO_TIME
			? say_fill(s, TL_SAY_DONE_ON, tl_say_day(s->arena, s->language, action->done))
		: action->due != TL_NO_TIME
			? say_fill(s, TL_SAY_TIP_DUE, tl_say_day(s->arena, s->language, action->due))
			: NULL);
}

bool say_believed(const struct tl_touchpoint_insight *known)
{
	return known && (known->belief.all.notes || known->belief.all.votes);
}

const char *say_belief(const struct say *s, const struct tl_view_of *view)
{
	return say_join(s,
		isnan(view->median) ? NULL
				    : say_fill(s, TL_SAY_TIP_BELIEF_MEDIAN,
					      tl_say_figure(s->arena, s->language, view->median, true)),
		view->votes ? say_fill(s, TL_SAY_SENTENCE,
				      tl_say_many(s->arena, s->language, view->votes, TL_SAY_VOTES_1))
			    : NULL,
		view->notes ? say_fill(s, TL_SAY_SENTENCE,
				      tl_say_many(s->arena, s->language, view->notes, TL_SAY_NOTES_1))
			    : NULL);
}

/* ---- key figures ------------------------------------------------------------------------------------ */

const char *say_period(const struct say *s)
{
	const struct tl_filter *filter;
	const char *since, *until;

	if (!s->page->insight)
		return NULL;
	filter = &s->page->insight->options.filter;
	since = filter->since == TL_NO_TIME ? NULL : tl_say_day(s->arena, s->language, filter->since);
	until = filter->until == TL_NO_TIME ? NULL
					    : tl_say_day(s->arena, s->language, filter->until - 86400);
	return since && until ? say_fill(s, TL_SAY_FILTER_PERIOD, since, until)
	       : since	      ? say_fill(s, TL_SAY_FILTER_SINCE, since)
	       : until	      ? say_fill(s, TL_SAY_FILTER_UNTIL, until)
			      : NULL;
}

static size_t figures_declared(const struct say *s, struct say_figure *out)
{
	const struct tl_journey *journey = s->page->journey;
	size_t pains = 0;

	for (size_t i = 0; i < journey->touchpoint_count; i++)
		for (size_t k = 0; k < journey->touchpoints[i].pain_count; k++)
			pains += journey->touchpoints[i].pains[k].status < TL_RESOLVED;
	out[0] = (struct say_figure){count(s, journey->stage_count), say_word(s, TL_SAY_PAGE_STAGES), NULL};
	out[1] = (struct say_figure){
		count(s, journey->touchpoint_count), say_word(s, TL_SAY_LANE_FLOW), NULL};
	out[2] = (struct say_figure){count(s, pains), say_word(s, TL_SAY_PAGE_OPEN_PAINS), NULL};
	return 3;
}

static size_t figures_answered(const struct say *s, struct say_figure *out)
{
	const struct tl_journey_score *score = s->page->insight->score;
	size_t n = 0;

	if (score->csat.n)
		out[n++] = (struct say_figure){
			tl_say_number(s->arena, s->language, score->csat.mean, 2, false),
			say_word(s, TL_SAY_FIGURE_CSAT), say_fill(s, TL_SAY_EPISODES, count(s, score->csat.n))};
	if (score->nps_n)
		out[n++] = (struct say_figure){
			tl_say_number(s->arena, s->language, score->nps.value, 0, true),
			say_word(s, TL_SAY_FIGURE_NPS),
			say_join(s,
				tl_say_range(s->arena, s->language, score->nps.interval.low,
					score->nps.interval.high, true),
				"·", say_fill(s, TL_SAY_EPISODES, count(s, score->nps_n)))};
	if (score->ces.n)
		out[n++] = (struct say_figure){
			tl_say_number(s->arena, s->language, score->ces.mean, 2, false),
			say_word(s, TL_SAY_FIGURE_CES), say_fill(s, TL_SAY_EPISODES, count(s, score->ces.n))};
	if (score->contacted)
		out[n++] = (struct say_figure){
			tl_say_rate(s->arena, s->language,
				(double)score->solved / (double)score->contacted),
			say_word(s, TL_SAY_FIGURE_FIRST_CONTACT),
			say_fill(s, TL_SAY_EPISODES, count(s, score->contacted))};
	return n;
}

size_t say_figures(const struct say *s, struct say_figure figures[static SAY_FIGURES])
{
	const struct tl_insight *insight = s->page->insight;
	const struct tl_journey_score *score;
	const struct tl_persona_score *everybody;
	size_t n = 2;

	if (!insight)
		return figures_declared(s, figures);
	score = insight->score;
	everybody = &score->personas[0];
	figures[0] = (struct say_figure){count(s, score->verdicts[TL_HOTSPOT]),
		say_word(s, score->verdicts[TL_HOTSPOT] == 1 ? TL_SAY_FIGURE_HOTSPOT
							       : TL_SAY_FIGURE_HOTSPOTS),
		say_fill(s, TL_SAY_FIGURE_NO_EVIDENCE, count(s, score->verdicts[TL_WATCH]),
			count(s, score->verdicts[TL_NO_EVIDENCE]))};
	figures[1] = (struct say_figure){count(s, insight->bound), say_word(s, TL_SAY_FIGURE_RECORDS),
		say_join(s,
			say_fill(s, TL_SAY_FIGURE_UNBOUND, count(s, insight->all_unbound),
				count(s, insight->all_records)),
			insight->newest == TL_NO_TIME ? NULL : "·",
			insight->newest == TL_NO_TIME
				? NULL
				: say_fill(s, TL_SAY_FIGURE_NEWEST,
					  tl_say_day(s->arena, s->language, insight->newest)))};
	n += figures_answered(s, figures + n);
	if (insight->resolution.n)
		figures[n++] = (struct say_figure){
			tl_say_span(s->arena, s->language, insight->resolution.median),
			say_word(s, TL_SAY_FIGURE_RESOLUTION),
			say_fill(s, TL_SAY_FIGURE_P90,
				tl_say_span(s->arena, s->language, insight->resolution.p90))};
	if (!isnan(everybody->peak_end))
		figures[n++] = (struct say_figure){
			tl_say_figure(s->arena, s->language, everybody->peak_end, true),
			say_word(s, TL_SAY_FIGURE_PEAK_END),
			say_join(s,
				say_fill(s, TL_SAY_FIGURE_MEAN,
					tl_say_figure(s->arena, s->language, everybody->mean, true)),
				everybody->persona && score->persona_count > 1 ? "·" : NULL,
				everybody->persona && score->persona_count > 1
					? everybody->persona->name
					: NULL)};
	return n;
}
