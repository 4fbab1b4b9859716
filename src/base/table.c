/* Table: open addressing with linear probing, at most three quarters full.
 *
 * Keys come from files that somebody else wrote, so the hash is SipHash-1-3 under a key drawn once
 * per process: nobody can prepare a journey whose ids all collide. Nothing enumerates a table, so
 * the key never shows in any output.
 */
#include "touchline/base.h"

#include <string.h>
#include <sys/random.h>

struct tl_table_slot {
	const char *key; /* NULL: free */
	void *value;
	uint64_t hash;
};

struct sip {
	uint64_t a, b, c, d;
};

static uint64_t rotate(uint64_t x, int by)
{
	return x << by | x >> (64 - by);
}

static void sip_round(struct sip *s)
{
	s->a += s->b;
	s->c += s->d;
	s->b = rotate(s->b, 13) ^ s->a;
	s->d = rotate(s->d, 16) ^ s->c;
	s->a = rotate(s->a, 32);
	s->c += s->b;
	s->a += s->d;
	s->b = rotate(s->b, 17) ^ s->c;
	s->d = rotate(s->d, 21) ^ s->a;
	s->c = rotate(s->c, 32);
}

static const uint64_t *process_key(void)
{
	static uint64_t key[2];
	static bool drawn;

	if (!drawn) {
		/* Where there is no randomness a table still works: it can be slowed on purpose. */
		if (getrandom(key, sizeof key, GRND_NONBLOCK) != sizeof key)
			key[0] = key[1] = 0;
		drawn = true;
	}
	return key;
}

static uint64_t hash_of(const char *text)
{
	const uint64_t *key = process_key();
	struct sip s = {key[0] ^ 0x736f6d6570736575, key[1] ^ 0x646f72616e646f6d,
		key[0] ^ 0x6c7967656e657261, key[1] ^ 0x7465646279746573};
	size_t left = strlen(text);
	uint64_t tail = (uint64_t)left << 56;

	for (; left >= 8; text += 8, left -= 8) {
		uint64_t word;

		memcpy(&word, text, 8);
		s.d ^= word;
		sip_round(&s);
		s.a ^= word;
	}
	for (size_t i = 0; i < left; i++)
		tail |= (uint64_t)(unsigned char)text[i] << (8 * i);
	s.d ^= tail;
	sip_round(&s);
	s.a ^= tail;
	s.c ^= 0xff;
	for (int i = 0; i < 3; i++)
		sip_round(&s);
	return s.a ^ s.b ^ s.c ^ s.d;
}

void tl_table_init(struct tl_table *table, struct tl_arena *arena)
{
	*table = (struct tl_table){.arena = arena};
}

/* The slot of the key, or the free one where it belongs. capacity is a power of two. */
static struct tl_table_slot *find(const struct tl_table *table, const char *key, uint64_t hash)
{
	size_t mask = table->capacity - 1, i = hash & mask;

	while (table->slots[i].key &&
		(table->slots[i].hash != hash || strcmp(table->slots[i].key, key) != 0))
		i = (i + 1) & mask;
	return &table->slots[i];
}

static void make_room(struct tl_table *table)
{
	struct tl_table_slot *old = table->slots;
	size_t old_capacity = table->capacity;

	if (table->count < old_capacity / 4 * 3)
		return;
	table->capacity = old_capacity ? old_capacity * 2 : 16;
	table->slots = tl_arena_array(table->arena, struct tl_table_slot, table->capacity);
	for (size_t i = 0; i < old_capacity; i++)
		if (old[i].key)
			*find(table, old[i].key, old[i].hash) = old[i];
}

void *tl_table_get(const struct tl_table *table, const char *key)
{
	if (!table->count)
		return NULL;
	return find(table, key, hash_of(key))->value;
}

void *tl_table_add(struct tl_table *table, const char *key, void *value)
{
	uint64_t hash = hash_of(key);
	struct tl_table_slot *slot;

	make_room(table);
	slot = find(table, key, hash);
	if (slot->key)
		return slot->value;
	*slot = (struct tl_table_slot){key, value, hash};
	table->count++;
	return NULL;
}

void tl_table_set(struct tl_table *table, const char *key, void *value)
{
	if (tl_table_add(table, key, value))
		find(table, key, hash_of(key))->value = value;
}
