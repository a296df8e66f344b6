/** S3, S8: whatever happens, the two sides come to rest, and at rest nothing is written. */
import fc from 'fast-check';

import { isConsistent } from '../../../../lib/agent-status/rules/lead';
import { readTable, toKustomer, toPlatform } from '../../../../lib/agent-status/rules/mapping';
import type { SyncDirection, Priority, Status } from '../../../../lib/domain/agent-status';
import { OFFLINE, Simulation, type Fate } from './simulation';

const KUSTOMER: Status[] = ['A', 'B', 'C', 'D'].map((letter) => ({
	id: `k${letter}`,
	name: `Status ${letter}`,
}));
const PLATFORM: Status[] = ['p0', 'p1', 'p2', 'p3'].map((name) => ({ id: name, name }));
const KNOWN = [
	...KUSTOMER.map(({ id = '', name }) => ({ id, name, settable: true })),
	{ id: 'k-offline', name: 'Offline', settable: false },
];

const kustomerText = fc.constantFrom('kA', 'kB', 'Status C', 'status  d', 'Offline', 'k-gone', '');
const platformText = fc.constantFrom('p0', 'P1', 'p2', 'p3', '');
const table = fc.array(fc.record({ kustomer: kustomerText, platform: platformText }), { maxLength: 7 });

type Step = readonly [what: string, which: number];
const step: fc.Arbitrary<Step> = fc.tuple(
	fc.constantFrom(
		'kustomer',
		'kustomer',
		'platform',
		'platform',
		'look',
		'look',
		'look',
		'begin call',
		'end call',
		'sign in',
		'sign out',
		'offline',
		'online',
		'deliver',
		'forget',
	),
	fc.nat({ max: 3 }),
);

interface Run {
	rows: Array<{ kustomer: string; platform: string }>;
	fallback: string | undefined;
	direction: SyncDirection;
	priority: Priority;
	hides: boolean;
	withTimes: boolean;
	start: [number, number];
	steps: Step[];
	fates: Fate[];
	fatesAtTheEnd: Fate[];
}

const run: fc.Arbitrary<Run> = fc.record({
	rows: table,
	fallback: fc.option(platformText, { nil: undefined }),
	direction: fc.constantFrom<SyncDirection>('both', 'both', 'kustomerToPlatform', 'platformToKustomer'),
	priority: fc.constantFrom<Priority>('mostRecent', 'kustomer'),
	hides: fc.boolean(),
	withTimes: fc.boolean(),
	start: fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })),
	steps: fc.array(step, { maxLength: 40 }),
	fates: fc.array(fc.constantFrom<Fate>('works', 'fails', 'late'), { maxLength: 8 }),
	fatesAtTheEnd: fc.array(fc.constantFrom<Fate>('works', 'fails'), { maxLength: 4 }),
});

function simulate(given: Run) {
	const { mapping } = readTable(given.rows, given.fallback, KNOWN);
	const rules = { mapping, direction: given.direction, priority: given.priority };
	const [k, p] = given.start;
	const world = new Simulation(rules, given.hides, given.withTimes, {
		kustomer: KUSTOMER[k] ?? OFFLINE,
		platform: PLATFORM[p] ?? OFFLINE,
	});
	world.knownOnPlatform = PLATFORM;
	world.schedule(...given.fates);
	for (const [what, which] of given.steps) {
		world.now += 1000;
		const kustomer = KUSTOMER[which] ?? OFFLINE;
		const platform = PLATFORM[which] ?? OFFLINE;
		if (what === 'kustomer') world.chooseInKustomer(kustomer);
		if (what === 'platform') world.chooseOnPlatform(platform);
		if (what === 'look') world.look();
		if (what === 'begin call') world.beginCall();
		if (what === 'end call') world.endCall();
		if (what === 'sign in') world.signIn(kustomer);
		if (what === 'sign out') world.signOut();
		if (what === 'offline') world.setOnline(false);
		if (what === 'online') world.setOnline(true);
		if (what === 'deliver') world.deliver();
		if (what === 'forget') world.memory = undefined;
	}
	return { world, rules };
}

/** Longer than any repetition waits. */
const LONG = 11 * 60_000;

/** Everything that is under way arrives, nobody changes anything any more, and some of the last writes fail. */
function letSettle(world: Simulation, lastFates: Fate[] = []): number {
	world.endCall();
	world.setOnline(true);
	world.deliver();
	world.schedule(...lastFates);
	const before = world.writes.length;
	for (let look = 0; look < lastFates.length + 3; look += 1) world.look(LONG);
	return world.writes.length - before;
}

describe('whatever the table, the changes, the calls and the failures', () => {
	it('S3: the agent comes to rest after one write that takes effect, and then nothing is written', () => {
		fc.assert(
			fc.property(run, (given) => {
				const { world } = simulate(given);
				const failing = given.fatesAtTheEnd.filter((fate) => fate === 'fails').length;
				expect(letSettle(world, given.fatesAtTheEnd)).toBeLessThanOrEqual(1 + failing);

				const atRest = world.writes.length;
				for (let look = 0; look < 5; look += 1) world.look();
				for (let look = 0; look < 5; look += 1) world.look(LONG);
				expect(world.writes.length).toBe(atRest);
			}),
			{ numRuns: 5000 },
		);
	});

	it('S3: at rest every pair that the table can bring together fits', () => {
		fc.assert(
			fc.property(run, (given) => {
				const { world, rules } = simulate(given);
				letSettle(world);
				const { view } = world;
				if (isConsistent(rules.mapping, view)) return;
				const decision = world.look();
				expect(decision.write).toBeUndefined();
				// Whoever is not signed in to Kustomer cannot be given a status there.
				if (view.kustomer.session === undefined) return;
				// What does not fit has no row on the side that is followed (S9).
				expect(decision.problem?.code).toMatch(/^unmapped/);
				const forth = toPlatform(rules.mapping, view.kustomer.status);
				const back = toKustomer(rules.mapping, view.platform.status ?? {});
				expect(decision.problem?.code === 'unmappedKustomerStatus' ? forth : back).toBeUndefined();
			}),
			{ numRuns: 5000 },
		);
	});

	it('S8: nothing is written on the platform during a call', () => {
		fc.assert(
			fc.property(run, (given) => {
				// Late writes may meet a call that began after they were sent.
				const { world } = simulate({ ...given, fates: given.fates.filter((fate) => fate !== 'late') });
				expect(world.interruptions).toBe(0);
			}),
			{ numRuns: 3000 },
		);
	});

	it('S3: one direction never writes on the other side', () => {
		fc.assert(
			fc.property(run, (given) => {
				const { world } = simulate(given);
				for (const { write } of world.writes) {
					if (given.direction === 'kustomerToPlatform') expect(write?.side).toBe('platform');
					if (given.direction === 'platformToKustomer') expect(write?.side).toBe('kustomer');
				}
			}),
			{ numRuns: 1000 },
		);
	});

	it('S8: what the platform falls back to after a call never comes to Kustomer', () => {
		const steps = fc.array(
			fc.tuple(
				fc.constantFrom('kustomer', 'platform', 'look', 'begin call', 'end call'),
				fc.integer({ min: 1, max: 3 }),
			),
			{ maxLength: 30 },
		);
		fc.assert(
			fc.property(
				steps,
				fc.boolean(),
				fc.constantFrom<Priority>('mostRecent', 'kustomer'),
				(given, times, priority) => {
					// p3 and D have no row.
					const rows = ['kA', 'kB', 'kC'].map((kustomer, index) => ({ kustomer, platform: `p${index}` }));
					const { mapping } = readTable(rows, undefined, KNOWN);
					const [, b = OFFLINE] = KUSTOMER;
					const [, p1 = OFFLINE] = PLATFORM;
					const world = new Simulation({ mapping, direction: 'both', priority }, true, times, {
						kustomer: b,
						platform: p1,
					});
					world.knownOnPlatform = PLATFORM;
					world.look();
					// Nobody chooses A or p0. A call that is over before the next look cannot be noticed.
					for (const [what, which] of given) {
						if (what === 'kustomer') world.chooseInKustomer(KUSTOMER[which] ?? OFFLINE);
						if (what === 'platform') world.chooseOnPlatform(PLATFORM[which] ?? OFFLINE);
						if (what === 'begin call') world.beginCall();
						if (what === 'end call') world.endCall();
						if (what !== 'platform' && what !== 'kustomer') world.look();
					}
					for (const { write } of world.writes) {
						if (write?.side === 'kustomer') expect(write.status.id).not.toBe('kA');
					}
				},
			),
			{ numRuns: 3000 },
		);
	});

	it('S8: with Kustomer overriding, the newest Kustomer status is what the platform shows after a call', () => {
		const states = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 5 });
		fc.assert(
			fc.property(
				fc.boolean(),
				fc.boolean(),
				states,
				fc.option(fc.nat({ max: 3 })),
				(hides, times, chosen, next) => {
					const { mapping } = readTable(
						KUSTOMER.map(({ id = '' }, index) => ({ kustomer: id, platform: `p${index}` })),
					);
					const rules = { mapping, direction: 'both', priority: 'kustomer' } as const;
					const [a = OFFLINE] = KUSTOMER;
					const [p0 = OFFLINE] = PLATFORM;
					const world = new Simulation(rules, hides, times, { kustomer: a, platform: p0 });
					world.knownOnPlatform = PLATFORM;
					world.look();
					world.beginCall();
					for (const index of chosen) {
						world.look();
						world.chooseInKustomer(KUSTOMER[index] ?? OFFLINE);
					}
					const newest = world.kustomer;
					world.look();
					// An agent whose Kustomer status is that of before the call made no change that could override anything.
					const changed = newest.id !== a.id;
					if (next !== null && changed) world.chooseOnPlatform(PLATFORM[next] ?? OFFLINE);
					world.look();
					world.endCall();
					world.look();
					world.look();
					expect(world.kustomer).toBe(newest);
					expect(isConsistent(mapping, world.view)).toBe(true);
					expect(world.interruptions).toBe(0);
				},
			),
		);
	});
});
