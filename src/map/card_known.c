/* card_known: what feedback adds to a card: outline and rank of what is a hotspot or to be watched,
 * with the word for who sees no colours; and what departments believe, which is no measurement and is
 * drawn as none: dots on a scale of their own.
 */
#include <math.h>
#include "map/sheet.h"

enum { VERDICT_ROW = 16, BELIEF_ROW = 14, DISAGREE_ROW = 11, VOTES_W = 40, FOOT = 4 };

static double belief_height(const struct sheet_card *card)
{
	const struct tl_belief *belief = &card->known->belief;
	if (!tl_feedback_believed(belief))
		return 0;
	return BELIEF_ROW + (belief->disagree ? DISAGREE_ROW : 0);
}

double sheet_card_known_height(const struct sheet_card *card)
{
	return (tl_feedback_hot(card->known) ? VERDICT_ROW : 0) + belief_height(card);
}

struct tl_pen sheet_card_known_pen(const struct sheet *sheet, const struct sheet_card *card)
{
	const struct tl_palette *palette = sheet->palette;
	bool hotspot = card->known->score->verdict == TL_HOTSPOT;
	return tl_pen_both(palette->card.fill, palette->heat[hotspot ? TL_HEAT - 1 : 1],
		hotspot ? 2.6 : 1.6);
}

static void draw_badge(struct sheet *sheet, const struct sheet_card *card, unsigned lane)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_touchpoint_score *score = card->known->score;
	struct tl_badge badge = tl_feedback_badge(canvas, score->verdict);
	struct tl_lines lines = {0};
	tl_lines_wrap(canvas, &lines, tl_feedback_count(canvas, score->rank),
		(struct tl_style){9, TL_BOLD, badge.ink}, sheet->card_w, 1);
	double w = fmax(2 * SHEET_BADGE, 2 * ceil((lines.width * 1.03 + 8) / 2));
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s.rank", card->touchpoint->id),
		.role = score->verdict == TL_HOTSPOT ? "rank hotspot" : "rank watch",
		.tooltip = tl_feedback_tell_rank(canvas, card->known),
		.shape = TL_BOX_ELLIPSE,
		.x = round(card->x + sheet->card_w - 4 - w / 2),
		.y = round(card->y) - SHEET_BADGE + 1,
		.w = w,
		.h = 2 * SHEET_BADGE,
		.pen = badge.pen,
		.halign = TL_MIDDLE,
		.valign = TL_MIDDLE,
		.touchpoint = card->touchpoint,
		.lane = sheet_lanes[lane].name};
	sheet_use(sheet, score->verdict == TL_HOTSPOT ? CODE_HOTSPOT : CODE_WATCH);
	tl_canvas_box(canvas, box, &lines, tl_order_touchpoint(card->touchpoint, 5));
}

static void draw_verdict(struct sheet *sheet, const struct sheet_card *card, unsigned lane)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_touchpoint_score *score = card->known->score;
	size_t heat = score->verdict == TL_HOTSPOT ? TL_HEAT - 1 : 1;
	const char *const parts[] = {tl_feedback_verdict(canvas, score->verdict),
		tl_feedback_figure(canvas, score->friction, false)};
	struct tl_lines lines = {0};
	tl_lines_wrap(canvas, &lines, tl_canvas_join(canvas, " ", parts, TL_COUNT(parts)),
		sheet_strong(sheet->palette->heat_ink[heat]), sheet->card_w - 2 * SHEET_PAD, 1);
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s.verdict", card->touchpoint->id),
		.role = "verdict",
		.tooltip = tl_feedback_tell_rank(canvas, card->known),
		.x = card->x + SHEET_PAD,
		.y = card->y + card->h - belief_height(card) - VERDICT_ROW - FOOT,
		.w = sheet->card_w - 2 * SHEET_PAD,
		.h = VERDICT_ROW,
		.valign = TL_MIDDLE,
		.touchpoint = card->touchpoint,
		.lane = sheet_lanes[lane].name};
	tl_canvas_box(canvas, box, &lines, tl_order_touchpoint(card->touchpoint, 2));
}

static void draw_belief(struct sheet *sheet, const struct sheet_card *card, unsigned lane)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_belief *belief = &card->known->belief;
	const struct tl_palette *palette = sheet->palette;
	double room = sheet->card_w - 2 * SHEET_PAD, y = card->y + card->h - belief_height(card) - FOOT;
	bool voted = belief->all.votes > 0;
	const char *const counts[] = {
		voted ? tl_feedback_many(canvas, belief->all.votes, TL_SAY_VOTES_1) : NULL,
		belief->all.notes ? tl_feedback_many(canvas, belief->all.notes, TL_SAY_NOTES_1) : NULL};
	struct tl_lines lines = {0};
	tl_lines_wrap(canvas, &lines, tl_canvas_join(canvas, TL_DOT, counts, TL_COUNT(counts)),
		sheet_small(palette->card.soft), room - (voted ? VOTES_W + 6 : 0), 1);
	if (belief->disagree)
		tl_lines_wrap(canvas, &lines, tl_canvas_word(canvas, TL_SAY_DISAGREE),
			sheet_strong(palette->conflict.ink), room, 1);
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s.belief", card->touchpoint->id),
		.role = belief->disagree ? "belief disagree" : "belief",
		.tooltip = tl_feedback_tell_belief(canvas, card->known),
		.x = card->x + SHEET_PAD,
		.y = y,
		.w = room,
		.h = belief_height(card),
		.touchpoint = card->touchpoint,
		.lane = sheet_lanes[lane].name};
	sheet_use(sheet, CODE_BELIEF);
	if (voted)
		tl_feedback_votes(canvas, belief, card->x + sheet->card_w - SHEET_PAD - VOTES_W, y + 6,
			VOTES_W);
	tl_canvas_box(canvas, box, &lines, tl_order_touchpoint(card->touchpoint, 3));
}

void sheet_card_known_draw(struct sheet *sheet, const struct sheet_card *card, unsigned lane)
{
	if (tl_feedback_hot(card->known)) {
		draw_verdict(sheet, card, lane);
		draw_badge(sheet, card, lane);
	}
	if (tl_feedback_believed(&card->known->belief))
		draw_belief(sheet, card, lane);
}
