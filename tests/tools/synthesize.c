/* synthesize: prints a journey of any size, for measuring and for hard layouts. The same arguments
 * give the same bytes on every machine: the generator of random numbers is our own.
 *
 *   synthesize [-t TOUCHPOINTS] [-s STAGES] [-p PERSONAS] [-r SEED] [-i ID]
 *
 * -t how many touchpoints (18), -s how many stages (one for every six touchpoints), -p 1 to 3
 * personas (2), -i the journey's id. Every touchpoint has what one of a real journey has, in
 * varying amounts; branches reach at most three touchpoints ahead and loops three back, so that the
 * density of a map does not depend on its length. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PICK(list) ((list)[below(sizeof(list) / sizeof *(list))])
enum { PER_STAGE = 6, FAR = 3 /* touchpoints that a branch or a loop reaches */ };

static uint64_t state;

static uint32_t below(uint32_t limit) /* xorshift64*, scaled */
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32_t)((state * UINT64_C(2685821657736338717) >> 32) * limit >> 32);
}

static const char *const who[] = {"The clerk", "My sister", "The letter", "The app", "Someone",
	"The driver", "A neighbour", "The website", "Nobody"};
static const char *const did[] = {"asked for", "lost", "confirmed", "moved", "explained", "checked",
	"promised", "forgot", "sent"};
static const char *const what[] = {"the date", "my address again", "the invoice", "a form",
	"the delivery window", "the same code twice", "my reference number", "the small print",
	"an answer"};
static const char *const how[] = {"without a word", "before lunch", "on the third try",
	"within the hour", "for no reason I can see", "kindly", "and then hung up",
	"as if it were the first time", "in a language I half understand"};
static const char *const feelings[] = {"calm", "curious", "tense", "annoyed", "relieved", "proud"};
static const char *const kinds[] = {"confusion", "repetition", "delay", "inconsistency", "effort",
	"unfairness-procedural", "unfairness-interactional", "unfairness-distributive", "failure",
	"handoff"};
static const char *const causes[] = {
	"skill", "process", "tools", "policy", "trust", "culture", "capacity"};
static const char *const promises[] = {
	"time", "price", "information", "outcome", "effort", "courtesy", "fairness"};
static const char *const channels[] = {"web", "app", "phone", "email", "store", "post"};
static const char *const parties[] = {"front", "back", "field", "money"};
static const char *const conditions[] = {
	"it fails", "too late", "in doubt", "asked to", "no reply"};

/* Arguments of a call are evaluated in any order, so what is picked is written one by one. */
static void text(const char *lists)
{
	for (const char *list = lists; *list; list++)
		printf("%s%s", list == lists ? "" : " ",
			*list == 'w'   ? PICK(who)
			: *list == 'd' ? PICK(did)
			: *list == 't' ? PICK(what)
				       : PICK(how));
}

static void attribute(const char *name, const char *value)
{
	printf(" %s=\"%s\"", name, value);
}

static void number_attribute(const char *name, unsigned value)
{
	printf(" %s=\"%u\"", name, value);
}

static void sentence(const char *element)
{
	printf("      <%s>", element);
	text("wdth");
	printf("</%s>\n", element);
}

static void head(const char *id, unsigned personas)
{
	printf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	       "<journey xmlns=\"urn:touchline:journey:1\" id=\"%s\" xml:lang=\"en\">\n"
	       "  <title>A synthetic journey</title>\n"
	       "  <summary>Made by a program, to measure with.</summary>\n",
		id);
	for (unsigned i = 0; i < personas; i++)
		printf("  <persona id=\"p%u\" name=\"Persona %u\">\n"
		       "    <goal>Get it done before the week is over</goal>\n  </persona>\n",
			i, i + 1);
	for (size_t i = 0; i < sizeof channels / sizeof *channels; i++)
		printf("  <channel id=\"c-%s\" kind=\"%s\">The %s</channel>\n", channels[i],
			channels[i], channels[i]);
	for (size_t i = 0; i < sizeof parties / sizeof *parties; i++)
		printf("  <department id=\"%s\">Department %s</department>\n", parties[i],
			parties[i]);
	printf("  <system id=\"desk\">The desk</system>\n");
}

static void branch(unsigned to, unsigned percent)
{
	printf("      <next to=\"t%u\" share=\"0.%02u\"", to, percent);
	attribute("when", PICK(conditions));
	printf(" handoff=\"%s\"/>\n", below(2) ? "cold" : "warm");
}

static void flow(unsigned index, unsigned count)
{
	if (index + 1 < count)
		printf("      <next to=\"t%u\"/>\n", index + 1);
	if (index + FAR < count && below(4) == 0) {
		unsigned to = index + 2 + below(FAR - 1);
		branch(to, 5 + below(30));
	}
	if (index >= FAR && below(6) == 0) {
		unsigned to = index - 1 - below(FAR);
		branch(to, 5 + below(20));
	}
}

static void pains(unsigned index)
{
	unsigned count = below(3);
	for (unsigned i = 0; i < count; i++) {
		printf("      <pain id=\"t%u-p%u\" status=\"open\"", index, i);
		attribute("kind", PICK(kinds));
		number_attribute("severity", 1 + below(5));
		number_attribute("occurrence", 1 + below(5));
		const char *cause = PICK(causes);
		attribute("cause", cause);
		attribute("owner", PICK(parties));
		printf(">");
		text("wdt");
		printf("</pain>\n");
		if (below(2))
			continue;
		printf("      <opportunity for=\"t%u-p%u\"", index, i);
		attribute("remedy", cause); /* another would be warned of */
		number_attribute("impact", 1 + below(5));
		number_attribute("effort", 1 + below(5));
		attribute("owner", PICK(parties));
		printf(">Let it be said once, and ");
		text("h");
		printf("</opportunity>\n");
	}
}

static void feelings_and_promises(unsigned index, unsigned personas)
{
	unsigned expectations = 1 + below(2);
	for (unsigned i = 0; i < expectations; i++) {
		printf("      <expectation id=\"t%u-e%u\"", index, i);
		attribute("kind", PICK(promises));
		printf(">I am asked only once for ");
		text("t");
		printf("</expectation>\n");
	}
	for (unsigned i = 0; i < personas; i++) {
		int half = (int)below(9) - 4;
		printf("      <emotion persona=\"p%u\" valence=\"%s%d.%d\"", i, half < 0 ? "-" : "",
			abs(half) / 2, abs(half) % 2 * 5);
		attribute("feeling", PICK(feelings));
		printf(">");
		text("wdt");
		printf("</emotion>\n");
	}
}

static void behind_the_scenes(void)
{
	printf("      <backstage system=\"desk\"");
	attribute("owner", PICK(parties));
	attribute("serves", PICK(parties));
	printf(" promise=\"PT%uM\">", 5 + below(55));
	text("wdt");
	printf("</backstage>\n");
	if (below(2)) {
		printf("      <support system=\"desk\"");
		attribute("owner", PICK(parties));
		printf(">Keeps ");
		text("t");
		printf("</support>\n");
	}
}

static void touchpoint(unsigned index, unsigned count, unsigned personas)
{
	printf("    <touchpoint id=\"t%u\" channel=\"c-%s\"", index, PICK(channels));
	attribute("owner", PICK(parties));
	number_attribute("importance", 1 + below(5));
	printf("%s>\n      <title>", below(9) ? "" : " moment-of-truth=\"yes\"");
	text("wdt");
	printf("</title>\n");
	sentence("action");
	if (below(2))
		sentence("thought");
	feelings_and_promises(index, personas);
	pains(index);
	behind_the_scenes();
	printf("      <listen source=\"survey\" field=\"t%u\" as=\"csat\"/>\n", index);
	flow(index, count);
	printf("    </touchpoint>\n");
}

static unsigned number(const char *text, unsigned min, unsigned max)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);
	if (end == text || *end || value < min || value > max) {
		fprintf(stderr, "synthesize: '%s' is not a number from %u to %u\n", text, min, max);
		exit(2);
	}
	return (unsigned)value;
}

int main(int argc, char **argv)
{
	enum { MANY = 1000000 };
	unsigned count = 18, stages = 0, personas = 2, seed = 1;
	const char *id = "synthetic";
	for (int option; (option = getopt(argc, argv, "t:s:p:r:i:")) != -1;)
		switch (option) {
		case 't':
			count = number(optarg, 1, MANY);
			break;
		case 's':
			stages = number(optarg, 1, MANY);
			break;
		case 'p':
			personas = number(optarg, 1, 3);
			break;
		case 'r':
			seed = number(optarg, 0, MANY);
			break;
		case 'i':
			id = optarg;
			break;
		default:
			return 2;
		}
	if (!stages)
		stages = (count + PER_STAGE - 1) / PER_STAGE;
	if (stages > count)
		stages = count;
	state = (seed + UINT64_C(1)) * UINT64_C(0x9E3779B97F4A7C15); /* never 0 */
	head(id, personas);
	for (unsigned i = 0, stage = 0; i < count; i++) {
		if ((uint64_t)i * stages >= (uint64_t)stage * count) {
			printf("%s  <stage id=\"s%u\">\n    <title>Stage %u</title>\n",
				stage ? "  </stage>\n" : "", stage, stage + 1);
			stage++;
		}
		touchpoint(i, count, personas);
	}
	printf("  </stage>\n</journey>\n");
	return fflush(stdout) || ferror(stdout);
}
