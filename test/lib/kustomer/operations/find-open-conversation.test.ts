import { findOpenConversation } from '../../../../lib/kustomer/operations/find-open-conversation';
import { CUSTOMER_ID, Script, answer, inputFailure, ok } from '../scripted';

const TAG_ID = '5f3a0000000000000000a0a0';
const one = (id: string, attributes: Record<string, unknown> = {}) => ({
	type: 'conversation',
	id,
	attributes: { status: 'open', ...attributes },
});
const hoursAgo = (script: Script, hours: number) =>
	new Date(script.clock.now() - hours * 3_600_000).toISOString();

describe('find open conversation', () => {
	it('C6: only open ones count, and the latest activity wins', async () => {
		const script = new Script(
			ok.list(
				one('done', { status: 'done', lastActivityAt: '2026-05-01T00:00:00Z' }),
				one('old', { lastActivityAt: '2026-01-01T00:00:00Z' }),
				one('new', { updatedAt: '2026-02-01T00:00:00Z' }),
				one('snoozed', { status: 'snoozed', lastActivityAt: '2026-05-01T00:00:00Z' }),
				one('deleted', { deleted: true, lastActivityAt: '2026-05-01T00:00:00Z' }),
			),
		);
		const result = await findOpenConversation(script.client(), { customerId: CUSTOMER_ID });
		expect(script.lines).toEqual([`GET /v1/customers/${CUSTOMER_ID}/conversations`]);
		expect(result.conversation?.id).toBe('new');
		expect(result.matches).toBe(2);
		expect(result.reason).toBe('2 open conversations fit; the one with the latest activity was taken.');
	});

	it('C6: conditions narrow it down', async () => {
		const script = new Script();
		const all = ok.list(
			one('a', {
				channels: ['voice'],
				externalId: 'babelforce:1',
				tags: [TAG_ID],
				lastActivityAt: hoursAgo(script, 1),
				custom: { menuStr: 'Sales' },
			}),
			one('b', {
				channels: ['chat'],
				externalId: 'ccaip:1',
				tags: [],
				lastActivityAt: hoursAgo(script, 30),
				custom: { menuStr: 'Support' },
			}),
		);
		const find = async (conditions: object) => {
			const own = new Script(all);
			const result = await findOpenConversation(own.client(), { customerId: CUSTOMER_ID, ...conditions });
			return [result.conversation?.id, result.matches];
		};
		expect(await find({ channel: 'Voice' })).toEqual(['a', 1]);
		expect(await find({ channel: 'chat' })).toEqual(['b', 1]);
		expect(await find({ externalIdPrefix: 'ccaip:' })).toEqual(['b', 1]);
		expect(await find({ tag: TAG_ID })).toEqual(['a', 1]);
		expect(await find({ maxAgeHours: 24 })).toEqual(['a', 1]);
		expect(await find({ maxAgeHours: 0 })).toEqual(['a', 2]);
		expect(await find({ attribute: { name: 'menuStr', value: 'Support' } })).toEqual(['b', 1]);
		expect(await find({ channel: 'voice', externalIdPrefix: 'ccaip:' })).toEqual([undefined, 0]);
	});

	it('a tag by its name is looked up once in ten minutes', async () => {
		const tags = ok.list({ type: 'tag', id: TAG_ID, attributes: { name: 'VIP' } });
		const list = ok.list(one('a', { tags: [TAG_ID] }));
		const script = new Script(tags, list, list);
		const find = () => findOpenConversation(script.client(), { customerId: CUSTOMER_ID, tag: 'vip' });
		expect((await find()).conversation?.id).toBe('a');
		expect((await find()).conversation?.id).toBe('a');
		expect(script.lines.filter((line) => line === 'GET /v1/tags')).toHaveLength(1);
	});

	it('a tag that the organization does not have fits no conversation', async () => {
		const script = new Script(ok.list());
		const result = await findOpenConversation(script.client(), { customerId: CUSTOMER_ID, tag: 'none' });
		expect(result).toEqual({
			matches: 0,
			reason: 'The organization has no such tag, so no conversation can have it.',
		});
	});

	it('reads every page', async () => {
		const path = `/v1/customers/${CUSTOMER_ID}/conversations`;
		const script = new Script(
			answer(200, { data: [one('a')], links: { next: `${path}?page=2` } }),
			answer(200, { data: [one('b')], links: { next: null } }),
		);
		expect((await findOpenConversation(script.client(), { customerId: CUSTOMER_ID })).matches).toBe(2);
	});

	it.each([
		[[], 'The customer has no conversations.'],
		[[one('a', { status: 'done' })], 'None of the conversations of the customer is open.'],
	])('says why there is none', async (data, reason) => {
		const result = await findOpenConversation(new Script(ok.list(...data)).client(), {
			customerId: CUSTOMER_ID,
		});
		expect(result).toEqual({ matches: 0, reason });
	});

	it('refuses a bad customer id and a bad age', async () => {
		const id = await inputFailure(findOpenConversation(new Script().client(), { customerId: '' }));
		expect(id.message).toBe('The customer ID is missing.');
		const age = await inputFailure(
			findOpenConversation(new Script().client(), { customerId: CUSTOMER_ID, maxAgeHours: -1 }),
		);
		expect(age.parameter).toBe('maxAgeHours');
	});
});
