/* What the page says, in the language of the journeys, and how it writes numbers and times. */
let words = {};

export async function learn() {
	words = await (await fetch('words')).json();
	document.documentElement.lang = say('ROOM_LANGUAGE');
}

export const say = (name, ...values) =>
	(words[name] ?? name).replace(/\{(\d)\}/g, (_, i) => values[i] ?? '');
/* One of two: NAME_1, NAME_N */
export const many = (name, count) => say(`${name}_${count === 1 ? '1' : 'N'}`, number(count));

/* The reader's own way of writing the language, where it is theirs. */
const locale = () => navigator.languages.find((tag) => tag.split('-')[0] === say('ROOM_LANGUAGE')) ?? say('ROOM_LANGUAGE');
export const number = (value) => new Intl.NumberFormat(locale()).format(value);
export const signed = (value) => {
	const digits = number(Math.round(Math.abs(value) * 10) / 10);
	return value > 0 ? `+${digits}` : value < 0 ? `−${digits}` : digits;
};
export const clock = (time) => new Date(time).toLocaleTimeString(locale(),
	{ hour: '2-digit', minute: '2-digit' });
export const day = (date) => new Date(`${date}T00:00:00`).toLocaleDateString(locale(),
	{ day: 'numeric', month: 'short', year: 'numeric' });
export const moment = (time) => new Date(time).toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'short' });
export const feeling = (valence) => say(`ROOM_FEEL_${['M2', 'M1', '0', 'P1', 'P2'][Math.round(valence) + 2]}`);
