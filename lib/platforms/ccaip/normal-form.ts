import { readMetadata } from './session-metadata';
import { sessionExternalId } from '../../domain/external-id';
import { Fields } from '../fields';
import type { Session } from '../../domain/session';
import type { SessionDocument } from './api/documents';
import type { SessionKind } from './api/session-id';

/** The name of the platform in `session.source` and in external ids, as the Contact Center Trigger has it. */
export const SOURCE = 'ccaip';

/** A session as the Contact Center Trigger gives it, so that Session: Log can follow either. */
export interface NormalForm {
	session: Session;
	/** `<prefix>ccaip:call-123`. */
	externalId: string;
	/** When it was as the record says: when the platform changed it last. ISO 8601; null when unknown. */
	occurredAt: string | null;
}

/**
 * Reads a record of the API.
 *
 * @param prefix stands in front of the external id
 * @returns the normal form, or which field makes it impossible
 */
export function normalFormOf(
	record: SessionDocument,
	kind: SessionKind,
	prefix = '',
): NormalForm | { field: string; reason: string } {
	const session = readMetadata(record, SOURCE, kind);
	if ('reason' in session) return session;
	const occurredAt = new Fields(record).time('updatedAt');
	return { session, externalId: sessionExternalId(session, prefix), occurredAt: occurredAt ?? null };
}
