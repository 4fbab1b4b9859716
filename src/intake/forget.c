/* Forgetting: rows of a person taken out of files of rejects.
 *
 * What was rejected could not be read, so nothing is known of its columns: a row is the person's if
 * any of its cells, or any e-mail address in it, hashes to the person. That takes a row too many
 * where a score happens to be somebody's id, rather than leaving one: the export that it came from
 * is still there. Rows of a table begin with the reasons that import wrote in front, by which they
 * are told apart even where a quote is never closed.
 */
#include "touchline/intake.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LARGEST = 1 << 30, LONGEST_TOKEN = 320, LEAST_DIGITS = 5 };
static const char mark[] = "\xef\xbb\xbftouchline_file";

static bool is_theirs(const struct tl_erasure *e, enum tl_identity_kind kind, const char *space,
	const char *raw)
{
	struct tl_hash16 hash;

	return tl_identity_hash(&hash, e->key, kind, space, raw) && e->is_theirs(e->context, &hash);
}

/* ---- what a row holds --------------------------------------------------------------------------- */

static bool is_number_of_a_phone(const char *token)
{
	size_t digits = 0;

	for (; *token; token++) {
		if (!strchr("0123456789+ ()/.-", *token))
			return false;
		digits += isdigit((unsigned char)*token) != 0;
	}
	return digits >= LEAST_DIGITS;
}

static bool token_is_theirs(const struct tl_erasure *e, const char *s, size_t n)
{
	char token[LONGEST_TOKEN];

	if (!n || n >= sizeof token)
		return false;
	memcpy(token, s, n);
	token[n] = '\0';
	if (is_number_of_a_phone(token) && is_theirs(e, TL_IDENTITY_PHONE, NULL, token))
		return true;
	for (size_t i = 0; i < e->sources.count; i++)
		if (is_theirs(e, TL_IDENTITY_ID, e->sources.list[i], token))
			return true;
	return false;
}

static bool has_token(const struct tl_erasure *e, const char *s, size_t n, const char *ends)
{
	for (size_t i = 0, start = 0; i <= n; i++) {
		if (i < n && !strchr(ends, s[i]))
			continue;
		if (token_is_theirs(e, s + start, i - start))
			return true;
		start = i + 1;
	}
	return false;
}

static bool is_of_address(char c)
{
	return isalnum((unsigned char)c) || (c & 0x80) || (c && strchr("._%+-", c));
}

static bool has_address(const struct tl_erasure *e, const char *s, size_t n)
{
	for (const char *at = s; (at = memchr(at, '@', n - (size_t)(at - s))); at++) {
		const char *from = at, *to = at + 1;
		char address[LONGEST_TOKEN];
		size_t length;

		while (from > s && is_of_address(from[-1]))
			from--;
		while (to < s + n && is_of_address(*to))
			to++;
		while (to > at && !isalnum((unsigned char)to[-1]) && !(to[-1] & 0x80))
			to--;
		length = (size_t)(to - from);
		if (length >= sizeof address)
			continue;
		memcpy(address, from, length);
		address[length] = '\0';
		if (is_theirs(e, TL_IDENTITY_EMAIL, NULL, address))
			return true;
	}
	return false;
}

/* ---- rows ---------------------------------------------------------------------------------------- */

struct rejects {
	const struct tl_erasure *erasure;
	const char *end;
	char delimiter; /* of a table; 0: one object of JSON a line */
};

static bool row_is_theirs(const struct rejects *rejects, const char *row, size_t n)
{
	const char of_table[] = {rejects->delimiter, '"', '\n', '\r', '\0'};

	if (has_address(rejects->erasure, row, n))
		return true;
	if (rejects->delimiter)
		return has_token(rejects->erasure, row, n, of_table);
	/* strings as they are, and what is in a string that was no JSON */
	return has_token(rejects->erasure, row, n, "\"\n") ||
	       has_token(rejects->erasure, row, n, "\"\\,:{}[] \n");
}

/* Whether a row begins here: "file",17," */
static bool is_start(const struct rejects *rejects, const char *p)
{
	const char *end = rejects->end;

	if (!rejects->delimiter)
		return true;
	if (p == end || *p++ != '"')
		return false;
	for (; p < end && *p != '\n' && (*p != '"' || (p + 1 < end && p[1] == '"')); p++)
		p += *p == '"';
	if (p == end || *p++ != '"' || p == end || *p++ != rejects->delimiter)
		return false;
	while (p < end && isdigit((unsigned char)*p))
		p++;
	return end - p > 1 && p[0] == rejects->delimiter && p[1] == '"';
}

static const char *next_start(const struct rejects *rejects, const char *p)
{
	while ((p = memchr(p, '\n', (size_t)(rejects->end - p))))
		if (++p == rejects->end || is_start(rejects, p))
			return p;
	return rejects->end;
}

/* What is left of it goes to kept; how many rows went, and whether others are left. */
static size_t sift(struct rejects *rejects, const struct tl_buf *text, struct tl_buf *kept, bool *some)
{
	const char *p = text->data;
	size_t gone = 0;

	rejects->end = text->data + text->len;
	if (rejects->delimiter && text->len > strlen(mark) && !memcmp(p, mark, strlen(mark))) {
		rejects->delimiter = p[strlen(mark)];
		p = next_start(rejects, p);
		tl_buf_put(kept, text->data, (size_t)(p - text->data));
	}
	while (p < rejects->end) {
		const char *next = next_start(rejects, p);

		if (row_is_theirs(rejects, p, (size_t)(next - p))) {
			gone++;
		} else {
			*some = true;
			tl_buf_put(kept, p, (size_t)(next - p));
		}
		p = next;
	}
	return gone;
}

int tl_rejects_erase(
	const char *path, const struct tl_erasure *erasure, bool dry_run, size_t *rows)
{
	struct rejects rejects = {.erasure = erasure,
		.delimiter = strstr(path, ".ndjson") ? '\0' : ','};
	struct tl_buf text = {0}, kept = {0};
	bool some = false;
	int error = tl_file_read(&text, path, LARGEST);

	*rows = 0;
	if (!error)
		*rows = sift(&rejects, &text, &kept, &some);
	if (*rows && !dry_run && some)
		error = tl_file_replace(path, kept.data, kept.len);
	else if (*rows && !dry_run)
		error = unlink(path) < 0 ? -errno : 0;
	tl_buf_release(&text);
	tl_buf_release(&kept);
	return error;
}
