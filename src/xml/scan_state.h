/* xml, internal: the state of the pass before libxml2, shared by its files. */
#ifndef XML_SCAN_STATE_H
#define XML_SCAN_STATE_H

#include "xml/scan.h"

/* Enough for a person to repair in one sitting; a damaged file has millions. */
enum { MAX_ERRORS = 100 };

struct open_tag {
	const char *name;
	size_t length;
};

struct scan {
	struct tl_diags *diags;
	const struct tl_source *source;
	const char *p, *end;
	struct open_tag open[TL_XML_MAX_DEPTH];
	unsigned depth;
	size_t nodes;
	bool root_done; /* the root element was closed */
	unsigned errors;
	bool stop; /* no use to read on */
};

/* Reports, and stops after MAX_ERRORS. */
struct tl_diag *tl_xml_report(struct scan *scan, enum tl_code code, const char *from,
	const char *to, const char *message);
/* Reports something after which reading on is of no use. */
struct tl_diag *tl_xml_fatal(struct scan *scan, enum tl_code code, const char *from, const char *to,
	const char *message);
/* Character data, or the inside of a value: references and characters. */
void tl_xml_scan_characters(struct scan *scan, const char *p, const char *end);

/* scan_tag.c: the tag that starts at `less`; scan->p is behind it afterwards. */
void tl_xml_scan_start_tag(struct scan *scan, const char *less);
void tl_xml_scan_end_tag(struct scan *scan, const char *less);

static inline bool starts(const struct scan *scan, const char *p, const char *prefix)
{
	size_t length = strlen(prefix);
	return (size_t)(scan->end - p) >= length && !memcmp(p, prefix, length);
}

static inline bool is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
	       (unsigned char)c >= 0x80;
}

#endif
