/** Runs scenarios by their seeds, and makes a failing one smaller. */
import fc from 'fast-check';

import { run, type Outcome, type RunOptions } from './run';
import { scenarios, type Scenario } from './scenario';

/** A scenario in which something goes wrong. */
export interface Failure {
	seed: number;
	/** As small as it could be made. */
	scenario: Scenario;
	outcome: Outcome;
}

/** The scenario of a seed. The same seed gives the same one on every machine. */
export function scenarioOf(seed: number): Scenario {
	const [scenario] = fc.sample(scenarios, { seed, numRuns: 1 });
	if (scenario === undefined) throw new Error('There is no scenario.');
	return scenario;
}

/** Milliseconds that making a scenario smaller may take. */
const LONGEST_SHRINKING = 20_000;

/** Runs one seed. @returns what went wrong, made as small as time allows */
export async function explore(
	seed: number,
	options: RunOptions = {},
	shrinkMs = LONGEST_SHRINKING,
): Promise<Failure | undefined> {
	const whole = scenarioOf(seed);
	const first = await run(whole, options);
	if (first.problems.length === 0) return undefined;
	const smallest = shrinkMs > 0 ? await shrink(whole, first, options, shrinkMs) : whole;
	return { seed, scenario: smallest, outcome: await run(smallest, { ...options, tellStory: true }) };
}

/** Leaves out one thing after the other, as long as the same thing goes wrong: delta debugging. */
async function shrink(
	whole: Scenario,
	first: Outcome,
	options: RunOptions,
	milliseconds: number,
): Promise<Scenario> {
	const until = performance.now() + milliseconds;
	const kind = kindOf(first);
	const fails = async (scenario: Scenario) => {
		if (performance.now() > until) return false;
		const outcome = await run(scenario, options).catch(() => undefined);
		return outcome !== undefined && kindOf(outcome) === kind;
	};
	let best = whole;
	for (let before = ''; before !== JSON.stringify(best); ) {
		before = JSON.stringify(best);
		for (const part of ['jobs', 'faults', 'picks'] as const) {
			best = {
				...best,
				[part]: await fewer(best[part] as unknown[], (list) => fails({ ...best, [part]: list as never })),
			};
		}
		for (const simpler of simplerThan(best))
			if (await fails({ ...best, ...simpler })) best = { ...best, ...simpler };
		for (const [index, pick] of best.picks.entries()) {
			if (pick === 0) continue;
			const picks = best.picks.with(index, 0);
			if (await fails({ ...best, picks })) best = { ...best, picks };
		}
	}
	return best;
}

/** What went wrong first, without the values: making it smaller must not change the subject. */
function kindOf({ problems }: Outcome): string {
	return (problems[0] ?? '').replace(/"[^"]*"|\d+/g, '…').split(/[[{]/)[0] ?? '';
}

function* simplerThan({ jobs, skews }: Scenario): Generator<Partial<Scenario>> {
	yield { lag: 0 };
	yield { erasure: undefined };
	yield { skews: skews.map(() => 0) };
	for (const [index, job] of jobs.entries()) {
		yield { jobs: jobs.with(index, { ...job, again: undefined }) };
		yield { jobs: jobs.with(index, { ...job, worker: 0 }) };
		yield { jobs: jobs.with(index, { ...job, late: false }) };
	}
}

/** Leaves out half of a list, then quarters, and so on. https://www.st.cs.uni-saarland.de/papers/tse2002/ */
async function fewer<T>(list: readonly T[], fails: (list: T[]) => Promise<boolean>): Promise<T[]> {
	let kept = [...list];
	for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
		for (let start = 0; start < kept.length; ) {
			const without = [...kept.slice(0, start), ...kept.slice(start + size)];
			if (await fails(without)) kept = without;
			else start += size;
		}
	}
	return kept;
}

/** A failure as people read it. */
export function wordsFor({ seed, scenario, outcome }: Failure): string {
	const { picks, ...rest } = scenario;
	return [
		`Seed ${seed}, made smaller:`,
		...outcome.problems.map((problem) => `  ${problem}`),
		`Scenario: ${JSON.stringify(rest)}, picks ${picks.join(' ')}`,
		'What happened:',
		...outcome.story.map((line) => `  ${line}`),
	].join('\n');
}
