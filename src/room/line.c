/* line: an event as a line of the log.
 *
 *   touchline-room 1 id="k3f9a2bc" begun="…" expires="…" join="…" facilitator="…" title="…"
 *   12 2026-11-22T09:03:11Z 3 note at="order#checkout" kind="pain" text="It asks \"again\""
 *
 * Number, time, person (- for nobody), verb, values in quotes with \" \\ and \n. */
#include "room/room.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char magic[] = "touchline-room 1";

void room_put_time(struct tl_buf *out, int64_t time)
{
	int32_t day = tl_date_of(time);
	int second = (int)(time - (int64_t)day * 86400);
	char date[11];

	tl_date_format(date, day);
	tl_buf_printf(out, "%sT%02d:%02d:%02dZ", date, second / 3600, second / 60 % 60, second % 60);
}

bool room_take_time(int64_t *time, const char **p)
{
	static const char pattern[] = "dddd-dd-ddTdd:dd:ddZ";
	char date[11];
	const char *s = *p;
	int32_t day;
	long hour, minute, second;

	for (size_t i = 0; pattern[i]; i++)
		if (pattern[i] == 'd' ? s[i] < '0' || s[i] > '9' : s[i] != pattern[i])
			return false;
	memcpy(date, s, 10);
	date[10] = '\0';
	hour = strtol(s + 11, NULL, 10);
	minute = strtol(s + 14, NULL, 10);
	second = strtol(s + 17, NULL, 10);
	if (!tl_date_parse(&day, date) || hour > 23 || minute > 59 || second > 59)
		return false;
	*time = (int64_t)day * 86400 + hour * 3600 + minute * 60 + second;
	*p = s + sizeof pattern - 1;
	return true;
}

static void put_value(struct tl_buf *out, const char *name, const char *text)
{
	tl_buf_printf(out, " %s=\"", name);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			tl_buf_putc(out, '\\');
		if (*text == '\n')
			tl_buf_puts(out, "\\n");
		else
			tl_buf_putc(out, *text);
	}
	tl_buf_putc(out, '"');
}

static void put_time_value(struct tl_buf *out, const char *name, int64_t time)
{
	tl_buf_printf(out, " %s=\"", name);
	room_put_time(out, time);
	tl_buf_putc(out, '"');
}

void room_put_head(struct tl_buf *out, const struct tl_room *room)
{
	tl_buf_puts(out, magic);
	put_value(out, "id", room->id);
	put_time_value(out, "begun", room->begun);
	put_time_value(out, "expires", room->expires);
	put_value(out, "join", room->join);
	put_value(out, "facilitator", room->facilitator);
	put_value(out, "title", room->title);
	tl_buf_putc(out, '\n');
}

void room_put_line(struct tl_buf *out, const struct event *event)
{
	tl_buf_printf(out, "%llu ", (unsigned long long)event->n);
	room_put_time(out, event->time);
	if (event->person)
		tl_buf_printf(out, " %d %s", event->person, room_verbs[event->verb].name);
	else
		tl_buf_printf(out, " - %s", room_verbs[event->verb].name);
	for (int i = 0; i < event->count; i++)
		put_value(out, room_field_name(event->values[i].field), event->values[i].text);
	tl_buf_putc(out, '\n');
}

/* ---- reading -------------------------------------------------------------------------------------- */

/* The next NAME="VALUE"; the value, decoded, is in the arena. */
static bool take_value(struct tl_arena *arena, const char **p, const char **name,
	size_t *name_length, const char **value)
{
	const char *s = *p;
	size_t n;
	char *to;

	if (*s++ != ' ')
		return false;
	*name = s;
	*name_length = n = strcspn(s, "= ");
	if (!n || s[n] != '=' || s[n + 1] != '"')
		return false;
	s += n + 2;
	to = tl_arena_alloc(arena, strlen(s) + 1);
	for (*value = to; *s != '"'; s++) {
		if (*s == '\\' && s[1] == 'n')
			*to++ = '\n';
		else if (*s == '\\' && (s[1] == '"' || s[1] == '\\'))
			*to++ = s[1];
		else if (!*s || *s == '\\')
			return false;
		else
			*to++ = *s;
		s += *s == '\\';
	}
	*p = s + 1;
	return true;
}

static bool take_head_value(
	struct tl_room *room, const char *name, size_t n, const char *value)
{
	struct {
		const char *name;
		char *copy;
		size_t size;
		int64_t *time;
	} known[] = {{"id", room->id, sizeof room->id, NULL},
		{"join", room->join, sizeof room->join, NULL},
		{"facilitator", room->facilitator, sizeof room->facilitator, NULL},
		{"begun", NULL, 0, &room->begun}, {"expires", NULL, 0, &room->expires}};

	for (size_t i = 0; i < TL_COUNT(known); i++) {
		if (strlen(known[i].name) != n || memcmp(known[i].name, name, n) != 0)
			continue;
		if (known[i].time)
			return room_take_time(known[i].time, &value) && !*value;
		if (strlen(value) + 1 != known[i].size ||
			strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789") + 1 != known[i].size)
			return false;
		memcpy(known[i].copy, value, known[i].size);
		return true;
	}
	if (n != 5 || memcmp(name, "title", 5) != 0)
		return false;
	room->title = value;
	return tl_utf8_check(value, strlen(value)) == strlen(value);
}

const char *room_take_head(struct tl_room *room, const char *line)
{
	size_t n = sizeof magic - 1, version = strcspn(magic, "1");

	if (strncmp(line, magic, version) != 0)
		return "it is no log of a workshop";
	if (strncmp(line, magic, n) != 0 || (line[n] && line[n] != ' '))
		return "it was written by a newer touchline";
	room->expires = INT64_MIN;
	for (line += n; *line;) {
		const char *name, *value;
		size_t length;

		if (!take_value(&room->arena, &line, &name, &length, &value) ||
			!take_head_value(room, name, length, value))
			return "its first line is damaged";
	}
	if (!*room->id || !*room->join || !*room->facilitator || room->expires == INT64_MIN ||
		!room->title)
		return "its first line is damaged";
	return NULL;
}

static bool take_start(const char **p, struct event *event)
{
	char *end;

	if (**p < '0' || **p > '9')
		return false;
	event->n = strtoull(*p, &end, 10);
	*p = end;
	if (*(*p)++ != ' ' || !room_take_time(&event->time, p) || *(*p)++ != ' ')
		return false;
	if (**p == '-') {
		(*p)++;
	} else {
		unsigned long person = strtoul(*p, &end, 10);

		if (**p < '1' || **p > '9' || person > INT32_MAX)
			return false;
		event->person = (int)person;
		*p = end;
	}
	return *(*p)++ == ' ';
}

static bool take_verb(const char **p, struct event *event)
{
	size_t n = strcspn(*p, " ");

	for (int v = 0; v < VERBS; v++)
		if (strlen(room_verbs[v].name) == n && memcmp(room_verbs[v].name, *p, n) == 0) {
			event->verb = (enum verb)v;
			*p += n;
			return true;
		}
	return false;
}

const char *room_take_line(struct tl_arena *arena, const char *line, struct event *event)
{
	const char *p = line, *name, *value;
	size_t n;

	*event = (struct event){.values = tl_arena_array(arena, struct value, MOST_VALUES)};
	if (!take_start(&p, event))
		return "a line begins with its number, time and person";
	if (!take_verb(&p, event))
		return tl_arena_printf(
			arena, "'%.*s' is nothing that is done", (int)strcspn(p, " "), p);
	while (*p) {
		struct why why = {0};
		enum field field;

		if (event->count == MOST_VALUES || !take_value(arena, &p, &name, &n, &value))
			return "values are written NAME=\"VALUE\"";
		field = room_field_find(name, n);
		if (field == NO_FIELD || !room_takes(event->verb, field) ||
			room_value(event, field))
			return tl_arena_printf(arena, "'%.*s' is nothing that '%s' has", (int)n,
				name, room_verbs[event->verb].name);
		value = room_field_take(arena, field, value, strlen(value), &why);
		if (!value)
			return tl_arena_strdup(arena, why.sentence);
		event->values[event->count++] = (struct value){field, value};
	}
	for (const struct param *q = room_verbs[event->verb].params; q->field != NO_FIELD; q++) {
		value = room_value(event, q->field);
		if ((q->mode == MUST && !(value && *value)) || (q->mode == EMPTY && !value))
			return tl_arena_printf(arena, "'%s' is missing", room_field_name(q->field));
	}
	if (event->verb == V_JOIN && !room_value(event, F_SECRET))
		return "'secret' is missing";
	return NULL;
}
