import { StatusWatch, type StatusWatchOptions } from '../../../../lib/agent-status/watch/status-watch';
import type { KustomerLook } from '../../../../lib/agent-status/kustomer-look';
import type { StatusMemory } from '../../../../lib/agent-status/watch/status-changes';

const STATUSES = ['available', 'lunch', 'offline'].map((id) => ({
	id,
	name: id,
	statusType: id,
	system: false,
	enabled: true,
	selectable: true,
}));

/** A watch on a clock that jumps to whatever is waited for. */
function world(options: Partial<StatusWatchOptions> = {}) {
	const state = {
		now: 0,
		status: 'available',
		failing: [] as unknown[],
		looks: [] as number[],
		waits: [] as number[],
		running: 0,
		most: 0,
		emitted: [] as string[],
		failures: [] as number[],
		kept: undefined as StatusMemory | undefined,
		onLook: undefined as ((count: number) => void) | undefined,
	};
	const look = async (): Promise<KustomerLook> => {
		state.looks.push(state.now);
		state.running += 1;
		state.most = Math.max(state.most, state.running);
		state.onLook?.(state.looks.length);
		await Promise.resolve();
		state.running -= 1;
		const failure = state.failing.shift();
		if (failure !== undefined) throw failure as Error;
		const session = { id: 's', userId: 'u', statusId: state.status, statusType: 'x', active: true };
		return { sessions: [session], statuses: STATUSES, agents: [], mayMissSome: false, at: state.now };
	};
	const watch: StatusWatch = new StatusWatch({
		of: 'key',
		teams: [],
		teamBy: 'session',
		reportFirst: false,
		intervalMs: 15_000,
		memory: undefined,
		keep: (memory) => (state.kept = memory),
		look,
		emit: (changes) => state.emitted.push(...changes.map(({ after }) => after.name)),
		failed: (_error, inRow) => state.failures.push(inRow),
		now: () => state.now,
		sleep: async (milliseconds, signal) => {
			await Promise.resolve();
			if (signal.aborted) return;
			state.waits.push(milliseconds);
			state.now += milliseconds;
		},
		...options,
	});
	const until = async (looks: number) => {
		for (let turn = 0; turn < 1000 && state.looks.length < looks; turn += 1) await Promise.resolve();
		watch.stop();
		for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
	};
	return { state, watch, until };
}

describe('watching statuses', () => {
	it('looks at the interval, one look at a time, and hands over only changes', async () => {
		const { state, watch, until } = world();
		state.onLook = (count) => {
			if (count === 3) state.status = 'lunch';
		};
		await watch.start(() => false);
		await until(6);
		expect(state.emitted).toEqual(['lunch']);
		expect(state.most).toBe(1);
		expect(state.waits.slice(1, 4)).toEqual([15_000, 15_000, 15_000]);
		expect(state.kept?.agents).toEqual({ u: ['s', 'lunch'] });
	});

	it('X6: failures make the distance grow, and lose no change', async () => {
		const { state, watch, until } = world();
		await watch.start(() => false);
		state.failing = [new Error('500'), new Error('500'), new Error('500')];
		state.status = 'lunch';
		await until(6);
		expect(state.failures).toEqual([1, 2, 3]);
		expect(state.emitted).toEqual(['lunch']);
		expect(state.waits.slice(1, 5)).toEqual([15_000, 15_000, 30_000, 60_000]);
	});

	it('a change that could not be handed over is handed over at the next look', async () => {
		const tries: number[] = [];
		const { state, watch, until } = world({
			emit: () => {
				tries.push(tries.length);
				if (tries.length === 1) throw new Error('n8n is busy');
			},
		});
		await watch.start(() => false);
		state.status = 'lunch';
		await until(5);
		expect(tries).toHaveLength(2);
		expect(state.failures).toEqual([1]);
	});

	it('a fatal failure of the first look is thrown, any other is tried again', async () => {
		const fatal = world();
		fatal.state.failing = [new Error('no role')];
		await expect(fatal.watch.start(() => true)).rejects.toThrow('no role');
		expect(fatal.state.looks).toHaveLength(1);
		const passing = world({ memory: { of: 'key', agents: { u: ['s', 'lunch'] }, missed: [], reported: {} } });
		passing.state.failing = [new Error('500')];
		await passing.watch.start(() => false);
		await passing.until(3);
		expect(passing.state.emitted).toEqual(['available']);
	});

	it('S5: reports everybody once when told so, whatever is remembered, also when the first look fails', async () => {
		const memory = { of: 'key', agents: { u: ['s', 'available'] as const }, missed: [], reported: {} };
		const { state, watch, until } = world({ memory, reportFirst: true, reportAll: true });
		state.failing = [new Error('500')];
		await watch.start(() => false);
		await until(5);
		expect(state.emitted).toEqual(['available']);
	});

	it('looks soon when asked, but not twice within a second', async () => {
		const { state, watch, until } = world();
		await watch.start(() => false);
		watch.lookSoon();
		watch.lookSoon();
		await until(2);
		expect((state.looks[1] ?? 0) - (state.looks[0] ?? 0)).toBe(1000);
	});

	it('hands nothing over after it was stopped', async () => {
		const { state, watch } = world({ reportFirst: true });
		await watch.start(() => false);
		watch.stop();
		for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
		expect([state.emitted, state.looks.length]).toEqual([[], 1]);
	});
});
