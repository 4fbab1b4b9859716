/* touchline bind: a person says where a record belongs. */
#include "cli/voice.h"

struct values {
	const char *store;
	struct tl_texts_given journeys;
};
static const struct tl_option options[] = {
	TL_VOICE_STORE(struct values, store),
	TL_VOICE_JOURNEY(struct values, journeys),
};

static bool put_record(void *context, const struct tl_told *told)
{
	tl_voice_put_record(context, told);
	return true;
}

static int bind(struct tl_voice *voice, int64_t record, const struct tl_voice_place *place)
{
	struct tl_buf out = {0};
	bool found;

	if (!tl_store_bind(voice->store, record, place->journey->id, place->touchpoint->id, &found) ||
		!tl_store_tell(voice->store, record, put_record, &out)) {
		tl_buf_release(&out);
		return TL_EXIT_SYSTEM;
	}
	tl_buf_printf(&out, "belongs to %s#%s now, whatever rules say\n", place->journey->id,
		place->touchpoint->id);
	tl_cli_write(&out);
	return TL_EXIT_CLEAN;
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct tl_voice voice;
	struct tl_voice_place place;
	int64_t record;
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	status = TL_EXIT_SYSTEM;
	if (tl_voice_open(&voice, values.store, &values.journeys) &&
		tl_voice_find_place(&voice, command, argv[1], &place, &status)) {
		record = tl_voice_find_record(&voice, command, argv[0], &status);
		if (record)
			status = bind(&voice, record, &place);
	}
	return tl_voice_close(&voice, status);
}

const struct tl_command tl_command_bind = {
	.name = "bind",
	.job = "Listen to customers",
	.summary = "says where a record belongs",
	.operands = "RECORD JOURNEY#TOUCHPOINT",
	.operands_least = 2,
	.operands_most = 2,
	.about = "Binds a record to a touchpoint because a person says so: that wins over every\n"
		 "rule of the journey, and stays when rules change. Saying it again for another\n"
		 "touchpoint of the journey corrects it. RECORD is SOURCE/ID.\n",
	.example = "touchline bind zendesk/1017 broadband-order#checkout\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
