/* store: what counts of the records of a first import, kept aside. */
#ifndef TL_STORE_SPOOL_H
#define TL_STORE_SPOOL_H

#include "store/sort.h"
#include "store/store.h"

struct spool *tl_spool_new(void);
void tl_spool_free(struct spool *spool); /* NULL is nothing */
/* A record as it was put; again, where it changed. */
void tl_spool_record(struct tl_store *store, int64_t id, int64_t customer,
	const struct tl_record *record, int64_t badness);
void tl_spool_age(struct tl_store *store, int64_t id, int64_t exported);
/* When all are put and the full text is made: what matches find. */
void tl_spool_matches(struct tl_store *store);
/* Writes the bindings of all, and gives what counts of the records that have some, to be sorted by
 * customer: see facts.h. */
struct sorter *tl_spool_bind(struct tl_store *store);

#endif
