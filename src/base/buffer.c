/* Buffer: bytes that grow by doubling, always followed by a NUL. */
#include "touchline/base.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for n more bytes and the NUL; returns where they go. */
static char *reserve(struct tl_buf *buf, size_t n)
{
	if (n >= SIZE_MAX / 2 - buf->len)
		tl_die_of_memory(n);
	if (buf->cap < buf->len + n + 1) {
		size_t cap = buf->cap ? buf->cap : 64;

		while (cap < buf->len + n + 1)
			cap *= 2;
		buf->data = realloc(buf->data, cap);
		if (!buf->data)
			tl_die_of_memory(cap);
		buf->cap = cap;
	}
	return buf->data + buf->len;
}

static void advance(struct tl_buf *buf, size_t n)
{
	buf->len += n;
	buf->data[buf->len] = '\0';
}

void tl_buf_release(struct tl_buf *buf)
{
	free(buf->data);
	*buf = (struct tl_buf){0};
}

void tl_buf_clear(struct tl_buf *buf)
{
	buf->len = 0;
	if (buf->data)
		buf->data[0] = '\0';
}

void tl_buf_put(struct tl_buf *buf, const void *bytes, size_t n)
{
	char *end = reserve(buf, n);

	if (n)
		memcpy(end, bytes, n);
	advance(buf, n);
}

void tl_buf_puts(struct tl_buf *buf, const char *s)
{
	tl_buf_put(buf, s, strlen(s));
}

void tl_buf_putc(struct tl_buf *buf, char c)
{
	*reserve(buf, 1) = c;
	advance(buf, 1);
}

void tl_buf_printf(struct tl_buf *buf, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (n < 0)
		tl_die("a format string that printf refuses");
	reserve(buf, (size_t)n);
	va_start(args, fmt);
	vsnprintf(buf->data + buf->len, (size_t)n + 1, fmt, args);
	va_end(args);
	advance(buf, (size_t)n);
}

void tl_buf_number(struct tl_buf *buf, double value, int decimals)
{
	static const double scales[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
	char digits[40];
	size_t n = sizeof digits;
	double scaled;
	uint64_t whole;
	bool started = false;

	if (decimals < 0 || (size_t)decimals >= TL_COUNT(scales))
		tl_die("tl_buf_number: decimals out of range");
	scaled = nearbyint(fabs(value) * scales[decimals]);
	if (!(scaled < 9e18))
		tl_die("tl_buf_number: a number that is too large, or none");
	whole = (uint64_t)scaled;
	if (!whole) {
		tl_buf_putc(buf, '0');
		return;
	}
	for (int i = 0; i < decimals; i++, whole /= 10) {
		started = started || whole % 10;
		if (started)
			digits[--n] = (char)('0' + whole % 10);
	}
	if (started)
		digits[--n] = '.';
	do
		digits[--n] = (char)('0' + whole % 10);
	while (whole /= 10);
	if (value < 0)
		digits[--n] = '-';
	tl_buf_put(buf, digits + n, sizeof digits - n);
}

/* What a terminal or a reader's eye could be fooled with is escaped too, though JSON need not. */
static bool needs_escape(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

static void put_json_control(struct tl_buf *buf, uint32_t c)
{
	static const char letters[] = {
		['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};

	if (c < sizeof letters && letters[c])
		tl_buf_printf(buf, "\\%c", letters[c]);
	else
		tl_buf_printf(buf, "\\u%04x", (unsigned)c);
}

void tl_buf_json(struct tl_buf *buf, const char *s)
{
	const char *p = s, *end;

	if (!s) {
		tl_buf_puts(buf, "null");
		return;
	}
	end = s + strlen(s);
	tl_buf_putc(buf, '"');
	while (p < end) {
		const char *from = p;
		uint32_t c = tl_utf8_next(&p, end);

		if (c == '"' || c == '\\')
			tl_buf_printf(buf, "\\%c", (char)c);
		else if (needs_escape(c))
			put_json_control(buf, c);
		else if (c == 0xfffd)
			tl_buf_puts(buf, "\xef\xbf\xbd");
		else
			tl_buf_put(buf, from, (size_t)(p - from));
	}
	tl_buf_putc(buf, '"');
}

static bool is_number(const char *s)
{
	size_t digits = 0, points = 0;

	s += *s == '+' || *s == '-';
	for (; (*s >= '0' && *s <= '9') || *s == '.'; s++)
		*s == '.' ? points++ : digits++;
	return !*s && digits && points <= 1;
}

static bool is_formula(const char *s)
{
	s += strspn(s, "'");
	return *s && strchr("=+-@\t\r", *s) && !is_number(s);
}

bool tl_csv_is_neutralised(const char *s)
{
	return *s == '\'' && is_formula(s + 1);
}

void tl_buf_csv(struct tl_buf *buf, const char *s)
{
	bool formula = s && is_formula(s);
	bool quoted = s && strpbrk(s, ",\"\r\n") != NULL;

	if (quoted)
		tl_buf_putc(buf, '"');
	if (formula)
		tl_buf_putc(buf, '\'');
	for (; s && *s; s++) {
		if (*s == '"')
			tl_buf_putc(buf, '"');
		tl_buf_putc(buf, *s);
	}
	if (quoted)
		tl_buf_putc(buf, '"');
}
