/* find: which files the arguments name.
 *
 * Every file is kept once, however it is reached; what tells files apart is device and inode, so
 * hard links, symbolic links and "./a.xml" beside "a.xml" are all one. Links to folders are not
 * followed below an argument: nobody expects a build to wander off through the disk, and loops
 * cannot arise.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include "app/find.h"

struct search {
	struct tl_arena *arena;
	struct tl_diags *diags;
	struct tl_app_paths found;
	size_t path_capacity, flag_capacity, folder_capacity;
	struct tl_table seen; /* "device:inode" */
	bool shallow;         /* leave inner folders alone */
};

static const struct tl_span nowhere;

static bool first_time(struct search *search, const struct stat *st)
{
	char *key = tl_arena_printf(search->arena, "%llx:%llx", (unsigned long long)st->st_dev,
		(unsigned long long)st->st_ino);
	return !tl_table_add(&search->seen, key, key);
}

static void keep_file(struct search *search, const char *path, bool from_folder)
{
	struct tl_app_paths *found = &search->found;
	found->list = tl_arena_grow(search->arena, found->list, found->count,
		&search->path_capacity, sizeof *found->list);
	found->from_folder = tl_arena_grow(search->arena, found->from_folder, found->count,
		&search->flag_capacity, sizeof *found->from_folder);
	found->list[found->count] = path;
	found->from_folder[found->count++] = from_folder;
}

static void keep_folder(struct search *search, const char *path)
{
	struct tl_app_paths *found = &search->found;
	found->folders = tl_arena_grow(search->arena, found->folders, found->folder_count,
		&search->folder_capacity, sizeof *found->folders);
	found->folders[found->folder_count++] = path;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder that are not hidden, sorted; NULL with errno set where it cannot be read.
 */
static const char **list_folder(struct tl_arena *arena, const char *path, size_t *count)
{
	DIR *dir = opendir(path);
	if (!dir)
		return NULL;
	size_t capacity = 0;
	const char **names = tl_arena_grow(arena, NULL, 0, &capacity, sizeof *names);
	*count = 0;
	for (const struct dirent *entry; (entry = readdir(dir));) {
		if (entry->d_name[0] == '.')
			continue;
		names = tl_arena_grow(arena, names, *count, &capacity, sizeof *names);
		names[(*count)++] = tl_arena_strdup(arena, entry->d_name);
	}
	closedir(dir);
	qsort(names, *count, sizeof *names, by_bytes);
	return names;
}

static bool is_xml(const char *name)
{
	size_t n = strlen(name);
	return n > 4 && strcasecmp(name + n - 4, ".xml") == 0;
}

static void search_folder(struct search *search, const char *path)
{
	size_t count;
	const char **names = list_folder(search->arena, path, &count);
	if (!names) {
		tl_diag_add(search->diags, TL0120, nowhere, "cannot read the folder '%s': %s", path,
			strerror(errno));
		return;
	}
	keep_folder(search, path);
	const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
	for (size_t i = 0; i < count; i++) {
		char *inner = tl_arena_printf(search->arena, "%s%s%s", path, slash, names[i]);
		struct stat st, target;
		if (lstat(inner, &st) != 0) /* gone since */
			continue;
		bool link = S_ISLNK(st.st_mode);
		if (S_ISDIR(st.st_mode)) {
			if (!search->shallow && first_time(search, &st))
				search_folder(search, inner);
		} else if (is_xml(names[i]) && stat(inner, &target) == 0 &&
			   S_ISREG(target.st_mode) && first_time(search, &target)) {
			keep_file(search, inner, true);
		} else if (is_xml(names[i]) && link && stat(inner, &target) != 0) {
			tl_diag_add(search->diags, TL0120, nowhere,
				"'%s' is a link that leads nowhere", inner);
		}
	}
}

/* What stands beside a path that does not exist and is called nearly the same, or NULL. */
static const char *near_miss(struct tl_arena *arena, const char *path)
{
	char *copy = tl_arena_strdup(arena, path);
	size_t n = strlen(copy);
	while (n > 1 && copy[n - 1] == '/')
		copy[--n] = '\0';
	char *slash = strrchr(copy, '/');
	const char *word = slash ? slash + 1 : copy;
	const char *folder = !slash ? "." : slash == copy ? "/" : NULL;
	if (!folder) {
		*slash = '\0';
		folder = copy;
	}
	size_t count;
	const char **names = list_folder(arena, folder, &count);
	const char *near = names ? tl_text_nearest(word, names, count) : NULL;
	if (!near || !slash)
		return near;
	return tl_arena_printf(arena, "%s%s%s", folder, slash == copy ? "" : "/", near);
}

static void report_missing(struct search *search, const char *path, int error)
{
	struct tl_diag *diag = tl_diag_add(
		search->diags, TL0120, nowhere, "cannot open '%s': %s", path, strerror(error));
	if (error != ENOENT && error != ENOTDIR)
		return;
	const char *near = near_miss(search->arena, path);
	if (near)
		tl_diag_hint(search->diags, diag, "did you mean '%s'?", near);
	else
		tl_diag_hint(
			search->diags, diag, "'touchline init' writes a journey to start from");
}

struct tl_app_paths tl_app_find(
	struct tl_arena *arena, struct tl_diags *diags, char *const *arguments, size_t count)
{
	struct search search = {.arena = arena, .diags = diags};
	tl_table_init(&search.seen, arena);
	for (size_t i = 0; i < count; i++) {
		const char *path = arguments[i];
		struct stat st;
		if (strcmp(path, "-") == 0 ? fstat(0, &st) != 0 : stat(path, &st) != 0) {
			report_missing(&search, path, errno);
		} else if (first_time(&search, &st)) {
			if (S_ISDIR(st.st_mode))
				search_folder(&search, path);
			else
				keep_file(&search, tl_arena_strdup(arena, path), false);
		}
	}
	return search.found;
}

struct tl_app_paths tl_find_beside(struct tl_arena *arena, struct tl_diags *diags,
	const struct tl_app_paths *known, const char *folder)
{
	struct search search = {.arena = arena, .diags = diags, .shallow = true};
	struct stat st;
	tl_table_init(&search.seen, arena);
	for (size_t i = 0; i < known->count; i++)
		if (stat(known->list[i], &st) == 0)
			first_time(&search, &st);
	search_folder(&search, folder);
	return search.found;
}
