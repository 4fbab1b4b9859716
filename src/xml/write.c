/* xml: text made safe to be written into XML. */
#include "xml/scan.h"

static const char *escape_for(uint32_t code)
{
	switch (code) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\t':
	case '\n':
	case '\r':
		return NULL;
	case 0xfffd: /* also what tl_utf8_next makes of ill-formed bytes */
	case 0xfffe:
	case 0xffff:
		return "\357\277\275";
	default:
		return code < 0x20 ? "\357\277\275" : NULL;
	}
}

void tl_xml_escape(struct tl_buf *out, const char *s)
{
	const char *end = s + strlen(s), *kept = s;

	while (s < end) {
		const char *at = s;
		const char *escape = escape_for(tl_utf8_next(&s, end));
		if (!escape)
			continue;
		tl_buf_put(out, kept, (size_t)(at - kept));
		tl_buf_puts(out, escape);
		kept = s;
	}
	tl_buf_put(out, kept, (size_t)(end - kept));
}
