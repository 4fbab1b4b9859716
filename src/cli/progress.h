/* progress: one line on a terminal while something takes long; nothing anywhere else. */
#ifndef TL_CLI_PROGRESS_H
#define TL_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tl_progress {
	bool wanted;     /* standard error is a terminal, and nobody asked to be spared */
	bool shown;      /* there is a line to be removed */
	int64_t started; /* milliseconds */
	int64_t updated;
	size_t done; /* last; less than before: something else is counted now */
};
void tl_progress_init(struct tl_progress *progress, bool quiet);
/* what: the item just finished, or NULL at the start. */
void tl_progress_show(struct tl_progress *progress, size_t done, size_t total, const char *what);
/* Removes the line. */
void tl_progress_clear(struct tl_progress *progress);

#endif
