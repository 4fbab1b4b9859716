/* What is kept and counted: severities, -Werror, -Wno, one per cause, the limit; the catalogue. */
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
static const struct tl_source *source;

static int setup(void **state)
{
	static const char text[5000] = "<journey>";
	(void)state;

	tl_diags_init(&diags);
	source = tl_diags_source(&diags, "a.xml", text, sizeof text);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	tl_diags_release(&diags);
	return 0;
}

static struct tl_span at(uint32_t offset)
{
	return (struct tl_span){source, offset, 1};
}

static void warnings_and_errors_are_counted_apart(void **state)
{
	(void)state;
	assert_int_equal(tl_catalogue[TL0402].severity, TL_WARNING);
	tl_diag_add(&diags, TL0402, at(1), "w");
	assert_int_equal(source->errors, 0);
	tl_diag_add(&diags, TL0301, at(2), "e");
	tl_diag_add(&diags, TL0302, at(3), "e");
	assert_int_equal(diags.warnings, 1);
	assert_int_equal(diags.errors, 2);
	assert_int_equal(source->errors, 2);
	assert_int_equal(diags.failures, 0);
	tl_diag_add(&diags, TL0701, (struct tl_span){0}, "disk");
	assert_int_equal(diags.failures, 1);
}

static void werror_makes_warnings_errors(void **state)
{
	(void)state;
	diags.werror = true;
	tl_diag_add(&diags, TL0402, at(1), "w");
	assert_int_equal(diags.warnings, 0);
	assert_int_equal(diags.errors, 1);
	assert_int_equal(source->errors, 1);
}

static void what_is_switched_off_is_not_said(void **state)
{
	struct tl_diag *diag;
	(void)state;

	diags.werror = true;
	diags.off[TL0402] = true;
	diags.off[TL0301] = true; /* an error: cannot be switched off */
	diag = tl_diag_add(&diags, TL0402, at(1), "w");
	assert_non_null(diag);
	tl_diag_hint(&diags, diag, "dropped");
	tl_diag_note(&diags, diag, at(2), "dropped");
	tl_diag_add(&diags, TL0301, at(1), "e");
	assert_int_equal(diags.count, 1);
	assert_int_equal(diags.errors, 1);
}

static void one_cause_is_said_once(void **state)
{
	(void)state;
	tl_diag_add(&diags, TL0301, at(1), "first");
	tl_diag_add(&diags, TL0301, at(1), "again");
	tl_diag_add(&diags, TL0302, at(1), "another code");
	tl_diag_add(&diags, TL0301, at(2), "another place");
	tl_diag_add(&diags, TL0120, (struct tl_span){0}, "cannot read a");
	tl_diag_add(&diags, TL0120, (struct tl_span){0}, "cannot read b");
	tl_diag_add(&diags, TL0120, (struct tl_span){0}, "cannot read a");
	assert_int_equal(diags.count, 5);
	assert_int_equal(diags.errors, 5);
}

static void past_the_limit_is_only_counted(void **state)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	(void)state;

	for (uint32_t i = 0; i < 2500; i++)
		tl_diag_add(&diags, TL0402, at(i), "w");
	for (uint32_t i = 0; i < 1001; i++)
		tl_diag_add(&diags, TL0301, at(i), "e");
	assert_int_equal(diags.count, 2000); /* warnings do not crowd out errors */
	assert_int_equal(diags.warnings, 2500);
	assert_int_equal(diags.errors, 1001);
	assert_int_equal(diags.suppressed, 1501);
	tl_diags_print(&diags, out, false);
	fclose(out);
	assert_non_null(strstr(text, "\n… and 1501 more, not shown\n1001 errors, 2500 warnings\n"));
	free(text);
}

static void what_is_muted_is_not_counted(void **state)
{
	(void)state;
	diags.muted = true;
	tl_diag_add(&diags, TL0301, at(1), "e");
	diags.muted = false;
	assert_int_equal(diags.errors, 0);
	assert_int_equal(diags.count, 0);
	assert_int_equal(source->errors, 0);
}

static void codes_are_found_by_all_their_names(void **state)
{
	const struct tl_catalogue_entry *entry = &tl_catalogue[TL0301];
	(void)state;

	assert_string_equal(entry->code, "TL0301");
	assert_ptr_equal(tl_catalogue_find("TL0301"), entry);
	assert_ptr_equal(tl_catalogue_find("tl0301"), entry);
	assert_ptr_equal(tl_catalogue_find("0301"), entry);
	assert_ptr_equal(tl_catalogue_find("unknown-reference"), entry);
	assert_null(tl_catalogue_find("TL9999"));
	assert_null(tl_catalogue_find(""));
}

/* Explanations are shown on terminals and in the manual: no line may run over. */
static void expect_short_lines(const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");

		assert_true(tl_utf8_columns(text, length) <= 80);
		assert_true(text[length] == '\n');
		text += length + 1;
	}
}

static void the_catalogue_is_in_order(void **state)
{
	(void)state;
	for (size_t i = 0; i < TL_CODE_COUNT; i++) {
		const struct tl_catalogue_entry *entry = &tl_catalogue[i];

		assert_true(entry->severity == TL_ERROR || entry->severity == TL_WARNING);
		if (i)
			assert_true(strcmp(tl_catalogue[i - 1].code, entry->code) < 0);
		for (size_t n = 0; n < i; n++)
			assert_string_not_equal(tl_catalogue[n].name, entry->name);
		assert_int_equal(strspn(entry->name, "abcdefghijklmnopqrstuvwxyz0123456789-"),
			strlen(entry->name));
		assert_true(entry->summary[strlen(entry->summary) - 1] != '.');
		expect_short_lines(entry->explanation);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(warnings_and_errors_are_counted_apart),
		TEST(werror_makes_warnings_errors),
		TEST(what_is_switched_off_is_not_said),
		TEST(one_cause_is_said_once),
		TEST(past_the_limit_is_only_counted),
		TEST(what_is_muted_is_not_counted),
		TEST(codes_are_found_by_all_their_names),
		TEST(the_catalogue_is_in_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
