/* edit: the new text, piece by piece, and where each of its places comes from. */
#include "edit/edit.h"

#include <string.h>

static void add_piece(struct edit_rope *rope, struct tl_span from, bool kept)
{
	rope->pieces = tl_arena_grow(rope->arena, rope->pieces, rope->count, &rope->capacity,
		sizeof *rope->pieces);
	rope->pieces[rope->count++] = (struct edit_piece){rope->text.len, from, kept};
}

void tl_rope_keep(struct edit_rope *rope, size_t until)
{
	if (until <= rope->done)
		return;
	struct tl_span from = {
		rope->source, (uint32_t)rope->done, (uint32_t)(until - rope->done)};
	add_piece(rope, from, true);
	tl_buf_put(&rope->text, rope->source->text + rope->done, until - rope->done);
	rope->done = until;
}

void tl_rope_skip(struct edit_rope *rope, size_t until)
{
	if (until > rope->done)
		rope->done = until;
}

void tl_rope_put(struct edit_rope *rope, const char *bytes, struct tl_span from)
{
	add_piece(rope, from, false);
	tl_buf_puts(&rope->text, bytes);
}

static const char *reference_for(char c, char quote)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>': /* where "]]>" is forbidden */
		return !quote ? "&gt;" : NULL;
	case '"':
		return quote == '"' ? "&quot;" : NULL;
	case '\'':
		return quote == '\'' ? "&apos;" : NULL;
	default:
		return NULL;
	}
}

void tl_rope_put_escaped(
	struct edit_rope *rope, const char *text, char quote, struct tl_span from)
{
	add_piece(rope, from, false);
	for (const char *at = text; *at; at++) {
		const char *reference = reference_for(*at, quote);
		if (reference)
			tl_buf_puts(&rope->text, reference);
		else
			tl_buf_putc(&rope->text, *at);
	}
}

size_t tl_rope_column(const struct edit_rope *rope)
{
	const char *text = rope->text.data;
	size_t start = rope->text.len, columns = 0;

	while (start > 0 && text[start - 1] != '\n' && text[start - 1] != '\r')
		start--;
	for (; start < rope->text.len && text[start] == '\t'; start++)
		columns += 8;
	return columns + tl_utf8_columns(text + start, rope->text.len - start);
}

struct tl_span tl_rope_origin(const struct edit_rope *rope, struct tl_span at, bool *kept)
{
	size_t low = 0, high = rope->count;

	*kept = false;
	if (!rope->count)
		return (struct tl_span){0};
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (rope->pieces[middle].at <= at.offset)
			low = middle;
		else
			high = middle;
	}
	const struct edit_piece *piece = &rope->pieces[low];
	if (!piece->kept)
		return piece->from;
	*kept = true;
	size_t inside = at.offset - piece->at, left = piece->from.length - inside;
	return (struct tl_span){piece->from.source, piece->from.offset + (uint32_t)inside,
		at.length < left ? at.length : (uint32_t)left};
}
