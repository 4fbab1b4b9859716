/* pages: see pages.h. The pages of a stage are kept until it is complete, because only then their
 * heads can say how many there are.
 */
#include <math.h>
#include "map/pages.h"
#include "map/tell.h"
#include "map/views.h"

/* A card that has to be broken anyway begins on a page only where so much of it fits below its head. */
enum { WORTH_BEGINNING = 90 };

static void begin_page(struct pages *pages)
{
	tl_canvas_init(&pages->canvas, pages->arena, pages->journey, pages->insight,
		pages->options->theme);
	pages->y = pages_head_bottom(pages, pages->part_count);
	pages->bottom = pages->options->endless ? INFINITY : PAGES_H - PAGES_FOOT_H;
	pages->empty = true;
}

static void end_page(struct pages *pages)
{
	pages->parts = tl_arena_grow(pages->arena, pages->parts, pages->part_count,
		&pages->part_capacity, sizeof *pages->parts);
	pages->ends = tl_arena_grow(pages->arena, pages->ends, pages->part_count,
		&pages->end_capacity, sizeof *pages->ends);
	pages->ends[pages->part_count] = pages->y;
	pages->parts[pages->part_count++] = pages->canvas;
}

static void deal(struct pages *pages, struct pages_card *card)
{
	double fresh = PAGES_H - PAGES_FOOT_H - pages_head_bottom(pages, 1);
	double left = pages->bottom - pages->y, h = pages_card_height(card);
	if (h > left) {
		struct pages_card lower = *card;
		pages_card_balance(pages, &lower);
		if (pages_card_height(&lower) <= left || h > fresh)
			*card = lower;
		h = pages_card_height(card);
	}
	bool breaks = h > fresh;
	if (!pages->empty && h > left && (!breaks || left < card->head_h + WORTH_BEGINNING)) {
		end_page(pages);
		begin_page(pages);
	}
	/* On the first page, below a high head, a card may have to be broken all the same. */
	while (!pages_card_draw(pages, card, breaks || pages->empty)) {
		end_page(pages);
		begin_page(pages);
	}
	pages->empty = false;
}

static void finish_part(struct pages *pages, size_t part)
{
	const struct tl_stage *stage = pages->stage;
	size_t parts = pages->part_count;
	double height = PAGES_H;
	if (pages->options->endless)
		height = fmax(height, ceil(pages->ends[part] + PAGES_FOOT_H));
	pages->canvas = pages->parts[part];
	pages_head_draw(pages, part, parts);
	pages_foot_draw(pages, height);
	pages->scenes = tl_arena_grow(pages->arena, pages->scenes, pages->scene_count,
		&pages->scene_capacity, sizeof *pages->scenes);
	struct tl_scene *scene = &pages->scenes[pages->scene_count++];
	struct tl_canvas *canvas = &pages->canvas;
	const char *name =
		tl_arena_printf(pages->arena, "%zu. %s", stage->index + 1, stage->title);
	if (parts > 1)
		name = tl_canvas_say(canvas, TL_SAY_PART_OF, name,
			tl_arena_printf(pages->arena, "%zu", part + 1),
			tl_arena_printf(pages->arena, "%zu", parts));
	*scene = tl_canvas_finish(canvas);
	scene->view = TL_VIEW_STAGE;
	scene->id = tl_arena_printf(pages->arena, "%s-stage-%s", pages->journey->id, stage->id);
	if (part)
		scene->id = tl_arena_printf(pages->arena, "%s-%zu", scene->id, part + 1);
	scene->title = tl_arena_printf(pages->arena, "%s – %s", pages->journey->title, name);
	scene->description = tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_TITLE, pages->journey->title),
		tl_tell_stage(canvas, stage));
	scene->bookmark = name;
	scene->width = PAGES_W;
	scene->height = height;
	tl_canvas_turn(canvas, scene);
}

static void build_stage(struct pages *pages, const struct tl_stage *stage)
{
	struct pages_card card;
	pages->stage = stage;
	pages->part_count = 0;
	pages_head_make(pages);
	begin_page(pages);
	if (pages_card_intro(pages, &card))
		deal(pages, &card);
	for (size_t i = 0; i < stage->touchpoint_count; i++) {
		pages_card_make(pages, &card, &stage->touchpoints[i]);
		deal(pages, &card);
	}
	end_page(pages);
	for (size_t part = 0; part < pages->part_count; part++)
		finish_part(pages, part);
}

const struct tl_scene *tl_view_stage(size_t *count, struct tl_arena *arena,
	const struct tl_journey *journey, const struct tl_assumed *assumed,
	const struct tl_insight *insight, const struct tl_map_options *options, const char *suffix)
{
	struct pages pages = {.arena = arena, .journey = journey, .assumed = assumed,
		.insight = insight, .options = options, .suffix = suffix};
	tl_canvas_init(&pages.canvas, arena, journey, insight, options->theme);
	pages.palette = pages.canvas.palette;
	pages.series_count = tl_series_collect(&pages.canvas, &pages.series);
	for (size_t i = 0; i < journey->stage_count; i++)
		build_stage(&pages, &journey->stages[i]);
	*count = pages.scene_count;
	return pages.scenes;
}
