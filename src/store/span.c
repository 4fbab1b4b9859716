/* store: where in its text a match was found, without marking the whole text as highlight() does.
 *
 * hit_span(TABLE, TEXT): of the first run of words that the query found, as highlight() would mark
 * it, the first byte and the number of bytes, in one integer; NULL where it found none. TEXT is that
 * of the row.
 */
#include "store/store.h"

struct run { /* of tokens; then where it is */
	int first, last, at;
	int64_t start, end;
};

/* Phrases that overlap are one run. */
static int first_run(const Fts5ExtensionApi *api, Fts5Context *fts, struct run *run)
{
	int count, code = api->xInstCount(fts, &count);

	run->first = -1;
	for (int i = 0; i < count && code == SQLITE_OK; i++) {
		int phrase, column, offset, last;

		code = api->xInst(fts, i, &phrase, &column, &offset);
		if (code != SQLITE_OK)
			break;
		last = offset + api->xPhraseSize(fts, phrase) - 1;
		if (run->first < 0)
			*run = (struct run){.first = offset, .last = last, .end = -1};
		else if (offset > run->last)
			break;
		else if (last > run->last)
			run->last = last;
	}
	return code;
}

static int take_token(void *context, int flags, const char *token, int length, int start, int end)
{
	struct run *run = context;

	(void)token, (void)length;
	if (flags & FTS5_TOKEN_COLOCATED)
		return SQLITE_OK;
	if (run->at == run->first)
		run->start = start;
	if (run->at++ != run->last)
		return SQLITE_OK;
	run->end = end;
	return SQLITE_DONE;
}

static void find_span(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *out, int argc,
	sqlite3_value **argv)
{
	const char *text = argc == 1 ? (const char *)sqlite3_value_text(argv[0]) : NULL;
	struct run run;
	int code = first_run(api, fts, &run);

	if (code == SQLITE_OK && (!text || run.first < 0))
		return;
	if (code == SQLITE_OK)
		code = api->xTokenize(
			fts, text, sqlite3_value_bytes(argv[0]), &run, take_token);
	if (code != SQLITE_OK && code != SQLITE_DONE)
		sqlite3_result_error_code(out, code);
	else if (run.end >= 0)
		sqlite3_result_int64(out, run.start << 32 | (run.end - run.start));
}

int tl_span_set_up(struct tl_store *store)
{
	fts5_api *api = tl_fts5(store);

	return api ? api->xCreateFunction(api, "hit_span", NULL, find_span, NULL) : SQLITE_ERROR;
}
