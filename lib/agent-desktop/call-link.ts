/**
 * Links in Kustomer that start a call (rule C24): signed, so that nobody can make or change one, with an end, and good for one call.
 * Pure. A link holds whom to call, from which conversation, and for which agent it was made: whoever reads the conversation sees all
 * of that anyway.
 */
import { emailOf } from '../domain/email-address';
import { isKustomerId } from '../domain/kustomer-id';
import { open, sign, type Refused } from '../webhooks/signed-text';

/** What a link says. */
export interface CallLink {
	/** Kustomer id of the conversation in which it stands. */
	conversationId: string;
	/** Kustomer id of the conversation's customer. */
	customerId: string;
	/** E.164. */
	phone: string;
	/** The agent who may use it. */
	agentEmail: string;
}

/** Hours for which a link holds unless told, and at most. */
export const USUAL_HOURS = 8;
export const MOST_HOURS = 24 * 7;

/** What the query of a link is called in which the signed text stands. */
export const LINK_PARAMETER = 'link';

/**
 * Puts a signed link together.
 *
 * @param address https address at which links are opened; what it has as query stays
 * @param endsAt milliseconds since the epoch
 */
export function callLinkAt(address: URL, link: CallLink, endsAt: number, secret: string): string {
	const url = new URL(address);
	url.searchParams.set(LINK_PARAMETER, sign('call', { ...link }, endsAt, secret));
	return url.href;
}

/** A link that may be used, and the id under which its use is noted. */
export interface OpenedCallLink extends CallLink {
	id: string;
	/** Milliseconds since the epoch. */
	endsAt: number;
}

/** Reads a link as somebody has opened it. */
export function openCallLink(presented: unknown, secret: string, now: number): OpenedCallLink | Refused {
	const opened = open('call', presented, secret, now);
	if ('refused' in opened) return opened;
	const { conversationId, customerId, phone, agentEmail } = opened.facts;
	const isWhole =
		isKustomerId(conversationId) &&
		isKustomerId(customerId) &&
		phone !== undefined &&
		/^\+\d{4,15}$/.test(phone) &&
		emailOf(agentEmail) !== undefined;
	if (!isWhole || agentEmail === undefined) return { refused: 'unreadable' };
	const { id, endsAt } = opened;
	return { conversationId, customerId, phone, agentEmail, id, endsAt };
}
