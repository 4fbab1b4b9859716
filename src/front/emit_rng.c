/* front: the schema in RELAX NG, XML syntax, with documentation for editors.
 *
 * Children may stand in any order, so each element's content is an interleave.
 */
#include "front/emit.h"

static void put_doc(struct tl_buf *out, const char *indent, const char *doc)
{
	tl_buf_printf(out, "%s<a:documentation>", indent);
	tl_xml_escape(out, doc);
	tl_buf_puts(out, "</a:documentation>\n");
}

static void put_words(struct tl_buf *out, const struct tl_vocabulary *words)
{
	tl_buf_puts(out, "          <choice>\n");
	for (size_t i = 0; i < words->count; i++)
		tl_buf_printf(out, "            <value>%s</value>\n", words->words[i]);
	tl_buf_puts(out, "          </choice>\n");
}

static void put_type(struct tl_buf *out, const struct schema_attribute *row)
{
	struct emit_type type = tl_emit_type(row);

	if (row->words) {
		put_words(out, row->words);
		return;
	}
	if (!type.base) {
		tl_buf_puts(out, "          <ref name=\"text\"/>\n");
		return;
	}
	tl_buf_printf(out, "          <data type=\"%s\">\n", type.base);
	if (type.pattern)
		tl_buf_printf(
			out, "            <param name=\"pattern\">%s</param>\n", type.pattern);
	if (type.bounded) {
		tl_buf_puts(out, "            <param name=\"minInclusive\">");
		tl_buf_number(out, row->min, 6);
		tl_buf_puts(out, "</param>\n            <param name=\"maxInclusive\">");
		tl_buf_number(out, row->max, 6);
		tl_buf_puts(out, "</param>\n");
	}
	tl_buf_puts(out, "          </data>\n");
}

static void put_attribute(struct tl_buf *out, const struct schema_attribute *row)
{
	struct tl_buf doc = {0};

	tl_emit_doc(&doc, row);
	if (!row->required)
		tl_buf_puts(out, "      <optional>\n");
	tl_buf_printf(out, "        <attribute name=\"%s\">\n", row->name);
	put_doc(out, "          ", doc.data);
	put_type(out, row);
	tl_buf_puts(out, "        </attribute>\n");
	if (!row->required)
		tl_buf_puts(out, "      </optional>\n");
	tl_buf_release(&doc);
}

static void put_child(struct tl_buf *out, const struct schema_child *child)
{
	const char *name = tl_schema_elements[child->kind].name;
	const char *around = child->required && child->many ? "oneOrMore"
			     : child->many                  ? "zeroOrMore"
			     : child->required              ? NULL
							    : "optional";

	if (around)
		tl_buf_printf(out, "        <%s><ref name=\"%s\"/></%s>\n", around, name, around);
	else
		tl_buf_printf(out, "        <ref name=\"%s\"/>\n", name);
}

static void put_content(struct tl_buf *out, const struct schema_element *element)
{
	if (element->content == CONTENT_REQUIRED)
		tl_buf_puts(out, "      <ref name=\"text\"/>\n");
	else if (element->content == CONTENT_OPTIONAL)
		tl_buf_puts(out, "      <text/>\n");
	else if (element->child_count == 0)
		tl_buf_puts(out, "      <empty/>\n");
	if (element->child_count == 0)
		return;
	tl_buf_puts(out, "      <interleave>\n");
	for (size_t i = 0; i < element->child_count; i++)
		put_child(out, &element->children[i]);
	if (element->includes)
		tl_buf_puts(out, "        <ref name=\"shared\"/>\n");
	tl_buf_puts(out, "      </interleave>\n");
}

static void put_element(struct tl_buf *out, const struct schema_element *element)
{
	tl_buf_printf(out, "\n  <define name=\"%s\">\n    <element name=\"%s\">\n", element->name,
		element->name);
	put_doc(out, "      ", element->doc);
	if (element->includes)
		tl_buf_printf(out, "      <ref name=\"tools-%s\"/>\n", element->name);
	for (size_t i = 0; i < element->attribute_count; i++)
		put_attribute(out, &element->attributes[i]);
	put_content(out, element);
	tl_buf_puts(out, "    </element>\n  </define>\n");
}

static const char head[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<!-- Made by touchline schema: customer journeys in XML. -->\n"
	"<grammar xmlns=\"http://relaxng.org/ns/structure/1.0\"\n"
	"         xmlns:a=\"http://relaxng.org/ns/compatibility/annotations/1.0\"\n"
	"         ns=\"" TL_JOURNEY_NS "\"\n"
	"         datatypeLibrary=\"http://www.w3.org/2001/XMLSchema-datatypes\">\n"
	"  <start>\n"
	"    <choice>\n"
	"      <ref name=\"journey\"/>\n"
	"      <ref name=\"vocabulary\"/>\n"
	"    </choice>\n"
	"  </start>\n"
	"\n"
	"  <define name=\"text\">\n"
	"    <data type=\"token\"><param name=\"minLength\">1</param></data>\n"
	"  </define>\n"
	"\n"
	"  <!-- What editors add: the place of the schema. -->\n"
	"  <define name=\"tools-journey\">\n"
	"    <optional>\n"
	"      <attribute name=\"schemaLocation\" ns=\"" FRONT_XSI_NS "\"/>\n"
	"    </optional>\n"
	"  </define>\n"
	"  <define name=\"tools-vocabulary\">\n"
	"    <ref name=\"tools-journey\"/>\n"
	"    <optional><attribute name=\"xml:base\"/></optional>\n"
	"    <optional><attribute name=\"xml:lang\"/></optional>\n"
	"  </define>\n"
	"\n"
	"  <!-- Brought in; a vocabulary stands there once an XInclude processor has been at work. "
	"-->\n"
	"  <define name=\"shared\">\n"
	"    <zeroOrMore>\n"
	"      <choice>\n"
	"        <ref name=\"include\"/>\n"
	"        <ref name=\"vocabulary\"/>\n"
	"      </choice>\n"
	"    </zeroOrMore>\n"
	"  </define>\n"
	"\n"
	"  <define name=\"include\">\n"
	"    <element name=\"include\" ns=\"" FRONT_XI_NS "\">\n"
	"      <a:documentation>Brings in a shared vocabulary: a file below this one's folder."
	"</a:documentation>\n"
	"      <attribute name=\"href\" ns=\"\">\n"
	"        <a:documentation>Name of the file, relative to this one.</a:documentation>\n"
	"        <data type=\"token\"><param name=\"minLength\">1</param></data>\n"
	"      </attribute>\n"
	"      <optional>\n"
	"        <attribute name=\"parse\" ns=\"\"><value>xml</value></attribute>\n"
	"      </optional>\n"
	"      <empty/>\n"
	"    </element>\n"
	"  </define>\n";

void tl_emit_rng(struct tl_buf *out)
{
	tl_buf_puts(out, head);
	for (enum schema_kind kind = 0; kind < EL_KINDS; kind++)
		put_element(out, &tl_schema_elements[kind]);
	tl_buf_puts(out, "</grammar>\n");
}
