import type { IDataObject } from 'n8n-workflow';

import { Kustomer } from '../../nodes/Kustomer/Kustomer.node';
import { SANDBOX } from '../../sandbox/kustomer';
import { itemsOf, jsonOf } from './execute-harness';
import { AGENT_LINKS, locator, mapped, run, useKustomer } from './kustomer-setup';
import { testOutputSchemas, type Outputs } from './output-schemas';

const standIn = useKustomer();

/** Fields that no run of the test can fill, because nothing writes them. */
const NEVER_FILLED = { customer: ['companyId'], conversation: ['lastActivityAt'] };

/** A call of a customer who is known, with an agent who is found by email. */
const CALL = {
	externalId: 'ccaip:call-1',
	occurredAt: '2026-03-01T10:00:00.000Z',
	session: {
		source: 'ccaip',
		id: 'call-1',
		channel: 'voice',
		type: 'Voice Inbound (IVR)',
		direction: 'in',
		state: 'connected',
		endUser: { phone: SANDBOX.customers.jonas.phone },
		agent: { id: '7', name: 'Ana Reis', email: SANDBOX.users.ana.email },
		menuPath: ['Orders', 'Delivery'],
		startedAt: '2026-03-01T09:59:00.000Z',
		connectedAt: '2026-03-01T10:00:00.000Z',
	},
};

/** Agents who have to be changed on either side, and one whom nobody knows. */
async function keepAgentStatusTable(
	keep: (operation: string, parameters: object, item?: IDataObject) => Promise<void>,
): Promise<void> {
	const rows = [
		{ kustomerStatus: 'Available', platformStatus: 'Ready' },
		{ kustomerStatus: 'Email', platformStatus: 'Office' },
	];
	const { ana, ben } = SANDBOX.users;
	const statuses = { rows };
	await keep('agentStatus.map', { status: 'Available', currentStatus: 'Office', statuses });
	await keep('agentStatus.map', { status: 'Lunch', statuses });
	const agent = { id: '1', name: ana.name, email: ana.email, status: 'Office' };
	await keep('agentStatus.compare', { statuses, direction: 'kustomerToPlatform' }, agent);
	await keep(
		'agentStatus.compare',
		{ statuses, direction: 'platformToKustomer' },
		{ ...agent, email: ben.email, status: 'Ready' },
	);
}

/** Runs that fill as many fields as they can, so that the schema is held against real output. */
async function outputsOf(): Promise<Outputs> {
	const outputs: Outputs = {};
	const keep = async (operation: string, parameters: object, item: IDataObject = {}) => {
		const file = {
			data: Buffer.from('ID3').toString('base64'),
			mimeType: 'audio/mpeg',
			fileName: 'call-2.mp3',
		};
		const items = itemsOf(item).map((one) => ({ ...one, binary: { data: file } }));
		const result = await run(standIn, operation, parameters as never, { items });
		const left = { ...result, items: result.outputOf('Node').flat() };
		(outputs[operation] ??= []).push(...jsonOf(left));
	};
	const fields = {
		locale: 'de_DE',
		timeZone: 'Europe/Berlin',
		username: 'ada',
		tags: ['VIP'],
		sharedPhones: '+12125550142',
		sharedEmails: 'office@example.com',
	};
	const { jonas } = SANDBOX.customers;
	const customerFields = {
		name: 'Ada',
		phone: '+12125550111',
		email: 'ada@example.com',
		externalId: 'shop-1',
	};
	await keep('customer.create', {
		...customerFields,
		additionalFields: fields,
		customAttributes: mapped({ loyaltyNum: 1 }),
	});
	const ada = String(outputs['customer.create']?.[0]?.id);
	await keep('customer.findOrCreate', { phone: customerFields.phone });
	await keep('customer.findOrCreate', { phone: 'anonymous', options: { whenUnusable: 'skip' } });
	await keep('customer.get', { customer: locator('id', ada) });
	await keep('customer.getMany', { returnAll: true });
	await keep('customer.update', { customer: locator('id', ada), updateFields: { name: 'Ada L.' } });

	const conversation = locator('externalId', 'b:1');
	await keep('conversation.create', {
		customer: locator('id', ada),
		externalId: 'b:1',
		additionalFields: {
			name: 'Call',
			priority: 2,
			direction: 'in',
			tags: ['Voice'],
			queue: locator('id', SANDBOX.queues.voice.id),
		},
		customAttributes: mapped({ callIdStr: 'c' }),
		note: 'x',
	});
	await keep('message.create', {
		conversation,
		externalId: 'b:1',
		additionalFields: { subject: 'Call', preview: 'Call', meta: '{"a":1}' },
		customAttributes: mapped({ queueNameStr: 'q' }),
	});
	await keep('message.update', { message: locator('externalId', 'b:1'), updateFields: { preview: 'Ended' } });
	await keep('note.create', { conversation, note: 'x', noteKey: 'x' });
	await keep('conversation.update', {
		conversation,
		agentChange: 'replace',
		agent: locator('id', SANDBOX.users.ana.id),
		note: 'y',
	});
	await keep('conversation.get', { conversation });
	await keep('conversation.getMany', { returnAll: true });
	await keep('conversation.findOpen', { customer: locator('id', ada) });
	await keep('conversation.findOpen', {
		customer: locator('id', jonas.id),
		filters: { maxAgeHours: 0.0001 },
	});
	const linkAddress = 'https://n8n.example.com/webhook/call';
	await keep('agentLink.createCallLink', { conversation, linkAddress });
	const link = new URL(String(outputs['agentLink.createCallLink']?.[0]?.link)).searchParams.get('link') ?? '';
	await keep('agentLink.useCallLink', { callLink: link });
	await keep('agentLink.useCallLink', { callLink: link, startCall: true });
	await keep('agentLink.useCallLink', { callLink: link, startCall: true });
	await keep('agentLink.createToken', {});
	await keep('agentLink.getPage', { linkKey: AGENT_LINKS.lookupKey, phone: jonas.phone, email: 'x' });
	await keep('agentLink.getPage', {
		linkKey: AGENT_LINKS.lookupKey,
		recordId: String(outputs['conversation.create']?.[0]?.id),
	});
	await keep('field.createSessionFields', { dryRun: true });
	await keep('field.createSessionFields', {});
	await keep(
		'crmRequest.answer',
		{ answerWith: 'account', answerId: '1' },
		{ endpoint: 'findRecord', method: 'POST', receivedAt: '2026-03-01T10:00:00.000Z', fields: { id: '1' } },
	);
	await keep('testCall.getEvents', { platform: 'generic' });
	await keep('testCall.remove', { dryRun: true });
	const onMessage = { target: 'message', message: locator('externalId', 'b:1'), source: 'url' };
	const linked = {
		...onMessage,
		url: 'https://files.example.com/call-1.mp3',
		store: 'link',
		options: { fileSize: 7 },
	};
	await keep('recording.upload', linked);
	await keep('recording.upload', { ...onMessage, source: 'binary', store: 'both', externalUrl: linked.url });
	await keep('session.log', {}, { ...CALL, event: 'ended' });
	await keep('session.log', { dryRun: true }, { session: { ...CALL.session, id: 'call-2' } });
	await keep(
		'session.readMail',
		{ allowedSenders: '', mailServer: 'mx.example.com' },
		{
			from: { value: [{ address: 'no-reply@ccaiplatform.com' }] },
			headers: {
				'authentication-results':
					'Authentication-Results: mx.example.com; dmarc=pass header.from=ccaiplatform.com',
			},
			text: JSON.stringify({
				id: 7,
				chat_type: 'Messaging Inbound (Web Chat)',
				updated_at: '2026-11-20T09:19:20Z',
			}),
		},
	);
	await keep('user.find', { email: SANDBOX.users.ana.email });
	await keep('user.find', { email: 'nobody@example.com' });
	await keepAgentStatusTable(keep);
	await keep('agentStatus.get', { agents: 'all' });
	standIn.store.workSessions.signIn(SANDBOX.users.ben.id);
	await keep('agentStatus.get', { agents: 'all' });
	const agent = locator('email', SANDBOX.users.ana.email);
	await keep('agentStatus.set', { agent, status: 'Lunch' });
	await keep('agentStatus.set', { agent, status: 'Offline', options: { whenImpossible: 'goOn' } });
	return outputs;
}

testOutputSchemas(new Kustomer(), 'Kustomer', outputsOf, { neverFilled: NEVER_FILLED });
