/* store: matches that the trigram index cannot find. It knows no word of fewer than three characters,
 * and most words of Chinese and Japanese have two. Such a query is held against the texts themselves,
 * of which those in scripts without spaces are the only ones to look at.
 *
 * The grammar is that of FTS5, which front has checked: OR binds loosest, then AND, NOT, and phrases
 * that stand side by side. As in that index a phrase is any part of the text, whatever its case.
 * NEAR asks for all of its phrases, at any distance.
 */
#include "store/bind.h"

#include <string.h>

enum { DEEPEST = 64, SHORT = 3 };

struct query {
	const char *p, *text;
	unsigned depth;
	int64_t start, length; /* of the first phrase that was found; −1 */
	bool is_short;	       /* a phrase is too short for the index */
	struct tl_buf phrase;
};

static bool take_or(struct query *query);

static void skip_spaces(struct query *query)
{
	query->p += strspn(query->p, " \t\r\n");
}

static size_t bare_length(const char *p)
{
	size_t n = 0;

	while ((unsigned char)p[n] >= 0x80 || p[n] == '_' || (p[n] >= '0' && p[n] <= '9') ||
		(p[n] >= 'a' && p[n] <= 'z') || (p[n] >= 'A' && p[n] <= 'Z'))
		n++;
	return n;
}

static bool at_operator(struct query *query, const char *operator)
{
	size_t n = strlen(operator);

	skip_spaces(query);
	return bare_length(query->p) == n && memcmp(query->p, operator, n) == 0;
}

static bool take_operator(struct query *query, const char *operator)
{
	if (!at_operator(query, operator))
		return false;
	query->p += strlen(operator);
	return true;
}

/* One word or quoted text, added to the phrase. Goes on by a byte where there is neither. */
static void take_word(struct query *query)
{
	size_t n;

	skip_spaces(query);
	if (*query->p == '"') {
		while (*++query->p && (*query->p != '"' || query->p[1] == '"')) {
			tl_buf_putc(&query->phrase, *query->p);
			query->p += *query->p == '"';
		}
		query->p += *query->p == '"';
		return;
	}
	n = bare_length(query->p);
	tl_buf_put(&query->phrase, query->p, n);
	query->p += n ? n : *query->p != '\0';
}

static bool take_phrase(struct query *query)
{
	const char *found, *text = query->text;
	bool first;

	skip_spaces(query);
	first = *query->p == '^';
	query->p += first;
	tl_buf_clear(&query->phrase);
	do {
		take_word(query);
		skip_spaces(query);
	} while (*query->p == '+' && query->p++);
	query->p += *query->p == '*';
	if (!query->phrase.len)
		return false;
	query->is_short |= tl_utf8_length(query->phrase.data, query->phrase.len) < SHORT;
	found = strcasestr(text, query->phrase.data);
	if (!found || (first && found != text))
		return false;
	if (query->start < 0) {
		query->start = found - text;
		query->length = (int64_t)query->phrase.len;
	}
	return true;
}

static bool take_near(struct query *query)
{
	bool all = true;

	query->p = strchr(query->p, '(') + 1;
	for (skip_spaces(query); *query->p && *query->p != ')' && *query->p != ',';
		skip_spaces(query))
		all = take_phrase(query) && all;
	query->p += strcspn(query->p, ")");
	query->p += *query->p == ')';
	return all;
}

static bool take_term(struct query *query)
{
	bool holds;

	skip_spaces(query);
	if (strncmp(query->p, "NEAR", 4) == 0 &&
		query->p[4 + strspn(query->p + 4, " \t\r\n")] == '(')
		return take_near(query);
	if (*query->p != '(' || query->depth == DEEPEST)
		return take_phrase(query);
	query->p++;
	query->depth++;
	holds = take_or(query);
	query->depth--;
	skip_spaces(query);
	query->p += *query->p == ')';
	return holds;
}

static bool take_neighbours(struct query *query)
{
	bool all = take_term(query);

	for (skip_spaces(query); *query->p && *query->p != ')' && !at_operator(query, "OR") &&
				 !at_operator(query, "AND") && !at_operator(query, "NOT");
		skip_spaces(query))
		all = take_term(query) && all;
	return all;
}

/* What must not be there leaves no place. */
static bool take_not(struct query *query)
{
	bool holds = take_neighbours(query);

	while (take_operator(query, "NOT")) {
		int64_t start = query->start, length = query->length;

		if (take_neighbours(query))
			holds = false;
		query->start = start;
		query->length = length;
	}
	return holds;
}

static bool take_and(struct query *query)
{
	bool all = take_not(query);

	while (take_operator(query, "AND"))
		all = take_not(query) && all;
	return all;
}

static bool take_or(struct query *query)
{
	bool any = take_and(query);

	while (take_operator(query, "OR"))
		any = take_and(query) || any;
	return any;
}

static bool hold(struct query *query)
{
	bool holds = take_or(query);

	tl_buf_release(&query->phrase);
	return holds && !*query->p;
}

bool tl_substring_is_needed(const char *match)
{
	struct query query = {.p = match, .text = "", .start = -1};

	if (!tl_text_has_no_spaces(match))
		return false;
	hold(&query);
	return query.is_short;
}

bool tl_substring_holds(const char *match, const char *text, int64_t *start, int64_t *length)
{
	struct query query = {.p = match, .text = text, .start = -1};
	bool holds = hold(&query);

	*start = query.start < 0 ? TL_NO_TIME : query.start;
	*length = query.start < 0 ? TL_NO_TIME : query.length;
	return holds;
}
