/* What a text says: its language, how it is meant, what kinds of friction it tells of.
 *
 * Sentiment follows the published rules of VADER, so that its lexicon gives its values: words are
 * what stands between spaces; a strengthening or negating word works up to three words on; "but"
 * weighs what follows more; capitals and exclamation marks add. It is known only where the language
 * is one that we have words for. Of a very long text the first 2048 words are read.
 */
#include <math.h>
#include <string.h>

#include "intake/lexicon.h"

enum { WORDS_READ = 2048, COMMON_LEAST = 2 };
#define NEGATED (-0.74)
#define CAPITALS 0.733

struct token {
	const struct lexicon_word *word; /* NULL: not known */
	char key[LEXICON_KEY];
	bool loud, nt; /* nt: a contraction of "not" */
};
struct tokens {
	struct token list[WORDS_READ];
	size_t count;
	bool some_loud; /* capitals are used to stress */
};

static bool is_mark(char c)
{
	return c > ' ' && c < 0x7f && !((c | 32) >= 'a' && (c | 32) <= 'z') &&
	       !(c >= '0' && c <= '9');
}

static bool is_loud(const char *s, size_t n)
{
	bool upper = false;

	for (size_t i = 0; i < n; i++) {
		if (s[i] >= 'a' && s[i] <= 'z')
			return false;
		upper |= s[i] >= 'A' && s[i] <= 'Z';
	}
	return upper;
}

/* Marks around a word go, unless so little is left that the marks may be the meaning: ":)" */
static void add_token(
	const struct tl_lexicon *lexicon, struct tokens *tokens, const char *s, size_t n)
{
	struct token *token = &tokens->list[tokens->count++];
	size_t from = 0, to = n;

	while (from < to && is_mark(s[from]))
		from++;
	while (to > from && is_mark(s[to - 1]))
		to--;
	if (to - from > 2) {
		s += from;
		n = to - from;
	}
	lexicon_key(token->key, s, n);
	token->word = lexicon_find(lexicon, token->key);
	token->loud = is_loud(s, n);
	token->nt = memchr(s, '\'', n) && strstr(token->key, "n't");
}

static void split(
	const struct tl_lexicon *lexicon, struct tokens *tokens, const char *text, size_t n)
{
	size_t loud = 0;

	tokens->count = 0;
	for (size_t at = 0, end; at < n && tokens->count < WORDS_READ; at = end) {
		while (at < n && (unsigned char)text[at] <= ' ')
			at++;
		for (end = at; end < n && (unsigned char)text[end] > ' ';)
			end++;
		if (end == at)
			break;
		add_token(lexicon, tokens, text + at, end - at);
		loud += tokens->list[tokens->count - 1].loud;
	}
	tokens->some_loud = loud && loud < tokens->count;
}

/* ---- language ---------------------------------------------------------------------------------
 */

/* By the first character of a script that few languages share. */
static const char *language_of_script(const char *text, size_t n)
{
	const char *p = text, *end = text + n, *han = NULL;

	while (p < end) {
		if ((unsigned char)*p < 0xc0) {
			p++;
			continue;
		}
		uint32_t c = tl_utf8_next(&p, end);

		if (c >= 0x3040 && c < 0x3100)
			return "ja";
		if (c >= 0xac00 && c < 0xd7b0)
			return "ko";
		if (c >= 0x0e00 && c < 0x0e80)
			return "th";
		if (c >= 0x0370 && c < 0x0400)
			return "el";
		if (c >= 0x05d0 && c < 0x05f0)
			return "he";
		if (c >= 0x4e00 && c < 0xa000)
			han = "zh";
	}
	return han;
}

/* The language most of whose common words are there, if no other has as many. */
static const char *guess(const struct tokens *tokens, const char *text, size_t n)
{
	unsigned hits[LEXICON_LANGUAGES] = {0};
	size_t best = 0;
	bool tie = false;

	for (size_t i = 0; i < tokens->count; i++)
		if (tokens->list[i].word)
			for (unsigned bits = tokens->list[i].word->common, l = 0; bits;
				bits >>= 1, l++)
				hits[l] += bits & 1;
	for (size_t l = 1; l < LEXICON_LANGUAGES; l++)
		if (hits[l] >= hits[best]) {
			tie = hits[l] == hits[best];
			best = l;
		}
	if (hits[best] >= COMMON_LEAST && !tie)
		return lexicon_languages[best];
	return hits[best] ? NULL : language_of_script(text, n);
}

/* "en", "EN-us", "de_AT" of those we know; NULL. */
static const char *known_language(const char *said)
{
	for (size_t l = 0; l < LEXICON_LANGUAGES; l++)
		if (!strncasecmp(said, lexicon_languages[l], 2) &&
			(!said[2] || strchr("-_", said[2])))
			return lexicon_languages[l];
	return NULL;
}

/* ---- sentiment --------------------------------------------------------------------------------
 */

struct reader {
	const struct tokens *tokens;
	size_t language;
};

static const struct lexicon_sense *sense(const struct reader *r, size_t i)
{
	static const struct lexicon_sense none = {.phrase = -1};
	const struct lexicon_word *word = r->tokens->list[i].word;

	return word ? &word->senses[r->language] : &none;
}

static bool is(const struct reader *r, size_t i, const char *key)
{
	return !strcmp(r->tokens->list[i].key, key);
}

static bool negates(const struct reader *r, size_t i)
{
	return sense(r, i)->roles & LEXICON_NEGATES || r->tokens->list[i].nt;
}

/* A valued "no" in front of a valued word only negates it; sense() tells a word that does both. */
static bool no_before(const struct reader *r, size_t i)
{
	return (i > 0 && is(r, i - 1, "no")) || (i > 1 && is(r, i - 2, "no")) ||
	       (i > 2 && is(r, i - 3, "no") && (is(r, i - 1, "or") || is(r, i - 1, "nor")));
}

static double boosted(const struct reader *r, size_t by, double valence, size_t distance)
{
	static const double fades[] = {1, 0.95, 0.9};
	double boost = (double)sense(r, by)->boost;

	if (boost == 0)
		return 0;
	if (valence < 0)
		boost = -boost;
	if (r->tokens->list[by].loud && r->tokens->some_loud)
		boost += valence > 0 ? CAPITALS : -CAPITALS;
	return boost * fades[distance];
}

/* What a word `distance` + 1 before i does to the valence. */
static double turned(const struct reader *r, size_t i, size_t distance)
{
	size_t by = i - distance - 1;
	bool so = distance &&
		  (is(r, i - 1, "so") || is(r, i - 1, "this") ||
			  (distance == 2 && (is(r, i - 2, "so") || is(r, i - 2, "this"))));

	if (is(r, by, "never") && so)
		return 1.25;
	if (is(r, by, "without") && distance && is(r, by + 1, "doubt"))
		return 1;
	return negates(r, by) ? NEGATED : 1;
}

static bool valued(const struct reader *r, size_t i)
{
	return sense(r, i)->roles & LEXICON_VALUED;
}

static double value_at(const struct reader *r, size_t i)
{
	double valence = (double)sense(r, i)->valence;

	if (!valued(r, i) || sense(r, i)->boost != 0)
		return 0;
	if (is(r, i, "no") && i + 1 < r->tokens->count && valued(r, i + 1))
		return 0;
	if (r->language == 0 && no_before(r, i) && sense(r, i - 1)->roles & LEXICON_VALUED)
		valence *= NEGATED;
	if (r->tokens->list[i].loud && r->tokens->some_loud)
		valence += valence > 0 ? CAPITALS : -CAPITALS;
	for (size_t distance = 0; distance < 3 && distance < i; distance++) {
		size_t by = i - distance - 1;

		if (valued(r, by))
			continue;
		valence += boosted(r, by, valence, distance);
		valence *= turned(r, i, distance);
	}
	if (i && is(r, i - 1, "least") && !(i > 1 && (is(r, i - 2, "at") || is(r, i - 2, "very"))))
		valence *= NEGATED;
	return valence;
}

static double stress(const char *text, size_t n)
{
	unsigned calls = 0, questions = 0;

	for (size_t i = 0; i < n; i++) {
		calls += text[i] == '!';
		questions += text[i] == '?';
	}
	return (calls < 4 ? calls : 4) * 0.292 + (questions > 3          ? 0.96
							 : questions > 1 ? questions * 0.18
									 : 0);
}

static double sentiment_of(const struct reader *r, const char *text, size_t n)
{
	double sum = 0, weight = 1, more = stress(text, n);

	for (size_t i = 0; i < r->tokens->count; i++) {
		if (sense(r, i)->roles & LEXICON_TURNS && weight == 1) {
			sum *= 0.5;
			weight = 1.5;
		} else {
			sum += weight * value_at(r, i);
		}
	}
	sum += sum > 0 ? more : sum < 0 ? -more : 0;
	return sum / sqrt(sum * sum + 15);
}

/* ---- friction ----------------------------------------------------------------------------------
 */

/* Short words keep the marks behind them: "up!" */
static bool begins(const char *key, const char *word)
{
	size_t n = strlen(word);

	return !strncmp(key, word, n) && (!key[n] || is_mark(key[n]));
}

static bool follows(const struct reader *r, size_t i, const struct lexicon_phrase *phrase)
{
	for (size_t k = 0; k < LEXICON_PHRASE - 1 && phrase->rest[k][0]; k++)
		if (i + 1 + k >= r->tokens->count ||
			!begins(r->tokens->list[i + 1 + k].key, phrase->rest[k]))
			return false;
	return true;
}

/* "not late" tells of no delay; a phrase brings its own negation. */
static uint32_t friction_of(const struct tl_lexicon *lexicon, const struct reader *r)
{
	uint32_t friction = 0;

	for (size_t i = 0; i < r->tokens->count; i++) {
		uint32_t told = sense(r, i)->friction;

		if (told && !(i && negates(r, i - 1)) && !(i > 1 && negates(r, i - 2)))
			friction |= told;
		const struct lexicon_phrase *phrase = lexicon_phrase(lexicon, sense(r, i)->phrase);
		for (; phrase; phrase = lexicon_phrase(lexicon, phrase->next))
			if (follows(r, i, phrase))
				friction |= phrase->friction;
	}
	return friction;
}

void tl_text_read(const struct tl_lexicon *lexicon, const char *text, size_t n,
	const char *language, struct tl_reading *reading)
{
	struct tokens tokens;
	struct reader r = {&tokens, 0};

	split(lexicon, &tokens, text, n);
	*reading = (struct tl_reading){
		.language = language ? known_language(language) : guess(&tokens, text, n),
		.sentiment = NAN};
	while (r.language < LEXICON_READ && lexicon_languages[r.language] != reading->language)
		r.language++;
	if (r.language == LEXICON_READ || !tokens.count)
		return;
	reading->sentiment = sentiment_of(&r, text, n);
	reading->friction_kinds = friction_of(lexicon, &r);
}
