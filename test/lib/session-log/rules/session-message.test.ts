import fc from 'fast-check';

import { checkMessageFields } from '../../../../lib/kustomer/validate/message-fields';
import { messageSummary } from '../../../../lib/session-log/rules/session-message';
import type { Session } from '../../../../lib/domain/session';

const session = (facts: Partial<Session> = {}): Session => ({
	source: 'babelforce',
	id: 'call-4711',
	channel: 'voice',
	direction: 'in',
	endUser: {},
	...facts,
});
const phone = '+493012345678';
const kim = { name: 'Kim Lee' };
const ended: Partial<Session> = { state: 'ended', connectedAt: '2026-11-22T13:06:00.000Z' };
const sum = (facts: Partial<Session>, e164?: string) =>
	messageSummary(session(facts), { phone: e164, timeZone: 'Europe/Berlin' });

describe('message of a session', () => {
	it.each<[string, Partial<Session>]>([
		[
			'Incoming call, answered by Kim Lee, 3 min 5 s, queue Orders / Delivery',
			{ ...ended, agent: kim, duration: 185, queue: { name: 'Orders / Delivery' } },
		],
		['Incoming call, answered, queue Orders / Delivery', { ...ended, menuPath: ['Orders', 'Delivery'] }],
		['Outbound call, made by Kim Lee, 40 s', { ...ended, direction: 'out', agent: kim, duration: 40 }],
		['Chat (web), answered by Kim Lee', { ...ended, channel: 'chat', origin: 'web', agent: kim }],
		[
			'IVR call, abandoned before an agent answered, after 1 min of waiting',
			{ state: 'ended', origin: 'phone', outcome: 'abandoned', waitTime: 60 },
		],
		[
			'Incoming call, answered by a virtual agent (Bot), 40 s',
			{ state: 'ended', outcome: 'answered', virtualAgent: { name: ' Bot ' }, duration: 40 },
		],
		[
			'Incoming call, answered by a virtual agent',
			{ state: 'ended', outcome: 'answered', virtualAgent: { id: '15' } },
		],
		['Incoming call, missed: nobody answered', { state: 'ended', outcome: 'missed', agent: kim }],
		['Incoming call, answered by Kim Lee', { ...ended, outcome: 'missed', agent: kim }],
		[
			'Incoming call, voicemail left, queue Orders',
			{ state: 'ended', outcome: 'voicemail', queue: { name: 'Orders' } },
		],
		[
			'Incoming call, voicemail returned by Kim Lee',
			{ state: 'ended', voicemail: { status: 'returned', agent: kim } },
		],
		['Incoming call, failed', { state: 'ended', outcome: 'failed' }],
		['Incoming call, deflected', { state: 'ended', outcome: 'deflected' }],
		['Incoming call, ended, 5 s', { state: 'ended', duration: 5 }],
		['Incoming call, started', { state: 'started' }],
		['Incoming call, waiting, queue 12', { state: 'queued', queue: { id: '12' } }],
		['Incoming call, assigned to Kim Lee', { state: 'assigned', agent: kim }],
		['Incoming call, connected with Kim Lee', { state: 'connected', agent: kim }],
	])('X3: agents read "%s"', (expected, facts) => {
		expect(sum(facts).preview).toBe(expected);
	});

	it.each<[string, Partial<Session>, string | undefined]>([
		[`Incoming call from ${phone}, 2026-11-22 14:05`, { startedAt: '2026-11-22T13:05:00.000Z' }, phone],
		[`Outbound call to ${phone}`, { direction: 'out' }, phone],
		['Incoming call', { endUser: { phone: 'anonymous' } }, undefined],
		['Voicemail', { voicemail: { status: 'left' } }, undefined],
	])('D7: the subject is "%s"', (expected, facts, e164) => {
		expect(sum(facts, e164).subject).toBe(expected);
	});

	it('C22: says direction, status, channel and time as Kustomer wants them', () => {
		expect(sum({ startedAt: '2026-11-22T13:05:00.000Z' })).toMatchObject({
			direction: 'in',
			status: 'received',
			channel: 'voice',
			sentAt: '2026-11-22T13:05:00.000Z',
		});
		expect(sum({ direction: 'out', channel: 'sms' })).toMatchObject({
			direction: 'out',
			status: 'sent',
			channel: 'sms',
		});
		expect(sum({ direction: 'internal' })).toMatchObject({ direction: 'in', status: 'received' });
		expect(sum({})).not.toHaveProperty('sentAt');
	});

	it('X1: is accepted by Kustomer, whatever the session holds', () => {
		const facts = fc.dictionary(
			fc.constantFrom(
				'channel',
				'agent',
				'queue',
				'duration',
				'state',
				'outcome',
				'voicemail',
				'startedAt',
				'endUser',
			),
			fc.oneof(fc.anything(), fc.constant({ name: 'x'.repeat(5000) }), fc.constant('ended')),
		);
		fc.assert(
			fc.property(facts, (hostile) => {
				const summary = sum(hostile as Partial<Session>);
				expect(checkMessageFields(summary).body).toEqual(summary);
			}),
			{ numRuns: 300 },
		);
	});
});
