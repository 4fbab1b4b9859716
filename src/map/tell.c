/* tell: see tell.h. What is absent gives no sentence. */
#include <math.h>
#include "map/tell.h"

/* A sentence about a text, or NULL where there is none. */
static const char *maybe(struct tl_canvas *canvas, enum tl_word word, const char *text)
{
	return text && *text ? tl_canvas_say(canvas, word, text) : NULL;
}

static const char *maybe_party(
	struct tl_canvas *canvas, enum tl_word word, const struct tl_party *party)
{
	return party ? tl_canvas_say(canvas, word, party->label) : NULL;
}

/* A 1-based scale or count. */
static const char *maybe_number(struct tl_canvas *canvas, enum tl_word word, size_t value)
{
	return value ? tl_canvas_say(canvas, word, tl_arena_printf(canvas->arena, "%zu", value))
		     : NULL;
}

static const char *maybe_word(
	struct tl_canvas *canvas, enum tl_word word, enum tl_word first, int value)
{
	return maybe(canvas, word, tl_word_at(canvas->language, first, value));
}

static const char *maybe_date(struct tl_canvas *canvas, enum tl_word word, int32_t days)
{
	return days == TL_NO_DATE
		? NULL
		: tl_canvas_say(canvas, word, tl_say_date(canvas->arena, canvas->language, days));
}

static const char *maybe_promise(struct tl_canvas *canvas, const char *iso, double seconds)
{
	return maybe(canvas, TL_SAY_TIP_PROMISE,
		tl_say_duration(canvas->arena, canvas->language, iso, seconds));
}

static const char *texts(struct tl_canvas *canvas, enum tl_word word, const struct tl_texts *list)
{
	const char *all = NULL;
	for (size_t i = 0; i < list->count; i++)
		all = tl_canvas_sentences(canvas, all, maybe(canvas, word, list->list[i].text));
	return all;
}

static const char *number(struct tl_canvas *canvas, double value)
{
	return tl_say_number(canvas->arena, canvas->language, value, 2, true);
}

const char *tl_tell_persona(struct tl_canvas *canvas, const struct tl_persona *persona)
{
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_PERSONA, persona->name),
		texts(canvas, TL_SAY_TIP_WANTS, &persona->goals),
		texts(canvas, TL_SAY_TIP_NEEDS, &persona->needs),
		texts(canvas, TL_SAY_QUOTED, &persona->quotes));
}

const char *tl_tell_stage(struct tl_canvas *canvas, const struct tl_stage *stage)
{
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_STAGE,
			tl_arena_printf(canvas->arena, "%zu", stage->index + 1), stage->title),
		texts(canvas, TL_SAY_TIP_STAGE_GOAL, &stage->goals),
		maybe_number(canvas,
			stage->touchpoint_count == 1 ? TL_SAY_TIP_TOUCHPOINT : TL_SAY_TIP_TOUCHPOINTS,
			stage->touchpoint_count));
}

const char *tl_tell_touchpoint(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint)
{
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_CARD,
			tl_arena_printf(canvas->arena, "%zu", touchpoint->index + 1),
			touchpoint->title),
		texts(canvas, TL_SAY_SENTENCE, &touchpoint->actions),
		maybe_party(canvas, TL_SAY_TIP_OWNER, touchpoint->owner),
		touchpoint->initiator == TL_COMPANY ? tl_canvas_word(canvas, TL_SAY_TIP_COMPANY)
						    : NULL,
		maybe_number(canvas, TL_SAY_TIP_IMPORTANCE, (size_t)touchpoint->importance));
}

const char *tl_tell_friction(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint,
	const struct tl_assumed *assumed)
{
	if (assumed->friction <= 0)
		return tl_canvas_say(canvas, TL_SAY_TIP_NO_FRICTION, touchpoint->title);
	double most = assumed->friction;
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_FRICTION,
			tl_say_number(canvas->arena, canvas->language, most, 1, false),
			touchpoint->title),
		assumed->worst && assumed->pain == most
			? tl_canvas_say(canvas, TL_SAY_TIP_BY_PAIN, assumed->worst->text)
			: NULL,
		assumed->emotion == most ? tl_canvas_word(canvas, TL_SAY_TIP_BY_EMOTION) : NULL,
		assumed->handoff == most ? tl_canvas_word(canvas, TL_SAY_TIP_BY_HANDOFF) : NULL);
}

const char *tl_tell_channel(struct tl_canvas *canvas, const struct tl_channel *channel)
{
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_CHANNEL, channel->label,
			tl_word_at(canvas->language, TL_SAY_CHANNEL_WEB, channel->kind)),
		channel->self_service ? tl_canvas_word(canvas, TL_SAY_TIP_SELF_SERVICE) : NULL,
		maybe(canvas, TL_SAY_TIP_REPLY_WITHIN,
			tl_say_duration(
				canvas->arena, canvas->language, NULL, channel->reply_within)));
}

const char *tl_tell_text(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint,
	enum tl_word word, const char *text)
{
	return tl_canvas_say(canvas, word, touchpoint->title, text);
}

const char *tl_tell_expectation(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint,
	const struct tl_expectation *expectation)
{
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_EXPECTATION, touchpoint->title, expectation->text),
		maybe_word(canvas, TL_SAY_TIP_KIND, TL_SAY_EXPECT_TIME, expectation->kind),
		maybe_promise(canvas, expectation->promise_text, expectation->promise),
		maybe_number(canvas, TL_SAY_TIP_IMPORTANCE, (size_t)expectation->importance));
}

const char *tl_tell_emotion(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint,
	const struct tl_emotion *emotion, const char *who)
{
	const char *value = number(canvas, emotion->valence), *title = touchpoint->title;
	const char *feels = emotion->feeling
		? tl_canvas_say(canvas, TL_SAY_TIP_FEELS, who, emotion->feeling, title, value)
		: tl_canvas_say(canvas, TL_SAY_TIP_EMOTION, who, title, value);
	return tl_canvas_sentences(canvas, feels, maybe(canvas, TL_SAY_QUOTED, emotion->quote));
}

const char *tl_tell_pain(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint,
	const struct tl_pain *pain)
{
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_PAIN, touchpoint->title, pain->text),
		maybe_number(canvas, TL_SAY_TIP_SEVERITY, (size_t)pain->severity),
		maybe_word(canvas, TL_SAY_TIP_KIND, TL_SAY_KIND_CONFUSION, pain->kind),
		maybe_word(canvas, TL_SAY_TIP_CAUSE, TL_SAY_CAUSE_SKILL, pain->cause),
		maybe_word(canvas, TL_SAY_TIP_STATUS, TL_SAY_STATUS_OPEN, pain->status),
		maybe_party(canvas, TL_SAY_TIP_OWNER, pain->owner),
		maybe_date(canvas, TL_SAY_TIP_DUE, pain->due),
		maybe(canvas, TL_SAY_TIP_EVIDENCE, pain->evidence),
		pain->breaks ? maybe(canvas, TL_SAY_TIP_BREAKS, pain->breaks->text) : NULL);
}

const char *tl_tell_opportunity(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint,
	const struct tl_opportunity *opportunity)
{
	const char *against = NULL;
	for (size_t i = 0; i < opportunity->pain_count; i++)
		against = tl_canvas_sentences(canvas, against,
			maybe(canvas, TL_SAY_TIP_AGAINST, opportunity->pains[i]->text));
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_OPPORTUNITY, touchpoint->title, opportunity->text),
		against, maybe_word(canvas, TL_SAY_TIP_REMEDY, TL_SAY_CAUSE_SKILL, opportunity->remedy),
		maybe_number(canvas, TL_SAY_TIP_IMPACT, (size_t)opportunity->impact),
		maybe_number(canvas, TL_SAY_TIP_EFFORT, (size_t)opportunity->effort),
		maybe_party(canvas, TL_SAY_TIP_OWNER, opportunity->owner),
		maybe_word(canvas, TL_SAY_TIP_STATUS, TL_SAY_STATUS_OPEN, opportunity->status),
		maybe_date(canvas, TL_SAY_TIP_DUE, opportunity->due));
}

const char *tl_tell_backstage(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint,
	const struct tl_backstage *backstage)
{
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_BACKSTAGE, touchpoint->title, backstage->text),
		maybe_party(canvas, TL_SAY_TIP_OWNER, backstage->owner),
		maybe_party(canvas, TL_SAY_TIP_SERVES, backstage->serves),
		maybe_party(canvas, TL_SAY_TIP_SYSTEM, backstage->system),
		maybe_promise(canvas, backstage->promise_text, backstage->promise));
}

const char *tl_tell_support(struct tl_canvas *canvas, const struct tl_touchpoint *touchpoint,
	const struct tl_support *support)
{
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_SUPPORT, touchpoint->title, support->text),
		maybe_party(canvas, TL_SAY_TIP_OWNER, support->owner),
		maybe_party(canvas, TL_SAY_TIP_SYSTEM, support->system));
}

const char *tl_tell_next(struct tl_canvas *canvas, const struct tl_touchpoint *from,
	const struct tl_next *next, bool loop)
{
	const char *way = next->to ? tl_canvas_say(canvas, loop ? TL_SAY_TIP_LOOP : TL_SAY_TIP_FLOW,
					     from->title, next->to->title)
				   : tl_canvas_say(canvas, TL_SAY_TIP_STUB, from->title,
					     next->journey, next->touchpoint);
	const char *share = isnan(next->share)
		? NULL
		: tl_canvas_say(canvas, TL_SAY_TIP_SHARE,
			  tl_say_percent(canvas->arena, canvas->language, next->share));
	return tl_canvas_sentences(canvas, way, maybe(canvas, TL_SAY_TIP_WHEN, next->when), share,
		next->handoff == TL_COLD	 ? tl_canvas_word(canvas, TL_SAY_TIP_COLD)
			: next->handoff == TL_WARM ? tl_canvas_word(canvas, TL_SAY_TIP_WARM)
						   : NULL);
}
