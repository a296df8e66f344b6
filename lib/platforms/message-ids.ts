import { createHash } from 'node:crypto';

import { TEXT_ID } from '../domain/session-questions';
import type { Fields } from './fields';

/**
 * Ids of the message that an event shows (rule D4). Where it gives none, what is said, and when where that is
 * told, names it, so that the same event counts once, also when two agents' adapters show it.
 */
export function messageIds(
	fields: Fields,
	eventId: string | undefined,
	occurredAt: string | undefined,
): string[] {
	const id = fields.text('message.id', 'message.messageId', 'message.mediaId');
	if (id !== undefined) return [id];
	const said = fields.text('message', 'message.text', 'message.content', 'content') ?? '';
	const name = eventId ?? JSON.stringify([occurredAt ?? '', said]);
	return [`${TEXT_ID}${createHash('sha256').update(name).digest('hex').slice(0, 16)}`];
}
