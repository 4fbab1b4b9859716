/* store: what its files share. The state of an open store, statements, coded names, roll-ups.
 *
 * Statements are written beside their use and prepared once: a statement is known by the address
 * of its text, which therefore is a `static const char []`. After the first failure everything
 * does nothing until the transaction is over: callers look at the end, not at every step.
 */
#ifndef TL_STORE_STORE_H
#define TL_STORE_STORE_H

#include <sqlite3.h>
#include <stdarg.h>

#include "touchline/store.h"

enum { STATEMENTS = 256, BATCH = 131072 };

/* ---- what roll-ups count ----------------------------------------------------------------- */
struct roll_key {
	int64_t touchpoint, gauge, subject, day, channel, source, segment; /* gauge: enum tl_gauge */
};
struct roll_sums {
	int64_t n, x, sum, squares, promoters, passives;
};
struct roll_entry;
struct roll_table {
	struct roll_entry *entries;
	size_t count, capacity;
};

/* A set of numbers; 0 is never in it. */
struct numbers {
	int64_t *slots;
	size_t count, capacity;
};

/* Rows that wait for a statement: feed.c. */
struct feed_cell {
	int64_t number; /* or where its bytes begin */
	uint32_t length;
	int type; /* SQLITE_INTEGER … */
};
struct feed {
	const char *sql;
	struct feed_cell *cells;
	size_t width, count, capacity; /* cells: of a row, of all, room for */
	struct tl_buf bytes;
};

struct rule { /* of table rule, in memory */
	int64_t id, touchpoint, journey, pain, expectation;
	const char *source, *tag, *field, *value, *match, *lang;
	int as;
};

struct tl_store {
	sqlite3 *db;
	struct tl_diags *diags;
	const char *path; /* in arena */
	struct tl_arena arena;
	bool failed;	/* until the transaction is over */
	bool importing; /* between begin, and commit or abort */
	struct {
		const char *sql;
		sqlite3_stmt *statement;
	} statements[STATEMENTS];

	struct tl_arena names; /* emptied with each transaction that is rolled back */
	struct tl_table words, touchpoints;
	struct name_text {
		int64_t id;
		const char *text;
	} *texts;
	size_t text_count, text_capacity;
	struct name_all {
		int64_t journey, place;
	} *alls;
	size_t all_count, all_capacity;

	struct tl_arena rule_arena;
	struct rule *rules;
	size_t rule_count;
	int64_t seen_version; /* of the data: other processes may change the rules */
	int64_t *promises;    /* triples touchpoint, clock, seconds */
	size_t promise_count;

	bool bulk;		/* see bulk.c */
	bool spaceless;		/* some text of the run is in a script without spaces */
	struct tl_buf indices;	/* that are to be made at the end */
	struct numbers ids;	/* hashes of those that were put in this run */
	bool forgot_ids;	/* the first of them: there were too many */
	struct crowd *crowd;	/* NULL: customers are in their tables */
	bool merged;		/* of them some are one: then numbers of before are about */
	struct feed records, measures;
	struct spool *spool; /* what counts of the records: spool.c */
	const struct feed *feeding; /* what the table `feed` holds now */

	struct numbers dirty;	/* customers, and −records without a customer, to be put back */
	struct numbers rebound; /* records that were there before and changed */
	struct roll_table roll; /* what is to be added to the roll-ups */
	struct sorter *roll_sorter;
	int64_t settled; /* the tally, while something is settled or touched */
	int64_t more_records, more_bound;
	tl_store_progress *progress; /* or NULL */
	void *progress_context;
	int64_t recounted; /* records, where rules or promises changed last; −1: all of them */

	int64_t run, first_new; /* first_new: records of this batch have this id or a larger one */
	int64_t next;		/* id of a record */
	bool replace;
	size_t in_batch;
	struct tl_run_counts counts;
};

/* ---- schema.c, open.c, sql.c ------------------------------------------------------------- */
extern const char *const *const tl_schema_steps;
extern const int tl_schema_version;
extern const struct tl_vocabulary tl_gauges;
bool tl_schema_write_words(struct tl_store *store);

/* Reports what SQLite last said about the store, once a transaction; false. */
bool tl_sql_fail(struct tl_store *store, int code);
bool tl_sql_fail_file(struct tl_store *store, int error); /* errno of a temporary file */
/* Ready to be stepped, with its parameters: i int64_t, d the same but TL_NO_TIME is NULL, w the same
 * but 0 is NULL, t text or NULL, b bytes and size_t. */
sqlite3_stmt *tl_sql(struct tl_store *store, const char *sql, const char *types, ...);
sqlite3_stmt *tl_sql_list(struct tl_store *store, const char *sql, const char *types, va_list args);
bool tl_sql_row(struct tl_store *store, sqlite3_stmt *statement); /* false at the end: it is reset */
void tl_sql_end(sqlite3_stmt *statement);			   /* before the end */
bool tl_sql_run(struct tl_store *store, const char *sql, const char *types, ...);
bool tl_sql_run_list(struct tl_store *store, const char *sql, const char *types, va_list args);
int64_t tl_sql_number(struct tl_store *store, const char *sql, const char *types, ...);
bool tl_sql_script(struct tl_store *store, const char *sql);
/* Between transactions: whether SQLite looks at every reference. What writes a lot refers to nothing
 * but what it looked up itself; `doctor` looks at all of them. */
void tl_sql_check_references(struct tl_store *store, bool check);
/* Writing transactions begin IMMEDIATE. end commits, or rolls back where something failed. */
bool tl_sql_begin(struct tl_store *store);
bool tl_sql_commit(struct tl_store *store);
void tl_sql_rollback(struct tl_store *store);

/* For whoever watches, with each record. */
void tl_tick(struct tl_store *store, size_t done, size_t total, const char *what);

/* ---- names.c ------------------------------------------------------------------------------ */
int64_t tl_name(struct tl_store *store, const char *text); /* 0 for NULL; added where it is new */
int64_t tl_place_of(struct tl_store *store, const char *journey, const char *touchpoint);
const char *tl_name_text(struct tl_store *store, int64_t id); /* of few: sources */
/* The touchpoint "" of a journey, which stands for the journey itself. */
int64_t tl_place_of_all(struct tl_store *store, int64_t journey);
void tl_names_forget(struct tl_store *store);

/* ---- numbers.c ---------------------------------------------------------------------------- */
bool tl_numbers_add(struct numbers *set, int64_t number); /* false where it was there */
bool tl_numbers_has(const struct numbers *set, int64_t number);
void tl_numbers_clear(struct numbers *set);
void tl_numbers_release(struct numbers *set);

/* ---- customer.c --------------------------------------------------------------------------- */
int64_t tl_customer_of(struct tl_store *store, const struct tl_record *record); /* 0: nobody */
int64_t tl_customer_now(const struct tl_store *store, int64_t customer); /* of a record as it is written */
/* Whether all that identifies the record's customer is known as this one's. */
bool tl_customer_is(struct tl_store *store, int64_t customer, const struct tl_record *record);

/* ---- rules.c, bind.c ---------------------------------------------------------------------- */
bool tl_rules_load(struct tl_store *store);
void tl_bind_named(struct tl_store *store, int64_t id, const struct tl_record *record,
	int64_t badness, const struct rule *rules, size_t count);
void tl_bind_matches(struct tl_store *store);

void tl_text_index_again(struct tl_store *store); /* copy.c */
/* Before the full-text indices are used. Codes of SQLite. */
int tl_stem_set_up(struct tl_store *store);
int tl_span_set_up(struct tl_store *store);
fts5_api *tl_fts5(struct tl_store *store); /* NULL where there is none */
void tl_text_index_words(struct tl_store *store);
void tl_text_index_parts(struct tl_store *store);

/* ---- bulk.c --------------------------------------------------------------------------------- */
bool tl_bulk_begin(struct tl_store *store); /* begins the transaction, or else does nothing */
/* False where it may be there already; then all that was put is in its table. */
bool tl_bulk_is_new(struct tl_store *store, const char *source, const char *external_id);
void tl_bulk_write(struct tl_store *store);	     /* the rows that wait */
void tl_bulk_write_customers(struct tl_store *store); /* those in memory; there they end */
void tl_bulk_indices(struct tl_store *store); /* those that are still to be made */
void tl_bulk_finish(struct tl_store *store);	     /* all that a run ends with */
void tl_bulk_end(struct tl_store *store);     /* behind the transaction */

/* ---- rollup.c, gather.c --------------------------------------------------------------------- */
int64_t tl_tally(struct tl_store *store, const char *name);
/* Before a customer's records, or a record of nobody (−id), change that may be settled. */
void tl_roll_touch(struct tl_store *store, int64_t whose);
void tl_roll_put_back(struct tl_store *store); /* what was touched; writes */
/* Records that wait: within a transaction, or in one of its own that keeps others out only while
 * it writes. */
void tl_roll_settle(struct tl_store *store);
/* Of a first import: what counts, by customer (it is freed), is counted while something else is done. */
struct sorter;
void tl_roll_settle_first(
	struct tl_store *store, struct sorter *facts, void (*meanwhile)(struct tl_store *store));
void tl_roll_tally(struct tl_store *store, bool bound); /* a record of it */
bool tl_roll_settle_run(struct tl_store *store);
bool tl_roll_is_settled(struct tl_store *store);
bool tl_roll_everything(struct tl_store *store);
void tl_roll_clear(struct tl_store *store); /* what was not written is nothing */
void tl_roll_add(struct tl_store *store, const struct roll_key *key, const struct roll_sums *sums);
void tl_roll_write(struct tl_store *store);
void tl_roll_drop(struct tl_store *store);

#endif
