/* cli: the options by which commands that read records leave some out: --since, --until, --channel,
 * --segment, --persona, --source. tl_voice_filter makes a filter of them. */
#ifndef TL_CLI_FILTERS_H
#define TL_CLI_FILTERS_H

#include "cli/cli.h"

struct tl_filters {
	const char *since, *until;
	struct tl_texts_given channels, segments, personas, sources;
};
bool tl_filters_any(const struct tl_filters *filters); /* any was given */
#define TL_FILTERS(type, field)                                                                    \
	{.kind = TL_OPTION_TEXT, .name = "since", .argument = "DAY",                               \
		.help = "only records from this day on: 2025-03-31, 2025-03, 30d, 12w",            \
		.offset = offsetof(type, field.since)},                                            \
	{.kind = TL_OPTION_TEXT, .name = "until", .argument = "DAY",                               \
		.help = "only records up to this day, which is included",                          \
		.offset = offsetof(type, field.until)},                                            \
	{.kind = TL_OPTION_TEXTS, .name = "channel", .argument = "NAME",                           \
		.help = "only records of this channel", .offset = offsetof(type, field.channels)}, \
	{.kind = TL_OPTION_TEXTS, .name = "segment", .argument = "NAME",                           \
		.help = "only records of this segment", .offset = offsetof(type, field.segments)}, \
	{.kind = TL_OPTION_TEXTS, .name = "persona", .argument = "ID",                             \
		.help = "only records of the segment that this persona stands for",                \
		.offset = offsetof(type, field.personas)},                                         \
	{.kind = TL_OPTION_TEXTS, .name = "source", .argument = "NAME",                            \
		.help = "only records of this source", .offset = offsetof(type, field.sources)}

/* The first and the last day that is meant, since 1970-01-01 in UTC, of "2025-03-31", "2025-03",
 * "2025", "30d" or "12w" (days or weeks before today). False where it is none of these. */
bool tl_filter_days(int32_t *first, int32_t *last, const char *text);

#endif
