import type { IDataObject } from 'n8n-workflow';

import type { SessionRecord } from '../../../lib/ccai-platform/documents';
import { normalFormOf } from '../../../lib/ccai-platform/normal-form';
import type { SessionKind } from '../../../lib/ccai-platform/session-id';

/**
 * A session as this node gives it: the fields by which the items of the Contact Center Trigger are logged, and the
 * platform's own record. A record that cannot be read keeps its place, with `problem`, so that it is not lost (rule X2).
 */
export function sessionItem(record: SessionRecord, kind: SessionKind, prefix: string): IDataObject {
	const read = normalFormOf(record, kind, prefix);
	const raw = record as unknown as IDataObject;
	if ('reason' in read) {
		const problem = { field: read.field, reason: read.reason };
		return { occurredAt: null, externalId: null, session: null, problem, record: raw };
	}
	const { occurredAt, externalId, session } = read;
	return { occurredAt, externalId, session: session as unknown as IDataObject, record: raw };
}
