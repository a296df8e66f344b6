import { SESSION_FIELDS } from '../../lib/session-log/rules/session-fields';
import { SANDBOX } from '../../sandbox/kustomer';
import { only, run, useKustomer } from './kustomer-setup';

const standIn = useKustomer();

interface Field {
	kind: 'customer' | 'conversation' | 'message';
	name: string;
	displayName: string;
}
interface Output {
	created: Field[];
	existing: Field[];
	missing?: Field[];
	planned?: Array<{ does: string; method: string; path: string; body: { properties: object } }>;
}

const create = async (parameters: object = {}) =>
	only(await run(standIn, 'field.createSessionFields', parameters as never)) as unknown as Output;

const namesOf = (fields: Field[]) => fields.map(({ name }) => name).sort();
const lines = () => standIn.requests.map(({ method, path }) => `${method} ${path}`);

it('C22: creates the fields of messages and customers, each with its label, and keeps those that exist', async () => {
	const before = {
		message: structuredClone([...standIn.store.definitions.message]),
		conversation: structuredClone([...standIn.store.definitions.conversation]),
		customer: structuredClone([...standIn.store.definitions.customer]),
	};
	const { created, existing } = await create();

	expect(namesOf([...created, ...existing])).toEqual(namesOf([...SESSION_FIELDS]));
	expect(created.length).toBeGreaterThan(0);
	for (const { kind, name, displayName } of created) {
		expect(standIn.store.definitions[kind].get(name)).toMatchObject({ displayName });
	}
	for (const kind of ['message', 'conversation', 'customer'] as const) {
		for (const [name, definition] of before[kind]) {
			expect(standIn.store.definitions[kind].get(name)).toEqual(definition);
		}
	}
	// The sandbox has these from the beginning.
	expect(namesOf(existing)).toEqual([
		'callDurationNum',
		'callIdStr',
		'customUserIdStr',
		'queueNameStr',
		'sessionIdStr',
	]);
});

it('C22: running it again creates nothing and writes nothing', async () => {
	await create();
	const already = standIn.requests.length;
	const { created, existing } = await create();
	expect(created).toEqual([]);
	expect(existing).toHaveLength(SESSION_FIELDS.length);
	expect(lines().slice(already)).toEqual([
		'GET /v1/metadata/message',
		'GET /v1/metadata/conversation',
		'GET /v1/metadata/customer',
	]);
});

it('X1: several workers at the same moment leave each field once', async () => {
	const results = await Promise.all([create(), create(), create()]);
	for (const { created, existing } of results) {
		expect(namesOf([...created, ...existing])).toEqual(namesOf([...SESSION_FIELDS]));
	}
	for (const { kind, name } of SESSION_FIELDS) {
		expect(standIn.store.definitions[kind].has(name)).toBe(true);
	}
});

it('C22: leaves an attribute of the same name and another meaning as it is, and says so', async () => {
	const [field] = SESSION_FIELDS.filter(({ kind }) => kind === 'message');
	const name = field?.name ?? '';
	standIn.store.defineAttributes('message', { [name]: { displayName: 'Ours', enumeration: ['A', 'B'] } });
	const { existing } = await create();
	expect(existing).toContainEqual({
		kind: 'message',
		name,
		displayName: 'Ours',
		difference: `its label is not "${field?.displayName}"; it takes only the choices that are set in Kustomer`,
	});
	expect(standIn.store.definitions.message.get(name)).toMatchObject({
		displayName: 'Ours',
		enumeration: ['A', 'B'],
	});
});

it('X7: a dry run writes nothing and shows what it would write', async () => {
	const before = standIn.store.definitions.message.size;
	const { created, missing, planned } = await create({ dryRun: true });
	expect(created).toEqual([]);
	expect(standIn.store.definitions.message.size).toBe(before);
	expect(lines()).toEqual([
		'GET /v1/metadata/message',
		'GET /v1/metadata/conversation',
		'GET /v1/metadata/customer',
	]);
	expect(planned?.[0]).toMatchObject({
		does: 'define custom attributes',
		method: 'PUT',
		path: '/v1/metadata/message',
	});
	const ofMessages = (missing ?? []).filter(({ kind }) => kind === 'message');
	expect(Object.keys(planned?.[0]?.body.properties ?? {})).toEqual(
		expect.arrayContaining(namesOf(ofMessages)),
	);
});

it('sends only the new ones when that is chosen', async () => {
	const { created } = await create({ options: { sendExisting: false } });
	const put = standIn.requests.find(({ method }) => method === 'PUT');
	const sent = Object.keys((put?.body as { properties: object }).properties).sort();
	expect(sent).toEqual(namesOf(created.filter(({ kind }) => kind === 'message')));
});

it('X8: names the role that is missing', async () => {
	const { error } = await run(
		standIn,
		'field.createSessionFields',
		{},
		{ token: SANDBOX.keys.readOnly.token },
	);
	expect(`${error?.message} ${error?.description}`).toContain('org.permission.metadata.update');
});
