/* pages_deal: a card on as many pages as it needs. A column is taken block by block; what a page
 * takes of a block is a slice.
 */
#include <math.h>
#include "map/pages.h"
#include "map/tell.h"

enum { CARD_GAP = 10, BLOCK_GAP = 6, SECTION_GAP = 11 };

/* ---- dealing out ------------------------------------------------------------------------------ */

struct slice { /* what of a block stands on a page */
	const struct pages_block *block;
	size_t from, count;
	double y, h; /* from the top of the column */
	bool heading;
};

static double slice_height(const struct pages_block *block, size_t from, size_t count)
{
	double h = 2 * block->pad;
	for (size_t i = from; i < from + count; i++)
		h += tl_text_pitch(block->lines.list[i].size);
	return from ? h : fmax(h, block->least_h);
}

/* How many lines from `from` on fit into h; at least one, so that every page gets on. */
static size_t lines_that_fit(const struct pages_block *block, size_t from, double h)
{
	size_t count = 1;
	while (from + count < block->lines.count && slice_height(block, from, count + 1) <= h)
		count++;
	return count;
}

/* Takes from the column what fits into room; returns the height. */
static double take(struct pages_column *column, double room, bool breaks, struct slice *slices,
	size_t *n)
{
	double y = 0;
	for (*n = 0; column->next < column->count; ++*n) {
		const struct pages_block *block = &column->list[column->next];
		size_t from = column->next_line, left = block->lines.count - from;
		bool heading = *n == 0 || slices[*n - 1].block->section != block->section;
		double top = y;
		if (*n)
			top += heading ? SECTION_GAP : BLOCK_GAP;
		if (heading)
			top += PAGES_HEADING_H;
		double h = slice_height(block, from, left);
		if (top + h > room) {
			if (!breaks || *n)
				break;
			left = lines_that_fit(block, from, room - top);
			h = slice_height(block, from, left);
		}
		slices[*n] = (struct slice){block, from, left, top, h, heading};
		y = top + h;
		column->next_line = from + left;
		if (column->next_line == block->lines.count) {
			column->next++;
			column->next_line = 0;
		}
	}
	return y;
}

double pages_column_height(const struct pages_column *column)
{
	double y = 0;
	for (size_t b = 0; b < column->count; b++) {
		const struct pages_block *block = &column->list[b];
		bool heading = b == 0 || block[-1].section != block->section;
		if (b)
			y += heading ? SECTION_GAP : BLOCK_GAP;
		y += (heading ? PAGES_HEADING_H : 0) + slice_height(block, 0, block->lines.count);
	}
	return y;
}

double pages_card_height(const struct pages_card *card)
{
	double h = 0;
	for (size_t i = 0; i < card->column_count; i++)
		h = fmax(h, pages_column_height(&card->columns[i]));
	return card->head_h + h + PAGES_PAD;
}

/* How many blocks at the end of a column are one section. */
static size_t last_section(const struct pages_column *column)
{
	size_t n = 1;
	while (n < column->count &&
		column->list[column->count - n - 1].section == column->list[column->count - 1].section)
		n++;
	return n;
}

static bool move_section(
	struct pages *pages, struct pages_column *from, struct pages_column *to, double highest)
{
	size_t n = from->count ? last_section(from) : 0;
	if (n == from->count)
		return false;
	size_t before = to->count;
	for (size_t i = from->count - n; i < from->count; i++)
		*pages_block_add(pages, to) = from->list[i];
	if (pages_column_height(to) >= highest) {
		to->count = before;
		return false;
	}
	from->count -= n;
	return true;
}

void pages_card_balance(struct pages *pages, struct pages_card *card)
{
	/* The lists may be shared with a card that stays as it is. */
	for (size_t i = 0; i < card->column_count; i++) {
		struct pages_column *column = &card->columns[i], copy = *column;
		copy.list = NULL;
		copy.count = copy.capacity = 0;
		for (size_t b = 0; b < column->count; b++)
			*pages_block_add(pages, &copy) = column->list[b];
		*column = copy;
	}
	for (bool moved = true; moved;) {
		size_t high = 0, low = 0;
		double heights[PAGES_COLUMNS];
		for (size_t i = 0; i < card->column_count; i++) {
			heights[i] = pages_column_height(&card->columns[i]);
			if (heights[i] > heights[high])
				high = i;
			if (heights[i] < heights[low])
				low = i;
		}
		moved = high != low && move_section(pages, &card->columns[high],
			&card->columns[low], heights[high]);
	}
}

/* ---- drawing ---------------------------------------------------------------------------------- */

static uint64_t order_of(const struct pages *pages, const struct pages_card *card, unsigned rank)
{
	return card->touchpoint ? tl_order_touchpoint(card->touchpoint, rank)
				: tl_order_stage(pages->stage);
}

static void draw_heading(struct pages *pages, const struct pages_card *card,
	const struct pages_column *column, const struct slice *slice, double x, double y,
	unsigned rank)
{
	struct tl_canvas *canvas = &pages->canvas;
	struct tl_lines lines = {0};
	const char *text = tl_canvas_word(canvas, slice->block->section);
	tl_lines_wrap(canvas, &lines, text,
		(struct tl_style){10, TL_BOLD, pages->palette->card.soft}, column->w, 1);
	lines.rtl = slice->block->lines.rtl;
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s.heading", slice->block->id),
		.role = "heading",
		.tooltip = tl_canvas_sentence(canvas, text),
		.x = x, .y = y - PAGES_HEADING_H, .w = column->w, .h = lines.height,
		.touchpoint = card->touchpoint};
	tl_canvas_box(canvas, box, &lines, order_of(pages, card, rank));
}

static void draw_slice(struct pages *pages, const struct pages_card *card,
	const struct pages_column *column, const struct slice *slice, double x, double y,
	unsigned rank)
{
	struct tl_canvas *canvas = &pages->canvas;
	const struct pages_block *block = slice->block;
	bool against = tl_lines_against(canvas, &block->lines);
	double pad = block->pad, w = column->w;
	struct tl_lines lines = block->lines;
	lines.list += slice->from;
	lines.count = slice->count;
	if (pad)
		tl_mark_round(canvas, block->pen, x, y, w, slice->h, 5);
	if (block->bar)
		tl_mark_rect(canvas, tl_pen_fill(block->bar), against ? x + w - 3 : x, y, 3, slice->h);
	if (block->sign && slice->from == 0)
		block->sign(canvas, block, against ? x + w - pad - 20 : x + pad, y + pad);
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s", block->id), .role = block->role,
		.tooltip = block->tooltip, .href = block->href,
		.x = x + pad + (against ? 0 : block->indent), .y = y + pad,
		.w = w - 2 * pad - block->indent, .h = slice->h - 2 * pad,
		.valign = TL_START, .touchpoint = card->touchpoint};
	tl_canvas_box(canvas, box, &lines, order_of(pages, card, rank));
}

static void draw_chips(struct pages *pages, const struct pages_card *card, double x, double y)
{
	struct tl_canvas *canvas = &pages->canvas;
	for (size_t i = 0; i < card->chip_count; i++) {
		const struct pages_chip *chip = &card->chips[i];
		double icon = chip->channel ? PAGES_ICON_W : 0;
		tl_mark_round(canvas, chip->pen, x + chip->x, y + chip->y, chip->w, chip->h, 9);
		if (chip->channel)
			tl_icon_channel(canvas, (enum tl_channel_kind)chip->channel->kind,
				pages->palette->pill.ink, x + chip->x + PAGES_CHIP_PAD + 10,
				y + chip->y + chip->h / 2);
		struct tl_box box = {.id = tl_canvas_id(canvas, "%s", chip->id),
			.role = chip->role, .tooltip = chip->tooltip,
			.x = x + chip->x + PAGES_CHIP_PAD + 2 + icon, .y = y + chip->y,
			.w = chip->w - 2 * PAGES_CHIP_PAD - 4 - icon, .h = chip->h,
			.halign = TL_MIDDLE, .valign = TL_MIDDLE, .touchpoint = card->touchpoint};
		tl_canvas_box(canvas, box, &chip->lines, order_of(pages, card, 1 + (unsigned)i));
	}
}

static void draw_number(struct pages *pages, const struct tl_touchpoint *touchpoint, double x,
	double y)
{
	struct tl_canvas *canvas = &pages->canvas;
	size_t hue = tl_stage_hue(pages->stage->index, pages->journey->stage_count);
	const struct tl_paint *paint = &pages->palette->stage[hue];
	const char *text = tl_arena_printf(pages->arena, "%zu", touchpoint->index + 1);
	double w = fmin(fmax(PAGES_NUMBER_H, ceil(tl_text_width(text, 10, TL_BOLD)) + 8), PAGES_TITLE_INDENT - 3);
	tl_mark_round(
		canvas, tl_pen_both(paint->fill, paint->stroke, 1.4), x, y, w, PAGES_NUMBER_H, PAGES_NUMBER_H / 2.0);
	tl_mark_text(canvas, x + w / 2, y + PAGES_NUMBER_H / 2.0 + 3.6, TL_MIDDLE,
		(struct tl_style){10, TL_BOLD, paint->ink}, text);
}

static void draw_row(struct pages *pages, const struct pages_card *card, double x, double y)
{
	unsigned rank = 20;
	for (size_t i = 0; i < card->row_count; i++) {
		const struct pages_column *column = &card->row[i];
		double top = y;
		for (size_t b = 0; b < column->count; b++) {
			const struct pages_block *block = &column->list[b];
			struct slice slice = {block, 0, block->lines.count, 0, 0, false};
			slice.h = slice_height(block, 0, block->lines.count);
			draw_slice(pages, card, column, &slice, x + column->x, top, rank++);
			top += slice.h + BLOCK_GAP;
		}
	}
}

static void draw_head(struct pages *pages, const struct pages_card *card, double x, double y)
{
	struct tl_canvas *canvas = &pages->canvas;
	const struct tl_lines *title = card->begun ? &card->again : &card->title;
	if (!card->touchpoint)
		return;
	const struct tl_touchpoint_insight *known = tl_feedback_of(canvas, card->touchpoint);
	draw_number(pages, card->touchpoint, x + PAGES_PAD, y + PAGES_PAD);
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s", card->touchpoint->id),
		.role = known ? tl_arena_printf(pages->arena, "touchpoint %s", tl_feedback_class(known))
			      : "touchpoint",
		.tooltip = tl_tell_touchpoint(canvas, card->touchpoint),
		.x = x + PAGES_PAD + PAGES_TITLE_INDENT, .y = y + PAGES_PAD,
		.w = card->begun ? PAGES_CARD_W - 2 * PAGES_PAD - PAGES_TITLE_INDENT : card->title_w,
		.h = fmax(title->height, PAGES_NUMBER_H),
		.valign = TL_MIDDLE, .touchpoint = card->touchpoint};
	tl_canvas_box(canvas, box, title, order_of(pages, card, 0));
	if (card->begun)
		return;
	draw_chips(pages, card, x, y);
	if (card->known_h > 0)
		pages_known_draw(pages, card->touchpoint, x, y + card->known_y);
	draw_row(pages, card, x, y + card->row_y);
}

static bool finished(const struct pages_card *card)
{
	for (size_t i = 0; i < card->column_count; i++)
		if (card->columns[i].next < card->columns[i].count)
			return false;
	return true;
}

bool pages_card_draw(struct pages *pages, struct pages_card *card, bool breaks)
{
	double head = card->begun ? card->again_h : card->head_h, x = PAGES_MARGIN, y = pages->y;
	double room = pages->bottom - y - head - PAGES_PAD, h = 0;
	struct slice *slices[PAGES_COLUMNS];
	size_t counts[PAGES_COLUMNS];
	for (size_t i = 0; i < card->column_count; i++) {
		struct pages_column *column = &card->columns[i];
		slices[i] = tl_arena_array(pages->arena, struct slice, column->count - column->next);
		h = fmax(h, take(column, room, breaks, slices[i], &counts[i]));
	}
	h += head + PAGES_PAD;
	const struct tl_paint *paint = &pages->palette->card;
	tl_mark_round(&pages->canvas, tl_pen_fill(pages->palette->shadow), x + 1, y + 2, PAGES_CARD_W, h, 8);
	const struct tl_touchpoint_insight *known =
		card->touchpoint ? tl_feedback_of(&pages->canvas, card->touchpoint) : NULL;
	struct tl_pen pen = tl_pen_both(paint->fill, paint->stroke, 1);
	if (tl_feedback_hot(known)) {
		bool hotspot = known->score->verdict == TL_HOTSPOT;
		pen.stroke = pages->palette->heat[hotspot ? TL_HEAT - 1 : 1];
		pen.width = hotspot ? 2.4 : 1.6;
	}
	tl_mark_round(&pages->canvas, pen, x, y, PAGES_CARD_W, h, 8);
	draw_head(pages, card, x, y);
	for (size_t i = 0; i < card->column_count; i++) {
		const struct pages_column *column = &card->columns[i];
		for (size_t k = 0; k < counts[i]; k++) {
			const struct slice *slice = &slices[i][k];
			unsigned rank = 100 + 100000 * (unsigned)i + 2 * (unsigned)k;
			double top = y + head + slice->y;
			if (slice->heading)
				draw_heading(pages, card, column, slice, x + column->x, top, rank);
			draw_slice(pages, card, column, slice, x + column->x, top, rank + 1);
		}
	}
	card->begun = true;
	pages->y = y + h + CARD_GAP;
	return finished(card);
}
