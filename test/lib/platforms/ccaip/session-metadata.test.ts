import { readMetadata } from '../../../../lib/platforms/ccaip/session-metadata';
import type { Session } from '../../../../lib/domain/session';
import { CUSTOMER, eventOf } from './webhooks';

const CALL = {
	id: 12345,
	lang: 'en',
	call_type: 'Voice Inbound (App)',
	session_type: 'Voice Inbound (App)',
	session_type_v2: 'Voice Inbound (Mobile)',
	status: 'finished',
	created_at: '2026-06-24T10:15:00Z',
	queued_at: '2026-06-24T10:15:10Z',
	assigned_at: '2026-06-24T10:15:20Z',
	connected_at: '2026-06-24T10:15:25Z',
	ends_at: '2026-06-24T10:20:00Z',
	updated_at: '2026-06-24T10:35:00Z',
	wait_duration: 15,
	call_duration: 275,
	hold_duration: 30,
	rating: 5,
	has_feedback: true,
	feedback: 'Quick and kind',
	agent_info: { id: 7, name: 'Ana Lopez', email: 'ana@example.com', agent_number: '201' },
	selected_menu: { id: 26, name: 'Delivery', parent_id: 7 },
	menu_path: { items_count: 2, name: 'Orders / Delivery', materialized_path: '7/26' },
	end_user: { id: 99, identifier: 'u-17', out_contact_id: 'c-1' },
	out_ticket_id: 't-1',
	recording_url: 'https://files.example/call-12345.mp3',
	participants: [
		{ id: 1, type: 'end_user', status: 'finished', end_user_id: 99, phone_number: CUSTOMER },
		{ id: 2, type: 'agent', status: 'finished', user_id: 7, connected_at: '2026-06-24T10:15:25Z' },
		{ id: 3, type: 'agent', status: 'missed', user_id: 8, connected_at: null },
	],
	support_number: '+13125550199',
	outbound_number: null,
	fail_reason: 'nothing',
	disconnected_by: 'disconnected_by_end_user',
	deflection: 'no_deflection',
	custom_data_secured: { plan: { label: 'Plan', value: 'gold' } },
	custom_data_not_secured: { plan: 'platinum', page: '/cart' },
};

function session(record: object, kind?: 'call' | 'chat'): Session {
	const read = readMetadata(record, 'ccaip', kind);
	expect(read).not.toHaveProperty('reason');
	return read as Session;
}

const call = (changes: object) => session({ ...CALL, ...changes });
/** Of a call in which nobody was connected. */
const unconnected = (changes: object) => call({ connected_at: null, participants: [], ...changes });

describe('session metadata of a call', () => {
	it('U1: everything that it says', () => {
		const { kind, occurredAt, session: read } = eventOf(CALL);
		expect([kind, occurredAt]).toEqual(['metadata', '2026-06-24T10:35:00.000Z']);
		expect(read).toEqual({
			source: 'ccaip',
			id: 'call-12345',
			type: 'Voice Inbound (Mobile)',
			origin: 'app',
			channel: 'voice',
			direction: 'in',
			state: 'ended',
			outcome: 'answered',
			language: 'en',
			endUser: { id: '99', identifier: 'u-17', phone: CUSTOMER, customerId: 'c-1' },
			line: '+13125550199',
			agent: { id: '7', name: 'Ana Lopez', email: 'ana@example.com', number: '201' },
			queue: { id: '26', name: 'Orders / Delivery' },
			menuPath: ['Orders', 'Delivery'],
			startedAt: '2026-06-24T10:15:00.000Z',
			queuedAt: '2026-06-24T10:15:10.000Z',
			assignedAt: '2026-06-24T10:15:20.000Z',
			connectedAt: '2026-06-24T10:15:25.000Z',
			endedAt: '2026-06-24T10:20:00.000Z',
			duration: 275,
			waitTime: 15,
			holdTime: 30,
			endReason: 'disconnected_by_end_user',
			rating: { score: 5, comment: 'Quick and kind' },
			customData: { plan: { label: 'Plan', value: 'gold' }, page: '/cart' },
			participants: [
				{ id: '99', type: 'endUser', status: 'finished' },
				{
					id: '7',
					name: 'Ana Lopez',
					email: 'ana@example.com',
					number: '201',
					type: 'agent',
					status: 'finished',
					connectedAt: '2026-06-24T10:15:25.000Z',
				},
				{ id: '8', type: 'agent', status: 'missed' },
			],
			files: [{ kind: 'recording', url: 'https://files.example/call-12345.mp3' }],
		});
	});

	it.each([
		['queued', 'queued'],
		[1, 'queued'],
		['2', 'assigned'],
		[5, 'connected'],
		[8, 'ended'],
		[9, 'ended'],
		[12, 'started'],
		['voicemail_received', 'ended'],
	])('U1: the status %p is the state %s', (status, state) => {
		expect(session({ id: 1, call_type: 'Voice Inbound', status }).state).toBe(state);
	});

	it('U1: with a disposition it is complete', () => {
		const read = call({
			dispositions: [
				{ code: '1', name: 'First' },
				{ code: '2', name: 'Sold', notes: 'ok' },
			],
		});
		expect(read).toMatchObject({ state: 'completed', disposition: { code: '2', name: 'Sold', note: 'ok' } });
	});

	it.each([
		['Orders / Delivery', ['Orders', 'Delivery']],
		['Orders/Delivery/Late', ['Orders', 'Delivery', 'Late']],
		['Orders / Trade-in/Repair', ['Orders', 'Trade-in/Repair']],
		[' / ', ['Delivery']],
	])('C21: the menu path "%s"', (name, steps) => {
		expect(call({ menu_path: { name } }).menuPath).toEqual(steps);
	});

	it('C9: an outbound call with a parent calls that one back; an inbound one does not', () => {
		const outbound = { ...CALL, session_type_v2: 'Voice Outbound', parent_id: 12300 };
		expect(session(outbound).callbackOf).toBe('call-12300');
		expect(call({ parent_id: 12300 })).not.toHaveProperty('callbackOf');
	});

	it('C8: a transfer: the queue is the one it went to, the menu selection stays', () => {
		const read = call({
			agent_info: { id: 8, name: 'Bo', email: 'bo@example.com' },
			transfers: [
				{
					id: 3,
					status: 'transferred',
					created_at: '2026-06-24T10:17:00Z',
					from_agent: { id: 7, first_name: 'Ana', last_name: 'Lopez' },
					to_agent: { id: 8, name: 'Bo' },
					from_menu_path: { name: 'Orders / Delivery' },
					to_menu: { id: 40, name: 'Complaints' },
				},
				{ id: 4, status: 'failed', to_menu: { id: 50, name: 'Nobody' } },
			],
		});
		expect(read.agent).toEqual({ id: '8', name: 'Bo', email: 'bo@example.com' });
		expect(read.queue).toEqual({ id: '40', name: 'Complaints' });
		expect(read.menuPath).toEqual(['Orders', 'Delivery']);
		expect(read.transfers?.[0]).toEqual({
			id: '3',
			at: '2026-06-24T10:17:00.000Z',
			from: { agent: { id: '7', name: 'Ana Lopez' }, queue: { name: 'Orders / Delivery' } },
			to: { agent: { id: '8', name: 'Bo' }, queue: { id: '40', name: 'Complaints' } },
			status: 'transferred',
		});
	});

	it('C16: a virtual agent is no agent', () => {
		const read = call({ agent_info: { id: 15, name: 'Robo', va_alias: 'robo' }, participants: [] });
		expect(read).toMatchObject({ virtualAgent: { id: '15', name: 'Robo' }, outcome: 'answered' });
		expect(read).not.toHaveProperty('agent');
	});

	it('C16: when a virtual agent and a person handled the call, the participants name the person', () => {
		const read = call({
			agent_info: undefined,
			virtual_agent_handle_durations: [{ virtual_agent: { id: 15, name: 'Robo' } }],
		});
		expect(read).toMatchObject({
			agent: { id: '7' },
			virtualAgent: { id: '15', name: 'Robo' },
			outcome: 'answered',
		});
	});

	it.each([
		['eu_abandoned', 'failed', 'abandoned'],
		[20003, 9, 'abandoned'],
		['eu_in_menu_abandoned', 'failed', 'abandoned'],
		['ag_ignored', 'failed', 'missed'],
		['eu_no_answer', 'failed', 'missed'],
		['voip_conn_timeout', 'failed', 'failed'],
		['nothing', 'deflected', 'deflected'],
	])('X3: fail reason %p, status %p: %s', (fail_reason, status, outcome) => {
		const read = unconnected({ status, fail_reason, agent_info: null });
		expect(read.outcome).toBe(outcome);
		expect(read).not.toHaveProperty('agent');
	});

	it('C3: an outbound call that the customer did not take has its agent, and was not answered', () => {
		const read = call({ session_type_v2: 'Voice Outbound', status: 'failed', fail_reason: 'eu_no_answer' });
		expect(read).toMatchObject({ outcome: 'missed', agent: { id: '7' }, state: 'ended' });
		expect(read).not.toHaveProperty('connectedAt');
	});

	it('U1, C13: time of a scheduled call, device, variables and a shared screen reach the session', () => {
		const read = call({
			scheduled_at: '2026-03-02T09:30:00Z',
			device_type: 'iPhone 17',
			session_variable: { z: 1, a: 2 },
			custom_sip_headers: '{"X-Order":"A-17"}',
			cobrowse_session_id: 'Y1z',
			cobrowse_session_requested_by: 'agent',
		});
		expect(read).toMatchObject({
			scheduledAt: '2026-03-02T09:30:00.000Z',
			deviceType: 'iPhone 17',
			variables: { session_variable: { z: 1, a: 2 }, custom_sip_headers: { 'X-Order': 'A-17' } },
			cobrowse: { id: 'Y1z', requestedBy: 'agent' },
		});
	});

	it('C8: what a virtual agent hands over to people is an escalation, everything else a transfer', () => {
		const escalated = {
			from_virtual_agent: { id: 15, name: 'Bot' },
			to_agent: { id: 7, name: 'Ana' },
		};
		const read = (lists: object) => call({ transfers: [], ...lists }).transfers;
		const expected = {
			from: { virtualAgent: { id: '15', name: 'Bot' } },
			to: { agent: { id: '7', name: 'Ana' } },
			escalation: true,
		};
		expect(read({ escalations: [{ id: 1, ...escalated }] })).toEqual([{ id: 'escalation-1', ...expected }]);
		// Files from before 2026-03 list it as a transfer.
		expect(read({ transfers: [{ id: 4, ...escalated }] })).toEqual([{ id: '4', ...expected }]);
		expect(read({ transfers: [{ id: 4, ...escalated }], escalations: [{ id: 1, ...escalated }] })).toEqual([
			{ id: '4', ...expected },
		]);
		const back = { id: 5, from_agent: { id: 7 }, to_virtual_agent: { id: 15 } };
		expect(read({ transfers: [back] })).toEqual([
			{ id: '5', from: { agent: { id: '7' } }, to: { virtualAgent: { id: '15' } } },
		]);
	});

	it('X3: an agent who was only rung is not the agent, and the call was not answered', () => {
		const read = call({
			status: 'failed',
			fail_reason: 'ag_ignored',
			connected_at: null,
			participants: [{ type: 'agent', user_id: 7, status: 'missed' }],
		});
		expect(read).toMatchObject({ outcome: 'missed', participants: [{ id: '7', status: 'missed' }] });
		expect(read).not.toHaveProperty('agent');
	});

	it.each([
		['voicemail', 'left'],
		['voicemail_received', 'left'],
		['voicemail_read', 'read'],
		['voicemail_dismissed', 'dismissed'],
		['voicemail_returned', 'returned'],
	])('C5, C15: %s', (status, voicemail) => {
		const read = unconnected({ status, voicemail_reason: 'after_hours' });
		expect(read).toMatchObject({
			outcome: 'voicemail',
			voicemail: { status: voicemail, reason: 'after_hours' },
			files: [{ kind: 'voicemail' }],
		});
		expect(read).not.toHaveProperty('agent');
	});

	it('C11: photos and videos are files and results', () => {
		const read = call({
			photos: [{ id: 4, photo_type: 'photo', url: 'https://files.example/4.jpg' }],
			videos: [{ id: 5, url: 'https://files.example/5.mp4' }],
			verified: true,
		});
		expect(read.files?.map(({ kind, id }) => [kind, id])).toEqual([
			['recording', undefined],
			['photo', '4'],
			['video', '5'],
		]);
		expect(read.smartActions).toEqual([
			{ id: 'photo-4', type: 'photo', result: 'succeeded' },
			{ id: 'video-5', type: 'video', result: 'succeeded' },
			{ id: 'verification', type: 'verification', result: 'succeeded' },
		]);
	});

	it('C12: a smart action that failed keeps its error', () => {
		const read = call({
			smart_actions: [
				{ id: 1, type: 'verification', status: 'failed', error_message: 'Fingerprint not enabled' },
			],
		});
		expect(read.smartActions).toEqual([
			{ id: 'verification-1', type: 'verification', result: 'failed', detail: 'Fingerprint not enabled' },
		]);
	});

	it('C22: a customer who went over to email', () => {
		expect(call({ deflection: 'email' }).emailInWeb).toBe(true);
		expect(session(CALL)).not.toHaveProperty('emailInWeb');
	});

	it('U1: an object of the API, inside "call"', () => {
		expect(eventOf({ call: CALL })).toMatchObject({ kind: 'metadata', session: { id: 'call-12345' } });
	});
});

describe('session metadata of a chat', () => {
	const CHAT = {
		id: 987,
		chat_type: 'Messaging Inbound (App Chat)',
		session_type_v2: 'Messaging Inbound (Mobile Chat)',
		status: 'finished',
		created_at: '2026-06-24T10:15:00Z',
		assigned_at: '2026-06-24T10:15:20Z',
		ends_at: '2026-06-24T10:20:00Z',
		chat_duration: 280,
		message_count: 14,
		agent_info: { id: 7, name: 'Ana Lopez', email: 'ana@example.com' },
		fail_reason: 'nothing',
	};

	it('U1: has an id of its own, and an agent without a time of connection', () => {
		const read = session(CHAT);
		expect(read).toMatchObject({
			id: 'chat-987',
			channel: 'chat',
			origin: 'app',
			outcome: 'answered',
			agent: { id: '7' },
			duration: 280,
		});
		expect(read).not.toHaveProperty('consumerMessages');
	});

	it('D6: abandoned: all messages are the customer’s', () => {
		const read = session({ ...CHAT, status: 'abandoned', agent_info: undefined, message_count: 2 });
		expect(read).toMatchObject({ outcome: 'abandoned', consumerMessages: 2 });
	});

	it('U5: the name of the file tells what it is, where the fields do not', () => {
		expect(session({ id: 5, status: 'finished' }, 'chat').id).toBe('chat-5');
		expect(session({ id: 5, status: 'finished' }, 'call').id).toBe('call-5');
		expect(session({ id: 'chat-5' }).id).toBe('chat-5');
	});

	it.each([[{}], [{ id: ' ' }], [{ id: 'a b' }], [null], ['text'], [[]]])(
		'U1: %j cannot be read',
		(record) => {
			expect(readMetadata(record, 'ccaip')).toEqual({ field: 'id', reason: expect.any(String) as string });
		},
	);
});
