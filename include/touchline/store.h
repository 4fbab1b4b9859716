/* store: what customers said and did, in one SQLite file. Only user of sqlite3.
 *
 * A record is one ticket, answer, chat, post or note. It arrives masked and with its customer
 * already a keyed hash; it is kept, bound to touchpoints, and counted in roll-ups. The roll-ups
 * hold integers only (scores in ten-thousandths), so that what is maintained step by step equals
 * what `tl_store_rebuild` makes of the records, bit for bit.
 *
 * Episodes (the unit that scoring counts: records of one customer at one touchpoint, each at most 7
 * days after the one before) have no table of their own: a customer's whole contribution is taken
 * out of the roll-ups before the first change to that customer in a transaction, and put back
 * before it commits.
 *
 * Several processes may use one store: WAL, a busy timeout, every writing transaction begins
 * IMMEDIATE. Whatever was committed survives kill -9.
 *
 * Errors: the environment's (full disk, read-only, corrupt, newer version, locked) are one
 * diagnostic of band 05 in diags that names the file and what to do, and false.
 */
#ifndef TOUCHLINE_STORE_H
#define TOUCHLINE_STORE_H

#include "touchline/base.h"
#include "touchline/diag.h"
#include "touchline/model.h"

#define TL_NO_TIME INT64_MIN
#define TL_SCORE_UNIT 10000 /* fixed point of stored scores */
#define TL_EPISODE_GAP (7 * 86400) /* seconds: scoring.md §1 */

enum tl_record_kind {
	TL_SURVEY, TL_TICKET, TL_CHATTED, TL_CALL, TL_POSTED, TL_INTERVIEW, TL_EVENT, TL_NOTED
};
extern const struct tl_vocabulary tl_record_kinds; /* survey ticket chat call social interview event note */

struct tl_hash16 {
	uint8_t bytes[16];
};
struct tl_measure { /* one figure that a record carries */
	const char *field;
	int instrument; /* enum tl_instrument */
	double score;
	double min, max; /* of its scale; NAN: the instrument's own */
	bool reverse;	 /* the low end is the good one */
};
struct tl_field {
	const char *name, *value;
};
/* Strings need to live for the call only. Times are seconds since 1970 UTC, or TL_NO_TIME. */
struct tl_record {
	const char *source, *external_id;
	/* A keyed digest of what the source said, whatever is made of it; its upper 16 bits are of the
	 * key. 0: not known. */
	uint64_t said;
	enum tl_record_kind kind;
	int64_t created, updated, replied, resolved;
	int64_t exported;			    /* when the export was made: is an open one late? */
	const struct tl_hash16 *identifiers; /* each a keyed hash of something that names the person */
	size_t identifier_count;
	const char *segment, *channel, *language; /* NULL where absent */
	const char *text;			  /* masked; NULL where absent */
	const char *const *tags;
	size_t tag_count;
	const struct tl_field *fields; /* that listen rules may ask for: form, category … */
	size_t field_count;
	int handoffs, reopens;			       /* −1: not known */
	const char *journey, *touchpoint, *department; /* named outright; department of a note */
	double sentiment;			       /* −1…1, NAN: not known */
	uint32_t friction_kinds;		       /* bit per enum tl_friction_kind */
	const struct tl_measure *measures;
	size_t measure_count;
};

/* What a journey listens for; made from the model by app. One `listen` is one rule; promises are
 * those of the touchpoint's expectations with a clock. */
struct tl_rule {
	const char *journey, *touchpoint;
	const char *source, *tag, *field, *value, *match, *lang; /* NULL: any */
	int as;				/* enum tl_instrument or −1 */
	const char *pain, *expectation; /* ids or NULL */
	struct tl_span at;
};
struct tl_promise {
	const char *journey, *touchpoint;
	int clock; /* enum tl_clock */
	double seconds;
};

struct tl_store;
enum tl_store_mode { TL_STORE_READ, TL_STORE_WRITE, TL_STORE_CREATE };
bool tl_store_open(struct tl_store **out, struct tl_diags *diags, const char *path,
	enum tl_store_mode mode);
void tl_store_close(struct tl_store *store); /* NULL is nothing */

enum tl_put { TL_PUT_NEW, TL_PUT_UPDATED, TL_PUT_UNCHANGED, TL_PUT_CONFLICT, TL_PUT_FAILED };
struct tl_run { /* one import */
	const char *source, *profile, *file;
	bool replace; /* a differing record without an update time replaces the older one */
};
struct tl_run_counts {
	uint64_t read, added, updated, unchanged, rejected, bound, unbound;
};
/* bound and unbound: of the records that were added or updated, how many some touchpoint listens to.
 * read and rejected are the caller's, set before commit; the others are counted here.
 *
 * One run at a time. put binds by tiers as the rules say and may commit a batch on its own; commit
 * ends the run: match rules, full text, roll-ups. abort leaves the last committed batch. */
bool tl_store_begin(struct tl_store *store, const struct tl_run *run);
enum tl_put tl_store_put(struct tl_store *store, const struct tl_record *record);
bool tl_store_commit(struct tl_store *store, struct tl_run_counts *counts);
void tl_store_abort(struct tl_store *store);

/* Tells the store what the journeys listen for now. What a changed, new or vanished rule concerns
 * is bound again; confirmed bindings stay. Cheap when nothing changed. */
bool tl_store_listen(struct tl_store *store, const struct tl_rule *rules, size_t rule_count,
	const struct tl_promise *promises, size_t promise_count);
/* The same of these journeys only: what the store was told of others stays. */
struct tl_choice;
bool tl_store_listen_also(struct tl_store *store, const struct tl_choice *journeys,
	const struct tl_rule *rules, size_t rule_count, const struct tl_promise *promises,
	size_t promise_count);

/* What it was told, of journeys other than these; in the arena. */
bool tl_store_listened(struct tl_store *store, struct tl_arena *arena,
	const char *const *journeys, size_t journey_count, struct tl_rule **rules,
	size_t *rule_count, struct tl_promise **promises, size_t *promise_count);

/* Called now and then while something above takes long; it must not ask the store for anything. what:
 * what is going on. NULL: nobody wants to know. */
typedef void tl_store_progress(void *context, size_t done, size_t total, const char *what);
void tl_store_watch(struct tl_store *store, tl_store_progress *progress, void *context);

/* ---- reading ------------------------------------------------------------------------------- */

/* Between the two, all that is read is of one moment, whatever others write meanwhile. Writes
 * nothing, and nothing may be written. */
bool tl_store_freeze(struct tl_store *store);
void tl_store_thaw(struct tl_store *store);

/* What is asked for: TL_NO_TIME and no words are any; several words are any of them. until is
 * exclusive. Records without a time are in no period. */
struct tl_choice {
	const char *const *list;
	size_t count;
};
struct tl_filter {
	int64_t since, until;
	struct tl_choice sources, channels, segments;
};
extern const struct tl_filter tl_filter_none;
bool tl_filter_is_none(const struct tl_filter *filter);

/* The words that there are to ask for, in byte order; reads all records. */
enum tl_dimension { TL_BY_SOURCE, TL_BY_CHANNEL, TL_BY_SEGMENT };
bool tl_store_words(struct tl_store *store, struct tl_arena *arena, enum tl_dimension dimension,
	struct tl_choice *words);
/* Whether anything at all is called so; cheap. */
bool tl_store_knows_word(struct tl_store *store, const char *word);

enum tl_tier { TL_UNBOUND, TL_MATCHED, TL_NAMED, TL_CONFIRMED };
extern const struct tl_vocabulary tl_binding_tiers; /* unbound match named confirmed */

/* A record as it is told. Texts live for the call of `each` only; false from it ends the telling. */
struct tl_told {
	int64_t id;
	const char *source, *external_id, *channel, *segment, *language, *text;
	int kind; /* enum tl_record_kind */
	int64_t created, customer;
	double badness; /* ranks evidence: 0 is harmless, 4.5 the worst */
	/* How it is bound, where one touchpoint is asked for. rule is filled where one binds it, also
	 * beside a person: else its touchpoint is NULL. */
	enum tl_tier tier;
	struct tl_rule rule;
	const char *pain, *expectation;
	int64_t span_start, span_length; /* bytes of text that matched; −1: none */
	/* Of a trail: "journey#touchpoint", with spaces between several. */
	const char *touchpoints;
	bool repeats;  /* at a touchpoint again within an episode */
	bool switches; /* on another channel than the record before, within an episode */
};
typedef bool tl_each(void *context, const struct tl_told *told);

/* What is behind a touchpoint, worst first; pain may be NULL. */
bool tl_store_evidence(struct tl_store *store, const char *journey, const char *touchpoint,
	const char *pain, const struct tl_filter *filter, size_t limit, tl_each *each, void *context);
/* Records that no touchpoint listens to, worst first. */
bool tl_store_unbound(struct tl_store *store, const struct tl_filter *filter, size_t limit,
	tl_each *each, void *context);
/* One record; nothing is told where there is none. */
bool tl_store_tell(struct tl_store *store, int64_t record, tl_each *each, void *context);
/* Those of one customer, in time order. What repeats and switches is judged by all of them. */
bool tl_store_trail(struct tl_store *store, int64_t customer, const struct tl_filter *filter,
	tl_each *each, void *context);

/* 0: nobody. A number that was merged into another customer's is good for that one. */
int64_t tl_store_customer(struct tl_store *store, const struct tl_hash16 *identifier);
int64_t tl_store_customer_number(struct tl_store *store, int64_t number);
/* Whether anybody is known by anything. */
bool tl_store_knows_anybody(struct tl_store *store);
/* Every name that records were imported under, in byte order. */
bool tl_store_sources(struct tl_store *store, struct tl_arena *arena, struct tl_choice *sources);
/* Every journey that anything was ever bound to. */
bool tl_store_journeys(struct tl_store *store, struct tl_arena *arena, struct tl_choice *journeys);
int64_t tl_store_record_id(struct tl_store *store, const char *source, const char *external_id);

/* What recurs in unbound records: tags, fields with their values, words and pairs of words. */
enum tl_term_kind { TL_TERM_TAG, TL_TERM_FIELD, TL_TERM_WORDS };
struct tl_term {
	enum tl_term_kind kind;
	const char *text;  /* the tag, the name of the field, the words */
	const char *value; /* of the field */
	size_t records;	   /* that have it, among those looked at */
	int64_t sample;	   /* the id of one of them */
};
/* At most limit terms of each kind, in the arena, those that most records have first; words that
 * records have which a better term covers already are left out. Looks at the newest 5 000 texts. */
bool tl_store_terms(struct tl_store *store, struct tl_arena *arena, const struct tl_filter *filter,
	size_t limit, struct tl_term **terms, size_t *count);

/* Unbound records that read like those that people confirmed at a touchpoint, or that name it: the
 * most alike first, at most limit, in the arena. None where no such record has a text. Texts in
 * scripts without spaces are not compared. */
struct tl_alike {
	int64_t record;
	double score; /* comparable between touchpoints */
};
bool tl_store_alike(struct tl_store *store, struct tl_arena *arena, const char *journey,
	const char *touchpoint, const struct tl_filter *filter, size_t limit,
	struct tl_alike **list, size_t *count);

/* Rows for others, in the order they came in; what is read is of one moment. Filters are for records
 * and bindings (those that count). Cells live for the call; the names of columns are the same in each
 * row; false ends it. */
enum tl_export {
	TL_EXPORT_RECORDS, TL_EXPORT_NOTES, TL_EXPORT_BINDINGS, TL_EXPORT_VOTES, TL_EXPORT_ACTIONS
};
enum tl_cell_kind { TL_CELL_NOTHING, TL_CELL_NUMBER, TL_CELL_TEXT, TL_CELL_JSON };
struct tl_cell {
	const char *column;
	enum tl_cell_kind kind;
	const char *text; /* NULL: nothing */
};
/* Called first with the columns alone (rows without a text), then for each row. */
typedef bool tl_each_row(void *context, const struct tl_cell *cells, size_t count);
/* flat: for a table, where the scores of a record are columns (score, score_2 …) and its fields the
 * column fields_json; else the cells "measures" and "fields" are JSON. */
bool tl_store_export(struct tl_store *store, enum tl_export what, bool flat,
	const struct tl_filter *filter, tl_each_row *each, void *context);

struct tl_store_counts {
	uint64_t records, bound, unbound;
	uint64_t customers, notes; /* of the whole store */
	int64_t first, last; /* when; TL_NO_TIME: no record has a time */
};
bool tl_store_count(struct tl_store *store, const struct tl_filter *filter,
	struct tl_store_counts *counts);
/* Two of them, whatever the size of the store. */
bool tl_store_tallies(struct tl_store *store, uint64_t *records, uint64_t *bound);
/* How many records a rule hits, and for how many of them it decides. */
bool tl_store_hits(
	struct tl_store *store, const struct tl_rule *rule, uint64_t *hits, uint64_t *decides);

/* ---- what was counted ------------------------------------------------------------------------ */

/* What a sum is of (scoring.md §1). Kept in files: append only. */
enum tl_gauge {
	TL_GAUGE_CSAT, /* as enum tl_instrument: n episodes with an answer, x with friction */
	TL_GAUGE_NPS,
	TL_GAUGE_CES,
	TL_GAUGE_RATING,
	TL_GAUGE_VISITS,      /* sum: visits counted */
	TL_GAUGE_EPISODES,    /* n episodes, x records */
	TL_GAUGE_EFFORT_SEEN, /* n episodes with a support contact, x with friction */
	TL_GAUGE_CONTACTS,    /* n the same, x contacts */
	TL_GAUGE_FIRST_CONTACT, /* n the same, x solved by one contact */
	TL_GAUGE_REPLY_LATE,  /* n episodes with a promise to measure, x late */
	TL_GAUGE_RESOLUTION_LATE,
	TL_GAUGE_VOICE,	      /* n episodes with text whose mood is known, x negative */
	TL_GAUGE_PAIN,	      /* subject its id: n episodes, x records */
	TL_GAUGE_EXPECTATION, /* the same: broken */
	TL_GAUGE_KIND,	      /* number an enum tl_friction_kind: n episodes, x records */
	TL_GAUGE_REPLY_TIME,  /* number a class of times: n contacts, sum seconds */
	TL_GAUGE_RESOLUTION_TIME,
	TL_GAUGE_NEXT,	      /* subject "journey#touchpoint" that follows on a trail: n times */
	TL_GAUGE_RECORDS, /* of the touchpoint "", the journey itself: n records that speak about it */
	TL_GAUGES
};
#define TL_NO_DAY (-1000000) /* of records without a time */
struct tl_sum {
	const char *touchpoint;
	int gauge;
	const char *subject; /* NULL where there is none */
	int64_t number;
	int64_t day; /* since 1970; of dimensions that are not kept apart: 0 and NULL */
	const char *channel, *segment;
	int64_t n, x;
	double sum, squares; /* emotion −2…2; visits; seconds */
	int64_t promoters, passives;
};
enum { TL_APART_DAY = 1, TL_APART_CHANNEL = 2, TL_APART_SEGMENT = 4 };
typedef bool tl_each_sum(void *context, const struct tl_sum *sum);
/* The sums of a journey, kept apart by the dimensions asked for and added up over all others, in the
 * order of touchpoint, gauge, subject, day. gauges: bit per enum tl_gauge, 0: all. A period of the
 * filter has the days that begin in it. Without a filter, and apart by segment at most, it costs the
 * same however many records there are. What is given to each lives for the call; false ends it. */
bool tl_store_sums(struct tl_store *store, const char *journey, const struct tl_filter *filter,
	uint32_t gauges, unsigned apart, tl_each_sum *each, void *context);
/* The first and the last day of the episodes and answers at a touchpoint, or of the records of the
 * journey where that is ""; TL_NO_DAY: there is none. */
bool tl_store_days(struct tl_store *store, const char *journey, const char *touchpoint,
	const struct tl_filter *filter, int64_t *first, int64_t *last);
/* The middle of a class of times, in seconds: 1 % off at most. */
double tl_store_class_seconds(int64_t time_class);

/* ---- what people say ------------------------------------------------------------------------- */

/* A person confirms or corrects where a record belongs in a journey; that wins over every rule.
 * False, without a report, where there is no such record: *found says so. */
bool tl_store_bind(struct tl_store *store, int64_t record, const char *journey,
	const char *touchpoint, bool *found);

/* What the room says. It is kept apart from records and counts as none. Ids are set by the calls
 * that keep them; kind is an enum tl_friction_kind or −1. */
struct tl_note {
	int64_t id;
	const char *journey, *touchpoint; /* NULL where it was imported without */
	const char *department;	  /* may be NULL in one that was imported */
	const char *text;		  /* masked */
	int kind;
	int64_t created; /* or TL_NO_TIME */
};
struct tl_vote {
	int64_t id;
	const char *journey, *touchpoint, *department;
	const char *pain; /* NULL: about the touchpoint */
	double valence;	  /* −2…2, NAN: none */
	int points;	  /* 0: none */
	int64_t created;
};
struct tl_action {
	int64_t id;
	const char *journey, *pain, *owner, *text; /* owner may be NULL */
	int64_t created, due, done;		    /* or TL_NO_TIME */
};
/* The same note twice (of one department, at one touchpoint) is one: *added says whether it is new. */
bool tl_store_note(struct tl_store *store, struct tl_note *note, bool *added);
bool tl_store_vote(struct tl_store *store, struct tl_vote *vote);
bool tl_store_act(struct tl_store *store, struct tl_action *action);
/* False, without a report, where there is no such action that is not done: *found says so. */
bool tl_store_done(struct tl_store *store, int64_t action, int64_t when, bool *found);
/* All that a workshop said, in place of what was kept of it before: in one transaction, and keeping it
 * twice is keeping it once. Notes are of the source "workshop:ID"; ids are not set. room: its id. */
struct tl_kept {
	const struct tl_note *notes;
	const struct tl_vote *votes;
	const struct tl_action *actions;
	size_t note_count, vote_count, action_count;
};
bool tl_store_keep_room(struct tl_store *store, const char *room, const struct tl_kept *kept);

/* Takes back what was said by mistake. */
enum tl_said { TL_SAID_NOTE, TL_SAID_VOTE, TL_SAID_ACTION };
bool tl_store_unsay(struct tl_store *store, enum tl_said what, int64_t id, bool *found);

/* journey, and touchpoint or pain, may be NULL: all. Notes and votes come touchpoint by touchpoint,
 * the oldest first; actions by due date, those without one last. */
typedef bool tl_each_note(void *context, const struct tl_note *note);
typedef bool tl_each_vote(void *context, const struct tl_vote *vote);
typedef bool tl_each_action(void *context, const struct tl_action *action);
bool tl_store_notes(struct tl_store *store, const char *journey, const char *touchpoint,
	tl_each_note *each, void *context);
bool tl_store_votes(struct tl_store *store, const char *journey, const char *touchpoint,
	tl_each_vote *each, void *context);
bool tl_store_actions(struct tl_store *store, const char *journey, const char *pain,
	tl_each_action *each, void *context);

/* ---- care --------------------------------------------------------------------------------- */

/* Makes the full-text index and the roll-ups again from the records. */
bool tl_store_rebuild(struct tl_store *store);
/* Looks at everything: the file, references, the full-text index, and whether the roll-ups are what
 * the records say. Writes nothing that stays. What is wrong is reported. */
bool tl_store_check(struct tl_store *store);
/* Copies the store, as it is at one moment, while others go on using it, to a file that is not there
 * yet. Restore puts a copy in the store's place; a store that cannot be opened any more is kept
 * under its name with .damaged behind. */
bool tl_store_backup(struct tl_store *store, const char *to);
bool tl_store_restore(struct tl_diags *diags, const char *path, const char *copy);
/* Erases all that is of these customers: records with their text and bindings, aliases, what the
 * roll-ups counted; then writes the full-text index and the file anew, so that no byte of it is left
 * in the file or beside it. */
bool tl_store_forget(struct tl_store *store, const int64_t *customers, size_t count);

#endif
