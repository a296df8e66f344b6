import { InputError } from '../../http/errors';
import type { MessageFields } from '../inputs';
import { checkCustomAttributes } from './custom-attributes';
import { given } from './customer-fields';
import { toDateTime } from '../../domain/time';
import { checkChoice, checkText } from './text';

/** Channels of messages: https://developer.kustomer.com/kustomer-api-docs/reference/createmessage */
export const MESSAGE_CHANNELS = [
	'email',
	'sms',
	'chat',
	'voice',
	'whatsapp',
	'facebook',
	'instagram',
	'twitter-dm',
	'twitter-tweet',
] as const;

/** Most entries of `meta`. */
const MAX_META = 100;

/** The body of a request that creates or updates a message, without custom attributes. */
export interface CheckedMessage {
	body: Record<string, unknown>;
	custom: Record<string, unknown> | undefined;
}

/**
 * Checks the fields of a message. Undefined and blank fields are left out.
 *
 * @throws {InputError}
 */
export function checkMessageFields(fields: MessageFields): CheckedMessage {
	const body = {
		channel: checkChoice(fields.channel, MESSAGE_CHANNELS, 'channel', 'The channel'),
		app: checkText(fields.app, 'app', { label: 'The app', maxLength: 256 }),
		direction: checkChoice(fields.direction, ['in', 'out'], 'direction', 'The direction'),
		subject: checkText(fields.subject, 'subject', { label: 'The subject', maxLength: 256 }),
		preview: checkText(fields.preview, 'preview', { label: 'The preview', maxLength: 10_240 }),
		status: checkChoice(fields.status, ['sent', 'received', 'error'], 'status', 'The status'),
		sentAt: checkDateTime(fields.sentAt, 'sentAt', 'The time of sending'),
		meta: checkMeta(fields.meta),
	};
	return { body: given(body), custom: checkCustomAttributes(fields.custom) };
}

/**
 * A point in time as ISO 8601 in UTC. Blank becomes undefined.
 *
 * @throws {InputError} when it is none
 */
export function checkDateTime(value: unknown, parameter: string, label: string): string | undefined {
	if (value === undefined || value === null || (typeof value === 'string' && value.trim() === ''))
		return undefined;
	const date = toDateTime(value);
	if (date !== undefined) return date;
	throw new InputError(
		parameter,
		`${label} is not a date with time.`,
		'Write it like 2026-01-31T09:30:00Z, or use a date field or a Unix time.',
	);
}

function checkMeta(meta: unknown): Record<string, unknown> | undefined {
	if (meta === undefined || meta === null) return undefined;
	if (typeof meta !== 'object' || Array.isArray(meta)) {
		throw new InputError('meta', 'The meta data are not an object.', 'Give names and values, as JSON.');
	}
	const entries = Object.entries(meta).filter(([, value]) => value !== undefined);
	if (entries.length > MAX_META) {
		throw new InputError(
			'meta',
			`The meta data have ${entries.length} entries; Kustomer takes at most ${MAX_META}.`,
			'Leave out what nobody reads.',
		);
	}
	return Object.fromEntries(entries);
}
