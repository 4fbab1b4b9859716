/* program: what renders, in one digest.
 *
 * The linker puts a digest of its contents into every program and library, the build id, which is
 * in memory anyway; an object that was linked without one is read. The fonts count as well, since
 * a map drawn with another font is another map.
 */
#include <elf.h>
#include <link.h>
#include <string.h>
#include "touchline/app.h"

/* Appends the build ids among the notes; false where there is none. */
static bool put_build_id(struct tl_buf *out, const char *notes, size_t size, size_t align)
{
	bool found = false;
	while (size >= sizeof(ElfW(Nhdr))) {
		const ElfW(Nhdr) *note = (const void *)notes;
		size_t name = (note->n_namesz + align - 1) / align * align;
		size_t body = (note->n_descsz + align - 1) / align * align;
		size_t whole = sizeof *note + name + body;
		if (whole > size)
			break;
		if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4) {
			tl_buf_put(out, notes + sizeof *note + name, note->n_descsz);
			found = true;
		}
		notes += whole;
		size -= whole;
	}
	return found;
}

static void put_contents(struct tl_buf *out, const char *path)
{
	char digest[TL_DIGEST_SIZE];
	if (tl_digest_file(digest, path) == 0)
		tl_buf_puts(out, digest);
}

static int put_object(struct dl_phdr_info *object, size_t size, void *context)
{
	struct tl_buf *out = context;
	bool found = false;
	(void)size;
	if (*object->dlpi_name && *object->dlpi_name != '/')
		return 0; /* the kernel's own, which has no file and no part in this */
	for (size_t i = 0; i < object->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &object->dlpi_phdr[i];
		if (part->p_type == PT_NOTE &&
			put_build_id(out, (const char *)(object->dlpi_addr + part->p_vaddr),
				part->p_memsz, part->p_align > 4 ? part->p_align : 4))
			found = true;
	}
	if (!found)
		put_contents(out, *object->dlpi_name ? object->dlpi_name : "/proc/self/exe");
	return 0;
}

void tl_app_program(char out[static TL_DIGEST_SIZE])
{
	struct tl_buf parts = {0};
	dl_iterate_phdr(put_object, &parts);
	tl_draw_fonts(&parts);
	tl_digest(out, parts.data, parts.len);
	tl_buf_release(&parts);
}
