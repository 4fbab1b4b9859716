/* Every element, attribute and text of a document knows its exact place, whatever stands between.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "touchline/xml.h"

struct fixture {
	struct tl_arena arena;
	struct tl_diags diags;
};

static struct tl_xml_element *parse(struct fixture *fixture, const char *text)
{
	tl_arena_init(&fixture->arena);
	tl_diags_init(&fixture->diags);
	return tl_xml_parse(&fixture->arena, &fixture->diags,
		tl_diags_source(&fixture->diags, "test.xml", text, strlen(text)));
}

static void release(struct fixture *fixture)
{
	tl_arena_release(&fixture->arena);
	tl_diags_release(&fixture->diags);
}

static void assert_at(struct tl_span span, const char *expected)
{
	assert_non_null(span.source);
	assert_in_range(span.offset + span.length, 0, span.source->length);
	assert_int_equal(span.length, strlen(expected));
	assert_memory_equal(span.source->text + span.offset, expected, span.length);
}

static void assert_line(struct tl_span span, unsigned line, unsigned column)
{
	unsigned found_line, found_column;
	tl_source_position(span.source, span.offset, &found_line, &found_column);
	assert_int_equal(found_line, line);
	assert_int_equal(found_column, column);
}

static void attributes_over_several_lines(void **state)
{
	struct fixture fixture;
	(void)state;
	struct tl_xml_element *root =
		parse(&fixture, "<a xmlns=\"u\"\n   one='1'\n\ttwo = \"&amp;&#x20AC;é\"\n   "
				"xml:lang='de'\n><b/></a>");
	assert_non_null(root);
	const struct tl_xml_attribute *one = root->attributes;
	assert_string_equal(one->name, "one");
	assert_at(one->value_at, "1");
	assert_line(one->name_at, 2, 4);
	assert_string_equal(one->next->value, "&\342\202\254é");
	assert_at(one->next->value_at, "&amp;&#x20AC;é");
	assert_string_equal(one->next->next->prefix, "xml");
	assert_at(one->next->next->name_at, "xml:lang");
	assert_null(one->next->next->next);
	assert_string_equal(root->ns, "u");
	assert_at(root->first->at, "<b/>");
	assert_line(root->first->name_at, 5, 3);
	assert_ptr_equal(tl_xml_attribute(root, "two"), one->next);
	assert_null(tl_xml_attribute(root, "lang"));
	assert_at(tl_xml_attribute_span(root->at, "xml:lang"), "de");
	assert_at(tl_xml_attribute_span(root->at, "three"),
		"<a xmlns=\"u\"\n   one='1'\n\ttwo = "
		"\"&amp;&#x20AC;é\"\n   xml:lang='de'\n>");
	release(&fixture);
}

static void text_between_other_things(void **state)
{
	static const struct {
		const char *document, *text, *at;
	} cases[] = {
		{"<a>  words here\n</a>", "  words here\n", "words here"},
		{"<a>\n<!-- <b> --> <?pi <?> after</a>", "\n  after", "after"},
		{"<a> <![CDATA[ <not a tag> ]]> more</a>", "  <not a tag>  more", "<not a tag>"},
		{"<a><![CDATA[]]>x</a>", "x", "x"},
		{"<a>&#32;&#x9;&lt;b&gt; c</a>", " \t<b> c", "&lt;b&gt; c"},
		{"<a><b>inner</b> tail <b/> last</a>", " tail  last", "tail"},
		{"<a>über <b/>uns</a>", "über uns", "über"},
		{"<a>\xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x99\x82</a>",
			"\xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x99\x82",
			"\xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x99\x82"},
	};
	(void)state;
	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		struct fixture fixture;
		struct tl_xml_element *root = parse(&fixture, cases[i].document);
		assert_non_null(root);
		assert_string_equal(root->text, cases[i].text);
		assert_at(root->text_at, cases[i].at);
		release(&fixture);
	}
}

static void white_space_is_no_text(void **state)
{
	struct fixture fixture;
	(void)state;
	struct tl_xml_element *root = parse(&fixture, "<a>\n <b> <c>x</c>\n</b> </a>");
	assert_non_null(root);
	assert_string_equal(root->text, "");
	assert_null(root->text_at.source);
	assert_string_equal(root->first->text, "");
	assert_at(root->first->first->text_at, "x");
	assert_ptr_equal(root->first->first->parent, root->first);
	assert_ptr_equal(root->last, root->first);
	release(&fixture);
}

static void line_ends_and_byte_order_marks(void **state)
{
	struct fixture fixture;
	(void)state;
	struct tl_xml_element *root = parse(&fixture,
		"\xef\xbb\xbf<?xml version=\"1.0\"?>\r\n<a>\r\n<b c='1\r\n2'>x\r\ny</b>\r\n</a>");
	assert_non_null(root);
	assert_at(root->at, "<a>");
	assert_at(root->first->at, "<b c='1\r\n2'>");
	assert_string_equal(root->first->attributes->value, "1 2");
	assert_at(root->first->attributes->value_at, "1\r\n2");
	assert_string_equal(root->first->text, "x\ny");
	assert_at(root->first->text_at, "x\r\ny");
	assert_line(root->first->at, 3, 1);
	release(&fixture);
}

/* Large enough that libxml2 moves its window over the input several times. */
static void places_far_into_a_document(void **state)
{
	enum { COUNT = 20000 };
	struct fixture fixture;
	struct tl_buf text = {0};
	size_t seen = 0;
	(void)state;
	tl_buf_puts(&text, "<a>");
	for (size_t i = 0; i < COUNT; i++)
		tl_buf_printf(&text, "<!-- %zu --><b n='%zu'>t\303\251xt %zu</b>\n", i, i, i);
	tl_buf_puts(&text, "</a>");
	struct tl_xml_element *root = parse(&fixture, text.data);
	assert_non_null(root);
	for (struct tl_xml_element *b = root->first; b; b = b->next, seen++) {
		char at[64], words[64];
		snprintf(at, sizeof at, "<b n='%zu'>", seen);
		snprintf(words, sizeof words, "t\303\251xt %zu", seen);
		assert_at(b->at, at);
		assert_at(b->text_at, words);
		assert_string_equal(b->text, words);
	}
	assert_int_equal(seen, COUNT);
	tl_buf_release(&text);
	release(&fixture);
}

static void parts_of_values_have_places(void **state)
{
	static const struct {
		const char *raw;
		size_t offset, length;
		const char *at;
	} cases[] = {
		{"a bc d", 2, 2, "bc"},
		{"&amp; bc", 2, 2, "bc"},
		{"a&#x20AC;b", 4, 1, "b"},
		{"a&#x20AC;b", 1, 3, "&#x20AC;"},
		{"a\r\nbc", 2, 2, "bc"},
		{"a & b", 2, 1, "&"}, /* not a reference: stands for itself */
		{"abc", 3, 1, ""},
		{"abc", 1, 0, ""},
		{"", 0, 1, ""},
	};
	(void)state;
	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		struct tl_diags diags;
		tl_diags_init(&diags);
		const struct tl_source *source =
			tl_diags_source(&diags, "t", cases[i].raw, strlen(cases[i].raw));
		struct tl_span raw = {source, 0, (uint32_t)source->length};
		assert_at(tl_xml_value_span(raw, cases[i].offset, cases[i].length), cases[i].at);
		tl_diags_release(&diags);
	}
}

static void escaped_text_reads_back(void **state)
{
	static const char text[] = "<a href=\"x\">'&amp;' \xc3\xa9 \xf0\x9f\x99\x82";
	struct fixture fixture;
	struct tl_buf document = {0};
	(void)state;
	tl_buf_puts(&document, "<t v=\"");
	tl_xml_escape(&document, text);
	tl_buf_puts(&document, "\">");
	tl_xml_escape(&document, text);
	tl_buf_puts(&document, "</t>");
	struct tl_xml_element *root = parse(&fixture, document.data);
	assert_non_null(root);
	assert_string_equal(root->text, text);
	assert_string_equal(root->attributes->value, text);
	tl_buf_release(&document);
	release(&fixture);
}

static void what_xml_forbids_is_replaced(void **state)
{
	struct tl_buf out = {0};
	(void)state;
	tl_xml_escape(&out, "a\x01\xff\xef\xbf\xbe\tb");
	assert_string_equal(out.data, "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\tb");
	tl_buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(attributes_over_several_lines),
		cmocka_unit_test(text_between_other_things),
		cmocka_unit_test(white_space_is_no_text),
		cmocka_unit_test(line_ends_and_byte_order_marks),
		cmocka_unit_test(places_far_into_a_document),
		cmocka_unit_test(parts_of_values_have_places),
		cmocka_unit_test(escaped_text_reads_back),
		cmocka_unit_test(what_xml_forbids_is_replaced),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
