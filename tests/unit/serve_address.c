/* Addresses to listen on, and who may say that a request is for us or from us. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "serve/address.h"

static const char *const names[] = {"workshop.example.org", "intern.example.org:8443"};

static bool host(const char *text)
{
	return host_allowed(text, names, TL_COUNT(names));
}

static bool origin(const char *text, const char *as)
{
	return origin_allowed(text, as, names, TL_COUNT(names));
}

static void test_parse(void **state)
{
	static const struct { const char *text, *host; unsigned port; } good[] = {
		{"192.168.1.20", "192.168.1.20", 0}, {"192.168.1.20:8000", "192.168.1.20", 8000},
		{"::", "::", 0}, {"::1", "::1", 0}, {"[::1]", "::1", 0}, {"[::1]:65535", "::1", 65535},
		{"[fe80::1]:1", "fe80::1", 1}, {":8000", "", 8000}};
	static const char *const bad[] = {"", "localhost", "1.2.3", "1.2.3.4:", "1.2.3.4:0",
		"1.2.3.4:65536", "1.2.3.4:8x", "1.2.3.4:-1", "[::1", "[::1]8", "[::1]:", "[]", "::1]:80",
		"1.2.3.4:80:90", "1.2.3.4 ",
		"1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb:cccc:dddd"};
	char address[INET6_ADDRSTRLEN];
	unsigned port;

	(void)state;
	for (size_t i = 0; i < TL_COUNT(good); i++) {
		assert_true(address_parse(good[i].text, address, &port));
		assert_string_equal(address, good[i].host);
		assert_int_equal(port, good[i].port);
	}
	for (size_t i = 0; i < TL_COUNT(bad); i++)
		if (address_parse(bad[i], address, &port))
			fail_msg("'%s' was taken for an address", bad[i]);
}

/* Only a name can be pointed here by somebody else. */
static void test_host(void **state)
{
	static const char *const good[] = {"127.0.0.1", "127.0.0.1:7353", "192.168.7.9:80", "[::1]",
		"[::1]:7353", "[2001:db8::7]:1", "localhost", "LocalHost:7353", "workshop.example.org",
		"WORKSHOP.example.org:443", "intern.example.org:8443"};
	static const char *const bad[] = {"", "evil.example", "evil.example:7353",
		"localhost.evil.example", "evil.localhost", "127.0.0.1.evil.example", "workshop.example.org.",
		"xworkshop.example.org", "workshop.example.org:x", "workshop.example.org:99999",
		"intern.example.org:8444", "[::1", "[evil.example]", "127.0.0.1@evil.example",
		"localhost:7353:1"};

	(void)state;
	assert_false(host(NULL));
	for (size_t i = 0; i < TL_COUNT(good); i++)
		if (!host(good[i]))
			fail_msg("'%s' was refused", good[i]);
	for (size_t i = 0; i < TL_COUNT(bad); i++)
		if (host(bad[i]))
			fail_msg("'%s' was let in", bad[i]);
}

static void test_origin(void **state)
{
	(void)state;
	assert_true(origin("http://127.0.0.1:7353", "127.0.0.1:7353"));
	assert_true(origin("https://workshop.example.org", "127.0.0.1:7353"));
	assert_true(origin("https://intern.example.org:8443", "x"));
	assert_true(origin("http://[::1]:7353", "[::1]:7353"));
	assert_false(origin("null", "127.0.0.1:7353"));
	assert_false(origin("", "127.0.0.1:7353"));
	assert_false(origin("http://127.0.0.1:7354", "127.0.0.1:7353"));
	assert_false(origin("http://127.0.0.1", "127.0.0.1:7353"));
	assert_false(origin("https://workshop.example.org:8443", "127.0.0.1:7353"));
	assert_false(origin("https://intern.example.org", "127.0.0.1:7353"));
	assert_false(origin("file://127.0.0.1:7353", "127.0.0.1:7353"));
	assert_false(origin("http://127.0.0.1:7353.evil.example", "127.0.0.1:7353"));
	assert_false(origin("http://evil.example", NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_parse), cmocka_unit_test(test_host),
		cmocka_unit_test(test_origin)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
