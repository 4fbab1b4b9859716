/* The first screen: what this is, and who one is. Said once; the browser knows it from then on. */
import { one, make, put, keep, kept } from './dom.js';
import { say } from './words.js';
import { state, me, departments, facilitates, ended } from './state.js';
import { ask, errorOf, tell } from './connection.js';
import { question } from './dialog.js';
import { invitation } from './facilitator.js';

const form = one('#join'), select = one('#join-department'), other = one('#join-other-field');
let watching = false, offered = '';
const watchName = () => `touchline ${location.pathname} ${state.room.id} watching`;

const options = () => [{ id: '', label: say('ROOM_CHOOSE') }, ...departments(), { id: '*', label: say('ROOM_OTHER') }];
select.addEventListener('change', () => {
	other.hidden = select.value !== '*';
	if (!other.hidden)
		one('#join-other').focus();
});

function problem(text, input) {
	put(one('#join-problem'), text);
	for (const each of [one('#join-name'), select, one('#join-other')])
		each.removeAttribute('aria-invalid');
	if (input) {
		input.setAttribute('aria-invalid', 'true');
		input.setAttribute('aria-describedby', 'join-problem');
		input.focus();
	}
}

form.addEventListener('submit', async (event) => {
	event.preventDefault();
	const name = one('#join-name').value.trim(), typed = one('#join-other').value.trim();
	const department = select.value === '*' ? typed : select.value;
	if (!name)
		return problem(say('ROOM_NAME_MISSING'), one('#join-name'));
	if (!department)
		return problem(say('ROOM_DEPARTMENT_MISSING'), select.value === '*' ? one('#join-other') : select);
	problem('');
	const answer = await ask('api/do', { method: 'POST', body: new URLSearchParams({ do: 'join', name, department }) });
	if (!answer.ok)
		return problem(errorOf(answer), answer.json?.field === 'department' ? select : answer.json?.field === 'name' ? one('#join-name') : null);
	joined();
});

let joined = () => {};
export const onJoined = (listener) => { joined = listener; };
export const arrived = () => Boolean(me()) || watching;

export function show() {
	watching = watching || kept(sessionStorage, watchName()) !== null;
	const wanted = JSON.stringify(options());
	if (offered !== wanted) { /* what is chosen stays */
		const chosen = select.value;
		select.replaceChildren(...options().map(({ id, label }) => make('option', { value: id }, label)));
		select.value = chosen || '';
		offered = wanted;
	}
	form.hidden = ended();
	one('#invite').hidden = !facilitates();
	if (facilitates() && !one('#invite').children.length)
		invitation().then((content) => one('#invite').replaceChildren(...content));
}

async function rename() {
	const known = me();
	if (!known) {
		watching = false;
		keep(sessionStorage, watchName(), null);
		joined();
		return;
	}
	const list = departments(), own = list.some(({ id }) => id === known.department) ? list : [...list, { id: known.department, label: known.department }];
	const said = await question({ title: say('ROOM_ME'), confirm: say('ROOM_SAVE'), fields: [
		{ name: 'name', label: say('ROOM_NAME'), max: 60, required: true, value: known.name },
		{ name: 'department', label: say('ROOM_DEPARTMENT'), kind: 'choice', value: known.department, options: own }] });
	if (said)
		tell({ do: 'me', ...said });
}

export const acts = {
	watch: () => { watching = true; keep(sessionStorage, watchName(), '1'); joined(); },
	me: rename,
};
