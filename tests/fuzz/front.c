/* fuzz: any bytes as a journey, up to linking. The document seems to lie in a folder that does not
 * exist, so no include finds a file. What is returned must be safe to read as the model promises.
 */
#include <stdlib.h>
#include <string.h>

#include "touchline/front.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
	if (!condition)
		abort();
}

static void check_touchpoint(
	const struct tl_journey *journey, const struct tl_touchpoint *t, bool sound)
{
	require(t->id && t->title && t->stage);
	require(t == &journey->touchpoints[t->index]);
	require(t->importance >= 1 && t->importance <= 5);
	for (size_t i = 0; i < t->next_count; i++) {
		const struct tl_next *next = &t->nexts[i];
		require(!sound || next->to || (next->journey && next->touchpoint));
		require(!next->to || next->to == &journey->touchpoints[next->to->index]);
	}
	for (size_t i = 0; i < t->opportunity_count; i++)
		for (size_t n = 0; n < t->opportunities[i].pain_count; n++)
			require(t->opportunities[i].pains[n]->id != NULL);
	for (size_t i = 0; i < t->emotion_count; i++)
		require(!sound || (t->emotions[i].valence >= -2 && t->emotions[i].valence <= 2));
	for (size_t i = 0; i < t->pain_count; i++)
		require(t->pains[i].id && t->pains[i].text);
}

static void check_journey(const struct tl_journey *journey, bool sound)
{
	require(journey->id && journey->title && journey->lang);
	require(journey->source_count >= 1);
	require(!sound || journey->touchpoint_count > 0);
	for (size_t i = 0; i < journey->touchpoint_count; i++)
		check_touchpoint(journey, &journey->touchpoints[i], sound);
	size_t in_stages = 0;
	for (size_t i = 0; i < journey->stage_count; i++)
		in_stages += journey->stages[i].touchpoint_count;
	require(in_stages == journey->touchpoint_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_buf json = {0};

	tl_arena_init(&arena);
	tl_diags_init(&diags);
	const struct tl_journey *journey =
		tl_front_parse(&arena, &diags, "no such folder/fuzz.xml", (const char *)data, size);
	if (journey) {
		check_journey(journey, diags.errors == 0);
		tl_front_link(&diags, &journey, 1, NULL, 0);
	}
	tl_diags_json(&diags, &json);
	tl_buf_release(&json);
	tl_arena_release(&arena);
	tl_diags_release(&diags);
	return 0;
}
