/* read: journeys from files, linked with each other.
 *
 * Where a journey refers to one that is not in the set, or may be entered from one, the other
 * journeys of its folder are read too, only to be looked up: what is wrong with them is not this
 * run's business, so their diagnostics are dropped. Nothing is read besides where nobody asks for
 * it.
 */
#include <string.h>
#include "app/find.h"

static const struct tl_span nowhere;

struct reading {
	struct tl_arena *arena;
	struct tl_diags *diags;
	struct tl_app_set set, siblings;
	size_t capacity, sibling_capacity;
};

static void keep(struct tl_arena *arena, struct tl_app_set *set, size_t *capacity,
	const struct tl_journey *journey)
{
	if (!journey)
		return;
	set->list = tl_arena_grow(arena, set->list, set->count, capacity, sizeof *set->list);
	set->list[set->count++] = journey;
}

static bool refers_outside(const struct tl_table *ids, const struct tl_journey *journey)
{
	if (journey->of && !tl_table_get(ids, journey->of))
		return true;
	for (size_t i = 0; i < journey->touchpoint_count; i++) {
		const struct tl_touchpoint *touchpoint = &journey->touchpoints[i];
		for (size_t n = 0; n < touchpoint->next_count; n++) {
			const char *other = touchpoint->nexts[n].journey;
			if (other && !tl_table_get(ids, other))
				return true;
		}
	}
	return false;
}

static char *folder_of(struct tl_arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		return tl_arena_strdup(arena, ".");
	return tl_arena_strndup(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

/* Reads the journeys beside those that need them; what is wrong with them is not said. */
static void read_siblings(struct reading *reading, const struct tl_app_paths *paths)
{
	struct tl_table ids, folders;
	tl_table_init(&ids, reading->arena);
	tl_table_init(&folders, reading->arena);
	for (size_t i = 0; i < reading->set.count; i++)
		tl_table_add(&ids, reading->set.list[i]->id, (void *)reading->set.list[i]);
	reading->diags->muted = true;
	for (size_t i = 0; i < reading->set.count; i++) {
		const struct tl_journey *journey = reading->set.list[i];
		if (!refers_outside(&ids, journey) && !tl_front_wants_siblings(journey))
			continue;
		char *folder = folder_of(reading->arena, journey->sources[0]->name);
		if (tl_table_add(&folders, folder, folder))
			continue;
		struct tl_app_paths near =
			tl_find_beside(reading->arena, reading->diags, paths, folder);
		for (size_t n = 0; n < near.count; n++)
			keep(reading->arena, &reading->siblings, &reading->sibling_capacity,
				tl_front_read(reading->arena, reading->diags, near.list[n], true));
	}
	reading->diags->muted = false;
}

static bool is_sound(const struct tl_journey *journey)
{
	for (size_t i = 0; i < journey->source_count; i++)
		if (journey->sources[i]->errors)
			return false;
	return true;
}

struct tl_app_set tl_app_read(
	struct tl_arena *arena, struct tl_diags *diags, const struct tl_app_paths *paths)
{
	struct reading reading = {.arena = arena, .diags = diags};
	size_t errors = diags->errors;
	for (size_t i = 0; i < paths->count; i++) {
		size_t before = diags->errors;
		const struct tl_journey *journey =
			tl_front_read(arena, diags, paths->list[i], paths->from_folder[i]);
		keep(arena, &reading.set, &reading.capacity, journey);
		reading.set.unreadable += !journey && diags->errors > before;
	}
	if (!reading.set.count && diags->errors == errors && paths->folder_count) {
		struct tl_diag *diag = tl_diag_add(
			diags, TL0126, nowhere, "there is no journey in '%s'", paths->folders[0]);
		tl_diag_hint(diags, diag, "a journey is an .xml file whose root is <journey>");
	}
	read_siblings(&reading, paths);
	tl_front_link(diags, reading.set.list, reading.set.count, reading.siblings.list,
		reading.siblings.count);
	struct tl_app_set *set = &reading.set;
	set->sound = tl_arena_array(arena, bool, set->count);
	for (size_t i = 0; i < set->count; i++)
		set->sound[i] = is_sound(set->list[i]);
	return *set;
}
