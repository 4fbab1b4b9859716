#!/bin/bash
# check-workshop: four people in four headless Chromiums play a workshop, from the link to the applied
# decisions, driven by tests/browser/workshop.mjs: facilitator on a projector, laptop, phone, keyboard
# only; a server killed meanwhile, two tabs of one person, hostile texts. check-workshop-axe: no
# violation that axe finds on any screen, light and dark.
# The day is the real one: links end and timers run by it.
set -uo pipefail
cp -R journeys "$WORK/journeys"
for file in src/serve/page/*; do
	grep -q "\"${file##*/}\"" src/serve/page.c || { echo "$file is not sent by the server" && exit 1; }
done
exec env -u SOURCE_DATE_EPOCH node tests/browser/workshop.mjs "$WORK" "${1:-play}"
