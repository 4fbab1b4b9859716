/* Finding things in a journey. */
#include "touchline/model.h"

#include <string.h>

const struct tl_touchpoint *tl_journey_touchpoint(const struct tl_journey *journey, const char *id)
{
	for (size_t i = 0; i < journey->touchpoint_count; i++)
		if (strcmp(journey->touchpoints[i].id, id) == 0)
			return &journey->touchpoints[i];
	return NULL;
}
