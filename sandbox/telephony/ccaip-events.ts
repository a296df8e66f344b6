/**
 * The external session events that CCAI Platform posts at every step of a call or chat, as far as Google describes them:
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/external-session-events (envelope, steps, field names),
 * .../qm-call-session-data and .../qm-chat-session-data (the item).
 *
 * Documented: `{count, events}`; per event `event_id` (UUID) and `timestamp` (milliseconds); in the item `call_id`, the
 * customer's `dn`, `queue_path_names` with slashes, `initiator` (`agent_1`, `virtual_agent_15`), `connected_at`, `ends_at`,
 * `dispositions` with `code`, `custom_code_id`, `note`; the order of states and of participants' states of a call that an
 * agent takes; for chats the whole item in lower case with `chat_id`, `state` (`waiting` first) and `participants`; for
 * quality management the item of a call in another spelling: `CallID`, `State`, `Participants` with `ParticipantID`.
 *
 * Assumed:
 * - `item` stands beside `event_id`, `timestamp` and `type`; one event per request.
 * - The item of a call is written like that of a chat, in lower case: the page names `call_id` and `queue_path_names`.
 *   `spelling: 'qm'` writes it as the page about quality management does. `CallID` is the call's id as a text.
 * - `type` is `CallState` as for quality management, and `ChatState` for chats.
 * - An agent among the participants has `id` and `name` (documented in words only), `dn` as chats have it for end users,
 *   and `email`, a field that the platform sends when agents log in. `agentEmails: false` leaves it out.
 * - The end of a voicemail is an event with the state `voicemail`; agents who are rung are participants in the states
 *   `ringing`, `declined` and `missed`; a transfer is an event whose first agent is `transferred`.
 * - The disposition is told once more in an event of its own, as documented, and also stands in the metadata.
 */
import { randomInt, randomUUID } from 'node:crypto';

/** An agent of CCAI Platform. */
export interface CcaipAgent {
	id: number;
	name: string;
	/** The same as in Kustomer, by which the two are matched. */
	email: string;
	/** Agent number. */
	number?: string;
}

/** The customer's side. */
export interface CcaipCustomer {
	/** The platform's id of the end user. */
	id: number;
	/** E.164. Absent when withheld, and for chats. */
	phone?: string;
	/** The company's own id of an app or web user. */
	identifier?: string;
}

/** `snake`: as the page about external session events names the fields. `qm`: as for quality management. */
export type Spelling = 'snake' | 'qm';

/** What all events of one session have in common. */
export interface CcaipSession {
	kind: 'call' | 'chat';
	id: number;
	direction: 'incoming' | 'outgoing';
	/** In the current vocabulary, for example `Voice Inbound (IVR)`. */
	type: string;
	customer: CcaipCustomer;
	/** The company's number. Absent for chats. */
	supportNumber?: string;
	language: string;
	spelling: Spelling;
	agentEmails: boolean;
}

export interface CcaipParticipant {
	type: 'external' | 'agent';
	state: string;
	agent?: CcaipAgent;
}

/** What one event tells beyond the session. */
export interface CcaipStep {
	/** Milliseconds since the epoch. */
	at: number;
	state: string;
	participants: CcaipParticipant[];
	initiator: string;
	/** From the top of the menu to the leaf. */
	queuePath?: readonly string[];
	connectedAt?: number;
	endsAt?: number;
	disposition?: CcaipDisposition;
}

export interface CcaipDisposition {
	code: string;
	customCodeId: string;
	note: string;
}

/** A session id that is most likely not taken. */
export function newSessionId(): number {
	return randomInt(1_000_000, 9_999_999);
}

/** Time as the platform writes it: ISO 8601 in UTC without milliseconds. */
export function platformTime(milliseconds: number): string {
	return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Ids of a menu's entries, the same for the same names. */
export function queueIds(path: readonly string[]): number[] {
	return path.map((name, level) => {
		const sum = [...name].reduce(
			(total, character) => (total * 31 + (character.codePointAt(0) ?? 0)) % 90,
			7,
		);
		return level * 100 + sum + 1;
	});
}

function participant(
	session: CcaipSession,
	{ type, state, agent }: CcaipParticipant,
): Record<string, unknown> {
	if (type === 'external') {
		const { id, phone } = session.customer;
		const dn = session.kind === 'call' ? phone : `end_user_${id}`;
		return { type, state, ...(dn === undefined ? {} : { dn }) };
	}
	if (agent === undefined) return { type, state };
	const { id, name, email } = agent;
	return { type, state, id, name, dn: `agent_${id}`, ...(session.agentEmails ? { email } : {}) };
}

function item(session: CcaipSession, step: CcaipStep): Record<string, unknown> {
	const { queuePath, connectedAt, endsAt, disposition } = step;
	return {
		[session.kind === 'call' ? 'call_id' : 'chat_id']: session.id,
		state: step.state,
		direction: session.direction,
		initiator: step.initiator,
		session_type_v2: session.type,
		language: session.language,
		support_number: session.supportNumber ?? null,
		...(queuePath === undefined
			? {}
			: { queue_path_ids: queueIds(queuePath).join('/'), queue_path_names: queuePath.join('/') }),
		participants: step.participants.map((one) => participant(session, one)),
		...(connectedAt === undefined ? {} : { connected_at: platformTime(connectedAt) }),
		...(endsAt === undefined ? {} : { ends_at: platformTime(endsAt) }),
		...(disposition === undefined
			? {}
			: {
					dispositions: {
						code: disposition.code,
						custom_code_id: disposition.customCodeId,
						note: disposition.note,
					},
				}),
	};
}

/** Fields in the spelling of quality management. `CallID` and `Participants` differ in more than their names. */
const QM_NAMES: Record<string, string> = {
	state: 'State',
	direction: 'Direction',
	initiator: 'Initiator',
	queue_path_ids: 'Queue_path_ids',
	queue_path_names: 'Queue_path_names',
	language: 'Language',
};
const NOT_IN_QM = ['call_id', 'participants', 'support_number'];

/** The same item of a call in the spelling of quality management. */
function qmItem(session: CcaipSession, step: CcaipStep): Record<string, unknown> {
	const others = Object.entries(item(session, step))
		.filter(([name]) => !NOT_IN_QM.includes(name))
		.map(([name, value]) => [QM_NAMES[name] ?? name, value]);
	return {
		CallID: String(session.id),
		...Object.fromEntries(others),
		Recording_permitted: true,
		Participants: step.participants.map(({ type, state, agent }) => ({
			ParticipantID: type === 'external' ? (session.customer.phone ?? '') : String(agent?.id ?? ''),
			Type: type,
			State: state,
			...(agent === undefined ? {} : { Name: agent.name }),
			...(agent === undefined || !session.agentEmails ? {} : { Email: agent.email }),
		})),
	};
}

/** The body of the request that tells of one step. */
export function sessionEvent(session: CcaipSession, step: CcaipStep): Record<string, unknown> {
	const isCall = session.kind === 'call';
	return {
		count: 1,
		events: [
			{
				event_id: randomUUID(),
				timestamp: step.at,
				type: isCall ? 'CallState' : 'ChatState',
				item: isCall && session.spelling === 'qm' ? qmItem(session, step) : item(session, step),
			},
		],
	};
}
