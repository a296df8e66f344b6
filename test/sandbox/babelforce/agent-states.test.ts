import { BABELFORCE, startBabelforceStandIn } from '../../../sandbox/babelforce';
import { useStandIn } from '../../setup/stand-in';

const { agents, users } = BABELFORCE;
const ID = agents.ana.id;

const standIn = useStandIn(() => startBabelforceStandIn());

async function ask(method: string, path: string, body?: unknown) {
	const response = await fetch(`${standIn.url}/api/v2/agents${path.startsWith('?') ? path : `/${path}`}`, {
		method,
		headers: {
			'X-Auth-Access-Id': users.manager.accessId,
			'X-Auth-Access-Token': users.manager.accessToken,
			...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
		},
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

it('tells presence, line and account apart, in the contract forms', async () => {
	const calm = {
		enabled: true,
		available: true,
		outbound_status: 'offline',
		line_status: 'available',
		presence: { name: 'available', label: 'Available', available: true },
		display_status: 'available',
	};
	expect(await ask('GET', `${ID}/status`)).toEqual({ status: 200, body: { item: [calm], success: true } });
	standIn.agentControls.callStarts(ID);
	const { body } = await ask('GET', ID);
	expect(body.item).toMatchObject({
		state: 'in-call',
		available: false,
		presence: calm.presence,
		status: { line_status: 'in-call', available: false, display_status: 'in-call' },
	});
});

it('takes a presence and an account, and keeps who changed what', async () => {
	const { status, body } = await ask('PUT', `${ID}/status`, { enabled: false, presence: { name: 'lunch' } });
	expect(status).toBe(201);
	expect(body).toMatchObject({ enabled: false, available: false, presence: { label: 'Lunch Break' } });
	standIn.agentControls.rings(ID);
	standIn.agentControls.picks(ID, 'busy');
	expect(await ask('PUT', `${ID}/enable`)).toEqual({ status: 200, body: { success: true, message: 'OK' } });
	expect(standIn.statusChanges.map((change) => ({ ...change, at: 0 }))).toEqual([
		{ at: 0, by: 'api', agentId: ID, presence: 'lunch', enabled: false, duringCall: false },
		{ at: 0, by: 'agent', agentId: ID, presence: 'busy', duringCall: true },
		{ at: 0, by: 'api', agentId: ID, enabled: true, duringCall: true },
	]);
});

it.each([
	['an unknown property', 'status', { presence: { name: 'lunch' }, until: 5 }],
	['an unknown property inside', 'status', { presence: { name: 'lunch', label: 'x' } }],
	['a presence that does not exist', 'status', { presence: { name: 'siesta' } }],
	['no name', 'status', { presence: {} }],
	['no object', 'status', ['lunch']],
	['a word for a boolean', 'status', { enabled: 'true' }],
	['a body where none belongs', 'enable', {}],
])('refuses %s', async (_, path, body) => {
	expect((await ask('PUT', `${ID}/${path}`, body)).status).toBe(400);
	expect(standIn.statusChanges).toEqual([]);
});

it('knows no other methods and agents', async () => {
	expect((await ask('POST', `${ID}/status`, {})).status).toBe(405);
	expect((await ask('PUT', 'presence/available', {})).status).toBe(405);
	expect((await ask('PUT', `${'f'.repeat(32)}/enable`)).status).toBe(404);
	expect((await ask('GET', 'presence/available?page=1')).status).toBe(400);
});

it('holds a thousand agents', async () => {
	for (let n = 0; n < 997; n += 1) standIn.agentControls.add({ name: `Agent ${n}` });
	const { body } = await ask('GET', '?page=10&max=100');
	expect(body).toMatchObject({ pagination: { total: 1000, pages: 10 } });
	expect(body.items).toHaveLength(100);
});
