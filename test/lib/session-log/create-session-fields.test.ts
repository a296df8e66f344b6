import { createKustomerClient, type KustomerClient } from '../../../lib/kustomer/client';
import type { AttributeDefinition } from '../../../lib/kustomer/documents';
import { type HttpRequest, type HttpResponse } from '../../../lib/http/http';
import { createSessionFields } from '../../../lib/session-log/create-session-fields';
import { writeWithAttributes } from '../../../lib/kustomer/operations/unknown-attributes';
import { SESSION_FIELDS } from '../../../lib/session-log/rules/session-fields';
import { FakeClock } from '../http/scripted';
import { answer, conflict, kustomerFailure, object, unknownAttribute } from '../kustomer/scripted';

type Definitions = Record<string, AttributeDefinition>;

/** Kustomer's metadata, in each of the ways that its documentation leaves open. */
class MetadataOnly {
	readonly clock = new FakeClock();
	readonly puts: Array<{ kind: string; properties: Definitions }> = [];
	reads = 0;
	/** What an update does with attributes that it does not name. */
	keepsOthers = true;
	/** Answers to updates before they are carried out; undefined carries out. */
	refuse: (put: { kind: string; properties: Definitions }) => HttpResponse | undefined = () => undefined;
	/** What a read shows instead of what is there, for example an older state. */
	shows: (kind: string, defined: Definitions) => Definitions = (_, defined) => defined;

	constructor(readonly defined: Record<string, Definitions> = { message: {}, customer: {} }) {}

	get client(): KustomerClient {
		return createKustomerClient({ send: this.send, clock: this.clock, credentialKey: 'key' });
	}

	private readonly send = async ({ method, path, body }: HttpRequest): Promise<HttpResponse> => {
		const kind = path.replace('/v1/metadata/', '');
		const current = this.defined[kind] ?? {};
		if (method === 'GET') {
			this.reads += 1;
			return answer(200, object('metadata', kind, { properties: this.shows(kind, current) }));
		}
		const { properties } = structuredClone(body) as { properties: Definitions };
		if (Object.keys(properties).length > 100) return answer(400, { errors: [{ title: 'Too many' }] });
		const refusal = this.refuse({ kind, properties });
		if (refusal !== undefined) return refusal;
		this.puts.push({ kind, properties });
		this.defined[kind] = this.keepsOthers ? { ...current, ...properties } : properties;
		return answer(200, object('metadata', kind, { properties: this.defined[kind] }));
	};
}

const WRITE = { sendExisting: true, dryRun: false };
const fieldsOf = (kind: string) => SESSION_FIELDS.filter((field) => field.kind === kind);
const namesOf = (fields: ReadonlyArray<{ name: string }>) => fields.map(({ name }) => name).sort();
/** Definitions as Kustomer answers them. */
const theirs: Definitions = {
	orderNumberStr: {
		type: 'string',
		displayName: 'Order',
		enumeration: ['A', 'B'],
		modifiedBy: 'u',
		modifiedAt: '2026-01-01T00:00:00.000Z',
		updatedAt: '2026-01-01T00:00:00.000Z',
	},
	ordersId: { type: 'id', displayName: 'Orders', target: 'kobject.order', multi: true },
};

it('C19, C21, C22: creates every field for messages, conversations and customers, with its label', async () => {
	const kustomer = new MetadataOnly();
	const { created, existing } = await createSessionFields(kustomer.client, WRITE);
	expect(existing).toEqual([]);
	expect(namesOf(created)).toEqual(namesOf(SESSION_FIELDS));
	for (const { kind, name, displayName } of SESSION_FIELDS) {
		expect(kustomer.defined[kind]?.[name]).toEqual({ displayName });
	}
	expect(kustomer.puts.map(({ kind }) => kind)).toEqual(['message', 'conversation', 'customer']);
});

it('C22: running it again writes nothing and costs three reads', async () => {
	const kustomer = new MetadataOnly();
	await createSessionFields(kustomer.client, WRITE);
	const { reads } = kustomer;
	const again = await createSessionFields(kustomer.client, WRITE);
	expect(again.created).toEqual([]);
	expect(namesOf(again.existing)).toEqual(namesOf(SESSION_FIELDS));
	expect(kustomer.puts).toHaveLength(3);
	expect(kustomer.reads).toBe(reads + 3);
});

it('C22: only the missing ones are created; an existing one stays as it is and its difference is told', async () => {
	const [label, choices, ...rest] = fieldsOf('message');
	if (label === undefined || choices === undefined) throw new Error('There are too few session fields');
	const before = {
		[label.name]: { type: 'string', displayName: 'Our own label' },
		[choices.name]: { displayName: choices.displayName, enumeration: ['A'], multi: true },
	};
	const kustomer = new MetadataOnly({ message: structuredClone(before), customer: {} });
	const { created, existing } = await createSessionFields(kustomer.client, WRITE);
	expect(namesOf(created)).toEqual(namesOf([...rest, ...fieldsOf('conversation'), ...fieldsOf('customer')]));
	expect(existing).toEqual([
		{
			kind: 'message',
			name: label.name,
			displayName: 'Our own label',
			difference: `its label is not "${label.displayName}"`,
		},
		{
			kind: 'message',
			name: choices.name,
			displayName: choices.displayName,
			difference: 'it takes only the choices that are set in Kustomer; it holds several values',
		},
	]);
	expect(kustomer.puts[0]?.properties).toMatchObject({
		[label.name]: { displayName: 'Our own label' },
		[choices.name]: { displayName: choices.displayName, enumeration: ['A'], multi: true },
	});
});

it.each([
	['keeps attributes that an update does not name', true],
	['replaces the whole set', false],
])('C22: nothing is lost or changed when Kustomer %s', async (_, keepsOthers) => {
	const kustomer = new MetadataOnly({ message: structuredClone(theirs), customer: {} });
	kustomer.keepsOthers = keepsOthers;
	await createSessionFields(kustomer.client, WRITE);
	expect(kustomer.defined.message?.orderNumberStr).toMatchObject({
		displayName: 'Order',
		enumeration: ['A', 'B'],
	});
	expect(kustomer.defined.message?.ordersId).toMatchObject({ target: 'kobject.order', multi: true });
	expect(kustomer.puts).toHaveLength(3);
	// What Kustomer stamps, and the type that follows from the name, is not sent.
	expect(kustomer.puts[0]?.properties.orderNumberStr).toEqual({
		displayName: 'Order',
		enumeration: ['A', 'B'],
	});
});

it('C22: a definition with a part that is not known is not sent, and is defined again should it be lost', async () => {
	const kustomer = new MetadataOnly({
		message: { placeTree: { displayName: 'Place', levels: [1, 2] }, ...structuredClone(theirs) },
		customer: {},
	});
	await createSessionFields(kustomer.client, WRITE);
	expect(kustomer.puts[0]?.properties).not.toHaveProperty('placeTree');
	expect(kustomer.defined.message?.placeTree).toEqual({ displayName: 'Place', levels: [1, 2] });

	const replacing = new MetadataOnly({
		message: { placeTree: { displayName: 'Place', levels: [1, 2] }, ...structuredClone(theirs) },
		customer: {},
	});
	replacing.keepsOthers = false;
	await createSessionFields(replacing.client, WRITE);
	expect(Object.keys(replacing.defined.message ?? {})).toEqual(
		expect.arrayContaining(['placeTree', 'orderNumberStr', 'ordersId', ...namesOf(fieldsOf('message'))]),
	);
});

it('C22: with more than a hundred attributes only the new ones are sent, because more are refused', async () => {
	const many = Object.fromEntries(
		Array.from({ length: 95 }, (_, index) => [`a${index}Str`, { displayName: `A ${index}` }]),
	);
	const kustomer = new MetadataOnly({ message: many, customer: {} });
	await createSessionFields(kustomer.client, WRITE);
	expect(namesOf(fieldsOf('message')).length + 95).toBeGreaterThan(100);
	expect(Object.keys(kustomer.puts[0]?.properties ?? {}).sort()).toEqual(namesOf(fieldsOf('message')));
	expect(Object.keys(kustomer.defined.message ?? {})).toHaveLength(95 + fieldsOf('message').length);
});

it('C22: existing attributes are not sent when that is turned off', async () => {
	const kustomer = new MetadataOnly({ message: structuredClone(theirs), customer: {} });
	await createSessionFields(kustomer.client, { sendExisting: false, dryRun: false });
	expect(Object.keys(kustomer.puts[0]?.properties ?? {}).sort()).toEqual(namesOf(fieldsOf('message')));
});

it('X1: when somebody else changes the attributes at the same moment, they are read again', async () => {
	const kustomer = new MetadataOnly();
	const [theirField] = fieldsOf('message');
	if (theirField === undefined) throw new Error('There is no session field');
	let raced = false;
	kustomer.refuse = ({ kind }) => {
		if (raced || kind !== 'message') return undefined;
		raced = true;
		kustomer.defined.message = { [theirField.name]: { displayName: theirField.displayName } };
		return conflict;
	};
	const { created, existing } = await createSessionFields(kustomer.client, WRITE);
	expect(namesOf(existing)).toEqual([theirField.name]);
	expect(created).toHaveLength(SESSION_FIELDS.length - 1);
});

it('a conflict that does not end is raised after five reads', async () => {
	const kustomer = new MetadataOnly();
	kustomer.refuse = () => conflict;
	const error = await kustomerFailure(createSessionFields(kustomer.client, WRITE));
	expect(error).toMatchObject({ kind: 'conflict', operation: 'metadata.update' });
	expect(kustomer.reads).toBe(5);
});

it('waits for a read that is answered from a cache', async () => {
	const kustomer = new MetadataOnly();
	kustomer.shows = (_, defined) => (kustomer.reads === 2 ? {} : defined);
	const { created } = await createSessionFields(kustomer.client, WRITE);
	expect(created).toHaveLength(SESSION_FIELDS.length);
	expect(kustomer.clock.sleeps).toEqual([1000]);
	expect(kustomer.puts).toHaveLength(3);
});

it('says which fields are not there although Kustomer accepted them', async () => {
	const kustomer = new MetadataOnly();
	kustomer.shows = () => ({});
	const error = await kustomerFailure(createSessionFields(kustomer.client, WRITE));
	expect(error).toMatchObject({ kind: 'unexpectedAnswer', operation: 'metadata.update' });
	for (const name of namesOf(fieldsOf('message'))) expect(error.message).toContain(name);
	expect(error.advice).toContain('Settings > Platform > Klasses');
});

it('X7: a dry run reads, writes nothing and tells what it would write', async () => {
	const kustomer = new MetadataOnly({ message: structuredClone(theirs), customer: {} });
	const result = await createSessionFields(kustomer.client, { sendExisting: true, dryRun: true });
	expect(result.created).toEqual([]);
	expect(namesOf(result.missing ?? [])).toEqual(namesOf(SESSION_FIELDS));
	expect(result.planned?.map(({ method, path }) => `${method} ${path}`)).toEqual([
		'PUT /v1/metadata/message',
		'PUT /v1/metadata/conversation',
		'PUT /v1/metadata/customer',
	]);
	expect(kustomer.puts).toEqual([]);
	expect(kustomer.reads).toBe(3);
});

it('C22: fields that were left out a moment ago are written at once after they were created', async () => {
	const kustomer = new MetadataOnly();
	const [field] = fieldsOf('message');
	const custom = { [field?.name ?? '']: 'x' };
	const write = (answers: HttpResponse[]) =>
		writeWithAttributes(kustomer.client, {
			operation: 'message.update',
			kind: 'message',
			custom,
			policy: 'leaveOut',
			send: async () =>
				await Promise.resolve({
					...(answers.shift() ?? answer(200, {})),
					attempts: 1,
					mayHaveRunBefore: false,
				}),
		});
	expect((await write([unknownAttribute(field?.name ?? '')])).leftOut).toEqual([field?.name]);
	await createSessionFields(kustomer.client, WRITE);
	expect((await write([])).leftOut).toEqual([]);
});

it('definitions that are none do not stop it and are not sent', async () => {
	const odd = { oddStr: null, listStr: [], textStr: 'x' } as unknown as Definitions;
	const kustomer = new MetadataOnly({ message: odd, customer: {} });
	const { created } = await createSessionFields(kustomer.client, WRITE);
	expect(created).toHaveLength(SESSION_FIELDS.length);
	expect(Object.keys(kustomer.puts[0]?.properties ?? {}).sort()).toEqual(namesOf(fieldsOf('message')));
});
