/* front: whether a full-text query can be searched for.
 *
 * The grammar is that of SQLite's FTS5, less its column filters, which would name columns of the
 * store. Recursive descent over the text; the first problem is enough.
 *
 *   query  = term { [ AND | OR | NOT ] term }      no operator: AND, between phrases only
 *   term   = ( query ) | NEAR ( phrase { phrase } [ , number ] ) | phrase
 *   phrase = [^] word { + word } [*]               word: bare, or anything in double quotes
 */
#include "front/check.h"

#include <string.h>

enum { MAX_PARENTHESES = 32 };

struct match {
	const char *p;
	const char *problem; /* at p */
	unsigned depth;
};

static bool parse_query(struct match *match);

static bool fail(struct match *match, const char *problem)
{
	if (!match->problem)
		match->problem = problem;
	return false;
}

static char peek(struct match *match)
{
	match->p += strspn(match->p, " \t\r\n");
	return *match->p;
}

static bool is_bare(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || (unsigned char)c >= 0x80;
}

static size_t bare_length(const char *p)
{
	size_t n = 0;

	while (is_bare(p[n]))
		n++;
	return n;
}

/* The operator that stands next, or NULL. They are operators in capitals only. */
static const char *peek_operator(struct match *match)
{
	static const char *const operators[] = {"AND", "OR", "NOT"};

	peek(match);
	size_t n = bare_length(match->p);
	for (size_t i = 0; i < TL_COUNT(operators); i++)
		if (strlen(operators[i]) == n && !memcmp(match->p, operators[i], n))
			return operators[i];
	return NULL;
}

static bool parse_quoted(struct match *match)
{
	const char *close = match->p + 1;

	while ((close = strchr(close, '"')) && close[1] == '"')
		close += 2;
	if (!close)
		return fail(match, "this quote is never closed");
	match->p = close + 1;
	return true;
}

static bool parse_word(struct match *match)
{
	char c = peek(match);

	if (c == '"')
		return parse_quoted(match);
	if (peek_operator(match))
		return fail(match, "a word is missing before this operator");
	if (!is_bare(c))
		return fail(match, c ? "put words with this character in double quotes"
				     : "a word is missing at the end");
	match->p += bare_length(match->p);
	return true;
}

static bool parse_phrase(struct match *match)
{
	if (peek(match) == '^')
		match->p++;
	do {
		if (!parse_word(match))
			return false;
	} while (peek(match) == '+' && match->p++);
	if (*match->p == '*')
		match->p++;
	return true;
}

static bool parse_near(struct match *match)
{
	const char *start = match->p;

	match->p = strchr(match->p, '(') + 1;
	while (peek(match) && *match->p != ')' && *match->p != ',')
		if (!parse_phrase(match))
			return false;
	if (*match->p == ',') {
		match->p++;
		peek(match);
		size_t digits = strspn(match->p, "0123456789");
		if (digits == 0 || digits > 4)
			return fail(match, "NEAR takes a number of words after the comma");
		match->p += digits;
	}
	if (peek(match) == ')') {
		match->p++;
		return true;
	}
	match->p = start;
	return fail(match, "NEAR is written NEAR(word word, 5)");
}

static bool parse_parentheses(struct match *match)
{
	const char *start = match->p++;

	if (++match->depth > MAX_PARENTHESES)
		return fail(match, "parentheses are nested too deeply");
	if (!parse_query(match))
		return false;
	match->depth--;
	if (peek(match) == ')') {
		match->p++;
		return true;
	}
	match->p = start;
	return fail(match, "this parenthesis is never closed");
}

static bool parse_term(struct match *match)
{
	if (peek(match) == '(')
		return parse_parentheses(match);
	if (!strncmp(match->p, "NEAR", 4) && match->p[4 + strspn(match->p + 4, " \t\r\n")] == '(')
		return parse_near(match);
	return parse_phrase(match);
}

static bool parse_query(struct match *match)
{
	bool grouped = peek(match) == '(';

	if (!parse_term(match))
		return false;
	while (peek(match) && *match->p != ')') {
		const char *operator= peek_operator(match);
		if (operator)
			match->p += strlen(operator);
		else if (grouped || *match->p == '(')
			return fail(match, "AND, OR or NOT is missing beside the parenthesis");
		grouped = peek(match) == '(';
		if (!parse_term(match))
			return false;
	}
	return true;
}

const char *tl_match_check(const char *query, size_t *offset)
{
	struct match match = {.p = query};

	if (parse_query(&match) && *match.p)
		fail(&match, "this parenthesis was never opened");
	*offset = (size_t)(match.p - query);
	return match.problem;
}
