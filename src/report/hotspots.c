/* The ranked table for people: as text for a terminal, and as Markdown. Both have the same columns
 * and say the same things around them. */
#include "report/table.h"

#include <math.h>
#include <string.h>

enum { TITLE_COLUMNS = 30, ID_COLUMNS = 20 };

/* In the order of enum tl_verdict: faint for what nobody knows. */
static const char *const colours[] = {"\033[2m", "", "\033[33m", "\033[1;31m"};

/* ---- what both say ---------------------------------------------------------------------------- */

static void put_records(struct tl_buf *out, const struct tl_insight *insight)
{
	if (!insight->bound) {
		tl_buf_puts(out, "No record speaks about this journey.");
		return;
	}
	tl_buf_printf(out, "%llu records from ", (unsigned long long)insight->bound);
	report_day(out, insight->oldest);
	tl_buf_puts(out, " to ");
	report_day(out, insight->newest);
	tl_buf_printf(out, " speak about it; %llu of all %llu are unbound.",
		(unsigned long long)insight->all_unbound,
		(unsigned long long)insight->all_records);
}

static void put_friction(struct tl_buf *out, const struct tl_touchpoint_score *touchpoint)
{
	if (isnan(touchpoint->friction))
		tl_buf_puts(out, "–");
	else
		tl_buf_printf(out, "%.1f [%.1f, %.1f]", touchpoint->friction,
			touchpoint->interval.low, touchpoint->interval.high);
}

/* ---- text -------------------------------------------------------------------------------------- */

static void put_text_row(struct tl_buf *out, const struct tl_touchpoint_score *touchpoint,
	size_t id_columns, const struct tl_report_options *options)
{
	const char *colour = options->colour ? colours[touchpoint->verdict] : "";
	struct tl_buf cell = {0};

	if (touchpoint->rank)
		tl_buf_printf(out, "%4zu  ", touchpoint->rank);
	else
		tl_buf_puts(out, "   –  ");
	tl_buf_printf(out, "%s%-11s%s  ", colour, report_verdict_names[touchpoint->verdict],
		*colour ? "\033[0m" : "");
	put_friction(&cell, touchpoint);
	report_column(out, cell.data, 19);
	if (isnan(touchpoint->impact))
		tl_buf_puts(out, "       –  ");
	else
		tl_buf_printf(out, "  %6.1f  ", touchpoint->impact);
	report_column(out, touchpoint->touchpoint->id, id_columns);
	tl_buf_puts(out, "  ");
	report_column(out, touchpoint->touchpoint->title, TITLE_COLUMNS);
	tl_buf_puts(out, "  ");
	report_reason(out, touchpoint);
	tl_buf_putc(out, '\n');
	tl_buf_release(&cell);
}

static size_t widest_id(const struct tl_journey *journey)
{
	size_t widest = strlen("touchpoint");

	for (size_t i = 0; i < journey->touchpoint_count; i++) {
		size_t length = strlen(journey->touchpoints[i].id);

		widest = length > widest ? length : widest;
	}
	return widest < ID_COLUMNS ? widest : ID_COLUMNS;
}

static void put_text(struct tl_buf *out, struct tl_arena *arena, const struct tl_insight *insight,
	const struct tl_report_options *options)
{
	const struct tl_touchpoint_score **order = report_order(arena, insight->score);
	size_t id_columns = widest_id(insight->journey);

	tl_diag_put_safely(out, insight->journey->title);
	tl_buf_printf(out, " (%s)\n", insight->journey->id);
	put_records(out, insight);
	tl_buf_putc(out, '\n');
	if (!insight->bound)
		return;
	tl_buf_puts(out, "\nrank  verdict      friction [95 %]     impact  ");
	report_column(out, "touchpoint", id_columns);
	tl_buf_puts(out, "  ");
	report_column(out, "", TITLE_COLUMNS);
	tl_buf_puts(out, "  mostly\n");
	for (size_t i = 0; i < report_most(insight, options); i++)
		put_text_row(out, order[i], id_columns, options);
}

static bool is_worse(const struct tl_touchpoint_score *a, const struct tl_touchpoint_score *b)
{
	return a->verdict != b->verdict ? a->verdict > b->verdict : a->impact > b->impact;
}

static void put_next_step(struct tl_buf *out, struct tl_insight *const *insights, size_t count,
	const struct tl_report_options *options)
{
	const char *again = options->again ? options->again : "";
	const struct tl_insight *worst = NULL;

	for (size_t i = 0; i < count; i++)
		if (insights[i]->score->ranked &&
			(!worst || is_worse(insights[i]->score->ranking[0],
					   worst->score->ranking[0])))
			worst = insights[i];
	if (!worst)
		return;
	tl_buf_printf(out, "\nWhy, in words and numbers: touchline explain%s '%s#%s'\n"
			   "What customers said:       touchline evidence%s '%s#%s'\n",
		again, worst->journey->id, worst->score->ranking[0]->touchpoint->id, again,
		worst->journey->id, worst->score->ranking[0]->touchpoint->id);
}

/* ---- Markdown ---------------------------------------------------------------------------------- */

static void put_markdown(struct tl_buf *out, struct tl_arena *arena,
	const struct tl_insight *insight, const struct tl_report_options *options)
{
	const struct tl_touchpoint_score **order = report_order(arena, insight->score);

	tl_buf_puts(out, "## ");
	report_md(out, insight->journey->title);
	tl_buf_puts(out, "\n\n");
	put_records(out, insight);
	tl_buf_putc(out, '\n');
	if (!insight->bound)
		return;
	tl_buf_puts(out, "\n| rank | verdict | friction [95 %] | impact | touchpoint | mostly |\n"
			 "|---:|---|---|---:|---|---|\n");
	for (size_t i = 0; i < report_most(insight, options); i++) {
		const struct tl_touchpoint_score *touchpoint = order[i];

		if (touchpoint->rank)
			tl_buf_printf(out, "| %zu | ", touchpoint->rank);
		else
			tl_buf_puts(out, "| – | ");
		tl_buf_printf(out, touchpoint->verdict == TL_HOTSPOT ? "**%s** | " : "%s | ",
			report_verdict_names[touchpoint->verdict]);
		put_friction(out, touchpoint);
		if (isnan(touchpoint->impact))
			tl_buf_puts(out, " | – | ");
		else
			tl_buf_printf(out, " | %.1f | ", touchpoint->impact);
		report_md(out, touchpoint->touchpoint->title);
		tl_buf_puts(out, " | ");
		report_reason(out, touchpoint);
		tl_buf_puts(out, " |\n");
	}
}

void tl_report_hotspots(struct tl_buf *out, struct tl_insight *const *insights, size_t count,
	const struct tl_report_options *options)
{
	struct tl_arena arena;

	tl_arena_init(&arena);
	if (options->format == TL_TABLE_JSON)
		report_json_hotspots(out, insights, count);
	else if (options->format == TL_TABLE_CSV)
		report_csv_hotspots(out, insights, count, options);
	else
		for (size_t i = 0; i < count; i++) {
			tl_buf_puts(out, i ? "\n" : "");
			if (options->format == TL_TABLE_MD)
				put_markdown(out, &arena, insights[i], options);
			else
				put_text(out, &arena, insights[i], options);
		}
	if (options->format == TL_TABLE_TEXT)
		put_next_step(out, insights, count, options);
	tl_arena_release(&arena);
}
