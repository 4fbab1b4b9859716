/* xml: the tree, built over libxml2's SAX interface. For documents
 * that are read whole; stream.c is for those that are not.
 *
 * Positions: while a callback runs, the parser's cursor stands just behind the tag's attributes (or
 * behind the end tag), and no '<' can stand inside of a tag that was accepted; so the tag starts at
 * the last '<' before the cursor. Attributes are read again from there.
 *
 * Invariants: tl_xml_scan has seen the text and bounded depth, attributes, names and values; the
 * text is UTF-8 without a byte order mark, so libxml2 never converts and offsets in its input are
 * ours. After the first error nothing more is built.
 */
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>

#include "xml/scan.h"

/* libxml2's names are unique pointers of its dictionary; copies are shared by a small cache. */
struct name_copy {
	const xmlChar *key;
	const char *copy;
};
enum { NAME_SLOTS = 256 };

struct frame {
	struct tl_xml_element *element;
	struct tl_buf text;
	bool has_text; /* other than white space */
};

struct parser {
	struct tl_arena *arena;
	struct tl_diags *diags;
	const struct tl_source *source;
	size_t bom;
	struct tl_xml_element *root;
	struct frame frames[TL_XML_MAX_DEPTH];
	unsigned depth;
	size_t resume; /* offset behind the tag that was read last */
	bool failed;
	struct name_copy names[NAME_SLOTS];
};

static struct parser *parser_of(void *context)
{
	return ((xmlParserCtxtPtr)context)->_private;
}

/* Offset in the source of the parser's cursor. */
static size_t cursor(void *context)
{
	const xmlParserCtxt *ctxt = context;
	const struct parser *parser = ctxt->_private;

	if (!ctxt->input)
		return parser->source->length;
	size_t offset = parser->bom + ctxt->input->consumed +
			(size_t)(ctxt->input->cur - ctxt->input->base);
	return offset < parser->source->length ? offset : parser->source->length;
}

static const char *copy_name(struct parser *parser, const xmlChar *name)
{
	if (!name)
		return NULL;
	uintptr_t key = (uintptr_t)name;
	struct name_copy *slot = &parser->names[(key ^ key >> 8) % NAME_SLOTS];
	if (slot->key != name) {
		slot->key = name;
		slot->copy = tl_arena_strdup(parser->arena, (const char *)name);
	}
	return slot->copy;
}

/* ---- text ---------------------------------------------------------------------------------- */

static bool is_blank(const char *s, size_t n)
{
	return xml_skip_space(s, s + n) == s + n;
}

/* Past white space, comments and instructions, into CDATA, to where text starts. */
static const char *find_text(const char *p, const char *end, bool *cdata)
{
	*cdata = false;
	for (;;) {
		p = xml_skip_space(p, end);
		size_t left = (size_t)(end - p);
		const char *close = NULL;
		size_t close_length = 3;
		if (left > 2 && *cdata && !memcmp(p, "]]>", 3)) {
			close = p;
			*cdata = false;
		} else if (left > 8 && !*cdata && !memcmp(p, "<![CDATA[", 9)) {
			close = p;
			close_length = 9;
			*cdata = true;
		} else if (left > 3 && !*cdata && !memcmp(p, "<!--", 4)) {
			close = memmem(p + 4, left - 4, "-->", 3);
		} else if (left > 1 && !*cdata && !memcmp(p, "<?", 2)) {
			close = memmem(p + 2, left - 2, "?>", 2);
			close_length = 2;
		} else if (left > 2 && !*cdata && *p == '&') {
			struct xml_reference reference = tl_xml_read_reference(p, end);
			if (reference.code < 0x80 && xml_is_space((char)reference.code)) {
				close = p;
				close_length = reference.length;
			}
		}
		if (!close)
			return p;
		p = close + close_length;
	}
}

static struct tl_span text_span(const struct parser *parser)
{
	const char *end = parser->source->text + parser->source->length;
	bool cdata;
	const char *from = find_text(parser->source->text + parser->resume, end, &cdata);
	const char *to = cdata ? memmem(from, (size_t)(end - from), "]]>", 3)
			       : memchr(from, '<', (size_t)(end - from));

	if (!to)
		to = end;
	while (to > from && xml_is_space(to[-1]))
		to--;
	return tl_xml_span(parser->source, from, to);
}

static void on_text(void *context, const xmlChar *text, int length)
{
	struct parser *parser = parser_of(context);

	if (parser->failed || parser->depth == 0)
		return;
	struct frame *frame = &parser->frames[parser->depth - 1];
	if (!frame->has_text && !is_blank((const char *)text, (size_t)length)) {
		frame->has_text = true;
		frame->element->text_at = text_span(parser);
	}
	tl_buf_put(&frame->text, text, (size_t)length);
}

/* ---- elements ------------------------------------------------------------------------------ */

static bool is_declaration(const struct xml_raw_attribute *raw)
{
	return raw->name_length >= 5 && !memcmp(raw->name, "xmlns", 5) &&
	       (raw->name_length == 5 || raw->name[5] == ':');
}

/* libxml2 hands out the attributes in document order, without the namespace declarations. */
static void add_attributes(struct parser *parser, struct tl_xml_element *element, const char *p,
	const char *end, const xmlChar **values, int count)
{
	struct tl_xml_attribute **place = &element->attributes;
	struct xml_raw_attribute raw;

	for (int i = 0; i < count && tl_xml_tag_next(&raw, &p, end);) {
		if (is_declaration(&raw))
			continue;
		const xmlChar **value = values + 5 * i++;
		struct tl_xml_attribute *attribute =
			tl_arena_new(parser->arena, struct tl_xml_attribute);
		attribute->name = copy_name(parser, value[0]);
		attribute->prefix = copy_name(parser, value[1]);
		attribute->ns = copy_name(parser, value[2]);
		/* libxml2 leaves &#38; in it, unless it is told to replace entities, which it is
		 * not */
		attribute->value = tl_xml_decode_value(parser->arena, &raw);
		attribute->name_at =
			tl_xml_span(parser->source, raw.name, raw.name + raw.name_length);
		attribute->value_at =
			tl_xml_span(parser->source, raw.value, raw.value + raw.value_length);
		*place = attribute;
		place = &attribute->next;
	}
}

/* libxml2's dictionary becomes slow when it is full. */
static bool check_names(struct parser *parser, xmlParserCtxtPtr ctxt, struct tl_span at)
{
	if (xmlDictSize(ctxt->dict) <= TL_XML_MAX_NAMES)
		return true;
	tl_diag_add(parser->diags, TL0117, at, "the file has more than %d different names",
		TL_XML_MAX_NAMES);
	parser->failed = true;
	xmlStopParser(ctxt);
	return false;
}

static void push(struct parser *parser, struct tl_xml_element *element)
{
	if (parser->depth == 0) {
		parser->root = element;
	} else {
		struct tl_xml_element *parent = parser->frames[parser->depth - 1].element;
		element->parent = parent;
		if (parent->last)
			parent->last->next = element;
		else
			parent->first = element;
		parent->last = element;
	}
	struct frame *frame = &parser->frames[parser->depth++];
	frame->element = element;
	frame->has_text = false;
	tl_buf_clear(&frame->text);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
	int declaration_count, const xmlChar **declarations, int count, int defaulted,
	const xmlChar **attributes)
{
	struct parser *parser = parser_of(context);
	const char *text = parser->source->text, *end = text + parser->source->length;

	(void)prefix, (void)declaration_count, (void)declarations, (void)defaulted;
	if (parser->failed || parser->depth == TL_XML_MAX_DEPTH)
		return;
	const char *behind = text + cursor(context);
	const char *less = memrchr(text, '<', (size_t)(behind - text));
	const char *close = memchr(behind, '>', (size_t)(end - behind));
	if (!less || !close)
		return;
	struct tl_xml_element *element = tl_arena_new(parser->arena, struct tl_xml_element);
	const char *name_end = tl_xml_skip_name(less + 1, end);
	element->ns = copy_name(parser, uri);
	element->name = copy_name(parser, name);
	element->text = "";
	element->at = tl_xml_span(parser->source, less, close + 1);
	element->name_at = tl_xml_span(parser->source, less + 1, name_end);
	add_attributes(parser, element, name_end, close, attributes, count);
	if (!check_names(parser, context, element->at))
		return;
	push(parser, element);
	parser->resume = (size_t)(close + 1 - text);
}

/* behind: offset of the cursor, which stands behind the tag. */
static struct tl_span end_span(
	const struct parser *parser, const struct tl_xml_element *element, size_t behind)
{
	const char *text = parser->source->text, *to = text + behind;
	const char *start = text + element->at.offset + element->at.length;

	if (start[-2] == '/')
		return tl_xml_span(parser->source, start, start);
	const char *from = memrchr(start, '<', (size_t)(to - start));
	return tl_xml_span(parser->source, from ? from : to, to);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct parser *parser = parser_of(context);

	(void)name, (void)prefix, (void)uri;
	if (parser->failed || parser->depth == 0)
		return;
	struct frame *frame = &parser->frames[--parser->depth];
	frame->element->end_at = end_span(parser, frame->element, cursor(context));
	if (frame->has_text)
		frame->element->text =
			tl_arena_strndup(parser->arena, frame->text.data, frame->text.len);
	parser->resume = cursor(context);
}

/* ---- errors -------------------------------------------------------------------------------- */

static void report_prefix(struct parser *parser, const char *prefix, const char *behind)
{
	const char *text = parser->source->text;
	const char *less = memrchr(text, '<', (size_t)(behind - text));
	const char *from = less ? less + 1 : behind;
	char *name = tl_arena_printf(parser->arena, "%s:", prefix);
	const char *at = memmem(from, (size_t)(behind - from), name, strlen(name));
	const char *end = parser->source->text + parser->source->length;

	from = at ? at : from;
	struct tl_diag *diag = tl_diag_add(parser->diags, TL0118,
		tl_xml_span(parser->source, from, tl_xml_skip_name(from, end)),
		"the namespace prefix '%s' is not declared", prefix);
	if (!strcmp(prefix, "xi"))
		tl_diag_hint(parser->diags, diag,
			"add xmlns:xi=\"http://www.w3.org/2001/XInclude\" to the root element");
	else
		tl_diag_hint(parser->diags, diag, "journeys need no prefixes but xi and xml");
}

static void report_other(struct parser *parser, const xmlError *error, const char *at)
{
	const char *message = error->message ? error->message : "not well-formed";
	size_t length = strcspn(message, "\n");
	const char *text = parser->source->text;
	/* the cursor may stand at the very end, where there is nothing to underline */
	const char *to = at < text + parser->source->length ? at + 1 : at;

	tl_diag_add(parser->diags, TL0119, tl_xml_span(parser->source, at, to),
		"not well-formed XML: %.*s", (int)length, message);
}

static void on_error(void *context, xmlErrorPtr error)
{
	struct parser *parser = parser_of(context);

	/* Several errors at one byte have one cause: the first says most. */
	if (parser->failed || error->level < XML_ERR_ERROR)
		return;
	parser->failed = true;
	const char *at = parser->source->text + cursor(context);
	struct tl_span here = tl_xml_span(parser->source, at, at);
	switch (error->code) {
	case XML_ERR_NO_MEMORY:
		abort();
	case XML_NS_ERR_UNDEFINED_NAMESPACE:
		report_prefix(parser, error->str1 ? error->str1 : "", at);
		break;
	case XML_ERR_INVALID_CHAR:
		tl_diag_add(parser->diags, TL0105, here, "a character that XML does not allow");
		break;
	case XML_NS_ERR_ATTRIBUTE_REDEFINED:
		tl_diag_add(parser->diags, TL0111, here,
			"an attribute is given twice, under two prefixes of one namespace");
		break;
	default:
		report_other(parser, error, at);
	}
	xmlStopParser(context);
}

/* ---- the document -------------------------------------------------------------------------- */

/* tl_xml_scan refuses every DOCTYPE; should one slip past it, nothing is ever loaded. */
static xmlParserInputPtr refuse_entity(const char *url, const char *id, xmlParserCtxtPtr context)
{
	(void)url, (void)id, (void)context;
	return NULL;
}

static void set_handlers(xmlSAXHandler *sax)
{
	memset(sax, 0, sizeof *sax);
	sax->initialized = XML_SAX2_MAGIC;
	sax->startElementNs = on_start;
	sax->endElementNs = on_end;
	sax->characters = on_text;
	sax->cdataBlock = on_text;
	sax->serror = (xmlStructuredErrorFunc)on_error;
}

static bool run(struct parser *parser)
{
	const char *body = parser->source->text + parser->bom;
	int length = (int)(parser->source->length - parser->bom);
	xmlParserCtxtPtr ctxt = xmlCreateMemoryParserCtxt(body, length);

	if (!ctxt)
		abort(); /* out of memory: the text is neither NULL nor empty */
	set_handlers(ctxt->sax);
	ctxt->_private = parser;
	xmlCtxtUseOptions(ctxt, XML_PARSE_NONET);
	xmlParseDocument(ctxt);
	bool ok = ctxt->wellFormed && !parser->failed && parser->root;
	if (!ok && !parser->failed)
		tl_diag_add(parser->diags, TL0119, (struct tl_span){parser->source, 0, 0},
			"not well-formed XML");
	xmlFreeParserCtxt(ctxt);
	return ok;
}

struct tl_xml_element *tl_xml_parse(
	struct tl_arena *arena, struct tl_diags *diags, const struct tl_source *source)
{
	if (source->length > TL_XML_MAX_BYTES) {
		tl_diag_add(diags, TL0117, (struct tl_span){source, 0, 0},
			"the file is larger than %d MB", TL_XML_MAX_BYTES >> 20);
		return NULL;
	}
	if (!tl_xml_check_encoding(diags, source) || !tl_xml_scan(diags, source))
		return NULL;
	xmlSetExternalEntityLoader(refuse_entity);
	struct parser *parser = calloc(1, sizeof *parser);
	if (!parser)
		abort();
	parser->arena = arena;
	parser->diags = diags;
	parser->source = source;
	parser->bom = tl_xml_bom_length(source);
	struct tl_xml_element *root = run(parser) ? parser->root : NULL;
	for (size_t i = 0; i < TL_XML_MAX_DEPTH; i++)
		tl_buf_release(&parser->frames[i].text);
	free(parser);
	return root;
}

const struct tl_xml_attribute *tl_xml_attribute(
	const struct tl_xml_element *element, const char *name)
{
	const struct tl_xml_attribute *attribute = element->attributes;

	while (attribute && (attribute->prefix || strcmp(attribute->name, name) != 0))
		attribute = attribute->next;
	return attribute;
}
