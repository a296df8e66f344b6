/**
 * What senders get wrong, and what people get wrong when they change the workflow, through the real webhook.
 */
import { sessionExternalId } from '../../lib/domain/external-id';
import { SANDBOX } from '../../sandbox/kustomer';
import { AGENTS, COMPANY_NUMBER } from '../../sandbox/launcher/stack';
import {
	credentialHeaders,
	deliver,
	encodeEvent,
	eventFields,
	newCall,
	type BabelforceEventName,
	type Delivery,
	type SimulatedAgent,
	type SimulatedCall,
} from '../../sandbox/telephony';
import type { BucketFields } from '../../sandbox/telephony/babelforce-events';

import { useSandbox } from './harness/sandbox';
import { variantOfMainWorkflow, type Changes } from './harness/variants';

const HOSTILE =
	'🚀👩‍💻 <b onclick="alert(1)">ünïcödé</b> \'; DROP TABLE calls; -- {{ $json }} ${x} 漢字 \u202e';
const LONG = 'n'.repeat(10_000);

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.standIn.reset();
});

function call(agent: SimulatedAgent | undefined = AGENTS[0]): SimulatedCall {
	return newCall({ from: SANDBOX.unknownCaller, to: COMPANY_NUMBER, agent, queue: SANDBOX.queues.voice });
}

/** Posts a body as it is, with the right secret unless other headers are given. */
async function post(
	body: string,
	options: { query?: string; type?: string; headers?: Record<string, string> } = {},
): Promise<Delivery> {
	const { query = '', type = 'application/json', headers } = options;
	return await deliver('call.inbound', {
		method: 'POST',
		url: `${sandbox.stack.webhookUrl}${query}`,
		headers: {
			'content-type': type,
			...(headers ?? credentialHeaders(sandbox.stack.credential, body, Date.now())),
		},
		body,
	});
}

/** Sends one event, with some of its fields changed or (undefined) left out. */
async function send(
	name: BabelforceEventName,
	about: SimulatedCall,
	changes: Record<string, BucketFields[string] | undefined> = {},
	webhookUrl = sandbox.stack.webhookUrl,
): Promise<Delivery> {
	const fields = Object.entries({ ...eventFields(name, about), ...changes }).filter(
		(entry): entry is [string, BucketFields[string]] => entry[1] !== undefined,
	);
	const target = { webhookUrl, encoding: 'json' as const, credential: sandbox.stack.credential };
	return await deliver(name, encodeEvent(Object.fromEntries(fields), target, Date.now()));
}

/** Conversations of the call, and customers that were not there before. */
function written(about: SimulatedCall) {
	const { store } = sandbox.standIn;
	const externalId = sessionExternalId({ source: 'babelforce', id: about.id });
	const seeded = new Set<string>(Object.values(SANDBOX.customers).map(({ id }) => id));
	return {
		customers: [...store.customers.values()].filter(({ id }) => !seeded.has(id)),
		conversations: [...store.conversations.values()].filter((one) => one.externalId === externalId),
	};
}

describe('what the webhook refuses: the answer says why, nothing runs, nothing reaches Kustomer', () => {
	const inbound = (changes: Record<string, string | undefined> = {}) =>
		JSON.stringify({ ...eventFields('call.inbound', call()), ...changes });
	const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });

	it.each<[string, () => Promise<Delivery>, number, RegExp]>([
		['an empty body', async () => await post(''), 422, /"error":"The webhook is empty.*"field":"body"/],
		[
			'an empty body with the event in the URL',
			async () => await post('', { query: '?event=call.inbound' }),
			422,
			/'call.id' is missing.*Tick the bucket 'Call'.*"field":"call.id"/,
		],
		['an empty object', async () => await post('{}'), 422, /The webhook is empty.*"field":"body"/],
		[
			// n8n reads JSON before it asks the trigger.
			'JSON that breaks off',
			async () => await post('{"call.id": "a1'),
			422,
			/"message":"Failed to parse request body".*"hint":"Unterminated string in JSON/,
		],
		[
			'text that is not JSON',
			async () => await post('<call id="a1"/>', { type: 'text/plain' }),
			422,
			/neither a JSON object nor form fields.*Content-Type.*"field":"body"/,
		],
		[
			'a JSON text',
			async () => await post('"call"'),
			422,
			/neither a JSON object nor form fields.*"field":"body"/,
		],
		[
			'an unknown event',
			async () => await post(inbound({ event: 'call.exploded' })),
			422,
			/This event is not known. Known are: incoming.*call\.inbound.*"field":"event"/,
		],
		[
			'a call without an id',
			async () => await post(inbound({ 'call.id': undefined })),
			422,
			/'call.id' is missing.*Tick the bucket 'Call'.*"field":"call.id"/,
		],
		[
			'a placeholder that was not filled in',
			async () => await post(inbound({ 'call.id': '{call.id}' })),
			422,
			/'call.id' still holds a placeholder.*"field":"call.id"/,
		],
		[
			'an id of 10,000 characters',
			async () => await post(inbound({ 'call.id': LONG })),
			422,
			/'call.id' has more than 200 characters.*"field":"call.id"/,
		],
		[
			'a wrong secret',
			async () => await post(inbound(), { headers: basic('babelforce:guess') }),
			401,
			/"error":"The webhook does not show who sent it in the way/,
		],
		[
			'a missing secret',
			async () => await post(inbound(), { headers: {} }),
			401,
			/"error":"The webhook does not show who sent it in the way/,
		],
		[
			'an event that was not ticked',
			async () => await send('call.finished', call()),
			200,
			/"ignored":true.*not ticked in the parameter 'Events'/,
		],
	])('%s', async (_name, deliverIt, status, message) => {
		const executions = (await sandbox.stack.n8n.executions())[0]?.id;
		const delivery = await deliverIt();
		expect(JSON.stringify(delivery.body)).toMatch(message);
		expect(delivery.status).toBe(status);
		expect(JSON.stringify(delivery.body)).not.toContain(SANDBOX.unknownCaller);
		expect(await sandbox.settled()).toBe(0);
		expect((await sandbox.stack.n8n.executions())[0]?.id).toBe(executions);
	});
});

describe('what the webhook takes, odd as it is', () => {
	it.each([
		['has no number', { 'call.from': undefined }, 'an unknown', 'not known'],
		['has the number "anonymous"', { 'call.from': 'anonymous' }, 'a withheld', 'withheld'],
		['has a number of 10,000 digits', { 'call.from': '9'.repeat(10_000) }, 'an unknown', 'not known'],
		['has an emoji for a number', { 'call.from': '🚀' }, 'an unknown', 'not known'],
	])(
		'X4: a call that %s: a customer and a conversation without it',
		async (_name, changes, titled, noted) => {
			const about = call();
			expect(await send('call.inbound', about, changes)).toMatchObject({ status: 200 });
			expect(await send('call.bridged', about, changes)).toMatchObject({ status: 200 });

			const found = await sandbox.callInKustomer(about);
			expect(found.conversation.name).toBe(`Inbound call from ${titled} number`);
			expect(found.customer?.phones).toEqual([]);
			expect(found.notes[0]).toBe(`Phone number: ${noted}\nCalled number: ${COMPANY_NUMBER}`);
			expect(found.assignees).toEqual([AGENTS[0]?.name]);
			expect(written(about).customers).toHaveLength(1);
		},
	);

	it('X1: a call without a number that is delivered twice has one customer', async () => {
		const about = call();
		for (let time = 0; time < 2; time += 1) await send('call.inbound', about, { 'call.from': undefined });
		const { customers, conversations } = written(about);
		expect([customers.length, conversations.length]).toEqual([1, 1]);
	});

	it('B2: a GET with everything in the URL', async () => {
		const { call: placed, deliveries } = await sandbox.placeCall({ encoding: 'query' });
		expect(deliveries.map(({ status }) => status)).toEqual([200, 200]);
		expect((await sandbox.callInKustomer(placed)).assignees).toEqual([AGENTS[0]?.name]);
	});

	it('emoji, HTML and templates in every text: they arrive as they were sent', async () => {
		const about = call({ ...AGENTS[0], id: HOSTILE, name: HOSTILE, number: HOSTILE });
		const hostile = Object.fromEntries(
			['call.sessionId', 'call.conversationId', 'call.domain', 'call.source', 'call.to'].map((name) => [
				name,
				HOSTILE,
			]),
		);
		const answered = { 'queue.id': HOSTILE, 'queue.name': HOSTILE, 'agent.email': HOSTILE };
		expect(await send('call.inbound', about, hostile)).toMatchObject({ status: 200 });
		expect(await send('call.bridged', about, { ...hostile, ...answered })).toMatchObject({ status: 200 });

		const found = await sandbox.callInKustomer(about);
		expect(found.assignees).toEqual([AGENTS[0]?.name]);
		expect(found.notes).toHaveLength(2);
		expect(found.notes[0]).toContain(`Called number: ${HOSTILE}`);
		expect(found.notes[1]).toContain(`Call answered by ${HOSTILE}\nQueue: ${HOSTILE}`);
	});

	it.each([
		['an agent', { 'agent.name': LONG }],
		['a queue', { 'queue.name': LONG }],
		['an agent and a queue', { 'agent.name': LONG, 'queue.name': LONG }],
		['a called number', { 'call.to': LONG }],
		['everything', { 'agent.name': LONG, 'queue.name': LONG, 'call.to': LONG, 'call.from': LONG }],
	])('10,000 characters as the name of %s: logged and assigned all the same', async (_name, changes) => {
		const about = call();
		expect(await send('call.inbound', about, changes)).toMatchObject({ status: 200 });
		expect(await send('call.bridged', about, changes)).toMatchObject({ status: 200 });

		const found = await sandbox.callInKustomer(about);
		expect(found.assignees).toEqual([AGENTS[0]?.name]);
		expect(found.notes).toHaveLength(2);
		expect(found.notes[1]).toMatch(/^Call answered by /);
	});
});

describe('a step that was changed badly: the execution says what is wrong, and a repeat completes the call', () => {
	const create = (parameters: Record<string, unknown>): Changes => ({ 'Create Conversation': parameters });
	const named = (tag: string) => ({ __rl: true, mode: 'name', value: tag });

	it.each<[string, Changes, RegExp]>([
		[
			'a tag with a parenthesis',
			create({ additionalFields: { tags: [named('Voice Inbound (IVR)')] } }),
			/The tag "Voice Inbound \(IVR\)" holds signs.*Use "Voice Inbound - IVR"/,
		],
		[
			'thirty tags',
			create({
				additionalFields: { tags: Array.from({ length: 30 }, (_, index) => named(`tag ${index}`)) },
			}),
			/There are 30 tags; Kustomer takes at most 20/,
		],
		[
			'a name of 10,000 characters',
			create({ additionalFields: { name: LONG } }),
			/The name has 10000 characters; Kustomer takes at most 256.*slice\(0, 256\)/,
		],
		[
			'an attribute of the wrong type',
			create({ customAttributes: { value: { callDurationNum: 'long' } } }),
			/The custom attribute "callDurationNum" has to be a number/,
		],
		[
			'an unknown attribute that is not to be left out',
			create({
				customAttributes: { value: { nobodyKnowsStr: 'x' } },
				options: { unknownAttributes: 'stop' },
			}),
			/"nobodyKnowsStr".*Settings > Platform > Klasses/,
		],
		[
			'no customer',
			create({ customer: { value: '={{ $json.nothing }}' } }),
			/'Customer' is empty.*expression/,
		],
		[
			'a customer who does not exist',
			create({ customer: { value: 'f'.repeat(24) } }),
			/Unknown customer \(field "customer"\).*Check the value/,
		],
	])('B4: %s', async (name, changes, message) => {
		const path = `variant-${name.replace(/[^a-z]+/g, '-')}`;
		const webhookUrl = await sandbox.publish(await variantOfMainWorkflow(path, changes));
		const about = call();
		const failed = await send('call.inbound', about, {}, webhookUrl);
		expect(failed).toMatchObject({ status: 500, body: { message: 'Error in workflow' } });

		await sandbox.settled();
		const [summary] = await sandbox.stack.n8n.executions();
		const { status, error } = await sandbox.stack.api.execution(summary?.id ?? '');
		expect(status).toBe('error');
		const text = `${error?.message} ${error?.description}`;
		expect(text).toMatch(message);
		expect(text).not.toContain(SANDBOX.unknownCaller);
		expect(written(about).conversations).toEqual([]);

		// The step is put right, and the platform (or a person, in n8n) sends the events again.
		expect(await send('call.inbound', about)).toMatchObject({ status: 200 });
		expect(await send('call.bridged', about)).toMatchObject({ status: 200 });
		const { customers, conversations } = written(about);
		expect([customers.length, conversations.length]).toEqual([1, 1]);
		const found = await sandbox.callInKustomer(about);
		expect(found.assignees).toEqual([AGENTS[0]?.name]);
		expect(found.notes).toHaveLength(2);
	});
});
