/* store: customers of a first import, in memory. */
#ifndef TL_STORE_CROWD_H
#define TL_STORE_CROWD_H

#include "store/store.h"

struct crowd *tl_crowd_new(struct tl_store *store); /* NULL where the store knows somebody */
void tl_crowd_free(struct crowd *crowd);	     /* NULL is nothing */
bool tl_crowd_has_room(const struct crowd *crowd, size_t more);
int64_t tl_crowd_find(const struct crowd *crowd, const struct tl_hash16 *identifier); /* 0: nobody */
int64_t tl_crowd_now(const struct crowd *crowd, int64_t customer); /* whoever they were merged into */
int64_t tl_crowd_join(struct crowd *crowd);
void tl_crowd_name(struct crowd *crowd, const struct tl_hash16 *identifier, int64_t customer);
void tl_crowd_merge(struct crowd *crowd, int64_t from, int64_t into);
/* All of them, into empty tables; the records must be in theirs. */
void tl_crowd_write(struct tl_store *store, struct crowd *crowd);

#endif
