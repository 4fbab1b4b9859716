#!/bin/bash
# check-killed: an import that is killed at any moment loses nothing that was committed, and the next
# run completes: the store then holds what an import holds that nobody disturbed. Two imports at once
# into one store are both complete. The moments are drawn from a fixed seed, as parts of the time
# that an undisturbed import takes on this machine.
set -uo pipefail
moments=8 rows=6000
failed=0
complain() { echo "$*" && failed=1; }
top=$PWD
cd "$WORK" || exit 1
journey=$top/tests/golden/voice/evidence/shop.xml

# A customer in every third row, tags and words that bind, a score.
make_rows() { # FILE FIRST
	awk -v n="$rows" -v first="$2" 'BEGIN {
		print "id,created,updated,email,tags,csat,text"
		for (i = first; i < first + n; i++)
			printf "%d,2025-%02d-%02dT10:00:00Z,2025-12-31,%s,%s,%d,%s %d\n", i,
				i % 12 + 1, i % 28 + 1, i % 3 ? "" : "a" i % 500 "@example.org",
				i % 2 ? "payment" : "other", i % 5 + 1,
				i % 7 ? "It took long and nobody answered" : "My card was declined", i
	}' >"$1"
}
# Everything that is public, without the numbers that rows happened to get.
content() {
	sqlite3 "$1" "
		CREATE TEMP TABLE who AS SELECT customer, min(external_id) AS first
			FROM records WHERE customer IS NOT NULL GROUP BY customer;
		SELECT source, external_id, kind, created, updated, channel, tags, fields, text,
			sentiment, badness, first
			FROM records LEFT JOIN who USING (customer) ORDER BY source, external_id;
		SELECT source, external_id, field, instrument, score, lowest, highest
			FROM measures JOIN records ON records.id = record ORDER BY 1, 2, 3;
		SELECT r.external_id, b.journey, touchpoint, tier, counts, pain, match, tag
			FROM bindings b JOIN records r ON r.id = b.record ORDER BY 1, 2, 3, 4, 5, 6;
		SELECT * FROM rollups ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11;
		SELECT count(*) FROM record_text WHERE record_text MATCH 'declined';" >"$2"
}
same() { # STORE CONTENT WHAT
	content "$1" actual
	cmp -s "$2" actual || complain "$3: the store holds something else: $(diff "$2" actual | head -n 5)"
	touchline doctor --store "$1" >doctor.log 2>&1 || complain "$3: $(cat doctor.log)"
}

make_rows a.csv 1
make_rows b.csv $((rows + 1))
start=$EPOCHREALTIME
touchline import -q --store calm.db --journey "$journey" csv a.csv || complain 'the first import failed'
took=$(((${EPOCHREALTIME/./} - ${start/./}) / 1000))
content calm.db calm.txt
[ "$(grep -c payment calm.txt)" -gt $((rows / 2)) ] || complain 'nothing was bound'

RANDOM=20261122 killed=0
for ((i = 1; i <= moments; i++)); do
	ms=$((took * (RANDOM % 1000) / 1000))
	touchline import -q --store "$i.db" --journey "$journey" csv a.csv 2>/dev/null &
	sleep "$((ms / 1000)).$(printf %03d $((ms % 1000)))"
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	[ $? -ne 137 ] || killed=$((killed + 1))
	touchline import -q --store "$i.db" --journey "$journey" csv a.csv >log 2>&1 ||
		complain "after $ms ms of $took: $(cat log)"
	same "$i.db" calm.txt "after $ms ms of $took"
done
[ "$killed" -gt 0 ] || complain "all of $moments imports ended before they were to be killed"

touchline import -q --store calm.db --journey "$journey" csv b.csv || complain 'the second import failed'
content calm.db calm.txt
export TOUCHLINE_WAIT=120
touchline import -q --store both.db --journey "$journey" csv a.csv &
first=$!
touchline import -q --store both.db --journey "$journey" csv b.csv || complain 'one of two at once failed'
wait "$first" || complain 'the other of two at once failed'
same both.db calm.txt 'two at once'
echo "$rows rows: $killed of $moments imports were killed and completed; two at once did not disturb each other"
exit "$failed"
