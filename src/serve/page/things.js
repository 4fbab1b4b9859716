/* Notes, pain points and actions: how they look, and what one can do with them. What is on its way to
 * the server already shows as it will be. */
import { make, button } from './dom.js';
import { say, many, number, signed, clock, day, feeling } from './words.js';
import { state, me, facilitates, ended, mayVote, notesAt, mergedInto, actionsOn, placeOf, textOn, touchpointAt, who, departments,
	departmentLabel, frictionLabel, statusLabel } from './state.js';
import { tell, waiting } from './connection.js';
import { question, choose, notice } from './dialog.js';

const short = (text) => text.length > 60 ? `${[...text].slice(0, 59).join('')}…` : text;
const lastWaiting = (act, name, value) => waiting().filter((entry) =>
	entry.call.do === act && entry.call[name] === value).pop()?.call;

/* ---- dots --------------------------------------------------------------------------------------------- */

const given = (on, mine) => Number(lastWaiting('vote', 'on', on)?.dots ?? mine ?? 0);
export function dotsLeft() {
	let left = state.room.dots_left ?? 0;
	for (const on of new Set(waiting().filter((entry) => entry.call.do === 'vote').map((entry) => entry.call.on))) {
		const known = on.startsWith('note:')
			? [...state.notes.values()].find((note) => `note:${note.id}` === on) : state.pains.get(on);
		left += (known?.mine ?? 0) - given(on, known?.mine);
	}
	return left;
}

function dots(on, thing) {
	if (!mayVote())
		return thing.dots ? make('span', { class: 'count' }, many('ROOM_DOTS', thing.dots)) : null;
	const mine = given(on, thing.mine), name = short(textOn(on));
	return make('span', { class: 'vote', role: 'group', 'aria-label': say('ROOM_VOTE_ON', name) },
		button(`less ${on}`, '−', { 'aria-label': say('ROOM_DOT_LESS', name), 'aria-disabled': mine ? null : 'true' }),
		make('span', { class: 'mine' }, say('ROOM_MINE', number(mine)), thing.dots ? ` · ${say('ROOM_ALL', number(thing.dots))}` : ''),
		button(`more ${on}`, '+', { 'aria-label': say('ROOM_DOT_MORE', name), 'aria-disabled': dotsLeft() > 0 ? null : 'true' }));
}

function vote(on, by) {
	const thing = on.startsWith('note:')
		? [...state.notes.values()].find((note) => `note:${note.id}` === on) : state.pains.get(on);
	const now = given(on, thing?.mine);
	if (by > 0 && dotsLeft() <= 0)
		notice(say('ROOM_NO_DOTS'));
	else if (now + by >= 0)
		tell({ do: 'vote', on, dots: now + by });
}

/* ---- ours, actions, decisions ---------------------------------------------------------------------- */

function ours(on, thing) {
	const mine = me()?.department, said = lastWaiting('ours', 'on', on);
	const list = thing.ours ?? [], is = said ? said.yes === 1 : list.includes(mine);
	return [list.length ? make('span', { class: 'chips' }, list.map((id) =>
		make('span', { class: 'chip' }, say('ROOM_OURS_OF', departmentLabel(id))))) : null,
	mine && !ended() ? button(`ours ${on}`, say('ROOM_OURS'), { 'aria-pressed': String(is), class: 'quiet',
		'aria-label': say('ROOM_OURS_ON', short(textOn(on))) }) : null];
}

export function actions(on) {
	const list = actionsOn(on);
	return list.length ? make('ul', { class: 'actions' }, list.map(action)) : null;
}

function action(given) {
	const facts = [given.owner && departmentLabel(given.owner), given.due && say('ROOM_UNTIL', day(given.due)), given.done && say('ROOM_DONE')];
	return make('li', { class: given.done ? 'done' : null }, make('span', { class: 'kind' }, say('ROOM_ACTION')),
		make('span', { dir: 'auto' }, given.text), make('span', { class: 'facts' }, facts.filter(Boolean).join(' · ')),
		me() && !ended() ? button(`action ${given.id}`, say('ROOM_CHANGE'), { class: 'quiet',
			'aria-label': say('ROOM_CHANGE_THIS', short(given.text)) }) : null);
}

function actionFields(known) {
	return [{ name: 'text', label: say('ROOM_ACTION_TEXT'), kind: 'area', max: 2000, required: true, value: known.text },
		{ name: 'owner', label: say('ROOM_OWNER'), max: 60, value: known.owner ?? me().name,
			offers: [...[...state.people.values()].map((person) => person.name), ...departments().map((each) => each.label)] },
		{ name: 'due', label: say('ROOM_DUE'), kind: 'date', value: known.due }];
}

async function act(on) {
	const said = await question({ title: say('ROOM_ACT'), text: textOn(on), confirm: say('ROOM_ACT_CONFIRM'), fields: actionFields({}) });
	if (said)
		tell({ do: 'act', on, ...said });
}

async function change(id) {
	const known = [...state.actions.values()].find((each) => String(each.id) === id);
	if (!known)
		return;
	const edit = async () => {
		const said = await question({ title: say('ROOM_CHANGE'), confirm: say('ROOM_SAVE'), fields: actionFields({ owner: '', ...known }) });
		if (said)
			tell({ do: 'change', action: id, ...said });
	};
	const choices = [{ label: say(known.done ? 'ROOM_NOT_DONE' : 'ROOM_DONE'), act: () => tell({ do: 'change', action: id, done: known.done ? 0 : 1 }) },
		{ label: say('ROOM_CHANGE'), act: edit }];
	if (known.own || facilitates())
		choices.push({ label: say('ROOM_DROP'), act: () => tell({ do: 'drop', action: id }) });
	choose({ title: say('ROOM_ACTION'), text: known.text, choices });
}

export function decided(thing) {
	if (!thing.decided)
		return null;
	const { as, text, friction, severity, owner, due, status } = thing.decided;
	const facts = [as && say(`ROOM_AS_${as.toUpperCase()}`), text, friction && frictionLabel(friction), severity && say('ROOM_SEVERITY_IS', severity),
		owner && departmentLabel(owner), due && say('ROOM_UNTIL', day(due)), status && statusLabel(status)];
	return make('p', { class: 'decided', dir: 'auto' }, make('strong', {}, say('ROOM_DECIDED')), ` ${facts.filter(Boolean).join(' · ')}`);
}

const departmentField = (at, value) => ({ name: 'owner', label: say('ROOM_OWNER_DEPARTMENT'), kind: 'choice', value,
	options: [{ id: '', label: '–' }, ...(placeOf(at).journey?.departments ?? [])] });
const severityField = (value) => ({ name: 'severity', label: say('ROOM_SEVERITY'), kind: 'choice', value: value ? String(value) : '',
	options: [{ id: '', label: '–' }, ...[1, 2, 3, 4, 5].map((each) => ({ id: String(each), label: say(`ROOM_SEVERITY_${each}`) }))] });
const frictionField = (value) => ({ name: 'friction', label: say('ROOM_FRICTION'), kind: 'choice', value,
	options: [{ id: '', label: '–' }, ...state.outline.frictions] });
const dueField = (value) => ({ name: 'due', label: say('ROOM_DUE'), kind: 'date', value });

export async function decidePain(pain, at) {
	const on = `${at}/${pain.id}`, known = { ...pain, ...state.pains.get(on)?.decided };
	const said = await question({ title: say('ROOM_DECIDE'), text: pain.text, confirm: say('ROOM_DECIDE'), fields: [
		{ name: 'status', label: say('ROOM_STATUS'), kind: 'choice', value: known.status, options: state.outline.statuses },
		severityField(known.severity), departmentField(at, known.owner), dueField(known.due)] });
	if (said)
		tell({ do: 'decide', on, ...said });
}

export async function decideNote(note) {
	const known = { friction: note.friction, text: note.text, as: note.kind === 'question' ? 'nothing' : note.kind, ...note.decided };
	const said = await question({ title: say('ROOM_DECIDE'), text: note.text, confirm: say('ROOM_DECIDE'), fields: [
		{ name: 'as', label: say('ROOM_AS'), kind: 'choice', value: known.as,
			options: ['pain', 'idea', 'nothing'].map((id) => ({ id, label: say(`ROOM_AS_${id.toUpperCase()}`) })) },
		{ name: 'text', label: say('ROOM_AS_TEXT'), kind: 'area', max: 2000, value: known.text },
		frictionField(known.friction), severityField(known.severity), departmentField(note.at, known.owner), dueField(known.due)] });
	if (said)
		tell({ do: 'decide', on: `note:${note.id}`, ...said });
}

export async function decideFeeling(at) {
	const known = touchpointAt(at).decided, median = touchpointAt(at).feel.median;
	const said = await question({ title: say('ROOM_DECIDE_FEELING'), text: placeOf(at).title, confirm: say('ROOM_DECIDE'), fields: [
		{ name: 'valence', label: say('ROOM_VALENCE'), kind: 'choice', value: String(known?.valence ?? Math.round(median ?? 0)),
			options: [-2, -1, 0, 1, 2].map((value) => ({ id: String(value), label: `${signed(value)} · ${feeling(value)}` })) },
		{ name: 'feeling', label: say('ROOM_FEELING_WORD'), max: 60, value: known?.feeling }] });
	if (said)
		tell({ do: 'decide', at, ...said });
}

/* ---- notes -------------------------------------------------------------------------------------------- */

const mayEdit = (note) => !ended() && (note.own || facilitates());

async function rewrite(note) {
	const said = await question({ title: say('ROOM_REWRITE'), confirm: say('ROOM_SAVE'), fields: [
		{ name: 'text', label: say('ROOM_NOTE_TEXT'), kind: 'area', max: 2000, required: true, value: note.text },
		{ name: 'kind', label: say('ROOM_KIND'), kind: 'choice', value: note.kind,
			options: ['pain', 'idea', 'question'].map((id) => ({ id, label: say(`ROOM_KIND_${id.toUpperCase()}`) })) },
		frictionField(note.friction)] });
	if (said)
		tell({ do: 'rewrite', note: note.id, ...said });
}

export async function group(note, name) {
	const names = [...new Set(notesAt(note.at).map((each) => each.cluster).filter(Boolean))];
	const said = name === undefined ? await question({ title: say('ROOM_GROUP'), text: note.text, confirm: say('ROOM_SAVE'), fields: [
		{ name: 'name', label: say('ROOM_GROUP_NAME'), max: 60, value: note.cluster, offers: names, hint: say('ROOM_GROUP_HINT') }] }) : { name };
	if (said)
		tell({ do: 'cluster', note: note.id, name: said.name });
	return said;
}

async function merge(note) {
	const others = notesAt(note.at).filter((each) => each.id !== note.id);
	const said = await question({ title: say('ROOM_MERGE'), text: note.text, confirm: say('ROOM_MERGE'), fields: [
		{ name: 'into', label: say('ROOM_MERGE_INTO'), kind: 'choice', options: others.map((each) => ({ id: String(each.id), label: short(each.text) })) }] });
	if (said?.into)
		tell({ do: 'merge', note: note.id, into: said.into });
}

function more(note) {
	const choices = [];
	if (mayEdit(note))
		choices.push({ label: say('ROOM_REWRITE'), act: () => rewrite(note) },
			{ label: say('ROOM_WITHDRAW'), act: () => tell({ do: 'withdraw', note: note.id }) });
	if (facilitates() && !ended()) {
		choices.push({ label: say('ROOM_GROUP'), act: () => group(note) });
		if (notesAt(note.at).length > 1)
			choices.push({ label: say('ROOM_MERGE'), act: () => merge(note) });
		choices.push({ label: say(note.hidden ? 'ROOM_UNHIDE' : 'ROOM_HIDE'), act: () => tell({ do: 'hide', note: note.id, yes: note.hidden ? 0 : 1 }) },
			{ label: say('ROOM_DECIDE'), act: () => decideNote(note) });
	}
	choose({ title: say('ROOM_MORE'), text: note.text, choices });
}

const byline = (note) => make('p', { class: 'facts by' }, who(note.by, note.department), note.time ? ` · ${clock(note.time)}` : '');

export function noteElement(note) {
	const on = `note:${note.id}`, same = mergedInto(note.id);
	return make('li', { class: `note ${note.kind}${note.hidden ? ' hidden-note' : ''}`, 'data-note': note.id },
		make('p', { class: 'marks' }, make('span', { class: `kind ${note.kind}` }, say(`ROOM_KIND_${note.kind.toUpperCase()}`)),
			note.friction && make('span', { class: 'chip' }, frictionLabel(note.friction)),
			note.hidden && make('span', { class: 'chip' }, say('ROOM_HIDDEN'))),
		make('p', { class: 'text', dir: 'auto' }, note.text),
		note.pain && make('p', { class: 'facts' }, say('ROOM_ABOUT', placeOf(note.at).pains.find((pain) => pain.id === note.pain)?.text ?? note.pain)),
		byline(note),
		same.map((each) => make('blockquote', {}, make('p', { dir: 'auto' }, each.text), byline(each))),
		decided(note),
		make('div', { class: 'doing' }, dots(on, note), note.kind === 'pain' ? ours(on, note) : null,
			me() && !ended() ? button(`act ${on}`, say('ROOM_ACT'), { class: 'quiet', 'aria-label': say('ROOM_ACT_ON', short(note.text)) }) : null,
			mayEdit(note) ? button(`note ${note.id}`, '…', { class: 'quiet', 'aria-label': say('ROOM_MORE_ON', short(note.text)), title: say('ROOM_MORE') }) : null),
		actions(on));
}
/* All that a note's looks depend on. */
export const noteTold = (note) => [note, mergedInto(note.id), actionsOn(`note:${note.id}`), who(note.by, note.department),
	state.room.step, state.room.facilitator, ended(), mayVote() && [given(`note:${note.id}`, note.mine), dotsLeft() > 0],
	lastWaiting('ours', 'on', `note:${note.id}`), me()];

export function painElement(pain, at) {
	const on = `${at}/${pain.id}`, said = state.pains.get(on) ?? {};
	const facts = [pain.friction && frictionLabel(pain.friction), pain.severity && say('ROOM_SEVERITY_IS', pain.severity),
		pain.owner && departmentLabel(pain.owner), pain.status && statusLabel(pain.status), pain.due && say('ROOM_UNTIL', day(pain.due))];
	return make('li', { class: 'note source' }, make('p', { class: 'text', dir: 'auto' }, pain.text),
		make('p', { class: 'facts' }, facts.filter(Boolean).join(' · ')), decided(said),
		make('div', { class: 'doing' }, dots(on, said), ours(on, said),
			me() && !ended() ? button(`act ${on}`, say('ROOM_ACT'), { class: 'quiet', 'aria-label': say('ROOM_ACT_ON', short(pain.text)) }) : null,
			facilitates() && !ended() ? button(`decide ${on}`, say('ROOM_DECIDE'), { class: 'quiet', 'aria-label': say('ROOM_DECIDE_ON', short(pain.text)) }) : null),
		actions(on));
}
export const painTold = (pain, at) => [pain, state.pains.get(`${at}/${pain.id}`), actionsOn(`${at}/${pain.id}`), state.room.step,
	state.room.facilitator, ended(), mayVote() && [given(`${at}/${pain.id}`, state.pains.get(`${at}/${pain.id}`)?.mine), dotsLeft() > 0],
	lastWaiting('ours', 'on', `${at}/${pain.id}`), me()];

/* What was written and is not there yet. */
export const pendingNotes = (at) => waiting().filter((entry) => entry.call.do === 'note' && entry.call.at === at);
export const pendingElement = ({ call }) => make('li', { class: `note pending ${call.kind}` },
	make('p', { class: 'marks' }, make('span', { class: `kind ${call.kind}` }, say(`ROOM_KIND_${call.kind.toUpperCase()}`))),
	make('p', { class: 'text', dir: 'auto' }, call.text), make('p', { class: 'facts' }, say('ROOM_ON_ITS_WAY')));

const noteById = (id) => [...state.notes.values()].find((note) => String(note.id) === id);
export const acts = {
	more: (_, on) => vote(on, 1),
	less: (_, on) => vote(on, -1),
	ours: (element, on) => tell({ do: 'ours', on, yes: element.getAttribute('aria-pressed') === 'true' ? 0 : 1 }),
	act: (_, on) => act(on),
	action: (_, id) => change(id),
	note: (_, id) => { if (noteById(id)) more(noteById(id)); },
	decide: (_, on) => {
		const [at, id] = on.split('/');
		if (!id)
			return void decideFeeling(at);
		const pain = placeOf(at).pains.find((each) => each.id === id);
		if (pain)
			decidePain(pain, at);
	},
};
export { noteById };
