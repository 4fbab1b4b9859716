#!/bin/bash
# check-pages-axe: no violation that axe-core finds on the HTML page; see check-pages.
exec bash tests/check-pages.sh axe
