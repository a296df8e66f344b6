import {
	LONGEST_PAUSE,
	RESTART_SPREAD,
	endAllPauses,
	pause,
	pauseLeft,
	pausedCredentials,
} from '../../../lib/http/pauses';
import { FakeClock } from './scripted';

beforeEach(endAllPauses);

describe('pauses', () => {
	it('X6: hold back one credential and no other', () => {
		const clock = new FakeClock();
		clock.chance = 0;
		pause('a', 2_000, clock);
		expect(pauseLeft('a', clock)).toBe(2_000);
		expect(pauseLeft('b', clock)).toBe(0);
		clock.advance(2_000);
		expect(pauseLeft('a', clock)).toBe(0);
	});

	it('X6: are not shortened by a later, shorter one', () => {
		const clock = new FakeClock();
		clock.chance = 0;
		pause('a', 5_000, clock);
		pause('a', 100, clock);
		expect(pauseLeft('a', clock)).toBe(5_000);
	});

	it('X6: end at different moments for those who wait', () => {
		const clock = new FakeClock();
		pause('a', 1_000, clock);
		const waits = [0, 0.25, 0.99].map((chance) => {
			clock.chance = chance;
			return pauseLeft('a', clock);
		});
		expect(waits).toEqual([1_000, 1_000 + RESTART_SPREAD / 4, 1_000 + Math.ceil(RESTART_SPREAD * 0.99)]);
	});

	it('X6: are never longer than five minutes, whatever a header says', () => {
		const clock = new FakeClock();
		clock.chance = 0;
		pause('a', 86_400_000, clock);
		expect(pauseLeft('a', clock)).toBe(LONGEST_PAUSE);
	});

	it('X6: need bounded memory', () => {
		const clock = new FakeClock();
		for (let index = 0; index < 2_000; index += 1) pause(`key ${index}`, 1_000, clock);
		expect(pausedCredentials()).toBeLessThanOrEqual(500);
		expect(pauseLeft('key 1999', clock)).toBeGreaterThan(0);
		clock.advance(2_000);
		pause('new', 1_000, clock);
		expect(pausedCredentials()).toBe(1);
	});
});
