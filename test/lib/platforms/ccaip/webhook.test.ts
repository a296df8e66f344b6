import fc from 'fast-check';

import { ccaip } from '../../../../lib/platforms/ccaip/platform';
import { EVENT_KINDS } from '../../../../lib/domain/session';
import { words } from '../../../setup/words';
import { tooLong } from '../../../cpu-time';
import { parse } from './webhooks';

describe('ccaip', () => {
	it('can send every kind of event', () => {
		expect(ccaip.eventKinds).toEqual(EVENT_KINDS);
	});

	it('U1: tells the sources of one batch apart', () => {
		const { events, others, rejected } = parse([
			{ type: 'CallState', item: { call_id: 1, state: 'connected' } },
			{ id: 2, call_type: 'Voice Inbound', status: 'finished' },
			{ event_type: 'message_received', chat_id: 3, body: { sender: { type: 'end_user' } } },
			{ type: 'New_Call', data: { call_id: 4, agent_id: 1 } },
			{ type: 'Agent_Login', data: { agent_id: 1 } },
			{ color: 'red' },
		]);
		expect(events.map(({ kind, session }) => [kind, session.id])).toEqual([
			['incoming', 'call-1'],
			['metadata', 'call-2'],
			['message', 'chat-3'],
			['bridged', 'call-4'],
		]);
		expect(others.map(({ name, raw }) => [name, raw])).toEqual([
			['Agent_Login', { type: 'Agent_Login', data: { agent_id: 1 } }],
		]);
		expect(rejected.map(({ index, field }) => [index, field])).toEqual([[5, 'type']]);
	});

	it('U7: an event in the address of a GET', () => {
		const query = { type: 'New_Call', 'data[call_id]': '4', 'data[agent_email]': 'kim@example.com' };
		expect(parse(undefined, query).events[0]?.session).toMatchObject({
			id: 'call-4',
			agent: { email: 'kim@example.com' },
		});
	});

	it.each([undefined, '', {}, '<xml/>', 7])('%p is refused', (body) => {
		const { events, others, rejected } = parse(body);
		expect([events, others]).toEqual([[], []]);
		expect(rejected).toEqual([{ index: 0, field: 'body', reason: expect.any(String) as string }]);
	});

	it('X2: never throws, and every entry is read, handed on or refused', () => {
		fc.assert(
			fc.property(fc.anything(), fc.dictionary(fc.string(), fc.anything()), (body, query) => {
				const { events, others, rejected } = parse(body, query);
				if (!Array.isArray(body)) return;
				expect(events.length + others.length + rejected.length).toBe(body.length);
			}),
			{ numRuns: 500 },
		);
	});

	it('X2: never throws on its own field names with any value, and makes sessions of the right form', () => {
		const name = fc.constantFrom(
			...['type', 'data', 'item', 'id', 'call_id', 'chat_id', 'state', 'status', 'participants', 'direction'],
			...words('participant_status dispositions transfers agent_info menu_path selected_menu photos'),
			...words('smart_actions recording_url recordings custom_data event_type body sender message'),
			...['initiator', 'queue_path_ids', 'queue_path_names', 'call_type', 'session_type_v2', 'ends_at', 'dn'],
			...['timestamp', 'connected_at', 'survey', 'rating', 'parent_id', 'fail_reason', 'deflection_details'],
		);
		const word = fc.constantFrom(
			...['CallState', 'ChatState', 'New_Call', 'End_Chat', 'Transfer_Call', 'message_received', 'connected'],
			...[
				'disconnected',
				'ringing',
				'dispositionSubmitted',
				'voicemail_read',
				'agent',
				'external',
				'Voice Outbound',
			],
			...['agent_1', 'agent:connected', 'constructor', '__proto__', '1/2', ' / ', 1, 8, 1782296102123, null],
		);
		const { value } = fc.letrec((tie) => ({
			value: fc.oneof(
				{ depthSize: 'small' },
				word,
				fc.anything(),
				fc.array(tie('value'), { maxLength: 4 }),
				fc.dictionary(name, tie('value'), { maxKeys: 8 }),
			),
		}));
		fc.assert(
			fc.property(fc.dictionary(name, value, { maxKeys: 12 }), (body) => {
				const { events, rejected } = parse(body);
				for (const { kind, session } of events) {
					expect(EVENT_KINDS).toContain(kind);
					expect(session.id).toMatch(/^(call|chat)-[^\s]+$/);
					for (const given of Object.values(session)) expect(given).toBeDefined();
				}
				for (const { field, reason } of rejected) expect(field.length * reason.length).toBeGreaterThan(0);
			}),
			{ numRuns: 2000 },
		);
	});

	it.each(words('queue_path_names participant_status initiator state session_type_v2 dn call_id timestamp'))(
		'reads a huge %s in reasonable time',
		(field) => {
			const texts = [' '.repeat(1_000_000), 'a '.repeat(500_000), `${' /'.repeat(500_000)} / :`];
			const read = (text: string) =>
				parse({ type: 'CallState', item: { call_id: 1, state: 'connected', [field]: text } });
			expect(tooLong(() => texts.map(read), 1000)).toBeUndefined();
		},
	);

	it('reads a huge record in reasonable time', () => {
		const participants = Array.from({ length: 2000 }, (_, id) => ({
			type: 'agent',
			user_id: id,
			status: 'missed',
		}));
		const record = {
			id: 1,
			participants,
			call_type: 'Voice Inbound',
			status: 'finished',
			feedback: 'x'.repeat(1_000_000),
		};
		const { events } = parse(record);
		expect(events[0]?.session).toMatchObject({ id: 'call-1', state: 'ended' });
		expect(events[0]?.session.participants).toHaveLength(2000);
		expect(tooLong(() => parse(record), 1000)).toBeUndefined();
	});
});
