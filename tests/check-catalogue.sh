#!/bin/bash
# check-catalogue: every diagnostic of the catalogue is explained, and shown by a golden test. Faults
# of our own, and what happens between two steps of a run, which no journey can provoke, are looked
# for by a unit test instead.
set -uo pipefail
failed=0
codes=$(sed -n 's/^TL_DIAG(\([0-9]*\),.*/TL\1/p' src/diag/catalogue.def)
[ -n "$codes" ] || { echo "no code was found in the catalogue" && exit 1; }
# As the user sees it: [TL0101] in text, "code":"TL0101" in JSON.
shown=$(find tests/golden -name expected -exec grep -ohE '\[TL[0-9]{4}\]|"code": ?"TL[0-9]{4}"' {} + |
	cat - <(grep -ohE '"TL[0-9]{4}"' tests/unit/{draw,edit,room}_*.c) | grep -oE 'TL[0-9]{4}' | sort -u)
for code in $codes; do
	grep -qx "$code" <<<"$shown" || { echo "$code: no test shows it" && failed=1; }
	text=$(touchline explain "$code") && [ -n "$text" ] || { echo "$code: cannot be explained" && failed=1; }
done
for code in $shown; do
	grep -qx "$code" <<<"$codes" || { echo "$code: is expected by a test and not in the catalogue" && failed=1; }
done
echo "$(wc -w <<<"$codes") diagnostics were looked up: a test that shows it, an explanation"
exit "$failed"
