/* store: rows that wait until one statement takes all of them.
 *
 * A statement that is run for each row costs about as much for being run as for the row: cursors are
 * opened and the place is looked for anew. So rows gather in a feed and are read by one statement,
 * INSERT … SELECT c1, c2 … FROM feed, where `feed` is a table that hands out what waits.
 */
#include "store/feed.h"

#include <stdlib.h>
#include <string.h>

/* What a feed holds before it is taken: more rows cost memory and save nothing. */
enum { MOST_ROWS = 1000, MOST_BYTES = 1 << 20 };

/* ---- the table ------------------------------------------------------------------------------------ */

struct table {
	sqlite3_vtab base; /* as SQLite knows it: first */
	struct tl_store *store;
};
struct cursor {
	sqlite3_vtab_cursor base;
	const struct feed *feed;
	size_t row; /* of cells: the first of the row */
};

static int connect_table(sqlite3 *db, void *store, int argc, const char *const *argv,
	sqlite3_vtab **out, char **error)
{
	struct table *table;
	int code = sqlite3_declare_vtab(db, "CREATE TABLE feed (" FEED_26 ")");

	(void)argc, (void)argv, (void)error;
	if (code != SQLITE_OK)
		return code;
	table = calloc(1, sizeof *table);
	if (!table)
		return SQLITE_NOMEM;
	table->store = store;
	*out = &table->base;
	return SQLITE_OK;
}

static int disconnect_table(sqlite3_vtab *table)
{
	free(table);
	return SQLITE_OK;
}

static int plan_nothing(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table;
	info->estimatedCost = info->estimatedRows = MOST_ROWS;
	return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
	struct cursor *cursor = calloc(1, sizeof *cursor);

	if (!cursor)
		return SQLITE_NOMEM;
	cursor->feed = ((struct table *)table)->store->feeding;
	*out = &cursor->base;
	return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
	free(cursor);
	return SQLITE_OK;
}

static int go_to_first(sqlite3_vtab_cursor *cursor, int plan, const char *name, int argc,
	sqlite3_value **argv)
{
	(void)plan, (void)name, (void)argc, (void)argv;
	((struct cursor *)cursor)->row = 0;
	return SQLITE_OK;
}

static int go_to_next(sqlite3_vtab_cursor *at)
{
	struct cursor *cursor = (struct cursor *)at;

	cursor->row += cursor->feed->width;
	return SQLITE_OK;
}

static int is_at_end(sqlite3_vtab_cursor *at)
{
	const struct cursor *cursor = (const struct cursor *)at;

	return !cursor->feed || cursor->row >= cursor->feed->count;
}

static int give_cell(sqlite3_vtab_cursor *at, sqlite3_context *out, int column)
{
	const struct cursor *cursor = (const struct cursor *)at;
	const struct feed *feed = cursor->feed;
	const struct feed_cell *cell = &feed->cells[cursor->row + (size_t)column];

	if (cell->type == SQLITE_INTEGER)
		sqlite3_result_int64(out, cell->number);
	else if (cell->type == SQLITE_TEXT)
		sqlite3_result_text(out, feed->bytes.data + cell->number, (int)cell->length,
			SQLITE_STATIC);
	else if (cell->type == SQLITE_BLOB)
		sqlite3_result_blob(out, feed->bytes.data + cell->number, (int)cell->length,
			SQLITE_STATIC);
	return SQLITE_OK;
}

static int give_row(sqlite3_vtab_cursor *at, sqlite3_int64 *row)
{
	*row = (sqlite3_int64)((const struct cursor *)at)->row;
	return SQLITE_OK;
}

int tl_feed_set_up(struct tl_store *store)
{
	static const sqlite3_module module = {.xConnect = connect_table,
		.xBestIndex = plan_nothing,
		.xDisconnect = disconnect_table,
		.xOpen = open_cursor,
		.xClose = close_cursor,
		.xFilter = go_to_first,
		.xNext = go_to_next,
		.xEof = is_at_end,
		.xColumn = give_cell,
		.xRowid = give_row};

	return sqlite3_create_module(store->db, "feed", &module, store);
}

/* ---- feeds ---------------------------------------------------------------------------------------- */

static struct feed_cell bytes_cell(struct feed *feed, int type, const void *bytes, size_t length)
{
	struct feed_cell cell = {(int64_t)feed->bytes.len, (uint32_t)length, type};

	if (!bytes)
		return (struct feed_cell){.type = SQLITE_NULL};
	tl_buf_put(&feed->bytes, bytes, length);
	return cell;
}

static struct feed_cell next_cell(struct feed *feed, char type, va_list *args)
{
	struct feed_cell cell = {.type = SQLITE_INTEGER};
	const char *text;
	const void *bytes;

	switch (type) {
	case 't':
		text = va_arg(*args, const char *);
		return bytes_cell(feed, SQLITE_TEXT, text, text ? strlen(text) : 0);
	case 'b':
		bytes = va_arg(*args, const void *);
		return bytes_cell(feed, SQLITE_BLOB, bytes, va_arg(*args, size_t));
	default:
		cell.number = va_arg(*args, int64_t);
		if ((type == 'd' && cell.number == TL_NO_TIME) || (type == 'w' && !cell.number))
			cell.type = SQLITE_NULL;
		return cell;
	}
}

void tl_feed_list(struct tl_store *store, struct feed *feed, const char *sql, const char *types,
	va_list args)
{
	size_t width = strlen(types);
	va_list left;

	if (store->failed)
		return;
	feed->sql = sql;
	feed->width = width;
	if (feed->count + width > feed->capacity) {
		feed->capacity = MOST_ROWS * width;
		feed->cells = realloc(feed->cells, feed->capacity * sizeof *feed->cells);
		if (!feed->cells)
			tl_die_of_memory(feed->capacity * sizeof *feed->cells);
	}
	va_copy(left, args);
	for (; *types; types++)
		feed->cells[feed->count++] = next_cell(feed, *types, &left);
	va_end(left);
	if (feed->count == feed->capacity || feed->bytes.len >= MOST_BYTES)
		tl_feed_empty(store, feed);
}

void tl_feed(struct tl_store *store, struct feed *feed, const char *sql, const char *types, ...)
{
	va_list args;

	va_start(args, types);
	tl_feed_list(store, feed, sql, types, args);
	va_end(args);
}

void tl_feed_empty(struct tl_store *store, struct feed *feed)
{
	if (!feed->count)
		return;
	store->feeding = feed;
	tl_sql_run(store, feed->sql, "");
	store->feeding = NULL;
	feed->count = 0;
	tl_buf_clear(&feed->bytes);
}

void tl_feed_release(struct feed *feed)
{
	free(feed->cells);
	tl_buf_release(&feed->bytes);
	*feed = (struct feed){0};
}
