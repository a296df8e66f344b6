import { ANA, CUSTOMER, EXTERNAL, callState, eventOf, otherOf, parse } from './webhooks';

const stateOf = (item: Parameters<typeof callState>[0]) => eventOf(callState(item));
const LEFT = { ...EXTERNAL, status: 'disconnected' };
const QUEUE = { queue_path_ids: '7/26', queue_path_names: 'Orders/Delivery' };
const at = (seconds: number) => `2026-06-24T10:15:0${seconds}.000Z`;

describe('external session events: the course of a call', () => {
	it('C2: 1. starts', () => {
		const { kind, name, id, occurredAt, session, raw } = stateOf({
			state: 'connected',
			participants: [EXTERNAL],
		});
		expect({ kind, name, id, occurredAt }).toEqual({
			kind: 'incoming',
			name: 'CallState',
			id: '6f1c8a52-9d0e-4c39-9f0a-3c1d2e4b5a60',
			occurredAt: '2026-06-24T10:15:02.123Z',
		});
		expect(session).toEqual({
			source: 'ccaip',
			id: 'call-103646',
			type: 'Voice Inbound (IVR)',
			origin: 'phone',
			channel: 'voice',
			direction: 'in',
			state: 'started',
			language: 'en',
			endUser: { phone: CUSTOMER },
			line: '+13125550199',
			startedAt: '2026-06-24T10:15:02.123Z',
		});
		expect(raw).toHaveProperty('item.call_id', 103646);
	});

	it('C6: 2. waits in a queue, whose path is the menu selection', () => {
		const { kind, session } = stateOf({
			state: 'connected',
			...QUEUE,
			initiator: 'virtual_agent_15',
			participants: [EXTERNAL],
		});
		expect(kind).toBe('queued');
		expect(session).toMatchObject({
			state: 'queued',
			queue: { id: '26', name: 'Orders / Delivery' },
			menuPath: ['Orders', 'Delivery'],
			virtualAgent: { id: '15' },
		});
		expect(session).not.toHaveProperty('agent');
	});

	it('C16: 3. is accepted by an agent', () => {
		const { kind, session } = stateOf({
			state: 'connected',
			...QUEUE,
			participants: [EXTERNAL, { ...ANA, status: 'accepted' }],
		});
		expect(kind).toBe('assigned');
		expect(session).toMatchObject({
			state: 'assigned',
			agent: { id: '7', name: 'Ana Lopez', email: 'ana@example.com' },
			participants: [{ id: '7', type: 'agent', status: 'accepted' }],
		});
		expect(session).not.toHaveProperty('menuPath');
	});

	it('C16: 4. is bridged', () => {
		const { kind, session } = stateOf({
			state: 'connected',
			...QUEUE,
			participants: [EXTERNAL, { ...ANA, status: 'connected' }],
		});
		expect(kind).toBe('bridged');
		expect(session).toMatchObject({
			state: 'connected',
			agent: { id: '7' },
			connectedAt: '2026-06-24T10:15:02.123Z',
		});
	});

	it('C7: 5. ends, answered', () => {
		const { kind, session } = stateOf({
			state: 'disconnected',
			ends_at: '2026-06-24T10:20:00Z',
			participants: [LEFT, { ...ANA, status: 'disconnected' }],
		});
		expect(kind).toBe('ended');
		expect(session).toMatchObject({
			state: 'ended',
			outcome: 'answered',
			endedAt: '2026-06-24T10:20:00.000Z',
			agent: { id: '7' },
		});
	});

	it('G10: 6. gets its disposition, and is complete', () => {
		const { kind, session } = stateOf({
			state: 'disconnected',
			dispositions: { code: 'Resolved', custom_code_id: 'R-1', note: 'Sent a new card' },
			participants: [LEFT, { ...ANA, status: 'dispositionSubmitted' }],
		});
		expect(kind).toBe('disposition');
		expect(session).toMatchObject({
			state: 'completed',
			outcome: 'answered',
			disposition: { code: 'R-1', name: 'Resolved', note: 'Sent a new card' },
		});
	});
});

describe('external session events: spellings', () => {
	it('reads the fields as quality management gets them', () => {
		const { kind, session } = eventOf({
			type: 'CallState',
			item: {
				CallID: '846802bf90d1',
				State: 'ringing',
				Direction: 'incoming',
				Initiator: CUSTOMER,
				Queue_path_ids: '1/2/3',
				Queue_path_names: 'support/orders/status',
				Language: 'en',
				Session_type_v2: 'Voice Inbound (IVR)',
				Participants: [
					{ Type: 'external', State: 'connected', DN: CUSTOMER },
					{ Type: 'agent', State: 'ringing', ParticipantID: '1234', Email: 'ana@example.com' },
				],
			},
		});
		expect(kind).toBe('assigned');
		expect(session).toMatchObject({
			id: 'call-846802bf90d1',
			endUser: { phone: CUSTOMER },
			queue: { id: '3', name: 'support / orders / status' },
			participants: [{ id: '1234', email: 'ana@example.com', type: 'agent', status: 'ringing' }],
		});
		expect(session).not.toHaveProperty('agent');
	});

	it('reads a chat without an envelope, whose customer has a name instead of a number', () => {
		const { kind, session } = eventOf({
			queue_path_ids: '7/26',
			queue_path_names: 'Test/chats',
			language: 'en',
			session_type_v2: 'In-web',
			chat_id: 138,
			state: 'waiting',
			direction: 'incoming',
			initiator: 'end_user_5',
			participants: [{ state: 'connected', type: 'external', dn: 'end_user_5' }],
		});
		expect(kind).toBe('queued');
		expect(session).toMatchObject({
			id: 'chat-138',
			channel: 'chat',
			type: 'Messaging Inbound (Web Chat)',
			origin: 'web',
			endUser: {},
			participants: [{ id: '5', type: 'endUser' }],
		});
	});

	it('understands "agent:accepted" with the agent beside it', () => {
		const { kind, session } = stateOf({
			state: 'connected',
			participant_status: 'agent:accepted',
			agent_id: 7,
			agent_name: 'Ana',
		});
		expect([kind, session.agent]).toEqual(['assigned', { id: '7', name: 'Ana' }]);
	});

	it('X1: calls and chats of one number are two sessions', () => {
		const chat = { type: 'ChatState', item: { chat_id: 5, state: 'waiting' } };
		const call = { type: 'CallState', item: { call_id: 5, state: 'connected' } };
		expect(parse([chat, call]).events.map(({ session }) => session.id)).toEqual(['chat-5', 'call-5']);
	});

	it('D3: an outbound call starts, with the company’s number', () => {
		const { kind, session } = stateOf({
			state: 'connected',
			direction: 'outgoing',
			session_type_v2: 'Voice Outbound',
			outbound_number: '+13125550111',
			participants: [EXTERNAL],
		});
		expect(kind).toBe('outgoing');
		expect(session).toMatchObject({ direction: 'out', line: '+13125550111', endUser: { phone: CUSTOMER } });
	});

	it.each(['anonymous', 'Restricted', 'withheld'])('X4: the number "%s" is withheld', (dn) => {
		const { session } = stateOf({ state: 'connected', participants: [{ ...EXTERNAL, dn }] });
		expect(session.endUser).toEqual({ withheld: true });
	});

	it('X4: that an event carries no number does not mean that it is withheld', () => {
		expect(stateOf({ state: 'connected' }).session.endUser).toEqual({});
	});
});

describe('external session events: groups, legs and ends', () => {
	const ring = (agent_id: number, status: string, more: object = {}) => ({
		type: 'agent',
		agent_id,
		status,
		...more,
	});

	it('X3: of five agents who ring, none is the session’s agent', () => {
		const { kind, session } = stateOf({
			state: 'ringing',
			participants: [EXTERNAL, ...[1, 2, 3, 4, 5].map((id) => ring(id, 'ringing'))],
		});
		expect(kind).toBe('assigned');
		expect(session.participants).toHaveLength(5);
		expect(session).not.toHaveProperty('agent');
	});

	it('X3: one answers and four miss: one session, answered, by the one', () => {
		const others = [ring(1, 'missed'), ring(2, 'declined'), ring(4, 'missed'), ring(5, 'disconnected')];
		const live = stateOf({ state: 'connected', participants: [EXTERNAL, ...others, ring(3, 'connected')] });
		expect(live.kind).toBe('bridged');
		expect(live.session).toMatchObject({ agent: { id: '3' } });
		expect(live.session).not.toHaveProperty('outcome');

		const over = stateOf({
			state: 'disconnected',
			ends_at: at(9),
			participants: [LEFT, ...others, ring(3, 'disconnected', { connected_at: at(4) })],
		});
		expect(over.session).toMatchObject({ outcome: 'answered', agent: { id: '3' } });
		expect(over.session.participants).toHaveLength(5);
	});

	it('X3: a leg that was missed while others ring says nothing about the session', () => {
		const { session } = stateOf({
			state: 'connected',
			participants: [EXTERNAL, ring(1, 'missed'), ring(2, 'ringing')],
		});
		expect(session).not.toHaveProperty('outcome');
	});

	it.each([
		['agents rang and nobody answered', [ring(1, 'missed'), ring(2, 'missed')], {}, 'missed'],
		['only the customer was there', [], {}, 'abandoned'],
		[
			'the customer left while an agent rang',
			[ring(1, 'missed')],
			{ fail_reason: 'eu_abandoned' },
			'abandoned',
		],
		['the line failed', [], { fail_reason: 'voip_conn_timeout' }, 'failed'],
	])('X3: %s', (_name, agents, more, outcome) => {
		const { session } = stateOf({
			state: 'disconnected',
			ends_at: at(9),
			...more,
			participants: [LEFT, ...agents],
		});
		expect(session.outcome).toBe(outcome);
		expect(session).not.toHaveProperty('agent');
	});

	it('X3: an end that knows of nobody has no outcome', () => {
		expect(stateOf({ state: 'disconnected', ends_at: at(9) }).session).not.toHaveProperty('outcome');
	});

	it('C8: one agent leaves and the customer stays: the session goes on', () => {
		const { kind, session } = stateOf({
			state: 'disconnected',
			participants: [EXTERNAL, { ...ANA, status: 'disconnected' }],
		});
		expect(kind).toBe('updated');
		expect(session).not.toHaveProperty('state');
	});

	it('C8: of two agents, the one who was connected last handles the session', () => {
		const { session } = stateOf({
			state: 'disconnected',
			ends_at: at(9),
			participants: [
				ring(2, 'disconnected', { connected_at: at(6) }),
				ring(1, 'disconnected', { connected_at: at(3) }),
			],
		});
		expect(session).toMatchObject({ agent: { id: '2' }, connectedAt: at(3) });
	});

	it('C8: a transfer is told with both agents and the queue, the same in every event', () => {
		const transferred = (timestamp: number) =>
			eventOf(
				callState(
					{
						state: 'connected',
						...QUEUE,
						participants: [EXTERNAL, ring(1, 'transferred'), ring(2, 'connected')],
					},
					{ timestamp },
				),
			);
		const { kind, session } = transferred(1782296102123);
		expect(kind).toBe('transferred');
		expect(session).toMatchObject({ state: 'connected', agent: { id: '2' }, queue: { id: '26' } });
		expect(session.transfers).toEqual([
			{
				from: { agent: { id: '1' } },
				to: { agent: { id: '2' }, queue: { id: '26', name: 'Orders / Delivery' } },
			},
		]);
		expect(transferred(1782296109999).session.transfers).toEqual(session.transfers);
	});

	it('C3: an outbound call is bridged when the customer answers, and missed when not', () => {
		const outbound = (status: string, more: object = {}, agent = 'connected') =>
			stateOf({
				state: 'connected',
				direction: 'outgoing',
				session_type_v2: 'Voice Outbound',
				participants: [{ ...EXTERNAL, status }, ring(1, agent)],
				...more,
			});
		expect(outbound('ringing')).toMatchObject({
			kind: 'outgoing',
			session: { state: 'started', agent: { id: '1' } },
		});
		expect(outbound('connected').kind).toBe('bridged');
		const over = { state: 'disconnected', ends_at: at(9) };
		expect(outbound('missed', over, 'disconnected').session.outcome).toBe('missed');
		expect(outbound('disconnected', over, 'disconnected').session.outcome).toBe('answered');
	});

	it.each([
		['voicemail', 'voicemail', 'left'],
		['voicemailReceived', 'voicemail', 'left'],
		['voicemail_read', 'updated', 'read'],
		['voicemailDismissed', 'updated', 'dismissed'],
		['voicemail_returned', 'updated', 'returned'],
	])('C15: %s', (state, kind, status) => {
		const event = stateOf({ state });
		expect([event.kind, event.session.voicemail?.status]).toEqual([kind, status]);
	});
});

describe('external session events: what is not a session or not known', () => {
	it('X2: an agent who signs in is handed on with the agent', () => {
		expect(
			otherOf({
				type: 'AgentState',
				item: { ParticipantID: '1234', Email: 'ana@example.com', State: 'login' },
			}),
		).toEqual({
			kind: 'other',
			name: 'AgentState',
			agent: { id: '1234', email: 'ana@example.com' },
		});
	});

	it.each(['onHold', 'levitating'])('X2: the state "%s" updates the session', (state) => {
		const { kind, session } = stateOf({ state, participants: [EXTERNAL, { ...ANA, status: 'connected' }] });
		expect([kind, session.id]).toEqual(['updated', 'call-103646']);
	});

	it('X2: a type that is not known updates the session that it names', () => {
		const { kind, name, session } = eventOf({ type: 'CallHologram', call_id: 9, state: 'connected' });
		expect([kind, name, session.id]).toEqual(['updated', 'CallHologram', 'call-9']);
	});

	it('X2: a malformed entry is named by its index and the others are read', () => {
		const good = (id: number) => ({ type: 'CallState', item: { call_id: id, state: 'connected' } });
		const { events, rejected } = parse({
			count: 4,
			events: [good(1), { type: 'CallState', item: { state: 'connected' } }, 7, good(2)],
		});
		expect(events.map(({ session }) => session.id)).toEqual(['call-1', 'call-2']);
		expect(rejected).toEqual([
			{ index: 1, field: 'call_id', reason: expect.stringContaining('missing') as string },
			{ index: 2, field: 'body', reason: expect.any(String) as string },
		]);
	});

	it('never puts a value into a reason', () => {
		const { rejected } = parse(callState({ call_id: `${CUSTOMER} secret`, state: 'connected' }));
		expect(rejected).toHaveLength(1);
		expect(JSON.stringify(rejected)).not.toMatch(/secret|3125550100/);
	});
});
