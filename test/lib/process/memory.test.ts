import { pause, pausedCredentials, pauseLeft } from '../../../lib/http/pauses';
import { pacedKeys, takeTurn } from '../../../lib/http/request-pace';
import { forgetEverything } from '../../../lib/process/forget';
import { Memory } from '../../../lib/process/memory';

describe('memory', () => {
	it('forgets after its lifetime', () => {
		const memory = new Memory<string>(1_000);
		memory.set('a', 'x', 5_000);
		expect(memory.get('a', 5_999)).toBe('x');
		expect(memory.get('a', 6_000)).toBeUndefined();
		expect(memory.size).toBe(0);
	});

	it('X16: forgets after its lifetime when the clock is set back, by a little or by a year', () => {
		let running = 500;
		jest.spyOn(performance, 'now').mockImplementation(() => running);
		const memory = new Memory<string>(10_000);
		memory.set('revoked', 'x', 1_000_000);
		running += 9_000;
		// Nine seconds have passed, and the clock was set back by eight.
		expect(memory.get('revoked', 1_001_000)).toBe('x');
		running += 1_000;
		expect(memory.get('revoked', 1_002_000)).toBeUndefined();

		memory.set('revoked', 'x', 1_000_000);
		expect(memory.get('revoked', 0)).toBeUndefined();
		expect(memory.get('revoked', 1_000_001)).toBeUndefined();
	});

	it('X6: nobody waits longer because the clock is set back', () => {
		let now = 10_000_000;
		const clock = { now: () => now, random: () => 0 };
		pause('set back', 60_000, clock);
		expect(pauseLeft('set back', clock)).toBe(60_000);
		now -= 3_600_000;
		expect(pauseLeft('set back', clock)).toBe(0);
		pause('set back', 1_000, clock);
		expect(pauseLeft('set back', clock)).toBe(1_000);

		now += 3_600_000;
		const pace = { requests: 1, windowMs: 1_000 };
		const turn = () => takeTurn('set back', pace, clock);
		expect([turn(), turn()]).toEqual([0, 1_000]);
		now -= 1_800_000;
		expect(turn()).toBe(2_000);
	});

	it('keeps no more than its capacity, the newest', () => {
		const memory = new Memory<number>(1_000, 3);
		for (let index = 0; index < 10; index += 1) memory.set(`k${index}`, index, 0);
		expect(memory.size).toBe(3);
		expect([memory.get('k6', 0), memory.get('k9', 0)]).toEqual([undefined, 9]);
	});

	it('is empty in all of the process once everything is forgotten, as after a restart', () => {
		const clock = { now: () => 1_000_000 };
		const memories = [new Memory<string>(1_000), new Memory<string>(1_000)];
		for (const memory of memories) memory.set('a', 'x', 0);
		pause('key', 1_000, clock);
		takeTurn('acme', { requests: 10, windowMs: 1_000 }, clock);
		const sizes = () => [...memories.map(({ size }) => size), pausedCredentials(), pacedKeys()];
		expect(sizes()).toEqual([1, 1, 1, 1]);
		forgetEverything();
		expect(sizes()).toEqual([0, 0, 0, 0]);
	});
});
