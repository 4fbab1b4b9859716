/* store: sorting more than memory should hold. Items are bytes of any length, at addresses divisible
 * by 8; those that do not fit wait sorted in a temporary file that nobody else can see. */
#ifndef TL_STORE_SORT_H
#define TL_STORE_SORT_H

#include <stdbool.h>
#include <stddef.h>

struct sorter;
typedef int sorter_compare(const void *a, const void *b);

struct sorter *tl_sorter_new(sorter_compare *compare);
void tl_sorter_free(struct sorter *sorter); /* NULL is nothing */
size_t tl_sorter_count(const struct sorter *sorter); /* of all that was added */
void tl_sorter_add(struct sorter *sorter, const void *bytes, size_t length);
/* After the last add. The item lives until the next call; NULL at the end, or after an error. */
const void *tl_sorter_next(struct sorter *sorter, size_t *length);
int tl_sorter_error(const struct sorter *sorter); /* 0, or errno of the temporary file */

#endif
