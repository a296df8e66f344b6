import { eventOf } from './webhooks';

function webhook(event_type: string, body: object = {}): unknown {
	return { event_type, chat_id: 987, timestamp: '2026-06-24T10:15:02Z', body };
}

describe('chat webhooks', () => {
	it('D4: a message of the customer is counted by its id', () => {
		const { kind, name, occurredAt, session } = eventOf(
			webhook('message_received', {
				sender: { type: 'end_user', end_user: { id: 5, identifier: 'u-17', email: 'eve@example.com' } },
				message: { id: 'm-1', type: 'text', content: 'Where is my order?' },
			}),
		);
		expect([kind, name, occurredAt]).toEqual(['message', 'message_received', '2026-06-24T10:15:02.000Z']);
		expect(session).toEqual({
			source: 'ccaip',
			id: 'chat-987',
			channel: 'chat',
			endUser: { id: '5', identifier: 'u-17', email: 'eve@example.com' },
			consumerMessages: 0,
			consumerMessageIds: ['m-1'],
		});
	});

	it('C16: a message of an agent names the agent and counts for nobody', () => {
		const { kind, session } = eventOf(
			webhook('message_received', {
				sender: { type: 'agent', agent: { id: 7, name: 'Ana' } },
				message: { id: 'm-2', type: 'text', content: 'Hello' },
			}),
		);
		expect(kind).toBe('message');
		expect(session).toMatchObject({ state: 'connected', agent: { id: '7', name: 'Ana' } });
		expect(session).not.toHaveProperty('consumerMessageIds');
	});

	it('C16: a message of a virtual agent names no agent', () => {
		const { session } = eventOf(
			webhook('message_received', {
				sender: { type: 'virtual_agent', virtual_agent: { id: 15, name: 'Robo' } },
			}),
		);
		expect(session.virtualAgent).toEqual({ id: '15', name: 'Robo' });
		expect(session).not.toHaveProperty('agent');
	});

	it('C16: an agent joins', () => {
		const { kind, session } = eventOf(
			webhook('participant_joined', { type: 'agent', agent: { id: 7, name: 'Ana' } }),
		);
		expect(kind).toBe('bridged');
		expect(session).toMatchObject({
			state: 'connected',
			agent: { id: '7', name: 'Ana' },
			connectedAt: '2026-06-24T10:15:02.000Z',
			participants: [{ id: '7', type: 'agent', status: 'joined' }],
		});
	});

	it('X3: an agent who leaves does not end the chat', () => {
		const { kind, session } = eventOf(webhook('participant_left', { type: 'agent', agent: { id: 7 } }));
		expect(kind).toBe('updated');
		expect(session).not.toHaveProperty('state');
		expect(session).not.toHaveProperty('outcome');
	});

	it.each([
		['chat_created', 'incoming', 'started'],
		['chat_assigned', 'assigned', 'assigned'],
		['escalation_started', 'queued', 'queued'],
		['escalation_accepted', 'queued', 'queued'],
		['chat_transferred', 'transferred', undefined],
		['chat_ended', 'ended', 'ended'],
		['chat_timeout', 'ended', 'ended'],
		['chat_dismissed', 'updated', undefined],
		['chat_levitated', 'updated', undefined],
	])('U1: %s is %s', (type, kind, state) => {
		const event = eventOf(webhook(type));
		expect([event.kind, event.session.state]).toEqual([kind, state]);
	});

	it('X3: the end tells how, as far as it knows', () => {
		expect(eventOf(webhook('chat_ended')).session).not.toHaveProperty('outcome');
		expect(eventOf(webhook('chat_ended', { agent: { id: 7 } })).session.outcome).toBe('answered');
		expect(eventOf(webhook('chat_ended', { fail_reason: 'expired' })).session.outcome).toBe('missed');
	});
});
