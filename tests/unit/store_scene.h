/* A store in a folder of its own, and records to put into it. */
#ifndef STORE_SCENE_H
#define STORE_SCENE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <sqlite3.h>
#include "touchline/store.h"

struct scene {
	char folder[512];
	struct tl_diags diags;
	struct tl_store *store;
};

static inline int scene_set_up(void **state)
{
	static struct scene scene;
	const char *place = getenv("TMPDIR");

	scene = (struct scene){0};
	snprintf(scene.folder, sizeof scene.folder, "%s/store-XXXXXX", place ? place : "/tmp");
	if (!mkdtemp(scene.folder) || chdir(scene.folder) != 0)
		return -1;
	tl_diags_init(&scene.diags);
	*state = &scene;
	return tl_store_open(&scene.store, &scene.diags, "t.db", TL_STORE_CREATE) ? 0 : -1;
}

static inline int scene_tear_down(void **state)
{
	struct scene *scene = *state;

	tl_store_close(scene->store);
	tl_diags_print(&scene->diags, stderr, false);
	tl_diags_release(&scene->diags);
	return 0;
}

/* A ticket with nothing but its identity. */
static inline struct tl_record record_of(const char *id)
{
	return (struct tl_record){.source = "desk", .external_id = id, .kind = TL_TICKET,
		.created = 1750000000, .updated = TL_NO_TIME, .replied = TL_NO_TIME,
		.resolved = TL_NO_TIME, .exported = TL_NO_TIME, .handoffs = -1, .reopens = -1,
		.sentiment = NAN};
}

static inline void begin(struct scene *scene, bool replace)
{
	assert_true(tl_store_begin(scene->store,
		&(struct tl_run){.source = "desk", .profile = "test", .file = "t", .replace = replace}));
}

static inline struct tl_run_counts commit(struct scene *scene)
{
	struct tl_run_counts counts = {0};

	assert_true(tl_store_commit(scene->store, &counts));
	return counts;
}

/* One record in a run of its own. */
static inline enum tl_put put_one(struct scene *scene, const struct tl_record *record)
{
	enum tl_put put;

	begin(scene, false);
	put = tl_store_put(scene->store, record);
	commit(scene);
	return put;
}

static inline void listen(struct scene *scene, const struct tl_rule *rules, size_t count)
{
	assert_true(tl_store_listen(scene->store, rules, count, NULL, 0));
}

/* Through a connection of its own, as anybody may read a store. */
static inline char *ask(const char *sql)
{
	static char answer[4][1 << 16];
	static unsigned turn;
	char *out = answer[turn++ % 4];
	size_t used = 0, size = sizeof answer[0];
	sqlite3 *db;
	sqlite3_stmt *row;

	out[0] = '\0';
	assert_int_equal(sqlite3_open("t.db", &db), SQLITE_OK);
	if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	while (sqlite3_step(row) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(row); i++) {
			const char *text = (const char *)sqlite3_column_text(row, i);

			used += (size_t)snprintf(out + used, size - used, "%s%s",
				i ? "|" : used ? " " : "", text ? text : "-");
			assert_true(used < size);
		}
	}
	sqlite3_finalize(row);
	sqlite3_close(db);
	return out;
}

static inline void change(const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open("t.db", &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
}

#endif
