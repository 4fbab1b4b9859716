// server: starts `touchline serve` for tests, and asks it things. Every server has an address of the
// loopback network of its own, so that tests may run side by side.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import fs from 'node:fs';
import http from 'node:http';

const PATIENCE = 60000;
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/* Waits for something to become true; what it is, for whom it does not. */
export async function until(what, test, patience = PATIENCE) {
	for (const end = Date.now() + patience; ;) {
		const value = await test();
		if (value)
			return value;
		if (Date.now() > end)
			throw new Error(`not within ${patience} ms: ${what}`);
		await sleep(20);
	}
}

export class Server {
	constructor(address, options) {
		this.address = address;
		this.options = options;
		this.said = '';
	}
	async start() {
		this.process = spawn('touchline', ['serve', '--listen', this.address, ...this.options],
			{ stdio: ['ignore', 'pipe', 'pipe'] });
		this.said = '';
		process.on('exit', () => this.process.kill('SIGKILL'));
		for (const stream of [this.process.stdout, this.process.stderr])
			stream.on('data', (bytes) => { this.said += bytes; });
		this.ended = once(this.process, 'close');
		await until(`a server that listens; it said: ${this.said}`,
			() => /Ctrl-C/.test(this.said) || this.process.exitCode !== null);
		if (this.process.exitCode !== null)
			throw new Error(`it did not start: ${this.said}`);
		[this.lead, this.join] = [...this.said.matchAll(/^ {2}(http\S+)$/gm)].map((match) => new URL(match[1]));
		return this;
	}
	async end(signal = 'SIGINT') {
		this.process.kill(signal);
		const [code, by] = await this.ended;
		return by ?? code;
	}
	/* {status, headers, text, json}; the connection is its own. */
	ask(path, { method = 'GET', headers = {}, body } = {}) {
		return new Promise((resolve, reject) => {
			const request = http.request({ host: this.lead.hostname, port: this.lead.port, path, method, agent: false,
				headers: { ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }), ...headers } },
			(response) => {
				const parts = [];
				response.on('data', (part) => parts.push(part));
				response.on('error', reject);
				response.on('end', () => {
					const text = Buffer.concat(parts).toString();
					const json = /json/.test(response.headers['content-type'] ?? '') ? JSON.parse(text) : undefined;
					resolve({ status: response.statusCode, headers: response.headers, text, json });
				});
			});
			request.on('error', reject);
			request.end(body);
		});
	}
	async enter(link) {
		return new Visitor(this, await this.ask(link.pathname));
	}
}

const cookiesOf = (answer) => (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);

/* Somebody with a browser: cookies, and calls as the page makes them. */
export class Visitor {
	constructor(server, answer) {
		this.server = server;
		this.entry = answer;
		this.cookies = cookiesOf(answer);
	}
	ask(path, options = {}) {
		return this.server.ask(path, { ...options,
			headers: { Cookie: this.cookies.join('; '), 'X-Touchline': '1', ...options.headers } });
	}
	post(path, body, headers = {}) {
		return this.ask(path, { method: 'POST', body, headers });
	}
	async do(call) {
		const answer = await this.post('/api/do', new URLSearchParams(call).toString());
		this.cookies.push(...cookiesOf(answer));
		return answer;
	}
	async state(since = 0) {
		return (await this.ask(`/api/state?since=${since}`)).json;
	}
	/* Listens: events as they come, {event, id, data}. */
	async listen(query = '', headers = {}) {
		const events = [];
		const request = http.request({ host: this.server.lead.hostname, port: this.server.lead.port, agent: false,
			path: `/api/events${query}`, headers: { Cookie: this.cookies.join('; '), ...headers } });
		request.end();
		const [response] = await once(request, 'response');
		let rest = '';
		response.on('data', (bytes) => {
			const blocks = (rest + bytes).split('\n\n');
			rest = blocks.pop();
			for (const block of blocks) {
				const fields = Object.fromEntries(block.split('\n').map((line) => {
					const colon = line.indexOf(':');
					return [line.slice(0, colon) || 'comment', line.slice(colon + 1).trim()];
				}));
				events.push({ ...fields, data: fields.data && JSON.parse(fields.data) });
			}
		});
		response.on('error', () => {});
		const ended = new Promise((resolve) => response.on('close', resolve));
		return { status: response.statusCode, headers: response.headers, events, ended, stop: () => request.destroy(),
			next: (name, from = 0) => until(`an event ${name}`, () => events.slice(from).find((event) => event.event === name)) };
	}
}

/* The tests of a file: each says its name where it fails. */
const tests = [];
export const test = (name, body) => tests.push({ name, body });
export async function run() {
	let failed = 0;
	for (const { name, body } of tests)
		try {
			await body();
		} catch (error) {
			failed++;
			console.log(`FAILED: ${name}: ${error.stack}`);
		}
	console.log(`${tests.length - failed} of ${tests.length} passed`);
	process.exit(failed ? 1 : 0);
}
export const write = (path, text) => fs.writeFileSync(path, text);
export const read = (path) => fs.readFileSync(path, 'utf8');
