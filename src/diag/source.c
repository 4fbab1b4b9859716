/* Sources: lines and columns of byte offsets.
 *
 * The index is made when the first place is asked for, since most sources have nothing to report.
 * Besides the starts of the lines it counts characters up to every MARK-th byte, so that a column
 * costs the same in a line of 60 bytes as in one of 60 million. Characters are counted by their
 * first bytes; that is exact before the first ill-formed byte, and nothing behind it is reported.
 */
#include "diag/diag.h"

#include <stdlib.h>
#include <string.h>

enum { MARK = 1024 };

struct tl_source_index {
	uint32_t *lines; /* offset of each line's first byte */
	size_t line_count;
	uint32_t *marks; /* characters before byte n * MARK */
};

static void *allocate(size_t count)
{
	void *memory = calloc(count, sizeof(uint32_t));

	if (!memory)
		tl_die_of_memory(count * sizeof(uint32_t));
	return memory;
}

static bool ends_line(const struct tl_source *source, size_t i)
{
	char c = source->text[i];

	return c == '\n' || (c == '\r' && (i + 1 == source->length || source->text[i + 1] != '\n'));
}

static uint32_t characters(const struct tl_source *source, size_t from, size_t to)
{
	uint32_t count = 0;

	for (size_t i = from; i < to; i++)
		count += ((unsigned char)source->text[i] & 0xc0) != 0x80;
	return count;
}

static struct tl_source_index *make_index(const struct tl_source *source)
{
	struct tl_source_index *index = calloc(1, sizeof *index);
	size_t lines = 1, blocks = source->length / MARK + 1;

	if (!index)
		tl_die_of_memory(sizeof *index);
	for (size_t i = 0; i < source->length; i++)
		lines += ends_line(source, i);
	index->lines = allocate(lines);
	index->line_count = 1;
	for (size_t i = 0; i < source->length; i++)
		if (ends_line(source, i))
			index->lines[index->line_count++] = (uint32_t)(i + 1);
	index->marks = allocate(blocks);
	for (size_t i = 1; i < blocks; i++)
		index->marks[i] =
			index->marks[i - 1] + characters(source, (i - 1) * MARK, i * MARK);
	return index;
}

static const struct tl_source_index *index_of(const struct tl_source *source)
{
	/* Sources are handed out const and made by tl_diags_source alone, in an arena. */
	if (!source->index)
		((struct tl_source *)source)->index = make_index(source);
	return source->index;
}

static void free_index(struct tl_source_index *index)
{
	if (!index)
		return;
	free(index->lines);
	free(index->marks);
	free(index);
}

/* Number of the line that holds offset, from 0. */
static size_t line_of(const struct tl_source_index *index, size_t offset)
{
	size_t low = 0, high = index->line_count;

	while (high - low > 1) {
		size_t middle = (low + high) / 2;

		if (index->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static uint32_t characters_before(const struct tl_source *source, size_t offset)
{
	size_t block = offset / MARK;

	return source->index->marks[block] + characters(source, block * MARK, offset);
}

static bool has_bom(const struct tl_source *source)
{
	return source->length >= 3 && memcmp(source->text, "\xef\xbb\xbf", 3) == 0;
}

void tl_source_position(
	const struct tl_source *source, size_t offset, unsigned *line, unsigned *column)
{
	const struct tl_source_index *index = index_of(source);
	size_t number, start;

	if (offset > source->length)
		offset = source->length;
	number = line_of(index, offset);
	start = index->lines[number];
	*line = (unsigned)number + 1;
	*column = characters_before(source, offset) - characters_before(source, start) + 1;
	if (number == 0 && offset >= 3 && has_bom(source))
		--*column; /* a byte order mark takes no column in an editor */
}

struct tl_line_range tl_source_line(const struct tl_source *source, size_t offset)
{
	const struct tl_source_index *index = index_of(source);
	struct tl_line_range range;
	size_t number;

	if (offset > source->length)
		offset = source->length;
	number = line_of(index, offset);
	range.start = index->lines[number];
	range.end = number + 1 < index->line_count ? index->lines[number + 1] : source->length;
	while (range.end > range.start &&
		(source->text[range.end - 1] == '\n' || source->text[range.end - 1] == '\r'))
		range.end--;
	if (number == 0 && has_bom(source))
		range.start = 3;
	return range;
}

static struct tl_source *find_source(
	const struct tl_diags *diags, const char *name, const char *text, size_t length)
{
	for (size_t i = diags->source_count; i-- > 0;) {
		struct tl_source *source = diags->sources[i];

		if (source->length == length && strcmp(source->name, name) == 0 &&
			memcmp(source->text, text, length) == 0)
			return source;
	}
	return NULL;
}

const struct tl_source *tl_diags_source(
	struct tl_diags *diags, const char *name, const char *text, size_t length)
{
	struct tl_source *source = find_source(diags, name, text, length);

	if (source)
		return source;
	source = tl_arena_new(&diags->arena, struct tl_source);
	if (length >= UINT32_MAX)
		tl_die("a source of 4 GB or more");
	source->name = tl_arena_strdup(&diags->arena, name);
	source->text = tl_arena_strndup(&diags->arena, text, length);
	source->length = length;
	source->order = (unsigned)diags->source_count;
	diags->sources = tl_arena_grow(&diags->arena, diags->sources, diags->source_count,
		&diags->source_capacity, sizeof *diags->sources);
	diags->sources[diags->source_count++] = source;
	return source;
}

void tl_diags_init(struct tl_diags *diags)
{
	*diags = (struct tl_diags){0};
	tl_arena_init(&diags->arena);
}

void tl_diags_release(struct tl_diags *diags)
{
	for (size_t i = 0; i < diags->source_count; i++)
		free_index(diags->sources[i]->index);
	tl_arena_release(&diags->arena);
	*diags = (struct tl_diags){0};
}
