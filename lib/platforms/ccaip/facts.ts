/** What the events of CCAI Platform have in common, whichever way they come: ids, agents, queues, customers. */
import { directionOf } from '../call-words';
import { known, knownOrNothing, type Fields } from '../fields';
import { Unread, UNKNOWN_DIRECTION } from '../not-understood';
import { sessionTypeOf } from './session-types';
import { isKustomerId } from '../../domain/kustomer-id';
import { isWithheld } from '../../domain/phone-number';
import { plainWord } from '../../domain/plain-letters';
import type { Agent, Channel, Direction, EndUser, Queue, Session } from '../../domain/session';
import { badId, type Reading } from '../webhook-events';
import type { SessionKind } from './api/session-id';

export interface SessionName {
	kind: SessionKind;
	/** `call-123` or `chat-987`, as in the names of the files in external storage. */
	id: string;
}

const CALL_ID = ['call.id', 'callId'];
const CHAT_ID = ['chat.id', 'chatId'];

/** Characters. No menu is that deep. */
const LONGEST_PATH = 1000;

/** The session that `call_id` or `chat_id` names. Undefined when neither is there, the reason when it cannot be an id. */
export function namedSession(fields: Fields): SessionName | Exclude<Reading, { kind: unknown }> | undefined {
	const chat = fields.text(...CHAT_ID);
	const call = fields.text(...CALL_ID);
	if (call !== undefined) return sessionName('call', call, 'call_id');
	if (chat !== undefined) return sessionName('chat', chat, 'chat_id');
	return undefined;
}

/** The name of a session. The platform's own file names (`call-123`) are understood as well. */
export function sessionName(
	kind: SessionKind,
	written: string,
	field: string,
): SessionName | Exclude<Reading, { kind: unknown }> {
	const id = written.trim().replace(new RegExp(`^${kind}-`, 'i'), '');
	if (id === '') return { field, reason: `'${field}' is empty.` };
	return badId(field, id) ?? { kind, id: `${kind}-${id}` };
}

/**
 * Type, origin, channel and direction, from `session_type_v2` or the names before it.
 *
 * @param unread takes a direction that is not known
 */
export function typeFacts(
	fields: Fields,
	kind: SessionKind,
	unread = new Unread(),
): Pick<Session, 'type' | 'origin' | 'scheduled' | 'direction'> & { channel: Channel } {
	const written =
		fields.text('sessionTypeV2') ?? fields.text('sessionType', 'callType', 'chatType', 'interactionType');
	// A screen that is shared during a call or chat says nothing of what kind that is.
	const type = plainWord(written).startsWith('cobrowse') ? undefined : sessionTypeOf(written);
	const isOther = type !== undefined && (type.channel === 'voice') !== (kind === 'call');
	let channel: Channel = kind === 'call' ? 'voice' : 'chat';
	if (type !== undefined && !isOther) channel = type.channel;
	return known({
		type: type?.name,
		origin: type?.origin,
		scheduled: type?.scheduled,
		channel,
		direction: unread.readFrom(
			fields,
			DIRECTION,
			directionOf(fields.text(...DIRECTION)) ?? type?.direction,
			UNKNOWN_DIRECTION,
		),
	});
}

const DIRECTION = ['direction', 'callDirection', 'chatDirection'];

/** An agent whose fields stand in an object of their own. */
export function agentFacts(fields: Fields): Agent | undefined {
	const joined = [fields.name('firstName'), fields.name('lastName')].filter((name) => name !== undefined);
	return knownOrNothing<Agent>({
		id: fields.text('agentId', 'userId', 'id'),
		sourceId: kustomerId(fields.text('agentCustomId', 'customId')),
		name: fields.name('name', 'agentName', 'fullName') ?? (joined.length > 0 ? joined.join(' ') : undefined),
		email: fields.text('email', 'agentEmail'),
		number: fields.phone('agentNumber', 'extension'),
	});
}

/**
 * An agent in fields such as `agent_id`, `agent_email`, or `agent: { id, email }`.
 *
 * @param who `agent`, `fromAgent`, `toAgent`
 */
export function agentCalled(fields: Fields, who: string): Agent | undefined {
	return knownOrNothing<Agent>({
		id: fields.text(`${who}.id`),
		sourceId: kustomerId(fields.text(`${who}.customId`, `${who}CustomId`)),
		name: fields.name(`${who}.name`),
		email: fields.text(`${who}.email`),
		number: fields.phone(`${who}.agentNumber`, `${who}.number`),
	});
}

/** An agent's custom id in the form of Kustomer's ids is taken for the Kustomer user id. */
function kustomerId(customId: string | undefined): string | undefined {
	return isKustomerId(customId) ? customId : undefined;
}

/** Who a participant is, without what he did. */
export function personIn({ id, sourceId, name, email, number }: Agent): Agent | undefined {
	return knownOrNothing<Agent>({ id, sourceId, name, email, number });
}

/** The virtual agent in `virtual_agent_id`, `virtual_agent: { id, name }`. */
export function virtualAgentOf(fields: Fields): Session['virtualAgent'] {
	return knownOrNothing({
		id: fields.text('virtualAgent.id'),
		name: fields.name('virtualAgent.name', 'virtualAgent.vaAlias'),
	});
}

/** A queue by its id and its whole path, "Orders / Delivery". */
export function queueOf(id: string | undefined, path: readonly string[] | undefined): Queue | undefined {
	return knownOrNothing<Queue>({ id, name: path?.join(' / ') });
}

/** The steps of a path as the platform writes it: "Orders / Delivery", "Orders/Delivery". Undefined without any. */
export function pathSteps(path: string | undefined): string[] | undefined {
	const written = (path ?? '').slice(0, LONGEST_PATH);
	// With spaces around the strokes, a stroke inside a name stays: "Orders / Trade-in/Repair".
	const steps = written
		.split(written.includes(' / ') ? ' / ' : '/')
		.map((step) => step.trim())
		.filter((step) => step !== '');
	return steps.length > 0 ? steps : undefined;
}

/** The last id of a path of ids, "7/26". */
export function leafId(ids: string | undefined): string | undefined {
	return ids
		?.split('/')
		.map((id) => id.trim())
		.findLast((id) => id !== '');
}

/**
 * What an app or website passed along. Signed and unsigned data in one object; where both hold a field, the signed one
 * counts.
 */
export function customDataOf(fields: Fields): Record<string, unknown> | undefined {
	const unsigned = fields.object('customDataNotSecured', 'customData.notSecured', 'unsignedCustomData');
	const signed = fields.object('customDataSecured', 'customData.secured', 'signedCustomData');
	if (unsigned !== undefined || signed !== undefined) return { ...unsigned, ...signed };
	return fields.object('customData');
}

/** Names of what the virtual agent and the telephone network pass along, each an object or a list. */
const VARIABLES = ['va_data_parameters', 'session_variable', 'custom_sip_headers'] as const;

/** What the virtual agent and the telephone network passed along, under the platform's names. */
export function variablesOf(fields: Fields): Record<string, unknown> | undefined {
	const found = VARIABLES.flatMap((name) => {
		const value = fields.value(name, `${name}s`);
		return value === undefined ? [] : [[name, fromJson(value)] as const];
	});
	return found.length > 0 ? Object.fromEntries(found) : undefined;
}

function fromJson(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return value;
	}
}

/** The screen that is shared. Undefined for an event that is about none. */
export function cobrowseOf(fields: Fields): Session['cobrowse'] {
	return knownOrNothing({
		id: fields.text('cobrowse_session_id'),
		requestedBy: fields.text('cobrowse_session_requested_by'),
		endedBy: fields.text('cobrowse_session_ended_by'),
		remoteControl: fields.text('cobrowse_session_remote_control'),
		fullDevice: fields.text('cobrowse_session_full_device'),
	});
}

export function campaignOf(fields: Fields): Session['campaign'] {
	return knownOrNothing({ id: fields.text('campaign.id'), name: fields.name('campaign.name') });
}

/**
 * The customer. A number is withheld when the platform writes a word for it; that it writes nothing says nothing, because
 * most events do not carry the number.
 *
 * @param number the number where this kind of event has it
 */
export function endUserOf(fields: Fields, number?: string): EndUser {
	const phone =
		number ??
		fields.phone(
			'endUser.phone',
			'endUser.phoneNumber',
			'endUserNumber',
			'customerPhoneNumber',
			'customerPhone',
			'ani',
		);
	return known<EndUser>({
		id: fields.text('endUser.id'),
		identifier: fields.text('endUser.identifier', 'cuid', 'customUserId'),
		name: fields.name('endUser.name'),
		phone: phone === undefined || isWithheld(phone) ? undefined : phone,
		withheld: phone !== undefined && isWithheld(phone) ? true : undefined,
		email: fields.text('endUser.email'),
		customerId: fields.text('endUser.outContactId', 'outContactId'),
	});
}

/** The company's number: the one that was called, or that the call was made from. */
export function lineOf(fields: Fields, direction: Direction | undefined): string | undefined {
	return direction === 'out'
		? fields.phone('outboundNumber', 'supportNumber')
		: fields.phone('supportNumber', 'outboundNumber');
}
