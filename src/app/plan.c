/* plan: see plan.h. The key of a target digests whatever can change its bytes, so that keys alone
 * decide what is made again. What a journey links to does not belong there: a link is a file name,
 * made from the reference as it is written in the journey's own source.
 */
#include "app/plan.h"

#include <string.h>
#include "touchline/xml.h"

static const char *const format_words[] = {TL_FORMAT_WORDS, "html", "txt", "md"};
const struct tl_vocabulary tl_output_formats = {"format", format_words, TL_COUNT(format_words)};
_Static_assert(TL_COUNT(format_words) == TL_OUTPUT_FORMATS, "a word for every format");

static bool selected(uint32_t set, int bit)
{
	return set >> bit & 1;
}

static bool is_multipage(int format)
{
	return format < TL_FORMATS && tl_format_multipage((enum tl_format)format);
}

static const char *target_name(struct tl_arena *arena, const struct tl_journey *journey,
	enum tl_view view, int format, size_t page)
{
	const char *extension = tl_output_formats.words[format], *id = journey->id;
	if (view == TL_VIEW_MAP)
		return tl_arena_printf(arena, "%s.%s", id, extension);
	if (view == TL_VIEW_OVERVIEW)
		return tl_arena_printf(arena, "%s.%s.%s", id, tl_views.words[view], extension);
	if (is_multipage(format))
		return tl_arena_printf(arena, "%s.%ss.%s", id, tl_views.words[view], extension);
	int digits = 1;
	for (size_t n = journey->stage_count; n >= 10; n /= 10)
		digits++;
	return tl_arena_printf(arena, "%s.%s-%0*zu-%s.%s", id, tl_views.words[view], digits,
		page + 1, journey->stages[page].id, extension);
}

void tl_plan_add(struct tl_plan *plan, struct tl_arena *arena, const struct tl_journey *journey,
	enum tl_view view, int format)
{
	size_t pages = view == TL_VIEW_STAGE ? journey->stage_count : 1;
	bool all = is_multipage(format);
	if (view == TL_VIEW_PORTFOLIO || (format >= TL_FORMATS && view != TL_VIEW_MAP))
		return;
	for (size_t page = 0; page < (all ? 1 : pages); page++) {
		plan->targets = tl_arena_grow(
			arena, plan->targets, plan->count, &plan->capacity, sizeof *plan->targets);
		plan->targets[plan->count++] = (struct tl_target){
			.journey = journey,
			.view = view,
			.format = format,
			.page = page,
			.all_pages = all,
			.name = target_name(arena, journey, view, format, page),
			.state = TL_OUTPUT_SKIPPED,
		};
	}
}

const char *tl_plan_link_suffix(const struct tl_build_options *options, int format)
{
	if (format >= TL_FORMATS)
		return format == TL_HTML ? ".html" : NULL;
	bool pdf = format == TL_PDF;
	bool other = selected(options->views, TL_VIEW_OVERVIEW) ||
		selected(options->views, TL_VIEW_STAGE);
	/* A portfolio by itself leads to the maps that another run makes. */
	if (selected(options->views, TL_VIEW_MAP) || !other)
		return pdf ? ".pdf" : ".svg";
	if (selected(options->views, TL_VIEW_OVERVIEW))
		return pdf ? ".overview.pdf" : ".overview.svg";
	return pdf ? ".stages.pdf" : NULL;
}

static int32_t updated(const struct tl_target *target)
{
	int32_t latest = TL_NO_DATE;
	if (target->journey)
		return target->journey->updated;
	for (size_t i = 0; i < target->set->count; i++)
		if (target->set->sound[i] && target->set->list[i]->updated > latest)
			latest = target->set->list[i]->updated;
	return latest;
}

int64_t tl_plan_timestamp(const struct tl_build_options *options, const struct tl_target *target)
{
	if (options->draw.timestamp != TL_BUILD_OWN_DATE)
		return options->draw.timestamp;
	int32_t day = updated(target);
	return day == TL_NO_DATE ? 0 : (int64_t)day * 86400;
}

struct tl_span tl_plan_place(const struct tl_journey *journey)
{
	return journey ? tl_xml_attribute_span(journey->at, "id") : (struct tl_span){0};
}

static void digest_journey(char out[static TL_DIGEST_SIZE], const struct tl_journey *journey)
{
	struct tl_buf parts = {0};
	for (size_t i = 0; i < journey->source_count; i++) {
		char digest[TL_DIGEST_SIZE];
		tl_digest(digest, journey->sources[i]->text, journey->sources[i]->length);
		tl_buf_printf(&parts, "%s\n", digest);
	}
	tl_digest(out, parts.data, parts.len);
	tl_buf_release(&parts);
}

static void make_key(struct tl_target *target, const char *journey_digest,
	const struct tl_build_options *options, struct tl_buf *scratch)
{
	const char *suffix = tl_plan_link_suffix(options, target->format);
	tl_buf_clear(scratch);
	tl_buf_printf(scratch, "%s\n%s\n%d %d %zu %d\n%d %u\n%s\n", options->program,
		journey_digest, target->view, target->format, target->page, target->all_pages,
		options->map.theme, (unsigned)options->map.lanes,
		suffix ? suffix : "");
	tl_buf_number(scratch, options->draw.png_scale, 6);
	tl_buf_printf(scratch, "\n%d\n%s\n", options->draw.embed_fonts,
		target->insight ? target->insight->digest : "");
	if (target->format == TL_PDF) /* the one format that carries a date */
		tl_buf_printf(
			scratch, "%lld\n", (long long)tl_plan_timestamp(options, target));
	tl_digest(target->key, scratch->data, scratch->len);
}

/* Some file systems take names that differ in case only for one. Ids are ASCII. */
static char *folded(struct tl_arena *arena, const char *name)
{
	char *copy = tl_arena_strdup(arena, name);
	for (char *p = copy; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p += 'a' - 'A';
	return copy;
}

static void refuse(struct tl_diags *diags, struct tl_target *target, struct tl_target *other)
{
	bool portfolio = !target->journey; /* the last, so never the other */
	const struct tl_journey *journey = portfolio ? other->journey : target->journey;
	struct tl_diag *diag = portfolio
		? tl_diag_add(diags, TL0417, tl_plan_place(journey),
			  "journey '%s' would write '%s', and so would the portfolio", journey->id,
			  target->path)
		: tl_diag_add(diags, TL0417, tl_plan_place(journey),
			  "journey '%s' would write '%s', and so would journey '%s'", journey->id,
			  target->path, other->journey->id);
	if (!portfolio)
		tl_diag_note(
			diags, diag, tl_plan_place(other->journey), "the other journey is here");
	target->state = TL_OUTPUT_FAILED;
	other->state = TL_OUTPUT_FAILED;
}

/* Pages stand beside the map, whether or not it is drawn as well. */
static bool is_wanted(const struct tl_build_options *options, int view, int format)
{
	bool shown = format < TL_FORMATS ? selected(options->views, view) : view == TL_VIEW_MAP;
	return shown && selected(options->formats, format);
}

/* One target a format for all of the set; parts: what it digests of each journey. */
static void add_portfolio(struct tl_plan *plan, struct tl_arena *arena,
	const struct tl_app_set *set, const struct tl_build_options *options,
	const struct tl_buf *parts)
{
	struct tl_buf scratch = {0};
	char digest[TL_DIGEST_SIZE];
	tl_digest(digest, parts->data, parts->len);
	for (int format = 0; format < TL_FORMATS; format++) {
		if (!selected(options->formats, format))
			continue;
		plan->targets = tl_arena_grow(
			arena, plan->targets, plan->count, &plan->capacity, sizeof *plan->targets);
		plan->targets[plan->count] = (struct tl_target){
			.set = set,
			.view = TL_VIEW_PORTFOLIO,
			.format = format,
			.all_pages = is_multipage(format),
			.name = tl_arena_printf(arena, "%s.%s", tl_views.words[TL_VIEW_PORTFOLIO],
				tl_formats.words[format]),
			.state = TL_OUTPUT_SKIPPED,
		};
		make_key(&plan->targets[plan->count++], digest, options, &scratch);
	}
	tl_buf_release(&scratch);
}

void tl_plan_make(struct tl_plan *plan, struct tl_arena *arena, struct tl_diags *diags,
	const struct tl_app_set *set, const struct tl_build_options *options)
{
	struct tl_buf scratch = {0}, parts = {0};
	struct tl_table names;
	bool standard = strcmp(options->output, "-") == 0;
	for (size_t i = 0; i < set->count; i++) {
		char digest[TL_DIGEST_SIZE];
		size_t first = plan->count;
		if (!set->sound[i])
			continue;
		digest_journey(digest, set->list[i]);
		const struct tl_insight *insight = options->insights ? options->insights[i] : NULL;
		tl_buf_printf(&parts, "%s %s\n", digest, insight ? insight->digest : "");
		for (int view = 0; view < TL_VIEWS; view++)
			for (int format = 0; format < TL_OUTPUT_FORMATS; format++)
				if (is_wanted(options, view, format))
					tl_plan_add(plan, arena, set->list[i], view, format);
		for (size_t t = first; t < plan->count; t++) {
			plan->targets[t].set = set;
			plan->targets[t].insight = insight;
			make_key(&plan->targets[t], digest, options, &scratch);
		}
	}
	if (parts.len && selected(options->views, TL_VIEW_PORTFOLIO))
		add_portfolio(plan, arena, set, options, &parts);
	tl_buf_release(&scratch);
	tl_buf_release(&parts);
	tl_table_init(&names, arena);
	for (size_t i = 0; i < plan->count; i++) {
		struct tl_target *target = &plan->targets[i];
		target->path =
			standard ? "-"
				 : tl_arena_printf(arena, "%s/%s", options->output, target->name);
		struct tl_target *other = tl_table_add(&names, folded(arena, target->name), target);
		if (other)
			refuse(diags, target, other);
	}
}
