/* The section of the page about one touchpoint, which is also what its panel shows. */
#include "report/page.h"

#include <math.h>

static void begin_list(struct page *page, enum tl_word head)
{
	page_subheading(page, head);
	page_put(page, "<ul>\n");
}

static void put_item(struct page *page, const char *text, const char *facts)
{
	page_put(page, "<li>");
	page_text(page, text);
	if (facts) {
		page_put(page, "<br>");
		page_element(page, "span", "class=\"facts\"", facts);
	}
	page_put(page, "</li>\n");
}

static void put_texts(struct page *page, const struct tl_texts *texts, enum tl_word head)
{
	if (!texts->count)
		return;
	begin_list(page, head);
	for (size_t i = 0; i < texts->count; i++)
		put_item(page, texts->list[i].text, NULL);
	page_put(page, "</ul>\n");
}

static void put_expectations(struct page *page, const struct tl_touchpoint *touchpoint)
{
	const struct tl_touchpoint_insight *known = say_known(&page->say, touchpoint);

	if (!touchpoint->expectation_count)
		return;
	begin_list(page, TL_SAY_LANE_EXPECTATIONS);
	for (size_t i = 0; i < touchpoint->expectation_count; i++)
		put_item(page, touchpoint->expectations[i].text,
			say_expectation(&page->say, &touchpoint->expectations[i],
				known ? &known->score->gaps[i] : NULL));
	page_put(page, "</ul>\n");
}

static void put_pain(
	struct page *page, const struct tl_pain *pain, const struct tl_pain_insight *known)
{
	page_put(page, "<li><strong>");
	page_text(page, pain->text);
	page_put(page, "</strong><br>");
	page_element(page, "span", "class=\"facts\"", say_pain(&page->say, pain, known));
	if (known) {
		page_element(page, "p", "class=\"facts\"", say_change(&page->say, known));
		for (size_t i = 0; i < known->action_count; i++)
			page_element(page, "p", "class=\"facts\"",
				say_action(&page->say, &known->actions[i]));
		page_quote(page, &known->quote);
	}
	page_put(page, "</li>\n");
}

static void put_pains(struct page *page, const struct tl_touchpoint *touchpoint)
{
	const struct tl_touchpoint_insight *known = say_known(&page->say, touchpoint);

	if (!touchpoint->pain_count)
		return;
	begin_list(page, TL_SAY_LANE_PAINS);
	for (size_t i = 0; i < touchpoint->pain_count; i++)
		put_pain(page, &touchpoint->pains[i], known ? &known->pains[i] : NULL);
	page_put(page, "</ul>\n");
}

static void put_quotes(struct page *page, const struct tl_touchpoint_insight *known)
{
	if (!known || !known->quote_count)
		return;
	page_subheading(page, TL_SAY_PAGE_QUOTES);
	for (size_t i = 0; i < known->quote_count; i++)
		page_quote(page, &known->quotes[i]);
}

static void put_remedies(struct page *page, const struct tl_touchpoint *touchpoint)
{
	if (!touchpoint->opportunity_count)
		return;
	begin_list(page, TL_SAY_LANE_OPPORTUNITIES);
	for (size_t i = 0; i < touchpoint->opportunity_count; i++)
		put_item(page, touchpoint->opportunities[i].text,
			say_opportunity(&page->say, &touchpoint->opportunities[i]));
	page_put(page, "</ul>\n");
}

static void put_backstage(struct page *page, const struct tl_touchpoint *touchpoint)
{
	if (touchpoint->backstage_count) {
		begin_list(page, TL_SAY_LANE_BACKSTAGE);
		for (size_t i = 0; i < touchpoint->backstage_count; i++)
			put_item(page, touchpoint->backstage[i].text,
				say_backstage(&page->say, &touchpoint->backstage[i]));
		page_put(page, "</ul>\n");
	}
	if (touchpoint->support_count) {
		begin_list(page, TL_SAY_LANE_SUPPORT);
		for (size_t i = 0; i < touchpoint->support_count; i++)
			put_item(page, touchpoint->support[i].text,
				say_support(&page->say, &touchpoint->support[i]));
		page_put(page, "</ul>\n");
	}
}

/* A way inside the journey leads to its touchpoint; one out of it to the other journey. */
static void put_way(
	struct page *page, const struct tl_touchpoint *touchpoint, const struct tl_next *next)
{
	page_put(page, "<li><a");
	if (next->to) {
		page_anchor(page, "href", next->to);
	} else {
		page_put(page, page->order ? " href=\"" : " href=\"#journey:");
		page_text(page, next->journey);
		page_put(page, page->order ? ".html\"" : "\"");
	}
	page_put(page, ">");
	page_text(page, say_way(&page->say, touchpoint, next));
	page_put(page, "</a> ");
	page_element(page, "span", "class=\"facts\"", say_way_terms(&page->say, touchpoint, next));
	page_put(page, "</li>\n");
}

static void put_ways(struct page *page, const struct tl_touchpoint *touchpoint)
{
	if (!touchpoint->next_count) {
		page_element(page, "p", "class=\"facts\"", say_word(&page->say, TL_SAY_ENDS_HERE));
		return;
	}
	begin_list(page, TL_SAY_PAGE_WAYS);
	for (size_t i = 0; i < touchpoint->next_count; i++)
		put_way(page, touchpoint, &touchpoint->nexts[i]);
	page_put(page, "</ul>\n");
}

static void put_head(struct page *page, const struct tl_touchpoint *touchpoint)
{
	const struct say *s = &page->say;
	const struct tl_touchpoint_insight *known = say_known(s, touchpoint);

	page_put(page, "<article");
	page_anchor(page, "id", touchpoint);
	page_put(page, ">\n");
	page_element(page, "p", "class=\"soft\"",
		say_fill(s, TL_SAY_TIP_STAGE, tl_say_count(s->arena, touchpoint->stage->index + 1),
			touchpoint->stage->title));
	page_heading(page,
		say_fill(s, TL_SAY_NUMBERED, tl_say_count(s->arena, touchpoint->index + 1),
			touchpoint->title));
	page_put(page, "<p>");
	if (known)
		page_verdict(page, known);
	if (page->order) {
		page_put(page, " <button type=\"button\" class=\"on-map\" hidden>");
		page_word(page, TL_SAY_DO_SHOW_ON_MAP);
		page_put(page, "</button>");
	}
	page_put(page, "</p>\n");
	page_element(page, "p", NULL, say_friction(s, touchpoint));
	page_element(page, "p", "class=\"facts\"", say_touchpoint(s, touchpoint));
}

void page_touchpoint(struct page *page, const struct tl_touchpoint *touchpoint)
{
	const struct tl_touchpoint_insight *known = say_known(&page->say, touchpoint);

	put_head(page, touchpoint);
	page_arithmetic(page, known);
	page_trend(page, known);
	put_pains(page, touchpoint);
	put_quotes(page, known);
	page_emotions(page, touchpoint);
	put_expectations(page, touchpoint);
	page_beliefs(page, known);
	put_texts(page, &touchpoint->actions, TL_SAY_ACTIONS);
	put_texts(page, &touchpoint->goals, TL_SAY_LANE_GOALS);
	put_texts(page, &touchpoint->thoughts, TL_SAY_LANE_THOUGHTS);
	put_remedies(page, touchpoint);
	put_backstage(page, touchpoint);
	put_ways(page, touchpoint);
	page_put(page, "</article>\n");
}

void tl_report_panel(
	struct tl_buf *out, const struct tl_page *given, const struct tl_touchpoint *touchpoint)
{
	struct tl_arena arena;
	struct page page = {.out = out,
		.say = {&arena, tl_language_of(given->journey->lang), given}};

	tl_arena_init(&arena);
	page_touchpoint(&page, touchpoint);
	tl_arena_release(&arena);
}
