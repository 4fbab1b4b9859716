/* Records at random, of a few people, that say and measure what the rules of tests ask for. */
#ifndef STORE_RANDOM_H
#define STORE_RANDOM_H

#include "store_scene.h"

static uint64_t seed;

static inline unsigned draw(unsigned below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % below;
}

struct made { /* a record with all that it points to */
	struct tl_record record;
	char id[16], text[64];
	const char *tags[1];
	struct tl_hash16 people[2];
	struct tl_measure measures[2];
};

static inline void make_measures(struct made *m)
{
	for (unsigned i = 0; i < 2; i++) {
		int instrument = (int)draw(4);

		m->measures[i] = (struct tl_measure){i ? "q" : "p", instrument, draw(11), NAN, NAN,
			draw(5) == 0};
		if (draw(3) == 0)
			m->measures[i].min = 0, m->measures[i].max = 10;
	}
	m->record.measures = m->measures;
	m->record.measure_count = draw(3);
}

static inline void make_one(struct made *m, unsigned n, unsigned version, unsigned people)
{
	static const char *const words[] = {"slow ", "twice ", "late ", "fine ", ""};
	struct tl_record *r = &m->record;

	snprintf(m->id, sizeof m->id, "%u", n);
	snprintf(m->text, sizeof m->text, "%s%s", draw(40) ? words[draw(5)] : "seldom ",
		words[draw(5)]);
	*r = record_of(m->id);
	r->kind = (enum tl_record_kind)draw(TL_NOTED);
	r->created = draw(20) ? 1750000000 + (int64_t)draw(60 * 24) * 3600 : TL_NO_TIME;
	r->updated = 1760000000 + version;
	if (r->created != TL_NO_TIME) {
		r->replied = draw(2) ? r->created + draw(20000) : TL_NO_TIME;
		r->resolved = draw(2) ? r->created + draw(200000) : TL_NO_TIME;
		r->exported = draw(2) ? r->created + draw(200000) : TL_NO_TIME;
	}
	r->text = m->text;
	r->channel = draw(2) ? "phone" : "web";
	r->segment = draw(3) ? NULL : "new";
	m->tags[0] = draw(30) ? "pay" : "odd";
	r->tags = m->tags;
	r->tag_count = draw(2);
	r->handoffs = (int)draw(4) - 1;
	r->reopens = (int)draw(3) - 1;
	r->sentiment = draw(3) ? (draw(200) - 100.0) / 100 : NAN;
	r->friction_kinds = draw(4) ? 0 : 1u << draw(10);
	r->identifiers = m->people;
	r->identifier_count = draw(10) ? 1 : draw(3);
	for (unsigned i = 0; i < 2; i++)
		memcpy(m->people[i].bytes, &(uint16_t){(uint16_t)(1 + draw(people))}, 2);
	make_measures(m);
}

#endif
