/* verbs: what can be done, by whom and with what; and doing it: a call is checked against its list,
 * the journeys and the state, is in the log, and only then in the state. */
#include "room/room.h"

#include <string.h>

#define PARAMS(name, ...) static const struct param name[] = {__VA_ARGS__, {NO_FIELD, MAY}}
PARAMS(who_one_is, {F_NAME, MUST}, {F_DEPARTMENT, MUST});
PARAMS(for_note, {F_AT, MUST}, {F_KIND, MUST}, {F_TEXT, MUST}, {F_FRICTION, MAY}, {F_PAIN, MAY});
PARAMS(for_rewrite, {F_NOTE, MUST}, {F_TEXT, MUST}, {F_KIND, MAY}, {F_FRICTION, CLEARS});
PARAMS(which_note, {F_NOTE, MUST});
PARAMS(for_feel, {F_AT, MUST}, {F_VALENCE, EMPTY});
PARAMS(for_vote, {F_ON, MUST}, {F_DOTS, MUST});
PARAMS(for_ours, {F_ON, MUST}, {F_YES, MUST});
PARAMS(for_act, {F_ON, MUST}, {F_TEXT, MUST}, {F_OWNER, MAY}, {F_DUE, MAY});
PARAMS(for_change, {F_ACTION, MUST}, {F_TEXT, CLEARS}, {F_OWNER, CLEARS}, {F_DUE, CLEARS},
	{F_DONE, MAY});
PARAMS(which_action, {F_ACTION, MUST});
PARAMS(for_title, {F_TEXT, MUST});
PARAMS(for_step, {F_TO, MUST});
PARAMS(for_timer, {F_SECONDS, MUST});
PARAMS(for_dots, {F_PER, MUST});
PARAMS(for_authors, {F_HIDE, MUST});
PARAMS(for_hide, {F_NOTE, MUST}, {F_YES, MUST});
PARAMS(for_merge, {F_NOTE, MUST}, {F_INTO, EMPTY});
PARAMS(for_cluster, {F_NOTE, MUST}, {F_NAME, EMPTY});
PARAMS(for_decide, {F_ON, MAY}, {F_AT, MAY}, {F_AS, MAY}, {F_TEXT, MAY}, {F_FRICTION, CLEARS},
	{F_SEVERITY, MAY}, {F_OWNER, CLEARS}, {F_DUE, CLEARS}, {F_STATUS, MAY}, {F_VALENCE, MAY},
	{F_FEELING, MAY});
PARAMS(for_undo, {F_EVENT, MUST});
PARAMS(for_close, {F_YES, MUST});
static const struct param for_end[] = {{NO_FIELD, MAY}};

const struct verb_rule room_verbs[VERBS] = {
	[V_JOIN] = {"join", ANYBODY, true, who_one_is, room_admit_join, NULL, room_apply_join},
	[V_ME] = {"me", PERSON, true, who_one_is, room_admit_me, NULL, room_apply_me},
	[V_NOTE] = {"note", PERSON, true, for_note, room_admit_note, NULL, room_apply_note},
	[V_REWRITE] = {"rewrite", AUTHOR, false, for_rewrite, room_admit_rewrite,
		room_fits_rewrite, room_apply_rewrite},
	[V_WITHDRAW] = {"withdraw", AUTHOR, false, which_note, room_admit_rewrite,
		room_fits_rewrite, room_apply_withdraw},
	[V_FEEL] = {"feel", PERSON, true, for_feel, room_admit_feel, NULL, room_apply_feel},
	[V_VOTE] = {"vote", PERSON, true, for_vote, room_admit_vote, room_fits_vote,
		room_apply_vote},
	[V_OURS] = {"ours", PERSON, true, for_ours, room_admit_on, room_fits_ours,
		room_apply_ours},
	[V_ACT] = {"act", AUTHOR, true, for_act, room_admit_act, room_fits_on, room_apply_act},
	[V_CHANGE] = {"change", AUTHOR, false, for_change, room_admit_change, room_fits_change,
		room_apply_change},
	[V_DROP] = {"drop", AUTHOR, false, which_action, room_admit_drop, room_fits_change,
		room_apply_drop},
	[V_TITLE] = {"title", FACILITATOR, false, for_title, room_admit_title, NULL,
		room_apply_title},
	[V_STEP] = {"step", FACILITATOR, false, for_step, NULL, NULL, room_apply_step},
	[V_TIMER] = {"timer", FACILITATOR, false, for_timer, NULL, NULL, room_apply_timer},
	[V_DOTS] = {"dots", FACILITATOR, false, for_dots, NULL, NULL, room_apply_dots},
	[V_AUTHORS] = {"authors", FACILITATOR, false, for_authors, NULL, NULL,
		room_apply_authors},
	[V_HIDE] = {"hide", FACILITATOR, false, for_hide, NULL, room_fits_hide, room_apply_hide},
	[V_MERGE] = {"merge", FACILITATOR, false, for_merge, NULL, room_fits_merge,
		room_apply_merge},
	[V_CLUSTER] = {"cluster", FACILITATOR, false, for_cluster, NULL, room_fits_hide,
		room_apply_cluster},
	[V_DECIDE] = {"decide", FACILITATOR, false, for_decide, room_admit_decide,
		room_fits_decide, room_apply_decide},
	[V_UNDO] = {"undo", FACILITATOR, false, for_undo, NULL, room_fits_undo, NULL},
	[V_CLOSE] = {"close", FACILITATOR, false, for_close, NULL, NULL, room_apply_close},
	[V_END] = {"end", FACILITATOR, false, for_end, NULL, NULL, room_apply_end},
};

static const struct param *param_of(enum verb verb, enum field field)
{
	const struct param *param = room_verbs[verb].params;

	while (param->field != NO_FIELD && param->field != field)
		param++;
	return param->field == NO_FIELD ? NULL : param;
}

bool room_takes(enum verb verb, enum field field)
{
	return field == F_KEY || (verb == V_JOIN && field == F_SECRET) || param_of(verb, field);
}

/* ---- a call becomes an event ------------------------------------------------------------------------ */

static bool find_verb(
	const struct pair *pairs, int count, enum verb *verb, struct why *why)
{
	for (int i = 0; i < count; i++)
		for (int v = 0; strcmp(pairs[i].name, "do") == 0 && v < VERBS; v++)
			if (strcmp(pairs[i].value, room_verbs[v].name) == 0) {
				*verb = (enum verb)v;
				return true;
			}
	return room_refuse(why, TL_ROOM_WRONG, "do", "There is nothing of that name to do.");
}

static bool take_pair(
	struct tl_room *room, const struct pair *pair, struct event *event, struct why *why)
{
	enum field field = room_field_find(pair->name, strlen(pair->name));
	const struct param *param;
	const char *value;

	if (strcmp(pair->name, "do") == 0)
		return true;
	if (field == NO_FIELD || field == F_SECRET || !room_takes(event->verb, field))
		return room_refuse(why, TL_ROOM_WRONG, NULL, "'%.60s' is nothing that '%s' takes.",
			pair->name, room_verbs[event->verb].name);
	if (room_value(event, field))
		return room_refuse(why, TL_ROOM_WRONG, room_field_name(field),
			"'%s' is given twice.", room_field_name(field));
	value = room_field_take(&room->scratch, field, pair->value, pair->length, why);
	param = param_of(event->verb, field);
	if (value && (*value || (param && (param->mode == CLEARS || param->mode == EMPTY))))
		room_set(event, field, value);
	return value != NULL;
}

static bool take_form(
	struct tl_room *room, const struct tl_room_call *call, struct event *event, struct why *why)
{
	static const char *const missing[FIELDS] = {[F_NAME] = "Your name is missing.",
		[F_DEPARTMENT] = "Your department is missing.",
		[F_TEXT] = "There is no text yet.", [F_NOTE] = "Which note it is is missing."};
	struct pair pairs[MOST_PAIRS];
	int count = room_form(&room->scratch, call->form, call->length, pairs, why);

	if (count < 0 || !find_verb(pairs, count, &event->verb, why))
		return false;
	for (int i = 0; i < count; i++)
		if (!take_pair(room, &pairs[i], event, why))
			return false;
	for (const struct param *p = room_verbs[event->verb].params; p->field != NO_FIELD; p++) {
		const char *name = room_field_name(p->field);

		if ((p->mode != MUST && p->mode != EMPTY) || room_value(event, p->field))
			continue;
		return missing[p->field] && p->mode == MUST
			? room_refuse(why, TL_ROOM_WRONG, name, "%s", missing[p->field])
			: room_refuse(why, TL_ROOM_WRONG, name, "'%s' is missing.", name);
	}
	return true;
}

/* ---- who may ----------------------------------------------------------------------------------------- */

static bool may(const struct viewer *viewer, const struct event *event, struct why *why)
{
	const struct verb_rule *rule = &room_verbs[event->verb];
	const struct state *state = viewer->room->state;

	if (state->ended)
		return room_refuse(why, TL_ROOM_FORBIDDEN, NULL, "The workshop has ended.");
	if (rule->who == FACILITATOR && !viewer->facilitator)
		return room_refuse(
			why, TL_ROOM_FORBIDDEN, NULL, "Only the facilitator can do that.");
	if (state->closed && (rule->says || !viewer->facilitator))
		return room_refuse(why, TL_ROOM_FORBIDDEN, NULL,
			"The workshop is closed: nothing more can be said.");
	if (rule->who == PERSON && !viewer->person)
		return room_refuse(why, TL_ROOM_FORBIDDEN, NULL,
			"Join first: say who you are and what department you are from.");
	return rule->who != AUTHOR || viewer->person || viewer->facilitator ||
		room_refuse(why, TL_ROOM_FORBIDDEN, NULL,
			"Join first: say who you are and what department you are from.");
}

/* What a room holds at most; the facilitator can still tidy up and end it. */
enum { MOST_EVENTS = 100000, MOST_BYTES = 64 << 20, SPARE_EVENTS = 1000, SPARE_BYTES = 4 << 20 };
static bool has_space(const struct viewer *viewer, const struct event *event, struct why *why)
{
	const struct tl_room *room = viewer->room;
	bool spare = room_verbs[event->verb].who == FACILITATOR;

	return (room->count < (size_t)(MOST_EVENTS + (spare ? SPARE_EVENTS : 0)) &&
		       room->size < MOST_BYTES + (spare ? SPARE_BYTES : 0)) ||
		room_refuse(why, TL_ROOM_FULL, NULL,
			"The room is full: the facilitator can begin another.");
}

/* ---- doing it ---------------------------------------------------------------------------------------- */

static void put_secret(struct tl_room *room, struct event *event)
{
	uint8_t bytes[TL_KEY_SIZE];
	struct tl_buf hex = {0};

	tl_digest_key_new(bytes);
	for (int i = 0; i < (TL_ROOM_SECRET - 1) / 2; i++)
		tl_buf_printf(&hex, "%02x", bytes[i]);
	room_set(event, F_SECRET, tl_arena_strdup(&room->scratch, hex.data));
	tl_buf_release(&hex);
}

static bool keep(struct tl_room *room, const struct event *event, struct why *why)
{
	struct tl_buf line = {0};
	bool kept;

	room_put_line(&line, event);
	kept = room_append(room, line.data, line.len);
	tl_buf_release(&line);
	if (!kept)
		return room_refuse(why, TL_ROOM_FAILED, NULL,
			"It could not be kept: the disk may be full. Tell the facilitator, and try "
			"again.");
	room_push(room, event);
	if (event->verb == V_UNDO) {
		room_mark_undone(room, &room->events[room->count - 1]);
		room_fold(room);
	} else {
		room_apply(room, &room->events[room->count - 1]);
	}
	return true;
}

static void put_done(const struct event *event, struct tl_buf *reply)
{
	tl_buf_printf(reply, "{\"n\":%llu", (unsigned long long)event->n);
	if (event->verb == V_NOTE || event->verb == V_ACT)
		tl_buf_printf(reply, ",\"id\":%llu", (unsigned long long)event->n);
	if (event->verb == V_JOIN) {
		tl_buf_printf(reply, ",\"person\":%llu,\"secret\":", (unsigned long long)event->n);
		tl_buf_json(reply, room_value(event, F_SECRET));
	}
	tl_buf_puts(reply, "}");
}

static void put_refused(const struct why *why, struct tl_buf *reply)
{
	tl_buf_puts(reply, "{\"error\":");
	tl_buf_json(reply, why->sentence);
	tl_buf_puts(reply, ",\"field\":");
	tl_buf_json(reply, why->field);
	tl_buf_puts(reply, "}");
}

/* What was done before under the same key is found in *before. */
static bool take_call(struct tl_room *room, const struct tl_room_call *call, struct event *event,
	const struct event **before, struct why *why)
{
	struct viewer viewer = room_viewer(room, call->role, call->person);
	const struct verb_rule *rule;

	if (call->role == TL_NOBODY)
		return room_refuse(why, TL_ROOM_FORBIDDEN, NULL,
			"This link is not one of this workshop, or it has expired.");
	event->person = viewer.person ? viewer.person->id : 0;
	if (!take_form(room, call, event, why))
		return false;
	*before = room_key(room, event);
	if (*before)
		return true;
	rule = &room_verbs[event->verb];
	return may(&viewer, event, why) && has_space(&viewer, event, why) &&
		(!rule->admit || rule->admit(room, &viewer, event, why)) &&
		(!rule->fits || rule->fits(room, event, why));
}

enum tl_room_verdict tl_room_do(
	struct tl_room *room, const struct tl_room_call *call, struct tl_buf *reply)
{
	static const int64_t last_time = 253402300799; /* of the year 9999 */
	struct value values[FIELDS];
	struct event event = {.n = room->count + 1,
		.time = call->now < 0 ? 0 : call->now > last_time ? last_time : call->now,
		.values = values};
	const struct event *before = NULL;
	struct why why = {TL_ROOM_DONE, NULL, ""};
	bool done;

	tl_arena_reset(&room->scratch);
	done = take_call(room, call, &event, &before, &why);
	if (done && !before) {
		if (event.verb == V_JOIN)
			put_secret(room, &event);
		done = keep(room, &event, &why);
	}
	if (done)
		put_done(before ? before : &event, reply);
	else
		put_refused(&why, reply);
	return done ? TL_ROOM_DONE : why.verdict;
}
