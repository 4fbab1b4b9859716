/* Arena: blocks of zeroed memory, handed out from the front and freed together.
 *
 * Blocks come from calloc, so what is handed out is zero without being cleared; only the block that
 * a reset keeps is cleared, as far as it was used. Block sizes double up to MAX_BLOCK; a request that
 * is larger gets a block of its own.
 */
#include "touchline/base.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 8 << 10, MAX_BLOCK = 1 << 20, RESET_KEEPS = 64 << 10 };

struct tl_arena_block {
	struct tl_arena_block *previous;
	size_t used, size;
	alignas(max_align_t) char data[];
};

void tl_arena_init(struct tl_arena *arena)
{
	*arena = (struct tl_arena){0};
}

void tl_arena_release(struct tl_arena *arena)
{
	struct tl_arena_block *block = arena->head;

	while (block) {
		struct tl_arena_block *previous = block->previous;

		free(block);
		block = previous;
	}
	tl_arena_init(arena);
}

void tl_arena_reset(struct tl_arena *arena)
{
	struct tl_arena_block *kept = arena->head;

	if (!kept || kept->size > RESET_KEEPS) {
		tl_arena_release(arena);
		return;
	}
	arena->head = kept->previous;
	tl_arena_release(arena);
	kept->previous = NULL;
	memset(kept->data, 0, kept->used);
	kept->used = 0;
	arena->head = kept;
}

static struct tl_arena_block *add_block(struct tl_arena *arena, size_t needed)
{
	size_t size = arena->head ? arena->head->size * 2 : FIRST_BLOCK;
	struct tl_arena_block *block;

	if (size > MAX_BLOCK)
		size = MAX_BLOCK;
	if (size < needed)
		size = needed;
	block = calloc(1, sizeof *block + size);
	if (!block)
		tl_die_of_memory(size);
	block->size = size;
	block->previous = arena->head;
	arena->head = block;
	return block;
}

void *tl_arena_alloc(struct tl_arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);
	struct tl_arena_block *block = arena->head;
	size_t rounded;
	void *memory;

	if (size > SIZE_MAX / 2)
		tl_die_of_memory(size);
	rounded = size ? (size + align - 1) / align * align : align;
	if (!block || block->size - block->used < rounded)
		block = add_block(arena, rounded);
	memory = block->data + block->used;
	block->used += rounded;
	arena->used += rounded;
	return memory;
}

char *tl_arena_strndup(struct tl_arena *arena, const char *s, size_t n)
{
	char *copy = tl_arena_alloc(arena, n + 1);

	if (n)
		memcpy(copy, s, n);
	return copy;
}

char *tl_arena_strdup(struct tl_arena *arena, const char *s)
{
	return tl_arena_strndup(arena, s, strlen(s));
}

char *tl_arena_vprintf(struct tl_arena *arena, const char *fmt, va_list args)
{
	va_list again;
	char *text;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		tl_die("a format string that printf refuses");
	text = tl_arena_alloc(arena, (size_t)n + 1);
	vsnprintf(text, (size_t)n + 1, fmt, args);
	return text;
}

char *tl_arena_printf(struct tl_arena *arena, const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	text = tl_arena_vprintf(arena, fmt, args);
	va_end(args);
	return text;
}

void *tl_arena_grow(
	struct tl_arena *arena, void *array, size_t count, size_t *capacity, size_t element_size)
{
	size_t bigger;
	void *moved;

	if (count < *capacity)
		return array;
	bigger = *capacity ? *capacity * 2 : 8;
	if (bigger > SIZE_MAX / 2 / element_size)
		tl_die_of_memory(bigger);
	moved = tl_arena_alloc(arena, bigger * element_size);
	if (count)
		memcpy(moved, array, count * element_size);
	*capacity = bigger;
	return moved;
}
