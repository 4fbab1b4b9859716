/* What the store says about each journey of a set. */
#include "touchline/app.h"

const struct tl_insight **tl_app_insights(struct tl_arena *arena, struct tl_diags *diags,
	struct tl_store *store, const struct tl_app_set *set, const struct tl_filter *filter)
{
	const struct tl_insight **list = tl_arena_array(arena, const struct tl_insight *, set->count);
	struct tl_insight_options options = {
		.filter = *filter, .now = tl_clock_now(), .words = true};

	for (size_t i = 0; i < set->count; i++) {
		if (!set->sound[i])
			continue;
		list[i] = tl_insight_read(arena, diags, store, set->list[i], &options);
		if (!list[i])
			return NULL;
	}
	return list;
}
