/* store: an external merge sort. While adding, items lie one behind the other in memory; when that is
 * full they are sorted and written to the end of a temporary file as one run. Reading merges the
 * runs through a heap of them, each with a small window on its part of the file. */
#include "store/sort.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "touchline/base.h"

enum { MEMORY = 8 << 20, WINDOW = 32 << 10, FIRST = 64 << 10 };

struct item {
	uint64_t length; /* of what follows; the next item begins at a multiple of 8 */
};
struct run {
	off_t at, end; /* of what was not read yet, in the file */
	char *window;
	size_t used, filled, capacity;
};
struct sorter {
	sorter_compare *compare;
	char *memory;
	size_t used, capacity;
	size_t *items; /* offsets into memory */
	size_t count, item_capacity, next, added;
	FILE *file;
	off_t written;
	struct run *runs;
	struct run **heap; /* by what stands first in the window */
	size_t run_count, run_capacity, heap_count;
	bool reading;
	int error;
};

static size_t space_of(size_t length)
{
	return sizeof(struct item) + (length + 7) / 8 * 8;
}

static void *grown(void *memory, size_t size)
{
	memory = realloc(memory, size);
	if (!memory)
		tl_die_of_memory(size);
	return memory;
}

struct sorter *tl_sorter_new(sorter_compare *compare)
{
	struct sorter *sorter = calloc(1, sizeof *sorter);

	if (!sorter)
		tl_die_of_memory(sizeof *sorter);
	sorter->compare = compare;
	return sorter;
}

static void release_memory(struct sorter *sorter)
{
	free(sorter->memory);
	free(sorter->items);
	sorter->memory = NULL;
	sorter->items = NULL;
	sorter->used = sorter->capacity = sorter->count = sorter->item_capacity = 0;
}

void tl_sorter_free(struct sorter *sorter)
{
	if (!sorter)
		return;
	for (size_t i = 0; i < sorter->run_count; i++)
		free(sorter->runs[i].window);
	free(sorter->runs);
	free(sorter->heap);
	if (sorter->file)
		fclose(sorter->file);
	release_memory(sorter);
	free(sorter);
}

int tl_sorter_error(const struct sorter *sorter)
{
	return sorter->error;
}

/* ---- runs --------------------------------------------------------------------------------------- */

static int by_bytes(const void *a, const void *b, void *context)
{
	const struct sorter *sorter = context;

	return sorter->compare(sorter->memory + *(const size_t *)a + sizeof(struct item),
		sorter->memory + *(const size_t *)b + sizeof(struct item));
}

static void sort_memory(struct sorter *sorter)
{
	if (sorter->count)
		qsort_r(sorter->items, sorter->count, sizeof *sorter->items, by_bytes, sorter);
}

static void write_run(struct sorter *sorter)
{
	struct run *run;

	sort_memory(sorter);
	if (!sorter->file)
		sorter->file = tmpfile();
	if (!sorter->file) {
		sorter->error = errno;
		return;
	}
	if (sorter->run_count == sorter->run_capacity) {
		sorter->run_capacity = sorter->run_capacity ? 2 * sorter->run_capacity : 16;
		sorter->runs = grown(sorter->runs, sorter->run_capacity * sizeof *sorter->runs);
	}
	run = &sorter->runs[sorter->run_count++];
	*run = (struct run){.at = sorter->written, .end = sorter->written + (off_t)sorter->used};
	for (size_t i = 0; i < sorter->count; i++) {
		const char *from = sorter->memory + sorter->items[i];

		fwrite(from, 1, space_of(((const struct item *)from)->length), sorter->file);
	}
	sorter->written = run->end;
	sorter->used = sorter->count = 0;
	if (fflush(sorter->file) != 0 || ferror(sorter->file))
		sorter->error = errno ? errno : EIO;
}

size_t tl_sorter_count(const struct sorter *sorter)
{
	return sorter->added;
}

void tl_sorter_add(struct sorter *sorter, const void *bytes, size_t length)
{
	size_t space = space_of(length);
	struct item *item;

	sorter->added++;
	if (sorter->used && sorter->used + space > MEMORY)
		write_run(sorter);
	if (sorter->error)
		return;
	while (sorter->used + space > sorter->capacity) {
		sorter->capacity = sorter->capacity ? 2 * sorter->capacity : FIRST;
		sorter->memory = grown(sorter->memory, sorter->capacity);
	}
	if (sorter->count == sorter->item_capacity) {
		sorter->item_capacity = sorter->item_capacity ? 2 * sorter->item_capacity : 1024;
		sorter->items =
			grown(sorter->items, sorter->item_capacity * sizeof *sorter->items);
	}
	item = (struct item *)(sorter->memory + sorter->used);
	item->length = length;
	memcpy(item + 1, bytes, length);
	memset((char *)(item + 1) + length, 0, space - sizeof *item - length);
	sorter->items[sorter->count++] = sorter->used;
	sorter->used += space;
}

/* ---- merging ------------------------------------------------------------------------------------ */

/* Brings at least n bytes of the run into its window, at its beginning. */
static bool fill(struct sorter *sorter, struct run *run, size_t n)
{
	size_t left = run->filled - run->used;

	if (left)
		memmove(run->window, run->window + run->used, left);
	run->used = 0;
	run->filled = left;
	if (n > run->capacity) {
		run->capacity = n > WINDOW ? n : WINDOW;
		run->window = grown(run->window, run->capacity);
	}
	while (run->filled < run->capacity && run->at < run->end) {
		size_t wanted = run->capacity - run->filled;
		ssize_t got;

		if ((off_t)wanted > run->end - run->at)
			wanted = (size_t)(run->end - run->at);
		got = pread(fileno(sorter->file), run->window + run->filled, wanted, run->at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			sorter->error = got < 0 ? errno : EIO;
			return false;
		}
		run->filled += (size_t)got;
		run->at += got;
	}
	return run->filled >= n;
}

/* The item that stands first, whole in the window; NULL at the end. */
static const struct item *first_of(struct sorter *sorter, struct run *run)
{
	const struct item *item;
	size_t left = run->filled - run->used;

	if (left < sizeof *item && !fill(sorter, run, sizeof *item))
		return NULL;
	item = (const struct item *)(run->window + run->used);
	left = run->filled - run->used;
	if (left < space_of(item->length) && !fill(sorter, run, space_of(item->length)))
		return NULL;
	return (const struct item *)(run->window + run->used);
}

static bool stands_before(const struct sorter *sorter, const struct run *a, const struct run *b)
{
	return sorter->compare(a->window + a->used + sizeof(struct item),
		       b->window + b->used + sizeof(struct item)) < 0;
}

static void sink(struct sorter *sorter, size_t i)
{
	for (;;) {
		size_t least = i;

		for (size_t child = 2 * i + 1; child <= 2 * i + 2; child++)
			if (child < sorter->heap_count &&
				stands_before(sorter, sorter->heap[child], sorter->heap[least]))
				least = child;
		if (least == i)
			return;
		struct run *swap = sorter->heap[i];

		sorter->heap[i] = sorter->heap[least];
		sorter->heap[least] = swap;
		i = least;
	}
}

static void begin_reading(struct sorter *sorter)
{
	sorter->reading = true;
	if (!sorter->run_count) {
		sort_memory(sorter);
		return;
	}
	if (sorter->count)
		write_run(sorter);
	release_memory(sorter);
	sorter->heap = grown(NULL, sorter->run_count * sizeof *sorter->heap);
	for (size_t i = 0; i < sorter->run_count && !sorter->error; i++)
		if (first_of(sorter, &sorter->runs[i]))
			sorter->heap[sorter->heap_count++] = &sorter->runs[i];
	for (size_t i = sorter->heap_count; i-- > 0;)
		sink(sorter, i);
}

/* Takes away what was handed out last. */
static void advance(struct sorter *sorter)
{
	struct run *run = sorter->heap[0];

	run->used += space_of(((const struct item *)(run->window + run->used))->length);
	if (!first_of(sorter, run))
		sorter->heap[0] = sorter->heap[--sorter->heap_count];
	sink(sorter, 0);
}

const void *tl_sorter_next(struct sorter *sorter, size_t *length)
{
	const struct item *item = NULL;

	if (!sorter->reading)
		begin_reading(sorter);
	else if (sorter->heap_count)
		advance(sorter);
	if (sorter->error)
		return NULL;
	if (sorter->heap_count)
		item = first_of(sorter, sorter->heap[0]);
	else if (sorter->next < sorter->count)
		item = (const struct item *)(sorter->memory + sorter->items[sorter->next++]);
	if (!item)
		return NULL;
	*length = item->length;
	return item + 1;
}
