/* insight: what its files share. Each fills a part of struct tl_insight; read.c says in which order. */
#ifndef TL_INSIGHT_INSIGHT_H
#define TL_INSIGHT_INSIGHT_H

#include "touchline/insight.h"

/* A touchpoint that records speak about and the journey does not have. */
struct lost_place {
	const char *touchpoint;
	uint64_t records;
};
/* What the sums of a journey come to. Arrays are by index of touchpoint. */
struct counted {
	struct tl_counts *counts;
	uint64_t (*kinds)[TL_FRICTION_KINDS];
	struct tl_passage **passages; /* by index of next */
	struct tl_duration reply, resolution;
	uint64_t records;
	struct lost_place *lost;
	size_t lost_count;
};
/* count.c. False after a report. */
bool tl_insight_count(struct counted *out, struct tl_arena *arena, struct tl_store *store,
	const struct tl_journey *journey, const struct tl_filter *filter);

/* What a sum says to a witness; contacts and visits are two halves of one. False: nothing. */
bool tl_insight_witness(int *witness, struct tl_count *count, const struct tl_sum *sum);

struct reading {
	struct tl_arena *arena;
	struct tl_diags *diags;
	struct tl_store *store;
	const struct tl_journey *journey;
	struct tl_insight *insight;
};
bool tl_insight_periods(struct reading *reading); /* trends; before and after what was fixed */
bool tl_insight_beliefs(struct reading *reading);
bool tl_insight_quotes(struct reading *reading);
bool tl_insight_matrix(struct reading *reading);
bool tl_insight_actions(struct reading *reading);	 /* pains: what is agreed on, what is wrong */
void tl_insight_digest(struct tl_insight *insight);

/* Floor of a division by a positive number. */
static inline int64_t tl_insight_day(int64_t time)
{
	return time / 86400 - (time % 86400 < 0);
}

#endif
