/* csv: tables cut into cells, without knowing what they mean. */
#ifndef TL_INTAKE_CSV_H
#define TL_INTAKE_CSV_H

#include "intake/reader.h"

struct csv_cell {
	size_t start, length; /* in cells */
};
enum csv_outcome {
	CSV_ROW,
	CSV_END,
	CSV_UNCLOSED, /* a quote is never closed: the row is its first line */
	CSV_TOO_LONG, /* the row is not kept */
	CSV_GIVE_UP   /* too many quotes are never closed */
};
struct csv_scan {
	struct intake_input *input;
	struct tl_buf window; /* bytes of the input; the row begins at `at` */
	size_t at, next;
	bool ended;
	char delimiter;
	uint64_t line, lines; /* number of the row's first line; how many it has */
	unsigned rewinds;
	struct tl_buf text; /* of the cells, unquoted, a NUL behind each */
	struct csv_cell *cells;
	size_t count, capacity;
};
void csv_scan_release(struct csv_scan *scan);
/* The next row that is not blank: scan->cells, and its bytes in the window from at to next. */
enum csv_outcome csv_scan_row(struct csv_scan *scan);
/* Makes sure that byte i of the window is there. */
bool csv_scan_have(struct csv_scan *scan, size_t i);
/* The mark that most often stands outside of quotes in the first line: , ; tab or | */
char csv_scan_delimiter(struct csv_scan *scan);

#endif
