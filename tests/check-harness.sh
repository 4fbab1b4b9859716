#!/bin/bash
# check-harness: the harness fails what it should fail. Runs a copy of tests/run on a small tree of
# tests, some of them right and some wrong in each of the ways that matter.
set -uo pipefail
repository=$WORK/repository
golden=$repository/tests/golden/area
mkdir -p "$golden" "$repository/tests/unit" "$repository/tests/fuzz/corpus/empty"
cp tests/run "$repository/tests/"
failed=0

# case NAME EXPECTED COMMANDS: a golden test that prints what it should, and what it should not
case_of() {
	mkdir -p "$golden/$1" && printf '%b' "$2" >"$golden/$1/expected" && echo "$3" >"$golden/$1/cmd"
}
right='==> exit 0\n==> stdout\nhello\n==> stderr\n'
case_of right-output "$right" 'echo hello'
case_of right-open-line '==> exit 0\n==> stdout\nhello\n==> (no newline)\n==> stderr\n' 'printf hello'
case_of right-environment '==> exit 0\n==> stdout\nUTC 1767225600 C.UTF-8 1\n==> stderr\n' \
	'echo $TZ $SOURCE_DATE_EPOCH $LC_ALL $NO_COLOR'
case_of wrong-status "$right" 'echo hello; exit 1'
case_of wrong-output "$right" 'echo Hello'
case_of wrong-open-line "$right" 'printf hello'
case_of wrong-stream "$right" 'echo hello >&2'
case_of wrong-no-file "$right" 'echo hello'
mkdir "$golden/wrong-no-file/expected.d" && echo x >"$golden/wrong-no-file/expected.d/made"
case_of wrong-file "$right" 'echo hello; echo y >made'
cp -R "$golden/wrong-no-file/expected.d" "$golden/wrong-file/"
case_of right-file "$right" 'echo hello; echo x >made'
cp -R "$golden/wrong-no-file/expected.d" "$golden/right-file/"
case_of wrong-unexpected "$right" 'echo hello' && rm "$golden/wrong-unexpected/expected"
mkdir "$golden/wrong-no-cmd" && cp "$golden/right-output/expected" "$golden/wrong-no-cmd/"
: >"$repository/tests/unit/wrong-not-built.c"
: >"$repository/tests/fuzz/empty.c" # has no corpus
echo 'exit 0' >"$repository/tests/check-right.sh"
echo 'exit 3' >"$repository/tests/check-wrong.sh"

cd "$repository" || exit
for name in $(ls tests/golden/area | sed 's,^,golden/area/,') unit/wrong-not-built replay/empty \
	check/right check/wrong; do
	case $name in *right*) want=ok ;; *) want=FAIL ;; esac
	tests/run "$name" >"$WORK/result" 2>&1
	status=$?
	grep -q "^$want *$name  " "$WORK/result" && [ "$status" = "$([ $want = FAIL ] && echo 1 || echo 0)" ] || {
		echo "$name should have been $want, with its exit status:" && cat "$WORK/result"
		failed=1
	}
done

last=$(tests/run 2>&1 | tail -n 1)
total=$(($(ls tests/golden/area | wc -l) + 4))
ok=$(($(ls tests/golden/area | grep -c right) + 1))
[ "$last" = "$ok passed, $((total - ok)) failed" ] || { echo "the last line is: $last" && failed=1; }
tests/run no-such-test >/dev/null 2>&1 && echo "a pattern that finds nothing is a success" && failed=1

cp -R tests/golden before
tests/run --update >/dev/null 2>&1
last=$(tests/run golden 2>&1 | tail -n 1)
[ "$last" = "$(($(ls tests/golden/area | wc -l) - 2)) passed, 2 failed" ] ||
	{ echo "an update should mend all but what cannot run" && failed=1; }
diff -r before/area/right-output tests/golden/area/right-output || failed=1
echo "the harness tells $ok tests that are right from $((total - ok)) that are wrong, and updates them"
exit "$failed"
