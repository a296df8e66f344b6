import type { INodeParameters } from 'n8n-workflow';

import { getAgentStatuses } from '../../nodes/Kustomer/methods/loadOptions';
import { addAgents, SANDBOX, startKustomerStandIn } from '../../sandbox/kustomer';
import { itemsOf } from './execute-harness';
import { editorContext, locator, only, run, useKustomer } from './kustomer-setup';

const { ana, ben, chloe, duty } = SANDBOX.users;
const { available, email, legacy, lunch, offline, training } = SANDBOX.statuses;

/** Requests a minute of the smallest plan that Kustomer documents: https://help.kustomer.com/api-rate-limits-Sk2xoQgYX */
const SMALLEST_LIMIT = 300;

const standIn = useKustomer();

const get = (parameters: INodeParameters, token?: string) =>
	run(standIn, 'agentStatus.get', parameters, { token });
const set = (parameters: INodeParameters, token?: string) =>
	run(standIn, 'agentStatus.set', parameters, { token });
const sessions = () => standIn.store.workSessions;
const lines = () => standIn.requests.map(({ method, path }) => `${method} ${path}`);
const sessionOf = (userId: string) => sessions().activeOf(userId)[0]?.id ?? '';

describe('agent status: get', () => {
	it.each([
		['from the list', locator('list', ben.id)],
		['by id', locator('id', ben.id.toUpperCase())],
		['by email', locator('email', ` ${ben.email.toUpperCase()} `)],
		['by an expression that gives an address', locator('id', '={{ $json.agent }}')],
	])('S5: an agent named %s', async (_name, agent) => {
		const result = await run(standIn, 'agentStatus.get', { agent }, { items: itemsOf({ agent: ben.email }) });
		const { statusAt } = [...sessions().activeOf(ben.id)][0]?.times.get(email.id) ?? {};
		expect(only(result)).toMatchObject({
			outcome: 'found',
			signedIn: true,
			userId: ben.id,
			statusId: email.id,
			status: 'Email',
			statusType: 'unavailable',
			statusAt,
			workSessionId: sessionOf(ben.id),
			teamId: SANDBOX.teams.voice.id,
		});
	});

	it('S5: with the smallest list of roles', async () => {
		const { minimal, readOnly } = SANDBOX.keys;
		for (const { token } of [minimal, readOnly]) {
			expect(only(await get({ agents: 'all' }, token)).status).toBe('Available');
			expect(only(await get({ agent: locator('email', ana.email) }, token)).status).toBe('Available');
		}
	});

	it('S5, S6: all agents, one item each, or only those who are signed in', async () => {
		sessions().signIn(ana.id, 'lunch');
		const all = (await get({ agents: 'all' })).items.map(({ json }) => json);
		expect(all.map(({ name, outcome, status }) => [name, outcome, status])).toEqual([
			[ana.name, 'severalSessions', undefined],
			[ben.name, 'found', 'Email'],
			[chloe.name, 'found', 'Lunch'],
			[duty.name, 'noActiveSession', 'Offline'],
		]);
		const signedIn = (await get({ agents: 'all', signedInOnly: true })).items.map(({ json }) => json.name);
		expect(signedIn).toEqual([ana.name, ben.name, chloe.name]);
	});

	it.each([
		['={{ $json.missing }}', "'Agent' is empty."],
		['Ana', "'Agent' is neither an email address nor a Kustomer ID."],
	])('refuses the agent %j before anything is sent', async (value, message) => {
		standIn.requests.length = 0;
		const { error } = await get({ agent: locator('email', value) });
		expect(error?.message).toBe(message);
		expect(standIn.requests).toHaveLength(0);
	});

	it('S6: says that nobody has an address, as an item when the step goes on', async () => {
		const { items } = await run(
			standIn,
			'agentStatus.get',
			{ agent: locator('email', '={{ $json.who }}') },
			{ items: itemsOf({ who: 'x@sandbox.example' }, { who: ana.email }), onError: 'continueRegularOutput' },
		);
		expect(items[0]?.json.error).toMatchObject({ kind: 'agentNotFound', parameter: 'agent' });
		expect(items[1]?.json.status).toBe('Available');
	});

	it('X8: names the role that is missing', async () => {
		const { error } = await get({ agents: 'all' }, SANDBOX.keys.noNotes.token);
		expect(error).toBeUndefined();
		const own = await startKustomerStandIn({
			apiKeys: [{ name: 'users', token: 'users', roles: ['org.permission.user.read'] }],
		});
		const refused = await run(own, 'agentStatus.get', { agents: 'all' }, { token: 'users' });
		expect(refused.error?.message).toContain('lacks the role org.permission.work_session.read');
		await own.close();
	});

	it('X6: 1,000 agents cost 10 requests, far below a quarter of the smallest limit', async () => {
		addAgents(standIn.store, 1000 - 3);
		const measure = async () => {
			standIn.requests.length = 0;
			const { items } = await get({ agents: 'all', signedInOnly: true });
			expect(items).toHaveLength(1000);
			return lines();
		};
		const first = await measure();
		const later = await measure();
		expect(later).toEqual(Array.from({ length: 10 }, () => 'GET /v1/routing/work-sessions'));
		expect(first.filter((line) => line.endsWith('/users'))).toHaveLength(3);
		// Sessions every 15 seconds, statuses once a minute, users once in ten minutes.
		const users = first.filter((line) => line.endsWith('/users')).length / 10;
		const statuses = first.filter((line) => line.endsWith('/statuses')).length;
		const perMinute = (later.length * 60) / 15 + statuses + users;
		console.log(
			`1,000 agents every 15 seconds: ${perMinute.toFixed(1)} requests a minute ` +
				`(${((100 * perMinute) / SMALLEST_LIMIT).toFixed(0)}% of the smallest limit, ${SMALLEST_LIMIT})`,
		);
		expect(perMinute).toBeLessThan(SMALLEST_LIMIT / 4);
	});
});

describe('agent status: set', () => {
	it('S3: sets a status by name with the smallest list of roles, and again writes nothing', async () => {
		const parameters = { agent: locator('email', ana.email), status: 'training' };
		const first = only(await set(parameters, SANDBOX.keys.minimal.token));
		expect(first).toMatchObject({
			outcome: 'set',
			userId: ana.id,
			name: ana.name,
			status: 'Training',
			previousStatusId: available.id,
			previousStatus: 'Available',
			workSessionId: sessionOf(ana.id),
		});
		expect(sessions().statusNameOf(ana.id)).toBe('Training');
		standIn.requests.length = 0;
		expect(only(await set(parameters)).outcome).toBe('alreadySet');
		expect(standIn.requests.every(({ method }) => method === 'GET')).toBe(true);
	});

	it('S3: sends the version that it has read, and reads again on a conflict', async () => {
		standIn.faults.add({
			method: 'PUT',
			path: /work-sessions/,
			times: 1,
			fault: { kind: 'status', status: 409 },
		});
		expect(only(await set({ agent: locator('id', ana.id), status: lunch.id })).outcome).toBe('set');
		const writes = standIn.requests.filter(({ method }) => method === 'PUT');
		expect(writes.map(({ status, body }) => [status, body])).toEqual([
			[409, { status: lunch.id, rev: 1 }],
			[200, { status: lunch.id, rev: 1 }],
		]);
	});

	it('S3: a write whose answer is lost is found to be done', async () => {
		standIn.faults.add({
			method: 'PUT',
			path: /work-sessions/,
			times: 1,
			fault: { kind: 'closeAfterCommit' },
		});
		const done = only(await set({ agent: locator('id', ana.id), status: lunch.id }));
		expect(done).toMatchObject({ outcome: 'alreadySet', status: 'Lunch' });
		expect(sessions().statusNameOf(ana.id)).toBe('Lunch');
	});

	it('S3: takes a team and a work session ID from the options', async () => {
		const options = {
			team: locator('id', SANDBOX.teams.support.id),
			workSessionId: sessionOf(ana.id),
		};
		const done = only(await set({ agent: locator('email', ana.email), status: 'Lunch', options }));
		expect(done).toMatchObject({ outcome: 'set', teamId: SANDBOX.teams.support.id, email: ana.email });
		expect(lines().filter((line) => /users\/.+\/work-sessions/.test(line))).toEqual([]);
	});

	it('S6: a work session ID of somebody else changes nobody else', async () => {
		const options = { workSessionId: sessionOf(ben.id) };
		const done = only(await set({ agent: locator('email', ana.email), status: 'Lunch', options }));
		expect(done).toMatchObject({ outcome: 'set', userId: ana.id, workSessionId: sessionOf(ana.id) });
		expect([ana, ben].map(({ id }) => sessions().statusNameOf(id))).toEqual(['Lunch', 'Email']);
	});

	it('S8: a status that the agent chose between the look and the write stays, and is no error', async () => {
		const parameters = {
			agent: locator('id', '={{ $json.kustomerUserId }}'),
			status: '={{ $json.newStatusId }}',
			options: { onlyIfStatus: '={{ $json.kustomerStatusId }}' },
		};
		const decided = { kustomerUserId: ana.id, kustomerStatusId: available.id, newStatusId: lunch.id };
		sessions().choose(ana.id, 'Email');
		standIn.requests.length = 0;
		const late = only(await run(standIn, 'agentStatus.set', parameters, { items: itemsOf(decided) }));
		expect(late).toMatchObject({
			outcome: 'changedMeanwhile',
			userId: ana.id,
			statusId: email.id,
			status: 'Email',
			workSessionId: sessionOf(ana.id),
			reason: `Agent ${ana.id} has the status "Email" in Kustomer, no longer "Available": "Lunch" was not set.`,
		});
		expect(standIn.requests.filter(({ method }) => method === 'PUT')).toEqual([]);

		const fitting = { ...decided, kustomerStatusId: email.id };
		const inTime = only(await run(standIn, 'agentStatus.set', parameters, { items: itemsOf(fitting) }));
		expect(inTime).toMatchObject({ outcome: 'set', status: 'Lunch', previousStatus: 'Email' });

		const bare = { kustomerUserId: ana.id, newStatusId: lunch.id };
		sessions().choose(ana.id, 'Email');
		const free = only(await run(standIn, 'agentStatus.set', parameters, { items: itemsOf(bare) }));
		expect(free).toMatchObject({ outcome: 'set' });
	});

	it('X7: a dry run writes nothing', async () => {
		const done = only(await set({ agent: locator('id', ana.id), status: 'Lunch', dryRun: true }));
		expect(done).toMatchObject({ outcome: 'wouldSet', status: 'Lunch', previousStatus: 'Available' });
		expect(sessions().statusNameOf(ana.id)).toBe('Available');
	});

	it.each([
		['noActiveSession', duty.email, 'Lunch'],
		['agentNotFound', 'x@sandbox.example', 'Lunch'],
		['agentNotFound', '000000000000000000000000', 'Lunch'],
		['unknownStatus', ana.email, 'Coffee'],
		['disabledStatus', ana.email, legacy.id],
		['systemStatus', ana.email, 'Busy'],
		['offlineStatus', ana.email, 'Offline'],
		['severalSessions', ben.email, 'Lunch'],
		['severalAgents', 'twin@sandbox.example', 'Lunch'],
	])('S6, S9: the problem %s is an error of that kind, or an outcome', async (kind, who, status) => {
		const { store } = standIn;
		const createdAt = new Date().toISOString();
		for (const name of ['Twin A', 'Twin B']) {
			store.addUser({ id: store.newId(), name, email: 'twin@sandbox.example', userType: 'user', createdAt });
		}
		store.workSessions.signIn(ben.id, 'lunch');
		const parameters = { agent: locator('email', who), status };
		const { error } = await set(parameters);
		expect(error?.context?.kind).toBe(kind);
		expect(error?.description).toMatch(/\S+\.$/);
		const goesOn = only(await set({ ...parameters, options: { whenImpossible: 'goOn' } }));
		expect(goesOn).toMatchObject({ outcome: kind, reason: error?.message });
		expect(standIn.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
	});

	it('S3: signs an agent out only when that is allowed', async () => {
		const options = { allowOffline: true };
		const done = only(await set({ agent: locator('id', ana.id), status: offline.id, options }));
		expect(done).toMatchObject({ outcome: 'set', status: 'Offline', statusType: 'offline' });
		expect(sessions().activeOf(ana.id)).toEqual([]);
	});

	it('X8: a key that may not write is told its role, also when the step goes on with problems', async () => {
		const { error } = await set(
			{ agent: locator('id', ana.id), status: 'Lunch', options: { whenImpossible: 'goOn' } },
			SANDBOX.keys.readOnly.token,
		);
		expect(error?.message).toContain('lacks the role org.permission.work_session.update');
		expect(error?.context?.kind).toBe('forbidden');
	});

	it('X2: one agent who cannot be set does not hold up the others', async () => {
		const { items } = await run(
			standIn,
			'agentStatus.set',
			{ agent: locator('email', '={{ $json.who }}'), status: '={{ $json.to }}' },
			{
				items: itemsOf(
					{ who: ana.email, to: 'Lunch' },
					{ who: duty.email, to: 'Lunch' },
					{ who: chloe.email, to: training.id },
				),
				onError: 'continueRegularOutput',
			},
		);
		expect(items.map(({ json }) => json.outcome ?? (json.error as { kind: string }).kind)).toEqual([
			'set',
			'noActiveSession',
			'set',
		]);
	});

	it.each([
		['status', '', { status: '={{ $json.missing }}' }, "'Status' is empty."],
		['work session ID', 'x', { options: { workSessionId: 'x' } }, "'Work Session ID' is not a Kustomer ID."],
		['team', 'Voice', { options: { team: locator('id', 'Voice') } }, "'Team' is not a Kustomer ID."],
	])('refuses the %s %j before anything is sent', async (_name, _value, parameters, message) => {
		standIn.requests.length = 0;
		const { error } = await set({ agent: locator('id', ana.id), status: 'Lunch', ...parameters } as never);
		expect(error?.message).toBe(message);
		expect(standIn.requests).toHaveLength(0);
	});
});

it('S1: the list of statuses says which of them cannot be set', async () => {
	const options = await getAgentStatuses.call(editorContext(standIn));
	expect(options.map(({ name }) => name)).toEqual([
		'Available',
		'Email',
		'Lunch',
		'Offline (ends the work session)',
		'Training',
		'Unavailable',
		'Busy (set by Kustomer)',
		'Outbound Campaign (disabled)',
	]);
	expect(options[0]?.value).toBe(available.id);
});
