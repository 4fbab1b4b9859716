/* Every address below the base, and who may ask for it. */
#include "serve/serve.h"

enum { NO_BODY = 0 };

const struct route routes[] = {
	{"GET", "", TL_PARTICIPANT, NO_BODY, handle_page},
	{"GET", "join/", TL_NOBODY, NO_BODY, handle_join},
	{"GET", "outline", TL_PARTICIPANT, NO_BODY, handle_outline},
	{"GET", "words", TL_NOBODY, NO_BODY, handle_words},
	{"GET", "map/", TL_PARTICIPANT, NO_BODY, handle_map},
	{"GET", "panel/", TL_PARTICIPANT, NO_BODY, handle_panel},
	{"GET", "api/state", TL_PARTICIPANT, NO_BODY, handle_state},
	{"GET", "api/events", TL_PARTICIPANT, NO_BODY, handle_events},
	{"POST", "api/do", TL_PARTICIPANT, TL_ROOM_CALL, handle_do},
	{"GET", "api/links", TL_FACILITATOR, NO_BODY, handle_links},
	{"GET", "qr.svg", TL_FACILITATOR, NO_BODY, handle_qr},
	{"GET", "out/minutes.md", TL_FACILITATOR, NO_BODY, handle_minutes},
	{"GET", "out/notes.csv", TL_FACILITATOR, NO_BODY, handle_notes},
	{"GET", "out/decisions.xml", TL_FACILITATOR, NO_BODY, handle_decisions},
	{"GET", "out/decisions.diff", TL_FACILITATOR, NO_BODY, handle_diff},
	{"POST", "api/apply", TL_FACILITATOR, NO_BODY, handle_apply},
	{"POST", "api/keep", TL_FACILITATOR, NO_BODY, handle_keep},
	{"GET", "api/source", TL_FACILITATOR, NO_BODY, handle_source},
	{"POST", "api/check", TL_FACILITATOR, MOST_SOURCE, handle_check},
	{"POST", "api/preview", TL_FACILITATOR, MOST_SOURCE, handle_preview},
	{"POST", "api/save", TL_FACILITATOR, MOST_SOURCE, handle_save},
	{"GET", "/", TL_NOBODY, NO_BODY, handle_asset}, /* what is none of these */
};
const size_t route_count = TL_COUNT(routes);
