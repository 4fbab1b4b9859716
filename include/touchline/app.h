/* app: the pipeline, once: paths > journeys > scores > scenes > files. Commands call it.
 * Messages go to diags or to the progress callback; nothing here exits, and nothing here keeps
 * state between calls. */
#ifndef TOUCHLINE_APP_H
#define TOUCHLINE_APP_H

#include "touchline/diag.h"
#include "touchline/draw.h"
#include "touchline/front.h"
#include "touchline/insight.h"
#include "touchline/map.h"

/* The .xml files that the arguments name: files as they are ("-": standard input), folders
 * recursively in byte order, hidden entries and links to folders skipped, the same file (device
 * and inode) once. *from_folder[i]: found in a folder, so a root that is no journey is passed
 * over. Reports what cannot be opened. */
struct tl_app_paths {
	const char **list;
	bool *from_folder;
	size_t count;
	const char **folders; /* every folder that was searched */
	size_t folder_count;
};
struct tl_app_paths tl_app_find(
	struct tl_arena *arena, struct tl_diags *diags, char *const *arguments, size_t count);

struct tl_app_set { /* journeys read and linked */
	const struct tl_journey **list;
	bool *sound; /* no error concerns it: it may be drawn */
	size_t count;
	size_t unreadable; /* files besides of which no journey could be made */
};
/* References into journeys that are not in the set are looked up in the folders of those that
 * make them. Reports it where there is no journey at all. */
struct tl_app_set tl_app_read(
	struct tl_arena *arena, struct tl_diags *diags, const struct tl_app_paths *paths);

/* Tells the store what the journeys of the set listen for; see tl_store_listen. */
bool tl_app_listen(
	struct tl_arena *arena, struct tl_store *store, const struct tl_app_set *journeys);
/* The same where the set is not all of the journeys: what the store was told of others stays.
 * *rules are those of the set, with their places, *count of them. */
struct tl_rule;
bool tl_app_listen_some(struct tl_arena *arena, struct tl_store *store,
	const struct tl_app_set *journeys, const struct tl_rule **rules, size_t *count);

/* The same of the sound journeys of the set only: what the store was told of others stays. */
bool tl_app_listen_also(
	struct tl_arena *arena, struct tl_store *store, const struct tl_app_set *journeys);
/* What the store says about each journey, by index of the set: NULL for those that are not sound.
 * NULL after a report. */
const struct tl_insight **tl_app_insights(struct tl_arena *arena, struct tl_diags *diags,
	struct tl_store *store, const struct tl_app_set *set, const struct tl_filter *filter);

/* Identifies this program and its libraries by their build ids, and the fonts it can draw with. */
void tl_app_program(char out[static TL_DIGEST_SIZE]);

#define TL_BUILD_OWN_DATE INT64_MIN /* draw.timestamp: the day the journey says it was updated */

/* What a build writes: what draw draws, then the pages of report, which are about a journey whole and
 * made once, whatever views are asked for. */
enum tl_output_format { TL_HTML = TL_FORMATS, TL_TXT, TL_MD, TL_OUTPUT_FORMATS };
extern const struct tl_vocabulary tl_output_formats; /* "svg" … "md" */

struct tl_build_options {
	const char *output; /* folder; "-": the one output there is goes to standard output */
	uint32_t formats;   /* bit per enum tl_output_format */
	uint32_t views;     /* bit per enum tl_view */
	struct tl_map_options map; /* but for its view */
	struct tl_draw_options draw;
	unsigned jobs;       /* parallel processes, >= 1 */
	bool force;          /* render everything again */
	bool prune;          /* remove stale outputs that are exactly as they were written */
	const char *program; /* see tl_app_program */
	const struct tl_insight *const *insights; /* by index of the set; NULL: nobody asked */
	int interrupt;       /* descriptor that becomes readable when the run is to stop, or -1 */
};

enum tl_output_state {
	TL_OUTPUT_UNCHANGED,
	TL_OUTPUT_RENDERED,
	TL_OUTPUT_FAILED,  /* the reason was reported; what was there before is still there */
	TL_OUTPUT_SKIPPED, /* the run ended or went wrong before its turn; the same holds */
	TL_OUTPUT_STALE,   /* an earlier run wrote it; its journey or stage is gone */
	TL_OUTPUT_REMOVED, /* was stale */
	TL_OUTPUT_STATES
};
struct tl_output {
	const char *path;
	const struct tl_journey *journey; /* NULL where it is stale, or a portfolio */
	enum tl_output_state state;
};
struct tl_build_result {
	size_t journeys;                 /* that could be drawn */
	const struct tl_output *outputs; /* in the order of the journeys, then the stale ones */
	size_t count;
	size_t states[TL_OUTPUT_STATES]; /* how many of each */
	bool interrupted;
	bool misused; /* "-" was asked for, and there is more than one output: nothing was done */
};

/* file: the output just finished, or NULL at the start. */
typedef void tl_build_progress(void *context, size_t done, size_t total, const char *file);

/* Renders the outputs of every sound journey whose content, options or program changed. An output
 * on disk that is not what was written counts as changed. The names, by view:
 *   map       <journey>.<format>
 *   overview  <journey>.overview.<format>
 *   stage     <journey>.stages.<format>, or <journey>.stage-<n>-<stage>.<format> where a format
 *             holds one page a file; n has leading zeros, so that names sort
 *   portfolio portfolio.<format>, one of all sound journeys; never found to be stale
 * Pages are <journey>.html, .txt and .md.
 * What was written is remembered in <output>/.touchline.manifest. Every render happens in a process
 * of its own: a crash costs one picture, and is reported. */
struct tl_build_result tl_app_build(struct tl_arena *arena, struct tl_diags *diags,
	const struct tl_app_set *set, const struct tl_build_options *options,
	tl_build_progress *progress, void *context);

/* Waits for sources to change on disk. */
struct tl_watch;
/* NULL with errno set where the system has no more watches to give. */
struct tl_watch *tl_watch_new(void);
void tl_watch_free(struct tl_watch *watch);
/* What to watch from now on: the arguments as they were given, the folders that were found, and
 * the files in diags->sources. How many folders are new, or a negative errno. New folders may have
 * changed unseen since they were read: find, read and set until nothing is new. */
int tl_watch_set(struct tl_watch *watch, char *const *arguments, size_t argument_count,
	const struct tl_app_paths *paths, const struct tl_diags *diags);
/* Waits until something changed and then was quiet for a moment; editors save in several steps.
 * Returns the paths that changed, sorted, or NULL once `interrupt` is readable. */
const char *const *tl_watch_wait(
	struct tl_watch *watch, struct tl_arena *arena, size_t *count, int interrupt);

#endif
