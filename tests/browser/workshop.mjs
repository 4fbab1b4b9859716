// workshop: see tests/check-workshop.sh; the first argument is a folder with journeys/ in it, the second
// says which tests: play or axe.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Server, person, join, say, until, texts, faults, leave, version, axe, laptop, phone, projector } from './room.mjs';

const folder = path.resolve(process.argv[2]), part = process.argv[3];
const file = path.join(folder, 'journeys/broadband-order.xml');
const server = new Server(folder, 'journeys/broadband-order.xml', 'journeys/furniture-online.xml');
let passed = 0;
async function test(name, body) {
	await body();
	passed++;
	console.log(`ok: ${name}`);
}

const card = (id) => `#drawing a[href="#at:${id}"]`;
const notes = '#notes .note .text';
const hostile = '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1"> \'); DROP TABLE note;-- 😡👩‍👩‍👧';
const arabic = 'العنوان يُطلب مرتين abc';
const again = 'Address asked twice, again';
let fay, lena, pia, kim, link;

async function arrive() {
	fay = await person(server, 'Fay', projector, server.link);
	await fay.waitForSelector('#welcome .qr');
	link = await fay.getAttribute('#welcome .link a', 'href');
	assert.notEqual(link, server.link, 'others get a link of their own');
	await fay.waitForFunction(() => document.querySelector('.qr').naturalWidth > 0);
	await fay.click('[data-do="join"]');
	assert.equal(await fay.textContent('#join-problem'), 'Please say your name.');
	assert.equal(await fay.evaluate(() => document.activeElement.id), 'join-name');
	await join(fay, 'Fay', 'Telesales');

	lena = await person(server, 'Lena', laptop, link);
	await lena.waitForSelector('#welcome:not([hidden])');
	assert.equal(await lena.isVisible('#invite'), false);
	await join(lena, 'Lena', 'Billing');

	pia = await person(server, 'Pía', phone, link);
	await pia.fill('#join-name', 'Pía');
	await pia.selectOption('#join-department', '*');
	await pia.fill('#join-other', 'Legal affairs');
	await pia.tap('[data-do="join"]');
	await pia.waitForSelector('.stage-list');
	assert.equal(await pia.evaluate(() => document.documentElement.scrollWidth), 360);

	kim = await person(server, 'Kim', laptop, link);
	await kim.waitForSelector('#join-name'); /* now it can be focused */
	await kim.focus('#join-name');
	await kim.keyboard.type('Kim');
	await kim.keyboard.press('Tab');
	await kim.keyboard.type('Cust');
	await kim.keyboard.press('Tab');
	await kim.keyboard.press('Enter');
	await kim.waitForSelector('#drawing svg');
	for (const page of [fay, lena, pia, kim])
		await until(page, '#here', ['4 here']);
}

async function collect() {
	await lena.click(card('checkout'));
	await lena.click('#feel .feel >> nth=0');
	await say(lena, hostile);
	await lena.check('#add input[value="question"]');
	assert.equal(await lena.isVisible('#add-friction'), false, 'a question has no kind of friction');

	await pia.tap('.stage-list button:has-text("Check out")');
	assert.equal(await pia.evaluate(() => document.querySelector('.view').inert), true, 'what the panel covers cannot be reached');
	await pia.tap('#feel .feel >> nth=4');
	await say(pia, arabic, 'idea');
	assert.equal(await pia.$eval(`${notes}`, (text) => text.dir), 'auto');

	for (let stops = 0; stops < 80 && await kim.evaluate((id) => document.activeElement.getAttribute('href') !== `#at:${id}`, 'checkout'); stops++)
		await kim.keyboard.press('Tab');
	await kim.keyboard.press('Enter');
	assert.equal(await kim.evaluate(() => document.activeElement.id), 'panel-title');
	for (let stops = 0; stops < 30 && await kim.evaluate(() => document.activeElement.id !== 'add-text'); stops++)
		await kim.keyboard.press('Tab');
	await kim.keyboard.type(again);
	await kim.keyboard.press('Control+Enter');
	await until(kim, '#notes .note:not(.pending) .text', [again]);

	/* silently: counted, not shown */
	for (const [page, own] of [[lena, hostile], [pia, arabic], [kim, again]]) {
		await page.waitForFunction(() => document.querySelector('#notes-what').textContent.startsWith('3 notes'));
		assert.deepEqual(await texts(page, notes), [own]);
		assert.equal(await page.locator('#feel-all .departments').count(), 0, 'no feelings of others');
	}
	assert.equal(await lena.evaluate(() => window.hacked), undefined);
}

async function reveal() {
	await fay.click('[data-do="step reveal"]');
	for (const page of [lena, pia, kim]) {
		await until(page, notes, [hostile, arabic, again]);
		assert.equal(await page.evaluate(() => window.hacked), undefined);
		assert.equal(await page.locator('#notes script, #notes img').count(), 0);
		await page.waitForSelector('.views-differ');
		assert.match(await page.textContent('.views-differ figcaption'), /Legal affairs says “very good”, Billing says “very bad”/);
	}
	await fay.waitForFunction((where) => /departments disagree/.test(document.querySelector(`${where} > title`).textContent), card('checkout'));
	assert.equal(await fay.locator('.badge .disagree').count(), 1);
	assert.match(await lena.textContent('#notes .note >> nth=1'), /Pía, Legal affairs/);
}

async function cluster() {
	await fay.click('[data-do="step cluster"]');
	await fay.click('#views [data-to="board"]');
	const note = (text) => fay.locator('#board .note', { hasText: text });
	await note('DROP TABLE').dragTo(note(arabic));
	await fay.click('dialog button:has-text("Put into a group")');
	await fay.fill('#dialog-name', 'Address 📦');
	await fay.click('dialog [data-do="confirm"]');
	await lena.click('#views [data-to="board"]');
	await until(lena, '#board .group h3', ['Address 📦']);
	await until(lena, '#board .group[data-group="Address 📦"] .note .text', [hostile, arabic]);

	await note(again).locator('[data-do^="note "]').focus(); /* by keyboard */
	await fay.keyboard.press('Enter');
	await fay.focus('dialog button:has-text("Is the same as another")');
	await fay.keyboard.press('Enter');
	await fay.selectOption('#dialog-into', { label: arabic });
	await fay.click('dialog [data-do="confirm"]');
	await until(lena, '#board .note > .text', [hostile, arabic]);
	await until(lena, '#board .note blockquote p:first-child', [again]);
}

async function undo() {
	const latest = async () => {
		await fay.click('[data-do="history"]');
		await fay.click('.history [data-do^="undo"] >> nth=0');
		await fay.keyboard.press('Escape');
	};
	await latest();
	await until(lena, '#board .note blockquote p:first-child', []);
	assert.equal((await texts(lena, '#board .note > .text')).length, 3);
	await latest(); /* undoes the undoing */
	await until(lena, '#board .note blockquote p:first-child', [again]);
}

async function vote() {
	await fay.click('[data-do="step vote"]');
	await until(lena, '#dots-left', ['5 dots left']);
	const more = lena.locator('#notes [data-do^="more"]').first();
	for (let left = 4; left >= 0; left--) {
		await more.click();
		await until(lena, '#dots-left', [`${left} ${left === 1 ? 'dot' : 'dots'} left`]);
	}
	assert.equal(await more.getAttribute('aria-disabled'), 'true');
	await lena.locator('#notes [data-do^="less"]').first().click();
	await until(lena, '#dots-left', ['1 dot left']);
	await pia.waitForFunction(() => document.querySelector('#notes .vote').textContent.includes('all: 4'));

	await lena.click('#pains [data-do^="ours"] >> nth=0');
	await until(pia, '#pains .chips .chip', ['ours: Billing']);
	await pia.click('#pains [data-do^="act "] >> nth=0');
	await pia.fill('#dialog-text', 'Ask for it once');
	await pia.fill('#dialog-due', '2030-01-31');
	await pia.click('dialog [data-do="confirm"]');
	await lena.waitForSelector('#pains .actions:has-text("Ask for it once")');
	assert.match(await lena.textContent('#pains .actions'), /Pía · until 31 Jan 2030/);
}

async function twoTabs() {
	const other = await lena.context().newPage();
	await other.goto(server.origin);
	await other.click(card('checkout'));
	await until(other, '#dots-left', ['1 dot left']);
	await other.click('#feel .feel >> nth=1');
	await lena.waitForSelector('#feel .feel[aria-pressed="true"]:nth-child(2)');
	assert.equal(await lena.locator('#feel [aria-pressed="true"]').count(), 1);
	await until(lena, '#here', ['4 here']);
	await other.close();
}

async function killed() {
	const written = 'Written while nobody listened';
	if (!await lena.isVisible('#add-text'))
		await lena.click('.adding > summary');
	await lena.fill('#add-text', 'half a thou');
	server.allowed = /net::ERR_/;
	await server.stop('SIGKILL');
	for (const page of [fay, lena, pia, kim])
		await page.waitForSelector('.connection.lost');
	if (!await pia.isVisible('#add-text'))
		await pia.tap('.adding > summary');
	await pia.fill('#add-text', written);
	await pia.tap('[data-do="add"]');
	await pia.waitForSelector('#notes .pending');
	assert.match(await pia.textContent('#connection'), /1 thing you said is kept/);
	await server.start();
	for (const page of [lena, pia, kim]) {
		await page.waitForSelector('.connection.live');
		await until(page, '#notes .note:not(.pending) > .text', [hostile, arabic, written]);
	}
	server.allowed = null;
	assert.equal(await pia.locator('#notes .pending').count(), 0);
	assert.equal(await lena.inputValue('#add-text'), 'half a thou');
}

async function decide() {
	await fay.click('[data-do="step decide"]');
	await fay.click('#views [data-to="map"]');
	await fay.click(card('checkout'));
	await fay.click('#pains [data-do^="decide"] >> nth=0');
	await fay.selectOption('#dialog-status', 'in-progress');
	await fay.selectOption('#dialog-owner', { label: 'Billing' });
	await fay.fill('#dialog-due', '2030-02-28');
	await fay.click('dialog [data-do="confirm"]');
	await fay.locator('#notes .note', { hasText: arabic }).locator('[data-do^="note "]').click();
	await fay.click('dialog button:has-text("Decide")');
	await fay.selectOption('#dialog-as', 'pain');
	await fay.fill('#dialog-text', 'Nobody sees the <sum> & the date');
	await fay.selectOption('#dialog-severity', '4');
	await fay.click('dialog [data-do="confirm"]');
	await lena.waitForSelector('#notes .decided:has-text("Nobody sees the <sum> & the date")');
	await lena.waitForSelector('#pains .decided');
}

async function outcome() {
	const before = fs.readFileSync(file, 'utf8');
	await fay.click('#views [data-to="outcome"]');
	await fay.waitForSelector('#minutes-text:has-text("Ask for it once")');
	await fay.waitForSelector('#diff ins:has-text("Nobody sees the")');
	assert.equal(fs.readFileSync(file, 'utf8'), before, 'nothing is written before it is applied');
	await fay.click('[data-do="apply"]');
	await fay.click('dialog [data-do="confirm"]');
	await fay.waitForSelector('#applied:has-text("broadband-order.xml")');
	assert.match(fs.readFileSync(file, 'utf8'), /severity="4"[^>]*>Nobody sees the &lt;sum&gt; &amp; the date</);
	execFileSync('touchline', ['check', file]);
	await fay.waitForSelector('#diff:has-text("Nothing is decided that is not in the source already")');
	await lena.waitForSelector('#pains .note:has-text("Nobody sees the <sum> & the date")');
}

async function edit() {
	await fay.click('#views [data-to="source"]');
	const area = fay.locator('#source-text');
	await fay.waitForFunction(() => document.querySelector('#source-text')?.value.includes('</journey>'));
	const good = await area.inputValue();
	assert.equal(good, fs.readFileSync(file, 'utf8'));
	await area.fill(good.replace('<touchpoint id="checkout"', '<touchpoint id="checkout" bogus="1"'));
	await fay.waitForSelector('#diagnostics li.error');
	await fay.click('#diagnostics [data-do^="jump"] >> nth=0');
	const line = await area.evaluate((text) => text.value.slice(0, text.selectionStart).split('\n').length);
	assert.match(good.split('\n')[line - 1], /id="checkout"/);

	const mine = good.replace('<title>Ordering home broadband</title>', '<title>Ordering broadband, mine</title>');
	await area.fill(mine);
	await fay.reload();
	await fay.waitForFunction((text) => document.querySelector('#source-text')?.value === text, mine);
	const theirs = `${good.trimEnd()}\n<!-- theirs -->\n`;
	fs.writeFileSync(file, theirs);
	server.allowed = / 412 /; /* of which the browser tells */
	await fay.click('[data-do="save"]');
	await fay.waitForSelector('#conflict:not([hidden]) #theirs');
	assert.equal(await fay.inputValue('#theirs'), theirs);
	assert.equal(await area.inputValue(), mine);
	assert.equal(fs.readFileSync(file, 'utf8'), theirs);
	server.allowed = null;
	await fay.click('[data-do="mine"]');
	await fay.click('[data-do="save"]');
	await fay.waitForSelector('#source-state:has-text("as on the disk")');
	assert.equal(fs.readFileSync(file, 'utf8'), mine);
	await lena.click('#views [data-to="map"]');
	await lena.waitForFunction(() => document.querySelector('#drawing svg > title').textContent === 'Ordering broadband, mine');
}

async function end() {
	await fay.click('[data-do="settings"]');
	await fay.click('dialog button:has-text("End the workshop")');
	await fay.click('dialog [data-do="confirm"]');
	for (const page of [lena, pia, kim]) {
		await until(page, '#step-name', ['Ended']);
		assert.equal(await page.isVisible('#adding'), false);
		assert.equal(await page.locator('#notes button').count(), 0);
	}
}

/* ---- without violation, whatever is shown ---------------------------------------------------------- */

async function accessible(page, what) {
	for (const colorScheme of ['light', 'dark']) {
		await page.emulateMedia({ colorScheme });
		await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, colorScheme);
		await page.evaluate(axe.source);
		const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
		assert.deepEqual(found.violations.map((rule) => `${what}, ${colorScheme}: ${rule.id}: ${rule.nodes.slice(0, 3).map((node) =>
			`${node.target} ${node.failureSummary}`).join(' | ')}`), []);
		assert.ok(found.passes.length > 10, 'axe looked at something');
	}
}

async function screens() {
	fay = await person(server, 'Fay', laptop, server.link);
	await fay.waitForSelector('#welcome .qr');
	link = await fay.getAttribute('#welcome .link a', 'href');
	await accessible(fay, 'welcome');
	await join(fay, 'Fay', 'Telesales');
	await fay.waitForSelector('#drawing svg');
	pia = await person(server, 'Pía', phone, link);
	await pia.waitForSelector('#welcome:not([hidden])');
	await accessible(pia, 'welcome on a phone');
	await join(pia, 'Pía', 'Billing');
	await accessible(pia, 'list on a phone');
	await pia.tap('.stage-list button >> nth=3');
	await pia.tap('#feel .feel >> nth=0');
	await say(pia, 'Asked twice');
	await fay.click(card('checkout'));
	await fay.click('#feel .feel >> nth=4');
	await say(fay, 'Show it once', 'idea');
	await fay.click('[data-do="step vote"]');
	await fay.waitForSelector('.views-differ');
	await fay.click('#notes [data-do^="more"] >> nth=0');
	await accessible(fay, 'map and panel');
	await accessible(pia, 'panel on a phone');
	await fay.click('#tab-known');
	await fay.waitForSelector('#panel-known article');
	assert.match(await fay.textContent('#panel-known'), /The address is asked for twice/);
	assert.ok(await fay.locator('#panel-known h3').count() > 3);
	assert.equal(await fay.locator('#panel-known h2, #panel-known h4, #panel-known button').count(), 0, 'headings fit the panel');
	await accessible(fay, 'what is known');
	await fay.click('[data-do="close"]');
	for (const view of ['list', 'board', 'outcome', 'source']) {
		await fay.click(`#views [data-to="${view}"]`);
		if (view === 'source')
			await fay.waitForFunction(() => document.querySelector('#preview')?.shadowRoot?.querySelector('svg'));
		await accessible(fay, view);
	}
	await fay.click('#views [data-to="board"]');
	await fay.click('#board [data-do^="note "] >> nth=0');
	await fay.click('dialog button:has-text("Decide")');
	await fay.waitForSelector('#dialog-severity');
	await accessible(fay, 'dialog');
	await fay.keyboard.press('Escape');
	await fay.click('[data-do="history"]');
	await accessible(fay, 'history');
}

await server.start();
try {
	const parts = part === 'axe' ? { screens } : { arrive, collect, reveal, cluster, undo, vote, twoTabs, killed, decide, outcome, edit, end };
	for (const [name, body] of Object.entries(parts))
		await test(name, body);
	await test('no errors, no messages, no requests to anywhere else', () => assert.deepEqual(faults, []));
	console.log(`${passed} tests in ${version()}`);
} catch (error) {
	console.log(`FAILED: ${error.stack}`, faults);
	process.exitCode = 1;
}
await leave();
await server.stop('SIGTERM');
