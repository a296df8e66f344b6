import { forgetPace, pacedKeys, takeTurn } from '../../../lib/http/request-pace';

const PACE = { requests: 10, windowMs: 1050 };

let now = 1_000_000;
const clock = { now: () => now };
beforeEach(() => {
	now = 1_000_000;
	forgetPace();
});

it('X6: lets ten requests go at once and the next ones a second after', () => {
	const waits = Array.from({ length: 25 }, () => takeTurn('https://acme', PACE, clock));
	expect(waits.slice(0, 10)).toEqual(Array(10).fill(0));
	expect(waits.slice(10, 20)).toEqual(Array(10).fill(PACE.windowMs));
	expect(waits.slice(20)).toEqual(Array(5).fill(2 * PACE.windowMs));
});

it('X6: never lets more than ten go within a second, whenever they are asked for', () => {
	const sent: number[] = [];
	for (let n = 0; n < 200; n += 1) {
		sent.push(now + takeTurn('https://acme', PACE, clock));
		now += (n * 37) % 150;
	}
	for (const time of sent) {
		expect(sent.filter((other) => other >= time && other < time + 1000).length).toBeLessThanOrEqual(10);
	}
});

it('counts every tenant for itself, and forgets the oldest', () => {
	for (let n = 0; n < 10; n += 1) takeTurn('https://acme', PACE, clock);
	expect(takeTurn('https://other', PACE, clock)).toBe(0);
	for (let n = 0; n < 1000; n += 1) takeTurn(`https://${n}`, PACE, clock);
	expect(pacedKeys()).toBeLessThanOrEqual(200);
});

it('does not wait for hours when the clock was set back', () => {
	for (let n = 0; n < 10; n += 1) takeTurn('https://acme', PACE, clock);
	now -= 24 * 3_600_000;
	expect(takeTurn('https://acme', PACE, clock)).toBeLessThanOrEqual(PACE.windowMs);
});
