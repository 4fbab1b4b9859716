/* What the studio does: everything about files, pictures and the store, from scratch each time, in a
 * process that ends with it. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "serve/studio.h"
#include "touchline/app.h"
#include "touchline/edit.h"
#include "touchline/report.h"
#include "touchline/xml.h"

struct work {
	const struct tl_serve_options *options;
	const struct job_order *order;
	const struct tl_buf *text;
	struct tl_buf *out;
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_app_paths paths;
	struct tl_app_set set;
	const struct tl_journey *journey;
	struct tl_assumed *assumed;
	const struct tl_insight *insight;
};

/* ---- parts ------------------------------------------------------------------------------------------- */

static enum job_outcome refuse(struct work *work, const char *text)
{
	tl_buf_clear(work->out);
	tl_buf_puts(work->out, text);
	return JOB_REFUSED;
}

/* All that was reported, in the words of the terminal. */
static enum job_outcome fail(struct work *work)
{
	char *text = NULL;
	size_t n = 0;
	FILE *stream = open_memstream(&text, &n);

	tl_buf_clear(work->out);
	if (stream) {
		tl_diags_print(&work->diags, stream, false);
		fclose(stream);
	}
	tl_buf_puts(work->out, text && *text ? text : "The cause is not known.");
	free(text);
	return JOB_FAILED;
}

/* The journeys as they are; where there are errors, those are told elsewhere. */
static bool read_set(struct work *work)
{
	work->diags.muted = true;
	work->paths = tl_app_find(&work->arena, &work->diags, work->options->journeys,
		work->options->journey_count);
	work->set = tl_app_read(&work->arena, &work->diags, &work->paths);
	work->diags.muted = false;
	for (size_t i = 0; i < work->set.count; i++)
		if (strcmp(work->set.list[i]->id, work->order->journey) == 0) {
			work->journey = work->set.list[i];
			return work->set.sound[i];
		}
	return false;
}

/* A store that somebody else writes to can still be read; what the journeys listen for is then what
 * it was told before. */
static bool open_store(struct work *work, struct tl_store **store)
{
	const char *path = work->options->store;
	struct tl_diags before;

	tl_diags_init(&before);
	if (tl_store_open(store, &before, path, TL_STORE_WRITE) &&
		tl_app_listen_also(&work->arena, *store, &work->set)) {
		tl_diags_release(&before);
		tl_store_close(*store);
	} else {
		tl_store_close(*store);
		tl_diags_release(&before);
	}
	return tl_store_open(store, &work->diags, path, TL_STORE_READ);
}

static bool hear(struct work *work)
{
	struct tl_insight_options options = {
		.filter = tl_filter_none, .now = tl_clock_now(), .words = true};
	struct tl_store *store = NULL;

	work->assumed = tl_arena_array(
		&work->arena, struct tl_assumed, work->journey->touchpoint_count);
	tl_score_assumed(work->assumed, work->journey);
	if (!work->options->store)
		return true;
	if (open_store(work, &store))
		work->insight = tl_insight_read(
			&work->arena, &work->diags, store, work->journey, &options);
	tl_store_close(store);
	return work->insight != NULL;
}

static bool draw(struct work *work, struct tl_buf *svg)
{
	struct tl_map_options map = {.cards = TL_PAGE_CARDS};
	struct tl_draw_options options = {.embed_fonts = true};
	size_t count;
	const struct tl_scene *scenes = tl_map_build(&count, &work->arena, work->journey,
		work->assumed, work->insight, &map, NULL);

	return tl_draw(svg, &work->diags, TL_SVG, scenes, 1, &options);
}

static void put_part(struct tl_buf *out, const char *name, const struct tl_buf *bytes)
{
	uint32_t lengths[2] = {(uint32_t)strlen(name) + 1, (uint32_t)bytes->len};

	tl_buf_put(out, lengths, sizeof lengths);
	tl_buf_put(out, name, lengths[0]);
	tl_buf_put(out, bytes->data, bytes->len);
}

/* ---- jobs -------------------------------------------------------------------------------------------- */

static enum job_outcome make_sight(struct work *work)
{
	struct tl_buf part = {0};

	if (!read_set(work))
		return refuse(work, "The journey has errors.");
	if (!hear(work) || !draw(work, &part))
		return fail(work);
	put_part(work->out, "", &part);
	struct tl_page page = {work->journey, work->insight, work->assumed};
	for (size_t i = 0; i < work->journey->touchpoint_count; i++) {
		const struct tl_touchpoint *touchpoint = &work->journey->touchpoints[i];

		tl_buf_clear(&part);
		tl_report_panel(&part, &page, touchpoint);
		put_part(work->out, touchpoint->id, &part);
	}
	tl_buf_release(&part);
	return JOB_DONE;
}

/* ---- the source ---------------------------------------------------------------------------------------- */

/* A file that is a link is somewhere else, and not this set's to write. */
static bool is_plain(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0 && S_ISREG(status.st_mode);
}

/* The file as it is, with its digest. */
static bool read_file(struct work *work, struct tl_buf *text, char digest[static TL_DIGEST_SIZE])
{
	int status = tl_file_read(text, work->order->file, TL_XML_MAX_BYTES);

	if (status < 0) {
		tl_buf_clear(work->out);
		tl_buf_printf(work->out, "%s cannot be read: %s", work->order->file, strerror(-status));
		return false;
	}
	tl_digest(digest, text->data, text->len);
	return true;
}

static enum job_outcome give_source(struct work *work)
{
	char digest[TL_DIGEST_SIZE];
	struct tl_buf text = {0};

	if (!read_file(work, &text, digest))
		return JOB_FAILED;
	tl_buf_puts(work->out, "{\"journey\":");
	tl_buf_json(work->out, work->order->journey);
	tl_buf_puts(work->out, ",\"file\":");
	tl_buf_json(work->out, work->order->file);
	tl_buf_printf(work->out, ",\"digest\":\"%s\",\"text\":", digest);
	tl_buf_json(work->out, text.data);
	tl_buf_puts(work->out, "}\n");
	tl_buf_release(&text);
	return JOB_DONE;
}

/* The set as it would be with this text in place of the file: errors of others are not told. */
static void read_edited(struct work *work)
{
	const struct tl_journey **others;
	size_t count = 0;

	read_set(work);
	others = tl_arena_array(&work->arena, const struct tl_journey *, work->set.count);
	for (size_t i = 0; i < work->set.count; i++)
		if (strcmp(work->set.list[i]->sources[0]->name, work->order->file) != 0)
			others[count++] = work->set.list[i];
	work->journey = tl_front_parse(&work->arena, &work->diags, work->order->file,
		work->text->data, work->text->len);
	if (work->journey)
		tl_front_link(&work->diags, &work->journey, 1, others, count);
}

static enum job_outcome check(struct work *work)
{
	read_edited(work);
	tl_diags_json(&work->diags, work->out);
	return JOB_DONE;
}

static enum job_outcome preview(struct work *work)
{
	read_edited(work);
	if (!work->journey || work->diags.errors) {
		tl_diags_json(&work->diags, work->out);
		return JOB_REFUSED;
	}
	return hear(work) && draw(work, work->out) ? JOB_DONE : fail(work);
}

static enum job_outcome save(struct work *work)
{
	const char *file = work->order->file;
	char digest[TL_DIGEST_SIZE];
	struct tl_buf text = {0};
	int status;

	if (!is_plain(file))
		return refuse(work, "This file is a link to somewhere else; edit it where it is.");
	if (!read_file(work, &text, digest))
		return JOB_FAILED;
	if (strcmp(digest, work->order->digest) != 0) {
		refuse(work, "The file was changed meanwhile by somebody else. Nothing was saved: keep "
			     "your text, open the source again, and put your changes into it.");
		return JOB_STALE;
	}
	tl_buf_release(&text);
	status = tl_file_replace(file, work->text->data, work->text->len);
	if (status < 0) {
		tl_buf_printf(work->out, "%s cannot be written: %s", file, strerror(-status));
		return JOB_FAILED;
	}
	tl_digest(digest, work->text->data, work->text->len);
	tl_buf_printf(work->out, "{\"digest\":\"%s\"}\n", digest);
	return JOB_DONE;
}

/* ---- what was decided ------------------------------------------------------------------------------------ */

static const struct tl_journey *find_journey(const struct work *work, const char *id)
{
	for (size_t i = 0; i < work->set.count; i++)
		if (strcmp(work->set.list[i]->id, id) == 0)
			return work->set.list[i];
	return NULL;
}

/* Why the decisions cannot be put into the source, for whoever reads it in the page. */
static enum job_outcome refuse_edit(struct work *work)
{
	fail(work);
	return JOB_REFUSED;
}

static bool edit(struct work *work, struct tl_edit **edits, size_t *count)
{
	const struct tl_decided *decided;
	const struct tl_decisions *decisions = tl_decisions_parse(&work->arena, &work->diags,
		"decisions.xml", work->text->data, work->text->len);
	size_t journeys = decisions ? tl_decisions_journeys(decisions, &decided) : 0;

	*count = 0;
	*edits = tl_arena_array(&work->arena, struct tl_edit, journeys);
	for (size_t i = 0; i < journeys; i++) {
		const struct tl_journey *journey = find_journey(work, decided[i].id);

		if (!journey)
			tl_diag_add(&work->diags, TL0303, decided[i].at,
				"there is no journey '%.80s' any more", decided[i].id);
		else if (tl_edit_apply(&work->arena, &work->diags, journey, decisions,
				 &(*edits)[*count]))
			++*count;
	}
	return decisions && !work->diags.errors;
}

static enum job_outcome show_diff(struct work *work)
{
	struct tl_edit *edits;
	size_t count;

	read_set(work);
	if (!edit(work, &edits, &count))
		return refuse_edit(work);
	for (size_t i = 0; i < count; i++)
		if (edits[i].changed)
			tl_edit_diff(work->out, edits[i].before->name, edits[i].before->text,
				edits[i].before->length, edits[i].text.data, edits[i].text.len);
	return JOB_DONE;
}

static enum job_outcome apply(struct work *work)
{
	struct tl_edit *edits;
	size_t count, named = 0;

	read_set(work);
	if (!edit(work, &edits, &count) ||
		!tl_edit_write(&work->diags, edits, count, work->paths.folders,
			work->paths.folder_count))
		return refuse_edit(work);
	tl_buf_puts(work->out, "{\"files\":[");
	for (size_t i = 0; i < count; i++) {
		if (!edits[i].changed)
			continue;
		tl_buf_puts(work->out, named++ ? "," : "");
		tl_buf_json(work->out, edits[i].before->name);
	}
	tl_buf_puts(work->out, "]}\n");
	return JOB_DONE;
}

/* ---- what was said --------------------------------------------------------------------------------------- */

static enum job_outcome keep(struct work *work)
{
	struct tl_room_kept kept;
	struct tl_store *store = NULL;
	struct tl_room *room = NULL;
	bool done;

	read_set(work);
	done = tl_serve_open_copy(&room, &work->diags, work->options->session, work->set.list,
		       work->set.count) &&
	       tl_store_open(&store, &work->diags, work->options->store, TL_STORE_WRITE) &&
	       tl_room_keep(room, store, &kept);
	tl_store_close(store);
	tl_room_close(room);
	if (!done)
		return fail(work);
	tl_buf_printf(work->out, "{\"notes\":%zu,\"votes\":%zu,\"actions\":%zu}\n", kept.notes,
		kept.votes, kept.actions);
	return JOB_DONE;
}

enum job_outcome job_run(const struct tl_serve_options *options, const struct job_order *order,
	const struct tl_buf *text, struct tl_buf *out)
{
	static enum job_outcome (*const jobs[JOB_KINDS])(struct work *) = {
		[JOB_SIGHT] = make_sight,
		[JOB_SOURCE] = give_source,
		[JOB_CHECK] = check,
		[JOB_PREVIEW] = preview,
		[JOB_SAVE] = save,
		[JOB_DIFF] = show_diff,
		[JOB_APPLY] = apply,
		[JOB_KEEP] = keep,
	};
	struct work work = {.options = options, .order = order, .text = text, .out = out};

	tl_arena_init(&work.arena);
	tl_diags_init(&work.diags);
	return jobs[order->kind](&work);
}
