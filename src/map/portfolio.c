/* portfolio: see portfolio.h. Which journeys come first, the title, and pages. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "map/portfolio.h"
#include "map/views.h"

enum { TITLE = 22, HEADING = 14, LINE_GAP = 6, HEADING_GAP = 18, LEGEND_GAP = 14 };

struct tl_style portfolio_text(tl_color color)
{
	return (struct tl_style){10, 0, color};
}

struct tl_style portfolio_strong(tl_color color)
{
	return (struct tl_style){10, TL_BOLD, color};
}

/* ---- which journeys, in what order, in what language ------------------------------------------- */

static const struct tl_touchpoint_score *worst_of(const struct portfolio_entry *entry)
{
	const struct tl_insight *insight = entry->insight;
	return insight && insight->score->ranked ? insight->score->ranking[0] : NULL;
}

/* By the verdict of the worst touchpoint, then its impact; what is not known comes last, as given. */
static int by_worst(const void *a, const void *b, void *given)
{
	const struct portfolio_entry *p = a, *q = b;
	const struct tl_touchpoint_score *x = worst_of(p), *y = worst_of(q);
	const struct tl_journey *const *order = given;
	if (!x != !y)
		return x ? -1 : 1;
	if (x && x->verdict != y->verdict)
		return x->verdict > y->verdict ? -1 : 1;
	if (x && x->impact != y->impact)
		return x->impact > y->impact ? -1 : 1;
	while (*order != p->journey && *order != q->journey)
		order++;
	return *order == p->journey ? -1 : 1;
}

/* That of more than half of the journeys. */
static const char *tongue_of(const struct tl_journey *const *journeys, size_t n)
{
	static const char *const tags[TL_LANGUAGES] = {
		[TL_EN] = "en", [TL_DE] = "de", [TL_FR] = "fr", [TL_ES] = "es"};
	size_t counts[TL_LANGUAGES] = {0};
	for (size_t i = 0; i < n; i++)
		counts[tl_language_of(journeys[i]->lang)]++;
	for (size_t l = 0; l < TL_LANGUAGES; l++)
		if (counts[l] > n / 2)
			return tags[l];
	return tags[TL_EN];
}

/* ---- pages ---------------------------------------------------------------------------------- */

static void start_page(struct portfolio *portfolio)
{
	tl_canvas_init(&portfolio->canvas, portfolio->arena, &portfolio->tongue, NULL,
		portfolio->options->theme);
	portfolio->used = (struct portfolio_used){0};
	portfolio->y = PORTFOLIO_MARGIN;
	portfolio->limit = portfolio->options->endless
		? INFINITY
		: PORTFOLIO_H - PORTFOLIO_MARGIN - portfolio_legend_height(portfolio) - LEGEND_GAP;
}

static const char *title_of(struct portfolio *portfolio)
{
	return tl_feedback_many(&portfolio->canvas, portfolio->count, TL_SAY_PORTFOLIO_1);
}

static size_t count_verdict(const struct portfolio *portfolio, enum tl_verdict verdict)
{
	size_t sum = 0;
	for (size_t i = 0; i < portfolio->count; i++)
		if (portfolio->entries[i].insight)
			sum += portfolio->entries[i].insight->score->verdicts[verdict];
	return sum;
}

const struct tl_insight *portfolio_known(const struct portfolio *portfolio)
{
	for (size_t i = 0; i < portfolio->count; i++)
		if (portfolio->entries[i].insight)
			return portfolio->entries[i].insight;
	return NULL;
}

static const char *describe(struct portfolio *portfolio)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	const char *known = portfolio_known(portfolio)
		? tl_canvas_say(canvas, TL_SAY_DESCRIPTION_PORTFOLIO_KNOWN,
			  tl_feedback_count(canvas, count_verdict(portfolio, TL_HOTSPOT)),
			  tl_feedback_count(canvas, count_verdict(portfolio, TL_WATCH)),
			  tl_feedback_count(canvas, count_verdict(portfolio, TL_NO_EVIDENCE)))
		: tl_canvas_word(canvas, TL_SAY_DESCRIPTION_PORTFOLIO_UNKNOWN);
	return tl_canvas_sentences(
		canvas, tl_canvas_word(canvas, TL_SAY_DESCRIPTION_PORTFOLIO), known);
}

static void finish_page(struct portfolio *portfolio)
{
	struct tl_arena *arena = portfolio->arena;
	double h = portfolio_legend_used_height(portfolio);
	double top = portfolio->y + LEGEND_GAP;
	if (!portfolio->options->endless) /* unless a single row is higher than a page */
		top = fmax(top, PORTFOLIO_H - PORTFOLIO_MARGIN - h);
	size_t number = portfolio->scene_count + 1;
	portfolio_legend(portfolio, top);
	struct tl_scene scene = tl_canvas_finish(&portfolio->canvas);
	scene.view = TL_VIEW_PORTFOLIO;
	scene.id = number == 1 ? "portfolio" : tl_arena_printf(arena, "portfolio-%zu", number);
	scene.title = title_of(portfolio);
	scene.description = describe(portfolio);
	scene.bookmark = number == 1 ? scene.title
				     : tl_canvas_say(&portfolio->canvas, TL_SAY_CONTINUED, scene.title);
	scene.width = PORTFOLIO_W;
	scene.height = ceil(top + h + PORTFOLIO_MARGIN);
	scene.journey = NULL;
	scene.insight = NULL;
	portfolio->scenes = tl_arena_grow(arena, portfolio->scenes, portfolio->scene_count,
		&portfolio->scene_capacity, sizeof *portfolio->scenes);
	portfolio->scenes[portfolio->scene_count++] = scene;
}

bool portfolio_make_room(struct portfolio *portfolio, double height)
{
	if (portfolio->y + height <= portfolio->limit)
		return false;
	finish_page(portfolio);
	start_page(portfolio);
	return true;
}

/* ---- title and headings --------------------------------------------------------------------- */

/* A box for what is said, so that it can be asked and read out. */
static void put_lines(struct portfolio *portfolio, const char *id, const struct tl_lines *lines,
	const char *tooltip)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s", id),
		.role = id,
		.tooltip = tooltip,
		.x = PORTFOLIO_MARGIN,
		.y = portfolio->y,
		.w = PORTFOLIO_RIGHT - PORTFOLIO_MARGIN,
		.h = lines->height};
	tl_canvas_box(canvas, box, lines, tl_order_front(0));
	portfolio->y += lines->height;
}

/* "5 hotspots · 12 to watch, 4 without evidence · 4 200 records" and what part of them it is */
static const char *sum_up(struct portfolio *portfolio)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	const char *filter[TL_FILTER_PARTS] = {NULL};
	size_t hotspots = count_verdict(portfolio, TL_HOTSPOT);
	uint64_t records = 0;
	canvas->insight = portfolio_known(portfolio); /* all have one filter */
	if (!canvas->insight)
		return tl_canvas_word(canvas, TL_SAY_DESCRIPTION_PORTFOLIO_UNKNOWN);
	for (size_t i = 0; i < portfolio->count; i++)
		if (portfolio->entries[i].insight)
			records += portfolio->entries[i].insight->bound;
	tl_feedback_filter(canvas, filter);
	const char *const parts[] = {
		tl_arena_printf(canvas->arena, "%zu %s", hotspots,
			tl_canvas_word(canvas, hotspots == 1 ? TL_SAY_FIGURE_HOTSPOT
							     : TL_SAY_FIGURE_HOTSPOTS)),
		tl_canvas_say(canvas, TL_SAY_FIGURE_NO_EVIDENCE,
			tl_feedback_count(canvas, count_verdict(portfolio, TL_WATCH)),
			tl_feedback_count(canvas, count_verdict(portfolio, TL_NO_EVIDENCE))),
		tl_feedback_many(canvas, records, TL_SAY_FEEDBACK_1), filter[0], filter[1], filter[2],
		filter[3]};
	canvas->insight = NULL;
	return tl_canvas_join(canvas, TL_DOT, parts, TL_COUNT(parts));
}

static void draw_title(struct portfolio *portfolio)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	const struct tl_palette *palette = portfolio->palette;
	double w = PORTFOLIO_RIGHT - PORTFOLIO_MARGIN;
	struct tl_lines lines = {0};
	const char *title = title_of(portfolio), *sum = sum_up(portfolio);
	tl_lines_wrap(canvas, &lines, title, (struct tl_style){TITLE, TL_BOLD, palette->ink}, w, 1);
	tl_lines_wrap(canvas, &lines, sum, (struct tl_style){11, 0, palette->soft}, w, 3);
	put_lines(portfolio, "title", &lines,
		tl_canvas_sentences(canvas, tl_canvas_sentence(canvas, title), describe(portfolio)));
}

double portfolio_heading_height(void)
{
	return HEADING_GAP + tl_text_pitch(HEADING) + tl_text_pitch(10) + LINE_GAP;
}

void portfolio_heading(struct portfolio *portfolio, const char *title, const char *below)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	const struct tl_palette *palette = portfolio->palette;
	const char *const parts[] = {title, below};
	struct tl_lines lines = {0};
	double w = PORTFOLIO_RIGHT - PORTFOLIO_MARGIN;
	tl_lines_wrap(
		canvas, &lines, title, (struct tl_style){HEADING, TL_BOLD, palette->ink}, w, 1);
	tl_lines_wrap(canvas, &lines, below, portfolio_text(palette->soft), w, 1);
	portfolio->y += HEADING_GAP;
	put_lines(portfolio, "heading", &lines,
		tl_canvas_sentence(canvas, tl_canvas_join(canvas, ": ", parts, TL_COUNT(parts))));
	portfolio->y += LINE_GAP;
}

/* ---- all of it ------------------------------------------------------------------------------ */

const struct tl_scene *tl_map_portfolio(size_t *count, struct tl_arena *arena,
	const struct tl_journey *const *journeys, const struct tl_assumed *const *assumed,
	const struct tl_insight *const *insights, size_t n, const struct tl_map_options *options,
	const char *suffix)
{
	struct portfolio *portfolio = tl_arena_new(arena, struct portfolio);
	portfolio->arena = arena;
	portfolio->palette = tl_palette_get(options->theme);
	portfolio->options = options;
	portfolio->suffix = suffix;
	portfolio->tongue.lang = tongue_of(journeys, n);
	portfolio->entries = tl_arena_array(arena, struct portfolio_entry, n);
	portfolio->count = n;
	for (size_t i = 0; i < n; i++)
		portfolio->entries[i] = (struct portfolio_entry){
			journeys[i], assumed[i], insights ? insights[i] : NULL};
	qsort_r(portfolio->entries, n, sizeof *portfolio->entries, by_worst, (void *)journeys);
	portfolio_collect_channels(portfolio);
	start_page(portfolio);
	draw_title(portfolio);
	portfolio_rows(portfolio);
	portfolio_matrix(portfolio);
	finish_page(portfolio);
	*count = portfolio->scene_count;
	return portfolio->scenes;
}

const struct tl_scene *tl_view_portfolio(size_t *count, struct tl_arena *arena,
	const struct tl_journey *journey, const struct tl_assumed *assumed,
	const struct tl_insight *insight, const struct tl_map_options *options, const char *suffix)
{
	return tl_map_portfolio(count, arena, &journey, &assumed, &insight, 1, options, suffix);
}
