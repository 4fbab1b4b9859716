/* store: filters, as statements take them; and the words that they may ask for. */
#include "store/filter.h"

const struct tl_filter tl_filter_none = {.since = TL_NO_TIME, .until = TL_NO_TIME};

bool tl_filter_is_none(const struct tl_filter *filter)
{
	return filter->since == TL_NO_TIME && filter->until == TL_NO_TIME &&
	       !filter->sources.count && !filter->channels.count && !filter->segments.count;
}

static void put_list(struct tl_buf *out, const struct tl_choice *choice)
{
	for (size_t i = 0; i < choice->count; i++) {
		tl_buf_putc(out, i ? ',' : '[');
		tl_buf_json(out, choice->list[i]);
	}
	if (choice->count)
		tl_buf_putc(out, ']');
}

struct filter_texts tl_filter_open(const struct tl_filter *filter)
{
	struct filter_texts texts = {.filter = filter};

	put_list(&texts.sources, &filter->sources);
	put_list(&texts.channels, &filter->channels);
	put_list(&texts.segments, &filter->segments);
	return texts;
}

void tl_filter_close(struct filter_texts *texts)
{
	tl_buf_release(&texts->sources);
	tl_buf_release(&texts->channels);
	tl_buf_release(&texts->segments);
}

static bool list_words(
	struct tl_store *store, struct tl_arena *arena, const char *sql, struct tl_choice *words)
{
	const char **list = NULL;
	size_t capacity = 0;
	sqlite3_stmt *row;

	store->failed = false;
	*words = (struct tl_choice){0};
	row = tl_sql(store, sql, "");
	while (tl_sql_row(store, row)) {
		list = tl_arena_grow(arena, list, words->count, &capacity, sizeof *list);
		list[words->count++] =
			tl_arena_strdup(arena, (const char *)sqlite3_column_text(row, 0));
	}
	words->list = list;
	return !store->failed;
}

bool tl_store_words(struct tl_store *store, struct tl_arena *arena, enum tl_dimension dimension,
	struct tl_choice *words)
{
	static const char sources[] = "SELECT text FROM word WHERE id IN"
				      " (SELECT source FROM record) ORDER BY text";
	static const char channels[] = "SELECT text FROM word WHERE id IN"
				       " (SELECT channel FROM record) ORDER BY text";
	static const char segments[] = "SELECT text FROM word WHERE id IN"
				       " (SELECT segment FROM record) ORDER BY text";
	static const char *const all[] = {[TL_BY_SOURCE] = sources, [TL_BY_CHANNEL] = channels,
		[TL_BY_SEGMENT] = segments};

	return list_words(store, arena, all[dimension], words);
}

bool tl_store_sources(struct tl_store *store, struct tl_arena *arena, struct tl_choice *sources)
{
	static const char sql[] =
		"SELECT text FROM word WHERE id IN (SELECT source FROM run) ORDER BY text";

	return list_words(store, arena, sql, sources);
}

bool tl_store_journeys(struct tl_store *store, struct tl_arena *arena, struct tl_choice *journeys)
{
	static const char sql[] =
		"SELECT text FROM word WHERE id IN (SELECT journey FROM touchpoint) ORDER BY text";

	return list_words(store, arena, sql, journeys);
}

bool tl_store_knows_anybody(struct tl_store *store)
{
	static const char sql[] = "SELECT EXISTS (SELECT 1 FROM alias)";

	store->failed = false;
	return tl_sql_number(store, sql, "") != 0;
}

bool tl_store_knows_word(struct tl_store *store, const char *word)
{
	static const char sql[] = "SELECT id FROM word WHERE text = ?";

	store->failed = false;
	return tl_sql_number(store, sql, "t", word) != 0;
}
