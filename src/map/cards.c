/* cards: the touchpoints themselves. Number and owner, title, what the customer does; a star for a
 * moment of truth; where assumed friction is worst, a dotted outline and the word. With feedback,
 * card_known.c adds outline, rank and word of hotspots, and what departments believe. */
#include <math.h>
#include "map/sheet.h"
#include "map/tell.h"

enum { UNIFORM_LIMIT = 220, WORST_ROW = 16, STAR_W = 18, RADIUS = 8 };

/* What stands in the upper right corner makes room for the badge of a rank. */
static double card_shift(const struct sheet_card *card)
{
	return tl_feedback_hot(card->known) ? SHEET_BADGE : 0;
}

static void wrap_card(struct sheet *sheet, struct sheet_card *card)
{
	const struct tl_touchpoint *touchpoint = card->touchpoint;
	const struct tl_palette *palette = sheet->palette;
	struct tl_canvas *canvas = &sheet->canvas;
	double room = sheet->card_w - 2 * SHEET_PAD;
	size_t hue = tl_stage_hue(touchpoint->stage->index, sheet->journey->stage_count);
	const char *number = tl_arena_printf(sheet->arena, "%02zu", touchpoint->index + 1);
	const char *const head[] = {number, touchpoint->owner ? touchpoint->owner->label : NULL};
	tl_lines_wrap(canvas, &card->lines, tl_canvas_join(canvas, TL_DOT, head, TL_COUNT(head)),
		sheet_strong(palette->stage_text[hue]),
		room - (touchpoint->moment_of_truth ? STAR_W : 0) -
			(touchpoint->initiator == TL_COMPANY ? STAR_W : 0) - card_shift(card),
		3);
	tl_lines_gap(canvas, &card->lines, 1);
	struct tl_style title = {11, TL_BOLD, palette->card.ink};
	tl_lines_wrap(canvas, &card->lines, touchpoint->title, title, room, SHEET_MAX_LINES);
	for (size_t i = 0; i < touchpoint->actions.count; i++) {
		tl_lines_gap(canvas, &card->lines, 2);
		tl_lines_wrap(canvas, &card->lines, touchpoint->actions.list[i].text,
			sheet_body(palette->card.soft), room, SHEET_MAX_LINES);
	}
	card->text_h = card->lines.height + 2 * SHEET_PAD;
	card->h = card->text_h + (card->worst ? WORST_ROW : 0) +
		(card->known ? sheet_card_known_height(card) : 0);
}

/* Cards of a track are equally high, but for giants, which do not blow up the others. */
void sheet_cards_wrap(struct sheet *sheet)
{
	sheet->track_top = tl_arena_array(sheet->arena, double, sheet->tracks);
	sheet->track_h = tl_arena_array(sheet->arena, double, sheet->tracks);
	sheet->track_mid = tl_arena_array(sheet->arena, double, sheet->tracks);
	double *uniform = tl_arena_array(sheet->arena, double, sheet->tracks);
	for (size_t i = 0; i < sheet->count; i++) {
		struct sheet_card *card = &sheet->cards[i];
		wrap_card(sheet, card);
		card->id = tl_canvas_id(&sheet->canvas, "%s", card->touchpoint->id);
		if (card->h <= UNIFORM_LIMIT)
			uniform[card->track] = fmax(uniform[card->track], card->h);
	}
	for (size_t i = 0; i < sheet->route_count; i++) {
		const struct sheet_route *route = &sheet->routes[i];
		if (route->way != WAY_ROW)
			continue;
		size_t a = sheet->cards[route->from->index].track;
		size_t b = sheet->cards[route->to->index].track;
		double *row = &uniform[a > b ? a : b];
		*row = fmax(*row, route->label_h + 8);
	}
	for (size_t t = 0; t < sheet->tracks; t++)
		sheet->track_h[t] = uniform[t] = 4 * ceil(fmax(48, uniform[t]) / 4);
	for (size_t i = 0; i < sheet->count; i++) {
		struct sheet_card *card = &sheet->cards[i];
		card->h = fmax(card->h, uniform[card->track]);
		sheet->track_h[card->track] = fmax(sheet->track_h[card->track], card->h);
	}
	for (size_t t = 0; t < sheet->tracks; t++)
		sheet->track_mid[t] = round(uniform[t] / 2);
}

static void draw_truth(struct sheet *sheet, const struct sheet_card *card, unsigned lane)
{
	struct tl_canvas *canvas = &sheet->canvas;
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s.truth", card->touchpoint->id),
		.role = "moment-of-truth",
		.tooltip = tl_canvas_say(canvas, TL_SAY_TIP_TRUTH, card->touchpoint->title),
		.x = card->x + sheet->card_w - 24 - card_shift(card),
		.y = card->y + 5,
		.w = STAR_W,
		.h = 16,
		.touchpoint = card->touchpoint,
		.lane = sheet_lanes[lane].name};
	sheet_use(sheet, CODE_TRUTH);
	tl_icon_truth(canvas, &sheet->palette->truth, box.x + box.w / 2, box.y + box.h / 2);
	tl_canvas_box(canvas, box, NULL, tl_order_touchpoint(card->touchpoint, 1));
}

static void draw_company(struct sheet *sheet, const struct sheet_card *card)
{
	double x = card->x + sheet->card_w - 15 - card_shift(card) -
		(card->touchpoint->moment_of_truth ? STAR_W + 2 : 0);
	sheet_use(sheet, CODE_COMPANY);
	tl_icon_company(&sheet->canvas, sheet->palette->card.soft, x, card->y + 13);
}

static void draw_worst(struct sheet *sheet, const struct sheet_card *card, unsigned lane)
{
	struct tl_canvas *canvas = &sheet->canvas;
	double friction = sheet->assumed[card->touchpoint->index].friction;
	double below = card->known ? sheet_card_known_height(card) : 0;
	struct tl_lines lines = {0};
	const char *const parts[] = {tl_canvas_word(canvas, TL_SAY_ASSUMED),
		tl_say_number(sheet->arena, canvas->language, friction, 0, false)};
	sheet_use(sheet, CODE_WORST);
	tl_lines_wrap(canvas, &lines, tl_canvas_join(canvas, " ", parts, TL_COUNT(parts)),
		sheet_strong(sheet->palette->heat_ink[TL_HEAT - 1]), sheet->card_w - 2 * SHEET_PAD, 1);
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s.assumed", card->touchpoint->id),
		.role = "assumed",
		.tooltip = tl_tell_friction(canvas, card->touchpoint,
			&sheet->assumed[card->touchpoint->index]),
		.x = card->x + SHEET_PAD - 2,
		.y = card->y + card->h - below - WORST_ROW - 4,
		.w = sheet->card_w - 2 * SHEET_PAD + 4,
		.h = WORST_ROW,
		.pad = 2,
		.valign = TL_MIDDLE,
		.touchpoint = card->touchpoint,
		.lane = sheet_lanes[lane].name};
	tl_canvas_box(canvas, box, &lines, tl_order_touchpoint(card->touchpoint, 2));
}

static const char *role_of(struct sheet *sheet, const struct sheet_card *card)
{
	const char *role = card->touchpoint->moment_of_truth ? "touchpoint truth" : "touchpoint";
	return card->known ? tl_arena_printf(sheet->arena, "%s %s", role, tl_feedback_class(card->known))
			   : role;
}

void sheet_cards_draw(struct sheet *sheet, unsigned lane)
{
	const struct tl_palette *palette = sheet->palette;
	struct tl_canvas *canvas = &sheet->canvas;
	for (size_t i = 0; i < sheet->count; i++) {
		struct sheet_card *card = &sheet->cards[i];
		struct tl_pen pen = tl_pen_both(palette->card.fill, palette->card.stroke, 1);
		if (card->worst)
			pen = (struct tl_pen){palette->card.fill, palette->heat[TL_HEAT - 1], 2, TL_DOTTED};
		if (tl_feedback_hot(card->known))
			pen = sheet_card_known_pen(sheet, card);
		tl_mark_round(canvas, tl_pen_fill(palette->shadow), card->x + 1, card->y + 2.5,
			sheet->card_w - 2, card->h, RADIUS);
		tl_mark_round(canvas, pen, card->x, card->y, sheet->card_w, card->h, RADIUS);
		struct tl_box box = {.id = card->id,
			.role = role_of(sheet, card),
			.tooltip = tl_tell_touchpoint(canvas, card->touchpoint),
			.href = sheet->card_links ? tl_arena_printf(sheet->arena, "%s%s", sheet->card_links,
							    card->touchpoint->id)
						  : NULL,
			.x = card->x,
			.y = card->y,
			.w = sheet->card_w,
			.h = card->h,
			.pad = SHEET_PAD,
			.touchpoint = card->touchpoint,
			.lane = sheet_lanes[lane].name};
		tl_canvas_box(canvas, box, &card->lines, tl_order_touchpoint(card->touchpoint, 0));
		if (card->touchpoint->moment_of_truth)
			draw_truth(sheet, card, lane);
		if (card->touchpoint->initiator == TL_COMPANY)
			draw_company(sheet, card);
		if (card->worst)
			draw_worst(sheet, card, lane);
		if (card->known)
			sheet_card_known_draw(sheet, card, lane);
	}
}
