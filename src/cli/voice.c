/* What the commands over the store share. */
#include "cli/voice.h"

#include <string.h>
#include <sys/stat.h>

static const char *const format_words[] = {"text", "json"};
const struct tl_vocabulary tl_voice_formats = {
	"format", format_words, TL_COUNT(format_words)};

enum { TEXT_COLUMNS = 200 };

/* ---- opening ----------------------------------------------------------------------------------- */

/* A folder that is the default may be missing: on the first day there are records and no journey. */
bool tl_voice_read(struct tl_arena *arena, struct tl_diags *diags,
	const struct tl_texts_given *journeys, struct tl_app_set *set)
{
	char **list = tl_arena_array(arena, char *, journeys->count);
	struct stat status;
	struct tl_app_paths paths;

	*set = (struct tl_app_set){0};
	if (journeys->fallback && stat(journeys->list[0], &status) < 0)
		return true;
	for (size_t i = 0; i < journeys->count; i++)
		list[i] = tl_arena_strdup(arena, journeys->list[i]);
	paths = tl_app_find(arena, diags, list, journeys->count);
	*set = tl_app_read(arena, diags, &paths);
	return !diags->errors;
}

bool tl_voice_listen(struct tl_arena *arena, struct tl_diags *diags, struct tl_store *store,
	const struct tl_texts_given *journeys, struct tl_app_set *set)
{
	return tl_voice_read(arena, diags, journeys, set) &&
	       (!set->list || tl_app_listen(arena, store, set));
}

static void show(void *context, size_t done, size_t total, const char *what)
{
	tl_progress_show(context, done, total, what);
}

void tl_voice_watch(struct tl_store *store, struct tl_progress *progress, bool quiet)
{
	tl_progress_init(progress, quiet);
	tl_store_watch(store, show, progress);
}

void tl_voice_unwatch(struct tl_store *store, struct tl_progress *progress)
{
	tl_store_watch(store, NULL, NULL);
	tl_progress_clear(progress);
}

static const char *name_paths(struct tl_arena *arena, const struct tl_texts_given *journeys)
{
	const char *names = journeys ? journeys->list[0] : "";

	for (size_t i = 1; journeys && i < journeys->count; i++)
		names = tl_arena_printf(arena, "%s', '%s", names, journeys->list[i]);
	return names;
}

void tl_voice_begin(
	struct tl_voice *voice, const char *store, const struct tl_texts_given *journeys)
{
	*voice = (struct tl_voice){.store_path = store};
	tl_arena_init(&voice->arena);
	tl_diags_init(&voice->diags);
	voice->journeys = name_paths(&voice->arena, journeys);
}

const char tl_voice_default_store[] = "touchline.db";

const char *tl_voice_store_if_any(const char *given)
{
	struct stat status;

	if (given)
		return given;
	return stat(tl_voice_default_store, &status) == 0 ? tl_voice_default_store : NULL;
}

int tl_voice_no_store(const struct tl_command *command)
{
	return tl_cli_usage_error(command, NULL,
		"there is no store '%s' to choose records from; --store names another",
		tl_voice_default_store);
}

bool tl_voice_open(
	struct tl_voice *voice, const char *store, const struct tl_texts_given *journeys)
{
	struct tl_progress progress;
	bool good;

	tl_voice_begin(voice, store, journeys);
	if (!tl_store_open(&voice->store, &voice->diags, store, TL_STORE_WRITE) || !journeys)
		return voice->store != NULL;
	tl_voice_watch(voice->store, &progress, false);
	good = tl_voice_listen(
		&voice->arena, &voice->diags, voice->store, journeys, &voice->set);
	tl_voice_unwatch(voice->store, &progress);
	return good;
}

bool tl_voice_open_asked(struct tl_voice *voice, const struct tl_voice_asked *asked)
{
	return tl_voice_open(voice, asked->store, &asked->journeys);
}

int tl_voice_close(struct tl_voice *voice, int status)
{
	int reported;

	tl_store_close(voice->store);
	reported = tl_cli_report(&voice->diags);
	tl_diags_release(&voice->diags);
	tl_arena_release(&voice->arena);
	return reported ? reported : status;
}

const char *tl_voice_rejects(struct tl_arena *arena, const char *store)
{
	size_t n = strlen(store);

	if (n > 3 && strcmp(store + n - 3, ".db") == 0)
		n -= 3;
	return tl_arena_printf(arena, "%.*s.rejects", (int)n, store);
}

/* ---- names -------------------------------------------------------------------------------------- */

static const char *nearest_place(struct tl_voice *voice, const char *name)
{
	const char **names = NULL;
	size_t count = 0, capacity = 0;

	for (size_t i = 0; i < voice->set.count; i++)
		for (size_t t = 0; t < voice->set.list[i]->touchpoint_count; t++) {
			names = tl_arena_grow(
				&voice->arena, names, count, &capacity, sizeof *names);
			names[count++] = tl_arena_printf(&voice->arena, "%s#%s",
				voice->set.list[i]->id, voice->set.list[i]->touchpoints[t].id);
		}
	return tl_text_nearest(name, names, count);
}

bool tl_voice_find_place(struct tl_voice *voice, const struct tl_command *command,
	const char *name, struct tl_voice_place *place, int *status)
{
	const char *mark = strchr(name, '#');
	size_t n = mark ? (size_t)(mark - name) : 0;

	if (!voice->set.count) {
		*status = tl_cli_usage_error(command, NULL,
			"there are no journeys in '%s'; --journey says where they are",
			voice->journeys);
		return false;
	}
	for (size_t i = 0; mark && i < voice->set.count; i++) {
		const struct tl_journey *journey = voice->set.list[i];

		if (strncmp(journey->id, name, n) != 0 || journey->id[n])
			continue;
		place->journey = journey;
		place->touchpoint = tl_journey_touchpoint(journey, mark + 1);
		if (place->touchpoint)
			return true;
	}
	*status = tl_cli_usage_error(command, nearest_place(voice, name), mark ?
		"there is no touchpoint '%s' in the journeys of '%s'" :
		"'%s' names no touchpoint; write JOURNEY#TOUCHPOINT, as in the journeys of '%s'",
		name, voice->journeys);
	return false;
}

/* Sources and ids may both have slashes: the first way to read it that is a record counts. */
int64_t tl_voice_find_record(struct tl_voice *voice, const struct tl_command *command,
	const char *name, int *status)
{
	for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/')) {
		const char *source =
			tl_arena_strndup(&voice->arena, name, (size_t)(slash - name));
		int64_t id = tl_store_record_id(voice->store, source, slash + 1);

		if (id)
			return id;
	}
	*status = voice->diags.errors ? TL_EXIT_SYSTEM :
		tl_cli_usage_error(command, NULL,
			"there is no record '%s' in '%s'; write SOURCE/ID, as 'touchline unbound' "
			"prints them",
			name, voice->store_path);
	return 0;
}

/* ---- lines -------------------------------------------------------------------------------------- */

void tl_voice_put_time(struct tl_buf *out, int64_t time)
{
	int64_t day, second;
	char date[11];

	if (time == TL_NO_TIME) {
		tl_buf_puts(out, "no date");
		return;
	}
	day = tl_date_of(time);
	second = time - day * 86400;
	tl_date_format(date, (int32_t)day);
	tl_buf_printf(out, "%s %02d:%02dZ", date, (int)(second / 3600), (int)(second / 60 % 60));
}

void tl_voice_put_text(struct tl_buf *out, const char *text, size_t columns)
{
	const char *p = text, *end = text + strlen(text);
	struct tl_buf line = {0};

	for (size_t used = 0; p < end; ) {
		const char *from = p;

		tl_utf8_next(&p, end);
		used += tl_utf8_columns(from, (size_t)(p - from));
		if (used > columns) {
			tl_buf_puts(&line, "…");
			break;
		}
		if (*from == '\n' || *from == '\r' || *from == '\t')
			tl_buf_putc(&line, ' ');
		else
			tl_buf_put(&line, from, (size_t)(p - from));
	}
	if (line.len)
		tl_diag_put_safely(out, line.data);
	tl_buf_release(&line);
}

void tl_voice_put_column(struct tl_buf *out, const char *text, size_t width)
{
	size_t start = out->len, used;

	tl_diag_put_safely(out, text);
	used = tl_utf8_columns(out->data + start, out->len - start);
	tl_buf_printf(out, "%*s", (int)(used < width ? width - used : 0) + 2, "");
}

void tl_voice_put_record(struct tl_buf *out, const struct tl_told *told)
{
	struct tl_buf name = {0};

	tl_buf_puts(out, "  ");
	if (told->created == TL_NO_TIME)
		tl_buf_printf(out, "%-17s", "no date");
	else
		tl_voice_put_time(out, told->created);
	tl_buf_puts(out, "  ");
	tl_buf_printf(&name, "%s/%s", told->source, told->external_id);
	tl_voice_put_column(out, name.data, 16);
	tl_voice_put_column(out, told->channel ? told->channel : tl_record_kinds.words[told->kind], 7);
	if (told->text) {
		tl_buf_puts(out, "“");
		tl_voice_put_text(out, told->text, TEXT_COLUMNS);
		tl_buf_puts(out, "”");
	} else {
		tl_buf_puts(out, "(no text)");
	}
	tl_buf_putc(out, '\n');
	tl_buf_release(&name);
}

void tl_voice_json_item(struct tl_buf *out, size_t *count)
{
	tl_buf_puts(out, (*count)++ ? ",\n" : "\n");
}

void tl_voice_json_text(struct tl_buf *out, const char *key, const char *value)
{
	tl_buf_printf(out, ",\"%s\":", key);
	tl_buf_json(out, value);
}

void tl_voice_json_time(struct tl_buf *out, const char *key, int64_t time)
{
	int64_t day, second;
	char date[11];

	if (time == TL_NO_TIME) {
		tl_voice_json_text(out, key, NULL);
		return;
	}
	day = tl_date_of(time);
	second = time - day * 86400;
	tl_date_format(date, (int32_t)day);
	tl_buf_printf(out, ",\"%s\":\"%sT%02d:%02d:%02dZ\"", key, date, (int)(second / 3600),
		(int)(second / 60 % 60), (int)(second % 60));
}

void tl_voice_json_record(struct tl_buf *out, const struct tl_told *told)
{
	tl_buf_puts(out, "\"source\":");
	tl_buf_json(out, told->source);
	tl_voice_json_text(out, "id", told->external_id);
	tl_voice_json_text(out, "kind", tl_record_kinds.words[told->kind]);
	tl_voice_json_time(out, "created", told->created);
	if (told->customer)
		tl_buf_printf(out, ",\"customer\":\"customer-%lld\"", (long long)told->customer);
	else
		tl_voice_json_text(out, "customer", NULL);
	tl_voice_json_text(out, "channel", told->channel);
	tl_voice_json_text(out, "segment", told->segment);
	tl_voice_json_text(out, "language", told->language);
	tl_buf_puts(out, ",\"badness\":");
	tl_buf_number(out, told->badness, 3);
	tl_voice_json_text(out, "text", told->text);
}

/* ---- rules -------------------------------------------------------------------------------------- */

/* The attributes of the rule, as they stand in the journey; put is called for each that is there. */
static void each_part(const struct tl_rule *rule, struct tl_buf *out,
	void put(struct tl_buf *, const char *key, const char *value))
{
	const struct { const char *key, *value; } parts[] = {{"source", rule->source},
		{"tag", rule->tag}, {"field", rule->field}, {"value", rule->value},
		{"match", rule->match}, {"lang", rule->lang},
		{"as", rule->as < 0 ? NULL : tl_instruments.words[rule->as]},
		{"pain", rule->pain}, {"expectation", rule->expectation}};

	for (size_t i = 0; i < TL_COUNT(parts); i++)
		if (parts[i].value)
			put(out, parts[i].key, parts[i].value);
}

static void put_part(struct tl_buf *out, const char *key, const char *value)
{
	tl_buf_printf(out, " %s='", key);
	tl_diag_put_safely(out, value);
	tl_buf_putc(out, '\'');
}

void tl_voice_put_rule(struct tl_buf *out, const struct tl_rule *rule)
{
	each_part(rule, out, put_part);
}

void tl_voice_json_rule(struct tl_buf *out, const struct tl_rule *rule)
{
	each_part(rule, out, tl_voice_json_text);
}
