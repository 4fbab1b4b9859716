/* Small helpers to make and keep elements. Texts are put as texts, never as markup. */
import { say } from './words.js';

export const one = (selector, from = document) => from.querySelector(selector);
export const all = (selector, from = document) => [...from.querySelectorAll(selector)];

/* make('button', { class: 'x', onclick: f, 'aria-pressed': true }, 'text', element, null …) */
export function make(name, attributes = {}, ...children) {
	const element = document.createElement(name);
	set(element, attributes);
	element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
	return element;
}

export function set(element, attributes) {
	for (const [name, value] of Object.entries(attributes)) {
		if (name.startsWith('on'))
			element[name] = value;
		else if (name === 'value')
			element.value = value ?? '';
		else if (value === false || value === null || value === undefined)
			element.removeAttribute(name);
		else if (element.getAttribute(name) !== String(value))
			element.setAttribute(name, value === true && !name.startsWith('aria-') ? '' : value);
	}
	return element;
}

export function put(element, text) { /* only what changed, so that nothing is read out twice */
	if (element.textContent !== text)
		element.textContent = text;
}

export const button = (act, text, attributes = {}) =>
	make('button', { type: 'button', 'data-do': act, ...attributes }, text);

/* A list that follows its items: who did not change stays, with its focus. build(item) makes an
 * element; told(item) is all that it depends on. */
export function follow(list, items, key, told, build) {
	const had = new Map([...list.children].map((element) => [element.dataset.key, element]));
	const active = document.activeElement;
	let focus = null, at = 0;
	for (const item of items) {
		const name = String(key(item)), now = JSON.stringify(told(item));
		let element = had.get(name);
		had.delete(name);
		if (!element || element.told !== now) {
			const made = build(item);
			made.dataset.key = name;
			made.told = now;
			if (element) {
				if (element.contains(active))
					focus = one(`[data-do="${active.dataset.do}"]`, made);
				element.replaceWith(made);
			}
			element = made;
		}
		if (list.children[at] !== element) {
			if (element.contains(active))
				focus = active;
			list.insertBefore(element, list.children[at] ?? null);
		}
		at++;
	}
	for (const element of had.values())
		element.remove();
	if (focus)
		focus.focus({ preventScroll: true });
}

/* The words of the page that stand in its HTML. */
export function spell(root) {
	for (const element of all('[data-word]', root))
		element.textContent = say(element.dataset.word);
	for (const element of all('[data-label]', root)) {
		element.setAttribute('aria-label', say(element.dataset.label));
		element.title = say(element.dataset.label);
	}
	for (const element of all('[data-name]', root))
		element.setAttribute('aria-label', say(element.dataset.name));
}

export function keep(storage, name, value) { /* may be full, or forbidden */
	try {
		if (value === null)
			storage.removeItem(name);
		else
			storage.setItem(name, value);
	} catch { /* then it is not kept */ }
}

export function kept(storage, name) {
	try {
		return storage.getItem(name);
	} catch {
		return null;
	}
}
