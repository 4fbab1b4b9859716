/* store: episodes, the unit that scoring counts, made from one customer's records in memory. */
#ifndef TL_STORE_EPISODE_H
#define TL_STORE_EPISODE_H

#include "store/store.h"

/* An answer on the scale of its instrument. */
struct answer {
	int instrument;	   /* enum tl_instrument, but TL_VISITS */
	int64_t emotion;   /* −2…2, in ten-thousandths: scoring.md, formulas */
	bool friction, promoter, passive;
};
double tl_scale_unit(const struct tl_measure *measure); /* 0 worst … 1 best */
struct answer tl_scale_answer(const struct tl_measure *measure);
int64_t tl_scale_time_class(int64_t seconds);

struct row { /* what counts of a record */
	int64_t id, source, kind, created, replied, resolved, exported, channel, segment;
	int64_t handoffs, reopens, sentiment, friction_kinds;
	const char *source_name, *external_id; /* break ties */
};
struct piece { /* a record at one touchpoint */
	const struct row *row;
	int64_t touchpoint, journey;
	bool whole; /* the record, not just measures of it */
	struct tl_measure *measures;
	size_t measure_count;
	int64_t *pains, *expectations; /* words */
	size_t pain_count, expectation_count;
};

/* Counts all that one customer did, sign times. Sorts the pieces. */
void tl_episodes_count(struct tl_store *store, struct tl_arena *arena, struct piece *pieces,
	size_t count, int64_t sign);

#endif
