import fc from 'fast-check';

import {
	COMMENT_KINDS,
	commentsOf,
	type Comment,
	type CommentKind,
} from '../../../../lib/session-log/rules/session-comments';
import type { Session } from '../../../../lib/domain/session';
import { fromSnapshot, merge, observe, toSnapshot } from '../../../../lib/domain/session-record';
import { words } from '../../../setup/words';

const session = (facts: Partial<Session> = {}): Session => ({
	source: 'ccaip',
	id: 'call-4711',
	channel: 'voice',
	direction: 'in',
	origin: 'phone',
	endUser: {},
	...facts,
});
const phone = '+493012345678';
const timeZone = 'Europe/Berlin';
const all = (facts: Partial<Session>, e164?: string) => commentsOf(session(facts), { phone: e164, timeZone });
const of = (kind: CommentKind, facts: Partial<Session>, e164?: string): Comment[] =>
	all(facts, e164).filter((comment) => comment.kind === kind);
const texts = (comments: Comment[]) => comments.map(({ text }) => text);

describe('session comments', () => {
	it('X1: say nothing when nothing is known', () => {
		expect(all({})).toEqual([]);
		expect(commentsOf(undefined as unknown as Session, { timeZone })).toEqual([]);
	});

	const WITHHELD = ['phone:withheld', 'Phone number: withheld'];
	it.each<[string, Partial<Session>, string | undefined, string[]]>([
		[
			'the number with its country code',
			{ endUser: { phone: '030 12345678' } },
			phone,
			['phone', `Phone number: ${phone}`],
		],
		[
			'the number as it was written',
			{ endUser: { phone: '110' } },
			undefined,
			['phone', 'Phone number: 110'],
		],
		['a withheld number', { endUser: { withheld: true } }, undefined, WITHHELD],
		['an anonymous number', { endUser: { phone: 'anonymous' } }, undefined, WITHHELD],
		['no number in a chat', { channel: 'chat', endUser: { withheld: true } }, undefined, []],
		['an unknown number', {}, undefined, []],
	])('C20: %s', (_case, facts, e164, expected) => {
		expect(of('phone', facts, e164).flatMap(({ key, text }) => [key, text])).toEqual(expected);
	});

	it('C21: the start, with id, menu selection and language', () => {
		const facts: Partial<Session> = {
			startedAt: '2026-11-22T13:05:00.000Z',
			menuPath: ['Orders', 'Delivery'],
			language: 'en',
		};
		expect(texts(of('start', facts))).toEqual([
			'IVR call started on 2026-11-22 14:05 (Europe/Berlin).\nSession ID: call-4711\nMenu selection: Orders / Delivery\nLanguage: en',
		]);
		const [inUtc] = commentsOf(session(facts), { timeZone: 'Mars/Base' }).filter(
			({ kind }) => kind === 'start',
		);
		expect(inUtc?.text).toContain('2026-11-22 13:05 (UTC)');
	});

	it('C8: every transfer once, from whom to whom', () => {
		const transfers = [
			{
				id: 't1',
				at: '2026-11-22T13:10:00.000Z',
				from: { agent: { name: 'Kim Lee' }, queue: { name: 'Orders' } },
				to: { agent: { email: 'ana@example.com' } },
				status: 'finished',
			},
			{ to: { queue: { name: 'Billing' } } },
		];
		const comments = of('transfer', { transfers });
		expect(texts(comments)).toEqual([
			'Transferred on 2026-11-22 14:10 (Europe/Berlin) from Kim Lee (Orders) to ana@example.com.\nStatus: finished',
			'Transferred to Billing.',
		]);
		expect(comments[0]?.key).toMatch(/^transfer:.+:1$/);
		expect(
			of('transfer', { transfers: [...transfers].reverse() })
				.map(({ key }) => key)
				.sort(),
		).toEqual(comments.map(({ key }) => key).sort());
	});

	it('C8: what a virtual agent hands over to people is called an escalation', () => {
		const from = { virtualAgent: { id: '15', name: 'Bot' } };
		const to = { agent: { name: 'Ana Silva' } };
		expect(texts(of('transfer', { transfers: [{ from, to, escalation: true }] }))).toEqual([
			'Escalated from virtual agent Bot to Ana Silva.',
		]);
		expect(texts(of('transfer', { transfers: [{ from: to, to: { virtualAgent: { id: '15' } } }] }))).toEqual([
			'Transferred from Ana Silva to virtual agent 15.',
		]);
	});

	it('C8: the same transfers, told with ids and without, are as many as the source that tells more', () => {
		const to = { agent: { name: 'Ana' } };
		const withId = (id: string) => ({ id, to, at: '2026-11-22T13:10:00.000Z', status: 'finished' });
		const told = (...transfers: NonNullable<Session['transfers']>) => texts(of('transfer', { transfers }));
		const known = 'Transferred on 2026-11-22 14:10 (Europe/Berlin) to Ana.\nStatus: finished';
		expect(told({ to }, withId('1'))).toEqual([known]);
		expect(told({ to }, withId('1'), withId('2'))).toEqual([known, known]);
		expect(told({ to }, { to }, withId('1'))).toEqual(['Transferred to Ana.', 'Transferred to Ana.']);
		expect(told({ from: { queue: { name: 'Orders' } } })).toEqual(['Transferred from Orders.']);
	});

	it('C7: the end, with what is known of it', () => {
		const facts: Partial<Session> = {
			state: 'ended',
			connectedAt: '2026-11-22T13:06:00.000Z',
			endedAt: '2026-11-22T14:08:05.000Z',
			agent: { name: 'Kim Lee' },
			duration: 3725,
			waitTime: 60,
			holdTime: 0,
			endReason: 'end user',
		};
		expect(texts(of('end', facts))).toEqual([
			'IVR call ended on 2026-11-22 15:08 (Europe/Berlin).\nOutcome: answered\nAgent: Kim Lee\nDuration: 1 h 2 min 5 s\nWait time: 1 min\nHold time: 0 s\nEnded by: the customer',
		]);
		expect(texts(of('end', { state: 'ended' }))).toEqual(['IVR call ended.']);
		expect(of('end', { state: 'connected', duration: 5 })).toEqual([]);
	});

	it('X3: the end of a call that rang in vain at one agent is not called missed', () => {
		const [answered] = of('end', {
			state: 'ended',
			outcome: 'missed',
			connectedAt: '2026-11-22T13:06:00.000Z',
		});
		expect(answered?.text).toContain('Outcome: answered');
		const [missed] = of('end', { state: 'ended', outcome: 'missed', agent: { name: 'Kim Lee' } });
		expect(missed?.text).toBe('IVR call ended.\nOutcome: missed: nobody answered');
	});

	it.each<[Session['voicemail'], string]>([
		[{ status: 'left', reason: 'no agents' }, ''],
		[
			{ status: 'read', agent: { name: 'Kim Lee' }, at: '2026-11-22T13:10:00.000Z' },
			'The voicemail was read by Kim Lee on 2026-11-22 14:10 (Europe/Berlin).',
		],
		[{ status: 'dismissed', agent: { name: 'Kim Lee' } }, 'The voicemail was dismissed by Kim Lee.'],
		[{ status: 'returned' }, 'The voicemail was returned.'],
	])('C15: the voicemail %j', (voicemail, expected) => {
		const comments = of('voicemail', { voicemail });
		const reason = voicemail?.reason === undefined ? '' : '\nReason: no agents';
		const next = expected === '' ? [] : [`voicemail:${voicemail?.status}`];
		expect(comments.map(({ key }) => key)).toEqual(['voicemail:left', ...next]);
		expect(texts(comments)).toEqual(
			[`The caller left a voicemail.${reason}`, expected].slice(0, next.length + 1),
		);
	});

	it('C5: a voicemail of which only the outcome is known', () => {
		expect(texts(of('voicemail', { outcome: 'voicemail' }))).toEqual(['The caller left a voicemail.']);
	});

	it.each<[Session['rating'], string]>([
		[{ score: 4, comment: 'quick' }, 'Rating: 4 of 5\nComment: quick'],
		[{ score: 1 }, 'Rating: 1 of 5'],
		[{ score: 0 }, 'Rating: 0 (outside 1 to 5)'],
		[{ score: 10 }, 'Rating: 10 (outside 1 to 5)'],
		[{ score: Number.NaN }, 'Rating: not a number (outside 1 to 5)'],
		[{ score: Number.POSITIVE_INFINITY }, 'Rating: not a number (outside 1 to 5)'],
		[{ comment: 'quick' }, 'Rating: no score\nComment: quick'],
	])('C14: the rating %j', (rating, expected) => {
		expect(of('rating', { rating })).toEqual([
			{ kind: 'rating', key: 'rating', text: expected, shortened: false },
		]);
	});

	it.each<[Session['disposition'], string]>([
		[
			{ code: 'D1', name: 'Sent again', note: 'by express' },
			'Disposition: Sent again (D1)\nNotes: by express',
		],
		[{ code: 'D1' }, 'Disposition: D1'],
		[{ note: 'by express' }, 'Notes: by express'],
	])('G10: the disposition %j', (disposition, expected) => {
		expect(texts(of('disposition', { disposition }))).toEqual([expected]);
	});

	it('G10: questions and answers of the survey', () => {
		const survey = [
			{ question: 'Happy?', answer: 'yes' },
			{ question: 'Why?', answer: '' },
		];
		expect(texts(of('survey', { survey }))).toEqual(['Survey\n\nHappy?\nyes\n\nWhy?\n(no answer)']);
	});

	it('C11, C12: every SmartAction once, with its result or with the error', () => {
		const comments = of('smartAction', {
			smartActions: [
				{ id: '1', type: 'text_input', result: 'succeeded', detail: 'order 4711' },
				{ id: '2', type: 'photo', result: 'succeeded' },
				{ type: 'verification', result: 'failed', detail: 'fingerprint is not enabled' },
			],
		});
		expect(texts(comments)).toEqual([
			'SmartAction "text input" succeeded: order 4711',
			'SmartAction "photo" succeeded.',
			'SmartAction "verification" failed: fingerprint is not enabled',
		]);
		expect(new Set(comments.map(({ key }) => key)).size).toBe(3);
	});

	it('C13: custom data as a list of names and values', () => {
		const customData = {
			vip: true,
			order: { id: 7, items: ['shoe', 'sock'] },
			note: ' ',
			coupon: null,
			tags: [],
		};
		expect(texts(of('customData', { customData }))).toEqual([
			'Custom data\nvip: yes\norder.id: 7\norder.items.1: shoe\norder.items.2: sock\nnote: (empty)\ncoupon: (none)\ntags: (none)',
		]);
	});

	it('C13: custom data that are too long end with how much is missing', () => {
		const customData = Object.fromEntries(
			Array.from({ length: 500 }, (_, index) => [`name${index}`, 'x'.repeat(40)]),
		);
		const [comment] = of('customData', { customData });
		const lines = comment?.text.split('\n') ?? [];
		expect(comment?.shortened).toBe(true);
		expect(comment?.text.length).toBeLessThanOrEqual(10_240);
		expect(comment?.text.length).toBeGreaterThan(10_000);
		// Besides the values there is a title.
		expect(lines.at(-1)).toBe(`… ${500 - (lines.length - 2)} more values are missing.`);
	});

	it('C13: one long value is shown whole as long as there is room', () => {
		const [whole] = of('customData', { customData: { essay: 'x'.repeat(10_000) } });
		expect(whole?.shortened).toBe(false);
		const [cut] = of('customData', { customData: { essay: 'x'.repeat(20_000), id: 7 } });
		expect(cut).toMatchObject({
			shortened: true,
			text: `Custom data\nessay: ${'x'.repeat(1000)}… [19000 characters missing]\nid: 7`,
		});
	});

	it('X1: the comment on custom data stays the same when Kustomer had no room for all of them', () => {
		const value = fc.oneof(
			fc.integer(),
			fc.nat(40_000).map((length) => 'y'.repeat(length)),
		);
		const data = fc.dictionary(
			fc.stringMatching(/^[a-z]{1,12}$/),
			fc.oneof(value, fc.array(value, { maxLength: 5 })),
			{
				maxKeys: 60,
			},
		);
		fc.assert(
			fc.property(data, (customData) => {
				const record = observe(session({ customData }), 1);
				const once = fromSnapshot(toSnapshot(record).snapshot) ?? record;
				const twice = fromSnapshot(toSnapshot(once, 25_000).snapshot) ?? record;
				const whole = of('customData', record.session);
				expect(of('customData', once.session)).toEqual(whole);
				expect(of('customData', twice.session)).toEqual(whole);
			}),
			{ numRuns: 100 },
		);
	});

	it('X1: are the same whatever the order of events', () => {
		const transfer = { at: '2026-11-22T13:07:00.000Z', to: { agent: { name: 'Ana Silva' } } };
		const events: Array<Partial<Session>> = [
			{ state: 'started', startedAt: '2026-11-22T13:05:00.000Z', endUser: { phone } },
			{ transfers: [{ ...transfer, status: 'started' }] },
			{ transfers: [{ ...transfer, status: 'finished' }] },
			{ state: 'ended', endedAt: '2026-11-22T13:09:00.000Z', duration: 240 },
			{ smartActions: [{ type: 'photo', result: 'succeeded' }] },
			{ rating: { score: 5 } },
			{ survey: [{ question: 'Happy?', answer: 'yes' }] },
			{ survey: [{ question: 'Why?', answer: '' }] },
		];
		const records = events.map((facts, index) => observe(session(facts), index));
		const expected = commentsOf(records.reduce(merge).session, { timeZone });
		expect(expected.map(({ kind }) => kind)).toEqual(
			words('phone start transfer end rating survey smartAction'),
		);
		fc.assert(
			fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (order) => {
				expect(commentsOf(order.reduce(merge).session, { timeZone })).toEqual(expected);
			}),
		);
	});

	it('X1: fit into a note and have keys of their own, whatever the session holds', () => {
		const facts = fc.dictionary(
			fc.constantFrom(
				...words('endUser transfers smartActions customData rating survey voicemail disposition state'),
			),
			fc.oneof(
				fc.anything(),
				fc.constant('ended'),
				fc.constant([{ id: 'x'.repeat(500), type: 'photo', result: 'failed' }]),
			),
		);
		fc.assert(
			fc.property(facts, (hostile) => {
				const comments = all(hostile as Partial<Session>);
				expect(new Set(comments.map(({ key }) => key)).size).toBe(comments.length);
				for (const { kind, key, text } of comments) {
					expect(COMMENT_KINDS).toContain(kind);
					expect(key.length).toBeLessThanOrEqual(120);
					expect(text.trim()).not.toBe('');
					expect(text.length).toBeLessThanOrEqual(10_240);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('G10: a survey that is too long says how much is missing', () => {
		const survey = Array.from({ length: 20 }, (_, index) => ({
			question: `Question ${index}`,
			answer: 'x'.repeat(2000),
		}));
		const [comment] = of('survey', { survey });
		expect(comment?.shortened).toBe(true);
		expect(comment?.text.length).toBeLessThanOrEqual(10_240);
		expect(comment?.text).toMatch(/\n… \d{5} more characters are missing\.$/);
		const [, kept = '', missing = ''] = /^(.*)…\n… (\d+) more/s.exec(comment?.text ?? '') ?? [];
		const whole = ['Survey', ...survey.map(({ question, answer }) => `${question}\n${answer}`)].join('\n\n');
		expect(kept.length + Number(missing)).toBe(whole.length);
	});
});
