/* front: the rules that a schema cannot say. */
#include "front/bind.h"

void front_check(struct front *front)
{
	(void)front;
}
