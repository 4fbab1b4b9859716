/* score_scene: straight journeys and their counts, made in memory, for the tests of scoring. */
#ifndef SCORE_SCENE_H
#define SCORE_SCENE_H

#include <math.h>
#include "touchline/score.h"

struct scene {
	struct tl_arena arena;
	struct tl_journey journey;
	struct tl_touchpoint *touchpoints;
	struct tl_counts *counts;
};

static void make_scene(struct scene *scene, size_t count)
{
	*scene = (struct scene){0};
	tl_arena_init(&scene->arena);
	scene->touchpoints = tl_arena_array(&scene->arena, struct tl_touchpoint, count);
	scene->counts = tl_arena_array(&scene->arena, struct tl_counts, count);
	struct tl_next *nexts = tl_arena_array(&scene->arena, struct tl_next, count);
	for (size_t i = 0; i < count; i++) {
		struct tl_touchpoint *touchpoint = &scene->touchpoints[i];
		nexts[i] = (struct tl_next){.share = NAN, .handoff = -1};
		touchpoint->index = i;
		touchpoint->importance = 3;
		touchpoint->reach = NAN;
		if (i + 1 == count)
			continue;
		nexts[i].to = touchpoint + 1;
		touchpoint->nexts = &nexts[i];
		touchpoint->next_count = 1;
	}
	scene->journey.touchpoints = scene->touchpoints;
	scene->journey.touchpoint_count = count;
}

static void release_scene(struct scene *scene)
{
	tl_arena_release(&scene->arena);
}

static void count(
	struct scene *scene, size_t touchpoint, enum tl_witness by, uint64_t x, uint64_t n)
{
	scene->counts[touchpoint].by[by].x = x;
	scene->counts[touchpoint].by[by].n = n;
}

static const struct tl_journey_score *score_scene(struct scene *scene)
{
	return tl_score_journey(&scene->arena, &scene->journey, scene->counts);
}

#endif
