/* What the tables share. */
#include "report/table.h"

#include <math.h>
#include <string.h>

static const char *const format_words[] = {"text", "json", "csv", "md"};
const struct tl_vocabulary tl_table_formats = {"format", format_words, TL_COUNT(format_words)};

const char *const report_verdict_names[] = {"no evidence", "ok", "watch", "hotspot"};

const char *report_family_name(int family, int witness)
{
	if (family == TL_EFFORT)
		return witness == TL_BY_CONDUCT ? "observed effort" : "reported effort";
	return tl_families.words[family];
}

void report_percent(struct tl_buf *out, double rate)
{
	if (isnan(rate))
		tl_buf_puts(out, "–");
	else
		tl_buf_number(out, 100 * rate, 100 * rate < 10 ? 1 : 0);
	tl_buf_puts(out, " %");
}

void report_signed(struct tl_buf *out, double value, int decimals)
{
	tl_buf_printf(out, "%s%.*f", value < 0 ? "−" : "+", decimals, fabs(value));
}

void report_probability(struct tl_buf *out, const char *name, double p)
{
	if (isnan(p))
		tl_buf_printf(out, "%s –", name);
	else if (p < .001)
		tl_buf_printf(out, "%s < 0.001", name);
	else
		tl_buf_printf(out, "%s %.3f", name, p);
}

void report_family_line(struct tl_buf *out, const struct tl_family_score *score, int family)
{
	tl_buf_printf(out, "%s: %llu of %llu", report_family_name(family, score->witness),
		(unsigned long long)score->x, (unsigned long long)score->n);
	if (family == TL_DEMAND)
		tl_buf_puts(out, " visits");
	tl_buf_puts(out, ", ");
	report_percent(out, score->rate);
	tl_buf_puts(out, " (promised ");
	report_percent(out, score->promise);
	tl_buf_putc(out, ')');
}

void report_day(struct tl_buf *out, int64_t time)
{
	char date[11];

	if (time == TL_NO_TIME) {
		tl_buf_puts(out, "no date");
		return;
	}
	tl_date_format(date, tl_date_of(time));
	tl_buf_puts(out, date);
}

void report_days(struct tl_buf *out, struct tl_span_of_days days)
{
	report_day(out, days.since);
	tl_buf_puts(out, " to ");
	report_day(out, days.until - 86400);
}

void report_reason(struct tl_buf *out, const struct tl_touchpoint_score *touchpoint)
{
	int leading;

	if (touchpoint->verdict == TL_NO_EVIDENCE) {
		if (touchpoint->assumed.friction > 0) {
			tl_buf_puts(out, "assumed ");
			tl_buf_number(out, touchpoint->assumed.friction, 1);
			tl_buf_puts(out, " from what the journey declares");
		} else {
			tl_buf_printf(out, "fewer than %d episodes in every family", TL_LEAST);
		}
		return;
	}
	leading = tl_score_leading(touchpoint);
	report_family_line(out, &touchpoint->families[leading], leading);
	tl_buf_puts(out, ", ");
	report_probability(out, "q", touchpoint->families[leading].q);
	if (touchpoint->verdict == TL_VERDICT_OK && touchpoint->friction >= TL_NOTICEABLE)
		tl_buf_puts(out, ": no more than chance explains");
}

void report_md(struct tl_buf *out, const char *text)
{
	struct tl_buf safe = {0};

	tl_diag_put_safely(&safe, text);
	for (const char *p = safe.data; p && *p; p++) {
		if (strchr("\\`*_[]<>|#", *p))
			tl_buf_putc(out, '\\');
		tl_buf_putc(out, *p);
	}
	tl_buf_release(&safe);
}

void report_column(struct tl_buf *out, const char *text, size_t columns)
{
	struct tl_buf safe = {0};
	const char *p, *end, *cut;
	size_t used = 0, width;

	tl_diag_put_safely(&safe, text);
	p = cut = safe.data ? safe.data : "";
	end = p + safe.len;
	while (p < end) {
		const char *from = p;

		tl_utf8_next(&p, end);
		width = tl_utf8_columns(from, (size_t)(p - from));
		if (used + width > columns)
			break;
		used += width;
		cut = used < columns ? p : cut;
	}
	if (tl_utf8_columns(safe.data, safe.len) <= columns) {
		tl_buf_put(out, safe.data, safe.len);
		used = tl_utf8_columns(safe.data, safe.len);
	} else {
		tl_buf_put(out, safe.data, (size_t)(cut - safe.data));
		tl_buf_puts(out, "…");
		used = tl_utf8_columns(safe.data, (size_t)(cut - safe.data)) + 1;
	}
	for (; used < columns; used++)
		tl_buf_putc(out, ' ');
	tl_buf_release(&safe);
}

const struct tl_touchpoint_score **report_order(
	struct tl_arena *arena, const struct tl_journey_score *score)
{
	size_t count = score->journey->touchpoint_count, n = 0;
	const struct tl_touchpoint_score **order =
		tl_arena_array(arena, const struct tl_touchpoint_score *, count);

	for (; n < score->ranked; n++)
		order[n] = score->ranking[n];
	for (size_t i = 0; i < count; i++)
		if (score->touchpoints[i].verdict == TL_NO_EVIDENCE)
			order[n++] = &score->touchpoints[i];
	return order;
}

size_t report_most(const struct tl_insight *insight, const struct tl_report_options *options)
{
	size_t count = insight->journey->touchpoint_count;

	return options->most && options->most < count ? options->most : count;
}
