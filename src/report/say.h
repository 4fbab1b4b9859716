/* say: what pages and their twins say about a journey, as sentences in the journey's language. What
 * is absent gives NULL, and NULL is left out of what is joined. All of it lives in the arena. */
#ifndef TL_REPORT_SAY_H
#define TL_REPORT_SAY_H

#include "touchline/report.h"
#include "touchline/words.h"

struct say {
	struct tl_arena *arena;
	enum tl_language language;
	const struct tl_page *page;
};

#define say_fill(s, word, ...) tl_say((s)->arena, (s)->language, (word), __VA_ARGS__)
const char *say_word(const struct say *s, enum tl_word word);
/* With a space between them; NULL where all are. */
#define say_join(s, ...)                                                                           \
	say_join_list((s), (const char *const[]){__VA_ARGS__},                                     \
		TL_COUNT(((const char *const[]){__VA_ARGS__})))
const char *say_join_list(const struct say *s, const char *const *parts, size_t count);

/* Touchpoints worst first: by rank, then by what is assumed; without feedback by that alone. */
const struct tl_touchpoint **say_order(const struct say *s);
/* NULL without feedback. */
const struct tl_touchpoint_insight *say_known(
	const struct say *s, const struct tl_touchpoint *touchpoint);
bool say_measured(const struct tl_touchpoint_insight *known);

const char *say_state(const struct say *s); /* "As is · Updated 3 May 2026" */
const char *say_period(const struct say *s); /* which part of the feedback, or NULL */
const char *say_verdict(const struct say *s, const struct tl_touchpoint_insight *known);
const char *say_touchpoint(const struct say *s, const struct tl_touchpoint *touchpoint);
const char *say_friction(const struct say *s, const struct tl_touchpoint *touchpoint);
/* How friction and impact follow from the scores, and why the verdict. */
const char *say_sum(const struct say *s, const struct tl_touchpoint_insight *known);
const char *say_family_name(const struct say *s, int family, int witness);
const char *say_family(const struct say *s, int family, const struct tl_family_score *score);
const char *say_reason(const struct say *s, const struct tl_touchpoint *touchpoint);
const char *say_trend(const struct say *s, const struct tl_touchpoint_insight *known);
const char *say_feeling(const struct say *s, const struct tl_emotion *emotion);
const char *say_emotion(const struct say *s, const struct tl_emotion_score *emotion);
const char *say_expectation(
	const struct say *s, const struct tl_expectation *expectation, const struct tl_gap *gap);
const char *say_pain(const struct say *s, const struct tl_pain *pain, const struct tl_pain_insight *known);
const char *say_change(const struct say *s, const struct tl_pain_insight *known);
const char *say_action(const struct say *s, const struct tl_action *action);
const char *say_opportunity(const struct say *s, const struct tl_opportunity *opportunity);
const char *say_backstage(const struct say *s, const struct tl_backstage *backstage);
const char *say_support(const struct say *s, const struct tl_support *support);
/* Where it leads, and on what terms. */
const char *say_way(const struct say *s, const struct tl_touchpoint *from, const struct tl_next *next);
const char *say_way_terms(
	const struct say *s, const struct tl_touchpoint *from, const struct tl_next *next);
const char *say_source(const struct say *s, const struct tl_quote *quote);
const char *say_belief(const struct say *s, const struct tl_view_of *view);
bool say_believed(const struct tl_touchpoint_insight *known);

/* The key figures; each is a value, what it counts, and perhaps more about it. */
struct say_figure {
	const char *value, *name, *more;
};
enum { SAY_FIGURES = 10 };
size_t say_figures(const struct say *s, struct say_figure figures[static SAY_FIGURES]);

#endif
