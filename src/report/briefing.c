/* The briefing for a meeting. Text and Markdown differ in headings, bullets and what is escaped, and
 * in nothing else: both are made by the same calls. */
#include "report/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHANGES_SHOWN = 5, TERMS_SHOWN = 8, QUOTE_COLUMNS = 160 };

struct briefing {
	struct tl_buf *out;
	const struct tl_briefing *given;
	bool md;
	struct tl_arena arena;
};

/* ---- how it looks -------------------------------------------------------------------------------- */

static void put(struct briefing *b, const char *text)
{
	if (b->md)
		report_md(b->out, text);
	else
		tl_diag_put_safely(b->out, text);
}

static void head(struct briefing *b, const char *text)
{
	tl_buf_printf(b->out, b->md ? "\n## %s\n\n" : "\n%s\n", text);
}

static void bullet(struct briefing *b)
{
	tl_buf_puts(b->out, b->md ? "- " : "  - ");
}

static void quote(struct briefing *b, const struct tl_quote *quote)
{
	struct tl_buf line = {0};
	size_t end;

	if (!quote->text)
		return;
	report_column(&line, quote->text, QUOTE_COLUMNS);
	for (end = line.len; end && line.data[end - 1] == ' '; end--)
		;
	line.data[end] = '\0';
	tl_buf_puts(b->out, b->md ? "  > “" : "    “");
	put(b, line.data);
	tl_buf_puts(b->out, "”\n");
	tl_buf_release(&line);
}

static void place(
	struct briefing *b, const struct tl_insight *insight, const struct tl_touchpoint *touchpoint)
{
	tl_buf_puts(b->out, b->md ? "**" : "");
	put(b, touchpoint->title);
	tl_buf_puts(b->out, b->md ? "** (" : " (");
	put(b, insight->journey->title);
	tl_buf_puts(b->out, ")");
}

/* ---- what is worst --------------------------------------------------------------------------------- */

struct worst {
	const struct tl_insight *insight;
	const struct tl_touchpoint_score *score;
};

static int by_badness(const void *a, const void *b)
{
	const struct worst *p = a, *q = b;
	int order = (int)q->score->verdict - (int)p->score->verdict;

	if (order)
		return order;
	if (p->score->impact != q->score->impact)
		return p->score->impact < q->score->impact ? 1 : -1;
	order = strcmp(p->insight->journey->id, q->insight->journey->id);
	return order ? order : (int)p->score->rank - (int)q->score->rank;
}

static struct worst *find_worst(struct briefing *b, size_t *count)
{
	struct worst *list = NULL;
	size_t capacity = 0;

	*count = 0;
	for (size_t i = 0; i < b->given->count; i++) {
		const struct tl_journey_score *score = b->given->insights[i]->score;

		for (size_t k = 0; k < score->ranked; k++)
			if (score->ranking[k]->verdict >= TL_WATCH) {
				list = tl_arena_grow(&b->arena, list, *count, &capacity, sizeof *list);
				list[(*count)++] =
					(struct worst){b->given->insights[i], score->ranking[k]};
			}
	}
	if (*count)
		qsort(list, *count, sizeof *list, by_badness);
	return list;
}

static void put_worst(struct briefing *b)
{
	size_t count, shown;
	struct worst *list = find_worst(b, &count);

	head(b, "What is worst");
	shown = count < b->given->worst ? count : b->given->worst;
	for (size_t i = 0; i < shown; i++) {
		const struct tl_touchpoint_insight *here =
			&list[i].insight->touchpoints[list[i].score->touchpoint->index];

		bullet(b);
		tl_buf_printf(b->out, "%s, friction %.0f: ", report_verdict_names[list[i].score->verdict],
			list[i].score->friction);
		place(b, list[i].insight, list[i].score->touchpoint);
		tl_buf_puts(b->out, ". Mostly ");
		report_reason(b->out, list[i].score);
		tl_buf_puts(b->out, ".\n");
		if (here->quote_count)
			quote(b, &here->quotes[0]);
	}
	if (!count)
		tl_buf_puts(b->out, "Nothing that the records show is worse than promised.\n");
	else if (count > shown)
		tl_buf_printf(b->out, "%s%zu more are hotspots or watched: touchline hotspots\n",
			b->md ? "\n" : "  ", count - shown);
}

/* ---- what changed ------------------------------------------------------------------------------------ */

static void put_changes(struct briefing *b)
{
	size_t count, shown = 0;
	struct report_row *rows;

	if (!b->given->compared)
		return;
	rows = report_rows(&b->arena, &count, b->given->compared, b->given->count);
	head(b, "What got better or worse");
	report_days(b->out, b->given->after);
	tl_buf_puts(b->out, ", against ");
	report_days(b->out, b->given->before);
	tl_buf_puts(b->out, b->md ? ":\n\n" : ":\n");
	for (size_t i = 0, of[3] = {0}; i < count; i++) {
		if (rows[i].change->verdict == TL_CHANGE_NO_EVIDENCE ||
			of[rows[i].change->verdict]++ == CHANGES_SHOWN)
			continue;
		bullet(b);
		place(b, &(struct tl_insight){.journey = rows[i].of->journey},
			rows[i].after->touchpoint);
		tl_buf_printf(b->out, ", %s: ",
			report_family_name(rows[i].family, rows[i].witness));
		report_change(b->out, rows[i].change);
		tl_buf_puts(b->out, ".\n");
		shown++;
	}
	if (!shown)
		tl_buf_puts(b->out, b->md ? "No evidence of change.\n" : "  No evidence of change.\n");
}

/* ---- pain points ------------------------------------------------------------------------------------ */

typedef bool pain_test(const struct tl_pain_insight *pain);

static bool has_no_owner(const struct tl_pain_insight *insight)
{
	return insight->unowned;
}
static bool is_overdue(const struct tl_pain_insight *insight)
{
	return insight->overdue;
}
static bool has_no_remedy(const struct tl_pain_insight *insight)
{
	return insight->unremedied;
}
static bool was_fixed(const struct tl_pain_insight *insight)
{
	return insight->change.n1 && insight->change.n2;
}

static void put_pain(struct briefing *b, const struct tl_insight *insight,
	const struct tl_touchpoint *touchpoint, const struct tl_pain_insight *pain)
{
	bullet(b);
	tl_buf_puts(b->out, "“");
	put(b, pain->pain->text);
	tl_buf_puts(b->out, "” at ");
	place(b, insight, touchpoint);
	if (pain->records)
		tl_buf_printf(b->out, ", %llu record%s", (unsigned long long)pain->records,
			pain->records == 1 ? "" : "s");
	if (was_fixed(pain)) {
		tl_buf_puts(b->out, "; ");
		tl_report_fixed(b->out, &insight->touchpoints[touchpoint->index], pain);
	}
	tl_buf_puts(b->out, ".\n");
}

static void put_pains(struct briefing *b, const char *title, pain_test *test)
{
	size_t shown = 0;

	for (size_t i = 0; i < b->given->count; i++) {
		const struct tl_insight *insight = b->given->insights[i];

		for (size_t t = 0; t < insight->journey->touchpoint_count; t++) {
			const struct tl_touchpoint *touchpoint = &insight->journey->touchpoints[t];

			for (size_t p = 0; p < touchpoint->pain_count; p++) {
				if (!test(&insight->touchpoints[t].pains[p]))
					continue;
				if (!shown++)
					head(b, title);
				put_pain(b, insight, touchpoint, &insight->touchpoints[t].pains[p]);
			}
		}
	}
}

/* ---- the rest ---------------------------------------------------------------------------------------- */

static void put_disagreements(struct briefing *b)
{
	bool first = true;

	for (size_t i = 0; i < b->given->count; i++) {
		const struct tl_insight *insight = b->given->insights[i];

		for (size_t t = 0; t < insight->journey->touchpoint_count; t++) {
			const struct tl_belief *belief = &insight->touchpoints[t].belief;

			if (!belief->disagree)
				continue;
			if (first)
				head(b, "Where departments disagree");
			first = false;
			bullet(b);
			place(b, insight, &insight->journey->touchpoints[t]);
			tl_buf_puts(b->out, ": ");
			for (size_t d = 0; d < belief->department_count; d++) {
				if (isnan(belief->departments[d].median))
					continue;
				put(b, belief->departments[d].department);
				tl_buf_putc(b->out, ' ');
				report_signed(b->out, belief->departments[d].median, 1);
				tl_buf_puts(b->out, "; ");
			}
			tl_buf_puts(b->out, "medians of their votes, −2 to +2.\n");
		}
	}
}

static void put_unheard(struct briefing *b)
{
	const struct tl_insight *any = b->given->count ? b->given->insights[0] : NULL;
	size_t shown = b->given->term_count < TERMS_SHOWN ? b->given->term_count : TERMS_SHOWN;

	if (!any || !any->all_unbound)
		return;
	head(b, "What customers talk about and the maps do not know");
	tl_buf_printf(b->out, "%llu of %llu records are bound to no touchpoint%s",
		(unsigned long long)any->all_unbound, (unsigned long long)any->all_records,
		shown ? "; in them recur " : ".\n");
	for (size_t i = 0; i < shown; i++) {
		const struct tl_term *term = &b->given->terms[i];

		tl_buf_puts(b->out, i ? ", “" : "“");
		put(b, term->text);
		if (term->value) {
			tl_buf_puts(b->out, " = ");
			put(b, term->value);
		}
		tl_buf_printf(b->out, "” (%zu)", term->records);
	}
	tl_buf_puts(b->out, shown ? ".\n" : "");
	tl_buf_puts(b->out, "Ready rules for them: touchline unbound --suggest\n");
}

static void put_opening(struct briefing *b)
{
	size_t verdicts[TL_HOTSPOT + 1] = {0};
	uint64_t bound = 0;

	for (size_t i = 0; i < b->given->count; i++) {
		bound += b->given->insights[i]->bound;
		for (int v = 0; v <= TL_HOTSPOT; v++)
			verdicts[v] += b->given->insights[i]->score->verdicts[v];
	}
	tl_buf_puts(b->out, b->md ? "# Customer journeys: where it hurts\n\n" :
				    "Customer journeys: where it hurts\n");
	tl_buf_printf(b->out,
		"%zu journey%s, %llu bound records. Touchpoints: %zu hotspots, %zu to watch, %zu ok, "
		"%zu without evidence.\n",
		b->given->count, b->given->count == 1 ? "" : "s", (unsigned long long)bound,
		verdicts[TL_HOTSPOT], verdicts[TL_WATCH], verdicts[TL_VERDICT_OK],
		verdicts[TL_NO_EVIDENCE]);
}

void tl_report_briefing(
	struct tl_buf *out, const struct tl_briefing *given, const struct tl_report_options *options)
{
	struct briefing b = {.out = out, .given = given, .md = options->format == TL_TABLE_MD};

	tl_arena_init(&b.arena);
	put_opening(&b);
	put_worst(&b);
	put_changes(&b);
	put_pains(&b, "Did it help: pain points that were fixed", was_fixed);
	put_pains(&b, "Overdue", is_overdue);
	put_pains(&b, "Without an owner", has_no_owner);
	put_pains(&b, "Without a remedy that fits the cause", has_no_remedy);
	put_disagreements(&b);
	put_unheard(&b);
	tl_arena_release(&b.arena);
}
