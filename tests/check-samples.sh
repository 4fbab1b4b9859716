#!/bin/bash
# check-samples: the feedback in journeys/feedback is what tests/tools/feedback.c makes, no more and
# no less. After a change to the generator: WORK=$(mktemp -d) UPDATE=1 tests/check-samples.sh
# writes the files again; look at git diff. Imported, nothing is rejected, and the second time nothing is new.
set -euo pipefail
tool=output/build/release/tools/feedback
folder=journeys/feedback
made=$WORK/made
mkdir -p "$made"
"$tool" --list >"$made/samples.tsv"
while IFS=$'\t' read -r journey source _ file; do
	mkdir -p "$made/$journey"
	"$tool" --journey "$journey" --source "$source" >"$made/$journey/$file"
done <"$made/samples.tsv"
[ -z "${UPDATE:-}" ] || cp -r "$made/." "$folder"
diff -r -x README.md -x '*.xml' "$made" "$folder"
[ "$(wc -l <"$made/samples.tsv")" -gt 30 ]
[ "$("$tool" --seed 2 --journey broadband-order --source chat | cmp - "$folder/broadband-order/chat.csv" 2>&1 | wc -l)" = 1 ]
[ "$("$tool" --records 3000 --journey furniture-online --source zendesk --format csv | wc -l)" = 3001 ]
grep -rhoE '[A-Za-z0-9.]+@[a-z.]*[a-z]' "$folder" | grep -vE '@example\.(com|org)$' && exit 1
tests/tools/import-samples touchline "$WORK/samples.db"
tests/tools/import-samples touchline "$WORK/samples.db" >"$WORK/again"
[ "$(grep -c ' 0 new' "$WORK/again")" = 4 ]
echo "$(wc -l <"$made/samples.tsv") samples are what the generator makes, and of people who do not exist"
