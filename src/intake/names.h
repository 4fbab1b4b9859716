/* The words of a text, and what is known of each; between names_words.c and names.c. */
#ifndef INTAKE_NAMES_H
#define INTAKE_NAMES_H

#include "intake/mask.h"

enum word_class {
	FIRST = 1,
	MAYBE = 2,
	SURNAME = 4,
	TITLE = 8,
	GREETING = 16,
	CLOSING = 32,
	WITH = 64,
	PARTICLE = 128,
	NOT = 256,
	HANDLE = 512,
	WORD = 1024,
	OWN = 2048, /* of this record */
	CUE = 4096
};
enum gap { GAP_NONE, GAP_SPACE, GAP_DOT, GAP_COMMA, GAP_COLON, GAP_LINE, GAP_BRACKET, GAP_OTHER };
enum { KEY = 24, SLOTS = 8192, SIEVE = 1 << 16, OWN_MOST = 32 };

struct known {
	char key[KEY]; /* zeroes behind its end, as in a word */
	uint16_t classes;
};
struct word {
	size_t from, to;
	char key[KEY]; /* empty: too long to be known; zeroes behind its end */
	uint16_t classes;
	uint8_t gap; /* before it */
	bool capital, shouted, possessive;
};
struct names {
	uint64_t there[SIEVE / 64]; /* a bit for the hash of each key: most words are none */
	struct known slots[SLOTS];
	struct word *words;
	size_t count, capacity;
	char own[OWN_MOST][KEY];
	size_t own_count;
	bool shouting; /* the whole text is in capitals */
};

/* The parts of the record's names become known, for the text that is split next. */
void names_know_own(struct names *names, const char *const *own, size_t own_count);
void names_split(struct names *names, const char *text, size_t n);

#endif
