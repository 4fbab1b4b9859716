/* Whom a command is about. What is typed is tried as everything that it may be: a pseudonym first,
 * then, hashed with the key of the store as import does, an e-mail address, a telephone number, and
 * an id in each of the sources. "email:", "phone:" and "id:" in front leave one of these. */
#include "cli/customer.h"
#include "touchline/intake.h"

#include <stdlib.h>
#include <string.h>

static const char prefix[] = "customer-";

void tl_voice_put_customer(struct tl_buf *out, int64_t customer)
{
	tl_buf_printf(out, "%s%lld", prefix, (long long)customer);
}

static int64_t by_pseudonym(struct tl_voice *voice, const char *name)
{
	const char *digits = name + strlen(prefix);

	if (strncmp(name, prefix, strlen(prefix)) != 0 || !*digits ||
		digits[strspn(digits, "0123456789")])
		return 0;
	return tl_store_customer_number(voice->store, strtoll(digits, NULL, 10));
}

struct search {
	struct tl_voice *voice;
	struct tl_identity_key key;
	const char *raw;
	int64_t found[2]; /* a second one is enough to ask back */
	const char *where[2];
	size_t count;
	struct tl_hash16 *hashes;
	size_t hash_count, hash_capacity;
};

static void try_hash(struct search *search, enum tl_identity_kind kind, const char *space,
	const char *where)
{
	struct tl_hash16 hash;
	int64_t customer;

	if (!tl_identity_hash(&hash, &search->key, kind, space, search->raw))
		return;
	search->hashes = tl_arena_grow(&search->voice->arena, search->hashes, search->hash_count,
		&search->hash_capacity, sizeof *search->hashes);
	search->hashes[search->hash_count++] = hash;
	customer = tl_store_customer(search->voice->store, &hash);
	if (!customer || search->count == 2 || (search->count && search->found[0] == customer))
		return;
	search->found[search->count] = customer;
	search->where[search->count++] = where;
}

/* "email:", "phone:" or "id:" leave one kind; otherwise all may be meant. */
static int take_kind(struct search *search, const char *name)
{
	search->raw = name;
	for (size_t i = 0; i < tl_identity_kinds.count; i++) {
		size_t n = strlen(tl_identity_kinds.words[i]);

		if (strncmp(name, tl_identity_kinds.words[i], n) != 0 || name[n] != ':')
			continue;
		search->raw = name + n + 1;
		return (int)i;
	}
	return -1;
}

static bool by_identifier(struct search *search, const char *name)
{
	struct tl_voice *voice = search->voice;
	int kind = take_kind(search, name);
	struct tl_choice sources;

	if (kind < 0 || kind == TL_IDENTITY_EMAIL)
		try_hash(search, TL_IDENTITY_EMAIL, NULL, "e-mail address");
	if (kind < 0 || kind == TL_IDENTITY_PHONE)
		try_hash(search, TL_IDENTITY_PHONE, NULL, "telephone number");
	if (kind >= 0 && kind != TL_IDENTITY_ID)
		return true;
	if (!tl_store_sources(voice->store, &voice->arena, &sources))
		return false;
	for (size_t i = 0; i < sources.count; i++)
		try_hash(search, TL_IDENTITY_ID, sources.list[i],
			tl_arena_printf(&voice->arena, "id in '%s'", sources.list[i]));
	return true;
}

static int refuse_several(
	const struct search *search, const struct tl_command *command, const char *name)
{
	return tl_cli_usage_error(command, NULL,
		"'%s' is more than one person: the %s of customer-%lld, the %s of customer-%lld; "
		"say which by that",
		name, search->where[0], (long long)search->found[0], search->where[1],
		(long long)search->found[1]);
}

int tl_voice_nobody(
	const struct tl_voice *voice, const struct tl_command *command, const char *name)
{
	return tl_cli_usage_error(command, NULL,
		"nobody in '%s' is known as '%s', by e-mail address, telephone number, id or "
		"pseudonym; telephone numbers count with their country's code, where the source "
		"had it",
		voice->store_path, name);
}

bool tl_voice_key(struct tl_voice *voice, struct tl_identity_key *key)
{
	int error = tl_identity_key_read(key, voice->store_path, false);
	struct tl_diag *diag;

	if (!error)
		return true;
	diag = tl_diag_add(&voice->diags, TL0507, (struct tl_span){0},
		"%s: the key beside it, which customers are kept under, cannot be read: %s",
		voice->store_path, strerror(-error));
	tl_diag_hint(&voice->diags, diag,
		"without it, customers are found by pseudonym: customer-17");
	return false;
}

bool tl_voice_look_up(struct tl_voice *voice, const struct tl_command *command, const char *name,
	struct tl_voice_person *person, int *status)
{
	struct search search = {.voice = voice};
	bool good;

	*person = (struct tl_voice_person){.customer = by_pseudonym(voice, name)};
	if (person->customer)
		return true;
	*status = TL_EXIT_SYSTEM;
	good = tl_voice_key(voice, &search.key) && by_identifier(&search, name);
	explicit_bzero(&search.key, sizeof search.key);
	if (good && search.count == 2) {
		*status = refuse_several(&search, command, name);
		return false;
	}
	*person = (struct tl_voice_person){search.found[0], search.hashes, search.hash_count};
	return good;
}

int64_t tl_voice_find_customer(struct tl_voice *voice, const struct tl_command *command,
	const char *name, int *status)
{
	struct tl_voice_person person;

	if (!tl_voice_look_up(voice, command, name, &person, status))
		return 0;
	if (!person.customer)
		*status = tl_voice_nobody(voice, command, name);
	return person.customer;
}
