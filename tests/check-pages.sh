#!/bin/bash
# check-pages: the HTML page in a real browser, headless Chromium, driven by tests/browser/pages.mjs:
# keyboard, mouse, phone, paper, no network, and reading without scripts; called by check-pages-axe, no
# violation that axe finds.
# Pages with and without feedback, in two languages, light and dark; and the same input, the same bytes.
set -uo pipefail
failed=0
tests/tools/import-samples touchline "$WORK/heard.db" >"$WORK/import.log" || { cat "$WORK/import.log" && exit 1; }
build() { touchline build -q --format html "$@" || failed=1; }
build journeys -o "$WORK/assumed"
build journeys -o "$WORK/dark" --theme dark
build journeys -o "$WORK/heard" --store "$WORK/heard.db"
build journeys -o "$WORK/heard-dark" --store "$WORK/heard.db" --theme dark
build tests/browser/rtl.xml -o "$WORK/rtl"
build journeys -j 1 -o "$WORK/again" --store "$WORK/heard.db"
for page in "$WORK"/heard/*.html; do
	cmp "$page" "$WORK/again/${page##*/}" || failed=1
done
node tests/browser/pages.mjs "$WORK" "${1:-use}" || failed=1
exit "$failed"
