/* portfolio_stage: a cell: a stage with its title, its worst touchpoint in figure, word and heat, and
 * a square for each touchpoint. */
#include <math.h>
#include "map/portfolio.h"
#include "map/tell.h"

enum { BADGE = 9, SQUARE_STEP = 12, SQUARE_ROWS = 2, SQUARE_GAP = 4, COUNT_W = 34 };

const struct tl_paint *portfolio_heat(const struct portfolio *portfolio, enum tl_verdict verdict)
{
	static const size_t cells[TL_HOTSPOT + 1] = {
		[TL_VERDICT_OK] = 0, [TL_WATCH] = 2, [TL_HOTSPOT] = TL_HEAT_CELLS - 1};
	if (verdict == TL_NO_EVIDENCE)
		return &portfolio->palette->unknown;
	return &portfolio->palette->heat_cell[cells[verdict]];
}

double portfolio_frame(enum tl_verdict verdict)
{
	return verdict == TL_HOTSPOT ? 2.4 : verdict == TL_WATCH ? 1.6 : 0.8;
}

/* ---- signs ---------------------------------------------------------------------------------- */

void portfolio_square(
	struct portfolio *portfolio, enum tl_verdict verdict, tl_color color, double x, double y)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	double s = PORTFOLIO_SQUARE;
	struct tl_point half[] = {{x, y}, {x, y + s}, {x + s, y + s}};
	struct tl_pen outline = tl_pen_stroke(color, 1, TL_SOLID);
	if (verdict == TL_HOTSPOT)
		outline = tl_pen_both(color, color, 1);
	if (verdict == TL_WATCH)
		tl_mark_points(canvas, TL_MARK_POLYGON, tl_pen_fill(color), half, TL_COUNT(half));
	if (verdict == TL_NO_EVIDENCE)
		tl_mark_segment(
			canvas, tl_pen_stroke(color, 1.4, TL_SOLID), x, y + s / 2, x + s, y + s / 2);
	else
		tl_mark_rect(canvas, outline, x, y, s, s);
	portfolio->used.squares[verdict] = true;
	portfolio->used.signs[PORTFOLIO_SQUARES] = true;
}

void portfolio_badge(struct portfolio *portfolio, const char *rank, double x, double y)
{
	struct tl_badge badge = tl_feedback_badge(&portfolio->canvas, TL_HOTSPOT);
	tl_mark_disc(&portfolio->canvas, badge.pen, x, y, BADGE);
	tl_mark_text(&portfolio->canvas, x, y + 3.6, TL_MIDDLE, portfolio_strong(badge.ink), rank);
	portfolio->used.signs[PORTFOLIO_BADGE] = true;
}

void portfolio_dotted(struct portfolio *portfolio, double x, double y, double w, double h)
{
	tl_mark_rect(&portfolio->canvas,
		tl_pen_stroke(portfolio->palette->heat[1], 1.8, TL_DOTTED), x, y, w, h);
	portfolio->used.signs[PORTFOLIO_ASSUMED] = true;
}

/* ---- what there is --------------------------------------------------------------------------- */

static void look(const struct portfolio_entry *entry, struct portfolio_cell *cell)
{
	const struct tl_stage *stage = cell->stage;
	double most = 0;
	for (size_t i = 0; i < stage->touchpoint_count; i++) {
		const struct tl_touchpoint *touchpoint = &stage->touchpoints[i];
		const struct tl_touchpoint_insight *known =
			entry->insight ? &entry->insight->touchpoints[touchpoint->index] : NULL;
		double assumed = entry->assumed[touchpoint->index].friction;
		cell->verdicts[known ? known->score->verdict : TL_NO_EVIDENCE]++;
		if (tl_feedback_evidence(known)) {
			if (!cell->worst || known->score->rank < cell->worst->score->rank)
				cell->worst = known;
		} else if (assumed > most) {
			most = assumed;
			cell->assumed = touchpoint;
		}
	}
}

static enum tl_verdict verdict_of(const struct portfolio_cell *cell)
{
	return cell->worst ? cell->worst->score->verdict : TL_NO_EVIDENCE;
}

/* "87.9 · hotspot", "no evidence" and "assumed 60" */
static const char *say_verdict(
	struct portfolio *portfolio, const struct portfolio_entry *entry, struct portfolio_cell *cell)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	const char *parts[2] = {tl_feedback_verdict(canvas, TL_NO_EVIDENCE), NULL};
	if (cell->worst) {
		parts[0] = tl_feedback_figure(canvas, cell->worst->score->friction, false);
		parts[1] = tl_feedback_verdict(canvas, cell->worst->score->verdict);
	} else if (cell->assumed) {
		const struct tl_assumed *assumed = &entry->assumed[cell->assumed->index];
		parts[1] = tl_canvas_say(canvas, TL_SAY_PORTFOLIO_ASSUMED,
			tl_say_number(canvas->arena, canvas->language, assumed->friction, 0, false));
	}
	return tl_canvas_join(canvas, TL_DOT, parts, TL_COUNT(parts));
}

/* ---- squares: one for each touchpoint, or, where they are many, one for each verdict with how many. */

static size_t squares_in_row(double w)
{
	return (size_t)fmax(1, floor((w + SQUARE_STEP - PORTFOLIO_SQUARE) / SQUARE_STEP));
}

static bool squares_counted(const struct portfolio_cell *cell, double w)
{
	return cell->stage->touchpoint_count > SQUARE_ROWS * squares_in_row(w);
}

static double squares_height(const struct portfolio_cell *cell, double w)
{
	size_t n = cell->stage->touchpoint_count, row = squares_in_row(w);
	if (squares_counted(cell, w)) {
		n = 0;
		row = (size_t)fmax(1, floor(w / COUNT_W));
		for (size_t v = 0; v <= TL_HOTSPOT; v++)
			n += cell->verdicts[v] > 0;
	}
	return (double)((n + row - 1) / row) * SQUARE_STEP;
}

static void draw_squares(struct portfolio *portfolio, const struct portfolio_cell *cell,
	tl_color color, double x, double y, double w)
{
	bool counted = squares_counted(cell, w);
	size_t row = counted ? (size_t)fmax(1, floor(w / COUNT_W)) : squares_in_row(w), at = 0;
	double step = counted ? COUNT_W : SQUARE_STEP;
	for (int v = TL_HOTSPOT; v >= TL_NO_EVIDENCE; v--)
		for (size_t k = 0; k < (counted ? cell->verdicts[v] > 0 : cell->verdicts[v]); k++) {
			double left = x + (double)(at % row) * step;
			double top = y + (double)(at / row) * SQUARE_STEP;
			portfolio_square(portfolio, (enum tl_verdict)v, color, left, top);
			if (counted)
				tl_mark_text(&portfolio->canvas, left + PORTFOLIO_SQUARE + 3,
					top + 7.6, TL_START, portfolio_text(color),
					tl_arena_printf(portfolio->arena, "%zu", cell->verdicts[v]));
			at++;
		}
}

/* ---- the cell ------------------------------------------------------------------------------- */

struct portfolio_cell portfolio_cell_measure(struct portfolio *portfolio,
	const struct portfolio_entry *entry, const struct tl_stage *stage, double w)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	struct portfolio_cell cell = {.stage = stage, .w = w};
	double room = w - 2 * PORTFOLIO_PAD;
	look(entry, &cell);
	const struct tl_paint *paint = portfolio_heat(portfolio, verdict_of(&cell));
	tl_lines_wrap(canvas, &cell.lines, stage->title, portfolio_strong(paint->ink),
		verdict_of(&cell) == TL_HOTSPOT ? room - 2 * BADGE : room, 3);
	tl_lines_wrap(canvas, &cell.lines, say_verdict(portfolio, entry, &cell),
		portfolio_text(paint->ink), room, 3);
	cell.squares_h = squares_height(&cell, room);
	cell.h = cell.lines.height + SQUARE_GAP + cell.squares_h + 2 * PORTFOLIO_PAD;
	return cell;
}

static const char *tell(struct portfolio *portfolio, const struct portfolio_entry *entry,
	const struct portfolio_cell *cell)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	const char *counts[TL_HOTSPOT + 1] = {NULL};
	for (size_t v = 0; v <= TL_HOTSPOT; v++)
		if (cell->verdicts[v])
			counts[TL_HOTSPOT - v] = tl_arena_printf(canvas->arena, "%s %zu",
				tl_feedback_verdict(canvas, (enum tl_verdict)v), cell->verdicts[v]);
	return tl_canvas_sentences(canvas,
		tl_canvas_say(canvas, TL_SAY_TIP_PORTFOLIO_STAGE, entry->journey->title),
		tl_tell_stage(canvas, cell->stage),
		tl_canvas_say(canvas, TL_SAY_TIP_PORTFOLIO_VERDICTS,
			tl_canvas_join(canvas, ", ", counts, TL_COUNT(counts))),
		cell->worst ? tl_feedback_tell_friction(canvas, cell->worst) : NULL,
		!cell->worst && cell->assumed
			? tl_tell_friction(canvas, cell->assumed,
				  &entry->assumed[cell->assumed->index])
			: NULL);
}

static void draw_ground(struct portfolio *portfolio, const struct portfolio_cell *cell, double x,
	double y, double h)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	enum tl_verdict verdict = verdict_of(cell);
	const struct tl_paint *paint = portfolio_heat(portfolio, verdict);
	double squares = fmin(cell->w - 2 * PORTFOLIO_PAD,
		(double)cell->stage->touchpoint_count * SQUARE_STEP);
	if (cell->worst) {
		tl_mark_round(canvas,
			tl_pen_both(paint->fill, paint->stroke, portfolio_frame(verdict)), x, y,
			cell->w, h, 4);
		portfolio->used.heat[verdict] = true;
		portfolio->used.signs[PORTFOLIO_HEAT] = true;
		return;
	}
	tl_feedback_unknown(canvas, x, y, cell->w, h);
	portfolio->used.signs[PORTFOLIO_UNKNOWN] = true;
	/* Plates under what is to be read. */
	tl_mark_rect(canvas, tl_pen_fill(paint->fill), x + 2, y + 2,
		fmin(cell->lines.width * 1.03 + PORTFOLIO_PAD + 2, cell->w - 4),
		cell->lines.height + PORTFOLIO_PAD);
	tl_mark_rect(canvas, tl_pen_fill(paint->fill), x + 2,
		y + h - PORTFOLIO_PAD - cell->squares_h, squares + PORTFOLIO_PAD,
		cell->squares_h + PORTFOLIO_PAD - 2);
	if (cell->assumed)
		portfolio_dotted(portfolio, x + 1.5, y + 1.5, cell->w - 3, h - 3);
}

void portfolio_cell_draw(struct portfolio *portfolio, const struct portfolio_entry *entry,
	const struct portfolio_cell *cell, double x, double y, double h)
{
	struct tl_canvas *canvas = &portfolio->canvas;
	double room = cell->w - 2 * PORTFOLIO_PAD;
	draw_ground(portfolio, cell, x, y, h);
	draw_squares(portfolio, cell, portfolio_heat(portfolio, verdict_of(cell))->ink, x + PORTFOLIO_PAD,
		y + h - PORTFOLIO_PAD - cell->squares_h + 2, room);
	if (verdict_of(cell) == TL_HOTSPOT)
		portfolio_badge(portfolio, tl_feedback_count(canvas, cell->worst->score->rank),
			x + cell->w - BADGE - 3, y + BADGE + 3);
	struct tl_box box = {
		.id = tl_canvas_id(canvas, "%s.%s", entry->journey->id, cell->stage->id),
		.role = tl_arena_printf(canvas->arena, "stage %s",
			tl_verdicts.words[verdict_of(cell)]),
		.tooltip = tell(portfolio, entry, cell),
		.x = x,
		.y = y,
		.w = cell->w,
		.h = h,
		.pad = PORTFOLIO_PAD};
	tl_canvas_box(canvas, box, &cell->lines, tl_order_front(0));
}
