#!/bin/bash
# check-manual: every command has a page, the pages are clean mdoc, what they refer to is there, and
# what the program lists was put into them.
set -uo pipefail
failed=0
complain() { echo "$*" && failed=1; }
manual=output/share/man
pages=("$manual"/man?/*.[157])
[ -f "${pages[0]}" ] || { echo "there is no manual in $manual" && exit 1; }
for command in $(touchline --help | sed -n 's/^  \([a-z]*\) .*/\1/p' | grep -v touchline); do
	[ -f "$manual/man1/touchline-$command.1" ] || complain "touchline-$command.1 is missing"
	grep -q "Xr touchline-$command 1" "$manual/man1/touchline.1" || complain "touchline.1 does not name $command"
	grep -q '^\.It Fl h , Fl Fl help' "$manual/man1/touchline-$command.1" ||
		complain "touchline-$command.1 does not list its options"
done
grep -n '^\.\\" \$' "${pages[@]}" && complain "these lines were not filled in"
for page in "${pages[@]}"; do
	# Style includes references to pages of packages that are not installed here.
	mandoc -T lint -W warning "$page" || complain "$page: not clean"
	for other in $(sed -n 's/^\.Xr \(touchline[a-z-]*\) \([157]\).*/man\2\/\1.\2/p' "$page"); do
		[ -f "$manual/$other" ] || complain "$page refers to $other, which is not there"
	done
done
echo "${#pages[@]} pages were looked at"
exit "$failed"
