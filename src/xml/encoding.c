/* xml: whether bytes are text in UTF-8, and what they are else.
 *
 * libxml2 would convert other encodings, and every place after that would be wrong; so they are
 * refused, with the command that converts them.
 */
#include <strings.h>

#include "xml/scan.h"

static const struct signature {
	const char *bytes;
	size_t length;
	const char *what;
} binaries[] = {
	{"PK\3\4", 4, "a ZIP archive or an office document"},
	{"\320\317\021\340", 4, "an old Microsoft Office document"},
	{"%PDF", 4, "a PDF"},
	{"\211PNG", 4, "a PNG picture"},
	{"GIF8", 4, "a GIF picture"},
	{"\377\330\377", 3, "a JPEG picture"},
	{"\037\213", 2, "a gzip archive"},
	{"SQLite format 3", 15, "an SQLite database"},
};

static const struct signature wide[] = {
	/* the longer first: the UTF-16 mark is the start of the UTF-32 one */
	{"\377\376\0\0", 4, "UTF-32"},
	{"\0\0\376\377", 4, "UTF-32"},
	{"<\0\0\0", 4, "UTF-32LE"},
	{"\0\0\0<", 4, "UTF-32BE"},
	{"\377\376", 2, "UTF-16"},
	{"\376\377", 2, "UTF-16"},
	{"<\0", 2, "UTF-16LE"},
	{"\0<", 2, "UTF-16BE"},
};

static const struct signature *find_signature(
	const struct signature *list, size_t count, const struct tl_source *source)
{
	for (size_t i = 0; i < count; i++)
		if (source->length >= list[i].length &&
			!memcmp(source->text, list[i].bytes, list[i].length))
			return &list[i];
	return NULL;
}

size_t tl_xml_bom_length(const struct tl_source *source)
{
	return source->length >= 3 && !memcmp(source->text, "\357\273\277", 3) ? 3 : 0;
}

static void hint_convert(struct tl_diags *diags, struct tl_diag *diag, const char *encoding)
{
	tl_diag_hint(diags, diag, "convert it: iconv -f %s -t UTF-8 old.xml > new.xml", encoding);
}

static bool check_signatures(struct tl_diags *diags, const struct tl_source *source)
{
	struct tl_span start = {source, 0, 1};
	const struct signature *found = find_signature(wide, TL_COUNT(wide), source);

	if (found) {
		struct tl_diag *diag = tl_diag_add(diags, TL0103, start,
			"the file is encoded in %s, not in UTF-8", found->what);
		hint_convert(diags, diag, found->what);
		return false;
	}
	found = find_signature(binaries, TL_COUNT(binaries), source);
	if (found) {
		tl_diag_add(diags, TL0102, start, "the file is not XML but %s", found->what);
		return false;
	}
	const char *nul = memchr(source->text, 0, source->length);
	if (nul) {
		tl_diag_add(diags, TL0102, tl_xml_span(source, nul, nul + 1),
			"the file is not text: it has a byte 0 here");
		return false;
	}
	return true;
}

/* The value of encoding="…" in the XML declaration, or length 0. */
static struct xml_raw_attribute declared_encoding(const struct tl_source *source)
{
	const char *p = source->text + tl_xml_bom_length(source),
		   *end = source->text + source->length;
	struct xml_raw_attribute raw = {0};

	if (end - p < 6 || memcmp(p, "<?xml", 5) != 0 || !xml_is_space(p[5]))
		return raw;
	const char *close = memmem(p, (size_t)(end - p), "?>", 2);
	p += 5;
	while (close && tl_xml_tag_next(&raw, &p, close))
		if (raw.name_length == 8 && !memcmp(raw.name, "encoding", 8))
			return raw;
	return (struct xml_raw_attribute){0};
}

static bool names(const struct xml_raw_attribute *raw, const char *encoding)
{
	return strlen(encoding) == raw->value_length &&
	       !strncasecmp(encoding, raw->value, raw->value_length);
}

static bool check_declaration(struct tl_diags *diags, const struct tl_source *source)
{
	struct xml_raw_attribute raw = declared_encoding(source);

	if (raw.value_length == 0 || names(&raw, "UTF-8") || names(&raw, "UTF8") ||
		names(&raw, "US-ASCII") || names(&raw, "ASCII"))
		return true;
	struct tl_span at = tl_xml_span(source, raw.value, raw.value + raw.value_length);
	int shown = raw.value_length < 40 ? (int)raw.value_length : 40;
	struct tl_diag *diag = tl_diag_add(diags, TL0103, at,
		"the file says that it is encoded in '%.*s'; journeys are UTF-8", shown, raw.value);
	if (tl_utf8_check(source->text, source->length) == source->length)
		tl_diag_hint(diags, diag, "it is UTF-8 in truth: write encoding=\"UTF-8\"");
	else
		tl_diag_hint(diags, diag,
			"convert it (iconv -f %.*s -t UTF-8 old.xml > new.xml) and write "
			"encoding=\"UTF-8\"",
			shown, raw.value);
	return false;
}

bool tl_xml_check_encoding(struct tl_diags *diags, const struct tl_source *source)
{
	if (!check_signatures(diags, source) || !check_declaration(diags, source))
		return false;
	size_t bad = tl_utf8_check(source->text, source->length);
	if (bad == source->length)
		return true;
	struct tl_span at = {source, (uint32_t)bad, 1};
	struct tl_diag *diag = tl_diag_add(diags, TL0104, at, "byte 0x%02X is not UTF-8",
		(unsigned)(unsigned char)source->text[bad]);
	hint_convert(diags, diag, "WINDOWS-1252");
	return false;
}
