#!/bin/bash
# check-svg: the SVG of every example and of every hard layout, in every view and theme: well-formed,
# ids unique, every touchpoint there, no text over another or over an edge, no arrow through a card,
# all paint in attributes. What is looked for, and that it would be found: tests/unit/svg_check.h.
set -uo pipefail
checker=$(cd "$(dirname "$0")/.." && pwd)/output/build/$VARIANT/unit/draw_svg
mkdir -p "$WORK/hard" || exit 1
synthesize -t 60 -s 12 -i sixty >"$WORK/hard/sixty.xml" || exit 1
synthesize -t 300 -s 7 -r 5 -p 3 -i many >"$WORK/hard/many.xml" || exit 1
draw() { touchline build "${@:2}" -q -Wno-next-to-itself -o "$WORK/maps/$1" -f svg journeys tests/layouts "$WORK/hard"; }

# The whole map, with its JSON: all touchpoints must be there.
draw light -f svg,json --view map || exit 1
draw dark --theme dark --view map,overview,stage,portfolio || exit 1
draw print --theme print --no-embed-fonts --view map,overview,stage,portfolio || exit 1
mapfile -t maps < <(find "$WORK/maps" -name '*.svg' | LC_ALL=C sort)
[ "${#maps[@]}" -ge 100 ] || { echo "only ${#maps[@]} maps were drawn" && exit 1; }
xmllint --noout --nonet "${maps[@]}" && "$checker" "${maps[@]}"
