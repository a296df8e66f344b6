/**
 * What CCAI Platform's variables say of a session and of its customer (rule G6). The names under which they arrive are in
 * `parameters.ts`; here is what they mean together.
 */
import { sessionExternalId } from '../domain/external-id';
import { isKustomerId } from '../domain/kustomer-id';
import { countryOf, isWithheld } from '../domain/phone-number';
import type { Agent, Channel, EndUser, Queue, Session } from '../domain/session';
import { cutText } from '../domain/session-shape';
import { pathSteps, sessionName } from '../platforms/ccaip/facts';
import { sessionTypeOf } from '../platforms/ccaip/session-types';
import { known, knownOrNothing } from '../platforms/fields';
import { htmlToText, isHtml } from '../platforms/html-text';
import type { Told } from './parameters';
import { withCountryCode } from './phone-format';
import type { CrmApiSettings } from './request';

/** The name of a session, the same whichever way it is told of: `call-4711`, and its external id in Kustomer. */
export interface NamedSession {
	id: string;
	externalId: string;
	channel: Channel;
}

type Names = Pick<CrmApiSettings, 'source' | 'log'>;

/**
 * The session that a request is about: Call_ID, Chat_ID and SESSION_ID lead to the one that session events and metadata name.
 * SESSION_ID alone does not say whether it is a call or a chat: channel and session type do, else it is a call.
 *
 * @returns undefined when the request names none
 */
export function sessionOf(told: Told, settings: Names): NamedSession | undefined {
	const { callId, chatId, sessionId } = told;
	const channel = channelOfSession(told);
	const [kind, id] = namedBy(callId, chatId, sessionId, channel) ?? [];
	if (kind === undefined || id === undefined) return undefined;
	const named = sessionName(kind, id, `${kind}Id`);
	if (!('id' in named)) return undefined;
	const isOther = channel !== undefined && (channel === 'voice') !== (kind === 'call');
	const fitting = isOther ? undefined : channel;
	return {
		id: named.id,
		externalId: externalIdOf(named.id, settings),
		channel: fitting ?? (kind === 'call' ? 'voice' : 'chat'),
	};
}

function namedBy(
	callId: string | undefined,
	chatId: string | undefined,
	sessionId: string | undefined,
	channel: Channel | undefined,
): ['call' | 'chat', string] | undefined {
	if (callId !== undefined) return ['call', callId];
	if (chatId !== undefined) return ['chat', chatId];
	if (sessionId === undefined) return undefined;
	// As in the names of the platform's files.
	if (/^chat-/i.test(sessionId)) return ['chat', sessionId];
	if (/^call-/i.test(sessionId)) return ['call', sessionId];
	return [channel === undefined || channel === 'voice' ? 'call' : 'chat', sessionId];
}

/** The external id of a session of this platform. */
export function externalIdOf(id: string, { source, log }: Names): string {
	return sessionExternalId({ source, id }, log.externalIdPrefix?.trim());
}

/** The id of the session that a conversation was created for, of its external id; undefined for others. */
export function sessionIdIn(externalId: string | null | undefined, settings: Names): string | undefined {
	const prefix = externalIdOf('', settings);
	if (typeof externalId !== 'string' || !externalId.startsWith(prefix)) return undefined;
	return externalId.slice(prefix.length) || undefined;
}

function channelOfSession({ sourceType, sessionType }: Told): Channel | undefined {
	const type = sessionTypeOf(sessionType)?.channel;
	// "CHAT" stands for every kind of message; the type says which.
	if (sourceType === 'chat' && type !== undefined && type !== 'voice') return type;
	return sourceType ?? type;
}

/**
 * Everything that a request says of its session.
 *
 * @param named which session, and its channel
 */
export function factsOf(
	told: Told,
	named: Pick<NamedSession, 'id' | 'channel'>,
	{ source, log }: Names,
): Session {
	const type = sessionTypeOf(told.sessionType);
	// The platform knows how long a call was once it is over.
	const isOver = (told.callDuration ?? 0) > 0 || told.disconnectedBy !== undefined;
	const line = lineOf(told);
	return known<Session>({
		source,
		id: named.id,
		channel: named.channel,
		subject: told.subject === undefined ? undefined : plainText(told.subject),
		type: type?.name,
		origin: type?.origin,
		scheduled: type?.scheduled,
		direction: told.direction ?? type?.direction,
		state: isOver ? 'ended' : undefined,
		language: told.language,
		endUser: endUserOf(told, log.customer.phoneRules.defaultCountry ?? countryOf(line)),
		line,
		agent: agentOf(told),
		queue: queueOf(told),
		menuPath: pathSteps(told.menu),
		deviceType: told.deviceType,
		duration: told.callDuration,
		waitTime: told.waitTime,
		holdTime: told.holdTime,
		endReason: told.disconnectedBy,
		rating: knownOrNothing({
			score: told.rating,
			comment: told.feedback === undefined ? undefined : plainText(told.feedback),
		}),
		variables:
			told.smartActionSessionId === undefined
				? undefined
				: { smart_action_session_id: told.smartActionSessionId },
	});
}

/**
 * The customer. What app and website say counts where the platform says nothing.
 *
 * @param defaultCountry of numbers without a country code
 */
export function endUserOf(told: Told, defaultCountry: string | undefined): EndUser {
	const phone = phoneOf(told, defaultCountry);
	return known<EndUser>({
		id: told.endUserId,
		identifier: identifierOf(told),
		name: nameOf(told),
		phone: phone === undefined || isWithheld(phone) ? undefined : phone,
		withheld: phone !== undefined && isWithheld(phone) ? true : undefined,
		email: emailOfCustomer(told),
		customerId: told.contactId,
	});
}

export function emailOfCustomer({ email, sdkEmail }: Told): string | undefined {
	return email ?? sdkEmail;
}

/** The number as one that can be read without knowing the platform's formats (rule G3). */
export function phoneOf({ phone, sdkPhone }: Told, defaultCountry: string | undefined): string | undefined {
	const written = phone !== undefined && !(isWithheld(phone) && sdkPhone !== undefined) ? phone : sdkPhone;
	return withCountryCode(written, defaultCountry);
}

/**
 * What the customer is known by: the identifier of the SDK, else the custom user id. One that is only the left side of the email
 * address is none: customers of many domains share it, and the address itself says more.
 */
export function identifierOf(told: Told): string | undefined {
	const { identifier, customUserId } = told;
	if (identifier !== undefined) return identifier;
	const email = emailOfCustomer(told);
	const isLeftSide = email !== undefined && email.split('@')[0] === customUserId?.toLowerCase();
	return isLeftSide ? undefined : customUserId;
}

/** The name: a whole one, else its parts. `--` is none. */
export function nameOf({ name, firstName, lastName, sdkName }: Told): string | undefined {
	const parts = [firstName, lastName].filter((part) => part !== undefined);
	return name ?? (parts.length > 0 ? parts.join(' ') : sdkName);
}

/** The company's number: the one from which an outbound call was made counts before the one of the support line. */
export function lineOf({ supportNumber, outboundNumber, direction }: Told): string | undefined {
	return direction === 'out' ? (outboundNumber ?? supportNumber) : (supportNumber ?? outboundNumber);
}

function agentOf({ agentId, agentCustomId, agentEmail }: Told): Agent | undefined {
	return knownOrNothing<Agent>({
		id: agentId,
		sourceId: isKustomerId(agentCustomId) ? agentCustomId.toLowerCase() : undefined,
		email: agentEmail,
	});
}

/** The queue by its whole path, as session events name it, where the menu tells the path to it. */
function queueOf({ queue, queueId, menu }: Told): Queue | undefined {
	const path = pathSteps(queue);
	const way = pathSteps(menu);
	const isLeaf = path?.length === 1 && way?.at(-1)?.toLowerCase() === path[0]?.toLowerCase();
	return knownOrNothing<Queue>({ id: queueId, name: (isLeaf ? way : path)?.join(' / ') });
}

/** Most characters that are looked at of a text that people read; Kustomer's longest note has a tenth of it. */
const LONGEST_TEXT = 100_000;

/** A text as people read it: HTML without its tags (rule G10). */
export function plainText(written: string): string {
	const text = cutText(written, LONGEST_TEXT);
	return (
		isHtml(text) || /&(?:#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|nbsp);/i.test(text) ? htmlToText(text) : text
	).trim();
}
