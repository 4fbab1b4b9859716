// api: what `touchline serve` answers, to whom; see tests/check-serve.sh, which runs it in a folder
// with the journeys of the examples in `journeys`.
import assert from 'node:assert/strict';
import net from 'node:net';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import { Server, Visitor, test, run, until, sleep, read, write } from './server.mjs';

const server = await new Server('127.93.0.1', ['--room', '--session', 'api.room', 'journeys']).start();
const lead = await server.enter(server.lead), guest = await server.enter(server.join);
const journey = 'broadband-order', at = `${journey}#checkout`;
const own = `http://${server.lead.host}`;

test('links: they let in, and leave the address bar', async () => {
	assert.notEqual(server.lead.pathname, server.join.pathname);
	for (const visitor of [lead, guest]) {
		assert.equal(visitor.entry.status, 303);
		assert.equal(visitor.entry.headers.location, '../');
		assert.match(visitor.entry.headers['set-cookie'][0], /^touchline-[a-z0-9]{8}=[0-9a-f]{32}; Path=\/; HttpOnly; SameSite=Lax/);
		assert.equal(visitor.entry.headers['referrer-policy'], 'no-referrer');
	}
	const page = await guest.ask('/');
	assert.equal(page.status, 200);
	assert.match(page.headers['content-type'], /^text\/html/);
});

test('links: others lead nowhere, and say what to do', async () => {
	for (const token of ['0'.repeat(32), 'x', '%00', `${server.join.pathname.slice(6)}0`, '..%2f..%2fetc%2fpasswd']) {
		const answer = await server.ask(`/join/${token}`);
		assert.equal(answer.status, 403, token);
		assert.match(answer.text, /facilitator/);
		assert.equal(answer.headers['set-cookie'], undefined);
	}
	const page = await server.ask('/');
	assert.equal(page.status, 401);
	assert.match(page.text, /link/);
});

test('headers: every answer forbids what a page of ours does not need', async () => {
	for (const path of ['/', '/page.css', '/nothing', '/api/state', `/map/${journey}.svg`, '/join/x', '/words']) {
		const { headers } = await guest.ask(path);
		assert.match(headers['content-security-policy'], /default-src 'none'/, path);
		assert.match(headers['content-security-policy'], /frame-ancestors 'none'/, path);
		assert.doesNotMatch(headers['content-security-policy'], /unsafe/, path);
		assert.equal(headers['x-content-type-options'], 'nosniff', path);
		assert.equal(headers['referrer-policy'], 'no-referrer', path);
	}
	for (const path of ['/api/state', '/nothing', '/join/x'])
		assert.equal((await guest.ask(path)).headers['cache-control'], 'no-store', path);
});

test('roles: a guest may not what the facilitator may', async () => {
	for (const [method, path] of [['GET', '/api/links'], ['GET', '/qr.svg'],
		['GET', `/api/source?journey=${journey}`],
		['GET', '/out/minutes.md'], ['GET', '/out/notes.csv'], ['GET', '/out/decisions.xml'], ['GET', '/out/decisions.diff'], ['POST', '/api/apply'], ['POST', '/api/keep'],
		['POST', `/api/check?journey=${journey}`], ['POST', `/api/preview?journey=${journey}`],
		['POST', `/api/save?journey=${journey}`]]) {
		const options = { method, body: method === 'POST' ? 'x' : undefined };
		assert.equal((await guest.ask(path, options)).status, 403, path);
		const nobody = new Visitor(server, { headers: {} });
		assert.equal((await nobody.ask(path, options)).status, 401, path);
	}
	for (const path of ['/api/state', '/api/events', `/map/${journey}.svg`, `/panel/${journey}/checkout`, '/outline'])
		assert.equal((await server.ask(path)).status, 401, path);
	const forged = new Visitor(server, { headers: {} });
	forged.cookies = [lead.cookies[0].replace(/=.*/, `=${'f'.repeat(32)}`)];
	assert.equal((await forged.ask('/api/state')).status, 401);
});

test('methods and names: 405 says what it takes, 404 that there is nothing', async () => {
	const wrong = await guest.ask('/api/do');
	assert.equal(wrong.status, 405);
	assert.equal(wrong.headers.allow, 'POST');
	assert.equal((await guest.post('/api/state', '')).status, 405);
	for (const path of ['/nothing', '/map/nothing.svg', `/map/${journey}`, `/map/${journey}.svg.svg`, `/panel/${journey}/nothing`,
		'/panel/x', '/map/..%2f..%2f..%2fetc%2fpasswd.svg', '/../../etc/passwd', '/page.html/../../x', '/api']) {
		const answer = await guest.ask(path);
		assert.equal(answer.status, 404, path);
		assert.ok(answer.json.error.length > 10, path);
	}
	assert.equal((await guest.ask('/', { method: 'HEAD' })).status, 200);
	assert.ok([405, 501].includes((await guest.ask('/', { method: 'PROPFIND' })).status));
});

test('host: a name that somebody else pointed here is refused, addresses and localhost are not', async () => {
	for (const host of ['evil.example', 'evil.example:7353', '127.0.0.1.evil.example', 'localhost.evil.example'])
		assert.equal((await guest.ask('/api/state', { headers: { Host: host } })).status, 403, host);
	for (const host of ['localhost', `localhost:${server.lead.port}`, '127.0.0.1', '[::1]:7353', '192.168.7.20:7353'])
		assert.equal((await guest.ask('/api/state', { headers: { Host: host } })).status, 200, host);
});

test('origin: what another site sends is not done', async () => {
	const call = { method: 'POST', body: 'do=title&text=Taken' };
	const before = (await lead.state()).room.title;
	for (const headers of [{ Origin: 'http://evil.example' }, { Origin: 'null' }, { Origin: `${own}.evil.example` },
		{ Origin: 'http://127.93.0.1' }, { Origin: own.replace('http:', 'ftp:') }])
		assert.equal((await lead.ask('/api/do', { ...call, headers })).status, 403, headers.Origin);
	assert.equal((await server.ask('/api/do', { ...call, headers: { Cookie: lead.cookies.join('; ') } })).status, 403);
	assert.equal((await lead.state()).room.title, before);
	const good = await server.ask('/api/do', { method: 'POST', body: 'do=title&text=Autumn',
		headers: { Cookie: lead.cookies.join('; '), Origin: own } });
	assert.equal(good.status, 200);
	assert.equal((await lead.state()).room.title, 'Autumn');
});

test('joining: the secret is a cookie, and nowhere else', async () => {
	const answer = await guest.do({ do: 'join', name: 'Ada', department: 'ecommerce' });
	assert.equal(answer.status, 200, answer.text);
	assert.equal(answer.json.secret, undefined);
	assert.ok(answer.json.person > 0);
	assert.match(answer.headers['set-cookie'][0], /-me=[0-9a-f]{32}; Path=\/; HttpOnly; SameSite=Lax/);
	assert.equal((await guest.state()).room.me, answer.json.person);
	assert.ok(!JSON.stringify(await lead.state()).includes(guest.cookies[1].split('=')[1]));
});

test('calls: done once by key, refused with a sentence', async () => {
	const call = { do: 'note', at, kind: 'pain', text: 'They ask for the address twice 🙂', key: 'k1' };
	const first = await guest.do(call), second = await guest.do(call);
	assert.equal(first.status, 200, first.text);
	assert.deepEqual(first.json, second.json);
	for (const [wrong, status] of [[{ do: 'dance' }, 400], [{ ...call, key: 'k2', at: `${journey}#nowhere` }, 404],
		[{ do: 'step', to: 'vote' }, 403], [{}, 400]]) {
		const answer = await guest.do(wrong);
		assert.equal(answer.status, status, JSON.stringify(wrong) + answer.text);
		assert.ok(answer.json.error.length > 10);
	}
});

test('bodies: what is too large is refused, said or not said before', async () => {
	assert.equal((await guest.post('/api/do', `do=note&text=${'x'.repeat(65536)}`)).status, 413);
	assert.equal((await lead.post(`/api/check?journey=${journey}`, 'x'.repeat((4 << 20) + 1))).status, 413);
	const answer = await new Promise((resolve, reject) => {
		const socket = net.connect(server.lead.port, server.lead.hostname);
		let text = '';
		socket.on('data', (bytes) => { text += bytes; if (text.includes('\r\n\r\n')) socket.destroy(); });
		socket.on('close', () => resolve(text));
		socket.on('error', () => {}); /* it may hang up on what it refused */
		socket.write(`POST /api/do HTTP/1.1\r\nHost: localhost\r\nX-Touchline: 1\r\nCookie: ${guest.cookies.join('; ')}\r\n` +
			'Transfer-Encoding: chunked\r\n\r\n');
		for (let i = 0; i < 10; i++)
			socket.write(`2000\r\n${'x'.repeat(0x2000)}\r\n`);
		socket.write('0\r\n\r\n');
	});
	assert.match(answer, /^HTTP\/1.1 413 /);
	assert.equal((await guest.ask('/api/state', { headers: { 'X-Much': 'x'.repeat(20000) } })).status, 431);
});

test('files and maps: an ETag is good for 304', async () => {
	for (const path of ['/', '/page.css', '/words', '/outline', `/map/${journey}.svg`, `/panel/${journey}/checkout`]) {
		const answer = await guest.ask(path);
		assert.equal(answer.status, 200, path);
		assert.ok(answer.text.length > 0, path);
		const again = await guest.ask(path, { headers: { 'If-None-Match': answer.headers.etag } });
		assert.equal(again.status, 304, path);
		assert.equal(again.text, '', path);
		assert.equal((await guest.ask(path, { headers: { 'If-None-Match': '"other"' } })).status, 200, path);
	}
	const map = await guest.ask(`/map/${journey}.svg`);
	assert.match(map.text, /href="#at:checkout"/);
	assert.match(map.headers['content-security-policy'], /style-src 'sha256-/);
});

test('events: what happened since, to each who listens', async () => {
	assert.equal((await lead.do({ do: 'step', to: 'reveal' })).status, 200);
	const all = await guest.listen('?since=0');
	assert.equal(all.status, 200);
	assert.match(all.headers['content-type'], /^text\/event-stream/);
	const view = await all.next('view');
	assert.equal(view.data.full, true);
	assert.equal(view.id, String(view.data.n));
	const from = all.events.length;
	const other = await lead.listen(`?since=${view.data.n}`);
	const note = await guest.do({ do: 'note', at, kind: 'idea', text: 'Ask once', key: 'k3' });
	for (const [listener, after] of [[all, from], [other, 0]]) {
		const news = await until('the note', () => listener.events.slice(after).find((event) =>
			event.event === 'view' && event.data.n >= note.json.n));
		assert.ok(JSON.stringify(news.data.notes).includes('Ask once'));
		assert.ok(!news.data.full);
	}
	const late = await lead.listen('?since=0', { 'Last-Event-ID': String(note.json.n - 1) });
	const missed = await late.next('view');
	assert.equal(missed.data.full, false);
	assert.equal(missed.data.notes.length, 1);
	const here = await until('who is here', () => late.events.find((event) => event.event === 'here'));
	assert.ok(here.data.people.length >= 1);
	const trouble = await until('trouble', () => late.events.find((event) => event.event === 'trouble'));
	assert.deepEqual(trouble.data.list, []);
	assert.ok(!all.events.some((event) => event.event === 'trouble'), 'trouble is for the facilitator');
	for (const listener of [all, other, late])
		listener.stop();
});

test('the facilitator: links, a code', async () => {
	const { json } = await lead.ask('/api/links');
	assert.ok(json.facilitator.endsWith(server.lead.pathname));
	assert.ok(json.join.endsWith(server.join.pathname));
	assert.match((await lead.ask('/qr.svg')).text, /^<svg .*<path d="M/);
});

test('the source: read, checked, drawn, saved; never over what changed meanwhile', async () => {
	const file = 'journeys/broadband-order.xml', query = `?journey=${journey}`;
	const { json: source } = await lead.ask(`/api/source${query}`);
	assert.equal(source.file, file);
	assert.equal(source.text, read(file));
	assert.equal((await lead.ask('/api/source?journey=../../etc/passwd')).status, 404);

	const wrong = source.text.replace('channel="', 'channel="nowhere-');
	const checked = await lead.post(`/api/check${query}`, wrong);
	assert.equal(checked.status, 200);
	assert.ok(checked.json.errors >= 1);
	assert.ok(checked.json.diagnostics.every((diagnostic) => diagnostic.line > 0));
	assert.equal((await lead.post(`/api/check${query}`, source.text)).json.errors, 0);
	const refused = await lead.post(`/api/preview${query}`, wrong);
	assert.equal(refused.status, 422);
	assert.ok(refused.json.diagnostics.length >= 1);
	const better = source.text.replace(/<title>[^<]*</, '<title>Ordering, mended<');
	const preview = await lead.post(`/api/preview${query}`, better);
	assert.equal(preview.status, 200);
	assert.match(preview.text, /Ordering, mended/);
	assert.equal(read(file), source.text, 'nothing was written yet');

	const map = await guest.ask(`/map/${journey}.svg`);
	const listener = await guest.listen('?since=0');
	fs.chmodSync(file, 0o640);
	assert.equal((await lead.post(`/api/save${query}`, better)).status, 428);
	const saved = await lead.post(`/api/save${query}`, better, { 'If-Match': `"${source.digest}"` });
	assert.equal(saved.status, 200, saved.text);
	assert.equal(read(file), better);
	assert.equal(fs.statSync(file).mode & 0o777, 0o640);
	assert.equal((await lead.ask(`/api/source${query}`)).json.digest, saved.json.digest);
	assert.equal((await listener.next('map')).data.journey, journey);
	listener.stop();
	const redrawn = await guest.ask(`/map/${journey}.svg`, { headers: { 'If-None-Match': map.headers.etag } });
	assert.equal(redrawn.status, 200);
	assert.match(redrawn.text, /Ordering, mended/);

	write(file, `${better}<!-- by somebody else -->\n`);
	const stale = await lead.post(`/api/save${query}`, source.text, { 'If-Match': `"${saved.json.digest}"` });
	assert.equal(stale.status, 412);
	assert.match(read(file), /by somebody else/);
	fs.renameSync(file, 'elsewhere.xml');
	fs.symlinkSync('../elsewhere.xml', file);
	const linked = (await lead.ask(`/api/source${query}`)).json;
	assert.equal((await lead.post(`/api/save${query}`, source.text, { 'If-Match': linked.digest })).status, 422);
	fs.unlinkSync(file);
	write(file, source.text);
});

test('a source with errors leaves the map as it was, and the facilitator is told', async () => {
	const file = 'journeys/broadband-order.xml', text = read(file);
	const listener = await lead.listen('?since=0');
	await listener.next('trouble');
	for (const wrong of ['<journey', text.replace('channel="', 'channel="nowhere-')]) {
		write(file, wrong);
		await until('the trouble', () => listener.events.some((event) => event.event === 'trouble' &&
			event.data.list.some((line) => line.includes(file))));
		const map = await guest.ask(`/map/${journey}.svg`);
		assert.equal(map.status, 200);
		assert.equal((await lead.ask(`/api/source?journey=${journey}`)).json.text, wrong);
		const from = listener.events.length;
		write(file, text);
		await until('no trouble', () => listener.events.slice(from).some((event) => event.event === 'trouble' &&
			event.data.list.length === 0));
		listener.events.length = 0;
	}
	listener.stop();
});

test('decisions: as a document, as a diff, in the source, in the store', async () => {
	const file = 'journeys/broadband-order.xml', before = read(file);
	assert.equal((await lead.post('/api/keep', '')).status, 409, 'there is no store');
	const note = await guest.do({ do: 'note', at, kind: 'pain', text: 'Nobody knows the sum', friction: 'confusion', key: 'd1' });
	assert.equal((await lead.do({ do: 'step', to: 'decide' })).status, 200);
	const decided = await lead.do({ do: 'decide', on: `note:${note.json.id}`, as: 'pain', friction: 'confusion', severity: '4' });
	assert.equal(decided.status, 200, decided.text);
	const document = await lead.ask('/out/decisions.xml');
	assert.match(document.headers['content-type'], /^application\/xml/);
	assert.match(document.headers['content-disposition'], /^attachment; filename="decisions.xml"/);
	assert.match(document.text, /Nobody knows the sum/);
	for (const [path, type] of [['/out/minutes.md', /^text\/markdown/], ['/out/notes.csv', /^text\/csv/]]) {
		const answer = await lead.ask(path);
		assert.equal(answer.status, 200, path);
		assert.match(answer.headers['content-type'], type);
		assert.match(answer.headers['content-disposition'], /^attachment; filename=/);
		assert.match(answer.text, /Nobody knows the sum/, path);
	}
	const diff = await lead.ask('/out/decisions.diff');
	assert.equal(diff.status, 200, diff.text);
	assert.match(diff.text, /^--- a\/journeys\/broadband-order.xml$/m);
	assert.match(diff.text, /^\+.*Nobody knows the sum/m);
	assert.equal(read(file), before, 'nothing was written yet');
	const applied = await lead.post('/api/apply', '');
	assert.equal(applied.status, 200, applied.text);
	assert.deepEqual(applied.json.files, [file]);
	assert.match(read(file), /Nobody knows the sum/);
	assert.equal((await lead.ask('/out/decisions.diff')).text, '', 'applied already');
	assert.deepEqual((await lead.post('/api/apply', '')).json.files, []);
	write(file, before);
});

test('kill -9: what was acknowledged is there, links and browsers go on', async () => {
	const seen = (await guest.state()).n, acknowledged = [];
	let going = true;
	const writers = Array.from({ length: 8 }, async (_, who) => {
		for (let i = 0; going; i++)
			try {
				const answer = await guest.do({ do: 'note', at, kind: 'pain', text: `note ${who} ${i}`, key: `w${who}-${i}` });
				if (answer.status === 200)
					acknowledged.push(`note ${who} ${i}`);
			} catch {
				return;
			}
	});
	await until('some notes', () => acknowledged.length > 100);
	await server.end('SIGKILL');
	going = false;
	await Promise.all(writers);
	const [before, count] = [server.lead.pathname, acknowledged.length];
	await server.start();
	assert.equal(server.lead.pathname, before);
	assert.match(server.said, /continued/);
	const texts = (await guest.state()).notes.map((note) => note.text);
	for (const text of acknowledged)
		assert.equal(texts.filter((other) => other === text).length, 1, text);
	const listener = await guest.listen('', { 'Last-Event-ID': String(seen) });
	const { data } = await listener.next('view');
	assert.equal(data.full, false);
	assert.ok(data.notes.length >= count);
	listener.stop();
});

test('Ctrl-C: it ends, streams end, and it says how to go on', async () => {
	const listener = await guest.listen();
	assert.equal(await server.end('SIGINT'), 0);
	await listener.ended;
	assert.match(server.said, /touchline serve --room --session api.room journeys/);
});

test('a store: kept at a word and at the end; one that is locked keeps nobody waiting', async () => {
	execFileSync('touchline', ['note', at, '-d', 'ecommerce', 'Said before', '--store', 'voice.db']);
	const count = () => execFileSync('sqlite3', ['-cmd', '.timeout 20000', 'voice.db', "SELECT count(*) FROM note"]).toString().trim();
	const other = await new Server('127.93.0.2', ['--store', 'voice.db', '--session', 'kept.room', 'journeys']).start();
	const chair = await other.enter(other.lead);
	assert.equal((await chair.do({ do: 'join', name: 'Kim', department: 'ecommerce' })).status, 200);
	assert.equal((await chair.do({ do: 'note', at, kind: 'pain', text: 'One' })).status, 200);
	const kept = await chair.post('/api/keep', '');
	assert.equal(kept.status, 200, kept.text);
	assert.deepEqual(kept.json, { notes: 1, votes: 0, actions: 0 });
	assert.equal(count(), '2');

	const lock = spawn('sqlite3', ['voice.db'], { stdio: ['pipe', 'pipe', 'inherit'] });
	lock.stdin.write('BEGIN EXCLUSIVE;\nSELECT 1;\n');
	await new Promise((resolve) => lock.stdout.once('data', resolve));
	const listener = await chair.listen('?since=0');
	const late = chair.post('/api/keep', '');
	const start = Date.now();
	assert.equal((await chair.do({ do: 'note', at, kind: 'pain', text: 'Two' })).status, 200);
	assert.equal((await chair.ask(`/map/${journey}.svg`)).status, 200);
	assert.equal((await late).status, 503);
	await until('it is told', () => listener.events.some((event) => event.event === 'trouble' &&
		event.data.list.some((line) => /not in the store yet/.test(line))));
	lock.stdin.end('ROLLBACK;\n');
	await until('it is kept', () => count() === '3');
	assert.ok(Date.now() - start < 60000);
	listener.stop();
	assert.equal((await chair.do({ do: 'note', at, kind: 'idea', text: 'Three' })).status, 200);
	assert.equal(await other.end('SIGINT'), 0);
	assert.equal(count(), '4', other.said);
});

await run();
