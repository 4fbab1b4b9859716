/* say: what the journey declares; see say.h. */
#include "report/say.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *say_word(const struct say *s, enum tl_word word)
{
	return tl_word(s->language, word);
}

const char *say_join_list(const struct say *s, const char *const *parts, size_t count)
{
	struct tl_buf out = {0};
	const char *text = NULL;

	for (size_t i = 0; i < count; i++) {
		if (!parts[i] || !*parts[i])
			continue;
		tl_buf_puts(&out, out.len ? " " : "");
		tl_buf_puts(&out, parts[i]);
	}
	if (out.len)
		text = tl_arena_strdup(s->arena, out.data);
	tl_buf_release(&out);
	return text;
}

/* ---- parts that may be absent ----------------------------------------------------------------- */

static const char *maybe(const struct say *s, enum tl_word word, const char *value)
{
	return value && *value ? say_fill(s, word, value) : NULL;
}

static const char *maybe_word(const struct say *s, enum tl_word word, enum tl_word first, int value)
{
	return maybe(s, word, tl_word_at(s->language, first, value));
}

static const char *maybe_number(const struct say *s, enum tl_word word, int value)
{
	return value > 0 ? say_fill(s, word, tl_say_count(s->arena, (uint64_t)value)) : NULL;
}

static const char *maybe_party(const struct say *s, enum tl_word word, const struct tl_party *party)
{
	return party ? say_fill(s, word, party->label) : NULL;
}

static const char *maybe_date(const struct say *s, enum tl_word word, int32_t date)
{
	return date == TL_NO_DATE ? NULL : say_fill(s, word, tl_say_date(s->arena, s->language, date));
}

static const char *maybe_promise(const struct say *s, const char *text, double seconds)
{
	return isnan(seconds) && !text
		       ? NULL
		       : say_fill(s, TL_SAY_TIP_PROMISE,
				 tl_say_duration(s->arena, s->language, text, seconds));
}

/* ---- journey and touchpoint -------------------------------------------------------------------- */

const char *say_state(const struct say *s)
{
	const struct tl_journey *journey = s->page->journey;
	const char *state = tl_word_at(s->language, TL_SAY_STATE_AS_IS, journey->state);
	const char *updated = maybe_date(s, TL_SAY_UPDATED, journey->updated);
	const char *of = maybe(s, TL_SAY_REPLACES, journey->of);

	return say_join(s, state, updated ? "·" : NULL, updated, of ? "·" : NULL, of);
}

static const char *say_channel(const struct say *s, const struct tl_channel *channel)
{
	return say_join(s,
		say_fill(s, TL_SAY_TIP_CHANNEL, channel->label,
			tl_word_at(s->language, TL_SAY_CHANNEL_WEB, channel->kind)),
		channel->self_service ? say_word(s, TL_SAY_TIP_SELF_SERVICE) : NULL,
		isnan(channel->reply_within)
			? NULL
			: say_fill(s, TL_SAY_TIP_REPLY_WITHIN,
				  tl_say_duration(s->arena, s->language, NULL, channel->reply_within)));
}

const char *say_touchpoint(const struct say *s, const struct tl_touchpoint *touchpoint)
{
	return say_join(s,
		touchpoint->channel ? say_channel(s, touchpoint->channel) : NULL,
		maybe_party(s, TL_SAY_TIP_OWNER, touchpoint->owner),
		maybe_number(s, TL_SAY_TIP_IMPORTANCE, touchpoint->importance),
		touchpoint->moment_of_truth ? say_fill(s, TL_SAY_TIP_TRUTH, touchpoint->title) : NULL,
		touchpoint->initiator == TL_COMPANY ? say_word(s, TL_SAY_TIP_COMPANY) : NULL,
		isnan(touchpoint->reach) ? NULL
					 : say_fill(s, TL_SAY_TIP_REACH,
						   tl_say_percent(s->arena, s->language, touchpoint->reach)));
}

static const char *say_assumed(const struct say *s, const struct tl_touchpoint *touchpoint)
{
	const struct tl_assumed *assumed = &s->page->assumed[touchpoint->index];
	double most = assumed->friction;
	const char *figure = tl_say_figure(s->arena, s->language, most, false);

	if (most <= 0)
		return s->page->insight ? NULL : say_fill(s, TL_SAY_TIP_NO_FRICTION, touchpoint->title);
	return say_join(s,
		s->page->insight ? say_fill(s, TL_SAY_TIP_STILL_ASSUMED, figure)
				 : say_fill(s, TL_SAY_TIP_FRICTION, figure, touchpoint->title),
		assumed->worst && assumed->pain == most
			? say_fill(s, TL_SAY_TIP_BY_PAIN, assumed->worst->text)
			: NULL,
		assumed->emotion == most ? say_word(s, TL_SAY_TIP_BY_EMOTION) : NULL,
		assumed->handoff == most ? say_word(s, TL_SAY_TIP_BY_HANDOFF) : NULL);
}

const char *say_friction(const struct say *s, const struct tl_touchpoint *touchpoint)
{
	const struct tl_touchpoint_insight *known = say_known(s, touchpoint);
	const struct tl_touchpoint_score *score;
	const char *n;

	if (!known)
		return say_assumed(s, touchpoint);
	score = known->score;
	n = tl_say_count(s->arena, score->counts->episodes);
	if (!say_measured(known))
		return say_join(s, say_fill(s, TL_SAY_TIP_NO_EVIDENCE, touchpoint->title, n),
			say_assumed(s, touchpoint));
	return say_join(s,
		say_fill(s, TL_SAY_TIP_MEASURED,
			tl_say_figure(s->arena, s->language, score->friction, false), touchpoint->title,
			tl_say_range(s->arena, s->language, score->interval.low, score->interval.high,
				false),
			n, say_verdict(s, known)),
		say_fill(s, TL_SAY_TIP_RANK, tl_say_count(s->arena, score->rank),
			tl_say_count(s->arena, s->page->insight->score->ranked)));
}

/* ---- what is declared --------------------------------------------------------------------------- */

const char *say_feeling(const struct say *s, const struct tl_emotion *emotion)
{
	const char *who = emotion->persona ? emotion->persona->name : say_word(s, TL_SAY_EVERYBODY);
	const char *value = tl_say_figure(s->arena, s->language, emotion->valence, true);

	return say_join(s,
		emotion->feeling ? say_fill(s, TL_SAY_FEELS, who, emotion->feeling, value)
				 : say_fill(s, TL_SAY_FEELS_UNNAMED, who, value),
		maybe(s, TL_SAY_QUOTED, emotion->quote));
}

const char *say_expectation(
	const struct say *s, const struct tl_expectation *expectation, const struct tl_gap *gap)
{
	return say_join(s,
		maybe_word(s, TL_SAY_TIP_KIND, TL_SAY_EXPECT_TIME, expectation->kind),
		maybe_promise(s, expectation->promise_text, expectation->promise),
		maybe_number(s, TL_SAY_TIP_IMPORTANCE, expectation->importance),
		gap && gap->n ? say_fill(s, TL_SAY_TIP_BROKEN, tl_say_count(s->arena, gap->broken),
					tl_say_count(s->arena, gap->n),
					tl_say_rate(s->arena, s->language, gap->rate),
					tl_say_rates(s->arena, s->language, gap->interval.low,
						gap->interval.high))
			      : NULL);
}

const char *say_pain(const struct say *s, const struct tl_pain *pain, const struct tl_pain_insight *known)
{
	return say_join(s, maybe_number(s, TL_SAY_TIP_SEVERITY, pain->severity),
		maybe_word(s, TL_SAY_TIP_KIND, TL_SAY_KIND_CONFUSION, pain->kind),
		maybe_word(s, TL_SAY_TIP_CAUSE, TL_SAY_CAUSE_SKILL, pain->cause),
		maybe_word(s, TL_SAY_TIP_STATUS, TL_SAY_STATUS_OPEN, pain->status),
		maybe_party(s, TL_SAY_TIP_OWNER, pain->owner), maybe_date(s, TL_SAY_TIP_DUE, pain->due),
		maybe_date(s, TL_SAY_TIP_FIXED, pain->fixed),
		maybe(s, TL_SAY_TIP_EVIDENCE, pain->evidence),
		pain->breaks ? say_fill(s, TL_SAY_TIP_BREAKS, pain->breaks->text) : NULL,
		!known		 ? NULL
		: known->records ? tl_say_many(s->arena, s->language, known->records, TL_SAY_TIP_RECORDS_1)
				 : say_word(s, TL_SAY_TIP_RECORDS_NONE),
		known && known->overdue ? say_word(s, TL_SAY_TIP_OVERDUE) : NULL,
		known && known->unowned ? say_word(s, TL_SAY_TIP_UNOWNED) : NULL,
		known && known->unremedied ? say_word(s, TL_SAY_TIP_UNREMEDIED) : NULL);
}

const char *say_opportunity(const struct say *s, const struct tl_opportunity *opportunity)
{
	const char *against = NULL;

	for (size_t i = 0; i < opportunity->pain_count; i++)
		against = say_join(
			s, against, say_fill(s, TL_SAY_TIP_AGAINST, opportunity->pains[i]->text));
	return say_join(s, against,
		maybe_word(s, TL_SAY_TIP_REMEDY, TL_SAY_CAUSE_SKILL, opportunity->remedy),
		maybe_number(s, TL_SAY_TIP_IMPACT, opportunity->impact),
		maybe_number(s, TL_SAY_TIP_EFFORT, opportunity->effort),
		maybe_party(s, TL_SAY_TIP_OWNER, opportunity->owner),
		maybe_word(s, TL_SAY_TIP_STATUS, TL_SAY_STATUS_OPEN, opportunity->status),
		maybe_date(s, TL_SAY_TIP_DUE, opportunity->due));
}

const char *say_backstage(const struct say *s, const struct tl_backstage *backstage)
{
	return say_join(s, maybe_party(s, TL_SAY_TIP_OWNER, backstage->owner),
		maybe_party(s, TL_SAY_TIP_SERVES, backstage->serves),
		maybe_party(s, TL_SAY_TIP_SYSTEM, backstage->system),
		maybe_promise(s, backstage->promise_text, backstage->promise));
}

const char *say_support(const struct say *s, const struct tl_support *support)
{
	return say_join(s, maybe_party(s, TL_SAY_TIP_OWNER, support->owner),
		maybe_party(s, TL_SAY_TIP_SYSTEM, support->system));
}

/* ---- ways ---------------------------------------------------------------------------------------- */

const char *say_way(const struct say *s, const struct tl_touchpoint *from, const struct tl_next *next)
{
	if (next->to)
		return say_fill(s,
			next->to->index <= from->index ? TL_SAY_BACK_TO_TOUCHPOINT : TL_SAY_TO_TOUCHPOINT,
			next->to->title);
	return say_fill(s, TL_SAY_TO_JOURNEY, next->journey, next->touchpoint ? next->touchpoint : "–");
}

const char *say_way_terms(
	const struct say *s, const struct tl_touchpoint *from, const struct tl_next *next)
{
	const struct tl_touchpoint_insight *known = say_known(s, from);
	const struct tl_passage *passage =
		known && known->passages ? &known->passages[next - from->nexts] : NULL;

	return say_join(s, maybe(s, TL_SAY_TIP_WHEN, next->when),
		isnan(next->share) ? NULL
				   : say_fill(s, TL_SAY_TIP_SHARE,
					     tl_say_percent(s->arena, s->language, next->share)),
		passage && passage->of
			? say_fill(s, TL_SAY_TIP_MEASURED_SHARE, tl_say_count(s->arena, passage->n),
				  tl_say_count(s->arena, passage->of),
				  tl_say_rate(s->arena, s->language,
					  (double)passage->n / (double)passage->of))
			: NULL,
		next->handoff == TL_WARM   ? say_word(s, TL_SAY_TIP_WARM)
		: next->handoff == TL_COLD ? say_word(s, TL_SAY_TIP_COLD)
					   : NULL);
}
