/* store: opening, and bringing an older store up to date.
 *
 * The file says itself what it is: application_id, and in user_version how many steps of the schema
 * it went through. What is looked at on opening costs the same for any size: the head of the file,
 * its length against the number of pages that it should have, and the schema.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <stdlib.h>
#include "store/feed.h"

enum { APPLICATION = 0x546f7563, WAIT = 10, MOST_WAIT = 86400 };

static const struct tl_span nowhere;

static bool give_up(struct tl_store *store)
{
	store->failed = true;
	return false;
}

/* Made for its owner alone: it is full of what customers said. SQLite gives its side files the same
 * permissions. */
static bool is_there(struct tl_store *store, enum tl_store_mode mode)
{
	struct stat st;
	struct tl_diag *diag;
	int file;

	if (stat(store->path, &st) == 0) {
		if (S_ISREG(st.st_mode))
			return true;
		tl_diag_add(store->diags, TL0502, nowhere, "'%s' is not a store: it is %s",
			store->path, S_ISDIR(st.st_mode) ? "a folder" : "not a file");
		return give_up(store);
	}
	if (errno == ENOENT && mode != TL_STORE_CREATE) {
		diag = tl_diag_add(store->diags, TL0501, nowhere, "there is no store '%s'", store->path);
		tl_diag_hint(store->diags, diag,
			"'touchline import' makes one; --store names another");
		return give_up(store);
	}
	file = errno == ENOENT ? open(store->path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600) : -1;
	if (file < 0 && errno != EEXIST) {
		bool no_folder = errno == ENOENT;

		diag = tl_diag_add(store->diags, TL0507, nowhere, "store '%s' cannot be used: %s",
			store->path, strerror(errno));
		if (no_folder)
			tl_diag_hint(store->diags, diag, "make the folder first");
		return give_up(store);
	}
	if (file >= 0)
		close(file);
	return true;
}

static bool is_store(struct tl_store *store)
{
	static const char id[] = "PRAGMA application_id";
	static const char tables[] = "SELECT count(*) FROM sqlite_schema";
	int64_t application = tl_sql_number(store, id, "");

	if (store->failed || application == APPLICATION)
		return !store->failed;
	if (application == 0 && tl_sql_number(store, tables, "") == 0)
		return !store->failed; /* new */
	if (!store->failed)
		tl_diag_add(store->diags, TL0502, nowhere,
			"'%s' is not a store: it is a database of another program", store->path);
	return give_up(store);
}

/* Not SQLite's at all: said before SQLite calls it damaged. */
static bool has_head(struct tl_store *store)
{
	char head[16] = {0};
	FILE *file = fopen(store->path, "rb");
	size_t n;

	if (!file) {
		struct tl_diag *diag = tl_diag_add(store->diags, TL0507, nowhere,
			"store '%s' cannot be used: %s", store->path, strerror(errno));
		tl_diag_hint(store->diags, diag, "look at the permissions of the file");
		return give_up(store);
	}
	n = fread(head, 1, sizeof head, file);
	fclose(file);
	if (n == 0 || (n == sizeof head && memcmp(head, "SQLite format 3", sizeof head) == 0))
		return true;
	tl_diag_hint(store->diags,
		tl_diag_add(store->diags, TL0502, nowhere, "'%s' is not a store", store->path),
		"it is left as it is");
	return give_up(store);
}

/* A file that was cut off while nobody used it; with a WAL beside it, its length says nothing. */
static bool is_whole(struct tl_store *store)
{
	static const char sizes[] = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
	char wal[4096];
	struct stat st;
	struct tl_diag *diag;
	int64_t wanted = tl_sql_number(store, sizes, "");

	snprintf(wal, sizeof wal, "%s-wal", store->path);
	if (store->failed || (stat(wal, &st) == 0 && st.st_size > 0) || stat(store->path, &st) != 0 ||
		st.st_size >= wanted)
		return !store->failed;
	diag = tl_diag_add(store->diags, TL0504, nowhere,
		"store '%s' is damaged: it ends after %lld of %lld bytes", store->path,
		(long long)st.st_size, (long long)wanted);
	tl_diag_hint(store->diags, diag, "restore a backup with 'touchline doctor --restore'");
	return give_up(store);
}

static bool migrate(struct tl_store *store)
{
	static const char version[] = "PRAGMA user_version";
	char set[96];

	for (int64_t at; (at = tl_sql_number(store, version, "")) < tl_schema_version;) {
		if (store->failed || !tl_sql_begin(store))
			return false;
		/* Another process may have come first. */
		if (tl_sql_number(store, version, "") == at) {
			snprintf(set, sizeof set, "PRAGMA application_id=%d; PRAGMA user_version=%d;",
				APPLICATION, (int)at + 1);
			tl_sql_script(store, tl_schema_steps[at]);
			tl_sql_script(store, set);
			if (at + 1 == tl_schema_version)
				tl_schema_write_words(store);
		}
		if (!tl_sql_commit(store))
			return false;
	}
	return !store->failed;
}

static bool is_known(struct tl_store *store)
{
	static const char version[] = "PRAGMA user_version";
	int64_t at = tl_sql_number(store, version, "");
	struct tl_diag *diag;

	if (store->failed || (at >= 0 && at <= tl_schema_version))
		return !store->failed;
	diag = tl_diag_add(store->diags, TL0503, nowhere,
		"store '%s' was written by a newer Touchline (version %lld of the store; this one knows %d)",
		store->path, (long long)at, tl_schema_version);
	tl_diag_hint(store->diags, diag, "use the newer Touchline");
	return give_up(store);
}

/* How long to wait for another process that writes, in ms: nobody sits before a nightly import. */
static int patience(void)
{
	const char *text = getenv("TOUCHLINE_WAIT");
	char *end;
	long seconds = text ? strtol(text, &end, 10) : WAIT;

	if (text && (!*text || *end || seconds < 0 || seconds > MOST_WAIT))
		seconds = WAIT;
	return (int)seconds * 1000;
}

static bool open_at(struct tl_store *store, int flags)
{
	int code = sqlite3_open_v2(store->path, &store->db, flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX, NULL);

	if (code != SQLITE_OK)
		return tl_sql_fail(store, code);
	sqlite3_busy_timeout(store->db, patience());
	code = tl_feed_set_up(store);
	if (code == SQLITE_OK)
		code = tl_stem_set_up(store);
	if (code == SQLITE_OK)
		code = tl_span_set_up(store);
	if (code != SQLITE_OK)
		return tl_sql_fail(store, code);
	return has_head(store) && is_store(store) && is_known(store) && is_whole(store);
}

static void close_database(struct tl_store *store)
{
	for (size_t i = 0; i < STATEMENTS; i++) {
		sqlite3_finalize(store->statements[i].statement);
		store->statements[i].statement = NULL;
		store->statements[i].sql = NULL;
	}
	sqlite3_close(store->db);
	store->db = NULL;
}

/* A store of an older version is brought up to date also by those who only read. */
static bool is_current(struct tl_store *store)
{
	static const char version[] = "PRAGMA user_version";

	return tl_sql_number(store, version, "") == tl_schema_version;
}

/* Of a first import that is going on, or was killed: only who may write can undo what is left of it. */
static bool has_journal(struct tl_store *store)
{
	char journal[4096];

	snprintf(journal, sizeof journal, "%s-journal", store->path);
	return access(journal, F_OK) == 0;
}

static bool open_store(struct tl_store *store, enum tl_store_mode mode)
{
	static const char settings[] =
		"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
		"PRAGMA cache_size=-49152; PRAGMA temp_store=FILE; PRAGMA trusted_schema=OFF;"
		"PRAGMA journal_size_limit=67108864;";

	if (!is_there(store, mode))
		return false;
	if (mode == TL_STORE_READ && !has_journal(store)) {
		if (!open_at(store, SQLITE_OPEN_READONLY))
			return false;
		if (is_current(store))
			return tl_sql_script(store, "PRAGMA cache_size=-49152; PRAGMA temp_store=FILE;");
		close_database(store);
	}
	return open_at(store, SQLITE_OPEN_READWRITE) && tl_sql_script(store, settings) &&
	       migrate(store);
}

/* What SQLite allocates need not be counted, with a lock around each count. Before it is used first;
 * later it refuses, and counts. */
static void set_up_library(void)
{
	static bool done;

	if (!done)
		sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	done = true;
}

bool tl_store_open(struct tl_store **out, struct tl_diags *diags, const char *path,
	enum tl_store_mode mode)
{
	struct tl_store *store = calloc(1, sizeof *store);

	if (!store)
		tl_die_of_memory(sizeof *store);
	set_up_library();
	tl_arena_init(&store->arena);
	tl_arena_init(&store->rule_arena);
	tl_names_forget(store);
	store->diags = diags;
	store->path = tl_arena_strdup(&store->arena, path);
	if (!open_store(store, mode)) {
		tl_store_close(store);
		store = NULL;
	}
	*out = store;
	return store != NULL;
}

void tl_store_close(struct tl_store *store)
{
	if (!store)
		return;
	if (store->importing)
		tl_store_abort(store);
	close_database(store);
	tl_numbers_release(&store->dirty);
	tl_numbers_release(&store->rebound);
	tl_roll_drop(store);
	free(store->promises);
	tl_arena_release(&store->names);
	tl_arena_release(&store->rule_arena);
	tl_arena_release(&store->arena);
	free(store);
}
