import axios, { type AxiosInstance } from 'axios';

import { startCcaiPlatformStandIn, STATUSES, type CcaiPlatformStandIn } from '../../../sandbox/ccai-platform';

let standIn: CcaiPlatformStandIn;
let http: AxiosInstance;
beforeAll(async () => {
	standIn = await startCcaiPlatformStandIn({ requestsPerSecond: 0 });
	http = axios.create({
		baseURL: standIn.url,
		auth: { username: standIn.subdomain, password: standIn.token },
		proxy: false,
		validateStatus: () => true,
	});
});
afterAll(async () => await standIn.close());
beforeEach(() => standIn.reset());

const set = async (body: unknown) => await http.post('/apps/api/v1/agent_statuses', body);
const statusOf = (id: number) => standIn.agents.statusOf(id);

it('lists agents and statuses in pages', async () => {
	standIn.agents.clear();
	for (let id = 1; id <= 250; id += 1) standIn.agents.add({ id });
	const { data, headers } = await http.get('/manager/api/v1/agents', { params: { page: 3 } });
	expect(data).toHaveLength(50);
	expect(headers.total).toBe('250');
	expect((await http.get('/manager/api/v1/agents/7')).data).toMatchObject({ id: 7, status: { id: 0 } });
	expect((await http.get('/manager/api/v1/agents/777')).status).toBe(404);
	expect((await http.get('/manager/api/v1/user_statuses')).data).toHaveLength(STATUSES.length);
	expect((await http.get('/manager/api/v1/agents', { params: { status: 'Meal' } })).status).toBe(400);
	expect((await http.get('/manager/api/v1/agents', { params: { 'updated_at[from]': 'x' } })).status).toBe(
		400,
	);
});

it('sets agents and whole teams, and answers each', async () => {
	standIn.agents.add({ id: 5, teams: [{ id: 3, name: 'Voice' }] });
	const { status, data } = await set({ status: 'Email', agent_ids: [12], team_ids: [3] });
	expect(status).toBe(200);
	expect(data).toEqual([
		{
			agent_id: 12,
			name: 'Ana Reis',
			email: 'ana.reis@sandbox.example',
			agent_number: '112',
			previous_status: 'Available',
			current_status: 'Email',
		},
		expect.objectContaining({ agent_id: 5, current_status: 'Email' }),
	]);
	expect(standIn.agents.changes).toMatchObject([
		{ by: 'api', agentId: 12, from: 'Available', to: 'Email' },
		{ by: 'api', agentId: 5 },
	]);
});

it.each([
	['no teams', { status: 'Email', agent_ids: [12] }],
	['a name for an ID', { status: 'Email', agent_ids: ['12'], team_ids: [] }],
	['nobody', { status: 'Email', agent_ids: [], team_ids: [] }],
	['an unknown property', { status: 'Email', agent_ids: [12], team_ids: [], until: 5 }],
	['an unknown status', { status: 'email', agent_ids: [12], team_ids: [] }],
	['a status of the system', { status: 'In-call', agent_ids: [12], team_ids: [] }],
	['an ID for a status', { status: 22, agent_ids: [12], team_ids: [] }],
	['a form', new URLSearchParams({ status: 'Email' })],
])('refuses %s', async (_, body) => {
	expect((await set(body)).status).toBe(400);
	expect(standIn.agents.changes).toEqual([]);
});

it('S8: leaves agents alone who are on a call, in a chat, wrapping up or signed out', async () => {
	standIn.agents.callStarts(12);
	standIn.agents.chatStarts(13);
	standIn.agents.signsOut(14);
	const all = { status: 'Email', agent_ids: [12, 13, 14, 99], team_ids: [] };
	const { data } = await set(all);
	expect(data).toMatchObject([
		{
			agent_id: 12,
			current_status: 'In-call',
			message: "Agent can't be changed from system status 'In-call'",
		},
		{ agent_id: 13, message: "Agent can't be changed from system status 'In-chat'" },
		{ agent_id: 14, current_status: 'Available', message: 'Agent is offline' },
	]);
	standIn.agents.sessionEnds(12);
	expect((await set(all)).data[0]).toMatchObject({ current_status: 'Wrap-up' });
});

describe('after a call', () => {
	it('comes the status of before', () => {
		standIn.agents.picks(12, 'Training');
		standIn.agents.callStarts(12);
		standIn.agents.sessionEnds(12);
		expect(statusOf(12)).toBe('Wrap-up');
		standIn.agents.wrapUpEnds(12);
		expect(statusOf(12)).toBe('Training');
	});

	it('comes what the agent chose meanwhile, also over several calls', () => {
		standIn.agents.callStarts(12);
		standIn.agents.picks(12, 'Break');
		expect(statusOf(12)).toBe('In-call');
		standIn.agents.sessionEnds(12);
		standIn.agents.picks(12, 'Meal');
		standIn.agents.callStarts(12);
		standIn.agents.sessionEnds(12, { wrapUp: false });
		expect(statusOf(12)).toBe('Meal');
		expect(standIn.agents.changes.map(({ by, to }) => `${by}: ${to}`)).toEqual([
			'platform: In-call',
			'platform: Wrap-up',
			'platform: In-call',
			'platform: Meal',
		]);
	});

	it('the status is the one of before for an agent who signed out and in', () => {
		standIn.agents.picks(12, 'Training');
		standIn.agents.signsOut(12);
		expect(standIn.agents.get(12)).toMatchObject({ online: false, status: { name: 'Training' } });
		standIn.agents.signsIn(12);
		expect(statusOf(12)).toBe('Training');
		standIn.agents.signsIn(12, 'Meal');
		expect(statusOf(12)).toBe('Meal');
	});
});
