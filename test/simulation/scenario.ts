/** What may happen in a simulation, and in which order: drawn by fast-check, which also makes a failing one smaller. */
import fc from 'fast-check';

import { FAULT_KINDS, type Fault } from './network';
import { IDENTITIES, JOB_KINDS, type Identity, type JobPlan } from './story';

/** How calls are logged: by Session: Log and its recordings, or by the pair of steps of the babelforce workflow. */
export type Way = 'session log' | 'babelforce pair';

/**
 * Somebody deletes the conversation of the first call in Kustomer, or its customer; or merges the customer into another one, who
 * then has the conversations and the number.
 */
export interface Erasure {
	/** After so many requests; nothing happens when nothing is there yet. */
	request: number;
	what: 'conversation' | 'customer' | 'merge';
}

export interface Scenario {
	way: Way;
	/** Only where calls are logged by Session: Log. */
	erasure?: Erasure;
	identity: Identity;
	jobs: JobPlan[];
	faults: Fault[];
	/** Requests by which lists are behind. */
	lag: number;
	/** Milliseconds by which the clock of each worker is ahead. */
	skews: number[];
	/** Which of what is possible happens next. */
	picks: number[];
}

/** Processes that run jobs at the same time. */
export const WORKERS = 3;

const worker = fc.nat({ max: WORKERS - 1 });

const job: fc.Arbitrary<JobPlan> = fc.record({
	kind: fc.constantFrom(...JOB_KINDS),
	session: fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, { arbitrary: fc.constant(1), weight: 1 }),
	worker,
	again: fc.option(worker, { nil: undefined, freq: 3 }),
	late: fc.boolean(),
});

export const scenarios: fc.Arbitrary<Scenario> = fc.record({
	way: fc.oneof(
		{ arbitrary: fc.constant<Way>('session log'), weight: 5 },
		{ arbitrary: fc.constant<Way>('babelforce pair'), weight: 1 },
	),
	erasure: fc.oneof(
		{ arbitrary: fc.constant(undefined), weight: 5 },
		{
			arbitrary: fc.record({
				request: fc.nat({ max: 40 }),
				what: fc.constantFrom<Erasure['what']>('conversation', 'customer', 'merge'),
			}),
			weight: 1,
		},
	),
	identity: fc.constantFrom(...IDENTITIES),
	jobs: fc.array(job, { minLength: 1, maxLength: 6, size: 'max' }),
	faults: fc.oneof(
		fc.constant<Fault[]>([]),
		fc.array(fc.record({ request: fc.nat({ max: 50 }), kind: fc.constantFrom(...FAULT_KINDS) }), {
			maxLength: 3,
			size: 'max',
		}),
	),
	lag: fc.oneof(fc.constant(0), fc.nat({ max: 6 })),
	skews: fc.tuple(...Array.from({ length: WORKERS }, () => fc.integer({ min: -5000, max: 5000 }))),
	picks: fc.array(fc.nat({ max: 11 }), { maxLength: 150, size: 'max' }),
});
