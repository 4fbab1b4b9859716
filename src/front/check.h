/* front, internal: the rules that a schema cannot say, one file for each group. */
#ifndef FRONT_CHECK_H
#define FRONT_CHECK_H

#include "front/bind.h"

/* check_pain.c */
void tl_check_pain(struct front *front, const struct bound *bound);
void tl_check_opportunity(struct front *front, const struct bound *bound);

/* check_way.c */
void tl_check_ways(struct front *front, const struct bound *touchpoint);

/* check_voice.c */
void tl_check_emotions(struct front *front, const struct bound *touchpoint);
void tl_check_expectation(struct front *front, const struct bound *bound);
void tl_check_listen(struct front *front, const struct bound *bound);

/* check_scale.c */
void tl_check_tolerance(struct front *front, const struct bound *bound);
void tl_check_tolerances(struct front *front, const struct bound *owner);

/* check_use.c */
void tl_check_unused(struct front *front);

/* match.c: what is wrong with a full-text query, with its offset; NULL where nothing is. */
const char *tl_match_check(const char *query, size_t *offset);

/* The bound children of one kind that stand in a thing: moves *index on, NULL at the end. */
const struct bound *tl_check_next_child(const struct front *front, const struct bound *parent,
	enum schema_kind kind, size_t *index);

/* Whether a thing comes from a vocabulary. */
bool tl_check_is_shared(const struct bound *bound);

#endif
