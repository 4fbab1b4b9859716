/* store: the schema, as the steps that lead to it.
 *
 * Append-only: a step that was released is never changed, since stores out there went through it.
 * user_version is the number of steps done. Tables are STRICT; the views at the end of a step are
 * the public contract (touchline-store(5)), the tables are not.
 */
#include "store/store.h"

static const char *const steps[] = {
	/* Names of all kinds are coded once: sources, channels, segments, languages, departments,
	 * pains, expectations, journeys. */
	"CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;"
	"CREATE TABLE touchpoint (id INTEGER PRIMARY KEY,"
	" journey INTEGER NOT NULL REFERENCES word, name INTEGER NOT NULL REFERENCES word,"
	" UNIQUE (journey, name)) STRICT;"

	/* One person under several identifiers; merged_into keeps old pseudonyms good. */
	"CREATE TABLE customer (id INTEGER PRIMARY KEY,"
	" merged_into INTEGER REFERENCES customer) STRICT;"
	"CREATE TABLE alias (hash BLOB PRIMARY KEY,"
	" customer INTEGER NOT NULL REFERENCES customer) STRICT, WITHOUT ROWID;"
	"CREATE INDEX alias_customer ON alias (customer);"
	"CREATE INDEX customer_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;"

	/* Wide columns last: what only counts does not read them. */
	"CREATE TABLE record (id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES word,"
	" external_id TEXT NOT NULL, digest INTEGER NOT NULL, customer INTEGER REFERENCES customer,"
	" kind INTEGER NOT NULL, created INTEGER, updated INTEGER, replied INTEGER,"
	" resolved INTEGER, exported INTEGER, channel INTEGER REFERENCES word,"
	" segment INTEGER REFERENCES word, language INTEGER REFERENCES word,"
	" handoffs INTEGER, reopens INTEGER, sentiment INTEGER,"
	" friction_kinds INTEGER NOT NULL, measures INTEGER NOT NULL, badness INTEGER NOT NULL,"
	" journey TEXT, touchpoint TEXT, tags TEXT, fields TEXT, text TEXT,"
	" UNIQUE (source, external_id)) STRICT;"
	"CREATE INDEX record_customer ON record (customer) WHERE customer IS NOT NULL;"
	"CREATE TABLE measure (record INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,"
	" number INTEGER NOT NULL, field TEXT NOT NULL, instrument INTEGER NOT NULL,"
	" score INTEGER NOT NULL, lowest INTEGER, highest INTEGER, reverse INTEGER NOT NULL,"
	" PRIMARY KEY (record, number)) STRICT, WITHOUT ROWID;"
	"CREATE VIRTUAL TABLE record_text USING fts5(text, content='record', content_rowid='id',"
	" tokenize='porter unicode61');"
	"CREATE VIRTUAL TABLE record_trigram USING fts5(text, content='record',"
	" content_rowid='id', tokenize='trigram');"

	"CREATE TABLE rule (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE,"
	" journey TEXT NOT NULL, touchpoint TEXT NOT NULL, source TEXT, tag TEXT, field TEXT,"
	" value TEXT, match TEXT, lang TEXT, instrument INTEGER, pain TEXT, expectation TEXT)"
	" STRICT;"
	"CREATE TABLE promise (touchpoint INTEGER NOT NULL REFERENCES touchpoint,"
	" clock INTEGER NOT NULL, seconds INTEGER NOT NULL,"
	" PRIMARY KEY (touchpoint, clock)) STRICT, WITHOUT ROWID;"
	/* Every hit of every rule is kept; `wins` says which of them count. measure 0 is the record
	 * itself, else the number of the measure. */
	"CREATE TABLE binding (record INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,"
	" measure INTEGER NOT NULL, touchpoint INTEGER NOT NULL REFERENCES touchpoint,"
	" rule INTEGER NOT NULL, tier INTEGER NOT NULL, journey INTEGER NOT NULL REFERENCES word,"
	" wins INTEGER NOT NULL, instrument INTEGER, pain INTEGER REFERENCES word,"
	" expectation INTEGER REFERENCES word, span_start INTEGER, span_length INTEGER,"
	" badness INTEGER NOT NULL,"
	" PRIMARY KEY (record, measure, touchpoint, rule)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX binding_worst ON binding (touchpoint, badness) WHERE wins;"
	"CREATE INDEX binding_pain ON binding (touchpoint, pain, badness)"
	" WHERE wins AND pain IS NOT NULL;"
	"CREATE INDEX binding_rule ON binding (rule);"

	"CREATE TABLE rollup (touchpoint INTEGER NOT NULL REFERENCES touchpoint,"
	" gauge INTEGER NOT NULL, subject INTEGER NOT NULL, day INTEGER NOT NULL,"
	" channel INTEGER NOT NULL, source INTEGER NOT NULL, segment INTEGER NOT NULL,"
	" n INTEGER NOT NULL, x INTEGER NOT NULL, sum INTEGER NOT NULL, squares INTEGER NOT NULL,"
	" promoters INTEGER NOT NULL, passives INTEGER NOT NULL,"
	" PRIMARY KEY (touchpoint, gauge, subject, day, channel, source, segment))"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE total (touchpoint INTEGER NOT NULL REFERENCES touchpoint,"
	" gauge INTEGER NOT NULL, subject INTEGER NOT NULL, segment INTEGER NOT NULL,"
	" n INTEGER NOT NULL, x INTEGER NOT NULL, sum INTEGER NOT NULL, squares INTEGER NOT NULL,"
	" promoters INTEGER NOT NULL, passives INTEGER NOT NULL,"
	" PRIMARY KEY (touchpoint, gauge, subject, segment)) STRICT, WITHOUT ROWID;"

	/* What the room says is never mixed with records. */
	"CREATE TABLE note (id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES word,"
	" external_id TEXT NOT NULL, digest INTEGER NOT NULL, created INTEGER, updated INTEGER,"
	" touchpoint INTEGER REFERENCES touchpoint, department INTEGER REFERENCES word, text TEXT,"
	" UNIQUE (source, external_id)) STRICT;"
	"CREATE INDEX note_touchpoint ON note (touchpoint);"
	"CREATE TABLE vote (id INTEGER PRIMARY KEY, created INTEGER NOT NULL,"
	" touchpoint INTEGER NOT NULL REFERENCES touchpoint, pain INTEGER REFERENCES word,"
	" department INTEGER NOT NULL REFERENCES word, valence INTEGER, points INTEGER) STRICT;"
	"CREATE INDEX vote_touchpoint ON vote (touchpoint);"
	"CREATE TABLE action (id INTEGER PRIMARY KEY, created INTEGER NOT NULL,"
	" journey INTEGER NOT NULL REFERENCES word, pain INTEGER NOT NULL REFERENCES word,"
	" owner TEXT, text TEXT NOT NULL, due INTEGER, done INTEGER) STRICT;"

	"CREATE TABLE run (id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES word,"
	" profile TEXT, file TEXT, started INTEGER NOT NULL, ended INTEGER,"
	" read INTEGER NOT NULL, added INTEGER NOT NULL, updated INTEGER NOT NULL,"
	" unchanged INTEGER NOT NULL, rejected INTEGER NOT NULL) STRICT;",
};
const char *const *const tl_schema_steps = steps;
const int tl_schema_version = TL_COUNT(steps);
