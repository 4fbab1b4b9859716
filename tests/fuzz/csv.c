/* Any bytes as a table: every cell is UTF-8 and as long as it says; rejects can be written. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "intake/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char xml[] =
	"<profile xmlns='urn:touchline:profile:1' id='p' kind='survey' format='csv'><null>NA</null><id from='id' optional='yes'/>"
	"<text from='text' optional='yes'/>"
	"<text from='#2' optional='yes'/>"
	"<text from='t*' optional='yes'/>"
	"</profile>";

/* The input as a file that is gone once it is closed; its name outlives it. */
static struct intake_input *open_bytes(struct tl_diags *diags, const uint8_t *data, size_t size)
{
	static char path[32];
	snprintf(path, sizeof path, "/tmp/touchline-fuzz-XXXXXX");
	int fd = mkstemp(path);
	struct intake_input *input;

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tl_arena arena;
	struct tl_diags diags;
	struct intake_row row;
	const char *name;
	FILE *sink = fopen("/dev/null", "w");

	tl_arena_init(&arena);
	tl_diags_init(&diags);
	const struct tl_profile *profile =
		tl_profile_parse(&arena, &diags, "p.xml", xml, sizeof xml - 1);
	struct intake_input *input = open_bytes(&diags, data, size);
	if (!profile || !sink)
		abort();
	while (input && intake_input_next(input, &name)) {
		struct intake_reader *reader = intake_csv_open(&diags, profile, input, name);
		if (!reader)
			break;
		reader->rejects_head(reader, sink);
		while (reader->next(reader, &row) == INTAKE_ROW) {
			check_row(profile, &row);
			reader->reject(reader, sink, &row, name, "a", "b");
		}
		reader->rejects_tail(reader, sink);
		reader->close(reader);
	}
	if (input)
		intake_input_close(input);
	fclose(sink);
	tl_diags_release(&diags);
	tl_arena_release(&arena);
	return 0;
}
