#!/bin/bash
# check-tree: the repository's top level is the agreed one; nothing in it knows the machine that it
# was written on; scripts can be run; text files end with a line's end and have no trailing spaces.
set -uo pipefail
failed=0
complain() { echo "$*" && failed=1; }
mapfile -t files < <(git ls-files 2>/dev/null || find . -path ./output -prune -o -path ./.git -prune -o -type f -printf '%P\n')
[ "${#files[@]}" -gt 0 ] || complain "there are no files"
for entry in $(printf '%s\n' "${files[@]}" | sed 's,/.*,,' | sort -u); do
	case $entry in
	src | include | journeys | tests | GNUmakefile | README.md | CHANGELOG.md | LICENSE | .*) ;;
	*) complain "$entry: not a place at the top level" ;;
	esac
done
for file in "${files[@]}"; do
	[ -f "$file" ] || continue
	[[ $file != tests/fuzz/corpus/* ]] || continue
	[ "$(head -c 2 "$file" | tr -d '\0')" != '#!' ] || [ -x "$file" ] || [[ $file == tests/check-* ]] ||
		complain "$file: is a script that cannot be run"
	grep -Iq . "$file" || continue # not text
	grep -nE '(^|[^[:alnum:]_.~-])/(work|root)/' "$file" && complain "$file: names a machine's paths"
	[[ $file != tests/golden/* ]] || continue # bytes, not prose
	grep -nE '[[:blank:]]+$' "$file" && complain "$file: has spaces at the end of a line"
	[ -z "$(tail -c 1 "$file")" ] || complain "$file: its last line has no end"
done
echo "${#files[@]} files: in their places, portable, tidy"
exit "$failed"
