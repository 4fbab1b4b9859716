/* view: what one person sees of what changed. Everything passes room_sees. */
#include "room/room.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct view {
	struct viewer viewer;
	struct tl_room *room; /* counts of notes are kept in places */
	struct tl_buf *out;
	uint64_t since; /* 0 where all of it is told */
};
enum { EVENTS_TOLD = 50 };

/* ---- JSON ------------------------------------------------------------------------------------------- */

static void comma(struct tl_buf *out)
{
	char last = out->len ? out->data[out->len - 1] : '{';

	if (last != '{' && last != '[' && last != ':')
		tl_buf_putc(out, ',');
}

static void open_as(struct tl_buf *out, const char *name, char bracket)
{
	comma(out);
	if (name)
		tl_buf_printf(out, "\"%s\":", name);
	tl_buf_putc(out, bracket);
}

static void put_text(struct tl_buf *out, const char *name, const char *text)
{
	comma(out);
	tl_buf_printf(out, "\"%s\":", name);
	tl_buf_json(out, text);
}

static void put_number(struct tl_buf *out, const char *name, long long number)
{
	comma(out);
	tl_buf_printf(out, "\"%s\":%lld", name, number);
}

static void put_null(struct tl_buf *out, const char *name)
{
	comma(out);
	tl_buf_printf(out, "\"%s\":null", name);
}

/* 0 is nobody, none. */
static void put_id(struct tl_buf *out, const char *name, int id)
{
	if (id)
		put_number(out, name, id);
	else
		put_null(out, name);
}

static void put_yes(struct tl_buf *out, const char *name, bool yes)
{
	comma(out);
	tl_buf_printf(out, "\"%s\":%s", name, yes ? "true" : "false");
}

static void put_time(struct tl_buf *out, const char *name, int64_t time)
{
	if (!time) {
		put_null(out, name);
		return;
	}
	comma(out);
	tl_buf_printf(out, "\"%s\":\"", name);
	room_put_time(out, time);
	tl_buf_putc(out, '"');
}

static void put_value(struct tl_buf *out, const char *name, const char *value)
{
	put_text(out, name, value && *value ? value : NULL);
}

/* ---- the room ------------------------------------------------------------------------------------------ */

static void put_journeys(struct view *view)
{
	struct tl_buf *out = view->out;

	open_as(out, "journeys", '[');
	for (size_t i = 0; i < view->room->journey_count; i++) {
		const struct tl_journey *journey = view->room->journeys[i];

		open_as(out, NULL, '{');
		put_text(out, "id", journey->id);
		put_text(out, "title", journey->title);
		put_text(out, "lang", journey->lang);
		open_as(out, "departments", '[');
		for (size_t d = 0; d < journey->department_count; d++) {
			const struct tl_party *party = &journey->departments[d];

			open_as(out, NULL, '{');
			put_text(out, "id", party->id);
			put_text(out, "label", party->label ? party->label : party->id);
			tl_buf_putc(out, '}');
		}
		tl_buf_puts(out, "]}");
	}
	tl_buf_putc(out, ']');
}

static void put_room(struct view *view)
{
	const struct state *state = view->room->state;
	const struct person *me = view->viewer.person;
	struct tl_buf *out = view->out;

	if (view->since && state->changed <= view->since &&
		!(me && me->link.changed > view->since)) {
		put_null(out, "room");
		return;
	}
	open_as(out, "room", '{');
	put_text(out, "id", view->room->id);
	put_text(out, "title", state->title);
	put_text(out, "step", tl_steps.words[state->step]);
	put_time(out, "timer", state->timer);
	put_number(out, "dots", state->per);
	put_yes(out, "authors", !state->nameless);
	put_yes(out, "closed", state->closed);
	put_yes(out, "ended", state->ended);
	put_yes(out, "facilitator", view->viewer.facilitator);
	put_id(out, "me", me ? me->id : 0);
	put_number(out, "dots_left", me ? room_dots_left(view->room, me) : 0);
	put_journeys(view);
	tl_buf_putc(out, '}');
}

static void put_person(struct view *view, const struct link *link)
{
	const struct person *person = (const struct person *)link;
	struct tl_buf *out = view->out;

	open_as(out, NULL, '{');
	put_number(out, "id", person->id);
	put_text(out, "name", person->name);
	put_text(out, "department", person->department);
	tl_buf_putc(out, '}');
}

/* ---- votes, claims, decisions ----------------------------------------------------------------------- */

static void put_target(struct view *view, const struct target *target, bool counts)
{
	const struct person *me = view->viewer.person;
	bool others = room_sees(&view->viewer, NULL, false).what;
	struct tl_buf *out = view->out;

	if (others)
		put_number(out, "dots", counts ? room_dots(target, NULL) : 0);
	else
		put_null(out, "dots");
	put_number(out, "mine", counts && me ? room_dots(target, me) : 0);
	open_as(out, "ours", '[');
	for (const struct claim *claim = target->claims; claim; claim = claim->next) {
		if (!others && !(me && strcmp(me->department, claim->department) == 0))
			continue;
		comma(out);
		tl_buf_json(out, claim->department);
	}
	tl_buf_putc(out, ']');
}

static void put_decision(struct view *view, const struct target *target)
{
	const struct event *decision = target->decision;
	struct tl_buf *out = view->out;

	if (!decision) {
		put_null(out, "decided");
		return;
	}
	open_as(out, "decided", '{');
	put_value(out, "as", room_value(decision, F_AS));
	put_value(out, "text", room_value(decision, F_TEXT));
	put_value(out, "friction", room_value(decision, F_FRICTION));
	put_id(out, "severity", room_number(decision, F_SEVERITY, 0));
	put_value(out, "owner", room_value(decision, F_OWNER));
	put_value(out, "due", room_value(decision, F_DUE));
	if (target->pain)
		put_value(out, "status", room_value(decision, F_STATUS));
	tl_buf_putc(out, '}');
}

/* ---- notes ---------------------------------------------------------------------------------------------- */

static void put_gone(struct view *view, int id)
{
	open_as(view->out, NULL, '{');
	put_number(view->out, "id", id);
	put_yes(view->out, "gone", true);
	tl_buf_putc(view->out, '}');
}

static void put_note_head(struct view *view, const struct note *note, bool names)
{
	struct tl_buf *out = view->out;

	put_number(out, "id", note->id);
	put_text(out, "at", note->place->at);
	put_text(out, "kind", tl_contributions.words[note->kind]);
	put_text(out, "friction",
		note->friction < 0 ? NULL : tl_friction_kinds.words[note->friction]);
	put_text(out, "pain", note->pain);
	put_text(out, "text", note->text);
	put_id(out, "by", names ? note->by->id : 0);
	put_text(out, "department", note->by->department);
	put_time(out, "time", note->time);
	put_yes(out, "own", note->by == view->viewer.person);
	put_yes(out, "hidden", note->hidden);
}

static void put_note(struct view *view, const struct link *link)
{
	struct note *note = (struct note *)link, *root = room_root(note);
	struct sight sight = room_sees(&view->viewer, note->by, note->hidden);
	struct tl_buf *out = view->out;

	if (!sight.what)
		return;
	if (note->withdrawn) {
		if (view->since)
			put_gone(view, note->id);
		return;
	}
	open_as(out, NULL, '{');
	put_note_head(view, note, sight.who);
	put_id(out, "into",
		root != note && room_sees(&view->viewer, root->by, root->hidden).what ? root->id : 0);
	put_text(out, "cluster", note->cluster);
	put_target(view, &note->target, root == note);
	put_decision(view, &note->target);
	tl_buf_putc(out, '}');
}

static void put_pain(struct view *view, const struct link *link)
{
	const struct pain *pain = (const struct pain *)link;

	open_as(view->out, NULL, '{');
	put_text(view->out, "on", pain->on);
	put_target(view, &pain->target, true);
	put_decision(view, &pain->target);
	tl_buf_putc(view->out, '}');
}

/* ---- touchpoints --------------------------------------------------------------------------------------- */

static void put_median(struct tl_buf *out, const char *name, double median)
{
	comma(out);
	tl_buf_printf(out, "\"%s\":", name);
	if (isnan(median))
		tl_buf_puts(out, "null");
	else
		tl_buf_number(out, median, 1);
}

static void put_feelings(struct view *view, const struct place *place)
{
	const struct person *me = view->viewer.person;
	const struct feeling *mine = place->feelings;
	struct room_mood mood;
	struct tl_buf *out = view->out;
	bool others = room_sees(&view->viewer, NULL, false).what;

	room_mood(&mood, place);
	while (mine && mine->person != me)
		mine = mine->next;
	open_as(out, "feel", '{');
	put_number(out, "n", (long long)mood.all.n);
	put_median(out, "median", others ? mood.all.median : NAN);
	put_median(out, "mine", mine ? mine->valence : NAN);
	put_yes(out, "disagree", others && mood.disagree);
	open_as(out, "departments", '[');
	for (size_t i = 0; others && i < mood.count; i++) {
		open_as(out, NULL, '{');
		put_text(out, "department", mood.departments[i].department);
		put_number(out, "n", (long long)mood.departments[i].n);
		put_median(out, "median", mood.departments[i].median);
		tl_buf_putc(out, '}');
	}
	tl_buf_puts(out, "]}");
	room_mood_release(&mood);
}

static void put_place(struct view *view, const struct link *link)
{
	struct place *place = (struct place *)link;
	const struct event *emotion = place->emotion;
	struct tl_buf *out = view->out;

	open_as(out, NULL, '{');
	put_text(out, "at", place->at);
	put_number(out, "notes", (long long)room_note_count(place));
	put_feelings(view, place);
	if (emotion) {
		open_as(out, "decided", '{');
		put_number(out, "valence", room_number(emotion, F_VALENCE, 0));
		put_value(out, "feeling", room_value(emotion, F_FEELING));
		tl_buf_putc(out, '}');
	} else {
		put_null(out, "decided");
	}
	tl_buf_putc(out, '}');
}

/* ---- actions, events ------------------------------------------------------------------------------------ */

static void put_action(struct view *view, const struct link *link)
{
	const struct action *action = (const struct action *)link;
	struct sight sight = room_sees(&view->viewer, action->by, false);
	struct tl_buf *out = view->out;
	char due[11], note[24];

	if (!sight.what)
		return;
	if (action->dropped) {
		if (view->since)
			put_gone(view, action->id);
		return;
	}
	if (action->on->note)
		snprintf(note, sizeof note, "note:%d", action->on->note->id);
	if (action->due != TL_NO_DATE)
		tl_date_format(due, action->due);
	open_as(out, NULL, '{');
	put_number(out, "id", action->id);
	put_text(out, "on", action->on->note ? note : action->on->pain->on);
	put_text(out, "at", room_target_place(action->on)->at);
	put_text(out, "text", action->text);
	put_text(out, "owner", action->owner);
	put_text(out, "due", action->due == TL_NO_DATE ? NULL : due);
	put_yes(out, "done", action->done != 0);
	put_id(out, "by", sight.who && action->by ? action->by->id : 0);
	put_time(out, "time", action->time);
	put_yes(out, "own", action->by && action->by == view->viewer.person);
	tl_buf_putc(out, '}');
}

static void put_events(struct view *view)
{
	const struct tl_room *room = view->room;
	struct tl_buf *out = view->out, sentence = {0};
	size_t first = room->count > EVENTS_TOLD ? room->count - EVENTS_TOLD : 0;

	if (!view->viewer.facilitator || (view->since && room->count <= view->since)) {
		put_null(out, "events");
		return;
	}
	open_as(out, "events", '[');
	for (size_t i = first; i < room->count; i++) {
		const struct event *event = &room->events[i];

		tl_buf_clear(&sentence);
		room_tell(&view->viewer, event, &sentence);
		open_as(out, NULL, '{');
		put_number(out, "n", (long long)event->n);
		put_time(out, "time", event->time);
		put_id(out, "by", event->person);
		put_text(out, "what", sentence.data);
		put_yes(out, "undone", event->undone);
		tl_buf_putc(out, '}');
	}
	tl_buf_putc(out, ']');
	tl_buf_release(&sentence);
}

/* ---- all of it ------------------------------------------------------------------------------------------- */

static void put_row(struct view *view, const char *name, const struct row *row,
	void (*put)(struct view *view, const struct link *link))
{
	open_as(view->out, name, '[');
	for (const struct link *link = row->newest; link && link->changed > view->since;
		link = link->older)
		put(view, link);
	tl_buf_putc(view->out, ']');
}

void tl_room_view(const struct tl_room *room, enum tl_role role, int person, uint64_t since,
	struct tl_buf *out)
{
	const struct state *state = room->state;
	bool full = since < state->full || since > room->count || !since;
	struct view view = {room_viewer(room, role, person), (struct tl_room *)room, out,
		full ? 0 : since};

	if (role == TL_NOBODY)
		return;
	tl_buf_printf(out, "{\"n\":%zu", room->count);
	put_yes(out, "full", full);
	put_room(&view);
	put_row(&view, "people", &state->people, put_person);
	put_row(&view, "notes", &state->notes, put_note);
	put_row(&view, "pains", &state->pains, put_pain);
	put_row(&view, "touchpoints", &state->places, put_place);
	put_row(&view, "actions", &state->actions, put_action);
	put_events(&view);
	tl_buf_putc(out, '}');
}
