/* report: what the tables share. */
#ifndef TL_REPORT_TABLE_H
#define TL_REPORT_TABLE_H

#include "touchline/report.h"

enum { TL_NOTICEABLE = 10 }; /* friction that may be watched (touchline-scoring(7)) */

/* How often the family showed friction, and against what promise: "reported effort: 18 of 48,
 * 38 % (promised 10 %)". */
void report_family_line(struct tl_buf *out, const struct tl_family_score *score, int family);
const char *report_family_name(int family, int witness); /* "observed effort" */
/* "12 %", ".3 %" as "0.3 %" */
void report_percent(struct tl_buf *out, double rate);
/* "+0.25", "−0.25" */
void report_signed(struct tl_buf *out, double value, int decimals);
/* "q < 0.001", "q 0.034" */
void report_probability(struct tl_buf *out, const char *name, double p);
/* "2025-01-31", or "no date" */
void report_day(struct tl_buf *out, int64_t time);
/* The text in so many columns: cut with an ellipsis, or filled up with spaces. Safe for terminals. */
void report_column(struct tl_buf *out, const char *text, size_t columns);
/* "2025-01-01 to 2025-03-31" */
void report_days(struct tl_buf *out, struct tl_span_of_days days);
/* The text without what Markdown would take for markup. */
void report_md(struct tl_buf *out, const char *text);
/* What makes a touchpoint what it is: the leading family, or what is assumed. */
void report_reason(struct tl_buf *out, const struct tl_touchpoint_score *touchpoint);
extern const char *const report_verdict_names[]; /* "no evidence" … */

/* One family of one touchpoint that has episodes in both periods. */
struct report_row {
	const struct tl_compared *of;
	const struct tl_touchpoint_score *before, *after;
	int family, witness;
	const struct tl_change *change;
};
/* Worse first, then better, by how far the interval is from no difference; then the others. */
struct report_row *report_rows(
	struct tl_arena *arena, size_t *rows, const struct tl_compared *compared, size_t count);
/* "better: 18 of 48, 38 %, became 6 of 50, 12 %; the difference is between −40.1 and −9.7 points" */
void report_change(struct tl_buf *out, const struct tl_change *change);
/* Touchpoints of a journey: the ranked ones, then those without evidence in document order. */
const struct tl_touchpoint_score **report_order(
	struct tl_arena *arena, const struct tl_journey_score *score);

/* "name":value with at most so many decimals; null where it is NAN. Begins with a comma. */
void report_json_number(struct tl_buf *out, const char *name, double value, int decimals);
void report_json_text(struct tl_buf *out, const char *name, const char *value);
void report_json_interval(struct tl_buf *out, struct tl_interval interval, int decimals);
void report_json_hotspots(struct tl_buf *out, struct tl_insight *const *insights, size_t count);
void report_csv_hotspots(struct tl_buf *out, struct tl_insight *const *insights, size_t count,
	const struct tl_report_options *options);
/* How many touchpoints of the journey the table has. */
size_t report_most(const struct tl_insight *insight, const struct tl_report_options *options);

#endif
