/** Holds what the stand-in takes against what the document allows. */
import { SANDBOX } from '../../sandbox/kustomer';
import { bodySchemas, omit, type Json } from './document';
import { idOf, validator, type Driver } from './driver';
import { goodValue, wrongInside, wrongValues } from './values';

const { jonas } = SANDBOX.customers;
const { ana } = SANDBOX.users;

/** An operation with a body: where to send it, and what makes a generated body meaningful. */
interface BodyCase {
	operationId: string;
	method: string;
	path: () => Promise<string> | string;
	/** A body that both sides take. */
	base: () => Json | unknown[];
	/** Values for properties whose generated value would point at nothing or has rules of its own. */
	values?: Record<string, () => unknown>;
	/** What the stand-in refuses although the document allows it, with the reason. */
	stricter?: Record<string, string>;
}

/** Sends what the document allows and what it refuses, for every operation with a body. */
export async function driveBodies(driver: Driver): Promise<void> {
	const newConversation = async () => {
		const { data } = await driver.send('post', '/v1/conversations', { customer: jonas.id });
		return idOf(data);
	};
	const newMessage = async () => {
		const { data } = await driver.send('post', `/v1/conversations/${await newConversation()}/messages`, {
			channel: 'voice',
			app: 'a',
		});
		return idOf(data);
	};
	const newNote = async () => {
		const { data } = await driver.send('post', `/v1/conversations/${await newConversation()}/notes`, {
			body: 'a',
		});
		return idOf(data);
	};
	const newCustomer = async () => idOf((await driver.send('post', '/v1/customers', {})).data);
	const attachment = await driver.send('post', '/v1/attachments', {
		name: 'a',
		contentType: 'a/b',
		contentLength: 1,
	});
	const file = { _id: idOf(attachment.data), name: 'a', contentType: 'a/b', contentLength: 1 };
	const home = await newConversation();
	const externalId = () => driver.unique('x');
	const people = {
		id: () => driver.freshId(),
		externalId,
		customer: () => jonas.id,
		assignedUsers: () => [ana.id],
		assignedTeams: () => [SANDBOX.teams.voice.id],
		queue: () => ({ id: SANDBOX.queues.voice.id }),
		custom: () => ({}),
	};
	const attachments = () => [file];
	const contacts = {
		externalId,
		company: () => driver.freshId(),
		custom: () => ({ loyaltyNum: 1 }),
		emails: () => [{ email: `${driver.unique('a')}@example.com` }],
		phones: () => [{ phone: driver.freshPhone() }],
		whatsapps: () => [{ phone: driver.freshPhone() }],
		socials: () => [{ type: 'twitter', username: driver.unique('a') }],
		externalIds: () => [{ externalId: driver.unique('x') }],
		rev: () => undefined,
	};
	const conversationUpdate = {
		...people,
		snooze: () => undefined,
		status: () => 'open',
		rev: () => undefined,
	};
	const messageCreation = { ...people, conversation: () => home, attachments };
	const noteCreation = {
		...people,
		conversation: () => home,
		attachments,
		userMentions: () => [{ user: ana.id }],
	};

	const cases: BodyCase[] = [
		{
			operationId: 'CreateCustomer',
			method: 'post',
			path: () => '/v1/customers',
			base: () => ({}),
			values: contacts,
		},
		...(['UpdateCustomer', 'UpdateCustomerAttributes'] as const).map((operationId) => ({
			operationId,
			method: operationId === 'UpdateCustomer' ? 'put' : 'patch',
			path: async () => `/v1/customers/${await newCustomer()}`,
			base: () => ({ locale: 'de' }),
			values: contacts,
		})),
		{
			operationId: 'CreateConversation',
			method: 'post',
			path: () => '/v1/conversations',
			base: () => ({ customer: jonas.id }),
			values: people,
		},
		{
			operationId: 'CreateConversationForCustomer',
			method: 'post',
			path: () => `/v1/customers/${jonas.id}/conversations`,
			base: () => ({ name: 'x' }),
			values: people,
		},
		...(['UpdateConversation', 'UpdateConversationAttributes'] as const).map((operationId) => ({
			operationId,
			method: operationId === 'UpdateConversation' ? 'put' : 'patch',
			path: async () => `/v1/conversations/${await newConversation()}`,
			base: () => ({ name: 'x' }),
			values: conversationUpdate,
		})),
		...(['AppendTagsToConversation', 'RemoveTagsFromConversation'] as const).map((operationId) => ({
			operationId,
			method: operationId === 'AppendTagsToConversation' ? 'post' : 'delete',
			path: async () => `/v1/conversations/${await newConversation()}/tags`,
			base: () => ['Voice'],
		})),
		{
			operationId: 'CreateMessage',
			method: 'post',
			path: () => '/v1/messages',
			base: () => ({ channel: 'voice', app: 'a', direction: 'in', customer: jonas.id }),
			values: messageCreation,
		},
		{
			operationId: 'CreateMessageFromConversation',
			method: 'post',
			path: () => `/v1/conversations/${home}/messages`,
			base: () => ({ channel: 'voice', app: 'a' }),
			values: messageCreation,
		},
		{
			operationId: 'CreateMessageByCustomer',
			method: 'post',
			path: () => `/v1/customers/${jonas.id}/messages`,
			base: () => ({ channel: 'voice', app: 'a' }),
			values: messageCreation,
		},
		...(['UpdateMessage', 'UpdateMessageAttributes'] as const).map((operationId) => ({
			operationId,
			method: operationId === 'UpdateMessage' ? 'put' : 'patch',
			path: async () => `/v1/messages/${await newMessage()}`,
			base: () => ({ status: 'sent' }),
			values: messageCreation,
		})),
		{
			operationId: 'CreateNoteWithinConversation',
			method: 'post',
			path: () => `/v1/conversations/${home}/notes`,
			base: () => ({ body: 'x' }),
			values: noteCreation,
		},
		{
			operationId: 'CreateNote',
			method: 'post',
			path: () => '/v1/notes',
			base: () => ({ body: 'x', conversation: home }),
			values: noteCreation,
		},
		...(['UpdateNoteById', 'PatchNoteById'] as const).map((operationId) => ({
			operationId,
			method: operationId === 'UpdateNoteById' ? 'put' : 'patch',
			path: async () => `/v1/notes/${await newNote()}`,
			base: () => ({ body: 'x', conversation: home }),
			values: noteCreation,
		})),
		{
			operationId: 'CreateAttachment',
			method: 'post',
			path: () => '/v1/attachments',
			base: () => ({ name: 'a', contentType: 'a/b', contentLength: 1 }),
		},
		{
			operationId: 'UpsertAttachment',
			method: 'put',
			path: () => `/v1/attachments/${file._id}`,
			base: () => ({ name: 'a' }),
		},
		{
			operationId: 'CustomerSearch',
			method: 'post',
			path: () => '/v1/customers/search',
			base: () => ({ queryContext: 'customer' }),
			stricter: { 'an empty object': 'The current pages of the documentation require queryContext.' },
			values: {
				and: () => [{ customer_name: { equals: 'a' } }],
				or: () => [{ customer_name: { equals: 'a' } }],
				not: () => [{ customer_name: { equals: 'a' } }],
				sort: () => [{ customer_name: 'asc' }],
			},
		},
		{
			operationId: 'UpdateCustomAttributeMetadata',
			method: 'put',
			path: () => '/v1/metadata/company',
			base: () => ({ properties: {} }),
			values: { properties: () => ({ sizeNum: { displayName: 'Size' } }) },
		},
	];
	for (const one of cases) await driveBody(driver, one);
	for (const { operationId, stricter } of cases) {
		for (const [what, reason] of Object.entries(stricter ?? {})) {
			driver.findings.stricter.push(`${operationId}, ${what}. ${reason}`);
		}
	}
}

async function driveBody(driver: Driver, one: BodyCase): Promise<void> {
	const [schema] = bodySchemas(driver.operation(one.operationId));
	if (schema === undefined) throw new Error(`${one.operationId} has no body`);
	const validate = validator(schema);
	const { findings } = driver;

	const expect = async (body: unknown, what: string): Promise<void> => {
		const accepts = validate(body) && one.stricter?.[what] === undefined;
		const { status, data } = await driver.send(one.method, await one.path(), body);
		findings.bodiesChecked += 1;
		if (accepts === status < 300 && (accepts || status === 400)) return;
		const shown = JSON.stringify(body).slice(0, 160);
		findings.differences.push(
			`${one.operationId}: ${what}: the document ${accepts ? 'allows' : 'refuses'} it, the stand-in answered ${status} ${
				accepts ? JSON.stringify(data).slice(0, 240) : ''
			} for ${shown}`,
		);
	};

	const base = one.base();
	await expect(base, 'the plain body');
	if (!Array.isArray(base)) await expect({}, 'an empty object');
	await expect('text', 'a text instead of a body');
	await expect(Array.isArray(base) ? {} : [], 'the other kind of body');

	if (Array.isArray(base)) {
		for (const [what, value] of wrongValues(schema)) await expect(value, what);
		for (const [what, value] of wrongValues(schema.items ?? {})) await expect([value], `item: ${what}`);
		return;
	}
	const object = schema.oneOf?.[0] ?? schema;
	await expect({ ...base, notAProperty: 1 }, 'an extra property');
	for (const name of object.required ?? []) {
		const without = omit(one.base() as Json, name);
		await expect(without, `without ${name}`);
	}
	for (const [name, property] of Object.entries(object.properties ?? {})) {
		if (name === '') continue;
		const make = one.values?.[name];
		const good = make === undefined ? goodValue(property) : make();
		if (good !== undefined) await expect({ ...one.base(), [name]: good }, `${name}`);
		for (const [what, value] of wrongValues(property)) {
			await expect({ ...one.base(), [name]: value }, `${name}: ${what}`);
		}
		for (const [what, value] of wrongInside(property, good)) {
			await expect({ ...one.base(), [name]: value }, `${name}: ${what}`);
		}
	}
}
