/* draw/woff: an OpenType font as WOFF 1.0, and bytes as base64, to stand in a data: URL.
 *
 * WOFF 1.0 (W3C Recommendation, 2012): a header, a directory in the order of the font's own, and
 * every table deflated by itself where that makes it smaller, each from a multiple of 4 on.
 */
#include <string.h>
#include <zlib.h>
#include "draw/font.h"

enum { FONT_HEADER = 12, FONT_ENTRY = 16, WOFF_HEADER = 44, WOFF_ENTRY = 20 };

static uint32_t get32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void put32(unsigned char *p, uint32_t value)
{
	p[0] = value >> 24;
	p[1] = value >> 16;
	p[2] = value >> 8;
	p[3] = value;
}

static void put16(unsigned char *p, unsigned value)
{
	p[0] = value >> 8;
	p[1] = value;
}

static void align(struct tl_buf *out, size_t start)
{
	while ((out->len - start) % 4)
		tl_buf_putc(out, '\0');
}

/* Appends a table, deflated if that is shorter; gives the length that it takes. */
static uint32_t put_table(
	struct tl_arena *arena, struct tl_buf *out, const unsigned char *table, uint32_t length)
{
	uLongf small = compressBound(length);
	unsigned char *deflated = tl_arena_alloc(arena, small);
	bool shorter = compress2(deflated, &small, table, length, Z_BEST_COMPRESSION) == Z_OK &&
		       small < length;

	tl_buf_put(out, shorter ? deflated : table, shorter ? small : length);
	return shorter ? (uint32_t)small : length;
}

static void put_header(unsigned char *head, const unsigned char *font, unsigned tables,
	uint32_t plain, uint32_t size)
{
	memcpy(head, "wOFF", 4);
	memcpy(head + 4, font, 4); /* flavour */
	put32(head + 8, size);
	put16(head + 12, tables);
	put32(head + 16, plain);
	put16(head + 20, 1); /* version 1.0; no metadata, no private data */
}

static bool wrap(struct tl_arena *arena, struct tl_buf *out, const unsigned char *font, size_t size)
{
	size_t start = out->len;
	unsigned tables = size >= FONT_HEADER ? (unsigned)font[4] << 8 | font[5] : 0;
	size_t heads = WOFF_HEADER + (size_t)tables * WOFF_ENTRY;
	uint32_t plain = FONT_HEADER + tables * FONT_ENTRY;
	unsigned char *head = tl_arena_alloc(arena, heads);

	if (tables == 0 || size < plain)
		return false;
	tl_buf_put(out, head, heads); /* overwritten at the end */
	for (unsigned i = 0; i < tables; i++) {
		const unsigned char *from = font + FONT_HEADER + (size_t)i * FONT_ENTRY;
		unsigned char *to = head + WOFF_HEADER + (size_t)i * WOFF_ENTRY;
		uint32_t offset = get32(from + 8), length = get32(from + 12);

		if (offset > size || length > size - offset)
			return false;
		memcpy(to, from, 4); /* tag */
		put32(to + 4, (uint32_t)(out->len - start));
		put32(to + 8, put_table(arena, out, font + offset, length));
		put32(to + 12, length);
		memcpy(to + 16, from + 4, 4); /* checksum */
		align(out, start);
		plain += (length + 3) & ~(uint32_t)3;
	}
	put_header(head, font, tables, plain, (uint32_t)(out->len - start));
	memcpy(out->data + start, head, heads);
	return true;
}

bool tl_font_woff(struct tl_buf *out, const unsigned char *font, size_t size)
{
	struct tl_arena arena;
	size_t start = out->len;
	bool fine;

	tl_arena_init(&arena);
	fine = wrap(&arena, out, font, size);
	tl_arena_release(&arena);
	if (!fine)
		out->len = start;
	return fine;
}

void tl_font_base64(struct tl_buf *out, const void *bytes, size_t size)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *p = bytes;

	for (size_t i = 0; i < size; i += 3) {
		size_t left = size - i;
		uint32_t group = (uint32_t)p[i] << 16 | (left > 1 ? (uint32_t)p[i + 1] << 8 : 0) |
				 (left > 2 ? p[i + 2] : 0);
		char four[4] = {digits[group >> 18], digits[group >> 12 & 63],
			left > 1 ? digits[group >> 6 & 63] : '=',
			left > 2 ? digits[group & 63] : '='};

		tl_buf_put(out, four, sizeof four);
	}
}
