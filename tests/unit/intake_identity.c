/* Identities: one form for each identifier, the key's file. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "touchline/intake.h"

static const struct tl_identity_key key_a = {{1, 2, 3}}, key_b = {{1, 2, 4}};

static struct tl_hash16 hash(const struct tl_identity_key *key, enum tl_identity_kind kind,
	const char *space, const char *raw)
{
	struct tl_hash16 out;

	assert_true(tl_identity_hash(&out, key, kind, space, raw));
	return out;
}

static bool same(enum tl_identity_kind kind, const char *a, const char *b)
{
	struct tl_hash16 x = hash(&key_a, kind, "s", a), y = hash(&key_a, kind, "s", b);

	return !memcmp(&x, &y, sizeof x);
}

static void an_address_has_one_form(void **state)
{
	(void)state;
	assert_true(same(TL_IDENTITY_EMAIL, "jane@example.com", " Jane@Example.COM\t"));
	assert_true(same(TL_IDENTITY_EMAIL, "jane@example.com", "Jane Doe <JANE@example.com>"));
	assert_true(same(TL_IDENTITY_EMAIL, "jane@example.com", "mailto:jane@example.com"));
	assert_false(same(TL_IDENTITY_EMAIL, "jane@example.com", "jan@example.com"));
	assert_false(same(TL_IDENTITY_EMAIL, "jane@example.com", "jane+shop@example.com"));
}

static void a_phone_number_has_one_form(void **state)
{
	(void)state;
	assert_true(same(TL_IDENTITY_PHONE, "+44 20 7946 0958", "0044-20-79460958"));
	assert_true(same(TL_IDENTITY_PHONE, "+44 20 7946 0958", "+44 (0)20 7946 0958"));
	assert_true(same(TL_IDENTITY_PHONE, "+44 20 7946 0958", "+442079460958 ext. 12"));
	assert_true(same(TL_IDENTITY_PHONE, "030/123 456", "(030) 123456"));
	assert_false(same(TL_IDENTITY_PHONE, "+44 20 7946 0958", "44 20 7946 0958"));
	assert_false(same(TL_IDENTITY_PHONE, "030/123 456", "030/123 457"));
}

static void an_id_is_of_its_source(void **state)
{
	struct tl_hash16 here = hash(&key_a, TL_IDENTITY_ID, "zendesk", "17");
	struct tl_hash16 again = hash(&key_a, TL_IDENTITY_ID, "zendesk", " 17 ");
	struct tl_hash16 there = hash(&key_a, TL_IDENTITY_ID, "survey", "17");
	struct tl_hash16 moved = hash(&key_a, TL_IDENTITY_ID, "zendesk1", "7");
	(void)state;

	assert_memory_equal(&here, &again, sizeof here);
	assert_memory_not_equal(&here, &there, sizeof here);
	assert_memory_not_equal(&here, &moved, sizeof here);
}

static void kind_and_key_make_a_difference(void **state)
{
	struct tl_hash16 phone = hash(&key_a, TL_IDENTITY_PHONE, "", "123456");
	struct tl_hash16 id = hash(&key_a, TL_IDENTITY_ID, "", "123456");
	struct tl_hash16 other = hash(&key_b, TL_IDENTITY_PHONE, "", "123456");
	struct tl_hash16 space = hash(&key_a, TL_IDENTITY_PHONE, "x", "123456");
	(void)state;

	assert_memory_not_equal(&phone, &id, sizeof id);
	assert_memory_not_equal(&phone, &other, sizeof id);
	assert_memory_equal(&phone, &space, sizeof id);
}

static void what_identifies_nobody_is_no_identity(void **state)
{
	static const struct {
		enum tl_identity_kind kind;
		const char *raw;
	} cases[] = {{TL_IDENTITY_ID, ""}, {TL_IDENTITY_ID, " \t"}, {TL_IDENTITY_EMAIL, "none"},
		{TL_IDENTITY_EMAIL, "@"}, {TL_IDENTITY_EMAIL, "a@"}, {TL_IDENTITY_EMAIL, "@b"},
		{TL_IDENTITY_EMAIL, "<>"}, {TL_IDENTITY_PHONE, ""}, {TL_IDENTITY_PHONE, "none"},
		{TL_IDENTITY_PHONE, "+"}, {TL_IDENTITY_PHONE, "00"}, {TL_IDENTITY_PHONE, "1234"}};
	struct tl_hash16 out;
	(void)state;

	for (size_t i = 0; i < TL_COUNT(cases); i++)
		assert_false(tl_identity_hash(&out, &key_a, cases[i].kind, "s", cases[i].raw));
}

static void put_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void the_key_is_made_once_and_private(void **state)
{
	char folder[] = "/tmp/touchline-key-XXXXXX";
	struct tl_identity_key first, second;
	struct tl_buf store = {0}, path = {0};
	struct stat is;
	(void)state;

	assert_non_null(mkdtemp(folder));
	tl_buf_printf(&store, "%s/touchline.db", folder);
	tl_buf_printf(&path, "%s/touchline.key", folder);
	assert_int_equal(tl_identity_key_read(&first, store.data, false), -ENOENT);
	umask(0);
	assert_int_equal(tl_identity_key_read(&first, store.data, true), 0);
	assert_int_equal(tl_identity_key_read(&second, store.data, true), 0);
	assert_memory_equal(&first, &second, sizeof first);
	assert_int_equal(stat(path.data, &is), 0);
	assert_int_equal(is.st_mode & 0777, 0600);
	assert_int_equal(is.st_nlink, 1); /* nothing of it is left beside it */
	put_file(path.data, "0011\n");
	assert_int_equal(tl_identity_key_read(&first, store.data, true), -EINVAL);
	put_file(path.data, "");
	assert_int_equal(tl_identity_key_read(&first, store.data, true), -EINVAL);
	unlink(path.data);
	assert_int_equal(rmdir(folder), 0);
	tl_buf_clear(&store);
	tl_buf_printf(&store, "%s/no/such/folder.db", folder);
	assert_int_equal(tl_identity_key_read(&first, store.data, true), -ENOENT);
	tl_buf_release(&store);
	tl_buf_release(&path);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_has_one_form),
		cmocka_unit_test(a_phone_number_has_one_form),
		cmocka_unit_test(an_id_is_of_its_source),
		cmocka_unit_test(kind_and_key_make_a_difference),
		cmocka_unit_test(what_identifies_nobody_is_no_identity),
		cmocka_unit_test(the_key_is_made_once_and_private),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
