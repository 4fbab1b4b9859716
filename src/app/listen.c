/* What the journeys listen for, told to the store. */
#include "touchline/app.h"
#include "touchline/store.h"

#include <math.h>

struct heard {
	struct tl_arena *arena;
	struct tl_rule *rules;
	struct tl_promise *promises;
	size_t rule_count, rule_capacity, promise_count, promise_capacity;
};

static void hear_touchpoint(
	struct heard *heard, const struct tl_journey *journey, const struct tl_touchpoint *point)
{
	for (size_t i = 0; i < point->listen_count; i++) {
		const struct tl_listen *listen = &point->listens[i];

		heard->rules = tl_arena_grow(heard->arena, heard->rules, heard->rule_count,
			&heard->rule_capacity, sizeof *heard->rules);
		heard->rules[heard->rule_count++] = (struct tl_rule){.journey = journey->id,
			.touchpoint = point->id,
			.source = listen->source,
			.tag = listen->tag,
			.field = listen->field,
			.value = listen->value,
			.match = listen->match,
			.lang = listen->lang,
			.as = listen->as,
			.pain = listen->pain ? listen->pain->id : NULL,
			.expectation = listen->expectation ? listen->expectation->id : NULL,
			.at = listen->at};
	}
	for (size_t i = 0; i < point->expectation_count; i++) {
		const struct tl_expectation *expectation = &point->expectations[i];

		if (expectation->clock < 0 || isnan(expectation->promise))
			continue;
		heard->promises = tl_arena_grow(heard->arena, heard->promises,
			heard->promise_count, &heard->promise_capacity, sizeof *heard->promises);
		heard->promises[heard->promise_count++] = (struct tl_promise){
			journey->id, point->id, expectation->clock, expectation->promise};
	}
}

bool tl_app_listen(
	struct tl_arena *arena, struct tl_store *store, const struct tl_app_set *journeys)
{
	struct heard heard = {.arena = arena};

	for (size_t i = 0; i < journeys->count; i++)
		for (size_t t = 0; t < journeys->list[i]->touchpoint_count; t++)
			hear_touchpoint(
				&heard, journeys->list[i], &journeys->list[i]->touchpoints[t]);
	return tl_store_listen(store, heard.rules, heard.rule_count, heard.promises,
		heard.promise_count);
}
