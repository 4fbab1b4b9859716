/* The HTML page: its frame, the key figures, the map and the ranking. Ids of its own hold a colon,
 * which ids of journeys cannot, so none of them meets one of the map's. */
#include "report/page.h"

#include <math.h>
#include <string.h>
#include "touchline/xml.h"

/* ---- what the parts share ----------------------------------------------------------------------- */

void page_put(struct page *page, const char *html)
{
	tl_buf_puts(page->out, html);
}

void page_text(struct page *page, const char *text)
{
	if (text)
		tl_xml_escape(page->out, text);
}

void page_word(struct page *page, enum tl_word word)
{
	page_text(page, say_word(&page->say, word));
}

void page_element(struct page *page, const char *element, const char *attributes, const char *text)
{
	if (!text)
		return;
	tl_buf_printf(page->out, "<%s%s%s>", element, attributes ? " " : "",
		attributes ? attributes : "");
	page_text(page, text);
	tl_buf_printf(page->out, "</%s>\n", element);
}

void page_heading(struct page *page, const char *text)
{
	page_element(page, page->order ? "h3" : "h2", "tabindex=\"-1\"", text);
}

void page_subheading(struct page *page, enum tl_word word)
{
	page_element(page, page->order ? "h4" : "h3", NULL, say_word(&page->say, word));
}

void page_cell(struct page *page, const char *text)
{
	page_element(page, "td", "class=\"n\"", text ? text : "–");
}

void page_columns(struct page *page, const enum tl_word *words, size_t count, size_t figures)
{
	page_put(page, "<thead><tr>\n");
	for (size_t i = 0; i < count; i++)
		page_element(page, "th", i < figures ? "scope=\"col\"" : "scope=\"col\" class=\"n\"",
			say_word(&page->say, words[i]));
	page_put(page, "</tr></thead>\n<tbody>\n");
}

void page_verdict(struct page *page, const struct tl_touchpoint_insight *known)
{
	tl_buf_printf(page->out, "<span class=\"verdict %s\">",
		tl_verdicts.words[known ? known->score->verdict : TL_NO_EVIDENCE]);
	page_text(page, say_verdict(&page->say, known));
	page_put(page, "</span>");
}

void page_anchor(struct page *page, const char *attribute, const struct tl_touchpoint *touchpoint)
{
	bool link = strcmp(attribute, "href") == 0;

	tl_buf_printf(page->out, " %s=\"%s", attribute, TL_PAGE_CARDS + !link);
	page_text(page, touchpoint->id);
	page_put(page, "\"");
}

void page_quote(struct page *page, const struct tl_quote *quote)
{
	if (!quote->text)
		return;
	page_put(page, "<blockquote><p>");
	page_text(page, say_fill(&page->say, TL_SAY_QUOTED, quote->text));
	page_put(page, "</p>\n");
	page_element(page, "p", "class=\"facts\"", say_source(&page->say, quote));
	page_put(page, "</blockquote>\n");
}

/* ---- head ------------------------------------------------------------------------------------------ */

static void allow(struct page *page, const char *text, size_t length)
{
	char integrity[TL_INTEGRITY_SIZE];

	tl_digest_integrity(integrity, text, length);
	tl_buf_printf(page->out, " '%s'", integrity);
}

/* Nothing is loaded, and nothing runs or styles but what stands here. */
static void put_policy(struct page *page, const char *svg)
{
	const char *start = strstr(svg, "<style>"), *end = start ? strstr(start, "</style>") : NULL;

	page_put(page, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		       "base-uri 'none'; form-action 'none'; font-src data:; style-src");
	allow(page, tl_report_style().text, tl_report_style().length);
	if (end)
		allow(page, start + strlen("<style>"), (size_t)(end - start) - strlen("<style>"));
	page_put(page, "; script-src");
	allow(page, tl_report_pan().text, tl_report_pan().length);
	allow(page, page_script().text, page_script().length);
	page_put(page, "\">\n");
}

static void put_head(struct page *page, enum tl_theme theme, const char *svg)
{
	const struct tl_journey *journey = page->say.page->journey;

	page_put(page, "<!DOCTYPE html>\n<html lang=\"");
	page_text(page, journey->lang);
	tl_buf_printf(page->out, "\" dir=\"%s\" data-theme=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
		tl_language_rtl(journey->lang) ? "rtl" : "ltr", tl_themes.words[theme]);
	put_policy(page, svg);
	page_put(page, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		       "<meta name=\"generator\" content=\"Touchline\">\n");
	page_element(page, "title", NULL, journey->title);
	page_put(page, "<style>");
	tl_buf_put(page->out, tl_report_style().text, tl_report_style().length);
	page_put(page, "</style>\n</head>\n");
}

static void put_figures(struct page *page)
{
	struct say_figure figures[SAY_FIGURES];
	size_t count = say_figures(&page->say, figures);

	page_put(page, "<dl class=\"figures\">\n");
	for (size_t i = 0; i < count; i++) {
		page_put(page, "<div><dt>");
		page_text(page, figures[i].name);
		page_put(page, "</dt>\n");
		page_element(page, "dd", "class=\"value\"", figures[i].value);
		page_element(page, "dd", "class=\"more\"", figures[i].more);
		page_put(page, "</div>\n");
	}
	page_put(page, "</dl>\n");
}

static void put_header(struct page *page)
{
	const struct tl_journey *journey = page->say.page->journey;

	page_put(page, "<body>\n<a class=\"skip\" href=\"#page:ranking\">");
	page_word(page, TL_SAY_DO_SKIP_MAP);
	page_put(page, "</a>\n<header>\n");
	page_element(page, "p", "class=\"soft\"", say_state(&page->say));
	page_element(page, "h1", NULL, journey->title);
	for (size_t i = 0; i < journey->summaries.count; i++)
		page_element(page, "p", NULL, journey->summaries.list[i].text);
	page_element(page, "p", "class=\"soft\"", say_period(&page->say));
	if (!page->say.page->insight)
		page_element(page, "p", "class=\"soft\"", say_word(&page->say, TL_SAY_NOTE_ASSUMED));
	put_figures(page);
	page_put(page, "</header>\n");
}

static const struct {
	const char *id;
	enum tl_word word;
} sections[] = {{"page:map", TL_SAY_PAGE_MAP}, {"page:ranking", TL_SAY_PAGE_RANKING},
	{"page:people", TL_SAY_PAGE_PEOPLE}, {"page:details", TL_SAY_PAGE_DETAILS}};
enum { MAP, RANKING, PEOPLE, DETAILS };

static bool has_section(const struct page *page, size_t which)
{
	return which != PEOPLE || page->say.page->journey->persona_count;
}

static void put_contents(struct page *page)
{
	page_put(page, "<nav aria-label=\"");
	page_word(page, TL_SAY_PAGE_CONTENTS);
	page_put(page, "\"><ul>\n");
	for (size_t i = 0; i < TL_COUNT(sections); i++) {
		if (!has_section(page, i))
			continue;
		tl_buf_printf(page->out, "<li><a href=\"#%s\">", sections[i].id);
		page_word(page, sections[i].word);
		page_put(page, "</a></li>\n");
	}
	page_put(page, "</ul></nav>\n<main>\n");
}

static void begin_section(struct page *page, size_t which, const char *class)
{
	tl_buf_printf(page->out,
		"<section id=\"%s\" class=\"%s\">\n<h2 id=\"%s:title\">", sections[which].id, class,
		sections[which].id);
	page_word(page, sections[which].word);
	page_put(page, "</h2>\n");
}

/* ---- map --------------------------------------------------------------------------------------------- */

static void put_button(struct page *page, const char *act, enum tl_word word, const char *sign)
{
	tl_buf_printf(page->out, "<button type=\"button\" data-do=\"%s\"", act);
	if (sign) {
		page_put(page, " aria-label=\"");
		page_word(page, word);
		page_put(page, "\" title=\"");
		page_word(page, word);
		page_put(page, "\"><span aria-hidden=\"true\">");
		page_put(page, sign);
		page_put(page, "</span>");
	} else {
		page_put(page, ">");
		page_word(page, word);
	}
	page_put(page, "</button>\n");
}

static void put_panel(struct page *page)
{
	page_put(page, "<aside class=\"panel\" aria-label=\"");
	page_word(page, TL_SAY_TOUCHPOINT);
	page_put(page, "\" hidden>\n<div class=\"panel-tools\">\n");
	put_button(page, "previous", TL_SAY_DO_PREVIOUS, NULL);
	page_put(page, "<span class=\"place\" role=\"status\"></span>\n");
	put_button(page, "next", TL_SAY_DO_NEXT, NULL);
	put_button(page, "close", TL_SAY_DO_CLOSE, "✕");
	page_put(page, "</div>\n<div class=\"panel-body\" tabindex=\"0\" role=\"region\" aria-label=\"");
	page_word(page, TL_SAY_TOUCHPOINT);
	page_put(page, "\"></div>\n</aside>\n");
}

static void put_map(struct page *page, const char *svg, size_t length)
{
	const char *start = strstr(svg, "<svg");

	begin_section(page, MAP, "page-map");
	page_put(page, "<div class=\"tools\" hidden>\n");
	put_button(page, "zoom-in", TL_SAY_DO_ZOOM_IN, "+");
	put_button(page, "zoom-out", TL_SAY_DO_ZOOM_OUT, "−");
	put_button(page, "fit", TL_SAY_DO_FIT, NULL);
	put_button(page, "full", TL_SAY_DO_FULL, NULL);
	page_put(page, "</div>\n<div class=\"stage\">\n<div class=\"map\" tabindex=\"0\" role=\"region\" "
		       "aria-labelledby=\"page:map:title\" aria-describedby=\"page:map:help\">\n");
	tl_buf_put(page->out, start, length - (size_t)(start - svg));
	page_put(page, "</div>\n");
	put_panel(page);
	page_put(page, "</div>\n<p class=\"facts help\" id=\"page:map:help\">");
	page_word(page, TL_SAY_MAP_HELP);
	page_put(page, "</p>\n</section>\n");
}

/* ---- ranking ------------------------------------------------------------------------------------------ */

static const char *friction_of(struct page *page, const struct tl_touchpoint *touchpoint)
{
	const struct tl_touchpoint_insight *known = say_known(&page->say, touchpoint);
	const struct say *s = &page->say;

	if (say_measured(known))
		return tl_say_figure(s->arena, s->language, known->score->friction, false);
	return say_fill(s, TL_SAY_BY_WITNESS,
		tl_say_figure(
			s->arena, s->language, s->page->assumed[touchpoint->index].friction, false),
		say_word(s, TL_SAY_ASSUMED));
}

static void put_row(struct page *page, const struct tl_touchpoint *touchpoint)
{
	const struct say *s = &page->say;
	const struct tl_touchpoint_insight *known = say_known(s, touchpoint);
	const struct tl_touchpoint_score *score = say_measured(known) ? known->score : NULL;

	page_put(page, "<tr>");
	if (known)
		page_cell(page, score ? tl_say_count(s->arena, score->rank) : NULL);
	page_put(page, "<th scope=\"row\"><a");
	page_anchor(page, "href", touchpoint);
	page_put(page, ">");
	page_text(page, touchpoint->title);
	page_put(page, "</a></th>\n");
	page_element(page, "td", NULL, touchpoint->stage->title);
	if (known) {
		page_put(page, "<td>");
		page_verdict(page, known);
		page_put(page, "</td>\n");
	}
	page_element(page, "td", NULL, say_reason(s, touchpoint));
	page_cell(page, friction_of(page, touchpoint));
	if (known) {
		page_cell(page, score ? tl_say_range(s->arena, s->language, score->interval.low,
						score->interval.high, false)
				      : NULL);
		page_cell(page, score ? tl_say_figure(s->arena, s->language, score->impact, false) : NULL);
		page_cell(page, tl_say_count(s->arena, known->score->counts->episodes));
	}
	page_put(page, "</tr>\n");
}

static void put_ranking(struct page *page)
{
	static const enum tl_word known[] = {TL_SAY_COLUMN_RANK, TL_SAY_TOUCHPOINT, TL_SAY_STAGE,
		TL_SAY_COLUMN_VERDICT, TL_SAY_COLUMN_REASON, TL_SAY_LANE_FRICTION,
		TL_SAY_COLUMN_INTERVAL, TL_SAY_IMPACT, TL_SAY_COLUMN_EPISODES};
	static const enum tl_word assumed[] = {TL_SAY_TOUCHPOINT, TL_SAY_STAGE,
		TL_SAY_COLUMN_REASON, TL_SAY_LANE_FRICTION};

	begin_section(page, RANKING, "ranking");
	page_put(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
		       "aria-labelledby=\"page:ranking:title\">\n<table>\n");
	if (page->say.page->insight)
		page_columns(page, known, TL_COUNT(known), 5);
	else
		page_columns(page, assumed, TL_COUNT(assumed), 3);
	for (size_t i = 0; i < page->say.page->journey->touchpoint_count; i++)
		put_row(page, page->order[i]);
	page_put(page, "</tbody></table></div>\n</section>\n");
}

/* ---- the rest --------------------------------------------------------------------------------------- */

static void put_texts(struct page *page, const struct tl_texts *texts, enum tl_word word)
{
	for (size_t i = 0; i < texts->count; i++)
		page_element(page, "p", NULL, say_fill(&page->say, word, texts->list[i].text));
}

static void put_people(struct page *page)
{
	const struct tl_journey *journey = page->say.page->journey;

	if (!has_section(page, PEOPLE))
		return;
	begin_section(page, PEOPLE, "people");
	for (size_t i = 0; i < journey->persona_count; i++) {
		page_element(page, "h3", NULL, journey->personas[i].name);
		put_texts(page, &journey->personas[i].goals, TL_SAY_TIP_WANTS);
		put_texts(page, &journey->personas[i].needs, TL_SAY_TIP_NEEDS);
		put_texts(page, &journey->personas[i].quotes, TL_SAY_QUOTED);
	}
	page_put(page, "</section>\n");
}

static void put_details(struct page *page)
{
	const struct tl_journey *journey = page->say.page->journey;

	begin_section(page, DETAILS, "details");
	for (size_t i = 0; i < journey->touchpoint_count; i++)
		page_touchpoint(page, &journey->touchpoints[i]);
	page_put(page, "</section>\n</main>\n");
}

static void put_script(struct page *page, struct tl_page_part script)
{
	page_put(page, "<script>");
	tl_buf_put(page->out, script.text, script.length);
	page_put(page, "</script>\n");
}

static void put_end(struct page *page)
{
	page_put(page, "<footer><p>Touchline</p></footer>\n");
	put_script(page, tl_report_pan());
	put_script(page, page_script());
	page_put(page, "</body>\n</html>\n");
}

void tl_report_page(struct tl_buf *out, const struct tl_page *given, enum tl_theme theme,
	const char *svg, size_t length)
{
	struct tl_arena arena;
	struct page page = {.out = out,
		.say = {&arena, tl_language_of(given->journey->lang), given}};

	tl_arena_init(&arena);
	page.order = say_order(&page.say);
	put_head(&page, theme, svg);
	put_header(&page);
	put_contents(&page);
	put_map(&page, svg, length);
	put_ranking(&page);
	put_people(&page);
	put_details(&page);
	put_end(&page);
	tl_arena_release(&arena);
}
