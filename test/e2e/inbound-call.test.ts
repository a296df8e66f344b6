import { TEST_CALLER } from '../../lib/domain/test-call';
import { SANDBOX } from '../../sandbox/kustomer';
import { readWorkflow } from '../../sandbox/launcher';
import { AGENTS, COMPANY_NUMBER, TEST_CALL_WORKFLOW } from '../../sandbox/launcher/stack';
import { withFields } from '../../sandbox/launcher/workflow-settings';
import {
	deliver,
	encodeEvent,
	ENCODINGS,
	eventFields,
	newCall,
	newPlatformId,
	type BabelforceEventName,
} from '../../sandbox/telephony';

import { useSandbox } from './harness/sandbox';
import { waitFor } from './harness/wait';
import { variantOfMainWorkflow } from './harness/variants';

const KNOWN_CALLER = SANDBOX.customers.jonas;

/** Ring and bridged together, for a caller whom Kustomer knows; creating the customer costs one more. */
const MOST_REQUESTS = 5;

const sandbox = useSandbox();

beforeEach(() => {
	sandbox.standIn.reset();
});

/** Holds for every way in which one answered call may arrive. */
async function expectOneAnsweredCall(
	call: { id: string },
	agent: string = AGENTS[0]?.name ?? '',
): Promise<void> {
	const found = await sandbox.callInKustomer(call);
	expect(found.assignees).toEqual([agent]);
	expect(found.conversation).toMatchObject({
		status: 'open',
		direction: 'in',
	});
	expect(found.conversation.tags).toHaveLength(2);
	expect(found.notes.map((note) => /^(Phone number: |Call answered by )/.exec(note)?.[0]).sort()).toEqual([
		'Call answered by ',
		'Phone number: ',
	]);
	const posted = sandbox.standIn.requests.filter(
		({ method, path, status }) => method === 'POST' && path.endsWith('/conversations') && status === 201,
	);
	expect(posted).toHaveLength(1);
}

/** Each event several times, in an order that the seed decides. */
function shuffled(events: BabelforceEventName[], times: number, seed: number): BabelforceEventName[] {
	const deck = Array.from({ length: times }, () => events).flat();
	let state = seed;
	for (let index = deck.length - 1; index > 0; index -= 1) {
		state = (state * 48_271) % 2_147_483_647;
		const other = state % (index + 1);
		[deck[index], deck[other]] = [deck[other] as BabelforceEventName, deck[index] as BabelforceEventName];
	}
	return deck;
}

describe('an inbound call, from babelforce webhook to Kustomer conversation', () => {
	it('B2: its runs are found by the ID of the call: session, outcome, conversation and agent are saved with them', async () => {
		const { call } = await sandbox.placeCall();
		const { conversation } = await sandbox.callInKustomer(call);
		const [{ id: workflowId = '' } = {}] = sandbox.stack.workflows;
		const runs = await sandbox.stack.api.executions({ workflowId, limit: 2 });
		const executions = await Promise.all(runs.map(({ id }) => sandbox.stack.api.execution(id)));
		const common = { session: `babelforce:${call.id}`, conversation: conversation.id };
		expect(executions.map(({ saved }) => saved)).toEqual([
			{ ...common, outcome: 'updated', assignedTo: AGENTS[0]?.sourceId },
			{ ...common, outcome: 'created' },
		]);
	});

	it('B1, B2, B3, B6, C17, C20: an unknown caller becomes a customer with one conversation, assigned once bridged', async () => {
		const { call, deliveries } = await sandbox.placeCall();

		expect(deliveries.map(({ status }) => status)).toEqual([200, 200]);
		await expectOneAnsweredCall(call);
		const { conversation, customer, notes } = await sandbox.callInKustomer(call);
		expect(deliveries[0]?.body).toMatchObject({ conversationId: conversation.id });
		expect(customer?.phones).toEqual([SANDBOX.unknownCaller]);
		expect(notes.join('\n')).toContain(SANDBOX.unknownCaller);
		expect(await sandbox.failures()).toEqual([]);
	});

	it('B1: a known caller is found by phone number', async () => {
		const { call } = await sandbox.placeCall({ from: KNOWN_CALLER.phone });

		await expectOneAnsweredCall(call);
		expect((await sandbox.callInKustomer(call)).customer?.id).toBe(KNOWN_CALLER.id);
	});

	it.each(['duplicate', 'simultaneous', 'bridgedFirst'] as const)(
		'X1: one conversation in the right state when events arrive in the manner "%s"',
		async (scenario) => {
			const { call } = await sandbox.placeCall({ from: KNOWN_CALLER.phone, scenario });
			await expectOneAnsweredCall(call);
		},
	);

	describe.each([1, 2, 3])(
		'X1: every event three times, in random order and all at once, round %i',
		(seed) => {
			it.each([
				['known', KNOWN_CALLER.phone],
				['unknown', SANDBOX.unknownCaller],
			])('a caller who is %s: one conversation in the right state', async (_name, from) => {
				const { webhookUrl, credential } = sandbox.stack;
				const call = newCall({ from, to: COMPANY_NUMBER, agent: AGENTS[0], queue: SANDBOX.queues.voice });
				const customersBefore = sandbox.standIn.store.customers.size;
				const deliveries = await Promise.all(
					shuffled(['call.inbound', 'call.bridged', 'call.finished'], 3, seed).map(async (event) => {
						const target = { webhookUrl, credential, encoding: 'form' as const };
						return await deliver(event, encodeEvent(eventFields(event, call), target, Date.now()));
					}),
				);
				expect(deliveries.map(({ status }) => status)).toEqual(deliveries.map(() => 200));
				await sandbox.settled();
				await expectOneAnsweredCall(call);
				expect((await sandbox.callInKustomer(call)).customer?.phones).toEqual([from]);
				const created = sandbox.standIn.store.customers.size - customersBefore;
				expect(created).toBe(from === KNOWN_CALLER.phone ? 0 : 1);
			});
		},
	);

	it.each(ENCODINGS)('B1: understands the webhook as %s', async (encoding) => {
		const { call } = await sandbox.placeCall({ encoding });
		await expectOneAnsweredCall(call);
	});

	it('X4: a withheld number gets a conversation and a customer without phone', async () => {
		const { call } = await sandbox.placeCall({ scenario: 'anonymous' });
		await expectOneAnsweredCall(call);
		expect((await sandbox.callInKustomer(call)).customer?.phones).toEqual([]);
	});

	it('B3, C16: an agent whom the event does not name by Kustomer id is found by email', async () => {
		const { name, email } = SANDBOX.users.ben;
		const { call } = await sandbox.placeCall({ agent: { id: newPlatformId(), name, email } });
		await expectOneAnsweredCall(call, name);
	});

	it('B3, C16: an agent whom Kustomer does not know: nobody is assigned, or the fallback user when one is set', async () => {
		const agent = { id: newPlatformId(), name: 'Somebody', email: 'somebody@elsewhere.example' };
		const { call } = await sandbox.placeCall({ agent });
		const found = await sandbox.callInKustomer(call);
		expect(found.assignees).toEqual([]);
		expect(found.notes.at(-1)).toContain('Call answered by Somebody');

		const { id, name } = SANDBOX.users.duty;
		const variant = await variantOfMainWorkflow('fallback-user', {
			'Update Conversation': { fallbackAgent: { mode: 'id', value: id } },
		});
		const webhookUrl = await sandbox.publish(variant);
		sandbox.standIn.reset();
		const { call: other } = await sandbox.placeCall({ agent, webhookUrl });
		await expectOneAnsweredCall(other, name);
	});

	it('X2: refuses a caller with a wrong secret, runs nothing, and says so in the log of n8n', async () => {
		const before = (await sandbox.stack.n8n.executions()).length;
		const { deliveries } = await sandbox.placeCall({
			credential: { method: 'basicAuth', user: 'babelforce', password: 'wrong' },
		});
		expect(deliveries.map(({ status }) => status)).toEqual([401, 401]);
		expect((await sandbox.stack.n8n.executions()).length).toBe(before);
		// There is no execution that would say so: the log does, with the workflow.
		const [line] = sandbox.stack.n8n.log().filter((text) => text.includes('Webhook refused'));
		expect(line).toMatch(
			/Webhook refused: The user or the password is not .* \[workflow: babelforce: inbound call to Kustomer conversation, workflowId: \w+, node: Call Event, refused: 1\]/,
		);
	});
});

describe('what a call costs', () => {
	const rows: Array<
		[caller: string, ring: number, bridged: number, ringAgain: number, bridgedAgain: number]
	> = [];
	afterAll(() => {
		const heads = ['Kustomer requests', 'ring', 'bridged', 'together', 'ring again', 'bridged again'];
		const lines = rows.map(([caller, ring, bridged, ...again]) => [
			caller,
			...[ring, bridged, ring + bridged, ...again].map((count) => String(count).padStart(9)),
		]);
		const table = [heads, ...lines].map(([first = '', ...others]) =>
			[first.padEnd(18), ...others.map((text) => text.padStart(14))].join(''),
		);
		console.info(table.join('\n'));
	});

	it.each([
		['known caller', KNOWN_CALLER.phone, MOST_REQUESTS],
		// One more to create the customer, and one to see whether the number is a shared one.
		['unknown caller', SANDBOX.unknownCaller, MOST_REQUESTS + 2],
	])(
		'%s: no more requests than promised, and at most one more when an event is repeated',
		async (name, from, most) => {
			const { call, requestsPerStep } = await sandbox.placeCall({ from, scenario: 'duplicate' });
			// The second delivery of each event comes right after the first.
			const [ring = NaN, ringAgain = NaN, bridged = NaN, bridgedAgain = NaN] = requestsPerStep;
			rows.push([name, ring, bridged, ringAgain, bridgedAgain]);
			await expectOneAnsweredCall(call);
			expect(ring + bridged).toBeLessThanOrEqual(most);
			expect(ringAgain).toBeLessThanOrEqual(ring + 1);
			expect(bridgedAgain).toBeLessThanOrEqual(bridged + 1);
		},
	);
});

describe('the workflow that places a test call through the own trigger', () => {
	const TIMEOUT_MS = 90_000;
	const submitted = async (webhookId: string, choice: string): Promise<void> => {
		const url = `${sandbox.stack.n8n.baseUrl}/form/${webhookId}`;
		await waitFor('the form', async () => (await fetch(url)).ok);
		const form = new FormData();
		form.append('field-0', choice);
		expect((await fetch(url, { method: 'POST', body: form })).status).toBe(200);
	};

	it(
		'B6: its call becomes a conversation marked as a test, and is removed without a trace of anything else',
		async () => {
			const { api, credential, n8n, webhookUrl } = sandbox.stack;
			if (credential.method !== 'basicAuth') throw new Error('The sandbox has another webhook credential.');
			const { user, password } = credential;
			await api.saveCredential({ name: 'Test caller', type: 'httpBasicAuth', data: { user, password } });
			const shipped = await readWorkflow(TEST_CALL_WORKFLOW);
			const toMine = withFields(shipped, 'Send to Your Trigger', {
				url: webhookUrl,
				genericAuthType: 'httpBasicAuth',
			});
			await n8n.publish([withFields(toMine, 'Get Test Events', { testAgentEmail: AGENTS[0]?.email })]);
			const trigger = shipped.nodes.find(({ name }) => name === 'What to Do');
			const { store } = sandbox.standIn;
			const before = {
				customers: [...store.customers.keys()],
				conversations: [...store.conversations.keys()],
			};
			const added = () =>
				[...store.conversations.values()].filter(({ id }) => !before.conversations.includes(id));

			await submitted(String(trigger?.webhookId), 'Place a test call');
			const call = await waitFor(
				'the test mark',
				() => {
					const [one] = added();
					return Promise.resolve(one?.tags.length === 3 ? one : undefined);
				},
				40_000,
			);
			await sandbox.settled();
			expect(added()).toHaveLength(1);
			expect(store.customers.get(call.customerId)?.phones.map(({ phone }) => phone)).toEqual([TEST_CALLER]);
			expect(call.assignedUsers).toEqual([AGENTS[0]?.sourceId]);

			await submitted(String(trigger?.webhookId), 'Remove all test calls');
			await waitFor('the test call to be gone', () => Promise.resolve(added().length === 0), 20_000);
			await sandbox.settled();
			expect([...store.customers.keys()]).toEqual(before.customers);
			expect([...store.conversations.keys()]).toEqual(before.conversations);
			expect(await sandbox.failures()).toEqual([]);
		},
		TIMEOUT_MS,
	);
});
