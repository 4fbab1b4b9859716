#!/bin/bash
# check-layers: the architecture, as far as a machine can see it.
# - Every #include goes down the list of layers, and names its layer; front, store and score never
#   see each other, and score sees nothing but the model.
# - Public headers need nothing internal. Every header compiles alone.
# - Every third-party library has one layer that includes it, and some only one file.
# - No function whose use is a mistake here; no exit outside cli; no name is global by accident.
set -uo pipefail
failed=0
complain() { echo "$*" && failed=1; }

# Lowest first; layers on one line are peers and do not see each other.
ranks='base
diag
model
xml
front score
edit
store
intake
insight
words
room
map
draw report
app
serve
cli'
never='front:store front:score store:front store:score intake:score score:diag'

# HEADER PATTERN, the LAYER or FILE that alone may include it, `one` if only one file of it may
libraries='libxml/* xml
graphviz/* draw
fontconfig/* draw
cairo* draw
hb* draw
zlib.h draw
pango/* src/map/text.c
sodium.h base one
sqlite3.h store
jansson.h intake
archive* intake
pcre2.h intake
microhttpd.h serve
qrencode.h serve one'
standard='arpa/inet assert complex ctype dirent dlfcn elf errno fcntl fenv float fnmatch ftw getopt inttypes ifaddrs iso646
langinfo limits link locale math net/if netinet/in netinet/tcp poll pthread regex sched semaphore setjmp signal netdb spawn stdalign stdarg
stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string strings sys/epoll sys/eventfd sys/file
sys/inotify sys/ioctl sys/mman sys/random sys/resource sys/select sys/signalfd sys/socket sys/stat sys/time sys/types
sys/uio sys/un sys/wait termios time unistd wchar wctype'
banned='strcpy|strcat|sprintf|vsprintf|gets|scanf|sscanf|fscanf|strtok|system|popen|tmpnam|mktemp|tempnam|atof|alloca|rand|srand|setenv|putenv|asctime|ctime|strncpy|strncat'

declare -A rank
n=0
while read -r peers; do
	n=$((n + 1))
	for layer in $peers; do rank[$layer]=$n; done
done <<<"$ranks"

layer_of() { # of a file
	case $1 in
	include/touchline/*) layer=${1#include/touchline/} && echo "${layer%.h}" ;;
	src/*) layer=${1#src/} && echo "${layer%%/*}" ;;
	esac
}

check_internal() { # FILE ITS-LAYER HEADER
	local file=$1 from=$2 header=$3 to
	case $header in
	touchline/*.h) to=${header#touchline/} && to=${to%.h} ;;
	*/*) to=${header%%/*} ;;
	*) complain "$file: \"$header\" does not name its layer" && return ;;
	esac
	[ -n "${rank[$to]:-}" ] || { complain "$file: \"$header\" is of no known layer" && return; }
	[ -f "include/$header" ] || [ -f "src/$header" ] || complain "$file: \"$header\" is not there"
	[ "$to" = "$from" ] && return
	[ "${rank[$to]}" -lt "${rank[$from]}" ] ||
		complain "$file: $from must not see $to (\"$header\")"
	case " $never " in *" $from:$to "*) complain "$file: $from must never see $to (\"$header\")" ;; esac
	case $header in touchline/*) ;; *) complain "$file: \"$header\" is internal to $to" ;; esac
}

declare -A alone # header -> the one file that includes it
check_system() { # FILE ITS-LAYER HEADER
	local file=$1 from=$2 header=$3 pattern owner one
	case " ${standard//$'\n'/ } " in *" ${header%.h} "*) return ;; esac
	while read -r pattern owner one; do
		# shellcheck disable=SC2053
		[[ $header == $pattern ]] || continue
		[ "$owner" = "$from" ] || [ "$owner" = "$file" ] || complain "$file: <$header> belongs to $owner"
		[ -z "$one" ] || [ "${alone[$header]:=$file}" = "$file" ] ||
			complain "$file: <$header> is included by ${alone[$header]} already"
		case $file in include/*) complain "$file: public headers carry no library's types (<$header>)" ;; esac
		return
	done <<<"$libraries"
	complain "$file: <$header> is neither standard nor in the list of libraries"
}

mapfile -t headers < <(find include src -name '*.h' | sort)
mapfile -t files < <(find include src -name '*.[ch]' | sort)
includes=0
for file in "${files[@]}"; do
	layer=$(layer_of "$file")
	[ -n "${rank[$layer]:-}" ] || { complain "$file: there is no layer $layer" && continue; }
	while read -r header; do
		includes=$((includes + 1))
		case $header in
		\"diag/catalogue.def\") [ "$layer" = diag ] || complain "$file: the catalogue is diag's" ;;
		\"words/words.def\") [ "$layer" = words ] || complain "$file: the list of words is words'" ;;
		\"*\") check_internal "$file" "$layer" "${header//\"/}" ;;
		*) check_system "$file" "$layer" "${header//[<>]/}" ;;
		esac
	done < <(sed -n 's/^[ \t]*#[ \t]*include[ \t]*\([<"][^>"]*[>"]\).*/\1/p' "$file")
done
[ "$includes" -gt 0 ] || complain "no #include was found"
echo "${#files[@]} files, $includes includes: down the list of layers, libraries in their layers"

for header in "${headers[@]}"; do
	name=${header#src/}
	printf '#include "%s"\n' "${name#include/}" >"$WORK/alone.c"
	$COMPILE -fsyntax-only "$WORK/alone.c" || complain "$header does not compile alone"
done
echo "${#headers[@]} headers compile alone"

# $1 called in the code of file $2. Most files do not even name it; where one does, comments are
# taken out and string literals emptied, so that a text may.
calls() {
	grep -qE "(^|[^_[:alnum:]>.])($1)\(" "$2" && ${COMPILE%% *} -fpreprocessed -dD -E -P "$2" |
		sed 's/"\([^"\\]\|\\.\)*"/""/g' | grep -oE "(^|[^_[:alnum:]>.])($1)\("
}
for file in "${files[@]}"; do
	bad=$(calls "$banned" "$file") && complain "$file: do not use" $bad
	[[ $file == src/cli/* ]] || ! calls 'exit|quick_exit' "$file" >/dev/null || complain "$file: only cli may exit"
done
echo "${#files[@]} files use no banned function, and exit from cli only"

# The linker's names: tl_ for all that public headers promise. What files of one layer share among
# themselves may go without, and is in a header of that layer: nothing is global by accident.
symbols=0
while read -r object symbol; do
	symbols=$((symbols + 1))
	case $symbol in main | tl_*) continue ;; esac
	source=${object#output/build/release/}
	[ -f "${source%.o}.c" ] || continue # of a file that is gone
	grep -qsw "$symbol" "${source%/*}"/*.h || complain "$source: $symbol is global, and in no header of its layer"
	grep -qw "$symbol" include/touchline/*.h && complain "$symbol is public, and its name does not start with tl_"
done < <(nm -A --defined-only --extern-only output/build/release/src/*/*.o | sed 's/:.* / /')
[ "$symbols" -gt 0 ] || complain "the library exports nothing"
echo "$symbols global names are public and start with tl_, or shared within a layer by its header"
exit "$failed"
