/* cli: what the commands over the store share: opening it together with the journeys, names of
 * touchpoints, records and customers, and lines about records. */
#ifndef TL_CLI_VOICE_H
#define TL_CLI_VOICE_H

#include "cli/cli.h"
#include "cli/filters.h"
#include "cli/progress.h"
#include "touchline/app.h"
#include "touchline/store.h"

struct tl_voice {
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_store *store;
	struct tl_app_set set; /* empty where the default folder is missing */
	const char *store_path, *journeys; /* journeys: the paths, as messages name them */
};
#define TL_VOICE_STORE(type, field)                                                                \
	{.kind = TL_OPTION_TEXT, .name = "store", .argument = "DB", .help = "the store",           \
		.fallback = "touchline.db", .offset = offsetof(type, field),                       \
		.offer = TL_OFFER_FILES}
/* Of commands that show what customers say where anybody knows. */
#define TL_VOICE_STORE_IF_ANY(type, field)                                                         \
	{.kind = TL_OPTION_TEXT, .name = "store", .argument = "DB",                                \
		.help = "what customers say; without it touchline.db, where there is one",         \
		.offset = offsetof(type, field), .offer = TL_OFFER_FILES}
extern const char tl_voice_default_store[];
/* What was given, or the default; NULL: there is none, and nobody asked for one. */
const char *tl_voice_store_if_any(const char *given);
/* Says that there is nothing for filters to choose from; TL_EXIT_USAGE. */
int tl_voice_no_store(const struct tl_command *command);
#define TL_VOICE_JOURNEY(type, field)                                                              \
	{.kind = TL_OPTION_TEXTS, .name = "journey", .argument = "PATH",                           \
		.help = "file or folder of the journeys that records bind to",                     \
		.fallback = "journeys", .offset = offsetof(type, field),                           \
		.offer = TL_OFFER_JOURNEYS}
#define TL_VOICE_FORMAT(type, field)                                                               \
	{.kind = TL_OPTION_WORD, .letter = 'f', .name = "format", .argument = "FORMAT",            \
		.help = "how to print it", .fallback = "text", .offset = offsetof(type, field),    \
		.words = &tl_voice_formats}
/* What the commands that read records have in common. */
struct tl_voice_asked {
	int format;
	const char *store;
	struct tl_texts_given journeys;
	struct tl_filters filters;
};
#define TL_VOICE_ASKED(type, field)                                                                \
	TL_VOICE_FORMAT(type, field.format), TL_FILTERS(type, field.filters),                      \
		TL_VOICE_STORE(type, field.store), TL_VOICE_JOURNEY(type, field.journeys)
enum tl_voice_format { TL_VOICE_TEXT, TL_VOICE_JSON };
extern const struct tl_vocabulary tl_voice_formats; /* text json */

/* Opens the store and, unless journeys is NULL, tells it what the journeys listen for: what changed
 * in them is bound again. False after reporting; close in any case. */
bool tl_voice_open(
	struct tl_voice *voice, const char *store, const struct tl_texts_given *journeys);
/* Its parts: neither store nor journeys yet; the journeys alone; of a store that is open. */
void tl_voice_begin(
	struct tl_voice *voice, const char *store, const struct tl_texts_given *journeys);
bool tl_voice_read(struct tl_arena *arena, struct tl_diags *diags,
	const struct tl_texts_given *journeys, struct tl_app_set *set);
bool tl_voice_listen(struct tl_arena *arena, struct tl_diags *diags, struct tl_store *store,
	const struct tl_texts_given *journeys, struct tl_app_set *set);
bool tl_voice_open_asked(struct tl_voice *voice, const struct tl_voice_asked *asked);
/* Prints what was reported. status: how the command ends if nothing was. */
int tl_voice_close(struct tl_voice *voice, int status);

/* Shows how far the store is with what takes long, as long as somebody watches it. */
void tl_voice_watch(struct tl_store *store, struct tl_progress *progress, bool quiet);
void tl_voice_unwatch(struct tl_store *store, struct tl_progress *progress);

struct tl_voice_place {
	const struct tl_journey *journey;
	const struct tl_touchpoint *touchpoint;
};
/* What the options ask for. journey: whose personas may be asked for; NULL: those of all. False
 * after saying what is wrong, with *status. Lives as long as the arena and what was given. */
bool tl_voice_filter(struct tl_voice *voice, const struct tl_command *command,
	const struct tl_filters *given, const struct tl_journey *journey, struct tl_filter *filter,
	int *status);

/* JOURNEY#TOUCHPOINT. False after saying what is wrong, with *status. */
bool tl_voice_find_place(struct tl_voice *voice, const struct tl_command *command,
	const char *name, struct tl_voice_place *place, int *status);
/* SOURCE/ID; 0 after saying that there is none, with *status. */
int64_t tl_voice_find_record(struct tl_voice *voice, const struct tl_command *command,
	const char *name, int *status);

/* The folder beside a store that rejected rows go to. */
const char *tl_voice_rejects(struct tl_arena *arena, const char *store);

/* "2025-01-31 14:05Z", or "no date". */
void tl_voice_put_time(struct tl_buf *out, int64_t time);
/* The text on one line, cut after so many columns; what is missing shows as an ellipsis. */
void tl_voice_put_text(struct tl_buf *out, const char *text, size_t columns);
/* "  2025-01-31 14:05Z  zendesk/17  phone  “late again”" and a line feed. */
void tl_voice_put_record(struct tl_buf *out, const struct tl_told *told);
/* "record":"zendesk/17","kind":… without braces. */
void tl_voice_json_record(struct tl_buf *out, const struct tl_told *told);
/* An item of a JSON list begins: count is how many came before it. */
void tl_voice_json_item(struct tl_buf *out, size_t *count);
/* The text, safely, and spaces up to so many columns and two more. */
void tl_voice_put_column(struct tl_buf *out, const char *text, size_t width);
/* ,"key":"2025-01-31T14:05:00Z" */
void tl_voice_json_time(struct tl_buf *out, const char *key, int64_t time);
/* " source='zendesk' tag='late'", as it stands in the journey; ,"source":"zendesk","tag":… */
void tl_voice_put_rule(struct tl_buf *out, const struct tl_rule *rule);
void tl_voice_json_rule(struct tl_buf *out, const struct tl_rule *rule);
/* ,"key":value */
void tl_voice_json_text(struct tl_buf *out, const char *key, const char *value);

#endif
