/* views: what each view offers map.c. A view is one row in its table. */
#ifndef TOUCHLINE_MAP_VIEWS_H
#define TOUCHLINE_MAP_VIEWS_H

#include "touchline/map.h"

/* The pages of a view, as tl_map_build says. */
typedef const struct tl_scene *tl_view_build(size_t *count, struct tl_arena *arena,
	const struct tl_journey *journey, const struct tl_assumed *assumed,
	const struct tl_insight *insight, const struct tl_map_options *options, const char *suffix);
tl_view_build tl_view_map, tl_view_overview, tl_view_stage, tl_view_portfolio;

#endif
