import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { getPresences } from '../../nodes/Babelforce/methods/loadOptions';
import { BABELFORCE, startBabelforceStandIn } from '../../sandbox/babelforce';
import { SANDBOX } from '../../sandbox/kustomer';
import { useStandIn } from '../setup/stand-in';
import { editorContext, only, run as runOn, type BabelforceRunOptions } from './babelforce-setup';
import { itemsOf, type NodeResult } from './execute-harness';
import { locator } from './kustomer-setup';

const { agents } = BABELFORCE;
const { ana } = agents;

const standIn = useStandIn(() => startBabelforceStandIn());

const run = async (operation: string, parameters: INodeParameters, options?: BabelforceRunOptions) =>
	await runOn(standIn, `agentStatus.${operation}`, parameters, options);
const set = async (presence: string, options: INodeParameters = {}, agent = locator('id', ana.id)) =>
	only(await run('set', { agent, presence, options })).json;
const jsonOf = (result: NodeResult): IDataObject[] => {
	if (result.error !== undefined) throw result.error;
	return result.items.map(({ json }) => json);
};
const writes = () => standIn.requests.filter(({ method }) => method === 'PUT');
const presenceOf = (id: string) => standIn.agents.get(id)?.presence?.name;

describe('S1: presences', () => {
	it('are listed', async () => {
		expect(jsonOf(await run('getPresences', {}))).toEqual([
			{ name: 'available', label: 'Available', available: true, count: 3, default: true },
			{ name: 'busy', label: 'Busy', available: false, count: 0, default: false },
			{ name: 'lunch', label: 'Lunch Break', available: false, count: 0, default: false },
			{ name: 'training', label: 'Training', available: false, count: 0, default: false },
			{ name: 'email', label: 'E-mail', available: false, count: 0, default: false },
		]);
	});

	it('fill the list in the editor', async () => {
		expect(await getPresences.call(editorContext(standIn))).toEqual([
			{ name: 'Available', value: 'available' },
			{ name: 'Busy', value: 'busy' },
			{ name: 'E-mail', value: 'email' },
			{ name: 'Lunch Break', value: 'lunch' },
			{ name: 'Training', value: 'training' },
		]);
	});

	it('that do not exist are refused with those that do, before anything is written', async () => {
		const { error } = await run('set', { agent: locator('id', ana.id), presence: 'siesta' });
		expect(error?.message).toBe('babelforce has no presence "siesta".');
		expect(error?.description).toMatch(/available, busy, lunch, training, email/);
		expect(error?.context).toMatchObject({ kind: 'invalidInput', itemIndex: 0 });
		expect(writes()).toEqual([]);
	});
});

describe('reading', () => {
	it('S2: all agents, with what matches and compares them', async () => {
		standIn.agentControls.callStarts(agents.ben.id);
		standIn.agents.get(agents.dora.id)!.enabled = false;
		const all = jsonOf(await run('getMany', { returnAll: true }));
		expect(all[0]).toEqual({
			id: ana.id,
			sourceId: SANDBOX.users.ana.id,
			name: 'Ana Reis',
			email: SANDBOX.users.ana.email,
			number: '101',
			enabled: true,
			available: true,
			presence: 'available',
			presenceLabel: 'Available',
			lineStatus: 'available',
			outboundStatus: 'offline',
			displayStatus: 'available',
			groups: ['Voice'],
		});
		expect(all.map(({ hold, lineStatus, enabled }) => ({ hold, lineStatus, enabled }))).toEqual([
			{ lineStatus: 'available', enabled: true },
			{ hold: 'onCall', lineStatus: 'in-call', enabled: true },
			{ hold: 'offline', lineStatus: 'available', enabled: false },
		]);
	});

	it('1,000 agents take ten requests', async () => {
		for (let n = 0; n < 997; n += 1)
			standIn.agentControls.add({ name: `Agent ${n}`, email: `agent${n}@sandbox.example` });
		const all = jsonOf(await run('getMany', { returnAll: true }));
		expect(new Set(all.map(({ id }) => id)).size).toBe(1000);
		expect(standIn.requests).toHaveLength(10);
	});

	it('only agents that fit the filters', async () => {
		const all = jsonOf(await run('getMany', { returnAll: true, agentFilters: { groups: 'Voice' } }));
		expect(all.map(({ name }) => name)).toEqual(['Ana Reis', 'Ben Okafor']);
	});

	it.each([
		['id', 'a1000000-0000-0000-0000-000000000001'],
		['sourceId', SANDBOX.users.ana.id],
		['email', SANDBOX.users.ana.email.toUpperCase()],
	])('one agent by %s', async (mode, value) => {
		standIn.agentControls.rings(ana.id);
		const { json } = only(await run('get', { agent: locator(mode, value) }));
		expect(json).toMatchObject({ id: ana.id, presence: 'available', lineStatus: 'ringing', hold: 'ringing' });
	});

	it('one agent as babelforce answered', async () => {
		const { json } = only(await run('get', { agent: locator('id', ana.id), simplify: false }));
		expect(json).toMatchObject({ status: { line_status: 'available', presence: { name: 'available' } } });
	});

	it('S6: reports an address that two agents have', async () => {
		standIn.agentControls.add({ name: 'Ana again', email: SANDBOX.users.ana.email });
		const { error } = await run('get', { agent: locator('email', SANDBOX.users.ana.email) });
		expect(error?.context?.kind).toBe('severalMatches');
		expect(error?.message).toContain('2 agents');
		const write = await run('set', { agent: locator('email', SANDBOX.users.ana.email), presence: 'lunch' });
		expect(write.error?.context?.kind).toBe('severalMatches');
		expect(writes()).toEqual([]);
	});
});

describe('setting', () => {
	it.each(['lunch', 'Lunch Break', ' LUNCH '])('gives the presence %j', async (presence) => {
		expect(await set(presence)).toMatchObject({
			id: ana.id,
			outcome: 'set',
			presence: 'lunch',
			presenceLabel: 'Lunch Break',
			previousPresence: 'available',
			available: false,
		});
		expect(presenceOf(ana.id)).toBe('lunch');
		expect(writes().map(({ path, body }) => ({ path, body }))).toEqual([
			{ path: `/api/v2/agents/${ana.id}/status`, body: { presence: { name: 'lunch' } } },
		]);
	});

	it('S3: writes nothing that is so already', async () => {
		await set('lunch');
		const again = await set('lunch');
		expect(again).toMatchObject({
			outcome: 'alreadySet',
			reason: expect.stringContaining('"lunch" already'),
		});
		expect(writes()).toHaveLength(1);
	});

	it('reads the presences once, and each agent once, for many items', async () => {
		const items = itemsOf(...Object.values(agents).map(({ id }) => ({ id })));
		const result = await run(
			'set',
			{ agent: locator('id', '={{ $json.id }}'), presence: 'email' },
			{ items },
		);
		expect(jsonOf(result).map(({ outcome }) => outcome)).toEqual(['set', 'set', 'set']);
		expect(standIn.requests).toHaveLength(1 + 3 + 3);
	});

	it('goes on with the other items when one fails', async () => {
		const items = itemsOf({ id: ana.id }, { id: 'f'.repeat(32) }, { id: agents.ben.id });
		const parameters = { agent: locator('id', '={{ $json.id }}'), presence: 'email' };
		const result = await run('set', parameters, { items, onError: 'continueErrorOutput' });
		expect(result.items.map(({ json }) => json.outcome)).toEqual(['set', 'set']);
		expect(result.errorItems[0]?.json.error).toMatchObject({ kind: 'notFound' });
	});

	it.each([
		['enable', false, true],
		['disable', true, false],
		['leave', true, true],
	])('with the account: %s', async (account, before, after) => {
		standIn.agents.get(ana.id)!.enabled = before;
		expect(await set('lunch', { account })).toMatchObject({ outcome: 'set', enabled: after });
		expect(standIn.agents.get(ana.id)?.enabled).toBe(after);
		expect(writes()).toHaveLength(1);
	});

	it.each([
		['enable', true],
		['disable', false],
	])('%s: the account alone, once', async (operation, enabled) => {
		standIn.agents.get(ana.id)!.enabled = !enabled;
		const parameters = { agent: locator('id', ana.id) };
		expect(only(await run(operation, parameters)).json).toMatchObject({ outcome: 'set', enabled });
		expect(only(await run(operation, parameters)).json).toMatchObject({
			outcome: 'alreadySet',
			reason: `The agent is ${operation}d already.`,
		});
		expect(writes().map(({ path }) => path)).toEqual([`/api/v2/agents/${ana.id}/${operation}`]);
	});
});

describe('S8: an agent on a call is not touched', () => {
	it.each([
		['rings', 'ringing', 'The agent is being called: nothing was changed.'],
		['callStarts', 'onCall', 'The agent is on a call: nothing was changed.'],
		['callEnds', 'wrapUp', 'The agent is wrapping up: nothing was changed.'],
	] as const)('%s', async (event, hold, sentence) => {
		standIn.agentControls[event](ana.id);
		const item = await set('lunch');
		expect(item).toMatchObject({ outcome: 'waits', hold, presence: 'available' });
		expect(item.reason).toContain(sentence);
		for (const operation of ['disable']) {
			expect(only(await run(operation, { agent: locator('id', ana.id) })).json.outcome).toBe('waits');
		}
		expect(standIn.statusChanges).toEqual([]);
	});

	it('and of several presences the last one comes afterwards', async () => {
		const { agentControls } = standIn;
		agentControls.callStarts(ana.id);
		expect((await set('lunch')).outcome).toBe('waits');
		expect((await set('email')).outcome).toBe('waits');
		agentControls.callEnds(ana.id);
		expect((await set('email')).outcome).toBe('waits');
		agentControls.wrapUpEnds(ana.id);
		expect((await set('email')).outcome).toBe('set');
		expect(standIn.statusChanges).toMatchObject([{ by: 'api', presence: 'email', duringCall: false }]);
	});

	it('unless it is wished', async () => {
		standIn.agentControls.callStarts(ana.id);
		expect(await set('lunch', { duringCalls: true })).toMatchObject({
			outcome: 'set',
			lineStatus: 'in-call',
		});
		expect(standIn.statusChanges).toMatchObject([{ presence: 'lunch', duringCall: true }]);
	});
});

it('X6: waits when babelforce says that it is too much, and sets it once', async () => {
	standIn.faults.add({ method: 'PUT', fault: { kind: 'status', status: 503 } });
	standIn.faults.add({ method: 'PUT', fault: { kind: 'closeAfterCommit' } });
	expect(await set('lunch')).toMatchObject({ outcome: 'set', presence: 'lunch' });
	expect(presenceOf(ana.id)).toBe('lunch');
});
