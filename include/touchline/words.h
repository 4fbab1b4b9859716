/* words: what maps and pages say themselves, in the language of the journey, and how it writes
 * numbers, dates and durations. One list: src/words/words.def. */
#ifndef TOUCHLINE_WORDS_H
#define TOUCHLINE_WORDS_H

#include "touchline/base.h"

enum tl_word {
#define WORD(name, en, de, fr, es) TL_SAY_##name,
#include "words/words.def"
#undef WORD
	TL_WORDS
};
enum tl_language { TL_EN, TL_DE, TL_FR, TL_ES, TL_LANGUAGES };

/* By BCP 47 tag, "de-AT" as "de"; English where the language is not spoken. */
enum tl_language tl_language_of(const char *lang);
/* Whether the language is written from right to left; its script decides where the tag has one. */
bool tl_language_rtl(const char *lang);
const char *tl_word(enum tl_language language, enum tl_word word);
/* Those whose names begin with one of the prefixes, "ROOM_", as JSON: {"ROOM_JOIN": "Join", …}, in
 * the order of the list. */
void tl_words_json(struct tl_buf *out, enum tl_language language, const char *const *prefixes,
	size_t count);
/* The word that stands `value` places behind `first`: for vocabularies. "" for −1. */
const char *tl_word_at(enum tl_language language, enum tl_word first, int value);
/* A word with {0} … filled in; NULL arguments are empty. */
const char *tl_word_fill(struct tl_arena *arena, enum tl_language language, enum tl_word word,
	const char *const *arguments, size_t count);
#define tl_say(arena, language, word, ...)                                                         \
	tl_word_fill((arena), (language), (word), (const char *const[]){__VA_ARGS__},              \
		TL_COUNT(((const char *const[]){__VA_ARGS__})))

/* Whether a text ends with a full stop, a question mark or the like. */
bool tl_word_ends_sentence(const char *text, size_t length);

/* With a real minus sign, and a plus sign where `sign` asks for it (never on 0). */
const char *tl_say_number(struct tl_arena *arena, enum tl_language language, double value,
	int decimals, bool sign);
const char *tl_say_percent(struct tl_arena *arena, enum tl_language language, double share);
const char *tl_say_date(struct tl_arena *arena, enum tl_language language, int32_t days);
/* From ISO 8601 as written where there is a text, else from seconds: "1 h 30 min". */
const char *tl_say_duration(
	struct tl_arena *arena, enum tl_language language, const char *iso, double seconds);

/* ---- figures of feedback ---------------------------------------------------------------------- */

/* Thousands are set apart from five digits on. */
const char *tl_say_count(struct tl_arena *arena, uint64_t count);
/* One decimal. */
const char *tl_say_figure(
	struct tl_arena *arena, enum tl_language language, double value, bool sign);
/* "69.1–97", "−1.4 to −0.8" with signs. */
const char *tl_say_range(
	struct tl_arena *arena, enum tl_language language, double low, double high, bool sign);
/* A rate 0–1 in whole per cent, and two: "8–42 %". */
const char *tl_say_rate(struct tl_arena *arena, enum tl_language language, double rate);
const char *tl_say_rates(
	struct tl_arena *arena, enum tl_language language, double low, double high);
/* A probability: "0.02", "< 0.001". */
const char *tl_say_p(struct tl_arena *arena, enum tl_language language, double p);
/* The day of a time, seconds since 1970. */
const char *tl_say_day(struct tl_arena *arena, enum tl_language language, int64_t time);
/* As exact as its size deserves: "1 day 3 h". */
const char *tl_say_span(struct tl_arena *arena, enum tl_language language, double seconds);
/* One of two words by number, with the number in it; the plural follows the singular. */
const char *tl_say_many(
	struct tl_arena *arena, enum tl_language language, uint64_t count, enum tl_word one);

#endif
