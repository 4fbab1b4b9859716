/* Any bytes as a profile: it is refused with a diagnostic, or it is whole. */
#include <stdint.h>
#include <stdlib.h>

#include "intake/profile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct tl_profile *profile)
{
	bool id = false;

	for (const struct intake_take *take = profile->takes; take; take = take->next) {
		id |= take->role == INTAKE_ID;
		if (take->slot >= (int)profile->path_count || (take->slot == INTAKE_NO_SLOT && !take->value))
			abort();
	}
	if (!id || !profile->id || profile->header_rows < 1)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tl_arena arena;
	struct tl_diags diags;

	tl_arena_init(&arena);
	tl_diags_init(&diags);
	const struct tl_profile *profile =
		tl_profile_parse(&arena, &diags, "p.xml", (const char *)data, size);
	if (profile)
		check(profile);
	else if (!diags.errors)
		abort();
	tl_diags_release(&diags);
	tl_arena_release(&arena);
	return 0;
}
