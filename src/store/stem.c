/* store: words for the index, as SQLite's own tokenizers give them, sooner.
 *
 * Nearly all words of a text were seen before, so what they are indexed as is remembered. Under the
 * name `porter` stands a tokenizer that takes ASCII text apart itself, at what is no letter and no
 * digit, and asks SQLite's for words that it does not remember; any other text, and whatever is asked
 * for with other settings, is SQLite's from end to end. What is indexed is the same to the byte, so
 * the store can be read and written without this file.
 */
#include <stdlib.h>
#include <string.h>

#include "store/store.h"

enum { REMEMBERED = 1 << 12, LONGEST = 27 };

struct stem { /* of a word; length 0: none */
	uint8_t length, stem_length;
	char word[LONGEST + 1], stem[LONGEST + 1];
};
struct theirs { /* SQLite's */
	fts5_tokenizer calls;
	void *context;
};
struct tokenizer {
	const struct theirs *theirs;
	Fts5Tokenizer *base;
	bool plain; /* settings are those of the store */
	struct stem *stems;
};
typedef int take_token(void *, int, const char *, int, int, int);

static int open_tokenizer(void *context, const char **settings, int count, Fts5Tokenizer **out)
{
	const struct theirs *theirs = context;
	struct tokenizer *tokenizer = calloc(1, sizeof *tokenizer);
	int code;

	if (!tokenizer)
		return SQLITE_NOMEM;
	tokenizer->theirs = theirs;
	tokenizer->plain = count == 1 && strcmp(settings[0], "unicode61") == 0;
	code = theirs->calls.xCreate(theirs->context, settings, count, &tokenizer->base);
	if (code != SQLITE_OK) {
		free(tokenizer);
		return code;
	}
	*out = (Fts5Tokenizer *)tokenizer;
	return SQLITE_OK;
}

static void close_tokenizer(Fts5Tokenizer *opened)
{
	struct tokenizer *tokenizer = (struct tokenizer *)opened;

	tokenizer->theirs->calls.xDelete(tokenizer->base);
	free(tokenizer->stems);
	free(tokenizer);
}

/* 0: it ends a word. Else the letter in lower case, or the digit. */
static const char folded[256] = {['0'] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
	['A'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q',
	'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
	['a'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q',
	'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z'};

static bool is_ascii(const char *text, size_t n)
{
	uint64_t all = 0, eight;
	size_t i = 0;

	for (; i + sizeof eight <= n; i += sizeof eight) {
		memcpy(&eight, text + i, sizeof eight);
		all |= eight;
	}
	for (; i < n; i++)
		all |= (unsigned char)text[i];
	return !(all & 0x8080808080808080u);
}

static int take_stem(void *context, int flags, const char *token, int length, int start, int end)
{
	struct stem *stem = context;

	(void)flags, (void)start, (void)end;
	if (length > LONGEST) {
		stem->length = 0;
		return SQLITE_OK;
	}
	stem->stem_length = (uint8_t)length;
	memcpy(stem->stem, token, (size_t)length);
	return SQLITE_OK;
}

/* NULL with a code where SQLite's failed, or what it gave is too long to be remembered. */
static const struct stem *stem_of(
	struct tokenizer *tokenizer, uint64_t hash, const char *word, size_t length, int *code)
{
	struct stem *stem = &tokenizer->stems[hash >> 40 & (REMEMBERED - 1)];

	*code = SQLITE_OK;
	if (stem->length == length && memcmp(stem->word, word, length) == 0)
		return stem;
	stem->length = (uint8_t)length;
	memcpy(stem->word, word, length);
	*code = tokenizer->theirs->calls.xTokenize(tokenizer->base, stem, FTS5_TOKENIZE_DOCUMENT,
		word, (int)length, take_stem);
	if (*code != SQLITE_OK)
		stem->length = 0;
	return stem->length ? stem : NULL;
}

struct shifted { /* a word that is not remembered, where it stands in its text */
	take_token *take;
	void *context;
	int start;
};

static int take_shifted(void *context, int flags, const char *token, int length, int start, int end)
{
	const struct shifted *to = context;

	return to->take(to->context, flags, token, length, to->start + start, to->start + end);
}

static int give_word(struct tokenizer *tokenizer, const char *text, size_t from, size_t to,
	take_token *take, void *context)
{
	struct shifted shifted = {take, context, (int)from};
	const struct stem *stem = NULL;
	uint64_t hash = to - from;
	char word[LONGEST];
	int code = SQLITE_OK;

	if (to - from <= LONGEST) {
		for (size_t i = from; i < to; i++) {
			word[i - from] = folded[(unsigned char)text[i]];
			hash = (hash ^ (unsigned char)word[i - from]) * 0x9e3779b97f4a7c15u;
		}
		stem = stem_of(tokenizer, hash, word, to - from, &code);
	}
	if (stem)
		return take(context, 0, stem->stem, stem->stem_length, (int)from, (int)to);
	if (code != SQLITE_OK)
		return code;
	return tokenizer->theirs->calls.xTokenize(tokenizer->base, &shifted,
		FTS5_TOKENIZE_DOCUMENT, text + from, (int)(to - from), take_shifted);
}

static int give_words(Fts5Tokenizer *opened, void *context, int flags, const char *text, int length,
	take_token *take)
{
	struct tokenizer *tokenizer = (struct tokenizer *)opened;
	size_t n = length > 0 ? (size_t)length : 0;
	int code = SQLITE_OK;

	if (tokenizer->plain && !tokenizer->stems)
		tokenizer->stems = calloc(REMEMBERED, sizeof *tokenizer->stems);
	if (!tokenizer->stems || !is_ascii(text, n))
		return tokenizer->theirs->calls.xTokenize(
			tokenizer->base, context, flags, text, length, take);
	for (size_t from = 0, to; code == SQLITE_OK; from = to) {
		while (from < n && !folded[(unsigned char)text[from]])
			from++;
		for (to = from; to < n && folded[(unsigned char)text[to]];)
			to++;
		if (to == from)
			break;
		code = give_word(tokenizer, text, from, to, take, context);
	}
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* ---- setting up ------------------------------------------------------------------------------------ */

fts5_api *tl_fts5(struct tl_store *store)
{
	fts5_api *api = NULL;
	sqlite3_stmt *row = NULL;

	if (sqlite3_prepare_v2(store->db, "SELECT fts5(?1)", -1, &row, NULL) != SQLITE_OK)
		return NULL;
	sqlite3_bind_pointer(row, 1, &api, "fts5_api_ptr", NULL);
	sqlite3_step(row);
	sqlite3_finalize(row);
	return api;
}

int tl_stem_set_up(struct tl_store *store)
{
	static const char name[] = "porter";
	fts5_tokenizer ours = {open_tokenizer, close_tokenizer, give_words};
	fts5_api *api = tl_fts5(store);
	struct theirs *theirs;

	if (!api)
		return SQLITE_ERROR;
	theirs = calloc(1, sizeof *theirs);
	if (!theirs)
		return SQLITE_NOMEM;
	if (api->xFindTokenizer(api, name, &theirs->context, &theirs->calls) != SQLITE_OK) {
		free(theirs);
		return SQLITE_ERROR;
	}
	return api->xCreateTokenizer(api, name, theirs, &ours, free);
}
