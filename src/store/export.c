/* store: rows as others may have them, one after the other, so that memory stays bounded. Columns of a
 * table are called as the profile csv reads them.
 */
#include "store/filter.h"

#include <string.h>

#define TIME(column, name) "strftime('%Y-%m-%dT%H:%M:%SZ', " column ", 'unixepoch') AS " name ", "
#define WORDS                                                                                      \
	" JOIN word s ON s.id = r.source LEFT JOIN word c ON c.id = r.channel"                     \
	" LEFT JOIN word g ON g.id = r.segment"
#define FIELDS "fields_json" /* as a table has it; "fields" where it is JSON among JSON */

static const char records[] =
	"SELECT r.external_id AS id, s.text AS source, k.word AS kind, "
	TIME("r.created", "created_at") TIME("r.updated", "updated_at")
	TIME("r.replied", "replied_at") TIME("r.resolved", "resolved_at")
	TIME("r.exported", "exported_at") "'customer-' || r.customer AS customer,"
	" g.text AS segment, c.text AS channel, l.text AS language, r.journey AS journey,"
	" r.touchpoint AS touchpoint,"
	" iif(?6, (SELECT group_concat(value, ',') FROM json_each(r.tags)), r.tags) AS tags,"
	" r.fields AS " FIELDS ","
	" r.handoffs AS handoffs, r.reopens AS reopens, r.text AS text, r.id FROM record r" WORDS
	" LEFT JOIN word l ON l.id = r.language"
	" LEFT JOIN vocabulary k ON k.list = 'kind of record' AND k.number = r.kind"
	" WHERE" FILTER " ORDER BY r.id";
static const char bindings[] =
	"SELECT s.text AS source, r.external_id AS id, p.journey AS journey,"
	" p.touchpoint AS touchpoint, t.word AS tier, m.field AS measure, a.text AS pain,"
	" e.text AS expectation, u.source AS listen_source, u.tag AS listen_tag,"
	" u.field AS listen_field, u.value AS listen_value, u.match AS listen_match,"
	" u.lang AS listen_lang FROM record r" WORDS
	" CROSS JOIN binding b ON b.record = r.id AND b.wins JOIN places p ON p.id = b.touchpoint"
	" LEFT JOIN vocabulary t ON t.list = 'tier' AND t.number = b.tier"
	" LEFT JOIN measure m ON m.record = b.record AND m.number = b.measure"
	" LEFT JOIN word a ON a.id = b.pain LEFT JOIN word e ON e.id = b.expectation"
	" LEFT JOIN rule u ON u.id = b.rule WHERE" FILTER
	" ORDER BY r.id, b.measure, b.touchpoint, b.rule";
static const char notes[] =
	"SELECT n.external_id AS id, s.text AS source, 'note' AS kind, "
	TIME("n.created", "created_at") TIME("n.updated", "updated_at")
	"p.journey AS journey, p.touchpoint AS touchpoint, d.text AS department,"
	" f.word AS friction_kind, n.text AS text FROM note n JOIN word s ON s.id = n.source"
	" LEFT JOIN places p ON p.id = n.touchpoint LEFT JOIN word d ON d.id = n.department"
	" LEFT JOIN vocabulary f ON f.list = 'kind of friction' AND f.number = n.kind ORDER BY n.id";
static const char votes[] =
	"SELECT id, created AS created_at, journey, touchpoint, pain, department, valence, points"
	" FROM votes ORDER BY id";
static const char actions[] =
	"SELECT id, created AS created_on, journey, pain, owner, due AS due_on, done AS done_on, text"
	" FROM actions ORDER BY id";

struct export {
	struct tl_store *store;
	bool flat;
	tl_each_row *each;
	void *context;
	struct tl_arena names, values; /* of columns; of the scores of one record */
	struct tl_cell *cells;
	size_t count;	 /* of the cells of a row */
	size_t own;	 /* those that come from the statement */
	size_t measures; /* the most that a record has, where they are columns */
};

/* ---- scores ---------------------------------------------------------------------------------------- */

enum { MEASURE_CELLS = 6 };
static const char *const measure_columns[MEASURE_CELLS] = {
	"field", "instrument", "score", "scale_min", "scale_max", "reverse"};
static const enum tl_cell_kind measure_kinds[MEASURE_CELLS] = {TL_CELL_TEXT, TL_CELL_TEXT,
	TL_CELL_NUMBER, TL_CELL_NUMBER, TL_CELL_NUMBER, TL_CELL_TEXT};

static void name_measures(struct export *export)
{
	for (size_t i = 0; i < export->measures; i++)
		for (size_t k = 0; k < MEASURE_CELLS; k++)
			export->cells[export->own + i * MEASURE_CELLS + k].column =
				i ? tl_arena_printf(
					    &export->names, "%s_%zu", measure_columns[k], i + 1)
				  : measure_columns[k];
}

static const char *number_of(struct export *export, sqlite3_stmt *row, int column)
{
	struct tl_buf number = {0};
	const char *copy;

	if (sqlite3_column_type(row, column) == SQLITE_NULL)
		return NULL;
	tl_buf_number(&number, (double)sqlite3_column_int64(row, column) / TL_SCORE_UNIT, 4);
	copy = tl_arena_strdup(&export->values, number.data);
	tl_buf_release(&number);
	return copy;
}

static void read_measure(struct export *export, sqlite3_stmt *row, struct tl_cell *cells)
{
	const char *texts[MEASURE_CELLS] = {
		tl_arena_strdup(&export->values, (const char *)sqlite3_column_text(row, 0)),
		tl_instruments.words[sqlite3_column_int(row, 1)], number_of(export, row, 2),
		number_of(export, row, 3), number_of(export, row, 4),
		sqlite3_column_int(row, 5) ? tl_yes_no.words[1] : NULL};

	for (size_t k = 0; k < MEASURE_CELLS; k++) {
		cells[k].text = texts[k] && *texts[k] ? texts[k] : NULL;
		cells[k].kind = cells[k].text ? measure_kinds[k] : TL_CELL_NOTHING;
	}
}

static void put_measure(struct tl_buf *out, const struct tl_cell *cells)
{
	tl_buf_putc(out, out->len ? ',' : '[');
	for (size_t k = 0; k < MEASURE_CELLS; k++) {
		tl_buf_printf(out, "%c\"%s\":", k ? ',' : '{', measure_columns[k]);
		if (k == MEASURE_CELLS - 1)
			tl_buf_puts(out, cells[k].text ? "true" : "false");
		else if (cells[k].kind == TL_CELL_NUMBER)
			tl_buf_puts(out, cells[k].text);
		else
			tl_buf_json(out, cells[k].text);
	}
	tl_buf_putc(out, '}');
}

static void read_measures(struct export *export, int64_t record)
{
	static const char sql[] = "SELECT field, instrument, score, lowest, highest, reverse"
				  " FROM measure WHERE record = ? ORDER BY number";
	struct tl_cell *cells = export->cells + export->own, one[MEASURE_CELLS];
	sqlite3_stmt *row = tl_sql(export->store, sql, "i", record);
	struct tl_buf json = {0};
	size_t n = 0;

	tl_arena_reset(&export->values);
	for (size_t i = export->own; i < export->count; i++)
		export->cells[i] = (struct tl_cell){.column = export->cells[i].column};
	while (tl_sql_row(export->store, row)) {
		read_measure(export, row, one);
		if (!export->flat)
			put_measure(&json, one);
		for (size_t k = 0; export->flat && n < export->measures && k < MEASURE_CELLS; k++) {
			cells[n * MEASURE_CELLS + k].kind = one[k].kind;
			cells[n * MEASURE_CELLS + k].text = one[k].text;
		}
		n++;
	}
	if (json.len) {
		tl_buf_putc(&json, ']');
		cells[0].kind = TL_CELL_JSON;
		cells[0].text = tl_arena_strdup(&export->values, json.data);
	}
	tl_buf_release(&json);
}

static size_t most_measures(struct export *export, const struct filter_texts *asked)
{
	static const char sql[] =
		"SELECT max(r.measures) FROM record r" WORDS " WHERE" FILTER;
	int64_t most = tl_sql_number(export->store, sql, "ddttt", FILTER_GIVEN(*asked));

	return most > 1 ? (size_t)most : 1;
}

/* ---- rows ------------------------------------------------------------------------------------------ */

static void read_cells(struct export *export, sqlite3_stmt *row)
{
	static const enum tl_cell_kind kinds[] = {[SQLITE_INTEGER] = TL_CELL_NUMBER,
		[SQLITE_FLOAT] = TL_CELL_NUMBER, [SQLITE_TEXT] = TL_CELL_TEXT,
		[SQLITE_NULL] = TL_CELL_NOTHING};

	for (size_t i = 0; i < export->own; i++) {
		struct tl_cell *cell = &export->cells[i];
		bool json = !export->flat && (strcmp(cell->column, "fields") == 0 ||
						     strcmp(cell->column, "tags") == 0);

		cell->kind = kinds[sqlite3_column_type(row, (int)i)];
		if (cell->kind == TL_CELL_TEXT && json)
			cell->kind = TL_CELL_JSON;
		cell->text = (const char *)sqlite3_column_text(row, (int)i);
	}
}

static void name_columns(struct export *export, sqlite3_stmt *row)
{
	for (size_t i = 0; i < export->own; i++) {
		const char *name = sqlite3_column_name(row, (int)i);

		export->cells[i].column = !export->flat && strcmp(name, FIELDS) == 0
						  ? "fields"
						  : tl_arena_strdup(&export->names, name);
	}
}

/* Of records, the last column is for us: who they are. */
static bool put_rows(struct export *export, sqlite3_stmt *row, bool are_records)
{
	export->own = (size_t)sqlite3_column_count(row) - are_records;
	export->count = export->own;
	if (are_records)
		export->count += export->flat ? export->measures * MEASURE_CELLS : 1;
	export->cells = tl_arena_array(&export->names, struct tl_cell, export->count);
	name_columns(export, row);
	if (are_records && export->flat)
		name_measures(export);
	else if (are_records)
		export->cells[export->own].column = "measures";
	if (!export->each(export->context, export->cells, export->count))
		return false;
	while (tl_sql_row(export->store, row)) {
		read_cells(export, row);
		if (are_records)
			read_measures(export, sqlite3_column_int64(row, (int)export->own));
		if (export->store->failed ||
			!export->each(export->context, export->cells, export->count))
			return false;
	}
	return true;
}

bool tl_store_export(struct tl_store *store, enum tl_export what, bool flat,
	const struct tl_filter *filter, tl_each_row *each, void *context)
{
	static const char *const said[] = {[TL_EXPORT_NOTES] = notes, [TL_EXPORT_VOTES] = votes,
		[TL_EXPORT_ACTIONS] = actions};
	struct export export = {.store = store, .flat = flat, .each = each, .context = context};
	struct filter_texts asked;
	sqlite3_stmt *row;

	if (!tl_store_freeze(store))
		return false;
	asked = tl_filter_open(filter);
	tl_arena_init(&export.names);
	tl_arena_init(&export.values);
	if (what == TL_EXPORT_RECORDS && flat)
		export.measures = most_measures(&export, &asked);
	if (what == TL_EXPORT_RECORDS)
		row = tl_sql(store, records, "ddttti", FILTER_GIVEN(asked), (int64_t)flat);
	else if (what == TL_EXPORT_BINDINGS)
		row = tl_sql(store, bindings, "ddttt", FILTER_GIVEN(asked));
	else
		row = tl_sql(store, said[what], "");
	if (row && !put_rows(&export, row, what == TL_EXPORT_RECORDS))
		tl_sql_end(row);
	tl_arena_release(&export.names);
	tl_arena_release(&export.values);
	tl_filter_close(&asked);
	tl_store_thaw(store);
	return !store->failed;
}
