import { isKustomerId } from '../../domain/kustomer-id';
import { ownValue } from '../../domain/record';
import type { KustomerClient } from '../client';
import type { Conversation } from '../documents';
import { InputError } from '../../http/errors';
import type { FindOpenConversationInput, FindOpenConversationResult } from '../inputs';
import { listCustomerConversations } from '../resources/conversations';
import { findTagId } from '../resources/tags';
import { checkExternalId, checkId, checkText } from '../validate/text';

/** A thousand conversations of one customer; more is a test customer. */
const MAX_PAGES = 10;
const HOUR = 3_600_000;

/**
 * The customer's open conversation with the latest activity, if there is one that fits. Snoozed and done conversations do
 * not count. Requests: one per hundred conversations, and one in ten minutes when a tag is given by name.
 *
 * @throws {InputError}
 * @throws {KustomerError}
 */
export async function findOpenConversation(
	client: KustomerClient,
	input: FindOpenConversationInput,
): Promise<FindOpenConversationResult> {
	const customerId = checkId(input.customerId, 'customerId', 'The customer ID');
	const channel = checkText(input.channel, 'channel', { label: 'The channel', maxLength: 64 })?.toLowerCase();
	const prefix = checkExternalId(input.externalIdPrefix, 'externalIdPrefix');
	const tag = checkText(input.tag, 'tag', { label: 'The tag', maxLength: 64 });
	const since = checkAge(input.maxAgeHours, client.clock.now());

	const tagId = tag === undefined || isKustomerId(tag) ? tag : await findTagId(client, tag);
	if (tag !== undefined && tagId === undefined) {
		return { matches: 0, reason: 'The organization has no such tag, so no conversation can have it.' };
	}

	const all = await listCustomerConversations(client, customerId, { maxPages: MAX_PAGES });
	const open = all.filter(({ attributes }) => attributes?.status === 'open' && attributes.deleted !== true);
	const fitting = open.filter(
		({ attributes }) =>
			(channel === undefined || attributes.channels?.includes(channel) === true) &&
			(tagId === undefined || attributes.tags?.includes(tagId) === true) &&
			(prefix === undefined || attributes.externalId?.startsWith(prefix) === true) &&
			(since === undefined || activityOf(attributes) >= since) &&
			hasValue(attributes.custom, input.attribute),
	);
	const [conversation] = fitting.sort((a, b) => activityOf(b.attributes) - activityOf(a.attributes));
	return {
		conversation,
		matches: fitting.length,
		reason: reasonFor(all.length, open.length, fitting.length),
	};
}

function checkAge(hours: number | undefined, now: number): number | undefined {
	if (hours === undefined || hours === null) return undefined;
	const number = Number(hours);
	if (Number.isFinite(number) && number > 0) return now - number * HOUR;
	if (number === 0) return undefined;
	throw new InputError(
		'maxAgeHours',
		'The maximum age is not a number of hours.',
		'Enter hours, for example 24, or 0 for no limit.',
	);
}

/** The last time that something happened, in milliseconds since the epoch; 0 when unknown. */
function activityOf(attributes: Conversation['attributes']): number {
	const at = attributes.lastActivityAt ?? attributes.updatedAt ?? attributes.createdAt ?? '';
	return Date.parse(at) || 0;
}

function hasValue(
	custom: Record<string, unknown> | undefined,
	wanted: FindOpenConversationInput['attribute'],
): boolean {
	return wanted === undefined || textOf(ownValue(custom, wanted.name)) === textOf(wanted.value);
}

/** Numbers and texts that look alike are the same; what is inside an object is compared as JSON. */
function textOf(value: unknown): string {
	if (value === undefined || value === null) return '';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function reasonFor(all: number, open: number, fitting: number): string {
	if (all === 0) return 'The customer has no conversations.';
	if (open === 0) return 'None of the conversations of the customer is open.';
	if (fitting === 0) return 'The customer has open conversations, but none fits the conditions.';
	return fitting === 1
		? 'One open conversation fits.'
		: `${fitting} open conversations fit; the one with the latest activity was taken.`;
}
