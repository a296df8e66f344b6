/**
 * The metadata record that CCAI Platform writes about fifteen minutes after a session, and again when something changed:
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/call-session-metadata and .../chat-session-metadata.
 *
 * Documented: `id` (whole number), `call_type` or `chat_type` and the same as `session_type` in an older vocabulary,
 * `session_type_v2`, `status`, `lang`, the times, `agent_info` (with `email` for people; absent when nobody handled the
 * session), durations in seconds, rating, menu, transfers, participants, photos, videos, verification, dispositions.
 * Names of fields that no page spells out are those of the REST objects for calls and chats.
 *
 * Assumed: the record has the customer's number as `customer_phone_number`, which is what the platform calls it for
 * Conversational Insights; the rating's comment is `feedback`; what an agent asked the app for is in `smart_actions`,
 * photos apart, which have a list of their own; data of the app or website is in `custom_data`; `parent_id` is the call
 * that this one returns; who read a voicemail is `agent_info`; dispositions are a list of what the event tells.
 */
import {
	platformTime,
	queueIds,
	type CcaipAgent,
	type CcaipDisposition,
	type CcaipSession,
} from './ccaip-events';

export interface CcaipTransfer {
	id: number;
	at: number;
	fromAgent: CcaipAgent;
	toAgent: CcaipAgent;
	fromQueue: readonly string[];
	toQueue: readonly string[];
}

export interface CcaipSmartAction {
	id: number;
	type: 'verification' | 'text_input';
	status: 'succeeded' | 'failed';
	/** For a text: what was entered. */
	text?: string;
	/** For a failure: what the end user's device reported. */
	errorMessage?: string;
	at: number;
}

/** Everything that the record tells; times are milliseconds since the epoch, durations seconds. */
export interface CcaipRecord {
	session: CcaipSession;
	status: string;
	/** In the older vocabulary. Default: the current one. */
	legacyType?: string;
	queuePath: readonly string[];
	createdAt: number;
	queuedAt?: number;
	assignedAt?: number;
	connectedAt?: number;
	endsAt?: number;
	updatedAt: number;
	waitDuration: number;
	talkDuration: number;
	holdDuration?: number;
	agent?: CcaipAgent;
	parentId?: number;
	disconnectedBy?: string;
	failReason?: string;
	recordingUrl?: string;
	voicemailReason?: string;
	disposition?: CcaipDisposition;
	rating?: { score: number; comment?: string };
	/** Messages of a chat, from both sides. */
	messageCount?: number;
	transfers?: CcaipTransfer[];
	smartActions?: CcaipSmartAction[];
	photos?: Array<{ id: number; url: string }>;
	/** Agents who were asked and did not answer, with the platform's word for it. */
	notAnswering?: Array<{ agent: CcaipAgent; status: string }>;
	customData?: Record<string, unknown>;
}

function timeOrNull(milliseconds: number | undefined): string | null {
	return milliseconds === undefined ? null : platformTime(milliseconds);
}

function agentInfo({ id, name, email, number }: CcaipAgent): Record<string, unknown> {
	const [first = '', ...others] = name.split(' ');
	return {
		id,
		name,
		first_name: first,
		last_name: others.join(' '),
		email,
		agent_number: number ?? null,
		avatar_url: null,
	};
}

function menu(path: readonly string[]): Record<string, unknown> {
	const ids = queueIds(path);
	return {
		selected_menu: {
			id: ids.at(-1) ?? null,
			name: path.at(-1) ?? null,
			parent_id: ids.at(-2) ?? null,
			position: 1,
			deleted: false,
			hidden: false,
			menu_type: 'ivr_menu',
			output_msg: null,
		},
		menu_path: menuPath(path),
	};
}

function menuPath(path: readonly string[]): Record<string, unknown> {
	return {
		items_count: path.length,
		name: path.join('/'),
		materialized_path: queueIds(path).join('/'),
	};
}

function transfer(one: CcaipTransfer): Record<string, unknown> {
	return {
		id: one.id,
		status: 'finished',
		fail_reason: 'nothing',
		created_at: platformTime(one.at),
		assigned_at: platformTime(one.at + 5000),
		connected_at: platformTime(one.at + 9000),
		from_agent: agentInfo(one.fromAgent),
		to_agent: agentInfo(one.toAgent),
		from_menu_path: menuPath(one.fromQueue),
		to_menu_path: menuPath(one.toQueue),
	};
}

function participants(record: CcaipRecord): Array<Record<string, unknown>> {
	const { session, agent, connectedAt, endsAt } = record;
	const idName = session.kind === 'call' ? 'call_id' : 'chat_id';
	const base = (index: number) => ({ id: session.id * 10 + index, [idName]: session.id });
	const handlers = [...(record.transfers ?? []).map(({ fromAgent }) => fromAgent), ...(agent ? [agent] : [])];
	const isAnswered = connectedAt !== undefined;
	return [
		{
			...base(0),
			type: 'end_user',
			status: 'finished',
			user_id: null,
			end_user_id: session.customer.id,
			connected_at: platformTime(record.createdAt),
			ended_at: timeOrNull(endsAt),
			fail_reason: 'nothing',
		},
		...(record.notAnswering ?? []).map(({ agent: other, status }, index) => ({
			...base(index + 1),
			type: 'agent',
			status,
			user_id: other.id,
			end_user_id: null,
			connected_at: null,
			ended_at: null,
			fail_reason: status,
		})),
		...(isAnswered ? handlers : []).map((handler, index) => ({
			...base(9 - index),
			type: 'agent',
			status: 'finished',
			user_id: handler.id,
			end_user_id: null,
			connected_at: platformTime(connectedAt ?? record.createdAt),
			ended_at: timeOrNull(endsAt),
			fail_reason: 'nothing',
		})),
	];
}

/** The body of the request, or content of the file, that holds the record. */
export function sessionMetadata(record: CcaipRecord): Record<string, unknown> {
	const { session, agent, disposition, rating } = record;
	const isCall = session.kind === 'call';
	const type = record.legacyType ?? session.type;
	const handleSeconds = isCall ? 'call_duration' : 'chat_duration';
	return {
		id: session.id,
		...(record.parentId === undefined ? {} : { parent_id: record.parentId }),
		lang: session.language,
		[isCall ? 'call_type' : 'chat_type']: type,
		session_type: type,
		session_type_v2: session.type,
		status: record.status,
		created_at: platformTime(record.createdAt),
		queued_at: timeOrNull(record.queuedAt),
		assigned_at: timeOrNull(record.assignedAt),
		connected_at: timeOrNull(record.connectedAt),
		ends_at: timeOrNull(record.endsAt),
		scheduled_at: null,
		updated_at: platformTime(record.updatedAt),
		wait_duration: record.waitDuration,
		[handleSeconds]: record.talkDuration,
		hold_duration: record.holdDuration ?? 0,
		rating: rating?.score ?? null,
		has_feedback: rating?.comment !== undefined,
		...(rating?.comment === undefined ? {} : { feedback: rating.comment }),
		...menu(record.queuePath),
		// Without an agent the key is left out, as documented.
		...(agent === undefined ? {} : { agent_info: agentInfo(agent) }),
		end_user: {
			id: session.customer.id,
			identifier: session.customer.identifier ?? null,
			out_contact_id: null,
		},
		out_ticket_id: null,
		out_ticket_url: null,
		fail_reason: record.failReason ?? 'nothing',
		...(isCall
			? {
					support_number: session.direction === 'incoming' ? (session.supportNumber ?? null) : null,
					outbound_number: session.direction === 'outgoing' ? (session.supportNumber ?? null) : null,
					customer_phone_number: session.customer.phone ?? null,
					recording_url: record.recordingUrl ?? null,
					voicemail_reason: record.voicemailReason ?? null,
					disconnected_by: record.disconnectedBy ?? null,
				}
			: {
					transcript: true,
					message_count: record.messageCount ?? 0,
				}),
		verified: (record.smartActions ?? []).some(
			({ type: kind, status }) => kind === 'verification' && status === 'succeeded',
		),
		smart_actions: (record.smartActions ?? []).map((one) => ({
			id: one.id,
			type: one.type,
			status: one.status,
			...(one.text === undefined ? {} : { text: one.text }),
			...(one.errorMessage === undefined ? {} : { error_message: one.errorMessage }),
			created_at: platformTime(one.at),
		})),
		photos: (record.photos ?? []).map(({ id, url }) => ({ id, photo_type: 'photo', url })),
		videos: [],
		transfers: (record.transfers ?? []).map(transfer),
		escalations: [],
		virtual_agent_handle_durations: [],
		participants: participants(record),
		dispositions:
			disposition === undefined
				? []
				: [
						{
							code: disposition.code,
							custom_code_id: disposition.customCodeId,
							note: disposition.note,
						},
					],
		...(record.customData === undefined ? {} : { custom_data: record.customData }),
	};
}
