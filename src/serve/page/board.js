/* The board: everything that was said, by touchpoint and group, for all to look at. The facilitator puts
 * notes together by dragging them, or from a note's menu. */
import { one, all, make, put, follow } from './dom.js';
import { say, many } from './words.js';
import { state, placeOf, allPlaces, notesAt, facilitates, ended } from './state.js';
import { tell } from './connection.js';
import { choose, question } from './dialog.js';
import { noteElement, noteTold, noteById, group } from './things.js';
import { signs, summary } from './map.js';

/* Groups in the order of their first note, then what is in none; by dots once there are some. */
function groups(at) {
	const named = new Map(), dots = (note) => note.dots ?? 0;
	const notes = notesAt(at).sort((a, b) => dots(b) - dots(a) || a.id - b.id);
	for (const note of notes)
		named.set(note.cluster ?? '', [...named.get(note.cluster ?? '') ?? [], note]);
	return [...named].map(([name, list]) => ({ name, list, dots: list.reduce((sum, note) => sum + dots(note), 0) }))
		.sort((a, b) => !a.name - !b.name || b.dots - a.dots);
}

export function show() {
	const places = new Set([...allPlaces(), ...[...state.notes.values()].map((note) => note.at)]);
	const shown = [...places].filter((at) => notesAt(at).length);
	put(one('#board-what'), state.room.step === 'collect' ? say('ROOM_BOARD_SILENT') : shown.length ? '' : say('ROOM_BOARD_EMPTY'));
	follow(one('#board'), shown, (at) => at, (at) => [at, placeOf(at).title, summary(at)], (at) => make('section', { class: 'column' },
		make('h2', {}, make('button', { type: 'button', class: 'plain', 'data-do': `open ${at}`, 'data-at': at, lang: placeOf(at).journey?.lang },
			placeOf(at).title), signs(at)), state.outline.journeys.length > 1 ? make('p', { class: 'facts' }, placeOf(at).journey?.title ?? '') : null,
		make('div', { class: 'groups' })));
	for (const at of shown) {
		const column = all('.column', one('#board')).find((element) => element.dataset.key === at);
		follow(one('.groups', column), groups(at), ({ name }) => name || '\u0000', ({ name, dots, list }) => [name, dots, list.length], ({ name, dots }) =>
			make('div', { class: name ? 'group' : 'group loose', 'data-group': name },
				name ? make('h3', { dir: 'auto' }, name, dots ? make('span', { class: 'count' }, ` ${many('ROOM_DOTS', dots)}`) : null) : null,
				make('ul', { class: 'notes' })));
		for (const { name, list } of groups(at)) {
			const box = all('.group', column).find((element) => element.dataset.group === name);
			follow(one('.notes', box), list, (note) => note.id, (note) => [noteTold(note), mayDrag()], (note) => {
				const made = noteElement(note);
				made.draggable = mayDrag();
				return made;
			});
		}
	}
}

/* ---- dragging: onto a group, or onto another note -------------------------------------------------- */

const mayDrag = () => facilitates() && !ended();
const board = one('#board');
let dragged = null;

function target(event) { /* where it may be dropped: within its touchpoint */
	if (!dragged || event.target.closest('.column')?.dataset.key !== dragged.at)
		return null;
	const note = event.target.closest('.note');
	if (note && note.dataset.note !== String(dragged.id))
		return note;
	return event.target.closest('.group');
}
function light(element) {
	for (const each of all('.over', board))
		each.classList.remove('over');
	element?.classList.add('over');
}
board.addEventListener('dragstart', (event) => {
	dragged = noteById(event.target.closest?.('.note')?.dataset.note ?? '');
	if (!dragged)
		return;
	event.dataTransfer.effectAllowed = 'move';
	event.dataTransfer.setData('text/plain', dragged.text);
});
board.addEventListener('dragover', (event) => {
	const over = target(event);
	light(over);
	if (over)
		event.preventDefault();
});
board.addEventListener('dragend', () => { dragged = null; light(null); });
board.addEventListener('drop', (event) => {
	const over = target(event), note = dragged;
	light(null);
	dragged = null;
	if (!over)
		return;
	event.preventDefault();
	if (over.classList.contains('note'))
		together(note, noteById(over.dataset.note));
	else if ((note.cluster ?? '') !== over.dataset.group)
		group(note, over.dataset.group);
});

function together(note, other) {
	const gather = async () => {
		const said = other.cluster ? { name: other.cluster } : await question({ title: say('ROOM_GROUP'), confirm: say('ROOM_SAVE'),
			fields: [{ name: 'name', label: say('ROOM_GROUP_NAME'), max: 60, required: true }] });
		if (!said)
			return;
		for (const each of [note, other])
			if (each.cluster !== said.name)
				tell({ do: 'cluster', note: each.id, name: said.name });
	};
	choose({ title: say('ROOM_TOGETHER'), text: note.text, choices: [{ label: say('ROOM_GROUP'), act: gather },
		{ label: say('ROOM_MERGE'), act: () => tell({ do: 'merge', note: note.id, into: other.id }) }] });
}
