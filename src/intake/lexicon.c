/* The lexicon: our own words (lexicon.def), or English ones from a file in VADER's layout.
 *
 * A line of such a file is the word, a tab, its mean rating; what follows is not looked at, and of
 * a word that comes twice the last counts. It replaces our own English valences; what strengthens,
 * negates or tells of friction stays ours.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "intake/lexicon.h"

enum { SLOTS = 1 << 16, SIEVE = 1 << 16, WORDS_MOST = SLOTS / 2, FILE_MOST = 8 << 20, PHRASES_MOST = 1024 };
enum { ENGLISH = 0 };

const char *const lexicon_languages[LEXICON_LANGUAGES] = {"en", "de", "fr", "es", "it", "nl", "pt"};

struct tl_lexicon {
	struct tl_arena arena;
	uint64_t there[SIEVE / 64]; /* a bit for the hash of each word: most that are asked for are none */
	struct lexicon_word *slots[SLOTS];
	struct lexicon_phrase phrases[PHRASES_MOST];
	size_t count;
	int16_t phrase_count;
};

size_t lexicon_key(char key[static LEXICON_KEY], const char *word, size_t n)
{
	size_t i;

	memset(key, 0, LEXICON_KEY);
	for (i = 0; i < n && i < LEXICON_KEY - 1; i++) {
		unsigned char c = (unsigned char)word[i];
		bool latin = i && (unsigned char)word[i - 1] == 0xc3 && c >= 0x80 && c <= 0x9e &&
			     c != 0x97;

		key[i] = (char)((unsigned)(c - 'A') < 26 || latin ? c + 32 : c);
	}
	return i;
}

/* Keys are hashed and compared whole, with the zeroes behind their end. */
static uint64_t key_hash(const char key[static LEXICON_KEY])
{
	uint64_t parts[LEXICON_KEY / sizeof(uint64_t)], hash = 0;

	memcpy(parts, key, LEXICON_KEY);
	for (size_t i = 0; i < TL_COUNT(parts); i++)
		hash = (hash ^ parts[i]) * 0x9e3779b97f4a7c15u;
	return hash ^ hash >> 32;
}

static struct lexicon_word **slot_of(
	const struct tl_lexicon *lexicon, const char key[static LEXICON_KEY], uint64_t hash)
{
	while (lexicon->slots[hash % SLOTS] &&
		memcmp(lexicon->slots[hash % SLOTS]->key, key, LEXICON_KEY) != 0)
		hash++;
	return (struct lexicon_word **)&lexicon->slots[hash % SLOTS];
}

const struct lexicon_word *lexicon_find(
	const struct tl_lexicon *lexicon, const char key[static LEXICON_KEY])
{
	uint64_t hash = key_hash(key), bit = hash >> 16 & (SIEVE - 1);

	return lexicon->there[bit / 64] >> bit % 64 & 1 ? *slot_of(lexicon, key, hash) : NULL;
}

const struct lexicon_phrase *lexicon_phrase(const struct tl_lexicon *lexicon, int16_t index)
{
	return index < 0 ? NULL : &lexicon->phrases[index];
}

static struct lexicon_word *learn(struct tl_lexicon *lexicon, const char *text, size_t n)
{
	char key[LEXICON_KEY];

	lexicon_key(key, text, n);
	uint64_t hash = key_hash(key), bit = hash >> 16 & (SIEVE - 1);
	struct lexicon_word **slot = slot_of(lexicon, key, hash);

	lexicon->there[bit / 64] |= (uint64_t)1 << bit % 64;
	if (!*slot) {
		*slot = tl_arena_new(&lexicon->arena, struct lexicon_word);
		memcpy((*slot)->key, key, LEXICON_KEY);
		for (int i = 0; i < LEXICON_READ; i++)
			(*slot)->senses[i].phrase = -1;
		lexicon->count++;
	}
	return *slot;
}

static void learn_all(struct tl_lexicon *lexicon, int language, float valence, float boost,
	unsigned roles, const char *words)
{
	for (size_t n; *words; words += n + (words[n] == ' ')) {
		n = strcspn(words, " ");
		struct lexicon_sense *sense = &learn(lexicon, words, n)->senses[language];

		if (valence != 0)
			sense->valence = valence;
		if (boost != 0)
			sense->boost = boost;
		sense->roles |= (uint8_t)roles;
	}
}

static void learn_common(struct tl_lexicon *lexicon, int language, const char *words)
{
	for (size_t n; *words; words += n + (words[n] == ' ')) {
		n = strcspn(words, " ");
		learn(lexicon, words, n)->common |= (uint8_t)(1u << language);
	}
}

static void learn_phrase(
	struct tl_lexicon *lexicon, int language, uint32_t friction, const char *text, size_t n)
{
	size_t first = 0, rest = 0;

	while (first < n && text[first] != ' ')
		first++;
	struct lexicon_sense *sense = &learn(lexicon, text, first)->senses[language];
	if (first == n) {
		sense->friction |= friction;
		return;
	}
	if (lexicon->phrase_count == PHRASES_MOST)
		tl_die("the lexicon has too many phrases");
	struct lexicon_phrase *phrase = &lexicon->phrases[lexicon->phrase_count];
	for (size_t at = first + 1, end; at < n && rest < LEXICON_PHRASE - 1; at = end + 1) {
		for (end = at; end < n && text[end] != ' ';)
			end++;
		lexicon_key(phrase->rest[rest++], text + at, end - at);
	}
	phrase->friction = friction;
	phrase->next = sense->phrase;
	sense->phrase = lexicon->phrase_count++;
}

static void learn_phrases(struct tl_lexicon *lexicon, int language, int kind, const char *phrases)
{
	for (size_t n; *phrases; phrases += n + (phrases[n] == '|')) {
		n = strcspn(phrases, "|");
		learn_phrase(lexicon, language, 1u << kind, phrases, n);
	}
}

static void learn_our_own(struct tl_lexicon *lexicon, bool english)
{
#define WORDS(language, value, words)                                                              \
	if (language != ENGLISH || english)                                                        \
		learn_all(lexicon, language, value##f, 0, LEXICON_VALUED, words);
#define BOOSTS(language, boost, words) learn_all(lexicon, language, 0, boost##f, 0, words);
#define ROLE(language, role, words) learn_all(lexicon, language, 0, 0, role, words);
#define TELLS(language, kind, phrases) learn_phrases(lexicon, language, kind, phrases);
#define COMMON(language, words) learn_common(lexicon, language, words);
#include "intake/lexicon.def"
#undef WORDS
#undef BOOSTS
#undef ROLE
#undef TELLS
#undef COMMON
}

/* One line of a file; false where it is none. */
static bool learn_line(struct tl_lexicon *lexicon, const char *line, size_t n)
{
	const char *tab = memchr(line, '\t', n);
	char number[32], *end;

	if (!tab || tab == line)
		return n == 0 || (n == 1 && *line == '\r');
	size_t length = 0, most = n - (size_t)(tab + 1 - line);
	while (length < most && length < sizeof number - 1 && tab[1 + length] != '\t')
		length++;
	memcpy(number, tab + 1, length);
	number[length] = '\0';
	double value = strtod(number, &end);
	if (end == number || !(value >= -4 && value <= 4) || lexicon->count >= WORDS_MOST)
		return false;
	struct lexicon_sense *sense = &learn(lexicon, line, (size_t)(tab - line))->senses[ENGLISH];
	sense->valence = (float)value;
	sense->roles |= LEXICON_VALUED;
	return true;
}

static bool learn_file(struct tl_lexicon *lexicon, struct tl_diags *diags, const char *path)
{
	static const struct tl_span nowhere;
	struct tl_buf text = {0};
	unsigned line = 0;
	bool good = true;
	int error = tl_file_read(&text, path, FILE_MOST);

	if (error)
		tl_diag_add(diags, TL0533, nowhere, "%s: %s", path, strerror(-error));
	for (size_t at = 0; !error && good && at < text.len; line++) {
		size_t n = strcspn(text.data + at, "\n");

		good = learn_line(lexicon, text.data + at, n);
		at += n + 1;
	}
	if (!good)
		tl_diag_hint(diags,
			tl_diag_add(diags, TL0533, nowhere, "%s: line %u is not of a lexicon", path,
				line),
			"each line is a word, a tab, and a number from -4 to 4");
	tl_buf_release(&text);
	return !error && good;
}

struct tl_lexicon *tl_lexicon_open(struct tl_diags *diags, const char *path)
{
	struct tl_lexicon *lexicon = calloc(1, sizeof *lexicon);

	if (!lexicon)
		tl_die_of_memory(sizeof *lexicon);
	tl_arena_init(&lexicon->arena);
	learn_our_own(lexicon, !path);
	if (path && !learn_file(lexicon, diags, path)) {
		tl_lexicon_close(lexicon);
		return NULL;
	}
	return lexicon;
}

void tl_lexicon_close(struct tl_lexicon *lexicon)
{
	if (lexicon)
		tl_arena_release(&lexicon->arena);
	free(lexicon);
}
