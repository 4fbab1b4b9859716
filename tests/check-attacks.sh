#!/bin/bash
# check-attacks: what a workshop must live through: hostile texts, tokens, paths and requests, slow and
# half-open connections, a thousand of them, a full room, a locked store, kill -9 in a burst of writes.
set -uo pipefail
ulimit -n "$(ulimit -Hn)"
tests=$PWD/tests/serve
cp -R journeys "$WORK/journeys" && cd "$WORK" || exit 1
node "$tests/attacks.mjs"
