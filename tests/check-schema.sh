#!/bin/bash
# check-schema: the schemas for editors agree with the compiler.
#
# RELAX NG and XML Schema accept every example, every journey that a golden test finds nothing wrong
# with, and every small change to a good journey that the compiler accepts; and they refuse what the
# compiler refuses, where a schema can say it. A change is a line of the list below: what is done to
# the good journey, and which of the three must refuse it: c the compiler, r RELAX NG, x XML Schema.
set -uo pipefail
failed=0 looked=0
complain() { echo "$*" && failed=1; }

touchline schema >"$WORK/journey.rng" || complain 'no RELAX NG schema'
touchline schema --format xsd >"$WORK/journey.xsd" || complain 'no XML Schema'

accepts_c() { touchline check -q "$1" >"$WORK/said" 2>&1; }
accepts_r() { xmllint --noout --nonet --relaxng "$WORK/journey.rng" "$1" >"$WORK/said" 2>&1; }
accepts_x() { xmllint --noout --nonet --schema "$WORK/journey.xsd" "$1" >"$WORK/said" 2>&1; }

# judge FILE REFUSED: all of c, r, x accept the file but for those in REFUSED.
judge() {
	local judge
	looked=$((looked + 1))
	for judge in c r x; do
		if "accepts_$judge" "$1"; then
			[[ $2 != *$judge* ]] || complain "$3: $judge accepts it"
		else
			[[ $2 == *$judge* ]] || complain "$3: $judge refuses it: $(head -3 "$WORK/said")"
		fi
	done
}

for file in journeys/*.xml journeys/vocabulary/*.xml; do
	judge "$file" '' "$file"
done

cat >"$WORK/good.xml" <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<journey xmlns="urn:touchline:journey:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:touchline:journey:1 journey.xsd" id="good" state="as-is" xml:lang="pt-BR" updated="2026-10-01">
<title>Good</title>
<summary>One</summary>
<summary>Two</summary>
<persona id="maya" name="Maya" segment="renters"><need>N</need><goal>G</goal><goal>H</goal></persona>
<channel id="web" kind="web" self-service="yes" reply-within="PT4H">Web</channel>
<department id="care">Care</department>
<system id="crm">CRM</system>
<tolerance family="delay" promise="0.05" intolerable=".3" weight="2"/>
<stage id="s"><touchpoint id="t" channel="web" owner="care" importance="5" moment-of-truth="no" initiator="company" reach="1"><action>A</action>
<title>T</title>
<expectation id="e" kind="time" promise="P1DT2H" clock="reply" importance="1">E</expectation>
<emotion valence="-1.5" feeling="lost" persona="maya"/>
<pain id="p" kind="delay" severity="3" occurrence="2" detection="1" cause="tools" owner="care" status="open" since="2026-01-01" due="2026-12-31" evidence="Survey 2" expectation="e">P</pain>
<opportunity for="p" remedy="tools" impact="3" effort="1" owner="care" due="2027-01-31" status="in-progress">O</opportunity>
<backstage owner="care" serves="care" system="crm" promise="P2W">B</backstage>
<support owner="care" system="crm">S</support>
<listen source="zendesk" tag="x" field="f" value="v" match="a OR b" lang="en" pain="p" expectation="e"/>
<next to="u" when="w" share="0.5" handoff="warm"/>
</touchpoint><title>S</title>
<touchpoint id="u"><title>U</title></touchpoint></stage>
</journey>
END
judge "$WORK/good.xml" '' 'the good journey'

# Refused by | what is done to the good journey (sed)
while IFS='|' read -r refused change; do
	[ -n "$change" ] || continue
	sed -e "$change" "$WORK/good.xml" >"$WORK/changed.xml"
	! cmp -s "$WORK/good.xml" "$WORK/changed.xml" || complain "$change: changes nothing"
	judge "$WORK/changed.xml" "$refused" "$change"
done <<'END'
|s/ state="as-is"/ state=" as-is "/
|s/promise="0.05"/promise="+0.050"/
|s/importance="5"/importance="05"/
|s/for="p"/for=" p "/
|s/<need>N/<need>\&lt;N\&amp;/
|s/P1DT2H/PT1.5H/
|s/ moment-of-truth="no"//
|s/<emotion \(.*\)\/>/<emotion \1>words<\/emotion>/
|s/"-1.5"/"2"/
|/<summary>/d
|s/<title>Good/<title><![CDATA[Good]]>/
|s/<channel/<!-- c --><channel/
crx|s/id="good"/id="2good"/
crx|s/id="good"//
crx|s/"as-is"/"asis"/
cr|s/"pt-BR"/"pt_BR"/
cr|s/xml:lang/xml:space/
crx|s/"2026-10-01"/"2026-13-01"/
crx|s/"2026-10-01"/"01.10.2026"/
crx|s/"2026-10-01"/"2026-10-01Z"/
cr|/<title>Good/d
cr|s/<title>Good/<title>Bad<\/title>&/
crx|s/<title>Good/<title>/
crx|s/<summary>One/<summmary\/><summary>One/
crx|s/ name="Maya"//
crx|s/ name="Maya"/ name=" "/
crx|s/kind="web"/kind="fax"/
crx|s/self-service="yes"/self-service="true"/
crx|s/"PT4H"/"4 hours"/
crx|s/"PT4H"/"PT"/
crx|s/"PT4H"/"-PT4H"/
crx|s/>CRM</></
crx|s/family="delay"//
crx|s/"0.05"/"5%"/
crx|s/"0.05"/"1.5"/
crx|s/"0.05"/"5e-2"/
crx|s/importance="5"/importance="6"/
crx|s/importance="5"/importance="3.0"/
crx|s/ channel=/ chanel=/
crx|s/channel="web"/channel="the web"/
crx|s/"-1.5"/"-2.5"/
crx|s/valence="-1.5"//
crx|s/severity="3"/severity="0"/
crx|s/cause="tools"/cause="people"/
crx|s/for="p"/for="p,p"/
crx|s/<next to="u"/<next/
crx|s/<next to="u"/<next to="a#b#c"/
crx|s/share="0.5"/share="0,5"/
crx|s/<next .*/&words/
crx|s/<stage id="s">/&<pain id="q">Q<\/pain>/
crx|s/<action>A/<action><b>A<\/b>/
crx|s/<journey xmlns="[^"]*"/<journey/
c|s/channel="web"/channel="wbe"/
c|s/<next .*/&<next to="u" share="0.6"\/>/
c|s/"2026-12-31"/"2025-12-31"/
c|s/match="a OR b"/match="a OR"/
END

echo "$looked documents were judged by the compiler, RELAX NG and XML Schema"
exit "$failed"
