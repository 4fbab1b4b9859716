/* fuzz: any bytes as XML. Every place must lie in the text, and be what it says. */
#include <stdlib.h>
#include <string.h>

#include "touchline/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
	if (!condition)
		abort();
}

static void check_span(struct tl_span span)
{
	require((size_t)span.offset + span.length <= span.source->length);
}

static void check_attribute(const struct tl_xml_attribute *attribute)
{
	const char *name = attribute->name_at.source->text + attribute->name_at.offset;
	size_t skip = attribute->prefix ? strlen(attribute->prefix) + 1 : 0;

	check_span(attribute->name_at);
	check_span(attribute->value_at);
	require(attribute->name_at.length == skip + strlen(attribute->name));
	require(!memcmp(name + skip, attribute->name, strlen(attribute->name)));
	check_span(tl_xml_value_span(attribute->value_at, strlen(attribute->value) / 2, 1));
}

static void check_element(const struct tl_xml_element *element)
{
	const char *text = element->at.source->text;

	check_span(element->at);
	require(text[element->at.offset] == '<');
	require(text[element->at.offset + element->at.length - 1] == '>');
	check_span(element->name_at);
	if (*element->text)
		check_span(element->text_at);
	for (const struct tl_xml_attribute *a = element->attributes; a; a = a->next)
		check_attribute(a);
	for (const struct tl_xml_element *child = element->first; child; child = child->next) {
		require(child->parent == element);
		check_element(child);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_buf json = {0};

	tl_arena_init(&arena);
	tl_diags_init(&diags);
	const struct tl_source *source =
		tl_diags_source(&diags, "fuzz.xml", (const char *)data, size);
	const struct tl_xml_element *root = tl_xml_parse(&arena, &diags, source);
	require((root != NULL) == (diags.errors == 0));
	if (root)
		check_element(root);
	tl_diags_json(&diags, &json);
	tl_buf_release(&json);
	tl_arena_release(&arena);
	tl_diags_release(&diags);
	return 0;
}
