/* The closed lists of the language, in the order of their enumerations in touchline/model.h. */
#include "touchline/model.h"

#include <string.h>

#define VOCABULARY(name, what, ...)                                                                \
	static const char *const name##_words[] = {__VA_ARGS__};                                   \
	const struct tl_vocabulary name = {what, name##_words, TL_COUNT(name##_words)}

VOCABULARY(tl_states, "state", "as-is", "to-be", "planned");
VOCABULARY(tl_channel_kinds, "kind of channel", "web", "app", "phone", "email", "chat", "social",
	"messaging", "store", "post", "field", "partner", "other");
VOCABULARY(tl_families, "family", "dissatisfaction", "effort", "delay", "demand", "voice");
VOCABULARY(tl_initiators, "initiator", "customer", "company");
VOCABULARY(tl_expectation_kinds, "kind of expectation", "time", "price", "information", "outcome",
	"effort", "courtesy", "fairness");
VOCABULARY(tl_clocks, "clock", "reply", "resolution");
VOCABULARY(tl_friction_kinds, "kind of friction", "confusion", "repetition", "delay",
	"inconsistency", "effort", "unfairness-procedural", "unfairness-interactional",
	"unfairness-distributive", "failure", "handoff");
VOCABULARY(
	tl_causes, "cause", "skill", "process", "tools", "policy", "trust", "culture", "capacity");
VOCABULARY(tl_statuses, "status", "open", "in-progress", "resolved", "accepted");
VOCABULARY(tl_handoffs, "handoff", "warm", "cold");
VOCABULARY(tl_instruments, "instrument", "csat", "nps", "ces", "rating", "visits");
VOCABULARY(tl_yes_no, "answer", "no", "yes"); /* so that the index is the truth value */

int tl_vocabulary_find(const struct tl_vocabulary *vocabulary, const char *word)
{
	for (size_t i = 0; i < vocabulary->count; i++)
		if (strcmp(vocabulary->words[i], word) == 0)
			return (int)i;
	return -1;
}
