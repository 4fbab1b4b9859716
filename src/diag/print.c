/* Diagnostics as text for people: the line at fault quoted, with a caret under the place.
 *
 * The quoted line is shown in an area whose first column is a multiple of eight, so that its tabs
 * stop where they stop in an editor. Only a window of a long line is looked at, so a file that is
 * one line of 60 MB costs no more than any other.
 */
#include "diag/diag.h"

#include <string.h>

enum {
	WINDOW = 100, /* columns of a line that are shown */
	MARKS = 300,  /* and characters, since there are some that take no column */
	BEFORE = 40,  /* of them at least before the caret where the line is longer */
	TAB = 8,
};

enum ink { BOLD, RED, MAGENTA, CYAN, GREEN, PLAIN };
static const char *const inks[] = {
	"\033[1m", "\033[1;31m", "\033[1;35m", "\033[1;36m", "\033[1;32m", "\033[0m"};

struct page {
	struct tl_buf text;
	bool colour;
};

static void ink(struct page *page, enum ink colour)
{
	if (page->colour)
		tl_buf_puts(&page->text, inks[colour]);
}

static bool turns_direction(uint32_t c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e ||
	       c == 0x200f || c == 0x61c;
}

void tl_diag_put_character(struct tl_buf *out, const char **p, const char *end)
{
	const char *from = *p;
	uint32_t c = tl_utf8_next(p, end);

	if (c < 0x20) /* the control pictures, U+2400 on */
		tl_buf_printf(out, "\xe2\x90%c", (char)(0x80 + c));
	else if (c == 0x7f)
		tl_buf_puts(out, "\xe2\x90\xa1");
	else if ((c >= 0x80 && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff ||
		 turns_direction(c) || c == 0xfffd)
		tl_buf_puts(out, "\xef\xbf\xbd");
	else
		tl_buf_put(out, from, (size_t)(*p - from));
}

void tl_diag_put_safely(struct tl_buf *out, const char *text)
{
	const char *end = text + strlen(text);

	while (text < end)
		tl_diag_put_character(out, &text, end);
}

static void put_text(struct page *page, const char *text)
{
	tl_diag_put_safely(&page->text, text);
}

/* ---- the quoted line ------------------------------------------------------------------- */

/* Columns that the character at *p takes when it starts in the given column; moves on. */
static size_t width_at(const char **p, const char *end, size_t column)
{
	struct tl_buf shown = {0};
	size_t width;

	if (**p == '\t') {
		++*p;
		return TAB - column % TAB;
	}
	tl_diag_put_character(&shown, p, end);
	width = tl_utf8_columns(shown.data, shown.len);
	tl_buf_release(&shown);
	return width;
}

struct window {
	const char *start, *end; /* of what is shown */
	bool cut_start, cut_end;
};

static const char *previous_character(const char *p, const char *start)
{
	do
		p--;
	while (p > start && ((unsigned char)*p & 0xc0) == 0x80);
	return p;
}

/* Where the window ends that starts at `start`. */
static const char *fill(const char *start, const char *end)
{
	size_t columns = 0;

	for (size_t characters = 0; start < end && characters < MARKS; characters++) {
		const char *next = start;

		columns += width_at(&next, end, columns);
		if (columns > WINDOW)
			break;
		start = next;
	}
	return start;
}

/* Where the window starts that has the place in it, with some of the line before it. */
static const char *step_back(const char *line, const char *at)
{
	size_t columns = 0;

	for (size_t n = 0; at > line && columns < BEFORE && n < MARKS / 2; n++) {
		const char *p = previous_character(at, line), *next = p;

		columns += width_at(&next, at, 0);
		at = p;
	}
	return at;
}

static struct window window_around(const char *line, const char *end, const char *at)
{
	struct window window = {line, fill(line, end), false, false};

	if (window.end < end && window.end - at < BEFORE / 2) {
		window.start = step_back(line, at);
		window.end = fill(window.start, end);
	}
	window.cut_start = window.start > line;
	window.cut_end = window.end < end;
	return window;
}

static void put_quote(struct page *page, unsigned line, struct window window)
{
	const char *p = window.start;

	tl_buf_printf(&page->text, "%5u |", line);
	if (window.start < window.end || window.cut_start)
		tl_buf_putc(&page->text, ' ');
	if (window.cut_start)
		tl_buf_puts(&page->text, "…");
	while (p < window.end) {
		if (*p == '\t')
			tl_buf_putc(&page->text, *p++);
		else
			tl_diag_put_character(&page->text, &p, window.end);
	}
	tl_buf_puts(&page->text, window.cut_end ? "…\n" : "\n");
}

static void put_repeated(struct page *page, char c, size_t n)
{
	while (n--)
		tl_buf_putc(&page->text, c);
}

/* Blanks under what stands before the place, tabs under tabs; returns the column reached. */
static size_t put_indent(struct page *page, struct window window, const char *at)
{
	const char *p = window.start;
	size_t column = window.cut_start ? 1 : 0;

	put_repeated(page, ' ', column);
	while (p < at) {
		bool tab = *p == '\t';
		size_t width = width_at(&p, window.end, column);

		column += width;
		if (tab)
			tl_buf_putc(&page->text, '\t');
		else
			put_repeated(page, ' ', width);
	}
	return column;
}

static void put_caret(
	struct page *page, struct window window, const char *at, const char *end, const char *hint)
{
	size_t column, first;

	tl_buf_puts(&page->text, "      | ");
	first = column = put_indent(page, window, at);
	while (at < end)
		column += width_at(&at, window.end, column);
	ink(page, GREEN);
	tl_buf_putc(&page->text, '^');
	if (column > first)
		put_repeated(page, '~', column - first - 1);
	ink(page, PLAIN);
	if (hint) {
		tl_buf_putc(&page->text, ' ');
		put_text(page, hint);
	}
	tl_buf_putc(&page->text, '\n');
}

static void put_quoted_line(struct page *page, struct tl_span at, const char *hint)
{
	const struct tl_source *source = at.source;
	struct tl_line_range range = tl_source_line(source, at.offset);
	const char *line = source->text + range.start, *line_end = source->text + range.end;
	const char *from = source->text + at.offset, *to = from + at.length;
	struct window window;
	unsigned number, column;

	tl_source_position(source, at.offset, &number, &column);
	if (from < line)
		from = line;
	if (from > line_end)
		from = line_end;
	if (to > line_end)
		to = line_end;
	window = window_around(line, line_end, from);
	if (to > window.end)
		to = window.end;
	put_quote(page, number, window);
	put_caret(page, window, from, to, hint);
}

/* ---- one diagnostic, and all of them --------------------------------------------------- */

/* "name:14:39: ", or without numbers for a source that has no text. */
static void put_place(struct page *page, struct tl_span at)
{
	unsigned line, column;

	ink(page, BOLD);
	if (!at.source) {
		tl_buf_puts(&page->text, "touchline: ");
	} else if (!at.source->length) {
		put_text(page, at.source->name);
		tl_buf_puts(&page->text, ": ");
	} else {
		tl_source_position(at.source, at.offset, &line, &column);
		put_text(page, at.source->name);
		tl_buf_printf(&page->text, ":%u:%u: ", line, column);
	}
	ink(page, PLAIN);
}

static void put_severity(struct page *page, enum tl_severity severity)
{
	static const struct {
		enum ink ink;
		const char *word;
	} looks[] = {[TL_NOTE] = {CYAN, "note: "},
		[TL_WARNING] = {MAGENTA, "warning: "},
		[TL_ERROR] = {RED, "error: "}};

	ink(page, looks[severity].ink);
	tl_buf_puts(&page->text, looks[severity].word);
	ink(page, PLAIN);
}

static void put_diag(struct page *page, const struct tl_diag *diag)
{
	put_place(page, diag->at);
	put_severity(page, diag->severity);
	put_text(page, diag->message);
	tl_buf_printf(&page->text, " [%s]\n", tl_catalogue[diag->code].code);
	if (diag->at.source && diag->at.source->length) {
		put_quoted_line(page, diag->at, diag->hint);
	} else if (diag->hint) {
		tl_buf_puts(&page->text, "      | ");
		put_text(page, diag->hint);
		tl_buf_putc(&page->text, '\n');
	}
	for (const struct tl_diag_note *note = diag->notes; note; note = note->next) {
		put_place(page, note->at);
		put_severity(page, TL_NOTE);
		put_text(page, note->message);
		tl_buf_putc(&page->text, '\n');
	}
}

static void put_count(struct page *page, size_t count, const char *what)
{
	tl_buf_printf(&page->text, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

static void put_summary(struct page *page, const struct tl_diags *diags)
{
	if (diags->suppressed)
		tl_buf_printf(&page->text, "… and %zu more, not shown\n", diags->suppressed);
	if (diags->errors)
		put_count(page, diags->errors, "error");
	if (diags->errors && diags->warnings)
		tl_buf_puts(&page->text, ", ");
	if (diags->warnings)
		put_count(page, diags->warnings, "warning");
	if (diags->errors || diags->warnings)
		tl_buf_putc(&page->text, '\n');
}

void tl_diags_print(struct tl_diags *diags, FILE *out, bool colour)
{
	struct page page = {.colour = colour};

	tl_diags_sort(diags);
	for (size_t i = 0; i < diags->count; i++)
		put_diag(&page, diags->list[i]);
	put_summary(&page, diags);
	if (page.text.len)
		fwrite(page.text.data, 1, page.text.len, out);
	tl_buf_release(&page.text);
}
