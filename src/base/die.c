/* Last words on standard error, then abort: see base.h. */
#include "touchline/base.h"

#include <stdio.h>
#include <stdlib.h>

void tl_die(const char *what)
{
	fprintf(stderr, "touchline: bug: %s\n", what);
	abort();
}

void tl_die_of_memory(size_t wanted)
{
	fprintf(stderr, "touchline: out of memory (%zu bytes wanted)\n", wanted);
	abort();
}
