/* draw/json: the map as JSON, for scripts and for comparing versions: one element on a line,
 * numbers rounded to 2 decimals, members in a fixed order. The contract is told in
 * touchline/draw.h. */
#include <math.h>
#include "draw/emit.h"
#include "draw/pages.h"

/* Members are put one after the other; each but the first of an object begins with a comma. */
struct writer {
	struct tl_buf *out;
	bool first;
};

static void open(struct writer *w, char bracket)
{
	tl_buf_putc(w->out, bracket);
	w->first = true;
}

static void close(struct writer *w, char bracket)
{
	tl_buf_putc(w->out, bracket);
	w->first = false;
}

static void next(struct writer *w, const char *separator)
{
	if (!w->first)
		tl_buf_putc(w->out, ',');
	tl_buf_puts(w->out, separator);
	w->first = false;
}

static void name(struct writer *w, const char *key)
{
	next(w, "");
	tl_buf_json(w->out, key);
	tl_buf_putc(w->out, ':');
}

static void text(struct writer *w, const char *key, const char *value)
{
	name(w, key);
	tl_buf_json(w->out, value);
}

static void put_number(struct writer *w, double value)
{
	if (isfinite(value))
		tl_buf_number(w->out, value, 2);
	else
		tl_buf_puts(w->out, "null");
}

static void number(struct writer *w, const char *key, double value)
{
	name(w, key);
	put_number(w, value);
}

static void word(struct writer *w, const char *key, const struct tl_vocabulary *words, int value)
{
	text(w, key, value < 0 ? NULL : words->words[value]);
}

static void points(struct writer *w, const char *key, const struct tl_point *list, size_t count)
{
	name(w, key);
	open(w, '[');
	for (size_t i = 0; i < count; i++) {
		next(w, "");
		tl_buf_putc(w->out, '[');
		tl_buf_number(w->out, list[i].x, 2);
		tl_buf_putc(w->out, ',');
		tl_buf_number(w->out, list[i].y, 2);
		tl_buf_putc(w->out, ']');
	}
	close(w, ']');
}

/* ---- the picture --------------------------------------------------------------------------- */

static void put_lanes(struct writer *w, const struct tl_scene *scene)
{
	name(w, "lanes");
	open(w, '[');
	for (size_t i = 0; i < scene->lane_count; i++) {
		next(w, "\n");
		open(w, '{');
		text(w, "name", scene->lanes[i].name);
		text(w, "label", scene->lanes[i].label);
		number(w, "y", scene->lanes[i].y);
		number(w, "h", scene->lanes[i].h);
		close(w, '}');
	}
	close(w, ']');
}

static void put_box(struct writer *w, const struct tl_box *box)
{
	open(w, '{');
	text(w, "id", box->id);
	text(w, "role", box->role);
	text(w, "lane", box->lane);
	text(w, "touchpoint", box->touchpoint ? box->touchpoint->id : NULL);
	number(w, "x", box->x);
	number(w, "y", box->y);
	number(w, "w", box->w);
	number(w, "h", box->h);
	name(w, "lines");
	open(w, '[');
	for (size_t i = 0; i < box->line_count; i++) {
		next(w, "");
		tl_buf_json(w->out, box->lines[i].text);
	}
	close(w, ']');
	text(w, "tooltip", box->tooltip);
	text(w, "href", box->href && tl_emit_link_allowed(box->href) ? box->href : NULL);
	close(w, '}');
}

static void put_flow(struct writer *w, const struct tl_flow *flow)
{
	const struct tl_next *meaning = flow->next;

	open(w, '{');
	text(w, "id", flow->id);
	text(w, "from", flow->from);
	text(w, "to", flow->to);
	text(w, "role", flow->role);
	text(w, "when", meaning ? meaning->when : NULL);
	number(w, "share", meaning ? meaning->share : NAN);
	word(w, "handoff", &tl_handoffs, meaning ? meaning->handoff : -1);
	text(w, "tooltip", flow->tooltip);
	points(w, "path", flow->points, flow->point_count);
	close(w, '}');
}

static void put_page(struct writer *w, const struct tl_scene *scene)
{
	open(w, '{');
	text(w, "id", scene->id);
	word(w, "view", &tl_views, scene->view);
	text(w, "title", scene->title);
	text(w, "description", scene->description);
	text(w, "bookmark", scene->bookmark);
	number(w, "width", scene->width);
	number(w, "height", scene->height);
	tl_buf_puts(w->out, ",\n");
	w->first = true;
	put_lanes(w, scene);
	tl_buf_puts(w->out, ",\n");
	w->first = true;
	name(w, "boxes");
	open(w, '[');
	for (size_t i = 0; i < scene->box_count; i++) {
		next(w, "\n");
		put_box(w, &scene->boxes[i]);
	}
	close(w, ']');
	tl_buf_puts(w->out, ",\n");
	w->first = true;
	name(w, "flows");
	open(w, '[');
	for (size_t i = 0; i < scene->flow_count; i++) {
		next(w, "\n");
		put_flow(w, &scene->flows[i]);
	}
	close(w, ']');
	close(w, '}');
}

/* ---- the journey --------------------------------------------------------------------------- */

static double lowest_valence(const struct tl_touchpoint *touchpoint)
{
	double lowest = NAN;

	for (size_t i = 0; i < touchpoint->emotion_count; i++)
		lowest = fmin(lowest, touchpoint->emotions[i].valence); /* fmin passes NAN over */
	return lowest;
}

static void put_next(struct writer *w, const struct tl_next *meaning)
{
	open(w, '{');
	text(w, "to", meaning->to ? meaning->to->id : meaning->touchpoint);
	text(w, "journey", meaning->to ? NULL : meaning->journey);
	text(w, "when", meaning->when);
	number(w, "share", meaning->share);
	word(w, "handoff", &tl_handoffs, meaning->handoff);
	close(w, '}');
}

static void put_pains(struct writer *w, const struct tl_touchpoint *touchpoint)
{
	name(w, "pains");
	open(w, '[');
	for (size_t i = 0; i < touchpoint->pain_count; i++) {
		const struct tl_pain *pain = &touchpoint->pains[i];

		next(w, "");
		open(w, '{');
		text(w, "id", pain->id);
		text(w, "text", pain->text);
		number(w, "severity", pain->severity ? pain->severity : NAN);
		word(w, "status", &tl_statuses, pain->status);
		text(w, "owner", pain->owner ? pain->owner->id : NULL);
		close(w, '}');
	}
	close(w, ']');
}

/* What was measured; known: NULL without feedback. */
static void put_score(struct writer *w, const struct tl_touchpoint_score *known)
{
	word(w, "verdict", &tl_verdicts, known ? (int)known->verdict : -1);
	number(w, "friction", known ? known->friction : NAN);
	name(w, "interval");
	if (known && isfinite(known->interval.low)) {
		open(w, '[');
		next(w, "");
		put_number(w, known->interval.low);
		next(w, "");
		put_number(w, known->interval.high);
		close(w, ']');
	} else {
		tl_buf_puts(w->out, "null");
	}
	number(w, "rank", known && known->rank ? (double)known->rank : NAN);
	number(w, "impact", known ? known->impact : NAN);
	number(w, "n", known ? (double)known->counts->episodes : NAN);
}

static void put_touchpoint(struct writer *w, const struct tl_touchpoint *touchpoint,
	const struct tl_assumed *assumed, double reach, const struct tl_touchpoint_score *known)
{
	const struct tl_channel *channel = touchpoint->channel;

	open(w, '{');
	text(w, "id", touchpoint->id);
	text(w, "title", touchpoint->title);
	text(w, "stage", touchpoint->stage ? touchpoint->stage->id : NULL);
	text(w, "channel", channel ? channel->id : NULL);
	word(w, "channel_kind", &tl_channel_kinds, channel ? channel->kind : -1);
	text(w, "owner", touchpoint->owner ? touchpoint->owner->id : NULL);
	number(w, "importance", touchpoint->importance);
	name(w, "moment_of_truth");
	tl_buf_puts(w->out, touchpoint->moment_of_truth ? "true" : "false");
	number(w, "reach", reach);
	number(w, "emotion", lowest_valence(touchpoint));
	name(w, "assumed");
	open(w, '{');
	number(w, "friction", assumed->friction);
	number(w, "pain", assumed->pain);
	number(w, "emotion", assumed->emotion);
	number(w, "handoff", assumed->handoff);
	close(w, '}');
	put_score(w, known);
	put_pains(w, touchpoint);
	name(w, "next");
	open(w, '[');
	for (size_t i = 0; i < touchpoint->next_count; i++) {
		next(w, "");
		put_next(w, &touchpoint->nexts[i]);
	}
	close(w, ']');
	close(w, '}');
}

static void put_journey(struct writer *w, const struct tl_journey *journey,
	const struct tl_insight *insight)
{
	size_t count = journey->touchpoint_count;
	struct tl_arena arena;
	struct tl_assumed *assumed;
	double *reach;

	tl_arena_init(&arena);
	assumed = tl_arena_array(&arena, struct tl_assumed, count);
	reach = tl_arena_array(&arena, double, count);
	tl_score_assumed(assumed, journey);
	tl_score_reach(reach, journey);
	name(w, "journey");
	open(w, '{');
	text(w, "id", journey->id);
	text(w, "title", journey->title);
	text(w, "lang", journey->lang);
	word(w, "state", &tl_states, journey->state);
	name(w, "stages");
	open(w, '[');
	for (size_t i = 0; i < journey->stage_count; i++) {
		next(w, "\n");
		open(w, '{');
		text(w, "id", journey->stages[i].id);
		text(w, "title", journey->stages[i].title);
		close(w, '}');
	}
	close(w, ']');
	tl_buf_puts(w->out, ",\n");
	w->first = true;
	name(w, "touchpoints");
	open(w, '[');
	for (size_t i = 0; i < count; i++) {
		next(w, "\n");
		put_touchpoint(w, &journey->touchpoints[i], &assumed[i], reach[i],
			insight ? insight->touchpoints[i].score : NULL);
	}
	close(w, ']');
	close(w, '}');
	tl_arena_release(&arena);
}

void tl_draw_json(struct tl_buf *out, const struct tl_scene *scenes, size_t count)
{
	struct writer w = {.out = out};

	open(&w, '{');
	number(&w, "version", 1);
	tl_buf_puts(out, ",\n");
	w.first = true;
	if (scenes[0].journey) {
		put_journey(&w, scenes[0].journey, scenes[0].insight);
		tl_buf_puts(out, ",\n");
		w.first = true;
	}
	name(&w, "pages");
	open(&w, '[');
	for (size_t i = 0; i < count; i++) {
		next(&w, "\n");
		put_page(&w, &scenes[i]);
	}
	close(&w, ']');
	close(&w, '}');
	tl_buf_putc(out, '\n');
}
