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
	/* Words of a batch gather in memory: fewer parts of an index are to be merged. In bytes. */
	"INSERT INTO record_text (record_text, rank) VALUES ('hashsize', 12000000);"

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

	"CREATE TABLE tally (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
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

	/* The words behind numbers, and what others may read. */
	"CREATE TABLE vocabulary (list TEXT NOT NULL, number INTEGER NOT NULL, word TEXT NOT NULL,"
	" PRIMARY KEY (list, number)) STRICT, WITHOUT ROWID;"
	"CREATE VIEW places (id, journey, touchpoint) AS SELECT t.id, j.text, n.text"
	" FROM touchpoint t JOIN word j ON j.id = t.journey JOIN word n ON n.id = t.name;"

	"CREATE VIEW records (id, source, external_id, kind, customer, created, updated, replied,"
	" resolved, exported, channel, segment, language, handoffs, reopens, sentiment, badness,"
	" tags, fields, text) AS SELECT r.id, s.text, r.external_id, k.word, r.customer,"
	" strftime('%Y-%m-%dT%H:%M:%SZ', r.created, 'unixepoch'),"
	" strftime('%Y-%m-%dT%H:%M:%SZ', r.updated, 'unixepoch'),"
	" strftime('%Y-%m-%dT%H:%M:%SZ', r.replied, 'unixepoch'),"
	" strftime('%Y-%m-%dT%H:%M:%SZ', r.resolved, 'unixepoch'),"
	" strftime('%Y-%m-%dT%H:%M:%SZ', r.exported, 'unixepoch'), c.text, g.text, l.text,"
	" r.handoffs, r.reopens, r.sentiment / 10000.0, r.badness / 1000.0, r.tags, r.fields, r.text"
	" FROM record r JOIN word s ON s.id = r.source"
	" LEFT JOIN vocabulary k ON k.list = 'kind of record' AND k.number = r.kind"
	" LEFT JOIN word c ON c.id = r.channel LEFT JOIN word g ON g.id = r.segment"
	" LEFT JOIN word l ON l.id = r.language;"

	"CREATE VIEW measures (record, number, field, instrument, score, lowest, highest, reverse)"
	" AS SELECT m.record, m.number, m.field, i.word, m.score / 10000.0, m.lowest / 10000.0,"
	" m.highest / 10000.0, m.reverse FROM measure m"
	" LEFT JOIN vocabulary i ON i.list = 'instrument' AND i.number = m.instrument;"

	"CREATE VIEW bindings (record, measure, journey, touchpoint, tier, counts, pain,"
	" expectation, span_start, span_length, source, tag, field, value, match, lang) AS"
	" SELECT b.record, nullif(b.measure, 0), p.journey, p.touchpoint, t.word, b.wins, a.text,"
	" e.text, b.span_start, b.span_length, r.source, r.tag, r.field, r.value, r.match, r.lang"
	" FROM binding b JOIN places p ON p.id = b.touchpoint"
	" LEFT JOIN vocabulary t ON t.list = 'tier' AND t.number = b.tier"
	" LEFT JOIN word a ON a.id = b.pain LEFT JOIN word e ON e.id = b.expectation"
	" LEFT JOIN rule r ON r.id = b.rule;"

	"CREATE VIEW hotspot_evidence (journey, touchpoint, pain, badness, created, channel,"
	" source, external_id, text) AS SELECT b.journey, b.touchpoint, b.pain, r.badness,"
	" r.created, r.channel, r.source, r.external_id, r.text FROM bindings b"
	" JOIN records r ON r.id = b.record WHERE b.counts AND b.measure IS NULL;"

	"CREATE VIEW unbound_records AS SELECT * FROM records r WHERE NOT EXISTS"
	" (SELECT 1 FROM binding b WHERE b.record = r.id AND b.wins);"

	"CREATE VIEW rollups (journey, touchpoint, gauge, subject, day, channel, source, segment,"
	" n, x, sum, squares, promoters, passives) AS SELECT p.journey, p.touchpoint, g.word,"
	" CASE g.word WHEN 'pain' THEN w.text WHEN 'expectation' THEN w.text"
	" WHEN 'kind' THEN f.word WHEN 'next' THEN q.journey || '#' || q.touchpoint"
	" WHEN 'reply-time' THEN r.subject WHEN 'resolution-time' THEN r.subject END,"
	" date(nullif(r.day, -1000000) * 86400, 'unixepoch'), c.text, s.text, m.text,"
	" r.n, r.x, r.sum, r.squares, r.promoters, r.passives FROM rollup r"
	" JOIN places p ON p.id = r.touchpoint"
	" LEFT JOIN vocabulary g ON g.list = 'gauge' AND g.number = r.gauge"
	" LEFT JOIN word w ON w.id = r.subject LEFT JOIN places q ON q.id = r.subject"
	" LEFT JOIN vocabulary f ON f.list = 'kind of friction' AND f.number = r.subject"
	" LEFT JOIN word c ON c.id = r.channel LEFT JOIN word s ON s.id = r.source"
	" LEFT JOIN word m ON m.id = r.segment;"

	"CREATE VIEW notes (id, journey, touchpoint, department, created, text) AS"
	" SELECT n.id, p.journey, p.touchpoint, d.text,"
	" strftime('%Y-%m-%dT%H:%M:%SZ', n.created, 'unixepoch'), n.text FROM note n"
	" LEFT JOIN places p ON p.id = n.touchpoint LEFT JOIN word d ON d.id = n.department;"
	"CREATE VIEW votes (id, journey, touchpoint, pain, department, valence, points, created) AS"
	" SELECT v.id, p.journey, p.touchpoint, a.text, d.text, v.valence / 10000.0, v.points,"
	" strftime('%Y-%m-%dT%H:%M:%SZ', v.created, 'unixepoch') FROM vote v"
	" JOIN places p ON p.id = v.touchpoint LEFT JOIN word a ON a.id = v.pain"
	" JOIN word d ON d.id = v.department;"
	"CREATE VIEW actions (id, journey, pain, owner, text, created, due, done) AS"
	" SELECT a.id, j.text, p.text, a.owner, a.text, date(a.created, 'unixepoch'),"
	" date(a.due, 'unixepoch'), date(a.done, 'unixepoch') FROM action a"
	" JOIN word j ON j.id = a.journey JOIN word p ON p.id = a.pain;"
	"CREATE VIEW imports (id, source, profile, file, started, ended, read, added, updated,"
	" unchanged, rejected) AS SELECT r.id, s.text, r.profile, r.file,"
	" strftime('%Y-%m-%dT%H:%M:%SZ', r.started, 'unixepoch'),"
	" strftime('%Y-%m-%dT%H:%M:%SZ', r.ended, 'unixepoch'), r.read, r.added, r.updated,"
	" r.unchanged, r.rejected FROM run r JOIN word s ON s.id = r.source;",

	/* What kind of friction a note is about. */
	"ALTER TABLE note ADD COLUMN kind INTEGER;"
	"DROP VIEW notes;"
	"CREATE VIEW notes (id, journey, touchpoint, department, created, text, kind) AS"
	" SELECT n.id, p.journey, p.touchpoint, d.text,"
	" strftime('%Y-%m-%dT%H:%M:%SZ', n.created, 'unixepoch'), n.text, f.word FROM note n"
	" LEFT JOIN places p ON p.id = n.touchpoint LEFT JOIN word d ON d.id = n.department"
	" LEFT JOIN vocabulary f ON f.list = 'kind of friction' AND f.number = n.kind;",

	/* Records are counted by journey. A promise that nobody made has the roll-ups made again at the
	 * next command that reads. */
	"INSERT OR IGNORE INTO promise (touchpoint, clock, seconds)"
	" SELECT min(id), -1, 0 FROM touchpoint GROUP BY journey;",

	/* A keyed digest of what the source said; 0: not known. */
	"ALTER TABLE record ADD COLUMN said INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE note ADD COLUMN said INTEGER NOT NULL DEFAULT 0;",

	/* The workshop that a vote or an action is of; NULL: of none, said on the command line. */
	"ALTER TABLE vote ADD COLUMN room TEXT;"
	"ALTER TABLE action ADD COLUMN room TEXT;"
	"CREATE INDEX vote_room ON vote (room) WHERE room IS NOT NULL;"
	"CREATE INDEX action_room ON action (room) WHERE room IS NOT NULL;",
};
const char *const *const tl_schema_steps = steps;
const int tl_schema_version = TL_COUNT(steps);

#define VOCABULARY(name, what, ...)                                                                \
	static const char *const name##_words[] = {__VA_ARGS__};                                   \
	const struct tl_vocabulary name = {what, name##_words, TL_COUNT(name##_words)}
VOCABULARY(tl_record_kinds, "kind of record", "survey", "ticket", "chat", "call", "social",
	"interview", "event", "note");
VOCABULARY(tl_binding_tiers, "tier", "unbound", "match", "named", "confirmed");
/* In the order of enum tl_gauge. */
VOCABULARY(tl_gauges, "gauge", "csat", "nps", "ces", "rating", "visits", "episodes", "effort-seen",
	"contacts", "first-contact", "reply-late", "resolution-late", "voice", "pain",
	"expectation", "kind", "reply-time", "resolution-time", "next", "records");
_Static_assert(TL_COUNT(tl_gauges_words) == TL_GAUGES, "every gauge has its word");

bool tl_schema_write_words(struct tl_store *store)
{
	static const char sql[] =
		"INSERT OR REPLACE INTO vocabulary (list, number, word) VALUES (?, ?, ?)";
	static const struct tl_vocabulary *const lists[] = {&tl_record_kinds, &tl_binding_tiers,
		&tl_gauges, &tl_instruments, &tl_friction_kinds, &tl_clocks};

	for (size_t i = 0; i < TL_COUNT(lists); i++)
		for (size_t k = 0; k < lists[i]->count; k++)
			tl_sql_run(store, sql, "tit", lists[i]->name, (int64_t)k, lists[i]->words[k]);
	return !store->failed;
}
