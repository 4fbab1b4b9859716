/* Arenas, buffers and tables: what they hand out is zero, aligned, kept apart and kept. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "touchline/base.h"

static void arena_memory_is_zero_aligned_and_apart(void **state)
{
	static const size_t sizes[] = {1, 3, 16, 0, 100, 9000, 17, 3 << 20, 8};
	struct tl_arena arena;
	char *blocks[TL_COUNT(sizes)];
	(void)state;

	tl_arena_init(&arena);
	for (size_t i = 0; i < TL_COUNT(sizes); i++) {
		blocks[i] = tl_arena_alloc(&arena, sizes[i]);
		assert_non_null(blocks[i]);
		assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
		for (size_t n = 0; n < sizes[i]; n++)
			assert_int_equal(blocks[i][n], 0);
		memset(blocks[i], (int)i + 1, sizes[i]);
	}
	for (size_t i = 0; i < TL_COUNT(sizes); i++)
		for (size_t n = 0; n < sizes[i]; n++)
			assert_int_equal(blocks[i][n], (int)i + 1);
	assert_true(arena.used >= 3 << 20);
	tl_arena_release(&arena);
	assert_int_equal(arena.used, 0);
}

static void arena_copies_text(void **state)
{
	struct tl_arena arena;
	char text[] = "checkout";
	(void)state;

	tl_arena_init(&arena);
	char *copy = tl_arena_strndup(&arena, text, 5);
	char *printed = tl_arena_printf(&arena, "%s-%d", text, 42);
	text[0] = 'X';
	assert_string_equal(copy, "check");
	assert_string_equal(printed, "checkout-42");
	assert_string_equal(tl_arena_strndup(&arena, NULL, 0), "");
	tl_arena_release(&arena);
}

static void arena_arrays_grow(void **state)
{
	struct tl_arena arena;
	size_t capacity = 0;
	int *list = NULL;
	(void)state;

	tl_arena_init(&arena);
	for (int i = 0; i < 1000; i++) {
		list = tl_arena_grow(&arena, list, (size_t)i, &capacity, sizeof *list);
		assert_true(capacity > (size_t)i);
		list[i] = i;
	}
	for (int i = 0; i < 1000; i++)
		assert_int_equal(list[i], i);
	tl_arena_release(&arena);
}

static void buffer_keeps_all_bytes(void **state)
{
	struct tl_buf buf = {0};
	(void)state;

	tl_buf_put(&buf, "a\0b", 3);
	tl_buf_putc(&buf, 'c');
	tl_buf_puts(&buf, "de");
	tl_buf_printf(&buf, "%03d", 7);
	assert_int_equal(buf.len, 9);
	assert_memory_equal(buf.data, "a\0bcde007", 10);
	for (int i = 0; i < 1000; i++)
		tl_buf_printf(&buf, "%0100d", i);
	assert_int_equal(buf.len, 9 + 100 * 1000);
	assert_int_equal(buf.data[buf.len], 0);
	tl_buf_clear(&buf);
	assert_int_equal(buf.len, 0);
	assert_string_equal(buf.data, "");
	tl_buf_release(&buf);
	assert_null(buf.data);
}

static void expect_number(double value, int decimals, const char *expected)
{
	struct tl_buf buf = {0};

	tl_buf_number(&buf, value, decimals);
	assert_string_equal(buf.data, expected);
	tl_buf_release(&buf);
}

static void numbers_are_short(void **state)
{
	(void)state;
	expect_number(0, 3, "0");
	expect_number(-0.0, 3, "0");
	expect_number(-0.0004, 3, "0");
	expect_number(1.5, 0, "2");
	expect_number(12.5, 3, "12.5");
	expect_number(-12.346, 2, "-12.35");
	expect_number(0.05, 2, "0.05");
	expect_number(0.999, 2, "1");
	expect_number(100, 2, "100");
	expect_number(1e9 + 0.25, 2, "1000000000.25");
	expect_number(3, 9, "3");
}

static void expect_json(const char *text, const char *expected)
{
	struct tl_buf buf = {0};

	tl_buf_json(&buf, text);
	assert_string_equal(buf.data, expected);
	tl_buf_release(&buf);
}

static void csv_cells_are_quoted_and_no_formulas(void **state)
{
	static const char *const cells[][2] = {{NULL, ""}, {"", ""}, {"plain text", "plain text"},
		{"a,b", "\"a,b\""}, {"say \"hi\"", "\"say \"\"hi\"\"\""}, {"two\nlines", "\"two\nlines\""},
		{"=1+1", "'=1+1"}, {"@SUM(A1)", "'@SUM(A1)"}, {"+49 30 12", "'+49 30 12"},
		{"-", "'-"}, {"-12.5", "-12.5"}, {"+3", "+3"}, {"-1.2.3", "'-1.2.3"},
		{"\tx", "'\tx"}, {"'=1", "''=1"}, {"'-1", "'-1"}, {"'s", "'s"}, {"'", "'"}, {"=a,\"b\"", "\"'=a,\"\"b\"\"\""}};
	struct tl_buf buf = {0};

	(void)state;
	for (size_t i = 0; i < TL_COUNT(cells); i++) {
		tl_buf_clear(&buf);
		tl_buf_puts(&buf, "");
		tl_buf_csv(&buf, cells[i][0]);
		assert_string_equal(buf.data, cells[i][1]);
		if (cells[i][0] && buf.data[0] != '"') /* and what was added can be told */
			assert_int_equal(tl_csv_is_neutralised(buf.data), strcmp(buf.data, cells[i][0]) != 0);
	}
	tl_buf_release(&buf);
}

static void json_strings_are_escaped(void **state)
{
	(void)state;
	expect_json(NULL, "null");
	expect_json("", "\"\"");
	expect_json("a\"b\\c", "\"a\\\"b\\\\c\"");
	expect_json("\t\n\r\b\f\x01\x7f", "\"\\t\\n\\r\\b\\f\\u0001\\u007f\"");
	expect_json("\xc2\x9b\u2028\u202e\u2069", "\"\\u009b\\u2028\\u202e\\u2069\"");
	expect_json("Größe 中 🙂", "\"Größe 中 🙂\"");
	expect_json("a\xff\xc3", "\"a\xef\xbf\xbd\xef\xbf\xbd\"");
}

static void tables_find_what_was_added(void **state)
{
	struct tl_arena arena;
	struct tl_table table;
	char keys[5000][8];
	int values[5000];
	(void)state;

	tl_arena_init(&arena);
	tl_table_init(&table, &arena);
	assert_null(tl_table_get(&table, "k0"));
	for (int i = 0; i < 5000; i++) {
		snprintf(keys[i], sizeof keys[i], "k%d", i);
		assert_null(tl_table_add(&table, keys[i], &values[i]));
	}
	assert_int_equal(table.count, 5000);
	for (int i = 0; i < 5000; i++) {
		char key[8];

		snprintf(key, sizeof key, "k%d", i);
		assert_ptr_equal(tl_table_get(&table, key), &values[i]);
	}
	assert_null(tl_table_get(&table, "k5000"));
	assert_null(tl_table_get(&table, ""));
	tl_arena_release(&arena);
}

static void tables_keep_the_first_value(void **state)
{
	struct tl_arena arena;
	struct tl_table table;
	int first, second;
	(void)state;

	tl_arena_init(&arena);
	tl_table_init(&table, &arena);
	assert_null(tl_table_add(&table, "id", &first));
	assert_ptr_equal(tl_table_add(&table, "id", &second), &first);
	assert_ptr_equal(tl_table_get(&table, "id"), &first);
	tl_table_set(&table, "id", &second);
	assert_ptr_equal(tl_table_get(&table, "id"), &second);
	tl_table_set(&table, "a longer key than eight bytes", &first);
	assert_ptr_equal(tl_table_get(&table, "a longer key than eight bytes"), &first);
	assert_int_equal(table.count, 2);
	tl_arena_release(&arena);
}

/* What is handed out after a reset is zero again, and the arena does not grow by it. */
static void a_reset_arena_is_new(void **state)
{
	static const size_t sizes[] = {1, 100, 5000, 200000};
	struct tl_arena arena;
	(void)state;

	tl_arena_init(&arena);
	tl_arena_reset(&arena);
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < TL_COUNT(sizes); i++) {
			unsigned char *bytes = tl_arena_alloc(&arena, sizes[i]);

			for (size_t k = 0; k < sizes[i]; k++)
				assert_int_equal(bytes[k], 0);
			memset(bytes, 0xff, sizes[i]);
			if (i == (size_t)round)
				tl_arena_reset(&arena);
		}
		tl_arena_reset(&arena);
		assert_int_equal(arena.used, 0);
	}
	tl_arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reset_arena_is_new),
		cmocka_unit_test(arena_memory_is_zero_aligned_and_apart),
		cmocka_unit_test(arena_copies_text),
		cmocka_unit_test(arena_arrays_grow),
		cmocka_unit_test(buffer_keeps_all_bytes),
		cmocka_unit_test(numbers_are_short),
		cmocka_unit_test(json_strings_are_escaped),
		cmocka_unit_test(csv_cells_are_quoted_and_no_formulas),
		cmocka_unit_test(tables_find_what_was_added),
		cmocka_unit_test(tables_keep_the_first_value),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
