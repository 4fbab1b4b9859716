/* UTF-8: decoding, checking, counting. Ill-formed is what Unicode calls so: overlong forms,
 * surrogates and what lies above U+10FFFF are refused.
 */
#include "touchline/base.h"

#include <string.h>

struct range {
	uint32_t first, last;
};
static const struct range zero_width[] = {
#define TL_ZERO(first, last) {first, last},
#define TL_WIDE(first, last)
#include "base/columns.def"
#undef TL_ZERO
#undef TL_WIDE
};
static const struct range double_width[] = {
#define TL_ZERO(first, last)
#define TL_WIDE(first, last) {first, last},
#include "base/columns.def"
#undef TL_ZERO
#undef TL_WIDE
};

/* Length of the well-formed sequence at p, or 0. */
static size_t sequence(uint32_t *out, const unsigned char *p, size_t n)
{
	uint32_t c = p[0], least;
	size_t length;

	if (c < 0x80) {
		*out = c;
		return 1;
	}
	if (c < 0xc0 || c > 0xf7)
		return 0;
	length = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	if (length > n)
		return 0;
	least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
	c &= 0x7fu >> length;
	for (size_t i = 1; i < length; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3f);
	}
	if (c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*out = c;
	return length;
}

uint32_t tl_utf8_next(const char **p, const char *end)
{
	uint32_t c;
	size_t n = sequence(&c, (const unsigned char *)*p, (size_t)(end - *p));

	*p += n ? n : 1;
	return n ? c : 0xfffd;
}

/* How many bytes of ASCII s begins with, at least one; most texts are little else. */
static size_t ascii_run(const char *s, size_t n)
{
	size_t i = 0;
	uint64_t eight;

	for (; n - i >= sizeof eight; i += sizeof eight) {
		memcpy(&eight, s + i, sizeof eight);
		if (eight & 0x8080808080808080u)
			break;
	}
	while (i < n && !(s[i] & 0x80))
		i++;
	return i;
}

size_t tl_utf8_check(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n) {
		uint32_t c;
		size_t length;

		if (!(s[i] & 0x80)) {
			i += ascii_run(s + i, n - i);
			continue;
		}
		length = sequence(&c, (const unsigned char *)s + i, n - i);
		if (!length)
			return i;
		i += length;
	}
	return n;
}

size_t tl_utf8_length(const char *s, size_t n)
{
	const char *p = s, *end = s + n;
	size_t count = 0;

	for (; p < end; count++)
		tl_utf8_next(&p, end);
	return count;
}

static bool in_ranges(const struct range *ranges, size_t count, uint32_t c)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (c > ranges[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && c >= ranges[low].first;
}

size_t tl_utf8_columns(const char *s, size_t n)
{
	const char *p = s, *end = s + n;
	size_t columns = 0;

	while (p < end) {
		uint32_t c = tl_utf8_next(&p, end);

		if (c < 0x300)
			columns++;
		else if (in_ranges(double_width, TL_COUNT(double_width), c))
			columns += 2;
		else if (!in_ranges(zero_width, TL_COUNT(zero_width), c))
			columns++;
	}
	return columns;
}
