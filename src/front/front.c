/* front: from a file or a text to a checked journey, in the order of the steps. */
#include <string.h>

#include "front/bind.h"

void tl_front_init(struct front *front, struct tl_arena *arena, struct tl_diags *diags)
{
	*front = (struct front){.arena = arena, .diags = diags};
	for (size_t i = 0; i < EL_KINDS; i++)
		tl_table_init(&front->ids[i], arena);
	tl_table_init(&front->loose, arena);
	tl_table_init(&front->again, arena);
}

bool tl_front_hints(struct front *front)
{
	enum { MAX_HINTS = 1000 };

	return front->hints++ < MAX_HINTS;
}

/* What the root makes of the file: EL_JOURNEY, EL_VOCABULARY, or EL_KINDS after reporting. */
static enum schema_kind judge_root(struct front *front, struct tl_xml_element *root)
{
	enum schema_kind kind = tl_schema_find(root->name);

	if (kind != EL_JOURNEY && kind != EL_VOCABULARY) {
		struct tl_diag *diag = tl_diag_add(front->diags, TL0210, root->name_at,
			"the root element is <%s>, not <journey>", root->name);
		tl_diag_hint(
			front->diags, diag, "<journey xmlns=\"" TL_JOURNEY_NS "\" id=\"...\">");
		return EL_KINDS;
	}
	if (tl_front_is_ours(root))
		return kind;
	struct tl_diag *diag = tl_diag_add(front->diags, TL0209, root->name_at,
		"<%s> is not in the namespace of journeys", root->name);
	tl_diag_hint(front->diags, diag, "write <%s xmlns=\"" TL_JOURNEY_NS "\" ...>", root->name);
	return EL_KINDS;
}

/* Among the files of a folder: a journey, or one whose author forgot the namespace. */
static bool looks_like_journey(const struct tl_xml_element *root)
{
	return !strcmp(root->name, tl_schema_elements[EL_JOURNEY].name) &&
	       (!root->ns || tl_front_is_ours(root));
}

static const struct tl_journey *compile(struct front *front, struct tl_xml_element *root)
{
	enum schema_kind kind = judge_root(front, root);

	if (kind == EL_KINDS)
		return NULL;
	tl_front_include(front, root);
	tl_front_bind(front, kind, root);
	tl_front_resolve(front);
	tl_front_check(front);
	front->journey->sources = front->sources;
	front->journey->source_count = front->source_count;
	return kind == EL_JOURNEY ? front->journey : NULL;
}

const struct tl_journey *tl_front_read(
	struct tl_arena *arena, struct tl_diags *diags, const char *path, bool only_journeys)
{
	struct front front;

	tl_front_init(&front, arena, diags);
	struct tl_xml_element *root = tl_front_load(&front, path);
	if (!root || (only_journeys && !looks_like_journey(root)))
		return NULL;
	return compile(&front, root);
}

const struct tl_journey *tl_front_parse(struct tl_arena *arena, struct tl_diags *diags,
	const char *name, const char *text, size_t length)
{
	struct front front;

	tl_front_init(&front, arena, diags);
	struct tl_xml_element *root = tl_front_parse_text(&front, name, text, length);
	return root ? compile(&front, root) : NULL;
}
