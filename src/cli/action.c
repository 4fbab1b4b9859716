/* touchline action: who does what by when about a pain point. */
#include "cli/insights.h"
#include "cli/hear.h"

#include <stdio.h>
#include <string.h>

struct values {
	const char *owner, *due, *on, *store;
	int format;
	unsigned done, remove;
	struct tl_texts_given journeys;
};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_TEXT,
		.name = "owner",
		.argument = "OWNER",
		.help = "who does it: a department or a person",
		.offset = offsetof(struct values, owner)},
	{.kind = TL_OPTION_TEXT,
		.name = "due",
		.argument = "DATE",
		.help = "by when, such as 2026-03-31",
		.offset = offsetof(struct values, due)},
	{.kind = TL_OPTION_NUMBER,
		.name = "done",
		.argument = "ID",
		.help = "say that an action is done",
		.offset = offsetof(struct values, done),
		.least = 1,
		.most = UINT32_MAX},
	{.kind = TL_OPTION_TEXT,
		.name = "on",
		.argument = "DATE",
		.help = "the day on which it was done (default: today)",
		.offset = offsetof(struct values, on)},
	{.kind = TL_OPTION_NUMBER,
		.name = "remove",
		.argument = "ID",
		.help = "take an action back",
		.offset = offsetof(struct values, remove),
		.least = 1,
		.most = UINT32_MAX},
	TL_VOICE_FORMAT(struct values, format),
	TL_VOICE_STORE(struct values, store),
	TL_VOICE_JOURNEY(struct values, journeys),
};
enum { ACTION_COLUMNS = 2000 };

/* ---- days --------------------------------------------------------------------------------------- */

static const char *day_text(char text[static 11], int64_t time)
{
	if (time == TL_NO_TIME)
		return "no date";
	tl_date_format(text, tl_date_of(time));
	return text;
}

enum state { OPEN, OVERDUE, DONE };
static const char *const state_words[] = {[OPEN] = "open", [OVERDUE] = "overdue", [DONE] = "done"};

static enum state state_of(const struct tl_action *action, int32_t today)
{
	if (action->done != TL_NO_TIME)
		return DONE;
	return action->due != TL_NO_TIME && tl_date_of(action->due) < today ? OVERDUE : OPEN;
}

/* ---- pain points --------------------------------------------------------------------------------- */

struct pain_place {
	const struct tl_journey *journey;
	const struct tl_pain *pain;
};

static const char *nearest_pain(struct tl_voice *voice, const char *name)
{
	const char **names = NULL;
	size_t count = 0, capacity = 0;
	bool whole = strchr(name, '#');

	for (size_t i = 0; i < voice->set.count; i++) {
		const struct tl_journey *journey = voice->set.list[i];

		for (size_t t = 0; t < journey->touchpoint_count; t++)
			for (size_t p = 0; p < journey->touchpoints[t].pain_count; p++) {
				const char *id = journey->touchpoints[t].pains[p].id;

				names = tl_arena_grow(
					&voice->arena, names, count, &capacity, sizeof *names);
				names[count++] = whole ? tl_arena_printf(&voice->arena, "%s#%s",
								 journey->id, id)
						       : id;
			}
	}
	return tl_text_nearest(name, names, count);
}

/* How many pain points are called so; *found is the last of them. */
static size_t count_pains(struct tl_voice *voice, const char *name, struct pain_place *found)
{
	const char *mark = strchr(name, '#'), *nearest;
	size_t n = mark ? (size_t)(mark - name) : 0, count = 0;

	for (size_t i = 0; i < voice->set.count; i++) {
		const struct tl_journey *journey = voice->set.list[i];

		if (mark && (strncmp(journey->id, name, n) != 0 || journey->id[n]))
			continue;
		for (size_t t = 0; t < journey->touchpoint_count; t++) {
			const struct tl_pain *pain = tl_hear_pain(&voice->arena,
				&journey->touchpoints[t], mark ? mark + 1 : name, &nearest);

			if (!pain)
				continue;
			*found = (struct pain_place){journey, pain};
			count++;
		}
	}
	return count;
}

static bool find_pain(struct tl_voice *voice, const struct tl_command *command, const char *name,
	struct pain_place *found, int *status)
{
	size_t count = count_pains(voice, name, found);

	if (count == 1)
		return true;
	if (count)
		*status = tl_cli_usage_error(command,
			tl_arena_printf(
				&voice->arena, "%s#%s", found->journey->id, found->pain->id),
			"more than one journey has a pain point '%s'; write JOURNEY#PAIN", name);
	else
		*status = tl_cli_usage_error(command, nearest_pain(voice, name),
			"there is no pain point '%s' in the journeys of '%s'", name,
			voice->journeys);
	return false;
}

/* ---- keeping ------------------------------------------------------------------------------------- */

static int keep(struct tl_voice *voice, struct tl_action *action)
{
	struct tl_buf out = {0};
	char day[11];

	if (!tl_hear_open(voice) || !tl_store_act(voice->store, action))
		return TL_EXIT_SYSTEM;
	tl_buf_printf(&out, "Action %lld on %s#%s: “", (long long)action->id, action->journey,
		action->pain);
	tl_voice_put_text(&out, action->text, ACTION_COLUMNS);
	tl_buf_puts(&out, "”\n  ");
	if (action->owner)
		tl_diag_put_safely(&out, action->owner);
	else
		tl_buf_puts(&out, "nobody owns it yet");
	tl_buf_printf(&out, ", %s%s\n", action->due == TL_NO_TIME ? "" : "due ",
		day_text(day, action->due));
	tl_cli_write(&out);
	return TL_EXIT_CLEAN;
}

static int finish(struct tl_voice *voice, unsigned id, int64_t when)
{
	char day[11];
	bool found;

	if (!tl_store_open(&voice->store, &voice->diags, voice->store_path, TL_STORE_WRITE))
		return TL_EXIT_SYSTEM;
	if (!tl_store_done(voice->store, id, when, &found)) {
		if (!voice->diags.errors)
			fprintf(stderr,
				"touchline action: there is no open action %u in '%s'; 'touchline "
				"action' lists them\n",
				id, voice->store_path);
		return voice->diags.errors ? TL_EXIT_SYSTEM : TL_EXIT_USAGE;
	}
	printf("action %u was done on %s\n", id, day_text(day, when));
	return TL_EXIT_CLEAN;
}

/* ---- listing ------------------------------------------------------------------------------------- */

struct listing {
	struct tl_buf out;
	struct tl_voice *voice;
	struct tl_insight **insights; /* by index of the set; read when first asked for */
	int32_t today;
	bool json, dates;
	struct tl_action *actions;
	size_t count, capacity;
};

/* ---- did it help ------------------------------------------------------------------------------- */

static const struct tl_insight *insight_of(struct listing *list, const char *journey)
{
	struct tl_voice *voice = list->voice;
	size_t i = 0;

	while (i < voice->set.count && strcmp(voice->set.list[i]->id, journey) != 0)
		i++;
	if (i == voice->set.count)
		return NULL;
	if (!list->insights[i]) {
		struct tl_chosen one = {&voice->set.list[i], 1};
		struct tl_insight **read = tl_voice_insights(voice, &one, &tl_filter_none, true);

		list->insights[i] = read ? read[0] : NULL;
	}
	return list->insights[i];
}

/* What the records before and after say about an action that is done; NULL where they say nothing,
 * or where something else was done about the pain point since. */
static const struct tl_pain_insight *outcome(struct listing *list, const struct tl_action *action,
	const struct tl_touchpoint_insight **at)
{
	const struct tl_insight *insight =
		action->done == TL_NO_TIME ? NULL : insight_of(list, action->journey);

	for (size_t t = 0; insight && t < insight->journey->touchpoint_count; t++)
		for (size_t i = 0; i < insight->journey->touchpoints[t].pain_count; i++) {
			const struct tl_pain_insight *pain = &insight->touchpoints[t].pains[i];

			*at = &insight->touchpoints[t];
			if (pain->pain->id && strcmp(pain->pain->id, action->pain) == 0)
				return pain->fixed == action->done && pain->change.n1 &&
						       pain->change.n2 ?
					       pain : NULL;
		}
	return NULL;
}

static void put_outcome(struct listing *list, const struct tl_action *action)
{
	const struct tl_touchpoint_insight *at;
	const struct tl_pain_insight *pain = outcome(list, action, &at);

	if (!pain)
		return;
	tl_buf_puts(&list->out, "         did it help: ");
	tl_report_fixed(&list->out, at, pain);
	tl_buf_putc(&list->out, '\n');
}

static void put_action(struct listing *list, const struct tl_action *action)
{
	struct tl_buf *out = &list->out, pain = {0};
	enum state state = state_of(action, list->today);
	char day[11], id[24];

	snprintf(id, sizeof id, "#%lld", (long long)action->id);
	tl_buf_printf(&pain, "%s#%s", action->journey, action->pain);
	tl_voice_put_column(out, state_words[state], 7);
	tl_voice_put_column(out, day_text(day, state == DONE ? action->done : action->due), 10);
	tl_voice_put_column(out, id, 4);
	tl_voice_put_column(out, action->owner ? action->owner : "nobody", 12);
	tl_voice_put_column(out, pain.data, 24);
	tl_voice_put_text(out, action->text, ACTION_COLUMNS);
	tl_buf_putc(out, '\n');
	tl_buf_release(&pain);
	put_outcome(list, action);
	if (!list->dates)
		return;
	tl_buf_printf(out, "         agreed on %s, ", day_text(day, action->created));
	tl_buf_printf(out, "due %s", day_text(day, action->due));
	if (state == DONE)
		tl_buf_printf(out, ", done on %s", day_text(day, action->done));
	tl_buf_putc(out, '\n');
}

static void json_day(struct tl_buf *out, const char *key, int64_t time)
{
	char day[11];

	tl_voice_json_text(out, key, time == TL_NO_TIME ? NULL : day_text(day, time));
}

static void json_action(struct listing *list, const struct tl_action *action)
{
	struct tl_buf *out = &list->out;
	const struct tl_touchpoint_insight *at;
	const struct tl_pain_insight *pain = outcome(list, action, &at);

	tl_buf_printf(out, "{\"id\":%lld", (long long)action->id);
	tl_voice_json_text(out, "state", state_words[state_of(action, list->today)]);
	tl_voice_json_text(out, "journey", action->journey);
	tl_voice_json_text(out, "pain", action->pain);
	tl_voice_json_text(out, "owner", action->owner);
	tl_voice_json_text(out, "text", action->text);
	json_day(out, "created", action->created);
	json_day(out, "due", action->due);
	json_day(out, "done", action->done);
	tl_buf_puts(out, ",\"outcome\":");
	if (pain)
		tl_report_json_fixed(out, at, pain);
	else
		tl_buf_puts(out, "null");
	tl_buf_putc(out, '}');
}

/* Kept until all are read: what is said of each asks the store again. */
static bool keep_action(void *context, const struct tl_action *action)
{
	struct listing *list = context;
	struct tl_arena *arena = &list->voice->arena;
	struct tl_action *kept;

	list->actions = tl_arena_grow(
		arena, list->actions, list->count, &list->capacity, sizeof *list->actions);
	kept = &list->actions[list->count++];
	*kept = *action;
	kept->journey = tl_arena_strdup(arena, action->journey);
	kept->pain = tl_arena_strdup(arena, action->pain);
	kept->owner = action->owner ? tl_arena_strdup(arena, action->owner) : NULL;
	kept->text = tl_arena_strdup(arena, action->text);
	return true;
}

/* Those that are still to be done first. */
static void put_all(struct listing *list)
{
	const char *between = "\n";

	for (int done = 0; done < 2; done++)
		for (size_t i = 0; i < list->count; i++) {
			if ((list->actions[i].done != TL_NO_TIME) != done)
				continue;
			if (!list->json) {
				put_action(list, &list->actions[i]);
				continue;
			}
			tl_buf_puts(&list->out, between);
			json_action(list, &list->actions[i]);
			between = ",\n";
		}
}

static int list(struct tl_voice *voice, const struct values *values, const struct pain_place *place)
{
	struct listing list = {.voice = voice,
		.insights = tl_arena_array(
			&voice->arena, struct tl_insight *, voice->set.count),
		.json = values->format == TL_VOICE_JSON,
		.today = tl_date_of(tl_clock_now()),
		.dates = place->pain != NULL};

	if (!tl_store_open(&voice->store, &voice->diags, values->store, TL_STORE_READ) ||
		!tl_store_actions(voice->store, place->pain ? place->journey->id : NULL,
			place->pain ? place->pain->id : NULL, keep_action, &list))
		return TL_EXIT_SYSTEM;
	if (list.json) {
		tl_buf_puts(&list.out, "{\"version\":1");
		json_day(&list.out, "today", tl_clock_now());
		tl_buf_puts(&list.out, ",\"actions\":[");
	}
	put_all(&list);
	if (list.json)
		tl_buf_puts(&list.out, list.count ? "\n]}\n" : "]}\n");
	else if (!list.count)
		fputs("Nothing was agreed on yet; 'touchline action PAIN --owner O --due DATE TEXT' "
		      "does.\n",
			stderr);
	tl_cli_write(&list.out);
	return voice->diags.errors ? TL_EXIT_SYSTEM : TL_EXIT_CLEAN;
}

/* ---- the command --------------------------------------------------------------------------------- */

static int refuse_usage(const struct tl_command *command, const struct values *values, int argc)
{
	bool terms = values->owner || values->due;

	if ((values->done || values->remove) && (argc || terms || (values->done && values->remove)))
		return tl_cli_usage_error(command, NULL, "--%s takes a number and nothing else",
			values->done ? "done" : "remove");
	if (values->on && !values->done)
		return tl_cli_usage_error(
			command, NULL, "--on says when an action was done; --done ID is missing");
	if (terms && argc < 2)
		return tl_cli_usage_error(command, NULL,
			argc ? "what is to be done? Write it behind the pain point"
			     : "what is it about? PAIN is missing");
	if (values->owner && !*values->owner)
		return tl_cli_usage_error(command, NULL, "--owner is empty");
	return TL_EXIT_CLEAN;
}

static int keep_or_list(struct tl_voice *voice, const struct tl_command *command,
	const struct values *values, int argc, char **argv)
{
	struct pain_place place = {0};
	struct tl_action action = {.owner = values->owner, .created = tl_clock_now(),
		.done = TL_NO_TIME};
	int64_t on;
	int status = TL_EXIT_SYSTEM;

	if (!tl_hear_day(command, "due", values->due, &action.due, &status) ||
		!tl_hear_day(command, "on", values->on, &on, &status))
		return status;
	if (on != TL_NO_TIME && tl_date_of(on) > tl_date_of(action.created))
		return tl_cli_usage_error(
			command, NULL, "--on %s is a day that has not come yet", values->on);
	if (values->done)
		return finish(voice, values->done, on == TL_NO_TIME ? action.created : on);
	if (values->remove)
		return tl_hear_unsay(voice, TL_SAID_ACTION, values->remove);
	if (argc && !find_pain(voice, command, argv[0], &place, &status))
		return status;
	if (argc < 2)
		return list(voice, values, &place);
	action.text = tl_hear_text(voice, command, argv + 1, argc - 1, &status);
	if (!action.text)
		return status;
	action.journey = place.journey->id;
	action.pain = place.pain->id;
	return keep(voice, &action);
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct tl_voice voice;
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	status = refuse_usage(command, &values, argc);
	if (status)
		return status;
	status = TL_EXIT_SYSTEM;
	if (tl_hear_begin(&voice, values.store, &values.journeys, !(values.remove || values.done)))
		status = keep_or_list(&voice, command, &values, argc, argv);
	return tl_voice_close(&voice, status);
}

const struct tl_command tl_command_action = {
	.name = "action",
	.job = "Run a workshop",
	.summary = "keeps who does what by when about a pain point",
	.operands = "[[JOURNEY#]PAIN [TEXT|-]]",
	.operands_most = SIZE_MAX,
	.about = "Keeps what was agreed on: who does what by when about a pain point; - reads the\n"
		 "text from standard input. Texts are masked on the way in.\n"
		 "\n"
		 "Without a TEXT the actions that there are get listed, those that are open first\n"
		 "and by the day they are due; what is past its day is marked as overdue. With a\n"
		 "PAIN it is those of one pain point, with all their dates. Of those that are\n"
		 "done, the records before and after that day say whether it helped.\n",
	.example = "touchline action address-twice --owner it --due 2026-03-31 Carry it over\n"
		   "touchline action\n"
		   "touchline action --done 3 --on 2026-03-20\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
