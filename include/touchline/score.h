/* score: arithmetic on what a journey declares and on what was counted about it. Pure: numbers in,
 * numbers out; no I/O, no state. What cannot be computed is NAN, never 0. Rates and probabilities are
 * 0–1, friction and family scores 0–100, emotions −2…2, times seconds.
 */
#ifndef TOUCHLINE_SCORE_H
#define TOUCHLINE_SCORE_H

#include "touchline/model.h"

/* Assumed friction of a touchpoint without evidence, 0–100:
 *   max(20 · greatest declared severity of an open pain, 25 · max(0, −valence), 50 if an incoming
 *   handoff is cold)
 * Open: status open or in-progress. Valence: the lowest that any persona declares. Source: the
 * project's own definition; it is a judgement, drawn apart from measured scores and never ranked
 * with them. */
struct tl_assumed {
	double friction;     /* the maximum of the three terms */
	double pain, emotion, handoff; /* each term, 0 where it does not apply */
	const struct tl_pain *worst;   /* the pain behind `pain`, or NULL */
};
/* One for each touchpoint, by index; out has journey->touchpoint_count places. */
void tl_score_assumed(struct tl_assumed *out, const struct tl_journey *journey);

/* Probability of ever coming past each touchpoint from the first, from declared reach, else the
 * shares (`next` without a share split the rest evenly). out: touchpoint_count places. */
void tl_score_reach(double *out, const struct tl_journey *journey);

/* The share of customers who take nexts[which]: declared, else an even part of what the others
 * leave. Shares that sum to less than 1 leave the rest to customers who stop. */
double tl_score_share(const struct tl_touchpoint *touchpoint, size_t which);

/* The main path: from the first touchpoint always on to the likeliest one that was not passed yet;
 * among equals first those without a condition, then document order. path: touchpoint_count places;
 * returns its length. */
size_t tl_score_main_path(
	const struct tl_touchpoint **path, const struct tl_journey *journey);

/* What people remember of a journey: its peak, the largest |valence| (the negative one where two are
 * as large), and its end, the last touchpoint of the main path; by the peak-end rule both count
 * about as much as the mean. Among equals the first touchpoint. */
struct tl_peak_end {
	const struct tl_touchpoint *peak, *end;
	const struct tl_touchpoint *highest, *lowest;
	double peak_end; /* (valence at the peak + valence at the end) / 2 */
	double mean;
};
/* valence: one place per touchpoint, NAN where none is known; such touchpoints do not count, not
 * as an end either. False where none is known on the main path. */
bool tl_score_peak_end(
	struct tl_peak_end *out, const struct tl_journey *journey, const double *valence);

/* ---- statistics ------------------------------------------------------------------------------ */

struct tl_interval {
	double low, high; /* 95 %, two-sided; both NAN where there is nothing to say */
};
/* Wilson's score interval of a rate; x and n may be fractions (shrunk counts); n = 0: NAN. Source:
 * E. B. Wilson, JASA 22 (1927) 209; tables in R. G. Newcombe, Statist. Med. 17 (1998) 857. */
struct tl_interval tl_score_wilson(double x, double n);
/* Of the difference x2/n2 − x1/n1, from the two Wilson intervals: Newcombe's method 10, Statist. Med.
 * 17 (1998) 873. */
struct tl_interval tl_score_newcombe(double x1, double n1, double x2, double n2);
/* Exact interval of a Poisson rate, k events over an exposure: F. Garwood, Biometrika 28 (1936) 437. */
struct tl_interval tl_score_garwood(double k, double exposure);
/* Of a mean, by Student's t, from sufficient statistics; n < 2: NAN. */
struct tl_interval tl_score_mean(double n, double sum, double squares);
/* One-sided exact tails P(X >= x): binomial of n trials, Poisson of a mean. In logarithms, so that
 * n up to 10^7 neither overflows nor vanishes before a double does. */
double tl_score_binomial_tail(double x, double n, double p);
double tl_score_poisson_tail(double x, double mean);
/* Whether x1 of n1 and x2 of n2 have one rate: p of Fisher's exact test, two-sided as twice the
 * smaller tail (R. A. Fisher, JRSS 98 (1935) 39). NAN where a number is 0 or exceeded. */
double tl_score_fisher(uint64_t x1, uint64_t n1, uint64_t x2, uint64_t n2);
/* q from p, which may hold NAN (left out, and NAN in q): Y. Benjamini & Y. Hochberg, JRSS B 57
 * (1995) 289. q and p may be one array. */
void tl_score_false_discovery(double *q, const double *p, size_t count);
/* Net Promoter Score, −100…100 (F. Reichheld, HBR 81(12), 2003), with the adjusted Wald interval:
 * +3/4 to promoters and detractors, +3 to n. */
struct tl_nps {
	double value, estimate; /* estimate: the middle of the interval */
	struct tl_interval interval;
};
struct tl_nps tl_score_nps(double promoters, double passives, double detractors);
/* Trend of a series without assuming its shape (H. B. Mann, Econometrica 13 (1945) 245; M. G. Kendall
 * 1975), with the correction for ties and for continuity; NAN in values is left out. */
struct tl_mann_kendall {
	double s, variance, z, p; /* p two-sided */
};
struct tl_mann_kendall tl_score_mann_kendall(const double *values, size_t count);

/* A rate of a family over periods. EWMA with λ = .2 around the rate of all periods, limits 3σ with
 * each period's own n: of a proportion, for demand of a Poisson rate (S. W. Roberts, Technometrics 1
 * (1959) 239). Periods without episodes carry the average on. Mann–Kendall over the rates where at
 * least 8 periods have episodes. */
struct tl_period {
	uint64_t x, n;				    /* in */
	double rate, average, low, high; /* out: rate NAN where n is 0 */
	bool out;				    /* the average left its limits */
};
struct tl_drift {
	int direction; /* of the last period outside: 1 worse (more friction), −1 better, 0 none */
	struct tl_mann_kendall trend; /* NAN in all of it below 8 periods */
};
struct tl_drift tl_score_drift(enum tl_family family, struct tl_period *periods, size_t count);

/* A family's friction in two periods, by Newcombe's interval of the difference of two rates; for
 * demand, whose contacts may exceed visits, the same from the two Garwood intervals (G. Y. Zou &
 * A. Donner, Statist. Med. 27 (2008) 1693). No evidence where a period has no episode. */
enum tl_change_verdict { TL_CHANGE_NO_EVIDENCE, TL_CHANGE_BETTER, TL_CHANGE_WORSE };
extern const struct tl_vocabulary tl_change_verdicts; /* no-evidence better worse */
struct tl_change {
	uint64_t x1, n1, x2, n2; /* before, after */
	double rate1, rate2, difference;
	struct tl_interval interval;
	enum tl_change_verdict verdict; /* better: the whole interval is below 0 */
};
struct tl_change tl_score_change(
	enum tl_family family, uint64_t x1, uint64_t n1, uint64_t x2, uint64_t n2);

/* ---- counts ---------------------------------------------------------------------------------- */

/* What bears witness: the instrument behind a count of episodes. In the order that ties go by. */
enum tl_witness {
	TL_BY_CSAT, TL_BY_CES, TL_BY_NPS, TL_BY_RATING, TL_BY_SENTIMENT, /* these know emotion */
	TL_BY_CONDUCT, /* effort observed: repeats, reopens, handoffs, changes of channel */
	TL_BY_REPLY, TL_BY_RESOLUTION, /* against the promise of that clock */
	TL_BY_CONTACTS, /* x support contacts, n visits (0: nobody counted them) */
	TL_WITNESSES
};
extern const struct tl_vocabulary tl_witnesses; /* csat ces nps rating sentiment conduct reply resolution contacts */
extern const enum tl_family tl_witness_families[TL_WITNESSES];

struct tl_count {
	uint64_t x, n;	     /* friction in x of n episodes */
	double sum, squares; /* of emotion, −2…2, over the n; 0 where the witness knows none */
};
/* All that scoring knows of one touchpoint. Arrays are of the journey: by index of pain and of
 * expectation in the touchpoint, and of persona in the journey. */
struct tl_counts {
	struct tl_count by[TL_WITNESSES];
	uint64_t promoters, passives; /* of by[TL_BY_NPS].n */
	uint64_t solved, contacted;   /* episodes with support contact, and those solved by the first */
	uint64_t episodes, records;
	uint64_t *pain_records, *pain_episodes; /* NULL: none */
	uint64_t *broken;		      /* episodes that break the expectation; NULL: none */
	/* Of the records with the persona's segment; a persona without one is everybody. NULL: none. */
	struct tl_count (*personas)[TL_WITNESSES];
};

/* ---- scores ---------------------------------------------------------------------------------- */

enum { TL_LEAST = 5, TL_PRIOR = 10 }; /* n below which nothing is scored; m of the shrinking */

/* One family at one touchpoint: every term that explain prints; touchline-scoring(7). Contacts count
 * x over n visits; where nobody counted visits they are the witness with n 0, shown and not scored. */
struct tl_family_score {
	int witness; /* enum tl_witness, the one with the largest n; −1: nothing was counted */
	uint64_t x, n;
	double rate;			     /* x/n; NAN where n is 0 */
	/* μ: of the same witness over all touchpoints, those with few episodes too, and those where
	 * another witness has more; of contacts where visits are known. */
	double pool;
	double shrunk;			     /* p̃ = (x + mμ)/(n + m) */
	double promise, intolerable, weight; /* π, τ and weight in force */
	bool declared;			     /* one of the three is the journey's, not the default */
	bool sound;			     /* π < τ; else the family is left out */
	/* n >= TL_LEAST, sound, and a weight that is not 0: then what follows is there, else NAN. */
	bool scored;
	double score;			     /* s = 100·clip((p̃ − π)/(τ − π)) */
	struct tl_interval interval;	     /* s on the bounds of p̃ */
	double p, q;
};
/* One instrument at a touchpoint for all personas, so that they can be compared: that with most
 * answers there. A persona with a segment is measured by its own answers, another by everybody's; what
 * is declared for everybody holds for personas of whom nothing else is. */
struct tl_emotion_score {
	const struct tl_persona *persona; /* NULL: all of them */
	double declared, measured, estimate;
	struct tl_interval interval; /* of measured, within the scale */
	uint64_t n;
	int witness; /* −1: nothing was measured */
	bool conflict;
};
/* Expectation gap. One with the strictest promise of a clock is measured by that clock; another is
 * broken in the episodes that a listen binds to it, of all episodes; where no listen does, n is 0. */
struct tl_gap {
	uint64_t broken, n;
	double rate;
	struct tl_interval interval;
};
enum tl_verdict { TL_NO_EVIDENCE, TL_VERDICT_OK, TL_WATCH, TL_HOTSPOT };
extern const struct tl_vocabulary tl_verdicts; /* no-evidence ok watch hotspot */
/* Declared; else visits ÷ the most visits of the journey; else tl_score_reach. */
enum tl_reach_source { TL_REACH_DECLARED, TL_REACH_VISITS, TL_REACH_SHARES };

struct tl_touchpoint_score {
	const struct tl_touchpoint *touchpoint;
	const struct tl_counts *counts;
	enum tl_verdict verdict;
	size_t rank; /* from 1, all different: by verdict, impact, F, place; 0 without evidence */
	double friction;	      /* F; NAN without evidence, and so are the four after it */
	struct tl_interval interval;  /* F from all lower bounds, and from all upper bounds */
	double mean, worst;	      /* F is half the one and half the other */
	double impact;		      /* F · reach · importance / 5 */
	int worst_family;	      /* enum tl_family; −1 */
	double reach;		      /* known without evidence too */
	enum tl_reach_source reach_source;
	struct tl_assumed assumed;    /* drawn only where there is no evidence */
	struct tl_family_score families[TL_FAMILIES];
	struct tl_emotion_score *emotions; /* one per persona, or one for all where there are none */
	size_t emotion_count;
	struct tl_gap *gaps; /* by index of expectation */
};
struct tl_persona_score { /* of the journey, from the estimates */
	const struct tl_persona *persona;
	double peak_end, mean, trough;
	const struct tl_touchpoint *peak, *end, *lowest; /* NULL where unknown */
};
struct tl_answers { /* of the journey, in the instrument's own units */
	uint64_t n;
	double mean; /* NAN where n is 0 */
};
struct tl_journey_score {
	const struct tl_journey *journey;
	struct tl_touchpoint_score *touchpoints; /* by index */
	const struct tl_touchpoint_score **ranking; /* those with evidence, worst first */
	size_t ranked, tests;			    /* tests: that the false discovery rate is over */
	size_t verdicts[TL_HOTSPOT + 1];	    /* how many of each */
	struct tl_persona_score *personas;
	size_t persona_count; /* at least 1 */
	uint64_t episodes, records; /* added up: a record that two touchpoints listen to counts twice */
	struct tl_answers csat, ces; /* means from the sums of emotion, turned back */
	struct tl_nps nps;
	uint64_t nps_n, solved, contacted; /* first-contact resolution: solved of contacted episodes */
};
/* counts: one for each touchpoint; they and the journey must outlive the result, which lives in the
 * arena. */
struct tl_journey_score *tl_score_journey(
	struct tl_arena *arena, const struct tl_journey *journey, const struct tl_counts *counts);

/* The family to speak of first: among those that break their promise most surely (q <= .05, then .10)
 * the highest score, where none is scored the most episodes; −1: nothing was counted. Voice only
 * where no other is as sure: sentiment is a weak witness, which ranks and hardly headlines. */
int tl_score_leading(const struct tl_touchpoint_score *touchpoint);

#endif
