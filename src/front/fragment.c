/* front: what those need who write the language: its order, and a check of a part of a touchpoint. */
#include <string.h>

#include "front/bind.h"

bool tl_front_part(struct tl_part *out, const char *name)
{
	enum schema_kind kind = tl_schema_find(name);
	const struct schema_child *row =
		kind == EL_KINDS ? NULL : tl_schema_child(EL_TOUCHPOINT, kind);

	if (!row)
		return false;
	const struct schema_element *element = &tl_schema_elements[kind];
	*out = (struct tl_part){
		.name = element->name,
		.order = (size_t)(row - tl_schema_elements[EL_TOUCHPOINT].children),
		.many = row->many,
		.has_text = element->content != CONTENT_NONE,
		.key = element->key,
	};
	return true;
}

size_t tl_front_attribute_order(const char *element, const char *attribute)
{
	enum schema_kind kind = tl_schema_find(element);

	for (size_t i = 0; kind != EL_KINDS && i < tl_schema_elements[kind].attribute_count; i++)
		if (!strcmp(tl_schema_elements[kind].attributes[i].name, attribute))
			return i;
	return SIZE_MAX;
}

bool tl_front_fragment(
	struct tl_arena *arena, struct tl_diags *diags, struct tl_xml_element *touchpoint)
{
	struct front front;
	size_t before = diags->errors;

	tl_front_init(&front, arena, diags);
	tl_front_bind_fragment(&front, touchpoint);
	return diags->errors == before;
}
