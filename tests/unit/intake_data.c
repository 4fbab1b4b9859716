/* Public data, where it lies beside the repository (shared/data): counts that others published or
 * that can be counted by hand must come out of the import. Where it is absent, that is said. */
#include <libgen.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "touchline/intake.h"

struct tally {
	unsigned both, promoters, detractors;
	struct channel {
		char name[32];
		unsigned ended, late, all;
	} channels[16];
	size_t channel_count;
};

/* Beside the repository or above it; the program is at output/build/VARIANT/unit. */
static bool find_data(char path[static PATH_MAX], const char *file)
{
	static const char *const above[] = {"../shared/data", "../../shared/data"};
	char self[PATH_MAX] = "";

	if (readlink("/proc/self/exe", self, sizeof self - 1) < 0)
		return false;
	for (int i = 0; i < 5; i++)
		dirname(self);
	for (size_t i = 0; i < TL_COUNT(above); i++) {
		snprintf(path, PATH_MAX, "%.3000s/%s/%s", self, above[i], file);
		if (access(path, R_OK) == 0)
			return true;
	}
	printf("skipped: %s is not beside the repository\n", file);
	return false;
}

static void count_nps(struct tally *tally, const struct tl_record *record)
{
	double nps = -1;
	bool csat = false;

	for (size_t i = 0; i < record->measure_count; i++) {
		if (record->measures[i].instrument == TL_NPS)
			nps = record->measures[i].score;
		else
			csat = true;
	}
	if (nps < 0 || !csat)
		return;
	tally->both++;
	tally->promoters += nps >= 9;
	tally->detractors += nps <= 6;
}

static void count_channel(struct tally *tally, const struct tl_record *record)
{
	size_t i = 0;

	if (!record->channel)
		return;
	while (i < tally->channel_count && strcmp(tally->channels[i].name, record->channel) != 0)
		i++;
	assert_in_range(i, 0, TL_COUNT(tally->channels) - 1);
	if (i == tally->channel_count) {
		snprintf(tally->channels[i].name, sizeof tally->channels[i].name, "%s",
			record->channel);
		tally->channel_count++;
	}
	tally->channels[i].all++;
	for (size_t f = 0; f < record->field_count; f++) {
		tally->channels[i].ended++;
		tally->channels[i].late += !strcmp(record->fields[f].value, "yes");
	}
}

static enum tl_put put(void *context, const struct tl_record *record)
{
	count_nps(context, record);
	count_channel(context, record);
	return TL_PUT_NEW;
}

static struct tl_run_counts import(const char *path, const char *xml, struct tally *tally)
{
	struct tl_identity_key key = {{0}};
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_run_counts counts = {0};
	const char *rejects;

	tl_arena_init(&arena);
	tl_diags_init(&diags);
	struct tl_lexicon *lexicon = tl_lexicon_open(&diags, NULL);
	struct tl_intake intake = {.source = "test", .key = &key, .mask = tl_mask_open(),
		.lexicon = lexicon, .put = put, .context = tally,
		.profile = tl_profile_parse(&arena, &diags, "test.xml", xml, strlen(xml))};
	assert_non_null(intake.profile);
	assert_true(tl_intake_file(&arena, &diags, &intake, path, &counts, &rejects));
	tl_mask_close(intake.mask);
	tl_lexicon_close(lexicon);
	tl_diags_release(&diags);
	tl_arena_release(&arena);
	return counts;
}

static void a_survey_has_its_published_score(void **state)
{
	struct tally tally = {0};
	char path[PATH_MAX];
	(void)state;
	if (!find_data(path, "nps_survey/nps.csv"))
		return;
	struct tl_run_counts counts = import(path,
		"<profile xmlns='urn:touchline:profile:1' id='nps' kind='survey' format='csv'>"
		"<null>NA</null><id from='#1'/><text from='explication'/>"
		"<measure as='nps' from='nps'/>"
		"<measure as='csat' from='satisfaction' min='0' max='10'/></profile>",
		&tally);
	assert_int_equal(counts.read, 13954);
	assert_int_equal(counts.rejected, 0);
	assert_int_equal(tally.both, 13561);
	assert_int_equal(tally.promoters, 8434);
	assert_int_equal(tally.detractors, 1188);
	assert_int_equal(5343, /* NPS 53.43 */
		(10000 * (tally.promoters - tally.detractors) + tally.both / 2) / tally.both);
}

static void a_log_has_its_late_cases_by_channel(void **state)
{
	static const struct {
		const char *name;
		unsigned late, ended;
	} known[] = {{"Internet", 313, 1148}, {"Desk", 39, 107}, {"Post", 17, 52}, {"e-mail", 8, 21}};
	struct tally tally = {0};
	char path[PATH_MAX];
	(void)state;
	if (!find_data(path, "receipt/receipt.xes"))
		return;
	struct tl_run_counts counts = import(path,
		"<profile xmlns='urn:touchline:profile:1' id='log' kind='event' format='xes'>"
		"<records each='trace'/><id from='concept:name'/><channel from='channel'/>"
		"<created from='startdate'/><resolved from='enddate'/>"
		"<field name='late' from='enddate' later-than='deadline'/></profile>",
		&tally);
	assert_int_equal(counts.added, 1434);
	for (size_t k = 0; k < TL_COUNT(known); k++) {
		size_t i = 0;
		while (i < tally.channel_count && strcmp(tally.channels[i].name, known[k].name) != 0)
			i++;
		if (i == tally.channel_count)
			fail_msg("no case came by %s", known[k].name);
		print_message("%s: %u late of %u\n", known[k].name, tally.channels[i].late,
			tally.channels[i].ended);
		assert_int_equal(tally.channels[i].late, known[k].late);
		assert_int_equal(tally.channels[i].ended, known[k].ended);
	}
}

/* As a user would: what is proposed for a file that nobody knows reads all of it as it stands. */
static void proposals_read_whole_files(void **state)
{
	static const struct {
		const char *file;
		unsigned records; /* as other readers of CSV count them */
		const char *kind;
	} known[] = {{"banking77/train.csv", 10003, "kind=\"survey\""},
		{"receipt/receipt.csv", 8577, "kind=\"event\""},
		{"multidogo/sentence_level__airline__train.tsv", 14354, "kind=\"chat\""}};
	(void)state;
	for (size_t i = 0; i < TL_COUNT(known); i++) {
		struct tl_buf xml = {0};
		struct tl_diags diags;
		struct tally tally = {0};
		char path[PATH_MAX];
		const char *vendor;

		if (!find_data(path, known[i].file))
			continue;
		tl_diags_init(&diags);
		assert_true(tl_profile_propose(&diags, path, &xml, &vendor));
		assert_null(vendor);
		assert_non_null(strstr(xml.data, known[i].kind));
		struct tl_run_counts counts = import(path, xml.data, &tally);
		assert_int_equal(counts.read, known[i].records);
		assert_int_equal(counts.rejected, 0);
		tl_buf_release(&xml);
		tl_diags_release(&diags);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_survey_has_its_published_score),
		cmocka_unit_test(a_log_has_its_late_cases_by_channel),
		cmocka_unit_test(proposals_read_whole_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
