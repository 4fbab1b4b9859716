/* What single words say, in each language that we read; between lexicon.c and sentiment.c. */
#ifndef INTAKE_LEXICON_H
#define INTAKE_LEXICON_H

#include "touchline/intake.h"

enum { LEXICON_LANGUAGES = 7, LEXICON_READ = 4, LEXICON_KEY = 32, LEXICON_PHRASE = 4 };
extern const char *const lexicon_languages[LEXICON_LANGUAGES]; /* the first LEXICON_READ are read */

enum lexicon_role { LEXICON_VALUED = 1, LEXICON_NEGATES = 2, LEXICON_TURNS = 4 /* "but" */ };
struct lexicon_sense {        /* of a word in one language */
	float valence, boost; /* −4…4; how much it strengthens what follows */
	uint32_t friction;    /* of the word alone */
	int16_t phrase;       /* the first that begins with it, or −1 */
	uint8_t roles;
};
struct lexicon_word {
	char key[LEXICON_KEY]; /* lower case */
	struct lexicon_sense senses[LEXICON_READ];
	uint8_t common; /* a stop word of these languages: bits */
};
struct lexicon_phrase { /* what follows its first word, and what it tells of */
	char rest[LEXICON_PHRASE - 1][LEXICON_KEY];
	uint32_t friction;
	int16_t next;
};
/* NULL: not known. */
const struct lexicon_word *lexicon_find(
	const struct tl_lexicon *lexicon, const char key[static LEXICON_KEY]);
const struct lexicon_phrase *lexicon_phrase(const struct tl_lexicon *lexicon, int16_t index);
/* Lower case for the letters of the languages we read; cut to fit, zeroes behind its end. Returns
 * the length. */
size_t lexicon_key(char key[static LEXICON_KEY], const char *word, size_t n);

#endif
