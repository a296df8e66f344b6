import { AgentStatusProblem } from '../../../../lib/kustomer/operations/agent-status-problems';
import { getAgentStatus, getAllAgentStatuses } from '../../../../lib/kustomer/operations/get-agent-status';
import { setAgentStatus } from '../../../../lib/kustomer/operations/set-agent-status';
import { recentStatuses } from '../../../../lib/kustomer/resources/routing-statuses';
import { forgetEverything } from '../../../../lib/process/forget';
import { Script, TEAM_A, USER_A, USER_B, answer, conflict, kustomerFailure, notFound, ok } from '../scripted';
import { failure } from '../../http/scripted';

const SESSION = '5f3a00000000000000005001';
const OTHER_SESSION = '5f3a00000000000000005002';
const STATUS = {
	available: '5f3a00000000000000006000',
	lunch: '5f3a00000000000000006001',
	email: '5f3a00000000000000006002',
	busy: '5f3a00000000000000006003',
	offline: '5f3a00000000000000006004',
	legacy: '5f3a00000000000000006005',
	wrapUp: '5f3a00000000000000006006',
} as const;
const EMAIL = 'ana@example.com';
const byId = { id: USER_A };

const status = (id: string, name: string, statusType: string, more: object = {}) => ({
	id,
	attributes: { name, statusType, ...more },
});
const STATUSES = [
	status(STATUS.available, 'available', 'available', { system: true }),
	status(STATUS.lunch, 'Lunch', 'unavailable'),
	status(STATUS.email, 'E-Mail Work', 'unavailable'),
	status(STATUS.busy, 'busy', 'busy', { system: true }),
	status(STATUS.offline, 'Offline', 'offline', { system: true }),
	status(STATUS.legacy, 'Legacy', 'unavailable', { enabled: false }),
	status(STATUS.wrapUp, 'Wrap-Up', 'unavailable', { selectable: false }),
];
const statuses = ok.list(...STATUSES);
const users = ok.list(
	{ id: USER_A, attributes: { name: 'Ana', email: EMAIL } },
	{ id: USER_B, attributes: { name: 'Ben', email: 'ben@example.com' } },
);

function session(statusId: string, more: object = {}, id = SESSION, userId = USER_A) {
	const type = STATUSES.find((one) => one.id === statusId)?.attributes.statusType;
	return {
		type: 'work_session',
		id,
		attributes: {
			statusType: type,
			rev: 7,
			totalTimeByStatus: { [statusId]: { statusAt: '2026-03-01T12:00:00.000Z' } },
			...more,
		},
		relationships: {
			user: { data: { id: userId } },
			team: { data: { id: TEAM_A } },
			status: { data: { id: statusId } },
		},
	};
}
const one = (data: object) => answer(200, { data });
const ended = (statusId: string) => session(statusId, { signedOutAt: '2026-03-01T13:00:00.000Z' });

const inEmail = ok.list(session(STATUS.email));
/** An agent in the status for e-mails, whom somebody sets to another status. */
const whileInEmail = (...answers: ConstructorParameters<typeof Script>) =>
	new Script(statuses, inEmail, ...answers);
const set = (script: Script, changes: Partial<Parameters<typeof setAgentStatus>[1]> = {}) =>
	setAgentStatus(script.client(), { agent: byId, status: 'Lunch', ...changes });

const problem = (promise: Promise<unknown>) => failure(promise, AgentStatusProblem);

describe('get', () => {
	it('S5: an agent by email has a name, a status, and the time since when', async () => {
		const script = new Script(users, ok.list(session(STATUS.lunch)), statuses);
		expect(await getAgentStatus(script.client(), { email: EMAIL.toUpperCase() })).toEqual({
			outcome: 'found',
			signedIn: true,
			userId: USER_A,
			name: 'Ana',
			email: EMAIL,
			statusId: STATUS.lunch,
			status: 'Lunch',
			statusType: 'unavailable',
			statusAt: '2026-03-01T12:00:00.000Z',
			signedInAt: undefined,
			teamId: TEAM_A,
			workSessionId: SESSION,
		});
	});

	it('X8: an agent by id needs no role for users', async () => {
		const script = new Script(ok.list(session(STATUS.lunch)), statuses);
		expect(await getAgentStatus(script.client(), byId)).toMatchObject({ userId: USER_A, status: 'Lunch' });
		expect(script.lines).toEqual([
			`GET /v1/routing/users/${USER_A}/work-sessions`,
			'GET /v1/routing/statuses',
		]);
	});

	it('S5: an agent without a session is offline, which is no error', async () => {
		const script = new Script(ok.list(), statuses);
		expect(await getAgentStatus(script.client(), byId)).toMatchObject({
			outcome: 'noActiveSession',
			signedIn: false,
			statusId: STATUS.offline,
			status: 'Offline',
			reason: expect.stringContaining(USER_A),
		});
	});

	it('S6: an agent with several sessions has no status that can be told', async () => {
		const script = new Script(
			ok.list(session(STATUS.lunch), session(STATUS.email, {}, OTHER_SESSION)),
			statuses,
		);
		const report = await getAgentStatus(script.client(), byId);
		expect(report).toMatchObject({
			outcome: 'severalSessions',
			workSessionIds: [SESSION, OTHER_SESSION],
			reason: expect.stringMatching(/2 active work sessions/),
		});
		expect(report.status).toBeUndefined();
	});

	it('S6: nobody and several with an address are told apart', async () => {
		const twins = ok.list(
			{ id: USER_A, attributes: { email: EMAIL } },
			{ id: USER_B, attributes: { email: EMAIL } },
		);
		const error = await problem(getAgentStatus(new Script(twins).client(), { email: EMAIL }));
		expect(error).toMatchObject({ kind: 'severalAgents', parameter: 'agent' });
		forgetEverything();
		const nobody = await problem(getAgentStatus(new Script(users).client(), { email: 'x@example.com' }));
		expect(nobody).toMatchObject({
			kind: 'agentNotFound',
			message: expect.stringContaining('x@example.com'),
		});
		const unknownId = await problem(getAgentStatus(new Script(notFound).client(), byId));
		expect(unknownId.kind).toBe('agentNotFound');
	});

	it('S5, S6: all agents: signed in, offline, with several sessions, and one who is no user any more', async () => {
		const gone = '5f3a0000000000000000c009';
		const script = new Script(
			ok.list(
				session(STATUS.lunch),
				session(STATUS.email, {}, OTHER_SESSION, gone),
				session(STATUS.available, {}, '5f3a00000000000000005003', 'c'),
				session(STATUS.lunch, {}, '5f3a00000000000000005004', 'c'),
			),
			statuses,
			ok.list(
				{ id: USER_A, attributes: { name: 'Ana', email: EMAIL } },
				{ id: USER_B, attributes: { name: 'Ben', email: 'ben@example.com' } },
				{ id: 'c', attributes: { name: 'Cy', email: 'cy@example.com', deletedAt: '2026-01-01T00:00:00Z' } },
				{ id: 'd', attributes: { name: 'Di', email: 'di@example.com', deletedAt: '2026-01-01T00:00:00Z' } },
			),
		);
		const reports = await getAllAgentStatuses(script.client());
		expect(reports.map(({ userId, outcome, status: name }) => [userId, outcome, name])).toEqual([
			[USER_A, 'found', 'Lunch'],
			[USER_B, 'noActiveSession', 'Offline'],
			['c', 'severalSessions', undefined],
			[gone, 'found', 'E-Mail Work'],
		]);
	});
});

describe('set', () => {
	it.each([
		['id', STATUS.lunch],
		['id in capitals', STATUS.lunch.toUpperCase()],
		['name', 'Lunch'],
		['name in another case and with spaces', ' l u n c h '],
	])('S3: sets a status that is named by its %s', async (_name, wanted) => {
		const script = whileInEmail(one(session(STATUS.lunch, { rev: 8 })));
		expect(await set(script, { status: wanted })).toEqual({
			outcome: 'set',
			userId: USER_A,
			statusId: STATUS.lunch,
			status: 'Lunch',
			statusType: 'unavailable',
			statusAt: '2026-03-01T12:00:00.000Z',
			teamId: TEAM_A,
			workSessionId: SESSION,
			previousStatusId: STATUS.email,
			previousStatus: 'E-Mail Work',
		});
		expect(script.body(2)).toEqual({ status: STATUS.lunch, team: undefined, rev: 7 });
	});

	it('S3: does not write the status that the agent has already', async () => {
		const script = new Script(statuses, ok.list(session(STATUS.lunch)));
		expect(await set(script)).toMatchObject({
			outcome: 'alreadySet',
			status: 'Lunch',
			workSessionId: SESSION,
		});
		expect(script.left).toBe(0);
	});

	it('S3: writes the same status for another team', async () => {
		const team = '5f3a0000000000000000d002';
		const script = new Script(statuses, ok.list(session(STATUS.lunch)), one(session(STATUS.lunch)));
		const done = await set(script, { teamId: team });
		expect(done.outcome).toBe('set');
		expect(script.body(2)).toEqual({ status: STATUS.lunch, team, rev: 7 });
	});

	it('X7: a dry run reads and writes nothing', async () => {
		const script = whileInEmail();
		expect(await set(script, { dryRun: true })).toMatchObject({
			outcome: 'wouldSet',
			status: 'Lunch',
			previousStatus: 'E-Mail Work',
		});
		expect(script.left).toBe(0);
	});

	it('X6: statuses and users are read once for many items', async () => {
		const script = new Script(
			statuses,
			users,
			ok.list(session(STATUS.lunch)),
			ok.list(session(STATUS.lunch, {}, OTHER_SESSION, USER_B)),
		);
		const client = script.client();
		for (const email of [EMAIL, 'ben@example.com']) {
			await setAgentStatus(client, { agent: { email }, status: 'Lunch' });
		}
		expect(script.left).toBe(0);
	});

	describe('somebody else changes the session at the same moment', () => {
		const path = `/v1/routing/work-sessions/${SESSION}`;

		it('S3: reads it again and writes with the new version', async () => {
			const script = whileInEmail(
				conflict,
				one(session(STATUS.available, { rev: 9 })),
				one(session(STATUS.lunch, { rev: 10 })),
			);
			expect(await set(script)).toMatchObject({
				outcome: 'set',
				previousStatus: 'available',
			});
			expect(script.lines.slice(2)).toEqual([`PUT ${path}`, `GET ${path}`, `PUT ${path}`]);
			expect(script.body(4)).toMatchObject({ rev: 9 });
		});

		it('S3: writes no more when they set the same status', async () => {
			const script = whileInEmail(conflict, one(session(STATUS.lunch, { rev: 9 })));
			expect((await set(script)).outcome).toBe('alreadySet');
		});

		it.each([
			['id', STATUS.email],
			['name', 'e-mail work'],
		])(
			'S8: leaves a newer choice alone when the status to be replaced is named by its %s',
			async (_n, onlyIfStatus) => {
				const script = whileInEmail(conflict, one(session(STATUS.available, { rev: 9 })));
				expect(await set(script, { onlyIfStatus })).toMatchObject({
					outcome: 'changedMeanwhile',
					statusId: STATUS.available,
					status: 'available',
					statusType: 'available',
					reason: `Agent ${USER_A} has the status "available" in Kustomer, no longer "E-Mail Work": "Lunch" was not set.`,
				});
				expect(script.lines.slice(2)).toEqual([`PUT ${path}`, `GET ${path}`]);
			},
		);

		it('S8: sets the status when only something else of the session changed', async () => {
			const script = whileInEmail(
				conflict,
				one(session(STATUS.email, { rev: 9 })),
				one(session(STATUS.lunch, { rev: 10 })),
			);
			expect((await set(script, { onlyIfStatus: STATUS.email })).outcome).toBe('set');
		});

		it('S6, S8: an agent who has signed out is offline, whatever the condition says', async () => {
			const script = whileInEmail(conflict, one(ended(STATUS.offline)));
			expect((await problem(set(script, { onlyIfStatus: STATUS.email }))).kind).toBe('noActiveSession');
		});

		it('S8, S9: a status that was deleted is one that the agent does not have; a wrong name is a problem', async () => {
			const deleted = '5f3a00000000000000006099';
			const script = whileInEmail();
			const done = await set(script, { onlyIfStatus: deleted });
			expect(done.outcome).toBe('changedMeanwhile');
			expect((await problem(set(script, { onlyIfStatus: 'Coffee' }))).kind).toBe('unknownStatus');
		});

		it.each([
			['a conflict', conflict],
			['a bad request', answer(400, { errors: [{ status: 400, title: 'Ended' }] })],
		])('S6: says that the agent went offline when %s turns out to be that', async (_name, refused) => {
			const script = whileInEmail(refused, one(ended(STATUS.offline)));
			const error = await problem(set(script));
			expect(error.kind).toBe('noActiveSession');
		});

		it('X2: a bad request for another reason stays one', async () => {
			const script = whileInEmail(
				answer(400, { errors: [{ status: 400, title: 'Unknown team' }] }),
				one(session(STATUS.email)),
			);
			const error = await kustomerFailure(set(script));
			expect(error).toMatchObject({ kind: 'badRequest', title: 'Unknown team' });
		});

		it('X6: gives up after three times', async () => {
			const again = [conflict, one(session(STATUS.email, { rev: 9 }))];
			const script = whileInEmail(...again, ...again, ...again);
			const error = await kustomerFailure(set(script));
			expect(error.kind).toBe('conflict');
			expect(script.left).toBe(0);
		});

		it('X8: a missing role is named', async () => {
			const script = whileInEmail(answer(403));
			const error = await kustomerFailure(set(script));
			expect(error).toMatchObject({ kind: 'forbidden', role: 'org.permission.work_session.update' });
		});
	});

	describe('a work session id', () => {
		const input = { agent: { email: EMAIL }, status: 'Lunch', workSessionId: SESSION };

		it('S3: saves the look-up of sessions', async () => {
			const script = new Script(statuses, users, one(session(STATUS.email)), one(session(STATUS.lunch)));
			expect(await setAgentStatus(script.client(), input)).toMatchObject({
				outcome: 'set',
				userId: USER_A,
				email: EMAIL,
			});
			expect(script.left).toBe(0);
		});

		it.each([
			['is over', one(ended(STATUS.offline))],
			['does not exist', notFound],
		])('S3: of a session that %s is looked up after all', async (_name, named) => {
			const script = new Script(
				statuses,
				users,
				named,
				ok.list(session(STATUS.email, {}, OTHER_SESSION)),
				one(session(STATUS.lunch, {}, OTHER_SESSION)),
			);
			expect(await setAgentStatus(script.client(), input)).toMatchObject({ workSessionId: OTHER_SESSION });
		});

		it.each([
			['an ID', byId],
			['an email address', { email: EMAIL }],
		])('S6: of another agent than the one named by %s is not used', async (_name, agent) => {
			const script = new Script(
				statuses,
				...('email' in agent ? [users] : []),
				one(session(STATUS.email, {}, SESSION, USER_B)),
				ok.list(session(STATUS.email, {}, OTHER_SESSION)),
				one(session(STATUS.lunch, {}, OTHER_SESSION)),
			);
			const done = await setAgentStatus(script.client(), { ...input, agent });
			expect(done).toMatchObject({ userId: USER_A, workSessionId: OTHER_SESSION });
		});
	});

	describe('problems, each with a kind of its own, and nothing written', () => {
		it.each([
			['Coffee', 'unknownStatus', /Choose one of: available, Lunch, E-Mail Work\./],
			['legacy', 'disabledStatus', /Enable it/],
			['Busy', 'systemStatus', /another status/],
			['Wrap-Up', 'systemStatus', /another status/],
			['OFFLINE', 'offlineStatus', /Allow Going Offline/],
		])('S9: the status %s is a problem of the kind %s', async (wanted, kind, advice) => {
			const script = new Script(statuses);
			const error = await problem(set(script, { status: wanted }));
			expect(error).toMatchObject({ kind, advice: expect.stringMatching(advice), parameter: 'status' });
			expect(script.left).toBe(0);
		});

		it('S9: a status that was made just now is found', async () => {
			const script = new Script(
				statuses,
				ok.list(...STATUSES, status('5f3a00000000000000006007', 'Coffee', 'unavailable')),
				ok.list(session(STATUS.email)),
				one(session(STATUS.email)),
			);
			const client = script.client();
			expect(await recentStatuses(client)).toHaveLength(STATUSES.length);
			script.clock.advance(10_000);
			const done = await setAgentStatus(client, { agent: byId, status: 'Coffee' });
			expect(done.outcome).toBe('set');
		});

		it('S9: of two with one name the enabled one is meant; two enabled ones are a problem', async () => {
			const twin = (enabled: boolean) =>
				status('5f3a00000000000000006008', 'LUNCH', 'unavailable', { enabled });
			const script = new Script(ok.list(twin(false), ...STATUSES), ok.list(session(STATUS.lunch)));
			const done = await set(script, { status: 'lunch' });
			expect(done.statusId).toBe(STATUS.lunch);
			forgetEverything();
			const both = new Script(ok.list(twin(true), ...STATUSES));
			const error = await problem(set(both, { status: 'lunch' }));
			expect(error.kind).toBe('severalStatuses');
		});

		it('S6: no session, and several', async () => {
			const none = new Script(statuses, ok.list());
			const error = await problem(set(none));
			expect(error.kind).toBe('noActiveSession');
			forgetEverything();
			const two = ok.list(session(STATUS.email), session(STATUS.email, {}, OTHER_SESSION));
			const several = await problem(set(new Script(statuses, two)));
			expect(several).toMatchObject({
				kind: 'severalSessions',
				advice: expect.stringContaining(`${SESSION}, ${OTHER_SESSION}`),
			});
		});

		it('S3: going offline is possible when it is allowed', async () => {
			const script = whileInEmail(one(ended(STATUS.offline)));
			const done = await set(script, { status: 'Offline', allowOffline: true });
			expect(done).toMatchObject({ outcome: 'set', status: 'Offline' });
		});
	});
});
