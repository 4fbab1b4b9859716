/* store: copies of the whole store, and erasing a customer from all of it. */
#include "store/bind.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct tl_span nowhere;

/* ---- backup and restore -------------------------------------------------------------------------- */

static bool cannot_copy(struct tl_store *store, const char *path, const char *why)
{
	tl_diag_add(store->diags, TL0507, nowhere, "store '%s' cannot be used: %s", path, why);
	return false;
}

static bool copy(struct tl_store *store, sqlite3 *to, sqlite3 *from, const char *path)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
	int code = backup ? sqlite3_backup_step(backup, -1) : sqlite3_errcode(to);

	if (backup)
		sqlite3_backup_finish(backup);
	return code == SQLITE_DONE || cannot_copy(store, path, sqlite3_errstr(code));
}

/* A copy never takes the place of a file that is there; one that failed is removed. */
bool tl_store_backup(struct tl_store *store, const char *path)
{
	int file = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
	sqlite3 *to = NULL;
	bool good;

	if (file < 0)
		return cannot_copy(store, path, strerror(errno));
	close(file);
	good = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK ?
		       copy(store, to, store->db, path) :
		       cannot_copy(store, path, sqlite3_errmsg(to));
	good = sqlite3_close(to) == SQLITE_OK && good;
	if (!good)
		unlink(path);
	return good;
}

/* What is damaged is kept beside the store, for somebody who can read more out of it. */
static bool set_aside(struct tl_diags *diags, const char *path)
{
	static const char *const parts[] = {"", "-wal", "-shm"};
	struct tl_buf from = {0}, to = {0};
	bool good = true;

	for (size_t i = 0; i < TL_COUNT(parts) && good; i++) {
		tl_buf_clear(&from);
		tl_buf_clear(&to);
		tl_buf_printf(&from, "%s%s", path, parts[i]);
		tl_buf_printf(&to, "%s.damaged%s", path, parts[i]);
		good = rename(from.data, to.data) == 0 || errno == ENOENT;
	}
	if (!good)
		tl_diag_add(diags, TL0507, nowhere, "store '%s' cannot be used: %s", path,
			strerror(errno));
	tl_buf_release(&from);
	tl_buf_release(&to);
	return good;
}

/* The store that the copy goes to, or where there is none that can be opened, a new one. */
static struct tl_store *open_to_restore(struct tl_diags *diags, const char *path)
{
	bool muted = diags->muted;
	struct tl_store *store;

	diags->muted = true;
	tl_store_open(&store, diags, path, TL_STORE_WRITE);
	diags->muted = muted;
	if (!store && set_aside(diags, path))
		tl_store_open(&store, diags, path, TL_STORE_CREATE);
	return store;
}

/* The copy is opened and looked at first, so that nothing else can take the store's place. */
bool tl_store_restore(struct tl_diags *diags, const char *path, const char *copied)
{
	struct tl_store *from, *store;
	bool good;

	if (!tl_store_open(&from, diags, copied, TL_STORE_READ))
		return false;
	store = open_to_restore(diags, path);
	good = store && copy(store, store->db, from->db, path);
	tl_store_close(store);
	tl_store_close(from);
	return good;
}

/* ---- forgetting ------------------------------------------------------------------------------------ */

static void erase_rows(struct tl_store *store, int64_t customer)
{
	static const char *const all[] = {
		"DELETE FROM measure WHERE record IN (SELECT id FROM record WHERE customer = ?)",
		"DELETE FROM binding WHERE record IN (SELECT id FROM record WHERE customer = ?)",
		"DELETE FROM record WHERE customer = ?",
		"DELETE FROM alias WHERE customer = ?",
		"DELETE FROM customer WHERE merged_into = ?",
		"DELETE FROM customer WHERE id = ?",
	};

	for (size_t i = 0; i < TL_COUNT(all); i++)
		tl_sql_run(store, all[i], "i", customer);
}

/* A channel or a segment that only this person had is a trace too. */
static void erase_names(struct tl_store *store)
{
	static const char sql[] =
		"DELETE FROM word WHERE id NOT IN (SELECT source FROM record UNION SELECT channel"
		" FROM record WHERE channel IS NOT NULL UNION SELECT segment FROM record"
		" WHERE segment IS NOT NULL UNION SELECT language FROM record WHERE language IS NOT"
		" NULL UNION SELECT journey FROM touchpoint UNION SELECT name FROM touchpoint UNION"
		" SELECT pain FROM binding WHERE pain IS NOT NULL UNION SELECT expectation FROM binding"
		" WHERE expectation IS NOT NULL UNION SELECT source FROM note UNION SELECT department"
		" FROM note WHERE department IS NOT NULL UNION SELECT pain FROM vote WHERE pain IS NOT"
		" NULL UNION SELECT department FROM vote UNION SELECT journey FROM action UNION"
		" SELECT pain FROM action UNION SELECT source FROM run)";

	tl_sql_run(store, sql, "");
	tl_names_forget(store);
}

void tl_text_index_words(struct tl_store *store)
{
	static const char sql[] = "INSERT INTO record_text (rowid, text)"
				  " SELECT id, text FROM record WHERE text IS NOT NULL";

	tl_sql_run(store, sql, "");
}

void tl_text_index_parts(struct tl_store *store)
{
	static const char texts[] = "SELECT id, text FROM record WHERE text IS NOT NULL";
	static const char part[] = "INSERT INTO record_trigram (rowid, text) VALUES (?, ?)";
	sqlite3_stmt *row = tl_sql(store, texts, "");

	while (tl_sql_row(store, row)) {
		const char *text = (const char *)sqlite3_column_text(row, 1);

		if (tl_text_has_no_spaces(text))
			tl_sql_run(store, part, "it", (int64_t)sqlite3_column_int64(row, 0), text);
	}
}

/* Deleting from a full-text index leaves the words in it until it is merged: it is made anew. */
void tl_text_index_again(struct tl_store *store)
{
	static const char no_words[] = "INSERT INTO record_text (record_text) VALUES ('delete-all')";
	static const char no_parts[] =
		"INSERT INTO record_trigram (record_trigram) VALUES ('delete-all')";

	tl_sql_run(store, no_words, "");
	tl_sql_run(store, no_parts, "");
	tl_text_index_words(store);
	tl_text_index_parts(store);
}

/* VACUUM writes the file anew; the checkpoint empties the log of what was in it before. The file
 * that VACUUM works in is on the disk, since it is as large as the store, and only holds what stays.
 * A checkpoint that others keep from finishing answers with a row, not with an error. */
static bool write_anew(struct tl_store *store)
{
	static const char checkpoint[] = "PRAGMA wal_checkpoint(TRUNCATE)";

	tl_sql_script(store, "VACUUM");
	if (tl_sql_number(store, checkpoint, "") == 0)
		return !store->failed;
	return tl_sql_fail(store, SQLITE_BUSY);
}

bool tl_store_forget(struct tl_store *store, const int64_t *customers, size_t count)
{
	store->failed = false;
	if (!tl_sql_script(store, "PRAGMA secure_delete=ON") || !tl_sql_begin(store))
		return false;
	tl_rules_load(store);
	for (size_t i = 0; i < count; i++) {
		tl_roll_touch(store, customers[i]);
		erase_rows(store, customers[i]);
	}
	tl_roll_put_back(store);
	erase_names(store);
	tl_text_index_again(store);
	return tl_sql_commit(store) && write_anew(store);
}
