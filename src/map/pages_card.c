/* pages_card: the cards of the view `stage`: head with title and labels, columns of blocks, dealt
 * out to as many pages as they need.
 */
#include <math.h>
#include "map/pages.h"
#include "map/tell.h"

enum {
	CARD_GAP = 10,
	MOST_HEAD_H = 260, /* so that a page has room below it */
	HEAD_GAP = 9,
	NUMBER_H = 22,
	TITLE_INDENT = 30,
	BLOCK_GAP = 6,
	SECTION_GAP = 11,
	CHIP_PAD = 4,
	CHIP_GAP = 6,
	ICON_W = 18,
	TITLE_LINES = 4, /* what is longer is cut in the head and said whole in a block */
	CHIP_LINES = 2,
	ALL_LINES = 100000,
};

struct tl_style pages_text(tl_color color)
{
	return (struct tl_style){11, 0, color};
}

struct tl_style pages_strong(tl_color color)
{
	return (struct tl_style){11, TL_BOLD, color};
}

struct tl_style pages_fact(tl_color color)
{
	return (struct tl_style){10, 0, color};
}

/* ---- chips ------------------------------------------------------------------------------------ */

struct chipper {
	struct pages *pages;
	struct pages_card *card;
};

/* A text that its place cuts is said whole in a block of the first column. */
static void say_whole(struct pages *pages, struct pages_card *card, enum tl_word section,
	const char *role, const char *text)
{
	struct pages_column *column = &card->columns[0];
	struct pages_block *block = pages_block_add(pages, column);
	const char *owner = card->touchpoint ? card->touchpoint->id : pages->stage->id;
	block->section = section;
	block->role = role;
	block->id = tl_arena_printf(pages->arena, "%s.whole.%s", owner, role);
	block->tooltip = tl_canvas_sentence(&pages->canvas, text);
	tl_lines_wrap(&pages->canvas, &block->lines, text, pages_text(pages->palette->card.ink),
		column->w, ALL_LINES);
}

static struct pages_chip *add_chip(struct chipper *chipper, const char *role, const char *text,
	const char *tooltip, const struct tl_paint *paint, enum tl_word section, double icon_w)
{
	struct pages *pages = chipper->pages;
	struct pages_chip *chip = &chipper->card->chips[chipper->card->chip_count++];
	double room = (PAGES_CARD_W - 2 * PAGES_PAD - TITLE_INDENT) / 2.0;
	chip->id = tl_arena_printf(
		pages->arena, "%s.%s", chipper->card->touchpoint->id, role);
	chip->role = role;
	chip->tooltip = tooltip;
	chip->pen = tl_pen_both(paint->fill, paint->stroke, 0.9);
	tl_lines_wrap(&pages->canvas, &chip->lines, text, pages_fact(paint->ink),
		room - 2 * CHIP_PAD - 6 - icon_w, CHIP_LINES);
	if (chip->lines.cut)
		say_whole(pages, chipper->card, section, role, text);
	chip->w = ceil(chip->lines.width * 1.03) + 2 * CHIP_PAD + 8 + icon_w;
	chip->h = chip->lines.height + 6;
	return chip;
}

static void add_channel(struct chipper *chipper, const struct tl_channel *channel)
{
	struct pages *pages = chipper->pages;
	struct tl_canvas *canvas = &pages->canvas;
	const char *reply = isnan(channel->reply_within)
		? NULL
		: tl_canvas_say(canvas, TL_SAY_CLOCK_REPLY,
			  tl_say_duration(
				  pages->arena, canvas->language, NULL, channel->reply_within));
	const char *const parts[] = {channel->label,
		channel->self_service ? tl_canvas_word(canvas, TL_SAY_SELF_SERVICE) : NULL, reply};
	struct pages_chip *chip = add_chip(chipper, "channel",
		tl_canvas_join(canvas, " · ", parts, TL_COUNT(parts)),
		tl_tell_channel(canvas, channel), &pages->palette->pill, TL_SAY_LANE_CHANNEL,
		ICON_W);
	chip->channel = channel;
}

static void add_friction(struct chipper *chipper, const struct tl_touchpoint *touchpoint)
{
	struct pages *pages = chipper->pages;
	struct tl_canvas *canvas = &pages->canvas;
	const struct tl_assumed *assumed = &pages->assumed[touchpoint->index];
	if (assumed->friction <= 0)
		return;
	size_t step = tl_heat_step(assumed->friction);
	struct tl_paint paint = {.fill = pages->palette->card.fill,
		.stroke = pages->palette->heat[step], .ink = pages->palette->heat_ink[step]};
	struct pages_chip *chip = add_chip(chipper, "friction",
		tl_canvas_say(canvas, TL_SAY_FRICTION_CHIP,
			tl_say_number(pages->arena, canvas->language, assumed->friction, 1, false)),
		tl_tell_friction(canvas, touchpoint, assumed), &paint, TL_SAY_LANE_FRICTION, 0);
	chip->pen.dash = TL_DOTTED;
	chip->pen.width = 1.3;
}

/* A sentence as a label, without its full stop. */
static void add_plain(
	struct chipper *chipper, const char *role, const char *text, const struct tl_paint *paint)
{
	add_chip(chipper, role, text, tl_canvas_sentence(&chipper->pages->canvas, text), paint,
		TL_SAY_TOUCHPOINT, 0);
}

static void make_chips(struct pages *pages, struct pages_card *card)
{
	struct chipper chipper = {pages, card};
	struct tl_canvas *canvas = &pages->canvas;
	const struct tl_palette *palette = pages->palette;
	const struct tl_touchpoint *touchpoint = card->touchpoint;
	if (touchpoint->moment_of_truth)
		add_chip(&chipper, "moment-of-truth",
			tl_arena_printf(pages->arena, "★ %s",
				tl_canvas_word(canvas, TL_SAY_LEGEND_TRUTH)),
			tl_canvas_say(canvas, TL_SAY_TIP_TRUTH, touchpoint->title),
			&palette->truth, TL_SAY_LEGEND_TRUTH, 0);
	add_friction(&chipper, touchpoint);
	if (touchpoint->channel)
		add_channel(&chipper, touchpoint->channel);
	if (touchpoint->owner)
		add_chip(&chipper, "owner",
			tl_canvas_say(canvas, TL_SAY_OWNED_BY, touchpoint->owner->label),
			tl_canvas_say(canvas, TL_SAY_TIP_OWNER, touchpoint->owner->label),
			&palette->pill, TL_SAY_OWNER, 0);
	add_plain(&chipper, "importance",
		tl_canvas_say(canvas, TL_SAY_IMPORTANCE,
			tl_arena_printf(pages->arena, "%d", touchpoint->importance)),
		&palette->pill);
	if (touchpoint->initiator == TL_COMPANY)
		add_plain(&chipper, "initiator", tl_canvas_word(canvas, TL_SAY_LEGEND_COMPANY),
			&palette->pill);
	if (!isnan(touchpoint->reach))
		add_plain(&chipper, "reach",
			tl_canvas_say(canvas, TL_SAY_REACHED,
				tl_say_percent(pages->arena, canvas->language, touchpoint->reach)),
			&palette->pill);
}

/* Behind the title where they all fit; returns whether they do. */
static bool place_chips_beside(const struct pages *pages, struct pages_card *card)
{
	double w = -CHIP_GAP, right = PAGES_CARD_W - PAGES_PAD;
	for (size_t i = 0; i < card->chip_count; i++) {
		w += card->chips[i].w + CHIP_GAP;
		if (card->chips[i].lines.count > 1)
			return false;
	}
	double title_w = ceil(card->title.width * 1.03);
	if (card->title.count > 1 || tl_lines_against(&pages->canvas, &card->title) ||
		PAGES_PAD + TITLE_INDENT + title_w + 20 + w > right)
		return false;
	for (size_t i = 0; i < card->chip_count; i++) {
		card->chips[i].x = right - w;
		card->chips[i].y = PAGES_PAD + floor((NUMBER_H - card->chips[i].h) / 2);
		w -= card->chips[i].w + CHIP_GAP;
	}
	card->title_w = title_w + 4;
	return true;
}

/* In rows below the title; returns the height. */
static double place_chips_below(struct pages_card *card, double top)
{
	double x = TITLE_INDENT + PAGES_PAD, y = top, row = 0;
	for (size_t i = 0; i < card->chip_count; i++) {
		struct pages_chip *chip = &card->chips[i];
		if (row > 0 && x + chip->w > PAGES_CARD_W - PAGES_PAD) {
			x = TITLE_INDENT + PAGES_PAD;
			y += row + CHIP_GAP;
			row = 0;
		}
		chip->x = x;
		chip->y = y;
		x += chip->w + CHIP_GAP;
		row = fmax(row, chip->h);
	}
	return y + row - top;
}

/* ---- making ----------------------------------------------------------------------------------- */

void pages_card_make(
	struct pages *pages, struct pages_card *card, const struct tl_touchpoint *touchpoint)
{
	struct tl_canvas *canvas = &pages->canvas;
	*card = (struct pages_card){.touchpoint = touchpoint};
	struct tl_style style = {14, TL_BOLD, pages->palette->card.ink};
	double room = PAGES_CARD_W - 2 * PAGES_PAD - TITLE_INDENT;
	tl_lines_wrap(canvas, &card->title, touchpoint->title, style, room, TITLE_LINES);
	tl_lines_wrap(canvas, &card->again,
		tl_canvas_say(canvas, TL_SAY_CONTINUED, touchpoint->title), style, room, 1);
	pages_fill(pages, card);
	make_chips(pages, card);
	if (card->title.cut)
		say_whole(pages, card, TL_SAY_TOUCHPOINT, "title", touchpoint->title);
	double title_h = fmax(card->title.height, NUMBER_H);
	card->title_w = room;
	card->head_h = PAGES_PAD + title_h + HEAD_GAP;
	if (card->chip_count && !place_chips_beside(pages, card))
		card->head_h += 5 + place_chips_below(card, PAGES_PAD + title_h + 5);
	card->row_y = card->head_h;
	pages_fill_feelings(pages, card, MOST_HEAD_H - card->head_h);
	card->head_h += card->row_h;
	card->again_h = PAGES_PAD + fmax(card->again.height, NUMBER_H) + HEAD_GAP;
}

bool pages_card_intro(struct pages *pages, struct pages_card *card)
{
	const struct tl_stage *stage = pages->stage;
	if (!pages->head.title.cut && !pages->head.goals.cut)
		return false;
	*card = (struct pages_card){.column_count = 1, .head_h = PAGES_PAD, .again_h = PAGES_PAD};
	card->columns[0].x = PAGES_PAD;
	card->columns[0].w = PAGES_CARD_W - 2 * PAGES_PAD;
	if (pages->head.title.cut)
		say_whole(pages, card, TL_SAY_STAGE, "title", stage->title);
	for (size_t i = 0; pages->head.goals.cut && i < stage->goals.count; i++)
		say_whole(pages, card, TL_SAY_LANE_GOALS, "goal", stage->goals.list[i].text);
	return true;
}

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
		double icon = chip->channel ? ICON_W : 0;
		tl_mark_round(canvas, chip->pen, x + chip->x, y + chip->y, chip->w, chip->h, 9);
		if (chip->channel)
			tl_icon_channel(canvas, (enum tl_channel_kind)chip->channel->kind,
				pages->palette->pill.ink, x + chip->x + CHIP_PAD + 10,
				y + chip->y + chip->h / 2);
		struct tl_box box = {.id = tl_canvas_id(canvas, "%s", chip->id),
			.role = chip->role, .tooltip = chip->tooltip,
			.x = x + chip->x + CHIP_PAD + 2 + icon, .y = y + chip->y,
			.w = chip->w - 2 * CHIP_PAD - 4 - icon, .h = chip->h,
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
	double w = fmin(fmax(NUMBER_H, ceil(tl_text_width(text, 10, TL_BOLD)) + 8), TITLE_INDENT - 3);
	tl_mark_round(
		canvas, tl_pen_both(paint->fill, paint->stroke, 1.4), x, y, w, NUMBER_H, NUMBER_H / 2.0);
	tl_mark_text(canvas, x + w / 2, y + NUMBER_H / 2.0 + 3.6, TL_MIDDLE,
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
	draw_number(pages, card->touchpoint, x + PAGES_PAD, y + PAGES_PAD);
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s", card->touchpoint->id),
		.role = "touchpoint",
		.tooltip = tl_tell_touchpoint(canvas, card->touchpoint),
		.x = x + PAGES_PAD + TITLE_INDENT, .y = y + PAGES_PAD,
		.w = card->begun ? PAGES_CARD_W - 2 * PAGES_PAD - TITLE_INDENT : card->title_w,
		.h = fmax(title->height, NUMBER_H),
		.valign = TL_MIDDLE, .touchpoint = card->touchpoint};
	tl_canvas_box(canvas, box, title, order_of(pages, card, 0));
	if (card->begun)
		return;
	draw_chips(pages, card, x, y);
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
	tl_mark_round(&pages->canvas, tl_pen_both(paint->fill, paint->stroke, 1), x, y, PAGES_CARD_W, h, 8);
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
