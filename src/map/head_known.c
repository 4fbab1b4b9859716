/* head_known: the figures of feedback below the title: which part of it is looked at, how many
 * hotspots, how many records and how old, the field's measures, and what people will remember.
 * A figure that nobody measured is not there.
 */
#include <math.h>
#include "map/sheet.h"

enum { PAD_X = 12, PAD_Y = 8, GAP = 10, DETAILS = TL_FILTER_PARTS, FIXED_TILES = 8, MAX_W = 260 };

struct tile {
	const char *id, *value, *label, *details[DETAILS];
	bool filter; /* not a figure: what part of the feedback is looked at */
	struct tl_lines lines;
	double w, h;
};

struct tiles {
	struct sheet *sheet;
	struct tile *list;
	size_t count;
};

static struct tile *add(struct tiles *tiles, const char *id, const char *value, const char *label)
{
	struct tile *tile = &tiles->list[tiles->count++];
	*tile = (struct tile){.id = id, .value = value, .label = label};
	return tile;
}

/* ---- which figures ---------------------------------------------------------------------------- */

static void add_filter(struct tiles *tiles)
{
	struct tl_canvas *canvas = &tiles->sheet->canvas;
	if (tl_filter_is_none(&canvas->insight->options.filter))
		return;
	struct tile *tile =
		add(tiles, "filter", NULL, tl_canvas_word(canvas, TL_SAY_FIGURE_FILTER));
	tile->filter = true;
	tl_feedback_filter(canvas, tile->details);
}

static void add_records(struct tiles *tiles)
{
	struct tl_canvas *canvas = &tiles->sheet->canvas;
	const struct tl_insight *insight = canvas->insight;
	const size_t *verdicts = insight->score->verdicts;
	struct tile *tile = add(tiles, "hotspots", tl_feedback_count(canvas, verdicts[TL_HOTSPOT]),
		tl_canvas_word(canvas, verdicts[TL_HOTSPOT] == 1 ? TL_SAY_FIGURE_HOTSPOT
								 : TL_SAY_FIGURE_HOTSPOTS));
	tile->details[0] = tl_canvas_say(canvas, TL_SAY_FIGURE_NO_EVIDENCE,
		tl_feedback_count(canvas, verdicts[TL_WATCH]),
		tl_feedback_count(canvas, verdicts[TL_NO_EVIDENCE]));
	tile = add(tiles, "records", tl_feedback_count(canvas, insight->bound),
		tl_canvas_word(canvas, TL_SAY_FIGURE_RECORDS));
	tile->details[0] = insight->newest == TL_NO_TIME
		? NULL
		: tl_canvas_say(canvas, TL_SAY_FIGURE_NEWEST,
			  tl_feedback_day(canvas, insight->newest));
	tile->details[1] = tl_canvas_say(canvas, TL_SAY_FIGURE_UNBOUND,
		tl_feedback_count(canvas, insight->all_unbound),
		tl_feedback_count(canvas, insight->all_records));
}

static const char *episodes(struct tl_canvas *canvas, uint64_t n)
{
	return tl_canvas_say(canvas, TL_SAY_EPISODES, tl_feedback_count(canvas, n));
}

static const char *with_range(struct tl_canvas *canvas, const char *range, uint64_t n)
{
	const char *const parts[] = {range, episodes(canvas, n)};
	return tl_canvas_join(canvas, TL_DOT, parts, TL_COUNT(parts));
}

static void add_answers(struct tiles *tiles)
{
	struct tl_canvas *canvas = &tiles->sheet->canvas;
	const struct tl_journey_score *score = canvas->insight->score;
	if (score->csat.n)
		add(tiles, "csat", tl_feedback_figure(canvas, score->csat.mean, false),
			tl_canvas_word(canvas, TL_SAY_FIGURE_CSAT))->details[0] =
			episodes(canvas, score->csat.n);
	if (score->nps_n)
		add(tiles, "nps", tl_feedback_figure(canvas, score->nps.value, true),
			tl_canvas_word(canvas, TL_SAY_FIGURE_NPS))->details[0] =
			with_range(canvas, tl_feedback_range(canvas, score->nps.interval, true),
				score->nps_n);
	if (score->ces.n)
		add(tiles, "ces", tl_feedback_figure(canvas, score->ces.mean, false),
			tl_canvas_word(canvas, TL_SAY_FIGURE_CES))->details[0] =
			episodes(canvas, score->ces.n);
}

static void add_support(struct tiles *tiles)
{
	struct tl_canvas *canvas = &tiles->sheet->canvas;
	const struct tl_journey_score *score = canvas->insight->score;
	const struct tl_duration *resolution = &canvas->insight->resolution;
	double solved = (double)score->solved, contacted = (double)score->contacted;
	if (score->contacted)
		add(tiles, "first-contact", tl_feedback_rate(canvas, solved / contacted),
			tl_canvas_word(canvas, TL_SAY_FIGURE_FIRST_CONTACT))->details[0] =
			with_range(canvas,
				tl_feedback_rates(canvas, tl_score_wilson(solved, contacted)),
				score->contacted);
	if (resolution->n && !isnan(resolution->median)) {
		struct tile *tile = add(tiles, "resolution",
			tl_feedback_span(canvas, resolution->median),
			tl_canvas_word(canvas, TL_SAY_FIGURE_RESOLUTION));
		tile->details[0] = with_range(canvas,
			tl_canvas_say(canvas, TL_SAY_FIGURE_P90,
				tl_feedback_span(canvas, resolution->p90)),
			resolution->n);
	}
}

static void add_memory(struct tiles *tiles)
{
	struct tl_canvas *canvas = &tiles->sheet->canvas;
	const struct tl_journey_score *score = canvas->insight->score;
	for (size_t i = 0; i < score->persona_count; i++) {
		const struct tl_persona_score *memory = &score->personas[i];
		const char *name = memory->persona
			? sheet_short_name(tiles->sheet, memory->persona->name)
			: tl_canvas_word(canvas, TL_SAY_EVERYBODY);
		if (isnan(memory->peak_end))
			continue;
		struct tile *tile = add(tiles,
			tl_arena_printf(canvas->arena, "memory.%s",
				memory->persona ? memory->persona->id : "-"),
			tl_feedback_figure(canvas, memory->peak_end, true),
			tl_canvas_word(canvas, TL_SAY_FIGURE_PEAK_END));
		const char *const details[] = {name,
			tl_canvas_say(canvas, TL_SAY_FIGURE_MEAN,
				tl_feedback_figure(canvas, memory->mean, true))};
		tile->details[0] = tl_canvas_join(canvas, TL_DOT, details, TL_COUNT(details));
	}
}

/* ---- drawing ---------------------------------------------------------------------------------- */

static void wrap(struct sheet *sheet, struct tile *tile, double widest)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_palette *palette = sheet->palette;
	double room = fmin(MAX_W, widest) - 2 * PAD_X;
	struct tl_style value = {16, TL_BOLD, palette->card.ink};
	tl_lines_wrap(canvas, &tile->lines, tile->value, value, room, 1);
	tl_lines_wrap(canvas, &tile->lines, tile->label,
		(struct tl_style){9, TL_BOLD, palette->card.ink}, room, 2);
	for (size_t i = 0; i < DETAILS; i++)
		tl_lines_wrap(canvas, &tile->lines, tile->details[i],
			sheet_small(palette->card.soft), room, 3);
	tile->w = ceil(tile->lines.width * 1.03) + 2 * PAD_X + 2;
	tile->h = tile->lines.height + 2 * PAD_Y;
}

/* "CSAT of 5: 3.5; n 412." */
static const char *tell(struct tl_canvas *canvas, const struct tile *tile)
{
	const char *const head[] = {tile->label, tile->value};
	const char *const parts[] = {tl_canvas_join(canvas, ": ", head, TL_COUNT(head)),
		tile->details[0], tile->details[1], tile->details[2], tile->details[3]};
	return tl_canvas_sentence(canvas, tl_canvas_join(canvas, "; ", parts, TL_COUNT(parts)));
}

static void draw(
	struct sheet *sheet, const struct tile *tile, double x, double y, double h, unsigned rank)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_paint *paint = &sheet->palette->card;
	struct tl_pen pen = tl_pen_both(paint->fill, paint->stroke, 0.9);
	if (tile->filter)
		pen = (struct tl_pen){sheet->palette->state.fill, sheet->palette->state.stroke, 1.2,
			TL_DASHED};
	tl_mark_round(canvas, pen, x, y, tile->w, h, 8);
	struct tl_box box = {.id = tl_canvas_id(canvas, "figure.%s", tile->id),
		.role = tile->filter ? "filter" : "figure",
		.tooltip = tell(canvas, tile),
		.x = x + PAD_X,
		.y = y + PAD_Y,
		.w = tile->w - 2 * PAD_X,
		.h = h - 2 * PAD_Y};
	tl_canvas_box(canvas, box, &tile->lines, tl_order_front(500 + rank));
}

double sheet_figures(struct sheet *sheet, double y)
{
	const struct tl_insight *insight = sheet->canvas.insight;
	size_t most = FIXED_TILES + insight->score->persona_count;
	struct tiles tiles = {sheet, tl_arena_array(sheet->arena, struct tile, most), 0};
	double right = sheet->width - SHEET_MARGIN, x = SHEET_MARGIN, h = 0;
	add_filter(&tiles);
	add_records(&tiles);
	add_answers(&tiles);
	add_support(&tiles);
	add_memory(&tiles);
	for (size_t i = 0; i < tiles.count; i++) {
		wrap(sheet, &tiles.list[i], right - SHEET_MARGIN);
		h = fmax(h, tiles.list[i].h);
	}
	for (size_t i = 0; i < tiles.count; i++) {
		const struct tile *tile = &tiles.list[i];
		if (x > SHEET_MARGIN && x + tile->w > right) {
			x = SHEET_MARGIN;
			y += h + GAP;
		}
		draw(sheet, tile, x, y, h, (unsigned)i);
		x += tile->w + GAP;
	}
	return y + h;
}
