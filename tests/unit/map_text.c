/* Text: wrapped lines fit, nothing is lost, nothing is measured twice; words and numbers are those
 * of the language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <math.h>
#include <string.h>
#include <cmocka.h>
#include "map/text.h"
#include "touchline/words.h"

static struct tl_arena arena;
static const struct tl_style body = {9, 0, 0x000000FF};

static int set_up(void **state)
{
	(void)state;
	tl_arena_init(&arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	tl_arena_release(&arena);
	return 0;
}

static const char *const samples[] = {
	"Enters address and payment details, then waits for a very long confirmation",
	"住所と支払い方法を入力してから注文内容をもう一度確認する",
	"تدخل العنوان وبيانات الدفع ثم تنتظر التأكيد طويلا",
	"DonaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungDonaudampfschifffahrt",
	"😀🎉🚚📦☎️😡💡🏠🛒🧾🔧⏰📬🙂🎁😀🎉🚚📦💡🏠🛒",
	"a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p",
};

/* The text without spaces, which lines lose at their ends, and hyphens, which they gain. */
static void squeeze(struct tl_buf *out, const char *text)
{
	for (; *text; text++)
		if (*text != ' ' && *text != '-')
			tl_buf_putc(out, *text);
}

static void wrapped_lines_fit_and_lose_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < TL_COUNT(samples); i++) {
		for (double width = 60; width <= 200; width += 16) {
			struct tl_wrapped wrapped =
				tl_text_wrap(&arena, samples[i], body, width, 200);
			struct tl_buf all = {0}, whole = {0};

			if (wrapped.cut)
				fail_msg("\"%s\" is cut at a width of %g", samples[i], width);
			for (size_t k = 0; k < wrapped.count; k++) {
				const struct tl_line *line = &wrapped.lines[k];

				assert_true(line->width <= tl_text_room(width));
				/* Alone, as the renderer sets it, it is as wide as in its paragraph. */
				assert_true(fabs(tl_text_width(line->text, 9, 0) - line->width) < 1);
				squeeze(&all, line->text);
			}
			squeeze(&whole, samples[i]);
			assert_string_equal(all.data, whole.data);
			tl_buf_release(&all);
			tl_buf_release(&whole);
		}
	}
}

static void long_words_break_with_a_hyphen(void **state)
{
	struct tl_wrapped wrapped = tl_text_wrap(&arena, samples[3], body, 80, 50);

	(void)state;
	assert_true(wrapped.count > 3);
	for (size_t i = 0; i + 1 < wrapped.count; i++)
		assert_int_equal(
			wrapped.lines[i].text[strlen(wrapped.lines[i].text) - 1], '-');
}

static void what_is_cut_ends_in_an_ellipsis(void **state)
{
	(void)state;
	for (size_t i = 0; i < TL_COUNT(samples); i++) {
		struct tl_wrapped wrapped = tl_text_wrap(&arena, samples[i], body, 60, 2);
		const char *last = wrapped.lines[1].text;

		assert_int_equal(wrapped.count, 2);
		assert_true(wrapped.cut);
		assert_string_equal(last + strlen(last) - strlen("…"), "…");
		assert_true(wrapped.lines[1].width <= tl_text_room(60));
		assert_int_equal(tl_utf8_check(last, strlen(last)), strlen(last));
	}
}

/* One grapheme of many joined emoji, which pango does not break. */
static void wide_graphemes_are_cut(void **state)
{
	struct tl_buf wide = {0};

	(void)state;
	for (int i = 0; i < 40; i++)
		tl_buf_puts(&wide, i ? "\u200d🧯" : "🧯");
	struct tl_wrapped wrapped = tl_text_wrap(&arena, wide.data, body, 80, 9);
	assert_true(wrapped.width <= tl_text_room(80));
	tl_buf_release(&wide);
}

static void nothing_is_measured_twice(void **state)
{
	size_t before;

	(void)state;
	tl_text_wrap(&arena, "measured once and for all", body, 70, 9);
	tl_text_width("measured", 11, TL_BOLD);
	before = tl_text_measured();
	tl_text_wrap(&arena, "measured once and for all", body, 70, 9);
	tl_text_width("measured", 11, TL_BOLD);
	assert_int_equal(tl_text_measured(), before);
	tl_text_width("measured", 11, 0);
	assert_int_equal(tl_text_measured(), before + 1);
}

static void direction_is_known(void **state)
{
	(void)state;
	assert_true(tl_text_wrap(&arena, samples[2], body, 80, 9).rtl);
	assert_false(tl_text_wrap(&arena, samples[0], body, 80, 9).rtl);
	assert_true(tl_language_rtl("ar"));
	assert_true(tl_language_rtl("he-IL"));
	assert_true(tl_language_rtl("az-Arab"));
	assert_false(tl_language_rtl("ur-Latn"));
	assert_false(tl_language_rtl("arn"));
	assert_false(tl_language_rtl("en"));
	assert_false(tl_language_rtl(NULL));
}

static void languages_fall_back_to_english(void **state)
{
	(void)state;
	assert_int_equal(tl_language_of("de-AT"), TL_DE);
	assert_int_equal(tl_language_of("FR"), TL_FR);
	assert_int_equal(tl_language_of("es-419"), TL_ES);
	assert_int_equal(tl_language_of("est"), TL_EN);
	assert_int_equal(tl_language_of("ja"), TL_EN);
	assert_int_equal(tl_language_of(NULL), TL_EN);
}

/* Every word is there in every language, with the same places to fill in. */
static void words_are_complete(void **state)
{
	(void)state;
	for (int word = 0; word < TL_WORDS; word++) {
		unsigned places[TL_LANGUAGES] = {0};

		for (int language = 0; language < TL_LANGUAGES; language++) {
			const char *text = tl_word((enum tl_language)language, (enum tl_word)word);

			assert_true(*text);
			assert_int_equal(tl_utf8_check(text, strlen(text)), strlen(text));
			for (const char *p = strchr(text, '{'); p; p = strchr(p + 1, '{'))
				places[language] |= 1u << (p[1] - '0');
			assert_int_equal(places[language], places[0]);
		}
	}
}

static void assert_number(enum tl_language language, double value, int decimals, bool sign,
	const char *expected)
{
	assert_string_equal(tl_say_number(&arena, language, value, decimals, sign), expected);
}

static void numbers_are_typeset(void **state)
{
	(void)state;
	assert_number(TL_EN, -1.5, 1, true, "−1.5");
	assert_number(TL_DE, -1.5, 1, true, "−1,5");
	assert_number(TL_EN, 2, 1, true, "+2");
	assert_number(TL_EN, 2, 1, false, "2");
	assert_number(TL_EN, 0, 1, true, "0");
	assert_number(TL_EN, -0.01, 1, true, "0");
	assert_string_equal(tl_say_percent(&arena, TL_EN, 0.12), "12%");
	assert_string_equal(tl_say_percent(&arena, TL_DE, 0.125), "12,5\u00a0%");
	assert_string_equal(tl_say_percent(&arena, TL_EN, 0.07), "7%");
}

static void assert_date(enum tl_language language, const char *iso, const char *expected)
{
	int32_t days;

	assert_true(tl_date_parse(&days, iso));
	assert_string_equal(tl_say_date(&arena, language, days), expected);
}

static void dates_and_durations_are_words(void **state)
{
	(void)state;
	assert_date(TL_EN, "2026-10-01", "1 October 2026");
	assert_date(TL_DE, "2026-10-01", "1. Oktober 2026");
	assert_date(TL_FR, "2026-10-01", "1er octobre 2026");
	assert_date(TL_ES, "2026-12-31", "31 de diciembre de 2026");
	assert_string_equal(tl_say_duration(&arena, TL_EN, "P1D", NAN), "1\u00a0day");
	assert_string_equal(tl_say_duration(&arena, TL_EN, "PT1H30M", NAN), "1\u00a0h\u00a030\u00a0min");
	assert_string_equal(tl_say_duration(&arena, TL_DE, "P2W", NAN), "2\u00a0Wochen");
	assert_string_equal(tl_say_duration(&arena, TL_EN, "PT0.5S", NAN), "0.5\u00a0s");
	assert_string_equal(tl_say_duration(&arena, TL_EN, NULL, 90000), "1\u00a0day\u00a01\u00a0h");
	assert_string_equal(tl_say_duration(&arena, TL_EN, NULL, NAN), "");
}

static void sentences_end_once(void **state)
{
	(void)state;
	assert_string_equal(
		tl_say(&arena, TL_EN, TL_SAY_TIP_THOUGHT, "Pay", "Why?"), "A thought at “Pay”: Why?");
	assert_string_equal(
		tl_say(&arena, TL_EN, TL_SAY_TIP_THOUGHT, "Pay", "Why"), "A thought at “Pay”: Why.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrapped_lines_fit_and_lose_nothing),
		cmocka_unit_test(long_words_break_with_a_hyphen),
		cmocka_unit_test(what_is_cut_ends_in_an_ellipsis),
		cmocka_unit_test(wide_graphemes_are_cut),
		cmocka_unit_test(nothing_is_measured_twice),
		cmocka_unit_test(direction_is_known),
		cmocka_unit_test(languages_fall_back_to_english),
		cmocka_unit_test(words_are_complete),
		cmocka_unit_test(numbers_are_typeset),
		cmocka_unit_test(dates_and_durations_are_words),
		cmocka_unit_test(sentences_end_once),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
