/* report: insights as tables and texts, to bytes. Looks at nothing but what it is given; draws
 * nothing (that is draw's job). Commands speak English; pages speak the journey's language.
 *
 * Figures: friction, scores and impact 0–100, rates 0–1 in JSON and CSV and per cent in texts. What
 * cannot be computed is null in JSON, empty in CSV, and a dash in texts; it is never 0.
 */
#ifndef TOUCHLINE_REPORT_H
#define TOUCHLINE_REPORT_H

#include "touchline/insight.h"
#include "touchline/map.h"

enum tl_table_format { TL_TABLE_TEXT, TL_TABLE_JSON, TL_TABLE_CSV, TL_TABLE_MD };
extern const struct tl_vocabulary tl_table_formats; /* text json csv md */

struct tl_report_options {
	enum tl_table_format format;
	bool colour; /* text: escape sequences of a terminal */
	/* Options that the commands it names need as well: " --store demo.db"; NULL: none. */
	const char *again;
	size_t most; /* touchpoints of each journey in the ranked table, but for JSON; 0: all */
};

/* The ranked table of each journey. JSON is the contract of touchline-hotspots(1), version 1. */
void tl_report_hotspots(struct tl_buf *out, struct tl_insight *const *insights, size_t count,
	const struct tl_report_options *options);

/* Everything behind one touchpoint's score, in words and numbers to be read out, and what would
 * change the verdict. */
void tl_report_explain(struct tl_buf *out, const struct tl_insight *insight,
	const struct tl_touchpoint *touchpoint, const struct tl_report_options *options);

/* Two periods side by side: each family of each touchpoint, what became worse first. */
struct tl_compared {
	const struct tl_journey *journey;
	const struct tl_comparison *comparison;
};
struct tl_span_of_days {
	int64_t since, until; /* until is exclusive */
};
void tl_report_comparison(struct tl_buf *out, const struct tl_compared *compared, size_t count,
	struct tl_span_of_days before, struct tl_span_of_days after,
	const struct tl_report_options *options);

/* Whether it helped that a pain point was fixed, in words and as JSON; change must have episodes in
 * both periods. "since 2025-10-01, dissatisfaction: better: 18 of 48, 38 %, became …" */
void tl_report_fixed(struct tl_buf *out, const struct tl_touchpoint_insight *touchpoint,
	const struct tl_pain_insight *pain);
void tl_report_json_fixed(struct tl_buf *out, const struct tl_touchpoint_insight *touchpoint,
	const struct tl_pain_insight *pain);

/* A short briefing for a meeting: what is worst, what changed, which pain points nobody tends, what
 * the map does not know. Text or Markdown. */
struct tl_briefing {
	struct tl_insight *const *insights;
	const struct tl_compared *compared; /* the same journeys, or NULL */
	size_t count;
	struct tl_span_of_days before, after;
	const struct tl_term *terms; /* that recur in records nobody listens to */
	size_t term_count;
	size_t worst; /* how many hotspots and watches it shows */
};
void tl_report_briefing(
	struct tl_buf *out, const struct tl_briefing *briefing, const struct tl_report_options *options);

/* ---- pages: a journey whole, in its language ------------------------------------------------- */

struct tl_page {
	const struct tl_journey *journey;
	const struct tl_insight *insight; /* NULL: no feedback, and nothing of it is said */
	const struct tl_assumed *assumed; /* one for each touchpoint */
};
/* What the cards of the map link to, with the touchpoint's id behind it. */
#define TL_PAGE_CARDS "#at:"

/* One file that needs nothing else: the map (an SVG document of draw's, whose cards link as above),
 * the ranking, and everything about each touchpoint. Its policy allows no network and no script but
 * its own. */
void tl_report_page(struct tl_buf *out, const struct tl_page *page, enum tl_theme theme,
	const char *svg, size_t length);

/* What the page says about one touchpoint, as a piece of HTML for a page of somebody else's, which
 * brings the style: no script, no style of its own, headings from <h2> on. Ways out of the journey
 * lead to "#journey:ID". */
void tl_report_panel(struct tl_buf *out, const struct tl_page *page,
	const struct tl_touchpoint *touchpoint);
/* What such a page brings: the style, and the script that moves and scales a map in its frame. */
struct tl_page_part {
	const char *text;
	size_t length;
};
struct tl_page_part tl_report_style(void), tl_report_pan(void);

/* The same to be read in order: all that the map says. Text is wrapped at 78 columns. */
enum tl_twin { TL_TWIN_TEXT, TL_TWIN_MD };
void tl_report_twin(struct tl_buf *out, const struct tl_page *page, enum tl_twin kind);

#endif
