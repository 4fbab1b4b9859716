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
		.help = "keep all notes of a table with the columns touchpoint, department, text, and "
			"where you like kind and at",
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

/* ---- a table of notes ---------------------------------------------------------------------------- */

/* In lines of their own, since what is missing gets quoted. */
static const char batch_profile[] =
	"<profile xmlns='urn:touchline:profile:1' id='notes' title='Notes' kind='note' format='csv'>\n"
	"  <id from='#'/>\n"
	"  <created from='at' optional='yes'/>\n"
	"  <text from='text'/>\n"
	"  <field name='kind' from='kind' optional='yes'/>\n"
	"  <journey from='journey' optional='yes'/>\n"
	"  <touchpoint from='touchpoint'/>\n"
	"  <department from='department' optional='yes'/>\n"
	"</profile>\n";

struct batch {
	struct tl_voice *voice;
	const struct values *values;
	int64_t at;
	struct tl_note note; /* what refuse made of the row */
	struct tl_buf unknown, rejected;
	size_t rejected_count;
};
enum { TOLD = 10 }; /* rejected rows that are shown */

static const char *nearest_touchpoint(struct batch *batch, struct tl_arena *arena, const char *name)
{
	const struct tl_app_set *set = &batch->voice->set;
	const char *best = NULL;
	unsigned least = 1 + (unsigned)strlen(name) / 4;

	for (size_t i = 0; i < set->count; i++)
		for (size_t t = 0; t < set->list[i]->touchpoint_count; t++) {
			const char *id = set->list[i]->touchpoints[t].id;
			const char *whole = tl_arena_printf(arena, "%s#%s", set->list[i]->id, id);
			unsigned far = tl_text_distance(name, strchr(name, '#') ? whole : id, least);

			if (far < least || (far == least && !best)) {
				best = whole;
				least = far;
			}
		}
	return best;
}

/* JOURNEY#TOUCHPOINT, or the touchpoint alone where only one journey has it. How many there are. */
static size_t find_touchpoint(
	struct batch *batch, const char *journey, const char *name, struct tl_voice_place *place)
{
	const struct tl_app_set *set = &batch->voice->set;
	const char *mark = strchr(name, '#');
	size_t n = mark ? (size_t)(mark - name) : 0, found = 0;

	for (size_t i = 0; i < set->count; i++) {
		const struct tl_touchpoint *point =
			tl_journey_touchpoint(set->list[i], mark ? mark + 1 : name);
		const char *id = set->list[i]->id;

		if (!point || (mark && (strncmp(id, name, n) != 0 || id[n])) ||
			(!mark && journey && strcmp(id, journey) != 0))
			continue;
		*place = (struct tl_voice_place){set->list[i], point};
		found++;
	}
	return found;
}

static const char *refuse_place(struct batch *batch, struct tl_arena *arena,
	const struct tl_record *record, const char **column, struct tl_voice_place *place)
{
	const char *name = record->touchpoint, *nearest;
	size_t found;

	*column = "touchpoint";
	if (!name)
		return "is empty; write JOURNEY#TOUCHPOINT";
	found = find_touchpoint(batch, record->journey, name, place);
	if (found == 1)
		return NULL;
	if (found > 1)
		return tl_arena_printf(arena,
			"'%.80s' is in more than one journey; write JOURNEY#TOUCHPOINT", name);
	nearest = nearest_touchpoint(batch, arena, name);
	return nearest ? tl_arena_printf(arena, "there is no touchpoint '%.80s'; did you mean '%s'?",
				 name, nearest)
		       : tl_arena_printf(arena, "there is no touchpoint '%.80s'", name);
}

static int find_kind(const char *word)
{
	for (size_t i = 0; i < tl_friction_kinds.count; i++)
		if (strcasecmp(tl_friction_kinds.words[i], word) == 0)
			return (int)i;
	return -1;
}

static const char *refuse_kind(struct tl_arena *arena, const struct tl_record *record,
	const char **column, int *kind)
{
	const char *word = record->field_count ? record->fields[0].value : NULL, *nearest;

	*kind = word ? find_kind(word) : -1;
	if (!word || *kind >= 0)
		return NULL;
	*column = "kind";
	nearest = tl_text_nearest(word, tl_friction_kinds.words, tl_friction_kinds.count);
	return nearest ? tl_arena_printf(arena, "'%.80s' is no kind of friction; did you mean '%s'?",
				 word, nearest)
		       : tl_arena_printf(arena, "'%.80s' is no kind of friction", word);
}

/* Once for each name. */
static void tell_unknown(struct batch *batch, struct tl_arena *arena, const char *department,
	const char *journey, const char *nearest)
{
	struct tl_buf line = {0};

	tl_diag_put_safely(&line,
		tl_arena_printf(arena, "  '%s' is no department of '%s'; did you mean '%s'? ",
			department, journey, nearest));
	tl_buf_puts(&line, "It is kept as it is\n");
	if (!batch->unknown.len || !strstr(batch->unknown.data, line.data))
		tl_buf_puts(&batch->unknown, line.data);
	tl_buf_release(&line);
}

static const char *refuse(void *context, struct tl_arena *arena, const struct tl_record *record,
	const char **column)
{
	struct batch *batch = context;
	const char *department = record->department, *wrong;
	struct tl_voice_place place = {0};
	int kind = -1;

	wrong = refuse_place(batch, arena, record, column, &place);
	if (!wrong)
		wrong = refuse_kind(arena, record, column, &kind);
	if (wrong)
		return wrong;
	if (!department)
		department = batch->values->department;
	*column = "department";
	if (!department)
		return "is empty, and there is no --department";
	*column = "text";
	if (!record->text)
		return "is empty";
	batch->note = (struct tl_note){.journey = place.journey->id,
		.touchpoint = place.touchpoint->id,
		.text = record->text,
		.kind = kind < 0 ? batch->values->kind : kind,
		.created = record->created == TL_NO_TIME ? batch->at : record->created};
	batch->note.department = tl_hear_department(place.journey, department, &wrong);
	if (wrong)
		tell_unknown(batch, arena, department, place.journey->id, wrong);
	return NULL;
}

static enum tl_put put(void *context, const struct tl_record *record)
{
	struct batch *batch = context;
	bool added;

	(void)record;
	if (!tl_store_note(batch->voice->store, &batch->note, &added))
		return TL_PUT_FAILED;
	return added ? TL_PUT_NEW : TL_PUT_UNCHANGED;
}

static void rejected(void *context, uint64_t row, const char *column, const char *reason)
{
	struct batch *batch = context;
	struct tl_buf line = {0};

	if (++batch->rejected_count > TOLD)
		return;
	tl_buf_printf(&line, "line %llu", (unsigned long long)row);
	if (*column)
		tl_buf_printf(&line, ", '%s'", column);
	tl_buf_printf(&line, ": %s", reason);
	tl_buf_puts(&batch->rejected, "  ");
	tl_diag_put_safely(&batch->rejected, line.data);
	tl_buf_putc(&batch->rejected, '\n');
	tl_buf_release(&line);
}

static void put_counts(
	const struct batch *batch, const struct tl_run_counts *counts, const char *rejects)
{
	struct tl_buf out = {0};

	tl_diag_put_safely(&out, batch->values->batch);
	tl_buf_printf(&out, ": %llu read: %llu new, %llu there already, %llu rejected\n",
		(unsigned long long)counts->read, (unsigned long long)counts->added,
		(unsigned long long)counts->unchanged, (unsigned long long)counts->rejected);
	if (batch->rejected.len)
		tl_buf_puts(&out, batch->rejected.data);
	if (batch->rejected_count > TOLD)
		tl_buf_puts(&out, "  …\n");
	if (batch->unknown.len)
		tl_buf_puts(&out, batch->unknown.data);
	if (rejects) {
		tl_buf_puts(&out, "Mend what was rejected, and run: touchline note --batch ");
		tl_diag_put_safely(&out, rejects);
		tl_buf_putc(&out, '\n');
	}
	tl_cli_write(&out);
}

static int keep_batch(struct tl_voice *voice, const struct values *values, int64_t at)
{
	struct batch batch = {.voice = voice, .values = values, .at = at};
	struct tl_run_counts counts = {0};
	struct tl_lexicon *lexicon = tl_lexicon_open(&voice->diags, NULL);
	struct tl_intake intake = {.source = "workshop", .key = &(struct tl_identity_key){{0}},
		.lexicon = lexicon, .refuse = refuse, .put = put, .rejected = rejected,
		.context = &batch};
	const char *rejects = NULL;
	bool good = false;

	intake.profile = tl_profile_parse(&voice->arena, &voice->diags, "columns of a batch",
		batch_profile, strlen(batch_profile));
	intake.rejects = tl_voice_rejects(&voice->arena, values->store);
	intake.mask = tl_mask_open();
	if (lexicon && intake.profile && tl_hear_open(voice))
		good = tl_intake_file(&voice->arena, &voice->diags, &intake, values->batch, &counts,
			&rejects);
	if (good || counts.read)
		put_counts(&batch, &counts, rejects);
	tl_mask_close(intake.mask);
	tl_lexicon_close(lexicon);
	tl_buf_release(&batch.unknown);
	tl_buf_release(&batch.rejected);
	return !good ? TL_EXIT_SYSTEM : counts.rejected ? TL_EXIT_INPUT : TL_EXIT_CLEAN;
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
		return keep_batch(voice, values, at);
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
		 "Without a TEXT the notes that there are get listed. --batch keeps the notes of\n"
		 "a table, such as one typed up from paper; rows that cannot be kept go to a file\n"
		 "with the reason, to be mended and run again.\n",
	.example = "touchline note broadband-order#checkout -d sales They call us instead\n"
		   "touchline note --batch workshop.csv\n"
		   "touchline note broadband-order#checkout\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
