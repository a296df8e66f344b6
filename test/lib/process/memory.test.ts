import { Memory } from '../../../lib/process/memory';

describe('memory', () => {
	it('forgets after its lifetime', () => {
		const memory = new Memory<string>(1_000);
		memory.set('a', 'x', 5_000);
		expect(memory.get('a', 5_999)).toBe('x');
		expect(memory.get('a', 6_000)).toBeUndefined();
		expect(memory.size).toBe(0);
	});

	it('keeps no more than its capacity, the newest', () => {
		const memory = new Memory<number>(1_000, 3);
		for (let index = 0; index < 10; index += 1) memory.set(`k${index}`, index, 0);
		expect(memory.size).toBe(3);
		expect([memory.get('k6', 0), memory.get('k9', 0)]).toEqual([undefined, 9]);
	});
});
