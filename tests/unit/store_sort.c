/* Sorting what fits into memory and what does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "store/sort.h"

static uint64_t seed;

static uint64_t draw(void)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return seed >> 20;
}

static int by_number(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Each item says its length and what it is filled with. */
static size_t make(uint64_t item[static 64])
{
	size_t length = 17 + draw() % 400;

	item[0] = draw() % 1000003;
	item[1] = length;
	memset(item + 2, (int)(item[0] & 0xff), length - 16);
	return length;
}

static void sort_many(size_t count)
{
	struct sorter *sorter = tl_sorter_new(by_number);
	uint64_t item[64], sum = 0, before = 0;
	size_t length, found = 0;
	const uint64_t *got;

	for (size_t i = 0; i < count; i++) {
		length = make(item);
		sum += item[0];
		tl_sorter_add(sorter, item, length);
	}
	for (; (got = tl_sorter_next(sorter, &length)); found++) {
		const unsigned char *bytes = (const unsigned char *)(got + 2);

		assert_int_equal((uintptr_t)got % 8, 0);
		assert_int_equal(length, got[1]);
		assert_true(got[0] >= before);
		assert_int_equal(bytes[0], got[0] & 0xff);
		assert_int_equal(bytes[length - 17], got[0] & 0xff);
		before = got[0];
		sum -= got[0];
	}
	assert_null(tl_sorter_next(sorter, &length));
	assert_int_equal(tl_sorter_error(sorter), 0);
	assert_int_equal(found, count);
	assert_int_equal(sum, 0);
	tl_sorter_free(sorter);
}

static void any_number(void **state)
{
	(void)state;
	seed = 1;
	sort_many(0);
	sort_many(1);
	sort_many(1000);
	sort_many(100000);	/* one run and a bit */
	sort_many(600000);	/* several */
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(any_number)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
