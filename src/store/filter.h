/* store: what a filter asks of a record, for statements that read records as r with their words: source
 * s, channel c, segment g. It takes the parameters 1 to 5 ("ddttt"), given by FILTER_GIVEN. */
#ifndef TL_STORE_FILTER_H
#define TL_STORE_FILTER_H

#include "store/store.h"

#define FILTER                                                                                     \
	" (?1 IS NULL OR r.created >= ?1) AND (?2 IS NULL OR r.created < ?2)"                      \
	" AND (?3 IS NULL OR s.text IN (SELECT value FROM json_each(?3)))"                         \
	" AND (?4 IS NULL OR c.text IN (SELECT value FROM json_each(?4)))"                         \
	" AND (?5 IS NULL OR g.text IN (SELECT value FROM json_each(?5)))"

struct filter_texts { /* lives as long as the statement is stepped */
	const struct tl_filter *filter;
	struct tl_buf sources, channels, segments; /* JSON; nothing put: any */
};
#define FILTER_GIVEN(f)                                                                            \
	(f).filter->since, (f).filter->until, (f).sources.data, (f).channels.data, (f).segments.data

struct filter_texts tl_filter_open(const struct tl_filter *filter);
void tl_filter_close(struct filter_texts *texts);

#endif
