/* xml: tags and their attributes, in the pass before libxml2.
 *
 * Mistakes in quotes are the commonest, and the hardest to place: a quote that is missing swallows
 * what follows up to the next one. So a value that goes over a line's end into a tag, or that ends
 * in an equals sign, is taken for one that was never closed.
 */
#include "xml/scan_state.h"

/* ---- attributes --------------------------------------------------------------------------- */

struct tag {
	const char *start, *name, *name_end;
	struct open_tag attributes[TL_XML_MAX_ATTRIBUTES];
	unsigned count, prefixes;
	const char *value, *value_end; /* of the attribute before */
};

static void unclosed_tag(struct scan *scan, const struct tag *tag)
{
	struct tl_diag *diag =
		tl_xml_fatal(scan, TL0113, tag->start, tag->name_end, "this tag is never closed");
	tl_diag_hint(scan->diags, diag, "a > is missing at its end");
}

/* Notes the attribute's name; false where there are too many. */
static bool add_attribute(struct scan *scan, struct tag *tag, const char *name, const char *end)
{
	size_t length = (size_t)(end - name);

	if (tag->count == TL_XML_MAX_ATTRIBUTES) {
		tl_xml_fatal(scan, TL0116, tag->start, tag->name_end,
			"this element has more than 64 attributes");
		return false;
	}
	if (length >= 5 && !memcmp(name, "xmlns", 5) && ++tag->prefixes > TL_XML_MAX_PREFIXES) {
		tl_xml_fatal(scan, TL0116, tag->start, tag->name_end,
			"this element has more than 8 namespace declarations");
		return false;
	}
	for (unsigned i = 0; i < tag->count; i++)
		if (tag->attributes[i].length == length &&
			!memcmp(tag->attributes[i].name, name, length)) {
			struct tl_diag *diag = tl_xml_report(
				scan, TL0111, name, end, "this attribute is given twice");
			const char *first = tag->attributes[i].name;
			tl_diag_note(scan->diags, diag,
				tl_xml_span(scan->source, first, first + length),
				"it is first given here");
		}
	tag->attributes[tag->count++] = (struct open_tag){name, length};
	scan->nodes++;
	return true;
}

static bool is_curly_quote(const struct scan *scan, const char *p)
{
	static const char *const quotes[] = {"\342\200\230", "\342\200\231", "\342\200\234",
		"\342\200\235", "\342\200\236", "\302\253", "\302\273"};

	for (size_t i = 0; i < TL_COUNT(quotes); i++)
		if (starts(scan, p, quotes[i]))
			return true;
	return false;
}

/* A value without quotes: reported, and skipped. */
static const char *unquoted_value(struct scan *scan, const char *name, const char *p)
{
	const char *stop = p;
	bool curly = is_curly_quote(scan, p);

	while (stop < scan->end && !xml_is_space(*stop) && *stop != '>' && *stop != '<' &&
		!(*stop == '/' && stop + 1 < scan->end && stop[1] == '>'))
		stop++;
	struct tl_diag *diag = tl_xml_report(scan, TL0110, p, stop > p ? stop : name + 1,
		curly ? "the quotes around this value are curly ones"
		      : "the value of this attribute stands without quotes");
	if (curly) {
		tl_diag_hint(scan->diags, diag, "use straight quotes: \"...\"");
		scan->stop = true; /* where the value ends can only be guessed */
	} else if (stop > p && stop - p < 60) {
		tl_diag_hint(scan->diags, diag, "write %.*s=\"%.*s\"",
			(int)(tl_xml_skip_name(name, p) - name), name, (int)(stop - p), p);
	}
	return stop;
}

/* From the opening quote to behind the closing one. */
static const char *quoted_value(struct scan *scan, struct tag *tag, const char *p)
{
	const char *close = memchr(p + 1, *p, (size_t)(scan->end - p - 1));
	const char *limit = close ? close : scan->end;
	const char *less = memchr(p + 1, '<', (size_t)(limit - p - 1));
	const char *line = memchr(p + 1, '\n', (size_t)(limit - p - 1));

	if (!close || (less && line && line < less)) {
		const char *to = line && line < limit ? line : limit;
		struct tl_diag *diag = tl_xml_fatal(scan, TL0113, p, to - p > 80 ? p + 80 : to,
			"the quote that opens here is never closed");
		tl_diag_hint(scan->diags, diag, "a %c is missing", *p);
		return scan->end;
	}
	if (less) {
		struct tl_diag *diag =
			tl_xml_report(scan, TL0109, less, less + 1, "a < cannot stand in a value");
		tl_diag_hint(scan->diags, diag, "write &lt;");
	}
	tl_xml_scan_characters(scan, p + 1, close);
	tag->value = p + 1;
	tag->value_end = close;
	return close + 1;
}

static const char *scan_attribute(struct scan *scan, struct tag *tag, const char *p)
{
	const char *name = p, *name_end = tl_xml_skip_name(p, scan->end);

	if (name_end == name || !is_name_start(*name)) {
		tl_xml_fatal(
			scan, TL0110, p, p + 1, "an attribute cannot start with this character");
		return p;
	}
	if (name_end - name > TL_XML_MAX_NAME) {
		tl_xml_fatal(scan, TL0117, name, name + 20, "a name of more than 256 bytes");
		return p;
	}
	if (!add_attribute(scan, tag, name, name_end))
		return p;
	p = xml_skip_space(name_end, scan->end);
	if (p == scan->end || *p != '=') {
		struct tl_diag *diag =
			tl_xml_report(scan, TL0110, name, name_end, "this attribute has no value");
		tl_diag_hint(scan->diags, diag, "write %.*s=\"...\"", (int)(name_end - name), name);
		return name_end;
	}
	p = xml_skip_space(p + 1, scan->end);
	if (p < scan->end && (*p == '"' || *p == '\''))
		return quoted_value(scan, tag, p);
	return unquoted_value(scan, name, p);
}

/* Two attributes that touch: often the closing quote of the first was forgotten, and its value runs
 * up to the opening quote of the next. */
static void missing_space(struct scan *scan, const struct tag *tag, const char *p)
{
	const char *value = tag->value;

	if (value && tag->value_end > value && tag->value_end[-1] == '=') {
		const char *stop = value;
		while (!xml_is_space(*stop) && *stop != '=')
			stop++;
		struct tl_diag *diag = tl_xml_fatal(scan, TL0113, value - 1, stop,
			"the quote that opens here is closed in the wrong place");
		tl_diag_hint(scan->diags, diag, "is a quote missing behind '%.*s'?",
			stop - value < 40 ? (int)(stop - value) : 40, value);
		return;
	}
	struct tl_diag *diag =
		tl_xml_report(scan, TL0110, p, p + 1, "a space is missing before this attribute");
	tl_diag_hint(scan->diags, diag, "put a space here");
}

/* Reads to the end of a start tag; true where it is an empty one: <a/>. */
static bool scan_attributes(struct scan *scan, struct tag *tag)
{
	while (!scan->stop) {
		const char *p = xml_skip_space(scan->p, scan->end);
		if (p == scan->end || *p == '<') {
			unclosed_tag(scan, tag);
			break;
		}
		if (*p == '>') {
			scan->p = p + 1;
			return false;
		}
		if (*p == '/' && p + 1 < scan->end && p[1] == '>') {
			scan->p = p + 2;
			return true;
		}
		if (p == scan->p && is_name_start(*p))
			missing_space(scan, tag, p);
		if (!scan->stop)
			scan->p = scan_attribute(scan, tag, p);
	}
	return false;
}

/* ---- tags ---------------------------------------------------------------------------------- */

static bool check_name(struct scan *scan, const char *name, const char *end)
{
	if (end - name <= TL_XML_MAX_NAME)
		return true;
	tl_xml_fatal(scan, TL0117, name, name + 20, "a name of more than 256 bytes");
	return false;
}

void tl_xml_scan_start_tag(struct scan *scan, const char *less)
{
	struct tag tag;

	tag.start = less;
	tag.name = less + 1;
	tag.name_end = tl_xml_skip_name(tag.name, scan->end);
	tag.count = tag.prefixes = 0;
	tag.value = tag.value_end = NULL;
	if (!check_name(scan, tag.name, tag.name_end))
		return;
	if (scan->depth == 0 && scan->root_done) {
		tl_xml_fatal(scan, TL0114, tag.start, tag.name_end, "a second root element");
		return;
	}
	if (scan->depth == TL_XML_MAX_DEPTH) {
		tl_xml_fatal(scan, TL0115, tag.start, tag.name_end,
			"elements are nested more than 64 deep");
		return;
	}
	if (++scan->nodes > TL_XML_MAX_NODES) {
		tl_xml_fatal(scan, TL0117, tag.start, tag.name_end,
			"the file has more than a million elements and attributes");
		return;
	}
	scan->p = tag.name_end;
	bool empty = scan_attributes(scan, &tag);
	if (!empty)
		scan->open[scan->depth++] =
			(struct open_tag){tag.name, (size_t)(tag.name_end - tag.name)};
	else if (scan->depth == 0)
		scan->root_done = true;
}

static void mismatch(struct scan *scan, const char *less, const char *name, const char *end)
{
	struct open_tag *open = &scan->open[scan->depth - 1];
	size_t length = (size_t)(end - name);
	struct tl_span at = tl_xml_span(scan->source, less, end);
	struct tl_diag *diag = tl_diag_add(scan->diags, TL0112, at,
		"the end tag </%.*s> does not fit the start tag <%.*s>", (int)length, name,
		(int)open->length, open->name);

	scan->errors++;
	scan->stop = true;
	tl_diag_hint(scan->diags, diag, "expected </%.*s>", (int)open->length, open->name);
	tl_diag_note(scan->diags, diag,
		tl_xml_span(scan->source, open->name - 1, open->name + open->length),
		"<%.*s> is opened here", (int)open->length, open->name);
}

void tl_xml_scan_end_tag(struct scan *scan, const char *less)
{
	const char *name = less + 2, *end = tl_xml_skip_name(name, scan->end);
	const char *close = xml_skip_space(end, scan->end);

	if (!check_name(scan, name, end))
		return;
	if (scan->depth == 0) {
		tl_xml_fatal(scan, TL0112, less, end, "an end tag without a start tag");
		return;
	}
	struct open_tag *open = &scan->open[scan->depth - 1];
	if (open->length != (size_t)(end - name) || memcmp(open->name, name, open->length) != 0) {
		mismatch(scan, less, name, end);
		return;
	}
	if (close == scan->end || *close != '>') {
		tl_xml_fatal(scan, TL0113, less, end, "this end tag is never closed");
		return;
	}
	scan->p = close + 1;
	if (--scan->depth == 0)
		scan->root_done = true;
}
