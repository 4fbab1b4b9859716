/* Stages and touchpoints as a list: the way in on a phone. */
import { one, make, follow } from './dom.js';
import { say } from './words.js';
import { journeyNow, touchpointAt, dotsAt } from './state.js';
import { summary, signs } from './map.js';

export function show(open) {
	const journey = journeyNow();
	if (!journey)
		return;
	let n = 0;
	const rows = journey.stages.map((stage, index) => ({ stage, index, places: stage.touchpoints.map((touchpoint) =>
		({ touchpoint, n: ++n, at: `${journey.id}#${touchpoint.id}` })) }));
	follow(one('#stages'), rows, ({ index }) => `${journey.id} ${index}`, ({ stage, places }) => [stage.title,
		places.map(({ touchpoint, at }) => [touchpoint.title, touchpointAt(at), dotsAt(at), at === open])],
	({ stage, index, places }) => make('section', { class: 'stage-list' },
		make('h2', { lang: journey.lang }, say('ROOM_NUMBERED', index + 1, stage.title)),
		make('ul', {}, places.map((each) => row(each, each.at === open, journey)))));
}

function row({ touchpoint, n, at }, current, journey) {
	const more = summary(at);
	return make('li', {}, make('button', { type: 'button', 'data-do': `open ${at}`, 'data-at': at, 'aria-current': current ? 'true' : null },
		make('span', { class: 'number', 'aria-hidden': 'true' }, n),
		make('span', { lang: journey.lang }, touchpoint.title),
		more && make('span', { class: 'unseen' }, ` · ${more}`), signs(at)));
}
