/* overview: see overview.h. The front lets no stage be empty. Order of work: what is said (series, ranking), columns, then drawing
 * from the top down and from the bottom up, and the curves in between.
 */
#include <math.h>
#include <string.h>
#include "map/overview.h"
#include "map/views.h"

enum { GAP = 8, LEAST_STAGE_W = 64 };

struct tl_style overview_text(tl_color color)
{
	return (struct tl_style){10, 0, color};
}

struct tl_style overview_strong(tl_color color)
{
	return (struct tl_style){10, TL_BOLD, color};
}

const char *overview_cut(
	struct overview *overview, const char *text, struct tl_style style, double width)
{
	if (width < 2 * style.size)
		return "";
	struct tl_wrapped wrapped = tl_text_wrap(overview->arena, text, style, width, 1);
	return wrapped.count ? wrapped.lines[0].text : "";
}

void overview_spread(
	double *middles, const double *widths, size_t n, double gap, double from, double to)
{
	double edge = from;
	for (size_t i = 0; i < n; i++) {
		middles[i] = fmax(middles[i], edge + widths[i] / 2);
		edge = middles[i] + widths[i] / 2 + gap;
	}
	edge = to;
	for (size_t i = n; i-- > 0;) {
		middles[i] = fmin(middles[i], edge - widths[i] / 2);
		edge = middles[i] - widths[i] / 2 - gap;
	}
}

/* Every stage gets room for its title; the rest goes by the number of touchpoints. */
static void place_columns(struct overview *overview)
{
	const struct tl_journey *journey = overview->journey;
	size_t n = journey->stage_count, total = journey->touchpoint_count;
	overview->left = OVERVIEW_MARGIN + OVERVIEW_LABEL_W;
	overview->right = OVERVIEW_W - OVERVIEW_MARGIN;
	overview->stage_x = tl_arena_array(overview->arena, double, n);
	overview->stage_w = tl_arena_array(overview->arena, double, n);
	overview->x = tl_arena_array(overview->arena, double, total);
	overview->w = tl_arena_array(overview->arena, double, total);
	double room = overview->right - overview->left, x = overview->left;
	double share = room / (double)n, wanted = overview_least_stage(overview);
	overview->bare_counts = wanted > share;
	if (overview->bare_counts)
		wanted = overview_least_stage(overview);
	double least = fmin(fmax(LEAST_STAGE_W, wanted), share);
	double rest = room - least * (double)n, passed = 0;
	for (size_t s = 0; s < n; s++) {
		const struct tl_stage *stage = &journey->stages[s];
		double count = (double)stage->touchpoint_count;
		passed += count;
		double end = overview->left + round(least * (double)(s + 1) + rest * passed / (double)total);
		double w = end - x; /* in whole points, as boxes stand */
		overview->stage_x[s] = x;
		overview->stage_w[s] = w;
		for (size_t i = 0; i < stage->touchpoint_count; i++) {
			size_t index = stage->touchpoints[i].index;
			overview->w[index] = w / count;
			overview->x[index] = x + w * ((double)i + 0.5) / count;
		}
		x = end;
	}
}

static void collect(struct overview *overview)
{
	const struct tl_journey *journey = overview->journey;
	overview_collect(overview);
	overview->peaks =
		tl_arena_array(overview->arena, struct tl_peak_end, overview->series_count);
	for (size_t i = 0; i < overview->series_count; i++)
		tl_score_peak_end(&overview->peaks[i], journey, overview->series[i].valence);
	for (size_t i = 0; i < journey->touchpoint_count; i++)
		overview->truths |= journey->touchpoints[i].moment_of_truth;
	overview_rank(overview);
}

static const char *describe(struct overview *overview)
{
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_journey *journey = overview->journey;
	const char *worst = NULL;
	for (size_t i = 0; i < overview->worst_count; i++)
		if (overview->worst[i].rank == 1)
			worst = tl_canvas_say(canvas, TL_SAY_DESCRIPTION_WORST,
				overview->worst[i].touchpoint->title);
	if (canvas->insight)
		worst = tl_feedback_describe(canvas);
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_DESCRIPTION_OVERVIEW, journey->title,
			tl_arena_printf(overview->arena, "%zu", journey->stage_count),
			tl_arena_printf(overview->arena, "%zu", journey->touchpoint_count)),
		journey->summaries.count ? tl_canvas_say(canvas, TL_SAY_SENTENCE,
						   journey->summaries.list[0].text)
					 : NULL,
		worst);
}

static void draw(struct overview *overview)
{
	double y = overview_head(overview, 20) + GAP;
	y = overview_stages(overview, y) + GAP;
	if (overview->canvas.insight)
		y = overview_heat(overview, y - GAP + 3) + 5;
	if (overview->truths)
		y = overview_truths(overview, y) + 2;
	double legend_h = overview_legend_measure(overview);
	double callouts_h = overview_callouts_measure(overview);
	double bottom = OVERVIEW_H - 16 - legend_h;
	overview_legend(overview, bottom);
	bottom -= GAP;
	overview_callouts(overview, bottom - callouts_h, callouts_h);
	bottom -= callouts_h + OVERVIEW_BAR_H;
	overview_emotion(overview, y, bottom - 6);
	overview_bars(overview, bottom);
}

const struct tl_scene *tl_view_overview(size_t *count, struct tl_arena *arena,
	const struct tl_journey *journey, const struct tl_assumed *assumed,
	const struct tl_insight *insight, const struct tl_map_options *options, const char *suffix)
{
	(void)suffix; /* nothing on it leads elsewhere */
	struct overview overview = {.arena = arena, .journey = journey, .assumed = assumed};
	tl_canvas_init(&overview.canvas, arena, journey, insight, options->theme);
	overview.palette = overview.canvas.palette;
	collect(&overview);
	place_columns(&overview);
	draw(&overview);
	struct tl_scene *scene = tl_arena_new(arena, struct tl_scene);
	*scene = tl_canvas_finish(&overview.canvas);
	scene->view = TL_VIEW_OVERVIEW;
	scene->id = tl_arena_printf(arena, "%s-overview", journey->id);
	scene->title = journey->title;
	scene->description = describe(&overview);
	scene->bookmark = journey->title;
	scene->width = OVERVIEW_W;
	scene->height = OVERVIEW_H;
	tl_canvas_turn(&overview.canvas, scene);
	*count = 1;
	return scene;
}
