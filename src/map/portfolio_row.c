/* portfolio_row: a journey: at the left what it is, how it fares and where it is worst, with links to
 * its map; then its stages. Long journeys go on in further bands of the same row, so that no stage is
 * too narrow to be read. */
#include <math.h>
#include "map/portfolio.h"
#include "map/tell.h"

enum { MOST_IN_BAND = 12, ROW_GAP = 10, TITLE = 12, LEAST_H = 62 };

struct row {
	const struct portfolio_entry *entry;
	struct portfolio_cell *cells;
	size_t per_band, bands;
	double band_h, h;
	struct tl_lines title, facts, worst;
	const struct tl_touchpoint *at; /* the worst touchpoint, or NULL */
};

/* ---- what it says --------------------------------------------------------------------------- */

/* "−1.2", or from the lowest to the highest where personas differ; NULL where nothing is known. */
static const char *peak_end(struct tl_canvas *canvas, const struct tl_insight *insight)
{
	struct tl_interval span = {NAN, NAN};
	for (size_t i = 0; insight && i < insight->score->persona_count; i++) {
		double value = insight->score->personas[i].peak_end;
		span.low = fmin(span.low, value); /* they pass NAN over */
		span.high = fmax(span.high, value);
	}
	if (isnan(span.low))
		return NULL;
	const char *low = tl_feedback_figure(canvas, span.low, true);
	return span.high - span.low < 0.05 ? low : tl_feedback_range(canvas, span, true);
}

static const char *facts_of(struct tl_canvas *canvas, const struct portfolio_entry *entry)
{
	const struct tl_insight *insight = entry->insight;
	const char *memory = peak_end(canvas, insight);
	const char *const parts[] = {
		tl_word_at(canvas->language, TL_SAY_STATE_AS_IS, entry->journey->state),
		insight ? tl_feedback_many(canvas, insight->bound, TL_SAY_FEEDBACK_1)
			: tl_canvas_word(canvas, TL_SAY_PORTFOLIO_NO_FEEDBACK),
		memory ? tl_canvas_say(canvas, TL_SAY_PORTFOLIO_PEAK_END, memory) : NULL};
	return tl_canvas_join(canvas, TL_DOT, parts, TL_COUNT(parts));
}

static const struct tl_touchpoint *worst_assumed(const struct portfolio_entry *entry)
{
	const struct tl_touchpoint *worst = NULL;
	double most = 0;
	for (size_t i = 0; i < entry->journey->touchpoint_count; i++)
		if (entry->assumed[i].friction > most) {
			most = entry->assumed[i].friction;
			worst = &entry->journey->touchpoints[i];
		}
	return worst;
}

/* "Worst: Engineer visit · 87.9 · hotspot" */
static const char *worst_of(struct tl_canvas *canvas, struct row *row)
{
	const struct portfolio_entry *entry = row->entry;
	const struct tl_insight *insight = entry->insight;
	const char *parts[3] = {NULL};
	if (insight && insight->score->ranked) {
		const struct tl_touchpoint_score *score = insight->score->ranking[0];
		row->at = score->touchpoint;
		parts[1] = tl_feedback_figure(canvas, score->friction, false);
		parts[2] = tl_feedback_verdict(canvas, score->verdict);
	} else if ((row->at = worst_assumed(entry))) {
		double friction = entry->assumed[row->at->index].friction;
		parts[1] = tl_canvas_say(canvas, TL_SAY_PORTFOLIO_ASSUMED,
			tl_say_number(canvas->arena, canvas->language, friction, 0, false));
	}
	if (!row->at)
		return NULL;
	parts[0] = tl_canvas_say(canvas, TL_SAY_PORTFOLIO_WORST, row->at->title);
	return tl_canvas_join(canvas, TL_DOT, parts, TL_COUNT(parts));
}

static const char *tell_journey(struct tl_canvas *canvas, const struct portfolio_entry *entry)
{
	const struct tl_journey *journey = entry->journey;
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_PORTFOLIO_JOURNEY, journey->title,
			tl_feedback_count(canvas, journey->stage_count),
			tl_feedback_count(canvas, journey->touchpoint_count)),
		tl_canvas_say(canvas, TL_SAY_TIP_STATE,
			tl_word_at(canvas->language, TL_SAY_STATE_AS_IS, journey->state)),
		journey->summaries.count
			? tl_canvas_sentence(canvas, journey->summaries.list[0].text)
			: NULL);
}

static const char *tell_worst(struct tl_canvas *canvas, const struct row *row)
{
	const struct tl_insight *insight = row->entry->insight;
	if (insight && insight->score->ranked)
		return tl_feedback_tell_friction(canvas, &insight->touchpoints[row->at->index]);
	return tl_tell_friction(canvas, row->at, &row->entry->assumed[row->at->index]);
}

static const char *tell_facts(struct tl_canvas *canvas, const struct portfolio_entry *entry)
{
	return entry->insight ? tl_feedback_describe(canvas)
			      : tl_canvas_word(canvas, TL_SAY_DESCRIPTION_PORTFOLIO_UNKNOWN);
}

/* ---- measuring ------------------------------------------------------------------------------ */

static void measure_label(struct portfolio *portfolio, struct row *row)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	const struct tl_palette *palette = portfolio->palette;
	const struct portfolio_entry *entry = row->entry;
	tl_lines_wrap(canvas, &row->title, entry->journey->title,
		(struct tl_style){TITLE, TL_BOLD, palette->ink}, PORTFOLIO_LABEL_W, 2);
	tl_lines_wrap(canvas, &row->facts, facts_of(canvas, entry), portfolio_text(palette->soft),
		PORTFOLIO_LABEL_W, 2);
	tl_lines_wrap(canvas, &row->worst, worst_of(canvas, row), portfolio_text(palette->ink),
		PORTFOLIO_LABEL_W, 2);
}

static struct row measure(struct portfolio *portfolio, const struct portfolio_entry *entry)
{
	struct row row = {.entry = entry};
	const struct tl_journey *journey = entry->journey;
	size_t n = journey->stage_count;
	row.bands = (n + MOST_IN_BAND - 1) / MOST_IN_BAND;
	row.per_band = (n + row.bands - 1) / row.bands;
	row.cells = tl_arena_array(portfolio->arena, struct portfolio_cell, n);
	row.band_h = LEAST_H;
	double room = PORTFOLIO_RIGHT - PORTFOLIO_LEFT + PORTFOLIO_GAP;
	double w = floor(room / (double)row.per_band) - PORTFOLIO_GAP;
	for (size_t i = 0; i < n; i++) {
		row.cells[i] = portfolio_cell_measure(portfolio, entry, &journey->stages[i], w);
		row.band_h = fmax(row.band_h, row.cells[i].h);
	}
	measure_label(portfolio, &row);
	double label = row.title.height + row.facts.height + row.worst.height;
	row.h = (double)row.bands * (row.band_h + PORTFOLIO_GAP) - PORTFOLIO_GAP;
	if (label > row.h) {
		row.band_h = ceil((label + PORTFOLIO_GAP) / (double)row.bands) - PORTFOLIO_GAP;
		row.h = (double)row.bands * (row.band_h + PORTFOLIO_GAP) - PORTFOLIO_GAP;
	}
	return row;
}

/* ---- drawing -------------------------------------------------------------------------------- */

static void put_label(struct portfolio *portfolio, const struct row *row)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	const struct tl_journey *journey = row->entry->journey;
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s", journey->id),
		.role = "journey",
		.tooltip = tell_journey(canvas, row->entry),
		.href = tl_canvas_link(canvas, journey->id, portfolio->suffix),
		.x = PORTFOLIO_MARGIN,
		.y = portfolio->y,
		.w = PORTFOLIO_LABEL_W,
		.h = row->title.height};
	tl_canvas_box(canvas, box, &row->title, tl_order_front(0));
	box.y += box.h;
	box.h = row->facts.height;
	box.id = tl_canvas_id(canvas, "%s.facts", journey->id);
	box.role = "facts";
	box.tooltip = tell_facts(canvas, row->entry);
	box.href = NULL;
	tl_canvas_box(canvas, box, &row->facts, tl_order_front(0));
	if (!row->at)
		return;
	box.y += box.h;
	box.h = row->worst.height;
	box.id = tl_canvas_id(canvas, "%s.worst", journey->id);
	box.role = "worst";
	box.tooltip = tell_worst(canvas, row);
	box.href = tl_canvas_link(canvas, journey->id, portfolio->suffix);
	box.touchpoint = row->at;
	tl_canvas_box(canvas, box, &row->worst, tl_order_front(0));
}

static void put_row(struct portfolio *portfolio, const struct row *row)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	tl_mark_segment(canvas, tl_pen_stroke(portfolio->palette->hair, 1, TL_SOLID),
		PORTFOLIO_MARGIN, portfolio->y - ROW_GAP / 2.0, PORTFOLIO_RIGHT,
		portfolio->y - ROW_GAP / 2.0);
	put_label(portfolio, row);
	for (size_t i = 0; i < row->entry->journey->stage_count; i++) {
		const struct portfolio_cell *cell = &row->cells[i];
		size_t band = i / row->per_band, place = i % row->per_band;
		portfolio_cell_draw(portfolio, row->entry, cell,
			PORTFOLIO_LEFT + (double)place * (cell->w + PORTFOLIO_GAP),
			portfolio->y + (double)band * (row->band_h + PORTFOLIO_GAP), row->band_h);
	}
	portfolio->y += row->h;
}

void portfolio_rows(struct portfolio *portfolio)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	const char *title = tl_canvas_word(canvas, TL_SAY_PORTFOLIO_STAGES);
	const char *below = tl_canvas_word(canvas,
		portfolio_known(portfolio) ? TL_SAY_PORTFOLIO_STAGES_BELOW : TL_SAY_SUB_FRICTION);
	for (size_t i = 0; i < portfolio->count; i++) {
		const struct portfolio_entry *entry = &portfolio->entries[i];
		canvas->insight = entry->insight; /* whose ranks and episodes are spoken of */
		struct row row = measure(portfolio, entry);
		double heading = i ? 0 : portfolio_heading_height();
		if (portfolio_make_room(portfolio, heading + ROW_GAP + row.h) || i == 0)
			portfolio_heading(portfolio, title, below);
		canvas->insight = entry->insight;
		portfolio->y += ROW_GAP;
		put_row(portfolio, &row);
	}
	canvas->insight = NULL;
}
