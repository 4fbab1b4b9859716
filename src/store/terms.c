/* store: what recurs in records that nobody listens to, so that somebody can.
 *
 * Tags and fields are counted. Of words, and pairs of neighbours, those are chosen one after the
 * other that bring in most records which no term before brought in; a pair says more than a word, so
 * it may bring in fewer. The newest texts are looked at, not all: what recurs shows in thousands.
 */
#include "store/bind.h"
#include "store/filter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXTS = 5000, SHORTEST = 3 };

/* Words that every text has, in the languages of the maps; others fall to the half of all texts. */
static const char stop_words[] =
	" a about after all also am an and any are as at be because been but by can cannot could did do"
	" does don for from get got had has have he her him his how if in into is it its just me more"
	" my no not now of on or our out she so some than that the their them then there they this to"
	" too up us very was we were what when where which who why will with would you your"
	" aber als am an auch auf aus bei bin bis das dass dem den der des die doch ein eine einem einen"
	" einer er es für habe haben hat hatte ich ihr im in ist ja kann kein keine mein meine mich mir"
	" mit nach nicht noch nur oder schon sehr sein sich sie sind so und uns von vor war was wenn wie"
	" wir wird wurde zu zum zur"
	" au avec ce cette dans de des du elle en est et il je la le les leur mais me mes mon ne nous on"
	" ou par pas plus pour que qui sans se son sur un une vous"
	" al como con del el ella ellos era es esta este fue ha han hay la las lo los me mi muy nos para"
	" pero por porque que se sin su sus un una y ya yo ";

struct word {
	const char *text;
	uint32_t *texts; /* that have it, rising */
	size_t count, capacity;
	bool pair;
};
struct words {
	struct tl_arena *arena;
	struct tl_table table;
	struct word **list;
	size_t count, capacity;
	int64_t *ids; /* of the texts */
	bool *covered;
	uint32_t text_count;
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

static bool is_stop_word(const char *word)
{
	char wanted[TL_WORD_LONGEST + 3];

	snprintf(wanted, sizeof wanted, " %s ", word);
	return strstr(stop_words, wanted) != NULL;
}

static void count_word(struct words *words, const char *text, bool pair)
{
	struct word *word = tl_table_get(&words->table, text);

	if (!word) {
		word = tl_arena_new(words->arena, struct word);
		word->text = tl_arena_strdup(words->arena, text);
		word->pair = pair;
		tl_table_set(&words->table, word->text, word);
		words->list = tl_arena_grow(words->arena, words->list, words->count,
			&words->capacity, sizeof(struct word *));
		words->list[words->count++] = word;
	}
	if (word->count && word->texts[word->count - 1] == words->text_count)
		return;
	word->texts = tl_arena_grow(
		words->arena, word->texts, word->count, &word->capacity, sizeof *word->texts);
	word->texts[word->count++] = words->text_count;
}

/* What was masked ("[email]") is no word. */
bool tl_word_next(const char **p, char word[static TL_WORD_LONGEST + 1], bool *apart)
{
	const char *s = *p;
	size_t n = 0;

	for (; *s && !is_letter(*s); s++) {
		*apart |= !strchr(" \t\n", *s);
		if (*s == '[' && strchr(s, ']'))
			s = strchr(s, ']');
	}
	for (; is_letter(*s); s++)
		if (n < TL_WORD_LONGEST)
			word[n++] = *s >= 'A' && *s <= 'Z' ? (char)(*s + 32) : *s;
	/* Never half a character. */
	word[n] = '\0';
	word[tl_utf8_check(word, n)] = '\0';
	*p = s;
	return n > 0;
}

bool tl_word_tells(const char *word)
{
	return !is_stop_word(word) && tl_utf8_length(word, strlen(word)) >= SHORTEST;
}

static void count_text(struct words *words, const char *text)
{
	char word[TL_WORD_LONGEST + 1], before[TL_WORD_LONGEST + 1] = "", pair[2 * TL_WORD_LONGEST + 2];
	bool apart = false;

	while (tl_word_next(&text, word, &apart)) {
		if (apart)
			before[0] = '\0';
		apart = false;
		if (!tl_word_tells(word)) {
			before[0] = '\0';
			continue;
		}
		count_word(words, word, false);
		if (before[0]) {
			snprintf(pair, sizeof pair, "%s %s", before, word);
			count_word(words, pair, true);
		}
		memcpy(before, word, sizeof before);
	}
}

static size_t gain(const struct words *words, const struct word *word)
{
	size_t fresh = 0;

	for (size_t i = 0; i < word->count; i++)
		fresh += !words->covered[word->texts[i]];
	return word->pair ? 3 * fresh : 2 * fresh;
}

/* The best word left, and how many texts it would bring in; NULL where none brings two. */
static struct word *best_word(const struct words *words)
{
	struct word *best = NULL;
	size_t most = 3;

	for (size_t i = 0; i < words->count; i++) {
		struct word *word = words->list[i];
		size_t gained;

		if (word->count < 2 || (words->text_count >= 20 && 2 * word->count > words->text_count) ||
			(word->pair ? 3 : 2) * word->count < most)
			continue;
		gained = gain(words, word);
		if (gained > most || (gained == most && best && strcmp(word->text, best->text) < 0)) {
			best = word;
			most = gained;
		}
	}
	return best;
}

struct terms {
	struct tl_arena *arena;
	struct tl_term *list;
	size_t count, capacity;
};

static void add_term(struct terms *terms, struct tl_term term)
{
	term.text = tl_arena_strdup(terms->arena, term.text);
	term.value = term.value ? tl_arena_strdup(terms->arena, term.value) : NULL;
	terms->list = tl_arena_grow(terms->arena, terms->list, terms->count, &terms->capacity,
		sizeof *terms->list);
	terms->list[terms->count++] = term;
}

static void choose_words(struct words *words, struct terms *terms, size_t limit)
{
	words->covered = tl_arena_array(words->arena, bool, words->text_count + 1);
	for (const struct word *word; limit && (word = best_word(words)); limit--) {
		add_term(terms, (struct tl_term){TL_TERM_WORDS, word->text, NULL, word->count,
					words->ids[word->texts[0]]});
		for (size_t i = 0; i < word->count; i++)
			words->covered[word->texts[i]] = true;
	}
}

#define FROM_UNBOUND(more)                                                                         \
	" FROM record r JOIN word s ON s.id = r.source LEFT JOIN word c ON c.id = r.channel"       \
	" LEFT JOIN word g ON g.id = r.segment" more                                               \
	" WHERE" FILTER " AND NOT EXISTS"                                                          \
	" (SELECT 1 FROM binding b WHERE b.record = r.id AND b.wins)"

static sqlite3_stmt *ask(
	struct tl_store *store, const char *sql, const struct filter_texts *asked, size_t limit)
{
	return tl_sql(store, sql, "ddttti", FILTER_GIVEN(*asked), (int64_t)limit);
}

static void count_lists(
	struct tl_store *store, struct terms *terms, const struct filter_texts *asked, size_t limit)
{
	static const char tags[] =
		"SELECT 0, t.value, NULL, count(DISTINCT r.id) AS n, max(r.id)" FROM_UNBOUND(
			", json_each(r.tags) t") " GROUP BY t.value HAVING n > 1 ORDER BY n DESC, t.value"
						 " LIMIT ?6";
	static const char fields[] =
		"SELECT 1, t.key, t.value, count(DISTINCT r.id) AS n, max(r.id)" FROM_UNBOUND(
			", json_each(r.fields) t") " GROUP BY t.key, t.value HAVING n > 1"
						   " ORDER BY n DESC, t.key, t.value LIMIT ?6";
	const char *const both[] = {tags, fields};

	for (size_t i = 0; i < TL_COUNT(both); i++) {
		sqlite3_stmt *row = ask(store, both[i], asked, limit);

		while (tl_sql_row(store, row))
			add_term(terms,
				(struct tl_term){(enum tl_term_kind)sqlite3_column_int(row, 0),
					(const char *)sqlite3_column_text(row, 1),
					(const char *)sqlite3_column_text(row, 2),
					(size_t)sqlite3_column_int64(row, 3),
					sqlite3_column_int64(row, 4)});
	}
}

static void count_words(
	struct tl_store *store, struct terms *terms, const struct filter_texts *asked, size_t limit)
{
	static const char texts[] = "SELECT r.id, r.text" FROM_UNBOUND(
		"") " AND r.text IS NOT NULL ORDER BY r.id DESC LIMIT ?6";
	struct tl_arena arena;
	struct words words = {.arena = &arena};
	sqlite3_stmt *row = ask(store, texts, asked, TEXTS);

	tl_arena_init(&arena);
	tl_table_init(&words.table, &arena);
	words.ids = tl_arena_array(&arena, int64_t, TEXTS);
	while (tl_sql_row(store, row)) {
		words.ids[words.text_count] = sqlite3_column_int64(row, 0);
		count_text(&words, (const char *)sqlite3_column_text(row, 1));
		words.text_count++;
	}
	choose_words(&words, terms, limit);
	tl_arena_release(&arena);
}

bool tl_store_terms(struct tl_store *store, struct tl_arena *arena, const struct tl_filter *filter,
	size_t limit, struct tl_term **terms, size_t *count)
{
	struct terms found = {.arena = arena};
	struct filter_texts asked = tl_filter_open(filter);

	store->failed = false;
	count_lists(store, &found, &asked, limit);
	count_words(store, &found, &asked, limit);
	tl_filter_close(&asked);
	*terms = found.list;
	*count = found.count;
	return !store->failed;
}
