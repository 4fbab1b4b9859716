/* touchline trail: what one customer went through, across sources and channels. */
#include "cli/customer.h"

#include <stdlib.h>
#include <string.h>

struct values {
	struct tl_voice_asked asked;
};
static const struct tl_option options[] = {
	TL_VOICE_ASKED(struct values, asked),
};

struct trail {
	struct tl_buf out;
	int64_t first, last;
	size_t count, repeats, switches;
};

static void put_touchpoints(struct tl_buf *out, const struct tl_told *told)
{
	tl_buf_puts(out, "      ");
	if (told->touchpoints)
		tl_diag_put_safely(out, told->touchpoints);
	else
		tl_buf_puts(out, "(no touchpoint)");
	if (told->repeats)
		tl_buf_puts(out, ", again");
	if (told->switches)
		tl_buf_puts(out, ", on another channel");
	tl_buf_putc(out, '\n');
}

static bool put_text(void *context, const struct tl_told *told)
{
	struct trail *trail = context;

	tl_voice_put_record(&trail->out, told);
	put_touchpoints(&trail->out, told);
	trail->count++;
	trail->repeats += told->repeats;
	trail->switches += told->switches;
	if (told->created == TL_NO_TIME)
		return true;
	if (trail->first == TL_NO_TIME)
		trail->first = told->created;
	trail->last = told->created;
	return true;
}

static void put_many(struct tl_buf *out, size_t count, const char *one, const char *many)
{
	tl_buf_printf(out, "%zu %s", count, count == 1 ? one : many);
}

static void put_summary(struct trail *trail)
{
	struct tl_buf *out = &trail->out;

	put_many(out, trail->count, "record", "records");
	if (trail->first != TL_NO_TIME) {
		tl_buf_puts(out, ", ");
		tl_voice_put_time(out, trail->first);
		tl_buf_puts(out, " to ");
		tl_voice_put_time(out, trail->last);
	}
	tl_buf_puts(out, ": ");
	put_many(out, trail->repeats, "repeat", "repeats");
	tl_buf_puts(out, ", ");
	put_many(out, trail->switches, "switch", "switches");
	tl_buf_puts(out, " of channel\n");
}

static void put_names(struct tl_buf *out, const char *names)
{
	size_t count = 0;

	tl_buf_puts(out, ",\"touchpoints\":[");
	while (names && *names) {
		size_t n = strcspn(names, " ");
		char *name = strndup(names, n);

		if (!name)
			tl_die_of_memory(n);
		tl_buf_puts(out, count++ ? "," : "");
		tl_buf_json(out, name);
		free(name);
		names += n + (names[n] == ' ');
	}
	tl_buf_putc(out, ']');
}

static bool put_json(void *context, const struct tl_told *told)
{
	struct trail *trail = context;
	struct tl_buf *out = &trail->out;

	tl_voice_json_item(out, &trail->count);
	tl_buf_putc(out, '{');
	tl_voice_json_record(out, told);
	put_names(out, told->touchpoints);
	tl_buf_printf(out, ",\"repeats\":%s,\"switches\":%s}", told->repeats ? "true" : "false",
		told->switches ? "true" : "false");
	return true;
}

static int print(struct tl_voice *voice, const struct values *values, int64_t customer,
	const struct tl_filter *filter)
{
	struct trail trail = {.first = TL_NO_TIME, .last = TL_NO_TIME};
	bool json = values->asked.format == TL_VOICE_JSON;

	tl_buf_puts(&trail.out, json ? "{\"version\":1,\"customer\":\"" : "");
	tl_voice_put_customer(&trail.out, customer);
	tl_buf_puts(&trail.out, json ? "\",\"records\":[" : "\n");
	if (!tl_store_trail(voice->store, customer, filter, json ? put_json : put_text, &trail)) {
		tl_buf_release(&trail.out);
		return TL_EXIT_SYSTEM;
	}
	if (json)
		tl_buf_puts(&trail.out, trail.count ? "\n]}\n" : "]}\n");
	else
		put_summary(&trail);
	tl_cli_write(&trail.out);
	return TL_EXIT_CLEAN;
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct tl_voice voice;
	struct tl_filter filter;
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	status = TL_EXIT_SYSTEM;
	if (tl_voice_open_asked(&voice, &values.asked) &&
		tl_voice_filter(&voice, command, &values.asked.filters, NULL, &filter, &status)) {
		int64_t customer = tl_voice_find_customer(&voice, command, argv[0], &status);

		if (customer)
			status = print(&voice, &values, customer, &filter);
	}
	return tl_voice_close(&voice, status);
}

const struct tl_command tl_command_trail = {
	.name = "trail",
	.job = "Listen to customers",
	.summary = "shows what one customer went through",
	.operands = "CUSTOMER",
	.operands_least = 1,
	.operands_most = 1,
	.about = "Prints the records of one customer across sources and channels, in order of\n"
		 "time, with the touchpoints that they belong to, and marks where the customer\n"
		 "was at a touchpoint again, or changed the channel, within seven days.\n"
		 "\n"
		 "CUSTOMER is an e-mail address, a telephone number or an id as a source has it,\n"
		 "or a pseudonym such as customer-17. With email:, phone: or id: in front it is\n"
		 "taken for nothing else.\n",
	.example = "touchline trail jane.doe@example.com\n"
		   "touchline trail customer-17 --since 2025-03 --format json\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
