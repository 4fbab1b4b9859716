/* actions: for each pain, what was agreed on it, and what nobody takes care of. */
#include "insight/insight.h"

#include <math.h>
#include <string.h>

enum { DAY = 86400 };

struct agreed {
	struct tl_arena *arena;
	struct tl_action *list;
	size_t count, capacity;
};

static const char *copy(struct tl_arena *arena, const char *text)
{
	return text ? tl_arena_strdup(arena, text) : NULL;
}

static bool take(void *context, const struct tl_action *action)
{
	struct agreed *agreed = context;
	struct tl_action *kept;

	agreed->list = tl_arena_grow(agreed->arena, agreed->list, agreed->count,
		&agreed->capacity, sizeof *agreed->list);
	kept = &agreed->list[agreed->count++];
	*kept = *action;
	kept->journey = copy(agreed->arena, action->journey);
	kept->pain = copy(agreed->arena, action->pain);
	kept->owner = copy(agreed->arena, action->owner);
	kept->text = copy(agreed->arena, action->text);
	return true;
}

static bool is_about(const struct tl_action *action, const struct tl_pain *pain)
{
	return pain->id && strcmp(action->pain, pain->id) == 0;
}

/* Those that are still to be done first, each half as it came: by the day it is due. */
static void choose(struct tl_arena *arena, struct tl_pain_insight *out, const struct agreed *all)
{
	struct tl_action *list;
	size_t count = 0;

	for (size_t i = 0; i < all->count; i++)
		count += is_about(&all->list[i], out->pain);
	list = tl_arena_array(arena, struct tl_action, count);
	out->actions = list;
	for (int done = 0; done < 2; done++)
		for (size_t i = 0; i < all->count; i++)
			if (is_about(&all->list[i], out->pain) &&
				(all->list[i].done != TL_NO_TIME) == done)
				list[out->action_count++] = all->list[i];
}

/* A day that something is due on is still good. */
static bool is_past(int64_t due, int64_t now)
{
	return due != TL_NO_TIME && now >= due + DAY;
}

static int64_t time_of(int32_t date)
{
	return date == TL_NO_DATE ? TL_NO_TIME : (int64_t)date * DAY;
}

/* Remedies that say no cause, and pains that say none, are taken to fit. */
static bool has_remedy(const struct tl_journey *journey, const struct tl_pain *pain)
{
	for (size_t t = 0; t < journey->touchpoint_count; t++)
		for (size_t i = 0; i < journey->touchpoints[t].opportunity_count; i++) {
			const struct tl_opportunity *one = &journey->touchpoints[t].opportunities[i];
			bool fits = one->remedy < 0 || pain->cause < 0 || one->remedy == pain->cause;

			for (size_t k = 0; fits && k < one->pain_count; k++)
				if (one->pains[k] == pain)
					return true;
		}
	return false;
}

static void judge(struct tl_pain_insight *out, const struct tl_journey *journey, int64_t now)
{
	const struct tl_pain *pain = out->pain;
	bool open = pain->status == TL_OPEN || pain->status == TL_IN_PROGRESS;

	out->fixed = time_of(pain->fixed);
	out->unowned = open && !pain->owner;
	out->overdue = open && is_past(time_of(pain->due), now);
	out->unremedied = open && !out->action_count && !has_remedy(journey, pain);
	for (size_t i = 0; i < out->action_count; i++) {
		const struct tl_action *action = &out->actions[i];

		out->unowned &= !action->owner;
		out->overdue |= action->done == TL_NO_TIME && is_past(action->due, now);
	}
	/* Done ones stand last. What was done counts from the last of it on. */
	for (size_t i = 0; i < out->action_count; i++)
		if (out->actions[i].done != TL_NO_TIME &&
			(i == 0 || out->actions[i - 1].done == TL_NO_TIME ||
				out->actions[i].done > out->fixed))
			out->fixed = out->actions[i].done;
}

bool tl_insight_actions(struct reading *reading)
{
	const struct tl_journey *journey = reading->journey;
	struct agreed agreed = {.arena = reading->arena};

	if (!tl_store_actions(reading->store, journey->id, NULL, take, &agreed))
		return false;
	for (size_t t = 0; t < journey->touchpoint_count; t++)
		for (size_t i = 0; i < journey->touchpoints[t].pain_count; i++) {
			struct tl_pain_insight *out = &reading->insight->touchpoints[t].pains[i];

			choose(reading->arena, out, &agreed);
			judge(out, journey, reading->insight->options.now);
		}
	return true;
}
