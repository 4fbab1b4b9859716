/* app: the pipeline, once: paths > journeys > scores > scenes > files. Commands call it.
 * Messages go to diags or to the progress callback; nothing here exits. */
#ifndef TOUCHLINE_APP_H
#define TOUCHLINE_APP_H

#include "touchline/diag.h"
#include "touchline/draw.h"
#include "touchline/front.h"
#include "touchline/map.h"

/* The .xml files that the arguments name: files as they are, folders recursively in byte order,
 * hidden entries and duplicates skipped. *from_folder[i]: found in a folder, so a root that is no
 * journey is passed over. Reports what cannot be opened. */
struct tl_app_paths {
	const char **list;
	bool *from_folder;
	size_t count;
};
struct tl_app_paths tl_app_find(
	struct tl_arena *arena, struct tl_diags *diags, char *const *arguments, size_t count);

struct tl_app_set { /* journeys read and linked */
	const struct tl_journey **list;
	size_t count;
};
struct tl_app_set tl_app_read(
	struct tl_arena *arena, struct tl_diags *diags, const struct tl_app_paths *paths);

struct tl_build_options {
	const char *output; /* folder */
	uint32_t formats;   /* bit per enum tl_format */
	uint32_t views;	    /* bit per enum tl_view */
	struct tl_map_options map;
	struct tl_draw_options draw;
	unsigned jobs; /* parallel processes, >= 1 */
	bool force;    /* render everything again */
	const char *program; /* identifies this very program and its libraries */
};
struct tl_build_result {
	size_t journeys, rendered, unchanged, failed; /* outputs, but for journeys */
};
typedef void tl_build_progress(void *context, size_t done, size_t total, const char *file);
/* Renders the outputs of every journey without errors whose content, options or program changed.
 * An output on disk that is not what was written counts as changed. */
struct tl_build_result tl_app_build(struct tl_diags *diags, const struct tl_app_set *set,
	const struct tl_build_options *options, tl_build_progress *progress, void *context);

#endif
