// attacks: faults and attacks that a workshop lives through; see tests/check-attacks.sh, which runs it
// in a folder with the journeys of the examples in `journeys`. api.mjs has the plain cases.
import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import process from 'node:process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Server, Visitor, test, run, until, read, write } from './server.mjs';

const journey = 'broadband-order', at = `${journey}#checkout`;
process.setMaxListeners(0); /* each server ends with the process */
const sanitized = process.env.VARIANT !== 'release';
const open = (address, name, ...more) =>
	new Server(address, ['--room', '--session', name, ...more, 'journeys']).start();

async function person(server, name, link = server.join) {
	const visitor = await server.enter(link);
	const answer = await visitor.do({ do: 'join', name, department: 'ecommerce' });
	assert.equal(answer.status, 200, answer.text);
	return visitor;
}
const texts = async (visitor) => (await visitor.state()).notes.map((note) => note.text);
const alive = async (visitor) => assert.equal((await visitor.ask('/api/state?since=1')).status, 200);

/* Bytes as they are, on a connection of their own; what came back until it was closed, or until there
 * is an answer's head, or at last. */
function raw(server, bytes, { patience = 20000, whole = false, finish = false } = {}) {
	return new Promise((resolve) => {
		const socket = net.connect(server.lead.port, server.lead.hostname);
		let text = '';
		const timer = setTimeout(() => socket.destroy(), patience);
		socket.on('data', (part) => {
			text += part.toString('latin1');
			if (!whole && text.includes('\r\n\r\n'))
				socket.destroy();
		});
		socket.on('error', () => {});
		socket.on('close', () => { clearTimeout(timer); resolve(text); });
		socket.write(bytes);
		if (finish)
			socket.end();
	});
}
const statusOf = (text) => Number(/^HTTP\/1\.[01] (\d{3}) /.exec(text)?.[1] ?? 0);

/* Many calls over connections that are kept; `limit` of them at once. */
async function together(limit, jobs) {
	const queue = [...jobs.entries()], answers = [];
	await Promise.all(Array.from({ length: limit }, async () => {
		for (let job; (job = queue.shift());)
			answers[job[0]] = await job[1]();
	}));
	return answers;
}
function caller(server) {
	const agent = new http.Agent({ keepAlive: true });
	const call = (visitor, form) => new Promise((resolve, reject) => {
		const body = new URLSearchParams(form).toString();
		const request = http.request({ host: server.lead.hostname, port: server.lead.port, path: '/api/do', method: 'POST', agent,
			headers: { Cookie: visitor.cookies.join('; '), 'X-Touchline': '1', 'Content-Length': Buffer.byteLength(body) } },
		(response) => {
			let text = '';
			response.on('data', (part) => { text += part; });
			response.on('error', reject);
			response.on('end', () => resolve({ status: response.statusCode, text, json: JSON.parse(text) }));
		});
		request.on('error', reject);
		request.end(body);
	});
	return { call, stop: () => agent.destroy() };
}
const memoryOf = (server) =>
	Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${server.process.pid}/status`))[1]) >> 10;

/* ---- what is said -------------------------------------------------------------------------------------- */

const server = await open('127.94.0.1', 'attacks.room');
const lead = await person(server, 'Chair', server.lead), ada = await person(server, 'Ada');
await lead.do({ do: 'step', to: 'reveal' });

/* Begun here, looked at in the end: connections that the server has to give up on by itself. */
const slow = { heads: [], bodies: [], halves: [], deaf: [] };
function hang(list, first, then) {
	const socket = net.connect(server.lead.port, server.lead.hostname);
	const one = { socket, closed: false, last: Date.now() };
	socket.on('error', () => {});
	socket.on('close', () => { one.closed = true; clearInterval(one.timer); });
	socket.write(first);
	if (then)
		one.timer = setInterval(() => socket.write(then()), 500);
	list.push(one);
	return socket;
}
const cookieLine = `Cookie: ${ada.cookies.join('; ')}\r\n`;
for (let i = 0; i < 20; i++) {
	hang(slow.heads, 'GET /api/state HTTP/1.1\r\nX-', () => 'x').resume();
	hang(slow.bodies, `POST /api/do HTTP/1.1\r\nHost: localhost\r\nX-Touchline: 1\r\n${cookieLine}Content-Length: 60000\r\n\r\ndo=`,
		() => 'x').resume();
	hang(slow.halves, 'GET /api/state HT').resume().end();
	hang(slow.deaf, `GET /api/events?since=0 HTTP/1.1\r\nHost: localhost\r\n${cookieLine}\r\n`).pause();
}

test('a note of a megabyte is refused, and so is one that is a character too long', async () => {
	const before = (await lead.state()).n;
	for (const visitor of [ada, lead]) {
		const answer = await visitor.do({ do: 'note', at, kind: 'pain', text: 'x'.repeat(1 << 20) });
		assert.equal(answer.status, 413);
		assert.match(answer.json.error, /\d+ bytes/);
	}
	const long = await ada.do({ do: 'note', at, kind: 'pain', text: '🙂'.repeat(2001) });
	assert.equal(long.status, 400);
	assert.match(long.json.error, /2001 characters long; 2000 is the most/);
	assert.equal((await lead.state()).n, before);
	assert.equal((await ada.do({ do: 'note', at, kind: 'pain', text: '🙂'.repeat(2000) })).status, 200);
});

const hostile = ['👩‍👩‍👧‍👦 🏳️‍🌈 family', 'שלום עולם, זה לא עובד', 'لا يعمل الدفع 123 بالبطاقة', '<script>alert(document.cookie)</script>',
	'</script><img src=x onerror=alert(1)>', '\'); DROP TABLE note; --', '" OR 1=1; DELETE FROM note;', '"}],"notes":[{"id":1,"text":"forged',
	'\\u003cscript\\u003e \\n \\', '${7*7} {{7*7}} %s %n %00', 'data: x', 'event: view', '=cmd|\' /C calc\'!A0', '&lt;b&gt; &amp; ]]>'];
test('emoji, right-to-left, markup, SQL: kept and given back as they are, as JSON', async () => {
	for (const text of hostile)
		assert.equal((await ada.do({ do: 'note', at, kind: 'pain', text })).status, 200, text);
	const answer = await lead.ask('/api/state?since=0');
	assert.equal(answer.headers['content-type'], 'application/json');
	assert.equal(answer.headers['x-content-type-options'], 'nosniff');
	const said = answer.json.notes.map((note) => note.text);
	for (const text of hostile)
		assert.equal(said.filter((other) => other === text).length, 1, text);
	const listener = await lead.listen('?since=0');
	const view = await listener.next('view');
	for (const text of hostile)
		assert.ok(view.data.notes.some((note) => note.text === text), text);
	listener.stop();
});

test('what is no text is refused; what turns its surroundings around is dropped', async () => {
	for (const bytes of ['%C0%AF', '%ED%A0%80', '%F5%80%80%80', '%FF', '%00', 'a%00b', '%1B%5B2J', '%C2%85', '%EF%BF%BF', '%E2%28'])
		assert.equal((await ada.post('/api/do', `do=note&kind=pain&at=${encodeURIComponent(at)}&text=${bytes}`)).status, 400, bytes);
	assert.equal((await ada.do({ do: 'note', at, kind: 'pain', text: '\u202Egnp.exe\u2066' })).status, 200);
	assert.ok((await texts(lead)).includes('gnp.exe'));
});

test('lines of the log cannot be said: not in a text, a name, a place, a key', async () => {
	const line = '1 2026-11-22T09:03:11Z - end\n';
	for (const end of ['\n', '\r\n', '\r', '\u2028', '"\n'])
		await ada.do({ do: 'note', at, kind: 'idea', text: `one${end}${line}two` });
	const guest = await server.enter(server.join);
	await guest.do({ do: 'join', name: `Eve\n${line}`, department: `x\n${line}` });
	for (const call of [{ do: 'note', at: `${at}\n${line}`, kind: 'idea', text: 'x' }, { do: 'note', at, kind: `idea\n${line}`, text: 'x' },
		{ do: 'note', at, kind: 'idea', text: 'x', key: `k\n${line}` }, { do: `note\n${line}`, at, kind: 'idea', text: 'x' },
		{ do: 'note', at, kind: 'idea', text: 'x', [`pain\n${line}`]: 'x' }])
		assert.equal((await ada.do(call)).status, 400, JSON.stringify(call));
	const lines = read('attacks.room').split('\n').slice(1, -1);
	assert.deepEqual(lines.map((each) => Number(each.split(' ')[0])), lines.map((each, i) => i + 1));
	assert.ok(!lines.some((each) => / - end/.test(each.replace(/"(\\.|[^"\\])*"/g, ''))));
	assert.equal((await lead.state()).room.ended, false);
});

/* ---- who may ------------------------------------------------------------------------------------------- */

test('people: nobody is somebody else by a guess, and a secret alone lets nobody in', async () => {
	const me = ada.cookies[1], [name, secret] = me.split('=');
	const as = async (...cookies) => {
		const visitor = new Visitor(server, { headers: {} });
		visitor.cookies = cookies;
		return visitor;
	};
	assert.equal((await (await as(me)).ask('/api/state')).status, 401);
	assert.equal((await (await as(me.replace(/.$/, 'x'), ada.cookies[0])).state()).room.me, null);
	for (const guess of ['', secret.slice(0, 31), `${secret}0`, secret.toUpperCase() === secret ? 'x' : secret.toUpperCase(), '0', '2'])
		assert.equal((await (await as(ada.cookies[0], `${name}=${guess}`)).state()).room.me, null, guess);
	const eve = await person(server, 'Eve');
	const note = (await lead.state()).notes.find((one) => one.own === false && one.text === hostile[0]);
	for (const call of [{ do: 'rewrite', note: note.id, text: 'mine now' }, { do: 'withdraw', note: note.id }, { do: 'undo', event: 1 },
		{ do: 'end' }, { do: 'note', at, kind: 'pain', text: 'x', person: '1' }, { do: 'join', name: 'x', department: 'x', secret }])
		assert.ok([400, 403].includes((await eve.do(call)).status), JSON.stringify(call));
	assert.equal((await lead.state()).notes.find((one) => one.id === note.id).text, hostile[0]);
});

test('the secret never is where scripts can read it, however the call is spelt', async () => {
	for (const form of ['do=join', '%64o=join', 'do=%6aoin', '&&do=join&', 'name=do%3Dnote&do=join']) {
		const guest = await server.enter(server.join);
		const more = form.includes('name=') ? '' : '&name=Bo';
		const answer = await guest.post('/api/do', `${form}${more}&department=ecommerce`);
		assert.equal(answer.status, 200, answer.text);
		assert.doesNotMatch(answer.text, /secret|[0-9a-f]{32}/, form);
		assert.match(answer.headers['set-cookie'][0], /-me=[0-9a-f]{32}/, form);
	}
});

/* Says so much that the server asks to wait. */
async function exhaust(call, visitor) {
	for (let i = 0; i < 40; i++) {
		const answers = await Promise.all(Array.from({ length: 100 }, (_, k) => call(visitor, { do: 'feel', at, valence: String(k % 5 - 2) })));
		if (answers.some((answer) => answer.status === 429))
			return;
	}
	throw new Error('nobody was asked to wait');
}
test('who talks too much is asked to wait, and nobody else: not who joined late, not the facilitator', async () => {
	const other = await open('127.94.0.9', 'late.room');
	const chair = await other.enter(other.lead), stranger = await other.enter(other.join);
	const { call, stop } = caller(other);
	for (let i = 0; (await chair.state()).n < 1100; i++)
		await exhaust(call, await person(other, `Early ${i}`));
	const late = await person(other, 'Late'), later = await person(other, 'Later');
	await exhaust(call, late);
	await exhaust(call, stranger);
	assert.equal((await later.do({ do: 'feel', at, valence: '1' })).status, 200);
	assert.equal((await chair.do({ do: 'step', to: 'reveal' })).status, 200);
	const listener = await later.listen('?since=0'), me = (await later.state()).room.me;
	assert.ok(me > 1000);
	await until('who joined late is listed, too', () => listener.events.some((event) => event.event === 'here' && event.data.people.includes(me)));
	listener.stop();
	stop();
	assert.equal(await other.end(), 0);
});

test('the silent step: nobody learns what others said, by no route', async () => {
	execFileSync('touchline', ['note', at, '-d', 'ecommerce', 'Said before', '--store', 'silent.db']);
	const other = await open('127.94.0.10', 'silent.room', '--store', 'silent.db');
	const chair = await person(other, 'Chair', other.lead), bo = await person(other, 'Bo'), eve = await person(other, 'Eve');
	const secret = 'Quicksilver';
	const note = await bo.do({ do: 'note', at, kind: 'pain', text: `${secret} pain`, friction: 'confusion' });
	await bo.do({ do: 'act', on: `note:${note.json.id}`, text: `${secret} action` });
	assert.equal((await chair.post('/api/keep', '')).status, 200);
	assert.equal(await other.end(), 0);
	await other.start(); /* and reads the store anew */
	const listener = await eve.listen('?since=0');
	await listener.next('view');
	for (const path of ['/', '/outline', '/words', '/api/state', '/api/state?since=1', `/map/${journey}.svg`, `/panel/${journey}/checkout`,
		'/out/minutes.md', '/out/notes.csv', '/out/decisions.xml', '/out/decisions.diff']) {
		const answer = await eve.ask(path);
		assert.ok([200, 403].includes(answer.status), path);
		assert.ok(!answer.text.includes(secret), path);
	}
	for (const call of [{ do: 'rewrite', note: note.json.id, text: 'x' }, { do: 'vote', on: `note:${note.json.id}`, dots: '1' },
		{ do: 'act', on: `note:${note.json.id}`, text: 'x' }, { do: 'ours', on: `note:${note.json.id}`, yes: '1' }])
		assert.ok(!(await eve.do(call)).text.includes(secret), JSON.stringify(call));
	assert.ok(!JSON.stringify(listener.events).includes(secret));
	await chair.do({ do: 'step', to: 'reveal' });
	await until('it is revealed', () => JSON.stringify(listener.events).includes(`${secret} pain`));
	listener.stop();
	assert.equal(await other.end(), 0);
});

test('cross-site: what a form or a script of another site can send is not done', async () => {
	const before = (await lead.state()).n;
	const own = `http://${server.lead.host}`;
	const headers = { Cookie: lead.cookies.join('; '), 'Content-Type': 'text/plain' };
	for (const path of ['/api/do', '/api/apply', '/api/keep', `/api/save?journey=${journey}`, `/api/check?journey=${journey}`,
		`/api/preview?journey=${journey}`])
		for (const more of [{}, { 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }, { Origin: 'null', 'X-Touchline': '1' },
			{ Origin: `http://127.94.0.1:1${server.lead.port}` }, { Origin: `${own}@evil.example` }, { Origin: `http://evil.example/${own}` },
			{ Origin: '' }, { Origin: `${own}, http://evil.example` }, { Origin: 'http://evil.example', 'X-Touchline': '1' }]) {
			const answer = await server.ask(path, { method: 'POST', body: 'do=title&text=Taken', headers: { ...headers, ...more } });
			assert.equal(answer.status, 403, `${path} ${JSON.stringify(more)}`);
			assert.equal(answer.headers['access-control-allow-origin'], undefined);
		}
	const asked = await server.ask('/api/do', { method: 'OPTIONS', headers: { Origin: 'http://evil.example',
		'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x-touchline' } });
	assert.ok(asked.status >= 400);
	assert.equal(asked.headers['access-control-allow-origin'], undefined);
	assert.equal((await lead.state()).n, before);
});

test('paths: nothing but what there is, however it is spelt', async () => {
	const parts = ['../../../../etc/passwd', '..%2f..%2f..%2f..%2fetc%2fpasswd', '%2e%2e/%2e%2e/%2e%2e/etc/passwd', '/etc/passwd', '//etc/passwd',
		'%2fetc%2fpasswd', '..\\..\\..\\etc\\passwd', '%5c..%5c..%5cetc%5cpasswd', '..%c0%af..%c0%afetc%c0%afpasswd', '..%e0%80%afetc/passwd',
		'..%00/etc/passwd', '%00', `${journey}%00.svg`, `${journey}.svg%00`, `${journey}.xml`, `../journeys/${journey}.xml`, '%252e%252e%252fetc',
		'....//....//etc/passwd', './', '.', '..', '%', '%2', '%zz', 'a'.repeat(3000), `${journey}/../${journey}.svg`, `${journey}/checkout/../checkout`,
		`${journey}/%2e%2e/checkout`, 'attacks.room', 'file:///etc/passwd', '*', '?', ';', '%0d%0aSet-Cookie:%20x=y', '%0aX-Injected:%20y'];
	const head = `Host: localhost\r\nX-Touchline: 1\r\nCookie: ${lead.cookies.join('; ')}\r\n`;
	const jobs = [];
	for (const part of parts) {
		for (const before of ['/map/', '/panel/', `/panel/${journey}/`, '/join/', '/out/', '/api/', '//', '/page/', '/nothing/'])
			jobs.push([part, `GET ${before}${part}`, '']);
		jobs.push([part, `GET /api/source?journey=${part}`, '']);
		for (const path of ['check', 'preview', 'save'])
			jobs.push([part, `POST /api/${path}?journey=${part}`, `If-Match: "${'0'.repeat(32)}"\r\nContent-Length: 0\r\n`]);
	}
	const answers = await together(8, jobs.map(([, start, more]) => () =>
		raw(server, `${start} HTTP/1.1\r\n${head}${more}Connection: close\r\n\r\n`, { whole: true })));
	for (const [i, text] of answers.entries()) {
		assert.ok(statusOf(text) >= 400 && statusOf(text) < 500, `${jobs[i][1]}: ${text.slice(0, 300)}`);
		assert.doesNotMatch(text, /root:|<journey|touchline-room|^(Set-Cookie|X-Injected):/mi, jobs[i][1]);
	}
});

test('expired: links and cookies of a session past its end let nobody in, and others do again', async () => {
	const other = await open('127.94.0.2', 'expired.room');
	const guest = await person(other, 'Bo'), chair = await other.enter(other.lead);
	assert.equal(await other.end(), 0);
	const file = read('expired.room');
	write('expired.room', file.replace(/ expires="[^"]*"/, ' expires="2020-01-01T00:00:00Z"'));
	await other.start();
	for (const link of [other.lead, other.join]) {
		const answer = await other.ask(link.pathname);
		assert.equal(answer.status, 403);
		assert.match(answer.text, /come to its end/);
		assert.equal(answer.headers['set-cookie'], undefined);
	}
	for (const visitor of [guest, chair]) {
		for (const path of ['/', '/api/state', '/api/events', '/outline', `/map/${journey}.svg`, `/panel/${journey}/checkout`, '/api/links'])
			assert.equal((await visitor.ask(path)).status, 401, path);
		assert.equal((await visitor.do({ do: 'note', at, kind: 'pain', text: 'late' })).status, 401);
		assert.equal((await visitor.post('/api/keep', '')).status, 401);
	}
	await other.end();
	write('expired.room', file);
	await other.start();
	assert.equal((await guest.state()).room.me > 0, true);
	await other.end();
});

/* ---- connections --------------------------------------------------------------------------------------- */

/* Half of a request stays until its time is over; the client does not wait for that. mulberry32: the same requests each time. */
function seeded(seed) {
	return (n) => {
		seed = (seed + 0x6D2B79F5) | 0;
		let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) % n;
	};
}
test('malformed HTTP: some thousand requests, and a good one is answered after each batch', async () => {
	const other = await open('127.94.0.3', 'malformed.room');
	const chair = await person(other, 'Chair', other.lead);
	const cookie = `Cookie: ${chair.cookies.join('; ')}\r\n`, host = 'Host: localhost\r\n', mark = 'X-Touchline: 1\r\n';
	const post = `POST /api/do HTTP/1.1\r\n${host}${mark}${cookie}`;
	const corpus = ['', '\r\n\r\n', '\0\0\0\0', 'GET', 'GET /', 'GET / HTTP/1.1\n\n', 'GET / HTTP/9.9\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', ' / HTTP/1.1\r\n\r\n',
		`GET http://evil.example/api/state HTTP/1.1\r\n${host}${cookie}\r\n`, 'CONNECT evil.example:443 HTTP/1.1\r\n\r\n', `TRACE / HTTP/1.1\r\n${host}${cookie}\r\n`,
		'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', `OPTIONS * HTTP/1.1\r\n${host}\r\n`,
		`GET /api/state?since=0 HTTP/1.1\r\n${host}${cookie}\r\n`, `GET /api/state?since=${'9'.repeat(400)}&&=&since HTTP/1.0\r\n${host}${cookie}\r\n`,
		`GET /api/state HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n${cookie}\r\n`, `GET /api/state HTTP/1.1\r\n${host}Cookie: ${'a=b; '.repeat(900)}\r\n\r\n`,
		`GET /api/state HTTP/1.1\r\n${host}Cookie: ;;;=;touchline-=;"\r\n\r\n`, `GET /${'a/'.repeat(4000)} HTTP/1.1\r\n${host}\r\n`,
		`GET / HTTP/1.1\r\n${'X: y\r\n'.repeat(2000)}\r\n`, `GET / HTTP/1.1\r\n${host}  folded\r\n\tfolded\r\n: none\r\nno colon\r\n\r\n`,
		`GET /page.css HTTP/1.1\r\n${host}If-None-Match: ""\r\nRange: bytes=0-,-1,5-2\r\n\r\n`, `${post}Content-Length: 7\r\n\r\ndo=note`,
		`${post}Content-Length: -1\r\n\r\nx`, `${post}Content-Length: 18446744073709551617\r\n\r\nx`, `${post}Content-Length: 5\r\nContent-Length: 6\r\n\r\ndo=xxx`,
		`${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/state HTTP/1.1\r\n${host}\r\n`, `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n`,
		`${post}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\nx\r\n`, `${post}Transfer-Encoding: chunked\r\n\r\n7;x=y\r\ndo=note\r\n0\r\nX: y\r\n\r\n`,
		`${post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`, `${post}Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n`,
		`${post}Content-Type: multipart/form-data; boundary=\r\nContent-Length: 4\r\n\r\n----`, `POST /api/save?journey=${journey} HTTP/1.1\r\n${host}${mark}${cookie}If-Match: "\r\nContent-Length: 3\r\n\r\n<a>`,
		`GET /api/events?since=0 HTTP/1.1\r\n${host}${cookie}Last-Event-ID: -1\r\n\r\n`, `GET / HTTP/1.1\r\n${host}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
		`${`GET /api/state HTTP/1.1\r\n${host}${cookie}\r\n`.repeat(30)}`, `GET /map/${journey}.svg HTTP/1.1\r\n${host}${cookie}Connection: close, keep-alive\r\n\r\n`]
		.map((text) => Buffer.from(text, 'latin1'));
	const pick = seeded(20261122), words = ['\r\n', '\0', '\n', ': ', ' HTTP/1.1', '%00', '%', '\xff', '\r', 'chunked', '0', '-1', ';', '"', '\t', '/../'];
	const mutate = (bytes) => {
		let text = bytes.toString('latin1');
		for (let i = 1 + pick(4); i > 0; i--) {
			const where = pick(text.length + 1), to = where + pick(12);
			text = [() => text.slice(0, where) + String.fromCharCode(pick(256)) + text.slice(where + 1), () => text.slice(0, where) + text.slice(to),
				() => text.slice(0, where) + words[pick(words.length)] + text.slice(where), () => text.slice(0, where) + text.slice(where, to).repeat(1 + pick(5)) + text.slice(to),
				() => text.slice(0, where)][pick(5)]();
		}
		return Buffer.from(text, 'latin1');
	};
	const batches = 30, batch = 100;
	for (let i = 0; i <= batches; i++) {
		const list = i ? Array.from({ length: batch }, () => mutate(corpus[pick(corpus.length)])) : corpus;
		const answers = await Promise.all(list.map((bytes) => raw(other, bytes, { patience: i ? 300 : 5000, finish: true })));
		assert.ok(i || answers.filter(statusOf).length > corpus.length / 2);
		for (const answer of answers)
			assert.ok(statusOf(answer) !== 500 && !/root:|<journey /.test(answer), answer.slice(0, 200));
		assert.equal(other.process.exitCode, null, other.said);
		await alive(chair);
	}
	assert.equal(await other.end(), 0);
	assert.doesNotMatch(other.said, /Sanitizer|runtime error/);
});

/* `count` connections at once, each with the same bytes; what each has heard so far. */
async function crowd(server, count, bytes, { localAddress = '127.0.0.1', paused = false } = {}) {
	const list = [];
	for (let i = 0; i < count; i += 100)
		await Promise.all(Array.from({ length: Math.min(100, count - i) }, () => new Promise((resolve) => {
			const socket = net.connect({ host: server.lead.hostname, port: server.lead.port, localAddress });
			const one = { socket, heard: '', closed: false };
			if (!paused)
				socket.on('data', (part) => { one.heard += part; });
			socket.on('error', () => {});
			socket.on('connect', () => { socket.write(bytes); resolve(); });
			socket.on('close', () => { one.closed = true; resolve(); });
			list.push(one);
		})));
	return { list, count: (test) => list.filter(test).length, stop: () => list.forEach((one) => one.socket.destroy()) };
}
test('a thousand connections: each is told what happens; who comes from elsewhere is served, whatever one address takes', async () => {
	const other = await open('127.94.0.4', 'thousand.room');
	const chair = await person(other, 'Chair', other.lead);
	await chair.do({ do: 'step', to: 'reveal' });
	const head = `Host: localhost\r\nCookie: ${chair.cookies.join('; ')}\r\n\r\n`;
	const listeners = await crowd(other, 800, `GET /api/events?since=0 HTTP/1.1\r\n${head}`);
	const idle = await crowd(other, 200, 'GET /api/state HT');
	await until('800 views', () => listeners.count((one) => one.heard.includes('event: view')) === 800);
	assert.equal((await chair.do({ do: 'note', at, kind: 'idea', text: 'To a thousand' })).status, 200);
	await until('800 know the note', () => listeners.count((one) => one.heard.includes('To a thousand')) === 800);
	assert.equal((await chair.ask(`/map/${journey}.svg`)).status, 200);
	if (!sanitized)
		assert.ok(memoryOf(other) < 200, `${memoryOf(other)} MB`);
	const more = await crowd(other, 400, 'GET /api/state HT');
	await until('some are too many', () => more.count((one) => one.closed) >= 200);
	const elsewhere = await crowd(other, 1, `GET /api/state HTTP/1.1\r\n${head}`, { localAddress: '127.0.0.2' });
	await until('it is answered', () => elsewhere.list[0].heard.includes('To a thousand'));
	assert.equal(listeners.count((one) => one.closed), 0);
	for (const each of [listeners, idle, more, elsewhere])
		each.stop();
	await until('they are gone', async () => (await chair.ask('/api/state?since=1').catch(() => ({}))).status === 200);
	assert.equal(await other.end(), 0);
});

/* ---- faults -------------------------------------------------------------------------------------------- */

test('two tabs of one person: one person, one allowance of dots, one answer to a key', async () => {
	const other = await open('127.94.0.5', 'tabs.room');
	const chair = await person(other, 'Chair', other.lead), tab = await person(other, 'Ada');
	const second = new Visitor(other, { headers: {} });
	second.cookies = [...tab.cookies];
	await chair.do({ do: 'step', to: 'reveal' });
	const me = (await tab.state()).room.me;
	const listeners = [await tab.listen('?since=0'), await second.listen('?since=0')];
	await until('she is listed once', () => listeners.every((one) => one.events.some((event) =>
		event.event === 'here' && event.data.people.filter((id) => id === me).length === 1)));
	const both = await Promise.all([tab, second].map((one) => one.do({ do: 'note', at, kind: 'pain', text: 'Twice sent', key: 'same' })));
	assert.deepEqual(both[0].json, both[1].json);
	const on = `note:${both[0].json.id}`, another = (await second.do({ do: 'note', at, kind: 'pain', text: 'Other' })).json.id;
	await chair.do({ do: 'dots', per: '3' });
	await chair.do({ do: 'step', to: 'vote' });
	const votes = await Promise.all([tab.do({ do: 'vote', on, dots: '2' }), second.do({ do: 'vote', on: `note:${another}`, dots: '2' })]);
	assert.deepEqual(votes.map((vote) => vote.status).sort(), [200, 409]);
	await until('both tabs know what is left', () => listeners.every((one) =>
		one.events.some((event) => event.event === 'view' && event.data.room?.dots_left === 1)));
	listeners.forEach((one) => one.stop());
	await other.end();
});

test('away for long: all that was missed, once; a number that is none gives everything', async () => {
	const { call, stop } = caller(server);
	const asleep = await ada.listen('?since=0');
	const seen = Number((await asleep.next('view')).id);
	asleep.stop();
	const missed = Array.from({ length: 300 }, (_, i) => `While asleep ${i}`);
	const answers = await together(10, missed.map((text) => () => call(lead, { do: 'note', at, kind: 'idea', text })));
	assert.ok(answers.every((answer) => answer.status === 200));
	stop();
	const back = await ada.listen('?since=0', { 'Last-Event-ID': String(seen) });
	const view = await back.next('view');
	assert.equal(view.data.full, false);
	assert.deepEqual(view.data.notes.map((note) => note.text).filter((text) => /^While asleep/.test(text)).sort(), [...missed].sort());
	back.stop();
	for (const last of ['-1', '99999999999999999999', String(seen + 1e6), 'x', '1e2', '0x10', `${seen} `.repeat(2), '\u00e9']) {
		const listener = await ada.listen('', { 'Last-Event-ID': last });
		assert.equal((await listener.next('view')).data.full, true, last);
		listener.stop();
	}
});

test('kill -9 in a burst of writes by 20 clients: what was acknowledged is there once, and sent again is not doubled', async () => {
	const other = await open('127.94.0.6', 'killed.room');
	const chair = await other.enter(other.lead);
	await chair.do({ do: 'step', to: 'reveal' });
	const people = await Promise.all(Array.from({ length: 20 }, (_, i) => person(other, `P${i}`)));
	for (let round = 0; round < 3; round++) {
		const { call, stop } = caller(other);
		const calls = people.flatMap((one, p) => Array.from({ length: 60 }, (_, i) =>
			({ one, form: { do: 'note', at, kind: 'pain', text: `${round} ${p} ${i}`, key: `${round}-${p}-${i}` } })));
		let acknowledged = 0;
		const running = people.map(async (one) => {
			for (const each of calls.filter((other) => other.one === one)) {
				each.sent = true;
				const answer = await call(one, each.form).catch(() => null);
				if (answer?.status !== 200)
					return;
				each.id = answer.json.id;
				if (++acknowledged === 100 + 150 * round)
					other.process.kill('SIGKILL');
			}
		});
		await Promise.all(running);
		assert.equal((await other.ended)[1], 'SIGKILL');
		stop();
		assert.ok(acknowledged >= 100);
		await other.start();
		const kept = await texts(chair);
		for (const each of calls.filter((one) => one.id))
			assert.equal(kept.filter((text) => text === each.form.text).length, 1, each.form.text);
		const again = caller(other);
		await together(20, calls.filter((each) => each.sent).map((each) => async () => {
			const answer = await again.call(each.one, each.form);
			assert.equal(answer.status, 200, answer.text);
			assert.equal(answer.json.id, each.id ?? answer.json.id);
		}));
		again.stop();
		const sent = calls.filter((each) => each.sent).map((each) => each.form.text);
		assert.deepEqual((await texts(chair)).filter((text) => text.startsWith(`${round} `)).sort(), sent.sort());
	}
	await other.end();
});

test('the store locked while a room works: nothing waits, it is told, and all is kept when the lock is gone', async () => {
	execFileSync('touchline', ['note', at, '-d', 'ecommerce', 'Said before', '--store', 'voice.db']);
	const count = () => Number(execFileSync('sqlite3', ['-cmd', '.timeout 20000', 'voice.db', 'SELECT count(*) FROM note']));
	const other = await open('127.94.0.7', 'locked.room', '--store', 'voice.db');
	const chair = await other.enter(other.lead);
	await chair.do({ do: 'step', to: 'reveal' });
	const people = await Promise.all(Array.from({ length: 10 }, (_, i) => person(other, `P${i}`)));
	const lock = spawn('sqlite3', ['voice.db'], { stdio: ['pipe', 'pipe', 'inherit'] });
	lock.stdin.write('BEGIN EXCLUSIVE;\nSELECT 1;\n');
	await once(lock.stdout, 'data');
	const listener = await chair.listen('?since=0');
	let answered = false;
	const late = chair.post('/api/keep', '').finally(() => { answered = true; });
	const { call, stop } = caller(other);
	const answers = await together(10, people.flatMap((one, p) => Array.from({ length: 20 }, (_, i) => () =>
		call(one, { do: 'note', at, kind: 'pain', text: `Locked ${p} ${i}` }))));
	assert.ok(answers.every((answer) => answer.status === 200));
	assert.ok(!answered, 'people were served while the store was waited for');
	stop();
	assert.equal((await late).status, 503);
	await until('it is told', () => listener.events.some((event) => event.event === 'trouble' &&
		event.data.list.some((line) => /not in the store yet/.test(line))));
	const from = listener.events.length;
	lock.stdin.end('ROLLBACK;\n');
	await until('all is kept', () => count() === 201);
	await until('and told', () => listener.events.slice(from).some((event) => event.event === 'trouble' && event.data.list.length === 0));
	listener.stop();
	assert.equal((await chair.post('/api/keep', '')).status, 200);
	assert.equal(await other.end(), 0);
	assert.equal(count(), 201);
});

test('10 000 notes: the room works, and the next one is refused with a sentence', async () => {
	const other = await open('127.94.0.8', 'full.room');
	const chair = await other.enter(other.lead);
	await chair.do({ do: 'step', to: 'reveal' });
	const people = await Promise.all(Array.from({ length: 50 }, (_, i) => person(other, `P${i}`)));
	const { call, stop } = caller(other);
	const start = Date.now();
	const answers = await together(50, Array.from({ length: 10000 }, (_, i) => () =>
		call(people[i % 50], { do: 'note', at, kind: 'pain', text: `${i} ${'long '.repeat(300)}` })));
	const said = Date.now() - start;
	assert.equal(answers.filter((answer) => answer.status === 200).length, 10000);
	const refused = await people[0].do({ do: 'note', at, kind: 'pain', text: 'one more' });
	assert.equal(refused.status, 409);
	assert.match(refused.json.error, /The room is full: it holds 10000 notes/);
	const asked = Date.now();
	assert.equal((await texts(people[0])).length, 10000);
	console.log(`10 000 notes: ${said} ms; seeing all of them ${Date.now() - asked} ms; ${memoryOf(other)} MB`);
	/* Fifteen megabytes for each who asks; who asks without taking them costs memory, and no end of it. */
	const head = `Host: localhost\r\nCookie: ${chair.cookies.join('; ')}\r\n\r\n`;
	const asking = await crowd(other, 100, `GET /api/state?since=0 HTTP/1.1\r\n${head}`, { paused: true });
	const deaf = await crowd(other, 100, `GET /api/events?since=0 HTTP/1.1\r\n${head}`, { paused: true });
	const heard = await call(people[0], { do: 'feel', at, valence: '1' });
	const listener = await chair.listen('', { 'Last-Event-ID': String(heard.json.n - 1) });
	await until('the news, whoever else does not listen', () =>
		listener.events.some((event) => event.event === 'view' && event.data.n >= heard.json.n), 25000);
	if (!sanitized)
		assert.ok(memoryOf(other) < 500, `${memoryOf(other)} MB`);
	listener.stop();
	asking.stop();
	deaf.stop();
	await until('all can be seen again', async () => (await chair.ask('/api/state?since=0').catch(() => ({}))).status === 200);
	stop();
	assert.equal(await other.end(), 0);
	await other.start();
	assert.equal((await texts(chair)).length, 10000);
	assert.equal(await other.end(), 0);
});

test('slow, half-open, deaf: they were given up on, or were in nobody\'s way', async () => {
	await until('headers byte by byte end', () => slow.heads.every((one) => one.closed));
	await until('bodies byte by byte end', () => slow.bodies.every((one) => one.closed));
	await until('half-open ones end', () => slow.halves.every((one) => one.closed));
	await alive(ada);
	slow.deaf.forEach((one) => one.socket.destroy());
	assert.equal(await server.end(), 0);
});

await run();
