#!/bin/bash
# check-tutorial: somebody who follows touchline-tutorial(7) to the letter sees what it shows. The
# page is replayed: comments in it say what a display is, and the page is written again with what
# the commands print now; the two must be equal. They are
#
#     file NAME                   the display is the file
#     after NAME: TEXT ... TEXT   it stands below the first line with TEXT, or with the second
#                                 TEXT after that
#     line NAME: TEXT             it stands instead of the first line with TEXT
#     delete NAME: TEXT           (without a display) all lines with TEXT go
#     run                         commands behind "$ ", and below each what it prints
#     shown                       is left alone
set -uo pipefail
page=$PWD/src/man/touchline-tutorial.7 again=$WORK/touchline-tutorial.7
display=$WORK/display
mkdir "$WORK/follow" && cd "$WORK/follow" || exit
export GIT_AUTHOR_NAME=Nora GIT_AUTHOR_EMAIL=nora@example.org
export GIT_COMMITTER_NAME=Nora GIT_COMMITTER_EMAIL=nora@example.org
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_PAGER=cat
failed=0 did='' commands=0

# edit VERB NAME TEXT [TEXT]: changes the file as the display says.
edit() {
	awk -v verb="$1" -v text="$3" -v later="${4-}" -v display="$display" '
		function put(line) { while ((getline line < display) > 0) print line }
		done || !index($0, text) { print; next }
		verb == "delete" { found = 1; next }
		later != "" { text = later; later = ""; print; next }
		{ if (verb == "after") print; put(); done = found = 1 }
		END { exit !found }' "$2" >"$WORK/edited" ||
		{ echo "$2 has no line for: $*" && failed=1; }
	cp "$WORK/edited" "$2"
}

run() {
	local line
	while IFS= read -r line; do
		[[ $line == '$ '* ]] || continue
		printf '%s\n' "$line"
		(eval "${line#\$ }") 2>&1 </dev/null
		commands=$((commands + 1))
	done <"$display" >"$WORK/printed"
	sed 's/\\/\\e/g; s/^[.'\'']/\\\&&/' "$WORK/printed"
}

carry_out() {
	local rest=${did#* } name text
	name=${rest%%: *} text=${rest#*: }
	case $did in
	'file '*) cp "$display" "$rest" ;;
	'after '*' ... '*) edit after "$name" "${text%% ... *}" "${text#* ... }" ;;
	'after '* | 'line '*) edit "${did%% *}" "$name" "$text" ;;
	run) run && return ;;
	shown) ;;
	*) echo "a display of which nothing is said: '$did'" >&2 && failed=1 ;;
	esac
	cat "$WORK/source"
}

inside=
while IFS= read -r line; do
	case $line in
	.Bd*) inside=1 && : >"$WORK/source" && printf '%s\n' "$line" ;;
	.Ed)
		sed 's/\\e/\\/g; s/^\\&//' "$WORK/source" >"$display"
		carry_out
		inside='' did=''
		printf '%s\n' "$line"
		;;
	*)
		[[ $line != '.\" delete '* ]] || { : >"$display" &&
			edit delete "$(sed 's/.*delete \([^:]*\): .*/\1/' <<<"$line")" "${line#*: }"; }
		[[ $line != '.\" '* ]] || did=${line#'.\" '}
		if [ "$inside" ]; then printf '%s\n' "$line" >>"$WORK/source"; else printf '%s\n' "$line"; fi
		;;
	esac
done <"$page" >"$again"
diff -u "$page" "$again" || { echo "the tutorial shows other answers than the program gives" && failed=1; }
[ "$commands" -ge 15 ] || { echo "only $commands commands were found in it" && failed=1; }
echo "touchline-tutorial.7: $commands commands"
exit "$failed"
