/* manifest: what earlier runs wrote into an output folder, so that this one can tell what is still
 * good. It is only ever believed as far as the files on disk bear it out. */
#ifndef TL_APP_MANIFEST_H
#define TL_APP_MANIFEST_H

#include "touchline/base.h"

struct tl_made {
	char key[TL_DIGEST_SIZE];    /* what the output was made from */
	char digest[TL_DIGEST_SIZE]; /* of its bytes; "": forgotten at the next write */
	const char *name;            /* in the folder */
	const char *source;          /* path of the journey's file from the folder, or "" */
	bool current;                /* this run is about it */
};

struct tl_manifest {
	struct tl_arena *arena;
	const char *folder, *path;
	char *before; /* the file as it was read, or NULL */
	struct tl_made **records;
	size_t count, capacity;
	struct tl_table by_name;
};

/* A manifest that is missing, damaged or of another version reads as far as it makes sense. */
void tl_manifest_read(struct tl_manifest *manifest, struct tl_arena *arena, const char *folder);
/* NULL where nothing is known. */
struct tl_made *tl_manifest_find(const struct tl_manifest *manifest, const char *name);
/* Made where there is none. */
struct tl_made *tl_manifest_record(struct tl_manifest *manifest, const char *name);
/* Replaces the file if it would change. 0 or a negative errno. */
int tl_manifest_write(const struct tl_manifest *manifest);

#endif
