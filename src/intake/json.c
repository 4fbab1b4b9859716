/* JSON and NDJSON: one record at a time is parsed, and the profile's paths are followed in it.
 *
 * A path is keys apart by dots; [] stands for every element of an array, [key=value] for those
 * elements whose key has that value: custom_fields[id=360001].value
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "intake/json_scan.h"

struct json {
	struct intake_reader base;
	struct tl_diags *diags;
	const struct tl_profile *profile;
	const char *name;
	struct tl_arena arena;
	struct json_scan scan;
	struct intake_slots slots;
	uint64_t records;
};

static struct json *json_of(struct intake_reader *reader)
{
	return (struct json *)(void *)reader;
}

static void json_close(struct intake_reader *reader)
{
	struct json *json = json_of(reader);

	tl_buf_release(&json->scan.window);
	tl_buf_release(&json->slots.bytes);
	tl_arena_release(&json->arena);
	free(json);
}

/* ---- paths ------------------------------------------------------------------------------------- */

static void follow(struct json *json, size_t slot, const json_t *value, const char *path);

static void add_scalar(struct json *json, size_t slot, const json_t *value)
{
	char number[40];
	const char *text = number;
	size_t n;

	if (json_is_string(value)) {
		text = json_string_value(value);
		n = json_string_length(value);
	} else if (json_is_integer(value)) {
		n = (size_t)snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT,
			json_integer_value(value));
	} else if (json_is_real(value)) {
		n = (size_t)snprintf(number, sizeof number, "%.15g", json_real_value(value));
	} else if (json_is_boolean(value)) {
		text = json_is_true(value) ? "true" : "false";
		n = strlen(text);
	} else {
		return;
	}
	intake_slots_add(&json->slots, slot, text, n, false);
}

static bool equals(const json_t *value, const char *text, size_t n)
{
	char number[40];

	if (json_is_integer(value)) {
		snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT,
			json_integer_value(value));
		return strlen(number) == n && !memcmp(number, text, n);
	}
	return json_is_string(value) && json_string_length(value) == n &&
	       !memcmp(json_string_value(value), text, n);
}

/* condition: "" or "key=value", up to its ] */
static bool meets(const json_t *element, const char *condition, size_t n)
{
	const char *sign = memchr(condition, '=', n);
	size_t key = sign ? (size_t)(sign - condition) : 0;

	if (!sign)
		return true;
	return equals(json_object_getn(element, condition, key), sign + 1, n - key - 1);
}

static void follow_elements(
	struct json *json, size_t slot, const json_t *array, const char *path)
{
	const char *close = strchr(path, ']');
	const char *rest;
	size_t i;
	json_t *element;

	if (!close)
		return;
	rest = close + 1 + (close[1] == '.');
	json_array_foreach(array, i, element)
		if (meets(element, path + 1, (size_t)(close - path - 1)))
			follow(json, slot, element, rest);
}

/* Depth is bounded by that of the record, which is INTAKE_MOST_DEPTH. */
static void follow(struct json *json, size_t slot, const json_t *value, const char *path)
{
	size_t n = strcspn(path, ".["), i;
	const json_t *whole = json_object_get(value, path);
	json_t *element;

	if (!*path && json_is_array(value)) {
		json_array_foreach(value, i, element)
			add_scalar(json, slot, element);
	} else if (!*path) {
		add_scalar(json, slot, value);
	} else if (whole) { /* a key that has dots itself */
		follow(json, slot, whole, "");
	} else if (*path == '[') {
		follow_elements(json, slot, value, path);
	} else {
		value = json_object_getn(value, path, n);
		if (value)
			follow(json, slot, value, path + n + (path[n] == '.'));
	}
}

/* ---- records ------------------------------------------------------------------------------------ */

static bool report(struct json *json, const char *what, const char *hint)
{
	struct tl_diag *diag = tl_diag_add(json->diags, TL0533, (struct tl_span){0},
		"%s: %s after record %llu", json->name, what, (unsigned long long)json->records);

	tl_diag_hint(json->diags, diag, "%s", hint);
	return false;
}

/* What a file of rejects holds is the record inside of its reasons. */
static json_t *unwrap(struct tl_arena *arena, json_t *value, struct intake_row *row)
{
	json_t *record = json_object_get(value, "record");
	char *raw;

	if (!record || !json_object_get(value, "touchline"))
		return value;
	raw = json_dumps(record, JSON_COMPACT | JSON_ENCODE_ANY);
	row->raw = tl_arena_strdup(arena, raw ? raw : "");
	row->raw_length = strlen(row->raw);
	free(raw);
	json_incref(record);
	json_decref(value);
	return record;
}

static const char *fill(struct json *json, struct tl_arena *arena, struct intake_row *row)
{
	json_t *value = json_loadb(row->raw, row->raw_length,
		JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	struct tl_buf replaced = {0};
	const char *fault = NULL;

	if (!value && tl_utf8_check(row->raw, row->raw_length) != row->raw_length) {
		intake_from_1252(&replaced, row->raw, row->raw_length);
		value = json_loadb(
			replaced.data, replaced.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	}
	tl_buf_release(&replaced);
	if (!value)
		return "is not well-formed JSON";
	value = unwrap(arena, value, row);
	if (!json_is_object(value))
		fault = "is no object";
	for (size_t i = 0; !fault && i < json->profile->path_count; i++)
		follow(json, i, value, json->profile->paths[i].from);
	json_decref(value);
	return fault;
}

static enum intake_step json_next(
	struct intake_reader *reader, struct tl_arena *arena, struct intake_row *row)
{
	struct json *json = json_of(reader);
	struct json_scan *scan = &json->scan;
	enum json_outcome outcome = json_scan_record(scan);

	if (intake_input_failed(scan->input))
		return INTAKE_FAILED;
	if (outcome == JSON_END)
		return INTAKE_END;
	if (outcome != JSON_RECORD) {
		report(json,
			outcome == JSON_CUT_OFF ? "ends in the middle" : "is not well-formed JSON",
			outcome == JSON_CUT_OFF ? "the file may have been cut off on its way"
						: "does it hold JSON at all?");
		return INTAKE_FAILED;
	}
	*row = (struct intake_row){.number = ++json->records,
		.raw = tl_arena_strndup(arena, scan->window.data + scan->at, scan->next - scan->at),
		.raw_length = scan->next - scan->at,
		.fault = scan->fault};
	intake_slots_clear(&json->slots);
	if (!row->fault)
		row->fault = fill(json, arena, row);
	row->cells = intake_slots_cells(&json->slots, arena);
	return INTAKE_ROW;
}

/* Paths to everything in the value that is no object; what lies in arrays of objects is left out. */
static void put_paths(struct tl_buf *out, const json_t *value, const char *above, unsigned depth)
{
	const char *key;
	json_t *member;

	json_object_foreach((json_t *)(uintptr_t)value, key, member) {
		struct tl_buf path = {0};
		bool list = json_is_array(member);

		tl_buf_printf(&path, "%s%s%s%s", above, *above ? "." : "", key, list ? "[]" : "");
		if (json_is_object(member) && depth < INTAKE_MOST_DEPTH)
			put_paths(out, member, path.data, depth + 1);
		else if (!list || !json_is_object(json_array_get(member, 0)))
			tl_buf_put(out, path.data, path.len + 1);
		tl_buf_release(&path);
	}
}

void intake_json_paths(struct tl_buf *out, const struct intake_row *row)
{
	json_t *value = json_loadb(row->raw, row->raw_length, JSON_ALLOW_NUL, NULL);

	put_paths(out, value, "", 0);
	json_decref(value);
}

/* ---- rejects ------------------------------------------------------------------------------------ */

static void json_rejects_edge(struct intake_reader *reader, FILE *out)
{
	(void)reader;
	(void)out;
}

static void put_string(FILE *out, const char *key, const char *value)
{
	struct tl_buf buf = {0};

	tl_buf_json(&buf, value);
	fprintf(out, "\"%s\":%s", key, buf.data);
	tl_buf_release(&buf);
}

/* A record as it stands in the file, on one line; a text where it is not even JSON. */
static void json_reject(struct intake_reader *reader, FILE *out, const struct intake_row *row,
	const char *file, const char *column, const char *reason)
{
	json_t *value = json_loadb(row->raw, row->raw_length, JSON_DECODE_ANY, NULL);
	char *line = value ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
	struct tl_buf text = {0};

	(void)reader;
	fputs("{\"touchline\":{", out);
	put_string(out, "file", file);
	fprintf(out, ",\"row\":%llu,", (unsigned long long)row->number);
	put_string(out, "column", column);
	putc(',', out);
	put_string(out, "reason", reason);
	fputs("},", out);
	if (line) {
		fprintf(out, "\"record\":%s}\n", line);
	} else {
		tl_buf_put(&text, row->raw ? row->raw : "", row->raw_length);
		put_string(out, "text", text.data);
		fputs("}\n", out);
	}
	tl_buf_release(&text);
	free(line);
	json_decref(value);
}

struct intake_reader *intake_json_open(struct tl_diags *diags, const struct tl_profile *profile,
	struct intake_input *input, const char *name)
{
	struct json *json = calloc(1, sizeof *json);

	if (!json)
		tl_die_of_memory(sizeof *json);
	json->base = (struct intake_reader){json_next, json_close, json_rejects_edge, json_reject,
		json_rejects_edge, ".ndjson"};
	json->diags = diags;
	json->profile = profile;
	json->name = name;
	json->scan.input = input;
	json->scan.records = profile->records;
	tl_arena_init(&json->arena);
	intake_slots_init(&json->slots, &json->arena, profile);
	if (intake_input_read(input, &json->scan.window) && json->scan.window.len >= 3 &&
		!memcmp(json->scan.window.data, "\xef\xbb\xbf", 3))
		json->scan.next = 3;
	return &json->base;
}
