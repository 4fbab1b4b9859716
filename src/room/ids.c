/* ids: what a pain is called in the source that was decided here, made from its text.
 *
 * The same decisions give the same ids, and a pain that is in the source already under its text has
 * the id that it has there: so decisions can be applied, read again and applied again. */
#include "room/room.h"

#include <string.h>

enum { MOST_MADE = 40 };

char *room_one_line(struct tl_arena *arena, const char *text)
{
	char *line = tl_arena_alloc(arena, strlen(text) + 1), *to = line;

	for (; *text; text++) {
		if (*text != '\n' && *text != ' ')
			*to++ = *text;
		else if (to > line && to[-1] != ' ')
			*to++ = ' ';
	}
	if (to > line && to[-1] == ' ')
		to--;
	*to = '\0';
	return line;
}

/* What a letter up to U+017E is without its marks; 0: no letter. */
static char plain_letter(uint32_t c)
{
	static const char latin[] =
		"aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
		"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
		"lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz";
	char letter = c >= 0xC0 && c - 0xC0 < sizeof latin - 1 ? latin[c - 0xC0] : ' ';

	if (c < 0x80)
		letter = c >= 'A' && c <= 'Z' ? (char)(c | 0x20)
			: (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? (char)c
									    : ' ';
	return letter == ' ' ? 0 : letter;
}

/* The next word, its letters plain; empty at the end. */
static size_t next_word(char word[MOST_MADE], const char **p, const char *end)
{
	size_t n = 0;

	while (*p < end) {
		char letter = plain_letter(tl_utf8_next(p, end));

		if (letter && n < MOST_MADE)
			word[n++] = letter;
		else if (!letter && n && (*p)[-1] != '\'')
			break;
	}
	return n;
}

/* Whole words as long as there is space. An id begins with a letter. */
static void make_id(char out[MOST_MADE + 1], const char *text)
{
	const char *p = text, *end = text + strlen(text);
	char word[MOST_MADE];
	size_t n = 0, length;

	if (!(length = next_word(word, &p, end)) || (word[0] >= '0' && word[0] <= '9')) {
		memcpy(out, "pain", 4);
		n = 4;
	}
	while (length && n < MOST_MADE && (!n || n + 1 + length <= MOST_MADE)) {
		if (n)
			out[n++] = '-';
		memcpy(out + n, word, length);
		n += length;
		length = next_word(word, &p, end);
	}
	out[n] = '\0';
}

static const char *in_source(const struct tl_touchpoint *touchpoint, const char *text)
{
	for (size_t i = 0; touchpoint && i < touchpoint->pain_count; i++)
		if (touchpoint->pains[i].text && strcmp(touchpoint->pains[i].text, text) == 0)
			return touchpoint->pains[i].id;
	return NULL;
}

static bool is_taken(const struct tl_touchpoint *touchpoint, const char *id)
{
	for (size_t i = 0; touchpoint && i < touchpoint->pain_count; i++)
		if (strcmp(touchpoint->pains[i].id, id) == 0)
			return true;
	for (size_t i = 0; touchpoint && i < touchpoint->expectation_count; i++)
		if (touchpoint->expectations[i].id && strcmp(touchpoint->expectations[i].id, id) == 0)
			return true;
	return false;
}

/* taken: "PLACE/ID" → how often the id was asked for there. */
static const char *free_id(struct tl_arena *arena, struct tl_table *taken,
	const struct place *place, const struct tl_touchpoint *touchpoint, const char *id)
{
	const char *key = tl_arena_printf(arena, "%s/%s", place->at, id), *numbered = id, *used;
	size_t n = (uintptr_t)tl_table_get(taken, key);

	do {
		if (++n > 1)
			numbered = tl_arena_printf(arena, "%.*s-%zu", MOST_MADE - 6, id, n);
		used = tl_arena_printf(arena, "%s/%s", place->at, numbered);
	} while (is_taken(touchpoint, numbered) || (n > 1 && tl_table_get(taken, used)));
	tl_table_set(taken, key, (void *)(uintptr_t)n);
	if (n > 1)
		tl_table_set(taken, used, (void *)(uintptr_t)1);
	return numbered;
}

bool room_decided(const struct note *note, enum as as)
{
	const struct event *decision = note->target.decision;

	return decision && room_shown(note) && room_root((struct note *)note) == note &&
		room_word(decision, F_AS, &room_outcomes) == (int)as;
}

bool room_action_counts(const struct action *action)
{
	return !action->dropped && (!action->on->note || room_shown(action->on->note));
}

void room_ids_make(struct room_ids *ids, struct tl_arena *arena, const struct tl_room *room)
{
	struct tl_table taken;

	ids->of = tl_arena_array(arena, const char *, room->count + 1);
	tl_table_init(&taken, arena);
	for (size_t i = 0; i < room->count; i++) {
		const struct note *note = room_find_note(room, (int)i + 1);
		const struct tl_touchpoint *touchpoint;
		const struct tl_journey *journey;
		char made[MOST_MADE + 1];
		const char *text;

		if (!note || !room_decided(note, AS_PAIN))
			continue;
		text = room_one_line(arena, room_value(note->target.decision, F_TEXT));
		touchpoint = room_touchpoint(room, note->place->at, &journey);
		ids->of[i] = in_source(touchpoint, text);
		if (ids->of[i])
			continue;
		make_id(made, text);
		ids->of[i] = free_id(arena, &taken, note->place, touchpoint,
			tl_arena_strdup(arena, made));
	}
}

const char *room_ids_pain(const struct room_ids *ids, const struct target *target)
{
	if (target->pain)
		return target->pain->id;
	target = &room_root(target->note)->target;
	if (ids->of[target->note->id - 1])
		return ids->of[target->note->id - 1];
	return target->note->pain;
}
