/* Diagnostics about any bytes, at any place in them: what is printed is UTF-8 without a control
 * character but tabs and line ends, its lines are bounded, and JSON is UTF-8.
 *
 * The input: two bytes each for the offset and the length of the place, then the text that is also
 * the message, the hint and the name of the source.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "touchline/diag.h"

enum { HEAD = 4, WIDEST = 1300 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char *text, size_t size)
{
	const char *p = text, *end = text + size;

	if (tl_utf8_check(text, size) != size)
		abort();
	while (p < end) {
		uint32_t c = tl_utf8_next(&p, end);

		if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) ||
			(c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
			abort();
	}
}

/* The quoted line and the caret's are bounded, however long the source's line is. */
static void check_widths(const char *text)
{
	const char *caret = strstr(text, "\n      | ");

	if (!caret)
		return;
	for (const char *p = text; p < caret; p++)
		if (*p == '\n' && strcspn(p + 1, "\n") > WIDEST)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tl_diags diags;
	struct tl_buf json = {0};
	const struct tl_source *source;
	struct tl_diag *diag;
	char *text, *shown;
	size_t length, shown_size;
	FILE *out;

	if (size < HEAD)
		return 0;
	length = size - HEAD;
	text = malloc(length + 1);
	if (!text)
		return 0;
	memcpy(text, data + HEAD, length);
	text[length] = '\0';
	struct tl_span at = {NULL, (uint32_t)(data[0] << 8 | data[1]) % (uint32_t)(length + 1), 0};
	at.length = (uint32_t)(data[2] << 8 | data[3]) % (uint32_t)(length - at.offset + 1);

	tl_diags_init(&diags);
	at.source = source = tl_diags_source(&diags, "a.xml", text, length);
	diag = tl_diag_add(&diags, TL0301, at, "%.40s", text);
	tl_diag_hint(&diags, diag, "%.40s", text);
	tl_diag_note(&diags, diag, (struct tl_span){source, (uint32_t)length, 0}, "%.40s", text);
	out = open_memstream(&shown, &shown_size);
	tl_diags_print(&diags, out, false);
	fclose(out);
	check_text(shown, shown_size);
	check_widths(strchr(shown, '\n'));
	tl_diags_json(&diags, &json);
	check_text(json.data, json.len);
	tl_buf_release(&json);
	tl_diags_release(&diags);
	free(shown);
	free(text);
	return 0;
}
