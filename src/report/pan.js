/* A map in its frame: scaled by buttons, keys, the wheel with Ctrl and two fingers, moved by scrolling
 * and by dragging. map: what scrolls; sheet: what is in it, its width is set; size: its width and
 * height in points, which may change. The scale is 1 at its original size. */
'use strict';
function touchlinePan(map, sheet, size) {
	const points = 96 / 72, least = 0.02, most = 4;
	let scale = 1;
	const fitting = () => map.clientWidth / (size.width * points);
	/* x, y: what stays where it is, from the corner of the view */
	function zoom(to, x = map.clientWidth / 2, y = map.clientHeight / 2) {
		const before = sheet.getBoundingClientRect(), view = map.getBoundingClientRect();
		const px = (view.left + x - before.left) / scale, py = (view.top + y - before.top) / scale;
		scale = Math.min(most, Math.max(least, to));
		sheet.style.width = `${size.width * points * scale}px`;
		const after = sheet.getBoundingClientRect();
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

	return { acts, start, dragged: () => dragged };
}
