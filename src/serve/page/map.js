/* The map as `build` draws it, moved and scaled by pan.js, and on each card what the room says there. */
import { one, all, make, put, follow } from './dom.js';
import { say, many, signed } from './words.js';
import { state, placesOf, touchpointAt, dotsAt, journeyNow } from './state.js';

const map = one('#map'), sheet = one('#sheet'), drawing = one('#drawing'), badges = one('#badges');
const size = { width: 1, height: 1 };
const pan = globalThis.touchlinePan(map, sheet, size);
export const acts = pan.acts;
export const dragged = pan.dragged;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/* Its own style cannot stand in the page, whose policy allows none, not even while it is parsed: it is
 * taken in as a sheet. */
export function parse(text) {
	const style = new CSSStyleSheet();
	let rules = '';
	const bare = text.replace(/<style>([^<]*)<\/style>/g, (_, found) => { rules += found; return ''; });
	style.replaceSync(rules);
	return { svg: document.adoptNode(new DOMParser().parseFromString(bare, 'image/svg+xml').documentElement), style };
}

let shown = { journey: null, style: null, text: '' };
export async function fetchMap() {
	const journey = state.journey, response = await fetch(`map/${encodeURIComponent(journey)}.svg`);
	if (!response.ok || journey !== state.journey)
		return;
	const text = await response.text();
	if (journey !== state.journey || (shown.journey === journey && shown.text === text))
		return;
	const { svg, style } = parse(text);
	const box = svg.viewBox.baseVal, fresh = shown.journey !== journey;
	Object.assign(size, { width: box.width, height: box.height });
	sheet.style.setProperty('--columns', box.width);
	document.adoptedStyleSheets = [...document.adoptedStyleSheets.filter((each) => each !== shown.style), style];
	shown = { journey, style, text };
	drawing.lang = journeyNow()?.lang ?? '';
	drawing.replaceChildren(svg);
	for (const link of all('a', svg))
		link.dataset.name = one('title', link)?.textContent ?? link.textContent;
	if (fresh)
		pan.start();
	show();
	mark(current);
}

export const cardOf = (id) => all('a', drawing).find((link) => link.getAttribute('href') === `#at:${id}`);

/* What the room says about a touchpoint, in one line. */
export function summary(at) {
	const known = touchpointAt(at), dots = dotsAt(at), parts = [];
	if (known.notes)
		parts.push(many('ROOM_NOTES', known.notes));
	if (known.feel.median !== null && known.feel.median !== undefined)
		parts.push(say('ROOM_MOOD', signed(known.feel.median)));
	else if (known.feel.n)
		parts.push(many('ROOM_FEELINGS', known.feel.n));
	if (known.feel.disagree)
		parts.push(say('ROOM_DISAGREE'));
	if (dots)
		parts.push(many('ROOM_DOTS', dots));
	return parts.join(' · ');
}

/* The same as signs; the words stand beside it for whoever does not see it. */
export function signs(at) {
	const known = touchpointAt(at), dots = dotsAt(at), { median } = known.feel;
	const mood = median === null || median === undefined ? null : Math.sign(Math.round(median));
	return make('span', { class: 'signs', 'aria-hidden': 'true' },
		known.notes ? make('span', { class: 'sign written' }, String(known.notes)) : null,
		mood !== null && make('span', { class: `sign mood ${['bad', 'even', 'good'][mood + 1]}` }, signed(median)),
		known.feel.disagree && make('span', { class: 'sign disagree' }, '≠'),
		dots ? make('span', { class: 'sign dots' }, String(dots)) : null);
}

export function show() {
	const cards = placesOf(state.journey).map((at) => ({ at, link: cardOf(at.split('#')[1]) })).filter(({ link }) => link);
	for (const { at, link } of cards) {
		const more = summary(at);
		put(one('title', link), more ? `${link.dataset.name} ${more}` : link.dataset.name);
	}
	follow(badges, cards.filter(({ at }) => summary(at)), ({ at }) => at,
		({ at, link }) => [summary(at), place(link)], ({ at, link }) => {
			const badge = make('div', { class: 'badge' }, signs(at)), [left, top] = place(link);
			badge.style.left = `${left}%`;
			badge.style.top = `${top}%`;
			return badge;
		});
	put(one('#key'), badges.children.length ? say('ROOM_KEY') : '');
}

function place(link) {
	const box = one('rect', link), of = (name) => Number(box.getAttribute(name));
	return [(of('x') + 6) / size.width * 100, (of('y') + of('height')) / size.height * 100];
}

let current = null;
export function mark(at) { /* the card whose panel is open, brought into view */
	current = at;
	for (const link of all('.current', drawing))
		link.classList.remove('current');
	const link = at && at.startsWith(`${state.journey}#`) ? cardOf(at.split('#')[1]) : null;
	if (!link)
		return;
	link.classList.add('current');
	if (!map.clientWidth)
		return;
	const box = link.getBoundingClientRect(), view = map.getBoundingClientRect();
	map.scrollBy({
		left: box.left + box.width / 2 - view.left - view.width / 2,
		top: box.top + box.height / 2 - view.top - view.height / 2,
		behavior: calm.matches ? 'auto' : 'smooth',
	});
}

/* A frame that changed its width shows the whole map again, or what is looked at. */
let width = 0;
new ResizeObserver(() => {
	const now = map.clientWidth, before = width;
	if (!now || now === before)
		return;
	width = now;
	if (size.width > 1 && !current)
		pan.start();
	else if (size.width > 1)
		mark(current);
}).observe(map);
