/* Figures as pictures and pages write them: counts, rates, probabilities, intervals, days, spans. */
#include <math.h>
#include <stdio.h>
#include "touchline/words.h"

#define THIN_SPACE "\u202f" /* no reason to break a line */

const char *tl_say_count(struct tl_arena *arena, uint64_t count)
{
	char digits[32];
	int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
	struct tl_buf out = {0};
	for (int i = 0; i < length; i++) {
		if (i && length > 4 && (length - i) % 3 == 0)
			tl_buf_puts(&out, THIN_SPACE);
		tl_buf_putc(&out, digits[i]);
	}
	const char *text = tl_arena_strdup(arena, out.data);
	tl_buf_release(&out);
	return text;
}

const char *tl_say_figure(
	struct tl_arena *arena, enum tl_language language, double value, bool sign)
{
	return tl_say_number(arena, language, value, 1, sign);
}

const char *tl_say_range(
	struct tl_arena *arena, enum tl_language language, double low, double high, bool sign)
{
	return tl_say(arena, language, sign ? TL_SAY_RANGE_SIGNED : TL_SAY_RANGE,
		tl_say_figure(arena, language, low, sign),
		tl_say_figure(arena, language, high, sign));
}

const char *tl_say_rate(struct tl_arena *arena, enum tl_language language, double rate)
{
	return tl_say_percent(arena, language, round(rate * 100) / 100);
}

const char *tl_say_rates(
	struct tl_arena *arena, enum tl_language language, double low, double high)
{
	return tl_say(arena, language, TL_SAY_RANGE,
		tl_say_number(arena, language, round(low * 100), 0, false),
		tl_say_rate(arena, language, high));
}

const char *tl_say_p(struct tl_arena *arena, enum tl_language language, double p)
{
	if (p < 0.001)
		return tl_arena_printf(
			arena, "< %s", tl_say_number(arena, language, 0.001, 3, false));
	return tl_say_number(arena, language, p, 3, false);
}

const char *tl_say_day(struct tl_arena *arena, enum tl_language language, int64_t time)
{
	return tl_say_date(arena, language, tl_date_of(time));
}

const char *tl_say_span(struct tl_arena *arena, enum tl_language language, double seconds)
{
	double unit = seconds >= 10 * 86400 ? 86400 : seconds >= 86400 ? 3600 : seconds >= 3600 ? 60 : 1;
	return tl_say_duration(arena, language, NULL, fmax(1, round(seconds / unit)) * unit);
}

const char *tl_say_many(
	struct tl_arena *arena, enum tl_language language, uint64_t count, enum tl_word one)
{
	return tl_say(arena, language, count == 1 ? one : (enum tl_word)(one + 1),
		tl_say_count(arena, count));
}
