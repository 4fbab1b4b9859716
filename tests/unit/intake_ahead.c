/* Reading ahead: whoever takes the records sees those of the file, in order, and none behind the one
 * that he could not take; and of what is wrong behind that one, nothing is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "touchline/intake.h"

enum { ROWS = 1000 };
static const char profile[] =
	"<profile xmlns='urn:touchline:profile:1' id='p' kind='survey' format='json'>"
	"<id from='id'/><text from='text'/></profile>";

struct taker {
	unsigned taken, fails_at; /* records; 0: never */
};

static enum tl_put put(void *context, const struct tl_record *record)
{
	struct taker *taker = context;

	taker->taken++;
	assert_int_equal(strtoul(record->external_id, NULL, 10), taker->taken);
	assert_string_equal(record->text, "It was late, [name]");
	return taker->taken == taker->fails_at ? TL_PUT_FAILED : TL_PUT_NEW;
}

/* ROWS records in an array that is cut off. */
static void write_file(char *path)
{
	int fd = mkstemp(path);
	FILE *file = fdopen(fd, "w");

	assert_non_null(file);
	fputs("[", file);
	for (int i = 1; i <= ROWS; i++)
		fprintf(file, "{\"id\":%d,\"text\":\"It was late, Jane\"},\n", i);
	fputs("{\"id\":", file);
	assert_int_equal(fclose(file), 0);
}

static bool take(const char *path, struct taker *taker, struct tl_run_counts *counts, size_t *errors)
{
	struct tl_identity_key key = {{1}};
	struct tl_arena arena;
	struct tl_diags diags;
	const char *rejects;
	bool good;

	tl_arena_init(&arena);
	tl_diags_init(&diags);
	struct tl_lexicon *lexicon = tl_lexicon_open(&diags, NULL);
	struct tl_intake intake = {.source = "s", .key = &key, .mask = tl_mask_open(),
		.lexicon = lexicon, .put = put, .context = taker,
		.profile = tl_profile_parse(&arena, &diags, "p.xml", profile, strlen(profile))};
	assert_non_null(intake.profile);
	good = tl_intake_file(&arena, &diags, &intake, path, counts, &rejects);
	*errors = diags.errors;
	tl_mask_close(intake.mask);
	tl_lexicon_close(lexicon);
	tl_diags_release(&diags);
	tl_arena_release(&arena);
	return good;
}

static void what_fails_ends_it_wherever_it_is(void **state)
{
	static const unsigned at[] = {1, 2, 63, 64, 65, 127, 500, 900, ROWS - 1, ROWS};
	char path[] = "/tmp/touchline-ahead-XXXXXX";
	(void)state;

	write_file(path);
	for (size_t i = 0; i < TL_COUNT(at); i++) {
		struct taker taker = {.fails_at = at[i]};
		struct tl_run_counts counts = {0};
		size_t errors;

		assert_false(take(path, &taker, &counts, &errors));
		assert_int_equal(counts.read, at[i]);
		assert_int_equal(counts.added, at[i] - 1);
		assert_int_equal(errors, 0);
	}
	unlink(path);
}

static void what_is_wrong_behind_the_last_row_is_said_then(void **state)
{
	char path[] = "/tmp/touchline-ahead-XXXXXX";
	struct taker taker = {0};
	struct tl_run_counts counts = {0};
	size_t errors;
	(void)state;

	write_file(path);
	assert_false(take(path, &taker, &counts, &errors));
	assert_int_equal(counts.added, ROWS);
	assert_int_equal(errors, 1);
	unlink(path);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_fails_ends_it_wherever_it_is),
		cmocka_unit_test(what_is_wrong_behind_the_last_row_is_said_then),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
