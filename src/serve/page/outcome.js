/* What comes out of it: minutes, notes, decisions, what they change in the sources, and the store. */
import { one, make, button, put } from './dom.js';
import { say, number } from './words.js';
import { ask, errorOf } from './connection.js';
import { question, notice } from './dialog.js';

const view = one('[data-view="outcome"]');
const part = (head, what, ...content) => make('section', { class: 'part' }, make('h2', {}, head), make('p', { class: 'soft' }, what), content);
const download = (file, text) => make('a', { class: 'download', href: `out/${file}`, download: file }, text);

function build() {
	view.replaceChildren(
		part(say('ROOM_MINUTES_HEAD'), say('ROOM_MINUTES_WHAT'),
			make('p', { class: 'buttons' }, download('minutes.md', say('ROOM_GET_MINUTES')), download('notes.csv', say('ROOM_GET_NOTES')),
				download('decisions.xml', say('ROOM_GET_DECISIONS')), button('print', say('ROOM_PRINT'))),
			make('pre', { id: 'minutes-text', class: 'paper', tabindex: 0, role: 'region', 'aria-label': say('ROOM_MINUTES_HEAD') })),
		part(say('ROOM_SOURCE_HEAD'), say('ROOM_SOURCE_WHAT'),
			make('p', { class: 'buttons' }, make('button', { type: 'button', class: 'main', 'data-do': 'apply' }, say('ROOM_APPLY')), button('refresh', say('ROOM_REFRESH'))),
			make('p', { id: 'applied', role: 'status' }),
			make('div', { id: 'diff', class: 'paper diff', tabindex: 0, role: 'region', 'aria-label': say('ROOM_SOURCE_HEAD') })),
		part(say('ROOM_KEEP_HEAD'), say('ROOM_KEEP_WHAT'), make('p', { class: 'buttons' }, button('keep', say('ROOM_KEEP'))), make('p', { id: 'kept', role: 'status' })));
}

/* What is taken away and what is added is marked by sign, element and colour. */
function drawDiff(text) {
	one('#diff').replaceChildren(...text.replace(/\n$/, '').split('\n').map((line) => {
		const kind = /^(\+\+\+|---)/.test(line) ? 'file' : line[0] === '+' ? 'added' : line[0] === '-' ? 'gone' : line[0] === '@' ? 'at' : 'same';
		return make(kind === 'added' ? 'ins' : kind === 'gone' ? 'del' : 'span', { class: kind }, `${line}\n`);
	}));
}

export async function refresh() {
	if (!view.children.length)
		build();
	const [minutes, diff] = await Promise.all([ask('out/minutes.md'), ask('out/decisions.diff')]);
	put(one('#minutes-text'), minutes.ok ? minutes.text : errorOf(minutes));
	if (diff.ok && diff.text)
		drawDiff(diff.text);
	else
		put(one('#diff'), diff.ok ? say('ROOM_NO_DIFF') : errorOf(diff));
	one('[data-do="apply"]', view).setAttribute('aria-disabled', String(!(diff.ok && diff.text)));
}

async function apply() {
	if (!await question({ title: say('ROOM_APPLY'), text: say('ROOM_APPLY_WHAT'), confirm: say('ROOM_APPLY') }))
		return;
	const answer = await ask('api/apply', { method: 'POST' }, 60000);
	put(one('#applied'), answer.ok ? (answer.json.files.length ? say('ROOM_APPLIED', answer.json.files.join(', ')) : say('ROOM_NO_DIFF')) : errorOf(answer));
	refresh();
}
async function keepInStore() {
	const answer = await ask('api/keep', { method: 'POST' }, 60000);
	put(one('#kept'), answer.ok ? say('ROOM_KEPT', number(answer.json.notes), number(answer.json.votes), number(answer.json.actions)) : errorOf(answer));
	if (answer.ok)
		notice(one('#kept').textContent);
}

export const acts = { apply, refresh, keep: keepInStore, print: () => print() };
