import { createKustomerClient } from '../../../../lib/kustomer/client';
import { NoAnswer } from '../../../../lib/http/http';
import type { CreateConversationInput } from '../../../../lib/kustomer/inputs';
import { createConversation } from '../../../../lib/kustomer/operations/create-conversation';
import { ownId } from '../../../../lib/kustomer/own-id';
import { InMemoryKustomer } from '../in-memory';
import {
	CONVERSATION_ID,
	CUSTOMER_ID,
	Script,
	TEAM_A,
	USER_A,
	answer,
	conflict,
	inputFailure,
	kustomerFailure,
	notFound,
	ok,
	unknownAttribute,
} from '../scripted';
import { FakeClock } from '../../http/scripted';

const EXTERNAL_ID = 'babelforce:1';
const OWN_ID = ownId('conversation', EXTERNAL_ID);
const CREATE = 'POST /v1/conversations';
const BY_EXTERNAL_ID = 'GET /v1/conversations/externalId=babelforce%3A1';

const input = (changes: Partial<CreateConversationInput> = {}): CreateConversationInput => ({
	customerId: CUSTOMER_ID,
	externalId: EXTERNAL_ID,
	chooseId: true,
	unknownAttributes: 'stop',
	...changes,
});

const create = (script: Script, changes?: Partial<CreateConversationInput>) =>
	createConversation(script.client(), input(changes));

describe('create conversation', () => {
	it('B1: sends every field in one request, with our own id', async () => {
		const script = new Script(ok.conversation({ tags: ['t1', 't2'] }));
		const result = await create(script, {
			name: 'Call 🎉',
			status: 'open',
			priority: 3,
			direction: 'in',
			tags: ['Voice Inbound - IVR', 'UJET'],
			assignedUsers: [USER_A],
			assignedTeams: [TEAM_A],
			queueId: TEAM_A,
			defaultLang: 'de',
			custom: { callIdStr: 'x', waitNum: '12' },
		});
		expect(script.lines).toEqual([CREATE]);
		expect(script.body(0)).toEqual({
			id: OWN_ID,
			externalId: EXTERNAL_ID,
			customer: CUSTOMER_ID,
			name: 'Call 🎉',
			status: 'open',
			priority: 3,
			direction: 'in',
			tags: ['Voice Inbound - IVR', 'UJET'],
			assignedUsers: [USER_A],
			assignedTeams: [TEAM_A],
			queue: { id: TEAM_A },
			defaultLang: 'de',
			custom: { callIdStr: 'x', waitNum: 12 },
		});
		expect(result).toMatchObject({
			created: true,
			note: 'none',
			leftOut: [],
			conversation: { id: CONVERSATION_ID },
		});
	});

	it('B1: sends only what was given', async () => {
		const script = new Script(ok.conversation());
		await create(script, { externalId: undefined, name: '', tags: [], custom: {} });
		expect(script.body(0)).toEqual({ customer: CUSTOMER_ID });
	});

	it('B5: tags that did not reach the conversation are added by a second request', async () => {
		const script = new Script(ok.conversation({ tags: [] }), ok.conversation({ tags: ['t1'] }));
		const result = await create(script, { tags: ['UJET'] });
		expect(script.lines).toEqual([CREATE, `POST /v1/conversations/${CONVERSATION_ID}/tags`]);
		expect(script.requests[1]?.body).toEqual(['UJET']);
		expect(result.conversation.attributes.tags).toEqual(['t1']);
	});

	it('C20: writes a note with a key of its own in one more request', async () => {
		const script = new Script(ok.conversation(), ok.note());
		const result = await create(script, { note: { body: 'Hi 🎉', key: 'phone-number' } });
		expect(result.note).toBe('added');
		expect(script.lines[1]).toBe(`POST /v1/conversations/${CONVERSATION_ID}/notes`);
		expect(script.body(1)).toEqual({
			id: ownId('note', `${CONVERSATION_ID}:phone-number`),
			externalId: `${CONVERSATION_ID}:phone-number`,
			body: 'Hi 🎉',
		});
	});

	it('X1: a conflict means that it is there: it is read, left as it is, and the note is not written twice', async () => {
		const script = new Script(conflict, ok.conversation({ name: 'Agent changed me', tags: [] }), conflict);
		const result = await create(script, {
			name: 'Call',
			tags: ['UJET'],
			note: { body: 'x', key: 'phone-number' },
		});
		expect(script.lines).toEqual([
			CREATE,
			`GET /v1/conversations/${OWN_ID}`,
			`POST /v1/conversations/${CONVERSATION_ID}/notes`,
		]);
		expect(result).toMatchObject({ created: false, note: 'alreadyThere' });
		expect(result.conversation.attributes.name).toBe('Agent changed me');
	});

	it('X1: when Kustomer chose another id, it is found by its external id', async () => {
		const script = new Script(conflict, notFound, ok.conversation());
		const result = await create(script);
		expect(script.lines).toEqual([CREATE, `GET /v1/conversations/${OWN_ID}`, BY_EXTERNAL_ID]);
		expect(result).toMatchObject({ created: false, conversation: { id: CONVERSATION_ID } });
	});

	it('X1: a conflict with something that nobody finds is raised', async () => {
		const script = new Script(conflict, ...Array.from({ length: 6 }, () => notFound));
		expect((await kustomerFailure(create(script))).kind).toBe('conflict');
	});

	it('X1: an answer that was lost counts as created', async () => {
		const script = new Script(new NoAnswer('connection'), conflict, ok.conversation());
		expect(await create(script)).toMatchObject({ created: true });
	});

	describe('without choosing ids', () => {
		it('X1: looks first, then creates', async () => {
			const script = new Script(notFound, ok.conversation());
			const result = await create(script, { chooseId: false });
			expect(script.lines).toEqual([BY_EXTERNAL_ID, CREATE]);
			expect(script.body(1)).toEqual({ externalId: EXTERNAL_ID, customer: CUSTOMER_ID });
			expect(result.created).toBe(true);
		});

		it('X1: takes what is there, of several the oldest', async () => {
			const two = answer(200, {
				data: [
					{ type: 'conversation', id: 'b', attributes: { createdAt: '2026-01-02T00:00:00Z' } },
					{ type: 'conversation', id: 'a', attributes: { createdAt: '2026-01-01T00:00:00Z' } },
				],
			});
			const result = await create(new Script(two), { chooseId: false });
			expect(result).toMatchObject({ created: false, conversation: { id: 'a' } });
		});

		it('X1: after a lost answer it looks again before it creates a second time', async () => {
			const committed = new Script(notFound, new NoAnswer('timeout'), ok.conversation());
			expect(await create(committed, { chooseId: false })).toMatchObject({
				created: true,
			});
			expect(committed.lines).toEqual([BY_EXTERNAL_ID, CREATE, BY_EXTERNAL_ID]);
			const lost = new Script(notFound, answer(500), notFound, ok.conversation());
			expect(await create(lost, { chooseId: false })).toMatchObject({
				created: true,
			});
			expect(lost.lines).toEqual([BY_EXTERNAL_ID, CREATE, BY_EXTERNAL_ID, CREATE]);
		});

		it('X1: a conflict leads to another look', async () => {
			const script = new Script(notFound, conflict, ok.conversation());
			expect(await create(script, { chooseId: false })).toMatchObject({
				created: false,
			});
		});

		it('X6: gives up after three uncertain attempts', async () => {
			const script = new Script(notFound, answer(500), notFound, answer(500), notFound, answer(500));
			const error = await kustomerFailure(create(script, { chooseId: false }));
			expect(error.kind).toBe('server');
			expect(script.left).toBe(0);
		});

		it('X1: a note with a key is looked for among the notes first', async () => {
			const there = ok.list({ type: 'note', id: 'n1', attributes: { externalId: `${CONVERSATION_ID}:k` } });
			const script = new Script(ok.conversation(), there);
			const result = await create(script, { chooseId: false, note: { body: 'x', key: 'k' } });
			expect(result.note).toBe('alreadyThere');
			const fresh = new Script(ok.conversation(), ok.list(), ok.note());
			expect((await create(fresh, { chooseId: false, note: { body: 'x', key: 'k' } })).note).toBe('added');
			expect(fresh.body(2)).toEqual({ externalId: `${CONVERSATION_ID}:k`, body: 'x' });
		});
	});

	it('X6: without an external id the request is sent once', async () => {
		const script = new Script(new NoAnswer('timeout'));
		const error = await kustomerFailure(create(script, { externalId: undefined }));
		expect(error.kind).toBe('noAnswer');
		expect(script.requests).toHaveLength(1);
	});

	it('B4: unknown attributes are left out one refusal after the other, and the rest is written', async () => {
		const script = new Script(
			unknownAttribute('aStr'),
			unknownAttribute('bStr'),
			ok.conversation(),
			ok.conversation(),
		);
		const wanted = input({ custom: { aStr: 'x', bStr: 'y', cStr: 'z' }, unknownAttributes: 'leaveOut' });
		const result = await createConversation(script.client(), wanted);
		expect(result.leftOut).toEqual(['aStr', 'bStr']);
		expect(script.body(2).custom).toEqual({ cStr: 'z' });
		expect((await createConversation(script.client(), wanted)).leftOut).toEqual(['aStr', 'bStr']);
		expect(script.requests).toHaveLength(4);
	});

	it('B4: what was unknown is tried again after ten minutes, and for other credentials', async () => {
		const script = new Script(
			unknownAttribute('aStr'),
			ok.conversation(),
			ok.conversation(),
			ok.conversation(),
		);
		const wanted = input({ custom: { aStr: 'x' }, unknownAttributes: 'leaveOut' });
		await createConversation(script.client(), wanted);
		expect(script.body(1)).not.toHaveProperty('custom');
		await createConversation(script.client({ credentialKey: 'other' }), wanted);
		script.clock.advance(10 * 60_000);
		await createConversation(script.client(), wanted);
		expect([script.body(2).custom, script.body(3).custom]).toEqual([{ aStr: 'x' }, { aStr: 'x' }]);
	});

	it('B4: a refusal of an attribute that was not sent does not go round in circles', async () => {
		const script = new Script(unknownAttribute('other'));
		const error = await kustomerFailure(
			create(script, { custom: { aStr: 'x' }, unknownAttributes: 'leaveOut' }),
		);
		expect(error.kind).toBe('unknownAttribute');
	});

	it('says which switch to use when the organization does not let clients choose ids', async () => {
		const refusal = answer(400, {
			errors: [
				{
					source: { parameter: 'id' },
					title: 'Additional properties not allowed',
					detail: '/additionalProperties',
				},
			],
		});
		const error = await kustomerFailure(create(new Script(refusal)));
		expect(error.advice).toContain('Switch off the option to choose IDs');
	});

	it.each<[string, Partial<CreateConversationInput>, string]>([
		['customerId', { customerId: undefined as never }, 'The customer ID is missing.'],
		['customerId', { customerId: 'abc' }, 'The customer ID is not a Kustomer ID.'],
		['name', { name: 'n'.repeat(10_000) }, 'The name has 10000 characters; Kustomer takes at most 256.'],
		['status', { status: 'snoozed' as never }, 'A conversation cannot be created as snoozed.'],
		['status', { status: 'closed' as never }, 'The status is not one of open, done, snoozed.'],
		['priority', { priority: 9 }, 'The priority is not a whole number from 1 to 5.'],
		[
			'tags',
			{ tags: Array.from({ length: 30 }, (_, i) => `t${i}`) },
			'There are 30 tags; Kustomer takes at most 20 at once.',
		],
		[
			'custom.aNum',
			{ custom: { aNum: 'x' } },
			'The custom attribute "aNum" has to be a number or empty, because its name ends in Num.',
		],
		['note.body', { note: { body: '' } }, 'The note is empty.'],
		[
			'note.key',
			{ note: { body: 'x', key: 'k'.repeat(201) } },
			'The key of the note has 201 characters; Kustomer takes at most 200.',
		],
		[
			'externalId',
			{ externalId: 'x'.repeat(257) },
			'The external ID has 257 characters; Kustomer takes at most 256.',
		],
		['queueId', { queueId: 'billing' }, 'The queue ID is not a Kustomer ID.'],
		['assignedUsers[0]', { assignedUsers: ['bob'] }, 'The user ID is not a Kustomer ID.'],
	])('B1, B4: refuses a bad %s before anything is sent', async (parameter, changes, message) => {
		const script = new Script();
		const error = await inputFailure(create(script, changes));
		expect(error).toMatchObject({ parameter, message });
		expect(script.requests).toHaveLength(0);
	});
});

describe('create conversation, many at once', () => {
	const clientOf = (kustomer: InMemoryKustomer) =>
		createKustomerClient({ send: kustomer.send, clock: new FakeClock(), credentialKey: 'key' });

	it('X1: ten workers make one conversation and one note', async () => {
		const kustomer = new InMemoryKustomer();
		const results = await Promise.all(
			Array.from({ length: 10 }, () =>
				createConversation(clientOf(kustomer), input({ note: { body: 'x', key: 'k' } })),
			),
		);
		expect(kustomer.conversations).toHaveLength(1);
		expect(kustomer.notes).toHaveLength(1);
		expect(results.filter(({ created }) => created)).toHaveLength(1);
		expect(results.filter(({ note }) => note === 'added')).toHaveLength(1);
	});

	it.each([
		['before', 'conversations'],
		['after', 'conversations'],
		['before', 'notes'],
		['after', 'notes'],
	] as const)(
		'X1: a connection that breaks %s the %s were written leaves no double',
		async (moment, part) => {
			const kustomer = new InMemoryKustomer();
			let broken = false;
			kustomer.trouble = (when, { method, path }) => {
				if (broken || when !== moment || method !== 'POST' || !path.endsWith(part)) return undefined;
				broken = true;
				return new NoAnswer('connection');
			};
			const result = await createConversation(clientOf(kustomer), input({ note: { body: 'x', key: 'k' } }));
			expect(broken).toBe(true);
			expect(result.created).toBe(true);
			expect(kustomer.conversations).toHaveLength(1);
			expect(kustomer.notes).toHaveLength(1);
		},
	);

	it('X1: running it again after a failure in the middle completes it', async () => {
		const kustomer = new InMemoryKustomer();
		let failing = true;
		kustomer.trouble = (when, { path }) =>
			failing && when === 'before' && path.endsWith('notes') ? answer(403) : undefined;
		const wanted = input({ note: { body: 'x', key: 'k' } });
		expect((await kustomerFailure(createConversation(clientOf(kustomer), wanted))).role).toBe(
			'org.permission.note.create',
		);
		failing = false;
		expect(await createConversation(clientOf(kustomer), wanted)).toMatchObject({
			created: false,
			note: 'added',
		});
		expect(kustomer.conversations).toHaveLength(1);
	});
});
