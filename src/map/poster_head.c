/* poster_head: above the bands: the journey, and how to work on it; below them: whose box has which
 * number, what the signs mean, and what is behind the figures. */
#include <math.h>
#include "map/icons.h"
#include "map/poster.h"
#include "map/tell.h"

static const enum tl_word steps[] = {
	TL_SAY_POSTER_STEP_NOTES, TL_SAY_POSTER_STEP_MOOD, TL_SAY_POSTER_STEP_DOTS};

struct head {
	struct tl_lines title, steps, foot;
	double title_w, steps_w;
};

static void take(bool *wanted, const struct tl_party *party)
{
	if (party)
		wanted[party->index] = true;
}

/* Vocabularies declare departments that have nothing to do with a journey; but where it names none,
 * all are asked. */
void poster_departments(struct poster *poster)
{
	const struct tl_journey *journey = poster->journey;
	size_t all = journey->department_count;
	bool *wanted = tl_arena_array(poster->arena, bool, all), any = false;
	for (size_t t = 0; t < journey->touchpoint_count; t++) {
		const struct tl_touchpoint *touchpoint = &journey->touchpoints[t];
		take(wanted, touchpoint->owner);
		for (size_t i = 0; i < touchpoint->pain_count; i++)
			take(wanted, touchpoint->pains[i].owner);
		for (size_t i = 0; i < touchpoint->opportunity_count; i++)
			take(wanted, touchpoint->opportunities[i].owner);
		for (size_t i = 0; i < touchpoint->backstage_count; i++)
			take(wanted, touchpoint->backstage[i].owner);
	}
	for (size_t i = 0; i < all; i++)
		any |= wanted[i];
	poster->departments = tl_arena_array(poster->arena, const struct tl_party *, all);
	for (size_t i = 0; i < all; i++)
		if (wanted[i] || !any)
			poster->departments[poster->department_count++] = &journey->departments[i];
}

static const char *personas(struct poster *poster)
{
	const struct tl_journey *journey = poster->journey;
	const char **names = tl_arena_array(poster->arena, const char *, journey->persona_count);
	for (size_t i = 0; i < journey->persona_count; i++)
		names[i] = journey->personas[i].name;
	return tl_canvas_join(&poster->canvas, TL_DOT, names, journey->persona_count);
}

/* "Departments: 1 Sales · 2 IT · …" */
static const char *departments(struct poster *poster)
{
	struct tl_canvas *canvas = &poster->canvas;
	const char **names = tl_arena_array(poster->arena, const char *, poster->department_count);
	for (size_t i = 0; i < poster->department_count; i++)
		names[i] = tl_arena_printf(poster->arena, "%zu\u00a0%s", i + 1,
			poster->departments[i]->label);
	return tl_arena_printf(poster->arena, "%s:  %s",
		tl_canvas_word(canvas, TL_SAY_POSTER_DEPARTMENTS),
		tl_canvas_join(canvas, "    ", names, poster->department_count));
}

static const char *signs(struct poster *poster)
{
	struct tl_canvas *canvas = &poster->canvas;
	const struct tl_journey *journey = poster->journey;
	bool truths = false;
	for (size_t i = 0; i < journey->touchpoint_count; i++)
		truths |= journey->touchpoints[i].moment_of_truth;
	const char *parts[] = {
		truths ? tl_arena_printf(poster->arena, "★ %s",
				 tl_canvas_word(canvas, TL_SAY_LEGEND_TRUTH))
		       : NULL,
		tl_arena_printf(poster->arena, "▲ %s", tl_canvas_word(canvas, TL_SAY_LANE_PAINS)),
		tl_arena_printf(poster->arena, "◇ %s",
			tl_canvas_word(canvas, TL_SAY_LANE_EXPECTATIONS)),
		poster->insight ? tl_arena_printf(poster->arena, "❶ %s",
					  tl_canvas_word(canvas, TL_SAY_LEGEND_HOTSPOT))
				: NULL,
		poster->insight ? tl_feedback_basis(canvas) : NULL,
		journey->updated == TL_NO_DATE
			? NULL
			: tl_canvas_say(canvas, TL_SAY_UPDATED,
				  tl_say_date(poster->arena, canvas->language, journey->updated)),
		tl_arena_printf(poster->arena, "%s: touchline note --batch FILE", journey->id)};
	return tl_canvas_join(canvas, "    ", parts, TL_COUNT(parts));
}

static void make(struct poster *poster, struct head *head)
{
	const struct poster_type *type = poster->type;
	const struct tl_palette *palette = poster->palette;
	struct tl_canvas *canvas = &poster->canvas;
	struct tl_style body = {type->body, 0, palette->ink}, soft = {type->body, 0, palette->soft};
	double w = poster->right - poster->left;
	*head = (struct head){.steps_w = floor(w * 0.36)};
	head->title_w = w - head->steps_w - 4 * type->gap;
	tl_lines_wrap(canvas, &head->title, poster->journey->title,
		(struct tl_style){type->head, TL_BOLD, palette->ink}, head->title_w, 2);
	if (poster->journey->persona_count)
		tl_lines_wrap(canvas, &head->title, personas(poster), soft, head->title_w, 2);
	for (size_t i = 0; i < TL_COUNT(steps); i++)
		tl_lines_wrap(canvas, &head->steps,
			tl_arena_printf(poster->arena, "%zu.\u00a0%s", i + 1,
				tl_canvas_word(canvas, steps[i])),
			body, head->steps_w, 3);
	if (poster->department_count)
		tl_lines_wrap(canvas, &head->foot, departments(poster),
			(struct tl_style){type->body, TL_BOLD, palette->ink}, w, 3);
	tl_lines_wrap(canvas, &head->foot, signs(poster),
		(struct tl_style){type->small, 0, palette->soft}, w, 3);
}

void poster_head_measure(struct poster *poster)
{
	struct head head;
	make(poster, &head);
	poster->head_h = ceil(fmax(head.title.height, head.steps.height) + poster->type->gap);
	poster->foot_h = ceil(head.foot.height + poster->type->gap);
}

void poster_head_draw(struct poster *poster, size_t sheet, size_t sheets)
{
	struct tl_canvas *canvas = &poster->canvas;
	struct head head;
	make(poster, &head);
	struct tl_box title = {
		.id = tl_canvas_id(canvas, "title"),
		.role = "title",
		.tooltip = tl_canvas_say(canvas, TL_SAY_TIP_TITLE, poster->journey->title),
		.x = poster->left,
		.y = poster->top,
		.w = head.title_w,
		.h = ceil(head.title.height),
		.halign = TL_START,
	};
	tl_canvas_box(canvas, title, &head.title, tl_order_front(0));
	tl_mark_lines(canvas, poster->right - ceil(head.steps.width), poster->top, TL_START, &head.steps);
	tl_mark_lines(canvas, poster->left, poster->bottom - head.foot.height, TL_START, &head.foot);
	if (sheets > 1)
		tl_mark_text(canvas, poster->right,
			tl_text_baseline(poster->bottom - tl_text_pitch(poster->type->small),
				poster->type->small),
			TL_END, (struct tl_style){poster->type->small, TL_BOLD, poster->palette->ink},
			tl_canvas_say(canvas, TL_SAY_POSTER_SHEET,
				tl_arena_printf(poster->arena, "%zu", sheet + 1),
				tl_arena_printf(poster->arena, "%zu", sheets)));
}
