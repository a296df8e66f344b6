/**
 * The order of test files: end-to-end tests first, which take longest and wait most of their time, then short files with much
 * work, then everything else. So the long ones run beside each other, and no single one is left over at the end. Within that, jest's
 * own order: what failed last time, then what took longest.
 */
'use strict';

const { basename } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** jest takes a long file for a long test; of these it is not true. */
const MUCH_WORK = /^(?:lint|hostile-input|planted-faults|seeds-[\w-]+)\.test\.ts$/;

/** @param {import('@jest/test-sequencer').Test} test */
function rank({ path, context }) {
	if (context.config.displayName?.name === 'e2e') return 0;
	return MUCH_WORK.test(basename(path)) ? 1 : 2;
}

class LongestFirst extends Sequencer {
	/** @param {import('@jest/test-sequencer').Test[]} tests */
	sort(tests) {
		// The sort of arrays is stable.
		return super.sort(tests).sort((one, other) => rank(one) - rank(other));
	}
}

module.exports = LongestFirst;
