/* json_scan: where records begin and end in JSON, without reading the whole. */
#ifndef TL_INTAKE_JSON_SCAN_H
#define TL_INTAKE_JSON_SCAN_H

#include "intake/reader.h"

struct json_scan {
	struct intake_input *input;
	const char *records; /* keys that hold the array, apart by spaces; NULL */
	struct tl_buf window;
	size_t at, next; /* the record, once there is one; behind it */
	bool ended;
	enum { AT_TOP, IN_ARRAY, IN_ENVELOPE } state;
	bool in_envelope; /* the array is a value of an object */
	const char *fault; /* of the record; then at to next is the line or nothing */
};
enum json_outcome { JSON_RECORD, JSON_END, JSON_CUT_OFF, JSON_MALFORMED };
/* Records are: the elements of an array at the top; those of an array that stands under one of the
 * keys in an object at the top; any other object at the top, one behind the other. */
enum json_outcome json_scan_record(struct json_scan *scan);

#endif
