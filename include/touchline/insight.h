/* insight: what feedback says about one journey. Reads the store's sums, scores them, and finds the
 * words behind the figures; pictures and reports are made from it, and look at no store.
 *
 * All of an insight lives in the arena that was given, and refers to the journey. Times are seconds
 * since 1970 UTC, or TL_NO_TIME. Nothing in it depends on the order in which records arrived.
 */
#ifndef TOUCHLINE_INSIGHT_H
#define TOUCHLINE_INSIGHT_H

#include "touchline/score.h"
#include "touchline/store.h"

enum { TL_FRICTION_KINDS = TL_HANDOFF + 1 };

struct tl_insight_options {
	struct tl_filter filter;
	int64_t now;	     /* what "overdue" and "old" are told by */
	bool words;	     /* with quotes, beliefs and trends, which only maps and reports need */
};

struct tl_quote { /* masked */
	const char *text, *source, *channel, *external_id; /* channel may be NULL */
	int64_t created;
};
struct tl_pain_insight {
	const struct tl_pain *pain;
	uint64_t records, episodes;
	struct tl_quote quote; /* the freshest of the most telling; text NULL: none */
	const struct tl_action *actions; /* what was agreed on, open ones first */
	size_t action_count;
	bool overdue;	/* the pain or an open action of it is past its day */
	bool unowned;	/* neither the pain nor an action has an owner */
	bool unremedied; /* no opportunity or action for it, or remedies of another cause only */
	/* For one that was fixed (an action done, else the pain's `fixed`): friction of the touchpoint's
	 * leading family before and after that day; verdict TL_CHANGE_NO_EVIDENCE with n 0 else. */
	int64_t fixed;
	struct tl_change change;
};
enum tl_period_kind { TL_PERIOD_WEEK, TL_PERIOD_MONTH, TL_PERIOD_QUARTER };
struct tl_trend { /* friction of the leading family, period by period */
	int family;  /* −1: nothing to show */
	enum tl_period_kind kind;
	const int64_t *starts; /* count of them; the same for all touchpoints */
	struct tl_period *periods;
	size_t count; /* at most 12 */
	struct tl_drift drift;
};
struct tl_view_of { /* what one department believes; never counted as n */
	const char *department;
	size_t notes, votes;
	double median, low, high; /* of the valences voted; NAN: none */
	int64_t points;
};
struct tl_belief {
	struct tl_view_of all, *departments;
	size_t department_count;
	bool disagree; /* the departments' medians are at least 2 apart */
};
/* From measured trails, for one `next`: who was heard of there next, of those who were heard of at
 * the end of any way out. 0 of 0 where there is no other way, or fewer than TL_LEAST were heard. */
struct tl_passage {
	uint64_t n, of;
};
struct tl_touchpoint_insight {
	const struct tl_touchpoint_score *score;
	struct tl_pain_insight *pains; /* by index */
	uint64_t kinds[TL_FRICTION_KINDS]; /* episodes by enum tl_friction_kind */
	struct tl_trend trend;
	struct tl_belief belief;
	struct tl_passage *passages; /* by index of next */
	struct tl_quote *quotes;     /* worst first, at most 5 */
	size_t quote_count;
	int64_t newest;
};
struct tl_duration { /* of support contacts: seconds, 1 % exact; NAN: nothing was timed */
	uint64_t n;
	double median, p90;
};
struct tl_matrix { /* channels × kinds of friction: episodes */
	const char **channels;
	size_t channel_count;
	uint64_t (*cells)[TL_FRICTION_KINDS];
	uint64_t *totals; /* episodes of the channel */
};
struct tl_insight {
	const struct tl_journey *journey;
	const struct tl_journey_score *score;
	struct tl_touchpoint_insight *touchpoints; /* by index */
	uint64_t bound;		       /* records that speak about this journey */
	uint64_t all_records, all_unbound; /* of the store, whatever the journey */
	int64_t oldest, newest;	       /* of the records of this journey */
	struct tl_duration reply, resolution;
	struct tl_matrix matrix;
	struct tl_insight_options options;
	char digest[TL_DIGEST_SIZE]; /* of all that a picture could show: same digest, same picture */
};

/* NULL after a report, where the store fails. Also reports what could not be counted (band 06):
 * tolerances where the promise is no better than the intolerable, touchpoints that records name and
 * the journey no longer has. Tell the store what the journeys listen for before (tl_app_listen). */
struct tl_insight *tl_insight_read(struct tl_arena *arena, struct tl_diags *diags,
	struct tl_store *store, const struct tl_journey *journey,
	const struct tl_insight_options *options);

/* Every family of every touchpoint, in two periods [from, until). */
struct tl_family_change {
	int witness; /* that is in both periods and has the most episodes; −1: none is */
	struct tl_change change; /* n1 = n2 = 0 where there is none */
};
struct tl_comparison {
	const struct tl_journey_score *before, *after;
	struct tl_family_change (*changes)[TL_FAMILIES]; /* by index of touchpoint */
};
/* NULL after a report, where the store fails. */
struct tl_comparison *tl_insight_compare(struct tl_arena *arena, struct tl_store *store,
	const struct tl_journey *journey, const struct tl_filter *before,
	const struct tl_filter *after);

#endif
