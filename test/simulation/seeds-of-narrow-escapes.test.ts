import { explore, wordsFor } from './explore';
import { PATIENCE } from './every-seed';

/** What happened once with seeds beyond those that are always run, and must not happen again. */
describe('seeds that took a long look to find', () => {
	it.each([
		[2147, 'C16: a process that dies before it logs the session takes the conversation from nobody'],
		[8113, 'C16: the agent of a session that was not logged is no decision of a person'],
		[3750, 'C17: a conversation that another process has moved to a customer of a weaker name comes back'],
		[4850, 'C17: a conversation that is moved to a customer while they are given up comes back'],
	])(
		'%i, %s',
		async (seed) => {
			const failure = await explore(seed);
			expect(failure === undefined ? '' : wordsFor(failure)).toBe('');
		},
		PATIENCE,
	);
});
