# fill: a manual page, with every line such as
#
#     .\" $ touchline help --mdoc check
#
# replaced by what that command prints. `program` is the touchline to ask.
/^\.\\" \$ touchline / {
	command = program substr($0, length(".\\\" $ touchline") + 1)
	lines = 0
	while ((command | getline line) > 0) {
		print line
		lines++
	}
	close(command)
	if (!lines) {
		print FILENAME ": `" command "` printed nothing" > "/dev/stderr"
		exit 1
	}
	next
}
{ print }
