/* room, inside: events as they are in the log, and the state that they add up to.
 *
 * An event holds checked values as text; it never changes but for `undone`, and for what the fold
 * says of it: `lapsed` (what it needs is not there: its note was undone, its dots are not left) and
 * `made`, the object that it made. The state is made of nothing but events, so that a fold of the log
 * gives it again; its objects live in an arena of its own, their texts in that of the log. An
 * object's id is the number of the event that made it.
 */
#ifndef ROOM_ROOM_H
#define ROOM_ROOM_H

#include "touchline/room.h"

/* What a call can carry, and a line of the log. */
enum field {
	F_ACTION, F_AS, F_AT, F_DEPARTMENT, F_DONE, F_DOTS, F_DUE, F_EVENT, F_FEELING, F_FRICTION,
	F_HIDE, F_INTO, F_KEY, F_KIND, F_NAME, F_NOTE, F_ON, F_OWNER, F_PAIN, F_PER, F_SECONDS,
	F_SECRET, F_SEVERITY, F_STATUS, F_TEXT, F_TO, F_VALENCE, F_YES, FIELDS, NO_FIELD = -1
};
enum verb {
	V_JOIN, V_ME, V_NOTE, V_REWRITE, V_WITHDRAW, V_FEEL, V_VOTE, V_OURS, V_ACT, V_CHANGE,
	V_DROP, V_TITLE, V_STEP, V_TIMER, V_DOTS, V_AUTHORS, V_HIDE, V_MERGE, V_CLUSTER, V_DECIDE,
	V_UNDO, V_CLOSE, V_END, VERBS
};
enum as { AS_PAIN, AS_IDEA, AS_NOTHING };
extern const struct tl_vocabulary room_outcomes; /* pain idea nothing */

struct value {
	enum field field;
	const char *text;
};
enum { MOST_VALUES = FIELDS };
struct event {
	uint64_t n;
	int64_t time;
	int person; /* 0: a facilitator who has not joined, or somebody who joins */
	enum verb verb;
	bool undone, lapsed;
	int count;
	struct value *values;
	void *made; /* struct person, note or action */
};

struct link { /* first member of what views tell of: the one that changed last is first in its row */
	struct link *newer, *older;
	uint64_t changed;
};
struct row {
	struct link *newest;
};
struct person {
	struct link link;
	int id;
	const char *name, *department, *secret;
	struct vote *votes;
};
struct vote {
	struct person *person;
	struct target *target;
	int dots;
	int64_t time;
	struct vote *next_of_person, *next_of_target;
};
struct claim { /* a department says that a pain is its own */
	const char *department;
	struct claim *next;
};
struct target { /* what can be voted on and decided: a note, or a pain point of the source */
	struct vote *votes;
	struct claim *claims;
	const struct event *decision; /* NULL: none; a copy */
	struct note *note;	      /* or */
	struct pain *pain;
};
struct place {
	struct link link;
	const char *at, *journey, *touchpoint;
	struct note **said; /* its notes, in order */
	size_t said_count, said_capacity;
	struct pain *pains, **last_pain;
	struct action *actions, **last_action;
	struct feeling *feelings;
	const struct event *emotion; /* decided; NULL: none */
	size_t count; /* of notes that are shown, while counted */
	bool counted;
	struct place *next; /* in order of first mention */
};
struct feeling {
	struct person *person;
	int valence;
	int64_t time;
	struct feeling *next;
};
struct pain {
	struct link link;
	const char *on, *id;
	struct place *place;
	struct target target;
	struct pain *next_here;
};
struct note {
	struct link link;
	int id;
	int kind, friction; /* enum tl_contribution; enum tl_friction_kind or −1 */
	struct place *place;
	const char *pain, *text, *cluster; /* cluster, pain: NULL: none */
	struct person *by;
	int64_t time;
	bool hidden, withdrawn;
	struct note *into, *members, *next_member; /* as merged, whatever is shown */
	struct target target;
};
struct action {
	struct link link;
	int id;
	struct target *on;
	const char *text, *owner;
	int32_t due; /* or TL_NO_DATE */
	int64_t time, done; /* done 0: not */
	struct person *by; /* NULL: a facilitator who has not joined */
	bool dropped;
	struct action *next_here;
};
struct state {
	struct tl_arena arena;
	const char *title;
	enum tl_step step;
	int64_t timer; /* when it ends; 0: none */
	int per;
	bool nameless, closed, ended;
	uint64_t changed; /* what `room` tells */
	uint64_t full;	  /* the last event after which everything looks different */
	struct row people, notes, pains, places, actions;
	struct tl_table by_place, by_pain;
	struct place *first_place, *last_place;
};
struct tl_room {
	int fd;
	int64_t size; /* of the log, as far as it holds whole lines */
	bool torn;    /* more is in the file than that */
	char id[9], join[TL_ROOM_SECRET], facilitator[TL_ROOM_SECRET];
	const char *title;
	int64_t begun, expires;
	struct tl_arena arena, scratch; /* of the log; of a call */
	struct event *events;
	size_t count, capacity;
	size_t note_count, person_count, action_count; /* of events, undone or not */
	struct tl_table keys; /* "PERSON key" → the number of the event */
	const struct tl_journey *const *journeys;
	size_t journey_count;
	struct state *state;
};

/* Why something is not done; `sentence` is for whom it happened to. */
struct why {
	enum tl_room_verdict verdict;
	const char *field;
	char sentence[320];
};
/* Gives false, so that a check can end with it. */
bool room_refuse(struct why *why, enum tl_room_verdict verdict, const char *field, const char *fmt,
	...) TL_PRINTF(4, 5);

/* ---- fields.c: what is said, made fit to be kept -------------------------------------------------- */
struct param {
	enum field field;
	enum { MUST, MAY, CLEARS, EMPTY } mode; /* CLEARS: as MAY, and empty means none; EMPTY: as MUST,
						 * and empty means none */
};
const char *room_field_name(enum field field);
enum field room_field_find(const char *name, size_t n);
/* The value as it is kept, in the arena; NULL after saying why not. */
const char *room_field_take(
	struct tl_arena *arena, enum field field, const char *text, size_t n, struct why *why);
const char *room_value(const struct event *event, enum field field); /* NULL: not given */
int room_number(const struct event *event, enum field field, int otherwise);
bool room_yes(const struct event *event, enum field field);
int32_t room_day(const struct event *event, enum field field); /* or TL_NO_DATE */
/* Of a vocabulary; −1 where it is not given or empty. */
int room_word(const struct event *event, enum field field, const struct tl_vocabulary *words);
void room_set(struct event *event, enum field field, const char *text);

/* ---- form.c: a call taken apart -------------------------------------------------------------------- */
struct pair {
	const char *name, *value;
	size_t length;
};
enum { MOST_PAIRS = 16 };
/* How many, or −1 after saying why not. */
int room_form(struct tl_arena *arena, const char *form, size_t length, struct pair *pairs,
	struct why *why);

/* ---- line.c: an event as a line of the log ------------------------------------------------------- */
void room_put_time(struct tl_buf *out, int64_t time);
bool room_take_time(int64_t *time, const char **p);
void room_put_head(struct tl_buf *out, const struct tl_room *room);
void room_put_line(struct tl_buf *out, const struct event *event);
/* The line ends with its NUL. NULL, or what is wrong with it, in the arena. */
const char *room_take_head(struct tl_room *room, const char *line);
const char *room_take_line(struct tl_arena *arena, const char *line, struct event *event);

/* ---- log.c ----------------------------------------------------------------------------------------- */
bool room_append(struct tl_room *room, const char *line, size_t n);

/* ---- verbs.c: what can be done --------------------------------------------------------------------- */
struct viewer {
	const struct tl_room *room;
	const struct person *person; /* NULL: has not joined */
	bool facilitator;
};
enum who { ANYBODY, PERSON, AUTHOR, FACILITATOR };
struct verb_rule {
	const char *name;
	enum who who;
	bool says; /* a contribution: not in a room that is closed */
	const struct param *params; /* up to NO_FIELD */
	/* Whether the caller may do it, with what the journeys and the room hold now; puts values into
	 * the form in which they are kept. NULL: nothing to ask. */
	bool (*admit)(struct tl_room *room, const struct viewer *viewer, struct event *event,
		struct why *why);
	/* Whether what it needs is there: asked again whenever the log is folded. NULL: nothing. */
	bool (*fits)(struct tl_room *room, const struct event *event, struct why *why);
	void (*apply)(struct tl_room *room, struct event *event);
};
extern const struct verb_rule room_verbs[VERBS];
/* Whether a line can hold it; a call's secret is the room's to give. */
bool room_takes(enum verb verb, enum field field);

/* ---- state.c ----------------------------------------------------------------------------------------- */
void room_fold(struct tl_room *room);
void room_push(struct tl_room *room, const struct event *event); /* keeps a copy, does not apply it */
bool room_apply(struct tl_room *room, struct event *event);
/* Marks what an undo is about, on to what that undid itself. */
void room_mark_undone(struct tl_room *room, const struct event *undo);
struct event *room_event(const struct tl_room *room, int n); /* NULL: none */
struct person *room_find_person(const struct tl_room *room, int id);
struct note *room_find_note(const struct tl_room *room, int id);
struct action *room_find_action(const struct tl_room *room, int id);
const struct event *room_key(const struct tl_room *room, const struct event *event);
struct place *room_place(struct tl_room *room, const char *at); /* made where there is none */
/* A pain point ("JOURNEY#TOUCHPOINT/PAIN") or a note ("note:ID"), where the room spoke of it. */
struct target *room_find_target(const struct tl_room *room, const char *on);
struct target *room_target(struct tl_room *room, const char *on); /* a pain point is made */
/* Where it is. */
struct place *room_target_place(const struct target *target);
void room_touch(struct row *row, struct link *link, uint64_t n);
void room_touch_target(struct tl_room *room, struct target *target, uint64_t n);

/* ---- merged.c: notes that count as one --------------------------------------------------------- */
bool room_shown(const struct note *note); /* neither withdrawn nor hidden */
struct note *room_root(struct note *note); /* the one that it counts with */
/* The first of a family is its root; then those that count with it. NULL: no more. */
struct note *room_next_of_family(struct note *root, struct note *note);
/* What all of a target's family add up to; person NULL: all. */
int room_dots(const struct target *target, const struct person *person);
int room_dots_used(const struct person *person);
int room_dots_left(const struct tl_room *room, const struct person *person);
bool room_into_itself(const struct note *note, const struct note *into);
/* All that looks different when this note is shown, hidden or merged elsewhere. */
void room_touch_family(struct tl_room *room, struct note *note, uint64_t n);

/* ---- mood.c: how a touchpoint feels to the departments ------------------------------------------- */
struct mood_of {
	const char *department;
	size_t n;
	double median; /* NAN where nobody says */
};
struct room_mood {
	struct mood_of all, *departments; /* by name */
	size_t count;
	bool disagree; /* their medians are at least 2 apart */
	struct tl_arena arena;
};
void room_mood(struct room_mood *mood, const struct place *place);
void room_mood_release(struct room_mood *mood);
size_t room_note_count(struct place *place); /* those that are shown and count for themselves */

/* ---- ids.c: what is called how in the source -------------------------------------------------------- */
struct room_ids {
	const char **of; /* by the number of the note less one; NULL: it becomes no pain */
};
void room_ids_make(struct room_ids *ids, struct tl_arena *arena, const struct tl_room *room);
/* The pain point that something is about: one of the source, one that is to be, or NULL. */
const char *room_ids_pain(const struct room_ids *ids, const struct target *target);
/* Whether it is to become that, and counts for itself. */
bool room_decided(const struct note *note, enum as as);
bool room_action_counts(const struct action *action); /* neither dropped, nor is its note gone */
char *room_one_line(struct tl_arena *arena, const char *text);

/* ---- seen.c: who may see what: here and nowhere else ---------------------------------------------- */
struct sight {
	bool what, who;
};
/* Of something that somebody (NULL: no one person) said; hidden: by the facilitator. */
struct sight room_sees(const struct viewer *viewer, const struct person *by, bool hidden);
struct viewer room_viewer(const struct tl_room *room, enum tl_role role, int person);

/* ---- names.c: what journeys call things ------------------------------------------------------------ */
const struct tl_touchpoint *room_touchpoint(
	const struct tl_room *room, const char *at, const struct tl_journey **journey);
const struct tl_pain *room_pain(const struct tl_room *room, const char *on);
const char *room_department(const struct tl_room *room, const char *name);

/* ---- say.c, vote.c, lead.c: the verbs --------------------------------------------------------------- */
bool room_admit_join(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why);
void room_apply_join(struct tl_room *room, struct event *event);
bool room_admit_me(struct tl_room *room, const struct viewer *viewer, struct event *event, struct
	why *why);
void room_apply_me(struct tl_room *room, struct event *event);
bool room_admit_place(struct tl_room *room, const char *at, struct why *why);
bool room_admit_note(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why);
void room_apply_note(struct tl_room *room, struct event *event);
bool room_admit_rewrite(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why);
bool room_fits_rewrite(struct tl_room *room, const struct event *event, struct why *why);
void room_apply_rewrite(struct tl_room *room, struct event *event);
void room_apply_withdraw(struct tl_room *room, struct event *event);
bool room_admit_feel(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why);
void room_apply_feel(struct tl_room *room, struct event *event);
bool room_admit_on(struct tl_room *room, const struct viewer *viewer, struct event *event, struct
	why *why);
bool room_fits_on(struct tl_room *room, const struct event *event, struct why *why);
bool room_admit_vote(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why);
bool room_fits_vote(struct tl_room *room, const struct event *event, struct why *why);
void room_apply_vote(struct tl_room *room, struct event *event);
bool room_fits_ours(struct tl_room *room, const struct event *event, struct why *why);
void room_apply_ours(struct tl_room *room, struct event *event);
bool room_admit_act(struct tl_room *room, const struct viewer *viewer, struct event *event, struct
	why *why);
void room_apply_act(struct tl_room *room, struct event *event);
bool room_admit_change(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why);
bool room_fits_change(struct tl_room *room, const struct event *event, struct why *why);
void room_apply_change(struct tl_room *room, struct event *event);
bool room_admit_drop(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why);
void room_apply_drop(struct tl_room *room, struct event *event);
bool room_admit_title(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why);
void room_apply_title(struct tl_room *room, struct event *event);
void room_apply_step(struct tl_room *room, struct event *event);
void room_apply_timer(struct tl_room *room, struct event *event);
void room_apply_dots(struct tl_room *room, struct event *event);
void room_apply_authors(struct tl_room *room, struct event *event);
void room_apply_close(struct tl_room *room, struct event *event);
void room_apply_end(struct tl_room *room, struct event *event);
bool room_fits_hide(struct tl_room *room, const struct event *event, struct why *why);
void room_apply_hide(struct tl_room *room, struct event *event);
bool room_fits_merge(struct tl_room *room, const struct event *event, struct why *why);
void room_apply_merge(struct tl_room *room, struct event *event);
void room_apply_cluster(struct tl_room *room, struct event *event);
bool room_admit_decide(struct tl_room *room, const struct viewer *viewer, struct event *event,
	struct why *why);
bool room_fits_decide(struct tl_room *room, const struct event *event, struct why *why);
void room_apply_decide(struct tl_room *room, struct event *event);
bool room_fits_undo(struct tl_room *room, const struct event *event, struct why *why);

/* ---- tell.c ------------------------------------------------------------------------------------------ */
/* What an event did, as a sentence for the facilitator. */
void room_tell(const struct viewer *viewer, const struct event *event, struct tl_buf *out);

#endif
