/* touchline init: a journey to start from. */
#include "cli/init.h"
#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct values {
	int language;
};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_WORD,
		.name = "lang",
		.argument = "LANGUAGE",
		.help = "language that the journey is written in",
		.fallback = "en",
		.words = &tl_starter_languages,
		.offset = offsetof(struct values, language)},
};

static bool is_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* "order", "order.xml" and "plans/order" become "journeys/order.xml" (where there is such a folder,
 * since that is where other commands look), "order.xml" and "plans/order.xml". */
static char *path_of(struct tl_arena *arena, const char *name)
{
	size_t length = strlen(name);
	bool here = !strchr(name, '/') && is_folder("journeys");

	if (length > 4 && strcmp(name + length - 4, ".xml") == 0)
		length -= 4;
	return tl_arena_printf(arena, "%s%.*s.xml", here ? "journeys/" : "", (int)length, name);
}

/* The last part of the path without its ending. */
static char *stem_of(struct tl_arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/'), *start = slash ? slash + 1 : path;

	return tl_arena_strndup(arena, start, strlen(start) - strlen(".xml"));
}

static bool is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* How letters of Western Europe are spelt in ids. */
static const char *plain_letters(uint32_t c)
{
	static const struct {
		uint32_t first, last;
		const char *plain;
	} spellings[] = {{0xc0, 0xc3, "a"}, {0xc4, 0xc4, "ae"}, {0xc5, 0xc5, "a"},
		{0xc6, 0xc6, "ae"}, {0xc7, 0xc7, "c"}, {0xc8, 0xcb, "e"}, {0xcc, 0xcf, "i"},
		{0xd1, 0xd1, "n"}, {0xd2, 0xd5, "o"}, {0xd6, 0xd6, "oe"}, {0xd8, 0xd8, "o"},
		{0xd9, 0xdb, "u"}, {0xdc, 0xdc, "ue"}, {0xdd, 0xdd, "y"}, {0x152, 0x153, "oe"}};

	if (c == 0xdf)
		return "ss";
	if (c >= 0xe0 && c <= 0xff) /* the same letters as capitals */
		c -= 0x20;
	for (size_t i = 0; i < TL_COUNT(spellings); i++)
		if (c >= spellings[i].first && c <= spellings[i].last)
			return spellings[i].plain;
	return NULL;
}

/* An id out of any name: "Über uns 2" gives "ueber-uns-2". */
static void put_id(struct tl_buf *out, const char *name)
{
	const char *p = name, *end = name + strlen(name);
	bool gap = false;

	while (p < end) {
		uint32_t c = tl_utf8_next(&p, end);
		const char *plain = plain_letters(c);
		char one[2] = {0};

		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (is_letter(c) || (c >= '0' && c <= '9') || c == '_')
			one[0] = (char)c;
		if (!plain && !one[0]) {
			gap = true;
			continue;
		}
		if (gap && out->len)
			tl_buf_putc(out, '-');
		gap = false;
		if (!out->len && one[0] >= '0' && one[0] <= '9')
			tl_buf_puts(out, "journey-");
		tl_buf_puts(out, plain ? plain : one);
	}
	if (!out->len)
		tl_buf_puts(out, "journey");
}

/* "my-first_journey" gives "My first journey". */
static void put_title(struct tl_buf *out, const char *name)
{
	for (name += strspn(name, "-_ "); *name; name++)
		tl_buf_putc(out, *name == '-' || *name == '_' ? ' ' : *name);
	if (!out->len)
		tl_buf_puts(out, "Journey");
	if (out->data[0] >= 'a' && out->data[0] <= 'z')
		out->data[0] = (char)(out->data[0] - 'a' + 'A');
}

static int make_parent(struct tl_arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash || slash == path)
		return 0;
	return tl_file_mkdirs(tl_arena_strndup(arena, path, (size_t)(slash - path)));
}

/* Writes a file that must not be there yet. 0, or a negative errno. */
static int create(const char *path, const struct tl_buf *text)
{
	FILE *file = fopen(path, "wx");
	int status = 0;

	if (!file)
		return -errno;
	if (fwrite(text->data, 1, text->len, file) != text->len)
		status = -errno;
	if (fclose(file) != 0 && !status)
		status = -errno;
	if (status)
		remove(path);
	return status;
}

/* As it can be typed into a shell. */
static void put_quoted(struct tl_buf *out, const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-_./+,:@%";

	if (!path[strspn(path, plain)]) {
		tl_buf_puts(out, path);
		return;
	}
	tl_buf_putc(out, '\'');
	for (; *path; path++) {
		if (*path == '\'')
			tl_buf_puts(out, "'\\'");
		tl_buf_putc(out, *path);
	}
	tl_buf_putc(out, '\'');
}

static void say_what_next(const char *path)
{
	struct tl_buf quoted = {0}, out = {0};

	put_quoted(&quoted, path);
	tl_diag_put_safely(&out, path);
	tl_buf_puts(&out, " is written. Change it in any editor, and then:\n  touchline check ");
	tl_diag_put_safely(&out, quoted.data);
	tl_buf_puts(&out, "    says whether it is in order\n  touchline build ");
	tl_diag_put_safely(&out, quoted.data);
	tl_buf_puts(&out, "    draws it\n");
	tl_cli_write(&out);
	tl_buf_release(&quoted);
}

static int init(struct tl_arena *arena, const char *name, int language)
{
	char *path = path_of(arena, name), *stem = stem_of(arena, path);
	struct tl_buf id = {0}, title = {0}, text = {0};
	int status;

	put_id(&id, stem);
	put_title(&title, stem);
	tl_starter_put(&text, language, id.data, title.data);
	status = make_parent(arena, path);
	if (!status)
		status = create(path, &text);
	if (!status)
		say_what_next(path);
	tl_buf_release(&id);
	tl_buf_release(&title);
	tl_buf_release(&text);
	if (status == -EEXIST)
		return tl_cli_system_error(
			"'%s' is there already and is left as it is; give another name", path);
	if (status)
		return tl_cli_system_error("cannot write '%s': %s", path, strerror(-status));
	return TL_EXIT_CLEAN;
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct tl_arena arena;
	const char *name;
	size_t length;
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	name = argv[0];
	length = strlen(name);
	if (!length || name[length - 1] == '/' || tl_utf8_check(name, length) != length)
		return tl_cli_usage_error(command, NULL, "'%s' is no name for a file", name);
	tl_arena_init(&arena);
	status = init(&arena, name, values.language);
	tl_arena_release(&arena);
	return status;
}

const struct tl_command tl_command_init = {
	.name = "init",
	.job = "Write journeys",
	.summary = "writes a small journey to start from",
	.operands = "NAME",
	.operands_least = 1,
	.operands_most = 1,
	.offer = TL_OFFER_FILES,
	.about = "Writes a small journey with comments, from which the language can be learnt: a\n"
		 "persona, two stages, four touchpoints, a branch. It goes to NAME.xml, in the\n"
		 "folder journeys where there is one and NAME is not a path. What is there\n"
		 "already is never overwritten.\n",
	.example = "touchline init moving-in\n"
		   "touchline init --lang de journeys/umzug\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
