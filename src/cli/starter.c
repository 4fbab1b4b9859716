/* The journey to start from: one skeleton, and its texts in each language side by side. A place
 * {name} of the skeleton is filled with the row of that name; {id}, {lang} and {title} are given.
 * Rows that start with '#' are comments, which must not hold two hyphens in a row.
 */
#include "cli/init.h"
#include "touchline/base.h"
#include "touchline/xml.h"

#include <string.h>

static const char *const language_words[] = {"en", "de", "fr", "es"};
const struct tl_vocabulary tl_starter_languages = {
	"language", language_words, TL_COUNT(language_words)};

static const char skeleton[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<!-- {#start} -->\n"
	"<journey xmlns=\"urn:touchline:journey:1\" id=\"{id}\" state=\"as-is\" "
	"xml:lang=\"{lang}\">\n"
	"  <title>{title}</title>\n"
	"  <summary>{summary}</summary>\n"
	"\n"
	"  <!-- {#persona} -->\n"
	"  <persona id=\"anna\" name=\"{anna}\">\n"
	"    <goal>{anna goal}</goal>\n"
	"    <need>{anna need}</need>\n"
	"    <quote>{anna quote}</quote>\n"
	"  </persona>\n"
	"\n"
	"  <!-- {#vocabulary} -->\n"
	"  <channel id=\"web\" kind=\"web\" self-service=\"yes\">{web}</channel>\n"
	"  <channel id=\"phone\" kind=\"phone\">{phone}</channel>\n"
	"  <channel id=\"email\" kind=\"email\">{email}</channel>\n"
	"  <department id=\"sales\">{sales}</department>\n"
	"  <department id=\"care\">{care}</department>\n"
	"\n"
	"  <!-- {#stage} -->\n"
	"  <stage id=\"find-out\">\n"
	"    <title>{find out}</title>\n"
	"    <touchpoint id=\"compare\" channel=\"web\" owner=\"sales\">\n"
	"      <title>{compare}</title>\n"
	"      <action>{compare action}</action>\n"
	"      <thought>{compare thought}</thought>\n"
	"      <!-- {#emotion} -->\n"
	"      <emotion valence=\"1\" feeling=\"{compare feeling}\">{compare quote}</emotion>\n"
	"    </touchpoint>\n"
	"  </stage>\n"
	"\n"
	"  <stage id=\"decide\">\n"
	"    <title>{decide}</title>\n"
	"    <goal>{decide goal}</goal>\n"
	"    <touchpoint id=\"order\" channel=\"web\" owner=\"sales\" importance=\"5\" "
	"moment-of-truth=\"yes\">\n"
	"      <title>{order}</title>\n"
	"      <action>{order action}</action>\n"
	"      <!-- {#expectation} -->\n"
	"      <expectation id=\"ten-minutes\" kind=\"time\" promise=\"PT10M\">{order expects}"
	"</expectation>\n"
	"      <emotion valence=\"-1\" feeling=\"{order feeling}\">{order quote}</emotion>\n"
	"      <!-- {#pain} -->\n"
	"      <pain id=\"form-forgets\" kind=\"effort\" severity=\"3\" cause=\"tools\" "
	"owner=\"sales\">{order pain}</pain>\n"
	"      <opportunity for=\"form-forgets\" remedy=\"tools\" impact=\"4\" effort=\"2\" "
	"owner=\"sales\">{order idea}</opportunity>\n"
	"      <!-- {#next} -->\n"
	"      <next to=\"confirmation\"/>\n"
	"      <next to=\"call\" when=\"{call when}\" share=\"0.2\" handoff=\"cold\"/>\n"
	"    </touchpoint>\n"
	"    <touchpoint id=\"call\" channel=\"phone\" owner=\"care\">\n"
	"      <title>{call}</title>\n"
	"      <action>{call action}</action>\n"
	"      <thought>{call thought}</thought>\n"
	"      <emotion valence=\"-2\" feeling=\"{call feeling}\"/>\n"
	"      <pain id=\"told-again\" kind=\"repetition\" severity=\"4\" cause=\"process\" "
	"owner=\"care\">{call pain}</pain>\n"
	"    </touchpoint>\n"
	"    <touchpoint id=\"confirmation\" channel=\"email\" owner=\"care\" "
	"initiator=\"company\">\n"
	"      <title>{confirmation}</title>\n"
	"      <emotion valence=\"2\" feeling=\"{confirmation feeling}\">{confirmation quote}"
	"</emotion>\n"
	"      <!-- {#backstage} -->\n"
	"      <backstage owner=\"sales\" serves=\"care\" promise=\"PT1H\">{backstage}"
	"</backstage>\n"
	"    </touchpoint>\n"
	"  </stage>\n"
	"</journey>\n";

/* A text to a line. */
/* clang-format off */
static const struct row {
	const char *place;
	const char *texts[TL_COUNT(language_words)];
} rows[] = {
	{"#start", {
		"A journey to start from: change it, and look at it with `touchline build`. What\n"
		"     else can be said is in `man touchline-journey`.",
		"Eine Journey für den Anfang: ändern und mit `touchline build` ansehen. Was\n"
		"     sich noch sagen lässt, steht in `man touchline-journey`.",
		"Un parcours pour commencer : modifiez-le et regardez-le avec\n"
		"     `touchline build`. Le reste du langage est dans `man touchline-journey`.",
		"Un recorrido para empezar: cámbielo y mírelo con `touchline build`. Qué más\n"
		"     se puede decir está en `man touchline-journey`.",
	}},
	{"summary", {
		"From the first idea to a confirmed order.",
		"Von der ersten Idee bis zur bestätigten Bestellung.",
		"De la première idée à la commande confirmée.",
		"De la primera idea al pedido confirmado.",
	}},
	{"#persona", {
		"Whose journey it is. With several personas, each can have emotions of its own.",
		"Wessen Journey es ist. Mehrere Personas können je eigene Emotionen haben.",
		"À qui est ce parcours. Chaque persona peut avoir ses propres émotions.",
		"De quién es el recorrido. Cada persona puede tener sus propias emociones.",
	}},
	{"anna", {
		"Anna, buys for the first time",
		"Anna, kauft zum ersten Mal",
		"Anna, premier achat",
		"Anna, compra por primera vez",
	}},
	{"anna goal", {
		"Get the right thing without studying it",
		"Das Richtige bekommen, ohne es zu studieren",
		"Avoir le bon produit sans devoir l’étudier",
		"Conseguir lo adecuado sin tener que estudiarlo",
	}},
	{"anna need", {
		"Know what it costs before deciding",
		"Vor der Entscheidung wissen, was es kostet",
		"Savoir le prix avant de décider",
		"Saber cuánto cuesta antes de decidir",
	}},
	{"anna quote", {
		"I do not want to become an expert.",
		"Ich will keine Expertin werden.",
		"Je ne veux pas devenir experte.",
		"No quiero convertirme en experta.",
	}},
	{"#vocabulary", {
		"Channels and departments, to be referred to by their ids below. Several journeys can\n"
		"     share them: see xi:include in the manual.",
		"Kanäle und Abteilungen; unten wird über ihre ids auf sie verwiesen. Mehrere\n"
		"     Journeys können sie teilen: siehe xi:include im Handbuch.",
		"Canaux et services, désignés plus bas par leur id. Plusieurs parcours peuvent\n"
		"     les partager : voir xi:include dans le manuel.",
		"Canales y departamentos, a los que se alude abajo por su id. Varios recorridos\n"
		"     pueden compartirlos: véase xi:include en el manual.",
	}},
	{"web", {
		"Website",
		"Website",
		"Site web",
		"Sitio web",
	}},
	{"phone", {
		"Hotline",
		"Hotline",
		"Téléphone",
		"Teléfono",
	}},
	{"email", {
		"E-mail",
		"E-Mail",
		"E-mail",
		"Correo electrónico",
	}},
	{"sales", {
		"Sales",
		"Vertrieb",
		"Ventes",
		"Ventas",
	}},
	{"care", {
		"Customer care",
		"Kundenservice",
		"Service client",
		"Atención al cliente",
	}},
	{"#stage", {
		"Stages have touchpoints, in the order in which customers meet them.",
		"Phasen haben Touchpoints, in der Reihenfolge, in der man ihnen begegnet.",
		"Les étapes contiennent des points de contact, dans l'ordre du parcours.",
		"Las etapas contienen puntos de contacto, en el orden del recorrido.",
	}},
	{"find out", {
		"Find out",
		"Informieren",
		"S’informer",
		"Informarse",
	}},
	{"compare", {
		"Compare offers",
		"Angebote vergleichen",
		"Comparer les offres",
		"Comparar ofertas",
	}},
	{"compare action", {
		"Looks at three offers side by side",
		"Sieht drei Angebote nebeneinander an",
		"Regarde trois offres côte à côte",
		"Mira tres ofertas a la vez",
	}},
	{"compare thought", {
		"What is the difference?",
		"Wo ist der Unterschied?",
		"Quelle est la différence ?",
		"¿Cuál es la diferencia?",
	}},
	{"#emotion", {
		"From valence -2 (terrible) to 2 (delighted); the text is what the customer says.",
		"Von valence -2 (furchtbar) bis 2 (begeistert); der Text ist, was gesagt wird.",
		"De valence -2 (terrible) à 2 (ravi) ; le texte est ce que dit le client.",
		"De valence -2 (pésimo) a 2 (encantado); el texto es lo que dice el cliente.",
	}},
	{"compare feeling", {
		"curious",
		"neugierig",
		"curieuse",
		"curiosa",
	}},
	{"compare quote", {
		"That one could suit me.",
		"Das könnte passen.",
		"Celle-ci pourrait me convenir.",
		"Esa podría servirme.",
	}},
	{"decide", {
		"Decide",
		"Entscheiden",
		"Décider",
		"Decidir",
	}},
	{"decide goal", {
		"Order quickly and know that it worked",
		"Schnell bestellen und wissen, dass es geklappt hat",
		"Commander vite et savoir que cela a marché",
		"Pedir rápido y saber que ha funcionado",
	}},
	{"order", {
		"Place the order",
		"Bestellen",
		"Commander",
		"Hacer el pedido",
	}},
	{"order action", {
		"Fills in the form and pays",
		"Füllt das Formular aus und bezahlt",
		"Remplit le formulaire et paie",
		"Rellena el formulario y paga",
	}},
	{"#expectation", {
		"What the customer expects. promise is a duration: PT10M ten minutes, P1D a day.",
		"Was erwartet wird. promise ist eine Dauer: PT10M zehn Minuten, P1D ein Tag.",
		"Ce que le client attend. promise est une durée : PT10M dix minutes, P1D un jour.",
		"Lo que se espera. promise es una duración: PT10M diez minutos, P1D un día.",
	}},
	{"order expects", {
		"Done in ten minutes",
		"In zehn Minuten erledigt",
		"Fini en dix minutes",
		"Hecho en diez minutos",
	}},
	{"order feeling", {
		"anxious",
		"unsicher",
		"inquiète",
		"inquieta",
	}},
	{"order quote", {
		"Did it go through?",
		"Hat es geklappt?",
		"Est-ce que c’est passé ?",
		"¿Se ha enviado?",
	}},
	{"#pain", {
		"What hurts, and why: the cause decides which remedy can work. severity is 1 to 5.",
		"Was weh tut und warum: Die Ursache entscheidet, was hilft. severity ist 1 bis 5.",
		"Ce qui fait mal, et pourquoi : la cause décide du remède. severity va de 1 à 5.",
		"Qué duele y por qué: la causa decide qué remedio sirve. severity va de 1 a 5.",
	}},
	{"order pain", {
		"One mistake, and the form is empty again",
		"Ein Fehler, und das Formular ist wieder leer",
		"Une erreur, et le formulaire est de nouveau vide",
		"Un error, y el formulario vuelve a estar vacío",
	}},
	{"order idea", {
		"Keep what was typed",
		"Eingaben behalten",
		"Garder ce qui a été saisi",
		"Conservar lo escrito",
	}},
	{"#next", {
		"Where it goes on. Without next, to the touchpoint below. A handoff is cold when the\n"
		"           customer has to tell the story again.",
		"Wie es weitergeht; ohne next beim Touchpoint darunter. Eine Übergabe ist cold,\n"
		"           wenn die Geschichte noch einmal erzählt werden muss.",
		"La suite ; sans next, le point de contact suivant. Un transfert est cold\n"
		"           quand il faut tout raconter à nouveau.",
		"Por dónde sigue; sin next, por el punto de abajo. Un traspaso es cold cuando\n"
		"           hay que contarlo todo otra vez.",
	}},
	{"call when", {
		"the payment fails",
		"die Zahlung scheitert",
		"le paiement échoue",
		"falla el pago",
	}},
	{"call", {
		"Call the hotline",
		"Hotline anrufen",
		"Appeler le service client",
		"Llamar por teléfono",
	}},
	{"call action", {
		"Waits, and tells it all again",
		"Wartet und erzählt alles noch einmal",
		"Attend et raconte tout à nouveau",
		"Espera y lo cuenta todo otra vez",
	}},
	{"call thought", {
		"You should be able to see that.",
		"Das müssten Sie doch sehen.",
		"Vous devriez le voir, non ?",
		"Eso deberían poder verlo.",
	}},
	{"call feeling", {
		"angry",
		"verärgert",
		"en colère",
		"enfadada",
	}},
	{"call pain", {
		"Has to repeat everything",
		"Muss alles wiederholen",
		"Doit tout répéter",
		"Tiene que repetirlo todo",
	}},
	{"confirmation", {
		"Read the confirmation",
		"Bestätigung lesen",
		"Lire la confirmation",
		"Leer la confirmación",
	}},
	{"confirmation feeling", {
		"relieved",
		"erleichtert",
		"soulagée",
		"aliviada",
	}},
	{"confirmation quote", {
		"Good, it worked.",
		"Gut, es hat geklappt.",
		"Bien, c’est fait.",
		"Bien, ha funcionado.",
	}},
	{"#backstage", {
		"What happens behind the scenes, where one department is the customer of another.",
		"Was hinter den Kulissen geschieht: Eine Abteilung ist Kundin der anderen.",
		"Ce qui se passe en coulisse, où un service est le client d'un autre.",
		"Lo que pasa entre bastidores, donde un departamento es cliente de otro.",
	}},
	{"backstage", {
		"Releases the order",
		"Gibt die Bestellung frei",
		"Valide la commande",
		"Libera el pedido",
	}},
};
/* clang-format on */

static const char *text_of(const char *place, size_t length, int language)
{
	for (size_t i = 0; i < TL_COUNT(rows); i++)
		if (strncmp(rows[i].place, place, length) == 0 && !rows[i].place[length])
			return rows[i].texts[language];
	tl_die("a place of the starting journey has no text");
}

void tl_starter_put(struct tl_buf *out, int language, const char *id, const char *title)
{
	const char *p = skeleton;

	for (;;) {
		size_t before = strcspn(p, "{"), length;

		tl_buf_put(out, p, before);
		p += before;
		if (!*p)
			return;
		p++;
		length = strcspn(p, "}");
		if (strncmp(p, "id}", 3) == 0)
			tl_buf_puts(out, id);
		else if (strncmp(p, "lang}", 5) == 0)
			tl_buf_puts(out, language_words[language]);
		else if (strncmp(p, "title}", 6) == 0)
			tl_xml_escape(out, title);
		else
			tl_buf_puts(out, text_of(p, length, language));
		p += length + 1;
	}
}
