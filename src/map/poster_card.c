/* poster_card: what a card of a poster says: its code and signs, the title, who and where, what was
 * measured, where it goes on; then as many items as there is room for, those first that a workshop
 * is about. A card is drawn higher than its text where the paper has room: to write on. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "map/icons.h"
#include "map/poster.h"
#include "map/tell.h"

enum { TITLE_LINES = 4, FACT_LINES = 2, ITEM_LINES = 4 };

const char *poster_code(struct poster *poster, const struct tl_touchpoint *touchpoint)
{
	char code[TL_PLACE_SIZE];
	tl_place_code(code, touchpoint);
	return tl_arena_strdup(poster->arena, code);
}

/* ---- lines ---------------------------------------------------------------------------------- */

/* The size at which no word has to be broken, or the smallest that may be. */
static double size_for(const char *text, double from, double least, unsigned flags, double width)
{
	for (double size = from; size > least; size--) {
		bool fits = true;
		for (const char *p = text; *p && fits;) {
			char word[256];
			size_t n = strcspn(p, " ");
			snprintf(word, sizeof word, "%.*s", (int)n, p);
			fits = tl_text_width(word, size, flags) <= tl_text_room(width) - 2;
			p += n + strspn(p + n, " ");
		}
		if (fits)
			return size;
	}
	return least;
}

static void add(struct poster *poster, struct tl_lines *lines, const char *text, double size,
	unsigned flags, tl_color color, size_t most)
{
	double width = poster->plan.inner_w - 2 * poster->type->pad;
	size = size_for(text, size, poster->type->small, flags, width);
	tl_lines_wrap(&poster->canvas, lines, text, (struct tl_style){size, flags, color}, width,
		most);
}

static void add_facts(struct poster *poster, struct poster_card *card)
{
	const struct tl_touchpoint *touchpoint = card->touchpoint;
	struct tl_canvas *canvas = &poster->canvas;
	const char *parts[] = {touchpoint->channel ? touchpoint->channel->label : NULL,
		touchpoint->owner ? touchpoint->owner->label : NULL};
	const char *text = tl_canvas_join(canvas, TL_DOT, parts, TL_COUNT(parts));
	if (*text)
		add(poster, &card->lines, text, poster->type->small, 0, poster->palette->soft,
			FACT_LINES);
}

/* "Friction 88 · hotspot" */
static void add_verdict(struct poster *poster, struct poster_card *card)
{
	const struct tl_touchpoint_insight *known = card->known;
	struct tl_canvas *canvas = &poster->canvas;
	if (!known || !tl_feedback_evidence(known))
		return;
	enum tl_verdict verdict = known->score->verdict;
	const char *parts[] = {
		tl_arena_printf(poster->arena, "%s %s", tl_canvas_word(canvas, TL_SAY_LANE_FRICTION),
			tl_say_number(poster->arena, canvas->language, known->score->friction, 0,
				false)),
		tl_feedback_verdict(canvas, verdict)};
	tl_color ink = verdict == TL_HOTSPOT ? poster->palette->heat_ink[TL_HEAT - 1]
		     : verdict == TL_WATCH   ? poster->palette->heat_ink[1]
					     : poster->palette->soft;
	add(poster, &card->lines, tl_canvas_join(canvas, TL_DOT, parts, TL_COUNT(parts)),
		poster->type->body, TL_BOLD, ink, FACT_LINES);
}

/* "→ B4, D1 (12%)", unless it just goes on to the next. */
static void add_next(struct poster *poster, struct poster_card *card)
{
	const struct tl_touchpoint *touchpoint = card->touchpoint;
	struct tl_buf text = {0};
	bool plain = touchpoint->next_count == 1 && touchpoint->nexts[0].to &&
		touchpoint->nexts[0].to->index == touchpoint->index + 1;
	if (plain || touchpoint->next_count == 0)
		return;
	tl_buf_puts(&text, tl_language_rtl(poster->journey->lang) ? "←" : "→");
	for (size_t i = 0; i < touchpoint->next_count; i++) {
		const struct tl_next *next = &touchpoint->nexts[i];
		tl_buf_printf(&text, "%s%s", i ? ", " : " ",
			next->to ? poster_code(poster, next->to) : next->journey);
		if (!isnan(next->share))
			tl_buf_printf(&text, " (%s)",
				tl_say_percent(poster->arena, poster->canvas.language, next->share));
	}
	add(poster, &card->lines, tl_arena_strdup(poster->arena, text.data), poster->type->small, 0,
		poster->palette->soft, FACT_LINES);
	tl_buf_release(&text);
}

/* ---- items ---------------------------------------------------------------------------------- */

struct items {
	struct poster *poster;
	struct tl_lines *lines;
	size_t left;
};

static void item(struct items *items, const char *sign, const char *text, unsigned flags,
	tl_color color)
{
	struct poster *poster = items->poster;
	if (!items->left || !text || !*text)
		return;
	items->left--;
	tl_lines_gap(&poster->canvas, items->lines, (int)(poster->type->gap / 2));
	if (sign)
		text = tl_arena_printf(poster->arena, "%s %s", sign, text);
	add(poster, items->lines, text, poster->type->body, flags, color, ITEM_LINES);
}

/* The most severe first; those that are done with are no news. */
static void pain_items(struct items *items, const struct tl_touchpoint *touchpoint)
{
	const struct tl_palette *palette = items->poster->palette;
	for (int severity = 5; severity >= 0; severity--)
		for (size_t i = 0; i < touchpoint->pain_count; i++) {
			const struct tl_pain *pain = &touchpoint->pains[i];
			bool settled = pain->status == TL_RESOLVED || pain->status == TL_ACCEPTED;
			if (pain->severity == severity && !settled)
				item(items, "▲", pain->text, 0, palette->pain[TL_HEAT - 1].ink);
		}
}

static void add_items(struct poster *poster, struct poster_card *card)
{
	const struct tl_touchpoint *touchpoint = card->touchpoint;
	const struct tl_palette *palette = poster->palette;
	struct tl_canvas *canvas = &poster->canvas;
	struct items items = {poster, &card->lines, poster->plan.items};
	if (card->known && card->known->quote_count)
		item(&items, NULL, tl_feedback_quoted(canvas, card->known->quotes[0].text),
			TL_ITALIC, palette->quote.ink);
	pain_items(&items, touchpoint);
	for (size_t i = 0; i < touchpoint->expectation_count; i++)
		item(&items, "◇", touchpoint->expectations[i].text, 0, palette->expectation.ink);
	for (size_t i = 0; i < touchpoint->thoughts.count; i++)
		item(&items, NULL, tl_feedback_quoted(canvas, touchpoint->thoughts.list[i].text),
			TL_ITALIC, palette->thought.ink);
	for (size_t i = 0; i < touchpoint->actions.count; i++)
		item(&items, NULL, touchpoint->actions.list[i].text, 0, palette->card.soft);
}

void poster_card_make(
	struct poster *poster, struct poster_card *card, const struct tl_touchpoint *touchpoint)
{
	const struct poster_type *type = poster->type;
	*card = (struct poster_card){.touchpoint = touchpoint,
		.known = tl_feedback_of(&poster->canvas, touchpoint),
		.code = poster_code(poster, touchpoint)};
	card->head_h = tl_text_pitch(type->code) + type->pad / 2;
	add(poster, &card->lines, touchpoint->title, type->title, TL_BOLD,
		poster->palette->card.ink, TITLE_LINES);
	add_facts(poster, card);
	add_verdict(poster, card);
	add_next(poster, card);
	add_items(poster, card);
	card->h = ceil(card->head_h + card->lines.height + 1.5 * type->pad);
}

/* ---- drawing -------------------------------------------------------------------------------- */

/* The lowest that is declared, or what everybody is estimated to feel. NAN: nobody says. */
static double feeling(const struct poster_card *card)
{
	double lowest = NAN;
	for (size_t i = 0; card->known && i < card->known->score->emotion_count; i++)
		lowest = fmin(lowest, card->known->score->emotions[i].estimate);
	for (size_t i = 0; !card->known && i < card->touchpoint->emotion_count; i++)
		lowest = fmin(lowest, card->touchpoint->emotions[i].valence);
	return lowest;
}

/* A star, as large as it is to be seen. */
static void star(struct poster *poster, double x, double y, double radius)
{
	struct tl_point points[10];
	for (int i = 0; i < 10; i++) {
		double angle = (i / 10.0 - 0.25) * 2 * acos(-1), r = i % 2 ? radius * 0.42 : radius;
		points[i] = (struct tl_point){x + r * cos(angle), y + r * sin(angle)};
	}
	tl_mark_points(&poster->canvas, TL_MARK_POLYGON, tl_pen_fill(poster->palette->truth.ink),
		points, TL_COUNT(points));
}

static void rank(struct poster *poster, const struct poster_card *card, double x, double y,
	double radius)
{
	const struct tl_touchpoint_score *score = card->known->score;
	struct tl_badge badge = tl_feedback_badge(&poster->canvas, score->verdict);
	const char *number = tl_arena_printf(poster->arena, "%zu", score->rank);
	double share[] = {1.3, 1.3, 1, 0.8}, size;
	size = floor(radius * share[strlen(number) < 3 ? strlen(number) : 3]);
	badge.pen.width = poster->type->line * 2;
	tl_mark_disc(&poster->canvas, badge.pen, x, y, radius);
	tl_mark_text(&poster->canvas, x, y + 0.36 * size, TL_MIDDLE,
		(struct tl_style){size, TL_BOLD, badge.ink}, number);
}

/* Beside the code, which ends at `from`: star, face, rank; the rank at the end. */
static void signs(struct poster *poster, const struct poster_card *card, double from, double end,
	double middle)
{
	bool hot = card->known && tl_feedback_hot(card->known), felt = !isnan(feeling(card));
	int count = hot + felt + card->touchpoint->moment_of_truth;
	double gap = poster->type->pad / 2, radius = tl_text_pitch(poster->type->code) * 0.44;
	if (count == 0)
		return;
	radius = floor(fmin(radius, (end - from - count * gap) / count / 2));
	double x = end - radius, step = 2 * radius + gap;
	if (hot) {
		rank(poster, card, x, middle, radius);
		x -= step;
	}
	if (felt) {
		tl_icon_face(&poster->canvas, feeling(card), x, middle, radius * 0.8);
		x -= step;
	}
	if (card->touchpoint->moment_of_truth)
		star(poster, x, middle, radius * 0.85);
}

static struct tl_pen card_pen(const struct poster *poster, const struct poster_card *card)
{
	const struct tl_palette *palette = poster->palette;
	double line = poster->type->line;
	if (!card->known || !tl_feedback_hot(card->known))
		return tl_pen_stroke(palette->card.stroke, line, TL_SOLID);
	if (card->known->score->verdict == TL_HOTSPOT)
		return tl_pen_stroke(palette->heat[TL_HEAT - 1], 4 * line, TL_SOLID);
	return tl_pen_stroke(palette->heat[1], 2.5 * line, TL_DASHED);
}

/* Returns the x where it ends. */
static double draw_code(
	struct poster *poster, const struct poster_card *card, double x, double y)
{
	struct tl_canvas *canvas = &poster->canvas;
	const struct poster_type *type = poster->type;
	const struct tl_palette *palette = poster->palette;
	struct tl_style style = {type->code, TL_BOLD, palette->ink};
	struct tl_lines lines = {0};
	double room = poster->plan.inner_w - type->pad;
	while (style.size > type->body && tl_text_width(card->code, style.size, TL_BOLD) > room / 2)
		style.size--;
	tl_lines_wrap(canvas, &lines, card->code, style, room, 1);
	struct tl_box box = {
		.id = tl_canvas_id(canvas, "code-%s", card->touchpoint->id),
		.role = "code",
		.tooltip = tl_canvas_say(canvas, TL_SAY_POSTER_CODE, card->code, card->touchpoint->title),
		.shape = TL_BOX_RECT,
		.x = x,
		.y = y,
		.w = ceil(lines.width * 1.025 + 2 * type->pad + 2),
		.h = tl_text_pitch(type->code) + floor(type->pad / 2),
		.pad = 1,
		.pen = tl_pen_both(palette->paper, palette->ink, 2 * type->line),
		.halign = TL_MIDDLE,
		.valign = TL_MIDDLE,
		.touchpoint = card->touchpoint,
	};
	tl_canvas_box(canvas, box, &lines, tl_order_touchpoint(card->touchpoint, 1));
	return x + box.w;
}

void poster_card_draw(
	struct poster *poster, const struct poster_card *card, double x, double y, double h)
{
	struct tl_canvas *canvas = &poster->canvas;
	const struct poster_type *type = poster->type;
	const struct tl_palette *palette = poster->palette;
	double w = poster->plan.inner_w;
	bool against = tl_lines_against(canvas, &card->lines);
	struct tl_box box = {
		.id = tl_canvas_id(canvas, "%s", card->touchpoint->id),
		.role = card->known && tl_feedback_hot(card->known)
			? tl_arena_printf(poster->arena, "touchpoint %s", tl_feedback_class(card->known))
			: "touchpoint",
		.tooltip = tl_tell_touchpoint(canvas, card->touchpoint),
		.shape = TL_BOX_RECT,
		.x = x,
		.y = y,
		.w = w,
		.h = h,
		.pen = card_pen(poster, card),
		.touchpoint = card->touchpoint,
	};
	tl_mark_rect(canvas, tl_pen_fill(palette->card.fill), x, y, w, h);
	tl_canvas_box(canvas, box, NULL, tl_order_touchpoint(card->touchpoint, 0));
	double from = draw_code(poster, card, x, y);
	signs(poster, card, from, x + w - type->pad, y + card->head_h / 2 + type->line);
	tl_mark_lines(canvas, against ? x + w - type->pad : x + type->pad,
		y + type->pad * 0.75 + card->head_h, against ? TL_END : TL_START, &card->lines);
}
