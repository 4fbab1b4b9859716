/* reader: a file taken apart into rows. One implementation for each format. */
#ifndef TL_INTAKE_READER_H
#define TL_INTAKE_READER_H

#include <stdio.h>

#include "intake/input.h"
#include "intake/profile.h"

enum {
	INTAKE_MOST_CELL = 1 << 20,    /* bytes */
	INTAKE_MOST_ROW = 4 << 20,     /* bytes */
	INTAKE_MOST_COLUMNS = 4096,    /* of a table */
	INTAKE_MOST_DEPTH = 32,        /* of JSON and XML */
	INTAKE_SEPARATOR = 0x1f,       /* between the values of a cell that has several */
};

struct intake_cell {
	const char *text; /* UTF-8, NUL-terminated; NULL where absent or null */
	size_t length;
};
struct intake_row { /* lives in the arena that it was asked for with */
	/* One for each path of the profile; the array itself lives until the next row is asked for. */
	struct intake_cell *cells;
	uint64_t number;	   /* of the line, or of the record */
	const char *raw;	   /* as it stands in the file */
	size_t raw_length;
	const char *fault;	   /* why it cannot be read; NULL */
	const char *fault_column;  /* or NULL */
};
enum intake_step { INTAKE_ROW, INTAKE_END, INTAKE_FAILED };

struct intake_reader {
	enum intake_step (*next)(
		struct intake_reader *reader, struct tl_arena *arena, struct intake_row *row);
	void (*close)(struct intake_reader *reader);
	/* What a file of rejects begins with, each row of it, and its end. They use nothing that next
	 * changes, so that one thread may read while another rejects. */
	void (*rejects_head)(struct intake_reader *reader, FILE *out);
	void (*reject)(struct intake_reader *reader, FILE *out, const struct intake_row *row,
		const char *file, const char *column, const char *reason);
	void (*rejects_tail)(struct intake_reader *reader, FILE *out);
	const char *suffix; /* of a file of rejects: ".csv" */
};
/* The cells of a row, filled slot by slot; values of one slot are added one behind the other. */
struct intake_slots {
	const struct tl_profile *profile;
	struct tl_buf bytes;
	struct intake_cell *cells;
	size_t *starts;
};
void intake_slots_init(struct intake_slots *slots, struct tl_arena *arena,
	const struct tl_profile *profile);
void intake_slots_clear(struct intake_slots *slots);
/* Trims the value; what stands for nothing is not added, what is ill-formed becomes UTF-8:
 * Windows-1252 where latin is set, else U+FFFD. */
void intake_slots_add(
	struct intake_slots *slots, size_t slot, const char *s, size_t n, bool latin);
/* Their texts are in the arena. */
struct intake_cell *intake_slots_cells(struct intake_slots *slots, struct tl_arena *arena);

/* The input stands at the file that is called name. NULL after reporting. */
struct intake_reader *intake_csv_open(struct tl_diags *diags, const struct tl_profile *profile,
	struct intake_input *input, const char *name);
struct intake_reader *intake_json_open(struct tl_diags *diags, const struct tl_profile *profile,
	struct intake_input *input, const char *name);
struct intake_reader *intake_xes_open(struct tl_diags *diags, const struct tl_profile *profile,
	struct intake_input *input, const char *name);

/* For proposals: the names of a table's columns; the paths in a record of JSON, a NUL behind each. */
size_t intake_csv_columns(struct intake_reader *reader, const char *const **names);
void intake_json_paths(struct tl_buf *out, const struct intake_row *row);

#endif
