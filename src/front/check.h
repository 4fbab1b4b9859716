/* front, internal: the rules that a schema cannot say, one file for each group. */
#ifndef FRONT_CHECK_H
#define FRONT_CHECK_H

#include "front/bind.h"

/* check_pain.c */
void check_pain(struct front *front, const struct bound *bound);
void check_opportunity(struct front *front, const struct bound *bound);

/* check_way.c */
void check_ways(struct front *front, const struct bound *touchpoint);

/* check_voice.c */
void check_emotions(struct front *front, const struct bound *touchpoint);
void check_expectation(struct front *front, const struct bound *bound);
void check_listen(struct front *front, const struct bound *bound);

/* check_scale.c */
void check_tolerance(struct front *front, const struct bound *bound);
void check_tolerances(struct front *front, const struct bound *owner);

/* check_use.c */
void check_unused(struct front *front);

/* match.c: what is wrong with a full-text query, with its offset; NULL where nothing is. */
const char *match_check(const char *query, size_t *offset);

/* The bound children of one kind that stand in a thing: moves *index on, NULL at the end. */
const struct bound *check_next_child(
	const struct front *front, const struct bound *parent, enum schema_kind kind, size_t *index);

/* Whether a thing comes from a vocabulary. */
bool check_is_shared(const struct bound *bound);

#endif
