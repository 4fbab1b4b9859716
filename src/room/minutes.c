/* minutes: what the room decided and said, in Markdown, for people who were not there. */
#include "room/room.h"

#include <stdlib.h>
#include <string.h>

#include "touchline/words.h"

struct writing {
	struct tl_arena arena;
	const struct tl_room *room;
	struct tl_buf *out;
	bool any; /* in the section that is being written */
};

/* ---- words ------------------------------------------------------------------------------------------ */

/* As text and nothing else: what Markdown, or HTML within it, would take for its own is escaped. It
 * may stand at the beginning of a line, where "1." and "-" would be a list. */
static void put_text(struct writing *w, const char *text)
{
	size_t digits = strspn(text, "0123456789");

	for (const char *p = text; *p; p++) {
		if (strchr("\\`*_{}[]<>|~", *p) || (p == text && strchr("+-#", *p)) ||
			(digits && p == text + digits && (*p == '.' || *p == ')')) ||
			(*p == '&' && p[1] && p[1] != ' '))
			tl_buf_putc(w->out, '\\');
		tl_buf_putc(w->out, *p);
	}
}

static void put_line(struct writing *w, const char *text)
{
	put_text(w, room_one_line(&w->arena, text));
}

static const char *label_of(const struct tl_room *room, const char *department)
{
	for (size_t i = 0; i < room->journey_count; i++)
		for (size_t d = 0; d < room->journeys[i]->department_count; d++) {
			const struct tl_party *party = &room->journeys[i]->departments[d];

			if (strcmp(party->id, department) == 0 && party->label)
				return party->label;
		}
	return department;
}

static void put_department(struct writing *w, const char *department)
{
	put_line(w, label_of(w->room, department));
}

static void put_valence(struct writing *w, double valence)
{
	tl_buf_puts(w->out, tl_say_number(&w->arena, TL_EN, valence, 1, true));
}

static void put_place(struct writing *w, const struct place *place)
{
	const struct tl_journey *journey;
	const struct tl_touchpoint *touchpoint = room_touchpoint(w->room, place->at, &journey);

	put_line(w, touchpoint ? touchpoint->title : place->at);
	if (touchpoint && w->room->journey_count > 1) {
		tl_buf_puts(w->out, " (");
		put_line(w, journey->title);
		tl_buf_putc(w->out, ')');
	}
}

static void put_target(struct writing *w, const struct target *target)
{
	const struct tl_pain *pain = target->pain ? room_pain(w->room, target->pain->on) : NULL;

	tl_buf_puts(w->out, "“");
	put_line(w, target->note ? target->note->text : pain ? pain->text : target->pain->id);
	tl_buf_puts(w->out, "”");
}

static void put_day(struct writing *w, int32_t day)
{
	char date[11];

	tl_date_format(date, day);
	tl_buf_puts(w->out, date);
}

/* The head of a section, once there is something in it. */
static void section(struct writing *w, const char *head)
{
	if (!w->any)
		tl_buf_printf(w->out, "\n## %s\n\n", head);
	w->any = true;
}

/* ---- what was decided -------------------------------------------------------------------------------- */

static void put_part(struct writing *w, const char *before, const char *value)
{
	if (!value || !*value)
		return;
	tl_buf_puts(w->out, before);
	put_line(w, value);
}

static void put_terms(struct writing *w, const struct event *decision)
{
	const char *owner = room_value(decision, F_OWNER);

	put_part(w, "; friction: ", room_value(decision, F_FRICTION));
	put_part(w, "; severity ", room_value(decision, F_SEVERITY));
	put_part(w, "; status: ", room_value(decision, F_STATUS));
	put_part(w, "; owner: ", !owner ? NULL : *owner ? label_of(w->room, owner) : "nobody any more");
	put_part(w, "; due ", room_value(decision, F_DUE));
	tl_buf_putc(w->out, '\n');
}

static void put_decided_note(struct writing *w, const struct note *note)
{
	static const char *const becomes[] = {[AS_PAIN] = "becomes a pain point of the map",
		[AS_IDEA] = "becomes an opportunity of the map",
		[AS_NOTHING] = "does not go into the map"};
	const struct event *decision = note->target.decision;

	if (!decision || !room_shown(note) || room_root((struct note *)note) != note)
		return;
	section(w, "Decisions");
	tl_buf_puts(w->out, "- **");
	put_place(w, note->place);
	tl_buf_puts(w->out, "**: “");
	put_line(w, room_value(decision, F_TEXT));
	tl_buf_printf(w->out, "” %s", becomes[room_word(decision, F_AS, &room_outcomes)]);
	put_terms(w, decision);
}

static void put_decided(struct writing *w, const struct place *place)
{
	for (const struct pain *pain = place->pains; pain; pain = pain->next_here) {
		if (!pain->target.decision)
			continue;
		section(w, "Decisions");
		tl_buf_puts(w->out, "- **");
		put_place(w, place);
		tl_buf_puts(w->out, "**: the pain point ");
		put_target(w, &pain->target);
		put_part(w, " is to read: ", room_value(pain->target.decision, F_TEXT));
		put_terms(w, pain->target.decision);
	}
	for (size_t i = 0; i < place->said_count; i++)
		put_decided_note(w, place->said[i]);
	if (!place->emotion)
		return;
	section(w, "Decisions");
	tl_buf_puts(w->out, "- **");
	put_place(w, place);
	tl_buf_puts(w->out, "**: it feels ");
	put_valence(w, room_number(place->emotion, F_VALENCE, 0));
	tl_buf_puts(w->out, " to customers");
	put_part(w, ": ", room_value(place->emotion, F_FEELING));
	tl_buf_putc(w->out, '\n');
}

/* ---- what is to be done ------------------------------------------------------------------------------- */

static int by_due(const void *a, const void *b)
{
	const struct action *p = *(const struct action *const *)a, *q = *(const struct action *const *)b;
	int64_t left = p->due == TL_NO_DATE ? INT64_MAX : p->due;
	int64_t right = q->due == TL_NO_DATE ? INT64_MAX : q->due;

	if (!p->done != !q->done)
		return p->done ? 1 : -1;
	return left != right ? (left > right) - (left < right) : (p->id > q->id) - (p->id < q->id);
}

static void put_action(struct writing *w, const struct action *action, int32_t today)
{
	section(w, "Actions");
	if (w->out->data[w->out->len - 1] == '\n' && w->out->data[w->out->len - 2] == '\n')
		tl_buf_puts(w->out, "| Until | Who | What | About |\n|---|---|---|---|\n");
	tl_buf_puts(w->out, "| ");
	if (action->due == TL_NO_DATE)
		tl_buf_puts(w->out, "no date");
	else
		put_day(w, action->due);
	if (action->done)
		tl_buf_puts(w->out, ", done");
	else if (action->due != TL_NO_DATE && action->due < today)
		tl_buf_puts(w->out, ", **overdue**");
	tl_buf_puts(w->out, " | ");
	if (action->owner)
		put_department(w, action->owner);
	else
		tl_buf_puts(w->out, "**nobody yet**");
	tl_buf_puts(w->out, " | ");
	put_line(w, action->text);
	tl_buf_puts(w->out, " | ");
	put_place(w, room_target_place(action->on));
	tl_buf_puts(w->out, ": ");
	put_target(w, action->on);
	tl_buf_puts(w->out, " |\n");
}

static void put_actions(struct writing *w, int64_t now)
{
	const struct tl_room *room = w->room;
	struct action **list = tl_arena_array(&w->arena, struct action *, room->action_count + 1);
	size_t count = 0;

	for (const struct place *p = room->state->first_place; p; p = p->next)
		for (struct action *action = p->actions; action; action = action->next_here)
			if (room_action_counts(action))
				list[count++] = action;
	qsort(list, count, sizeof(struct action *), by_due);
	w->any = false;
	for (size_t i = 0; i < count; i++)
		put_action(w, list[i], tl_date_of(now));
}

/* ---- where departments disagree --------------------------------------------------------------------- */

static void put_disagreement(struct writing *w, const struct place *place)
{
	struct room_mood mood;

	room_mood(&mood, place);
	if (mood.disagree) {
		section(w, "Where departments disagree");
		tl_buf_puts(w->out, "- **");
		put_place(w, place);
		tl_buf_puts(w->out, "**, from −2 (very bad) to +2 (very good):");
		for (size_t i = 0; i < mood.count; i++) {
			tl_buf_puts(w->out, i ? ", " : " ");
			put_department(w, mood.departments[i].department);
			tl_buf_putc(w->out, ' ');
			put_valence(w, mood.departments[i].median);
		}
		tl_buf_putc(w->out, '\n');
	}
	room_mood_release(&mood);
}

/* ---- what was said ------------------------------------------------------------------------------------ */

static void put_dots(struct writing *w, const struct target *target)
{
	int dots = room_dots(target, NULL);

	if (dots)
		tl_buf_printf(w->out, " **%d dot%s**", dots, dots == 1 ? "" : "s");
	for (const struct claim *claim = target->claims; claim; claim = claim->next) {
		tl_buf_puts(w->out, claim == target->claims ? "; taken on by " : ", ");
		put_department(w, claim->department);
	}
}

static void put_note(struct writing *w, struct note *note, bool merged)
{
	tl_buf_printf(w->out, merged ? "    - same: " : "- %s: ", tl_contributions.words[note->kind]);
	put_line(w, note->text);
	tl_buf_puts(w->out, " (");
	if (!w->room->state->nameless) {
		put_line(w, note->by->name);
		tl_buf_puts(w->out, ", ");
	}
	put_department(w, note->by->department);
	tl_buf_putc(w->out, ')');
	put_part(w, "; friction: ", note->friction < 0 ? NULL : tl_friction_kinds.words[note->friction]);
	put_part(w, "; cluster: ", note->cluster);
	if (!merged)
		put_dots(w, &note->target);
	tl_buf_putc(w->out, '\n');
}

static int by_dots(const void *a, const void *b)
{
	struct note *p = *(struct note *const *)a, *q = *(struct note *const *)b;
	int left = room_dots(&p->target, NULL), right = room_dots(&q->target, NULL);

	return left != right ? (left < right) - (left > right) : (p->id > q->id) - (p->id < q->id);
}

static void put_said(struct writing *w, const struct place *place)
{
	struct note **list = tl_arena_array(&w->arena, struct note *, place->said_count + 1);
	size_t count = 0;
	struct room_mood mood;

	for (size_t i = 0; i < place->said_count; i++)
		if (room_shown(place->said[i]) && room_root(place->said[i]) == place->said[i])
			list[count++] = place->said[i];
	qsort(list, count, sizeof(struct note *), by_dots);
	if (!count && !place->feelings && !place->pains)
		return;
	if (w->any)
		tl_buf_putc(w->out, '\n');
	section(w, "What was said");
	tl_buf_puts(w->out, "### ");
	put_place(w, place);
	tl_buf_puts(w->out, "\n\n");
	room_mood(&mood, place);
	if (mood.all.n) {
		tl_buf_puts(w->out, "It feels ");
		put_valence(w, mood.all.median);
		tl_buf_printf(w->out, " to customers (−2 very bad, +2 very good; %s%zu answer%s).\n%s",
			mood.all.n == 1 ? "" : "median of ", mood.all.n, mood.all.n == 1 ? "" : "s",
			count || place->pains ? "\n" : "");
	}
	room_mood_release(&mood);
	for (const struct pain *pain = place->pains; pain; pain = pain->next_here) {
		tl_buf_puts(w->out, "- pain point of the map: ");
		put_target(w, &pain->target);
		put_dots(w, &pain->target);
		tl_buf_putc(w->out, '\n');
	}
	for (size_t i = 0; i < count; i++) {
		put_note(w, list[i], false);
		for (struct note *n = list[i]; (n = room_next_of_family(list[i], n));)
			if (room_shown(n))
				put_note(w, n, true);
	}
}

/* ---- all of it ------------------------------------------------------------------------------------------ */

static void put_people(struct writing *w)
{
	for (size_t i = 0; i < w->room->count; i++) {
		const struct person *person = room_find_person(w->room, (int)i + 1);

		if (!person)
			continue;
		section(w, "Who was there");
		tl_buf_puts(w->out, "- ");
		put_line(w, person->name);
		tl_buf_puts(w->out, ", ");
		put_department(w, person->department);
		tl_buf_putc(w->out, '\n');
	}
}

static void put_places(
	struct writing *w, void (*put)(struct writing *w, const struct place *place))
{
	w->any = false;
	for (const struct place *place = w->room->state->first_place; place; place = place->next)
		put(w, place);
}

void tl_room_minutes(const struct tl_room *room, struct tl_buf *out, int64_t now)
{
	struct writing w = {.room = room, .out = out};

	tl_arena_init(&w.arena);
	tl_buf_puts(out, "# ");
	put_line(&w, room->state->title);
	tl_buf_puts(out, "\n\nWorkshop of ");
	put_day(&w, tl_date_of(room->count ? room->events[0].time : room->begun));
	tl_buf_puts(out, ", minutes of ");
	put_day(&w, tl_date_of(now));
	tl_buf_puts(out, ".\n");
	put_places(&w, put_decided);
	if (!w.any)
		tl_buf_puts(out, "\nNothing has been decided.\n");
	put_actions(&w, now);
	put_places(&w, put_disagreement);
	put_places(&w, put_said);
	w.any = false;
	put_people(&w);
	tl_arena_release(&w.arena);
}
