import { TEST_CALLER } from '../../lib/domain/test-call';
import { SANDBOX } from '../../sandbox/kustomer';
import { jsonOf } from './execute-harness';
import { only, run, useKustomer } from './kustomer-setup';

const standIn = useKustomer();
const ANA = SANDBOX.users.ana.id;

/** A customer with the test's number, and conversations with these external ids. */
function testCustomer(...externalIds: string[]): string {
	const { id } = standIn.store.createCustomer(
		{ name: 'Unknown caller', phones: [{ phone: TEST_CALLER }] },
		ANA,
	);
	for (const externalId of externalIds) {
		standIn.store.createConversation(id, { name: 'Call', externalId }, ANA);
	}
	return id;
}

const remaining = () =>
	[...standIn.store.conversations.values()].flatMap(({ externalId }) =>
		externalId !== undefined && /test|real/.test(externalId) ? [externalId] : [],
	);

describe('Test Call: Remove', () => {
	it('B6: deletes the conversations of test calls and their customer', async () => {
		const id = testCustomer('babelforce:n8ntest1782296102000', 'ccaip:call-n8n-test-1782296102001');
		const before = standIn.store.customers.size;
		expect(only(await run(standIn, 'testCall.remove', {}))).toEqual({
			conversations: 2,
			customers: 1,
			customersKept: 0,
		});
		expect(remaining()).toEqual([]);
		expect(standIn.store.customers.has(id)).toBe(false);
		expect(standIn.store.customers.size).toBe(before - 1);
		expect(only(await run(standIn, 'testCall.remove', {}))).toMatchObject({ conversations: 0, customers: 0 });
	});

	it('B6: leaves every other conversation alone, and then the customer, too', async () => {
		const id = testCustomer('babelforce:n8ntest1782296102000', 'babelforce:real-call');
		expect(only(await run(standIn, 'testCall.remove', {}))).toEqual({
			conversations: 1,
			customers: 0,
			customersKept: 1,
		});
		expect(remaining()).toEqual(['babelforce:real-call']);
		expect(standIn.store.customers.has(id)).toBe(true);
	});

	it('X7: a dry run deletes nothing and says what it would', async () => {
		testCustomer('babelforce:n8ntest1782296102000');
		const item = only(await run(standIn, 'testCall.remove', { dryRun: true }));
		expect(item).toMatchObject({
			conversations: 1,
			customers: 1,
			planned: [{ method: 'DELETE' }, { method: 'DELETE' }],
		});
		expect(remaining()).toHaveLength(1);
		expect(standIn.requests.every(({ method }) => method === 'GET')).toBe(true);
	});

	it('X8: a key that may not delete gets to know the role', async () => {
		testCustomer('babelforce:n8ntest1782296102000');
		const { error } = await run(standIn, 'testCall.remove', {}, { token: SANDBOX.keys.minimal.token });
		expect(`${error?.message} ${error?.description}`).toContain('org.permission.customer.delete');
	});
});

describe('Test Call: Get Events', () => {
	it.each([
		['babelforce', ['incoming', 'bridged', 'ended']],
		['ccaip', ['queued', 'bridged', 'ended']],
		['generic', ['incoming', 'bridged', 'ended']],
	])(
		'B6: gives the events of a call of %s that is over, with its external ID, and asks nobody',
		async (platform, kinds) => {
			const items = jsonOf(
				await run(standIn, 'testCall.getEvents', {
					platform,
					testAgentEmail: 'ana@example.com',
					options: { externalIdPrefix: 'berlin-' },
				}),
			);
			expect(items.map(({ event }) => event)).toEqual(kinds);
			expect(new Set(items.map(({ externalId }) => externalId)).size).toBe(1);
			expect(items[0]?.externalId).toMatch(new RegExp(`^berlin-${platform}:`));
			expect(JSON.stringify(items[1]?.body)).toContain('ana@example.com');
			expect(standIn.requests).toEqual([]);
		},
	);
});
