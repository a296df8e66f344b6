import { observe } from '../../../../lib/domain/session-record';
import { eventOf, otherOf, parse } from './webhooks';

const AGENT = { agent_id: 1, agent_custom_id: '007', agent_email: 'kim@example.com' };
const KIM = { id: '1', email: 'kim@example.com' };
const QUEUE = { queue_id: 8469, queue_path: 'Developers / Kim' };
const CAMPAIGN = { campaign_id: 1432, campaign_name: 'Survey Movie' };
const WEB = { chat_id: 73522, session_type: 'messaging inbound (web chat)' };

describe('agent adapter: events of a session', () => {
	it('U7: New_Call', () => {
		const { kind, name, session } = eventOf({
			type: 'New_Call',
			data: { ...AGENT, ...QUEUE, ...CAMPAIGN, call_id: 103646, session_type: 'Voice Campaign (UJET)' },
		});
		expect([kind, name]).toEqual(['bridged', 'New_Call']);
		expect(session).toEqual({
			source: 'ccaip',
			id: 'call-103646',
			type: 'Voice Campaign',
			origin: 'phone',
			channel: 'voice',
			direction: 'out',
			state: 'connected',
			endUser: {},
			agent: KIM,
			queue: { id: '8469', name: 'Developers / Kim' },
			campaign: { id: '1432', name: 'Survey Movie' },
		});
	});

	it.each([
		['End_Call', { call_id: 103646 }, 'ended', 'call-103646', 'ended'],
		['New_Chat', WEB, 'bridged', 'chat-73522', 'connected'],
		['Active_Chat', WEB, 'updated', 'chat-73522', undefined],
		['Chat_Inbound_Message', { ...WEB, message: 'Hi' }, 'message', 'chat-73522', 'connected'],
		['Chat_Outbound_Message', { ...WEB, message: 'Hello' }, 'message', 'chat-73522', 'connected'],
		['End_Chat', WEB, 'ended', 'chat-73522', 'ended'],
		['Dismissed_Chat', WEB, 'updated', 'chat-73522', undefined],
		['Agent_Joined_Call', { call_id: 5 }, 'bridged', 'call-5', 'connected'],
		['Agent_Joined_Chat', WEB, 'bridged', 'chat-73522', 'connected'],
		['Call_Redaction_Started', { call_id: 5 }, 'updated', 'call-5', undefined],
		['Call_Redaction_Stopped', { call_id: 5 }, 'updated', 'call-5', undefined],
		[
			'Cobrowse_Session_Started',
			{ chat_id: 791, cobrowse_session_id: 'Y1z' },
			'updated',
			'chat-791',
			undefined,
		],
		['Cobrowse_Session_Remote_Control_Changed', { chat_id: 791 }, 'updated', 'chat-791', undefined],
		['CRM_Record_Pop', { call_id: 5, recordUrl: 'https://crm.example/1' }, 'updated', 'call-5', undefined],
		['Something_New', { call_id: 5 }, 'updated', 'call-5', undefined],
	])('U7: %s', (type, data, kind, id, state) => {
		const event = eventOf({ type, data: { ...AGENT, ...data } });
		expect([event.kind, event.session.id, event.session.state]).toEqual([kind, id, state]);
		expect(event.session.agent).toEqual(KIM);
	});

	it('U7, C13: variables of the virtual agent and SIP headers reach the session, in their order', () => {
		const { session } = eventOf({
			type: 'New_Call',
			data: {
				...AGENT,
				call_id: 5,
				va_data_parameters: { tier: 'gold', account: '4711' },
				session_variable: { z: 1, a: 2 },
				custom_sip_headers: { 'X-Order': 'A-17' },
				custom_data_not_secured: { plan: 'gold' },
			},
		});
		expect(session.variables).toEqual({
			va_data_parameters: { tier: 'gold', account: '4711' },
			session_variable: { z: 1, a: 2 },
			custom_sip_headers: { 'X-Order': 'A-17' },
		});
		expect(JSON.stringify(observe(session, 0).session.variables)).toBe(JSON.stringify(session.variables));
		expect(session.customData).toEqual({ plan: 'gold' });
	});

	it('U7: a shared screen is a fact of its call or chat, and no call of its own', () => {
		const ended = eventOf({
			type: 'Cobrowse_Session_Ended',
			data: {
				agent_id: 5,
				chat_id: 791,
				session_type: 'Co-browse Session',
				cobrowse_session_id: 'Y1z',
				cobrowse_session_requested_by: 'end_user',
				cobrowse_session_ended_by: 'agent',
				cobrowse_session_remote_control: 'on',
				cobrowse_session_full_device: 'rejected',
			},
		});
		expect([ended.kind, ended.session.state, ended.session.direction, ended.session.type]).toEqual([
			'updated',
			undefined,
			undefined,
			undefined,
		]);
		expect(ended.session.cobrowse).toEqual({
			id: 'Y1z',
			requestedBy: 'end_user',
			endedBy: 'agent',
			remoteControl: 'on',
			fullDevice: 'rejected',
		});
	});

	it('U7: the text of a message reaches the workflow, and is not stored with the session', () => {
		const { session } = eventOf({ type: 'Chat_Inbound_Message', data: { ...AGENT, ...WEB, message: 'Hi' } });
		expect(session.message).toEqual({ text: 'Hi', from: 'endUser' });
		expect(observe(session, 0).session).not.toHaveProperty('message');
		const answer = eventOf({ type: 'Chat_Outbound_Message', data: { ...AGENT, ...WEB, message: 'Hello' } });
		expect(answer.session.message).toEqual({ text: 'Hello', from: 'agent' });
	});

	it('C8: a transfer from a virtual agent is an escalation, and names it', () => {
		const { session } = eventOf({
			type: 'Transfer_Call',
			data: { call_id: 5, virtual_agent_id: 15, to_agent_id: 1, from_queue_id: 7 },
		});
		expect(session.transfers).toEqual([
			{
				from: { virtualAgent: { id: '15' }, queue: { id: '7' } },
				to: { agent: { id: '1' } },
				escalation: true,
			},
		]);
	});

	it('C8: a transfer to a virtual agent is no escalation, and names it', () => {
		const { session } = eventOf({
			type: 'Transfer_Call',
			data: { call_id: 5, from_agent_id: 1, virtual_agent_id: 15, to_queue_id: 7 },
		});
		expect(session.transfers).toEqual([
			{ from: { agent: { id: '1' } }, to: { virtualAgent: { id: '15' }, queue: { id: '7' } } },
		]);
	});

	it('C8: Transfer_Chat: the session goes to the agent and the queue it was sent to', () => {
		const { kind, session } = eventOf({
			type: 'Transfer_Chat',
			data: {
				chat_id: 103646,
				session_type: 'Messaging Inbound (SMS)',
				from_agent_id: 1,
				from_agent_custom_id: '007',
				from_agent_email: 'ira@example.com',
				to_agent_id: 5,
				to_agent_email: 'ariel@example.com',
				from_queue_id: 8469,
				from_queue_path: 'Developers / Ariel',
				to_queue_id: 1234,
				to_queue_path: 'Schemes / Auric',
			},
		});
		expect(kind).toBe('transferred');
		expect(session).toMatchObject({
			channel: 'sms',
			agent: { id: '5', email: 'ariel@example.com' },
			queue: { id: '1234', name: 'Schemes / Auric' },
			transfers: [
				{
					from: {
						agent: { id: '1', email: 'ira@example.com' },
						queue: { id: '8469', name: 'Developers / Ariel' },
					},
					to: {
						agent: { id: '5', email: 'ariel@example.com' },
						queue: { id: '1234', name: 'Schemes / Auric' },
					},
				},
			],
		});
		expect(session).not.toHaveProperty('menuPath');
	});

	it('C8: a transfer to a queue leaves the session without an agent', () => {
		const { session } = eventOf({
			type: 'Transfer_Call',
			data: { call_id: 5, from_agent_id: 1, to_queue_id: 9, to_queue_path: 'Sales' },
		});
		expect(session).not.toHaveProperty('agent');
		expect(session.queue).toEqual({ id: '9', name: 'Sales' });
	});

	it('C16: somebody who is added takes part and does not take over', () => {
		const { kind, session } = eventOf({ type: 'Party_Added', data: { ...WEB, ...AGENT, type: 'agent' } });
		expect(kind).toBe('updated');
		expect(session.participants).toEqual([{ ...KIM, type: 'agent', status: 'added' }]);
		expect(session).not.toHaveProperty('agent');
		const other = eventOf({
			type: 'Party_Added',
			data: { ...WEB, ...AGENT, type: 'end_user', end_user_id: 9 },
		});
		expect(other.session.participants).toEqual([{ id: '9', type: 'endUser', status: 'added' }]);
	});

	it('U7: a redaction event comes without a type', () => {
		const { kind, session } = eventOf({ agent_id: 2896, call_id: 97939 });
		expect([kind, session.id, session.agent]).toEqual(['updated', 'call-97939', { id: '2896' }]);
	});

	it('C13: custom data; what is signed counts', () => {
		const { session } = eventOf({
			type: 'New_Chat',
			data: {
				...WEB,
				custom_data_secured: { tier: 'gold' },
				custom_data_not_secured: { tier: 'x', page: '/a' },
			},
		});
		expect(session.customData).toEqual({ tier: 'gold', page: '/a' });
	});

	it('S2: a custom id in the form of a Kustomer id is the Kustomer user, any other is not', () => {
		const kustomerId = '5f00000000000000000000a1';
		const data = { ...AGENT, call_id: 5 };
		expect(eventOf({ type: 'New_Call', data }).session.agent).not.toHaveProperty('sourceId');
		expect(
			eventOf({ type: 'New_Call', data: { ...data, agent_custom_id: kustomerId } }).session.agent?.sourceId,
		).toBe(kustomerId);
	});

	it('U7: the data may be JSON text', () => {
		expect(
			eventOf({ type: 'New_Call', data: JSON.stringify({ ...AGENT, call_id: 5 }) }).session,
		).toMatchObject({
			id: 'call-5',
			agent: KIM,
		});
	});
});

describe('agent adapter: events of no session', () => {
	it.each([
		['Agent_Login', AGENT, KIM],
		['Agent_Logout', AGENT, KIM],
		[
			'Agent_Assist_Started',
			{
				conversation_id: '12345',
				queue_id: '65',
				agent_id: '1',
				session_id: '78534G',
				timestamp: '12:45:15',
			},
			{ id: '1' },
		],
		['Cobrowse_Session_Ended', { agent_id: 5, cobrowse_session_id: '9-K' }, { id: '5' }],
		['CRM_Record_Pop', { recordUrl: 'https://crm.example/1' }, undefined],
		['Something_New', { color: 'red' }, undefined],
	])('U7: %s is handed on', (type, data, agent) => {
		expect(otherOf({ type, data })).toEqual({ kind: 'other', name: type, ...(agent ? { agent } : {}) });
	});

	it('X2: an event of a call without its id is refused', () => {
		const { rejected } = parse({ type: 'End_Call', data: AGENT });
		expect(rejected).toEqual([
			{ index: 0, field: 'call_id', reason: expect.stringContaining('missing') as string },
		]);
	});
});
