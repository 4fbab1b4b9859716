/* The forms of the twins; see twin.h. */
#include "report/table.h"
#include "report/twin.h"

#include <stdio.h>
#include <string.h>

enum { COLUMNS = 78 };

/* Where the line that begins at `text` ends: behind the last word that fits, or within a word that
 * does not, as those of scripts without spaces. */
static size_t line_end(const char *text, size_t columns)
{
	const char *end = text + strlen(text), *p = text, *space = NULL;
	size_t used = 0;

	while (p < end) {
		const char *from = p;

		tl_utf8_next(&p, end);
		used += tl_utf8_columns(from, (size_t)(p - from));
		if (*from == ' ')
			space = from;
		if (used > columns && *from != ' ')
			return space ? (size_t)(space - text)
			       : from > text ? (size_t)(from - text) : (size_t)(p - text);
	}
	return (size_t)(end - text);
}

/* first stands before the first line, as many spaces before the others. */
static void put_wrapped(struct twin *twin, const char *first, const char *text)
{
	struct tl_buf safe = {0};
	size_t indent = tl_utf8_columns(first, strlen(first));
	const char *p;

	tl_diag_put_safely(&safe, text);
	p = safe.data ? safe.data : "";
	tl_buf_puts(twin->out, first);
	while (*p) {
		size_t n = line_end(p, COLUMNS - indent);

		tl_buf_put(twin->out, p, n);
		tl_buf_putc(twin->out, '\n');
		p += n + strspn(p + n, " ");
		if (*p)
			tl_buf_printf(twin->out, "%*s", (int)indent, "");
	}
	tl_buf_release(&safe);
}

static void put_line(struct twin *twin, const char *first, const char *text)
{
	if (!twin->md) {
		put_wrapped(twin, first, text);
		return;
	}
	tl_buf_puts(twin->out, first);
	report_md(twin->out, text);
	tl_buf_putc(twin->out, '\n');
}

static void part(struct twin *twin)
{
	if (twin->out->len)
		tl_buf_putc(twin->out, '\n');
	twin->tight = false;
}

void twin_heading(struct twin *twin, int level, const char *text)
{
	static const char *const signs[] = {"", "# ", "## ", "### ", "#### "};
	size_t start, width = 0;

	part(twin);
	if (twin->md) {
		put_line(twin, signs[level], text);
		return;
	}
	start = twin->out->len;
	put_line(twin, "", text);
	for (const char *p = twin->out->data + start, *end; *p; p = end + 1) {
		size_t columns;

		end = strchr(p, '\n');
		columns = tl_utf8_columns(p, (size_t)(end - p));
		width = columns > width ? columns : width;
	}
	for (; level < 4 && width; width--)
		tl_buf_putc(twin->out, "=-."[level - 1]);
	if (level < 4)
		tl_buf_putc(twin->out, '\n');
}

void twin_paragraph(struct twin *twin, const char *text)
{
	if (!text)
		return;
	part(twin);
	put_line(twin, "", text);
}

void twin_item(struct twin *twin, size_t number, const char *text, const char *more)
{
	char sign[32] = "- ";

	if (!text)
		return;
	if (!twin->tight)
		part(twin);
	if (number)
		snprintf(sign, sizeof sign, "%zu. ", number);
	put_line(twin, sign, text);
	if (more) {
		char indent[32];

		snprintf(indent, sizeof indent, "%*s", (int)strlen(sign), "");
		/* Two spaces behind the line above would be the break; a backslash shows. */
		if (twin->md) {
			twin->out->data[twin->out->len - 1] = '\\';
			tl_buf_putc(twin->out, '\n');
		}
		put_line(twin, indent, more);
	}
	twin->tight = true;
}

void twin_quote(struct twin *twin, const char *text, const char *source)
{
	if (!text)
		return;
	part(twin);
	put_line(twin, twin->md ? "> " : "  ", text);
	if (twin->md)
		tl_buf_puts(twin->out, ">\n");
	if (source)
		put_line(twin, twin->md ? "> — " : "  — ", source);
}
