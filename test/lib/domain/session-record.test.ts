import fc from 'fast-check';

import type { Session } from '../../../lib/domain/session';
import {
	consumerMessageCount,
	covers,
	effectiveOutcome,
	fromSnapshot,
	isCut,
	isOver,
	leftVoicemail,
	merge,
	observe,
	toSnapshot,
	wasConnected,
	type SessionRecord,
} from '../../../lib/domain/session-record';

const session = (facts: Partial<Session> = {}): Session => ({
	source: 'ccaip',
	id: 'call-1',
	channel: 'voice',
	endUser: {},
	...facts,
});

/** Facts that were told at a time, in milliseconds since the epoch. */
type Told = [at: number, facts: Partial<Session>];
const told = (...event: Told): Told => event;
const recordOf = (...events: Told[]): SessionRecord =>
	events.map(([at, facts]) => observe(session(facts), at)).reduce(merge);

/** A list of that length. */
const many = <Entry>(length: number, make: (index: number) => Entry) =>
	Array.from({ length }, (_, index) => make(index));

const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/** Through JSON, as Kustomer gives it back. */
const stored = (record: SessionRecord, maxBytes?: number): SessionRecord => {
	const { snapshot } = toSnapshot(record, maxBytes);
	const back = fromSnapshot(JSON.parse(JSON.stringify(snapshot)));
	if (back === undefined) throw new Error('the snapshot cannot be read');
	return back;
};

const shuffled = <Entry>(entries: readonly Entry[]) =>
	fc.shuffledSubarray([...entries], { minLength: entries.length });

// Few values, so that the same ones meet often.
const few = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const minute = (number: number) => `2026-11-22T14:0${number}:00.000Z`;
const someTime = few(minute(1), minute(2), minute(3));
const someAgent = few({ id: '1', name: 'Kim Lee' }, { id: '2', name: 'Ana Silva', email: 'ana@example.com' });
const someList = <Value>(entry: fc.Arbitrary<Value>) =>
	fc.option(fc.array(entry, { maxLength: 4 }), { nil: undefined });
const someSession: fc.Arbitrary<Session> = fc
	.record({
		channel: fc.constantFrom('voice', 'chat'),
		type: few('Voice Inbound (IVR)', 'Voice Inbound (Mobile)'),
		scheduled: few(true, false),
		direction: few('in', 'out'),
		state: few('started', 'queued', 'assigned', 'connected', 'ended', 'completed'),
		outcome: few('answered', 'abandoned', 'missed', 'voicemail', 'failed', 'deflected'),
		language: few('en', 'de'),
		endUser: fc.record({
			phone: few('+4930123456', '+4940123456', ''),
			name: few('Bo', 'Jo'),
			withheld: few(true),
		}),
		agent: someAgent,
		queue: few({ id: 'q1', name: 'Orders' }, { id: 'q2' }),
		menuPath: few(['Orders'], ['Orders', 'Delivery']),
		startedAt: someTime,
		connectedAt: someTime,
		endedAt: someTime,
		duration: few(10, 20),
		rating: few({ score: 5 }, { score: 1, comment: 'long wait' }),
		customData: few(
			{ a: 1, b: 2 },
			{ b: 2, a: 1 },
			{ text: 'x'.repeat(2000) },
			{ text: 'y'.repeat(2000), c: 1 },
		),
		transfers: someList(
			fc.record({
				id: few('1', '2'),
				at: someTime,
				to: few({ agent: { id: '7' } }),
				status: few('started', 'finished'),
			}),
		),
		participants: someList(fc.record({ id: few('1', '2'), status: few('missed', 'connected') })),
		smartActions: someList(
			fc.record({
				id: few('s1'),
				type: fc.constantFrom('photo', 'text_input'),
				result: fc.constantFrom('succeeded', 'failed'),
				detail: few('x'.repeat(300)),
			}),
		),
		files: someList(
			fc.record({
				kind: fc.constantFrom('recording', 'photo'),
				id: few('1', '2'),
				url: few('https://files.example/1', `https://files.example/${'2'.repeat(300)}`),
			}),
		),
		survey: someList(
			fc.record({ question: fc.constantFrom('Why?', 'Who?'), answer: fc.constantFrom('', 'me') }),
		),
		voicemail: few(
			{ status: 'left', reason: 'no agents' },
			{ status: 'read', agent: { id: '1' }, at: minute(4) },
			{ status: 'returned', agent: { id: '2' } },
			{ status: 'returned', at: minute(5) },
		),
		consumerMessages: few(1, 2, 3),
		consumerMessageIds: someList(fc.constantFrom('m1', 'm2', 'm3', `m${'4'.repeat(50)}`)),
	})
	.map((facts) => ({ source: 'ccaip', id: 'call-1', ...facts }) as unknown as Session);
const someObservation = fc
	.tuple(someSession, fc.integer({ min: 0, max: 3 }))
	.map(([facts, at]) => observe(facts, at));
/** Also what came back from Kustomer shortened. */
const someRecord = fc
	.tuple(someObservation, fc.constantFrom(30_000, 3000, 1500, 800))
	.map(([record, maxBytes]) => stored(record, maxBytes));

describe('session record: what one event knows', () => {
	it('X1: drops what is undefined, null, empty, or of a wrong type', () => {
		const hostile = {
			source: 'ccaip',
			id: 4711,
			channel: 'voice',
			type: null,
			language: undefined,
			direction: 'sideways',
			state: { toString: () => 'ended' },
			startedAt: 'yesterday',
			duration: Number.NaN,
			waitTime: -5,
			endUser: 'Bo',
			agent: { name: '  ', id: null },
			menuPath: 'Orders',
			transfers: [null, 'x', {}],
			files: [{ url: 'https://files.example/1' }],
			rating: { score: Number.POSITIVE_INFINITY },
			extra: 'unknown',
		};
		expect(observe(hostile as unknown as Session, 5)).toEqual({
			session: { source: 'ccaip', id: '4711', channel: 'voice', endUser: {} },
			seen: { channel: 5 },
		});
	});

	it.each([[undefined], [null], ['text'], [{}], [[]]])('X1: does not crash on %j', (value) => {
		expect(observe(value as unknown as Session, Number.NaN).session.endUser).toEqual({});
	});

	it('X1: never crashes, whatever the session holds, and doing it twice changes nothing', () => {
		fc.assert(
			fc.property(
				fc.dictionary(fc.constantFrom('endUser', 'agent', 'files', 'customData', 'state'), fc.anything()),
				(facts) => {
					const record = observe({ ...session(), ...facts }, 1);
					expect(JSON.stringify(observe(record.session, 1))).toBe(JSON.stringify(record));
				},
			),
			{ numRuns: 200 },
		);
	});

	it('X1: cuts texts and lists of absurd length, always the same way', () => {
		const record = observe(
			session({
				queue: { name: 'q'.repeat(10_000) },
				disposition: { note: 'n'.repeat(10_000) },
				transfers: many(300, (index) => ({ id: `t${index}` })),
				participants: many(300, (index) => ({ id: `p${index}` })),
				smartActions: many(300, (index) => ({
					id: `s${index}`,
					type: 'photo',
					result: 'succeeded' as const,
				})),
				files: many(300, (index) => ({ kind: 'photo' as const, id: `f${index}` })),
				survey: many(300, (index) => ({ question: `q${index}`, answer: '' })),
				consumerMessageIds: many(300, (index) => `m${index}`),
			}),
			1,
		);
		const { queue, disposition, ...lists } = record.session;
		expect(queue?.name).toHaveLength(256);
		expect(disposition?.note).toHaveLength(2000);
		const { transfers, participants, smartActions, files, survey, consumerMessageIds } = lists;
		const kept = [transfers, participants, smartActions, files, survey, consumerMessageIds];
		expect(kept.map((list) => list?.length)).toEqual([50, 100, 100, 200, 50, 200]);
	});

	it('X1: a list that is too long keeps the same entries in whatever order they are told', () => {
		const ids = many(120, (index) => `t${index}`);
		const once = recordOf([1, { transfers: ids.map((id) => ({ id })) }]);
		fc.assert(
			fc.property(shuffled(ids), (order) => {
				const record = order.map((id) => observe(session({ transfers: [{ id }] }), 1)).reduce(merge);
				expect(record).toEqual(once);
			}),
			{ numRuns: 10 },
		);
	});

	it('X4: an empty phone number says nothing, a word in its place that it is withheld', () => {
		expect(recordOf([1, { endUser: { phone: '' } }]).session.endUser).toEqual({});
		expect(recordOf([1, { endUser: { phone: 'Anonymous' } }]).session.endUser).toEqual({ withheld: true });
	});

	it('X4: a number that is known was not withheld, in whatever order that is told', () => {
		const number = { endUser: { phone: '+493012345678' } };
		const withheld = { endUser: { withheld: true } };
		for (const told of [
			recordOf([1, withheld], [2, number]),
			recordOf([1, number], [2, withheld]),
			recordOf([1, { endUser: { ...number.endUser, withheld: true } }]),
			recordOf([1, number], [2, { endUser: { phone: 'anonymous' } }]),
		]) {
			expect(told.session.endUser).toEqual({ phone: '+493012345678' });
		}
	});

	it('C13: keeps custom data as they came, without what JSON cannot carry', () => {
		const circle: Record<string, unknown> = { name: 'loop' };
		circle.self = circle;
		const customData = {
			'order.id': 7,
			when: new Date(0),
			big: 12345678901234567890n,
			bad: Number.NaN,
			call: () => 1,
			nothing: null,
			circle,
		};
		expect(recordOf([1, { customData }]).session.customData).toEqual({
			'order.id': 7,
			when: '1970-01-01T00:00:00.000Z',
			big: '12345678901234567890',
			nothing: null,
			circle: { name: 'loop' },
		});
	});
});

describe('session record: merging', () => {
	const same = (a: SessionRecord, b: SessionRecord) => expect(JSON.stringify(a)).toBe(JSON.stringify(b));

	it('X1: is associative', () => {
		fc.assert(
			fc.property(someRecord, someRecord, someRecord, (a, b, c) =>
				same(merge(merge(a, b), c), merge(a, merge(b, c))),
			),
			{ numRuns: 300 },
		);
	});

	it('X1: is commutative', () => {
		fc.assert(
			fc.property(someRecord, someRecord, (a, b) => same(merge(a, b), merge(b, a))),
			{ numRuns: 300 },
		);
	});

	it('X1: is idempotent', () => {
		fc.assert(
			fc.property(someRecord, (a) => same(merge(a, a), a)),
			{ numRuns: 200 },
		);
	});

	it('X1: what was merged is covered, and nothing new makes a difference', () => {
		fc.assert(
			fc.property(someRecord, someRecord, (a, b) => {
				const both = merge(a, b);
				expect(covers(both, a)).toBe(true);
				expect(covers(both, b)).toBe(true);
				if (covers(a, b) && a.cut === undefined) expect(both.session).toEqual(a.session);
			}),
			{ numRuns: 200 },
		);
	});

	it.each<[string, Told[], Partial<Session>]>([
		[
			'the latest observation wins',
			[told(2, { language: 'de' }), told(1, { language: 'en' })],
			{ language: 'de' },
		],
		[
			'an older one fills gaps',
			[told(2, { language: 'de' }), told(1, { type: 'IVR' })],
			{ language: 'de', type: 'IVR' },
		],
		[
			'at the same time the greater one wins',
			[told(1, { language: 'en' }), told(1, { language: 'de' })],
			{ language: 'en' },
		],
		[
			'the state only moves on',
			[told(1, { state: 'ended' }), told(2, { state: 'connected' })],
			{ state: 'ended' },
		],
		[
			'the beginning is the earliest',
			[
				told(1, { startedAt: minute(2) }),
				told(2, { startedAt: minute(1) }),
				told(3, { startedAt: minute(3) }),
			],
			{ startedAt: minute(1) },
		],
		[
			'the connection is the earliest',
			[told(2, { connectedAt: minute(2) }), told(1, { connectedAt: minute(3) })],
			{ connectedAt: minute(2) },
		],
		[
			'the end is the latest',
			[told(2, { endedAt: minute(2) }), told(1, { endedAt: minute(3) })],
			{ endedAt: minute(3) },
		],
		[
			'most messages count',
			[told(2, { consumerMessages: 2 }), told(1, { consumerMessages: 5 })],
			{ consumerMessages: 5 },
		],
		[
			'an agent is one thing',
			[told(1, { agent: { id: '1', email: 'kim@example.com' } }), told(2, { agent: { id: '2' } })],
			{ agent: { id: '2' } },
		],
		[
			'an end user is many',
			[told(2, { endUser: { name: 'Bo' } }), told(1, { endUser: { name: 'Jo', phone: '+1' } })],
			{ endUser: { name: 'Bo', phone: '+1' } },
		],
		[
			'the channel is what was told first',
			[told(2, { channel: 'chat' }), told(1, { channel: 'sms' })],
			{ channel: 'sms' },
		],
		[
			'message ids are united',
			[told(1, { consumerMessageIds: ['b', 'a'] }), told(2, { consumerMessageIds: ['b', 'c'] })],
			{ consumerMessageIds: ['a', 'b', 'c'] },
		],
	])('X1: %s', (_law, events, expected) => {
		expect(recordOf(...events).session).toEqual(session(expected));
		expect(recordOf(...[...events].reverse()).session).toEqual(session(expected));
	});

	it.each([
		['missed', 'abandoned', 'abandoned'],
		['abandoned', 'failed', 'failed'],
		['failed', 'deflected', 'deflected'],
		['deflected', 'answered', 'answered'],
		['answered', 'voicemail', 'voicemail'],
		['missed', 'answered', 'answered'],
	] as const)('X3: of %s and %s, %s holds', (first, second, expected) => {
		expect(recordOf([1, { outcome: second }], [2, { outcome: first }]).session.outcome).toBe(expected);
	});

	it('C15: a voicemail only moves on, and keeps why it was left', () => {
		const record = recordOf(
			told(3, { voicemail: { status: 'left', reason: 'no agents', at: minute(1) } }),
			told(1, { voicemail: { status: 'returned', agent: { id: '2' } } }),
			told(2, { voicemail: { status: 'read', agent: { id: '1' }, at: minute(3) } }),
		);
		expect(record.session.voicemail).toEqual({ status: 'returned', agent: { id: '2' }, reason: 'no agents' });
	});

	it('C8: the same transfer, told twice, is one, and its latest status holds', () => {
		const to = { agent: { id: '2', name: 'Ana Silva' } };
		const { session: together, seen } = recordOf(
			told(3, { transfers: [{ id: '9', at: minute(2), to, status: 'finished' }] }),
			told(2, {
				transfers: [
					{ id: '9', at: minute(2), to, status: 'started' },
					{ at: minute(1), to, status: 'started' },
				],
			}),
			told(4, { transfers: [{ at: minute(1), to, status: 'finished' }] }),
		);
		expect(together.transfers).toEqual([
			{ at: minute(1), to, status: 'finished' },
			{ id: '9', at: minute(2), to, status: 'finished' },
		]);
		expect(seen['transfers#9']).toBe(3);
	});

	it('X5: files are told apart by kind and id, else by their address', () => {
		const record = recordOf(
			told(1, {
				files: [
					{ kind: 'photo', id: '1' },
					{ kind: 'video', id: '1' },
					{ kind: 'recording', url: 'https://files.example/a' },
				],
			}),
			told(2, { files: [{ kind: 'recording', url: 'https://files.example/a', duration: 9 }] }),
		);
		expect(record.session.files).toEqual([
			{ kind: 'photo', id: '1' },
			{ kind: 'recording', url: 'https://files.example/a', duration: 9 },
			{ kind: 'video', id: '1' },
		]);
	});

	it('X1: that a fact was seen again, or later, is no news', () => {
		const record = recordOf([1, { language: 'en', files: [{ kind: 'photo', id: '1' }] }]);
		expect(covers(record, recordOf([9, { language: 'en', files: [{ kind: 'photo', id: '1' }] }]))).toBe(true);
		expect(covers(record, recordOf([0, { language: 'de' }]))).toBe(true);
		expect(covers(record, recordOf([2, { language: 'de' }]))).toBe(false);
		expect(covers(record, recordOf([0, { type: 'IVR' }]))).toBe(false);
		expect(covers(record, recordOf([0, { files: [{ kind: 'photo', id: '2' }] }]))).toBe(false);
	});

	it('X1: the same custom data with their names in another order are no news', () => {
		const record = recordOf([1, { customData: { a: 1, b: { c: 2, d: 3 } } }]);
		expect(covers(record, recordOf([2, { customData: { b: { d: 3, c: 2 }, a: 1 } }]))).toBe(true);
	});
});

describe('session record: a whole call', () => {
	const kim = { id: '7', name: 'Kim Lee', sourceId: '5f0000000000000000000001' };
	const ana = { id: '8', name: 'Ana Silva' };
	const events: Told[] = [
		told(100, {
			state: 'started',
			startedAt: minute(0),
			endUser: { phone: '+4930123456' },
			origin: 'phone',
			direction: 'in',
		}),
		told(200, {
			state: 'queued',
			queuedAt: minute(1),
			queue: { id: 'q1', name: 'Orders' },
			menuPath: ['Orders'],
		}),
		told(250, { outcome: 'missed', participants: [{ id: '9', type: 'agent', status: 'missed' }] }),
		told(300, { state: 'assigned', assignedAt: minute(2), agent: kim, customData: { cart: { total: 12 } } }),
		told(400, { state: 'connected', connectedAt: minute(3), agent: kim }),
		told(500, {
			state: 'connected',
			agent: ana,
			transfers: [{ id: 't1', at: minute(4), from: { agent: kim }, to: { agent: ana } }],
		}),
		told(600, { state: 'ended', endedAt: minute(5), duration: 300, waitTime: 120 }),
		told(700, { state: 'completed', disposition: { code: 'D1', note: 'sent again' } }),
		told(800, {
			rating: { score: 4 },
			files: [{ kind: 'recording', id: 'r1', url: 'https://files.example/r1' }],
		}),
	];
	const whole = recordOf(...events);

	it('X1: is the same in whatever order, and however often, its events arrive', () => {
		const again = fc.tuple(shuffled(events), fc.subarray(events)).map(([all, some]) => [...all, ...some]);
		fc.assert(
			fc.property(again, (order) => {
				expect(JSON.stringify(recordOf(...order))).toBe(JSON.stringify(whole));
			}),
		);
	});

	it('X1: is the same when some of it went through Kustomer in between', () => {
		fc.assert(
			fc.property(shuffled(events), (order) => {
				const record = order
					.map(([at, facts]) => observe(session(facts), at))
					.reduce((known, event) => merge(stored(known), event));
				expect(record).toEqual(whole);
			}),
			{ numRuns: 50 },
		);
	});

	it('X3: was answered, although it rang in vain at one agent', () => {
		expect(whole.session.outcome).toBe('missed');
		expect(effectiveOutcome(whole.session)).toBe('answered');
		expect(whole.session.agent).toEqual(ana);
	});
});

describe('session record: questions', () => {
	it.each<[string, Partial<Session>, ReturnType<typeof effectiveOutcome>]>([
		['missed, and over', { outcome: 'missed', state: 'ended' }, 'missed'],
		['missed by one agent, still ringing', { outcome: 'missed', state: 'queued' }, undefined],
		[
			'missed, but connected at some time',
			{ outcome: 'missed', state: 'ended', connectedAt: minute(1) },
			'answered',
		],
		[
			'abandoned, but an agent was connected',
			{ outcome: 'abandoned', endedAt: minute(2), participants: [{ type: 'agent', connectedAt: minute(1) }] },
			'answered',
		],
		[
			'abandoned, while agents were connected elsewhere',
			{
				outcome: 'abandoned',
				endedAt: minute(2),
				participants: [{ type: 'endUser', connectedAt: minute(1) }],
			},
			'abandoned',
		],
		['missed, still connected', { outcome: 'missed', state: 'connected' }, undefined],
		['abandoned', { outcome: 'abandoned' }, 'abandoned'],
		['over and connected', { state: 'ended', connectedAt: minute(1) }, 'answered'],
		['over, nothing else known', { state: 'ended' }, undefined],
		['connected', { state: 'connected' }, undefined],
		['failed after a connection', { outcome: 'failed', state: 'ended', connectedAt: minute(1) }, 'failed'],
		[
			'a voicemail was left',
			{ state: 'ended', outcome: 'missed', voicemail: { status: 'left' } },
			'voicemail',
		],
		['an agent called and reached a mailbox', { outcome: 'voicemail', direction: 'out' }, 'missed'],
		[
			'an agent spoke on a mailbox',
			{ outcome: 'voicemail', direction: 'out', connectedAt: minute(1), endedAt: minute(2) },
			'answered',
		],
	])('X3: outcome when %s', (_case, facts, expected) => {
		expect(effectiveOutcome(session(facts))).toBe(expected);
	});

	it.each<[Partial<Session>, boolean]>([
		[{ state: 'ended' }, true],
		[{ state: 'completed' }, true],
		[{ endedAt: minute(1) }, true],
		[{ outcome: 'abandoned' }, true],
		[{ outcome: 'missed' }, false],
		[{ state: 'connected', outcome: 'abandoned' }, false],
		[{ state: 'connected' }, false],
	])('X3, X17: whether %j is over: %s', (facts, expected) => {
		expect(isOver(session(facts))).toBe(expected);
	});

	it.each<[Partial<Session>, boolean]>([
		[{ outcome: 'voicemail' }, true],
		[{ voicemail: { status: 'read' } }, true],
		[{ outcome: 'voicemail', direction: 'in' }, true],
		[{ outcome: 'voicemail', direction: 'out' }, false],
		[{ voicemail: { status: 'left' }, direction: 'out' }, false],
		[{ outcome: 'missed', state: 'ended' }, false],
	])('C3, C5, X17: whether a voicemail was left in %j: %s', (facts, expected) => {
		expect(leftVoicemail(session(facts))).toBe(expected);
		expect(effectiveOutcome(session(facts)) === 'voicemail').toBe(expected);
	});

	it.each<[Partial<Session>, boolean]>([
		[{ connectedAt: minute(1) }, true],
		[{ state: 'connected' }, true],
		[{ outcome: 'answered' }, true],
		[{ participants: [{ type: 'agent', connectedAt: minute(1) }] }, true],
		[{ participants: [{ type: 'virtualAgent', connectedAt: minute(1) }] }, false],
		[{ state: 'assigned', agent: { id: '1' } }, false],
	])('D3: whether an agent was connected in %j: %s', (facts, expected) => {
		expect(wasConnected(session(facts))).toBe(expected);
	});

	it.each<[Partial<Session>, number]>([
		[{}, 0],
		[{ consumerMessages: 3 }, 3],
		[{ consumerMessageIds: ['a', 'b', 'a'] }, 2],
		[{ consumerMessages: 1, consumerMessageIds: ['a', 'b'] }, 2],
	])('D4: messages of the end user in %j: %s', (facts, expected) => {
		expect(consumerMessageCount(session(facts))).toBe(expected);
	});
});

describe('session record: snapshots', () => {
	const long = (length: number, seed = 'x') => seed.repeat(length);
	const large: Partial<Session> = {
		customData: {
			essay: long(60_000),
			notes: { first: long(30_000, 'y'), second: long(10_000, 'ü') },
			orderId: 4711,
		},
	};

	it('X1: keep everything that fits', () => {
		fc.assert(
			fc.property(someObservation, (record) => {
				const { snapshot, shortened } = toSnapshot(record);
				expect(shortened).toEqual([]);
				expect(fromSnapshot(JSON.parse(JSON.stringify(snapshot)))).toEqual(record);
			}),
		);
	});

	it('X1: are never too large, and what they leave out, told again, is no news', () => {
		const customData = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
		fc.assert(
			fc.property(someSession, customData, fc.constantFrom(0, 20_000, 100_000), (facts, data, length) => {
				const record = observe({ ...facts, customData: { ...data, text: long(length) } }, 1);
				const { snapshot } = toSnapshot(record);
				expect(bytes(snapshot)).toBeLessThanOrEqual(30_000);
				const back = stored(record);
				expect(covers(back, record)).toBe(true);
				expect(covers(stored(merge(back, record)), record)).toBe(true);
				expect(covers(stored(back, 20_000), record)).toBe(true);
			}),
			{ numRuns: 50 },
		);
	});

	it('C13: cut the longest custom data first and say how much is missing', () => {
		const { snapshot, shortened } = toSnapshot(recordOf([1, large]));
		const back = fromSnapshot(snapshot);
		const data = back?.session.customData as {
			essay: string;
			notes: Record<string, string>;
			orderId: number;
		};
		expect(shortened).toEqual(['custom data']);
		expect(data.orderId).toBe(4711);
		expect(data.essay).toMatch(/^x{7000,}… \[\d+ characters missing\]$/);
		expect(data.notes.first?.length).toBe(data.essay.length);
		const [, kept = '', missing = ''] = /^(x+)… \[(\d+) characters missing\]$/.exec(data.essay) ?? [];
		expect(kept.length + Number(missing)).toBe(60_000);
		expect(back !== undefined && isCut(back, 'customData')).toBe(true);
	});

	it('C13: leave out the last values when there are too many, and say how many', () => {
		const customData = Object.fromEntries(
			many(3000, (index) => [`value${index}`, { text: long(30), index }]),
		);
		const record = recordOf([1, { customData }]);
		const data = stored(record).session.customData ?? {};
		const more = /^(\d+) more values$/.exec(String(data['…']))?.[1];
		expect(data.value0).toEqual({ text: long(30), index: 0 });
		const kept = Object.entries(data).filter(([name]) => name !== '…');
		expect(kept.flatMap(([, inner]) => Object.keys(inner as object)).length + Number(more)).toBe(6000);
		expect(covers(stored(record), record)).toBe(true);
	});

	it('X1: shortened again, add up what is missing', () => {
		const once = stored(recordOf([1, large]), 30_000);
		const twice = stored(once, 8000).session.customData as { essay: string };
		const [, kept = '', missing = ''] = /^(x+)… \[(\d+) characters missing\]$/.exec(twice.essay) ?? [];
		expect(kept.length + Number(missing)).toBe(60_000);
	});

	it('X1: other custom data later are news, earlier ones are not', () => {
		const back = stored(recordOf([5, large]));
		expect(covers(back, recordOf([6, { customData: { orderId: 4711 } }]))).toBe(false);
		expect(covers(back, recordOf([4, { customData: { orderId: 4711 } }]))).toBe(true);
	});

	it('X1: the whole takes the place of what was shortened', () => {
		const record = recordOf([5, large]);
		expect(merge(stored(record), record).session).toEqual(record.session);
	});

	it('X1: shorten in order, and remember what each list held', () => {
		const facts: Partial<Session> = {
			customData: { text: long(5000) },
			consumerMessageIds: many(100, (index) => `message-${index}-${long(30)}`),
			files: many(60, (index) => ({
				kind: 'photo' as const,
				id: String(index),
				url: `https://files.example/${long(300)}`,
			})),
			survey: [{ question: 'Why?', answer: long(1000) }],
			participants: [{ id: '1', type: 'agent', status: 'connected' }],
		};
		const record = recordOf([1, facts]);
		const sizes: Array<[number, string[]]> = [
			[60_000, []],
			[31_000, ['custom data']],
			[20_000, ['list of files', "ids of the customer's messages"]],
			[11_500, ['custom data', 'list of files', "ids of the customer's messages"]],
			[11_000, ['custom data', 'list of files', "ids of the customer's messages", 'survey']],
			[
				9000,
				['custom data', 'list of files', 'list of participants', "ids of the customer's messages", 'survey'],
			],
		];
		for (const [maxBytes, expected] of sizes) {
			const { snapshot, shortened } = toSnapshot(record, maxBytes);
			expect(bytes(snapshot)).toBeLessThanOrEqual(maxBytes);
			expect([maxBytes, [...shortened].sort()]).toEqual([maxBytes, [...expected].sort()]);
			const back = fromSnapshot(snapshot);
			if (back === undefined) throw new Error('unreadable');
			expect(covers(back, record)).toBe(true);
			expect(covers(back, recordOf([1, { files: facts.files?.slice(3, 4) }]))).toBe(true);
			const photoAt = (at: number) =>
				recordOf([at, { files: [{ kind: 'photo', id: '3', url: 'https://x.example' }] }]);
			expect(covers(back, photoAt(2))).toBe(false);
			// An older observation does not come back in place of what was left out.
			expect(covers(back, photoAt(0))).toBe(true);
		}
	});

	it('D4: the number of messages outlives their ids', () => {
		const ids = many(200, (index) => `${index}-${long(200)}`);
		const back = stored(recordOf([1, { channel: 'chat', consumerMessageIds: ids }]));
		expect(back.session.consumerMessageIds).toBeUndefined();
		expect(consumerMessageCount(back.session)).toBe(200);
	});

	it('X1: keep to their size, however large everything is', () => {
		const text = '\u{1F600}"\\'.repeat(5000);
		const everything: Partial<Session> = {
			type: text,
			endReason: text,
			line: text,
			endUser: { phone: text, name: text, email: text, identifier: text },
			agent: { name: text, email: text },
			queue: { name: text },
			menuPath: many(100, () => text),
			rating: { score: 1, comment: text },
			disposition: { note: text, name: text },
			customData: { [text]: text },
			transfers: many(100, (index) => ({
				id: `${index}${text}`,
				to: { agent: { name: text } },
			})),
			participants: many(200, (index) => ({ id: `${index}`, name: text })),
			smartActions: many(200, (index) => ({
				id: `${index}`,
				type: text,
				result: 'failed' as const,
				detail: text,
			})),
			files: many(300, (index) => ({
				kind: 'photo' as const,
				id: `${index}`,
				url: text,
				name: text,
			})),
			survey: many(100, (index) => ({ question: `${index}${text}`, answer: text })),
			consumerMessageIds: many(300, (index) => `${index}${text}`),
			voicemail: { status: 'read', reason: text, agent: { name: text } },
			state: 'completed',
			startedAt: minute(1),
		};
		const record = recordOf([Date.parse(minute(2)), everything]);
		for (const maxBytes of [60_000, 40_000, 30_000, 10_000, 4000]) {
			const { snapshot, shortened } = toSnapshot(record, maxBytes);
			expect(bytes(snapshot)).toBeLessThanOrEqual(maxBytes);
			expect(shortened).toContain('custom data');
			expect(fromSnapshot(snapshot)?.session).toMatchObject({
				id: 'call-1',
				state: 'completed',
				startedAt: minute(1),
			});
		}
		expect(covers(stored(record, 60_000), record)).toBe(true);
	});

	const nameless = { source: 'ccaip', id: 'call-1' };
	const spoiled = [null, [], nameless, { ...nameless, id: {}, channel: 'voice' }].map((one) => ({
		session: one,
	}));
	it.each([undefined, null, 'text', 7, [], {}, ...spoiled])('X1: %j is no snapshot', (value) => {
		expect(fromSnapshot(value)).toBeUndefined();
	});

	it('X1: reads what is left when people or other software have written there', () => {
		const { snapshot } = toSnapshot(recordOf([3, { language: 'en', customData: { a: 1 } }]));
		const spoiled = [
			{ ...snapshot, seen: 'not JSON' },
			{ ...snapshot, seen: '[1]' },
			{ ...snapshot, seen: { '-1': ['language'], '1e99': ['language'], x: 5 } },
			{ ...snapshot, seen: undefined, cut: '{"id":"x","state":"y","files#1":5,"__proto__":"z"}' },
		];
		for (const value of spoiled) {
			expect(fromSnapshot(value)).toEqual({
				session: session({ language: 'en', customData: { a: 1 } }),
				seen: { channel: 0, language: 0, customData: 0 },
			});
		}
	});

	it('X1: reading throws nothing, and what was read can be merged', () => {
		fc.assert(
			fc.property(
				fc.record({
					session: fc.constant(session()),
					customData: fc.anything(),
					seen: fc.anything(),
					cut: fc.oneof(
						fc.anything(),
						fc.dictionary(fc.string(), fc.string()).map((cut) => JSON.stringify(cut)),
					),
				}),
				(value) => {
					const record = fromSnapshot(value);
					expect(record?.session.id).toBe('call-1');
					if (record !== undefined) expect(merge(record, record)).toEqual(record);
				},
			),
			{ numRuns: 200 },
		);
	});
});
