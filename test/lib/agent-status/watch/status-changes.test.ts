import fc from 'fast-check';

import type { KustomerLook } from '../../../../lib/agent-status/kustomer-look';
import {
	compareStatuses,
	readMemory,
	type CompareOptions,
	type StatusMemory,
} from '../../../../lib/agent-status/watch/status-changes';
import type { AgentSession } from '../../../../lib/kustomer/resources/work-sessions';

const OPTIONS: CompareOptions = { of: 'key', teams: [], teamBy: 'session', reportFirst: false };
const AT = Date.parse('2026-03-02T10:00:00.000Z');

const statuses = ['available', 'lunch', 'offline'].map((id) => ({
	id,
	name: id.toUpperCase(),
	statusType: id === 'lunch' ? 'unavailable' : id,
	system: false,
	enabled: true,
	selectable: true,
}));

function session(userId: string, statusId: string, more: Partial<AgentSession> = {}): AgentSession {
	return { id: `s-${userId}`, userId, statusId, statusType: statusId, active: true, ...more };
}

function look(...sessions: AgentSession[]): KustomerLook {
	const agents = [...new Set(sessions.map(({ userId }) => userId))].map((id) => ({
		id,
		name: `Agent ${id}`,
		email: `${id}@example.com`,
		teams: [`team-${id}`],
		deleted: false,
		userType: 'user',
	}));
	return { sessions, statuses, agents, mayMissSome: sessions.length >= 100, at: AT };
}

function memoryOf(...sessions: AgentSession[]): StatusMemory {
	return compareStatuses(undefined, look(...sessions), OPTIONS).memory;
}

describe('comparing statuses', () => {
	it('reports a change with both statuses and the time that Kustomer tells', () => {
		const { changes } = compareStatuses(
			memoryOf(session('a', 'available')),
			look(session('a', 'lunch', { statusAt: '2026-03-02T09:59:50.000Z' })),
			OPTIONS,
		);
		expect(changes).toMatchObject([
			{
				id: 's-a:lunch:2026-03-02T09:59:50.000Z',
				agent: { name: 'Agent a', email: 'a@example.com' },
				before: { name: 'AVAILABLE' },
				after: { name: 'LUNCH', statusType: 'unavailable' },
				changedAt: '2026-03-02T09:59:50.000Z',
				login: false,
				logout: false,
			},
		]);
	});

	it('S5: a new session is a login, also when the status is the same; its end is a logout', () => {
		const memory = memoryOf(session('a', 'available'));
		const again = compareStatuses(
			memory,
			look(session('a', 'available', { id: 's-2', signedInAt: '2026-03-02T09:00:00.000Z' })),
			OPTIONS,
		);
		expect(again.changes).toMatchObject([{ login: true, changedAt: '2026-03-02T09:00:00.000Z' }]);
		expect(compareStatuses(memory, look(), OPTIONS).changes).toMatchObject([
			{ logout: true, after: { id: 'offline', name: 'OFFLINE' }, session: null },
		]);
	});

	it('the first look reports nothing, or everybody; a memory of another credential does not count', () => {
		const now = look(session('a', 'available'));
		expect(compareStatuses(undefined, now, OPTIONS).changes).toEqual([]);
		const all = compareStatuses(undefined, now, { ...OPTIONS, reportFirst: true });
		expect(all.changes).toMatchObject([{ initial: true, login: false, before: null }]);
		expect(compareStatuses({ ...all.memory, of: 'other' }, look(), OPTIONS).changes).toEqual([]);
	});

	it('S5, S6: everybody is reported when told so: who has changed, who has not, who is gone, and problems', () => {
		const two = [session('d', 'available'), session('d', 'lunch', { id: 's-e' })];
		const memory = memoryOf(session('a', 'available'), session('b', 'lunch'), session('c', 'lunch'), ...two);
		const now = look(session('a', 'lunch'), session('b', 'lunch'), ...two);
		const { changes, problems } = compareStatuses(memory, now, { ...OPTIONS, reportAll: true });
		expect(changes).toMatchObject([
			{ agent: { id: 'a' }, before: { id: 'available' }, initial: false },
			{ agent: { id: 'b' }, before: null, after: { id: 'lunch' }, initial: true, login: false },
			{ agent: { id: 'c' }, logout: true, initial: false },
		]);
		expect(problems).toMatchObject([{ agent: { id: 'd' } }]);
	});

	it('S6: several sessions are reported once until they change, and the last clear status stays', () => {
		const memory = memoryOf(session('a', 'available'));
		const two = look(session('a', 'available'), session('a', 'lunch', { id: 's-b' }));
		const first = compareStatuses(memory, two, OPTIONS);
		expect([first.changes, first.problems.length]).toEqual([[], 1]);
		expect(first.problems[0]?.message).toContain('Agent a has 2 work sessions');
		const second = compareStatuses(first.memory, two, OPTIONS);
		expect([second.changes, second.problems]).toEqual([[], []]);
		const clear = compareStatuses(second.memory, look(session('a', 'lunch')), OPTIONS);
		expect(clear.changes).toMatchObject([{ before: { name: 'AVAILABLE' }, after: { name: 'LUNCH' } }]);
	});

	describe('S7: of the chosen teams', () => {
		const VOICE = { ...OPTIONS, teams: ['voice', 'mail'] };
		const at = (teamId: string | undefined, statusId: string) => session('a', statusId, { teamId });
		const after = (before: AgentSession, ...now: AgentSession[]) =>
			compareStatuses(compareStatuses(undefined, look(before), VOICE).memory, look(...now), VOICE);

		it('the team that agents have selected counts, and no other that they are in', () => {
			expect(after(at('voice', 'available'), at('voice', 'lunch')).changes).toHaveLength(1);
			expect(after(at('team-a', 'available'), at('team-a', 'lunch')).changes).toEqual([]);
			expect(after(at(undefined, 'available'), at(undefined, 'lunch')).changes).toEqual([]);
		});

		it('who goes offline belongs to the team of the shift that ended', () => {
			expect(after(at('voice', 'available')).changes).toMatchObject([{ logout: true }]);
			expect(after(at('team-a', 'available')).changes).toEqual([]);
		});

		it('who selects one of the teams is reported, once, as seen for the first time', () => {
			const first = after(at('team-a', 'lunch'), at('voice', 'lunch'));
			expect(first.changes).toMatchObject([
				{ before: null, after: { id: 'lunch' }, initial: true, login: false, session: { teamId: 'voice' } },
			]);
			const again = (now: AgentSession) => compareStatuses(first.memory, look(now), VOICE).changes;
			expect(again(at('voice', 'lunch'))).toEqual([]);
			// From one chosen team to another, and away from them, nothing has changed.
			expect(again(at('mail', 'lunch'))).toEqual([]);
			expect(again(at('team-a', 'available'))).toEqual([]);
			expect(after(at('team-a', 'lunch'), at('voice', 'available')).changes).toMatchObject([
				{ before: { id: 'lunch' }, after: { id: 'available' }, initial: false },
			]);
		});

		it('several sessions are a problem when one of them is of a chosen team', () => {
			const two = (teamId: string) => [at('team-a', 'lunch'), session('a', 'lunch', { id: 's-2', teamId })];
			expect(after(at('voice', 'lunch'), ...two('voice')).problems).toHaveLength(1);
			expect(after(at('voice', 'lunch'), ...two('team-b')).problems).toEqual([]);
		});

		it('any sequence of looks and teams: whoever works for a chosen team was last reported as they are, and others never', () => {
			const anyLook = fc
				.uniqueArray(
					fc.tuple(
						fc.constantFrom('a', 'b'),
						fc.constantFrom('available', 'lunch'),
						fc.constantFrom('voice', 'mail', 'other', undefined),
					),
					{ selector: ([user]) => user },
				)
				.map((all) => look(...all.map(([user, status, teamId]) => session(user, status, { teamId }))));
			fc.assert(
				fc.property(fc.array(anyLook, { minLength: 1, maxLength: 8 }), (looks) => {
					let memory: StatusMemory | undefined;
					const told = new Map<string, string | null>();
					const followed = new Set<string>();
					for (const one of looks) {
						for (const { userId, teamId } of one.sessions)
							if (VOICE.teams.includes(teamId ?? '')) followed.add(userId);
						const found = compareStatuses(memory, one, { ...VOICE, reportFirst: true });
						for (const { agent, after: status } of found.changes) told.set(agent.id, status.id);
						memory = readMemory(JSON.stringify(found.memory));
						expect(compareStatuses(memory, one, VOICE).changes).toEqual([]);
					}
					expect([...told.keys()].filter((id) => !followed.has(id))).toEqual([]);
					for (const { userId, teamId, statusId } of looks.at(-1)?.sessions ?? []) {
						if (VOICE.teams.includes(teamId ?? '')) expect(told.get(userId)).toBe(statusId);
					}
				}),
			);
		});

		it('membership counts when told so; agents of other teams are not forgotten', () => {
			const memory = memoryOf(session('a', 'available'), session('b', 'available'));
			const now = look(session('a', 'lunch'), session('b', 'lunch'));
			const options: CompareOptions = { ...OPTIONS, teams: ['team-b'], teamBy: 'member' };
			const { changes, memory: next } = compareStatuses(memory, now, options);
			expect(changes.map(({ agent }) => agent.id)).toEqual(['b']);
			expect(next.agents.a).toEqual(['s-a', 'lunch']);
		});
	});

	it('with several pages, somebody who is missed once is not reported as gone', () => {
		const all = Array.from({ length: 101 }, (_, index) => session(`u${index}`, 'available'));
		const missed = compareStatuses(memoryOf(...all), look(...all.slice(1)), OPTIONS);
		expect(missed.changes).toEqual([]);
		expect(compareStatuses(missed.memory, look(...all), OPTIONS).changes).toEqual([]);
		expect(compareStatuses(missed.memory, look(...all.slice(1)), OPTIONS).changes).toMatchObject([
			{ agent: { id: 'u0' }, logout: true },
		]);
	});

	it('any sequence of looks: what is reported leads from the first look to the last, and a look twice reports nothing', () => {
		const anyLook = fc
			.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('available', 'lunch')), {
				selector: ([user]) => user,
			})
			.map((pairs) => look(...pairs.map(([user, status]) => session(user, status))));
		fc.assert(
			fc.property(fc.array(anyLook, { minLength: 1, maxLength: 8 }), (looks) => {
				let memory: StatusMemory | undefined;
				const told = new Map<string, string | null>();
				for (const one of looks) {
					const found = compareStatuses(memory, one, { ...OPTIONS, reportFirst: true });
					for (const { agent, after, logout } of found.changes) {
						if (logout) told.delete(agent.id);
						else told.set(agent.id, after.id);
					}
					memory = readMemory(JSON.stringify(found.memory));
					expect(compareStatuses(memory, one, OPTIONS).changes).toEqual([]);
				}
				const last = looks.at(-1)?.sessions ?? [];
				expect([...told].sort()).toEqual(
					last.map(({ userId, statusId }): [string, string | undefined] => [userId, statusId]).sort(),
				);
			}),
		);
	});
});

it.each([
	undefined,
	'',
	'x',
	'{}',
	'[]',
	'{"of":1}',
	'{"of":"k","agents":[],"missed":[],"reported":{}}',
	...[
		'null',
		'7',
		'"x"',
		'[]',
		'["s"]',
		'["s",2]',
		'["s","a",null]',
		'["s","a","t",1]',
		'{"0":"s","1":"a"}',
	].map((agent) => `{"of":"k","agents":{"u":${agent}},"missed":[],"reported":{}}`),
	5,
	{},
])('X16: a memory of another form does not count: %j', (kept) => {
	expect(readMemory(kept)).toBeUndefined();
});
