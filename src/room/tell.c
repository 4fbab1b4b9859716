/* tell: what an event did, as a sentence for the facilitator, who may take it back. */
#include "room/room.h"

#include <string.h>

enum { EXCERPT = 60 };

static void put_excerpt(struct tl_buf *out, const char *text)
{
	const char *p = text, *end = text + strlen(text);

	tl_buf_puts(out, " “");
	for (int n = 0; p < end && n < EXCERPT; n++) {
		const char *from = p;

		if (tl_utf8_next(&p, end) == '\n')
			tl_buf_putc(out, ' ');
		else
			tl_buf_put(out, from, (size_t)(p - from));
	}
	tl_buf_puts(out, p < end ? "…”" : "”");
}

static void put_value(struct tl_buf *out, const char *before, const struct event *event,
	enum field field)
{
	const char *value = room_value(event, field);

	if (value && *value)
		tl_buf_printf(out, "%s%s", before, value);
}

/* As those who may see it see it. */
static void put_note(const struct viewer *viewer, const struct event *event, enum field field,
	struct tl_buf *out)
{
	const struct note *note = room_find_note(viewer->room, room_number(event, field, 0));

	if (!note)
		tl_buf_puts(out, "a note");
	else if (room_sees(viewer, note->by, note->hidden).what)
		put_excerpt(out, note->text);
	else
		tl_buf_printf(out, "a note at %s", note->place->touchpoint);
}

static void put_target(const struct viewer *viewer, const struct event *event, struct tl_buf *out)
{
	const char *on = room_value(event, F_ON);
	const struct target *target = on && strncmp(on, "note:", 5) == 0
		? room_find_target(viewer->room, on) : NULL;

	tl_buf_putc(out, ' ');
	if (!on)
		tl_buf_puts(out, room_value(event, F_AT));
	else if (!target)
		tl_buf_puts(out, strncmp(on, "note:", 5) == 0 ? "a note" : on);
	else if (room_sees(viewer, target->note->by, target->note->hidden).what)
		put_excerpt(out, target->note->text);
	else
		tl_buf_printf(out, "a note at %s", target->note->place->touchpoint);
}

static void tell_contribution(const struct viewer *viewer, const struct event *event,
	bool sees, struct tl_buf *out)
{
	switch (event->verb) {
	case V_NOTE:
		put_value(out, "wrote at ", event, F_AT);
		if (sees)
			put_excerpt(out, room_value(event, F_TEXT));
		break;
	case V_REWRITE:
		tl_buf_puts(out, "changed ");
		if (sees)
			put_note(viewer, event, F_NOTE, out);
		else
			tl_buf_puts(out, "a note");
		break;
	case V_FEEL:
		put_value(out, "said how it feels at ", event, F_AT);
		if (sees)
			put_value(out, ": ", event, F_VALENCE);
		break;
	case V_VOTE:
		tl_buf_puts(out, "gave ");
		put_value(out, "", event, F_DOTS);
		tl_buf_puts(out, room_number(event, F_DOTS, 0) == 1 ? " dot to" : " dots to");
		put_target(viewer, event, out);
		break;
	case V_OURS:
		tl_buf_puts(out, room_yes(event, F_YES) ? "took on as theirs:" : "gave back:");
		put_target(viewer, event, out);
		break;
	case V_ACT:
		tl_buf_puts(out, "took down an action");
		if (sees)
			put_excerpt(out, room_value(event, F_TEXT));
		break;
	default:
		break;
	}
}

static void tell_care(const struct viewer *viewer, const struct event *event, struct tl_buf *out)
{
	const struct action *action;

	switch (event->verb) {
	case V_WITHDRAW:
		tl_buf_puts(out, "withdrew ");
		put_note(viewer, event, F_NOTE, out);
		break;
	case V_CHANGE:
	case V_DROP:
		action = room_find_action(viewer->room, room_number(event, F_ACTION, 0));
		tl_buf_puts(out, event->verb == V_DROP ? "dropped the action" :
			room_yes(event, F_DONE) ? "said that it is done:" : "changed the action");
		if (action && room_sees(viewer, action->by, false).what)
			put_excerpt(out, action->text);
		break;
	case V_HIDE:
		tl_buf_puts(out, room_yes(event, F_YES) ? "hid " : "showed again ");
		put_note(viewer, event, F_NOTE, out);
		break;
	case V_MERGE:
		tl_buf_puts(out, *room_value(event, F_INTO) ? "merged " : "took apart again ");
		put_note(viewer, event, F_NOTE, out);
		if (*room_value(event, F_INTO)) {
			tl_buf_puts(out, " into ");
			put_note(viewer, event, F_INTO, out);
		}
		break;
	case V_CLUSTER:
		tl_buf_puts(out, *room_value(event, F_NAME) ? "put " : "took out of its cluster ");
		put_note(viewer, event, F_NOTE, out);
		put_value(out, " into the cluster ", event, F_NAME);
		break;
	case V_DECIDE:
		tl_buf_puts(out, "decided about");
		put_target(viewer, event, out);
		put_value(out, ": ", event, F_AS);
		put_value(out, ": ", event, F_VALENCE);
		break;
	default:
		break;
	}
}

static void tell_lead(const struct event *event, struct tl_buf *out)
{
	switch (event->verb) {
	case V_TITLE:
		tl_buf_puts(out, "called the workshop");
		put_excerpt(out, room_value(event, F_TEXT));
		break;
	case V_STEP:
		put_value(out, "began the step ", event, F_TO);
		break;
	case V_TIMER:
		if (room_number(event, F_SECONDS, 0))
			tl_buf_printf(out, "set the timer to %d s", room_number(event, F_SECONDS, 0));
		else
			tl_buf_puts(out, "stopped the timer");
		break;
	case V_DOTS:
		tl_buf_printf(out, "gave everybody %d dots", room_number(event, F_PER, 0));
		break;
	case V_AUTHORS:
		tl_buf_puts(out, room_yes(event, F_HIDE) ? "hid who said what" : "showed who said what");
		break;
	case V_CLOSE:
		tl_buf_puts(out, room_yes(event, F_YES) ? "closed the workshop" : "opened the workshop");
		break;
	case V_END:
		tl_buf_puts(out, "ended the workshop");
		break;
	default:
		break;
	}
}

static void tell_once(const struct viewer *viewer, const struct event *event, struct tl_buf *out)
{
	const struct person *by = room_find_person(viewer->room, event->person);

	if (event->verb <= V_ME) {
		const char *name = room_value(event, F_NAME);

		tl_buf_printf(out, event->verb == V_JOIN ? "%s (%s) joined" : "%s (%s) is who they are now",
			name, room_value(event, F_DEPARTMENT));
		return;
	}
	tl_buf_printf(out, "%s ", by ? by->name : event->person ? "Somebody" : "The facilitator");
	tell_contribution(viewer, event, room_sees(viewer, by, false).what, out);
	tell_care(viewer, event, out);
	tell_lead(event, out);
}

/* An undo says what it was about: whether it took something back, or brought it back. */
void room_tell(const struct viewer *viewer, const struct event *event, struct tl_buf *out)
{
	const struct event *about = event;
	bool taken = false;

	while (about && about->verb == V_UNDO) {
		taken = !taken;
		about = room_event(viewer->room, room_number(about, F_EVENT, 0));
	}
	if (event->verb == V_UNDO)
		tl_buf_puts(out, taken ? "Taken back: " : "Done again: ");
	if (about)
		tell_once(viewer, about, out);
}
