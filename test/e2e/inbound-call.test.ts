import { SANDBOX } from '../../sandbox/kustomer';
import { AGENTS } from '../../sandbox/launcher/stack';
import { ENCODINGS } from '../../sandbox/telephony';

import { useSandbox } from './harness/sandbox';

const KNOWN_CALLER = SANDBOX.customers.jonas;

/** Ring and bridged together, for a caller whom Kustomer knows; creating the customer costs one more. */
const MOST_REQUESTS = 5;

const sandbox = useSandbox();

beforeEach(() => {
	sandbox.standIn.reset();
});

/** Holds for every way in which one answered call may arrive. */
async function expectOneAnsweredCall(call: { id: string }): Promise<void> {
	const found = await sandbox.callInKustomer(call);
	expect(found.assignees).toEqual([AGENTS[0]?.name]);
	expect(found.conversation.status).toBe('open');
	expect(found.notes).toHaveLength(2);
	expect(found.notes.join('\n')).toContain(AGENTS[0]?.name);
	const posted = sandbox.standIn.requests.filter(
		({ method, path, status }) => method === 'POST' && path.endsWith('/conversations') && status === 201,
	);
	expect(posted).toHaveLength(1);
}

describe('an inbound call, from babelforce webhook to Kustomer conversation', () => {
	it('B1, B2, B3, B6, C17, C20: an unknown caller becomes a customer with one conversation, assigned once bridged', async () => {
		const { call, deliveries, requests, requestsPerStep } = await sandbox.placeCall();

		expect(deliveries.map(({ status }) => status)).toEqual([200, 200]);
		await expectOneAnsweredCall(call);
		const { conversation, customer, notes } = await sandbox.callInKustomer(call);
		expect(deliveries[0]?.body).toMatchObject({ conversationId: conversation.id });
		expect(customer?.phones).toEqual([SANDBOX.unknownCaller]);
		expect(notes.join('\n')).toContain(SANDBOX.unknownCaller);
		expect(await sandbox.failures()).toEqual([]);
		console.info(`Unknown caller: ${requests} Kustomer requests (${requestsPerStep.join(' + ')}).`);
		expect(requests).toBeLessThanOrEqual(MOST_REQUESTS + 1);
	});

	it('B1: a known caller is found by phone number', async () => {
		const { call, requests, requestsPerStep } = await sandbox.placeCall({ from: KNOWN_CALLER.phone });

		await expectOneAnsweredCall(call);
		expect((await sandbox.callInKustomer(call)).customer?.id).toBe(KNOWN_CALLER.id);
		console.info(`Known caller: ${requests} Kustomer requests (${requestsPerStep.join(' + ')}).`);
		expect(requests).toBeLessThanOrEqual(MOST_REQUESTS);
	});

	it.each(['duplicate', 'simultaneous', 'bridgedFirst'] as const)(
		'X1: one conversation in the right state when events arrive in the manner "%s"',
		async (scenario) => {
			const { call } = await sandbox.placeCall({ from: KNOWN_CALLER.phone, scenario });
			await expectOneAnsweredCall(call);
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

	it('refuses a caller with a wrong secret, and runs nothing', async () => {
		const before = (await sandbox.stack.n8n.executions()).length;
		const { deliveries } = await sandbox.placeCall({
			credential: { method: 'basicAuth', user: 'babelforce', password: 'wrong' },
		});
		expect(deliveries.map(({ status }) => status)).toEqual([401, 401]);
		expect((await sandbox.stack.n8n.executions()).length).toBe(before);
	});
});
