/** Settings that n8n-core reads while it is loaded, and one of n8n-workflow: imported before n8n-core. */
import 'reflect-metadata';

import { setSafeRegexEngine } from 'n8n-workflow';

// Errors of runs are what tests look at; printed as well, they would only hide what failed.
process.env.N8N_LOG_LEVEL ??= 'silent';

// n8n gives up a regular expression of a node's description after 250 ms by the clock, and ends the run. On a busy machine
// a process may stand still for longer than that between two instructions. The expressions are the same without the limit.
setSafeRegexEngine({
	exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
	test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
	replace: (pattern, input, flags, replacement) => input.replace(new RegExp(pattern, flags), replacement),
	matchAll: (pattern, input, flags = '') => [
		...input.matchAll(new RegExp(pattern, flags.includes('g') ? flags : `${flags}g`)),
	],
	split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
});
