/* The source of a journey: written with its diagnostics and its map beside it. Nothing is overwritten
 * that changed meanwhile, and nothing typed is lost: it is kept until it is saved. */
import { one, make, button, put, follow, keep, kept } from './dom.js';
import { say, many } from './words.js';
import { state } from './state.js';
import { ask, errorOf } from './connection.js';
import { question, notice } from './dialog.js';
import { parse } from './map.js';

const view = one('[data-view="source"]');
let loaded = null; /* {journey, file, text, digest}: what is on the disk as far as is known */
let pause = null, round = 0;
const draftName = (journey) => `touchline ${location.pathname} source ${journey}`;
const query = () => `?journey=${encodeURIComponent(loaded.journey)}`;
const post = (what, body, headers = {}) => ask(`api/${what}${query()}`, { method: 'POST', body, headers: { 'Content-Type': 'application/xml', ...headers } }, 60000);
const area = () => one('#source-text');

function build() {
	view.replaceChildren(
		make('div', { class: 'tools' }, make('strong', { id: 'source-file', dir: 'ltr' }), make('span', { id: 'source-state', class: 'facts', role: 'status' }),
			make('button', { type: 'button', class: 'main', 'data-do': 'save' }, say('ROOM_SAVE')), button('revert', say('ROOM_REVERT'))),
		make('div', { class: 'conflict', id: 'conflict', hidden: true }),
		make('div', { class: 'editing' },
			make('div', { class: 'writing' }, make('div', { class: 'numbers', id: 'numbers', 'aria-hidden': 'true' }),
				make('textarea', { id: 'source-text', class: 'code', spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', wrap: 'off', dir: 'ltr', 'aria-label': say('ROOM_SOURCE') })),
			make('div', { class: 'seeing' }, make('div', { role: 'status' }, make('h2', { id: 'verdict' })), make('ol', { class: 'diagnostics', id: 'diagnostics' }),
				make('div', { class: 'preview', id: 'preview', tabindex: 0, role: 'region', 'aria-label': say('ROOM_PREVIEW') }))));
	area().addEventListener('input', typed);
	area().addEventListener('scroll', () => { one('#numbers').scrollTop = area().scrollTop; });
	area().addEventListener('keydown', (event) => {
		if ((event.ctrlKey || event.metaKey) && event.key === 's') {
			event.preventDefault();
			save();
		}
	});
	one('#preview').attachShadow({ mode: 'open' }); /* its ids are those of the map */
}

function count() {
	const lines = area().value.split('\n').length, numbers = one('#numbers');
	if (numbers.lines !== lines)
		numbers.textContent = Array.from({ length: lines }, (_, i) => i + 1).join('\n');
	numbers.lines = lines;
	put(one('#source-state'), area().value === loaded.text ? say('ROOM_SAVED') : say('ROOM_UNSAVED'));
}

function typed() {
	keep(sessionStorage, draftName(loaded.journey), area().value === loaded.text ? null
		: JSON.stringify({ text: area().value, digest: loaded.digest, from: loaded.text }));
	count();
	clearTimeout(pause);
	pause = setTimeout(check, 500);
}

export async function load(again = false) {
	if (!view.children.length)
		build();
	if (!again && loaded?.journey === state.journey)
		return;
	const answer = await ask(`api/source?journey=${encodeURIComponent(state.journey)}`);
	if (!answer.ok) {
		notice(errorOf(answer), true);
		return;
	}
	loaded = answer.json;
	const draft = JSON.parse(kept(sessionStorage, draftName(loaded.journey)) ?? 'null');
	area().value = draft?.text ?? loaded.text;
	put(one('#source-file'), loaded.file);
	one('#conflict').hidden = true;
	if (draft && draft.digest !== loaded.digest)
		conflict({ ...loaded });
	count();
	check();
}

/* ---- what is wrong, and how it looks ------------------------------------------------------------------ */

async function check() {
	const mine = ++round, text = area().value;
	const said = await post('check', text);
	if (mine !== round) /* somebody typed on */
		return;
	if (!said.ok) {
		put(one('#verdict'), errorOf(said));
		return;
	}
	const { errors, warnings, diagnostics } = said.json;
	put(one('#verdict'), errors || warnings ? `${many('ROOM_ERRORS', errors)}, ${many('ROOM_WARNINGS', warnings)}` : say('ROOM_SOUND'));
	follow(one('#diagnostics'), diagnostics.map((each, i) => ({ ...each, i })), (each) => each.i, (each) => each, diagnostic);
	const drawn = errors ? null : await post('preview', text); /* what is wrong has no map: the last one stays */
	if (drawn?.ok && mine === round)
		preview(drawn.text);
}

function diagnostic(given) {
	const line = given.line ?? given.at?.line, column = given.column ?? given.at?.column;
	const made = button(`jump ${line ?? 1} ${column ?? 1}`, line ? say('ROOM_LINE', line, column ?? 1) : '1');
	return make('li', { class: given.severity }, make('span', { class: 'kind' }, given.code ?? given.severity), ' ', made, ' ', make('span', { dir: 'auto' }, given.message),
		given.hint ? make('p', { class: 'facts' }, given.hint) : null);
}

function preview(text) {
	const { svg, style } = parse(text), own = new CSSStyleSheet();
	own.replaceSync('svg { display: block; width: 100%; height: auto; } a { pointer-events: none; }');
	one('#preview').shadowRoot.adoptedStyleSheets = [style, own];
	for (const link of svg.querySelectorAll('a'))
		link.removeAttribute('href');
	one('#preview').shadowRoot.replaceChildren(svg);
}

function jump(_, line, column) {
	const lines = area().value.split('\n'), at = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
	const from = at + Math.min(column - 1, lines[line - 1]?.length ?? 0);
	area().focus();
	area().setSelectionRange(from, at + (lines[line - 1]?.length ?? 0));
	area().scrollTop = (line - 1) * parseFloat(getComputedStyle(area()).lineHeight) - area().clientHeight / 2;
}

/* ---- saving --------------------------------------------------------------------------------------------- */

async function save() {
	const text = area().value, answer = await post('save', text, { 'If-Match': `"${loaded.digest}"` });
	if (answer.status === 412) {
		const theirs = await ask(`api/source${query()}`);
		conflict(theirs.ok ? theirs.json : null, errorOf(answer));
		return;
	}
	if (!answer.ok) {
		put(one('#source-state'), errorOf(answer));
		return;
	}
	loaded = { ...loaded, text, digest: answer.json.digest };
	one('#conflict').hidden = true;
	typed();
	notice(say('ROOM_SAVED_NOW', loaded.file));
}

/* Both stay: what is on the disk is shown, what was typed stands where it stood. */
function conflict(theirs, why) {
	const box = one('#conflict');
	box.hidden = false;
	box.replaceChildren(make('h2', {}, say('ROOM_CONFLICT')), make('p', {}, why ?? say('ROOM_CONFLICT_WHAT')));
	if (!theirs)
		return;
	box.append(make('label', { for: 'theirs' }, say('ROOM_THEIRS')),
		make('textarea', { id: 'theirs', class: 'code', readonly: true, wrap: 'off', rows: 12, dir: 'ltr', value: theirs.text }),
		make('p', { class: 'buttons' }, button('mine', say('ROOM_KEEP_MINE')), button('theirs', say('ROOM_TAKE_THEIRS'))));
	box.theirs = theirs;
	one('[data-do="mine"]', box).focus();
}
function settle(useTheirs) {
	const box = one('#conflict');
	loaded = { ...loaded, ...box.theirs };
	if (useTheirs)
		area().value = loaded.text;
	box.hidden = true;
	typed();
	area().focus();
}

async function revert() {
	if (area().value !== loaded.text && !await question({ title: say('ROOM_REVERT'), text: say('ROOM_REVERT_WHAT'), confirm: say('ROOM_REVERT') }))
		return;
	keep(sessionStorage, draftName(loaded.journey), null);
	load(true);
}

/* Somebody wrote the file: what was not touched here follows. */
export function changedOnDisk(journey) {
	if (loaded?.journey === journey && area().value === loaded.text)
		load(true);
}

export const acts = { save, revert, jump, mine: () => settle(false), theirs: () => settle(true) };
