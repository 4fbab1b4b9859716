/* decisions: what was decided, as the document that `touchline apply` reads. */
#include "room/room.h"

#include <string.h>

#include "touchline/edit.h"
#include "touchline/xml.h"

struct writing {
	struct tl_arena arena;
	const struct tl_room *room;
	struct room_ids ids;
	const struct tl_journey *journey;
	struct tl_buf *out, inner; /* inner: of the journey that is being written */
	size_t count;
};

static void put_attribute(struct writing *w, const char *name, const char *value)
{
	if (!value)
		return;
	tl_buf_printf(&w->inner, " %s=\"", name);
	tl_xml_escape(&w->inner, value);
	tl_buf_putc(&w->inner, '"');
}

/* A department of the journey; empty takes one away. Anybody else cannot be said in the source. */
static void put_owner(struct writing *w, const char *owner)
{
	for (size_t i = 0; owner && i < w->journey->department_count; i++)
		if (strcmp(w->journey->departments[i].id, owner) == 0)
			put_attribute(w, "owner", owner);
	if (owner && !*owner)
		put_attribute(w, "owner", "");
}

static void begin(struct writing *w, const char *element)
{
	tl_buf_printf(&w->inner, "      <%s", element);
	w->count++;
}

static void end(struct writing *w, const char *element, const char *text)
{
	if (!text || !*text) {
		tl_buf_puts(&w->inner, "/>\n");
		return;
	}
	tl_buf_putc(&w->inner, '>');
	tl_xml_escape(&w->inner, room_one_line(&w->arena, text));
	tl_buf_printf(&w->inner, "</%s>\n", element);
}

/* What a new element has not got is not written. */
static const char *given(const struct event *decision, enum field field)
{
	const char *value = room_value(decision, field);

	return value && *value ? value : NULL;
}

static void put_emotion(struct writing *w, const struct place *place)
{
	if (!place->emotion)
		return;
	begin(w, "emotion");
	put_attribute(w, "valence", room_value(place->emotion, F_VALENCE));
	put_attribute(w, "feeling", given(place->emotion, F_FEELING));
	end(w, "emotion", NULL);
}

static void put_changed_pain(struct writing *w, const struct pain *pain)
{
	const struct event *decision = pain->target.decision;

	begin(w, "pain");
	put_attribute(w, "id", pain->id);
	put_attribute(w, "kind", room_value(decision, F_FRICTION));
	put_attribute(w, "severity", room_value(decision, F_SEVERITY));
	put_attribute(w, "status", room_value(decision, F_STATUS));
	put_owner(w, room_value(decision, F_OWNER));
	put_attribute(w, "due", room_value(decision, F_DUE));
	end(w, "pain", room_value(decision, F_TEXT));
}

static void put_new_pain(struct writing *w, const struct note *note)
{
	const struct event *decision = note->target.decision;

	begin(w, "pain");
	put_attribute(w, "id", w->ids.of[note->id - 1]);
	put_attribute(w, "kind", given(decision, F_FRICTION));
	put_attribute(w, "severity", given(decision, F_SEVERITY));
	put_owner(w, given(decision, F_OWNER));
	put_attribute(w, "due", given(decision, F_DUE));
	end(w, "pain", room_value(decision, F_TEXT));
}

static void put_idea(struct writing *w, const struct note *note)
{
	const struct event *decision = note->target.decision;

	begin(w, "opportunity");
	put_attribute(w, "for", note->pain);
	put_owner(w, given(decision, F_OWNER));
	put_attribute(w, "due", given(decision, F_DUE));
	end(w, "opportunity", room_value(decision, F_TEXT));
}

static void put_action(struct writing *w, const struct action *action)
{
	char due[11];

	begin(w, "opportunity");
	put_attribute(w, "for", room_ids_pain(&w->ids, action->on));
	put_owner(w, action->owner);
	if (action->due != TL_NO_DATE) {
		tl_date_format(due, action->due);
		put_attribute(w, "due", due);
	}
	if (action->done)
		put_attribute(w, "status", tl_statuses.words[TL_RESOLVED]);
	end(w, "opportunity", action->text);
}

/* In the order in which the room spoke of it, so that they come out the same again. */
static void put_all(struct writing *w, const struct place *place)
{
	const struct tl_room *room = w->room;

	put_emotion(w, place);
	for (struct pain *pain = place->pains; pain; pain = pain->next_here)
		if (pain->target.decision && room_pain(room, pain->on))
			put_changed_pain(w, pain);
	for (size_t i = 0; i < place->said_count; i++)
		if (room_decided(place->said[i], AS_PAIN))
			put_new_pain(w, place->said[i]);
	for (size_t i = 0; i < place->said_count; i++)
		if (room_decided(place->said[i], AS_IDEA))
			put_idea(w, place->said[i]);
	for (struct action *action = place->actions; action; action = action->next_here)
		if (room_action_counts(action))
			put_action(w, action);
}

static void put_touchpoint(struct writing *w, const struct tl_touchpoint *touchpoint)
{
	const char *at = tl_arena_printf(&w->arena, "%s#%s", w->journey->id, touchpoint->id);
	const struct place *place = tl_table_get(&w->room->state->by_place, at);
	size_t before = w->inner.len, head, count = w->count;

	if (!place)
		return;
	tl_buf_printf(&w->inner, "    <touchpoint id=\"%s\">\n", touchpoint->id);
	head = w->inner.len;
	put_all(w, place);
	if (w->count > count) {
		tl_buf_puts(&w->inner, "    </touchpoint>\n");
	} else if (w->inner.len == head) {
		w->inner.len = before;
		w->inner.data[before] = '\0';
	}
}

static void put_journey(struct writing *w, const struct tl_journey *journey)
{
	tl_buf_clear(&w->inner);
	w->journey = journey;
	for (size_t t = 0; t < journey->touchpoint_count; t++)
		put_touchpoint(w, &journey->touchpoints[t]);
	if (!w->inner.len)
		return;
	tl_buf_printf(w->out, "  <journey id=\"%s\">\n", journey->id);
	tl_buf_put(w->out, w->inner.data, w->inner.len);
	tl_buf_puts(w->out, "  </journey>\n");
}

void tl_room_decisions(const struct tl_room *room, struct tl_buf *out, size_t *count)
{
	struct writing w = {.room = room, .out = out};
	char date[11];

	tl_arena_init(&w.arena);
	room_ids_make(&w.ids, &w.arena, room);
	tl_date_format(date,
		tl_date_of(room->count ? room->events[room->count - 1].time : room->begun));
	tl_buf_printf(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<decisions xmlns=\"" TL_DECISIONS_NS "\" room=\"%s\" date=\"%s\">\n",
		room->id, date);
	for (size_t i = 0; i < room->journey_count; i++)
		put_journey(&w, room->journeys[i]);
	tl_buf_puts(out, "</decisions>\n");
	*count = w.count;
	tl_buf_release(&w.inner);
	tl_arena_release(&w.arena);
}
