/* Finding records: brackets and strings are followed, everything else is left to the parser that
 * gets the record. No recursion, so depth costs nothing. What is no record is forgotten while it is
 * passed, so that the window holds one record at most.
 *
 * A line end cannot stand inside of a JSON string. Where one does at the top, a line is broken, and
 * reading goes on with the next one.
 */
#include "intake/json_scan.h"

#include <string.h>

enum { FORGET = 1 << 20 };
static const char too_large[] =
	"larger than 4 MB: shorten it in the export; it is not repeated here";

static bool have(struct json_scan *scan, size_t i)
{
	while (i >= scan->window.len && !scan->ended)
		scan->ended = !intake_input_read(scan->input, &scan->window);
	return i < scan->window.len;
}

/* Forgets everything before *i. */
static void forget(struct json_scan *scan, size_t *i)
{
	struct tl_buf *window = &scan->window;

	if (!*i)
		return;
	memmove(window->data, window->data + *i, window->len - *i);
	window->len -= *i;
	scan->at = scan->next = *i = 0;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool skip_blank(struct json_scan *scan, size_t *i, char also)
{
	while (have(scan, *i)) {
		char c = scan->window.data[*i];

		if (!is_blank(c) && c != also)
			return true;
		++*i;
	}
	return false;
}

/* Behind the string whose opening quote stands at *i; false at a line end or the end of the file. */
static bool skip_string(struct json_scan *scan, size_t *i, bool *keep)
{
	for (++*i; have(scan, *i); ++*i) {
		char c = scan->window.data[*i];

		if (c == '"') {
			++*i;
			return true;
		}
		if (c == '\n')
			return false;
		if (c == '\\')
			++*i;
		if (*keep && *i - scan->at > INTAKE_MOST_ROW) {
			scan->fault = too_large;
			*keep = false;
		}
		if (!*keep && *i > FORGET)
			forget(scan, i);
	}
	return false;
}

static bool ends_scalar(char c)
{
	return is_blank(c) || c == ',' || c == ']' || c == '}';
}

/* Behind the value at *i. */
static bool skip_value(struct json_scan *scan, size_t *i, bool *keep)
{
	size_t depth = 0;

	while (have(scan, *i)) {
		char c = scan->window.data[*i];

		if (c == '"') {
			if (!skip_string(scan, i, keep))
				return false;
		} else if (c == '{' || c == '[') {
			if (++depth > INTAKE_MOST_DEPTH)
				scan->fault = "nested more than 32 levels deep";
			++*i;
		} else if (c == '}' || c == ']') {
			if (!depth)
				return false;
			depth--;
			++*i;
		} else if (!depth) {
			while (have(scan, *i) && !ends_scalar(scan->window.data[*i]))
				++*i;
		} else {
			++*i;
		}
		if (!depth)
			return true;
		if (*keep && *i - scan->at > INTAKE_MOST_ROW) {
			scan->fault = too_large;
			*keep = false;
		}
		if (!*keep && *i > FORGET)
			forget(scan, i);
	}
	return false;
}

static bool is_listed(const char *list, const char *key, size_t n)
{
	for (const char *p = list; p && *p; p += strspn(p, " ")) {
		size_t length = strcspn(p, " ");
		if (length == n && !memcmp(p, key, n))
			return true;
		p += length;
	}
	return false;
}

enum member { MEMBER_ARRAY, MEMBER_OTHER, MEMBER_LAST, MEMBER_BAD };

/* One member of the object that *i is in: behind its value, or behind the [ of the array that holds
 * the records, or behind the } of the object. */
static enum member next_member(struct json_scan *scan, size_t *i, bool *keep)
{
	size_t key, length;
	bool listed;

	if (!skip_blank(scan, i, ','))
		return MEMBER_BAD;
	if (scan->window.data[*i] == '}') {
		++*i;
		return MEMBER_LAST;
	}
	key = *i + 1;
	if (scan->window.data[*i] != '"' || !skip_string(scan, i, &(bool){true}))
		return MEMBER_BAD;
	length = *i - key - 1;
	listed = is_listed(scan->records, scan->window.data + key, length);
	if (!skip_blank(scan, i, ':'))
		return MEMBER_BAD;
	if (listed && scan->window.data[*i] == '[') {
		++*i;
		return MEMBER_ARRAY;
	}
	return skip_value(scan, i, keep) ? MEMBER_OTHER : MEMBER_BAD;
}

static void found(struct json_scan *scan, size_t i, bool keep)
{
	scan->next = i;
	if (!keep)
		scan->at = i;
}

/* At the top, what cannot be read is a line. */
static enum json_outcome broken_line(struct json_scan *scan)
{
	size_t i = scan->at;

	scan->fault = "is not well-formed JSON";
	while (have(scan, i) && scan->window.data[i] != '\n') {
		i++;
		if (i - scan->at > INTAKE_MOST_ROW)
			return JSON_MALFORMED;
	}
	scan->next = i;
	scan->state = AT_TOP;
	return JSON_RECORD;
}

static enum json_outcome object_at_top(struct json_scan *scan, bool *again)
{
	size_t i = scan->at + 1;
	bool keep = true;

	for (;;) {
		switch (next_member(scan, &i, &keep)) {
		case MEMBER_ARRAY:
			scan->next = i;
			scan->fault = NULL;
			scan->state = IN_ARRAY;
			scan->in_envelope = *again = true;
			return JSON_END;
		case MEMBER_OTHER:
			break;
		case MEMBER_LAST:
			found(scan, i, keep);
			return JSON_RECORD;
		case MEMBER_BAD:
			return keep ? broken_line(scan) : JSON_MALFORMED;
		}
	}
}

static enum json_outcome at_top(struct json_scan *scan, bool *again)
{
	size_t i = scan->at;

	if (!skip_blank(scan, &i, ' '))
		return JSON_END;
	forget(scan, &i);
	if (scan->window.data[0] == '{')
		return object_at_top(scan, again);
	if (scan->window.data[0] != '[')
		return broken_line(scan);
	scan->next = 1;
	scan->state = IN_ARRAY;
	scan->in_envelope = false;
	*again = true;
	return JSON_END;
}

static enum json_outcome in_array(struct json_scan *scan, bool *again)
{
	size_t i = scan->at;
	bool keep = true;

	if (!skip_blank(scan, &i, ','))
		return JSON_CUT_OFF;
	if (scan->window.data[i] == ']') {
		scan->next = i + 1;
		scan->state = scan->in_envelope ? IN_ENVELOPE : AT_TOP;
		*again = true;
		return JSON_END;
	}
	forget(scan, &i);
	if (!skip_value(scan, &i, &keep))
		return have(scan, i) ? JSON_MALFORMED : JSON_CUT_OFF;
	found(scan, i, keep);
	return JSON_RECORD;
}

/* Behind the array: the rest of the object. */
static enum json_outcome in_envelope(struct json_scan *scan, bool *again)
{
	size_t i = scan->at;
	bool keep = false;

	*again = true;
	switch (next_member(scan, &i, &keep)) {
	case MEMBER_ARRAY:
		scan->state = IN_ARRAY;
		break;
	case MEMBER_LAST:
		scan->state = AT_TOP;
		break;
	case MEMBER_OTHER:
		break;
	case MEMBER_BAD:
		*again = false;
		return have(scan, i) ? JSON_MALFORMED : JSON_CUT_OFF;
	}
	scan->next = i;
	scan->fault = NULL;
	return JSON_END;
}

enum json_outcome json_scan_record(struct json_scan *scan)
{
	static enum json_outcome (*const step[])(struct json_scan *, bool *) = {
		[AT_TOP] = at_top, [IN_ARRAY] = in_array, [IN_ENVELOPE] = in_envelope};
	enum json_outcome outcome;
	bool again;

	scan->fault = NULL;
	do {
		again = false;
		scan->at = scan->next;
		outcome = step[scan->state](scan, &again);
	} while (again);
	return outcome;
}
