/* store: rows that one statement takes, INSERT … SELECT FEED_… FROM feed. */
#ifndef TL_STORE_FEED_H
#define TL_STORE_FEED_H

#include <stdarg.h>

#include "store/store.h"

/* Columns of the table feed, as many as are wanted. */
#define FEED_2 "c1, c2"
#define FEED_8 FEED_2 ", c3, c4, c5, c6, c7, c8"
#define FEED_10 FEED_8 ", c9, c10"
#define FEED_13 FEED_10 ", c11, c12, c13"
#define FEED_26 FEED_13 ", c14, c15, c16, c17, c18, c19, c20, c21, c22, c23, c24, c25, c26"

int tl_feed_set_up(struct tl_store *store);
/* A row, its cells as in tl_sql. It is taken by the statement when there are many, or at _empty. */
void tl_feed(struct tl_store *store, struct feed *feed, const char *sql, const char *types, ...);
void tl_feed_list(struct tl_store *store, struct feed *feed, const char *sql, const char *types,
	va_list args);
void tl_feed_empty(struct tl_store *store, struct feed *feed);
void tl_feed_release(struct feed *feed);

#endif
