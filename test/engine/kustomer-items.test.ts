import type { INodeParameters } from 'n8n-workflow';

import { SANDBOX, type KustomerStandIn } from '../../sandbox/kustomer';
import { itemsOf } from './execute-harness';
import { locator, only, run, useKustomer } from './kustomer-setup';

const { jonas } = SANDBOX.customers;
const find = 'customer.findOrCreate';
const byPhone: INodeParameters = { phone: '={{ $json.phone }}' };

const standIn = useKustomer();

const callers = (count: number) =>
	itemsOf(...Array.from({ length: count }, (_, index) => ({ phone: `+1212555${1000 + index}`, index })));

describe('many items', () => {
	it('keep their order and their pairing whatever answers first', async () => {
		for (const skip of [0, 4, 8]) {
			standIn.faults.add({ path: /phone=/, skip, fault: { kind: 'delay', ms: 60 } });
		}
		const result = await run(standIn, find, byPhone, { items: callers(20) });
		expect(result.items.map(({ json }) => json.phone)).toEqual(callers(20).map(({ json }) => json.phone));
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			callers(20).map((_, index) => ({ item: index })),
		);
	});

	it('are worked on at the same time, but no more than allowed', async () => {
		for (const [concurrency, most] of [
			[1, 1],
			[3, 3],
			['={{ 500 }}', 50],
		] as const) {
			standIn.reset();
			standIn.faults.add({ times: 1000, fault: { kind: 'delay', ms: 15 } });
			const items = itemsOf(...Array.from({ length: 60 }, () => ({ phone: jonas.phone })));
			await run(standIn, find, { ...byPhone, options: { concurrency } }, { items });
			expect(mostAtOnce()).toBeLessThanOrEqual(most);
			expect(mostAtOnce()).toBeGreaterThan(most / 3);
		}
	});

	it('read the credential once', async () => {
		const result = await run(standIn, find, byPhone, { items: callers(10) });
		expect(result.items).toHaveLength(10);
		expect(new Set(standIn.requests.map(({ keyName }) => keyName))).toEqual(new Set(['full']));
	});

	it('one of which fails end the run with the item that failed, when the node stops at errors', async () => {
		const items = itemsOf({ phone: jonas.phone }, { phone: {} }, { phone: jonas.phone });
		const { error } = await run(standIn, find, byPhone, { items });
		expect(error?.message).toBe("'Phone Number' must be text, but the expression gave an object.");
		expect(error?.context?.itemIndex).toBe(1);
	});

	it('one of which fails do not stop the others, when the node continues', async () => {
		const items = itemsOf({ phone: jonas.phone, n: 1 }, { phone: [], n: 2 }, { phone: jonas.phone, n: 3 });
		const result = await run(standIn, find, byPhone, { items, onError: 'continueRegularOutput' });
		expect(result.items.map(({ json }) => json.outcome)).toEqual(['found', undefined, 'found']);
		expect(result.items[1]).toMatchObject({
			json: { n: 2, error: { message: expect.stringContaining('Phone Number'), kind: 'invalidInput' } },
			pairedItem: { item: 1 },
		});
	});

	it('go to the error output one by one, with their own fields', async () => {
		const items = itemsOf({ phone: {}, n: 1 }, { phone: jonas.phone, n: 2 }, { phone: {}, n: 3 });
		const result = await run(standIn, find, byPhone, { items, onError: 'continueErrorOutput' });
		expect(result.items.map(({ json }) => json.id)).toEqual([jonas.id]);
		expect(result.errorItems.map(({ json, pairedItem }) => [json.n, pairedItem])).toEqual([
			[1, { item: 0 }],
			[3, { item: 2 }],
		]);
	});

	it('all fail one by one when the credential cannot be used', async () => {
		const broken = { ...standIn, url: 'http://kustomer.example.com' } as KustomerStandIn;
		const result = await run(broken, find, byPhone, { items: callers(2), onError: 'continueErrorOutput' });
		expect(result.errorItems).toHaveLength(2);
		expect(result.errorItems[0]?.json.error).toMatchObject({
			message: 'The base URL in the Kustomer credential is not encrypted',
		});
	});

	it('fail where an expression fails, not before', async () => {
		const items = itemsOf({ phone: jonas.phone }, {}, { phone: jonas.phone });
		const result = await run(
			standIn,
			find,
			{ phone: '={{ $json.phone ?? $("Nowhere").item.json.phone }}' },
			{ items, onError: 'continueErrorOutput' },
		);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
	});

	function mostAtOnce(): number {
		const changes = standIn.requests.flatMap(({ at, ms }) => [
			[at, 1],
			[at + ms, -1],
		]) as Array<[number, number]>;
		let now = 0;
		let most = 0;
		for (const [, change] of changes.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
			now += change;
			most = Math.max(most, now);
		}
		return most;
	}
});

describe('X6: a service that misbehaves', () => {
	const create = {
		customer: locator('id', jonas.id),
		externalId: 'babelforce:retry',
		note: 'Phone number',
		noteKey: 'phone-number',
	};
	const conversations = () =>
		standIn.store.conversationsOf(jonas.id).filter(({ externalId }) => externalId === 'babelforce:retry');

	it.each([
		['answers 429 for two seconds', { fault: { kind: 'rateLimitFor', ms: 2000 } }],
		['answers 500 once', { fault: { kind: 'status', status: 500 } }],
		['answers 503 for the note', { path: /notes/, fault: { kind: 'status', status: 503 } }],
		['closes the connection before it wrote', { fault: { kind: 'closeBeforeCommit' } }],
		['closes the connection after it wrote', { fault: { kind: 'closeAfterCommit' } }],
		['closes the connection after it wrote the note', { path: /notes/, fault: { kind: 'closeAfterCommit' } }],
	] as const)('X1: one conversation and one note when it %s', async (_, rule) => {
		standIn.faults.add({ ...rule });
		const result = only(await run(standIn, 'conversation.create', create));
		expect(result.externalId).toBe('babelforce:retry');
		expect(conversations()).toHaveLength(1);
		expect(standIn.store.notesOf(conversations()[0]?.id ?? '')).toHaveLength(1);
	});

	it('fails with a message when waiting would take longer than allowed', async () => {
		standIn.faults.add({
			times: 99,
			fault: { kind: 'status', status: 429, headers: { 'retry-after': '120' } },
		});
		const started = Date.now();
		const { error } = await run(standIn, find, { phone: jonas.phone, options: { maxWait: 2 } });
		expect(Date.now() - started).toBeLessThan(20_000);
		expect(error).toMatchObject({ httpCode: '429', context: { kind: 'rateLimit' } });
		expect(error?.message).toMatch(/limit/);
	});

	it('fails with a message when it does not answer in time', async () => {
		standIn.faults.add({ times: 99, fault: { kind: 'delay', ms: 3000 } });
		const { error } = await run(standIn, find, { phone: jonas.phone, options: { timeout: 1, maxWait: 0 } });
		expect(error?.message).toMatch(/did not answer in time/);
	});

	it('stops when the user stops the run', async () => {
		standIn.faults.add({
			times: 99,
			fault: { kind: 'status', status: 429, headers: { 'retry-after': '30' } },
		});
		const started = Date.now();
		const pressed = new Promise((resolve) => setTimeout(resolve, 300));
		const { error } = await run(standIn, find, { phone: jonas.phone }, { cancelWhen: pressed });
		expect(Date.now() - started).toBeLessThan(20_000);
		expect(error?.context?.kind).toBe('canceled');
		expect(standIn.requests).toHaveLength(1);
	});
});

describe('X8, X9: a key that is not good enough', () => {
	it.each([
		['expired', /did not accept the API key/, 'unauthorized'],
		['wrongRegion', /region/, 'wrongRegion'],
	] as const)('says so for the key "%s"', async (key, message, kind) => {
		const { error } = await run(standIn, find, { phone: jonas.phone }, { token: SANDBOX.keys[key].token });
		expect(error?.message).toMatch(message);
		expect(error?.context?.kind).toBe(kind);
		expect(JSON.stringify([error?.message, error?.description])).not.toContain(SANDBOX.keys[key].token);
	});

	it('X8: names the role that is missing', async () => {
		const { error } = await run(
			standIn,
			'conversation.create',
			{ customer: locator('id', jonas.id), note: 'x' },
			{ token: SANDBOX.keys.noNotes.token },
		);
		expect(`${error?.message} ${error?.description}`).toContain('org.permission.note.create');
		expect(error?.httpCode).toBe('403');
	});

	it('X8: the smallest list of roles is enough for the main job', async () => {
		const token = SANDBOX.keys.minimal.token;
		const customer = only(await run(standIn, find, { phone: SANDBOX.unknownCaller }, { token }));
		const created = only(
			await run(
				standIn,
				'conversation.create',
				{ customer: locator('id', String(customer.id)), externalId: 'm:1', note: 'x', noteKey: 'x' },
				{ token },
			),
		);
		const updated = await run(
			standIn,
			'conversation.update',
			{
				conversation: locator('externalId', 'm:1'),
				agentChange: 'replace',
				agentEmail: SANDBOX.users.ana.email,
				tagChanges: {
					changes: [
						{ mode: 'add', otherTags: 'A, B' },
						{ mode: 'remove', otherTags: 'C' },
					],
				},
				note: 'bridged',
			},
			{ token },
		);
		expect(only(updated)).toMatchObject({ id: created.id, assignedUsers: [SANDBOX.users.ana.id] });
	});
});
