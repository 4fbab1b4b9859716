/* Masking of any bytes: spans are in order and apart, well-formed text stays well-formed, and what
 * was masked holds no e-mail address any more.
 *
 * The input: one byte for the length of the record's own name, the name, the text.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "intake/mask.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_spans(const struct mask_spans *spans, size_t n)
{
	size_t end = 0;

	for (size_t i = 0; i < spans->count; i++) {
		if (spans->list[i].from < end || spans->list[i].to <= spans->list[i].from)
			abort();
		end = spans->list[i].to;
	}
	if (end > n)
		abort();
}

static bool has_email(struct tl_mask *mask, const char *text, size_t n)
{
	const struct mask_spans *spans = mask_find(mask, text, n, NULL, 0);

	for (size_t i = 0; i < spans->count; i++)
		if (spans->list[i].kind == MASK_EMAIL &&
			!memchr(text + spans->list[i].from, '[',
				spans->list[i].to - spans->list[i].from))
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct tl_mask *mask;
	struct tl_buf out = {0};
	char name[32] = "", *text;
	const char *names[1] = {name};

	if (!mask)
		mask = tl_mask_open();
	if (!size)
		return 0;
	size_t length = data[0] % sizeof name;
	if (size - 1 < length)
		return 0;
	memcpy(name, data + 1, length);
	size -= 1 + length;
	text = malloc(size ? size : 1); /* of its own, so that a byte too far is seen */
	if (!text)
		return 0;
	memcpy(text, data + 1 + length, size);

	check_spans(mask_find(mask, text, size, names, 1), size);
	tl_buf_puts(&out, "");
	tl_mask_text(mask, &out, text, size, names, 1);
	if (tl_utf8_check(text, size) == size && tl_utf8_check(out.data, out.len) != out.len)
		abort();
	if (has_email(mask, out.data, out.len))
		abort();
	tl_buf_release(&out);
	free(text);
	return 0;
}
