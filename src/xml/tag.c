/* xml: places inside of tags and values, found by reading them again.
 *
 * libxml2 hands out decoded values without positions. What it has accepted is well-formed, so a few
 * lines can read it once more, exactly where a place is wanted.
 */
#include "xml/scan.h"

struct tl_span tl_xml_span(const struct tl_source *source, const char *from, const char *to)
{
	return (struct tl_span){source, (uint32_t)(from - source->text), (uint32_t)(to - from)};
}

const char *tl_xml_skip_name(const char *p, const char *end)
{
	static const bool ends_name[256] = {[0] = true,
		[' '] = true,
		['\t'] = true,
		['\n'] = true,
		['\r'] = true,
		['/'] = true,
		['>'] = true,
		['='] = true,
		['<'] = true,
		['"'] = true,
		['\''] = true,
		['&'] = true};

	while (p < end && !ends_name[(unsigned char)*p])
		p++;
	return p;
}

bool tl_xml_tag_next(struct xml_raw_attribute *out, const char **p, const char *end)
{
	const char *at = xml_skip_space(*p, end);
	const char *name_end = tl_xml_skip_name(at, end);

	if (name_end == at || name_end == end)
		return false;
	out->name = at;
	out->name_length = (size_t)(name_end - at);
	at = xml_skip_space(name_end, end);
	if (at == end || *at != '=')
		return false;
	at = xml_skip_space(at + 1, end);
	if (at == end)
		return false;
	const char *close = memchr(at + 1, *at, (size_t)(end - at - 1));
	if (!close)
		return false;
	out->value = at + 1;
	out->value_length = (size_t)(close - out->value);
	*p = close + 1;
	return true;
}

struct tl_span tl_xml_attribute_span(struct tl_span tag, const char *name)
{
	if (!tag.source)
		return tag;
	const char *start = tag.source->text + tag.offset, *end = start + tag.length;
	const char *p = tag.length > 0 ? tl_xml_skip_name(start + 1, end) : end;
	struct xml_raw_attribute raw;

	while (tl_xml_tag_next(&raw, &p, end))
		if (raw.name_length == strlen(name) && !memcmp(raw.name, name, raw.name_length))
			return tl_xml_span(tag.source, raw.value, raw.value + raw.value_length);
	return tag;
}

static uint32_t named_character(const char *name, size_t length)
{
	static const struct {
		const char *name;
		char character;
	} known[] = {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"apos", '\''}, {"quot", '"'}};

	for (size_t i = 0; i < TL_COUNT(known); i++)
		if (strlen(known[i].name) == length && !memcmp(known[i].name, name, length))
			return (uint32_t)known[i].character;
	return 0;
}

static bool is_allowed(uint32_t code)
{
	return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code < 0xd800) ||
	       (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}

static int digit_value(char c, int base)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (base == 16 && (c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return -1;
}

static struct xml_reference read_numeric(const char *start, const char *end)
{
	const char *p = start + 2;
	int base = p < end && *p == 'x' ? 16 : 10;
	uint32_t code = 0;

	p += base == 16;
	const char *digits = p;
	for (; p < end && digit_value(*p, base) >= 0; p++)
		if (code <= 0x10ffff)
			code = code * (uint32_t)base + (uint32_t)digit_value(*p, base);
	if (p == digits || p == end || *p != ';')
		return (struct xml_reference){0};
	return (struct xml_reference){
		.length = (size_t)(p + 1 - start), .code = is_allowed(code) ? code : 0};
}

struct xml_reference tl_xml_read_reference(const char *p, const char *end)
{
	if (end - p > 1 && p[1] == '#')
		return read_numeric(p, end);
	const char *name = p + 1, *at = name;
	while (at < end && ((*at | 0x20) >= 'a' && (*at | 0x20) <= 'z'))
		at++;
	while (at > name && at < end && *at >= '0' && *at <= '9')
		at++;
	if (at == name || at == end || *at != ';')
		return (struct xml_reference){0};
	return (struct xml_reference){.length = (size_t)(at + 1 - p),
		.code = named_character(name, (size_t)(at - name)),
		.named = true};
}

static size_t put_utf8(char out[static 4], uint32_t code)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (size_t i = size - 1; i > 0; i--, code >>= 6)
		out[i] = (char)(0x80 | (code & 0x3f));
	out[0] = (char)(0xf00 >> size | code);
	return size;
}

/* Moves over one unit of the source: what it makes of the parsed value, at most four bytes. */
static size_t value_step(char out[static 4], const char **p, const char *end)
{
	if (**p == '&') {
		struct xml_reference reference = tl_xml_read_reference(*p, end);
		if (reference.length > 0) {
			*p += reference.length;
			return put_utf8(out, reference.code);
		}
	}
	bool line_end = **p == '\r' && *p + 1 < end && (*p)[1] == '\n';
	out[0] = xml_is_space(**p) ? ' ' : **p;
	*p += line_end ? 2 : 1;
	return 1;
}

char *tl_xml_decode_value(struct tl_arena *arena, const struct xml_raw_attribute *raw)
{
	const char *p = raw->value, *end = p + raw->value_length;
	/* no unit makes more bytes than it has */
	char *value = tl_arena_alloc(arena, raw->value_length + 1), *to = value;

	while (p < end) {
		if (*p == '&' || xml_is_space(*p))
			to += value_step(to, &p, end);
		else
			*to++ = *p++;
	}
	return value;
}

struct tl_span tl_xml_value_span(struct tl_span raw, size_t offset, size_t length)
{
	if (!raw.source)
		return raw;
	const char *p = raw.source->text + raw.offset, *end = p + raw.length, *from = NULL;
	size_t parsed = 0;
	char bytes[4];

	while (p < end) {
		const char *before = p;
		size_t made = value_step(bytes, &p, end);
		if (!from && parsed + made > offset)
			from = before;
		if (from && parsed >= offset + length)
			return tl_xml_span(raw.source, from, before > from ? before : from);
		parsed += made;
	}
	return tl_xml_span(raw.source, from ? from : end, end);
}
