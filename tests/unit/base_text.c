/* UTF-8, near misses, dates and durations. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "touchline/base.h"

static void ill_formed_bytes_are_found(void **state)
{
	static const struct {
		const char *text;
		size_t good; /* bytes before the first ill-formed one */
	} cases[] = {
		{"", 0},
		{"abc", 3},
		{"a\xc3\xa9", 3},
		{"\xf0\x9f\x99\x82", 4},
		{"\xef\xbf\xbf", 3},
		{"\xf4\x8f\xbf\xbf", 4},
		{"ab\x80", 2}, /* a continuation that continues nothing */
		{"a\xc3", 1},  /* cut off */
		{"a\xe2\x82", 1},
		{"\xc0\xaf", 0},
		{"\xe0\x80\x80", 0},
		{"\xf0\x80\x80\x80", 0},
		{"\xed\xa0\x80", 0},     /* a surrogate */
		{"\xf4\x90\x80\x80", 0}, /* above U+10FFFF */
		{"\xf8\x88\x80\x80\x80", 0},
		{"\xff", 0},
		{"\xc3(", 0},
	};
	(void)state;
	for (size_t i = 0; i < TL_COUNT(cases); i++)
		assert_int_equal(
			tl_utf8_check(cases[i].text, strlen(cases[i].text)), cases[i].good);
}

static void decoding_goes_on_after_ill_formed_bytes(void **state)
{
	static const char text[] = "a\xc3\xa9\xff\xe4\xb8\xad\xe2\x82";
	static const uint32_t expected[] = {'a', 0xe9, 0xfffd, 0x4e2d, 0xfffd, 0xfffd};
	const char *p = text, *end = text + strlen(text);
	(void)state;

	for (size_t i = 0; i < TL_COUNT(expected); i++)
		assert_int_equal(tl_utf8_next(&p, end), expected[i]);
	assert_ptr_equal(p, end);
}

static void lengths_and_columns_differ(void **state)
{
	static const struct {
		const char *text;
		size_t length, columns;
	} cases[] = {{"", 0, 0}, {"abc", 3, 3}, {"é", 1, 1}, {"e\u0301", 2, 1}, {"中文", 2, 4},
		{"ｱ", 1, 1}, {"Ａ", 1, 2}, {"🙂", 1, 2}, {"한", 1, 2}, {"שלום", 4, 4},
		{"a\u200bb", 3, 2}, {"ก็", 2, 1}, {"\xff", 1, 1}};
	(void)state;
	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		size_t n = strlen(cases[i].text);

		assert_int_equal(tl_utf8_length(cases[i].text, n), cases[i].length);
		assert_int_equal(tl_utf8_columns(cases[i].text, n), cases[i].columns);
	}
}

static void distances_are_edits(void **state)
{
	char longest[400];
	(void)state;

	assert_int_equal(tl_text_distance("", "", 3), 0);
	assert_int_equal(tl_text_distance("email", "emial", 3), 2);
	assert_int_equal(tl_text_distance("email", "EMAIL", 3), 0);
	assert_int_equal(tl_text_distance("kitten", "sitting", 5), 3);
	assert_int_equal(tl_text_distance("abc", "", 5), 3);
	assert_int_equal(tl_text_distance("kitten", "sitting", 2), 3); /* limit + 1: given up */
	memset(longest, 'x', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	assert_int_equal(tl_text_distance(longest, longest, 2), 3);
}

static void only_near_misses_are_suggested(void **state)
{
	static const char *const words[] = {"web", "phone", "email", "chat", "app"};
	(void)state;

	assert_string_equal(tl_text_nearest("emial", words, TL_COUNT(words)), "email");
	assert_string_equal(tl_text_nearest("fone", words, TL_COUNT(words)), "phone");
	assert_string_equal(tl_text_nearest("Chat", words, TL_COUNT(words)), "chat");
	assert_null(tl_text_nearest("letter", words, TL_COUNT(words)));
	assert_null(tl_text_nearest("", words, TL_COUNT(words)));
	assert_null(tl_text_nearest("x", words, TL_COUNT(words)));
	assert_null(tl_text_nearest("emial", NULL, 0));
}

static void the_nearest_of_several_is_suggested(void **state)
{
	static const char *const words[] = {"checkouts", "check-out", "checkout"};
	(void)state;

	assert_string_equal(tl_text_nearest("chekout", words, 3), "checkout");
	assert_string_equal(tl_text_nearest("checkouts", words, 3), "checkouts");
}

static void dates_are_days_since_1970(void **state)
{
	static const struct {
		const char *text;
		int32_t days;
	} cases[] = {{"1970-01-01", 0}, {"1969-12-31", -1}, {"2000-02-29", 11016},
		{"2000-03-01", 11017}, {"2026-10-01", 20727}, {"1900-03-01", -25508},
		{"0000-01-01", -719528}, {"0001-01-01", -719162}, {"9999-12-31", 2932896}};
	(void)state;
	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		int32_t days = 7;
		char text[11];

		assert_true(tl_date_parse(&days, cases[i].text));
		assert_int_equal(days, cases[i].days);
		tl_date_format(text, days);
		assert_string_equal(text, cases[i].text);
	}
}

static void every_day_of_nine_centuries_returns(void **state)
{
	(void)state;
	for (int32_t day = -200000; day < 130000; day++) {
		int32_t again = INT32_MAX;
		char text[11];

		tl_date_format(text, day);
		assert_true(tl_date_parse(&again, text));
		assert_int_equal(again, day);
	}
}

static void what_is_no_date_is_refused(void **state)
{
	static const char *const cases[] = {"", "2026", "2026-10", "2026-13-01", "2026-00-10",
		"2026-02-29", "1900-02-29", "2026-04-31", "2026-10-1", "2026-10-011", "26-10-01",
		"2026/10/01", "15.12.2026", "2026-1a-01", "+026-10-01", " 2026-10-01"};
	int32_t days;
	(void)state;

	for (size_t i = 0; i < TL_COUNT(cases); i++)
		assert_false(tl_date_parse(&days, cases[i]));
}

static void durations_are_seconds(void **state)
{
	static const struct {
		const char *text;
		double seconds;
	} cases[] = {{"PT10M", 600}, {"P1D", 86400}, {"P1DT12H", 129600}, {"P2W", 1209600},
		{"P1Y", 31536000}, {"P1M", 2592000}, {"PT0.5S", 0.5}, {"PT1,5H", 5400}, {"PT0S", 0},
		{"P1Y2M3DT4H5M6S", 31536000 + 2 * 2592000 + 3 * 86400 + 14706}};
	(void)state;
	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		double seconds = -1;

		assert_true(tl_duration_parse(&seconds, cases[i].text));
		assert_true(seconds == cases[i].seconds);
	}
}

static void what_is_no_duration_is_refused(void **state)
{
	static const char *const cases[] = {"", "P", "PT", "P1", "1D", "P1DT", "PT1D", "P1H", "PD",
		"P1.5DT1H", "P-1D", "P1D ", "p1d", "PT1M1H", "PT1S1S", "P1001Y", "PT1.S", "PT.5S",
		"P1DTT1H", "10 min", "24h"};
	double seconds;
	(void)state;

	for (size_t i = 0; i < TL_COUNT(cases); i++)
		assert_false(tl_duration_parse(&seconds, cases[i]));
}

static void the_clock_can_be_set(void **state)
{
	(void)state;
	setenv("SOURCE_DATE_EPOCH", "1767225600", 1);
	assert_int_equal(tl_clock_now(), 1767225600);
	setenv("SOURCE_DATE_EPOCH", "yesterday", 1);
	assert_true(tl_clock_now() > 1767225600);
	unsetenv("SOURCE_DATE_EPOCH");
	assert_true(tl_clock_now() > 1767225600);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ill_formed_bytes_are_found),
		cmocka_unit_test(decoding_goes_on_after_ill_formed_bytes),
		cmocka_unit_test(lengths_and_columns_differ),
		cmocka_unit_test(distances_are_edits),
		cmocka_unit_test(only_near_misses_are_suggested),
		cmocka_unit_test(the_nearest_of_several_is_suggested),
		cmocka_unit_test(dates_are_days_since_1970),
		cmocka_unit_test(every_day_of_nine_centuries_returns),
		cmocka_unit_test(what_is_no_date_is_refused),
		cmocka_unit_test(durations_are_seconds),
		cmocka_unit_test(what_is_no_duration_is_refused),
		cmocka_unit_test(the_clock_can_be_set),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
