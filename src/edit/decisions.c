/* edit: decisions read and judged as far as that can be done without the journeys.
 *
 * The two outer levels are known here; a touchpoint and all that stands in it are judged by the
 * table of the language. The tree stays as it was read, but for its namespace.
 */
#include "edit/edit.h"

#include <errno.h>
#include <string.h>

static const struct level {
	const char *name;
	const char *attributes[2];
	size_t attribute_count;
	bool named; /* by an id */
	const char *child;
} levels[] = {
	{"decisions", {"room", "date"}, 2, false, "journey"},
	{"journey", {"id"}, 1, true, "touchpoint"},
};
enum { LEVELS = TL_COUNT(levels) };

/* ---- what tells things apart -------------------------------------------------------------------- */

bool tl_edit_lists(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (; list && *list; list += strcspn(list, " "), list += *list == ' ')
		if (!strncmp(list, word, n) && (!list[n] || list[n] == ' '))
			return true;
	return false;
}

const char *tl_edit_value(
	struct tl_arena *arena, const struct tl_xml_element *element, const char *name)
{
	const struct tl_xml_attribute *attribute = tl_xml_attribute(element, name);

	return attribute ? tl_text_fold(arena, attribute->value) : "";
}

bool tl_edit_is_nameless(const struct tl_part *part, const struct tl_xml_element *element)
{
	if (!part->key)
		return true;
	const struct tl_xml_attribute *id = tl_xml_attribute(element, "id");
	return !strcmp(part->key, "id") && (!id || !id->value[strspn(id->value, " \t\r\n")]);
}

const char *tl_edit_key(struct tl_arena *arena, const struct tl_part *part,
	const struct tl_xml_element *element, bool by_text)
{
	struct tl_buf key = {0};

	tl_buf_puts(&key, part->name);
	if (part->many && (by_text || tl_edit_is_nameless(part, element))) {
		/* folded values have no line ends: this is the key of nothing that has a name */
		tl_buf_printf(&key, "\n\n%s", tl_text_fold(arena, element->text));
	} else if (part->many) {
		for (const char *at = part->key; *at; at += *at == ' ') {
			size_t n = strcspn(at, " ");
			tl_buf_printf(&key, "\n%s",
				tl_edit_value(arena, element, tl_arena_strndup(arena, at, n)));
			at += n;
		}
	}
	const char *copy = tl_arena_strdup(arena, key.data);
	tl_buf_release(&key);
	return copy;
}

/* ---- judging ------------------------------------------------------------------------------------ */

struct reading {
	struct tl_arena *arena;
	struct tl_diags *diags;
};

static void hint_name(struct reading *reading, struct tl_diag *diag, const char *name,
	const char *const *names, size_t count)
{
	const char *near = tl_text_nearest(name, names, count);

	if (near)
		tl_diag_hint(reading->diags, diag, "did you mean '%s'?", near);
	else if (count)
		tl_diag_hint(reading->diags, diag, "it has: %s%s%s", names[0],
			count > 1 ? ", " : "", count > 1 ? names[1] : "");
}

/* What comes second is refused: which of the two holds is nobody's guess. */
static void decide_once(struct reading *reading, struct tl_table *seen, const char *key,
	struct tl_span at, const char *what)
{
	struct tl_span *kept = tl_arena_new(reading->arena, struct tl_span);

	*kept = at;
	const struct tl_span *first = tl_table_add(seen, key, kept);
	if (!first)
		return;
	struct tl_diag *diag = tl_diag_add(
		reading->diags, TL0308, at, "this %s is decided about twice", what);
	tl_diag_hint(reading->diags, diag, "put both into one <%s>", what);
	tl_diag_note(reading->diags, diag, *first, "the first time is here");
}

static void check_attributes(
	struct reading *reading, const struct level *level, const struct tl_xml_element *element)
{
	int32_t day;

	for (const struct tl_xml_attribute *a = element->attributes; a; a = a->next) {
		size_t known = 0;

		while (known < level->attribute_count && strcmp(level->attributes[known], a->name) != 0)
			known++;
		if (a->ns) /* of tools */
			continue;
		if (known == level->attribute_count)
			hint_name(reading,
				tl_diag_add(reading->diags, TL0203, a->name_at,
					"<%s> has no attribute '%s'", element->name, a->name),
				a->name, level->attributes, level->attribute_count);
		else if (!strcmp(a->name, "date") &&
			 !tl_date_parse(&day, tl_text_fold(reading->arena, a->value)))
			tl_diag_hint(reading->diags,
				tl_diag_add(reading->diags, TL0215, a->value_at,
					"'%.80s' is not a date", a->value),
				"write year-month-day, such as 2026-10-01");
	}
	if (level->named && !*tl_edit_value(reading->arena, element, "id"))
		tl_diag_add(reading->diags, TL0204, element->name_at,
			"<%s> needs the attribute 'id'", element->name);
}

static void check_parts(struct reading *reading, const struct tl_xml_element *touchpoint)
{
	struct tl_table seen;
	struct tl_part part;

	tl_table_init(&seen, reading->arena);
	for (const struct tl_xml_element *e = touchpoint->first; e; e = e->next) {
		if (!tl_front_part(&part, e->name))
			continue;
		bool nameless = part.many && tl_edit_is_nameless(&part, e);
		if (nameless && !*tl_text_fold(reading->arena, e->text)) {
			tl_diag_hint(reading->diags,
				tl_diag_add(reading->diags, TL0208, e->name_at, "<%s> has no text",
					e->name),
				"its %s which one is meant",
				part.key ? "id or text says" : "text says");
			continue;
		}
		decide_once(reading, &seen, tl_edit_key(reading->arena, &part, e, false), e->name_at,
			part.name);
	}
}

static void check_touchpoint(struct reading *reading, struct tl_xml_element *touchpoint)
{
	if (!*tl_edit_value(reading->arena, touchpoint, "id"))
		tl_diag_add(reading->diags, TL0204, touchpoint->name_at,
			"<touchpoint> needs the attribute 'id'");
	tl_front_fragment(reading->arena, reading->diags, touchpoint);
	check_parts(reading, touchpoint);
}

/* Whether a child may stand in a level; reports else. */
static bool admit(
	struct reading *reading, const struct level *level, const struct tl_xml_element *child)
{
	if (!strcmp(child->name, level->child))
		return true;
	struct tl_diag *diag = tl_diag_add(reading->diags, TL0202, child->name_at,
		"<%s> cannot stand in <%s>", child->name, level->name);
	tl_diag_hint(reading->diags, diag, "in <%s> stands <%s id=\"...\">", level->name,
		level->child);
	return false;
}

static void check_level(
	struct reading *reading, const struct level *level, struct tl_xml_element *element)
{
	struct tl_table seen;

	tl_table_init(&seen, reading->arena);
	check_attributes(reading, level, element);
	if (*element->text)
		tl_diag_add(reading->diags, TL0207, element->text_at,
			"text cannot stand directly in <%s>", level->name);
	for (struct tl_xml_element *child = element->first; child; child = child->next) {
		if (!admit(reading, level, child))
			continue;
		const char *id = tl_edit_value(reading->arena, child, "id");
		if (*id)
			decide_once(reading, &seen, id, child->name_at, level->child);
		if (level + 1 < levels + LEVELS)
			check_level(reading, level + 1, child);
		else
			check_touchpoint(reading, child);
	}
}

/* ---- the document ------------------------------------------------------------------------------- */

static bool check_root(struct reading *reading, const struct tl_xml_element *root)
{
	struct tl_diag *diag;

	if (strcmp(root->name, levels[0].name) != 0)
		diag = tl_diag_add(reading->diags, TL0210, root->name_at,
			"the root element is <%s>, not <%s>", root->name, levels[0].name);
	else if (!root->ns || strcmp(root->ns, TL_DECISIONS_NS) != 0)
		diag = tl_diag_add(reading->diags, TL0209, root->name_at,
			"<%s> is not in the namespace of decisions", root->name);
	else
		return true;
	tl_diag_hint(reading->diags, diag, "<%s xmlns=\"" TL_DECISIONS_NS "\">", levels[0].name);
	return false;
}

/* They are written in the words of journeys: from here on they are taken for such. */
static void take_words(struct reading *reading, struct tl_xml_element *parent)
{
	for (struct tl_xml_element *e = parent->first; e; e = e->next) {
		if (!e->ns || strcmp(e->ns, TL_DECISIONS_NS) != 0)
			tl_diag_hint(reading->diags,
				tl_diag_add(reading->diags, TL0209, e->name_at,
					"<%s> is not in the namespace of decisions", e->name),
				"xmlns=\"" TL_DECISIONS_NS "\"");
		e->ns = TL_JOURNEY_NS;
		take_words(reading, e);
	}
}

static void list_journeys(struct reading *reading, struct tl_decisions *decisions)
{
	size_t count = 0;
	struct tl_decided *list;

	for (const struct tl_xml_element *e = decisions->root->first; e; e = e->next)
		count++;
	list = tl_arena_array(reading->arena, struct tl_decided, count);
	for (const struct tl_xml_element *e = decisions->root->first; e; e = e->next)
		list[decisions->count++] =
			(struct tl_decided){tl_edit_value(reading->arena, e, "id"),
				tl_xml_attribute_span(e->at, "id")};
	decisions->journeys = list;
}

const struct tl_decisions *tl_decisions_parse(struct tl_arena *arena, struct tl_diags *diags,
	const char *name, const char *text, size_t length)
{
	struct reading reading = {arena, diags};
	size_t before = diags->errors;
	const struct tl_source *source = tl_diags_source(diags, name, text, length);
	struct tl_xml_element *root = NULL;

	if (length > TL_DECISIONS_MAX_BYTES)
		tl_diag_add(diags, TL0117, (struct tl_span){source, 0, 0},
			"decisions are larger than %d MB", TL_DECISIONS_MAX_BYTES >> 20);
	else
		root = tl_xml_parse(arena, diags, source);
	if (!root || !check_root(&reading, root))
		return NULL;
	take_words(&reading, root);
	check_level(&reading, &levels[0], root);
	if (diags->errors > before)
		return NULL;
	struct tl_decisions *decisions = tl_arena_new(arena, struct tl_decisions);
	decisions->source = source;
	decisions->root = root;
	list_journeys(&reading, decisions);
	return decisions;
}

const struct tl_decisions *tl_decisions_read(
	struct tl_arena *arena, struct tl_diags *diags, const char *path)
{
	const char *name = strcmp(path, "-") != 0 ? path : "<stdin>";
	const struct tl_decisions *decisions = NULL;
	struct tl_buf text = {0};
	int error = tl_file_read(&text, path, TL_DECISIONS_MAX_BYTES);

	if (error == -EFBIG)
		tl_diag_add(diags, TL0117, (struct tl_span){0},
			"%s: decisions are larger than %d MB", name, TL_DECISIONS_MAX_BYTES >> 20);
	else if (error)
		tl_diag_add(diags, TL0120, (struct tl_span){0}, "%s: cannot be read: %s", name,
			strerror(-error));
	else
		decisions = tl_decisions_parse(arena, diags, name, text.data, text.len);
	tl_buf_release(&text);
	return decisions;
}

size_t tl_decisions_journeys(
	const struct tl_decisions *decisions, const struct tl_decided **journeys)
{
	*journeys = decisions->journeys;
	return decisions->count;
}
