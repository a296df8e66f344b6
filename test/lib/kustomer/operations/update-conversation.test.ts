import type { UpdateConversationInput } from '../../../../lib/kustomer/inputs';
import { NoAnswer } from '../../../../lib/http/http';
import { updateConversation } from '../../../../lib/kustomer/operations/update-conversation';
import { ownId } from '../../../../lib/kustomer/own-id';
import {
	CONVERSATION_ID,
	Script,
	TEAM_A,
	USER_A,
	USER_B,
	answer,
	conflict,
	inputFailure,
	kustomerFailure,
	notFound,
	ok,
	unknownAttribute,
} from '../scripted';

const EXTERNAL_ID = 'babelforce:1';
const OWN_ID = ownId('conversation', EXTERNAL_ID);
const PATCH = `PATCH /v1/conversations/${CONVERSATION_ID}`;
const GET = `GET /v1/conversations/${CONVERSATION_ID}`;
const BY_EXTERNAL_ID = 'GET /v1/conversations/externalId=babelforce%3A1';

const input = (changes: Partial<UpdateConversationInput> = {}): UpdateConversationInput => ({
	target: { id: CONVERSATION_ID },
	chooseId: true,
	unknownAttributes: 'stop',
	...changes,
});

const update = (script: Script, changes?: Partial<UpdateConversationInput>) =>
	updateConversation(script.client(), input(changes));

describe('update conversation', () => {
	it('B3: fields, replaced tags, users and teams, and attributes take one request', async () => {
		const script = new Script(ok.conversation({ name: 'New' }));
		const result = await update(script, {
			name: 'New 🎉',
			status: 'done',
			priority: 5,
			direction: 'out',
			users: { mode: 'replace', ids: [USER_A] },
			teams: { mode: 'replace', ids: [] },
			tags: { replace: ['a'] },
			queueId: TEAM_A,
			custom: { aNum: '1', bStr: null },
		});
		expect(script.lines).toEqual([PATCH]);
		expect(script.body(0)).toEqual({
			name: 'New 🎉',
			status: 'done',
			priority: 5,
			direction: 'out',
			assignedUsers: [USER_A],
			assignedTeams: [],
			tags: ['a'],
			queue: { id: TEAM_A },
			custom: { aNum: 1, bStr: null },
		});
		expect(result).toMatchObject({
			note: 'none',
			leftOut: [],
			conversation: { attributes: { name: 'New' } },
		});
	});

	it('B3: an empty name leaves the name as it is', async () => {
		const script = new Script(ok.conversation());
		await update(script, { name: '', status: 'open' });
		expect(script.body(0)).toEqual({ status: 'open' });
	});

	it('B2: by external id the conversation is addressed directly, without a look-up', async () => {
		const script = new Script(ok.conversation());
		await update(script, { target: { externalId: EXTERNAL_ID }, status: 'done' });
		expect(script.lines).toEqual([`PATCH /v1/conversations/${OWN_ID}`]);
	});

	it('B2: when Kustomer chose another id, it is looked up once and used for every step', async () => {
		const script = new Script(notFound, ok.conversation(), ok.conversation(), ok.conversation(), ok.note());
		await update(script, {
			target: { externalId: EXTERNAL_ID },
			status: 'done',
			tags: { add: ['a'] },
			note: { body: 'x', key: 'bridged' },
		});
		expect(script.lines).toEqual([
			`PATCH /v1/conversations/${OWN_ID}`,
			BY_EXTERNAL_ID,
			PATCH,
			`POST /v1/conversations/${CONVERSATION_ID}/tags`,
			`POST /v1/conversations/${CONVERSATION_ID}/notes`,
		]);
		expect(script.body(4).id).toBe(ownId('note', `${CONVERSATION_ID}:bridged`));
	});

	it('B2: without choosing ids it is looked up first', async () => {
		const script = new Script(ok.conversation(), ok.conversation());
		await update(script, { target: { externalId: EXTERNAL_ID }, chooseId: false, status: 'done' });
		expect(script.lines).toEqual([BY_EXTERNAL_ID, PATCH]);
	});

	it.each([
		[
			{ externalId: EXTERNAL_ID },
			[notFound, notFound],
			'no conversation with this external ID',
			'same external ID',
		],
		[{ id: CONVERSATION_ID }, [notFound], 'no conversation with this ID', 'deleted or merged'],
	])('B2: a conversation that is not there is said to be so: %j', async (target, steps, message, advice) => {
		const script = new Script(...steps);
		const error = await kustomerFailure(update(script, { target, status: 'done' }));
		expect(error).toMatchObject({ kind: 'notFound', status: 404 });
		expect(error.message).toContain(message);
		expect(error.advice).toContain(advice);
	});

	it('B3: adds and removes tags with one request each; a tag in both lists is added', async () => {
		const script = new Script(ok.conversation({ tags: ['1'] }), ok.conversation({ tags: ['1', '2'] }));
		const result = await update(script, { tags: { add: ['bridged'], remove: ['ringing', 'bridged'] } });
		expect(script.requests.map(({ method, path, body }) => [method, path, body])).toEqual([
			['DELETE', `/v1/conversations/${CONVERSATION_ID}/tags`, ['ringing']],
			['POST', `/v1/conversations/${CONVERSATION_ID}/tags`, ['bridged']],
		]);
		expect(result.conversation.attributes.tags).toEqual(['1', '2']);
	});

	it('B3: overwriting, adding and removing tags together take one request', async () => {
		const script = new Script(ok.conversation());
		await update(script, { tags: { replace: ['a', 'b'], add: ['c'], remove: ['b'] } });
		expect(script.lines).toEqual([PATCH]);
		expect(script.body(0)).toEqual({ tags: ['a', 'c'] });
	});

	it('B3: overwriting with an empty list removes all tags', async () => {
		const script = new Script(ok.conversation());
		await update(script, { tags: { replace: [] } });
		expect(script.body(0)).toEqual({ tags: [] });
	});

	it('B3: adding a user reads the list and writes it with its revision', async () => {
		const script = new Script(ok.conversation({ assignedUsers: [USER_A], rev: 4 }), ok.conversation());
		await update(script, { users: { mode: 'add', ids: [USER_B] }, status: 'open', custom: { aNum: 1 } });
		expect(script.lines).toEqual([GET, PATCH]);
		expect(script.body(1)).toEqual({
			assignedUsers: [USER_A, USER_B],
			status: 'open',
			custom: { aNum: 1 },
			rev: 4,
		});
	});

	it('B3: removing a team writes the rest; without a revision in the answer none is sent', async () => {
		const script = new Script(ok.conversation({ assignedTeams: [TEAM_A, USER_A] }), ok.conversation());
		await update(script, { teams: { mode: 'remove', ids: [TEAM_A] } });
		expect(script.body(1)).toEqual({ assignedTeams: [USER_A] });
	});

	it('B3: a user who is assigned already is not assigned again', async () => {
		const script = new Script(ok.conversation({ assignedUsers: [USER_A], rev: 4 }));
		const result = await update(script, { users: { mode: 'add', ids: [USER_A] } });
		expect(script.lines).toEqual([GET]);
		expect(result.conversation.attributes.rev).toBe(4);
	});

	it('X1: when somebody else was faster, the list is read and changed again', async () => {
		const script = new Script(
			ok.conversation({ assignedUsers: [], rev: 1 }),
			conflict,
			ok.conversation({ assignedUsers: [USER_A], rev: 2 }),
			ok.conversation(),
		);
		await update(script, { users: { mode: 'add', ids: [USER_B] } });
		expect(script.body(3)).toEqual({ assignedUsers: [USER_A, USER_B], rev: 2 });
	});

	it('X6: it does not try for ever', async () => {
		const rounds = Array.from({ length: 5 }, () => [
			ok.conversation({ assignedUsers: [], rev: 1 }),
			conflict,
		]).flat();
		const script = new Script(...rounds);
		const error = await kustomerFailure(update(script, { users: { mode: 'add', ids: [USER_B] } }));
		expect(error.kind).toBe('conflict');
		expect(script.left).toBe(0);
	});

	it('B3: more than ten users are refused', async () => {
		const ten = Array.from({ length: 10 }, (_, index) => index.toString(16).padStart(24, '0'));
		const script = new Script(ok.conversation({ assignedUsers: ten }));
		const error = await inputFailure(update(script, { users: { mode: 'add', ids: [USER_B] } }));
		expect(error).toMatchObject({ parameter: 'users.ids' });
	});

	it('B3: a note alone is written without a PATCH, and the conversation is read for the output', async () => {
		const script = new Script(ok.note(), ok.conversation());
		const result = await update(script, { note: { body: 'x' } });
		expect(script.lines).toEqual([`POST /v1/conversations/${CONVERSATION_ID}/notes`, GET]);
		expect(script.body(0)).toEqual({ body: 'x' });
		expect(result.note).toBe('added');
	});

	it('X1: a note with a key that is there already is no error', async () => {
		const script = new Script(ok.conversation(), conflict);
		const result = await update(script, { status: 'open', note: { body: 'x', key: 'bridged' } });
		expect(result.note).toBe('alreadyThere');
	});

	it('X1: the note comes last, so that a failure before it leaves nothing double', async () => {
		const script = new Script(ok.conversation(), answer(403));
		const error = await kustomerFailure(
			update(script, { status: 'open', tags: { remove: ['a'] }, note: { body: 'x' } }),
		);
		expect(error.role).toBe('org.permission.conversation.delete');
		expect(script.requests).toHaveLength(2);
	});

	it('X6: a note without a key is sent once', async () => {
		const script = new Script(new NoAnswer('connection'));
		await kustomerFailure(update(script, { note: { body: 'x' } }));
		expect(script.requests).toHaveLength(1);
	});

	it('B3: with nothing to change the conversation is only read', async () => {
		const script = new Script(ok.conversation());
		const result = await update(script, {
			name: ' ',
			tags: { add: [], remove: [''] },
			users: { mode: 'add', ids: [] },
		});
		expect(script.lines).toEqual([GET]);
		expect(result.conversation.id).toBe(CONVERSATION_ID);
	});

	it('B4: unknown attributes are left out; when nothing is left, nothing is written', async () => {
		const script = new Script(unknownAttribute('aStr'), ok.conversation());
		const result = await update(script, { custom: { aStr: 'x' }, unknownAttributes: 'leaveOut' });
		expect(script.lines).toEqual([PATCH, GET]);
		expect(result.leftOut).toEqual(['aStr']);
	});

	it('B3: snoozes until a time', async () => {
		const script = new Script(ok.conversation());
		await update(script, { status: 'snoozed', snoozeUntil: '2026-01-31T09:30:00+01:00' });
		expect(script.body(0)).toEqual({
			status: 'snoozed',
			snooze: { status: 'scheduled', time: '2026-01-31T08:30:00.000Z' },
		});
	});

	it.each<[string, Partial<UpdateConversationInput>]>([
		['snoozeUntil', { status: 'snoozed' }],
		['snoozeUntil', { snoozeUntil: '2026-01-31T09:30:00Z' }],
		['snoozeUntil', { status: 'snoozed', snoozeUntil: 'tomorrow' }],
		['target.id', { target: { id: 'x' } }],
		['target.externalId', { target: { externalId: ' ' } }],
		['users.ids[0]', { users: { mode: 'add', ids: ['bob'] } }],
		['users.mode', { users: { mode: 'set' as never, ids: [] } }],
		['tags.add[0]', { tags: { add: ['Voice Inbound (IVR)'] } }],
		['tags.replace', { tags: { replace: Array.from({ length: 30 }, (_, i) => `t${i}`) } }],
		['custom.metAt', { custom: { metAt: 'yesterday' } }],
		['note.body', { note: { body: 'x'.repeat(10_241) } }],
		['note', { note: null as never }],
	])('B3, B4: refuses a bad %s before anything is sent', async (parameter, changes) => {
		const script = new Script();
		const error = await inputFailure(update(script, changes));
		expect(error.parameter).toBe(parameter);
		expect(script.requests).toHaveLength(0);
	});

	it('says so when Kustomer answers 400 for another reason', async () => {
		const script = new Script(
			answer(400, { errors: [{ title: 'Invalid', source: { parameter: 'queue' } }] }),
		);
		const error = await kustomerFailure(update(script, { queueId: TEAM_A }));
		expect(error).toMatchObject({ kind: 'badRequest', parameter: 'queue' });
	});
});
