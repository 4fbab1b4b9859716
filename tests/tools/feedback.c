/* feedback: prints what customers might have said about an example journey. All of it is invented:
 * people, addresses (example.com, example.org) and telephone numbers (from ranges that the
 * regulators keep for fiction). The same arguments give the same bytes on every machine.
 *
 *   feedback --list                                   the samples: journey, source, profile, file
 *   feedback --journey J --source S [--seed N] [--records N] [--format csv|zendesk] [--length N]
 *
 * --records defaults to the size of the sample, --format to its format; --length makes texts of
 * about so many characters (at most 400), from phrases of several voices. The words, the rates and
 * the sizes are in feedback/JOURNEY.def: a SOURCE, and below it the VOICEs heard in it.
 *   VOICE(touchpoint, tag, field, scale, weight, percent of trouble, usual minutes, fine, trouble)
 * Phrases are divided by '|'. The field of a note is the department that wrote it. */
#include <getopt.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define PICK(list) ((list)[below(COUNT(list))])
enum scale { NONE, CSAT, CES, NPS, RATING, VISIT };
enum kind { ZENDESK, SURVEY, TICKET, CHAT, CALL, SOCIAL, EVENTS, VISITS, NOTES };
enum { DAY = 86400, DAYS = 365, PEOPLE_SHARE = 2 /* records for each customer */ };
static const int64_t first_day = 1763769600, last_moment = 1795305599; /* 2025-11-22, 2026-11-21 */

struct line { /* a SOURCE where profile is set, otherwise a VOICE of the source above */
	const char *source, *profile;
	enum kind kind;
	unsigned records;
	const char *touchpoint, *tag, *field;
	enum scale scale;
	unsigned weight, trouble, minutes;
	const char *fine, *bad;
};

/* clang-format off */
#define SOURCE(n, k, p, r) {.source = n, .kind = k, .profile = p, .records = r},
#define VOICE(t, g, f, s, w, b, m, good, poor) {.touchpoint = t, .tag = g, .field = f, .scale = s, \
	.weight = w, .trouble = b, .minutes = m, .fine = good, .bad = poor},
#define VISITORS(t, f, w) {.touchpoint = t, .field = f, .scale = VISIT, .weight = w},
static const struct line broadband[] = {
#include "feedback/broadband-order.def"
};
static const struct line furniture[] = {
#include "feedback/furniture-online.def"
};
static const struct line hospital[] = {
#include "feedback/hospital-appointment.def"
};
static const struct line onboarding[] = {
#include "feedback/employee-onboarding.def"
};
/* clang-format on */

struct land {
	const char *code, *first[8], *last[8], *call, *sign, *phone;
};
static const struct land english = {"en",
	{"Amelia", "Oliver", "Grace", "Thomas", "Priya", "Daniel", "Sophie", "Marcus"},
	{"Harper", "Whitfield", "Bennett", "Okafor", "Sinclair", "Patel", "Lowell", "Barrett"},
	"You can reach me at", "Kind regards,", "07700 900%03u"};
static const struct land german = {"de",
	{"Anna", "Lukas", "Katharina", "Stefan", "Julia", "Markus", "Sabine", "Thomas"},
	{"Berger", "Lindner", "Hoffmann", "Krause", "Seidel", "Vogel", "Neumann", "Brandt"},
	"Sie erreichen mich unter", "Viele Grüße", "030 23125%03u"};
static const struct land french = {"fr",
	{"Camille", "Antoine", "Claire", "Nicolas", "Isabelle", "Laurent", "Sylvie", "Thomas"},
	{"Lefebvre", "Moreau", "Girard", "Fontaine", "Rousseau", "Mercier", "Garnier", "Chevalier"},
	"Vous pouvez me joindre au", "Cordialement,", "06 39 98 %02u 17"};

static const struct journey {
	const char *id;
	const struct line *lines;
	size_t count;
	const struct land *land;
	const char *segments[3]; /* of its personas; the last of two is repeated */
	unsigned number;         /* that its tickets count from */
} journeys[] = {
	{"broadband-order", broadband, COUNT(broadband), &english,
		{"renter", "landline", "landline"}, 100000000},
	{"furniture-online", furniture, COUNT(furniture), &german,
		{"stadt", "angehoerige", "angehoerige"}, 200000000},
	{"hospital-appointment", hospital, COUNT(hospital), &french,
		{"patient", "proche", "medecin-traitant"}, 300000000},
	{"employee-onboarding", onboarding, COUNT(onboarding), &english,
		{"starter", "starter", "hiring-manager"}, 400000000},
};

struct person {
	unsigned number;
	const char *first, *last, *segment;
	char email[80], phone[32];
};
struct record {
	const struct line *voice;
	struct person who;
	bool trouble;
	int64_t created, replied, resolved; /* the last two 0 where there is no such time */
	unsigned handoffs, reopens;
	char text[600];
};
struct work {
	const struct journey *journey;
	const struct line *source, *voices;
	size_t voice_count;
	unsigned weight, people;
};

static uint64_t state;
static int text_length; /* about; 0: what one voice says */

static uint32_t below(uint32_t limit) /* xorshift64*, scaled */
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32_t)((state * UINT64_C(2685821657736338717) >> 32) * limit >> 32);
}

static bool chance(unsigned percent)
{
	return below(100) < percent;
}

static struct person person(const struct work *work, unsigned number)
{
	const struct journey *journey = work->journey;
	const struct land *land = journey->land;
	struct person who = {.number = number,
		.first = land->first[number % 8],
		.last = land->last[number / 8 % 8],
		.segment = journey->segments[number % 3]};

	if (!strcmp(work->source->source, "enquete-medecins"))
		who.segment = journey->segments[2];
	snprintf(who.email, sizeof who.email, "%s.%s%u@example.%s", who.first, who.last, number,
		number % 2 ? "com" : "org");
	snprintf(who.phone, sizeof who.phone, land->phone, number % (land == &french ? 100 : 1000));
	return who;
}

/* One of the phrases of a voice, or as it is in trouble or not, the other kind where it has none. */
static const char *choose(const struct line *voice, bool trouble, int *length)
{
	const char *list = trouble ? voice->bad : voice->fine;
	size_t choices = 1;

	if (!*list)
		list = voice->bad;
	for (const char *p = list; *p; p++)
		choices += *p == '|';
	for (size_t skip = below((uint32_t)choices); skip > 0; skip--)
		list = strchr(list, '|') + 1;
	*length = (int)strcspn(list, "|");
	return list;
}

/* Goes on with what others say about the journey, until the text is about as long as asked for. */
static int go_on(struct record *record, const struct journey *journey, int used)
{
	while (used < text_length) {
		const struct line *voice = &journey->lines[below((uint32_t)journey->count)];
		const char *list;
		int length;

		if (!voice->bad || !*voice->bad)
			continue;
		list = choose(voice, record->trouble, &length);
		if (used + length / 2 > text_length)
			break;
		used += snprintf(record->text + used, sizeof record->text - (size_t)used, " %.*s",
			length, list);
	}
	return used;
}

static void phrase(struct record *record, const struct journey *journey)
{
	const struct land *land = journey->land;
	int length, used;
	const char *list = choose(record->voice, record->trouble, &length);

	used = snprintf(record->text, sizeof record->text, "%.*s", length, list);
	used = go_on(record, journey, used);
	if (!text_length && (record->voice->minutes < 60 || !length))
		return;
	if (chance(25))
		used += snprintf(record->text + used, sizeof record->text - (size_t)used, " %s %s.",
			land->call, chance(50) ? record->who.phone : record->who.email);
	if (chance(30))
		snprintf(record->text + used, sizeof record->text - (size_t)used, " %s %s %s",
			land->sign, record->who.first, record->who.last);
}

static const struct line *pick_voice(const struct work *work)
{
	uint32_t at = below(work->weight);
	const struct line *voice = work->voices;

	while (at >= voice->weight)
		at -= voice++->weight;
	return voice;
}

/* The next record; what is in trouble is often a second contact of the one before. */
static void next_record(const struct work *work, struct record *record)
{
	const struct line *before = record->voice;
	bool again = before && record->trouble && work->source->kind != SURVEY &&
		     work->source->kind != NOTES &&
		     record->created < first_day + (DAYS - 4) * (int64_t)DAY && chance(25);

	record->voice = again ? before : pick_voice(work);
	if (!again)
		record->who = person(work, below(work->people));
	record->trouble = again || chance(record->voice->trouble);
	if (again)
		record->created += DAY + below(2 * DAY);
	else
		record->created = first_day + below(DAYS) * (int64_t)DAY + (8 + below(13)) * 3600 +
				  below(3600);
	record->replied = record->resolved = 0;
	if (record->voice->minutes) {
		int64_t seconds = record->voice->minutes * INT64_C(60);
		bool late = record->trouble && chance(75);

		seconds = late ? seconds * (200 + below(200)) / 100
			       : seconds * (20 + below(60)) / 100;
		record->resolved = record->created + seconds;
		record->replied =
			record->created + (record->voice->minutes < 60 ? seconds : seconds / 6);
		if (record->resolved > last_moment) /* still open when it was exported */
			record->resolved = 0;
		if (record->replied > last_moment)
			record->replied = 0;
	}
	record->handoffs = record->trouble ? below(4) : below(2);
	record->reopens = record->trouble && chance(25);
	phrase(record, work->journey);
}

static int score(enum scale scale, bool trouble)
{
	switch (scale) {
	case CSAT:
	case RATING:
		return (int)(trouble ? 1 + below(2) : 3 + (chance(85) ? 1 + below(2) : 0));
	case CES:
		return (int)(trouble ? 1 + below(3) : 4 + below(4));
	case NPS:
		return (int)(trouble ? below(7) : 7 + below(4));
	default:
		return trouble ? 0 : 1;
	}
}

static void print_time(const char *before, int64_t when)
{
	time_t seconds = (time_t)when;
	struct tm tm;
	char text[32] = "";

	if (when && gmtime_r(&seconds, &tm))
		strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
	printf("%s%s", before, text);
}

static void quoted(const char *text, const char *mark) /* mark: what a " inside becomes */
{
	putchar('"');
	for (; *text; text++)
		*text == '"' ? (void)fputs(mark, stdout) : (void)putchar(*text);
	putchar('"');
}

static bool first_of_field(const struct work *work, size_t i)
{
	if (!work->voices[i].field || work->source->kind == NOTES)
		return false;
	for (size_t k = 0; k < i; k++)
		if (work->voices[k].field && !strcmp(work->voices[k].field, work->voices[i].field))
			return false;
	return true;
}

static void print_scores(const struct work *work, const struct record *record)
{
	for (size_t i = 0; i < work->voice_count; i++) {
		const struct line *voice = &work->voices[i];
		bool own = record->voice->field && voice->field &&
			   !strcmp(voice->field, record->voice->field);

		if (!first_of_field(work, i))
			continue;
		putchar(',');
		/* A survey asks about other touchpoints too, except about what is seldom heard. */
		if (own || (work->source->kind == SURVEY && !voice->tag && voice->weight > 1 &&
				   chance(30)))
			printf("%d", score(voice->scale,
					     own ? record->trouble : chance(voice->trouble)));
	}
}

static void csv_row(const struct work *work, const struct record *record, unsigned n)
{
	const struct line *voice = record->voice;

	printf("%s-%s-%u", work->journey->id, work->source->source, n + 1);
	print_time(",", record->created);
	if (work->source->kind == NOTES) {
		printf(",%s,%s,%s,", work->journey->id, voice->touchpoint, voice->field);
		quoted(record->text, "\"\"");
		putchar('\n');
		return;
	}
	print_time(",", record->replied);
	print_time(",", record->resolved);
	printf(",%s,%s %s,%s,%s,%s,", record->who.email, record->who.first, record->who.last,
		record->who.segment, work->journey->land->code, voice->tag ? voice->tag : "");
	quoted(record->text, "\"\"");
	print_scores(work, record);
	putchar('\n');
}

static void csv_head(const struct work *work)
{
	if (work->source->kind == NOTES) {
		puts("id,created,journey,touchpoint,department,text");
		return;
	}
	printf("id,created,replied,resolved,email,name,segment,language,tags,text");
	for (size_t i = 0; i < work->voice_count; i++)
		if (first_of_field(work, i))
			printf(",%s", work->voices[i].field);
	putchar('\n');
}

static void print_visits(const struct work *work, unsigned months)
{
	printf("id,created");
	for (size_t i = 0; i < work->voice_count; i++)
		printf(",%s", work->voices[i].field);
	putchar('\n');
	for (unsigned m = 0; m < months; m++) {
		printf("%s-%u", work->journey->id, m + 1);
		print_time(",", first_day + m % 12 * INT64_C(30) * DAY + DAY / 2);
		for (size_t i = 0; i < work->voice_count; i++)
			printf(",%u", work->voices[i].weight * (80 + below(40)) / 100);
		putchar('\n');
	}
}

static void print_minutes(const char *name, int64_t from, int64_t to)
{
	printf(",\"%s\":{\"calendar\":", name);
	to ? (void)printf("%" PRId64, (to - from) / 60) : (void)printf("null");
	putchar('}');
}

static void zendesk_ticket(const struct work *work, const struct record *record, unsigned n)
{
	static const char *const vias[] = {"mail", "web", "voice", "web"};
	const struct line *voice = record->voice;

	printf("%s{\"id\":%u,\"via\":{\"channel\":\"%s\"}", n ? ",\n" : "",
		work->journey->number + n, PICK(vias));
	print_time(",\"created_at\":\"", record->created);
	print_time("\",\"updated_at\":\"", record->resolved ? record->resolved : last_moment);
	printf("\",\"subject\":null,\"description\":");
	quoted(record->text, "\\\"");
	printf(",\"status\":\"%s\",\"priority\":\"%s\",\"tags\":[\"%s\",\"%s\"],\"requester_id\":%"
	       "u",
		record->resolved ? "closed" : "open", record->trouble ? "high" : "normal",
		voice->tag ? voice->tag : "other", record->who.segment,
		work->journey->number + record->who.number);
	printf(",\"satisfaction_rating\":{\"score\":\"unoffered\"},\"metric_set\":{\"reopens\":%u,"
	       "\"assignee_stations\":%u",
		record->reopens, record->handoffs);
	print_minutes("reply_time_in_minutes", record->created, record->replied);
	print_minutes("full_resolution_time_in_minutes", record->created, record->resolved);
	printf("}}");
}

static void print_records(const struct work *work, unsigned records, bool zendesk)
{
	struct record record = {0};

	if (zendesk)
		printf("{\"note\":\"invented by tests/tools/feedback.c\",\"tickets\":[\n");
	else
		csv_head(work);
	for (unsigned n = 0; n < records; n++) {
		next_record(work, &record);
		zendesk ? zendesk_ticket(work, &record, n) : csv_row(work, &record, n);
	}
	if (zendesk)
		puts("\n],\"end_of_stream\":true}");
}

static void list_samples(void)
{
	for (size_t j = 0; j < COUNT(journeys); j++)
		for (size_t i = 0; i < journeys[j].count; i++) {
			const struct line *line = &journeys[j].lines[i];

			if (line->profile)
				printf("%s\t%s\t%s\t%s.%s\n", journeys[j].id, line->source,
					line->profile, line->source,
					line->kind == ZENDESK ? "json" : "csv");
		}
}

static bool find_source(struct work *work, const char *id, const char *source)
{
	for (size_t j = 0; j < COUNT(journeys); j++) {
		const struct line *end = journeys[j].lines + journeys[j].count;

		if (strcmp(journeys[j].id, id) != 0)
			continue;
		for (const struct line *line = journeys[j].lines; line < end; line++) {
			if (!line->profile || strcmp(line->source, source) != 0)
				continue;
			*work = (struct work){
				.journey = &journeys[j], .source = line, .voices = line + 1};
			for (line++; line < end && !line->profile; line++, work->voice_count++)
				work->weight += line->weight;
			return true;
		}
	}
	return false;
}

static void seed_with(uint64_t seed, const char *journey, const char *source)
{
	state = seed ^ UINT64_C(0xcbf29ce484222325); /* FNV-1a, so that no two samples are alike */
	for (const char *p = journey; *p; p++)
		state = (state ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
	for (const char *p = source; *p; p++)
		state = (state ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
	state += !state;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {{"list", no_argument, NULL, 'l'},
		{"journey", required_argument, NULL, 'j'}, {"source", required_argument, NULL, 's'},
		{"seed", required_argument, NULL, 'r'}, {"records", required_argument, NULL, 'n'},
		{"format", required_argument, NULL, 'f'}, {"length", required_argument, NULL, 't'},
		{NULL, 0, NULL, 0}};
	const char *journey = "", *source = "", *format = NULL;
	unsigned long records = 0;
	uint64_t seed = 1;
	struct work work;

	for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;)
		switch (option) {
		case 'l':
			list_samples();
			return 0;
		case 'j':
			journey = optarg;
			break;
		case 's':
			source = optarg;
			break;
		case 'r':
			seed = strtoull(optarg, NULL, 10);
			break;
		case 'n':
			records = strtoul(optarg, NULL, 10);
			break;
		case 'f':
			format = optarg;
			break;
		case 't':
			text_length = atoi(optarg);
			break;
		default:
			return 2;
		}
	if (!find_source(&work, journey, source) ||
		(format && strcmp(format, "csv") != 0 && strcmp(format, "zendesk") != 0)) {
		fprintf(stderr, "feedback: --journey and --source as in feedback --list, --format "
				"csv or zendesk\n");
		return 2;
	}
	if (text_length < 0 || text_length > 400) {
		fprintf(stderr, "feedback: --length is a number up to 400\n");
		return 2;
	}
	seed_with(seed, journey, source);
	records = records ? records : work.source->records;
	work.people = (unsigned)records / PEOPLE_SHARE + 1;
	if (work.source->kind == VISITS)
		print_visits(&work, (unsigned)records);
	else
		print_records(&work, (unsigned)records,
			format ? !strcmp(format, "zendesk") : work.source->kind == ZENDESK);
	return fflush(stdout) || ferror(stdout);
}
