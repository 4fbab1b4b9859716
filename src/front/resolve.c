/* front: ids, and references to them.
 *
 * Ids are unique among things of one kind: in the journey, but for expectations, which people name
 * alike at every touchpoint ("fast"). A reference to one of those means the touchpoint's own, or
 * else the only one in the journey.
 */
#include <string.h>

#include "front/bind.h"

#define PLACE(type, object, offset) ((type *)(void *)((char *)(object) + (offset)))

/* Suggestions compare with every candidate: past this many, a file is no longer a person's work. */
enum { MAX_CANDIDATES = 2000, MAX_WRONG_IN_LIST = 50 };

struct tl_span tl_front_value_at(const struct tl_xml_element *element, const char *name)
{
	for (const struct tl_xml_attribute *a = element->attributes; a; a = a->next)
		if (!strcmp(a->name, name))
			return a->value_at;
	return element->name_at;
}

/* ---- ids ---------------------------------------------------------------------------------------
 */

static const struct schema_attribute *id_row(enum schema_kind kind)
{
	const struct schema_element *element = &tl_schema_elements[kind];

	if (element->attribute_count > 0 && element->attributes[0].type == TYPE_ID)
		return &element->attributes[0];
	return NULL;
}

static const char *id_of(const struct bound *bound)
{
	const struct schema_attribute *row = id_row(bound->kind);
	const char *id = row ? *PLACE(const char *, bound->object, row->offset) : NULL;

	return id && *id ? id : NULL;
}

static const char *scoped(struct front *front, size_t parent, const char *id)
{
	return tl_arena_printf(front->arena, "%zu#%s", parent, id);
}

static void duplicate(struct front *front, const struct bound *bound, const struct bound *first)
{
	struct tl_diag *diag = tl_diag_add(front->diags, TL0302,
		tl_front_value_at(bound->element, "id"), "two %s have the id '%s'",
		tl_schema_elements[bound->kind].plural, id_of(bound));
	tl_diag_note(front->diags, diag, tl_front_value_at(first->element, "id"),
		"the first one is here");
}

static void keep_candidate(struct front *front, const struct bound *bound)
{
	struct candidates *candidates = &front->candidates[bound->kind];
	const char *id = id_of(bound);

	if (!candidates->first)
		candidates->first = bound;
	if (!id || candidates->count > MAX_CANDIDATES)
		return;
	candidates->names = tl_arena_grow(front->arena, candidates->names, candidates->count,
		&candidates->capacity, sizeof *candidates->names);
	candidates->names[candidates->count++] = id;
}

static void collect_id(struct front *front, struct bound *bound, const char *id)
{
	const char *key = id;

	if (bound->kind == EL_EXPECTATION) {
		key = scoped(front, bound->parent, id);
		if (tl_table_add(&front->loose, id, bound))
			tl_table_add(&front->again, id, bound);
	}
	const struct bound *first = tl_table_add(&front->ids[bound->kind], key, bound);
	if (first)
		duplicate(front, bound, first);
}

static void collect_ids(struct front *front)
{
	for (size_t i = 0; i < front->bound_count; i++) {
		struct bound *bound = &front->bound[i];
		const char *id = id_of(bound);
		keep_candidate(front, bound);
		if (id && bound->kind != EL_JOURNEY)
			collect_id(front, bound, id);
	}
}

const struct bound *tl_front_bound_of(
	const struct front *front, enum schema_kind kind, const char *id)
{
	return tl_table_get(&front->ids[kind], id);
}

/* ---- what is not found ----------------------------------------------------------------------- */

static const char *nearest(struct front *front, enum schema_kind kind, const char *id)
{
	const struct candidates *candidates = &front->candidates[kind];

	if (candidates->count > MAX_CANDIDATES)
		return NULL;
	return tl_text_nearest(id, candidates->names, candidates->count);
}

/* Says that the id belongs to something else, if it does. */
static bool hint_other_kind(struct front *front, struct tl_diag *diag, const char *id)
{
	for (enum schema_kind kind = 0; kind < EL_KINDS; kind++)
		if (tl_front_bound_of(front, kind, id)) {
			tl_diag_hint(front->diags, diag, "'%s' is a %s", id,
				tl_schema_elements[kind].name);
			return true;
		}
	return false;
}

static bool may_be_elsewhere(const struct front *front, enum schema_kind kind)
{
	return front->partial && tl_schema_child(EL_VOCABULARY, kind);
}

static void unknown(struct front *front, enum schema_kind kind, const char *id, struct tl_span at)
{
	const struct schema_element *element = &tl_schema_elements[kind];

	if (may_be_elsewhere(front, kind))
		return;
	struct tl_diag *diag =
		tl_diag_add(front->diags, TL0301, at, "unknown %s '%.80s'", element->name, id);
	if (!tl_front_hints(front))
		return;
	const char *near = nearest(front, kind, id);
	const struct bound *first = front->candidates[kind].first;
	if (near)
		tl_diag_hint(front->diags, diag, "did you mean '%s'?", near);
	else if (!hint_other_kind(front, diag, id) && !first)
		tl_diag_hint(front->diags, diag, "no %s is declared yet: add <%s id=\"%.40s\">",
			element->name, element->name, id);
	if (first)
		tl_diag_note(front->diags, diag, first->element->at, "%s are declared here",
			element->plural);
}

/* ---- following ------------------------------------------------------------------------------- */

/* The expectation that an id means at a touchpoint. */
static const struct bound *find_expectation(
	struct front *front, size_t touchpoint, const char *id, struct tl_span at)
{
	const struct bound *own =
		tl_front_bound_of(front, EL_EXPECTATION, scoped(front, touchpoint, id));
	const struct bound *first = tl_table_get(&front->loose, id);
	const struct bound *again = tl_table_get(&front->again, id);

	if (own || !again)
		return own ? own : first;
	struct tl_diag *diag = tl_diag_add(front->diags, TL0305, at,
		"'%s' could be the expectation of several touchpoints", id);
	tl_diag_note(front->diags, diag, tl_front_value_at(first->element, "id"), "one is here");
	tl_diag_note(
		front->diags, diag, tl_front_value_at(again->element, "id"), "another is here");
	return first;
}

static void *find(
	struct front *front, const struct pending *pending, const char *id, struct tl_span at)
{
	enum schema_kind kind = pending->row->target;
	size_t touchpoint = front->bound[pending->owner].parent;
	const struct bound *found = kind == EL_EXPECTATION
					    ? find_expectation(front, touchpoint, id, at)
					    : tl_front_bound_of(front, kind, id);

	if (!found)
		unknown(front, kind, id, at);
	return found ? found->object : NULL;
}

/* "a b c": an array of what they mean, without those that mean nothing. */
static void resolve_list(struct front *front, const struct pending *pending, const char *ids)
{
	void *object = front->bound[pending->owner].object;
	const char *value = pending->attribute->value;
	void **list = tl_arena_array(front->arena, void *, strlen(ids) / 2 + 1);
	size_t count = 0, offset = 0, wrong = 0;
	struct tl_table seen;

	tl_table_init(&seen, front->arena);
	while (*ids && wrong < MAX_WRONG_IN_LIST) {
		size_t n = strcspn(ids, " ");
		const char *id = tl_arena_strndup(front->arena, ids, n);
		offset += strspn(value + offset, " \t\r\n");
		const struct bound *found = tl_front_bound_of(front, pending->row->target, id);
		bool twice = tl_table_add(&seen, id, list) != NULL;
		if (found && !twice) {
			list[count++] = found->object;
		} else {
			/* walks the value from its start: only where it is needed */
			struct tl_span at =
				tl_xml_value_span(pending->attribute->value_at, offset, n);
			wrong++;
			if (twice)
				tl_diag_add(front->diags, TL0307, at, "'%s' is named twice", id);
			else
				unknown(front, pending->row->target, id, at);
		}
		offset += n;
		ids += n + (ids[n] == ' ');
	}
	*PLACE(void *, object, pending->row->offset) = list;
	*PLACE(size_t, object, pending->row->second) = count;
}

/* touchpoint, or journey#touchpoint; what is in another journey waits for tl_front_link. */
static void resolve_target(struct front *front, const struct pending *pending, const char *value)
{
	struct tl_next *next = front->bound[pending->owner].object;
	const char *hash = strchr(value, '#');
	struct tl_span at = pending->attribute->value_at;

	next->at = at;
	if (!hash) {
		next->to = find(front, pending, value, at);
		return;
	}
	const char *journey = tl_arena_strndup(front->arena, value, (size_t)(hash - value));
	if (!strcmp(journey, front->journey->id)) {
		next->to = find(front, pending, hash + 1, at);
		return;
	}
	next->journey = journey;
	next->touchpoint = hash + 1;
}

void tl_front_resolve(struct front *front)
{
	collect_ids(front);
	for (size_t i = 0; i < front->pending_count; i++) {
		const struct pending *pending = &front->pending[i];
		const char *value = tl_text_fold(front->arena, pending->attribute->value);
		void *object = front->bound[pending->owner].object;
		if (pending->row->type == TYPE_REFS)
			resolve_list(front, pending, value);
		else if (pending->row->type == TYPE_TARGET)
			resolve_target(front, pending, value);
		else
			*PLACE(void *, object, pending->row->offset) =
				find(front, pending, value, pending->attribute->value_at);
	}
}
