/* render: see render.h. SIGTERM, which ends a worker when the run is interrupted, is held back
 * while an output is replaced, so that no temporary file stays behind.
 */
#include "app/render.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include "touchline/report.h"

/* How one target went; the reply has one for each, then the packed diagnostics. */
struct outcome {
	int32_t state, error; /* error: why it could not be written, an errno, or 0 */
	char digest[TL_DIGEST_SIZE];
};

/* Formats differ in what their links end in, and the scene carries the links; and in whether pages
 * of a view are one file, so that they may be of one size. */
struct scenes {
	const char *suffix;
	bool endless;
	const struct tl_scene *list;
	size_t count;
};

struct rendering {
	const struct tl_build_options *options;
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_buf bytes;
	const struct tl_assumed *assumed; /* of the journey; NULL for a portfolio */
	struct scenes made[4];
	size_t made_count;
};

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static struct tl_assumed *assume(struct tl_arena *arena, const struct tl_journey *journey)
{
	struct tl_assumed *assumed =
		tl_arena_array(arena, struct tl_assumed, journey->touchpoint_count);
	tl_score_assumed(assumed, journey);
	return assumed;
}

static const struct tl_scene *make_portfolio(size_t *count, struct rendering *rendering,
	const struct tl_app_set *set, const struct tl_map_options *options, const char *suffix)
{
	struct tl_arena *arena = &rendering->arena;
	const struct tl_insight *const *insights = rendering->options->insights;
	const struct tl_journey **journeys =
		tl_arena_array(arena, const struct tl_journey *, set->count);
	const struct tl_assumed **assumed =
		tl_arena_array(arena, const struct tl_assumed *, set->count);
	const struct tl_insight **known =
		tl_arena_array(arena, const struct tl_insight *, set->count);
	size_t n = 0;
	for (size_t i = 0; i < set->count; i++) {
		if (!set->sound[i])
			continue;
		journeys[n] = set->list[i];
		assumed[n] = assume(arena, set->list[i]);
		known[n++] = insights ? insights[i] : NULL;
	}
	return tl_map_portfolio(count, arena, journeys, assumed, known, n, options, suffix);
}

static const struct scenes *scenes_for(struct rendering *rendering, const struct tl_target *target)
{
	const char *suffix = tl_plan_link_suffix(rendering->options, target->format);
	bool endless = target->format >= TL_FORMATS || !tl_format_multipage(target->format);
	for (size_t i = 0; i < rendering->made_count; i++)
		if (same_text(rendering->made[i].suffix, suffix) &&
			rendering->made[i].endless == endless)
			return &rendering->made[i];
	struct scenes *scenes = &rendering->made[rendering->made_count++];
	struct tl_map_options options = rendering->options->map;
	options.view = target->view;
	options.endless = endless;
	options.cards = target->format == TL_HTML ? TL_PAGE_CARDS : NULL;
	scenes->suffix = suffix;
	scenes->endless = endless;
	if (!target->journey)
		scenes->list = make_portfolio(
			&scenes->count, rendering, target->set, &options, suffix);
	else
		scenes->list = tl_map_build(&scenes->count, &rendering->arena, target->journey,
			rendering->assumed, target->insight, &options, suffix);
	return scenes;
}

static int put_on_standard_output(const struct tl_buf *bytes)
{
	signal(SIGPIPE, SIG_IGN); /* a reader that went away is an error like any other */
	for (size_t done = 0; done < bytes->len;) {
		ssize_t n = write(STDOUT_FILENO, bytes->data + done, bytes->len - done);
		if (n < 0 && errno != EINTR)
			return -errno;
		done += n > 0 ? (size_t)n : 0;
	}
	return 0;
}

static int put(const char *path, const struct tl_buf *bytes)
{
	sigset_t term;
	if (strcmp(path, "-") == 0)
		return put_on_standard_output(bytes);
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, NULL);
	int status = tl_file_replace(path, bytes->data, bytes->len);
	sigprocmask(SIG_UNBLOCK, &term, NULL);
	return status;
}

/* The file's bytes. False after a report. */
static bool draw(struct rendering *rendering, const struct tl_target *target, int format)
{
	struct tl_draw_options options = rendering->options->draw;
	const struct scenes *scenes = scenes_for(rendering, target);
	size_t first = target->all_pages ? 0 : target->page;
	size_t count = target->all_pages ? scenes->count : 1;
	options.timestamp = tl_plan_timestamp(rendering->options, target);
	if (first + count > scenes->count) {
		tl_diag_add(&rendering->diags, TL0702, tl_plan_place(target->journey),
			"'%s' is page %zu, and %zu were drawn", target->name, first + 1,
			scenes->count);
		return false;
	}
	return tl_draw(&rendering->bytes, &rendering->diags, (enum tl_format)format,
		scenes->list + first, count, &options);
}

static bool make_page(struct rendering *rendering, const struct tl_target *target)
{
	struct tl_page page = {target->journey, target->insight, rendering->assumed};
	struct tl_buf svg;
	if (target->format != TL_HTML) {
		tl_report_twin(&rendering->bytes, &page,
			target->format == TL_MD ? TL_TWIN_MD : TL_TWIN_TEXT);
		return true;
	}
	if (!draw(rendering, target, TL_SVG))
		return false;
	svg = rendering->bytes;
	rendering->bytes = (struct tl_buf){0};
	tl_report_page(&rendering->bytes, &page, rendering->options->map.theme, svg.data, svg.len);
	tl_buf_release(&svg);
	return true;
}

static struct outcome make(struct rendering *rendering, const struct tl_target *target)
{
	struct outcome outcome = {.state = TL_OUTPUT_FAILED};
	size_t remarks = rendering->diags.count;
	tl_buf_clear(&rendering->bytes);
	if (target->format < TL_FORMATS ? !draw(rendering, target, target->format)
					: !make_page(rendering, target))
		return outcome;
	tl_digest(outcome.digest, rendering->bytes.data, rendering->bytes.len);
	outcome.error = -put(target->path, &rendering->bytes);
	if (rendering->diags.count > remarks) /* to be said again next time: do not remember it */
		outcome.digest[0] = '\0';
	if (!outcome.error)
		outcome.state = TL_OUTPUT_RENDERED;
	else if (strcmp(target->path, "-") == 0)
		tl_diag_add(&rendering->diags, TL0701, tl_plan_place(target->journey),
			"cannot write to standard output: %s", strerror(outcome.error));
	else
		tl_diag_add(&rendering->diags, TL0701, tl_plan_place(target->journey),
			"cannot write '%s': %s", target->path, strerror(outcome.error));
	return outcome;
}

void tl_render(struct tl_buf *reply, const struct tl_render_job *job,
	const struct tl_build_options *options, const struct tl_diags *parent)
{
	struct rendering rendering = {.options = options};
	tl_arena_init(&rendering.arena);
	tl_diags_init(&rendering.diags);
	if (job->targets[0]->journey)
		rendering.assumed = assume(&rendering.arena, job->targets[0]->journey);
	for (size_t i = 0; i < job->count; i++) {
		struct outcome outcome = make(&rendering, job->targets[i]);
		tl_buf_put(reply, &outcome, sizeof outcome);
	}
	tl_diags_pack(reply, &rendering.diags, parent);
	tl_buf_release(&rendering.bytes);
	tl_diags_release(&rendering.diags);
	tl_arena_release(&rendering.arena);
}

bool tl_render_result(const struct tl_render_job *job, const char **rest, size_t *rest_length,
	const char *reply, size_t length, int *error)
{
	size_t expected = job->count * sizeof(struct outcome);
	*error = 0;
	if (length < expected)
		return false;
	for (size_t i = 0; i < job->count; i++) {
		struct outcome outcome;
		memcpy(&outcome, reply + i * sizeof outcome, sizeof outcome);
		if (outcome.state != TL_OUTPUT_RENDERED && outcome.state != TL_OUTPUT_FAILED)
			return false;
		if (outcome.error)
			*error = outcome.error;
		outcome.digest[TL_DIGEST_SIZE - 1] = '\0';
		job->targets[i]->state = outcome.state;
		memcpy(job->targets[i]->digest, outcome.digest, sizeof outcome.digest);
	}
	*rest = reply + expected;
	*rest_length = length - expected;
	return true;
}
