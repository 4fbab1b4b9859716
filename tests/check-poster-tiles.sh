#!/bin/bash
# check-poster-tiles: tiles that are cut along their marks and laid on each other's glue edges are the
# poster, pixel by pixel. Where each tile is cut comes from its TrimBox, as for a printer.
set -euo pipefail

cat >"$WORK/assemble.mjs" <<'END'
import { readFileSync, readdirSync } from 'node:fs';
import { execFileSync } from 'node:child_process';

const [, , whole, tiled, work] = process.argv, SCALE = 2;
const run = (program, ...args) => execFileSync(program, args, { maxBuffer: 1 << 28 });
const fail = (text) => { console.log(text); process.exit(1); };

function pixels(path) { // a PGM as pdftoppm writes it
	const file = readFileSync(path), head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.toString('latin1', 0, 40));
	return { w: +head[1], h: +head[2], at: file.subarray(head[0].length) };
}
function render(pdf, name) {
	run('pdftoppm', '-gray', '-r', String(72 * SCALE), pdf, `${work}/${name}`);
	return readdirSync(work).filter((f) => f.startsWith(`${name}-`)).sort().map((f) => pixels(`${work}/${f}`));
}
const boxes = run('pdfinfo', '-box', '-l', '1000', tiled).toString();
const sheets = [...boxes.matchAll(/Page +\d+ MediaBox: +\S+ +\S+ +\S+ +(\S+)[^]*?TrimBox: +(\S+) +(\S+) +(\S+) +(\S+)/g)]
	.map(([, paper, left, bottom, right, top]) => ({ left: +left, top: Math.round(paper - top), w: right - left, h: Math.round(top - bottom) }));
const names = [...run('pdftotext', tiled, '-').toString().matchAll(/Sheet ([A-Z]+)(\d+) of ([A-Z]+)(\d+)/g)];
const poster = render(whole, 'whole')[0], tiles = render(tiled, 'tile');
const columns = names[0][3].charCodeAt(0) - 64, rows = +names[0][4], overlap = 29;
if (names.length !== columns * rows) fail(`${names.length} sheets say where they belong, not ${columns * rows}`);
if (overlap * 25.4 / 72 < 10) fail('the glue edge is less than 10 mm');

const glued = new Uint8Array(poster.w * poster.h);
names.forEach(([, letter, number], i) => { // in order: the next lies on the one before
	const cut = sheets[i], tile = tiles[i];
	const x0 = (letter.charCodeAt(0) - 65) * (cut.w - overlap) * SCALE, y0 = (number - 1) * (cut.h - overlap) * SCALE;
	for (let y = 0; y < cut.h * SCALE && y0 + y < poster.h; y++)
		for (let x = 0; x < cut.w * SCALE && x0 + x < poster.w; x++)
			glued[(y0 + y) * poster.w + x0 + x] = tile.at[(cut.top * SCALE + y) * tile.w + cut.left * SCALE + x];
});
/* Letters of the two PDFs may stand a fraction of a point apart: cairo rounds where each begins by
 * what is before it on the page. So ink of one must have ink of the other a point away or less. */
function near(at, i) {
	for (let row = i - SCALE * poster.w; row <= i + SCALE * poster.w; row += poster.w)
		for (let k = row - SCALE; k <= row + SCALE; k++)
			if (at[k] < 224) return true;
	return false;
}
let wrong = 0, grey = 0, ink = 0, first = '';
for (let i = 0; i < glued.length; i++) {
	ink += poster.at[i] < 96;
	grey += glued[i] !== poster.at[i];
	if ((poster.at[i] < 96 && !near(glued, i)) || (glued[i] < 96 && !near(poster.at, i)))
		if (!wrong++) first = `${(i % poster.w) / SCALE}, ${Math.floor(i / poster.w) / SCALE}`;
}
if (ink < 10000) fail('the poster is empty');
if (grey > glued.length / 500) fail(`${grey} of ${glued.length} pixels differ`);
if (wrong) fail(`${wrong} of ${glued.length} pixels are ink in one and not in the other, the first at ${first} points`);
/* What is printed stays where printers print. */
const edge = Math.floor(8 * 72 / 25.4 * SCALE);
tiles.slice(0, names.length).forEach((tile, i) => {
	for (let y = 0; y < tile.h; y++)
		for (let x = 0; x < tile.w; x++)
			if ((x < edge || y < edge || x >= tile.w - edge || y >= tile.h - edge) && tile.at[y * tile.w + x] < 255)
				fail(`sheet ${names[i][1]}${names[i][2]} prints at ${x / SCALE}, ${y / SCALE}`);
});
console.log(`${names.length} sheets are the poster: ${glued.length} pixels`);
END

try() { # JOURNEY SIZE TILES OPTION…
	local journey=$1 size=$2 tiles=$3
	shift 3
	rm -rf "$WORK/whole" "$WORK/tiled" "$WORK"/*.pgm
	touchline poster "$journey" --size "$size" "$@" -o "$WORK/whole" >/dev/null
	touchline poster "$journey" --size "$size" --tiles "$tiles" "$@" -o "$WORK/tiled" >/dev/null
	echo "--- $journey $size $tiles $*"
	node "$WORK/assemble.mjs" "$WORK/whole/${journey##*/}.poster.pdf" "$WORK/tiled/${journey##*/}.poster.pdf" "$WORK"
}
try broadband-order a1 a4
try employee-onboarding a1 a3 --theme light
try broadband-order a2 letter --upright
