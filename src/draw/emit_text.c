/* draw/emit_text: texts, links and colours as Graphviz takes them. Graphviz passes control
 * characters and invalid UTF-8 through into what it writes, so nothing reaches it that did not come
 * this way. */
#include <string.h>
#include "draw/emit.h"

struct tl_emit_char tl_emit_next(const char **s, const char *end)
{
	static const char replacement[] = "\xef\xbf\xbd";
	const char *start = *s;
	uint32_t c = tl_utf8_next(s, end);

	if (c == 0xfffd || c == 0xfffe || c == 0xffff)
		return (struct tl_emit_char){0xfffd, replacement, sizeof replacement - 1};
	if (c < ' ' || (c >= 0x7f && c < 0xa0))
		return (struct tl_emit_char){' ', " ", 1};
	return (struct tl_emit_char){c, start, (size_t)(*s - start)};
}

static const char *entity(uint32_t code, enum tl_escape escape)
{
	switch (code) {
	case '&':
		return "&amp;";
	case '<':
		return escape == TL_ESCAPE_MARKUP ? "&lt;" : NULL;
	case '>':
		return escape == TL_ESCAPE_MARKUP ? "&gt;" : NULL;
	case '"':
		return escape == TL_ESCAPE_MARKUP ? "&quot;" : NULL;
	default:
		return NULL;
	}
}

void tl_emit_text(struct tl_buf *out, const char *s, enum tl_escape escape, unsigned backslashes)
{
	const char *end = s + strlen(s);

	while (s < end) {
		struct tl_emit_char c = tl_emit_next(&s, end);
		const char *name = entity(c.code, escape);

		if (name)
			tl_buf_puts(out, name);
		else
			for (unsigned i = 0; i < (c.code == '\\' ? backslashes : 1); i++)
				tl_buf_put(out, c.bytes, c.length);
	}
}

bool tl_emit_link_allowed(const char *href)
{
	static const char *const schemes[] = {"http://", "https://", "mailto:"};
	size_t colon = strcspn(href, ":/?#");

	if (!*href)
		return false;
	for (size_t i = 0; i < TL_COUNT(schemes); i++)
		if (strncasecmp(href, schemes[i], strlen(schemes[i])) == 0)
			return true;
	/* Relative; two slashes would name another host, and browsers take a backslash for one. */
	return href[colon] != ':' && strncmp(href, "//", 2) != 0 && !strchr(href, '\\');
}

void tl_emit_link(struct tl_buf *out, const char *href)
{
	for (const unsigned char *p = (const unsigned char *)href; *p; p++)
		if (*p <= ' ' || *p >= 0x7f || strchr("\"<>\\^`{|}'", *p))
			tl_buf_printf(out, "%%%02X", *p);
		else
			tl_buf_putc(out, (char)*p);
}

void tl_emit_color(struct tl_buf *out, tl_color color)
{
	int last = (color & 0xff) == 0xff ? 8 : 0;

	if (!tl_color_visible(color)) {
		tl_buf_puts(out, "transparent");
		return;
	}
	tl_buf_putc(out, '#');
	for (int shift = 28; shift >= last; shift -= 4)
		tl_buf_putc(out, "0123456789abcdef"[color >> shift & 15]);
}
