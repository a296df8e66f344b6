import { listStatuses } from '../../../lib/kustomer/resources/routing-statuses';
import {
	activeSessionsOf,
	getSession,
	listActiveSessions,
	updateSession,
} from '../../../lib/kustomer/resources/work-sessions';
import { Script, TEAM_A, USER_A, USER_B, answer, kustomerFailure, notFound, ok } from './scripted';

const SESSION = '5f3a00000000000000005001';
const LUNCH = '5f3a00000000000000006001';
const EMAIL = '5f3a00000000000000006002';

function session(id: string, attributes: object = {}, relationships: object = {}) {
	return {
		type: 'work_session',
		id,
		attributes: { statusType: 'unavailable', signedInAt: '2026-03-01T08:00:00.000Z', rev: 7, ...attributes },
		relationships: {
			user: { data: { type: 'user', id: USER_A } },
			team: { data: { type: 'team', id: TEAM_A } },
			status: { data: { type: 'status', id: LUNCH } },
			...relationships,
		},
	};
}

describe('statuses', () => {
	it('S1: are listed with what they allow; a flag that is missing forbids nothing', async () => {
		const script = new Script(
			ok.list(
				{
					id: LUNCH,
					attributes: {
						name: 'Lunch',
						statusType: 'UNAVAILABLE',
						system: false,
						enabled: false,
						selectable: false,
					},
				},
				{ id: EMAIL, attributes: { name: 'Email', statusType: 'unavailable' } },
				{ id: SESSION },
			),
		);
		expect(await listStatuses(script.client())).toEqual([
			{
				id: LUNCH,
				name: 'Lunch',
				statusType: 'unavailable',
				system: false,
				enabled: false,
				selectable: false,
			},
			{ id: EMAIL, name: 'Email', statusType: 'unavailable', system: false, enabled: true, selectable: true },
			{ id: SESSION, name: '', statusType: '', system: false, enabled: true, selectable: true },
		]);
	});
});

describe('active sessions', () => {
	it('S5: are asked for 100 at a time and tell who has which status since when', async () => {
		const script = new Script(
			ok.list(
				session(SESSION, {
					totalTimeByStatus: {
						[EMAIL]: { statusAt: '2026-03-01T09:00:00.000Z', time: 5 },
						[LUNCH]: { statusAt: '2026-03-01T12:00:00.000Z' },
					},
					modifiedAt: '2026-03-01T12:30:00.000Z',
				}),
			),
		);
		expect(await listActiveSessions(script.client())).toEqual([
			{
				id: SESSION,
				userId: USER_A,
				teamId: TEAM_A,
				statusId: LUNCH,
				statusType: 'unavailable',
				active: true,
				signedInAt: '2026-03-01T08:00:00.000Z',
				statusAt: '2026-03-01T12:00:00.000Z',
				rev: 7,
			},
		]);
		expect(script.requests[0]?.query).toEqual({ active: 'true', pageSize: '100' });
	});

	it('S5: do not take the time of any change for the time of the status', async () => {
		const script = new Script(ok.list(session(SESSION, { updatedAt: '2026-03-01T12:30:00.000Z' })));
		expect((await listActiveSessions(script.client()))[0]?.statusAt).toBeUndefined();
	});

	it.each([
		['a time of signing out', { signedOutAt: '2026-03-01T12:00:00.000Z' }],
		['the type offline', { statusType: 'Offline' }],
		['active: false', { active: false }],
	])('S5: a session with %s is over, whatever the filter let through', async (_name, attributes) => {
		const script = new Script(ok.list(session(SESSION, attributes)));
		expect(await listActiveSessions(script.client())).toEqual([]);
	});

	it('S6: a session that two pages show is one session', async () => {
		const next = '/v1/routing/work-sessions?active=true&page=2&pageSize=100';
		const script = new Script(
			answer(200, { data: [session(SESSION)], links: { next } }),
			ok.list(session(SESSION, { rev: 8 }), session('5f3a00000000000000005002')),
		);
		const sessions = await listActiveSessions(script.client());
		expect(sessions.map(({ id, rev }) => [id, rev])).toEqual([
			[SESSION, 8],
			['5f3a00000000000000005002', 7],
		]);
	});

	it('reads a relationship that holds the whole object, and drops a session of nobody', async () => {
		const whole = { status: { data: { type: 'status', id: { _id: EMAIL, name: 'Email' } } } };
		const script = new Script(
			ok.list(
				session(SESSION, {}, whole),
				session('5f3a00000000000000005002', {}, { user: { data: null } }),
				{ type: 'work_session', id: '5f3a00000000000000005003' },
			),
		);
		const sessions = await listActiveSessions(script.client());
		expect(sessions.map(({ id, statusId }) => [id, statusId])).toEqual([[SESSION, EMAIL]]);
	});

	it('X8: names the role that is missing', async () => {
		const error = await kustomerFailure(listActiveSessions(new Script(answer(403)).client()));
		expect(error).toMatchObject({ kind: 'forbidden', role: 'org.permission.work_session.read' });
	});
});

describe('the sessions of one agent', () => {
	const path = `GET /v1/routing/users/${USER_A}/work-sessions`;
	const over = (count: number) =>
		Array.from({ length: count }, (_, index) =>
			session(`5f3a000000000000000070${String(index).padStart(2, '0')}`, {
				signedOutAt: '2026-02-01T17:00:00.000Z',
			}),
		);

	it('S5: one request tells the session that goes on', async () => {
		const script = new Script(ok.list(...over(3), session(SESSION)));
		expect((await activeSessionsOf(script.client(), USER_A)).map(({ id }) => id)).toEqual([SESSION]);
		expect(script.lines).toEqual([path]);
	});

	it('S6: several that go on are all told', async () => {
		const script = new Script(ok.list(session(SESSION), session('5f3a00000000000000005002')));
		expect(await activeSessionsOf(script.client(), USER_A)).toHaveLength(2);
	});

	it('S5: none in a short history is none', async () => {
		const script = new Script(ok.list(...over(3)));
		expect(await activeSessionsOf(script.client(), USER_A)).toEqual([]);
		expect(script.lines).toEqual([path]);
	});

	it('S5: after a page of old ones the current one is asked for', async () => {
		const script = new Script(ok.list(...over(20)), answer(200, { data: session(SESSION) }));
		expect((await activeSessionsOf(script.client(), USER_A)).map(({ id }) => id)).toEqual([SESSION]);
		expect(script.lines).toEqual([path, `${path}/current`]);
	});

	it.each([
		['404', notFound],
		['nothing', answer(200, { data: null })],
		['one that is over', answer(200, { data: over(1)[0] })],
	])('S5: %s for the current one means none', async (_name, current) => {
		const script = new Script(ok.list(...over(20)), current);
		expect(await activeSessionsOf(script.client(), USER_A)).toEqual([]);
	});

	it('S6: a user who does not exist is not the same as one without a session', async () => {
		const error = await kustomerFailure(activeSessionsOf(new Script(notFound).client(), USER_B));
		expect(error.kind).toBe('notFound');
	});
});

describe('one session', () => {
	it('is read, over or not', async () => {
		const script = new Script(answer(200, { data: session(SESSION, { active: false }) }));
		expect(await getSession(script.client(), SESSION)).toMatchObject({ id: SESSION, active: false });
	});

	it('S3: is changed with the version that was read, and without what is not given', async () => {
		const script = new Script(
			answer(200, { data: session(SESSION, { rev: 8 }) }),
			answer(200, { data: session(SESSION, { rev: 9 }) }),
		);
		const client = script.client();
		await updateSession(client, SESSION, { statusId: LUNCH, rev: 7 });
		expect(script.requests[0]).toMatchObject({ method: 'PUT', path: `/v1/routing/work-sessions/${SESSION}` });
		expect(JSON.parse(JSON.stringify(script.body(0)))).toEqual({ status: LUNCH, rev: 7 });
		const changed = await updateSession(client, SESSION, { statusId: LUNCH, teamId: TEAM_A, rev: 8 });
		expect(script.body(1)).toEqual({ status: LUNCH, team: TEAM_A, rev: 8 });
		expect(changed.rev).toBe(9);
	});
});
