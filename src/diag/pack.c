/* pack: diagnostics from a forked process to its parent. Numbers are in the machine's own form,
 * since both ends are one program on one machine; the reader still trusts nothing, because the
 * process may have been broken when it wrote.
 */
#include "diag/diag.h"

#include <string.h>

#define NO_SOURCE UINT32_MAX

static void put_number(struct tl_buf *out, uint32_t number)
{
	tl_buf_put(out, &number, sizeof number);
}

static void put_text(struct tl_buf *out, const char *text)
{
	put_number(out, (uint32_t)strlen(text));
	tl_buf_puts(out, text);
}

static void put_span(struct tl_buf *out, struct tl_span at, const struct tl_diags *parent)
{
	uint32_t index = NO_SOURCE;
	for (size_t i = 0; i < parent->source_count; i++)
		if (parent->sources[i] == at.source)
			index = (uint32_t)i;
	put_number(out, index);
	put_number(out, at.offset);
	put_number(out, at.length);
}

void tl_diags_pack(struct tl_buf *out, const struct tl_diags *diags, const struct tl_diags *parent)
{
	put_number(out, (uint32_t)diags->count);
	for (size_t i = 0; i < diags->count; i++) {
		const struct tl_diag *diag = diags->list[i];
		uint32_t notes = 0;
		for (const struct tl_diag_note *note = diag->notes; note; note = note->next)
			notes++;
		put_number(out, diag->code);
		put_span(out, diag->at, parent);
		put_text(out, diag->message);
		put_text(out, diag->hint ? diag->hint : "");
		put_number(out, notes);
		for (const struct tl_diag_note *note = diag->notes; note; note = note->next) {
			put_span(out, note->at, parent);
			put_text(out, note->message);
		}
	}
}

struct reader {
	const char *at, *end;
	bool broken;
};

static uint32_t get_number(struct reader *reader)
{
	uint32_t number = 0;
	if ((size_t)(reader->end - reader->at) < sizeof number) {
		reader->broken = true;
		return 0;
	}
	memcpy(&number, reader->at, sizeof number);
	reader->at += sizeof number;
	return number;
}

/* Text and its length, to be printed with %.*s. */
static const char *get_text(struct reader *reader, int *length)
{
	uint32_t n = get_number(reader);
	const char *text = reader->at;
	*length = 0;
	if (reader->broken || n > (size_t)(reader->end - reader->at) || n > INT32_MAX) {
		reader->broken = true;
		return "";
	}
	reader->at += n;
	*length = (int)n;
	return text;
}

static struct tl_span get_span(struct reader *reader, const struct tl_diags *parent)
{
	uint32_t index = get_number(reader);
	struct tl_span at = {.offset = get_number(reader)};
	at.length = get_number(reader);
	if (index >= parent->source_count)
		return (struct tl_span){0};
	at.source = parent->sources[index];
	if (at.offset > at.source->length || at.length > at.source->length - at.offset)
		reader->broken = true;
	return at;
}

static void unpack_one(struct tl_diags *parent, struct reader *reader)
{
	uint32_t code = get_number(reader);
	struct tl_span at = get_span(reader, parent);
	int message_length, hint_length;
	const char *message = get_text(reader, &message_length);
	const char *hint = get_text(reader, &hint_length);
	uint32_t notes = get_number(reader);
	if (reader->broken || code >= TL_CODE_COUNT) {
		reader->broken = true;
		return;
	}
	struct tl_diag *diag = tl_diag_add(parent, code, at, "%.*s", message_length, message);
	if (hint_length)
		tl_diag_hint(parent, diag, "%.*s", hint_length, hint);
	while (notes-- && !reader->broken) {
		struct tl_span there = get_span(reader, parent);
		message = get_text(reader, &message_length);
		if (!reader->broken)
			tl_diag_note(parent, diag, there, "%.*s", message_length, message);
	}
}

bool tl_diags_unpack(struct tl_diags *parent, const char *bytes, size_t n)
{
	struct reader reader = {.at = bytes, .end = bytes + n};
	uint32_t count = get_number(&reader);
	while (count-- && !reader.broken)
		unpack_one(parent, &reader);
	return !reader.broken && reader.at == reader.end;
}
