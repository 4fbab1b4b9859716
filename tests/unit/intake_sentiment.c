/* What texts say: language, sentiment, friction; our own lexicon and one in VADER's layout. The
 * published sentences are checked where VADER's own lexicon is at hand: its path in $VADER, or in
 * the folder of public data beside the repository; without it that test says so. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "touchline/intake.h"

static struct tl_reading read_text(
	const struct tl_lexicon *lexicon, const char *text, const char *language)
{
	struct tl_reading reading;

	tl_text_read(lexicon, text, strlen(text), language, &reading);
	return reading;
}

static void languages_are_guessed_or_not_known(void **state)
{
	static const struct {
		const char *text, *language;
	} cases[] = {
		{"the parcel was not at my door and it is late", "en"},
		{"das Paket ist nicht angekommen und ich habe gewartet", "de"},
		{"le colis est en retard et je ne suis pas content", "fr"},
		{"el paquete no ha llegado y la web no funciona", "es"},
		{"il pacco non \xc3\xa8 arrivato e la mia casa \xc3\xa8 vuota", "it"},
		{"het pakket is niet aangekomen en ik heb gewacht", "nl"},
		{"o pacote n\xc3\xa3o chegou e a minha casa est\xc3\xa1 vazia", "pt"},
		{"\xe8\x8d\xb7\xe7\x89\xa9\xe3\x81\x8c\xe5\xb1\x8a\xe3\x81\x8b", "ja"},
		{"\xe5\x8c\x85\xe8\xa3\xb9\xe6\xb2\xa1\xe5\x88\xb0", "zh"},
		{"\xeb\xb0\xb0\xec\x86\xa1", "ko"},
		{"paket", NULL},
		{"", NULL},
		{"\xd0\xbf\xd0\xbe\xd1\x81\xd1\x8b\xd0\xbb\xd0\xba\xd0\xb0",
			NULL}, /* Russian? Bulgarian? */
		{"\xff\xfe\x80 12 34", NULL},
	};
	struct tl_lexicon *lexicon = tl_lexicon_open(NULL, NULL);
	(void)state;

	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		const char *language = read_text(lexicon, cases[i].text, NULL).language;

		if (cases[i].language)
			assert_string_equal(language ? language : cases[i].text, cases[i].language);
		else
			assert_null(language);
	}
	assert_string_equal(read_text(lexicon, "paket", "de-AT").language, "de");
	assert_string_equal(read_text(lexicon, "paket", "DE").language, "de");
	assert_null(read_text(lexicon, "paket", "default").language);
	assert_null(read_text(lexicon, "the and is", "").language);
	tl_lexicon_close(lexicon);
}

static void sentiment_has_its_sign(void **state)
{
	static const struct {
		const char *language, *text;
		int sign;
	} cases[] = {
		{"en", "Great service, very friendly", 1},
		{"en", "The delivery was terrible", -1},
		{"en", "The service was not good", -1},
		{"en", "not a problem", 1},
		{"en", "The agent was nice, but the product is broken and useless", -1},
		{"en", "I ordered a lamp", 0},
		{"de", "Sehr freundlich und schnell", 1},
		{"de", "Der Service war nicht gut", -1},
		{"de", "Das Gerät ist kaputt", -1},
		{"de", "Ich habe eine Lampe bestellt", 0},
		{"fr", "Accueil très agréable", 1},
		{"fr", "Le vendeur n'est pas aimable", -1},
		{"fr", "C'est une arnaque", -1},
		{"es", "Muy amable y rápido", 1},
		{"es", "No es bueno", -1},
		{"es", "La lámpara llegó rota", -1},
	};
	struct tl_lexicon *lexicon = tl_lexicon_open(NULL, NULL);
	(void)state;

	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		double s = read_text(lexicon, cases[i].text, cases[i].language).sentiment;

		if ((s > 0) - (s < 0) != cases[i].sign || isnan(s))
			fail_msg("%s: %g", cases[i].text, s);
	}
	assert_true(isnan(read_text(lexicon, "molto bello", "it").sentiment));
	assert_true(isnan(read_text(lexicon, "gut", NULL).sentiment));
	assert_true(isnan(read_text(lexicon, "", "en").sentiment));
	tl_lexicon_close(lexicon);
}

static void stress_and_strength_count(void **state)
{
	struct tl_lexicon *lexicon = tl_lexicon_open(NULL, NULL);
	double plain = read_text(lexicon, "it is good", "en").sentiment;
	(void)state;

	assert_true(read_text(lexicon, "it is very good", "en").sentiment > plain);
	assert_true(read_text(lexicon, "it is good!", "en").sentiment > plain);
	assert_true(read_text(lexicon, "it is GOOD", "en").sentiment > plain);
	assert_true(read_text(lexicon, "it is slightly good", "en").sentiment < plain);
	tl_lexicon_close(lexicon);
}

static void friction_is_told_by_words_and_phrases(void **state)
{
	static const struct {
		const char *language, *text;
		uint32_t kinds;
	} cases[] = {
		{"en", "I was still waiting on Friday", 1u << TL_DELAYED},
		{"en", "It was not late.", 0},
		{"en", "The form makes no sense, and the page crashed",
			1u << TL_CONFUSION | 1u << TL_FAILURE},
		{"en", "I was charged twice and the agent hung up!",
			1u << TL_UNFAIR_DISTRIBUTIVE | 1u << TL_UNFAIR_INTERACTIONAL},
		{"en", "They transferred me, and I had to repeat myself",
			1u << TL_HANDOFF | 1u << TL_REPETITION},
		{"en", "Changed without notice", 1u << TL_UNFAIR_PROCEDURAL},
		{"en", "Two agents, different answers", 1u << TL_INCONSISTENCY},
		{"en", "too many steps", 1u << TL_EFFORTFUL},
		{"en", "All went well", 0},
		{"de", "Das Gerät funktioniert nicht", 1u << TL_FAILURE},
		{"de", "Keine Antwort, schon wieder", 1u << TL_DELAYED | 1u << TL_REPETITION},
		{"fr", "Toujours en retard et trop cher",
			1u << TL_DELAYED | 1u << TL_UNFAIR_DISTRIBUTIVE},
		{"es", "No funciona y sigo esperando", 1u << TL_FAILURE | 1u << TL_DELAYED},
		{"it", "still waiting", 0},
	};
	struct tl_lexicon *lexicon = tl_lexicon_open(NULL, NULL);
	(void)state;

	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		uint32_t kinds =
			read_text(lexicon, cases[i].text, cases[i].language).friction_kinds;

		if (kinds != cases[i].kinds)
			fail_msg("%s: %x, not %x", cases[i].text, kinds, cases[i].kinds);
	}
	tl_lexicon_close(lexicon);
}

static struct tl_lexicon *open_written(struct tl_diags *diags, const char *text)
{
	char path[] = "/tmp/touchline-lexicon-XXXXXX";
	int fd = mkstemp(path);
	struct tl_lexicon *lexicon;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	lexicon = tl_lexicon_open(diags, path);
	unlink(path);
	return lexicon;
}

static void a_lexicon_of_somebody_else_is_read_or_refused(void **state)
{
	static const char *const broken[] = {
		"good\n", "good\tmany\n", "\t1\n", "good\t5\n", "a\tnan\n"};
	struct tl_diags diags;
	struct tl_lexicon *lexicon;
	(void)state;

	tl_diags_init(&diags);
	lexicon =
		open_written(&diags, "wibble\t-1\t0.1\t[1]\nwibble\t2.0\t0.5\t[2]\r\n\nwobble\t-3");
	assert_non_null(lexicon);
	assert_true(read_text(lexicon, "wibble", "en").sentiment > 0); /* the last one counts */
	assert_true(read_text(lexicon, "wobble", "en").sentiment < 0);
	assert_true(read_text(lexicon, "good", "en").sentiment == 0);
	tl_lexicon_close(lexicon);
	assert_int_equal(diags.errors, 0);
	for (size_t i = 0; i < TL_COUNT(broken); i++) {
		assert_null(open_written(&diags, broken[i]));
		assert_int_equal(diags.errors, i + 1);
	}
	assert_null(tl_lexicon_open(&diags, "/no/such/file"));
	tl_diags_release(&diags);
}

static void the_published_sentences_have_their_values(void **state)
{
	static const struct {
		const char *text;
		double value;
	} cases[] = {
		{"VADER is smart, handsome, and funny.", .8316},
		{"VADER is smart, handsome, and funny!", .8439},
		{"VADER is not smart, handsome, nor funny.", -.7424},
		{"The book was good.", .4404},
		{"Today SUX!", -.5461},
	};
	const char *path =
		getenv("VADER") ? getenv("VADER") : "../shared/data/vader/vader_lexicon.txt";
	struct tl_diags diags;
	struct tl_lexicon *lexicon;
	(void)state;

	if (access(path, R_OK) != 0) {
		print_message("not checked: VADER's lexicon is not at %s\n", path);
		return;
	}
	tl_diags_init(&diags);
	lexicon = tl_lexicon_open(&diags, path);
	assert_non_null(lexicon);
	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		double value = read_text(lexicon, cases[i].text, "en").sentiment;

		if (fabs(value - cases[i].value) > .00005)
			fail_msg("%s: %.4f", cases[i].text, value);
	}
	tl_lexicon_close(lexicon);
	tl_diags_release(&diags);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(languages_are_guessed_or_not_known),
		cmocka_unit_test(sentiment_has_its_sign),
		cmocka_unit_test(stress_and_strength_count),
		cmocka_unit_test(friction_is_told_by_words_and_phrases),
		cmocka_unit_test(a_lexicon_of_somebody_else_is_read_or_refused),
		cmocka_unit_test(the_published_sentences_have_their_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
