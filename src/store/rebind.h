/* store: what changed rules make of the records that are there. */
#ifndef TL_STORE_REBIND_H
#define TL_STORE_REBIND_H

#include "store/bind.h"
#include "store/sort.h"

struct change { /* a hit that is found now, or that was a binding */
	int64_t rule, was;
	struct hit hit;
};

/* hits.c: of the rules with these ids, by all records. */
void tl_hits_that_come(struct tl_store *store, const struct numbers *rules, struct sorter *to);
void tl_hits_that_were(struct tl_store *store, const struct numbers *rules, struct sorter *to);

/* rebind.c. all: the roll-ups are rebuilt in the end, whatever is concerned. It becomes true where that
 * is less work. */
struct rebind {
	struct tl_store *store;
	bool all;
	int64_t records;
	size_t done, total; /* of what may concern somebody; total 0: not known */
	struct line *lines;
	size_t count, capacity;
};
struct rebind tl_rebind_begin(struct tl_store *store);
/* Before something of theirs changes: of a customer, or −id of a record of nobody. */
void tl_rebind_concern(struct rebind *rebind, int64_t whose);
/* The bindings of these rules become what the rules hit now. lost: those of before, also of rules that
 * are gone; found: those to be looked for. */
void tl_rebind_rules(
	struct rebind *rebind, const struct numbers *lost, const struct numbers *found);
void tl_rebind_end(struct rebind *rebind);

/* promises.c */
void tl_promises_load(struct tl_store *store);
bool tl_promises_same(struct tl_store *store, const char *scope,
	const struct tl_promise *promises, size_t count);
/* Writes them; who has records where one changed is concerned. They hold in memory, too, when they are
 * loaded again. */
void tl_promises_change(struct rebind *rebind, const char *scope, const struct tl_promise *promises,
	size_t count);

#endif
