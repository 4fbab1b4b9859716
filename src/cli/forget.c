/* touchline forget: erases all that is of a person: in the store, in what import rejected; and names
 * the files elsewhere that may quote the person.
 *
 * Rejects go first: the store knows whose they are until it has forgotten. Killed in between, the
 * command may be given again.
 */
#include "cli/customer.h"
#include "touchline/intake.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct values {
	const char *store, *output;
	bool dry_run, ask, yes;
};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_FLAG,
		.name = "dry-run",
		.help = "say what would go, and change nothing",
		.offset = offsetof(struct values, dry_run)},
	{.kind = TL_OPTION_FLAG,
		.name = "ask",
		.help = "ask, also where standard input is no terminal",
		.offset = offsetof(struct values, ask)},
	{.kind = TL_OPTION_FLAG,
		.letter = 'y',
		.name = "yes",
		.help = "do not ask; needed where nobody can be asked",
		.offset = offsetof(struct values, yes)},
	{.kind = TL_OPTION_TEXT,
		.letter = 'o',
		.name = "output",
		.argument = "DIR",
		.help = "folder of the maps, which is looked through for files that may quote the "
			"person",
		.fallback = "output/maps",
		.offset = offsetof(struct values, output),
		.offer = TL_OFFER_FOLDERS},
	TL_VOICE_STORE(struct values, store),
};

struct person {
	struct tl_voice_person is;
	const char *name;
	size_t records;
	int64_t first, last;
	bool rejected; /* rows of the person are among the rejects */
	bool twice;    /* named before */
};
struct forget {
	const struct values *values;
	struct tl_voice *voice;
	struct person *people;
	size_t count;
	struct tl_identity_key key;
	struct tl_erasure erasure;
	const char **journeys; /* that a record of theirs is bound to */
	size_t journey_count, journey_capacity;
	size_t records, rows;
	struct tl_buf out;
};

static void put_many(struct tl_buf *out, size_t count, const char *what)
{
	tl_buf_printf(out, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

/* ---- what is in the store ----------------------------------------------------------------------- */

static void add_journey(struct forget *forget, const char *name, size_t n)
{
	for (size_t i = 0; i < forget->journey_count; i++)
		if (strncmp(forget->journeys[i], name, n) == 0 && !forget->journeys[i][n])
			return;
	forget->journeys = tl_arena_grow(&forget->voice->arena, forget->journeys,
		forget->journey_count, &forget->journey_capacity, sizeof *forget->journeys);
	forget->journeys[forget->journey_count++] =
		tl_arena_strndup(&forget->voice->arena, name, n);
}

struct telling {
	struct forget *forget;
	struct person *person;
};

static bool count_record(void *context, const struct tl_told *told)
{
	struct telling *telling = context;
	struct person *person = telling->person;

	person->records++;
	for (const char *name = told->touchpoints; name && *name; name += *name == ' ') {
		add_journey(telling->forget, name, strcspn(name, "#"));
		name += strcspn(name, " ");
	}
	if (told->created == TL_NO_TIME)
		return true;
	if (person->first == TL_NO_TIME)
		person->first = told->created;
	person->last = told->created;
	return true;
}

static bool look_up(struct forget *forget, const struct tl_command *command, char *const *names,
	int *status)
{
	for (size_t i = 0; i < forget->count; i++) {
		struct person *person = &forget->people[i];
		struct telling telling = {forget, person};

		*person = (struct person){
			.name = names[i], .first = TL_NO_TIME, .last = TL_NO_TIME};
		if (!tl_voice_look_up(forget->voice, command, names[i], &person->is, status))
			return false;
		for (size_t k = 0; k < i && person->is.customer; k++)
			person->twice |= forget->people[k].is.customer == person->is.customer;
		*status = TL_EXIT_SYSTEM;
		if (person->is.customer && !person->twice && !tl_store_trail(forget->voice->store,
						   person->is.customer, &tl_filter_none,
						   count_record, &telling))
			return false;
		forget->records += person->records;
	}
	return true;
}

static void put_person(struct tl_buf *out, const struct person *person)
{
	tl_voice_put_customer(out, person->is.customer);
	tl_buf_puts(out, ": ");
	put_many(out, person->records, "record");
	if (person->first != TL_NO_TIME) {
		tl_buf_puts(out, ", ");
		tl_voice_put_time(out, person->first);
		tl_buf_puts(out, " to ");
		tl_voice_put_time(out, person->last);
	}
	tl_buf_putc(out, '\n');
}

/* ---- what import rejected ------------------------------------------------------------------------ */

static bool is_theirs(void *context, const struct tl_hash16 *hash)
{
	struct forget *forget = context;
	int64_t customer = tl_store_customer(forget->voice->store, hash);
	bool any = false;

	for (size_t i = 0; i < forget->count; i++) {
		struct person *person = &forget->people[i];
		bool hit = customer && customer == person->is.customer;

		for (size_t k = 0; k < person->is.count && !hit; k++)
			hit = memcmp(&person->is.hashes[k], hash, sizeof *hash) == 0;
		person->rejected |= hit;
		any |= hit;
	}
	return any;
}

static bool sift_file(struct forget *forget, const char *path, bool dry_run)
{
	size_t rows;
	int error = tl_rejects_erase(path, &forget->erasure, dry_run, &rows);

	if (error) {
		tl_diag_add(&forget->voice->diags, TL0535, (struct tl_span){0},
			"%s: cannot be looked through and written again: %s", path,
			strerror(-error));
		return false;
	}
	forget->rows += rows;
	if (!rows || !dry_run)
		return true;
	tl_diag_put_safely(&forget->out, path);
	tl_buf_puts(&forget->out, ": ");
	put_many(&forget->out, rows, "rejected row");
	tl_buf_putc(&forget->out, '\n');
	return true;
}

/* Without a folder of rejects, no key is needed. */
static bool sift_rejects(struct forget *forget, bool dry_run)
{
	struct tl_voice *voice = forget->voice;
	const char *folder = tl_voice_rejects(&voice->arena, voice->store_path);
	struct dirent **list;
	int count = scandir(folder, &list, NULL, alphasort);
	bool good = true;

	forget->rows = 0;
	if (count < 0)
		return true;
	if (!forget->erasure.key) {
		forget->erasure = (struct tl_erasure){
			.key = &forget->key, .is_theirs = is_theirs, .context = forget};
		good = tl_voice_key(voice, &forget->key) &&
		       tl_store_sources(voice->store, &voice->arena, &forget->erasure.sources);
	}
	for (int i = 0; i < count; i++) {
		const char *path = tl_arena_printf(&voice->arena, "%s/%s", folder, list[i]->d_name);
		struct stat status;

		if (good && stat(path, &status) == 0 && S_ISREG(status.st_mode))
			good = sift_file(forget, path, dry_run);
		free(list[i]);
	}
	free(list);
	return good && !voice->diags.errors;
}

/* ---- files elsewhere that may quote ------------------------------------------------------------- */

struct outputs {
	struct forget *forget;
	struct tl_choice known; /* journeys */
	size_t count;
};

/* Ids may have dots: shop.v2.svg may be a map of shop.v2 and of shop. */
static bool is_named_after(const char *name, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t n = strlen(list[i]);

		if (strncmp(list[i], name, n) == 0 && name[n] == '.')
			return true;
	}
	return false;
}

/* Outputs are named after their journey; those of others quote others. */
static bool may_quote(const struct outputs *outputs, const char *name)
{
	const struct forget *forget = outputs->forget;

	return is_named_after(name, forget->journeys, forget->journey_count) ||
	       !is_named_after(name, outputs->known.list, outputs->known.count);
}

static void put_output(struct outputs *outputs, const char *path)
{
	struct tl_buf *out = &outputs->forget->out;

	if (!outputs->count++)
		tl_buf_puts(out, "These files may quote what was said:\n");
	tl_buf_puts(out, "  ");
	tl_diag_put_safely(out, path);
	tl_buf_putc(out, '\n');
}

static void look_through(struct outputs *outputs, const char *folder)
{
	struct dirent **list;
	int count = scandir(folder, &list, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		const char *name = list[i]->d_name;
		const char *path = tl_arena_printf(
			&outputs->forget->voice->arena, "%s/%s", folder, name);
		struct stat status;

		if (name[0] != '.' && lstat(path, &status) == 0) {
			if (S_ISDIR(status.st_mode))
				look_through(outputs, path);
			else if (may_quote(outputs, name))
				put_output(outputs, path);
		}
		free(list[i]);
	}
	if (count >= 0)
		free(list);
}

/* A store that was damaged and replaced is kept beside. */
static void look_for_copies(struct outputs *outputs)
{
	static const char *const ends[] = {".damaged", ".damaged-wal"};

	for (size_t i = 0; i < TL_COUNT(ends); i++) {
		const char *path = tl_arena_printf(&outputs->forget->voice->arena, "%s%s",
			outputs->forget->voice->store_path, ends[i]);
		if (access(path, F_OK) == 0)
			put_output(outputs, path);
	}
}

static bool put_outputs(struct forget *forget)
{
	struct outputs outputs = {.forget = forget};
	struct tl_voice *voice = forget->voice;

	if (!tl_store_journeys(voice->store, &voice->arena, &outputs.known))
		return false;
	if (forget->records) { /* what was rejected was never quoted */
		look_through(&outputs, forget->values->output);
		look_for_copies(&outputs);
	}
	if (outputs.count) {
		tl_buf_puts(&forget->out, "Draw maps again, and remove the others: touchline build "
					  "--force -o ");
		tl_diag_put_safely(&forget->out, forget->values->output);
		tl_buf_putc(&forget->out, '\n');
	}
	tl_buf_puts(&forget->out,
		"Not looked at: the exports that were imported, copies of the store, files kept "
		"elsewhere.\n");
	return true;
}

/* ---- the command --------------------------------------------------------------------------------- */

static bool confirm(void)
{
	char answer[16];

	fflush(stdout);
	fputs("Erase this for good? [y/N] ", stderr);
	return fgets(answer, sizeof answer, stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

static bool erase(struct forget *forget)
{
	struct tl_voice *voice = forget->voice;
	int64_t *customers = tl_arena_array(&voice->arena, int64_t, forget->count);
	size_t count = 0;

	for (size_t i = 0; i < forget->count; i++)
		if (forget->people[i].is.customer && !forget->people[i].twice)
			customers[count++] = forget->people[i].is.customer;
	return sift_rejects(forget, false) &&
	       (!count || tl_store_forget(voice->store, customers, count));
}

static bool put_people(struct forget *forget, const struct tl_command *command, int *status)
{
	struct tl_buf rejects = {0};
	bool good = sift_rejects(forget, true);

	rejects = forget->out;
	forget->out = (struct tl_buf){0};
	for (size_t i = 0; i < forget->count && good; i++) {
		const struct person *person = &forget->people[i];

		if (person->twice)
			continue;
		if (person->is.customer) {
			put_person(&forget->out, person);
		} else if (!person->rejected) {
			*status = tl_voice_nobody(forget->voice, command, person->name);
			good = false;
		}
	}
	tl_buf_put(&forget->out, rejects.data, rejects.len);
	tl_buf_release(&rejects);
	return good;
}

static int work(struct forget *forget, const struct tl_command *command)
{
	const struct values *values = forget->values;
	int status = TL_EXIT_SYSTEM;

	if (!put_people(forget, command, &status))
		return status;
	tl_cli_write(&forget->out);
	if (!values->dry_run && !values->yes && !confirm()) {
		fputs("Nothing was erased.\n", stderr);
		return TL_EXIT_USAGE;
	}
	if (!values->dry_run && !erase(forget))
		return TL_EXIT_SYSTEM;
	if (!values->dry_run)
		tl_buf_puts(&forget->out, "Erased.\n");
	if (!put_outputs(forget))
		return TL_EXIT_SYSTEM;
	if (values->dry_run)
		tl_buf_puts(&forget->out, "Nothing was erased: this is a dry run.\n");
	tl_cli_write(&forget->out);
	return TL_EXIT_CLEAN;
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct tl_voice voice;
	struct forget forget = {.values = &values, .voice = &voice};
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	if (values.ask && values.yes)
		return tl_cli_usage_error(command, NULL, "--ask and --yes exclude each other");
	if (!values.dry_run && !values.yes && !values.ask && !isatty(STDIN_FILENO))
		return tl_cli_usage_error(command, NULL,
			"there is no terminal to ask on; say --yes to erase, --dry-run to see what "
			"would go");
	status = TL_EXIT_SYSTEM;
	if (tl_voice_open(&voice, values.store, NULL)) {
		forget.count = (size_t)argc;
		forget.people = tl_arena_array(&voice.arena, struct person, forget.count);
		if (look_up(&forget, command, argv, &status))
			status = work(&forget, command);
	}
	explicit_bzero(&forget.key, sizeof forget.key);
	tl_buf_release(&forget.out);
	return tl_voice_close(&voice, status);
}

const struct tl_command tl_command_forget = {
	.name = "forget",
	.job = "Listen to customers",
	.summary = "erases all that is of a person",
	.operands = "CUSTOMER…",
	.operands_least = 1,
	.operands_most = SIZE_MAX,
	.about = "Erases the records of a customer with their texts, what the customer is known\n"
		 "by, what was counted of it, and rows that import rejected, so that no byte is\n"
		 "left in the store; then names the files that may quote the customer still.\n"
		 "It asks before.\n"
		 "\n"
		 "CUSTOMER is an e-mail address, a telephone number or an id as a source has it,\n"
		 "or a pseudonym such as customer-17. With email:, phone: or id: in front it is\n"
		 "taken for nothing else.\n",
	.example = "touchline forget --dry-run jane.doe@example.com\n"
		   "touchline forget --yes customer-17\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
