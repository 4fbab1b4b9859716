/* How diagnostics look: the quoted line, the caret under the place, order, limits, JSON. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "touchline/diag.h"

static struct tl_diags diags;

static int setup(void **state)
{
	(void)state;
	tl_diags_init(&diags);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	tl_diags_release(&diags);
	return 0;
}

static const struct tl_source *source(const char *name, const char *text)
{
	return tl_diags_source(&diags, name, text, strlen(text));
}

/* The place of the n-th occurrence of what, from 0. */
static struct tl_span span(const struct tl_source *in, const char *what, int n)
{
	const char *p = strstr(in->text, what);

	while (n-- > 0)
		p = strstr(p + 1, what);
	return (struct tl_span){in, (uint32_t)(p - in->text), (uint32_t)strlen(what)};
}

static void expect_text(bool colour, const char *expected)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	tl_diags_print(&diags, out, colour);
	fclose(out);
	assert_string_equal(text, expected);
	free(text);
}

static void expect_quote(const char *text, const char *what, const char *expected)
{
	const struct tl_source *in = source("a.xml", text);
	struct tl_buf whole = {0};

	tl_diag_add(&diags, TL0301, span(in, what, 0), "no");
	tl_buf_printf(&whole, "%s1 error\n", expected);
	expect_text(false, whole.data);
	tl_buf_release(&whole);
	tl_diags_release(&diags);
}

static void a_diagnostic_quotes_its_line(void **state)
{
	const struct tl_source *in = source("journeys/a.xml",
		"<journey>\n  <channel id=\"email\"/>\n  <touchpoint channel=\"emial\">\n");
	struct tl_diag *diag =
		tl_diag_add(&diags, TL0301, span(in, "emial", 0), "unknown channel '%s'", "emial");
	(void)state;

	tl_diag_hint(&diags, diag, "did you mean '%s'?", "email");
	tl_diag_note(&diags, diag, span(in, "<channel", 0), "channels are declared here");
	expect_text(false, "journeys/a.xml:3:24: error: unknown channel 'emial' [TL0301]\n"
			   "    3 |   <touchpoint channel=\"emial\">\n"
			   "      |                        ^~~~~ did you mean 'email'?\n"
			   "journeys/a.xml:2:3: note: channels are declared here\n"
			   "1 error\n");
}

static void colour_is_added_and_nothing_else(void **state)
{
	const struct tl_source *in = source("a.xml", "<a b='c'>");
	struct tl_diag *diag = tl_diag_add(&diags, TL0402, span(in, "c", 0), "no");
	(void)state;

	tl_diag_note(&diags, diag, span(in, "a", 0), "here");
	expect_text(true, "\033[1ma.xml:1:7: \033[0m\033[1;35mwarning: \033[0mno [TL0402]\n"
			  "    1 | <a b='c'>\n"
			  "      |       \033[1;32m^\033[0m\n"
			  "\033[1ma.xml:1:2: \033[0m\033[1;36mnote: \033[0mhere\n"
			  "1 warning\n");
}

static void the_caret_stands_under_the_place(void **state)
{
	(void)state;
	expect_quote("\t<a\tb='HERE'>", "HERE",
		"a.xml:1:8: error: no [TL0301]\n"
		"    1 | \t<a\tb='HERE'>\n"
		"      | \t  \t   ^~~~\n");
	expect_quote("<中文 b='HERE'>", "HERE",
		"a.xml:1:8: error: no [TL0301]\n"
		"    1 | <中文 b='HERE'>\n"
		"      |          ^~~~\n");
	expect_quote("<e\u0301e\u0301 b='HERE'>", "HERE",
		"a.xml:1:10: error: no [TL0301]\n"
		"    1 | <e\u0301e\u0301 b='HERE'>\n"
		"      |        ^~~~\n");
	expect_quote("<a b='中文'>", "中文",
		"a.xml:1:7: error: no [TL0301]\n"
		"    1 | <a b='中文'>\n"
		"      |       ^~~~\n");
	expect_quote("<a b='x\ty'>", "x\ty",
		"a.xml:1:7: error: no [TL0301]\n"
		"    1 | <a b='x\ty'>\n"
		"      |       ^~~\n");
}

static void only_the_first_line_of_a_span_is_underlined(void **state)
{
	(void)state;
	expect_quote("<a\r\n  b\r\n>", "<a\r\n  b\r\n>",
		"a.xml:1:1: error: no [TL0301]\n"
		"    1 | <a\n"
		"      | ^~\n");
}

static void a_place_at_the_end_is_shown(void **state)
{
	const struct tl_source *in = source("a.xml", "<a>\n<b>");
	(void)state;

	tl_diag_add(&diags, TL0113, (struct tl_span){in, 7, 0}, "no end");
	tl_diag_add(&diags, TL0301, (struct tl_span){in, 3, 0}, "end of line");
	expect_text(false, "a.xml:1:4: error: end of line [TL0301]\n"
			   "    1 | <a>\n"
			   "      |    ^\n"
			   "a.xml:2:4: error: no end [TL0113]\n"
			   "    2 | <b>\n"
			   "      |    ^\n"
			   "2 errors\n");
}

static void what_reaches_the_terminal_is_harmless(void **state)
{
	(void)state;
	expect_quote("\033[2J\a\x7f\xc2\x85\u202e\xff HERE", "HERE",
		"a.xml:1:11: error: no [TL0301]\n"
		"    1 | ␛[2J␇␡\ufffd\ufffd\ufffd HERE\n"
		"      |           ^~~~\n");
}

static void names_and_messages_are_harmless_too(void **state)
{
	const struct tl_source *in = source("a\nb\033.xml", "");
	struct tl_diag *diag =
		tl_diag_add(&diags, TL0101, (struct tl_span){in, 0, 0}, "'%s'", "x\033[31m\ny");
	(void)state;

	tl_diag_hint(&diags, diag, "try '%s'", "\r");
	expect_text(false, "a␊b␛.xml: error: 'x␛[31m␊y' [TL0101]\n"
			   "      | try '␍'\n"
			   "1 error\n");
}

/* Columns of the first line that starts with prefix, and of the caret below it. */
static void expect_aligned(const char *text, size_t length, size_t offset)
{
	const struct tl_source *in = tl_diags_source(&diags, "long.xml", text, length);
	char *shown, *quote, *caret;
	size_t size;
	FILE *out = open_memstream(&shown, &size);

	tl_diag_add(&diags, TL0301, (struct tl_span){in, (uint32_t)offset, 4}, "no");
	tl_diags_print(&diags, out, false);
	fclose(out);
	quote = strchr(shown, '\n') + 1;
	caret = strchr(quote, '\n') + 1;
	assert_true(tl_utf8_columns(quote, (size_t)(caret - 1 - quote)) <= 120);
	size_t before = tl_utf8_columns(caret, (size_t)(strchr(caret, '^') - caret));
	char *here = strstr(quote, "HERE");
	assert_non_null(here);
	assert_int_equal(tl_utf8_columns(quote, (size_t)(here - quote)), before);
	free(shown);
	tl_diags_release(&diags);
}

static void long_lines_are_cut_around_the_caret(void **state)
{
	static char text[3 * 4000 + 5];
	(void)state;

	for (size_t at = 0; at <= 3996; at += 111) {
		memset(text, 'x', 4000);
		memcpy(text + at, "HERE", 4);
		expect_aligned(text, 4000, at);
	}
	for (size_t at = 0; at <= 3996; at += 333) {
		for (size_t i = 0; i < 4000; i++)
			memcpy(text + 3 * i, "中", 3);
		memcpy(text + 3 * at, "HERE", 4);
		memset(text + 3 * at + 4, ' ', 2);
		expect_aligned(text, 3 * 4000, 3 * at);
	}
}

static void a_place_behind_many_tabs_is_shown(void **state)
{
	const struct tl_source *in;
	char text[160 + 1], *shown;
	size_t size;
	FILE *out = open_memstream(&shown, &size);
	(void)state;

	memset(text, '\t', 80);
	memset(text + 80, 'x', 80);
	text[160] = '\0';
	memcpy(text + 80, "HERE", 4);
	in = source("a", text);
	tl_diag_add(&diags, TL0301, span(in, "HERE", 0), "no");
	tl_diags_print(&diags, out, false);
	fclose(out);
	assert_non_null(strstr(shown, "    1 | …\t\t\t\t\tHERExxx"));
	assert_non_null(strstr(shown, "\n      |  \t\t\t\t\t^~~~\n"));
	free(shown);
}

static void characters_without_width_do_not_make_a_line_long(void **state)
{
	static char text[2 * 100000 + 1];
	char *shown;
	size_t size;
	FILE *out = open_memstream(&shown, &size);
	(void)state;

	for (size_t i = 0; i < 100000; i++)
		memcpy(text + 2 * i, "\u0301", 2);
	tl_diag_add(&diags, TL0301, (struct tl_span){source("a", text), 100000, 2}, "no");
	tl_diags_print(&diags, out, false);
	fclose(out);
	assert_true(size < 1000);
	free(shown);
}

static void positions_count_characters(void **state)
{
	static const struct {
		size_t offset;
		unsigned line, column;
	} cases[] = {{0, 1, 1}, {3, 1, 1}, {4, 1, 2}, {6, 1, 3}, {7, 2, 1}, {9, 3, 1}, {13, 3, 3},
		{14, 3, 4}, {15, 4, 1}, {16, 4, 2}, {99, 4, 2}};
	/* A byte order mark; ends of lines of all three kinds. */
	const struct tl_source *in = source("a", "\xef\xbb\xbf"
						 "aé\n\r\nx\xe4\xb8\xadz\rq");
	(void)state;

	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		unsigned line, column;

		tl_source_position(in, cases[i].offset, &line, &column);
		assert_int_equal(line, cases[i].line);
		assert_int_equal(column, cases[i].column);
	}
}

static void columns_are_right_far_into_a_line(void **state)
{
	static char text[9000 + 1];
	unsigned line, column;
	(void)state;

	for (size_t i = 0; i < 3000; i++)
		memcpy(text + 3 * i, i % 2 ? "xyz" : "中", 3);
	const struct tl_source *in = source("a", text);
	for (size_t i = 0; i < 3000; i += 7) {
		tl_source_position(in, 3 * i, &line, &column);
		assert_int_equal(line, 1);
		assert_int_equal(column, 1 + (i + 1) / 2 + i / 2 * 3);
	}
}

static void the_report_is_in_source_order(void **state)
{
	const struct tl_source *first = source("1.xml", "abcdef"), *second = source("2.xml", "abc");
	(void)state;

	tl_diag_add(&diags, TL0701, (struct tl_span){0}, "no place");
	tl_diag_add(&diags, TL0302, (struct tl_span){second, 0, 1}, "in 2");
	tl_diag_add(&diags, TL0302, (struct tl_span){first, 4, 1}, "e");
	tl_diag_add(&diags, TL0301, (struct tl_span){first, 2, 1}, "c, said first");
	tl_diag_add(&diags, TL0204, (struct tl_span){first, 2, 1}, "c, said second");
	expect_text(false, "1.xml:1:3: error: c, said first [TL0301]\n"
			   "    1 | abcdef\n      |   ^\n"
			   "1.xml:1:3: error: c, said second [TL0204]\n"
			   "    1 | abcdef\n      |   ^\n"
			   "1.xml:1:5: error: e [TL0302]\n"
			   "    1 | abcdef\n      |     ^\n"
			   "2.xml:1:1: error: in 2 [TL0302]\n"
			   "    1 | abc\n      | ^\n"
			   "touchline: error: no place [TL0701]\n"
			   "5 errors\n");
}

static void json_says_where_in_bytes_and_characters(void **state)
{
	const struct tl_source *in = source("a.xml", "<é\n b='x'>");
	struct tl_diag *diag = tl_diag_add(&diags, TL0301, span(in, "é\n b", 0), "a \"b\"");
	struct tl_buf out = {0};
	(void)state;

	tl_diag_hint(&diags, diag, "try c");
	tl_diag_note(&diags, diag, span(in, "x", 0), "here");
	tl_diag_add(&diags, TL0402, (struct tl_span){0}, "anywhere");
	tl_diags_json(&diags, &out);
	assert_string_equal(out.data,
		"{\"version\":1,\"errors\":1,\"warnings\":1,\"suppressed\":0,\"diagnostics\":[\n"
		"{\"code\":\"TL0301\",\"name\":\"unknown-reference\",\"severity\":\"error\","
		"\"message\":\"a \\\"b\\\"\",\"file\":\"a.xml\",\"offset\":1,\"length\":5,"
		"\"line\":1,\"column\":2,\"end_line\":2,\"end_column\":3,\"hint\":\"try c\","
		"\"notes\":[{\"message\":\"here\",\"file\":\"a.xml\",\"offset\":8,\"length\":1,"
		"\"line\":2,\"column\":5,\"end_line\":2,\"end_column\":6}]},\n"
		"{\"code\":\"TL0402\",\"name\":\"unreachable\",\"severity\":\"warning\","
		"\"message\":\"anywhere\",\"file\":null,\"offset\":null,\"length\":null,"
		"\"line\":null,\"column\":null,\"end_line\":null,\"end_column\":null,"
		"\"hint\":null,\"notes\":[]}\n"
		"]}\n");
	tl_buf_release(&out);
}

static void nothing_said_is_nothing_printed(void **state)
{
	struct tl_buf out = {0};
	(void)state;

	expect_text(false, "");
	tl_diags_json(&diags, &out);
	assert_string_equal(out.data, "{\"version\":1,\"errors\":0,\"warnings\":0,\"suppressed\":0,"
				      "\"diagnostics\":[]}\n");
	tl_buf_release(&out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_diagnostic_quotes_its_line),
		TEST(colour_is_added_and_nothing_else),
		TEST(the_caret_stands_under_the_place),
		TEST(only_the_first_line_of_a_span_is_underlined),
		TEST(a_place_at_the_end_is_shown),
		TEST(what_reaches_the_terminal_is_harmless),
		TEST(names_and_messages_are_harmless_too),
		TEST(long_lines_are_cut_around_the_caret),
		TEST(characters_without_width_do_not_make_a_line_long),
		TEST(a_place_behind_many_tabs_is_shown),
		TEST(positions_count_characters),
		TEST(columns_are_right_far_into_a_line),
		TEST(the_report_is_in_source_order),
		TEST(json_says_where_in_bytes_and_characters),
		TEST(nothing_said_is_nothing_printed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
