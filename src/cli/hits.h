/* cli: how often each rule of some journeys hits, for `touchline check --store`. */
#ifndef TL_CLI_HITS_H
#define TL_CLI_HITS_H

#include "touchline/app.h"
#include "touchline/store.h"

struct tl_hits {
	const struct tl_rule *rules;
	uint64_t *hits, *decides;
	size_t count;
};
/* Tells the store what the journeys of the set that are sound listen for, and counts. Rules that no
 * record meets are reported. False after reporting. */
bool tl_hits_count(struct tl_hits *out, struct tl_arena *arena, struct tl_diags *diags,
	const char *store, const struct tl_app_set *set);
void tl_hits_put(struct tl_buf *out, const struct tl_hits *hits);
/* [{"file",…,"line","column","journey","touchpoint",…,"hits","decides"}] */
void tl_hits_json(struct tl_buf *out, const struct tl_hits *hits);

#endif
