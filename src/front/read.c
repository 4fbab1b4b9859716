/* front: files, and vocabularies that are brought in by xi:include.
 *
 * Only whole XML files below the folder of the including document are read, whatever links lie on
 * the way: names are resolved before they are compared. A file counts once, however often it is
 * brought in, so that time and memory stay linear; one that brings itself in is refused, with the
 * chain.
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "front/bind.h"

enum { MAX_INCLUDE_DEPTH = 16 };

/* A document being read, and the include that asked for it. */
struct link {
	const struct link *above;
	const char *name, *real; /* as shown; as the file system knows it, or NULL */
	struct tl_span at;       /* of the include in `above` */
	unsigned depth;
};

struct includes {
	struct front *front;
	struct tl_table done; /* real name to anything */
};

static void include_children(
	struct includes *includes, const struct link *link, struct tl_xml_element *root);

/* ---- one document ------------------------------------------------------------------------------
 */

static const struct tl_source *keep_source(
	struct front *front, const char *name, const char *text, size_t length)
{
	const struct tl_source *source = tl_diags_source(front->diags, name, text, length);

	front->sources = tl_arena_grow(front->arena, front->sources, front->source_count,
		&front->source_capacity, sizeof *front->sources);
	front->sources[front->source_count++] = source;
	return source;
}

struct tl_xml_element *tl_front_parse_text(
	struct front *front, const char *name, const char *text, size_t length)
{
	return tl_xml_parse(front->arena, front->diags, keep_source(front, name, text, length));
}

/* at: the include that names the file, or a span without a source. */
static struct tl_diag *report_unreadable(
	struct front *front, const char *name, struct tl_span at, int error)
{
	if (error == -EFBIG)
		return tl_diag_add(front->diags, TL0117, at, "%s: the file is larger than %d MB",
			name, TL_XML_MAX_BYTES >> 20);
	return tl_diag_add(
		front->diags, TL0120, at, "%s: cannot be read: %s", name, strerror(-error));
}

static struct tl_xml_element *load(
	struct front *front, const char *name, const char *path, struct tl_span at)
{
	struct tl_buf text = {0};
	int error = tl_file_read(&text, path, TL_XML_MAX_BYTES);

	if (error) {
		report_unreadable(front, name, at, error);
		return NULL;
	}
	const struct tl_source *source =
		keep_source(front, name, text.data ? text.data : "", text.len);
	tl_buf_release(&text); /* before the tree needs memory: the source is a copy */
	return tl_xml_parse(front->arena, front->diags, source);
}

struct tl_xml_element *tl_front_load(struct front *front, const char *path)
{
	const char *name = strcmp(path, "-") != 0 ? path : "<stdin>";

	return load(front, name, path, (struct tl_span){0});
}

/* ---- names ----------------------------------------------------------------------------------- */

static const char *folder_of(struct tl_arena *arena, const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash ? tl_arena_strndup(arena, name, (size_t)(slash + 1 - name)) : "";
}

static const char *real_name(struct tl_arena *arena, const char *path)
{
	char *real = realpath(*path ? path : ".", NULL);
	const char *copy = real ? tl_arena_strdup(arena, real) : NULL;

	free(real);
	return copy;
}

static bool is_inside(const char *file, const char *folder)
{
	size_t n = strlen(folder);

	while (n > 0 && folder[n - 1] == '/')
		n--;
	return !strncmp(file, folder, n) && file[n] == '/';
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9'                     ? c - '0'
	       : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
							: -1;
}

/* href is a URI: %20 is a space. NULL where it holds a NUL or a malformed escape. */
static const char *decode(struct tl_arena *arena, const char *href)
{
	char *out = tl_arena_alloc(arena, strlen(href) + 1), *to = out;

	for (; *href; href++) {
		if (*href != '%') {
			*to++ = *href;
			continue;
		}
		int high = hex_digit(href[1]), low = high < 0 ? -1 : hex_digit(href[2]);
		if (low < 0 || high * 16 + low == 0)
			return NULL;
		*to++ = (char)(high * 16 + low);
		href += 2;
	}
	*to = 0;
	return out;
}

static bool has_scheme(const char *href)
{
	size_t n = strcspn(href, ":/?#");
	return n > 0 && href[n] == ':';
}

/* ---- what an include says ----------------------------------------------------------------------
 */

static void refuse_form(struct front *front, struct tl_span at, const char *what, const char *hint)
{
	struct tl_diag *diag = tl_diag_add(front->diags, TL0123, at, "%s", what);
	tl_diag_hint(front->diags, diag, "%s", hint);
}

static bool check_href(struct front *front, const struct tl_xml_attribute *href)
{
	const char *hint = "name a file below this one's folder";

	if (has_scheme(href->value) || !strncmp(href->value, "//", 2))
		refuse_form(front, href->value_at, "includes are files, not web addresses", hint);
	else if (href->value[0] == '/')
		refuse_form(front, href->value_at, "absolute names are not followed", hint);
	else if (strpbrk(href->value, "#?"))
		refuse_form(front, href->value_at, "a part of a file cannot be included", hint);
	else
		return true;
	return false;
}

/* The attributes of xi:include; NULL after reporting. */
static const struct tl_xml_attribute *read_include(
	struct front *front, const struct tl_xml_element *include)
{
	const struct tl_xml_attribute *href = tl_xml_attribute(include, "href");
	bool good = true;

	for (const struct tl_xml_attribute *a = include->attributes; a; a = a->next) {
		if (a == href ||
			(!a->prefix && !strcmp(a->name, "parse") && !strcmp(a->value, "xml")))
			continue;
		refuse_form(front, a->name_at, "only whole XML files can be included",
			"xi:include has only href");
		good = false;
	}
	if (include->first) {
		refuse_form(front, include->first->name_at,
			"an include has nothing inside; there is no fallback", "delete it");
		good = false;
	}
	if (!href || !*href->value) {
		tl_diag_add(front->diags, TL0204, include->name_at,
			"xi:include needs the attribute 'href'");
		return NULL;
	}
	return check_href(front, href) && good ? href : NULL;
}

/* The nearest name among the XML files of the folder. */
static const char *nearest_file(struct tl_arena *arena, const char *folder, const char *name)
{
	const char *names[200];
	size_t count = 0;
	DIR *dir = opendir(*folder ? folder : ".");
	struct dirent *entry;

	while (dir && count < TL_COUNT(names) && (entry = readdir(dir)))
		if (strstr(entry->d_name, ".xml"))
			names[count++] = tl_arena_strdup(arena, entry->d_name);
	if (dir)
		closedir(dir);
	const char *slash = strrchr(name, '/');
	return tl_text_nearest(slash ? slash + 1 : name, names, count);
}

static void report_missing(
	struct front *front, const char *path, const struct tl_xml_attribute *href, int error)
{
	struct tl_diag *diag = report_unreadable(front, path, href->value_at, error);
	const char *near = nearest_file(front->arena, folder_of(front->arena, path), path);

	if (error == -ENOENT && near)
		tl_diag_hint(front->diags, diag, "did you mean '%s'?", near);
}

static bool report_cycle(struct front *front, const struct link *link, const char *real,
	const struct tl_xml_attribute *href)
{
	const struct link *start = link;

	while (start && !(start->real && !strcmp(start->real, real)))
		start = start->above;
	if (!start)
		return false;
	struct tl_diag *diag = tl_diag_add(
		front->diags, TL0122, href->value_at, "%s brings itself in", start->name);
	for (const struct link *step = link; step != start; step = step->above)
		tl_diag_note(front->diags, diag, step->at, "%s is brought in here", step->name);
	return true;
}

/* Where the file is, if it may be read. NULL after reporting. */
static const char *locate(struct front *front, const struct link *link, const char *path,
	const struct tl_xml_attribute *href)
{
	struct stat status;
	const char *real = real_name(front->arena, path);
	const char *folder = real_name(front->arena, folder_of(front->arena, link->name));

	if (!real) {
		report_missing(front, path, href, -errno);
		return NULL;
	}
	if (!folder || !is_inside(real, folder)) {
		struct tl_diag *diag = tl_diag_add(front->diags, TL0121, href->value_at,
			"'%s' lies outside of this file's folder", href->value);
		tl_diag_hint(front->diags, diag, "move it below the folder");
		return NULL;
	}
	if (report_cycle(front, link, real, href))
		return NULL;
	if (stat(real, &status) || !S_ISREG(status.st_mode)) {
		tl_diag_add(front->diags, TL0120, href->value_at, "%s: is not a file", path);
		return NULL;
	}
	return real;
}

/* ---- splicing
 * ------------------------------------------------------------------------------------ */

/* What an XInclude processor leaves in the place of an include. */
static bool is_vocabulary(const struct tl_xml_element *element)
{
	return tl_front_is_ours(element) &&
	       !strcmp(element->name, tl_schema_elements[EL_VOCABULARY].name);
}

static bool check_root(
	struct front *front, const struct tl_xml_element *root, const struct tl_xml_attribute *href)
{
	if (is_vocabulary(root))
		return true;
	bool bare = !root->ns && !strcmp(root->name, tl_schema_elements[EL_VOCABULARY].name);
	struct tl_diag *diag = tl_diag_add(front->diags, bare ? TL0209 : TL0125, root->name_at,
		bare ? "<%s> is not in the namespace of journeys"
		     : "the root of a file that is brought in is <vocabulary>, not <%s>",
		root->name);
	if (!root->ns)
		tl_diag_hint(front->diags, diag, "<vocabulary xmlns=\"" TL_JOURNEY_NS "\">");
	tl_diag_note(front->diags, diag, href->value_at, "it is brought in here");
	return false;
}

/* Reads what an include names: the root of the vocabulary, or NULL. */
static struct tl_xml_element *bring_in(
	struct includes *includes, const struct link *above, const struct tl_xml_element *include)
{
	struct front *front = includes->front;
	const struct tl_xml_attribute *href = read_include(front, include);
	const char *decoded = href ? decode(front->arena, href->value) : NULL;

	if (href && !decoded)
		refuse_form(front, href->value_at, "this name has a wrong % in it",
			"write %25 for a %");
	if (!decoded)
		goto failed;
	const char *path = tl_arena_printf(
		front->arena, "%s%s", folder_of(front->arena, above->name), decoded);
	struct link link = {
		above, path, locate(front, above, path, href), href->value_at, above->depth + 1};
	if (!link.real)
		goto failed;
	if (link.depth > MAX_INCLUDE_DEPTH) {
		tl_diag_add(front->diags, TL0124, href->value_at,
			"includes are nested more than %d deep", MAX_INCLUDE_DEPTH);
		goto failed;
	}
	if (tl_table_add(&includes->done, link.real, includes))
		return NULL;
	struct tl_xml_element *root = load(front, path, link.real, href->value_at);
	if (!root || !check_root(front, root, href))
		goto failed;
	tl_front_bind_shell(front, EL_VOCABULARY, root);
	include_children(includes, &link, root);
	return root;
failed:
	front->partial = true;
	return NULL;
}

/* Takes the children out of a vocabulary; those that cannot stand there are reported. Their parent
 * stays the vocabulary: by that the checks know what is shared. */
static struct tl_xml_element **splice(
	struct front *front, struct tl_xml_element **place, struct tl_xml_element *root)
{
	for (struct tl_xml_element *child = root->first, *next; child; child = next) {
		next = child->next;
		if (!tl_front_admit(front, EL_VOCABULARY, child))
			continue;
		*place = child;
		place = &child->next;
	}
	return place;
}

static bool is_include(const struct tl_xml_element *element)
{
	return element->ns && !strcmp(element->ns, FRONT_XI_NS) &&
	       !strcmp(element->name, "include");
}

/* Replaces the includes among the children of root. Where the children are spliced further up they
 * are judged by tl_front_admit there, so that each is judged once. */
static void include_children(
	struct includes *includes, const struct link *link, struct tl_xml_element *root)
{
	struct tl_xml_element **place = &root->first;

	for (struct tl_xml_element *child = root->first, *next; child; child = next) {
		struct tl_xml_element *brought = NULL;
		next = child->next;
		if (is_include(child)) {
			brought = bring_in(includes, link, child);
		} else if (is_vocabulary(child)) {
			tl_front_bind_shell(includes->front, EL_VOCABULARY, child);
			include_children(includes, link, child);
			brought = child;
		} else {
			*place = child;
			place = &child->next;
		}
		if (brought)
			place = splice(includes->front, place, brought);
	}
	*place = NULL;
}

void tl_front_include(struct front *front, struct tl_xml_element *root)
{
	const char *name = root->at.source->name;
	bool piped = !strcmp(name, "<stdin>");
	struct includes includes = {.front = front};
	struct link link = {
		.name = piped ? "" : name, .real = piped ? NULL : real_name(front->arena, name)};

	tl_table_init(&includes.done, front->arena);
	include_children(&includes, &link, root);
}
