import { getConversation, listConversations } from '../../../lib/kustomer/resources/conversations';
import { getCustomer } from '../../../lib/kustomer/resources/customers';
import { getMessage, listMessages } from '../../../lib/kustomer/resources/messages';
import { readAttributeDefinitions } from '../../../lib/kustomer/resources/metadata';
import { listNotes } from '../../../lib/kustomer/resources/notes';
import { listQueues } from '../../../lib/kustomer/resources/queues';
import { listTags } from '../../../lib/kustomer/resources/tags';
import { listTeams } from '../../../lib/kustomer/resources/teams';
import { getCurrentUser, listUsers } from '../../../lib/kustomer/resources/users';
import { Script, answer, kustomerFailure, notFound, object, ok } from './scripted';

describe('resources', () => {
	it.each([
		['/v1/customers/a', getCustomer],
		['/v1/conversations/a', getConversation],
		['/v1/messages/a', getMessage],
	])('%s is read, and when it is not there that is said', async (path, read) => {
		const script = new Script(answer(200, object('x', 'a')), notFound);
		const client = script.client();
		expect((await read(client, 'a')).id).toBe('a');
		expect(script.lines).toEqual([`GET ${path}`]);
		expect((await kustomerFailure(read(client, 'a'))).kind).toBe('notFound');
	});

	it('an answer without an object is said to be none', async () => {
		const error = await kustomerFailure(getCustomer(new Script(answer(200, { data: null })).client(), 'a'));
		expect(error.kind).toBe('unexpectedAnswer');
	});

	it.each([
		['/v1/conversations', { sort: 'desc', pageSize: '5' }, listConversations],
		['/v1/teams', { pageSize: '5' }, listTeams],
		['/v1/routing/queues', { pageSize: '5' }, listQueues],
		['/v1/tags', { deleted: 'false', pageSize: '5' }, listTags],
	])('%s is listed', async (path, query, list) => {
		const script = new Script(ok.list({ id: 'a' }));
		expect(await list(script.client(), { limit: 5 })).toEqual([{ id: 'a' }]);
		expect(script.requests[0]).toMatchObject({ method: 'GET', path, query });
	});

	it('notes and messages are listed by conversation', async () => {
		const script = new Script(ok.list(), ok.list());
		await listNotes(script.client(), 'c');
		await listMessages(script.client(), 'c');
		expect(script.lines).toEqual(['GET /v1/conversations/c/notes', 'GET /v1/conversations/c/messages']);
	});

	it('users are people: deleted and machine users are left out', async () => {
		const users = ok.list(
			{ id: 'a', attributes: { userType: 'user' } },
			{ id: 'b', attributes: { userType: 'machine' } },
			{ id: 'c', attributes: { deletedAt: '2026-01-01' } },
			{ id: 'd', attributes: {} },
		);
		const ids = (list: Array<{ id: string }>) => list.map(({ id }) => id);
		expect(ids(await listUsers(new Script(users).client()))).toEqual(['a', 'd']);
		expect(ids(await listUsers(new Script(users).client(), { limit: 1 }))).toEqual(['a']);
		expect(ids(await listUsers(new Script(users).client(), { machines: true }))).toEqual(['a', 'b', 'd']);
	});

	it('X8: the credential test asks what any key may ask', async () => {
		const script = new Script(answer(200, object('user', 'me')));
		await getCurrentUser(script.client());
		expect(script.lines).toEqual(['GET /v1/users/current']);
	});

	it('B4: the custom attributes of a klass are read by name', async () => {
		const metadata = answer(
			200,
			object('metadata', 'conversation', { properties: { aNum: { type: 'number' } } }),
		);
		const script = new Script(metadata, answer(200, object('metadata', 'conversation')));
		expect(await readAttributeDefinitions(script.client(), 'conversation')).toEqual({
			aNum: { type: 'number' },
		});
		expect(await readAttributeDefinitions(script.client(), 'conversation')).toEqual({});
		expect(script.lines[0]).toBe('GET /v1/metadata/conversation');
	});
});
