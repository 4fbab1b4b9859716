/* What the readers share: the cells of a row. */
#include "intake/reader.h"

#include <string.h>

void intake_slots_init(struct intake_slots *slots, struct tl_arena *arena,
	const struct tl_profile *profile)
{
	slots->profile = profile;
	slots->cells = tl_arena_array(arena, struct intake_cell, profile->path_count);
	slots->starts = tl_arena_array(arena, size_t, profile->path_count);
}

void intake_slots_clear(struct intake_slots *slots)
{
	tl_buf_clear(&slots->bytes);
	for (size_t i = 0; i < slots->profile->path_count; i++)
		slots->cells[i] = (struct intake_cell){0};
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void put_replaced(struct tl_buf *out, const char *s, size_t n)
{
	const char *end = s + n;

	while (s < end) {
		const char *from = s;

		if (tl_utf8_next(&s, end) == 0xfffd && s == from + 1)
			tl_buf_puts(out, "\xef\xbf\xbd");
		else
			tl_buf_put(out, from, (size_t)(s - from));
	}
}

/* Control characters would end a string early, or stand for a separator. */
static void blank_controls(char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint64_t eight;

		/* eight bytes without any that is less than a space, as most are */
		if (n - i > sizeof eight && memcpy(&eight, s + i, sizeof eight) &&
			!((eight - 0x2020202020202020u) & ~eight & 0x8080808080808080u))
			i += sizeof eight - 1;
		else if ((unsigned char)s[i] < ' ' && !is_space(s[i]))
			s[i] = ' ';
	}
}

/* Lines end in LF from here on, whatever the file has. */
static void unify_line_ends(struct tl_buf *out, size_t start)
{
	char *from = memchr(out->data + start, '\r', out->len - start), *to = from;
	const char *end = out->data + out->len;

	if (!from)
		return;
	for (; from < end; from++)
		if (*from != '\r')
			*to++ = *from;
		else if (from + 1 == end || from[1] != '\n')
			*to++ = '\n';
	out->len = (size_t)(to - out->data);
}

void intake_slots_add(
	struct intake_slots *slots, size_t slot, const char *s, size_t n, bool latin)
{
	struct intake_cell *cell = &slots->cells[slot];
	struct tl_buf *out = &slots->bytes;
	size_t start;

	while (n && is_space(*s)) {
		s++;
		n--;
	}
	while (n && is_space(s[n - 1]))
		n--;
	if (!n)
		return;
	if (cell->text) {
		out->data[out->len - 1] = INTAKE_SEPARATOR; /* in place of its NUL */
	} else {
		slots->starts[slot] = out->len;
	}
	start = out->len;
	if (tl_utf8_check(s, n) == n)
		tl_buf_put(out, s, n);
	else if (latin)
		intake_from_1252(out, s, n);
	else
		put_replaced(out, s, n);
	blank_controls(out->data + start, out->len - start);
	unify_line_ends(out, start);
	tl_buf_putc(out, '\0');
	if (intake_is_null(slots->profile, out->data + start)) {
		out->len = start;
		if (cell->text)
			out->data[start - 1] = '\0';
		return;
	}
	cell->text = ""; /* there is one; where it stands is known at the end */
	cell->length = out->len - 1 - slots->starts[slot];
}

struct intake_cell *intake_slots_cells(struct intake_slots *slots, struct tl_arena *arena)
{
	const char *bytes = tl_arena_strndup(arena, slots->bytes.data, slots->bytes.len);

	for (size_t i = 0; i < slots->profile->path_count; i++)
		if (slots->cells[i].text)
			slots->cells[i].text = bytes + slots->starts[i];
	return slots->cells;
}
