/* Diagnostics as JSON, for editors and CI: the shape is in touchline/diag.h. */
#include "diag/diag.h"

static void put_key(struct tl_buf *out, const char *key)
{
	tl_buf_printf(out, ",\"%s\":", key);
}

/* file, offset, length, line …; all null where there is no place. */
static void put_place(struct tl_buf *out, struct tl_span at)
{
	static const char *const numbers[] = {
		"offset", "length", "line", "column", "end_line", "end_column"};
	unsigned values[TL_COUNT(numbers)] = {at.offset, at.length};

	put_key(out, "file");
	tl_buf_json(out, at.source ? at.source->name : NULL);
	if (at.source) {
		tl_source_position(at.source, at.offset, &values[2], &values[3]);
		tl_source_position(
			at.source, (size_t)at.offset + at.length, &values[4], &values[5]);
	}
	for (size_t i = 0; i < TL_COUNT(numbers); i++) {
		put_key(out, numbers[i]);
		if (at.source)
			tl_buf_printf(out, "%u", values[i]);
		else
			tl_buf_puts(out, "null");
	}
}

static void put_notes(struct tl_buf *out, const struct tl_diag_note *note)
{
	put_key(out, "notes");
	tl_buf_putc(out, '[');
	for (; note; note = note->next) {
		tl_buf_puts(out, "{\"message\":");
		tl_buf_json(out, note->message);
		put_place(out, note->at);
		tl_buf_puts(out, note->next ? "}," : "}");
	}
	tl_buf_putc(out, ']');
}

static void put_diag(struct tl_buf *out, const struct tl_diag *diag)
{
	const struct tl_catalogue_entry *entry = &tl_catalogue[diag->code];

	tl_buf_puts(out, "{\"code\":");
	tl_buf_json(out, entry->code);
	put_key(out, "name");
	tl_buf_json(out, entry->name);
	put_key(out, "severity");
	tl_buf_json(out, diag->severity == TL_ERROR ? "error" : "warning");
	put_key(out, "message");
	tl_buf_json(out, diag->message);
	put_place(out, diag->at);
	put_key(out, "hint");
	tl_buf_json(out, diag->hint);
	put_notes(out, diag->notes);
	tl_buf_putc(out, '}');
}

void tl_diags_json(struct tl_diags *diags, struct tl_buf *out)
{
	tl_diags_sort(diags);
	tl_buf_printf(out, "{\"version\":1,\"errors\":%zu,\"warnings\":%zu,\"suppressed\":%zu",
		diags->errors, diags->warnings, diags->suppressed);
	put_key(out, "diagnostics");
	tl_buf_putc(out, '[');
	for (size_t i = 0; i < diags->count; i++) {
		tl_buf_puts(out, i ? ",\n" : "\n");
		put_diag(out, diags->list[i]);
	}
	tl_buf_puts(out, diags->count ? "\n]}\n" : "]}\n");
}
