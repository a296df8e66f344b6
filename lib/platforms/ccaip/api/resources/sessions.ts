/**
 * Calls and chats of the manager API.
 *
 * Lists: https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api-pagination-tailing. One record:
 * the list's path and the id.
 */
import type { CcaiPlatformClient } from '../client';
import { isSessionDocument, type SessionDocument } from '../documents';
import { unexpectedAnswerError } from '../errors';
import { sessionNameOf, type SessionKind, type SessionNumber } from '../session-id';
import { listRecords } from './records';

const PATHS: Record<SessionKind, string> = { call: 'calls', chat: 'chats' };

/**
 * One call or chat.
 *
 * @throws {CcaiPlatformError}
 */
export async function getSession(
	client: CcaiPlatformClient,
	wanted: SessionNumber,
): Promise<SessionDocument> {
	const operation = `get ${sessionNameOf(wanted)}`;
	const { body } = await client.get({ operation, path: [PATHS[wanted.kind], wanted.number] });
	if (isSessionDocument(body)) return body;
	throw unexpectedAnswerError(operation, `the answer is not a ${wanted.kind}`);
}

/** Which sessions of one kind are wanted. */
export interface SessionQuery {
	kind: SessionKind;
	/** Only those that changed then or later; ISO 8601. */
	updatedFrom?: string;
	/** Only those that changed then or earlier; ISO 8601. */
	updatedTo?: string;
	/** By the time of the last change; oldest first unless told. */
	order?: 'oldestFirst' | 'newestFirst';
	/** Records wanted; all without it. */
	limit?: number;
	/** Pages read at most. More is an error, so that nothing is missing without anybody noticing (rule X2). */
	maxPages: number;
}

/**
 * Calls or chats by the time of their last change, each once and in its newest state: see {@link listRecords}.
 *
 * @throws {CcaiPlatformError}
 */
export async function listSessions(
	client: CcaiPlatformClient,
	{ kind, updatedFrom, updatedTo, ...wanted }: SessionQuery,
): Promise<SessionDocument[]> {
	const { records } = await listRecords(client, {
		...wanted,
		operation: `list ${PATHS[kind]}`,
		path: [PATHS[kind]],
		what: 'sessions',
		isRecord: isSessionDocument,
		timeField: 'updated_at',
		from: updatedFrom,
		to: updatedTo,
		whenTooMany:
			"Choose a shorter time between 'Updated From' and 'Updated To', or raise the option 'Pages at Most'.",
	});
	return records;
}
