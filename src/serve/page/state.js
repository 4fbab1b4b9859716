/* What is known about the room: the views that the server sent, put together, and the outline of the
 * journeys. Whoever shows something of it asks to be told when it changes. */
import { say } from './words.js';

export const state = {
	n: 0, room: null, people: new Map(), notes: new Map(), pains: new Map(), touchpoints: new Map(),
	actions: new Map(), events: new Map(), here: { people: [], watching: 0 },
	outline: { frictions: [], statuses: [], journeys: [] }, journey: null,
};

const listeners = new Set();
let asked = false;
export const onChange = (listener) => { listeners.add(listener); };
/* Together, and not for each of a hundred events singly. */
export function changed() {
	if (asked)
		return;
	asked = true;
	setTimeout(() => {
		asked = false;
		for (const listener of listeners)
			listener();
	});
}

function merge(into, list, key) {
	for (const item of list ?? []) {
		if (item.gone)
			into.delete(item[key]);
		else
			into.set(item[key], item);
	}
}

export function take(view) {
	if (view.full)
		for (const map of [state.people, state.notes, state.pains, state.touchpoints, state.actions, state.events])
			map.clear();
	state.n = view.n;
	if (view.room)
		state.room = view.room;
	merge(state.people, view.people, 'id');
	merge(state.notes, view.notes, 'id');
	merge(state.pains, view.pains, 'on');
	merge(state.touchpoints, view.touchpoints, 'at');
	merge(state.actions, view.actions, 'id');
	merge(state.events, view.events, 'n');
	changed();
}

/* The outline, flat: what stands where. */
const places = new Map();
let order = [];
export function draw(outline) {
	state.outline = outline;
	places.clear();
	order = [];
	for (const journey of outline.journeys)
		for (const stage of journey.stages)
			for (const touchpoint of stage.touchpoints) {
				const at = `${journey.id}#${touchpoint.id}`;
				places.set(at, { ...touchpoint, at, journey, stage });
				order.push(at);
			}
	if (!journeyNow())
		state.journey = outline.journeys[0]?.id ?? null;
	changed();
}

export const journeyNow = () => state.outline.journeys.find((journey) => journey.id === state.journey);
export const placeOf = (at) => places.get(at) ?? { at, id: at.split('#')[1], title: at.split('#')[1], pains: [], gone: true };
export const placesOf = (journey) => order.filter((at) => at.startsWith(`${journey}#`));
export const allPlaces = () => order;
/* "JOURNEY#TOUCHPOINT/PAIN" */
export function painOf(on) {
	const [at, id] = on.split('/');
	return placeOf(at).pains.find((pain) => pain.id === id) ?? { id, text: id };
}
export const noteOf = (on) => state.notes.get(idOf(on));
const idOf = (on) => {
	const id = on.slice('note:'.length);
	return state.notes.has(id) ? id : Number(id);
};
export const placeOn = (on) => on.startsWith('note:') ? noteOf(on)?.at : on.split('/')[0];
export const textOn = (on) => on.startsWith('note:') ? noteOf(on)?.text ?? '' : painOf(on).text;

export const me = () => state.room?.me ? state.people.get(state.room.me) : null;
export const facilitates = () => Boolean(state.room?.facilitator);
export const ended = () => Boolean(state.room?.ended || state.room?.closed);
export const mayVote = () => ['vote', 'decide'].includes(state.room?.step) && !ended() && state.room.me;
/* As they were said, whatever order they became known in. */
export const notesAt = (at) => [...state.notes.values()].filter((note) => note.at === at && !note.into).sort((a, b) => a.id - b.id);
export const mergedInto = (id) => [...state.notes.values()].filter((note) => note.into === id);
export const actionsOn = (on) => [...state.actions.values()].filter((action) => action.on === on);
export const touchpointAt = (at) => state.touchpoints.get(at) ??
	{ at, notes: 0, feel: { n: 0, median: null, mine: null, disagree: false, departments: [] }, decided: null };
export function dotsAt(at) {
	let dots = 0;
	for (const pain of state.pains.values())
		if (placeOn(pain.on) === at)
			dots += pain.dots ?? 0;
	for (const note of notesAt(at))
		dots += note.dots ?? 0;
	return dots;
}

/* What a department, a friction or a status is called. */
const labelOf = (list, id) => list.find((entry) => entry.id === id)?.label ?? id;
export const departments = () => {
	const seen = new Map();
	for (const journey of state.outline.journeys)
		for (const department of journey.departments)
			seen.set(department.id, department.label ?? department.id);
	return [...seen].map(([id, label]) => ({ id, label }));
};
export const departmentLabel = (id) => labelOf(departments(), id);
export const frictionLabel = (id) => labelOf(state.outline.frictions, id);
export const statusLabel = (id) => labelOf(state.outline.statuses, id);
export function who(id, department) {
	const person = state.people.get(id);
	if (person)
		return say('ROOM_BY', person.name, departmentLabel(person.department));
	return department ? departmentLabel(department) : say('ROOM_SOMEBODY');
}
