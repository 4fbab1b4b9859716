/* Files: read whole, replaced in one step. */
#include "touchline/base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 64 << 10 };

static int read_all(struct tl_buf *out, int fd, size_t limit)
{
	struct stat status;
	size_t start = out->len;

	if (fstat(fd, &status) < 0)
		return -errno;
	if (S_ISDIR(status.st_mode))
		return -EISDIR;
	if (S_ISREG(status.st_mode) && (uint64_t)status.st_size > limit)
		return -EFBIG;
	for (;;) {
		char chunk[CHUNK];
		ssize_t n = read(fd, chunk, sizeof chunk);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0) {
			tl_buf_put(out, "", 0); /* so that an empty file is a text too */
			return 0;
		}
		if ((size_t)n > limit - (out->len - start))
			return -EFBIG;
		tl_buf_put(out, chunk, (size_t)n);
	}
}

int tl_file_read(struct tl_buf *out, const char *path, size_t limit)
{
	bool standard = strcmp(path, "-") == 0;
	size_t start = out->len;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	int status;

	if (fd < 0)
		return -errno;
	status = read_all(out, fd, limit);
	if (status < 0 && out->data) {
		out->len = start;
		out->data[start] = '\0';
	}
	if (!standard)
		close(fd);
	return status;
}

static int write_all(int fd, const char *bytes, size_t n)
{
	while (n) {
		ssize_t written = write(fd, bytes, n);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -errno;
		bytes += written;
		n -= (size_t)written;
	}
	return 0;
}

static void name_beside(struct tl_buf *name, const char *path, long pid, unsigned attempt)
{
	tl_buf_clear(name);
	tl_buf_printf(name, "%s.%ld-%u.tmp", path, pid, attempt);
}

/* A new file beside path, with the permissions that any new file gets. Fills name. */
static int open_beside(struct tl_buf *name, const char *path)
{
	for (unsigned attempt = 0;; attempt++) {
		int fd;

		name_beside(name, path, (long)getpid(), attempt);
		fd = open(name->data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd >= 0)
			return fd;
		if (errno != EEXIST || attempt == 100)
			return -errno;
	}
}

struct tl_replacement {
	char *target, *beside;
};

static void forget(struct tl_replacement *new)
{
	free(new->target);
	free(new->beside);
	free(new);
}

static int write_beside(struct tl_buf *name, const char *path, const void *bytes, size_t n,
	const struct stat *old)
{
	int fd = open_beside(name, path);
	int status = fd;

	if (fd < 0)
		return status;
	status = write_all(fd, bytes, n);
	if (!status && old && fchmod(fd, old->st_mode & 07777) < 0)
		status = -errno;
	if (!status && fsync(fd) < 0)
		status = -errno;
	if (close(fd) < 0 && !status)
		status = -errno;
	if (status)
		unlink(name->data);
	return status;
}

/* old: what is known of the file that is there, NULL where there is none. */
static int prepare(struct tl_replacement **out, const char *path, const void *bytes, size_t n,
	const struct stat *old)
{
	struct tl_replacement *new = calloc(1, sizeof *new);
	struct tl_buf name = {0};
	int status;

	if (!new)
		tl_die_of_memory(sizeof *new);
	/* what a symbolic link points to is replaced, not the link */
	new->target = old ? realpath(path, NULL) : strdup(path);
	status = new->target ? write_beside(&name, new->target, bytes, n, old) : -errno;
	new->beside = name.data;
	*out = new;
	if (status)
		forget(new);
	return status;
}

int tl_file_prepare(
	struct tl_replacement **out, const char *path, const void *bytes, size_t n)
{
	struct stat old;

	if (stat(path, &old) < 0)
		return errno == ENOENT ? prepare(out, path, bytes, n, NULL) : -errno;
	if (!S_ISREG(old.st_mode))
		return S_ISDIR(old.st_mode) ? -EISDIR : -EINVAL;
	return prepare(out, path, bytes, n, &old);
}

int tl_file_commit(struct tl_replacement *new)
{
	int status = rename(new->beside, new->target) < 0 ? -errno : 0;

	if (status)
		unlink(new->beside);
	forget(new);
	return status;
}

void tl_file_discard(struct tl_replacement *new)
{
	if (!new)
		return;
	unlink(new->beside);
	forget(new);
}

/* Devices and pipes cannot be replaced, only written to. */
static int write_through(const char *path, const void *bytes, size_t n)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int status;

	if (fd < 0)
		return -errno;
	status = write_all(fd, bytes, n);
	if (close(fd) < 0 && !status)
		status = -errno;
	return status;
}

int tl_file_replace(const char *path, const void *bytes, size_t n)
{
	struct tl_replacement *new;
	struct stat old;
	int status;

	if (stat(path, &old) == 0 && !S_ISREG(old.st_mode))
		return S_ISDIR(old.st_mode) ? -EISDIR : write_through(path, bytes, n);
	status = tl_file_prepare(&new, path, bytes, n);
	return status ? status : tl_file_commit(new);
}

void tl_file_abandoned(const char *path, long pid)
{
	struct tl_buf name = {0};

	name_beside(&name, path, pid, 0);
	unlink(name.data);
	tl_buf_release(&name);
}

static int make_folder(const char *path)
{
	struct stat status;

	if (mkdir(path, 0777) == 0)
		return 0;
	if (errno != EEXIST)
		return -errno;
	if (stat(path, &status) < 0)
		return -errno;
	return S_ISDIR(status.st_mode) ? 0 : -ENOTDIR;
}

int tl_file_mkdirs(const char *path)
{
	struct tl_buf copy = {0};
	int status = 0;

	if (!*path)
		return -ENOENT;
	tl_buf_puts(&copy, path);
	for (char *p = copy.data + 1; *p && !status; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		status = make_folder(copy.data);
		*p = '/';
	}
	if (!status)
		status = make_folder(copy.data);
	tl_buf_release(&copy);
	return status;
}
