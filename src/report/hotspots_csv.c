/* The ranked table for spreadsheets: a row for each touchpoint, ranked ones first. */
#include "report/table.h"

#include <math.h>

static void put_number(struct tl_buf *out, double value, int decimals)
{
	tl_buf_putc(out, ',');
	if (isfinite(value))
		tl_buf_number(out, value, decimals);
}

static void put_text(struct tl_buf *out, const char *text)
{
	tl_buf_putc(out, ',');
	tl_buf_csv(out, text);
}

static void put_family(struct tl_buf *out, const struct tl_family_score *family)
{
	if (family->witness < 0) {
		tl_buf_puts(out, ",,,,,");
		return;
	}
	put_text(out, tl_witnesses.words[family->witness]);
	tl_buf_printf(out, ",%llu,%llu", (unsigned long long)family->x,
		(unsigned long long)family->n);
	put_number(out, family->scored ? family->score : NAN, 4);
	tl_buf_putc(out, ',');
	if (family->scored)
		tl_buf_printf(out, "%.4g", family->q);
}

static void put_row(struct tl_buf *out, const struct tl_insight *insight,
	const struct tl_touchpoint_score *score)
{
	tl_buf_csv(out, insight->journey->id);
	put_text(out, score->touchpoint->stage->id);
	put_text(out, score->touchpoint->id);
	put_text(out, score->touchpoint->title);
	put_number(out, score->rank ? (double)score->rank : NAN, 0);
	put_text(out, tl_verdicts.words[score->verdict]);
	put_number(out, score->friction, 4);
	put_number(out, score->interval.low, 4);
	put_number(out, score->interval.high, 4);
	put_number(out, score->impact, 4);
	put_number(out, score->reach, 6);
	put_number(out, score->touchpoint->importance, 0);
	put_number(out, score->assumed.friction, 4);
	put_number(out, (double)score->counts->episodes, 0);
	put_number(out, (double)score->counts->records, 0);
	for (int family = 0; family < TL_FAMILIES; family++)
		put_family(out, &score->families[family]);
	tl_buf_puts(out, "\r\n");
}

void report_csv_hotspots(struct tl_buf *out, struct tl_insight *const *insights, size_t count,
	const struct tl_report_options *options)
{
	struct tl_arena arena;

	tl_arena_init(&arena);
	tl_buf_puts(out, "journey,stage,touchpoint,title,rank,verdict,friction,low,high,impact,reach,"
			 "importance,assumed,episodes,records");
	for (int family = 0; family < TL_FAMILIES; family++)
		for (size_t i = 0; i < 5; i++) {
			static const char *const parts[] = {"instrument", "x", "n", "score", "q"};

			tl_buf_printf(out, ",%s_%s", tl_families.words[family], parts[i]);
		}
	tl_buf_puts(out, "\r\n");
	for (size_t i = 0; i < count; i++) {
		const struct tl_touchpoint_score **order =
			report_order(&arena, insights[i]->score);

		for (size_t k = 0; k < report_most(insights[i], options); k++)
			put_row(out, insights[i], order[k]);
	}
	tl_arena_release(&arena);
}
