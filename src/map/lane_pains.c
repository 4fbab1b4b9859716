/* lane pains: pain points, how severe they are, of which kind, and whose they are. */
#include <math.h>
#include "map/sheet.h"
#include "map/tell.h"

enum { DOTS_W = 33, SCALE = 5 };

static bool settled(const struct tl_pain *pain)
{
	return pain->status == TL_RESOLVED || pain->status == TL_ACCEPTED;
}

static const struct tl_paint *paint_of(const struct sheet *sheet, const struct tl_pain *pain)
{
	if (settled(pain))
		return &sheet->palette->settled;
	return &sheet->palette->pain[tl_heat_step(20 * pain->severity)];
}

static void decorate(struct sheet *sheet, const struct sheet_cell *cell, double x, double y)
{
	const struct tl_pain *pain = cell->what;
	if (pain->severity)
		tl_mark_dots(&sheet->canvas,
			settled(pain) ? sheet->palette->settled.soft : sheet->palette->dot,
			x + sheet->card_w - SHEET_PAD - DOTS_W, y + SHEET_PAD + 4,
			pain->severity, SCALE);
}

/* How many records speak of it, whether somebody should have done something, and what the freshest
 * of the most telling ones says; the tooltip has all of it. */
static void wrap_known(struct sheet *sheet, struct sheet_cell *cell,
	const struct tl_touchpoint_insight *feedback, const struct tl_pain_insight *known,
	const struct tl_paint *paint)
{
	enum { QUOTE_LINES = 4 };
	struct tl_canvas *canvas = &sheet->canvas;
	double room = sheet_cell_room(sheet, cell);
	const char *const care[] = {
		known->overdue ? tl_canvas_word(canvas, TL_SAY_OVERDUE) : NULL,
		known->unowned ? tl_canvas_word(canvas, TL_SAY_UNOWNED) : NULL};
	const char *records = tl_feedback_records(canvas, feedback, known);
	const char *marked = tl_canvas_join(canvas, TL_DOT, care, TL_COUNT(care));
	if (*marked)
		tl_lines_wrap(canvas, &cell->lines,
			tl_arena_printf(sheet->arena, "!\u00a0%s", marked), sheet_strong(paint->ink),
			room, 2);
	if (records)
		tl_lines_gap(canvas, &cell->lines, 2);
	tl_lines_wrap(canvas, &cell->lines, records,
		known->records ? sheet_strong(paint->soft) : sheet_small(paint->soft), room, 2);
	if (known->quote.text)
		tl_lines_wrap(canvas, &cell->lines, sheet_quoted(sheet, known->quote.text),
			(struct tl_style){8, TL_ITALIC, paint->ink}, room, QUOTE_LINES);
}

static void wrap_pain(struct sheet *sheet, struct sheet_cell *cell, const struct tl_pain *pain,
	const struct tl_touchpoint_insight *feedback, const struct tl_pain_insight *known)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_paint *paint = paint_of(sheet, pain);
	double room = sheet_cell_room(sheet, cell);
	const char *kind = tl_word_at(canvas->language, TL_SAY_KIND_CONFUSION, pain->kind);
	const char *owner = pain->owner ? pain->owner->label : NULL;
	const char *const foot[] = {
		owner, tl_word_at(canvas->language, TL_SAY_STATUS_OPEN, pain->status)};
	if (*kind)
		tl_lines_wrap(canvas, &cell->lines, kind, sheet_strong(paint->soft),
			pain->severity ? room - DOTS_W - 4 : room, 3);
	else if (pain->severity)
		tl_lines_gap(canvas, &cell->lines, 8);
	tl_lines_wrap(canvas, &cell->lines, pain->text, sheet_body(paint->ink), room, SHEET_MAX_LINES);
	tl_lines_wrap(canvas, &cell->lines, tl_canvas_join(canvas, TL_DOT, foot, 2),
		sheet_small(paint->soft), room, 4);
	if (known)
		wrap_known(sheet, cell, feedback, known, paint);
}

void lane_pains_fill(
	struct sheet *sheet, struct sheet_cells *cells, const struct tl_touchpoint *touchpoint)
{
	const struct tl_touchpoint_insight *feedback = sheet->cards[touchpoint->index].known;
	for (size_t i = 0; i < touchpoint->pain_count; i++) {
		const struct tl_pain_insight *known = feedback ? &feedback->pains[i] : NULL;
		const struct tl_pain *pain = &touchpoint->pains[i];
		const struct tl_paint *paint = paint_of(sheet, pain);
		struct sheet_cell *cell = sheet_cell_add(sheet, cells);
		cell->id = tl_canvas_id(&sheet->canvas, "%s.pain.%s", touchpoint->id, pain->id);
		cell->role = settled(pain) ? "pain settled" : "pain";
		cell->tooltip = tl_tell_pain(&sheet->canvas, touchpoint, pain);
		cell->pen = tl_pen_both(paint->fill, paint->stroke, 0.8);
		cell->decorate = decorate;
		cell->what = pain;
		wrap_pain(sheet, cell, pain, feedback, known);
		if (known)
			cell->tooltip = tl_canvas_sentences(&sheet->canvas, cell->tooltip,
				tl_feedback_tell_pain(&sheet->canvas, feedback, known));
		if (settled(pain))
			sheet_use(sheet, CODE_SETTLED);
		if (pain->severity)
			sheet_use(sheet, CODE_SEVERITY);
	}
}
