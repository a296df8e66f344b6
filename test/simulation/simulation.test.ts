import { explore, scenarioOf, wordsFor } from './explore';
import { PLANTED_FAULTS } from './planted-faults';
import { run } from './run';

/** Scenarios in each run of the tests; `npm run simulate -- --seeds 100000` takes more. */
const SEEDS = 100;
/** Seeds in which each planted fault is found at the latest. */
const MOST_SEEDS = 300;

/** Minutes, for a machine that is busy. */
const PATIENCE = 20 * 60_000;

describe('everything that can happen', () => {
	it(
		`X1, X2, C6, C14, C16, C17, C20, X5: what ${SEEDS} seeds draw leaves every session, fact, note and file once and right`,
		async () => {
			for (let seed = 1; seed <= SEEDS; seed += 1) {
				const failure = await explore(seed);
				if (failure !== undefined) throw new Error(wordsFor(failure));
			}
		},
		PATIENCE,
	);

	it('is the same for the same seed', async () => {
		const [first, second] = [scenarioOf(7), scenarioOf(7)];
		expect(second).toEqual(first);
		const stories = [await run(first, { tellStory: true }), await run(first, { tellStory: true })];
		expect(stories[1]).toEqual(stories[0]);
	});
});

describe('a fault that is planted is found', () => {
	it.each(Object.keys(PLANTED_FAULTS))(
		'X1: %s',
		async (name) => {
			const plant = PLANTED_FAULTS[name];
			if (plant === undefined) throw new Error('There is no such fault.');
			for (let seed = 1; seed <= MOST_SEEDS; seed += 1) {
				const { problems } = await run(scenarioOf(seed), { tampering: plant() }).catch((error: unknown) => ({
					problems: [String(error)],
				}));
				if (problems.length === 0) continue;
				console.log(`"${name}" is found with ${seed} seeds: ${problems[0] ?? ''}`);
				return;
			}
			throw new Error(`Not found in ${MOST_SEEDS} seeds: the simulation is blind for it.`);
		},
		PATIENCE,
	);
});
