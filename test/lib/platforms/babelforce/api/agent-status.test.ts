import {
	callHoldOf,
	holdOf,
	isEnabled,
	lineStatusOf,
	withStatus,
} from '../../../../../lib/platforms/babelforce/agent-hold';
import type { Agent } from '../../../../../lib/platforms/babelforce/api/documents';
import {
	getAgentStatus,
	setAgentEnabled,
	setAgentStatus,
	withKnownStatus,
} from '../../../../../lib/platforms/babelforce/api/resources/agent-statuses';
import { getAgentByEmail } from '../../../../../lib/platforms/babelforce/api/resources/agents';
import {
	listPresences,
	presenceNamed,
} from '../../../../../lib/platforms/babelforce/api/resources/presences';
import { InputError } from '../../../../../lib/http/errors';
import { scripted } from './scripted';

const ID = 'a1000000000000000000000000000001';

const presences = [
	{ name: 'available', label: 'Available', available: true, isDefault: true },
	{ name: 'lunch', label: 'Lunch Break', available: false, isDefault: false },
	{ name: 'p7', label: 'Training', available: false, isDefault: false },
];
const [available, lunch] = presences;

const agent = (changes: Partial<Agent> = {}): Agent => ({
	id: ID,
	enabled: true,
	presence: { name: 'available' },
	status: { line_status: 'available', presence: { name: 'available' }, enabled: true },
	...changes,
});
const onLine = (line: string) => agent({ status: { line_status: line, presence: { name: 'available' } } });

describe('S8: an agent is left alone', () => {
	it.each([
		['selected', 'ringing'],
		['ringing', 'ringing'],
		['in-call', 'onCall'],
		['wrap-up', 'wrapUp'],
		['available', undefined],
		['busy', undefined],
		['declined', undefined],
		['unreachable', undefined],
		['something new', undefined],
		['constructor', undefined],
		['__proto__', undefined],
	])('with the line %s: %s', (line, hold) => {
		expect(callHoldOf(onLine(line))).toBe(hold);
		expect(callHoldOf({ state: line })).toBe(hold);
	});

	it.each([
		['in_progress', 'onCall'],
		['disposition', 'wrapUp'],
		['waiting', undefined],
		['offline', undefined],
	])('with the dialer at %s: %s', (outbound, hold) => {
		expect(callHoldOf({ state: 'available', status: { outbound_status: outbound } })).toBe(hold);
	});

	it('and the list says so of one whose account is disabled', () => {
		expect(holdOf(agent({ enabled: false }))).toBe('offline');
		expect(holdOf({ state: 'in-call', enabled: false })).toBe('onCall');
		expect(holdOf({})).toBeUndefined();
		expect(isEnabled({ status: { enabled: false } })).toBe(false);
	});

	it('by the newer of two line statuses', () => {
		expect(lineStatusOf({ state: 'available', status: { line_status: 'in-call' } })).toBe('in-call');
		expect(lineStatusOf({ state: null, status: null })).toBeUndefined();
	});
});

describe('S1: a presence by name or label', () => {
	it.each([
		['lunch', 'lunch'],
		[' LUNCH ', 'lunch'],
		['lunch break', 'lunch'],
		['Training', 'p7'],
	])('%j is %s', (written, name) => {
		expect(presenceNamed(written, presences, 'Presence').name).toBe(name);
	});

	it('names those that exist when there is none', () => {
		const refused = refusalOf(() => presenceNamed('email', presences, 'Presence'));
		expect(refused.message).toBe('babelforce has no presence "email".');
		expect(refused.advice).toBe('These exist: available, lunch, p7. The presence may have been deleted.');
	});

	it('refuses a label that several have', () => {
		const two = [...presences, { name: 'p8', label: 'training', available: false, isDefault: false }];
		expect(refusalOf(() => presenceNamed('Training', two, 'Presence')).advice).toContain('p7, p8');
	});

	it('reads the list, and leaves out what has no name', async () => {
		const { client, requests } = scripted([
			{
				body: {
					items: [{ name: 'lunch', label: ' ', available: null, count: 3 }, { label: 'x' }],
					success: true,
				},
			},
		]);
		expect(await listPresences(client)).toEqual([
			{ name: 'lunch', label: 'lunch', available: false, count: 3, isDefault: false },
		]);
		expect(requests.map(({ path }) => path)).toEqual(['/api/v2/agents/presence/available']);
	});

	it.each([7, [], {}, null])('X16: takes a label that is no text for none: %j', async (label) => {
		const { client } = scripted([{ body: { items: [{ name: 'lunch', label }] } }]);
		expect(await listPresences(client)).toMatchObject([
			{ name: 'lunch', label: label === 7 ? '7' : 'lunch' },
		]);
	});

	it.each([null, 7, 'lunch'])('X16: refuses a presence that is none: %j', async (one) => {
		const { client } = scripted([{ body: { items: [one] } }]);
		await expect(listPresences(client)).rejects.toMatchObject({ kind: 'unexpectedAnswer' });
	});

	it('refuses an answer without a list', async () => {
		await expect(listPresences(scripted([{ body: {} }]).client)).rejects.toMatchObject({
			kind: 'unexpectedAnswer',
		});
	});
});

describe("an agent's status", () => {
	it.each([[[{ line_status: 'ringing' }]], [{ line_status: 'ringing' }]])('is read from %j', async (item) => {
		const { client, requests } = scripted([{ body: { item, success: true } }]);
		expect(await getAgentStatus(client, 'A1000000-0000-0000-0000-000000000001')).toEqual({
			line_status: 'ringing',
		});
		expect(requests[0]?.path).toBe(`/api/v2/agents/${ID}/status`);
	});

	it('is not there', async () => {
		const { client } = scripted([{ body: { item: [], success: true } }]);
		await expect(getAgentStatus(client, ID)).rejects.toMatchObject({ kind: 'unexpectedAnswer' });
	});

	it('is asked for only when the agent does not carry it', async () => {
		const { client, requests } = scripted([
			{
				body: { item: [{ line_status: 'in-call', presence: { name: 'lunch' } }] },
			},
		]);
		expect(await withKnownStatus(client, agent())).toEqual(agent());
		expect(requests).toHaveLength(0);
		const asked = await withKnownStatus(client, { id: ID, name: 'Ana', state: 'available' });
		expect(asked).toMatchObject({ name: 'Ana', state: 'in-call', presence: { name: 'lunch' } });
		expect(requests).toHaveLength(1);
	});

	it('keeps what a newer one does not tell', () => {
		expect(withStatus(agent(), { enabled: false })).toMatchObject({
			enabled: false,
			presence: { name: 'available' },
			status: { line_status: 'available', enabled: false },
		});
	});
});

describe('setting', () => {
	const wish = { presence: lunch, duringCalls: false };

	it('sends one PUT with nothing but what changes', async () => {
		const { client, requests } = scripted([
			{
				status: 201,
				body: { enabled: true, line_status: 'available', presence: { name: 'lunch' } },
			},
		]);
		const told = await setAgentStatus(client, agent(), { ...wish, enabled: true });
		expect(requests).toMatchObject([
			{ method: 'PUT', path: `/api/v2/agents/${ID}/status`, body: { presence: { name: 'lunch' } } },
		]);
		expect(told).toMatchObject({ outcome: 'set', previousPresence: 'available' });
		expect(told.agent.presence?.name).toBe('lunch');
	});

	it('S3: sends nothing when it is so already, not even during a call', async () => {
		const { client, requests } = scripted([{}]);
		const told = await setAgentStatus(client, onLine('in-call'), { presence: available, duringCalls: false });
		expect(told).toMatchObject({ outcome: 'alreadySet' });
		expect(told.reason).toBe('The agent has the presence "available" already.');
		expect(requests).toHaveLength(0);
	});

	it.each(['ringing', 'selected', 'in-call', 'wrap-up'])(
		'S8: sends nothing while the line is %s',
		async (line) => {
			const { client, requests } = scripted([{}]);
			const told = await setAgentStatus(client, onLine(line), wish);
			expect(told).toMatchObject({
				outcome: 'waits',
				reason: expect.stringMatching(/^The agent is .*done\.$/),
			});
			expect(requests).toHaveLength(0);
			expect(
				await setAgentEnabled(client, onLine(line), { enabled: false, duringCalls: false }),
			).toMatchObject({
				outcome: 'waits',
			});
			expect(requests).toHaveLength(0);
		},
	);

	it('S8: sends it during a call when told to', async () => {
		const { client, requests } = scripted([{ status: 201, body: { presence: { name: 'lunch' } } }]);
		const told = await setAgentStatus(client, onLine('in-call'), { ...wish, duringCalls: true });
		expect(told.outcome).toBe('set');
		expect(requests).toHaveLength(1);
	});

	it.each([
		[{ item: { presence: { name: 'lunch' } }, success: true }, 'set'],
		[{ item: [{ presence: { name: 'lunch' } }], success: true }, 'set'],
		[{ success: true }, 'set'],
		[undefined, 'set'],
		['', 'set'],
		[{ presence: { name: 'busy' }, line_status: 'available' }, 'refused'],
	])('understands the answer %j', async (body, outcome) => {
		const { client } = scripted([{ status: 201, body }]);
		const told = await setAgentStatus(client, agent(), wish);
		expect(told.outcome).toBe(outcome);
		if (outcome === 'refused') expect(told.reason).toContain('has the presence "busy"');
		else expect(told.agent.presence?.name).toBe('lunch');
	});

	it('sets presence and account together', async () => {
		const { client, requests } = scripted([{ status: 201, body: undefined }]);
		const told = await setAgentStatus(client, agent({ enabled: false }), { ...wish, enabled: true });
		expect(requests[0]?.body).toEqual({ enabled: true, presence: { name: 'lunch' } });
		expect(told.agent.enabled).toBe(true);
	});

	it.each([
		[true, 'enable'],
		[false, 'disable'],
	])('sets the account alone: %s', async (enabled, path) => {
		const { client, requests } = scripted([{ body: { success: true } }]);
		const wanted = { enabled, duringCalls: false };
		const told = await setAgentEnabled(client, agent({ enabled: !enabled }), wanted);
		expect(told).toMatchObject({ outcome: 'set', agent: { enabled } });
		expect(requests).toMatchObject([{ method: 'PUT', path: `/api/v2/agents/${ID}/${path}` }]);
		expect(requests[0]?.body).toBeUndefined();
		expect(await setAgentEnabled(client, told.agent, wanted)).toMatchObject({ outcome: 'alreadySet' });
		expect(requests).toHaveLength(1);
	});

	it('X6: repeats a PUT that was not answered, and no refusal', async () => {
		const passing = scripted([
			{ status: 503 },
			{ status: 429 },
			{ status: 201, body: { presence: { name: 'lunch' } } },
		]);
		expect((await setAgentStatus(passing.client, agent(), wish)).outcome).toBe('set');
		expect(passing.requests).toHaveLength(3);
		const refusing = scripted([{ status: 400, body: { message: 'Presence is in use' } }]);
		await expect(setAgentStatus(refusing.client, agent(), wish)).rejects.toMatchObject({
			kind: 'badRequest',
			message: "babelforce refused to set the agent's presence: Presence is in use.",
		});
		expect(refusing.requests).toHaveLength(1);
	});
});

describe('S6: an agent by email address', () => {
	const list = (...emails: Array<string | null>) => ({
		body: { items: emails.map((email, index) => ({ id: String(index), email })), pagination: { pages: 1 } },
	});

	it('is the one with just this address', async () => {
		const { client } = scripted([list('ana@x.example.org', 'Ana@X.example ', null)]);
		expect(await getAgentByEmail(client, ' ana@x.EXAMPLE')).toMatchObject({ id: '1' });
	});

	it('is reported when there are two, or none', async () => {
		await expect(
			getAgentByEmail(scripted([list('a@x.example', 'A@x.example')]).client, 'a@x.example'),
		).rejects.toMatchObject({ kind: 'severalMatches', message: expect.stringContaining('2 agents') });
		await expect(getAgentByEmail(scripted([list()]).client, 'a@x.example')).rejects.toMatchObject({
			kind: 'notFound',
		});
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
