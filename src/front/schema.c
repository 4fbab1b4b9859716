/* front: THE table of the language. See schema.h for who reads it.
 *
 * The documentation is what editors show when somebody points at a name, and the reference in the
 * manual: plain English, for people who map journeys. Children stand in the order in which a
 * journey is usually written; any order is accepted.
 */
#include "front/schema.h"

#include <string.h>

#define AT(type, field) offsetof(struct type, field)

/* Rows of tables read best in the width that they need. */
/* clang-format off */

static const struct schema_attribute journey_attributes[] = {
	{.name = "id", .type = TYPE_ID, .required = true, .offset = AT(tl_journey, id),
		.doc = "Short name of the journey: other journeys, files and records refer to "
		       "it."},
	{.name = "state", .type = TYPE_WORD, .words = &tl_states, .preset = "as-is",
		.offset = AT(tl_journey, state),
		.doc = "Whether this is how it is (as-is), how it should be (to-be), or what "
		       "has been decided to be built (planned)."},
	{.name = "xml:lang", .type = TYPE_LANGUAGE, .preset = "en", .offset = AT(tl_journey, lang),
		.doc = "Language of the texts; the map's own words follow it (en, de, fr, es)."},
	{.name = "updated", .type = TYPE_DATE, .offset = AT(tl_journey, updated),
		.doc = "Day on which the journey was last revised, such as 2026-10-01."},
	{.name = "of", .type = TYPE_JOURNEY, .offset = AT(tl_journey, of),
		.doc = "Id of the journey that this one is to replace, so that the two can be "
		       "compared."},
};
static const struct schema_child journey_children[] = {
	{EL_TITLE, .required = true, .list = AT(tl_journey, title)},
	{EL_SUMMARY, .many = true, .list = AT(tl_journey, summaries.list),
		.count = AT(tl_journey, summaries.count)},
	{EL_PERSONA, .many = true, .list = AT(tl_journey, personas),
		.count = AT(tl_journey, persona_count)},
	{EL_CHANNEL, .many = true, .list = AT(tl_journey, channels),
		.count = AT(tl_journey, channel_count)},
	{EL_DEPARTMENT, .many = true, .list = AT(tl_journey, departments),
		.count = AT(tl_journey, department_count)},
	{EL_SYSTEM, .many = true, .list = AT(tl_journey, systems),
		.count = AT(tl_journey, system_count)},
	{EL_TOLERANCE, .many = true, .list = AT(tl_journey, tolerances),
		.count = AT(tl_journey, tolerance_count)},
	{EL_STAGE, .required = true, .many = true, .list = AT(tl_journey, stages),
		.count = AT(tl_journey, stage_count)},
};

static const struct schema_child vocabulary_children[] = {
	{EL_PERSONA, .many = true, .list = AT(tl_journey, personas),
		.count = AT(tl_journey, persona_count)},
	{EL_CHANNEL, .many = true, .list = AT(tl_journey, channels),
		.count = AT(tl_journey, channel_count)},
	{EL_DEPARTMENT, .many = true, .list = AT(tl_journey, departments),
		.count = AT(tl_journey, department_count)},
	{EL_SYSTEM, .many = true, .list = AT(tl_journey, systems),
		.count = AT(tl_journey, system_count)},
	{EL_TOLERANCE, .many = true, .list = AT(tl_journey, tolerances),
		.count = AT(tl_journey, tolerance_count)},
};

static const struct schema_attribute persona_attributes[] = {
	{.name = "id", .type = TYPE_ID, .required = true, .offset = AT(tl_persona, id),
		.doc = "Short name by which emotions refer to the persona."},
	{.name = "name", .type = TYPE_TEXT, .required = true, .offset = AT(tl_persona, name),
		.doc = "Name on the map, such as \"Maya, first-time renter\"."},
	{.name = "segment", .type = TYPE_TEXT, .offset = AT(tl_persona, segment),
		.doc = "The segment in your records whose customers this persona stands for."},
};
static const struct schema_child persona_children[] = {
	{EL_GOAL, .many = true, .list = AT(tl_persona, goals.list),
		.count = AT(tl_persona, goals.count)},
	{EL_NEED, .many = true, .list = AT(tl_persona, needs.list),
		.count = AT(tl_persona, needs.count)},
	{EL_QUOTE, .many = true, .list = AT(tl_persona, quotes.list),
		.count = AT(tl_persona, quotes.count)},
};

static const struct schema_attribute channel_attributes[] = {
	{.name = "id", .type = TYPE_ID, .required = true, .offset = AT(tl_channel, id),
		.doc = "Short name by which touchpoints refer to the channel."},
	{.name = "kind", .type = TYPE_WORD, .words = &tl_channel_kinds, .preset = "other",
		.offset = AT(tl_channel, kind),
		.doc = "What sort of channel it is; decides the pictogram."},
	{.name = "self-service", .type = TYPE_FLAG, .words = &tl_yes_no, .preset = "no",
		.offset = AT(tl_channel, self_service),
		.doc = "yes where customers help themselves without talking to anybody."},
	{.name = "reply-within", .type = TYPE_DURATION, .offset = AT(tl_channel, reply_within),
		.doc = "How soon an answer is promised on this channel, such as PT4H: the "
		       "default promise of expectations with the clock reply."},
};

static const struct schema_attribute party_attributes[] = {
	{.name = "id", .type = TYPE_ID, .required = true, .offset = AT(tl_party, id),
		.doc = "Short name by which other elements refer to it."},
};

static const struct schema_attribute tolerance_attributes[] = {
	{.name = "family", .type = TYPE_WORD, .words = &tl_families, .required = true,
		.offset = AT(tl_tolerance, family),
		.doc = "The family of friction that it is about."},
	{.name = "promise", .type = TYPE_NUMBER, .min = 0, .max = 1,
		.offset = AT(tl_tolerance, promise),
		.doc = "The rate up to which all is well: 0.05 is 5 in 100."},
	{.name = "intolerable", .type = TYPE_NUMBER, .min = 0, .max = 1,
		.offset = AT(tl_tolerance, intolerable),
		.doc = "The rate from which on it is as bad as can be; greater than promise."},
	{.name = "weight", .type = TYPE_NUMBER, .min = 0, .max = 100,
		.offset = AT(tl_tolerance, weight),
		.doc = "How much the family counts beside the others; 0 leaves it out."},
};

static const struct schema_attribute stage_attributes[] = {
	{.name = "id", .type = TYPE_ID, .required = true, .offset = AT(tl_stage, id),
		.doc = "Short name of the stage."},
};
static const struct schema_child stage_children[] = {
	{EL_TITLE, .required = true, .list = AT(tl_stage, title)},
	{EL_GOAL, .many = true, .list = AT(tl_stage, goals.list),
		.count = AT(tl_stage, goals.count)},
	{EL_TOUCHPOINT, .required = true, .many = true, .list = AT(tl_stage, touchpoints),
		.count = AT(tl_stage, touchpoint_count)},
};

static const struct schema_attribute touchpoint_attributes[] = {
	{.name = "id", .type = TYPE_ID, .required = true, .offset = AT(tl_touchpoint, id),
		.doc = "Short name by which ways, records and notes refer to the touchpoint."},
	{.name = "channel", .type = TYPE_REF, .target = EL_CHANNEL,
		.offset = AT(tl_touchpoint, channel),
		.doc = "Id of the channel on which it happens."},
	{.name = "owner", .type = TYPE_REF, .target = EL_DEPARTMENT,
		.offset = AT(tl_touchpoint, owner),
		.doc = "Id of the department that answers for it."},
	{.name = "importance", .type = TYPE_INTEGER, .min = 1, .max = 5, .preset = "3",
		.offset = AT(tl_touchpoint, importance),
		.doc = "How much it matters to the customer, from 1 to 5."},
	{.name = "moment-of-truth", .type = TYPE_FLAG, .words = &tl_yes_no, .preset = "no",
		.offset = AT(tl_touchpoint, moment_of_truth),
		.doc = "yes where the customer decides whether to stay."},
	{.name = "initiator", .type = TYPE_WORD, .words = &tl_initiators, .preset = "customer",
		.offset = AT(tl_touchpoint, initiator),
		.doc = "Who starts it: the customer or the company."},
	{.name = "reach", .type = TYPE_NUMBER, .min = 0, .max = 1,
		.offset = AT(tl_touchpoint, reach),
		.doc = "Part of the customers who ever come here, from 0 to 1; else computed "
		       "from the shares or from measured visits."},
};
static const struct schema_child touchpoint_children[] = {
	{EL_TITLE, .required = true, .list = AT(tl_touchpoint, title)},
	{EL_ACTION, .many = true, .list = AT(tl_touchpoint, actions.list),
		.count = AT(tl_touchpoint, actions.count)},
	{EL_GOAL, .many = true, .list = AT(tl_touchpoint, goals.list),
		.count = AT(tl_touchpoint, goals.count)},
	{EL_THOUGHT, .many = true, .list = AT(tl_touchpoint, thoughts.list),
		.count = AT(tl_touchpoint, thoughts.count)},
	{EL_EXPECTATION, .many = true, .list = AT(tl_touchpoint, expectations),
		.count = AT(tl_touchpoint, expectation_count)},
	{EL_EMOTION, .many = true, .list = AT(tl_touchpoint, emotions),
		.count = AT(tl_touchpoint, emotion_count)},
	{EL_PAIN, .many = true, .list = AT(tl_touchpoint, pains),
		.count = AT(tl_touchpoint, pain_count)},
	{EL_OPPORTUNITY, .many = true, .list = AT(tl_touchpoint, opportunities),
		.count = AT(tl_touchpoint, opportunity_count)},
	{EL_BACKSTAGE, .many = true, .list = AT(tl_touchpoint, backstage),
		.count = AT(tl_touchpoint, backstage_count)},
	{EL_SUPPORT, .many = true, .list = AT(tl_touchpoint, support),
		.count = AT(tl_touchpoint, support_count)},
	{EL_LISTEN, .many = true, .list = AT(tl_touchpoint, listens),
		.count = AT(tl_touchpoint, listen_count)},
	{EL_TOLERANCE, .many = true, .list = AT(tl_touchpoint, tolerances),
		.count = AT(tl_touchpoint, tolerance_count)},
	{EL_NEXT, .many = true, .list = AT(tl_touchpoint, nexts),
		.count = AT(tl_touchpoint, next_count)},
};

static const struct schema_attribute expectation_attributes[] = {
	{.name = "id", .type = TYPE_ID, .offset = AT(tl_expectation, id),
		.doc = "Short name by which pains and listen rules refer to it; unique at its "
		       "touchpoint."},
	{.name = "kind", .type = TYPE_WORD, .words = &tl_expectation_kinds,
		.offset = AT(tl_expectation, kind), .doc = "What is expected."},
	{.name = "promise", .type = TYPE_DURATION, .offset = AT(tl_expectation, promise),
		.second = AT(tl_expectation, promise_text),
		.doc = "The time within which it is to happen, such as PT10M, PT4H or P3D."},
	{.name = "clock", .type = TYPE_WORD, .words = &tl_clocks,
		.offset = AT(tl_expectation, clock),
		.doc = "Which elapsed time of a record the promise is about: until the first "
		       "reply, or until the resolution. Without it the promise is shown and "
		       "never measured."},
	{.name = "importance", .type = TYPE_INTEGER, .min = 1, .max = 5,
		.offset = AT(tl_expectation, importance),
		.doc = "How much it matters to the customer, from 1 to 5."},
};

static const struct schema_attribute emotion_attributes[] = {
	{.name = "valence", .type = TYPE_NUMBER, .min = -2, .max = 2, .required = true,
		.offset = AT(tl_emotion, valence),
		.doc = "How it feels, from -2 (terrible) over 0 (neutral) to 2 (delighted)."},
	{.name = "feeling", .type = TYPE_TEXT, .offset = AT(tl_emotion, feeling),
		.doc = "The feeling in a word, such as anxious."},
	{.name = "persona", .type = TYPE_REF, .target = EL_PERSONA,
		.offset = AT(tl_emotion, persona),
		.doc = "Id of the persona who feels it; without it, everybody who has no "
		       "emotion of their own here."},
};

static const struct schema_attribute pain_attributes[] = {
	{.name = "id", .type = TYPE_ID, .required = true, .offset = AT(tl_pain, id),
		.doc = "Short name by which opportunities, listen rules and actions refer to "
		       "it."},
	{.name = "kind", .type = TYPE_WORD, .words = &tl_friction_kinds,
		.offset = AT(tl_pain, kind),
		.doc = "What kind of friction it is."},
	{.name = "severity", .type = TYPE_INTEGER, .min = 1, .max = 5,
		.offset = AT(tl_pain, severity),
		.doc = "How bad it is for who meets it, from 1 to 5."},
	{.name = "occurrence", .type = TYPE_INTEGER, .min = 1, .max = 5,
		.offset = AT(tl_pain, occurrence), .doc = "How often it happens, from 1 to 5."},
	{.name = "detection", .type = TYPE_INTEGER, .min = 1, .max = 5,
		.offset = AT(tl_pain, detection),
		.doc = "How hard it is for the company to notice, from 1 to 5."},
	{.name = "cause", .type = TYPE_WORD, .words = &tl_causes, .offset = AT(tl_pain, cause),
		.doc = "Where it comes from; the cause decides which remedy can work."},
	{.name = "owner", .type = TYPE_REF, .target = EL_DEPARTMENT, .offset = AT(tl_pain, owner),
		.doc = "Id of the department that is to solve it."},
	{.name = "status", .type = TYPE_WORD, .words = &tl_statuses, .preset = "open",
		.offset = AT(tl_pain, status), .doc = "How far the work on it is."},
	{.name = "since", .type = TYPE_DATE, .offset = AT(tl_pain, since),
		.doc = "Day since which it is known."},
	{.name = "due", .type = TYPE_DATE, .offset = AT(tl_pain, due),
		.doc = "Day until which it is to be solved."},
	{.name = "fixed", .type = TYPE_DATE, .offset = AT(tl_pain, fixed),
		.doc = "Day on which the fix went live; whether it helped is tested from then "
		       "on."},
	{.name = "evidence", .type = TYPE_LINK, .offset = AT(tl_pain, evidence),
		.doc = "Where it is known from: a link (http, https, mailto, relative), or a "
		       "free reference."},
	{.name = "expectation", .type = TYPE_REF, .target = EL_EXPECTATION,
		.offset = AT(tl_pain, breaks),
		.doc = "Id of the expectation that it breaks."},
};

static const struct schema_attribute opportunity_attributes[] = {
	{.name = "for", .type = TYPE_REFS, .target = EL_PAIN, .offset = AT(tl_opportunity, pains),
		.second = AT(tl_opportunity, pain_count),
		.doc = "Ids of the pains that it would relieve, separated by spaces."},
	{.name = "remedy", .type = TYPE_WORD, .words = &tl_causes,
		.offset = AT(tl_opportunity, remedy),
		.doc = "What it changes; the same words as a pain's cause, and it should be "
		       "that cause."},
	{.name = "impact", .type = TYPE_INTEGER, .min = 1, .max = 5,
		.offset = AT(tl_opportunity, impact),
		.doc = "How much better it would become, from 1 to 5."},
	{.name = "effort", .type = TYPE_INTEGER, .min = 1, .max = 5,
		.offset = AT(tl_opportunity, effort), .doc = "How much work it is, from 1 to 5."},
	{.name = "owner", .type = TYPE_REF, .target = EL_DEPARTMENT,
		.offset = AT(tl_opportunity, owner),
		.doc = "Id of the department that would do it."},
	{.name = "due", .type = TYPE_DATE, .offset = AT(tl_opportunity, due),
		.doc = "Day until which it is to be done."},
	{.name = "status", .type = TYPE_WORD, .words = &tl_statuses,
		.offset = AT(tl_opportunity, status), .doc = "How far it is."},
};

static const struct schema_attribute backstage_attributes[] = {
	{.name = "owner", .type = TYPE_REF, .target = EL_DEPARTMENT,
		.offset = AT(tl_backstage, owner),
		.doc = "Id of the department that does it."},
	{.name = "serves", .type = TYPE_REF, .target = EL_DEPARTMENT,
		.offset = AT(tl_backstage, serves),
		.doc = "Id of the department for which it is done: the internal customer."},
	{.name = "system", .type = TYPE_REF, .target = EL_SYSTEM,
		.offset = AT(tl_backstage, system),
		.doc = "Id of the system in which it is done."},
	{.name = "promise", .type = TYPE_DURATION, .offset = AT(tl_backstage, promise),
		.second = AT(tl_backstage, promise_text),
		.doc = "What the internal customer was promised, such as P1D."},
};

static const struct schema_attribute support_attributes[] = {
	{.name = "owner", .type = TYPE_REF, .target = EL_DEPARTMENT,
		.offset = AT(tl_support, owner),
		.doc = "Id of the department that runs it."},
	{.name = "system", .type = TYPE_REF, .target = EL_SYSTEM, .offset = AT(tl_support, system),
		.doc = "Id of the system in which it runs."},
};

static const struct schema_attribute listen_attributes[] = {
	{.name = "source", .type = TYPE_TEXT, .offset = AT(tl_listen, source),
		.doc = "Name under which the records were imported, such as zendesk."},
	{.name = "tag", .type = TYPE_TEXT, .offset = AT(tl_listen, tag),
		.doc = "A tag that the records carry."},
	{.name = "field", .type = TYPE_TEXT, .offset = AT(tl_listen, field),
		.doc = "A field of the records: with value, one that has that value; with as, "
		       "one whose number is taken as a measure."},
	{.name = "value", .type = TYPE_TEXT, .offset = AT(tl_listen, value),
		.doc = "The value that the field has."},
	{.name = "as", .type = TYPE_WORD, .words = &tl_instruments, .offset = AT(tl_listen, as),
		.doc = "What the number in the records measures."},
	{.name = "match", .type = TYPE_MATCH, .offset = AT(tl_listen, match),
		.doc = "Words to be found in the text: a full-text query such as NEAR(address "
		       "twice, 5) OR \"asked again\"."},
	{.name = "pain", .type = TYPE_REF, .target = EL_PAIN, .offset = AT(tl_listen, pain),
		.doc = "Id of the pain that the records speak about."},
	{.name = "expectation", .type = TYPE_REF, .target = EL_EXPECTATION,
		.offset = AT(tl_listen, expectation),
		.doc = "Id of the expectation that the records break."},
	{.name = "lang", .type = TYPE_LANGUAGE, .offset = AT(tl_listen, lang),
		.doc = "Only records in this language."},
};

static const struct schema_attribute next_attributes[] = {
	{.name = "to", .type = TYPE_TARGET, .target = EL_TOUCHPOINT, .required = true,
		.offset = AT(tl_next, to),
		.doc = "Id of the touchpoint that follows, or journey#touchpoint in another "
		       "journey."},
	{.name = "when", .type = TYPE_TEXT, .offset = AT(tl_next, when),
		.doc = "In which case customers go this way."},
	{.name = "share", .type = TYPE_NUMBER, .min = 0, .max = 1, .offset = AT(tl_next, share),
		.doc = "Part of the customers here who go this way, from 0 to 1."},
	{.name = "handoff", .type = TYPE_WORD, .words = &tl_handoffs,
		.offset = AT(tl_next, handoff),
		.doc = "warm where what is known travels with the customer, cold where they "
		       "have to tell their story again."},
};

#define ATTRIBUTES(list) .attributes = list, .attribute_count = TL_COUNT(list)
#define CHILDREN(list) .children = list, .child_count = TL_COUNT(list)
#define MODEL(type) .size = sizeof(struct type), .at = AT(type, at)
#define ONLY_TEXT .content = CONTENT_REQUIRED, MODEL(tl_text), .text = AT(tl_text, text)

const struct schema_element tl_schema_elements[EL_KINDS] = {
	[EL_JOURNEY] = {"journey", "journeys",
		"One customer journey: who takes it, its stages, and what happens at each "
		"touchpoint. It becomes one map.",
		ATTRIBUTES(journey_attributes), CHILDREN(journey_children), .includes = true,
		MODEL(tl_journey)},
	[EL_VOCABULARY] = {"vocabulary", "vocabularies",
		"What several journeys share, in a file of its own: personas, channels, "
		"departments, systems, tolerances. Journeys bring it in with xi:include.",
		CHILDREN(vocabulary_children), .includes = true, MODEL(tl_journey)},
	[EL_TITLE] = {"title", "titles", "What it is called on the map.", ONLY_TEXT},
	[EL_SUMMARY] = {"summary", "summaries", "What the journey is about, in a sentence or two.",
		ONLY_TEXT},
	[EL_PERSONA] = {"persona", "personas",
		"Somebody who takes the journey, standing for many. Each persona can feel "
		"differently at a touchpoint, which draws a curve of its own.",
		ATTRIBUTES(persona_attributes), CHILDREN(persona_children), MODEL(tl_persona),
		.index = AT(tl_persona, index)},
	[EL_GOAL] = {"goal", "goals", "What the customer is trying to get done.", ONLY_TEXT},
	[EL_NEED] = {"need", "needs", "What the persona needs in order to get there.", ONLY_TEXT},
	[EL_QUOTE] = {"quote", "quotes", "Something that the persona says.", ONLY_TEXT},
	[EL_CHANNEL] = {"channel", "channels",
		"A way by which customers and the company meet; its text is the label on the "
		"map.",
		ATTRIBUTES(channel_attributes), .content = CONTENT_REQUIRED, MODEL(tl_channel),
		.text = AT(tl_channel, label), .index = AT(tl_channel, index)},
	[EL_DEPARTMENT] = {"department", "departments",
		"A department of the company, or of a partner; its text is the label on the map.",
		ATTRIBUTES(party_attributes), .content = CONTENT_REQUIRED, MODEL(tl_party),
		.text = AT(tl_party, label), .index = AT(tl_party, index)},
	[EL_SYSTEM] = {"system", "systems",
		"A system that work is done in; its text is the label on the map.",
		ATTRIBUTES(party_attributes), .content = CONTENT_REQUIRED, MODEL(tl_party),
		.text = AT(tl_party, label), .index = AT(tl_party, index)},
	[EL_TOLERANCE] = {"tolerance", "tolerances",
		"Which rate of friction was promised and which is intolerable, for the journey "
		"or, inside a touchpoint, for that touchpoint. Overrides the defaults of "
		"scoring.",
		.key = "family", ATTRIBUTES(tolerance_attributes), MODEL(tl_tolerance)},
	[EL_STAGE] = {"stage", "stages",
		"A phase of the journey as the customer sees it, with its touchpoints in order.",
		ATTRIBUTES(stage_attributes), CHILDREN(stage_children), MODEL(tl_stage),
		.index = AT(tl_stage, index)},
	[EL_TOUCHPOINT] = {"touchpoint", "touchpoints",
		"A moment at which the customer meets the company: what they do, think, expect "
		"and feel, what goes wrong, and what happens behind it.",
		ATTRIBUTES(touchpoint_attributes), CHILDREN(touchpoint_children),
		MODEL(tl_touchpoint),
		.parent = AT(tl_touchpoint, stage), .index = AT(tl_touchpoint, index)},
	[EL_ACTION] = {"action", "actions", "What the customer does.", ONLY_TEXT},
	[EL_THOUGHT] = {"thought", "thoughts", "What goes through the customer's mind.", ONLY_TEXT},
	[EL_EXPECTATION] = {"expectation", "expectations",
		"What the customer expects here, in a sentence.",
		.key = "id", ATTRIBUTES(expectation_attributes),
		.content = CONTENT_REQUIRED, MODEL(tl_expectation),
		.text = AT(tl_expectation, text)},
	[EL_EMOTION] = {"emotion", "emotions",
		"How the customer feels here: a point of the emotion curve. Its text is a quote.",
		.key = "persona", ATTRIBUTES(emotion_attributes), .content = CONTENT_OPTIONAL, MODEL(tl_emotion),
		.text = AT(tl_emotion, quote)},
	[EL_PAIN] = {"pain", "pains",
		"A pain point: what goes wrong for the customer, in a sentence.",
		.key = "id", ATTRIBUTES(pain_attributes), .content = CONTENT_REQUIRED, MODEL(tl_pain),
		.text = AT(tl_pain, text)},
	[EL_OPPORTUNITY] = {"opportunity", "opportunities",
		"What could be done better, in a sentence.",
		ATTRIBUTES(opportunity_attributes), .content = CONTENT_REQUIRED,
		MODEL(tl_opportunity),
		.text = AT(tl_opportunity, text)},
	[EL_BACKSTAGE] = {"backstage", "backstage steps",
		"What happens behind the line of visibility, where another department may be "
		"the customer.",
		ATTRIBUTES(backstage_attributes), .content = CONTENT_REQUIRED, MODEL(tl_backstage),
		.text = AT(tl_backstage, text)},
	[EL_SUPPORT] = {"support", "support processes",
		"A support process behind the line of internal interaction.",
		ATTRIBUTES(support_attributes), .content = CONTENT_REQUIRED, MODEL(tl_support),
		.text = AT(tl_support, text)},
	[EL_LISTEN] = {"listen", "listen rules",
		"Which records of customers speak about this touchpoint, about a pain, or break "
		"an expectation.",
		.key = "source tag field value match", ATTRIBUTES(listen_attributes), MODEL(tl_listen)},
	[EL_NEXT] = {"next", "ways",
		"A way that customers take from here. Without any, a touchpoint leads to the "
		"one after it.",
		.key = "to when", ATTRIBUTES(next_attributes), MODEL(tl_next)},
};

/* clang-format on */

enum schema_kind tl_schema_find(const char *name)
{
	/* first characters tell most of them apart, without a call */
	for (enum schema_kind kind = 0; kind < EL_KINDS; kind++)
		if (tl_schema_elements[kind].name[0] == name[0] &&
			!strcmp(tl_schema_elements[kind].name, name))
			return kind;
	return EL_KINDS;
}

const struct schema_child *tl_schema_child(enum schema_kind parent, enum schema_kind kind)
{
	const struct schema_element *element = &tl_schema_elements[parent];

	for (size_t i = 0; i < element->child_count; i++)
		if (element->children[i].kind == kind)
			return &element->children[i];
	return NULL;
}
