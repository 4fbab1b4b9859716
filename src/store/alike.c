/* store: unbound records that read like those of a touchpoint, for a person to confirm.
 *
 * What is typical of a touchpoint is told by the texts that people confirmed there, or that name it:
 * words that many of them have, more than twice as often as all texts do. The index is asked for any
 * of those words, and ranks by bm25. All is bounded: the newest texts are looked at, words that very
 * many records have are no witness, and the lists of the words chosen are no longer than READ
 * together.
 */
#include "store/bind.h"
#include "store/filter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXTS = 200, CANDIDATES = 40, CHOSEN = 10, COMMON = 50000, READ = 200000, TWICE = 2 };

struct candidate {
	const char *word;
	size_t texts; /* of the touchpoint, that have it */
	size_t last;  /* the text that it was counted in last, from 1 */
	int64_t records;
	double weight;
};
struct typical {
	struct tl_arena arena;
	struct tl_table table;
	struct candidate **list;
	size_t count, capacity, texts;
};

/* ---- words of the touchpoint --------------------------------------------------------------------- */

static void count_word(struct typical *typical, const char *word)
{
	struct candidate *candidate = tl_table_get(&typical->table, word);

	if (!candidate) {
		candidate = tl_arena_new(&typical->arena, struct candidate);
		candidate->word = tl_arena_strdup(&typical->arena, word);
		tl_table_set(&typical->table, candidate->word, candidate);
		typical->list = tl_arena_grow(&typical->arena, typical->list, typical->count,
			&typical->capacity, sizeof(struct candidate *));
		typical->list[typical->count++] = candidate;
	}
	if (candidate->last == typical->texts)
		return;
	candidate->last = typical->texts;
	candidate->texts++;
}

static void read_texts(struct tl_store *store, struct typical *typical, int64_t place)
{
	static const char sql[] =
		"SELECT r.text FROM (SELECT DISTINCT record, tier FROM binding WHERE touchpoint = ?"
		" AND wins AND measure = 0 AND tier >= ? ORDER BY tier DESC, record DESC) b"
		" CROSS JOIN record r ON r.id = b.record WHERE r.text IS NOT NULL LIMIT ?";
	sqlite3_stmt *row =
		tl_sql(store, sql, "iii", place, (int64_t)TIER_NAMED, (int64_t)TEXTS);
	char word[TL_WORD_LONGEST + 1];

	while (tl_sql_row(store, row)) {
		const char *text = (const char *)sqlite3_column_text(row, 0);
		bool apart = false;

		typical->texts++;
		while (tl_word_next(&text, word, &apart))
			if (tl_word_tells(word))
				count_word(typical, word);
	}
}

/* ---- those that tell it from others --------------------------------------------------------------- */

static int most_texts_first(const void *a, const void *b)
{
	const struct candidate *x = *(struct candidate *const *)a;
	const struct candidate *y = *(struct candidate *const *)b;

	if (x->texts != y->texts)
		return x->texts < y->texts ? 1 : -1;
	return strcmp(x->word, y->word);
}

static int heaviest_first(const void *a, const void *b)
{
	const struct candidate *x = *(struct candidate *const *)a;
	const struct candidate *y = *(struct candidate *const *)b;

	if (x->weight < y->weight || x->weight > y->weight)
		return x->weight < y->weight ? 1 : -1;
	return strcmp(x->word, y->word);
}

/* How many records have it; no more than COMMON are counted. */
static int64_t count_records(struct tl_store *store, const char *word)
{
	static const char sql[] = "SELECT count(*) FROM (SELECT 1 FROM record_text WHERE record_text"
				  " MATCH ? LIMIT ?)";
	struct tl_buf phrase = {0};
	int64_t found;

	tl_buf_printf(&phrase, "\"%s\"", word);
	found = tl_sql_number(store, sql, "ti", phrase.data, (int64_t)COMMON);
	tl_buf_release(&phrase);
	return found;
}

/* In how many of its texts it stands, times how rare it is in all. */
static void weigh(struct tl_store *store, struct typical *typical)
{
	static const char sql[] = "SELECT max(id) FROM record";
	double all = (double)tl_sql_number(store, sql, "");

	if (!typical->count)
		return;
	qsort(typical->list, typical->count, sizeof *typical->list, most_texts_first);
	if (typical->count > CANDIDATES)
		typical->count = CANDIDATES;
	for (size_t i = 0; i < typical->count; i++) {
		struct candidate *word = typical->list[i];
		double here = (double)word->texts / (double)typical->texts;

		/* One text of many may have any word. */
		if (typical->texts > 3 && word->texts < 2)
			continue;
		word->records = count_records(store, word->word);
		if (!word->records)
			continue;
		if (word->records < COMMON && here * all > TWICE * (double)word->records)
			word->weight = here * log(all / (double)word->records);
	}
	qsort(typical->list, typical->count, sizeof *typical->list, heaviest_first);
}

/* "late" OR "parcel"; how many words there are. */
static size_t put_query(struct tl_buf *out, const struct typical *typical)
{
	size_t chosen = 0;
	int64_t read = 0;

	for (size_t i = 0; i < typical->count && chosen < CHOSEN; i++) {
		const struct candidate *word = typical->list[i];

		if (!(word->weight > 0) || read + word->records > READ)
			continue;
		read += word->records;
		tl_buf_printf(out, "%s\"%s\"", chosen++ ? " OR " : "", word->word);
	}
	return chosen;
}

/* ---- records that have them ------------------------------------------------------------------------ */

enum { MARK_BEGIN = 2, MARK_END = 3 };

/* Whether at least two different words are marked. */
static bool has_two(const char *marked)
{
	const char *first = strchr(marked, MARK_BEGIN), *next = first;
	size_t n;

	if (!first)
		return false;
	n = strcspn(++first, "\3");
	while ((next = strchr(next + 1, MARK_BEGIN)))
		if (strcspn(next + 1, "\3") != n || sqlite3_strnicmp(next + 1, first, (int)n) != 0)
			return true;
	return false;
}

static void read_alike(struct tl_store *store, const char *query, bool two,
	const struct tl_filter *filter, size_t limit, struct tl_alike *list, size_t *count)
{
	static const char sql[] =
		"SELECT r.id, t.rank, highlight(record_text, 0, char(2), char(3)) FROM record_text t"
		" CROSS JOIN record r ON r.id = t.rowid JOIN word s ON s.id = r.source"
		" LEFT JOIN word c ON c.id = r.channel LEFT JOIN word g ON g.id = r.segment"
		" WHERE record_text MATCH ?6 AND" FILTER " AND NOT EXISTS"
		" (SELECT 1 FROM binding b WHERE b.record = r.id AND b.wins) ORDER BY t.rank, r.id";
	struct filter_texts asked = tl_filter_open(filter);
	sqlite3_stmt *row = tl_sql(store, sql, "ddtttt", FILTER_GIVEN(asked), query);
	size_t tries = 20 * limit;

	while (*count < limit && tries-- && tl_sql_row(store, row)) {
		if (two && !has_two((const char *)sqlite3_column_text(row, 2)))
			continue;
		list[(*count)++] = (struct tl_alike){
			sqlite3_column_int64(row, 0), -sqlite3_column_double(row, 1)};
	}
	if (row)
		tl_sql_end(row);
	tl_filter_close(&asked);
}

bool tl_store_alike(struct tl_store *store, struct tl_arena *arena, const char *journey,
	const char *touchpoint, const struct tl_filter *filter, size_t limit,
	struct tl_alike **list, size_t *count)
{
	static const char find[] = "SELECT id FROM places WHERE journey = ? AND touchpoint = ?";
	struct typical typical = {0};
	struct tl_buf query = {0};
	size_t words;

	store->failed = false;
	*list = tl_arena_array(arena, struct tl_alike, limit);
	*count = 0;
	tl_arena_init(&typical.arena);
	tl_table_init(&typical.table, &typical.arena);
	read_texts(store, &typical, tl_sql_number(store, find, "tt", journey, touchpoint));
	weigh(store, &typical);
	words = put_query(&query, &typical);
	if (words)
		read_alike(store, query.data, words > 1, filter, limit, *list, count);
	tl_buf_release(&query);
	tl_arena_release(&typical.arena);
	return !store->failed;
}
