/* words: the lookup, and numbers, dates and durations as the language writes them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "touchline/words.h"

#define NBSP "\xC2\xA0"
#define MINUS "\xE2\x88\x92"

static const char *const table[TL_WORDS][TL_LANGUAGES] = {
#define WORD(name, en, de, fr, es) {en, de, fr, es},
#include "words/words.def"
#undef WORD
};

enum tl_language tl_language_of(const char *lang)
{
	static const char tags[TL_LANGUAGES][3] = {"en", "de", "fr", "es"};
	if (lang)
		for (int i = 0; i < TL_LANGUAGES; i++)
			if ((lang[0] | 32) == tags[i][0] && (lang[1] | 32) == tags[i][1] &&
				(lang[2] == '\0' || lang[2] == '-'))
				return (enum tl_language)i;
	return TL_EN;
}

static bool is_one_of(const char *tag, size_t length, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(list[i]) == length && strncasecmp(tag, list[i], length) == 0)
			return true;
	return false;
}

bool tl_language_rtl(const char *lang)
{
	static const char *const languages[] = {
		"ar", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "syr", "ug", "ur", "yi"};
	static const char *const scripts[] = {
		"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"};
	if (!lang)
		return false;
	size_t first = strcspn(lang, "-");
	if (lang[first] == '-' && strcspn(lang + first + 1, "-") == 4) /* a script */
		return is_one_of(lang + first + 1, 4, scripts, TL_COUNT(scripts));
	return is_one_of(lang, first, languages, TL_COUNT(languages));
}

const char *tl_word(enum tl_language language, enum tl_word word)
{
	return table[word][language];
}

const char *tl_word_at(enum tl_language language, enum tl_word first, int value)
{
	return value < 0 ? "" : table[(int)first + value][language];
}

static bool begins_with_one_of(const char *name, const char *const *prefixes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
			return true;
	return false;
}

void tl_words_json(struct tl_buf *out, enum tl_language language, const char *const *prefixes,
	size_t count)
{
	static const char *const names[TL_WORDS] = {
#define WORD(name, en, de, fr, es) #name,
#include "words/words.def"
#undef WORD
	};
	char separator = '{';

	for (size_t i = 0; i < TL_WORDS; i++) {
		if (!begins_with_one_of(names[i], prefixes, count))
			continue;
		tl_buf_putc(out, separator);
		tl_buf_json(out, names[i]);
		tl_buf_putc(out, ':');
		tl_buf_json(out, table[i][language]);
		separator = ',';
	}
	tl_buf_puts(out, separator == '{' ? "{}" : "}");
}

/* A sentence that ends in the user's words keeps their full stop instead of adding one. */
bool tl_word_ends_sentence(const char *text, size_t length)
{
	static const char *const ends[] = {".", "!", "?", "…", "。", "！", "？", "؟"};
	for (size_t i = 0; i < TL_COUNT(ends); i++) {
		size_t n = strlen(ends[i]);
		if (length >= n && memcmp(text + length - n, ends[i], n) == 0)
			return true;
	}
	return false;
}

const char *tl_word_fill(struct tl_arena *arena, enum tl_language language, enum tl_word word,
	const char *const *arguments, size_t count)
{
	struct tl_buf buf = {0};
	for (const char *p = tl_word(language, word); *p; p++) {
		if (p[0] == '{' && p[1] >= '0' && p[1] <= '9' && p[2] == '}') {
			size_t which = (size_t)(p[1] - '0');
			if (which < count && arguments[which])
				tl_buf_puts(&buf, arguments[which]);
			p += 2;
			if (p[1] == '.' && buf.data && tl_word_ends_sentence(buf.data, buf.len))
				p++;
			continue;
		}
		tl_buf_putc(&buf, *p);
	}
	const char *result = tl_arena_strdup(arena, buf.data ? buf.data : "");
	tl_buf_release(&buf);
	return result;
}

const char *tl_say_number(struct tl_arena *arena, enum tl_language language, double value,
	int decimals, bool sign)
{
	struct tl_buf digits = {0}, out = {0};
	tl_buf_number(&digits, fabs(value), decimals);
	bool zero = strcmp(digits.data, "0") == 0;
	if (value < 0 && !zero)
		tl_buf_puts(&out, MINUS);
	else if (sign && !zero)
		tl_buf_puts(&out, "+");
	for (const char *p = digits.data; *p; p++) {
		if (*p == '.')
			tl_buf_puts(&out, tl_word(language, TL_SAY_DECIMAL_POINT));
		else
			tl_buf_putc(&out, *p);
	}
	const char *result = tl_arena_strdup(arena, out.data);
	tl_buf_release(&digits);
	tl_buf_release(&out);
	return result;
}

const char *tl_say_percent(struct tl_arena *arena, enum tl_language language, double share)
{
	return tl_say(arena, language, TL_SAY_PERCENT,
		tl_say_number(arena, language, share * 100, 1, false));
}

const char *tl_say_date(struct tl_arena *arena, enum tl_language language, int32_t days)
{
	char iso[11];
	tl_date_format(iso, days);
	int year = atoi(iso), month = atoi(iso + 5), day = atoi(iso + 8);
	if (month < 1 || month > 12)
		return tl_arena_strdup(arena, iso);
	const char *ordinal = language == TL_FR && day == 1 ? "er" : "";
	return tl_say(arena, language, TL_SAY_DATE, tl_arena_printf(arena, "%d%s", day, ordinal),
		tl_word_at(language, TL_SAY_JANUARY, month - 1), tl_arena_printf(arena, "%d", year));
}

/* One part of a duration, "2 days"; unit: the singular, whose plural follows it. */
static void put_part(struct tl_buf *out, struct tl_arena *arena, enum tl_language language,
	double value, enum tl_word unit)
{
	if (out->len)
		tl_buf_puts(out, NBSP);
	tl_buf_puts(out, tl_say_number(arena, language, value, 2, false));
	tl_buf_puts(out, NBSP);
	tl_buf_puts(out, tl_word_at(language, unit, value == 1 ? 0 : 1));
}

struct unit {
	char letter;
	bool time; /* stands behind the T */
	double seconds;
	enum tl_word word;
};
static const struct unit units[] = {
	{'Y', false, 365 * 86400.0, TL_SAY_YEAR},
	{'M', false, 30 * 86400.0, TL_SAY_MONTH},
	{'W', false, 7 * 86400.0, TL_SAY_WEEK},
	{'D', false, 86400, TL_SAY_DAY},
	{'H', true, 3600, TL_SAY_HOUR},
	{'M', true, 60, TL_SAY_MINUTE},
	{'S', true, 1, TL_SAY_SECOND},
};

static void put_iso(
	struct tl_buf *out, struct tl_arena *arena, enum tl_language language, const char *iso)
{
	bool time = false;
	for (const char *p = iso + 1; *p; p++) {
		if (*p == 'T') {
			time = true;
			continue;
		}
		double value = 0, place = 0;
		for (; (*p >= '0' && *p <= '9') || *p == '.' || *p == ','; p++) {
			if (*p == '.' || *p == ',')
				place = 1;
			else if (place > 0)
				value += (*p - '0') * (place /= 10);
			else
				value = value * 10 + (*p - '0');
		}
		for (size_t i = 0; i < TL_COUNT(units); i++)
			if (units[i].letter == *p && units[i].time == time)
				put_part(out, arena, language, value, units[i].word);
		if (!*p)
			return;
	}
}

/* Days and below only: whether 30 days are a month nobody said. */
static void put_seconds(
	struct tl_buf *out, struct tl_arena *arena, enum tl_language language, double seconds)
{
	for (size_t i = 3; i < TL_COUNT(units); i++) {
		bool last = i + 1 == TL_COUNT(units);
		double value = last ? seconds : floor(seconds / units[i].seconds);
		if (value <= 0 || (last && value < 0.005))
			continue;
		put_part(out, arena, language, value, units[i].word);
		seconds -= value * units[i].seconds;
	}
}

const char *tl_say_duration(
	struct tl_arena *arena, enum tl_language language, const char *iso, double seconds)
{
	struct tl_buf out = {0};
	if (iso && *iso == 'P')
		put_iso(&out, arena, language, iso);
	else if (!isnan(seconds))
		put_seconds(&out, arena, language, seconds);
	const char *result = tl_arena_strdup(arena, out.data ? out.data : "");
	tl_buf_release(&out);
	return result;
}
