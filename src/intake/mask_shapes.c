/* The shapes that give a person away: links, addresses, numbers, handles.
 *
 * A pattern finds candidates; what a pattern cannot tell (check digits, what a number is said to
 * be) is checked here. Order matters: what is claimed first stays, so the more certain shape comes
 * before the vaguer. Patterns are written so that each run of characters is read a bounded number
 * of times: possessive where they repeat, a look behind where they may start. They run on bytes,
 * regardless of case; \w is ASCII.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "intake/mask.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ---- cards: the issuers' first digits and lengths, and the check digit of Luhn -------------- */

static bool luhn_holds(const char *digits, size_t n)
{
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned d = (unsigned)(digits[n - 1 - i] - '0') << (i & 1);

		sum += d > 9 ? d - 9 : d;
	}
	return sum % 10 == 0;
}

static bool is_card(const char *digits, size_t n)
{
	int two = (digits[0] - '0') * 10 + digits[1] - '0';
	bool fits = false;

	if (two / 10 == 4)
		fits = n == 13 || n == 16 || n == 19;
	else if (two == 34 || two == 37)
		fits = n == 15;
	else if (two == 30 || two == 36 || two == 38 || two == 39)
		fits = n == 14 || n == 16;
	else if ((two >= 22 && two <= 27) || (two >= 51 && two <= 55))
		fits = n == 16;
	else if (two == 35 || two / 10 == 5 || two / 10 == 6)
		fits = n >= 16;
	return fits && luhn_holds(digits, n);
}

/* Other numbers may stand beside the card's: looks for it from each group of digits on, the longest
 * first, ending with a group. */
static bool check_card(const char *text, size_t *from, size_t *to)
{
	for (size_t start = *from; start < *to; start++) {
		char digits[19];
		size_t count = 0, best = 0;

		if (!is_digit(text[start]) || (start > *from && is_digit(text[start - 1])))
			continue;
		for (size_t i = start; i < *to && count < sizeof digits; i++) {
			if (!is_digit(text[i]))
				continue;
			digits[count++] = text[i];
			if (count >= 13 && (i + 1 == *to || !is_digit(text[i + 1])) &&
				is_card(digits, count))
				best = i + 1;
		}
		if (best) {
			*from = start;
			*to = best;
			return true;
		}
	}
	return false;
}

/* ---- IBAN: each country's length, and the remainder ----------------------------------------- */

static size_t iban_length(const char *country)
{
	static const char lengths[] =
		"AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29BY28CH21CR22CY28CZ24DE22DK18DO28EE20EG29"
		"ES24FI18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20"
		"LB28LC32LI21LT20LU20LV21MC27MD24ME22MK19MR27MT31MU30NL18NO15PK24PL28PS29PT25QA29"
		"RO24RS22SA24SC31SE24SI19SK24SM27ST25SV28TL23TN24TR26UA29VA22VG24XK20";

	for (const char *p = lengths; *p; p += 4)
		if (p[0] == toupper((unsigned char)country[0]) &&
			p[1] == toupper((unsigned char)country[1]))
			return (size_t)(p[2] - '0') * 10 + (size_t)(p[3] - '0');
	return 0;
}

static unsigned iban_remainder(unsigned sum, char c)
{
	if (is_digit(c))
		return (sum * 10 + (unsigned)(c - '0')) % 97;
	return (sum * 100 + (unsigned)(toupper((unsigned char)c) - 'A' + 10)) % 97;
}

static bool check_iban(const char *text, size_t *from, size_t *to)
{
	size_t wanted = iban_length(text + *from), count = 0, end = *from;
	char plain[34];
	unsigned sum = 0;

	if (!wanted)
		return false;
	for (; end < *to && count < wanted; end++)
		if (isalnum((unsigned char)text[end]))
			plain[count++] = text[end];
	if (count < wanted || (end < *to && isalnum((unsigned char)text[end])))
		return false;
	for (size_t i = 0; i < count; i++)
		sum = iban_remainder(sum, plain[(i + 4) % count]);
	*to = end;
	return sum == 1;
}

/* ---- what a number is said to be ------------------------------------------------------------ */

static bool begins_with_one(const char *text, const char *words)
{
	for (;; words++) {
		const char *p = text;

		for (; *words == *p && *words && *words != ' '; words++)
			p++;
		if (!*words || *words == ' ')
			return true;
		while (*words && *words != ' ')
			words++;
		if (!*words)
			return false;
	}
}

/* Where in the few words before a number one of these begins last, counted from 1; 0: nowhere. */
static size_t last_of(const char *words, const char *before)
{
	for (size_t last = strlen(before); last; last--)
		if ((last == 1 || !isalpha((unsigned char)before[last - 2])) &&
			begins_with_one(before + last - 1, words))
			return last;
	return 0;
}

enum { BEFORE = 32 };
static void words_before(char before[static BEFORE + 1], const char *text, size_t at)
{
	size_t from = at > BEFORE ? at - BEFORE : 0;

	for (size_t i = from; i < at; i++)
		before[i - from] = (char)(text[i] ? tolower((unsigned char)text[i]) : ' ');
	before[at - from] = '\0';
}

/* Orders, invoices and parcels have numbers too; the nearer word decides. */
static bool is_reference(const char *text, size_t at)
{
	char before[BEFORE + 1];

	words_before(before, text, at);
	size_t reference =
		last_of("order ticket invoice ref case tracking track booking parcel shipment "
			"serial article item sku contract policy account customer bestell auftrag "
			"rechnung sendung "
			"kunden vertrag artikel konto buchung vorgang commande facture dossier "
			"colis contrat client "
			"suivi pedido factura env cliente reserva incidencia contrato # isbn ean "
			"imei meter amount "
			"eur usd gbp vin transaction confirmation",
			before);
	size_t phone =
		last_of("tel phone call mobile mobil cell fax handy rufnummer whatsapp sms text "
			"t\xc3\xa9l portable m\xc3\xb3vil movil llam appel ring reach anruf",
			before);

	return reference > phone;
}

static bool check_phone(const char *text, size_t *from, size_t *to)
{
	const char *p = text + *from;

	if (*p == '(' && !memchr(p, ')', *to - *from))
		p = text + ++*from;
	return p[*p == '('] == '+' || !is_reference(text, *from);
}

/* ---- IP ------------------------------------------------------------------------------------- */

/* "v 1.2.3.4", "v. 1.2.3.4" */
static bool ends_with_v(const char *before)
{
	size_t n = strlen(before);

	while (n && strchr(" .", before[n - 1]))
		n--;
	return n && before[n - 1] == 'v' && (n == 1 || !isalnum((unsigned char)before[n - 2]));
}

static bool check_ip4(const char *text, size_t *from, size_t *to)
{
	char before[BEFORE + 1];
	size_t word;

	(void)to;
	words_before(before, text, *from);
	word = last_of("version ver firmware release build app update software", before);
	if (ends_with_v(before))
		return false;
	return !word || strpbrk(before + word - 1, ".,;") || strstr(before + word - 1, "ip");
}

/* Groups of hexadecimal digits: eight, or fewer with one gap; the last two may be an IPv4 address.
 */
static bool check_ip6(const char *text, size_t *from, size_t *to)
{
	size_t groups = 0, gaps = 0, dots = 0;
	bool digits = false;

	if (text[*to - 1] == ':' && text[*to - 2] != ':')
		(*to)--;
	for (size_t i = *from; i < *to; i++) {
		bool begins = i == *from || text[i - 1] == ':';

		digits |= is_digit(text[i]);
		dots += text[i] == '.';
		gaps += text[i] == ':' && !begins && i + 1 < *to && text[i + 1] == ':';
		gaps += text[i] == ':' && i == *from;
		groups += text[i] != ':' && begins;
		if (text[i] == ':' && begins && i > *from + 1 && text[i - 2] == ':')
			return false;
	}
	if (text[*from] == ':' && text[*from + 1] != ':')
		return false;
	groups += dots == 3;
	return digits && (dots == 0 || dots == 3) && (gaps ? gaps == 1 && groups < 8 : groups == 8);
}

/* ---- the shapes ----------------------------------------------------------------------------- */

#define LOCAL "[a-z0-9._%+\\-\\x80-\\xff]"
#define DOMAIN "[a-z0-9\\-\\x80-\\xff]"
#define DATE "\\d{1,2}([./\\-])\\d{1,2}\\g{-1}(?:19|20)?\\d\\d(?!\\d|[./\\-]\\d)"
#define ISO_DATE "(?:19|20)\\d\\d[./\\-]?(?:0[1-9]|1[0-2])[./\\-]?(?:0[1-9]|[12]\\d|3[01])(?!\\d)"
#define BYTE "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)"

const struct shape shapes[] = {
	/* A page of a site is no secret; one that was made for a person is: with parameters, an
	 * account's number, a profile. */
	{MASK_LINK, SHAPE_SLASH | SHAPE_DOT, 0, false,
		"(?<![a-z0-9]) (?:https?://|www\\.)"
		"(?= [^\\s<>\"]{0,1000}? (?: [?&]\\w | [@=~] | \\d{5} | [0-9a-f]{8}-[0-9a-f]{4} |"
		" /"
		"(?:users?|u|profiles?|accounts?|members?|customers?|kunden?|clients?|people|konto)"
		"/\\w |"
		" (?:facebook|instagram|twitter|tiktok|x|github)\\.com/\\w | linkedin\\.com/in/\\w "
		"| //t\\.me/\\w))"
		"[^\\s<>\"]*+ (?<![.,;:!?)\\]'])",
		NULL},
	{MASK_EMAIL, SHAPE_AT, 0, false,
		"(?<!" LOCAL ") (?<!" LOCAL "') " LOCAL "++ (?:'" LOCAL "++)*+ (?<=[^.])"
		"@ " DOMAIN "++ (?:\\." DOMAIN "++)++ (?<=" DOMAIN DOMAIN ")"
		"| \"[^\"\\s@]{1,64}+\"@" DOMAIN "++(?:\\." DOMAIN "++)++",
		NULL},
	{MASK_EMAIL, SHAPE_AT | SHAPE_BRACKET, 0, false,
		"(?<!" LOCAL ") " LOCAL "++ @ \\[\\d{1,3}(?:\\.\\d{1,3}){3}\\]", NULL},
	{MASK_EMAIL, SHAPE_BRACKET, 0, false,
		"(?<!" LOCAL ") " LOCAL "++ \\s?[\\[(]\\s?(?:at|@|arroba)\\s?[\\])]\\s? " DOMAIN
		"++"
		"(?:(?:\\s?(?:\\.|[\\[(]\\s?(?:dot|punkt|point|punto)\\s?[\\])])\\s?"
		"|\\s(?:dot|punkt)\\s) " DOMAIN "++)++",
		NULL},
	{MASK_EMAIL, SHAPE_SPOKEN, 0, false,
		"(?<!" LOCAL ") " LOCAL "++ (?:\\ dot\\ " LOCAL "++){0,4}+ \\ at\\ " DOMAIN
		"++ (?:\\ dot\\ " DOMAIN "++){0,3}? \\ dot\\ "
		"(?:com|org|net|edu|info|io|eu|co(?:\\ dot\\ uk)?|uk|de|at|ch|fr|es|it|nl|be|pl|ie|in)\\b",
		NULL},
	{MASK_IBAN, 0, 10, false,
		"(?<![a-z0-9]) [a-z]{2}\\d\\d (?:[\\ \\-]?[a-z0-9]{1,4}){3,10}+ [a-z0-9]*+",
		check_iban},
	{MASK_CARD, 0, 13, false, "(?<![\\d+]) (?<!\\d[.,]) \\d (?:[\\ .\\-]{0,2}\\d){12,60}+",
		check_card},
	{MASK_IP, SHAPE_COLON, 1, false,
		"(?<![\\w:]) [0-9a-f]{0,4}+ (?::[0-9a-f]{0,4}+){2,9}+ (?:\\.\\d{1,3}+){0,3}+ "
		"(?!\\w)",
		check_ip6},
	{MASK_IP, SHAPE_DOT, 4, false,
		"(?<![\\w.\\-]) (?:" BYTE "\\.){3} " BYTE " (?!\\w|\\.\\d|-\\d)", check_ip4},
	{MASK_PHONE, 0, 7, false,
		"(?<![\\w.,\\#/]) (?<!\\d[:\\-]) (?! " DATE " | " ISO_DATE ") (?:"
		" \\(?\\+\\(?[1-9] (?:[\\ .\\-/()]{0,3}+\\d){6,14}+"
		"| 00[1-9] (?:[\\ .\\-/()]{0,3}+\\d){7,13}+"
		"| \\(?0[1-9] (?:[\\ ./\\-()]{0,3}+\\d){7,10}+"
		"| (?:1[\\ .\\-])? \\([2-9]\\d\\d\\)[\\ .\\-]?\\d{3}[\\ .\\-]?\\d{4}"
		"| (?:1[\\ .\\-])? [2-9]\\d\\d([\\ .\\-])\\d{3}\\g{-1}\\d{4}"
		"| [6-9]\\d\\d(?:\\ \\d{3}){2} | [6-9]\\d\\d(?:\\ \\d\\d){3}"
		") (?!\\w|[.,:]\\d)",
		check_phone},
	{MASK_PHONE, 0, 6, false,
		"\\b "
		"(?:telf?|tlf|tfno|fon|phone|telephone|call|ring|mobile|mobil|cell|whatsapp|sms|text|fax|"
		"handy|"
		"handynummer|telefon|telefonnummer|rufnummer|mobilnummer|t(?:e|\\xc3\\xa9)l(?:(?:e|"
		"\\xc3\\xa9)phone)?|"
		"portable|m(?:o|\\xc3\\xb3)vil|tel(?:e|\\xc3\\xa9)fono|ll(?:a|\\xc3\\xa1)m\\w*|"
		"appel\\w*|reach|erreich\\w*|contact|my\\ (?:direct\\ )?number|anruf\\w*) \\b"
		"[^\\d\\n.;?!]{0,24}+ (?:\\.[^\\d\\n]{0,4}+)? (?<=[\\ :.(+\\-]) \\K"
		"(?! " DATE " | " ISO_DATE
		") \\d (?:[\\ .\\-/()]{0,2}+\\d){5,14}+ (?!\\w|[.,:]\\d)",
		check_phone},
	{MASK_HANDLE, SHAPE_AT, 0, false,
		"(?<![\\w@/\\-]) @ [a-z0-9_] (?:[a-z0-9_]|[.\\-](?=[a-z0-9_])){1,38}+ (?<!@\\d\\d)",
		NULL},
	{MASK_HANDLE, SHAPE_SLASH, 0, false, "(?<![\\w/]) /?u/[a-z0-9_\\-]{3,20}+", NULL},
	{MASK_HANDLE, 0, 0, true,
		"\\b "
		"(?:insta(?:gram)?|twitter|telegram|discord|skype|tiktok|snap(?:chat)?|handle|"
		"user\\ ?name|"
		"nutzername|benutzername|usuario|pseudo(?:nyme)?|identifiant|login|steam|reddit)"
		"(?:\\ (?:name|id|user|handle|account))? (?:\\ (?:is|ist|es|est)\\ :? | \\ ?:\\ ?| "
		"\\ =\\ )"
		"[\"'@(]? \\K [a-z0-9_\\x80-\\xff] "
		"(?:[a-z0-9_\\x80-\\xff]|[.\\-:\\#](?=[a-z0-9_])){2,38}+",
		NULL},
};
const size_t shape_count = TL_COUNT(shapes);
