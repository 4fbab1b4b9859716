/* Numbers, HTML and old encodings, as exports write them. */
#include "intake/value.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- numbers ------------------------------------------------------------------------------- */

enum { LONGEST_NUMBER = 40 };

/* Which of . and , is the decimal mark: the last one, unless it stands there twice and so only groups
 * (1,234,567). 0: none is. */
static char decimal_mark(const char *s, size_t n)
{
	const char *dot = memrchr(s, '.', n), *comma = memrchr(s, ',', n);
	const char *last = !dot || (comma && comma > dot) ? comma : dot;

	if (!last)
		return 0;
	if (memchr(s, *last, (size_t)(last - s)))
		return 0; /* twice: it groups */
	return *last;
}

/* A space or apostrophe that three digits follow. */
static bool groups(const char *s)
{
	return (*s == ' ' || *s == '\'') && strspn(s + 1, "0123456789") == 3;
}

const char *intake_number(double *number, const char *s)
{
	char plain[LONGEST_NUMBER + 1];
	size_t n = 0, length = 0;
	bool digit = false;
	char mark, *end;

	if (*s == '+' || *s == '-')
		plain[n++] = *s++;
	while (isdigit((unsigned char)s[length]) ||
		((s[length] == '.' || s[length] == ',') && isdigit((unsigned char)s[length + 1])) ||
		groups(s + length))
		length++;
	mark = decimal_mark(s, length);
	for (size_t i = 0; i < length; i++) {
		if (isdigit((unsigned char)s[i]))
			digit = true;
		else if (s[i] != mark)
			continue;
		if (n == LONGEST_NUMBER)
			return "is no number";
		plain[n++] = s[i] == mark ? '.' : s[i];
	}
	plain[n] = '\0';
	s += length;
	if (!digit || isalpha((unsigned char)*s))
		return "is no number";
	*number = strtod(plain, &end);
	return *end ? "is no number" : NULL;
}

/* ---- Windows-1252 -------------------------------------------------------------------------- */

static void put_code_point(struct tl_buf *out, uint32_t c)
{
	if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		c = 0xfffd;
	if (c < 0x80) {
		tl_buf_putc(out, (char)c);
	} else if (c < 0x800) {
		tl_buf_putc(out, (char)(0xc0 | c >> 6));
		tl_buf_putc(out, (char)(0x80 | (c & 0x3f)));
	} else {
		if (c < 0x10000) {
			tl_buf_putc(out, (char)(0xe0 | c >> 12));
		} else {
			tl_buf_putc(out, (char)(0xf0 | c >> 18));
			tl_buf_putc(out, (char)(0x80 | (c >> 12 & 0x3f)));
		}
		tl_buf_putc(out, (char)(0x80 | (c >> 6 & 0x3f)));
		tl_buf_putc(out, (char)(0x80 | (c & 0x3f)));
	}
}

void intake_from_1252(struct tl_buf *out, const char *s, size_t n)
{
	static const uint16_t high[32] = {0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020,
		0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd,
		0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161,
		0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c < 0x80)
			tl_buf_putc(out, (char)c);
		else
			put_code_point(out, c < 0xa0 ? high[c - 0x80] : c);
	}
}

/* ---- HTML ---------------------------------------------------------------------------------- */

enum { LONGEST_ENTITY = 10 };

/* The entity at p (which is '&'), put out; its length, 0 where it is none. */
static size_t put_entity(struct tl_buf *out, const char *p, const char *end)
{
	static const struct {
		const char *name;
		uint32_t c;
	} known[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''},
		{"nbsp", ' '}, {"rsquo", 0x2019}, {"lsquo", 0x2018}, {"ldquo", 0x201c},
		{"rdquo", 0x201d}, {"ndash", 0x2013}, {"mdash", 0x2014}, {"hellip", 0x2026},
		{"euro", 0x20ac}, {"auml", 0xe4}, {"ouml", 0xf6}, {"uuml", 0xfc}, {"Auml", 0xc4},
		{"Ouml", 0xd6}, {"Uuml", 0xdc}, {"szlig", 0xdf}, {"eacute", 0xe9},
		{"egrave", 0xe8}, {"agrave", 0xe0}, {"ccedil", 0xe7}};
	size_t left = (size_t)(end - p);
	const char *stop = memchr(p, ';', left < LONGEST_ENTITY + 2 ? left : LONGEST_ENTITY + 2);
	size_t n = stop ? (size_t)(stop - p) - 1 : 0;

	if (!n)
		return 0;
	if (p[1] == '#') {
		bool hex = n > 1 && (p[2] == 'x' || p[2] == 'X');
		char *after;
		const char *first = p + 2 + hex;
		unsigned long c = isxdigit((unsigned char)*first)
					  ? strtoul(first, &after, hex ? 16 : 10)
					  : 0;
		if (!c || after != stop)
			return 0;
		put_code_point(out, c > 0x10ffff ? 0xfffd : (uint32_t)c);
		return n + 2;
	}
	for (size_t i = 0; i < TL_COUNT(known); i++)
		if (strlen(known[i].name) == n && !memcmp(p + 1, known[i].name, n)) {
			put_code_point(out, known[i].c);
			return n + 2;
		}
	return 0;
}

static bool is_tag(const char *p, const char *end, const char *name)
{
	size_t n = strlen(name);

	return (size_t)(end - p) > n && !strncasecmp(p, name, n) && !isalnum((unsigned char)p[n]);
}

static bool is_block(const char *p, const char *end)
{
	static const char *const blocks[] = {"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4",
		"ul", "ol", "table", "blockquote", "hr"};

	if (p < end && *p == '/')
		p++;
	for (size_t i = 0; i < TL_COUNT(blocks); i++)
		if (is_tag(p, end, blocks[i]))
			return true;
	return false;
}

/* Behind the tag or comment at p, which is '<'; what style and script hold is no text. */
static const char *skip_tag(const char *p, const char *end)
{
	static const char *const silent[] = {"style", "script"};
	const char *close;

	if (end - p > 3 && !memcmp(p, "<!--", 4)) {
		close = memmem(p + 4, (size_t)(end - p - 4), "-->", 3);
		return close ? close + 3 : end;
	}
	close = memchr(p, '>', (size_t)(end - p));
	if (!close)
		return end;
	for (size_t i = 0; i < TL_COUNT(silent); i++) {
		if (!is_tag(p + 1, end, silent[i]))
			continue;
		for (const char *q = close; q + 1 < end; q++)
			if (q[0] == '<' && q[1] == '/' && is_tag(q + 2, end, silent[i])) {
				close = memchr(q, '>', (size_t)(end - q));
				return close ? close + 1 : end;
			}
		return end;
	}
	return close + 1;
}

static void put_break(struct tl_buf *out, size_t start)
{
	while (out->len > start && out->data[out->len - 1] == ' ')
		out->data[--out->len] = '\0';
	if (out->len > start && out->data[out->len - 1] != '\n')
		tl_buf_putc(out, '\n');
}

void intake_html(struct tl_buf *out, const char *s, size_t n)
{
	const char *end = s + n;
	size_t start = out->len;
	bool marked = memchr(s, '<', n) != NULL;

	tl_buf_put(out, "", 0);
	while (s < end) {
		size_t length = *s == '&' ? put_entity(out, s, end) : 0;
		bool tag = *s == '<' && s + 1 < end &&
			   (isalpha((unsigned char)s[1]) || s[1] == '/' || s[1] == '!');

		if (length) {
			s += length;
		} else if (tag) {
			if (is_block(s + 1, end))
				put_break(out, start);
			s = skip_tag(s, end);
		} else if (marked && isspace((unsigned char)*s)) {
			if (out->len > start && !isspace((unsigned char)out->data[out->len - 1]))
				tl_buf_putc(out, ' ');
			s++;
		} else {
			tl_buf_putc(out, *s++);
		}
	}
	while (out->len > start && isspace((unsigned char)out->data[out->len - 1]))
		out->data[--out->len] = '\0';
}
