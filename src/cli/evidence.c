/* touchline evidence: what customers said at a touchpoint, worst first. */
#include "cli/voice.h"

#include <stdio.h>
#include <string.h>

struct values {
	struct tl_voice_asked asked;
	const char *pain;
	unsigned limit;
};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_TEXT,
		.name = "pain",
		.argument = "ID",
		.help = "only what was bound to this pain point",
		.offset = offsetof(struct values, pain)},
	{.kind = TL_OPTION_NUMBER,
		.letter = 'n',
		.name = "limit",
		.argument = "N",
		.help = "how many records",
		.fallback = "20",
		.offset = offsetof(struct values, limit),
		.least = 1,
		.most = 1000000},
	TL_VOICE_ASKED(struct values, asked),
};

struct told {
	struct tl_buf out;
	bool json;
	size_t count;
};

static void put_text(struct tl_buf *out, const struct tl_told *told)
{
	tl_voice_put_record(out, told);
	tl_buf_puts(out, "      ");
	if (told->tier == TL_CONFIRMED)
		tl_buf_puts(out, told->rule.touchpoint ? "confirmed by a person; " :
							 "confirmed by a person");
	else if (!told->rule.touchpoint)
		tl_buf_puts(out, "named by the record itself");
	if (told->rule.touchpoint) {
		tl_buf_puts(out, "listen");
		tl_voice_put_rule(out, &told->rule);
	}
	tl_buf_putc(out, '\n');
}

static void put_json(struct tl_buf *out, const struct tl_told *told)
{
	tl_buf_putc(out, '{');
	tl_voice_json_record(out, told);
	tl_voice_json_text(out, "tier", tl_binding_tiers.words[told->tier]);
	tl_voice_json_text(out, "pain", told->pain);
	tl_voice_json_text(out, "expectation", told->expectation);
	if (told->span_start >= 0)
		tl_buf_printf(out, ",\"span\":{\"start\":%lld,\"length\":%lld}",
			(long long)told->span_start, (long long)told->span_length);
	else
		tl_voice_json_text(out, "span", NULL);
	tl_buf_puts(out, ",\"rule\":");
	if (told->rule.touchpoint) {
		tl_buf_puts(out, "{\"touchpoint\":");
		tl_buf_json(out, told->rule.touchpoint);
		tl_voice_json_rule(out, &told->rule);
		tl_buf_putc(out, '}');
	} else {
		tl_buf_puts(out, "null");
	}
	tl_buf_putc(out, '}');
}

static bool tell(void *context, const struct tl_told *record)
{
	struct told *told = context;

	if (told->json) {
		tl_voice_json_item(&told->out, &told->count);
		put_json(&told->out, record);
	} else {
		told->count++;
		put_text(&told->out, record);
	}
	return true;
}

static const char *nearest_pain(
	struct tl_voice *voice, const struct tl_touchpoint *point, const char *pain, bool *known)
{
	const char **ids = tl_arena_array(&voice->arena, const char *, point->pain_count);
	size_t count = 0;

	*known = false;
	for (size_t i = 0; i < point->pain_count; i++) {
		if (!point->pains[i].id)
			continue;
		*known |= strcmp(point->pains[i].id, pain) == 0;
		ids[count++] = point->pains[i].id;
	}
	return tl_text_nearest(pain, ids, count);
}

static void put_nothing(const struct values *values, const char *name, bool filtered)
{
	if (filtered)
		fprintf(stderr, "No record that is bound to '%s' is what the filters ask for.\n", name);
	else
		fprintf(stderr, "No record is bound to '%s'%s; 'touchline unbound --suggest' says "
				"what to listen for.\n",
			name, values->pain ? " and this pain point" : "");
}

static int print(struct tl_voice *voice, const struct values *values, const char *name,
	const struct tl_voice_place *place, const struct tl_filter *filter)
{
	struct told told = {.json = values->asked.format == TL_VOICE_JSON};

	if (told.json) {
		tl_buf_puts(&told.out, "{\"version\":1");
		tl_voice_json_text(&told.out, "journey", place->journey->id);
		tl_voice_json_text(&told.out, "touchpoint", place->touchpoint->id);
		tl_buf_puts(&told.out, ",\"records\":[");
	}
	if (!tl_store_evidence(voice->store, place->journey->id, place->touchpoint->id,
		    values->pain, filter, values->limit, tell, &told)) {
		tl_buf_release(&told.out);
		return TL_EXIT_SYSTEM;
	}
	if (told.json)
		tl_buf_puts(&told.out, told.count ? "\n]}\n" : "]}\n");
	else if (!told.count)
		put_nothing(values, name, !tl_filter_is_none(filter));
	tl_cli_write(&told.out);
	return TL_EXIT_CLEAN;
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct tl_voice voice;
	struct tl_voice_place place;
	struct tl_filter filter;
	int status;
	bool known = true;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	status = TL_EXIT_SYSTEM;
	if (tl_voice_open_asked(&voice, &values.asked) &&
		tl_voice_find_place(&voice, command, argv[0], &place, &status) &&
		tl_voice_filter(&voice, command, &values.asked.filters, place.journey, &filter,
			&status)) {
		const char *nearest = values.pain ?
			nearest_pain(&voice, place.touchpoint, values.pain, &known) : NULL;

		status = known ? print(&voice, &values, argv[0], &place, &filter) :
			tl_cli_usage_error(command, nearest,
				"touchpoint '%s' has no pain point '%s'", argv[0], values.pain);
	}
	return tl_voice_close(&voice, status);
}

const struct tl_command tl_command_evidence = {
	.name = "evidence",
	.job = "Listen to customers",
	.summary = "shows what customers said at a touchpoint",
	.operands = "JOURNEY#TOUCHPOINT",
	.operands_least = 1,
	.operands_most = 1,
	.about = "Prints the records that are bound to a touchpoint, worst first, each with what\n"
		 "bound it: a listen of the journey, the record's own word, or a person.\n",
	.example = "touchline evidence broadband-order#checkout\n"
		   "touchline evidence broadband-order#checkout --pain address-twice -n 5\n"
		   "touchline evidence broadband-order#checkout --persona maya --since 13w\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
