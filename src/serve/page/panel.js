/* The panel of a touchpoint: what the room says there, and what is known about it. Beside the view on
 * wide screens, over it on narrow ones. */
import { one, all, make, put, follow, keep, kept } from './dom.js';
import { say, many } from './words.js';
import { state, me, ended, placeOf, placesOf, notesAt, touchpointAt, frictionLabel } from './state.js';
import { tell } from './connection.js';
import * as map from './map.js';
import * as feel from './feel.js';
import * as things from './things.js';

const panel = one('#panel'), room = one('#panel-room'), known = one('#panel-known');
const narrow = matchMedia('(max-width: 59.99rem)');
let shown = null, opener = null, tab = 'room', drawn = () => {};
export const openAt = () => shown;
export const onMove = (listener) => { drawn = listener; };

/* ---- opening and closing ------------------------------------------------------------------------------ */

function cover() { /* what lies under a panel that covers it cannot be reached */
	const covered = Boolean(shown) && narrow.matches;
	for (const element of all('header.top, #step, #lead, #views, .view, .skip'))
		element.inert = covered;
}
narrow.addEventListener('change', cover);

export function open(at, from) {
	const place = placeOf(at);
	if (place.gone && !notesAt(at).length)
		return;
	if (from)
		opener = from.dataset?.at ?? from;
	if (shown !== at) {
		shown = at;
		build(place);
		one('#panel-body').scrollTop = 0;
	}
	panel.hidden = false;
	one('#room').classList.add('open');
	cover();
	const order = placesOf(state.journey), index = order.indexOf(at);
	put(one('#place'), index < 0 ? '' : `${index + 1} / ${order.length}`);
	one('[data-do="previous"]', panel).setAttribute('aria-disabled', String(index <= 0));
	one('[data-do="next"]', panel).setAttribute('aria-disabled', String(index < 0 || index >= order.length - 1));
	one('#panel-title').focus({ preventScroll: true });
	history.replaceState(null, '', `#at:${at.split('#')[1]}`);
	drawn();
	map.mark(at);
}

export function close() {
	if (!shown)
		return;
	const at = shown;
	shown = null;
	panel.hidden = true;
	one('#room').classList.remove('open');
	cover();
	map.mark(null);
	history.replaceState(null, '', location.pathname + location.search);
	drawn();
	const back = typeof opener === 'string' ? one(`[data-at="${CSS.escape(opener)}"]`) : opener;
	const candidates = [back, map.cardOf(at.split('#')[1]), one('#main')];
	candidates.find((element) => element?.isConnected && element.getClientRects().length)?.focus({ preventScroll: true });
	opener = null;
}

function step(by) {
	const order = placesOf(state.journey), next = order[order.indexOf(shown) + by];
	if (next)
		open(next);
}

/* ---- what is known ------------------------------------------------------------------------------------- */

let fetched = null;
export async function fetchKnown(again = false) {
	const at = shown;
	if (!at || tab !== 'known' || (fetched === at && !again))
		return;
	const [journey, id] = at.split('#').map(encodeURIComponent);
	let text = '';
	try {
		const response = await fetch(`panel/${journey}/${id}`);
		text = response.ok ? await response.text() : '';
	} catch { /* said below */ }
	if (at !== shown)
		return;
	fetched = text ? at : null;
	const article = one('article', new DOMParser().parseFromString(text, 'text/html'));
	if (!article) {
		known.replaceChildren(make('p', {}, say('ROOM_UNREACHED')));
		return;
	}
	one('h2', article)?.remove(); /* the panel's title, and its stage */
	one('p.soft', article)?.remove();
	const place = placeOf(at);
	set(article, place);
	known.replaceChildren(document.adoptNode(article));
}
function set(article, place) {
	article.lang = place.journey?.lang ?? '';
	article.dir = place.journey?.rtl ? 'rtl' : 'ltr';
	for (const link of all('a[href^="#journey:"]', article))
		if (!state.outline.journeys.some((journey) => `#journey:${journey.id}` === link.getAttribute('href')))
			link.replaceWith(...link.childNodes);
}

function choose(which, focus) {
	tab = which;
	for (const name of ['room', 'known']) {
		const button = one(`#tab-${name}`);
		button.setAttribute('aria-selected', String(name === which));
		button.tabIndex = name === which ? 0 : -1;
		one(`#panel-${name}`).hidden = name !== which;
		if (focus && name === which)
			button.focus();
	}
	fetchKnown();
}

/* ---- what the room says: built once for a touchpoint, then only its lists follow --------------------- */

function radios(draft) {
	return make('fieldset', { class: 'kinds' }, make('legend', { class: 'unseen' }, say('ROOM_KIND')), ['pain', 'idea', 'question'].map((kind) =>
		make('label', { class: `kind-choice ${kind}` }, make('input', { type: 'radio', name: 'kind', value: kind, checked: (draft.kind ?? 'pain') === kind }),
			make('span', {}, say(`ROOM_KIND_${kind.toUpperCase()}`)))));
}
const choice = (name, label, first, options, value) => make('p', { class: 'field' }, make('label', { for: `add-${name}` }, label),
	make('select', { id: `add-${name}`, name }, make('option', { value: '' }, first),
		options.map((option) => make('option', { value: option.id, selected: option.id === value }, option.label))));

const draftName = (at) => `touchline ${location.pathname} ${state.room.id} draft ${at}`;
function addForm(place) {
	const draft = JSON.parse(kept(sessionStorage, draftName(place.at)) ?? '{}');
	const form = make('form', { class: 'add', id: 'add', novalidate: true }, radios(draft),
		make('p', { class: 'field' }, make('label', { for: 'add-text' }, say('ROOM_NOTE_TEXT')),
			make('textarea', { id: 'add-text', name: 'text', rows: 3, maxlength: 2000, dir: 'auto', value: draft.text, 'aria-describedby': 'add-hint' }),
			make('span', { class: 'facts', id: 'add-hint' }, say('ROOM_NOTE_HINT'))),
		make('div', { class: 'pair', id: 'add-pair' }, choice('friction', say('ROOM_FRICTION'), say('ROOM_FRICTION_NONE'),
			state.outline.frictions.map(({ id }) => ({ id, label: frictionLabel(id) })), draft.friction),
		place.pains.length ? choice('pain', say('ROOM_PAIN'), say('ROOM_PAIN_NEW'), place.pains.map((pain) => ({ id: pain.id, label: pain.text })), draft.pain) : null),
		make('p', { class: 'buttons' }, make('button', { class: 'main', 'data-do': 'add' }, say('ROOM_ADD'))));
	const suit = () => { one('#add-friction', form).closest('.field').hidden = new FormData(form).get('kind') !== 'pain'; };
	form.addEventListener('input', () => {
		suit();
		keep(sessionStorage, draftName(place.at), JSON.stringify(Object.fromEntries(new FormData(form))));
	});
	form.addEventListener('keydown', (event) => {
		if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
			form.requestSubmit();
	});
	form.addEventListener('submit', (event) => { event.preventDefault(); add(form, place.at); });
	suit();
	return form;
}

function add(form, at) {
	const said = Object.fromEntries(new FormData(form)), text = said.text.trim();
	if (!text) {
		one('textarea', form).focus();
		return;
	}
	const call = { do: 'note', at, kind: said.kind, text };
	if (said.friction && said.kind === 'pain')
		call.friction = said.friction;
	if (said.pain)
		call.pain = said.pain;
	tell(call);
	one('textarea', form).value = '';
	keep(sessionStorage, draftName(at), JSON.stringify({ kind: said.kind }));
	one('textarea', form).focus();
}
/* What was refused is not lost: it stands in the form again, where that is empty. */
export function giveBack(call) {
	if (call.do !== 'note')
		return;
	keep(sessionStorage, draftName(call.at), JSON.stringify(call));
	const text = shown === call.at && one('#add-text');
	if (text && !text.value)
		text.value = call.text;
}

function build(place) {
	put(one('#panel-stage'), place.stage?.title ?? '');
	put(one('#panel-title'), place.title);
	for (const element of [one('#panel-stage'), one('#panel-title')])
		element.lang = place.journey?.lang ?? '';
	known.replaceChildren();
	fetched = null;
	room.replaceChildren(
		make('section', {}, make('h3', {}, say('ROOM_FEEL')), make('p', { class: 'facts' }, say('ROOM_FEEL_HINT')), make('div', { id: 'feel' }), make('div', { id: 'feel-all' }), make('div', { id: 'feel-decided' })),
		make('section', {}, make('h3', {}, say('ROOM_NOTES_HEAD')), make('details', { class: 'adding', id: 'adding', open: state.room.step === 'collect' }, make('summary', {}, say('ROOM_ADD')), addForm(place)),
			make('p', { class: 'facts', id: 'notes-what' }), make('ul', { class: 'notes', id: 'notes' })),
		make('section', { id: 'pains-section', hidden: !place.pains.length }, make('h3', {}, say('ROOM_PAINS_HEAD')), make('ul', { class: 'notes', id: 'pains' })));
	choose(tab);
	show();
}

export function show() {
	if (!shown || !one('#notes'))
		return;
	const at = shown, place = placeOf(at);
	follow(one('#feel'), feel.may() ? [at] : [], () => 'faces', () => feel.told(at), feel.faces);
	follow(one('#feel-decided'), [at], () => 'decided', () => feel.told(at), feel.decision);
	follow(one('#feel-all'), feel.departments(at) ? [at] : [], () => 'all', () => feel.told(at), feel.departments);
	one('#adding').hidden = !me() || ended();
	const notes = notesAt(at), all_ = touchpointAt(at).notes;
	put(one('#notes-what'), state.room.step === 'collect' && !ended() ? say('ROOM_SILENT', many('ROOM_NOTES', all_))
		: notes.length ? '' : say('ROOM_NO_NOTES'));
	follow(one('#notes'), [...notes, ...things.pendingNotes(at)], (item) => item.id ?? item.key,
		(item) => item.key ? item.call : things.noteTold(item), (item) => item.key ? things.pendingElement(item) : things.noteElement(item));
	follow(one('#pains'), place.pains, (pain) => pain.id, (pain) => things.painTold(pain, at), (pain) => things.painElement(pain, at));
}

/* ---- keys ---------------------------------------------------------------------------------------------- */

panel.addEventListener('keydown', (event) => {
	if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select'))
		return;
	const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
	if (by && event.target.role === 'tab')
		choose(tab === 'room' ? 'known' : 'room', true);
	else if (by && !event.target.closest('.scroll'))
		step(by);
	else
		return;
	event.preventDefault();
});
document.addEventListener('keydown', (event) => {
	if (event.key !== 'Escape' || !shown || one('#dialog').open || event.defaultPrevented)
		return;
	if (event.target.closest?.('textarea') && event.target.value) { /* leaves what is being written */
		one('#panel-title').focus();
		return;
	}
	close();
});

export const acts = {
	open: (element, at) => open(at, element),
	close: () => close(),
	previous: () => step(-1),
	next: () => step(1),
	tab: (element) => choose(element.dataset.to),
};
