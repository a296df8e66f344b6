import fc from 'fast-check';

import { babelforce } from '../../../../lib/platforms/babelforce/platform';
import type { PlatformSettings, WebhookRequest } from '../../../../lib/platforms/platform';
import type { SessionEvent } from '../../../../lib/domain/session';

const SETTINGS: PlatformSettings = { sourceName: 'babelforce', sessionIdFrom: 'call' };
const ID = '7c3f00aa11224b339c44d55ee66ff770';

function parse(request: Partial<WebhookRequest>, settings: Partial<PlatformSettings> = {}) {
	return babelforce.parse(
		{ method: 'POST', headers: {}, query: {}, body: undefined, ...request },
		{ ...SETTINGS, ...settings },
	);
}

function eventOf(
	body: unknown,
	query: Record<string, unknown> = {},
	settings: Partial<PlatformSettings> = {},
): SessionEvent {
	const { events, rejected } = parse({ body, query }, settings);
	expect(rejected).toEqual([]);
	expect(events).toHaveLength(1);
	return events[0] as SessionEvent;
}

function rejectionOf(
	body: unknown,
	query: Record<string, unknown> = {},
	settings: Partial<PlatformSettings> = {},
) {
	const { events, rejected } = parse({ body, query }, settings);
	expect(events).toEqual([]);
	expect(rejected).toHaveLength(1);
	return rejected[0] as (typeof rejected)[0];
}

/** An inbound call as flat fields, the way the buckets name them. */
const INBOUND = {
	'call.id': ID,
	'call.sessionId': 'AA11',
	'call.conversationId': 'bb-22',
	'call.type': 'inbound',
	'call.domain': 'external',
	'call.state': 'ringing',
	'call.from': '+493012345678',
	'call.to': '+493087654321',
	'call.dateCreated': '1782296102',
	'call.anonymous': 'false',
};

const BRIDGED = {
	...INBOUND,
	'call.state': 'bridged',
	'call.dateEstablished': '1782296114',
	'agent.id': 'ag-1',
	'agent.name': 'Ana',
	'agent.number': '201',
	'agent.email': 'ana@example.com',
	'agent.sourceId': '5f00000000000000000000a1',
	'queue.id': 'q-1',
	'queue.name': 'Support',
};

/** A leg of the inbound call. */
const LEG = { ...BRIDGED, event: 'call.bridged', 'call.id': 'leg2', 'call.parentId': ID };

type Flat = Record<string, unknown>;
const nested = (flat: Flat): Flat => {
	const result: Record<string, Flat> = {};
	for (const [name, value] of Object.entries(flat)) {
		const [bucket = '', field = ''] = name.split('.');
		result[bucket] = { ...result[bucket], [field]: value };
	}
	return result;
};
const bracketed = (flat: Flat): Flat =>
	Object.fromEntries(Object.entries(flat).map(([name, value]) => [name.replace(/\.(\w+)/, '[$1]'), value]));

const INCOMING_SESSION = {
	source: 'babelforce',
	id: ID,
	channel: 'voice',
	type: 'inbound',
	direction: 'in',
	state: 'started',
	endUser: { phone: '+493012345678' },
	line: '+493087654321',
	startedAt: '2026-06-24T10:15:02.000Z',
};

describe('babelforce: spellings', () => {
	const spellings: Array<[string, Partial<WebhookRequest>]> = [
		['dotted JSON', { body: { event: 'call.inbound', ...INBOUND } }],
		['nested JSON', { body: { event: 'call.inbound', ...nested(INBOUND) } }],
		['a bracketed form', { body: { event: 'call.inbound', ...bracketed(INBOUND) } }],
		['the query of a GET', { method: 'GET', query: { event: 'call.inbound', ...INBOUND }, body: {} }],
		['the query, nested', { method: 'GET', query: { event: 'call.inbound', ...nested(INBOUND) } }],
		['the query, bracketed', { method: 'GET', query: { event: 'call.inbound', ...bracketed(INBOUND) } }],
		['event in the query, call in the body', { query: { event: 'call.inbound' }, body: INBOUND }],
		['event as an object', { body: { event: { code: 'call.inbound', name: 'x' }, ...nested(INBOUND) } }],
	];
	it.each(spellings)('B1: reads an inbound call from %s', (_name, request) => {
		const { events, rejected } = parse(request);
		expect(rejected).toEqual([]);
		expect(events).toEqual([
			{
				kind: 'incoming',
				name: 'call.inbound',
				occurredAt: '2026-06-24T10:15:02.000Z',
				session: INCOMING_SESSION,
			},
		]);
	});

	it.each([
		['Unix seconds', 1782296102],
		['Unix seconds as text', '1782296102'],
		['Unix milliseconds', 1782296102000],
		['ISO with offset', '2026-06-24T12:15:02+02:00'],
		['ISO with a space', '2026-06-24 10:15:02'],
	])('B1: reads the date as %s', (_name, date) => {
		expect(eventOf({ ...INBOUND, 'call.dateCreated': date }).session.startedAt).toBe(
			'2026-06-24T10:15:02.000Z',
		);
	});

	it('B1: leaves a date out that is none', () => {
		expect(eventOf({ ...INBOUND, 'call.dateCreated': 'soon' })).not.toHaveProperty('occurredAt');
	});

	it('B3: reads agent and queue of a bridged call', () => {
		expect(eventOf({ event: 'call.bridged', ...BRIDGED })).toEqual({
			kind: 'bridged',
			name: 'call.bridged',
			occurredAt: '2026-06-24T10:15:14.000Z',
			session: {
				...INCOMING_SESSION,
				state: 'connected',
				agent: {
					id: 'ag-1',
					sourceId: '5f00000000000000000000a1',
					name: 'Ana',
					email: 'ana@example.com',
					number: '201',
				},
				queue: { id: 'q-1', name: 'Support' },
				connectedAt: '2026-06-24T10:15:14.000Z',
			},
		});
	});

	it('B3: reads the agent inside the call, as the REST interface writes it', () => {
		const { session } = eventOf({
			event: 'call.bridged',
			call: {
				id: ID,
				type: 'inbound',
				from: '+493012345678',
				bridged: { queueId: 'q-1', queueName: 'Support', agent: { id: 'ag-1', name: 'Ana', number: '201' } },
			},
		});
		expect(session.agent).toEqual({ id: 'ag-1', name: 'Ana', number: '201' });
		expect(session.queue).toEqual({ id: 'q-1', name: 'Support' });
	});

	it('B3: keeps emoji in names, and cuts 10,000 characters to what fits into a note', () => {
		const event = (name: string) => eventOf({ ...BRIDGED, 'agent.name': name, 'queue.name': name });
		expect(event('😀 Ana').session.agent?.name).toBe('😀 Ana');
		const { session } = event('😀'.repeat(5000));
		expect(session.agent?.name).toBe(`${'😀'.repeat(127)}…`);
		expect(session.queue?.name).toBe(session.agent?.name);
	});

	it('B2: ends with what is known of the whole call', () => {
		const { kind, occurredAt, session } = eventOf({
			event: 'call.finished',
			...BRIDGED,
			'call.state': 'completed',
			'call.dateFinished': '1782296209',
			'call.duration': '107',
			'call.finishReason': 'hangup',
			'call.recordings': [
				{ id: 'r1', url: 'https://files.example/r1', duration: 95, file: { contentType: 'audio/wav' } },
			],
		});
		expect(kind).toBe('ended');
		expect(occurredAt).toBe('2026-06-24T10:16:49.000Z');
		expect(session).toMatchObject({
			state: 'ended',
			outcome: 'answered',
			duration: 107,
			endReason: 'hangup',
			endedAt: '2026-06-24T10:16:49.000Z',
			files: [
				{
					kind: 'recording',
					id: 'r1',
					url: 'https://files.example/r1',
					duration: 95,
					contentType: 'audio/wav',
				},
			],
		});
	});

	it.each([
		['no-answer', undefined, 'missed'],
		['busy', undefined, 'missed'],
		['failed', undefined, 'failed'],
		['completed', 'unreachable', 'failed'],
		['completed', 'hangup', undefined],
	])('X3: a call that ended "%s" (%s) without an agent is %s', (state, finishReason, outcome) => {
		const body = { ...INBOUND, 'call.state': state, 'call.finishReason': finishReason };
		expect(eventOf(body).session.outcome).toBe(outcome);
	});
});

describe('babelforce: which call', () => {
	it.each([
		['with hyphens', '7c3f00aa-1122-4b33-9c44-d55ee66ff770'],
		['in upper case', ID.toUpperCase()],
		['with both', '7C3F00AA-1122-4B33-9C44-D55EE66FF770'],
	])('B2: an id written %s is the same session', (_name, id) => {
		expect(eventOf({ ...INBOUND, 'call.id': id }).session.id).toBe(ID);
	});

	it('B2: a child leg belongs to the session of its parent', () => {
		const { session } = eventOf({ ...LEG, 'call.id': 'LEG-2' });
		expect(session).toMatchObject({ id: ID, legId: 'leg2' });
	});

	it('B2: a parent id that is empty, unfilled or the same as the id makes no child', () => {
		for (const parentId of ['', '{call.parentId}', null, ID]) {
			const { session } = eventOf({ ...INBOUND, 'call.parentId': parentId });
			expect(session.id).toBe(ID);
			expect(session).not.toHaveProperty('legId');
		}
	});

	it('B2: every spelling of parent and child ids gives one session id', () => {
		fc.assert(
			fc.property(
				fc.uuid(),
				fc.uuid(),
				fc.func(fc.boolean()),
				fc.constantFrom((flat: Flat) => flat, nested, bracketed),
				(parent, child, choose, spelling) => {
					const vary = (id: string, seed: string) => {
						const plain = choose(`${seed}-hyphens`) ? id.replace(/-/g, '') : id;
						return choose(`${seed}-case`) ? plain.toUpperCase() : plain;
					};
					const ids = [
						{ 'call.id': vary(parent, 'a') },
						{ 'call.id': vary(parent, 'b'), 'call.parentId': '' },
						{ 'call.id': vary(child, 'c'), 'call.parentId': vary(parent, 'd') },
					].map((legs) => {
						const { events } = parse({ body: spelling({ ...INBOUND, ...legs }) });
						return events[0]?.session.id;
					});
					expect(new Set(ids)).toEqual(new Set([parent.replace(/-/g, '')]));
				},
			),
		);
	});

	it('B2: takes the session or the conversation for the whole call when set so', () => {
		expect(eventOf(INBOUND, {}, { sessionIdFrom: 'session' }).session.id).toBe('aa11');
		expect(eventOf(INBOUND, {}, { sessionIdFrom: 'conversation' }).session.id).toBe('bb22');
		expect(eventOf(INBOUND, {}, { sessionIdFrom: 'conversation' }).session.legId).toBe(ID);
		const unnamed = { ...INBOUND, 'call.sessionId': '' };
		const { field, reason } = rejectionOf(unnamed, {}, { sessionIdFrom: 'session' });
		expect(field).toBe('call.sessionId');
		expect(reason).toContain("'Session ID From'");
	});

	it('takes the name of the source from the settings', () => {
		expect(eventOf(INBOUND, {}, { sourceName: 'bf-us' }).session.source).toBe('bf-us');
	});
});

describe('babelforce: who is the customer', () => {
	it('B1: of an outbound call the customer is called and the line calls', () => {
		const { kind, session } = eventOf({ ...INBOUND, 'call.type': 'outbound' });
		expect(kind).toBe('outgoing');
		expect(session).toMatchObject({
			direction: 'out',
			endUser: { phone: '+493087654321' },
			line: '+493012345678',
		});
	});

	it('X4: an internal call has no customer', () => {
		const { session } = eventOf({ ...INBOUND, 'call.domain': 'internal' });
		expect(session.direction).toBe('internal');
		expect(session.endUser).toEqual({});
	});

	it('X4: the agent who is rung on a child leg is not the customer', () => {
		const { session } = eventOf({
			...LEG,
			'call.type': 'outbound',
			'call.domain': 'internal',
			'call.to': '201',
		});
		expect(session.endUser).toEqual({});
		expect(session).not.toHaveProperty('line');
		expect(session).not.toHaveProperty('direction');
		expect(session.agent?.name).toBe('Ana');
	});

	it('X4: the third party of a transfer is not the customer', () => {
		const { session } = eventOf({
			...LEG,
			event: undefined,
			'call.type': 'outbound',
			'call.source': 'transfer',
		});
		expect(session.endUser).toEqual({});
	});

	it('B2: an inbound child leg passes the caller and the called number on, but no extension', () => {
		const leg = { ...LEG, 'call.domain': 'internal' };
		expect(eventOf(leg).session).toMatchObject({
			direction: 'in',
			endUser: { phone: '+493012345678' },
			line: '+493087654321',
		});
		expect(eventOf({ ...leg, 'call.to': '201' }).session).not.toHaveProperty('line');
		expect(
			eventOf({ ...leg, 'call.to': '+49301112233', 'agent.number': '+49301112233' }).session,
		).not.toHaveProperty('line');
	});

	it("X1: an agent's leg says nothing about the times of the whole call", () => {
		const { session } = eventOf({ ...LEG, 'call.duration': '12' });
		expect(session).not.toHaveProperty('startedAt');
		expect(session).not.toHaveProperty('duration');
		expect(session.connectedAt).toBe('2026-06-24T10:15:14.000Z');
	});

	it.each([undefined, '', '{call.from}'])(
		'X4: a caller "%s" is not known, and nobody has withheld a number',
		(from) => {
			expect(eventOf({ ...INBOUND, 'call.from': from }).session.endUser).toEqual({});
		},
	);

	it.each(['outbound-dial', 'outgoing', 'OUT'])(
		'B1: a call of the type "%s" goes to the customer',
		(type) => {
			const numbers = { 'call.from': '+493023125000', 'call.to': '+491701234567' };
			expect(eventOf({ ...INBOUND, 'call.type': type, ...numbers }).session).toMatchObject({
				direction: 'out',
				endUser: { phone: '+491701234567' },
				line: '+493023125000',
			});
		},
	);

	it('X2: a type that is not known is reported, and nobody is taken for the customer', () => {
		const event = eventOf({ ...INBOUND, 'call.type': 'sideways' });
		expect(event.notUnderstood).toEqual([
			{ field: 'call.type', reason: expect.stringContaining('direction is not known') as string },
		]);
		expect(event.session.endUser).toEqual({});
		expect(event.session).not.toHaveProperty('direction');
		expect(event.session).not.toHaveProperty('line');
	});

	it('X2: a state that is not known begins, connects and ends no call', () => {
		const event = eventOf({ ...INBOUND, event: undefined, 'call.state': 'levitating' });
		expect(event.kind).toBe('updated');
		expect(event.notUnderstood).toMatchObject([{ field: 'call.state' }]);
	});

	it('B2: a parent of zeros is none', () => {
		const id = '7c3f9a2e4b1d4f6a8e0c2b4d6f8a0c1e';
		const none = '00000000-0000-0000-0000-000000000000';
		expect(eventOf({ ...INBOUND, 'call.id': id, 'call.parentId': none }).session.id).toBe(id);
	});

	it.each(['anonymous', 'Anonymous', 'withheld', 'sip:anonymous@10.0.0.1'])(
		'X4: a caller "%s" is a withheld number, not a rejection',
		(from) => {
			expect(eventOf({ ...INBOUND, 'call.from': from }).session.endUser).toEqual({ withheld: true });
		},
	);

	it('X4: the flag "anonymous" withholds the number of the caller, not that of the called', () => {
		expect(eventOf({ ...INBOUND, 'call.anonymous': 'true' }).session.endUser).toEqual({ withheld: true });
		expect(eventOf({ ...INBOUND, 'call.anonymous': true, 'call.type': 'outbound' }).session.endUser).toEqual({
			phone: '+493087654321',
		});
	});

	it('B1: restores the plus sign that was lost in a URL, and reads numbers', () => {
		expect(eventOf(undefined, { ...INBOUND, 'call.from': ' 493012345678' }).session.endUser.phone).toBe(
			'+493012345678',
		);
		expect(eventOf({ ...INBOUND, 'call.from': 493012345678 }).session.endUser.phone).toBe('493012345678');
	});
});

describe('babelforce: which event', () => {
	it.each([
		['call.inbound', 'incoming'],
		['Inbound call', 'incoming'],
		['INBOUND_CALL', 'incoming'],
		['callInbound', 'incoming'],
		['call.created', 'incoming'],
		['Call created', 'incoming'],
		['call.outbound', 'outgoing'],
		['Outbound call', 'outgoing'],
		['call.queued', 'queued'],
		['Agent selected', 'assigned'],
		['call.bridged', 'bridged'],
		['Call bridged', 'bridged'],
		['call-bridged', 'bridged'],
		['bridged', 'bridged'],
		['call.transferred', 'transferred'],
		['call.finished', 'ended'],
		['Call completed', 'ended'],
		['call.hangup', 'ended'],
		['Voicemail left', 'voicemail'],
		['recording.stored', 'recording'],
		['call.updated', 'updated'],
	])('B6: understands the name "%s" as %s', (name, kind) => {
		expect(eventOf({ event: name, ...INBOUND }).kind).toBe(kind);
	});

	it('B6: the direction of "Call created" comes from the call', () => {
		expect(eventOf({ event: 'Call created', ...INBOUND, 'call.type': 'outbound' }).kind).toBe('outgoing');
	});

	it("X3: the end of an agent's leg is not the end of the call", () => {
		const { kind, session } = eventOf({
			event: 'call.finished',
			...INBOUND,
			'call.id': 'leg2',
			'call.parentId': ID,
			'call.state': 'no-answer',
			'call.dateFinished': '1782296209',
		});
		expect(kind).toBe('updated');
		expect(session).not.toHaveProperty('state');
		expect(session).not.toHaveProperty('outcome');
		expect(session).not.toHaveProperty('endedAt');
	});

	it.each([
		['a finished state', { 'call.state': 'completed', 'agent.id': 'ag-1' }, 'ended'],
		['a finish date', { 'call.state': '', 'call.dateFinished': '1782296209' }, 'ended'],
		['the state bridged', { 'call.state': 'bridged' }, 'bridged'],
		['a filled Agent bucket', { 'call.state': 'in-progress', 'agent.name': 'Ana' }, 'bridged'],
		['an unfilled Agent bucket', { 'agent.id': '{agent.id}', 'agent.name': '' }, 'incoming'],
		['the state queued with a queue', { 'call.state': 'queued', 'queue.name': 'Support' }, 'queued'],
		['the state queued alone', { 'call.state': 'queued' }, 'incoming'],
		['the type outbound', { 'call.type': 'outbound' }, 'outgoing'],
		['nothing else', {}, 'incoming'],
	])('B6: without a name, %s tells the event', (_name, fields, kind) => {
		const event = eventOf({ ...INBOUND, ...fields });
		expect(event.kind).toBe(kind);
		expect(event).not.toHaveProperty('name');
	});

	it('X1: a late event keeps the state that the platform reports', () => {
		expect(eventOf({ event: 'call.inbound', ...INBOUND, 'call.state': 'bridged' }).session.state).toBe(
			'connected',
		);
	});

	it('reads ids and times of the event itself', () => {
		const event = eventOf({ ...INBOUND, event: { name: 'Inbound call', id: 'e-1', date: 1782296103 } });
		expect(event).toMatchObject({ id: 'e-1', occurredAt: '2026-06-24T10:15:03.000Z', kind: 'incoming' });
	});
});

describe('babelforce: what cannot be understood', () => {
	it.each([
		['an unknown event', { event: 'call.exploded', ...INBOUND }, 'event', 'Known are: incoming'],
		[
			'a call without an id',
			{ event: 'call.inbound', 'call.from': '+4930' },
			'call.id',
			"Tick the bucket 'Call'",
		],
		['an id that is a placeholder', { ...INBOUND, 'call.id': '{call.id}' }, 'call.id', 'did not fill it in'],
		['an id of hyphens', { ...INBOUND, 'call.id': '--' }, 'call.id', 'missing'],
		['an id that is a sentence', { ...INBOUND, 'call.id': 'the first call' }, 'call.id', 'spaces'],
		['an endless id', { ...INBOUND, 'call.id': 'a'.repeat(5000) }, 'call.id', 'more than 200'],
		['text', 'hello there', 'body', 'neither a JSON object nor form fields'],
		['a number', 7, 'body', 'neither'],
		['nothing', undefined, 'body', 'empty'],
		['an empty object', {}, 'body', 'empty'],
		['only placeholders', { 'call.id': '{call.id}', event: '{event}' }, 'call.id', 'did not fill it in'],
	])('B1: %s is refused with the field and the reason', (_name, body, field, reason) => {
		const rejection = rejectionOf(body);
		expect(rejection).toMatchObject({ index: 0, field });
		expect(rejection.reason).toContain(reason);
	});

	it('X4: no rejection repeats what was sent', () => {
		const secret = '+49 30 5551234';
		for (const body of [secret, { event: secret, ...INBOUND }, { ...INBOUND, 'call.id': secret }]) {
			expect(JSON.stringify(rejectionOf(body))).not.toContain('5551234');
		}
	});
});

describe('babelforce: several events in one webhook', () => {
	it('X2: reads the good ones and names the others by position', () => {
		const good = { event: 'call.inbound', ...INBOUND };
		const { events, rejected } = parse({
			body: [good, { event: 'call.inbound' }, null, { ...good, event: 'call.bridged' }],
		});
		expect(events.map(({ kind, raw }) => [kind, raw])).toEqual([
			['incoming', good],
			['bridged', { ...good, event: 'call.bridged' }],
		]);
		expect(rejected.map(({ index, field }) => [index, field])).toEqual([
			[1, 'call.id'],
			[2, 'body'],
		]);
	});

	it('X2: reads a list in an envelope, and takes an empty list for no event', () => {
		expect(parse({ body: { events: [INBOUND, BRIDGED] } }).events.map(({ kind }) => kind)).toEqual([
			'incoming',
			'bridged',
		]);
		expect(parse({ body: [] })).toEqual({ events: [], others: [], rejected: [] });
	});

	it('gives the query to every event of a list', () => {
		expect(
			parse({ query: { event: 'call.bridged' }, body: [INBOUND, INBOUND] }).events.map(({ kind }) => kind),
		).toEqual(['bridged', 'bridged']);
	});
});

describe('babelforce: hostile input', () => {
	it('never throws, and puts every part of a webhook into events or rejections', () => {
		const key = fc.constantFrom(
			'call',
			'call.id',
			'call[from]',
			'id',
			'event',
			'agent',
			'__proto__',
			'events',
			'recordings',
		);
		const value = fc.letrec((tie) => ({
			any: fc.oneof(
				{ depthSize: 'small' },
				fc.string(),
				fc.integer(),
				fc.double(),
				fc.boolean(),
				fc.constantFrom(null, undefined, ID, '{call.id}', 'call.inbound', 'anonymous'),
				fc.array(tie('any'), { maxLength: 4 }),
				fc.dictionary(key, tie('any')),
			),
		})).any;
		fc.assert(
			fc.property(value, fc.dictionary(key, value), (body, query) => {
				const { events, rejected } = parse({ body, query });
				for (const { session } of events) expect(session.id).not.toMatch(/[-A-Z\s]/);
				for (const { field, reason } of rejected) expect(field.length * reason.length).toBeGreaterThan(0);
			}),
			{ numRuns: 500 },
		);
	});
});
