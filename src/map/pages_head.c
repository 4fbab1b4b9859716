/* pages_head: what stands above and below the cards of the view `stage`: the journey, where the
 * stage stands in it, its title and goals; and what the signs mean.
 */
#include <math.h>
#include "map/pages.h"
#include "map/tell.h"

enum {
	ROOM = PAGES_W - 2 * PAGES_MARGIN,
	TOP = 20,
	STRIP_Y = TOP + 20,
	STRIP_H = 24,
	TITLE_Y = STRIP_Y + STRIP_H + 10,
	CHEVRON = 7,
	PART_W = 90,	 /* at the right of the title */
	GOAL_LINES = 4,	 /* longer ones are said whole on a card below */
	AGAIN_SIZE = 16, /* of the title on further pages */
};

static struct tl_style title_style(const struct pages *pages, double size)
{
	size_t hue = tl_stage_hue(pages->stage->index, pages->journey->stage_count);
	return (struct tl_style){size, TL_BOLD, pages->palette->stage_text[hue]};
}

void pages_head_make(struct pages *pages)
{
	struct tl_canvas *canvas = &pages->canvas;
	const struct tl_stage *stage = pages->stage;
	struct pages_head *head = &pages->head;
	*head = (struct pages_head){0};
	double w = ROOM - PART_W;
	tl_lines_wrap(canvas, &head->title, stage->title, title_style(pages, 24), w, 1);
	if (head->title.cut) {
		head->title = (struct tl_lines){0};
		tl_lines_wrap(canvas, &head->title, stage->title, title_style(pages, AGAIN_SIZE), w, 2);
	}
	for (size_t i = 0; i < stage->goals.count; i++) {
		size_t left = head->goals.count < GOAL_LINES ? GOAL_LINES - head->goals.count : 0;
		if (!left) {
			head->goals.cut = true;
			break;
		}
		tl_lines_wrap(canvas, &head->goals,
			tl_canvas_say(canvas, TL_SAY_GOAL, stage->goals.list[i].text),
			(struct tl_style){12, 0, pages->palette->ink}, w, left);
	}
}

double pages_head_bottom(const struct pages *pages, size_t part)
{
	if (part)
		return TITLE_Y + tl_text_pitch(AGAIN_SIZE) + 10;
	return TITLE_Y + pages->head.title.height + pages->head.goals.height + 9;
}

/* ---- strip ------------------------------------------------------------------------------------ */

static void draw_chevron(struct pages *pages, const struct tl_stage *stage, double x, double w)
{
	struct tl_canvas *canvas = &pages->canvas;
	const struct tl_palette *palette = pages->palette;
	size_t count = pages->journey->stage_count;
	const struct tl_paint *paint = &palette->stage[tl_stage_hue(stage->index, count)];
	bool here = stage == pages->stage, last = stage->index + 1 == count;
	double head = floor(fmin(CHEVRON, w / 4));
	tl_mark_chevron(canvas,
		here ? tl_pen_both(paint->fill, paint->stroke, 2)
		     : tl_pen_both(palette->label, palette->hair, 0.8),
		x, STRIP_Y, w - 3 - (last ? head : 0), STRIP_H, head, stage->index > 0);
	struct tl_style style = {10, here ? TL_BOLD : 0, here ? paint->ink : palette->soft};
	struct tl_lines lines = {0};
	double room = floor(w - 3 - 2 * head - 7);
	const char *number = tl_arena_printf(pages->arena, "%zu", stage->index + 1);
	const char *full = tl_arena_printf(pages->arena, "%s. %s", number, stage->title);
	bool wide = room >= 36;
	if (wide || tl_text_width(number, 10, style.flags) <= tl_text_room(room))
		tl_lines_wrap(canvas, &lines, wide ? full : number, style, room, 1);
	struct tl_box box = {.id = tl_canvas_id(canvas, "stage.%s", stage->id),
		.role = here ? "stage here" : "stage",
		.tooltip = tl_tell_stage(canvas, stage),
		.x = ceil(x + head + 3), .y = STRIP_Y + 3, .w = fmax(room, 1), .h = STRIP_H - 6,
		.halign = wide ? TL_START : TL_MIDDLE, .valign = TL_MIDDLE};
	tl_canvas_box(canvas, box, &lines, tl_order_front(10 + (unsigned)stage->index));
}

static void draw_strip(struct pages *pages)
{
	const struct tl_journey *journey = pages->journey;
	double w = ROOM / (double)journey->stage_count;
	for (size_t i = 0; i < journey->stage_count; i++)
		draw_chevron(pages, &journey->stages[i], PAGES_MARGIN + w * (double)i, w);
}

/* ---- head ------------------------------------------------------------------------------------- */

static const char *number(struct pages *pages, size_t n)
{
	return tl_arena_printf(pages->arena, "%zu", n);
}

static void draw_line(struct pages *pages, const char *role, const char *tooltip, const char *text,
	struct tl_style style, double y, bool right)
{
	struct tl_canvas *canvas = &pages->canvas;
	struct tl_lines lines = {0};
	double w = floor(ROOM * (right ? 0.3 : 0.7));
	tl_lines_wrap(canvas, &lines, text, style, w, 1);
	struct tl_box box = {.id = tl_canvas_id(canvas, "head.%s", role), .role = role, .tooltip = tooltip,
		.x = right ? PAGES_MARGIN + ROOM - w : PAGES_MARGIN, .y = y, .w = w,
		.h = lines.height, .halign = right ? TL_END : TL_START};
	tl_canvas_box(canvas, box, &lines, tl_order_front(right ? 2 : 1));
}

static void draw_title(struct pages *pages, size_t part, size_t parts)
{
	struct tl_canvas *canvas = &pages->canvas;
	const struct tl_stage *stage = pages->stage;
	const struct tl_lines *lines = &pages->head.title;
	struct tl_lines again = {0};
	if (part) {
		const char *text = tl_canvas_say(canvas, TL_SAY_PART_OF, stage->title,
			number(pages, part + 1), number(pages, parts));
		tl_lines_wrap(canvas, &again, text, title_style(pages, AGAIN_SIZE), ROOM, 1);
		if (again.cut) { /* the number must not be what is cut */
			again = (struct tl_lines){0};
			const char *title = tl_text_wrap(pages->arena, stage->title,
				title_style(pages, AGAIN_SIZE), ROOM - PART_W, 1).lines[0].text;
			tl_lines_wrap(canvas, &again,
				tl_canvas_say(canvas, TL_SAY_PART_OF, title,
					number(pages, part + 1), number(pages, parts)),
				title_style(pages, AGAIN_SIZE), ROOM, 1);
		}
		lines = &again;
	}
	struct tl_box box = {.id = tl_canvas_id(canvas, "head.title"), .role = "title",
		.tooltip = tl_tell_stage(canvas, stage),
		.x = PAGES_MARGIN, .y = TITLE_Y, .w = part ? ROOM : ROOM - PART_W,
		.h = lines->height};
	tl_canvas_box(canvas, box, lines, tl_order_front(1000000));
}

static void draw_goals(struct pages *pages)
{
	struct tl_canvas *canvas = &pages->canvas;
	const struct tl_lines *goals = &pages->head.goals;
	if (!goals->count)
		return;
	struct tl_box box = {.id = tl_canvas_id(canvas, "head.goal"), .role = "goal",
		.tooltip = tl_tell_stage(canvas, pages->stage),
		.x = PAGES_MARGIN, .y = TITLE_Y + pages->head.title.height, .w = ROOM - PART_W,
		.h = goals->height};
	tl_canvas_box(canvas, box, goals, tl_order_front(1000001));
}

void pages_head_draw(struct pages *pages, size_t part, size_t parts)
{
	struct tl_canvas *canvas = &pages->canvas;
	const struct tl_journey *journey = pages->journey;
	struct tl_style small = {10, 0, pages->palette->soft};
	const char *basis = canvas->insight ? tl_feedback_basis(canvas) : NULL;
	const char *const about[] = {journey->title, basis};
	draw_line(pages, "journey",
		tl_canvas_sentences(canvas, tl_canvas_say(canvas, TL_SAY_TIP_TITLE, journey->title),
			basis ? tl_canvas_sentence(canvas, basis) : NULL),
		tl_canvas_join(canvas, TL_DOT, about, TL_COUNT(about)), small, TOP, false);
	const char *place = tl_canvas_say(canvas, TL_SAY_STAGE_OF,
		number(pages, pages->stage->index + 1), number(pages, journey->stage_count));
	draw_line(pages, "place", tl_canvas_sentence(canvas, place), place, small, TOP, true);
	draw_strip(pages);
	draw_title(pages, part, parts);
	if (part)
		return;
	draw_goals(pages);
	if (parts > 1)
		tl_mark_text(canvas, PAGES_MARGIN + ROOM, tl_text_baseline(TITLE_Y, 12), TL_END,
			(struct tl_style){12, TL_BOLD, pages->palette->soft},
			tl_canvas_say(canvas, TL_SAY_PART, number(pages, 1), number(pages, parts)));
}

/* ---- foot ------------------------------------------------------------------------------------- */

static double draw_meaning(struct pages *pages, enum tl_word word, double x, double y)
{
	const char *text = tl_canvas_word(&pages->canvas, word);
	tl_mark_text(&pages->canvas, x, y + 3.6, TL_START,
		(struct tl_style){10, 0, pages->palette->soft}, text);
	return x + ceil(tl_text_width(text, 10, 0) * 1.03) + 22;
}

void pages_foot_draw(struct pages *pages, double bottom)
{
	struct tl_canvas *canvas = &pages->canvas;
	const struct tl_palette *palette = pages->palette;
	const struct tl_paint *pain = &palette->pain[TL_HEAT - 1];
	double x = PAGES_MARGIN, y = bottom - 20;
	if (pages->series_count) {
		for (int v = -2; v <= 2; v++)
			tl_icon_face(canvas, v, x + 6 + (v + 2) * 14, y, 5.5);
		x = draw_meaning(pages, TL_SAY_LEGEND_VALENCE, x + 73, y);
	}
	tl_mark_round(canvas, tl_pen_both(pain->fill, pain->stroke, 1.2), x, y - 7, 15, 14, 3);
	tl_mark_text(canvas, x + 7.5, y + 3.6, TL_MIDDLE, (struct tl_style){10, TL_BOLD, pain->ink},
		"4");
	x = draw_meaning(pages, TL_SAY_LEGEND_SEVERITY, x + 21, y);
	struct tl_pen dotted = {0, palette->heat[TL_HEAT - 1], 1.3, TL_DOTTED};
	tl_mark_round(canvas, dotted, x, y - 6, 24, 12, 6);
	x = draw_meaning(pages, TL_SAY_LEGEND_ASSUMED, x + 30, y);
	if (!canvas->insight)
		return;
	tl_feedback_triangle(canvas, 1, x + 5, y);
	tl_feedback_triangle(canvas, -1, x + 17, y);
	draw_meaning(pages, TL_SAY_LEGEND_DRIFT, x + 28, y);
}
