/* QR codes: text and SVG show the same modules, and those of a known code: finders, timing, and the
 * format bits that the standard gives for its level and mask. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "touchline/serve.h"

enum { MOST = 177, AROUND = 2, AROUND_SVG = 4 };
static const char link[] = "http://192.168.178.24:7353/join/0123456789abcdef0123456789abcdef";

struct grid {
	int width;
	bool dark[MOST][MOST];
};

/* Back from half blocks; what is drawn is light. */
static void read_text(struct grid *grid, const char *text)
{
	int y = 0, x = 0, columns = 0;

	for (const char *p = text, *end = text + strlen(text); p < end;) {
		uint32_t c = tl_utf8_next(&p, end);

		if (c == '\n') {
			columns = x;
			x = 0;
			y += 2;
			continue;
		}
		for (int half = 0; half < 2; half++) {
			bool light = c == 0x2588 || c == (half ? 0x2584 : 0x2580);
			int row = y + half - AROUND, column = x - AROUND;

			assert_true(c == ' ' || c == 0x2588 || c == 0x2584 || c == 0x2580);
			if (row >= 0 && column >= 0)
				grid->dark[row][column] = !light;
		}
		x++;
	}
	grid->width = columns - 2 * AROUND;
}

static void read_svg(struct grid *grid, const char *svg)
{
	int size = 0;

	for (const char *p = strstr(svg, " d=\"") + 4; *p == 'M';) {
		long x = strtol(p + 1, (char **)&p, 10), y = strtol(p, (char **)&p, 10);
		long n = strtol(p + 1, (char **)&p, 10);

		for (long i = 0; i < n; i++)
			grid->dark[y - AROUND_SVG][x + i - AROUND_SVG] = true;
		p = strchr(p, 'z') + 1;
	}
	size = atoi(strstr(svg, "viewBox=\"0 0 ") + 13);
	grid->width = size - 2 * AROUND_SVG;
}

static bool in_finder(int x, int y)
{
	int ring = abs(x - 3) > abs(y - 3) ? abs(x - 3) : abs(y - 3);

	return ring != 2;
}

static void check_grid(const struct grid *grid)
{
	int n = grid->width;

	assert_int_equal((n - 17) % 4, 0);
	for (int y = 0; y < 7; y++)
		for (int x = 0; x < 7; x++) {
			assert_int_equal(grid->dark[y][x], in_finder(x, y));
			assert_int_equal(grid->dark[y][n - 7 + x], in_finder(x, y));
			assert_int_equal(grid->dark[n - 7 + y][x], in_finder(x, y));
		}
	for (int i = 8; i < n - 8; i++) {
		assert_int_equal(grid->dark[6][i], i % 2 == 0);
		assert_int_equal(grid->dark[i][6], i % 2 == 0);
	}
	assert_true(grid->dark[n - 8][8]);
	/* Level M is 00, masked with 10: the first two of the format bits are 1 0. */
	assert_true(grid->dark[8][0]);
	assert_false(grid->dark[8][1]);
}

static void test_same(void **state)
{
	struct grid *text = calloc(1, sizeof *text), *svg = calloc(1, sizeof *svg);
	struct tl_buf out = {0};

	(void)state;
	assert_non_null(text);
	assert_non_null(svg);
	assert_true(tl_serve_qr_text(&out, link));
	read_text(text, out.data);
	check_grid(text);
	tl_buf_clear(&out);
	assert_true(tl_serve_qr_svg(&out, link));
	read_svg(svg, out.data);
	check_grid(svg);
	assert_int_equal(text->width, svg->width);
	for (int y = 0; y < svg->width; y++)
		for (int x = 0; x < svg->width; x++)
			assert_int_equal(text->dark[y][x], svg->dark[y][x]);
	tl_buf_release(&out);
	free(text);
	free(svg);
}

static void test_too_long(void **state)
{
	struct tl_buf out = {0};
	char *text = calloc(1, 4001);

	(void)state;
	assert_non_null(text);
	memset(text, 'x', 4000);
	assert_false(tl_serve_qr_text(&out, text));
	assert_false(tl_serve_qr_svg(&out, text));
	assert_null(out.data);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_same), cmocka_unit_test(test_too_long)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
