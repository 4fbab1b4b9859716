/* fields: what a value may be, and the form in which it is kept. The same for a call and for a line of
 * the log, so that nothing gets into the state that a call could not have said. */
#include "room/room.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum type { T_LINE, T_TEXT, T_WORD, T_NUMBER, T_DAY, T_TOKEN };
struct field_rule {
	const char *name;
	enum type type;
	const char *what; /* how a sentence calls it */
	int least, most;  /* of a number; most: characters of a text */
	const struct tl_vocabulary *words;
};
static const char *const outcome_words[] = {"pain", "idea", "nothing"};
const struct tl_vocabulary room_outcomes = {"outcome", outcome_words, TL_COUNT(outcome_words)};
static const char *const step_words[] = {"collect", "reveal", "cluster", "vote", "decide"};
const struct tl_vocabulary tl_steps = {"step", step_words, TL_COUNT(step_words)};
static const char *const said_words[] = {"pain", "idea", "question"};
const struct tl_vocabulary tl_contributions = {"kind of note", said_words, TL_COUNT(said_words)};

enum { MOST_ID = 256, MOST_ON = 3 * MOST_ID, MOST_KEY = 40, DAY_SECONDS = 86400 };
static const struct field_rule rules[FIELDS] = {
	[F_ACTION] = {"action", T_NUMBER, "The number of the action", 1, INT32_MAX, NULL},
	[F_AS] = {"as", T_WORD, "What it becomes", 0, 0, &room_outcomes},
	[F_AT] = {"at", T_TOKEN, "The touchpoint", 0, MOST_ON, NULL},
	[F_DEPARTMENT] = {"department", T_LINE, "The department", 0, TL_ROOM_NAME, NULL},
	[F_DONE] = {"done", T_NUMBER, "Done", 0, 1, NULL},
	[F_DOTS] = {"dots", T_NUMBER, "The number of dots", 0, 20, NULL},
	[F_DUE] = {"due", T_DAY, "The due date", 0, 0, NULL},
	[F_EVENT] = {"event", T_NUMBER, "The number of the event", 1, INT32_MAX, NULL},
	[F_FEELING] = {"feeling", T_LINE, "The feeling", 0, TL_ROOM_NAME, NULL},
	[F_FRICTION] = {"friction", T_WORD, "The kind of friction", 0, 0, &tl_friction_kinds},
	[F_HIDE] = {"hide", T_NUMBER, "Hide", 0, 1, NULL},
	[F_INTO] = {"into", T_NUMBER, "The number of the other note", 1, INT32_MAX, NULL},
	[F_KEY] = {"key", T_TOKEN, "The key", 0, MOST_KEY, NULL},
	[F_KIND] = {"kind", T_WORD, "The kind of note", 0, 0, &tl_contributions},
	[F_NAME] = {"name", T_LINE, "The name", 0, TL_ROOM_NAME, NULL},
	[F_NOTE] = {"note", T_NUMBER, "The number of the note", 1, INT32_MAX, NULL},
	[F_ON] = {"on", T_TOKEN, "What it is about", 0, MOST_ON, NULL},
	[F_OWNER] = {"owner", T_LINE, "The owner", 0, TL_ROOM_NAME, NULL},
	[F_PAIN] = {"pain", T_TOKEN, "The pain point", 0, MOST_ID, NULL},
	[F_PER] = {"per", T_NUMBER, "The number of dots", 1, 20, NULL},
	[F_SECONDS] = {"seconds", T_NUMBER, "The number of seconds", 0, DAY_SECONDS, NULL},
	[F_SECRET] = {"secret", T_TOKEN, "The secret", 0, TL_ROOM_SECRET - 1, NULL},
	[F_SEVERITY] = {"severity", T_NUMBER, "The severity", 1, 5, NULL},
	[F_STATUS] = {"status", T_WORD, "The status", 0, 0, &tl_statuses},
	[F_TEXT] = {"text", T_TEXT, "The text", 0, TL_ROOM_TEXT, NULL},
	[F_TO] = {"to", T_WORD, "The step", 0, 0, &tl_steps},
	[F_VALENCE] = {"valence", T_NUMBER, "The feeling", -2, 2, NULL},
	[F_YES] = {"yes", T_NUMBER, "Yes", 0, 1, NULL},
};

bool room_refuse(
	struct why *why, enum tl_room_verdict verdict, const char *field, const char *fmt, ...)
{
	va_list args;

	why->verdict = verdict;
	why->field = field;
	va_start(args, fmt);
	vsnprintf(why->sentence, sizeof why->sentence, fmt, args);
	va_end(args);
	return false;
}

const char *room_field_name(enum field field)
{
	return rules[field].name;
}

enum field room_field_find(const char *name, size_t n)
{
	for (int i = 0; i < FIELDS; i++)
		if (strlen(rules[i].name) == n && memcmp(rules[i].name, name, n) == 0)
			return (enum field)i;
	return NO_FIELD;
}

/* ---- texts --------------------------------------------------------------------------------------- */

enum class { SEEN, UNSEEN, SPACE, BREAK, DROPPED, FORBIDDEN };
/* What turns the direction of all that follows is dropped: telephones paste it along, and it would
 * reach into what stands beside the note. Right-to-left writing needs none of it. */
static enum class class_of(uint32_t c)
{
	if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029)
		return BREAK;
	if (c == ' ' || c == '\t' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
		c == 0x202F || c == 0x205F || c == 0x3000)
		return SPACE;
	if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c & 0xFFFE) == 0xFFFE ||
		(c >= 0xFDD0 && c <= 0xFDEF))
		return FORBIDDEN;
	if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF)
		return DROPPED;
	if (c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x2060 && c <= 0x2065) ||
		(c >= 0xFE00 && c <= 0xFE0F) || c == 0x3164 || c == 0x2800 ||
		(c >= 0xE0000 && c <= 0xE0FFF))
		return UNSEEN;
	return SEEN;
}

/* Trimmed; white space folded, in lines where there are lines, with no more than one empty one. */
static bool clean(struct tl_buf *out, const char *text, size_t n, bool lines, size_t *length)
{
	const char *p = text, *end = text + n;
	bool seen = false, space = false;
	int breaks = 0;

	for (*length = 0; p < end;) {
		const char *from = p;
		enum class class = class_of(tl_utf8_next(&p, end));

		if (class == FORBIDDEN)
			return false;
		if (class == BREAK && !(from[0] == '\n' && from > text && from[-1] == '\r'))
			breaks++;
		space |= class == SPACE || class == BREAK;
		if (class != SEEN && class != UNSEEN)
			continue;
		if (out->len && lines && breaks)
			tl_buf_puts(out, breaks > 1 ? "\n\n" : "\n");
		else if (out->len && space)
			tl_buf_putc(out, ' ');
		tl_buf_put(out, from, (size_t)(p - from));
		seen |= class == SEEN;
		space = false;
		breaks = 0;
	}
	if (!seen)
		tl_buf_clear(out);
	*length = out->len ? tl_utf8_length(out->data, out->len) : 0;
	return true;
}

static const char *take_text(struct tl_arena *arena, const struct field_rule *rule,
	const char *text, size_t n, struct why *why)
{
	struct tl_buf cleaned = {0};
	const char *kept = NULL;
	size_t length;

	if (!clean(&cleaned, text, n, rule->type == T_TEXT, &length))
		room_refuse(why, TL_ROOM_WRONG, rule->name,
			"%s holds a character that no text has.", rule->what);
	else if (length > (size_t)rule->most)
		room_refuse(why, TL_ROOM_WRONG, rule->name,
			"%s is %zu characters long; %d is the most.", rule->what, length,
			rule->most);
	else
		kept = tl_arena_strndup(arena, cleaned.len ? cleaned.data : "", cleaned.len);
	tl_buf_release(&cleaned);
	return kept;
}

/* ---- other values ---------------------------------------------------------------------------------- */

static const char *take_number(struct tl_arena *arena, const struct field_rule *rule,
	const char *text, struct why *why)
{
	const char *digits = text + (*text == '-');
	size_t n = strspn(digits, "0123456789");
	long number = n && n < 11 && !digits[n] ? strtol(text, NULL, 10) : (long)rule->most + 1;

	if (number >= rule->least && number <= rule->most)
		return tl_arena_printf(arena, "%ld", number);
	if (rule->most == INT32_MAX)
		room_refuse(why, TL_ROOM_WRONG, rule->name, "%s is not one.", rule->what);
	else
		room_refuse(why, TL_ROOM_WRONG, rule->name, "%s is a whole number from %d to %d.",
			rule->what, rule->least, rule->most);
	return NULL;
}

static const char *take_word(const struct field_rule *rule, const char *text, struct why *why)
{
	int word = tl_vocabulary_find(rule->words, text);

	if (word >= 0)
		return rule->words->words[word];
	room_refuse(why, TL_ROOM_WRONG, rule->name, "'%.60s' is no %s.", text, rule->words->name);
	return NULL;
}

static const char *take_token(struct tl_arena *arena, const struct field_rule *rule,
	const char *text, size_t n, struct why *why)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)text[i] <= ' ' || text[i] == 0x7F || text[i] == '"' ||
			text[i] == '\\')
			return room_refuse(why, TL_ROOM_WRONG, rule->name,
				       "%s holds a character that it cannot have.", rule->what),
			       NULL;
	if (tl_utf8_length(text, n) <= (size_t)rule->most)
		return tl_arena_strndup(arena, text, n);
	room_refuse(why, TL_ROOM_WRONG, rule->name, "%s is longer than %d characters.", rule->what,
		rule->most);
	return NULL;
}

/* JOURNEY#TOUCHPOINT, of at most n bytes. */
static bool is_place(const char *text, size_t n)
{
	const char *mark = memchr(text, '#', n);

	return mark && mark > text && mark + 1 < text + n && !memchr(text, '/', n) &&
		!memchr(mark + 1, '#', (size_t)(text + n - mark - 1));
}

static bool is_target(const char *text)
{
	const char *slash = strchr(text, '/');

	if (strncmp(text, "note:", 5) == 0)
		return text[5] >= '1' && text[5] <= '9' && strlen(text + 5) < 10 &&
			!text[5 + strspn(text + 5, "0123456789")];
	return slash && is_place(text, (size_t)(slash - text)) && slash[1] && !strchr(slash + 1, '/');
}

static const char *take_name_of(struct tl_arena *arena, enum field field,
	const struct field_rule *rule, const char *text, size_t n, struct why *why)
{
	const char *kept = take_token(arena, rule, text, n, why);

	if (!kept || (field == F_AT ? is_place(kept, n) : field != F_ON || is_target(kept)))
		return kept;
	room_refuse(why, TL_ROOM_WRONG, rule->name, field == F_AT
		? "A touchpoint is written JOURNEY#TOUCHPOINT."
		: "It is about a pain point, JOURNEY#TOUCHPOINT/PAIN, or a note, note:NUMBER.");
	return NULL;
}

const char *room_field_take(
	struct tl_arena *arena, enum field field, const char *text, size_t n, struct why *why)
{
	const struct field_rule *rule = &rules[field];
	int32_t day;

	if (memchr(text, '\0', n) || tl_utf8_check(text, n) != n)
		return room_refuse(why, TL_ROOM_WRONG, rule->name, "%s is not valid text (UTF-8).",
			       rule->what),
		       NULL;
	if (!n)
		return "";
	switch (rule->type) {
	case T_LINE:
	case T_TEXT:
		return take_text(arena, rule, text, n, why);
	case T_NUMBER:
		return take_number(arena, rule, text, why);
	case T_WORD:
		return take_word(rule, text, why);
	case T_TOKEN:
		return take_name_of(arena, field, rule, text, n, why);
	case T_DAY:
		if (tl_date_parse(&day, text))
			return tl_arena_strndup(arena, text, n);
	}
	room_refuse(why, TL_ROOM_WRONG, rule->name, "%s is no day such as 2027-01-31.", rule->what);
	return NULL;
}

/* ---- values of an event --------------------------------------------------------------------------- */

const char *room_value(const struct event *event, enum field field)
{
	for (int i = 0; i < event->count; i++)
		if (event->values[i].field == field)
			return event->values[i].text;
	return NULL;
}

int room_number(const struct event *event, enum field field, int otherwise)
{
	const char *text = room_value(event, field);

	return text && *text ? (int)strtol(text, NULL, 10) : otherwise;
}

bool room_yes(const struct event *event, enum field field)
{
	return room_number(event, field, 0) != 0;
}

int32_t room_day(const struct event *event, enum field field)
{
	const char *text = room_value(event, field);
	int32_t day;

	return text && tl_date_parse(&day, text) ? day : TL_NO_DATE;
}

int room_word(const struct event *event, enum field field, const struct tl_vocabulary *words)
{
	const char *text = room_value(event, field);

	return text ? tl_vocabulary_find(words, text) : -1;
}

void room_set(struct event *event, enum field field, const char *text)
{
	int i = 0;

	while (i < event->count && event->values[i].field != field)
		i++;
	if (i == event->count)
		event->count++;
	event->values[i] = (struct value){field, text};
}
