import { scenarioOf } from './explore';
import { PLANTED_FAULTS } from './planted-faults';
import { run } from './run';

/** Seeds in which each planted fault is found at the latest; most are found in the first few. */
const MOST_SEEDS = 50;

/** The first seed that finds a fault. @returns undefined when none does */
async function firstToFind(name: string): Promise<number | undefined> {
	const plant = PLANTED_FAULTS[name];
	if (plant === undefined) throw new Error('There is no such fault.');
	for (let seed = 1; seed <= MOST_SEEDS; seed += 1) {
		const { problems } = await run(scenarioOf(seed), { tampering: plant() });
		if (problems.length > 0) return seed;
	}
	return undefined;
}

describe('a fault that is planted is found', () => {
	it.each(Object.keys(PLANTED_FAULTS))(
		'X1: %s',
		async (name) => {
			// The same seeds find nothing without it.
			const seed = await firstToFind(name);
			expect(seed).toBeDefined();
			expect((await run(scenarioOf(seed ?? 0))).problems).toEqual([]);
		},
		5 * 60_000,
	);
});
