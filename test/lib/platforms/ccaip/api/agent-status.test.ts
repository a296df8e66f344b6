import fc from 'fast-check';

import { holdOf, holdOfStatus, isSystemStatus } from '../../../../../lib/platforms/ccaip/agent-hold';
import type { Agent, StatusAnswer } from '../../../../../lib/platforms/ccaip/api/documents';
import { InputError } from '../../../../../lib/http/errors';
import { CcaiPlatformError } from '../../../../../lib/platforms/ccaip/api/errors';
import { setAgentStatuses } from '../../../../../lib/platforms/ccaip/api/resources/agent-statuses';
import {
	agentName,
	agentWithEmail,
	listAgents,
} from '../../../../../lib/platforms/ccaip/api/resources/agents';
import {
	listUserStatuses,
	statusNamed,
	type StatusChoice,
} from '../../../../../lib/platforms/ccaip/api/resources/user-statuses';
import { outcomeOf } from '../../../../../lib/platforms/ccaip/api/status-outcome';
import { STATUSES } from '../../../../../sandbox/ccai-platform';
import { scripted, type Sent } from './scripted';

const statuses: StatusChoice[] = STATUSES.map((status) => ({
	...status,
	id: String(status.id),
	isSystem: isSystemStatus(status),
}));
const named = (name: string) => statusNamed(name, statuses, 'Status');

describe('S8: an agent is left alone', () => {
	it.each([
		[{ id: -7, name: 'In-call' }, 'onCall'],
		[{ id: '-8', name: 'Im Chat' }, 'inChat'],
		[{ id: -6 }, 'wrapUp'],
		[{ id: -5, name: 'Missed Call' }, 'system'],
		[{ id: -12, name: 'Something new' }, 'system'],
		[{ name: 'In-Call' }, 'onCall'],
		[{ name: 'wrap up' }, 'wrapUp'],
		[{ id: 0, name: 'Available' }, undefined],
		[{ id: -4, name: 'Meal' }, undefined],
		[{ id: 22, name: 'In-call' }, undefined],
		[{ name: 'Lunch' }, undefined],
		[{}, undefined],
	])('with the status %j: %s', (status, hold) => {
		expect(holdOfStatus(status)).toBe(hold);
	});

	it('when signed out, whatever the status', () => {
		expect(holdOf({ online: false, status: { id: 0 } })).toBe('offline');
		expect(holdOf({ online: true, status: { id: -7 } })).toBe('onCall');
		expect(holdOf({ online: null, status: null })).toBeUndefined();
	});
});

describe('S1: a status by name or ID', () => {
	it.each([
		['22', '22'],
		[' 0 ', '0'],
		['-1', '-1'],
		['email', '22'],
		['SPECIAL  task', '-3'],
		['specialtask', '-3'],
	])('%j is the status %s', (written, id) => {
		expect(named(written).id).toBe(id);
	});

	it('names those that exist when there is none, and leaves out the ones nobody can set', () => {
		const refused = refusalOf(() => named('Lunch'));
		expect(refused.message).toBe('CCAI Platform has no status "Lunch".');
		expect(refused.advice).toBe(
			'These can be set: Available, Unavailable, Break, Special Task, Meal, Training, Email. The status may have been renamed or deleted.',
		);
	});

	it('prefers the exact name, and refuses a name that fits several', () => {
		const two = [
			{ id: '31', name: 'Lunch', color: '', isSystem: false },
			{ id: '32', name: 'LUNCH', color: '', isSystem: false },
		];
		expect(statusNamed('LUNCH', two, 'Status').id).toBe('32');
		expect(refusalOf(() => statusNamed('lunch', two, 'Status')).advice).toContain('31 (Lunch), 32 (LUNCH)');
	});

	it('finds every status by what the list shows, whatever else is in it', () => {
		const status = fc.record({
			id: fc.uniqueArray(fc.integer({ min: 100, max: 999 }).map(String), { minLength: 1, maxLength: 1 }),
			name: fc.string({ minLength: 1 }).filter((text) => text.trim() !== '' && !/^\s*-?\d+\s*$/.test(text)),
		});
		fc.assert(
			fc.property(
				fc.uniqueArray(status, { selector: ({ id }) => id[0], minLength: 1, maxLength: 8 }),
				(list) => {
					const all = list.map(({ id, name }) => ({
						id: id[0] ?? '',
						name: name.trim(),
						color: '',
						isSystem: false,
					}));
					for (const one of all) expect(statusNamed(one.id, all, 'Status')).toBe(one);
				},
			),
		);
	});
});

describe('what the platform says of one agent', () => {
	const says = (answer: Partial<StatusAnswer>, wanted = 'Available') =>
		outcomeOf({ agent_id: 1, ...answer }, named(wanted), statuses);

	it.each<[string, Partial<StatusAnswer>, string, string | undefined]>([
		['changed', { previous_status: 'Meal', current_status: 'Available' }, 'set', undefined],
		[
			'the same as before',
			{ previous_status: 'Available', current_status: 'available' },
			'alreadySet',
			undefined,
		],
		[
			'S8: on a call',
			{
				previous_status: 'In-call',
				current_status: 'In-call',
				message: "Agent can't be changed from system status 'In-call'",
			},
			'waits',
			'onCall',
		],
		['S8: on a call, told without a message', { current_status: 'In-call' }, 'waits', 'onCall'],
		['S8: only a message', { message: 'Cannot leave system status "Wrap-up".' }, 'waits', 'wrapUp'],
		['S8: another system status', { message: "from system status 'Emergency'" }, 'waits', 'system'],
		['S8: signed out', { current_status: 'Meal', message: 'Agent is offline' }, 'waits', 'offline'],
		['not allowed', { current_status: 'Meal', message: 'Not permitted for this role' }, 'refused', undefined],
		['nothing', {}, 'refused', undefined],
		['a message of another kind', { message: 7 as never, current_status: 'Meal' }, 'refused', undefined],
		[
			'a message though it is set',
			{ current_status: 'Available', message: 'No change' },
			'alreadySet',
			undefined,
		],
	])('%s', (_, answer, outcome, hold) => {
		const told = says(answer);
		expect({ outcome: told.outcome, hold: told.hold }).toEqual({ outcome, hold });
		if (outcome === 'set') expect(told.reason).toBeUndefined();
		else expect(told.reason).toMatch(/^[A-Z].*\.$/);
	});

	it('repeats the platform, without numbers and keys', () => {
		expect(says({ current_status: 'Meal', message: 'No. Call +1 310 555 0123 for help...' }).reason).toBe(
			'CCAI Platform did not change the status "Meal". It says: No. Call [number] for help.',
		);
	});
});

describe('setting a status', () => {
	const bodyOf = ({ body }: Sent) => body as { status: string; agent_ids: number[]; team_ids: number[] };
	const accepts = (request: Sent) => ({
		body: bodyOf(request).agent_ids.map((id) => ({
			agent_id: id,
			previous_status: 'Meal',
			current_status: bodyOf(request).status,
		})),
	});
	const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

	it('is one POST for many agents, with all three properties', async () => {
		const { client, sent } = scripted([accepts]);
		const results = await setAgentStatuses(client, 'Email', [11, 12]);
		expect(sent).toHaveLength(1);
		expect(sent[0]).toMatchObject({
			method: 'POST',
			url: 'https://acme.uc1.ccaiplatform.com/apps/api/v1/agent_statuses',
			body: { status: 'Email', agent_ids: [11, 12], team_ids: [] },
			signedIn: true,
		});
		expect(results.get(12)).toMatchObject({ agent_id: 12, current_status: 'Email' });
	});

	it('is one request for each 100', async () => {
		const { client, sent } = scripted([accepts]);
		const results = await setAgentStatuses(client, 'Email', range(250));
		expect(sent.map((request) => bodyOf(request).agent_ids.length)).toEqual([100, 100, 50]);
		expect(results.size).toBe(250);
	});

	it.each([400, 404, 422])(
		'S6: an agent over whom the platform answers %i stops no other',
		async (status) => {
			const { client, sent } = scripted([
				(request) =>
					bodyOf(request).agent_ids.includes(7) ? { status, body: { message: 'no' } } : accepts(request),
			]);
			const results = await setAgentStatuses(client, 'Email', range(16));
			const failed = [...results].filter(([, result]) => result instanceof CcaiPlatformError);
			expect(failed.map(([id]) => id)).toEqual([7]);
			expect(results.size).toBe(16);
			expect(sent.length).toBeLessThanOrEqual(9);
		},
	);

	it('S6: says of whom the platform said nothing', async () => {
		const { client } = scripted([{ body: [{ agent_id: '12', current_status: 'Email' }, null, 'x'] }]);
		const results = await setAgentStatuses(client, 'Email', [11, 12]);
		expect(results.get(11)).toMatchObject({ kind: 'notFound', message: expect.stringContaining('agent 11') });
		expect(results.get(12)).toMatchObject({ current_status: 'Email' });
	});

	it('X6: is repeated after an answer that did not come: set twice is set once', async () => {
		const { client, sent } = scripted(['timeout', { status: 503 }, accepts]);
		expect((await setAgentStatuses(client, 'Email', [1])).get(1)).toMatchObject({ current_status: 'Email' });
		expect(sent).toHaveLength(3);
	});

	it.each([401, 403, 500])('fails as a whole after %i', async (status) => {
		const { client } = scripted([{ status }], { maxWaitMs: 0 });
		await expect(setAgentStatuses(client, 'Email', [1, 2])).rejects.toMatchObject({ status });
	});
});

describe('lists', () => {
	it('S1: reads the statuses, and says which ones only the platform sets', async () => {
		const { client } = scripted([{ body: [...STATUSES, { id: 40, name: null, color: null }] }]);
		const list = await listUserStatuses(client);
		expect(list.filter(({ isSystem }) => isSystem).map(({ name }) => name)).toEqual([
			'Missed Call',
			'Wrap-up',
			'In-call',
			'In-chat',
		]);
		expect(list.at(-1)).toEqual({ id: '40', name: '40', color: '', isSystem: false });
	});

	it.each([7, [], {}])('X16: texts that are none are left out: %j', async (text) => {
		const { client } = scripted([{ body: [{ id: 40, name: text, color: text }] }]);
		const shown = text === 7 ? { name: '7', color: '7' } : { name: '40', color: '' };
		expect(await listUserStatuses(client)).toMatchObject([shown]);
		const agent = { id: 1, first_name: text, middle_name: null, last_name: 'Ray' } as unknown as Agent;
		expect(agentName(agent)).toBe(text === 7 ? '7 Ray' : 'Ray');
		const answer = { agent_id: 1, previous_status: text, current_status: text } as unknown as StatusAnswer;
		expect(outcomeOf(answer, named('Meal'), statuses).outcome).toBe('refused');
	});

	it('ends when the platform gives the same page again and again', async () => {
		const all = Array.from({ length: 120 }, (_, id) => ({ id, name: `Status ${id}` }));
		const { client, sent } = scripted([{ body: all }]);
		expect(await listUserStatuses(client)).toHaveLength(120);
		expect(sent).toHaveLength(2);
	});

	it.each([{ body: {} }, { body: [{ name: 'x' }] }, { body: 'sign in' }])('refuses %j', async (answer) => {
		const { client } = scripted([answer]);
		await expect(listUserStatuses(client)).rejects.toMatchObject({ kind: 'unexpectedAnswer' });
	});

	it('S6: reads all agents again when one moved while the pages were read', async () => {
		const ids = Array.from({ length: 150 }, (_, index) => index + 1);
		let order = [...ids];
		const { client, sent } = scripted([
			({ query = {} }) => {
				const page = Number(query.page ?? 1);
				const body = order.slice((page - 1) * 100, page * 100).map((id) => ({ id }));
				// The last of the second page moves to the front, once.
				if (sent.length === 1) order = [150, ...ids.slice(0, -1)];
				return { body, headers: { total: '150' } };
			},
		]);
		const agents = await listAgents(client, { maxPages: 10 });
		expect(new Set(agents.map(({ id }) => id))).toEqual(new Set(ids));
		expect(sent).toHaveLength(4);
	});

	it('gives up counting after a while', async () => {
		const { client, sent } = scripted([{ body: [{ id: 1 }], headers: { total: '5' } }]);
		expect(await listAgents(client, { maxPages: 10 })).toEqual([{ id: 1 }]);
		expect(sent).toHaveLength(3);
	});

	it('S6: reports an address that several agents have, or none', () => {
		const agents = [
			{ id: 1, email: 'a@x.example' },
			{ id: 2, email: ' A@X.example ' },
			{ id: 3, email: null },
		];
		expect(() => agentWithEmail(agents, 'a@x.EXAMPLE')).toThrow(
			'CCAI Platform has 2 agents with the email address a@x.EXAMPLE: 1, 2.',
		);
		expect(() => agentWithEmail(agents, 'b@x.example')).toThrow(
			'has no agent with the email address b@x.example',
		);
	});

	it('makes one name of three', () => {
		expect(agentName({ id: 1, first_name: ' Ana ', middle_name: null, last_name: 'Reis' })).toBe('Ana Reis');
		expect(agentName({ id: 1 })).toBe('');
	});
});

function refusalOf(work: () => unknown): InputError {
	try {
		work();
	} catch (error) {
		if (error instanceof InputError) return error;
	}
	throw new Error('It was not refused');
}
