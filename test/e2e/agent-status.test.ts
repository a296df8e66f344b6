/**
 * The workflows of agent status in a real n8n, between a stand-in of Kustomer and one of each platform. The shipped files run
 * as they are; only the interval is shorter and the table is complete.
 */
import { addAgents, SANDBOX } from '../../sandbox/kustomer';

import { useSandbox } from './harness/sandbox';
import { changeAtRandom, randomNumbers } from './harness/status-changes';
import { StatusLane, type LaneOptions } from './harness/status-lane';
import { waitFor } from './harness/wait';

const AGENTS = 200;
const CHANGING_MS = 60_000;
const CHANGES_PER_SECOND = 4;
const QUIET_LOOKS = 10;
const LONG = 420_000;
const USUAL = 300_000;

/** Seconds: longer than a run takes, also on a busy machine. Two runs at once may both write and report the same. */
const SHORT_INTERVAL = 4;

const SEED = Number(process.env.STATUS_SEED ?? Date.now() % 1_000_000);

const sandbox = useSandbox({ workflows: [] });

type Open = (options: Omit<LaneOptions, 'interval'> & { interval?: number }) => Promise<StatusLane>;

let count = 0;
/** Runs a test that opens lanes, and closes them after it. Tests wait most of their time, so they run side by side. */
async function withLanes(test: (open: Open) => Promise<void>): Promise<void> {
	const lanes: StatusLane[] = [];
	try {
		await test(async (options) => {
			count += 1;
			const all = { interval: SHORT_INTERVAL, ...options };
			const lane = await StatusLane.open(sandbox, `status-${count}`, all);
			lanes.push(lane);
			return lane;
		});
	} finally {
		await Promise.all(lanes.map(async (lane) => await lane.close()));
	}
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const sentences = async (lane: StatusLane) => (await lane.failures()).map(({ message }) => message);

it.concurrent(
	'S3, S8: 200 agents who change their status on both sides for a minute: both sides fit the table within two intervals of the last change, and then nothing is written any more',
	async () =>
		await withLanes(async (open) => {
			say(`Seed of the changes: ${SEED}`);
			const random = randomNumbers(SEED);
			const oneOf = (values: readonly string[]) => values[Math.floor(random() * values.length)] ?? '';
			const statuses = ['Available', 'Unavailable', 'Lunch', 'Email', 'Training'];
			const agents = Array.from({ length: AGENTS }, () => oneOf(statuses));
			const both = await Promise.all(
				[false, true].map(
					async (babelforce) => await open({ workflow: 'twoWay', babelforce, agents, interval: 3 }),
				),
			);
			// Half of them do not fit at first.
			for (const lane of both) {
				const shown = [...new Set(Object.values(lane.platform.mapping))];
				for (let index = 0; index < AGENTS; index += 2) lane.platform.picks(index, oneOf(shown));
				await lane.start();
				await lane.settled();
			}

			const settled = both.map(async (lane) => {
				const done = await changeAtRandom(lane, random, { ms: CHANGING_MS, perSecond: CHANGES_PER_SECOND });
				const [looks, since] = [lane.looks, Date.now()];
				expect(lane.unsettled()).not.toEqual([]);
				await lane.settled();
				const took = { looks: lane.looks - looks, ms: Date.now() - since };
				const { platform, kustomer } = lane.written;
				say(
					`${lane.name}: ${done.changes} changes (${done.conflicts} on both sides at once), ${done.calls} calls, ${platform} writes to the platform, ${kustomer} to Kustomer; settled after ${took.looks} looks, ${took.ms} ms`,
				);
				expect(took.looks).toBeLessThanOrEqual(2);
				expect(done.changes).toBeGreaterThan(100);
				expect(kustomer).toBeGreaterThan(20);
				expect(platform).toBeGreaterThan(20);
				expect(platform + kustomer).toBeLessThanOrEqual(done.changes + AGENTS);
			});
			await Promise.all(settled);

			const attempts = both.map((lane) => lane.attempts);
			await Promise.all(both.map(async (lane) => await lane.afterLooks(QUIET_LOOKS)));
			expect(both.map((lane) => lane.attempts)).toEqual(attempts);
			expect(await Promise.all(both.map(sentences))).toEqual([[], []]);
			// A run every 15 seconds must not fill the database.
			expect(await Promise.all(both.map(async (lane) => await lane.kept()))).toEqual([[], []]);
		}),
	LONG,
);

it.concurrent.each([['toCcaip'], ['toBabelforce']] as const)(
	'S2, S5, S8: the workflow %s: what an agent chose last in Kustomer applies after the call; who signs in appears mapped',
	async (workflow) =>
		await withLanes(async (open) => {
			const lane = await open({ workflow, agents: ['Available', 'Available', undefined] });
			const { platform } = lane;
			await lane.start();
			await lane.afterLooks(1);

			platform.callStarts(0);
			await lane.afterLooks(1);
			lane.choose(0, 'Lunch');
			await lane.afterLooks(2);
			lane.choose(0, 'Email');
			await lane.afterLooks(2);
			platform.callEnds(0);
			await lane.afterLooks(1);
			expect(lane.attempts).toBe(0);
			platform.wrapUpEnds(0);
			await lane.settled();
			expect(platform.changesByApi()).toEqual([{ index: 0, status: platform.mapping.Email }]);

			// S5: the agent who was offline is left alone, until the session begins.
			expect(platform.statusOf(2)).toBe('Available');
			lane.choose(2, 'Lunch');
			await lane.afterLooks(1);
			expect(platform.statusOf(2)).toBe(platform.mapping.Lunch);

			// One way: the platform's own change is set back.
			platform.picks(1, platform.mapping.Unavailable ?? '');
			await lane.settled();
			const { platform: toPlatform, kustomer: toKustomer } = lane.written;
			expect([toPlatform, toKustomer]).toEqual([3, 0]);
			await lane.afterLooks(2);
			expect(lane.written).toEqual({ platform: 3, kustomer: 0 });
			expect(await sentences(lane)).toEqual([]);
		}),
	USUAL,
);

it.concurrent(
	'S7: agents who have selected some teams: only they are followed, and nobody else is reported',
	async () =>
		await withLanes(async (open) => {
			const team = SANDBOX.teams.voice;
			const lane = await open({
				workflow: 'toCcaip',
				agents: ['Available', 'Available'],
				compare: { teams: { entries: [{ team: { __rl: true, mode: 'id', value: team.id } }] } },
			});
			// Both are members; only the first has selected the team for the shift.
			const { teams, workSessions } = lane.kustomer.store;
			teams.set(team.id, { ...teams.get(team.id)!, members: lane.users.slice(0, 2) });
			lane.users.forEach((user, index) => {
				for (const session of workSessions.activeOf(user)) {
					session.teamId = index === 0 ? team.id : SANDBOX.teams.support.id;
				}
			});
			await lane.start();
			await lane.afterLooks(1);
			lane.choose(0, 'Lunch');
			lane.choose(1, 'Lunch');
			await waitFor('the agent of the team', () => lane.fits(0));
			await lane.afterLooks(2);
			expect(lane.platform.statusOf(1)).toBe('Available');
			expect(lane.written.platform).toBe(1);
			expect(await sentences(lane)).toEqual([]);
		}),
	USUAL,
);

it.concurrent(
	'S6, S9: what needs a person: is reported once, with a sentence for each, and the others go on',
	async () =>
		await withLanes(async (open) => {
			const lane = await open({
				workflow: 'twoWay',
				agents: ['Available', 'Available', 'Available', 'Available', 'Unavailable', 'Training', 'Email'],
				unmapped: ['Email'],
			});
			const { kustomer, platform } = lane;
			const { store } = kustomer;
			const emailOf = (index: number) => store.users.get(lane.users[index] ?? '')?.email ?? '';
			// Another agent of the platform has the address of the first.
			platform.add(20, emailOf(0), 'Available');
			// A second user of Kustomer has the address of the second.
			const [twin] = addAgents(store, 1, { status: () => undefined });
			if (twin !== undefined) store.users.set(twin.id, { ...twin, email: emailOf(1) });
			// Somebody is on the platform only, and somebody in Kustomer only.
			platform.add(21, 'nobody@sandbox.example', 'Available');
			const [alone] = addAgents(store, 1, { status: () => undefined });
			store.users.set(alone?.id ?? '', { ...alone!, email: 'alone@sandbox.example' });
			store.workSessions.signIn(alone?.id ?? '', 'available');
			// Two sessions at once.
			store.workSessions.signIn(lane.users[2] ?? '', 'unavailable');
			// A status that the table has and an agent has is deleted.
			const training = [...store.statuses.values()].find(({ name }) => name === 'Training');
			store.statuses.delete(training?.id ?? '');

			await lane.start();
			await waitFor('the report', async () => (await lane.failures()).length > 0, USUAL);
			const [report] = await lane.failures();
			const codes = report?.problems.map(({ problem }) => problem);
			expect(codes?.sort()).toEqual(
				[
					'duplicateOnPlatform',
					'duplicateInKustomer',
					'notInKustomer',
					'notOnPlatform',
					'severalSessions',
					'tableUnknownStatus',
					'unmappedKustomerStatus',
					'unmappedKustomerStatus',
				].sort(),
			);
			for (const { reason } of report?.problems ?? []) {
				expect(reason).toMatch(/\.$/);
				expect(report?.message).toContain(reason);
			}
			expect(report?.message).toContain('Agent 7: The table has no row for the Kustomer status "Email".');

			lane.choose(3, 'Lunch');
			platform.picks(4, 'Available');
			await waitFor('the others', () => lane.fits(3) && lane.fits(4));
			expect(platform.statusOf(3)).toBe('Meal');
			expect(lane.inKustomer(4)).toBe('Available');
			await lane.afterLooks(3);
			expect(await lane.failures()).toHaveLength(1);
			expect(lane.written).toEqual({ platform: 1, kustomer: 1 });

			// What comes new is news.
			platform.picks(4, 'Break');
			await waitFor('the second report', async () => (await lane.failures()).length > 1);
			expect((await lane.failures())[1]?.problems).toMatchObject([{ problem: 'unmappedPlatformStatus' }]);
		}),
	USUAL,
);

it.concurrent.each([[false], [true]])(
	'S9: what cannot be written: a platform status that is gone fails the run, and everything else is written in the same run (babelforce: %s)',
	async (babelforce) =>
		await withLanes(async (open) => {
			const agents = ['Available', 'Available', 'Available'];
			const lane = await open({ workflow: 'twoWay', babelforce, agents });
			const { platform } = lane;
			await lane.start();
			await lane.afterLooks(1);
			await lane.stop();
			platform.deleteStatus(platform.mapping.Email ?? '');
			lane.choose(0, 'Email');
			lane.choose(1, 'Lunch');
			platform.picks(2, platform.mapping.Unavailable ?? '');
			await lane.start();
			await waitFor('a failed run', async () => (await lane.failures()).length > 0);
			await lane.stop();

			const [failed] = await lane.failures();
			expect(failed?.message).toMatch(
				new RegExp(`Agent .*was not set to ${platform.mapping.Email ?? ''}: .* has no (status|presence)`),
			);
			expect(failed?.problems).toHaveLength(1);
			expect([platform.statusOf(1), lane.inKustomer(2)]).toEqual([platform.mapping.Lunch, 'Unavailable']);
			expect(lane.written).toEqual({ platform: 1, kustomer: 1 });
		}),
	USUAL,
);

it.concurrent(
	'S6: what cannot be written: a platform that gives no agents is reported once, and nobody is taken to be offline',
	async () =>
		await withLanes(async (open) => {
			const lane = await open({ workflow: 'toCcaip', agents: [] });
			await lane.start();
			await waitFor('the report', async () => (await lane.failures()).length > 0);
			await lane.afterLooks(3);
			const reports = await lane.failures();
			expect(reports.map(({ problems }) => problems.map(({ problem }) => problem))).toEqual([['noAgents']]);
		}),
	USUAL,
);

it.concurrent(
	'S3, S4: agents who changed both sides: the later change wins, or Kustomer overrides; what was seen before a restart is remembered',
	async () =>
		await withLanes(async (open) => {
			const agents = ['Available', 'Available', 'Available'];
			const [recent, overrides] = await Promise.all(
				(['mostRecent', 'kustomer'] as const).map(
					async (priority) => await open({ workflow: 'twoWay', agents, compare: { priority } }),
				),
			);
			if (recent === undefined || overrides === undefined) throw new Error('No lanes');
			for (const lane of [recent, overrides]) {
				await lane.start();
				await lane.afterLooks(1);
				await lane.stop();
				const now = Date.now();
				// 0: the platform later. 1: Kustomer later. 2: only the platform.
				lane.choose(0, 'Lunch', now - 5000);
				lane.platform.picks(0, 'Unavailable');
				lane.platform.picks(1, 'Unavailable');
				lane.choose(1, 'Lunch', now + 5000);
				lane.platform.picks(2, 'Unavailable');
				await lane.start();
				await lane.settled();
			}
			const shown = (lane: StatusLane) => [0, 1, 2].map((index) => lane.inKustomer(index));
			expect(shown(recent)).toEqual(['Unavailable', 'Lunch', 'Unavailable']);
			expect(shown(overrides)).toEqual(['Lunch', 'Lunch', 'Unavailable']);
		}),
	USUAL,
);

it.concurrent(
	'S2, S3: a push from Kustomer: starts a look at once, one for all agents, and what was seen stays remembered',
	async () =>
		await withLanes(async (open) => {
			const agents = ['Available', 'Available', 'Available'];
			const lane = await open({ workflow: 'twoWay', agents, interval: 59, pushes: true });
			await lane.start();
			// What the trigger sees at first is what changes are told from.
			const { requests } = lane.kustomer;
			await waitFor('the first look', () => requests.some(({ path }) => path.endsWith('/work-sessions')));
			await new Promise((next) => setTimeout(next, 1000));
			const pushed = async (...changed: number[]) => {
				const looks = lane.looks;
				expect(await lane.push()).toBe(202);
				await waitFor('the platform to follow', () => changed.every((index) => lane.fits(index)), 10_000);
				await waitFor('the run to end', async () => (await lane.underWay()) === 0);
				return lane.looks - looks;
			};
			lane.choose(0, 'Lunch');
			lane.choose(1, 'Lunch');
			expect(await pushed(0, 1)).toBeLessThanOrEqual(2);
			// Seen by a look that another agent caused, and remembered from the one before.
			lane.platform.picks(2, 'Unavailable');
			lane.choose(0, 'Email');
			await pushed(0, 2);
			expect([0, 1, 2].map((index) => lane.inKustomer(index))).toEqual(['Email', 'Lunch', 'Unavailable']);
			expect(lane.written).toEqual({ platform: 3, kustomer: 1 });
		}),
	USUAL,
);

it.concurrent(
	'X6: when a side is down: runs fail with a clear sentence, and later everything settles by itself with one write each',
	async () =>
		await withLanes(async (open) => {
			const lane = await open({
				workflow: 'twoWay',
				agents: ['Available', 'Available', 'Available', 'Available'],
				impatient: true,
			});
			await lane.start();
			await lane.afterLooks(1);
			const down = { times: 1_000_000, fault: { kind: 'status', status: 503 } } as const;

			lane.kustomer.faults.add(down);
			lane.choose(0, 'Lunch');
			lane.platform.picks(1, 'Meal');
			await lane.afterLooks(2);
			lane.kustomer.faults.clear();
			await lane.settled();
			const failed = await sentences(lane);
			expect(failed.length).toBeGreaterThan(0);
			for (const sentence of failed) expect(sentence).toMatch(/Kustomer/);
			await lane.afterLooks(2);
			expect(lane.written).toEqual({ platform: 1, kustomer: 1 });

			const earlier = (await lane.failures()).length;
			lane.platform.faults.add(down);
			lane.choose(2, 'Lunch');
			lane.platform.picks(3, 'Meal');
			await waitFor('a failed run', async () => (await lane.failures()).length > earlier);
			lane.platform.faults.clear();
			await lane.settled();
			const later = (await sentences(lane)).slice(earlier);
			for (const sentence of later) expect(sentence).toMatch(/CCAI Platform/);
			await lane.afterLooks(2);
			expect(lane.written).toEqual({ platform: 2, kustomer: 2 });
			say(`Down: ${failed[0]} / ${later[0]}`);
		}),
	USUAL,
);

it.concurrent(
	'S3: when a side is down: runs that overlap, because each takes longer than the interval, come to the same result',
	async () =>
		await withLanes(async (open) => {
			const agents = Array.from({ length: 10 }, () => 'Available');
			const lane = await open({ workflow: 'twoWay', babelforce: true, agents, interval: 1 });
			await lane.start();
			await lane.afterLooks(1);
			const slow = { kind: 'delay', ms: 2500 } as const;
			lane.platform.faults.add({ method: 'GET', path: /\/agents$/, times: 1_000_000, fault: slow });
			await waitFor('two runs at once', async () => (await lane.underWay()) > 1);
			for (const index of agents.keys()) {
				if (index % 2 === 0) lane.choose(index, 'Lunch');
				else lane.platform.picks(index, 'Busy');
				await new Promise((next) => setTimeout(next, 300));
			}
			await lane.settled();
			lane.platform.faults.clear();
			await lane.afterLooks(3);
			const { attempts } = lane;
			await lane.afterLooks(3);
			expect(lane.attempts).toBe(attempts);
			expect(agents.map((_, index) => lane.inKustomer(index))).toEqual(
				agents.map((_, index) => (index % 2 === 0 ? 'Lunch' : 'Unavailable')),
			);
			expect(await sentences(lane)).toEqual([]);
		}),
	USUAL,
);

it.concurrent(
	'X6: the cost: 1,000 agents every 15 seconds take less than a quarter of what the smallest plan of Kustomer allows',
	async () =>
		await withLanes(async (open) => {
			const agents = Array.from({ length: 1000 }, () => 'Available');
			const costOf = async (workflow: 'toCcaip' | 'toBabelforce') => {
				const lane = await open({ workflow, agents, interval: 4 });
				await lane.start();
				// As many looks as a minute has with the interval of the file, and a change for each.
				for (let look = 1; look <= 4; look += 1) {
					await waitFor('a look', () => lane.looks >= look, USUAL);
					if (look < 4) lane.choose(look, 'Lunch');
				}
				await lane.stop();
				// A busy machine begins another look before the lane has stopped.
				const aMinute = (requests: readonly unknown[]) => Math.round((requests.length * 4) / lane.looks);
				const { kustomer, platform } = lane;
				say(
					`${workflow}: ${aMinute(kustomer.requests)} requests a minute to Kustomer, ${aMinute(platform.requests())} to the platform`,
				);
				expect(lane.looks).toBeGreaterThanOrEqual(4);
				expect(aMinute(kustomer.requests)).toBeLessThan(75);
				expect(lane.unsettled()).toEqual([]);
			};
			await Promise.all([costOf('toCcaip'), costOf('toBabelforce')]);
		}),
	USUAL,
);
