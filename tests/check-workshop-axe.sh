#!/bin/bash
# check-workshop-axe: no violation that axe-core finds on the workshop's screens; see check-workshop.
exec bash tests/check-workshop.sh axe
