/* store: the customers of a first import, in memory: who has which identifier, and who turned out to
 * be somebody else. Up to a number of identifiers; then, or at the end of the run, they are written,
 * identifiers in the order of their table. A record that was written with a customer who is merged
 * by then is put right.
 */
#include "store/crowd.h"

#include <stdlib.h>
#include <string.h>

#include "store/feed.h"

enum { FIRST_SLOTS = 1 << 10, MOST_SLOTS = 1 << 20 }; /* 20 MB; a quarter of them stays free */

struct entry {
	struct tl_hash16 identifier;
	uint32_t customer; /* 0: the slot is free */
};
struct crowd {
	struct entry *slots;
	size_t count, capacity;
	uint32_t *into; /* by customer: 0, or whom they were merged into; NULL before the first */
	size_t into_capacity;
	int64_t last; /* customer */
};

static void *zeroed(size_t count, size_t size)
{
	void *memory = calloc(count, size);

	if (!memory)
		tl_die_of_memory(count * size);
	return memory;
}

/* Identifiers are keyed hashes: any bytes of them are spread well. */
static size_t slot_of(const struct crowd *crowd, const struct tl_hash16 *identifier)
{
	uint64_t hash;
	size_t i;

	memcpy(&hash, identifier->bytes, sizeof hash);
	i = (hash * 0x9e3779b97f4a7c15u) >> 32 & (crowd->capacity - 1);
	while (crowd->slots[i].customer &&
		memcmp(&crowd->slots[i].identifier, identifier, sizeof *identifier) != 0)
		i = (i + 1) & (crowd->capacity - 1);
	return i;
}

static void widen(struct crowd *crowd)
{
	struct crowd old = *crowd;

	crowd->capacity *= 2;
	crowd->slots = zeroed(crowd->capacity, sizeof *crowd->slots);
	for (size_t i = 0; i < old.capacity; i++)
		if (old.slots[i].customer)
			crowd->slots[slot_of(crowd, &old.slots[i].identifier)] = old.slots[i];
	free(old.slots);
}

struct crowd *tl_crowd_new(struct tl_store *store)
{
	static const char is_empty[] = "SELECT NOT EXISTS (SELECT 1 FROM alias)"
				       " AND NOT EXISTS (SELECT 1 FROM customer)";
	struct crowd *crowd;

	if (tl_sql_number(store, is_empty, "") != 1)
		return NULL;
	crowd = zeroed(1, sizeof *crowd);
	crowd->capacity = FIRST_SLOTS;
	crowd->slots = zeroed(crowd->capacity, sizeof *crowd->slots);
	return crowd;
}

void tl_crowd_free(struct crowd *crowd)
{
	if (!crowd)
		return;
	free(crowd->slots);
	free(crowd->into);
	free(crowd);
}

bool tl_crowd_has_room(const struct crowd *crowd, size_t more)
{
	return 4 * (crowd->count + more) <= 3 * (size_t)MOST_SLOTS;
}

int64_t tl_crowd_now(const struct crowd *crowd, int64_t customer)
{
	while (customer && crowd->into && (size_t)customer < crowd->into_capacity &&
		crowd->into[customer])
		customer = crowd->into[customer];
	return customer;
}

int64_t tl_crowd_find(const struct crowd *crowd, const struct tl_hash16 *identifier)
{
	return tl_crowd_now(crowd, crowd->slots[slot_of(crowd, identifier)].customer);
}

int64_t tl_crowd_join(struct crowd *crowd)
{
	return ++crowd->last;
}

void tl_crowd_name(struct crowd *crowd, const struct tl_hash16 *identifier, int64_t customer)
{
	struct entry *entry;

	if (4 * (crowd->count + 1) > 3 * crowd->capacity)
		widen(crowd);
	entry = &crowd->slots[slot_of(crowd, identifier)];
	if (entry->customer)
		return;
	*entry = (struct entry){*identifier, (uint32_t)customer};
	crowd->count++;
}

void tl_crowd_merge(struct crowd *crowd, int64_t from, int64_t into)
{
	if ((size_t)from >= crowd->into_capacity) {
		size_t wanted = (size_t)crowd->last + (size_t)crowd->last / 2 + 1;
		uint32_t *wider = zeroed(wanted, sizeof *wider);

		if (crowd->into)
			memcpy(wider, crowd->into, crowd->into_capacity * sizeof *wider);
		free(crowd->into);
		crowd->into = wider;
		crowd->into_capacity = wanted;
	}
	crowd->into[from] = (uint32_t)into;
}

/* ---- writing --------------------------------------------------------------------------------------- */

static int by_identifier(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct tl_hash16)); /* an entry begins with it */
}

static void write_customers(struct tl_store *store, struct crowd *crowd, struct feed *feed)
{
	static const char add[] = "INSERT INTO customer (id, merged_into) SELECT " FEED_2 " FROM feed";

	for (int64_t i = 1; i <= crowd->last; i++) {
		int64_t now = tl_crowd_now(crowd, i);

		tl_feed(store, feed, add, "iw", i, now == i ? (int64_t)0 : now);
	}
	tl_feed_empty(store, feed);
}

static void write_identifiers(struct tl_store *store, struct crowd *crowd, struct feed *feed)
{
	static const char add[] = "INSERT INTO alias (hash, customer) SELECT " FEED_2 " FROM feed";
	size_t count = 0;

	for (size_t i = 0; i < crowd->capacity; i++)
		if (crowd->slots[i].customer)
			crowd->slots[count++] = crowd->slots[i];
	qsort(crowd->slots, count, sizeof *crowd->slots, by_identifier);
	for (size_t i = 0; i < count; i++)
		tl_feed(store, feed, add, "bi", crowd->slots[i].identifier.bytes,
			sizeof crowd->slots[i].identifier.bytes,
			tl_crowd_now(crowd, crowd->slots[i].customer));
	tl_feed_empty(store, feed);
}

void tl_crowd_write(struct tl_store *store, struct crowd *crowd)
{
	static const char put_right[] =
		"UPDATE record SET customer = (SELECT c.merged_into FROM customer c"
		" WHERE c.id = record.customer) WHERE customer IN"
		" (SELECT id FROM customer WHERE merged_into IS NOT NULL)";
	struct feed feed = {0};

	write_customers(store, crowd, &feed);
	write_identifiers(store, crowd, &feed);
	tl_feed_release(&feed);
	if (crowd->into)
		tl_sql_run(store, put_right, "");
}
