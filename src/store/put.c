/* store: records in.
 *
 * A record is known by its source and its id there. Whether it is the same as before is told by a
 * digest of what its source said (`said`, from intake), so that newer rules of masking or another
 * lexicon change nothing by themselves; where that was made with another key, or not at all, by a
 * digest of what was read (`digest`), without the customer, whose hashes change with the key. When
 * the export was made is no part of either, since that differs every night. A record that changed is
 * put as if it were new, but keeps its id and what people confirmed.
 */
#include "store/bind.h"
#include "store/facts.h"
#include "store/feed.h"
#include "store/spool.h"

#include <math.h>
#include <string.h>

struct known { /* the record as it is in the store; id 0: not yet */
	int64_t id, digest, said, updated, exported, customer;
	bool open; /* not replied to, or not resolved */
};

/* ---- digest --------------------------------------------------------------------------------- */

static void put_text(struct tl_buf *buf, const char *text)
{
	tl_buf_put(buf, text ? "=" : "-", 1);
	if (text)
		tl_buf_put(buf, text, strlen(text) + 1);
	else
		tl_buf_put(buf, "", 1);
}

static void put_bytes(struct tl_buf *buf, double value)
{
	tl_buf_put(buf, &value, sizeof value);
}

static int64_t digest_of(const struct tl_record *r)
{
	struct tl_buf buf = {0};
	int64_t times[] = {r->created, r->replied, r->resolved, r->kind, r->handoffs, r->reopens,
		r->friction_kinds};
	int64_t digest;

	tl_buf_put(&buf, times, sizeof times);
	put_bytes(&buf, isnan(r->sentiment) ? 9 : r->sentiment);
	const char *texts[] = {r->segment, r->channel, r->language, r->text, r->journey,
		r->touchpoint, r->department};
	for (size_t i = 0; i < TL_COUNT(texts); i++)
		put_text(&buf, texts[i]);
	for (size_t i = 0; i < r->tag_count; i++)
		put_text(&buf, r->tags[i]);
	for (size_t i = 0; i < r->field_count; i++) {
		put_text(&buf, r->fields[i].name);
		put_text(&buf, r->fields[i].value);
	}
	for (size_t i = 0; i < r->measure_count; i++) {
		const struct tl_measure *m = &r->measures[i];

		put_text(&buf, m->field);
		put_bytes(&buf, m->instrument);
		put_bytes(&buf, m->score);
		put_bytes(&buf, isnan(m->min) ? 0 : m->min);
		put_bytes(&buf, isnan(m->max) ? 0 : m->max);
		put_bytes(&buf, m->reverse);
	}
	digest = (int64_t)tl_digest_number(buf.data, buf.len);
	tl_buf_release(&buf);
	return digest;
}

/* ---- how bad it reads ------------------------------------------------------------------------ */

/* Ranks evidence, worst first, and nothing else: from 0, in thousandths. The worst answer counts up
 * to 2, a negative text up to 1, reopens, handoffs and kinds of friction up to ½ each. */
static int64_t badness_of(const struct tl_record *r)
{
	double worst = 0, bad, more = 0;

	for (size_t i = 0; i < r->measure_count; i++) {
		if (r->measures[i].instrument == TL_VISITS)
			continue;
		bad = 1 - tl_scale_unit(&r->measures[i]);
		worst = bad > worst ? bad : worst;
	}
	if (r->sentiment < 0)
		more -= r->sentiment;
	more += fmin(0.5, 0.25 * fmax(0, r->reopens)) + fmin(0.5, 0.125 * fmax(0, r->handoffs));
	more += fmin(0.5, 0.125 * __builtin_popcount(r->friction_kinds));
	return llround(1000 * (2 * worst + more));
}

/* ---- writing --------------------------------------------------------------------------------- */

static void put_lists(struct tl_buf *tags, struct tl_buf *fields, const struct tl_record *r)
{
	for (size_t i = 0; i < r->tag_count; i++) {
		tl_buf_putc(tags, i ? ',' : '[');
		tl_buf_json(tags, r->tags[i]);
	}
	for (size_t i = 0; i < r->field_count; i++) {
		tl_buf_putc(fields, i ? ',' : '{');
		tl_buf_json(fields, r->fields[i].name);
		tl_buf_putc(fields, ':');
		tl_buf_json(fields, r->fields[i].value);
	}
	if (r->tag_count)
		tl_buf_putc(tags, ']');
	if (r->field_count)
		tl_buf_putc(fields, '}');
}

/* Two statements, not one that does either: SQLite prepares that one to be undone half way, which
 * costs more than the row. A first import has a third, for many rows. */
static void put_row(struct tl_store *store, bool known, const char *types, ...)
{
#define INTO_RECORD                                                                                \
	"INSERT INTO record (id, source, external_id, digest, customer, kind, created, updated,"   \
	" replied, resolved, exported, channel, segment, language, handoffs, reopens, sentiment,"  \
	" friction_kinds, measures, badness, journey, touchpoint, tags, fields, text, said)"
	static const char many[] = INTO_RECORD " SELECT " FEED_26 " FROM feed";
	static const char add[] =
		INTO_RECORD " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
			    " ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)";
	static const char replace[] =
		"UPDATE record SET source = ?2, external_id = ?3, digest = ?4, customer = ?5,"
		" kind = ?6, created = ?7, updated = ?8, replied = ?9, resolved = ?10,"
		" exported = ?11, channel = ?12, segment = ?13, language = ?14, handoffs = ?15,"
		" reopens = ?16, sentiment = ?17, friction_kinds = ?18, measures = ?19,"
		" badness = ?20, journey = ?21, touchpoint = ?22, tags = ?23, fields = ?24,"
		" text = ?25, said = ?26 WHERE id = ?1";
	va_list args;

	va_start(args, types);
	if (store->bulk && !known)
		tl_feed_list(store, &store->records, many, types, args);
	else
		tl_sql_run_list(store, known ? replace : add, types, args);
	va_end(args);
}

static void write_row(struct tl_store *store, bool known, int64_t id, const struct tl_record *r,
	int64_t digest, int64_t customer, int64_t badness)
{
	struct tl_buf tags = {0}, fields = {0};

	put_lists(&tags, &fields, r);
	put_row(store, known, "iitiwidddddwwwdddiiittttti", id, tl_name(store, r->source),
		r->external_id, digest, customer, (int64_t)r->kind, r->created, r->updated,
		r->replied, r->resolved, r->exported, tl_name(store, r->channel),
		tl_name(store, r->segment), tl_name(store, r->language),
		r->handoffs < 0 ? TL_NO_TIME : (int64_t)r->handoffs,
		r->reopens < 0 ? TL_NO_TIME : (int64_t)r->reopens, tl_score_fixed(r->sentiment),
		(int64_t)r->friction_kinds, (int64_t)r->measure_count, badness, r->journey,
		r->touchpoint, tags.data, fields.data, r->text, (int64_t)r->said);
	tl_buf_release(&tags);
	tl_buf_release(&fields);
}

static void put_measure(struct tl_store *store, const char *types, ...)
{
#define INTO_MEASURE                                                                               \
	"INSERT INTO measure (record, number, field, instrument, score, lowest, highest, reverse)"
	static const char many[] = INTO_MEASURE " SELECT " FEED_8 " FROM feed";
	static const char add[] = INTO_MEASURE " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
	va_list args;

	va_start(args, types);
	if (store->bulk)
		tl_feed_list(store, &store->measures, many, types, args);
	else
		tl_sql_run_list(store, add, types, args);
	va_end(args);
}

static void write_measures(struct tl_store *store, int64_t id, const struct tl_record *r)
{
	for (size_t i = 0; i < r->measure_count; i++) {
		const struct tl_measure *m = &r->measures[i];

		put_measure(store, "iitiiddi", id, (int64_t)i + 1, m->field ? m->field : "",
			(int64_t)m->instrument, tl_score_fixed(m->score), tl_score_fixed(m->min), tl_score_fixed(m->max),
			(int64_t)m->reverse);
	}
}

static void index_text(struct tl_store *store, int64_t id, const char *text)
{
	static const char words[] = "INSERT INTO record_text (rowid, text) VALUES (?, ?)";
	static const char parts[] = "INSERT INTO record_trigram (rowid, text) VALUES (?, ?)";

	if (!text)
		return;
	if (store->bulk) {
		store->spaceless = store->spaceless || tl_text_has_no_spaces(text);
		return;
	}
	tl_sql_run(store, words, "it", id, text);
	if (tl_text_has_no_spaces(text))
		tl_sql_run(store, parts, "it", id, text);
}

/* An index of somebody else's content is told what it had. */
static void unindex_text(struct tl_store *store, int64_t id)
{
	static const char find[] = "SELECT text FROM record WHERE id = ? AND text IS NOT NULL";
	static const char words[] =
		"INSERT INTO record_text (record_text, rowid, text) VALUES ('delete', ?, ?)";
	static const char parts[] =
		"INSERT INTO record_trigram (record_trigram, rowid, text) VALUES ('delete', ?, ?)";
	sqlite3_stmt *old = tl_sql(store, find, "i", id);

	while (tl_sql_row(store, old)) {
		const char *text = (const char *)sqlite3_column_text(old, 0);

		tl_sql_run(store, words, "it", id, text);
		if (tl_text_has_no_spaces(text))
			tl_sql_run(store, parts, "it", id, text);
	}
}

void tl_record_strip(struct tl_store *store, int64_t id)
{
	static const char measures[] = "DELETE FROM measure WHERE record = ?";
	static const char bindings[] = "DELETE FROM binding WHERE record = ? AND tier < ?";

	if (!store->bulk)
		unindex_text(store, id);
	tl_sql_run(store, measures, "i", id);
	tl_sql_run(store, bindings, "ii", id, (int64_t)TIER_CONFIRMED);
}

static void write_record(struct tl_store *store, const struct known *old, const struct tl_record *r,
	int64_t digest)
{
	int64_t customer = tl_customer_of(store, r), badness = badness_of(r), id = old->id;

	if (id) {
		/* Making one customer of two may have moved the record meanwhile; both are touched. */
		if (customer)
			tl_roll_touch(store, customer);
		tl_roll_touch(store, old->customer ? old->customer : -id);
		tl_record_strip(store, id);
		if (id < store->first_new)
			tl_numbers_add(&store->rebound, id);
	}
	if (!id)
		id = store->next++;
	write_row(store, old->id != 0, id, r, digest, customer, badness);
	write_measures(store, id, r);
	index_text(store, id, r->text);
	if (store->bulk)
		tl_spool_record(store, id, customer, r, badness);
	else
		tl_bind_record(store, id, r, badness);
}

/* ---- notes ------------------------------------------------------------------------------------ */

static void write_note(
	struct tl_store *store, const struct tl_record *r, int64_t digest)
{
	static const char sql[] =
		"INSERT INTO note (source, external_id, digest, created, updated, touchpoint,"
		" department, text, said) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
		" ON CONFLICT (source, external_id) DO UPDATE SET digest = ?3, created = ?4,"
		" updated = ?5, touchpoint = ?6, department = ?7, text = ?8, said = ?9";
	int64_t place = r->journey && r->touchpoint ? tl_place_of(store, r->journey, r->touchpoint) : 0;

	tl_sql_run(store, sql, "itiddwwti", tl_name(store, r->source), r->external_id, digest,
		r->created, r->updated, place, tl_name(store, r->department), r->text,
		(int64_t)r->said);
}

/* ---- what becomes of it ------------------------------------------------------------------------ */

static struct known find_record(struct tl_store *store, const struct tl_record *r)
{
	static const char sql[] =
		"SELECT id, digest, updated, exported, customer, replied IS NULL OR resolved IS NULL,"
		" said FROM record WHERE source = ? AND external_id = ?";
	struct known known = {.updated = TL_NO_TIME, .exported = TL_NO_TIME};
	sqlite3_stmt *row = tl_sql(store, sql, "it", tl_name(store, r->source), r->external_id);

	if (!tl_sql_row(store, row))
		return known;
	known.id = sqlite3_column_int64(row, 0);
	known.digest = sqlite3_column_int64(row, 1);
	if (sqlite3_column_type(row, 2) != SQLITE_NULL)
		known.updated = sqlite3_column_int64(row, 2);
	if (sqlite3_column_type(row, 3) != SQLITE_NULL)
		known.exported = sqlite3_column_int64(row, 3);
	known.customer = tl_customer_now(store, sqlite3_column_int64(row, 4));
	known.open = sqlite3_column_int(row, 5);
	known.said = sqlite3_column_int64(row, 6);
	tl_sql_end(row);
	return known;
}

static struct known find_note(struct tl_store *store, const struct tl_record *r)
{
	static const char sql[] =
		"SELECT id, digest, updated, said FROM note WHERE source = ? AND external_id = ?";
	struct known known = {.updated = TL_NO_TIME, .exported = TL_NO_TIME};
	sqlite3_stmt *row = tl_sql(store, sql, "it", tl_name(store, r->source), r->external_id);

	if (!tl_sql_row(store, row))
		return known;
	known.id = sqlite3_column_int64(row, 0);
	known.digest = sqlite3_column_int64(row, 1);
	if (sqlite3_column_type(row, 2) != SQLITE_NULL)
		known.updated = sqlite3_column_int64(row, 2);
	known.said = sqlite3_column_int64(row, 3);
	tl_sql_end(row);
	return known;
}

static bool was_said(const struct known *old, const struct tl_record *r)
{
	return r->said && old->said == (int64_t)r->said;
}

static bool has_one_key(const struct known *old, const struct tl_record *r)
{
	return old->said && r->said && (uint64_t)old->said >> 48 == r->said >> 48;
}

/* Notes have no customers. */
static bool reads_same(struct tl_store *store, const struct known *old, const struct tl_record *r,
	int64_t digest, bool any_customer)
{
	return old->digest == digest && (any_customer || r->kind == TL_NOTED ||
						tl_customer_is(store, old->customer, r));
}

static bool is_same(struct tl_store *store, const struct known *old, const struct tl_record *r,
	int64_t digest)
{
	return was_said(old, r) || reads_same(store, old, r, digest, !has_one_key(old, r));
}

static enum tl_put judge(
	struct tl_store *store, const struct known *old, const struct tl_record *r, int64_t digest)
{
	bool timed = old->updated != TL_NO_TIME && r->updated != TL_NO_TIME;

	if (!old->id)
		return TL_PUT_NEW;
	if (is_same(store, old, r, digest))
		return store->replace && !reads_same(store, old, r, digest, false) ?
			       TL_PUT_UPDATED :
			       TL_PUT_UNCHANGED;
	if (timed && r->updated < old->updated)
		return TL_PUT_UNCHANGED;
	return (timed && r->updated > old->updated) || store->replace ? TL_PUT_UPDATED :
									 TL_PUT_CONFLICT;
}

/* An open record of a later export is the same record, but later. */
static void age(struct tl_store *store, const struct known *old, const struct tl_record *r)
{
	static const char sql[] = "UPDATE record SET exported = ? WHERE id = ?";

	if (!old->open || r->exported == TL_NO_TIME || r->exported <= old->exported)
		return;
	tl_roll_touch(store, old->customer ? old->customer : -old->id);
	tl_sql_run(store, sql, "ii", r->exported, old->id);
	if (store->bulk)
		tl_spool_age(store, old->id, r->exported);
}

enum tl_put tl_store_put(struct tl_store *store, const struct tl_record *record)
{
	bool note = record->kind == TL_NOTED;
	int64_t digest = digest_of(record);
	struct known old;
	enum tl_put put;

	if (!store->importing || store->failed)
		return TL_PUT_FAILED;
	if (note)
		old = find_note(store, record);
	else if (tl_bulk_is_new(store, record->source, record->external_id))
		old = (struct known){.updated = TL_NO_TIME, .exported = TL_NO_TIME};
	else
		old = find_record(store, record);
	put = judge(store, &old, record, digest);
	if (put == TL_PUT_UNCHANGED && !note && (was_said(&old, record) || old.digest == digest))
		age(store, &old, record);
	if ((put == TL_PUT_NEW || put == TL_PUT_UPDATED) && note)
		write_note(store, record, digest);
	else if (put == TL_PUT_NEW || put == TL_PUT_UPDATED)
		write_record(store, &old, record, digest);
	store->counts.added += put == TL_PUT_NEW;
	store->counts.updated += put == TL_PUT_UPDATED;
	store->counts.unchanged += put == TL_PUT_UNCHANGED;
	if (++store->in_batch >= BATCH && !store->bulk)
		tl_run_next_batch(store);
	return store->failed ? TL_PUT_FAILED : put;
}
