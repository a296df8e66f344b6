import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import {
	MOST_AGENTS,
	MOST_SUBJECTS,
	emptyMemory,
	hourOf,
	writeMemory,
} from '../../lib/agent-status/rules/memory';
import { addAgents, SANDBOX, startKustomerStandIn, type KustomerStandIn } from '../../sandbox/kustomer';
import { itemsOf } from './execute-harness';
import { locator, run, type KustomerRunOptions } from './kustomer-setup';

const { ana, ben, chloe, duty } = SANDBOX.users;
const { statuses, teams } = SANDBOX;

let standIn: KustomerStandIn;
let staticData: IDataObject;
beforeAll(async () => {
	standIn = await startKustomerStandIn({ rateLimitPerMinute: 0 });
});
beforeEach(() => {
	standIn.reset();
	staticData = {};
});
afterAll(async () => await standIn.close());

const TABLE = {
	rows: [
		{ kustomerStatus: 'Available', platformStatus: 'Available' },
		{ kustomerStatus: 'Lunch', platformStatus: 'Meal' },
		{ kustomerStatus: 'Email', platformStatus: 'Unavailable' },
		{ kustomerStatus: 'Unavailable', platformStatus: 'Unavailable' },
	],
};

/** An agent as the CCAI Platform node gives it. */
const ccaip = (
	user: { name: string; email: string },
	id: number,
	status = 'Available',
	more: object = {},
) => ({
	id,
	name: user.name,
	email: user.email,
	status,
	statusId: { Available: '0', Unavailable: '-1', Break: '-2', Meal: '-4', 'In-call': '-7' }[status] ?? '1001',
	statusChangedAt: '2026-03-01T10:00:00Z',
	online: true,
	...more,
});

/** Ana and Chloé are where the table wants them, and so is Ben. */
const settled = () => [ccaip(ana, 1), ccaip(ben, 2, 'Unavailable'), ccaip(chloe, 3, 'Meal')];

async function compare(items: object[], parameters: INodeParameters = {}, options: KustomerRunOptions = {}) {
	const result = await run(
		standIn,
		'agentStatus.compare',
		{ statuses: TABLE, ...parameters },
		{ staticData, ...options, items: itemsOf(...(items as never[])) },
	);
	if (result.error !== undefined) throw result.error;
	const [onPlatform = [], inKustomer = [], attention = [], failed = []] = result.outputOf('Node');
	return { onPlatform, inKustomer, attention, failed };
}

const jsonOf = (items: INodeExecutionData[]) => items.map(({ json }) => json);
const remembered = () => JSON.parse(JSON.stringify(staticData)) as unknown;
const choose = (user: { id: string }, status: { id: string }) =>
	standIn.store.workSessions.choose(user.id, status.id);

describe('agent status: compare', () => {
	it('S3: says nothing about agents who fit the table, and stores nothing when nothing happens', async () => {
		expect(await compare(settled())).toEqual({ onPlatform: [], inKustomer: [], attention: [], failed: [] });
		const memory = remembered();
		expect(JSON.stringify(memory)).toContain('agents');
		await compare(settled());
		expect(remembered()).toEqual(memory);
		// It compares and leaves writing to the steps that follow.
		expect(standIn.requests.map(({ method }) => method)).not.toContain('PUT');
	});

	it('S2: a change in Kustomer is to be made on the platform, with all that the next step needs', async () => {
		await compare(settled());
		choose(ana, statuses.lunch);
		const { onPlatform, inKustomer, attention } = await compare(settled());
		expect(onPlatform).toEqual([
			{
				json: {
					agentName: ana.name,
					agentEmail: ana.email,
					platformAgentId: '1',
					kustomerUserId: ana.id,
					workSessionId: standIn.store.workSessions.activeOf(ana.id)[0]?.id,
					kustomerStatus: 'Lunch',
					kustomerStatusId: statuses.lunch.id,
					platformStatus: 'Available',
					newStatus: 'Meal',
					repetition: 0,
					reason:
						'Kustomer shows "Lunch", which the table maps to "Meal"; the platform shows "Available". Changed on the platform because the status in Kustomer changed.',
				},
				pairedItem: { item: 0 },
			},
		]);
		expect([inKustomer, attention]).toEqual([[], []]);
	});

	it('S3: a change on the platform is to be made in Kustomer, and not answered by another one', async () => {
		await compare(settled());
		const changed = [ccaip(ana, 1, 'Unavailable'), ...settled().slice(1)];
		const { inKustomer, onPlatform } = await compare(changed);
		expect(jsonOf(inKustomer)).toMatchObject([
			{ kustomerUserId: ana.id, newStatus: 'Email', newStatusId: statuses.email.id },
		]);
		expect(onPlatform).toEqual([]);
		choose(ana, statuses.email);
		expect(await compare(changed)).toEqual({ onPlatform: [], inKustomer: [], attention: [], failed: [] });
	});

	it('S5: an agent who signs in as Lunch appears on the platform at the next look', async () => {
		const items = [...settled(), ccaip(duty, 4)];
		await compare(items);
		standIn.store.workSessions.signIn(duty.id, statuses.lunch.id);
		expect(jsonOf((await compare(items)).onPlatform)).toMatchObject([
			{ platformAgentId: '4', newStatus: 'Meal', reason: expect.stringContaining('has signed in') },
		]);
	});

	it('S8: what changes during a call is done after it, the newest only', async () => {
		await compare(settled());
		const [, ...others] = settled();
		const onCall = [ccaip(ana, 1, 'In-call'), ...others];
		expect((await compare(onCall)).onPlatform).toEqual([]);
		choose(ana, statuses.lunch);
		expect((await compare(onCall)).onPlatform).toEqual([]);
		choose(ana, statuses.email);
		expect((await compare(onCall)).onPlatform).toEqual([]);
		const after = await compare([
			ccaip(ana, 1, 'Available', { statusChangedAt: new Date().toISOString() }),
			...others,
		]);
		expect(jsonOf(after.onPlatform)).toMatchObject([{ newStatus: 'Unavailable', kustomerStatus: 'Email' }]);
		expect(after.inKustomer).toEqual([]);
	});

	it('S4: which change wins is chosen in the panel', async () => {
		for (const [priority, expected] of [
			['mostRecent', [0, 1]],
			['kustomer', [1, 0]],
		] as const) {
			standIn.reset();
			staticData = {};
			await compare(settled(), { priority });
			standIn.store.workSessions.choose(ana.id, statuses.lunch.id, Date.now() - 60_000);
			const later = { statusChangedAt: new Date().toISOString() };
			const items = [ccaip(ana, 1, 'Unavailable', later), ...settled().slice(1)];
			const { onPlatform, inKustomer } = await compare(items, { priority });
			expect([onPlatform.length, inKustomer.length]).toEqual(expected);
		}
	});

	it('S6: reports once whoever cannot be matched, and the others go on', async () => {
		const namesake = { ...ben, id: '5b00000000000000000000aa', name: 'Ben Two' };
		standIn.store.addUser({ ...namesake, userType: 'user', createdAt: new Date().toISOString() });
		standIn.store.workSessions.signIn(chloe.id, statuses.lunch.id);
		const items = [
			ccaip(ana, 1, 'Unavailable'),
			ccaip(ben, 2),
			ccaip(chloe, 3),
			ccaip({ name: 'Nobody', email: 'nobody@example.com' }, 5),
			ccaip({ name: 'No Address', email: '' }, 6),
		];
		const first = await compare(items);
		expect(jsonOf(first.attention).map(({ problem }) => problem)).toEqual([
			'duplicateInKustomer',
			'notInKustomer',
			'noEmail',
			'severalSessions',
		]);
		expect(jsonOf(first.attention)[3]).toMatchObject({
			agentEmail: chloe.email,
			platformAgentId: '3',
			reason: expect.stringContaining('has 2 active work sessions'),
		});
		expect(jsonOf(first.onPlatform)).toMatchObject([{ platformAgentId: '1', newStatus: 'Available' }]);

		expect((await compare(items)).attention).toEqual([]);
		expect(jsonOf((await compare(settled())).attention)).toEqual([]);
	});

	it('S6: a duplicate on the platform, and an agent who is missing there', async () => {
		const { attention } = await compare([ccaip(ana, 1), ccaip(ana, 7), ccaip(ben, 2, 'Unavailable')]);
		expect(jsonOf(attention)).toMatchObject([
			{ problem: 'duplicateOnPlatform', kustomerUserId: ana.id },
			{ problem: 'notOnPlatform', kustomerUserId: chloe.id, agentEmail: chloe.email },
		]);
		staticData = {};
		const few = await compare([ccaip(ana, 1)], { options: { reportMissing: false } });
		expect(few.attention).toEqual([]);
	});

	it('S6: a status of the table that Kustomer does not have any more', async () => {
		const rows = [...TABLE.rows, { kustomerStatus: 'Holiday', platformStatus: 'Meal' }];
		const { attention } = await compare(settled(), { statuses: { rows } });
		expect(jsonOf(attention)).toEqual([
			{
				problem: 'tableUnknownStatus',
				reason:
					'Row 5 of the table does not count: Kustomer has no status "Holiday". It may have been renamed or deleted.',
			},
		]);
	});

	it('S9: an unmapped status on either side is reported once and changes nothing', async () => {
		choose(ana, statuses.training);
		const items = [ccaip(ana, 1), ccaip(ben, 2, 'Unavailable'), ccaip(chloe, 3, 'Meal')];
		const { attention, onPlatform } = await compare(items);
		expect(jsonOf(attention)).toMatchObject([
			{ problem: 'unmappedKustomerStatus', kustomerStatus: 'Training' },
		]);
		expect(onPlatform).toEqual([]);
		const unknown = [ccaip(ana, 1), ccaip(ben, 2, 'Workshop'), ccaip(chloe, 3, 'Meal')];
		const second = await compare(unknown);
		expect(jsonOf(second.attention)).toMatchObject([
			{ problem: 'unmappedPlatformStatus', platformStatus: 'Workshop', agentEmail: ben.email },
		]);
		expect(await compare(unknown)).toEqual({ onPlatform: [], inKustomer: [], attention: [], failed: [] });
	});

	it.each([
		['the team that they have selected', {}, ['2']],
		['the team that they have selected', { teamBy: 'session' }, ['2']],
		['membership', { teamBy: 'member' }, ['1', '2']],
	])('S7: only agents of the chosen teams are followed, by %s (%j)', async (_, options, expected) => {
		// Ana works for Support today although she is a member of Voice only.
		const [session] = standIn.store.workSessions.activeOf(ana.id);
		if (session !== undefined) session.teamId = teams.support.id;
		const items = [ccaip(ana, 1, 'Meal'), ccaip(ben, 2, 'Meal'), ccaip(chloe, 3, 'Available')];
		const { onPlatform } = await compare(items, {
			teams: { entries: [{ team: locator('list', teams.voice.id) }] },
			options,
		});
		expect(standIn.requests.some(({ path }) => path === '/v1/teams')).toBe(
			'teamBy' in options && options.teamBy === 'member',
		);
		expect(jsonOf(onPlatform).map(({ platformAgentId }) => platformAgentId)).toEqual(expected);
	});

	it('S7: who goes offline belongs to the team of the shift that ended', async () => {
		const rows = [...TABLE.rows, { kustomerStatus: 'Offline', platformStatus: 'Break' }];
		const parameters = {
			statuses: { rows },
			teams: { entries: [{ team: locator('list', teams.voice.id) }] },
		};
		const items = [...settled(), ccaip(duty, 4)];
		await compare(items, parameters);
		standIn.store.workSessions.signOut(ana.id);
		// On a call first: what has to wait is not forgotten.
		const onCall = [ccaip(ana, 1, 'In-call'), ...items.slice(1)];
		expect((await compare(onCall, parameters)).onPlatform).toEqual([]);
		expect(jsonOf((await compare(items, parameters)).onPlatform)).toMatchObject([
			{ platformAgentId: '1', newStatus: 'Break' },
		]);
		// Whoever works for another team is not followed, nor afterwards.
		const [session] = standIn.store.workSessions.activeOf(ben.id);
		if (session !== undefined) session.teamId = teams.support.id;
		await compare(items, parameters);
		standIn.store.workSessions.signOut(ben.id);
		expect((await compare(items, parameters)).onPlatform).toEqual([]);
	});

	it('S5: a session that one look at several pages misses is no sign-out', async () => {
		const rows = [...TABLE.rows, { kustomerStatus: 'Offline', platformStatus: 'Unavailable' }];
		const parameters = { statuses: { rows }, options: { reportMissing: false } };
		const agents = addAgents(standIn.store, 120);
		const items = agents.map((agent, index) => ccaip(agent, index + 1));
		const nothing = { onPlatform: [], inKustomer: [], attention: [], failed: [] };
		const { all } = standIn.store.workSessions;
		const [session] = standIn.store.workSessions.activeOf(agents[5]?.id ?? '');
		if (session === undefined) throw new Error('No session');
		for (let time = 0; time < 2; time += 1) {
			expect(await compare(items, parameters)).toEqual(nothing);
			all.delete(session.id);
			expect(await compare(items, parameters)).toEqual(nothing);
			all.set(session.id, session);
		}
		expect(await compare(items, parameters)).toEqual(nothing);
		standIn.store.workSessions.signOut(agents[5]?.id ?? '');
		expect(await compare(items, parameters)).toEqual(nothing);
		expect(jsonOf((await compare(items, parameters)).onPlatform)).toMatchObject([
			{ platformAgentId: '6', newStatus: 'Unavailable', kustomerStatus: 'Offline' },
		]);
	});

	it('S5: a sign-out counts at once when the sessions are on one page', async () => {
		const rows = [...TABLE.rows, { kustomerStatus: 'Offline', platformStatus: 'Break' }];
		await compare(settled(), { statuses: { rows } });
		standIn.store.workSessions.signOut(ana.id);
		const { onPlatform } = await compare(settled(), { statuses: { rows } });
		expect(jsonOf(onPlatform)).toMatchObject([{ platformAgentId: '1', newStatus: 'Break' }]);
	});

	it('S4, S6: agents and problems that cannot be remembered are left alone, and that is said once', async () => {
		const seen = hourOf(Date.now());
		const memory = emptyMemory();
		for (let index = 0; index < MOST_AGENTS; index += 1) {
			memory.agents.set(`other ${index}`, { value: { kustomer: 'a' }, seen });
		}
		for (let index = 1; index < MOST_SUBJECTS; index += 1) {
			memory.subjects.set(`other ${index}`, { value: 'x', seen });
		}
		staticData = { 'node:Node': { agentStatus: writeMemory(memory, Date.now()) } } as never;
		// Ana was never seen; Kustomer would count. Nobody is not known to Kustomer.
		const items = [
			ccaip(ana, 1, 'Unavailable'),
			...settled().slice(1),
			ccaip({ name: 'Nobody', email: 'nobody@example.com' }, 9),
		];
		const first = await compare(items);
		expect([first.onPlatform, first.inKustomer]).toEqual([[], []]);
		expect(jsonOf(first.attention)).toEqual([
			{
				problem: 'tooMany',
				reason: expect.stringContaining('3 agents are not synchronized, and 1 problem is not reported: '),
			},
		]);
		// The problems of the last look are solved, and there is room again.
		const second = await compare(items);
		expect([second.onPlatform, second.inKustomer]).toEqual([[], []]);
		const third = await compare(items);
		expect(third).toEqual({ onPlatform: [], inKustomer: [], attention: [], failed: [] });
	});

	it('S2: babelforce agents are matched by the Kustomer user that they were made from', async () => {
		const items = [
			{
				id: 'b1',
				name: 'Ana',
				email: 'ana@somewhere.example',
				sourceId: ana.id,
				enabled: true,
				presence: 'lunch',
				presenceLabel: 'Meal',
				lineStatus: 'available',
			},
		];
		const { onPlatform } = await compare(items, { options: { reportMissing: false } });
		expect(jsonOf(onPlatform)).toMatchObject([{ platformAgentId: 'b1', newStatus: 'Available' }]);
	});

	it('a step before that gave nobody is reported, and nobody is taken to be offline', async () => {
		await compare(settled());
		const memory = remembered();
		const { attention, onPlatform, inKustomer } = await compare([{}]);
		expect(jsonOf(attention)).toMatchObject([{ problem: 'noAgents' }]);
		expect([onPlatform, inKustomer]).toEqual([[], []]);
		expect((await compare([{}])).attention).toEqual([]);
		await compare(settled());
		expect(remembered()).toEqual(memory);
	});

	it('memory that is damaged or of somebody else is ignored', async () => {
		for (const agentStatus of ['{"v":1,"agents":[["1",', 17, { v: 9 }, '{"v":1,"agents":[["1",1,99,{}]]}']) {
			staticData = { 'node:Node': { agentStatus } } as never;
			expect(await compare(settled())).toEqual({ onPlatform: [], inKustomer: [], attention: [], failed: [] });
		}
	});

	it('a failure leaves what is remembered, and goes to the last output when the node continues', async () => {
		await compare(settled());
		const memory = remembered();
		standIn.faults.add({ path: /work-sessions/, times: 9, fault: { kind: 'status', status: 403 } });
		const result = await compare(settled(), {}, { onError: 'continueRegularOutput' });
		expect([result.onPlatform, result.inKustomer]).toEqual([[], []]);
		expect(jsonOf(result.attention)).toMatchObject([{ error: { message: expect.any(String) } }]);
		const onErrorOutput = await compare(settled(), {}, { onError: 'continueErrorOutput' });
		expect(onErrorOutput.attention).toEqual([]);
		expect(onErrorOutput.failed).toHaveLength(1);
		await expect(compare(settled())).rejects.toMatchObject({
			message: expect.stringContaining('not allowed to list work sessions'),
		});
		expect(remembered()).toEqual(memory);
	});

	it('S5: 1000 agents every 15 seconds take less than a quarter of the smallest limit', async () => {
		const agents = addAgents(standIn.store, 1000);
		const items = agents.map((agent, index) => ccaip(agent, index + 1));
		await compare(items, { options: { reportMissing: false } });
		standIn.requests.length = 0;
		const started = Date.now();
		await compare(items, { options: { reportMissing: false } });
		const perMinute = standIn.requests.length * 4;
		const size = JSON.stringify(staticData).length;
		console.info(
			`${standIn.requests.length} requests a look, ${perMinute} a minute, ${size} characters remembered, ${Date.now() - started} ms`,
		);
		expect(perMinute).toBeLessThan(300 / 4);
	});
});
