/* front: what needs several journeys at once. */
#include "front/bind.h"

void tl_front_link(struct tl_diags *diags, const struct tl_journey *const *journeys, size_t count,
	const struct tl_journey *const *siblings, size_t sibling_count)
{
	(void)diags, (void)journeys, (void)count, (void)siblings, (void)sibling_count;
}
