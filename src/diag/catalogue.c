/* The catalogue: every code there is, made from catalogue.def. */
#include "touchline/diag.h"

#include <strings.h>

const struct tl_catalogue_entry tl_catalogue[TL_CODE_COUNT] = {
#define TL_DIAG(code, severity, name, summary, explanation)                                        \
	{"TL" #code, severity, name, summary, explanation},
#include "diag/catalogue.def"
#undef TL_DIAG
};

const struct tl_catalogue_entry *tl_catalogue_find(const char *code_or_name)
{
	for (size_t i = 0; i < TL_CODE_COUNT; i++) {
		const struct tl_catalogue_entry *entry = &tl_catalogue[i];

		if (strcasecmp(code_or_name, entry->code) == 0 ||
			strcasecmp(code_or_name, entry->code + 2) == 0 ||
			strcasecmp(code_or_name, entry->name) == 0)
			return entry;
	}
	return NULL;
}
