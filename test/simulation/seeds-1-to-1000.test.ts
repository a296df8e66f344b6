import { expectAllFine, PATIENCE } from './every-seed';
import { scenarioOf } from './explore';
import { run } from './run';

describe('everything that can happen', () => {
	it(
		'X1, X2, C6, C14, C16, C17, X5, X13: what the first 1000 seeds draw leaves each session, fact, note and file once and right',
		() => expectAllFine(1, 1000),
		PATIENCE,
	);

	it('X1: the same seed is the same story', async () => {
		expect(scenarioOf(7)).toEqual(scenarioOf(7));
		const [first, second] = [
			await run(scenarioOf(7), { tellStory: true }),
			await run(scenarioOf(7), { tellStory: true }),
		];
		expect(first.story.length).toBeGreaterThan(10);
		expect(second).toEqual(first);
	});
});
