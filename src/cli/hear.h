/* cli: what the commands of a workshop share (note, vote, action): journeys without rules being
 * bound again, departments, days, and texts that are masked before anything is kept. */
#ifndef TL_CLI_HEAR_H
#define TL_CLI_HEAR_H

#include "cli/voice.h"
#include "touchline/intake.h"

/* Reads the journeys, where they are needed, and opens no store. False after reporting;
 * tl_voice_close in any case. */
bool tl_hear_begin(struct tl_voice *voice, const char *store,
	const struct tl_texts_given *journeys, bool needed);
/* Opens the store: what the room says may be the first that there is. */
bool tl_hear_open(struct tl_voice *voice);

/* What is to be kept: the operands, or standard input for "-", trimmed and masked. NULL after saying
 * what is wrong, with *status. */
const char *tl_hear_text(struct tl_voice *voice, const struct tl_command *command,
	char *const *words, int count, int *status);

/* The id of a department of the journey that is called so by id or label, else the name itself, with
 * *nearest the department that was probably meant, or NULL. */
const char *tl_hear_department(
	const struct tl_journey *journey, const char *name, const char **nearest);
/* Says where a name is nearly that of a department: it was kept as it is, for the room has guests. */
void tl_hear_warn(const struct tl_journey *journey, const char *given, const char *nearest,
	enum tl_said what, int64_t id);
/* The pain point of the touchpoint; NULL with *nearest what was probably meant. */
const struct tl_pain *tl_hear_pain(struct tl_arena *arena, const struct tl_touchpoint *touchpoint,
	const char *id, const char **nearest);

/* YYYY-MM-DD, or with a time such as 2025-06-30T14:05 (UTC). */
bool tl_hear_time(int64_t *time, const char *text);
/* Of an option: *time is TL_NO_TIME where it was not given. False after saying what is wrong. */
bool tl_hear_day(const struct tl_command *command, const char *option, const char *text,
	int64_t *time, int *status);

/* A number from −2 to 2. */
bool tl_hear_valence(double *valence, const char *text);

/* A table of notes and votes, and what counts where a row does not say. */
struct tl_hear_table {
	const char *file, *store;
	const char *department; /* or NULL */
	int kind;
	int64_t at;
};
int tl_hear_batch(struct tl_voice *voice, const struct tl_hear_table *table);

/* Takes back what was said; says so. */
int tl_hear_unsay(struct tl_voice *voice, enum tl_said what, unsigned id);

#endif
