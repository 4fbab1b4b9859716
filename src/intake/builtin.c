/* The profiles of journeys/sources, inside of the program, so that it knows them wherever it is run.
 * The assembler takes the files in as they are. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "intake/profile.h"

#define TL_BUILTIN(id, symbol)                                                                     \
	__asm__(".pushsection .rodata\n"                                                          \
		".local builtin_" #symbol ", builtin_" #symbol "_end\n"                           \
		"builtin_" #symbol ": .incbin \"journeys/sources/" id ".xml\"\n"                  \
		"builtin_" #symbol "_end: .byte 0\n"                                              \
		".popsection\n");                                                                 \
	extern const char builtin_##symbol[], builtin_##symbol##_end[];
#include "intake/builtin.def"
#undef TL_BUILTIN

static const struct builtin {
	const char *id, *text, *end;
} builtins[] = {
#define TL_BUILTIN(id, symbol) {id, builtin_##symbol, builtin_##symbol##_end},
#include "intake/builtin.def"
#undef TL_BUILTIN
};

static const char folder[] = "journeys/sources/";

const char *tl_profile_builtin(size_t index, const char **text, size_t *length)
{
	if (index >= TL_COUNT(builtins))
		return NULL;
	*text = builtins[index].text;
	*length = (size_t)(builtins[index].end - builtins[index].text);
	return builtins[index].id;
}

static const struct tl_profile *read_file(
	struct tl_arena *arena, struct tl_diags *diags, const char *path)
{
	struct tl_buf text = {0};
	const struct tl_profile *profile = NULL;
	int error = tl_file_read(&text, path, 1 << 20);

	if (error)
		tl_diag_add(diags, TL0120, (struct tl_span){0}, "%s: cannot be read: %s", path,
			strerror(-error));
	else
		profile = tl_profile_parse(arena, diags, path, text.data, text.len);
	tl_buf_release(&text);
	return profile;
}

static bool is_file_name(const char *name)
{
	size_t n = strlen(name);

	return strchr(name, '/') || (n > 4 && !strcmp(name + n - 4, ".xml"));
}

const struct tl_profile *tl_profile_find(
	struct tl_arena *arena, struct tl_diags *diags, const char *name)
{
	const char *path = is_file_name(name) ? name
					      : tl_arena_printf(arena, "%s%s.xml", folder, name);
	const char *ids[TL_COUNT(builtins)], *nearest;
	struct tl_diag *diag;

	if (path == name || access(path, F_OK) == 0)
		return read_file(arena, diags, path);
	for (size_t i = 0; i < TL_COUNT(builtins); i++) {
		const struct builtin *b = &builtins[i];

		ids[i] = b->id;
		if (!strcmp(b->id, name))
			return tl_profile_parse(
				arena, diags, path, b->text, (size_t)(b->end - b->text));
	}
	diag = tl_diag_add(diags, TL0531, (struct tl_span){0}, "there is no profile '%s'", name);
	nearest = tl_text_nearest(name, ids, TL_COUNT(ids));
	if (nearest)
		tl_diag_hint(diags, diag, "did you mean '%s'?", nearest);
	else
		tl_diag_hint(diags, diag, "touchline profile FILE proposes one");
	return NULL;
}
