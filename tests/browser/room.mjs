// room: a server that can be killed and started again, and people in browsers of their own. Every page
// is watched: an error, a message on the console or a request to anywhere else is a fault.
import { createRequire } from 'node:module';
import { spawn } from 'node:child_process';
import path from 'node:path';

const require = createRequire(path.resolve('output/browser/modules.js'));
const { chromium } = require('playwright-core');
export const axe = require('axe-core');
export const faults = [];
export const patience = 30000;

export class Server {
	constructor(folder, ...options) {
		Object.assign(this, { folder, options, port: null, allowed: null });
	}
	async start() {
		const port = this.port ? ['--port', this.port] : [];
		this.process = spawn('touchline', ['serve', '--session', 'workshop.room', ...port, ...this.options], { cwd: this.folder });
		let said = '';
		for (const stream of [this.process.stdout, this.process.stderr])
			stream.on('data', (data) => { said += data; });
		for (let tries = 0; !/http:\S+\/join\/\w+\s/.test(said) && this.process.exitCode === null && tries < 600; tries++)
			await new Promise((resolve) => { setTimeout(resolve, 50); });
		const link = said.match(/http:\S+\/join\/\w+/);
		if (!link)
			throw new Error(`the server says no link: ${said}`);
		this.link = link[0];
		this.origin = new URL(this.link).origin;
		this.port = new URL(this.link).port;
	}
	async stop(signal) {
		const ended = new Promise((resolve) => { this.process.once('exit', resolve); });
		this.process.kill(signal);
		await ended;
	}
}

let browser = null;
export async function person(server, name, options, link) {
	browser ??= await chromium.launch({
		executablePath: '/usr/bin/chromium',
		env: { ...process.env, TMPDIR: '/tmp' }, /* its socket there: a path of 108 characters is too long for one */
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage',
			'--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
	const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB', ...options });
	context.setDefaultTimeout(patience);
	context.on('page', (page) => watch(server, name, page));
	const page = await context.newPage();
	await page.goto(link);
	return page;
}
function watch(server, name, page) {
	page.on('console', (message) => {
		if (!server.allowed?.test(message.text()))
			faults.push(`${name}: console: ${message.text()}`);
	});
	page.on('pageerror', (error) => faults.push(`${name}: ${error.stack}`));
	page.on('request', (request) => {
		if (new URL(request.url()).origin !== server.origin)
			faults.push(`${name}: request: ${request.url()}`);
	});
}
export const version = () => browser.version();
export const leave = () => browser?.close();

export const laptop = { viewport: { width: 1366, height: 768 } };
export const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
export const projector = { viewport: { width: 1920, height: 1080 } };

export async function join(page, name, department) {
	await page.fill('#join-name', name);
	await page.selectOption('#join-department', { label: department });
	await page.click('[data-do="join"]');
	await page.waitForSelector('#room:not([hidden])');
}
export const texts = (page, selector) => page.$$eval(selector, (all) => all.map((each) => each.textContent));
// Until what the page shows is what is expected; then what it shows, for the message of a test that fails.
export async function until(page, selector, expected) {
	const find = ([where, what]) => JSON.stringify([...document.querySelectorAll(where)].map((each) => each.textContent)) === JSON.stringify(what);
	await page.waitForFunction(find, [selector, expected]).catch(async () => {
		throw new Error(`${selector} is ${JSON.stringify(await texts(page, selector))}, not ${JSON.stringify(expected)}`);
	});
}
export async function say(page, text, kind = 'pain') {
	if (!await page.isVisible('#add-text'))
		await page.click('.adding > summary');
	await page.check(`#add input[value="${kind}"]`);
	await page.fill('#add-text', text);
	await page.click('[data-do="add"]');
	await page.waitForFunction((said) => [...document.querySelectorAll('#notes .note:not(.pending) .text')]
		.some((each) => each.textContent === said), text);
}
