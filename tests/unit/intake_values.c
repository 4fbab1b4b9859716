/* What cells say: times, durations, numbers, HTML, old encodings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "intake/value.h"

static void times_are_read(void **state)
{
	static const struct {
		const char *text;
		int order, offset;
		int64_t seconds;
	} cases[] = {
		{"2024-02-29T12:30:15Z", -1, 3600, 1709209815},
		{"2024-02-29 12:30:15.788000+01:00", -1, 0, 1709206215},
		{"2024-02-29T12:30:15.000+0100", -1, 0, 1709206215},
		{"2024-02-29 12:30", -1, 3600, 1709206200},
		{"2024-02-29", -1, 0, 1709164800},
		{"29-02-2024 01:16", INTAKE_DMY, 0, 1709169360},
		{"02/29/2024 01:16 PM", INTAKE_MDY, 0, 1709212560},
		{"02/29/2024 12:00 AM", INTAKE_MDY, 0, 1709164800},
		{"29.2.24", -1, 0, 1709164800},
		{"3/4/2025", INTAKE_DMY, 0, 1743638400},
		{"3/4/2025", INTAKE_MDY, 0, 1741046400},
		{"4/4/2025", -1, 0, 1743724800},
		{"29 Feb 2024", -1, 0, 1709164800},
		{"Feb 29, 2024, 12:30:15 UTC", -1, 0, 1709209815},
		{"2024/02/29", -1, 0, 1709164800},
		{"20240229", -1, 0, 1709164800},
		{"20240229123015", -1, 0, 1709209815},
		{"1709209815", -1, 3600, 1709209815},
		{"1709209815.9", -1, 0, 1709209815},
		{"1709209815123", -1, 0, 1709209815},
		{"1709209815123456", -1, 0, 1709209815},
		{"45351.5", -1, 0, 1709208000},
		{"1969-12-31T23:59:59Z", -1, 0, -1},
	};
	(void)state;
	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		int64_t seconds = 0;
		const char *wrong = intake_time(
			&seconds, cases[i].text, cases[i].order, cases[i].offset);
		if (wrong || seconds != cases[i].seconds)
			fail_msg("%s: %s, %lld", cases[i].text, wrong ? wrong : "",
				(long long)seconds);
	}
}

static void what_is_no_time_is_refused(void **state)
{
	static const char *const cases[] = {"", "yesterday", "3/4/2025", "2023-02-29", "2024-13-01",
		"2024-01-01T25:00", "2024-01-01 10:61", "2024-01-01 10:00 later", "13/13/2024",
		"1", "123456", "2024-", "Feb", "29 Feb", "2024-01-01T10:00+99:00", "1/2",
		"10:00", "13:00 PM", "99999999999999999999"};
	(void)state;
	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		int64_t seconds;
		if (!intake_time(&seconds, cases[i], -1, 0))
			fail_msg("'%s' was taken as a time", cases[i]);
	}
}

static void numbers_are_read(void **state)
{
	static const struct {
		const char *text;
		double number;
	} cases[] = {{"4", 4}, {"4.5", 4.5}, {"4,5", 4.5}, {"-3", -3}, {"+2", 2}, {"87 %", 87},
		{"87%", 87}, {"1 234,5", 1234.5}, {"1.234,5", 1234.5}, {"1,234.5", 1234.5},
		{"1,234,567", 1234567}, {"1'234.5", 1234.5}, {"9 - very likely", 9},
		{"10 10", 10}};
	static const char *const none[] = {"", "x", "-", ".", "4x", "four", "1e5", "0x10"};
	double number;
	(void)state;
	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		number = -99;
		if (intake_number(&number, cases[i].text) || number != cases[i].number)
			fail_msg("%s: %g", cases[i].text, number);
	}
	for (size_t i = 0; i < TL_COUNT(none); i++)
		if (!intake_number(&number, none[i]))
			fail_msg("'%s' was taken as %g", none[i], number);
}

static void durations_are_read(void **state)
{
	static const struct {
		const char *text;
		double unit, seconds;
	} cases[] = {{"PT2H", 60, 7200}, {"391", 60, 23460}, {"26:03:11", 60, 93791},
		{"3:05", 1, 11100}, {"1,5", 3600, 5400}};
	static const char *const none[] = {"", "P", "-5", "1:99", "1:2:3:4", ":5", "soon"};
	double seconds;
	(void)state;
	for (size_t i = 0; i < TL_COUNT(cases); i++)
		if (intake_duration(&seconds, cases[i].text, cases[i].unit) ||
			seconds != cases[i].seconds)
			fail_msg("%s: %g", cases[i].text, seconds);
	for (size_t i = 0; i < TL_COUNT(none); i++)
		if (!intake_duration(&seconds, none[i], 1))
			fail_msg("'%s' was taken as %g s", none[i], seconds);
}

static void html_becomes_text(void **state)
{
	static const struct {
		const char *html, *text;
	} cases[] = {
		{"<p>Hello,</p><p>you &amp; me</p>", "Hello,\nyou & me"},
		{"a<br/>b<BR>c", "a\nb\nc"},
		{"1 < 2 and 3 > 2", "1 < 2 and 3 > 2"},
		{"<style>p { x }</style>seen<script>if (a < b) {}</script>", "seen"},
		{"<!-- no -->yes", "yes"},
		{"&#233;&#xE9;&eacute;&nope;&", "\xc3\xa9\xc3\xa9\xc3\xa9&nope;&"},
		{"&#0;&#xD800;&#99999999;", "&#0;\xef\xbf\xbd\xef\xbf\xbd"},
		{"<script>never closed", ""},
		{"<a href=\"x\"", ""},
		{"two\nlines", "two\nlines"},
		{"", ""},
	};
	struct tl_buf out = {0};
	(void)state;
	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		tl_buf_clear(&out);
		intake_html(&out, cases[i].html, strlen(cases[i].html));
		assert_string_equal(out.data, cases[i].text);
	}
	tl_buf_release(&out);
}

static void windows_1252_becomes_utf_8(void **state)
{
	struct tl_buf out = {0};
	(void)state;
	intake_from_1252(&out, "d\xe9j\xe0 \x80\x93\x94", 8);
	assert_string_equal(out.data, "d\xc3\xa9j\xc3\xa0 \xe2\x82\xac\xe2\x80\x9c\xe2\x80\x9d");
	tl_buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_read),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(numbers_are_read),
		cmocka_unit_test(durations_are_read),
		cmocka_unit_test(html_becomes_text),
		cmocka_unit_test(windows_1252_becomes_utf_8),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
