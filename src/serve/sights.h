/* sights: what their two files share, and nobody else sees: journeys as they were read (sights.c), and
 * their pictures (pictures.c). */
#ifndef TL_SERVE_SIGHTS_H
#define TL_SERVE_SIGHTS_H

#include "serve/serve.h"

struct reading { /* all journeys, once */
	struct reading *next;
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_app_paths paths;
	struct tl_app_set set;
};

struct panel {
	char *touchpoint;
	struct tagged html;
};

struct sight {
	struct sight *next;
	struct server *server;
	char *id;
	const struct tl_journey *journey;
	const struct reading *reading;
	char *trouble; /* why it is not as the file says; NULL: it is */
	char *undrawn; /* why it could not be drawn; NULL: it was not tried, or it could */
	struct tagged map;
	struct panel *panels;
	size_t panel_count;
	char digest[TL_DIGEST_SIZE]; /* of all of it */
	size_t bytes;
	uint64_t serial; /* when it changed */
	int64_t asked, failed;
	bool drawing, dirty, gone;
	struct request *waiting;
};

struct sights {
	struct sight *list; /* in the order of the journeys */
	struct reading *readings; /* the newest first */
	uint64_t serial;
	size_t bytes;
	char sources[TL_DIGEST_SIZE], store[TL_DIGEST_SIZE]; /* as they were seen last */
	char store_shown[TL_DIGEST_SIZE];
	bool sources_moved;
	int64_t store_looked;
	char *trouble; /* about files that no journey could be made of */
};

struct sight *sight_find(const struct sights *sights, const char *id); /* or NULL */
char *sight_copy(const char *text);
void sight_set(char **trouble, const char *text); /* NULL: there is none any more */

void sight_draw(struct sight *sight); /* now, or once what is being drawn is done */
void sight_free(struct sight *sight);

#endif
