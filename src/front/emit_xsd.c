/* front: the schema in XML Schema 1.0, for editors that complete from it.
 *
 * XML Schema cannot say "in any order, this one exactly once": content is a choice that repeats,
 * and the compiler counts. xml:lang would need a second schema file: it is let through by a
 * wildcard.
 */
#include <string.h>

#include "front/emit.h"

static void put_doc(struct tl_buf *out, const char *indent, const char *doc)
{
	tl_buf_printf(out, "%s<xs:annotation><xs:documentation xml:lang=\"en\">", indent);
	tl_xml_escape(out, doc);
	tl_buf_puts(out, "</xs:documentation></xs:annotation>\n");
}

static void put_facets(struct tl_buf *out, const struct schema_attribute *row)
{
	struct emit_type type = tl_emit_type(row);

	tl_buf_printf(out, "      <xs:simpleType>\n        <xs:restriction base=\"xs:%s\">\n",
		type.base ? type.base : "token");
	for (size_t i = 0; row->words && i < row->words->count; i++)
		tl_buf_printf(
			out, "          <xs:enumeration value=\"%s\"/>\n", row->words->words[i]);
	if (type.pattern)
		tl_buf_printf(out, "          <xs:pattern value=\"%s\"/>\n", type.pattern);
	if (type.bounded) {
		tl_buf_puts(out, "          <xs:minInclusive value=\"");
		tl_buf_number(out, row->min, 6);
		tl_buf_puts(out, "\"/>\n          <xs:maxInclusive value=\"");
		tl_buf_number(out, row->max, 6);
		tl_buf_puts(out, "\"/>\n");
	}
	tl_buf_puts(out, "        </xs:restriction>\n      </xs:simpleType>\n");
}

static void put_attribute(struct tl_buf *out, const struct schema_attribute *row)
{
	struct tl_buf doc = {0};
	bool plain = !row->words && !tl_emit_type(row).base;

	tl_emit_doc(&doc, row);
	tl_buf_printf(
		out, "    <xs:attribute name=\"%s\"%s", row->name, plain ? " type=\"text\"" : "");
	if (row->required)
		tl_buf_puts(out, " use=\"required\"");
	if (row->preset)
		tl_buf_printf(out, " default=\"%s\"", row->preset);
	tl_buf_puts(out, ">\n");
	put_doc(out, "      ", doc.data);
	if (!plain)
		put_facets(out, row);
	tl_buf_puts(out, "    </xs:attribute>\n");
	tl_buf_release(&doc);
}

static bool is_in_xml(const struct schema_attribute *row)
{
	return strchr(row->name, ':') != NULL; /* xml:lang is the only name with a prefix */
}

static void put_attributes(struct tl_buf *out, const struct schema_element *element)
{
	bool wildcard = element == &tl_schema_elements[EL_VOCABULARY];

	for (size_t i = 0; i < element->attribute_count; i++) {
		if (is_in_xml(&element->attributes[i]))
			wildcard = true;
		else
			put_attribute(out, &element->attributes[i]);
	}
	if (wildcard)
		tl_buf_puts(out, "    <xs:anyAttribute namespace=\"" FRONT_XML_NS
				 "\" processContents=\"lax\"/>\n");
}

static void put_element(struct tl_buf *out, const char *indent, enum schema_kind kind)
{
	const struct schema_element *element = &tl_schema_elements[kind];

	tl_buf_printf(out, "%s<xs:element name=\"%s\" type=\"%s\">\n", indent, element->name,
		element->name);
	tl_buf_puts(out, indent);
	put_doc(out, "  ", element->doc);
	tl_buf_printf(out, "%s</xs:element>\n", indent);
}

static void put_children(struct tl_buf *out, const struct schema_element *element)
{
	bool required = false;

	for (size_t i = 0; i < element->child_count; i++)
		required |= element->children[i].required;
	tl_buf_printf(out, "    <xs:choice minOccurs=\"%d\" maxOccurs=\"unbounded\">\n", required);
	for (size_t i = 0; i < element->child_count; i++)
		put_element(out, "      ", element->children[i].kind);
	/* a vocabulary stands in the place of its include once a processor has been at work */
	if (element->includes)
		tl_buf_puts(out,
			"      <xs:element ref=\"vocabulary\"/>\n"
			"      <xs:any namespace=\"" FRONT_XI_NS "\" processContents=\"lax\"/>\n");
	tl_buf_puts(out, "    </xs:choice>\n");
}

static void put_type(struct tl_buf *out, const struct schema_element *element)
{
	tl_buf_printf(out, "\n  <xs:complexType name=\"%s\">\n", element->name);
	if (element->content == CONTENT_NONE) {
		if (element->child_count > 0)
			put_children(out, element);
		put_attributes(out, element);
	} else {
		tl_buf_printf(out, "    <xs:simpleContent><xs:extension base=\"%s\">\n",
			element->content == CONTENT_REQUIRED ? "text" : "xs:token");
		put_attributes(out, element);
		tl_buf_puts(out, "    </xs:extension></xs:simpleContent>\n");
	}
	tl_buf_puts(out, "  </xs:complexType>\n");
}

static const char head[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<!-- Made by touchline schema: customer journeys in XML. -->\n"
	"<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"\n"
	"           xmlns=\"" TL_JOURNEY_NS "\"\n"
	"           targetNamespace=\"" TL_JOURNEY_NS "\"\n"
	"           elementFormDefault=\"qualified\">\n"
	"\n"
	"  <xs:simpleType name=\"text\">\n"
	"    <xs:restriction base=\"xs:token\"><xs:minLength value=\"1\"/></xs:restriction>\n"
	"  </xs:simpleType>\n"
	"\n";

void tl_emit_xsd(struct tl_buf *out)
{
	tl_buf_puts(out, head);
	put_element(out, "  ", EL_JOURNEY);
	put_element(out, "  ", EL_VOCABULARY);
	for (enum schema_kind kind = 0; kind < EL_KINDS; kind++)
		put_type(out, &tl_schema_elements[kind]);
	tl_buf_puts(out, "</xs:schema>\n");
}
