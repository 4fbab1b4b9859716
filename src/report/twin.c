/* The twins of the map, to be read in order: the journey, its ranking, then stage by stage and
 * touchpoint by touchpoint all that the map says. */
#include "report/twin.h"

#include <math.h>

static const char *word(struct twin *twin, enum tl_word which)
{
	return say_word(&twin->say, which);
}

static const char *quoted(struct twin *twin, const char *text)
{
	return text ? say_fill(&twin->say, TL_SAY_QUOTED, text) : NULL;
}

static const char *named(struct twin *twin, const char *name, const char *text)
{
	return text ? say_fill(&twin->say, TL_SAY_NAMED, name, text) : NULL;
}

/* ---- the journey ------------------------------------------------------------------------------------ */

static void put_figures(struct twin *twin)
{
	struct say_figure figures[SAY_FIGURES];
	size_t count = say_figures(&twin->say, figures);

	twin_heading(twin, 2, word(twin, TL_SAY_PAGE_FIGURES));
	for (size_t i = 0; i < count; i++)
		twin_item(twin, 0,
			named(twin, figures[i].name,
				figures[i].more ? say_fill(&twin->say, TL_SAY_BY_WITNESS,
							  figures[i].value, figures[i].more)
						: figures[i].value),
			NULL);
}

static void put_head(struct twin *twin)
{
	const struct tl_journey *journey = twin->say.page->journey;

	twin_heading(twin, 1, journey->title);
	twin_paragraph(twin, say_state(&twin->say));
	for (size_t i = 0; i < journey->summaries.count; i++)
		twin_paragraph(twin, journey->summaries.list[i].text);
	twin_paragraph(twin, say_period(&twin->say));
	if (!twin->say.page->insight)
		twin_paragraph(twin, word(twin, TL_SAY_NOTE_ASSUMED));
	put_figures(twin);
}

static void put_people(struct twin *twin)
{
	const struct tl_journey *journey = twin->say.page->journey;

	if (journey->persona_count)
		twin_heading(twin, 2, word(twin, TL_SAY_PAGE_PEOPLE));
	for (size_t i = 0; i < journey->persona_count; i++) {
		const struct tl_persona *persona = &journey->personas[i];

		twin_heading(twin, 3, persona->name);
		for (size_t k = 0; k < persona->goals.count; k++)
			twin_item(twin, 0,
				say_fill(&twin->say, TL_SAY_TIP_WANTS, persona->goals.list[k].text), NULL);
		for (size_t k = 0; k < persona->needs.count; k++)
			twin_item(twin, 0,
				say_fill(&twin->say, TL_SAY_TIP_NEEDS, persona->needs.list[k].text), NULL);
		for (size_t k = 0; k < persona->quotes.count; k++)
			twin_item(twin, 0, quoted(twin, persona->quotes.list[k].text), NULL);
	}
}

static const char *rank_of(struct twin *twin, const struct tl_touchpoint *touchpoint)
{
	const struct say *s = &twin->say;
	const struct tl_touchpoint_insight *known = say_known(s, touchpoint);

	if (say_measured(known))
		return tl_arena_printf(s->arena, "%s, %s (%s)", say_verdict(s, known),
			tl_say_figure(s->arena, s->language, known->score->friction, false),
			tl_say_range(s->arena, s->language, known->score->interval.low,
				known->score->interval.high, false));
	return say_fill(s, TL_SAY_BY_WITNESS,
		tl_say_figure(
			s->arena, s->language, s->page->assumed[touchpoint->index].friction, false),
		say_word(s, TL_SAY_ASSUMED));
}

static void put_ranking(struct twin *twin)
{
	const struct tl_touchpoint **order = say_order(&twin->say);

	twin_heading(twin, 2, word(twin, TL_SAY_PAGE_RANKING));
	for (size_t i = 0; i < twin->say.page->journey->touchpoint_count; i++)
		twin_item(twin, i + 1, named(twin, order[i]->title, rank_of(twin, order[i])),
			say_reason(&twin->say, order[i]));
}

/* ---- a touchpoint ----------------------------------------------------------------------------------- */

static void put_texts(struct twin *twin, enum tl_word head, const struct tl_texts *texts)
{
	if (texts->count)
		twin_heading(twin, 4, word(twin, head));
	for (size_t i = 0; i < texts->count; i++)
		twin_item(twin, 0, texts->list[i].text, NULL);
}

static void put_measured(struct twin *twin, const struct tl_touchpoint_insight *known)
{
	bool any = false;

	for (int i = 0; i < TL_FAMILIES; i++)
		any |= known->score->families[i].witness >= 0;
	if (!any)
		return;
	twin_heading(twin, 4, word(twin, TL_SAY_PAGE_ARITHMETIC));
	for (int i = 0; i < TL_FAMILIES; i++)
		twin_item(twin, 0, say_family(&twin->say, i, &known->score->families[i]), NULL);
	twin_paragraph(twin, say_sum(&twin->say, known));
	twin_paragraph(twin, say_trend(&twin->say, known));
}

static void put_emotions(struct twin *twin, const struct tl_touchpoint *touchpoint,
	const struct tl_touchpoint_insight *known)
{
	bool begun = touchpoint->emotion_count > 0;

	if (begun)
		twin_heading(twin, 4, word(twin, TL_SAY_LANE_EMOTION));
	for (size_t i = 0; i < touchpoint->emotion_count; i++)
		twin_item(twin, 0, say_feeling(&twin->say, &touchpoint->emotions[i]), NULL);
	for (size_t i = 0; known && i < known->score->emotion_count; i++) {
		const struct tl_emotion_score *emotion = &known->score->emotions[i];
		const char *text = named(twin,
			emotion->persona ? emotion->persona->name : word(twin, TL_SAY_EVERYBODY),
			say_emotion(&twin->say, emotion));

		if (text && !begun)
			twin_heading(twin, 4, word(twin, TL_SAY_LANE_EMOTION));
		begun |= text != NULL;
		twin_item(twin, 0, text, NULL);
	}
}

static void put_pains(struct twin *twin, const struct tl_touchpoint *touchpoint,
	const struct tl_touchpoint_insight *known)
{
	if (touchpoint->pain_count)
		twin_heading(twin, 4, word(twin, TL_SAY_LANE_PAINS));
	for (size_t i = 0; i < touchpoint->pain_count; i++) {
		const struct tl_pain_insight *pain = known ? &known->pains[i] : NULL;

		twin_item(twin, 0, touchpoint->pains[i].text,
			say_pain(&twin->say, &touchpoint->pains[i], pain));
		if (!pain)
			continue;
		twin_paragraph(twin, say_change(&twin->say, pain));
		for (size_t k = 0; k < pain->action_count; k++)
			twin_paragraph(twin, say_action(&twin->say, &pain->actions[k]));
		if (pain->quote.text)
			twin_quote(twin, quoted(twin, pain->quote.text), say_source(&twin->say, &pain->quote));
	}
}

static void put_voices(struct twin *twin, const struct tl_touchpoint_insight *known)
{
	if (known->quote_count)
		twin_heading(twin, 4, word(twin, TL_SAY_PAGE_QUOTES));
	for (size_t i = 0; i < known->quote_count; i++)
		twin_quote(twin, quoted(twin, known->quotes[i].text),
			say_source(&twin->say, &known->quotes[i]));
	if (!say_believed(known))
		return;
	twin_heading(twin, 4, word(twin, TL_SAY_PAGE_BELIEFS));
	for (size_t i = 0; i < known->belief.department_count; i++)
		twin_item(twin, 0,
			named(twin, known->belief.departments[i].department,
				say_belief(&twin->say, &known->belief.departments[i])),
			NULL);
	if (known->belief.disagree)
		twin_paragraph(twin, word(twin, TL_SAY_TIP_DISAGREE));
}

static void put_company(struct twin *twin, const struct tl_touchpoint *touchpoint)
{
	const struct say *s = &twin->say;

	if (touchpoint->opportunity_count)
		twin_heading(twin, 4, word(twin, TL_SAY_LANE_OPPORTUNITIES));
	for (size_t i = 0; i < touchpoint->opportunity_count; i++)
		twin_item(twin, 0, touchpoint->opportunities[i].text,
			say_opportunity(s, &touchpoint->opportunities[i]));
	if (touchpoint->backstage_count)
		twin_heading(twin, 4, word(twin, TL_SAY_LANE_BACKSTAGE));
	for (size_t i = 0; i < touchpoint->backstage_count; i++)
		twin_item(twin, 0, touchpoint->backstage[i].text,
			say_backstage(s, &touchpoint->backstage[i]));
	if (touchpoint->support_count)
		twin_heading(twin, 4, word(twin, TL_SAY_LANE_SUPPORT));
	for (size_t i = 0; i < touchpoint->support_count; i++)
		twin_item(twin, 0, touchpoint->support[i].text,
			say_support(s, &touchpoint->support[i]));
}

static void put_ways(struct twin *twin, const struct tl_touchpoint *touchpoint)
{
	if (!touchpoint->next_count) {
		twin_paragraph(twin, word(twin, TL_SAY_ENDS_HERE));
		return;
	}
	twin_heading(twin, 4, word(twin, TL_SAY_PAGE_WAYS));
	for (size_t i = 0; i < touchpoint->next_count; i++)
		twin_item(twin, 0, say_way(&twin->say, touchpoint, &touchpoint->nexts[i]),
			say_way_terms(&twin->say, touchpoint, &touchpoint->nexts[i]));
}

static void put_touchpoint(struct twin *twin, const struct tl_touchpoint *touchpoint)
{
	const struct say *s = &twin->say;
	const struct tl_touchpoint_insight *known = say_known(s, touchpoint);

	twin_heading(twin, 3,
		say_fill(s, TL_SAY_NUMBERED, tl_say_count(s->arena, touchpoint->index + 1),
			touchpoint->title));
	twin_paragraph(twin, say_touchpoint(s, touchpoint));
	twin_paragraph(twin, say_friction(s, touchpoint));
	put_texts(twin, TL_SAY_ACTIONS, &touchpoint->actions);
	put_texts(twin, TL_SAY_LANE_GOALS, &touchpoint->goals);
	put_texts(twin, TL_SAY_LANE_THOUGHTS, &touchpoint->thoughts);
	if (touchpoint->expectation_count)
		twin_heading(twin, 4, word(twin, TL_SAY_LANE_EXPECTATIONS));
	for (size_t i = 0; i < touchpoint->expectation_count; i++)
		twin_item(twin, 0, touchpoint->expectations[i].text,
			say_expectation(s, &touchpoint->expectations[i],
				known ? &known->score->gaps[i] : NULL));
	put_emotions(twin, touchpoint, known);
	if (known)
		put_measured(twin, known);
	put_pains(twin, touchpoint, known);
	if (known)
		put_voices(twin, known);
	put_company(twin, touchpoint);
	put_ways(twin, touchpoint);
}

static void put_stage(struct twin *twin, const struct tl_stage *stage)
{
	const struct say *s = &twin->say;

	twin_heading(twin, 2,
		say_fill(s, TL_SAY_NAMED,
			tl_arena_printf(s->arena, "%s %zu", say_word(s, TL_SAY_STAGE), stage->index + 1),
			stage->title));
	for (size_t i = 0; i < stage->goals.count; i++)
		twin_paragraph(twin, say_fill(s, TL_SAY_TIP_STAGE_GOAL, stage->goals.list[i].text));
	for (size_t i = 0; i < stage->touchpoint_count; i++)
		put_touchpoint(twin, &stage->touchpoints[i]);
}

void tl_report_twin(struct tl_buf *out, const struct tl_page *page, enum tl_twin kind)
{
	struct tl_arena arena;
	struct twin twin = {.out = out,
		.say = {&arena, tl_language_of(page->journey->lang), page},
		.md = kind == TL_TWIN_MD};

	tl_arena_init(&arena);
	put_head(&twin);
	put_people(&twin);
	put_ranking(&twin);
	for (size_t i = 0; i < page->journey->stage_count; i++)
		put_stage(&twin, &page->journey->stages[i]);
	tl_arena_release(&arena);
}
