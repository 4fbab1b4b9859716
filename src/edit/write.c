/* edit: edited journeys put into their files.
 *
 * Every new file is written beside the old one before the first is renamed, so that a full disk or a
 * folder that is read-only changes nothing. Should a rename fail after others were done, those are
 * put back. A link is followed where its file stands among the journeys.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "edit/edit.h"

static bool is_inside(const char *file, const char *folder)
{
	char *real = realpath(*folder ? folder : ".", NULL);
	size_t n = real ? strlen(real) : 0;

	while (n > 0 && real[n - 1] == '/')
		n--;
	bool inside = real && !strncmp(file, real, n) && file[n] == '/';
	free(real);
	return inside;
}

static bool is_among(const char *real, const char *name, const char *const *folders, size_t count)
{
	const char *slash = strrchr(name, '/');
	char *own = slash ? strndup(name, (size_t)(slash + 1 - name)) : strdup("");

	if (!own)
		tl_die_of_memory(strlen(name));
	bool inside = is_inside(real, own);
	free(own);
	for (size_t i = 0; i < count && !inside; i++)
		inside = is_inside(real, folders[i]);
	return inside;
}

static bool may_be_written(struct tl_diags *diags, const struct tl_edit *edit,
	const char *const *folders, size_t count)
{
	const char *name = edit->before->name;
	char *real = realpath(name, NULL);
	bool among = real && is_among(real, name, folders, count);

	if (!real)
		tl_diag_add(diags, TL0832, (struct tl_span){0}, "%s: is not there any more", name);
	else if (!among)
		tl_diag_hint(diags,
			tl_diag_add(diags, TL0833, (struct tl_span){0},
				"%s: is a link to %s, outside of the journeys' folder", name, real),
			"name that file with --journey, if it is meant");
	free(real);
	return among;
}

static bool is_as_it_was_read(struct tl_diags *diags, const struct tl_edit *edit)
{
	const struct tl_source *before = edit->before;
	struct tl_buf now = {0};
	int error = tl_file_read(&now, before->name, TL_XML_MAX_BYTES);
	bool same = !error && now.len == before->length &&
		    !memcmp(now.data, before->text, before->length);

	tl_buf_release(&now);
	if (error && error != -ENOENT && error != -EFBIG)
		tl_diag_add(diags, TL0831, (struct tl_span){0}, "%s: cannot be read again: %s",
			before->name, strerror(-error));
	else if (!same)
		tl_diag_add(diags, TL0832, (struct tl_span){0},
			"%s: changed on disk since it was read; nothing was written",
			before->name);
	return same;
}

static void cannot_write(
	struct tl_diags *diags, const struct tl_edit *edit, int error, const char *what)
{
	tl_diag_add(diags, TL0831, (struct tl_span){0}, "%s: cannot be written: %s; %s",
		edit->before->name, strerror(-error), what);
}

/* Renames all. Where one fails, those before it are put back as they were. */
static bool commit(struct tl_diags *diags, const struct tl_edit *edits, size_t count,
	struct tl_replacement **new)
{
	for (size_t i = 0; i < count; i++) {
		int error = new[i] ? tl_file_commit(new[i]) : 0;
		new[i] = NULL;
		if (!error)
			continue;
		cannot_write(diags, &edits[i], error, "nothing was changed");
		while (i-- > 0) {
			const struct tl_source *before = edits[i].before;
			error = edits[i].changed
					? tl_file_replace(before->name, before->text, before->length)
					: 0;
			if (error)
				cannot_write(diags, &edits[i], error,
					"it has the decisions now, and the others have not");
		}
		return false;
	}
	return true;
}

bool tl_edit_write(struct tl_diags *diags, const struct tl_edit *edits, size_t count,
	const char *const *folders, size_t folder_count)
{
	struct tl_replacement **new = calloc(count + 1, sizeof *new);
	bool good = true;

	if (!new)
		tl_die_of_memory(count * sizeof *new);
	for (size_t i = 0; i < count && good; i++)
		if (edits[i].changed)
			good = may_be_written(diags, &edits[i], folders, folder_count);
	for (size_t i = 0; i < count && good; i++) {
		if (!edits[i].changed)
			continue;
		int error = tl_file_prepare(&new[i], edits[i].before->name, edits[i].text.data,
			edits[i].text.len);
		good = !error;
		if (error) {
			new[i] = NULL;
			cannot_write(diags, &edits[i], error, "nothing was changed");
		}
	}
	/* as late as can be */
	for (size_t i = 0; i < count && good; i++)
		good = !edits[i].changed || is_as_it_was_read(diags, &edits[i]);
	good = good && commit(diags, edits, count, new);
	for (size_t i = 0; i < count; i++)
		tl_file_discard(new[i]);
	free(new);
	return good;
}
