// pages: see tests/check-pages.sh, which makes them below the folder that is the first argument; the
// second says which tests: axe or use.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.resolve('output/browser/modules.js'));
const { chromium } = require('playwright-core');
const axe = require('axe-core');
const folder = path.resolve(process.argv[2]);
const part = process.argv[3];

const browser = await chromium.launch({
	executablePath: '/usr/bin/chromium',
	env: { ...process.env, TMPDIR: '/tmp' }, /* its socket there: a path of 108 characters is too long for one */
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage',
		'--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let passed = 0, failed = 0;

// Every page is watched: a message, an error or a request is a fault whatever is tested.
async function test(name, file, options, body) {
	if ((part === 'axe') !== name.startsWith('axe'))
		return;
	const context = await browser.newContext(options);
	const page = await context.newPage();
	const faults = [];
	page.on('console', (message) => faults.push(`console: ${message.text()}`));
	page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
	page.on('request', (request) => {
		if (!request.url().startsWith(`file://${folder}/`) && !request.url().startsWith('data:'))
			faults.push(`request: ${request.url()}`);
	});
	try {
		await page.goto(`file://${folder}/${file}`);
		await body(page);
		assert.deepEqual(faults, []);
		passed++;
	} catch (error) {
		failed++;
		console.log(`FAILED: ${name} (${file}): ${error.stack}`);
	}
	await context.close();
}

const laptop = { viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' };
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, reducedMotion: 'reduce' };
const projector = { viewport: { width: 1920, height: 1080 }, reducedMotion: 'reduce' };
const rows = '.ranking tbody a';
const focused = (page) => page.evaluate(() => document.activeElement.textContent.trim());
const open = (page) => page.evaluate(() => !document.querySelector('.panel').hidden);

async function accessible(page) {
	await page.evaluate(axe.source);
	const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
	assert.deepEqual(found.violations.map((rule) =>
		`${rule.id}: ${rule.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`), []);
	assert.ok(found.passes.length > 10, 'axe looked at something');
}

const pages = ['assumed/broadband-order.html', 'heard-dark/broadband-order.html',
	'dark/furniture-online.html', 'heard/furniture-online.html'];
for (const file of pages) {
	await test('axe', file, laptop, async (page) => {
		if (file === pages[1]) { // with a panel open beside the map
			await page.click(rows);
			assert.ok(await open(page));
		}
		await accessible(page);
	});
	await test('phone', file, phone, async (page) => {
		assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
		await page.tap(`${rows} >> nth=2`);
		assert.ok(await open(page));
		assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
	});
}
await test('axe on a phone', 'heard/broadband-order.html', phone, accessible);
await test('right to left', 'rtl/rtl.html', phone, async (page) => {
	assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl');
	assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
});
await test('axe, right to left', 'rtl/rtl.html', laptop, accessible);

await test('keyboard', 'heard/broadband-order.html', laptop, async (page) => {
	const titles = await page.$$eval(rows, (links) => links.map((link) => link.textContent));
	await page.focus(rows);
	await page.keyboard.press('Enter');
	assert.ok(await open(page));
	assert.ok((await focused(page)).endsWith(titles[0]));
	await page.keyboard.press('ArrowRight');
	assert.ok((await focused(page)).endsWith(titles[1]));
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowLeft');
	assert.ok((await focused(page)).endsWith(titles[1]));
	assert.equal(await page.textContent('.place'), `2 / ${titles.length}`);
	await page.keyboard.press('Escape');
	assert.equal(await open(page), false);
	assert.equal(await focused(page), titles[0]);
	assert.equal(await page.$$eval('.details article', (all) => all.length), titles.length, 'all are back');
});

await test('keyboard on the map', 'heard/furniture-online.html', laptop, async (page) => {
	await page.focus('.map');
	const width = () => page.evaluate(() => document.querySelector('.map > svg').getBoundingClientRect().width);
	const fit = await width();
	assert.ok(Math.abs(fit - await page.evaluate(() => document.querySelector('.map').clientWidth)) < 2);
	await page.keyboard.press('+');
	await page.keyboard.press('+');
	assert.ok(await width() > 1.5 * fit);
	await page.keyboard.press('ArrowRight');
	await page.waitForFunction(() => document.querySelector('.map').scrollLeft > 0);
	await page.keyboard.press('0');
	assert.ok(Math.abs(await width() - fit) < 2);
	await page.keyboard.press('Tab');
	const card = await page.evaluate(() => document.activeElement.getAttribute('href'));
	assert.match(card, /^#at:/);
	await page.keyboard.press('Enter');
	assert.ok(await open(page));
	assert.equal(await page.evaluate(() => document.activeElement.closest('article').id), card.slice(1));
	await page.keyboard.press('Escape');
	assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), card);
});

await test('mouse', 'heard/broadband-order.html', laptop, async (page) => {
	const map = page.locator('.map'), svg = page.locator('.map > svg');
	const before = (await svg.boundingBox()).width;
	await map.scrollIntoViewIfNeeded();
	const box = await map.boundingBox();
	const x = box.x + box.width / 2, y = box.y + box.height / 2;
	await page.mouse.move(x, y);
	await page.keyboard.down('Control');
	await page.mouse.wheel(0, -400);
	await page.keyboard.up('Control');
	await page.waitForFunction((width) => document.querySelector('.map > svg').getBoundingClientRect().width > 2 * width, before);
	const left = () => page.evaluate(() => document.querySelector('.map').scrollLeft);
	const from = await left();
	await page.mouse.down();
	await page.mouse.move(x - 120, y - 30, { steps: 4 });
	await page.mouse.up();
	assert.ok(Math.abs(await left() - from - 120) < 3, 'the map follows the mouse');
	assert.equal(await open(page), false, 'and opens nothing');
	await page.click('[data-do="fit"]');
	await page.click('.map a[href="#at:first-bill"]');
	assert.ok(await open(page));
	assert.equal(await page.$eval('.panel article', (article) => article.id), 'at:first-bill');
	await page.click('[data-do="next"]');
	assert.notEqual(await page.$eval('.panel article', (article) => article.id), 'at:first-bill');
	await page.click('[data-do="close"]');
	assert.equal(await open(page), false);
});

await test('a link to a touchpoint', 'heard/broadband-order.html#at:first-bill', projector, async (page) => {
	assert.equal(await page.$eval('.panel article', (article) => article.id), 'at:first-bill');
	assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1920);
});

await test('without scripts', 'heard/broadband-order.html', { ...laptop, javaScriptEnabled: false }, async (page) => {
	const articles = page.locator('.details article');
	assert.equal(await articles.count(), await page.locator(rows).count());
	for (const article of await articles.all())
		assert.ok(await article.isVisible());
	assert.equal(await page.locator('.tools').isVisible(), false, 'no buttons that do nothing');
	assert.equal(await page.locator('.panel').isVisible(), false);
	assert.equal(await page.locator('.on-map').first().isVisible(), false);
	await page.click(rows);
	assert.match(page.url(), /#at:/);
});

await test('paper', 'heard/broadband-order.html', { ...laptop, viewport: { width: 703, height: 1000 } }, async (page) => {
	await page.click(rows);
	const size = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g).length;
	assert.ok(size > 5, `${size} pages`);
	await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
	await page.emulateMedia({ media: 'print' });
	const cut = await page.evaluate(() => {
		const out = [];
		for (const element of document.querySelectorAll('header *, main *:not(svg *)')) {
			const style = getComputedStyle(element), box = element.getBoundingClientRect();
			if (style.display === 'none' || !box.width)
				continue;
			if (box.right > innerWidth + 1 || (style.overflowX !== 'visible' && element.tagName !== 'svg' &&
				(element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)))
				out.push(`${element.tagName} ${element.className} ${Math.round(box.right)}`);
		}
		return out;
	});
	assert.deepEqual(cut, []);
	assert.equal(await page.locator('.details article').count(), await page.locator(rows).count());
});

await browser.close();
console.log(`${passed} tests in ${browser.version()}, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
