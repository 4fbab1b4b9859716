/* Files are read whole or not at all, replaced in one step or not at all. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "touchline/base.h"

static char folder[4096];

static int enter(void **state)
{
	const char *tmp = getenv("TMPDIR");
	(void)state;

	snprintf(folder, sizeof folder, "%s/files-XXXXXX", tmp ? tmp : "/tmp");
	return mkdtemp(folder) ? chdir(folder) : -1;
}

static int leave(void **state)
{
	(void)state;
	return chdir("/") == 0 ? rmdir(folder) : -1;
}

static size_t entries(void)
{
	DIR *dir = opendir(".");
	size_t count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2; /* . and .. */
}

static void expect_content(const char *path, const char *expected)
{
	struct tl_buf buf = {0};

	assert_int_equal(tl_file_read(&buf, path, 1000), 0);
	assert_string_equal(buf.data, expected);
	tl_buf_release(&buf);
}

static void a_file_is_replaced_and_read(void **state)
{
	struct tl_buf buf = {0};
	struct stat status;
	(void)state;

	assert_int_equal(tl_file_replace("a", "one", 3), 0);
	expect_content("a", "one");
	assert_int_equal(chmod("a", 0640), 0);
	assert_int_equal(tl_file_replace("a", "twice", 5), 0);
	assert_int_equal(stat("a", &status), 0);
	assert_int_equal(status.st_mode & 07777, 0640);
	assert_int_equal(entries(), 1); /* no temporary file stays */
	tl_buf_puts(&buf, "before ");
	assert_int_equal(tl_file_read(&buf, "a", 5), 0);
	assert_string_equal(buf.data, "before twice");
	tl_buf_release(&buf);
	unlink("a");
}

static void failures_leave_everything_as_it_was(void **state)
{
	struct tl_buf buf = {0};
	(void)state;

	tl_buf_puts(&buf, "before");
	assert_int_equal(tl_file_replace("a", "content", 7), 0);
	assert_int_equal(tl_file_read(&buf, "a", 6), -EFBIG);
	assert_int_equal(tl_file_read(&buf, "/dev/zero", 1 << 20), -EFBIG);
	assert_int_equal(tl_file_read(&buf, "none", 100), -ENOENT);
	assert_int_equal(tl_file_read(&buf, ".", 100), -EISDIR);
	assert_string_equal(buf.data, "before");
	assert_int_equal(tl_file_replace("a/b", "x", 1), -ENOTDIR);
	assert_int_equal(tl_file_replace("none/b", "x", 1), -ENOENT);
	assert_int_equal(tl_file_replace(".", "x", 1), -EISDIR);
	expect_content("a", "content");
	assert_int_equal(entries(), 1);
	tl_buf_release(&buf);
	unlink("a");
}

static void a_link_stays_a_link(void **state)
{
	struct stat status;
	(void)state;

	assert_int_equal(tl_file_replace("target", "old", 3), 0);
	assert_int_equal(symlink("target", "link"), 0);
	assert_int_equal(tl_file_replace("link", "new", 3), 0);
	assert_int_equal(lstat("link", &status), 0);
	assert_true(S_ISLNK(status.st_mode));
	expect_content("target", "new");
	unlink("link");
	unlink("target");
}

static void devices_are_written_to(void **state)
{
	struct stat status;
	(void)state;

	assert_int_equal(tl_file_replace("/dev/null", "gone", 4), 0);
	assert_int_equal(stat("/dev/null", &status), 0);
	assert_true(S_ISCHR(status.st_mode));
	assert_int_equal(tl_file_replace("/dev/full", "x", 1), -ENOSPC);
}

static void folders_are_made_with_their_parents(void **state)
{
	struct stat status;
	(void)state;

	assert_int_equal(tl_file_mkdirs("x/y//z/"), 0);
	assert_int_equal(tl_file_mkdirs("x/y/z"), 0);
	assert_int_equal(stat("x/y/z", &status), 0);
	assert_true(S_ISDIR(status.st_mode));
	assert_int_equal(tl_file_replace("x/file", "", 0), 0);
	expect_content("x/file", "");
	assert_int_equal(tl_file_mkdirs("x/file"), -ENOTDIR);
	assert_int_equal(tl_file_mkdirs("x/file/z"), -ENOTDIR);
	assert_int_equal(tl_file_mkdirs(""), -ENOENT);
	unlink("x/file");
	rmdir("x/y/z");
	rmdir("x/y");
	rmdir("x");
}

static void digests_tell_contents_apart(void **state)
{
	char a[TL_DIGEST_SIZE], b[TL_DIGEST_SIZE];
	(void)state;

	tl_digest(a, "", 0); /* BLAKE2b-128 of nothing, as b2sum -l 128 prints it */
	assert_string_equal(a, "cae66941d9efbd404e4d88758ea67670");
	tl_digest(a, "abc", 3);
	tl_digest(b, "abd", 3);
	assert_string_not_equal(a, b);
	assert_int_equal(strlen(a), TL_DIGEST_SIZE - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_replaced_and_read),
		cmocka_unit_test(failures_leave_everything_as_it_was),
		cmocka_unit_test(a_link_stays_a_link),
		cmocka_unit_test(devices_are_written_to),
		cmocka_unit_test(folders_are_made_with_their_parents),
		cmocka_unit_test(digests_tell_contents_apart),
	};
	return cmocka_run_group_tests(tests, enter, leave);
}
