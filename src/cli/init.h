/* The journey that `touchline init` writes. */
#ifndef TL_CLI_INIT_H
#define TL_CLI_INIT_H

#include "touchline/model.h"

extern const struct tl_vocabulary tl_starter_languages;
/* id and title fill the places that are the user's; title is escaped here. */
void tl_starter_put(struct tl_buf *out, int language, const char *id, const char *title);

#endif
