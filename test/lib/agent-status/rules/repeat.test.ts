import { askFor, FIRST_REPEAT, LONGEST_REPEAT, repeatsAt } from '../../../../lib/agent-status/rules/repeat';

const before = { side: 'platform' as const, to: 'Break', at: 1000, count: 1 };
const same = { side: before.side, to: before.to };

describe('a change that is asked for again', () => {
	it('S3: at once when it is another one', () => {
		for (const wanted of [
			{ ...same, to: 'Ready' },
			{ ...same, side: 'kustomer' as const },
		]) {
			expect(askFor(before, wanted, 1001)).toEqual({ due: true, write: { ...wanted, at: 1001, count: 1 } });
		}
		expect(askFor(undefined, same, 7)).toEqual({ due: true, write: { ...same, at: 7, count: 1 } });
	});

	it('S3: the same one after half a minute, then after twice the time, up to ten minutes', () => {
		expect(askFor(before, same, 1000)).toEqual({ due: false, write: before });
		expect(askFor(before, same, 1000 + FIRST_REPEAT - 1)).toEqual({ due: false, write: before });
		const now = 1000 + FIRST_REPEAT;
		expect(askFor(before, same, now)).toEqual({ due: true, write: { ...before, at: now, count: 2 } });
		const waits = [0, 1, 2, 3, 5, 6, 99].map((count) => repeatsAt({ ...before, count }) - before.at);
		expect(waits).toEqual([30_000, 30_000, 60_000, 120_000, 480_000, LONGEST_REPEAT, LONGEST_REPEAT]);
	});

	it('S3: a clock that was set back silences nobody', () => {
		expect(askFor(before, same, 999).due).toBe(true);
	});
});
