/* pages_card: cards of the view `stage` in the making: title, labels, columns of blocks. */
#include <math.h>
#include "map/pages.h"
#include "map/tell.h"

enum {
	HEAD_GAP = 9,
	MOST_HEAD_H = 260, /* so that a page has room below it */
	CHIP_GAP = 6,
	TITLE_LINES = 4, /* what is longer is cut in the head and said whole in a block */
	CHIP_LINES = 2,
	ALL_LINES = 100000,
};

struct tl_style pages_text(tl_color color)
{
	return (struct tl_style){11, 0, color};
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
	double room = (PAGES_CARD_W - 2 * PAGES_PAD - PAGES_TITLE_INDENT) / 2.0;
	chip->id = tl_arena_printf(
		pages->arena, "%s.%s", chipper->card->touchpoint->id, role);
	chip->role = role;
	chip->tooltip = tooltip;
	chip->pen = tl_pen_both(paint->fill, paint->stroke, 0.9);
	tl_lines_wrap(&pages->canvas, &chip->lines, text, pages_fact(paint->ink),
		room - 2 * PAGES_CHIP_PAD - 6 - icon_w, CHIP_LINES);
	if (chip->lines.cut)
		say_whole(pages, chipper->card, section, role, text);
	chip->w = ceil(chip->lines.width * 1.03) + 2 * PAGES_CHIP_PAD + 8 + icon_w;
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
		PAGES_ICON_W);
	chip->channel = channel;
}

/* "Hotspot · 87.9 (68.9–96.9) · n 177", or that there is no evidence. */
static void add_known_friction(
	struct chipper *chipper, const struct tl_touchpoint_insight *known)
{
	struct tl_canvas *canvas = &chipper->pages->canvas;
	const struct tl_palette *palette = chipper->pages->palette;
	const struct tl_touchpoint_score *score = known->score;
	bool evidence = tl_feedback_evidence(known);
	const struct tl_paint *paint =
		evidence ? &palette->heat_cell[tl_heat_cell(score->friction, score->verdict)] : &palette->unknown;
	const char *const parts[] = {
		score->verdict >= TL_WATCH
			? tl_arena_printf(canvas->arena, "%s %s",
				  tl_feedback_verdict(canvas, score->verdict),
				  tl_feedback_count(canvas, score->rank))
			: tl_feedback_verdict(canvas, score->verdict),
		evidence ? tl_arena_printf(canvas->arena, "%s (%s)",
				   tl_feedback_figure(canvas, score->friction, false),
				   tl_feedback_range(canvas, score->interval, false))
			 : NULL,
		tl_canvas_say(canvas, TL_SAY_EPISODES,
			tl_feedback_count(canvas, score->counts->episodes))};
	struct pages_chip *chip = add_chip(chipper, "friction",
		tl_canvas_join(canvas, " · ", parts, TL_COUNT(parts)),
		tl_feedback_tell_friction(canvas, known), paint, TL_SAY_LANE_FRICTION, 0);
	chip->role = evidence ? "friction measured" : "friction none";
	chip->pen.width = score->verdict >= TL_WATCH ? 1.8 : 0.9;
}

static void add_friction(struct chipper *chipper, const struct tl_touchpoint *touchpoint)
{
	struct pages *pages = chipper->pages;
	struct tl_canvas *canvas = &pages->canvas;
	const struct tl_assumed *assumed = &pages->assumed[touchpoint->index];
	const struct tl_touchpoint_insight *known = tl_feedback_of(canvas, touchpoint);
	if (known)
		add_known_friction(chipper, known);
	if (assumed->friction <= 0 || tl_feedback_evidence(known))
		return;
	size_t step = tl_heat_step(assumed->friction);
	struct tl_paint paint = {.fill = pages->palette->card.fill,
		.stroke = pages->palette->heat[step], .ink = pages->palette->heat_ink[step]};
	struct pages_chip *chip = add_chip(chipper, known ? "friction.assumed" : "friction",
		tl_canvas_say(canvas, TL_SAY_FRICTION_CHIP,
			tl_say_number(pages->arena, canvas->language, assumed->friction, 1, false)),
		tl_tell_friction(canvas, touchpoint, assumed), &paint, TL_SAY_LANE_FRICTION, 0);
	chip->role = known ? "friction assumed" : "friction";
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
		PAGES_PAD + PAGES_TITLE_INDENT + title_w + 20 + w > right)
		return false;
	for (size_t i = 0; i < card->chip_count; i++) {
		card->chips[i].x = right - w;
		card->chips[i].y = PAGES_PAD + floor((PAGES_NUMBER_H - card->chips[i].h) / 2);
		w -= card->chips[i].w + CHIP_GAP;
	}
	card->title_w = title_w + 4;
	return true;
}

/* In rows below the title; returns the height. */
static double place_chips_below(struct pages_card *card, double top)
{
	double x = PAGES_TITLE_INDENT + PAGES_PAD, y = top, row = 0;
	for (size_t i = 0; i < card->chip_count; i++) {
		struct pages_chip *chip = &card->chips[i];
		if (row > 0 && x + chip->w > PAGES_CARD_W - PAGES_PAD) {
			x = PAGES_TITLE_INDENT + PAGES_PAD;
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
	double room = PAGES_CARD_W - 2 * PAGES_PAD - PAGES_TITLE_INDENT;
	tl_lines_wrap(canvas, &card->title, touchpoint->title, style, room, TITLE_LINES);
	tl_lines_wrap(canvas, &card->again,
		tl_canvas_say(canvas, TL_SAY_CONTINUED, touchpoint->title), style, room, 1);
	pages_fill(pages, card);
	make_chips(pages, card);
	if (card->title.cut)
		say_whole(pages, card, TL_SAY_TOUCHPOINT, "title", touchpoint->title);
	double title_h = fmax(card->title.height, PAGES_NUMBER_H);
	card->title_w = room;
	card->head_h = PAGES_PAD + title_h + HEAD_GAP;
	if (card->chip_count && !place_chips_beside(pages, card))
		card->head_h += 5 + place_chips_below(card, PAGES_PAD + title_h + 5);
	card->known_y = card->head_h;
	card->known_h = pages_known_height(pages, touchpoint);
	card->head_h += card->known_h;
	card->row_y = card->head_h;
	pages_fill_feelings(pages, card, MOST_HEAD_H - card->head_h);
	card->head_h += card->row_h;
	card->again_h = PAGES_PAD + fmax(card->again.height, PAGES_NUMBER_H) + HEAD_GAP;
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
