/**
 * Kustomer and the network at their worst, at every request of a call. Each request has a lane of its own (a stand-in,
 * a credential and a copy of the shipped workflow), so that the lanes run beside each other in one n8n.
 */
import { sessionExternalId } from '../../lib/domain/external-id';
import { SANDBOX, startKustomerStandIn, type KustomerStandIn } from '../../sandbox/kustomer';
import type { Fault, FaultRule } from '../../sandbox/kustomer/faults';
import { AGENTS, COMPANY_NUMBER } from '../../sandbox/launcher/stack';
import { placeInboundCall, type PlacedCall } from '../../sandbox/telephony';

import { useSandbox } from './harness/sandbox';
import { variantOfMainWorkflow } from './harness/variants';

const FAULTS: Record<string, Fault> = {
	'429 for two seconds': { kind: 'rateLimitFor', ms: 2000 },
	'500 once': { kind: 'status', status: 500 },
	'a connection closed before the commit': { kind: 'closeBeforeCommit' },
	'a connection closed after the commit': { kind: 'closeAfterCommit' },
};

/** The requests of a call from an unknown number, in their order. */
const REQUESTS: Record<string, Omit<FaultRule, 'fault'>> = {
	'find the customer': { method: 'GET', path: /^\/v1\/customers\/phone=/ },
	'create the customer': { method: 'POST', path: /^\/v1\/customers$/ },
	'create the conversation': { method: 'POST', path: /\/conversations$/ },
	'write the note with the number': { method: 'POST', path: /\/notes$/ },
	'update the conversation': { method: 'PATCH', path: /^\/v1\/conversations\/\w+$/ },
	'write the note of the answer': { method: 'POST', path: /\/notes$/, skip: 1 },
};

const CASES = Object.keys(REQUESTS).flatMap((request) =>
	Object.keys(FAULTS).map((fault) => [fault, request] as const),
);
const SEEDED = new Set<string>(Object.values(SANDBOX.customers).map(({ id }) => id));
const CASES_TIMEOUT_MS = 120_000;

const sandbox = useSandbox();

interface Lane {
	standIn: KustomerStandIn;
	webhookUrl: string;
	workflowId: string;
}

async function openLane(name: string): Promise<Lane> {
	const standIn = await startKustomerStandIn({ rateLimitPerMinute: 0 });
	standIns.push(standIn);
	await sandbox.stack.api.saveCredential({
		name,
		type: 'kustomerApi',
		data: { organization: SANDBOX.organization, apiKey: standIn.apiKey, baseUrl: standIn.url },
	});
	const [published] = await sandbox.stack.n8n.publish([await variantOfMainWorkflow(name, {}, name)]);
	return {
		standIn,
		webhookUrl: sandbox.stack.n8n.webhookUrl(name),
		workflowId: published?.id ?? '',
	};
}
const standIns: KustomerStandIn[] = [];
afterAll(async () => {
	await Promise.all(standIns.map(async (standIn) => await standIn.close()));
});

async function placeCall(
	webhookUrl: string,
	scenario: 'answered' | 'simultaneous' = 'answered',
): Promise<PlacedCall> {
	return await placeInboundCall({
		webhookUrl,
		credential: sandbox.stack.credential,
		from: SANDBOX.unknownCaller,
		to: COMPANY_NUMBER,
		agent: AGENTS[0],
		queue: SANDBOX.queues.voice,
		scenario,
	});
}

/** What the call left behind in a stand-in that was fresh before, and how n8n saw it. */
async function outcomeOf({ standIn }: Lane, { call, deliveries }: PlacedCall) {
	const { store } = standIn;
	const externalId = sessionExternalId({ source: 'babelforce', id: call.id });
	const customers = [...store.customers.values()].filter(({ id }) => !SEEDED.has(id));
	const conversations = [...store.conversations.values()].filter(
		(conversation) => conversation.externalId === externalId,
	);
	return {
		answers: deliveries.map(({ status, body }) => ({ status, body })),
		isFaultOver: standIn.faults.isEmpty,
		customers: customers.map(({ name, phones, conversationIds }) => ({
			name,
			phones: phones.map(({ phone }) => phone),
			conversations: conversationIds.length,
		})),
		conversations: conversations.map(({ id, name, status, direction, tags, assignedUsers, externalId }) => ({
			name,
			status,
			direction,
			tags: store.tagNames(tags).sort(),
			assignedUsers,
			externalId,
			notes: store.notesOf(id).map(({ body }) => body.split('\n')[0]),
		})),
		conversationId: conversations[0]?.id,
	};
}

/** One customer, one conversation, each note once, both webhooks answered with the conversation. */
function expectOneAnsweredCall(
	{ conversationId, ...outcome }: Awaited<ReturnType<typeof outcomeOf>>,
	{ call, deliveries }: PlacedCall,
): void {
	expect(outcome).toEqual({
		answers: deliveries.map(() => ({ status: 200, body: expect.objectContaining({ conversationId }) })),
		isFaultOver: true,
		customers: [{ name: 'Unknown caller', phones: [SANDBOX.unknownCaller], conversations: 1 }],
		conversations: [
			{
				name: `Inbound call from ${SANDBOX.unknownCaller}`,
				status: 'open',
				direction: 'in',
				tags: ['babelforce', 'inbound call'],
				assignedUsers: [AGENTS[0]?.sourceId],
				externalId: `babelforce:${call.id}`,
				notes: [`Phone number: ${SANDBOX.unknownCaller}`, `Call answered by ${AGENTS[0]?.name}`],
			},
		],
	});
}

async function expectSuccesses(workflowId: string, count: number): Promise<void> {
	await sandbox.stack.n8n.idle();
	const executions = await sandbox.stack.n8n.executions(workflowId);
	expect(executions.map(({ status }) => status)).toEqual(Array.from({ length: count }, () => 'success'));
}

describe('every request of a call meets every fault', () => {
	type Result = PlacedCall & { outcome: Awaited<ReturnType<typeof outcomeOf>>; refused: number };
	const results = new Map<string, Result>();
	const workflowIds: string[] = [];

	beforeAll(async () => {
		const lanes = Object.entries(REQUESTS).map(async ([request, rule], index) => {
			const lane = await openLane(`lane-${index + 1}`);
			workflowIds.push(lane.workflowId);
			for (const [fault, kind] of Object.entries(FAULTS)) {
				lane.standIn.reset();
				lane.standIn.faults.add({ ...rule, fault: kind });
				const placed = await placeCall(lane.webhookUrl);
				const refused = lane.standIn.requests.filter(({ status }) => status === 429).length;
				results.set(`${fault} ${request}`, { ...placed, outcome: await outcomeOf(lane, placed), refused });
			}
		});
		await Promise.all(lanes);
	}, CASES_TIMEOUT_MS);

	it.each(CASES)('X1, X6: %s, when it has to %s: logged once', (fault, request) => {
		const result = results.get(`${fault} ${request}`);
		if (result === undefined || result instanceof Error)
			throw result ?? new Error('The call was not placed.');
		expectOneAnsweredCall(result.outcome, result);
	});

	it.each(Object.keys(REQUESTS))('X6: waits as long as Kustomer says, when it has to %s', (request) => {
		const result = results.get(`429 for two seconds ${request}`);
		expect(result).toMatchObject({ refused: 1 });
	});

	it('the workflow succeeds every time', async () => {
		expect(workflowIds).toHaveLength(Object.keys(REQUESTS).length);
		for (const workflowId of workflowIds) await expectSuccesses(workflowId, 2 * Object.keys(FAULTS).length);
	});
});

describe('everything goes wrong at once', () => {
	let lane: Lane;
	beforeAll(async () => {
		lane = await openLane('lane-all');
	});
	beforeEach(() => {
		lane.standIn.reset();
	});

	it.each(Object.entries(FAULTS).filter(([, { kind }]) => kind !== 'rateLimitFor'))(
		'X1, X6: %s at every request, and each event twice at the same moment: logged once',
		async (_name, fault) => {
			for (const rule of Object.values(REQUESTS)) lane.standIn.faults.add({ ...rule, skip: 0, fault });
			const placed = await placeCall(lane.webhookUrl, 'simultaneous');
			const outcome = await outcomeOf(lane, placed);
			// Which of the two notes comes first is open when both events arrive together.
			for (const conversation of outcome.conversations) conversation.notes.sort().reverse();
			expectOneAnsweredCall(outcome, placed);
		},
	);
});
