/* xml: one pass over the text before libxml2 sees it.
 *
 * It has two jobs. It keeps hostile input away from libxml2, which is quadratic in the attributes
 * of a tag and expands entities: everything that is refused is refused here, in time linear in the
 * input and without allocation. And it reports the mistakes that people make, in their words and at
 * their place, several in one run; what is left for libxml2 to complain about is rare.
 *
 * After a mistake that leaves the text understandable it carries on, else it stops.
 */
#include "xml/scan_state.h"

static void count_error(struct scan *scan)
{
	if (++scan->errors == MAX_ERRORS)
		scan->stop = true;
}

struct tl_diag *tl_xml_report(
	struct scan *scan, enum tl_code code, const char *from, const char *to, const char *message)
{
	count_error(scan);
	return tl_diag_add(scan->diags, code, tl_xml_span(scan->source, from, to), "%s", message);
}

struct tl_diag *tl_xml_fatal(
	struct scan *scan, enum tl_code code, const char *from, const char *to, const char *message)
{
	scan->stop = true;
	return tl_xml_report(scan, code, from, to, message);
}

/* ---- text and values --------------------------------------------------------------------- */

/* Names of HTML that people use most, to say what to type instead. */
static const struct {
	const char *name;
	unsigned code;
} html_names[] = {
	{"nbsp", 160},
	{"copy", 169},
	{"reg", 174},
	{"euro", 8364},
	{"pound", 163},
	{"ndash", 8211},
	{"mdash", 8212},
	{"hellip", 8230},
	{"laquo", 171},
	{"raquo", 187},
	{"ldquo", 8220},
	{"rdquo", 8221},
	{"lsquo", 8216},
	{"rsquo", 8217},
	{"auml", 228},
	{"ouml", 246},
	{"uuml", 252},
	{"Auml", 196},
	{"Ouml", 214},
	{"Uuml", 220},
	{"szlig", 223},
	{"eacute", 233},
	{"egrave", 232},
	{"agrave", 224},
	{"ccedil", 231},
	{"ntilde", 241},
	{"bull", 8226},
	{"rarr", 8594},
	{"trade", 8482},
	{"times", 215},
	{"deg", 176},
};

static void report_entity(struct scan *scan, const char *p, size_t length)
{
	struct tl_span at = tl_xml_span(scan->source, p, p + length);
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
	struct xml_reference reference = tl_xml_read_reference(p, end);

	if (reference.length == 0) {
		struct tl_diag *diag =
			tl_xml_report(scan, TL0108, p, p + 1, "an & that stands alone");
		tl_diag_hint(scan->diags, diag, "write &amp;");
		return p + 1;
	}
	if (reference.code == 0 && reference.named)
		report_entity(scan, p, reference.length);
	else if (reference.code == 0)
		tl_xml_report(scan, TL0105, p, p + reference.length,
			"this reference means a character that XML does not allow");
	return p + reference.length;
}

static void report_control(struct scan *scan, const char *p)
{
	struct tl_span at = tl_xml_span(scan->source, p, p + 1);

	count_error(scan);
	tl_diag_add(scan->diags, TL0105, at, "a control character (0x%02X) that XML does not allow",
		(unsigned)(unsigned char)*p);
}

void tl_xml_scan_characters(struct scan *scan, const char *p, const char *end)
{
	static const bool special[256] = {
		[0] = true,
		[1] = true,
		[2] = true,
		[3] = true,
		[4] = true,
		[5] = true,
		[6] = true,
		[7] = true,
		[8] = true,
		[11] = true,
		[12] = true,
		[14] = true,
		[15] = true,
		[16] = true,
		[17] = true,
		[18] = true,
		[19] = true,
		[20] = true,
		[21] = true,
		[22] = true,
		[23] = true,
		[24] = true,
		[25] = true,
		[26] = true,
		[27] = true,
		[28] = true,
		[29] = true,
		[30] = true,
		[31] = true,
		['&'] = true,
	};

	if (end - p > TL_XML_MAX_VALUE) {
		tl_xml_fatal(
			scan, TL0117, p, p + 1, "a text or value of more than 1 MB starts here");
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
		tl_xml_scan_characters(scan, scan->p, end);
		const char *close = memmem(scan->p, (size_t)(end - scan->p), "]]>", 3);
		if (close) {
			struct tl_diag *diag = tl_xml_report(
				scan, TL0119, close, close + 3, "']]>' cannot stand in a text");
			tl_diag_hint(scan->diags, diag, "write ]]&gt;");
		}
		return;
	}
	const char *text = xml_skip_space(scan->p, end);
	if (text < end) {
		const char *stop = text;
		while (stop < end && *stop != '\n')
			stop++;
		tl_xml_fatal(scan, TL0114, text, stop,
			scan->root_done ? "text after the end of the root element"
					: "text before the root element");
	}
}

/* ---- the rest: comments, CDATA, processing instructions ------------------------------------ */

static const char *find_close(struct scan *scan, const char *from, const char *body,
	const char *close, const char *message)
{
	const char *found = memmem(body, (size_t)(scan->end - body), close, strlen(close));

	if (!found)
		tl_xml_fatal(scan, TL0113, from, body, message);
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
		struct tl_diag *diag = tl_xml_report(scan, TL0119, hyphens, hyphens + 2,
			"a comment cannot have two hyphens in it");
		tl_diag_hint(scan->diags, diag, "write one, or a dash");
	}
	scan->p = close + 3;
}

static void scan_cdata(struct scan *scan, const char *less)
{
	const char *body = less + 9;
	const char *close =
		find_close(scan, less, body, "]]>", "this CDATA section is never closed");

	if (!close)
		return;
	if (scan->depth == 0) {
		tl_xml_fatal(scan, TL0114, less, body, "text outside of the root element");
		return;
	}
	if (close - body > TL_XML_MAX_VALUE)
		tl_xml_fatal(
			scan, TL0117, less, body, "a text or value of more than 1 MB starts here");
	scan->p = close + 3;
}

static void scan_instruction(struct scan *scan, const char *less)
{
	const char *close = find_close(scan, less, less + 2, "?>", "this <? is never closed by ?>");

	if (!close)
		return;
	bool declaration = starts(scan, less, "<?xml") && xml_is_space(less[5]);
	if (declaration && less != scan->source->text + tl_xml_bom_length(scan->source)) {
		struct tl_diag *diag = tl_xml_report(scan, TL0119, less, less + 5,
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
		tl_xml_fatal(scan, TL0106, less, tl_xml_skip_name(next + 1, scan->end),
			starts(scan, less, "<!DOCTYPE") ? "a DOCTYPE is not allowed"
							: "declarations are not allowed");
	else if (next < scan->end && *next == '?')
		scan_instruction(scan, less);
	else if (next < scan->end && *next == '/')
		tl_xml_scan_end_tag(scan, less);
	else if (next < scan->end && is_name_start(*next))
		tl_xml_scan_start_tag(scan, less);
	else {
		struct tl_diag *diag =
			tl_xml_report(scan, TL0109, less, next, "this < does not start a tag");
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
			tl_xml_span(scan->source, open->name - 1, open->name + open->length);
		struct tl_diag *diag = tl_diag_add(scan->diags, TL0113, at,
			"<%.*s> is never closed", (int)open->length, open->name);
		tl_diag_hint(
			scan->diags, diag, "</%.*s> is missing", (int)open->length, open->name);
		tl_diag_note(scan->diags, diag, tl_xml_span(scan->source, scan->end, scan->end),
			"the file ends here");
		scan->errors++;
	} else if (!scan->root_done) {
		struct tl_diag *diag = tl_xml_fatal(
			scan, TL0101, text, text, "the file is empty: it has no element");
		tl_diag_hint(scan->diags, diag, "touchline init NAME writes one to start from");
	}
}

bool tl_xml_scan(struct tl_diags *diags, const struct tl_source *source)
{
	struct scan scan = {.diags = diags, .source = source};

	scan.p = source->text + tl_xml_bom_length(source);
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
