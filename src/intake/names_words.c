/* Words for finding names: taking a text apart, keys, and the lists of names.def.
 *
 * A key is a word in lower case without marks, so that one spelling stands for all; words longer
 * than any we know have none.
 */
#include <stdlib.h>
#include <string.h>

#include "intake/names.h"

/* Letters of Latin-1 Supplement and Latin Extended-A without their marks; ß is two letters to some
 * and one here, on both sides of every comparison. */
static const char bases[] = "aaaaaaaceeeeiiiidnooooo ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypy"
			    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllll"
			    "nnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static bool is_plain_letter(char c)
{
	return ((unsigned)c | 32u) - 'a' < 26;
}

static bool is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c | 32) - 'a' < 26;
	return c >= 0xc0 && c != 0xd7 && c != 0xf7 && !(c >= 0x2000 && c < 0x2c00) &&
	       !(c >= 0x3000 && c < 0x3040) && !(c >= 0xfe00 && c < 0xff21) && c < 0x1f000;
}

static bool is_capital(uint32_t c)
{
	if (c < 0x80)
		return c - 'A' < 26;
	if (c < 0xdf)
		return c >= 0xc0;
	if (c >= 0x100 && c < 0x180)
		return (c < 0x139 || c > 0x148) && c < 0x179 ? !(c & 1) : c & 1;
	return (c >= 0x391 && c <= 0x3a9) || (c >= 0x400 && c <= 0x42f);
}

static void key_put(char key[static KEY], size_t *n, uint32_t c)
{
	if (c < 0x80)
		c = c - 'A' < 26 ? c | 32 : c;
	else if (c >= 0xc0 && c < 0xc0 + sizeof bases - 1)
		c = (unsigned char)bases[c - 0xc0];
	else if ((c >= 0x391 && c <= 0x3a9) || (c >= 0x410 && c <= 0x42f))
		c += 32;
	else if (c >= 0x400 && c < 0x410)
		c += 80;
	for (int shift = c < 0x80 ? 0 : c < 0x10000 ? 8 : 16; shift >= 0; shift -= 8, ++*n)
		if (*n < KEY)
			key[*n] = (char)(c >> shift ? c >> shift : 1);
}

/* Keys are hashed and compared whole, with the zeroes behind their end. */
static uint64_t key_hash(const char key[static KEY])
{
	uint64_t parts[KEY / sizeof(uint64_t)], hash = 0;

	memcpy(parts, key, KEY);
	for (size_t i = 0; i < TL_COUNT(parts); i++)
		hash = (hash ^ parts[i]) * 0x9e3779b97f4a7c15u;
	return hash ^ hash >> 32;
}

static struct known *key_slot(struct names *names, const char key[static KEY], uint64_t hash)
{
	uint64_t at = hash % SLOTS;

	while (names->slots[at].key[0] && memcmp(names->slots[at].key, key, KEY) != 0)
		at = (at + 1) % SLOTS;
	return &names->slots[at];
}

static uint16_t classes_of(struct names *names, const char key[static KEY])
{
	uint64_t hash = key_hash(key), bit = hash >> 16 & (SIEVE - 1);

	return names->there[bit / 64] >> bit % 64 & 1 ? key_slot(names, key, hash)->classes : 0;
}

static void learn(struct names *names, uint16_t class, const char *words)
{
	while (*words) {
		size_t n = strcspn(words, " ");
		char key[KEY] = "";

		memcpy(key, words, n);
		uint64_t hash = key_hash(key), bit = hash >> 16 & (SIEVE - 1);
		struct known *slot = key_slot(names, key, hash);

		names->there[bit / 64] |= (uint64_t)1 << bit % 64;
		memcpy(slot->key, key, KEY);
		slot->classes |= class;
		words += n + (words[n] == ' ');
	}
}

struct names *names_open(void)
{
	struct names *names = calloc(1, sizeof *names);

	if (!names)
		tl_die_of_memory(sizeof *names);
#define NAMES(class, words) learn(names, class, words);
#include "intake/names.def"
#undef NAMES
	return names;
}

void names_close(struct names *names)
{
	if (names)
		free(names->words);
	free(names);
}

static enum gap wider(enum gap gap, uint32_t c)
{
	enum gap now = c == ' ' || c == 0xa0              ? GAP_SPACE
		       : c == '.' || c == '!' || c == '?' ? GAP_DOT
		       : c == ',' || c == ';'             ? GAP_COMMA
		       : c == ':' || c == '='             ? GAP_COLON
		       : c == '\n' || c == '\r'           ? GAP_LINE
		       : c == '(' || c == ')'             ? GAP_BRACKET
							  : GAP_OTHER;

	return now > gap ? now : gap;
}

/* "d'Emma" is two words, "O'Brien", "N'Golo" and "don't" are one. */
static bool joins(const struct word *word, size_t n, uint32_t c, const char *next, const char *end)
{
	const char *p = next;

	if ((c != '\'' && c != 0x2019 && c != '-') || p >= end || !is_letter(tl_utf8_next(&p, end)))
		return false;
	if (c == '-' || n != 1 || word->key[0] == 'o')
		return true;
	return strchr("mn", word->key[0]) && word->capital && is_capital((unsigned char)*next);
}

/* Whether no word goes on with this: ASCII, but no letter, apostrophe or hyphen. */
static bool ends_plainly(char c)
{
	return !(c & 0x80) && !is_plain_letter(c) && c != '\'' && c != '-';
}

/* The word that begins at *p; its gap is known already. */
static void read_word(struct word *word, const char *text, const char **p, const char *end)
{
	size_t n = 0, capitals = 0, length = 0;

	word->from = (size_t)(*p - text);
	word->possessive = word->capital = false;
	memset(word->key, 0, KEY);
	for (; *p < end && n < KEY && is_plain_letter(**p); ++*p) {
		capitals += !(**p & 32);
		word->key[n++] = (char)(**p | 32);
	}
	length = n;
	word->capital = n && !(text[word->from] & 32);
	while (*p < end && !ends_plainly(**p)) {
		const char *next = *p;
		uint32_t c = (unsigned char)**p < 0x80 ? (unsigned char)*next++
						       : tl_utf8_next(&next, end);
		bool apostrophe = c == '\'' || c == 0x2019;

		if (!is_letter(c) && !joins(word, n, c, next, end))
			break;
		if (apostrophe && (*next | 32) == 's' &&
			(next + 1 == end || !is_letter((unsigned char)next[1]))) {
			word->possessive = true;
			break;
		}
		capitals += is_capital(c);
		if (!length++)
			word->capital = capitals;
		key_put(word->key, &n, apostrophe ? '\'' : c);
		*p = next;
	}
	word->to = (size_t)(*p - text);
	word->shouted = capitals > 1 && capitals + 1 >= length;
	if (n >= KEY)
		memset(word->key, 0, KEY);
	if (word->possessive)
		*p += *(*p) == '\'' ? 2 : 4;
}

/* Müller and Mueller are one name. */
static void same_spelling(char key[static KEY])
{
	char *to = key;

	for (const char *p = key; *p; p++) {
		*to++ = *p;
		if (p[1] == 'e' && strchr("aou", *p))
			p++;
		else if (*p == 's' && p[1] == 's')
			p++;
	}
	*to = '\0';
}

static bool is_own(const struct names *names, const struct word *word)
{
	char key[KEY];
	bool spelled = false;

	for (size_t i = 0; i < names->own_count; i++) {
		if (names->own[i][0] != word->key[0])
			continue;
		if (!spelled) {
			memcpy(key, word->key, KEY);
			same_spelling(key);
			spelled = true;
		}
		size_t n = strlen(names->own[i]);

		/* "Müllers Paket": the genitive */
		if (!strncmp(names->own[i], key, n) &&
			(!key[n] || (n > 3 && key[n] == 's' && !key[n + 1])))
			return true;
	}
	return false;
}

static void know_word(struct names *names, struct word *word)
{
	if (!word->key[0])
		return;
	word->classes = classes_of(names, word->key);
	/* Anna-Lena, Garcia-Lopez: by their first part. */
	const char *hyphen = word->classes ? NULL : memchr(word->key, '-', KEY);
	if (hyphen) {
		char first[KEY] = "";

		memcpy(first, word->key, (size_t)(hyphen - word->key));
		word->classes = classes_of(names, first) & (FIRST | SURNAME);
	}
	if (names->own_count && is_own(names, word))
		word->classes |= OWN;
}

void names_split(struct names *names, const char *text, size_t n)
{
	const char *p = text, *end = text + n;
	enum gap gap = GAP_LINE;

	names->count = 0;
	names->shouting = true;
	while (p < end) {
		const char *next = p;
		uint32_t c = (unsigned char)*p < 0x80 ? (unsigned char)*next++
						      : tl_utf8_next(&next, end);

		if (!is_letter(c)) {
			gap = c == ' ' && gap < GAP_SPACE ? GAP_SPACE : wider(gap, c);
			p = next;
			continue;
		}
		if (names->count == names->capacity) {
			names->capacity = names->capacity ? 2 * names->capacity : 256;
			names->words =
				realloc(names->words, names->capacity * sizeof *names->words);
			if (!names->words)
				tl_die_of_memory(names->capacity * sizeof *names->words);
		}
		struct word *word = &names->words[names->count++];
		word->gap = (uint8_t)gap;
		word->classes = 0;
		read_word(word, text, &p, end);
		know_word(names, word);
		names->shouting &= word->shouted || word->to - word->from < 3;
		gap = word->possessive ? GAP_OTHER : GAP_NONE;
	}
}

static void know_own(struct names *names, const char *key)
{
	if (names->own_count < OWN_MOST)
		memcpy(names->own[names->own_count++], key, strlen(key) + 1);
}

/* Jean-Baptiste is also written with a space. */
static void know_parts(struct names *names, char key[static KEY])
{
	for (char *rest = key, *part; (part = strsep(&rest, "-"));)
		if (strlen(part) > 2)
			know_own(names, part);
}

void names_know_own(struct names *names, const char *const *own, size_t own_count)
{
	names->own_count = 0;
	for (size_t i = 0; i < own_count; i++) {
		const char *p = own[i], *end = p + strlen(p);

		while (p < end && names->own_count < OWN_MOST) {
			const char *next = p;
			struct word word;

			if (!is_letter(tl_utf8_next(&next, end))) {
				p = next;
				continue;
			}
			read_word(&word, own[i], &p, end);
			if (!word.key[0] || !word.key[1])
				continue;
			same_spelling(word.key);
			know_own(names, word.key);
			if (strchr(word.key, '-'))
				know_parts(names, word.key);
		}
	}
}
