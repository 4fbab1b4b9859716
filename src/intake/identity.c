/* Identities: what names a person, brought to one form and hashed with the key of the store.
 *
 * The key is 32 random bytes in a file of its own, mode 0600, in hex and one line, so that it can
 * be copied and kept by hand. Two imports that both find no key agree on one: the file is written
 * whole under another name and linked into place, which fails where somebody was faster.
 *
 * E-mail and phone identify the same person in every source, an id only within its own.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "touchline/intake.h"

static const char *const kind_words[] = {"id", "email", "phone"};
const struct tl_vocabulary tl_identity_kinds = {
	"kind of identifier", kind_words, TL_COUNT(kind_words)};

/* ---- the key --------------------------------------------------------------------------------- */

enum { KEY_TEXT = 2 * TL_KEY_SIZE + 1 }; /* and the end of the line */

static void key_path(struct tl_buf *path, const char *store_path)
{
	size_t n = strlen(store_path);

	if (n > 3 && !strcmp(store_path + n - 3, ".db"))
		n -= 3;
	tl_buf_put(path, store_path, n);
	tl_buf_puts(path, ".key");
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int key_parse(struct tl_identity_key *key, const char *text, size_t n)
{
	if (n < KEY_TEXT - 1 || n > KEY_TEXT || (n == KEY_TEXT && text[n - 1] != '\n'))
		return -EINVAL;
	for (size_t i = 0; i < TL_KEY_SIZE; i++) {
		int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return -EINVAL;
		key->bytes[i] = (uint8_t)(high << 4 | low);
	}
	return 0;
}

static int key_load(struct tl_identity_key *key, const char *path)
{
	char text[KEY_TEXT + 1];
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	ssize_t n = read(fd, text, sizeof text);
	int error = n < 0 ? -errno : key_parse(key, text, (size_t)n);
	close(fd);
	return error;
}

static int write_new(const char *path, const char *text, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600), error = 0;

	if (fd < 0)
		return -errno;
	ssize_t written = write(fd, text, n);
	if (written != (ssize_t)n)
		error = written < 0 ? -errno : -ENOSPC;
	else if (fsync(fd) < 0)
		error = -errno;
	if (close(fd) < 0 && !error)
		error = -errno;
	return error;
}

static int key_make(const char *path)
{
	struct tl_identity_key key;
	struct tl_buf temporary = {0}, text = {0};
	int error;

	tl_digest_key_new(key.bytes);
	for (size_t i = 0; i < TL_KEY_SIZE; i++)
		tl_buf_printf(&text, "%02x", key.bytes[i]);
	tl_buf_putc(&text, '\n');
	tl_buf_printf(&temporary, "%s.%ld", path, (long)getpid());
	error = write_new(temporary.data, text.data, text.len);
	if (!error && link(temporary.data, path) < 0 && errno != EEXIST)
		error = -errno;
	if (error != -EEXIST)
		unlink(temporary.data);
	explicit_bzero(text.data, text.len);
	explicit_bzero(&key, sizeof key);
	tl_buf_release(&text);
	tl_buf_release(&temporary);
	return error;
}

int tl_identity_key_read(struct tl_identity_key *key, const char *store_path, bool create)
{
	struct tl_buf path = {0};
	int error;

	key_path(&path, store_path);
	error = key_load(key, path.data);
	if (error == -ENOENT && create) {
		error = key_make(path.data);
		if (!error)
			error = key_load(key, path.data);
	}
	tl_buf_release(&path);
	return error;
}

/* ---- one form for each identifier -------------------------------------------------------------
 */

static void trim(const char **raw, size_t *n)
{
	*n = strlen(*raw);
	while (*n && isspace((unsigned char)**raw))
		(*raw)++, (*n)--;
	while (*n && isspace((unsigned char)(*raw)[*n - 1]))
		(*n)--;
}

/* Jane.Doe@Example.com and "Jane <jane.doe@example.com>" are one address. What stands behind a plus
 * is kept: it is the owner's choice to be somebody else there. */
static bool put_email(struct tl_buf *out, const char *raw, size_t n)
{
	const char *open = memrchr(raw, '<', n),
		   *close = open ? memchr(open, '>', n - (size_t)(open - raw)) : NULL;
	const char *at;

	if (close) {
		raw = open + 1;
		n = (size_t)(close - raw);
	}
	if (n > 7 && !strncasecmp(raw, "mailto:", 7)) {
		raw += 7;
		n -= 7;
	}
	at = memrchr(raw, '@', n);
	if (!at || at == raw || at + 1 == raw + n)
		return false;
	for (size_t i = 0; i < n; i++)
		tl_buf_putc(out, (char)tolower((unsigned char)raw[i]));
	return true;
}

/* Digits only, "00" before a country's code as "+", "(0)" behind one dropped, no extension. Without
 * a country's code a number stays as it is: nobody can tell which country it is of. */
static bool put_phone(struct tl_buf *out, const char *raw, size_t n)
{
	size_t start = out->len, digits = 0;
	bool plus = false;

	for (size_t i = 0; i < n; i++) {
		if (raw[i] == '+' && !digits)
			plus = true;
		if (isalpha((unsigned char)raw[i]) && digits >= 5)
			break;
		if (i + 2 < n && !memcmp(raw + i, "(0)", 3) &&
			(plus || (digits && !memcmp(out->data + start, "00", 2)))) {
			i += 2;
			continue;
		}
		if (!isdigit((unsigned char)raw[i]))
			continue;
		tl_buf_putc(out, raw[i]);
		digits++;
	}
	if (digits < 5)
		return false;
	if (!plus && digits > 7 && !memcmp(out->data + start, "00", 2)) {
		memmove(out->data + start, out->data + start + 2, digits - 2);
		out->len -= 2;
		plus = true;
	}
	if (plus)
		tl_buf_putc(out, '+');
	return true;
}

bool tl_identity_hash(struct tl_hash16 *out, const struct tl_identity_key *key,
	enum tl_identity_kind kind, const char *space, const char *raw)
{
	struct tl_buf form = {0};
	size_t n;
	bool some;

	trim(&raw, &n);
	tl_buf_puts(&form, kind_words[kind]);
	tl_buf_putc(&form, '\0');
	if (kind == TL_IDENTITY_EMAIL) {
		some = put_email(&form, raw, n);
	} else if (kind == TL_IDENTITY_PHONE) {
		some = put_phone(&form, raw, n);
	} else {
		tl_buf_puts(&form, space ? space : "");
		tl_buf_putc(&form, '\0');
		tl_buf_put(&form, raw, n);
		some = n > 0;
	}
	if (some)
		tl_digest_keyed(out->bytes, key->bytes, form.data, form.len);
	explicit_bzero(form.data, form.len);
	tl_buf_release(&form);
	return some;
}
