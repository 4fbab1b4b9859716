/* Names in a text: the record's own, and others by our lists (names.def) and by what stands around.
 *
 * The text is taken apart into words; a word is known by its key (lower case without marks), its
 * capital and the gap before it. The record's own names are masked wherever they stand, however
 * they are written, except that a name that is also an everyday word ("Will") needs a capital.
 * Other names need a capital and a reason: a name that is hardly anything else, a title, a
 * greeting, "my name is". Only behind the last kind of reason may a name stand without a capital.
 *
 * Words of scripts without spaces are searched for as they are: own names only.
 */
#include <stdlib.h>
#include <string.h>

#include "intake/names.h"

enum { WORDS_KEPT = 16384, CLOSING_LINE = 6, SIGNATURE = 4 /* words */ };

/* ---- the record's own names ------------------------------------------------------------------ */

static bool is_wide(const char *s)
{
	return (unsigned char)*s >= 0xe2;
}

static bool is_everyday(const struct word *word)
{
	return (word->classes & (MAYBE | WORD | NOT | WITH | PARTICLE | GREETING | TITLE)) ||
	       word->to - word->from < 3;
}

static bool beside_own(const struct names *names, size_t i)
{
	const struct word *words = names->words;

	return (i && words[i - 1].classes & OWN && words[i].gap == GAP_SPACE) ||
	       (i + 1 < names->count && words[i + 1].classes & OWN &&
		       words[i + 1].gap == GAP_SPACE);
}

static bool key_is(const struct word *word, const char *keys)
{
	size_t n = strlen(word->key);
	const char *p = n ? strstr(keys, word->key) : NULL;

	while (p && !((p == keys || p[-1] == ' ') && (p[n] == ' ' || !p[n])))
		p = strstr(p + 1, word->key);
	return p;
}

static bool stands_for_own(const struct names *names, size_t i)
{
	const struct word *word = &names->words[i];
	bool starts = word->gap == GAP_DOT || word->gap == GAP_LINE;
	bool small = word->classes & (NOT | PARTICLE | WITH) || word->to - word->from < 3;

	if (!(word->classes & OWN))
		return false;
	if (!is_everyday(word) || beside_own(names, i))
		return true;
	if (starts && small && i + 1 < names->count && !key_is(word + 1, "said says told asked called "
				"rang wrote paid ordered got was is has had"))
		return false; /* "Will you" is no name, "Will said" is one */
	return word->capital;
}

static bool is_own_initial(const struct names *names, const struct word *word)
{
	if (word->to - word->from != 1 || !word->capital)
		return false;
	for (size_t i = 0; i < names->own_count; i++)
		if (names->own[i][0] == word->key[0])
			return true;
	return false;
}

/* How many words from i on are the record's own name. */
static size_t own_run(const struct names *names, size_t i)
{
	const struct word *words = names->words;
	size_t end = i;

	while (end < names->count) {
		bool initial = end + 1 < names->count && is_own_initial(names, &words[end]) &&
			       words[end + 1].gap <= GAP_DOT && words[end + 1].classes & OWN;

		if (!initial && !stands_for_own(names, end))
			break;
		if (end++ > i && !initial && words[end - 1].possessive)
			break;
		if (end < names->count && words[end].gap != GAP_SPACE &&
			!(initial && words[end].gap == GAP_DOT))
			break;
	}
	return end - i;
}

static void find_wide(struct mask_spans *spans, const char *text, size_t n, const char *own)
{
	size_t length = strlen(own);

	for (const char *p = text; (p = memmem(p, n - (size_t)(p - text), own, length));
		p += length)
		mask_spans_add(spans, (size_t)(p - text), (size_t)(p - text) + length, MASK_NAME);
}

/* ---- other names ----------------------------------------------------------------------------- */

enum reason { NO_REASON, SOME_REASON, GOOD_REASON, SURE_REASON };

/* "my name is", "ich heiße", "je m'appelle", "me llamo". */
static bool names_follow(const struct names *names, size_t i)
{
	const struct word *last = &names->words[i - 1], *before = i > 1 ? last - 1 : NULL;

	if (key_is(last, "heise heisse heist llamo"))
		return true;
	if (key_is(last, "appelle"))
		return before && key_is(before, "m");
	if (key_is(last, "name nombre nom namen nachname vorname surname prenom apellido"))
		return names->words[i].gap == GAP_COLON;
	if (before && i > 2 && before[-1].classes & HANDLE)
		return false;
	return before && key_is(last, "is ist es est s") && key_is(before, "name nombre nom namen");
}

/* "I am Zofia Wrobel": a name only if two words look like one. */
static bool says_who(const struct names *names, size_t i)
{
	const struct word *last = &names->words[i - 1], *before = i > 1 ? last - 1 : NULL;

	if (key_is(last, "i'm soy"))
		return true;
	return before && ((key_is(last, "am") && key_is(before, "i")) ||
				 (key_is(last, "is") && key_is(before, "this")) ||
				 (key_is(last, "bin") && key_is(before, "ich hier")) ||
				 (key_is(last, "suis") && key_is(before, "je")) ||
				 (key_is(last, "spricht") && key_is(before, "hier")));
}

static bool ends_line(const struct names *names, size_t i)
{
	return i + 1 >= names->count || names->words[i + 1].gap >= GAP_LINE;
}

static bool ends_phrase(const struct names *names, size_t i)
{
	return i + 1 >= names->count || names->words[i + 1].gap > GAP_SPACE;
}

static bool could_name(const struct word *word)
{
	return word->capital && !(word->classes & NOT) && word->to - word->from > 1;
}

static bool is_pair(const struct names *names, size_t i)
{
	return i + 1 < names->count && names->words[i + 1].gap == GAP_SPACE &&
	       could_name(&names->words[i + 1]);
}

static enum reason title_reason(const struct names *names, size_t i)
{
	const struct word *word = &names->words[i], *last = word - 1;
	bool dotted = word->gap == GAP_DOT;

	if (key_is(last, "m mm me fr hr sr dipl") ? !dotted : word->gap != GAP_SPACE && !dotted)
		return NO_REASON;
	if (dotted && last->to - last->from > 5)
		return NO_REASON;
	return last->capital || !key_is(last, "don dona sir miss madam me m mm fr hr sr")
		       ? GOOD_REASON
		       : NO_REASON;
}

/* "my daughter", "unser Nachbar". */
static bool is_kin(const struct names *names, size_t i)
{
	const struct word *word = &names->words[i];

	return i && word->gap == GAP_SPACE &&
	       key_is(word, "wife husband partner son daughter mother mum mom father dad brother "
			    "sister cousin uncle aunt neighbour neighbor friend boss landlord "
			    "mann frau sohn tochter mutter vater bruder schwester nachbar "
			    "nachbarin freund freundin chef chefin mari femme fils fille mere pere "
			    "frere soeur voisin voisine ami amie marido mujer esposo esposa hijo "
			    "hija madre padre hermano hermana vecino vecina") &&
	       key_is(word - 1, "my our his her their mein meine meinem meinen meiner unser unsere "
				"unserem unseren unserer mon ma notre mi nuestro nuestra");
}

/* "Kind regards from Leeds" on the line before. */
static bool behind_closing_line(const struct names *names, size_t i)
{
	const struct word *words = names->words;

	if (words[i].gap != GAP_LINE)
		return false;
	for (size_t k = i, left = CLOSING_LINE; k-- && left--;) {
		if (words[k].classes & CLOSING)
			return true;
		if (words[k].gap >= GAP_LINE)
			break;
	}
	return false;
}

/* One to three words with capitals, or initials before one, that the line ends with. */
static bool is_signature(const struct names *names, size_t i)
{
	const struct word *words = names->words;

	if (words[i].classes & FIRST && ends_line(names, i))
		return true; /* also in lower case */
	for (size_t k = i; k < names->count && k < i + SIGNATURE; k++) {
		bool initial = words[k].to - words[k].from == 1 && words[k].capital;

		if (!initial && !could_name(&words[k]) && !(words[k].classes & PARTICLE))
			return false;
		if (!initial && ends_line(names, k))
			return true;
		if (k + 1 < names->count && words[k + 1].gap > (initial ? GAP_DOT : GAP_SPACE))
			return false;
	}
	return false;
}

/* "the agent Transferred me": a capital that stresses. */
static bool is_stressed(const struct word *word)
{
	size_t n = strlen(word->key);

	return word->shouted || (n > 4 && (!strcmp(word->key + n - 2, "ed") ||
						  !strcmp(word->key + n - 3, "ing")));
}

/* "thanks Ama!", "danke,\nAma" */
static bool is_thanked(const struct names *names, size_t i)
{
	const struct word *word = &names->words[i], *last = word - 1;

	if (!key_is(last, "thanks thx tnx danke dank merci gracias thank"))
		return false;
	if (word->gap == GAP_LINE || (word->gap == GAP_COMMA && is_signature(names, i)))
		return is_signature(names, i);
	return word->gap <= GAP_COMMA && word->gap != GAP_DOT && ends_phrase(names, i);
}

/* "Danke, Ihre Ama Mensah" */
static bool is_yours(const struct names *names, size_t i)
{
	const struct word *last = &names->words[i] - 1;

	return i > 1 && key_is(last, "ihr ihre dein deine euer eure") && last->gap >= GAP_COMMA &&
	       (last[-1].classes & CLOSING || key_is(last - 1, "danke dank")) &&
	       is_signature(names, i);
}

/* Words that speak for a name although none of ours: who somebody is, what somebody does. */
static bool is_introduced(const struct names *names, size_t i)
{
	const struct word *word = &names->words[i], *last = word - 1;

	if (word->gap == GAP_BRACKET)
		return last->classes & WITH && i + 1 < names->count &&
		       names->words[i + 1].gap >= GAP_BRACKET && !is_stressed(word);
	if (is_kin(names, i - 1))
		return word->gap == GAP_SPACE
			       ? !is_stressed(word)
			       : word->gap == GAP_COMMA && ends_phrase(names, i + is_pair(names, i));
	if (word->gap == GAP_COLON)
		return is_pair(names, i) &&
		       key_is(last, "contact person ansprechpartner ansprechpartnerin kontakt "
				    "kontaktperson caller anrufer anruferin recipient absender "
				    "attn empfanger");
	if (word->gap != GAP_SPACE)
		return false;
	if (key_is(last, "called") && i > 1)
		return key_is(last - 1, "someone somebody person man woman lady guy girl boy");
	return key_is(last, "named namens") ||
	       (!is_stressed(word) &&
		       key_is(last, "agent advisor adviser representative rep engineer technician "
				    "colleague nurse kollege kollegen kollegin techniker berater "
				    "beraterin mitarbeiter mitarbeiterin collegue conseiller "
				    "conseillere technicien technicienne agente asesor asesora "
				    "tecnico"));
}

/* What the words before speak for. */
static enum reason reason_for(const struct names *names, size_t i)
{
	const struct word *word = &names->words[i], *last = word - 1;

	if (!i || word->gap == GAP_OTHER)
		return NO_REASON;
	if (is_introduced(names, i) || is_thanked(names, i) || is_yours(names, i))
		return GOOD_REASON;
	if (word->gap == GAP_BRACKET)
		return NO_REASON;
	if (names_follow(names, i) && word->gap != GAP_DOT)
		return SURE_REASON;
	if (last->classes & TITLE && title_reason(names, i))
		return GOOD_REASON;
	if (behind_closing_line(names, i) || (last->classes & CLOSING && word->gap != GAP_SPACE))
		return is_signature(names, i) ? GOOD_REASON : NO_REASON;
	if (word->gap == GAP_DOT || word->gap == GAP_LINE)
		return NO_REASON;
	if (last->classes & GREETING)
		return word->gap <= GAP_COMMA && (word->gap == GAP_SPACE || ends_line(names, i)) &&
				       (is_pair(names, i) || i + 1 >= names->count ||
					       names->words[i + 1].gap > GAP_SPACE ||
					       word->classes & MAYBE)
			       ? GOOD_REASON
			       : NO_REASON;
	if (says_who(names, i))
		return is_pair(names, i) && !names->shouting ? GOOD_REASON : SOME_REASON;
	if (last->classes & CLOSING)
		return is_signature(names, i) ? GOOD_REASON : SOME_REASON;
	if (i > 1 && key_is(last, "to with") &&
		key_is(last - 1, "spoke speak speaking talked talking spoken chatted"))
		return GOOD_REASON;
	return last->classes & WITH ? SOME_REASON : NO_REASON;
}

/* "K. Mensah" */
static bool words_close(const struct names *names, size_t i)
{
	return names->words[i].gap <= GAP_DOT && could_name(&names->words[i]);
}

/* San Francisco, Santa Monica, Sankt Martin. */
static bool is_saint(const struct names *names, size_t i)
{
	return i && names->words[i].gap <= GAP_DOT && names->words[i - 1].capital &&
	       key_is(&names->words[i - 1], "san santa santo saint sainte sankt st");
}

/* Ama van der Berg: what no list needs to know. */
static bool has_van(const struct names *names, size_t i)
{
	const struct word *next = &names->words[i] + 1;

	return i + 3 < names->count && key_is(next, "van") && key_is(next + 1, "der den de") &&
	       next->gap == GAP_SPACE && next[1].gap == GAP_SPACE && next[2].gap == GAP_SPACE &&
	       next[2].capital && could_name(&names->words[i]);
}

/* "Jade Green" is paint, until something else speaks for a person. */
static bool is_colour(const struct names *names, size_t i)
{
	return key_is(&names->words[i], "jade ruby amber violet olive rose ivy sky pearl") &&
	       key_is(&names->words[i + 1], "green brown black white gray grey");
}

static bool begins_name(const struct names *names, size_t i)
{
	const struct word *word = &names->words[i];
	enum reason reason;

	if (word->capital && word->classes & FIRST && !(word->classes & MAYBE) &&
		!is_saint(names, i))
		return true;
	if (word->capital && has_van(names, i))
		return true;
	unsigned speaks = i ? word[-1].classes : 0; /* few words do: most are done with here */
	if (word->gap == GAP_LINE && i && word->capital && behind_closing_line(names, i))
		speaks |= CLOSING;
	if (!(speaks & (CUE | GREETING | CLOSING | TITLE | WITH)) && !(word->classes & MAYBE))
		return false;
	if (!word->capital && !(speaks & (CUE | GREETING | CLOSING | TITLE)))
		return false;
	reason = reason_for(names, i);
	if (reason == SURE_REASON)
		return word->capital ? !(word->classes & NOT) || word->classes & MAYBE
				     : !(word->classes & (NOT | WITH)) && word->to - word->from > 2;
	if (reason && !word->capital)
		return word->classes & FIRST &&
		       names->words[i - 1].classes & (GREETING | CLOSING | TITLE);
	if (word->classes & MAYBE && word->capital)
		return reason || (is_pair(names, i) && !names->shouting && !is_colour(names, i) &&
					 names->words[i + 1].classes & (SURNAME | FIRST));
	if (reason != GOOD_REASON || word->classes & (TITLE | GREETING))
		return false;
	return could_name(word) || (word->capital && word->to - word->from == 1 &&
					   i + 1 < names->count && words_close(names, i + 1) &&
					   speaks & CLOSING);
}

/* "Ama and Kofi Mensah": behind the last name */
static bool is_joined(const struct names *names, size_t i, size_t behind)
{
	const struct word *word = &names->words[i];

	return i == behind + 1 && word->gap == GAP_SPACE && word[-1].gap == GAP_SPACE &&
	       key_is(word - 1, "and und et y") && could_name(word) && is_pair(names, i) &&
	       !names->shouting;
}

/* The word behind a name that goes on with it. */
static size_t name_run(const struct names *names, size_t i)
{
	const struct word *words = names->words;
	bool sure = i && names_follow(names, i), surname = false;
	size_t end = i + 1;

	while (end < names->count && end < i + 6 && !words[end - 1].possessive) {
		const struct word *word = &words[end];
		bool initial = words[end - 1].to - words[end - 1].from == 1;
		bool close = word->gap == GAP_SPACE || (word->gap == GAP_DOT && initial);

		if (!close || (names->shouting && !(word->classes & (SURNAME | FIRST)) && !sure))
			break;
		if (word->classes & PARTICLE && end + 1 < names->count &&
			words[end + 1].gap == GAP_SPACE &&
			(words[end + 1].capital || words[end + 1].classes & PARTICLE) &&
			(!surname || words[end + 1].classes & SURNAME)) {
			end++;
			continue;
		}
		bool lower = !word->capital && (sure || !words[i].capital) &&
			     !(word->classes & (NOT | WITH)) &&
			     (word->classes & SURNAME || (sure && end + 1 == names->count));
		bool letter = word->capital && word->to - word->from == 1 && !(word->classes & NOT);

		if (!lower && !letter && !could_name(word))
			break;
		if (surname && !(word->classes & SURNAME))
			break;
		surname |= !letter && !(word->classes & (FIRST | MAYBE));
		end++;
	}
	while (end > i + 1 && words[end - 1].classes & PARTICLE && !words[end - 1].capital)
		end--;
	return end - i;
}

/* ---- all of them ------------------------------------------------------------------------------
 */

static bool overlaps(const struct mask_spans *taken, size_t *next, size_t from, size_t to)
{
	while (*next < taken->count && taken->list[*next].to <= from)
		++*next;
	return *next < taken->count && taken->list[*next].from < to;
}

static int by_place(const void *a, const void *b)
{
	const struct mask_span *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

/* Own names of wide scripts were searched one after the other: put in order, those apart from each
 * other and from what was taken are kept. */
static void settle(struct mask_spans *spans, const struct mask_spans *taken)
{
	size_t kept = 0, next = 0, end = 0;

	qsort(spans->list, spans->count, sizeof *spans->list, by_place);
	for (size_t i = 0; i < spans->count; i++) {
		struct mask_span span = spans->list[i];

		if (span.from < end || overlaps(taken, &next, span.from, span.to))
			continue;
		end = span.to;
		spans->list[kept++] = span;
	}
	spans->count = kept;
}

void names_find(struct names *names, struct mask_spans *spans, const struct mask_spans *taken,
	const char *text, size_t n, const char *const *own, size_t own_count, bool *handles)
{
	size_t next = 0, behind = SIZE_MAX; /* the word behind the last name */
	bool wide = false;

	names_know_own(names, own, own_count);
	names_split(names, text, n);
	for (size_t i = 0, run; i < names->count; i += run ? run : 1) {
		const struct word *words = names->words;

		*handles |= words[i].classes & HANDLE;
		run = own_run(names, i);
		if (!run && (begins_name(names, i) || is_joined(names, i, behind)))
			run = name_run(names, i);
		if (run)
			behind = i + run;
		if (run && !overlaps(taken, &next, words[i].from, words[i + run - 1].to))
			mask_spans_add(spans, words[i].from, words[i + run - 1].to, MASK_NAME);
	}
	for (size_t i = 0; i < own_count; i++)
		if (is_wide(own[i])) {
			find_wide(spans, text, n, own[i]);
			wide = true;
		}
	if (wide && spans->count)
		settle(spans, taken);
	if (names->capacity > WORDS_KEPT) {
		free(names->words);
		names->words = NULL;
		names->count = names->capacity = 0;
	}
}
