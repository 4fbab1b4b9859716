/* map: from a journey to the pages of a view. The views are the rows of one table. */
#include "map/sheet.h"
#include "map/views.h"

static const char *const view_words[] = {"map", "overview", "stage", "portfolio"};
const struct tl_vocabulary tl_views = {"view", view_words, TL_COUNT(view_words)};

static const char *const lane_words[] = {
#define LANE(name, ...) name,
#include "map/lanes.def"
#undef LANE
};
const struct tl_vocabulary tl_lanes = {"lane", lane_words, TL_COUNT(lane_words)};

const struct tl_scene *tl_map_build(size_t *count, struct tl_arena *arena,
	const struct tl_journey *journey, const struct tl_assumed *assumed,
	const struct tl_insight *insight, const struct tl_map_options *options, const char *suffix)
{
	static tl_view_build *const views[TL_VIEWS] = {[TL_VIEW_MAP] = tl_view_map,
		[TL_VIEW_OVERVIEW] = tl_view_overview, [TL_VIEW_STAGE] = tl_view_stage,
		[TL_VIEW_PORTFOLIO] = tl_view_portfolio};
	return views[options->view](count, arena, journey, assumed, insight, options, suffix);
}
