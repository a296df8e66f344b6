import { expectAllFine, PATIENCE } from './every-seed';

describe('everything that can happen', () => {
	it(
		'X1, X2, C6, C14, C16, C17, X5, X13: what the second 1000 seeds draw leaves each session, fact, note and file once and right',
		() => expectAllFine(1001, 2000),
		PATIENCE,
	);
});
