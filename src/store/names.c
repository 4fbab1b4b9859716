/* store: names are numbers inside. What was looked up once is remembered while it is certain, that
 * is, until a transaction is rolled back. */
#include "store/store.h"

#include <stdio.h>

int64_t tl_name(struct tl_store *store, const char *text)
{
	static const char find[] = "SELECT id FROM word WHERE text = ?";
	static const char add[] = "INSERT INTO word (text) VALUES (?)";
	int64_t id;

	if (!text)
		return 0;
	id = (int64_t)(intptr_t)tl_table_get(&store->words, text);
	if (id)
		return id;
	id = tl_sql_number(store, find, "t", text);
	if (!id && tl_sql_run(store, add, "t", text))
		id = sqlite3_last_insert_rowid(store->db);
	if (id && !store->failed)
		tl_table_set(&store->words, tl_arena_strdup(&store->names, text),
			(void *)(intptr_t)id);
	return id;
}

static int64_t place_at(struct tl_store *store, int64_t j, int64_t t)
{
	static const char find[] = "SELECT id FROM touchpoint WHERE journey = ? AND name = ?";
	static const char add[] = "INSERT INTO touchpoint (journey, name) VALUES (?, ?)";
	int64_t id;
	char key[48];

	snprintf(key, sizeof key, "%lld#%lld", (long long)j, (long long)t);
	id = (int64_t)(intptr_t)tl_table_get(&store->touchpoints, key);
	if (!id) {
		id = tl_sql_number(store, find, "ii", j, t);
		if (!id && tl_sql_run(store, add, "ii", j, t))
			id = sqlite3_last_insert_rowid(store->db);
		if (id && !store->failed)
			tl_table_set(&store->touchpoints,
				tl_arena_strdup(&store->names, key), (void *)(intptr_t)id);
	}
	return id;
}

const char *tl_name_text(struct tl_store *store, int64_t id)
{
	static const char sql[] = "SELECT text FROM word WHERE id = ?";
	const char *text = "";
	sqlite3_stmt *row;

	for (size_t i = 0; i < store->text_count; i++)
		if (store->texts[i].id == id)
			return store->texts[i].text;
	row = tl_sql(store, sql, "i", id);
	if (!tl_sql_row(store, row))
		return text;
	text = tl_arena_strdup(&store->names, (const char *)sqlite3_column_text(row, 0));
	tl_sql_end(row);
	store->texts = tl_arena_grow(&store->names, store->texts, store->text_count,
		&store->text_capacity, sizeof *store->texts);
	store->texts[store->text_count++] = (struct name_text){id, text};
	return text;
}

int64_t tl_place_of(struct tl_store *store, const char *journey, const char *touchpoint)
{
	int64_t j = tl_name(store, journey);

	return place_at(store, j, tl_name(store, touchpoint));
}

int64_t tl_place_of_all(struct tl_store *store, int64_t journey)
{
	int64_t place;

	for (size_t i = 0; i < store->all_count; i++)
		if (store->alls[i].journey == journey)
			return store->alls[i].place;
	place = place_at(store, journey, tl_name(store, ""));
	store->alls = tl_arena_grow(&store->names, store->alls, store->all_count,
		&store->all_capacity, sizeof *store->alls);
	if (!store->failed)
		store->alls[store->all_count++] = (struct name_all){journey, place};
	return place;
}

void tl_names_forget(struct tl_store *store)
{
	store->texts = NULL;
	store->text_count = store->text_capacity = 0;
	store->alls = NULL;
	store->all_count = store->all_capacity = 0;
	tl_arena_release(&store->names);
	tl_arena_init(&store->names);
	tl_table_init(&store->words, &store->names);
	tl_table_init(&store->touchpoints, &store->names);
}
