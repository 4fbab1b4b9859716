/* touchline profile: what an unknown export is, and how it may be read. */
#include "cli/cli.h"
#include "touchline/intake.h"

static void put_known(const char *known, const char *file)
{
	struct tl_buf safe = {0};

	tl_diag_put_safely(&safe, file);
	if (known)
		fprintf(stderr, "This is the layout of '%s': touchline import %s %s\n", known, known,
			safe.data);
	else
		fprintf(stderr,
			"A layout that is not known. Save the proposal, edit it, and try it:\n"
			"  touchline profile %s >my-source.xml\n"
			"  touchline import --dry-run ./my-source.xml %s\n",
			safe.data, safe.data);
	tl_buf_release(&safe);
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct { bool none; } values = {0};
	struct tl_diags diags;
	struct tl_buf out = {0};
	const char *known;
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	tl_diags_init(&diags);
	if (tl_profile_propose(&diags, argv[0], &out, &known)) {
		put_known(known, argv[0]);
		tl_cli_write(&out);
	}
	status = tl_cli_report(&diags);
	tl_buf_release(&out);
	tl_diags_release(&diags);
	return status;
}

const struct tl_command tl_command_profile = {
	.name = "profile",
	.job = "Listen to customers",
	.summary = "finds out how an export is to be read",
	.operands = "FILE",
	.operands_least = 1,
	.operands_most = 1,
	.offer = TL_OFFER_FILES,
	.about = "Looks at an export. Where its layout is known, prints the profile that reads\n"
		 "it and says its name; where it is not, proposes a profile from the names of\n"
		 "columns or fields and from what they hold. Either is ready to be edited.\n",
	.example = "touchline profile answers.csv >my-source.xml\n",
	.run = run,
};
