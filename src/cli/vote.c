/* touchline vote: how the room feels about a touchpoint, and what it would mend first. */
#include "cli/hear.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct values {
	const char *department, *pain, *valence, *store;
	int format;
	unsigned points, remove;
	struct tl_texts_given journeys;
};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_TEXT,
		.letter = 'd',
		.name = "department",
		.argument = "DEPARTMENT",
		.help = "who votes: the id of a department, or any name",
		.offset = offsetof(struct values, department)},
	{.kind = TL_OPTION_TEXT,
		.name = "valence",
		.argument = "V",
		.help = "how customers feel there, from -2 (dreadful) to 2 (delightful)",
		.offset = offsetof(struct values, valence)},
	{.kind = TL_OPTION_NUMBER,
		.name = "points",
		.argument = "N",
		.help = "how many points, such as dots on the poster, it gets",
		.offset = offsetof(struct values, points),
		.least = 1,
		.most = 1000},
	{.kind = TL_OPTION_TEXT,
		.name = "pain",
		.argument = "ID",
		.help = "that the vote is about this pain point of the touchpoint",
		.offset = offsetof(struct values, pain)},
	{.kind = TL_OPTION_NUMBER,
		.name = "remove",
		.argument = "ID",
		.help = "take a vote back",
		.offset = offsetof(struct values, remove),
		.least = 1,
		.most = UINT32_MAX},
	TL_VOICE_FORMAT(struct values, format),
	TL_VOICE_STORE(struct values, store),
	TL_VOICE_JOURNEY(struct values, journeys),
};

/* ---- one vote ----------------------------------------------------------------------------------- */

static bool read_valence(double *valence, const char *text)
{
	*valence = NAN;
	return !text || tl_hear_valence(valence, text);
}

static int keep(struct tl_voice *voice, const struct values *values, struct tl_vote *vote,
	const struct tl_journey *journey)
{
	struct tl_buf out = {0};
	const char *nearest;

	vote->department = tl_hear_department(journey, values->department, &nearest);
	if (!tl_hear_open(voice) || !tl_store_vote(voice->store, vote))
		return TL_EXIT_SYSTEM;
	tl_buf_printf(&out, "A vote of %s on %s#%s", vote->department, vote->journey,
		vote->touchpoint);
	if (vote->pain)
		tl_buf_printf(&out, ", %s", vote->pain);
	tl_buf_puts(&out, ": ");
	if (!isnan(vote->valence)) {
		tl_buf_puts(&out, "valence ");
		tl_buf_number(&out, vote->valence, 2);
	}
	if (vote->points)
		tl_buf_printf(&out, "%s%d point%s", isnan(vote->valence) ? "" : ", ", vote->points,
			vote->points == 1 ? "" : "s");
	tl_buf_printf(&out, " (#%lld)\n", (long long)vote->id);
	tl_cli_write(&out);
	tl_hear_warn(journey, values->department, nearest, TL_SAID_VOTE, vote->id);
	return TL_EXIT_CLEAN;
}

/* ---- tallies ------------------------------------------------------------------------------------- */

struct tally { /* votes of one department, or of all, on one thing */
	const char *journey, *touchpoint, *pain, *department; /* department NULL: all */
	double *valences;
	size_t votes, valued, capacity;
	int64_t points;
};
struct tallies {
	struct tl_arena *arena;
	const char *department; /* asked for, or NULL */
	struct tally **list;
	size_t count, capacity;
};

static int compare_texts(const char *a, const char *b) /* NULL first */
{
	return a && b ? strcmp(a, b) : (a != NULL) - (b != NULL);
}

/* Touchpoint by touchpoint, the touchpoint before its pain points, all before departments. */
static int compare_tallies(const void *a, const void *b)
{
	const struct tally *x = *(struct tally *const *)a, *y = *(struct tally *const *)b;
	int order = strcmp(x->journey, y->journey);

	if (!order)
		order = strcmp(x->touchpoint, y->touchpoint);
	if (!order)
		order = compare_texts(x->pain, y->pain);
	return order ? order : compare_texts(x->department, y->department);
}

static int compare_numbers(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static struct tally *find_tally(
	struct tallies *all, const struct tl_vote *vote, const char *department)
{
	struct tally wanted = {vote->journey, vote->touchpoint, vote->pain, department, NULL, 0, 0,
		0, 0};
	const struct tally *key = &wanted;
	struct tally *tally;

	for (size_t i = 0; i < all->count; i++)
		if (compare_tallies(&key, &all->list[i]) == 0)
			return all->list[i];
	tally = tl_arena_new(all->arena, struct tally);
	tally->journey = tl_arena_strdup(all->arena, vote->journey);
	tally->touchpoint = tl_arena_strdup(all->arena, vote->touchpoint);
	tally->pain = vote->pain ? tl_arena_strdup(all->arena, vote->pain) : NULL;
	tally->department = department ? tl_arena_strdup(all->arena, department) : NULL;
	all->list = tl_arena_grow(
		all->arena, all->list, all->count, &all->capacity, sizeof(struct tally *));
	all->list[all->count++] = tally;
	return tally;
}

static void count(struct tallies *all, const struct tl_vote *vote, const char *department)
{
	struct tally *tally = find_tally(all, vote, department);

	tally->votes++;
	tally->points += vote->points;
	if (isnan(vote->valence))
		return;
	tally->valences = tl_arena_grow(all->arena, tally->valences, tally->valued,
		&tally->capacity, sizeof *tally->valences);
	tally->valences[tally->valued++] = vote->valence;
}

static bool take_vote(void *context, const struct tl_vote *vote)
{
	struct tallies *all = context;

	if (!all->department || strcasecmp(all->department, vote->department) == 0)
		count(all, vote, vote->department);
	if (!all->department)
		count(all, vote, NULL);
	return true;
}

static double median(const struct tally *tally)
{
	size_t half = tally->valued / 2;

	if (!tally->valued)
		return NAN;
	return tally->valued % 2 ? tally->valences[half]
				 : (tally->valences[half - 1] + tally->valences[half]) / 2;
}

/* ---- listing ------------------------------------------------------------------------------------- */

static void put_valences(struct tl_buf *out, const struct tally *tally)
{
	struct tl_buf text = {0};

	if (tally->valued) {
		tl_buf_number(&text, median(tally), 2);
		tl_buf_puts(&text, " (");
		tl_buf_number(&text, tally->valences[0], 2);
		tl_buf_puts(&text, " to ");
		tl_buf_number(&text, tally->valences[tally->valued - 1], 2);
		tl_buf_putc(&text, ')');
	}
	tl_voice_put_column(out, text.len ? text.data : "", 16);
	tl_buf_release(&text);
}

static void put_tally(struct tl_buf *out, const struct tally *tally, const struct tally *before)
{
	bool same = before && strcmp(before->journey, tally->journey) == 0 &&
		    strcmp(before->touchpoint, tally->touchpoint) == 0 &&
		    compare_texts(before->pain, tally->pain) == 0;

	if (!same) {
		tl_buf_printf(out, "%s%s#%s", before ? "\n" : "", tally->journey, tally->touchpoint);
		if (tally->pain)
			tl_buf_printf(out, ", pain point %s", tally->pain);
		tl_buf_puts(out, "\n  who           votes  valence: median (range)  points\n");
	}
	tl_buf_puts(out, "  ");
	tl_voice_put_column(out, tally->department ? tally->department : "all", 12);
	tl_buf_printf(out, "%5zu  ", tally->votes);
	put_valences(out, tally);
	tl_buf_printf(out, "%12lld\n", (long long)tally->points);
}

static void json_number(struct tl_buf *out, const char *key, double value)
{
	tl_buf_printf(out, ",\"%s\":", key);
	if (isnan(value))
		tl_buf_puts(out, "null");
	else
		tl_buf_number(out, value, 4);
}

static void json_tally(struct tl_buf *out, const struct tally *tally)
{
	tl_buf_puts(out, "{\"journey\":");
	tl_buf_json(out, tally->journey);
	tl_voice_json_text(out, "touchpoint", tally->touchpoint);
	tl_voice_json_text(out, "pain", tally->pain);
	tl_voice_json_text(out, "department", tally->department);
	tl_buf_printf(out, ",\"votes\":%zu", tally->votes);
	json_number(out, "median", median(tally));
	json_number(out, "low", tally->valued ? tally->valences[0] : NAN);
	json_number(out, "high", tally->valued ? tally->valences[tally->valued - 1] : NAN);
	tl_buf_printf(out, ",\"points\":%lld}", (long long)tally->points);
}

static void put_all(const struct tallies *all, bool json)
{
	struct tl_buf out = {0};

	if (json)
		tl_buf_puts(&out, "{\"version\":1,\"votes\":[");
	for (size_t i = 0; i < all->count; i++) {
		struct tally *tally = all->list[i];

		if (tally->valued)
			qsort(tally->valences, tally->valued, sizeof(double), compare_numbers);
		if (json) {
			tl_buf_puts(&out, i ? ",\n" : "\n");
			json_tally(&out, tally);
		} else {
			put_tally(&out, tally, i ? all->list[i - 1] : NULL);
		}
	}
	if (json)
		tl_buf_puts(&out, all->count ? "\n]}\n" : "]}\n");
	tl_cli_write(&out);
	if (!json && !all->count)
		fputs("There are no such votes; 'touchline vote JOURNEY#TOUCHPOINT --department D "
		      "--valence V' keeps one.\n",
			stderr);
}

static int list(struct tl_voice *voice, const struct values *values,
	const struct tl_voice_place *place)
{
	struct tallies all = {.arena = &voice->arena};
	const char *nearest;

	if (!tl_store_open(&voice->store, &voice->diags, values->store, TL_STORE_READ))
		return TL_EXIT_SYSTEM;
	all.department = values->department;
	if (all.department && place->journey)
		all.department = tl_hear_department(place->journey, values->department, &nearest);
	if (!tl_store_votes(voice->store, place->journey ? place->journey->id : NULL,
		    place->journey ? place->touchpoint->id : NULL, take_vote, &all))
		return TL_EXIT_SYSTEM;
	if (all.count)
		qsort(all.list, all.count, sizeof *all.list, compare_tallies);
	put_all(&all, values->format == TL_VOICE_JSON);
	return TL_EXIT_CLEAN;
}

/* ---- the command --------------------------------------------------------------------------------- */

static int refuse_usage(
	const struct tl_command *command, const struct values *values, bool votes, int argc)
{
	double valence;

	if (values->remove && (argc || votes))
		return tl_cli_usage_error(command, NULL, "--remove takes a number and nothing else");
	if (!read_valence(&valence, values->valence))
		return tl_cli_usage_error(command, NULL,
			"--valence takes a number from -2 to 2, not '%s'", values->valence);
	if (votes && !argc)
		return tl_cli_usage_error(
			command, NULL, "what is voted on? JOURNEY#TOUCHPOINT is missing");
	if (votes && !values->department)
		return tl_cli_usage_error(
			command, NULL, "--department is missing: whose vote is it?");
	if (values->department && !*values->department)
		return tl_cli_usage_error(command, NULL, "--department is empty");
	if (values->pain && !votes)
		return tl_cli_usage_error(
			command, NULL, "--pain needs --points or --valence: what does it get?");
	return TL_EXIT_CLEAN;
}

static int keep_or_list(struct tl_voice *voice, const struct tl_command *command,
	const struct values *values, bool votes, const char *name)
{
	struct tl_voice_place place = {0};
	struct tl_vote vote = {.points = (int)values->points, .created = tl_clock_now()};
	const char *nearest = NULL;
	int status = TL_EXIT_SYSTEM;

	if (values->remove)
		return tl_hear_unsay(voice, TL_SAID_VOTE, values->remove);
	if (name && !tl_voice_find_place(voice, command, name, &place, &status))
		return status;
	if (!votes)
		return list(voice, values, &place);
	if (values->pain && !tl_hear_pain(&voice->arena, place.touchpoint, values->pain, &nearest))
		return tl_cli_usage_error(command, nearest,
			"touchpoint '%s' has no pain point '%s'", name, values->pain);
	read_valence(&vote.valence, values->valence);
	vote.journey = place.journey->id;
	vote.touchpoint = place.touchpoint->id;
	vote.pain = values->pain;
	return keep(voice, values, &vote, place.journey);
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct tl_voice voice;
	bool votes;
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	votes = values.valence || values.points;
	status = refuse_usage(command, &values, votes, argc);
	if (status)
		return status;
	status = TL_EXIT_SYSTEM;
	if (tl_hear_begin(&voice, values.store, &values.journeys, !values.remove))
		status = keep_or_list(&voice, command, &values, votes, argc ? argv[0] : NULL);
	return tl_voice_close(&voice, status);
}

const struct tl_command tl_command_vote = {
	.name = "vote",
	.job = "Run a workshop",
	.summary = "keeps how people in a workshop vote on a touchpoint",
	.operands = "[JOURNEY#TOUCHPOINT]",
	.operands_most = 1,
	.about = "Keeps a vote of a department on a touchpoint or one of its pain points: how\n"
		 "customers feel there, points, or both. Votes are what people believe: they\n"
		 "never count as records.\n"
		 "\n"
		 "Without --valence and --points the votes that there are get summed up: for each\n"
		 "department how many, the median and range of the valences, and the points.\n",
	.example = "touchline vote broadband-order#checkout --department sales --valence -1\n"
		   "touchline vote broadband-order#checkout -d it --pain address-twice --points 3\n"
		   "touchline vote broadband-order#checkout\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
