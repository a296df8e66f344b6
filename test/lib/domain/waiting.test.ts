import { USUAL_PATIENCE, nextLook, waitingFrom } from '../../../lib/domain/waiting';

const SINCE = '2026-06-01T10:00:00.000Z';
const MINUTE = 60_000;
const at = (minutes: number) => Date.parse(SINCE) + minutes * MINUTE;
/** Minutes until the next look, when that much time has passed; undefined when it is given up. */
const pauseAfter = (minutes: number, patience = USUAL_PATIENCE) => {
	const next = nextLook({ since: SINCE, ...patience }, at(minutes));
	return next === undefined ? undefined : (Date.parse(next) - at(minutes)) / MINUTE;
};

it.each([
	[0, 2],
	[2, 2],
	[4, 4],
	[30, 30],
	[90, 60],
	// An hour would end after the limit.
	[24 * 60 - 10, 10],
	// The last look comes after the shortest pause, a little late.
	[24 * 60 - 1, 2],
	[24 * 60, undefined],
	[100 * 60, undefined],
	// The end lies in the future: clocks differ.
	[-60, 2],
])('X5: %d minutes after the end the next pause is %s minutes', (minutes, pause) => {
	expect(pauseAfter(minutes)).toBe(pause);
});

it('X5: the looks of a whole wait are few, and each pause is at least as long as the one before', () => {
	const pauses: number[] = [];
	for (let minutes = 0; ; minutes += pauses.at(-1) ?? 0) {
		const pause = pauseAfter(minutes);
		if (pause === undefined) break;
		pauses.push(pause);
	}
	expect(pauses.slice(0, 7)).toEqual([2, 2, 4, 8, 16, 32, 60]);
	expect(pauses.length).toBeLessThan(35);
});

it.each([undefined, null, 'yesterday', {}, { since: 'soon' }, { since: 7 }])(
	'X16: an item that carries %p begins to wait now',
	(carried) => {
		expect(waitingFrom(carried, SINCE, USUAL_PATIENCE)).toEqual({ since: SINCE, ...USUAL_PATIENCE });
	},
);

it('X5: an item that waits keeps the time since when, and follows limits that a person has changed', () => {
	const patience = { firstMinutes: 5, longestMinutes: 9, giveUpHours: 1 };
	const carried = { since: '2026-05-31T10:00:00Z', ...USUAL_PATIENCE };
	expect(waitingFrom(carried, SINCE, patience)).toEqual({ since: '2026-05-31T10:00:00.000Z', ...patience });
});
