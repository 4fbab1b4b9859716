#!/bin/bash
# check-install: `make install` puts everything below DESTDIR and PREFIX, where it works.
set -uo pipefail
failed=0
root=$WORK/root
make -s install DESTDIR="$root" PREFIX=/usr || exit 1
[ "$("$root/usr/bin/touchline" --version)" = "$(touchline --version)" ] ||
	{ echo "the installed program is another one" && failed=1; }
for file in share/man/man1/touchline.1 share/man/man5/touchline-journey.5 share/touchline/journey.rng \
	share/touchline/journey.xsd share/bash-completion/completions/touchline \
	share/zsh/site-functions/_touchline share/fish/vendor_completions.d/touchline.fish \
	share/doc/touchline/journeys; do
	[ -s "$root/usr/$file" ] || { echo "$file was not installed" && failed=1; }
done
(cd "$root/usr/share/doc/touchline" && ../../../bin/touchline check journeys) || failed=1
others=$(find "$root" -type f ! -path "$root/usr/bin/touchline" ! -path "$root/usr/share/*")
[ -z "$others" ] || { echo "files in unexpected places: $others" && failed=1; }
bash -n "$root/usr/share/bash-completion/completions/touchline" || failed=1
echo "$(find "$root" -type f | wc -l) files are installed, and the installed program checks the installed examples"
exit "$failed"
