/* The closed lists of scoring, in the order of their enumerations in touchline/score.h. */
#include "touchline/score.h"

#define VOCABULARY(name, what, ...)                                                                \
	static const char *const name##_words[] = {__VA_ARGS__};                                   \
	const struct tl_vocabulary name = {what, name##_words, TL_COUNT(name##_words)}

VOCABULARY(tl_witnesses, "witness", "csat", "ces", "nps", "rating", "sentiment", "conduct", "reply",
	"resolution", "contacts");
VOCABULARY(tl_verdicts, "verdict", "no-evidence", "ok", "watch", "hotspot");
VOCABULARY(tl_change_verdicts, "verdict", "no-evidence", "better", "worse");
