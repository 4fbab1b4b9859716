/* base: what every layer stands on. Memory, bytes, text, dates, tables, files, digests.
 *
 * Ownership: an arena owns everything allocated from it; nothing in it is freed singly. A buffer
 * owns its bytes until tl_buf_release or tl_buf_take. Running out of memory aborts: memory is
 * bounded by the limits of the readers, so it is a bug or a machine that can do nothing else.
 * Errors of the environment are returned as 0 or a negative errno.
 */
#ifndef TOUCHLINE_BASE_H
#define TOUCHLINE_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TL_COUNT(array) (sizeof(array) / sizeof *(array))
#define TL_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

/* ---- the end of the process on what cannot be handled: our own bugs, no memory left ----- */
_Noreturn void tl_die(const char *what);
_Noreturn void tl_die_of_memory(size_t wanted);

/* ---- arena: allocation that ends all at once ------------------------------------------- */
struct tl_arena {
	struct tl_arena_block *head;
	size_t used; /* bytes handed out so far */
};
void tl_arena_init(struct tl_arena *arena);
void tl_arena_release(struct tl_arena *arena);
/* Frees what was handed out, and keeps a small block for what comes next. */
void tl_arena_reset(struct tl_arena *arena);
/* Zeroed, aligned for any type. size 0 gives a valid pointer. */
void *tl_arena_alloc(struct tl_arena *arena, size_t size);
#define tl_arena_new(arena, type) ((type *)tl_arena_alloc((arena), sizeof(type)))
#define tl_arena_array(arena, type, n) ((type *)tl_arena_alloc((arena), sizeof(type) * (n)))
char *tl_arena_strdup(struct tl_arena *arena, const char *s);
char *tl_arena_strndup(struct tl_arena *arena, const char *s, size_t n);
char *tl_arena_printf(struct tl_arena *arena, const char *fmt, ...) TL_PRINTF(2, 3);
char *tl_arena_vprintf(struct tl_arena *arena, const char *fmt, va_list args) TL_PRINTF(2, 0);

/* Room for one more element of an array that grows inside an arena: returns the (possibly moved)
 * array with *capacity >= count + 1. The old copy stays in the arena until its end. */
void *tl_arena_grow(
	struct tl_arena *arena, void *array, size_t count, size_t *capacity, size_t element_size);

/* ---- buffer: bytes that grow; data is always NUL-terminated once anything was put ------- */
struct tl_buf {
	char *data; /* NULL while nothing was put */
	size_t len, cap;
};
void tl_buf_release(struct tl_buf *buf);
void tl_buf_clear(struct tl_buf *buf); /* keeps the memory */
void tl_buf_put(struct tl_buf *buf, const void *bytes, size_t n);
void tl_buf_puts(struct tl_buf *buf, const char *s);
void tl_buf_putc(struct tl_buf *buf, char c);
void tl_buf_printf(struct tl_buf *buf, const char *fmt, ...) TL_PRINTF(2, 3);
/* A double with at most `decimals` decimals, no trailing zeros, never "-0"; locale-independent. */
void tl_buf_number(struct tl_buf *buf, double value, int decimals);
/* s as a JSON string with its quotes; invalid UTF-8 becomes U+FFFD. NULL gives null. */
void tl_buf_json(struct tl_buf *buf, const char *s);
/* s as a cell of CSV (RFC 4180), in quotes where it must be. Where a spreadsheet would take it for a
 * formula (= + - @, tab or return first, and no number) an apostrophe goes before it, and before one
 * that such apostrophes are before already: so what was added can be told. NULL: empty. */
void tl_buf_csv(struct tl_buf *buf, const char *s);
/* Whether s begins with an apostrophe that tl_buf_csv puts there. */
bool tl_csv_is_neutralised(const char *s);

/* ---- text ------------------------------------------------------------------------------- */
/* Decodes one code point at *p and moves on; U+FFFD (and one byte on) where it is ill-formed.
 * *p must be < end. */
uint32_t tl_utf8_next(const char **p, const char *end);
/* Offset of the first ill-formed byte, or n. */
size_t tl_utf8_check(const char *s, size_t n);
/* Number of code points, and number of terminal columns (wide CJK and emoji count 2, marks 0). */
size_t tl_utf8_length(const char *s, size_t n);
size_t tl_utf8_columns(const char *s, size_t n);
/* Levenshtein distance over bytes, case-insensitive for ASCII, giving up past limit. */
unsigned tl_text_distance(const char *a, const char *b, unsigned limit);
/* The candidate nearest to word if near enough to suggest (distance <= 1 + length/4), or NULL. */
const char *tl_text_nearest(const char *word, const char *const *candidates, size_t count);

/* Trimmed, inner white space (that of XML) folded to single spaces; the text itself where it is so
 * already. */
const char *tl_text_fold(struct tl_arena *arena, const char *text);

/* ---- dates (ISO 8601) ------------------------------------------------------------------- */
/* YYYY-MM-DD, proleptic Gregorian, to days since 1970-01-01. False where it is none. */
bool tl_date_parse(int32_t *days, const char *s);
void tl_date_format(char out[static 11], int32_t days);
/* The day in UTC of a time in seconds since 1970, before it too. */
int32_t tl_date_of(int64_t seconds);
/* PnYnMnWnDTnHnMnS (fractions allowed in the last part) to seconds; a year counts 365 days and
 * a month 30. False where it is none, is empty ("P", "PT") or exceeds 1000 years. */
bool tl_duration_parse(double *seconds, const char *s);
/* Today in UTC; SOURCE_DATE_EPOCH wins where it is set. Seconds since 1970. */
int64_t tl_clock_now(void);

/* ---- table: string to pointer ------------------------------------------------------------ */
/* Keys are not copied and must outlive the table. Allocates from the arena given at init. */
struct tl_table {
	struct tl_arena *arena;
	struct tl_table_slot *slots;
	size_t count, capacity;
};
void tl_table_init(struct tl_table *table, struct tl_arena *arena);
void *tl_table_get(const struct tl_table *table, const char *key);
/* The value already there, which is kept, or NULL after adding. value must not be NULL. */
void *tl_table_add(struct tl_table *table, const char *key, void *value);
void tl_table_set(struct tl_table *table, const char *key, void *value);

/* ---- files ------------------------------------------------------------------------------- */
/* Appends the file (or standard input for "-") to out; -EFBIG where it is larger than limit,
 * -EISDIR for a folder. Nothing is appended on failure. */
int tl_file_read(struct tl_buf *out, const char *path, size_t limit);
/* Replaces path by the bytes in one step: temporary file beside it, fsync, rename. A failure
 * leaves what was there and removes the temporary file. */
int tl_file_replace(const char *path, const void *bytes, size_t n);
/* The same in two steps, for several files of which all or none are to be replaced: the first can
 * fail for want of space or permission, and changes nothing yet; it takes regular files only. The
 * other two release what it made. */
struct tl_replacement;
int tl_file_prepare(
	struct tl_replacement **out, const char *path, const void *bytes, size_t n);
int tl_file_commit(struct tl_replacement *replacement);
void tl_file_discard(struct tl_replacement *replacement); /* NULL is nothing */
/* Removes what a tl_file_replace of path left behind in a process that was killed meanwhile. */
void tl_file_abandoned(const char *path, long pid);
/* Makes the folder and its parents. */
int tl_file_mkdirs(const char *path);

/* ---- digest ------------------------------------------------------------------------------ */
/* BLAKE2b-128 in lowercase hex, to tell contents apart. */
#define TL_DIGEST_SIZE 33
void tl_digest(char out[static TL_DIGEST_SIZE], const void *bytes, size_t n);
uint64_t tl_digest_number(const void *bytes, size_t n); /* the number that its first half spells */
/* Of a regular file, without reading it into memory whole; may run in several threads. */
int tl_digest_file(char out[static TL_DIGEST_SIZE], const char *path);
/* "sha256-" and the SHA-256 in base64, as web pages name what they allow. */
#define TL_INTEGRITY_SIZE 52
void tl_digest_integrity(char out[static TL_INTEGRITY_SIZE], const void *bytes, size_t n);
/* BLAKE2b-128 with a key, so that nobody without it can tell what was hashed by trying. */
enum { TL_KEY_SIZE = 32, TL_KEYED_SIZE = 16 };
void tl_digest_keyed(uint8_t out[static TL_KEYED_SIZE], const uint8_t key[static TL_KEY_SIZE],
	const void *bytes, size_t n);
void tl_digest_key_new(uint8_t key[static TL_KEY_SIZE]); /* random */

#endif
