/* stale: outputs of earlier runs that nothing makes any more. */
#ifndef TL_APP_STALE_H
#define TL_APP_STALE_H

#include "app/manifest.h"
#include "app/plan.h"

/* Path of a file as seen from the manifest's folder; "" where it has none or cannot be written
 * down. */
const char *tl_manifest_source(const struct tl_manifest *manifest, const char *file);

/* The records that are proven stale: no journey of the set makes an output of that name in any view
 * or format, and their source is in the set or gone. Those whose output is gone are forgotten. */
struct tl_made **tl_stale_find(size_t *count, struct tl_manifest *manifest,
	struct tl_arena *arena, const struct tl_app_set *set);

/* Removes a stale output if it is, byte for byte, what was written. */
bool tl_stale_remove(const struct tl_manifest *manifest, struct tl_made *record);

#endif
