/* touchline note: what the room says about a touchpoint, one by one or typed up from paper. */
#include "cli/hear.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

struct values {
	const char *department, *at, *batch, *store;
	int kind, format;
	unsigned remove;
	struct tl_texts_given journeys;
};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_TEXT,
		.letter = 'd',
		.name = "department",
		.argument = "DEPARTMENT",
		.help = "who says so: the id of a department, or any name; of a batch: where a row "
			"names none",
		.offset = offsetof(struct values, department)},
	{.kind = TL_OPTION_WORD,
		.name = "kind",
		.argument = "KIND",
		.help = "what kind of friction it is about",
		.words = &tl_friction_kinds,
		.offset = offsetof(struct values, kind)},
	{.kind = TL_OPTION_TEXT,
		.name = "at",
		.argument = "TIME",
		.help = "when it was said, such as 2026-03-31 or 2026-03-31T14:05, in UTC (default: "
			"now)",
		.offset = offsetof(struct values, at)},
	{.kind = TL_OPTION_TEXT,
		.name = "batch",
		.argument = "FILE",
		.help = "keep all that a table says, in the columns touchpoint, department, text, "
			"and where you like kind, mood, dots, at",
		.offset = offsetof(struct values, batch),
		.offer = TL_OFFER_FILES},
	{.kind = TL_OPTION_NUMBER,
		.name = "remove",
		.argument = "ID",
		.help = "take a note back",
		.offset = offsetof(struct values, remove),
		.least = 1,
		.most = UINT32_MAX},
	TL_VOICE_FORMAT(struct values, format),
	TL_VOICE_STORE(struct values, store),
	TL_VOICE_JOURNEY(struct values, journeys),
};
enum { NOTE_COLUMNS = 2000 };

/* ---- one note ----------------------------------------------------------------------------------- */

static void put_note(struct tl_buf *out, const struct tl_note *note)
{
	char id[24];

	snprintf(id, sizeof id, "#%lld", (long long)note->id);
	tl_buf_puts(out, "  ");
	tl_voice_put_column(out, id, 4);
	tl_voice_put_time(out, note->created);
	tl_buf_puts(out, "  ");
	tl_voice_put_column(out, note->department ? note->department : "nobody", 12);
	if (note->kind >= 0)
		tl_buf_printf(out, "%s  ", tl_friction_kinds.words[note->kind]);
	tl_buf_puts(out, "“");
	tl_voice_put_text(out, note->text ? note->text : "", NOTE_COLUMNS);
	tl_buf_puts(out, "”\n");
}

static int keep_one(struct tl_voice *voice, const struct values *values, struct tl_note *note,
	const struct tl_journey *journey)
{
	const char *nearest;
	struct tl_buf out = {0};
	bool added;

	note->department = tl_hear_department(journey, values->department, &nearest);
	if (!tl_hear_open(voice) || !tl_store_note(voice->store, note, &added))
		return TL_EXIT_SYSTEM;
	tl_buf_printf(&out, added ? "Note %lld of %s#%s:\n" : "Note %lld of %s#%s says so already\n",
		(long long)note->id, note->journey, note->touchpoint);
	if (added)
		put_note(&out, note);
	tl_cli_write(&out);
	tl_hear_warn(journey, values->department, nearest, TL_SAID_NOTE, note->id);
	return TL_EXIT_CLEAN;
}

/* ---- listing ------------------------------------------------------------------------------------- */

struct listing {
	struct tl_buf out;
	const char *department; /* NULL: all */
	bool json;
	size_t count;
	char place[512]; /* under whose head we are */
};

static void list_json(struct tl_buf *out, const struct tl_note *note)
{
	tl_buf_printf(out, "{\"id\":%lld", (long long)note->id);
	tl_voice_json_text(out, "journey", note->journey);
	tl_voice_json_text(out, "touchpoint", note->touchpoint);
	tl_voice_json_text(out, "department", note->department);
	tl_voice_json_text(out, "kind", note->kind < 0 ? NULL : tl_friction_kinds.words[note->kind]);
	tl_voice_json_time(out, "created", note->created);
	tl_voice_json_text(out, "text", note->text);
	tl_buf_putc(out, '}');
}

static bool list_note(void *context, const struct tl_note *note)
{
	struct listing *list = context;
	char place[sizeof list->place];

	if (list->department &&
		(!note->department || strcasecmp(note->department, list->department) != 0))
		return true;
	if (list->json) {
		tl_buf_puts(&list->out, list->count++ ? ",\n" : "\n");
		list_json(&list->out, note);
		return true;
	}
	snprintf(place, sizeof place, "%s#%s", note->journey ? note->journey : "no journey",
		note->touchpoint ? note->touchpoint : "no touchpoint");
	if (!list->count++ || strcmp(place, list->place) != 0) {
		memcpy(list->place, place, sizeof place);
		tl_diag_put_safely(&list->out, place);
		tl_buf_putc(&list->out, '\n');
	}
	put_note(&list->out, note);
	return true;
}

static int list(struct tl_voice *voice, const struct values *values,
	const struct tl_voice_place *place)
{
	struct listing list = {.json = values->format == TL_VOICE_JSON};
	const char *nearest;

	if (!tl_store_open(&voice->store, &voice->diags, values->store, TL_STORE_READ))
		return TL_EXIT_SYSTEM;
	list.department = values->department;
	if (list.department && place->journey)
		list.department =
			tl_hear_department(place->journey, values->department, &nearest);
	if (list.json)
		tl_buf_puts(&list.out, "{\"version\":1,\"notes\":[");
	if (!tl_store_notes(voice->store, place->journey ? place->journey->id : NULL,
		    place->journey ? place->touchpoint->id : NULL, list_note, &list)) {
		tl_buf_release(&list.out);
		return TL_EXIT_SYSTEM;
	}
	if (list.json)
		tl_buf_puts(&list.out, list.count ? "\n]}\n" : "]}\n");
	else if (!list.count)
		fputs("There are no such notes; 'touchline note JOURNEY#TOUCHPOINT --department D "
		      "TEXT' keeps one.\n",
			stderr);
	tl_cli_write(&list.out);
	return TL_EXIT_CLEAN;
}

/* ---- the command --------------------------------------------------------------------------------- */

static int refuse_usage(const struct tl_command *command, const struct values *values, int argc,
	char **argv)
{
	if (values->batch && argc)
		return tl_cli_usage_error(command, NULL,
			"--batch takes its touchpoints from the file; '%s' is one argument too many",
			argv[0]);
	if (values->remove && (argc || values->batch))
		return tl_cli_usage_error(command, NULL, "--remove takes a number and nothing else");
	if (argc > 1 && !values->department)
		return tl_cli_usage_error(
			command, NULL, "--department is missing: whose note is it?");
	if (values->department && !*values->department)
		return tl_cli_usage_error(command, NULL, "--department is empty");
	return TL_EXIT_CLEAN;
}

static int keep_or_list(struct tl_voice *voice, const struct tl_command *command,
	const struct values *values, int64_t at, int argc, char **argv)
{
	struct tl_voice_place place = {0};
	struct tl_note note = {.kind = values->kind, .created = at};
	int status = TL_EXIT_SYSTEM;

	if (values->remove)
		return tl_hear_unsay(voice, TL_SAID_NOTE, values->remove);
	if (values->batch)
		return tl_hear_batch(voice, &(struct tl_hear_table){.file = values->batch,
						    .store = values->store,
						    .department = values->department,
						    .kind = values->kind,
						    .at = at});
	if (argc && !tl_voice_find_place(voice, command, argv[0], &place, &status))
		return status;
	if (argc < 2)
		return list(voice, values, &place);
	note.text = tl_hear_text(voice, command, argv + 1, argc - 1, &status);
	if (!note.text)
		return status;
	note.journey = place.journey->id;
	note.touchpoint = place.touchpoint->id;
	return keep_one(voice, values, &note, place.journey);
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct tl_voice voice;
	int64_t at = tl_clock_now();
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	status = refuse_usage(command, &values, argc, argv);
	if (!status && values.at && !tl_hear_time(&at, values.at))
		status = tl_cli_usage_error(command, NULL,
			"--at takes a time such as 2026-03-31 or 2026-03-31T14:05, not '%s'",
			values.at);
	if (status)
		return status;
	status = TL_EXIT_SYSTEM;
	if (tl_hear_begin(&voice, values.store, &values.journeys, !values.remove))
		status = keep_or_list(&voice, command, &values, at, argc, argv);
	return tl_voice_close(&voice, status);
}

const struct tl_command tl_command_note = {
	.name = "note",
	.job = "Run a workshop",
	.summary = "keeps what people in a workshop say about a touchpoint",
	.operands = "[JOURNEY#TOUCHPOINT [TEXT|-]]",
	.operands_most = SIZE_MAX,
	.about = "Keeps a note of a department at a touchpoint; - reads it from standard input.\n"
		 "Notes are what people believe: they never count as records. Texts are masked on\n"
		 "the way in, as those of customers are, and the same note twice is one.\n"
		 "\n"
		 "Without a TEXT the notes that there are get listed. --batch keeps the notes and\n"
		 "votes of a table, such as one typed up from a poster, where a touchpoint may go\n"
		 "by its code (B3); rows that cannot be kept go to a file with the reason, to be\n"
		 "mended and run again.\n",
	.example = "touchline note broadband-order#checkout -d sales They call us instead\n"
		   "touchline note --batch workshop.csv\n"
		   "touchline note broadband-order#checkout\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
