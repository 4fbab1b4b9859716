/* store: binding, as far as its files share it. */
#ifndef TL_STORE_BIND_H
#define TL_STORE_BIND_H

#include "store/store.h"

enum tier { /* the highest one wins; kept in files */
	TIER_MATCH = 1,
	TIER_NAMED = 2,	    /* by tag, field, source, or outright */
	TIER_CONFIRMED = 3, /* by a person */
};
enum { RULE_OUTRIGHT = 0, RULE_PERSON = -1 }; /* instead of the id of a rule */

/* What a rule says of a record. The span of the text that it matched: TL_NO_TIME where there is none
 * in particular. */
struct hit {
	int64_t record, measure, badness, start, length;
};
typedef void take_hit(void *context, const struct rule *rule, const struct hit *hit);
/* Hits, and nothing is written: of a record by the rules that are no matches; of the records with
 * these ids by a match. take must not write into tables that are searched. */
void tl_bind_look(const struct tl_record *record, int64_t id, int64_t badness,
	const struct rule *rules, size_t count, take_hit *take, void *context);
/* Of a record by all that the store was told but matches, and by what the record itself says. */
void tl_bind_hear(struct tl_store *store, const struct tl_record *record, int64_t id,
	int64_t badness, take_hit *take, void *context);
/* Binds it so. */
void tl_bind_record(
	struct tl_store *store, int64_t id, const struct tl_record *record, int64_t badness);
void tl_bind_search(struct tl_store *store, const struct rule *rule, int64_t from, int64_t to,
	take_hit *take, void *context);
/* Binds what the rule matches among the records with these ids. */
void tl_bind_match(struct tl_store *store, const struct rule *rule, int64_t from, int64_t to);
/* Takes away what hangs on a record but what people confirmed. */
void tl_record_strip(struct tl_store *store, int64_t id);
void tl_rule_digest(char digest[static TL_DIGEST_SIZE], const struct tl_rule *rule);
/* Says anew what wins, where bindings of a record came or went otherwise than with a new record. */
void tl_bind_settle(struct tl_store *store, int64_t record);
bool tl_text_has_no_spaces(const char *text);
/* substring.c: whether the trigram index cannot find the match, and whether a text meets it, with the
 * bytes that do (TL_NO_TIME: none in particular). */
bool tl_substring_is_needed(const char *match);
bool tl_substring_holds(const char *match, const char *text, int64_t *start, int64_t *length);
/* terms.c: the next word of a text in lower case, or false; what was masked is none. *apart becomes
 * true where more than space is before it. Whether it says anything: not in every text, not short. */
enum { TL_WORD_LONGEST = 48 };
bool tl_word_next(const char **text, char word[static TL_WORD_LONGEST + 1], bool *apart);
bool tl_word_tells(const char *word);
/* run.c: commits what was put so far and goes on. */
void tl_run_next_batch(struct tl_store *store);

#endif
