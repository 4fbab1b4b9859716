/* Between the page and the server: what is said goes out, in order, until it is acknowledged, and
 * what others say comes in.
 *
 * What is said is kept in the browser first, under a key that the server answers alike however often
 * it hears it. So neither a lost connection nor a server that starts again nor a page that is loaded
 * again loses or doubles it. Each call is an entry of its own: two tabs never write the same one.
 */
import { keep, kept } from './dom.js';
import { say } from './words.js';
import { state, take, changed } from './state.js';

/* ---- the server's clock: its Date says the second, and every answer narrows it -------------------- */
let early = -Infinity, late = Infinity;
function learnClock(response, sent) {
	const told = Date.parse(response.headers.get('Date') ?? '');
	if (Number.isNaN(told))
		return;
	const least = told - Date.now(), most = told + 1000 - sent;
	early = Math.max(early, least);
	late = Math.min(late, most);
	if (early > late) /* one of the clocks was set */
		[early, late] = [least, most];
}
export const serverNow = () => Date.now() + (early === -Infinity ? 0 : (early + late) / 2);

/* ---- asking ----------------------------------------------------------------------------------------- */

/* What the server answered, or why it did not: {status, json, text}; status 0: it was not reached. */
export async function ask(path, options = {}, limit = 20000) {
	const sent = Date.now();
	try {
		const response = await fetch(path, { cache: 'no-store', ...options,
			headers: { 'X-Touchline': '1', ...options.headers }, signal: AbortSignal.timeout(limit) });
		learnClock(response, sent);
		const text = await response.text();
		let json = null;
		if ((response.headers.get('Content-Type') ?? '').includes('json'))
			json = JSON.parse(text);
		return { status: response.status, ok: response.ok, json, text, wait: Number(response.headers.get('Retry-After')) };
	} catch {
		return { status: 0, ok: false, json: null, text: '', wait: 0 };
	}
}
export const errorOf = (answer) => answer.json?.error ?? say(answer.status ? 'ROOM_ERROR' : 'ROOM_UNREACHED');

/* ---- coming in ---------------------------------------------------------------------------------------- */
export const line = { live: false, refused: null };
let source = null, again = null, delay = 500;
let told = { map: () => {}, trouble: () => {} };

function turn(live) {
	if (live)
		delay = 500;
	if (line.live === live)
		return;
	line.live = live;
	changed();
	if (live)
		send();
}

function open() {
	clearTimeout(again);
	source?.close();
	source = new EventSource(`api/events?since=${state.n}`);
	const mine = source;
	const hear = (name, listen) => mine.addEventListener(name, (event) => {
		if (mine !== source)
			return;
		turn(true);
		listen(JSON.parse(event.data));
	});
	mine.onopen = () => { if (mine === source) turn(true); };
	hear('view', (view) => { take(view); settle(); });
	hear('map', (map) => told.map(map));
	hear('here', (here) => { state.here = here; changed(); });
	hear('trouble', (trouble) => told.trouble(trouble));
	/* The browser would try again by itself, but not after an answer that is an error. */
	mine.onerror = () => {
		if (mine !== source)
			return;
		mine.close();
		turn(false);
		again = setTimeout(look, delay);
		delay = Math.min(5000, delay * 1.6);
	};
}

/* What changed since; also tells a server that refuses from one that is not there. */
async function look() {
	const answer = await ask(`api/state?since=${state.n}`, {}, 10000);
	line.refused = answer.status === 401 || answer.status === 403 ? errorOf(answer) : null;
	if (answer.ok) {
		take(answer.json);
		settle();
		if (!source || source.readyState === EventSource.CLOSED)
			open();
		return true;
	}
	turn(false);
	changed();
	clearTimeout(again);
	again = setTimeout(look, delay);
	delay = Math.min(5000, delay * 1.6);
	return false;
}

/* A phone that slept may hold a connection that nobody is at the other end of. */
function awake() {
	delay = 500;
	source?.close();
	open();
	look();
}

/* As somebody else: what was told is forgotten. */
export async function restart() {
	state.n = 0;
	source?.close();
	await look();
}

export async function connect(listeners) {
	told = { ...told, ...listeners };
	let last = Date.now();
	setInterval(() => {
		const now = Date.now();
		if (now - last > 15000)
			awake();
		last = now;
	}, 5000);
	setInterval(look, 30000);
	addEventListener('online', awake);
	addEventListener('pageshow', (event) => { if (event.persisted) awake(); });
	document.addEventListener('visibilitychange', () => { if (!document.hidden && !line.live) awake(); });
	await look();
}

/* ---- going out ---------------------------------------------------------------------------------------- */
const prefix = () => `touchline ${location.pathname} ${state.room.id} `;
const queue = []; /* {key, call, since: when it was said, sent: acknowledged} */
let sending = false, later = null, refuse = () => {};
export const onRefused = (listener) => { refuse = listener; };
/* What is not yet to be seen in what the server told: shown as being on its way. */
export const waiting = () => queue;

/* After the page was loaded again: what an earlier one could not send. */
export function resume() {
	for (let i = 0; i < localStorage.length; i++) {
		const name = localStorage.key(i);
		if (!name.startsWith(prefix()))
			continue;
		const key = name.slice(prefix().length);
		if (!queue.some((entry) => entry.key === key))
			queue.push({ key, ...JSON.parse(kept(localStorage, name)) });
	}
	queue.sort((a, b) => a.since - b.since);
	send();
}

const newKey = () => [...crypto.getRandomValues(new Uint8Array(15))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/* Says something in the room. Promises the server's answer, when there is one. */
export function tell(call) {
	const entry = { key: newKey(), call, since: Date.now() };
	keep(localStorage, prefix() + entry.key, JSON.stringify({ call, since: entry.since }));
	queue.push(entry);
	changed();
	const promise = new Promise((resolve) => { entry.resolve = resolve; });
	send();
	return promise;
}

function drop(entry) {
	queue.splice(queue.indexOf(entry), 1);
	keep(localStorage, prefix() + entry.key, null);
	changed();
}
/* What was acknowledged is shown as said until the view has it. */
function settle() {
	for (const entry of [...queue])
		if (entry.n && entry.n <= state.n)
			drop(entry);
}

async function send() {
	if (sending)
		return;
	sending = true;
	for (let entry; (entry = queue.find((each) => !each.n));) {
		const answer = await ask('api/do', { method: 'POST',
			body: new URLSearchParams({ ...entry.call, key: entry.key }) }, 15000);
		if (answer.ok) {
			entry.n = answer.json.n;
			keep(localStorage, prefix() + entry.key, null);
			settle();
			entry.resolve?.(answer.json);
		} else if (answer.status === 0 || answer.status >= 500 || answer.status === 429 || answer.status === 401) {
			changed();
			clearTimeout(later);
			later = setTimeout(send, (answer.wait || (answer.status === 0 ? 1 : 3)) * 1000);
			break;
		} else {
			drop(entry);
			refuse(entry.call, errorOf(answer));
			entry.resolve?.(null);
		}
	}
	sending = false;
}
