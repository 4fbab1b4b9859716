/* head: the title block with the personas, and the stages as chevrons. */
#include <math.h>
#include <string.h>
#include "map/sheet.h"
#include "map/tell.h"

/* ---- personas ------------------------------------------------------------------------------- */

enum { PERSONA_W = 232, PERSONA_GAP = 12, PERSONA_PAD = 12, AVATAR = 14, AVATAR_ROOM = 46 };

struct persona_card {
	struct tl_lines lines;
	double h;
};

static struct persona_card wrap_persona(struct sheet *sheet, const struct tl_persona *persona)
{
	enum { MAX_TEXT = 12 };
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_palette *palette = sheet->palette;
	struct persona_card card = {0};
	double room = PERSONA_W - AVATAR_ROOM - PERSONA_PAD;
	struct tl_style name = {11, TL_BOLD, palette->card.ink};
	struct tl_style quote = {9, TL_ITALIC, palette->card.soft};
	tl_lines_wrap(canvas, &card.lines, persona->name, name, room, MAX_TEXT);
	for (size_t i = 0; i < persona->goals.count; i++)
		tl_lines_wrap(canvas, &card.lines,
			tl_canvas_say(canvas, TL_SAY_GOAL, persona->goals.list[i].text),
			sheet_body(palette->card.ink), room, MAX_TEXT);
	for (size_t i = 0; i < persona->quotes.count; i++)
		tl_lines_wrap(canvas, &card.lines,
			sheet_quoted(sheet, persona->quotes.list[i].text), quote, room, MAX_TEXT);
	card.h = fmax(2 * AVATAR, card.lines.height) + 2 * PERSONA_PAD;
	return card;
}

static void draw_persona(struct sheet *sheet, const struct tl_persona *persona,
	const struct persona_card *card, double x, double y, double h)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_palette *palette = sheet->palette;
	const struct tl_series *series =
		tl_series_of(sheet->series, sheet->series_count, persona);
	bool own = sheet->series_count > 1 && series;
	tl_color color = own ? series->color : palette->curve;
	struct tl_pen pen = tl_pen_both(palette->card.fill, palette->card.stroke, 0.9);
	tl_mark_round(canvas, pen, x, y, PERSONA_W, h, 8);
	tl_icon_plate(canvas, own ? series->plate : TL_PLATE_DISC,
		tl_pen_both(palette->paper, color, 1.8), x + 24, y + PERSONA_PAD + AVATAR, AVATAR - 3);
	tl_icon_person(canvas, color, x + 24, y + PERSONA_PAD + AVATAR);
	struct tl_box box = {.id = tl_canvas_id(canvas, "persona.%s", persona->id),
		.role = "persona",
		.tooltip = tl_tell_persona(canvas, persona),
		.x = x + AVATAR_ROOM - PERSONA_PAD,
		.y = y,
		.w = PERSONA_W - AVATAR_ROOM + PERSONA_PAD,
		.h = h,
		.pad = PERSONA_PAD};
	tl_canvas_box(canvas, box, &card->lines, tl_order_front(10 + (unsigned)persona->index));
}

/* Rows of at most `columns` cards; returns the height. */
static double draw_personas(
	struct sheet *sheet, const struct persona_card *cards, size_t columns, double x, double y)
{
	const struct tl_journey *journey = sheet->journey;
	double top = y;
	for (size_t i = 0; i < journey->persona_count; i += columns) {
		double h = 0;
		size_t end = i + columns < journey->persona_count ? i + columns
								  : journey->persona_count;
		for (size_t k = i; k < end; k++)
			h = fmax(h, cards[k].h);
		for (size_t k = i; k < end; k++)
			draw_persona(sheet, &journey->personas[k], &cards[k],
				x + (double)(k - i) * (PERSONA_W + PERSONA_GAP), y, h);
		y += h + PERSONA_GAP;
	}
	return y > top ? y - top - PERSONA_GAP : 0;
}

/* ---- title ---------------------------------------------------------------------------------- */

enum { TITLE_W = 560, TITLE_MAX = 900 };

static double draw_state(struct sheet *sheet, double x, double y, double w)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_journey *journey = sheet->journey;
	const struct tl_paint *paint = &sheet->palette->state;
	const char *state = tl_word_at(canvas->language, TL_SAY_STATE_AS_IS, journey->state);
	struct tl_lines lines = {0};
	struct tl_style style = {9, TL_BOLD, paint->ink};
	tl_lines_wrap(canvas, &lines, state, style, 200, 1);
	struct tl_box box = {.id = tl_canvas_id(canvas, "journey.state"),
		.role = "state",
		.tooltip = tl_canvas_say(canvas, TL_SAY_TIP_STATE, state),
		.x = x,
		.y = y,
		.w = ceil(lines.width * 1.03) + 20,
		.h = 20,
		.pad = 3,
		.halign = TL_MIDDLE,
		.valign = TL_MIDDLE};
	/* Dashed where the map shows what is not there yet. */
	struct tl_pen pen = {paint->fill, paint->stroke, 1,
		journey->state == TL_AS_IS ? TL_SOLID : TL_DASHED};
	tl_mark_round(canvas, pen, box.x, box.y, box.w, box.h, 10);
	box.y++; /* capitals without descenders look centred so */
	tl_canvas_box(canvas, box, &lines, tl_order_front(2));
	const char *updated = journey->updated == TL_NO_DATE
		? NULL
		: tl_canvas_say(canvas, TL_SAY_UPDATED,
			  tl_say_date(sheet->arena, canvas->language, journey->updated));
	const char *replaces =
		journey->of ? tl_canvas_say(canvas, TL_SAY_REPLACES, journey->of) : NULL;
	const char *const parts[] = {updated, replaces};
	const char *text = tl_canvas_join(canvas, TL_DOT, parts, TL_COUNT(parts));
	if (!*text)
		return box.h;
	struct tl_lines dates = {0};
	double room = w - box.w - 10;
	tl_lines_wrap(canvas, &dates, text, sheet_body(sheet->palette->soft), room, 3);
	struct tl_box beside = {.id = tl_canvas_id(canvas, "journey.updated"),
		.role = "updated",
		.tooltip = tl_canvas_sentence(canvas, text),
		.x = x + box.w + 10,
		.y = y + 4,
		.w = room,
		.h = dates.height};
	tl_canvas_box(canvas, beside, &dates, tl_order_front(3));
	return fmax(box.h, dates.height + 4);
}

static double draw_title(struct sheet *sheet, double x, double y, double w)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_journey *journey = sheet->journey;
	struct tl_lines lines = {0};
	struct tl_style title = {24, TL_BOLD, sheet->palette->ink};
	struct tl_style summary = {11, 0, sheet->palette->soft};
	tl_lines_wrap(canvas, &lines, journey->title, title, w, 16);
	tl_lines_gap(canvas, &lines, 3);
	for (size_t i = 0; i < journey->summaries.count; i++)
		tl_lines_wrap(canvas, &lines, journey->summaries.list[i].text, summary, w,
			SHEET_MAX_LINES);
	const char *summaries = "";
	for (size_t i = 0; i < journey->summaries.count; i++)
		summaries = tl_canvas_sentences(canvas, summaries,
			tl_canvas_sentence(canvas, journey->summaries.list[i].text));
	struct tl_box box = {.id = tl_canvas_id(canvas, "journey.title"),
		.role = "title",
		.tooltip = tl_canvas_sentences(canvas,
			tl_canvas_say(canvas, TL_SAY_TIP_TITLE, journey->title), summaries),
		.x = x,
		.y = y,
		.w = w,
		.h = lines.height};
	tl_canvas_box(canvas, box, &lines, tl_order_front(1));
	return lines.height;
}

double sheet_title(struct sheet *sheet, double y)
{
	const struct tl_journey *journey = sheet->journey;
	double x = SHEET_MARGIN, content = sheet->width - 2 * SHEET_MARGIN;
	struct persona_card *cards =
		tl_arena_array(sheet->arena, struct persona_card, journey->persona_count);
	for (size_t i = 0; i < journey->persona_count; i++)
		cards[i] = wrap_persona(sheet, &journey->personas[i]);
	double row = (double)journey->persona_count * (PERSONA_W + PERSONA_GAP);
	bool beside = content - row >= TITLE_W;
	double w = beside ? fmin(TITLE_MAX, content - row - 20) : fmin(TITLE_MAX, content);
	double h = draw_title(sheet, x, y, floor(w)) + 8;
	h += draw_state(sheet, x, y + h, floor(w));
	if (beside)
		return y + fmax(h, draw_personas(sheet, cards, fmax(1, journey->persona_count),
						x + content - row + PERSONA_GAP, y));
	size_t columns = (size_t)fmax(1, floor((content + PERSONA_GAP) / (PERSONA_W + PERSONA_GAP)));
	return y + h + 12 + draw_personas(sheet, cards, columns, x, y + h + 12);
}

enum { DISC = 11, STAGE_TEXT = 46, CHEVRON = 10, STAGE_PAD = 10 };

/* ---- stages --------------------------------------------------------------------------------- */

static void wrap_stage(struct sheet *sheet, const struct tl_stage *stage, struct tl_lines *lines)
{
	struct tl_canvas *canvas = &sheet->canvas;
	size_t hue = tl_stage_hue(stage->index, sheet->journey->stage_count);
	const struct tl_paint *paint = &sheet->palette->stage[hue];
	double room = sheet_stage_right(sheet, stage) - sheet_stage_left(sheet, stage) - STAGE_TEXT - 8 - CHEVRON;
	struct tl_style title = {14, TL_BOLD, paint->ink}, goal = {9, TL_ITALIC, paint->soft};
	tl_lines_wrap(canvas, lines, stage->title, title, room, SHEET_MAX_LINES);
	for (size_t i = 0; i < stage->goals.count; i++)
		tl_lines_wrap(canvas, lines, stage->goals.list[i].text, goal, room, SHEET_MAX_LINES);
}

double sheet_stages_measure(struct sheet *sheet)
{
	double highest = 48;
	for (size_t i = 0; i < sheet->journey->stage_count; i++) {
		struct tl_lines lines = {0};
		if (!sheet->journey->stages[i].touchpoint_count)
			continue;
		wrap_stage(sheet, &sheet->journey->stages[i], &lines);
		highest = fmax(highest, lines.height + 2 * STAGE_PAD);
	}
	return 4 * ceil(highest / 4);
}

static void draw_stage(struct sheet *sheet, const struct tl_stage *stage, double y, double h)
{
	struct tl_canvas *canvas = &sheet->canvas;
	const struct tl_palette *palette = sheet->palette;
	size_t hue = tl_stage_hue(stage->index, sheet->journey->stage_count);
	const struct tl_paint *paint = &palette->stage[hue];
	double x = sheet_stage_left(sheet, stage), w = sheet_stage_right(sheet, stage) - x;
	bool first = stage->touchpoints[0].index == 0;
	bool last = stage->touchpoints[stage->touchpoint_count - 1].index + 1 == sheet->count;
	const char *number = tl_arena_printf(sheet->arena, "%zu", stage->index + 1);
	struct tl_lines lines = {0};
	wrap_stage(sheet, stage, &lines);
	tl_mark_chevron(canvas, tl_pen_both(paint->fill, paint->stroke, 1.2), x, y,
		w - (last ? CHEVRON : 0), h, CHEVRON, !first);
	double cx = x + 28, cy = y + h / 2;
	struct tl_style digit = {11, TL_BOLD, palette->stage_disc_ink[hue]};
	tl_mark_disc(canvas, tl_pen_fill(palette->stage_disc), cx, cy, DISC);
	tl_mark_text(canvas, cx, cy + 4, TL_MIDDLE, digit, number);
	struct tl_box box = {.id = tl_canvas_id(canvas, "stage.%s", stage->id ? stage->id : number),
		.role = "stage",
		.tooltip = tl_tell_stage(canvas, stage),
		.x = x + STAGE_TEXT,
		.y = y,
		.w = w - STAGE_TEXT - 8 - (last ? CHEVRON : 0),
		.h = h,
		.valign = TL_MIDDLE};
	tl_canvas_box(canvas, box, &lines, tl_order_stage(stage));
}

void sheet_stages_draw(struct sheet *sheet, double y, double h)
{
	for (size_t i = 0; i < sheet->journey->stage_count; i++)
		if (sheet->journey->stages[i].touchpoint_count)
			draw_stage(sheet, &sheet->journey->stages[i], y, h);
}
