/* What the targets of the readers share: any bytes as a file that is read to its end by one profile.
 * Every cell is UTF-8 and as long as it says, and rejects can be written. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "intake/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct intake_reader *open_reader(struct tl_diags *diags, const struct tl_profile *profile,
	struct intake_input *input, const char *name);

/* The input as a file that is gone once it is closed; its name outlives it. */
static struct intake_input *open_bytes(struct tl_diags *diags, const uint8_t *data, size_t size)
{
	static char path[32];
	struct intake_input *input;
	int fd;

	snprintf(path, sizeof path, "/tmp/touchline-fuzz-XXXXXX");
	fd = mkstemp(path);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	close(fd);
	input = intake_input_open(diags, path);
	unlink(path);
	return input;
}

static void check_row(const struct tl_profile *profile, const struct intake_row *row)
{
	for (size_t i = 0; i < profile->path_count; i++) {
		const struct intake_cell *cell = &row->cells[i];

		if (cell->text && (strlen(cell->text) != cell->length ||
					  tl_utf8_check(cell->text, cell->length) != cell->length))
			abort();
	}
}

/* Rows that have a fault are rejected as an import does it, and the others too. */
static void read_all(struct intake_reader *reader, const struct tl_profile *profile,
	const char *name, FILE *rejects)
{
	struct intake_row row;
	struct tl_arena arena;

	tl_arena_init(&arena);
	reader->rejects_head(reader, rejects);
	while (reader->next(reader, &arena, &row) == INTAKE_ROW) {
		check_row(profile, &row);
		reader->reject(reader, rejects, &row, name, "a", "b");
		tl_arena_reset(&arena);
	}
	tl_arena_release(&arena);
	reader->rejects_tail(reader, rejects);
	reader->close(reader);
}

static int read_bytes_as(
	open_reader *open, const char *xml, const uint8_t *data, size_t size)
{
	FILE *sink = fopen("/dev/null", "w");
	const struct tl_profile *profile;
	struct intake_reader *reader;
	struct intake_input *input;
	struct tl_arena arena;
	struct tl_diags diags;
	const char *name;

	tl_arena_init(&arena);
	tl_diags_init(&diags);
	profile = tl_profile_parse(&arena, &diags, "p.xml", xml, strlen(xml));
	input = open_bytes(&diags, data, size);
	if (!profile || !sink)
		abort();
	while (input && intake_input_next(input, &name) &&
		(reader = open(&diags, profile, input, name)))
		read_all(reader, profile, name, sink);
	if (input)
		intake_input_close(input);
	fclose(sink);
	tl_diags_release(&diags);
	tl_arena_release(&arena);
	return 0;
}
