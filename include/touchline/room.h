/* room: a workshop. Who is in it, what they say, where it stands; what comes out of it.
 *
 * A room is a log and what follows from it. Every call that changes something is one event, numbered
 * from 1, appended to the log before it counts; the state is what its events add up to. So undoing is
 * an event too, nothing that was said is lost, and who was away asks for what changed since a number.
 *
 * The log is a file that people can read, one event a line, only ever appended to; a last line that
 * was half-written when the process was killed is cut off. One process at a time has it open.
 *
 * A call is a list of pairs, as a web form sends it: "do=note&at=order%23checkout&text=…". Words of
 * vocabularies are those of the journey language. Places are "JOURNEY#TOUCHPOINT", pain points
 * "JOURNEY#TOUCHPOINT/PAIN", notes "note:ID".
 *
 * Not thread-safe: one lock around a room is its owner's business. Errors of the environment are
 * reported (band 08) and give false; what somebody may not or cannot do is a reply.
 */
#ifndef TOUCHLINE_ROOM_H
#define TOUCHLINE_ROOM_H

#include "touchline/diag.h"
#include "touchline/model.h"
#include "touchline/store.h"

enum {
	TL_ROOM_TEXT = 2000,	/* characters of a note or an action */
	TL_ROOM_NAME = 60,	/* of a name, a department, a cluster */
	TL_ROOM_CALL = 64 << 10, /* bytes of a call */
	TL_ROOM_PEOPLE = 1000,
	TL_ROOM_NOTES = 10000,
	TL_ROOM_SECRET = 33 /* 128 random bits in hex, and NUL */
};
enum tl_step { TL_STEP_COLLECT, TL_STEP_REVEAL, TL_STEP_CLUSTER, TL_STEP_VOTE, TL_STEP_DECIDE };
extern const struct tl_vocabulary tl_steps;	 /* collect reveal cluster vote decide */
enum tl_contribution { TL_SAID_PAIN, TL_SAID_IDEA, TL_SAID_QUESTION };
extern const struct tl_vocabulary tl_contributions; /* pain idea question */

struct tl_room;
/* What is behind a link. Compared in constant time. */
enum tl_role { TL_NOBODY, TL_PARTICIPANT, TL_FACILITATOR };

struct tl_room_options {
	const char *title;	  /* of a room that is new; NULL: the first journey's */
	int64_t expires;	  /* seconds since 1970 at which its links end, of one that is new */
};
/* Opens the log, or begins one. The journeys are what is talked about; they may change (see
 * tl_room_journeys) and must live until then. */
bool tl_room_open(struct tl_room **out, struct tl_diags *diags, const char *path,
	const struct tl_journey *const *journeys, size_t count,
	const struct tl_room_options *options);
void tl_room_close(struct tl_room *room); /* NULL is nothing */
/* The sources were read again. What was said about a touchpoint that is gone stays. It is no event: who
 * has seen "journeys" of a view sees the new ones with `since` 0. */
void tl_room_journeys(
	struct tl_room *room, const struct tl_journey *const *journeys, size_t count);

const char *tl_room_id(const struct tl_room *room); /* [a-z0-9]{8}, random */
const char *tl_room_token(const struct tl_room *room, enum tl_role role); /* for links */
/* TL_NOBODY for a token that is none of the room's, or when `now` is past its end: *expired. */
enum tl_role tl_room_role(
	const struct tl_room *room, const char *token, int64_t now, bool *expired);
/* The number of the person whose secret this is; 0: nobody's. */
int tl_room_person(const struct tl_room *room, const char *secret);
uint64_t tl_room_last(const struct tl_room *room); /* number of the last event */

/* ---- what people do ----------------------------------------------------------------------------
 *
 * do=       with                                        who
 * join      name department                             anybody; the reply carries the secret
 * me        name department                             oneself
 * note      at kind text [friction] [pain]              kind: pain idea question; friction: a kind of
 *                                                       friction, of pains; pain: id of one that is
 *                                                       on the map, which it is about
 * rewrite   note text [kind] [friction]                 its author, the facilitator
 * withdraw  note                                        its author, the facilitator
 * feel      at valence                                  −2…2, or empty: no more; one a person
 * vote      on dots                                     on: a pain point or a note; all dots of a
 *                                                       person together at most what the room gives;
 *                                                       in the steps vote and decide only
 * ours      on yes                                      a pain is the person's department's: 1 or 0
 * act       on text [owner] [due]                       an action about a pain point or a note
 * change    action [text] [owner] [due] [done]          anybody; done: 1 or 0
 * drop      action                                      who took it down, the facilitator
 * and of the facilitator only:
 * title     text
 * step      to
 * timer     seconds                                     from now; 0: none
 * dots      per                                         a person, 1 to 20
 * authors   hide                                        1 or 0: who said it is not shown
 * hide      note yes
 * merge     note into                                   a duplicate; its votes count with the other's;
 *                                                       empty: stands for itself again
 * cluster   note name                                   empty: none
 * decide    on [as]                                     a note; as: pain idea nothing; and what it is to
 *           [text] [friction] [severity] [owner] [due]  be in the source. A pain point of the source:
 *           [status]                                    what is to change
 * decide    at valence [feeling]                        the emotion that is to be declared there
 * undo      event                                       any, an undo too: that does it again
 * close     yes                                         nobody joins or says anything more
 * end                                                   the same for good
 *
 * Each may carry key=, up to 40 characters that the caller never uses twice: a call that comes again
 * with the same key of the same person is done once, and answered alike. Of join it has at least 16,
 * random ones: whoever sends the key of a join gets the same answer, with the secret.
 *
 * Undoing takes with it what is not possible without: the votes for a note, a merge into it, actions
 * and decisions about it, all that somebody said who never joined. They come back with it. Dots for a
 * note that was withdrawn or hidden are given back; a note that was merged into one stands for itself
 * again. Who has more dots given than the room gives now keeps them, and has none left.
 */
struct tl_room_call {
	enum tl_role role;
	int person; /* 0: not joined yet */
	int64_t now;
	const char *form; /* need not be NUL-terminated */
	size_t length;
};
enum tl_room_verdict {
	TL_ROOM_DONE,
	TL_ROOM_WRONG,	   /* 400: what is given is not what it takes */
	TL_ROOM_FORBIDDEN, /* 403: not for this role, not one's own, not in this step, closed */
	TL_ROOM_UNKNOWN,   /* 404: no such place, note, action, event */
	TL_ROOM_FULL,	   /* 409: limits, dots that are all given */
	TL_ROOM_FAILED	   /* 500: the log cannot be written; nothing changed */
};
/* reply: {"n": 12} with the event's number (join: "person", "secret" too; note, act: "id"), or
 * {"error": a sentence that can be shown to whom it happened, "field": name or null}. What is done is
 * in the file (a killed process loses nothing) when this returns; after tl_room_sync it is on disk. */
enum tl_room_verdict tl_room_do(
	struct tl_room *room, const struct tl_room_call *call, struct tl_buf *reply);
int tl_room_sync_handle(const struct tl_room *room); /* descriptor to fdatasync, in any thread */

/* ---- what people see ---------------------------------------------------------------------------
 *
 * What changed after event `since` as this person may see it; 0: all. Silent steps, hidden notes and
 * hidden authors are kept here and nowhere else: what one may not see is not in it. JSON:
 * {"n": last event, "full": forget what you have,
 *  "room": null where unchanged, or {"id", "title", "step", "timer": ISO time it ends or null,
 *          "dots", "authors": shown, "closed", "ended", "facilitator", "me": person or null,
 *          "dots_left", "journeys": [{"id", "title", "lang", "departments": [{"id", "label"}]}]},
 *  "people":  [{"id", "name", "department"}],
 *  "notes":   [{"id", "at", "kind", "friction", "pain", "text", "by": person or null, "department",
 *               "time", "own", "hidden", "into": note or null, "cluster", "dots", "mine": own dots,
 *               "ours": [department], "decided": null or {"as", "text", "friction", "severity",
 *               "owner", "due"}} or {"id", "gone": true}],
 *  "pains":   [{"on", "dots", "mine", "ours": [department], "decided": null or {…, "status"}}],
 *  "touchpoints": [{"at", "notes": how many, "feel": {"n", "median", "mine", "disagree",
 *               "departments": [{"department", "n", "median"}]}, "decided": null or {"valence",
 *               "feeling"}}],
 *  "actions": [{"id", "on", "at", "text", "owner", "due", "done", "by", "time", "own"} or {"id","gone"}],
 *  "events":  for the facilitator, the last 50 of what can be undone: [{"n", "time", "by", "what": a
 *               sentence, "undone"}]; null where unchanged, and for others}
 * While people collect silently, others' notes, feelings, votes and actions are not told to anybody,
 * the facilitator included, whose screen is on the wall: they are counted. Hidden authors: whose
 * department it is stays, that being the point of a room; the facilitator sees names. A note that the
 * facilitator hid is there for the facilitator and its author. "full" is true after what changes how
 * everything looks (step, authors, hide, undo, somebody's other department); what changed last comes
 * first. Departments disagree where their medians are at least 2 apart. Absent values are null. */
void tl_room_view(const struct tl_room *room, enum tl_role role, int person, uint64_t since,
	struct tl_buf *out);

/* ---- what comes out of it ----------------------------------------------------------------------- */

/* Minutes in Markdown: what was decided, what is to be done by whom until when, where departments
 * disagree, all that was said, by touchpoint; who was there. */
void tl_room_minutes(const struct tl_room *room, struct tl_buf *out, int64_t now);
/* One line for each thing that was said (RFC 4180, formulas neutralised). */
void tl_room_csv(const struct tl_room *room, struct tl_buf *out);
/* What was decided, for `touchline apply`: see edit.h. *count decisions, of all journeys. Notes become
 * pain points or opportunities, actions become opportunities. Owners who are no department of the
 * journey, and touchpoints that are in no journey any more, cannot be said there: they are in the
 * minutes. */
void tl_room_decisions(const struct tl_room *room, struct tl_buf *out, size_t *count);

/* Into the store, where hotspots and maps find it, in place of what was kept of this room before:
 * what was neither undone nor withdrawn nor hidden, masked as notes are. Feelings and dots are votes of
 * departments. Actions about a note that is to be no pain point are in the minutes only: the store
 * knows actions by their pain. */
struct tl_room_kept {
	size_t notes, votes, actions;
};
bool tl_room_keep(
	const struct tl_room *room, struct tl_store *store, struct tl_room_kept *kept);

#endif
