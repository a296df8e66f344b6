import fc from 'fast-check';

import { generic } from '../../../../lib/platforms/generic/platform';
import type { WebhookRequest } from '../../../../lib/platforms/platform';
import type { SessionEvent } from '../../../../lib/domain/session';
import { words } from '../../../setup/words';

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
		['call_session_id', { call_session_id: 'a-B', call_control_id: 'x' }],
		['Uniqueid', { Uniqueid: 'a-B' }],
		['interactionId', { interactionId: 'a-B' }],
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
		'contactId',
		'conversationId',
		'customerId',
		'threadId',
		'userId',
		'agentId',
		'leadId',
		'ticketId',
	])('X1: %s names a person or a thread, not a call', (field) => {
		expect(eventOf({ event: 'ended', id: 'k1', [field]: 'p5' }).session.id).toBe('k1');
		expect(eventOf({ event: 'ended', callId: 'k2', [field]: 'p5' }).session.id).toBe('k2');
		const [rejected] = parse({ body: { event: 'ended', [field]: 'p5' } }).rejected;
		expect(rejected).toMatchObject({ field: 'sessionId' });
		expect(rejected?.reason).toContain(`'${field}' may name a person or a thread`);
		expect(rejected?.reason).toContain("'Session ID Field'");
	});

	it('X1: a person chooses the field that names a call', () => {
		const chosen = (body: object, sessionIdField: string) =>
			generic.parse(
				{ method: 'POST', headers: {}, query: {}, body },
				{ sourceName: 'acme', sessionIdFrom: 'call', sessionIdField },
			);
		const body = { event: 'ended', id: 'evt-1', detail: { ContactId: 'c-7' } };
		expect(chosen(body, 'detail.contactId').events[0]?.session.id).toBe('c-7');
		expect(chosen({ ...body, callId: 'k' }, 'callId').events[0]?.session.id).toBe('k');
		expect(chosen(body, 'conversationId').rejected).toMatchObject([{ field: 'conversationId' }]);
	});

	it.each([
		'ParentCallSid',
		'parent_call_id',
		'parentCallId',
		'ParentCallUUID',
		'parentUuid',
		'linkedid',
		'originatingCallId',
		'originating_call_sid',
		'originalCallId',
	])(
		'X1: a leg that names its call in %s is part of it: its end and its numbers are not those of the call',
		(field) => {
			const leg = {
				CallSid: 'CAc',
				[field]: 'CAp',
				Direction: 'outbound-dial',
				From: '+4915799988877',
				To: '+493023125001',
				CallDuration: 12,
			};
			const { kind, session } = eventOf({ event: 'completed', ...leg });
			expect(kind).toBe('updated');
			expect(session).toEqual({ source: 'acme', id: 'CAp', legId: 'CAc', channel: 'voice', endUser: {} });
			expect(eventOf({ event: 'ringing', ...leg }).kind).toBe('updated');
			expect(eventOf({ event: 'answered', ...leg, agentEmail: EMAIL })).toMatchObject({
				kind: 'bridged',
				session: { id: 'CAp', state: 'connected', agent: { email: EMAIL } },
			});
			// The call itself names itself as its own parent, or zeros.
			for (const own of ['CAp', '0', '00000000-0000-0000-0000-000000000000', 'none']) {
				const call = { event: 'completed', CallSid: 'CAp', [field]: own, Direction: 'inbound' };
				expect(eventOf(call)).toMatchObject({ kind: 'ended', session: { id: 'CAp', direction: 'in' } });
			}
		},
	);

	it('X1: an inbound leg passes the number of the caller on', () => {
		const leg = { callId: 'c', parentCallId: 'p', direction: 'inbound', from: '+4915799988877' };
		expect(eventOf({ event: 'answered', ...leg }).session).toMatchObject({
			id: 'p',
			direction: 'in',
			endUser: { phone: '+4915799988877' },
		});
	});

	it('X2: an event that is not known is told by the state, and reported', () => {
		const event = eventOf({ event: 'frobnicated', id: 's', status: 'completed', outcome: 'no-answer' });
		expect(event).toMatchObject({
			kind: 'ended',
			name: 'frobnicated',
			session: { state: 'ended', outcome: 'missed' },
			notUnderstood: [{ field: 'event' }],
		});
	});

	it('X2: where nothing else tells what happened it is refused, with the list, and others of the batch count', () => {
		const known = { event: 'answer', id: 's', agentEmail: EMAIL };
		const { events, rejected } = parse({ body: [{ event: 'frobnicated', id: 's' }, known] });
		expect(events).toMatchObject([{ kind: 'bridged' }]);
		expect(rejected).toMatchObject([{ index: 0, field: 'event' }]);
		expect(rejected[0]?.reason).toContain('incoming, outgoing, queued, assigned, bridged');
	});

	it('X2: a state that is not known begins, connects and ends no call', () => {
		const event = eventOf({ id: 's', status: 'levitating', agentEmail: EMAIL });
		expect(event.kind).toBe('updated');
		expect(event.session).not.toHaveProperty('state');
		expect(event.notUnderstood).toMatchObject([{ field: 'status' }]);
	});

	it('X2: reports every other field that it does not understand, and goes on without it', () => {
		const event = eventOf({
			event: 'ended',
			id: 's',
			channel: 'carrier pigeon',
			outcome: 'gloriously',
			startedAt: 'yesterday',
			endedAt: '2026-02-31T00:00:00Z',
			duration: 'a while',
			rating: 'great',
			voicemailStatus: 'eaten',
		});
		expect(event.notUnderstood?.map(({ field }) => field).sort()).toEqual(
			words('channel duration endedAt outcome rating startedAt voicemailStatus'),
		);
		expect(event.session).toEqual({
			source: 'acme',
			id: 's',
			channel: 'voice',
			state: 'ended',
			endUser: {},
		});
		const reasons = JSON.stringify(event.notUnderstood);
		for (const value of ['pigeon', 'gloriously', 'yesterday', 'a while', 'great', 'eaten'])
			expect(reasons).not.toContain(value);
		expect(eventOf({ event: 'ended', id: 's' })).not.toHaveProperty('notUnderstood');
	});

	it('X1: a number that has lost digits on the way is no ID of a call: two calls would be one', () => {
		const body = JSON.parse('{"event": "ended", "callId": 12345678901234567890}') as unknown;
		expect(parse({ body })).toMatchObject({
			events: [],
			rejected: [{ field: 'callId', reason: expect.stringMatching(/more digits.*as text/s) as string }],
		});
		expect(eventOf({ event: 'ended', callId: '12345678901234567890' }).session.id).toBe(
			'12345678901234567890',
		);
		expect(eventOf({ event: 'ended', callId: 9007199254740991 }).session.id).toBe('9007199254740991');
	});

	it('X2: nor is it one of a person, which is reported', () => {
		const { session, notUnderstood } = eventOf({
			event: 'ended',
			id: 's',
			cuid: 2 ** 60,
			agent: { id: 2 ** 60 },
		});
		expect(session).not.toHaveProperty('agent');
		expect(session.endUser).toEqual({});
		expect(notUnderstood?.map(({ field }) => field)).toEqual(['cuid', 'id']);
	});

	it.each(['(null)', '<null>', '#N/A', 'NaN', '--', '0', 'None', 'anonymous', '[object Object]'])(
		'X1: %s is no ID of a call',
		(id) => {
			expect(parse({ body: { event: 'ended', callId: id } })).toMatchObject({ events: [] });
		},
	);

	it('C16: an agent who is called by the address alone is known by it; a sign for nobody is nobody', () => {
		const agentOf = (fields: object) => eventOf({ event: 'ended', id: 's', ...fields }).session.agent;
		expect(agentOf({ agent: EMAIL })).toEqual({ name: EMAIL, email: EMAIL });
		expect(agentOf({ agentName: `Ana <${EMAIL}>` })).toMatchObject({ email: EMAIL });
		for (const nobody of [
			{ agentId: 0 },
			{ agentName: '--' },
			{ agent: 'n/a' },
			{ agent: { id: '0', name: '-' } },
		]) {
			expect(agentOf(nobody)).toBeUndefined();
		}
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

	it.each([{}, { from: '' }, { from: null }, { from: '{{caller}}' }, { from: 'n/a' }])(
		'X4: %j does not say who called: the number is not known, and nobody has withheld it',
		(fields) => {
			expect(eventOf({ event: 'incoming', id: 's', ...fields }).session.endUser).not.toHaveProperty(
				'withheld',
			);
		},
	);

	it('X4: whoever is called has withheld nothing', () => {
		const fields = { direction: 'out', from: '+13125550199', to: '+13125550100', anonymous: true };
		expect(eventOf({ event: 'ended', id: 's', ...fields }).session.endUser).toEqual({
			phone: '+13125550100',
		});
	});

	it.each([{ from: 'Anonymous' }, { from: '+13125550100', anonymous: true }])(
		'X4: %j is a withheld number, not a rejection',
		(fields) => {
			expect(eventOf({ event: 'incoming', id: 's', ...fields }).session.endUser).toEqual({ withheld: true });
		},
	);

	it.each(
		words(
			'outbound-api outbound-dial OUT outgoing Outgoing_Call click2call click-to-call c2c egress trunking-terminating dialer ausgehend sortant saliente saída',
		),
	)('C3: the direction "%s" goes to the customer, who is To', (direction) => {
		const numbers = { From: '+493023125000', To: '+4915799988877' };
		const { kind, session } = eventOf({ event: 'created', CallSid: 's', Direction: direction, ...numbers });
		expect(kind).toBe('outgoing');
		expect(session).toMatchObject({
			direction: 'out',
			endUser: { phone: '+4915799988877' },
			line: '+493023125000',
		});
	});

	it.each(
		words('IN Inbound incoming-call ingress trunking-originating received eingehend entrante recebida'),
	)('C2: the direction "%s" comes from the customer, who is From', (direction) => {
		const numbers = { from: '+4915799988877', to: '+493023125000' };
		expect(eventOf({ event: 'created', id: 's', direction, ...numbers }).session).toMatchObject({
			direction: 'in',
			endUser: { phone: '+4915799988877' },
		});
	});

	it('X2: a direction that is not known is reported, and taken neither for inbound nor for a person', () => {
		const event = eventOf({
			event: 'ended',
			id: 's',
			direction: 'sideways',
			from: '+493023125000',
			to: '+4915799988877',
		});
		expect(event.notUnderstood).toEqual([
			{ field: 'direction', reason: expect.stringContaining('direction is not known') as string },
		]);
		expect(event.session.endUser).toEqual({});
		expect(event.session).not.toHaveProperty('direction');
		expect(event.session).not.toHaveProperty('line');
		const named = eventOf({ event: 'ended', id: 's', direction: 'sideways', phone: '+4915799988877' });
		expect(named.session.endUser).toEqual({ phone: '+4915799988877' });
	});

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
