/* overview_worst: assumed friction as a bar per touchpoint, and the worst called out on cards.
 *
 * Cards stand in the order of the journey, as near below their touchpoints as they fit; a number
 * below the bar leads to each.
 */
#include <math.h>
#include <stdlib.h>
#include "map/overview.h"
#include "map/tell.h"

/* ---- ranking ---------------------------------------------------------------------------------- */

/* Below this nothing is called out: a pain of severity 1 or a slight dislike is no hotspot. */
#define LEAST_FRICTION 40

struct candidate {
	const struct tl_touchpoint *touchpoint;
	double friction, weight; /* weight: decides among equals */
};

static int by_friction(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	if (x->friction != y->friction)
		return x->friction > y->friction ? -1 : 1;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return x->touchpoint->index < y->touchpoint->index ? -1 : 1;
}

static int by_place(const void *a, const void *b)
{
	const struct overview_worst *x = a, *y = b;
	return x->touchpoint->index < y->touchpoint->index ? -1 : 1;
}

/* With feedback: hotspots, then what is to be watched; what is only assumed is not ranked with them. */
static void rank_known(struct overview *overview)
{
	const struct tl_journey_score *score = overview->canvas.insight->score;
	for (size_t i = 0; i < score->ranked && i < OVERVIEW_WORST; i++)
		if (score->ranking[i]->verdict >= TL_WATCH)
			overview->worst[overview->worst_count++] = (struct overview_worst){
				score->ranking[i]->touchpoint, score->ranking[i]->rank};
	qsort(overview->worst, overview->worst_count, sizeof *overview->worst, by_place);
}

void overview_rank(struct overview *overview)
{
	if (overview->canvas.insight) {
		rank_known(overview);
		return;
	}
	const struct tl_journey *journey = overview->journey;
	size_t total = journey->touchpoint_count, n = 0;
	struct candidate *list = tl_arena_array(overview->arena, struct candidate, total);
	for (size_t i = 0; i < total; i++) {
		const struct tl_touchpoint *touchpoint = &journey->touchpoints[i];
		if (overview->assumed[i].friction < LEAST_FRICTION)
			continue;
		double weight = touchpoint->importance + (touchpoint->moment_of_truth ? 0.5 : 0);
		list[n++] = (struct candidate){
			touchpoint, overview->assumed[i].friction, weight};
	}
	qsort(list, n, sizeof *list, by_friction);
	overview->worst_count = n < OVERVIEW_WORST ? n : OVERVIEW_WORST;
	for (size_t i = 0; i < overview->worst_count; i++)
		overview->worst[i] = (struct overview_worst){list[i].touchpoint, i + 1};
	qsort(overview->worst, overview->worst_count, sizeof *overview->worst, by_place);
}

/* ---- bars ------------------------------------------------------------------------------------- */

/* What was measured, with its interval; or grey hatching, and on it in dots what is assumed. */
static void draw_known_bar(
	struct overview *overview, const struct tl_touchpoint *touchpoint, double base)
{
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_palette *palette = overview->palette;
	const struct tl_touchpoint_insight *known = tl_feedback_of(canvas, touchpoint);
	const struct tl_touchpoint_score *score = known->score;
	double column = overview->w[touchpoint->index];
	double w = fmin(column > 4 ? column * 0.7 : column, 22), scale = OVERVIEW_BAR_H / 100.0;
	double x = overview->x[touchpoint->index] - w / 2, middle = x + w / 2;
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s", touchpoint->id),
		.role = tl_arena_printf(overview->arena, "touchpoint %s", tl_feedback_class(known)),
		.tooltip = tl_canvas_sentences(canvas, tl_tell_touchpoint(canvas, touchpoint),
			tl_feedback_tell_friction(canvas, known)),
		.x = x, .y = base - OVERVIEW_BAR_H, .w = w, .h = OVERVIEW_BAR_H,
		.touchpoint = touchpoint, .lane = "friction"};
	if (tl_feedback_evidence(known)) {
		double h = fmax(score->friction * scale, 1.5);
		tl_mark_rect(canvas,
			tl_pen_fill(tl_feedback_bar(canvas, score->verdict)), x, base - h, w, h);
		if (w >= 6)
			tl_feedback_line(canvas, middle, base - score->interval.high * scale, middle,
				base - score->interval.low * scale);
	} else if (w >= 5) {
		double h = overview->assumed[touchpoint->index].friction * scale;
		tl_feedback_unknown(canvas, x, base - OVERVIEW_BAR_H, w, OVERVIEW_BAR_H);
		if (h > 0)
			tl_mark_rect(canvas,
				tl_pen_stroke(palette->heat[tl_heat_step(h / scale)], 1.4, TL_DOTTED), x,
				base - h, w, h);
	}
	tl_canvas_box(canvas, box, NULL, tl_order_touchpoint(touchpoint, 0));
}

static void draw_bar(struct overview *overview, const struct tl_touchpoint *touchpoint, double base)
{
	if (overview->canvas.insight) {
		draw_known_bar(overview, touchpoint, base);
		return;
	}
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_palette *palette = overview->palette;
	const struct tl_assumed *assumed = &overview->assumed[touchpoint->index];
	double column = overview->w[touchpoint->index];
	double w = fmin(column > 4 ? column * 0.7 : column, 22);
	double h = fmax(assumed->friction / 100 * OVERVIEW_BAR_H, 1.5);
	double x = overview->x[touchpoint->index] - w / 2;
	struct tl_pen pen = tl_pen_fill(palette->axis);
	if (assumed->friction > 0) {
		tl_color heat = palette->heat[tl_heat_step(assumed->friction)];
		bool wide = w >= 5;
		pen = wide ? (struct tl_pen){palette->heat_ground, heat, 1, TL_DOTTED}
			   : tl_pen_fill(heat);
		if (wide)
			tl_mark_hatch(canvas, heat, x, base - h, w, h, 4);
		if (wide)
			pen.fill = 0;
	}
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s", touchpoint->id),
		.role = assumed->friction > 0 ? "touchpoint assumed" : "touchpoint",
		.tooltip = tl_canvas_sentences(canvas, tl_tell_touchpoint(canvas, touchpoint),
			tl_tell_friction(canvas, touchpoint, assumed)),
		.shape = TL_BOX_RECT,
		.x = x, .y = base - h, .w = w, .h = h,
		.pen = pen, .touchpoint = touchpoint, .lane = "friction"};
	tl_canvas_box(canvas, box, NULL, tl_order_touchpoint(touchpoint, 0));
}

void overview_bars(struct overview *overview, double y)
{
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_palette *palette = overview->palette;
	double base = y + OVERVIEW_BAR_H;
	struct tl_lines lines = {0};
	tl_lines_wrap(canvas, &lines, tl_canvas_word(canvas, TL_SAY_LANE_FRICTION),
		overview_strong(palette->ink), OVERVIEW_LABEL_W - 4, 1);
	tl_lines_wrap(canvas, &lines,
		canvas->insight ? "0–100" : tl_canvas_word(canvas, TL_SAY_ASSUMED),
		overview_text(palette->soft), OVERVIEW_LABEL_W - 4, 1);
	tl_mark_lines(canvas, OVERVIEW_MARGIN, base - lines.height, TL_START, &lines);
	tl_mark_segment(canvas, tl_pen_stroke(palette->axis, 0.8, TL_SOLID), overview->left, base,
		overview->right - 3, base);
	for (size_t i = 0; i < overview->journey->touchpoint_count; i++)
		draw_bar(overview, &overview->journey->touchpoints[i], base);
	tl_canvas_lane(canvas,
		(struct tl_lane){"friction", tl_canvas_word(canvas, TL_SAY_LANE_FRICTION), y,
			OVERVIEW_BAR_H});
}

/* ---- what a card says ------------------------------------------------------------------------- */

enum { CARD_GAP = 11, CARD_PAD = 8, LEAD_H = 27, MAX_CARD_W = 280, BADGE = 9,
	MAX_LINES = 5, /* of reasons, on one card */
	SIGN_W = 20 };

enum reason_kind { REASON_PAIN, REASON_EMOTION, REASON_HANDOFF, REASON_QUOTE };
struct reason {
	enum reason_kind kind;
	const struct tl_pain *pain;
	const struct tl_emotion *emotion;
	const char *text, *tooltip;
	double weight; /* the term of assumed friction */
};

static int by_weight(const void *a, const void *b)
{
	const struct reason *x = a, *y = b;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return x->kind != y->kind ? (int)x->kind - (int)y->kind
		: x->pain < y->pain ? -1 : x->pain > y->pain; /* neighbours in one array */
}

static const char *emotion_text(struct overview *overview, const struct tl_emotion *emotion)
{
	struct tl_canvas *canvas = &overview->canvas;
	if (emotion->quote)
		return tl_canvas_say(canvas, TL_SAY_QUOTED, emotion->quote);
	if (emotion->feeling)
		return emotion->feeling;
	return emotion->persona ? emotion->persona->name
				: tl_canvas_word(canvas, TL_SAY_EVERYBODY);
}

static const struct tl_touchpoint *cold_from(
	const struct tl_journey *journey, const struct tl_touchpoint *to)
{
	for (size_t i = 0; i < journey->touchpoint_count; i++) {
		const struct tl_touchpoint *from = &journey->touchpoints[i];
		for (size_t k = 0; k < from->next_count; k++)
			if (from->nexts[k].to == to && from->nexts[k].handoff == TL_COLD)
				return from;
	}
	return NULL;
}

/* With feedback: the pain that most records speak of, and what the most telling of them says. */
static size_t find_known_reasons(struct overview *overview,
	const struct tl_touchpoint_insight *known, struct reason *reasons)
{
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_touchpoint *touchpoint = known->score->touchpoint;
	const struct tl_pain_insight *most = NULL;
	const struct tl_quote *quote = known->quote_count ? &known->quotes[0] : NULL;
	size_t n = 0;
	for (size_t i = 0; i < touchpoint->pain_count; i++)
		if (known->pains[i].records > (most ? most->records : 0))
			most = &known->pains[i];
	if (most) {
		const char *const parts[] = {most->pain->text,
			tl_feedback_many(canvas, most->records, TL_SAY_RECORDS_1)};
		reasons[n++] = (struct reason){.kind = REASON_PAIN, .pain = most->pain,
			.text = tl_canvas_join(canvas, TL_DOT, parts, TL_COUNT(parts)),
			.tooltip = tl_canvas_sentences(canvas,
				tl_tell_pain(canvas, touchpoint, most->pain),
				tl_feedback_tell_pain(canvas, known, most)),
			.weight = 20.0 * most->pain->severity};
		if (most->quote.text)
			quote = &most->quote;
	}
	if (quote && quote->text)
		reasons[n++] = (struct reason){.kind = REASON_QUOTE,
			.text = tl_feedback_quoted(canvas, quote->text),
			.tooltip = tl_feedback_tell_quote(canvas, quote)};
	return n;
}

/* Open pains, the lowest emotion and a cold handoff, the weightiest first. */
static size_t find_reasons(struct overview *overview, const struct tl_touchpoint *touchpoint,
	struct reason *reasons)
{
	struct tl_canvas *canvas = &overview->canvas;
	size_t n = 0;
	for (size_t i = 0; i < touchpoint->pain_count; i++) {
		const struct tl_pain *pain = &touchpoint->pains[i];
		if (pain->status == TL_OPEN || pain->status == TL_IN_PROGRESS)
			reasons[n++] = (struct reason){REASON_PAIN, pain, NULL, pain->text,
				tl_tell_pain(canvas, touchpoint, pain), 20.0 * pain->severity};
	}
	const struct tl_emotion *lowest = NULL;
	for (size_t i = 0; i < touchpoint->emotion_count; i++)
		if (touchpoint->emotions[i].valence < (lowest ? lowest->valence : 0))
			lowest = &touchpoint->emotions[i];
	if (lowest) {
		const char *who = lowest->persona ? lowest->persona->name
						  : tl_canvas_word(canvas, TL_SAY_EVERYBODY);
		reasons[n++] = (struct reason){REASON_EMOTION, NULL, lowest,
			emotion_text(overview, lowest),
			tl_tell_emotion(canvas, touchpoint, lowest, who), -25 * lowest->valence};
	}
	const struct tl_touchpoint *from = overview->assumed[touchpoint->index].handoff > 0
		? cold_from(overview->journey, touchpoint)
		: NULL;
	if (from)
		reasons[n++] = (struct reason){REASON_HANDOFF, NULL, NULL,
			tl_canvas_say(canvas, TL_SAY_COLD_FROM, from->title),
			tl_canvas_word(canvas, TL_SAY_TIP_COLD),
			overview->assumed[touchpoint->index].handoff};
	qsort(reasons, n, sizeof *reasons, by_weight);
	return n;
}

/* ---- cards ------------------------------------------------------------------------------------ */

struct card {
	const struct overview_worst *worst;
	struct tl_lines title;
	struct reason *reasons;
	struct tl_lines *texts;
	size_t count, shown;
	double h;
};

static double card_width(const struct overview *overview)
{
	double n = (double)overview->worst_count;
	double room = OVERVIEW_W - 2 * OVERVIEW_MARGIN - CARD_GAP * (n - 1);
	return floor(fmin(room / n, MAX_CARD_W));
}

/* "87.9 · hotspot · n 177" */
static const char *say_known(struct tl_canvas *canvas, const struct tl_touchpoint_score *score)
{
	const char *const parts[] = {tl_feedback_figure(canvas, score->friction, false),
		tl_feedback_verdict(canvas, score->verdict),
		tl_canvas_say(canvas, TL_SAY_EPISODES,
			tl_feedback_count(canvas, score->counts->episodes))};
	return tl_canvas_join(canvas, TL_DOT, parts, TL_COUNT(parts));
}

static void wrap_card(struct overview *overview, struct card *card, double w)
{
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_palette *palette = overview->palette;
	const struct tl_touchpoint *touchpoint = card->worst->touchpoint;
	const struct tl_touchpoint_insight *known = tl_feedback_of(canvas, touchpoint);
	double friction = overview->assumed[touchpoint->index].friction;
	tl_lines_wrap(canvas, &card->title, touchpoint->title,
		(struct tl_style){11, TL_BOLD, palette->card.ink}, w - 2 * CARD_PAD - 2 * BADGE - 4,
		2);
	if (known)
		tl_lines_wrap(canvas, &card->title, say_known(canvas, known->score),
			overview_strong(palette->heat_ink[known->score->verdict == TL_HOTSPOT ? 2 : 1]),
			w - 2 * CARD_PAD - 2 * BADGE - 4, 2);
	else
		tl_lines_wrap(canvas, &card->title,
			tl_canvas_say(canvas, TL_SAY_FRICTION_ASSUMED,
				tl_say_number(overview->arena, canvas->language, friction, 0, false)),
			overview_text(palette->heat_ink[tl_heat_step(friction)]),
			w - 2 * CARD_PAD - 2 * BADGE - 4, 1);
	card->reasons = tl_arena_array(overview->arena, struct reason, touchpoint->pain_count + 2);
	card->count = known ? find_known_reasons(overview, known, card->reasons)
			    : find_reasons(overview, touchpoint, card->reasons);
	card->texts = tl_arena_array(overview->arena, struct tl_lines, card->count);
	card->h = 2 * CARD_PAD + card->title.height + 4;
	size_t left = MAX_LINES;
	for (; card->shown < card->count && left; card->shown++) {
		struct tl_lines *text = &card->texts[card->shown];
		tl_lines_wrap(canvas, text, card->reasons[card->shown].text,
			overview_text(palette->card.ink), w - 2 * CARD_PAD - SIGN_W, left < 3 ? left : 3);
		left -= text->count;
		card->h += text->height + 3;
	}
}

/* The number of a pain's severity, a face, or the sign of a cold handoff. */
static void draw_sign(struct overview *overview, const struct reason *reason, double x, double y)
{
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_palette *palette = overview->palette;
	const struct tl_paint *paint = &palette->cold;
	const char *text = "→";
	if (reason->kind == REASON_EMOTION) {
		tl_icon_face(canvas, reason->emotion->valence, x + 7, y + 6.5, 6.5);
		return;
	}
	if (reason->kind == REASON_QUOTE) {
		paint = &palette->quote;
		text = "“";
	}
	if (reason->kind == REASON_PAIN) {
		paint = &palette->pain[tl_heat_step(reason->weight)];
		text = reason->pain->severity
			? tl_arena_printf(overview->arena, "%d", reason->pain->severity)
			: "–";
	}
	tl_mark_round(canvas, tl_pen_both(paint->fill, paint->stroke, 1), x, y, 14, 13, 3);
	tl_mark_text(canvas, x + 7, tl_text_baseline(y, 10), TL_MIDDLE, overview_strong(paint->ink),
		text);
}

static void draw_reasons(
	struct overview *overview, const struct card *card, double x, double y, double w)
{
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_touchpoint *touchpoint = card->worst->touchpoint;
	static const char *const roles[] = {
		[REASON_PAIN] = "pain", [REASON_EMOTION] = "emotion", [REASON_HANDOFF] = "handoff",
		[REASON_QUOTE] = "quote"};
	for (size_t i = 0; i < card->shown; i++) {
		const struct reason *reason = &card->reasons[i];
		bool against = tl_lines_against(canvas, &card->texts[i]);
		draw_sign(overview, reason, against ? x + w - 14 : x, y);
		struct tl_box box = {.role = roles[reason->kind], .tooltip = reason->tooltip,
			.x = against ? x : x + SIGN_W, .y = y, .w = w - SIGN_W, .h = card->texts[i].height,
			.touchpoint = touchpoint, .lane = "friction"};
		box.id = reason->pain ? tl_canvas_id(canvas, "%s.pain.%s", touchpoint->id, reason->pain->id)
				      : tl_canvas_id(canvas, "%s.why.%s", touchpoint->id, box.role);
		tl_canvas_box(
			canvas, box, &card->texts[i], tl_order_touchpoint(touchpoint, 11 + (unsigned)i));
		y += card->texts[i].height + 3;
	}
}

static void draw_badge(
	struct overview *overview, const struct overview_worst *worst, double x, double y)
{
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_palette *palette = overview->palette;
	const struct tl_touchpoint_insight *known = tl_feedback_of(canvas, worst->touchpoint);
	struct tl_badge badge = {tl_pen_both(palette->paper, palette->heat[TL_HEAT - 1], 1.6),
		palette->heat_ink[TL_HEAT - 1]};
	if (known)
		badge = tl_feedback_badge(canvas, known->score->verdict);
	tl_mark_disc(canvas, badge.pen, x, y, BADGE);
	tl_mark_text(canvas, x, y + 3.6, TL_MIDDLE, overview_strong(badge.ink),
		tl_arena_printf(overview->arena, "%zu", worst->rank));
}

static void draw_card(
	struct overview *overview, const struct card *card, double x, double y, double w, double h)
{
	struct tl_canvas *canvas = &overview->canvas;
	const struct tl_palette *palette = overview->palette;
	const struct tl_touchpoint *touchpoint = card->worst->touchpoint;
	const char *rank = tl_arena_printf(overview->arena, "%zu", card->worst->rank);
	struct tl_pen pen = {palette->card.fill, palette->heat[TL_HEAT - 1], 1.2, TL_DOTTED};
	const struct tl_touchpoint_insight *known = tl_feedback_of(canvas, touchpoint);
	const char *why = known
		? tl_feedback_tell_friction(canvas, known)
		: tl_canvas_sentences(canvas, tl_canvas_say(canvas, TL_SAY_TIP_WORST, rank),
			  tl_tell_friction(canvas, touchpoint, &overview->assumed[touchpoint->index]));
	if (known) {
		bool hotspot = known->score->verdict == TL_HOTSPOT;
		pen = tl_pen_both(palette->card.fill, palette->heat[hotspot ? TL_HEAT - 1 : 1],
			hotspot ? 2 : 1.4);
	}
	tl_mark_round(canvas, pen, x, y, w, h, 7);
	double badge = CARD_PAD + BADGE;
	bool against = tl_lines_against(canvas, &card->title);
	draw_badge(overview, card->worst, against ? x + w - badge : x + badge, y + badge);
	struct tl_box box = {.id = tl_canvas_id(canvas, "%s.worst", touchpoint->id),
		.role = "worst",
		.tooltip = tl_canvas_sentences(canvas, why,
			touchpoint->channel ? tl_tell_channel(canvas, touchpoint->channel) : NULL),
		.x = x + CARD_PAD + (against ? 0 : 2 * BADGE + 4), .y = y + CARD_PAD,
		.w = w - 2 * CARD_PAD - 2 * BADGE - 4, .h = card->title.height, .touchpoint = touchpoint, .lane = "friction"};
	tl_canvas_box(canvas, box, &card->title, tl_order_touchpoint(touchpoint, 10));
	draw_reasons(overview, card, x + CARD_PAD, y + CARD_PAD + card->title.height + 5,
		w - 2 * CARD_PAD);
}

static struct card *make_cards(struct overview *overview)
{
	struct card *cards = tl_arena_array(overview->arena, struct card, overview->worst_count);
	for (size_t i = 0; i < overview->worst_count; i++) {
		cards[i].worst = &overview->worst[i];
		wrap_card(overview, &cards[i], card_width(overview));
	}
	return cards;
}

double overview_callouts_measure(struct overview *overview)
{
	double h = 0;
	struct card *cards = make_cards(overview);
	for (size_t i = 0; i < overview->worst_count; i++)
		h = fmax(h, cards[i].h);
	return h > 0 ? h + LEAD_H : 0;
}

/* The numbers below the bars; neighbours move apart. */
static void draw_badges(struct overview *overview, double y)
{
	size_t n = overview->worst_count;
	double middles[OVERVIEW_WORST], widths[OVERVIEW_WORST];
	for (size_t i = 0; i < n; i++) {
		middles[i] = overview->x[overview->worst[i].touchpoint->index];
		widths[i] = 2 * BADGE;
	}
	overview_spread(middles, widths, n, 2, overview->left, overview->right);
	for (size_t i = 0; i < n; i++)
		draw_badge(overview, &overview->worst[i], middles[i], y);
}

void overview_callouts(struct overview *overview, double y, double h)
{
	size_t n = overview->worst_count;
	if (!n)
		return;
	struct card *cards = make_cards(overview);
	double middles[OVERVIEW_WORST], widths[OVERVIEW_WORST], w = card_width(overview);
	for (size_t i = 0; i < n; i++) {
		middles[i] = overview->x[overview->worst[i].touchpoint->index];
		widths[i] = w;
	}
	overview_spread(middles, widths, n, CARD_GAP, OVERVIEW_MARGIN, OVERVIEW_W - OVERVIEW_MARGIN);
	draw_badges(overview, y + BADGE + 3);
	for (size_t i = 0; i < n; i++)
		draw_card(overview, &cards[i], floor(middles[i] - w / 2), y + LEAD_H, w, h - LEAD_H);
}
