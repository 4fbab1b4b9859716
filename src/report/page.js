/* What the page can do beyond reading: show a touchpoint beside the map (pan.js moves it). The
 * touchpoint's own section moves into the panel and goes back when the panel closes, so nothing is
 * said twice and every anchor stays valid. */
(() => {
	const anchor = '#at:';
	const root = document.documentElement;
	const one = (selector, from = document) => from.querySelector(selector);
	const all = (selector, from = document) => [...from.querySelectorAll(selector)];
	const map = one('.map'), svg = one('.map > svg'), stage = one('.stage'), panel = one('.panel');
	const body = one('.panel-body'), place = one('.place');
	const order = all('.ranking tbody a').map((link) => link.hash);
	const calm = matchMedia('(prefers-reduced-motion: reduce)');
	const rtl = root.dir === 'rtl';
	root.classList.add('js');
	all('.tools, .on-map').forEach((element) => { element.hidden = false; });

	const pan = touchlinePan(map, svg, svg.viewBox.baseVal);
	const acts = { ...pan.acts };

	/* ---- the panel ---- */
	const named = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));
	const card = (hash) => all('a', svg).find((link) => link.getAttribute('href') === hash);
	let shown = null, opener = null;
	const gap = document.createElement('div'); /* where the section belongs */
	function back() {
		if (!shown)
			return;
		gap.replaceWith(shown.section);
		all('.current', svg).forEach((link) => link.classList.remove('current'));
		shown = null;
	}
	function point() { /* brings the card into view */
		const link = shown && card(shown.hash);
		if (!link)
			return;
		const at = link.getBoundingClientRect(), view = map.getBoundingClientRect();
		map.scrollBy({
			left: at.left + at.width / 2 - view.left - view.width / 2,
			top: at.top + at.height / 2 - view.top - view.height / 2,
			behavior: calm.matches ? 'auto' : 'smooth',
		});
	}
	function tell() {
		const at = order.indexOf(shown.hash);
		place.textContent = `${at + 1} / ${order.length}`;
		one('[data-do="previous"]').setAttribute('aria-disabled', String(at <= 0));
		one('[data-do="next"]').setAttribute('aria-disabled', String(at >= order.length - 1));
	}
	function open(hash, from) {
		const section = named(hash);
		if (!section)
			return;
		if (from)
			opener = from;
		if (!shown || shown.hash !== hash) {
			back();
			section.replaceWith(gap);
			body.replaceChildren(section);
			shown = { hash, section };
		}
		panel.hidden = false;
		stage.classList.add('open');
		body.scrollTop = 0;
		const link = card(hash);
		if (link)
			link.classList.add('current');
		tell();
		stage.scrollIntoView({ block: 'nearest', behavior: 'auto' });
		one('h3', section).focus({ preventScroll: true });
		point();
		history.replaceState(null, '', hash);
	}
	function close() {
		if (!shown)
			return;
		back();
		panel.hidden = true;
		stage.classList.remove('open');
		history.replaceState(null, '', location.pathname + location.search);
		(opener && opener.isConnected ? opener : map).focus();
		opener = null;
	}
	function step(by) {
		const next = order[order.indexOf(shown.hash) + by];
		if (next)
			open(next);
	}
	Object.assign(acts, { close, previous: () => step(-1), next: () => step(1) });

	document.addEventListener('click', (event) => {
		const button = event.target.closest('[data-do]');
		if (button && acts[button.dataset.do]) {
			acts[button.dataset.do]();
			return;
		}
		if (event.target.closest('.on-map')) {
			const section = event.target.closest('article');
			open(anchor + section.id.slice(anchor.length - 1), event.target);
			return;
		}
		if (event.ctrlKey || event.metaKey || event.shiftKey || event.button)
			return;
		const inside = map.contains(event.target);
		if (inside && pan.dragged()) {
			event.preventDefault();
			return;
		}
		let link = event.target.closest('a');
		if (inside && !link && event.detail) /* a badge that lies on the card */
			link = document.elementsFromPoint(event.clientX, event.clientY)
				.map((element) => element.closest('a')).find((element) => element);
		const hash = link && link.getAttribute('href');
		if (hash && hash.startsWith(anchor)) {
			event.preventDefault();
			open(hash, link);
		}
	});
	document.addEventListener('keydown', (event) => {
		if (!shown || event.ctrlKey || event.metaKey || event.altKey)
			return;
		if (event.key === 'Escape') {
			event.preventDefault();
			close();
		} else if (panel.contains(event.target) && !event.target.closest('.scroll')) {
			const forward = rtl ? 'ArrowLeft' : 'ArrowRight', backward = rtl ? 'ArrowRight' : 'ArrowLeft';
			if (event.key === forward || event.key === backward) {
				event.preventDefault();
				step(event.key === forward ? 1 : -1);
			}
		}
	});

	/* On paper everything stands in its place. */
	let before = null;
	addEventListener('beforeprint', () => { before = shown && shown.hash; back(); });
	addEventListener('afterprint', () => { if (before) open(before); });

	pan.start();
	let width = innerWidth;
	addEventListener('resize', () => { if (innerWidth !== width) { width = innerWidth; pan.start(); } });
	if (location.hash.startsWith(anchor))
		open(location.hash);
	addEventListener('hashchange', () => { if (location.hash.startsWith(anchor)) open(location.hash); });
})();
