/** The workflow "babelforce: sessions to Kustomer" in a real n8n: every call by the record rules, each event in any order. */
import { SANDBOX } from '../../sandbox/kustomer';
import { readWorkflow } from '../../sandbox/launcher';
import { endCall, keepRecordings } from '../../sandbox/launcher/recorded-call';
import {
	AGENTS,
	BABELFORCE_SESSIONS_WORKFLOW,
	COMPANY_NUMBER,
	RECORDING_WORKFLOWS,
} from '../../sandbox/launcher/stack';
import {
	deliver,
	encodeEvent,
	eventFields,
	newCall,
	type BabelforceEventName,
	type SimulatedCall,
} from '../../sandbox/telephony';
import { World, writes } from '../lib/session-log/world';

import { useSandbox } from './harness/sandbox';
import { waitFor } from './harness/wait';

const KNOWN = SANDBOX.customers.jonas;
const [ANA] = AGENTS;
const ANSWERED: BabelforceEventName[] = ['call.inbound', 'call.bridged', 'call.finished'];
/** A call of a customer whom Kustomer knows, from ring to end. */
const MOST_REQUESTS = 10;

const sandbox = useSandbox({
	workflows: [BABELFORCE_SESSIONS_WORKFLOW, RECORDING_WORKFLOWS.babelforce],
	platforms: true,
	shortWaits: true,
});
let world: World;
/** Runs that failed before the test. */
let failuresBefore: string[];

beforeEach(async () => {
	failuresBefore = await sandbox.failures();
	sandbox.standIn.reset();
	world = new World(sandbox.standIn);
});

const inbound = (facts: Partial<SimulatedCall> = {}): SimulatedCall => ({
	...newCall({ from: KNOWN.phone, to: COMPANY_NUMBER, agent: ANA, queue: SANDBOX.queues.voice }),
	...facts,
});

/** Sends one event and expects n8n to take it. */
async function send(
	event: BabelforceEventName,
	call: SimulatedCall,
	changes: object = {},
	webhookUrl = sandbox.stack.webhookUrl,
): Promise<void> {
	const { credential } = sandbox.stack;
	const fields = { ...eventFields(event, call), ...changes };
	const delivery = await deliver(
		event,
		encodeEvent(fields, { webhookUrl, credential, encoding: 'form' }, Date.now()),
	);
	expect(delivery.status).toBe(200);
}

/** Sends events one after the other, each after the run of the one before is over. */
async function play(call: SimulatedCall, events = ANSWERED, changes: object = {}): Promise<void> {
	for (const event of events) {
		await send(event, call, changes);
		await sandbox.settled();
	}
}

const messageOf = ({ id }: SimulatedCall) =>
	world.written.messages.find(({ externalId }) => externalId === `babelforce:${id}`);
const conversationOf = (call: SimulatedCall) =>
	world.written.conversations.find(({ id }) => id === messageOf(call)?.conversationId);

it('X1, X12, D3: a call from ring to end is one message on one conversation of its agent, and every event again changes nothing', async () => {
	const call = inbound();
	const { requests } = await sandbox.countRequests(async () => await play(call));
	expect(requests).toBeLessThanOrEqual(MOST_REQUESTS);

	expect(world.written.messages).toHaveLength(1);
	expect(conversationOf(call)).toMatchObject({ customerId: KNOWN.id, assignedUsers: [ANA?.sourceId] });
	const names = conversationOf(call)?.tags.map((id) => sandbox.standIn.store.tags.get(id)?.name);
	expect(names?.sort()).toEqual(['babelforce', 'inbound']);

	const mark = world.mark;
	await Promise.all(
		[...ANSWERED, ...ANSWERED, ...ANSWERED].reverse().map(async (event) => await send(event, call)),
	);
	await sandbox.settled();
	expect(writes(world.requestsSince(mark))).toEqual([]);
	expect(await sandbox.failures()).toEqual(failuresBefore);
});

it.each([
	['backwards', [...ANSWERED].reverse()],
	['with the end first', ['call.finished', 'call.inbound', 'call.bridged']],
] satisfies Array<[string, BabelforceEventName[]]>)('X1: events %s: the same', async (_order, events) => {
	const call = inbound();
	await play(call, events);
	expect(world.written.messages).toHaveLength(1);
	expect(conversationOf(call)).toMatchObject({ customerId: KNOWN.id, assignedUsers: [ANA?.sourceId] });
});

it('D1: a second call in the same queue goes to the open conversation of the first', async () => {
	const [first, second] = [inbound(), inbound()];
	await play(first);
	await play(second);
	expect(world.written.messages).toHaveLength(2);
	expect(messageOf(second)?.conversationId).toBe(messageOf(first)?.conversationId);
});

it('X4, C17: an unknown caller becomes a customer, once, also when all events arrive at the same time', async () => {
	const before = sandbox.standIn.store.customers.size;
	const call = inbound({ from: SANDBOX.unknownCaller });
	await Promise.all(ANSWERED.map(async (event) => await send(event, call)));
	await sandbox.settled();
	expect(sandbox.standIn.store.customers.size - before).toBe(1);
	expect(world.written.messages).toHaveLength(1);
	expect(conversationOf(call)).toBeDefined();
});

it('D5: a caller who gave up is recorded, and nobody is assigned', async () => {
	const call = inbound({ agent: undefined, talkSeconds: 0 });
	await play(call, ['call.inbound', 'call.finished']);
	expect(conversationOf(call)).toMatchObject({ customerId: KNOWN.id, assignedUsers: [] });
});

it('C2: a call that an agent places is logged with the one who was called as the customer', async () => {
	const call = inbound({ from: COMPANY_NUMBER, to: KNOWN.phone });
	const outbound = { 'call.type': 'outbound' };
	await play(call, ['call.inbound'], {
		...outbound,
		event: 'call.outbound',
		'agent.sourceId': ANA?.sourceId,
	});
	await play(call, ['call.bridged', 'call.finished'], outbound);
	expect(messageOf(call)).toMatchObject({ customerId: KNOWN.id, direction: 'out' });
});

it('X12, C12: the step Recordings, once activated, brings the recording of a call that has ended', async () => {
	const { stack } = sandbox;
	const workflow = await readWorkflow(BABELFORCE_SESSIONS_WORKFLOW);
	const nodes = workflow.nodes.map((node) => ({
		...node,
		...(node.name === 'Recordings' && { disabled: false }),
		...(node.name === 'Session Event' && {
			parameters: { ...node.parameters, path: 'babelforce-sessions-recorded' },
		}),
	}));
	const webhookUrl = await sandbox.publish({ ...workflow, name: 'With recordings', nodes });
	if (stack.platforms === undefined) throw new Error('The stand-ins of the platforms are not there.');

	const call = inbound();
	await send('call.inbound', call, {}, webhookUrl);
	await send('call.bridged', call, {}, webhookUrl);
	keepRecordings(stack.platforms.babelforce, call, [{ isStored: true, bytes: 5000 }]);
	expect(await endCall(call, webhookUrl, stack.credential)).toMatchObject({ status: 200 });

	const { store } = sandbox.standIn;
	const [file] = await waitFor('the recording', () => {
		const notes = store.notesOf(conversationOf(call)?.id ?? '');
		const stored = notes.flatMap(({ attachments }) =>
			attachments.map(({ _id }) => store.attachments.get(_id)),
		);
		return stored.some((one) => one?.content !== undefined) ? stored : undefined;
	});
	expect(file).toMatchObject({ name: expect.stringContaining(call.id) as string });
	expect(file?.content).toHaveLength(5000);
	await sandbox.settled();
	expect(await sandbox.failures()).toEqual(failuresBefore);
});
