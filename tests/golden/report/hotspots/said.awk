# Answers of two quarters: TOUCHPOINT INSTRUMENT BAD GOOD N, first of the third quarter of 2025 and then
# of the fourth.
function answer(point, instrument, score, quarter, text) {
	printf "%d,%s,survey,shop,%s,%s,%s,\"%s\"\n", ++id, day(quarter), point, instrument, score, text
}
function day(quarter) { return sprintf("2025-%02d-%02dT12:00:00Z", quarter * 3 - 2 + id % 3, id % 28 + 1) }
function answers(point, instrument, bad, good, x3, n3, x4, n4,  i) {
	for (i = 0; i < n3; i++) answer(point, instrument, i < x3 ? bad : good, 3, "")
	for (i = 0; i < n4; i++) answer(point, instrument, i < x4 ? bad : good, 4, "")
}
BEGIN {
	print "id,created_at,kind,journey,touchpoint,instrument,score,text"
	answers("search", "csat", 1, 5, 3, 30, 3, 30)
	answers("checkout", "csat", 1, 4, 6, 26, 22, 26)
	answers("checkout", "ces", 2, 6, 6, 24, 12, 24)
	answers("parcel", "csat", 2, 5, 16, 40, 12, 40)
	answers("return", "csat", 1, 5, 1, 1, 1, 2)
	for (i = 0; i < 9; i++) answer("checkout", "", "", 4, "It was declined again, terrible")
	for (i = 0; i < 4; i++) answer("checkout", "", "", 4, "They charged more than they said, awful")
	for (i = 0; i < 6; i++) printf "u%d,2025-11-0%dT12:00:00Z,chat,,,,,\"the newsletter never stops\"\n", i, i + 1
}
