/* plan: the files that a build is about, and the jobs that make them. */
#ifndef TL_APP_PLAN_H
#define TL_APP_PLAN_H

#include "touchline/app.h"

/* One file: one page of its view, or all of them. A stage is one page where a file holds one. */
struct tl_target {
	const struct tl_journey *journey; /* NULL: a portfolio, of all sound journeys of the set */
	const struct tl_app_set *set;
	const struct tl_insight *insight; /* of the journey, or NULL */
	enum tl_view view;
	int format; /* enum tl_output_format */
	size_t page;
	bool all_pages;
	const char *name;            /* inside the output folder */
	const char *path;            /* with it; "-" for standard output */
	char key[TL_DIGEST_SIZE];    /* everything that it is made from */
	char digest[TL_DIGEST_SIZE]; /* of its bytes on disk; "" while unknown */
	enum tl_output_state state;
};

struct tl_plan {
	struct tl_target *targets; /* by journey, view, format, page; then the portfolio's */
	size_t count, capacity;
};

/* Puts the targets of one journey in one view and format at the end of the plan. Pages go with the
 * map; in other views there are none. A portfolio is of no one journey, and not put there. */
void tl_plan_add(struct tl_plan *plan, struct tl_arena *arena, const struct tl_journey *journey,
	enum tl_view view, int format);

/* All targets of the sound journeys. Two that would be one file are reported, and neither is made
 * again (its state is failed). */
void tl_plan_make(struct tl_plan *plan, struct tl_arena *arena, struct tl_diags *diags,
	const struct tl_app_set *set, const struct tl_build_options *options);

/* What links to another journey's picture end in, or NULL where a target carries none. Targets of
 * a view that agree in this show the same scenes. */
const char *tl_plan_link_suffix(const struct tl_build_options *options, int format);

/* Where to point at for what happens to a journey as a whole: its id; nowhere for NULL. */
struct tl_span tl_plan_place(const struct tl_journey *journey);

/* The seconds since 1970 that a picture may carry; of several journeys, those of the latest. */
int64_t tl_plan_timestamp(
	const struct tl_build_options *options, const struct tl_target *target);

#endif
