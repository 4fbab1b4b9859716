/* front: validates the tree against the schema table, and fills the model from it.
 *
 * Arrays of the model are counted before they are allocated, so addresses are final at once and
 * references can be written into them later. A thing that is wrong is reported and left at its
 * absent value; required texts are "" then, never NULL, so that nobody has to ask.
 */
#include "front/bind.h"

#include <string.h>

#define PLACE(type, object, offset) ((type *)(void *)((char *)(object) + (offset)))

/* One message for all that is missing at a place. */
static void add_to_list(
	struct tl_buf *list, const char *before, const char *name, const char *after)
{
	tl_buf_printf(list, "%s%s%s%s", list->len ? " and " : "", before, name, after);
}

/* ---- attributes ----------------------------------------------------------------------------- */

static const struct schema_attribute *find_attribute(
	const struct schema_element *element, const struct tl_xml_attribute *attribute)
{
	bool in_xml = attribute->ns && !strcmp(attribute->ns, FRONT_XML_NS);

	if (attribute->ns && !in_xml)
		return NULL;
	for (size_t i = 0; i < element->attribute_count; i++) {
		const char *known = element->attributes[i].name;
		if (in_xml && strncmp(known, "xml:", 4) != 0)
			continue;
		known += in_xml ? 4 : 0;
		if (*known == *attribute->name && !strcmp(known, attribute->name))
			return &element->attributes[i];
	}
	return NULL;
}

static void unknown_attribute(struct front *front, const struct schema_element *element,
	const struct tl_xml_attribute *attribute)
{
	const char *names[TL_XML_MAX_ATTRIBUTES], *near;
	const char *prefix = attribute->prefix ? attribute->prefix : "";
	struct tl_diag *diag = tl_diag_add(front->diags, TL0203, attribute->name_at,
		"<%s> has no attribute '%s%s%s'", element->name, prefix, *prefix ? ":" : "",
		attribute->name);

	if (!tl_front_hints(front))
		return;
	for (size_t i = 0; i < element->attribute_count; i++)
		names[i] = element->attributes[i].name;
	near = tl_text_nearest(attribute->name, names, element->attribute_count);
	if (!attribute->prefix && !strcmp(attribute->name, "lang") && element == tl_schema_elements)
		near = "xml:lang";
	if (near) {
		tl_diag_hint(front->diags, diag, "did you mean '%s'?", near);
		return;
	}
	struct tl_buf list = {0};
	for (size_t i = 0; i < element->attribute_count; i++)
		tl_buf_printf(&list, "%s%s", i ? ", " : "", names[i]);
	tl_diag_hint(front->diags, diag, list.data ? "it has: %s" : "it has no attributes%s",
		list.data ? list.data : "");
	tl_buf_release(&list);
}

static void keep_pending(struct front *front, const struct schema_attribute *row,
	const struct tl_xml_attribute *attribute, size_t owner)
{
	front->pending = tl_arena_grow(front->arena, front->pending, front->pending_count,
		&front->pending_capacity, sizeof *front->pending);
	front->pending[front->pending_count++] = (struct pending){row, attribute, owner};
}

/* What tools add: editors the place of the schema, XInclude processors where a vocabulary is from.
 */
static bool is_of_tools(
	const struct schema_element *element, const struct tl_xml_attribute *attribute)
{
	if (!attribute->ns || !element->includes)
		return false;
	return !strcmp(attribute->ns, FRONT_XSI_NS) ||
	       (element == &tl_schema_elements[EL_VOCABULARY] &&
		       !strcmp(attribute->ns, FRONT_XML_NS));
}

static void bind_attributes(struct front *front, const struct schema_element *element,
	const struct tl_xml_element *from, void *object, size_t owner)
{
	uint64_t seen = 0;

	for (size_t i = 0; i < element->attribute_count; i++)
		tl_front_set_absent(&element->attributes[i], object);
	for (const struct tl_xml_attribute *a = from->attributes; a; a = a->next) {
		const struct schema_attribute *row = find_attribute(element, a);
		if (!row) {
			if (!is_of_tools(element, a))
				unknown_attribute(front, element, a);
			continue;
		}
		seen |= UINT64_C(1) << (row - element->attributes);
		bool good = tl_front_set_value(front, row, a, object);
		if (good && (row->type == TYPE_REF || row->type == TYPE_REFS ||
				    row->type == TYPE_TARGET))
			keep_pending(front, row, a, owner);
	}
	struct tl_buf missing = {0};
	for (size_t i = 0; i < element->attribute_count; i++)
		if (element->attributes[i].required && !(seen >> i & 1))
			add_to_list(&missing, "'", element->attributes[i].name, "'");
	if (missing.len && !front->fragment)
		tl_diag_add(front->diags, TL0204, from->name_at, "<%s> needs the attribute %s",
			element->name, missing.data);
	tl_buf_release(&missing);
}

/* ---- which children may stand where -----------------------------------------------------------
 */

bool tl_front_is_ours(const struct tl_xml_element *element)
{
	return element->ns && !strcmp(element->ns, TL_JOURNEY_NS);
}

static enum schema_kind find_kind(const struct tl_xml_element *element)
{
	return tl_front_is_ours(element) ? tl_schema_find(element->name) : EL_KINDS;
}

static void hint_parents(struct front *front, struct tl_diag *diag, enum schema_kind kind)
{
	struct tl_buf list = {0};

	for (enum schema_kind parent = 0; parent < EL_KINDS; parent++)
		if (tl_schema_child(parent, kind))
			tl_buf_printf(&list, "%s<%s>", list.len ? ", " : "",
				tl_schema_elements[parent].name);
	if (list.len)
		tl_diag_hint(front->diags, diag, "it stands in: %s", list.data);
	else
		tl_diag_hint(front->diags, diag, "it is the root of a file of its own");
	tl_buf_release(&list);
}

static void unknown_element(
	struct front *front, enum schema_kind parent, const struct tl_xml_element *child)
{
	const struct schema_element *element = &tl_schema_elements[parent];
	const char *names[EL_KINDS], *near;
	struct tl_diag *diag = tl_diag_add(
		front->diags, TL0201, child->name_at, "there is no element <%s>", child->name);

	if (!tl_front_hints(front))
		return;
	for (enum schema_kind kind = 0; kind < EL_KINDS; kind++)
		names[kind] = tl_schema_elements[kind].name;
	near = tl_text_nearest(child->name, names, EL_KINDS);
	for (size_t i = 0; i < element->child_count; i++) {
		names[i] = tl_schema_elements[element->children[i].kind].name;
		if (!near && !strncmp(child->name, names[i], strlen(names[i])))
			near = names[i]; /* <painpoint> */
	}
	const char *here = tl_text_nearest(child->name, names, element->child_count);
	near = here ? here : near;
	if (near) {
		tl_diag_hint(front->diags, diag, "did you mean <%s>?", near);
		return;
	}
	struct tl_buf list = {0};
	for (size_t i = 0; i < element->child_count; i++)
		tl_buf_printf(&list, "%s%s", i ? ", " : "", names[i]);
	if (list.len)
		tl_diag_hint(front->diags, diag, "in <%s> stand: %s", element->name, list.data);
	else
		tl_diag_hint(front->diags, diag, "in <%s> stands %s", element->name,
			element->content == CONTENT_NONE ? "nothing" : "only text");
	tl_buf_release(&list);
}

static void foreign_element(struct front *front, const struct tl_xml_element *child)
{
	if (child->ns && !strcmp(child->ns, FRONT_XI_NS)) {
		struct tl_diag *diag = tl_diag_add(front->diags, TL0202, child->name_at,
			"<%s> of XInclude cannot stand here", child->name);
		tl_diag_hint(front->diags, diag,
			"put xi:include directly into <journey> or <vocabulary>");
		return;
	}
	struct tl_diag *diag = tl_diag_add(front->diags, TL0209, child->name_at,
		"<%s> is not in the namespace of journeys", child->name);
	tl_diag_hint(front->diags, diag, "xmlns=\"" TL_JOURNEY_NS "\"");
}

bool tl_front_admit(
	struct front *front, enum schema_kind parent, const struct tl_xml_element *child)
{
	enum schema_kind kind = find_kind(child);

	if (kind != EL_KINDS && tl_schema_child(parent, kind))
		return true;
	if (!tl_front_is_ours(child)) {
		foreign_element(front, child);
	} else if (kind == EL_KINDS) {
		unknown_element(front, parent, child);
	} else {
		struct tl_diag *diag = tl_diag_add(front->diags, TL0202, child->name_at,
			"<%s> cannot stand in <%s>", child->name, tl_schema_elements[parent].name);
		hint_parents(front, diag, kind);
	}
	return false;
}

/* ---- content ----------------------------------------------------------------------------------
 */

static void bind_text(struct front *front, const struct schema_element *element,
	const struct tl_xml_element *from, void *object)
{
	const char *text = tl_text_fold(front->arena, from->text);

	if (element->content == CONTENT_NONE) {
		if (*text)
			tl_diag_add(front->diags, TL0207, from->text_at,
				"text cannot stand directly in <%s>", element->name);
		return;
	}
	if (!*text && element->content == CONTENT_REQUIRED && !front->fragment)
		tl_diag_add(front->diags, TL0208, from->name_at, "<%s> has no text", element->name);
	if (*text || element->content == CONTENT_REQUIRED)
		*PLACE(const char *, object, element->text) = text;
}

static size_t keep_bound(struct front *front, enum schema_kind kind,
	const struct tl_xml_element *element, void *object, size_t parent)
{
	front->bound = tl_arena_grow(front->arena, front->bound, front->bound_count,
		&front->bound_capacity, sizeof *front->bound);
	front->bound[front->bound_count] = (struct bound){kind, element, object, parent};
	return front->bound_count++;
}

static void bind_element(struct front *front, enum schema_kind kind,
	const struct tl_xml_element *from, void *object, size_t parent);

static void too_many(
	struct front *front, const struct tl_xml_element *first, const struct tl_xml_element *again)
{
	struct tl_diag *diag = tl_diag_add(
		front->diags, TL0206, again->name_at, "only one <%s> can stand here", again->name);
	tl_diag_note(front->diags, diag, first->name_at, "the first one is here");
}

/* Children of one kind. */
struct child_list {
	const struct tl_xml_element *first;
	size_t count;
};

/* Counts the children of each kind, reporting those that cannot stand here. */
static void count_children(struct front *front, enum schema_kind kind,
	const struct tl_xml_element *from, struct child_list *lists)
{
	const struct schema_element *element = &tl_schema_elements[kind];

	for (const struct tl_xml_element *child = from->first; child; child = child->next) {
		if (!tl_front_admit(front, kind, child))
			continue;
		const struct schema_child *row = tl_schema_child(kind, find_kind(child));
		struct child_list *list = &lists[row - element->children];
		if (list->count++ == 0)
			list->first = child;
		else if (!row->many)
			too_many(front, list->first, child);
	}
	struct tl_buf missing = {0};
	for (size_t i = 0; i < element->child_count; i++)
		if (element->children[i].required && lists[i].count == 0)
			add_to_list(&missing, "a <",
				tl_schema_elements[element->children[i].kind].name, ">");
	if (missing.len && !front->fragment)
		tl_diag_add(front->diags, TL0205, from->name_at, "<%s> needs %s", element->name,
			missing.data);
	tl_buf_release(&missing);
}

static void *allocate(struct front *front, enum schema_kind kind, size_t count)
{
	if (kind != EL_TOUCHPOINT)
		return tl_arena_alloc(front->arena, tl_schema_elements[kind].size * count);
	struct tl_touchpoint *run = front->touchpoints + front->touchpoint_count;
	front->touchpoint_count += count;
	return run;
}

static void bind_children(struct front *front, enum schema_kind kind,
	const struct tl_xml_element *from, void *object, size_t owner)
{
	const struct schema_element *element = &tl_schema_elements[kind];
	struct child_list lists[EL_KINDS] = {0};
	char *places[EL_KINDS] = {0};

	count_children(front, kind, from, lists);
	for (size_t i = 0; i < element->child_count; i++) {
		const struct schema_child *row = &element->children[i];
		if (row->count == 0) {
			*PLACE(const char *, object, row->list) = "";
			continue;
		}
		places[i] = allocate(front, row->kind, lists[i].count);
		*PLACE(void *, object, row->list) = places[i];
		*PLACE(size_t, object, row->count) = lists[i].count;
	}
	for (const struct tl_xml_element *child = from->first; child; child = child->next) {
		enum schema_kind child_kind = find_kind(child);
		const struct schema_child *row =
			child_kind == EL_KINDS ? NULL : tl_schema_child(kind, child_kind);
		if (!row)
			continue;
		size_t i = (size_t)(row - element->children);
		struct tl_text only = {0};
		void *place = row->count ? places[i] : (void *)&only;
		if (row->count)
			places[i] += tl_schema_elements[child_kind].size;
		bind_element(front, child_kind, child, place, owner);
		if (!row->count && child == lists[i].first)
			*PLACE(const char *, object, row->list) = only.text;
	}
}

/* The index of an object is its distance from the start of its array. */
static void set_index(struct front *front, enum schema_kind kind, void *object, size_t parent)
{
	const struct schema_element *element = &tl_schema_elements[kind];
	const struct bound *above = &front->bound[parent];
	const char *start = (const char *)front->touchpoints;

	if (!element->index)
		return;
	if (kind != EL_TOUCHPOINT)
		start = *PLACE(
			const char *, above->object, tl_schema_child(above->kind, kind)->list);
	*PLACE(size_t, object, element->index) =
		(size_t)((const char *)object - start) / element->size;
}

static void bind_element(struct front *front, enum schema_kind kind,
	const struct tl_xml_element *from, void *object, size_t parent)
{
	const struct schema_element *element = &tl_schema_elements[kind];
	size_t self = keep_bound(front, kind, from, object, parent);

	if (self > 0)
		set_index(front, kind, object, parent);
	if (element->parent)
		*PLACE(void *, object, element->parent) = front->bound[parent].object;
	/* what is only a text stands where its words do */
	bool words = from->text_at.source && element->size == sizeof(struct tl_text);
	*PLACE(struct tl_span, object, element->at) = words ? from->text_at : from->at;
	bind_attributes(front, element, from, object, self);
	bind_text(front, element, from, object);
	bind_children(front, kind, from, object, self);
}

void tl_front_bind_shell(struct front *front, enum schema_kind kind, struct tl_xml_element *element)
{
	struct tl_journey nowhere;

	bind_attributes(front, &tl_schema_elements[kind], element, &nowhere, 0);
	bind_text(front, &tl_schema_elements[kind], element, &nowhere);
}

static size_t count_touchpoints(const struct tl_xml_element *root)
{
	size_t count = 0;

	for (const struct tl_xml_element *stage = root->first; stage; stage = stage->next)
		if (find_kind(stage) == EL_STAGE)
			for (const struct tl_xml_element *at = stage->first; at; at = at->next)
				count += find_kind(at) == EL_TOUCHPOINT;
	return count;
}

/* Without a way out, a touchpoint leads to the one after it. */
static void imply_ways(struct front *front)
{
	for (size_t i = 0; i + 1 < front->touchpoint_count; i++) {
		struct tl_touchpoint *touchpoint = &front->touchpoints[i];
		if (touchpoint->next_count > 0)
			continue;
		struct tl_next *next = tl_arena_new(front->arena, struct tl_next);
		for (size_t a = 0; a < tl_schema_elements[EL_NEXT].attribute_count; a++)
			tl_front_set_absent(&tl_schema_elements[EL_NEXT].attributes[a], next);
		next->to = &front->touchpoints[i + 1];
		next->implied = true;
		next->at = touchpoint->at;
		touchpoint->nexts = next;
		touchpoint->next_count = 1;
	}
}

void tl_front_bind_fragment(struct front *front, struct tl_xml_element *touchpoint)
{
	struct tl_touchpoint *object = tl_arena_new(front->arena, struct tl_touchpoint);

	front->fragment = true;
	bind_element(front, EL_TOUCHPOINT, touchpoint, object, 0);
}

void tl_front_bind(struct front *front, enum schema_kind kind, struct tl_xml_element *root)
{
	struct tl_journey *journey = tl_arena_new(front->arena, struct tl_journey);

	journey->id = journey->title = "";
	journey->lang = "en";
	front->journey = journey;
	front->touchpoints =
		tl_arena_array(front->arena, struct tl_touchpoint, count_touchpoints(root));
	bind_element(front, kind, root, journey, 0);
	journey->touchpoints = front->touchpoints;
	journey->touchpoint_count = front->touchpoint_count;
	imply_ways(front);
}
