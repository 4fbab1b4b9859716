/* csv: one line for each thing that was said, for a spreadsheet. */
#include "room/room.h"

struct line { /* NULL: an empty cell */
	const char *what, *at, *pain, *kind, *friction, *department, *name, *text, *cluster, *owner;
	const char *due, *decided;
	int id, number; /* number: dots, or how it feels; NO_NUMBER: none */
	int into;
	int64_t time, done;
};
enum { NO_NUMBER = 99 };

static void put_cell(struct tl_buf *out, const char *text)
{
	tl_buf_putc(out, ',');
	tl_buf_csv(out, text);
}

static void put_number(struct tl_buf *out, int number, int none)
{
	tl_buf_putc(out, ',');
	if (number != none)
		tl_buf_printf(out, "%d", number);
}

static void put_line(struct tl_buf *out, const struct line *line)
{
	tl_buf_csv(out, line->what);
	put_number(out, line->id, 0);
	put_cell(out, line->at);
	put_cell(out, line->pain);
	put_cell(out, line->kind);
	put_cell(out, line->friction);
	put_cell(out, line->department);
	put_cell(out, line->name);
	put_cell(out, line->text);
	put_number(out, line->number, NO_NUMBER);
	put_cell(out, line->cluster);
	put_number(out, line->into, 0);
	put_cell(out, line->decided);
	put_cell(out, line->owner);
	put_cell(out, line->due);
	tl_buf_putc(out, ',');
	if (line->done)
		room_put_time(out, line->done);
	tl_buf_putc(out, ',');
	if (line->time)
		room_put_time(out, line->time);
	tl_buf_puts(out, "\r\n");
}

/* Names are hidden here too where the facilitator hid who said what: tables get about. */
static const char *name_of(const struct tl_room *room, const struct person *person)
{
	return person && !room->state->nameless ? person->name : NULL;
}

static void put_note(const struct tl_room *room, struct note *note, struct tl_buf *out)
{
	const struct event *decision = note->target.decision;
	const struct note *root = room_root(note);

	put_line(out, &(struct line){.what = "note",
		.id = note->id,
		.at = note->place->at,
		.pain = note->pain,
		.kind = tl_contributions.words[note->kind],
		.friction = note->friction < 0 ? NULL : tl_friction_kinds.words[note->friction],
		.department = note->by->department,
		.name = name_of(room, note->by),
		.text = note->text,
		.number = root == note ? room_dots(&note->target, NULL) : 0,
		.cluster = note->cluster,
		.into = root == note ? 0 : root->id,
		.decided = decision ? room_value(decision, F_AS) : NULL,
		.owner = decision ? room_value(decision, F_OWNER) : NULL,
		.due = decision ? room_value(decision, F_DUE) : NULL,
		.time = note->time});
}

static void put_action(const struct tl_room *room, const struct action *action, struct tl_buf *out)
{
	char due[11];

	if (action->due != TL_NO_DATE)
		tl_date_format(due, action->due);
	put_line(out, &(struct line){.what = "action",
		.id = action->id,
		.at = room_target_place(action->on)->at,
		.pain = action->on->pain ? action->on->pain->id : NULL,
		.into = action->on->note ? action->on->note->id : 0,
		.department = action->by ? action->by->department : NULL,
		.name = name_of(room, action->by),
		.text = action->text,
		.number = NO_NUMBER,
		.owner = action->owner,
		.due = action->due == TL_NO_DATE ? NULL : due,
		.done = action->done,
		.time = action->time});
}

static void put_place(const struct tl_room *room, const struct place *place, struct tl_buf *out)
{
	for (size_t i = 0; i < place->said_count; i++)
		if (room_shown(place->said[i]))
			put_note(room, place->said[i], out);
	for (const struct pain *pain = place->pains; pain; pain = pain->next_here)
		put_line(out, &(struct line){.what = "pain point", .at = place->at, .pain = pain->id,
			.number = room_dots(&pain->target, NULL),
			.decided = pain->target.decision
				? room_value(pain->target.decision, F_STATUS) : NULL,
			.owner = pain->target.decision
				? room_value(pain->target.decision, F_OWNER) : NULL,
			.due = pain->target.decision
				? room_value(pain->target.decision, F_DUE) : NULL});
	for (const struct feeling *f = place->feelings; f; f = f->next)
		put_line(out, &(struct line){.what = "feeling", .at = place->at,
			.department = f->person->department, .name = name_of(room, f->person),
			.number = f->valence, .time = f->time});
	for (const struct action *action = place->actions; action; action = action->next_here)
		if (room_action_counts(action))
			put_action(room, action, out);
}

void tl_room_csv(const struct tl_room *room, struct tl_buf *out)
{
	tl_buf_puts(out, "what,id,at,pain,kind,friction,department,name,text,number,cluster,"
			 "about,decided,owner,due,done,time\r\n");
	for (const struct place *place = room->state->first_place; place; place = place->next)
		put_place(room, place, out);
}
