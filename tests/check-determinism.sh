#!/bin/bash
# check-determinism: the same journeys give the same bytes, whatever the number of processes, the
# place, the time zone, the language of the user and the terminal are; in every format and view.
set -uo pipefail
failed=0
all=(--format svg,pdf,png,dot,json --view map,overview,stage --scale 1)
mkdir "$WORK/journeys" && cp -R journeys/vocabulary $(printf "%s\n" journeys/*.xml | head -n 2) "$WORK/journeys/"
mkdir -p "$WORK/else/where" && cp -R "$WORK/journeys" "$WORK/else/where/journeys"
cd "$WORK" || exit
touchline build -q -j 1 "${all[@]}" -o "$WORK/one" journeys || failed=1
(cd else/where && unset NO_COLOR && TZ=Pacific/Auckland LC_ALL=tr_TR.UTF-8 LANG=ar_EG.UTF-8 COLUMNS=40 TERM=xterm \
	touchline build -q -j 3 "${all[@]}" -o "$WORK/two" journeys) || failed=1
for file in one/*.*; do
	cmp "$file" "two/${file##*/}" || failed=1
done
count=$(find one -type f ! -name '.*' | wc -l)
[ "$count" -gt 0 ] && [ "$count" = "$(find two -type f ! -name '.*' | wc -l)" ] ||
	{ echo "one build wrote $count files, the other another number" && failed=1; }
echo "$count files are the same in two builds"
exit "$failed"
