import { KustomerError } from '../../../lib/kustomer/errors';
import { agentsWithEmail, listAgents } from '../../../lib/kustomer/resources/agents';
import { recentStatuses } from '../../../lib/kustomer/resources/routing-statuses';
import { Script, TEAM_A, USER_A, USER_B, answer, kustomerFailure, ok } from './scripted';

const MACHINE = '5f3a0000000000000000c0ff';
const MINUTE = 60_000;

const user = (id: string, email: string, more: object = {}) => ({
	type: 'user',
	id,
	attributes: { name: 'Ana', email, userType: 'user', ...more },
});
const ana = user(USER_A, 'Ana@Example.com ');
const team = (members: unknown) => ({ type: 'team', id: TEAM_A, attributes: { name: 'Voice', members } });

describe('agents', () => {
	it('S2, S7: are the people of the organization with their teams; API keys are none', async () => {
		const script = new Script(
			ok.list(
				ana,
				user(USER_B, 'ben@example.com', { deletedAt: '2026-01-01T00:00:00.000Z', userType: 'hourly' }),
				user(MACHINE, 'key@machine', { userType: 'machine' }),
			),
			ok.list(team([USER_A, 7, null])),
		);
		expect(await listAgents(script.client())).toEqual([
			{
				id: USER_A,
				name: 'Ana',
				email: 'Ana@Example.com',
				teams: [TEAM_A],
				deleted: false,
				userType: 'user',
			},
			{ id: USER_B, name: 'Ana', email: 'ben@example.com', teams: [], deleted: true, userType: 'hourly' },
		]);
		expect(script.lines).toEqual(['GET /v1/users', 'GET /v1/teams']);
		expect(script.requests[0]?.query).toEqual({ pageSize: '500' });
	});

	it.each([undefined, 'not a list', { a: 1 }])(
		'S7: members that are no list (%j) are nobody',
		async (members) => {
			const script = new Script(ok.list(ana), ok.list(team(members)));
			expect((await listAgents(script.client()))[0]?.teams).toEqual([]);
		},
	);

	it('X8: teams are not read, and their role not needed, when nobody wants them', async () => {
		const script = new Script(ok.list(ana));
		await listAgents(script.client(), { teams: false });
		expect(script.lines).toEqual(['GET /v1/users']);
	});

	it('X6: are remembered for ten minutes, for each credential, and a caller cannot spoil the memory', async () => {
		const script = new Script(
			ok.list(ana),
			ok.list(),
			ok.list(ana),
			ok.list(ana, user(USER_B, 'b@example.com')),
		);
		const client = script.client();
		const [first] = await listAgents(client);
		first?.teams.push('spoiled');
		script.clock.advance(10 * MINUTE - 1);
		expect((await listAgents(client))[0]?.teams).toEqual([]);
		expect(script.requests).toHaveLength(2);
		expect(await listAgents(script.client({ credentialKey: 'other' }), { teams: false })).toHaveLength(1);
		script.clock.advance(1);
		expect(await listAgents(client, { teams: false })).toHaveLength(2);
		expect(script.left).toBe(0);
	});

	it('X6: an unknown user has them read again, at most once a minute', async () => {
		const script = new Script(ok.list(ana), ok.list(ana), ok.list(ana, user(USER_B, 'b@example.com')));
		const client = script.client();
		const read = () => listAgents(client, { teams: false, expecting: [USER_A, USER_B] });
		await read();
		script.clock.advance(MINUTE - 1);
		await read();
		expect(script.requests).toHaveLength(1);
		script.clock.advance(1);
		await read();
		await read();
		expect(script.requests).toHaveLength(2);
		script.clock.advance(MINUTE);
		expect(await read()).toHaveLength(2);
		script.clock.advance(2 * MINUTE);
		await read();
		expect(script.left).toBe(0);
	});

	it('X6: many that ask at once read them once', async () => {
		const script = new Script(ok.list(ana));
		const client = script.client();
		await Promise.all(Array.from({ length: 20 }, () => listAgents(client, { teams: false })));
		expect(script.requests).toHaveLength(1);
	});

	it('X2: a failure is not remembered, and whoever waited for it gets it too', async () => {
		const script = new Script(answer(403), ok.list(ana));
		const client = script.client();
		const [one, two] = await Promise.all([
			kustomerFailure(listAgents(client, { teams: false })),
			kustomerFailure(listAgents(client, { teams: false })),
		]);
		expect([one.role, two.kind]).toEqual(['org.permission.user.read', 'forbidden']);
		expect(await listAgents(client, { teams: false })).toHaveLength(1);
	});

	it('X2: a run that is stopped does not stop another one that waited for what it read', async () => {
		const script = new Script(ok.list(ana));
		const stopped = listAgents(script.client({ signal: AbortSignal.abort() }), {
			teams: false,
		});
		const other = listAgents(script.client(), { teams: false });
		await expect(stopped).rejects.toMatchObject({ kind: 'canceled' });
		await expect(stopped).rejects.toBeInstanceOf(KustomerError);
		expect(await other).toHaveLength(1);
	});
});

describe('an agent by email', () => {
	it('S2: is found whatever the case and the spaces around it; deactivated users are not', async () => {
		const script = new Script(
			ok.list(ana, user(USER_B, 'ana@example.com', { deletedAt: '2026-01-01T00:00:00.000Z' })),
		);
		const found = await agentsWithEmail(script.client(), ' ANA@example.COM');
		expect(found.map(({ id }) => id)).toEqual([USER_A]);
	});

	it('S6: several with one address are all told', async () => {
		const script = new Script(ok.list(ana, user(USER_B, 'ana@example.com')));
		expect(await agentsWithEmail(script.client(), 'ana@example.com')).toHaveLength(2);
	});

	it('S2: an address that is not known has the users read again, at most once a minute', async () => {
		const script = new Script(ok.list(), ok.list(ana));
		const client = script.client();
		expect(await agentsWithEmail(client, 'ana@example.com')).toEqual([]);
		expect(await agentsWithEmail(client, 'ana@example.com')).toEqual([]);
		script.clock.advance(MINUTE);
		expect(await agentsWithEmail(client, 'ana@example.com')).toHaveLength(1);
	});
});

it('S1: statuses are remembered for a minute, or less when asked', async () => {
	const script = new Script(ok.list(), ok.list(), ok.list());
	const client = script.client();
	await recentStatuses(client);
	script.clock.advance(10_000);
	await recentStatuses(client);
	await recentStatuses(client, 11_000);
	expect(script.requests).toHaveLength(1);
	await recentStatuses(client, 5_000);
	script.clock.advance(MINUTE);
	await recentStatuses(client);
	expect(script.left).toBe(0);
});
