/* xml: one pass over the text before libxml2 sees it.
 *
 * It has two jobs. It keeps hostile input away from libxml2, which is quadratic in the attributes of
 * a tag and expands entities: everything that is refused is refused here, in time linear in the
 * input and without allocation. And it reports the mistakes that people make, in their words and at
 * their place, several in one run; what is left for libxml2 to complain about is rare.
 *
 * After a mistake that leaves the text understandable it carries on, else it stops.
 */
#include "xml/scan.h"

/* Enough for a person to repair in one sitting; a damaged file has millions. */
enum { MAX_ERRORS = 100 };

struct open_tag {
	const char *name;
	size_t length;
};

struct scan {
	struct tl_diags *diags;
	const struct tl_source *source;
	const char *p, *end;
	struct open_tag open[TL_XML_MAX_DEPTH];
	unsigned depth;
	size_t nodes;
	bool root_done; /* the root element was closed */
	unsigned errors;
	bool stop;	/* no use to read on */
};

static void count_error(struct scan *scan)
{
	if (++scan->errors == MAX_ERRORS)
		scan->stop = true;
}

static struct tl_diag *report(struct scan *scan, enum tl_code code, const char *from, const char *to,
	const char *message)
{
	count_error(scan);
	return tl_diag_add(scan->diags, code, xml_span(scan->source, from, to), "%s", message);
}

static struct tl_diag *fatal(struct scan *scan, enum tl_code code, const char *from, const char *to,
	const char *message)
{
	scan->stop = true;
	return report(scan, code, from, to, message);
}

static bool starts(const struct scan *scan, const char *p, const char *prefix)
{
	size_t length = strlen(prefix);
	return (size_t)(scan->end - p) >= length && !memcmp(p, prefix, length);
}

static bool is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
		(unsigned char)c >= 0x80;
}

/* ---- text and values --------------------------------------------------------------------- */

/* Names of HTML that people use most, to say what to type instead. */
static const struct {
	const char *name;
	unsigned code;
} html_names[] = {
	{"nbsp", 160}, {"copy", 169}, {"reg", 174}, {"euro", 8364}, {"pound", 163}, {"ndash", 8211},
	{"mdash", 8212}, {"hellip", 8230}, {"laquo", 171}, {"raquo", 187}, {"ldquo", 8220},
	{"rdquo", 8221}, {"lsquo", 8216}, {"rsquo", 8217}, {"auml", 228}, {"ouml", 246},
	{"uuml", 252}, {"Auml", 196}, {"Ouml", 214}, {"Uuml", 220}, {"szlig", 223}, {"eacute", 233},
	{"egrave", 232}, {"agrave", 224}, {"ccedil", 231}, {"ntilde", 241}, {"bull", 8226},
	{"rarr", 8594}, {"trade", 8482}, {"times", 215}, {"deg", 176},
};

static void report_entity(struct scan *scan, const char *p, size_t length)
{
	struct tl_span at = xml_span(scan->source, p, p + length);
	int shown = length < 60 ? (int)length : 60;
	struct tl_diag *diag =
		tl_diag_add(scan->diags, TL0107, at, "XML does not know '%.*s'", shown, p);

	count_error(scan);
	for (size_t i = 0; i < TL_COUNT(html_names); i++)
		if (strlen(html_names[i].name) == length - 2 &&
			!memcmp(html_names[i].name, p + 1, length - 2)) {
			tl_diag_hint(scan->diags, diag, "write the character itself, or &#%u;",
				html_names[i].code);
			return;
		}
	tl_diag_hint(scan->diags, diag, "write the character itself, or &amp; for an &");
}

static const char *scan_reference(struct scan *scan, const char *p, const char *end)
{
	struct xml_reference reference = xml_read_reference(p, end);

	if (reference.length == 0) {
		struct tl_diag *diag = report(scan, TL0108, p, p + 1, "an & that stands alone");
		tl_diag_hint(scan->diags, diag, "write &amp;");
		return p + 1;
	}
	if (reference.code == 0 && reference.named)
		report_entity(scan, p, reference.length);
	else if (reference.code == 0)
		report(scan, TL0105, p, p + reference.length,
			"this reference means a character that XML does not allow");
	return p + reference.length;
}

static void report_control(struct scan *scan, const char *p)
{
	struct tl_span at = xml_span(scan->source, p, p + 1);

	count_error(scan);
	tl_diag_add(scan->diags, TL0105, at, "a control character (0x%02X) that XML does not allow",
		(unsigned)(unsigned char)*p);
}

/* Character data, or the inside of a value: references and characters. */
static void scan_characters(struct scan *scan, const char *p, const char *end)
{
	static const bool special[256] = {
		[0] = true, [1] = true, [2] = true, [3] = true, [4] = true, [5] = true, [6] = true,
		[7] = true, [8] = true, [11] = true, [12] = true, [14] = true, [15] = true,
		[16] = true, [17] = true, [18] = true, [19] = true, [20] = true, [21] = true,
		[22] = true, [23] = true, [24] = true, [25] = true, [26] = true, [27] = true,
		[28] = true, [29] = true, [30] = true, [31] = true, ['&'] = true,
	};

	if (end - p > TL_XML_MAX_VALUE) {
		fatal(scan, TL0117, p, p + 1, "a text or value of more than 1 MB starts here");
		return;
	}
	while (p < end && !scan->stop) {
		if (!special[(unsigned char)*p])
			p++;
		else if (*p == '&')
			p = scan_reference(scan, p, end);
		else
			report_control(scan, p++);
	}
}

static void scan_text(struct scan *scan, const char *end)
{
	if (scan->depth > 0) {
		scan_characters(scan, scan->p, end);
		const char *close = memmem(scan->p, (size_t)(end - scan->p), "]]>", 3);
		if (close) {
			struct tl_diag *diag =
				report(scan, TL0119, close, close + 3, "']]>' cannot stand in a text");
			tl_diag_hint(scan->diags, diag, "write ]]&gt;");
		}
		return;
	}
	const char *text = xml_skip_space(scan->p, end);
	if (text < end) {
		const char *stop = text;
		while (stop < end && *stop != '\n')
			stop++;
		fatal(scan, TL0114, text, stop,
			scan->root_done ? "text after the end of the root element"
					: "text before the root element");
	}
}

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
		fatal(scan, TL0113, tag->start, tag->name_end, "this tag is never closed");
	tl_diag_hint(scan->diags, diag, "a > is missing at its end");
}

/* Notes the attribute's name; false where there are too many. */
static bool add_attribute(struct scan *scan, struct tag *tag, const char *name, const char *end)
{
	size_t length = (size_t)(end - name);

	if (tag->count == TL_XML_MAX_ATTRIBUTES) {
		fatal(scan, TL0116, tag->start, tag->name_end,
			"this element has more than 64 attributes");
		return false;
	}
	if (length >= 5 && !memcmp(name, "xmlns", 5) && ++tag->prefixes > TL_XML_MAX_PREFIXES) {
		fatal(scan, TL0116, tag->start, tag->name_end,
			"this element has more than 8 namespace declarations");
		return false;
	}
	for (unsigned i = 0; i < tag->count; i++)
		if (tag->attributes[i].length == length &&
			!memcmp(tag->attributes[i].name, name, length)) {
			struct tl_diag *diag =
				report(scan, TL0111, name, end, "this attribute is given twice");
			const char *first = tag->attributes[i].name;
			tl_diag_note(scan->diags, diag,
				xml_span(scan->source, first, first + length), "it is first given here");
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
	struct tl_diag *diag = report(scan, TL0110, p, stop > p ? stop : name + 1,
		curly ? "the quotes around this value are curly ones"
		      : "the value of this attribute stands without quotes");
	if (curly) {
		tl_diag_hint(scan->diags, diag, "use straight quotes: \"...\"");
		scan->stop = true; /* where the value ends can only be guessed */
	} else if (stop > p && stop - p < 60) {
		tl_diag_hint(scan->diags, diag, "write %.*s=\"%.*s\"",
			(int)(xml_skip_name(name, p) - name), name, (int)(stop - p), p);
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
		struct tl_diag *diag = fatal(scan, TL0113, p, to - p > 80 ? p + 80 : to,
			"the quote that opens here is never closed");
		tl_diag_hint(scan->diags, diag, "a %c is missing", *p);
		return scan->end;
	}
	if (less) {
		struct tl_diag *diag =
			report(scan, TL0109, less, less + 1, "a < cannot stand in a value");
		tl_diag_hint(scan->diags, diag, "write &lt;");
	}
	scan_characters(scan, p + 1, close);
	tag->value = p + 1;
	tag->value_end = close;
	return close + 1;
}

static const char *scan_attribute(struct scan *scan, struct tag *tag, const char *p)
{
	const char *name = p, *name_end = xml_skip_name(p, scan->end);

	if (name_end == name || !is_name_start(*name)) {
		fatal(scan, TL0110, p, p + 1, "an attribute cannot start with this character");
		return p;
	}
	if (name_end - name > TL_XML_MAX_NAME) {
		fatal(scan, TL0117, name, name + 20, "a name of more than 256 bytes");
		return p;
	}
	if (!add_attribute(scan, tag, name, name_end))
		return p;
	p = xml_skip_space(name_end, scan->end);
	if (p == scan->end || *p != '=') {
		struct tl_diag *diag =
			report(scan, TL0110, name, name_end, "this attribute has no value");
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
		struct tl_diag *diag = fatal(scan, TL0113, value - 1, stop,
			"the quote that opens here is closed in the wrong place");
		tl_diag_hint(scan->diags, diag, "is a quote missing behind '%.*s'?",
			stop - value < 40 ? (int)(stop - value) : 40, value);
		return;
	}
	struct tl_diag *diag =
		report(scan, TL0110, p, p + 1, "a space is missing before this attribute");
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
	fatal(scan, TL0117, name, name + 20, "a name of more than 256 bytes");
	return false;
}

static void scan_start_tag(struct scan *scan, const char *less)
{
	struct tag tag;

	tag.start = less;
	tag.name = less + 1;
	tag.name_end = xml_skip_name(tag.name, scan->end);
	tag.count = tag.prefixes = 0;
	tag.value = tag.value_end = NULL;
	if (!check_name(scan, tag.name, tag.name_end))
		return;
	if (scan->depth == 0 && scan->root_done) {
		fatal(scan, TL0114, tag.start, tag.name_end, "a second root element");
		return;
	}
	if (scan->depth == TL_XML_MAX_DEPTH) {
		fatal(scan, TL0115, tag.start, tag.name_end, "elements are nested more than 64 deep");
		return;
	}
	if (++scan->nodes > TL_XML_MAX_NODES) {
		fatal(scan, TL0117, tag.start, tag.name_end,
			"the file has more than 2 million elements and attributes");
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
	struct tl_span at = xml_span(scan->source, less, end);
	struct tl_diag *diag = tl_diag_add(scan->diags, TL0112, at,
		"the end tag </%.*s> does not fit the start tag <%.*s>", (int)length, name,
		(int)open->length, open->name);

	scan->errors++;
	scan->stop = true;
	tl_diag_hint(scan->diags, diag, "expected </%.*s>", (int)open->length, open->name);
	tl_diag_note(scan->diags, diag,
		xml_span(scan->source, open->name - 1, open->name + open->length),
		"<%.*s> is opened here", (int)open->length, open->name);
}

static void scan_end_tag(struct scan *scan, const char *less)
{
	const char *name = less + 2, *end = xml_skip_name(name, scan->end);
	const char *close = xml_skip_space(end, scan->end);

	if (!check_name(scan, name, end))
		return;
	if (scan->depth == 0) {
		fatal(scan, TL0112, less, end, "an end tag without a start tag");
		return;
	}
	struct open_tag *open = &scan->open[scan->depth - 1];
	if (open->length != (size_t)(end - name) || memcmp(open->name, name, open->length) != 0) {
		mismatch(scan, less, name, end);
		return;
	}
	if (close == scan->end || *close != '>') {
		fatal(scan, TL0113, less, end, "this end tag is never closed");
		return;
	}
	scan->p = close + 1;
	if (--scan->depth == 0)
		scan->root_done = true;
}

/* ---- the rest: comments, CDATA, processing instructions ------------------------------------ */

static const char *find_close(struct scan *scan, const char *from, const char *body,
	const char *close, const char *message)
{
	const char *found = memmem(body, (size_t)(scan->end - body), close, strlen(close));

	if (!found)
		fatal(scan, TL0113, from, body, message);
	return found;
}

static void scan_comment(struct scan *scan, const char *less)
{
	const char *body = less + 4;
	const char *close = find_close(scan, less, body, "-->", "this comment is never closed");

	if (!close)
		return;
	const char *hyphens = memmem(body, (size_t)(close + 2 - body), "--", 2);
	if (hyphens && hyphens < close) {
		struct tl_diag *diag = report(
			scan, TL0119, hyphens, hyphens + 2, "a comment cannot have two hyphens in it");
		tl_diag_hint(scan->diags, diag, "write one, or a dash");
	}
	scan->p = close + 3;
}

static void scan_cdata(struct scan *scan, const char *less)
{
	const char *body = less + 9;
	const char *close = find_close(scan, less, body, "]]>", "this CDATA section is never closed");

	if (!close)
		return;
	if (scan->depth == 0) {
		fatal(scan, TL0114, less, body, "text outside of the root element");
		return;
	}
	if (close - body > TL_XML_MAX_VALUE)
		fatal(scan, TL0117, less, body, "a text or value of more than 1 MB starts here");
	scan->p = close + 3;
}

static void scan_instruction(struct scan *scan, const char *less)
{
	const char *close = find_close(scan, less, less + 2, "?>", "this <? is never closed by ?>");

	if (!close)
		return;
	bool declaration = starts(scan, less, "<?xml") && xml_is_space(less[5]);
	if (declaration && less != scan->source->text + xml_bom_length(scan->source)) {
		struct tl_diag *diag = report(scan, TL0119, less, less + 5,
			"the XML declaration can only be the very first thing in the file");
		tl_diag_hint(scan->diags, diag, "delete what stands before it");
	}
	scan->p = close + 2;
}

static void scan_markup(struct scan *scan, const char *less)
{
	const char *next = less + 1;

	if (starts(scan, less, "<!--"))
		scan_comment(scan, less);
	else if (starts(scan, less, "<![CDATA["))
		scan_cdata(scan, less);
	else if (next < scan->end && *next == '!')
		fatal(scan, TL0106, less, xml_skip_name(next + 1, scan->end),
			starts(scan, less, "<!DOCTYPE") ? "a DOCTYPE is not allowed"
							: "declarations are not allowed");
	else if (next < scan->end && *next == '?')
		scan_instruction(scan, less);
	else if (next < scan->end && *next == '/')
		scan_end_tag(scan, less);
	else if (next < scan->end && is_name_start(*next))
		scan_start_tag(scan, less);
	else {
		struct tl_diag *diag =
			report(scan, TL0109, less, next, "this < does not start a tag");
		tl_diag_hint(scan->diags, diag, "write &lt;");
		scan->p = next;
	}
}

static void check_end(struct scan *scan)
{
	const char *text = scan->source->text;

	if (scan->depth > 0) {
		struct open_tag *open = &scan->open[scan->depth - 1];
		struct tl_span at =
			xml_span(scan->source, open->name - 1, open->name + open->length);
		struct tl_diag *diag = tl_diag_add(scan->diags, TL0113, at, "<%.*s> is never closed",
			(int)open->length, open->name);
		tl_diag_hint(
			scan->diags, diag, "</%.*s> is missing", (int)open->length, open->name);
		tl_diag_note(scan->diags, diag, xml_span(scan->source, scan->end, scan->end),
			"the file ends here");
		scan->errors++;
	} else if (!scan->root_done) {
		struct tl_diag *diag =
			fatal(scan, TL0101, text, text, "the file is empty: it has no element");
		tl_diag_hint(scan->diags, diag, "touchline init NAME writes one to start from");
	}
}

bool xml_scan(struct tl_diags *diags, const struct tl_source *source)
{
	struct scan scan = {.diags = diags, .source = source};

	scan.p = source->text + xml_bom_length(source);
	scan.end = source->text + source->length;
	while (scan.p < scan.end && !scan.stop) {
		const char *less = memchr(scan.p, '<', (size_t)(scan.end - scan.p));
		scan_text(&scan, less ? less : scan.end);
		scan.p = less ? less : scan.end;
		if (less && !scan.stop)
			scan_markup(&scan, less);
	}
	if (!scan.stop)
		check_end(&scan);
	return scan.errors == 0;
}
