/* What was measured at a touchpoint: arithmetic, trend, emotion, beliefs, as tables and a line. */
#include "report/page.h"

#include <math.h>

static void begin_table(struct page *page, const char *name, const enum tl_word *words, size_t count,
	size_t figures)
{
	page_put(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
	page_text(page, name);
	page_put(page, "\">\n<table>\n");
	page_columns(page, words, count, figures);
}

static void end_table(struct page *page)
{
	page_put(page, "</tbody></table></div>\n");
}

/* Names tell the regions of one page apart. */
static const char *name_of(
	struct page *page, enum tl_word what, const struct tl_touchpoint *touchpoint)
{
	return say_fill(&page->say, TL_SAY_NAMED, touchpoint->title, say_word(&page->say, what));
}

/* ---- arithmetic ------------------------------------------------------------------------------------ */

static const char *rate(struct page *page, double value)
{
	const struct say *s = &page->say;

	return isnan(value) ? NULL : tl_say_percent(s->arena, s->language, value);
}

static const char *figure(struct page *page, double value, int decimals)
{
	const struct say *s = &page->say;

	return isnan(value) ? NULL
			    : tl_say_number(s->arena, s->language, value, decimals, false);
}

static void put_family(struct page *page, int which, const struct tl_family_score *family)
{
	const struct say *s = &page->say;

	page_put(page, "<tr>");
	page_element(page, "th", "scope=\"row\"", say_family_name(s, which, family->witness));
	page_cell(page, family->n ? say_fill(s, TL_SAY_COUNT_OF, tl_say_count(s->arena, family->x),
					tl_say_count(s->arena, family->n))
				  : tl_say_count(s->arena, family->x)); /* nobody counted visits */
	page_cell(page, rate(page, family->rate));
	page_cell(page, rate(page, family->promise));
	page_cell(page, rate(page, family->intolerable));
	if (family->scored) {
		page_cell(page, rate(page, family->shrunk));
		page_cell(page, figure(page, family->score, 1));
		page_cell(page, tl_say_range(s->arena, s->language, family->interval.low,
					family->interval.high, false));
		page_cell(page, figure(page, family->weight, 2));
		page_cell(page, tl_say_p(s->arena, s->language, family->q));
	} else {
		page_element(page, "td", "colspan=\"5\"", say_word(s, TL_SAY_NOT_SCORED));
	}
	page_put(page, "</tr>\n");
}

void page_arithmetic(struct page *page, const struct tl_touchpoint_insight *known)
{
	static const enum tl_word words[] = {TL_SAY_COLUMN_FAMILY, TL_SAY_COLUMN_PART,
		TL_SAY_COLUMN_SHARE, TL_SAY_COLUMN_PROMISED, TL_SAY_COLUMN_INTOLERABLE,
		TL_SAY_COLUMN_SHRUNK, TL_SAY_COLUMN_SCORE, TL_SAY_COLUMN_INTERVAL,
		TL_SAY_COLUMN_WEIGHT, TL_SAY_COLUMN_Q};
	bool any = false, declared = false;

	for (int i = 0; known && i < TL_FAMILIES; i++) {
		any |= known->score->families[i].witness >= 0;
		declared |= known->score->families[i].declared;
	}
	if (!any)
		return;
	page_subheading(page, TL_SAY_PAGE_ARITHMETIC);
	begin_table(page, name_of(page, TL_SAY_PAGE_ARITHMETIC, known->score->touchpoint), words,
		TL_COUNT(words), 1);
	for (int i = 0; i < TL_FAMILIES; i++)
		if (known->score->families[i].witness >= 0)
			put_family(page, i, &known->score->families[i]);
	end_table(page);
	page_element(page, "p", "class=\"facts\"", say_sum(&page->say, known));
	if (!declared)
		page_element(page, "p", "class=\"facts\"",
			say_word(&page->say, TL_SAY_DECLARED_DEFAULTS));
}

/* ---- trend ------------------------------------------------------------------------------------------ */

enum { WIDTH = 320, HEIGHT = 90, LEFT = 36, TOP = 8, BOTTOM = 72, DOT = 3 };

struct plot {
	struct page *page;
	const struct tl_trend *trend;
	double most;
};

static double x_of(const struct plot *plot, size_t i)
{
	return LEFT + (WIDTH - LEFT - 10) * (double)i / (double)(plot->trend->count - 1);
}

static double y_of(const struct plot *plot, double value)
{
	return BOTTOM - (BOTTOM - TOP) * value / plot->most;
}

static void put_point(const struct plot *plot, size_t i, double value)
{
	tl_buf_number(plot->page->out, x_of(plot, i), 1);
	tl_buf_putc(plot->page->out, ' ');
	tl_buf_number(plot->page->out, y_of(plot, value), 1);
}

static void put_line(const struct plot *plot, const char *class, bool limit)
{
	bool on = false;

	tl_buf_printf(plot->page->out, "<path class=\"%s\" d=\"", class);
	for (size_t i = 0; i < plot->trend->count; i++) {
		double value = limit ? plot->trend->periods[i].high : plot->trend->periods[i].rate;

		if (isnan(value))
			continue;
		page_put(plot->page, on ? "L" : "M");
		put_point(plot, i, value);
		on = true;
	}
	page_put(plot->page, "\"/>\n");
}

/* A period outside its limits is a large diamond, any other a dot. */
static void put_dots(const struct plot *plot)
{
	for (size_t i = 0; i < plot->trend->count; i++) {
		const struct tl_period *period = &plot->trend->periods[i];

		if (isnan(period->rate))
			continue;
		if (period->out) {
			page_put(plot->page, "<path class=\"out\" d=\"M");
			put_point(plot, i, period->rate);
			page_put(plot->page, "m0-6l6 6-6 6-6-6z\"/>\n");
		} else {
			tl_buf_printf(plot->page->out, "<circle class=\"dot\" r=\"%d\" cx=\"%.1f\" "
						       "cy=\"%.1f\"/>\n",
				DOT, x_of(plot, i), y_of(plot, period->rate));
		}
	}
}

static void put_label(struct page *page, double x, double y, const char *anchor, const char *text)
{
	tl_buf_printf(page->out, "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">", x, y, anchor);
	page_text(page, text);
	page_put(page, "</text>\n");
}

static void put_plot(struct plot *plot)
{
	struct page *page = plot->page;
	const struct say *s = &page->say;
	const struct tl_trend *trend = plot->trend;

	for (size_t i = 0; i < trend->count; i++) {
		plot->most = fmax(plot->most, trend->periods[i].rate);
		plot->most = fmax(plot->most, trend->periods[i].high);
	}
	tl_buf_printf(page->out,
		"<svg class=\"trend\" viewBox=\"0 0 %d %d\" direction=\"ltr\" aria-hidden=\"true\">\n",
		WIDTH, HEIGHT);
	put_label(page, LEFT - 6, TOP + 8, "end", tl_say_rate(s->arena, s->language, plot->most));
	put_label(page, LEFT - 6, BOTTOM, "end", tl_say_rate(s->arena, s->language, 0));
	put_label(page, LEFT, HEIGHT - 4, "start", tl_say_day(s->arena, s->language, trend->starts[0]));
	put_label(page, WIDTH - 4, HEIGHT - 4, "end",
		tl_say_day(s->arena, s->language, trend->starts[trend->count - 1]));
	put_line(plot, "limit", true);
	put_line(plot, "line", false);
	put_dots(plot);
	page_put(page, "</svg>\n");
}

void page_trend(struct page *page, const struct tl_touchpoint_insight *known)
{
	struct plot plot = {page, known ? &known->trend : NULL, .01};
	const char *said = known ? say_trend(&page->say, known) : NULL;

	if (!said)
		return;
	page_subheading(page, TL_SAY_PAGE_TREND);
	page_put(page, "<figure>\n");
	put_plot(&plot);
	page_put(page, "<figcaption class=\"facts\">");
	page_text(page, said);
	page_put(page, "</figcaption>\n</figure>\n");
}

/* ---- emotion ------------------------------------------------------------------------------------------ */

static const char *valence(struct page *page, double value)
{
	const struct say *s = &page->say;

	return isnan(value) ? NULL : tl_say_figure(s->arena, s->language, value, true);
}

static void put_emotion(struct page *page, const struct tl_emotion_score *emotion)
{
	const struct say *s = &page->say;
	const char *measured = valence(page, emotion->measured);

	page_put(page, "<tr>");
	page_element(page, "th", "scope=\"row\"",
		emotion->persona ? emotion->persona->name : say_word(s, TL_SAY_EVERYBODY));
	page_cell(page, valence(page, emotion->declared));
	page_cell(page, emotion->conflict ? say_fill(s, TL_SAY_NAMED, say_word(s, TL_SAY_CONFLICT), measured)
					  : measured);
	page_cell(page, isnan(emotion->interval.low)
				? NULL
				: tl_say_range(s->arena, s->language, emotion->interval.low,
					  emotion->interval.high, true));
	page_cell(page, emotion->n ? tl_say_count(s->arena, emotion->n) : NULL);
	page_cell(page, valence(page, emotion->estimate));
	page_put(page, "</tr>\n");
}

static void put_measured(struct page *page, const struct tl_touchpoint_insight *known)
{
	static const enum tl_word words[] = {TL_SAY_PAGE_PEOPLE, TL_SAY_COLUMN_DECLARED,
		TL_SAY_COLUMN_MEASURED, TL_SAY_COLUMN_INTERVAL, TL_SAY_COLUMN_EPISODES,
		TL_SAY_COLUMN_ESTIMATE};
	const struct tl_touchpoint_score *score = known->score;
	bool conflict = false, measured = false;

	for (size_t i = 0; i < score->emotion_count; i++)
		measured |= score->emotions[i].witness >= 0;
	if (!measured)
		return;
	begin_table(page, name_of(page, TL_SAY_LANE_EMOTION, score->touchpoint), words, TL_COUNT(words), 1);
	for (size_t i = 0; i < score->emotion_count; i++) {
		conflict |= score->emotions[i].conflict;
		put_emotion(page, &score->emotions[i]);
	}
	end_table(page);
	if (conflict)
		page_element(page, "p", "class=\"facts\"",
			say_word(&page->say, TL_SAY_EMOTION_CONFLICT));
}

void page_emotions(struct page *page, const struct tl_touchpoint *touchpoint)
{
	const struct tl_touchpoint_insight *known = say_known(&page->say, touchpoint);
	bool measured = false;

	for (size_t i = 0; known && i < known->score->emotion_count; i++)
		measured |= known->score->emotions[i].witness >= 0;
	if (!touchpoint->emotion_count && !measured)
		return;
	page_subheading(page, TL_SAY_LANE_EMOTION);
	if (touchpoint->emotion_count) {
		page_put(page, "<ul>\n");
		for (size_t i = 0; i < touchpoint->emotion_count; i++)
			page_element(page, "li", NULL,
				say_feeling(&page->say, &touchpoint->emotions[i]));
		page_put(page, "</ul>\n");
	}
	if (measured)
		put_measured(page, known);
}

/* ---- beliefs ------------------------------------------------------------------------------------------- */

static void put_view(struct page *page, const struct tl_view_of *view)
{
	const struct say *s = &page->say;

	page_put(page, "<tr>");
	page_element(page, "th", "scope=\"row\"", view->department);
	page_cell(page, valence(page, view->median));
	page_cell(page, isnan(view->low) ? NULL
					 : tl_say_range(s->arena, s->language, view->low, view->high, true));
	page_cell(page, tl_say_count(s->arena, view->votes));
	page_cell(page, tl_say_count(s->arena, view->notes));
	page_cell(page, tl_say_number(s->arena, s->language, (double)view->points, 0, false));
	page_put(page, "</tr>\n");
}

void page_beliefs(struct page *page, const struct tl_touchpoint_insight *known)
{
	static const enum tl_word words[] = {TL_SAY_COLUMN_DEPARTMENT, TL_SAY_COLUMN_MEDIAN,
		TL_SAY_COLUMN_RANGE, TL_SAY_COLUMN_VOTES, TL_SAY_COLUMN_NOTES, TL_SAY_COLUMN_POINTS};

	if (!say_believed(known))
		return;
	page_subheading(page, TL_SAY_PAGE_BELIEFS);
	begin_table(page, name_of(page, TL_SAY_PAGE_BELIEFS, known->score->touchpoint), words,
		TL_COUNT(words), 1);
	for (size_t i = 0; i < known->belief.department_count; i++)
		put_view(page, &known->belief.departments[i]);
	end_table(page);
	if (known->belief.disagree)
		page_element(page, "p", "class=\"facts\"", say_word(&page->say, TL_SAY_TIP_DISAGREE));
}
