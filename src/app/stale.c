/* stale: see stale.h. A run may be about a few of the journeys only, in some views and formats, so
 * what it does not make is not thereby stale: there must be proof. */
#include "app/stale.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *tl_manifest_source(const struct tl_manifest *manifest, const char *file)
{
	char from[PATH_MAX], to[PATH_MAX];
	if (*file == '<' || strpbrk(file, "\t\n") || !realpath(manifest->folder, from) ||
		!realpath(file, to) || strpbrk(to, "\t\n"))
		return "";
	size_t shared = 0; /* bytes up to and with the last '/' of the folders they share */
	for (size_t i = 0; from[i] == to[i] && to[i]; i++)
		if (to[i] == '/')
			shared = i + 1;
	size_t n = strlen(from);
	if (strncmp(from, to, n) == 0 && to[n] == '/')
		return tl_arena_strdup(manifest->arena, to + n + 1);
	struct tl_buf path = {0};
	for (size_t i = shared; i < n; i++)
		if (i == shared || from[i] == '/')
			tl_buf_puts(&path, "../");
	tl_buf_puts(&path, to + shared);
	const char *kept = tl_arena_strdup(manifest->arena, path.data);
	tl_buf_release(&path);
	return kept;
}

static const char *path_in(const struct tl_manifest *manifest, const char *name)
{
	return tl_arena_printf(manifest->arena, "%s/%s", manifest->folder, name);
}

static bool is_gone(const char *path)
{
	struct stat st;
	return lstat(path, &st) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

/* Adds to `names` every output that the journey can make. */
static void add_names(
	struct tl_table *names, struct tl_arena *arena, const struct tl_journey *journey)
{
	struct tl_plan all = {0};
	for (int view = 0; view < TL_VIEWS; view++)
		for (int format = 0; format < TL_OUTPUT_FORMATS; format++)
			tl_plan_add(&all, arena, journey, view, format);
	for (size_t i = 0; i < all.count; i++)
		tl_table_add(names, all.targets[i].name, (void *)journey);
}

static bool is_stale(const struct tl_manifest *manifest, const struct tl_made *record,
	const struct tl_table *read, const struct tl_table *names)
{
	if (!*record->source || tl_table_get(names, record->name))
		return false;
	return is_gone(path_in(manifest, record->source)) || tl_table_get(read, record->source);
}

struct tl_made **tl_stale_find(size_t *count, struct tl_manifest *manifest,
	struct tl_arena *arena, const struct tl_app_set *set)
{
	struct tl_made **stale = tl_arena_array(arena, struct tl_made *, manifest->count);
	struct tl_table read, names; /* sources of sound journeys; names that they can make */
	size_t others = 0;
	*count = 0;
	for (size_t i = 0; i < manifest->count; i++)
		others += !manifest->records[i]->current;
	if (!others)
		return stale;
	tl_table_init(&read, arena);
	tl_table_init(&names, arena);
	for (size_t i = 0; i < set->count; i++) {
		const struct tl_journey *journey = set->list[i];
		add_names(&names, arena, journey);
		if (set->sound[i])
			tl_table_add(&read, tl_manifest_source(manifest, journey->sources[0]->name),
				(void *)journey);
	}
	for (size_t i = 0; i < manifest->count; i++) {
		struct tl_made *record = manifest->records[i];
		if (record->current)
			continue;
		if (is_gone(path_in(manifest, record->name)))
			record->digest[0] = '\0';
		else if (is_stale(manifest, record, &read, &names))
			stale[(*count)++] = record;
	}
	return stale;
}

bool tl_stale_remove(const struct tl_manifest *manifest, struct tl_made *record)
{
	char digest[TL_DIGEST_SIZE];
	const char *path = path_in(manifest, record->name);
	if (tl_digest_file(digest, path) != 0 || strcmp(digest, record->digest) != 0 ||
		unlink(path) != 0)
		return false;
	record->digest[0] = '\0';
	return true;
}
