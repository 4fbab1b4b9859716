/* How often rules hit. */
#include "cli/hits.h"

#include <stdio.h>
#include <string.h>

#include "cli/voice.h"

/* ---- what to do about none ---------------------------------------------------------------------- */

struct listened {
	struct tl_arena *arena;
	struct tl_diags *diags;
	struct tl_store *store;
	struct tl_choice sources;
};

static bool has_source(const struct listened *all, const char *name)
{
	for (size_t i = 0; i < all->sources.count; i++)
		if (strcmp(all->sources.list[i], name) == 0)
			return true;
	return false;
}

/* The most that can be said for certain: where the source was never imported, it is that. */
static void hint(const struct listened *all, struct tl_diag *diag, const struct tl_rule *rule)
{
	const char *nearest;

	if (rule->source && !has_source(all, rule->source)) {
		nearest = tl_text_nearest(rule->source, all->sources.list, all->sources.count);
		if (nearest)
			tl_diag_hint(all->diags, diag,
				"nothing was imported as '%s'; did you mean '%s'?", rule->source,
				nearest);
		else
			tl_diag_hint(all->diags, diag, "nothing was imported as '%s' yet",
				rule->source);
	} else if (rule->match) {
		tl_diag_hint(all->diags, diag,
			"fewer words, or their beginnings ('deliver*'), find more; 'touchline "
			"unbound --suggest' has words that customers use");
	} else if (rule->tag || rule->field) {
		tl_diag_hint(all->diags, diag,
			"'touchline unbound' lists the tags and fields that do occur");
	}
}

static void report(const struct listened *all, const struct tl_rule *rule)
{
	struct tl_diag *diag =
		tl_diag_add(all->diags, TL0536, rule->at, "no record meets this rule");

	hint(all, diag, rule);
}

/* ---- counting ------------------------------------------------------------------------------------ */

static struct tl_app_set sound_ones(struct tl_arena *arena, const struct tl_app_set *set)
{
	struct tl_app_set sound = {
		.list = tl_arena_array(arena, const struct tl_journey *, set->count)};

	for (size_t i = 0; i < set->count; i++)
		if (set->sound[i])
			sound.list[sound.count++] = set->list[i];
	return sound;
}

static bool count(struct tl_hits *out, struct listened *all, const struct tl_app_set *set)
{
	struct tl_app_set sound = sound_ones(all->arena, set);
	struct tl_store_counts counts;
	struct tl_progress progress;
	bool good;

	tl_voice_watch(all->store, &progress, false);
	good = tl_app_listen_some(all->arena, all->store, &sound, &out->rules, &out->count);
	tl_voice_unwatch(all->store, &progress);
	if (!good ||
		!tl_store_count(all->store, &tl_filter_none, &counts) ||
		!tl_store_sources(all->store, all->arena, &all->sources))
		return false;
	out->hits = tl_arena_array(all->arena, uint64_t, out->count);
	out->decides = tl_arena_array(all->arena, uint64_t, out->count);
	for (size_t i = 0; i < out->count; i++) {
		if (!tl_store_hits(
			    all->store, &out->rules[i], &out->hits[i], &out->decides[i]))
			return false;
		if (!out->hits[i] && counts.records)
			report(all, &out->rules[i]);
	}
	return true;
}

bool tl_hits_count(struct tl_hits *out, struct tl_arena *arena, struct tl_diags *diags,
	const char *store, const struct tl_app_set *set)
{
	struct listened all = {.arena = arena, .diags = diags};
	bool good;

	*out = (struct tl_hits){0};
	good = tl_store_open(&all.store, diags, store, TL_STORE_WRITE) && count(out, &all, set);
	tl_store_close(all.store);
	if (!good)
		out->count = 0;
	return good;
}

/* ---- telling ------------------------------------------------------------------------------------- */

void tl_hits_put(struct tl_buf *out, const struct tl_hits *hits)
{
	for (size_t i = 0; i < hits->count; i++) {
		const struct tl_rule *rule = &hits->rules[i];
		unsigned line = 0, column = 0;

		tl_source_position(rule->at.source, rule->at.offset, &line, &column);
		tl_diag_put_safely(out, rule->at.source->name);
		tl_buf_printf(out, ":%u:%u: ", line, column);
		if (hits->hits[i])
			tl_buf_printf(out, "%llu hit%s, %llu decided",
				(unsigned long long)hits->hits[i], hits->hits[i] == 1 ? "" : "s",
				(unsigned long long)hits->decides[i]);
		else
			tl_buf_puts(out, "no hits");
		tl_buf_printf(out, ": %s#%s, listen", rule->journey, rule->touchpoint);
		tl_voice_put_rule(out, rule);
		tl_buf_putc(out, '\n');
	}
}

void tl_hits_json(struct tl_buf *out, const struct tl_hits *hits)
{
	size_t told = 0;

	tl_buf_putc(out, '[');
	for (size_t i = 0; i < hits->count; i++) {
		const struct tl_rule *rule = &hits->rules[i];
		unsigned line = 0, column = 0;

		tl_source_position(rule->at.source, rule->at.offset, &line, &column);
		tl_voice_json_item(out, &told);
		tl_buf_puts(out, "{\"file\":");
		tl_buf_json(out, rule->at.source->name);
		tl_buf_printf(out, ",\"line\":%u,\"column\":%u", line, column);
		tl_voice_json_text(out, "journey", rule->journey);
		tl_voice_json_text(out, "touchpoint", rule->touchpoint);
		tl_voice_json_rule(out, rule);
		tl_buf_printf(out, ",\"hits\":%llu,\"decides\":%llu}",
			(unsigned long long)hits->hits[i], (unsigned long long)hits->decides[i]);
	}
	tl_buf_puts(out, told ? "\n]" : "]");
}
