/**
 * `npm run simulate -- --seeds 100000 [--from 1] [--stop 3]`: scenarios of Session: Log by their seeds, until so many have
 * failed. Prints each failing one, made smaller.
 */
import { parseArgs } from 'node:util';

import { explore, wordsFor } from './explore';

const { values } = parseArgs({
	options: {
		seeds: { type: 'string', default: '2000' },
		from: { type: 'string', default: '1' },
		stop: { type: 'string', default: '3' },
	},
});

async function main(): Promise<void> {
	const [seeds, from, stop] = [Number(values.seeds), Number(values.from), Number(values.stop)];
	const began = performance.now();
	let failed = 0;
	let seed = from;
	for (; seed < from + seeds && failed < stop; seed += 1) {
		const failure = await explore(seed);
		if (failure === undefined) continue;
		failed += 1;
		console.log(`${wordsFor(failure)}\n`);
	}
	const seconds = ((performance.now() - began) / 1000).toFixed(1);
	console.log(`${seed - from} seeds, ${failed} failed, ${seconds} s`);
	process.exitCode = failed === 0 ? 0 : 1;
}

void main();
