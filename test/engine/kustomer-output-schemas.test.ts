import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { INodeExecutionData, INodePropertyOptions, JsonObject } from 'n8n-workflow';

import { Kustomer } from '../../nodes/Kustomer/Kustomer.node';
import { SANDBOX, startKustomerStandIn, type KustomerStandIn } from '../../sandbox/kustomer';
import { itemsOf } from './execute-harness';
import { locator, mapped, run } from './kustomer-setup';

const FOLDER = join(__dirname, '../../nodes/Kustomer/__schema__/v1.0.0');

let standIn: KustomerStandIn;
beforeAll(async () => {
	standIn = await startKustomerStandIn({ rateLimitPerMinute: 0 });
});
afterAll(async () => await standIn.close());

/** Fields that no run of the test can fill, because nothing writes them. */
const NEVER_FILLED: Record<string, string[]> = {
	customer: ['companyId'],
	conversation: ['lastActivityAt'],
};

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
	keep: (operation: string, parameters: object, item?: INodeExecutionData['json']) => Promise<void>,
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
async function outputsOf(): Promise<Record<string, INodeExecutionData['json'][]>> {
	const outputs: Record<string, INodeExecutionData['json'][]> = {};
	const keep = async (operation: string, parameters: object, item: INodeExecutionData['json'] = {}) => {
		const file = {
			data: Buffer.from('ID3').toString('base64'),
			mimeType: 'audio/mpeg',
			fileName: 'call-2.mp3',
		};
		const items = itemsOf(item).map((one) => ({ ...one, binary: { data: file } }));
		const result = await run(standIn, operation, parameters as never, { items });
		if (result.error !== undefined) throw result.error;
		const left = result.outputOf('Node').flat();
		(outputs[operation] ??= []).push(...left.map(({ json }) => json));
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
	await keep('field.createSessionFields', { dryRun: true });
	await keep('field.createSessionFields', {});
	const onMessage = { target: 'message', message: locator('externalId', 'b:1'), source: 'url' };
	const linked = {
		...onMessage,
		url: 'https://files.example.com/call-1.mp3',
		store: 'link',
		options: { fileSize: 7 },
	};
	await keep('recording.upload', linked);
	await keep('recording.upload', { ...onMessage, source: 'binary', store: 'both', externalUrl: linked.url });
	await keep('session.log', {}, CALL);
	await keep('session.log', { dryRun: true }, { session: { ...CALL.session, id: 'call-2' } });
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

function schemaOf(operation: string): JsonObject & { properties: JsonObject } {
	return JSON.parse(readFileSync(join(FOLDER, `${operation.replace('.', '/')}.json`), 'utf8'));
}

/** Every operation of the panel as `resource.operation`. */
function operationsOfPanel(): string[] {
	return new Kustomer().description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options }) =>
			(options as INodePropertyOptions[]).map(
				({ value }) => `${displayOptions?.show?.resource?.[0]}.${value}`,
			),
		)
		.sort();
}

it('every operation has an output schema, and every schema an operation', () => {
	const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.replace('.json', '').replace(/[/\\]/g, '.'))
		.sort();
	expect(files).toEqual(operationsOfPanel());
});

it('real output fits the schemas, and fills their fields', async () => {
	const outputs = await outputsOf();
	expect(Object.keys(outputs).sort()).toEqual(operationsOfPanel());
	const ajv = new Ajv({ strict: false, allErrors: true });
	for (const [operation, items] of Object.entries(outputs)) {
		const { version, ...schema } = schemaOf(operation);
		expect(version).toBe(1);
		const validate = ajv.compile({ ...schema, additionalProperties: false });
		for (const item of items) {
			const fits = validate(item);
			expect({ operation, fits, errors: validate.errors }).toEqual({ operation, fits: true, errors: null });
		}
		const filled = new Set(items.flatMap((item) => Object.keys(item)));
		const [resource = ''] = operation.split('.');
		const empty = Object.keys(schema.properties).filter(
			(field) => !filled.has(field) && !NEVER_FILLED[resource]?.includes(field),
		);
		expect({ operation, empty }).toEqual({ operation, empty: [] });
	}
});
