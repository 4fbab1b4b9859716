#!/bin/bash
# check-readme: what the README shows is what happens. Its journey is valid and can be drawn; with
# the three mistakes that it speaks of, it gives the messages that it shows; its commands are right.
set -uo pipefail
failed=0
readme=$PWD/README.md samples=$PWD/journeys/feedback/broadband-order
shown=$WORK/shown messages=$WORK/messages
block() { awk -v kind="$1" '$0 == "```" kind { p = 1; next } /^```/ { p = 0 } p' "$readme"; }
mkdir "$WORK/journeys" && cd "$WORK" || exit

block xml >journeys/broadband.xml
touchline check journeys && touchline build journeys && [ -s output/maps/broadband-order.svg ] || failed=1

sed -i 's/kind="phone">Hot/kind="phon">Hot/
	s/channel="phone" owner="ecommerce"/channel="hotline" owner="ecomerce"/' journeys/broadband.xml
block console | sed 1d >"$shown"
command=$(block console | sed -n '1s/^\$ //p')
$command >"$messages" 2>&1
diff -u "$shown" "$messages" || { echo "README.md shows other messages than '$command' gives" && failed=1; }

block xml >journeys/broadband.xml
# The exports that it speaks of are those of the example that its journey is taken from.
cp "$samples/zendesk.json" tickets.json && cp "$samples/chat.csv" export.csv || failed=1
printf 'touchpoint,department,text\ncheckout,ecommerce,They ask twice\n' >workshop.csv
printf '%s' '<decisions xmlns="urn:touchline:decisions:1"><journey id="broadband-order">' \
	'<touchpoint id="checkout"><emotion valence="-2"/></touchpoint></journey></decisions>' >decisions.xml
touchline serve >session 2>&1 & # a session to take decisions from
until grep -q Ctrl-C session || ! kill -0 $!; do sleep 0.1; done
kill -INT $! && wait $!
block '' | grep '^touchline' | sed 's/ \+#.*//' >commands
while read -r command; do
	case $command in # these never end; they have tests of their own
	*--watch* | 'touchline serve' | 'touchline serve --room'*) continue ;;
	esac
	$command >log 2>&1 </dev/null || { echo "'$command' fails:" && cat log && failed=1; }
done <commands
[ "$(wc -l <commands)" -gt 5 ] || { echo "the commands of README.md were not found" && failed=1; }
echo "README.md: its journey, its messages and $(wc -l <commands) commands"
exit "$failed"
