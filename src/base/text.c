/* Near misses: edit distance and the candidate to suggest; texts with their white space folded. */
#include "touchline/base.h"

#include <string.h>

enum { LONGEST = 255 }; /* words longer than this are names of nothing we would suggest */

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

unsigned tl_text_distance(const char *a, const char *b, unsigned limit)
{
	unsigned row[LONGEST + 1];
	size_t na = strlen(a), nb = strlen(b);

	if ((na > nb ? na - nb : nb - na) > limit || na > LONGEST || nb > LONGEST)
		return limit + 1;
	for (size_t j = 0; j <= nb; j++)
		row[j] = (unsigned)j;
	for (size_t i = 1; i <= na; i++) {
		unsigned diagonal = row[0], best = row[0] = (unsigned)i;

		for (size_t j = 1; j <= nb; j++) {
			unsigned swap = diagonal + (lower(a[i - 1]) != lower(b[j - 1]));

			diagonal = row[j];
			row[j] = least(swap, least(row[j], row[j - 1]) + 1);
			best = least(best, row[j]);
		}
		if (best > limit)
			return limit + 1;
	}
	return least(row[nb], limit + 1);
}

const char *tl_text_nearest(const char *word, const char *const *candidates, size_t count)
{
	size_t length = strlen(word);
	unsigned limit = length <= LONGEST ? 1 + (unsigned)length / 4 : 0;
	const char *nearest = NULL;

	for (size_t i = 0; i < count; i++) {
		unsigned distance = tl_text_distance(word, candidates[i], limit);

		/* As many edits as letters have nothing in common: "a" is no misspelt "b". */
		if (distance > limit || distance >= length || distance >= strlen(candidates[i]))
			continue;
		nearest = candidates[i];
		if (!distance)
			break;
		limit = distance - 1;
	}
	return nearest;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_folded(const char *text)
{
	if (is_space(*text))
		return false;
	for (; *text; text++)
		if (is_space(*text) && (*text != ' ' || is_space(text[1]) || !text[1]))
			return false;
	return true;
}

const char *tl_text_fold(struct tl_arena *arena, const char *text)
{
	if (is_folded(text))
		return text;
	char *out = tl_arena_alloc(arena, strlen(text) + 1), *to = out;
	for (; *text; text++) {
		if (!is_space(*text))
			*to++ = *text;
		else if (to > out && to[-1] != ' ')
			*to++ = ' ';
	}
	if (to > out && to[-1] == ' ')
		to--;
	*to = 0;
	return out;
}
