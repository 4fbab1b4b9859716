/* store: what counts of records, as it is read for the roll-ups: the record, the bindings of it that
 * win, its measures. */
#ifndef TL_STORE_FACTS_H
#define TL_STORE_FACTS_H

#include "store/episode.h"

struct bound { /* a binding that wins */
	int64_t measure, touchpoint, journey, instrument, pain, expectation; /* TL_NO_TIME: none */
};
struct facts {
	struct row row;
	int64_t customer; /* 0: nobody */
	struct bound *bound;
	struct tl_measure *measures;
	size_t bound_count, measure_count, bound_capacity, measure_capacity;
};

/* Records one after the other. Those of everybody come in the order of their ids, from three tables
 * that lie in that order, each read through once. */
struct facts_reader {
	struct tl_store *store;
	struct tl_arena *arena; /* of what next hands out */
	sqlite3_stmt *rows;
	bool everybody;
	struct facts_cursor {
		sqlite3_stmt *statement;
		int64_t at; /* the record that its row is of; INT64_MAX: at the end */
	} bindings, measures;
};

/* whose: a customer, or −id of a record of nobody, or 0: everybody. Ids up to `until`. */
struct facts_reader tl_facts_of(
	struct tl_store *store, struct tl_arena *arena, int64_t whose, int64_t until);
bool tl_facts_next(struct facts_reader *reader, struct facts *facts);

/* What the tables will say of a record, but its bindings; its strings are those of the record. */
void tl_facts_to_be(struct tl_store *store, struct facts *facts, struct tl_arena *arena, int64_t id,
	const struct tl_record *record);
int64_t tl_score_fixed(double value); /* TL_NO_TIME for NAN */

/* As bytes, to be sorted by customer and read again: whole, or its four parts in this order. */
void tl_facts_pack(struct tl_buf *out, const struct facts *facts);
void tl_facts_pack_head(struct tl_buf *out, int64_t customer, int64_t exported);
void tl_facts_pack_row(struct tl_buf *out, const struct row *row); /* but exported */
void tl_facts_pack_bound(struct tl_buf *out, const struct bound *bound, size_t count);
void tl_facts_pack_measures(struct tl_buf *out, const struct tl_measure *measures, size_t count);
void tl_number_pack(struct tl_buf *out, int64_t number);
int64_t tl_number_unpack(const unsigned char **at);
int tl_facts_compare(const void *a, const void *b);
void tl_facts_unpack(struct facts *facts, struct tl_arena *arena, const void *bytes);

#endif
