/* manifest: see manifest.h. The file is text, one output a line:
 *
 *   touchline manifest 1
 *   <key> <digest> <name>TAB<source>
 *
 * It lies in a folder that others can write to, so a line that is not exactly of that form is
 * dropped, and names that lead out of the folder are not of that form. To lose a line costs one
 * render, and to make one up gains nothing: an output is taken as unchanged only if its bytes have
 * the digest and its sources have the key.
 */
#include "app/manifest.h"

#include <stdlib.h>
#include <string.h>

static const char heading[] = "touchline manifest 1\n";
enum { MAX_BYTES = 64 << 20, DIGITS = TL_DIGEST_SIZE - 1 };

static bool plain_name(const char *name)
{
	return *name && *name != '.' && !strchr(name, '/');
}

static bool take_digest(char out[static TL_DIGEST_SIZE], const char **p)
{
	if (strspn(*p, "0123456789abcdef") != DIGITS || (*p)[DIGITS] != ' ')
		return false;
	memcpy(out, *p, DIGITS);
	out[DIGITS] = '\0';
	*p += DIGITS + 1;
	return true;
}

static void take_line(struct tl_manifest *manifest, char *line)
{
	struct tl_made read = {0};
	const char *p = line;
	char *tab = strchr(line, '\t');
	if (!tab || !take_digest(read.key, &p) || !take_digest(read.digest, &p) || p > tab)
		return;
	*tab = '\0';
	if (!plain_name(p))
		return;
	struct tl_made *record = tl_manifest_record(manifest, p);
	memcpy(record->key, read.key, sizeof read.key);
	memcpy(record->digest, read.digest, sizeof read.digest);
	record->source = tab + 1;
}

void tl_manifest_read(struct tl_manifest *manifest, struct tl_arena *arena, const char *folder)
{
	struct tl_buf bytes = {0};
	*manifest = (struct tl_manifest){.arena = arena, .folder = folder};
	manifest->path = tl_arena_printf(arena, "%s/.touchline.manifest", folder);
	tl_table_init(&manifest->by_name, arena);
	if (tl_file_read(&bytes, manifest->path, MAX_BYTES) == 0 && bytes.len &&
		!memchr(bytes.data, '\0', bytes.len) &&
		strncmp(bytes.data, heading, strlen(heading)) == 0) {
		manifest->before = tl_arena_strdup(arena, bytes.data);
		char *rest = tl_arena_strdup(arena, bytes.data + strlen(heading));
		for (char *line; (line = strsep(&rest, "\n"));)
			take_line(manifest, line);
	}
	tl_buf_release(&bytes);
}

struct tl_made *tl_manifest_find(const struct tl_manifest *manifest, const char *name)
{
	return tl_table_get(&manifest->by_name, name);
}

struct tl_made *tl_manifest_record(struct tl_manifest *manifest, const char *name)
{
	struct tl_made *record = tl_manifest_find(manifest, name);
	if (record)
		return record;
	record = tl_arena_new(manifest->arena, struct tl_made);
	record->name = name;
	record->source = "";
	manifest->records = tl_arena_grow(manifest->arena, manifest->records, manifest->count,
		&manifest->capacity, sizeof(struct tl_made *));
	manifest->records[manifest->count++] = record;
	tl_table_set(&manifest->by_name, name, record);
	return record;
}

static int by_name(const void *a, const void *b)
{
	const struct tl_made *x = *(struct tl_made *const *)a;
	const struct tl_made *y = *(struct tl_made *const *)b;
	return strcmp(x->name, y->name);
}

int tl_manifest_write(const struct tl_manifest *manifest)
{
	struct tl_buf text = {0};
	int status = 0;
	if (manifest->count)
		qsort(manifest->records, manifest->count, sizeof *manifest->records, by_name);
	tl_buf_puts(&text, heading);
	for (size_t i = 0; i < manifest->count; i++) {
		const struct tl_made *record = manifest->records[i];
		if (*record->digest)
			tl_buf_printf(&text, "%s %s %s\t%s\n", record->key, record->digest,
				record->name, record->source);
	}
	if (!manifest->before || strcmp(manifest->before, text.data) != 0)
		status = tl_file_replace(manifest->path, text.data, text.len);
	tl_buf_release(&text);
	return status;
}
