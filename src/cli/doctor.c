/* touchline doctor: looks after the store. */
#include "cli/cli.h"
#include "touchline/store.h"

#include <stdio.h>

struct values {
	const char *store, *backup, *restore;
	bool rebuild;
};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_TEXT,
		.name = "store",
		.argument = "DB",
		.help = "the store",
		.fallback = "touchline.db",
		.offset = offsetof(struct values, store),
		.offer = TL_OFFER_FILES},
	{.kind = TL_OPTION_FLAG,
		.name = "rebuild",
		.help = "make the full-text index and the roll-ups again",
		.offset = offsetof(struct values, rebuild)},
	{.kind = TL_OPTION_TEXT,
		.name = "backup",
		.argument = "FILE",
		.help = "then copy the store to a file that is not there yet",
		.offset = offsetof(struct values, backup),
		.offer = TL_OFFER_FILES},
	{.kind = TL_OPTION_TEXT,
		.name = "restore",
		.argument = "FILE",
		.help = "first put a copy in the place of the store",
		.offset = offsetof(struct values, restore),
		.offer = TL_OFFER_FILES},
};

static bool work(const struct values *values, struct tl_diags *diags)
{
	struct tl_store *store;
	bool good;

	if (values->restore && !tl_store_restore(diags, values->store, values->restore))
		return false;
	if (!tl_store_open(&store, diags, values->store, TL_STORE_WRITE))
		return false;
	good = !values->rebuild || tl_store_rebuild(store);
	good = good && tl_store_check(store);
	good = good && (!values->backup || tl_store_backup(store, values->backup));
	if (good) {
		struct tl_buf out = {0};

		tl_diag_put_safely(&out, values->store);
		tl_buf_puts(&out, ": in good order\n");
		tl_cli_write(&out);
	}
	tl_store_close(store);
	return good;
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct tl_diags diags;
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	tl_diags_init(&diags);
	work(&values, &diags);
	status = tl_cli_report(&diags);
	tl_diags_release(&diags);
	return status;
}

const struct tl_command tl_command_doctor = {
	.name = "doctor",
	.job = "Look after the store",
	.summary = "checks the store thoroughly, copies and restores it",
	.operands = "",
	.about = "Looks at the whole store: whether the file is sound, whether its parts agree,\n"
		 "whether the full-text index holds what the records say, and whether the\n"
		 "roll-ups that scores are made of are what the records add up to. With --backup\n"
		 "a store in good order is copied while others go on using it.\n",
	.example = "touchline doctor\n"
		   "touchline doctor --backup backup.db\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
