import { SANDBOX } from '../../../sandbox/kustomer';
import { ENDPOINTS } from '../../../sandbox/kustomer/endpoints';
import { ROLES } from '../../../sandbox/kustomer/roles';
import { dataOf, errorOf, start, useHarness } from './harness';

const harness = useHarness({ rateLimitPerMinute: 0 });

describe('keys', () => {
	it.each([
		['no key', undefined],
		['a wrong key', 'not-a-key'],
		['an ended key', SANDBOX.keys.expired.token],
	])('X8: %s gets 401', async (_name, token) => {
		const response = await harness.as(token).get('/v1/users/current');
		expect(response.status).toBe(401);
		expect(errorOf(response)).toMatchObject({ status: 401, code: 'unauthorized' });
	});

	it('X9: a key of another region is told its pod and ours', async () => {
		const response = await harness.as(SANDBOX.keys.wrongRegion.token).get('/v1/users/current');
		expect(response.status).toBe(401);
		expect(errorOf(response).detail).toMatch(/belongs to pod prod2, but .* handled by pod prod1/);
	});

	it.each(['/v1/auth/tokens/current', '/v1/users/current'])('X8: %s needs no role', async (path) => {
		const { status } = await harness.as(SANDBOX.keys.readOnly.token).get(path);
		expect(status).toBe(200);
		const own = await start({ apiKeys: [{ name: 'none', token: 'none', roles: [] }] });
		expect((await own.as('none').get(path)).status).toBe(200);
		await own.close();
	});

	it('tells which machine user and which roles a key has', async () => {
		const token = dataOf(await harness.http.get('/v1/auth/tokens/current'));
		expect(token.attributes).toMatchObject({
			name: 'full',
			roles: ['org.permission', 'org.user', 'org.admin'],
		});
		const user = dataOf(await harness.http.get('/v1/users/current'));
		expect(user).toMatchObject({
			type: 'user',
			id: SANDBOX.users.machine.id,
			attributes: { userType: 'machine' },
		});
	});
});

describe('roles', () => {
	const guarded = ENDPOINTS.filter(({ access }) => ROLES[access].length > 0);

	it.each(guarded.map((endpoint) => [endpoint.method, endpoint.path, endpoint.access] as const))(
		'X8: %s %s is refused without a role and let through with each accepted one',
		async (method, path, access) => {
			const accepted: readonly string[] = ROLES[access];
			const own = await start({
				rateLimitPerMinute: 0,
				apiKeys: [
					{ name: 'other', token: 'other', roles: ['org.permission.something.else', 'org.permissio'] },
					...accepted.map((role) => ({ name: role, token: role, roles: [role] })),
				],
			});
			const url = `/v1${path.replace(/:\w+/g, '000000000000000000000000')}`;
			const refused = await own.as('other').request({ method, url, data: {} });
			expect(refused.status).toBe(403);
			expect(errorOf(refused).detail).toContain(accepted[0]);
			for (const role of accepted) {
				const { status } = await own.as(role).request({ method, url, data: {} });
				expect([role, status]).not.toEqual([role, 403]);
			}
			await own.close();
		},
	);

	it('X8: the key without note roles can do everything but notes', async () => {
		const http = harness.as(SANDBOX.keys.noNotes.token);
		const created = await http.post('/v1/conversations', { customer: SANDBOX.customers.jonas.id });
		expect(created.status).toBe(201);
		const note = await http.post(`/v1/conversations/${dataOf(created).id}/notes`, { body: 'a' });
		expect(note.status).toBe(403);
		expect(errorOf(note).detail).toContain('org.permission.note.create');
	});

	it('X8: the minimal key can do the main job', async () => {
		const http = harness.as(SANDBOX.keys.minimal.token);
		const { id } = dataOf(await http.post('/v1/customers', { name: 'a' }));
		const conversation = dataOf(await http.post('/v1/conversations', { customer: id })).id;
		expect((await http.post(`/v1/conversations/${conversation}/notes`, { body: 'a' })).status).toBe(201);
		expect((await http.patch(`/v1/conversations/${conversation}`, { name: 'a' })).status).toBe(200);
		expect((await http.delete(`/v1/conversations/${conversation}/tags`, { data: ['VIP'] })).status).toBe(200);
		expect((await http.delete(`/v1/customers/${id}`)).status).toBe(403);
	});

	it.each(['notes', 'messages'])('backdating %s needs org.admin', async (kind) => {
		const http = harness.as(SANDBOX.keys.minimal.token);
		const { id } = dataOf(await http.post('/v1/conversations', { customer: SANDBOX.customers.jonas.id }));
		const body = kind === 'notes' ? { body: 'a' } : { channel: 'voice', app: 'a' };
		const url = `/v1/conversations/${id}/${kind}`;
		const backdated = { ...body, createdAt: '2026-01-01T00:00:00Z' };
		expect((await http.post(url, backdated)).status).toBe(403);
		expect((await harness.http.post(url, backdated)).status).toBe(201);
		expect((await http.post(url, body)).status).toBe(201);
	});
});

it('answers 404 for a path that does not exist, and only with a key', async () => {
	expect((await harness.http.get('/v1/nothing')).status).toBe(404);
	expect((await harness.as(undefined).get('/v1/nothing')).status).toBe(401);
});
