/* store: statements, transactions, and what is said when SQLite refuses. */
#include "store/store.h"

#include <stdarg.h>
#include <string.h>

enum { TICK = 4096 };

static const struct tl_span nowhere;

bool tl_sql_fail(struct tl_store *store, int code)
{
	struct tl_diags *diags = store->diags;
	struct tl_diag *diag;

	if (store->failed)
		return false;
	store->failed = true;
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		diag = tl_diag_add(diags, TL0505, nowhere,
			"store '%s' is being written by another process", store->path);
		tl_diag_hint(diags, diag, "try again when it is done");
		break;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		diag = tl_diag_add(diags, TL0504, nowhere, "store '%s' is damaged: %s", store->path,
			sqlite3_errmsg(store->db));
		tl_diag_hint(diags, diag, "restore a backup with 'touchline doctor --restore'");
		break;
	case SQLITE_READONLY:
	case SQLITE_PERM:
		diag = tl_diag_add(
			diags, TL0506, nowhere, "store '%s' cannot be written", store->path);
		tl_diag_hint(diags, diag, "look at the permissions of the file and its folder");
		break;
	default:
		diag = tl_diag_add(diags, TL0507, nowhere, "store '%s' cannot be used: %s",
			store->path, store->db ? sqlite3_errmsg(store->db) : sqlite3_errstr(code));
		if ((code & 0xff) == SQLITE_FULL || (code & 0xff) == SQLITE_IOERR)
			tl_diag_hint(diags, diag,
				"is there room on the disk? what was committed is kept: do it again "
				"when there is");
	}
	return false;
}

bool tl_sql_fail_file(struct tl_store *store, int error)
{
	if (!store->failed)
		tl_diag_add(store->diags, TL0507, nowhere,
			"store '%s' cannot be used: a temporary file for it cannot be written: %s",
			store->path, strerror(error));
	store->failed = true;
	return false;
}

/* The place of a statement, by the address of its text: open addressing. */
static sqlite3_stmt *prepared(struct tl_store *store, const char *sql)
{
	size_t i = ((uintptr_t)sql >> 3) % STATEMENTS;

	while (store->statements[i].sql && store->statements[i].sql != sql)
		i = (i + 1) % STATEMENTS;
	if (!store->statements[i].sql) {
		int code = sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
			&store->statements[i].statement, NULL);
		if (code != SQLITE_OK) {
			tl_sql_fail(store, code);
			return NULL;
		}
		store->statements[i].sql = sql;
	}
	return store->statements[i].statement;
}

static void bind_all(sqlite3_stmt *statement, const char *types, va_list args)
{
	int64_t number;
	const char *text;
	const void *bytes;

	for (int i = 1; *types; types++, i++)
		switch (*types) {
		case 'i':
			sqlite3_bind_int64(statement, i, va_arg(args, int64_t));
			break;
		case 'd':
			number = va_arg(args, int64_t);
			if (number == TL_NO_TIME)
				sqlite3_bind_null(statement, i);
			else
				sqlite3_bind_int64(statement, i, number);
			break;
		case 'w':
			number = va_arg(args, int64_t);
			if (!number)
				sqlite3_bind_null(statement, i);
			else
				sqlite3_bind_int64(statement, i, number);
			break;
		case 't':
			text = va_arg(args, const char *);
			sqlite3_bind_text(statement, i, text, -1, SQLITE_STATIC);
			break;
		case 'b':
			bytes = va_arg(args, const void *);
			sqlite3_bind_blob64(
				statement, i, bytes, va_arg(args, size_t), SQLITE_STATIC);
			break;
		default:
			tl_die("a statement with a parameter of no known type");
		}
}

sqlite3_stmt *tl_sql_list(struct tl_store *store, const char *sql, const char *types, va_list args)
{
	sqlite3_stmt *statement;

	if (store->failed)
		return NULL;
	statement = prepared(store, sql);
	if (statement)
		bind_all(statement, types, args);
	return statement;
}

sqlite3_stmt *tl_sql(struct tl_store *store, const char *sql, const char *types, ...)
{
	va_list args;

	va_start(args, types);
	sqlite3_stmt *statement = tl_sql_list(store, sql, types, args);
	va_end(args);
	return statement;
}

bool tl_sql_row(struct tl_store *store, sqlite3_stmt *statement)
{
	int code;

	if (!statement)
		return false;
	if (store->failed) {
		sqlite3_reset(statement);
		return false;
	}
	code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		return true;
	if (code != SQLITE_DONE)
		tl_sql_fail(store, code);
	sqlite3_reset(statement);
	return false;
}

void tl_sql_end(sqlite3_stmt *statement)
{
	sqlite3_reset(statement);
}

bool tl_sql_run_list(struct tl_store *store, const char *sql, const char *types, va_list args)
{
	sqlite3_stmt *statement = tl_sql_list(store, sql, types, args);

	while (tl_sql_row(store, statement))
		;
	return !store->failed;
}

bool tl_sql_run(struct tl_store *store, const char *sql, const char *types, ...)
{
	va_list args;

	va_start(args, types);
	tl_sql_run_list(store, sql, types, args);
	va_end(args);
	return !store->failed;
}

int64_t tl_sql_number(struct tl_store *store, const char *sql, const char *types, ...)
{
	int64_t number = 0;
	va_list args;

	va_start(args, types);
	sqlite3_stmt *statement = tl_sql_list(store, sql, types, args);
	va_end(args);
	if (tl_sql_row(store, statement)) {
		number = sqlite3_column_int64(statement, 0);
		tl_sql_end(statement);
	}
	return number;
}

bool tl_sql_script(struct tl_store *store, const char *sql)
{
	int code = store->failed ? SQLITE_OK : sqlite3_exec(store->db, sql, NULL, NULL, NULL);

	if (code != SQLITE_OK)
		tl_sql_fail(store, code);
	return !store->failed;
}

void tl_sql_check_references(struct tl_store *store, bool check)
{
	const char *sql = check ? "PRAGMA foreign_keys=ON" : "PRAGMA foreign_keys=OFF";

	sqlite3_exec(store->db, sql, NULL, NULL, NULL);
}

bool tl_sql_begin(struct tl_store *store)
{
	store->failed = false;
	return tl_sql_script(store, "BEGIN IMMEDIATE");
}

bool tl_sql_commit(struct tl_store *store)
{
	if (tl_sql_script(store, "COMMIT"))
		return true;
	tl_sql_rollback(store);
	return false;
}

/* SQLite rolls back on its own where the disk is full; then there is nothing left to do. */
void tl_sql_rollback(struct tl_store *store)
{
	if (!sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	tl_names_forget(store);
	tl_roll_clear(store);
}

bool tl_store_freeze(struct tl_store *store)
{
	store->failed = false;
	return tl_sql_script(store, "BEGIN");
}

void tl_store_thaw(struct tl_store *store)
{
	if (!sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

void tl_store_watch(struct tl_store *store, tl_store_progress *progress, void *context)
{
	store->progress = progress;
	store->progress_context = context;
}

void tl_tick(struct tl_store *store, size_t done, size_t total, const char *what)
{
	if (store->progress && done && done < total && done % TICK == 0)
		store->progress(store->progress_context, done, total, what);
}
