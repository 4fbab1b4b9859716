/* The workshop's page: what is where, and when it is drawn again. */
import { one, all, make, put, spell, follow, keep, kept } from './dom.js';
import { learn, say, many } from './words.js';
import { state, onChange, changed, draw, me, facilitates, ended, departmentLabel, journeyNow } from './state.js';
import { ask, connect, restart, line, serverNow, resume, waiting, onRefused } from './connection.js';
import { present, notice } from './dialog.js';
import { dotsLeft, acts as thingActs } from './things.js';
import { acts as feelActs } from './feel.js';
import * as map from './map.js';
import * as list from './list.js';
import * as panel from './panel.js';
import * as board from './board.js';
import * as join from './join.js';
import * as facilitator from './facilitator.js';
import * as outcome from './outcome.js';
import * as editor from './editor.js';

/* ---- views ------------------------------------------------------------------------------------------------ */

const viewName = `touchline ${location.pathname} view`;
let view = kept(sessionStorage, viewName) ?? (matchMedia('(max-width: 59.99rem)').matches ? 'list' : 'map');

function go(to) {
	view = one(`[data-view="${to}"]`) ? to : 'map';
	keep(sessionStorage, viewName, view);
	show();
	if (view === 'outcome')
		outcome.refresh();
	if (view === 'source')
		editor.load();
	if (view === 'map')
		map.mark(panel.openAt());
}

function showViews() {
	if (!facilitates() && ['outcome', 'source'].includes(view))
		view = 'map';
	for (const element of all('.view'))
		element.hidden = element.dataset.view !== view;
	for (const element of all('#views button')) {
		element.hidden = 'lead' in element.dataset && !facilitates();
		element.setAttribute('aria-current', element.dataset.to === view ? 'page' : 'false');
	}
	const chooser = one('#journey'), { journeys } = state.outline;
	one('#chooser').hidden = journeys.length < 2 || view === 'board' || view === 'outcome';
	follow(chooser, journeys, ({ id }) => id, ({ id, title }) => [id, title], ({ id, title, lang }) => make('option', { value: id, lang }, title));
	chooser.value = state.journey;
}

async function chooseJourney(id) {
	if (id === state.journey || !state.outline.journeys.some((journey) => journey.id === id))
		return;
	panel.close();
	state.journey = id;
	show();
	await map.fetchMap();
	if (view === 'source')
		editor.load();
}
one('#journey').addEventListener('change', (event) => chooseJourney(event.target.value));

/* ---- the head --------------------------------------------------------------------------------------------- */

function showHead() {
	const { room } = state;
	put(one('#title'), room.title ?? journeyNow()?.title ?? '');
	document.title = `${one('#title').textContent} · Touchline`;
	const person = me(), count = waiting().length;
	put(one('#me'), person ? `${person.name} · ${departmentLabel(person.department)}` : say('ROOM_JOIN'));
	one('#me').hidden = !join.arrived() || (!person && ended());
	one('#me').setAttribute('aria-label', person ? say('ROOM_ME_LABEL', person.name, departmentLabel(person.department)) : say('ROOM_JOIN'));
	put(one('#here'), many('ROOM_HERE', state.here.people.length));
	one('#here').hidden = !join.arrived();
	const connection = one('#connection');
	connection.className = `connection ${line.live ? 'live' : 'lost'}`;
	put(connection, line.refused ?? (line.live ? (room.ended ? say('ROOM_ENDED') : say('ROOM_LIVE'))
		: count ? many('ROOM_LOST_WAITING', count) : say('ROOM_LOST')));
}

function people() {
	const here = new Set(state.here.people), byDepartment = new Map();
	for (const person of state.people.values())
		byDepartment.set(person.department, [...byDepartment.get(person.department) ?? [], person]);
	present(say('ROOM_PEOPLE'), [...byDepartment].map(([department, persons]) => [make('h3', {}, departmentLabel(department)),
		make('ul', {}, persons.map((person) => make('li', { dir: 'auto' }, person.name, here.has(person.id) ? null : make('span', { class: 'facts' }, ` ${say('ROOM_AWAY')}`))))]).flat(),
	state.here.watching ? make('p', { class: 'facts' }, many('ROOM_WATCHING', state.here.watching)) : null);
}

/* ---- the step ----------------------------------------------------------------------------------------------- */

function showStep() {
	const { step, timer } = state.room, closed = ended();
	follow(one('#agenda'), facilitator.steps, (each) => each, (each) => [each, each === step, facilitator.stepName(each)], (each) =>
		make('li', { 'aria-current': each === step ? 'step' : null }, facilitator.stepName(each)));
	put(one('#step-name'), closed ? say(state.room.ended ? 'ROOM_ENDED' : 'ROOM_CLOSED') : facilitator.stepName(step));
	put(one('#step-what'), say(closed ? (state.room.ended ? 'ROOM_ENDED_WHAT' : 'ROOM_CLOSED_WHAT') : `ROOM_STEP_${step.toUpperCase()}_WHAT`));
	const votes = step === 'vote' || step === 'decide';
	one('#dots-left').hidden = !votes || !me() || closed;
	if (votes && me())
		put(one('#dots-left'), many('ROOM_DOTS_LEFT', dotsLeft()));
	tick(timer);
}

let rang = null;
function tick() {
	const end = state.room?.timer ? Date.parse(state.room.timer) : NaN, element = one('#timer');
	const left = Math.ceil((end - serverNow()) / 1000);
	element.hidden = Number.isNaN(end) || left < -60;
	if (element.hidden)
		return;
	const shown = Math.max(0, left);
	element.classList.toggle('over', left <= 0);
	put(element, left <= 0 ? say('ROOM_TIME_OVER') : `${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, '0')}`);
	if (left > 0)
		rang = rang === end ? null : rang;
	else if (rang !== end) { /* once, and only who waits for it hears it */
		rang = end;
		put(one('#spoken'), '');
		put(one('#spoken'), say('ROOM_TIME_OVER'));
		facilitator.show();
	}
}

/* ---- everything ------------------------------------------------------------------------------------------- */

function show() {
	if (!state.room)
		return;
	const arrived = join.arrived();
	one('#welcome').hidden = arrived;
	for (const selector of ['#room', '#views', '#step'])
		one(selector).hidden = !arrived;
	document.body.classList.toggle('arrived', arrived);
	showHead();
	join.show();
	if (!arrived) {
		one('#lead').hidden = true;
		return;
	}
	showViews();
	showStep();
	facilitator.show();
	map.show();
	list.show(panel.openAt());
	board.show();
	panel.show();
}

async function outline() {
	const answer = await ask('outline');
	if (answer.ok)
		draw(answer.json);
}

const acts = { ...map.acts, ...thingActs, ...feelActs, ...panel.acts, ...join.acts, ...facilitator.acts, ...outcome.acts, ...editor.acts,
	here: people,
	view: (element) => {
		if ('lead' in element.dataset) /* these want the whole width */
			panel.close();
		go(element.dataset.to);
		element.focus();
	} };

document.addEventListener('click', (event) => {
	const element = event.target.closest('[data-do]');
	if (element) {
		const [act, ...rest] = element.dataset.do.split(' ');
		if (acts[act] && element.getAttribute('aria-disabled') !== 'true')
			acts[act](element, ...rest);
		return;
	}
	if (event.ctrlKey || event.metaKey || event.shiftKey || event.button)
		return;
	const link = event.target.closest('a'), to = link?.getAttribute('href') ?? '';
	if (one('#map').contains(event.target) && map.dragged()) {
		event.preventDefault();
	} else if (to.startsWith('#at:')) {
		event.preventDefault();
		panel.open(`${state.journey}#${to.slice(4)}`, link);
	} else if (to.startsWith('#journey:')) {
		event.preventDefault();
		chooseJourney(to.slice('#journey:'.length));
	}
});

let arrived = false;
function arrive() { /* once: from the first screen, or right away */
	if (arrived || !state.room || !join.arrived() || !state.journey)
		return;
	arrived = true;
	show();
	map.fetchMap().then(() => {
		const hash = decodeURIComponent(location.hash);
		if (hash.startsWith('#at:'))
			panel.open(`${state.journey}#${hash.slice(4)}`);
	});
	if (me())
		resume();
	go(view);
	one('#main').focus({ preventScroll: true });
}

async function begin() {
	await learn();
	spell(document);
	document.documentElement.classList.add('js');
	onChange(() => { show(); arrive(); });
	panel.onMove(() => list.show(panel.openAt()));
	join.onJoined(async () => { await restart(); changed(); });
	onRefused((call, why) => { notice(why, true); panel.giveBack(call); });
	setInterval(() => tick(), 250);
	await outline();
	let troubled = '';
	await connect({
		/* The sources were read again; what is wrong in them is the facilitator's business. */
		trouble: async ({ list: sentences }) => {
			await outline();
			if (arrived)
				map.fetchMap();
			panel.fetchKnown(true);
			const now = sentences.join(' ');
			if (now && now !== troubled && facilitates())
				notice(now, true);
			troubled = now;
		},
		map: async ({ journey }) => {
			await outline();
			if (journey === state.journey) {
				map.fetchMap();
				panel.fetchKnown(true);
			}
			editor.changedOnDisk(journey);
		},
	});
}
begin();
