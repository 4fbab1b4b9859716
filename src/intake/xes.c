/* XES event logs: a record is an event, or a whole trace. Paths are the keys of attributes:
 *
 *     NAME        of the event, or of the trace where records are traces
 *     case:NAME   of the trace
 *     first:NAME, last:NAME   of the first or last event of the trace, where records are traces
 *
 * Attributes inside of attributes are passed by. A trace's own attributes come before its events.
 */
#include <stdlib.h>
#include <string.h>

#include "intake/reader.h"
#include "touchline/xml.h"

enum scope { OF_TRACE, OF_EVENT, OF_FIRST, OF_LAST };
struct key { /* a path, read */
	enum scope scope;
	const char *name;
};
struct xes {
	struct intake_reader base;
	struct tl_diags *diags;
	const struct tl_profile *profile;
	const char *name;
	struct intake_input *input;
	struct tl_arena arena;
	struct tl_buf window; /* of the input */
	size_t at;
	struct tl_xml_stream *stream;
	struct key *keys;
	struct tl_buf *values; /* of the paths; empty where absent */
	struct intake_slots slots;
	struct tl_buf raw; /* the record as key=value, for rejects */
	uint64_t records;
	unsigned depth;
	const struct intake_path *too_large; /* the value that the next record lacks for it */
	bool in_trace, in_event, first_event;
};

static struct xes *xes_of(struct intake_reader *reader)
{
	return (struct xes *)(void *)reader;
}

static int read_bytes(void *context, char *bytes, int n)
{
	struct xes *xes = context;
	size_t left;

	if (xes->at == xes->window.len) {
		tl_buf_clear(&xes->window);
		xes->at = 0;
		if (!intake_input_read(xes->input, &xes->window))
			return intake_input_failed(xes->input) ? -1 : 0;
	}
	left = xes->window.len - xes->at;
	if (left > (size_t)n)
		left = (size_t)n;
	memcpy(bytes, xes->window.data + xes->at, left);
	xes->at += left;
	return (int)left;
}

static void xes_close(struct intake_reader *reader)
{
	struct xes *xes = xes_of(reader);

	for (size_t i = 0; i < xes->profile->path_count; i++)
		tl_buf_release(&xes->values[i]);
	tl_xml_stream_close(xes->stream);
	tl_buf_release(&xes->window);
	tl_buf_release(&xes->slots.bytes);
	tl_buf_release(&xes->raw);
	tl_arena_release(&xes->arena);
	free(xes);
}

/* ---- attributes --------------------------------------------------------------------------------- */

static void read_keys(struct xes *xes)
{
	static const char *const prefixes[] = {
		[OF_TRACE] = "case:", [OF_FIRST] = "first:", [OF_LAST] = "last:"};

	for (size_t i = 0; i < xes->profile->path_count; i++) {
		const char *from = xes->profile->paths[i].from;
		struct key *key = &xes->keys[i];

		*key = (struct key){xes->profile->each_trace ? OF_TRACE : OF_EVENT, from};
		for (size_t s = 0; s < TL_COUNT(prefixes); s++)
			if (prefixes[s] && !strncmp(from, prefixes[s], strlen(prefixes[s])))
				*key = (struct key){(enum scope)s, from + strlen(prefixes[s])};
	}
}

static bool is_meant(const struct xes *xes, const struct key *key)
{
	if (!xes->in_event)
		return key->scope == OF_TRACE;
	return key->scope == OF_EVENT || key->scope == OF_LAST ||
	       (key->scope == OF_FIRST && xes->first_event);
}

static void keep_attribute(struct xes *xes)
{
	const char *key = tl_xml_stream_attribute(xes->stream, "key"), *value;
	char *copy;
	size_t n;

	if (!key)
		return;
	copy = strdup(key);
	if (!copy)
		tl_die_of_memory(strlen(key));
	value = tl_xml_stream_attribute(xes->stream, "value");
	n = value ? strlen(value) : 0;
	for (size_t i = 0; n && i < xes->profile->path_count; i++) {
		if (!is_meant(xes, &xes->keys[i]) || strcmp(xes->keys[i].name, copy) != 0)
			continue;
		if (n > INTAKE_MOST_CELL) {
			xes->too_large = &xes->profile->paths[i];
			n = 0;
		}
		tl_buf_clear(&xes->values[i]);
		tl_buf_put(&xes->values[i], value, n);
	}
	free(copy);
}

/* Forgets what the trace or event before had. */
static void clear_values(struct xes *xes, bool trace)
{
	for (size_t i = 0; i < xes->profile->path_count; i++)
		if (trace || xes->keys[i].scope == OF_EVENT || xes->keys[i].scope == OF_LAST)
			tl_buf_clear(&xes->values[i]);
}

/* ---- records ------------------------------------------------------------------------------------ */

static void start_element(struct xes *xes, const char *name)
{
	static const char *const plain[] = {"string", "date", "int", "float", "boolean", "id"};
	unsigned inside = 1u + xes->in_trace + xes->in_event; /* depth of what is directly in it */

	if (xes->depth == 1 && !strcmp(name, "trace")) {
		xes->in_trace = xes->first_event = true;
		clear_values(xes, true);
	} else if ((xes->depth == 1 || (xes->depth == 2 && xes->in_trace)) &&
		   !strcmp(name, "event")) {
		xes->in_event = true;
		clear_values(xes, false);
	} else if (inside > 1 && xes->depth == inside) {
		for (size_t i = 0; i < TL_COUNT(plain); i++)
			if (!strcmp(name, plain[i]))
				keep_attribute(xes);
	}
	xes->depth++;
}

/* True where a record ends here. */
static bool end_element(struct xes *xes)
{
	xes->depth--;
	if (xes->in_event && xes->depth == 1u + xes->in_trace) {
		xes->in_event = xes->first_event = false;
		return !xes->profile->each_trace;
	}
	if (xes->in_trace && xes->depth == 1) {
		xes->in_trace = false;
		return xes->profile->each_trace;
	}
	return false;
}

static void fill(struct xes *xes, struct tl_arena *arena, struct intake_row *row)
{
	tl_buf_clear(&xes->raw);
	tl_buf_putc(&xes->raw, '{');
	intake_slots_clear(&xes->slots);
	for (size_t i = 0; i < xes->profile->path_count; i++) {
		const struct tl_buf *value = &xes->values[i];

		if (!value->len)
			continue;
		intake_slots_add(&xes->slots, i, value->data, value->len, false);
		if (xes->raw.len > 1)
			tl_buf_putc(&xes->raw, ',');
		tl_buf_json(&xes->raw, xes->profile->paths[i].from);
		tl_buf_putc(&xes->raw, ':');
		tl_buf_json(&xes->raw, value->data);
	}
	tl_buf_putc(&xes->raw, '}');
	*row = (struct intake_row){.cells = intake_slots_cells(&xes->slots, arena),
		.number = ++xes->records,
		.raw = tl_arena_strndup(arena, xes->raw.data, xes->raw.len),
		.raw_length = xes->raw.len};
	if (xes->too_large) {
		row->fault = "larger than 1 MB: shorten it in the export; it is not repeated here";
		row->fault_column = xes->too_large->from;
		xes->too_large = NULL;
	}
}

static enum intake_step report(struct xes *xes)
{
	if (!intake_input_failed(xes->input))
		tl_diag_add(xes->diags, TL0533, (struct tl_span){0}, "%s:%u: %s", xes->name,
			tl_xml_stream_line(xes->stream), tl_xml_stream_error(xes->stream));
	return INTAKE_FAILED;
}

static enum intake_step xes_next(
	struct intake_reader *reader, struct tl_arena *arena, struct intake_row *row)
{
	struct xes *xes = xes_of(reader);
	const char *name;

	for (;;) {
		switch (tl_xml_stream_next(xes->stream, &name)) {
		case TL_XML_START:
			if (xes->depth == 0 && strcmp(name, "log") != 0) {
				tl_diag_add(xes->diags, TL0533, (struct tl_span){0},
					"%s: is no event log: its root is <%s>, not <log>",
					xes->name, name);
				return INTAKE_FAILED;
			}
			start_element(xes, name);
			break;
		case TL_XML_END:
			if (!end_element(xes))
				break;
			fill(xes, arena, row);
			return INTAKE_ROW;
		case TL_XML_DONE:
			return INTAKE_END;
		case TL_XML_BROKEN:
			return report(xes);
		}
	}
}

/* ---- rejects: NDJSON, a line for each record, its attributes by the profile's paths --------------- */

static void xes_rejects_edge(struct intake_reader *reader, FILE *out)
{
	(void)reader;
	(void)out;
}

static void xes_reject(struct intake_reader *reader, FILE *out, const struct intake_row *row,
	const char *file, const char *column, const char *reason)
{
	struct tl_buf line = {0};

	(void)reader;
	tl_buf_puts(&line, "{\"touchline\":{\"file\":");
	tl_buf_json(&line, file);
	tl_buf_printf(&line, ",\"row\":%llu,\"column\":", (unsigned long long)row->number);
	tl_buf_json(&line, column);
	tl_buf_puts(&line, ",\"reason\":");
	tl_buf_json(&line, reason);
	fprintf(out, "%s},\"record\":%s}\n", line.data, row->raw);
	tl_buf_release(&line);
}

struct intake_reader *intake_xes_open(struct tl_diags *diags, const struct tl_profile *profile,
	struct intake_input *input, const char *name)
{
	struct xes *xes = calloc(1, sizeof *xes);

	if (!xes)
		tl_die_of_memory(sizeof *xes);
	xes->base = (struct intake_reader){xes_next, xes_close, xes_rejects_edge, xes_reject,
		xes_rejects_edge, ".ndjson"};
	xes->diags = diags;
	xes->profile = profile;
	xes->name = name;
	xes->input = input;
	tl_arena_init(&xes->arena);
	xes->keys = tl_arena_array(&xes->arena, struct key, profile->path_count);
	xes->values = tl_arena_array(&xes->arena, struct tl_buf, profile->path_count);
	read_keys(xes);
	intake_slots_init(&xes->slots, &xes->arena, profile);
	xes->stream = tl_xml_stream_open(read_bytes, xes);
	return &xes->base;
}
