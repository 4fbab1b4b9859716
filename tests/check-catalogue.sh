#!/bin/bash
# check-catalogue: every diagnostic of the catalogue is shown by a golden test, and explained.
set -uo pipefail
failed=0
codes=$(sed -n 's/^TL_DIAG(\([0-9]*\),.*/TL\1/p' src/diag/catalogue.def)
[ -n "$codes" ] || { echo "no code was found in the catalogue" && exit 1; }
# As the user sees it: [TL0101] in text, "code":"TL0101" in JSON.
shown=$(find tests/golden -name expected -exec grep -ohE '\[TL[0-9]{4}\]|"code": ?"TL[0-9]{4}"' {} + |
	grep -oE 'TL[0-9]{4}' | sort -u)
for code in $codes; do
	grep -qx "$code" <<<"$shown" || { echo "$code: no golden test shows it" && failed=1; }
	text=$(touchline explain "$code") && [ -n "$text" ] || { echo "$code: cannot be explained" && failed=1; }
done
for code in $shown; do
	grep -qx "$code" <<<"$codes" || { echo "$code: is expected by a test and not in the catalogue" && failed=1; }
done
echo "$(wc -w <<<"$codes") diagnostics were looked up: a golden test that shows it, an explanation"
exit "$failed"
