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

static void hear(struct heard *heard, const struct tl_app_set *journeys)
{
	for (size_t i = 0; i < journeys->count; i++)
		for (size_t t = 0; t < journeys->list[i]->touchpoint_count; t++)
			hear_touchpoint(
				heard, journeys->list[i], &journeys->list[i]->touchpoints[t]);
}

bool tl_app_listen_also(
	struct tl_arena *arena, struct tl_store *store, const struct tl_app_set *journeys)
{
	struct heard heard = {.arena = arena};
	const char **ids = tl_arena_array(arena, const char *, journeys->count);
	struct tl_choice sound = {.list = ids};

	for (size_t i = 0; i < journeys->count; i++) {
		if (!journeys->sound[i])
			continue;
		ids[sound.count++] = journeys->list[i]->id;
		for (size_t t = 0; t < journeys->list[i]->touchpoint_count; t++)
			hear_touchpoint(
				&heard, journeys->list[i], &journeys->list[i]->touchpoints[t]);
	}
	return tl_store_listen_also(store, &sound, heard.rules, heard.rule_count, heard.promises,
		heard.promise_count);
}

bool tl_app_listen(
	struct tl_arena *arena, struct tl_store *store, const struct tl_app_set *journeys)
{
	struct heard heard = {.arena = arena};

	hear(&heard, journeys);
	return tl_store_listen(store, heard.rules, heard.rule_count, heard.promises,
		heard.promise_count);
}

static void keep_others(struct heard *heard, const struct tl_rule *rules, size_t rule_count,
	const struct tl_promise *promises, size_t promise_count)
{
	for (size_t i = 0; i < rule_count; i++) {
		heard->rules = tl_arena_grow(heard->arena, heard->rules, heard->rule_count,
			&heard->rule_capacity, sizeof *heard->rules);
		heard->rules[heard->rule_count++] = rules[i];
	}
	for (size_t i = 0; i < promise_count; i++) {
		heard->promises = tl_arena_grow(heard->arena, heard->promises,
			heard->promise_count, &heard->promise_capacity, sizeof *heard->promises);
		heard->promises[heard->promise_count++] = promises[i];
	}
}

bool tl_app_listen_some(struct tl_arena *arena, struct tl_store *store,
	const struct tl_app_set *journeys, const struct tl_rule **rules, size_t *count)
{
	struct heard heard = {.arena = arena};
	const char **ids = tl_arena_array(arena, const char *, journeys->count);
	struct tl_rule *others;
	struct tl_promise *promises;
	size_t other_count, promise_count;

	for (size_t i = 0; i < journeys->count; i++)
		ids[i] = journeys->list[i]->id;
	hear(&heard, journeys);
	*count = heard.rule_count;
	if (!tl_store_listened(store, arena, ids, journeys->count, &others, &other_count, &promises,
		    &promise_count))
		return false;
	keep_others(&heard, others, other_count, promises, promise_count);
	*rules = heard.rules;
	return tl_store_listen(store, heard.rules, heard.rule_count, heard.promises,
		heard.promise_count);
}
