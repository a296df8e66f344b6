/**
 * One event of each type that CCAI Platform's agent adapters post, with all fields that it is documented to have.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/custom-crm (Events in agent adapters)
 */

/** What an adapter posts. */
export interface AdapterEvent {
	type: string;
	data: Record<string, unknown>;
}

/** Which adapter posts it; `both` those that either posts. */
export type AdapterOf = 'call' | 'chat' | 'both';

/** Whom the events tell of. */
export interface AdapterFacts {
	/** Ids on the platform. */
	callId: number;
	chatId: number;
	agentEmail: string;
	/** Address of the record that is to be opened. */
	recordUrl: string;
}

/** Every type, in the order of the documentation. */
export function adapterEvents(facts: AdapterFacts): Array<AdapterEvent & { of: AdapterOf }> {
	const { callId, chatId, agentEmail, recordUrl } = facts;
	const agent = { agent_id: 1, agent_custom_id: '007', agent_email: agentEmail };
	const queue = { queue_id: 8469, queue_path: 'Developers / Kim' };
	const campaign = { campaign_id: 1432, campaign_name: 'Survey Movie' };
	const passed = {
		virtual_agent_id: 15,
		va_data_parameters: { tier: 'gold' },
		session_variable: { order: 'A-17' },
		custom_sip_headers: { 'X-Order': 'A-17' },
	};
	const custom = { custom_data_secured: { tier: 'gold' }, custom_data_not_secured: { page: '/a' } };
	const call = { call_id: callId, session_type: 'Voice Inbound' };
	const chat = { chat_id: chatId, session_type: 'Messaging Inbound (Web Chat)' };
	const cobrowse = { cobrowse_session_id: 'Y1zYY6XIYX4oapqpEz3qHw', ...custom };
	const screens = { cobrowse_session_remote_control: 'requested', cobrowse_session_full_device: 'off' };
	const moved = {
		...campaign,
		from_agent_id: 1,
		from_agent_custom_id: '007',
		from_agent_email: agentEmail,
		to_agent_id: 5,
		to_agent_custom_id: '100',
		to_agent_email: 'ariel@example.com',
		from_queue_id: 8469,
		from_queue_path: 'Developers / Kim',
		to_queue_id: 1234,
		to_queue_path: 'Schemes / Auric',
	};
	const of = (which: AdapterOf, type: string, ...parts: object[]) => ({
		of: which,
		type,
		data: Object.assign({}, ...parts) as Record<string, unknown>,
	});
	return [
		of('both', 'Agent_Login', agent),
		of('call', 'New_Call', agent, queue, campaign, call, passed, custom),
		of('call', 'Call_Redaction_Started', { agent_id: 1, call_id: callId }),
		of('call', 'Call_Redaction_Stopped', { agent_id: 1, call_id: callId }),
		of('call', 'Transfer_Call', call, moved, passed, custom),
		of('call', 'Party_Added', call, agent, queue, campaign, { type: 'agent' }),
		of('call', 'Agent_Joined_Call', call, agent, queue, campaign, passed, custom),
		of('call', 'End_Call', agent, queue, campaign, call, passed, custom),
		of('chat', 'New_Chat', chat, agent, queue, custom),
		of('chat', 'Active_Chat', chat, agent, queue, custom),
		of('chat', 'Chat_Inbound_Message', chat, agent, queue, custom, {
			message: 'Can you help me with my order tracking number?',
		}),
		of('chat', 'Chat_Outbound_Message', chat, agent, queue, custom, { message: 'Please give me a moment' }),
		of('chat', 'Transfer_Chat', chat, moved),
		of('chat', 'Agent_Joined_Chat', chat, agent, queue, campaign),
		of('chat', 'End_Chat', chat, agent, { queue_id: null, queue_path: null, agent_custom_id: null }),
		of('chat', 'Dismissed_Chat', chat, agent),
		of('both', 'Cobrowse_Session_Started', { agent_id: 5, chat_id: chatId }, cobrowse, screens, {
			cobrowse_session_requested_by: 'agent',
		}),
		of('both', 'Cobrowse_Session_Remote_Control_Changed', { agent_id: 5, chat_id: chatId }, cobrowse, {
			cobrowse_session_remote_control: 'on',
		}),
		of('both', 'Cobrowse_Session_Full_Device_Changed', { agent_id: 5, chat_id: chatId }, cobrowse, {
			cobrowse_session_full_device: 'rejected',
		}),
		of('both', 'Cobrowse_Session_Ended', { agent_id: 5, chat_id: chatId }, cobrowse, screens, {
			cobrowse_session_requested_by: 'end_user',
			cobrowse_session_ended_by: 'agent',
		}),
		of('both', 'Agent_Assist_Started', {
			conversation_id: '12345',
			queue_id: '65',
			agent_id: '1',
			session_id: '78534G4RT4284',
			queue_language_id: 'en',
			timestamp: '12:45:15',
		}),
		of('both', 'CRM_Record_Pop', { recordUrl }),
		of('both', 'Agent_Logout', agent),
	];
}
