/* The end of the process on what cannot be handled: our own bugs, and no memory left. */
#ifndef TL_BASE_DIE_H
#define TL_BASE_DIE_H

#include <stddef.h>

_Noreturn void tl_die(const char *what);
_Noreturn void tl_die_of_memory(size_t wanted);

#endif
