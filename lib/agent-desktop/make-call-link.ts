/** Makes a call link for a conversation (rule C24): finds out whom to call and who may, where nobody has said so. */
import { createHash } from 'node:crypto';

import { emailOf } from '../domain/email-address';
import { normalizePhone } from '../domain/phone-number';
import { InputError } from '../http/errors';
import { isSafeOnTheWay } from '../http/host';
import type { KustomerClient } from '../kustomer/client';
import type { Conversation, Customer } from '../kustomer/documents';
import { checkTarget, locate } from '../kustomer/operations/conversation-target';
import type { ConversationTarget } from '../kustomer/inputs';
import { getConversation } from '../kustomer/resources/conversations';
import { getCustomer } from '../kustomer/resources/customers';
import { getUser } from '../kustomer/resources/users';
import { callLinkAt, MOST_HOURS } from './call-link';

export interface MakeCallLinkInput {
	conversation: ConversationTarget;
	/** As people write it; the customer's first number unless told. */
	phone?: string;
	/** Who may use the link; the one user to whom the conversation is assigned unless told. */
	agentEmail?: string;
	/** https address at which links are opened. */
	address: string;
	/** Hours for which the link holds. */
	hours: number;
	/** ISO 3166-1 alpha-2 country of numbers without a country code. */
	defaultCountry?: string;
}

export interface MadeCallLink {
	outcome: 'made' | 'notMade';
	/** One sentence. Holds no phone number. */
	reason: string;
	conversationId: string;
	link?: string;
	agentEmail?: string;
	/** Text for a note: whom it calls, and the link. */
	note?: string;
	/** Names the link in the key of its note. */
	noteKey?: string;
	/** ISO 8601. */
	expiresAt?: string;
}

const HOUR = 3_600_000;

/**
 * Makes it. Nothing is written.
 *
 * Requests: two, and one more for the agent who is not named.
 *
 * @throws {InputError} for an address that is no https address, hours out of range, a number or address that is none
 * @throws {KustomerError}
 */
export async function makeCallLink(
	client: KustomerClient,
	input: MakeCallLinkInput,
	secret: string,
): Promise<MadeCallLink> {
	const address = checkedAddress(input.address);
	const { hours } = input;
	if (!(hours > 0 && hours <= MOST_HOURS)) {
		throw new InputError(
			'hours',
			`A link holds for more than 0 and at most ${MOST_HOURS} hours.`,
			'Enter how long an agent may need it, for example 8.',
		);
	}
	const target = checkTarget(input.conversation);
	const { id } = await locate(client, target, false);
	const conversation = await getConversation(client, id);
	const none = (reason: string): MadeCallLink => ({
		outcome: 'notMade',
		reason,
		conversationId: conversation.id,
	});
	const customerId = conversation.relationships?.customer?.data?.id;
	if (customerId === undefined) return none('The conversation has no customer.');
	const customer = await getCustomer(client, customerId);
	const phone = phoneOf(input, customer);
	if (phone === undefined) return none('The customer has no phone number that can be called.');
	const agentEmail = await agentOf(client, input, conversation);
	if (agentEmail === undefined) {
		return none('The conversation is assigned to nobody, or to several, and no agent is named.');
	}
	const endsAt = client.clock.now() + hours * HOUR;
	const link = callLinkAt(
		address,
		{ conversationId: conversation.id, customerId, phone, agentEmail },
		endsAt,
		secret,
	);
	return {
		outcome: 'made',
		reason: 'The link calls the customer once.',
		conversationId: conversation.id,
		link,
		agentEmail,
		note: `Call ${phone} (for ${agentEmail}, once, until ${utc(endsAt)}): ${link}`,
		noteKey: `call-link:${hashOf(agentEmail, phone)}:${Math.floor(endsAt / HOUR)}`,
		expiresAt: new Date(endsAt).toISOString(),
	};
}

/** Short, and another one for another agent or number. */
function hashOf(...parts: readonly string[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

function checkedAddress(written: string): URL {
	const url = URL.canParse(written) ? new URL(written) : undefined;
	if (url !== undefined && isSafeOnTheWay(url) && url.username === '' && url.hash === '') return url;
	throw new InputError(
		'linkAddress',
		"'Link Address' is no https address.",
		'Copy the production URL of the step that is started by the link, for example "Link Opened".',
	);
}

function phoneOf({ phone, defaultCountry }: MakeCallLinkInput, customer: Customer): string | undefined {
	const numbers = phone === undefined ? (customer.attributes?.phones ?? []).map((one) => one.phone) : [phone];
	for (const number of numbers) {
		const read = normalizePhone(number, { defaultCountry });
		if (read.kind === 'number') return read.e164;
	}
	return undefined;
}

async function agentOf(
	client: KustomerClient,
	{ agentEmail }: MakeCallLinkInput,
	{ attributes }: Conversation,
): Promise<string | undefined> {
	if (agentEmail !== undefined) return emailOf(agentEmail);
	const [user, ...others] = attributes.assignedUsers ?? [];
	if (user === undefined || others.length > 0) return undefined;
	return emailOf((await getUser(client, user)).attributes?.email);
}

/** `2026-11-30 17:00 UTC` */
function utc(milliseconds: number): string {
	return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
