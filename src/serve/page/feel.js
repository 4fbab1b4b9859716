/* How it feels for customers at a touchpoint: one's own answer, and each department's median on the
 * line from −2 to +2, so that departments who see it differently notice. */
import { make } from './dom.js';
import { say, many, number, signed, feeling } from './words.js';
import { state, me, ended, facilitates, touchpointAt, departmentLabel } from './state.js';
import { tell, waiting } from './connection.js';

const svg = (name, attributes) => {
	const element = document.createElementNS('http://www.w3.org/2000/svg', name);
	for (const [key, value] of Object.entries(attributes))
		element.setAttribute(key, value);
	return element;
};
function face(valence) {
	const bend = valence * 2.5;
	const picture = svg('svg', { viewBox: '0 0 24 24', class: 'face', 'aria-hidden': 'true' });
	picture.append(svg('circle', { cx: 12, cy: 12, r: 10, class: 'skin' }), svg('circle', { cx: 8.5, cy: 9.5, r: 1.3, class: 'eye' }),
		svg('circle', { cx: 15.5, cy: 9.5, r: 1.3, class: 'eye' }),
		svg('path', { d: `M7.5 ${15.5 - bend / 2}Q12 ${15.5 + bend} 16.5 ${15.5 - bend / 2}`, class: 'mouth' }));
	return picture;
}

const pending = (at) => waiting().filter((entry) => entry.call.do === 'feel' && entry.call.at === at).pop()?.call.valence;
function mine(at) {
	const said = pending(at);
	return said === undefined ? touchpointAt(at).feel.mine : said === '' ? null : Number(said);
}

export function faces(at) {
	const now = mine(at);
	return make('div', { class: 'faces', role: 'group', 'aria-label': say('ROOM_FEEL') }, [-2, -1, 0, 1, 2].map((valence) =>
		make('button', { type: 'button', 'data-do': `feel ${valence} ${at}`, 'aria-pressed': String(now === valence),
			class: `feel v${valence + 2}`, 'aria-label': say('ROOM_FEEL_IS', feeling(valence), signed(valence)) }, face(valence), make('span', {}, feeling(valence)))));
}

/* One row on the line; the range has no meaning but its place. */
function row(name, value, n, own) {
	const dot = make('span', { class: 'dot' });
	dot.style.left = `${(value + 2) * 25}%`;
	return make('tr', { class: own ? 'own' : null }, make('th', { scope: 'row' }, name),
		make('td', { class: 'track', 'aria-hidden': 'true' }, make('span', { class: 'rail' }, dot)),
		make('td', { class: 'n' }, signed(value)), make('td', { class: 'n' }, number(n)));
}

function sentence(views) {
	const sorted = [...views].sort((a, b) => a.median - b.median), low = sorted[0], high = sorted[sorted.length - 1];
	return say('ROOM_DISAGREE_HOW', departmentLabel(high.department), feeling(high.median), departmentLabel(low.department), feeling(low.median));
}

export function departments(at) {
	const { feel } = touchpointAt(at), views = (feel.departments ?? []).filter((each) => each.median !== null && each.median !== undefined);
	if (!views.length)
		return feel.n ? make('p', { class: 'facts' }, many('ROOM_FEELINGS', feel.n)) : null;
	return make('figure', { class: feel.disagree ? 'views-differ' : null },
		make('figcaption', {}, feel.disagree ? make('strong', { class: 'differ' }, sentence(views))
			: say(views.length > 1 ? 'ROOM_AGREE' : 'ROOM_ONE_DEPARTMENT')),
		make('table', { class: 'departments' },
			make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, say('ROOM_DEPARTMENT')),
				make('th', { class: 'scale', 'aria-hidden': 'true' }, make('span', {}, '−2'), make('span', {}, '0'), make('span', {}, '+2')),
				make('th', { scope: 'col', class: 'n' }, say('ROOM_MEDIAN')), make('th', { scope: 'col', class: 'n' }, say('ROOM_ANSWERS')))),
			make('tbody', {}, views.map((each) => row(departmentLabel(each.department), each.median, each.n, me()?.department === each.department)),
				views.length > 1 && feel.median !== null ? row(say('ROOM_EVERYBODY'), feel.median, feel.n, false) : null)));
}
/* What the facilitator writes down of it. */
export function decision(at) {
	const { decided } = touchpointAt(at);
	return make('div', { class: 'doing' }, decided && make('p', { class: 'decided' }, make('strong', {}, say('ROOM_DECIDED')),
		` ${[signed(decided.valence), decided.feeling].filter(Boolean).join(' · ')}`),
	facilitates() && !ended() && state.room.step !== 'collect' ? make('button', { type: 'button', class: 'quiet', 'data-do': `decide ${at}` }, say('ROOM_DECIDE_FEELING')) : null);
}
export const told = (at) => [at, mine(at), touchpointAt(at), state.room.step, me(), ended()];
export const may = () => me() && !ended();

export const acts = {
	feel: (element, valence, at) => tell({ do: 'feel', at, valence: element.getAttribute('aria-pressed') === 'true' ? '' : valence }),
};
