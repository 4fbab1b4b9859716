/* Tables: the header names columns, the profile's paths are found among them, and each row gives its
 * cells. Lifetimes: everything lives until close. */
#include "intake/csv.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { REASONS = 4 }; /* columns that a file of rejects has in front */

struct csv {
	struct intake_reader base;
	struct tl_diags *diags;
	const struct tl_profile *profile;
	const char *name;
	struct tl_arena arena;
	struct csv_scan scan;
	struct intake_slots slots;
	const char **columns; /* names */
	size_t column_count;
	size_t first;		/* the first column that is not of ours */
	size_t **wanted;	/* for each path: columns, ended by SIZE_MAX */
	struct tl_buf header;	/* as it stands in the file */
	bool latin;
};

static struct csv *csv_of(struct intake_reader *reader)
{
	return (struct csv *)(void *)reader;
}

static void csv_close(struct intake_reader *reader)
{
	struct csv *csv = csv_of(reader);

	csv_scan_release(&csv->scan);
	tl_buf_release(&csv->slots.bytes);
	tl_buf_release(&csv->header);
	tl_arena_release(&csv->arena);
	free(csv);
}

/* ---- the header ------------------------------------------------------------------------------- */

static bool report(struct csv *csv, const char *what, const char *hint)
{
	struct tl_diag *diag =
		tl_diag_add(csv->diags, TL0533, (struct tl_span){0}, "%s: %s", csv->name, what);

	if (hint)
		tl_diag_hint(csv->diags, diag, "%s", hint);
	return false;
}

/* Byte order marks say what the file is; a NUL says that it is no text. */
static bool check_encoding(struct csv *csv)
{
	struct csv_scan *scan = &csv->scan;
	const char *text;

	csv->latin = csv->profile->encoding != INTAKE_UTF_8;
	if (!csv_scan_have(scan, 0))
		return !intake_input_failed(scan->input) && report(csv, "is empty", NULL);
	csv_scan_have(scan, 3);
	text = scan->window.data;
	if (!strncmp(text, "\xff\xfe", 2) || !strncmp(text, "\xfe\xff", 2))
		return report(csv, "is encoded in UTF-16",
			"convert it: iconv -f UTF-16 -t UTF-8 old.csv > new.csv");
	if (memchr(text, '\0', scan->window.len < 4096 ? scan->window.len : 4096))
		return report(csv, "is no text: is it a workbook?",
			"save it as CSV in the program that made it");
	if (!strncmp(text, "\xef\xbb\xbf", 3)) {
		scan->next = 3;
		csv->latin = false;
	}
	return true;
}

static const char *copy_cell(struct csv *csv, size_t column)
{
	const struct csv_cell *cell = &csv->scan.cells[column];
	const char *s = csv->scan.text.data + cell->start;
	struct tl_buf decoded = {0};
	const char *copy;
	size_t n;

	if (csv->latin && tl_utf8_check(s, cell->length) != cell->length) {
		intake_from_1252(&decoded, s, cell->length);
		s = decoded.data;
	}
	while (*s == ' ' || *s == '\t')
		s++;
	n = strlen(s);
	while (n && strchr(" \t\r\n", s[n - 1]))
		n--;
	copy = tl_arena_strndup(&csv->arena, s, n);
	tl_buf_release(&decoded);
	return copy;
}

static bool read_header_row(struct csv *csv, int index)
{
	struct csv_scan *scan = &csv->scan;

	if (csv_scan_row(scan) != CSV_ROW)
		return !intake_input_failed(scan->input) &&
		       report(csv, "its header cannot be read: it is cut off, or not a table", NULL);
	tl_buf_put(&csv->header, scan->window.data + scan->at, scan->next - scan->at);
	if (index == 0) {
		if (scan->count > INTAKE_MOST_COLUMNS)
			return report(csv, "has more than 4096 columns", NULL);
		csv->columns = tl_arena_array(&csv->arena, const char *, scan->count);
		csv->column_count = scan->count;
	}
	for (size_t i = 0; i < csv->column_count && i < scan->count; i++)
		if (!csv->columns[i] || !*csv->columns[i])
			csv->columns[i] = copy_cell(csv, i);
	return true;
}

static bool read_header(struct csv *csv)
{
	if (!check_encoding(csv))
		return false;
	csv->scan.at = csv->scan.next;
	csv->scan.delimiter = csv->profile->delimiter ? csv->profile->delimiter
						      : csv_scan_delimiter(&csv->scan);
	for (int i = 0; i < csv->profile->header_rows; i++)
		if (!read_header_row(csv, i))
			return false;
	if (csv->column_count > REASONS && !strcmp(csv->columns[0], "touchline_file"))
		csv->first = REASONS;
	return true;
}

/* Exactly, or with other upper and lower case, by number, or by a pattern. */
static bool is_wanted(const struct csv *csv, const char *from, size_t column, bool exactly)
{
	if (from[0] == '#')
		return strtoul(from + 1, NULL, 10) + csv->first == column + 1;
	if (strchr(from, '*'))
		return fnmatch(from, csv->columns[column], 0) == 0;
	return (exactly ? strcmp : strcasecmp)(from, csv->columns[column]) == 0;
}

static size_t *find_columns(struct csv *csv, const char *from, bool exactly)
{
	size_t *list = tl_arena_array(&csv->arena, size_t, csv->column_count + 1), n = 0;
	bool many = strchr(from, '*') != NULL;

	for (size_t i = csv->first; i < csv->column_count && (many || !n); i++)
		if (is_wanted(csv, from, i, exactly))
			list[n++] = i;
	list[n] = SIZE_MAX;
	return list;
}

static bool find_paths(struct csv *csv)
{
	bool all = !intake_input_failed(csv->scan.input);

	if (!all)
		return false;
	csv->wanted = tl_arena_array(&csv->arena, size_t *, csv->profile->path_count);
	for (size_t i = 0; i < csv->profile->path_count; i++) {
		const struct intake_path *path = &csv->profile->paths[i];
		const char *nearest;
		struct tl_diag *diag;

		csv->wanted[i] = find_columns(csv, path->from, true);
		if (csv->wanted[i][0] == SIZE_MAX)
			csv->wanted[i] = find_columns(csv, path->from, false);
		if (csv->wanted[i][0] != SIZE_MAX || path->optional)
			continue;
		all = false;
		diag = tl_diag_add(csv->diags, TL0532, path->at, "%s has no column '%s'", csv->name,
			path->from);
		nearest = tl_text_nearest(path->from, csv->columns + csv->first,
			csv->column_count - csv->first);
		if (nearest)
			tl_diag_hint(csv->diags, diag, "did you mean '%s'?", nearest);
	}
	return all;
}

/* ---- rows ------------------------------------------------------------------------------------- */

static const char *count_fault(const struct csv *csv, struct tl_arena *arena)
{
	size_t count = csv->scan.count, columns = csv->column_count;

	if (count == columns || (count < columns && csv->profile->short_rows))
		return NULL;
	return tl_arena_printf(arena, "%zu cells where the header has %zu: %s", count - csv->first,
		columns - csv->first,
		count < columns ? "a line break without quotes around the text?"
				: "a delimiter without quotes around the text?");
}

/* The apostrophe that keeps a spreadsheet from calculating is not part of what was said. */
static void fill_cell(struct csv *csv, size_t slot, const struct csv_cell *cell)
{
	const char *text = csv->scan.text.data + cell->start;
	size_t marked = tl_csv_is_neutralised(text);

	intake_slots_add(&csv->slots, slot, text + marked, cell->length - marked, csv->latin);
}

static void fill_cells(struct csv *csv)
{
	for (size_t i = 0; i < csv->profile->path_count; i++)
		for (const size_t *column = csv->wanted[i]; *column != SIZE_MAX; column++)
			if (*column < csv->scan.count)
				fill_cell(csv, i, &csv->scan.cells[*column]);
}

static const char *fault_of(
	const struct csv *csv, struct tl_arena *arena, enum csv_outcome outcome)
{
	if (outcome == CSV_UNCLOSED)
		return "a quote is never closed";
	if (outcome == CSV_TOO_LONG)
		return "the row is larger than 4 MB, or the cell larger than 1 MB: shorten it in "
		       "the export; it is not repeated here";
	return count_fault(csv, arena);
}

/* The column that the row was given up in. */
static const char *fault_column(struct csv *csv, enum csv_outcome outcome)
{
	size_t column = csv->scan.count - 1;

	return outcome != CSV_ROW && column < csv->column_count ? csv->columns[column] : NULL;
}

static enum intake_step csv_next(
	struct intake_reader *reader, struct tl_arena *arena, struct intake_row *row)
{
	struct csv *csv = csv_of(reader);
	enum csv_outcome outcome = csv_scan_row(&csv->scan);

	if (intake_input_failed(csv->scan.input))
		return INTAKE_FAILED;
	if (outcome == CSV_END)
		return INTAKE_END;
	if (outcome == CSV_GIVE_UP) {
		report(csv, "hundreds of quotes are never closed", "is the delimiter the right one?");
		return INTAKE_FAILED;
	}
	*row = (struct intake_row){.number = csv->scan.line,
		.fault = fault_of(csv, arena, outcome),
		.fault_column = fault_column(csv, outcome)};
	if (outcome != CSV_TOO_LONG) {
		row->raw_length = csv->scan.next - csv->scan.at;
		row->raw = tl_arena_strndup(
			arena, csv->scan.window.data + csv->scan.at, row->raw_length);
	}
	intake_slots_clear(&csv->slots);
	if (!row->fault)
		fill_cells(csv);
	row->cells = intake_slots_cells(&csv->slots, arena);
	return INTAKE_ROW;
}

/* ---- rejects ---------------------------------------------------------------------------------- */

static void put_cell(struct csv *csv, FILE *out, const char *text)
{
	putc('"', out);
	for (; *text; text++) {
		if (*text == '"')
			putc('"', out);
		putc(*text, out);
	}
	fprintf(out, "\"%c", csv->scan.delimiter);
}

/* Bytes of the file as UTF-8, without the columns of a former reject. */
static void put_raw(struct csv *csv, FILE *out, const char *raw, size_t n)
{
	struct tl_buf decoded = {0};
	bool open = n && raw[n - 1] != '\n' && raw[n - 1] != '\r';

	if (csv->latin && tl_utf8_check(raw, n) != n) {
		intake_from_1252(&decoded, raw, n);
		raw = decoded.data;
		n = decoded.len;
	}
	if (n)
		fwrite(raw, 1, n, out);
	if (open || !n)
		putc('\n', out);
	tl_buf_release(&decoded);
}

/* Behind the first REASONS cells, none of which holds a line end of its own. */
static size_t behind_reasons(const struct csv *csv, const char *raw, size_t n)
{
	size_t left = csv->first, i = 0;
	bool quoted = false;

	for (; i < n && left; i++) {
		if (raw[i] == '"')
			quoted = !quoted;
		else if (raw[i] == csv->scan.delimiter && !quoted)
			left--;
	}
	return i;
}

static void csv_rejects_head(struct intake_reader *reader, FILE *out)
{
	struct csv *csv = csv_of(reader);
	struct csv_scan header = {.delimiter = csv->scan.delimiter, .ended = true};
	bool first = true;

	fputs("\xef\xbb\xbf", out); /* so that it is known to be UTF-8 when it comes back */
	tl_buf_put(&header.window, csv->header.data, csv->header.len);
	while (csv_scan_row(&header) == CSV_ROW) {
		const char *raw = header.window.data + header.at;
		size_t n = header.next - header.at, skip = behind_reasons(csv, raw, n);
		static const char *const names[] = {
			"touchline_file", "touchline_row", "touchline_column", "touchline_reason"};

		for (size_t i = 0; i < REASONS; i++)
			fprintf(out, "%s%c", first ? names[i] : "", csv->scan.delimiter);
		put_raw(csv, out, raw + skip, n - skip);
		first = false;
	}
	csv_scan_release(&header);
}

static void csv_reject(struct intake_reader *reader, FILE *out, const struct intake_row *row,
	const char *file, const char *column, const char *reason)
{
	struct csv *csv = csv_of(reader);
	size_t skip = behind_reasons(csv, row->raw, row->raw_length);

	put_cell(csv, out, file);
	fprintf(out, "%llu%c", (unsigned long long)row->number, csv->scan.delimiter);
	put_cell(csv, out, column);
	put_cell(csv, out, reason);
	put_raw(csv, out, row->raw + skip, row->raw_length - skip);
}

static void csv_rejects_tail(struct intake_reader *reader, FILE *out)
{
	(void)reader;
	(void)out;
}

size_t intake_csv_columns(struct intake_reader *reader, const char *const **names)
{
	*names = csv_of(reader)->columns;
	return csv_of(reader)->column_count;
}

struct intake_reader *intake_csv_open(struct tl_diags *diags, const struct tl_profile *profile,
	struct intake_input *input, const char *name)
{
	struct csv *csv = calloc(1, sizeof *csv);

	if (!csv)
		tl_die_of_memory(sizeof *csv);
	csv->base = (struct intake_reader){csv_next, csv_close, csv_rejects_head, csv_reject,
		csv_rejects_tail, ".csv"};
	csv->diags = diags;
	csv->profile = profile;
	csv->name = name;
	csv->scan.input = input;
	csv->scan.line = 1;
	tl_arena_init(&csv->arena);
	if (read_header(csv) && find_paths(csv)) {
		intake_slots_init(&csv->slots, &csv->arena, profile);
		return &csv->base;
	}
	csv_close(&csv->base);
	return NULL;
}
