/* What the facilitator leads with: steps, timer, dots, hidden authors, closing, the link, and what can
 * be undone. */
import { one, make, button, put, follow } from './dom.js';
import { say, number, clock, moment } from './words.js';
import { state, facilitates, who } from './state.js';
import { ask, errorOf, tell, serverNow } from './connection.js';
import { question, choose, present, notice } from './dialog.js';

export const steps = ['collect', 'reveal', 'cluster', 'vote', 'decide'];
export const stepName = (step) => say(`ROOM_STEP_${step.toUpperCase()}`);
const lead = one('#lead');

function build() {
	lead.replaceChildren(
		make('div', { class: 'steps', role: 'group', 'aria-label': say('ROOM_AGENDA') }, steps.map((step, i) =>
			button(`step ${step}`, make('span', {}, say('ROOM_NUMBERED', i + 1, stepName(step)))))),
		make('div', { class: 'timing' }, make('label', { for: 'minutes' }, say('ROOM_TIMER')),
			make('select', { id: 'minutes' }, [1, 2, 3, 5, 8, 10, 15, 20, 30].map((minutes) =>
				make('option', { value: minutes, selected: minutes === 5 }, say('ROOM_MINUTES', minutes)))),
			button('timer', say('ROOM_TIMER_START'))),
		button('invite', say('ROOM_INVITE')), button('settings', say('ROOM_SETTINGS')), button('history', say('ROOM_HISTORY')));
}

export function show() {
	lead.hidden = !facilitates();
	document.body.classList.toggle('leads', facilitates());
	if (!facilitates())
		return;
	if (!lead.children.length)
		build();
	const { step, timer } = state.room;
	for (const each of steps)
		one(`[data-do="step ${each}"]`, lead).setAttribute('aria-current', each === step ? 'step' : 'false');
	put(one('[data-do="timer"]', lead), say(timer && Date.parse(timer) > serverNow() ? 'ROOM_TIMER_STOP' : 'ROOM_TIMER_START'));
	showHistory();
}

/* ---- the link ------------------------------------------------------------------------------------------- */

let links = null;
export async function invitation() {
	const answer = links ? null : await ask('api/links');
	if (answer && !answer.ok)
		return [make('p', { class: 'problem' }, errorOf(answer))];
	links ??= answer.json;
	const code = make('img', { class: 'qr', src: 'qr.svg', alt: say('ROOM_QR') });
	const copy = button('copy', say('ROOM_COPY'));
	copy.onclick = async () => {
		try {
			await navigator.clipboard.writeText(links.join);
			notice(say('ROOM_COPIED'));
		} catch { /* not over plain http: it can be selected */
			getSelection().selectAllChildren(copy.previousSibling);
		}
	};
	return [make('h2', {}, say('ROOM_INVITE_HEAD')), make('p', {}, say('ROOM_INVITE_WHAT')), code,
		make('p', { class: 'link' }, make('a', { href: links.join }, links.join), copy),
		links.expires ? make('p', { class: 'facts' }, say('ROOM_EXPIRES', moment(links.expires))) : ''];
}
async function invite() {
	const [, ...content] = await invitation();
	present(say('ROOM_INVITE_HEAD'), make('div', { class: 'invite' }, content));
}

/* ---- settings ------------------------------------------------------------------------------------------- */

function settings() {
	const { dots, authors, closed, ended } = state.room;
	const asking = {
		title: async () => {
			const said = await question({ title: say('ROOM_TITLE'), confirm: say('ROOM_SAVE'), fields: [
				{ name: 'text', label: say('ROOM_TITLE'), max: 200, required: true, value: state.room.title }] });
			if (said)
				tell({ do: 'title', ...said });
		},
		dots: async () => {
			const said = await question({ title: say('ROOM_DOTS_PER'), confirm: say('ROOM_SAVE'), fields: [
				{ name: 'per', label: say('ROOM_DOTS_PER'), kind: 'number', least: 1, most: 20, required: true, value: dots }] });
			if (said)
				tell({ do: 'dots', ...said });
		},
		end: async () => {
			if (await question({ title: say('ROOM_END'), text: say('ROOM_END_WHAT'), confirm: say('ROOM_END') }))
				tell({ do: 'end' });
		},
	};
	choose({ title: say('ROOM_SETTINGS'), text: say('ROOM_DOTS_ARE', number(dots)), choices: ended ? [] : [
		{ label: say('ROOM_TITLE'), act: asking.title },
		{ label: say('ROOM_DOTS_PER'), act: asking.dots },
		{ label: say(authors ? 'ROOM_AUTHORS_HIDE' : 'ROOM_AUTHORS_SHOW'), act: () => tell({ do: 'authors', hide: authors ? 1 : 0 }) },
		{ label: say(closed ? 'ROOM_OPEN_AGAIN' : 'ROOM_CLOSE'), act: () => tell({ do: 'close', yes: closed ? 0 : 1 }) },
		{ label: say('ROOM_END'), act: asking.end }] });
}

/* ---- what can be undone ---------------------------------------------------------------------------------- */

let history = null;
function showHistory() {
	if (!history?.isConnected)
		return;
	const events = [...state.events.values()].sort((a, b) => b.n - a.n).slice(0, 50);
	follow(history, events, (event) => event.n, (event) => event, (event) => make('li', { class: event.undone ? 'undone' : null },
		make('p', { dir: 'auto' }, event.what), make('p', { class: 'facts' }, [event.time && clock(event.time), event.by && who(event.by), event.undone && say('ROOM_UNDONE')].filter(Boolean).join(' · ')),
		event.undone || state.room.ended ? null : button(`undo ${event.n}`, say('ROOM_UNDO'), { 'aria-label': say('ROOM_UNDO_THIS', event.what) })));
}
function showEvents() {
	history = make('ul', { class: 'history' });
	present(say('ROOM_HISTORY'), make('p', { class: 'facts' }, say('ROOM_HISTORY_WHAT')), history);
	showHistory();
}

export const acts = {
	step: (_, to) => tell({ do: 'step', to }),
	timer: () => tell({ do: 'timer', seconds: state.room.timer && Date.parse(state.room.timer) > serverNow() ? 0 : Number(one('#minutes').value) * 60 }),
	undo: (_, event) => tell({ do: 'undo', event }),
	invite, settings, history: showEvents,
};
