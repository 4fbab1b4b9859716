/* Documents of any size, over libxml2's pull reader: no network, no DOCTYPE (so no entities but the
 * five of XML), libxml2's own limits on depth and on the size of names and values.
 */
#include <libxml/xmlreader.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "touchline/xml.h"

struct tl_xml_stream {
	xmlTextReaderPtr reader;
	xmlChar *value; /* of the last attribute */
	bool end_due;	/* an empty element has started, and has no end of its own */
	bool broken;
	unsigned line;
	char error[200];
};

static void on_error(void *context, xmlErrorPtr error)
{
	struct tl_xml_stream *stream = context;
	size_t n;

	if (*stream->error || error->level < XML_ERR_ERROR || !error->message)
		return;
	n = strcspn(error->message, "\n");
	if (n >= sizeof stream->error)
		n = sizeof stream->error - 1;
	memcpy(stream->error, error->message, n);
	stream->line = error->line > 0 ? (unsigned)error->line : 0;
}

struct tl_xml_stream *tl_xml_stream_open(
	int (*read)(void *context, char *bytes, int n), void *context)
{
	struct tl_xml_stream *stream = calloc(1, sizeof *stream);

	if (!stream)
		tl_die_of_memory(sizeof *stream);
	stream->reader = xmlReaderForIO(read, NULL, context, NULL, NULL, XML_PARSE_NONET);
	if (!stream->reader) {
		stream->broken = true;
		return stream;
	}
	xmlTextReaderSetStructuredErrorHandler(
		stream->reader, (xmlStructuredErrorFunc)on_error, stream);
	return stream;
}

void tl_xml_stream_close(struct tl_xml_stream *stream)
{
	if (!stream)
		return;
	xmlFree(stream->value);
	xmlFreeTextReader(stream->reader);
	free(stream);
}

static enum tl_xml_event fail(struct tl_xml_stream *stream, const char *why)
{
	stream->broken = true;
	if (!*stream->error)
		snprintf(stream->error, sizeof stream->error, "%s", why);
	return TL_XML_BROKEN;
}

enum tl_xml_event tl_xml_stream_next(struct tl_xml_stream *stream, const char **name)
{
	if (stream->broken)
		return fail(stream, "cannot be read as XML");
	if (stream->end_due) {
		stream->end_due = false;
		return TL_XML_END;
	}
	for (;;) {
		int status = xmlTextReaderRead(stream->reader);

		if (status < 0 || *stream->error)
			return fail(stream, "cannot be read as XML");
		if (status == 0)
			return TL_XML_DONE;
		*name = (const char *)xmlTextReaderConstLocalName(stream->reader);
		stream->line = (unsigned)xmlTextReaderGetParserLineNumber(stream->reader);
		switch (xmlTextReaderNodeType(stream->reader)) {
		case XML_READER_TYPE_ELEMENT:
			stream->end_due = xmlTextReaderIsEmptyElement(stream->reader);
			return TL_XML_START;
		case XML_READER_TYPE_END_ELEMENT:
			return TL_XML_END;
		case XML_READER_TYPE_DOCUMENT_TYPE:
			return fail(stream, "a DOCTYPE is not allowed");
		default:
			break;
		}
	}
}

const char *tl_xml_stream_attribute(struct tl_xml_stream *stream, const char *name)
{
	xmlFree(stream->value);
	stream->value = xmlTextReaderGetAttribute(stream->reader, (const xmlChar *)name);
	return (const char *)stream->value;
}

unsigned tl_xml_stream_line(const struct tl_xml_stream *stream)
{
	return stream->line;
}

const char *tl_xml_stream_error(const struct tl_xml_stream *stream)
{
	return stream->error;
}
