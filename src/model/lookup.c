/* Finding things in a journey. */
#include "touchline/model.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

const struct tl_touchpoint *tl_journey_touchpoint(const struct tl_journey *journey, const char *id)
{
	for (size_t i = 0; i < journey->touchpoint_count; i++)
		if (strcmp(journey->touchpoints[i].id, id) == 0)
			return &journey->touchpoints[i];
	return NULL;
}

void tl_stage_code(char out[static TL_PLACE_SIZE], const struct tl_stage *stage)
{
	char letters[TL_PLACE_SIZE];
	size_t n = sizeof letters;

	letters[--n] = '\0';
	for (size_t rest = stage->index + 1; rest; rest = (rest - 1) / 26)
		letters[--n] = (char)('A' + (rest - 1) % 26);
	memcpy(out, letters + n, sizeof letters - n);
}

void tl_place_code(char out[static TL_PLACE_SIZE], const struct tl_touchpoint *touchpoint)
{
	const struct tl_stage *stage = touchpoint->stage;
	size_t n;

	tl_stage_code(out, stage);
	n = strlen(out);
	snprintf(out + n, TL_PLACE_SIZE - n, "%zu",
		touchpoint->index - stage->touchpoints[0].index + 1);
}

const struct tl_touchpoint *tl_journey_place(const struct tl_journey *journey, const char *code)
{
	for (size_t i = 0; i < journey->touchpoint_count; i++) {
		char own[TL_PLACE_SIZE];

		tl_place_code(own, &journey->touchpoints[i]);
		if (strcasecmp(own, code) == 0)
			return &journey->touchpoints[i];
	}
	return NULL;
}
