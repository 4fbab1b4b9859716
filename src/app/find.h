/* find: what of finding files the reading of journeys needs besides. */
#ifndef TL_APP_FIND_H
#define TL_APP_FIND_H

#include "touchline/app.h"

/* The .xml files of one folder, inner folders left alone, but for those that are known. */
struct tl_app_paths tl_find_beside(struct tl_arena *arena, struct tl_diags *diags,
	const struct tl_app_paths *known, const char *folder);

#endif
