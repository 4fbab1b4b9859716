/* What the commands of a workshop share. */
#include "cli/hear.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { MOST_BYTES = 1 << 20 };
static const char *const said_words[] = {
	[TL_SAID_NOTE] = "note", [TL_SAID_VOTE] = "vote", [TL_SAID_ACTION] = "action"};

bool tl_hear_begin(struct tl_voice *voice, const char *store,
	const struct tl_texts_given *journeys, bool needed)
{
	tl_voice_begin(voice, store, journeys);
	return !needed || tl_voice_read(&voice->arena, &voice->diags, journeys, &voice->set);
}

bool tl_hear_open(struct tl_voice *voice)
{
	return tl_store_open(
		&voice->store, &voice->diags, voice->store_path, TL_STORE_CREATE);
}

bool tl_hear_valence(double *valence, const char *text)
{
	char *end;

	*valence = strtod(text, &end);
	return end != text && !*end && *valence >= -2 && *valence <= 2;
}

/* ---- texts -------------------------------------------------------------------------------------- */

static bool gather(struct tl_buf *text, const struct tl_command *command, char *const *words,
	int count, int *status)
{
	bool standard = count == 1 && strcmp(words[0], "-") == 0;
	int error = standard ? tl_file_read(text, "-", MOST_BYTES) : 0;

	for (int i = 0; !standard && i < count; i++)
		tl_buf_printf(text, "%s%s", i ? " " : "", words[i]);
	if (error == -EFBIG)
		*status = tl_cli_usage_error(
			command, NULL, "the text on standard input is larger than 1 MiB");
	else if (error)
		*status = tl_cli_system_error("standard input cannot be read: %s", strerror(-error));
	else if (!text->data || !text->data[strspn(text->data, " \t\r\n")])
		*status = tl_cli_usage_error(command, NULL, "there is no text to keep");
	else
		return true;
	return false;
}

const char *tl_hear_text(struct tl_voice *voice, const struct tl_command *command,
	char *const *words, int count, int *status)
{
	struct tl_buf text = {0}, masked = {0};
	const char *kept = NULL;

	if (gather(&text, command, words, count, status)) {
		size_t start = strspn(text.data, " \t\r\n"), n = text.len;
		struct tl_mask *mask = tl_mask_open();

		while (n > start && strchr(" \t\r\n", text.data[n - 1]))
			n--;
		tl_mask_text(mask, &masked, text.data + start, n - start, NULL, 0);
		kept = tl_arena_strdup(&voice->arena, masked.data);
		tl_mask_close(mask);
	}
	tl_buf_release(&text);
	tl_buf_release(&masked);
	return kept;
}

/* ---- departments -------------------------------------------------------------------------------- */

void tl_hear_warn(const struct tl_journey *journey, const char *given, const char *nearest,
	enum tl_said what, int64_t id)
{
	if (nearest)
		fprintf(stderr,
			"touchline: '%s' is no department of '%s'; did you mean '%s'? It is kept as "
			"it is, 'touchline %s --remove %lld' takes it back\n",
			given, journey->id, nearest, said_words[what], (long long)id);
}

const char *tl_hear_department(
	const struct tl_journey *journey, const char *name, const char **nearest)
{
	*nearest = NULL;
	for (size_t i = 0; i < journey->department_count; i++) {
		const struct tl_party *party = &journey->departments[i];

		if (strcasecmp(party->id, name) == 0 ||
			(party->label && strcasecmp(party->label, name) == 0))
			return party->id;
		if (!*nearest)
			*nearest = tl_text_nearest(name, &party->id, 1);
		if (!*nearest && party->label)
			*nearest = tl_text_nearest(name, &party->label, 1);
	}
	return name;
}

/* ---- pain points --------------------------------------------------------------------------------- */

const struct tl_pain *tl_hear_pain(struct tl_arena *arena, const struct tl_touchpoint *touchpoint,
	const char *id, const char **nearest)
{
	const char **ids = tl_arena_array(arena, const char *, touchpoint->pain_count);

	for (size_t i = 0; i < touchpoint->pain_count; i++) {
		ids[i] = touchpoint->pains[i].id;
		if (strcmp(ids[i], id) == 0)
			return &touchpoint->pains[i];
	}
	*nearest = tl_text_nearest(id, ids, touchpoint->pain_count);
	return NULL;
}

/* ---- days --------------------------------------------------------------------------------------- */

static bool two_digits(int *number, const char *text, int most)
{
	if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
		return false;
	*number = 10 * (text[0] - '0') + text[1] - '0';
	return *number <= most;
}

bool tl_hear_time(int64_t *time, const char *text)
{
	size_t n = strlen(text);
	char date[11];
	int hour = 0, minute = 0, second = 0;
	int32_t day;

	snprintf(date, sizeof date, "%s", text);
	if (!tl_date_parse(&day, date))
		return false;
	if (n > 10 && text[n - 1] == 'Z')
		n--;
	if (n > 10 &&
		((text[10] != 'T' && text[10] != ' ') || !(n == 16 || n == 19) ||
			text[13] != ':' || !two_digits(&hour, text + 11, 23) ||
			!two_digits(&minute, text + 14, 59)))
		return false;
	if (n == 19 && (text[16] != ':' || !two_digits(&second, text + 17, 59)))
		return false;
	*time = (int64_t)day * 86400 + hour * 3600 + minute * 60 + second;
	return true;
}

bool tl_hear_day(const struct tl_command *command, const char *option, const char *text,
	int64_t *time, int *status)
{
	int32_t day;

	*time = TL_NO_TIME;
	if (!text)
		return true;
	if (tl_date_parse(&day, text)) {
		*time = (int64_t)day * 86400;
		return true;
	}
	*status = tl_cli_usage_error(command, NULL,
		"--%s takes a day such as 2026-03-31, not '%s'", option, text);
	return false;
}

/* ---- taking back -------------------------------------------------------------------------------- */

int tl_hear_unsay(struct tl_voice *voice, enum tl_said what, unsigned id)
{
	const char *word = said_words[what];
	bool found;

	if (!tl_store_open(&voice->store, &voice->diags, voice->store_path, TL_STORE_WRITE))
		return TL_EXIT_SYSTEM;
	if (!tl_store_unsay(voice->store, what, id, &found)) {
		if (!voice->diags.errors)
			fprintf(stderr,
				"touchline %s: there is no %s %u in '%s'; 'touchline %s' lists "
				"them\n",
				word, word, id, voice->store_path, word);
		return voice->diags.errors ? TL_EXIT_SYSTEM : TL_EXIT_USAGE;
	}
	printf("%s %u is gone\n", word, id);
	return TL_EXIT_CLEAN;
}
