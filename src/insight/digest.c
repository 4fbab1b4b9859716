/* digest: of all that an insight says beside the journey itself. What follows from it alone, as scores
 * do, is not in it. */
#include "insight/insight.h"

#include <string.h>

static void put_text(struct tl_buf *buf, const char *text)
{
	tl_buf_puts(buf, text ? text : "");
	tl_buf_putc(buf, text ? '\0' : '\1');
}

static void put_number(struct tl_buf *buf, int64_t number)
{
	tl_buf_put(buf, &number, sizeof number);
}

static void put_numbers(struct tl_buf *buf, const uint64_t *numbers, size_t count)
{
	if (count)
		tl_buf_put(buf, numbers, count * sizeof *numbers);
}

static void put_double(struct tl_buf *buf, double number)
{
	tl_buf_put(buf, &number, sizeof number);
}

static void put_by(struct tl_buf *buf, const struct tl_count *by)
{
	for (int w = 0; w < TL_WITNESSES; w++) {
		put_number(buf, (int64_t)by[w].x);
		put_number(buf, (int64_t)by[w].n);
		put_double(buf, by[w].sum);
		put_double(buf, by[w].squares);
	}
}

static void put_counts(struct tl_buf *buf, const struct tl_counts *counts,
	const struct tl_touchpoint *touchpoint, size_t personas)
{
	const uint64_t numbers[] = {counts->promoters, counts->passives, counts->solved,
		counts->contacted, counts->episodes, counts->records};

	put_by(buf, counts->by);
	put_numbers(buf, numbers, TL_COUNT(numbers));
	put_numbers(buf, counts->broken, touchpoint->expectation_count);
	for (size_t i = 0; i < personas; i++)
		put_by(buf, counts->personas[i]);
}

static void put_quote(struct tl_buf *buf, const struct tl_quote *quote)
{
	put_text(buf, quote->text);
	put_text(buf, quote->source);
	put_text(buf, quote->channel);
	put_text(buf, quote->external_id);
	put_number(buf, quote->created);
}

static void put_pain(struct tl_buf *buf, const struct tl_pain_insight *pain)
{
	const struct tl_change *change = &pain->change;
	const uint64_t numbers[] = {pain->records, pain->episodes, pain->overdue, pain->unowned,
		pain->unremedied, change->x1, change->n1, change->x2, change->n2};

	put_numbers(buf, numbers, TL_COUNT(numbers));
	put_quote(buf, &pain->quote);
	put_number(buf, pain->fixed);
	put_number(buf, (int64_t)pain->action_count);
	for (size_t i = 0; i < pain->action_count; i++) {
		put_text(buf, pain->actions[i].owner);
		put_text(buf, pain->actions[i].text);
		put_number(buf, pain->actions[i].created);
		put_number(buf, pain->actions[i].due);
		put_number(buf, pain->actions[i].done);
	}
}

static void put_view(struct tl_buf *buf, const struct tl_view_of *view)
{
	put_text(buf, view->department);
	put_number(buf, (int64_t)view->notes);
	put_number(buf, (int64_t)view->votes);
	put_number(buf, view->points);
	put_double(buf, view->median);
	put_double(buf, view->low);
	put_double(buf, view->high);
}

static void put_trend(struct tl_buf *buf, const struct tl_trend *trend)
{
	put_number(buf, trend->family);
	put_number(buf, trend->kind);
	put_number(buf, (int64_t)trend->count);
	for (size_t i = 0; i < trend->count; i++) {
		put_number(buf, trend->starts[i]);
		put_number(buf, (int64_t)trend->periods[i].x);
		put_number(buf, (int64_t)trend->periods[i].n);
	}
}

static void put_touchpoint(struct tl_buf *buf, const struct tl_insight *insight, size_t t)
{
	const struct tl_touchpoint_insight *in = &insight->touchpoints[t];
	const struct tl_touchpoint *touchpoint = &insight->journey->touchpoints[t];

	put_counts(buf, in->score->counts, touchpoint, insight->journey->persona_count);
	for (size_t i = 0; i < touchpoint->pain_count; i++)
		put_pain(buf, &in->pains[i]);
	put_numbers(buf, in->kinds, TL_FRICTION_KINDS);
	put_trend(buf, &in->trend);
	put_view(buf, &in->belief.all);
	put_number(buf, (int64_t)in->belief.department_count);
	for (size_t i = 0; i < in->belief.department_count; i++)
		put_view(buf, &in->belief.departments[i]);
	for (size_t i = 0; i < touchpoint->next_count; i++) {
		put_number(buf, (int64_t)in->passages[i].n);
		put_number(buf, (int64_t)in->passages[i].of);
	}
	put_number(buf, (int64_t)in->quote_count);
	for (size_t i = 0; i < in->quote_count; i++)
		put_quote(buf, &in->quotes[i]);
	put_number(buf, in->newest);
}

static void put_duration(struct tl_buf *buf, const struct tl_duration *duration)
{
	put_number(buf, (int64_t)duration->n);
	put_double(buf, duration->median);
	put_double(buf, duration->p90);
}

static void put_choice(struct tl_buf *buf, const struct tl_choice *choice)
{
	put_number(buf, (int64_t)choice->count);
	for (size_t i = 0; i < choice->count; i++)
		put_text(buf, choice->list[i]);
}

static void put_options(struct tl_buf *buf, const struct tl_insight_options *options)
{
	put_number(buf, options->filter.since);
	put_number(buf, options->filter.until);
	put_choice(buf, &options->filter.sources);
	put_choice(buf, &options->filter.channels);
	put_choice(buf, &options->filter.segments);
	put_number(buf, options->words);
}

void tl_insight_digest(struct tl_insight *insight)
{
	const struct tl_matrix *matrix = &insight->matrix;
	struct tl_buf buf = {0};

	put_options(&buf, &insight->options);
	for (size_t t = 0; t < insight->journey->touchpoint_count; t++)
		put_touchpoint(&buf, insight, t);
	put_number(&buf, (int64_t)insight->bound);
	put_number(&buf, (int64_t)insight->all_records);
	put_number(&buf, (int64_t)insight->all_unbound);
	put_number(&buf, insight->oldest);
	put_number(&buf, insight->newest);
	put_duration(&buf, &insight->reply);
	put_duration(&buf, &insight->resolution);
	for (size_t i = 0; i < matrix->channel_count; i++) {
		put_text(&buf, matrix->channels[i]);
		put_numbers(&buf, matrix->cells[i], TL_FRICTION_KINDS);
		put_number(&buf, (int64_t)matrix->totals[i]);
	}
	tl_digest(insight->digest, buf.data, buf.len);
	tl_buf_release(&buf);
}
