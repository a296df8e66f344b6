import { SANDBOX } from '../../../sandbox/kustomer';
import { dataOf, listOf, start, useHarness } from './harness';

const harness = useHarness({ rateLimitPerMinute: 0 });

const { ana, machine } = SANDBOX.users;
const names = async (path: string) =>
	listOf(await harness.http.get(path)).map(({ attributes }) => attributes.name);

describe('users and teams', () => {
	it('finds a user by email in any case', async () => {
		expect(await names(`/v1/users?email=${encodeURIComponent(ana.email.toUpperCase())}`)).toEqual([ana.name]);
		expect(await names('/v1/users?email=nobody%40example.com')).toEqual([]);
	});

	it('filters by kind and refuses two filters at once', async () => {
		expect(await names('/v1/users?userType=machine')).toEqual([machine.name]);
		expect((await harness.http.get(`/v1/users?userType=machine&email=${ana.email}`)).status).toBe(400);
	});

	it('takes pages of up to 500', async () => {
		expect((await harness.http.get('/v1/users?pageSize=500')).status).toBe(200);
		expect((await harness.http.get('/v1/users?pageSize=501')).status).toBe(400);
		expect((await harness.http.get('/v1/teams?pageSize=500')).status).toBe(200);
	});

	it('gets one, and says which teams it is in', async () => {
		expect(dataOf(await harness.http.get(`/v1/users/${ana.id}`)).attributes).toMatchObject({
			email: ana.email,
			userType: 'user',
		});
		expect(await names(`/v1/users/${ana.id}/teams`)).toEqual(['Voice']);
		expect(
			dataOf(await harness.http.get(`/v1/teams/${SANDBOX.teams.voice.id}`)).attributes.members,
		).toContain(ana.id);
		expect((await harness.http.get('/v1/users/000000000000000000000000')).status).toBe(404);
	});
});

it('S1: lists queues, statuses and tags', async () => {
	expect(await names('/v1/routing/queues')).toEqual(['Voice Inbound', 'Support Email']);
	expect(await names('/v1/routing/statuses')).toEqual([
		'Available',
		'Busy',
		'Unavailable',
		'Offline',
		'Lunch',
		'Email',
		'Training',
		'Outbound Campaign',
	]);
	expect(await names('/v1/tags?deleted=false')).toEqual(['Voice', 'VIP', 'Billing', 'Voice Inbound - IVR']);
	expect(await names('/v1/tags?deleted=true')).toEqual([]);
});

it('starts empty when asked to, and two stand-ins share nothing', async () => {
	const empty = await start({ seed: false });
	expect(empty.standIn.store.customers.size).toBe(0);
	await empty.http.post('/v1/customers', { externalId: SANDBOX.customers.jonas.externalId });
	expect(empty.standIn.store.customers.size).toBe(1);
	expect(harness.standIn.store.customers.size).toBe(5);
	await empty.close();
});

it('reset brings the seed back and keeps address, array and listeners', async () => {
	const { standIn, http } = harness;
	const { requests } = standIn;
	let changes = 0;
	const stop = standIn.store.onChange(() => (changes += 1));
	await http.delete(`/v1/customers/${SANDBOX.customers.jonas.id}`);
	standIn.faults.add({ fault: { kind: 'status', status: 500 } });
	standIn.reset();
	stop();
	expect(changes).toBeGreaterThan(1);
	expect(standIn.requests).toBe(requests);
	expect(standIn.requestCount).toBe(0);
	expect((await http.get(`/v1/customers/${SANDBOX.customers.jonas.id}`)).status).toBe(200);
	expect(requests).toHaveLength(1);
});
