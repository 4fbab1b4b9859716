/* watch: waits until sources change, through inotify.
 *
 * Folders are watched, not files: editors save by writing a new file and renaming it over the old
 * one, and then a watched file would be one that nobody reads any more. What happens in a folder
 * matters if it is about a file that was read, about an .xml file, or, where the folder was
 * searched, about a folder in it. Where an argument does not exist, its nearest parent that does
 * is watched for its coming.
 */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "touchline/app.h"

enum { QUIET_MS = 60, PATIENCE_MS = 1000 };

struct place { /* a watched folder */
	int wd;
	const char *path;
	bool searched; /* its inner folders matter */
	bool wanted;
};

struct tl_watch {
	int fd;
	struct tl_arena arena; /* of what is set now */
	struct place *places;
	size_t count, capacity;
	struct tl_table files; /* paths that matter, whatever they are called */
};

static const uint32_t events = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE |
			       IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

struct tl_watch *tl_watch_new(void)
{
	int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (fd < 0)
		return NULL;
	struct tl_watch *watch = calloc(1, sizeof *watch);
	if (!watch)
		tl_die_of_memory(sizeof *watch);
	watch->fd = fd;
	tl_arena_init(&watch->arena);
	return watch;
}

void tl_watch_free(struct tl_watch *watch)
{
	if (!watch)
		return;
	close(watch->fd);
	tl_arena_release(&watch->arena);
	free(watch);
}

/* Watches a folder, "" being the current one. 1 if it was not watched before, 0, or -errno. */
static int add_place(struct tl_watch *watch, const char *prefix, bool searched)
{
	int wd = inotify_add_watch(watch->fd, *prefix ? prefix : ".", events);
	if (wd < 0)
		return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? 0 : -errno;
	for (size_t i = 0; i < watch->count; i++) {
		struct place *place = &watch->places[i];
		if (place->wd != wd)
			continue;
		place->searched |= searched;
		place->wanted = true;
		return 0;
	}
	watch->places = tl_arena_grow(&watch->arena, watch->places, watch->count, &watch->capacity,
		sizeof *watch->places);
	watch->places[watch->count++] =
		(struct place){wd, tl_arena_strdup(&watch->arena, prefix), searched, true};
	return 1;
}

/* The folder part of a path, with its '/'; "" where it has none. */
static char *prefix_of(struct tl_arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	return tl_arena_strndup(arena, path, slash ? (size_t)(slash + 1 - path) : 0);
}

/* Watches for one path: its folder, or the nearest one above it that exists. */
static int add_file(struct tl_watch *watch, const char *path)
{
	struct stat st;
	if (strcmp(path, "-") == 0 || *path == '<')
		return 0;
	char *name = tl_arena_strdup(&watch->arena, path);
	for (;;) {
		size_t n = strlen(name);
		while (n > 1 && name[n - 1] == '/')
			name[--n] = '\0';
		char *prefix = prefix_of(&watch->arena, name);
		tl_table_set(&watch->files, name, name);
		if (!*prefix || strcmp(prefix, name) == 0 || stat(prefix, &st) == 0)
			return add_place(watch, prefix, false);
		name = prefix;
	}
}

/* The places of the last time stay watched until it is known that nobody wants them any more: to
 * remove and add them again would lose what happens in between. */
static void drop_unwanted(struct tl_watch *watch)
{
	size_t kept = 0;
	for (size_t i = 0; i < watch->count; i++) {
		if (watch->places[i].wanted)
			watch->places[kept++] = watch->places[i];
		else
			inotify_rm_watch(watch->fd, watch->places[i].wd);
	}
	watch->count = kept;
}

int tl_watch_set(struct tl_watch *watch, char *const *arguments, size_t argument_count,
	const struct tl_app_paths *paths, const struct tl_diags *diags)
{
	struct tl_arena old = watch->arena;
	const struct place *places = watch->places;
	size_t count = watch->count;
	int added = 0, status = 0;
	tl_arena_init(&watch->arena);
	tl_table_init(&watch->files, &watch->arena);
	watch->capacity = watch->count = 0;
	watch->places = NULL;
	for (size_t i = 0; i < count; i++) {
		watch->places = tl_arena_grow(&watch->arena, watch->places, watch->count,
			&watch->capacity, sizeof *watch->places);
		watch->places[watch->count++] = (struct place){
			places[i].wd, tl_arena_strdup(&watch->arena, places[i].path), false, false};
	}
	tl_arena_release(&old);
	for (size_t i = 0; i < paths->folder_count && status >= 0; i++) {
		const char *path = paths->folders[i];
		bool slash = path[strlen(path) - 1] == '/';
		status = add_place(watch,
			tl_arena_printf(&watch->arena, "%s%s", path, slash ? "" : "/"), true);
		added += status > 0;
	}
	for (size_t i = 0; i < argument_count && status >= 0; i++)
		added += (status = add_file(watch, arguments[i])) > 0;
	for (size_t i = 0; i < diags->source_count && status >= 0; i++)
		added += (status = add_file(watch, diags->sources[i]->name)) > 0;
	drop_unwanted(watch);
	return status < 0 ? status : added;
}

static bool has_ending(const char *name, const char *ending)
{
	size_t n = strlen(name), m = strlen(ending);
	return n > m && strcasecmp(name + n - m, ending) == 0;
}

/* The path that an event is about if it matters, or NULL. */
static char *changed_path(
	struct tl_watch *watch, struct tl_arena *arena, const struct inotify_event *event)
{
	const struct place *place = NULL;
	if (event->mask & IN_Q_OVERFLOW)
		return tl_arena_strdup(arena, "(many)");
	for (size_t i = 0; i < watch->count; i++)
		if (watch->places[i].wd == event->wd)
			place = &watch->places[i];
	if (!place)
		return NULL;
	if (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF)) { /* as its parent calls it */
		size_t n = strlen(place->path);
		return n ? tl_arena_strndup(arena, place->path, n - (n > 1)) : NULL;
	}
	if (!event->len)
		return NULL;
	char *path = tl_arena_printf(arena, "%s%s", place->path, event->name);
	if (tl_table_get(&watch->files, path))
		return path;
	if (*event->name == '.')
		return NULL;
	if (event->mask & IN_ISDIR)
		return place->searched ? path : NULL;
	return has_ending(event->name, ".xml") ? path : NULL;
}

struct changes { /* paths, each once */
	struct tl_arena *arena;
	struct tl_table seen;
	const char **list;
	size_t count, capacity;
};

static void read_events(struct tl_watch *watch, struct changes *changes)
{
	_Alignas(struct inotify_event) char bytes[16384];
	for (ssize_t n; (n = read(watch->fd, bytes, sizeof bytes)) > 0;)
		for (char *p = bytes; p < bytes + n;) {
			const struct inotify_event *event = (const void *)p;
			char *path = changed_path(watch, changes->arena, event);
			p += sizeof *event + event->len;
			if (!path || tl_table_add(&changes->seen, path, path))
				continue;
			changes->list = tl_arena_grow(changes->arena, changes->list, changes->count,
				&changes->capacity, sizeof *changes->list);
			changes->list[changes->count++] = path;
		}
}

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *const *tl_watch_wait(
	struct tl_watch *watch, struct tl_arena *arena, size_t *count, int interrupt)
{
	struct changes changes = {.arena = arena};
	struct pollfd polled[] = {
		{.fd = watch->fd, .events = POLLIN}, {.fd = interrupt, .events = POLLIN}};
	int64_t first = 0;
	tl_table_init(&changes.seen, arena);
	for (int ready = 1;;) {
		bool over = changes.count && (!ready || now_ms() - first >= PATIENCE_MS);
		if (over)
			break;
		ready = poll(polled, TL_COUNT(polled), changes.count ? QUIET_MS : -1);
		if (ready > 0 && polled[1].revents)
			return NULL;
		bool waiting = !changes.count;
		if (ready > 0)
			read_events(watch, &changes);
		if (waiting && changes.count)
			first = now_ms();
	}
	qsort(changes.list, changes.count, sizeof *changes.list, by_bytes);
	*count = changes.count;
	return changes.list;
}
