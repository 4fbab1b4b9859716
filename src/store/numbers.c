/* store: a set of numbers. Open addressing; 0 marks what is free. */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

static size_t place_of(const struct numbers *set, int64_t number)
{
	size_t i = (uint64_t)number * 0x9e3779b97f4a7c15u >> 20 & (set->capacity - 1);

	while (set->slots[i] && set->slots[i] != number)
		i = (i + 1) & (set->capacity - 1);
	return i;
}

static void widen(struct numbers *set)
{
	struct numbers wider = {.capacity = set->capacity ? 2 * set->capacity : 64};

	wider.slots = calloc(wider.capacity, sizeof *wider.slots);
	if (!wider.slots)
		tl_die_of_memory(wider.capacity * sizeof *wider.slots);
	for (size_t i = 0; i < set->capacity; i++)
		if (set->slots[i])
			wider.slots[place_of(&wider, set->slots[i])] = set->slots[i];
	wider.count = set->count;
	free(set->slots);
	*set = wider;
}

bool tl_numbers_add(struct numbers *set, int64_t number)
{
	size_t i;

	if (2 * set->count >= set->capacity)
		widen(set);
	i = place_of(set, number);
	if (set->slots[i])
		return false;
	set->slots[i] = number;
	set->count++;
	return true;
}

bool tl_numbers_has(const struct numbers *set, int64_t number)
{
	return set->capacity && set->slots[place_of(set, number)];
}

void tl_numbers_clear(struct numbers *set)
{
	if (set->count)
		memset(set->slots, 0, set->capacity * sizeof *set->slots);
	set->count = 0;
}

void tl_numbers_release(struct numbers *set)
{
	free(set->slots);
	*set = (struct numbers){0};
}
