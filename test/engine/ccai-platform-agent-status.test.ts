import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CcaiPlatformApi } from '../../credentials/CcaiPlatformApi.credentials';
import { CcaiPlatform } from '../../nodes/CcaiPlatform/CcaiPlatform.node';
import { searchAgents } from '../../nodes/CcaiPlatform/methods/listSearch';
import { getSettableStatuses } from '../../nodes/CcaiPlatform/methods/loadOptions';
import { startCcaiPlatformStandIn } from '../../sandbox/ccai-platform';
import { useStandIn } from '../setup/stand-in';
import { CCAI_PLATFORM, jsonOf, runOn, type CcaiRunOptions } from './ccai-platform-setup';
import { itemsOf, loadOptionsContext } from './execute-harness';
import { locator } from './kustomer-setup';

const standIn = useStandIn(() => startCcaiPlatformStandIn());

const run = async (operation: string, parameters: INodeParameters, options?: CcaiRunOptions) =>
	await runOn(standIn, operation, parameters, options);
const BY_ITEM = { agent: locator('id', '={{ $json.id }}'), status: '={{ $json.status }}' };
/** Sets a status for each item, `{ id, status }`. */
const set = async (...items: IDataObject[]) =>
	jsonOf(await run('agentStatus.set', BY_ITEM, { items: itemsOf(...items) }));
const posts = () => standIn.requests.filter(({ method }) => method === 'POST');
const editor = () =>
	loadOptionsContext({
		type: CCAI_PLATFORM,
		nodeTypes: { [CCAI_PLATFORM]: new CcaiPlatform() },
		credentialTypes: [new CcaiPlatformApi()],
		credentials: {
			ccaiPlatformApi: { subdomain: standIn.subdomain, token: standIn.token, baseUrl: standIn.url },
		},
		parameters: {},
	});

/** So many agents, with ids from 1001 on. */
function addAgents(count: number): void {
	standIn.agents.clear();
	for (let n = 1; n <= count; n += 1) standIn.agents.add({ id: 1000 + n });
}

describe('S1: statuses', () => {
	it('are listed, with those that only the platform sets', async () => {
		const statuses = jsonOf(await run('agentStatus.getStatuses', {}));
		expect(statuses).toHaveLength(11);
		expect(statuses).toContainEqual({ id: '0', name: 'Available', color: 'green', system: false });
		expect(statuses.flatMap(({ system, name }) => (system === true ? [name] : [])).sort()).toEqual([
			'In-call',
			'In-chat',
			'Missed Call',
			'Wrap-up',
		]);
	});

	it('fill the list in the editor, by ID', async () => {
		const options = await getSettableStatuses.call(editor());
		expect(options).toContainEqual({ name: 'Email', value: '22' });
		expect(options.map(({ name }) => name)).toEqual([
			'Available',
			'Break',
			'Email',
			'Meal',
			'Special Task',
			'Training',
			'Unavailable',
		]);
	});

	it.each(['22', 'Email', ' e MAIL '])('are understood as %j', async (status) => {
		expect(await set({ id: 12, status })).toMatchObject([
			{ outcome: 'set', status: 'Email', statusId: '22' },
		]);
		expect(posts()[0]?.body).toEqual({ status: 'Email', agent_ids: [12], team_ids: [] });
	});

	it('that were deleted fail their item only, and name those that exist', async () => {
		standIn.agents.statuses.splice(9, 1);
		const items = itemsOf({ id: 12, status: 'Training' }, { id: 13, status: 'Email' });
		const result = await run('agentStatus.set', BY_ITEM, { items, onError: 'continueErrorOutput' });
		expect(result.items.map(({ json }) => json.id)).toEqual([13]);
		expect(result.errorItems[0]?.json.error).toMatchObject({
			kind: 'invalidInput',
			message: 'CCAI Platform has no status "Training".',
			description: expect.stringMatching(/^These can be set: .*\bUnavailable, Available, Email\./),
		});
	});
});

describe('agents', () => {
	it('S2: all of them, with what matches and compares them', async () => {
		standIn.agents.add({ id: 5, name: 'Eva Lund', status: 'Training', teams: [{ id: 1, name: 'Voice' }] });
		standIn.agents.callStarts(13);
		standIn.agents.signsOut(14);
		const all = jsonOf(await run('agent.getMany', { returnAll: true }));
		expect(all[0]).toEqual({
			id: 5,
			name: 'Eva Lund',
			email: 'agent5@sandbox.example',
			agentNumber: '105',
			status: 'Training',
			statusId: '21',
			statusChangedAt: expect.stringMatching(/^\d{4}-.*Z$/),
			online: true,
			location: 'Lisbon',
			teams: ['Voice'],
			roles: ['agent'],
		});
		expect(all.map(({ id, status, hold }) => [id, status, hold])).toEqual([
			[5, 'Training', undefined],
			[12, 'Available', undefined],
			[13, 'In-call', 'onCall'],
			[14, 'Available', 'offline'],
		]);
	});

	it('1,000 take ten requests', async () => {
		addAgents(1000);
		const all = jsonOf(await run('agent.getMany', { returnAll: true }));
		expect(new Set(all.map(({ id }) => id)).size).toBe(1000);
		expect(standIn.requests).toHaveLength(10);
	});

	it('only those whose status changed since', async () => {
		const since = new Date(Date.now() + 10).toISOString();
		await new Promise((resolve) => setTimeout(resolve, 20));
		standIn.agents.picks(13, 'Break');
		const some = jsonOf(await run('agent.getMany', { statusUpdatedFrom: since, returnAll: true }));
		expect(some.map(({ id, status }) => [id, status])).toEqual([[13, 'Break']]);
		expect(standIn.requests[0]?.query).toMatchObject({
			sort_column: 'status_updated_at',
			'status_updated_at[from]': since,
		});
	});

	it.each([
		['id', '12'],
		['email', 'ANA.REIS@sandbox.example'],
	])('one by %s', async (mode, value) => {
		const [agent] = jsonOf(await run('agent.get', { agent: locator(mode, value) }));
		expect(agent).toMatchObject({ id: 12, name: 'Ana Reis', status: 'Available', online: true });
	});

	it('one as the platform answered', async () => {
		const [agent] = jsonOf(await run('agent.get', { agent: locator('id', '12'), simplify: false }));
		expect(agent).toMatchObject({ first_name: 'Ana', status: { id: 0, name: 'Available', color: 'green' } });
	});

	it('S6: says that there is none, or that there are two', async () => {
		standIn.agents.add({ id: 5, email: 'ana.reis@sandbox.example' });
		const kindOf = async (mode: string, value: string) => {
			const { error } = await run('agent.get', { agent: locator(mode, value) });
			return error?.context?.kind;
		};
		expect(await kindOf('id', '99')).toBe('notFound');
		expect(await kindOf('email', 'nobody@sandbox.example')).toBe('notFound');
		expect(await kindOf('email', 'ana.reis@sandbox.example')).toBe('severalMatches');
		expect(await kindOf('id', '={{ "ana" }}')).toBe('invalidInput');
	});

	it('fill the list in the editor, and are searched', async () => {
		expect((await searchAgents.call(editor())).results).toEqual([
			{ name: 'Ana Reis (ana.reis@sandbox.example)', value: '12' },
			{ name: 'Ben Okafor (ben.okafor@sandbox.example)', value: '13' },
			{ name: 'Dora Klein (dora.klein@sandbox.example)', value: '14' },
		]);
		expect((await searchAgents.call(editor(), ' KLEIN ')).results).toHaveLength(1);
	});
});

describe('setting', () => {
	it('sends items with the same status together, and answers each', async () => {
		const results = await set(
			{ id: 12, status: 'Email' },
			{ id: 13, status: 'Meal' },
			{ id: 14, status: '22' },
		);
		expect(posts().map(({ body }) => body)).toEqual([
			{ status: 'Email', agent_ids: [12, 14], team_ids: [] },
			{ status: 'Meal', agent_ids: [13], team_ids: [] },
		]);
		expect(results[0]).toEqual({
			id: 12,
			name: 'Ana Reis',
			email: 'ana.reis@sandbox.example',
			status: 'Email',
			statusId: '22',
			outcome: 'set',
			previousStatus: 'Available',
			currentStatus: 'Email',
		});
		expect(results.map(({ id, currentStatus }) => [id, currentStatus])).toEqual([
			[12, 'Email'],
			[13, 'Meal'],
			[14, 'Email'],
		]);
	});

	it('gives 200 agents a status in two requests, and the list of statuses', async () => {
		addAgents(200);
		const results = await set(
			...Array.from({ length: 200 }, (_, index) => ({ id: 1001 + index, status: 'Email' })),
		);
		expect(results.every(({ outcome }) => outcome === 'set')).toBe(true);
		expect(results.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, index) => 1001 + index));
		expect(standIn.requests).toHaveLength(3);
	});

	it('S3: says what was so already', async () => {
		expect(await set({ id: 12, status: 'Available' })).toMatchObject([
			{ outcome: 'alreadySet', reason: 'The agent has the status "Available" already.' },
		]);
		expect(standIn.agents.changes).toEqual([]);
	});

	it('S6: goes on when one agent does not exist', async () => {
		const items = itemsOf(
			{ id: 12, status: 'Email' },
			{ id: 99, status: 'Email' },
			{ id: 13, status: 'Email' },
		);
		const result = await run('agentStatus.set', BY_ITEM, { items, onError: 'continueErrorOutput' });
		expect(result.items.map(({ json }) => [json.id, json.outcome])).toEqual([
			[12, 'set'],
			[13, 'set'],
		]);
		expect(result.errorItems[0]?.json.error).toMatchObject({ kind: 'notFound' });
	});

	it('S6: goes on when the platform refuses a request for one agent of it', async () => {
		const path = /agent_statuses$/;
		const refusal = { kind: 'status', status: 404 } as const;
		// The whole, the first half with both of its halves, then nothing more.
		standIn.faults.add({ path, fault: refusal, times: 3 });
		const items = itemsOf(
			{ id: 12, status: 'Email' },
			{ id: 13, status: 'Email' },
			{ id: 14, status: 'Email' },
		);
		const result = await run('agentStatus.set', BY_ITEM, { items, onError: 'continueErrorOutput' });
		expect(result.items.map(({ json }) => json.id)).toEqual([13, 14]);
		expect(result.errorItems).toHaveLength(1);
	});

	it('ends the run with the first failure, once all others are set', async () => {
		const items = itemsOf({ id: 'x', status: 'Email' }, { id: 13, status: 'Email' });
		const { error } = await run('agentStatus.set', BY_ITEM, { items });
		expect(error?.message).toBe("'Agent' is not the ID of an agent.");
		expect(error?.context).toMatchObject({ itemIndex: 0 });
		expect(standIn.agents.statusOf(13)).toBe('Email');
	});

	it('by email address, without a request for agents who have it or cannot get it', async () => {
		standIn.agents.picks(12, 'Email');
		standIn.agents.signsOut(13);
		const items = itemsOf(
			...['ana.reis', 'ben.okafor', 'Dora.Klein'].map((name) => ({ email: `${name}@sandbox.example` })),
		);
		const parameters = { agent: locator('email', '={{ $json.email }}'), status: 'Email' };
		const results = jsonOf(await run('agentStatus.set', parameters, { items }));
		expect(results.map(({ outcome, hold }) => [outcome, hold])).toEqual([
			['alreadySet', undefined],
			['waits', 'offline'],
			['set', undefined],
		]);
		expect(posts().map(({ body }) => body)).toEqual([{ status: 'Email', agent_ids: [14], team_ids: [] }]);
		expect(standIn.requests).toHaveLength(3);
	});
});

describe('S8: what the platform refuses', () => {
	it('waits, each agent for its own reason, and takes no other with it', async () => {
		standIn.agents.add({ id: 5, status: 'Break' });
		standIn.agents.callStarts(5);
		standIn.agents.chatStarts(12);
		standIn.agents.callStarts(13);
		standIn.agents.sessionEnds(13);
		standIn.agents.signsOut(14);
		standIn.agents.add({ id: 6 });
		standIn.agents.missesCall(6);
		standIn.agents.add({ id: 7 });
		const changes = standIn.agents.changes.length;
		const results = await set(...[5, 12, 13, 14, 6, 7].map((id) => ({ id, status: 'Email' })));
		expect(results.map(({ outcome, hold }) => [outcome, hold])).toEqual([
			['waits', 'onCall'],
			['waits', 'inChat'],
			['waits', 'wrapUp'],
			['waits', 'offline'],
			['waits', 'system'],
			['set', undefined],
		]);
		expect(results[0]?.reason).toBe('The agent is on a call: the status can be set when the agent is done.');
		expect(posts()).toHaveLength(1);
		expect(standIn.agents.changes).toHaveLength(changes + 1);
	});

	it('S8: of several statuses for one agent the last one counts', async () => {
		const results = await set({ id: 12, status: 'Meal' }, { id: 12, status: 'Email' });
		expect(results.map(({ outcome }) => outcome)).toEqual(['superseded', 'set']);
		expect(standIn.agents.changes.map(({ to }) => to)).toEqual(['Email']);
	});

	it('S8: comes after the call, over what the platform falls back to', async () => {
		standIn.agents.callStarts(12);
		expect(await set({ id: 12, status: 'Meal' })).toMatchObject([{ outcome: 'waits' }]);
		standIn.agents.sessionEnds(12);
		expect(await set({ id: 12, status: 'Email' })).toMatchObject([{ outcome: 'waits', hold: 'wrapUp' }]);
		standIn.agents.wrapUpEnds(12);
		expect(standIn.agents.statusOf(12)).toBe('Available');
		expect(await set({ id: 12, status: 'Email' })).toMatchObject([{ outcome: 'set' }]);
	});

	it('a status that only the platform sets is refused without a request', async () => {
		const [result] = await set({ id: 12, status: 'In-call' });
		expect(result).toMatchObject({
			outcome: 'refused',
			reason: 'Only CCAI Platform itself sets the status "In-call". Choose another one.',
		});
		expect(posts()).toEqual([]);
	});
});

it('X6: waits when it is too much, and keeps to ten requests a second', async () => {
	standIn.faults.add({
		path: /agent_statuses$/,
		fault: { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
	});
	expect(await set({ id: 12, status: 'Email' })).toMatchObject([{ outcome: 'set' }]);
	expect(posts().map(({ status }) => status)).toEqual([429, 200]);
});
