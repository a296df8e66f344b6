import { normalFormOf } from '../../../../../lib/platforms/ccaip/normal-form';
import {
	getSession,
	listSessions,
	type SessionQuery,
} from '../../../../../lib/platforms/ccaip/api/resources/sessions';
import { callRecord, chatRecord } from '../../../../../sandbox/ccai-platform';
import { listQueryOf, selected } from '../../../../../sandbox/ccai-platform/list-query';
import { scripted, type Sent } from './scripted';

const START = Date.UTC(2026, 2, 1, 10);
const at = (minutes: number) => new Date(START + minutes * 60_000).toISOString();
const record = (id: number, minutes: number) => ({ id, updated_at: at(minutes), call_type: 'Voice Inbound' });

/** A platform that sorts, filters and cuts, and whose records change when `change` says so. */
function platform(
	records: Array<{ id: number; updated_at: string }>,
	{
		change,
		headers = 'link',
	}: { change?: (request: number) => void; headers?: 'link' | 'total' | 'none' } = {},
) {
	const all = [...records];
	let requests = 0;
	const answer = ({ query = {} }: Sent) => {
		requests += 1;
		const wanted = listQueryOf(query);
		if ('problem' in wanted) return { status: 400, body: { message: wanted.problem } };
		const found = selected(all, wanted);
		const { page, per } = wanted;
		const body = found.slice((page - 1) * per, page * per);
		const link =
			page * per < found.length
				? `<https://elsewhere.example.com/calls?${new URLSearchParams({ ...query, page: String(page + 1) }).toString()}>; rel="next"`
				: '<https://acme/calls?page=1>; rel="first"';
		change?.(requests);
		return {
			body,
			headers: headers === 'link' ? { link } : headers === 'total' ? { total: String(found.length) } : {},
		};
	};
	return { ...scripted([answer]), all };
}

const query: SessionQuery = { kind: 'call', maxPages: 100 };

describe('a list', () => {
	const many = Array.from({ length: 250 }, (_, index) => record(index + 1, index));

	it.each(['link', 'total', 'none'] as const)('is read to its end by %s', async (headers) => {
		const { client, sent } = platform(many, { headers });
		const found = await listSessions(client, { ...query, updatedFrom: at(0) });
		expect(found.map(({ id }) => id)).toEqual(many.map(({ id }) => id));
		expect(sent.length).toBeLessThanOrEqual(4);
	});

	it('asks for what is documented, and goes on where the page before ended', async () => {
		const { client, sent } = platform(many);
		await listSessions(client, { ...query, updatedFrom: at(0) });
		expect(sent.map(({ query: sentQuery }) => sentQuery)).toEqual([
			{ per: '100', sort_column: 'updated_at', sort_direction: 'ASC', 'updated_at[from]': at(0) },
			{ per: '100', sort_column: 'updated_at', sort_direction: 'ASC', 'updated_at[from]': at(99) },
			{ per: '100', sort_column: 'updated_at', sort_direction: 'ASC', 'updated_at[from]': at(198) },
		]);
		expect(sent.every(({ url }) => url === 'https://acme.uc1.ccaiplatform.com/manager/api/v1/calls')).toBe(
			true,
		);
	});

	it('X2: misses no session when others change while it is read, and gives those once, in their newest state', async () => {
		const { client, all } = platform(many, {
			change: (request) => {
				if (request !== 1) return;
				// With numbered pages, 101 to 105 would move onto the page that was read already.
				for (const id of [1, 2, 3, 4, 5]) all[id - 1] = record(id, 500 + id);
			},
		});
		const found = await listSessions(client, { ...query, updatedFrom: at(0) });
		expect(found.map(({ id }) => id).sort((a, b) => Number(a) - Number(b))).toEqual(many.map(({ id }) => id));
		expect(found.slice(-5).map(({ id, updated_at }) => [id, updated_at])).toEqual(
			[1, 2, 3, 4, 5].map((id) => [id, at(500 + id)]),
		);
	});

	it('goes on by numbered pages where more sessions than one page changed at the same time', async () => {
		const together = Array.from({ length: 230 }, (_, index) => record(index + 1, 7));
		const { client } = platform([...together, record(900, 8)]);
		const found = await listSessions(client, { ...query, updatedFrom: at(0) });
		expect(found).toHaveLength(231);
		expect(found.at(-1)?.id).toBe(900);
	});

	it('stops at the limit', async () => {
		const { client, sent } = platform(many);
		expect(await listSessions(client, { ...query, limit: 3 })).toHaveLength(3);
		expect(sent[0]?.query?.per).toBe('3');
		expect(await listSessions(client, { ...query, limit: 150 })).toHaveLength(150);
		expect(sent).toHaveLength(3);
	});

	it('stops at the end of the period', async () => {
		const { client, sent } = platform(many);
		const found = await listSessions(client, { ...query, updatedFrom: at(0), updatedTo: at(20) });
		expect(found.map(({ id }) => id)).toEqual(many.slice(0, 21).map(({ id }) => id));
		expect(sent).toHaveLength(1);
	});

	it('comes newest first when asked to', async () => {
		const { client } = platform(many);
		const found = await listSessions(client, { ...query, order: 'newestFirst', limit: 120 });
		expect(found.map(({ id }) => id)).toEqual(Array.from({ length: 120 }, (_, index) => 250 - index));
	});

	it('X2: says so when there is more than may be read', async () => {
		const { client, sent } = platform(many);
		await expect(listSessions(client, { ...query, maxPages: 2 })).rejects.toMatchObject({ kind: 'tooMany' });
		expect(sent).toHaveLength(2);
	});

	it.each([{ calls: [] }, [1, 2], ['x'], [null], '<html>', undefined])('of %j is refused', async (body) => {
		const { client } = scripted([{ body }]);
		await expect(listSessions(client, query)).rejects.toMatchObject({ kind: 'unexpectedAnswer' });
	});

	it('ends with a platform that gives the same page for ever', async () => {
		const page = [{ id: 1 }, { id: 2 }];
		const { client, sent } = scripted([{ body: page, headers: { link: '</calls?page=1>; rel="next"' } }]);
		await expect(listSessions(client, { ...query, maxPages: 5 })).rejects.toMatchObject({ kind: 'tooMany' });
		expect(sent).toHaveLength(5);
	});
});

it('gets one session, and takes nothing else for one', async () => {
	const { client, sent } = scripted([{ body: chatRecord({ id: 987 }) }]);
	expect(await getSession(client, { kind: 'chat', number: '987' })).toMatchObject({ id: 987 });
	expect(sent[0]?.url).toMatch(/\/manager\/api\/v1\/chats\/987$/);
	const broken = scripted([{ body: [callRecord()] }]);
	await expect(getSession(broken.client, { kind: 'call', number: '1' })).rejects.toMatchObject({
		kind: 'unexpectedAnswer',
		message: 'Could not get call-1: the answer is not a call.',
	});
});

it('gives the normal form with which a session is logged', () => {
	expect(normalFormOf(callRecord({ id: 123 }) as never, 'call', 'emea-')).toMatchObject({
		externalId: 'emea-ccaip:call-123',
		occurredAt: '2026-03-01T10:05:00.000Z',
		session: { source: 'ccaip', id: 'call-123', channel: 'voice', state: 'ended', outcome: 'answered' },
	});
	// Without a type, only the endpoint tells what it is.
	expect(normalFormOf({ id: 5 }, 'chat')).toMatchObject({
		externalId: 'ccaip:chat-5',
		occurredAt: null,
		session: { channel: 'chat' },
	});
	expect(normalFormOf({ id: 'no id' }, 'call')).toMatchObject({ field: 'id' });
});
