/* cli: what the commands over insights share: which journeys are meant, their insights, periods. */
#ifndef TL_CLI_INSIGHTS_H
#define TL_CLI_INSIGHTS_H

#include "cli/voice.h"
#include "touchline/report.h"

struct tl_chosen { /* journeys, in the order they were named or found */
	const struct tl_journey **list;
	size_t count;
};
/* Those that are named (a file or an id), or all there are. False after saying what is wrong, with
 * *status. */
bool tl_voice_choose(struct tl_voice *voice, const struct tl_command *command, char **names,
	size_t count, struct tl_chosen *chosen, int *status);

/* An insight for each; NULL after a report. */
struct tl_insight **tl_voice_insights(struct tl_voice *voice, const struct tl_chosen *chosen,
	const struct tl_filter *filter, bool words);

/* " --store demo.db --journey shop.xml": what was not the default, for commands that are named to be
 * typed next. */
const char *tl_voice_again(struct tl_voice *voice, const struct tl_texts_given *journeys);

/* --period and --against: "2025-07..2025-09", either end as --since and --until take it; one of them
 * alone is its own period ("2025-07"). against NULL: as many days just before. period NULL: neither
 * is touched. False after saying
 * what is wrong, with *status. */
bool tl_voice_periods(const struct tl_command *command, const char *period, const char *against,
	struct tl_span_of_days *before, struct tl_span_of_days *after, int *status);
/* Each journey in the two periods, with the filter's other choices. NULL after a report. */
struct tl_compared *tl_voice_compare(struct tl_voice *voice, const struct tl_chosen *chosen,
	const struct tl_filter *filter, struct tl_span_of_days before, struct tl_span_of_days after);

#endif
