/* Cutting a table into cells. Quotes may hold delimiters, line ends and doubled quotes; lines end in
 * LF, CRLF or CR.
 *
 * A quote that is never closed would swallow the rest of the file. So a row that reaches the limit,
 * or the end of the file, inside of quotes is taken back: its first line is the broken row, and
 * reading goes on behind that. Each time costs up to one limit; MOST_REWINDS bounds the sum.
 */
#include "intake/csv.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_REWINDS = 256 };

void csv_scan_release(struct csv_scan *scan)
{
	tl_buf_release(&scan->window);
	tl_buf_release(&scan->text);
	free(scan->cells);
}

bool csv_scan_have(struct csv_scan *scan, size_t i)
{
	while (i >= scan->window.len && !scan->ended)
		scan->ended = !intake_input_read(scan->input, &scan->window);
	return i < scan->window.len;
}

/* Forgets what lies before the row once that is the larger part of the window. */
static void compact(struct csv_scan *scan)
{
	struct tl_buf *window = &scan->window;

	scan->at = scan->next;
	if (scan->at < window->len / 2 || !scan->at)
		return;
	window->len -= scan->at;
	memmove(window->data, window->data + scan->at, window->len);
	scan->at = scan->next = 0;
}

static void begin_cell(struct csv_scan *scan)
{
	if (scan->count == scan->capacity) {
		scan->capacity = scan->capacity ? 2 * scan->capacity : 64;
		scan->cells = realloc(scan->cells, scan->capacity * sizeof *scan->cells);
		if (!scan->cells)
			tl_die_of_memory(scan->capacity * sizeof *scan->cells);
	}
	scan->cells[scan->count++] = (struct csv_cell){scan->text.len, 0};
}

static void end_cell(struct csv_scan *scan)
{
	struct csv_cell *cell = &scan->cells[scan->count - 1];

	cell->length = scan->text.len - cell->start;
	tl_buf_putc(&scan->text, '\0');
}

/* From behind an opening quote to behind its closing one; false where there is none. */
static bool scan_quoted(struct csv_scan *scan, size_t *i)
{
	for (;;) {
		const char *from, *quote;
		size_t n;

		if (!csv_scan_have(scan, *i) || *i - scan->at > INTAKE_MOST_CELL)
			return false;
		from = scan->window.data + *i;
		n = scan->window.len - *i;
		quote = memchr(from, '"', n);
		n = quote ? (size_t)(quote - from) : n;
		tl_buf_put(&scan->text, from, n);
		*i += n;
		if (!quote)
			continue;
		if (!csv_scan_have(scan, ++*i) || scan->window.data[*i] != '"')
			return true;
		tl_buf_putc(&scan->text, '"');
		++*i;
	}
}

/* Plain text up to a delimiter or the end of the line. */
static bool scan_plain(struct csv_scan *scan, size_t *i)
{
	while (csv_scan_have(scan, *i)) {
		const char *from = scan->window.data + *i;
		const char *end = scan->window.data + scan->window.len;
		const char *p = from;

		while (p < end && *p != scan->delimiter && *p != '\n' && *p != '\r')
			p++;
		tl_buf_put(&scan->text, from, (size_t)(p - from));
		*i += (size_t)(p - from);
		if (p < end)
			break;
		if (*i - scan->at > INTAKE_MOST_ROW)
			return false;
	}
	return true;
}

static uint64_t count_lines(const struct csv_scan *scan)
{
	const char *p = scan->window.data + scan->at, *end = scan->window.data + scan->next;
	uint64_t lines = 0;

	for (; p < end; p++) {
		p = memchr(p, '\n', (size_t)(end - p));
		if (!p)
			break;
		lines++;
	}
	return lines ? lines : 1; /* CR, or the end of the file */
}

static enum csv_outcome end_row(struct csv_scan *scan, size_t next)
{
	scan->next = next;
	scan->lines = count_lines(scan);
	return CSV_ROW;
}

/* Behind the next line end, without keeping what lies before. */
static enum csv_outcome skip_line(struct csv_scan *scan)
{
	size_t i = scan->at;

	while (csv_scan_have(scan, i)) {
		const char *from = scan->window.data + i;
		const char *end = memchr(from, '\n', scan->window.len - i);

		if (end) {
			scan->next = i + (size_t)(end - from) + 1;
			scan->lines = 1;
			return CSV_TOO_LONG;
		}
		tl_buf_clear(&scan->window);
		i = scan->at = 0;
	}
	scan->at = scan->next = scan->window.len;
	return CSV_TOO_LONG;
}

/* A quote is not closed: the first line is the row. */
static enum csv_outcome take_back(struct csv_scan *scan)
{
	size_t n = scan->window.len - scan->at;
	const char *end = memchr(scan->window.data + scan->at, '\n', n);

	if (!end && !scan->ended)
		return skip_line(scan);
	if (++scan->rewinds > MOST_REWINDS)
		return CSV_GIVE_UP;
	scan->next = end ? (size_t)(end + 1 - scan->window.data) : scan->window.len;
	scan->lines = 1;
	return CSV_UNCLOSED;
}

static enum csv_outcome scan_cells(struct csv_scan *scan)
{
	size_t i = scan->at;

	for (;;) {
		char c;

		begin_cell(scan);
		if (csv_scan_have(scan, i) && scan->window.data[i] == '"') {
			i++;
			if (!scan_quoted(scan, &i))
				return take_back(scan);
		}
		if (!scan_plain(scan, &i) || i - scan->at > INTAKE_MOST_ROW)
			return skip_line(scan);
		end_cell(scan);
		if (!csv_scan_have(scan, i))
			return end_row(scan, i);
		c = scan->window.data[i++];
		if (c == '\r' && csv_scan_have(scan, i) && scan->window.data[i] == '\n')
			i++;
		if (c == '\r' || c == '\n')
			return end_row(scan, i);
	}
}

enum csv_outcome csv_scan_row(struct csv_scan *scan)
{
	enum csv_outcome outcome;

	do {
		scan->line += scan->lines;
		compact(scan);
		tl_buf_clear(&scan->text);
		scan->count = 0;
		if (!csv_scan_have(scan, scan->at))
			return CSV_END;
		outcome = scan_cells(scan);
	} while (outcome == CSV_ROW && scan->count == 1 && !scan->cells[0].length);
	return outcome;
}

char csv_scan_delimiter(struct csv_scan *scan)
{
	static const char marks[] = ",;\t|";
	size_t counts[sizeof marks] = {0}, best = 0;
	bool quoted = false;

	for (size_t i = scan->at; i - scan->at < INTAKE_MOST_ROW && csv_scan_have(scan, i); i++) {
		char c = scan->window.data[i];
		const char *mark = c ? strchr(marks, c) : NULL;

		if (c == '"')
			quoted = !quoted;
		else if (c == '\n' && !quoted)
			break;
		else if (mark && !quoted)
			counts[mark - marks]++;
	}
	for (size_t i = 0; marks[i]; i++)
		if (counts[i] > counts[best])
			best = i;
	return marks[best];
}
