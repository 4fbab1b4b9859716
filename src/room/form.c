/* form: a call, as a web form sends it, taken apart and decoded. Here only. */
#include "room/room.h"

#include <string.h>

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* NULL where a percent sign is followed by no two digits. */
static const char *decode(struct tl_arena *arena, const char *from, const char *end, size_t *length)
{
	char *out = tl_arena_alloc(arena, (size_t)(end - from) + 1), *to = out;

	for (; from < end; from++) {
		if (*from != '%') {
			*to++ = *from == '+' ? ' ' : *from;
			continue;
		}
		if (end - from < 3 || hex_digit(from[1]) < 0 || hex_digit(from[2]) < 0)
			return NULL;
		*to++ = (char)(hex_digit(from[1]) << 4 | hex_digit(from[2]));
		from += 2;
	}
	*to = '\0';
	*length = (size_t)(to - out);
	return out;
}

static bool take_pair(
	struct tl_arena *arena, const char *from, const char *end, struct pair *pair, struct why *why)
{
	const char *mark = memchr(from, '=', (size_t)(end - from));
	size_t n;

	pair->name = decode(arena, from, mark ? mark : end, &n);
	pair->value = decode(arena, mark ? mark + 1 : end, end, &pair->length);
	if (!pair->name || !pair->value || strlen(pair->name) != n)
		return room_refuse(why, TL_ROOM_WRONG, NULL, "The form is not encoded as forms are.");
	return true;
}

int room_form(struct tl_arena *arena, const char *form, size_t length, struct pair *pairs,
	struct why *why)
{
	const char *p = form, *end = form + length;
	int count = 0;

	if (length > TL_ROOM_CALL)
		return room_refuse(why, TL_ROOM_WRONG, NULL, "That is too long to be taken."), -1;
	while (p < end) {
		const char *stop = memchr(p, '&', (size_t)(end - p));

		if (!stop)
			stop = end;
		if (stop > p && count == MOST_PAIRS)
			return room_refuse(why, TL_ROOM_WRONG, NULL, "The form has too many fields."),
			       -1;
		if (stop > p && !take_pair(arena, p, stop, &pairs[count++], why))
			return -1;
		p = stop + 1;
	}
	return count;
}
