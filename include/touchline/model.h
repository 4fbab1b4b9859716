/* model: what a journey is. Types and vocabularies; no behaviour beyond look-up.
 *
 * A journey is built by the front and frozen: everybody else sees it const. All pointers live in
 * the arena that the journey was read into. Texts are UTF-8, trimmed, inner white space folded.
 * Absent texts are NULL, absent numbers NAN (doubles) or 0 (1-based scales), absent dates
 * TL_NO_DATE.
 */
#ifndef TOUCHLINE_MODEL_H
#define TOUCHLINE_MODEL_H

#include "touchline/base.h"
#include "touchline/diag.h"

#define TL_NO_DATE INT32_MIN

/* A closed list of words; enumerations below index into it. An absent word is -1. */
struct tl_vocabulary {
	const char *name;
	const char *const *words;
	size_t count;
};
int tl_vocabulary_find(const struct tl_vocabulary *vocabulary, const char *word); /* or -1 */

enum tl_state { TL_AS_IS, TL_TO_BE, TL_PLANNED };
enum tl_channel_kind {
	TL_WEB, TL_APP, TL_PHONE, TL_EMAIL, TL_CHAT, TL_SOCIAL, TL_MESSAGING, TL_STORE, TL_POST,
	TL_FIELD, TL_PARTNER, TL_OTHER
};
enum tl_family { TL_DISSATISFACTION, TL_EFFORT, TL_DELAY, TL_DEMAND, TL_VOICE, TL_FAMILIES };
enum tl_initiator { TL_CUSTOMER, TL_COMPANY };
enum tl_expectation_kind {
	TL_EXPECT_TIME, TL_EXPECT_PRICE, TL_EXPECT_INFORMATION, TL_EXPECT_OUTCOME,
	TL_EXPECT_EFFORT, TL_EXPECT_COURTESY, TL_EXPECT_FAIRNESS
};
enum tl_clock { TL_CLOCK_REPLY, TL_CLOCK_RESOLUTION };
enum tl_friction_kind {
	TL_CONFUSION, TL_REPETITION, TL_DELAYED, TL_INCONSISTENCY, TL_EFFORTFUL,
	TL_UNFAIR_PROCEDURAL, TL_UNFAIR_INTERACTIONAL, TL_UNFAIR_DISTRIBUTIVE, TL_FAILURE,
	TL_HANDOFF
};
enum tl_cause { /* and remedy */
	TL_SKILL, TL_PROCESS, TL_TOOLS, TL_POLICY, TL_TRUST, TL_CULTURE, TL_CAPACITY
};
enum tl_status { TL_OPEN, TL_IN_PROGRESS, TL_RESOLVED, TL_ACCEPTED };
enum tl_handoff { TL_WARM, TL_COLD };
enum tl_instrument { /* what a listen rule takes a value as */
	TL_CSAT, TL_NPS, TL_CES, TL_RATING, TL_VISITS
};
extern const struct tl_vocabulary tl_states, tl_channel_kinds, tl_families, tl_initiators,
	tl_expectation_kinds, tl_clocks, tl_friction_kinds, tl_causes, tl_statuses, tl_handoffs,
	tl_instruments, tl_yes_no;

struct tl_text { /* a text with its place */
	const char *text;
	struct tl_span at;
};
struct tl_texts {
	const struct tl_text *list;
	size_t count;
};

struct tl_tolerance {
	int family;			 /* enum tl_family */
	double promise, intolerable, weight; /* NAN: scoring's default */
	struct tl_span at;
};
struct tl_persona {
	const char *id, *name, *segment;
	struct tl_texts goals, needs, quotes;
	struct tl_span at;
	size_t index;
};
struct tl_channel {
	const char *id, *label;
	int kind;	     /* enum tl_channel_kind; TL_OTHER where it is not said */
	bool self_service;
	double reply_within; /* seconds, or NAN */
	struct tl_span at;
	size_t index;
};
struct tl_party { /* a department or a system */
	const char *id, *label;
	struct tl_span at;
	size_t index;
};

struct tl_expectation {
	const char *id; /* may be NULL */
	const char *text;
	int kind;	/* enum tl_expectation_kind or -1 */
	double promise; /* seconds, or NAN */
	const char *promise_text; /* as written: "PT10M" */
	int clock;	/* enum tl_clock or -1 */
	int importance; /* 1–5, or 0 */
	struct tl_span at;
};
struct tl_emotion {
	double valence; /* −2…+2 */
	const char *feeling, *quote;
	const struct tl_persona *persona; /* NULL: all of them */
	struct tl_span at;
};
struct tl_pain {
	const char *id, *text;
	int kind;			     /* enum tl_friction_kind or -1 */
	int severity, occurrence, detection; /* 1–5, or 0 */
	int cause;			     /* enum tl_cause or -1 */
	const struct tl_party *owner;
	int status; /* enum tl_status, default TL_OPEN */
	int32_t since, due, fixed;
	const char *evidence;
	const struct tl_expectation *breaks; /* the expectation that it breaks, or NULL */
	struct tl_span at;
};
struct tl_opportunity {
	const char *text;
	const struct tl_pain **pains; /* what it is for */
	size_t pain_count;
	int remedy;	    /* enum tl_cause or -1 */
	int impact, effort; /* 1–5, or 0 */
	const struct tl_party *owner;
	int32_t due;
	int status; /* enum tl_status or -1 */
	struct tl_span at;
};
struct tl_backstage {
	const char *text;
	const struct tl_party *owner, *serves; /* serves: the internal customer */
	const struct tl_party *system;
	double promise; /* seconds, or NAN */
	const char *promise_text;
	struct tl_span at;
};
struct tl_support {
	const char *text;
	const struct tl_party *owner, *system;
	struct tl_span at;
};
struct tl_listen {
	const char *source, *tag, *field, *value, *match, *lang;
	int as; /* enum tl_instrument or -1 */
	const struct tl_pain *pain;
	const struct tl_expectation *expectation;
	struct tl_span at;
};
struct tl_next {
	const struct tl_touchpoint *to; /* NULL when it leads to another journey */
	const char *journey, *touchpoint; /* then these name it */
	const char *when;
	double share; /* 0–1, or NAN */
	int handoff;  /* enum tl_handoff or -1 */
	bool implied; /* no <next> was written: document order */
	struct tl_span at;
};

struct tl_touchpoint {
	const char *id, *title;
	struct tl_texts actions, goals, thoughts;
	const struct tl_stage *stage;
	const struct tl_channel *channel; /* or NULL */
	const struct tl_party *owner;	  /* or NULL */
	int importance;			  /* 1–5, default 3 */
	bool moment_of_truth;
	int initiator; /* enum tl_initiator, default TL_CUSTOMER */
	double reach;  /* declared 0–1, or NAN */
	const struct tl_expectation *expectations;
	size_t expectation_count;
	const struct tl_emotion *emotions;
	size_t emotion_count;
	const struct tl_pain *pains;
	size_t pain_count;
	const struct tl_opportunity *opportunities;
	size_t opportunity_count;
	const struct tl_backstage *backstage;
	size_t backstage_count;
	const struct tl_support *support;
	size_t support_count;
	const struct tl_listen *listens;
	size_t listen_count;
	const struct tl_next *nexts; /* empty only at the end of the journey */
	size_t next_count;
	const struct tl_tolerance *tolerances;
	size_t tolerance_count;
	struct tl_span at; /* of the start tag */
	size_t index;	   /* in the journey, document order */
};
struct tl_stage {
	const char *id, *title;
	struct tl_texts goals;
	const struct tl_touchpoint *touchpoints; /* a run of the journey's */
	size_t touchpoint_count;
	struct tl_span at;
	size_t index;
};
struct tl_journey {
	const char *id, *title, *lang; /* lang: BCP 47, default "en" */
	struct tl_texts summaries;
	int state; /* enum tl_state */
	int32_t updated;
	const char *of; /* id of the journey that this one is to replace, or NULL */
	const struct tl_persona *personas;
	size_t persona_count;
	const struct tl_channel *channels;
	size_t channel_count;
	const struct tl_party *departments, *systems;
	size_t department_count, system_count;
	const struct tl_tolerance *tolerances;
	size_t tolerance_count;
	const struct tl_stage *stages;
	size_t stage_count;
	const struct tl_touchpoint *touchpoints; /* all, in document order */
	size_t touchpoint_count;
	struct tl_span at;
	const struct tl_source **sources; /* the file itself first, then what it includes */
	size_t source_count;
};

/* NULL where there is none. */
const struct tl_touchpoint *tl_journey_touchpoint(const struct tl_journey *journey, const char *id);

/* What a touchpoint is called on paper: the letter of its stage and its number in it, "B3"; after
 * "Z" come "AA", "AB" …. The same as long as the journey's stages and touchpoints stay in place. */
enum { TL_PLACE_SIZE = 32 };
void tl_place_code(char out[static TL_PLACE_SIZE], const struct tl_touchpoint *touchpoint);
/* The letters alone. */
void tl_stage_code(char out[static TL_PLACE_SIZE], const struct tl_stage *stage);
/* The other way round, in capitals or not; NULL where no touchpoint stands there. */
const struct tl_touchpoint *tl_journey_place(const struct tl_journey *journey, const char *code);

#endif
