/* store: reading what counts of records. The bytes of packed facts begin with the customer; then
 * come numbers of variable length, since most of them are small, and the external id. */
#include "store/facts.h"

#include <math.h>
#include <string.h>

/* ---- from the tables ----------------------------------------------------------------------------- */

#define SELECT_ROWS                                                                                \
	"SELECT r.id, r.source, r.external_id, r.kind, r.created, r.replied, r.resolved,"          \
	" r.exported, r.channel, r.segment, r.handoffs, r.reopens, r.sentiment,"                   \
	" r.friction_kinds, r.measures, r.customer FROM record r WHERE r.id <= ?1"
/* + keeps the partial indices out of it: the table itself is in the order of records. */
#define SELECT_BINDINGS                                                                            \
	"SELECT record, measure, touchpoint, journey, instrument, pain, expectation FROM binding"  \
	" WHERE +wins"
#define SELECT_MEASURES                                                                            \
	"SELECT record, instrument, score, lowest, highest, reverse FROM measure"

static void advance(struct tl_store *store, struct facts_cursor *cursor)
{
	cursor->at = tl_sql_row(store, cursor->statement) ?
			     sqlite3_column_int64(cursor->statement, 0) :
			     INT64_MAX;
}

static struct facts_cursor cursor_on(struct tl_store *store, sqlite3_stmt *statement)
{
	struct facts_cursor cursor = {.statement = statement};

	advance(store, &cursor);
	return cursor;
}

struct facts_reader tl_facts_of(
	struct tl_store *store, struct tl_arena *arena, int64_t whose, int64_t until)
{
	static const char of_customer[] = SELECT_ROWS " AND r.customer = ?2";
	static const char of_nobody[] = SELECT_ROWS " AND r.id = ?2 AND r.customer IS NULL";
	static const char of_all[] = SELECT_ROWS " ORDER BY r.id";
	static const char all_bindings[] = SELECT_BINDINGS " ORDER BY record";
	static const char all_measures[] = SELECT_MEASURES " ORDER BY record, number";
	struct facts_reader reader = {.store = store, .arena = arena, .everybody = !whose};

	if (whose) {
		reader.rows = tl_sql(store, whose > 0 ? of_customer : of_nobody, "ii", until,
			whose > 0 ? whose : -whose);
		return reader;
	}
	reader.rows = tl_sql(store, of_all, "i", until);
	reader.bindings = cursor_on(store, tl_sql(store, all_bindings, ""));
	reader.measures = cursor_on(store, tl_sql(store, all_measures, ""));
	return reader;
}

static int64_t number_at(sqlite3_stmt *row, int column) /* or none */
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? TL_NO_TIME :
								 sqlite3_column_int64(row, column);
}

static double scale_end(int64_t fixed)
{
	return fixed == TL_NO_TIME ? NAN : (double)fixed / TL_SCORE_UNIT;
}

static void read_row(struct facts *facts, struct tl_arena *arena, sqlite3_stmt *from)
{
	facts->row = (struct row){.id = sqlite3_column_int64(from, 0),
		.source = sqlite3_column_int64(from, 1),
		.external_id = tl_arena_strdup(arena, (const char *)sqlite3_column_text(from, 2)),
		.kind = sqlite3_column_int64(from, 3),
		.created = number_at(from, 4),
		.replied = number_at(from, 5),
		.resolved = number_at(from, 6),
		.exported = number_at(from, 7),
		.channel = sqlite3_column_int64(from, 8),
		.segment = sqlite3_column_int64(from, 9),
		.handoffs = sqlite3_column_int64(from, 10),
		.reopens = sqlite3_column_int64(from, 11),
		.sentiment = number_at(from, 12),
		.friction_kinds = sqlite3_column_int64(from, 13)};
	facts->customer = sqlite3_column_int64(from, 15);
}

static void read_bindings(struct facts_reader *reader, struct facts *facts)
{
	static const char sql[] = SELECT_BINDINGS " AND record = ?";
	struct facts_cursor *cursor = &reader->bindings;

	if (!reader->everybody)
		*cursor = cursor_on(reader->store, tl_sql(reader->store, sql, "i", facts->row.id));
	while (cursor->at < facts->row.id)
		advance(reader->store, cursor);
	for (; cursor->at == facts->row.id; advance(reader->store, cursor)) {
		sqlite3_stmt *b = cursor->statement;

		facts->bound = tl_arena_grow(reader->arena, facts->bound, facts->bound_count,
			&facts->bound_capacity, sizeof *facts->bound);
		facts->bound[facts->bound_count++] = (struct bound){sqlite3_column_int64(b, 1),
			sqlite3_column_int64(b, 2), sqlite3_column_int64(b, 3), number_at(b, 4),
			sqlite3_column_int64(b, 5), sqlite3_column_int64(b, 6)};
	}
}

static void read_measures(struct facts_reader *reader, struct facts *facts)
{
	static const char sql[] = SELECT_MEASURES " WHERE record = ? ORDER BY number";
	struct facts_cursor *cursor = &reader->measures;

	if (!reader->everybody)
		*cursor = cursor_on(reader->store, tl_sql(reader->store, sql, "i", facts->row.id));
	while (cursor->at < facts->row.id)
		advance(reader->store, cursor);
	for (; cursor->at == facts->row.id; advance(reader->store, cursor)) {
		sqlite3_stmt *m = cursor->statement;

		facts->measures = tl_arena_grow(reader->arena, facts->measures,
			facts->measure_count, &facts->measure_capacity, sizeof *facts->measures);
		facts->measures[facts->measure_count++] =
			(struct tl_measure){.instrument = sqlite3_column_int(m, 1),
				.score = scale_end(number_at(m, 2)),
				.min = scale_end(number_at(m, 3)),
				.max = scale_end(number_at(m, 4)),
				.reverse = sqlite3_column_int(m, 5)};
	}
}

bool tl_facts_next(struct facts_reader *reader, struct facts *facts)
{
	*facts = (struct facts){0};
	if (!tl_sql_row(reader->store, reader->rows)) {
		if (reader->bindings.statement)
			tl_sql_end(reader->bindings.statement);
		if (reader->measures.statement)
			tl_sql_end(reader->measures.statement);
		return false;
	}
	read_row(facts, reader->arena, reader->rows);
	read_bindings(reader, facts);
	/* What nobody listens to counts nowhere, whatever it measured. */
	if (facts->bound_count && sqlite3_column_int64(reader->rows, 14))
		read_measures(reader, facts);
	return true;
}

int64_t tl_score_fixed(double value)
{
	return isnan(value) ? TL_NO_TIME : llround(value * TL_SCORE_UNIT);
}

/* As they are read back from the tables. */
void tl_facts_to_be(struct tl_store *store, struct facts *facts, struct tl_arena *arena, int64_t id,
	const struct tl_record *r)
{
	facts->row = (struct row){.id = id,
		.source = tl_name(store, r->source),
		.external_id = r->external_id,
		.kind = (int64_t)r->kind,
		.created = r->created,
		.replied = r->replied,
		.resolved = r->resolved,
		.exported = r->exported,
		.channel = tl_name(store, r->channel),
		.segment = tl_name(store, r->segment),
		.handoffs = r->handoffs < 0 ? 0 : r->handoffs,
		.reopens = r->reopens < 0 ? 0 : r->reopens,
		.sentiment = tl_score_fixed(r->sentiment),
		.friction_kinds = (int64_t)r->friction_kinds};
	facts->measure_count = r->measure_count;
	facts->measures = tl_arena_array(arena, struct tl_measure, r->measure_count);
	for (size_t i = 0; i < r->measure_count; i++) {
		const struct tl_measure *m = &r->measures[i];

		facts->measures[i] = (struct tl_measure){.instrument = m->instrument,
			.score = scale_end(tl_score_fixed(m->score)),
			.min = scale_end(tl_score_fixed(m->min)),
			.max = scale_end(tl_score_fixed(m->max)),
			.reverse = m->reverse};
	}
}

/* ---- as bytes ------------------------------------------------------------------------------------- */

void tl_number_pack(struct tl_buf *out, int64_t number)
{
	/* Zigzag, and 0 for none. */
	uint64_t left = number == TL_NO_TIME ?
				0 :
				(((uint64_t)number << 1) ^ (uint64_t)(number >> 63)) + 1;

	for (; left >= 0x80; left >>= 7)
		tl_buf_putc(out, (char)(left | 0x80));
	tl_buf_putc(out, (char)left);
}

int64_t tl_number_unpack(const unsigned char **at)
{
	uint64_t number = 0;
	int shift = 0;

	for (; **at & 0x80; shift += 7)
		number |= (uint64_t)(*(*at)++ & 0x7f) << shift;
	number |= (uint64_t)*(*at)++ << shift;
	if (!number--)
		return TL_NO_TIME;
	return (int64_t)(number >> 1) ^ -(int64_t)(number & 1);
}

static void put_double(struct tl_buf *out, double value)
{
	tl_buf_put(out, &value, sizeof value);
}

static double take_double(const unsigned char **at)
{
	double value;

	memcpy(&value, *at, sizeof value);
	*at += sizeof value;
	return value;
}

/* The numbers of a row, in the order in which they are packed. */
#define ROW_NUMBERS(r)                                                                             \
	{                                                                                          \
		&(r)->id, &(r)->source, &(r)->kind, &(r)->created, &(r)->replied, &(r)->resolved,  \
			&(r)->channel, &(r)->segment, &(r)->handoffs, &(r)->reopens,               \
			&(r)->sentiment, &(r)->friction_kinds                                      \
	}

void tl_facts_pack_head(struct tl_buf *out, int64_t customer, int64_t exported)
{
	tl_buf_put(out, &customer, sizeof customer);
	tl_number_pack(out, exported);
}

void tl_facts_pack_row(struct tl_buf *out, const struct row *row)
{
	const int64_t *numbers[] = ROW_NUMBERS(row);

	for (size_t i = 0; i < TL_COUNT(numbers); i++)
		tl_number_pack(out, *numbers[i]);
	tl_buf_put(out, row->external_id, strlen(row->external_id) + 1);
}

void tl_facts_pack_bound(struct tl_buf *out, const struct bound *bound, size_t count)
{
	tl_number_pack(out, (int64_t)count);
	for (const struct bound *b = bound; b < bound + count; b++) {
		tl_number_pack(out, b->measure);
		tl_number_pack(out, b->touchpoint);
		tl_number_pack(out, b->journey);
		tl_number_pack(out, b->instrument);
		tl_number_pack(out, b->pain);
		tl_number_pack(out, b->expectation);
	}
}

void tl_facts_pack_measures(struct tl_buf *out, const struct tl_measure *measures, size_t count)
{
	tl_number_pack(out, (int64_t)count);
	for (const struct tl_measure *m = measures; m < measures + count; m++) {
		tl_number_pack(out, m->instrument);
		tl_number_pack(out, m->reverse);
		put_double(out, m->score);
		put_double(out, m->min);
		put_double(out, m->max);
	}
}

void tl_facts_pack(struct tl_buf *out, const struct facts *facts)
{
	tl_facts_pack_head(out, facts->customer, facts->row.exported);
	tl_facts_pack_row(out, &facts->row);
	tl_facts_pack_bound(out, facts->bound, facts->bound_count);
	tl_facts_pack_measures(out, facts->measures, facts->measure_count);
}

int tl_facts_compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

void tl_facts_unpack(struct facts *facts, struct tl_arena *arena, const void *bytes)
{
	int64_t *numbers[] = ROW_NUMBERS(&facts->row);
	const unsigned char *at = bytes;

	*facts = (struct facts){.customer = *(const int64_t *)bytes};
	at += sizeof facts->customer;
	facts->row.exported = tl_number_unpack(&at);
	for (size_t i = 0; i < TL_COUNT(numbers); i++)
		*numbers[i] = tl_number_unpack(&at);
	facts->row.external_id = tl_arena_strdup(arena, (const char *)at);
	at += strlen((const char *)at) + 1;
	facts->bound_count = (size_t)tl_number_unpack(&at);
	facts->bound = tl_arena_array(arena, struct bound, facts->bound_count);
	for (size_t i = 0; i < facts->bound_count; i++) {
		struct bound *b = &facts->bound[i];
		int64_t *parts[] = {&b->measure, &b->touchpoint, &b->journey, &b->instrument,
			&b->pain, &b->expectation};

		for (size_t k = 0; k < TL_COUNT(parts); k++)
			*parts[k] = tl_number_unpack(&at);
	}
	facts->measure_count = (size_t)tl_number_unpack(&at);
	facts->measures = tl_arena_array(arena, struct tl_measure, facts->measure_count);
	for (size_t i = 0; i < facts->measure_count; i++) {
		struct tl_measure *m = &facts->measures[i];

		*m = (struct tl_measure){.instrument = (int)tl_number_unpack(&at)};
		m->reverse = tl_number_unpack(&at);
		m->score = take_double(&at);
		m->min = take_double(&at);
		m->max = take_double(&at);
	}
}
