import { readPlatformAgent } from '../../../lib/platforms/read-agent';

describe('agents of CCAI Platform', () => {
	const simple = {
		id: 12,
		name: 'Ana Reis',
		email: 'ana@example.com',
		agentNumber: '7',
		status: 'Available',
		statusId: '0',
		statusChangedAt: '2026-03-01T10:00:00Z',
		online: true,
	};
	const raw = {
		id: 12,
		first_name: 'Ana',
		last_name: 'Reis',
		email: 'ana@example.com',
		status: { id: 0, name: 'Available', color: 'green' },
		status_updated_at: '2026-03-01T10:00:00Z',
		online: true,
		wrap_up: false,
	};

	it.each([
		['simplified', simple],
		['as the platform answers', raw],
	])('%s', (_name, item) => {
		expect(readPlatformAgent(item)).toEqual({
			id: '12',
			name: 'Ana Reis',
			email: 'ana@example.com',
			side: {
				status: { id: '0', name: 'Available' },
				isDefault: true,
				changedAt: Date.parse('2026-03-01T10:00:00Z'),
				hold: undefined,
			},
			shown: 'Available',
		});
	});

	it.each([
		[-7, 'onCall'],
		[-8, 'inChat'],
		[-6, 'wrapUp'],
		[-5, 'system'],
		[-40, 'system'],
	])('S8: status %s takes the place of what the agent chose', (id, hold) => {
		for (const item of [
			{ ...raw, status: { id, name: 'Some' } },
			{ ...simple, statusId: String(id), status: 'Some' },
		]) {
			const agent = readPlatformAgent(item);
			expect(agent?.side.status).toBeUndefined();
			expect(agent).toMatchObject({ side: { hold }, shown: 'Some' });
		}
	});

	it('own statuses are choices, offline agents are left alone, and no status is none', () => {
		expect(readPlatformAgent({ ...simple, status: 'Coaching', statusId: '31' })?.side).toMatchObject({
			status: { id: '31', name: 'Coaching' },
			isDefault: false,
		});
		expect(readPlatformAgent({ ...simple, online: false })?.side.hold).toBe('offline');
		expect(readPlatformAgent({ ...raw, status: null })?.side).toMatchObject({ hold: 'unknown' });
	});
});

describe('agents of babelforce', () => {
	const simple = {
		id: 'a0',
		sourceId: '5b01',
		name: 'Ana Reis',
		email: 'ana@example.com',
		enabled: true,
		presence: 'lunch',
		presenceLabel: 'Lunch Break',
		lineStatus: 'available',
		outboundStatus: 'idle',
	};
	const raw = {
		id: 'a0',
		sourceId: '5b01',
		name: 'Ana Reis',
		email: 'ana@example.com',
		enabled: true,
		state: 'available',
		presence: { available: false, name: 'lunch', label: 'Lunch Break' },
		status: {
			line_status: 'available',
			outbound_status: 'idle',
			presence: { available: false, name: 'lunch', label: 'Lunch Break' },
		},
	};

	it.each([
		['simplified', simple],
		['as babelforce answers', raw],
	])('%s', (_name, item) => {
		expect(readPlatformAgent(item)).toEqual({
			id: 'a0',
			name: 'Ana Reis',
			email: 'ana@example.com',
			sourceId: '5b01',
			side: { status: { id: 'lunch', name: 'Lunch Break' }, hold: undefined },
			shown: 'Lunch Break',
		});
	});

	it.each([
		[{ lineStatus: 'in-call' }, 'onCall'],
		[{ lineStatus: 'ringing' }, 'ringing'],
		[{ lineStatus: 'wrap-up' }, 'wrapUp'],
		[{ outboundStatus: 'in_progress' }, 'onCall'],
		[{ enabled: false }, 'offline'],
		[{ lineStatus: 'declined' }, undefined],
	])('S8: %j leaves the presence to be seen', (change, hold) => {
		expect(readPlatformAgent({ ...simple, ...change })?.side).toEqual({
			status: { id: 'lunch', name: 'Lunch Break' },
			hold,
		});
	});

	it('without a presence nothing is known', () => {
		expect(readPlatformAgent({ id: 'a0', presence: null, status: {} })?.side.hold).toBe('unknown');
	});
});

describe('agents of other platforms', () => {
	it.each([
		[
			{ email: 'a@x', status: 'Break' },
			{ id: 'a@x', side: { status: { name: 'Break' } } },
		],
		[
			{ id: 7, email: 'a@x', status: { id: 3, name: 'Break' }, changedAt: 1_772_359_200 },
			{ id: '7', side: { status: { id: '3', name: 'Break' }, changedAt: 1_772_359_200_000 } },
		],
		[
			{ email: 'a@x', status: 'Talking', hold: 'oncall' },
			{ side: { hold: 'onCall' }, shown: 'Talking' },
		],
		...(['onCall', 'inChat', 'ringing', 'wrapUp', 'system', 'unknown', 'offline'] as const).map(
			(hold): [object, object] => [{ email: 'a@x', status: 'Talking', hold }, { side: { hold } }],
		),
		[{ email: 'a@x', status: 'Talking', hold: 'dancing' }, { side: { hold: 'system' } }],
		[{ email: 'a@x', status: 'Talking', hold: true }, { side: { hold: 'system' } }],
		[{ email: 'a@x', status: '', hold: '' }, { side: { hold: 'unknown' } }],
		[{ email: 'a@x', status: 'Break', changedAt: 'yesterday' }, { side: { changedAt: undefined } }],
	])('%j', (item, expected) => {
		const agent = readPlatformAgent(item);
		expect(agent).toMatchObject(expected);
		// While the agent is left alone, the status is nobody's choice.
		expect(agent?.side.status === undefined).toBe(agent?.side.hold !== undefined);
	});

	it.each([
		{ online: true },
		{ agentNumber: '7' },
		{ agent_number: '7' },
		{ statusChangedAt: '2026-03-01T10:00:00Z' },
		{ status_updated_at: '2026-03-01T10:00:00Z' },
		{ presence: 'away' },
		{ lineStatus: 'available' },
	])('S8: hold and isDefault count as documented with the field %j of another platform too', (more) => {
		const item = { id: 'g1', email: 'a@x', status: 'Break', ...more };
		const onCall = readPlatformAgent({ ...item, hold: 'onCall' });
		expect(onCall).toMatchObject({ side: { hold: 'onCall' }, shown: 'Break' });
		expect(onCall?.side.status).toBeUndefined();
		for (const isDefault of [true, false]) {
			expect(readPlatformAgent({ ...item, status: 'Available', isDefault })?.side).toMatchObject({
				status: { name: 'Available' },
				isDefault,
				hold: undefined,
			});
		}
	});

	it('S8: online alone makes nobody an agent of CCAI Platform', () => {
		const agent = readPlatformAgent({ id: 'g1', email: 'a@x', status: 'Available', online: true });
		expect(agent?.side).toEqual({ status: { name: 'Available' }, isDefault: false });
		expect(readPlatformAgent({ id: 'g1', status: 'Available', online: false })?.side.hold).toBe('offline');
	});

	it('S8: hold of a babelforce agent leaves the presence to be seen', () => {
		const item = { id: 'a0', presence: 'lunch', lineStatus: 'available', hold: 'wrapUp' };
		expect(readPlatformAgent(item)?.side).toMatchObject({ status: { id: 'lunch' }, hold: 'wrapUp' });
	});

	it.each([
		[undefined],
		[null],
		['text'],
		[[]],
		[{}],
		[{ status: 'Break' }],
		[{ id: {} }],
		[{ presence: 'x' }],
	])('%j is no agent', (item) => expect(readPlatformAgent(item)).toBeUndefined());
});
