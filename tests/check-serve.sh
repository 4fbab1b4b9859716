#!/bin/bash
# check-serve: the workshop's server, asked over the loopback network: routes, roles, headers, what
# is refused, events and catching up, the source, and kill -9 between acknowledged calls.
set -uo pipefail
tests=$PWD/tests/serve
cp -R journeys "$WORK/journeys" && cd "$WORK" || exit 1
node "$tests/api.mjs"
