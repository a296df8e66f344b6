import { addAgents, SANDBOX } from '../../../sandbox/kustomer';
import { dataOf, errorOf, listOf, useHarness, type Answered } from './harness';

const { ana, ben, chloe, duty, machine } = SANDBOX.users;
const { available, busy, email, legacy, lunch, offline, training } = SANDBOX.statuses;
const { support } = SANDBOX.teams;

const harness = useHarness({ rateLimitPerMinute: 0 });

const sessions = () => harness.standIn.store.workSessions;
const get = (path: string) => harness.http.get(`/v1/routing/${path}`);
const usersOf = (list: Answered[]) => list.map(({ relationships }) => relationships.user?.data?.id);
function put(id: string, body: object) {
	return harness.http.put(`/v1/routing/work-sessions/${id}`, body);
}
function sessionOf(userId: string) {
	const [session] = sessions().activeOf(userId);
	if (session === undefined) throw new Error('The agent is offline');
	return session;
}

describe('reading', () => {
	it('S5: lists sessions, all or only those that go on, 100 at most', async () => {
		expect(usersOf(listOf(await get('work-sessions')))).toEqual([ana.id, ben.id, chloe.id, duty.id]);
		expect(usersOf(listOf(await get('work-sessions?active=true')))).toEqual([ana.id, ben.id, chloe.id]);
		expect(usersOf(listOf(await get('work-sessions?statusType=available')))).toEqual([ana.id]);
		expect(listOf(await get('work-sessions?user=true'))).toEqual([]);
		expect(usersOf(listOf(await get('work-sessions?user=false&active=true&pageSize=1&page=2')))).toEqual([
			ben.id,
		]);
		for (const query of ['active=1', `user=${ana.id}`, 'statusType=lunch', 'pageSize=101']) {
			expect([query, (await get(`work-sessions?${query}`)).status]).toEqual([query, 400]);
		}
	});

	it('S5: tells since when the status lasts, not since when anything changed', async () => {
		const before = Date.now();
		const session = sessionOf(ana.id);
		sessions().choose(ana.id, 'lunch', before - 60_000);
		sessions().touch(session, before);
		const { attributes, relationships } = dataOf(await get(`users/${ana.id}/work-sessions/current`));
		expect(relationships.status?.data).toEqual({ type: 'status', id: lunch.id });
		const times = attributes.totalTimeByStatus as Record<string, { statusAt: string }>;
		expect(times[lunch.id]?.statusAt).toBe(new Date(before - 60_000).toISOString());
		expect(attributes.modifiedAt).toBe(new Date(before).toISOString());
	});

	it('S5: gives one session, those of a user, and the current one', async () => {
		const { id } = sessionOf(ben.id);
		expect(dataOf(await get(`work-sessions/${id}`))).toMatchObject({
			type: 'work_session',
			id,
			attributes: { statusType: 'unavailable', active: true, rev: 2 },
			relationships: { status: { data: { id: email.id } }, team: { data: { id: SANDBOX.teams.voice.id } } },
		});
		expect(listOf(await get(`users/${duty.id}/work-sessions`))[0]?.attributes).toMatchObject({
			active: false,
			statusType: 'offline',
			signedOutAt: expect.any(String),
		});
		for (const path of [
			`users/${duty.id}/work-sessions/current`,
			'work-sessions/current',
			'users/000000000000000000000000/work-sessions',
			'work-sessions/000000000000000000000000',
			'statuses/000000000000000000000000',
		]) {
			expect([path, (await get(path)).status]).toEqual([path, 404]);
		}
	});

	it('S1: gives one status, with what it allows', async () => {
		expect(dataOf(await get(`statuses/${legacy.id}`)).attributes).toMatchObject({ enabled: false });
		expect(dataOf(await get(`statuses/${busy.id}`)).attributes).toMatchObject({
			selectable: false,
			system: true,
		});
	});
});

describe('changing', () => {
	it('S3: sets status and team, counts versions, and says who did it', async () => {
		const { id, rev } = sessionOf(ana.id);
		const changed = dataOf(await put(id, { status: training.id, team: support.id, rev }));
		expect(changed).toMatchObject({
			attributes: { rev: rev + 1, statusType: 'unavailable' },
			relationships: {
				status: { data: { id: training.id } },
				team: { data: { id: support.id } },
				modifiedBy: { data: { id: machine.id } },
			},
		});
		expect(sessions().statusNameOf(ana.id)).toBe('Training');
	});

	it('S3: an old version gets 409 and changes nothing; none is no claim', async () => {
		const { id, rev } = sessionOf(ana.id);
		expect((await put(id, { status: training.id, rev: rev - 1 })).status).toBe(409);
		expect(sessions().statusNameOf(ana.id)).toBe('Available');
		expect((await put(id, { status: training.id })).status).toBe(200);
	});

	it('S3: the same status again leaves its time', async () => {
		const { id, times } = sessionOf(chloe.id);
		const { statusAt } = times.get(lunch.id) ?? {};
		await put(id, { status: lunch.id });
		expect(sessionOf(chloe.id).times.get(lunch.id)?.statusAt).toBe(statusAt);
	});

	it.each([
		['a name instead of an id', { status: 'Lunch' }],
		['no status', { team: support.id }],
		['a property that does not exist', { status: lunch.id, statusType: 'unavailable' }],
		['an unknown status', { status: '000000000000000000000000' }],
		['an unknown team', { status: lunch.id, team: '000000000000000000000000' }],
		['a disabled status', { status: legacy.id }],
		['a status that only Kustomer sets', { status: busy.id }],
	])('refuses %s', async (_name, body) => {
		expect((await put(sessionOf(ana.id).id, body)).status).toBe(400);
		expect(sessions().statusNameOf(ana.id)).toBe('Available');
	});

	it('S3: Offline ends the session, which nothing changes any more', async () => {
		const { id } = sessionOf(ana.id);
		expect(dataOf(await put(id, { status: offline.id })).attributes).toMatchObject({ active: false });
		expect(sessions().activeOf(ana.id)).toEqual([]);
		const refused = await put(id, { status: available.id });
		expect([refused.status, errorOf(refused).title]).toEqual([400, 'The work session has ended']);
	});
});

describe('what agents do', () => {
	it('S5: the first status starts a session, a later one changes it, Offline ends it, and so on', () => {
		const first = sessions().choose(duty.id, 'Email');
		expect(sessions().statusNameOf(duty.id)).toBe('Email');
		expect(sessions().choose(duty.id, lunch.id)?.id).toBe(first?.id);
		expect(sessions().choose(duty.id, 'offline')).toBeUndefined();
		expect(sessions().statusNameOf(duty.id)).toBe('Offline');
		expect(sessions().choose(duty.id, 'available')?.id).not.toBe(first?.id);
	});

	it('S6: an agent can be signed in twice, and signed out of everything', async () => {
		sessions().signIn(ana.id, 'lunch');
		expect(listOf(await get('work-sessions?active=true'))).toHaveLength(4);
		sessions().signOut(ana.id);
		expect(listOf(await get('work-sessions?active=true'))).toHaveLength(2);
	});

	it('makes many agents, with the statuses that are wanted', async () => {
		const agents = addAgents(harness.standIn.store, 250, {
			status: (index) => (index % 5 === 0 ? undefined : 'training'),
		});
		expect(agents.map((one) => one.email).slice(0, 2)).toEqual([
			'agent.0001@sandbox.example',
			'agent.0002@sandbox.example',
		]);
		const pages = await Promise.all(
			[1, 2, 3].map(async (page) => listOf(await get(`work-sessions?active=true&page=${page}`))),
		);
		expect(pages.flat()).toHaveLength(200 + 3);
		harness.standIn.reset();
		expect(sessions().all.size).toBe(4);
	});

	it('the page shows agents with their statuses and changes them', async () => {
		const page = harness.as(undefined);
		const { data } = await page.get<{ agents: unknown[] }>('/sandbox/state');
		expect(data.agents).toContainEqual(
			expect.objectContaining({ name: chloe.name, statusId: lunch.id, statusType: 'unavailable' }),
		);
		expect(data.agents).toContainEqual(expect.objectContaining({ name: duty.name, statusId: offline.id }));
		const change = (id: string, status: unknown) => page.post(`/sandbox/agents/${id}/status`, { status });
		expect((await change(duty.id, training.id)).status).toBe(200);
		expect(sessions().statusNameOf(duty.id)).toBe('Training');
		for (const [id, status] of [
			['nobody', training.id],
			[duty.id, 'nothing'],
			[duty.id, { a: 1 }],
		] as const) {
			expect((await change(id, status)).status).toBe(404);
		}
	});
});
