/* pages_blocks: what a touchpoint says, as blocks of text. Every text of the model that belongs to
 * it comes up here; below each stand the facts about it, in one line.
 */
#include <math.h>
#include <string.h>
#include "map/pages.h"
#include "map/tell.h"

enum { SIGN_W = 22, BAR_W = 10, GROUND_PAD = 6, FACE_W = 30, FACE_H = 25, MAX_FACTS = 16 };
enum { ALL_LINES = 100000 };

/* ---- facts ------------------------------------------------------------------------------------ */

struct facts {
	struct pages *pages;
	const char *list[MAX_FACTS];
	size_t count;
};

static void fact(struct facts *facts, const char *text)
{
	if (text && *text)
		facts->list[facts->count++] = text;
}

/* A tooltip's sentence without its full stop; one that ends in the user's own words keeps theirs. */
static void fact_say(struct facts *facts, enum tl_word word, const char *text)
{
	if (!text || !*text)
		return;
	struct tl_canvas *canvas = &facts->pages->canvas;
	const char *sentence = tl_canvas_say(canvas, word, text);
	size_t length = strlen(sentence);
	bool own = tl_word_ends_sentence(text, strlen(text));
	if (!own && length && sentence[length - 1] == '.')
		length--;
	fact(facts, tl_arena_strndup(canvas->arena, sentence, length));
}

static void fact_scale(struct facts *facts, enum tl_word word, int value)
{
	if (value)
		fact_say(facts, word, tl_arena_printf(facts->pages->arena, "%d", value));
}

static void fact_party(struct facts *facts, enum tl_word word, const struct tl_party *party)
{
	if (party)
		fact_say(facts, word, party->label);
}

static void fact_word(struct facts *facts, enum tl_word word, enum tl_word first, int value)
{
	fact_say(facts, word, tl_word_at(facts->pages->canvas.language, first, value));
}

static void fact_date(struct facts *facts, enum tl_word word, int32_t days)
{
	if (days != TL_NO_DATE)
		fact_say(facts, word,
			tl_say_date(facts->pages->arena, facts->pages->canvas.language, days));
}

static void fact_promise(struct facts *facts, const char *iso, double seconds, int clock)
{
	enum tl_word word = clock < 0 ? TL_SAY_PROMISE
		: clock == TL_CLOCK_REPLY
		? TL_SAY_CLOCK_REPLY
		: TL_SAY_CLOCK_RESOLUTION;
	fact_say(facts, word,
		tl_say_duration(facts->pages->arena, facts->pages->canvas.language, iso, seconds));
}

/* ---- blocks ----------------------------------------------------------------------------------- */

struct pages_block *pages_block_add(struct pages *pages, struct pages_column *column)
{
	column->list = tl_arena_grow(pages->arena, column->list, column->count, &column->capacity,
		sizeof *column->list);
	struct pages_block *block = &column->list[column->count++];
	*block = (struct pages_block){0};
	return block;
}

struct filler { /* one column of one card */
	struct pages *pages;
	const struct tl_touchpoint *touchpoint;
	struct pages_column *column;
	const struct tl_touchpoint_insight *known; /* NULL: no feedback */
};

static struct pages_block *add(struct filler *filler, enum tl_word section, const char *role)
{
	struct pages_block *block = pages_block_add(filler->pages, filler->column);
	block->section = section;
	block->role = role;
	block->id = tl_arena_printf(filler->pages->arena, "%s.%s", filler->touchpoint->id, role);
	return block;
}

static void ground(struct pages_block *block, const struct tl_paint *paint)
{
	block->pen = tl_pen_both(paint->fill, paint->stroke, 0.8);
	block->pad = GROUND_PAD;
}

static void write_text(
	struct filler *filler, struct pages_block *block, const char *text, struct tl_style style)
{
	double w = filler->column->w - 2 * block->pad - block->indent;
	tl_lines_wrap(&filler->pages->canvas, &block->lines, text, style, w, ALL_LINES);
}

/* As many facts on a line as fit, none broken that fits on a line of its own. */
static void write_facts(struct filler *filler, struct pages_block *block, const struct facts *facts,
	tl_color color)
{
	struct tl_canvas *canvas = &filler->pages->canvas;
	struct tl_style style = pages_fact(color);
	double room = tl_text_room(filler->column->w - 2 * block->pad - block->indent) - 1;
	for (size_t i = 0, n; i < facts->count; i += n) {
		const char *line = facts->list[i];
		for (n = 1; i + n < facts->count; n++) {
			const char *longer =
				tl_canvas_join(canvas, " · ", facts->list + i, n + 1);
			if (tl_text_width(longer, style.size, style.flags) > room)
				break;
			line = longer;
		}
		write_text(filler, block, line, style);
	}
}

static const char *quoted(struct filler *filler, const char *text)
{
	return text ? tl_canvas_say(&filler->pages->canvas, TL_SAY_QUOTED, text) : NULL;
}

static struct tl_style strong(tl_color color)
{
	return (struct tl_style){10, TL_BOLD, color};
}

static struct tl_style slanted(tl_color color)
{
	return (struct tl_style){10, TL_ITALIC, color};
}

/* ---- signs ------------------------------------------------------------------------------------ */

static void sign_face(
	struct tl_canvas *canvas, const struct pages_block *block, double x, double y)
{
	const struct tl_emotion *emotion = block->what;
	tl_series_face(
		canvas, block->series, block->alone, emotion->valence, x + 11, y + 12,
		block->alone ? 9 : 7);
}

static void sign_severity(
	struct tl_canvas *canvas, const struct pages_block *block, double x, double y)
{
	const struct tl_pain *pain = block->what;
	bool settled = pain->status == TL_RESOLVED || pain->status == TL_ACCEPTED;
	const struct tl_paint *paint = settled ? &canvas->palette->settled
					       : &canvas->palette->pain[tl_heat_step(20 * pain->severity)];
	struct tl_style style = {10, TL_BOLD, paint->ink};
	const char *text = pain->severity ? tl_arena_printf(canvas->arena, "%d", pain->severity) : "–";
	tl_mark_round(canvas, tl_pen_both(paint->fill, paint->stroke, 1.2), x, y, 15, 14, 3);
	tl_mark_text(canvas, x + 7.5, tl_text_baseline(y + 0.5, 10), TL_MIDDLE, style, text);
}

static void sign_arrow(
	struct tl_canvas *canvas, const struct pages_block *block, double x, double y)
{
	const struct tl_next *next = block->what;
	const struct tl_palette *palette = canvas->palette;
	tl_color color = next->handoff == TL_COLD ? palette->cold.stroke
		: next->handoff == TL_WARM	  ? palette->warm.stroke
						  : palette->main;
	struct tl_pen line = {0, color, 1.6, next->handoff == TL_COLD ? TL_DASHED : TL_SOLID};
	struct tl_point tip[] = {{x + 15, y + 7}, {x + 10, y + 3.5}, {x + 10, y + 10.5}};
	tl_mark_segment(canvas, line, x, y + 7, x + 11, y + 7);
	tl_mark_points(canvas, TL_MARK_POLYGON, tl_pen_fill(color), tip, TL_COUNT(tip));
}

/* ---- customers: what they do, want, think, expect and feel ---------------------------------------- */

static void add_texts(struct filler *filler, enum tl_word section, const char *role,
	enum tl_word tip, const struct tl_texts *texts, const struct tl_paint *paint)
{
	struct tl_canvas *canvas = &filler->pages->canvas;
	for (size_t i = 0; i < texts->count; i++) {
		struct pages_block *block = add(filler, section, role);
		const char *text = texts->list[i].text;
		block->tooltip = tip ? tl_tell_text(canvas, filler->touchpoint, tip, text)
				     : tl_canvas_sentence(canvas, text);
		if (paint)
			ground(block, paint);
		write_text(filler, block, text,
			pages_text(paint ? paint->ink : canvas->palette->card.ink));
	}
}

static void add_expectation(struct filler *filler, const struct tl_expectation *expectation)
{
	struct tl_canvas *canvas = &filler->pages->canvas;
	const struct tl_paint *paint = &canvas->palette->expectation;
	struct pages_block *block = add(filler, TL_SAY_LANE_EXPECTATIONS, "expectation");
	struct facts facts = {.pages = filler->pages};
	block->tooltip = tl_tell_expectation(canvas, filler->touchpoint, expectation);
	block->bar = paint->stroke;
	block->indent = BAR_W;
	fact(&facts, tl_word_at(canvas->language, TL_SAY_EXPECT_TIME, expectation->kind));
	fact_promise(
		&facts, expectation->promise_text, expectation->promise, expectation->clock);
	fact_scale(&facts, TL_SAY_TIP_IMPORTANCE, expectation->importance);
	write_text(filler, block, expectation->text, pages_text(paint->ink));
	write_facts(filler, block, &facts, paint->soft);
	const struct tl_gap *gap =
		filler->known ? tl_feedback_gap(filler->known, expectation) : NULL;
	if (gap) {
		block->tooltip = tl_canvas_sentences(
			canvas, block->tooltip, tl_feedback_tell_gap(canvas, gap));
		write_text(filler, block,
			tl_canvas_say(canvas, TL_SAY_BROKEN, tl_feedback_rate(canvas, gap->rate),
				tl_feedback_rates(canvas, gap->interval),
				tl_feedback_count(canvas, gap->n)),
			strong(paint->ink));
	}
}

static void add_emotion(struct filler *filler, const struct tl_emotion *emotion)
{
	struct pages *pages = filler->pages;
	struct tl_canvas *canvas = &pages->canvas;
	struct pages_block *block = add(filler, TL_SAY_LANE_EMOTION, "emotion");
	block->series = tl_series_of(pages->series, pages->series_count, emotion->persona);
	if (!block->series) /* said for everybody, and everybody has a curve of their own */
		block->series = &pages->series[0];
	const char *who = emotion->persona ? emotion->persona->name
					   : tl_canvas_word(canvas, TL_SAY_EVERYBODY);
	block->tooltip = tl_tell_emotion(canvas, filler->touchpoint, emotion, who);
	block->alone = pages->series_count == 1 || !emotion->persona;
	block->indent = FACE_W;
	block->least_h = FACE_H;
	block->sign = sign_face;
	block->what = emotion;
	struct facts facts = {.pages = pages};
	fact(&facts, tl_say_number(pages->arena, canvas->language, emotion->valence, 1, true));
	fact(&facts, emotion->feeling);
	fact(&facts, quoted(filler, emotion->quote));
	write_text(filler, block, who, (struct tl_style){10, TL_BOLD, canvas->palette->card.ink});
	write_text(filler, block, tl_canvas_join(canvas, " · ", facts.list, facts.count),
		pages_text(canvas->palette->card.ink));
	const struct tl_emotion_score *score =
		filler->known ? tl_feedback_emotion(filler->known, block->series->persona) : NULL;
	if (!score || score->witness < 0)
		return;
	write_text(filler, block, tl_feedback_tell_measured(canvas, score),
		pages_fact(canvas->palette->card.soft));
	if (score->conflict)
		write_text(filler, block,
			tl_feedback_tell_conflict(canvas, filler->known, score, who),
			strong(canvas->palette->conflict.ink));
}

/* ---- pains and opportunities -------------------------------------------------------------------- */

/* How many records speak of it, whether somebody should have done something, and the words of one. */
static void add_pain_known(struct filler *filler, struct pages_block *block,
	const struct tl_pain_insight *known, const struct tl_paint *paint)
{
	struct tl_canvas *canvas = &filler->pages->canvas;
	const char *const care[] = {tl_feedback_records(canvas, filler->known, known),
		known->overdue ? tl_canvas_word(canvas, TL_SAY_OVERDUE) : NULL,
		known->unowned ? tl_canvas_word(canvas, TL_SAY_UNOWNED) : NULL};
	block->tooltip = tl_canvas_sentences(
		canvas, block->tooltip, tl_feedback_tell_pain(canvas, filler->known, known));
	write_text(filler, block, tl_canvas_join(canvas, " · ", care, TL_COUNT(care)),
		strong(paint->ink));
	if (known->quote.text)
		write_text(filler, block, quoted(filler, known->quote.text), slanted(paint->ink));
}

static void add_pain(struct filler *filler, const struct tl_pain *pain)
{
	struct pages *pages = filler->pages;
	struct tl_canvas *canvas = &pages->canvas;
	bool settled = pain->status == TL_RESOLVED || pain->status == TL_ACCEPTED;
	const struct tl_paint *paint = settled
		? &canvas->palette->settled
		: &canvas->palette->pain[tl_heat_step(20 * pain->severity)];
	struct pages_block *block = add(filler, TL_SAY_LANE_PAINS, "pain");
	block->id =
		tl_arena_printf(pages->arena, "%s.pain.%s", filler->touchpoint->id, pain->id);
	block->tooltip = tl_tell_pain(canvas, filler->touchpoint, pain);
	ground(block, paint);
	block->indent = SIGN_W;
	block->sign = sign_severity;
	block->what = pain;
	struct facts facts = {.pages = pages};
	fact_scale(&facts, TL_SAY_TIP_SEVERITY, pain->severity);
	fact(&facts, tl_word_at(canvas->language, TL_SAY_KIND_CONFUSION, pain->kind));
	fact(&facts, tl_word_at(canvas->language, TL_SAY_STATUS_OPEN, pain->status));
	fact_party(&facts, TL_SAY_TIP_OWNER, pain->owner);
	fact_word(&facts, TL_SAY_TIP_CAUSE, TL_SAY_CAUSE_SKILL, pain->cause);
	fact_date(&facts, TL_SAY_SINCE, pain->since);
	fact_date(&facts, TL_SAY_TIP_DUE, pain->due);
	fact_date(&facts, TL_SAY_FIXED, pain->fixed);
	fact_scale(&facts, TL_SAY_OCCURRENCE, pain->occurrence);
	fact_scale(&facts, TL_SAY_DETECTION, pain->detection);
	fact_say(&facts, TL_SAY_TIP_EVIDENCE, pain->evidence);
	if (pain->breaks)
		fact_say(&facts, TL_SAY_TIP_BREAKS, pain->breaks->text);
	write_text(filler, block, pain->text, pages_text(paint->ink));
	write_facts(filler, block, &facts, paint->soft);
	if (filler->known)
		add_pain_known(filler, block,
			&filler->known->pains[pain - filler->touchpoint->pains], paint);
}

static void add_opportunity(struct filler *filler, const struct tl_opportunity *opportunity)
{
	struct tl_canvas *canvas = &filler->pages->canvas;
	const struct tl_paint *paint = &canvas->palette->opportunity;
	struct pages_block *block = add(filler, TL_SAY_LANE_OPPORTUNITIES, "opportunity");
	block->tooltip = tl_tell_opportunity(canvas, filler->touchpoint, opportunity);
	ground(block, paint);
	struct facts facts = {.pages = filler->pages};
	fact_scale(&facts, TL_SAY_TIP_IMPACT, opportunity->impact);
	fact_scale(&facts, TL_SAY_TIP_EFFORT, opportunity->effort);
	fact(&facts, tl_word_at(canvas->language, TL_SAY_STATUS_OPEN, opportunity->status));
	fact_party(&facts, TL_SAY_TIP_OWNER, opportunity->owner);
	fact_word(&facts, TL_SAY_TIP_REMEDY, TL_SAY_CAUSE_SKILL, opportunity->remedy);
	fact_date(&facts, TL_SAY_TIP_DUE, opportunity->due);
	write_text(filler, block, opportunity->text, pages_text(paint->ink));
	write_facts(filler, block, &facts, paint->soft);
	for (size_t i = 0; i < opportunity->pain_count; i++) {
		const char *pain = quoted(filler, opportunity->pains[i]->text);
		write_text(filler, block, tl_canvas_say(canvas, TL_SAY_FOR, pain),
			pages_fact(paint->soft));
	}
}

/* ---- the organisation, and the ways on ------------------------------------------------------------ */

static void add_backstage(struct filler *filler, const struct tl_backstage *backstage)
{
	struct tl_canvas *canvas = &filler->pages->canvas;
	const struct tl_paint *paint = &canvas->palette->backstage;
	struct pages_block *block = add(filler, TL_SAY_LANE_BACKSTAGE, "backstage");
	block->tooltip = tl_tell_backstage(canvas, filler->touchpoint, backstage);
	ground(block, paint);
	struct facts facts = {.pages = filler->pages};
	if (backstage->owner)
		fact(&facts, backstage->owner->label);
	fact_party(&facts, TL_SAY_FOR, backstage->serves);
	fact_party(&facts, TL_SAY_TIP_SYSTEM, backstage->system);
	fact_promise(&facts, backstage->promise_text, backstage->promise, -1);
	write_text(filler, block, backstage->text, pages_text(paint->ink));
	write_facts(filler, block, &facts, paint->soft);
}

static void add_support(struct filler *filler, const struct tl_support *support)
{
	struct tl_canvas *canvas = &filler->pages->canvas;
	const struct tl_paint *paint = &canvas->palette->support;
	struct pages_block *block = add(filler, TL_SAY_LANE_SUPPORT, "support");
	block->tooltip = tl_tell_support(canvas, filler->touchpoint, support);
	ground(block, paint);
	struct facts facts = {.pages = filler->pages};
	if (support->owner)
		fact(&facts, support->owner->label);
	fact_party(&facts, TL_SAY_TIP_SYSTEM, support->system);
	write_text(filler, block, support->text, pages_text(paint->ink));
	write_facts(filler, block, &facts, paint->soft);
}

static const char *next_title(struct filler *filler, const struct tl_next *next)
{
	struct pages *pages = filler->pages;
	if (next->to)
		return tl_arena_printf(
			pages->arena, "%zu. %s", next->to->index + 1, next->to->title);
	return tl_canvas_say(
		&pages->canvas, TL_SAY_IN_JOURNEY, next->touchpoint, next->journey);
}

static void add_next(struct filler *filler, const struct tl_next *next)
{
	struct pages *pages = filler->pages;
	struct tl_canvas *canvas = &pages->canvas;
	const struct tl_palette *palette = canvas->palette;
	struct pages_block *block = add(filler, TL_SAY_LEADS_TO, "next");
	bool loop = next->to && next->to->index <= filler->touchpoint->index;
	block->tooltip = tl_tell_next(canvas, filler->touchpoint, next, loop);
	block->href = next->to ? NULL : tl_canvas_link(canvas, next->journey, pages->suffix);
	block->indent = SIGN_W;
	block->sign = sign_arrow;
	block->what = next;
	struct facts facts = {.pages = pages}, handoff = {.pages = pages};
	fact_say(&facts, TL_SAY_TIP_WHEN, next->when);
	if (!isnan(next->share))
		fact_say(&facts, TL_SAY_TIP_SHARE,
			tl_say_percent(pages->arena, canvas->language, next->share));
	if (loop)
		fact(&facts, tl_canvas_word(canvas, TL_SAY_LEGEND_LOOP));
	if (next->handoff >= 0)
		fact(&handoff,
			tl_word_at(canvas->language, TL_SAY_LEGEND_COLD,
				next->handoff == TL_COLD ? 0 : 1));
	write_text(filler, block, next_title(filler, next), pages_text(palette->card.ink));
	write_facts(filler, block, &facts, palette->card.soft);
	const struct tl_passage *passage = filler->known
		? &filler->known->passages[next - filler->touchpoint->nexts]
		: NULL;
	if (passage && passage->of) {
		block->tooltip = tl_canvas_sentences(
			canvas, block->tooltip, tl_feedback_tell_passage(canvas, passage));
		write_text(filler, block,
			tl_canvas_say(canvas, TL_SAY_MEASURED_SHARE,
				tl_feedback_rate(canvas, (double)passage->n / (double)passage->of),
				tl_feedback_count(canvas, passage->n),
				tl_feedback_count(canvas, passage->of)),
			strong(palette->card.ink));
	}
	write_facts(filler, block, &handoff,
		next->handoff == TL_COLD ? palette->cold.ink : palette->warm.ink);
}

static void add_end(struct filler *filler)
{
	struct tl_canvas *canvas = &filler->pages->canvas;
	struct pages_block *block = add(filler, TL_SAY_LEADS_TO, "end");
	block->tooltip = tl_canvas_say(canvas, TL_SAY_TIP_END, filler->touchpoint->title);
	write_text(filler, block, tl_canvas_word(canvas, TL_SAY_ENDS_HERE),
		pages_text(canvas->palette->card.ink));
}

/* ---- columns -------------------------------------------------------------------------------------- */

static void fill_customers(struct filler *filler)
{
	const struct tl_touchpoint *touchpoint = filler->touchpoint;
	const struct tl_palette *palette = filler->pages->palette;
	add_texts(filler, TL_SAY_ACTIONS, "action", 0, &touchpoint->actions, NULL);
	add_texts(filler, TL_SAY_LANE_GOALS, "goal", TL_SAY_TIP_GOAL, &touchpoint->goals, NULL);
	add_texts(filler, TL_SAY_LANE_THOUGHTS, "thought", TL_SAY_TIP_THOUGHT,
		&touchpoint->thoughts, &palette->thought);
	for (size_t i = 0; i < touchpoint->expectation_count; i++)
		add_expectation(filler, &touchpoint->expectations[i]);
	for (size_t i = 0; i < touchpoint->next_count; i++)
		add_next(filler, &touchpoint->nexts[i]);
	if (!touchpoint->next_count)
		add_end(filler);
}

/* What customers say that does not stand at a pain already. */
static void add_voices(struct filler *filler)
{
	enum { MOST = 2 };
	struct tl_canvas *canvas = &filler->pages->canvas;
	const struct tl_paint *paint = &canvas->palette->quote;
	const struct tl_touchpoint_insight *known = filler->known;
	for (size_t i = 0, said = 0; known && i < known->quote_count && said < MOST; i++) {
		const struct tl_quote *quote = &known->quotes[i];
		bool stands = false;
		for (size_t k = 0; k < filler->touchpoint->pain_count; k++)
			stands |= known->pains[k].quote.text &&
				strcmp(known->pains[k].quote.text, quote->text) == 0;
		if (stands)
			continue;
		struct pages_block *block = add(filler, TL_SAY_VOICES, "voice");
		const char *const facts[] = {quote->source,
			quote->created == TL_NO_TIME ? NULL : tl_feedback_day(canvas, quote->created)};
		block->tooltip = tl_feedback_tell_quote(canvas, quote);
		ground(block, paint);
		write_text(filler, block, quoted(filler, quote->text), slanted(paint->ink));
		write_text(filler, block,
			tl_canvas_join(canvas, " · ", facts, TL_COUNT(facts)), pages_fact(paint->soft));
		said++;
	}
}

/* What departments believe is no measurement, and stands apart from them. */
static void add_belief(struct filler *filler)
{
	struct tl_canvas *canvas = &filler->pages->canvas;
	const struct tl_belief *belief = filler->known ? &filler->known->belief : NULL;
	if (!belief || !tl_feedback_believed(belief))
		return;
	struct pages_block *block = add(filler, TL_SAY_BELIEFS, "belief");
	block->tooltip = tl_feedback_tell_belief(canvas, filler->known);
	ground(block, &canvas->palette->support);
	write_text(filler, block, block->tooltip, pages_fact(canvas->palette->support.ink));
}

static void fill_pains(struct filler *filler)
{
	const struct tl_touchpoint *touchpoint = filler->touchpoint;
	for (size_t i = 0; i < touchpoint->pain_count; i++)
		add_pain(filler, &touchpoint->pains[i]);
	add_voices(filler);
}

static void fill_organisation(struct filler *filler)
{
	const struct tl_touchpoint *touchpoint = filler->touchpoint;
	for (size_t i = 0; i < touchpoint->opportunity_count; i++)
		add_opportunity(filler, &touchpoint->opportunities[i]);
	for (size_t i = 0; i < touchpoint->backstage_count; i++)
		add_backstage(filler, &touchpoint->backstage[i]);
	for (size_t i = 0; i < touchpoint->support_count; i++)
		add_support(filler, &touchpoint->support[i]);
	add_belief(filler);
}

void pages_fill(struct pages *pages, struct pages_card *card)
{
	static void (*const fills[PAGES_COLUMNS])(struct filler *) = {
		fill_customers, fill_pains, fill_organisation};
	const struct tl_touchpoint *touchpoint = card->touchpoint;
	const struct tl_touchpoint_insight *known = tl_feedback_of(&pages->canvas, touchpoint);
	const bool used[PAGES_COLUMNS] = {true,
		touchpoint->pain_count || (known && known->quote_count),
		touchpoint->opportunity_count || touchpoint->backstage_count ||
			touchpoint->support_count ||
			(known && tl_feedback_believed(&known->belief))};
	size_t n = 0;
	for (size_t i = 0; i < PAGES_COLUMNS; i++)
		n += used[i];
	/* Columns of one card are equally wide, so that blocks can move from one to another. */
	double step = floor((PAGES_CARD_W - 2 * PAGES_PAD + PAGES_COLUMN_GAP) / (double)n);
	for (size_t i = 0; i < PAGES_COLUMNS; i++) {
		if (!used[i])
			continue;
		struct pages_column *column = &card->columns[card->column_count];
		column->x = PAGES_PAD + step * (double)card->column_count++;
		column->w = step - PAGES_COLUMN_GAP;
		fills[i](&(struct filler){pages, touchpoint, column, known});
	}
}

/* ---- feelings, side by side below the title ------------------------------------------------------- */

void pages_fill_feelings(struct pages *pages, struct pages_card *card, double most_h)
{
	const struct tl_touchpoint *touchpoint = card->touchpoint;
	const struct tl_touchpoint_insight *known = tl_feedback_of(&pages->canvas, touchpoint);
	size_t n = touchpoint->emotion_count;
	struct pages_column row[PAGES_COLUMNS] = {0};
	size_t across = n < PAGES_COLUMNS ? n : PAGES_COLUMNS;
	double w = PAGES_CARD_W - 2 * PAGES_PAD + PAGES_COLUMN_GAP, h = 0;
	for (size_t i = 0; i < across; i++) {
		row[i].w = floor(w / (double)across) - PAGES_COLUMN_GAP;
		row[i].x = PAGES_PAD + (row[i].w + PAGES_COLUMN_GAP) * (double)i;
	}
	for (size_t i = 0; i < n; i++)
		add_emotion(&(struct filler){pages, touchpoint, &row[i % across], known},
			&touchpoint->emotions[i]);
	for (size_t i = 0; i < across; i++)
		h = fmax(h, pages_column_height(&row[i]) - PAGES_HEADING_H);
	if (h <= most_h) {
		memcpy(card->row, row, sizeof row);
		card->row_count = across;
		card->row_h = across ? h + PAGES_ROW_GAP : 0;
		return;
	}
	/* Too much for a head: a section of the first column, which can be broken. */
	for (size_t i = 0; i < n; i++)
		add_emotion(&(struct filler){pages, touchpoint, &card->columns[0], known},
			&touchpoint->emotions[i]);
}
