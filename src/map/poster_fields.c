/* poster_fields: what is empty on a poster, to be filled in with notes, dots and pens. */
#include <math.h>
#include "map/icons.h"
#include "map/poster.h"

static struct tl_style small(const struct poster *poster)
{
	return (struct tl_style){poster->type->small, 0, poster->palette->soft};
}

static void field(struct poster *poster, const struct tl_touchpoint *touchpoint, const char *id,
	const char *role, const char *what, double x, double y, double w, double h,
	enum tl_dash dash)
{
	struct tl_canvas *canvas = &poster->canvas;
	struct tl_pen pen = tl_pen_stroke(poster->palette->hair, poster->type->line, dash);
	struct tl_box box = {
		.id = tl_canvas_id(canvas, "%s", id),
		.role = role,
		.tooltip = touchpoint ? tl_canvas_say(canvas, TL_SAY_POSTER_FIELD,
						poster_code(poster, touchpoint), what)
				      : tl_canvas_sentence(canvas, what),
		.shape = TL_BOX_RECT,
		.x = x,
		.y = y,
		.w = w,
		.h = h,
		.pen = pen,
		.touchpoint = touchpoint,
	};
	tl_canvas_box(canvas, box, NULL,
		touchpoint ? tl_order_touchpoint(touchpoint, 2) : tl_order_back(0));
}

/* ---- moods ---------------------------------------------------------------------------------- */

void poster_mood_draw(
	struct poster *poster, const struct tl_touchpoint *touchpoint, double x, double y)
{
	struct tl_canvas *canvas = &poster->canvas;
	const struct poster_type *type = poster->type;
	double w = floor(poster->plan.inner_w / TL_VALENCES), h = poster_mood_height(poster);
	struct tl_style style = small(poster);
	for (int i = 0; i < TL_VALENCES; i++) {
		double valence = i - 2, left = x + i * w;
		const char *number =
			tl_say_number(poster->arena, canvas->language, valence, 0, true);
		double number_w = tl_text_width(number, style.size, 0), space = style.size / 4;
		double radius = fmin(type->body * 0.62, (w - number_w - 3 * space) / 2);
		double all = 2 * radius + space + number_w, row = y + type->pad / 3 + type->body * 0.62;
		field(poster, touchpoint,
			tl_arena_printf(poster->arena, "mood-%s-%d", touchpoint->id, i + 1), "mood",
			number, left, y, w, h, TL_SOLID);
		tl_icon_face_outlined(
			canvas, valence, left + (w - all) / 2 + radius, row, radius);
		tl_mark_text(canvas, left + (w + all) / 2, row + 0.36 * style.size, TL_END, style,
			number);
	}
}

/* ---- notes ---------------------------------------------------------------------------------- */

enum poster_kind poster_kind_of(size_t i, size_t fields)
{
	size_t questions = fields < 6 ? 1 : fields / 6, ideas = fields < 3 ? 1 : fields / 3;
	if (i + questions >= fields && fields > 2)
		return POSTER_QUESTION;
	return i + questions * (fields > 2) + ideas >= fields && fields > 1 ? POSTER_IDEA
									   : POSTER_PAIN;
}

/* Where there are fewer fields than kinds, one is for several. */
static const char *label_of(struct poster *poster, size_t i, size_t fields)
{
	struct tl_canvas *canvas = &poster->canvas;
	const char *pain = tl_canvas_word(canvas, TL_SAY_POSTER_PAIN);
	const char *idea = tl_canvas_word(canvas, TL_SAY_POSTER_IDEA);
	const char *question = tl_canvas_word(canvas, TL_SAY_POSTER_QUESTION);
	if (fields == 1)
		return tl_canvas_say(canvas, TL_SAY_POSTER_ANY, pain, idea, question);
	if (fields == 2 && i == 1)
		return tl_canvas_say(canvas, TL_SAY_POSTER_EITHER, idea, question);
	return tl_word_at(canvas->language, TL_SAY_POSTER_PAIN, poster_kind_of(i, fields));
}

void poster_notes_draw(
	struct poster *poster, const struct tl_touchpoint *touchpoint, double x, double y)
{
	static const char *const roles[] = {"note pain", "note idea", "note question"};
	const struct poster_plan *plan = &poster->plan;
	struct tl_canvas *canvas = &poster->canvas;
	double gap = poster->type->gap / 2, columns = (double)plan->note_columns;
	double size = poster->type->small;
	size_t count = plan->note_columns * plan->note_rows;
	x += (plan->inner_w - columns * plan->note_w - (columns - 1) * gap) / 2;
	for (size_t i = 0; i < count; i++) {
		double left = x + (double)(i % plan->note_columns) * (plan->note_w + gap);
		double top = y + (double)(i / plan->note_columns) * (plan->note_h + gap);
		const char *label = label_of(poster, i, count);
		struct tl_lines lines = {0};
		field(poster, touchpoint,
			tl_arena_printf(poster->arena, "note-%s-%zu", touchpoint->id, i + 1),
			roles[poster_kind_of(i, count)], label, left, top, plan->note_w,
			plan->note_h, TL_DASHED);
		tl_lines_wrap(canvas, &lines, label, small(poster), plan->note_w - size, 3);
		tl_mark_lines(canvas, left + size / 2, top + size / 2, TL_START, &lines);
	}
}

void poster_parking_draw(struct poster *poster, double x, double y, double w, double h)
{
	const struct poster_type *type = poster->type;
	struct tl_canvas *canvas = &poster->canvas;
	const char *what = tl_canvas_word(canvas, TL_SAY_POSTER_PARKING);
	struct tl_lines lines = {0};
	field(poster, NULL, "parking", "parking", what, x, y, w, h, TL_DASHED);
	tl_lines_wrap(canvas, &lines, what,
		(struct tl_style){type->body, TL_BOLD, poster->palette->soft}, w - 2 * type->pad, 6);
	tl_mark_lines(canvas, x + type->pad, y + type->pad, TL_START, &lines);
}

/* ---- dots ----------------------------------------------------------------------------------- */

void poster_dots_draw(
	struct poster *poster, const struct tl_touchpoint *touchpoint, double x, double y)
{
	struct tl_canvas *canvas = &poster->canvas;
		const struct poster_type *type = poster->type;
	size_t count = poster->department_count ? poster->department_count : 1;
	size_t columns = poster_dots_columns(poster);
	double w = floor(poster->plan.inner_w / (double)columns);
	double h = tl_text_pitch(type->small) + type->dot;
	const char *what = tl_canvas_word(canvas, TL_SAY_POSTER_DOTS);
	for (size_t i = 0; i < count; i++) {
		const char *who = poster->department_count ? poster->departments[i]->label : what;
		double left = x + (double)(i % columns) * w, top = y + (double)(i / columns) * h;
		field(poster, touchpoint,
			tl_arena_printf(poster->arena, "dots-%s-%zu", touchpoint->id, i + 1), "dots",
			who, left, top, w, h, TL_SOLID);
		if (poster->department_count)
			tl_mark_text(canvas, left + type->small / 3,
				tl_text_baseline(top, type->small), TL_START, small(poster),
				tl_arena_printf(poster->arena, "%zu", i + 1));
	}
}
