/* intake: what others exported becomes records. Only user of jansson, libarchive and PCRE2.
 *
 * A profile says how the columns or fields of a source become a record; a reader takes the file
 * apart row by row; mapping makes a record of each row, its text masked and its customer hashed; and
 * the record is handed to whoever wants it (the store, a dry run, a test). A row that cannot be read
 * goes to the rejects with its reason: it never stops an import and is never lost.
 *
 * A second thread reads beside the caller, and both map what was read (src/intake/pipe.h): while a
 * file is taken in, its profile, lexicon and key are only read, and each of the two has a mask.
 *
 * Memory is bounded by a few rows, whatever the size of the file.
 */
#ifndef TOUCHLINE_INTAKE_H
#define TOUCHLINE_INTAKE_H

#include "touchline/base.h"
#include "touchline/diag.h"
#include "touchline/store.h"

/* ---- privacy ------------------------------------------------------------------------------ */

/* Appends text with everything that names a person replaced: [email], [phone], [card], [ip],
 * [iban], [link], [handle], [name]. names: the record's own, as its profile gives them. The text
 * may hold ill-formed UTF-8. A tl_mask belongs to one thread. */
struct tl_mask;
struct tl_mask *tl_mask_open(void);
void tl_mask_close(struct tl_mask *mask); /* NULL is nothing */
void tl_mask_text(struct tl_mask *mask, struct tl_buf *out, const char *text, size_t n,
	const char *const *names, size_t name_count);

/* What identifies a person: normalised, then hashed with a key of its own. */
enum tl_identity_kind { TL_IDENTITY_ID, TL_IDENTITY_EMAIL, TL_IDENTITY_PHONE };
extern const struct tl_vocabulary tl_identity_kinds; /* id email phone */
struct tl_identity_key {
	uint8_t bytes[TL_KEY_SIZE];
};
/* Reads the key that belongs to a store: the file beside it, named after it with .key for .db. Made
 * with mode 0600 where there is none and create is set. 0 or a negative errno; -EINVAL where the
 * file is no key. */
int tl_identity_key_read(struct tl_identity_key *key, const char *store_path, bool create);
/* False where nothing is left to identify by. space: whose ids they are (a source's name), since
 * number 17 of one system is not number 17 of another; ignored for e-mail and phone. */
bool tl_identity_hash(struct tl_hash16 *out, const struct tl_identity_key *key,
	enum tl_identity_kind kind, const char *space, const char *raw);

/* ---- what a text says ---------------------------------------------------------------------- */

struct tl_lexicon;
/* path: a lexicon in VADER's tab-separated layout, or NULL for our own. NULL after reporting. */
struct tl_lexicon *tl_lexicon_open(struct tl_diags *diags, const char *path);
void tl_lexicon_close(struct tl_lexicon *lexicon);
struct tl_reading {
	const char *language;	 /* "en", static; NULL: not known */
	double sentiment;	 /* −1…1; NAN: not known */
	uint32_t friction_kinds; /* bit per enum tl_friction_kind */
};
/* text is masked already. language: what the source says, or NULL to guess. */
void tl_text_read(const struct tl_lexicon *lexicon, const char *text, size_t n,
	const char *language, struct tl_reading *reading);

/* ---- profiles ------------------------------------------------------------------------------ */

enum tl_intake_format { TL_INTAKE_CSV, TL_INTAKE_JSON, TL_INTAKE_XES };
struct tl_profile; /* src/intake/profile.h */
/* name: a file (it has a slash or ends in .xml), or the id of a profile in the folder
 * journeys/sources or among those that are built in. NULL after reporting. */
const struct tl_profile *tl_profile_find(
	struct tl_arena *arena, struct tl_diags *diags, const char *name);
/* From text, for tests. */
const struct tl_profile *tl_profile_parse(struct tl_arena *arena, struct tl_diags *diags,
	const char *name, const char *text, size_t length);
const char *tl_profile_id(const struct tl_profile *profile);
/* Those that are built in, in order; NULL behind the last. text is the XML. */
const char *tl_profile_builtin(size_t index, const char **text, size_t *length);
/* Looks at an export of unknown origin and appends to out a profile to edit: the built-in one that
 * fits (its id in *known), or a proposal made from the columns (*known is NULL). */
bool tl_profile_propose(
	struct tl_diags *diags, const char *path, struct tl_buf *out, const char **known);

/* ---- import -------------------------------------------------------------------------------- */

struct tl_intake {
	const struct tl_profile *profile;
	const char *source; /* the name that records are kept under */
	const struct tl_identity_key *key;
	struct tl_mask *mask;
	const struct tl_lexicon *lexicon;
	const char *rejects; /* folder for rows that cannot be read, made when needed; NULL: nowhere */
	/* What is called back is called on the caller's thread, row by row in the order of the file.
	 * Takes a record; TL_PUT_FAILED ends the import. */
	enum tl_put (*put)(void *context, const struct tl_record *record);
	/* Looks at a record before put: why it is to be rejected, in the arena, and the column that
	 * is at fault ("" at first), or NULL. May be NULL itself. */
	const char *(*refuse)(void *context, struct tl_arena *arena,
		const struct tl_record *record, const char **column);
	/* Told of each row that is rejected. May be NULL. */
	void (*rejected)(void *context, uint64_t row, const char *column, const char *reason);
	/* Told now and then how many bytes of how many were read (0: not known). May be NULL. */
	void (*progress)(void *context, uint64_t done, uint64_t total);
	void *context;
};
/* Reads one file ("-": standard input), plain or packed by gzip or zip. Adds to counts: read,
 * added, updated, unchanged, rejected. False where the file cannot be read to its end, or put
 * failed; what was wrong with the file has been reported, what was wrong with put has not.
 *
 * Rejected rows go to a file in the folder of rejects, mode 0600, named after the file and in its
 * format, with file, row, column and reason; it can be mended and imported. One of an earlier import
 * of the file is replaced, or removed where nothing is rejected any more. *rejects: its path, in
 * the arena, or NULL. */
bool tl_intake_file(struct tl_arena *arena, struct tl_diags *diags, const struct tl_intake *intake,
	const char *path, struct tl_run_counts *counts, const char **rejects);
/* Takes the rows of a person out of a file of rejects, which is removed where nothing else is in it;
 * with dry_run they are counted only. sources: whose ids may be in it. 0 or a negative errno. */
struct tl_erasure {
	const struct tl_identity_key *key;
	struct tl_choice sources;
	bool (*is_theirs)(void *context, const struct tl_hash16 *hash);
	void *context;
};
int tl_rejects_erase(
	const char *path, const struct tl_erasure *erasure, bool dry_run, size_t *rows);
/* Appends the record in words, a line for each part that is there. */
void tl_intake_tell(struct tl_buf *out, const struct tl_record *record);

#endif
