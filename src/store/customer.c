/* store: who a record is of. Identifiers that appear on one record are one person's, so a record may
 * show that two customers are one: the younger one is merged into the older, and keeps its number as
 * a name that leads there. */
#include "store/crowd.h"

static int64_t known(struct tl_store *store, const struct tl_hash16 *identifier)
{
	static const char sql[] = "SELECT customer FROM alias WHERE hash = ?";

	if (store->crowd)
		return tl_crowd_find(store->crowd, identifier);
	return tl_sql_number(store, sql, "b", identifier->bytes, sizeof identifier->bytes);
}

static void merge(struct tl_store *store, int64_t from, int64_t into)
{
	static const char records[] = "UPDATE record SET customer = ?2 WHERE customer = ?1";
	static const char aliases[] = "UPDATE alias SET customer = ?2 WHERE customer = ?1";
	static const char names[] =
		"UPDATE customer SET merged_into = ?2 WHERE id = ?1 OR merged_into = ?1";

	store->merged = true;
	if (store->crowd) {
		tl_crowd_merge(store->crowd, from, into);
		return;
	}
	tl_bulk_write(store);
	tl_bulk_indices(store);
	tl_roll_touch(store, from);
	tl_roll_touch(store, into);
	tl_sql_run(store, records, "ii", from, into);
	tl_sql_run(store, aliases, "ii", from, into);
	tl_sql_run(store, names, "ii", from, into);
}

static int64_t new_customer(struct tl_store *store)
{
	static const char sql[] = "INSERT INTO customer DEFAULT VALUES";

	if (store->crowd)
		return tl_crowd_join(store->crowd);
	return tl_sql_run(store, sql, "") ? sqlite3_last_insert_rowid(store->db) : 0;
}

static void add_name(
	struct tl_store *store, const struct tl_hash16 *identifier, int64_t customer)
{
	static const char sql[] = "INSERT OR IGNORE INTO alias (hash, customer) VALUES (?, ?)";

	if (store->crowd)
		tl_crowd_name(store->crowd, identifier, customer);
	else
		tl_sql_run(store, sql, "bi", identifier->bytes, sizeof identifier->bytes, customer);
}

int64_t tl_customer_now(const struct tl_store *store, int64_t customer)
{
	return store->crowd ? tl_crowd_now(store->crowd, customer) : customer;
}

int64_t tl_customer_of(struct tl_store *store, const struct tl_record *record)
{
	int64_t customer = 0, other;

	if (store->crowd && !tl_crowd_has_room(store->crowd, record->identifier_count))
		tl_bulk_write_customers(store);
	for (size_t i = 0; i < record->identifier_count; i++) {
		other = known(store, &record->identifiers[i]);
		if (!other || other == customer)
			continue;
		if (customer)
			merge(store, customer > other ? customer : other,
				customer > other ? other : customer);
		if (!customer || other < customer)
			customer = other;
	}
	if (!customer && record->identifier_count)
		customer = new_customer(store);
	for (size_t i = 0; i < record->identifier_count; i++)
		add_name(store, &record->identifiers[i], customer);
	return customer;
}

bool tl_customer_is(struct tl_store *store, int64_t customer, const struct tl_record *record)
{
	for (size_t i = 0; i < record->identifier_count; i++)
		if (known(store, &record->identifiers[i]) != customer)
			return false;
	return !customer == !record->identifier_count;
}
