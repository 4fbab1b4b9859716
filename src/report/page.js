/* What the page can do beyond reading: move and scale the map, and show a touchpoint beside it. The
 * touchpoint's own section moves into the panel and goes back when the panel closes, so nothing is
 * said twice and every anchor stays valid. */
'use strict';
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

	/* ---- the map: its scale is 1 at its original size ---- */
	const size = svg.viewBox.baseVal, points = 96 / 72, least = 0.02, most = 4;
	let scale = 1;
	const fitting = () => map.clientWidth / (size.width * points);
	/* x, y: what stays where it is, from the corner of the view */
	function zoom(to, x = map.clientWidth / 2, y = map.clientHeight / 2) {
		const before = svg.getBoundingClientRect(), view = map.getBoundingClientRect();
		const px = (view.left + x - before.left) / scale, py = (view.top + y - before.top) / scale;
		scale = Math.min(most, Math.max(least, to));
		svg.style.width = `${size.width * points * scale}px`;
		const after = svg.getBoundingClientRect();
		map.scrollLeft += after.left + px * scale - (view.left + x);
		map.scrollTop += after.top + py * scale - (view.top + y);
	}
	const fit = () => { zoom(fitting()); map.scrollTo(0, 0); };
	const start = () => {
		zoom(Math.max(fitting(), map.clientHeight / (size.height * points) * (innerWidth < 720 ? 1 : 0)));
		map.scrollTo(0, 0);
	};
	const acts = {
		'zoom-in': () => zoom(scale * 1.3),
		'zoom-out': () => zoom(scale / 1.3),
		fit,
		full: () => zoom(1),
	};
	const keys = { '+': 'zoom-in', '=': 'zoom-in', '-': 'zoom-out', '0': 'fit', '1': 'full' };
	map.addEventListener('keydown', (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key])
			return;
		event.preventDefault();
		acts[keys[event.key]]();
	});
	map.addEventListener('wheel', (event) => {
		if (!event.ctrlKey && !event.metaKey)
			return;
		event.preventDefault();
		const view = map.getBoundingClientRect();
		zoom(scale * Math.exp(-event.deltaY / 300), event.clientX - view.left, event.clientY - view.top);
	}, { passive: false });

	let drag = null, dragged = false;
	map.addEventListener('pointerdown', (event) => {
		dragged = false;
		if (event.pointerType === 'mouse' && event.button === 0)
			drag = { x: event.clientX, y: event.clientY, left: map.scrollLeft, top: map.scrollTop };
	});
	addEventListener('pointermove', (event) => {
		if (!drag)
			return;
		const x = event.clientX - drag.x, y = event.clientY - drag.y;
		if (!dragged && Math.hypot(x, y) < 5)
			return;
		dragged = true;
		map.classList.add('dragging');
		map.scrollLeft = drag.left - x;
		map.scrollTop = drag.top - y;
	});
	addEventListener('pointerup', () => { drag = null; map.classList.remove('dragging'); });
	map.addEventListener('dragstart', (event) => event.preventDefault());

	let pinch = null;
	const spread = (touches) => {
		const [a, b] = touches, view = map.getBoundingClientRect();
		return {
			distance: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
			x: (a.clientX + b.clientX) / 2 - view.left,
			y: (a.clientY + b.clientY) / 2 - view.top,
		};
	};
	map.addEventListener('touchstart', (event) => {
		pinch = event.touches.length === 2 ? { from: spread(event.touches), scale } : null;
	}, { passive: true });
	map.addEventListener('touchmove', (event) => {
		if (!pinch || event.touches.length !== 2)
			return;
		event.preventDefault();
		const now = spread(event.touches);
		zoom(pinch.scale * now.distance / pinch.from.distance, now.x, now.y);
	}, { passive: false });

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
		if (inside && dragged) {
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

	start();
	let width = innerWidth;
	addEventListener('resize', () => { if (innerWidth !== width) { width = innerWidth; start(); } });
	if (location.hash.startsWith(anchor))
		open(location.hash);
	addEventListener('hashchange', () => { if (location.hash.startsWith(anchor)) open(location.hash); });
})();
