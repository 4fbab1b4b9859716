/* Questions that interrupt: a form, or a choice of things to do. One at a time; Escape is no answer. */
import { one, make, button } from './dom.js';
import { say } from './words.js';

const dialog = one('#dialog');
let answer = null;

function finish(value) {
	const resolve = answer;
	answer = null;
	if (dialog.open)
		dialog.close();
	dialog.replaceChildren();
	resolve?.(value);
}
dialog.addEventListener('close', () => { if (!dialog.open) finish(null); });

function open(title, ...content) {
	finish(null);
	dialog.replaceChildren(make('div', { class: 'dialog-head' },
		make('h2', { id: 'dialog-title' }, title),
		make('button', { type: 'button', 'aria-label': say('DO_CLOSE'), title: say('DO_CLOSE'), onclick: () => finish(null) }, '✕')), ...content);
	dialog.showModal();
	return new Promise((resolve) => { answer = resolve; });
}

/* {name, label, kind, value, options: [{id, label}], max, least, required, hint}; kinds: text area date
 * number choice */
function field(given) {
	const id = `dialog-${given.name}`, common = { id, name: given.name, required: given.required };
	let input;
	if (given.kind === 'choice')
		input = make('select', common, given.options.map((option) =>
			make('option', { value: option.id, selected: option.id === (given.value ?? '') }, option.label)));
	else if (given.kind === 'area')
		input = make('textarea', { ...common, maxlength: given.max, rows: 4, dir: 'auto', value: given.value });
	else
		input = make('input', { ...common, type: given.kind ?? 'text', maxlength: given.max, min: given.least,
			max: given.most, dir: given.kind ? null : 'auto', value: given.value, list: given.offers && `${id}-offers`, autocomplete: 'off' });
	return make('p', { class: 'field' }, make('label', { for: id }, given.label), input,
		given.offers && make('datalist', { id: `${id}-offers` }, given.offers.map((offer) => make('option', { value: offer }))),
		given.hint && make('span', { class: 'facts' }, given.hint));
}

/* {title, text, fields, confirm}: promises the values, or null. */
export function question(given) {
	const form = make('form', { class: 'dialog-body', method: 'dialog' },
		given.text && make('p', { dir: 'auto' }, given.text), given.fields?.map(field),
		make('p', { class: 'buttons' }, make('button', { class: 'main', 'data-do': 'confirm' }, given.confirm),
			make('button', { type: 'button', onclick: () => finish(null) }, say('ROOM_CANCEL'))));
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		finish(Object.fromEntries(new FormData(form)));
	});
	return open(given.title, form);
}

/* {title, text, choices: [{label, act}]}: does what is chosen. */
export async function choose(given) {
	const chosen = await open(given.title, make('div', { class: 'dialog-body choices' },
		given.text && make('p', { class: 'soft', dir: 'auto' }, given.text),
		given.choices.map((choice) => {
			const made = button('choice', choice.label);
			made.onclick = () => finish(choice.act);
			return made;
		})));
	chosen?.();
}

/* Something to look at, until it is closed. */
export const present = (title, ...content) => open(title, make('div', { class: 'dialog-body' }, ...content));
export const presented = () => dialog.open;

/* Said shortly at the edge of the screen. */
export function notice(text, problem = false) {
	const made = make('p', { class: problem ? 'notice problem' : 'notice' }, text,
		make('button', { type: 'button', 'aria-label': say('DO_CLOSE'), onclick: () => made.remove() }, '✕'));
	one('#notices').append(made);
	if (!problem)
		setTimeout(() => made.remove(), 6000);
}
