import fc from 'fast-check';

import { generic } from '../../../../lib/platforms/generic/platform';
import type { WebhookRequest } from '../../../../lib/platforms/platform';
import type { SessionEvent } from '../../../../lib/domain/session';

const EMAIL = 'ana@example.com';

function parse(request: Partial<WebhookRequest>) {
	return generic.parse(
		{ method: 'POST', headers: {}, query: {}, body: undefined, ...request },
		{ sourceName: 'acme', sessionIdFrom: 'call' },
	);
}

function eventOf(body: unknown, query: Record<string, unknown> = {}): SessionEvent {
	const { events, rejected } = parse({ body, query });
	expect(rejected).toEqual([]);
	expect(events).toHaveLength(1);
	return events[0] as SessionEvent;
}

describe('generic: fields', () => {
	it('B1: reads an event in the documented names', () => {
		expect(
			eventOf({
				event: 'incoming',
				eventId: 'e-1',
				sessionId: 'S-100',
				direction: 'in',
				from: '+13125550100',
				to: '+13125550199',
				startedAt: '2026-06-24T10:15:02Z',
				customerName: 'Ada',
				email: 'ada@example.com',
				customUserId: 'u-7',
				language: 'en',
				menuPath: 'Sales > New order',
				queueName: 'Sales',
				customData: { Plan: 'gold' },
			}),
		).toEqual({
			kind: 'incoming',
			name: 'incoming',
			id: 'e-1',
			occurredAt: '2026-06-24T10:15:02.000Z',
			session: {
				source: 'acme',
				id: 'S-100',
				channel: 'voice',
				direction: 'in',
				state: 'started',
				language: 'en',
				endUser: { identifier: 'u-7', name: 'Ada', phone: '+13125550100', email: 'ada@example.com' },
				line: '+13125550199',
				queue: { name: 'Sales' },
				menuPath: ['Sales', 'New order'],
				startedAt: '2026-06-24T10:15:02.000Z',
				customData: { Plan: 'gold' },
			},
		});
	});

	it.each([
		['sessionId', { sessionId: 'a-B' }],
		['session_id', { session_id: 'a-B' }],
		['nested session', { session: { id: 'a-B' } }],
		['callId', { callId: 'a-B' }],
		['nested call', { call: { id: 'a-B' } }],
		['conversationId', { conversationId: 'a-B' }],
		['CallSid', { CallSid: 'a-B' }],
		['id', { id: 'a-B' }],
	])('B2: finds the session id in %s and leaves it as it is', (_name, fields) => {
		expect(eventOf({ event: 'incoming', ...fields }).session.id).toBe('a-B');
	});

	it('B2: the session goes before the call, which then is a leg', () => {
		expect(eventOf({ event: 'bridged', sessionId: 's', callId: 'c' }).session).toMatchObject({
			id: 's',
			legId: 'c',
		});
		expect(eventOf({ event: 'bridged', parentCallId: 'p', callId: 'c' }).session).toMatchObject({
			id: 'p',
			legId: 'c',
		});
	});

	it.each([
		['flat', { agentEmail: EMAIL, agentName: 'Ana', agentId: '7', agentNumber: '201', kustomerUserId: 'k1' }],
		['nested', { agent: { email: EMAIL, name: 'Ana', id: 7, number: 201, sourceId: 'k1' } }],
	])('B3: reads the agent, %s', (_name, fields) => {
		const { agent } = eventOf({ event: 'answered', id: 's', ...fields }).session;
		expect(agent).toEqual({ id: '7', sourceId: 'k1', name: 'Ana', email: EMAIL, number: '201' });
	});

	it('B1: outbound: the customer is called, the line calls', () => {
		const numbers = { from: '+131255501', to: '+131255502' };
		const { kind, session } = eventOf({ event: 'created', id: 's', direction: 'outbound', ...numbers });
		expect(kind).toBe('outgoing');
		expect(session).toMatchObject({ direction: 'out', endUser: { phone: '+131255502' }, line: '+131255501' });
	});

	it('B1: a number that is named as the customer’s goes before from and to', () => {
		const { session } = eventOf({ event: 'bridged', id: 's', phone: '+131255509', from: '+131255501' });
		expect(session.endUser.phone).toBe('+131255509');
	});

	it.each([{}, { from: 'Anonymous' }, { from: '+13125550100', anonymous: true }])(
		'X4: %j is a withheld number, not a rejection',
		(fields) => {
			expect(eventOf({ event: 'incoming', id: 's', ...fields }).session.endUser).toEqual({ withheld: true });
		},
	);

	it('X4: an internal call has no customer and no line', () => {
		const { session } = eventOf({ event: 'created', id: 's', direction: 'internal', from: '201', to: '202' });
		expect(session.endUser).toEqual({});
		expect(session).not.toHaveProperty('line');
	});

	it('C14: reads rating, disposition and times of a call that is over', () => {
		expect(
			eventOf({
				event: 'Call completed',
				id: 's',
				outcome: 'answered',
				rating: '4',
				ratingComment: 'ok',
				dispositionCode: '12',
				disposition: 'Sold',
				duration: '1:05',
				waitTime: 9,
				holdTime: 0,
				endedAt: 1782296209,
				endReason: 'hangup',
				recordingUrl: 'https://files.example/1.mp3',
			}).session,
		).toMatchObject({
			state: 'ended',
			outcome: 'answered',
			rating: { score: 4, comment: 'ok' },
			disposition: { code: '12', name: 'Sold' },
			duration: 65,
			waitTime: 9,
			holdTime: 0,
			endedAt: '2026-06-24T10:16:49.000Z',
			endReason: 'hangup',
			files: [{ kind: 'recording', url: 'https://files.example/1.mp3' }],
		});
	});

	it('C5: a voicemail was left, unless the sender says what became of it', () => {
		const left = eventOf({ event: 'voicemail', id: 's', voicemailReason: 'after hours' });
		expect(left.session.voicemail).toEqual({ status: 'left', reason: 'after hours' });
		const read = eventOf({ event: 'updated', id: 's', voicemailStatus: 'Read', voicemailAt: 1782296209 });
		expect(read.session.voicemail).toEqual({ status: 'read', at: '2026-06-24T10:16:49.000Z' });
		expect(eventOf({ event: 'ended', id: 's' }).session).not.toHaveProperty('voicemail');
	});

	it('C8: reads transfers, of agents and of queues', () => {
		const { session } = eventOf({
			event: 'transferred',
			id: 's',
			transfers: [
				{
					id: 1,
					at: 1782296209,
					from: { agentEmail: 'ana@example.com' },
					to: { queue: { id: 7, name: 'Sales' } },
				},
				{ fromAgentId: 7, toAgentEmail: 'bo@example.com', status: 'finished' },
				'nonsense',
			],
		});
		expect(session.transfers).toEqual([
			{
				id: '1',
				at: '2026-06-24T10:16:49.000Z',
				from: { agent: { email: 'ana@example.com' } },
				to: { queue: { id: '7', name: 'Sales' } },
			},
			{ from: { agent: { id: '7' } }, to: { agent: { email: 'bo@example.com' } }, status: 'finished' },
		]);
	});

	it('D4: a message of the customer is counted by its id, or by what it says; one of an agent is not', () => {
		const idsOf = (fields: Record<string, unknown>) =>
			eventOf({ event: 'message', sessionId: 's', channel: 'chat', ...fields }).session.consumerMessageIds;
		expect(idsOf({ message: { id: 'm-1', text: 'Hi' } })).toEqual(['m-1']);
		const [hi] = idsOf({ message: 'Hi' }) ?? [];
		expect(hi).toMatch(/^text:[0-9a-f]{16}$/);
		expect(idsOf({ message: 'Hi', sender: 'customer' })).toEqual([hi]);
		expect(idsOf({ message: 'Hello' })).not.toEqual([hi]);
		expect(idsOf({ message: 'Hi', sender: 'agent' })).toBeUndefined();
		expect(idsOf({ event: 'outbound message', message: 'Hi' })).toBeUndefined();
	});

	it('D4: reads origin, messages, survey and the call that this one returns', () => {
		expect(
			eventOf({
				event: 'disposition',
				id: 's',
				origin: 'Web',
				consumerMessages: '3',
				callbackOf: 's-0',
				survey: [{ question: 'Solved?', answer: 'yes' }, { question: 'Why?' }],
			}),
		).toMatchObject({
			kind: 'disposition',
			session: {
				origin: 'web',
				state: 'completed',
				consumerMessages: 3,
				callbackOf: 's-0',
				survey: [{ question: 'Solved?', answer: 'yes' }],
			},
		});
	});

	it('C5: a voicemail is its own kind of outcome', () => {
		const { session } = eventOf({ event: 'voicemail', id: 's' });
		expect(session).toMatchObject({ state: 'ended', outcome: 'voicemail' });
	});

	it.each([
		['chat', 'chat'],
		['SMS', 'sms'],
		['phone', 'voice'],
		['telepathy', 'voice'],
	])('B1: the channel "%s" is %s', (channel, expected) => {
		expect(eventOf({ event: 'incoming', id: 's', channel }).session.channel).toBe(expected);
	});
});

describe('generic: which event', () => {
	it.each([
		[{ state: 'completed' }, 'ended'],
		[{ status: 'queued' }, 'queued'],
		[{ callStatus: 'connecting' }, 'assigned'],
		[{ status: 'connected' }, 'bridged'],
		[{ agentEmail: 'ana@example.com' }, 'bridged'],
		[{ direction: 'out' }, 'outgoing'],
		[{}, 'incoming'],
	])('B6: without a name, %j tells the event', (fields, kind) => {
		expect(eventOf({ id: 's', ...fields }).kind).toBe(kind);
	});

	it('B6: the event in the URL, the fields in the body', () => {
		expect(eventOf({ id: 's' }, { event: 'Agent answered' }).kind).toBe('bridged');
	});

	it.each([
		['bridged', 'connectedAt'],
		['queued', 'queuedAt'],
		['assigned', 'assignedAt'],
		['ended', 'endedAt'],
		['outgoing', 'startedAt'],
	])('X1: %s happened at %s', (event, field) => {
		expect(eventOf({ event, id: 's', [field]: 1782296209 }).occurredAt).toBe('2026-06-24T10:16:49.000Z');
		expect(eventOf({ event, id: 's', [field]: 1782296209, timestamp: 1782296210 }).occurredAt).toBe(
			'2026-06-24T10:16:50.000Z',
		);
	});
});

describe('generic: what cannot be understood', () => {
	it.each([
		[{ event: 'exploded', id: 's' }, 'event', 'Known are: incoming'],
		[{ event: 'other', id: 's' }, 'event', 'Known are: incoming'],
		[{ event: 'incoming' }, 'sessionId', 'missing'],
		[{ event: 'incoming', sessionId: '{{session}}' }, 'sessionId', 'did not fill it in'],
		[{ event: 'incoming', sessionId: 'a b' }, 'sessionId', 'spaces'],
		['<xml/>', 'body', 'neither'],
		[{}, 'body', 'empty'],
	])('B1: %j is refused with the field and the reason', (body, field, reason) => {
		const { events, rejected } = parse({ body });
		expect(events).toEqual([]);
		expect(rejected).toEqual([{ index: 0, field, reason: expect.stringContaining(reason) as string }]);
	});

	it('never throws', () => {
		fc.assert(
			fc.property(fc.anything(), fc.dictionary(fc.string(), fc.anything()), (body, query) => {
				const { events, rejected } = parse({ body, query });
				expect(Array.isArray(events) && Array.isArray(rejected)).toBe(true);
			}),
			{ numRuns: 500 },
		);
	});

	it('never throws on its own field names with any value', () => {
		const name = fc.constantFrom(
			'event',
			'id',
			'sessionId',
			'from',
			'to',
			'menuPath',
			'recordings',
			'rating',
			'agent',
			'customData',
		);
		fc.assert(
			fc.property(fc.dictionary(name, fc.anything()), (body) => {
				const { events, rejected } = parse({ body });
				expect(events.length + rejected.length).toBeGreaterThan(0);
			}),
			{ numRuns: 500 },
		);
	});
});
