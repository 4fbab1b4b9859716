/* What became better or worse between two periods. */
#include "report/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const change_names[] = {"no evidence of change", "better", "worse"};

void report_change(struct tl_buf *out, const struct tl_change *change)
{
	tl_buf_printf(out, "%s: %llu of %llu, ", change_names[change->verdict],
		(unsigned long long)change->x1, (unsigned long long)change->n1);
	report_percent(out, change->rate1);
	tl_buf_printf(out, ", became %llu of %llu, ", (unsigned long long)change->x2,
		(unsigned long long)change->n2);
	report_percent(out, change->rate2);
	tl_buf_puts(out, "; the difference is between ");
	report_signed(out, 100 * change->interval.low, 1);
	tl_buf_puts(out, " and ");
	report_signed(out, 100 * change->interval.high, 1);
	tl_buf_puts(out, " points");
}

void tl_report_fixed(struct tl_buf *out, const struct tl_touchpoint_insight *touchpoint,
	const struct tl_pain_insight *pain)
{
	int family = touchpoint->trend.family;

	tl_buf_puts(out, "since ");
	report_day(out, pain->fixed);
	tl_buf_printf(out, ", %s: ",
		report_family_name(family, touchpoint->score->families[family].witness));
	report_change(out, &pain->change);
}

/* ---- rows, sorted -------------------------------------------------------------------------------- */

static double distance(const struct tl_change *change)
{
	return change->verdict == TL_CHANGE_WORSE  ? change->interval.low :
	       change->verdict == TL_CHANGE_BETTER ? -change->interval.high :
						     fabs(change->difference);
}

static int by_weight(const void *a, const void *b)
{
	static const int order[] = {2, 1, 0}; /* no evidence, better, worse */
	const struct report_row *p = a, *q = b;
	int sign = order[p->change->verdict] - order[q->change->verdict];
	double d = distance(q->change) - distance(p->change);

	if (!sign)
		sign = (d > 0) - (d < 0);
	if (!sign)
		sign = strcmp(p->of->journey->id, q->of->journey->id);
	if (!sign)
		sign = (p->after->touchpoint->index > q->after->touchpoint->index) -
		       (p->after->touchpoint->index < q->after->touchpoint->index);
	return sign ? sign : p->family - q->family;
}

struct report_row *report_rows(
	struct tl_arena *arena, size_t *rows, const struct tl_compared *compared, size_t count)
{
	struct report_row *list = NULL;
	size_t capacity = 0;

	*rows = 0;
	for (size_t i = 0; i < count; i++)
		for (size_t t = 0; t < compared[i].journey->touchpoint_count; t++)
			for (int family = 0; family < TL_FAMILIES; family++) {
				const struct tl_comparison *c = compared[i].comparison;
				const struct tl_change *change = &c->changes[t][family].change;

				if (!change->n1 || !change->n2)
					continue;
				list = tl_arena_grow(arena, list, *rows, &capacity, sizeof *list);
				list[(*rows)++] = (struct report_row){&compared[i],
					&c->before->touchpoints[t], &c->after->touchpoints[t],
					family, c->changes[t][family].witness, change};
			}
	if (*rows)
		qsort(list, *rows, sizeof *list, by_weight);
	return list;
}

/* ---- formats --------------------------------------------------------------------------------------- */

static const char *family_of(const struct report_row *row)
{
	return report_family_name(row->family, row->witness);
}

static void put_rate(struct tl_buf *out, uint64_t x, uint64_t n, double rate)
{
	tl_buf_printf(out, "%llu/%llu ", (unsigned long long)x, (unsigned long long)n);
	report_percent(out, rate);
}

static void put_difference(struct tl_buf *out, const struct tl_change *change)
{
	report_signed(out, 100 * change->difference, 1);
	tl_buf_puts(out, " [");
	report_signed(out, 100 * change->interval.low, 1);
	tl_buf_puts(out, ", ");
	report_signed(out, 100 * change->interval.high, 1);
	tl_buf_putc(out, ']');
}

static void put_text(struct tl_buf *out, const struct report_row *row, bool colour)
{
	static const char *const colours[] = {"", "\033[32m", "\033[1;31m"};
	static const char *const words[] = {"no evidence", "better", "worse"};
	const char *paint = colour ? colours[row->change->verdict] : "";
	struct tl_buf cell = {0};

	tl_buf_printf(out, "%s%-11s%s  ", paint, words[row->change->verdict], *paint ? "\033[0m" : "");
	put_rate(&cell, row->change->x1, row->change->n1, row->change->rate1);
	report_column(out, cell.data, 18);
	tl_buf_clear(&cell);
	put_rate(&cell, row->change->x2, row->change->n2, row->change->rate2);
	tl_buf_puts(out, "  ");
	report_column(out, cell.data, 18);
	tl_buf_clear(&cell);
	put_difference(&cell, row->change);
	tl_buf_puts(out, "  ");
	report_column(out, cell.data, 22);
	tl_buf_printf(out, "  %s#%s: %s\n", row->of->journey->id, row->after->touchpoint->id,
		family_of(row));
	tl_buf_release(&cell);
}

static void put_markdown(struct tl_buf *out, const struct report_row *row)
{
	tl_buf_printf(out, row->change->verdict ? "| **%s** | " : "| %s | ",
		change_names[row->change->verdict]);
	report_md(out, row->of->journey->title);
	tl_buf_puts(out, " | ");
	report_md(out, row->after->touchpoint->title);
	tl_buf_printf(out, " | %s | ", family_of(row));
	put_rate(out, row->change->x1, row->change->n1, row->change->rate1);
	tl_buf_puts(out, " | ");
	put_rate(out, row->change->x2, row->change->n2, row->change->rate2);
	tl_buf_puts(out, " | ");
	put_difference(out, row->change);
	tl_buf_puts(out, " |\n");
}

static void put_csv(struct tl_buf *out, const struct report_row *row)
{
	const struct tl_change *change = row->change;

	tl_buf_csv(out, row->of->journey->id);
	tl_buf_putc(out, ',');
	tl_buf_csv(out, row->after->touchpoint->id);
	tl_buf_printf(out, ",%s,%s,%s,%llu,%llu,%llu,%llu,%.6f,%.6f,%.6f,%s,%s\r\n",
		tl_families.words[row->family],
		tl_witnesses.words[row->witness],
		tl_change_verdicts.words[change->verdict], (unsigned long long)change->x1,
		(unsigned long long)change->n1, (unsigned long long)change->x2,
		(unsigned long long)change->n2, change->difference, change->interval.low,
		change->interval.high, tl_verdicts.words[row->before->verdict],
		tl_verdicts.words[row->after->verdict]);
}

void tl_report_json_fixed(struct tl_buf *out, const struct tl_touchpoint_insight *touchpoint,
	const struct tl_pain_insight *pain)
{
	const struct tl_change *change = &pain->change;
	int family = touchpoint->trend.family;

	tl_buf_printf(out, "{\"change\":\"%s\"", tl_change_verdicts.words[change->verdict]);
	report_json_text(out, "family", tl_families.words[family]);
	report_json_text(out, "instrument",
		tl_witnesses.words[touchpoint->score->families[family].witness]);
	tl_buf_printf(out, ",\"before\":{\"x\":%llu,\"n\":%llu},\"after\":{\"x\":%llu,\"n\":%llu}",
		(unsigned long long)change->x1, (unsigned long long)change->n1,
		(unsigned long long)change->x2, (unsigned long long)change->n2);
	report_json_number(out, "difference", change->difference, 6);
	report_json_interval(out, change->interval, 6);
	tl_buf_putc(out, '}');
}

static void put_json(struct tl_buf *out, const struct report_row *row)
{
	const struct tl_change *change = row->change;

	tl_buf_puts(out, "{\"journey\":");
	tl_buf_json(out, row->of->journey->id);
	report_json_text(out, "touchpoint", row->after->touchpoint->id);
	report_json_text(out, "family", tl_families.words[row->family]);
	report_json_text(out, "instrument", tl_witnesses.words[row->witness]);
	report_json_text(out, "change", tl_change_verdicts.words[change->verdict]);
	tl_buf_printf(out, ",\"before\":{\"x\":%llu,\"n\":%llu", (unsigned long long)change->x1,
		(unsigned long long)change->n1);
	report_json_number(out, "rate", change->rate1, 6);
	report_json_text(out, "verdict", tl_verdicts.words[row->before->verdict]);
	tl_buf_printf(out, "},\"after\":{\"x\":%llu,\"n\":%llu", (unsigned long long)change->x2,
		(unsigned long long)change->n2);
	report_json_number(out, "rate", change->rate2, 6);
	report_json_text(out, "verdict", tl_verdicts.words[row->after->verdict]);
	tl_buf_putc(out, '}');
	report_json_number(out, "difference", change->difference, 6);
	report_json_interval(out, change->interval, 6);
	tl_buf_putc(out, '}');
}

static void put_json_days(struct tl_buf *out, const char *name, struct tl_span_of_days days)
{
	tl_buf_printf(out, ",\"%s\":[\"", name);
	report_day(out, days.since);
	tl_buf_puts(out, "\",\"");
	report_day(out, days.until - 86400);
	tl_buf_puts(out, "\"]");
}

static void put_head(struct tl_buf *out, struct tl_span_of_days before,
	struct tl_span_of_days after, enum tl_table_format format)
{
	if (format == TL_TABLE_JSON) {
		tl_buf_puts(out, "{\"version\":1");
		put_json_days(out, "before", before);
		put_json_days(out, "after", after);
		tl_buf_puts(out, ",\"changes\":[");
	} else if (format == TL_TABLE_CSV) {
		tl_buf_puts(out, "journey,touchpoint,family,instrument,change,x_before,n_before,"
				 "x_after,n_after,difference,low,high,verdict_before,verdict_after\r\n");
	} else {
		tl_buf_puts(out, "Friction from ");
		report_days(out, after);
		tl_buf_puts(out, ", against ");
		report_days(out, before);
		tl_buf_puts(out, format == TL_TABLE_TEXT ?
			"\n\n             before              after               points [95 %]\n" :
			"\n\n| change | journey | touchpoint | family | before | after | points [95 %] |\n"
			"|---|---|---|---|---|---|---|\n");
	}
}

void tl_report_comparison(struct tl_buf *out, const struct tl_compared *compared, size_t count,
	struct tl_span_of_days before, struct tl_span_of_days after,
	const struct tl_report_options *options)
{
	struct tl_arena arena;
	size_t rows;

	tl_arena_init(&arena);
	struct report_row *list = report_rows(&arena, &rows, compared, count);
	put_head(out, before, after, options->format);
	for (size_t i = 0; i < rows; i++) {
		if (options->format == TL_TABLE_JSON) {
			tl_buf_puts(out, i ? ",\n" : "\n");
			put_json(out, &list[i]);
		} else if (options->format == TL_TABLE_CSV) {
			put_csv(out, &list[i]);
		} else if (options->format == TL_TABLE_MD) {
			put_markdown(out, &list[i]);
		} else {
			put_text(out, &list[i], options->colour);
		}
	}
	if (options->format == TL_TABLE_JSON)
		tl_buf_puts(out, "]}\n");
	else if (!rows && options->format != TL_TABLE_CSV)
		tl_buf_puts(out, "Nothing was counted in both periods.\n");
	tl_arena_release(&arena);
}
